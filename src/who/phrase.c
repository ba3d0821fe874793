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

bool who_particle(const struct who_run *r, uint32_t token)
{
	static const char *const all[] = {"de",  "da",  "do",  "dos", "del", "di", "al",  "el", "bin",  "ibn",
					  "ben", "von", "van", "der", "den", "la", "ter", "ul", "ould", "oglu",
					  "zu",  "ud",  "ur",  "du",  "af",  "e",  "y",   "abu"};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (who_is(r, token, all[i]))
			return true;
	return false;
}

/* A spot that is no word of a person's name: a country, an organisation, a title. */
static bool hard_spot(const struct who_run *r, uint32_t token)
{
	uint32_t at = r->spot_at[token];

	if (at == CH_NONE)
		return false;
	for (uint32_t i = 0; i < r->spots.v[at].n; i++) {
		const struct ch_gz_entry *e = r->spots.v[at].e[i];

		if (e->role != CH_GZ_FEMALE && !(e->flags & (CH_GZ_DOUBTFUL | CH_GZ_STARRED)) &&
		    !(e->role == CH_GZ_NAME && r->g->entities[e->entity].kind == CH_GZ_PERSON) &&
		    e->role != CH_GZ_MODIFIER)
			return true;
	}
	return false;
}

uint32_t who_name_run(const struct who_run *r, uint32_t token, uint32_t past)
{
	uint32_t t = token, end = token, n = 0;

	while (t < past && n < 7) {
		struct ch_str s = ch_token_str(r->doc, t);

		if (who_capital(r, t) && !(n == 0 ? false : hard_spot(r, t)) && !(r->shape[t] & CH_ATOM_DIGIT)) {
			end = ++t;
			n++;
		} else if (n && (s.len == 1 && (s.ptr[0] == '-' || s.ptr[0] == '.' || s.ptr[0] == '\'')) &&
			   t + 1 < past && !r->doc->tokens.v[t - 1].space_after &&
			   (!r->doc->tokens.v[t].space_after || s.ptr[0] == '.') &&
			   (r->shape[t + 1] & CH_ATOM_CAPITAL ||
			    (s.ptr[0] == '-' && r->token_atom[t + 1] < r->token_atom[t + 2]))) {
			if (s.ptr[0] == '-')
				end = t + 2;
			t += s.ptr[0] == '-' ? 2 : 1;
			if (t > past)
				t = past;
			if (end > past)
				end = past;
		} else if (who_particle(r, t) && t + 1 < past &&
			   (n || r->shape[t] & CH_ATOM_CAPITAL || !r->tree ||
			    r->doc->tokens.v[t].upos == CH_UPOS_PROPN) &&
			   (who_capital(r, t + 1) || who_particle(r, t + 1) || who_is(r, t + 1, "-"))) {
			t++;
			n++;
		} else {
			break;
		}
	}
	return end;
}

/* How well a person fits: the less the better. */
static int64_t misfit(const struct who_run *r, uint32_t person, uint32_t body, bool *bodied)
{
	const struct ch_gz_entity *e = &r->g->entities[person];
	int64_t off = 0;
	uint32_t term = ch_gz_term_on(r->g, person, r->day, &off);

	*bodied = false;
	if (body != CH_NONE)
		for (uint32_t i = e->term_first; i < e->term_first + e->term_n; i++)
			*bodied |= r->g->terms[i].body == body || r->g->entities[r->g->terms[i].body].parent == body;
	if (term == UINT32_MAX)
		return INT64_MAX / 2;
	if (r->day == CH_NO_DAY)
		off /= 4;
	return off * 4 + r->g->terms[term].rank * 700 +
	       (r->g->terms[term].flags  ? 0
		: r->g->terms[term].rank ? 500
					 : 100) -
	       (*bodied ? 40000 : 0);
}

/* bare: only those whom a surname alone may mean; with need_body too, whenever they lived. */
static uint32_t best_person(const struct who_run *r, const struct ch_gz_entry *e, uint32_t n, uint32_t body,
			    bool need_body, bool bare)
{
	uint32_t best = CH_NONE;
	int64_t best_misfit = INT64_MAX;

	for (uint32_t i = 0; i < n; i++) {
		bool bodied;
		int64_t m;

		if (bare && !(r->g->entities[e[i].entity].flags & CH_GZ_FAMOUS))
			continue;
		m = misfit(r, e[i].entity, body, &bodied);
		if ((need_body && !bare && !bodied) || (bare && !need_body && m > 4 * 366 * 6))
			continue;
		if (m < best_misfit) {
			best_misfit = m;
			best = e[i].entity;
		}
	}
	return best;
}

