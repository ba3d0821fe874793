/* when/date.c -- dates that name themselves: days, months, years, quarters, decades, centuries, times of day. What is
 * left out of them (the year, mostly) is filled in by the context: settle(). */
#include "when/when_priv.h"

enum {
	LIST_REACH = 16, /* words over which a list of dates shares its year */
	FRESH_DAYS = 45, /* so long before publication a day is news, whatever story stands around it */
};

static bool is_year_number(const struct lex *l)
{
	return l->flags & LEX_DIGITS && l->digits == 4 && l->num >= 1500 && l->num <= 2100 && !l->mark;
}

static bool is_day_number(const struct lex *l)
{
	return ((l->flags & LEX_DIGITS && l->digits <= 2) || l->flags & LEX_ORDINAL) && l->num >= 1 && l->num <= 31 &&
	       !l->mark;
}

/* "nineteen ninety-six", "two thousand": a year in words; out of a transcript. */
static uint32_t spoken_year(const struct scan *s, uint32_t at, int *year)
{
	const struct lex *l = lex_at(s, at);
	const struct lex *m = lex_at(s, at + 1), *behind = lex_at(s, at + 3);

	if (!l->word || (l->num != 19 && l->num != 20) || l->flags & LEX_ORDINAL || !m->word || m->num < 10 ||
	    m->num > 90 || m->flags & LEX_ORDINAL)
		return at;
	*year = l->num * 100 + m->num;
	if (lex_at(s, at + 2)->mark == '-' && behind->word && behind->num > 0 && behind->num < 10) {
		*year += behind->num;
		return at + 4;
	}
	return at + 2;
}

/* A year behind a month or day: "2018", ", 2018", "of 2018", "last year", "this year". */
static uint32_t year_behind(const struct scan *s, uint32_t at, int *year)
{
	uint32_t i = at;

	if (lex_at(s, i)->mark == ',' || when_word(s, i, "of"))
		i++;
	if (is_year_number(lex_at(s, i))) {
		/* "March 2000 people"? a comma or a lone month before it make it a year all the same */
		if (lex_is(lex_at(s, i + 1), WHEN_WORDS_COUNTED) && i == at)
			return at;
		*year = lex_at(s, i)->num;
		return i + 1;
	}
	if (s->year &&
	    (lex_is(lex_at(s, i), WHEN_WORDS_LAST) || lex_is(lex_at(s, i), WHEN_WORDS_THIS) ||
	     lex_is(lex_at(s, i), WHEN_WORDS_NEXT)) &&
	    when_word(s, i + 1, "year")) {
		*year = s->year + (lex_is(lex_at(s, i), WHEN_WORDS_NEXT)   ? 1
				   : lex_is(lex_at(s, i), WHEN_WORDS_LAST) ? -1
									   : 0);
		return i + 2;
	}
	i = spoken_year(s, i, year);
	return lex_at(s, i - (i > at))->num >= 0 && i > at + (lex_at(s, at)->mark == ',') ? i : at;
}

/* "in February and June 2017": the year at the end of a list of dates is that of each; 0 where there is none. */
static int year_of_list(const struct scan *s, uint32_t past)
{
	bool month = false;

	if (lex_at(s, past)->mark != ',' && !when_word(s, past, "and") && !when_word(s, past, "or"))
		return 0;
	for (uint32_t i = past + 1; i < s->n && i < past + LIST_REACH; i++) {
		const struct lex *l = lex_at(s, i);

		if (is_year_number(l))
			return month ? l->num : 0;
		if (lex_is(l, WHEN_WORDS_MONTH))
			month = true;
		else if (!is_day_number(l) && l->mark != ',' && l->mark != '-' && !when_word(s, i, "and") &&
			 !when_word(s, i, "or") && !when_word(s, i, "on") && !when_word(s, i, "in") &&
			 !when_word(s, i, "of"))
			return 0;
	}
	return 0;
}

/* A paragraph that told a full date of a past year tells on from there ("On September 5, 1774, … On October 20, …"),
 * unless the date is fresh news. */
