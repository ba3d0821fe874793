/* store/sql_filter.c -- the filters of a query as SQL, and the order in which what they leave is shown. */
#include "store/sql_filter.h"
#include <stdarg.h>
#include <stdio.h>

/* ---- SQL in the making ---- */

void ch_making_add(struct ch_making *m, const char *sql)
{
	for (; *sql; sql++)
		*CH_PUSH(&m->arena, &m->sql) = *sql;
}

/* Parameters are numbered, so that a condition may stand in a statement more than once. */
static int number(struct ch_making *m, struct ch_str value)
{
	if (m->n_params < CH_MAKING_PARAMS_MAX)
		m->params[m->n_params++] = value;
	return m->n_params;
}

static void param(struct ch_making *m, struct ch_str value)
{
	char text[16];

	if (m->n_params == CH_MAKING_PARAMS_MAX)
		return;
	snprintf(text, sizeof text, "?%d", number(m, value));
	ch_making_add(m, text);
}

static void add_str(struct ch_making *m, struct ch_str s)
{
	for (size_t i = 0; i < s.len; i++)
		*CH_PUSH(&m->arena, &m->sql) = s.ptr[i];
}

struct ch_str ch_making_taken(struct ch_making *m)
{
	struct ch_str s = ch_str_n(m->sql.v, m->sql.n);

	memset(&m->sql, 0, sizeof m->sql);
	return s;
}

/* Whether conditions speak of the table of that alias ("x."): one that they do not speak of need not be looked into. */
static bool speaks_of(struct ch_str sql, const char *alias)
{
	return ch_str_find(sql, ch_str_z(alias), 0) != CH_STR_NONE;
}

void ch_making_where(struct ch_making *m, const char *sql, int n, ...)
{
	va_list ap;

	ch_making_add(m, " AND ");
	va_start(ap, n);
	for (; *sql; sql++) {
		if (*sql == '?' && n-- > 0)
			param(m, va_arg(ap, struct ch_str));
		else
			*CH_PUSH(&m->arena, &m->sql) = *sql;
	}
	va_end(ap);
}

struct ch_sq ch_making_run(struct ch_making *m, struct ch_sql *db)
{
	struct ch_sq q;

	*CH_PUSH(&m->arena, &m->sql) = '\0';
	q = ch_sq_open(db, m->sql.v, false);
	for (int i = 0; i < m->n_params; i++)
		ch_sq_text_always(&q, m->params[i]);
	return q;
}

static void limit(struct ch_making *m, const struct ch_query *q)
{
	char text[64];

	if (!q->limit)
		return;
	snprintf(text, sizeof text, " LIMIT %llu", (unsigned long long)(q->limit > INT64_MAX ? INT64_MAX : q->limit));
	ch_making_add(m, text);
}

void ch_making_order(struct ch_making *m, const struct ch_query *q, const char *lo)
{
	char text[256];

	snprintf(text, sizeof text, " ORDER BY %s IS NULL, %s %s, x.n", lo, lo, q->newest ? "DESC" : "ASC");
	ch_making_add(m, text);
	limit(m, q);
}

/* ---- where a list goes on ----
 *
 * A cursor's day and number are written out: ch_cursor_read lets nothing through but digits, "-" and "~". */

static bool undated(const struct ch_query *q)
{
	return *q->after.day == '~';
}

void ch_making_after(struct ch_making *m, const struct ch_query *q, const char *lo)
{
	const char *day = q->after.day, sign = q->newest ? '<' : '>';
	const long long n = q->after.n;

	if (!q->after.set)
		return;
	ch_making_add(m, (undated(q) ? ch_arena_printf(&m->arena, " AND %s IS NULL AND x.n > %lld", lo, n) :
			  ch_arena_printf(&m->arena, " AND (%s IS NULL OR %s %c '%s' OR (%s = '%s' AND x.n > %lld))", lo, lo, sign, day, lo, day, n)).ptr);
}

/* The same where "~" stands for no day. up: the numbers of a day go up, also where its days go down. */
static void after_day(struct ch_making *m, const struct ch_query *q, const char *day, const char *n, bool up)
{
	const char *at = q->after.day, sign = q->newest ? '<' : '>', sign_n = q->newest && !up ? '<' : '>';
	const long long number = q->after.n;

	if (!q->after.set)
		return;
	ch_making_add(m, (undated(q) ? ch_arena_printf(&m->arena, " AND %s = '~' AND %s > %lld", day, n, number) :
			  ch_arena_printf(&m->arena, " AND (%s %c '%s' OR (%s = '%s' AND %s %c %lld)%s%s)", day, sign, at, day, at, n, sign_n, number,
					  q->newest ? " OR '~' = " : "", q->newest ? day : "")).ptr);
}

void ch_cursor_tell(const struct ch_query *q, struct ch_str day, int64_t n, struct ch_str id)
{
	if (!q->at)
		return;
	*q->at = (struct ch_cursor){ .set = true, .n = n };
	snprintf(q->at->day, sizeof q->at->day, "%.*s", CH_STR_ARG(day.len ? day : CH_STR("~")));
	snprintf(q->at->id, sizeof q->at->id, "%.*s", CH_STR_ARG(id));
}

/* ---- pages ---- */

void ch_sql_page_is(struct ch_making *m, const char *column, struct ch_str page)
{
	char sql[256];

	if (!page.len)
		return;
	snprintf(sql, sizeof sql, "%s IN (SELECT n FROM pages WHERE (id >= ? AND id < ?) OR path = ?)", column);
	ch_making_where(m, sql, 3, page, ch_arena_printf(&m->arena, "%.*sg", CH_STR_ARG(page)), page);
}

