/* export/review.c -- decisions of people, and what they are asked of: chancery.h's functions over store/review.h. */
#include "chancery.h"
#include "event/frames.h"
#include "export/codes.h"
#include "export/json.h"
#include "export/query.h"
#include "store/store.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { BY_MAX = 200, REASON_MAX = 2000 /* bytes */ };
enum { DOUBTFUL = 100, DOUBTFUL_MAX = 10001 /* one more than the API gives */ };

/* The one clock of the store; it enters no id. */
static struct ch_str now_text(struct ch_arena *arena)
{
	time_t now = time(NULL);
	char text[32] = "";
	struct tm tm;

	if (gmtime_r(&now, &tm))
		strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
	return ch_arena_str(arena, ch_str_z(text));
}

/* "parties=FRA,DEU": the store parts lists by ";". */
static bool read_set(struct ch_arena *arena, const struct chancery_decision *given, struct ch_str *changes, struct ch_err *err)
{
	*changes = CH_STR("");
	for (size_t i = 0; i < given->n_set; i++) {
		struct ch_str one = ch_str_z(given->set[i]), name, value;
		size_t equals = ch_str_find_byte(one, '=', 0);

		if (equals == CH_STR_NONE || !equals)
			return ch_fail(err, "FIELD=VALUE is wanted, not '%s'", given->set[i]);
		name = ch_str_trim(ch_str_sub(one, 0, equals));
		value = ch_arena_str(arena, ch_str_trim(ch_str_sub(one, equals + 1, one.len)));
		for (size_t b = 0; ch_review_is_list(name) && b < value.len; b++)
			if (value.ptr[b] == ',')
				((char *)(uintptr_t)value.ptr)[b] = ';';
		if (ch_str_find_byte(name, '\n', 0) != CH_STR_NONE || ch_str_find_byte(value, '\n', 0) != CH_STR_NONE ||
		    ch_str_starts(name, CH_STR(".")))
			return ch_fail(err, "a field is one line, and its name a word");
		*changes = ch_fields_set(arena, *changes, name, value);
	}
	return changes->len || ch_fail(err, "say what to set: FIELD=VALUE");
}

static bool any_event(void *ctx, const struct ch_event_record *e)
{
	(void)e;
	*(bool *)ctx = true;
	return false;
}

/* A mode is the manual's, one of our frames', or, of a user's own frames, one that the store has. */
static bool check_mode(struct ch_store *store, struct ch_str mode, struct ch_err *err)
{
	const struct ch_query q = { .mode = mode, .limit = 1 };
	struct ch_frames *frames = NULL;
	struct ch_codes codes;
	bool known = !mode.len, ok = ch_codes_open(&codes, err) && ch_frames_open(&frames, err);

	for (unsigned type = 0; ok && !known && type < CH_EV_N; type++)
		known = ch_plover_mode(&codes, ch_str_z(ch_event_name(type)), mode);
	for (uint32_t i = 0; ok && !known && i < frames->frames.n; i++)
		known = frames->frames.v[i].mode && ch_str_eqz(mode, frames->frames.v[i].mode);
	ok = ok && (known || ch_store_events(store, &q, any_event, &known, err));
	ch_codes_close(&codes);
	if (frames)
		ch_frames_close(frames);
	return ok && (known || ch_fail(err, "no mode is called '%.*s' (visit, meeting, phone, letter, sign, …: docs/ontology.md)", CH_STR_ARG(mode)));
}

static bool in_transaction(struct ch_store *store, bool ok, struct ch_err *err)
{
	if (ok)
		return ch_store_commit(store, err);
	ch_store_rollback(store);
	return false;
}

/* One line that any terminal and any table may show. */
static bool is_plain(const char *what, const char *text, size_t max, struct ch_err *err)
{
	const struct ch_str s = ch_str_z(text);

	if (s.len > max)
		return ch_fail(err, "%s of %zu bytes at most is wanted", what, max);
	for (size_t i = 0; i < s.len; i++) {
		const unsigned char c = (unsigned char)s.ptr[i];

		if (c < 0x20 || c == 0x7F || (c == 0xC2 && i + 1 < s.len && (unsigned char)s.ptr[i + 1] < 0xA0))
			return ch_fail(err, "%s without control characters is wanted", what);
	}
	return true;
}

