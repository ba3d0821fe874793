/* event/visit.c -- what a page says of a visit beside who, where and when: its rank, who comes along, who had invited.
 *
 *   paid an official visit, arrived on a state visit                      rank
 *   a delegation led by N. N.; accompanied by five ministers; a 40-strong delegation
 *   at the invitation of the President; invited by */
#include "event/gather.h"
#include "event/visit_words.h" /* made at build time from lexicon/registers/visits.txt */

#define SENSE(token, section) ch_gather_sense(doc, &visit_words, token, VISIT_WORDS_##section)

enum { WORDS_MAX = 24, CHAIN_MAX = 4 };

/* "state" of "state visit"; of several the last: "first official and friendly". */
static struct ch_str rank_of(struct ch_doc *doc, uint32_t noun)
{
	const struct ch_word_sense *rank = NULL;
	uint32_t first = doc->sentences.v[ch_reg_tok(doc, noun)->sentence].first;

	for (uint32_t i = noun; i-- > first && noun - i <= 5;) {
		const struct ch_word_sense *s = SENSE(i, RANK);

		if (s && (ch_reg_tok(doc, i)->upos != CH_UPOS_VERB || ch_deprel_is(ch_reg_tok(doc, i)->deprel, CH_DEP_AMOD)))
			rank = s;
		else if (ch_reg_tok(doc, i)->upos != CH_UPOS_ADJ && ch_reg_tok(doc, i)->upos != CH_UPOS_CCONJ &&
			 ch_reg_tok(doc, i)->upos != CH_UPOS_NOUN && ch_reg_tok(doc, i)->upos != CH_UPOS_PUNCT &&
			 ch_reg_tok(doc, i)->upos != CH_UPOS_NUM && ch_reg_tok(doc, i)->upos != CH_UPOS_ADV)
			break;
		else if (ch_reg_is(doc, i, ","))
			break;
	}
	return rank ? ch_gather_value(doc, rank) : CH_STR("");
}

/* Who had invited: a person by his full name where he is named, else the words. */
static struct ch_str name_of(struct ch_doc *doc, uint32_t head)
{
	uint32_t m = ch_reg_tok(doc, head)->mention, first, past;

	if (m != CH_NONE && doc->mentions.v[m].kind == CH_MENTION_NAME && doc->mentions.v[m].actor_n == 1) {
		const struct ch_actor *a = &doc->actors.v[doc->mention_actors.v[doc->mentions.v[m].actor_first]];

		if (a->kind == CH_ACTOR_PERSON && ch_str_find(ch_doc_str(doc, doc->mentions.v[m].span), a->name, 0) != CH_STR_NONE)
			return a->name;
	}
	ch_reg_phrase(doc, head, &first, &past);
	while (first < head && ch_reg_tok(doc, first)->upos == CH_UPOS_ADP)
		first++;
	return past - first > WORDS_MAX ? CH_STR("") : ch_reg_text(doc, first, past);
}

/* Does the word stand in the clause of the verb: under it, with no other verb of its own between but a participle? */
static bool in_clause(const struct ch_doc *doc, uint32_t word, uint32_t verb)
{
	for (int n = 0; word != CH_NONE && n < CH_CLIMB_MAX; n++, word = ch_reg_tok(doc, word)->head) {
		uint8_t rel = ch_reg_tok(doc, word)->deprel;

		if (word == verb)
			return true;
		if (ch_tree_is_verb(doc, word) && (rel == CH_DEP_CCOMP || rel == CH_DEP_PARATAXIS || rel == CH_DEP_CONJ || rel == CH_DEP_ACL_RELCL))
			return false;
	}
	return false;
}

static struct ch_str phrase_from(struct ch_doc *doc, uint32_t from, uint32_t head)
{
	uint32_t first, past;

	ch_reg_phrase(doc, head, &first, &past);
	if (past <= from || past - from > WORDS_MAX)
		return CH_STR("");
	return ch_reg_text(doc, from, past);
}

/* "led by", "headed by" */
static struct ch_str led_by(struct ch_doc *doc, uint32_t noun)
{
	uint32_t first, past;

	/* below the noun, or below what stands between: "a delegation of the parliament led by" */
	ch_doc_subtree(doc, noun, &first, &past);
	for (uint32_t c = noun + 1; c < past; c++) {
		uint32_t by;

		if (!ch_deprel_is(ch_reg_tok(doc, c)->deprel, CH_DEP_ACL) || !SENSE(c, LEADING) || ch_reg_tok(doc, c)->xpos != CH_XPOS_VBN)
			continue;
		by = ch_gather_prep(doc, c, "by");
		if (by != CH_NONE)
			return phrase_from(doc, c, by);
	}
	return CH_STR("");
}

/* A delegation of which more is said than whose it is: size, rank, who is in it. */
static struct ch_str delegation_of(struct ch_doc *doc, uint32_t noun)
{
	uint32_t first, past, from = noun, to = noun + 1;
	bool said = false;

