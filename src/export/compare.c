/* export/compare.c -- chancery_compare: see compare.h. */
#include "export/compare.h"
#include "export/eval.h"
#include "input/stream.h"
#include <stdio.h>
#include <stdlib.h>

#define NONE UINT32_MAX

struct comparing {
	struct ch_arena arena;
	struct ch_store *store;
	const struct chancery *engine;
	const struct chancery_compare *how;
	enum ch_compare_kind kind;
	int32_t days;
	struct ch_list list;
	struct ch_compare_row *rows;
	uint32_t n_rows;
	uint32_t *by_day;                 /* rows that are read, by their first day */
	ch_day *latest;                   /* the latest last day of those up to here */
	uint32_t n_by_day;
	CH_VEC(struct ch_compare_record) records;
	CH_VEC(struct ch_compare_fit) fits;
	struct ch_compare_fit *pair;      /* of each row: with the record found; record NONE */
	struct ch_compare_fit *near;      /* of each row: the nearest that is no pair; record NONE */
	uint32_t *taken;                  /* of each record: the row that it was found for, NONE */
	bool *fitting;                    /* of each record: fits a row, whether or not it was found for it */
	struct ch_compare_scope scope;
};

/* ---- the list ---- */

/* The whole file, packed by gzip or not. */
static bool read_file(struct ch_arena *arena, const char *path, struct ch_str *bytes, struct ch_err *err)
{
	struct ch_stream file, gzip, *s = &file;
	struct ch_str first;
	bool ok;

	if (!ch_stream_file(&file, path, err))
		return ch_err_in(err, "%s", path);
	first = ch_stream_look(&file, 2);
	if (first.len == 2 && memcmp(first.ptr, "\x1f\x8b", 2) == 0) {
		ch_stream_gzip(&gzip, &file);
		s = &gzip;
	}
	*bytes = ch_arena_str(arena, ch_stream_look(s, CH_LIST_BYTES_MAX + 1));
	ok = !s->failed && !s->gap ? true : ch_fail(err, "%s: %s", path, s->err.text);
	if (ok && bytes->len > CH_LIST_BYTES_MAX)
		ok = ch_fail(err, "%s: is longer than %zu MB; cut it into pieces", path, CH_LIST_BYTES_MAX >> 20);
	if (s == &gzip)
		ch_stream_close(&gzip);
	ch_stream_close(&file);
	return ok;
}

static bool has_side(const struct ch_compare_row *r, struct ch_str party, struct ch_str person)
{
	return (party.len && (ch_compare_has(r->who.parties, party) || ch_compare_has(r->with.parties, party) ||
			      ch_compare_has(r->places, party))) ||
	       (person.len && (ch_compare_has(r->who.persons, person) || ch_compare_has(r->with.persons, person)));
}

/* Rows that the filters leave out. */
static bool narrow(struct comparing *x, const struct ch_query *q, struct ch_err *err)
{
	const struct ch_str asked[] = { q->who, q->with, q->place };
	ch_day since = q->since.len ? ch_day_parse(q->since) : INT32_MIN, until = q->until.len ? ch_day_parse(q->until) : INT32_MAX;

	for (size_t k = 0; k < 3; k++) {
		struct ch_str party, person;

		if (!asked[k].len)
			continue;
		if (!ch_store_resolve(x->store, &x->arena, asked[k], &party, &person, err))
			return false;
		for (uint32_t i = 0; i < x->n_rows; i++)
			if (k == 2 ? !ch_compare_has(x->rows[i].places, party) : !has_side(&x->rows[i], party, person))
				x->rows[i].outside = true;
	}
	for (uint32_t i = 0; i < x->n_rows; i++)
		if (!x->rows[i].why && (x->rows[i].hi < since || x->rows[i].lo > until))
			x->rows[i].outside = true;
	return true;
}

static int by_first_day(const void *a, const void *b, void *ctx)
{
	const struct ch_compare_row *rows = ctx;
	uint32_t i = *(const uint32_t *)a, k = *(const uint32_t *)b;

	return rows[i].lo != rows[k].lo ? (rows[i].lo < rows[k].lo ? -1 : 1) : i < k ? -1 : i > k;
}

