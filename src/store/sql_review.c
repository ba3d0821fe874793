/* store/sql_review.c -- what people decided, in the store.
 *
 * Decisions are rows of `reviews` and are never taken out. What they come to is done to the tables themselves: a report is moved to the
 * event that it is now said to tell (one of its own where it is rejected or stands apart), a row of a register is written over. So
 * whatever reads the tables, or finds events by them, sees decisions without knowing of them. How a record was coded stands in
 * reviews.coded; from it and from all that was decided its state is made anew each time. */
#include "store/sql_review.h"
#include "store/party.h"

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
	return c->reg < 0 ? ch_sql_apply_report(db, arena, c, &state, err) : ch_sql_apply_row(db, arena, c, &state, err);
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
	struct ch_captured_list records = { { 0 } };
	bool ok = get_decisions(db, &arena, "SELECT " DECISION_COLS " FROM reviews d WHERE d.page = ? ORDER BY d.n", id, &d, err);

	if (ok && d.v.n) {
		struct ch_review_record *now;
		bool *decided;

		ok = ch_sql_capture_page(db, &arena, page, &records, err);
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

/* A party that nobody knows is a slip of the hand; what a name means is told. "place=" and the like unsay it. */
static bool check_party(struct ch_sql *db, struct ch_arena *arena, struct ch_str field, struct ch_str given, struct ch_err *err)
{
	const bool side = ch_str_eqz(field, "source") || ch_str_eqz(field, "target");
	struct ch_str code, name, party, person;
	struct ch_party p;
	int64_t n;

	ch_party_cut(given, &code, &name);
	if (name.len && !side)
		return ch_fail(err, "%.*s holds parties, not people: '%.*s' alone", CH_STR_ARG(field), CH_STR_ARG(code));
	if (!code.len || ch_party_known(arena, code, &p))
		return true;
	if (!ch_sql_find_id(db, "SELECT 1 FROM actors WHERE party = ?1 AND kind > 0 UNION ALL SELECT 1 FROM row_parties WHERE party = ?1 LIMIT 1",
			    code, &n, err))
		return false;
	if (n)
		return true;
	if (!ch_sql_resolve(db, arena, code, &party, &person, err))
		return false;
	if (person.len)
		return ch_fail(err, "'%.*s' is a person, no party: PARTY:NAME says for whom he stands (GBR:Gordon Brown)", CH_STR_ARG(code));
	if (party.len && !ch_str_eq(party, code))
		return ch_fail(err, "'%.*s' is no party's code; '%.*s' is", CH_STR_ARG(code), CH_STR_ARG(party));
	return ch_fail(err, "no party is called '%.*s': a state's code (FRA), an organisation's (NATO), or a group that the store has",
		       CH_STR_ARG(code));
}

static bool check_changes(struct ch_sql *db, struct ch_arena *arena, struct ch_str kind, struct ch_str changes, struct ch_err *err)
{
	struct ch_str name, value, one;

	while (ch_fields_next(&changes, &name, &value)) {
		if (!ch_review_check(kind, name, value, err))
			return false;
		while (ch_review_is_party(name) && ch_str_cut(&value, ';', &one))
			if (!check_party(db, arena, name, one, err))
				return false;
	}
	return true;
}

static bool put_decision(struct ch_sql *db, const struct ch_decision *d, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db,
		"INSERT INTO reviews(record, verdict, value, reviewer, note, decided, kind, page, start, end, said, coded)"
		" VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,"
		" coalesce((SELECT coded FROM reviews WHERE record = ?1 ORDER BY n LIMIT 1), ?12))", true);

	db->memo.no_reviews = false;
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
	struct ch_captured_list of = { { 0 } };
	struct ch_str rest, name, value;

	if (!ch_sql_capture(db, arena, CH_STR("events"), other, &of, err))
		return false;
	*changes = CH_STR("");
	for (uint32_t i = 0; i < of.v.n; i++) {
		int64_t event, own;

		if (!ch_sql_read_int(db, "SELECT event FROM reports WHERE n = ?", of.v.v[i].n, &event, err) ||
		    !ch_sql_find_id(db, "SELECT n FROM events WHERE id = ?", other, &own, err))
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

/* By which ids its event goes until a decision makes it another: these lead to the record from then on (ch_sql_was). */
static bool remember(struct ch_sql *db, struct ch_arena *arena, const struct ch_captured *c, struct ch_str kind, struct ch_str id, struct ch_str *lines,
		     struct ch_err *err)
{
	struct ch_str event;

	if (c->reg >= 0)
		return true;
	if (!now_at(db, arena, c, &event, err))
		return false;
	*lines = ch_fields_set(arena, *lines, CH_STR(".was"), event);
	if (ch_str_eqz(kind, "events") && !ch_str_eq(id, event))   /* which stands for several versions */
		*lines = ch_fields_set(arena, *lines, CH_STR(".head"), id);
	return true;
}

bool ch_sql_was(struct ch_sql *db, struct ch_arena *arena, struct ch_str id, struct ch_str *event, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT e.id FROM reviews d JOIN reports r ON r.id = d.record JOIN events e ON e.n = r.event"
				    " WHERE d.kind = 'reports' AND (instr(d.value, '.was=' || ?1) > 0 OR instr(d.value, '.head=' || ?1) > 0"
				    " OR instr(d.value, '.undone=' || ?1) > 0) ORDER BY d.n DESC LIMIT 1", true);

	ch_sq_text_always(&q, id);
	*event = ch_sq_step(&q) ? ch_sq_get_text(&q, arena) : CH_STR("");
	return ch_sq_end(&q, err);
}

bool ch_sql_decide(void *p, const struct ch_decision *given, struct ch_str other, struct ch_arena *arena, struct ch_str *now, struct ch_err *err)
{
	struct ch_sql *db = p;
	struct ch_captured_list records = { { 0 } };
	struct ch_decision d = *given;
	const bool whole_page = ch_str_eqz(d.kind, "pages");
	const struct ch_str kind = d.kind;
	struct ch_str changes;

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
	if ((d.verdict == CH_MERGE && !merged_with(db, arena, other, &d.changes, err)) || !ch_sql_capture(db, arena, d.kind, d.record, &records, err))
		return false;
	changes = d.changes;
	if (whole_page && d.verdict != CH_ACCEPT)
		return ch_fail(err, "all records of a page can be accepted together, and no more than that: give the id of a record");
	if (records.v.v[0].reg >= 0 && (d.verdict == CH_MERGE || d.verdict == CH_SPLIT))
		return ch_fail(err, "only events are merged and split; '%.*s' is one of the %.*s", CH_STR_ARG(d.record), CH_STR_ARG(d.kind));
	for (uint32_t i = 0; i < records.v.n; i++) {
		struct ch_captured *c = &records.v.v[i];
		const struct ch_reviewed *before;

		if (d.verdict == CH_EDIT && !check_changes(db, arena, c->kind, changes, err))
			return false;
		/* Of a page, what is decided already stays as it is. */
		if (whole_page && !ch_sql_reviewed(db, arena, &c->id, 1, &before, err))
			return false;
		if (whole_page && before)
			continue;
		d.record = c->id;
		d.kind = c->kind;
		d.page = c->page;
		d.span = c->span;
		d.said = c->said;
		d.coded = c->coded;
		d.changes = changes;
		if (!remember(db, arena, c, kind, given->record, &d.changes, err) || !put_decision(db, &d, err) || !apply(db, arena, c, err))
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
	struct ch_captured_list records = { { 0 } };
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
	if (!ch_sql_capture(db, arena, kind, id, &records, err))
		return false;
	for (uint32_t i = 0; i < records.v.n; i++) {
		struct ch_str was = CH_STR("");
		struct ch_sq q;

		if (records.v.v[i].reg < 0) {
			if (!now_at(db, arena, &records.v.v[i], &was, err))
				return false;
			was = ch_arena_printf(arena, ".undone=%.*s\n", CH_STR_ARG(was));
		}
		q = ch_sq_open(db, "UPDATE reviews SET undone = 1, value = coalesce(value, '') || ?2 WHERE n = (SELECT max(n) FROM reviews WHERE record = ?1"
			       " AND undone = 0) RETURNING n", true);
		ch_sq_text(&q, records.v.v[i].id);
		ch_sq_text_always(&q, was);
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

bool ch_sql_reviewed(struct ch_sql *db, struct ch_arena *arena, const struct ch_str *records, uint32_t n, const struct ch_reviewed **out,
		     struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "WITH " CH_SQL_CHOSEN " SELECT " DECISION_COLS " FROM chosen c CROSS JOIN reviews d ON d.record = c.n"
				    " WHERE d.undone = 0 AND d.kind <> 'actors' ORDER BY d.n", true);

	for (uint32_t i = 0; i < n; i++)
		out[i] = NULL;
	ch_sq_chosen_ids(&q, records, n);
	while (ch_sq_step(&q)) {
		struct ch_reviewed *r = CH_NEW(arena, struct ch_reviewed);
		struct ch_decision d;

		get_decision(&q, arena, &d);
		*r = (struct ch_reviewed){ .verdict = ch_str_z(d.verdict < CH_VERDICT_N ? ch_verdict_name(d.verdict) : "?"), .by = d.by,
					   .reason = d.reason, .at = d.at, .changes = d.changes, .coded = d.coded,
					   .rejected = d.verdict == CH_REJECT };
		/* the last one counts */
		for (uint32_t i = 0; i < n; i++)
			if (ch_str_eq(records[i], d.record))
				out[i] = r;
	}
	return ch_sq_end(&q, err);
}
