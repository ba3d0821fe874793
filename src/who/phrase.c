/* who/phrase.c -- what each spot, and each name that no list knows, is within its sentence. Titles and institutions are
 * in title.c. */
#include "who/who_priv.h"

struct who_draft *who_draft_add(struct who_run *r, uint32_t first, uint32_t past, enum ch_mention_kind kind,
				enum who_what what)
{
	struct who_draft *d = CH_PUSH(r->arena, &r->drafts);
	const struct ch_token *t = r->doc->tokens.v;

	*d = (struct who_draft){
		.m = {.span = {t[first].span.start, t[past - 1].span.end},
		      .first = first,
		      .past = past,
		      .head = CH_NONE,
		      .kind = kind,
		      .actor_first = r->draft_actors.n,
		      .place = {"", 0},
		      .confidence = 0.9f,
		      .basis = "name"},
		.what = what,
		.arg = CH_NONE,
		.body = CH_NONE,
	};
	return d;
}

void who_draft_actor(struct who_run *r, struct who_draft *d, uint32_t actor)
{
	if (d->m.actor_first + d->m.actor_n != r->draft_actors.n) { /* another draft came between: move to the end */
		uint32_t first = r->draft_actors.n;

		for (uint32_t i = 0; i < d->m.actor_n; i++) {
			uint32_t a = r->draft_actors.v[d->m.actor_first + i];

			*CH_PUSH(r->arena, &r->draft_actors) = a;
		}
		d->m.actor_first = first;
	}
	*CH_PUSH(r->arena, &r->draft_actors) = actor;
	d->m.actor_n++;
}

/* The one of several readings: the state that the page is known to speak of, else the first. */
static const struct ch_gz_entry *choose(const struct who_run *r, const struct who_spot *s, const enum ch_gz_role *roles,
					uint32_t n)
{
	const struct ch_gz_entry *best = NULL;
	uint32_t best_count = 0;

	for (uint32_t k = 0; k < n && !best; k++)
		for (uint32_t i = 0; i < s->n; i++) {
			const struct ch_gz_entry *e = s->e[i];
			uint32_t count;

			if (e->role != roles[k] || r->g->entities[e->entity].kind == CH_GZ_PERSON)
				continue;
			count = r->state_count[e->entity];
			if (!best || count > best_count) {
				best = e;
				best_count = count;
			}
		}
	return best;
}

static struct ch_str place_of(const struct who_run *r, uint32_t entity)
{
	const struct ch_gz_entity *e = &r->g->entities[entity];

	if (e->kind == CH_GZ_ORG && e->parent != UINT32_MAX)
		e = &r->g->entities[who_parent(r, entity)];
	return e->kind == CH_GZ_STATE ? ch_gz_str(r->g, e->code) : (struct ch_str){"", 0};
}

static bool noun_follows(const struct who_run *r, uint32_t token, uint32_t limit)
{
	const struct ch_token *t;

	if (token >= limit)
		return false;
	t = &r->doc->tokens.v[token];
	if (r->token_atom[token] == r->token_atom[token + 1])
		return who_is(r, token, "-") && token + 1 < limit;
	if (r->word[token] != W_NONE && r->word[token] != W_NOW && r->word[token] != W_COUNTERPART &&
	    r->word[token] != W_SIDES && r->word[token] != W_BODY && r->word[token] != W_PARTIES &&
	    r->word[token] != W_COUNTRIES)
		return false;
	if (r->tree)
		return t->upos == CH_UPOS_NOUN || t->upos == CH_UPOS_ADJ || t->upos == CH_UPOS_PROPN ||
		       t->upos == CH_UPOS_NUM;
	return true;
}

