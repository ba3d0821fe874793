/* export/conflicts.c -- what pages tell differently of one thing, as JSON: events, and counts.
 *
 * Events come in the order of their days. Those that the record takes for one are looked at by themselves; those that it keeps apart, against
 * the ones of the days before. Counts are brought together by who, what and period. Nothing is averaged and nobody is right.
 *
 * A conflict's place in the list is that of the event with which it was found, and its number among those of that event; to go on there, events are
 * read from some days before it. Counts stand behind all events, by their number. */
#include "export/conflicts.h"
#include "export/cursor.h"
#include "export/query.h"
#include "base/utf8.h"
#include "merge/reports.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct finding {
	chancery_row_fn *row;
	void *ctx;
	uint64_t left;                 /* of the limit */
	bool go, newest;
	struct ch_cursor event;        /* where the event in hand stands */
	struct ch_cursor after;        /* the place in the list behind which it goes on */
	struct ch_cursor *place;       /* of the conflict that is given */
	int64_t last;                  /* event that had a conflict last, and how many */
	unsigned n_of_event;
	uint32_t looked_at, look_at;   /* events; 0: as many as there are */
	bool broken_off;               /* since they were */
	struct ch_store *store;
	struct ch_arena line;
	struct nearby {
		struct ch_arena arena;
		struct ch_version version;
		json_t *value;             /* what its first report says */
		struct nearby *next;
	} *near;                       /* events of the days before (newest first: behind it), the nearest first */
};

#define OF_COUNTS "~~"   /* a day behind all, where counts stand */

static bool of_counts(const struct ch_cursor *c)
{
	return c->set && strcmp(c->day, OF_COUNTS) == 0;
}

/* Whether the first place comes before the second, or is it. */
static bool not_behind(const struct finding *f, const struct ch_cursor *a, const struct ch_cursor *b)
{
	const int c = strcmp(a->day, b->day);
	const bool turn = f->newest && *a->day != '~' && *b->day != '~';

	if (c)
		return turn ? c > 0 : c < 0;
	if (a->n != b->n)
		return turn ? a->n > b->n : a->n < b->n;
	return strcmp(a->id, b->id) <= 0;
}

/* The conflict that is found next: where it stands, and whether it is one that was given before. */
static bool was_given(struct finding *f)
{
	if (f->event.n != f->last || !f->n_of_event)
		f->n_of_event = 0;
	f->last = f->event.n;
	*f->place = f->event;
	snprintf(f->place->id, sizeof f->place->id, "%08x", ++f->n_of_event);
	return f->after.set && not_behind(f, f->place, &f->after);
}

static bool give(struct finding *f, json_t *conflict)
{
	struct ch_str line = ch_json_line(&f->line, conflict);

	f->go = f->left-- > 0 && f->row(f->ctx, line.ptr, line.len) && f->left > 0;
	ch_arena_reset(&f->line);
	return f->go;
}

/* ---- events ---- */

static int by_text(const void *a, const void *b)
{
	return ch_str_cmp(*(const struct ch_str *)a, *(const struct ch_str *)b);
}

