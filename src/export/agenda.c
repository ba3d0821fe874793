#include "export/agenda.h"
#include "base/map.h"
#include "export/cursor.h"
#include <stdio.h>
#include <stdlib.h>

/* Pledges are found again in later sentences by their words: of so many at least, this share. A sentence is looked up by the longest few. */
enum { PLEDGE_WORDS = 24, PLEDGE_WORDS_LEAST = 3, LOOKED_UP = 3 };
static const double pledge_share = 0.6;

struct agenda {
	struct ch_store *store;
	struct ch_err *err;
	struct ch_arena arena;       /* what was asked */
	struct ch_arena part;        /* the records and items in hand */
	struct ch_arena row;         /* the line in hand */
	struct ch_agenda_set set;
	struct ch_agenda_item *items;
	uint32_t n_items;
	ch_day today, due_lo, due_hi;
	unsigned states;             /* bits of those asked for */
	CH_VEC(struct pledge_line) pledges;
	struct ch_map told;          /* pledges that are there already */
	chancery_row_fn *fn;
	void *ctx;
	uint64_t left;               /* lines that may still be given */
	uint64_t looked_at;          /* plans */
	bool failed;
};

/* A pledge that is due, as it was told first. */
struct pledge_line {
	ch_day due;
	struct ch_str id, who, what, date, published, page;
	uint32_t sentence, told;
	json_t *json;
};

/* ---- dates ---- */

/* First and last day of "2018", "2018-05", "2018-05-01" or two of them with a stroke between. */
static bool days_of(struct ch_str date, ch_day *lo, ch_day *hi)
{
	size_t stroke = ch_str_find_byte(date, '/', 0);
	uint32_t y = 0, m = 0;

	*lo = *hi = CH_NO_DAY;
	if (stroke != CH_STR_NONE) {
		ch_day other;

		return days_of(ch_str_sub(date, 0, stroke), lo, &other) && days_of(ch_str_sub(date, stroke + 1, date.len), &other, hi) && *lo <= *hi;
	}
	if (date.len >= 10) {
		*lo = *hi = ch_day_parse(date);
	} else if (date.len == 7 && ch_str_uint(ch_str_sub(date, 0, 4), &y) && ch_str_uint(ch_str_sub(date, 5, 7), &m) && m >= 1 && m <= 12) {
		*lo = ch_day_of((int)y, (int)m, 1);
		*hi = ch_day_of((int)y, (int)m, ch_month_days((int)y, (int)m));
	} else if (date.len == 4 && ch_str_uint(date, &y)) {
		*lo = ch_day_of((int)y, 1, 1);
		*hi = ch_day_of((int)y, 12, 31);
	}
	return *lo != CH_NO_DAY && *hi != CH_NO_DAY;
}

/* Due within what was asked for: some of its days are, and it is no longer than a month, or its last day is. */
static bool due_in(const struct agenda *a, ch_day lo, ch_day hi)
{
	if (a->due_lo == CH_NO_DAY)
		return true;
	return lo != CH_NO_DAY && lo <= a->due_hi && hi >= a->due_lo && (hi - lo <= 31 || hi <= a->due_hi);
}

/* The shortest way to write a span of days. */
static json_t *due_json(struct ch_arena *arena, ch_day lo, ch_day hi)
{
	char from[16], to[16];
	struct ch_date d, e;

	if (lo == CH_NO_DAY)
		return json_null();
	ch_day_print(lo, from);
	ch_day_print(hi, to);
	d = ch_date_of(lo);
	e = ch_date_of(hi);
	if (lo != hi && d.day == 1 && d.month == 1 && d.year == e.year && e.month == 12 && e.day == 31)
		from[4] = to[0] = '\0';
	else if (lo != hi && d.day == 1 && d.year == e.year && d.month == e.month && e.day == ch_month_days(e.year, e.month))
		from[7] = to[0] = '\0';
	return ch_json_str(lo == hi || !to[0] ? ch_str_z(from) : ch_arena_printf(arena, "%s/%s", from, to));
}

/* ---- lines ---- */

