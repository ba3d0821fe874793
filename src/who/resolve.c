/* who/resolve.c -- drafts in order of the text: whom each that does not say so itself refers to.
 *
 * What has been named is remembered with the sentence, the role and the number of its mentions. A pronoun or a
 * description takes the fitting one with the best score: near beats far, subject beats object, often beats once. At
 * most RECENT are looked at, so the whole is linear. The road not taken: a learned ranker; the layer of rules is what
 * `chancery why` can show. */
#include "who/who_priv.h"
#include <stdlib.h>

#define RECENT 24
#define TOGETHER 4 /* pairs and lists remembered */

/* "Armenia and Azerbaijan": actors that were named in one breath. */
struct together {
	uint32_t v[8], n, sentence, count;
};

struct memory {
	uint32_t recent[RECENT], n;              /* actors, the last named last */
	uint32_t multi_past;                     /* token behind the last mention of two or more */
	struct together pair[TOGETHER];          /* the last first */
	uint32_t list[8], list_n;                /* "Turkey, Iran", so far */
	uint32_t met[2], met_n; /* actors of different parties in this sentence, in the order of their mentions */
	uint32_t last_draft;    /* for coordination */
	uint32_t sentence;
	const uint32_t *draft_of;   /* by mention, as tokens name them */
	uint32_t not_him[8], not_n; /* actors that the pronoun at hand cannot mean */
	uint32_t prefer;            /* one that it should mean where it can, or CH_NONE */
};

static void remember(struct memory *m, uint32_t actor)
{
	uint32_t k = 0;

	for (uint32_t i = 0; i < m->n; i++)
		if (m->recent[i] != actor)
			m->recent[k++] = m->recent[i];
	if (k == RECENT) {
		memmove(m->recent, m->recent + 1, sizeof *m->recent * (RECENT - 1));
		k--;
	}
	m->recent[k++] = actor;
	m->n = k;
}

static bool is_subject(const struct who_run *r, const struct who_draft *d)
{
	if (r->tree && d->m.head != CH_NONE) {
		uint8_t rel = r->doc->tokens.v[d->m.head].deprel;

		if (rel == CH_DEP_CONJ && r->doc->tokens.v[d->m.head].head != CH_NONE)
			rel = r->doc->tokens.v[r->doc->tokens.v[d->m.head].head].deprel;
		return rel == CH_DEP_NSUBJ || rel == CH_DEP_NSUBJ_PASS || rel == CH_DEP_OBL_AGENT ||
		       rel == CH_DEP_NSUBJ_OUTER;
	}
	if (d->m.possessive)
		return false;
	if (d->m.first == r->doc->sentences.v[r->doc->tokens.v[d->m.first].sentence].first)
		return true;
	return r->word[d->m.first - 1] == W_NONE || r->word[d->m.first - 1] == W_FUNCTION;
}

static void touch(struct who_run *r, struct memory *m, uint32_t actor, uint32_t draft, bool subject)
{
	struct who_ref *ref = &r->refs.v[actor];
	uint32_t state = ref->state;

	/* "Aliyev congratulated Trump on his reelection": by "his" Aliyev is no less the subject */
	if (ref->last_mention == CH_NONE || ref->last_sentence != m->sentence)
		ref->subject = false;
	ref->subject |= subject;
	ref->last_mention = draft;
	ref->last_sentence = m->sentence;
	ref->count++;
	remember(m, actor);
	if (state != CH_NONE && state != actor) {
		struct who_ref *s = &r->refs.v[state];

		if (s->last_mention == CH_NONE || s->last_sentence + 1 < m->sentence) {
			s->last_mention = draft;
			s->last_sentence = m->sentence;
			s->subject = subject;
			remember(m, state);
			remember(m, actor);
		}
	}
}

static double near(const struct who_run *r, const struct memory *m, uint32_t actor)
{
	const struct who_ref *ref = &r->refs.v[actor];
	uint32_t far = m->sentence - ref->last_sentence;
	double s = far == 0 ? 3 : far == 1 ? 2.4 : far == 2 ? 1.2 : far == 3 ? 0.8 : far < 8 ? 0.4 : 0.1;

	if (ref->subject)
		s *= 1.5;
	return s + 0.07 * (ref->count < 8 ? ref->count : 8);
}

