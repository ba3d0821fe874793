#include "merge/agenda.h"
#include "base/map.h"
#include <stdlib.h>

/* Items of one pair of parties that a plan is held against, newest first. */
enum { ITEMS_MAX = 128, NONE = -1 };

/* How far from a date what happens is still what was planned, in days. */
enum { LATE_TELLING = 14, DENIED_LATE = 30, POSTPONED_BY_MAX = 183, CONTRARY_LATE = 183 };

#define NO_RECORD UINT32_MAX

static const char *const kind_names[] = { "", "visit", "meeting", "call", "letter", "signing", "invitation", "deed" };
static const char *const state_names[] = { "open", "overdue", "kept", "postponed", "cancelled", "broken" };

const char *ch_agenda_kind_name(enum ch_plan_kind kind)
{
	return kind_names[kind];
}

const char *ch_agenda_state_name(enum ch_plan_state state)
{
	return state_names[state];
}

bool ch_agenda_state_parse(struct ch_str name, enum ch_plan_state *state)
{
	for (size_t i = 0; i < sizeof state_names / sizeof *state_names; i++)
		if (ch_str_eqz(name, state_names[i])) {
			*state = (enum ch_plan_state)i;
			return true;
		}
	return false;
}

enum ch_plan_kind ch_agenda_kind(const struct ch_agenda_record *r)
{
	if (r->invites)
		return CH_PLAN_INVITATION;
	if (ch_str_eqz(r->type, "CONSULT"))
		return ch_str_eqz(r->mode, "visit") ? CH_PLAN_VISIT : ch_str_eqz(r->mode, "letter") ? CH_PLAN_LETTER :
		       ch_str_eqz(r->mode, "phone") ? CH_PLAN_CALL : CH_PLAN_MEETING;
	return ch_str_eqz(r->type, "SUPPORT") && ch_str_eqz(r->mode, "sign") ? CH_PLAN_SIGNING : CH_PLAN_DEED;
}

const char *ch_agenda_contrary(struct ch_str type)
{
	static const char *const pairs[][2] = { { "RETREAT", "ASSAULT" }, { "AID", "SANCTION" }, { "COOPERATE", "SANCTION" },
						{ "AGREE", "REJECT" }, { "CONCEDE", "REJECT" }, { "SUPPORT", "REJECT" } };

	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		if (ch_str_eqz(type, pairs[i][0]))
			return pairs[i][1];
	return NULL;
}

/* ---- parties ---- */

static int by_bytes(const void *a, const void *b)
{
	return ch_str_cmp(*(const struct ch_str *)a, *(const struct ch_str *)b);
}

void ch_agenda_pairs(const struct ch_agenda_record *r, void (*pair)(void *ctx, struct ch_str a, struct ch_str b), void *ctx)
{
	struct ch_str all[2 * CH_AGENDA_PARTIES + 1];
	uint32_t n = 0, kept = 0;

	for (int s = 0; s < 2; s++)
		for (uint32_t i = 0; i < r->n_side[s] && i < CH_AGENDA_PARTIES; i++)
			all[n++] = r->side[s][i];
	if (n == 1 && r->place.len)
		all[n++] = r->place;
	qsort(all, n, sizeof *all, by_bytes);
	for (uint32_t i = 0; i < n && kept < CH_AGENDA_PARTIES; i++)
		if (!kept || !ch_str_eq(all[kept - 1], all[i]))
			all[kept++] = all[i];
	for (uint32_t i = 0; i < kept; i++)
		for (uint32_t j = i + 1; j < kept; j++)
			pair(ctx, all[i], all[j]);
}

/* Parties that a side has; a visit to an unnamed host is one to its place. */
struct side {
	const struct ch_str *v;
	uint32_t n;
};

static struct side side_of(const struct ch_agenda_record *r, int s)
{
	if (s == 1 && !r->n_side[1] && r->place.len && ch_str_eqz(r->mode, "visit"))
		return (struct side){ &r->place, 1 };
	return (struct side){ r->side[s], r->n_side[s] };
}

static bool has(struct side s, struct ch_str party)
{
	for (uint32_t i = 0; i < s.n; i++)
		if (ch_str_eq(s.v[i], party))
			return true;
	return false;
}

static bool within(struct side a, struct side b, struct side c)
{
	for (uint32_t i = 0; i < a.n; i++)
		if (!has(b, a.v[i]) && !has(c, a.v[i]))
			return false;
	return true;
}