void ch_sql_pages_found(struct ch_making *m, const struct ch_query *q)
{
	const char sign = q->newest ? '<' : '>', *const day = q->after.day;
	const struct ch_str filters = ch_making_taken(m);

	for (int at_end = 0; at_end < 2; at_end++) {
		ch_making_add(m, at_end ? " UNION ALL SELECT n FROM (SELECT x.n FROM pages x WHERE x.published IS NULL" :
			      "SELECT n FROM (SELECT x.n FROM pages x WHERE x.published IS NOT NULL");
		if (q->after.set && at_end && undated(q))
			ch_making_add(m, ch_arena_printf(&m->arena, " AND x.n > %lld", (long long)q->after.n).ptr);
		else if (q->after.set && !at_end)
			ch_making_add(m, undated(q) ? " AND FALSE" : ch_arena_printf(&m->arena, " AND x.published %c= '%s' AND (x.published %c '%s' OR x.n > %lld)", sign, day,
											   sign, day, (long long)q->after.n).ptr);
		add_str(m, filters);
		ch_making_add(m, at_end ? " ORDER BY x.n" : q->newest ? " ORDER BY x.published DESC, x.n" : " ORDER BY x.published, x.n");
		limit(m, q);
		ch_making_add(m, at_end ? ") AS undated" : ") AS dated");
	}
}

/* ---- events ---- */

void ch_making_one_of(struct ch_making *m, const char *column, const char *const *values)
{
	ch_making_add(m, " AND ");
	ch_making_add(m, column);
	ch_making_add(m, " IN (");
	for (size_t i = 0; values[i] && m->n_params < CH_MAKING_PARAMS_MAX; i++) {
		ch_making_add(m, i ? "," : "");
		param(m, ch_str_z(values[i]));
	}
	ch_making_add(m, ")");
}

/* How many rows there are; beyond some, it does not matter. */
static bool count_of(struct ch_sql *db, const char *sql, struct ch_str one, struct ch_str other, int64_t *n, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, sql, true);

	ch_sq_text_always(&q, one);
	if (other.len)
		ch_sq_text_always(&q, other);
	*n = ch_sq_step(&q) ? ch_sq_get_int(&q) : 0;
	return ch_sq_end(&q, err);
}

/* Two that have much to do with others and little with each other are found as a pair (sql_schema.c, pairs_sql and hits_sql). An event of one
 * party at the place of the other stands there as well. */
static bool lead_of_two(struct ch_making *m, struct ch_sql *db, const struct ch_query *q, const struct ch_str party[2], int64_t fewer, struct ch_lead *lead,
			struct ch_err *err)
{
	enum { PAIR_MAX = 3000 };
	const bool turned = ch_str_cmp(party[0], party[1]) > 0, all = lead->all;
	const struct ch_str v[2] = { party[turned], party[!turned] };
	struct ch_str kind = CH_STR("");
	int64_t n;
	int a, b;

	if (fewer <= (all ? 0 : PAIR_MAX) || ch_str_eq(v[0], v[1]))
		return true;
	if (!all && !count_of(db, "SELECT count(*) FROM (SELECT 1 FROM event_pairs WHERE a = ? AND b = ? LIMIT 3001) AS few", v[0], v[1], &n, err))
		return false;
	if (!all && n > PAIR_MAX)
		return true;
	a = number(m, v[0]);
	b = number(m, v[1]);
	if (q->type.len)   /* pairs are sorted by it */
		kind = ch_arena_printf(&m->arena, " AND type = upper(?%d)%s", number(m, q->type), ch_str_eqz(q->status, "actual") ? " AND done = 1" : "");
	/* whoever wants all drops by himself what is there twice */
	*lead = (struct ch_lead){ ch_arena_printf(&m->arena, "(SELECT event, 0 AS many FROM event_pairs WHERE a = ?%d AND b = ?%d%.*s UNION ALL SELECT event, 1 FROM"
				  " event_pairs WHERE a = ?%d AND b = '*'%.*s) k CROSS JOIN events x ON x.n = k.event", a, b, CH_STR_ARG(kind), a, CH_STR_ARG(kind)).ptr,
				  "x", "x.n", true, all, 0 };
	ch_making_add(m, ch_arena_printf(&m->arena, " AND (CASE WHEN k.many = 1 THEN EXISTS (SELECT 1 FROM event_parties o WHERE o.event = x.n AND o.party = ?%d) AND"
					 " NOT EXISTS (SELECT 1 FROM event_pairs o WHERE o.a = ?%d AND o.b = ?%d AND o.type = x.type AND o.event = x.n)"
					 " WHEN x.place IN (?%d, ?%d) THEN EXISTS (SELECT 1 FROM event_parties o WHERE o.event = x.n AND o.party = x.place) ELSE TRUE END)",
					 b, a, b, a, b).ptr);
	return true;
}

#define IS_PERSON "a.kind = 0 AND a.name IN " CH_SAME_NAMES

/* A party that others are said to be one with is none by which an index leads. */
static bool part_several(struct ch_sql *db, struct ch_arena *arena, struct ch_str *party, struct ch_str *several, struct ch_err *err)
{
	struct ch_str same[2];
	uint32_t n = 0;

	if (party->len && !ch_sql_same_names(db, arena, *party, same, 2, &n, err))
		return false;
	if (n > 1) {
		*several = *party;
		*party = CH_STR("");
	}
	return true;
}

