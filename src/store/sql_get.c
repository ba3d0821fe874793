/* store/sql_get.c -- rows out of the tables as the records they were. */
#include "store/sql_filter.h"
#include "store/review.h"
#include "store/sql_review.h"
#include <stdlib.h>

/* ---- pages ---- */

void ch_sq_get_page(struct ch_sq *q, struct ch_arena *a, struct ch_page_info *p)
{
	*p = (struct ch_page_info){ 0 };
	p->id = ch_sq_get_text(q, a);
	p->path = ch_sq_get_text(q, a);
	p->url = ch_sq_get_text(q, a);
	p->title = ch_sq_get_text(q, a);
	p->author = ch_sq_get_text(q, a);
	p->outlet = ch_sq_get_text(q, a);
	p->agency = ch_sq_get_text(q, a);
	p->section = ch_sq_get_text(q, a);
	p->lang = ch_sq_get_text(q, a);
	p->dateline_place = ch_sq_get_text(q, a);
	p->published = ch_sq_get_text(q, a);
	p->published_basis = ch_sq_get_text(q, a);
	p->program_version = ch_sq_get_text(q, a);
	p->lexicon_version = ch_sq_get_text(q, a);
	p->model_version = ch_sq_get_text(q, a);
	p->article = ch_sq_get_int(q);
	p->cut = ch_sq_get_int(q);
	p->raw_size = (uint64_t)ch_sq_get_int(q);
	p->modified = ch_sq_get_text(q, a);
	p->chain = ch_sq_get_text(q, a);
	p->license = ch_sq_get_text(q, a);
	p->license_forbids = ch_sq_get_int(q);
	p->story = ch_sq_get_text(q, a);
}

/* The beginning of an id as a range, so that the index serves. */
static void begins(struct ch_making *m, const char *sql, struct ch_str prefix)
{
	struct ch_str past = ch_arena_printf(&m->arena, "%.*sg", CH_STR_ARG(prefix));   /* "g" comes behind every hex digit */

	ch_making_where(m, sql, 2, prefix, past);
}

void ch_sql_page_filters(struct ch_making *m, const struct ch_query *q)
{
	if (q->id.len)
		ch_making_where(m, "x.id = ?", 1, q->id);
	ch_sql_page_is(m, "x.n", q->page);
	if (q->since.len)
		ch_making_where(m, "x.published >= ?", 1, q->since);
	if (q->until.len)
		ch_making_where(m, "x.published <= ?", 1, q->until);
	if (q->about.len)
		ch_making_where(m, "ch_named(x.title, ?)", 1, q->about);
}

bool ch_sql_pages(void *p, const struct ch_query *q, ch_page_fn *fn, void *ctx, struct ch_err *err)
{
	struct ch_making m = { 0 };
	struct ch_arena row = { 0 };
	struct ch_page_info info;
	struct ch_str found;
	struct ch_sq s;
	bool ok;

	ch_sql_page_filters(&m, q);
	ch_sql_pages_found(&m, q);
	found = ch_making_taken(&m);
	ch_making_add(&m, ch_arena_printf(&m.arena, "SELECT " CH_PAGE_COLS ", g.n FROM pages g WHERE g.n IN (%.*s) ORDER BY g.published IS NULL, g.published%s, g.n",
					  CH_STR_ARG(found), q->newest ? " DESC" : "").ptr);
	if (q->limit)
		ch_making_add(&m, ch_arena_printf(&m.arena, " LIMIT %llu", (unsigned long long)(q->limit > INT64_MAX ? INT64_MAX : q->limit)).ptr);
	s = ch_making_run(&m, p);
	while (ch_sq_step(&s)) {
		int64_t n;

		ch_sq_get_page(&s, &row, &info);
		n = ch_sq_get_int(&s);
		ch_cursor_tell(q, info.published, n, CH_STR(""));
		if (!fn(ctx, &info))
			break;
		ch_arena_reset(&row);
	}
	ok = ch_sq_end(&s, err);
	ch_arena_free(&row);
	ch_arena_free(&m.arena);
	return ok;
}

/* ---- the other registers ---- */

