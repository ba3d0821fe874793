/* store/sql_events.c -- events with their reports and parties, a piece of them at a time: a statement for each table, not for each event. */
#include "store/sql_filter.h"
#include "event/context.h"
#include <stdio.h>
#include <stdlib.h>

static uint64_t contexts_of(struct ch_str names)
{
	struct ch_str one;
	uint64_t set = 0;

	while (ch_str_cut(&names, ' ', &one))
		if (ch_context_parse(one) < CH_CONTEXT_N)
			set |= (uint64_t)1 << ch_context_parse(one);
	return set;
}

/* Events that are shown one behind the other; all in arena, which ends with the piece. */
struct piece {
	struct ch_sql *db;
	struct ch_arena arena;
	int64_t n[CH_CHOSEN_MAX];
	struct ch_event_record e[CH_CHOSEN_MAX];
	uint32_t size, first[CH_CHOSEN_MAX];   /* first: of the reports */
	char day[CH_CHOSEN_MAX][20];
	const struct ch_query *query;
	bool apart, reviews;
	CH_VEC(struct ch_report) reports;   /* of all of them, an event behind the other */
	CH_VEC(int64_t) report_numbers;     /* of the same */
};

static struct ch_event_record *event_of(struct piece *p, int64_t n)
{
	for (uint32_t i = 0; i < p->size; i++)
		if (p->n[i] == n)
			return &p->e[i];
	return NULL;
}

static bool get_events(struct piece *p, struct ch_err *err)
{
	struct ch_arena *a = &p->arena;
	struct ch_sq q = ch_sq_open(p->db, "WITH " CH_SQL_CHOSEN " SELECT e.n, e.id, e.type, e.mode, e.date, e.place, e.status FROM chosen c"
				    " CROSS JOIN events e ON e.n = c.n", true);

	ch_sq_chosen(&q, p->n, p->size);
	while (ch_sq_step(&q)) {
		struct ch_event_record *e = event_of(p, ch_sq_get_int(&q));

		if (!e)
			continue;
		e->id = ch_sq_get_text(&q, a);
		e->type = ch_sq_get_text(&q, a);
		e->mode = ch_sq_get_text(&q, a);
		e->date = ch_sq_get_text(&q, a);
		e->place = ch_sq_get_text(&q, a);
		e->status = ch_sq_get_text(&q, a);
	}
	return ch_sq_end(&q, err);
}

/* Events (e) whose reports are shown with one of the piece (h): itself, and its other versions unless it stands apart ("?": 0). */
#define TOLD \
	"WITH " CH_SQL_CHOSEN ", told(h, e) AS (SELECT n, n FROM chosen UNION SELECT k.head, k.event FROM chosen c" \
	" CROSS JOIN event_groups k ON k.head = c.n WHERE ? = 0)"

static void get_report(struct ch_sq *q, struct ch_arena *a, struct ch_report *r)
{
	struct ch_page_info *page = CH_NEW(a, struct ch_page_info);

	*r = (struct ch_report){ .page = page };
	r->id = ch_sq_get_text(q, a);
	r->sentence_number = (uint32_t)ch_sq_get_int(q);
	r->trigger = ch_sq_get_span(q);
	r->trigger_text = ch_sq_get_text(q, a);
	r->frame = ch_sq_get_text(q, a);
	r->path = ch_sq_get_text(q, a);
	r->cameo = ch_sq_get_text(q, a);
	r->date_basis = ch_sq_get_text(q, a);
	r->place_basis = ch_sq_get_text(q, a);
	r->claimed_by = ch_sq_get_text(q, a);
	r->claimed_in = ch_sq_get_text(q, a);
	r->confidence = ch_sq_get_real(q);
	r->contexts = contexts_of(ch_sq_get_text(q, a));
	r->context_why = ch_sq_get_text(q, a);
	r->rank = ch_sq_get_text(q, a);
	r->delegation = ch_sq_get_text(q, a);
	r->invited_by = ch_sq_get_text(q, a);
	r->sentence = ch_sq_get_span(q);
	r->sentence_text = ch_sq_get_text(q, a);
	r->event = ch_sq_get_text(q, a);
	r->mode = ch_sq_get_text(q, a);
	r->date = ch_sq_get_text(q, a);
	r->place = ch_sq_get_text(q, a);
	ch_sq_get_page(q, a, page);
}