static bool modifies(const struct who_run *r, const struct who_spot *s, const struct ch_gz_entry *e, uint32_t limit)
{
	if (s->possessive)
		return true;
	if (r->tree) {
		/* the spot's own head: the word whose head lies outside */
		for (uint32_t t = s->past; t-- > s->first;) {
			const struct ch_token *k = &r->doc->tokens.v[t];

			if (k->head != CH_NONE && k->head >= s->first && k->head < s->past)
				continue;
			if (k->deprel == CH_DEP_AMOD || k->deprel == CH_DEP_COMPOUND || k->deprel == CH_DEP_NMOD_POSS ||
			    k->deprel == CH_DEP_NMOD_DESC)
				return true;
			break;
		}
	}
	return e->role == CH_GZ_ADJ && !who_role(s, CH_GZ_NAME) && noun_follows(r, s->past, limit);
}

/* The tagger reads a longer name of an organisation here, with words that no list knows: "Moscow Times". */
static bool part_of_name(const struct who_run *r, const struct who_spot *s)
{
	const struct ch_name *v = r->doc->names.v;
	uint32_t lo = 0, hi = r->doc->names.n;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (v[mid].past <= s->first)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == r->doc->names.n || v[lo].kind != CH_NAME_ORG || v[lo].first > s->first || v[lo].past <= s->past ||
	    s->possessive)
		return false;
	for (uint32_t t = s->past; t < v[lo].past; t++)
		if (!who_capital(r, t) || r->spot_at[t] != CH_NONE || r->covered[t])
			return false;
	return true;
}

/* "South Lebanon" lies in Lebanon and is not Lebanon; "New Georgia" lies elsewhere. Names of states that begin so are
 * in the lists. */
static bool part_of_land(const struct who_run *r, const struct who_spot *s, const struct ch_sentence *sent,
			 bool *elsewhere)
{
	static const char *const all[] = {"new",   "north",    "south",    "east",    "west",    "upper",  "lower",
					  "inner", "northern", "southern", "eastern", "western", "central"};
	uint32_t t = s->first;

	if (t == sent->first || !(r->shape[t - 1] & CH_ATOM_CAPITAL) || r->spot_at[t - 1] != CH_NONE ||
	    r->covered[t - 1])
		return false;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (who_is(r, t - 1, all[i])) {
			*elsewhere = i == 0;
			return true;
		}
	return false;
}

/* "North and South Korea": behind the second name's first word, the first has its own. The other state's entity, or CH_NONE; *first: where the
 * phrase begins. */
static uint32_t shared_name(const struct who_run *r, const struct who_spot *s, const struct ch_sentence *sent, uint32_t *first)
{
	uint64_t h;
	const struct ch_gz_slot *slot;

	if (s->past - s->first < 2 || s->first < sent->first + 2 || r->word[s->first - 1] != W_AND ||
	    !(r->shape[s->first - 2] & CH_ATOM_CAPITAL) || r->token_atom[s->first - 1] - r->token_atom[s->first - 2] != 1)
		return CH_NONE;
	h = ch_atom_join(CH_ATOM_SEED, r->atoms.v[r->token_atom[s->first - 2]].hash);
	for (uint32_t a = r->token_atom[s->first + 1]; a < r->token_atom[s->past]; a++)
		h = ch_atom_join(h, r->atoms.v[a].hash);
	slot = ch_gz_find(r->g, h);
	for (uint32_t k = 0; slot && k < slot->n; k++) {
		const struct ch_gz_entry *e = &r->g->entries[slot->first + k];

		if (e->role == CH_GZ_NAME && r->g->entities[e->entity].kind == CH_GZ_STATE) {
			*first = s->first - 2;
			return ch_gz_state_on(r->g, e->entity, r->day, false);
		}
	}
	return CH_NONE;
}