/* All of a's parties are b's, on the same sides; a side may be unsaid. */
static bool sides_within(const struct ch_agenda_record *a, const struct ch_agenda_record *b, bool swapped)
{
	const struct side none = { 0 };

	return within(side_of(a, 0), side_of(b, swapped), none) && within(side_of(a, 1), side_of(b, !swapped), none) &&
	       a->n_side[0] + a->n_side[1] > 0 && (side_of(a, 0).n || swapped) == (side_of(b, swapped).n > 0);
}

static bool all_within(const struct ch_agenda_record *a, const struct ch_agenda_record *b)
{
	return a->n_side[0] + a->n_side[1] > 1 && within(side_of(a, 0), side_of(b, 0), side_of(b, 1)) &&
	       within(side_of(a, 1), side_of(b, 0), side_of(b, 1));
}

/* A visitor is no host, who writes is not written to, and a deed has its doer. Talks, calls and signings have no sides. */
static bool has_sides(enum ch_plan_kind kind)
{
	return kind == CH_PLAN_VISIT || kind == CH_PLAN_LETTER || kind == CH_PLAN_INVITATION || kind == CH_PLAN_DEED;
}

static bool same_parties(const struct ch_agenda_record *a, const struct ch_agenda_record *b, enum ch_plan_kind kind)
{
	if (has_sides(kind))
		return sides_within(a, b, false) || sides_within(b, a, false);
	return all_within(a, b) || all_within(b, a);
}

static bool alike_or_unsaid(struct ch_str a, struct ch_str b)
{
	return !a.len || !b.len || ch_str_eq(a, b);
}

/* ---- the index: records and items by pairs of parties ---- */

struct list {
	CH_VEC(uint32_t) outcomes;   /* records that are no plans, by day */
	CH_VEC(uint32_t) items;
};

struct linker {
	const struct ch_agenda_record *r;
	uint32_t n;
	struct ch_arena *arena;
	struct ch_map pairs;         /* "A|B" to lists */
	CH_VEC(struct list) lists;
	CH_VEC(struct ch_agenda_item) items;
	CH_VEC(uint32_t) found;      /* lists of the record in hand */
};

static void find_list(void *ctx, struct ch_str a, struct ch_str b)
{
	struct linker *l = ctx;
	bool added;
	uint32_t at = *ch_map_put(&l->pairs, ch_arena_printf(l->arena, "%.*s|%.*s", CH_STR_ARG(a), CH_STR_ARG(b)), l->lists.n, &added);

	if (added)
		*CH_PUSH(l->arena, &l->lists) = (struct list){ 0 };
	*CH_PUSH(l->arena, &l->found) = at;
}

static void find_lists(struct linker *l, uint32_t record)
{
	l->found.n = 0;
	ch_agenda_pairs(&l->r[record], find_list, l);
}

/* The day by which a record is found: its own first, else when it was told. */
static ch_day day_of(const struct ch_agenda_record *r)
{
	return r->lo != CH_NO_DAY ? r->lo : r->told;
}

static bool plans(const struct ch_agenda_record *r)
{
	return r->status == CH_AGENDA_PLANNED || (r->invites && r->status == CH_AGENDA_ACTUAL);
}

struct slot {
	ch_day day, told;
	uint32_t at;
	struct ch_str id, report;
};

static int by_ids(const struct slot *x, const struct slot *y)
{
	int c = ch_str_cmp(x->id, y->id);

	return c ? c : ch_str_cmp(x->report, y->report);
}

static int by_day(const void *a, const void *b)
{
	const struct slot *x = a, *y = b;

	return x->day != y->day ? (x->day < y->day ? -1 : 1) : by_ids(x, y);
}

/* In the order of telling; of one day the dated first, so that those without a date find theirs. */
static int by_telling(const void *a, const void *b)
{
	const struct slot *x = a, *y = b;

	return x->told != y->told ? (x->told < y->told ? -1 : 1) : (x->day == CH_NO_DAY) != (y->day == CH_NO_DAY) ?
	       (x->day == CH_NO_DAY ? 1 : -1) : x->day != y->day ? (x->day < y->day ? -1 : 1) : by_ids(x, y);
}

/* ---- dates ---- */

static int32_t tolerance(ch_day lo, ch_day hi)
{
	return hi - lo <= 7 ? 3 : hi - lo <= 31 ? 7 : 0;
}

