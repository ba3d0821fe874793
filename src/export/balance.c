/* export/balance.c -- with whom a party has to do, year by year, in cooperation and in conflict: partner by partner, and by the
 * organisations that its partners belonged to in that year. */
#include "doc/engine.h"
#include "base/map.h"
#include "export/offices.h"
#include <stdlib.h>

enum {
	WITH_YEARS = 24,     /* partners, and as many blocs, of which the years are told */
	BLOCS_MAX = 60,      /* beyond these a bloc is too small to be one side of a balance */
	YEAR_FIRST = 1500, YEAR_PAST = 2200,
};

struct year {
	uint32_t year;
	uint64_t cooperation, conflict;
};

struct side {
	struct ch_str key, name;
	uint32_t entity;               /* UINT32_MAX: the lists do not have it */
	uint64_t cooperation, conflict;    /* of all events; of a bloc: of those of the years told */
	CH_VEC(struct year) years;     /* in order once sorted */
	CH_VEC(uint32_t) partners;     /* of a bloc: whom of the partners it had as members, ever; in order */
	uint32_t last_year;            /* of a bloc: of its last partner, what is counted already */
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

static int by_size(const void *a, const void *b)
{
	const struct side *x = a, *y = b;

	return events_of(x) != events_of(y) ? (events_of(x) < events_of(y) ? 1 : -1) : ch_str_cmp(x->key, y->key);
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
static void find_entities(struct balance *b)
{
	for (uint32_t i = 0; i < b->g->people_first; i++) {
		const struct ch_gz_entity *e = &b->g->entities[i];
		uint32_t *at;

		if (e->kind > CH_GZ_ORG || e->parent != UINT32_MAX)
			continue;
		at = ch_map_get(&b->by_party, ch_gz_str(b->g, e->party));
		if (at && b->partners.v[*at].entity == UINT32_MAX) {
			b->partners.v[*at].entity = i;
			b->partners.v[*at].name = ch_gz_str(b->g, e->name);
		}
	}
}

/* Organisations of nearly all states are no side of anything. */
static bool is_universal(const struct ch_gazetteer *g, uint32_t org)
{
	struct ch_gz_members it = ch_gz_members_of(g, org, CH_NO_DAY);
	const struct ch_gz_membership *m;
	uint32_t n = 0, last = UINT32_MAX;

	while ((m = ch_gz_members_next(&it))) {
		n += m->status == CH_GZ_MEMBER && m->state != last;
		last = m->state;
	}
	return n > 100;
}

static uint32_t year_of_day(int32_t day)
{
	if (day == INT32_MIN)
		return 0;
	return day == INT32_MAX ? YEAR_PAST : (uint32_t)ch_date_of(day).year;
}

/* What the partner did counts for each organisation that it belonged to in that year: whoever joins or leaves within the year did. */
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
		struct side *bloc;

		if (m->status != CH_GZ_MEMBER || (bloc_of[m->org] == UINT32_MAX && is_universal(b->g, m->org)))
			continue;
		if (bloc_of[m->org] == UINT32_MAX) {
			const struct ch_gz_entity *e = &b->g->entities[m->org];

			bloc_of[m->org] = b->blocs.n;
			*CH_PUSH(&b->arena, &b->blocs) =
				(struct side){ .key = ch_gz_str(b->g, e->party), .name = ch_gz_str(b->g, e->name), .entity = m->org };
		}
		bloc = &b->blocs.v[bloc_of[m->org]];
		if (!bloc->partners.n || bloc->partners.v[bloc->partners.n - 1] != partner)
			bloc->last_year = 0;
		for (uint32_t i = 0; i < p->years.n; i++) {
			const struct year *y = &p->years.v[i];

			if (y->year < from || y->year > to || y->year <= bloc->last_year)
				continue;
			if (!bloc->partners.n || bloc->partners.v[bloc->partners.n - 1] != partner)
				*CH_PUSH(&b->arena, &bloc->partners) = partner;
			bloc->last_year = y->year;
			add(&b->arena, bloc, y->year, y->cooperation, y->conflict);
		}
	}
}

static bool overlap(const struct side *x, const struct side *y)
{
	for (uint32_t i = 0, k = 0; i < x->partners.n && k < y->partners.n;) {
		if (x->partners.v[i] == y->partners.v[k])
			return true;
		if (x->partners.v[i] < y->partners.v[k])
			i++;
		else
			k++;
	}
	return false;
}

/* Two blocs without a common partner, the smaller of them as large as can be. */
static json_t *sides(const struct balance *b, uint32_t n)
{
	json_t *list = ch_json_array();
	uint32_t one = UINT32_MAX, other = 0;

	/* The blocs stand by size: the smaller of a pair is the later one. */
	for (uint32_t k = 1; one == UINT32_MAX && k < n; k++) {
		for (uint32_t i = 0; one == UINT32_MAX && i < k; i++) {
			if (overlap(&b->blocs.v[i], &b->blocs.v[k]))
				continue;
			one = i;
			other = k;
		}
	}
	if (one != UINT32_MAX) {
		ch_json_push(list, ch_json_str(b->blocs.v[one].key));
		ch_json_push(list, ch_json_str(b->blocs.v[other].key));
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
		for (uint32_t k = 0; k < v[i].partners.n; k++)
			ch_json_push(members, ch_json_str(b->partners.v[v[i].partners.v[k]].key));
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
	if (ok) {
		uint32_t *bloc_of = ch_arena_alloc(&b.arena, b.g->people_first * sizeof *bloc_of), blocs;

		memset(bloc_of, 0xff, b.g->people_first * sizeof *bloc_of);
		find_entities(&b);
		sort(b.partners.v, b.partners.n);
		for (uint32_t i = 0; i < b.partners.n; i++)
			add_to_blocs(&b, bloc_of, i);
		sort(b.blocs.v, b.blocs.n);
		while (b.blocs.n && !events_of(&b.blocs.v[b.blocs.n - 1]))
			b.blocs.n--;
		blocs = b.blocs.n < BLOCS_MAX ? b.blocs.n : BLOCS_MAX;
		ch_json_set(o, "party", ch_json_str(b.self));
		ch_json_set(o, "sides", sides(&b, blocs < WITH_YEARS ? blocs : WITH_YEARS));
		ch_json_set(o, "blocs", told(&b, b.blocs.v, blocs, true));
		ch_json_set(o, "partners", told(&b, b.partners.v, b.partners.n, false));
	}
	ch_arena_free(&b.arena);
	return ch_json_give(o, ok, json);
}
