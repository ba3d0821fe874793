/* store/sql_agenda.c -- plans and what may have come of them, out of the tables.
 *
 * Computed on read: from the plans asked for, their pairs of parties lead through event_pairs to the records near them in time. */
#include "store/sql_filter.h"
#include "base/map.h"
#include <stdlib.h>
#include <string.h>

#define PLANNED "('planned', 'hypothetical')"

/* ---- pairs ---- */

#define DONE "CASE WHEN e.status IN ('actual', 'historical') THEN 1 ELSE 0 END"

bool ch_sql_pairs_put(struct ch_sql *db, int64_t event, struct ch_err *err)
{
	/* An undated event is of one page (store/record.c), so that its day is fixed. */
	struct ch_sq q = ch_sq_open(db,
		"WITH d AS (SELECT DISTINCT party FROM event_parties WHERE event = ?1 AND party <> ''),"
		" p AS (SELECT party FROM d ORDER BY party LIMIT ?2),"
		" s AS (SELECT party FROM p UNION SELECT place FROM events WHERE n = ?1 AND place IS NOT NULL AND (SELECT count(*) FROM p) = 1),"
		" k(a, b) AS (SELECT x.party, y.party FROM s x JOIN s y ON x.party < y.party UNION ALL SELECT party, '*' FROM d"
		" WHERE (SELECT count(*) FROM d) > ?2)"
		" INSERT OR IGNORE INTO event_pairs(a, b, type, done, day, event) SELECT k.a, k.b, e.type, " DONE ", coalesce(e.first, ''), ?1"
		" FROM events e CROSS JOIN k WHERE e.n = ?1", true);

	ch_sq_int(&q, event);
	ch_sq_int(&q, CH_AGENDA_PARTIES);
	ch_sq_step(&q);
	return ch_sq_end(&q, err);
}

/* The same for all, put in the order of the table. */
bool ch_sql_pairs_make(struct ch_sql *db, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db,
		"WITH p AS (SELECT event, party, row_number() OVER (PARTITION BY event ORDER BY party) AS number, count(*) OVER (PARTITION BY event) AS all_n"
		" FROM (SELECT DISTINCT event, party FROM event_parties WHERE party <> '') AS d),"
		" s AS (SELECT event, party FROM p WHERE number <= ?1 UNION SELECT e.n, e.place FROM p JOIN events e ON e.n = p.event"
		" WHERE p.all_n = 1 AND e.place IS NOT NULL),"
		" k(event, a, b) AS (SELECT x.event, x.party, y.party FROM s x JOIN s y ON y.event = x.event AND x.party < y.party"
		" UNION ALL SELECT event, party, '*' FROM p WHERE all_n > ?1)"
		" INSERT OR IGNORE INTO event_pairs(a, b, type, done, day, event) SELECT k.a, k.b, e.type, " DONE ", coalesce(e.first, ''), e.n"
		" FROM k JOIN events e ON e.n = k.event ORDER BY 1, 2, 3, 4, 5, 6", false);

	ch_sq_int(&q, CH_AGENDA_PARTIES);
	ch_sq_step(&q);
	return ch_sq_end(&q, err);
}

/* ---- records ---- */

/* Where the outcomes of plans of one pair are looked for. */
struct reach {
	struct ch_str a, b;
	const char *type;
	ch_day lo, hi;                 /* from the first telling or due date to the last */
	ch_day after;                  /* days after it in which an outcome may be */
	unsigned done, told;           /* modes of what may be an outcome, and of what may be told of the same */
};

/* Bits of modes: of talks nothing else is a visit, a call or a letter. */
enum { MODE_VISIT = 1, MODE_PHONE = 2, MODE_LETTER = 4, MODE_OTHER = 8, MODE_ANY = 15 };
#define MODE_BIT "CASE e.mode WHEN 'visit' THEN 1 WHEN 'phone' THEN 2 WHEN 'letter' THEN 4 ELSE 8 END"

static void modes_of(enum ch_plan_kind kind, unsigned *done, unsigned *told)
{
	switch (kind) {
	case CH_PLAN_VISIT:   /* kept by a meeting at the host's as well */
		*told = MODE_VISIT;
		*done = MODE_VISIT | MODE_OTHER;
		break;
	case CH_PLAN_MEETING:
		*told = *done = MODE_OTHER;
		break;
	case CH_PLAN_CALL:
		*told = *done = MODE_PHONE;
		break;
	case CH_PLAN_LETTER:
		*told = *done = MODE_LETTER;
		break;
	case CH_PLAN_NONE:
	case CH_PLAN_SIGNING:
	case CH_PLAN_INVITATION:
	case CH_PLAN_DEED:
		*told = *done = MODE_ANY;
		break;
	}
}

