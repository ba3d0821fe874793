/* when/duration.c -- how long, and how often: "four years", "two-hour", "a week", "every month", "daily". */
#include "when/when_priv.h"

enum gran when_gran(const struct ch_word_sense *unit)
{
	switch (unit->value[0]) {
	case 'D':
		return G_DAY;
	case 'W':
		return G_WEEK;
	case 'N':
		return G_WEEKEND;
	case 'M':
		return G_MONTH;
	case 'Q':
		return G_QUARTER;
	case 'H':
		return G_HALF;
	case 'Y':
		return G_YEAR;
	case 'E':
		return G_DECADE;
	case 'C':
		return G_CENTURY;
	default:
		return G_NONE;
	}
}

uint32_t match_count(const struct scan *s, uint32_t at, int *count, bool *half)
{
	const struct lex *l = lex_at(s, at);
	const struct ch_word_sense *q;
	bool article = lex_is(l, WHEN_WORDS_ARTICLE);
	uint32_t start = at;
	int64_t n;

	*half = false;
	if (article) {
		l = lex_at(s, ++at);
		if (when_word(s, at, "half")) { /* "a half year" */
			*count = 0;
			*half = true;
			return at + 1;
		}
	} else if (when_word(s, at, "half") && lex_is(lex_at(s, at + 1), WHEN_WORDS_ARTICLE)) {
		*count = 0;
		*half = true;
		return at + 2;
	}
	if ((q = lex_sense(l, WHEN_WORDS_QUANTITY))) {
		*count = q->value[0] == 'X' ? -1 : q->number;
		at++;
		if (lex_at(s, at)->word && lex_at(s, at)->num >= 100) { /* "a few hundred years" */
			*count = -1;
			at++;
		}
		if (when_word(s, at, "of"))
			at++;
		return at;
	}
	if (article && l->num != 100 && l->num != 1000) {
		*count = 1;
		return at;
	}
	if (l->num < 0 || l->flags & (LEX_ORDINAL | LEX_DECADE | LEX_DATE | LEX_MID) || l->mark == ':')
		return start;
	n = l->num;
	if (l->mark == '.') {
		if (l->minor != 50)
			return start;
		*half = true;
	}
	at++;
	if (l->word) { /* number words add up and multiply: "two hundred", "twenty-five", "twenty five" */
		for (int i = 0; i < 6; i++) {
			const struct lex *m = lex_at(s, at), *behind = lex_at(s, at + 1);

			if (m->mark == '-' && behind->word && behind->num > 0 && behind->num < 10 && n % 10 == 0 &&
			    !(behind->flags & LEX_ORDINAL)) {
				n += behind->num;
				at += 2;
			} else if (m->word && m->num > 0 && !(m->flags & (LEX_ORDINAL | LEX_DECADE))) {
				n = m->num >= 100 ? n * m->num : n + m->num;
				at++;
			} else {
				break;
			}
			if (n > 1000000)
				return start;
		}
	} else if (lex_at(s, at)->num == 1 && lex_at(s, at + 1)->mark == '/' && lex_at(s, at + 2)->num == 2) {
		*half = true; /* "2 1/2" */
		at += 3;
	} else if (ch_str_eqz(when_text(s, at), "1/2") || ch_str_eqz(when_text(s, at), "½")) {
		*half = true;
		at++;
	}
	if (when_word(s, at, "and") && lex_is(lex_at(s, at + 1), WHEN_WORDS_ARTICLE) && when_word(s, at + 2, "half")) {
		*half = true;
		at += 3;
	}
	*count = (int)n;
	return at;
}

