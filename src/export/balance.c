/* export/balance.c -- with whom a party has to do, year by year, in cooperation and in conflict: partner by partner, and by the
 * organisations that its partners belonged to in that year. */
#include "doc/engine.h"
#include "base/map.h"
#include "export/parties.h"
#include "export/query.h"
#include <stdlib.h>

enum {
	WITH_YEARS = 24,     /* partners, and as many blocs, of which the years are told */
	BLOCS_MAX = 60,      /* beyond these a bloc is too small to be one side of a balance */
	STATES_MAX = 100,    /* an organisation of more members, ever, is no side of anything */
	YEAR_FIRST = 1500, YEAR_PAST = 2200,
};

#define NO_BLOC (UINT32_MAX - 1)

struct year {
	uint32_t year;
	uint64_t cooperation, conflict;
};

struct held {
	uint32_t partner, year;
};

struct side {
	struct ch_str key, name;
	uint32_t entity;               /* UINT32_MAX: the lists do not have it */
	uint64_t cooperation, conflict;    /* of all events; of a bloc: of those of the years told */
	CH_VEC(struct year) years;     /* in order once sorted */
	CH_VEC(struct held) held;      /* of a bloc: what is counted for it, in order */
	uint32_t states;               /* of a bloc: how many it ever had as members */
	bool acts;                     /* it acts as one: a bloc that the lists call so */
};

struct balance {
	struct ch_arena arena;
	struct ch_str self;
	const struct ch_gazetteer *g;
	struct ch_map by_party;
	CH_VEC(struct side) partners, blocs;
};

static uint64_t events_of(const struct side *s)
{
	return s->cooperation + s->conflict;
}

static void add(struct ch_arena *arena, struct side *s, uint32_t year, uint64_t cooperation, uint64_t conflict)
{
	uint32_t i = 0;

	s->cooperation += cooperation;
	s->conflict += conflict;
	if (!year)
		return;
	while (i < s->years.n && s->years.v[i].year != year)
		i++;
	if (i == s->years.n)
		*CH_PUSH(arena, &s->years) = (struct year){ year, 0, 0 };
	s->years.v[i].cooperation += cooperation;
	s->years.v[i].conflict += conflict;
}

static uint32_t year_of(struct ch_str text)
{
	uint32_t n = 0;

	for (size_t i = 0; i < text.len && i < 4; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return 0;
		n = n * 10 + (uint32_t)(text.ptr[i] - '0');
	}
	return n >= YEAR_FIRST && n < YEAR_PAST ? n : 0;
}

static bool take(void *ctx, const struct ch_count *c)
{
	struct balance *b = ctx;
	uint32_t *at;

	if (ch_str_eq(c->party, b->self))
		return true;
	at = ch_map_get(&b->by_party, c->party);
	if (!at) {
		struct ch_str key = ch_arena_str(&b->arena, c->party);

		at = ch_map_put(&b->by_party, key, b->partners.n, NULL);
		*CH_PUSH(&b->arena, &b->partners) = (struct side){ .key = key, .name = key, .entity = UINT32_MAX };
	}
	add(&b->arena, &b->partners.v[*at], year_of(c->year), c->events - c->conflict, c->conflict);
	return true;
}

static int by_year(const void *a, const void *b)
{
	const struct year *x = a, *y = b;

	return (x->year > y->year) - (x->year < y->year);
}

/* Those that act as one first; of two with as many events the smaller organisation, which says more. */
static int by_size(const void *a, const void *b)
{
	const struct side *x = a, *y = b;

	if (x->acts != y->acts)
		return x->acts ? -1 : 1;
	if (events_of(x) != events_of(y))
		return events_of(x) < events_of(y) ? 1 : -1;
	return x->states != y->states ? (x->states > y->states) - (x->states < y->states) : ch_str_cmp(x->key, y->key);
}

static void sort(struct side *v, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if (v[i].years.n)
			qsort(v[i].years.v, v[i].years.n, sizeof *v[i].years.v, by_year);
	if (n)
		qsort(v, n, sizeof *v, by_size);
}