static void follow_story(const struct scan *s, struct cal *c)
{
	struct cal told = *c;
	ch_day lo, hi, from, to;

	if (!s->story.gran || !s->year || s->story.year >= s->year)
		return;
	told.year = s->story.year;
	if (!cal_days(c, &lo, &hi) || (s->published >= lo && s->published - hi < FRESH_DAYS))
		return;
	if (cal_days(&s->story, &from, &to) && cal_days(&told, &lo, &hi) && lo >= from)
		*c = told;
}

/* "10 February 1990 – …", and at the head of the next entry "5 May – …": of the same year, or the next. */
static bool follow_chronicle(const struct scan *s, struct cal *c, uint32_t at, uint32_t past)
{
	struct cal told = *c;
	ch_day lo, hi, from, to;

	if (!s->opening || at > 0 || !s->chronicle.gran || !s->year || s->chronicle.year >= s->year || lex_at(s, past)->num >= 0 ||
	    lex_at(s, past)->word)
		return false;
	told.year = s->chronicle.year;
	if (!cal_days(&s->chronicle, &from, &to) || !cal_days(&told, &lo, &hi))
		return false;
	if (lo < from)
		told.year++;
	*c = told;
	return true;
}

/* The year of a date that has none. */
static void settle(struct scan *s, struct when *out, uint32_t at, uint32_t past)
{
	int year = year_of_list(s, past);

	if (out->said)
		return;
	if (year)
		out->said = true;
	else
		year = s->sentence_year ? s->sentence_year : s->paragraph_year;
	if (year && (!s->year || year <= s->year + 1)) { /* "by 2030" says nothing of the dates beside it */
		out->from.year = year;
		if (out->to.gran)
			out->to.year = year;
		return;
	}
	if (!follow_chronicle(s, &out->from, at, past)) {
		cal_nearest(s, &out->from, when_tense(s, at, past), 0);
		follow_story(s, &out->from);
	}
	if (out->to.gran) {
		out->to.year = out->from.year;
		if (out->to.month < out->from.month)
			out->to.year++;
	}
}

/* The day numbers of "12", "12-14", "12 and 13": first in *from, last in *to (0: one day). */
static uint32_t day_run(const struct scan *s, uint32_t at, int *from, int *to)
{
	uint32_t i = at;

	*to = 0;
	if (!is_day_number(lex_at(s, i)))
		return at;
	*from = lex_at(s, i++)->num;
	if ((lex_at(s, i)->mark == '-' || when_word(s, i, "to")) && is_day_number(lex_at(s, i + 1)) &&
	    lex_at(s, i + 1)->num > *from) {
		*to = lex_at(s, i + 1)->num;
		i += 2;
	} else if (when_word(s, i, "and") && is_day_number(lex_at(s, i + 1)) && lex_at(s, i + 1)->num == *from + 1) {
		*to = *from + 1; /* "5 and 6 June"; days apart are two dates */
		i += 2;
	}
	return i;
}

static const struct ch_word_sense *month_at(const struct scan *s, uint32_t at)
{
	return lex_sense(lex_at(s, at), WHEN_WORDS_MONTH);
}

/* False for a 31 June of a known year. */
static bool real_day(const struct cal *c)
{
	return c->gran != G_DAY || !c->year || ch_date_valid(c->year, c->month, c->day);
}

/* The year behind a day or month that ends at i, or the one that the text settles: where the date ends; at, if there is no such day. */
static uint32_t with_year(struct scan *s, uint32_t at, uint32_t i, struct when *out)
{
	int year = 0;
	uint32_t j = year_behind(s, i, &year);

	if (j == i) {
		settle(s, out, at, i);
		return i;
	}
	out->from.year = year;
	out->to.year = out->to.gran ? year : 0;
	if (out->to.gran && out->to.month < out->from.month)
		out->from.year--;
	out->said = true;
	return real_day(&out->from) && real_day(&out->to) ? j : at;
}

