/* export/profile.c -- what the record says of a country, of two of them, of a person: counts and lists in one JSON object. */
#include "doc/engine.h"
#include "export/actors.h"
#include "export/offices.h"
#include "export/parties.h"
#include "base/map.h"
#include <stdlib.h>

enum {
	LATEST = 20,            /* events of a country's profile; the registers have them all */
	INSTRUMENTS = 100,      /* of a pair's profile that is limited, newest first */
};

/* Counts by key, in the order of size and then of name. */
struct counts {
	struct ch_arena *arena;
	struct ch_map map;
	CH_VEC(struct count { struct ch_str key; uint64_t n; uint64_t conflict; }) v;
};

static void counts_init(struct counts *c, struct ch_arena *arena)
{
	*c = (struct counts){ .arena = arena };
	ch_map_init(&c->map, arena);
}

/* type: of the events, by which they are of cooperation or of conflict. */
static void count(struct counts *c, struct ch_str key, struct ch_str type, uint64_t n)
{
	uint32_t *at = ch_map_get(&c->map, key);

	if (!at) {
		key = ch_arena_str(c->arena, key);
		at = ch_map_put(&c->map, key, c->v.n, NULL);
		*CH_PUSH(c->arena, &c->v) = (struct count){ key, 0, 0 };
	}
	c->v.v[*at].n += n;
	if (ch_event_quad(ch_event_parse(type)) >= 3)
		c->v.v[*at].conflict += n;
}

static int by_size(const void *a, const void *b)
{
	const struct count *x = a, *y = b;

	return x->n != y->n ? (x->n < y->n ? 1 : -1) : ch_str_cmp(x->key, y->key);
}

static int by_key(const void *a, const void *b)
{
	return ch_str_cmp(((const struct count *)a)->key, ((const struct count *)b)->key);
}

/* quads: with how many are of conflict, and how many are not. */
static json_t *counted(struct counts *c, const char *name, int (*order)(const void *, const void *), bool quads)
{
	json_t *list = ch_json_array();

	if (c->v.n)
		qsort(c->v.v, c->v.n, sizeof *c->v.v, order);
	for (uint32_t i = 0; i < c->v.n; i++) {
		json_t *o = ch_json_object();

		ch_json_set(o, name, ch_json_str(c->v.v[i].key));
		ch_json_set(o, "events", json_integer((json_int_t)c->v.v[i].n));
		if (quads) {
			ch_json_set(o, "cooperation", json_integer((json_int_t)(c->v.v[i].n - c->v.v[i].conflict)));
			ch_json_set(o, "conflict", json_integer((json_int_t)c->v.v[i].conflict));
		}
		ch_json_push(list, o);
	}
	return list;
}

struct profile {
	struct ch_str self;            /* the party; empty in a pair's profile */
	struct ch_arena arena;
	struct counts types, modes, partners, months, years, visits;
	uint64_t n;
	ch_day newest;                 /* of any event with a day; CH_NO_DAY */
	json_t *dated, *undated;       /* events as they come */
};

static bool take(void *ctx, const struct ch_event_record *e)
{
	struct profile *p = ctx;
	struct ch_str lo, hi;

	if (p->newest == CH_NO_DAY)
		p->newest = ch_day_parse(e->date); /* they come newest first */
	ch_json_push(ch_date_bounds(&p->arena, e->date, &lo, &hi) ? p->dated : p->undated, ch_json_event(e, CH_OFFSETS_RAW, true));
	return true;
}

static bool take_kind(void *ctx, const struct ch_count *c)
{
	struct profile *p = ctx;

	p->n += c->events;
	count(&p->types, c->type, c->type, c->events);
	if (c->mode.len)
		count(&p->modes, c->mode, c->type, c->events);
	/* A year is no month and a page's day is no event's: what is not said is counted as that. */
	count(&p->years, c->month.len ? ch_str_sub(c->month, 0, 4) : CH_STR("undated"), c->type, c->events);
	if (c->month.len >= 7 && c->month.ptr[4] == '-')
		count(&p->months, c->month, c->type, c->events);
	return true;
}

static bool take_partner(void *ctx, const struct ch_count *c)
{
	struct profile *p = ctx;

	if (!ch_str_eq(c->party, p->self))
		count(&p->partners, c->party, CH_STR(""), c->events);
	return true;
}

