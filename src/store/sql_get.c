/* store/sql_get.c -- records out of the tables: the filters of a query as SQL, rows as the records they were. */
#include "store/sql.h"
#include "event/context.h"
#include "base/utf8.h"
#include <stdarg.h>
#include <stdio.h>

/* ---- SQL in the making ---- */

enum { PARAMS_MAX = 64 };

struct making {
	struct ch_arena arena;
	CH_VEC(char) sql;
	struct ch_str params[PARAMS_MAX];
	int n_params;
};

static void add(struct making *m, const char *sql)
{
	for (; *sql; sql++)
		*CH_PUSH(&m->arena, &m->sql) = *sql;
}

/* Parameters are numbered, so that a condition may stand in a statement more than once. */
static void param(struct making *m, struct ch_str value)
{
	char text[16];

	if (m->n_params == PARAMS_MAX)
		return;
	m->params[m->n_params++] = value;
	snprintf(text, sizeof text, "?%d", m->n_params);
	add(m, text);
}

/* sql has one "?" for each slice that follows (n of them). */
static void where(struct making *m, const char *sql, int n, ...)
{
	va_list ap;

	add(m, " AND ");
	va_start(ap, n);
	for (; *sql; sql++) {
		if (*sql == '?' && n-- > 0)
			param(m, va_arg(ap, struct ch_str));
		else
			*CH_PUSH(&m->arena, &m->sql) = *sql;
	}
	va_end(ap);
}

static struct ch_sq run(struct making *m, struct ch_sql *db)
{
	struct ch_sq q;

	*CH_PUSH(&m->arena, &m->sql) = '\0';
	q = ch_sq_open(db, m->sql.v, false);
	for (int i = 0; i < m->n_params; i++)
		ch_sq_text_always(&q, m->params[i]);
	return q;
}

static void order(struct making *m, const struct ch_query *q, const char *lo)
{
	char text[256];

	snprintf(text, sizeof text, " ORDER BY %s IS NULL, %s %s, x.n", lo, lo, q->newest ? "DESC" : "ASC");
	add(m, text);
	if (q->limit) {
		snprintf(text, sizeof text, " LIMIT %llu", (unsigned long long)(q->limit > INT64_MAX ? INT64_MAX : q->limit));
		add(m, text);
	}
}

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
static void begins(struct making *m, const char *sql, struct ch_str prefix)
{
	struct ch_str past = ch_arena_printf(&m->arena, "%.*sg", CH_STR_ARG(prefix));   /* "g" comes behind every hex digit */

	where(m, sql, 2, prefix, past);
}

static void page_is(struct making *m, const char *column, struct ch_str page)
{
	char sql[256];

	if (!page.len)
		return;
	snprintf(sql, sizeof sql, "%s IN (SELECT n FROM pages WHERE (id >= ? AND id < ?) OR path = ?)", column);
	where(m, sql, 3, page, ch_arena_printf(&m->arena, "%.*sg", CH_STR_ARG(page)), page);
}

bool ch_sql_pages(void *p, const struct ch_query *q, ch_page_fn *fn, void *ctx, struct ch_err *err)
{
	struct making m = { 0 };
	struct ch_arena row = { 0 };
	struct ch_page_info info;
	struct ch_sq s;
	bool ok;

	add(&m, "SELECT " CH_PAGE_COLS " FROM pages x JOIN pages g ON g.n = x.n WHERE TRUE");
	if (q->id.len)
		where(&m, "x.id = ?", 1, q->id);
	page_is(&m, "x.n", q->page);
	if (q->since.len)
		where(&m, "x.published >= ?", 1, q->since);
	if (q->until.len)
		where(&m, "x.published <= ?", 1, q->until);
	if (q->about.len)
		where(&m, "ch_named(x.title, ?)", 1, q->about);
	order(&m, q, "x.published");
	s = run(&m, p);
	while (ch_sq_step(&s)) {
		ch_sq_get_page(&s, &row, &info);
		if (!fn(ctx, &info))
			break;
		ch_arena_reset(&row);
	}
	ok = ch_sq_end(&s, err);
	ch_arena_free(&row);
	ch_arena_free(&m.arena);
	return ok;
}

