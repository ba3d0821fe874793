/* event/pledge.c -- what an actor undertakes, plans or is expected to do.
 *
 *   Ruritania will chair the Movement            a clause with "will", whose subject is, has or speaks for a party
 *   we are determined to expand trade            an adjective of readiness with an infinitive
 *   they agreed to continue the talks            a verb of promise with an infinitive
 *   the signing is expected in May               what others expect
 *   reaffirmed the continuation of the talks     the same as a noun
 *   said that it would open the border           "will" as others report it
 *   troops are to leave by April                 an order or a plan
 *   the treaty commits them to disarm            what is laid on its object
 *   promised $5 million in aid                   a verb of giving */
#include "event/registers_priv.h"

enum {
	PLEDGE_WORDS_MAX = 60
}; /* tokens of a mention; what is longer is cut, since its end is seldom part of the pledge */

static bool conditional(const struct ch_doc *doc, uint32_t pred)
{
	static const char *const marks[] = {"if", "whether", "unless", "when", "until", "once", "before", "after"};

	for (uint32_t c = ch_reg_tok(doc, pred)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling)
		for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
			if (c < pred && ch_reg_is(doc, c, marks[k]) &&
			    (ch_reg_tok(doc, c)->deprel == CH_DEP_MARK || ch_reg_tok(doc, c)->deprel == CH_DEP_ADVMOD))
				return true;
	return false;
}

/* What is due last: a bound, or the time that the clause names. */
static struct ch_str due_of(const struct ch_doc *doc, uint32_t pred, struct ch_span mention)
{
	uint32_t lo = 0, hi = doc->times.n;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (doc->times.v[mid].span.end <= mention.start)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < doc->times.n && doc->times.v[lo].span.start < mention.end; lo++) {
		const struct ch_time *t = &doc->times.v[lo];

		if (t->date.len && (t->deadline || doc->meta.published == CH_NO_DAY || t->hi >= doc->meta.published))
			return t->date;
	}
	return doc->meta.published == CH_NO_DAY ? ch_reg_date(doc, pred) : CH_STR("");
}

/* Has an auxiliary of what is to come, before it. */
static bool has_will(const struct ch_doc *doc, uint32_t pred)
{
	for (uint32_t c = ch_reg_tok(doc, pred)->first_child; c != CH_NONE && c < pred;
	     c = ch_reg_tok(doc, c)->next_sibling)
		if (ch_deprel_is(ch_reg_tok(doc, c)->deprel, CH_DEP_AUX) && ch_reg_sense(doc, c, REGISTER_WORDS_WILL))
			return true;
	return false;
}

