/* store/sql_counts.c -- how many events there are of each kind, and with whom, without reading what is told of them. */
#include "store/sql_filter.h"

static bool kinds(struct ch_making *m, struct ch_sql *db, enum ch_count_by by, ch_count_fn *fn, void *ctx, struct ch_err *err)
{
	struct ch_arena row = { 0 };
	struct ch_sq q = ch_making_run(m, db);
	bool ok;

	while (ch_sq_step(&q)) {
		struct ch_count c = { .type = ch_sq_get_text(&q, &row) };

		c.mode = ch_sq_get_text(&q, &row);
		c.month = ch_sq_get_text(&q, &row);
		c.events = (uint64_t)ch_sq_get_int(&q);
		if (by == CH_COUNT_STATES)
			c.status = ch_sq_get_text(&q, &row);
		if (!fn(ctx, &c))
			break;
		ch_arena_reset(&row);
	}
	ok = ch_sq_end(&q, err);
	ch_arena_free(&row);
	return ok;
}

static bool partners(struct ch_making *m, struct ch_sql *db, enum ch_count_by by, ch_count_fn *fn, void *ctx, struct ch_err *err)
{
	struct ch_arena row = { 0 };
	struct ch_sq q = ch_making_run(m, db);
	bool ok;

	while (ch_sq_step(&q)) {
		struct ch_count c = { .party = ch_sq_get_text(&q, &row) };

		if (by == CH_COUNT_TIES)
			c.year = ch_sq_get_text(&q, &row);
		c.events = (uint64_t)ch_sq_get_int(&q);
		if (by == CH_COUNT_TIES)
			c.conflict = (uint64_t)ch_sq_get_int(&q);
		if (!fn(ctx, &c))
			break;
		ch_arena_reset(&row);
	}
	ok = ch_sq_end(&q, err);
	ch_arena_free(&row);
	return ok;
}

/* ---- counted with every commit ---- */

/* What sums can answer: all events, or those of a party that nobody said is another; of kinds those of some types and modes. */
static bool summed(struct ch_making *m, struct ch_sql *db, const struct ch_query *q, enum ch_count_by by, struct ch_str *party, bool *is, struct ch_err *err)
{
	struct ch_str person, same[2];
	uint32_t n = 0;

	*party = CH_STR("");
	*is = by != CH_COUNT_DAYS && by != CH_COUNT_SOURCES && by != CH_COUNT_STATES && !q->with.len && !q->since.len && !q->until.len && !q->status.len && !q->place.len &&
	      !q->context.len && !q->about.len && !q->page.len && !q->id.len && !q->report.len && !q->rejected &&
	      (by == CH_COUNT_KINDS || (!q->type.len && !q->mode.len && !q->modes));
	if (!*is || !q->who.len)
		return true;
	if (!ch_sql_resolve(db, &m->arena, q->who, party, &person, err) || (party->len && !ch_sql_same_names(db, &m->arena, *party, same, 2, &n, err)))
		return false;
	*is = party->len && n == 1;
	return true;
}

static bool sums(struct ch_making *m, struct ch_sql *db, const struct ch_query *q, enum ch_count_by by, struct ch_str party, ch_count_fn *fn,
		 void *ctx, struct ch_err *err)
{
	ch_making_add(m, by == CH_COUNT_KINDS ? "SELECT type, mode, month, events FROM event_sums WHERE events > 0" :
			 by == CH_COUNT_TIES ? "SELECT party, year, events, conflict FROM tie_sums WHERE events > 0" :
			 "SELECT party, sum(events) FROM tie_sums WHERE events > 0");
	ch_making_where(m, by == CH_COUNT_KINDS ? "party = ?" : "who = ?", 1, party);
	if (q->type.len)
		ch_making_where(m, "type = upper(?)", 1, q->type);
	if (q->mode.len)
		ch_making_where(m, "mode = ?", 1, q->mode);
	if (q->modes)
		ch_making_one_of(m, "mode", q->modes);
	ch_making_add(m, by == CH_COUNT_PARTIES ? " GROUP BY 1" : "");
	return by == CH_COUNT_KINDS ? kinds(m, db, by, fn, ctx, err) : partners(m, db, by, fn, ctx, err);
}

/* ---- counted now ---- */

