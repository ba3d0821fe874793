/* when/relative.c -- dates that lean on another: on publication ("yesterday", "last year", "two days ago"), or on the
 * date before in the text ("the same day", "a year earlier"). Vague references too. */
#include "when/when_priv.h"
#include <ctype.h>

static bool known(const struct scan *s)
{
	return s->published != CH_NO_DAY;
}

/* A period of that kind whose year nobody knows. */
static struct cal unknown(enum gran gran)
{
	return (struct cal){.gran = gran};
}

static struct cal around(const struct scan *s, enum gran gran, int n)
{
	struct cal c;

	if (!known(s))
		return unknown(gran);
	c = cal_holding(s->published, gran);
	return cal_shift(&c, n);
}

/* The day the anchor stands for: its first, or CH_NO_DAY. */
static ch_day anchor_day(const struct scan *s)
{
	ch_day lo, hi;

	return s->anchor.gran && cal_days(&s->anchor, &lo, &hi) ? lo : s->published;
}

/* "Friday" behind "last", "next", "this": step -1, 1, 0. */
static uint32_t stepped(struct scan *s, uint32_t at, int step, struct when *out)
{
	const struct lex *l = lex_at(s, at);
	const struct ch_word_sense *w;
	enum tense tense = step > 0 ? TENSE_FUTURE : step < 0 ? TENSE_PAST : when_tense(s, at, at + 1);

	if ((w = lex_sense(l, WHEN_WORDS_WEEKDAY))) {
		out->from = (struct cal){.gran = G_DAY, .sub = w->number};
		if (known(s))
			out->from = cal_weekday(s, w->number, tense, step);
		return at + 1;
	}
	if ((w = lex_sense(l, WHEN_WORDS_MONTH))) {
		out->from = (struct cal){.gran = G_MONTH, .month = w->number};
		if (step)
			cal_nearest(s, &out->from, tense, step);
		else
			out->from.year = s->year;
		/* "last May 12" */
		if (lex_at(s, at + 1)->flags & LEX_DIGITS && lex_at(s, at + 1)->num <= 31 &&
		    lex_at(s, at + 1)->num > 0 && lex_at(s, at + 1)->digits <= 2) {
			out->from.gran = G_DAY;
			out->from.day = lex_at(s, at + 1)->num;
			return at + 2;
		}
		return at + 1;
	}
	if ((w = lex_sense(l, WHEN_WORDS_SEASON))) {
		out->from = (struct cal){.gran = G_SEASON, .sub = w->number};
		if (step)
			cal_nearest(s, &out->from, tense, step);
		else
			out->from.year = s->year;
		return at + 1;
	}
	if ((w = lex_sense(l, WHEN_WORDS_PART))) {
		if (!when_word(s, at, "night") && step)
			return at;
		out->from = known(s) ? cal_day(s->published + (step < 0 ? -1 : 0)) : unknown(G_DAY);
		out->kind = CH_TIME_TIME;
		out->part = w->value;
		return at + 1;
	}
	if ((w = lex_sense(l, WHEN_WORDS_UNIT))) {
		enum gran gran = when_gran(w);
		struct ch_str t = when_text(s, at);

		if (gran == G_NONE || gran == G_HALF || ((t.ptr[t.len - 1] | 32) == 's' && t.len > 2))
			return at;
		if (gran == G_DAY)
			return at; /* "this day", "the next day" lean on the text */
		out->from = around(s, gran, step);
		if (!known(s) && gran == G_QUARTER)
			out->from.sub = 0;
		/* "last year's third quarter" */
		if (gran == G_YEAR && lex_at(s, at + 2)->flags & LEX_ORDINAL && lex_at(s, at + 2)->num <= 4 &&
		    when_word(s, at + 3, "quarter") && when_text(s, at + 1).len <= 4 && !lex_at(s, at + 1)->word) {
			out->from =
				(struct cal){.gran = G_QUARTER, .year = out->from.year, .sub = lex_at(s, at + 2)->num};
			return at + 4;
		}
		return at + 1;
	}
	if (when_word(s, at, "fiscal") && when_word(s, at + 1, "year")) {
		out->from = around(s, G_YEAR, step);
		return at + 2;
	}
	return at;
}