/* "May 12", "May 12-14, 2018", "May 30 - June 2", "March 2018", "April, 2018", "March eighth". */
static uint32_t month_first(struct scan *s, uint32_t at, struct when *out)
{
	const struct ch_word_sense *month = month_at(s, at), *other;
	int from = 0, to = 0;
	uint32_t i, j;

	if (!month)
		return at;
	out->from = (struct cal){.gran = G_MONTH, .month = month->number};
	i = at + 1;
	if (when_word(s, i, "the") && lex_at(s, i + 1)->flags & LEX_ORDINAL)
		i++;
	j = day_run(s, i, &from, &to);
	if (j > i && (lex_at(s, i)->flags & LEX_ORDINAL || !lex_is(lex_at(s, j), WHEN_WORDS_UNIT)) &&
	    lex_at(s, j)->mark != '%' && !ch_str_eqz(when_text(s, j), "percent") && lex_at(s, j)->mark != '/') {
		out->from.gran = G_DAY;
		out->from.day = from;
		i = j;
		if (to)
			out->to = (struct cal){.gran = G_DAY, .month = month->number, .day = to};
		/* a second month: "May 30 – June 2" */
		else if ((lex_at(s, i)->mark == '-' || when_word(s, i, "to")) && (other = month_at(s, i + 1)) &&
			 is_day_number(lex_at(s, i + 2))) {
			out->to = (struct cal){.gran = G_DAY, .month = other->number, .day = lex_at(s, i + 2)->num};
			i += 3;
		}
	} else {
		i = at + 1;
		if ((lex_at(s, i)->mark == '-' || when_word(s, i, "to")) && (other = month_at(s, i + 1)) &&
		    other->number > month->number && !is_day_number(lex_at(s, i + 2))) { /* "January–March 2018" */
			out->to = (struct cal){.gran = G_MONTH, .month = other->number};
			i += 2;
		}
	}
	return with_year(s, at, i, out);
}

/* "12 May 2018", "12-14 May", "30 May – 2 June", "the 3rd of June". */
static uint32_t day_first(struct scan *s, uint32_t at, struct when *out)
{
	const struct ch_word_sense *month, *other;
	int from, to;
	uint32_t i = day_run(s, at, &from, &to);

	if (i == at)
		return at;
	if (when_word(s, i, "of") && lex_at(s, at)->flags & LEX_ORDINAL)
		i++;
	if (!(month = month_at(s, i)))
		return at;
	i++;
	/* "in 2 May" is no date, but then neither is it English */
	out->from = (struct cal){.gran = G_DAY, .month = month->number, .day = from};
	if (to)
		out->to = (struct cal){.gran = G_DAY, .month = month->number, .day = to};
	else if ((lex_at(s, i)->mark == '-' || when_word(s, i, "to")) && is_day_number(lex_at(s, i + 1)) &&
		 (other = month_at(s, i + 2))) {
		out->to = (struct cal){.gran = G_DAY, .month = other->number, .day = lex_at(s, i + 1)->num};
		i += 3;
	}
	return with_year(s, at, i, out);
}

/* "2018-08-12", "12.08.2018". */
static uint32_t numeric(struct scan *s, uint32_t at, struct when *out)
{
	const struct lex *l = lex_at(s, at);

	if (!(l->flags & LEX_DATE))
		return at;
	out->from = (struct cal){l->month ? G_DAY : G_YEAR, l->num, l->month, l->day, 0};
	out->said = true;
	return at + 1;
}

/* Both of "2018-2019", "2018-19", "2018/19"; past and last year; `at` where there is no range. */
static uint32_t year_range(const struct scan *s, uint32_t at, int *last)
{
	const struct lex *sep = lex_at(s, at + 1), *to = lex_at(s, at + 2);
	int from = lex_at(s, at)->num;

	if ((sep->mark != '-' && sep->mark != '/') || !(to->flags & LEX_DIGITS) || to->mark)
		return at;
	if (to->digits == 4 && to->num > from && to->num <= 2100)
		*last = to->num;
	else if (to->digits == 2 && to->num == (from + 1) % 100)
		*last = from + 1;
	else if (to->digits == 2 && to->num > from % 100 && !s->doc->tokens.v[s->first + at].space_after)
		*last = from - from % 100 + to->num;
	else
		return at;
	return at + 3;
}

