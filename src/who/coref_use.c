/* who/coref_use.c -- what the chains say of actors: a pronoun without an actor takes the one of its chain, a description whose chain has one
 * becomes a mention of it. Offices, counterparts and pairs stay what resolve.c made of them: it knows who held what when. */
#include "who/coref.h"

/* Majority in one pass (Boyer and Moore 1991): the actor is kept as long as it has votes. Names outvote descriptions. */
struct vote {
	uint32_t actor, n;
	bool name;
};

static void count(struct vote *v, uint32_t actor, bool name)
{
	if (name != v->name) {
		if (!name)
			return;
		*v = (struct vote){.name = true};
	}
	if (!v->n)
		v->actor = actor;
	v->n += v->actor == actor ? 1u : ~0u;
}

/* The actor that a phrase names, by itself; CH_NONE for pronouns, and where there are several. */
static uint32_t named(const struct ch_doc *doc, const struct ch_phrase *p)
{
	uint32_t m = doc->tokens.v[p->head].mention;

	if (p->joined || m == CH_NONE || doc->mentions.v[m].kind == CH_MENTION_PRONOUN || doc->mentions.v[m].actor_n != 1 ||
	    doc->mentions.v[m].place_only)
		return CH_NONE;
	return doc->mention_actors.v[doc->mentions.v[m].actor_first];
}

uint32_t ch_who_chain_actor(const struct ch_doc *doc, uint32_t phrase)
{
	struct vote v = {.actor = CH_NONE};

	for (uint32_t i = 0; i < doc->phrases.n; i++) {
		uint32_t a = doc->phrases.v[i].chain == doc->phrases.v[phrase].chain ? named(doc, &doc->phrases.v[i]) : CH_NONE;

		if (a != CH_NONE)
			count(&v, a, doc->phrases.v[i].kind == CH_MENTION_NAME);
	}
	return v.n ? v.actor : CH_NONE;
}

static bool suits(const struct who_coref *c, const struct who_phrase *p, uint32_t actor)
{
	enum ch_actor_kind k = c->r->doc->actors.v[actor].kind;
	bool person = k == CH_ACTOR_PERSON;

	if (c->r->refs.v[actor].gender && p->gender && c->r->refs.v[actor].gender != p->gender)
		return false;
	switch (p->pronoun) {
	case WHO_PRON_HE: case WHO_PRON_SHE: return person && !c->r->refs.v[actor].plural;
	case WHO_PRON_IT: return !person && k != CH_ACTOR_GROUP;
	case WHO_PRON_THEY: return !person || c->r->refs.v[actor].plural;
	case WHO_PRON_NONE: return person && p->type == WHO_TYPE_PERSON && !p->plural;
	default: return false;
	}
}

static void give(struct who_coref *c, struct ch_mention *m, uint32_t actor, const char *basis)
{
	struct ch_doc *doc = c->r->doc;

	m->actor_first = doc->mention_actors.n;
	m->actor_n = 1;
	*CH_PUSH(c->r->arena, &doc->mention_actors) = actor;
	m->confidence = 0.6f;
	m->basis = basis;
}

/* "Sadat and Begin … they": all whom the joined phrase names, or none where it names one of them not. */
static void give_all(struct who_coref *c, struct ch_mention *m, uint32_t head)
{
	struct ch_doc *doc = c->r->doc;
	uint32_t all[8], n = 0, looked = 0;

	for (uint32_t t = head; t != CH_NONE && looked++ < 60; t = t == head ? doc->tokens.v[t].first_child : doc->tokens.v[t].next_sibling) {
		uint32_t k = doc->tokens.v[t].mention;

		if (t != head && doc->tokens.v[t].deprel != CH_DEP_CONJ)
			continue;
		if (k == CH_NONE || doc->mentions.v[k].actor_n != 1 || n == 8)
			return;
		all[n++] = doc->mention_actors.v[doc->mentions.v[k].actor_first];
	}
	m->actor_first = doc->mention_actors.n;
	m->actor_n = n;
	for (uint32_t i = 0; i < n; i++)
		*CH_PUSH(c->r->arena, &doc->mention_actors) = all[i];
	m->confidence = 0.5f;
	m->basis = "pronoun";
}

/* New mentions into their places: in order of their starts, outer before inner. */
static void merge(struct who_coref *c, const struct ch_mention *more, uint32_t n)
{
	struct ch_doc *doc = c->r->doc;
	struct ch_mention *all = CH_NEW_N(c->r->arena, struct ch_mention, doc->mentions.n + n);
	uint32_t k = 0, i = 0, j = 0;

	while (i < doc->mentions.n || j < n) {
		const struct ch_mention *a = i < doc->mentions.n ? &doc->mentions.v[i] : NULL, *b = j < n ? &more[j] : NULL;
		bool old = a && (!b || a->span.start < b->span.start || (a->span.start == b->span.start && a->span.end >= b->span.end));

		all[k] = old ? *a : *b;
		doc->tokens.v[all[k].head].mention = k;
		k++;
		if (old)
			i++;
		else
			j++;
	}
	doc->mentions.v = all;
	doc->mentions.n = doc->mentions.cap = k;
}

