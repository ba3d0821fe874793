/* who/title.c -- titles and institutions with what stands around them.
 *
 *	former Azerbaijani | Foreign Minister | of the Republic of X ... | Elmar Mammadyarov
 *	^ before                   ^ spot        ^ behind (around.c)         ^ who_person_at
 */
#include "who/who_priv.h"

/* Offices that are held at a place: only an ambassador is "to Ecuador", a pilot flies there. */
static bool posting(const struct who_run *r, const struct ch_gz_entity *o)
{
	static const char *const all[] = {
		"office:ambassador",          "office:permanent-representative", "office:envoy",   "office:diplomat",
		"office:high-representative", "office:high-commissioner",        "office:adviser",
	};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (ch_str_eqz(ch_gz_str(r->g, o->id), all[i]))
			return true;
	return false;
}

/* Behind "US envoy": "to Syria", if a name follows it; the token behind, else `past`. */
static uint32_t post(const struct who_run *r, const struct ch_sentence *sent, uint32_t past)
{
	uint32_t t = past + 1, at;

	if (t >= sent->past || r->word[past] != W_TO)
		return past;
	if (r->word[t] == W_THE)
		t++;
	at = t < sent->past ? r->spot_at[t] : CH_NONE;
	if (at == CH_NONE || r->spots.v[at].possessive || !who_role(&r->spots.v[at], CH_GZ_NAME))
		return past;
	t = r->spots.v[at].past;
	return t < sent->past && who_name_run(r, t, sent->past) > t + 1 ? t : past;
}

static struct ch_str plain_text(const struct who_run *r, uint32_t first, uint32_t past)
{
	while (first + 1 < past && (r->word[first] == W_THE || r->word[first] == W_A || r->word[first] == W_THIS ||
				    r->word[first] == W_TWO || r->word[first] == W_BOTH))
		first++;
	return ch_str_sub(r->doc->text, r->doc->tokens.v[first].span.start, r->doc->tokens.v[past - 1].span.end);
}

static void cover(struct who_run *r, uint32_t first, uint32_t past)
{
	for (uint32_t t = first; t < past; t++)
		if (!r->covered[t])
			r->covered[t] = r->drafts.n;
}

/* A person of whom only this page tells acts for the body it names. loose: the title is one of many that are said of
 * him ("NATO chief"), and tells nothing where the lists know his office. */
static void learn(struct who_run *r, uint32_t actor, uint32_t body, const struct ch_gz_entity *office, bool former,
		  bool loose)
{
	struct ch_actor *a = &r->doc->actors.v[actor];

	if (office && !(office->flags & CH_GZ_CIVIL)) {
		who_actor_titled(r, actor, office, body, former);
		a = &r->doc->actors.v[actor];
		if (!former) {
			r->refs.v[actor].cls = office->cls;
			r->refs.v[actor].flags |= office->flags & (CH_GZ_COS | CH_GZ_HOG | CH_GZ_LEADER);
			if (office->flags & CH_GZ_IS_COS)
				r->refs.v[actor].flags |= CH_GZ_COS;
			if (office->flags & CH_GZ_IS_HOG)
				r->refs.v[actor].flags |= CH_GZ_HOG;
		}
		if (!a->office.len ||
		    (!former && office->cls && r->refs.v[actor].entity != CH_NONE && office->flags & CH_GZ_HOLDER &&
		     r->refs.v[actor].titled != office->cls && !(loose && a->office.len))) {
			/* what the page says wins over the lists, once */
			uint32_t t = r->refs.v[actor].entity == CH_NONE
					     ? UINT32_MAX
					     : ch_gz_term_on(r->g, r->refs.v[actor].entity, r->day, NULL);

			if (t == UINT32_MAX || r->g->terms[t].cls != office->cls)
				a->office = ch_gz_str(r->g, office->name);
			r->refs.v[actor].titled = office->cls;
		}
		if (!a->sector.len)
			a->sector = ch_gz_str(r->g, office->sector);
	}
	if (office && office->flags & CH_GZ_MALE)
		r->refs.v[actor].gender = 'm';
	if (office && office->flags & CH_GZ_WOMAN)
		r->refs.v[actor].gender = 'f';
	if (body != CH_NONE && r->refs.v[actor].entity == CH_NONE && !a->party.len) {
		const struct ch_gz_entity *b = &r->g->entities[body];

		/* who serves a newspaper or a university is no party; nor is a "political scientist from Baku" */
		a->party = ch_gz_str(r->g, b->party);
		a->code = ch_gz_str(r->g, b->code);
		a->org = ch_gz_str(r->g, b->org);
		r->refs.v[actor].state = who_actor_entity(r, body);
	}
}

