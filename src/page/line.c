/* page/line.c -- what one line looks like: prose, a brief sentence, an item of a list, or a label. */
#include "page/page_priv.h"
#include "base/utf8.h"

enum { SENTENCE_WORDS = 8, SENTENCE_BYTES = 45, LONG_BYTES = 140 };

static bool is_closer(uint32_t cp)
{
	return ch_is_quote(cp) || cp == ')' || cp == ']' || cp == ' ' || cp == '*';
}

/* Ends as sentences do: . ! ? … under any number of closing quotes and brackets. */
bool page_sentence_end(struct ch_str s)
{
	size_t at = s.len;
	uint32_t len, cp;

	while (at && is_closer(cp = ch_utf8_before(s, at, &len)))
		at -= len;
	if (!at)
		return false;
	cp = ch_utf8_before(s, at, &len);
	if (cp == '!' || cp == '?' || cp == 0x3002 || cp == 0x964 || cp == 0x61F)
		return true;
	if (cp == 0x2026)
		return at < s.len;            /* a bare ellipsis ends a teaser */
	if (cp != '.')
		return false;
	return !(at >= 3 && s.ptr[at - 2] == '.' && s.ptr[at - 3] == '.' && at == s.len);
}

static bool is_bullet(struct ch_str s)
{
	uint32_t len, cp = ch_utf8_at(s, 0, &len);
	size_t digits = 0;

	if (s.len > len && s.ptr[len] == ' ' &&
	    (ch_is_dash(cp) || cp == '*' || cp == 0x2022 || cp == 0xB7 || cp == 0x25AA || cp == 0x25CF || cp == 0x25E6))
		return true;
	while (digits < s.len && digits < 3 && s.ptr[digits] >= '0' && s.ptr[digits] <= '9')
		digits++;
	return digits && digits < 3 && s.len > digits + 1 && (s.ptr[digits] == '.' || s.ptr[digits] == ')') &&
	       s.ptr[digits + 1] == ' ';
}

void page_line_look(struct page *p, struct page_line *l)
{
	struct ch_str s = { p->flow.v + l->start, l->end - l->start };
	bool in_word = false, ends, stop = false;
	struct page_verdict v;
	uint32_t len;

	l->words = l->breaks = 0;
	for (size_t i = 0; i < s.len; i += len) {
		unsigned char c = (unsigned char)s.ptr[i];
		uint32_t cp = c;
		bool letter;

		len = 1;
		if (c >= 0x80)
			cp = ch_utf8_at(s, i, &len);
		letter = c < 0x80 ? (c | 32) >= 'a' && (c | 32) <= 'z' : ch_is_letter(cp);
		if (letter && !in_word) {
			l->words++;
			if (stop && ch_is_upper(cp))
				l->breaks++;
			stop = false;
		}
		if (letter)
			in_word = true;
		else if (c == ' ')
			in_word = false;
		if (c == '.' || c == '!' || c == '?')
			stop = i >= 2 && s.ptr[i - 1] != '.' && s.ptr[i - 2] != ' ' && s.ptr[i - 2] != '.';
		else if (c != ' ' && !ch_is_quote(cp))
			stop = false;
	}
	ends = page_sentence_end(s);
	if (is_bullet(s))
		l->kind = PAGE_ITEM;
	else if ((ends && l->words >= SENTENCE_WORDS && s.len >= SENTENCE_BYTES) ||
		 (l->breaks && l->words >= SENTENCE_WORDS * 3 / 2 && s.len >= LONG_BYTES / 2) ||
		 (s.len >= LONG_BYTES * 2 && l->words >= 30))
		l->kind = PAGE_SENTENCE;
	else if (ends && l->words >= 2)
		l->kind = PAGE_BRIEF;
	else if (l->words >= 5 && (s.ptr[s.len - 1] == ':' || s.ptr[s.len - 1] == ';'))
		l->kind = PAGE_ITEM;
	else
		l->kind = PAGE_SHORT;
	v = page_judge(p->lex, s);
	l->reason = l->said = v.reason;
	l->wall = v.wall;
}