/* ---- events ---- */

static bool get_parties(struct ch_sql *db, struct ch_arena *a, int64_t report, bool reviews, struct ch_report *r, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db,
		"SELECT p.side, a.kind, a.id, a.party, a.name, a.code, a.org, a.sector, a.office, a.gazetteer_id"
		" FROM report_parties p JOIN actors a ON a.n = p.actor WHERE p.report = ? ORDER BY p.side, p.number", true);

	ch_sq_int(&q, report);
	while (ch_sq_step(&q)) {
		struct ch_party_list *to = ch_sq_get_int(&q) ? &r->target : &r->source;
		struct ch_party *v = ch_arena_grow(a, to->v, to->n, to->n + 1, sizeof *v), *p = &v[to->n++];

		to->v = v;
		p->kind = (enum ch_actor_kind)(ch_sq_get_int(&q) & 3);
		p->id = ch_sq_get_text(&q, a);
		p->party = ch_sq_get_text(&q, a);
		p->name = ch_sq_get_text(&q, a);
		if (reviews && !ch_sql_meant(db, a, &p->name, err)) {
			ch_sq_end(&q, err);
			return false;
		}
		p->code = ch_sq_get_text(&q, a);
		p->org = ch_sq_get_text(&q, a);
		p->sector = ch_sq_get_text(&q, a);
		p->office = ch_sq_get_text(&q, a);
		p->gazetteer_id = ch_sq_get_text(&q, a);
	}
	return ch_sq_end(&q, err);
}

static uint64_t contexts_of(struct ch_str names)
{
	struct ch_str one;
	uint64_t set = 0;

	while (ch_str_cut(&names, ' ', &one))
		if (ch_context_parse(one) < CH_CONTEXT_N)
			set |= (uint64_t)1 << ch_context_parse(one);
	return set;
}

/* Those of the event itself come first, then, unless it stands apart, those of its other versions. */
static bool get_reports(struct ch_sql *db, struct ch_arena *a, int64_t event, bool apart, bool reviews, struct ch_event_record *e,
			struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db,
		"SELECT r.n, r.id, r.sentence, r.trigger_start, r.trigger_end, r.trigger_raw_start, r.trigger_raw_end,"
		" r.trigger_text, r.frame, r.path, r.cameo, r.date_basis, r.place_basis, r.claimed_by, r.claimed_in, r.confidence,"
		" r.context, r.context_why, r.rank, r.delegation, r.invited_by, s.start, s.end, s.raw_start, s.raw_end, s.text, v.id, v.mode, v.date, v.place, " CH_PAGE_COLS
		" FROM reports r JOIN pages g ON g.n = r.page JOIN events v ON v.n = r.event"
		" LEFT JOIN sentences s ON s.page = r.page AND s.number = r.sentence"
		" WHERE r.event = ?1 OR (?2 = 0 AND r.event IN (SELECT event FROM event_groups WHERE head = ?1))"
		" ORDER BY r.event <> ?1, g.published IS NULL, g.published, g.id, r.trigger_start NULLS FIRST, r.id", true);
	bool ok = true;

	ch_sq_int(&q, event);
	ch_sq_int(&q, apart);
	while (ok && ch_sq_step(&q)) {
		struct ch_page_info *page = CH_NEW(a, struct ch_page_info);
		struct ch_report r = { .page = page };
		int64_t n = ch_sq_get_int(&q);

		r.id = ch_sq_get_text(&q, a);
		r.sentence_number = (uint32_t)ch_sq_get_int(&q);
		r.trigger = ch_sq_get_span(&q);
		r.trigger_text = ch_sq_get_text(&q, a);
		r.frame = ch_sq_get_text(&q, a);
		r.path = ch_sq_get_text(&q, a);
		r.cameo = ch_sq_get_text(&q, a);
		r.date_basis = ch_sq_get_text(&q, a);
		r.place_basis = ch_sq_get_text(&q, a);
		r.claimed_by = ch_sq_get_text(&q, a);
		r.claimed_in = ch_sq_get_text(&q, a);
		r.confidence = ch_sq_get_real(&q);
		r.contexts = contexts_of(ch_sq_get_text(&q, a));
		r.context_why = ch_sq_get_text(&q, a);
		r.rank = ch_sq_get_text(&q, a);
		r.delegation = ch_sq_get_text(&q, a);
		r.invited_by = ch_sq_get_text(&q, a);
		r.sentence = ch_sq_get_span(&q);
		r.sentence_text = ch_sq_get_text(&q, a);
		r.event = ch_sq_get_text(&q, a);
		r.mode = ch_sq_get_text(&q, a);
		r.date = ch_sq_get_text(&q, a);
		r.place = ch_sq_get_text(&q, a);
		ch_sq_get_page(&q, a, page);
		ok = get_parties(db, a, n, reviews, &r, err) && (!reviews || ch_sql_reviewed(db, a, r.id, &r.reviewed, err));
		e->reports = ch_arena_grow(a, e->reports, e->n_reports, e->n_reports + 1, sizeof r);
		e->reports[e->n_reports++] = r;
	}
	return ch_sq_end(&q, err) && ok;
}

