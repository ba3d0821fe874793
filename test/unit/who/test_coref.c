/* Chains: whom a pronoun or a description means (coref.txt), what the layer promises, hostile text. */
#include "who/who.h"
#include "doc/conllu.h"
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

static struct ch_str read_file(struct ch_arena *arena, const char *path)
{
	FILE *f = fopen(path, "rb");
	char *buf = ch_arena_alloc(arena, 1 << 20);
	size_t n;

	assert_non_null(f);
	n = fread(buf, 1, 1 << 20, f);
	fclose(f);
	return ch_str_n(buf, n);
}

static struct ch_str field(struct ch_str *rest)
{
	struct ch_str f = {"", 0};

	ch_str_cut(rest, '|', &f);
	return ch_str_trim(f);
}

/* The names meant by the phrase whose head lies in [start, end), between commas: of its mention, else of its chain. */
static struct ch_str meant(struct ch_arena *arena, const struct ch_doc *doc, uint32_t start, uint32_t end)
{
	struct ch_str names = {"", 0};

	for (uint32_t t = 0; t < doc->tokens.n; t++) {
		uint32_t m = doc->tokens.v[t].mention;

		if (m == CH_NONE || doc->mentions.v[m].span.start != start || doc->mentions.v[m].span.end != end)
			continue;
		for (uint32_t i = 0; i < doc->mentions.v[m].actor_n; i++)
			names = ch_arena_printf(arena, "%.*s%s%.*s", CH_STR_ARG(names), names.len ? ", " : "",
						CH_STR_ARG(doc->actors.v[doc->mention_actors.v[doc->mentions.v[m].actor_first + i]].name));
		if (names.len)
			return names;
	}
	for (uint32_t i = 0; i < doc->phrases.n; i++) {
		const struct ch_token *h = &doc->tokens.v[doc->phrases.v[i].head];
		uint32_t a;

		if (h->span.start < start || h->span.end > end)
			continue;
		a = ch_who_chain_actor(doc, i);
		if (a != CH_NONE)
			return doc->actors.v[a].name;
	}
	return names;
}

static void test_cases(void **state)
{
	struct ch_arena keep = {0}, arena = {0};
	struct ch_str rest = read_file(&keep, CH_SOURCE_DIR "/test/unit/who/coref.txt"), line;
	unsigned right[2] = {0}, all[2] = {0}, blind = 0, n = 0;

	(void)state;
	while (ch_str_cut(&rest, '\n', &line)) {
		struct ch_str date, text, names, found;
		struct ch_doc doc;
		size_t open, close;
		char *clean;

		n++;
		blind |= ch_str_find(line, CH_STR("# ---- written blind"), 0) == 0;
		if (!line.len || line.ptr[0] == '#')
			continue;
		date = field(&line);
		text = field(&line);
		names = field(&line);
		open = ch_str_find_byte(text, '[', 0);
		close = ch_str_find_byte(text, ']', 0);
		assert_true(open != CH_STR_NONE && close != CH_STR_NONE && open < close);
		clean = ch_arena_z(&arena, text);
		memmove(clean + open, text.ptr + open + 1, close - open - 1);
		memmove(clean + close - 1, text.ptr + close + 1, text.len - close - 1);
		run(&doc, &arena, ch_str_n(clean, text.len - 2), ch_day_parse(date), true);
		found = meant(&arena, &doc, (uint32_t)open, (uint32_t)close - 1);
		all[blind]++;
		if (ch_str_eq(found, names))
			right[blind]++;
		else
			print_message("coref.txt:%u: %.*s: not '%.*s'\n", n, CH_STR_ARG(text), CH_STR_ARG(found));
		ch_arena_reset(&arena);
	}
	print_message("%u of %u right, of those written blind %u of %u\n", right[0], all[0], right[1], all[1]);
	assert_true(all[0] >= 40 && all[1] >= 39);
	assert_true(right[0] * 100 >= all[0] * 90);
	assert_true(right[1] * 100 >= all[1] * 80);
	ch_arena_free(&arena);
	ch_arena_free(&keep);
}

/* Names of one person are one chain, those of two are two; without a tree there are no phrases. */
static void test_layer(void **state)
{
	static const char text[] = "Anwar Sadat spoke with Menachem Begin. Later Sadat thanked Begin.";
	struct ch_arena arena = {0};
	struct ch_doc doc;

	(void)state;
	run(&doc, &arena, ch_str_z(text), ch_day_of(1978, 9, 18), true);
	assert_int_equal(doc.phrases.n, 4);
	assert_int_equal(doc.phrases.v[0].chain, doc.phrases.v[2].chain);
	assert_int_equal(doc.phrases.v[1].chain, doc.phrases.v[3].chain);
	assert_int_not_equal(doc.phrases.v[0].chain, doc.phrases.v[1].chain);
	ch_arena_reset(&arena);
	run(&doc, &arena, ch_str_z(text), ch_day_of(1978, 9, 18), false);
	assert_int_equal(doc.phrases.n, 0);
	ch_arena_free(&arena);
}

/* `parse --mentions`: chain, words and actor at the head of each phrase. */
static void test_written(void **state)
{
	struct ch_arena arena = {0};
	struct ch_doc doc;
	char *text = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&text, &size);

	(void)state;
	assert_non_null(f);
	run(&doc, &arena, CH_STR("Anwar Sadat spoke. He smiled."), ch_day_of(1978, 9, 18), true);
	ch_conllu_write(&doc, f);
	assert_int_equal(fclose(f), 0);
	assert_non_null(strstr(text, "Chain=0:1-2|Who=Anwar Sadat|NE=B-PER"));
	assert_non_null(strstr(text, "Chain=0:1-1|Who=Anwar Sadat\n"));
	free(text);
	ch_arena_free(&arena);
}

/* Text that repeats one word, or nothing but pronouns and marks, ends in time and keeps the promises. */
static void test_hostile(void **state)
{
	static const char *const words[] = {"Paris ", "he ", "\" I \" he ", "the man of the man and ", "Mr. Mr. ", "its its . "};
	struct ch_arena arena = {0};

	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t len = strlen(words[i]), n = 0;
		struct ch_doc doc;
		char *text = ch_arena_alloc(&arena, 40000);

		while (n + len < 40000) {
			memcpy(text + n, words[i], len);
			n += len;
		}
		run(&doc, &arena, ch_str_n(text, n), CH_NO_DAY, true);
		ch_arena_reset(&arena);
	}
	ch_arena_free(&arena);
}

static int setup(void **state)
{
	struct ch_err err;

	(void)state;
	return ch_gazetteer_open(&gazetteer, &err) && ch_model_open(CH_SOURCE_DIR "/model/syntax.bin", &model, &err) ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	ch_gazetteer_close(gazetteer);
	ch_model_close(model);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_layer),
		cmocka_unit_test(test_written),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