/* A pledge of the predicate `pred` by the phrase at `subject`. */
static void add(struct ch_doc *doc, uint32_t pred, uint32_t subject, bool deep)
{
	struct ch_pledge p = {0};
	struct ch_reg_actors who = {.n = 0};
	uint32_t first, past, a, b, from = pred;

	if (subject == CH_NONE)
		return;
	ch_reg_add_phrase(doc, subject, deep, &who);
	if (!who.n)
		return;
	p.who = ch_reg_parties(doc, &who);
	ch_doc_subtree(doc, pred, &first, &past);
	ch_reg_phrase(doc, subject, &a, &b);
	/* A subject shared with the verb before stays with that verb's pledge. */
	if (ch_reg_tok(doc, subject)->sentence == ch_reg_tok(doc, pred)->sentence && a < pred &&
	    !(has_will(doc, pred) && ch_deprel_is(ch_reg_tok(doc, pred)->deprel, CH_DEP_CONJ) &&
	      ch_tree_child(doc, pred, CH_DEP_NSUBJ) == CH_NONE))
		from = a;
	for (uint32_t c = ch_reg_tok(doc, pred)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling) {
		uint8_t rel = ch_reg_tok(doc, c)->deprel;

		if (c < from && (ch_deprel_is(rel, CH_DEP_AUX) || rel == CH_DEP_COP))
			from = c;
		/* A second clause makes its own pledge. */
		if (c > pred && c < past &&
		    (rel == CH_DEP_PARATAXIS ||
		     (ch_deprel_is(rel, CH_DEP_CONJ) &&
		      (ch_tree_child(doc, c, CH_DEP_NSUBJ) != CH_NONE || has_will(doc, c))))) {
			ch_doc_subtree(doc, c, &a, &b);
			past = a;
		}
	}
	if (past > from + PLEDGE_WORDS_MAX)
		past = from + PLEDGE_WORDS_MAX;
	while (past > pred + 1 &&
	       (ch_reg_tok(doc, past - 1)->upos == CH_UPOS_PUNCT || ch_reg_tok(doc, past - 1)->upos == CH_UPOS_CCONJ))
		past--;
	if (past <= pred)
		past = pred + 1;
	p.mention = ch_reg_span(doc, from, past);
	/* What is pledged: the predicate without its subject and auxiliaries. */
	a = pred;
	for (uint32_t c = ch_reg_tok(doc, pred)->first_child; c != CH_NONE && c < pred;
	     c = ch_reg_tok(doc, c)->next_sibling)
		if (ch_reg_tok(doc, c)->deprel == CH_DEP_ADVMOD && c + 1 == a)
			a = c;
	p.what = ch_reg_text(doc, a, past);
	p.due = due_of(doc, pred, p.mention);
	if (doc->pledges.n) {
		const struct ch_pledge *last = &doc->pledges.v[doc->pledges.n - 1];

		if (p.mention.start < last->mention.end)
			return; /* part of what is pledged already */
	}
	*CH_PUSH(doc->arena, &doc->pledges) = p;
}

static bool has_infinitive(const struct ch_doc *doc, uint32_t xcomp)
{
	for (uint32_t c = ch_reg_tok(doc, xcomp)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling)
		if (ch_reg_tok(doc, c)->deprel == CH_DEP_MARK && ch_reg_is(doc, c, "to"))
			return true;
	return false;
}

static bool will_clause(const struct ch_doc *doc, uint32_t i)
{
	for (uint32_t c = ch_reg_tok(doc, i)->first_child; c != CH_NONE && c < i; c = ch_reg_tok(doc, c)->next_sibling)
		if (ch_deprel_is(ch_reg_tok(doc, c)->deprel, CH_DEP_AUX) && ch_reg_sense(doc, c, REGISTER_WORDS_WILL) &&
		    ch_reg_tok(doc, c)->xpos == CH_XPOS_MD && !ch_reg_is(doc, c, "would") &&
		    !ch_reg_is(doc, c, "should") && !ch_reg_is(doc, c, "'d"))
			return true;
	return false;
}

/* Governed by a verb that reports, and does not deny, it. */
static bool reported_once(const struct ch_doc *doc, uint32_t i)
{
	const struct ch_token *t = ch_reg_tok(doc, i);

	return t->deprel == CH_DEP_CCOMP && t->head != CH_NONE && t->head < i &&
	       ch_reg_tok(doc, t->head)->upos == CH_UPOS_VERB && !ch_reg_sense(doc, t->head, REGISTER_WORDS_DOUBTING) &&
	       !ch_reg_negated(doc, t->head);
}

static bool has_would(const struct ch_doc *doc, uint32_t pred)
{
	for (uint32_t c = ch_reg_tok(doc, pred)->first_child; c != CH_NONE && c < pred;
	     c = ch_reg_tok(doc, c)->next_sibling)
		if (ch_reg_is(doc, c, "would") && ch_deprel_is(ch_reg_tok(doc, c)->deprel, CH_DEP_AUX))
			return true;
	return false;
}

/* "would" is "will" where a past tense reports it ("announced that it would resume") or where a paper lays it down
 * ("under the treaty they would withdraw"); anywhere else it is a wish or a condition. */