static int by_number(const void *a, const void *b)
{
	const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void set_side(struct ch_arena *arena, struct ch_version *v, int i, struct ch_party_list list)
{
	struct ch_str *side = CH_NEW_N(arena, struct ch_str, list.n);
	uint32_t n = 0, kept = 0;

	for (uint32_t k = 0; k < list.n; k++)
		if (list.v[k].party.len)
			side[n++] = ch_arena_str(arena, list.v[k].party);
	if (n)
		qsort(side, n, sizeof *side, by_text);
	for (uint32_t k = 0; k < n; k++)
		if (!kept || !ch_str_eq(side[kept - 1], side[k]))
			side[kept++] = side[k];
	v->side[i] = side;
	v->n_side[i] = kept;
}

/* The event as the report has it. Pages are numbered by what their ids hash to: that serves to tell whether two are one. */
static struct ch_version version_of(struct ch_arena *arena, const struct ch_event_record *e, const struct ch_report *r)
{
	struct ch_str date = r->event.len ? r->date : e->date, *outlet = CH_NEW(arena, struct ch_str);
	struct ch_version v = { .type = ch_arena_str(arena, e->type), .mode = ch_arena_str(arena, r->event.len ? r->mode : e->mode),
				.place = ch_arena_str(arena, r->event.len ? r->place : e->place), .status = ch_arena_str(arena, e->status),
				.id = ch_arena_str(arena, r->event.len ? r->event : e->id), .outlets = outlet,
				.published = ch_day_parse(r->page->published) };
	int64_t *page = CH_NEW(arena, int64_t);

	*page = (int64_t)(ch_str_hash(r->page->id) >> 1);
	v.pages = page;
	v.n_pages = 1;
	*outlet = ch_arena_str(arena, r->page->outlet);
	v.n_outlets = outlet->len > 0;
	if (!date.len || !ch_date_bounds(arena, date, &v.lo, &v.hi))
		v.lo = v.hi = (struct ch_str){ 0 };
	set_side(arena, &v, 0, r->source);
	set_side(arena, &v, 1, r->target);
	return v;
}

static json_t *codes(const struct ch_version *v)
{
	json_t *list = ch_json_array();

	for (int i = 0; i < 2; i++)
		for (uint32_t k = 0; k < v->n_side[i]; k++)
			if (!i || !v->n_side[0] || !bsearch(&v->side[1][k], v->side[0], v->n_side[0], sizeof *v->side[0], by_text))
				ch_json_push(list, ch_json_str(v->side[i][k]));
	return list;
}

/* What a report says, who says so, and in which words. */
static json_t *value_of(const struct ch_event_record *e, const struct ch_report *r, const struct ch_version *v)
{
	json_t *o = ch_json_object();

	ch_json_set(o, "date", ch_json_or_null(r->event.len ? r->date : e->date));
	ch_json_set(o, "place", ch_json_or_null(v->place));
	ch_json_set(o, "parties", codes(v));
	ch_json_set(o, "event", ch_json_str(v->id));
	ch_json_set(o, "report", ch_json_str(r->id));
	ch_json_set(o, "sentence", ch_json_or_null(r->sentence_text));
	ch_json_set(o, "page", ch_json_page(r->page));
	return o;
}

static json_t *event_head(const struct ch_event_record *e, unsigned differ, bool one)
{
	json_t *o = ch_json_object(), *in = ch_json_array();

	if (differ & CH_DIFFER_DATE)
		ch_json_push(in, ch_json_str(CH_STR("date")));
	if (differ & CH_DIFFER_PLACE)
		ch_json_push(in, ch_json_str(CH_STR("place")));
	if (differ & CH_DIFFER_PARTY)
		ch_json_push(in, ch_json_str(CH_STR("party")));
	ch_json_set(o, "differ", in);
	ch_json_set(o, "kind", ch_json_str(CH_STR("event")));
	ch_json_set(o, "one", json_boolean(one));
	ch_json_set(o, "type", ch_json_str(e->type));
	ch_json_set(o, "mode", ch_json_or_null(e->mode));
	ch_json_set(o, "status", ch_json_str(e->status));
	return o;
}

/* Reports of one event: of those that say the same in all that somebody says otherwise, the first published stands. */
static bool within_event(struct finding *f, const struct ch_event_record *e)
{
	enum { VERSIONS_MAX = 64 };
	struct ch_arena arena = { 0 };
	struct ch_version versions[VERSIONS_MAX], v;
	const struct ch_report *of[VERSIONS_MAX];
	uint32_t n = 0;
	unsigned differ = 0;
	bool against[VERSIONS_MAX] = { false };

	for (uint32_t i = 0; i < e->n_reports && n < VERSIONS_MAX; i++) {
		bool known = false;

		v = version_of(&arena, e, &e->reports[i]);
		for (uint32_t k = 0; k < n && !known; k++)
			known = ch_str_eq(v.id, versions[k].id);
		if (known)
			continue;
		versions[n] = v;
		of[n++] = &e->reports[i];
	}
	for (uint32_t i = 0; i < n; i++) {
		for (uint32_t k = 0; k < i; k++) {
			unsigned d = ch_versions_differ(&versions[i], &versions[k]);

			differ |= d;
			against[i] = against[i] || d;
			against[k] = against[k] || d;
		}
	}
	if (differ && !was_given(f)) {
		json_t *o = event_head(e, differ, true), *values = ch_json_array();

		ch_json_set(o, "parties", codes(&versions[0]));
		for (uint32_t i = 0; i < n; i++)
			if (against[i])
				ch_json_push(values, value_of(e, of[i], &versions[i]));
		ch_json_set(o, "values", values);
		give(f, o);
	}
	ch_arena_free(&arena);
	return f->go;
}

static void drop(struct nearby *n)
{
	json_decref(n->value);
	ch_arena_free(&n->arena);
	free(n);
}

/* All pages and outlets of an event, for the question whether somebody tells of both. */
static struct ch_version whole_of(struct ch_arena *arena, const struct ch_event_record *e)
{
	struct ch_version v = version_of(arena, e, &e->reports[0]);
	int64_t *pages = CH_NEW_N(arena, int64_t, e->n_reports);
	struct ch_str *outlets = CH_NEW_N(arena, struct ch_str, e->n_reports);
	uint32_t n = 0;

	for (uint32_t i = 0; i < e->n_reports; i++) {
		const struct ch_page_info *page = e->reports[i].page;

		pages[i] = (int64_t)(ch_str_hash(page->id) >> 1);
		if (page->outlet.len)
			outlets[n++] = ch_arena_str(arena, page->outlet);
	}
	qsort(pages, e->n_reports, sizeof *pages, by_number);
	v.n_pages = e->n_reports;
	v.pages = pages;
	v.outlets = outlets;
	v.n_outlets = n;
	return v;
}

static bool look_at_event(struct finding *f, const struct ch_event_record *e)
{
	struct nearby *mine, **at = &f->near;
	struct ch_near_key keys[CH_NEAR_KEYS];
	ch_day day;

	if (!within_event(f, e))
		return false;
	mine = ch_xrealloc(NULL, sizeof *mine);
	*mine = (struct nearby){ 0 };
	mine->version = whole_of(&mine->arena, e);
	day = ch_day_parse(mine->version.lo);
	if (day == CH_NO_DAY || !ch_near_keys(&mine->version, keys)) {
		drop(mine);
		return f->go;
	}
	mine->value = value_of(e, &e->reports[0], &mine->version);
	while (*at && f->go) {
		struct nearby *other = *at, *first = f->newest ? mine : other, *second = f->newest ? other : mine;
		unsigned differ;

		if (ch_day_parse(second->version.lo) - ch_day_parse(first->version.lo) > CH_DIFFER_DAYS) {
			*at = other->next;
			drop(other);
			continue;
		}
		differ = ch_events_differ(&first->version, &second->version);
		if (differ && !was_given(f)) {
			json_t *o = event_head(e, differ, false), *values = ch_json_array();

			ch_json_set(o, "parties", codes(&second->version));
			ch_json_push(values, json_incref(first->value));
			ch_json_push(values, json_incref(second->value));
			ch_json_set(o, "values", values);
			give(f, o);
		}
		at = &other->next;
	}
	mine->next = f->near;
	f->near = mine;
	return f->go;
}

/* Where there is next to nothing to find, an answer says after so many events how far it came. */
static bool add_event(void *ctx, const struct ch_event_record *e)
{
	struct finding *f = ctx;

	if (!look_at_event(f, e))
		return false;
	f->broken_off = f->look_at && ++f->looked_at == f->look_at;
	return !f->broken_off;
}

/* ---- counts ---- */

struct count {
	struct ch_str key, comparison, id;
	double value;
	ch_day published;
	struct ch_str period;
};

struct counting {
	struct ch_arena arena;
	CH_VEC(struct count) v;
};

/* A plural and its singular; "agreements" and "an agreement". */
static struct ch_str stem(struct ch_str word)
{
	if (word.len > 4 && ch_str_ends(word, CH_STR("ies")))
		return ch_str_sub(word, 0, word.len - 3);
	if (word.len > 3 && ch_str_ends(word, CH_STR("s")) && !ch_str_ends(word, CH_STR("ss")))
		return ch_str_sub(word, 0, word.len - 1);
	return word.len > 4 && ch_str_ends(word, CH_STR("y")) ? ch_str_sub(word, 0, word.len - 1) : word;
}

/* Who, the words of what (in any order, each once) and the period, so that two of the same key count the same. */
static struct ch_str key_of(struct ch_arena *arena, struct ch_str who, struct ch_str what, struct ch_str period)
{
	struct ch_str folded = ch_utf8_fold(arena, what), key = ch_arena_printf(arena, "%.*s|%.*s|", CH_STR_ARG(who), CH_STR_ARG(period));
	CH_VEC(struct ch_str) words = { 0 };
	size_t at = 0;

	while (at < folded.len) {
		size_t start = at;

		while (at < folded.len && ((unsigned char)folded.ptr[at] >= 0x80 || (folded.ptr[at] >= 'a' && folded.ptr[at] <= 'z') ||
					   (folded.ptr[at] >= '0' && folded.ptr[at] <= '9')))
			at++;
		if (at > start)
			*CH_PUSH(arena, &words) = stem(ch_str_sub(folded, start, at));
		else
			at++;
	}
	if (words.n)
		qsort(words.v, words.n, sizeof *words.v, by_text);
	for (uint32_t i = 0; i < words.n; i++)
		if (!i || !ch_str_eq(words.v[i], words.v[i - 1]))
			key = ch_arena_printf(arena, "%.*s %.*s", CH_STR_ARG(key), CH_STR_ARG(words.v[i]));
	return key;
}

const struct ch_cell *ch_cell_of(const struct ch_row *row, const char *name)
{
	static const struct ch_cell none;

	for (uint32_t i = 0; i < CH_COLS_MAX && row->reg->cols[i].name; i++)
		if (strcmp(row->reg->cols[i].name, name) == 0)
			return &row->cells[i];
	return &none;
}

static bool add_count(void *ctx, const struct ch_row *row)
{
	struct counting *c = ctx;
	struct count one = { .value = ch_cell_of(row, "count")->number, .published = ch_day_parse(row->page->published) };
	struct ch_str what = ch_cell_of(row, "what")->text;

	/* "4,000 people", of nobody and no time: two such may be of any two things */
	if (!what.len || (!ch_cell_of(row, "who")->text.len && !ch_cell_of(row, "period")->text.len &&
			  ch_str_find_byte(ch_str_trim(what), ' ', 0) == CH_STR_NONE))
		return true;
	one.period = ch_arena_str(&c->arena, ch_cell_of(row, "period")->text);
	one.key = key_of(&c->arena, ch_cell_of(row, "who")->text, what, one.period);
	one.comparison = ch_arena_str(&c->arena, ch_cell_of(row, "comparison")->text);
	one.id = ch_arena_str(&c->arena, row->id);
	*CH_PUSH(&c->arena, &c->v) = one;
	return true;
}

static int by_key(const void *a, const void *b)
{
	const struct count *x = a, *y = b;
	int c = ch_str_cmp(x->key, y->key);

	if (c)
		return c;
	if (x->value != y->value)
		return x->value < y->value ? -1 : 1;
	if (x->published != y->published)
		return x->published < y->published ? -1 : 1;
	return ch_str_cmp(x->id, y->id);
}

void ch_count_bounds(struct ch_str comparison, double value, double *least, double *most)
{
	double open = value < 0 ? -value : value;

	*least = ch_str_eqz(comparison, "<") ? -1e300 : ch_str_eqz(comparison, "~") ? value - open / 10 : value;
	*most = ch_str_eqz(comparison, ">") ? 1e300 : ch_str_eqz(comparison, "~") ? value + open / 10 : value;
}

/* Counts that cannot both be right, of one period, or if none is said, told within a month. */
enum { COUNT_DAYS = 31 };

static bool contradict(const struct count *a, const struct count *b)
{
	double least_a, most_a, least_b, most_b;

	if (!a->period.len && (a->published == CH_NO_DAY || b->published == CH_NO_DAY ||
			       (a->published > b->published ? a->published - b->published : b->published - a->published) > COUNT_DAYS))
		return false;
	ch_count_bounds(a->comparison, a->value, &least_a, &most_a);
	ch_count_bounds(b->comparison, b->value, &least_b, &most_b);
	return most_a < least_b || most_b < least_a;
}

static bool take_count(void *ctx, const struct ch_row *row)
{
	*(json_t **)ctx = ch_json_row(row, CH_OFFSETS_RAW, true);
	return false;
}

/* Least and most stand first and last. */
static bool give_spread(struct finding *f, const struct count *v, uint32_t n, struct ch_err *err)
{
	enum { AT_MOST = 256 };
	bool against[AT_MOST] = { false }, ok = true;
	json_t *o, *values, *differ, *least = NULL, *most = NULL;

	n = n < AT_MOST ? n : AT_MOST;
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t k = 0; k < i; k++)
			if (contradict(&v[i], &v[k]))
				against[i] = against[k] = true;
	if (!memchr(against, true, sizeof against))
		return true;
	*f->place = (struct ch_cursor){ .set = true, .day = OF_COUNTS, .n = ++f->last };
	if (of_counts(&f->after) && f->last <= f->after.n)
		return true;
	values = ch_json_array();
	for (uint32_t i = 0; ok && i < n; i++) {
		const struct ch_query one = { .id = v[i].id };
		json_t *row = NULL;

		if (!against[i])
			continue;
		ok = ch_store_rows(f->store, CH_REG_TALLIES, &one, take_count, &row, err);
		if (!row)
			continue;
		least = least ? least : row;
		most = row;
		ch_json_push(values, row);
	}
	if (!ok || !least) {
		json_decref(values);
		return ok;
	}
	o = ch_json_object();
	differ = ch_json_array();
	ch_json_push(differ, ch_json_str(CH_STR("count")));
	ch_json_set(o, "differ", differ);
	ch_json_set(o, "kind", ch_json_str(CH_STR("tally")));
	ch_json_set(o, "who", json_incref(json_object_get(least, "who")));
	ch_json_set(o, "what", json_incref(json_object_get(least, "what")));
	ch_json_set(o, "period", json_incref(json_object_get(least, "period")));
	ch_json_set(o, "least", json_incref(json_object_get(least, "count")));
	ch_json_set(o, "most", json_incref(json_object_get(most, "count")));
	ch_json_set(o, "values", values);
	give(f, o);
	return true;
}