static json_t *telling_json(struct agenda *a, const struct ch_agenda_record *r)
{
	struct ch_telling t;
	json_t *o;

	if (!ch_store_telling(a->store, r->id, r->report, &a->row, &t, a->err)) {
		a->failed = true;
		return json_null();
	}
	o = ch_json_object();
	ch_json_set(o, "event", ch_json_str(t.event));
	ch_json_set(o, "report", ch_json_str(t.report));
	ch_json_set(o, "date", ch_json_or_null(t.date));
	ch_json_set(o, "status", ch_json_str(t.status));
	ch_json_set(o, "page", ch_json_page(&t.page));
	ch_json_set(o, "text", ch_json_or_null(t.sentence));
	return o;
}

static json_t *parties_json(const struct ch_agenda_record *r, int side)
{
	json_t *list = ch_json_array();

	for (uint32_t i = 0; i < r->n_side[side]; i++)
		ch_json_push(list, ch_json_str(r->side[side][i]));
	return list;
}

/* The id under which the record has the event: of several versions that are one, that of the one which is shown. */
static json_t *shown_event(const json_t *telling, const struct ch_agenda_record *r)
{
	json_t *id = json_object_get(telling, "event");

	return id ? json_incref(id) : ch_json_str(r->id);
}

static void put_outcome(struct agenda *a, json_t *o, enum ch_plan_state state, const struct ch_agenda_record *by, const char *basis)
{
	json_t *outcome = by ? telling_json(a, by) : json_null();

	ch_json_set(o, "state", ch_json_str(ch_str_z(ch_agenda_state_name(state))));
	ch_json_set(o, "by", by ? shown_event(outcome, by) : json_null());
	ch_json_set(o, "by_basis", by ? ch_json_str(ch_str_z(basis)) : json_null());
	ch_json_set(o, "outcome", outcome);
}

static json_t *item_json(struct agenda *a, const struct ch_agenda_item *item)
{
	const struct ch_agenda_record *first = &a->set.v[item->plans[0]], *full = first;
	struct ch_str place = first->place;
	json_t *o = ch_json_object(), *reports = ch_json_array(), *told = telling_json(a, first);

	for (uint32_t i = 0; i < item->n_plans; i++) {
		const struct ch_agenda_record *p = &a->set.v[item->plans[i]];

		if (p->n_side[0] + p->n_side[1] > full->n_side[0] + full->n_side[1])
			full = p;
		if (!place.len)
			place = p->place;
		ch_json_push(reports, ch_json_str(p->report));
	}
	ch_json_set(o, "id", shown_event(told, first));
	ch_json_set(o, "what", ch_json_str(ch_str_z(ch_agenda_kind_name(item->kind))));
	ch_json_set(o, "type", ch_json_str(first->type));
	ch_json_set(o, "mode", ch_json_or_null(first->mode));
	ch_json_set(o, "pledge", json_null());
	ch_json_set(o, "who", parties_json(full, 0));
	ch_json_set(o, "with", parties_json(full, 1));
	ch_json_set(o, "place", ch_json_or_null(place));
	ch_json_set(o, "due", due_json(&a->row, item->due_lo, item->due_hi));
	put_outcome(a, o, item->state, item->by == UINT32_MAX ? NULL : &a->set.v[item->by], "event");
	ch_json_set(o, "told", json_integer(item->n_plans));
	ch_json_set(o, "first", told);
	ch_json_set(o, "reports", reports);
	return o;
}

static bool give(struct agenda *a, json_t *o)
{
	struct ch_str line = ch_json_line(&a->row, o);
	bool go = !a->failed && a->fn(a->ctx, line.ptr, line.len);

	ch_arena_reset(&a->row);
	return go && --a->left;
}

/* ---- pledges ---- */

struct follow {
	struct agenda *a;
	const struct pledge_line *pledge;
	struct ch_arena arena;                  /* the plans of its sentence */
	struct ch_agenda_set set;
	const struct ch_agenda_item *item;      /* of the plan in its sentence */
	struct ch_str words[PLEDGE_WORDS];
	uint32_t n_words;
	struct ch_agenda_record later;          /* what was found by words: ids only */
	bool found;
};

static bool names_party(struct ch_str who, struct ch_str party)
{
	struct ch_str one;

	while (who.len && ch_str_cut(&who, ',', &one))
		if (ch_str_eq(ch_str_trim(one), party))
			return true;
	return false;
}