struct load {
	struct ch_sql *db;
	struct ch_arena *arena;
	struct ch_agenda_set *out;
	uint32_t cap;
	struct ch_map known;           /* row numbers, as bytes, that are loaded */
	struct ch_map names;           /* parties, places, types: each string once */
	struct ch_map reached;
	CH_VEC(struct reach) reaches;
	const struct ch_agenda_record *plan;   /* whose pairs are being taken */
	const char *type;
	CH_VEC(struct ch_str) strings;
};

/* Parties come a million times: each is kept once. */
static struct ch_str named(struct load *l, struct ch_sq *q)
{
	struct ch_str s = ch_sq_lent_text(q);
	uint32_t *at;

	if (!s.len)
		return CH_STR("");
	at = ch_map_get(&l->names, s);
	if (at)
		return l->strings.v[*at];
	s = ch_arena_str(l->arena, s);
	ch_map_put(&l->names, s, l->strings.n, NULL);
	*CH_PUSH(l->arena, &l->strings) = s;
	return s;
}

/* Row numbers that are loaded: a table of bits would be large, and few of them are. */
static bool first_time(struct load *l, int64_t event)
{
	char key[sizeof event];
	bool added;

	memcpy(key, &event, sizeof event);
	if (ch_map_get(&l->known, ch_str_n(key, sizeof key)))
		return false;
	ch_map_put(&l->known, ch_arena_str(l->arena, ch_str_n(key, sizeof key)), 0, &added);
	return added;
}

static ch_day day(struct ch_sq *q)
{
	struct ch_str text = ch_sq_lent_text(q);

	return text.len ? ch_day_parse(text) : CH_NO_DAY;
}

static bool has_invitation(struct ch_str trigger)
{
	for (size_t i = 0; i + 5 <= trigger.len; i++)
		if (ch_str_istarts(ch_str_sub(trigger, i, trigger.len), CH_STR("invit")))
			return true;
	return false;
}

static void push(struct load *l, const struct ch_agenda_record *r, bool chosen)
{
	struct ch_agenda_set *out = l->out;

	if (out->n == l->cap) {
		l->cap = l->cap ? l->cap * 2 : 64;
		out->v = ch_arena_grow(l->arena, out->v, out->n, l->cap, sizeof *out->v);
		out->chosen = ch_arena_grow(l->arena, out->chosen, out->n, l->cap, sizeof *out->chosen);
	}
	out->chosen[out->n] = chosen;
	out->v[out->n++] = *r;
}

/* Of what is actual only the day: which report tells it is asked when it is shown. */
static bool get_first_told(struct load *l, int64_t event, struct ch_agenda_record *r, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(l->db, "SELECT min(g.published) FROM reports r JOIN pages g ON g.n = r.page WHERE r.event = ?", true);

	ch_sq_int(&q, event);
	r->told = ch_sq_step(&q) ? day(&q) : CH_NO_DAY;
	push(l, r, false);
	return ch_sq_end(&q, err);
}

static bool get_tellings(struct load *l, int64_t event, const struct ch_agenda_record *r, bool chosen, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(l->db, "SELECT r.id, g.published, r.trigger_text, CASE WHEN ?2 <> 0 THEN s.text END FROM reports r JOIN pages g"
				    " ON g.n = r.page LEFT JOIN sentences s ON ?2 <> 0 AND s.page = r.page AND s.number = r.sentence WHERE r.event = ?1", true);
	struct ch_arena row = { 0 };
	bool ok;

	ch_sq_int(&q, event);
	ch_sq_int(&q, r->status == CH_AGENDA_PLANNED);
	while (ch_sq_step(&q)) {
		struct ch_agenda_record one = *r;

		one.report = ch_sq_get_text(&q, l->arena);
		one.told = day(&q);
		one.invites = r->invites && has_invitation(ch_sq_get_text(&q, &row));
		q.at = 3;
		one.moves = r->status == CH_AGENDA_PLANNED && ch_agenda_moves(ch_sq_get_text(&q, &row), &row);
		ch_arena_reset(&row);
		push(l, &one, chosen);
	}
	ok = ch_sq_end(&q, err);
	ch_arena_free(&row);
	return ok;
}