/* The party of a person who has done much, and all of it for that one: its events, of which an index has the order, are walked then, since all of his
 * would have to be sorted. */
static bool walked_party(struct ch_sql *db, struct ch_arena *arena, struct ch_str person, struct ch_str *party, struct ch_err *err)
{
	static const char *const asked[] = {
		"SELECT min(a.party) FROM actors a WHERE " IS_PERSON " HAVING count(DISTINCT coalesce(a.party, '')) = 1",
		"SELECT CASE WHEN count(*) = 2000 THEN 'many' ELSE '' END FROM (SELECT 1 FROM actors a CROSS JOIN report_parties p ON p.actor = a.n WHERE " IS_PERSON
		" LIMIT 2000) AS k",
	};
	struct ch_str answers[2] = { { 0 } };

	for (int i = 0; i < 2; i++) {
		struct ch_sq q = ch_sq_open(db, asked[i], true);

		for (int k = 0; k < 3; k++)
			ch_sq_text_always(&q, person);
		if (ch_sq_step(&q))
			answers[i] = ch_sq_get_text(&q, arena);
		if (!ch_sq_end(&q, err))
			return false;
	}
	*party = answers[1].len ? answers[0] : CH_STR("");
	return true;
}

/* lead: NULL where the statement has its own order. */
static bool sides(struct ch_making *m, struct ch_sql *db, const struct ch_query *q, struct ch_lead *lead, struct ch_err *err)
{
	static const char parties[] = "SELECT count(*) FROM (SELECT 1 FROM event_parties WHERE party = ? LIMIT 5000) AS few";   /* CH_LEAD_MANY */
	const struct ch_str names[2] = { q->who, q->with };
	struct ch_str party[2] = { { 0 } }, person[2] = { { 0 } }, several[2] = { { 0 } };   /* several: parties that are said to be one */
	int64_t n[2] = { INT64_MAX, INT64_MAX };
	int first = -1;

	for (int i = 0; i < 2; i++)
		if (names[i].len && (!ch_sql_resolve(db, &m->arena, names[i], &party[i], &person[i], err) ||
				     !part_several(db, &m->arena, &party[i], &several[i], err) ||
				     (lead && !lead->few && party[i].len && !count_of(db, parties, party[i], CH_STR(""), &n[i], err))))
			return false;
	for (int i = 0; i < 2; i++) {
		struct ch_str walked = CH_STR("");

		if (!names[i].len || party[i].len)
			continue;
		if (person[i].len && !names[!i].len && lead && !lead->few && !lead->all && !walked_party(db, &m->arena, person[i], &walked, err))
			return false;
		if (several[i].len && lead && !lead->few) {
			*lead = (struct ch_lead){ "event_parties l", "l", "l.event", true };
			ch_making_where(m, "l.party IN " CH_SAME_NAMES, 3, several[i], several[i], several[i]);
		} else if (several[i].len) {
			ch_making_where(m, "x.n IN (SELECT event FROM event_parties WHERE party IN " CH_SAME_NAMES ")", 3, several[i], several[i], several[i]);
		} else if (!person[i].len) {
			ch_making_where(m, "FALSE", 0);
		} else if (walked.len) {
			*lead = (struct ch_lead){ "event_parties l", "l", "l.event", false };
			ch_making_where(m, "l.party = ?", 1, walked);
			ch_making_where(m, "EXISTS (SELECT 1 FROM reports r CROSS JOIN report_parties p ON p.report = r.n CROSS JOIN actors a ON a.n = p.actor"
					" WHERE r.event = l.event AND " IS_PERSON ")", 3, person[i], person[i], person[i]);
		} else if (lead && !lead->few) {
			*lead = (struct ch_lead){ "actors a CROSS JOIN report_parties p ON p.actor = a.n CROSS JOIN reports l ON l.n = p.report", "l", "l.event", true };
			ch_making_where(m, IS_PERSON, 3, person[i], person[i], person[i]);
		} else {
			ch_making_where(m, "x.n IN (SELECT r.event FROM actors a JOIN report_parties p ON p.actor = a.n JOIN reports r ON r.n = p.report"
					" WHERE " IS_PERSON ")", 3, person[i], person[i], person[i]);
		}
	}
	if (lead && !lead->few && party[0].len && party[1].len) {
		if (!lead_of_two(m, db, q, party, n[n[1] < n[0]], lead, err))
			return false;
		if (lead->few)
			return true;
	}
	if (lead && !lead->few && (party[0].len || party[1].len)) {
		first = n[1] < n[0];
		*lead = (struct ch_lead){ "event_parties l", "l", "l.event", false, lead->all, n[first] };
	}
	for (int i = 0; i < 2; i++) {
		char sql[128];

		if (!party[i].len)
			continue;
		/* of the event as the first table has it, so that rows of events are looked up for those alone that fit */
		snprintf(sql, sizeof sql, "EXISTS (SELECT 1 FROM event_parties o WHERE o.event = %s AND o.party = ?)", lead ? lead->event : "");
		ch_making_where(m, i == first ? "l.party = ?" : lead ? sql : "x.n IN (SELECT event FROM event_parties WHERE party = ?)", 1, party[i]);
	}
	return true;
}