/* Days between two spans, 0 where they touch. */
static int32_t apart(ch_day lo, ch_day hi, ch_day from, ch_day to)
{
	return from > hi ? from - hi : lo > to ? lo - to : 0;
}

static const struct ch_agenda_record *first_of(const struct linker *l, const struct ch_agenda_item *i)
{
	return &l->r[i->plans[0]];
}

/* The telling with most parties: by it outcomes are found. */
static uint32_t fullest(const struct linker *l, const struct ch_agenda_item *i)
{
	uint32_t best = i->plans[0];

	for (uint32_t k = 1; k < i->n_plans; k++)
		if (l->r[i->plans[k]].n_side[0] + l->r[i->plans[k]].n_side[1] > l->r[best].n_side[0] + l->r[best].n_side[1])
			best = i->plans[k];
	return best;
}

/* ---- outcomes ---- */

/* Whether c is the act that was planned, in kind and parties; *rank: how surely, 0 best. */
static bool same_act(enum ch_plan_kind kind, const struct ch_agenda_record *plan, const struct ch_agenda_record *c, int *rank)
{
	enum ch_plan_kind as = ch_agenda_kind(c);

	*rank = 0;
	if (kind == CH_PLAN_INVITATION && c->status == CH_AGENDA_ACTUAL) {
		/* The guest visits the host, or meets him there. */
		struct ch_agenda_record visit = *plan;

		visit.side[0] = plan->side[1];
		visit.n_side[0] = plan->n_side[1];
		visit.side[1] = plan->side[0];
		visit.n_side[1] = plan->n_side[0];
		if (as == CH_PLAN_VISIT)
			return visit.n_side[0] && same_parties(&visit, c, CH_PLAN_VISIT);
		*rank = 1;
		return as == CH_PLAN_MEETING && c->place.len && has(side_of(plan, 0), c->place) && all_within(plan, c);
	}
	if (kind == CH_PLAN_VISIT && as == CH_PLAN_MEETING && c->status == CH_AGENDA_ACTUAL) {
		/* Who met his host at home was there. */
		*rank = 1;
		return c->place.len && has(side_of(plan, 1), c->place) && all_within(plan, c);
	}
	if (as != kind || !same_parties(plan, c, kind))
		return false;
	return kind != CH_PLAN_DEED || (ch_str_eq(plan->type, c->type) && alike_or_unsaid(plan->mode, c->mode));
}

struct outcome {
	uint32_t at;
	int rank;
	int32_t apart;
};

/* The better one has the surer act, the nearer date, the earlier day, the smaller id. */
static bool better(const struct linker *l, struct outcome a, struct outcome b)
{
	ch_day x, y;

	if (b.at == NO_RECORD || a.at == b.at)
		return b.at == NO_RECORD;
	if (a.apart != b.apart)
		return a.apart < b.apart;
	if (a.rank != b.rank)
		return a.rank < b.rank;
	x = day_of(&l->r[a.at]);
	y = day_of(&l->r[b.at]);
	return x != y ? x < y : ch_str_cmp(l->r[a.at].id, l->r[b.at].id) < 0;
}

/* How far the act c is from what was planned; NONE where it is not that. */
static int32_t keeps(const struct linker *l, const struct ch_agenda_item *i, const struct ch_agenda_record *c)
{
	ch_day told = first_of(l, i)->told;

	if (c->lo == CH_NO_DAY) {
		if (c->told == CH_NO_DAY || (told != CH_NO_DAY && c->told <= told))
			return NONE;
		if (i->due_lo == CH_NO_DAY)
			return told != CH_NO_DAY && c->told <= told + CH_AGENDA_WINDOW ? 0 : NONE;
		/* Told soon after the due date without saying when it was. */
		return (i->kind != CH_PLAN_DEED && c->told < i->due_lo - tolerance(i->due_lo, i->due_hi)) ||
		       c->told > i->due_hi + tolerance(i->due_lo, i->due_hi) + LATE_TELLING ? NONE : 1;
	}
	if (told != CH_NO_DAY && (c->hi < told || (c->hi == told && c->told != CH_NO_DAY && c->told <= told)))
		return NONE;
	if (c->hi - c->lo > CH_AGENDA_VAGUE && (i->due_lo == CH_NO_DAY || c->hi - c->lo > i->due_hi - i->due_lo))
		return NONE;   /* "in 2018" may be any of them */
	if (i->due_lo == CH_NO_DAY)
		return told != CH_NO_DAY && c->lo >= told && c->lo <= told + CH_AGENDA_WINDOW ? 0 : NONE;
	/* A deed is due by its date: before that is as good. */
	if (i->kind == CH_PLAN_DEED && told != CH_NO_DAY && c->lo >= told && c->lo <= i->due_hi)
		return 0;
	if (apart(i->due_lo, i->due_hi, c->lo, c->hi) > tolerance(i->due_lo, i->due_hi))
		return NONE;
	return apart(i->due_lo, i->due_hi, c->lo, c->hi);
}