/* TIMEX3 of count units; half: and half a unit more. */
static void print_duration(char *out, size_t size, const char *unit, int count, bool half)
{
	const char *clock = unit[0] == 'T' ? "T" : "";
	char letter = unit[0] == 'T' ? unit[1] : unit[0];
	int scale = 1, rest = 0;
	char rest_letter = 0;

	switch (letter) {
	case 'E':
		letter = 'Y';
		scale = 10;
		rest = 5;
		break;
	case 'C':
		letter = 'Y';
		scale = 100;
		rest = 50;
		break;
	case 'L':
		letter = 'Y';
		scale = 1000;
		rest = 500;
		break;
	case 'F':
		letter = 'W';
		scale = 2;
		rest = 1;
		break;
	case 'Q':
		letter = 'M';
		scale = 3;
		break;
	case 'N':
		letter = 'D';
		scale = 2;
		rest = 1;
		break;
	case 'Y':
		rest_letter = 'M';
		rest = 6;
		break;
	case 'M':
		rest_letter = *clock ? 'S' : 'D';
		rest = *clock ? 30 : 15;
		break;
	case 'H':
		rest_letter = 'M';
		rest = 30;
		if (!*clock) {
			letter = 'M';
			scale = 6;
			rest = 3;
			rest_letter = 0;
		}
		break;
	case 'D':
		rest = 12;
		rest_letter = 0;
		half = false;
		break;
	default:
		break;
	}
	if (count < 0)
		snprintf(out, size, "P%sX%c", clock,
			 unit[0] == 'T'               ? unit[1]
			 : unit[0] == 'Q'             ? 'Q'
			 : letter == 'Y' && scale > 1 ? unit[0]
						      : letter);
	else if (half && rest_letter && count)
		snprintf(out, size, "P%s%d%c%d%c", clock, count * scale, letter, rest, rest_letter);
	else if (half && rest_letter)
		snprintf(out, size, "P%s%d%c", clock, rest, rest_letter);
	else
		snprintf(out, size, "P%s%d%c", clock, count * scale + (half ? rest : 0), letter);
}

static bool plural(const struct scan *s, uint32_t at)
{
	struct ch_str t = when_text(s, at);

	return (t.ptr[t.len - 1] | 32) == 's';
}