/* Which of the partners the lists know. */
static bool find_entities(struct balance *b, struct ch_store *store, struct ch_err *err)
{
	struct ch_parties known;

	ch_parties_init(&known, &b->arena, b->g);
	for (uint32_t i = 0; i < b->partners.n; i++) {
		struct side *p = &b->partners.v[i];
		const struct ch_gz_entity *e;

		if (!ch_parties_meant(&known, store, b->self, p->key, events_of(p), &e, err))
			return false;
		if (e) {
			p->entity = (uint32_t)(e - b->g->entities);
			p->name = ch_gz_str(b->g, e->name);
		}
	}
	return true;
}

/* How many members an organisation ever had. */
static uint32_t states_of(const struct ch_gazetteer *g, uint32_t org)
{
	struct ch_gz_members it = ch_gz_members_of(g, org, CH_NO_DAY);
	const struct ch_gz_membership *m;
	uint32_t n = 0, last = UINT32_MAX;

	while ((m = ch_gz_members_next(&it))) {
		n += m->status == CH_GZ_MEMBER && m->state != last;
		last = m->state;
	}
	return n;
}

static uint32_t year_of_day(int32_t day)
{
	if (day == INT32_MIN)
		return 0;
	return day == INT32_MAX ? YEAR_PAST : (uint32_t)ch_date_of(day).year;
}

/* What the partner did in that year counts for the bloc; once, though it left and came back. */
static void hold(struct balance *b, struct side *bloc, uint32_t partner, const struct year *y)
{
	const struct held *last = bloc->held.n ? &bloc->held.v[bloc->held.n - 1] : NULL;

	if (last && last->partner == partner && last->year >= y->year)
		return;
	*CH_PUSH(&b->arena, &bloc->held) = (struct held){ partner, y->year };
	add(&b->arena, bloc, y->year, y->cooperation, y->conflict);
}

/* What the partner did counts for each organisation that it belonged to in that year: whoever joins or leaves within the year did.
 * Organisations of nearly all states are no side of anything. */
static void add_to_blocs(struct balance *b, uint32_t *bloc_of, uint32_t partner)
{
	const struct side *p = &b->partners.v[partner];
	struct ch_gz_members it;
	const struct ch_gz_membership *m;

	if (p->entity == UINT32_MAX)
		return;
	it = ch_gz_orgs_of(b->g, p->entity, CH_NO_DAY);
	while ((m = ch_gz_members_next(&it))) {
		const uint32_t from = year_of_day(m->from), to = year_of_day(m->to);

		if (m->status != CH_GZ_MEMBER || bloc_of[m->org] == NO_BLOC)
			continue;
		if (bloc_of[m->org] == UINT32_MAX) {
			const struct ch_gz_entity *e = &b->g->entities[m->org];
			const uint32_t states = states_of(b->g, m->org), *same = ch_map_get(&b->by_party, ch_gz_str(b->g, e->party));
			/* The Andean Community has Canada's code: under that one side can be told, and the partner is one. */
			const bool none = states > STATES_MAX || (same && b->partners.v[*same].entity != m->org);

			bloc_of[m->org] = none ? NO_BLOC : b->blocs.n;
			if (none)
				continue;
			*CH_PUSH(&b->arena, &b->blocs) = (struct side){ .key = ch_gz_str(b->g, e->party), .name = ch_gz_str(b->g, e->name),
				.entity = m->org, .states = states, .acts = m->flags & CH_GZ_OF_BLOC };
		}
		for (uint32_t i = 0; i < p->years.n; i++)
			if (p->years.v[i].year >= from && p->years.v[i].year <= to)
				hold(b, &b->blocs.v[bloc_of[m->org]], partner, &p->years.v[i]);
	}
}

/* What an organisation did itself counts for it, where a member of it is a partner too. */
static void add_themselves(struct balance *b, const uint32_t *bloc_of)
{
	for (uint32_t i = 0; i < b->partners.n; i++) {
		const struct side *p = &b->partners.v[i];

		for (uint32_t k = 0; p->entity != UINT32_MAX && bloc_of[p->entity] < NO_BLOC && k < p->years.n; k++)
			hold(b, &b->blocs.v[bloc_of[p->entity]], i, &p->years.v[k]);
	}
}