static bool closes(const struct who_run *r, uint32_t t, const struct ch_sentence *sent)
{
	return t >= sent->past || who_is(r, t, ",") || who_is(r, t, ".") || who_is(r, t, ")") || who_is(r, t, ";") ||
	       who_is(r, t, "–") || who_is(r, t, "—") || who_is(r, t, "-");
}

/* "Ilham Aliyev, president of Azerbaijan," – the person whose name ended right before the comma. */
static uint32_t person_before(const struct who_run *r, uint32_t first, const struct ch_sentence *sent)
{
	uint32_t d;

	if (first < sent->first + 2 || !who_is(r, first - 1, ",") || !r->covered[first - 2])
		return CH_NONE;
	d = r->covered[first - 2] - 1;
	if (r->drafts.v[d].m.past != first - 1 || r->drafts.v[d].m.actor_n != 1)
		return CH_NONE;
	if (r->drafts.v[d].m.kind != CH_MENTION_NAME ||
	    r->doc->actors.v[r->draft_actors.v[r->drafts.v[d].m.actor_first]].kind != CH_ACTOR_PERSON)
		return CH_NONE;
	return r->draft_actors.v[r->drafts.v[d].m.actor_first];
}

/* By the tree the phrase stands before another noun: "army units", "government officials' homes". */
static bool compound(const struct who_run *r, const struct who_spot *s)
{
	const struct ch_token *t = &r->doc->tokens.v[s->past - 1];

	return r->tree && (t->deprel == CH_DEP_COMPOUND || t->deprel == CH_DEP_AMOD || t->deprel == CH_DEP_NMOD_POSS) &&
	       t->head != CH_NONE && t->head >= s->past;
}

static bool trade(const struct ch_gazetteer *g, const struct ch_gz_entity *o)
{
	struct ch_str s = ch_gz_str(g, o->sector);

	return ch_str_eqz(s, "EDU") || ch_str_eqz(s, "JRN") || ch_str_eqz(s, "BUS") || ch_str_eqz(s, "CVL") ||
	       ch_str_eqz(s, "MED");
}

/* "King Hussein of Jordan": the body behind the name, which tells which Hussein. CH_NONE. */
static uint32_t body_behind(const struct who_run *r, const struct ch_sentence *sent, uint32_t name)
{
	uint32_t t = who_name_run(r, name, sent->past);
	const struct ch_gz_entry *e;

	if (t == name || t + 1 >= sent->past || r->word[t] != W_OF)
		return CH_NONE;
	t++;
	if (r->word[t] == W_THE && t + 1 < sent->past)
		t++;
	if (r->spot_at[t] == CH_NONE)
		return CH_NONE;
	e = who_body_entry(r, &r->spots.v[r->spot_at[t]], false);
	return e && e->role == CH_GZ_NAME ? e->entity : CH_NONE;
}

/* Those who act where they live: forces, rebels, crowds, workers. Experts and diplomats do not. */
static bool local(const struct who_run *r, const struct ch_gz_entity *o)
{
	static const char *const all[] = {"REB", "SEP", "UAF", "COP", "MIL", "CVL", "LAB", "OPP", "AGR", "SOC"};
	struct ch_str sector = ch_gz_str(r->g, o->sector);

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (ch_str_eqz(sector, all[i]))
			return true;
	return false;
}