/* Whom a person said that the name means, and whom that one means. */
#define MEANT(name) "coalesce((SELECT v.value FROM reviews v WHERE " CH_SAID_SAME("v") " AND v.record = " name " ORDER BY v.n DESC LIMIT 1), " name ")"

static bool count_now(struct ch_making *m, struct ch_sql *db, const struct ch_query *q, enum ch_count_by by, bool meant, ch_count_fn *fn, void *ctx,
		      struct ch_err *err)
{
	const bool kinds_of = by == CH_COUNT_KINDS || by == CH_COUNT_DAYS || by == CH_COUNT_STATES;
	struct ch_str party = CH_STR(""), person;

	if (kinds_of) {
		ch_making_add(m, by == CH_COUNT_DAYS ? "SELECT h.type, h.mode, substr(h.date, 1, 10), count(*) FROM (" :
			      by == CH_COUNT_STATES ? "SELECT h.type, h.mode, substr(h.date, 1, 7), count(*), h.status FROM (" :
			      "SELECT h.type, h.mode, substr(h.date, 1, 7), count(*) FROM (");
	} else {
		ch_making_add(m, meant ? "SELECT " MEANT(MEANT("p.party")) : "SELECT p.party");
		ch_making_add(m, by == CH_COUNT_TIES ? ", substr(x.date, 1, 4), count(DISTINCT p.event), count(DISTINCT CASE WHEN " CH_SQL_CONFLICT
				 " THEN p.event END) FROM (" : ", count(DISTINCT p.event) FROM (");
	}
	if (!ch_sql_heads(m, db, q, err))
		return false;
	ch_making_add(m, by == CH_COUNT_STATES ? ") AS k CROSS JOIN events h ON h.n = k.head GROUP BY 1, 2, 3, 5" :
		      kinds_of ? ") AS k CROSS JOIN events h ON h.n = k.head GROUP BY 1, 2, 3" : ") AS k CROSS JOIN event_parties p ON p.event = k.head");
	if (kinds_of)
		return kinds(m, db, by, fn, ctx, err);
	ch_making_add(m, by == CH_COUNT_TIES ? " CROSS JOIN events x ON x.n = k.head WHERE p.party <> ''" : " WHERE p.party <> ''");
	if (by == CH_COUNT_SOURCES)
		ch_making_add(m, " AND p.side = 0");
	else if (q->who.len && !ch_sql_resolve(db, &m->arena, q->who, &party, &person, err))
		return false;
	if (party.len)
		ch_making_where(m, "p.party NOT IN " CH_SAME_NAMES, 3, party, party, party);
	ch_making_add(m, by == CH_COUNT_TIES ? " GROUP BY 1, 2" : " GROUP BY 1");
	return partners(m, db, by, fn, ctx, err);
}

bool ch_sql_counts(void *db, const struct ch_query *q, enum ch_count_by by, ch_count_fn *fn, void *ctx, struct ch_err *err)
{
	struct ch_making m = { 0 };
	struct ch_said_names names;
	struct ch_str party;
	bool is_summed = false, ok = ch_sql_said_names(db, &m.arena, &names, err);

	if (ok && !names.meant.n)
		ok = summed(&m, db, q, by, &party, &is_summed, err);
	ok = ok && (is_summed ? sums(&m, db, q, by, party, fn, ctx, err) : count_now(&m, db, q, by, names.meant.n > 0, fn, ctx, err));
	ch_arena_free(&m.arena);
	return ok;
}

/* By the actors: event_parties has codes, which the state has too. Few events are an organisation's whose code is a state's. */
bool ch_sql_organisation(void *db, struct ch_str code, struct ch_str name, struct ch_str with, uint64_t *events, uint64_t *conflict, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT count(DISTINCT x.n), count(DISTINCT CASE WHEN " CH_SQL_CONFLICT " THEN x.n END) FROM actors a"
				    " CROSS JOIN report_parties p ON p.actor = a.n CROSS JOIN reports r ON r.n = p.report CROSS JOIN events x ON x.n = r.event"
				    " WHERE a.name = ?1 AND a.party = ?2 AND a.org = a.party AND x.head = x.n AND x.verdict <> 1"
				    " AND (?3 = '' OR EXISTS (SELECT 1 FROM event_parties o WHERE o.event = x.n AND o.party = ?3))", true);

	ch_sq_text(&q, name);
	ch_sq_text(&q, code);
	ch_sq_text_always(&q, with);
	*events = *conflict = 0;
	if (ch_sq_step(&q)) {
		*events = (uint64_t)ch_sq_get_int(&q);
		*conflict = (uint64_t)ch_sq_get_int(&q);
	}
	return ch_sq_end(&q, err);
}

