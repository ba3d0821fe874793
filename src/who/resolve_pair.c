/* who/resolve_pair.c -- those named in one breath, and what means them: "both sides", "the two leaders", "the latter". */
#include "who/memory.h"

static bool has_party_of(const struct who_run *r, uint32_t actor, const uint32_t *v, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if (v[i] == actor || ch_str_eq(r->doc->actors.v[v[i]].party, r->doc->actors.v[actor].party))
			return true;
	return false;
}

/* "Saudi Arabia and Oman praised both leaders": not their own. */
static bool may_all_mean(const struct who_run *r, const struct who_memory *m, const struct who_together *p)
{
	for (uint32_t i = 0; i < p->n; i++)
		if (has_party_of(r, p->v[i], m->not_him, m->not_n))
			return false;
	return true;
}

void who_resolve_sides(struct who_run *r, struct who_memory *m, struct who_draft *d)
{
	uint32_t found[2], n = 0, home = r->home == CH_NONE ? CH_NONE : who_actor_entity(r, r->home);
	uint32_t spot = r->spot_at[d->m.past - 1];
	bool people = d->arg == 2 || d->arg >= WHO_THE_FORMER ||
		      (spot != CH_NONE && who_role(&r->spots.v[spot], CH_GZ_OFFICE_MANY));

	bool one = d->arg >= WHO_THE_FORMER;

	if (m->pair[0].n == 2 && one && m->sentence - m->pair[0].sentence <= 1) {
		who_give(r, d, m->pair[0].v[d->arg - WHO_THE_FORMER], 0.7f);
		return;
	}
	for (uint32_t k = 0; k < WHO_TOGETHER && !one; k++) {
		const struct who_together *p = &m->pair[k];

		if (p->n < 2 || !may_all_mean(r, m, p) || (m->sentence - p->sentence > 6 && p->count < 3))
			continue;
		for (uint32_t i = 0; i < p->n; i++) {
			/* "the two countries" are no presidents */
			uint32_t a = people ? p->v[i] : who_body_actor(r, p->v[i]);

			/* nor are a state and its rebels one */
			for (uint32_t j = 0; j < p->n && a != CH_NONE; j++)
				if (j != i && (a == p->v[j] || a == who_body_actor(r, p->v[j])))
					a = CH_NONE;
			who_give(r, d, a == CH_NONE ? p->v[i] : a, k ? 0.65f : 0.75f);
		}
		return;
	}
	for (uint32_t i = m->n; i-- > 0 && n < 2;) {
		uint32_t a = m->recent[i];

		if (people && who_is_person(r, a) && r->doc->actors.v[a].party.len && who_may_mean(m, a)) {
			if (n && ch_str_eq(r->doc->actors.v[found[0]].party, r->doc->actors.v[a].party))
				continue;
			found[n++] = a;
		}
	}
	if (n == 2) { /* in the order of their naming */
		uint32_t last = found[0];

		found[0] = found[1];
		found[1] = last;
	}
	if (one) {
		if (n == 2)
			who_give(r, d, found[d->arg - WHO_THE_FORMER], 0.6f);
		return;
	}
	if (n < 2)
		n = 0;
	for (uint32_t i = m->n; i-- > 0 && n < 2;)
		if (who_is_party(r, m->recent[i]) && who_may_mean(m, m->recent[i]) &&
		    (!n || !ch_str_eq(r->doc->actors.v[found[0]].party, r->doc->actors.v[m->recent[i]].party)))
			found[n++] = m->recent[i];
	if (n == 1 && home != CH_NONE && found[0] != home)
		found[n++] = home;
	if (n == 2 || (n == 1 && d->arg == 2))
		for (uint32_t i = 0; i < n; i++)
			who_give(r, d,
			     people || who_body_actor(r, found[i]) == CH_NONE ? found[i] : who_body_actor(r, found[i]),
			     0.55f);
}