/* What goes with no such verdict would be dropped without a word. */
static bool fits_verdict(const struct chancery_decision *given, enum ch_verdict verdict, struct ch_err *err)
{
	const bool two = verdict == CH_MERGE || verdict == CH_SAME_ACTOR || verdict == CH_OTHER_ACTOR;

	if (given->n_set && verdict != CH_EDIT)
		return ch_fail(err, "fields are set by the verdict edit, not by %s", given->verdict);
	if (given->other && !two)
		return ch_fail(err, "another one goes with merge, same-actor and other-actor, not with %s", given->verdict);
	return true;
}

static bool is_given(const char *text)
{
	return text && ch_str_trim(ch_str_z(text)).len;
}

bool chancery_decide(struct chancery_store *store, const struct chancery_decision *given, char **json, struct chancery_error *error)
{
	struct ch_store *s = (struct ch_store *)store;
	struct ch_err *err = (struct ch_err *)error;
	struct ch_arena arena = { 0 };
	struct ch_decision d = { .verdict = ch_verdict_parse(ch_str_z(given->verdict)), .by = ch_str_z(given->by),
				 .reason = ch_str_z(given->reason), .at = now_text(&arena), .changes = CH_STR("") };
	const bool actors = d.verdict == CH_SAME_ACTOR || d.verdict == CH_OTHER_ACTOR;
	struct ch_str other = CH_STR(""), other_kind, now = CH_STR("");
	json_t *o = ch_json_object();
	bool ok = is_given(given->id);

	if (d.verdict == CH_VERDICT_N)
		ok = ch_fail(err, "there is no verdict '%s'", given->verdict ? given->verdict : "");
	else if (!ok)
		ch_fail(err, "an id is wanted");
	else if (!is_given(given->by) || !is_given(given->reason))
		ok = ch_fail(err, "a decision wants %s", is_given(given->by) ? "a reason" : "an author");
	else if ((actors || d.verdict == CH_MERGE) && !is_given(given->other))
		ok = ch_fail(err, actors ? "two names are wanted" : "two ids are wanted");
	ok = ok && fits_verdict(given, d.verdict, err) && is_plain("an author", given->by, BY_MAX, err) && is_plain("a reason", given->reason, REASON_MAX, err);
	if (ok && actors) {
		d.record = ch_str_trim(ch_str_z(given->id));
		other = ch_str_trim(ch_str_z(given->other));
		ok = !ch_str_eq(d.record, other) || ch_fail(err, "two different names are wanted");
	} else if (ok) {
		ok = ch_store_find(s, &arena, ch_str_z(given->id), &d.kind, &d.record, err) &&
		     (d.verdict != CH_EDIT || (read_set(&arena, given, &d.changes, err) && check_mode(s, ch_fields_get(d.changes, "mode"), err)));
		if (ok && d.verdict == CH_MERGE) {
			ok = ch_store_find(s, &arena, ch_str_z(given->other), &other_kind, &other, err);
			if (ok && (!ch_str_eqz(other_kind, "events") || ch_str_eq(other, d.record)))
				ok = ch_fail(err, "'%s' is not another event", given->other);
		}
	}
	ok = ok && ch_store_begin(s, err) && in_transaction(s, ch_store_decide(s, &d, other, &arena, &now, err), err);
	ch_json_set(o, "verdict", ch_json_str(ch_str_z(given->verdict)));
	ch_json_set(o, "was", ch_json_or_null(d.record));
	ch_json_set(o, "id", ch_json_or_null(now));
	ok = ch_json_give(o, ok, json);
	ch_arena_free(&arena);
	return ok;
}