/* "0" would be no list at all: modes is NULL-ended and not empty. */
static void one_of(struct making *m, const char *column, const char *const *values)
{
	add(m, " AND ");
	add(m, column);
	add(m, " IN (");
	for (size_t i = 0; values[i] && m->n_params < PARAMS_MAX; i++) {
		add(m, i ? "," : "");
		param(m, ch_str_z(values[i]));
	}
	add(m, ")");
}

/* Which table leads a statement over events in the order in which they are shown (sql_schema.c, order_sql), and the alias that has it. */
struct lead {
	const char *from, *alias;
	bool few;              /* a condition finds the events by itself: they are put into order afterwards */
};

/* How many events the party has; beyond some, it does not matter. */
static bool count_of(struct ch_sql *db, struct ch_str party, int64_t *n, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT count(*) FROM (SELECT 1 FROM event_parties WHERE party = ? LIMIT 20000) AS few", true);

	ch_sq_text_always(&q, party);
	*n = ch_sq_step(&q) ? ch_sq_get_int(&q) : 0;
	return ch_sq_end(&q, err);
}

/* lead: NULL where the statement has its own order. */
static bool sides(struct making *m, struct ch_sql *db, const struct ch_query *q, struct lead *lead, struct ch_err *err)
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
			where(m, "x.n IN (SELECT r.event FROM actors a JOIN report_parties p ON p.actor = a.n JOIN reports r ON r.n = p.report"
			      " WHERE a.kind = 0 AND a.name IN " CH_SAME_NAMES ")", 3, person, person, person);
		else if (!party[i].len)
			where(m, "FALSE", 0);
		if (lead && !party[i].len)
			lead->few = true;
	}
	first = !lead || lead->few || (!party[0].len && !party[1].len) ? -1 : n[1] < n[0];
	if (first >= 0)
		*lead = (struct lead){ "event_parties l CROSS JOIN events x ON x.n = l.event", "l", false };
	for (int i = 0; i < 2; i++)
		if (party[i].len)
			/* of l.event, so that rows of events are looked up for those alone that fit */
			where(m, i == first ? "l.party = ?" :
			      first >= 0 ? "EXISTS (SELECT 1 FROM event_parties o WHERE o.event = l.event AND o.party = ?)" :
			      lead ? "EXISTS (SELECT 1 FROM event_parties o WHERE o.event = x.n AND o.party = ?)" :
			      "x.n IN (SELECT event FROM event_parties WHERE party = ?)", 1, party[i]);
	return true;
}

/* Who asks for a record by its id gets it, whatever was decided of it. Where nothing was, nothing is asked: indexes go without the column. */
static bool of_verdict(struct making *m, struct ch_sql *db, const struct ch_query *q, struct ch_err *err)
{
	bool any;

	if (!ch_sql_any_reviews(db, &any, err))
		return false;
	if (q->rejected)
		add(m, " AND x.verdict = 1");
	else if (any)
		add(m, " AND x.verdict <> 1");
	return true;
}