bool who_of_office(const struct ch_gz_term *t, const struct ch_gz_entity *o)
{
	if (t->cls == o->cls)
		return true;
	if (o->flags & (CH_GZ_MALE | CH_GZ_WOMAN | CH_GZ_GIVEN))
		return false; /* a king is a king, but a president may be called chairman elsewhere */
	return (o->flags & (CH_GZ_COS | CH_GZ_IS_COS) && t->flags & CH_GZ_COS) ||
	       (o->flags & (CH_GZ_HOG | CH_GZ_IS_HOG) && t->flags & CH_GZ_HOG);
}

/* "President Carter", no country named: who of that surname held such an office on the page's day (give or take a
 * month); with `ever`, who alone of that surname ever held it. Of several on the day the home state's, else the one of
 * the better table. CH_NONE where nobody or, with ever, several. */
static uint32_t title_holder(const struct who_run *r, const struct ch_gz_entry *e, uint32_t n, uint32_t body, bool ever)
{
	const struct ch_gz_entity *o = r->title == CH_NONE ? NULL : &r->g->entities[r->title];
	uint32_t best = CH_NONE, found = 0;
	int best_rank = 0;

	if (!o || !(o->flags & (CH_GZ_HOLDER | CH_GZ_COS | CH_GZ_HOG | CH_GZ_IS_COS | CH_GZ_IS_HOG)))
		return CH_NONE;
	for (uint32_t i = 0; i < n; i++) {
		const struct ch_gz_entity *p = &r->g->entities[e[i].entity];
		int rank = 0;

		for (uint32_t k = p->term_first; k < p->term_first + p->term_n; k++) {
			const struct ch_gz_term *t = &r->g->terms[k];
			int fits;

			if (body != CH_NONE && t->body != body && r->g->entities[t->body].parent != body)
				continue;
			if (!who_of_office(t, o) || (!ever && (r->day == CH_NO_DAY || t->from - 31 > (int64_t)r->day ||
							       t->to + (int64_t)31 < r->day)))
				continue;
			fits = 1 + (t->cls == o->cls ? 8 : 0) + (t->body == r->home ? 16 : 0) + (t->rank ? 0 : 2) +
			       (t->flags ? 4 : 0);
			rank = fits > rank ? fits : rank;
		}
		if (!rank)
			continue;
		found++;
		if (rank > best_rank) {
			best_rank = rank;
			best = e[i].entity;
		}
	}
	return ever && found != 1 ? CH_NONE : best;
}

/* A surname alone, of nobody in or near office on the day: the one leader of the lists who bore it, long before, if no
 * other holder of an office within ten years did. "Mandela" needs no date. */
static uint32_t remembered(const struct who_run *r, const struct ch_gz_entry *e, uint32_t n)
{
	uint32_t best = CH_NONE, found = 0;

	for (uint32_t i = 0; i < n && r->day != CH_NO_DAY; i++) {
		const struct ch_gz_entity *p = &r->g->entities[e[i].entity];
		int64_t off;
		uint32_t term = ch_gz_term_on(r->g, e[i].entity, r->day, &off);

		if (term == UINT32_MAX)
			continue;
		if (off < 3653)
			return CH_NONE;
		if (!(p->flags & CH_GZ_FAMOUS) || !(r->g->terms[term].flags) || r->g->terms[term].from > r->day)
			continue;
		found++;
		best = e[i].entity;
	}
	return found == 1 ? best : CH_NONE;
}

static uint64_t atoms_hash(const struct who_run *r, uint64_t seed, uint32_t first, uint32_t past)
{
	for (uint32_t i = first; i < past; i++)
		seed = ch_atom_join(seed, r->atoms.v[i].hash);
	return seed;
}

static struct ch_str text_of(const struct who_run *r, uint32_t first, uint32_t past)
{
	return ch_str_sub(r->doc->text, r->doc->tokens.v[first].span.start, r->doc->tokens.v[past - 1].span.end);
}