/* "two days ago", "a year earlier", "three weeks later", "two months from now"; `at` where it is none. */
static uint32_t counted(struct scan *s, uint32_t at, struct when *out)
{
	const struct ch_word_sense *unit;
	uint32_t i = at, start = at;
	bool half, hyphen = false, quarters;
	enum gran gran;
	ch_day base;
	int count = 1, sign = 0;

	if (lex_is(lex_at(s, i), WHEN_WORDS_APPROX))
		i++;
	else if ((when_word(s, i, "more") || when_word(s, i, "less")) && when_word(s, i + 1, "than"))
		i += 2;
	else if (when_word(s, i, "just") || when_word(s, i, "only"))
		start = ++i;
	if ((unit = lex_sense(lex_at(s, i), WHEN_WORDS_UNIT)) && lex_at(s, i + 1)->mark == '-') {
		hyphen = true; /* "year-earlier" */
	} else {
		uint32_t j = match_count(s, i, &count, &half);

		if (j == i && (!(unit = lex_sense(lex_at(s, i), WHEN_WORDS_UNIT)) ||
			       when_text(s, i).ptr[when_text(s, i).len - 1] != 's'))
			return at; /* "years ago" has no count */
		if (j == i)
			count = -1;
		i = j;
		if (lex_at(s, i)->mark == '-')
			i++;
		unit = lex_sense(lex_at(s, i), WHEN_WORDS_UNIT);
	}
	if (!unit)
		return at;
	gran = when_gran(unit);
	i++;
	if (!hyphen && lex_at(s, i)->mark == '-' && (when_word(s, i + 1, "earlier") || when_word(s, i + 1, "ago")))
		hyphen = true; /* "a year-earlier loss" */
	if (hyphen)
		i++;
	quarters = hyphen && gran == G_YEAR;
	if (when_word(s, i, "or") && when_word(s, i + 1, "so"))
		i += 2;
	base = s->published;
	if (when_word(s, i, "ago")) {
		sign = -1;
	} else if (when_word(s, i, "earlier") || when_word(s, i, "before")) {
		/* "a week before the vote" leans on no date */
		if (when_word(s, i, "before") && at + 1 < s->n && lex_at(s, i + 1)->word == NULL &&
		    lex_at(s, i + 1)->mark != '.' && lex_at(s, i + 1)->mark != ',')
			return at;
		sign = -1;
		base = anchor_day(s);
	} else if (when_word(s, i, "later")) {
		sign = 1;
		base = anchor_day(s);
	} else if (when_word(s, i, "from") && when_word(s, i + 1, "now")) {
		sign = 1;
		i++;
	} else {
		return at;
	}
	i++;
	out->aside = gran == G_YEAR && sign < 0;
	out->kind = CH_TIME_DATE;
	if (count < 0) {
		snprintf(out->value, sizeof out->value, "%s", sign < 0 ? "PAST_REF" : "FUTURE_REF");
		out->vague = true;
		return i;
	}
	if (gran == G_NONE) { /* hours and minutes: the day itself */
		if (when_word(s, i - 1, "later"))
			return at;
		out->from = known(s) && unit->value[1] == 'H' ? cal_from(s->published, G_DAY, sign * (count / 24))
							      : unknown(G_DAY);
		out->kind = CH_TIME_TIME;
		return i;
	}
	if (gran == G_HALF || gran == G_WEEKEND)
		return at;
	if (unit->value[0] == 'F') {
		gran = G_WEEK;
		count *= 2;
	}
	if (base == CH_NO_DAY) {
		out->from = unknown(gran);
		return start > at ? start : i;
	}
	/* "the year-earlier quarter" */
	if (quarters && (when_word(s, i, "quarter") || when_word(s, i, "period"))) {
		out->from = s->anchor.gran == G_QUARTER ? s->anchor : cal_holding(base, G_QUARTER);
		if (s->anchor.gran != G_QUARTER)
			out->from = cal_shift(&out->from, -1);
		out->from.year -= out->from.year > 1;
		out->aside = true;
		return i + 1;
	}
	if (base == s->published || s->anchor.gran == G_NONE || (gran == G_DAY && s->anchor.gran == G_DAY)) {
		out->from = cal_from(base, gran, sign * count);
	} else { /* "a year earlier" keeps the precision of what it leans on: 1988-Q3 */
		out->from = s->anchor;
		if (gran == G_YEAR && s->anchor.gran != G_DAY && s->anchor.gran != G_WEEK) {
			out->from.year += sign * count;
			if (out->from.year < 1)
				return at;
		} else {
			out->from = cal_from(base, gran, sign * count);
		}
	}
	return i;
}