static bool get_record(struct load *l, int64_t event, bool chosen, struct ch_err *err)
{
	struct ch_agenda_record r = { 0 };
	CH_VEC(struct ch_str) sides = { 0 };
	struct ch_str status = { 0 };
	struct ch_sq q;

	if (!first_time(l, event))
		return true;
	q = ch_sq_open(l->db, "SELECT p.side, p.party, e.id, e.type, e.mode, e.place, e.status, e.lo, e.hi FROM events e"
		       " LEFT JOIN event_parties p ON p.event = e.n AND p.party <> '' WHERE e.n = ? ORDER BY p.side, p.party", true);
	ch_sq_int(&q, event);
	while (ch_sq_step(&q)) {
		bool said = !ch_sq_get_null(&q);
		int side = ch_sq_get_int(&q) != 0;
		struct ch_str party = named(l, &q);

		if (said) {
			*CH_PUSH(l->arena, &sides) = party;
			r.n_side[side]++;
		}
		if (r.id.len)
			continue;
		r.id = ch_sq_get_text(&q, l->arena);
		r.type = named(l, &q);
		r.mode = named(l, &q);
		r.place = named(l, &q);
		status = named(l, &q);
		r.lo = day(&q);
		r.hi = day(&q);
		if (r.hi == CH_NO_DAY)
			r.lo = CH_NO_DAY;
	}
	if (!ch_sq_end(&q, err))
		return false;
	r.side[0] = sides.v;
	r.side[1] = sides.v ? sides.v + r.n_side[0] : NULL;
	r.status = ch_str_eqz(status, "denied") ? CH_AGENDA_DENIED :
		   ch_str_eqz(status, "planned") || ch_str_eqz(status, "hypothetical") ? CH_AGENDA_PLANNED : CH_AGENDA_ACTUAL;
	r.invites = ch_str_eqz(r.type, "REQUEST") && r.status == CH_AGENDA_ACTUAL;
	return r.status == CH_AGENDA_ACTUAL && !r.invites ? get_first_told(l, event, &r, err) : get_tellings(l, event, &r, chosen, err);
}

/* ---- which ---- */

static void reach_for(void *ctx, struct ch_str a, struct ch_str b)
{
	struct load *l = ctx;
	const struct ch_agenda_record *p = l->plan;
	ch_day lo = p->told != CH_NO_DAY && (p->lo == CH_NO_DAY || p->told < p->lo) ? p->told : p->lo;
	ch_day hi = p->told != CH_NO_DAY && (p->hi == CH_NO_DAY || p->told > p->hi) ? p->told : p->hi;
	unsigned done = 0, told = 0;
	ch_day after;
	uint32_t at;
	bool added;

	if (lo == CH_NO_DAY)
		return;
	at = *ch_map_put(&l->reached, ch_arena_printf(l->arena, "%.*s|%.*s|%s", CH_STR_ARG(a), CH_STR_ARG(b), l->type), l->reaches.n, &added);
	if (added)
		*CH_PUSH(l->arena, &l->reaches) = (struct reach){ .a = a, .b = b, .type = l->type, .lo = lo, .hi = hi };
	modes_of(ch_agenda_kind(p), &done, &told);
	l->reaches.v[at].done |= done;
	l->reaches.v[at].told |= told;
	if (lo < l->reaches.v[at].lo)
		l->reaches.v[at].lo = lo;
	if (hi > l->reaches.v[at].hi)
		l->reaches.v[at].hi = hi;
	after = p->lo == CH_NO_DAY || ch_agenda_kind(p) == CH_PLAN_DEED ? CH_AGENDA_WINDOW : CH_AGENDA_LATE;
	if (after > l->reaches.v[at].after)
		l->reaches.v[at].after = after;
}

static void reach(struct load *l, const struct ch_agenda_record *plan, const char *type)
{
	if (!type)
		return;
	l->plan = plan;
	l->type = type;
	ch_agenda_pairs(plan, reach_for, l);
}

/* What happened: from the first telling until the last due date or so; what was planned or denied: wider, to see what belongs together. */
static bool get_near(struct load *l, const struct reach *r, bool done, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(l->db, "SELECT k.event FROM event_pairs k CROSS JOIN events e ON e.n = k.event WHERE k.a = ? AND k.b = ? AND k.type = ?"
				    " AND k.done = ? AND k.day BETWEEN ? AND ? AND (? & " MODE_BIT ") <> 0", true);
	struct ch_sq_numbers near = { 0 };
	char lo[16], hi[16];
	bool ok;

	ch_day_print(r->lo - (done ? CH_AGENDA_VAGUE : 2 * CH_AGENDA_WINDOW), lo);
	ch_day_print(r->hi + (done ? r->after : CH_AGENDA_WINDOW), hi);
	ch_sq_text_always(&q, r->a);
	ch_sq_text_always(&q, r->b);
	ch_sq_text_always(&q, ch_str_z(r->type));
	ch_sq_int(&q, done);
	ch_sq_text_always(&q, ch_str_z(lo));
	ch_sq_text_always(&q, ch_str_z(hi));
	ch_sq_int(&q, done ? r->done : r->told);
	while (ch_sq_step(&q))
		*CH_PUSH(l->arena, &near) = ch_sq_get_int(&q);
	ok = ch_sq_end(&q, err);
	for (uint32_t i = 0; ok && i < near.n; i++)
		ok = get_record(l, near.v[i], false, err);
	return ok;
}

