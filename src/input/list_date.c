/* input/list_date.c -- dates as lists have them. See list.h. */
#include "input/list.h"
#include "text/words.h"
#include "when/when_words.h" /* made at build time from lexicon/when/ */

/* Year, month, day as far as they are said; 0: unsaid. */
struct parts {
	int y, m, d;
};

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

static enum ch_list_date span_of(struct parts p, ch_day *lo, ch_day *hi)
{
	int m = p.m ? p.m : 12;

	if (p.y < 1 || (p.m && (p.m < 1 || p.m > 12)) || (p.d && !ch_date_valid(p.y, p.m, p.d)))
		return CH_LIST_DATE_NONE;
	*lo = ch_day_of(p.y, p.m ? p.m : 1, p.d ? p.d : 1);
	*hi = ch_day_of(p.y, m, p.d ? p.d : ch_month_days(p.y, m));
	return *lo == CH_NO_DAY || *hi == CH_NO_DAY ? CH_LIST_DATE_NONE : CH_LIST_DATE_OK;
}

/* A time of day behind a date in figures: "T10:00:00Z", " 00:00". */
static struct ch_str without_time(struct ch_str s)
{
	size_t colon = ch_str_find_byte(s, ':', 0), at = colon;

	if (colon == CH_STR_NONE)
		return s;
	while (at && s.ptr[at - 1] != 'T' && s.ptr[at - 1] != ' ')
		at--;
	return at > 4 ? ch_str_trim(ch_str_sub(s, 0, at - 1)) : s;
}

/* Figures only: ISO 8601 and its kin, or day and month in either order. */
static enum ch_list_date figures(struct ch_str s, enum ch_date_order order, struct parts *p)
{
	struct ch_str piece[3];
	uint32_t v[3] = { 0 };
	size_t n = 0, from = 0;
	char sep = '\0';

	if (s.len == 8 && ch_str_uint(s, &v[0])) {
		*p = (struct parts){ (int)(v[0] / 10000), (int)(v[0] / 100 % 100), (int)(v[0] % 100) };
		return p->y && p->m && p->d ? CH_LIST_DATE_OK : CH_LIST_DATE_NONE;
	}
	for (size_t i = 0; i <= s.len; i++) {
		if (i < s.len && digit(s.ptr[i]))
			continue;
		if (n == 3 || i == from || (i < s.len && !strchr("-/.", s.ptr[i])) || (i < s.len && sep && s.ptr[i] != sep))
			return CH_LIST_DATE_NONE;
		piece[n] = ch_str_sub(s, from, i);
		if (!ch_str_uint(piece[n], &v[n]))
			return CH_LIST_DATE_NONE;
		n++;
		sep = i < s.len ? s.ptr[i] : sep;
		from = i + 1;
	}
	if (!n)
		return CH_LIST_DATE_NONE;
	if (piece[0].len == 4) {
		*p = (struct parts){ (int)v[0], (int)v[1], (int)v[2] };
		return (n > 1 && !v[1]) || (n > 2 && !v[2]) ? CH_LIST_DATE_NONE : CH_LIST_DATE_OK;
	}
	if (n == 2 && piece[1].len == 4 && v[0]) {   /* 03/2018 */
		*p = (struct parts){ (int)v[1], (int)v[0], 0 };
		return CH_LIST_DATE_OK;
	}
	if (n != 3 || piece[2].len != 4 || !v[0] || !v[1])
		return CH_LIST_DATE_NONE;
	if (sep == '.' || v[0] > 12 || v[0] == v[1])
		order = CH_ORDER_DMY;
	else if (v[1] > 12)
		order = CH_ORDER_MDY;
	if (order == CH_ORDER_UNSAID)
		return CH_LIST_DATE_ORDER;
	*p = order == CH_ORDER_DMY ? (struct parts){ (int)v[2], (int)v[1], (int)v[0] } : (struct parts){ (int)v[2], (int)v[0], (int)v[1] };
	return CH_LIST_DATE_OK;
}

