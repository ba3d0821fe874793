/* store/sql_review.c -- what people decided, in the store.
 *
 * Decisions are rows of `reviews` and are never taken out. What they come to is done to the tables themselves: a report is moved to the
 * event that it is now said to tell (one of its own where it is rejected or stands apart), a row of a register is written over. So
 * whatever reads the tables, or finds events by them, sees decisions without knowing of them. How a record was coded stands in
 * reviews.coded; from it and from all that was decided its state is made anew each time. */
#include "store/sql_review.h"
#include "store/id.h"
#include <stdio.h>
#include <stdlib.h>

enum { VERDICT_REJECTED = 1, VERDICT_APART = 2 };

/* ---- small ---- */

static bool do_int(struct ch_sql *db, const char *sql, int64_t a, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, sql, true);

	ch_sq_int(&q, a);
	ch_sq_step(&q);
	return ch_sq_end(&q, err);
}

static bool read_int(struct ch_sql *db, const char *sql, int64_t a, int64_t *out, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, sql, true);

	ch_sq_int(&q, a);
	*out = ch_sq_step(&q) ? ch_sq_get_int(&q) : 0;
	return ch_sq_end(&q, err);
}

static bool find_id(struct ch_sql *db, const char *sql, struct ch_str id, int64_t *out, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, sql, false);

	ch_sq_text(&q, id);
	*out = ch_sq_step(&q) ? ch_sq_get_int(&q) : 0;
	return ch_sq_end(&q, err);
}

/* What decisions and reading anew look for, and nobody else: a store gets these when it is first wanted, so that adding does not pay. */
bool ch_sql_review_ready(struct ch_sql *db, struct ch_err *err)
{
	return ch_sql_exec(db, "CREATE INDEX IF NOT EXISTS event_pairs_event ON event_pairs(event);"
			      "CREATE INDEX IF NOT EXISTS event_near_event ON event_near(event);"
			      "CREATE INDEX IF NOT EXISTS event_links_head ON event_links(head);"
			      "CREATE INDEX IF NOT EXISTS saying_keys_saying ON saying_keys(saying);"
			      "CREATE INDEX IF NOT EXISTS signature_keys_signature ON signature_keys(signature);"
			      "CREATE INDEX IF NOT EXISTS row_parties_row ON row_parties(register, row);"
			      "CREATE INDEX IF NOT EXISTS actor_names_actor ON actor_names(actor);"
			      "CREATE INDEX IF NOT EXISTS stories_first ON stories(first);", err);
}

/* ---- events that change ---- */

static bool touch_all(struct ch_sql *db, const char *sql, int64_t event, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, sql, true);

	ch_sq_int(&q, event);
	while (ch_sq_step(&q))
		*CH_PUSH(&db->fresh_arena, &db->touched) = ch_sq_get_int(&q);
	return ch_sq_end(&q, err);
}