static const char *const row_cols[CH_REG_N] = {
	[CH_REG_QUOTES] = "x.speaker, x.country, x.text, x.direct, x.content_start, x.content_end, x.content_raw_start,"
		" x.content_raw_end, x.cue_start, x.cue_end, x.cue_raw_start, x.cue_raw_end, x.source_start, x.source_end,"
		" x.source_raw_start, x.source_raw_end, x.addressee, x.addressee_party, x.occasion, x.occasion_basis, x.place, x.outlet, x.said,"
		" x.context FROM statements x",
	[CH_REG_INSTRUMENTS] = "x.title, x.kind, x.date, x.place, x.status, x.provides, x.mention_start, x.mention_end, x.mention_raw_start,"
		" x.mention_raw_end FROM instruments x",
	[CH_REG_ROLES] = "x.who, x.role, x.body, x.\"from\", x.\"to\", x.mention_start, x.mention_end, x.mention_raw_start,"
		" x.mention_raw_end FROM roles x",
	[CH_REG_POSITIONS] = "x.who, x.stance, x.about, x.since, x.mention_start, x.mention_end, x.mention_raw_start,"
		" x.mention_raw_end FROM positions x",
	[CH_REG_TALLIES] = "x.who, x.what, x.count, x.comparison, x.period, x.mention_start, x.mention_end, x.mention_raw_start,"
		" x.mention_raw_end FROM tallies x",
	[CH_REG_PLEDGES] = "x.who, x.what, x.due, x.mention_start, x.mention_end, x.mention_raw_start, x.mention_raw_end"
		" FROM pledges x",
	[CH_REG_GATHERINGS] = "x.name, x.ordinal, x.kind, x.body, x.place, x.date, x.status, x.mention_start, x.mention_end,"
		" x.mention_raw_start, x.mention_raw_end FROM gatherings x",
	[CH_REG_INITIATIVES] = "x.name, x.kind, x.founded, x.anniversary, x.status, x.mention_start, x.mention_end, x.mention_raw_start,"
		" x.mention_raw_end FROM initiatives x",
	[CH_REG_RELATIONS] = "x.level, x.change, x.since, x.status, x.mention_start, x.mention_end, x.mention_raw_start,"
		" x.mention_raw_end FROM relations x",
	[CH_REG_MARKS] = "x.who, x.mark, x.about, x.party, x.mention_start, x.mention_end, x.mention_raw_start, x.mention_raw_end"
		" FROM marks x",
};

/* What a row's own table has; n: its row number; day: by which it is sorted. */
static void get_row(struct ch_sq *q, struct ch_arena *a, const struct ch_register *r, int64_t *n, struct ch_str *day, struct ch_row *row)
{
	struct ch_page_info *page = CH_NEW(a, struct ch_page_info);

	*n = ch_sq_get_int(q);
	*day = ch_sq_get_text(q, a);
	*row = (struct ch_row){ .reg = r, .page = page };
	row->id = ch_sq_get_text(q, a);
	row->sentence_number = ch_sq_get_null(q) ? CH_NONE : (uint32_t)ch_sq_get_int(q);
	row->context = ch_sq_get_text(q, a);
	ch_sq_get_page(q, a, page);
	for (uint32_t i = 0; i < CH_COLS_MAX && r->cols[i].name; i++) {
		switch (r->cols[i].kind) {
		case CH_COL_TEXT:
		case CH_COL_WORDS:
			row->cells[i].text = ch_sq_get_text(q, a);
			break;
		case CH_COL_NUMBER:
		case CH_COL_BOOL:
		case CH_COL_ORDINAL:
			row->cells[i].number = ch_sq_get_real(q);
			break;
		case CH_COL_SPAN:
			row->cells[i].span = ch_sq_get_span(q);
			break;
		case CH_COL_NOTES:
		case CH_COL_LIST:
			break;   /* in tables of their own */
		}
	}
}