static bool reported_will(const struct ch_doc *doc, uint32_t i)
{
	const struct ch_token *t = ch_reg_tok(doc, i);

	if (!has_would(doc, i) || ch_reg_negated(doc, i))
		return false;
	for (uint32_t c = t->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling) {
		if (ch_reg_tok(doc, c)->deprel == CH_DEP_ADVCL)
			for (uint32_t k = ch_reg_tok(doc, c)->first_child; k != CH_NONE;
			     k = ch_reg_tok(doc, k)->next_sibling)
				if (ch_reg_is(doc, k, "if"))
					return false;
		if (c < i && ch_deprel_is(ch_reg_tok(doc, c)->deprel, CH_DEP_OBL) &&
		    ch_tree_has_case(doc, c, CH_STR("under")))
			return true;
	}
	if (ch_deprel_is(t->deprel, CH_DEP_CONJ) && t->head != CH_NONE && t->head < i && has_would(doc, t->head))
		return reported_once(doc, t->head);
	return reported_once(doc, i);
}

/* "are to leave": the verb with "be" and "to" before it, in either of the two trees that parsers give. */
static uint32_t be_to(const struct ch_doc *doc, uint32_t i)
{
	bool be = false, to = false;

	if (ch_tree_lemma_is(doc, i, "be")) {
		uint32_t xcomp = ch_tree_child(doc, i, CH_DEP_XCOMP);

		return xcomp != CH_NONE && xcomp > i && xcomp <= i + 4 && ch_reg_is(doc, i + 1, "to") &&
				       has_infinitive(doc, xcomp)
			       ? xcomp
			       : CH_NONE;
	}
	for (uint32_t c = ch_reg_tok(doc, i)->first_child; c != CH_NONE && c < i;
	     c = ch_reg_tok(doc, c)->next_sibling) {
		to |= be && ch_reg_is(doc, c, "to");
		be |= ch_reg_is(doc, c, "are") || ch_reg_is(doc, c, "is") || ch_reg_is(doc, c, "were") ||
		      ch_reg_is(doc, c, "was");
	}
	return be && to && ch_reg_tok(doc, i)->xpos == CH_XPOS_VB ? i : CH_NONE;
}

static uint32_t passive_subject(const struct ch_doc *doc, uint32_t verb)
{
	for (uint32_t c = ch_reg_tok(doc, verb)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling)
		if (ch_deprel_is(ch_reg_tok(doc, c)->deprel, CH_DEP_NSUBJ))
			return c;
	return CH_NONE;
}