/* Those of the event itself come first, then those of its other versions. */
static bool get_reports(struct piece *p, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(p->db, TOLD
		" SELECT t.h, r.n, r.id, r.sentence, r.trigger_start, r.trigger_end, r.trigger_raw_start, r.trigger_raw_end,"
		" r.trigger_text, r.frame, r.path, r.cameo, r.date_basis, r.place_basis, r.claimed_by, r.claimed_in, r.confidence, r.context,"
		" r.context_why, r.rank, r.delegation, r.invited_by, s.start, s.end, s.raw_start, s.raw_end, s.text, v.id, v.mode, v.date, v.place, "
		CH_PAGE_COLS " FROM told t CROSS JOIN reports r ON r.event = t.e JOIN pages g ON g.n = r.page JOIN events v ON v.n = r.event"
		" LEFT JOIN sentences s ON s.page = r.page AND s.number = r.sentence"
		" ORDER BY t.h, r.event <> t.h, g.published IS NULL, g.published, g.id, r.trigger_start NULLS FIRST, r.id", true);
	struct ch_event_record *e = NULL;
	int64_t last = 0;

	ch_sq_chosen(&q, p->n, p->size);
	ch_sq_int(&q, p->apart);
	while (ch_sq_step(&q)) {
		const int64_t n = ch_sq_get_int(&q);

		if (n != last)
			e = event_of(p, n);
		last = n;
		if (!e)
			continue;
		if (!e->n_reports++)
			p->first[e - p->e] = p->reports.n;
		*CH_PUSH(&p->arena, &p->report_numbers) = ch_sq_get_int(&q);
		get_report(&q, &p->arena, CH_PUSH(&p->arena, &p->reports));
	}
	return ch_sq_end(&q, err);
}

static struct ch_str key_of(const int64_t *n)
{
	return (struct ch_str){ (const char *)n, sizeof *n };
}

static bool get_parties(struct piece *p, struct ch_err *err)
{
	struct ch_arena *a = &p->arena;
	struct ch_sq q = ch_sq_open(p->db, TOLD
		" SELECT p.report, p.side, a.kind, a.id, a.party, a.name, a.code, a.org, a.sector, a.office, a.gazetteer_id"
		" FROM told t CROSS JOIN reports r ON r.event = t.e JOIN report_parties p ON p.report = r.n JOIN actors a ON a.n = p.actor"
		" ORDER BY p.report, p.side, p.number", true);
	struct ch_said_names names = { 0 };
	struct ch_map of;
	bool ok = !p->reviews || ch_sql_said_names(p->db, a, &names, err);

	ch_map_init(&of, a);
	for (uint32_t i = 0; i < p->report_numbers.n; i++)
		ch_map_put(&of, key_of(&p->report_numbers.v[i]), i, NULL);
	ch_sq_chosen(&q, p->n, p->size);
	ch_sq_int(&q, p->apart);
	while (ok && ch_sq_step(&q)) {
		const int64_t report = ch_sq_get_int(&q);
		const uint32_t *at = ch_map_get(&of, key_of(&report));
		struct ch_party_list *to;
		struct ch_party one = { 0 };

		if (!at)
			continue;
		to = ch_sq_get_int(&q) ? &p->reports.v[*at].target : &p->reports.v[*at].source;
		one.kind = (enum ch_actor_kind)(ch_sq_get_int(&q) & 3);
		one.id = ch_sq_get_text(&q, a);
		one.party = ch_sq_get_text(&q, a);
		one.name = ch_sq_get_text(&q, a);
		ch_said_meant(&names, &one.party);
		ch_said_meant(&names, &one.name);
		one.code = ch_sq_get_text(&q, a);
		one.org = ch_sq_get_text(&q, a);
		one.sector = ch_sq_get_text(&q, a);
		one.office = ch_sq_get_text(&q, a);
		one.gazetteer_id = ch_sq_get_text(&q, a);
		to->v = ch_arena_grow(a, to->v, to->n, to->n + 1, sizeof one);
		to->v[to->n++] = one;
	}
	for (uint32_t i = 0; names.meant.n && i < p->reports.n; i++) {
		ch_party_list_sort(&p->reports.v[i].source);
		ch_party_list_sort(&p->reports.v[i].target);
	}
	return ch_sq_end(&q, ok ? err : NULL) && ok;
}

static bool get_reviews(struct piece *p, struct ch_err *err)
{
	struct ch_str ids[CH_CHOSEN_MAX];
	const struct ch_reviewed *reviewed[CH_CHOSEN_MAX];

	for (uint32_t from = 0; from < p->reports.n; from += CH_CHOSEN_MAX) {
		const uint32_t n = p->reports.n - from < CH_CHOSEN_MAX ? p->reports.n - from : CH_CHOSEN_MAX;

		for (uint32_t i = 0; i < n; i++)
			ids[i] = p->reports.v[from + i].id;
		if (!ch_sql_reviewed(p->db, &p->arena, ids, n, reviewed, err))
			return false;
		for (uint32_t i = 0; i < n; i++)
			p->reports.v[from + i].reviewed = reviewed[i];
	}
	return true;
}