static void index_rows(struct comparing *x)
{
	x->by_day = CH_NEW_N(&x->arena, uint32_t, x->n_rows);
	x->latest = CH_NEW_N(&x->arena, ch_day, x->n_rows);
	x->pair = CH_NEW_N(&x->arena, struct ch_compare_fit, x->n_rows);
	x->near = CH_NEW_N(&x->arena, struct ch_compare_fit, x->n_rows);
	for (uint32_t i = 0; i < x->n_rows; i++) {
		x->pair[i].record = x->near[i].record = NONE;
		if (!x->rows[i].why && !x->rows[i].outside)
			x->by_day[x->n_by_day++] = i;
	}
	if (x->n_by_day)
		qsort_r(x->by_day, x->n_by_day, sizeof *x->by_day, by_first_day, x->rows);
	for (uint32_t i = 0; i < x->n_by_day; i++) {
		ch_day hi = x->rows[x->by_day[i]].hi;

		x->latest[i] = i && x->latest[i - 1] > hi ? x->latest[i - 1] : hi;
	}
}

/* ---- records ---- */

static void add_party(struct comparing *x, struct ch_compare_side *side, const struct ch_party *p)
{
	if (!ch_compare_has(side->parties, p->party))
		ch_compare_add(&x->arena, &side->parties, ch_arena_str(&x->arena, p->party));
	if (p->kind == CH_ACTOR_PERSON && p->gazetteer_id.len && !ch_compare_has(side->persons, p->name))
		ch_compare_add(&x->arena, &side->persons, ch_arena_str(&x->arena, p->name));
}

/* "2018-05-08", "2018-05", "2018", "A/B"; else the days on which its pages came out. */
static void days_of(struct ch_compare_record *r, ch_day published_lo, ch_day published_hi)
{
	r->dated = ch_list_date(r->date, CH_ORDER_UNSAID, &r->lo, &r->hi) == CH_LIST_DATE_OK;
	if (!r->dated) {
		r->lo = published_lo;
		r->hi = published_hi;
	}
}

/* Finds the rows that the record may be. A record that is neither one nor in the list's scope is let go. */
static void weigh(struct comparing *x, struct ch_compare_record *r)
{
	uint32_t lo = 0, hi = x->n_by_day, at = x->records.n;
	int32_t wide = x->days > CH_COMPARE_NEAR_DAYS ? x->days : CH_COMPARE_NEAR_DAYS;
	bool keep = ch_compare_in_scope(x->kind, &x->scope, r);
	struct ch_compare_fit fit;

	if (r->lo == CH_NO_DAY)
		return;
	while (lo < hi) {
		uint32_t mid = (lo + hi) / 2;

		if (x->rows[x->by_day[mid]].lo <= r->hi + wide)
			lo = mid + 1;
		else
			hi = mid;
	}
	while (lo-- && x->latest[lo] >= r->lo - wide) {
		uint32_t row = x->by_day[lo];

		if (!ch_compare_fits(x->kind, &x->rows[row], r, wide, &fit))
			continue;
		fit.row = row;
		fit.record = at;
		*CH_PUSH(&x->arena, &x->fits) = fit;
		keep = true;
	}
	if (keep) {
		r->id = ch_arena_str(&x->arena, r->id);
		r->date = ch_arena_str(&x->arena, r->date);
		r->type = ch_arena_str(&x->arena, r->type);
		r->mode = ch_arena_str(&x->arena, r->mode);
		r->place = ch_arena_str(&x->arena, r->place);
		r->status = ch_arena_str(&x->arena, r->status);
		r->title = ch_arena_str(&x->arena, r->title);
		r->text = ch_arena_str(&x->arena, r->text);
		r->page = ch_arena_str(&x->arena, r->page);
		*CH_PUSH(&x->arena, &x->records) = *r;
	}
}