static const struct ch_agenda_item *item_of(const struct ch_agenda_item *items, uint32_t n, uint32_t record)
{
	for (uint32_t i = n; i-- > 0;)
		for (uint32_t k = 0; k < items[i].n_plans; k++)
			if (items[i].plans[k] == record)
				return &items[i];
	return NULL;
}

/* The plan told in the pledge's sentence whose doer made the pledge. */
static void find_plan(struct follow *f)
{
	const struct ch_agenda_ask ask = { .page = f->pledge->page, .sentence = f->pledge->sentence };
	const struct ch_query all = { 0 };
	struct ch_agenda_item *items;
	uint32_t n;

	if (f->pledge->sentence == CH_NONE)
		return;
	if (!ch_store_agenda(f->a->store, &all, &ask, &f->arena, &f->set, f->a->err)) {
		f->a->failed = true;
		return;
	}
	if (!f->set.n)
		return;
	items = ch_agenda_link(f->set.v, f->set.n, f->a->today, &f->arena, &n);
	for (uint32_t i = 0; i < f->set.n && f->set.chosen[i] && !f->item; i++) {
		const struct ch_agenda_item *item = item_of(items, n, i);
		const struct ch_agenda_record *plan = item ? &f->set.v[item->plans[0]] : NULL;

		for (uint32_t k = 0; plan && k < plan->n_side[0]; k++)
			if (names_party(f->pledge->who, plan->side[0][k]))
				f->item = item;
	}
}

static bool take_later(void *ctx, const struct ch_later *later)
{
	struct follow *f = ctx;

	if (ch_agenda_overlap(f->words, f->n_words, later->sentence, &f->a->row) < pledge_share)
		return true;
	f->later = (struct ch_agenda_record){ .id = ch_arena_str(&f->a->row, later->event), .report = ch_arena_str(&f->a->row, later->report) };
	f->found = true;
	return false;
}

static int longest_first(const void *a, const void *b)
{
	const struct ch_str *x = a, *y = b;

	return x->len != y->len ? (x->len > y->len ? -1 : 1) : ch_str_cmp(*x, *y);
}

static bool find_by_words(struct follow *f)
{
	const struct ch_str what = f->pledge->what, published = f->pledge->published;
	struct ch_arena *arena = &f->a->row;
	struct ch_str longest[PLEDGE_WORDS], query = { 0 }, who = f->pledge->who, party;
	bool ok = true;

	f->n_words = ch_agenda_words(what, arena, f->words, PLEDGE_WORDS);
	if (f->n_words < PLEDGE_WORDS_LEAST || !published.len || ch_str_istarts(what, CH_STR("not ")) || ch_str_istarts(what, CH_STR("never ")))
		return true;   /* that something was not done is not told */
	memcpy(longest, f->words, f->n_words * sizeof *longest);
	qsort(longest, f->n_words, sizeof *longest, longest_first);
	for (uint32_t i = 0; i < f->n_words && i < LOOKED_UP; i++)
		query = ch_arena_printf(arena, "%.*s \"%.*s\"*", CH_STR_ARG(query), CH_STR_ARG(longest[i]));
	while (ok && !f->found && who.len && ch_str_cut(&who, ',', &party))
		ok = ch_store_told_later(f->a->store, ch_str_trim(party), query, published, take_later, f, f->a->err);
	return ok;
}

/* Puts "state", "by" and the like into o; returns the state. *act: it stands on the agenda by itself, as the visit or the like that it is. */
static enum ch_plan_state follow(struct agenda *a, const struct pledge_line *pledge, json_t *o, bool *act)
{
	struct follow f = { .a = a, .pledge = pledge };
	enum ch_plan_state state = CH_PLAN_OPEN;
	const struct ch_agenda_record *by = NULL;
	const char *basis = "event";
	ch_day lo, hi;
	bool passed = days_of(pledge->date, &lo, &hi) && a->today != CH_NO_DAY && hi < a->today;

