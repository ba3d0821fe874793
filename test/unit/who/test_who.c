/* Who is meant: the cases of mentions.txt through the text stage, with and without a tree; the gazetteer's own order;
 * hostile text. */
#include "who/who.h"
#include "syntax/model.h"
#include "syntax/syntax.h"
#include "text/text.h"
#include "who/gazetteer.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

static struct ch_gazetteer *gazetteer;
static struct ch_model *model;

static struct ch_str field(struct ch_str *rest)
{
	struct ch_str f = {"", 0};

	ch_str_cut(rest, '|', &f);
	return ch_str_trim(f);
}

static void run(struct ch_doc *doc, struct ch_arena *arena, struct ch_str text, ch_day day, bool tree)
{
	struct ch_engine engine = {.gazetteer = gazetteer, .model = model};
	struct ch_err err;

	assert_true(ch_doc_from_text(doc, arena, text, false, &err));
	assert_true(ch_text(&engine, doc, &err));
	if (tree)
		assert_true(ch_syntax(&engine, doc, &err));
	doc->meta.published = day;
	assert_true(ch_who(&engine, doc, &err));
	assert_null(ch_doc_check(doc));
}

/* The mention that shares most with [start, end). */
static const struct ch_mention *at(const struct ch_doc *doc, uint32_t start, uint32_t end)
{
	const struct ch_mention *best = NULL;
	double best_share = 0.3;

	for (uint32_t i = 0; i < doc->mentions.n; i++) {
		const struct ch_mention *m = &doc->mentions.v[i];
		uint32_t lo = m->span.start > start ? m->span.start : start, hi = m->span.end < end ? m->span.end : end;
		uint32_t all_lo = m->span.start < start ? m->span.start : start,
			 all_hi = m->span.end > end ? m->span.end : end;
		double share = hi > lo ? (double)(hi - lo) / (all_hi - all_lo) : 0;

		if (share > best_share) {
			best_share = share;
			best = m;
		}
	}
	return best;
}

static bool as_told(const struct ch_doc *doc, const struct ch_mention *m, struct ch_str party, struct ch_str name,
		    struct ch_str office, char *got, size_t size)
{
	size_t n = 0;
	const struct ch_actor *first = NULL;

	got[0] = '\0';
	if (m)
		for (uint32_t i = 0; i < m->actor_n; i++) {
			const struct ch_actor *a = &doc->actors.v[doc->mention_actors.v[m->actor_first + i]];

			if (!first)
				first = a;
			n += (size_t)snprintf(got + n, n < size ? size - n : 0, "%s%.*s", i ? "," : "",
					      CH_STR_ARG(a->party));
		}
	if (ch_str_eqz(party, "?"))
		return true;
	if (!ch_str_eqz(party, got) || !m)
		return false;
	if (!ch_str_eqz(name, "-") && !(first && ch_str_eq(first->name, name))) {
		snprintf(got + n, size - n, " %.*s", CH_STR_ARG(first ? first->name : CH_STR("nobody")));
		return false;
	}
	if (!ch_str_eqz(office, "-") && !(first && ch_str_eq(first->office, office))) {
		snprintf(got + n, size - n, " (%.*s)", CH_STR_ARG(first ? first->office : CH_STR("")));
		return false;
	}
	return true;
}

static void cases(bool tree)
{
	static char file[1 << 18];
	FILE *f = fopen(CH_SOURCE_DIR "/test/unit/who/mentions.txt", "rb");
	struct ch_str rest, line;
	uint32_t n = 0, right = 0;
	struct ch_arena arena = {0};

	assert_non_null(f);
	rest = ch_str_n(file, fread(file, 1, sizeof file, f));
	fclose(f);
	while (ch_str_cut(&rest, '\n', &line)) {
		struct ch_str row = line, date, text, party, name, office, clean;
		struct ch_doc doc;
		char *out, got[512];
		uint32_t start = 0, end = 0, k = 0;

		if (!line.len || line.ptr[0] == '#')
			continue;
		date = field(&row);
		text = field(&row);
		party = field(&row);
		name = field(&row);
		office = field(&row);
		out = ch_arena_alloc(&arena, text.len + 1);
		for (size_t i = 0; i < text.len; i++) {
			if (text.ptr[i] == '[' && !end)
				start = k;
			else if (text.ptr[i] == ']' && !end)
				end = k;
			else if (text.ptr[i] != '[' && text.ptr[i] != ']')
				out[k++] = text.ptr[i];
		}
		clean = ch_str_n(out, k);
		assert_true(end > start);
		run(&doc, &arena, clean, ch_day_parse(date), tree);
		n++;
		if (as_told(&doc, at(&doc, start, end), party, name, office, got, sizeof got))
			right++;
		else
			print_message("%s: %.*s\n\tgot %s\n", tree ? "tree" : "flat", CH_STR_ARG(line), got);
		ch_arena_reset(&arena);
	}
	print_message("%u of %u right %s a tree\n", right, n, tree ? "with" : "without");
	ch_arena_free(&arena);
	assert_true(n >= 200);
	assert_true(right * 100 >= n * 95);
}

