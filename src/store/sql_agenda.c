/* store/sql_agenda.c -- plans and what may have come of them, out of the tables.
 *
 * Computed on read: from the plans asked for, their pairs of parties lead through event_pairs to the records near them in time. */
#include "store/sql.h"
#include "base/map.h"
#include <stdio.h>

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
};

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
	ch_day after;
	uint32_t at;
	bool added;

	if (lo == CH_NO_DAY)
		return;
	at = *ch_map_put(&l->reached, ch_arena_printf(l->arena, "%.*s|%.*s|%s", CH_STR_ARG(a), CH_STR_ARG(b), l->type), l->reaches.n, &added);
	if (added)
		*CH_PUSH(l->arena, &l->reaches) = (struct reach){ a, b, l->type, lo, hi, 0 };
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
	struct ch_sq q = ch_sq_open(l->db, "SELECT event FROM event_pairs WHERE a = ? AND b = ? AND type = ? AND done = ? AND day BETWEEN ? AND ?",
				    true);
	struct ch_sq_numbers near = { 0 };
	char lo[16], hi[16];
	bool ok;

	ch_day_print(r->lo - (done ? CH_AGENDA_VAGUE : CH_AGENDA_WINDOW), lo);
	ch_day_print(r->hi + (done ? r->after : CH_AGENDA_WINDOW), hi);
	ch_sq_text_always(&q, r->a);
	ch_sq_text_always(&q, r->b);
	ch_sq_text_always(&q, ch_str_z(r->type));
	ch_sq_int(&q, done);
	ch_sq_text_always(&q, ch_str_z(lo));
	ch_sq_text_always(&q, ch_str_z(hi));
	while (ch_sq_step(&q))
		*CH_PUSH(l->arena, &near) = ch_sq_get_int(&q);
	ok = ch_sq_end(&q, err);
	for (uint32_t i = 0; ok && i < near.n; i++)
		ok = get_record(l, near.v[i], false, err);
	return ok;
}

/* The table of events x: where the days asked for are few, of those that lie in them, and of few beside, out of the index of the order. */
static struct ch_str in_window(const struct ch_query *q, const struct ch_agenda_ask *ask, struct ch_arena *arena)
{
	enum { LONGEST = 800 };
	const bool due = ask->due_lo.len;
	const struct ch_str from = due ? ask->due_lo : q->since, until = due ? ask->due_hi : q->until;
	const ch_day lo = ch_day_parse(from), hi = ch_day_parse(until);
	char near_lo[16], near_hi[16];

	if (lo == CH_NO_DAY || hi == CH_NO_DAY || hi - lo > LONGEST)
		return CH_STR("events x");
	ch_day_print(lo - CH_SQL_NEAR_DAYS, near_lo);
	ch_day_print(hi + CH_SQL_NEAR_DAYS, near_hi);
	return ch_arena_printf(arena, "(SELECT n FROM events WHERE class = 0 AND day >= '%s' AND day <= '%s' UNION ALL SELECT n FROM events"
			       " WHERE class IN (1, 2) AND first <= '%.*s' AND last >= '%.*s') w CROSS JOIN events x ON x.n = w.n", near_lo, near_hi, CH_STR_ARG(until),
			       CH_STR_ARG(from));
}

bool ch_sql_agenda(void *p, const struct ch_query *q, const struct ch_agenda_ask *ask, struct ch_arena *arena,
		      struct ch_agenda_set *out, struct ch_err *err)
{
	static const char plans[] =
		" WHERE ((x.status IN " PLANNED " AND (x.type = 'CONSULT' OR (x.type = 'SUPPORT' AND x.mode = 'sign')))"
		" OR (x.status = 'actual' AND x.type = 'REQUEST' AND EXISTS"
		" (SELECT 1 FROM reports i WHERE i.event = x.n AND i.trigger_text LIKE '%invit%')))";
	static const char pledged[] =
		"SELECT DISTINCT e.n FROM pledges x CROSS JOIN pages g ON g.n = x.page CROSS JOIN reports r ON r.page = x.page AND r.sentence = x.sentence"
		" CROSS JOIN events e ON e.n = r.event WHERE e.status IN " PLANNED;
	struct load l = { .db = p, .arena = arena, .out = out };
	struct ch_sq_numbers chosen = { 0 }, others = { 0 };
	const struct ch_str window = in_window(q, ask, arena);
	struct ch_str due = { 0 }, sql;
	uint32_t n_plans;
	bool ok = true;

	*out = (struct ch_agenda_set){ 0 };
	ch_map_init(&l.known, arena);
	ch_map_init(&l.names, arena);
	ch_map_init(&l.reached, arena);
	if (ask->due_lo.len)   /* days, as ch_query_day made them: nothing to quote */
		due = ch_arena_printf(arena, " AND x.lo <= '%.*s' AND x.hi >= '%.*s'", CH_STR_ARG(ask->due_hi), CH_STR_ARG(ask->due_lo));
	if (ask->event.len) {
		struct ch_query one = { .id = ask->event };

		ok = ch_sql_numbers(p, "SELECT x.n FROM events x WHERE TRUE", -1, &one, &chosen, arena, err);
	}
	if (ok && ask->plans) {
		sql = ch_arena_printf(arena, "SELECT x.n FROM %.*s%s%.*s", CH_STR_ARG(window), plans, CH_STR_ARG(due));
		ok = ch_sql_numbers(p, sql.ptr, -1, q, &chosen, arena, err);
	}
	if (ok && ask->pledges) {
		sql = ch_arena_printf(arena, "%s%s%.*s", pledged, ask->dated ? " AND x.lo IS NOT NULL" : "", CH_STR_ARG(due));
		ok = ch_sql_numbers(p, sql.ptr, CH_REG_PLEDGES, q, &others, arena, err);
	}
	for (uint32_t i = 0; ok && i < chosen.n; i++)
		ok = get_record(&l, chosen.v[i], true, err);
	for (uint32_t i = 0; ok && i < others.n; i++)
		ok = get_record(&l, others.v[i], false, err);
	n_plans = out->n;
	for (uint32_t i = 0; ok && i < n_plans; i++) {
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

bool ch_sql_plans_told(void *p, struct ch_str page, uint32_t sentence, bool (*fn)(void *, struct ch_str), void *ctx, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(p, "SELECT DISTINCT e.id FROM pages g JOIN reports r ON r.page = g.n AND r.sentence = ?2"
				    " JOIN events e ON e.n = r.event WHERE g.id = ?1 AND e.verdict <> 1 AND e.status IN " PLANNED " ORDER BY e.id", true);
	struct ch_arena row = { 0 };
	bool ok;

	ch_sq_text(&q, page);
	ch_sq_int(&q, sentence);
	while (ch_sq_step(&q))
		if (!fn(ctx, ch_sq_get_text(&q, &row)))
			break;
	ok = ch_sq_end(&q, err);
	ch_arena_free(&row);
	return ok;
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