	find_plan(&f);
	if (f.item) {
		state = f.item->state;
		by = f.item->by == UINT32_MAX ? NULL : &f.set.v[f.item->by];
		if (passed && state == CH_PLAN_OPEN)
			state = CH_PLAN_OVERDUE;
		if (passed && state == CH_PLAN_CANCELLED)
			state = CH_PLAN_BROKEN;
	} else {
		if (!find_by_words(&f))
			a->failed = true;
		basis = "words";
		by = f.found ? &f.later : NULL;
		state = by ? CH_PLAN_KEPT : passed ? CH_PLAN_OVERDUE : CH_PLAN_OPEN;
	}
	if (act)
		*act = f.item && f.item->kind != CH_PLAN_DEED;
	put_outcome(a, o, state, by, basis);
	ch_arena_free(&f.arena);
	return state;
}

/* In that arena. */
static struct pledge_line pledge_of(struct ch_arena *arena, const struct ch_row *row)
{
	struct pledge_line p = { .due = CH_NO_DAY, .sentence = row->sentence_number, .told = 1 };

	p.id = ch_arena_str(arena, row->id);
	p.who = ch_arena_str(arena, row->cells[0].text);
	p.what = ch_arena_str(arena, row->cells[1].text);
	p.date = ch_arena_str(arena, row->cells[2].text);
	p.published = ch_arena_str(arena, row->page->published);
	p.page = ch_arena_str(arena, row->page->id);
	return p;
}

static struct ch_str pledge_key(struct agenda *a, const struct ch_row *row)
{
	struct ch_str words[PLEDGE_WORDS], key = ch_arena_printf(&a->row, "%.*s\n%.*s", CH_STR_ARG(row->cells[0].text), CH_STR_ARG(row->cells[2].text));
	uint32_t n = ch_agenda_words(row->cells[1].text, &a->row, words, PLEDGE_WORDS);

	for (uint32_t i = 0; i < n; i++)
		key = ch_arena_printf(&a->row, "%.*s %.*s", CH_STR_ARG(key), CH_STR_ARG(words[i]));
	return key;
}

static json_t *pledge_json(const struct ch_row *row)
{
	json_t *o = ch_json_object(), *who = ch_json_array(), *first = ch_json_object();
	struct ch_str rest = row->cells[0].text, one;

	while (rest.len && ch_str_cut(&rest, ',', &one))
		ch_json_push(who, ch_json_str(ch_str_trim(one)));
	ch_json_set(o, "id", ch_json_str(row->id));
	ch_json_set(o, "what", ch_json_str(CH_STR("pledge")));
	ch_json_set(o, "type", json_null());
	ch_json_set(o, "mode", json_null());
	ch_json_set(o, "pledge", ch_json_or_null(row->cells[1].text));
	ch_json_set(o, "who", who);
	ch_json_set(o, "with", ch_json_array());
	ch_json_set(o, "place", json_null());
	ch_json_set(o, "due", ch_json_or_null(row->cells[2].text));
	ch_json_set(first, "page", ch_json_page(row->page));
	ch_json_set(first, "text", ch_json_or_null(row->context));
	ch_json_set(o, "first", first);
	ch_json_set(o, "reports", ch_json_array());
	return o;
}

/* Whether the pledge was told before the row, or on the same day and comes before it by its id. */
static bool told_before(const struct pledge_line *p, const struct ch_row *row)
{
	int c = ch_str_cmp(p->published, row->page->published);

	if (!p->published.len != !row->page->published.len)
		return p->published.len > 0;
	return c ? c < 0 : ch_str_cmp(p->id, row->id) < 0;
}

/* A pledge for the agenda. Told again, it is no new line; the first telling stands for it. */
static bool take_agenda_pledge(void *ctx, const struct ch_row *row)
{
	struct agenda *a = ctx;
	struct pledge_line *p;
	uint32_t *at, told = 1;
	ch_day lo, hi;
	bool added;

	if (!days_of(row->cells[2].text, &lo, &hi) || !due_in(a, lo, hi))
		return true;
	at = ch_map_put(&a->told, ch_arena_str(&a->part, pledge_key(a, row)), a->pledges.n, &added);
	ch_arena_reset(&a->row);
	if (added) {
		p = CH_PUSH(&a->part, &a->pledges);
	} else {
		p = &a->pledges.v[*at];
		told = ++p->told;
		if (told_before(p, row))
			return true;
		json_decref(p->json);
	}
	*p = pledge_of(&a->part, row);
	p->told = told;
	p->due = lo;
	p->json = pledge_json(row);
	return true;
}

