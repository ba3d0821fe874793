/* event/position.c -- what an actor supports, opposes or recognises: by verb ("Ruritania opposes the pact"), by
 * preposition ("stands for open borders") and by noun ("reiterated its support for the talks"). */
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

static void one_word(struct ch_doc *doc, uint32_t i)
{
	const struct ch_token *t = ch_reg_tok(doc, i);
	const struct ch_word_sense *s;

	if (t->upos == CH_UPOS_VERB && !ch_reg_negated(doc, i)) {
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