static void plain_spot(struct who_run *r, uint32_t at, const struct ch_sentence *sent)
{
	static const enum ch_gz_role order[] = {CH_GZ_NAME,   CH_GZ_ADJ,  CH_GZ_CAPITAL, CH_GZ_SEAT,
						CH_GZ_PEOPLE, CH_GZ_CITY, CH_GZ_GROUP,   CH_GZ_REGION};
	const struct who_spot *s = &r->spots.v[at];
	const struct ch_gz_entry *e = choose(r, s, order, sizeof order / sizeof *order),
				 *people = who_role(s, CH_GZ_PEOPLE);
	const struct ch_gz_entity *x;
	struct who_draft *d;
	uint32_t actor, first = s->first, past = s->past;
	bool part = false, elsewhere = false;

	if (!e)
		return;
	if (s->after == s->past && s->past < sent->past && r->spot_at[s->past] != CH_NONE && e->role != CH_GZ_ADJ &&
	    who_role(&r->spots.v[r->spot_at[s->past]], CH_GZ_NAMESAKE))
		return;
	if (e->role == CH_GZ_ADJ && people && !noun_follows(r, s->after, sent->past) && !s->possessive)
		e = people;
	x = &r->g->entities[e->entity];
	/* a name of more words than we know ("Radio Azerbaijan", "Michael Jordan") is not the state */
	if (first > sent->first && e->role != CH_GZ_ADJ && past - first == 1 && who_capital(r, first - 1) &&
	    r->spot_at[first - 1] == CH_NONE && r->covered[first - 1] == 0 &&
	    who_spot_before(r, first, sent->first) == CH_NONE && !(e->flags & CH_GZ_ACRONYM) &&
	    (who_person_name(r, first, past) ||
	     (who_is(r, first, "jordan") || who_is(r, first, "chad") || who_is(r, first, "israel")))) {
		return;
	}
	if (e->role == CH_GZ_NAME || e->role == CH_GZ_CAPITAL || e->role == CH_GZ_CITY) {
		if (x->kind == CH_GZ_STATE && part_of_name(r, s))
			return;
		part = x->kind == CH_GZ_STATE && part_of_land(r, s, sent, &elsewhere);
		if (part && elsewhere)
			return;
	}
	if (part)
		first--;
	if (first > sent->first && r->word[first - 1] == W_THE && e->role != CH_GZ_ADJ)
		first--;
	d = who_draft_add(r, first, past, CH_MENTION_NAME, D_DONE);
	if (part) {
		d->m.place = place_of(r, e->entity);
		d->m.place_only = true;
		d->m.basis = "part of a state";
		return;
	}
	d->m.possessive = modifies(r, s, e, sent->past);
	switch (e->role) {
	case CH_GZ_CITY:
		d->m.place = place_of(r, e->entity);
		d->m.place_only = true;
		if (x->kind == CH_GZ_STATE)
			(void)who_actor_entity(r, e->entity);   /* whom an act against the city is aimed at */
		d->m.basis = "place";
		return;
	case CH_GZ_REGION:
		d->m.place_only = true;
		d->m.basis = "region";
		return;
	case CH_GZ_GROUP: {
		struct ch_str name = ch_gz_str(r->g, x->name);

		if (ch_str_istarts(name, CH_STR("the ")))
			name = ch_str_sub(name, 4, name.len);
		actor = who_actor_new(r, (struct ch_actor){.kind = CH_ACTOR_GROUP, .name = name, .party = name},
				      ch_arena_printf(r->arena, "g:%.*s", CH_STR_ARG(name)));
		r->refs.v[actor].plural = true;
		who_draft_actor(r, d, actor);
		d->m.basis = "group";
		return;
	}
	case CH_GZ_PEOPLE: {
		struct ch_str name = who_text(r, s->first, s->past);

		actor = who_actor_new(r,
				      (struct ch_actor){.kind = CH_ACTOR_ORG,
							.name = name,
							.party = ch_gz_str(r->g, x->party),
							.code = ch_gz_str(r->g, x->code)},
				      ch_arena_printf(r->arena, "n:%.*s", CH_STR_ARG(name)));
		r->refs.v[actor].plural = true;
		r->refs.v[actor].state = who_actor_entity(r, e->entity);
		who_draft_actor(r, d, actor);
		d->m.basis = "people";
		return;
	}
	default:
		break;
	}
	actor = who_actor_entity(r, e->entity);
	if (x->flags & CH_GZ_UNRECOGNISED || (x->kind == CH_GZ_ORG && ch_str_eqz(ch_gz_str(r->g, x->sector), "REB"))) {
		/* the page's own form, once it gives one in full; its "the" and quotes apart */
		if (e->role == CH_GZ_NAME && !(e->flags & CH_GZ_ALL_UPPER) && x->flags & CH_GZ_UNRECOGNISED &&
		    past - s->first > 1 && r->refs.v[actor].count == 0) {
			r->doc->actors.v[actor].party = who_text(r, s->first, s->past);
			r->doc->actors.v[actor].name = r->doc->actors.v[actor].party;
		}
		if (e->role == CH_GZ_NAME && !(e->flags & CH_GZ_ALL_UPPER))
			r->refs.v[actor].count++;
	}
	if (e->role == CH_GZ_NAME && x->kind == CH_GZ_STATE) {
		uint32_t begin, other = shared_name(r, s, sent, &begin);

		if (other != CH_NONE) {
			d->m.first = begin;
			d->m.span.start = r->doc->tokens.v[begin].span.start;
			who_draft_actor(r, d, who_actor_entity(r, other));
		}
	}
	who_draft_actor(r, d, actor);
	d->m.place = place_of(r, e->entity);
	if (e->role == CH_GZ_NAME && x->kind == CH_GZ_ORG)
		d->m.place = (struct ch_str){"", 0};
	if (e->role == CH_GZ_ADJ)
		d->m.place = (struct ch_str){"", 0};
	d->m.basis = e->role == CH_GZ_NAME  ? (x->kind == CH_GZ_STATE ? "state" : "organisation")
		     : e->role == CH_GZ_ADJ ? "adjective"
					    : "capital or seat";
	d->m.confidence = e->role == CH_GZ_CAPITAL ? 0.8f : 0.95f;
}