static bool give_pledge(void *ctx, const struct ch_row *row)
{
	struct agenda *a = ctx;
	const struct pledge_line p = pledge_of(&a->row, row);
	json_t *o = ch_json_row(row, CH_OFFSETS_RAW, true);

	if (a->states >> follow(a, &p, o, NULL) & 1)
		return give(a, o) && !a->failed;
	json_decref(o);
	ch_arena_reset(&a->row);
	return !a->failed;
}

/* ---- the whole ---- */

static bool load(struct agenda *a, const struct ch_query *q, const struct ch_agenda_ask *ask)
{
	if (!ch_store_agenda(a->store, q, ask, &a->part, &a->set, a->err))
		return false;
	a->items = ch_agenda_link(a->set.v, a->set.n, a->today, &a->part, &a->n_items);
	return true;
}

static bool begin(struct agenda *a, struct ch_store *store, const char *today, struct ch_err *err)
{
	struct ch_str day = ch_str_z(today);

	*a = (struct agenda){ .store = store, .err = err, .today = CH_NO_DAY, .due_lo = CH_NO_DAY, .due_hi = CH_NO_DAY, .states = ~0u, .left = UINT64_MAX };
	if (day.len && (day.len != 10 || ch_day_parse(day) == CH_NO_DAY))
		return ch_fail(err, "--today wants a day (2018-05-01), not '%s'", today);
	if (!day.len && !ch_store_newest(store, &a->arena, &day, err))
		return false;
	a->today = ch_day_parse(day);
	return true;
}

static void end_part(struct agenda *a)
{
	for (uint32_t i = 0; i < a->pledges.n; i++)
		json_decref(a->pledges.v[i].json);
	memset(&a->pledges, 0, sizeof a->pledges);
	ch_arena_reset(&a->part);
}

static void end(struct agenda *a)
{
	end_part(a);
	ch_arena_free(&a->arena);
	ch_arena_free(&a->part);
	ch_arena_free(&a->row);
}

static bool chosen(const struct agenda *a, const struct ch_agenda_item *item)
{
	bool any = false;

	for (uint32_t i = 0; i < item->n_plans && !any; i++)
		any = a->set.chosen[item->plans[i]];
	return any && (a->states >> item->state & 1) && due_in(a, item->due_lo, item->due_hi);
}

/* Where a line stands: by the day on which it is due; what has no such day behind all, by the day on which it was told first. Of a day what is
 * planned comes before what is pledged. */
enum { OF_PLANS, OF_PLEDGES, BEHIND_ALL_OF_DAY };
struct place {
	struct ch_cursor at;
	uint32_t i;                  /* in items or pledges */
};

static struct place place_of(ch_day due, ch_day told, int kind, struct ch_str id, uint32_t i)
{
	struct place p = { { .set = true, .n = kind }, i };
	char text[16];

	if (due != CH_NO_DAY)
		snprintf(p.at.day, sizeof p.at.day, "%s", ch_day_print(due, text));
	else
		snprintf(p.at.day, sizeof p.at.day, "~%s", told == CH_NO_DAY || told == CH_UNTOLD ? "~" : ch_day_print(told, text));
	snprintf(p.at.id, sizeof p.at.id, "%.*s", CH_STR_ARG(id));
	return p;
}

static int by_place(const void *x, const void *y)
{
	const struct ch_cursor *a = x, *b = y;
	const int c = strcmp(a->day, b->day);

	return c ? c : a->n != b->n ? (a->n < b->n ? -1 : 1) : strcmp(a->id, b->id);
}

