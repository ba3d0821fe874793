/* who/resolve_office.c -- offices without a name: the one who bears it on the page or held it on the day, and counterparts. */
#include "who/memory.h"

static bool of_sector(const struct who_run *r, uint32_t a, const char *sector)
{
	return ch_str_eqz(r->doc->actors.v[a].sector, sector);
}

/* How well somebody on this page bears the office that a description names: 0 not at all. */
static double bears(const struct who_run *r, uint32_t a, const struct ch_gz_entity *o)
{
	const struct who_ref *ref = &r->refs.v[a];
	struct ch_str sector = ch_gz_str(r->g, o->sector), office = r->doc->actors.v[a].office;
	const struct ch_gz_entity *has =
		ref->cls && r->g->office_of[ref->cls] != UINT32_MAX ? &r->g->entities[r->g->office_of[ref->cls]] : NULL;
	unsigned flags = ref->flags;

	if (has)
		flags |= (has->flags & CH_GZ_IS_COS ? CH_GZ_COS : 0u) | (has->flags & CH_GZ_IS_HOG ? CH_GZ_HOG : 0u);
	if (ref->cls && ref->cls == o->cls)
		return 2;
	if (o->flags & CH_GZ_COS)
		return flags & CH_GZ_COS ? 2 : 0;
	if (o->flags & CH_GZ_HOG)
		return flags & CH_GZ_HOG ? 2 : 0;
	if (o->flags & CH_GZ_LEADER)
		return flags & (CH_GZ_COS | CH_GZ_HOG | CH_GZ_LEADER) ? 1.5 : 0;
	if (o->flags & CH_GZ_IS_HOG && flags & CH_GZ_HOG && has && !(has->flags & CH_GZ_IS_COS))
		return 1.5;
	if (ch_str_eqz(ch_gz_str(r->g, o->name), "Minister") &&
	    ch_str_find(office, CH_STR("Minister"), 0) != CH_STR_NONE)
		return 1.5;
	if (ch_str_eqz(ch_gz_str(r->g, o->name), "Diplomat") || ch_str_eqz(ch_gz_str(r->g, o->name), "Official"))
		return of_sector(r, a, "GOV") && !(flags & (CH_GZ_COS | CH_GZ_HOG))
			       ? 1
			       : 0; /* no one calls a president so */
	if (o->flags & CH_GZ_HOLDER)
		return 0;
	return sector.len && ch_str_eq(sector, r->doc->actors.v[a].sector) && !ch_str_eqz(sector, "GOV") ? 1 : 0;
}

/* "elected as president of the United States": whoever of that side the sentence has named before, not the holder of
 * the day. */
void who_resolve_role(struct who_run *r, struct who_memory *m, struct who_draft *d)
{
	for (uint32_t i = m->n; i-- > 0;) {
		uint32_t a = m->recent[i];

		if (!who_is_person(r, a) || r->refs.v[a].last_sentence != m->sentence)
			continue;
		if (d->body != CH_NONE &&
		    (r->refs.v[a].state == CH_NONE || r->refs.v[r->refs.v[a].state].entity != d->body))
			continue;
		who_give(r, d, a, 0.7f);
		return;
	}
}

/* "The Taoiseach, Enda Kenny, said": the person named between commas behind a title; CH_NONE. */
static uint32_t apposed(const struct who_run *r, const struct who_draft *d)
{
	uint32_t comma = d->m.past, n = r->doc->sentences.v[r->doc->tokens.v[d->m.first].sentence].past;

	const struct who_draft *e;
	uint32_t actor;

	if (comma + 1 >= n || !who_is(r, comma, ",") || !r->covered[comma + 1])
		return CH_NONE;
	e = &r->drafts.v[r->covered[comma + 1] - 1];
	if (e->m.first != comma + 1 || e->what != D_DONE || e->m.kind != CH_MENTION_NAME || e->m.actor_n != 1)
		return CH_NONE;
	actor = r->draft_actors.v[e->m.actor_first];
	return e->m.past < n && who_is(r, e->m.past, ",") && who_is_person(r, actor) ? actor : CH_NONE;
}