static int by_partner(const void *a, const void *b)
{
	const struct held *x = a, *y = b;

	return x->partner != y->partner ? (x->partner > y->partner) - (x->partner < y->partner) : (x->year > y->year) - (x->year < y->year);
}

/* What blocs hold in order, and without those of whom nobody did anything in the years of his membership. */
static void settle(struct balance *b)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < b->blocs.n; i++) {
		struct side *bloc = &b->blocs.v[i];

		if (!bloc->held.n)
			continue;
		qsort(bloc->held.v, bloc->held.n, sizeof *bloc->held.v, by_partner);
		b->blocs.v[n++] = *bloc;
	}
	b->blocs.n = n;
}

/* ---- the two sides to begin with ---- */

struct candidate {
	const struct side *side;
	uint32_t partner;      /* UINT32_MAX: a bloc */
	uint64_t dated;
};

static bool overlap(const struct candidate *x, const struct candidate *y)
{
	const struct side *a = x->side, *b = y->side;
	uint32_t i = 0, k = 0;

	if (x->partner != UINT32_MAX && y->partner != UINT32_MAX)
		return false;
	if (x->partner != UINT32_MAX || y->partner != UINT32_MAX) {
		const struct side *bloc = x->partner == UINT32_MAX ? a : b;
		const uint32_t partner = x->partner == UINT32_MAX ? y->partner : x->partner;

		while (i < bloc->held.n && bloc->held.v[i].partner != partner)
			i++;
		return i < bloc->held.n;
	}
	while (i < a->held.n && k < b->held.n) {
		const struct held *p = &a->held.v[i], *q = &b->held.v[k];

		if (p->partner == q->partner && p->year == q->year)
			return true;
		if (p->partner < q->partner || (p->partner == q->partner && p->year < q->year))
			i++;
		else
			k++;
	}
	return false;
}

static int by_dated(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->dated != y->dated)
		return x->dated < y->dated ? 1 : -1;
	if ((x->partner == UINT32_MAX) != (y->partner == UINT32_MAX))
		return x->partner == UINT32_MAX ? -1 : 1;
	return x->side < y->side ? -1 : 1;     /* as they stand in their list */
}

/* Two that share no partner in any year, the smaller of them as large as can be: blocs that act as one and of which two parties at least are
 * partners, or single partners. O(candidates^2) at worst. */
static json_t *sides(const struct balance *b, uint32_t n_blocs)
{
	json_t *list = ch_json_array();
	struct candidate v[2 * WITH_YEARS];
	uint32_t n = 0, one = UINT32_MAX, other = 0;

	for (uint32_t i = 0; i < n_blocs && i < WITH_YEARS; i++) {
		const struct side *s = &b->blocs.v[i];

		if (s->acts && s->held.v[0].partner != s->held.v[s->held.n - 1].partner)
			v[n++] = (struct candidate){ s, UINT32_MAX, events_of(s) };
	}
	for (uint32_t i = 0; i < b->partners.n && i < WITH_YEARS; i++) {
		uint64_t dated = 0;

		for (uint32_t k = 0; k < b->partners.v[i].years.n; k++)
			dated += b->partners.v[i].years.v[k].cooperation + b->partners.v[i].years.v[k].conflict;
		/* What an organisation did is in its bloc. */
		for (uint32_t k = 0; dated && b->partners.v[i].entity != UINT32_MAX && k < n_blocs; k++)
			dated = b->blocs.v[k].entity == b->partners.v[i].entity ? 0 : dated;
		if (dated)
			v[n++] = (struct candidate){ &b->partners.v[i], i, dated };
	}
	if (n)
		qsort(v, n, sizeof *v, by_dated);
	/* They stand by size: the smaller of a pair is the later one; of those as large the one that stands opposite the largest. */
	for (uint32_t k = 1; k < n && (one == UINT32_MAX || v[k].dated == v[other].dated); k++) {
		for (uint32_t i = 0; i < k && i < one; i++) {
			if (overlap(&v[i], &v[k]))
				continue;
			one = i;
			other = k;
		}
	}
	if (one != UINT32_MAX) {
		ch_json_push(list, ch_json_str(v[one].side->key));
		ch_json_push(list, ch_json_str(v[other].side->key));
	}
	return list;
}