/* "African countries", "countries of the Caspian basin": the page's words are the party. */
static uint32_t group(struct who_run *r, uint32_t at, const struct ch_sentence *sent)
{
	const struct who_spot *noun = &r->spots.v[at];
	uint32_t first = noun->first, modifier = CH_NONE, steps = 0;
	struct who_draft *d;
	struct ch_str name;
	uint32_t actor, past = noun->past, bodies = 0, place = CH_NONE;

	while (first > sent->first && steps++ < 6) {
		uint32_t before = who_spot_before(r, first, sent->first);

		if (before != CH_NONE) {
			const struct who_spot *s = &r->spots.v[before];

			if (s->possessive && !who_role(s, CH_GZ_MODIFIER))
				break;
			if (who_role(s, CH_GZ_MODIFIER) || who_role(s, CH_GZ_REGION) || who_role(s, CH_GZ_GROUP)) {
				modifier = s->first;
				first = s->first;
				continue;
			}
			if (who_role(s, CH_GZ_ADJ) || who_role(s, CH_GZ_NAME)) {
				bodies++;
				place = before;
				first = s->first;
				modifier = first;
				continue;
			}
		}
		if (who_is(r, first - 1, "-") ||
		    (r->word[first - 1] == W_AND && who_spot_before(r, first - 1, sent->first) != CH_NONE &&
		     who_role(&r->spots.v[who_spot_before(r, first - 1, sent->first)], CH_GZ_MODIFIER))) {
			first--;
			continue;
		}
		break;
	}
	if (modifier == CH_NONE || first == noun->first) {
		/* "countries of Africa", "states of the Caspian basin" */
		if (noun->past + 1 < sent->past && r->word[noun->past] == W_OF) {
			uint32_t t = noun->past + 1;

			if (r->word[t] == W_THE)
				t++;
			if (t < sent->past && r->spot_at[t] != CH_NONE &&
			    (who_role(&r->spots.v[r->spot_at[t]], CH_GZ_REGION) ||
			     who_role(&r->spots.v[r->spot_at[t]], CH_GZ_GROUP))) {
				past = r->spots.v[r->spot_at[t]].past;
				modifier = first;
			}
		}
		if (modifier == CH_NONE)
			return CH_NONE;
	}
	(void)bodies;
	(void)place;
	d = who_draft_add(r, first > sent->first && r->word[first - 1] == W_THE ? first - 1 : first, past,
			  CH_MENTION_NOMINAL, D_DONE);
	name = who_text(r, first, past);
	actor = who_actor_new(r, (struct ch_actor){.kind = CH_ACTOR_GROUP, .name = name, .party = name},
			      ch_arena_printf(r->arena, "g:%.*s", CH_STR_ARG(name)));
	r->refs.v[actor].plural = true;
	d->plural = true;
	d->m.possessive = noun->possessive;
	d->m.basis = "group";
	who_draft_actor(r, d, actor);
	for (uint32_t t = first; t < past; t++)
		r->covered[t] = r->drafts.n;
	return past;
}

