/* export/quotes.c -- one statement in all its wordings, the words of each held against those of the first telling. */
#include "export/query.h"
#include "merge/saying.h"
#include <stdlib.h>

/* One page's telling. */
struct telling {
	json_t *row;
	struct ch_str published, page, id, speaker, said;
	uint32_t start;
	bool direct;
};

struct tellings {
	struct ch_arena arena;
	CH_VEC(struct telling) v;
	struct ch_str saying;
};

static bool keep(void *ctx, const struct ch_row *row)
{
	struct tellings *t = ctx;
	struct ch_arena *a = &t->arena;
	struct ch_str said = row->cells[CH_QUOTE_SAID].text;

	t->saying = ch_arena_str(a, row->saying);
	*CH_PUSH(a, &t->v) = (struct telling){
		.row = ch_json_row(row, CH_OFFSETS_RAW, true), .published = ch_arena_str(a, row->page->published),
		.page = ch_arena_str(a, row->page->id), .id = ch_arena_str(a, row->id), .speaker = ch_arena_str(a, row->cells[CH_QUOTE_SPEAKER].text),
		.said = ch_arena_str(a, said), .start = row->cells[row->reg->where].span.text.start, .direct = row->cells[3].number != 0,
	};
	return true;
}

/* By day, the undated last; on one day what is quoted before what is reported; then an order that no adding changes. */
static int by_day(const void *pa, const void *pb)
{
	const struct telling *a = pa, *b = pb;
	int c;

	if (!a->published.len != !b->published.len)
		return a->published.len ? -1 : 1;
	c = ch_str_cmp(a->published, b->published);
	if (!c && a->direct != b->direct)
		return a->direct ? -1 : 1;
	c = c ? c : ch_str_cmp(a->page, b->page);
	c = c ? c : (a->start > b->start) - (a->start < b->start);
	return c ? c : ch_str_cmp(a->id, b->id);
}

static json_t *edits_of(const struct ch_edit *edits, uint32_t n)
{
	json_t *list = ch_json_array();

	for (uint32_t i = 0; i < n; i++) {
		json_t *o = ch_json_object();

		ch_json_set(o, "kind", ch_json_str(ch_str_z(ch_edit_name(edits[i].kind))));
		if (edits[i].kind != CH_EDIT_INSERT)
			ch_json_set(o, "from", ch_json_str(edits[i].from));
		if (edits[i].kind != CH_EDIT_DELETE)
			ch_json_set(o, "to", ch_json_str(edits[i].to));
		ch_json_push(list, o);
	}
	return list;
}

static json_t *told(struct tellings *t)
{
	json_t *o = ch_json_object(), *list = ch_json_array();
	const struct telling *first = &t->v.v[0];
	struct ch_saying base;

	ch_saying_read(&base, &t->arena, first->speaker, first->said);
	ch_json_set(o, "id", ch_json_str(first->id));
	ch_json_set(o, "saying", ch_json_or_null(t->saying));
	ch_json_set(o, "speaker", ch_json_or_null(first->speaker));
	ch_json_set(o, "text", ch_json_str(first->said));
	ch_json_set(o, "wordings", json_incref(json_object_get(first->row, "wordings")));
	ch_json_set(o, "tellings", json_incref(json_object_get(first->row, "tellings")));
	for (uint32_t i = 0; i < t->v.n; i++) {
		struct ch_arena arena = { 0 };
		struct ch_saying other;
		struct ch_edit *edits;
		uint32_t n;
		double same;

		ch_saying_read(&other, &arena, t->v.v[i].speaker, t->v.v[i].said);
		same = ch_saying_diff(&base, &other, &arena, &edits, &n);
		ch_json_set(t->v.v[i].row, "same", json_real((double)(int)(same * 100 + 0.5) / 100));
		ch_json_set(t->v.v[i].row, "edits", edits_of(edits, n));
		ch_json_push(list, json_incref(t->v.v[i].row));
		ch_arena_free(&arena);
	}
	ch_json_set(o, "versions", list);
	return o;
}

bool chancery_quote(struct chancery_store *store, const char *id, unsigned long long limit, char **json, struct chancery_error *error)
{
	struct ch_store *s = (struct ch_store *)store;
	struct ch_err *err = (struct ch_err *)error;
	struct tellings t = { .saying = { 0 } };
	struct ch_str kind, full;
	struct ch_query q = { 0 };
	json_t *o = NULL;
	bool ok = ch_store_find(s, &t.arena, ch_str_z(id), &kind, &full, err);

	if (ok && !ch_str_eqz(kind, "quotes"))
		ok = ch_fail(err, "'%s' is no statement: `chancery why` shows what it is", id);
	if (ok) {
		q.id = full;
		ok = ch_store_rows(s, CH_REG_QUOTES, &q, keep, &t, err);
	}
	/* One that is like no other, or has no speaker, is told alone. */
	if (ok && t.saying.len) {
		const struct telling asked = t.v.v[0];
		bool there = false;

		q = (struct ch_query){ .saying = t.saying, .limit = limit };
		t.v.n = 0;
		ok = ch_store_rows(s, CH_REG_QUOTES, &q, keep, &t, err);
		for (uint32_t i = 0; i < t.v.n && !there; i++)
			there = ch_str_eq(t.v.v[i].id, asked.id);
		if (there)
			json_decref(asked.row);
		else
			*CH_PUSH(&t.arena, &t.v) = asked;
	}
	if (ok && t.v.n) {
		qsort(t.v.v, t.v.n, sizeof *t.v.v, by_day);
		o = told(&t);
	}
	for (uint32_t i = 0; i < t.v.n; i++)
		json_decref(t.v.v[i].row);
	ch_arena_free(&t.arena);
	return ch_json_give(o, ok, json);
}