/* "March 3rd", "3 Mar. 2018", "Saturday, March 3, 2018", "5": each part at most once; false on any other word. */
static bool worded(struct ch_str s, struct parts *p)
{
	size_t i = 0;

	*p = (struct parts){ 0 };
	while (i < s.len) {
		size_t from = i;
		struct ch_str word;
		const struct ch_word *w;
		const struct ch_word_sense *month;
		uint32_t n = 0;

		if (strchr(" ,.()", s.ptr[i])) {
			i++;
			continue;
		}
		while (i < s.len && digit(s.ptr[i]))
			i++;
		if (i > from) {
			int *to = i - from == 4 ? &p->y : &p->d;

			if (i - from > 4 || i - from == 3 || !ch_str_uint(ch_str_sub(s, from, i), &n) || !n || *to)
				return false;
			*to = (int)n;
			word = ch_str_sub(s, i, i + 2);
			if (ch_str_ieq(word, CH_STR("st")) || ch_str_ieq(word, CH_STR("nd")) || ch_str_ieq(word, CH_STR("rd")) ||
			    ch_str_ieq(word, CH_STR("th")))
				i += 2;
			continue;
		}
		while (i < s.len && !strchr(" ,.()", s.ptr[i]) && !digit(s.ptr[i]))
			i++;
		word = ch_str_sub(s, from, i);
		w = ch_words_find(&when_words, word);
		month = ch_word_sense(&when_words, w, WHEN_WORDS_MONTH);
		if (month && !p->m)
			p->m = month->number;
		else if (!ch_word_sense(&when_words, w, WHEN_WORDS_WEEKDAY) && !ch_str_ieq(word, CH_STR("of")) && !ch_str_ieq(word, CH_STR("the")))
			return false;
	}
	return p->y || p->m || p->d;
}

static enum ch_list_date single(struct ch_str s, enum ch_date_order order, struct parts *p)
{
	enum ch_list_date d = figures(without_time(ch_str_trim(s)), order, p);

	if (d == CH_LIST_DATE_NONE && worded(ch_str_trim(s), p) && p->y && (p->m || !p->d))
		d = CH_LIST_DATE_OK;
	return d;
}

/* The parting of "A – B": where A ends and B begins. from: behind it. False where there is none. */
static bool parting(struct ch_str s, size_t from, size_t *end, size_t *begin)
{
	static const char *const marks[] = { "\xe2\x80\x93", "\xe2\x80\x94", " - ", " to ", " until ", " through ", "/", "-" };

	for (size_t k = 0; k < sizeof marks / sizeof *marks; k++) {
		size_t at = ch_str_find(s, ch_str_z(marks[k]), from);

		if (at != CH_STR_NONE && at) {
			*end = at;
			*begin = at + strlen(marks[k]);
			return true;
		}
	}
	return false;
}

/* "3" and "5 March 2018", "March 3" and "5, 2018": each takes from the other what it does not say. */
static bool shared(struct ch_str a, struct ch_str b, struct parts *p, struct parts *q)
{
	if (!worded(ch_str_trim(a), p) || !worded(ch_str_trim(b), q))
		return false;
	if (!q->y && !p->y)
		return false;
	if (!q->m && p->m && q->d)
		q->m = p->m;
	if (!p->m && q->m && p->d)
		p->m = q->m;
	if (!q->y)
		q->y = p->y;
	if (!p->y)
		p->y = p->m > q->m ? q->y - 1 : q->y;
	return (p->m || !p->d) && (q->m || !q->d);
}

enum ch_list_date ch_list_date(struct ch_str text, enum ch_date_order order, ch_day *lo, ch_day *hi)
{
	struct parts p, q;
	enum ch_list_date d, e;
	size_t end, begin;
	ch_day between;

	*lo = *hi = CH_NO_DAY;
	text = ch_str_trim(text);
	if (text.len > 100)
		return CH_LIST_DATE_NONE;
	d = single(text, order, &p);
	if (d == CH_LIST_DATE_ORDER)
		return d;
	if (d == CH_LIST_DATE_OK) {
		d = span_of(p, lo, hi);
	} else if (parting(text, 0, &end, &begin)) {
		struct ch_str a = ch_str_sub(text, 0, end), b = ch_str_sub(text, begin, text.len);

		d = single(a, order, &p);
		e = single(b, order, &q);
		if (d == CH_LIST_DATE_ORDER || e == CH_LIST_DATE_ORDER)
			return CH_LIST_DATE_ORDER;
		if ((d != CH_LIST_DATE_OK || e != CH_LIST_DATE_OK) && !shared(a, b, &p, &q))
			return CH_LIST_DATE_NONE;
		d = span_of(p, lo, &between);
		e = span_of(q, &between, hi);
		d = d == CH_LIST_DATE_OK && e == CH_LIST_DATE_OK && *lo <= *hi ? CH_LIST_DATE_OK : CH_LIST_DATE_NONE;
	}
	if (d != CH_LIST_DATE_OK)
		*lo = *hi = CH_NO_DAY;
	return d;
}
