/* store/sql_capture.c -- records as they stand in the tables, each with its evidence: those that a decision is about. */
#include "store/sql_review.h"
#include <stdio.h>

/* ---- small ---- */

bool ch_sql_do_int(struct ch_sql *db, const char *sql, int64_t a, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, sql, true);

	ch_sq_int(&q, a);
	ch_sq_step(&q);
	return ch_sq_end(&q, err);
}

bool ch_sql_read_int(struct ch_sql *db, const char *sql, int64_t a, int64_t *out, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, sql, true);

	ch_sq_int(&q, a);
	*out = ch_sq_step(&q) ? ch_sq_get_int(&q) : 0;
	return ch_sq_end(&q, err);
}

bool ch_sql_list_int(struct ch_sql *db, const char *sql, int64_t a, struct ch_sql_list *list, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, sql, true);

	ch_sq_int(&q, a);
	while (ch_sq_step(&q))
		*CH_PUSH(list->arena, &list->v) = ch_sq_get_int(&q);
	return ch_sq_end(&q, err);
}

bool ch_sql_find_id(struct ch_sql *db, const char *sql, struct ch_str id, int64_t *out, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, sql, false);

	ch_sq_text(&q, id);
	*out = ch_sq_step(&q) ? ch_sq_get_int(&q) : 0;
	return ch_sq_end(&q, err);
}

/* ---- records as they stand ---- */

static void set(struct ch_arena *arena, struct ch_str *lines, const char *name, struct ch_str value)
{
	*lines = ch_fields_set(arena, *lines, ch_str_z(name), value);
}

static struct ch_str joined(struct ch_arena *arena, struct ch_str list, struct ch_str one)
{
	return list.len ? ch_arena_printf(arena, "%.*s;%.*s", CH_STR_ARG(list), CH_STR_ARG(one)) : one;
}

static bool capture_sides(struct ch_sql *db, struct ch_arena *arena, struct ch_captured *c, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT p.side, coalesce(a.party, a.name, ''), a.id FROM report_parties p JOIN actors a ON a.n = p.actor"
				    " WHERE p.report = ? ORDER BY p.side, p.number", true);
	struct ch_str sides[2] = { CH_STR(""), CH_STR("") }, actors[2] = { CH_STR(""), CH_STR("") }, last = { 0 };
	int last_side = -1;

	ch_sq_int(&q, c->n);
	while (ch_sq_step(&q)) {
		int side = ch_sq_get_int(&q) != 0;
		struct ch_str party = ch_sq_get_text(&q, arena);

		if (side != last_side || !ch_str_eq(last, party))
			sides[side] = joined(arena, sides[side], party);
		actors[side] = joined(arena, actors[side], ch_sq_get_text(&q, arena));
		last = party;
		last_side = side;
	}
	set(arena, &c->coded, "source", sides[0]);
	set(arena, &c->coded, "target", sides[1]);
	set(arena, &c->coded, ".source", actors[0]);
	set(arena, &c->coded, ".target", actors[1]);
	return ch_sq_end(&q, err);
}

static bool capture_report(struct ch_sql *db, struct ch_arena *arena, int64_t n, struct ch_captured *c, struct ch_err *err)
{
	static const char *const fields[] = { "type", "mode", "date", "place", "status" };
	struct ch_sq q = ch_sq_open(db,
		"SELECT r.id, g.id, coalesce(r.trigger_raw_start, s.raw_start, 0), coalesce(r.trigger_raw_end, s.raw_end, 0),"
		" coalesce(r.trigger_text, s.text), g.published, e.type, e.mode, e.date, e.place, e.status FROM reports r JOIN events e ON e.n = r.event"
		" JOIN pages g ON g.n = r.page LEFT JOIN sentences s ON s.page = r.page AND s.number = r.sentence WHERE r.n = ?", true);

	*c = (struct ch_captured){ .n = n, .reg = -1, .kind = CH_STR("reports"), .coded = CH_STR("") };
	ch_sq_int(&q, n);
	if (ch_sq_step(&q)) {
		c->id = ch_sq_get_text(&q, arena);
		c->page = ch_sq_get_text(&q, arena);
		c->span.start = (uint32_t)ch_sq_get_int(&q);
		c->span.end = (uint32_t)ch_sq_get_int(&q);
		c->said = ch_sq_get_text(&q, arena);
		c->published = ch_sq_get_text(&q, arena);
		for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
			set(arena, &c->coded, fields[i], ch_sq_get_text(&q, arena));
	}
	return ch_sq_end(&q, err) && capture_sides(db, arena, c, err);
}

static struct ch_str number_text(struct ch_arena *arena, const struct ch_col *col, double x)
{
	if (col->kind == CH_COL_BOOL)
		return x != 0 ? CH_STR("true") : CH_STR("false");
	if (col->kind == CH_COL_ORDINAL && !(x > 0))
		return CH_STR("");
	return ch_arena_printf(arena, "%.10g", x);
}

