/* who/resolve_pronoun.c -- he, she, it, they, and the state that "the country" or "its" means. Near beats far, subject beats object,
 * often beats once; what the tree bars (pronoun.c) is left out. */
#include "who/memory.h"

double who_nearness(const struct who_run *r, const struct who_memory *m, uint32_t actor)
{
	const struct who_ref *ref = &r->refs.v[actor];
	uint32_t far = m->sentence - ref->last_sentence;
	double s = far == 0 ? 3 : far == 1 ? 2.4 : far == 2 ? 1.2 : far == 3 ? 0.8 : far < 8 ? 0.4 : 0.1;

	if (ref->subject)
		s *= 1.5;
	return s + 0.07 * (ref->count < 8 ? ref->count : 8);
}

/* The state that "the country", "the government" means. */
uint32_t who_salient_state(struct who_run *r, const struct who_memory *m, double *score)
{
	uint32_t best = CH_NONE, home = CH_NONE;

	*score = 0;
	if (r->home != CH_NONE)
		home = who_actor_entity(r, r->home);
	for (uint32_t i = 0; i < m->n; i++) {
		uint32_t a = m->recent[i];
		double s;

		if (r->doc->actors.v[a].kind != CH_ACTOR_STATE)
			continue;
		s = who_nearness(r, m, a) + (a == home ? 0.8 : 0);
		if (s >= *score) {
			*score = s;
			best = a;
		}
	}
	return best == CH_NONE ? home : best;
}

bool who_may_mean(const struct who_memory *m, uint32_t actor)
{
	for (uint32_t i = 0; i < m->not_n; i++)
		if (m->not_him[i] == actor)
			return false;
	return true;
}

uint32_t who_he_or_she(const struct who_run *r, const struct who_memory *m, char gender)
{
	uint32_t best = CH_NONE;
	double best_score = 0;

	for (uint32_t i = 0; i < m->n; i++) {
		uint32_t a = m->recent[i];
		double s;

		if (!who_is_person(r, a) || (r->refs.v[a].gender && r->refs.v[a].gender != gender) || r->refs.v[a].plural ||
		    !who_may_mean(m, a))
			continue;
		s = who_nearness(r, m, a) + (a == m->prefer ? 3 : 0) +
		    (r->refs.v[a].gender == gender ? 0.5
		     : gender == 'f'               ? -1.0
						   : 0);
		if (r->refs.v[a].entity == CH_NONE && !r->doc->actors.v[a].party.len)
			s -= 0.2;
		if (s >= best_score) {
			best_score = s;
			best = a;
		}
	}
	return best;
}

uint32_t who_it(const struct who_run *r, const struct who_memory *m)
{
	uint32_t best = CH_NONE;
	double best_score = 1.2;

	for (uint32_t i = 0; i < m->n; i++) {
		uint32_t a = m->recent[i];
		double s;

		if (r->doc->actors.v[a].kind == CH_ACTOR_PERSON || r->doc->actors.v[a].kind == CH_ACTOR_GROUP ||
		    r->refs.v[a].plural || r->refs.v[a].quiet || !who_may_mean(m, a))
			continue;
		s = who_nearness(r, m, a) + (a == m->prefer ? 3 : 0);
		if (s >= best_score) {
			best_score = s;
			best = a;
		}
	}
	return best;
}

bool who_they(struct who_run *r, const struct who_memory *m, struct who_draft *d)
{
	uint32_t best = CH_NONE;
	double best_score = 0.8;
	const struct who_together *last = &m->pair[0];
	bool pair = last->n > 0;

	for (uint32_t i = 0; i < m->n; i++) {
		uint32_t a = m->recent[i];
		double s = who_nearness(r, m, a);

		if (!r->refs.v[a].plural || !who_may_mean(m, a))
			continue;
		if (s >= best_score) {
			best_score = s;
			best = a;
		}
	}
	for (uint32_t i = 0; i < last->n; i++)
		pair &= who_may_mean(m, last->v[i]);
	if (pair && m->sentence - last->sentence <= 1 &&
	    (best == CH_NONE || last->sentence >= r->refs.v[best].last_sentence)) {
		for (uint32_t i = 0; i < last->n; i++)
			who_give(r, d, last->v[i], 0.6f);
		return true;
	}
	if (best == CH_NONE) /* "NATO … they" */
		for (uint32_t i = m->n; i-- > 0 && best == CH_NONE;)
			if (r->doc->actors.v[m->recent[i]].kind == CH_ACTOR_ORG && !r->refs.v[m->recent[i]].quiet &&
			    r->refs.v[m->recent[i]].last_sentence + 1 >= m->sentence && who_may_mean(m, m->recent[i]))
				best = m->recent[i];
	if (best == CH_NONE)
		return false;
	who_give(r, d, best, 0.5f);
	return true;
}

/* The state behind "his", "their", "its": of whoever is meant. */
uint32_t who_possessor_state(struct who_run *r, const struct who_memory *m, uint32_t word)
{
	uint32_t who = word == W_HIS ? who_he_or_she(r, m, 'm') : word == W_HER ? who_he_or_she(r, m, 'f') : who_it(r, m);
	double score;

	if (who == CH_NONE)
		return who_salient_state(r, m, &score);
	return who_body_actor(r, who);
}