static bool event_filters(struct making *m, struct ch_sql *db, const struct ch_query *q, struct lead *lead, struct ch_err *err)
{
	if (lead)
		*lead = (struct lead){ q->place.len ? "events x INDEXED BY events_place_day" : q->type.len ? "events x INDEXED BY events_type_day" :
				       "events x INDEXED BY events_day", "x", q->id.len || q->report.len || q->page.len || q->about.len };
	if (!q->id.len && !q->report.len && !of_verdict(m, db, q, err))
		return false;
	if (q->id.len)
		where(m, "x.id = ?", 1, q->id);
	if (q->report.len)
		where(m, "x.n IN (SELECT event FROM reports WHERE id = ?)", 1, q->report);
	if (q->page.len) {
		add(m, " AND x.n IN (SELECT event FROM reports WHERE TRUE");
		page_is(m, "page", q->page);
		add(m, ")");
	}
	if (q->about.len)
		where(m, "x.n IN (SELECT r.event FROM sentences_fts f JOIN sentences s ON s.n = f.rowid"
		      " JOIN reports r ON r.page = s.page AND r.sentence = s.number WHERE sentences_fts MATCH ?)", 1,
		      ch_fts_query(&m->arena, q->about));
	if (!sides(m, db, q, lead, err))
		return false;
	if (q->type.len)
		where(m, "x.type = upper(?)", 1, q->type);
	if (q->mode.len)
		where(m, "x.mode = ?", 1, q->mode);
	if (q->modes)
		one_of(m, "coalesce(x.mode, '')", q->modes);
	if (q->status.len)
		where(m, "x.status = ?", 1, q->status);
	if (q->since.len)
		where(m, "x.last >= ?", 1, q->since);
	if (q->until.len)
		where(m, "x.first <= ?", 1, q->until);
	if (q->place.len) {
		struct ch_str party, person;

		if (!ch_sql_resolve(db, &m->arena, q->place, &party, &person, err))
			return false;
		where(m, "x.place = ?", 1, party.len ? party : q->place);
	}
	if (q->context.len)
		where(m, lead && !lead->few ? "EXISTS (SELECT 1 FROM reports c WHERE c.event = x.n AND instr(' ' || c.context || ' ', ' ' || ? || ' ') > 0)" :
		      "x.n IN (SELECT event FROM reports WHERE instr(' ' || context || ' ', ' ' || ? || ' ') > 0)", 1, q->context);
	return true;
}

/* The shown events of a query in their order, as statements one behind the other: those with a day, then those without. Where an index
 * has that order nothing is sorted, and whoever has enough stops. Of class 0 nothing lies far from the day by which it is sorted. */
struct walk {
	char *sql[2];
	int n;
};

static void arm(struct making *m, const struct lead *lead, const struct ch_query *q, int class, struct ch_str filters)
{
	const char *a = lead->alias;
	char text[256], lo[16] = "", hi[16] = "~";
	const ch_day since = ch_day_parse(q->since), until = ch_day_parse(q->until);

	if (class == 0 && since != CH_NO_DAY)
		ch_day_print(since - CH_SQL_NEAR_DAYS, lo);
	if (class == 0 && until != CH_NO_DAY)
		ch_day_print(until + CH_SQL_NEAR_DAYS, hi);
	snprintf(text, sizeof text, "SELECT %s.day, %s.head FROM %s WHERE %s.class = %d", a, a, lead->from, a, class);
	add(m, text);
	if (class == 0) {
		snprintf(text, sizeof text, " AND %s.day >= '%s' AND %s.day <= '%s'", a, lo, a, hi);
		add(m, text);
	}
	for (size_t i = 0; i < filters.len; i++)
		*CH_PUSH(&m->arena, &m->sql) = filters.ptr[i];
}

static void close_sql(struct making *m, struct walk *w)
{
	*CH_PUSH(&m->arena, &m->sql) = '\0';
	w->sql[w->n++] = m->sql.v;
	memset(&m->sql, 0, sizeof m->sql);
}