/* "the former premier": whom the page named last of those who held such an office before its day. */
static uint32_t bore_once(const struct who_run *r, const struct who_memory *m, const struct ch_gz_entity *o, uint32_t body)
{
	for (uint32_t i = m->n; i-- > 0;) {
		uint32_t entity = r->refs.v[m->recent[i]].entity;
		const struct ch_gz_entity *p = entity == CH_NONE ? NULL : &r->g->entities[entity];

		for (uint32_t k = p && p->kind == CH_GZ_PERSON ? p->term_first : 0;
		     p && p->kind == CH_GZ_PERSON && k < p->term_first + p->term_n; k++)
			if (who_of_office(&r->g->terms[k], o) && (r->day == CH_NO_DAY || r->g->terms[k].to < r->day) &&
			    (body == CH_NONE || r->g->terms[k].body == body))
				return m->recent[i];
	}
	return CH_NONE;
}

/* "the pope", "the shah": a title of monarchs that one alone bears on the page's day, in all the world. */
static uint32_t only_bearer(struct who_run *r, const struct ch_gz_entity *o)
{
	uint32_t person = CH_NONE;

	if (!(o->flags & CH_GZ_IS_COS) || !(o->flags & (CH_GZ_MALE | CH_GZ_WOMAN)) || r->day == CH_NO_DAY)
		return CH_NONE;
	for (uint32_t i = 0; i < r->g->head->term_n; i++) {
		const struct ch_gz_term *t = &r->g->terms[i];

		if (t->cls != o->cls || t->from > r->day || t->to < r->day || t->person == person)
			continue;
		if (person != CH_NONE)
			return CH_NONE;
		person = t->person;
	}
	return person == CH_NONE ? CH_NONE : who_actor_entity(r, person);
}

void who_resolve_office(struct who_run *r, struct who_memory *m, struct who_draft *d)
{
	uint32_t named = d->plural ? CH_NONE : apposed(r, d);

	const struct ch_gz_entity *o = &r->g->entities[d->arg];
	uint32_t best = CH_NONE, body = d->body, home = CH_NONE;
	double best_score = 0, score;

	if (named != CH_NONE) {
		if (!r->refs.v[named].cls)
			r->refs.v[named].cls = o->cls;
		who_give(r, d, named, 0.9f);
		d->m.basis = "apposition";
		return;
	}
	if (d->sort == W_THEIR && m->pair[0].n && m->sentence - m->pair[0].sentence <= 1) {
		struct ch_str text = ch_str_sub(r->doc->text, d->m.span.start, d->m.span.end);

		for (uint32_t i = 0; i < m->pair[0].n; i++) {
			uint32_t state = who_body_actor(r, m->pair[0].v[i]);

			if (state != CH_NONE && r->refs.v[state].entity != CH_NONE)
				who_give(r, d, who_actor_office(r, d->arg, r->refs.v[state].entity, text, d->former, false),
				     0.6f);
		}
		if (d->m.actor_n)
			return;
	}
	if (d->sort) {
		uint32_t state = who_possessor_state(r, m, d->sort);

		if (state != CH_NONE && r->refs.v[state].entity != CH_NONE)
			body = r->refs.v[state].entity;
	}
	if (r->home != CH_NONE)
		home = who_actor_entity(r, r->home);
	for (uint32_t i = 0; i < m->n && !d->former && !d->plural; i++) {
		uint32_t a = m->recent[i];
		double s = who_is_person(r, a) && !r->refs.v[a].plural && !r->refs.v[a].listed ? bears(r, a, o) : 0;

		if (s <= 0)
			continue;
		if (body != CH_NONE &&
		    (r->refs.v[a].state == CH_NONE || (r->refs.v[r->refs.v[a].state].entity != body)))
			continue;
		s += who_nearness(r, m, a) + (r->refs.v[a].state == home && home != CH_NONE ? 0.6 : 0);
		if (s >= best_score) {
			best_score = s;
			best = a;
		}
	}
	if (d->former && !d->plural && best == CH_NONE)
		best = bore_once(r, m, o, body);
	if (best == CH_NONE && body == CH_NONE && !d->former && !d->plural)
		best = only_bearer(r, o);
	if (best != CH_NONE) {
		who_give(r, d, best, body != CH_NONE ? 0.9f : 0.8f);
		d->m.basis = "office borne on this page";
		return;
	}
	if (body == CH_NONE && !d->former) {
		uint32_t state = who_salient_state(r, m, &score);

		if (state != CH_NONE && r->refs.v[state].entity != CH_NONE && (home == CH_NONE || score < 2))
			body = r->refs.v[state].entity;
		else if (r->home != CH_NONE)
			body = r->home;
		d->m.confidence = 0.5f;
	}
	{
		struct ch_str text = ch_str_sub(r->doc->text, d->m.span.start, d->m.span.end);
		uint32_t a;

		if (ch_str_istarts(text, CH_STR("the ")))
			text = ch_str_sub(text, 4, text.len);
		if (body != CH_NONE && d->body == CH_NONE && of_sector(r, 0, "") &&
		    !ch_str_eqz(ch_gz_str(r->g, o->sector), "GOV") && !ch_str_eqz(ch_gz_str(r->g, o->sector), "MIL") &&
		    !ch_str_eqz(ch_gz_str(r->g, o->sector), "LEG"))
			body = CH_NONE; /* "the expert" stands for no government */
		a = who_actor_office(r, d->arg, body, text, d->former || d->plural, d->plural);
		who_give(r, d, a, d->body != CH_NONE ? 0.85f : 0.5f);
	}
}