bool ch_sql_touch_event(struct ch_sql *db, int64_t event, struct ch_err *err)
{
	static const char *const of_it[] = {
		/* where they stand is set anew: the number of one that is gone may come to be another's */
		"UPDATE events SET head = NULL WHERE n IN (SELECT event FROM event_groups WHERE top = (SELECT top FROM event_groups WHERE event = ?1))",
		"DELETE FROM event_groups WHERE top = (SELECT top FROM event_groups WHERE event = ?)",
		"DELETE FROM event_near WHERE event = ?",
	};
	static const char *const gone[] = {
		"DELETE FROM event_links WHERE event = ?1 OR head = ?1", "DELETE FROM event_pairs WHERE event = ?",
		"DELETE FROM event_parties WHERE event = ?", "DELETE FROM events WHERE n = ?",
	};
	int64_t told;

	/* All that hangs on it is found anew before the commit: those grouped or linked with it, and those that stood near it. */
	if (!touch_all(db, "SELECT event FROM event_groups WHERE top = (SELECT top FROM event_groups WHERE event = ?)", event, err) ||
	    !touch_all(db, "SELECT event FROM event_links WHERE head = ?", event, err) ||
	    !touch_all(db, "SELECT o.event FROM event_near k JOIN event_near o ON o.key = k.key AND o.day BETWEEN k.day - 62 AND k.day + 62"
		       " WHERE k.event = ? LIMIT 1024", event, err))
		return false;
	*CH_PUSH(&db->fresh_arena, &db->touched) = event;
	for (size_t i = 0; i < sizeof of_it / sizeof *of_it; i++)
		if (!do_int(db, of_it[i], event, err))
			return false;
	if (!read_int(db, "SELECT count(*) FROM (SELECT 1 FROM reports WHERE event = ? LIMIT 1) AS one", event, &told, err))
		return false;
	for (size_t i = 0; !told && i < sizeof gone / sizeof *gone; i++)
		if (!do_int(db, gone[i], event, err))
			return false;
	return true;
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

bool ch_sql_capture_report(struct ch_sql *db, struct ch_arena *arena, int64_t n, struct ch_captured *c, struct ch_err *err)
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
	struct ch_query query = { .id = id };
	const struct ch_register *r = ch_register_of(reg);
	char sql[96];

	*c = (struct ch_captured){ .reg = (int)reg, .kind = ch_str_z(r->name), .coded = CH_STR(""), .arena = arena };
	snprintf(sql, sizeof sql, "SELECT n FROM %s WHERE id = ?", r->table);
	return ch_sql_rows(db, reg, &query, take_row, c, err) && find_id(db, sql, id, &c->n, err);
}

/* ---- a report ---- */

static bool actor_by_id(struct ch_sql *db, struct ch_arena *arena, struct ch_str id, struct ch_sided *a, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT n, party FROM actors WHERE id = ?", true);

	*a = (struct ch_sided){ .party.id = id };
	ch_sq_text(&q, id);
	if (ch_sq_step(&q)) {
		a->n = ch_sq_get_int(&q);
		a->party.party = ch_sq_get_text(&q, arena);
	}
	return ch_sq_end(&q, err);
}

/* The party itself, made where no page has it: a code of three letters is a state, all else an organisation or group by its name. */
static bool actor_by_code(struct ch_sql *db, struct ch_arena *arena, struct ch_str code, struct ch_sided *a, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT id FROM actors WHERE party = ? AND kind > 0 ORDER BY office IS NOT NULL, sector IS NOT NULL, id"
				    " LIMIT 1", true);
	struct ch_str id = { 0 };
	struct ch_ider ider;
	bool ok;

	ch_sq_text(&q, code);
	if (ch_sq_step(&q))
		id = ch_sq_get_text(&q, arena);
	ok = ch_sq_end(&q, err);
	if (!ok || id.len)
		return ok && actor_by_id(db, arena, id, a, err);
	ch_ider_init(&ider, "actor by hand");
	ch_ider_add(&ider, code);
	id = ch_ider_id(&ider, arena);
	q = ch_sq_open(db, "INSERT INTO actors(id, kind, party, name, code) VALUES(?,?,?,?,?)", true);
	ch_sq_text(&q, id);
	ch_sq_int(&q, code.len == 3 ? CH_ACTOR_STATE : CH_ACTOR_ORG);
	for (int i = 0; i < 3; i++)
		ch_sq_text(&q, code);
	ch_sq_step(&q);
	return ch_sq_end(&q, err) && actor_by_id(db, arena, id, a, err);
}

static int by_party(const void *x, const void *y)
{
	const struct ch_sided *a = x, *b = y;
	int c = ch_str_cmp(a->party.party, b->party.party);

	return c ? c : ch_str_cmp(a->party.id, b->party.id);
}

/* Who stood for a party on the page goes on standing for it where the party stays. */
static bool side_of(struct ch_sql *db, struct ch_arena *arena, struct ch_str actors, bool set_by_hand, struct ch_str codes,
		    struct ch_side *side, struct ch_err *err)
{
	CH_VEC(struct ch_sided) as_coded = { 0 }, now = { 0 };
	struct ch_str one;