	if (led_by(doc, noun).len)
		return led_by(doc, noun);
	ch_reg_phrase(doc, noun, &first, &past);
	for (uint32_t i = first; i < noun; i++) {
		uint32_t n;
		bool one = ch_gather_run(doc, &visit_words, i, VISIT_WORDS_DESCRIBED, &n) || (ch_reg_tok(doc, i)->upos == CH_UPOS_NUM && !ch_reg_in_time(doc, i)) ||
			   ch_gather_number(doc, &visit_words, VISIT_WORDS_DESCRIBED, i);

		if (one && from == noun)
			from = i;
		said |= one;
	}
	for (uint32_t c = ch_reg_tok(doc, noun)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling) {
		uint32_t a, b, k;
		bool capital;

		if (c < noun || !ch_deprel_is(ch_reg_tok(doc, c)->deprel, CH_DEP_NMOD) || !ch_tree_has_case(doc, c, CH_STR("of")))
			continue;
		/* "of 25 officials", not "of the Polish parliament" */
		ch_doc_subtree(doc, c, &a, &b);
		for (k = a, capital = false; k < b; k++)
			capital |= ch_gather_capital(doc, k);
		if (capital || ch_reg_tok(doc, c)->xpos != CH_XPOS_NNS)
			continue;
		to = b < past ? b : past;
		said = true;
	}
	while (to > noun + 1 && ch_reg_tok(doc, to - 1)->upos == CH_UPOS_PUNCT)
		to--;
	return said ? ch_reg_text(doc, from, to) : CH_STR("");
}

static void look(struct ch_doc *doc, struct ch_event *e, uint32_t verb, uint32_t i)
{
	uint32_t by;

	if (SENSE(i, TRIP) && ch_reg_tok(doc, i)->upos == CH_UPOS_NOUN && !e->rank.len)
		e->rank = rank_of(doc, i);
	if (SENSE(i, BESIDE) && ch_tree_is_verb(doc, i) && i != verb && !e->delegation.len) {
		by = ch_gather_prep(doc, i, "by");
		if (by != CH_NONE && !ch_reg_negated(doc, i))
			e->delegation = phrase_from(doc, i, by);
	}
	if (SENSE(i, ALONG) && !e->delegation.len && i + 1 < doc->tokens.n && (ch_reg_is(doc, i + 1, "with") || ch_reg_is(doc, i, "alongside"))) {
		uint32_t from = i + (ch_reg_is(doc, i, "alongside") ? 1 : 2), at = from, past = doc->sentences.v[ch_reg_tok(doc, i)->sentence].past;

		while (at < past && at < from + 6 && ch_reg_tok(doc, at)->upos != CH_UPOS_NOUN && ch_reg_tok(doc, at)->upos != CH_UPOS_PROPN)
			at++;
		while (at + 1 < past && at < from + 6 && ch_reg_tok(doc, at)->head == at + 1)
			at++;
		if (at < past && at < from + 6)
			e->delegation = phrase_from(doc, i, at);
	}
	if (SENSE(i, DELEGATION) && ch_reg_tok(doc, i)->upos == CH_UPOS_NOUN && ch_reg_tok(doc, i)->deprel != CH_DEP_COMPOUND && !e->delegation.len)
		e->delegation = delegation_of(doc, i);
	if (SENSE(i, INVITATION) && ch_reg_tok(doc, i)->upos == CH_UPOS_NOUN && !e->invited_by.len &&
	    (ch_tree_has_case(doc, i, CH_STR("at")) || ch_tree_has_case(doc, i, CH_STR("on")) || ch_tree_has_case(doc, i, CH_STR("upon")) ||
	     ch_tree_has_case(doc, i, CH_STR("following")))) {
		uint32_t of = ch_gather_prep(doc, i, "of"), poss = ch_tree_child(doc, i, CH_DEP_NMOD_POSS);

		of = of != CH_NONE ? of : ch_gather_prep(doc, i, "from");
		of = of != CH_NONE ? of : ch_gather_prep(doc, i, "by");
		e->invited_by = of != CH_NONE ? name_of(doc, of) : poss != CH_NONE && ch_reg_tok(doc, poss)->upos != CH_UPOS_PRON ? name_of(doc, poss) : CH_STR("");
	}
	if (SENSE(i, INVITING) && ch_tree_is_verb(doc, i) && i != verb && ch_reg_tok(doc, i)->xpos == CH_XPOS_VBN && !e->invited_by.len) {
		by = ch_gather_prep(doc, i, "by");
		if (by != CH_NONE)
			e->invited_by = name_of(doc, by);
	}
}

void ch_visit_details(struct ch_doc *doc)
{
	for (uint32_t k = 0; k < doc->events.n; k++) {
		struct ch_event *e = &doc->events.v[k];
		uint32_t word, verb, a, b;
		bool trip;

		if (e->type != CH_EV_CONSULT || !e->mode || strcmp(e->mode, "visit") != 0)
			continue;
		word = ch_doc_token_from(doc, e->trigger.start);
		if (word >= doc->tokens.n || ch_reg_tok(doc, word)->sentence != e->sentence)
			continue;
		/* "paid … a visit" may begin with either */
		while (word + 1 < doc->tokens.n && ch_reg_tok(doc, word + 1)->span.end <= e->trigger.end && !SENSE(word, TRIP) && !ch_tree_is_verb(doc, word))
			word++;
		if (ch_reg_tok(doc, word)->upos == CH_UPOS_NOUN && SENSE(word, TRIP))
			e->rank = rank_of(doc, word);
		trip = ch_reg_tok(doc, word)->upos == CH_UPOS_NOUN && SENSE(word, TRIP);
		verb = ch_tree_clause(doc, word);
		if (verb == CH_NONE)
			verb = word;
		ch_doc_subtree(doc, verb, &a, &b);
		for (uint32_t i = a; i < b; i++)
			if (in_clause(doc, i, verb) && (i == word || !trip || !SENSE(i, TRIP)))
				look(doc, e, verb, i);
	}
}