static bool pronoun(enum who_word w)
{
	return w >= W_HIS && w <= W_THEM;
}

/* "the Caribbean nation", "the new republic" */
static bool describes(const struct who_run *r, uint32_t t)
{
	return (r->spot_at[t] != CH_NONE && who_role(&r->spots.v[r->spot_at[t]], CH_GZ_MODIFIER)) ||
	       (r->tree && r->doc->tokens.v[t].upos == CH_UPOS_ADJ && r->spot_at[t] == CH_NONE);
}

/* "the latter said", not "the former president": no noun behind. */
static bool stands_alone(const struct who_run *r, uint32_t token, const struct ch_sentence *sent)
{
	const struct ch_token *next = &r->doc->tokens.v[token + 1];

	return r->tree && token + 1 < sent->past &&
	       (next->upos == CH_UPOS_VERB || next->upos == CH_UPOS_AUX || next->upos == CH_UPOS_PUNCT);
}

/* Stands by itself, where a noun might: "urged both to talk". */
static bool pronoun_place(const struct ch_token *t)
{
	return t->deprel == CH_DEP_OBJ || t->deprel == CH_DEP_IOBJ || t->deprel == CH_DEP_NSUBJ || t->deprel == CH_DEP_OBL;
}

/* Whose counterpart a word before "counterpart" makes it: a state or organisation, never a person; CH_NONE. */
static uint32_t body_before(const struct who_run *r, uint32_t spot)
{
	const struct ch_gz_entry *e = who_role(&r->spots.v[spot], CH_GZ_ADJ);

	if (!e)
		e = who_role(&r->spots.v[spot], CH_GZ_NAME);
	return e && r->g->entities[e->entity].kind != CH_GZ_PERSON ? e->entity : CH_NONE;
}