	while (ch_str_cut(&actors, ';', &one))
		if (one.len && !actor_by_id(db, arena, one, CH_PUSH(arena, &as_coded), err))
			return false;
	while (set_by_hand && ch_str_cut(&codes, ';', &one)) {
		bool stood = false;

		one = ch_str_trim(one);
		for (uint32_t i = 0; i < as_coded.n; i++) {
			if (!ch_str_eq(as_coded.v[i].party.party, one))
				continue;
			*CH_PUSH(arena, &now) = as_coded.v[i];
			stood = true;
		}
		if (!stood && one.len && !actor_by_code(db, arena, one, CH_PUSH(arena, &now), err))
			return false;
	}
	side->v = set_by_hand ? now.v : as_coded.v;
	side->n = set_by_hand ? now.n : as_coded.n;
	if (side->n)
		qsort(side->v, side->n, sizeof *side->v, by_party);
	side->list.v = CH_NEW_N(arena, struct ch_party, side->n);
	side->list.n = side->n;
	for (uint32_t i = 0; i < side->n; i++)
		side->list.v[i] = side->v[i].party;
	return true;
}

static bool put_event(struct ch_sql *db, struct ch_arena *arena, const struct ch_event_record *e, const struct ch_side sides[2],
		      struct ch_str published, int verdict, int64_t *n, struct ch_err *err)
{
	bool is_new;

	if (!ch_sql_put_event(db, arena, published, e, verdict, n, &is_new, err))
		return false;
	for (int side = 0; is_new && side < 2; side++) {
		for (uint32_t i = 0; i < sides[side].n; i++) {
			struct ch_sq q = ch_sq_open(db, "INSERT OR IGNORE INTO event_parties(event, side, party, class, day, head)"
						    " SELECT n, ?2, ?3, class, day, head FROM events WHERE n = ?1", true);

			ch_sq_int(&q, *n);
			ch_sq_int(&q, side);
			ch_sq_text_always(&q, sides[side].v[i].party.party);
			ch_sq_step(&q);
			if (!ch_sq_end(&q, err))
				return false;
		}
	}
	return true;
}

static bool move_report(struct ch_sql *db, int64_t report, int64_t event, const struct ch_side sides[2], struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "UPDATE reports SET event = ? WHERE n = ?", true);

	ch_sq_int(&q, event);
	ch_sq_int(&q, report);
	ch_sq_step(&q);
	if (!ch_sq_end(&q, err) || !do_int(db, "DELETE FROM report_parties WHERE report = ?", report, err))
		return false;
	for (int side = 0; side < 2; side++) {
		for (uint32_t i = 0; i < sides[side].n; i++) {
			q = ch_sq_open(db, "INSERT INTO report_parties(report, side, number, actor) VALUES(?,?,?,?)", true);
			ch_sq_int(&q, report);
			ch_sq_int(&q, side);
			ch_sq_int(&q, i);
			ch_sq_int(&q, sides[side].v[i].n);
			ch_sq_step(&q);
			if (!ch_sq_end(&q, err))
				return false;
		}
	}
	return true;
}

static struct ch_str field(const struct ch_review_state *s, struct ch_str coded, const char *name)
{
	return ch_fields_has(s->changes, name) ? ch_fields_get(s->changes, name) : ch_fields_get(coded, name);
}

static bool apply_report(struct ch_sql *db, struct ch_arena *arena, const struct ch_captured *c, const struct ch_review_state *s,
			 struct ch_err *err)
{
	struct ch_event_record e = { .type = field(s, c->coded, "type"), .mode = field(s, c->coded, "mode"), .date = field(s, c->coded, "date"),
				     .place = field(s, c->coded, "place"), .status = field(s, c->coded, "status") };
	struct ch_str page = ch_fields_has(s->changes, ".page") ? ch_fields_get(s->changes, ".page") : c->page;
	struct ch_side sides[2];
	int64_t before, now;