static bool take_event(void *ctx, const struct ch_event_record *e)
{
	struct comparing *x = ctx;
	struct ch_compare_record r = { .id = e->id, .date = e->date, .type = e->type, .mode = e->mode, .place = e->place, .status = e->status };
	ch_day lo = CH_NO_DAY, hi = CH_NO_DAY;

	for (uint32_t i = 0; i < e->n_reports; i++) {
		const struct ch_report *t = &e->reports[i];
		ch_day day = ch_day_parse(t->page->published);

		for (uint32_t k = 0; k < t->source.n; k++)
			add_party(x, &r.source, &t->source.v[k]);
		for (uint32_t k = 0; k < t->target.n; k++)
			add_party(x, &r.target, &t->target.v[k]);
		if (day != CH_NO_DAY) {
			lo = lo == CH_NO_DAY || day < lo ? day : lo;
			hi = day > hi ? day : hi;
		}
	}
	if (e->n_reports) {
		r.text = e->reports[0].sentence_text;
		r.page = e->reports[0].page->id;
	}
	days_of(&r, lo, hi);
	weigh(x, &r);
	return true;
}

static bool take_row(void *ctx, const struct ch_row *row)
{
	struct comparing *x = ctx;
	struct ch_compare_record r = { .id = row->id, .text = row->context, .page = row->page->id };
	ch_day day = ch_day_parse(row->page->published);

	for (uint32_t i = 0; i < CH_COLS_MAX && row->reg->cols[i].name; i++) {
		const struct ch_cell *c = &row->cells[i];
		const struct {
			const char *name;
			struct ch_str *to;
		} texts[] = { { "title", &r.title }, { "kind", &r.type }, { "date", &r.date }, { "place", &r.place }, { "status", &r.status } };

		for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
			if (strcmp(row->reg->cols[i].name, texts[k].name) == 0)
				*texts[k].to = c->text;
		for (uint32_t k = 0; k < c->n_list && strcmp(row->reg->cols[i].name, "parties") == 0; k++)
			ch_compare_add(&x->arena, &r.source.parties, ch_arena_str(&x->arena, c->list[k]));
	}
	days_of(&r, day, day);
	weigh(x, &r);
	return true;
}

/* The records of the register in the time of the list. */
static bool ask_store(struct comparing *x, struct ch_query q, struct ch_err *err)
{
	int32_t wide = x->days > CH_COMPARE_NEAR_DAYS ? x->days : CH_COMPARE_NEAR_DAYS;
	char since[16], until[16];

	if (!x->n_by_day)
		return true;
	q.since = ch_str_z(ch_day_print(x->scope.lo - wide, since));
	q.until = ch_str_z(ch_day_print(x->scope.hi + wide, until));
	if (x->kind == CH_COMPARE_INSTRUMENTS)
		return ch_store_rows(x->store, CH_REG_INSTRUMENTS, &q, take_row, x, err);
	return ch_query_register(ch_str_z(x->how->query.record), &q) && ch_store_events(x->store, &q, take_event, x, err);
}

/* ---- pairs ---- */

static int better(const void *a, const void *b, void *ctx)
{
	return ch_compare_better(a, b, ctx);
}

static void pair_up(struct comparing *x)
{
	x->taken = CH_NEW_N(&x->arena, uint32_t, x->records.n);
	memset(x->taken, 0xff, x->records.n * sizeof *x->taken);
	x->fitting = CH_NEW_N(&x->arena, bool, x->records.n);
	if (x->fits.n)
		qsort_r(x->fits.v, x->fits.n, sizeof *x->fits.v, better, x->records.v);
	for (uint32_t i = 0; i < x->fits.n; i++) {
		const struct ch_compare_fit *f = &x->fits.v[i];
		bool near = f->off <= x->days && f->off >= -x->days;

		if (near && f->happened) {
			x->fitting[f->record] = true;
			if (x->pair[f->row].record == NONE && x->taken[f->record] == NONE) {
				x->pair[f->row] = *f;
				x->taken[f->record] = f->row;
			}
		}
	}
	for (uint32_t i = 0; i < x->fits.n; i++) {
		const struct ch_compare_fit *f = &x->fits.v[i];
		bool near = f->off <= x->days && f->off >= -x->days;

		/* Of a record that is another row's, only one that would have done. */
		if (x->pair[f->row].record == NONE && x->near[f->row].record == NONE && (near || f->happened) &&
		    (x->taken[f->record] == NONE || near))
			x->near[f->row] = *f;
	}
}

/* ---- what is written ---- */

