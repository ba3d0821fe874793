/* who/person.c -- people: how far a name goes, and which of those who bear it is meant. */
#include "who/who_priv.h"

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
		    e->role != CH_GZ_MODIFIER && e->role != CH_GZ_NAMESAKE)
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
	       (*bodied ? 40000 : 0) - (r->state_count[r->g->terms[term].body] ? 600 : 0);
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

#define SLACK 31        /* days that a term may be off */
#define REMEMBERED 1100 /* days within which a title is still (or already) given */
#define FORGOTTEN 5500  /* days after which only the famous are called by title and surname */

/* "President Carter", no country named: who of that surname held such an office on the page's day, give or take a
 * month. Of several the home state's, else the one of the better table. With `ever`, whose term is nearest if it ended
 * or began within three years, else he who alone of that surname ever held it. CH_NONE where there is nobody. */
static uint32_t title_holder(const struct who_run *r, const struct ch_gz_entry *e, uint32_t n, uint32_t body, bool ever)
{
	const struct ch_gz_entity *o = r->title == CH_NONE ? NULL : &r->g->entities[r->title];
	uint32_t best = CH_NONE, found = 0;
	int64_t best_rank = INT64_MIN;

	if (!o || !(o->flags & (CH_GZ_HOLDER | CH_GZ_COS | CH_GZ_HOG | CH_GZ_IS_COS | CH_GZ_IS_HOG)) ||
	    (!ever && r->day == CH_NO_DAY))
		return CH_NONE;
	for (uint32_t i = 0; i < n; i++) {
		const struct ch_gz_entity *p = &r->g->entities[e[i].entity];
		int64_t rank = INT64_MIN;

		for (uint32_t k = p->term_first; k < p->term_first + p->term_n; k++) {
			const struct ch_gz_term *t = &r->g->terms[k];
			int64_t off = r->day == CH_NO_DAY ? 0
				      : r->day < t->from  ? (int64_t)t->from - r->day
				      : r->day > t->to    ? (int64_t)r->day - t->to
							  : 0;
			int64_t fits;

			if (body != CH_NONE && t->body != body && r->g->entities[t->body].parent != body)
				continue;
			if (!who_of_office(t, o) || (!ever && off > SLACK) ||
			    (off > FORGOTTEN && !(p->flags & CH_GZ_FAMOUS)))
				continue;
			fits = (t->cls == o->cls ? 8 : 0) + (t->body == r->home ? 16 : 0) + (t->rank ? 0 : 2) +
			       (t->flags ? 4 : 0) + (e[i].flags & CH_GZ_DERIVED ? 0 : 6) - (off ? 5 : 0) -
			       off * (ever ? 1000 : 0);
			rank = fits > rank ? fits : rank;
		}
		if (rank == INT64_MIN)
			continue;
		found++;
		if (rank > best_rank) {
			best_rank = rank;
			best = e[i].entity;
		}
	}
	return ever && found > 1 && (r->day == CH_NO_DAY || best_rank < -1000 * (int64_t)REMEMBERED) ? CH_NONE : best;
}

static bool foreign_minister(const struct who_run *r, const struct ch_gz_term *t)
{
	uint32_t office = t->cls ? r->g->office_of[t->cls] : UINT32_MAX;

	return office != UINT32_MAX &&
	       ch_str_eqz(ch_gz_str(r->g, r->g->entities[office].id), "office:foreign-minister");
}

/* Whether a person ever held the office that the title names; true where the title names none that one man holds. */
static bool bore_title(const struct who_run *r, uint32_t person)
{
	const struct ch_gz_entity *o = r->title == CH_NONE ? NULL : &r->g->entities[r->title],
				  *p = &r->g->entities[person];

	if (!o || !(o->flags & (CH_GZ_COS | CH_GZ_HOG | CH_GZ_IS_COS | CH_GZ_IS_HOG)))
		return true;
	for (uint32_t k = p->term_first; k < p->term_first + p->term_n; k++)
		if (who_of_office(&r->g->terms[k], o))
			return true;
	return false;
}

/* "General Doe", "Dr. Evatt", "Sheikh Yamani": a rank or a courtesy, which is no office. Who of that surname was in
 * office on the page's day: of the state that the page names, else a chief of state or of government or a foreign
 * minister, if there is one only. */
