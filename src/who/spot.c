/* who/spot.c -- the text as atoms, and the longest names of the gazetteer in it. One look-up an atom where no name
 * begins, at most as many as the longest name has atoms where one does. */
#include "who/who_priv.h"

#define NAME_ATOMS_MAX 20

static void cut_tokens(struct who_run *r)
{
	struct ch_doc *doc = r->doc;

	r->token_atom = CH_NEW_N(r->arena, uint32_t, doc->tokens.n + 1);
	r->word = CH_NEW_N(r->arena, uint8_t, doc->tokens.n + 1);
	r->shape = CH_NEW_N(r->arena, uint8_t, doc->tokens.n + 1);
	for (uint32_t t = 0; t < doc->tokens.n; t++) {
		struct ch_str s = ch_token_str(doc, t);
		struct ch_atom a;
		uint32_t at = 0, n = 0;
		uint64_t h = 0;

		r->token_atom[t] = r->atoms.n;
		while (ch_atom_next(r->arena, s, &at, &a)) {
			h = n++ ? ch_atom_join(h, a.hash) : a.hash;
			if (n == 1)
				r->shape[t] = a.shape;
			a.start += doc->tokens.v[t].span.start;
			a.end += doc->tokens.v[t].span.start;
			*CH_PUSH(r->arena, &r->atoms) = a;
		}
		if (n && n <= 2)
			r->word[t] = (uint8_t)who_word_of(r, h);
	}
	r->token_atom[doc->tokens.n] = r->atoms.n;
}

/* A sentence in capitals throughout: a headline of the old kind, where capitals tell nothing. */
static bool shouts(const struct who_run *r, const struct ch_sentence *s)
{
	uint32_t upper = 0, other = 0;

	for (uint32_t i = r->token_atom[s->first]; i < r->token_atom[s->past]; i++) {
		const struct ch_atom *a = &r->atoms.v[i];

		if (a->shape & CH_ATOM_DIGIT || a->end - a->start < 2)
			continue;
		if (a->shape & CH_ATOM_UPPER)
			upper++;
		else
			other++;
	}
	return upper >= 3 && other * 4 <= upper;
}

static uint32_t token_of_atom(const struct who_run *r, uint32_t atom, uint32_t from)
{
	while (r->token_atom[from + 1] <= atom)
		from++;
	return from;
}

/* "Guinea voiced its support": a singular noun without an article at the head of a sentence is a name, whatever the tagger took it for. */
static bool bare_subject(const struct ch_token *t)
{
	return t->upos == CH_UPOS_NOUN && t->xpos == CH_XPOS_NN && (t->deprel == CH_DEP_NSUBJ || t->deprel == CH_DEP_NMOD_POSS);
}

static bool fits(const struct who_run *r, const struct ch_gz_entry *e, uint32_t atom, uint32_t n, bool shouting,
		 uint32_t token, const struct ch_sentence *s)
{
	bool upper = true;

	for (uint32_t i = 0; i < n; i++) {
		const struct ch_atom *a = &r->atoms.v[atom + i];

		if (i < 16 && e->capitals & 1u << i && !(a->shape & CH_ATOM_CAPITAL))
			return false;
		upper &= (a->shape & (CH_ATOM_UPPER | CH_ATOM_DIGIT)) != 0;
	}
	if (e->flags & CH_GZ_ALL_UPPER && !upper)
		return false;
	if (e->flags & CH_GZ_DOUBTFUL) {
		const struct ch_token *t = &r->doc->tokens.v[token];

		if (shouting)
			return false;
		if (token == s->first && !(r->tree && (t->upos == CH_UPOS_PROPN || bare_subject(t))))
			return false;
		if (r->tree && !(e->flags & CH_GZ_ALL_UPPER) && t->upos != CH_UPOS_PROPN && t->upos != CH_UPOS_ADJ &&
		    t->upos != CH_UPOS_NOUN)
			return false;
	}
	if (shouting && e->flags & CH_GZ_ALL_UPPER && n == 1) {
		/* "GIVE US PEACE" */
		const struct ch_atom *a = &r->atoms.v[atom];

		if (a->end - a->start == 2 && who_word_of(r, a->hash) == W_FIRST_PERSON && r->tree &&
		    r->doc->tokens.v[token].upos == CH_UPOS_PRON)
			return false;
	}
	return true;
}