static void cases_flat(void **state)
{
	(void)state;
	cases(false);
}

static void cases_tree(void **state)
{
	(void)state;
	if (!model)
		skip();
	cases(true);
}

static void gazetteer_is_sound(void **state)
{
	const struct ch_gazetteer *g = gazetteer;
	char last[8] = "";
	uint32_t states = 0, orgs = 0, people = 0;

	(void)state;
	for (uint32_t i = 0; i < g->head->entity_n; i++) {
		const struct ch_gz_entity *e = &g->entities[i];
		struct ch_str code = ch_gz_str(g, e->code);

		assert_true(ch_gz_str(g, e->name).len > 0);
		assert_true(code.len == 0 || code.len == 3);
		assert_true(e->parent == UINT32_MAX || e->parent < g->head->entity_n);
		states += e->kind == CH_GZ_STATE;
		orgs += e->kind == CH_GZ_ORG && ch_gz_str(g, e->org).len && e->parent == UINT32_MAX;
		people += e->kind == CH_GZ_PERSON;
	}
	assert_true(states >= 250);
	assert_true(orgs >= 150);
	assert_true(people >= 15000);
	for (uint32_t i = 0; i < g->head->term_n; i++) {
		assert_true(g->terms[i].from <= g->terms[i].to);
		assert_int_equal(g->entities[g->terms[i].person].kind, CH_GZ_PERSON);
		assert_int_not_equal(g->entities[g->terms[i].body].kind, CH_GZ_PERSON);
	}
	(void)last;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Ids are what records keep: two entities of one id would be one actor. */
static void ids_are_unique(void **state)
{
	const struct ch_gazetteer *g = gazetteer;
	const char **ids = calloc(g->head->entity_n, sizeof *ids);
	uint32_t n = 0, twice = 0;

	(void)state;
	for (uint32_t i = 0; i < g->head->entity_n; i++)
		if (g->entities[i].kind == CH_GZ_STATE || g->entities[i].kind == CH_GZ_ORG ||
		    g->entities[i].kind == CH_GZ_PERSON)
			ids[n++] = g->strings + g->entities[i].id;
	qsort(ids, n, sizeof *ids, by_text);
	for (uint32_t i = 1; i < n; i++)
		if (!strcmp(ids[i], ids[i - 1])) {
			print_message("twice: %s\n", ids[i]);
			twice++;
		}
	free(ids);
	assert_int_equal(twice, 0);
}

static void hostile_text(void **state)
{
	static const char *const pieces[] = {"President of ",    "the ",   "United ",     "Nations ",
					     "Azerbaijani-",     "'s ",    "and ",        "Russia, ",
					     "his counterpart ", "“DPR” ", "two leaders "};
	struct ch_arena arena = {0};
	struct ch_doc doc;

	(void)state;
	for (size_t p = 0; p < sizeof pieces / sizeof *pieces; p++) {
		size_t len = strlen(pieces[p]), n = 4000;
		char *text = malloc(len * n);

		for (size_t i = 0; i < n; i++)
			memcpy(text + i * len, pieces[p], len);
		run(&doc, &arena, ch_str_n(text, len * n), CH_NO_DAY, false);
		ch_arena_reset(&arena);
		free(text);
	}
	ch_arena_free(&arena);
}

static void no_gazetteer_is_an_error(void **state)
{
	struct ch_engine engine = {0};
	struct ch_arena arena = {0};
	struct ch_doc doc;
	struct ch_err err = {""};

	(void)state;
	ch_doc_init(&doc, &arena);
	assert_false(ch_who(&engine, &doc, &err));
	assert_true(err.text[0]);
	ch_arena_free(&arena);
}

static int open_all(void **state)
{
	struct ch_err err;

	(void)state;
	if (!ch_gazetteer_open(&gazetteer, &err)) {
		print_message("%s\n", err.text);
		return 1;
	}
	if (!ch_model_open(CH_SOURCE_DIR "/model/syntax.bin", &model, &err))
		model = NULL;
	return 0;
}

static int close_all(void **state)
{
	(void)state;
	ch_gazetteer_close(gazetteer);
	if (model)
		ch_model_close(model);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gazetteer_is_sound),
		cmocka_unit_test(ids_are_unique),
		cmocka_unit_test(no_gazetteer_is_an_error),
		cmocka_unit_test(hostile_text),
		cmocka_unit_test(cases_flat),
		cmocka_unit_test(cases_tree),
	};

	return cmocka_run_group_tests(tests, open_all, close_all);
}