static uint32_t page_surname(const struct who_run *r, uint32_t token, uint32_t past)
{
	uint64_t h = atoms_hash(r, CH_ATOM_SURNAME_SEED, r->token_atom[token], r->token_atom[past]);
	char key[sizeof h];
	const uint32_t *hit;

	memcpy(key, &h, sizeof h);
	hit = ch_map_get(&r->surnames, ch_str_n(key, sizeof key));
	return hit ? *hit : CH_NONE;
}

static bool is_person_name(const struct who_run *r, uint32_t first, uint32_t past)
{
	/* the tagger's names, if it ran: binary search would do, but names of a page are few and met in order */
	uint32_t lo = 0, hi = r->doc->names.n;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (r->doc->names.v[mid].past <= first)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < r->doc->names.n && r->doc->names.v[lo].first < past && r->doc->names.v[lo].kind == CH_NAME_PER;
}

/* The given name tells a woman. */
static void gender(struct who_run *r, uint32_t actor, uint32_t first)
{
	const struct ch_gz_slot *slot =
		ch_gz_find(r->g, ch_atom_join(CH_ATOM_SEED, r->atoms.v[r->token_atom[first]].hash));

	if (r->refs.v[actor].gender || r->token_atom[first] == r->token_atom[first + 1])
		return;
	for (uint32_t i = 0; slot && i < slot->n; i++)
		if (r->g->entries[slot->first + i].role == CH_GZ_FEMALE)
			r->refs.v[actor].gender = 'f';
}

/* A name that no list has as it stands, but a part of it is the surname of one who bore the title on the page's day:
 * "President Arbenz Guzman", "Foreign Minister Sergey Viktorovich Lavrov". An actor, or CH_NONE. */
static uint32_t office_at_date(struct who_run *r, uint32_t first, uint32_t past, uint32_t body)
{
	if (r->title == CH_NONE || r->title_former)
		return CH_NONE;
	for (uint32_t len = past - first; len; len--)
		for (uint32_t at = past - len; at + 1 > first; at--) {
			uint32_t n, person;
			const struct ch_gz_entry *e = ch_gz_surname(
				r->g, atoms_hash(r, CH_ATOM_SURNAME_SEED, r->token_atom[at], r->token_atom[at + len]),
				&n);

			person = e ? title_holder(r, e, n, body, false) : CH_NONE;
			if (person != CH_NONE) {
				uint32_t actor = who_actor_entity(r, person);

				who_note_surname(r, actor, first, past);
				return actor;
			}
			if (!at)
				break;
		}
	return CH_NONE;
}

/* "A." or "A" */
static bool initial(const struct who_run *r, uint32_t token)
{
	struct ch_str s = ch_token_str(r->doc, token);

	return s.len && s.len <= 2 && s.ptr[0] >= 'A' && s.ptr[0] <= 'Z' && (s.len == 1 || s.ptr[1] == '.');
}

/* "A. Papandreou", where "A" would be the article: the token behind initials and their dots. */
static uint32_t behind_initials(const struct who_run *r, uint32_t token, uint32_t limit)
{
	uint32_t t = token;

	while (t + 1 < limit && initial(r, t) && (ch_token_str(r->doc, t).len == 2 || who_is(r, t + 1, ".")))
		t += ch_token_str(r->doc, t).len == 2 ? 1 : 2;
	return t < limit && r->shape[t] & CH_ATOM_CAPITAL ? t : token;
}

static uint32_t surname_behind(struct who_run *r, uint32_t token, uint32_t limit, uint32_t body, uint32_t *past,
			       const char **basis)
{
	uint32_t run = who_name_run(r, token, limit);
	uint32_t actor = run > token ? office_at_date(r, token, run, body) : CH_NONE;

	if (actor != CH_NONE) {
		*past = run;
		*basis = "title and surname";
	}
	return actor;
}