/* A later page that says no, and none after it that says yes again. */
static int32_t denies(const struct linker *l, const struct ch_agenda_item *i, const struct ch_agenda_record *c)
{
	ch_day told = first_of(l, i)->told, last = l->r[i->plans[i->n_plans - 1]].told;

	if (c->told == CH_NO_DAY || told == CH_NO_DAY || c->told < last ||
	    c->told > (i->due_hi == CH_NO_DAY ? told + CH_AGENDA_WINDOW : i->due_hi + DENIED_LATE))
		return NONE;
	if (c->lo != CH_NO_DAY && i->due_lo != CH_NO_DAY && apart(i->due_lo, i->due_hi, c->lo, c->hi) > tolerance(i->due_lo, i->due_hi))
		return NONE;
	return 0;
}

static int32_t contrary(const struct linker *l, const struct ch_agenda_item *i, const struct ch_agenda_record *c)
{
	ch_day told = first_of(l, i)->told;

	return i->due_hi != CH_NO_DAY && day_of(c) != CH_NO_DAY && day_of(c) > told && day_of(c) <= i->due_hi + CONTRARY_LATE ? 0 : NONE;
}

/* The best record on which `fits` agrees, among those of `status` found by the parties of the item. */
static struct outcome outcome_of(struct linker *l, const struct ch_agenda_item *i, int status, bool against)
{
	const struct ch_agenda_record *plan = &l->r[fullest(l, i)];
	const char *other = against ? ch_agenda_contrary(plan->type) : NULL;
	struct outcome best = { NO_RECORD, 0, 0 };
	ch_day from = first_of(l, i)->told, to;

	if (from == CH_NO_DAY && i->due_lo == CH_NO_DAY)
		return best;   /* neither told nor due on any day: anything could be meant */
	if (from == CH_NO_DAY || (i->due_lo != CH_NO_DAY && i->due_lo < from))
		from = i->due_lo;
	to = i->due_hi == CH_NO_DAY || i->due_hi < first_of(l, i)->told ? first_of(l, i)->told : i->due_hi;
	from -= CH_AGENDA_VAGUE;   /* what lasts long begins early */
	to += i->due_hi == CH_NO_DAY || i->kind == CH_PLAN_DEED ? CH_AGENDA_WINDOW : CH_AGENDA_LATE;
	find_lists(l, fullest(l, i));
	for (uint32_t k = 0; k < l->found.n; k++) {
		const struct list *list = &l->lists.v[l->found.v[k]];
		uint32_t lo = 0, hi = list->outcomes.n;

		while (lo < hi) {
			uint32_t mid = lo + (hi - lo) / 2;

			if (day_of(&l->r[list->outcomes.v[mid]]) < from)
				lo = mid + 1;
			else
				hi = mid;
		}
		for (; lo < list->outcomes.n && day_of(&l->r[list->outcomes.v[lo]]) <= to; lo++) {
			const struct ch_agenda_record *c = &l->r[list->outcomes.v[lo]];
			struct outcome one = { list->outcomes.v[lo], 0, 0 };

			if ((int)c->status != status)
				continue;
			if (against ? !other || !ch_str_eqz(c->type, other) || !sides_within(plan, c, false) : !same_act(i->kind, plan, c, &one.rank))
				continue;
			one.apart = against ? contrary(l, i, c) : status == CH_AGENDA_DENIED ? denies(l, i, c) : keeps(l, i, c);
			if (one.apart != NONE && better(l, one, best))
				best = one;
		}
	}
	return best;
}

/* ---- items ---- */

