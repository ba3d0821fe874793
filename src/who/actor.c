/* who/actor.c -- the page's actors: one for each entity, office of a state, or name that only this page knows. */
#include "who/who_priv.h"
#include "base/utf8.h"

#define VACANT_DAYS 7

static uint32_t add(struct who_run *r, struct ch_actor a, uint32_t entity, struct ch_str key)
{
	uint32_t n = r->doc->actors.n;

	*CH_PUSH(r->arena, &r->doc->actors) = a;
	*CH_PUSH(r->arena, &r->refs) = (struct who_ref){.entity = entity, .state = CH_NONE, .last_mention = CH_NONE};
	if (key.len)
		ch_map_put(&r->actor_map, key, n, NULL);
	return n;
}

static struct ch_str str(const struct who_run *r, uint32_t at)
{
	return ch_gz_str(r->g, at);
}

uint32_t who_parent(const struct who_run *r, uint32_t entity)
{
	const struct ch_gz_entity *e = &r->g->entities[entity];

	if (!(e->flags & CH_GZ_PART) || r->g->entities[e->parent].kind != CH_GZ_STATE)
		return e->parent;
	return ch_gz_state_on(r->g, e->parent, r->day, true);
}

uint32_t who_actor_entity(struct who_run *r, uint32_t entity)
{
	const struct ch_gz_entity *e = &r->g->entities[entity], *body = e;
	struct ch_str key = ch_arena_printf(r->arena, "#%u", entity);
	const uint32_t *hit = ch_map_get(&r->actor_map, key);
	struct ch_actor a = {.name = str(r, e->name), .id = str(r, e->id)};
	uint32_t n, state = CH_NONE, parent = UINT32_MAX;

	if (hit)
		return *hit;
	if (e->kind == CH_GZ_PERSON) {
		uint32_t term = ch_gz_term_on(r->g, entity, r->day, NULL);

		a.kind = CH_ACTOR_PERSON;
		if (term != UINT32_MAX) {
			const struct ch_gz_term *t = &r->g->terms[term];

			body = &r->g->entities[t->body];
			a.office = str(r, t->office);
			a.sector = CH_STR("GOV");
			state = who_actor_entity(r, t->body);
			if (t->cls && r->g->office_of[t->cls] != UINT32_MAX)
				a.sector = str(r, r->g->entities[r->g->office_of[t->cls]].sector);
			if (body->kind == CH_GZ_ORG && body->sector && *str(r, body->sector).ptr)
				a.sector = str(r, body->sector);
		}
		a.party = str(r, body->party);
		a.code = str(r, body->code);
		a.org = str(r, body->org);
		if (term == UINT32_MAX)
			a.party = a.code = a.org = (struct ch_str){"", 0};
		n = add(r, a, entity, key);
		r->refs.v[n].state = state;
		r->refs.v[n].gender = e->flags & CH_GZ_WOMAN ? 'f' : 0;
		if (term != UINT32_MAX) {
			const struct ch_gz_term *t = &r->g->terms[term];

			if (r->day == CH_NO_DAY || (t->from <= r->day && t->to >= r->day)) {
				r->refs.v[n].cls = t->cls;
				r->refs.v[n].flags = t->flags;
			}
		}
		return n;
	}
	a.kind = e->kind == CH_GZ_STATE ? CH_ACTOR_STATE : CH_ACTOR_ORG;
	if (e->parent != UINT32_MAX)
		parent = who_parent(r, entity);
	if (parent != e->parent && e->party == r->g->entities[e->parent].party)
		body = &r->g->entities[parent];
	a.party = str(r, body->party);
	a.code = str(r, body->code);
	a.org = str(r, e->org);
	a.sector = str(r, e->sector);
	n = add(r, a, entity, key);
	r->refs.v[n].quiet = ch_str_eqz(a.sector, "JRN");
	if (parent != UINT32_MAX)
		r->refs.v[n].state = who_actor_entity(r, parent);
	return n;
}