/* Who asks for a record by its id gets it, whatever was decided of it. Where nothing was, nothing is asked: indexes go without the column. */
static bool of_verdict(struct ch_making *m, struct ch_sql *db, const struct ch_query *q, struct ch_err *err)
{
	bool any;

	if (!ch_sql_any_reviews(db, &any, err))
		return false;
	if (q->rejected)
		ch_making_add(m, " AND x.verdict = 1");
	else if (any)
		ch_making_add(m, " AND x.verdict <> 1");
	return true;
}

bool ch_sql_event_filters(struct ch_making *m, struct ch_sql *db, const struct ch_query *q, struct ch_lead *lead, struct ch_err *err)
{
	if (lead && !lead->few)
		*lead = (struct ch_lead){ q->place.len ? "events x INDEXED BY events_place_day" : q->type.len ? "events x INDEXED BY events_type_day" :
				       "events x INDEXED BY events_day", "x", "x.n", false, lead->all };
	if (lead && !lead->few && (q->id.len || q->report.len || q->page.len))
		*lead = (struct ch_lead){ "events x", "x", "x.n", true };
	if (!q->id.len && !q->report.len && !of_verdict(m, db, q, err))
		return false;
	if (q->id.len)
		ch_making_where(m, "x.id = ?", 1, q->id);
	if (q->report.len)
		ch_making_where(m, "x.n IN (SELECT event FROM reports WHERE id = ?)", 1, q->report);
	if (q->page.len) {
		ch_making_add(m, " AND x.n IN (SELECT event FROM reports WHERE TRUE");
		ch_sql_page_is(m, "page", q->page);
		ch_making_add(m, ")");
	}
	if (q->about.len && lead && !lead->few) {
		*lead = (struct ch_lead){ "sentences_fts f CROSS JOIN reports l ON l.sentence_n = f.rowid", "l", "l.event", true };
		ch_making_where(m, "sentences_fts MATCH ?", 1, ch_fts_query(&m->arena, q->about));
	} else if (q->about.len) {
		ch_making_where(m, "x.n IN (SELECT r.event FROM sentences_fts f JOIN reports r ON r.sentence_n = f.rowid WHERE sentences_fts MATCH ?)", 1,
				ch_fts_query(&m->arena, q->about));
	}
	if (!sides(m, db, q, lead, err))
		return false;
	if (q->type.len)
		ch_making_where(m, "x.type = upper(?)", 1, q->type);
	if (q->mode.len)
		ch_making_where(m, "x.mode = ?", 1, q->mode);
	if (q->modes)
		ch_making_one_of(m, "coalesce(x.mode, '')", q->modes);
	if (q->status.len)
		ch_making_where(m, "x.status = ?", 1, q->status);
	if (q->since.len)
		ch_making_where(m, "x.last >= ?", 1, q->since);
	if (q->until.len)
		ch_making_where(m, "x.first <= ?", 1, q->until);
	if (q->place.len) {
		struct ch_str party, person;

		if (!ch_sql_resolve(db, &m->arena, q->place, &party, &person, err))
			return false;
		ch_making_where(m, "x.place = ?", 1, party.len ? party : q->place);
	}
	if (q->context.len)
		ch_making_where(m, lead ? "EXISTS (SELECT 1 FROM reports c WHERE c.event = x.n AND instr(' ' || c.context || ' ', ' ' || ? || ' ') > 0)" :
				"x.n IN (SELECT event FROM reports WHERE instr(' ' || context || ' ', ' ' || ? || ' ') > 0)", 1, q->context);
	return true;
}

/* Rows of the table that leads, and of events beside it where conditions speak of them. */
static void from(struct ch_making *m, const struct ch_lead *lead, struct ch_str filters)
{
	const bool beside = *lead->alias != 'x' && speaks_of(filters, "x.");

	ch_making_add(m, lead->all ? ch_arena_printf(&m->arena, "SELECT DISTINCT %s.head", lead->alias).ptr :
		      ch_arena_printf(&m->arena, "SELECT %s.day, %s.head", lead->alias, lead->alias).ptr);
	ch_making_add(m, ch_arena_printf(&m->arena, " FROM %s%s%s", lead->from, beside ? " CROSS JOIN events x ON x.n = " : "",
					 beside ? lead->event : "").ptr);
}

static void walk_after(struct ch_making *m, const struct ch_query *q, const char *alias)
{
	after_day(m, q, ch_arena_printf(&m->arena, "%s.day", alias).ptr, ch_arena_printf(&m->arena, "%s.head", alias).ptr, false);
}

static void arm(struct ch_making *m, const struct ch_lead *lead, const struct ch_query *q, int class, struct ch_str filters)
{
	const char *a = lead->alias;
	char text[256], lo[20] = "", hi[20] = "~";
	const ch_day since = ch_day_parse(q->since), until = ch_day_parse(q->until);

	if (class == 0 && since != CH_NO_DAY)
		ch_day_print(since - CH_SQL_NEAR_DAYS, lo);
	if (class == 0 && until != CH_NO_DAY)
		ch_day_print(until + CH_SQL_NEAR_DAYS, hi);
	/* a cursor narrows the days that are looked at, so that it costs nothing to come to it */
	if (q->after.set && class < 2 && !undated(q) && (q->newest ? strcmp(q->after.day, hi) < 0 : strcmp(q->after.day, lo) > 0))
		snprintf(q->newest ? hi : lo, sizeof lo, "%s", q->after.day);
	from(m, lead, filters);
	snprintf(text, sizeof text, " WHERE %s.class = %d", a, class);
	ch_making_add(m, text);
	if (class == 0 || (class == 1 && q->after.set)) {
		snprintf(text, sizeof text, " AND %s.day >= '%s' AND %s.day <= '%s'", a, lo, a, hi);
		ch_making_add(m, text);
	}
	if (q->after.set && undated(q) != (class == 2))
		ch_making_add(m, class == 2 ? "" : " AND FALSE");
	else
		walk_after(m, q, a);
	add_str(m, filters);
}