/* Is a bare number of four digits a year here? Names keep theirs ("Agenda 2030"), and so do things that are counted. */
static bool plausible_year(const struct scan *s, uint32_t at)
{
	const struct lex *l = lex_at(s, at), *next = lex_at(s, at + 1), *prev = at ? lex_at(s, at - 1) : NULL;
	struct ch_str before = at ? when_text(s, at - 1) : (struct ch_str){0};
	const struct ch_token *t = &s->doc->tokens.v[s->first + at];
	bool named_before = prev && lex_is(prev, WHEN_WORDS_BEFORE_YEAR);

	if (!is_year_number(l))
		return false;
	if (lex_is(next, WHEN_WORDS_COUNTED) && l->num % 100 == 0)
		return false;
	if (lex_is(next, WHEN_WORDS_COUNTED) && !named_before)
		return false;
	if (next->mark == '%' || (next->mark == '/' && year_range(s, at, &(int){0}) == at) ||
	    (lex_is(next, WHEN_WORDS_UNIT) && !when_word(s, at + 1, "second")))
		return false;
	if (prev && (prev->mark == '$' || prev->mark == '/' || prev->mark == '#' || prev->mark == '+' ||
		     prev->mark == '=' || before.len == 0 ||
		     (before.len >= 2 && (unsigned char)before.ptr[0] == 0xE2 && (unsigned char)before.ptr[1] == 0x82)))
		return false;
	if (prev && (ch_str_eqz(before, "No.") || ch_str_ieq(before, CH_STR("resolution")) ||
		     ch_str_ieq(before, CH_STR("room"))))
		return false;
	/* "COP-2024", "Wave-2024": a name goes on without a blank */
	if (prev && at && prev->mark == '-' && !s->doc->tokens.v[s->first + at - 1].space_after && at > 1 &&
	    !s->doc->tokens.v[s->first + at - 2].space_after && !is_year_number(lex_at(s, at - 2)) &&
	    lex_at(s, at - 2)->num < 0)
		return false;
	if (!t->space_after && next->mark == '-' && at + 2 < s->n && !lex_at(s, at + 2)->word &&
	    lex_at(s, at + 2)->num < 0 && lex_at(s, at + 2)->flags & LEX_UPPER)
		return false;
	/* a name before it, with nothing between: "Agenda 2030", "Expo 2020" */
	if (prev && prev->flags & LEX_UPPER && !prev->word && s->doc->tokens.v[s->first + at - 1].space_after)
		return false;
	if (l->num < 1900 && !named_before && !(prev && (prev->mark == '(' || prev->mark == '-')) &&
	    year_range(s, at, &(int){0}) == at)
		return false;
	return true;
}

static enum gran period_gran(const struct scan *s, uint32_t at)
{
	const struct ch_word_sense *u = lex_sense(lex_at(s, at), WHEN_WORDS_UNIT);

	return u && u->value[0] == 'Q' ? G_QUARTER : G_NONE;
}