static json_t *told(struct balance *b, const struct side *v, uint32_t n, bool blocs)
{
	json_t *list = ch_json_array();

	for (uint32_t i = 0; i < n; i++) {
		json_t *o = ch_json_object(), *years = ch_json_array(), *members = ch_json_array();

		ch_json_set(o, "party", ch_json_str(v[i].key));
		ch_json_set(o, "name", ch_json_str(v[i].name));
		ch_json_set(o, "events", json_integer((json_int_t)events_of(&v[i])));
		ch_json_set(o, "cooperation", json_integer((json_int_t)v[i].cooperation));
		ch_json_set(o, "conflict", json_integer((json_int_t)v[i].conflict));
		for (uint32_t k = 0; k < v[i].held.n; k++)
			if ((!k || v[i].held.v[k].partner != v[i].held.v[k - 1].partner) && b->partners.v[v[i].held.v[k].partner].entity != v[i].entity)
				ch_json_push(members, ch_json_str(b->partners.v[v[i].held.v[k].partner].key));
		for (uint32_t k = 0; i < WITH_YEARS && k < v[i].years.n; k++) {
			json_t *y = ch_json_object();

			ch_json_set(y, "year", ch_json_str(ch_arena_printf(&b->arena, "%04u", v[i].years.v[k].year)));
			ch_json_set(y, "cooperation", json_integer((json_int_t)v[i].years.v[k].cooperation));
			ch_json_set(y, "conflict", json_integer((json_int_t)v[i].years.v[k].conflict));
			ch_json_push(years, y);
		}
		if (blocs)
			ch_json_set(o, "members", members);
		else
			json_decref(members);
		ch_json_set(o, "years", years);
		ch_json_push(list, o);
	}
	return list;
}

bool chancery_balance(struct chancery_store *public, const struct chancery *engine, const char *name, char **json, struct chancery_error *error)
{
	struct ch_store *store = (struct ch_store *)public;
	struct ch_err *err = (struct ch_err *)error;
	struct balance b = { .g = ((const struct ch_engine *)engine)->gazetteer };
	struct ch_str person;
	json_t *o = ch_json_object();
	bool ok = ch_store_resolve(store, &b.arena, ch_str_z(name), &b.self, &person, err);

	ch_map_init(&b.by_party, &b.arena);
	if (ok && !b.self.len && !person.len)
		b.self = ch_party_by_lists(b.g, ch_str_z(name));
	if (ok && !b.self.len)
		ok = ch_fail(err, "'%s' is no party of an event in the store", name);
	ok = ok && ch_store_counts(store, &(struct ch_query){ .who = b.self }, CH_COUNT_TIES, take, &b, err);
	ok = ok && find_entities(&b, store, err);
	if (ok) {
		uint32_t *bloc_of = ch_arena_alloc(&b.arena, b.g->people_first * sizeof *bloc_of), blocs;

		memset(bloc_of, 0xff, b.g->people_first * sizeof *bloc_of);
		sort(b.partners.v, b.partners.n);
		for (uint32_t i = 0; i < b.partners.n; i++)
			*ch_map_get(&b.by_party, b.partners.v[i].key) = i;
		for (uint32_t i = 0; i < b.partners.n; i++)
			add_to_blocs(&b, bloc_of, i);
		add_themselves(&b, bloc_of);
		settle(&b);
		sort(b.blocs.v, b.blocs.n);
		blocs = b.blocs.n < BLOCS_MAX ? b.blocs.n : BLOCS_MAX;
		ch_json_set(o, "party", ch_json_str(b.self));
		ch_json_set(o, "sides", sides(&b, blocs));
		ch_json_set(o, "blocs", told(&b, b.blocs.v, blocs, true));
		ch_json_set(o, "partners", told(&b, b.partners.v, b.partners.n, false));
	}
	ch_arena_free(&b.arena);
	return ch_json_give(o, ok, json);
}