/* Whether p tells the plan of the item again. */
static bool repeats(struct linker *l, const struct ch_agenda_item *i, const struct ch_agenda_record *p)
{
	const struct ch_agenda_record *first = first_of(l, i);
	struct outcome kept;

	if (i->due_lo != CH_NO_DAY && p->lo != CH_NO_DAY)
		return !p->moves && apart(i->due_lo, i->due_hi, p->lo, p->hi) <= 1;
	if (p->moves || p->told == CH_NO_DAY || first->told == CH_NO_DAY)
		return false;
	if (i->due_hi != CH_NO_DAY)
		return p->told <= i->due_hi + tolerance(i->due_lo, i->due_hi);
	if (p->told > first->told + CH_AGENDA_WINDOW)
		return false;
	/* What was kept meanwhile is not planned still. */
	kept = outcome_of(l, i, CH_AGENDA_ACTUAL, false);
	return kept.at == NO_RECORD || day_of(&l->r[kept.at]) >= p->told;
}

/* Whether p, which is no repetition, puts the plan of the item off. */
static bool puts_off(const struct linker *l, const struct ch_agenda_item *i, const struct ch_agenda_record *p)
{
	const struct ch_agenda_record *first = first_of(l, i);

	if (i->kind == CH_PLAN_INVITATION || i->by != NO_RECORD || p->told == CH_NO_DAY || first->told == CH_NO_DAY || p->told < first->told)
		return false;
	if (p->told > (i->due_hi == CH_NO_DAY ? first->told + CH_AGENDA_WINDOW : i->due_hi + DENIED_LATE))
		return false;
	if (p->moves)
		return true;
	return i->due_hi != CH_NO_DAY && p->told > first->told && p->lo > i->due_hi + 1 && p->lo <= i->due_hi + POSTPONED_BY_MAX;
}

static bool same_plan(const struct linker *l, const struct ch_agenda_item *i, const struct ch_agenda_record *p, enum ch_plan_kind kind)
{
	const struct ch_agenda_record *first = first_of(l, i);

	if (i->kind != kind || !same_parties(first, p, kind))
		return false;
	return kind != CH_PLAN_DEED || (ch_str_eq(first->type, p->type) && alike_or_unsaid(first->mode, p->mode));
}

static void join(struct linker *l, struct ch_agenda_item *i, uint32_t at)
{
	const struct ch_agenda_record *p = &l->r[at];

	i->plans = ch_arena_grow(l->arena, i->plans, i->n_plans, i->n_plans + 1, sizeof *i->plans);
	i->plans[i->n_plans++] = at;
	if (p->lo != CH_NO_DAY && (i->due_lo == CH_NO_DAY || p->hi - p->lo < i->due_hi - i->due_lo)) {
		i->due_lo = p->lo;
		i->due_hi = p->hi;
	}
}

static void add_plan(struct linker *l, uint32_t at)
{
	const struct ch_agenda_record *p = &l->r[at];
	enum ch_plan_kind kind = ch_agenda_kind(p);
	uint32_t to = NO_RECORD, off = NO_RECORD, *lists, n_lists;
	struct ch_agenda_item *item;

	find_lists(l, at);
	n_lists = l->found.n;
	lists = CH_NEW_N(l->arena, uint32_t, n_lists);
	if (!n_lists)
		return;
	memcpy(lists, l->found.v, n_lists * sizeof *lists);   /* looking for outcomes finds others */
	for (uint32_t k = 0; k < n_lists; k++) {
		const struct list *list = &l->lists.v[lists[k]];

		for (uint32_t x = list->items.n; x-- > 0 && list->items.n - x <= ITEMS_MAX;) {
			uint32_t one = list->items.v[x];

			if ((to != NO_RECORD && one <= to) || !same_plan(l, &l->items.v[one], p, kind))
				continue;
			if (repeats(l, &l->items.v[one], p))
				to = one;
			else if ((off == NO_RECORD || one > off) && puts_off(l, &l->items.v[one], p))
				off = one;
		}
	}
	if (to != NO_RECORD) {
		join(l, &l->items.v[to], at);
	} else {
		bool old_date = false;

		if (off != NO_RECORD) {
			item = &l->items.v[off];
			item->by = at;   /* unless it was kept all the same: settle decides */
			old_date = p->moves && p->lo != CH_NO_DAY && item->due_hi != CH_NO_DAY && p->lo <= item->due_hi;
		}
		to = l->items.n;
		item = CH_PUSH(l->arena, &l->items);
		*item = (struct ch_agenda_item){ .kind = kind, .by = NO_RECORD, .due_lo = CH_NO_DAY, .due_hi = CH_NO_DAY };
		join(l, item, at);
		if (old_date)   /* "the talks planned for May have been put off" names the day that is no more */
			item->due_lo = item->due_hi = CH_NO_DAY;
	}
	for (uint32_t k = 0; k < n_lists; k++) {
		struct list *list = &l->lists.v[lists[k]];

		if (!list->items.n || list->items.v[list->items.n - 1] != to)
			*CH_PUSH(l->arena, &list->items) = to;
	}
}