uint32_t who_actor_new(struct who_run *r, struct ch_actor a, struct ch_str key)
{
	const uint32_t *hit = key.len ? ch_map_get(&r->actor_map, key) : NULL;
	static const struct ch_str none = {"", 0};

	if (hit)
		return *hit;
	if (!a.party.ptr)
		a.party = none;
	if (!a.code.ptr)
		a.code = none;
	if (!a.org.ptr)
		a.org = none;
	if (!a.sector.ptr)
		a.sector = none;
	if (!a.office.ptr)
		a.office = none;
	if (!a.id.ptr)
		a.id = none;
	return add(r, a, CH_NONE, key);
}

void who_actor_titled(struct who_run *r, uint32_t actor, const struct ch_gz_entity *office, uint32_t of, bool former)
{
	struct who_ref *ref = &r->refs.v[actor];
	const struct ch_gz_entity *e, *body;
	const struct ch_gz_term *best = NULL;
	int64_t best_off = INT64_MAX;
	struct ch_actor *a;
	uint32_t state;
	bool now;

	if (ref->entity == CH_NONE || r->day == CH_NO_DAY || !office->cls)
		return;
	e = &r->g->entities[ref->entity];
	for (uint32_t i = e->term_first; i < e->term_first + e->term_n; i++) {
		const struct ch_gz_term *t = &r->g->terms[i];
		int64_t off = t->from > r->day ? (int64_t)t->from - r->day
			      : t->to < r->day ? (int64_t)r->day - t->to
					       : 0;

		if (t->cls != office->cls || (of != CH_NONE && t->body != of && r->g->entities[t->body].parent != of) ||
		    (former && !off))
			continue;
		if (off < best_off) {
			best = t;
			best_off = off;
		}
	}
	now = best && !best_off;
	if (!best || (ref->cls == best->cls && now))
		return;
	body = &r->g->entities[best->body];
	state = who_actor_entity(r, best->body);
	ref = &r->refs.v[actor]; /* the state may have been new */
	a = &r->doc->actors.v[actor];
	a->office = str(r, best->office);
	a->sector = str(r, office->sector);
	a->party = str(r, body->party);
	a->code = str(r, body->code);
	a->org = str(r, body->org);
	ref->state = state;
	if (now) {
		ref->cls = best->cls;
		ref->flags = best->flags;
	}
}

/* Who held it on a day. */
static uint32_t holder_on(const struct who_run *r, uint32_t office, uint32_t body, ch_day day)
{
	const struct ch_gz_entity *o = &r->g->entities[office], *b = &r->g->entities[body];
	uint32_t term = UINT32_MAX;

	if (o->flags & CH_GZ_HOLDER)
		term = ch_gz_holder(r->g, body, o->cls, day);
	if (term == UINT32_MAX && o->flags & (CH_GZ_COS | CH_GZ_IS_COS))
		term = ch_gz_holder(r->g, body, CH_GZ_CLASS_COS, day);
	if (term == UINT32_MAX && o->flags & (CH_GZ_HOG | CH_GZ_IS_HOG))
		term = ch_gz_holder(r->g, body, CH_GZ_CLASS_HOG, day);
	if (term == UINT32_MAX && o->flags & CH_GZ_LEADER) {
		bool hog = b->flags & CH_GZ_LED_BY_HOG;

		term = ch_gz_holder(r->g, body, hog ? CH_GZ_CLASS_HOG : CH_GZ_CLASS_COS, day);
		if (term == UINT32_MAX)
			term = ch_gz_holder(r->g, body, hog ? CH_GZ_CLASS_COS : CH_GZ_CLASS_HOG, day);
		if (term == UINT32_MAX)
			term = ch_gz_holder(r->g, body, o->cls, day);
	}
	/* a president whose country has none is no chief of state: "the president of Germany's central bank" never
	 * comes here */
	return term == UINT32_MAX ? CH_NONE : r->g->terms[term].person;
}

uint32_t who_holder(const struct who_run *r, uint32_t office, uint32_t body)
{
	uint32_t person = holder_on(r, office, body, r->day);

	/* news of a death or a fall: the office is empty, and he who left it is meant */
	return person == CH_NONE && r->day != CH_NO_DAY ? holder_on(r, office, body, r->day - VACANT_DAYS) : person;
}

