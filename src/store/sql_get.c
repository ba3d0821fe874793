/* store/sql_get.c -- rows out of the tables as the records they were. */
#include "store/sql_filter.h"
#include "event/context.h"

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
static void begins(struct ch_making *m, const char *sql, struct ch_str prefix)
{
	struct ch_str past = ch_arena_printf(&m->arena, "%.*sg", CH_STR_ARG(prefix));   /* "g" comes behind every hex digit */

	ch_making_where(m, sql, 2, prefix, past);
}

bool ch_sql_pages(void *p, const struct ch_query *q, ch_page_fn *fn, void *ctx, struct ch_err *err)
{
	struct ch_making m = { 0 };
	struct ch_arena row = { 0 };
	struct ch_page_info info;
	struct ch_sq s;
	bool ok;

	ch_making_add(&m, "SELECT " CH_PAGE_COLS " FROM pages x JOIN pages g ON g.n = x.n WHERE TRUE");
	if (q->id.len)
		ch_making_where(&m, "x.id = ?", 1, q->id);
	ch_sql_page_is(&m, "x.n", q->page);
	if (q->since.len)
		ch_making_where(&m, "x.published >= ?", 1, q->since);
	if (q->until.len)
		ch_making_where(&m, "x.published <= ?", 1, q->until);
	if (q->about.len)
		ch_making_where(&m, "ch_named(x.title, ?)", 1, q->about);
	ch_making_order(&m, q, "x.published");
	s = ch_making_run(&m, p);
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
	struct ch_making m = { 0 };
	struct ch_arena row = { 0 };
	struct ch_walk w = { .n = 0 };
	uint64_t left = q->limit ? q->limit : UINT64_MAX;
	int64_t last = 0;
	bool ok, reviews;

	if (!ch_sql_any_reviews(db, &reviews, err))
		return false;
	if (q->apart) {
		ch_making_add(&m, "SELECT x.lo, x.n FROM events x WHERE TRUE");
		ok = ch_sql_event_filters(&m, db, q, NULL, err);
		ch_making_order(&m, q, "x.lo");
		ch_making_close(&m, &w);
	} else {
		/* What one version fits is answered with the best of them: versions of one event stand side by side. */
		ok = ch_sql_walk(&m, db, q, &w, err);
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
	struct ch_making m = { 0 };
	struct ch_arena a = { 0 };
	bool ok, go = true, reviews;

	if (!ch_sql_any_reviews(db, &reviews, err))
		return false;
	ch_making_add(&m, "SELECT x.n, x.id, x.sentence, s.text, " CH_PAGE_COLS ", ");
	ch_making_add(&m, row_cols[reg]);
	ch_making_add(&m, " JOIN pages g ON g.n = x.page LEFT JOIN sentences s ON s.page = x.page AND s.number = x.sentence WHERE ");
	/* What is sorted is numbers, not all that a row has. */
	ch_making_add(&m, q->limit ? "x.n IN (SELECT x.n FROM " : "TRUE");
	if (q->limit) {
		ch_making_add(&m, ch_register_of(reg)->table);
		ch_making_add(&m, " x JOIN pages g ON g.n = x.page WHERE TRUE");
	}
	ok = ch_sql_row_filters(&m, db, reg, q, err);
	if (ok) {
		struct ch_sq s;
		struct ch_row row;

		ch_making_order(&m, q, CH_ROW_DAY);
		if (q->limit) {
			ch_making_add(&m, ")");
			ch_making_order(&m, q, CH_ROW_DAY);
		}
		s = ch_making_run(&m, db);
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
	struct ch_making m = { 0 };
	bool ok;

	ch_making_add(&m, select);
	ok = reg < 0 ? ch_sql_event_filters(&m, db, q, NULL, err) : ch_sql_row_filters(&m, db, (enum ch_register_id)reg, q, err);
	if (ok) {
		struct ch_sq s = ch_making_run(&m, db);

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
	struct ch_making m = { 0 };
	struct ch_sq q;
	uint32_t hits = 0;
	bool ok;

	if (!prefix.len || ch_str_find_byte(prefix, '\'', 0) != CH_STR_NONE)
		return ch_fail(err, "an id is wanted, or the beginning of one");
	ch_making_add(&m, "SELECT 'events', id FROM events WHERE TRUE");
	begins(&m, "id >= ? AND id < ?", prefix);
	ch_making_add(&m, " UNION ALL SELECT 'reports', id FROM reports WHERE TRUE");
	begins(&m, "id >= ? AND id < ?", prefix);
	ch_making_add(&m, " UNION ALL SELECT 'pages', id FROM pages WHERE TRUE");
	begins(&m, "id >= ? AND id < ?", prefix);
	ch_making_add(&m, " UNION ALL SELECT 'stories', id FROM stories WHERE TRUE");
	begins(&m, "id >= ? AND id < ?", prefix);
	for (unsigned reg = 0; reg < CH_REG_N; reg++) {
		const struct ch_register *r = ch_register_of((enum ch_register_id)reg);

		ch_making_add(&m, " UNION ALL SELECT '");
		ch_making_add(&m, r->name);
		ch_making_add(&m, "', id FROM ");
		ch_making_add(&m, r->table);
		ch_making_add(&m, " WHERE TRUE");
		begins(&m, "id >= ? AND id < ?", prefix);
	}
	ch_making_add(&m, " LIMIT 2");
	q = ch_making_run(&m, p);
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