/* Who they are by the lists: name and kind of each; null: the lists do not know it. */
static bool name_partners(json_t *list, struct ch_store *store, const struct chancery *engine, struct ch_str self, struct ch_err *err)
{
	struct ch_arena arena = { 0 };
	struct ch_parties known;
	bool ok = true;

	ch_parties_init(&known, &arena, ((const struct ch_engine *)engine)->gazetteer);
	for (size_t i = 0; ok && i < json_array_size(list); i++) {
		json_t *o = json_array_get(list, i);
		const struct ch_gz_entity *e = NULL;

		ok = ch_parties_meant(&known, store, self, ch_str_z(json_string_value(json_object_get(o, "party"))),
				      (uint64_t)json_integer_value(json_object_get(o, "events")), &e, err);
		ch_json_set(o, "name", e ? ch_json_str(ch_gz_str(known.g, e->name)) : json_null());
		ch_json_set(o, "kind", e ? ch_json_str(e->kind == CH_GZ_STATE ? CH_STR("state") : CH_STR("organisation")) : json_null());
	}
	ch_arena_free(&arena);
	return ok;
}

static void profile_init(struct profile *p, struct ch_str self)
{
	*p = (struct profile){ .self = self, .newest = CH_NO_DAY, .dated = ch_json_array(), .undated = ch_json_array() };
	counts_init(&p->types, &p->arena);
	counts_init(&p->modes, &p->arena);
	counts_init(&p->partners, &p->arena);
	counts_init(&p->months, &p->arena);
	counts_init(&p->years, &p->arena);
	counts_init(&p->visits, &p->arena);
}

/* Events in the order of time out of those that came newest first; the undated are last in either. */
static json_t *in_time(const struct profile *p, bool turn)
{
	json_t *list = ch_json_array();

	for (size_t i = 0, n = json_array_size(p->dated); i < n; i++)
		ch_json_push(list, json_incref(json_array_get(p->dated, turn ? n - 1 - i : i)));
	for (size_t i = 0, n = json_array_size(p->undated); i < n; i++)
		ch_json_push(list, json_incref(json_array_get(p->undated, i)));
	return list;
}

static void profile_free(struct profile *p)
{
	json_decref(p->dated);
	json_decref(p->undated);
	ch_arena_free(&p->arena);
}

static bool resolve(struct ch_store *store, struct ch_arena *arena, const char *name, struct ch_str *party, struct ch_str *person,
		    struct ch_err *err)
{
	return ch_store_resolve(store, arena, ch_str_z(name), party, person, err);
}

static bool offices(json_t *o, struct ch_store *store, const struct chancery *engine, struct ch_str person, struct ch_str body,
		    struct ch_err *err)
{
	json_t *list;
	bool ok;

	if (!engine)
		return true;
	ok = ch_offices(store, ((const struct ch_engine *)engine)->gazetteer, person, body, &list, err);
	ch_json_set(o, "offices", list);
	return ok;
}

bool chancery_country(struct chancery_store *public, const struct chancery *engine, const char *name, unsigned long long limit, char **json,
		      struct chancery_error *error)
{
	struct ch_store *store = (struct ch_store *)public;
	struct ch_err *err = (struct ch_err *)error;
	struct ch_arena arena = { 0 };
	struct profile p;
	struct ch_str party, person, known = { 0 };
	json_t *o = ch_json_object(), *list = NULL;
	struct ch_query q = { .newest = true, .limit = LATEST };
	bool ok = resolve(store, &arena, name, &party, &person, err), again;