static void nominal(struct who_run *r, uint32_t token, const struct ch_sentence *sent)
{
	enum who_word w = (enum who_word)r->word[token];
	uint32_t first = token, before;
	struct who_draft *d;
	bool the = false, two = false, poss = false;

	if (pronoun(w)) {
		if (w == W_IT && r->tree && r->doc->tokens.v[token].deprel == CH_DEP_EXPL)
			return; /* "it is raining" */
		bool modifier = w == W_HIS || w == W_THEIR || w == W_ITS ||
				(w == W_HER && noun_follows(r, token + 1, sent->past));

		d = who_draft_add(r, token, token + 1, CH_MENTION_PRONOUN, D_PRONOUN);
		d->arg = w;
		d->m.possessive = modifier;
		d->m.basis = "pronoun";
		return;
	}
	for (uint32_t steps = 0; first > sent->first && steps < 4; steps++) {
		enum who_word v = (enum who_word)r->word[first - 1];

		if (v == W_THE || v == W_THIS)
			the = true;
		else if (v == W_TWO || v == W_BOTH)
			two = true;
		else if (v == W_HIS || v == W_HER || v == W_THEIR || v == W_ITS)
			poss = true;
		else if (v != W_NOW && v != W_OTHER && !(w == W_COUNTRY && describes(r, first - 1)))
			break;
		if (v == W_OTHER)
			return;
		first--;
		if (v == W_THE || v == W_THIS || poss)
			break;
	}
	if (w == W_BOTH && !(r->tree && pronoun_place(&r->doc->tokens.v[token])))
		return;
	if (the && (who_is(r, token, "latter") || who_is(r, token, "former")) && stands_alone(r, token, sent)) {
		d = who_draft_add(r, first, token + 1, CH_MENTION_NOMINAL, D_SIDES);
		d->arg = who_is(r, token, "latter") ? WHO_THE_LATTER : WHO_THE_FORMER;
		d->m.basis = "one of two";
		return;
	}
	before = who_spot_before(r, token, sent->first);
	if (w == W_COUNTERPART) {
		uint32_t body = CH_NONE, t = token, more = r->draft_bodies.n;

		while (before != CH_NONE) {
			uint32_t state = body_before(r, before);

			if (state == CH_NONE)
				break;
			t = r->spots.v[before].first;
			if (body == CH_NONE)
				body = state;
			else
				*CH_PUSH(r->arena, &r->draft_bodies) = state;
			/* "his Kenyan, Ugandan and Rwandan counterparts" */
			before = t > sent->first && (r->word[t - 1] == W_AND || who_is(r, t - 1, ","))
					 ? who_spot_before(r, t - 1, sent->first)
					 : CH_NONE;
			if (!who_is(r, token, "counterparts") && !who_is(r, token, "colleagues"))
				break;
		}
		if (t > sent->first && r->word[t - 1] != W_NONE && pronoun((enum who_word)r->word[t - 1]))
			t--;
		else if (t > sent->first && r->word[t - 1] == W_THE)
			t--;
		if (body == CH_NONE && token + 1 < sent->past &&
		    (who_is(r, token + 1, "from") || r->word[token + 1] == W_OF || r->word[token + 1] == W_IN)) {
			uint32_t k = token + 2;

			if (k < sent->past && r->word[k] == W_THE)
				k++;
			if (k < sent->past && r->spot_at[k] != CH_NONE &&
			    who_role(&r->spots.v[r->spot_at[k]], CH_GZ_NAME))
				body = who_role(&r->spots.v[r->spot_at[k]], CH_GZ_NAME)->entity;
		}
		if (body == CH_NONE && t == token && !poss)
			return;
		d = who_draft_add(r, t < first ? t : first, token + 1, CH_MENTION_NOMINAL, D_COUNTERPART);
		d->body = body;
		d->more_first = more;
		d->more_n = r->draft_bodies.n - more;
		d->m.basis = "counterpart";
		{
			const char *basis;
			uint32_t past, actor = who_person_at(r, token + 1, sent->past, body, true, &past, &basis);

			if (actor != CH_NONE) {
				d = &r->drafts.v[r->drafts.n - 1];
				d->what = D_DONE;
				d->m.past = past;
				d->m.span.end = r->doc->tokens.v[past - 1].span.end;
				d->m.basis = basis;
				who_draft_actor(r, d, actor);
				if (body != CH_NONE && r->refs.v[actor].entity == CH_NONE &&
				    !r->doc->actors.v[actor].party.len) {
					struct ch_actor *a = &r->doc->actors.v[actor];

					a->party = ch_gz_str(r->g, r->g->entities[body].party);
					a->code = ch_gz_str(r->g, r->g->entities[body].code);
					a->org = ch_gz_str(r->g, r->g->entities[body].org);
				}
				for (uint32_t k = token + 1; k < past; k++)
					r->covered[k] = r->drafts.n;
			}
		}
		return;
	}
	if (before != CH_NONE && r->spots.v[before].after == token)
		return; /* "the Azerbaijani side": an institution */
	if (w == W_COUNTRY && (the || poss) && !two && !(token + 1 < sent->past && r->word[token + 1] == W_OF)) {
		d = who_draft_add(r, first, token + 1, CH_MENTION_NOMINAL, D_COUNTRY);
	} else if (w == W_BODY && the && !two) {
		d = who_draft_add(r, first, token + 1, CH_MENTION_NOMINAL, D_BODY);
	} else if ((w == W_COUNTRIES && (two || (poss && first < token)) &&
		    (the || poss || !who_is(r, token, "states")) && (the || two || poss)) ||
		   (w == W_SIDES && (the || two)) || (w == W_PARTIES && (the || two)) || w == W_BOTH) {
		d = who_draft_add(r, first, token + 1, CH_MENTION_NOMINAL, D_SIDES);
		d->plural = true;
		d->arg = poss && !two ? 1 : 0;
	} else {
		return;
	}
	d->m.basis = "nearest that fits";
	d->m.possessive = token + 1 < sent->past && (who_is(r, token + 1, "'s") || who_is(r, token + 1, "’s") ||
						     who_is(r, token + 1, "'") || who_is(r, token + 1, "’"));
}