/* A plan that was asked for, by the days of its date; of one without a date, by the day on which it was told (UNTOLD: nobody knows when). */
struct candidate {
	int64_t n;
	ch_day lo, hi;
	bool dated;
};
struct candidates {
	CH_VEC(struct candidate) v;
};

/* Days around what is asked in which other tellings of its plans may fit the filters: a month that holds a day, and who tells it without a date. */
enum { MARGIN = CH_SQL_NEAR_DAYS + 1, SPAN = 2 * CH_SQL_NEAR_DAYS };

#define PLAN "x.status IN " PLANNED " AND (x.type = 'CONSULT' OR (x.type = 'SUPPORT' AND x.mode = 'sign'))"
#define INVITATION \
	"x.status = 'actual' AND x.type = 'REQUEST' AND EXISTS (SELECT 1 FROM reports i WHERE i.event = x.n AND i.trigger_text LIKE '%invit%')"
#define EITHER "((" PLAN ") OR (" INVITATION "))"
/* as an index finds them */
#define PLAN_INDEXED "x.status IN " PLANNED " AND x.type IN ('CONSULT', 'SUPPORT') AND (x.type = 'CONSULT' OR x.mode = 'sign')"
#define BY_STATUS "events x INDEXED BY events_status"
/* Without a date (sql_schema.c, days_sql). */
#define UNDATED_PLANS "events x INDEXED BY events_plans_undated"
#define UNDATED_REQUESTS "events x INDEXED BY events_requests_undated"
#define COLUMNS "SELECT x.n, x.lo, coalesce(x.hi, x.lo), x.first FROM "

/* Filters that may hold for one telling of a plan and not for the other. */
static bool discriminates(const struct ch_query *q)
{
	return q->who.len || q->with.len || q->type.len || q->mode.len || q->modes || q->status.len || q->place.len || q->page.len || q->about.len ||
	       q->context.len || q->since.len || q->until.len || q->id.len || q->report.len || q->rejected;
}

/* An arm of a statement: events x of a table, of these days, that are plans of a kind, and that the filters ask for. */
static void arm(struct ch_making *m, const char *from, const char *days, const char *kind, struct ch_str filters)
{
	ch_making_add(m, ch_arena_printf(&m->arena, "%s" COLUMNS "%s WHERE %s AND %s%.*s", m->sql.n ? " UNION ALL " : "", from, days, kind,
					 CH_STR_ARG(filters)).ptr);
}

/* A table of events, beside which the one that leads has a row for each that fits. */
static const char *beside_it(struct ch_making *m, const struct ch_lead *lead, const char *from)
{
	return *lead->alias == 'x' ? from : ch_arena_printf(&m->arena, "%s CROSS JOIN %s ON %s = x.n", from, lead->from, lead->event).ptr;
}

/* What leads, with its events. */
static const char *led(struct ch_making *m, const struct ch_lead *lead)
{
	return *lead->alias == 'x' ? lead->from : ch_arena_printf(&m->arena, "%s CROSS JOIN events x ON x.n = %s", lead->from, lead->event).ptr;
}

struct days {
	ch_day least, hi;            /* of those with a date; hi before least: none */
	ch_day told_lo, told_hi;     /* of those without; CH_UNTOLD: also those of which nobody says when */
};

/* told: days as SQL. Of a party that has few events, or so few plans that many days are looked at for them, those without a date are fewer than what
 * all have told without one in these days. */
static void told_arms(struct ch_making *m, const struct ch_lead *lead, struct ch_str filters, bool many_days, const char *told)
{
	const char *days = ch_arena_printf(&m->arena, "x.lo IS NULL AND %s", told).ptr, *classes = "0, 1, 2";

	if (lead->few) {
		arm(m, led(m, lead), days, EITHER, filters);
		return;
	}
	if (lead->rows && (many_days || lead->rows < CH_LEAD_MANY)) {   /* behind them those that are one with some that have a date */
		arm(m, led(m, lead), ch_arena_printf(&m->arena, "%s.class = 2 AND %s", lead->alias, days).ptr, EITHER, filters);
		classes = "0, 1";
	}
	days = ch_arena_printf(&m->arena, "x.class IN (%s) AND %s", classes, days).ptr;
	arm(m, beside_it(m, lead, UNDATED_PLANS), days, PLAN, filters);
	arm(m, beside_it(m, lead, UNDATED_REQUESTS), days, INVITATION, filters);
}

