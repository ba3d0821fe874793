/* who/around.c -- what stands around a title or an institution and tells of what body it is.
 *
 * The words before may name the body (adjective, possessive, bare name), several bodies ("the Turkish and Russian
 * presidents"), or leave it to a pronoun ("his foreign minister"). The chain behind names it through prepositions, to
 * the last state or organisation in it: "chief of the General Staff of the Armed Forces of the Russian Federation". */
#include "who/who_priv.h"

const struct ch_gz_entry *who_body_entry(const struct who_run *r, const struct who_spot *s, bool before)
{
	static const enum ch_gz_role order[] = {CH_GZ_ADJ, CH_GZ_NAME, CH_GZ_SEAT, CH_GZ_CAPITAL, CH_GZ_PEOPLE};
	const struct ch_gz_entry *best = NULL;
	uint32_t best_count = 0;

	for (size_t k = 0; k < sizeof order / sizeof *order && !best; k++)
		for (uint32_t i = 0; i < s->n; i++) {
			const struct ch_gz_entry *e = s->e[i];

			if (e->role != order[k] || r->g->entities[e->entity].kind == CH_GZ_PERSON ||
			    (!before && e->role == CH_GZ_PEOPLE))
				continue;
			if (!best || r->state_count[e->entity] > best_count) {
				best = e;
				best_count = r->state_count[e->entity];
			}
		}
	return best;
}

static void add_body(struct who_around *a, uint32_t body)
{
	for (uint32_t i = 0; i < a->n; i++)
		if (a->body[i] == body)
			return;
	if (a->n < WHO_BODIES_MAX)
		a->body[a->n++] = body;
}

static bool same_kind(const struct who_spot *s, const struct ch_gz_entry *e)
{
	return who_role(s, (enum ch_gz_role)e->role) != NULL;
}

/* A noun without a capital, or an adjective. */
static bool small_noun(const struct who_run *r, uint32_t t)
{
	return (r->doc->tokens.v[t].upos == CH_UPOS_NOUN || r->doc->tokens.v[t].upos == CH_UPOS_ADJ) &&
	       !(r->shape[t] & (CH_ATOM_CAPITAL | CH_ATOM_DIGIT)) && !r->covered[t];
}

/* As who_scan_before; where it went on through words that only a country before them would justify, the token that
 * the phrase began with until then. */