/* ---- when ---- */

/* An event begins when the first of its versions does that fit; any of them may name the party on that side. */
bool ch_sql_days_of(void *p, const struct ch_query *q, struct ch_str party, int side, bool *is, void (*fn)(void *, struct ch_str), void *ctx,
		    struct ch_err *err)
{
	static const char from[] = "SELECT x.head AS head, x.first AS first FROM event_parties l CROSS JOIN events x ON x.n = l.event WHERE ";
	struct ch_lead lead = { "event_parties l", "l", "l.event", true, true, 0 };
	const ch_day until = ch_day_parse(q->until);
	struct ch_making m = { 0 };
	struct ch_str same[2], filters;
	char day[16] = "~";
	uint32_t n = 0;
	bool ok = ch_sql_same_names(p, &m.arena, party, same, 2, &n, err) && ch_sql_event_filters(&m, p, q, &lead, err);

	*is = ok && n == 1;
	if (*is) {
		struct ch_sq s;

		ch_making_where(&m, "l.party = ?", 1, party);
		filters = ch_making_taken(&m);
		if (until != CH_NO_DAY)
			ch_day_print(until + CH_SQL_NEAR_DAYS, day);
		ch_making_add(&m, ch_arena_printf(&m.arena, "SELECT k.first FROM (SELECT head, min(first) AS first FROM (%sl.class = 0 AND l.day <= '%s'%.*s UNION ALL"
						  " %sl.class IN (1, 2)%.*s) AS v GROUP BY head) AS k WHERE TRUE", from, day, CH_STR_ARG(filters), from, CH_STR_ARG(filters)).ptr);
		if (side >= 0)
			ch_making_where(&m, side ? "(EXISTS (SELECT 1 FROM event_parties o WHERE o.event = k.head AND o.side = 1 AND o.party = ?) OR EXISTS (SELECT 1 FROM"
					" event_groups g CROSS JOIN event_parties o ON o.event = g.event WHERE g.head = k.head AND o.side = 1 AND o.party = ?))" :
					"(EXISTS (SELECT 1 FROM event_parties o WHERE o.event = k.head AND o.side = 0 AND o.party = ?) OR EXISTS (SELECT 1 FROM"
					" event_groups g CROSS JOIN event_parties o ON o.event = g.event WHERE g.head = k.head AND o.side = 0 AND o.party = ?))", 2, party, party);
		s = ch_making_run(&m, p);
		while (ch_sq_step(&s))
			fn(ctx, ch_sq_lent_text(&s));
		ok = ch_sq_end(&s, err);
	}
	ch_arena_free(&m.arena);
	return ok;
}

bool ch_sql_totals(void *db, struct ch_arena *arena, struct ch_totals *t, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT count(*), coalesce(sum(article), 0), (SELECT count(*) FROM stories), count(DISTINCT outlet),"
				    " (SELECT min(published) FROM pages), (SELECT max(published) FROM pages) FROM pages", true);
	bool ok;

	*t = (struct ch_totals){ .pages = 0 };
	if (ch_sq_step(&q)) {
		t->pages = (uint64_t)ch_sq_get_int(&q);
		t->articles = (uint64_t)ch_sq_get_int(&q);
		t->stories = (uint64_t)ch_sq_get_int(&q);
		t->outlets = (uint64_t)ch_sq_get_int(&q);
		t->oldest = ch_sq_get_text(&q, arena);
		t->newest = ch_sq_get_text(&q, arena);
	}
	ok = ch_sq_end(&q, err);
	for (unsigned i = 0; ok && i < CH_REG_N; i++) {
		const char *table = ch_register_of((enum ch_register_id)i)->table;

		q = ch_sq_open(db, ch_arena_printf(arena, "SELECT (SELECT count(*) FROM %s) - (SELECT count(*) FROM %s WHERE verdict = 1)", table, table).ptr, false);
		if (ch_sq_step(&q))
			t->rows[i] = (uint64_t)ch_sq_get_int(&q);
		ok = ch_sq_end(&q, err);
	}
	return ok;
}