static void undated_arms(struct ch_making *m, const struct ch_lead *lead, struct ch_str filters, const struct days *days)
{
	enum { MANY_DAYS = 600 };
	const bool many = days->told_lo > CH_NO_DAY && days->told_hi < CH_UNTOLD && days->told_hi - days->told_lo > MANY_DAYS;
	char lo[16], hi[16];

	if (days->told_lo != CH_UNTOLD)
		told_arms(m, lead, filters, many, ch_arena_printf(&m->arena, "x.first >= '%s' AND x.first <= '%s'", ch_day_print(days->told_lo, lo),
							    days->told_hi == CH_UNTOLD ? "9999" : ch_day_print(days->told_hi, hi)).ptr);
	if (days->told_hi == CH_UNTOLD)
		told_arms(m, lead, filters, false, "x.first IS NULL");
}

/* Those that begin by hi and end on `least` or after it. */
static void dated_arms(struct ch_making *m, const struct ch_lead *lead, struct ch_str filters, ch_day least, ch_day hi)
{
	const char *const from = led(m, lead), *const l = lead->alias;
	char a[16], b[16], c[16], d[16];
	const char *days = ch_arena_printf(&m->arena, "x.lo <= '%s' AND x.hi >= '%s'", ch_day_print(hi, a), ch_day_print(least, b)).ptr;

	if (lead->few) {
		arm(m, from, days, EITHER, filters);
		return;
	}
	if (*l != 'x' || strstr(lead->from, "events_place_day")) {
		arm(m, from, ch_arena_printf(&m->arena, "%s.class = 0 AND %s.day >= '%s' AND %s.day <= '%s' AND %s", l, l,
					     ch_day_print(least - CH_SQL_NEAR_DAYS, c), l, ch_day_print(hi + CH_SQL_NEAR_DAYS, d), days).ptr, EITHER, filters);
		arm(m, from, ch_arena_printf(&m->arena, "%s.class = 1 AND %s", l, days).ptr, EITHER, filters);
		return;
	}
	/* Of class 0 nothing lasts longer than SPAN. */
	days = ch_arena_printf(&m->arena, "x.lo >= '%s' AND %s", ch_day_print(least - SPAN, c), days).ptr;
	arm(m, BY_STATUS, days, PLAN_INDEXED, filters);
	arm(m, BY_STATUS, days, INVITATION, filters);
	arm(m, "events x INDEXED BY events_day", ch_arena_printf(&m->arena, "x.class = 1 AND x.first <= '%s' AND x.last >= '%s' AND x.lo < '%s'", a, b, c).ptr,
	    EITHER, filters);
}

/* To those that are in out already. */
static bool find(struct load *l, const struct ch_query *q, const struct days *days, struct candidates *out, struct ch_err *err)
{
	struct ch_making m = { 0 };
	struct ch_lead lead = { 0 };
	bool ok = ch_sql_event_filters(&m, l->db, q, &lead, err);
	const struct ch_str filters = ch_making_taken(&m);

	if (ok && days->least <= days->hi)
		dated_arms(&m, &lead, filters, days->least, days->hi);
	if (ok && days->told_lo <= days->told_hi)
		undated_arms(&m, &lead, filters, days);
	if (ok && m.sql.n) {
		struct ch_sq s = ch_making_run(&m, l->db);

		while (ch_sq_step(&s)) {
			struct candidate c = { .n = ch_sq_get_int(&s) };

			c.lo = day(&s);
			c.hi = day(&s);
			c.dated = c.lo != CH_NO_DAY && c.hi != CH_NO_DAY;
			if (!c.dated) {
				c.lo = day(&s);
				c.hi = c.lo = c.lo == CH_NO_DAY ? CH_UNTOLD : c.lo;
			}
			*CH_PUSH(l->arena, &out->v) = c;
		}
		ok = ch_sq_end(&s, err);
	}
	ch_arena_free(&m.arena);
	return ok;
}

