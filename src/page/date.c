/* page/date.c -- dates as pages print them: "09 April 2025 14:43", "Feb. 22, 2022", "22/02/2022", "2022-02-22T16:05",
 * "December 22" without a year. A line is cut into numbers and words; a date is a shape of three or five of them. */
#include "page/page_priv.h"
#include "base/utf8.h"

enum { TOKENS_MAX = 64, YEAR_MIN = 1900, YEAR_MAX = 2099 };

struct token {
	uint32_t start, end;
	uint32_t number;    /* of digits */
	uint32_t digits;    /* how many; 0: a word or a sign */
	int month;
	char sign;          /* '.', '/', '-', ',' …; 0 for words and numbers */
};

static bool is_letter_byte(unsigned char c)
{
	return (c | 32) >= 'a' && (c | 32) <= 'z' ? true : c >= 0xC3 && c < 0xE2;
}

/* Year and month of "2024年5月12日", "2024년 5월 12일". */
static bool is_date_sign(struct ch_str s)
{
	return ch_str_eqz(s, "\xe5\xb9\xb4") || ch_str_eqz(s, "\xe6\x9c\x88") || ch_str_eqz(s, "\xeb\x85\x84") || ch_str_eqz(s, "\xec\x9b\x94");
}

static uint32_t tokenize(const struct ch_page_lexicon *lex, struct ch_str s, size_t from, struct token *out)
{
	uint32_t n = 0;

	for (size_t i = from; i < s.len && n < TOKENS_MAX;) {
		unsigned char c = (unsigned char)s.ptr[i];
		struct token t = { .start = (uint32_t)i };

		if (c == ' ') {
			i++;
			continue;
		}
		if (c >= '0' && c <= '9') {
			for (; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9'; i++, t.digits++)
				t.number = t.digits < 9 ? t.number * 10 + (uint32_t)(s.ptr[i] - '0') : t.number;
		} else if (is_letter_byte(c)) {
			while (i < s.len && (is_letter_byte((unsigned char)s.ptr[i]) || ((unsigned char)s.ptr[i] & 0xC0) == 0x80))
				i++;
			t.month = page_month(lex, ch_str_sub(s, t.start, i));
		} else {
			uint32_t len;

			(void)ch_utf8_at(s, i, &len);
			t.sign = len == 1 ? (char)c : is_date_sign(ch_str_sub(s, i, i + len)) ? '-' : '?';
			i += len;
		}
		t.end = (uint32_t)i;
		out[n++] = t;
	}
	return n;
}

static bool is_year(const struct token *t)
{
	return t->digits == 4 && t->number >= YEAR_MIN && t->number <= YEAR_MAX;
}

static bool is_day(const struct token *t)
{
	return t->digits && t->digits <= 2 && t->number >= 1 && t->number <= 31;
}

static bool set(struct page_date *d, const struct token *first, const struct token *last, uint32_t y, uint32_t m, uint32_t day)
{
	if (m < 1 || m > 12 || day < 1 || day > (uint32_t)ch_month_days(y ? (int)y : 2000, (int)m))
		return false;
	*d = (struct page_date){ first->start, last->end, (int)y, (int)m, (int)day, false };
	return true;
}

static bool has(struct ch_str s, const struct token *t, const char *word)
{
	return ch_str_ieq(ch_str_sub(s, t->start, t->end), ch_str_z(word));
}

/* Skips "st", "th", "of", "." and the like between the parts of a written date. */
static uint32_t skip(struct ch_str s, const struct token *t, uint32_t i, uint32_t n, bool comma)
{
	for (; i < n; i++) {
		static const char *const words[] = { "st", "nd", "rd", "th", "of", "de", "del" };
		bool skipped = t[i].sign == '.' || t[i].sign == '-' || t[i].sign == '/' || (comma && t[i].sign == ',');

		for (size_t k = 0; k < sizeof words / sizeof *words && !skipped; k++)
			skipped = has(s, &t[i], words[k]);
		if (!skipped)
			break;
	}
	return i;
}

/* 2024-11-28, 2024/11/28, 28.11.2024, 11/28/24; t[0] is a number. */
static bool numeric(const struct token *t, uint32_t n, struct page_date *d)
{
	uint32_t year;

	if (n < 5 || !t[1].sign || !strchr("-/.", t[1].sign) || t[3].sign != t[1].sign || !t[2].digits || !t[4].digits ||
	    t[0].end != t[1].start || t[1].end != t[2].start || t[2].end != t[3].start || t[3].end != t[4].start)
		return false;
	if (is_year(&t[0]) && t[2].digits <= 2 && t[4].digits <= 2)
		return set(d, &t[0], &t[4], t[0].number, t[2].number, t[4].number);
	if (t[0].digits > 2 || t[2].digits > 2)
		return false;
	if (is_year(&t[4]) && n > 6 && t[5].sign == ':' && t[5].start == t[4].end && t[6].start == t[5].end && t[6].digits)
		year = 2000 + t[4].number / 100;      /* "28.09.1912:44": two elements without a blank between */
	else if (is_year(&t[4]))
		year = t[4].number;
	else if (t[4].digits == 2 && t[1].sign != '-')
		year = t[4].number + (t[4].number < 70 ? 2000 : 1900);
	else
		return false;
	if (n > 5 && t[5].start == t[4].end && (t[5].sign == t[1].sign) && n > 6 && t[6].start == t[5].end && t[6].digits)
		return false;      /* four parts: a version or an address */
	if (t[2].number > 12)
		return set(d, &t[0], &t[4], year, t[0].number, t[2].number);
	if (!set(d, &t[0], &t[4], year, t[2].number, t[0].number))
		return false;
	d->ambiguous = t[0].number <= 12 && t[0].number != t[2].number && t[1].sign == '/';
	return true;
}

/* A year that is no clock time ("14" of "14:43" has two digits anyway) and no part of a longer number. */
static uint32_t year_at(struct ch_str s, const struct token *t, uint32_t i, uint32_t n, uint32_t *past)
{
	uint32_t at = skip(s, t, i, n, true);

	if (at < n && is_year(&t[at]) && at - i <= 2) {
		*past = at;
		return t[at].number;
	}
	return 0;
}

/* "9 April 2025", "9th of April, 2025", "09-Apr-2025"; t[0] is a number. */
static bool day_first(struct ch_str s, const struct token *t, uint32_t n, struct page_date *d)
{
	uint32_t m = skip(s, t, 1, n, false), last, year;

	if (!is_day(&t[0]) || m >= n || !t[m].month)
		return false;
	last = m;
	year = year_at(s, t, m + 1, n, &last);
	if (!year && n > m + 1 && t[m + 1].sign == '-' && n > m + 2 && t[m + 2].digits == 2) {
		last = m + 2;
		year = 2000 + t[m + 2].number;
	}
	return set(d, &t[0], &t[last], year, (uint32_t)t[m].month, t[0].number);
}

/* "April 9, 2025", "Apr. 9th 2025"; t[0] is a month. */
static bool month_first(struct ch_str s, const struct token *t, uint32_t n, struct page_date *d)
{
	uint32_t at = 1, last, year;

	if (at < n && t[at].sign == '.')
		at++;
	if (at >= n || !is_day(&t[at]) || (at + 1 < n && t[at + 1].sign == ':' && t[at + 1].start == t[at].end))
		return false;
	last = at;
	year = year_at(s, t, at + 1, n, &last);
	return set(d, &t[0], &t[last], year, (uint32_t)t[0].month, t[at].number);
}

bool page_date_find(const struct ch_page_lexicon *lex, struct ch_str s, size_t from, struct page_date *date)
{
	struct token t[TOKENS_MAX];
	uint32_t n = tokenize(lex, s, from, t);

	for (uint32_t i = 0; i < n; i++) {
		if (t[i].digits && ((i && t[i - 1].sign == ':' && t[i - 1].end == t[i].start) ||
				    (i + 1 < n && t[i + 1].sign == ':' && t[i + 1].start == t[i].end)))
			continue;      /* of a clock time */
		if (t[i].digits && (numeric(t + i, n - i, date) || day_first(s, t + i, n - i, date)))
			return true;
		if (t[i].month && month_first(s, t + i, n - i, date))
			return true;
	}
	return false;
}

ch_day page_date_day(const struct page_date *date)
{
	return date->year && date->month ? ch_day_of(date->year, date->month, date->day) : CH_NO_DAY;
}

/* /2024/11/28/ or 20241128 or 2024-11-28 in an address. A month without a day is no date. */
ch_day page_date_of_url(struct ch_str url)
{
	for (size_t i = 0; i + 8 <= url.len; i++) {
		uint32_t y, m, d;
		char sep = i + 4 < url.len ? url.ptr[i + 4] : 0;
		size_t day_len;

		if (i && url.ptr[i - 1] >= '0' && url.ptr[i - 1] <= '9')
			continue;
		if (!ch_str_uint(ch_str_sub(url, i, i + 4), &y) || y < YEAR_MIN || y > YEAR_MAX)
			continue;
		if (sep == '/' || sep == '-' || sep == '_') {
			size_t second = ch_str_find_byte(url, sep, i + 5);

			if (second == CH_STR_NONE || second > i + 7 || !ch_str_uint(ch_str_sub(url, i + 5, second), &m))
				continue;
			for (day_len = 0; day_len < 2 && second + 1 + day_len < url.len && url.ptr[second + 1 + day_len] >= '0' &&
			     url.ptr[second + 1 + day_len] <= '9';)
				day_len++;
			if (!day_len || !ch_str_uint(ch_str_sub(url, second + 1, second + 1 + day_len), &d) ||
			    (second + 1 + day_len < url.len && url.ptr[second + 1 + day_len] >= '0' && url.ptr[second + 1 + day_len] <= '9'))
				continue;
		} else {
			if (!ch_str_uint(ch_str_sub(url, i + 4, i + 6), &m) || !ch_str_uint(ch_str_sub(url, i + 6, i + 8), &d) ||
			    (i + 8 < url.len && url.ptr[i + 8] >= '0' && url.ptr[i + 8] <= '9'))
				continue;
		}
		if (ch_date_valid((int)y, (int)m, (int)d))
			return ch_day_of((int)y, (int)m, (int)d);
	}
	return CH_NO_DAY;
}
