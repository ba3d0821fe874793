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

/* "within two months" of the page's day: to the month, the year or the day that it counts in; empty where it counts nothing. */
static struct ch_str within(const struct ch_doc *doc, const struct ch_time *t)
{
	struct ch_str v = t->value;
	struct ch_date today;
	int n = 0, month;
	size_t i = 1;

	if (t->kind != CH_TIME_DURATION || doc->meta.published == CH_NO_DAY || t->first == 0 || v.len < 3 || v.ptr[0] != 'P' ||
	    !(ch_reg_is(doc, t->first - 1, "within") || ch_reg_is(doc, t->first - 1, "in") || ch_reg_is(doc, t->first, "within")))
		return CH_STR("");
	for (; i < v.len && v.ptr[i] >= '0' && v.ptr[i] <= '9' && n < 1000; i++)
		n = n * 10 + (v.ptr[i] - '0');
	if (i + 1 != v.len || n == 0)
		return CH_STR("");
	today = ch_date_of(doc->meta.published);
	month = (int)today.month;
	switch (v.ptr[i]) {
	case 'Y':
		return ch_arena_printf(doc->arena, "%04d", (int)today.year + n);
	case 'M':
		month += n - 1;
		return ch_arena_printf(doc->arena, "%04d-%02d", (int)today.year + month / 12, month % 12 + 1);
	case 'W':
	case 'D': {
		char text[16];

		return ch_arena_str(doc->arena, ch_str_z(ch_day_print(doc->meta.published + n * (v.ptr[i] == 'W' ? 7 : 1), text)));
	}
	default:
		return CH_STR("");
	}
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
		struct ch_str bound = within(doc, t);

		if (bound.len)
			return bound;
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

/* An infinitive of its own beside the one before: "to halt the tests | and to reopen the road". */
static bool own_infinitive(const struct ch_doc *doc, uint32_t c, uint32_t pred)
{
	uint8_t rel = ch_reg_tok(doc, c)->deprel;
	uint32_t mark = ch_tree_child(doc, c, CH_DEP_MARK);

	return c > pred && mark != CH_NONE && mark > pred && ch_reg_is(doc, mark, "to") && ch_reg_tok(doc, c)->xpos == CH_XPOS_VB &&
	       (ch_deprel_is(rel, CH_DEP_CONJ) ||
		(rel == CH_DEP_ADVCL && (ch_reg_is(doc, mark - 1, ",") || ch_reg_is(doc, mark - 1, "and"))));
}

/* Who is meant: the actors of the phrase, or, for people and bodies that no list knows, its words. */
static struct ch_str who_of(struct ch_doc *doc, uint32_t subject, bool deep)
{
	struct ch_reg_actors who = {.n = 0};
	const struct ch_token *t = ch_reg_tok(doc, subject);
	uint32_t a, b;