bool chancery_undo(struct chancery_store *store, const char *id, char **json, struct chancery_error *error)
{
	struct ch_store *s = (struct ch_store *)store;
	struct ch_err *err = (struct ch_err *)error;
	struct ch_arena arena = { 0 };
	struct ch_str kind = CH_STR("decision"), full = ch_str_z(id), now = CH_STR("");
	json_t *o = ch_json_object();
	bool ok = true;

	if (ch_str_starts(full, CH_STR("#")))
		full = ch_str_sub(full, 1, full.len);
	else
		ok = ch_store_find(s, &arena, full, &kind, &full, err);
	ok = ok && ch_store_begin(s, err) && in_transaction(s, ch_store_undo(s, kind, full, &arena, &now, err), err);
	ch_json_set(o, "verdict", ch_json_str(CH_STR("undo")));
	ch_json_set(o, "was", ch_json_or_null(full));
	ch_json_set(o, "id", ch_json_or_null(now));
	ok = ch_json_give(o, ok, json);
	ch_arena_free(&arena);
	return ok;
}

/* ---- what was decided ---- */

struct giving {
	chancery_row_fn *row;
	void *ctx;
	struct ch_arena arena;
};

static bool give(struct giving *g, json_t *o)
{
	struct ch_str line = ch_json_line(&g->arena, o);
	bool go = g->row(g->ctx, line.ptr, line.len);

	ch_arena_reset(&g->arena);
	return go;
}

static bool give_decision(void *ctx, const struct ch_decision *d)
{
	struct ch_reviewed r = { .verdict = d->verdict < CH_VERDICT_N ? ch_str_z(ch_verdict_name(d->verdict)) : CH_STR("?"), .by = d->by,
				 .reason = d->reason, .at = d->at, .coded = d->coded, .changes = d->changes };
	const bool actors = ch_str_eqz(d->kind, "actors");
	struct giving *g = ctx;
	struct ch_str changed = CH_STR("");
	json_t *o;

	if (actors)
		r.changes = CH_STR("");
	o = ch_json_reviewed(&r);
	for (struct ch_str rest = r.changes, name, value; ch_fields_next(&rest, &name, &value);)
		if (!ch_str_starts(name, CH_STR(".")))
			changed = ch_arena_printf(&g->arena, "%.*s%s%.*s=%.*s", CH_STR_ARG(changed), changed.len ? " " : "", CH_STR_ARG(name),
						  CH_STR_ARG(value));
	ch_json_set(o, "number", json_integer(d->n));
	ch_json_set(o, "changed", ch_json_or_null(changed));
	ch_json_set(o, "kind", ch_json_or_null(d->kind));
	ch_json_set(o, "record", ch_json_or_null(d->record));
	ch_json_set(o, "other", actors ? ch_json_or_null(d->changes) : json_null());
	ch_json_set(o, "page", ch_json_or_null(d->page));
	ch_json_set(o, "span", ch_json_span((struct ch_evidence){ .raw = d->span }, CH_OFFSETS_RAW));
	ch_json_set(o, "said", ch_json_or_null(d->said));
	ch_json_set(o, "undone", json_boolean(d->undone));
	ch_json_set(o, "unmatched", json_boolean(!d->record.len));
	ch_json_set(o, "state", ch_json_str(d->undone ? CH_STR("undone") : d->record.len ? CH_STR("holds") : CH_STR("unmatched")));
	return give(g, o);
}

bool chancery_decisions(struct chancery_store *store, chancery_row_fn *row, void *ctx, struct chancery_error *error)
{
	struct giving g = { .row = row, .ctx = ctx };
	bool ok = ch_store_decisions((struct ch_store *)store, give_decision, &g, (struct ch_err *)error);

	ch_arena_free(&g.arena);
	return ok;
}

/* ---- what is doubtful ---- */

struct doubt {
	double confidence;
	uint64_t order;
	char *line;
};

struct doubts {
	struct doubt *v;
	size_t n, max;
	uint64_t seen;
};

static int less_sure_first(const void *a, const void *b)
{
	const struct doubt *x = a, *y = b;

	return x->confidence != y->confidence ? (x->confidence > y->confidence) - (x->confidence < y->confidence) :
						(x->order > y->order) - (x->order < y->order);
}

static void sort_doubts(struct doubts *d, size_t keep)
{
	if (d->n)
		qsort(d->v, d->n, sizeof *d->v, less_sure_first);
	while (d->n > keep)
		free(d->v[--d->n].line);
}