static bool person(const struct who_run *r, uint32_t a)
{
	return r->doc->actors.v[a].kind == CH_ACTOR_PERSON;
}

static bool party(const struct who_run *r, uint32_t a)
{
	enum ch_actor_kind k = r->doc->actors.v[a].kind;

	return k == CH_ACTOR_STATE || (k == CH_ACTOR_ORG && r->refs.v[a].entity != CH_NONE && !r->refs.v[a].quiet);
}

/* The state that "the country", "the government" means. */
static uint32_t salient_state(struct who_run *r, const struct memory *m, double *score)
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
		s = near(r, m, a) + (a == home ? 0.8 : 0);
		if (s >= *score) {
			*score = s;
			best = a;
		}
	}
	return best == CH_NONE ? home : best;
}

static bool may_mean(const struct memory *m, uint32_t actor)
{
	for (uint32_t i = 0; i < m->not_n; i++)
		if (m->not_him[i] == actor)
			return false;
	return true;
}

static void grammar_of(const struct who_run *r, struct memory *m, const struct who_draft *d)
{
	uint32_t token, mention;

	bool modifier = d->m.possessive, barred = !modifier;

	m->not_n = 0;
	m->prefer = CH_NONE;
	if (!r->tree || (d->what != D_PRONOUN && d->what != D_SIDES))
		return;
	token = modifier ? who_praised(r, d->m.first) : who_doer(r, d->what == D_SIDES ? d->m.head : d->m.first);
	if (modifier && token == CH_NONE) {
		token = who_judge(r, d->m.first);
		barred = token != CH_NONE;
	}
	mention = token == CH_NONE || token == d->m.first || token == d->m.head ? CH_NONE : r->doc->tokens.v[token].mention;
	if (mention == CH_NONE)
		return;
	d = &r->drafts.v[m->draft_of[mention]];
	if (!barred && d->m.actor_n == 1)
		m->prefer = r->draft_actors.v[d->m.actor_first];
	for (uint32_t i = 0; barred && i < d->m.actor_n && i < 8; i++)
		m->not_him[m->not_n++] = r->draft_actors.v[d->m.actor_first + i];
}