struct counts {
	uint64_t found, missed, fresh, again, unread, outside, undated, exact, coarse;
	uint64_t planned, doubled, dated_else, other, uncoded, unseen;
};

static json_t *names(struct ch_compare_names list)
{
	json_t *a = ch_json_array();

	for (uint32_t i = 0; i < list.n; i++)
		ch_json_push(a, ch_json_str(list.v[i]));
	return a;
}

static struct ch_str days_text(struct comparing *x, ch_day lo, ch_day hi)
{
	char a[16], b[16];

	ch_day_print(lo, a);
	ch_day_print(hi, b);
	return lo == hi ? ch_arena_str(&x->arena, ch_str_z(a)) : ch_arena_printf(&x->arena, "%s/%s", a, b);
}

static void set_days(struct comparing *x, json_t *o, ch_day lo, ch_day hi)
{
	char from[16];

	ch_json_set(o, "date", lo == CH_NO_DAY ? json_null() : ch_json_str(days_text(x, lo, hi)));
	ch_json_set(o, "from", ch_json_or_null(ch_str_z(ch_day_print(lo, from))));
}

/* What the list says of a row, as it was understood. */
static json_t *row_object(struct comparing *x, const char *outcome, const struct ch_compare_row *r)
{
	json_t *o = ch_json_object(), *said = ch_json_object();
	struct ch_compare_names host = r->with.parties.n ? r->with.parties : r->places;

	ch_json_set(o, "outcome", ch_json_str(ch_str_z(outcome)));
	ch_json_set(o, "line", json_integer(r->text->line));
	set_days(x, o, r->lo, r->hi);
	ch_json_set(o, "who", names(r->who.parties));
	ch_json_set(o, "with", names(host));
	ch_json_set(o, "persons", names(r->who.persons));
	for (unsigned f = 0; f < CH_LIST_N; f++)
		if (ch_list_field_name((enum ch_list_field)f) && r->text->field[f].len)
			ch_json_set(said, ch_list_field_name((enum ch_list_field)f), ch_json_str(r->text->field[f]));
	ch_json_set(o, "list", said);
	return o;
}

static void set_record(json_t *o, const struct ch_compare_record *r)
{
	json_t *record = ch_json_object();

	ch_json_set(record, "id", ch_json_str(r->id));
	ch_json_set(record, "type", ch_json_or_null(r->type));
	ch_json_set(record, "mode", ch_json_or_null(r->mode));
	ch_json_set(record, "source", names(r->source.parties));
	ch_json_set(record, "target", names(r->target.parties));
	ch_json_set(record, "date", ch_json_or_null(r->date));
	ch_json_set(record, "place", ch_json_or_null(r->place));
	ch_json_set(record, "status", ch_json_or_null(r->status));
	if (r->title.len)
		ch_json_set(record, "title", ch_json_str(r->title));
	ch_json_set(o, "id", ch_json_str(r->id));
	ch_json_set(o, "record", record);
	ch_json_set(o, "page", ch_json_or_null(r->page));
	ch_json_set(o, "text", ch_json_or_null(r->text));
}

static bool say(json_t *o, chancery_row_fn *row, void *ctx)
{
	struct ch_arena arena = { 0 };
	struct ch_str line = ch_json_line(&arena, o);
	bool go = row(ctx, line.ptr, line.len);

	ch_arena_free(&arena);
	return go;
}

static json_t *found_object(struct comparing *x, uint32_t row, struct counts *n)
{
	const struct ch_compare_fit *f = &x->pair[row];
	json_t *o = row_object(x, "found", &x->rows[row]), *also = ch_json_array();

	set_record(o, &x->records.v[f->record]);
	ch_json_set(o, "off", json_integer(f->off));
	ch_json_set(o, "coarse", json_boolean(f->coarse));
	n->found++;
	n->coarse += f->coarse;
	n->exact += !f->coarse && !f->off;
	/* Others that the row would fit as well: the same visit, told so differently that the store has it twice. */
	ch_json_set(o, "also", also);
	return o;
}

/* Any other record of the parties in these days. */
struct other {
	struct comparing *x;
	const struct ch_compare_row *row;
	struct ch_compare_record record;
};