void ch_making_close(struct ch_making *m, struct ch_walk *w)
{
	*CH_PUSH(&m->arena, &m->sql) = '\0';
	w->sql[w->n++] = m->sql.v;
	memset(&m->sql, 0, sizeof m->sql);
}

bool ch_sql_heads(struct ch_making *m, struct ch_sql *db, const struct ch_query *q, struct ch_err *err)
{
	struct ch_lead lead = { .all = true };
	const struct ch_str before = ch_making_taken(m);
	struct ch_str filters;

	if (!ch_sql_event_filters(m, db, q, &lead, err))
		return false;
	filters = ch_making_taken(m);
	add_str(m, before);
	if (!filters.len) {
		ch_making_add(m, "SELECT n AS head FROM events WHERE head = n");
		return true;
	}
	lead.all = true;
	from(m, &lead, filters);
	ch_making_add(m, " WHERE TRUE");
	add_str(m, filters);
	return true;
}

/* Reports by their confidence; an event is as sure as the surest of its reports, and comes with that one. */
static bool unsure_walk(struct ch_making *m, struct ch_sql *db, const struct ch_query *q, struct ch_walk *w, struct ch_err *err)
{
	struct ch_lead lead = { "reports l INDEXED BY reports_unsure", "l", "l.event", true, false, 0 };
	struct ch_str filters;

	if (!ch_sql_event_filters(m, db, q, &lead, err))
		return false;
	filters = ch_making_taken(m);
	from(m, &lead, filters);
	ch_making_add(m, " WHERE l.confidence < 0.5");
	add_str(m, filters);
	ch_making_add(m, " AND NOT EXISTS (SELECT 1 FROM reports o WHERE o.event = l.event AND o.confidence > l.confidence)"
		      " AND NOT EXISTS (SELECT 1 FROM event_groups k CROSS JOIN reports o ON o.event = k.event WHERE k.head = l.head AND o.confidence > l.confidence)"
		      " ORDER BY l.confidence");
	ch_making_add(m, q->newest ? ", l.day = '~', l.day DESC, CASE WHEN l.day = '~' THEN l.head ELSE -l.head END" : ", l.day, l.head");
	ch_making_add(m, CH_SQL_IN_ORDER);
	ch_making_close(m, w);
	return true;
}

bool ch_sql_walk(struct ch_making *m, struct ch_sql *db, const struct ch_query *q, struct ch_walk *w, struct ch_err *err)
{
	const char *order = q->newest ? " ORDER BY 1 DESC, 2 DESC" : " ORDER BY 1, 2";
	struct ch_lead lead = { 0 };
	struct ch_str filters;

	*w = (struct ch_walk){ .n = 0 };
	if (q->unsure)
		return unsure_walk(m, db, q, w, err);
	if (!ch_sql_event_filters(m, db, q, &lead, err))
		return false;
	filters = ch_making_taken(m);
	if (lead.few) {
		from(m, &lead, filters);
		ch_making_add(m, " WHERE TRUE");
		walk_after(m, q, lead.alias);
		add_str(m, filters);
		ch_making_add(m, q->newest ? ch_arena_printf(&m->arena, " ORDER BY %s.day = '~', 1 DESC, CASE WHEN %s.day = '~' THEN %s.head ELSE -%s.head END", lead.alias, lead.alias, lead.alias,
								lead.alias).ptr : order);
		ch_making_add(m, CH_SQL_BY_KEY);
		ch_making_close(m, w);
		return true;
	}
	for (int class = 0; class < 3; class++) {
		arm(m, &lead, q, class, filters);
		/* those without a day stand in one order always */
		ch_making_add(m, class == 2 ? " ORDER BY 1, 2" : order);
		ch_making_add(m, CH_SQL_IN_ORDER);
		ch_making_close(m, w);
	}
	return true;
}

/* ---- the other registers ---- */

#define LISTED(register, named) \
	"(x.n IN (SELECT p.row FROM row_parties p WHERE p.register = '" register "' AND p.party = ?) OR x." named CH_NAMES(register, named) ")"
#define WHO_LIKE(register) "x.who" CH_NAMES_LIKE(register, "who", "ch_named(name, ?) OR ch_named(name, ?)")

/* Who is asked for, in the columns that hold actors (two "?" each: the party or full name, and the name as given). */
static const char *const row_who[CH_REG_N] = {
	[CH_REG_QUOTES] = "(x.country = ? OR x.speaker" CH_NAMES("statements", "speaker") ")",
	[CH_REG_INSTRUMENTS] = "(x.n IN (SELECT instrument FROM instrument_parties WHERE party = ?) OR ch_named(x.title, ?))",
	[CH_REG_ROLES] = "(x.body = ? OR x.who" CH_NAMES("roles", "who") ")",
	[CH_REG_POSITIONS] = WHO_LIKE("positions"),
	[CH_REG_TALLIES] = WHO_LIKE("tallies"),
	[CH_REG_PLEDGES] = WHO_LIKE("pledges"),
	[CH_REG_GATHERINGS] = LISTED("gatherings", "body"),
	[CH_REG_INITIATIVES] = LISTED("initiatives", "name"),
	[CH_REG_RELATIONS] = LISTED("relations", "level"),
	[CH_REG_MARKS] = "(x.party = ? OR x.who" CH_NAMES("marks", "who") ")",
};