	if (ok && engine && !person.len)
		known = ch_party_by_lists(((const struct ch_engine *)engine)->gazetteer, party.len && !ch_str_eqz(party, name) ? party : ch_str_z(name));
	if (!party.len)
		party = known;
	if (ok && !party.len)
		ok = ch_fail(err, person.len ? "'%s' is a person to this store: `chancery person` shows a career" :
			     "nothing is known of '%s'", name);
	profile_init(&p, ok ? party : CH_STR(""));
	q.who = p.self;
	ok = ok && ch_store_counts(store, &q, CH_COUNT_KINDS, take_kind, &p, err);
	/* whom the store does not know is looked for among all names by each question */
	if (p.n)
		ok = ok && ch_store_counts(store, &q, CH_COUNT_PARTIES, take_partner, &p, err) && ch_store_events(store, &q, take, &p, err);
	q.limit = limit;
	if (ok) {
		ch_json_set(o, "party", ch_json_str(party));
		ch_json_set(o, "events", json_integer((json_int_t)p.n));
		ch_json_set(o, "types", counted(&p.types, "type", by_size, false));
		ch_json_set(o, "modes", counted(&p.modes, "mode", by_size, false));
		ch_json_set(o, "partners", counted(&p.partners, "party", by_size, false));
		ch_json_set(o, "years", counted(&p.years, "year", by_key, true));
		ch_json_set(o, "months", counted(&p.months, "month", by_key, true));
		ok = !engine || name_partners(json_object_get(o, "partners"), store, engine, party, err);
		ok = ok && ch_query_rows(store, CH_REG_ROLES, &q, &list, err);
		ch_json_set(o, "roles", list);
		ok = ok && offices(o, store, engine, CH_STR(""), party, err);
		if (engine) /* as on the day of the newest event that has one */
			ch_json_set(o, "memberships",
				    ch_memberships(((const struct ch_engine *)engine)->gazetteer, party, p.newest));
		ch_json_set(o, "latest", in_time(&p, false));
	}
	if (ok && !known.len && !p.n && !json_array_size(list))
		ok = ch_fail(err, "the store has nothing on '%s'", name);
	/* to the store three letters are a code, whichever they are: "UAE", by which the lists call another */
	again = ok && !p.n && !json_array_size(list) && known.len && !ch_str_eq(party, known);
	profile_free(&p);
	ch_arena_free(&arena);
	if (again) {
		json_decref(o);
		return chancery_country(public, engine, known.ptr, limit, json, error);
	}
	return ch_json_give(o, ok, json);
}

/* How often each of the two came to the other, of what is told as done. */
static bool take_visitor(void *ctx, const struct ch_count *c)
{
	struct profile *p = ctx;

	count(&p->partners, c->party, CH_STR(""), c->events);
	return true;
}

/* A kind of a pair's events; the visits that were made are counted for themselves. */
static bool take_state(void *ctx, const struct ch_count *c)
{
	struct profile *p = ctx;

	if (c->month.len && ch_str_eqz(c->type, "CONSULT") && ch_str_eqz(c->mode, "visit") && ch_str_eqz(c->status, "actual"))
		count(&p->visits, c->month, c->type, c->events);
	return take_kind(ctx, c);
}

static json_t *visits_of(const struct profile *p, struct ch_str one, struct ch_str other)
{
	const struct ch_str both[] = { one, other };
	json_t *list = ch_json_array();

	for (size_t i = 0; i < 2; i++) {
		const uint32_t *at = ch_map_get(&p->partners.map, both[i]);
		json_t *o = ch_json_object();

		ch_json_set(o, "visitor", ch_json_str(both[i]));
		ch_json_set(o, "events", json_integer(at ? (json_int_t)p->partners.v.v[*at].n : 0));
		ch_json_push(list, o);
	}
	return list;
}

/* The first or the last event that has a day and is told as done; null where there is none. */
static bool edge(json_t *o, const char *name, struct ch_store *store, struct ch_query q, bool newest, struct ch_err *err)
{
	struct profile p;
	bool ok;

	profile_init(&p, CH_STR(""));
	q.status = CH_STR("actual");
	q.newest = newest;
	q.limit = 1;
	ok = ch_store_events(store, &q, take, &p, err);
	ch_json_set(o, name, json_array_size(p.dated) ? json_incref(json_array_get(p.dated, 0)) : json_null());
	profile_free(&p);
	return ok;
}

/* What one has with itself would be all that it has with anybody. */
static bool are_two(struct ch_store *store, struct ch_str one, struct ch_str other, struct ch_err *err)
{
	struct ch_arena arena = { 0 };
	struct ch_str party[2], person[2];
	const bool ok = ch_store_resolve(store, &arena, one, &party[0], &person[0], err) && ch_store_resolve(store, &arena, other, &party[1], &person[1], err);
	const bool same = ok && (ch_str_eq(one, other) || (party[0].len && ch_str_eq(party[0], party[1])) || (person[0].len && ch_str_eq(person[0], person[1])));

	ch_arena_free(&arena);
	return ok && (!same || ch_fail(err, "'%.*s' and '%.*s' are one, and no pair", CH_STR_ARG(one), CH_STR_ARG(other)));
}

