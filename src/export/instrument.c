/* export/instrument.c -- an instrument, wherever pages tell of it: a row of the register is what one page says in one sentence. */
#include "export/conflicts.h"
#include "export/query.h"

enum { EVENTS = 100, ROWS_MAX = 20000 /* of a pair's instruments that are looked at for the same one */ };

enum { TITLE = 0, KIND = 1, PARTIES = 2, DATE = 3 };   /* columns of the register (store/record.c) */

struct same {
	struct ch_arena arena;
	struct ch_str id, title, kind, date;
	struct ch_str parties[2];
	uint32_t n_parties;
	json_t *row, *tellings;
};

static bool take_one(void *ctx, const struct ch_row *r)
{
	struct same *s = ctx;
	const struct ch_cell *parties = &r->cells[PARTIES];

	s->id = ch_arena_str(&s->arena, r->id);
	s->title = ch_arena_str(&s->arena, r->cells[TITLE].text);
	s->kind = ch_arena_str(&s->arena, r->cells[KIND].text);
	s->date = ch_arena_str(&s->arena, r->cells[DATE].text);
	s->n_parties = parties->n_list;
	for (uint32_t i = 0; i < parties->n_list && i < 2; i++)
		s->parties[i] = ch_arena_str(&s->arena, parties->list[i]);
	json_decref(s->row);
	s->row = ch_json_row(r, CH_OFFSETS_RAW, true);
	return false;
}

/* "1979" and "1979-03-26" may be one day, "1979-03" and "1979-04-01" may not. */
static bool dates_agree(struct ch_str a, struct ch_str b)
{
	const size_t n = a.len < b.len ? a.len : b.len;

	return !n || ch_str_eq(ch_str_sub(a, 0, n), ch_str_sub(b, 0, n));
}

static bool titles_agree(struct ch_str a, struct ch_str b)
{
	if (ch_str_istarts(a, CH_STR("the ")))
		a = ch_str_sub(a, 4, a.len);
	if (ch_str_istarts(b, CH_STR("the ")))
		b = ch_str_sub(b, 4, b.len);
	return a.len && ch_str_ieq(a, b);
}

/* One title and no other day; or one kind, signed by the same on one full day. Parties are those of the question. */
static bool take_same(void *ctx, const struct ch_row *r)
{
	struct same *s = ctx;
	const struct ch_str date = r->cells[DATE].text;
	const bool titled = titles_agree(s->title, r->cells[TITLE].text) && dates_agree(s->date, date);
	const bool dated = s->date.len >= 10 && ch_str_eq(s->date, date) && ch_str_eq(s->kind, r->cells[KIND].text) &&
			   r->cells[PARTIES].n_list == s->n_parties;

	if (titled || dated)
		ch_json_push(s->tellings, ch_json_row(r, CH_OFFSETS_RAW, true));
	return true;
}

bool chancery_instrument(struct chancery_store *public, const char *id, char **json, struct chancery_error *error)
{
	struct ch_store *store = (struct ch_store *)public;
	struct ch_err *err = (struct ch_err *)error;
	struct same s = { .row = json_null(), .tellings = ch_json_array() };
	struct ch_query q = { .id = ch_str_z(id) };
	json_t *o = ch_json_object(), *events = ch_json_array();
	bool ok = ch_store_rows(store, CH_REG_INSTRUMENTS, &q, take_one, &s, err);

	if (ok && !s.id.len)
		ok = ch_fail(err, "there is no instrument '%s'", id);
	q = (struct ch_query){ .who = s.parties[0], .with = s.parties[1], .limit = ROWS_MAX };
	if (!s.n_parties)
		q.about = s.title;
	if (ok && (s.n_parties || s.title.len))
		ok = ch_store_rows(store, CH_REG_INSTRUMENTS, &q, take_same, &s, err);
	/* What those who made it did that day. */
	if (ok && s.n_parties && s.date.len) {
		struct ch_arena arena = { 0 };
		struct ch_str lo, hi;

		q.limit = EVENTS;
		if (ch_date_bounds(&arena, s.date, &lo, &hi)) {
			q.since = lo;
			q.until = hi;
			json_decref(events);
			ok = ch_query_events(store, &q, &events, err);
		}
		ch_arena_free(&arena);
	}
	ch_json_set(o, "instrument", s.row);
	ch_json_set(o, "tellings", s.tellings);
	ch_json_set(o, "events", events);
	ch_arena_free(&s.arena);
	return ch_json_give(o, ok, json);
}
