/* when/calendar.c -- periods of the calendar: their days, their neighbours, how they are written. */
#include "when/when_priv.h"
#include <stdlib.h>

enum { YEAR_MAX = 9999 };

static int clamp_year(int year)
{
	return year < 1 ? 1 : year > YEAR_MAX ? YEAR_MAX : year;
}

/* Monday of the ISO week. */
static ch_day monday_of(ch_day day)
{
	return day - (ch_weekday(day) - 1);
}

/* ISO 8601 week of the day, and the year it counts in. */
static int iso_week(ch_day day, int *year)
{
	ch_day thursday = monday_of(day) + 3;

	*year = ch_date_of(thursday).year;
	return (thursday - ch_day_of(*year, 1, 1)) / 7 + 1;
}

static ch_day month_end(int year, int month)
{
	return ch_day_of(year, month, ch_month_days(year, month));
}

static int season_month(int season)
{
	return season == 4 ? 12 : season * 3;
}

/* Months [from, from + n) of the year; may run into the next. */
static bool months(int year, int from, int n, ch_day *lo, ch_day *hi)
{
	int last = from + n - 1;

	*lo = ch_day_of(year, from, 1);
	*hi = last > 12 ? month_end(clamp_year(year + 1), last - 12) : month_end(year, last);
	return true;
}

bool cal_days(const struct cal *c, ch_day *lo, ch_day *hi)
{
	*lo = *hi = CH_NO_DAY;
	if (c->year < 1 || c->year > YEAR_MAX)
		return false;
	switch (c->gran) {
	case G_DAY:
		if (!ch_date_valid(c->year, c->month, c->day))
			return false;
		*lo = *hi = ch_day_of(c->year, c->month, c->day);
		return true;
	case G_WEEK:
	case G_WEEKEND:
		if (!ch_date_valid(c->year, c->month, c->day))
			return false;
		*lo = monday_of(ch_day_of(c->year, c->month, c->day));
		*hi = *lo + 6;
		if (c->gran == G_WEEKEND)
			*lo += 5;
		return true;
	case G_MONTH:
		return months(c->year, c->month, 1, lo, hi);
	case G_QUARTER:
		return months(c->year, c->sub * 3 - 2, 3, lo, hi);
	case G_HALF:
		return months(c->year, c->sub * 6 - 5, 6, lo, hi);
	case G_SEASON:
		return months(c->year, season_month(c->sub), 3, lo, hi);
	case G_YEAR:
		return months(c->year, 1, 12, lo, hi);
	case G_DECADE:
		*lo = ch_day_of(clamp_year(c->year), 1, 1);
		*hi = month_end(clamp_year(c->year + 9), 12);
		return true;
	case G_CENTURY:
		*lo = ch_day_of(clamp_year(c->year), 1, 1);
		*hi = month_end(clamp_year(c->year + 99), 12);
		return true;
	default:
		return false;
	}
}

struct cal cal_day(ch_day day)
{
	struct ch_date d = ch_date_of(day);

	return (struct cal){G_DAY, d.year, d.month, d.day, 0};
}

struct cal cal_holding(ch_day day, enum gran gran)
{
	struct ch_date d = ch_date_of(day);
	struct cal c = {gran, d.year, d.month, d.day, 0};

	switch (gran) {
	case G_QUARTER:
		c.sub = (d.month + 2) / 3;
		break;
	case G_HALF:
		c.sub = (d.month + 5) / 6;
		break;
	case G_SEASON:
		c.sub = d.month < 3 || d.month == 12 ? 4 : d.month / 3;
		c.year -= d.month < 3; /* the winter of January began the year before */
		break;
	case G_DECADE:
		c.year -= c.year % 10;
		break;
	case G_CENTURY:
		c.year -= (c.year - 1) % 100;
		break;
	default:
		break;
	}
	return c;
}

struct cal cal_shift(const struct cal *c, int n)
{
	struct cal r = *c;
	int at;

	switch (c->gran) {
	case G_DAY:
	case G_WEEK:
	case G_WEEKEND:
		if (ch_date_valid(c->year, c->month, c->day)) {
			struct cal d = cal_day(ch_day_of(c->year, c->month, c->day) + n * (c->gran == G_DAY ? 1 : 7));

			r.year = d.year;
			r.month = d.month;
			r.day = d.day;
		}
		break;
	case G_MONTH:
		at = r.year * 12 + r.month - 1 + n;
		r.year = at / 12;
		r.month = at % 12 + 1;
		break;
	case G_QUARTER:
	case G_SEASON:
		at = r.year * 4 + r.sub - 1 + n;
		r.year = at / 4;
		r.sub = at % 4 + 1;
		break;
	case G_HALF:
		at = r.year * 2 + r.sub - 1 + n;
		r.year = at / 2;
		r.sub = at % 2 + 1;
		break;
	case G_DECADE:
		r.year += 10 * n;
		break;
	case G_CENTURY:
		r.year += 100 * n;
		break;
	default:
		r.year += n;
		break;
	}
	r.year = clamp_year(r.year);
	return r;
}

struct cal cal_from(ch_day day, enum gran gran, int n)
{
	struct cal c = cal_holding(day, gran);