/* A name is no part of a word: its atoms must fill the tokens at both ends, hyphens apart. */
static bool whole_tokens(const struct who_run *r, uint32_t first_atom, uint32_t past_atom, uint32_t first,
			 uint32_t last)
{
	struct ch_str text = r->doc->text;
	uint32_t start = r->atoms.v[first_atom].start, end = r->atoms.v[past_atom - 1].end;

	if (start > r->doc->tokens.v[first].span.start && first_atom > r->token_atom[first]) {
		char c = text.ptr[start - 1];

		if (c == '@' || c == '#' || c == '_' || c == '.')
			return false;
	}
	if (end < r->doc->tokens.v[last].span.end && past_atom < r->token_atom[last + 1]) {
		char c = text.ptr[end];

		if (c == '@' || c == '_' || c == ':')
			return false;
	}
	return true;
}

static uint64_t atom_s(struct who_run *r)
{
	struct ch_atom a = {0};
	uint32_t at = 0;

	ch_atom_next(r->arena, CH_STR("s"), &at, &a);
	return a.hash;
}

/* "'s", "’s", "`s", or the bare apostrophe of a plural, directly behind the name. */
static void look_behind(struct who_run *r, struct who_spot *s, const struct ch_sentence *sent, uint64_t s_hash)
{
	struct ch_str text = r->doc->text;
	uint32_t end = r->atoms.v[s->atom_past - 1].end;

	s->after = s->past;
	if (s->atom_past < r->token_atom[sent->past] && r->atoms.v[s->atom_past].hash == s_hash &&
	    r->atoms.v[s->atom_past].end - r->atoms.v[s->atom_past].start == 1 &&
	    r->atoms.v[s->atom_past].start - end <= 3 && r->atoms.v[s->atom_past].start > end) {
		bool blank = false;

		for (uint32_t i = end; i < r->atoms.v[s->atom_past].start; i++)
			blank |= text.ptr[i] == ' ';
		if (!blank && text.ptr[end] != '-' && text.ptr[end] != '.') {
			s->possessive = true;
			s->after = token_of_atom(r, s->atom_past, s->past - 1) + 1;
			return;
		}
	}
	if (s->past < sent->past && r->token_atom[s->past] == r->token_atom[s->past + 1] &&
	    !r->doc->tokens.v[s->past - 1].space_after) {
		struct ch_str t = ch_token_str(r->doc, s->past);
		char last = text.ptr[end - 1];

		if ((ch_str_eqz(t, "'") || ch_str_eqz(t, "’")) && (last == 's' || last == 'S') &&
		    s->past + 1 < sent->past && r->shape[s->past + 1] != CH_ATOM_DIGIT) {
			s->possessive = true;
			s->after = s->past + 1;
		}
	}
}

/* What an entry means on the page's day: "Moscow" in 1972 is the Soviet Union's. */
static const struct ch_gz_entry *on_the_day(struct who_run *r, const struct ch_gz_entry *e)
{
	uint32_t state =
		e->role <= CH_GZ_CITY && r->g->entities[e->entity].kind == CH_GZ_STATE
			? ch_gz_state_on(r->g, e->entity, r->day, e->role == CH_GZ_CAPITAL || e->role == CH_GZ_CITY)
			: e->entity;
	struct ch_gz_entry *changed;

	if (state == e->entity)
		return e;
	changed = CH_NEW(r->arena, struct ch_gz_entry);
	*changed = *e;
	changed->entity = state;
	return changed;
}

/* Of several readings those of states that are gone, or not yet there, fall away: "Aden" is in one Yemen. */
static void drop_others(const struct who_run *r, struct who_spot *s)
{
	uint8_t n = 0;

	for (uint32_t i = 0; i < s->n; i++) {
		const struct ch_gz_entity *x = &r->g->entities[s->e[i]->entity];

		if (x->kind != CH_GZ_STATE || !(x->from || x->to) || r->day == CH_NO_DAY ||
		    (x->from <= r->day && r->day <= x->to))
			s->e[n++] = s->e[i];
	}
	if (n)
		s->n = n;
}