uint32_t who_actor_office(struct who_run *r, uint32_t office, uint32_t body, struct ch_str text, bool former,
			  bool plural)
{
	const struct ch_gz_entity *o = &r->g->entities[office];
	struct ch_actor a = {.kind = plural ? CH_ACTOR_ORG : CH_ACTOR_PERSON,
			     .name = text,
			     .sector = str(r, o->sector),
			     .office = str(r, o->name)};
	uint32_t n, holder = body == CH_NONE || former ? CH_NONE : who_holder(r, office, body);
	struct ch_str key;

	if (holder != CH_NONE) {
		n = who_actor_entity(r, holder);
		if (!r->refs.v[n].cls)
			r->refs.v[n].cls = o->cls;
		return n;
	}
	if (body != CH_NONE) {
		const struct ch_gz_entity *b = &r->g->entities[body];

		a.party = str(r, b->party);
		a.code = str(r, b->code);
		a.org = str(r, b->org);
	}
	key = ch_arena_printf(r->arena, "%u/%u/%.*s", office, body, CH_STR_ARG(text));
	n = who_actor_new(r, a, key);
	r->refs.v[n].cls = o->cls;
	r->refs.v[n].flags = o->flags & (CH_GZ_COS | CH_GZ_HOG | CH_GZ_LEADER);
	r->refs.v[n].plural = plural;
	if (body != CH_NONE && r->refs.v[n].state == CH_NONE)
		r->refs.v[n].state = who_actor_entity(r, body);
	return n;
}

uint32_t who_body_actor(struct who_run *r, uint32_t actor)
{
	const struct ch_actor *a = &r->doc->actors.v[actor];

	if (r->refs.v[actor].state != CH_NONE)
		return r->refs.v[actor].state;
	return a->kind == CH_ACTOR_STATE || a->kind == CH_ACTOR_ORG ? actor : CH_NONE;
}

static struct ch_str surname_key(struct who_run *r, uint64_t h)
{
	char *key = ch_arena_alloc(r->arena, sizeof h);

	memcpy(key, &h, sizeof h);
	return ch_str_n(key, sizeof h);
}

/* The page has named somebody in full: from now on, and before, the surname alone means him. A known person's surname
 * is what the gazetteer says; another's is the last word. */
/* Icelanders, Thais and kings are called by the given name later on; two people of one given name by neither's. */
static void note_given(struct who_run *r, uint32_t actor, uint32_t first, uint32_t past)
{
	uint64_t h = CH_ATOM_SURNAME_SEED;
	uint32_t *known;
	bool fresh;

	if (past - first < 2 || r->doc->tokens.v[first].span.end - r->doc->tokens.v[first].span.start < 4 ||
	    !(r->shape[first] & CH_ATOM_CAPITAL) || r->word[first] ||
	    r->token_atom[first] + 1 != r->token_atom[first + 1])
		return;
	h = ch_atom_join(h, r->atoms.v[r->token_atom[first]].hash);
	known = ch_map_put(&r->surnames, surname_key(r, h), actor, &fresh);
	if (!fresh && *known != actor)
		*known = CH_NONE;
}

void who_note_surname(struct who_run *r, uint32_t actor, uint32_t first, uint32_t past)
{
	uint32_t a = r->token_atom[first], z = r->token_atom[past], entity = r->refs.v[actor].entity;
	bool found = false;

	if (entity != CH_NONE)
		for (uint32_t from = a; from < z; from++)
			for (uint32_t to = z; to > from; to--) {
				uint64_t h = CH_ATOM_SURNAME_SEED;
				const struct ch_gz_entry *e;
				uint32_t n;

				if ((from != a && to != z) || to - from > 5)
					continue;
				for (uint32_t i = from; i < to; i++)
					h = ch_atom_join(h, r->atoms.v[i].hash);
				e = ch_gz_surname(r->g, h, &n);
				for (uint32_t i = 0; i < n; i++)
					if (e[i].entity == entity) {
						ch_map_put(&r->surnames, surname_key(r, h), actor, NULL);
						found = true;
						break;
					}
			}
	if (past > first)
		note_given(r, actor, first, past);
	if (found || past <= first)
		return;
	{
		uint64_t h = CH_ATOM_SURNAME_SEED;

		for (uint32_t i = r->token_atom[past - 1]; i < z; i++)
			h = ch_atom_join(h, r->atoms.v[i].hash);
		ch_map_put(&r->surnames, surname_key(r, h), actor, NULL);
	}
}
