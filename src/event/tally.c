/* event/tally.c -- numbers that count things: "more than 80 countries", "16 official and working visits to foreign
 * countries in 2018".
 *
 * A number before its noun, unless the noun is a unit or a stretch of time, the number part of a date or of a compound
 * ("two-day"), or the pair of sides that the page speaks of all along ("the two countries"). */
#include "base/utf8.h"
#include "event/registers_priv.h"
#include <math.h>
#include <stdlib.h>

enum { TALLY_WORDS_MAX = 24 }; /* tokens of a mention: beyond, the phrase is a sentence of its own */

/* Digits with their separators: "1,200", "1 200" is two tokens, "2.5". Negative for anything else. */
static double digits(struct ch_str s)
{
	double value = 0, unit = 1;
	bool point = false, any = false;

	for (size_t i = 0; i < s.len; i++) {
		char ch = s.ptr[i];

		if (ch >= '0' && ch <= '9') {
			any = true;
			if (point)
				value += (ch - '0') * (unit /= 10);
			else
				value = value * 10 + (ch - '0');
		} else if (ch == ',' && any && i + 3 < s.len && !point) {
			continue;
		} else if (ch == '.' && any && i + 1 < s.len && !point) {
			point = true;
		} else {
			return -1;
		}
	}
	return any && value < 1e15 ? value : -1;
}

/* The number of the words [first, past): "2.5 million", "twenty five", "three hundred"; negative where it is none. */
static double number(const struct ch_doc *doc, uint32_t first, uint32_t past)
{
	double value = -1;

	for (uint32_t i = first; i < past; i++) {
		struct ch_str form = ch_token_str(doc, i);
		const struct ch_word *w = ch_words_find(&register_words, form);
		const struct ch_word_sense *scale = ch_word_sense(&register_words, w, REGISTER_WORDS_SCALE);
		const struct ch_word_sense *word = ch_word_sense(&register_words, w, REGISTER_WORDS_NUMBER);
		double d = digits(form);

		if (ch_str_eqz(form, "-") || ch_reg_is(doc, i, "and") || ch_reg_is(doc, i, "a"))
			continue;
		if (scale)
			value = (value < 0 ? 1 : value) * scale->number;
		else if (word)
			value = (value < 0 ? 0 : value) + word->number;
		else if (d >= 0)
			value = value < 0 ? d : value * 1000 + d; /* "1 200" */
		else
			return -1;
	}
	return value;
}

static bool is_number(const struct ch_doc *doc, uint32_t i)
{
	const struct ch_word *w = ch_words_find(&register_words, ch_token_str(doc, i));

	return digits(ch_token_str(doc, i)) >= 0 || ch_word_sense(&register_words, w, REGISTER_WORDS_NUMBER) ||
	       ch_word_sense(&register_words, w, REGISTER_WORDS_SCALE);
}

static char comparison(const struct ch_doc *doc, uint32_t *first)
{
	static const struct {
		unsigned section;
		char sign;
	} kinds[] = {{REGISTER_WORDS_MORE, '>'}, {REGISTER_WORDS_LESS, '<'}, {REGISTER_WORDS_ABOUT, '~'}};
	uint32_t n;

	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
		if (ch_reg_run_before(doc, *first, kinds[k].section, &n)) {
			*first -= n;
			return kinds[k].sign;
		}
	return '=';
}

/* "the two countries" are known; "the 27 members" are counted. */
static bool spoken_of(const struct ch_doc *doc, uint32_t noun, double count)
{
	if (count > 12)
		return false;
	if (count <= 3 && ch_reg_sense(doc, noun, REGISTER_WORDS_KNOWN))
		return true;
	for (uint32_t c = ch_reg_tok(doc, noun)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling)
		if (ch_deprel_is(ch_reg_tok(doc, c)->deprel, CH_DEP_DET) &&
		    (ch_reg_is(doc, c, "the") || ch_reg_is(doc, c, "these") || ch_reg_is(doc, c, "those") ||
		     ch_reg_is(doc, c, "both") || ch_reg_is(doc, c, "all")))
			return true;
	return false;
}

/* A year stands before its noun as a number does: "the 2018 summit". */
static bool is_year(struct ch_str s, double count)
{
	return s.len == 4 && count >= 1900 && count < 2100;
}

static bool has_currency(const struct ch_doc *doc, uint32_t first)
{
	uint32_t len, cp;
	struct ch_str before;

	if (first == 0)
		return false;
	before = ch_token_str(doc, first - 1);
	cp = ch_utf8_before(before, before.len, &len);
	return cp == '$' || cp == 0x20AC || cp == 0xA3 || cp == 0xA5 || cp == 0x20BC || cp == 0x20BD || cp == 0x20BA;
}