static bool find_counts(struct finding *f, const struct ch_query *q, struct ch_err *err)
{
	struct counting c = { 0 };
	bool ok = ch_store_rows(f->store, CH_REG_TALLIES, q, add_count, &c, err);

	f->last = 0;
	if (c.v.n)
		qsort(c.v.v, c.v.n, sizeof *c.v.v, by_key);
	for (uint32_t i = 0, end; ok && f->go && i < c.v.n; i = end) {
		for (end = i + 1; end < c.v.n && ch_str_eq(c.v.v[end].key, c.v.v[i].key); end++)
			;
		ok = give_spread(f, &c.v.v[i], end - i, err);
	}
	ch_arena_free(&c.arena);
	return ok;
}

/* Events from the days before that place on, so that what stands beside its event is there. */
static struct ch_cursor from_before(const struct finding *f)
{
	struct ch_cursor c = f->after;
	const ch_day day = ch_day_parse(ch_str_z(c.day));
	char text[16];

	if (!c.set || *c.day == '~') {
		c.n -= c.set;   /* the event itself may have more */
		return c;
	}
	snprintf(c.day, sizeof c.day, "%s", ch_day_print(f->newest ? day + CH_DIFFER_DAYS + 1 : day - CH_DIFFER_DAYS - 1, text));
	c.n = f->newest ? INT64_MAX : 0;
	return c;
}