uint32_t who_person_at(struct who_run *r, uint32_t token, uint32_t limit, uint32_t body, bool titled, uint32_t *past,
		       const char **basis)
{
	uint32_t at = r->spot_at[token], run, actor, skip;

	*past = token;
	if (token >= limit)
		return CH_NONE;
	if (at != CH_NONE && r->spots.v[at].first == token) {
		const struct who_spot *s = &r->spots.v[at];
		struct ch_gz_entry people[6];
		uint32_t n = 0;

		for (uint32_t i = 0; i < s->n; i++)
			if (s->e[i]->role == CH_GZ_NAME && r->g->entities[s->e[i]->entity].kind == CH_GZ_PERSON)
				people[n++] = *s->e[i];
		if (n && (s->past - s->first > 1 || s->atom_past - s->atom > 1 || titled ||
			  who_name_run(r, token, limit) <= s->past)) {
			uint32_t person = titled && body == CH_NONE && !r->title_former
						  ? title_holder(r, people, n, CH_NONE, false)
						  : CH_NONE;

			if (person == CH_NONE)
				person = best_person(r, people, n, body, false, false);
			*past = s->past;
			*basis = "full name";
			actor = who_actor_entity(r, person == CH_NONE ? people[0].entity : person);
			who_note_surname(r, actor, s->first, s->past);
			if (s->past - s->first > 1)
				gender(r, actor, s->first);
			return actor;
		}
		if (hard_spot(r, token)) {
			/* "Prime Minister Colombo" is no city, if one of that name was in office */
			run = titled ? who_name_run(r, token, limit) : token;
			actor = run > token ? office_at_date(r, token, run, body) : CH_NONE;
			if (actor != CH_NONE) {
				*past = run;
				*basis = "title and surname";
			}
			return actor;
		}
	}
	run = who_name_run(r, token, limit);
	if (run == token && titled && behind_initials(r, token, limit) > token)
		return surname_behind(r, behind_initials(r, token, limit), limit, body, past, basis);
	if (run == token && titled && r->shape[token] & CH_ATOM_CAPITAL &&
	    (actor = office_at_date(r, token, token + 1, body)) != CH_NONE) {
		*past = token + 1; /* "Prime Minister May" */
		*basis = "title and surname";
		return actor;
	}
	if (run == token && !who_particle(r, token))
		return CH_NONE;
	if (!titled && at != CH_NONE && run <= r->spots.v[at].past &&
	    (who_role(&r->spots.v[at], CH_GZ_ADJ) || who_role(&r->spots.v[at], CH_GZ_CAPITAL) ||
	     (who_role(&r->spots.v[at], CH_GZ_NAME) &&
	      r->g->entities[who_role(&r->spots.v[at], CH_GZ_NAME)->entity].kind != CH_GZ_PERSON)))
		return CH_NONE; /* "Chad": a state before it is anybody's name */
	if (!titled && at != CH_NONE && r->spots.v[at].past < run && r->spot_at[r->spots.v[at].past] != CH_NONE &&
	    who_role(&r->spots.v[at], CH_GZ_NAME))
		return CH_NONE; /* "Republican Donald Trump" */
	if (run == token)
		run = token + 1;
	/* the whole run as a surname: of this page, then of the lists. A run may begin with a given name's initial. */
	for (skip = token; skip < run; skip++) {
		uint32_t n;
		const struct ch_gz_entry *e;

		if (skip > token && run - skip > 0 && ch_token_str(r->doc, skip - 1).len > 2)
			break; /* "Azer Garayev" is not the Garayev that a list knows */
		actor = page_surname(r, skip, run);
		if (actor != CH_NONE && titled && run - token > 1 && r->refs.v[actor].entity == CH_NONE &&
		    initial(r, token)) {
			/* "E. Kenny", whom the page's names hold for somebody new */
			uint32_t known = office_at_date(r, token, run, body);

			actor = known == CH_NONE ? actor : known;
		}
		if (actor != CH_NONE) {
			*past = run;
			*basis = titled ? "title and surname" : "surname";
			return actor;
		}
		e = ch_gz_surname(r->g, atoms_hash(r, CH_ATOM_SURNAME_SEED, r->token_atom[skip], r->token_atom[run]),
				  &n);
		if (e && n && (titled || body != CH_NONE || who_capital(r, token))) {
			uint32_t person = body != CH_NONE ? best_person(r, e, n, body, true, false) : CH_NONE;

			bool day = titled && body == CH_NONE && !r->title_former, ever = false;

			if (person == CH_NONE && day)
				person = title_holder(r, e, n, CH_NONE, false);
			if (person == CH_NONE && titled && body == CH_NONE) {
				person = title_holder(r, e, n, CH_NONE, true);
				ever = person != CH_NONE;
			}
			if (person == CH_NONE && body == CH_NONE)
				person = best_person(r, e, n, CH_NONE, titled, true);
			if (person == CH_NONE && body == CH_NONE && !titled && is_person_name(r, token, run))
				person = remembered(r, e, n);
			if (person == CH_NONE && titled && body == CH_NONE && r->home != CH_NONE)
				person = best_person(r, e, n, r->home, true, false);
			if (person != CH_NONE) {
				*past = run;
				*basis = ever     ? "the only one of title and surname"
					 : titled ? "title and surname"
						  : "surname";
				actor = who_actor_entity(r, person);
				who_note_surname(r, actor, skip, run);
				return actor;
			}
		}
	}
	if (titled && run - token > 1 && run - token <= 5 && (actor = office_at_date(r, token, run, body)) != CH_NONE) {
		*past = run;
		*basis = "title and a part of the name";
		return actor;
	}
	if (titled) {
		uint32_t person = who_spelt_otherwise(r, token, run, body);

		if (person != CH_NONE) {
			*past = run;
			*basis = "title and surname, spelt otherwise";
			actor = who_actor_entity(r, person);
			who_note_surname(r, actor, run - 1, run);
			return actor;
		}
	}
	if (!titled && !is_person_name(r, token, run))
		return CH_NONE;
	if (run - token > 5 || (r->shape[token] & CH_ATOM_UPPER && run - token == 1 &&
				r->atoms.v[r->token_atom[token]].end - r->atoms.v[r->token_atom[token]].start <= 4 &&
				!r->shouting[r->doc->tokens.v[token].sentence]))
		return CH_NONE;
	*past = run;
	*basis = "name of this page";
	actor = who_actor_new(r, (struct ch_actor){.kind = CH_ACTOR_PERSON, .name = text_of(r, token, run)},
			      ch_arena_printf(r->arena, "p:%.*s", CH_STR_ARG(text_of(r, token, run))));
	who_note_surname(r, actor, token, run);
	if (run - token > 1)
		gender(r, actor, token);
	return actor;
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
	if (e->role == CH_GZ_ADJ && people && !noun_follows(r, s->after, sent->past) && !s->possessive)
		e = people;
	x = &r->g->entities[e->entity];
	/* a name of more words than we know ("Radio Azerbaijan", "Michael Jordan") is not the state */
	if (first > sent->first && e->role != CH_GZ_ADJ && past - first == 1 && who_capital(r, first - 1) &&
	    r->spot_at[first - 1] == CH_NONE && r->covered[first - 1] == 0 &&
	    who_spot_before(r, first, sent->first) == CH_NONE && !(e->flags & CH_GZ_ACRONYM) &&
	    (is_person_name(r, first, past) ||
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
		struct ch_str name = text_of(r, s->first, s->past);

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
			r->doc->actors.v[actor].party = text_of(r, s->first, s->past);
			r->doc->actors.v[actor].name = r->doc->actors.v[actor].party;
		}
		if (e->role == CH_GZ_NAME && !(e->flags & CH_GZ_ALL_UPPER))
			r->refs.v[actor].count++;
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
	name = text_of(r, first, past);
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
		else if (v != W_NOW && v != W_OTHER)
			break;
		if (v == W_OTHER)
			return;
		first--;
		if (v == W_THE || v == W_THIS || poss)
			break;
	}
	if (w == W_BOTH && token + 1 < sent->past && r->word[token + 1] != W_NONE && r->word[token + 1] != W_NOW &&
	    r->word[token + 1] != W_OF)
		return;
	before = who_spot_before(r, token, sent->first);
	if (w == W_COUNTERPART) {
		uint32_t body = CH_NONE, t = token;

		while (before != CH_NONE && body == CH_NONE) {
			const struct who_spot *s = &r->spots.v[before];
			const struct ch_gz_entry *e = who_role(s, CH_GZ_ADJ);

			if (!e)
				e = who_role(s, CH_GZ_NAME);
			if (!e || r->g->entities[e->entity].kind == CH_GZ_PERSON)
				break;
			body = e->entity;
			t = s->first;
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
		   (w == W_SIDES && (the || two)) || (w == W_PARTIES && (the || two))) {
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
