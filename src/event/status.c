#include "event/status.h"

void ch_status_words_get(const struct ch_frames *f, struct ch_status_words *w)
{
	*w = (struct ch_status_words){
		.planning = ch_frames_class(f, "STATUS_PLANNING"), .aiming = ch_frames_class(f, "STATUS_AIMING"),
		.hoping = ch_frames_class(f, "STATUS_HOPING"), .trying = ch_frames_class(f, "STATUS_TRYING"),
		.denying = ch_frames_class(f, "STATUS_DENYING"), .excluding = ch_frames_class(f, "STATUS_EXCLUDING"),
		.calling = ch_frames_class(f, "STATUS_CALLING"), .telling = ch_frames_class(f, "STATUS_TELLING"),
		.asking = ch_frames_class(f, "STATUS_DISCUSSING"), .factive = ch_frames_class(f, "STATUS_FACTIVE"),
		.announcing = ch_frames_class(f, "STATUS_ANNOUNCING"), .light = ch_frames_class(f, "LIGHT"),
		.planning_noun = ch_frames_class(f, "STATUS_PLANNING_NOUN"), .possible_noun = ch_frames_class(f, "STATUS_POSSIBLE_NOUN"),
		.denying_noun = ch_frames_class(f, "STATUS_DENYING_NOUN"), .planned_adj = ch_frames_class(f, "STATUS_PLANNED_ADJ"),
		.possible_adj = ch_frames_class(f, "STATUS_POSSIBLE_ADJ"), .failed_adj = ch_frames_class(f, "STATUS_FAILED_ADJ"),
		.not = ch_frames_class(f, "STATUS_NOT"), .perhaps = ch_frames_class(f, "STATUS_PERHAPS"),
		.without = ch_frames_class(f, "STATUS_WITHOUT"), .until = ch_frames_class(f, "STATUS_UNTIL"),
		.goes_on = ch_frames_class(f, "SETTING_GOES_ON"), .spot = ch_frames_class(f, "SETTING_SPOT"),
		.trip = ch_frames_class(f, "SETTING_TRIP"), .going = ch_frames_class(f, "SETTING_GOING"), .true_adj = ch_frames_class(f, "STATUS_TRUE_ADJ"),
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

static bool is_adverb(const struct ch_doc *doc, uint32_t t)
{
	return ch_deprel_is(tok(doc, t)->deprel, CH_DEP_ADVMOD);
}

/* "Neither Spain nor Greece", "nobody", "no state". */
static bool none_at_all(const struct ch_doc *doc, uint32_t noun)
{
	uint32_t cc = ch_tree_child(doc, noun, CH_DEP_CC);

	if (is(doc, noun, "nobody") || is(doc, noun, "neither") || is(doc, noun, "none") || (cc != CH_NONE && cc < noun && is(doc, cc, "neither")))
		return true;
	for (uint32_t c = tok(doc, noun)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling)
		if (ch_deprel_is(tok(doc, c)->deprel, CH_DEP_DET) && (is(doc, c, "no") || is(doc, c, "neither")))
			return true;
	return false;
}

static bool negated(const struct ch_doc *doc, const struct ch_status_words *w, uint32_t t)
{
	for (uint32_t c = tok(doc, t)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling) {
		unsigned r = tok(doc, c)->deprel;

		if (is_adverb(doc, c) && in(w->not, doc, c))
			return true;
		if (is_adverb(doc, c) && is(doc, c, "long") && c > 0 && is(doc, c - 1, "no"))   /* "no longer" */
			return true;
		if (is_adverb(doc, c) && is(doc, c, "yet") && ch_tree_child(doc, t, CH_DEP_XCOMP) != CH_NONE)   /* "has yet to sign" */
			return true;
		if ((ch_deprel_is(r, CH_DEP_DET) || (ch_deprel_is(r, CH_DEP_CC) && ch_tree_is_verb(doc, t))) &&
		    (is(doc, c, "no") || is(doc, c, "neither") || is(doc, c, "nor")))
			return true;
		if ((ch_deprel_is(r, CH_DEP_NSUBJ) || (r == CH_DEP_OBJ && ch_tree_is_verb(doc, t))) && none_at_all(doc, c))
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

static bool is_aux(const struct ch_doc *doc, uint32_t t)
{
	return ch_deprel_is(tok(doc, t)->deprel, CH_DEP_AUX) || tok(doc, t)->deprel == CH_DEP_COP;
}

static bool present(unsigned xpos)
{
	return xpos == CH_XPOS_VBZ || xpos == CH_XPOS_VBP;
}

/* A verb with a tense of its own: "met", "has met", "will meet"; not the "meet" of "will visit Oslo and meet the king". */
static bool own_tense(const struct ch_doc *doc, uint32_t verb)
{
	if (present(tok(doc, verb)->xpos) || tok(doc, verb)->xpos == CH_XPOS_VBD)
		return true;
	for (uint32_t c = tok(doc, verb)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling)
		if (is_aux(doc, c) && tok(doc, c)->xpos != CH_XPOS_VB && tok(doc, c)->xpos != CH_XPOS_VBN)
			return true;
	return false;
}

/* An infinitive that stands where a verb with a tense should: "Macron to visit Warsaw". */
static bool headline(const struct ch_doc *doc, uint32_t verb)
{
	const struct ch_token *t = tok(doc, verb);
	uint32_t mark = ch_tree_child(doc, verb, CH_DEP_MARK);

	if (t->xpos != CH_XPOS_VB || mark == CH_NONE || !is(doc, mark, "to"))
		return false;
	if (t->head == CH_NONE || t->deprel == CH_DEP_PARATAXIS)
		return ch_tree_child(doc, verb, CH_DEP_NSUBJ) != CH_NONE;
	return t->deprel == CH_DEP_ACL && tok(doc, t->head)->upos == CH_UPOS_PROPN && mark + 1 == verb && mark > 0 &&
	       tok(doc, mark - 1)->upos == CH_UPOS_PROPN;
}

/* "Will Spain sign?" is open; "When did Spain sign?" takes it for granted. */
static bool asked(const struct ch_doc *doc, uint32_t token)
{
	const struct ch_sentence *s = &doc->sentences.v[tok(doc, token)->sentence];
	bool mark = false;

	for (uint32_t i = s->past, least = s->past > s->first + 3 ? s->past - 3 : s->first; i-- > least;)
		mark |= ch_str_eqz(ch_token_str(doc, i), "?");
	if (!mark)
		return false;
	for (uint32_t i = s->first; i < s->past; i++)
		if (tok(doc, i)->xpos == CH_XPOS_WP || tok(doc, i)->xpos == CH_XPOS_WRB || tok(doc, i)->xpos == CH_XPOS_WDT)
			return false;
	return true;
}

/* What the auxiliaries, adverbs and conditions of a clause say: "will" a plan, "may" a possibility, "would have" what did not come. */
static enum ch_status modal(const struct ch_doc *doc, const struct ch_status_words *w, uint32_t verb)
{
	bool condition = false, have = false, would = false, is_to = false, to = false, open = false, will = false;

	for (uint32_t c = tok(doc, verb)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling) {
		unsigned r = tok(doc, c)->deprel;

		if (ch_deprel_is(r, CH_DEP_MARK)) {
			condition |= is(doc, c, "if") || is(doc, c, "unless") || is(doc, c, "whether");
			to |= is(doc, c, "to") || is(doc, c, "due");
		} else if (r == CH_DEP_ADVCL) {
			condition |= conditional(doc, c);
		} else if (is_adverb(doc, c)) {
			open |= in(w->perhaps, doc, c);
		}
		if (!is_aux(doc, c))
			continue;
		will |= is(doc, c, "will") || is(doc, c, "shall") || is(doc, c, "'ll") || is(doc, c, "wo");
		would |= is(doc, c, "would") || is(doc, c, "'d");
		is_to |= is(doc, c, "be") && tok(doc, c)->xpos != CH_XPOS_VB && tok(doc, c)->xpos != CH_XPOS_VBN;
		have |= is(doc, c, "have");
		open |= is(doc, c, "may") || is(doc, c, "might") || is(doc, c, "could") || is(doc, c, "can") || is(doc, c, "should") || is(doc, c, "must");
		/* "Had Spain signed, …" */
		condition |= is(doc, c, "have") && tok(doc, c)->xpos == CH_XPOS_VBD && !asked(doc, c) &&
			     c == doc->sentences.v[tok(doc, c)->sentence].first;
	}
	if (condition || open)
		return CH_HYPOTHETICAL;
	if (have && (would || (is_to && to)))   /* "was to have met" */
		return CH_DENIED;
	if (will)
		return CH_PLANNED;
	if (would)   /* the future of the past ("under the accord they would withdraw"), but "it would be" supposes */
		return ch_tree_is_verb(doc, verb) ? CH_PLANNED : CH_HYPOTHETICAL;
	if ((is_to && (to || tok(doc, verb)->xpos == CH_XPOS_VB)) || headline(doc, verb))   /* "are to withdraw by April" */
		return CH_PLANNED;
	return CH_ACTUAL;
}

/* The heavier of two: what is denied is denied however it is planned, what is supposed is no plan. */
static enum ch_status heavier(enum ch_status a, enum ch_status b)
{
	static const int weight[] = { [CH_ACTUAL] = 0, [CH_HISTORICAL] = 1, [CH_PLANNED] = 2, [CH_HYPOTHETICAL] = 3, [CH_DENIED] = 4 };

	return weight[b] > weight[a] ? b : a;
}

/* "Asked whether Spain had signed", "told them that Spain had signed" report; "asked that Spain sign" calls. */
static bool reports(const struct ch_doc *doc, uint32_t complement)
{
	for (uint32_t c = tok(doc, complement)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling) {
		if (ch_deprel_is(tok(doc, c)->deprel, CH_DEP_MARK) && (is(doc, c, "if") || is(doc, c, "whether")))
			return true;
		if (is_aux(doc, c) && (is(doc, c, "should") || is(doc, c, "must")))
			return false;
	}
	return own_tense(doc, complement) && tok(doc, complement)->xpos != CH_XPOS_VBP;
}

/* The status that a verb or a predicate gives to `below`, which it governs. */
static enum ch_status from_above(const struct ch_doc *doc, const struct ch_status_words *w, uint32_t below, uint32_t verb, bool speech, bool *called)
{
	unsigned link = tok(doc, below)->deprel;
	bool phrasal, phrase;

	if (!ch_tree_is_verb(doc, verb)) {
		if (ch_tree_child(doc, verb, CH_DEP_COP) == CH_NONE && link != CH_DEP_ADVCL && link != CH_DEP_XCOMP)
			return CH_ACTUAL;
		return in(w->failed_adj, doc, verb) ? CH_DENIED : in(w->possible_adj, doc, verb) ? CH_HYPOTHETICAL :
		       in(w->planned_adj, doc, verb) || (in(w->planning, doc, verb) && link == CH_DEP_XCOMP) ? CH_PLANNED : CH_ACTUAL;
	}
	phrase = phrasal_in(w->excluding, doc, verb, &phrasal);
	if (phrase || (!phrasal && in(w->excluding, doc, verb)))
		return negated(doc, w, verb) ? CH_HYPOTHETICAL : CH_DENIED;
	if (phrasal_in(w->denying, doc, verb, &phrasal) || (!phrasal && in(w->denying, doc, verb)))
		return negated(doc, w, verb) ? CH_ACTUAL : CH_DENIED;
	if (link == CH_DEP_ADVCL)
		return CH_ACTUAL;
	if (!phrasal && in(w->telling, doc, verb) && link == CH_DEP_XCOMP) {
		*called = true;
		return CH_HYPOTHETICAL;
	}
	if (!phrasal && in(w->calling, doc, verb)) {
		if (link == CH_DEP_CCOMP && reports(doc, below))
			return CH_ACTUAL;
		*called = true;
		return CH_HYPOTHETICAL;
	}
	if (in(w->trying, doc, verb))
		return speech ? CH_ACTUAL : CH_HYPOTHETICAL;
	if (in(w->aiming, doc, verb))
		return link == CH_DEP_XCOMP ? CH_PLANNED : CH_HYPOTHETICAL;
	if (in(w->hoping, doc, verb))
		return CH_HYPOTHETICAL;
	if (in(w->planning, doc, verb))
		return CH_PLANNED;
	return CH_ACTUAL;
}

static enum ch_status from_adjectives(const struct ch_doc *doc, const struct ch_status_words *w, uint32_t noun)
{
	for (uint32_t c = tok(doc, noun)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling) {
		bool done = tok(doc, c)->xpos == CH_XPOS_VBN;

		if (!ch_deprel_is(tok(doc, c)->deprel, CH_DEP_AMOD) && !ch_deprel_is(tok(doc, c)->deprel, CH_DEP_ACL))
			continue;
		if (in(w->failed_adj, doc, c) || (done && c < noun && in(w->denying, doc, c)))
			return CH_DENIED;
		if (in(w->possible_adj, doc, c))
			return CH_HYPOTHETICAL;
		if (in(w->planned_adj, doc, c) || (done && in(w->planning, doc, c)))
			return CH_PLANNED;
	}
	return CH_ACTUAL;
}

/* "Left without signing", "went to Oslo instead of visiting Bonn": what did not come about. */
static bool left_undone(const struct ch_doc *doc, const struct ch_status_words *w, uint32_t at)
{
	for (uint32_t c = tok(doc, at)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling)
		if ((ch_deprel_is(tok(doc, c)->deprel, CH_DEP_CASE) || tok(doc, c)->deprel == CH_DEP_MARK) &&
		    (in(w->without, doc, c) ||   /* "decided against signing" */
		     (is(doc, c, "against") && tok(doc, at)->xpos == CH_XPOS_VBG && tok(doc, at)->head != CH_NONE && in(w->planning, doc, tok(doc, at)->head))))
			return true;
	return false;
}

/* "Once Spain signs, an embassy will open": as far off as what follows from it. */
static bool awaited(const struct ch_doc *doc, const struct ch_status_words *w, uint32_t clause)
{
	uint32_t mark = ch_tree_child(doc, clause, CH_DEP_MARK), head = tok(doc, clause)->head;
	bool now = present(tok(doc, clause)->xpos);

	if (mark == CH_NONE || !in(w->until, doc, mark))
		return false;
	for (uint32_t c = tok(doc, clause)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling)
		now |= is_aux(doc, c) && present(tok(doc, c)->xpos);
	return now && modal(doc, w, head) != CH_ACTUAL;
}

/* Whether what is not so above is not so below, too: "did not plan to sign", "no talks took place", "has no plans to sign"; but "did not say that
 * Spain signed", "the visit did not help", "no comment on the visit". */
static bool denial_reaches(const struct ch_doc *doc, const struct ch_status_words *w, uint32_t below)
{
	const struct ch_token *t = tok(doc, below);

	if ((ch_deprel_is(t->deprel, CH_DEP_CCOMP) || t->deprel == CH_DEP_CSUBJ) && !ch_tree_is_verb(doc, t->head))
		return in(w->true_adj, doc, t->head);
	if (ch_deprel_is(t->deprel, CH_DEP_CCOMP))
		return in(w->planning, doc, t->head) || in(w->aiming, doc, t->head) || in(w->hoping, doc, t->head);
	if (t->deprel == CH_DEP_NSUBJ || ch_deprel_is(t->deprel, CH_DEP_OBL))
		return !ch_tree_is_verb(doc, t->head) || in(w->light, doc, t->head);
	if (ch_deprel_is(t->deprel, CH_DEP_NMOD) || ch_deprel_is(t->deprel, CH_DEP_ACL))
		return in(w->planning_noun, doc, t->head) || in(w->possible_noun, doc, t->head) || in(w->light, doc, t->head);
	return true;
}

/* What a noun says of what hangs on it: "a promise to withdraw", "the refusal to sign", "the chance of a meeting". */
static enum ch_status from_noun(const struct ch_doc *doc, const struct ch_status_words *w, uint32_t below)
{
	const struct ch_token *t = tok(doc, below);
	bool verb = ch_tree_is_verb(doc, below);

	if (!ch_deprel_is(t->deprel, CH_DEP_NMOD) && t->deprel != CH_DEP_ACL)
		return CH_ACTUAL;
	if ((t->xpos == CH_XPOS_VB || t->xpos == CH_XPOS_VBG || ch_tree_has_case(doc, below, CH_STR("of"))) && in(w->denying_noun, doc, t->head))
		return CH_DENIED;
	if ((t->xpos == CH_XPOS_VB || t->xpos == CH_XPOS_VBG || ch_tree_has_case(doc, below, CH_STR("of")) ||
	     ch_tree_has_case(doc, below, CH_STR("for"))) && in(w->possible_noun, doc, t->head))
		return CH_HYPOTHETICAL;
	/* "Agreed in principle to sign": hung on the adjunct instead. */
	if (t->deprel == CH_DEP_ACL && t->xpos == CH_XPOS_VB && ch_deprel_is(tok(doc, t->head)->deprel, CH_DEP_OBL) &&
	    in(w->planning, doc, tok(doc, t->head)->head))
		return CH_PLANNED;
	if (verb && (t->xpos == CH_XPOS_VBG || (t->xpos == CH_XPOS_VB && t->deprel == CH_DEP_ACL)) && in(w->planning_noun, doc, t->head))
		return CH_PLANNED;   /* "an agreement on resuming relations" */
	return CH_ACTUAL;
}

/* "Reports that Spain had signed": what the noun says, though parsers take it for a relative clause. */
static bool content_of_noun(const struct ch_doc *doc, uint32_t clause)
{
	uint32_t mark = ch_tree_child(doc, clause, CH_DEP_MARK);

	return tok(doc, clause)->deprel == CH_DEP_ACL_RELCL && mark != CH_NONE && is(doc, mark, "that") && ch_tree_child(doc, clause, CH_DEP_NSUBJ) != CH_NONE;
}

/* Only what the word above governs takes its status: a complement, an object, a passive's subject, the subject of "is possible"; no circumstance. */
static bool governed(const struct ch_doc *doc, uint32_t at)
{
	const struct ch_token *t = tok(doc, at);

	switch (t->deprel) {
	case CH_DEP_XCOMP: case CH_DEP_CCOMP: case CH_DEP_OBJ: case CH_DEP_NSUBJ_PASS: case CH_DEP_CSUBJ:
		return true;
	case CH_DEP_NSUBJ:
		return ch_tree_child(doc, t->head, CH_DEP_COP) != CH_NONE && !ch_tree_is_verb(doc, t->head);
	case CH_DEP_OBL:   /* "called off his visit": behind a particle, parsers take an object for an adjunct */
		return ch_tree_child(doc, at, CH_DEP_CASE) == CH_NONE && ch_tree_child(doc, t->head, CH_DEP_COMPOUND_PRT) != CH_NONE;
	case CH_DEP_ADVCL: case CH_DEP_ACL:   /* "stopped exporting", "prevented from signing", "short of signing" */
		return t->xpos == CH_XPOS_VBG && at > t->head && (ch_tree_child(doc, at, CH_DEP_MARK) == at - 1 || at == t->head + 1);
	default:
		return false;
	}
}

enum ch_status ch_status_of(const struct ch_doc *doc, const struct ch_status_words *w, uint32_t trigger, bool speech, bool *called)
{
	enum ch_status status = CH_ACTUAL;
	uint32_t at = trigger, from = CH_NONE;
	bool noun = !ch_tree_is_verb(doc, trigger), finite = false, apart = false;

	*called = false;
	if (noun) {
		status = from_adjectives(doc, w, trigger);
		noun = status == CH_ACTUAL;
	}
	for (int i = 0; i < CH_CLIMB_MAX; i++) {
		const struct ch_token *t = tok(doc, at);
		bool clause = ch_tree_is_verb(doc, at) || ch_tree_child(doc, at, CH_DEP_COP) != CH_NONE;
		bool weighed = ch_tree_is_verb(doc, at) && from != CH_NONE && governed(doc, from) &&   /* its negation was read with it */
			       (in(w->denying, doc, at) || in(w->excluding, doc, at) || ch_tree_child(doc, at, CH_DEP_COMPOUND_PRT) != CH_NONE);

		if (!apart && !weighed && (from == CH_NONE || denial_reaches(doc, w, from)) && negated(doc, w, at) && !open_either_way(doc, at))
			status = heavier(status, CH_DENIED);
		if (left_undone(doc, w, at))
			status = heavier(status, CH_DENIED);
		if (clause && !finite && !apart) {
			enum ch_status said = modal(doc, w, at);

			/* "The visit may help": the help is open; "the visit may take place". */
			if (said != CH_HYPOTHETICAL || from == CH_NONE || !ch_deprel_is(tok(doc, from)->deprel, CH_DEP_NSUBJ) ||
			    tok(doc, from)->deprel == CH_DEP_NSUBJ_PASS || !ch_tree_is_verb(doc, at) || in(w->light, doc, at))
				status = heavier(status, said);
			finite = t->deprel != CH_DEP_XCOMP && t->deprel != CH_DEP_CONJ;
		} else if (clause && !apart && conditional(doc, at)) {
			status = heavier(status, CH_HYPOTHETICAL);
		}
		if (t->head == CH_NONE) {
			if (asked(doc, at))
				status = heavier(status, CH_HYPOTHETICAL);
			break;
		}
		apart = ch_tree_is_verb(doc, at) && t->deprel == CH_DEP_CONJ && own_tense(doc, at);
		/* What is noted, valued or thanked for is so, whoever may or would note it. */
		if (!ch_tree_is_verb(doc, at) && t->deprel == CH_DEP_OBJ && in(w->factive, doc, t->head))
			break;
		if (governed(doc, at)) {
			bool thing = t->deprel == CH_DEP_OBJ || t->deprel == CH_DEP_NSUBJ_PASS;

			status = heavier(status, from_above(doc, w, at, t->head, speech, called));
			if (thing && (noun || at != trigger) && in(w->asking, doc, t->head))
				status = heavier(status, CH_HYPOTHETICAL);
			if (thing && in(w->announcing, doc, t->head))
				status = heavier(status, CH_PLANNED);
		} else if ((ch_deprel_is(t->deprel, CH_DEP_OBL) || ch_deprel_is(t->deprel, CH_DEP_NMOD)) && in(w->calling, doc, t->head) &&
			   ch_tree_has_case(doc, at, CH_STR("for"))) {
			*called = true;
		}
		status = heavier(status, from_noun(doc, w, at));
		if (t->deprel == CH_DEP_ADVCL && t->xpos == CH_XPOS_VB) {
			finite = false;   /* "will travel to Amman to seek support": as planned as the journey */
		} else if (t->deprel == CH_DEP_ADVCL || (t->deprel == CH_DEP_ACL_RELCL && !content_of_noun(doc, at)) || t->deprel == CH_DEP_PARATAXIS) {
			if (t->deprel == CH_DEP_ADVCL && awaited(doc, w, at))
				status = heavier(status, CH_PLANNED);
			if (t->deprel != CH_DEP_ADVCL || !governed(doc, at))
				break;
		}
		from = at;
		at = t->head;
	}
	return status;
}

bool ch_status_is_word(const struct ch_doc *doc, const struct ch_status_words *w, uint32_t verb)
{
	bool phrasal;

	if (phrasal_in(w->denying, doc, verb, &phrasal) || phrasal_in(w->excluding, doc, verb, &phrasal))
		return true;
	return !phrasal && (in(w->denying, doc, verb) || in(w->excluding, doc, verb) || in(w->announcing, doc, verb) || in(w->asking, doc, verb) ||
			    in(w->factive, doc, verb) || in(w->calling, doc, verb) || in(w->telling, doc, verb));
}

bool ch_status_is_plan(const struct ch_doc *doc, const struct ch_status_words *w, uint32_t verb)
{
	return in(w->planning, doc, verb) || in(w->hoping, doc, verb) || in(w->aiming, doc, verb);
}

bool ch_status_goes_on(const struct ch_doc *doc, const struct ch_status_words *w, uint32_t adverb)
{
	return in(w->goes_on, doc, adverb);
}

bool ch_status_is_spot(const struct ch_doc *doc, const struct ch_status_words *w, uint32_t noun)
{
	return in(w->spot, doc, noun);
}

bool ch_status_is_trip(const struct ch_doc *doc, const struct ch_status_words *w, uint32_t noun)
{
	return in(w->trip, doc, noun);
}

bool ch_status_is_going(const struct ch_doc *doc, const struct ch_status_words *w, uint32_t verb)
{
	return in(w->going, doc, verb);
}