/* An event is as sure as the surest of its reports. */
static bool add_doubt(void *ctx, const struct ch_event_record *e)
{
	struct doubts *d = ctx;
	bool decided = true;
	double best = 0;
	json_t *o;

	for (uint32_t i = 0; i < e->n_reports; i++) {
		decided = decided && e->reports[i].reviewed;
		best = e->reports[i].confidence > best ? e->reports[i].confidence : best;
	}
	if (decided)
		return true;
	if (d->n == 2 * d->max)
		sort_doubts(d, d->max);
	o = ch_json_event(e, CH_OFFSETS_RAW, true);
	d->v[d->n].confidence = best;
	d->v[d->n].order = d->seen++;
	d->v[d->n].line = json_dumps(o, JSON_COMPACT | JSON_REAL_PRECISION(10));
	if (!d->v[d->n++].line)
		ch_die_memory(1);
	json_decref(o);
	return true;
}

/* The same of events that come in that order. */
static bool add_unsure(void *ctx, const struct ch_event_record *e)
{
	struct doubts *d = ctx;

	return add_doubt(d, e) && d->n < d->max;
}

static void drop_doubts(struct doubts *d)
{
	while (d->n)
		free(d->v[--d->n].line);
}

struct rows_left {
	struct giving g;
	uint64_t left, come;
	bool go;
};

static bool give_undecided(void *ctx, const struct ch_row *row)
{
	struct rows_left *r = ctx;

	r->come++;
	if (row->reviewed)
		return true;
	r->go = give(&r->g, ch_json_row(row, CH_OFFSETS_RAW, true)) && --r->left;
	return r->go;
}

bool chancery_doubtful(struct chancery_store *store, const struct chancery_query *given, chancery_row_fn *row, void *ctx,
		       struct chancery_error *error)
{
	struct ch_store *s = (struct ch_store *)store;
	struct ch_err *err = (struct ch_err *)error;
	struct ch_arena arena = { 0 };
	struct doubts d = { 0 };
	struct ch_cursor here = { .set = false };
	struct ch_query q = { 0 };
	bool ok = ch_asked("doubtful", given, err) && ch_asked(given->record, given, err) && ch_query_of(given, &arena, &q, err), found = false, go = true;

	d.max = (size_t)(!q.limit ? DOUBTFUL : q.limit < DOUBTFUL_MAX ? q.limit : DOUBTFUL_MAX);
	q.limit = 0;
	if (ok && ch_query_register(ch_str_z(given->record), &q)) {
		found = true;
		d.v = ch_xrealloc(NULL, 2 * d.max * sizeof *d.v);
		/* of a large store nearly always enough; else all are looked at */
		q.unsure = true;
		ok = ch_store_events(s, &q, add_unsure, &d, err);
		q.unsure = false;
		if (ok && d.n < d.max) {
			drop_doubts(&d);
			ok = ch_store_events(s, &q, add_doubt, &d, err);
		}
		sort_doubts(&d, d.max);
		for (size_t i = 0; i < d.n; i++) {
			go = go && ok && row(ctx, d.v[i].line, strlen(d.v[i].line));
			free(d.v[i].line);
		}
		free(d.v);
	}
	for (unsigned i = 0; ok && !found && i < CH_REG_N; i++) {
		struct rows_left rows = { .g = { .row = row, .ctx = ctx }, .left = d.max, .go = true };

		if (!ch_str_eqz(ch_str_z(given->record), ch_register_of((enum ch_register_id)i)->name))
			continue;
		found = true;
		/* a piece after the other: nobody knows how many of them are decided */
		q.limit = rows.left;
		q.at = &here;
		do {
			rows.come = 0;
			ok = ch_store_rows(s, (enum ch_register_id)i, &q, give_undecided, &rows, err);
			q.after = here;
		} while (ok && rows.go && rows.come == q.limit);
		ch_arena_free(&rows.g.arena);
	}
	if (ok && !found)
		ok = ch_fail(err, "there is no register '%s'", given->record ? given->record : "");
	ch_arena_free(&arena);
	return ok;
}

/* ---- gold ---- */

