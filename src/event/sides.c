/* event/sides.c -- between whom an instrument is: those its title or its signing names; else, from nearer to further, those of
 * the event told in its sentence or before it, the organisation that adopted it, the pair that the page is about. */
#include "event/instrument.h"

enum {
	PAIRS_MAX = 16,
	TOLD_BACK = 3, /* sentences back to who made it */
};

static bool has_party(const struct ch_doc *doc, const struct ch_reg_actors *set, uint32_t actor)
{
	for (uint32_t i = 0; i < set->n; i++)
		if (ch_str_eq(ch_reg_party(&doc->actors.v[set->v[i]]), ch_reg_party(&doc->actors.v[actor])))
			return true;
	return false;
}

/* Actors with a party: a company's or an unknown person's signature binds no side. */
static void add_parties(const struct ch_doc *doc, uint32_t mention, struct ch_reg_actors *set)
{
	const struct ch_mention *m = &doc->mentions.v[mention];

	/* "in Brussels" is where, not who. */
	if (m->place.len && m->first > 0 && (ch_reg_is(doc, m->first - 1, "in") || ch_reg_is(doc, m->first - 1, "at")))
		return;
	for (uint32_t k = 0; k < m->actor_n; k++)
		if (!doc->actors.v[doc->mention_actors.v[m->actor_first + k]].party.len)
			return;
	ch_reg_add_mention(doc, mention, set);
}

/* The parties of a phrase; with `deep`, of all mentions in it ("the heads of state of the littoral states"). */
static void add_below(const struct ch_doc *doc, uint32_t head, bool deep, struct ch_reg_actors *set)
{
	uint32_t a = head, b = head + 1;

	if (deep)
		ch_doc_subtree(doc, head, &a, &b);
	for (uint32_t i = a; i < b; i++)
		if (ch_reg_tok(doc, i)->mention != CH_NONE)
			add_parties(doc, ch_reg_tok(doc, i)->mention, set);
}

/* The parties of an event, on both sides. */
static void add_event(const struct ch_doc *doc, const struct ch_event *e, struct ch_reg_actors *set)
{
	for (uint32_t k = 0; k < e->source_n + e->target_n && set->n < CH_REG_WHO_MAX; k++) {
		uint32_t actor = doc->event_actors.v[k < e->source_n ? e->source_first + k
								     : e->target_first + k - e->source_n];

		if (doc->actors.v[actor].party.len && !has_party(doc, set, actor))
			set->v[set->n++] = actor;
	}
}

bool ch_sides_is_town(const struct ch_doc *doc, const struct ch_mention *m)
{
	struct ch_str text = ch_doc_str(doc, m->span);

	return m->place.len && m->actor_n == 1 && m->kind == CH_MENTION_NAME && m->basis &&
	       !ch_str_ieq(text, doc->actors.v[doc->mention_actors.v[m->actor_first]].name) &&
	       ch_str_eqz(ch_str_z(m->basis), "capital or seat");
}

static void add_sides(const struct ch_doc *doc, struct ch_paper *f)
{
	uint32_t a, b, subject;

	ch_doc_subtree(doc, f->noun, &a, &b);
	for (uint32_t i = f->first < a ? f->first : a; i < f->past; i++) {
		uint32_t m = ch_reg_tok(doc, i)->mention;

		/* The town in "Strelsau Declaration" is where it was signed; "Ruritania Treaty" names a side. */
		if (m != CH_NONE && !doc->mentions.v[m].place_only &&
		    !(f->named && i < f->noun && ch_sides_is_town(doc, &doc->mentions.v[m])))
			add_parties(doc, m, &f->parties);
	}
	if (f->verb == CH_NONE || f->parties.n >= 2)
		return;
	subject = ch_tree_subject(doc, f->verb);
	/* "commits both countries to conclude a treaty": the object of what binds them. */
	if (ch_reg_tok(doc, f->verb)->head != CH_NONE &&
	    ch_reg_sense(doc, ch_reg_tok(doc, f->verb)->head, REGISTER_WORDS_BINDING)) {
		uint32_t bound = ch_tree_child(doc, ch_reg_tok(doc, f->verb)->head, CH_DEP_OBJ);

		if (bound != CH_NONE)
			subject = bound;
	}
	if (subject != CH_NONE && subject != f->noun)
		add_below(doc, subject, true, &f->parties);
	for (uint32_t c = ch_reg_tok(doc, f->verb)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling) {
		static const char *const preps[] = {"with", "between", "by", "among"};

		for (size_t k = 0; k < sizeof preps / sizeof *preps; k++)
			if ((ch_deprel_is(ch_reg_tok(doc, c)->deprel, CH_DEP_OBL) ||
			     ch_deprel_is(ch_reg_tok(doc, c)->deprel, CH_DEP_NMOD)) &&
			    ch_tree_has_case(doc, c, ch_str_z(preps[k])))
				add_below(doc, c, k != 0, &f->parties);
	}
	/* "adopted at the summit of the Alliance": nobody else is named, so it is the gathering's. */
	if (f->parties.n)
		return;
	ch_doc_subtree(doc, f->verb, &a, &b);
	for (uint32_t i = a; i < b; i++) {
		uint32_t m = ch_reg_tok(doc, i)->mention;

		if (m != CH_NONE && doc->mentions.v[m].actor_n &&
		    doc->actors.v[doc->mention_actors.v[doc->mentions.v[m].actor_first]].kind == CH_ACTOR_ORG)
			add_parties(doc, m, &f->parties);
	}
}