	if (!side_of(db, arena, ch_fields_get(c->coded, ".source"), ch_fields_has(s->changes, "source"), ch_fields_get(s->changes, "source"),
		     &sides[0], err) ||
	    !side_of(db, arena, ch_fields_get(c->coded, ".target"), ch_fields_has(s->changes, "target"), ch_fields_get(s->changes, "target"),
		     &sides[1], err))
		return false;
	e.id = ch_event_id(arena, &e, sides[0].list, sides[1].list, page);
	if (s->rejected || s->apart) {
		struct ch_ider ider;

		ch_ider_init(&ider, s->rejected ? "event rejected" : "event apart");
		ch_ider_add(&ider, e.id);
		ch_ider_add(&ider, s->apart ? c->id : CH_STR(""));
		e.id = ch_ider_id(&ider, arena);
	}
	return read_int(db, "SELECT event FROM reports WHERE n = ?", c->n, &before, err) &&
	       put_event(db, arena, &e, sides, c->published, s->rejected ? VERDICT_REJECTED : s->apart ? VERDICT_APART : 0, &now, err) &&
	       move_report(db, c->n, now, sides, err) && (s->rejected || ch_sql_pairs_put(db, now, err)) &&
	       (before == now || ch_sql_touch_event(db, before, err)) && ch_sql_touch_event(db, now, err) &&
	       do_int(db, "UPDATE stories SET changed = 1, id = NULL WHERE n IN (SELECT s.story FROM reports r JOIN copies c ON c.page = r.page"
		      " JOIN signatures s ON s.n = c.signature WHERE r.n = ?)", c->n, err);
}

/* ---- a row of a register ---- */

static bool put_list(struct ch_sql *db, const struct ch_captured *c, const char *col, struct ch_str list, struct ch_err *err)
{
	const bool own_table = c->reg == CH_REG_INSTRUMENTS;
	const struct ch_register *r = ch_register_of((enum ch_register_id)c->reg);
	struct ch_sq q = own_table ? ch_sq_open(db, "DELETE FROM instrument_parties WHERE instrument = ?", true) :
				     ch_sq_open(db, "DELETE FROM row_parties WHERE row = ? AND register = ? AND col = ?", true);
	struct ch_str one;
	int64_t number = 0;

	ch_sq_int(&q, c->n);
	if (!own_table) {
		ch_sq_text(&q, ch_str_z(r->table));
		ch_sq_text(&q, ch_str_z(col));
	}
	ch_sq_step(&q);
	if (!ch_sq_end(&q, err))
		return false;
	while (ch_str_cut(&list, ';', &one)) {
		one = ch_str_trim(one);
		if (!one.len)
			continue;
		q = own_table ? ch_sq_open(db, "INSERT INTO instrument_parties(instrument, number, party) VALUES(?,?,?)", true) :
				ch_sq_open(db, "INSERT INTO row_parties(row, number, party, register, col) VALUES(?,?,?,?,?)", true);
		ch_sq_int(&q, c->n);
		ch_sq_int(&q, number++);
		ch_sq_text(&q, one);
		if (!own_table) {
			ch_sq_text(&q, ch_str_z(r->table));
			ch_sq_text(&q, ch_str_z(col));
		}
		ch_sq_step(&q);
		if (!ch_sq_end(&q, err))
			return false;
	}
	return true;
}

static bool update(struct ch_sql *db, const struct ch_captured *c, const char *col, struct ch_str value, enum ch_col_kind kind,
		   struct ch_err *err)
{
	char sql[160];
	struct ch_sq q;

	snprintf(sql, sizeof sql, "UPDATE %s SET \"%s\" = %s WHERE n = ?", ch_register_of((enum ch_register_id)c->reg)->table, col,
		 kind == CH_COL_NUMBER ? "CAST(? AS REAL)" : kind == CH_COL_TEXT || kind == CH_COL_WORDS ? "?" : "CAST(? AS INTEGER)");
	q = ch_sq_open(db, sql, false);
	ch_sq_text(&q, kind != CH_COL_BOOL ? value : ch_str_eqz(value, "true") ? CH_STR("1") : CH_STR("0"));
	ch_sq_int(&q, c->n);
	ch_sq_step(&q);
	return ch_sq_end(&q, err);
}