static const char *const row_type[CH_REG_N] = {
	[CH_REG_INSTRUMENTS] = "x.kind = ?", [CH_REG_ROLES] = "ch_named(x.role, ?)", [CH_REG_POSITIONS] = "x.stance = ?",
	[CH_REG_GATHERINGS] = "x.kind = ?", [CH_REG_INITIATIVES] = "x.kind = ?", [CH_REG_RELATIONS] = "x.level = ?",
	[CH_REG_MARKS] = "x.mark = ?",
};

static bool has_col(const struct ch_register *r, const char *name)
{
	for (uint32_t i = 0; i < CH_COLS_MAX && r->cols[i].name; i++)
		if (strcmp(r->cols[i].name, name) == 0)
			return true;
	return false;
}

/* A code is no word of a title: Andorra's (AND) would be of most. */
static bool is_code(struct ch_str name)
{
	bool code = name.len == 3;

	for (size_t i = 0; i < name.len; i++)
		code = code && name.ptr[i] >= 'A' && name.ptr[i] <= 'Z';
	return code;
}

static bool row_side(struct ch_making *m, struct ch_sql *db, enum ch_register_id reg, struct ch_str name, struct ch_err *err)
{
	struct ch_str party, person, same[CH_SAME_MAX];
	int64_t n_of = 0;
	uint32_t n;

	if (!name.len)
		return true;
	if (!ch_sql_resolve(db, &m->arena, name, &party, &person, err) ||
	    !ch_sql_same_names(db, &m->arena, person.len ? person : party.len ? party : name, same, CH_SAME_MAX, &n, err))
		return false;
	if (n == 1 && reg == CH_REG_INSTRUMENTS && is_code(name) && ch_str_eq(party, name) &&
	    !count_of(db, "SELECT count(*) FROM (SELECT 1 FROM instrument_parties WHERE party = ? LIMIT 1) AS any_of", party, CH_STR(""), &n_of, err))
		return false;
	if (n_of) {
		ch_making_where(m, "x.n IN (SELECT instrument FROM instrument_parties WHERE party = ?)", 1, party);
		return true;
	}
	if (n == 1) {
		ch_making_where(m, row_who[reg], 2, same[0], person.len ? person : name);
		return true;
	}
	ch_making_add(m, " AND (1 = 0");
	for (uint32_t k = 0; k < n; k++) {
		ch_making_add(m, " OR ");
		ch_making_add(m, row_who[reg]);
		for (int i = 0; i < 2 && m->n_params < CH_MAKING_PARAMS_MAX; i++)
			m->params[m->n_params++] = same[k];
	}
	ch_making_add(m, ")");
	return true;
}

static bool addressed(struct ch_making *m, struct ch_sql *db, struct ch_str name, struct ch_err *err)
{
	struct ch_str party, person;

	if (!ch_sql_resolve(db, &m->arena, name, &party, &person, err))
		return false;
	ch_making_where(m, "(x.addressee_party = ? OR ch_named(x.addressee, ?))", 2, party.len ? party : name, person.len ? person : name);
	return true;
}

/* Registers of which indexes alone, by either column and day, have who is asked for. */
static const struct {
	const char *party, *name;
} by_index[CH_REG_N] = { [CH_REG_QUOTES] = { "country", "speaker" }, [CH_REG_ROLES] = { "body", "who" } };

/* Rows of those who are asked for as a table k(n, day), out of these indexes. */
static bool rows_of(struct ch_making *m, struct ch_sql *db, enum ch_register_id reg, struct ch_str name, const char **from, struct ch_err *err)
{
#define NAMED "SELECT n, day FROM %1$s WHERE %2$s" CH_NAMES_LIKE("%1$s", "%2$s", "%3$s")
	const char *table = ch_register_of(reg)->table, *of = by_index[reg].party, *by = by_index[reg].name;
	struct ch_str party, person, same[CH_SAME_MAX], names = CH_STR(""), codes = CH_STR("");
	uint32_t n;
	int at;

	if (!ch_sql_resolve(db, &m->arena, name, &party, &person, err) ||
	    !ch_sql_same_names(db, &m->arena, person.len ? person : party.len ? party : name, same, CH_SAME_MAX, &n, err))
		return false;
	for (uint32_t i = 0; i < n; i++) {
		at = number(m, same[i]);
		codes = ch_arena_printf(&m->arena, "%.*s%s?%d", CH_STR_ARG(codes), i ? "," : "", at);
		names = ch_arena_printf(&m->arena, "%.*s%sch_named(name, ?%d)", CH_STR_ARG(names), i ? " OR " : "", at);
	}
	if (person.len) {
		*from = ch_arena_printf(&m->arena, "(" NAMED ") k", table, by, names.ptr).ptr;
		return true;
	}
	names = ch_arena_printf(&m->arena, "ch_named(name, ?%d)", number(m, name));
	/* of one party an index has the order by itself */
	*from = n == 1 ? ch_arena_printf(&m->arena, "(SELECT n, day FROM %1$s WHERE %4$s = %5$s UNION ALL " NAMED " AND %4$s IS NOT %5$s) k", table, by, names.ptr,
					 of, codes.ptr).ptr :
			 ch_arena_printf(&m->arena, "(SELECT n, day FROM %1$s WHERE %4$s IN (%5$s) UNION ALL " NAMED " AND (%4$s IS NULL OR %4$s NOT IN (%5$s))) k",
					 table, by, names.ptr, of, codes.ptr).ptr;
	return true;
}