bool chancery_conflicts(struct chancery_store *store, const struct chancery_query *given, chancery_row_fn *row, void *ctx,
			struct chancery_error *error)
{
	enum { LOOKED_AT_MAX = 6000 };
	struct finding f = { .go = true, .store = (struct ch_store *)store };
	struct ch_err *err = (struct ch_err *)error;
	struct ch_arena arena = { 0 };
	struct ch_paged paged;
	struct ch_query q;
	bool ok = ch_asked("conflicts", given, err) && ch_query_of(given, &arena, &q, err) && ch_paged_begin(&paged, "conflicts", given, row, ctx, &q, err);

	if (ok) {
		f.row = ch_paged_row;
		f.ctx = &paged;
		f.place = &paged.here;
		f.left = q.limit ? q.limit : UINT64_MAX;
		f.newest = q.newest;
		f.after = q.after;
		q.limit = 0;
		q.at = &f.event;
		q.after = from_before(&f);
		f.look_at = given->next ? LOOKED_AT_MAX : 0;
		ok = of_counts(&f.after) || ch_store_events(f.store, &q, add_event, &f, err);
		if (ok && f.broken_off) {
			paged.here = f.event;
			snprintf(paged.here.id, sizeof paged.here.id, "ffffffff");   /* behind all of the event */
			ch_paged_break(&paged);
			f.go = false;
		}
		q.after = (struct ch_cursor){ .set = false };
		q.at = NULL;
		q.newest = false;
		ok = ok && (!f.go || find_counts(&f, &q, err));
	}
	while (f.near) {
		struct nearby *next = f.near->next;

		drop(f.near);
		f.near = next;
	}
	ch_arena_free(&f.line);
	ch_arena_free(&arena);
	return ok;
}