uint32_t match_year(struct scan *s, uint32_t at, struct when *out)
{
	uint32_t i = at;
	int last = 0, year = 0;

	/* "the year 2000", "fiscal 1989", "fiscal year 2018" */
	if (when_word(s, i, "fiscal"))
		i++;
	if (when_word(s, i, "year"))
		i++;
	if (i > at && (is_year_number(lex_at(s, i)) || spoken_year(s, i, &year) > i)) {
		uint32_t end = spoken_year(s, i, &year);

		out->from = (struct cal){.gran = G_YEAR, .year = end > i ? year : lex_at(s, i)->num};
		out->said = true;
		return end > i ? end : i + 1;
	}
	if (i > at && when_word(s, i, "two") && when_word(s, i + 1, "thousand")) {
		out->from = (struct cal){.gran = G_YEAR, .year = 2000};
		out->said = true;
		return i + 2;
	}
	i = spoken_year(s, at, &year);
	if (i > at) {
		out->from = (struct cal){.gran = G_YEAR, .year = year};
		out->said = true;
		return i;
	}
	if (!(lex_at(s, at)->flags & LEX_MID) && !plausible_year(s, at))
		return at;
	if (!is_year_number(lex_at(s, at)))
		return at;
	out->from = (struct cal){.gran = G_YEAR, .year = lex_at(s, at)->num};
	out->said = true;
	i = year_range(s, at, &last);
	if (i > at) {
		out->to = (struct cal){.gran = G_YEAR, .year = last};
		return i;
	}
	/* "the 2018 third quarter" */
	if (lex_at(s, at + 1)->flags & LEX_ORDINAL && lex_at(s, at + 1)->num <= 4 &&
	    period_gran(s, at + 2) == G_QUARTER) {
		out->from = (struct cal){.gran = G_QUARTER, .year = lex_at(s, at)->num, .sub = lex_at(s, at + 1)->num};
		return at + 3;
	}
	return at + 1;
}

/* "the 1990s", "the nineties", "the 20th century", "the third quarter of 2018", "Q3 2018", "the first half of 2018". */
static uint32_t match_period(struct scan *s, uint32_t at, struct when *out)
{
	const struct lex *l = lex_at(s, at);
	struct ch_str text = when_text(s, at);
	int year = 0, sub = l->num;
	enum gran gran = G_NONE;
	uint32_t i, j;

	if (l->flags & LEX_DECADE) {
		out->from = (struct cal){.gran = G_DECADE, .year = l->num};
		out->said = true;
		return at + 1;
	}
	if (text.len == 2 && (text.ptr[0] | 32) == 'q' && text.ptr[1] >= '1' && text.ptr[1] <= '4') {
		gran = G_QUARTER;
		sub = text.ptr[1] - '0';
		i = at + 1;
	} else if (l->flags & LEX_ORDINAL) {
		const struct ch_word_sense *unit;

		i = at + 1;
		if (lex_at(s, i)->mark == '-')
			i++;
		if (when_word(s, i, "fiscal"))
			i++;
		unit = lex_sense(lex_at(s, i), WHEN_WORDS_UNIT);
		if (unit && unit->value[0] == 'C' && l->num >= 1 && l->num <= 21 && when_word(s, i, "century")) {
			out->from = (struct cal){.gran = G_CENTURY, .year = (l->num - 1) * 100 + 1};
			out->said = true;
			return i + 1;
		}
		if (unit && unit->value[0] == 'Q' && l->num <= 4 && when_word(s, i, "quarter"))
			gran = G_QUARTER;
		else if (when_word(s, i, "half") && l->num <= 2 &&
			 (when_word(s, i + 1, "of") || is_year_number(lex_at(s, i + 1))))
			gran = G_HALF;
		else
			return at;
		i++;
	} else {
		return at;
	}
	out->from = (struct cal){.gran = gran, .sub = sub};
	j = i;
	if (when_word(s, j, "of"))
		j++;
	if (when_word(s, j, "fiscal"))
		j++;
	j = year_behind(s, j, &year);
	if (year) {
		out->from.year = year;
		out->said = true;
		return j;
	}
	if (gran == G_HALF) {
		if (!when_word(s, i, "of") || !when_word(s, i + 1, "the") || !when_word(s, i + 2, "year"))
			return at;
		i += 3;
	}
	settle(s, out, at, i);
	return i;
}