bool page_is_name(struct ch_str s)
{
	uint32_t words = 0, len;
	bool in_word = false;

	if (s.len < 4 || s.len > 60)
		return false;
	for (size_t i = 0; i < s.len; i += len) {
		uint32_t cp = ch_utf8_at(s, i, &len);

		if (cp == ' ') {
			in_word = false;
			continue;
		}
		if (!in_word) {
			struct ch_str rest = ch_str_sub(s, i, s.len);
			static const char *const small[] = { "de ", "da ", "von ", "van ", "der ", "bin ", "al ", "al-", "el ", "du ", "di ",
							     "la ", "le " };
			bool particle = false;

			for (size_t k = 0; k < sizeof small / sizeof *small; k++)
				particle = particle || ch_str_starts(rest, ch_str_z(small[k]));
			if (!ch_is_upper(cp) && !(particle && words))
				return false;
			words++;
		} else if (!ch_is_letter(cp) && cp != '.' && cp != '-' && cp != '\'' && cp != 0x2019 && cp != 0x2010) {
			return false;
		}
		in_word = true;
	}
	return words >= 2 && words <= 5;
}

/* Next letter or digit at or after *at, lower case; 0 at the end. */
static uint32_t next_sign(struct ch_str s, size_t *at)
{
	uint32_t len;

	while (*at < s.len) {
		uint32_t cp = ch_utf8_at(s, *at, &len);

		*at += len;
		if (cp < 0x80 ? (cp | 32) >= 'a' && (cp | 32) <= 'z' : ch_is_letter(cp))
			return cp < 0x80 ? cp | 32 : cp;
		if (cp >= '0' && cp <= '9')
			return cp;
	}
	return 0;
}

bool page_same_words(struct ch_str a, struct ch_str b)
{
	size_t i = 0, k = 0;

	for (;;) {
		uint32_t x = next_sign(a, &i), y = next_sign(b, &k);

		if (x != y)
			return false;
		if (!x)
			return true;
	}
}

/* Tried at the beginnings of words only; titles are short, so the square of that is too. */
size_t page_find_words(struct ch_str in, struct ch_str what)
{
	if (in.len > 1000 || what.len > in.len + 16)
		return CH_STR_NONE;
	for (size_t at = 0; at < in.len; at++) {
		size_t i = at, k = 0;
		uint32_t x, y;

		if (((unsigned char)in.ptr[at] & 0xC0) == 0x80 || (at && in.ptr[at - 1] != ' ' && (in.ptr[at - 1] & 0x80) == 0 &&
		     ((in.ptr[at - 1] | 32) >= 'a' && (in.ptr[at - 1] | 32) <= 'z')))
			continue;
		do {
			y = next_sign(what, &k);
			x = y ? next_sign(in, &i) : 0;
		} while (y && x == y);
		if (!y)
			return at;
	}
	return CH_STR_NONE;
}

static bool holds_word(struct ch_str s, const char *word)
{
	struct ch_str w = ch_str_z(word);

	for (size_t i = 0; i + w.len <= s.len; i++) {
		bool starts = !i || (s.ptr[i - 1] | 32) < 'a' || (s.ptr[i - 1] | 32) > 'z';
		bool ends = i + w.len == s.len || (s.ptr[i + w.len] | 32) < 'a' || (s.ptr[i + w.len] | 32) > 'z';

		if (starts && ends && ch_str_istarts(ch_str_sub(s, i, s.len), w))
			return true;
	}
	return false;
}

bool page_says_published(struct ch_str s)
{
	static const char *const labels[] = { "published", "posted", "publication date", "date", "created", "first published", "published on",
					      "erstellt" };

	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
		struct ch_str label = ch_str_z(labels[i]);

		if (ch_str_istarts(s, label) && s.len > label.len && (s.ptr[label.len] | 32) < 'a')
			return true;
	}
	return false;
}

/* A line that says when the page appeared: a date, and little else. */
bool page_is_date_line(const struct page *p, struct ch_str s, struct page_date *date)
{
	static const char *const american[] = { "am", "pm", "a.m", "p.m", "et", "est", "edt", "pst", "pdt", "cst", "cdt" };
	size_t letters = 0;

	if (s.len < 6 || s.len > 160 || !page_date_find(p->lex, s, 0, date) || !date->year)
		return false;
	for (size_t i = 0; i < s.len; i++)
		letters += (i < date->start || i >= date->end) && (s.ptr[i] | 32) >= 'a' && (s.ptr[i] | 32) <= 'z';
	if (letters > 60 || (letters > 24 && page_sentence_end(s) && !page_says_published(s)))
		return false;
	for (size_t i = 0; i < sizeof american / sizeof *american && date->ambiguous; i++) {
		if (holds_word(s, american[i])) {      /* whose clock has twelve hours puts the month first */
			int day = date->month;

			date->month = date->day;
			date->day = day;
			date->ambiguous = false;
		}
	}
	return true;
}