static bool plan_walk(struct making *m, struct ch_sql *db, const struct ch_query *q, struct walk *w, struct ch_err *err)
{
	struct lead lead;
	struct ch_str filters;
	char text[256];

	*w = (struct walk){ .n = 0 };
	if (!event_filters(m, db, q, &lead, err))
		return false;
	filters = ch_str_n(m->sql.v, m->sql.n);
	memset(&m->sql, 0, sizeof m->sql);
	if (lead.few || q->newest) {
		const char *a = lead.few ? "x" : lead.alias;

		snprintf(text, sizeof text, "SELECT %s.day, %s.head FROM %s WHERE TRUE", a, a, lead.few ? "events x" : lead.from);
		add(m, text);
		for (size_t i = 0; i < filters.len; i++)
			*CH_PUSH(&m->arena, &m->sql) = filters.ptr[i];
		snprintf(text, sizeof text, " ORDER BY %s.class = 2, %s.day %s, %s.head", a, a, q->newest ? "DESC" : "ASC", a);
		add(m, text);
		close_sql(m, w);
		return true;
	}
	arm(m, &lead, q, 0, filters);
	add(m, " UNION ALL ");
	arm(m, &lead, q, 1, filters);
	add(m, " ORDER BY 1, 2");
	close_sql(m, w);
	arm(m, &lead, q, 2, filters);
	add(m, " ORDER BY 1, 2");
	close_sql(m, w);
	return true;
}

static bool get_event(struct ch_sql *db, int64_t n, bool apart, bool reviews, struct ch_arena *a, struct ch_event_record *e, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT id, type, mode, date, place, status FROM events WHERE n = ?", true);

	*e = (struct ch_event_record){ 0 };
	ch_sq_int(&q, n);
	if (ch_sq_step(&q)) {
		e->id = ch_sq_get_text(&q, a);
		e->type = ch_sq_get_text(&q, a);
		e->mode = ch_sq_get_text(&q, a);
		e->date = ch_sq_get_text(&q, a);
		e->place = ch_sq_get_text(&q, a);
		e->status = ch_sq_get_text(&q, a);
	}
	return ch_sq_end(&q, err) && get_reports(db, a, n, apart, reviews, e, err);
}