struct gold {
	struct ch_str page;
	json_t *list;
	uint64_t undecided;
};

static bool gold_event(void *ctx, const struct ch_event_record *e)
{
	struct gold *g = ctx;

	for (uint32_t i = 0; i < e->n_reports; i++) {
		struct ch_event_record one = *e;
		json_t *o;

		if (!ch_str_eq(e->reports[i].page->id, g->page))
			continue;
		g->undecided += !e->reports[i].reviewed;
		one.reports = &e->reports[i];
		one.n_reports = 1;
		o = ch_json_event(&one, CH_OFFSETS_RAW, false);
		json_object_del(o, "reviewed");
		ch_json_push(g->list, o);
	}
	return true;
}

static bool gold_row(void *ctx, const struct ch_row *row)
{
	struct gold *g = ctx;
	json_t *o = ch_json_row(row, CH_OFFSETS_RAW, false);

	g->undecided += !row->reviewed;
	json_object_del(o, "reviewed");
	ch_json_push(g->list, o);
	return true;
}

struct gold_page {
	json_t *o;
};

static bool gold_head(void *ctx, const struct ch_page_info *page)
{
	struct gold_page *p = ctx;

	ch_json_set(p->o, "page", ch_json_str(page->path));
	ch_json_set(p->o, "title", ch_json_or_null(page->title));
	ch_json_set(p->o, "outlet", ch_json_or_null(page->outlet));
	ch_json_set(p->o, "published", ch_json_or_null(page->published));
	return false;
}

static bool page_gold(struct ch_store *store, struct ch_str page, json_t **out, bool *whole, struct ch_err *err)
{
	struct ch_query q = { .page = page, .apart = true }, by_id = { .id = page };
	struct gold_page head = { ch_json_object() };
	struct gold g = { .page = page };
	bool ok = ch_store_pages(store, &by_id, gold_head, &head, err);

	if (ok) {
		g.list = ch_json_array();
		ch_json_set(head.o, "events", g.list);
		ok = ch_store_events(store, &q, gold_event, &g, err);
	}
	for (unsigned i = 0; ok && i < CH_REG_N; i++) {
		g.list = ch_json_array();
		ch_json_set(head.o, ch_register_of((enum ch_register_id)i)->name, g.list);
		ok = ch_store_rows(store, (enum ch_register_id)i, &q, gold_row, &g, err);
	}
	*whole = !g.undecided;
	*out = head.o;
	return ok;
}

struct page_list {
	struct ch_arena arena;
	CH_VEC(struct ch_str) v;
};

static bool add_page(void *ctx, const struct ch_decision *d)
{
	struct page_list *p = ctx;

	if (!d->undone && d->page.len)
		*CH_PUSH(&p->arena, &p->v) = ch_arena_str(&p->arena, d->page);
	return true;
}

static int by_text(const void *a, const void *b)
{
	return ch_str_cmp(*(const struct ch_str *)a, *(const struct ch_str *)b);
}

bool chancery_review_gold(struct chancery_store *store, chancery_row_fn *row, void *ctx, unsigned long long *unfinished,
			  struct chancery_error *error)
{
	struct ch_store *s = (struct ch_store *)store;
	struct giving g = { .row = row, .ctx = ctx };
	struct page_list pages = { 0 };
	bool ok = ch_store_decisions(s, add_page, &pages, (struct ch_err *)error), go = true;
	unsigned long long some = 0;

	if (pages.v.n)
		qsort(pages.v.v, pages.v.n, sizeof *pages.v.v, by_text);
	for (uint32_t i = 0; ok && go && i < pages.v.n; i++) {
		bool whole;
		json_t *o;

		if (i && ch_str_eq(pages.v.v[i], pages.v.v[i - 1]))
			continue;
		ok = page_gold(s, pages.v.v[i], &o, &whole, (struct ch_err *)error);
		some += ok && !whole;
		if (ok && whole)
			go = give(&g, json_incref(o));
		json_decref(o);
	}
	if (unfinished)
		*unfinished = some;
	ch_arena_free(&g.arena);
	ch_arena_free(&pages.arena);
	return ok;
}