static void settle(struct linker *l, struct ch_agenda_item *i, ch_day today)
{
	struct outcome kept = outcome_of(l, i, CH_AGENDA_ACTUAL, false), no = outcome_of(l, i, CH_AGENDA_DENIED, false);
	bool passed = i->due_hi != CH_NO_DAY && today != CH_NO_DAY && i->due_hi < today;

	/* On the day itself it was kept, whatever was said; near it, unless it was put off or called off in between. */
	if (i->by != NO_RECORD && (kept.at == NO_RECORD || kept.apart > 0 || i->due_lo == CH_NO_DAY)) {
		i->state = CH_PLAN_POSTPONED;
		return;
	}
	if (kept.at != NO_RECORD && (no.at == NO_RECORD || (kept.apart == 0 && i->due_lo != CH_NO_DAY) ||
				     l->r[kept.at].told > l->r[no.at].told)) {
		i->state = CH_PLAN_KEPT;
		i->by = kept.at;
		return;
	}
	i->by = no.at;
	if (no.at != NO_RECORD) {
		i->state = i->kind == CH_PLAN_DEED && passed ? CH_PLAN_BROKEN : CH_PLAN_CANCELLED;
		return;
	}
	i->state = passed ? CH_PLAN_OVERDUE : CH_PLAN_OPEN;
	if (passed && i->kind == CH_PLAN_DEED) {
		struct outcome against = outcome_of(l, i, CH_AGENDA_ACTUAL, true);

		if (against.at != NO_RECORD) {
			i->state = CH_PLAN_BROKEN;
			i->by = against.at;
		}
	}
}

struct sorted {
	ch_day due;
	struct ch_str id;
	struct ch_agenda_item item;
};

static int by_due(const void *a, const void *b)
{
	const struct sorted *x = a, *y = b;

	if ((x->due == CH_NO_DAY) != (y->due == CH_NO_DAY))
		return x->due == CH_NO_DAY ? 1 : -1;
	return x->due != y->due ? (x->due < y->due ? -1 : 1) : ch_str_cmp(x->id, y->id);
}

struct ch_agenda_item *ch_agenda_link(const struct ch_agenda_record *r, uint32_t n, ch_day today, struct ch_arena *arena,
				      uint32_t *n_items)
{
	struct linker l = { .r = r, .n = n, .arena = arena };
	struct slot *slots = CH_NEW_N(arena, struct slot, n);
	struct sorted *sorted;
	struct ch_agenda_item *out;

	ch_map_init(&l.pairs, arena);
	for (uint32_t i = 0; i < n; i++)
		slots[i] = (struct slot){ day_of(&r[i]), r[i].told, i, r[i].id, r[i].report };
	if (n)
		qsort(slots, n, sizeof *slots, by_day);
	for (uint32_t i = 0; i < n; i++) {
		if (plans(&r[slots[i].at]) || slots[i].day == CH_NO_DAY)
			continue;
		find_lists(&l, slots[i].at);
		for (uint32_t k = 0; k < l.found.n; k++)
			*CH_PUSH(arena, &l.lists.v[l.found.v[k]].outcomes) = slots[i].at;
	}
	for (uint32_t i = 0; i < n; i++)
		slots[i].day = r[slots[i].at].lo;
	if (n)
		qsort(slots, n, sizeof *slots, by_telling);
	for (uint32_t i = 0; i < n; i++)
		if (plans(&r[slots[i].at]))
			add_plan(&l, slots[i].at);
	sorted = CH_NEW_N(arena, struct sorted, l.items.n);
	out = CH_NEW_N(arena, struct ch_agenda_item, l.items.n);
	for (uint32_t i = 0; i < l.items.n; i++) {
		settle(&l, &l.items.v[i], today);
		sorted[i] = (struct sorted){ l.items.v[i].due_lo, r[l.items.v[i].plans[0]].id, l.items.v[i] };
	}
	if (l.items.n)
		qsort(sorted, l.items.n, sizeof *sorted, by_due);
	for (uint32_t i = 0; i < l.items.n; i++)
		out[i] = sorted[i].item;
	*n_items = l.items.n;
	return out;
}