bool ch_sql_events(void *p, const struct ch_query *q, ch_event_fn *fn, void *ctx, struct ch_err *err)
{
	struct ch_sql *db = p;
	struct making m = { 0 };
	struct ch_arena row = { 0 };
	struct walk w = { .n = 0 };
	uint64_t left = q->limit ? q->limit : UINT64_MAX;
	int64_t last = 0;
	bool ok, reviews;

	if (!ch_sql_any_reviews(db, &reviews, err))
		return false;
	if (q->apart) {
		add(&m, "SELECT x.lo, x.n FROM events x WHERE TRUE");
		ok = event_filters(&m, db, q, NULL, err);
		order(&m, q, "x.lo");
		close_sql(&m, &w);
	} else {
		/* What one version fits is answered with the best of them: versions of one event stand side by side. */
		ok = plan_walk(&m, db, q, &w, err);
	}
	for (int i = 0; ok && left && i < w.n; i++) {
		struct ch_sq s = ch_sq_open(db, w.sql[i], false);

		for (int k = 0; k < m.n_params; k++)
			ch_sq_text_always(&s, m.params[k]);
		while (ok && left && ch_sq_step(&s)) {
			struct ch_event_record e;
			int64_t n;

			s.at = 1;
			n = ch_sq_get_int(&s);
			if (n == last)
				continue;
			last = n;
			ok = get_event(db, n, q->apart, reviews, &row, &e, err);
			left = ok && (!e.n_reports || fn(ctx, &e)) ? left - 1 : 0;
			ch_arena_reset(&row);
		}
		ok = ch_sq_end(&s, err) && ok;
	}
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

static bool row_side(struct making *m, struct ch_sql *db, enum ch_register_id reg, struct ch_str name, struct ch_err *err)
{
	struct ch_str party, person;
	struct ch_sq q;

	if (!name.len)
		return true;
	if (!ch_sql_resolve(db, &m->arena, name, &party, &person, err))
		return false;
	if (!person.len) {
		where(m, row_who[reg], 2, party.len ? party : name, name);
		return true;
	}
	q = ch_sq_open(db, "SELECT k.name FROM " CH_SAME_NAMES " k", true);
	for (int i = 0; i < 3; i++)
		ch_sq_text(&q, person);
	add(m, " AND (1 = 0");
	while (ch_sq_step(&q)) {
		struct ch_str one = ch_sq_get_text(&q, &m->arena);

		add(m, " OR ");
		add(m, row_who[reg]);
		for (int i = 0; i < 2 && m->n_params < PARAMS_MAX; i++)
			m->params[m->n_params++] = one;
	}
	add(m, ")");
	return ch_sq_end(&q, err);
}

#define ROW_DAY "coalesce(x.lo, g.published)"
#define ROW_LAST "coalesce(x.hi, g.published)"

static bool addressed(struct making *m, struct ch_sql *db, struct ch_str name, struct ch_err *err)
{
	struct ch_str party, person;

	if (!ch_sql_resolve(db, &m->arena, name, &party, &person, err))
		return false;
	where(m, "(x.addressee_party = ? OR ch_named(x.addressee, ?))", 2, party.len ? party : name, person.len ? person : name);
	return true;
}

/* Words of the statement or its sentence, or a party or an instrument that it speaks of. */
static bool quote_about(struct making *m, struct ch_sql *db, struct ch_str about, struct ch_err *err)
{
	struct ch_str party, person, match = ch_fts_query(&m->arena, about);

	if (!match.len)
		return ch_fail(err, "--about wants a word, or a party");
	if (!ch_sql_resolve(db, &m->arena, about, &party, &person, err))
		return false;
	where(m, "x.n IN (SELECT statement FROM statement_notes WHERE col = 'views' AND party = ? UNION ALL"
	      " SELECT statement FROM statement_notes WHERE col = 'views' AND name" CH_NAMES("statement_notes", "name") " UNION ALL"
	      " SELECT rowid FROM statements_fts WHERE statements_fts MATCH ? UNION ALL"
	      " SELECT t.n FROM sentences_fts f JOIN sentences s ON s.n = f.rowid JOIN statements t ON t.page = s.page AND t.sentence = s.number"
	      " WHERE sentences_fts MATCH ?)", 4, party.len ? party : about, person.len ? person : about, match, match);
	return true;
}

static bool row_filters(struct making *m, struct ch_sql *db, enum ch_register_id reg, const struct ch_query *q,
			struct ch_err *err)
{
	const struct ch_register *r = ch_register_of(reg);

	if (!q->id.len && !of_verdict(m, db, q, err))
		return false;
	if (q->id.len)
		where(m, "x.id = ?", 1, q->id);
	page_is(m, "x.page", q->page);
	if (q->since.len)
		where(m, ROW_LAST " >= ?", 1, q->since);
	if (q->until.len)
		where(m, ROW_DAY " <= ?", 1, q->until);
	if (q->due_lo.len)
		where(m, "x.lo <= ? AND x.hi >= ?", 2, q->due_hi, q->due_lo);
	if (q->type.len)
		where(m, row_type[reg] ? row_type[reg] : "FALSE", row_type[reg] != NULL, q->type);
	if (q->mode.len && reg == CH_REG_QUOTES)
		where(m, "x.direct = CASE WHEN ? = 'direct' THEN 1 ELSE 0 END", 1, q->mode);
	else if (q->mode.len)
		where(m, "FALSE", 0);
	if (reg == CH_REG_QUOTES && q->to.len && !addressed(m, db, q->to, err))
		return false;
	if (reg == CH_REG_QUOTES && q->search.len && !ch_fts_query(&m->arena, q->search).len)
		return ch_fail(err, "--search wants a word");
	if (reg == CH_REG_QUOTES && q->search.len)
		where(m, "x.n IN (SELECT rowid FROM statements_fts WHERE statements_fts MATCH ?)", 1, ch_fts_query(&m->arena, q->search));
	if (reg == CH_REG_QUOTES && q->saying.len)
		where(m, "x.saying IN (SELECT y.n FROM sayings y JOIN sayings h ON h.n = y.head WHERE h.id = ?)", 1, q->saying);
	/* Of those with several wordings, the telling that came first. */
	if (reg == CH_REG_QUOTES && q->variants)
		where(m, "x.n = (SELECT t.n FROM sayings o JOIN sayings y ON y.head = o.head JOIN statements t ON t.saying = y.n"
		      " JOIN pages p ON p.n = t.page WHERE o.n = x.saying ORDER BY p.published IS NULL, p.published, p.id, t.content_start NULLS FIRST, t.id LIMIT 1)"
		      " AND (SELECT count(*) FROM sayings o JOIN sayings y ON y.head = o.head WHERE o.n = x.saying) > 1", 0);
	/* What is no event has the contexts of those that its sentence tells; a statement has its own as well. */
	if (q->context.len && reg == CH_REG_QUOTES)
		where(m, "(instr(' ' || x.context || ' ', ' ' || ? || ' ') > 0 OR EXISTS (SELECT 1 FROM reports c WHERE c.page = x.page AND"
		      " c.sentence = x.sentence AND instr(' ' || c.context || ' ', ' ' || ? || ' ') > 0))", 2, q->context, q->context);
	else if (q->context.len)
		where(m, "EXISTS (SELECT 1 FROM reports c WHERE c.page = x.page AND c.sentence = x.sentence"
		      " AND instr(' ' || c.context || ' ', ' ' || ? || ' ') > 0)", 1, q->context);
	if (q->status.len)
		where(m, has_col(r, "status") ? "x.status = ?" : "FALSE", has_col(r, "status"), q->status);
	if (q->place.len)
		where(m, has_col(r, "place") ? "x.place = ?" : "FALSE", has_col(r, "place"), q->place);
	if (q->about.len && reg == CH_REG_QUOTES) {
		if (!quote_about(m, db, q->about, err))
			return false;
	} else if (q->about.len) {
		char sql[400];

		snprintf(sql, sizeof sql, "(ch_named(x.%s, ?) OR (x.page, x.sentence) IN (SELECT s.page, s.number FROM sentences_fts f"
			 " JOIN sentences s ON s.n = f.rowid WHERE sentences_fts MATCH ?))", r->cols[r->about].name);
		where(m, sql, 2, q->about, ch_fts_query(&m->arena, q->about));
	}
	return row_side(m, db, reg, q->who, err) && row_side(m, db, reg, q->with, err);
}

static bool get_row(struct ch_sql *db, struct ch_sq *q, struct ch_arena *a, const struct ch_register *r, struct ch_row *row,
		    struct ch_err *err)
{
	struct ch_page_info *page = CH_NEW(a, struct ch_page_info);
	int64_t n = ch_sq_get_int(q);

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
		case CH_COL_NOTES:
			if (!ch_sql_notes_get(db, a, n, r->cols[i].name, &row->cells[i], err))
				return false;
			break;
		case CH_COL_NUMBER:
		case CH_COL_BOOL:
		case CH_COL_ORDINAL:
			row->cells[i].number = ch_sq_get_real(q);
			break;
		case CH_COL_SPAN:
			row->cells[i].span = ch_sq_get_span(q);
			break;
		case CH_COL_LIST:
			if (!ch_sql_list_get(db, a, r, i, n, &row->cells[i], err))
				return false;
			break;
		}
	}
	return r != ch_register_of(CH_REG_QUOTES) || ch_sql_saying_get(db, a, n, row, err);
}