/* What of the part in hand begins, or was told, from that day on, in order, to whoever asks. */
static bool give_part(struct agenda *a, const struct ch_query *q, bool undated, ch_day from)
{
	CH_VEC(struct place) places = { 0 };
	bool go = true;

	for (uint32_t i = 0; i < a->n_items; i++) {
		const struct ch_agenda_item *item = &a->items[i];
		const struct ch_agenda_record *first = &a->set.v[item->plans[0]];
		const ch_day told = first->told == CH_NO_DAY ? CH_UNTOLD : first->told, day = undated ? told : item->due_lo;

		if ((item->due_lo == CH_NO_DAY) == undated && day >= from && day <= a->set.until && chosen(a, item))
			*CH_PUSH(&a->part, &places) = place_of(item->due_lo, told, OF_PLANS, first->id, i);
	}
	for (uint32_t i = 0; i < a->pledges.n; i++)
		*CH_PUSH(&a->part, &places) = place_of(a->pledges.v[i].due, 0, OF_PLEDGES, a->pledges.v[i].id, i);
	if (places.n)
		qsort(places.v, places.n, sizeof *places.v, by_place);
	for (uint32_t i = 0; go && !a->failed && i < places.n; i++) {
		const struct place *p = &places.v[i];
		struct pledge_line *pledge;
		bool act = false;
		json_t *o;

		if (q->after.set && by_place(&p->at, &q->after) <= 0)
			continue;
		if (q->at)
			*q->at = p->at;
		if (p->at.n == OF_PLANS) {
			go = give(a, item_json(a, &a->items[p->i]));
			continue;
		}
		pledge = &a->pledges.v[p->i];
		o = pledge->json;
		pledge->json = NULL;
		if (!(a->states >> follow(a, pledge, o, &act) & 1) || act) {
			json_decref(o);
			ch_arena_reset(&a->row);
			continue;
		}
		ch_json_set(o, "told", json_integer(pledge->told));
		go = give(a, o);
	}
	return go && !a->failed;
}

/* Pledges that are due from a day on, up to which the part in hand goes. */
static bool load_pledges(struct agenda *a, const struct ch_query *given, ch_day from, ch_day last_least)
{
	const ch_day until = a->set.end ? a->due_hi : a->set.until;
	struct ch_query q = *given;
	char lo[16], hi[16], last[16];

	ch_map_init(&a->told, &a->part);
	q.after = (struct ch_cursor){ 0 };
	q.limit = 0;
	q.at = NULL;
	q.due_lo = from == CH_NO_DAY ? CH_STR("0001-01-01") : ch_str_z(ch_day_print(from, lo));
	q.due_hi = until == CH_NO_DAY ? CH_STR("9999-12-31") : ch_str_z(ch_day_print(until, hi));
	q.due_last = last_least == CH_NO_DAY ? CH_STR("0001-01-01") : ch_str_z(ch_day_print(last_least, last));
	return ch_store_rows(a->store, CH_REG_PLEDGES, &q, take_agenda_pledge, a, a->err) && !a->failed;
}

/* A stretch of days after the other, so that whoever has enough stops. more: wanted when nothing was given for long. */
static bool walk(struct agenda *a, const struct ch_query *q, struct ch_paged *paged)
{
	enum { AT_ONCE = 256, LOOKED_AT_MAX = 4000 };
	const struct ch_str after = ch_str_z(q->after.day);
	struct ch_agenda_ask ask = { .plans = true, .undated = q->after.set && *q->after.day == '~', .from = CH_NO_DAY, .until = a->due_hi,
				     .last_least = a->due_lo, .most = AT_ONCE };
	bool go = true;

	if (q->after.set)
		ask.from = ask.undated ? (after.ptr[1] == '~' ? CH_UNTOLD : ch_day_parse(ch_str_sub(after, 1, after.len))) : ch_day_parse(after);
	/* what is open is not over */
	if (a->states == 1u << CH_PLAN_OPEN && a->today != CH_NO_DAY && (a->due_lo == CH_NO_DAY || a->due_lo < a->today))
		ask.last_least = a->today;
	if (q->limit && q->limit < AT_ONCE)
		ask.most = (uint32_t)q->limit + 1;
	while (go) {
		if (!load(a, q, &ask) || (!ask.undated && !load_pledges(a, q, ask.from, ask.last_least)))
			return false;
		go = give_part(a, q, ask.undated, ask.from);
		a->looked_at += a->set.n;
		if (a->failed)
			return false;
		if (a->set.end && (ask.undated || a->due_lo != CH_NO_DAY))
			break;
		ask.from = a->set.end ? CH_NO_DAY : a->set.until + 1;
		ask.undated = ask.undated || a->set.end;
		end_part(a);
		if (go && paged->given->next && a->looked_at > LOOKED_AT_MAX) {
			/* few of many: what there is so far, and where it goes on */
			if (ask.from == CH_NO_DAY)
				paged->here = (struct ch_cursor){ .set = true, .day = "~0" };
			else
				paged->here = place_of(ask.undated ? CH_NO_DAY : ask.from - 1, ask.from - 1, BEHIND_ALL_OF_DAY, CH_STR(""), 0).at;
			ch_paged_break(paged);
			go = false;
		}
	}
	return true;
}

