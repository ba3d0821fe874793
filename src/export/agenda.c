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
	struct ch_arena arena;       /* the records and items */
	struct ch_arena row;         /* the line in hand */
	struct ch_agenda_set set;
	struct ch_agenda_item *items;
	uint32_t n_items;
	struct ch_map item_of;       /* id of a plan's event to its item: the last of them */
	ch_day today, due_lo, due_hi;
	unsigned states;             /* bits of those asked for */
	struct {
		struct agenda_line *v;
		uint32_t n, cap;
	} pledges;
	struct ch_map told;          /* pledges that are there already */
	chancery_row_fn *fn;
	void *ctx;
	uint64_t left;               /* lines that may still be given */
	bool failed;
};

struct agenda_line {
	ch_day due;
	struct ch_str id;
	json_t *json;
	uint32_t told;
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
	struct ch_str who;                      /* "FRA, MLI" */
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

/* The plan told in the pledge's sentence whose doer made the pledge. */
static bool take_plan(void *ctx, struct ch_str event)
{
	struct follow *f = ctx;
	const uint32_t *at = ch_map_get(&f->a->item_of, event);
	const struct ch_agenda_item *item = at ? &f->a->items[*at] : NULL;
	const struct ch_agenda_record *plan = item ? &f->a->set.v[item->plans[0]] : NULL;

	for (uint32_t i = 0; plan && i < plan->n_side[0]; i++)
		if (names_party(f->who, plan->side[0][i]))
			f->item = item;
	return !f->item;
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

static bool find_by_words(struct follow *f, struct ch_str what, struct ch_str published)
{
	struct ch_arena *arena = &f->a->row;
	struct ch_str longest[PLEDGE_WORDS], query = { 0 }, who = f->who, party;
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

/* Puts "state", "by" and the like into o; returns the state. */
static enum ch_plan_state follow(struct agenda *a, const struct ch_row *row, json_t *o, struct follow *f)
{
	enum ch_plan_state state = CH_PLAN_OPEN;
	const struct ch_agenda_record *by = NULL;
	const char *basis = "event";
	ch_day lo, hi;
	bool passed = days_of(row->cells[2].text, &lo, &hi) && a->today != CH_NO_DAY && hi < a->today;

	*f = (struct follow){ .a = a, .who = row->cells[0].text };
	if (row->sentence_number != CH_NONE &&
	    !ch_store_plans_told(a->store, row->page->id, row->sentence_number, take_plan, f, a->err))
		a->failed = true;
	if (f->item) {
		state = f->item->state;
		by = f->item->by == UINT32_MAX ? NULL : &a->set.v[f->item->by];
		if (passed && state == CH_PLAN_OPEN)
			state = CH_PLAN_OVERDUE;
		if (passed && state == CH_PLAN_CANCELLED)
			state = CH_PLAN_BROKEN;
	} else {
		if (!find_by_words(f, row->cells[1].text, row->page->published))
			a->failed = true;
		basis = "words";
		by = f->found ? &f->later : NULL;
		state = by ? CH_PLAN_KEPT : passed ? CH_PLAN_OVERDUE : CH_PLAN_OPEN;
	}
	put_outcome(a, o, state, by, basis);
	return state;
}

static struct ch_str pledge_key(struct agenda *a, const struct ch_row *row)
{
	struct ch_str words[PLEDGE_WORDS], key = ch_arena_printf(&a->row, "%.*s\n%.*s", CH_STR_ARG(row->cells[0].text), CH_STR_ARG(row->cells[2].text));
	uint32_t n = ch_agenda_words(row->cells[1].text, &a->row, words, PLEDGE_WORDS);

	for (uint32_t i = 0; i < n; i++)
		key = ch_arena_printf(&a->row, "%.*s %.*s", CH_STR_ARG(key), CH_STR_ARG(words[i]));
	return key;
}

static json_t *pledge_line(const struct ch_row *row)
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

/* Whether the line was told before the row, or on the same day and comes before it by its id. */
static bool told_before(const struct agenda_line *line, const struct ch_row *row)
{
	const char *published = json_string_value(json_object_get(json_object_get(json_object_get(line->json, "first"), "page"), "published"));
	struct ch_str day = ch_str_z(published ? published : "");
	int c = ch_str_cmp(day, row->page->published);

	if (!day.len != !row->page->published.len)
		return day.len > 0;
	return c ? c < 0 : ch_str_cmp(line->id, row->id) < 0;
}

/* A pledge for the agenda. Told again, it is no new line; the first telling stands for it. */
static bool take_agenda_pledge(void *ctx, const struct ch_row *row)
{
	struct agenda *a = ctx;
	struct agenda_line *line;
	enum ch_plan_state state;
	struct follow f;
	uint32_t *at;
	ch_day lo, hi;
	bool added;
	json_t *o;

	if (!days_of(row->cells[2].text, &lo, &hi) || !due_in(a, lo, hi))
		return true;
	at = ch_map_put(&a->told, ch_arena_str(&a->arena, pledge_key(a, row)), a->pledges.n, &added);
	if (!added) {
		line = &a->pledges.v[*at];
		line->told++;
		if (line->json && told_before(line, row)) {
			ch_arena_reset(&a->row);
			return true;
		}
	}
	o = pledge_line(row);
	state = follow(a, row, o, &f);
	if ((f.item && f.item->kind != CH_PLAN_DEED) || !(a->states >> state & 1)) {
		json_decref(o);   /* it stands on the agenda as what it is */
		o = NULL;
	}
	if (added)
		line = CH_PUSH(&a->arena, &a->pledges);
	else
		line = &a->pledges.v[*at];
	if (!added)
		json_decref(line->json);
	*line = (struct agenda_line){ lo, ch_arena_str(&a->arena, row->id), o, added ? 1 : line->told };
	ch_arena_reset(&a->row);
	return !a->failed;
}

static bool give_pledge(void *ctx, const struct ch_row *row)
{
	struct agenda *a = ctx;
	json_t *o = ch_json_row(row, CH_OFFSETS_RAW, true);
	enum ch_plan_state state;
	struct follow f;

	state = follow(a, row, o, &f);
	if (a->states >> state & 1)
		return give(a, o);
	json_decref(o);
	ch_arena_reset(&a->row);
	return !a->failed;
}

/* ---- the whole ---- */

static bool load(struct agenda *a, const struct ch_query *q, const struct ch_agenda_ask *ask)
{
	if (!ch_store_agenda(a->store, q, ask, &a->arena, &a->set, a->err))
		return false;
	a->items = ch_agenda_link(a->set.v, a->set.n, a->today, &a->arena, &a->n_items);
	ch_map_init(&a->item_of, &a->arena);
	for (uint32_t i = 0; i < a->n_items; i++)
		for (uint32_t k = 0; k < a->items[i].n_plans; k++)
			*ch_map_put(&a->item_of, a->set.v[a->items[i].plans[k]].id, i, NULL) = i;
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

static void end(struct agenda *a)
{
	for (uint32_t i = 0; i < a->pledges.n; i++)
		json_decref(a->pledges.v[i].json);
	ch_arena_free(&a->arena);
	ch_arena_free(&a->row);
}

static bool chosen(const struct agenda *a, const struct ch_agenda_item *item)
{
	bool any = false;

	for (uint32_t i = 0; i < item->n_plans && !any; i++)
		any = a->set.chosen[item->plans[i]];
	return any && (a->states >> item->state & 1) && due_in(a, item->due_lo, item->due_hi);
}

static int by_due(const void *x, const void *y)
{
	const struct agenda_line *a = x, *b = y;

	return a->due != b->due ? (a->due < b->due ? -1 : 1) : ch_str_cmp(a->id, b->id);
}

/* Items and pledges, which have a due date all, in the order of that. */
static void give_all(struct agenda *a)
{
	uint32_t p = 0;
	bool go = true;

	if (a->pledges.n)
		qsort(a->pledges.v, a->pledges.n, sizeof *a->pledges.v, by_due);
	for (uint32_t i = 0; go && i <= a->n_items; i++) {
		if (i < a->n_items && !chosen(a, &a->items[i]))
			continue;
		for (; go && p < a->pledges.n && (i == a->n_items || a->items[i].due_lo == CH_NO_DAY || a->pledges.v[p].due < a->items[i].due_lo); p++) {
			json_t *o = a->pledges.v[p].json;

			a->pledges.v[p].json = NULL;
			if (!o)
				continue;
			ch_json_set(o, "told", json_integer(a->pledges.v[p].told));
			go = give(a, o);
		}
		if (go && i < a->n_items)
			go = give(a, item_json(a, &a->items[i]));
	}
}

bool chancery_agenda(struct chancery_store *store, const struct chancery_query *given, const struct chancery_plans *plans, chancery_row_fn *row,
		     void *ctx, struct chancery_error *error)
{
	struct ch_err *err = (struct ch_err *)error;
	struct ch_agenda_ask ask = { .plans = true, .pledges = true, .dated = true };
	struct agenda a;
	struct ch_query q;
	bool ok = begin(&a, (struct ch_store *)store, plans->today, err) && ch_query_of(given, &a.arena, &q, err) &&
		  ch_query_day(&a.arena, "due", plans->due, false, &ask.due_lo, err) &&
		  ch_query_day(&a.arena, "due", plans->due, true, &ask.due_hi, err);

	if (ok) {
		a.left = q.limit ? q.limit : UINT64_MAX;
		a.fn = row;
		a.ctx = ctx;
		a.states = plans->states ? plans->states : ~0u;
		a.due_lo = ch_day_parse(ask.due_lo);
		a.due_hi = ch_day_parse(ask.due_hi);
		ch_map_init(&a.told, &a.arena);
		q.limit = 0;
		ok = load(&a, &q, &ask);
		q.due_lo = ask.due_lo.len ? ask.due_lo : CH_STR("0001-01-01");
		q.due_hi = ask.due_hi.len ? ask.due_hi : CH_STR("9999-12-31");
		ok = ok && ch_store_rows(a.store, CH_REG_PLEDGES, &q, take_agenda_pledge, &a, err) && !a.failed;
		if (ok)
			give_all(&a);
		ok = ok && !a.failed;
	}
	end(&a);
	return ok;
}

bool chancery_pledges(struct chancery_store *store, const struct chancery_query *given, const struct chancery_plans *plans, chancery_row_fn *row,
		      void *ctx, struct chancery_error *error)
{
	struct ch_err *err = (struct ch_err *)error;
	struct ch_agenda_ask ask = { .pledges = true };
	struct ch_paged paged;
	struct agenda a;
	struct ch_query q;
	bool ok = begin(&a, (struct ch_store *)store, plans->today, err) && ch_query_of(given, &a.arena, &q, err) &&
		  ch_paged_begin(&paged, "pledges", given, row, ctx, &q, err);

	if (ok) {
		a.left = q.limit ? q.limit : UINT64_MAX;
		a.fn = ch_paged_row;
		a.ctx = &paged;
		a.states = plans->states ? plans->states : ~0u;
		q.limit = 0;
		ok = load(&a, &q, &ask) && ch_store_rows(a.store, CH_REG_PLEDGES, &q, give_pledge, &a, err) && !a.failed;
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
	struct follow f;

	one->object = pledge_line(row);
	follow(one->a, row, one->object, &f);
	return false;
}

bool ch_agenda_of_pledge(struct ch_store *store, struct ch_str id, json_t **object, struct ch_err *err)
{
	struct ch_agenda_ask ask = { .pledges = true };
	struct ch_query q = { .id = id };
	struct agenda a;
	struct one_pledge one = { &a, NULL };
	bool ok = begin(&a, store, NULL, err) && load(&a, &q, &ask) && ch_store_rows(store, CH_REG_PLEDGES, &q, take_one, &one, err) && !a.failed;

	*object = one.object;
	end(&a);
	return ok;
}