bool ch_sql_rows(void *p, enum ch_register_id reg, const struct ch_query *q, ch_row_fn *fn, void *ctx, struct ch_err *err)
{
	struct ch_sql *db = p;
	struct making m = { 0 };
	struct ch_arena a = { 0 };
	bool ok, go = true, reviews;

	if (!ch_sql_any_reviews(db, &reviews, err))
		return false;
	add(&m, "SELECT x.n, x.id, x.sentence, s.text, " CH_PAGE_COLS ", ");
	add(&m, row_cols[reg]);
	add(&m, " JOIN pages g ON g.n = x.page LEFT JOIN sentences s ON s.page = x.page AND s.number = x.sentence WHERE ");
	/* What is sorted is numbers, not all that a row has. */
	add(&m, q->limit ? "x.n IN (SELECT x.n FROM " : "TRUE");
	if (q->limit) {
		add(&m, ch_register_of(reg)->table);
		add(&m, " x JOIN pages g ON g.n = x.page WHERE TRUE");
	}
	ok = row_filters(&m, db, reg, q, err);
	if (ok) {
		struct ch_sq s;
		struct ch_row row;

		order(&m, q, ROW_DAY);
		if (q->limit) {
			add(&m, ")");
			order(&m, q, ROW_DAY);
		}
		s = run(&m, db);
		while (ok && go && ch_sq_step(&s)) {
			ok = get_row(db, &s, &a, ch_register_of(reg), &row, err) &&
			     (!reviews || ch_sql_reviewed(db, &a, row.id, &row.reviewed, err));
			go = ok && fn(ctx, &row);
			ch_arena_reset(&a);
		}
		ok = ch_sq_end(&s, err) && ok;
	}
	ch_arena_free(&a);
	ch_arena_free(&m.arena);
	return ok;
}