/* The one state that a sentence names, by name, adjective, capital or town; CH_NONE where it names none or several. */
static uint32_t only_country(const struct who_run *r, const struct ch_sentence *sent)
{
	static const enum ch_gz_role roles[] = {CH_GZ_NAME,    CH_GZ_ADJ,  CH_GZ_PEOPLE,
						CH_GZ_CAPITAL, CH_GZ_SEAT, CH_GZ_CITY};
	uint32_t one = CH_NONE;

	for (uint32_t t = sent->first; t < sent->past; t++) {
		uint32_t at = r->spot_at[t];
		const struct ch_gz_entry *e = NULL;

		for (size_t k = 0; at != CH_NONE && k < sizeof roles / sizeof *roles && !e; k++)
			e = who_role(&r->spots.v[at], roles[k]);
		if (!e || r->g->entities[e->entity].kind != CH_GZ_STATE)
			continue;
		if (one != CH_NONE && one != e->entity)
			return CH_NONE;
		one = e->entity;
	}
	return one;
}

/* "the president of Harvard": what follows is a name, and of no state or organisation that the lists have. */
static bool of_somebody_else(const struct who_run *r, const struct ch_sentence *sent, uint32_t past)
{
	uint32_t t = past + 1;

	if (t >= sent->past || r->word[past] != W_OF)
		return false;
	if (r->word[t] == W_THE)
		t++;
	return t < sent->past && who_capital(r, t);
}