static uint32_t rank_holder(const struct who_run *r, const struct ch_gz_entry *e, uint32_t n)
{
	const struct ch_gz_entity *o = r->title == CH_NONE ? NULL : &r->g->entities[r->title];
	uint32_t best = CH_NONE, best_rank = 0, same = 0;

	if (!o || r->day == CH_NO_DAY ||
	    (o->flags & (CH_GZ_HOLDER | CH_GZ_COS | CH_GZ_HOG | CH_GZ_IS_COS | CH_GZ_IS_HOG) &&
	     !(o->flags & CH_GZ_CIVIL)))
		return CH_NONE;
	for (uint32_t i = 0; i < n; i++) {
		const struct ch_gz_entity *p = &r->g->entities[e[i].entity];
		uint32_t rank = 0;

		for (uint32_t k = p->term_first; k < p->term_first + p->term_n; k++) {
			const struct ch_gz_term *t = &r->g->terms[k];
			uint32_t fits;

			if (t->from - (int64_t)SLACK > r->day || t->to + (int64_t)SLACK < r->day)
				continue;
			if (o->flags & CH_GZ_HOLDER && !t->flags)
				continue; /* who rules is called president, whatever he calls himself; others are not */
			fits = (r->state_count[t->body] ? 8u : 0) + (t->cls == o->cls && o->cls ? 16u : 0) +
			       (t->flags                 ? 4u
				: foreign_minister(r, t) ? 3u
							 : 0) +
			       (p->flags & CH_GZ_FAMOUS ? 2u : 0);
			rank = fits > rank ? fits : rank;
		}
		if (rank > best_rank) {
			best_rank = rank;
			best = e[i].entity;
			same = 0;
		} else if (rank && rank == best_rank) {
			same++;
		}
	}
	return best_rank >= 3 && !same ? best : CH_NONE;
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

struct ch_str who_text(const struct who_run *r, uint32_t first, uint32_t past)
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

bool who_person_name(const struct who_run *r, uint32_t first, uint32_t past)
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

/* "A.", "A", "G.W." */
static bool initial(const struct who_run *r, uint32_t token)
{
	struct ch_str s = ch_token_str(r->doc, token);

	for (size_t i = 0; i < s.len; i++)
		if (i % 2 ? s.ptr[i] != '.' : s.ptr[i] < 'A' || s.ptr[i] > 'Z')
			return false;
	return s.len && (s.len == 1 || s.ptr[s.len - 1] == '.');
}

/* The words before a surname may be this person's: one of them is in his name, or all are initials. "President Melgar
 * Castro" is not Fidel Castro. */
static bool agrees(struct who_run *r, uint32_t first, uint32_t past, uint32_t person)
{
	struct ch_str name = ch_gz_str(r->g, r->g->entities[person].name), word;
	uint32_t words = 0;

	for (uint32_t t = first; t < past; t++) {
		struct ch_str mine = ch_token_str(r->doc, t);

		if (r->token_atom[t] == r->token_atom[t + 1] || initial(r, t) || who_particle(r, t))
			continue;
		words++;
		for (struct ch_str rest = name; ch_str_cut(&rest, ' ', &word);)
			if (who_words_alike(r, mine, word))
				return true;
	}
	return !words;
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
			if (person != CH_NONE && agrees(r, first, at, person)) {
				uint32_t actor = who_actor_entity(r, person);

				who_note_surname(r, actor, first, past);
				return actor;
			}
			if (!at)
				break;
		}
	return CH_NONE;
}

/* "A. Papandreou", where "A" would be the article: the token behind initials and their dots. */
static uint32_t behind_initials(const struct who_run *r, uint32_t token, uint32_t limit)
{
	uint32_t t = token;

	while (t + 1 < limit && initial(r, t) && (ch_token_str(r->doc, t).len > 1 || who_is(r, t + 1, ".")))
		t += ch_token_str(r->doc, t).len > 1 ? 1 : 2;
	return t < limit && r->shape[t] & CH_ATOM_CAPITAL ? t : token;
}

/* The end of a name that begins with a small particle: "al-Abadi", "de Klerk"; `token` where none does. */
static uint32_t behind_particle(const struct who_run *r, uint32_t token, uint32_t limit)
{
	uint32_t t = token + 1, end;

	while (t < limit && (who_is(r, t, "-") || who_is(r, t, "'") || who_is(r, t, "’") || who_particle(r, t)))
		t++;
	end = who_name_run(r, t, limit);
	return end > t ? end : token;
}