/* The longest name from an atom on; n 0: none. */
static struct who_spot longest(struct who_run *r, const struct ch_sentence *s, uint32_t atom, uint32_t token,
			       bool shouting)
{
	uint64_t h = CH_ATOM_SEED;
	struct who_spot best = {0};
	uint32_t end = r->token_atom[s->past];

	for (uint32_t n = 0; n < NAME_ATOMS_MAX && atom + n < end; n++) {
		const struct ch_gz_slot *slot;

		h = ch_atom_join(h, r->atoms.v[atom + n].hash);
		slot = ch_gz_find(r->g, h);
		if (!slot)
			break;
		if (slot->n) {
			struct who_spot spot = {.atom = atom, .atom_past = atom + n + 1, .first = token};
			uint32_t last = token_of_atom(r, atom + n, token);

			for (uint32_t k = 0; k < slot->n && spot.n < 6; k++) {
				const struct ch_gz_entry *e = &r->g->entries[slot->first + k];

				if (fits(r, e, atom, n + 1, shouting, token, s))
					spot.e[spot.n++] = on_the_day(r, e);
			}
			spot.past = last + 1;
			if (spot.n && whole_tokens(r, atom, atom + n + 1, token, last))
				best = spot;
		}
		if (slot->used != 3)
			break;
	}
	return best;
}

void who_spots(struct who_run *r)
{
	struct ch_doc *doc = r->doc;
	uint64_t s_hash = atom_s(r);

	cut_tokens(r);
	r->spot_at = CH_NEW_N(r->arena, uint32_t, doc->tokens.n + 1);
	r->covered = CH_NEW_N(r->arena, uint32_t, doc->tokens.n + 1);
	r->shouting = CH_NEW_N(r->arena, bool, doc->sentences.n + 1);
	for (uint32_t t = 0; t <= doc->tokens.n; t++)
		r->spot_at[t] = CH_NONE;
	for (uint32_t k = 0; k < doc->sentences.n; k++) {
		const struct ch_sentence *s = &doc->sentences.v[k];
		uint32_t end = r->token_atom[s->past], token = s->first;

		r->shouting[k] = shouts(r, s);
		r->day = r->days[k];
		for (uint32_t i = r->token_atom[s->first]; i < end;) {
			struct who_spot best;

			token = token_of_atom(r, i, token);
			best = longest(r, s, i, token, r->shouting[k]);
			if (best.n && r->word[token] == W_THE && best.first < best.past && i + 1 < end) {
				/* "the West" is not what "the West Bank" begins with */
				struct who_spot inner =
					longest(r, s, i + 1, token_of_atom(r, i + 1, token), r->shouting[k]);

				if (inner.atom_past > best.atom_past)
					best.n = 0;
			}
			if (!best.n) {
				i++;
				continue;
			}
			drop_others(r, &best);
			look_behind(r, &best, s, s_hash);
			if (r->spot_at[best.first] == CH_NONE)
				r->spot_at[best.first] = r->spots.n;
			*CH_PUSH(r->arena, &r->spots) = best;
			i = best.atom_past;
		}
	}
}

const struct ch_gz_entry *who_role(const struct who_spot *s, enum ch_gz_role role)
{
	for (uint32_t i = 0; i < s->n; i++)
		if (s->e[i]->role == role)
			return s->e[i];
	return NULL;
}

uint32_t who_spot_before(const struct who_run *r, uint32_t token, uint32_t first)
{
	for (uint32_t t = token, steps = 0; t > first && steps < 8; steps++) {
		uint32_t at = r->spot_at[--t];

		if (at == CH_NONE)
			continue;
		return r->spots.v[at].after == token || r->spots.v[at].past == token ? at : CH_NONE;
	}
	return CH_NONE;
}

bool who_capital(const struct who_run *r, uint32_t token)
{
	const struct ch_token *t = &r->doc->tokens.v[token];

	if (!(r->shape[token] & CH_ATOM_CAPITAL) || r->atoms.v[r->token_atom[token]].start != t->span.start)
		return false; /* nor is "@Somebody" a name */
	if (r->word[token] != W_NONE && (r->word[token] != W_NOW || token == r->doc->sentences.v[t->sentence].first))
		return false;
	if (r->shouting[t->sentence])
		return r->tree && t->upos == CH_UPOS_PROPN;
	if (token == r->doc->sentences.v[t->sentence].first && r->tree)
		return t->upos == CH_UPOS_PROPN;
	return true;
}