/* An actor of whom the lists know nothing, from the country that the page gives. */
static void acts_for(struct who_run *r, uint32_t actor, uint32_t body, struct ch_str trade)
{
	const struct ch_gz_entity *b = &r->g->entities[body];
	struct ch_actor *a = &r->doc->actors.v[actor];

	a->party = ch_gz_str(r->g, b->party);
	a->code = ch_gz_str(r->g, b->code);
	a->org = ch_gz_str(r->g, b->org);
	if (!a->office.len)
		a->office = trade;
	r->refs.v[actor].state = who_actor_entity(r, body);
}

static const struct ch_gz_entry *country_at(const struct who_run *r, uint32_t spot)
{
	const struct ch_gz_entry *e = who_role(&r->spots.v[spot], CH_GZ_ADJ);

	if (!e)
		e = who_role(&r->spots.v[spot], CH_GZ_NAME);
	return e && r->g->entities[e->entity].kind == CH_GZ_STATE ? e : NULL;
}

static bool small_word(const struct who_run *r, uint32_t t, enum ch_upos upos)
{
	return r->doc->tokens.v[t].upos == upos && !(r->shape[t] & (CH_ATOM_CAPITAL | CH_ATOM_DIGIT)) && !r->covered[t];
}

/* "Danish planter Joost van Zellinge", "Joost van Zellinge, a Danish planter,": somebody whom no list knows, with a
 * trade that no list has, by the country before the trade. */
static void by_trade(struct who_run *r, const struct ch_sentence *sent, struct who_draft *d, uint32_t actor)
{
	uint32_t k = d->m.first, nouns = 0, at;
	const struct ch_gz_entry *e;

	if (!r->tree || r->refs.v[actor].entity != CH_NONE || r->doc->actors.v[actor].party.len)
		return;
	for (uint32_t steps = 0; k > sent->first && steps < 6; steps++) {
		if (small_word(r, k - 1, CH_UPOS_NOUN))
			nouns++;
		else if (!small_word(r, k - 1, CH_UPOS_ADJ) && !who_is(r, k - 1, "-") && !who_is(r, k - 1, "'s") &&
			 !who_is(r, k - 1, "’s") && !who_is(r, k - 1, "'") && !who_is(r, k - 1, "’"))
			break;
		k--;
	}
	at = nouns ? who_spot_before(r, k, sent->first) : CH_NONE;
	e = at == CH_NONE ? NULL : country_at(r, at);
	if (e) {
		struct ch_str trade = who_text(r, k, d->m.first);

		d->m.first = r->spots.v[at].first;
		if (d->m.first > sent->first && (r->word[d->m.first - 1] == W_THE || r->word[d->m.first - 1] == W_A))
			d->m.first--;
		d->m.span.start = r->doc->tokens.v[d->m.first].span.start;
		acts_for(r, actor, e->entity, trade);
		return;
	}
	k = d->m.past;
	if (k + 2 >= sent->past || !who_is(r, k, ",") || (r->word[k + 1] != W_A && r->word[k + 1] != W_THE))
		return;
	for (k += 2; k < sent->past && r->spot_at[k] == CH_NONE && small_word(r, k, CH_UPOS_ADJ);)
		k++;
	if (k >= sent->past || r->spot_at[k] == CH_NONE || !(e = country_at(r, r->spot_at[k])) || e->role != CH_GZ_ADJ)
		return;
	for (k = r->spots.v[r->spot_at[k]].past, nouns = k; nouns < sent->past && small_word(r, nouns, CH_UPOS_ADJ);)
		nouns++;
	for (at = nouns; at < sent->past && small_word(r, at, CH_UPOS_NOUN) && r->spot_at[at] == CH_NONE;)
		at++;
	if (at > nouns)
		acts_for(r, actor, e->entity, who_text(r, k, at));
}

