/* event/position.c -- what an actor supports, opposes or recognises: by verb ("Ruritania opposes the pact"), by
 * preposition ("stands for open borders"), by noun ("reiterated its support for the talks") and by what it is said to be ("is
 * opposed to the pact", "remains neutral in the dispute"). `since` is the day from which it is told to stand so: that of "since
 * March", or of the act itself ("recognised it in 1971"). */
#include "event/registers_priv.h"

enum { ABOUT_WORDS_MAX = 30 };

static void add(struct ch_doc *doc, uint32_t word, uint32_t subject, uint32_t object, struct ch_str stance)
{
	struct ch_position p = {.stance = stance};
	struct ch_reg_actors who = {.n = 0};
	uint32_t first, past, from;

	if (subject == CH_NONE || object == CH_NONE || subject == object)
		return;
	ch_reg_add_phrase(doc, subject, false, &who);
	if (!who.n)
		return;
	ch_reg_phrase(doc, object, &first, &past);
	if (past > first + ABOUT_WORDS_MAX)
		past = first + ABOUT_WORDS_MAX;
	from = word < first ? word : first;
	past = word >= past ? word + 1 : past;
	p.who = ch_reg_parties(doc, &who);
	p.about = ch_reg_text(doc, first, past);
	p.since = ch_reg_date(doc, word);
	if (ch_str_find_byte(p.since, '/', 0) != CH_STR_NONE)
		p.since = ch_str_sub(p.since, 0, ch_str_find_byte(p.since, '/', 0));
	p.mention = ch_reg_span(doc, from, past);
	if (doc->positions.n && p.mention.start < doc->positions.v[doc->positions.n - 1].mention.end)
		return;
	*CH_PUSH(doc->arena, &doc->positions) = p;
}

/* The noun that a preposition ties to the word: "for", "to", "against", "of". */
static uint32_t tied_by(const struct ch_doc *doc, uint32_t word, const char *prep)
{
	for (uint32_t c = ch_reg_tok(doc, word)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling)
		if (c > word &&
		    (ch_deprel_is(ch_reg_tok(doc, c)->deprel, CH_DEP_OBL) ||
		     ch_deprel_is(ch_reg_tok(doc, c)->deprel, CH_DEP_NMOD)) &&
		    ch_tree_has_case(doc, c, ch_str_z(prep)))
			return c;
	return CH_NONE;
}

/* "is opposed to", "is in favour of", "remains neutral in" */
static void said_to_be(struct ch_doc *doc, uint32_t i, struct ch_str stance)
{
	static const char *const preps[] = {"to", "of", "on", "in", "over", "towards"};
	const struct ch_token *t = ch_reg_tok(doc, i);
	uint32_t subject = ch_tree_child(doc, i, CH_DEP_NSUBJ), about = CH_NONE, above = t->head;

	if (subject == CH_NONE && above != CH_NONE &&
	    (t->deprel == CH_DEP_XCOMP || (t->upos == CH_UPOS_NOUN && ch_deprel_is(t->deprel, CH_DEP_OBL))) &&
	    (ch_tree_lemma_is(doc, above, "remain") || ch_tree_lemma_is(doc, above, "stay") || ch_tree_lemma_is(doc, above, "stand") ||
	     ch_tree_lemma_is(doc, above, "be") || ch_tree_lemma_is(doc, above, "declare") || ch_tree_lemma_is(doc, above, "vote")))
		subject = ch_tree_subject(doc, above);
	for (size_t k = 0; k < sizeof preps / sizeof *preps && about == CH_NONE; k++) {
		about = tied_by(doc, i, preps[k]);
		if (about == CH_NONE && t->deprel == CH_DEP_XCOMP)
			about = tied_by(doc, above, preps[k]);
	}
	if (subject != CH_NONE && about != CH_NONE && !ch_reg_in_time(doc, about))
		add(doc, i, subject, about, stance);
}

static void one_word(struct ch_doc *doc, uint32_t i)
{
	const struct ch_token *t = ch_reg_tok(doc, i);
	const struct ch_word_sense *s;

	/* "does not recognise" is a stand, "does not support" the want of one. */
	if (t->upos == CH_UPOS_VERB && ch_reg_negated(doc, i)) {
		s = ch_reg_sense(doc, i, REGISTER_WORDS_STANCE);
		if (s && !strcmp(s->value, "recognises"))
			add(doc, i, ch_tree_subject(doc, i), ch_tree_object(doc, i), CH_STR("does not recognise"));
		return;
	}
	s = ch_reg_sense(doc, i, REGISTER_WORDS_STANCE_SAID);
	if (s && !ch_reg_negated(doc, i)) {
		said_to_be(doc, i, ch_reg_value(doc, s));
		return;
	}
	if (t->upos == CH_UPOS_VERB && ch_reg_sense(doc, i, REGISTER_WORDS_ABSTAINING)) {
		uint32_t about = tied_by(doc, i, "from");

		if (about == CH_NONE)
			about = tied_by(doc, i, "in");
		if (about == CH_NONE)
			about = tied_by(doc, i, "on");
		add(doc, i, ch_tree_subject(doc, i), about, CH_STR("neutral"));
		return;
	}
	if (t->upos == CH_UPOS_VERB) {
		s = ch_reg_sense(doc, i, REGISTER_WORDS_STANCE);
		if (s) {
			add(doc, i, ch_tree_subject(doc, i), ch_tree_object(doc, i), ch_reg_value(doc, s));
		} else if (ch_reg_sense(doc, i, REGISTER_WORDS_STAND)) {
			uint32_t for_it = tied_by(doc, i, "for"), against = tied_by(doc, i, "against");

			if (for_it != CH_NONE && !ch_tree_lemma_is(doc, i, "speak"))
				add(doc, i, ch_tree_subject(doc, i), for_it, CH_STR("supports"));
			else if (against != CH_NONE)
				add(doc, i, ch_tree_subject(doc, i), against, CH_STR("opposes"));
		}
	} else if (t->upos == CH_UPOS_NOUN && (s = ch_reg_sense(doc, i, REGISTER_WORDS_STANCE_NOUN)) &&
		   t->head != CH_NONE && ch_deprel_is(t->deprel, CH_DEP_OBJ) &&
		   ch_reg_sense(doc, t->head, REGISTER_WORDS_VOICING) && !ch_reg_negated(doc, t->head)) {
		static const char *const preps[] = {"for", "to", "of", "against"};
		uint32_t about = CH_NONE;

		for (size_t k = 0; k < sizeof preps / sizeof *preps && about == CH_NONE; k++)
			about = tied_by(doc, i, preps[k]);
		add(doc, i, ch_tree_subject(doc, t->head), about, ch_reg_value(doc, s));
	}
}

void ch_position_find(struct ch_doc *doc)
{
	for (uint32_t k = 0; k < doc->sentences.n; k++)
		if (ch_reg_body(doc, k))
			for (uint32_t i = doc->sentences.v[k].first; i < doc->sentences.v[k].past; i++)
				one_word(doc, i);
}