bool ch_sql_numbers(struct ch_sql *db, const char *select, int reg, const struct ch_query *q, struct ch_sq_numbers *out,
		       struct ch_arena *arena, struct ch_err *err)
{
	struct making m = { 0 };
	bool ok;

	add(&m, select);
	ok = reg < 0 ? event_filters(&m, db, q, NULL, err) : row_filters(&m, db, (enum ch_register_id)reg, q, err);
	if (ok) {
		struct ch_sq s = run(&m, db);

		while (ch_sq_step(&s))
			*CH_PUSH(arena, out) = ch_sq_get_int(&s);
		ok = ch_sq_end(&s, err);
	}
	ch_arena_free(&m.arena);
	return ok;
}

/* ---- by id ---- */

bool ch_sql_find(void *p, struct ch_arena *arena, struct ch_str prefix, struct ch_str *kind, struct ch_str *full,
		    struct ch_err *err)
{
	struct making m = { 0 };
	struct ch_sq q;
	uint32_t hits = 0;
	bool ok;

	if (!prefix.len || ch_str_find_byte(prefix, '\'', 0) != CH_STR_NONE)
		return ch_fail(err, "an id is wanted, or the beginning of one");
	add(&m, "SELECT 'events', id FROM events WHERE TRUE");
	begins(&m, "id >= ? AND id < ?", prefix);
	add(&m, " UNION ALL SELECT 'reports', id FROM reports WHERE TRUE");
	begins(&m, "id >= ? AND id < ?", prefix);
	add(&m, " UNION ALL SELECT 'pages', id FROM pages WHERE TRUE");
	begins(&m, "id >= ? AND id < ?", prefix);
	add(&m, " UNION ALL SELECT 'stories', id FROM stories WHERE TRUE");
	begins(&m, "id >= ? AND id < ?", prefix);
	for (unsigned reg = 0; reg < CH_REG_N; reg++) {
		const struct ch_register *r = ch_register_of((enum ch_register_id)reg);

		add(&m, " UNION ALL SELECT '");
		add(&m, r->name);
		add(&m, "', id FROM ");
		add(&m, r->table);
		add(&m, " WHERE TRUE");
		begins(&m, "id >= ? AND id < ?", prefix);
	}
	add(&m, " LIMIT 2");
	q = run(&m, p);
	while (ch_sq_step(&q)) {
		hits++;
		*kind = ch_sq_get_text(&q, arena);
		*full = ch_sq_get_text(&q, arena);
	}
	ok = ch_sq_end(&q, err);
	ch_arena_free(&m.arena);
	if (ok && hits != 1)
		return ch_fail(err, hits ? "more than one record begins with '%.*s': give more of it" : "no record '%.*s'", CH_STR_ARG(prefix));
	return ok;
}