static bool apply_row(struct ch_sql *db, struct ch_arena *arena, const struct ch_captured *c, const struct ch_review_state *s,
		      struct ch_err *err)
{
	const struct ch_register *r = ch_register_of((enum ch_register_id)c->reg);
	struct ch_str lo = CH_STR(""), hi = CH_STR("");

	for (uint32_t i = 0; i < CH_COLS_MAX && r->cols[i].name; i++) {
		const char *name = r->cols[i].name;
		struct ch_str value = field(s, c->coded, name);

		if (r->cols[i].kind == CH_COL_SPAN || r->cols[i].kind == CH_COL_NOTES ||
		    !(ch_fields_has(s->changes, name) || ch_fields_has(c->coded, name)))
			continue;
		if (!(r->cols[i].kind == CH_COL_LIST ? put_list(db, c, name, value, err) : update(db, c, name, value, r->cols[i].kind, err)))
			return false;
		if (i == r->date)
			ch_date_bounds(arena, value, &lo, &hi);
	}
	return update(db, c, "lo", lo, CH_COL_TEXT, err) && update(db, c, "hi", hi, CH_COL_TEXT, err) &&
	       update(db, c, "verdict", s->rejected ? CH_STR("1") : CH_STR("0"), CH_COL_ORDINAL, err) &&
	       (c->reg != CH_REG_QUOTES || ch_sql_saying_again(db, c->n, err));
}

/* ---- decisions ---- */

#define DECISION_COLS "d.n, d.verdict, d.kind, d.record, d.page, d.start, d.end, d.said, d.coded, d.value, d.reviewer, d.note, d.decided, d.undone"

static void get_decision(struct ch_sq *q, struct ch_arena *a, struct ch_decision *d)
{
	d->n = ch_sq_get_int(q);
	d->verdict = ch_verdict_parse(ch_sq_get_text(q, a));
	d->kind = ch_sq_get_text(q, a);
	d->record = ch_sq_get_text(q, a);
	d->page = ch_sq_get_text(q, a);
	d->span.start = (uint32_t)ch_sq_get_int(q);
	d->span.end = (uint32_t)ch_sq_get_int(q);
	d->said = ch_sq_get_text(q, a);
	d->coded = ch_sq_get_text(q, a);
	d->changes = ch_sq_get_text(q, a);
	d->by = ch_sq_get_text(q, a);
	d->reason = ch_sq_get_text(q, a);
	d->at = ch_sq_get_text(q, a);
	d->undone = ch_sq_get_int(q);
}

struct decisions {
	CH_VEC(struct ch_decision) v;
};

static bool get_decisions(struct ch_sql *db, struct ch_arena *arena, const char *sql, struct ch_str id, struct decisions *out,
			  struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, sql, true);

	ch_sq_text_always(&q, id);
	while (ch_sq_step(&q))
		get_decision(&q, arena, CH_PUSH(arena, &out->v));
	return ch_sq_end(&q, err);
}

static bool apply(struct ch_sql *db, struct ch_arena *arena, struct ch_captured *c, struct ch_err *err)
{
	struct decisions d = { { 0 } };
	struct ch_review_state state;

	if (!get_decisions(db, arena, "SELECT " DECISION_COLS " FROM reviews d WHERE d.record = ? ORDER BY d.n", c->id, &d, err))
		return false;
	if (d.v.n)
		c->coded = d.v.v[0].coded;
	ch_review_fold(d.v.v, d.v.n, arena, &state);
	return c->reg < 0 ? apply_report(db, arena, c, &state, err) : apply_row(db, arena, c, &state, err);
}

struct captured_list {
	CH_VEC(struct ch_captured) v;
};