static bool take_other(void *ctx, const struct ch_event_record *e)
{
	struct other *o = ctx;
	struct ch_arena *a = &o->x->arena;

	if (!e->n_reports)
		return true;
	o->record = (struct ch_compare_record){ .id = ch_arena_str(a, e->id), .type = ch_arena_str(a, e->type), .mode = ch_arena_str(a, e->mode),
						.date = ch_arena_str(a, e->date), .place = ch_arena_str(a, e->place),
						.status = ch_arena_str(a, e->status), .page = ch_arena_str(a, e->reports[0].page->id),
						.text = ch_arena_str(a, e->reports[0].sentence_text) };
	for (uint32_t i = 0; i < e->reports[0].source.n; i++)
		ch_compare_add(a, &o->record.source.parties, ch_arena_str(a, e->reports[0].source.v[i].party));
	for (uint32_t i = 0; i < e->reports[0].target.n; i++)
		ch_compare_add(a, &o->record.target.parties, ch_arena_str(a, e->reports[0].target.v[i].party));
	return false;
}

static bool find_other(struct comparing *x, const struct ch_compare_row *row, struct other *o, struct ch_err *err)
{
	struct ch_compare_names with = row->with.parties.n ? row->with.parties : row->places;
	char since[16], until[16];
	bool ok = true;

	*o = (struct other){ .x = x, .row = row };
	if (!with.n && row->who.parties.n > 1)
		with = (struct ch_compare_names){ row->who.parties.v + 1, row->who.parties.n - 1 };
	for (uint32_t i = 0; ok && !o->record.id.len && row->who.parties.n && i < with.n; i++) {
		struct ch_query q = { .who = row->who.parties.v[0], .with = with.v[i],
				      .since = ch_str_z(ch_day_print(row->lo - x->days, since)),
				      .until = ch_str_z(ch_day_print(row->hi + x->days, until)) };

		ok = ch_store_events(x->store, &q, take_other, o, err);
	}
	return ok;
}

/* Why a row has no record: the strongest that can be said. */
static bool missed_object(struct comparing *x, uint32_t row, struct counts *n, json_t **out, struct ch_err *err)
{
	const struct ch_compare_row *r = &x->rows[row];
	const struct ch_compare_fit *f = &x->near[row];
	json_t *o = *out = row_object(x, "missed", r);
	struct ch_compare_seen seen = { 0 };
	struct other other;

	n->missed++;
	if (f->record != NONE) {
		const struct ch_compare_record *record = &x->records.v[f->record];
		uint32_t owner = x->taken[f->record];

		set_record(o, record);
		ch_json_set(o, "off", json_integer(f->off));
		if (owner != NONE)
			ch_json_set(o, "why", ch_json_str(ch_arena_printf(&x->arena, "record of line %u", x->rows[owner].text->line)));
		else if (!f->happened)
			ch_json_set(o, "why", ch_json_str(ch_arena_printf(&x->arena, "told as %.*s", CH_STR_ARG(record->status))));
		else
			ch_json_set(o, "why", ch_json_str(CH_STR("other date")));
		*(owner != NONE ? &n->doubled : !f->happened ? &n->planned : &n->dated_else) += 1;
		return true;
	}
	if (!find_other(x, r, &other, err))
		return false;
	if (other.record.id.len) {
		set_record(o, &other.record);
		ch_json_set(o, "why", ch_json_str(CH_STR("other record")));
		n->other++;
		return true;
	}
	if (!ch_compare_seen(x->store, x->engine, &x->arena, r, &seen, err))
		return false;
	ch_json_set(o, "why", ch_json_str(seen.text.len ? CH_STR("page seen, not coded") : CH_STR("no page")));
	ch_json_set(o, "page", ch_json_or_null(seen.page));
	ch_json_set(o, "text", ch_json_or_null(seen.text));
	if (seen.text.len) {
		ch_json_set(o, "published", ch_json_or_null(seen.published));
		ch_json_set(o, "together", json_boolean(seen.together));
	}
	*(seen.text.len ? &n->uncoded : &n->unseen) += 1;
	return true;
}