/* Reads the events whose numbers are there, and gives them away; *go: more are wanted. The piece is empty then. */
static bool give(struct piece *p, ch_event_fn *fn, void *ctx, bool *go, struct ch_err *err)
{
	bool ok = true;

	memset(&p->reports, 0, sizeof p->reports);
	memset(&p->report_numbers, 0, sizeof p->report_numbers);
	memset(p->e, 0, p->size * sizeof *p->e);
	if (p->size)
		ok = get_events(p, err) && get_reports(p, err) && get_parties(p, err) && (!p->reviews || get_reviews(p, err));
	for (uint32_t i = 0; ok && i < p->size; i++)
		p->e[i].reports = p->reports.v ? p->reports.v + p->first[i] : NULL;
	for (uint32_t i = 0; ok && *go && i < p->size; i++) {
		ch_cursor_tell(p->query, ch_str_z(p->day[i]), p->n[i], CH_STR(""));
		*go = !p->e[i].n_reports || fn(ctx, &p->e[i]);
	}
	p->size = 0;
	ch_arena_reset(&p->arena);
	return ok;
}

/* A statement of a walk at its next row. */
struct at {
	struct ch_sq q;
	bool open, row;
	struct ch_str day;
	int64_t n;
};

static void step(struct at *at)
{
	at->row = ch_sq_step(&at->q);
	if (!at->row)
		return;
	at->q.at = 0;
	at->day = ch_sq_lent_text(&at->q);
	at->n = ch_sq_get_int(&at->q);
}

static void open_at(struct at *at, struct ch_sql *db, const struct ch_making *m, const char *sql)
{
	*at = (struct at){ .q = ch_sq_open(db, sql, false), .open = true };
	for (int k = 0; k < m->n_params; k++)
		ch_sq_text_always(&at->q, m->params[k]);
	step(at);
}

/* Which of two comes next. */
static struct at *next_of(struct at *a, struct at *b, bool newest)
{
	int cmp;

	if (!b->row)
		return a;
	if (!a->row)
		return b;
	cmp = ch_str_cmp(a->day, b->day);
	cmp = cmp ? cmp : (a->n > b->n) - (a->n < b->n);
	return (newest ? -cmp : cmp) <= 0 ? a : b;
}

bool ch_sql_events(void *db, const struct ch_query *q, ch_event_fn *fn, void *ctx, struct ch_err *err)
{
	struct ch_making m = { 0 };
	struct piece *p;
	struct ch_walk w = { .n = 0 };
	uint64_t left = q->limit ? q->limit : UINT64_MAX;
	int64_t last = 0;
	bool ok, go = true;

	p = ch_xrealloc(NULL, sizeof *p);
	*p = (struct piece){ .db = db, .apart = q->apart, .query = q };
	ok = ch_sql_any_reviews(db, &p->reviews, err);
	if (ok && q->apart) {
		ch_making_add(&m, "SELECT x.lo, x.n FROM events x WHERE TRUE");
		ok = ch_sql_event_filters(&m, db, q, NULL, err);
		ch_making_after(&m, q, "x.lo");
		ch_making_order(&m, q, "x.lo");
		ch_making_close(&m, &w);
	} else if (ok) {
		/* What one version fits is answered with the best of them: versions of one event stand side by side. */
		ok = ch_sql_walk(&m, db, q, &w, err);
	}
	for (int i = 0; ok && go && left && i < w.n; i += i + 1 < w.n ? 2 : 1) {
		struct at a, b = { .open = false };

		open_at(&a, db, &m, w.sql[i]);
		if (i + 1 < w.n)
			open_at(&b, db, &m, w.sql[i + 1]);
		while (ok && go && left && (a.row || b.row)) {
			struct at *at = next_of(&a, &b, q->newest);
			const int64_t n = at->n;

			if (n != last)
				snprintf(p->day[p->size], sizeof p->day[0], "%.*s", CH_STR_ARG(at->day));
			step(at);
			if (n == last)
				continue;
			last = n;
			left--;
			p->n[p->size++] = n;
			if (p->size == CH_CHOSEN_MAX)
				ok = give(p, fn, ctx, &go, err);
		}
		/* what a statement that failed has led to is not shown */
		ok = ch_sq_end(&a.q, ok ? err : NULL) && ok;
		if (b.open)
			ok = ch_sq_end(&b.q, ok ? err : NULL) && ok;
	}
	ok = ok && (!go || give(p, fn, ctx, &go, err));
	ch_arena_free(&p->arena);
	free(p);
	ch_arena_free(&m.arena);
	return ok;
}