/* Rows that are shown one behind the other; all in arena, which ends with the piece. */
struct piece {
	struct ch_sql *db;
	const struct ch_register *reg;
	struct ch_arena arena;
	int64_t n[CH_CHOSEN_MAX];
	struct ch_str day[CH_CHOSEN_MAX];
	const struct ch_query *query;
	struct ch_row rows[CH_CHOSEN_MAX];
	uint32_t size;
	bool lists, quotes, reviews, as_read;
};

/* Whom a person said that names mean, in all that holds actors. */
static void put_meant(struct ch_row *row, const struct ch_said_names *names)
{
	for (uint32_t i = 0; names->meant.n && i < CH_COLS_MAX && row->reg->cols[i].name; i++) {
		const struct ch_col *col = &row->reg->cols[i];

		for (uint32_t k = 0; col->kind == CH_COL_LIST && k < row->cells[i].n_list; k++)
			ch_said_meant(names, &row->cells[i].list[k]);
		if (col->kind == CH_COL_TEXT && (i == row->reg->who || ch_review_is_party(ch_str_z(col->name)) || strcmp(col->name, "addressee") == 0))
			ch_said_meant(names, &row->cells[i].text);
	}
}

static bool get_reviews(struct piece *p, struct ch_err *err)
{
	struct ch_str ids[CH_CHOSEN_MAX];
	const struct ch_reviewed *reviewed[CH_CHOSEN_MAX] = { 0 };
	struct ch_said_names names = { 0 };

	for (uint32_t i = 0; i < p->size; i++)
		ids[i] = p->rows[i].id;
	if ((!p->query->bare && !ch_sql_reviewed(p->db, &p->arena, ids, p->size, reviewed, err)) ||
	    (!p->as_read && !ch_sql_said_names(p->db, &p->arena, &names, err)))
		return false;
	for (uint32_t i = 0; i < p->size; i++) {
		p->rows[i].reviewed = reviewed[i];
		put_meant(&p->rows[i], &names);
	}
	return true;
}

/* Reads what the rows have in other tables, and gives them away; *go: more are wanted. The piece is empty then. */
static bool give(struct piece *p, ch_row_fn *fn, void *ctx, bool *go, struct ch_err *err)
{
	struct ch_arena *a = &p->arena;
	const bool ok = !p->size || ((!p->lists || ch_sql_lists_get(p->db, a, p->reg, p->n, p->rows, p->size, err)) &&
				     (!p->quotes || (ch_sql_notes_get(p->db, a, p->n, p->rows, p->size, err) &&
						     ch_sql_sayings_get(p->db, a, p->n, p->rows, p->size, err))) &&
				     (!p->reviews || get_reviews(p, err)));

	for (uint32_t i = 0; ok && *go && i < p->size; i++) {
		ch_cursor_tell(p->query, p->day[i], p->n[i], CH_STR(""));
		*go = fn(ctx, &p->rows[i]);
	}
	p->size = 0;
	ch_arena_reset(a);
	return ok;
}

bool ch_sql_rows(void *db, enum ch_register_id reg, const struct ch_query *q, ch_row_fn *fn, void *ctx, struct ch_err *err)
{
	struct ch_making m = { 0 };
	struct piece *p;
	bool ok, go = true;

	p = ch_xrealloc(NULL, sizeof *p);
	*p = (struct piece){ .db = db, .reg = ch_register_of(reg), .quotes = reg == CH_REG_QUOTES && !q->bare, .query = q,
			     .as_read = q->as_read };
	for (uint32_t i = 0; !q->bare && i < CH_COLS_MAX && p->reg->cols[i].name; i++)
		p->lists = p->lists || p->reg->cols[i].kind == CH_COL_LIST;
	ch_making_add(&m, "SELECT x.n, x.day, ");
	ch_making_add(&m, q->bare ? "x.id, x.sentence, NULL, " CH_PAGE_BARE ", " : "x.id, x.sentence, s.text, " CH_PAGE_COLS ", ");
	ch_making_add(&m, row_cols[reg]);
	ch_making_add(&m, q->bare ? " JOIN pages g ON g.n = x.page WHERE " :
		      " JOIN pages g ON g.n = x.page LEFT JOIN sentences s ON s.page = x.page AND s.number = x.sentence WHERE ");
	ok = ch_sql_any_reviews(db, &p->reviews, err) && ch_sql_rows_found(&m, db, reg, q, err);
	if (ok) {
		struct ch_sq s;

		ch_making_add(&m, CH_SQL_BY_KEY);
		s = ch_making_run(&m, db);
		while (ok && go && ch_sq_step(&s)) {
			get_row(&s, &p->arena, p->reg, &p->n[p->size], &p->day[p->size], &p->rows[p->size]);
			if (++p->size == CH_CHOSEN_MAX)
				ok = give(p, fn, ctx, &go, err);
		}
		ok = ch_sq_end(&s, ok ? err : NULL) && ok;
	}
	ok = ok && (!go || give(p, fn, ctx, &go, err));
	ch_arena_free(&p->arena);
	free(p);
	ch_arena_free(&m.arena);
	return ok;
}

