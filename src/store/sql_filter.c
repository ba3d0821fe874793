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
static void param(struct ch_making *m, struct ch_str value)
{
	char text[16];

	if (m->n_params == CH_MAKING_PARAMS_MAX)
		return;
	m->params[m->n_params++] = value;
	snprintf(text, sizeof text, "?%d", m->n_params);
	ch_making_add(m, text);
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

void ch_making_order(struct ch_making *m, const struct ch_query *q, const char *lo)
{
	char text[256];

	snprintf(text, sizeof text, " ORDER BY %s IS NULL, %s %s, x.n", lo, lo, q->newest ? "DESC" : "ASC");
	ch_making_add(m, text);
	if (q->limit) {
		snprintf(text, sizeof text, " LIMIT %llu", (unsigned long long)(q->limit > INT64_MAX ? INT64_MAX : q->limit));
		ch_making_add(m, text);
	}
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

/* ---- events ---- */

/* "0" would be no list at all: modes is NULL-ended and not empty. */
static void one_of(struct ch_making *m, const char *column, const char *const *values)
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

/* How many events the party has; beyond some, it does not matter. */
static bool count_of(struct ch_sql *db, struct ch_str party, int64_t *n, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT count(*) FROM (SELECT 1 FROM event_parties WHERE party = ? LIMIT 20000) AS few", true);

	ch_sq_text_always(&q, party);
	*n = ch_sq_step(&q) ? ch_sq_get_int(&q) : 0;
	return ch_sq_end(&q, err);
}

/* lead: NULL where the statement has its own order. */
static bool sides(struct ch_making *m, struct ch_sql *db, const struct ch_query *q, struct ch_lead *lead, struct ch_err *err)
{
	const struct ch_str names[2] = { q->who, q->with };
	struct ch_str party[2] = { { 0 } }, person;
	int64_t n[2] = { INT64_MAX, INT64_MAX };
	int first;

	for (int i = 0; i < 2; i++) {
		if (!names[i].len)
			continue;
		if (!ch_sql_resolve(db, &m->arena, names[i], &party[i], &person, err) ||
		    (lead && party[i].len && !count_of(db, party[i], &n[i], err)))
			return false;
		if (!party[i].len && person.len)
			ch_making_where(m, "x.n IN (SELECT r.event FROM actors a JOIN report_parties p ON p.actor = a.n JOIN reports r ON r.n = p.report"
					" WHERE a.kind = 0 AND a.name IN " CH_SAME_NAMES ")", 3, person, person, person);
		else if (!party[i].len)
			ch_making_where(m, "FALSE", 0);
		if (lead && !party[i].len)
			lead->few = true;
	}
	first = !lead || lead->few || (!party[0].len && !party[1].len) ? -1 : n[1] < n[0];
	if (first >= 0)
		*lead = (struct ch_lead){ "event_parties l CROSS JOIN events x ON x.n = l.event", "l", false };
	for (int i = 0; i < 2; i++)
		if (party[i].len)
			/* of l.event, so that rows of events are looked up for those alone that fit */
			ch_making_where(m, i == first ? "l.party = ?" :
					first >= 0 ? "EXISTS (SELECT 1 FROM event_parties o WHERE o.event = l.event AND o.party = ?)" :
					lead ? "EXISTS (SELECT 1 FROM event_parties o WHERE o.event = x.n AND o.party = ?)" :
					"x.n IN (SELECT event FROM event_parties WHERE party = ?)", 1, party[i]);
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
	if (lead)
		*lead = (struct ch_lead){ q->place.len ? "events x INDEXED BY events_place_day" : q->type.len ? "events x INDEXED BY events_type_day" :
				       "events x INDEXED BY events_day", "x", q->id.len || q->report.len || q->page.len || q->about.len };
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
	if (q->about.len)
		ch_making_where(m, "x.n IN (SELECT r.event FROM sentences_fts f JOIN sentences s ON s.n = f.rowid"
				" JOIN reports r ON r.page = s.page AND r.sentence = s.number WHERE sentences_fts MATCH ?)", 1,
		      ch_fts_query(&m->arena, q->about));
	if (!sides(m, db, q, lead, err))
		return false;
	if (q->type.len)
		ch_making_where(m, "x.type = upper(?)", 1, q->type);
	if (q->mode.len)
		ch_making_where(m, "x.mode = ?", 1, q->mode);
	if (q->modes)
		one_of(m, "coalesce(x.mode, '')", q->modes);
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
		ch_making_where(m, lead && !lead->few ? "EXISTS (SELECT 1 FROM reports c WHERE c.event = x.n AND instr(' ' || c.context || ' ', ' ' || ? || ' ') > 0)" :
				"x.n IN (SELECT event FROM reports WHERE instr(' ' || context || ' ', ' ' || ? || ' ') > 0)", 1, q->context);
	return true;
}

static void arm(struct ch_making *m, const struct ch_lead *lead, const struct ch_query *q, int class, struct ch_str filters)
{
	const char *a = lead->alias;
	char text[256], lo[16] = "", hi[16] = "~";
	const ch_day since = ch_day_parse(q->since), until = ch_day_parse(q->until);

	if (class == 0 && since != CH_NO_DAY)
		ch_day_print(since - CH_SQL_NEAR_DAYS, lo);
	if (class == 0 && until != CH_NO_DAY)
		ch_day_print(until + CH_SQL_NEAR_DAYS, hi);
	snprintf(text, sizeof text, "SELECT %s.day, %s.head FROM %s WHERE %s.class = %d", a, a, lead->from, a, class);
	ch_making_add(m, text);
	if (class == 0) {
		snprintf(text, sizeof text, " AND %s.day >= '%s' AND %s.day <= '%s'", a, lo, a, hi);
		ch_making_add(m, text);
	}
	for (size_t i = 0; i < filters.len; i++)
		*CH_PUSH(&m->arena, &m->sql) = filters.ptr[i];
}

void ch_making_close(struct ch_making *m, struct ch_walk *w)
{
	*CH_PUSH(&m->arena, &m->sql) = '\0';
	w->sql[w->n++] = m->sql.v;
	memset(&m->sql, 0, sizeof m->sql);
}

bool ch_sql_walk(struct ch_making *m, struct ch_sql *db, const struct ch_query *q, struct ch_walk *w, struct ch_err *err)
{
	struct ch_lead lead;
	struct ch_str filters;
	char text[256];

	*w = (struct ch_walk){ .n = 0 };
	if (!ch_sql_event_filters(m, db, q, &lead, err))
		return false;
	filters = ch_str_n(m->sql.v, m->sql.n);
	memset(&m->sql, 0, sizeof m->sql);
	if (lead.few || q->newest) {
		const char *a = lead.few ? "x" : lead.alias;

		snprintf(text, sizeof text, "SELECT %s.day, %s.head FROM %s WHERE TRUE", a, a, lead.few ? "events x" : lead.from);
		ch_making_add(m, text);
		for (size_t i = 0; i < filters.len; i++)
			*CH_PUSH(&m->arena, &m->sql) = filters.ptr[i];
		snprintf(text, sizeof text, " ORDER BY %s.class = 2, %s.day %s, %s.head", a, a, q->newest ? "DESC" : "ASC", a);
		ch_making_add(m, text);
		ch_making_close(m, w);
		return true;
	}
	arm(m, &lead, q, 0, filters);
	ch_making_add(m, " UNION ALL ");
	arm(m, &lead, q, 1, filters);
	ch_making_add(m, " ORDER BY 1, 2");
	ch_making_close(m, w);
	arm(m, &lead, q, 2, filters);
	ch_making_add(m, " ORDER BY 1, 2");
	ch_making_close(m, w);
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

static bool row_side(struct ch_making *m, struct ch_sql *db, enum ch_register_id reg, struct ch_str name, struct ch_err *err)
{
	struct ch_str party, person;
	struct ch_sq q;

	if (!name.len)
		return true;
	if (!ch_sql_resolve(db, &m->arena, name, &party, &person, err))
		return false;
	if (!person.len) {
		ch_making_where(m, row_who[reg], 2, party.len ? party : name, name);
		return true;
	}
	q = ch_sq_open(db, "SELECT k.name FROM " CH_SAME_NAMES " k", true);
	for (int i = 0; i < 3; i++)
		ch_sq_text(&q, person);
	ch_making_add(m, " AND (1 = 0");
	while (ch_sq_step(&q)) {
		struct ch_str one = ch_sq_get_text(&q, &m->arena);

		ch_making_add(m, " OR ");
		ch_making_add(m, row_who[reg]);
		for (int i = 0; i < 2 && m->n_params < CH_MAKING_PARAMS_MAX; i++)
			m->params[m->n_params++] = one;
	}
	ch_making_add(m, ")");
	return ch_sq_end(&q, err);
}

#define ROW_LAST "coalesce(x.hi, g.published)"

static bool addressed(struct ch_making *m, struct ch_sql *db, struct ch_str name, struct ch_err *err)
{
	struct ch_str party, person;

	if (!ch_sql_resolve(db, &m->arena, name, &party, &person, err))
		return false;
	ch_making_where(m, "(x.addressee_party = ? OR ch_named(x.addressee, ?))", 2, party.len ? party : name, person.len ? person : name);
	return true;
}

/* Words of the statement or its sentence, or a party or an instrument that it speaks of. */
static bool quote_about(struct ch_making *m, struct ch_sql *db, struct ch_str about, struct ch_err *err)
{
	struct ch_str party, person, match = ch_fts_query(&m->arena, about);

	if (!match.len)
		return ch_fail(err, "--about wants a word, or a party");
	if (!ch_sql_resolve(db, &m->arena, about, &party, &person, err))
		return false;
	ch_making_where(m, "x.n IN (SELECT statement FROM statement_notes WHERE col = 'views' AND party = ? UNION ALL"
			" SELECT statement FROM statement_notes WHERE col = 'views' AND name" CH_NAMES("statement_notes", "name") " UNION ALL"
			" SELECT rowid FROM statements_fts WHERE statements_fts MATCH ? UNION ALL"
			" SELECT t.n FROM sentences_fts f JOIN sentences s ON s.n = f.rowid JOIN statements t ON t.page = s.page AND t.sentence = s.number"
			" WHERE sentences_fts MATCH ?)", 4, party.len ? party : about, person.len ? person : about, match, match);
	return true;
}

bool ch_sql_row_filters(struct ch_making *m, struct ch_sql *db, enum ch_register_id reg, const struct ch_query *q,
			struct ch_err *err)
{
	const struct ch_register *r = ch_register_of(reg);

	if (!q->id.len && !of_verdict(m, db, q, err))
		return false;
	if (q->id.len)
		ch_making_where(m, "x.id = ?", 1, q->id);
	ch_sql_page_is(m, "x.page", q->page);
	if (q->since.len)
		ch_making_where(m, ROW_LAST " >= ?", 1, q->since);
	if (q->until.len)
		ch_making_where(m, CH_ROW_DAY " <= ?", 1, q->until);
	if (q->due_lo.len)
		ch_making_where(m, "x.lo <= ? AND x.hi >= ?", 2, q->due_hi, q->due_lo);
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
	if (q->about.len && reg == CH_REG_QUOTES) {
		if (!quote_about(m, db, q->about, err))
			return false;
	} else if (q->about.len) {
		char sql[400];

		snprintf(sql, sizeof sql, "(ch_named(x.%s, ?) OR (x.page, x.sentence) IN (SELECT s.page, s.number FROM sentences_fts f"
			 " JOIN sentences s ON s.n = f.rowid WHERE sentences_fts MATCH ?))", r->cols[r->about].name);
		ch_making_where(m, sql, 2, q->about, ch_fts_query(&m->arena, q->about));
	}
	return row_side(m, db, reg, q->who, err) && row_side(m, db, reg, q->with, err);
}
