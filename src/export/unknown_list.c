/* export/unknown_list.c -- what fitted no frame and whom no list knows, over many pages: how often each, with its first sentence and the lines that a
 * lexicon would take. */
#include "chancery.h"
#include "base/map.h"
#include "export/json.h"
#include "export/query.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct entry {
	struct ch_str kind, key;   /* "phrase", "name" */
	struct ch_str what, source, target, sentence, page, lines;
	uint64_t n;
};

struct chancery_unknowns {
	struct ch_arena arena;
	struct ch_map at;
	CH_VEC(struct entry) v;
};

struct chancery_unknowns *chancery_unknowns_new(void)
{
	struct chancery_unknowns *u = ch_xrealloc(NULL, sizeof *u);

	*u = (struct chancery_unknowns){ .v.n = 0 };
	ch_map_init(&u->at, &u->arena);
	return u;
}

void chancery_unknowns_free(struct chancery_unknowns *u)
{
	if (!u)
		return;
	ch_arena_free(&u->arena);
	free(u);
}

static const char *text_of(const json_t *o, const char *field)
{
	const char *s = json_string_value(json_object_get(o, field));

	return s ? s : "";
}

/* What a person puts into a lexicon, once he has chosen the type or the office. */
static struct ch_str lexicon_lines(struct ch_arena *arena, const json_t *o, bool name)
{
	const char *word = text_of(o, "word"), *path = text_of(o, "path");
	const bool verb = strcmp(text_of(o, "pos"), "verb") == 0;

	if (name)
		return ch_arena_printf(arena, strcmp(text_of(o, "kind"), "person") == 0 ? "%.120s\n\tCODE | Office | from | to" :
				       "org NAME = CODE SECTOR\n\tname %.120s", text_of(o, "name"));
	return ch_arena_printf(arena, "frame my.%.60s TYPE\n  %s %.60s\n    source %s\n    target %.40s\n  + %s = %.60s > %.60s", word, text_of(o, "pos"), word,
			       verb ? "subj" : "of poss", path, text_of(o, "sentence"), text_of(o, "source"), text_of(o, "target"));
}

static void count(struct chancery_unknowns *u, const char *page, const json_t *list, bool name)
{
	struct ch_arena *arena = &u->arena;
	json_t *o;
	size_t i;

	json_array_foreach(list, i, o) {
		char key[512];
		uint32_t *at;
		struct entry *e;

		snprintf(key, sizeof key, "%s|%s|%s|%s", name ? "name" : "phrase", text_of(o, "word"), text_of(o, "path"), text_of(o, "name"));
		at = ch_map_get(&u->at, ch_str_z(key));
		if (at) {
			u->v.v[*at].n++;
			continue;
		}
		e = CH_PUSH(arena, &u->v);
		*e = (struct entry){ .key = ch_arena_str(arena, ch_str_z(key)), .n = 1, .kind = name ? ch_arena_str(arena, ch_str_z(text_of(o, "kind"))) : CH_STR("phrase"),
				     .what = name ? ch_arena_printf(arena, "%.150s", text_of(o, "name")) :
				     ch_arena_printf(arena, "%.80s (%s) %.40s", text_of(o, "word"), text_of(o, "pos"), text_of(o, "path")),
				     .source = ch_arena_str(arena, ch_str_z(text_of(o, "source"))), .target = ch_arena_str(arena, ch_str_z(text_of(o, "target"))),
				     .sentence = ch_arena_str(arena, ch_str_z(text_of(o, "sentence"))), .page = ch_arena_str(arena, ch_str_z(page)),
				     .lines = lexicon_lines(arena, o, name) };
		ch_map_put(&u->at, e->key, u->v.n - 1, NULL);
	}
}

void chancery_unknowns_add(struct chancery_unknowns *u, const char *page, const char *json, size_t size)
{
	json_t *o = json_loadb(json, size, 0, NULL);

	count(u, page, json_object_get(o, "phrases"), false);
	count(u, page, json_object_get(o, "names"), true);
	json_decref(o);
}

/* Phrases before names. */
static int by_count(const void *a, const void *b)
{
	const struct entry *x = *(const struct entry *const *)a, *y = *(const struct entry *const *)b;
	const int phrase = ch_str_eqz(y->kind, "phrase") - ch_str_eqz(x->kind, "phrase");

	return x->n != y->n ? (x->n < y->n ? 1 : -1) : phrase ? phrase : ch_str_cmp(x->key, y->key);
}