bool ch_sql_numbers(struct ch_sql *db, const char *select, int reg, const struct ch_query *q, struct ch_sq_numbers *out,
		       struct ch_arena *arena, struct ch_err *err)
{
	struct ch_making m = { 0 };
	bool ok;

	ch_making_add(&m, select);
	ok = reg < 0 ? ch_sql_event_filters(&m, db, q, NULL, err) : ch_sql_row_filters(&m, db, (enum ch_register_id)reg, q, err);
	if (ok) {
		struct ch_sq s = ch_making_run(&m, db);

		while (ch_sq_step(&s))
			*CH_PUSH(arena, out) = ch_sq_get_int(&s);
		ok = ch_sq_end(&s, err);
	}
	ch_arena_free(&m.arena);
	return ok;
}

/* ---- by id ---- */

enum { OLD_ID_MIN = 8 /* letters of an id that is no longer any record's */ };

bool ch_sql_find(void *p, struct ch_arena *arena, struct ch_str prefix, struct ch_str *kind, struct ch_str *full,
		    struct ch_err *err)
{
	struct ch_making m = { 0 };
	struct ch_sq q;
	uint32_t hits = 0;
	bool ok;

	if (!prefix.len || ch_str_find_byte(prefix, '\'', 0) != CH_STR_NONE)
		return ch_fail(err, "an id is wanted, or the beginning of one");
	ch_making_add(&m, "SELECT 'events', id FROM events WHERE TRUE");
	begins(&m, "id >= ? AND id < ?", prefix);
	ch_making_add(&m, " UNION ALL SELECT 'reports', id FROM reports WHERE TRUE");
	begins(&m, "id >= ? AND id < ?", prefix);
	ch_making_add(&m, " UNION ALL SELECT 'pages', id FROM pages WHERE TRUE");
	begins(&m, "id >= ? AND id < ?", prefix);
	ch_making_add(&m, " UNION ALL SELECT 'stories', id FROM stories WHERE TRUE");
	begins(&m, "id >= ? AND id < ?", prefix);
	for (unsigned reg = 0; reg < CH_REG_N; reg++) {
		const struct ch_register *r = ch_register_of((enum ch_register_id)reg);

		ch_making_add(&m, " UNION ALL SELECT '");
		ch_making_add(&m, r->name);
		ch_making_add(&m, "', id FROM ");
		ch_making_add(&m, r->table);
		ch_making_add(&m, " WHERE TRUE");
		begins(&m, "id >= ? AND id < ?", prefix);
	}
	ch_making_add(&m, " LIMIT 2");
	q = ch_making_run(&m, p);
	while (ch_sq_step(&q)) {
		hits++;
		*kind = ch_sq_get_text(&q, arena);
		*full = ch_sq_get_text(&q, arena);
	}
	ok = ch_sq_end(&q, err);
	ch_arena_free(&m.arena);
	if (ok && !hits && prefix.len >= OLD_ID_MIN) {
		ok = ch_sql_was(p, arena, prefix, full, err);
		*kind = CH_STR("events");
		hits = ok && full->len;
	}
	if (ok && hits != 1)
		return ch_fail(err, hits ? "more than one record begins with '%.*s': give more of it" : "no record '%.*s'", CH_STR_ARG(prefix));
	return ok;
}