static bool records_of_page(struct ch_sql *db, struct ch_arena *arena, int64_t page, struct captured_list *out, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT n FROM reports WHERE page = ? ORDER BY id", true);
	CH_VEC(int64_t) reports = { 0 };
	bool ok;

	ch_sq_int(&q, page);
	while (ch_sq_step(&q))
		*CH_PUSH(arena, &reports) = ch_sq_get_int(&q);
	ok = ch_sq_end(&q, err);
	for (uint32_t i = 0; ok && i < reports.n; i++)
		ok = ch_sql_capture_report(db, arena, reports.v[i], CH_PUSH(arena, &out->v), err);
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

static bool rekey(struct ch_sql *db, const struct ch_decision *d, const struct ch_captured *c, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "UPDATE reviews SET record = ?, coded = ? WHERE n = ?", true);

	ch_sq_text_always(&q, c ? c->id : CH_STR(""));
	ch_sq_text_always(&q, c ? c->coded : d->coded);
	ch_sq_int(&q, d->n);
	ch_sq_step(&q);
	return ch_sq_end(&q, err);
}

bool ch_sql_decide_page(struct ch_sql *db, int64_t page, struct ch_str id, struct ch_err *err)
{
	struct ch_arena arena = { 0 };
	struct decisions d = { { 0 } };
	struct captured_list records = { { 0 } };
	bool ok = get_decisions(db, &arena, "SELECT " DECISION_COLS " FROM reviews d WHERE d.page = ? ORDER BY d.n", id, &d, err);

	if (ok && d.v.n) {
		struct ch_review_record *now;
		bool *decided;

		ok = records_of_page(db, &arena, page, &records, err);
		now = CH_NEW_N(&arena, struct ch_review_record, records.v.n);
		decided = CH_NEW_N(&arena, bool, records.v.n);
		for (uint32_t i = 0; ok && i < records.v.n; i++)
			now[i] = (struct ch_review_record){ records.v.v[i].kind, records.v.v[i].coded, records.v.v[i].span };
		for (uint32_t i = 0; ok && i < d.v.n; i++) {
			uint32_t at = ch_review_match(&d.v.v[i], now, records.v.n);

			if (at != UINT32_MAX)
				decided[at] = true;
			ok = rekey(db, &d.v.v[i], at == UINT32_MAX ? NULL : &records.v.v[at], err);
		}
		for (uint32_t i = 0; ok && i < records.v.n; i++)
			ok = !decided[i] || apply(db, &arena, &records.v.v[i], err);
	}
	ch_arena_free(&arena);
	return ok;
}

/* ---- deciding ---- */

/* The reports of an event with those of its other versions, one report, or a row. */
static bool targets(struct ch_sql *db, struct ch_arena *arena, struct ch_str kind, struct ch_str id, struct captured_list *out,
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
			ok = ch_sql_capture_report(db, arena, reports.v[i], CH_PUSH(arena, &out->v), err);
	}
	for (unsigned reg = 0; ok && reg < CH_REG_N; reg++)
		if (ch_str_eqz(kind, ch_register_of((enum ch_register_id)reg)->name))
			ok = capture_row(db, arena, (enum ch_register_id)reg, id, CH_PUSH(arena, &out->v), err);
	if (ok && ch_str_eqz(kind, "pages")) {
		int64_t page;

		ok = find_id(db, "SELECT n FROM pages WHERE id = ?", id, &page, err) && records_of_page(db, arena, page, out, err);
	}
	return ok && (out->v.n || ch_fail(err, "'%.*s' is of a kind that is not reviewed: give an event, a report, a row of a register or a page that has some",
					  CH_STR_ARG(id)));
}

static bool put_decision(struct ch_sql *db, const struct ch_decision *d, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db,
		"INSERT INTO reviews(record, verdict, value, reviewer, note, decided, kind, page, start, end, said, coded)"
		" VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,"
		" coalesce((SELECT coded FROM reviews WHERE record = ?1 ORDER BY n LIMIT 1), ?12))", true);

	ch_sq_text_always(&q, d->record);
	ch_sq_text(&q, ch_str_z(ch_verdict_name(d->verdict)));
	ch_sq_text(&q, d->changes);
	ch_sq_text(&q, d->by);
	ch_sq_text(&q, d->reason);
	ch_sq_text(&q, d->at);
	ch_sq_text(&q, d->kind);
	ch_sq_text(&q, d->page);
	ch_sq_int(&q, d->span.start);
	ch_sq_int(&q, d->span.end);
	ch_sq_text(&q, d->said);
	ch_sq_text_always(&q, d->coded);
	ch_sq_step(&q);
	return ch_sq_end(&q, err);
}