/* The same: words of the statement or its sentence, or a party or an instrument that it speaks of. */
static bool quotes_about(struct ch_making *m, struct ch_sql *db, struct ch_str about, const char **from, struct ch_err *err)
{
	struct ch_str party, person, match = ch_fts_query(&m->arena, about);
	int named, of, words;

	if (!match.len)
		return ch_fail(err, "--about wants a word, or a party");
	if (!ch_sql_resolve(db, &m->arena, about, &party, &person, err))
		return false;
	of = number(m, party.len ? party : about);
	named = number(m, person.len ? person : about);
	words = number(m, match);
	*from = ch_arena_printf(&m->arena,
		"(SELECT t.n, t.day FROM statement_notes v JOIN statements t ON t.n = v.statement WHERE v.col = 'views' AND v.party = ?%d UNION"
		" SELECT t.n, t.day FROM statement_notes v JOIN statements t ON t.n = v.statement WHERE v.col = 'views' AND v.name"
		CH_NAMES_LIKE("statement_notes", "name", "ch_named(name, ?%d)") " UNION"
		" SELECT t.n, t.day FROM statements_fts CROSS JOIN statements t ON t.n = statements_fts.rowid WHERE statements_fts MATCH ?%d UNION"
		" SELECT t.n, t.day FROM sentences_fts f CROSS JOIN statements t ON t.sentence_n = f.rowid WHERE sentences_fts MATCH ?%d) k",
		of, named, words, words).ptr;
	return true;
}

/* Conditions that are part of the table of which rows are taken. */
enum { SERVED_WHO = 1, SERVED_ABOUT = 2 };

static bool row_filters(struct ch_making *m, struct ch_sql *db, enum ch_register_id reg, const struct ch_query *q, unsigned served, struct ch_err *err)
{
	const struct ch_register *r = ch_register_of(reg);

	if (!q->id.len && !of_verdict(m, db, q, err))
		return false;
	if (q->id.len)
		ch_making_where(m, "x.id = ?", 1, q->id);
	if (q->ids)
		ch_making_one_of(m, "x.id", q->ids);
	ch_sql_page_is(m, "x.page", q->page);
	if (q->since.len)
		ch_making_where(m, "coalesce(x.hi, x.day) >= ? AND x.day <> '~'", 1, q->since);
	if (q->until.len)
		ch_making_where(m, "x.day <= ?", 1, q->until);
	if (q->due_lo.len)
		ch_making_where(m, "x.lo >= ? AND x.lo <= ? AND x.hi >= ?", 3, q->due_lo, q->due_hi, q->due_last);
	if (q->type.len)
		ch_making_where(m, row_type[reg] ? row_type[reg] : "FALSE", row_type[reg] != NULL, q->type);
	if (q->mode.len && reg == CH_REG_QUOTES)
		ch_making_where(m, "x.direct = CASE WHEN ? = 'direct' THEN 1 ELSE 0 END", 1, q->mode);
	else if (q->mode.len)
		ch_making_where(m, "FALSE", 0);
	if (reg == CH_REG_QUOTES && q->to.len && !addressed(m, db, q->to, err))
		return false;
	if (reg == CH_REG_QUOTES && q->search.len && !ch_fts_query(&m->arena, q->search).len)
		return ch_fail(err, "--search wants a word");
	if (reg == CH_REG_QUOTES && q->search.len)
		ch_making_where(m, "x.n IN (SELECT rowid FROM statements_fts WHERE statements_fts MATCH ?)", 1, ch_fts_query(&m->arena, q->search));
	if (reg == CH_REG_QUOTES && q->saying.len)
		ch_making_where(m, "x.saying IN (SELECT y.n FROM sayings y JOIN sayings h ON h.n = y.head WHERE h.id = ?)", 1, q->saying);
	/* Of those with several wordings, the telling that came first. */
	if (reg == CH_REG_QUOTES && q->variants)
		ch_making_where(m, "x.n = (SELECT t.n FROM sayings o JOIN sayings y ON y.head = o.head JOIN statements t ON t.saying = y.n"
				" JOIN pages p ON p.n = t.page WHERE o.n = x.saying ORDER BY p.published IS NULL, p.published, p.id, t.content_start NULLS FIRST, t.id LIMIT 1)"
				" AND (SELECT count(*) FROM sayings o JOIN sayings y ON y.head = o.head WHERE o.n = x.saying) > 1", 0);
	/* What is no event has the contexts of those that its sentence tells; a statement has its own as well. */
	if (q->context.len && reg == CH_REG_QUOTES)
		ch_making_where(m, "(instr(' ' || x.context || ' ', ' ' || ? || ' ') > 0 OR EXISTS (SELECT 1 FROM reports c WHERE c.page = x.page AND"
				" c.sentence = x.sentence AND instr(' ' || c.context || ' ', ' ' || ? || ' ') > 0))", 2, q->context, q->context);
	else if (q->context.len)
		ch_making_where(m, "EXISTS (SELECT 1 FROM reports c WHERE c.page = x.page AND c.sentence = x.sentence"
				" AND instr(' ' || c.context || ' ', ' ' || ? || ' ') > 0)", 1, q->context);
	if (q->status.len)
		ch_making_where(m, has_col(r, "status") ? "x.status = ?" : "FALSE", has_col(r, "status"), q->status);
	if (q->place.len)
		ch_making_where(m, has_col(r, "place") ? "x.place = ?" : "FALSE", has_col(r, "place"), q->place);
	if (q->about.len && reg == CH_REG_QUOTES && !(served & SERVED_ABOUT)) {
		const char *about;

		if (!quotes_about(m, db, q->about, &about, err))
			return false;
		ch_making_add(m, ch_arena_printf(&m->arena, " AND %s.n IN (SELECT k.n FROM %s)", served ? "k" : "x", about).ptr);
	} else if (q->about.len && reg != CH_REG_QUOTES) {
		char sql[400];

		snprintf(sql, sizeof sql, "(ch_named(x.%s, ?) OR (x.page, x.sentence) IN (SELECT s.page, s.number FROM sentences_fts f"
			 " JOIN sentences s ON s.n = f.rowid WHERE sentences_fts MATCH ?))", r->cols[r->about].name);
		ch_making_where(m, sql, 2, q->about, ch_fts_query(&m->arena, q->about));
	}
	return (served & SERVED_WHO || row_side(m, db, reg, q->who, err)) && row_side(m, db, reg, q->with, err);
}