/* How far the tagger's name goes on behind a known one: "Rodrigo Carazo" Odio. */
static uint32_t name_goes_on(const struct who_run *r, uint32_t past, uint32_t limit)
{
	const struct ch_doc *doc = r->doc;
	uint32_t lo = 0, hi = doc->names.n, end;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (doc->names.v[mid].past < past)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == doc->names.n || doc->names.v[lo].first >= past || doc->names.v[lo].kind != CH_NAME_PER)
		return past;
	end = who_name_run(r, past, limit);
	return doc->names.v[lo].past > past && end >= doc->names.v[lo].past ? doc->names.v[lo].past : past;
}

/* The end of the capitals that go on behind a name, be they a place's. */
static uint32_t past_places(const struct who_run *r, uint32_t token, uint32_t limit)
{
	uint32_t t = token;

	while (t < limit && t < token + 3 && r->shape[t] & CH_ATOM_CAPITAL && !r->word[t])
		t++;
	return t;
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

static uint32_t person_at(struct who_run *r, uint32_t token, uint32_t limit, uint32_t body, bool titled, uint32_t *past,
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

			/* "Prime Minister Najib": one name of many, and the title tells whose */
			if (person == CH_NONE && titled && body == CH_NONE && !r->title_former &&
			    s->atom_past - s->atom == 1) {
				uint32_t k;
				const struct ch_gz_entry *others = ch_gz_surname(
					r->g, atoms_hash(r, CH_ATOM_SURNAME_SEED, s->atom, s->atom_past), &k);

				person = others ? title_holder(r, others, k, CH_NONE, false) : CH_NONE;
			}
			if (person == CH_NONE)
				person = best_person(r, people, n, body, false, false);
			*past = s->past;
			*basis = "full name";
			actor = who_actor_entity(r, person == CH_NONE ? people[0].entity : person);
			who_note_surname(r, actor, s->first, s->past);
			if (s->past - s->first > 1) {
				gender(r, actor, s->first);
				*past = name_goes_on(r, s->past, limit);
			}
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
	if (run == token && titled && who_particle(r, token))
		run = behind_particle(r, token, limit);
	if (run == token && titled && behind_initials(r, token, limit) > token)
		return surname_behind(r, behind_initials(r, token, limit), limit, body, past, basis);
	if (run == token && titled && r->shape[token] & CH_ATOM_CAPITAL &&
	    (actor = office_at_date(r, token, token + 1, body)) != CH_NONE) {
		*past = token + 1; /* "Prime Minister May" */
		*basis = "title and surname";
		return actor;
	}
	if (run == token && r->shape[token] & CH_ATOM_CAPITAL && page_surname(r, token, token + 1) != CH_NONE)
		run = token + 1; /* at the head of a sentence, where a capital alone tells nothing */
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
			if (person == CH_NONE && day)
				person = rank_holder(r, e, n);
			if (person == CH_NONE && titled && body == CH_NONE) {
				person = title_holder(r, e, n, CH_NONE, true);
				ever = person != CH_NONE;
			}
			if (person == CH_NONE && body == CH_NONE) {
				person = best_person(r, e, n, CH_NONE, titled, true);
				if (person != CH_NONE && titled && !bore_title(r, person))
					person = CH_NONE;
			}
			if (person == CH_NONE && body == CH_NONE && !titled && who_person_name(r, token, run))
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
	/* a name that begins with a place's or goes on into one: "de la Madrid" */
	if (titled && past_places(r, run, limit) > run &&
	    (actor = office_at_date(r, token, past_places(r, run, limit), body)) != CH_NONE) {
		*past = past_places(r, run, limit);
		*basis = "title and surname";
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
	if (!titled && !who_person_name(r, token, run))
		return CH_NONE;
	if (run - token > 5 || (r->shape[token] & CH_ATOM_UPPER && run - token == 1 &&
				r->atoms.v[r->token_atom[token]].end - r->atoms.v[r->token_atom[token]].start <= 4 &&
				!r->shouting[r->doc->tokens.v[token].sentence]))
		return CH_NONE;
	*past = run;
	*basis = "name of this page";
	actor = who_actor_new(r, (struct ch_actor){.kind = CH_ACTOR_PERSON, .name = who_text(r, token, run)},
			      ch_arena_printf(r->arena, "p:%.*s", CH_STR_ARG(who_text(r, token, run))));
	who_note_surname(r, actor, token, run);
	if (run - token > 1)
		gender(r, actor, token);
	return actor;
}

uint32_t who_person_at(struct who_run *r, uint32_t token, uint32_t limit, uint32_t body, bool titled, uint32_t *past,
		       const char **basis)
{
	uint32_t actor = person_at(r, token, limit, body, titled, past, basis);

	if (actor != CH_NONE)
		r->refs.v[actor].listed = false;
	return actor;
}