/* First and last day on which anything is due at all, or on which anything was told; CH_NO_DAY: there are none. */
static bool bounds(struct ch_sql *db, bool undated, ch_day *lo, ch_day *hi, struct ch_err *err)
{
#define OF(edge, status, type) "(SELECT " edge "(lo) FROM events WHERE status = '" status "' AND type = '" type "')"
#define ALL(edge) \
	OF(edge, "planned", "CONSULT") ", " OF(edge, "planned", "SUPPORT") ", " OF(edge, "hypothetical", "CONSULT") ", " \
	OF(edge, "hypothetical", "SUPPORT") ", " OF(edge, "actual", "REQUEST") ", (SELECT " edge "(lo) FROM pledges)"
	struct ch_sq q = ch_sq_open(db, undated ? "SELECT (SELECT min(published) FROM pages), (SELECT max(published) FROM pages)" :
				    "SELECT " ALL("min") ", " ALL("max"), true);

	*lo = *hi = CH_NO_DAY;
	if (ch_sq_step(&q)) {
		for (int i = 0, n = ch_sq_columns(&q); i < n; i++) {
			const ch_day d = day(&q);

			if (i < n / 2 && d != CH_NO_DAY && (*lo == CH_NO_DAY || d < *lo))
				*lo = d;
			if (i >= n / 2 && d > *hi)
				*hi = d;
		}
	}
	return ch_sq_end(&q, err);
}

/* The day on which the pledge after so many, of those due in these days, is due; CH_NO_DAY: there are not so many. */
static bool pledge_after(struct ch_sql *db, const struct ch_query *q, ch_day lo, ch_day hi, ch_day least, uint32_t most, ch_day *at,
			 struct ch_err *err)
{
	struct ch_making m = { 0 };
	char a[16], b[16], c[16];
	bool ok;

	*at = CH_NO_DAY;
	ch_making_add(&m, ch_arena_printf(&m.arena, "SELECT x.lo FROM pledges x WHERE x.lo >= '%s' AND x.lo <= '%s' AND x.hi >= '%s'",
					  ch_day_print(lo, a), ch_day_print(hi, b), ch_day_print(least == CH_NO_DAY ? lo : least, c)).ptr);
	ok = ch_sql_row_filters(&m, db, CH_REG_PLEDGES, q, err);
	if (ok) {
		struct ch_sq s;

		ch_making_add(&m, ch_arena_printf(&m.arena, " ORDER BY x.lo LIMIT 1 OFFSET %u", (unsigned)most).ptr);
		s = ch_making_run(&m, db);
		if (ch_sq_step(&s))
			*at = day(&s);
		ok = ch_sq_end(&s, err);
	}
	ch_arena_free(&m.arena);
	return ok;
}

static int by_lo(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	return x->lo != y->lo ? (x->lo < y->lo ? -1 : 1) : x->n != y->n ? (x->n < y->n ? -1 : 1) : 0;
}

/* Sorts them; the last day, of those from `from` on, up to which there are no more than `most` of them, but one day at least. */
static ch_day cut(struct candidates *c, bool dated, ch_day from, ch_day until, uint32_t most)
{
	uint32_t n = 0;

	if (c->v.n)
		qsort(c->v.v, c->v.n, sizeof *c->v.v, by_lo);
	for (uint32_t i = 0; i < c->v.n && most; i++) {
		const struct candidate *one = &c->v.v[i];

		if (one->dated != dated || one->lo < from || one->lo > until)
			continue;
		if (n++ == most)
			return one->lo > from ? one->lo - 1 : from;
	}
	return until;
}

static uint32_t within(const struct candidates *c, bool dated, ch_day from, ch_day until)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < c->v.n; i++)
		n += c->v.v[i].dated == dated && c->v.v[i].lo >= from && c->v.v[i].lo <= until;
	return n;
}

static bool get_chosen(struct load *l, const struct candidates *c, ch_day last, struct ch_err *err)
{
	for (uint32_t i = 0; i < c->v.n; i++)
		if (c->v.v[i].lo <= last && !get_record(l, c->v.v[i].n, true, err))
			return false;
	return true;
}

static struct days days_of(const struct ch_agenda_ask *ask, const struct ch_query *q, ch_day from, ch_day hi, ch_day end, ch_day least)
{
	const ch_day margin = discriminates(q) ? MARGIN : 1;

	if (!ask->undated)
		return (struct days){ least != CH_NO_DAY && least > from ? least - 1 : from - 1, hi + margin, 0, -1 };
	/* who fits the filters may have told it later than who told it first */
	return (struct days){ 0, -1, from, hi >= end ? CH_UNTOLD : discriminates(q) ? hi + CH_AGENDA_WINDOW : hi };
}