static uint32_t he_or_she(const struct who_run *r, const struct memory *m, char gender)
{
	uint32_t best = CH_NONE;
	double best_score = 0;

	for (uint32_t i = 0; i < m->n; i++) {
		uint32_t a = m->recent[i];
		double s;

		if (!person(r, a) || (r->refs.v[a].gender && r->refs.v[a].gender != gender) || r->refs.v[a].plural ||
		    !may_mean(m, a))
			continue;
		s = near(r, m, a) + (a == m->prefer ? 3 : 0) +
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

static uint32_t it(const struct who_run *r, const struct memory *m)
{
	uint32_t best = CH_NONE;
	double best_score = 1.2;

	for (uint32_t i = 0; i < m->n; i++) {
		uint32_t a = m->recent[i];
		double s;

		if (r->doc->actors.v[a].kind == CH_ACTOR_PERSON || r->doc->actors.v[a].kind == CH_ACTOR_GROUP ||
		    r->refs.v[a].plural || r->refs.v[a].quiet || !may_mean(m, a))
			continue;
		s = near(r, m, a) + (a == m->prefer ? 3 : 0);
		if (s >= best_score) {
			best_score = s;
			best = a;
		}
	}
	return best;
}

static void give(struct who_run *r, struct who_draft *d, uint32_t actor, float confidence)
{
	who_draft_actor(r, d, actor);
	d->m.confidence = confidence;
}

static bool they(struct who_run *r, const struct memory *m, struct who_draft *d)
{
	uint32_t best = CH_NONE;
	double best_score = 0.8;
	const struct together *last = &m->pair[0];
	bool pair = last->n > 0;

	for (uint32_t i = 0; i < m->n; i++) {
		uint32_t a = m->recent[i];
		double s = near(r, m, a);

		if (!r->refs.v[a].plural || !may_mean(m, a))
			continue;
		if (s >= best_score) {
			best_score = s;
			best = a;
		}
	}
	for (uint32_t i = 0; i < last->n; i++)
		pair &= may_mean(m, last->v[i]);
	if (pair && m->sentence - last->sentence <= 1 &&
	    (best == CH_NONE || last->sentence >= r->refs.v[best].last_sentence)) {
		for (uint32_t i = 0; i < last->n; i++)
			give(r, d, last->v[i], 0.6f);
		return true;
	}
	if (best == CH_NONE) /* "NATO … they" */
		for (uint32_t i = m->n; i-- > 0 && best == CH_NONE;)
			if (r->doc->actors.v[m->recent[i]].kind == CH_ACTOR_ORG && !r->refs.v[m->recent[i]].quiet &&
			    r->refs.v[m->recent[i]].last_sentence + 1 >= m->sentence && may_mean(m, m->recent[i]))
				best = m->recent[i];
	if (best == CH_NONE)
		return false;
	give(r, d, best, 0.5f);
	return true;
}

/* The state behind "his", "their", "its": of whoever is meant. */
static uint32_t possessor_state(struct who_run *r, const struct memory *m, uint32_t word)
{
	uint32_t who = word == W_HIS ? he_or_she(r, m, 'm') : word == W_HER ? he_or_she(r, m, 'f') : it(r, m);
	double score;

	if (who == CH_NONE)
		return salient_state(r, m, &score);
	return who_body_actor(r, who);
}

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
static void role(struct who_run *r, struct memory *m, struct who_draft *d)
{
	for (uint32_t i = m->n; i-- > 0;) {
		uint32_t a = m->recent[i];

		if (!person(r, a) || r->refs.v[a].last_sentence != m->sentence)
			continue;
		if (d->body != CH_NONE &&
		    (r->refs.v[a].state == CH_NONE || r->refs.v[r->refs.v[a].state].entity != d->body))
			continue;
		give(r, d, a, 0.7f);
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
	return e->m.past < n && who_is(r, e->m.past, ",") && person(r, actor) ? actor : CH_NONE;
}

/* "the former premier": whom the page named last of those who held such an office before its day. */
static uint32_t bore_once(const struct who_run *r, const struct memory *m, const struct ch_gz_entity *o, uint32_t body)
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

static void office(struct who_run *r, struct memory *m, struct who_draft *d)
{
	uint32_t named = d->plural ? CH_NONE : apposed(r, d);

	const struct ch_gz_entity *o = &r->g->entities[d->arg];
	uint32_t best = CH_NONE, body = d->body, home = CH_NONE;
	double best_score = 0, score;

	if (named != CH_NONE) {
		if (!r->refs.v[named].cls)
			r->refs.v[named].cls = o->cls;
		give(r, d, named, 0.9f);
		d->m.basis = "apposition";
		return;
	}
	if (d->sort == W_THEIR && m->pair[0].n && m->sentence - m->pair[0].sentence <= 1) {
		struct ch_str text = ch_str_sub(r->doc->text, d->m.span.start, d->m.span.end);

		for (uint32_t i = 0; i < m->pair[0].n; i++) {
			uint32_t state = who_body_actor(r, m->pair[0].v[i]);

			if (state != CH_NONE && r->refs.v[state].entity != CH_NONE)
				give(r, d, who_actor_office(r, d->arg, r->refs.v[state].entity, text, d->former, false),
				     0.6f);
		}
		if (d->m.actor_n)
			return;
	}
	if (d->sort) {
		uint32_t state = possessor_state(r, m, d->sort);

		if (state != CH_NONE && r->refs.v[state].entity != CH_NONE)
			body = r->refs.v[state].entity;
	}
	if (r->home != CH_NONE)
		home = who_actor_entity(r, r->home);
	for (uint32_t i = 0; i < m->n && !d->former && !d->plural; i++) {
		uint32_t a = m->recent[i];
		double s = person(r, a) && !r->refs.v[a].plural && !r->refs.v[a].listed ? bears(r, a, o) : 0;

		if (s <= 0)
			continue;
		if (body != CH_NONE &&
		    (r->refs.v[a].state == CH_NONE || (r->refs.v[r->refs.v[a].state].entity != body)))
			continue;
		s += near(r, m, a) + (r->refs.v[a].state == home && home != CH_NONE ? 0.6 : 0);
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
		give(r, d, best, body != CH_NONE ? 0.9f : 0.8f);
		d->m.basis = "office borne on this page";
		return;
	}
	if (body == CH_NONE && !d->former) {
		uint32_t state = salient_state(r, m, &score);

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
		give(r, d, a, d->body != CH_NONE ? 0.85f : 0.5f);
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
				give(r, d, who_actor_entity(r, r->g->terms[holder].person), 0.75f);
				return;
			}
		}
		give(r, d, who_actor_office(r, r->g->office_of[r->refs.v[who].cls], state, text, false, false), 0.85f);
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
		give(r, d, actor, 0.7f);
	}
}

static void counterpart(struct who_run *r, struct memory *m, struct who_draft *d)
{
	uint32_t who = CH_NONE;
	struct ch_str text = ch_str_sub(r->doc->text, d->m.span.start, d->m.span.end);

	for (uint32_t i = m->n; i-- > 0 && who == CH_NONE;)
		if (person(r, m->recent[i]) && r->refs.v[m->recent[i]].cls && !r->refs.v[m->recent[i]].plural &&
		    r->refs.v[m->recent[i]].last_sentence + 2 > m->sentence)
			who = m->recent[i];
	/* the subject before all others */
	for (uint32_t i = m->n; i-- > 0;)
		if (person(r, m->recent[i]) && r->refs.v[m->recent[i]].cls && r->refs.v[m->recent[i]].subject &&
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

static void body(struct who_run *r, struct memory *m, struct who_draft *d)
{
	struct ch_str word = ch_token_str(r->doc, d->m.past - 1);
	uint32_t best = CH_NONE, same = CH_NONE;

	for (uint32_t i = 0; i < m->n; i++) {
		uint32_t a = m->recent[i];
		struct ch_str name = r->doc->actors.v[a].name;

		if (r->doc->actors.v[a].kind != CH_ACTOR_ORG || r->refs.v[a].entity == CH_NONE || r->refs.v[a].quiet)
			continue;
		best = a;
		for (size_t k = 0; k + 5 <= name.len && word.len >= 5; k++)
			if (ch_str_ieq(ch_str_sub(name, k, k + 5), ch_str_sub(word, 0, 5)))
				same = a;
	}
	if (same != CH_NONE)
		best = same;
	if (best != CH_NONE)
		give(r, d, best, 0.7f);
}

static bool has_party_of(const struct who_run *r, uint32_t actor, const uint32_t *v, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if (v[i] == actor || ch_str_eq(r->doc->actors.v[v[i]].party, r->doc->actors.v[actor].party))
			return true;
	return false;
}

/* "Saudi Arabia and Oman praised both leaders": not their own. */
static bool may_all_mean(const struct who_run *r, const struct memory *m, const struct together *p)
{
	for (uint32_t i = 0; i < p->n; i++)
		if (has_party_of(r, p->v[i], m->not_him, m->not_n))
			return false;
	return true;
}

static void sides(struct who_run *r, struct memory *m, struct who_draft *d)
{
	uint32_t found[2], n = 0, home = r->home == CH_NONE ? CH_NONE : who_actor_entity(r, r->home);
	uint32_t spot = r->spot_at[d->m.past - 1];
	bool people = d->arg == 2 || d->arg >= WHO_THE_FORMER ||
		      (spot != CH_NONE && who_role(&r->spots.v[spot], CH_GZ_OFFICE_MANY));

	bool one = d->arg >= WHO_THE_FORMER;

	if (m->pair[0].n == 2 && one && m->sentence - m->pair[0].sentence <= 1) {
		give(r, d, m->pair[0].v[d->arg - WHO_THE_FORMER], 0.7f);
		return;
	}
	for (uint32_t k = 0; k < TOGETHER && !one; k++) {
		const struct together *p = &m->pair[k];

		if (p->n < 2 || !may_all_mean(r, m, p) || (m->sentence - p->sentence > 6 && p->count < 3))
			continue;
		for (uint32_t i = 0; i < p->n; i++) {
			uint32_t a = people ? p->v[i]
					    : who_body_actor(r, p->v[i]); /* "the two countries" are no presidents */

			give(r, d, a == CH_NONE ? p->v[i] : a, k ? 0.65f : 0.75f);
		}
		return;
	}
	for (uint32_t i = m->n; i-- > 0 && n < 2;) {
		uint32_t a = m->recent[i];

		if (people && person(r, a) && r->doc->actors.v[a].party.len && may_mean(m, a)) {
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
			give(r, d, found[d->arg - WHO_THE_FORMER], 0.6f);
		return;
	}
	if (n < 2)
		n = 0;
	for (uint32_t i = m->n; i-- > 0 && n < 2;)
		if (party(r, m->recent[i]) && may_mean(m, m->recent[i]) &&
		    (!n || !ch_str_eq(r->doc->actors.v[found[0]].party, r->doc->actors.v[m->recent[i]].party)))
			found[n++] = m->recent[i];
	if (n == 1 && home != CH_NONE && found[0] != home)
		found[n++] = home;
	if (n == 2 || (n == 1 && d->arg == 2))
		for (uint32_t i = 0; i < n; i++)
			give(r, d,
			     people || who_body_actor(r, found[i]) == CH_NONE ? found[i] : who_body_actor(r, found[i]),
			     0.55f);
}

/* Those of one breath come to the front; the same parties stand there once, in their newest form. */
static void together(const struct who_run *r, struct memory *m, const uint32_t *actors, uint32_t n)
{
	struct together now = {.n = n < 8 ? n : 8, .sentence = m->sentence, .count = 1};
	uint32_t at = TOGETHER - 1;

	memcpy(now.v, actors, now.n * sizeof *actors);
	for (uint32_t k = 0; k < TOGETHER; k++) {
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
static void meet(struct who_run *r, struct memory *m, const struct who_draft *d, uint32_t sentence)
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
static void pairs(struct who_run *r, struct memory *m, uint32_t draft)
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

static void resolve(struct who_run *r, struct memory *m, struct who_draft *d)
{
	double score;
	uint32_t a;

	switch (d->what) {
	case D_OFFICE:
		if (d->m.first > r->doc->sentences.v[m->sentence].first && who_is(r, d->m.first - 1, "as"))
			role(r, m, d);
		else
			office(r, m, d);
		break;
	case D_COUNTERPART:
		counterpart(r, m, d);
		break;
	case D_PRONOUN:
		if (d->arg == W_HIS || d->arg == W_HE || d->arg == W_HIM)
			a = he_or_she(r, m, 'm');
		else if (d->arg == W_HER || d->arg == W_SHE)
			a = he_or_she(r, m, 'f');
		else if (d->arg == W_IT || d->arg == W_ITS)
			a = it(r, m);
		else {
			they(r, m, d);
			break;
		}
		if (a != CH_NONE)
			give(r, d, a, d->arg == W_IT || d->arg == W_ITS ? 0.5f : 0.75f);
		break;
	case D_COUNTRY:
		a = CH_NONE;
		if (d->m.first < d->m.past - 1 && (r->word[d->m.first] == W_HIS || r->word[d->m.first] == W_HER))
			a = possessor_state(r, m, r->word[d->m.first]);
		if (a == CH_NONE)
			a = salient_state(r, m, &score);
		if (a != CH_NONE)
			give(r, d, a, 0.7f);
		d->m.place = a == CH_NONE ? d->m.place : r->doc->actors.v[a].code;
		break;
	case D_BODY:
		body(r, m, d);
		break;
	case D_SIDES:
		sides(r, m, d);
		break;
	case D_INSTITUTION: {
		const struct ch_gz_entity *o = &r->g->entities[d->arg];
		struct ch_str text = ch_str_sub(r->doc->text, d->m.span.start, d->m.span.end);
		struct ch_actor x = {.kind = CH_ACTOR_ORG, .name = text, .sector = ch_gz_str(r->g, o->sector)};

		if (ch_str_istarts(text, CH_STR("the ")))
			x.name = ch_str_sub(text, 4, text.len);
		a = d->sort ? possessor_state(r, m, d->sort) : salient_state(r, m, &score);
		if (a != CH_NONE) {
			x.party = r->doc->actors.v[a].party;
			x.code = r->doc->actors.v[a].code;
			x.org = r->doc->actors.v[a].org;
		}
		a = who_actor_new(r, x,
				  ch_arena_printf(r->arena, "i:%.*s:%.*s",
						  CH_STR_ARG(x.party.ptr ? x.party : CH_STR("")), CH_STR_ARG(x.name)));
		give(r, d, a, d->definite ? 0.6f : 0.4f);
		break;
	}
	default:
		break;
	}
}

static uint32_t head_of(const struct who_run *r, const struct who_draft *d)
{
	const struct ch_token *t = r->doc->tokens.v;
	uint32_t last = d->m.past - 1, found = CH_NONE;

	if (r->doc->sentences.v[t[d->m.first].sentence].root != CH_NONE) {
		for (uint32_t i = d->m.first; i < d->m.past; i++) {
			if (t[i].head != CH_NONE && t[i].head >= d->m.first && t[i].head < d->m.past)
				continue;
			if (t[i].upos == CH_UPOS_PUNCT || t[i].upos == CH_UPOS_DET || t[i].deprel == CH_DEP_CASE ||
			    t[i].deprel == CH_DEP_CC || t[i].deprel == CH_DEP_PUNCT)
				continue;
			if (found == CH_NONE)
				found = i;
		}
		if (found != CH_NONE)
			return found;
	}
	if (d->m.kind == CH_MENTION_NOMINAL)
		for (uint32_t i = d->m.first + 1; i < d->m.past; i++)
			if (r->word[i] == W_OF || r->word[i] == W_FOR) {
				last = i - 1;
				break;
			}
	while (last > d->m.first && r->token_atom[last] == r->token_atom[last + 1])
		last--;
	return last;
}

struct order {
	uint32_t start, end, draft;
};

static int by_place(const void *x, const void *y)
{
	const struct order *a = x, *b = y;

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	if (a->end != b->end)
		return a->end > b->end ? -1 : 1;
	return a->draft < b->draft ? -1 : a->draft > b->draft;
}

void who_resolve(struct who_run *r)
{
	struct order *order = CH_NEW_N(r->arena, struct order, r->drafts.n + 1);
	struct memory m = {.last_draft = CH_NONE, .prefer = CH_NONE};
	struct ch_doc *doc = r->doc;
	uint32_t *place = CH_NEW_N(r->arena, uint32_t, r->drafts.n + 1), n = 0;

	for (uint32_t i = 0; i < r->drafts.n; i++)
		order[i] = (struct order){r->drafts.v[i].m.span.start, r->drafts.v[i].m.span.end, i};
	qsort(order, r->drafts.n, sizeof *order, by_place);
	for (uint32_t i = 0; i < doc->tokens.n; i++)
		doc->tokens.v[i].mention = CH_NONE;
	/* heads first, outer before inner; what is the same thing as its outer one falls away */
	for (uint32_t i = 0; i < r->drafts.n; i++) {
		struct who_draft *d = &r->drafts.v[order[i].draft];
		uint32_t k = d->m.past;

		d->m.head = head_of(r, d);
		if (doc->tokens.v[d->m.head].mention != CH_NONE) {
			while (k > d->m.first &&
			       (doc->tokens.v[k - 1].mention != CH_NONE || r->token_atom[k - 1] == r->token_atom[k]))
				k--;
			d->m.head = k > d->m.first ? k - 1 : CH_NONE;
		}
		if (d->m.head == CH_NONE)
			continue;
		doc->tokens.v[d->m.head].mention = n;
		place[n++] = order[i].draft;
	}
	m.draft_of = place;
	/* then whom they mean, in the order of their heads: "its" before "its army" */
	for (uint32_t t = 0; t < doc->tokens.n; t++) {
		uint32_t i = doc->tokens.v[t].mention;
		struct who_draft *d = i == CH_NONE ? NULL : &r->drafts.v[place[i]];

		if (!d)
			continue;
		meet(r, &m, d, doc->tokens.v[d->m.first].sentence);
		grammar_of(r, &m, d);
		resolve(r, &m, d);
		m.not_n = 0;
		m.prefer = CH_NONE;
		meet(r, &m, d, m.sentence);
		for (uint32_t k = 0; k < d->m.actor_n; k++)
			touch(r, &m, r->draft_actors.v[d->m.actor_first + k], place[i], is_subject(r, d));
		pairs(r, &m, place[i]);
	}
	for (uint32_t i = 0; i < n; i++) {
		const struct who_draft *d = &r->drafts.v[place[i]];
		struct ch_mention *out = CH_PUSH(r->arena, &doc->mentions);

		*out = d->m;
		out->actor_first = doc->mention_actors.n;
		for (uint32_t k = 0; k < d->m.actor_n; k++)
			*CH_PUSH(r->arena, &doc->mention_actors) = r->draft_actors.v[d->m.actor_first + k];
	}
}