/* "The leaders met at the summit of the Alliance. They adopted a declaration": the last organisation named. */
static void add_organisation(const struct ch_doc *doc, struct ch_paper *f)
{
	uint32_t s = ch_reg_tok(doc, f->noun)->sentence, past = f->noun;
	uint32_t first = doc->sentences.v[s >= TOLD_BACK ? s - TOLD_BACK : 0].first;

	if (f->parties.n || f->verb == CH_NONE || !f->status || strcmp(f->status, "adopted"))
		return;
	for (uint32_t i = past; i-- > first && !f->parties.n;) {
		uint32_t m = ch_reg_tok(doc, i)->mention;

		/* "UN Secretary-General N. N." was there as a person. */
		if (m != CH_NONE && doc->mentions.v[m].actor_n == 1 && !doc->mentions.v[m].possessive &&
		    ch_reg_tok(doc, i)->deprel != CH_DEP_COMPOUND) {
			const struct ch_actor *a = &doc->actors.v[doc->mention_actors.v[doc->mentions.v[m].actor_first]];

			if (a->kind == CH_ACTOR_ORG && a->party.len && ch_str_eqz(a->code, "IGO"))
				ch_reg_add_mention(doc, m, &f->parties);
		}
	}
}

/* How much an event tells of who made a paper: signing it more than agreeing, agreeing more than meeting. */
static unsigned tells_sides(const struct ch_doc *doc, const struct ch_event *e)
{
	struct ch_reg_actors set = {.n = 0};

	add_event(doc, e, &set);
	if (set.n < 2 || e->status == CH_DENIED)
		return 0;
	switch (e->type) {
	case CH_EV_SUPPORT:
		return e->mode && !strcmp(e->mode, "sign") ? 4 : 0;
	case CH_EV_AGREE:
		return 3;
	case CH_EV_COOPERATE:
		return 2;
	case CH_EV_CONSULT:
		return 1;
	default:
		return 0;
	}
}

/* The sides that the sentence does not name are those of what was told last: "The ministers met … They signed a treaty." */
static void add_told(const struct ch_doc *doc, const struct ch_told *told, struct ch_paper *f)
{
	uint32_t s = ch_reg_tok(doc, f->noun)->sentence;

	if (f->parties.n >= 2)
		return;
	for (uint32_t back = 0; back <= TOLD_BACK && back <= s; back++) {
		struct ch_reg_actors set = {.n = 0};

		if (told->by[s - back] == CH_NONE)
			continue;
		/* Others' papers are spoken of too; from another sentence only one that is made here takes its sides, and from
		 * further back only those who agreed. */
		if (back && (f->verb == CH_NONE || f->parties.n))
			return;
		if (back > 1 && tells_sides(doc, &doc->events.v[told->by[s - back]]) < 3)
			continue;
		add_event(doc, &doc->events.v[told->by[s - back]], &set);
		if (f->parties.n && !has_party(doc, &set, f->parties.v[0]))
			return;
		f->parties = set;
		return;
	}
	/* "The memorandum was signed in August", on a page that is about two sides all along. */
	if (f->verb != CH_NONE && !f->parties.n && told->pair.n == 2 && strcmp(f->status, "adopted") != 0)
		f->parties = told->pair;
}

void ch_sides_add(const struct ch_doc *doc, const struct ch_told *told, struct ch_paper *f)
{
	add_sides(doc, f);
	add_told(doc, told, f);
	add_organisation(doc, f);
}

/* The pair that most dealings are between: in three sentences or more, and in no fewer than all others
 * together. */
static struct ch_reg_actors pair_of(const struct ch_doc *doc)
{
	struct {
		struct ch_reg_actors who;
		uint32_t n, sentence;
	} pairs[PAIRS_MAX];
	uint32_t n = 0, total = 0, best = 0, last = 0;

	for (uint32_t i = 0; i < doc->events.n; i++) {
		struct ch_reg_actors set = {.n = 0};
		uint32_t k = 0;

		if (!tells_sides(doc, &doc->events.v[i]))
			continue;
		add_event(doc, &doc->events.v[i], &set);
		if (!total || doc->events.v[i].sentence != last)
			total++;
		last = doc->events.v[i].sentence;
		if (set.n != 2)
			continue;
		while (k < n && !(has_party(doc, &pairs[k].who, set.v[0]) && has_party(doc, &pairs[k].who, set.v[1])))
			k++;
		if (k == n && n < PAIRS_MAX) {
			pairs[n].who = set;
			pairs[n].sentence = CH_NONE;
			pairs[n++].n = 0;
		}
		/* A sentence that tells three acts is one, as to what the page is about. */
		if (k == n || pairs[k].sentence == doc->events.v[i].sentence)
			continue;
		pairs[k].sentence = doc->events.v[i].sentence;
		if (++pairs[k].n > pairs[best].n)
			best = k;
	}
	if (!n || pairs[best].n < 3 || 2 * pairs[best].n < total)
		return (struct ch_reg_actors){.n = 0};
	return pairs[best].who;
}

struct ch_told ch_sides_told(const struct ch_doc *doc)
{
	struct ch_told told = {.by = CH_NEW_N(doc->arena, uint32_t, doc->sentences.n)};
	unsigned *weight = CH_NEW_N(doc->arena, unsigned, doc->sentences.n);

	for (uint32_t k = 0; k < doc->sentences.n; k++)
		told.by[k] = CH_NONE;
	for (uint32_t i = 0; i < doc->events.n; i++) {
		const struct ch_event *e = &doc->events.v[i];
		unsigned w = tells_sides(doc, e);

		if (w && (told.by[e->sentence] == CH_NONE || w > weight[e->sentence])) {
			told.by[e->sentence] = i;
			weight[e->sentence] = w;
		}
	}
	told.pair = pair_of(doc);
	return told;
}