static uint32_t scan_before(struct who_run *r, const struct ch_sentence *sent, struct who_around *a, bool institution)
{
	uint32_t keep = CH_NONE; /* where it began to be doubtful */

	for (uint32_t steps = 0; a->first > sent->first && steps < 12; steps++) {
		uint32_t p = a->first - 1, before;
		enum who_word w = (enum who_word)r->word[p];
		const struct ch_token *t = &r->doc->tokens.v[p];

		if (r->covered[p]) {
			/* "the Trump administration", "Biden's government" */
			const struct who_draft *d = &r->drafts.v[r->covered[p] - 1];

			if (institution && a->person == CH_NONE && !a->n && d->m.kind == CH_MENTION_NAME &&
			    d->m.actor_n == 1 && d->m.past == a->first &&
			    r->doc->actors.v[r->draft_actors.v[d->m.actor_first]].kind == CH_ACTOR_PERSON) {
				a->person = r->draft_actors.v[d->m.actor_first];
				a->first = d->m.first;
				if (a->first > sent->first && r->word[a->first - 1] == W_THE)
					a->first--;
			}
			return keep;
		}
		if (w == W_S && institution && p > sent->first && r->covered[p - 1] &&
		    r->drafts.v[r->covered[p - 1] - 1].m.past == p) {
			a->first = p; /* "Biden's" */
			continue;
		}
		before = who_spot_before(r, a->first, sent->first);
		if (before != CH_NONE &&
		    (w == W_NONE || w == W_S || r->spots.v[before].past - r->spots.v[before].first > 1 ||
		     !r->token_atom || who_body_entry(r, &r->spots.v[before], true))) {
			struct who_spot *s = &r->spots.v[before];
			const struct ch_gz_entry *e = who_body_entry(r, s, true), *office = who_role(s, CH_GZ_INST_ONE);

			if (e) {
				bool adjective = e->role == CH_GZ_ADJ || who_role(s, CH_GZ_ADJ);

				if (a->n && !(a->n && same_kind(s, e)))
					return keep;
				add_body(a, e->entity);
				a->first = s->first;
				/* "Turkish, Russian and Iranian"; "Armenia's and Azerbaijan's" */
				if (a->first >= sent->first + 2 && (adjective || s->possessive)) {
					uint32_t q = a->first - 1, other;

					if (r->word[q] == W_AND || who_is(r, q, ",") || who_is(r, q, "-")) {
						if (who_is(r, q - 1, ","))
							q--;
						other = who_spot_before(r, q, sent->first);
						if (other != CH_NONE && !r->covered[q - 1] &&
						    (same_kind(&r->spots.v[other], e) ||
						     who_role(&r->spots.v[other], CH_GZ_ADJ)) &&
						    who_body_entry(r, &r->spots.v[other], true) &&
						    (adjective ? who_role(&r->spots.v[other], CH_GZ_ADJ) != NULL
							       : r->spots.v[other].possessive))
							a->first = q;
					}
				}
				continue;
			}
			if (office && !a->n) {
				s->used = true;
				a->first = s->first;
				continue;
			}
			if (institution && a->person == CH_NONE) {
				const struct ch_gz_entry *n = who_role(s, CH_GZ_NAME);

				if (n && r->g->entities[n->entity].kind == CH_GZ_PERSON) {
					a->person = who_actor_entity(r, n->entity);
					a->first = s->first;
					continue;
				}
			}
			if (who_role(s, CH_GZ_MODIFIER) &&
			    !(who_role(s, CH_GZ_OFFICE_ONE) || who_role(s, CH_GZ_OFFICE_MANY))) {
				if (!a->group)
					a->group_first = s->first, a->group_past = s->past;
				a->group = true;
				a->first = s->first;
				continue;
			}
			return keep;
		}
		if (w == W_FORMER || w == W_NOW) {
			a->former |= w == W_FORMER;
		} else if (w == W_THE || w == W_THIS) {
			a->definite = true;
			a->first = p;
			return keep;
		} else if (w == W_A) {
			a->indefinite = true;
			a->first = p;
			return keep;
		} else if (w == W_TWO || w == W_BOTH) {
			a->two = true;
			a->definite |= w == W_BOTH;
		} else if (w == W_HIS || w == W_HER || w == W_THEIR || w == W_ITS) {
			a->possessor = w;
			a->first = p;
			return keep;
		} else if (r->tree && p > sent->first + 1 && small_noun(r, p - 1) &&
			   (who_is(r, p, "-") || who_is(r, p, "'s") || who_is(r, p, "’s") || who_is(r, p, "'") ||
			    who_is(r, p, "’"))) {
			/* "tractor-plant worker", "the miners' leader": if a country stands before it */
			if (keep == CH_NONE)
				keep = a->first;
			a->first = p - 1;
			continue;
		} else if (who_is(r, p, "-") && p > sent->first && !r->doc->tokens.v[p - 1].space_after) {
			/* "ex-president" */
			if (r->word[p - 1] == W_FORMER) {
				a->former = true;
				a->first = p - 1;
				continue;
			}
			return keep;
		} else if (institution && a->person == CH_NONE && who_capital(r, p) && !a->n) {
			uint32_t past;
			const char *basis;
			uint32_t actor = who_person_at(r, p, a->first, CH_NONE, false, &past, &basis);

			if (actor == CH_NONE || past != a->first) {
				a->first = p;
				continue;
			}
			a->person = actor;
		} else if (w == W_NONE && !r->tree && who_capital(r, p) && p > sent->first) {
			; /* "Bolivian Mining Minister" */
		} else if (w == W_NONE && r->tree && r->token_atom[p] < r->token_atom[p + 1] &&
			   (t->upos == CH_UPOS_ADJ || (t->upos == CH_UPOS_NOUN && t->deprel == CH_DEP_COMPOUND) ||
			    (t->upos == CH_UPOS_PROPN && t->deprel == CH_DEP_COMPOUND)) &&
			   !(r->shape[p] & CH_ATOM_DIGIT)) {
			;
		} else {
			return keep;
		}
		a->first = p;
	}
	return keep;
}