uint32_t match_duration(struct scan *s, uint32_t at, struct when *out)
{
	const struct ch_word_sense *unit;
	uint32_t start = at, i;
	int count = 0, other;
	bool half = false, hyphen = false, the = false, last = false;

	/* "nearly", "more than", "at least", "up to" belong to the expression */
	if (lex_is(lex_at(s, at), WHEN_WORDS_APPROX))
		at++;
	else if ((when_word(s, at, "more") || when_word(s, at, "less") || when_word(s, at, "fewer")) &&
		 when_word(s, at + 1, "than"))
		at += 2;
	else if (when_word(s, at, "at") && (when_word(s, at + 1, "least") || when_word(s, at + 1, "most")))
		at += 2;
	else if (when_word(s, at, "up") && when_word(s, at + 1, "to"))
		at += 2;
	if (when_word(s, at, "the")) {
		the = true;
		at++;
	}
	/* "the past two weeks", "the first nine months", "another three days" */
	if (lex_is(lex_at(s, at), WHEN_WORDS_LAST) || lex_is(lex_at(s, at), WHEN_WORDS_NEXT) ||
	    when_word(s, at, "following") || (the && lex_at(s, at)->flags & LEX_ORDINAL && lex_at(s, at)->word)) {
		last = true;
		at++;
	} else if (when_word(s, at, "another")) {
		if ((unit = lex_sense(lex_at(s, at + 1), WHEN_WORDS_UNIT)) && unit->value[0] != 'N') {
			print_duration(out->value, sizeof out->value, unit->value, 1, false);
			out->kind = CH_TIME_DURATION;
			out->vague = true;
			return at + 2;
		}
		at++;
	}
	i = match_count(s, at, &count, &half);
	/* "for years", "in decades" */
	if (i == at && at == start && at && (unit = lex_sense(lex_at(s, at), WHEN_WORDS_UNIT)) &&
	    when_gran(unit) != G_NONE && plural(s, at) && (when_word(s, at - 1, "for") || when_word(s, at - 1, "in"))) {
		print_duration(out->value, sizeof out->value, unit->value, -1, false);
		out->kind = CH_TIME_DURATION;
		out->vague = true;
		return at + 1;
	}
	if (i == at)
		return start;
	if ((the || last) && lex_is(lex_at(s, at), WHEN_WORDS_ARTICLE))
		return start;
	/* "three to four days", "two or three weeks": the longer */
	if ((when_word(s, i, "to") || when_word(s, i, "or") || lex_at(s, i)->mark == '-') && count > 0) {
		bool h;
		uint32_t j = match_count(s, i + 1, &other, &h);

		if (j > i + 1 && other > count && !lex_is(lex_at(s, i + 1), WHEN_WORDS_ARTICLE) &&
		    lex_is(lex_at(s, j), WHEN_WORDS_UNIT)) {
			count = other;
			half = h;
			i = j;
		}
	}
	if (when_word(s, i, "more") || when_word(s, i, "full") || when_word(s, i, "consecutive") ||
	    when_word(s, i, "additional") || when_word(s, i, "straight") || when_word(s, i, "whole"))
		i++;
	if (lex_at(s, i)->mark == '-') {
		hyphen = true;
		i++;
	}
	unit = lex_sense(lex_at(s, i), WHEN_WORDS_UNIT);
	if (!unit)
		return start;
	if (count >= 1500 && count <= 2100 && !plural(s, i))
		return start; /* "the 1988 quarter" */
	if (at && lex_at(s, at)->flags & LEX_UPPER && lex_at(s, i)->flags & LEX_UPPER)
		return start; /* "the Seven Years' War" */
	/* "a second" is an ordinal, "10 a.m." was read before; "two quarters" of a thing are no time without "last" */
	if (unit->value[0] == 'T' && unit->value[1] == 'S' && when_word(s, i, "second"))
		return start;
	if (unit->value[0] == 'Q' && !last && lex_is(lex_at(s, at), WHEN_WORDS_ARTICLE))
		return start;
	if (lex_is(lex_at(s, at), WHEN_WORDS_ARTICLE) && count == 1 &&
	    (unit->value[0] == 'N' || unit->value[0] == 'C' || hyphen))
		return start;
	i++;
	if (when_word(s, i, "old") || (lex_at(s, i)->mark == '-' && when_word(s, i + 1, "old")))
		return start; /* an age */
	if (when_word(s, i, "and") && lex_is(lex_at(s, i + 1), WHEN_WORDS_ARTICLE) && when_word(s, i + 2, "half")) {
		half = true;
		i += 3;
	}
	print_duration(out->value, sizeof out->value, unit->value, count, half);
	out->kind = CH_TIME_DURATION;
	out->vague = true;
	return i;
}

uint32_t match_set(struct scan *s, uint32_t at, struct when *out)
{
	const struct ch_word_sense *sense = lex_sense(lex_at(s, at), WHEN_WORDS_SET);
	uint32_t i = at + 1;
	int count = 1;
	bool half;

	out->kind = CH_TIME_SET;
	out->vague = true;
	if (sense) {
		snprintf(out->value, sizeof out->value, "%s", sense->value);
		return at + 1;
	}
	if (!when_word(s, at, "every") && !when_word(s, at, "each"))
		return at;
	if (lex_at(s, i)->num > 0 && !lex_is(lex_at(s, i), WHEN_WORDS_WEEKDAY))
		i = match_count(s, i, &count, &half);
	else if (when_word(s, i, "other")) {
		count = 2;
		i++;
	}
	if ((sense = lex_sense(lex_at(s, i), WHEN_WORDS_UNIT))) {
		print_duration(out->value, sizeof out->value, sense->value, count, false);
		return i + 1;
	}
	if ((sense = lex_sense(lex_at(s, i), WHEN_WORDS_WEEKDAY))) {
		snprintf(out->value, sizeof out->value, "XXXX-WXX-%d", sense->number);
		return i + 1;
	}
	if ((sense = lex_sense(lex_at(s, i), WHEN_WORDS_MONTH))) {
		snprintf(out->value, sizeof out->value, "XXXX-%02d", sense->number);
		return i + 1;
	}
	if ((sense = lex_sense(lex_at(s, i), WHEN_WORDS_PART))) {
		snprintf(out->value, sizeof out->value, "XXXX-XX-XXT%s", sense->value);
		return i + 1;
	}
	return at;
}