bool chancery_pair(struct chancery_store *public, const char *one, const char *other, unsigned long long limit, char **json,
		   struct chancery_error *error)
{
	struct ch_store *store = (struct ch_store *)public;
	struct ch_err *err = (struct ch_err *)error;
	struct profile p;
	json_t *o = ch_json_object(), *list;
	struct ch_query q = { .who = ch_str_z(one), .with = ch_str_z(other) };
	bool ok;

	profile_init(&p, CH_STR(""));
	ok = are_two(store, q.who, q.with, err) && ch_store_counts(store, &q, CH_COUNT_STATES, take_state, &p, err);
	if (ok && !p.n)
		ok = ch_fail(err, "the store has no event between '%s' and '%s'", one, other);
	ok = ok && edge(o, "first", store, q, false, err) && edge(o, "last", store, q, true, err);
	if (ok) {
		struct ch_query visits = q;

		visits.status = CH_STR("actual");
		ok = ch_query_register(CH_STR("visits"), &visits) && ch_store_counts(store, &visits, CH_COUNT_SOURCES, take_visitor, &p, err);
	}
	q.newest = limit && limit < p.n;
	q.limit = limit;
	ok = ok && ch_store_events(store, &q, take, &p, err);
	if (ok) {
		ch_json_set(o, "one", ch_json_str(ch_str_z(one)));
		ch_json_set(o, "other", ch_json_str(ch_str_z(other)));
		ch_json_set(o, "events", json_integer((json_int_t)p.n));
		ch_json_set(o, "types", counted(&p.types, "type", by_size, false));
		ch_json_set(o, "years", counted(&p.years, "year", by_key, true));
		ch_json_set(o, "months", counted(&p.months, "month", by_key, true));
		ch_json_set(o, "visits", visits_of(&p, q.who, q.with));
		ch_json_set(o, "visit_months", counted(&p.visits, "month", by_key, false));
		ch_json_set(o, "timeline", in_time(&p, q.newest));
		q.newest = limit != 0;
		q.limit = limit ? INSTRUMENTS : 0;
		ok = ch_query_rows(store, CH_REG_INSTRUMENTS, &q, &list, err);
		ch_json_set(o, "instruments", list);
	}
	profile_free(&p);
	return ch_json_give(o, ok, json);
}

bool chancery_person(struct chancery_store *public, const struct chancery *engine, const char *name, unsigned long long limit, char **json,
		     struct chancery_error *error)
{
	struct ch_store *store = (struct ch_store *)public;
	struct ch_err *err = (struct ch_err *)error;
	struct ch_arena arena = { 0 };
	struct ch_str party, person;
	json_t *o = ch_json_object(), *roles = NULL, *quotes = NULL, *events = NULL;
	struct ch_query q = { .limit = limit, .newest = limit != 0 };
	bool ok = resolve(store, &arena, name, &party, &person, err);

	if (ok && !person.len)
		ok = ch_fail(err, party.len > 3 || (party.len && !ch_str_eqz(party, name)) ?
			     "'%s' is no person to this store: try `chancery country`" : "the store knows nobody named '%s'", name);
	if (ok) {
		q.who = person;
		ch_json_set(o, "name", ch_json_str(person));
		ch_json_set(o, "wikidata", engine ? ch_json_wikidata(((const struct ch_engine *)engine)->gazetteer, person) :
			    json_null());
		ok = ch_query_rows(store, CH_REG_ROLES, &q, &roles, err);
		ch_json_set(o, "roles", roles);
		ok = ok && offices(o, store, engine, person, CH_STR(""), err);
	}
	if (ok) {
		ok = ch_query_events(store, &q, &events, err);
		ch_json_set(o, "events", events);
	}
	if (ok) {
		ok = ch_query_rows(store, CH_REG_QUOTES, &q, &quotes, err);
		ch_json_set(o, "quotes", quotes);
	}
	ch_arena_free(&arena);
	return ch_json_give(o, ok, json);
}

bool chancery_learn(struct chancery_store *public, const struct chancery *engine, unsigned pages, char **json,
		    struct chancery_error *error)
{
	json_t *list;
	bool ok = ch_offices_learnt((struct ch_store *)public, ((const struct ch_engine *)engine)->gazetteer, pages, &list,
				    (struct ch_err *)error);

	return ch_json_give(list, ok, json);
}