/* "the same day", "that year", "the following day", "the next day", "the previous year", "the day before". */
static uint32_t anchored(struct scan *s, uint32_t at, struct when *out)
{
	const struct lex *l = lex_at(s, at);
	const struct ch_word_sense *unit = lex_sense(lex_at(s, at + 1), WHEN_WORDS_UNIT);
	enum gran gran = unit ? when_gran(unit) : G_NONE;
	ch_day base = anchor_day(s);
	int step = 0;

	if (when_word(s, at, "day") && at && when_word(s, at - 1, "the") &&
	    (when_word(s, at + 1, "before") || when_word(s, at + 1, "after"))) {
		if (when_word(s, at + 2, "yesterday") || when_word(s, at + 2, "tomorrow")) {
			out->from = known(s) ? cal_day(s->published + (when_word(s, at + 2, "yesterday") ? -2 : 2))
					     : unknown(G_DAY);
			return at + 3;
		}
		if (lex_at(s, at + 2)->mark != '.' && lex_at(s, at + 2)->mark != ',' && at + 2 < s->n)
			return at;
		out->from = base == CH_NO_DAY ? unknown(G_DAY)
					      : cal_from(base, G_DAY, when_word(s, at + 1, "before") ? -1 : 1);
		return at + 2;
	}
	if (gran == G_NONE || gran == G_HALF || (when_text(s, at + 1).ptr[when_text(s, at + 1).len - 1] | 32) == 's')
		return at;
	if (when_word(s, at, "following"))
		step = 1;
	else if (when_word(s, at, "next") && (gran == G_DAY || (s->anchor.gran && at && when_word(s, at - 1, "the"))))
		step = 1; /* "the next year" is the one after; "next year" leans on publication */
	else if (lex_is(l, WHEN_WORDS_LAST) && gran == G_DAY && !when_word(s, at, "last") && !when_word(s, at, "past"))
		step = -1;
	else if (!when_word(s, at, "same") && !when_word(s, at, "that"))
		return at;
	if (base == CH_NO_DAY || (s->anchor.gran != G_DAY && gran == G_DAY && s->anchor.gran != G_NONE)) {
		out->from = unknown(gran);
		return at + 2;
	}
	out->from = cal_holding(base, gran);
	out->from = cal_shift(&out->from, step);
	return at + 2;
}

