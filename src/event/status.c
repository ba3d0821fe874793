#include "event/status.h"

void ch_status_words_get(const struct ch_frames *f, struct ch_status_words *w)
{
	*w = (struct ch_status_words){
		.planning = ch_frames_class(f, "STATUS_PLANNING"), .hoping = ch_frames_class(f, "STATUS_HOPING"),
		.denying = ch_frames_class(f, "STATUS_DENYING"), .calling = ch_frames_class(f, "STATUS_CALLING"),
		.asking = ch_frames_class(f, "STATUS_DISCUSSING"), .factive = ch_frames_class(f, "STATUS_FACTIVE"), .announcing = ch_frames_class(f, "STATUS_ANNOUNCING"),
		.planning_noun = ch_frames_class(f, "STATUS_PLANNING_NOUN"), .planned_adj = ch_frames_class(f, "STATUS_PLANNED_ADJ"),
		.possible_adj = ch_frames_class(f, "STATUS_POSSIBLE_ADJ"), .failed_adj = ch_frames_class(f, "STATUS_FAILED_ADJ"),
	};
}

static const struct ch_token *tok(const struct ch_doc *doc, uint32_t t)
{
	return &doc->tokens.v[t];
}

static bool in(const struct ch_map *class, const struct ch_doc *doc, uint32_t t)
{
	return class && ch_map_get(class, tok(doc, t)->lemma);
}

/* "call off" and "call" are two verbs; classes have the first as call_off. */
static bool phrasal_in(const struct ch_map *class, const struct ch_doc *doc, uint32_t verb, bool *phrasal)
{
	uint32_t prt = ch_tree_child(doc, verb, CH_DEP_COMPOUND_PRT);
	struct ch_str a = tok(doc, verb)->lemma, b;
	char key[64];

	*phrasal = prt != CH_NONE;
	if (!*phrasal)
		return false;
	b = tok(doc, prt)->lemma;
	if (a.len + b.len + 1 > sizeof key)
		return false;
	memcpy(key, a.ptr, a.len);
	key[a.len] = '_';
	memcpy(key + a.len + 1, b.ptr, b.len);
	return class && ch_map_get(class, ch_str_n(key, a.len + b.len + 1));
}

static bool is(const struct ch_doc *doc, uint32_t t, const char *lemma)
{
	return ch_str_eqz(tok(doc, t)->lemma, lemma);
}

static bool negated(const struct ch_doc *doc, uint32_t t)
{
	for (uint32_t c = tok(doc, t)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling) {
		unsigned r = tok(doc, c)->deprel;

		if (ch_deprel_is(r, CH_DEP_ADVMOD) && (is(doc, c, "not") || is(doc, c, "never") || is(doc, c, "n't")))
			return true;
		if (ch_deprel_is(r, CH_DEP_DET) && is(doc, c, "no"))
			return true;
		if ((ch_deprel_is(r, CH_DEP_NSUBJ)) && (is(doc, c, "nobody") || is(doc, c, "neither") || is(doc, c, "none")))
			return true;
	}
	return false;
}

static bool conditional(const struct ch_doc *doc, uint32_t clause)
{
	for (uint32_t c = tok(doc, clause)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling)
		if (ch_deprel_is(tok(doc, c)->deprel, CH_DEP_MARK) && (is(doc, c, "if") || is(doc, c, "unless")))
			return true;
	return false;
}

/* "May not sign" is as open as "may sign". */
static bool open_either_way(const struct ch_doc *doc, uint32_t verb)
{
	for (uint32_t c = tok(doc, verb)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling)
		if (ch_deprel_is(tok(doc, c)->deprel, CH_DEP_AUX) && (is(doc, c, "may") || is(doc, c, "might")))
			return true;
	return false;
}

/* What the auxiliaries of a clause say: "will" a plan, "may" a possibility. */
static enum ch_status modal(const struct ch_doc *doc, uint32_t verb)
{
	for (uint32_t c = tok(doc, verb)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling) {
		if (ch_deprel_is(tok(doc, c)->deprel, CH_DEP_MARK) && (is(doc, c, "if") || is(doc, c, "unless") || is(doc, c, "whether")))
			return CH_HYPOTHETICAL;
		if (tok(doc, c)->deprel == CH_DEP_ADVCL && conditional(doc, c))
			return CH_HYPOTHETICAL;
		if (!ch_deprel_is(tok(doc, c)->deprel, CH_DEP_AUX))
			continue;
		if (is(doc, c, "will") || is(doc, c, "shall") || is(doc, c, "'ll") || is(doc, c, "wo"))
			return CH_PLANNED;
		if (is(doc, c, "would"))   /* the future of the past ("under the accord they would withdraw"), but "it would be" supposes */
			return ch_tree_is_verb(doc, verb) ? CH_PLANNED : CH_HYPOTHETICAL;
		if (is(doc, c, "be") && tok(doc, verb)->xpos == CH_XPOS_VB)   /* "are to withdraw by April" */
			return CH_PLANNED;
		if (is(doc, c, "may") || is(doc, c, "might") || is(doc, c, "could") || is(doc, c, "can") || is(doc, c, "should") || is(doc, c, "must"))
			return CH_HYPOTHETICAL;
	}
	return CH_ACTUAL;
}