static bool take_row(void *ctx, const struct ch_row *row)
{
	struct ch_captured *c = ctx;
	struct ch_arena *arena = c->arena;
	struct ch_evidence where = row->cells[row->reg->where].span;

	c->id = ch_arena_str(arena, row->id);
	c->page = ch_arena_str(arena, row->page->id);
	c->span = where.raw;
	c->said = ch_arena_str(arena, row->context);
	for (uint32_t i = 0; i < CH_COLS_MAX && row->reg->cols[i].name; i++) {
		const struct ch_col *col = &row->reg->cols[i];
		const struct ch_cell *cell = &row->cells[i];
		struct ch_str value = CH_STR("");

		switch (col->kind) {
		case CH_COL_TEXT:
		case CH_COL_WORDS:
			value = cell->text;
			break;
		case CH_COL_NUMBER:
		case CH_COL_BOOL:
		case CH_COL_ORDINAL:
			value = number_text(arena, col, cell->number);
			break;
		case CH_COL_LIST:
			for (uint32_t k = 0; k < cell->n_list; k++)
				value = joined(arena, value, cell->list[k]);
			break;
		case CH_COL_SPAN:
		case CH_COL_NOTES:
			continue;
		}
		/* Fields are lines: a text that has several is not one that could be set, and is compared without. */
		if (ch_str_find_byte(value, '\n', 0) == CH_STR_NONE)
			set(arena, &c->coded, col->name, value);
	}
	return false;
}

static bool capture_row(struct ch_sql *db, struct ch_arena *arena, enum ch_register_id reg, struct ch_str id, struct ch_captured *c,
			struct ch_err *err)
{
	struct ch_query query = { .id = id, .as_read = true };
	const struct ch_register *r = ch_register_of(reg);
	char sql[96];

	*c = (struct ch_captured){ .reg = (int)reg, .kind = ch_str_z(r->name), .coded = CH_STR(""), .arena = arena };
	snprintf(sql, sizeof sql, "SELECT n FROM %s WHERE id = ?", r->table);
	return ch_sql_rows(db, reg, &query, take_row, c, err) && ch_sql_find_id(db, sql, id, &c->n, err);
}

/* ---- which of them ---- */

bool ch_sql_capture_page(struct ch_sql *db, struct ch_arena *arena, int64_t page, struct ch_captured_list *out, struct ch_err *err)
{
	struct ch_sql_list reports = { .arena = arena };
	struct ch_sq q;
	bool ok = ch_sql_list_int(db, "SELECT n FROM reports WHERE page = ? ORDER BY id", page, &reports, err);

	for (uint32_t i = 0; ok && i < reports.v.n; i++)
		ok = capture_report(db, arena, reports.v.v[i], CH_PUSH(arena, &out->v), err);
	for (unsigned reg = 0; ok && reg < CH_REG_N; reg++) {
		CH_VEC(struct ch_str) ids = { 0 };
		char sql[96];

		snprintf(sql, sizeof sql, "SELECT id FROM %s WHERE page = ? ORDER BY id", ch_register_of((enum ch_register_id)reg)->table);
		q = ch_sq_open(db, sql, false);
		ch_sq_int(&q, page);
		while (ch_sq_step(&q))
			*CH_PUSH(arena, &ids) = ch_sq_get_text(&q, arena);
		ok = ch_sq_end(&q, err);
		for (uint32_t i = 0; ok && i < ids.n; i++)
			ok = capture_row(db, arena, (enum ch_register_id)reg, ids.v[i], CH_PUSH(arena, &out->v), err);
	}
	return ok;
}

/* The reports of an event with those of its other versions, one report, or a row. */
bool ch_sql_capture(struct ch_sql *db, struct ch_arena *arena, struct ch_str kind, struct ch_str id, struct ch_captured_list *out,
		    struct ch_err *err)
{
	bool ok = true;

	if (ch_str_eqz(kind, "events") || ch_str_eqz(kind, "reports")) {
		struct ch_sq q = ch_str_eqz(kind, "reports") ? ch_sq_open(db, "SELECT n FROM reports WHERE id = ?", true) :
			ch_sq_open(db, "SELECT r.n FROM events e JOIN reports r ON r.event = e.n OR r.event IN (SELECT event FROM event_groups k"
				   " WHERE k.head = e.n) WHERE e.id = ? ORDER BY r.id", true);
		CH_VEC(int64_t) reports = { 0 };

		ch_sq_text(&q, id);
		while (ch_sq_step(&q))
			*CH_PUSH(arena, &reports) = ch_sq_get_int(&q);
		ok = ch_sq_end(&q, err);
		for (uint32_t i = 0; ok && i < reports.n; i++)
			ok = capture_report(db, arena, reports.v[i], CH_PUSH(arena, &out->v), err);
	}
	for (unsigned reg = 0; ok && reg < CH_REG_N; reg++)
		if (ch_str_eqz(kind, ch_register_of((enum ch_register_id)reg)->name))
			ok = capture_row(db, arena, (enum ch_register_id)reg, id, CH_PUSH(arena, &out->v), err);
	if (ok && ch_str_eqz(kind, "pages")) {
		int64_t page;

		ok = ch_sql_find_id(db, "SELECT n FROM pages WHERE id = ?", id, &page, err) && ch_sql_capture_page(db, arena, page, out, err);
	}
	return ok && (out->v.n || ch_fail(err, "'%.*s' is of a kind that is not reviewed: give an event, a report, a row of a register or a page that has some",
					  CH_STR_ARG(id)));
}