	ch_reg_add_phrase(doc, subject, deep, &who);
	if (who.n)
		return ch_reg_parties(doc, &who);
	if (!ch_reg_sense(doc, subject, REGISTER_WORDS_BODY) && !ch_reg_sense(doc, subject, REGISTER_WORDS_AFFAIR))
		return CH_STR("");
	ch_reg_phrase(doc, subject, &a, &b);
	if (a < subject && ch_reg_tok(doc, a)->upos == CH_UPOS_DET)
		a++;
	return t->upos == CH_UPOS_NOUN || t->upos == CH_UPOS_PROPN ? ch_reg_text(doc, a, b) : CH_STR("");
}

static bool is_none(const struct ch_doc *doc, uint32_t subject)
{
	uint32_t det = ch_tree_child(doc, subject, CH_DEP_DET);

	return ch_reg_is(doc, subject, "there") || ch_reg_is(doc, subject, "nobody") || ch_reg_is(doc, subject, "none") ||
	       (det != CH_NONE && (ch_reg_is(doc, det, "no") || ch_reg_is(doc, det, "neither")));
}

/* A pledge of the predicate `pred` by the phrase at `subject`. With `own`, the mention begins at that token. */
static void add_from(struct ch_doc *doc, uint32_t pred, uint32_t subject, bool deep, uint32_t own)
{
	struct ch_pledge p = {0};
	uint32_t first, past, a, b, from = pred;

	if (subject == CH_NONE || is_none(doc, subject))
		return;
	p.who = who_of(doc, subject, deep);
	if (!p.who.len)
		return;
	ch_doc_subtree(doc, pred, &first, &past);
	ch_reg_phrase(doc, subject, &a, &b);
	/* A subject shared with the verb before stays with that verb's pledge. */
	if (own == CH_NONE && ch_reg_tok(doc, subject)->sentence == ch_reg_tok(doc, pred)->sentence && a < pred &&
	    !(has_will(doc, pred) && ch_deprel_is(ch_reg_tok(doc, pred)->deprel, CH_DEP_CONJ) &&
	      ch_tree_child(doc, pred, CH_DEP_NSUBJ) == CH_NONE))
		from = a;
	for (uint32_t c = ch_reg_tok(doc, pred)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling) {
		uint8_t rel = ch_reg_tok(doc, c)->deprel;

		if (c < from && (ch_deprel_is(rel, CH_DEP_AUX) || rel == CH_DEP_COP || (own != CH_NONE && c >= own)))
			from = c;
		if (own_infinitive(doc, c, pred) && c < past) {
			ch_doc_subtree(doc, c, &a, &b);
			past = a;
		}
		/* A second clause makes its own pledge. */
		if (c > pred && c < past &&
		    (rel == CH_DEP_PARATAXIS ||
		     (ch_deprel_is(rel, CH_DEP_CONJ) &&
		      (ch_tree_child(doc, c, CH_DEP_NSUBJ) != CH_NONE || has_will(doc, c))))) {
			ch_doc_subtree(doc, c, &a, &b);
			past = a;
		}
	}
	if (ch_tree_child(doc, pred, CH_DEP_XCOMP) != CH_NONE)
		for (uint32_t x = ch_tree_child(doc, pred, CH_DEP_XCOMP), c = ch_reg_tok(doc, x)->first_child; c != CH_NONE;
		     c = ch_reg_tok(doc, c)->next_sibling)
			if (own_infinitive(doc, c, x) && c < past) {
				ch_doc_subtree(doc, c, &a, &b);
				past = a > pred ? a : past;
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

static void add(struct ch_doc *doc, uint32_t pred, uint32_t subject, bool deep)
{
	add_from(doc, pred, subject, deep, CH_NONE);
	/* "agreed to open the road, to halt the tests and to meet again": each is one. */
	for (uint32_t verb = ch_tree_child(doc, pred, CH_DEP_XCOMP) != CH_NONE ? ch_tree_child(doc, pred, CH_DEP_XCOMP) : pred, n = 0;
	     n < 8; n++) {
		uint32_t next = CH_NONE;

		for (uint32_t c = ch_reg_tok(doc, verb)->first_child; c != CH_NONE && next == CH_NONE;
		     c = ch_reg_tok(doc, c)->next_sibling)
			if (own_infinitive(doc, c, verb))
				next = c;
		if (next == CH_NONE)
			return;
		/* It may hang below the first: its words end before the second begins. */
		add_from(doc, next, subject, deep, ch_tree_child(doc, next, CH_DEP_MARK));
		verb = next;
	}
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

/* Laid down by a paper ("under the treaty they would withdraw"), or reported beside it ("they would, he added, withdraw"). */
static bool laid_down(const struct ch_doc *doc, uint32_t i)
{
	for (uint32_t c = ch_reg_tok(doc, i)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling) {
		if (c < i && ch_deprel_is(ch_reg_tok(doc, c)->deprel, CH_DEP_OBL) && ch_tree_has_case(doc, c, CH_STR("under")))
			return true;
		if (c < i && ch_reg_tok(doc, c)->deprel == CH_DEP_PARATAXIS && ch_reg_tok(doc, c)->upos == CH_UPOS_VERB)
			return true;
	}
	return false;
}

/* "if they stop, we will …" */
static bool on_condition(const struct ch_doc *doc, uint32_t i)
{
	for (uint32_t c = ch_reg_tok(doc, i)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling)
		if (ch_reg_tok(doc, c)->deprel == CH_DEP_ADVCL)
			for (uint32_t k = ch_reg_tok(doc, c)->first_child; k != CH_NONE; k = ch_reg_tok(doc, k)->next_sibling)
				if (ch_reg_is(doc, k, "if") || ch_reg_is(doc, k, "unless"))
					return true;
	return false;
}

/* "would" is "will" where a past tense reports it ("announced that it would resume") or where a paper lays it down;
 * anywhere else it is a wish or a condition. */
static bool reported_will(const struct ch_doc *doc, uint32_t i)
{
	const struct ch_token *t = ch_reg_tok(doc, i);

	if (!has_would(doc, i) || ch_reg_negated(doc, i) || on_condition(doc, i) || ch_tree_child(doc, i, CH_DEP_COP) != CH_NONE ||
	    ch_reg_sense(doc, i, REGISTER_WORDS_STATIVE))
		return false;
	if (laid_down(doc, i))
		return true;
	if (ch_deprel_is(t->deprel, CH_DEP_CONJ) && t->head != CH_NONE && t->head < i && has_would(doc, t->head))
		return reported_once(doc, t->head) || laid_down(doc, t->head);
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
		to |= be && (ch_reg_is(doc, c, "to") || ch_reg_is(doc, c, "due") || ch_reg_is(doc, c, "about") || ch_reg_is(doc, c, "set"));
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

/* "who are to leave": those whom the clause is about. */
static uint32_t antecedent(const struct ch_doc *doc, uint32_t subject, uint32_t verb)
{
	for (int n = 0; ch_tree_relative(doc, subject) && n < 4 && ch_reg_tok(doc, verb)->head != CH_NONE; n++) {
		if (ch_reg_tok(doc, verb)->deprel == CH_DEP_ACL_RELCL)
			return ch_reg_tok(doc, verb)->head;
		verb = ch_reg_tok(doc, verb)->head;
	}
	return subject;
}

/* "promised that the border would be confirmed": the promiser's, whoever it is that acts. */
static bool promised_clause(struct ch_doc *doc, uint32_t i)
{
	uint32_t ccomp = ch_tree_child(doc, i, CH_DEP_CCOMP), subject, first, past;

	if (ccomp == CH_NONE)
		ccomp = ch_tree_child(doc, i, CH_DEP_ACL);
	if (ccomp == CH_NONE || ccomp < i || (!has_will(doc, ccomp) && !has_would(doc, ccomp)) || ch_reg_negated(doc, i) || ch_tree_passive(doc, i))
		return false;
	ch_doc_subtree(doc, ccomp, &first, &past);
	if (ch_reg_tok(doc, first)->deprel == CH_DEP_MARK)
		first++;
	subject = ch_tree_subject(doc, i);
	if (ch_reg_tok(doc, i)->upos != CH_UPOS_VERB)
		subject = ch_tree_clause(doc, i) == CH_NONE ? CH_NONE : ch_tree_subject(doc, ch_tree_clause(doc, i));
	if (subject == CH_NONE || !who_of(doc, subject, true).len)
		subject = ch_tree_subject(doc, ccomp);
	add_from(doc, ccomp, subject, true, first);
	return true;
}

/* "its commitment to clear the mines", "made a promise to double aid", "announced plans to open a port" */
static void nominal(struct ch_doc *doc, uint32_t i)
{
	const struct ch_token *t = ch_reg_tok(doc, i);
	uint32_t acl = ch_tree_child(doc, i, CH_DEP_ACL), whose = CH_NONE;

	if (acl == CH_NONE || acl < i || !has_infinitive(doc, acl))
		return;
	for (uint32_t c = t->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling) {
		if (ch_reg_tok(doc, c)->deprel == CH_DEP_NMOD_POSS)
			whose = c;
		if (ch_reg_is(doc, c, "no") || ch_reg_is(doc, c, "any"))
			return;
	}
	if (whose == CH_NONE && ch_deprel_is(t->deprel, CH_DEP_OBJ) && t->head != CH_NONE &&
	    ch_reg_sense(doc, t->head, REGISTER_WORDS_PLEDGING) && !ch_reg_negated(doc, t->head))
		whose = ch_tree_subject(doc, t->head);
	if (whose != CH_NONE)
		add_from(doc, acl, whose, true, ch_tree_child(doc, acl, CH_DEP_MARK));
}

static void one_word(struct ch_doc *doc, uint32_t i)
{
	const struct ch_token *t = ch_reg_tok(doc, i);
	uint32_t xcomp = ch_tree_child(doc, i, CH_DEP_XCOMP), subject;

	if (t->upos == CH_UPOS_PUNCT)
		return;
	if (be_to(doc, i) != CH_NONE && !ch_reg_negated(doc, i) && !conditional(doc, i)) {
		subject = passive_subject(doc, i);
		if (subject != CH_NONE)
			add_from(doc, be_to(doc, i), antecedent(doc, subject, i), true,
				 ch_tree_relative(doc, subject) ? subject : CH_NONE);
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
	if (t->upos == CH_UPOS_NOUN && ch_reg_sense(doc, i, REGISTER_WORDS_UNDERTAKING)) {
		if (promised_clause(doc, i))
			return;
		nominal(doc, i);
	}
	/* "accepted an invitation to visit" */
	if (ch_tree_lemma_is(doc, i, "accept") && t->upos == CH_UPOS_VERB && !ch_reg_negated(doc, i) && ch_tree_object(doc, i) != CH_NONE &&
	    ch_tree_lemma_is(doc, ch_tree_object(doc, i), "invitation") && !conditional(doc, i)) {
		add(doc, i, ch_tree_subject(doc, i), false);
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
	if (t->upos == CH_UPOS_VERB && ch_reg_sense(doc, i, REGISTER_WORDS_PROMISE) && promised_clause(doc, i))
		return;
	/* "is committed to withdrawing", "has committed itself to accepting" */
	if (xcomp == CH_NONE && ch_reg_sense(doc, i, REGISTER_WORDS_READY)) {
		uint32_t gerund = ch_tree_child(doc, i, CH_DEP_ADVCL);

		if (gerund != CH_NONE && gerund > i && gerund < i + 5 && ch_reg_tok(doc, gerund)->xpos == CH_XPOS_VBG &&
		    has_infinitive(doc, gerund) && !ch_reg_negated(doc, i)) {
			add(doc, i, ch_tree_passive(doc, i) ? passive_subject(doc, i) : ch_tree_subject(doc, i), true);
			return;
		}
	}
	/* "is due in Lima on Monday" */
	if (ch_reg_is(doc, i, "due") && xcomp == CH_NONE && t->upos == CH_UPOS_ADJ && ch_tree_child(doc, i, CH_DEP_COP) != CH_NONE &&
	    ch_tree_child(doc, i, CH_DEP_OBL) != CH_NONE && passive_subject(doc, i) != CH_NONE && !ch_reg_negated(doc, i)) {
		add(doc, i, passive_subject(doc, i), true);
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
		/* A bare "will not" keeps things as they are. */
		if (!conditional(doc, i) && !on_condition(doc, i) && !ch_reg_negated(doc, i) &&
		    !ch_reg_sense(doc, i, REGISTER_WORDS_STATIVE) && (subject == CH_NONE || !ch_tree_relative(doc, subject)))
			add(doc, i, subject, true);
		return;
	}
	if (xcomp != CH_NONE && xcomp > i && has_infinitive(doc, xcomp) && !ch_reg_negated(doc, i) &&
	    !conditional(doc, i)) {
		bool passive = ch_tree_passive(doc, i);

		if (passive ? ch_reg_sense(doc, i, REGISTER_WORDS_EXPECTED) ||
				      ch_reg_sense(doc, i, REGISTER_WORDS_READY)
			    : ch_reg_sense(doc, i, REGISTER_WORDS_READY) && t->upos != CH_UPOS_VERB) {
			subject = passive_subject(doc, i);
			if (subject == CH_NONE && t->deprel == CH_DEP_XCOMP && t->head != CH_NONE)
				subject = ch_tree_subject(doc, t->head); /* "stands ready to host" */
			add(doc, i, subject, true);
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
	    ch_tree_child(doc, i, CH_DEP_CCOMP) == CH_NONE && !ch_reg_negated(doc, i) &&
	    ch_tree_child(doc, i, CH_DEP_COMPOUND_PRT) == CH_NONE) {
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