/* The holder of `who`'s office in `state`; with nobody known (CH_NONE), somebody of that state's government. */
static void counterpart_of(struct who_run *r, struct who_draft *d, uint32_t who, uint32_t state, struct ch_str text)
{
	const struct ch_gz_entity *b = &r->g->entities[state];

	if (who != CH_NONE && r->g->office_of[r->refs.v[who].cls] != UINT32_MAX) {
		const struct ch_gz_entity *o = &r->g->entities[r->g->office_of[r->refs.v[who].cls]];
		uint32_t home = r->refs.v[who].state == CH_NONE ? CH_NONE : r->refs.v[r->refs.v[who].state].entity,
			 holder;

		/* a chancellor's French counterpart is the president: who leads meets who leads */
		if (o->flags & CH_GZ_IS_HOG && home != CH_NONE && r->g->entities[home].flags & CH_GZ_LED_BY_HOG &&
		    !(b->flags & CH_GZ_LED_BY_HOG)) {
			holder = ch_gz_holder(r->g, state, CH_GZ_CLASS_COS, r->day);
			if (holder != UINT32_MAX) {
				who_give(r, d, who_actor_entity(r, r->g->terms[holder].person), 0.75f);
				return;
			}
		}
		who_give(r, d, who_actor_office(r, r->g->office_of[r->refs.v[who].cls], state, text, false, false), 0.85f);
		return;
	}
	{
		struct ch_actor a = {.kind = CH_ACTOR_PERSON,
				     .name = text,
				     .party = ch_gz_str(r->g, b->party),
				     .code = ch_gz_str(r->g, b->code),
				     .org = ch_gz_str(r->g, b->org),
				     .sector = CH_STR("GOV")};
		uint32_t actor = who_actor_new(
			r, a, ch_arena_printf(r->arena, "c:%.*s:%.*s", CH_STR_ARG(a.party), CH_STR_ARG(text)));

		r->refs.v[actor].state = who_actor_entity(r, state);
		who_give(r, d, actor, 0.7f);
	}
}

void who_resolve_counterpart(struct who_run *r, struct who_memory *m, struct who_draft *d)
{
	uint32_t who = CH_NONE;
	struct ch_str text = ch_str_sub(r->doc->text, d->m.span.start, d->m.span.end);

	for (uint32_t i = m->n; i-- > 0 && who == CH_NONE;)
		if (who_is_person(r, m->recent[i]) && r->refs.v[m->recent[i]].cls && !r->refs.v[m->recent[i]].plural &&
		    r->refs.v[m->recent[i]].last_sentence + 2 > m->sentence)
			who = m->recent[i];
	/* the subject before all others */
	for (uint32_t i = m->n; i-- > 0;)
		if (who_is_person(r, m->recent[i]) && r->refs.v[m->recent[i]].cls && r->refs.v[m->recent[i]].subject &&
		    !r->refs.v[m->recent[i]].plural && r->refs.v[m->recent[i]].last_sentence == m->sentence) {
			who = m->recent[i];
			break;
		}
	if (d->body == CH_NONE)
		return;
	counterpart_of(r, d, who, d->body, text);
	for (uint32_t i = 0; i < d->more_n; i++)
		counterpart_of(r, d, who, r->draft_bodies.v[d->more_first + i], text);
}