/* What the other event says, as changes; its first page, by which it is told apart where it has no date. */
static bool merged_with(struct ch_sql *db, struct ch_arena *arena, struct ch_str other, struct ch_str *changes, struct ch_err *err)
{
	struct captured_list of = { { 0 } };
	struct ch_str rest, name, value;

	if (!targets(db, arena, CH_STR("events"), other, &of, err))
		return false;
	*changes = CH_STR("");
	for (uint32_t i = 0; i < of.v.n; i++) {
		int64_t event, own;

		if (!read_int(db, "SELECT event FROM reports WHERE n = ?", of.v.v[i].n, &event, err) ||
		    !find_id(db, "SELECT n FROM events WHERE id = ?", other, &own, err))
			return false;
		if (event != own)
			continue;
		for (rest = of.v.v[i].coded; ch_fields_next(&rest, &name, &value);)
			if (!ch_str_starts(name, CH_STR(".")))
				*changes = ch_fields_set(arena, *changes, name, value);
		*changes = ch_fields_set(arena, *changes, CH_STR(".page"), of.v.v[i].page);
		return true;
	}
	return ch_fail(err, "no page tells of '%.*s'", CH_STR_ARG(other));
}

static bool now_at(struct ch_sql *db, struct ch_arena *arena, const struct ch_captured *c, struct ch_str *id, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT e.id FROM reports r JOIN events e ON e.n = r.event WHERE r.n = ?", true);

	*id = c->id;
	ch_sq_int(&q, c->n);
	if (c->reg < 0 && ch_sq_step(&q))
		*id = ch_sq_get_text(&q, arena);
	return ch_sq_end(&q, err);
}

bool ch_sql_decide(void *p, const struct ch_decision *given, struct ch_str other, struct ch_arena *arena, struct ch_str *now, struct ch_err *err)
{
	struct ch_sql *db = p;
	struct captured_list records = { { 0 } };
	struct ch_decision d = *given;
	const bool whole_page = ch_str_eqz(d.kind, "pages");

	if (!ch_sql_review_ready(db, err))
		return false;
	if (d.verdict == CH_SAME_ACTOR || d.verdict == CH_OTHER_ACTOR) {
		struct ch_str end = other;

		if (!ch_sql_meant(db, arena, &end, err))
			return false;
		if (d.verdict == CH_SAME_ACTOR && ch_str_eq(end, d.record))
			return ch_fail(err, "'%.*s' is said to mean '%.*s' already: undo that first", CH_STR_ARG(other), CH_STR_ARG(end));
		d.kind = CH_STR("actors");
		d.changes = other;
		*now = d.record;
		return put_decision(db, &d, err);
	}
	if ((d.verdict == CH_MERGE && !merged_with(db, arena, other, &d.changes, err)) || !targets(db, arena, d.kind, d.record, &records, err))
		return false;
	if (whole_page && d.verdict != CH_ACCEPT)
		return ch_fail(err, "all records of a page can be accepted together, and no more than that: give the id of a record");
	if (records.v.v[0].reg >= 0 && (d.verdict == CH_MERGE || d.verdict == CH_SPLIT))
		return ch_fail(err, "only events are merged and split; '%.*s' is one of the %.*s", CH_STR_ARG(d.record), CH_STR_ARG(d.kind));
	for (uint32_t i = 0; i < records.v.n; i++) {
		struct ch_captured *c = &records.v.v[i];
		const struct ch_reviewed *before;
		struct ch_str rest = d.changes, name, value;

		while (d.verdict == CH_EDIT && ch_fields_next(&rest, &name, &value))
			if (!ch_review_check(c->kind, name, value, err))
				return false;
		/* Of a page, what is decided already stays as it is. */
		if (whole_page && !ch_sql_reviewed(db, arena, c->id, &before, err))
			return false;
		if (whole_page && before)
			continue;
		d.record = c->id;
		d.kind = c->kind;
		d.page = c->page;
		d.span = c->span;
		d.said = c->said;
		d.coded = c->coded;
		if (!put_decision(db, &d, err) || !apply(db, arena, c, err))
			return false;
	}
	if (whole_page) {
		*now = given->record;
		return true;
	}
	return now_at(db, arena, &records.v.v[0], now, err);
}