/* From a day on, as long as there are not too many: looked for in longer and longer spans of days. */
static bool get_plans(struct load *l, const struct ch_query *q, const struct ch_agenda_ask *ask, struct ch_err *err)
{
	enum { FIRST_SPAN = 32, FIRST_OF_PARTY = 128, LONGER = 8 };
	const ch_day since = ch_day_parse(q->since), until = ch_day_parse(q->until);
	struct candidates c = { 0 };
	int64_t span = q->who.len || q->with.len ? FIRST_OF_PARTY : FIRST_SPAN, before = 0;
	ch_day from, end, least = ask->undated ? CH_NO_DAY : ask->last_least, pledge;
	struct days days;
	uint32_t n;

	if (!bounds(l->db, ask->undated, &from, &end, err))
		return false;
	l->out->end = true;
	if (!ask->undated && from == CH_NO_DAY)
		return true;
	from = ask->from != CH_NO_DAY && ask->from > from ? ask->from : from;
	end = !ask->undated && ask->until != CH_NO_DAY && ask->until < end ? ask->until : end;
	end = until != CH_NO_DAY && until < end ? until : end;
	if (from > end && (!ask->undated || until != CH_NO_DAY))
		return true;
	least = since != CH_NO_DAY && since > least ? since : least;
	if (least != CH_NO_DAY && least > from)
		before = least - from;   /* there is little in these */
	for (;;) {
		const ch_day hi = !ask->most || before + span > (int64_t)end - from ? end : from + (ch_day)(before + span);

		c.v.n = 0;
		days = days_of(ask, q, from, hi, end, least);
		if (!find(l, q, &days, &c, err))
			return false;
		l->out->until = hi >= end && ask->undated ? CH_UNTOLD : hi;
		n = within(&c, !ask->undated, from, hi);
		if (hi >= end || n >= ask->most)
			break;
		/* as long as it should take, and somewhat more; where there are hardly any, that says little */
		span = n > ask->most / LONGER ? span * (ask->most + 8) / n + MARGIN : span * LONGER;
	}
	end = l->out->until >= end ? l->out->until : end;
	l->out->until = cut(&c, !ask->undated, from, l->out->until, ask->most);
	if (!ask->undated && ask->most) {
		if (!pledge_after(l->db, q, from, l->out->until, least, ask->most, &pledge, err))
			return false;
		if (pledge != CH_NO_DAY)
			l->out->until = pledge > from ? pledge - 1 : from;
	}
	l->out->end = l->out->until >= end;
	days = days_of(ask, q, from, l->out->until, end, least);
	/* what tells of the same without a date */
	if (!ask->undated && discriminates(q) &&
	    !find(l, q, &(struct days){ 0, -1, from - CH_AGENDA_WINDOW, l->out->until + MARGIN }, &c, err))
		return false;
	return get_chosen(l, &c, ask->undated ? days.told_hi : days.hi, err);
}

static bool get_told(struct load *l, struct ch_str page, uint32_t sentence, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(l->db, "SELECT DISTINCT e.id, e.n FROM pages g JOIN reports r ON r.page = g.n AND r.sentence = ?2"
				    " JOIN events e ON e.n = r.event WHERE g.id = ?1 AND e.verdict <> 1 AND e.status IN " PLANNED " ORDER BY e.id", true);
	struct ch_sq_numbers told = { 0 };
	bool ok;

	ch_sq_text(&q, page);
	ch_sq_int(&q, sentence);
	while (ch_sq_step(&q)) {
		q.at = 1;
		*CH_PUSH(l->arena, &told) = ch_sq_get_int(&q);
	}
	ok = ch_sq_end(&q, err);
	for (uint32_t i = 0; ok && i < told.n; i++)
		ok = get_record(l, told.v[i], true, err);
	return ok;
}

bool ch_sql_agenda(void *p, const struct ch_query *q, const struct ch_agenda_ask *ask, struct ch_arena *arena,
		      struct ch_agenda_set *out, struct ch_err *err)
{
	struct load l = { .db = p, .arena = arena, .out = out };
	uint32_t n_plans;
	bool ok = true;