bool chancery_agenda(struct chancery_store *store, const struct chancery_query *given, const struct chancery_plans *plans, chancery_row_fn *row,
		     void *ctx, struct chancery_error *error)
{
	struct ch_err *err = (struct ch_err *)error;
	struct ch_str due_lo = { 0 }, due_hi = { 0 };
	struct ch_paged paged;
	struct agenda a;
	struct ch_query q;
	bool ok = begin(&a, (struct ch_store *)store, plans->today, err) && ch_asked("agenda", given, err) && ch_query_of(given, &a.arena, &q, err) &&
		  ch_query_day(&a.arena, "due", plans->due, false, &due_lo, err) && ch_query_day(&a.arena, "due", plans->due, true, &due_hi, err) &&
		  ch_paged_begin(&paged, "agenda", given, row, ctx, &q, err);

	if (ok) {
		a.left = q.limit ? q.limit : UINT64_MAX;
		a.fn = ch_paged_row;
		a.ctx = &paged;
		a.states = plans->states ? plans->states : ~0u;
		a.due_lo = ch_day_parse(due_lo);
		a.due_hi = ch_day_parse(due_hi);
		ok = walk(&a, &q, &paged);
	}
	end(&a);
	return ok;
}

bool chancery_pledges(struct chancery_store *store, const struct chancery_query *given, const struct chancery_plans *plans, chancery_row_fn *row,
		      void *ctx, struct chancery_error *error)
{
	struct ch_err *err = (struct ch_err *)error;
	struct ch_paged paged;
	struct agenda a;
	struct ch_query q;
	bool ok = begin(&a, (struct ch_store *)store, plans->today, err) && ch_asked("pledges", given, err) && ch_query_of(given, &a.arena, &q, err) &&
		  ch_paged_begin(&paged, "pledges", given, row, ctx, &q, err);

	if (ok) {
		a.left = q.limit ? q.limit : UINT64_MAX;
		a.fn = ch_paged_row;
		a.ctx = &paged;
		a.states = plans->states ? plans->states : ~0u;
		q.limit = plans->states ? 0 : q.limit;   /* of those in a state, nobody knows how many to look at */
		ok = ch_store_rows(a.store, CH_REG_PLEDGES, &q, give_pledge, &a, err) && !a.failed;
	}
	end(&a);
	return ok;
}

bool chancery_plan_state(const char *name, unsigned *state)
{
	enum ch_plan_state s;

	if (!ch_agenda_state_parse(ch_str_z(name), &s))
		return false;
	*state = 1u << s;
	return true;
}

/* ---- one ---- */

bool ch_agenda_of_event(struct ch_store *store, struct ch_str id, json_t **object, struct ch_err *err)
{
	struct ch_agenda_ask ask = { .event = id };
	struct ch_query q = { 0 };
	struct agenda a;
	bool ok = begin(&a, store, NULL, err) && load(&a, &q, &ask);

	*object = NULL;
	for (uint32_t i = 0; ok && !*object && i < a.n_items; i++)
		if (chosen(&a, &a.items[i])) {
			*object = item_json(&a, &a.items[i]);
			ok = !a.failed;
		}
	end(&a);
	return ok;
}

struct one_pledge {
	struct agenda *a;
	json_t *object;
};

static bool take_one(void *ctx, const struct ch_row *row)
{
	struct one_pledge *one = ctx;
	const struct pledge_line p = pledge_of(&one->a->part, row);

	one->object = pledge_json(row);
	follow(one->a, &p, one->object, NULL);
	return false;
}

bool ch_agenda_of_pledge(struct ch_store *store, struct ch_str id, json_t **object, struct ch_err *err)
{
	struct ch_query q = { .id = id };
	struct agenda a;
	struct one_pledge one = { &a, NULL };
	bool ok = begin(&a, store, NULL, err) && ch_store_rows(store, CH_REG_PLEDGES, &q, take_one, &one, err) && !a.failed;

	*object = one.object;
	end(&a);
	return ok;
}