bool chancery_unknowns_rows(const struct chancery_unknowns *u, unsigned long long limit, chancery_row_fn *row, void *ctx)
{
	struct ch_arena arena = { 0 }, scratch = { 0 };
	const struct entry **sorted = CH_NEW_N(&arena, const struct entry *, u->v.n + 1);
	bool go = true;

	for (uint32_t i = 0; i < u->v.n; i++)
		sorted[i] = &u->v.v[i];
	if (u->v.n)
		qsort(sorted, u->v.n, sizeof *sorted, by_count);
	for (uint32_t i = 0; go && i < u->v.n && (!limit || i < limit); i++) {
		const struct entry *e = sorted[i];
		json_t *o = ch_json_object();
		struct ch_str line;

		ch_json_set(o, "n", json_integer((json_int_t)e->n));
		ch_json_set(o, "kind", ch_json_str(e->kind));
		ch_json_set(o, "what", ch_json_str(e->what));
		ch_json_set(o, "source", ch_json_str(e->source));
		ch_json_set(o, "target", ch_json_str(e->target));
		ch_json_set(o, "sentence", ch_json_str(e->sentence));
		ch_json_set(o, "page", ch_json_str(e->page));
		ch_json_set(o, "entry", ch_json_str(e->lines));
		line = ch_json_line(&scratch, o);
		go = row(ctx, line.ptr, line.len);
		ch_arena_reset(&scratch);
	}
	ch_arena_free(&scratch);
	ch_arena_free(&arena);
	return go;
}

/* ---- pages of a store, read anew ---- */

struct listed {
	struct ch_str id, published;
};

struct reading {
	struct chancery_unknowns *u;
	struct ch_store *store;
	struct ch_arena arena;         /* of the pages' list */
	struct ch_arena page;
	CH_VEC(struct listed) v;
	uint32_t at;
	int64_t until_ms;              /* 0: as long as it takes */
	bool late;
	struct ch_err err;
	bool failed;
};

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool list_page(void *ctx, const struct ch_page_info *page)
{
	struct reading *r = ctx;

	*CH_PUSH(&r->arena, &r->v) = (struct listed){ ch_arena_str(&r->arena, page->id), ch_arena_str(&r->arena, page->published) };
	return true;
}

struct joining {
	struct ch_arena *arena;
	CH_VEC(char) text;
};

static bool join(void *ctx, const struct ch_stored_sentence *s)
{
	struct joining *j = ctx;

	for (size_t i = 0; i < s->text.len; i++)
		*CH_PUSH(j->arena, &j->text) = s->text.ptr[i];
	*CH_PUSH(j->arena, &j->text) = '\n';
	return true;
}

/* The sentences of a page, as a JSON line for the library. */
static bool next(void *ctx, struct chancery_item *item)
{
	struct reading *r = ctx;
	struct joining j = { .arena = &r->page };
	const struct listed *p;
	char *id;
	json_t *o;

	r->late = r->late || (r->until_ms && now_ms() >= r->until_ms);
	if (r->late || r->failed || r->at == r->v.n)
		return false;
	p = &r->v.v[r->at++];
	r->failed = !ch_store_sentences(r->store, p->id, join, &j, &r->err);
	if (r->failed)
		return false;
	o = ch_json_object();
	ch_json_set(o, "id", ch_json_str(p->id));
	ch_json_set(o, "date", ch_json_str(p->published));
	ch_json_set(o, "text", ch_json_str(ch_str_n(j.text.v, j.text.n)));
	id = strndup(p->id.ptr, p->id.len);
	if (!id)
		ch_die_memory(p->id.len);
	*item = (struct chancery_item){ .name = id };
	(void)ch_json_give(o, true, &item->bytes);
	item->size = strlen(item->bytes);
	ch_arena_reset(&r->page);
	return true;
}

static bool done(void *ctx, const struct chancery_result *result)
{
	struct reading *r = ctx;

	if (result->text)
		chancery_unknowns_add(r->u, result->name, result->text, result->size);
	return !r->late;
}

bool chancery_unknowns_of(struct chancery_unknowns *u, struct chancery_store *store, const struct chancery *engine, const struct chancery_query *pages,
			  unsigned threads, unsigned milliseconds, struct chancery_error *error)
{
	struct reading r = { .u = u, .store = (struct ch_store *)store, .until_ms = milliseconds ? now_ms() + milliseconds : 0 };
	const struct chancery_work work = { .input = CHANCERY_JSON_LINES, .output = CHANCERY_UNKNOWN, .threads = threads, .next = next, .done = done, .ctx = &r };
	struct ch_err *err = (struct ch_err *)error;
	struct ch_query q;
	bool ok = ch_query_of(pages, &r.arena, &q, err) && ch_store_pages(r.store, &q, list_page, &r, err) && chancery_each(engine, &work, error);

	if (ok && r.failed)
		ok = ch_fail(err, "%s", r.err.text);
	if (ok && r.late)
		ok = ch_fail(err, "to read %u pages anew takes longer than %u seconds: ask for fewer", r.v.n, milliseconds / 1000);
	ch_arena_free(&r.page);
	ch_arena_free(&r.arena);
	return ok;
}