static void one_word(struct ch_doc *doc, uint32_t i)
{
	const struct ch_token *t = ch_reg_tok(doc, i);
	uint32_t xcomp = ch_tree_child(doc, i, CH_DEP_XCOMP), subject;

	if (t->upos == CH_UPOS_PUNCT)
		return;
	if (be_to(doc, i) != CH_NONE && !ch_reg_negated(doc, i) && !conditional(doc, i)) {
		subject = passive_subject(doc, i);
		if (subject != CH_NONE && !ch_tree_relative(doc, subject))
			add(doc, be_to(doc, i), subject, true);
		return;
	}
	if (t->upos == CH_UPOS_AUX)
		return;
	/* "It will be the first visit" tells what a thing is. */
	if (t->upos == CH_UPOS_NOUN && ch_tree_child(doc, i, CH_DEP_COP) != CH_NONE) {
		subject = passive_subject(doc, i);
		if (ch_reg_is(doc, subject, "it") || ch_reg_is(doc, subject, "this") || ch_reg_is(doc, subject, "that"))
			return;
	}
	/* "denied that a meeting was planned" */
	if (t->deprel == CH_DEP_CCOMP && t->head != CH_NONE && ch_reg_sense(doc, t->head, REGISTER_WORDS_DOUBTING))
		return;
	if (reported_will(doc, i)) {
		subject = passive_subject(doc, i);
		if (subject == CH_NONE && ch_deprel_is(t->deprel, CH_DEP_CONJ))
			subject = ch_tree_subject(doc, i);
		if (!conditional(doc, i))
			add(doc, i, subject, true);
		return;
	}
	if (t->upos == CH_UPOS_VERB && ch_reg_sense(doc, i, REGISTER_WORDS_BINDING) && !ch_tree_passive(doc, i) &&
	    !ch_reg_negated(doc, i)) {
		uint32_t object = ch_tree_child(doc, i, CH_DEP_OBJ);

		if (xcomp == CH_NONE)
			xcomp = ch_tree_child(doc, i, CH_DEP_ADVCL);
		if (object != CH_NONE && xcomp != CH_NONE && xcomp > object && has_infinitive(doc, xcomp)) {
			add(doc, xcomp, object, true);
			return;
		}
	}
	if (t->upos == CH_UPOS_VERB && xcomp == CH_NONE && ch_reg_sense(doc, i, REGISTER_WORDS_GIVING) &&
	    !ch_tree_passive(doc, i) && !ch_reg_negated(doc, i) && ch_tree_child(doc, i, CH_DEP_OBJ) != CH_NONE &&
	    ch_tree_child(doc, i, CH_DEP_CCOMP) == CH_NONE) {
		add(doc, i, ch_tree_subject(doc, i), false);
		return;
	}
	if (will_clause(doc, i)) {
		subject = ch_tree_passive(doc, i) ? passive_subject(doc, i) : ch_tree_subject(doc, i);
		if (!conditional(doc, i) && (subject == CH_NONE || !ch_tree_relative(doc, subject)))
			add(doc, i, subject, true);
		return;
	}
	if (xcomp != CH_NONE && xcomp > i && has_infinitive(doc, xcomp) && !ch_reg_negated(doc, i) &&
	    !conditional(doc, i)) {
		bool passive = ch_tree_passive(doc, i);

		if (passive ? ch_reg_sense(doc, i, REGISTER_WORDS_EXPECTED) ||
				      ch_reg_sense(doc, i, REGISTER_WORDS_READY)
			    : ch_reg_sense(doc, i, REGISTER_WORDS_READY) && t->upos != CH_UPOS_VERB) {
			add(doc, i, passive_subject(doc, i), true);
			return;
		}
		if (!passive && t->upos == CH_UPOS_VERB &&
		    (ch_reg_sense(doc, i, REGISTER_WORDS_PROMISE) ||
		     (ch_tree_lemma_is(doc, i, "go") && t->xpos == CH_XPOS_VBG) ||
		     ch_reg_sense(doc, i, REGISTER_WORDS_READY))) {
			add(doc, i, ch_tree_subject(doc, i), false);
			return;
		}
	}
	/* "The signing is expected during the visit." */
	if (t->upos == CH_UPOS_VERB && xcomp == CH_NONE && ch_tree_passive(doc, i) &&
	    ch_reg_sense(doc, i, REGISTER_WORDS_EXPECTED) && t->deprel != CH_DEP_ACL && t->deprel != CH_DEP_AMOD &&
	    ch_tree_child(doc, i, CH_DEP_CCOMP) == CH_NONE) {
		add(doc, i, passive_subject(doc, i), true);
		return;
	}
	if (t->upos == CH_UPOS_VERB && ch_reg_sense(doc, i, REGISTER_WORDS_REAFFIRM)) {
		uint32_t object = ch_tree_child(doc, i, CH_DEP_OBJ);

		if (object != CH_NONE && ch_reg_sense(doc, object, REGISTER_WORDS_UNDERTAKING))
			add(doc, i, ch_tree_subject(doc, i), true);
	}
}

void ch_pledge_find(struct ch_doc *doc)
{
	for (uint32_t k = 0; k < doc->sentences.n; k++)
		if (ch_reg_body(doc, k))
			for (uint32_t i = doc->sentences.v[k].first; i < doc->sentences.v[k].past; i++)
				one_word(doc, i);
}