/* Ids of records that fit rows for which others were found go to those rows' "also". */
static void add_also(struct comparing *x, json_t **objects, struct counts *n)
{
	bool *told = CH_NEW_N(&x->arena, bool, x->records.n);

	for (uint32_t i = 0; i < x->fits.n; i++) {
		const struct ch_compare_fit *f = &x->fits.v[i];

		if (x->taken[f->record] != NONE || told[f->record] || !x->fitting[f->record] || x->pair[f->row].record == NONE || !f->happened ||
		    f->off > x->days || f->off < -x->days)
			continue;
		told[f->record] = true;
		ch_json_push(json_object_get(objects[f->row], "also"), ch_json_str(x->records.v[f->record].id));
		n->again++;
	}
}

static int by_date(const void *a, const void *b, void *ctx)
{
	const struct ch_compare_record *records = ctx, *p = &records[*(const uint32_t *)a], *q = &records[*(const uint32_t *)b];

	return p->lo != q->lo ? (p->lo < q->lo ? -1 : 1) : ch_str_cmp(p->id, q->id);
}

/* Records that no row tells of, in the order of time. */
static bool say_new(struct comparing *x, struct counts *n, chancery_row_fn *row, void *ctx)
{
	CH_VEC(uint32_t) fresh = { 0 };
	bool go = true;

	for (uint32_t i = 0; i < x->records.n; i++) {
		const struct ch_compare_record *r = &x->records.v[i];
		bool happened = ch_str_eqz(r->status, "actual") || ch_str_eqz(r->status, "historical") || x->kind == CH_COMPARE_INSTRUMENTS;

		if (x->taken[i] != NONE || x->fitting[i] || !happened)
			continue;
		if (ch_compare_in_scope(x->kind, &x->scope, r))
			*CH_PUSH(&x->arena, &fresh) = i;
		else
			n->undated += !r->dated;
	}
	n->fresh = fresh.n;
	if (fresh.n)
		qsort_r(fresh.v, fresh.n, sizeof *fresh.v, by_date, x->records.v);
	for (uint32_t i = 0; i < fresh.n && go; i++) {
		const struct ch_compare_record *r = &x->records.v[fresh.v[i]];
		json_t *o = ch_json_object();

		ch_json_set(o, "outcome", ch_json_str(CH_STR("new")));
		set_days(x, o, r->lo, r->hi);
		ch_json_set(o, "who", names(r->source.parties));
		ch_json_set(o, "with", names(r->target.parties));
		ch_json_set(o, "persons", names(r->source.persons));
		set_record(o, r);
		go = say(o, row, ctx);
	}
	return go;
}

static void share(json_t *o, const char *name, uint64_t right, uint64_t n)
{
	char interval[32];

	snprintf(interval, sizeof interval, "%s_interval", name);
	ch_json_set(o, name, n ? json_real((double)right / (double)n) : json_null());
	ch_json_set(o, interval, ch_eval_interval(right, n));
}

static json_t *summary(struct comparing *x, const struct counts *n)
{
	json_t *o = ch_json_object(), *why = ch_json_object(), *scope = ch_json_object();
	const struct {
		const char *name;
		uint64_t n;
	} all[] = { { "rows", x->n_rows }, { "unread", n->unread }, { "outside", n->outside }, { "found", n->found }, { "missed", n->missed },
		    { "new", n->fresh }, { "again", n->again }, { "exact", n->exact }, { "coarse", n->coarse }, { "undated", n->undated } },
	  whys[] = { { "told as planned, denied or hypothetical", n->planned }, { "record of another row", n->doubled },
		     { "other date", n->dated_else }, { "other record", n->other },
		     { "page seen, not coded", n->uncoded }, { "no page", n->unseen } };

	ch_json_set(o, "list", ch_json_str(ch_str_z(x->how->list)));
	ch_json_set(o, "format", ch_json_str(ch_str_z(x->list.format)));
	ch_json_set(o, "register", ch_json_str(ch_str_z(x->how->query.record)));
	ch_json_set(o, "days", json_integer(x->days));
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		ch_json_set(o, all[i].name, json_integer((json_int_t)all[i].n));
	share(o, "recall", n->found, n->found + n->missed);
	share(o, "precision", n->found, n->found + n->fresh);
	for (size_t i = 0; i < sizeof whys / sizeof *whys; i++)
		ch_json_set(why, whys[i].name, json_integer((json_int_t)whys[i].n));
	ch_json_set(o, "missed_why", why);
	ch_json_set(scope, "dates", x->n_by_day ? ch_json_str(days_text(x, x->scope.lo, x->scope.hi)) : json_null());
	ch_json_set(scope, "who", x->scope.by_who ? names(x->scope.who.parties) : json_null());
	ch_json_set(scope, "with", x->scope.by_with ? names(x->scope.with.parties) : json_null());
	ch_json_set(scope, "persons", x->scope.persons_who ? names(x->scope.who.persons) : json_null());
	ch_json_set(o, "scope", scope);
	return o;
}