uint32_t match_relative(struct scan *s, uint32_t at, struct when *out)
{
	const struct lex *l = lex_at(s, at);
	const struct ch_word_sense *w;
	uint32_t i;

	out->kind = CH_TIME_DATE;
	if ((w = lex_sense(l, WHEN_WORDS_DEICTIC))) {
		out->from = known(s) ? cal_day(s->published + w->number) : unknown(G_DAY);
		/* "is today one of …": these days, not this day */
		if (when_word(s, at, "today") && at && (when_word(s, at - 1, "is") || when_word(s, at - 1, "are"))) {
			snprintf(out->value, sizeof out->value, "PRESENT_REF");
			out->vague = true;
		}
		if (when_word(s, at, "tonight")) {
			out->kind = CH_TIME_TIME;
			out->part = "NI";
		}
		return at + 1;
	}
	if ((i = counted(s, at, out)) > at || (i = anchored(s, at, out)) > at)
		return i;
	/* "this past spring", "this coming Sunday" */
	if (when_word(s, at, "this") &&
	    (lex_is(lex_at(s, at + 1), WHEN_WORDS_LAST) || lex_is(lex_at(s, at + 1), WHEN_WORDS_NEXT))) {
		i = match_relative(s, at + 1, out);
		return i > at + 1 ? i : at;
	}
	if (lex_is(l, WHEN_WORDS_LAST)) {
		i = stepped(s, at + 1, -1, out);
		return i > at + 1 ? i : at;
	}
	if (lex_is(l, WHEN_WORDS_NEXT)) {
		i = stepped(s, at + 1, 1, out);
		return i > at + 1 ? i : at;
	}
	if (lex_is(l, WHEN_WORDS_THIS)) {
		i = stepped(s, at + 1, 0, out);
		return i > at + 1 ? i : at;
	}
	/* "the weekend", "the quarter" */
	if (at && when_word(s, at - 1, "the") && when_word(s, at, "quarter") && known(s)) {
		/* the one that was spoken of, else the last that is over */
		out->from = s->anchor.gran == G_QUARTER ? s->anchor : around(s, G_QUARTER, -1);
		return at + 1;
	}
	if (when_word(s, at, "latest") && when_word(s, at + 1, "quarter") && known(s)) {
		out->from = around(s, G_QUARTER, -1);
		return at + 2;
	}
	if (at && when_word(s, at - 1, "the") && when_word(s, at, "weekend")) {
		enum tense tense = when_tense(s, at, at + 1);

		out->from = around(s, G_WEEKEND,
				   tense == TENSE_FUTURE || (known(s) && ch_weekday(s->published) >= 6) ? 0 : -1);
		return at + 1;
	}
	if (when_word(s, at, "year") && lex_at(s, at + 1)->mark == '-' && when_word(s, at + 2, "end")) {
		out->from = around(s, G_YEAR, 0);
		return at + 3;
	}
	return at;
}

uint32_t match_vague(struct scan *s, uint32_t at, struct when *out)
{
	static const unsigned sections[] = {WHEN_WORDS_PRESENT_REF, WHEN_WORDS_PAST_REF, WHEN_WORDS_FUTURE_REF};
	const struct lex *l = lex_at(s, at);
	const struct ch_word_sense *w;
	const char *value = NULL;
	uint32_t i = at + 1;
	bool the = when_word(s, at, "the");

	out->kind = CH_TIME_DATE;
	out->vague = true;
	for (size_t k = 0; k < sizeof sections / sizeof *sections; k++)
		if ((w = lex_sense(l, sections[k])))
			value = w->value;
	if (when_word(s, at, "right") && when_word(s, at + 1, "now")) {
		value = "PRESENT_REF";
		i = at + 2;
	} else if (the && (when_word(s, at + 1, "near") || when_word(s, at + 1, "foreseeable")) &&
		   when_word(s, at + 2, "future")) {
		value = "FUTURE_REF";
		i = at + 3;
	} else if (the && (when_word(s, at + 1, "future") || when_word(s, at + 1, "past")) &&
		   !lex_at(s, at + 2)->word && lex_at(s, at + 2)->num < 0) {
		/* "the past" alone, not "the past two weeks"; "the future of Europe" is no time */
		if (when_word(s, at + 2, "of") || (at && !when_word(s, at - 1, "in") && !when_word(s, at - 1, "for")))
			return at;
		value = when_word(s, at + 1, "future") ? "FUTURE_REF" : "PAST_REF";
		i = at + 2;
	} else if (when_word(s, at, "recent") || (the && when_word(s, at + 1, "recent"))) {
		uint32_t r = at + (the ? 1 : 0);

		if (lex_is(lex_at(s, r + 1), WHEN_WORDS_UNIT)) {
			value = "PAST_REF";
			i = r + 2;
		}
	} else if (when_word(s, at, "coming") && (w = lex_sense(lex_at(s, at + 1), WHEN_WORDS_UNIT)) &&
		   (when_text(s, at + 1).ptr[when_text(s, at + 1).len - 1] | 32) == 's') {
		value = "FUTURE_REF";
		i = at + 2;
	} else if (the && (when_word(s, at + 1, "past") || when_word(s, at + 1, "last")) &&
		   lex_is(lex_at(s, at + 2), WHEN_WORDS_QUANTITY)) {
		return at;
	}
	if (!value || (when_word(s, at, "soon") && (when_word(s, at + 1, "after") || when_word(s, at + 1, "as") ||
						    (at && when_word(s, at - 1, "as")))))
		return at;
	snprintf(out->value, sizeof out->value, "%s", value);
	return i;
}