/* "Orlan Test, an economist"; "the envoy, Orlan Test". */
static bool beside_another(const struct ch_doc *doc, uint32_t head)
{
	const struct ch_token *t = doc->tokens.v;

	if (t[head].deprel == CH_DEP_APPOS)
		return true;
	for (uint32_t k = t[head].first_child; k != CH_NONE; k = t[k].next_sibling)
		if (t[k].deprel == CH_DEP_APPOS)
			return true;
	return false;
}

/* A description that stands for a person of its own, where the chain has his name: "Orlan Test, an economist". Nothing is lost that the
 * description says of his side. Whom a page brings in as "a spokesman" is nobody it has named, unless the words stand beside the name; and
 * who bears another office is another person. */
static bool unnamed(const struct who_coref *c, const struct who_phrase *p, const struct ch_mention *m, const struct vote *v)
{
	const struct ch_actor *actors = c->r->doc->actors.v;
	uint32_t a = m->actor_n == 1 ? c->r->doc->mention_actors.v[m->actor_first] : CH_NONE;

	if (a == CH_NONE || a == v->actor || !v->name || m->kind != CH_MENTION_NOMINAL || c->r->refs.v[a].entity != CH_NONE ||
	    actors[a].kind != CH_ACTOR_PERSON || actors[v->actor].kind != CH_ACTOR_PERSON || c->r->refs.v[a].plural ||
	    (actors[a].party.len && !ch_str_eq(actors[a].party, actors[v->actor].party)))
		return false;
	return beside_another(c->r->doc, p->head) ||
	       (p->det != WHO_DET_A && (!actors[a].office.len || !actors[v->actor].office.len ||
					ch_str_eq(actors[a].office, actors[v->actor].office)));
}

static bool description(const struct who_phrase *p)
{
	return p->kind == CH_MENTION_NOMINAL && !p->joined &&
	       (p->det == WHO_DET_THE || p->det == WHO_DET_THIS);
}

void who_coref_use(struct who_coref *c)
{
	struct ch_doc *doc = c->r->doc;
	struct vote *votes = CH_NEW_N(c->r->arena, struct vote, c->chains.n + 1);
	uint32_t *instead = CH_NEW_N(c->r->arena, uint32_t, doc->actors.n + 1); /* of an unnamed actor: 1 + the named one */
	uint32_t *joined = CH_NEW_N(c->r->arena, uint32_t, c->chains.n + 1);        /* by chain: 1 + head of its last "A and B" */
	uint32_t *other = CH_NEW_N(c->r->arena, uint32_t, c->chains.n + 1);         /* by chain: 1 + actor its last description keeps */
	CH_VEC(struct ch_mention) more = {0};

	for (uint32_t i = 0; i < c->phrases.n; i++) {
		uint32_t a = named(doc, &doc->phrases.v[i]);

		if (a != CH_NONE)
			count(&votes[c->phrases.v[i].chain], a, c->phrases.v[i].kind == CH_MENTION_NAME);
	}
	for (uint32_t i = 0; i < c->phrases.n; i++) {
		const struct who_phrase *p = &c->phrases.v[i];
		uint32_t m = doc->tokens.v[p->head].mention, a = votes[p->chain].n ? votes[p->chain].actor : CH_NONE;

		if (p->joined)
			joined[p->chain] = p->head + 1;
		if (p->pronoun == WHO_PRON_THEY && m != CH_NONE && !doc->mentions.v[m].actor_n && joined[p->chain])
			give_all(c, &doc->mentions.v[m], joined[p->chain] - 1);
		if (a == CH_NONE || p->joined || !suits(c, p, a))
			continue;
		if (m != CH_NONE) {
			struct ch_mention *x = &doc->mentions.v[m];

			if (x->kind == CH_MENTION_PRONOUN && !x->actor_n)
				give(c, x, a, "pronoun");
			else if (x->kind == CH_MENTION_PRONOUN && x->actor_n == 1 && instead[doc->mention_actors.v[x->actor_first]] == a + 1)
				give(c, x, a, "pronoun");
			else if (unnamed(c, p, x, &votes[p->chain])) {
				instead[doc->mention_actors.v[x->actor_first]] = a + 1;
				give(c, x, a, "description of one named");
			}
			if (x->kind != CH_MENTION_PRONOUN && x->actor_n == 1)
				other[p->chain] = doc->mention_actors.v[x->actor_first] + 1;
		} else if (description(p)) {
			struct ch_mention x = {.span = {doc->tokens.v[p->first].span.start, doc->tokens.v[p->past - 1].span.end},
					       .first = p->first, .past = p->past, .head = p->head,
					       .kind = CH_MENTION_NOMINAL, .place = CH_STR(""), .possessive = p->possessive};

			if (other[p->chain] && suits(c, p, other[p->chain] - 1))
				a = other[p->chain] - 1;
			give(c, &x, a, "description of one named before");
			*CH_PUSH(c->r->arena, &more) = x;
		}
	}
	if (more.n)
		merge(c, more.v, more.n);
}