uint32_t who_title(struct who_run *r, uint32_t sentence, uint32_t spot)
{
	const struct ch_sentence *sent = &r->doc->sentences.v[sentence];
	struct who_spot *s = &r->spots.v[spot];
	const struct ch_gz_entry *one = who_role(s, CH_GZ_OFFICE_ONE), *many = who_role(s, CH_GZ_OFFICE_MANY),
				 *e = one ? one : many;
	const struct ch_gz_entity *o = &r->g->entities[e->entity];
	struct who_around a = {.first = s->first, .past = s->past, .person = CH_NONE};
	uint32_t actor = CH_NONE, name_past = s->past, name_first, end, after_chain;
	const char *basis = "title and surname";
	struct who_draft *d;
	bool starred = e->flags & CH_GZ_STARRED, loose = starred || o->flags & CH_GZ_LEADER,
	     civil = o->flags & CH_GZ_CIVIL, capital = (r->shape[s->first] & CH_ATOM_CAPITAL) != 0;

	if (r->tree && s->past - s->first == 1 &&
	    (r->doc->tokens.v[s->first].upos == CH_UPOS_VERB || r->doc->tokens.v[s->first].upos == CH_UPOS_ADV ||
	     r->doc->tokens.v[s->first].upos == CH_UPOS_AUX))
		return s->first;
	/* "an official visit", "the chief reason": an adjective, unless a name follows */
	if (r->tree && s->past - s->first == 1 && !capital && s->past < sent->past &&
	    r->doc->tokens.v[s->first].upos == CH_UPOS_ADJ)
		return s->first;
	if (!civil)
		who_scan_before(r, sent, &a, false);
	if (!civil && !s->possessive)
		who_scan_chain(r, sent, &a, many && !one, posting(r, o));
	else if (s->possessive)
		a.past = s->past;
	after_chain = a.past;
	/* Federal Chancellor | Dr. | Angela Merkel; "President of Azerbaijan, Supreme Commander-in-Chief Ilham Aliyev"
	 * stays two */
	name_first = !s->possessive && a.n && posting(r, o) ? post(r, sent, after_chain) : after_chain;
	while (!s->possessive && name_first < sent->past && r->spot_at[name_first] != CH_NONE &&
	       name_first > s->first) {
		const struct ch_gz_entry *next = who_role(&r->spots.v[r->spot_at[name_first]], CH_GZ_OFFICE_ONE);

		if (!next || !(r->g->entities[next->entity].flags & (CH_GZ_CIVIL | CH_GZ_GIVEN)) ||
		    next->flags & CH_GZ_STARRED)
			break;
		r->spots.v[r->spot_at[name_first]].used = true;
		name_first = r->spots.v[r->spot_at[name_first]].past;
	}
	if (!s->possessive && name_first < sent->past &&
	    (r->shape[name_first] & CH_ATOM_CAPITAL || r->spot_at[name_first] != CH_NONE ||
	     (who_particle(r, name_first) && name_first + 1 < sent->past &&
	      (r->shape[name_first + 1] & CH_ATOM_CAPITAL || who_particle(r, name_first + 1) ||
	       who_is(r, name_first + 1, "-"))))) {
		r->title = e->entity;
		r->title_former = a.former;
		actor = who_person_at(r, name_first, sent->past,
				      a.n ? a.body[a.n - 1] : body_behind(r, sent, name_first), true, &name_past,
				      &basis);
		r->title = CH_NONE;
	}
	if (actor == CH_NONE && civil)
		return s->first;
	/* "Shah Mahmood", "Sultan Ahmed": a name like others, where two words follow that no list has with the title */
	if (actor != CH_NONE && r->refs.v[actor].entity == CH_NONE && !a.n && name_first == s->past &&
	    name_past - name_first > 1 && (who_is(r, s->first, "shah") || who_is(r, s->first, "sultan")))
		return s->first;
	if (actor == CH_NONE && starred && !a.n && !a.definite && a.possessor == W_NONE && a.past == s->past)
		return s->first;
	if (actor == CH_NONE && starred && !a.n && a.person == CH_NONE && !(o->flags & (CH_GZ_HOLDER)))
		return s->first;
	if (actor != CH_NONE) {
		uint32_t body = a.n ? a.body[a.n - 1] : CH_NONE;

		/* "Foreign Minister Sergei Lavrov of Russia" */
		if (body == CH_NONE && name_past + 1 < sent->past && r->word[name_past] == W_OF &&
		    r->refs.v[actor].entity == CH_NONE) {
			uint32_t k = name_past + 1;

			if (r->word[k] == W_THE && k + 1 < sent->past)
				k++;
			if (r->spot_at[k] != CH_NONE && who_body_entry(r, &r->spots.v[r->spot_at[k]], false))
				body = who_body_entry(r, &r->spots.v[r->spot_at[k]], false)->entity;
		}
		if (many && !one && !civil) {
			/* "Presidents Ilham Aliyev and Vladimir Putin": the first name carries the title, the others
			 * stand alone */
			learn(r, actor, body, o, a.former, loose);
			d = who_draft_add(r, name_first, name_past, CH_MENTION_NAME, D_DONE);
			d->m.first = a.first < name_first ? a.first : name_first;
			d->m.span.start = r->doc->tokens.v[d->m.first].span.start;
		} else {
			learn(r, actor, body, o, a.former, loose);
			d = who_draft_add(r, a.first, name_past, CH_MENTION_NAME, D_DONE);
		}
		who_draft_actor(r, d, actor);
		d->m.basis = basis;
		d->m.confidence = ch_str_starts(ch_str_z(basis), CH_STR("the only")) ||
						  ch_str_ends(ch_str_z(basis), CH_STR("otherwise"))
					  ? 0.6f
				  : r->refs.v[actor].entity != CH_NONE ? 0.97f
								       : 0.85f;
		if (name_past < sent->past && r->word[name_past] == W_S &&
		    !r->doc->tokens.v[name_past - 1].space_after &&
		    r->token_atom[name_past] + 1 == r->token_atom[name_past + 1])
			d->m.possessive = true;
		if (name_past + 1 < sent->past && (who_is(r, name_past, "'") || who_is(r, name_past, "’")) &&
		    !r->doc->tokens.v[name_past - 1].space_after &&
		    ch_str_ends(ch_token_str(r->doc, name_past - 1), CH_STR("s")) &&
		    r->token_atom[name_past + 1] < r->token_atom[name_past + 2])
			d->m.possessive = true;
		s->used = true;
		cover(r, d->m.first, name_past);
		return s->past;
	}
	/* no name: what the words denote */
	end = s->possessive ? s->past : a.past;
	s->used = true;
	if (a.group && !a.n && a.group_past > a.group_first) {
		/* "the heads of state of the Caspian littoral states", "foreign ambassadors" */
		struct ch_str name = ch_str_sub(r->doc->text, r->doc->tokens.v[a.group_first].span.start,
						r->doc->tokens.v[a.group_past - 1].span.end);
		bool behind = a.group_first >= s->past;

		if (!behind)
			name = plain_text(r, a.first, end);
		if (!one || behind) {
			actor = who_actor_new(r, (struct ch_actor){.kind = CH_ACTOR_GROUP, .name = name, .party = name},
					      ch_arena_printf(r->arena, "g:%.*s", CH_STR_ARG(name)));
			r->refs.v[actor].plural = true;
			d = who_draft_add(r, a.first, end, CH_MENTION_NOMINAL, D_DONE);
			who_draft_actor(r, d, actor);
			d->m.basis = "group";
			d->plural = true;
			d->m.possessive = s->possessive || compound(r, s);
			d->m.confidence = 0.7f;
			cover(r, a.first, end);
			return s->past;
		}
	}
	if (one && !a.n && a.possessor == W_NONE && !of_somebody_else(r, sent, end) &&
	    (a.definite || (capital && (o->flags & (CH_GZ_HOLDER | CH_GZ_COS | CH_GZ_HOG)) && !a.indefinite) ||
	     ((o->flags & (CH_GZ_COS | CH_GZ_HOG)) && !a.indefinite))) {
		uint32_t person = person_before(r, a.first, sent);

		d = who_draft_add(r, a.first, end, CH_MENTION_NOMINAL, person == CH_NONE ? D_OFFICE : D_DONE);
		d->arg = e->entity;
		d->definite = true;
		d->former = a.former;
		d->body = CH_NONE;
		d->m.basis = "office at the date";
		d->m.possessive = s->possessive || compound(r, s);
		if (person != CH_NONE) {
			learn(r, person, CH_NONE, o, a.former, loose);
			who_draft_actor(r, d, person);
			d->m.basis = "apposition";
		}
		cover(r, a.first > s->first ? s->first : a.first, end);
		return s->past;
	}
	if (one && a.n == 1 && !a.indefinite) {
		uint32_t person = person_before(r, a.first, sent);

		d = who_draft_add(r, a.first, end, CH_MENTION_NOMINAL, D_OFFICE);
		d->arg = e->entity;
		d->body = a.body[0];
		d->former = a.former;
		d->definite = true;
		d->m.basis = "office at the date";
		d->m.possessive = s->possessive || compound(r, s);
		if (person != CH_NONE) {
			learn(r, person, trade(r->g, o) ? CH_NONE : a.body[0], o, a.former, loose);
			d->what = D_DONE;
			who_draft_actor(r, d, person);
			d->m.basis = "apposition";
		} else if (end + 1 < sent->past && who_is(r, end, ",")) {
			/* "the president of Azerbaijan, Ilham Aliyev," */
			uint32_t past;
			uint32_t named = who_person_at(r, end + 1, sent->past, a.body[0], false, &past, &basis);

			d = &r->drafts.v[r->drafts.n - 1];
			if (named != CH_NONE && closes(r, past, sent)) {
				learn(r, named, a.body[0], o, a.former, loose);
				d->what = D_DONE;
				who_draft_actor(r, d, named);
				d->m.basis = "apposition";
			}
		}
		cover(r, a.first, end);
		return s->past;
	}
	if (!a.n && a.possessor != W_NONE) {
		d = who_draft_add(r, a.first, end, CH_MENTION_NOMINAL, D_OFFICE);
		d->arg = e->entity;
		d->sort = a.possessor;
		d->plural = !one;
		d->former = a.former;
		d->m.basis = "office at the date";
		d->m.possessive = s->possessive || compound(r, s);
		cover(r, s->first, end);
		return s->past;
	}
	if (!one && !a.n &&
	    ((a.two && ch_str_eqz(ch_gz_str(r->g, o->sector), "GOV")) ||
	     ((a.two || a.definite) && o->flags & (CH_GZ_LEADER | CH_GZ_COS | CH_GZ_HOG | CH_GZ_HOLDER)))) {
		d = who_draft_add(r, a.first, end, CH_MENTION_NOMINAL, D_SIDES);
		d->arg = a.two ? 0 : 2;
		d->plural = true;
		d->m.basis = "nearest that fit";
		d->m.possessive = s->possessive || compound(r, s);
		cover(r, a.first, end);
		return s->past;
	}
	{
		/* plurals with bodies, and whoever is known by trade alone */
		uint32_t country = !a.n && local(r, o) ? only_country(r, sent) : CH_NONE;
		uint32_t person = one ? person_before(r, a.first, sent) : CH_NONE;
		struct ch_str text = plain_text(r, a.first, end);

		d = who_draft_add(r, a.first, end, CH_MENTION_NOMINAL, D_DONE);
		d->plural = !one;
		d->m.basis = a.n ? "office at the date" : "trade";
		d->m.possessive = s->possessive || compound(r, s);
		d->m.confidence = a.n ? 0.85f : 0.5f;
		cover(r, a.first, end);
		if (person != CH_NONE) {
			learn(r, person, a.n == 1 && !trade(r->g, o) ? a.body[0] : CH_NONE, o, a.former, loose);
			who_draft_actor(r, d, person);
			d->m.basis = "apposition";
			return s->past;
		}
		for (uint32_t i = a.n; i-- > 0;) {
			/* those before the title were met from right to left */
			uint32_t body = a.past > s->past && !s->possessive ? a.body[a.n - 1 - i] : a.body[i];
			uint32_t known = r->doc->actors.n;
			uint32_t x = who_actor_office(r, e->entity, body, text,
						      a.former || (!one && !(o->flags & (CH_GZ_HOLDER | CH_GZ_COS |
											 CH_GZ_HOG | CH_GZ_LEADER))),
						      !one && a.n < 2);

			if (a.n > 1 && x >= known)
				r->refs.v[x].listed = true;
			who_draft_actor(r, &r->drafts.v[r->drafts.n - 1], x);
		}
		if (!a.n) {
			struct ch_actor x = {.kind = one ? CH_ACTOR_PERSON : CH_ACTOR_ORG,
					     .name = text,
					     .sector = ch_gz_str(r->g, o->sector),
					     .office = ch_gz_str(r->g, o->name)};

			if (a.person != CH_NONE)
				x.party = r->doc->actors.v[a.person].party;
			if (country != CH_NONE) {
				x.party = ch_gz_str(r->g, r->g->entities[country].party);
				x.code = ch_gz_str(r->g, r->g->entities[country].code);
				r->drafts.v[r->drafts.n - 1].m.basis = "country of the sentence";
			}
			actor = who_actor_new(r, x, ch_arena_printf(r->arena, "t:%u:%.*s", country, CH_STR_ARG(text)));
			if (country != CH_NONE)
				r->refs.v[actor].state = who_actor_entity(r, country);
			r->refs.v[actor].plural = !one;
			r->refs.v[actor].cls = o->cls;
			who_draft_actor(r, &r->drafts.v[r->drafts.n - 1], actor);
		}
	}
	return s->past;
}