/* The heavier of two: what is denied is denied however it is planned, what is supposed is no plan. */
static enum ch_status heavier(enum ch_status a, enum ch_status b)
{
	static const int weight[] = { [CH_ACTUAL] = 0, [CH_HISTORICAL] = 1, [CH_PLANNED] = 2, [CH_HYPOTHETICAL] = 3, [CH_DENIED] = 4 };

	return weight[b] > weight[a] ? b : a;
}

/* The status that a verb gives to what it governs. */
static enum ch_status from_above(const struct ch_doc *doc, const struct ch_status_words *w, uint32_t verb, bool *called)
{
	bool phrasal;

	if (phrasal_in(w->denying, doc, verb, &phrasal))
		return negated(doc, verb) ? CH_ACTUAL : CH_DENIED;
	if (!phrasal && in(w->calling, doc, verb)) {
		*called = true;
		return CH_HYPOTHETICAL;
	}
	if (in(w->denying, doc, verb))
		return negated(doc, verb) ? CH_ACTUAL : CH_DENIED;
	if (in(w->hoping, doc, verb))
		return CH_HYPOTHETICAL;
	if (in(w->planning, doc, verb))
		return CH_PLANNED;
	return CH_ACTUAL;
}

static enum ch_status from_adjectives(const struct ch_doc *doc, const struct ch_status_words *w, uint32_t noun)
{
	for (uint32_t c = tok(doc, noun)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling) {
		if (!ch_deprel_is(tok(doc, c)->deprel, CH_DEP_AMOD) && !ch_deprel_is(tok(doc, c)->deprel, CH_DEP_ACL))
			continue;
		if (in(w->failed_adj, doc, c))
			return CH_DENIED;
		if (in(w->possible_adj, doc, c))
			return CH_HYPOTHETICAL;
		if (in(w->planned_adj, doc, c) ||
		    (in(w->planning, doc, c) && tok(doc, c)->deprel == CH_DEP_ACL && tok(doc, c)->xpos == CH_XPOS_VBN))
			return CH_PLANNED;
	}
	return CH_ACTUAL;
}

enum ch_status ch_status_of(const struct ch_doc *doc, const struct ch_status_words *w, uint32_t trigger, bool *called)
{
	enum ch_status status = CH_ACTUAL;
	uint32_t at = trigger;
	bool noun = !ch_tree_is_verb(doc, trigger), finite = false;

	*called = false;
	if (noun)
		status = from_adjectives(doc, w, trigger);
	for (int i = 0; i < CH_CLIMB_MAX; i++) {
		const struct ch_token *t = tok(doc, at);
		bool clause = ch_tree_is_verb(doc, at) || ch_tree_child(doc, at, CH_DEP_COP) != CH_NONE;

		if (negated(doc, at) && !open_either_way(doc, at))
			status = heavier(status, CH_DENIED);
		if (clause && !finite) {
			status = heavier(status, modal(doc, at));
			finite = t->deprel != CH_DEP_XCOMP && t->deprel != CH_DEP_CONJ;
		} else if (clause && conditional(doc, at)) {
			status = heavier(status, CH_HYPOTHETICAL);
		}
		if (t->head == CH_NONE)
			break;
		/* What is noted, valued or thanked for is so, whoever may or would note it. */
		if (!ch_tree_is_verb(doc, at) && t->deprel == CH_DEP_OBJ && in(w->factive, doc, t->head))
			break;
		/* Only what the verb above governs takes its status: a complement, an object, a passive's subject; not a circumstance. */
		if (t->deprel == CH_DEP_XCOMP || t->deprel == CH_DEP_CCOMP || t->deprel == CH_DEP_OBJ || t->deprel == CH_DEP_NSUBJ_PASS ||
		    t->deprel == CH_DEP_CSUBJ || (t->deprel == CH_DEP_ACL && tok(doc, at)->xpos == CH_XPOS_VB)) {
			bool thing = t->deprel == CH_DEP_OBJ || t->deprel == CH_DEP_NSUBJ_PASS;

			status = heavier(status, from_above(doc, w, t->head, called));
			if (thing && in(w->asking, doc, t->head))
				status = heavier(status, CH_HYPOTHETICAL);
			if (thing && in(w->announcing, doc, t->head))
				status = heavier(status, CH_PLANNED);
			if (t->deprel == CH_DEP_ACL && in(w->planning_noun, doc, t->head))   /* "a promise to withdraw" */
				status = heavier(status, CH_PLANNED);
		} else if ((ch_deprel_is(t->deprel, CH_DEP_OBL) || ch_deprel_is(t->deprel, CH_DEP_NMOD)) && in(w->calling, doc, t->head) &&
			   ch_tree_has_case(doc, at, CH_STR("for"))) {
			*called = true;
		} else if (ch_tree_is_verb(doc, at) && t->xpos == CH_XPOS_VBG && in(w->planning_noun, doc, t->head) &&
			   (t->deprel == CH_DEP_ACL || t->deprel == CH_DEP_NMOD)) {
			status = heavier(status, CH_PLANNED);   /* "an agreement on resuming relations" */
		} else if (t->deprel == CH_DEP_ADVCL && t->xpos == CH_XPOS_VB) {
			finite = false;   /* "will travel to Amman to seek support": as planned as the journey */
		} else if (t->deprel == CH_DEP_ADVCL || t->deprel == CH_DEP_ACL_RELCL || t->deprel == CH_DEP_PARATAXIS) {
			break;
		}
		at = t->head;
	}
	return status;
}