void who_scan_before(struct who_run *r, const struct ch_sentence *sent, struct who_around *a, bool institution)
{
	uint32_t keep = scan_before(r, sent, a, institution);

	if (keep != CH_NONE && !a->n)
		a->first = keep;
}

/* Words that may stand in the name of a department: "Foreign Policy Affairs", "defence". */
static bool unit_word(const struct who_run *r, uint32_t t)
{
	const struct ch_token *k = &r->doc->tokens.v[t];

	if (r->token_atom[t] == r->token_atom[t + 1])
		return who_is(r, t, "-");
	if (r->shape[t] & CH_ATOM_DIGIT)
		return false;
	if (r->tree)
		return k->upos == CH_UPOS_NOUN || k->upos == CH_UPOS_ADJ || k->upos == CH_UPOS_PROPN;
	return r->shape[t] & CH_ATOM_CAPITAL && (r->word[t] == W_NONE || r->word[t] == W_NOW);
}

/* The chain behind a title. many: a list of bodies may follow ("of Turkey, Iran and Russia"); to: it may begin so. */
void who_scan_chain(struct who_run *r, const struct ch_sentence *sent, struct who_around *a, bool many, bool to)
{
	uint32_t t = a->past, good = a->past, had = a->n;
	uint32_t group_first = CH_NONE;
	bool named = false, open = true; /* a body's name just read; a preposition just read */

	if (t >= sent->past ||
	    (r->word[t] != W_OF && r->word[t] != W_FOR && r->word[t] != W_TO && r->word[t] != W_AT &&
	     r->word[t] != W_IN && r->word[t] != W_ON) ||
	    (r->word[t] == W_TO && !to))
		return;
	if (r->word[t] != W_OF && r->word[t] != W_FOR &&
	    (had || !(t + 1 < sent->past && (r->spot_at[t + 1] != CH_NONE || r->word[t + 1] == W_THE))))
		return;
	t++;
	for (uint32_t steps = 0; t < sent->past && steps < 40; steps++) {
		uint32_t at = r->spot_at[t];
		enum who_word w = (enum who_word)r->word[t];

		if (named) {
			/* after a body: ", Iran", "and Russia", "of …" within a name, or the end */
			uint32_t k = t;

			if (many && (who_is(r, t, ",") || w == W_AND)) {
				const struct ch_gz_entry *e;

				if (who_is(r, k, ",") && k + 1 < sent->past && r->word[k + 1] == W_AND)
					k++;
				k++;
				if (k < sent->past && r->word[k] == W_THE)
					k++;
				if (k >= sent->past || r->spot_at[k] == CH_NONE)
					break;
				e = who_body_entry(r, &r->spots.v[r->spot_at[k]], false);
				if (!e || e->role == CH_GZ_ADJ ? !e || !who_role(&r->spots.v[r->spot_at[k]], CH_GZ_NAME)
							       : false)
					break;
				t = k;
				named = false;
				open = true;
				continue;
			}
			break;
		}
		if (w == W_THE || w == W_ITS || w == W_THIS) {
			t++;
			continue;
		}
		if (at != CH_NONE) {
			const struct who_spot *s = &r->spots.v[at];
			const struct ch_gz_entry *e = who_body_entry(r, s, false);

			if (who_role(s, CH_GZ_INST_ONE) && !(e && e->role == CH_GZ_SEAT)) {
				t = good = s->past;
				open = false;
				a->unit = true;
				continue;
			}
			if (e) {
				bool adjective =
					e->role == CH_GZ_ADJ && !(who_role(s, CH_GZ_NAME) &&
								  (s->past >= sent->past || !unit_word(r, s->past) ||
								   who_name_run(r, s->past, sent->past) > s->past + 1));

				if (adjective || s->possessive) {
					add_body(a, e->entity);
					t = s->after;
					open = true;
					/* the noun must follow; the phrase ends with it */
					if (t >= sent->past || (r->spot_at[t] == CH_NONE && !unit_word(r, t)))
						break;
					good = s->after;
					while (t < sent->past && r->spot_at[t] == CH_NONE && unit_word(r, t) &&
					       !who_capital(r, t))
						good = ++t;
					continue;
				}
				e = who_role(s, CH_GZ_NAME) ? who_body_entry(r, s, false) : e;
				if (a->unit && a->n > had && !many) {
					/* nearer bodies are parts of farther ones only through "of" */
					if (r->word[t - 1] != W_OF && r->word[t - 1] != W_THE)
						break;
				}
				if (!many && a->n > had)
					a->n = had;
				add_body(a, e->entity);
				t = good = s->past;
				named = true;
				/* "Council of Europe Ministers", "of the EU delegation" */
				if (t < sent->past && (r->word[t] == W_OF) && !many &&
				    r->g->entities[e->entity].kind == CH_GZ_ORG) {
					named = false;
				}
				continue;
			}
			if (who_role(s, CH_GZ_MODIFIER) || who_role(s, CH_GZ_GROUP_NOUN) || who_role(s, CH_GZ_REGION) ||
			    who_role(s, CH_GZ_GROUP)) {
				bool noun = !who_role(s, CH_GZ_MODIFIER) || who_role(s, CH_GZ_REGION) ||
					    who_role(s, CH_GZ_GROUP);

				if (group_first == CH_NONE)
					group_first = s->first;
				t = s->past;
				if (noun) {
					a->group_first = group_first;
					a->group = true;
					a->group_past = good = t;
				} else if (t + 1 < sent->past && r->word[t] == W_AND &&
					   (r->word[t + 1] == W_OTHER || r->spot_at[t + 1] != CH_NONE)) {
					t += r->word[t + 1] == W_OTHER ? 2 : 1;
				}
				open = false;
				continue;
			}
			if (who_role(s, CH_GZ_OFFICE_ONE) || who_role(s, CH_GZ_OFFICE_MANY)) {
				if (!open)
					break;
				t = good = s->past;
				open = false;
				continue;
			}
			if (who_role(s, CH_GZ_CITY)) {
				const struct ch_gz_entry *c = who_role(s, CH_GZ_CITY);

				if (!a->n)
					add_body(a, c->entity);
				t = good = s->past;
				break;
			}
			if (who_role(s, CH_GZ_NAME) && !open)
				break;
		}
		if (w == W_OF || w == W_FOR || w == W_IN || w == W_TO || w == W_ON || w == W_AT) {
			if (open || (w != W_OF && w != W_FOR && !a->unit))
				break;
			if ((w == W_IN || w == W_AT || w == W_ON) && a->n)
				break;
			t++;
			open = true;
			continue;
		}
		if (w == W_AND && !open && t + 1 < sent->past &&
		    (r->spot_at[t + 1] == CH_NONE || who_role(&r->spots.v[r->spot_at[t + 1]], CH_GZ_MODIFIER)) &&
		    unit_word(r, t + 1) && a->n == had && !many) {
			t++;
			open = true;
			continue;
		}
		if (unit_word(r, t)) {
			/* once the body is known, capitals begin the holder's name */
			if (a->n > had && who_capital(r, t))
				break;
			if (!open && who_capital(r, t) && t > sent->first && !who_capital(r, t - 1) &&
			    !who_is(r, t - 1, "-"))
				break;
			t++;
			good = t;
			open = false;
			continue;
		}
		break;
	}
	a->past = good;
}