/* The noun that is counted: what the number hangs from, or, where the parser took an adjective for it, the next noun.
 */
static uint32_t counted(const struct ch_doc *doc, uint32_t i)
{
	const struct ch_token *t = ch_reg_tok(doc, i);
	uint32_t past = doc->sentences.v[t->sentence].past;

	if (t->head == CH_NONE || t->head <= i ||
	    (t->deprel != CH_DEP_NUMMOD && t->deprel != CH_DEP_COMPOUND && t->deprel != CH_DEP_AMOD))
		return CH_NONE;
	if (ch_reg_tok(doc, t->head)->upos == CH_UPOS_NOUN || ch_reg_tok(doc, t->head)->upos == CH_UPOS_PROPN)
		return t->deprel == CH_DEP_NUMMOD ? t->head : CH_NONE;
	if (past > t->head + 6)
		past = t->head + 6;
	for (uint32_t k = i + 1; k < past; k++) {
		const struct ch_token *n = ch_reg_tok(doc, k);

		if (n->upos == CH_UPOS_NOUN)
			return k;
		if (n->upos != CH_UPOS_ADJ && n->upos != CH_UPOS_CCONJ && n->upos != CH_UPOS_ADV &&
		    n->xpos != CH_XPOS_VBG && n->xpos != CH_XPOS_VBN)
			break;
	}
	return CH_NONE;
}

static void one_tally(struct ch_doc *doc, uint32_t i)
{
	const struct ch_token *t = ch_reg_tok(doc, i);
	const struct ch_sentence *s = &doc->sentences.v[t->sentence];
	uint32_t noun = counted(doc, i), first = i, a, past, clause, subject;
	struct ch_tally tally = {.comparison = '='};
	struct ch_reg_actors who = {.n = 0};

	/* Things that are counted stand in the plural: "10 Downing Street", "80486 chip" are names. */
	if (noun == CH_NONE ||
	    (ch_reg_tok(doc, noun)->xpos != CH_XPOS_NNS && ch_reg_tok(doc, noun)->xpos != CH_XPOS_NNPS &&
	     !ch_reg_sense(doc, noun, REGISTER_WORDS_PLURAL)))
		return;
	while (first > s->first && is_number(doc, first - 1))
		first--;
	tally.count = number(doc, first, i + 1);
	if (!(tally.count >= 2) || floor(tally.count) < tally.count || ch_reg_in_time(doc, i) ||
	    ch_reg_in_time(doc, noun))
		return;
	if (i + 1 < s->past && (ch_reg_is(doc, i + 1, "-") || ch_reg_is(doc, i + 1, "%")))
		return;
	for (uint32_t k = i + 1; k <= noun; k++)
		if (ch_reg_sense(doc, k, REGISTER_WORDS_UNIT))
			return;
	if (has_currency(doc, first))
		return;
	tally.comparison = comparison(doc, &first);
	if (tally.comparison == '=' &&
	    (is_year(ch_token_str(doc, i), tally.count) || spoken_of(doc, noun, tally.count)))
		return;
	ch_reg_phrase(doc, noun, &a, &past);
	if (past > i + TALLY_WORDS_MAX)
		past = noun + 1;
	tally.mention = ch_reg_span(doc, first, past);
	tally.what = ch_reg_text(doc, i + 1, past);
	clause = ch_tree_clause(doc, noun);
	subject = clause == CH_NONE ? CH_NONE : ch_tree_subject(doc, clause);
	if (subject != CH_NONE && (subject < first || subject >= past))
		ch_reg_add_phrase(doc, subject, true, &who);
	tally.who = ch_reg_parties(doc, &who);
	tally.period = ch_reg_date(doc, noun);
	*CH_PUSH(doc->arena, &doc->tallies) = tally;
}

void ch_tally_find(struct ch_doc *doc)
{
	for (uint32_t k = 0; k < doc->sentences.n; k++) {
		const struct ch_sentence *s = &doc->sentences.v[k];
		uint32_t before = 0;

		if (!ch_reg_body(doc, k))
			continue;
		for (uint32_t i = s->first; i < s->past; i++) {
			uint32_t n = doc->tallies.n;

			one_tally(doc, i);
			/* A comparison may have been taken from the number before; order is by mention all the same. */
			if (doc->tallies.n > n && doc->tallies.v[n].mention.start < before)
				doc->tallies.n = n;
			else if (doc->tallies.n > n)
				before = doc->tallies.v[n].mention.start;
		}
	}
}
