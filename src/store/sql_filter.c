/* store/sql_filter.c -- the filters of a query over events as SQL, and the order in which what they leave is shown. */
#include "store/sql_filter.h"
#include <stdio.h>

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
	if (!all && !ch_sql_count_of(db, "SELECT count(*) FROM (SELECT 1 FROM event_pairs WHERE a = ? AND b = ? LIMIT 3001) AS few", v[0], v[1], &n, err))
		return false;
	if (!all && n > PAIR_MAX)
		return true;
	a = ch_making_number(m, v[0]);
	b = ch_making_number(m, v[1]);
	if (q->type.len)   /* pairs are sorted by it */
		kind = ch_arena_printf(&m->arena, " AND type = upper(?%d)%s", ch_making_number(m, q->type), ch_str_eqz(q->status, "actual") ? " AND done = 1" : "");
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
				     (lead && !lead->few && party[i].len && !ch_sql_count_of(db, parties, party[i], CH_STR(""), &n[i], err))))
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

bool ch_sql_of_verdict(struct ch_making *m, struct ch_sql *db, const struct ch_query *q, struct ch_err *err)
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
	if (!q->id.len && !q->report.len && !ch_sql_of_verdict(m, db, q, err))
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
	const bool beside = *lead->alias != 'x' && ch_sql_speaks_of(filters, "x.");

	ch_making_add(m, lead->all ? ch_arena_printf(&m->arena, "SELECT DISTINCT %s.head", lead->alias).ptr :
		      ch_arena_printf(&m->arena, "SELECT %s.day, %s.head", lead->alias, lead->alias).ptr);
	ch_making_add(m, ch_arena_printf(&m->arena, " FROM %s%s%s", lead->from, beside ? " CROSS JOIN events x ON x.n = " : "",
					 beside ? lead->event : "").ptr);
}

static void walk_after(struct ch_making *m, const struct ch_query *q, const char *alias)
{
	ch_making_after_day(m, q, ch_arena_printf(&m->arena, "%s.day", alias).ptr, ch_arena_printf(&m->arena, "%s.head", alias).ptr, false);
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
	if (q->after.set && class < 2 && !ch_query_undated(q) && (q->newest ? strcmp(q->after.day, hi) < 0 : strcmp(q->after.day, lo) > 0))
		snprintf(q->newest ? hi : lo, sizeof lo, "%s", q->after.day);
	from(m, lead, filters);
	snprintf(text, sizeof text, " WHERE %s.class = %d", a, class);
	ch_making_add(m, text);
	if (class == 0 || (class == 1 && q->after.set)) {
		snprintf(text, sizeof text, " AND %s.day >= '%s' AND %s.day <= '%s'", a, lo, a, hi);
		ch_making_add(m, text);
	}
	if (q->after.set && ch_query_undated(q) != (class == 2))
		ch_making_add(m, class == 2 ? "" : " AND FALSE");
	else
		walk_after(m, q, a);
	ch_making_add_str(m, filters);
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
	ch_making_add_str(m, before);
	if (!filters.len) {
		ch_making_add(m, "SELECT n AS head FROM events WHERE head = n");
		return true;
	}
	lead.all = true;
	from(m, &lead, filters);
	ch_making_add(m, " WHERE TRUE");
	ch_making_add_str(m, filters);
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
	ch_making_add_str(m, filters);
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
		ch_making_add_str(m, filters);
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
