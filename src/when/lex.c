/* when/lex.c -- what each word may mean to a calendar, seen by itself. */
#include "when/when_priv.h"
#include "base/utf8.h"

struct ch_str when_text(const struct scan *s, uint32_t at)
{
	return at < s->n ? ch_token_str(s->doc, s->first + at) : (struct ch_str){0};
}

bool when_word(const struct scan *s, uint32_t at, const char *word)
{
	return at < s->n && ch_str_ieq(when_text(s, at), ch_str_z(word));
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t run(struct ch_str t, size_t at)
{
	while (at < t.len && is_digit(t.ptr[at]))
		at++;
	return at;
}

static int number(struct ch_str t, size_t from, size_t to)
{
	uint32_t n = 0;

	return ch_str_uint(ch_str_sub(t, from, to), &n) ? (int)n : -1;
}

/* "2018-08-12", "12.08.2018", "08/12/2018": three numbers between equal marks. */
static bool whole_date(struct ch_str t, struct lex *out)
{
	size_t a = run(t, 0), b, c;
	int x, y, z;

	if (a == 0 || a > 4 || a + 1 >= t.len || !strchr("-./", t.ptr[a]))
		return false;
	b = run(t, a + 1);
	if (b == a + 1 || b - a > 3 || b + 1 >= t.len || t.ptr[b] != t.ptr[a])
		return false;
	c = run(t, b + 1);
	if (c != t.len || c == b + 1)
		return false;
	x = number(t, 0, a);
	y = number(t, a + 1, b);
	z = number(t, b + 1, c);
	out->month = out->day = 0;
	if (a == 4) {
		if (c - b > 3 || !ch_date_valid(x, y, z))
			return false;
		out->num = x;
		out->month = (uint8_t)y;
		out->day = (uint8_t)z;
	} else if (c - b == 5) {
		/* With stops the day comes first; with strokes either may, and only a number above 12 tells. */
		bool day_first = t.ptr[a] == '.' || x > 12 || x == y, month_first = y > 12;

		if (month_first ? !ch_date_valid(z, x, y) : !ch_date_valid(z, y, x))
			return false;
		out->num = z;
		if (day_first || month_first) {
			out->month = (uint8_t)(month_first ? x : y);
			out->day = (uint8_t)(month_first ? y : x);
		}
	} else {
		return false;
	}
	out->flags |= LEX_DATE;
	return true;
}

static void lex_digits(struct ch_str t, struct lex *out)
{
	size_t end = run(t, 0);
	struct ch_str rest = ch_str_sub(t, end, t.len);

	if (end > 9)
		return;
	out->digits = (uint8_t)end;
	out->num = number(t, 0, end);
	if (!rest.len) {
		out->flags |= LEX_DIGITS;
	} else if (ch_str_ieq(rest, CH_STR("st")) || ch_str_ieq(rest, CH_STR("nd")) || ch_str_ieq(rest, CH_STR("rd")) ||
		   ch_str_ieq(rest, CH_STR("th"))) {
		out->flags |= LEX_ORDINAL;
	} else if (ch_str_eqz(rest, "s") || ch_str_eqz(rest, "'s") || ch_str_eqz(rest, "’s")) {
		if (out->num % 10 == 0 && (end == 4 || end == 2)) {
			out->flags |= LEX_DECADE;
			if (end == 2)
				out->num += out->num > 20 ? 1900 : 2000;
		}
	} else if (rest.ptr[0] == ':' && rest.len >= 3 && is_digit(rest.ptr[1]) && is_digit(rest.ptr[2])) {
		out->minor = (uint16_t)number(rest, 1, 3);
		out->mark = ':';
	} else if (rest.ptr[0] == ',' && rest.len == 4 && end <= 3 && run(t, end + 1) == t.len) {
		out->num = out->num * 1000 + number(t, end + 1, t.len);
		out->mark = ',';
	} else if (rest.ptr[0] == '.' && run(t, end + 1) == t.len && t.len - end <= 3) {
		out->minor = (uint16_t)(number(t, end + 1, t.len) * (t.len - end == 2 ? 10 : 1));
		out->mark = '.';
	} else {
		out->num = -1;
	}
}

void ch_when_lex(struct ch_doc *doc, uint32_t token, struct lex *out)
{
	struct ch_str t = ch_token_str(doc, token);
	const struct ch_word_sense *n;
	uint32_t len, cp;

	*out = (struct lex){.num = -1};
	cp = ch_utf8_at(t, 0, &len);
	if (t.len == len && !ch_is_letter(cp) && !is_digit(t.ptr[0])) {
		out->mark = ch_is_dash(cp) ? '-' : cp < 0x80 ? (unsigned char)cp : 0;
		return;
	}
	/* "mid-2019", "mid-November": the prefix stays on its word. */
	if (t.len > 4 && ch_str_istarts(t, CH_STR("mid-"))) {
		out->flags |= LEX_MID;
		t = ch_str_sub(t, 4, t.len);
		cp = ch_utf8_at(t, 0, &len);
	}
	/* "'90s" */
	if (t.len > 2 && (cp == '\'' || cp == 0x2019) && is_digit(t.ptr[len])) {
		t = ch_str_sub(t, len, t.len);
		cp = (unsigned char)t.ptr[0];
	}
	if (cp >= '0' && cp <= '9') {
		if (!whole_date(t, out))
			lex_digits(t, out);
		return;
	}
	if (cp >= 'A' && cp <= 'Z')
		out->flags |= LEX_UPPER;
	else if (cp >= 0x80 && ch_is_upper(cp))
		out->flags |= LEX_UPPER;
	out->word = ch_words_find(&when_words, t);
	if ((n = lex_sense(out, WHEN_WORDS_NUMBER)))
		out->num = n->number;
	if ((n = lex_sense(out, WHEN_WORDS_ORDINAL))) {
		out->num = n->number;
		out->flags |= LEX_ORDINAL;
	}
	if ((n = lex_sense(out, WHEN_WORDS_DECADE))) {
		out->num = n->number;
		out->flags |= LEX_DECADE;
	}
}