/* Those of one breath come to the front; the same parties stand there once, in their newest form. */
static void together(const struct who_run *r, struct who_memory *m, const uint32_t *actors, uint32_t n)
{
	struct who_together now = {.n = n < 8 ? n : 8, .sentence = m->sentence, .count = 1};
	uint32_t at = WHO_TOGETHER - 1;

	memcpy(now.v, actors, now.n * sizeof *actors);
	for (uint32_t k = 0; k < WHO_TOGETHER; k++) {
		bool same = m->pair[k].n == now.n;

		for (uint32_t i = 0; same && i < now.n; i++)
			same = has_party_of(r, now.v[i], m->pair[k].v, m->pair[k].n);
		if (same) {
			now.count += m->pair[k].count;
			at = k;
			break;
		}
	}
	memmove(m->pair + 1, m->pair, at * sizeof *m->pair);
	m->pair[0] = now;
}

/* A sentence of two parties and no more: "X spoke with Y". */
void who_note_meeting(struct who_run *r, struct who_memory *m, const struct who_draft *d, uint32_t sentence)
{
	if (sentence != m->sentence) {
		if (m->met_n == 2 && m->pair[0].sentence != m->sentence)
			together(r, m, m->met, 2);
		m->met_n = 0;
		m->sentence = sentence;
		return;
	}
	if (d->m.possessive || d->m.actor_n != 1 || d->what == D_PRONOUN || d->m.place_only)
		return;
	{
		uint32_t a = r->draft_actors.v[d->m.actor_first];
		struct ch_str p = r->doc->actors.v[a].party;

		if (!p.len || r->refs.v[a].quiet || m->met_n > 2)
			return;
		for (uint32_t i = 0; i < m->met_n && i < 2; i++)
			if (ch_str_eq(p, r->doc->actors.v[m->met[i]].party))
				return;
		if (m->met_n < 2)
			m->met[m->met_n] = a;
		m->met_n++;
	}
}

/* Two drafts that stand together: "A and B", "A, B and C", "between A and B". Keeps the list that the next one may
 * join. */
void who_note_pairs(struct who_run *r, struct who_memory *m, uint32_t draft)
{
	struct who_draft *d = &r->drafts.v[draft], *p;
	uint32_t party_of[2] = {CH_NONE, CH_NONE};
	uint32_t t;
	bool hyphen;

	if (d->m.actor_n >= 2) {
		together(r, m, r->draft_actors.v + d->m.actor_first, d->m.actor_n);
		m->multi_past = d->m.past;
		m->last_draft = CH_NONE;
		return;
	}
	if (d->m.past <= m->multi_past)
		return; /* the names in "the presidents of Turkey and Iran" */
	if (d->m.actor_n != 1 || d->what == D_PRONOUN ||
	    !r->doc->actors.v[r->draft_actors.v[d->m.actor_first]].party.len ||
	    r->refs.v[r->draft_actors.v[d->m.actor_first]].quiet)
		return;
	party_of[1] = r->draft_actors.v[d->m.actor_first];
	if (m->last_draft != CH_NONE) {
		p = &r->drafts.v[m->last_draft];
		t = d->m.first;
		while (t > p->m.past && (r->word[t - 1] == W_THE || r->word[t - 1] == W_WITH || r->word[t - 1] == W_S))
			t--;
		hyphen = t > p->m.past && (who_is(r, t - 1, "-") || who_is(r, t - 1, "–"));
		if (r->doc->tokens.v[p->m.first].sentence == r->doc->tokens.v[d->m.first].sentence && t > p->m.past &&
		    t - p->m.past <= 3 && (r->word[t - 1] == W_AND || hyphen || who_is(r, t - 1, ","))) {
			party_of[0] = r->draft_actors.v[p->m.actor_first];
			if (party_of[0] != party_of[1] &&
			    !ch_str_eq(r->doc->actors.v[party_of[0]].party, r->doc->actors.v[party_of[1]].party)) {
				if (!m->list_n || m->list[m->list_n - 1] != party_of[0])
					m->list[0] = party_of[0], m->list_n = 1;
				if (m->list_n < 8)
					m->list[m->list_n++] = party_of[1];
				if (r->word[t - 1] == W_AND || hyphen) {
					together(r, m, m->list, m->list_n);
					m->list_n = 0;
				}
			}
		}
	}
	m->last_draft = draft;
}