bool ch_sql_row_filters(struct ch_making *m, struct ch_sql *db, enum ch_register_id reg, const struct ch_query *q, struct ch_err *err)
{
	return row_filters(m, db, reg, q, 0, err);
}

static void rows_order(struct ch_making *m, const struct ch_query *q, const char *alias)
{
	ch_making_add(m, ch_arena_printf(&m->arena, " ORDER BY %s.day = '~', %s.day%s, %s.n", alias, alias, q->newest ? " DESC" : "", alias).ptr);
	limit(m, q);
}

/* Whether a condition finds few rows by itself, so that these are put into order; else they are taken out of an index in that order. */
static bool finds_few(struct ch_making *m, struct ch_sql *db, const struct ch_query *q, bool *few, struct ch_err *err)
{
	enum { FEW = 1000 };
	int64_t n;

	*few = q->id.len || q->ids || q->page.len || q->who.len || q->with.len || q->about.len || q->saying.len || q->to.len || q->due_lo.len;
	if (*few || !q->search.len)
		return true;
	if (!count_of(db, "SELECT count(*) FROM (SELECT 1 FROM statements_fts WHERE statements_fts MATCH ? LIMIT 1001) AS few", ch_fts_query(&m->arena, q->search),
		      CH_STR(""), &n, err))
		return false;
	*few = n <= FEW;
	return true;
}

/* The numbers of so many as are asked for, out of the index of their days: those that have one, and behind them the others. */
static void first_rows(struct ch_making *m, const char *table, const struct ch_query *q, struct ch_str filters)
{
	const bool at_undated = q->after.set && undated(q);

	for (int at_end = 0; at_end < 2; at_end++) {
		ch_making_add(m, ch_arena_printf(&m->arena, "%sSELECT n FROM (SELECT x.n FROM %s x INDEXED BY %s_day WHERE x.day %s '~'", at_end ? " UNION ALL " : "", table,
						 table, at_end ? "=" : "<").ptr);
		if (q->after.set && !at_end)   /* so that it costs nothing to come to the place */
			ch_making_add(m, at_undated ? " AND FALSE" : ch_arena_printf(&m->arena, " AND x.day %s '%s'", q->newest ? "<=" : ">=", q->after.day).ptr);
		add_str(m, filters);
		ch_making_add(m, at_end ? " ORDER BY x.n" : q->newest ? " ORDER BY x.day DESC, x.n" : " ORDER BY x.day, x.n");
		limit(m, q);
		ch_making_add(m, at_end ? ") AS undated" : ") AS dated");
	}
}

bool ch_sql_rows_found(struct ch_making *m, struct ch_sql *db, enum ch_register_id reg, const struct ch_query *q, struct ch_err *err)
{
	const bool one_page = q->id.len || q->ids || q->page.len;
	const char *const table = ch_register_of(reg)->table;
	const struct ch_str before = ch_making_taken(m);
	const char *from = NULL, *alias;
	struct ch_str filters;
	unsigned served = 0;
	bool few = true;

	if (!one_page && q->who.len && by_index[reg].party) {
		served = SERVED_WHO;
		if (!rows_of(m, db, reg, q->who, &from, err))
			return false;
	} else if (!one_page && q->about.len && reg == CH_REG_QUOTES) {
		served = SERVED_ABOUT;
		if (!quotes_about(m, db, q->about, &from, err))
			return false;
	}
	alias = from ? "k" : "x";
	if (!row_filters(m, db, reg, q, served, err) || (q->limit && !finds_few(m, db, q, &few, err)))
		return false;
	after_day(m, q, ch_arena_printf(&m->arena, "%s.day", alias).ptr, ch_arena_printf(&m->arena, "%s.n", alias).ptr, true);
	filters = ch_making_taken(m);
	add_str(m, before);
	ch_making_add(m, "x.n IN (");
	if (!few) {
		first_rows(m, table, q, filters);
	} else {
		ch_making_add(m, ch_arena_printf(&m->arena, "SELECT %s.n FROM %s%s WHERE TRUE", alias, from ? from : table, !from ? " x" : speaks_of(filters, "x.") ?
						 ch_arena_printf(&m->arena, " CROSS JOIN %s x ON x.n = k.n", table).ptr : "").ptr);
		add_str(m, filters);
		/* What is sorted is numbers, not all that a row has. */
		if (q->limit)
			rows_order(m, q, alias);
	}
	ch_making_add(m, ")");
	rows_order(m, q, "x");
	return true;
}