void who_phrases(struct who_run *r, uint32_t sentence)
{
	const struct ch_sentence *sent = &r->doc->sentences.v[sentence];

	for (uint32_t t = sent->first; t < sent->past;) {
		uint32_t at = r->spot_at[t], past, actor, body = CH_NONE, before;
		const char *basis;

		if (r->covered[t]) {
			/* taken up in a title: what is named inside is a mention of its own */
			if (at != CH_NONE && !r->spots.v[at].used) {
				for (; at < r->spots.n && r->spots.v[at].first == t; at++)
					if (!who_role(&r->spots.v[at], CH_GZ_OFFICE_ONE) &&
					    !who_role(&r->spots.v[at], CH_GZ_OFFICE_MANY) &&
					    !who_role(&r->spots.v[at], CH_GZ_INST_ONE) &&
					    !who_role(&r->spots.v[at], CH_GZ_INST_MANY))
						plain_spot(r, at, sent);
			}
			t++;
			continue;
		}
		if (at != CH_NONE) {
			const struct who_spot *s = &r->spots.v[at];

			if (who_role(s, CH_GZ_OFFICE_ONE) || who_role(s, CH_GZ_OFFICE_MANY)) {
				past = who_title(r, sentence, at);
				if (past > t) {
					t = past;
					continue;
				}
			}
			if (who_role(s, CH_GZ_INST_ONE) || who_role(s, CH_GZ_INST_MANY)) {
				past = who_institution(r, sentence, at);
				if (past > t) {
					t = past;
					continue;
				}
			}
			if (who_role(s, CH_GZ_GROUP_NOUN)) {
				past = group(r, at, sent);
				if (past != CH_NONE) {
					t = past;
					continue;
				}
			}
		}
		before = who_spot_before(r, t, sent->first);
		if (before != CH_NONE && r->spots.v[before].possessive && who_role(&r->spots.v[before], CH_GZ_NAME))
			body = who_role(&r->spots.v[before], CH_GZ_NAME)->entity; /* "Germany's Scholz" */
		if (body != CH_NONE && r->g->entities[body].kind == CH_GZ_PERSON)
			body = CH_NONE;
		if ((at != CH_NONE && who_role(&r->spots.v[at], CH_GZ_NAME)) || who_capital(r, t) ||
		    (r->shape[t] & CH_ATOM_CAPITAL && t == sent->first && !r->word[t])) {
			actor = who_person_at(r, t, sent->past, body, false, &past, &basis);
			if (actor != CH_NONE) {
				struct who_draft *d = who_draft_add(r, t, past, CH_MENTION_NAME, D_DONE);

				who_draft_actor(r, d, actor);
				d->m.basis = basis;
				d->m.confidence = ch_str_eqz(ch_str_z(basis), "full name") ? 0.97f : 0.8f;
				d->m.possessive = past < sent->past && r->token_atom[past] < r->token_atom[past + 1] &&
						  r->word[past] == W_S && !r->doc->tokens.v[past - 1].space_after;
				if (past < sent->past && !d->m.possessive &&
				    (who_is(r, past, "'") || who_is(r, past, "’")) && past + 1 < sent->past &&
				    r->shape[past + 1] != 0 && !r->doc->tokens.v[past - 1].space_after &&
				    ch_str_ends(ch_token_str(r->doc, past - 1), CH_STR("s")))
					d->m.possessive = true;
				for (uint32_t k = t; k < past; k++)
					r->covered[k] = r->drafts.n;
				by_trade(r, sent, d, actor);
				t = past;
				continue;
			}
		}
		if (at != CH_NONE) {
			uint32_t end = r->spots.v[at].past;

			for (; at < r->spots.n && r->spots.v[at].first == t; at++)
				plain_spot(r, at, sent);
			if (r->word[t] == W_NONE || end > t + 1) {
				t = end > t ? end : t + 1;
				continue;
			}
		}
		if (r->word[t] != W_NONE)
			nominal(r, t, sent);
		t++;
	}
}