/* "summer 2018", "the winter of 1994", "last fall" is in relative.c. */
static uint32_t match_season(struct scan *s, uint32_t at, struct when *out)
{
	const struct ch_word_sense *season = lex_sense(lex_at(s, at), WHEN_WORDS_SEASON);
	int year = 0;
	uint32_t i;

	if (!season)
		return at;
	i = year_behind(s, at + 1, &year);
	out->from = (struct cal){.gran = G_SEASON, .sub = season->number, .year = year};
	if (year) {
		out->said = true;
		return i;
	}
	/* without a year only where "in" or "the" make it a time, and the word has no other sense */
	if (!at || season->number == 1 || when_word(s, at, "fall"))
		return at;
	if (!when_word(s, at - 1, "in") &&
	    !(when_word(s, at - 1, "the") && at > 1 && (when_word(s, at - 2, "in") || when_word(s, at - 2, "during"))))
		return at;
	settle(s, out, at, at + 1);
	return at + 1;
}

static uint32_t match_holiday(struct scan *s, uint32_t at, struct when *out)
{
	const struct ch_word_sense *h = lex_sense(lex_at(s, at), WHEN_WORDS_HOLIDAY);
	int year = 0;
	uint32_t i = at + 1, j;
	bool eve = false, new_year = false;

	if (when_word(s, at, "new") && when_word(s, at + 1, "year") && lex_at(s, at)->flags & LEX_UPPER &&
	    lex_at(s, at + 1)->flags & LEX_UPPER) {
		i = at + 2;
		if (ch_str_ends(when_text(s, i), CH_STR("s")) && when_text(s, i).len <= 4 && !lex_at(s, i)->word)
			i++;
		eve = when_word(s, i, "eve");
		if (!eve && !when_word(s, i, "day"))
			return at;
		new_year = true;
	} else if (!h) {
		return at;
	}
	if (when_word(s, i, "eve")) {
		eve = true;
		i++;
	} else if (when_word(s, i, "day")) {
		i++;
	}
	j = year_behind(s, i, &year);
	out->from = (struct cal){.gran = G_DAY, .month = 12, .day = 25, .year = year};
	if (new_year)
		out->from = (struct cal){.gran = G_DAY, .month = eve ? 12 : 1, .day = eve ? 31 : 1, .year = year};
	else if (h->value[0] == 'T')
		out->from = (struct cal){.gran = G_DAY, .month = 11, .day = 22, .year = year};
	else {
		out->from.month = (h->value[0] - '0') * 10 + h->value[1] - '0';
		out->from.day = (h->value[3] - '0') * 10 + h->value[4] - '0' - (eve ? 1 : 0);
	}
	if (year)
		out->said = true;
	else
		settle(s, out, at, i);
	if (h && h->value[0] == 'T' && out->from.year) {
		int first = ch_weekday(ch_day_of(out->from.year, 11, 1));

		out->from.day = 22 + (4 - first + 7) % 7; /* the fourth Thursday */
	}
	return year ? j : i;
}

/* A month alone is a month after a preposition or the like; "May", "March" and "August" are other things too. */
static bool lone_month(const struct scan *s, uint32_t at, uint32_t past)
{
	struct ch_str t = when_text(s, at), before = at ? when_text(s, at - 1) : (struct ch_str){0};
	const struct lex *prev = at ? lex_at(s, at - 1) : NULL;
	bool doubtful = t.len <= 3 || ch_str_eqz(t, "March") || ch_str_eqz(t, "April") || ch_str_eqz(t, "June") ||
			ch_str_eqz(t, "August");

	if (past > at + 1)
		return true; /* a day or a year stands with it */
	if (t.len == 3 && !ch_str_eqz(t, "May"))
		return false;
	if (prev && prev->flags & LEX_UPPER && !prev->word && s->doc->tokens.v[s->first + at - 1].space_after &&
	    !ch_str_eqz(before, "The") && at > 1)
		return false; /* "Theresa May" */
	if (!doubtful)
		return t.len > 3 && t.ptr[t.len - 1] != '.' ? true : at > 0;
	if (!prev)
		return false;
	return lex_is(prev, WHEN_WORDS_BEFORE_YEAR) || lex_is(prev, WHEN_WORDS_PART_OF) ||
	       lex_is(prev, WHEN_WORDS_DEADLINE) || when_word(s, at - 1, "the") || when_word(s, at - 1, "this") ||
	       when_word(s, at - 1, "its") || prev->mark == '-';
}