static bool write_all(struct comparing *x, chancery_row_fn *row, void *ctx, json_t **sum, struct ch_err *err)
{
	struct counts n = { 0 };
	json_t **objects = CH_NEW_N(&x->arena, json_t *, x->n_rows);
	bool ok = true, go = true;

	for (uint32_t i = 0; ok && i < x->n_rows; i++) {
		const struct ch_compare_row *r = &x->rows[i];

		if (r->why) {
			objects[i] = row_object(x, "unread", r);
			ch_json_set(objects[i], "why", ch_json_str(r->why_text.len ? ch_arena_printf(&x->arena, "%s: '%.*s'", r->why,
				    CH_STR_ARG(r->why_text)) : ch_str_z(r->why)));
			n.unread++;
		} else if (r->outside) {
			n.outside++;
		} else if (x->pair[i].record != NONE) {
			objects[i] = found_object(x, i, &n);
		} else {
			ok = missed_object(x, i, &n, &objects[i], err);
		}
	}
	if (ok)
		add_also(x, objects, &n);
	for (uint32_t i = 0; i < x->n_rows; i++) {
		if (objects[i] && ok && go)
			go = say(objects[i], row, ctx);
		else
			json_decref(objects[i]);
	}
	if (ok && go)
		say_new(x, &n, row, ctx);
	*sum = ok ? summary(x, &n) : NULL;
	return ok;
}

bool chancery_compare(struct chancery_store *store, const struct chancery *engine, const struct chancery_compare *how, chancery_row_fn *row,
		      void *ctx, char **json, struct chancery_error *error)
{
	struct comparing x = { .store = (struct ch_store *)store, .engine = engine, .how = how };
	struct ch_err *err = (struct ch_err *)error;
	enum ch_date_order order = CH_ORDER_UNSAID;
	struct ch_query q;
	struct ch_str bytes;
	json_t *sum = NULL;
	bool ok = true;

	x.days = how->days > 36500 ? 36500 : (int32_t)how->days;
	if (how->date_order && strcmp(how->date_order, "dmy") == 0)
		order = CH_ORDER_DMY;
	else if (how->date_order && strcmp(how->date_order, "mdy") == 0)
		order = CH_ORDER_MDY;
	else if (how->date_order && *how->date_order)
		ok = ch_fail(err, "--date-order wants dmy (12/03/2018 is in March) or mdy (in December), not '%s'", how->date_order);
	if (ok && !ch_compare_kind_of(ch_str_z(how->query.record), &x.kind))
		ok = ch_fail(err, "--register wants visits, meetings, letters, events or instruments, not '%s'", how->query.record);
	ok = ok && ch_query_of(&how->query, &x.arena, &q, err) && read_file(&x.arena, how->list, &bytes, err);
	ok = ok && ch_list_read(&x.list, bytes, ch_str_z(how->map), how->list, err) &&
	     ch_compare_rows(engine, &x.arena, &x.list, x.kind, order, how->threads, &x.rows, err);
	x.n_rows = ok ? x.list.rows.n : 0;
	if (ok && narrow(&x, &q, err)) {
		index_rows(&x);
		x.scope = ch_compare_scope_of(&x.arena, x.kind, x.rows, x.n_rows);
		ok = ask_store(&x, q, err);
		if (ok)
			pair_up(&x);
		ok = ok && write_all(&x, row, ctx, &sum, err);
	} else {
		ok = false;
	}
	ch_list_free(&x.list);
	ch_arena_free(&x.arena);
	return ch_json_give(sum, ok, json);
}