	if (abs(n) > 200 * 366)
		n = 0;
	/* "A decade ago" is a year ten years back, not the decade before. */
	if (gran == G_DECADE || gran == G_CENTURY) {
		c = cal_holding(day, G_YEAR);
		c.year = clamp_year(c.year + n * (gran == G_DECADE ? 10 : 100));
		return c;
	}
	return cal_shift(&c, n);
}

/* Days between publication and the period; 0 inside it. */
static int distance(const struct scan *s, const struct cal *c, bool *ahead)
{
	ch_day lo, hi;

	*ahead = false;
	if (!cal_days(c, &lo, &hi))
		return INT32_MAX;
	*ahead = lo > s->published;
	return lo > s->published ? lo - s->published : hi < s->published ? s->published - hi : 0;
}

void cal_nearest(const struct scan *s, struct cal *c, enum tense tense, int strict)
{
	struct cal past, next;
	int far, near = INT32_MAX;
	bool ahead;

	c->year = s->year;
	if (!s->year)
		return;
	/* The latest that is not ahead, and the first behind it; a 29 February waits for its year. */
	for (int i = 0; i < 9; i++, c->year--)
		if (distance(s, c, &ahead) != INT32_MAX && !ahead)
			break;
	past = *c;
	if (strict < 0 && distance(s, &past, &ahead) == 0)
		past.year--;
	next = past;
	for (int i = 0; i < 9; i++) {
		next.year++;
		near = distance(s, &next, &ahead);
		if (near != INT32_MAX && ahead)
			break;
	}
	far = distance(s, &past, &ahead);
	*c = past;
	if (strict < 0 || (far == 0 && strict == 0))
		return;
	/* How many days ahead are as unlikely as one back: press pages look back, and a tense is only read off near
	 * words. */
	if (tense == TENSE_FUTURE)
		far = far < INT32_MAX / 12 ? far * (s->tagged ? 8 : 4) : far;
	else if (near != INT32_MAX)
		near *= tense == TENSE_NONE ? 2 : c->gran != G_DAY ? 12 : s->tagged ? 8 : 5;
	if (strict > 0 || near < far)
		*c = next;
}

struct cal cal_weekday(const struct scan *s, int weekday, enum tense tense, int strict)
{
	int back = (ch_weekday(s->published) - weekday + 7) % 7; /* days since the last such weekday */
	ch_day day = s->published - back;

	if (strict < 0 && back == 0)
		day -= 7;
	else if (strict > 0 || (strict == 0 && tense == TENSE_FUTURE && back != 0))
		day += 7;
	return cal_day(day);
}

/* ---- written ---- */

static const char *const season_names[] = {"SP", "SU", "FA", "WI"};

struct ch_str cal_value(struct ch_arena *a, const struct cal *c)
{
	char year[16] = "XXXX";
	int week_year = 0, week;

	if (c->year > 0)
		snprintf(year, sizeof year, "%04d", c->year);
	switch (c->gran) {
	case G_DAY:
		if (!c->month)
			return c->sub ? ch_arena_printf(a, "%s-WXX-%d", year, c->sub)
				      : ch_arena_printf(a, "%s-XX-XX", year);
		return ch_arena_printf(a, "%s-%02d-%02d", year, c->month, c->day);
	case G_WEEK:
	case G_WEEKEND:
		if (!c->month)
			return ch_arena_printf(a, "%s-WXX%s", year, c->gran == G_WEEKEND ? "-WE" : "");
		week = iso_week(ch_day_of(c->year, c->month, c->day), &week_year);
		return ch_arena_printf(a, "%04d-W%02d%s", week_year, week, c->gran == G_WEEKEND ? "-WE" : "");
	case G_MONTH:
		return c->month ? ch_arena_printf(a, "%s-%02d", year, c->month) : ch_arena_printf(a, "%s-XX", year);
	case G_QUARTER:
		return c->sub ? ch_arena_printf(a, "%s-Q%d", year, c->sub) : ch_arena_printf(a, "%s-QX", year);
	case G_HALF:
		return ch_arena_printf(a, "%s-H%d", year, c->sub);
	case G_SEASON:
		return ch_arena_printf(a, "%s-%s", year, season_names[(c->sub - 1) & 3]);
	case G_DECADE:
		return c->year > 0 ? ch_arena_printf(a, "%03d", c->year / 10) : ch_arena_str(a, CH_STR("XXX"));
	case G_CENTURY:
		return c->year > 0 ? ch_arena_printf(a, "%02d", c->year / 100) : ch_arena_str(a, CH_STR("XX"));
	default:
		return ch_arena_printf(a, "%s", year);
	}
}

struct ch_str cal_date(struct ch_arena *a, const struct cal *c)
{
	ch_day lo, hi;
	char from[16], to[16];

	if (!cal_days(c, &lo, &hi))
		return (struct ch_str){0};
	ch_day_print(lo, from);
	ch_day_print(hi, to);
	switch (c->gran) {
	case G_DAY:
		return ch_arena_printf(a, "%s", from);
	case G_MONTH:
		return ch_arena_printf(a, "%.7s", from);
	case G_YEAR:
		return ch_arena_printf(a, "%.4s", from);
	case G_WEEK:
	case G_WEEKEND:
		return ch_arena_printf(a, "%s/%s", from, to);
	case G_DECADE:
	case G_CENTURY:
		return ch_arena_printf(a, "%.4s/%.4s", from, to);
	default:
		return ch_arena_printf(a, "%.7s/%.7s", from, to);
	}
}
