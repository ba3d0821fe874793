/* who/resolve.c -- drafts in order of the text: whom each that does not say so itself refers to.
 *
 * What has been named is remembered with the sentence, the role and the number of its mentions. A pronoun or a
 * description takes the fitting one with the best score: near beats far, subject beats object, often beats once. At
 * most WHO_RECENT are looked at, so the whole is linear. The road not taken: a learned ranker; the layer of rules is what
 * `chancery why` can show. */
#include "who/memory.h"
#include <stdlib.h>

static void remember(struct who_memory *m, uint32_t actor)
{
	uint32_t k = 0;

	for (uint32_t i = 0; i < m->n; i++)
		if (m->recent[i] != actor)
			m->recent[k++] = m->recent[i];
	if (k == WHO_RECENT) {
		memmove(m->recent, m->recent + 1, sizeof *m->recent * (WHO_RECENT - 1));
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

static void touch(struct who_run *r, struct who_memory *m, uint32_t actor, uint32_t draft, bool subject)
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

bool who_is_person(const struct who_run *r, uint32_t a)
{
	return r->doc->actors.v[a].kind == CH_ACTOR_PERSON;
}

bool who_is_party(const struct who_run *r, uint32_t a)
{
	enum ch_actor_kind k = r->doc->actors.v[a].kind;

	return k == CH_ACTOR_STATE || (k == CH_ACTOR_ORG && r->refs.v[a].entity != CH_NONE && !r->refs.v[a].quiet);
}

static void grammar_of(const struct who_run *r, struct who_memory *m, const struct who_draft *d)
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

void who_give(struct who_run *r, struct who_draft *d, uint32_t actor, float confidence)
{
	who_draft_actor(r, d, actor);
	d->m.confidence = confidence;
}

static void body(struct who_run *r, struct who_memory *m, struct who_draft *d)
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
		who_give(r, d, best, 0.7f);
}

static void resolve(struct who_run *r, struct who_memory *m, struct who_draft *d)
{
	double score;
	uint32_t a;

	switch (d->what) {
	case D_OFFICE:
		if (d->m.first > r->doc->sentences.v[m->sentence].first && who_is(r, d->m.first - 1, "as"))
			who_resolve_role(r, m, d);
		else
			who_resolve_office(r, m, d);
		break;
	case D_COUNTERPART:
		who_resolve_counterpart(r, m, d);
		break;
	case D_PRONOUN:
		if (d->arg == W_HIS || d->arg == W_HE || d->arg == W_HIM)
			a = who_he_or_she(r, m, 'm');
		else if (d->arg == W_HER || d->arg == W_SHE)
			a = who_he_or_she(r, m, 'f');
		else if (d->arg == W_IT || d->arg == W_ITS)
			a = who_it(r, m);
		else {
			who_they(r, m, d);
			break;
		}
		if (a != CH_NONE)
			who_give(r, d, a, d->arg == W_IT || d->arg == W_ITS ? 0.5f : 0.75f);
		break;
	case D_COUNTRY:
		a = CH_NONE;
		if (d->m.first < d->m.past - 1 && (r->word[d->m.first] == W_HIS || r->word[d->m.first] == W_HER))
			a = who_possessor_state(r, m, r->word[d->m.first]);
		if (a == CH_NONE)
			a = who_salient_state(r, m, &score);
		if (a != CH_NONE)
			who_give(r, d, a, 0.7f);
		d->m.place = a == CH_NONE ? d->m.place : r->doc->actors.v[a].code;
		break;
	case D_BODY:
		body(r, m, d);
		break;
	case D_SIDES:
		who_resolve_sides(r, m, d);
		break;
	case D_INSTITUTION: {
		const struct ch_gz_entity *o = &r->g->entities[d->arg];
		struct ch_str text = ch_str_sub(r->doc->text, d->m.span.start, d->m.span.end);
		struct ch_actor x = {.kind = CH_ACTOR_ORG, .name = text, .sector = ch_gz_str(r->g, o->sector)};

		if (ch_str_istarts(text, CH_STR("the ")))
			x.name = ch_str_sub(text, 4, text.len);
		a = d->sort ? who_possessor_state(r, m, d->sort) : who_salient_state(r, m, &score);
		if (a != CH_NONE) {
			x.party = r->doc->actors.v[a].party;
			x.code = r->doc->actors.v[a].code;
			x.org = r->doc->actors.v[a].org;
		}
		a = who_actor_new(r, x,
				  ch_arena_printf(r->arena, "i:%.*s:%.*s",
						  CH_STR_ARG(x.party.ptr ? x.party : CH_STR("")), CH_STR_ARG(x.name)));
		who_give(r, d, a, d->definite ? 0.6f : 0.4f);
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
	struct who_memory m = {.last_draft = CH_NONE, .prefer = CH_NONE};
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
		r->day = r->days[doc->tokens.v[d->m.first].sentence];
		who_note_meeting(r, &m, d, doc->tokens.v[d->m.first].sentence);
		grammar_of(r, &m, d);
		resolve(r, &m, d);
		m.not_n = 0;
		m.prefer = CH_NONE;
		who_note_meeting(r, &m, d, m.sentence);
		for (uint32_t k = 0; k < d->m.actor_n; k++)
			touch(r, &m, r->draft_actors.v[d->m.actor_first + k], place[i], is_subject(r, d));
		who_note_pairs(r, &m, place[i]);
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