bool ch_sql_undo(void *p, struct ch_str kind, struct ch_str id, struct ch_arena *arena, struct ch_str *now, struct ch_err *err)
{
	struct ch_sql *db = p;
	struct captured_list records = { { 0 } };
	bool any = false;

	if (!ch_sql_review_ready(db, err))
		return false;
	if (ch_str_eqz(kind, "decision")) {   /* by number: one whose record is gone, or one about names */
		struct ch_sq q = ch_sq_open(db, "UPDATE reviews SET undone = 1 WHERE n || '' = ? AND undone = 0 AND"
					    " (record = '' OR kind = 'actors') RETURNING n", true);

		ch_sq_text_always(&q, id);
		any = ch_sq_step(&q);
		*now = id;
		return ch_sq_end(&q, err) && (any || ch_fail(err, "decision %.*s holds a record or is none: undo it by the record's id",
							      CH_STR_ARG(id)));
	}
	if (!targets(db, arena, kind, id, &records, err))
		return false;
	for (uint32_t i = 0; i < records.v.n; i++) {
		struct ch_sq q = ch_sq_open(db, "UPDATE reviews SET undone = 1 WHERE n = (SELECT max(n) FROM reviews WHERE record = ? AND undone = 0)"
					    " RETURNING n", true);

		ch_sq_text(&q, records.v.v[i].id);
		any = ch_sq_step(&q) || any;
		if (!ch_sq_end(&q, err) || !apply(db, arena, &records.v.v[i], err))
			return false;
	}
	return any ? now_at(db, arena, &records.v.v[0], now, err) : ch_fail(err, "nothing was decided of '%.*s'", CH_STR_ARG(id));
}

bool ch_sql_decisions(void *p, bool (*fn)(void *ctx, const struct ch_decision *d), void *ctx, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(p, "SELECT " DECISION_COLS " FROM reviews d ORDER BY d.n", true);
	struct ch_arena arena = { 0 };
	struct ch_decision d;
	bool ok;

	while (ch_sq_step(&q)) {
		get_decision(&q, &arena, &d);
		if (!fn(ctx, &d))
			break;
		ch_arena_reset(&arena);
	}
	ok = ch_sq_end(&q, err);
	ch_arena_free(&arena);
	return ok;
}

/* ---- what readers show ---- */

bool ch_sql_any_reviews(struct ch_sql *db, bool *any, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT 1 FROM reviews LIMIT 1", true);

	*any = ch_sq_step(&q);
	return ch_sq_end(&q, err);
}

bool ch_sql_reviewed(struct ch_sql *db, struct ch_arena *arena, struct ch_str record, const struct ch_reviewed **out, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT " DECISION_COLS " FROM reviews d WHERE d.record = ? AND d.undone = 0 AND d.kind <> 'actors'"
				    " ORDER BY d.n DESC LIMIT 1", true);

	*out = NULL;
	ch_sq_text(&q, record);
	if (ch_sq_step(&q)) {
		struct ch_reviewed *r = CH_NEW(arena, struct ch_reviewed);
		struct ch_decision d;

		get_decision(&q, arena, &d);
		*r = (struct ch_reviewed){ .verdict = ch_str_z(d.verdict < CH_VERDICT_N ? ch_verdict_name(d.verdict) : "?"), .by = d.by,
					   .reason = d.reason, .at = d.at, .changes = d.changes, .coded = d.coded,
					   .rejected = d.verdict == CH_REJECT };
		*out = r;
	}
	return ch_sq_end(&q, err);
}