uint32_t who_institution(struct who_run *r, uint32_t sentence, uint32_t spot)
{
	const struct ch_sentence *sent = &r->doc->sentences.v[sentence];
	struct who_spot *s = &r->spots.v[spot];
	const struct ch_gz_entry *one = who_role(s, CH_GZ_INST_ONE), *many = who_role(s, CH_GZ_INST_MANY),
				 *e = one ? one : many;
	const struct ch_gz_entity *o = &r->g->entities[e->entity];
	struct who_around a = {.first = s->first, .past = s->past, .person = CH_NONE};
	struct ch_str text;
	struct who_draft *d;

	if (r->tree && s->past - s->first == 1 &&
	    (r->doc->tokens.v[s->first].upos == CH_UPOS_VERB || r->doc->tokens.v[s->first].upos == CH_UPOS_ADV ||
	     r->doc->tokens.v[s->first].upos == CH_UPOS_ADJ))
		return s->first;
	who_scan_before(r, sent, &a, true);
	if (!s->possessive && (!a.n || many))
		who_scan_chain(r, sent, &a, true,
			       ch_str_eqz(ch_gz_str(r->g, o->id), "institution:embassy") ||
				       ch_str_eqz(ch_gz_str(r->g, o->id), "institution:delegation"));
	else if (s->possessive)
		a.past = s->past;
	if (a.person == CH_NONE && !a.n && who_role(s, CH_GZ_SEAT))
		return s->first; /* "the Senate": the one everybody means */
	if (!a.n && a.person == CH_NONE && a.possessor == W_NONE && !(o->flags & CH_GZ_BARE))
		return s->first;
	if (e->flags & CH_GZ_STARRED && !a.n && a.person == CH_NONE)
		return s->first;
	/* what somebody leads is an actor, that he leads is not */
	if (a.person != CH_NONE && (who_is(r, s->first, "leadership") || who_is(r, s->first, "diplomacy") ||
				    who_is(r, s->first, "presidency")))
		return s->first;
	text = plain_text(r, a.first, a.past);
	s->used = true;
	d = who_draft_add(r, a.first, a.past, CH_MENTION_NOMINAL, D_DONE);
	d->plural = !one;
	d->m.possessive = s->possessive || compound(r, s);
	d->m.basis = "institution";
	d->arg = e->entity;
	cover(r, a.first, a.past);
	if (a.person != CH_NONE) {
		const struct ch_actor *p = &r->doc->actors.v[a.person];
		struct ch_actor x = {.kind = CH_ACTOR_ORG,
				     .name = text,
				     .party = p->party,
				     .code = p->code,
				     .org = p->org,
				     .sector = ch_gz_str(r->g, o->sector)};
		uint32_t actor = who_actor_new(r, x, ch_arena_printf(r->arena, "i:%.*s", CH_STR_ARG(text)));

		r->refs.v[actor].state = r->refs.v[a.person].state;
		who_draft_actor(r, &r->drafts.v[r->drafts.n - 1], actor);
		return s->past;
	}
	if (!a.n) {
		d->what = D_INSTITUTION;
		d->definite = a.definite;
		if (a.possessor != W_NONE)
			d->sort = a.possessor;
		if (a.indefinite)
			d->m.confidence = 0.3f;
		return s->past;
	}
	for (uint32_t i = a.n; i-- > 0;) {
		uint32_t body = a.past > s->past && !s->possessive ? a.body[a.n - 1 - i] : a.body[i];
		const struct ch_gz_entity *b = &r->g->entities[body];
		struct ch_actor x = {.kind = CH_ACTOR_ORG,
				     .name = text,
				     .party = ch_gz_str(r->g, b->party),
				     .code = ch_gz_str(r->g, b->code),
				     .org = ch_gz_str(r->g, b->org),
				     .sector = ch_gz_str(r->g, o->sector)};
		uint32_t actor = who_actor_new(r, x, ch_arena_printf(r->arena, "i:%u:%.*s", body, CH_STR_ARG(text)));

		r->refs.v[actor].state = who_actor_entity(r, body);
		r->refs.v[actor].plural = !one;
		who_draft_actor(r, &r->drafts.v[r->drafts.n - 1], actor);
	}
	return s->past;
}