	*out = (struct ch_agenda_set){ .until = CH_UNTOLD };
	ch_map_init(&l.known, arena);
	ch_map_init(&l.names, arena);
	ch_map_init(&l.reached, arena);
	if (ask->event.len) {
		struct ch_query one = { .id = ask->event };
		struct ch_sq_numbers chosen = { 0 };

		ok = ch_sql_numbers(p, "SELECT x.n FROM events x WHERE TRUE", -1, &one, &chosen, arena, err);
		for (uint32_t i = 0; ok && i < chosen.n; i++)
			ok = get_record(&l, chosen.v[i], true, err);
	}
	if (ask->page.len)
		ok = ok && get_told(&l, ask->page, ask->sentence, err);
	if (ask->plans)
		ok = ok && get_plans(&l, q, ask, err);
	n_plans = out->n;
	for (uint32_t i = 0; ok && i < n_plans; i++) {
		/* what begins behind it is there for what it tells of those before */
		if (ask->plans && !ask->undated && out->v[i].lo != CH_NO_DAY && out->v[i].lo > out->until)
			continue;
		reach(&l, &out->v[i], out->v[i].type.ptr);
		if (out->v[i].invites)
			reach(&l, &out->v[i], "CONSULT");
		if (ch_agenda_kind(&out->v[i]) == CH_PLAN_DEED)
			reach(&l, &out->v[i], ch_agenda_contrary(out->v[i].type));
	}
	for (uint32_t i = 0; ok && i < l.reaches.n; i++)
		ok = get_near(&l, &l.reaches.v[i], true, err) && get_near(&l, &l.reaches.v[i], false, err);
	return ok;
}

/* ---- what is shown of them ---- */

/* The event under which a version is shown. */
#define SHOWN "coalesce((SELECT h.id FROM event_groups k JOIN events h ON h.n = k.head WHERE k.event = e.n), e.id)"
#define TELLING \
	"SELECT r.id, " SHOWN ", e.status, e.date, s.text, " CH_PAGE_COLS " FROM events e JOIN reports r ON r.event = e.n JOIN pages g ON g.n = r.page" \
	" LEFT JOIN sentences s ON s.page = r.page AND s.number = r.sentence WHERE "

bool ch_sql_telling(void *p, struct ch_str event, struct ch_str report, struct ch_arena *arena, struct ch_telling *out, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(p, report.len ? TELLING "r.id = ?" : TELLING "e.id = ? ORDER BY g.published IS NULL, g.published, g.id,"
				    " r.trigger_start NULLS FIRST, r.id LIMIT 1", true);

	*out = (struct ch_telling){ 0 };
	ch_sq_text(&q, report.len ? report : event);
	if (ch_sq_step(&q)) {
		out->report = ch_sq_get_text(&q, arena);
		out->event = ch_sq_get_text(&q, arena);
		out->status = ch_sq_get_text(&q, arena);
		out->date = ch_sq_get_text(&q, arena);
		out->sentence = ch_sq_get_text(&q, arena);
		ch_sq_get_page(&q, arena, &out->page);
	}
	return ch_sq_end(&q, err);
}

bool ch_sql_told_later(void *p, struct ch_str party, struct ch_str words, struct ch_str after, bool (*fn)(void *, const struct ch_later *),
			  void *ctx, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(p,
		"SELECT e.id, r.id, s.text, g.published FROM sentences_fts f CROSS JOIN reports r ON r.sentence_n = f.rowid CROSS JOIN events e ON e.n = r.event"
		" CROSS JOIN sentences s ON s.n = r.sentence_n CROSS JOIN pages g ON g.n = r.page"
		" WHERE sentences_fts MATCH ?1 AND g.published > ?2 AND e.status = 'actual' AND e.verdict <> 1"
		/* words do nothing, and who pledges it again has not done it */
		" AND e.type NOT IN ('REQUEST', 'ACCUSE', 'REJECT', 'THREATEN', 'PROTEST')"
		" AND NOT EXISTS (SELECT 1 FROM pledges p WHERE p.page = s.page AND p.sentence = s.number)"
		" AND EXISTS (SELECT 1 FROM event_parties t WHERE t.party = ?3 AND t.event = r.event AND t.side = 0)"
		" ORDER BY g.published, g.id, r.id LIMIT 32", true);
	struct ch_arena row = { 0 };
	bool ok, go = true;

	ch_sq_text(&q, words);
	ch_sq_text_always(&q, after);
	ch_sq_text(&q, party);
	while (go && ch_sq_step(&q)) {
		struct ch_later later = { .event = ch_sq_get_text(&q, &row) };

		later.report = ch_sq_get_text(&q, &row);
		later.sentence = ch_sq_get_text(&q, &row);
		later.published = ch_sq_get_text(&q, &row);
		go = fn(ctx, &later);
		ch_arena_reset(&row);
	}
	ok = ch_sq_end(&q, err);
	ch_arena_free(&row);
	return ok;
}

bool ch_sql_newest(void *p, struct ch_arena *arena, struct ch_str *day, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(p, "SELECT max(published) FROM pages", true);

	*day = ch_sq_step(&q) ? ch_sq_get_text(&q, arena) : CH_STR("");
	return ch_sq_end(&q, err);
}