uint32_t match_clock(struct scan *s, uint32_t at, struct when *out)
{
	const struct lex *l = lex_at(s, at);
	const struct ch_word_sense *m = lex_sense(lex_at(s, at + 1), WHEN_WORDS_MERIDIEM),
				   *word = lex_sense(l, WHEN_WORDS_CLOCK);
	bool hours = (l->flags & LEX_DIGITS && l->digits <= 2) || (l->mark == ':' && l->digits <= 2);
	uint32_t i = at;

	if (word) {
		out->hour = word->number;
		out->minute = 0;
		i = at + 1;
	} else if (hours && l->num >= 0 && l->num <= 12 && m) {
		out->hour = l->num % 12 + m->number;
		out->minute = l->minor;
		i = at + 2;
	} else if (l->mark == ':' && l->digits <= 2 && l->num < 24 && l->minor < 60 &&
		   (l->digits == 2 || (at && when_word(s, at - 1, "at")) ||
		    lex_is(lex_at(s, at + 1), WHEN_WORDS_ZONE))) {
		out->hour = l->num;
		out->minute = l->minor;
		i = at + 1;
	} else if (hours && l->mark != ':' && ch_str_ieq(when_text(s, at + 1), CH_STR("o'clock"))) {
		out->hour = l->num;
		out->minute = 0;
		i = at + 2;
	} else {
		return at;
	}
	if (lex_is(lex_at(s, i), WHEN_WORDS_ZONE))
		i++;
	else if (when_word(s, i, "local") && when_word(s, i + 1, "time"))
		i += 2;
	out->kind = CH_TIME_TIME;
	return i;
}

/* "Friday", "Friday, May 12", "Friday the 12th of May"; the date counts where both are told. */
static uint32_t match_weekday(struct scan *s, uint32_t at, struct when *out)
{
	const struct ch_word_sense *day = lex_sense(lex_at(s, at), WHEN_WORDS_WEEKDAY);
	struct when full = *out;
	uint32_t i = at + 1, j;

	if (!day || (at && lex_is(lex_at(s, at - 1), WHEN_WORDS_NAMESAKE)))
		return at;
	if (lex_at(s, i)->mark == ',' || (lex_at(s, i)->mark == '(' && month_at(s, i + 1)))
		i++;
	if (when_word(s, i, "the"))
		i++;
	if (((j = month_first(s, i, &full)) > i || (j = day_first(s, i, &full)) > i) && full.from.gran == G_DAY) {
		*out = full;
		return j;
	}
	if (when_text(s, at).len <= 3)
		return at; /* "Sun" and "Mon" are other things */
	out->from = (struct cal){.gran = G_DAY, .sub = day->number};
	if ((when_text(s, at).ptr[when_text(s, at).len - 1] | 32) == 's') { /* "on Mondays" */
		snprintf(out->value, sizeof out->value, "XXXX-WXX-%d", day->number);
		out->kind = CH_TIME_SET;
		out->vague = true;
		return at + 1;
	}
	if (s->published != CH_NO_DAY)
		out->from = cal_weekday(s, day->number, when_tense(s, at, at + 1), 0);
	return at + 1;
}

uint32_t match_date(struct scan *s, uint32_t at, struct when *out)
{
	uint32_t i;

	out->kind = CH_TIME_DATE;
	if ((i = month_first(s, at, out)) > at)
		return lone_month(s, at, i) ? i : at;
	if ((i = match_weekday(s, at, out)) > at || (i = day_first(s, at, out)) > at ||
	    (i = numeric(s, at, out)) > at || (i = match_period(s, at, out)) > at ||
	    (i = match_season(s, at, out)) > at || (i = match_holiday(s, at, out)) > at)
		return i;
	return match_year(s, at, out);
}
