/* event/tally.c -- numbers that count things: "more than 80 countries", "16 official and working visits to foreign
 * countries in 2018", "about $600 million in aid", "four of them".
 *
 * A number before its noun, unless the noun is a unit or a stretch of time, the number part of a date or of a compound
 * ("two-day"), or the pair of sides that the page speaks of all along ("the two countries"). Of a range the lower bound counts. A sum of
 * money is entered in full, "1.1 billion" as 1100000000. */
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

/* "$", "US$", "\xe2\x82\xac": the sign of a currency, alone or with the country's letters. */
static bool is_currency_sign(struct ch_str s)
{
	uint32_t len, cp;

	if (!s.len || s.len > 6)
		return false;
	cp = ch_utf8_before(s, s.len, &len);
	return cp == '$' || cp == 0x20AC || cp == 0xA3 || cp == 0xA5 || cp == 0x20BC || cp == 0x20BD || cp == 0x20BA ||
	       cp == 0x20B9 || cp == 0x20A9;
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

/* A noun of the currency behind the number, with its country's adjective before it: "200 million Australian dollars". */
static uint32_t currency_behind(const struct ch_doc *doc, uint32_t i, uint32_t past)
{
	for (uint32_t k = i + 1; k < past && k <= i + 3; k++) {
		if (ch_reg_sense(doc, k, REGISTER_WORDS_CURRENCY) &&
		    (ch_reg_tok(doc, k)->upos == CH_UPOS_NOUN || ch_reg_tok(doc, k)->upos == CH_UPOS_PROPN))
			return k;
		if (ch_reg_tok(doc, k)->upos != CH_UPOS_ADJ && ch_reg_tok(doc, k)->mention == CH_NONE)
			break;
	}
	return CH_NONE;
}

/* What is in the plural, or counted without it. */
static bool countable(const struct ch_doc *doc, uint32_t noun)
{
	const struct ch_token *t = ch_reg_tok(doc, noun);

	return t->xpos == CH_XPOS_NNS || t->xpos == CH_XPOS_NNPS || ch_reg_sense(doc, noun, REGISTER_WORDS_PLURAL);
}

/* The counted noun by its place alone, where the tree has it elsewhere: adjectives and participles, then a plural. */
static uint32_t next_plural(const struct ch_doc *doc, uint32_t i, uint32_t past)
{
	for (uint32_t k = i + 1; k < past && k <= i + 4; k++) {
		const struct ch_token *t = ch_reg_tok(doc, k);

		if (countable(doc, k))
			return k;
		if (t->upos != CH_UPOS_ADJ && t->xpos != CH_XPOS_VBG && t->xpos != CH_XPOS_VBN &&
		    !(t->upos == CH_UPOS_NOUN && t->deprel == CH_DEP_COMPOUND))
			break;
	}
	return CH_NONE;
}

/* A number that stands for what it counts: "four of them", "expelled 13", "fewer than 150 still do", "a crowd of 500". */
static bool stands_alone(const struct ch_doc *doc, uint32_t first, uint32_t i, uint32_t past, char sign)
{
	const struct ch_token *t = ch_reg_tok(doc, i);
	uint32_t head = t->head, of = CH_NONE;
	bool of_some = i + 2 < past && ch_reg_is(doc, i + 1, "of");

	uint32_t len;

	if (is_year(ch_token_str(doc, i), number(doc, i, i + 1)) && sign == '=')
		return false;
	/* "Two Plus Four" is a name. */
	if (i > doc->sentences.v[t->sentence].first && ch_is_upper(ch_utf8_at(ch_token_str(doc, i), 0, &len)))
		return false;
	for (uint32_t k = i + 2; of_some && k < past && k < i + 8 && of == CH_NONE; k++)
		if (ch_reg_tok(doc, k)->xpos == CH_XPOS_NNS || ch_reg_is(doc, k, "them") || ch_reg_tok(doc, k)->xpos == CH_XPOS_NNPS)
			of = k;
		else if (ch_reg_tok(doc, k)->upos == CH_UPOS_ADP || ch_reg_tok(doc, k)->upos == CH_UPOS_PUNCT ||
			 ch_reg_tok(doc, k)->upos == CH_UPOS_VERB)
			break;
	if (of_some)
		return of != CH_NONE && !ch_reg_in_time(doc, of) && !ch_reg_sense(doc, of, REGISTER_WORDS_UNIT);
	/* "a crowd of 500" */
	if (first >= 2 && ch_reg_is(doc, first - 1, "of") && ch_reg_sense(doc, first - 2, REGISTER_WORDS_CROWD))
		return i + 1 == past || (ch_reg_tok(doc, i + 1)->upos != CH_UPOS_NOUN && ch_reg_tok(doc, i + 1)->upos != CH_UPOS_ADJ);
	if (head == CH_NONE || t->upos != CH_UPOS_NUM ||
	    (first > 0 && (ch_reg_tok(doc, first - 1)->upos == CH_UPOS_DET || ch_reg_tok(doc, first - 1)->upos == CH_UPOS_PRON)))
		return false;
	if (ch_deprel_is(t->deprel, CH_DEP_NSUBJ) && head > i)
		return true;
	if (ch_reg_tok(doc, head)->upos != CH_UPOS_VERB)
		return false;
	if (t->deprel == CH_DEP_OBJ)
		return head < i && !ch_reg_sense(doc, head, REGISTER_WORDS_REACHING);
	/* "cut it from 19,000 to 6,104" */
	return ch_deprel_is(t->deprel, CH_DEP_OBL) && ch_reg_sense(doc, head, REGISTER_WORDS_CHANGING) &&
	       (ch_tree_has_case(doc, i, CH_STR("from")) || ch_tree_has_case(doc, i, CH_STR("to")));
}

/* The number before "and", "to" or a dash that makes a range of it: "between 80 and 90", "850 to 1,100". Moves *first back over it and
 * gives the lower bound; negative where there is none. */
static double range_from(const struct ch_doc *doc, uint32_t from, uint32_t *first)
{
	uint32_t at = *first, low;
	double value;

	if (at < from + 2 || !is_number(doc, at - 2) || ch_reg_in_time(doc, at - 2))
		return -1;
	if (ch_reg_is(doc, at - 1, "and")) {
		for (low = at - 2; low > from && is_number(doc, low - 1);)
			low--;
		if (low == from || !ch_reg_is(doc, low - 1, "between"))
			return -1;
		value = number(doc, low, at - 1);
		*first = low - 1;
		return value;
	}
	if (!ch_reg_is(doc, at - 1, "to") && !ch_reg_is(doc, at - 1, "or") && !ch_reg_is(doc, at - 1, "-") &&
	    !ch_reg_is(doc, at - 1, "\xe2\x80\x93"))
		return -1;
	for (low = at - 2; low > from && is_number(doc, low - 1);)
		low--;
	if (low > from && ch_reg_is(doc, low - 1, "from"))
		return -1;
	value = number(doc, low, at - 1);
	if (!(value < number(doc, at, at + 1)))
		return -1;
	*first = low;
	return value;
}

/* Does a range go on from this number? */
static bool begins_range(const struct ch_doc *doc, uint32_t i, uint32_t past)
{
	if (i + 2 >= past || !is_number(doc, i + 2) || ch_reg_in_time(doc, i + 2))
		return false;
	i += 2;
	return range_from(doc, doc->sentences.v[ch_reg_tok(doc, i)->sentence].first, &i) >= 2;
}

static void one_tally(struct ch_doc *doc, uint32_t i)
{
	const struct ch_token *t = ch_reg_tok(doc, i);
	const struct ch_sentence *s = &doc->sentences.v[t->sentence];
	uint32_t noun, first = i, start, a, past, clause, subject, money;
	struct ch_tally tally = {.comparison = '='};
	struct ch_reg_actors who = {.n = 0};
	double low;
	bool sum, alone;

	/* The last word of a number. */
	if (!is_number(doc, i) || ch_reg_in_time(doc, i) ||
	    (i + 1 < s->past && (is_number(doc, i + 1) || ch_reg_is(doc, i + 1, "-") || ch_reg_is(doc, i + 1, "%"))))
		return;
	while (first > s->first && (is_number(doc, first - 1) ||
				    (first > s->first + 1 && ch_reg_is(doc, first - 1, "-") && is_number(doc, first - 2) &&
				     digits(ch_token_str(doc, first)) < 0)))
		first--;
	/* "F-16" */
	if (begins_range(doc, i, s->past) || (first > s->first + 1 && ch_reg_is(doc, first - 1, "-") && !is_number(doc, first - 2)))
		return;
	tally.count = number(doc, first, i + 1);
	start = first;
	low = range_from(doc, s->first, &first);
	if (low >= 2) {
		/* "2 to 3 million": the scale is that of both. */
		const struct ch_word_sense *scale =
			ch_word_sense(&register_words, ch_words_find(&register_words, ch_token_str(doc, i)), REGISTER_WORDS_SCALE);

		tally.count = scale && low < scale->number && i > start ? low * scale->number : low;
		tally.comparison = '>';
	}
	if (first > s->first && ch_reg_is(doc, first - 1, "a") && ch_reg_sense(doc, first, REGISTER_WORDS_SCALE))
		first--;
	if (!(tally.count >= 2) || floor(tally.count) < tally.count)
		return;
	money = currency_behind(doc, i, s->past);
	sum = money != CH_NONE;
	if (first > s->first && is_currency_sign(ch_token_str(doc, first - 1))) {
		sum = true;
		first--;
		/* "US $ 2 billion" */
		if (first > s->first && ch_reg_tok(doc, first)->span.start == ch_reg_tok(doc, first - 1)->span.end &&
		    ch_reg_tok(doc, first - 1)->span.end - ch_reg_tok(doc, first - 1)->span.start <= 3 &&
		    ch_reg_tok(doc, first - 1)->upos != CH_UPOS_PUNCT)
			first--;
	}
	noun = money != CH_NONE ? money : counted(doc, i);
	if (noun == CH_NONE || (!sum && !countable(doc, noun)))
		noun = next_plural(doc, i, s->past);
	if (tally.comparison == '=')
		tally.comparison = comparison(doc, &first);
	alone = !sum && noun == CH_NONE && stands_alone(doc, first, i, s->past, tally.comparison);
	if (sum || alone) {
		/* A sum is told with what it is for, not with what it hangs from. */
		a = noun != CH_NONE ? noun : i;
		past = a + 1;
		if (a + 1 < s->past && ch_reg_tok(doc, a + 1)->upos == CH_UPOS_ADP && ch_reg_tok(doc, a + 1)->head != CH_NONE &&
		    (ch_reg_is(doc, a + 1, "in") || ch_reg_is(doc, a + 1, "of")) && ch_reg_tok(doc, a + 1)->head > a &&
		    !ch_reg_in_time(doc, ch_reg_tok(doc, a + 1)->head)) {
			uint32_t b;

			ch_reg_phrase(doc, ch_reg_tok(doc, a + 1)->head, &b, &past);
		}
		noun = a;
	} else {
		if (noun == CH_NONE || ch_reg_in_time(doc, noun))
			return;
		for (uint32_t k = i + 1; k <= noun; k++)
			if (ch_reg_sense(doc, k, REGISTER_WORDS_UNIT) &&
			    !(ch_reg_sense(doc, k, REGISTER_WORDS_MASS) && k + 1 < s->past && ch_reg_is(doc, k + 1, "of")))
				return;
		if (tally.comparison == '=' &&
		    (is_year(ch_token_str(doc, i), tally.count) || spoken_of(doc, noun, tally.count)))
			return;
		ch_reg_phrase(doc, noun, &a, &past);
	}
	if (past <= i)
		past = i + 1;
	if (past > i + TALLY_WORDS_MAX)
		past = noun + 1;
	tally.mention = ch_reg_span(doc, first, past);
	tally.what = sum && money == CH_NONE ? ch_reg_text(doc, start > s->first ? start - 1 : start, start) : CH_STR("");
	if (i + 1 < past)
		tally.what = tally.what.len ? ch_arena_printf(doc->arena, "%.*s %.*s", CH_STR_ARG(tally.what),
							      CH_STR_ARG(ch_reg_text(doc, i + 1, past)))
					    : ch_reg_text(doc, i + 1, past);
	clause = ch_tree_clause(doc, noun);
	subject = clause == CH_NONE ? CH_NONE : ch_tree_subject(doc, clause);
	if (subject != CH_NONE && (subject < first || subject >= past))
		ch_reg_add_phrase(doc, subject, true, &who);
	/* Of whom or what, where the number alone stands: the object or subject of its clause before it tells best. */
	if (!tally.what.len && clause != CH_NONE)
		tally.what = ch_reg_text(doc, clause, clause + 1);
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
