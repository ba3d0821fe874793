#include "base/utf8.h"
#include <stdlib.h>
#include <utf8proc.h>

enum { REPLACEMENT = 0xFFFD };

uint32_t ch_utf8_at(struct ch_str s, size_t at, uint32_t *len)
{
	unsigned char c = (unsigned char)s.ptr[at];
	utf8proc_int32_t cp;
	utf8proc_ssize_t n;

	if (c < 0x80) {
		*len = 1;
		return c;
	}
	n = utf8proc_iterate((const utf8proc_uint8_t *)s.ptr + at, (utf8proc_ssize_t)(s.len - at), &cp);
	if (n < 1) {
		*len = 1;
		return REPLACEMENT;
	}
	*len = (uint32_t)n;
	return (uint32_t)cp;
}

uint32_t ch_utf8_before(struct ch_str s, size_t at, uint32_t *len)
{
	size_t start = at - 1;
	uint32_t cp;

	while (start > 0 && at - start < 4 && ((unsigned char)s.ptr[start] & 0xC0) == 0x80)
		start--;
	cp = ch_utf8_at(s, start, len);
	if (start + *len == at)
		return cp;
	*len = 1;
	return REPLACEMENT;
}

uint32_t ch_utf8_put(uint32_t cp, char out[4])
{
	utf8proc_ssize_t n;

	if (!utf8proc_codepoint_valid((utf8proc_int32_t)cp))
		cp = REPLACEMENT;
	n = utf8proc_encode_char((utf8proc_int32_t)cp, (utf8proc_uint8_t *)out);
	return (uint32_t)n;
}

bool ch_utf8_valid(struct ch_str s)
{
	uint32_t len;

	for (size_t i = 0; i < s.len; i += len)
		if (ch_utf8_at(s, i, &len) == REPLACEMENT && len == 1)
			return false;
	return true;
}

struct ch_str ch_utf8_repair(struct ch_arena *a, struct ch_str s, uint32_t *broken)
{
	uint32_t len, bad = 0;
	char *out;
	size_t n = 0;

	for (size_t i = 0; i < s.len; i += len)
		bad += ch_utf8_at(s, i, &len) == REPLACEMENT && len == 1;
	if (broken)
		*broken = bad;
	if (!bad)
		return s;
	out = ch_arena_alloc(a, s.len + 2 * (size_t)bad + 1);
	for (size_t i = 0; i < s.len; i += len)
		n += ch_utf8_put(ch_utf8_at(s, i, &len), out + n);
	return (struct ch_str){ out, n };
}

uint32_t ch_utf8_count(struct ch_str s)
{
	uint32_t n = 0, len;

	for (size_t i = 0; i < s.len; i += len, n++)
		(void)ch_utf8_at(s, i, &len);
	return n;
}

static utf8proc_category_t category(uint32_t cp)
{
	return utf8proc_category((utf8proc_int32_t)cp);
}

bool ch_is_letter(uint32_t cp)
{
	utf8proc_category_t c;

	if (cp < 0x80)
		return (cp | 32) >= 'a' && (cp | 32) <= 'z';
	c = category(cp);
	return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_ME;
}

bool ch_is_upper(uint32_t cp)
{
	utf8proc_category_t c;

	if (cp < 0x80)
		return cp >= 'A' && cp <= 'Z';
	c = category(cp);
	return c == UTF8PROC_CATEGORY_LU || c == UTF8PROC_CATEGORY_LT;
}

bool ch_is_lower(uint32_t cp)
{
	return cp < 0x80 ? cp >= 'a' && cp <= 'z' : category(cp) == UTF8PROC_CATEGORY_LL;
}

bool ch_is_digit(uint32_t cp)
{
	return cp < 0x80 ? cp >= '0' && cp <= '9' : category(cp) == UTF8PROC_CATEGORY_ND;
}

bool ch_is_space(uint32_t cp)
{
	utf8proc_category_t c;

	if (cp < 0x80)
		return cp == ' ' || (cp >= '\t' && cp <= '\r');
	if (cp == 0x85 || cp == 0x200B || cp == 0xFEFF || cp == 0x2060)
		return true;
	c = category(cp);
	return c >= UTF8PROC_CATEGORY_ZS && c <= UTF8PROC_CATEGORY_ZP;
}

bool ch_is_punct(uint32_t cp)
{
	utf8proc_category_t c;

	if (cp < 0x80)
		return cp > ' ' && cp < 0x7f && !ch_is_letter(cp) && !ch_is_digit(cp);
	c = category(cp);
	return c >= UTF8PROC_CATEGORY_PC && c <= UTF8PROC_CATEGORY_SO;
}

bool ch_is_quote(uint32_t cp)
{
	switch (cp) {
	case '"': case '\'': case '`': case 0xAB: case 0xBB: case 0xB4:
	case 0x2018: case 0x2019: case 0x201A: case 0x201B:
	case 0x201C: case 0x201D: case 0x201E: case 0x201F:
	case 0x2039: case 0x203A: case 0x2032: case 0x2033:
		return true;
	default:
		return false;
	}
}

bool ch_is_dash(uint32_t cp)
{
	return cp == '-' || cp == 0x2212 || (cp >= 0x80 && category(cp) == UTF8PROC_CATEGORY_PD);
}

struct ch_str ch_utf8_lower(struct ch_arena *a, struct ch_str s)
{
	char *out = ch_arena_alloc(a, s.len * 2 + 1);   /* no simple mapping makes a code point more than a byte longer */
	size_t n = 0;
	uint32_t len;

	for (size_t i = 0; i < s.len; i += len) {
		uint32_t cp = ch_utf8_at(s, i, &len);

		if (cp < 0x80)
			out[n++] = (char)(cp >= 'A' && cp <= 'Z' ? cp + 32 : cp);
		else
			n += ch_utf8_put((uint32_t)utf8proc_tolower((utf8proc_int32_t)cp), out + n);
	}
	return (struct ch_str){ out, n };
}

/* Letters with no decomposition, as they are written in English names. */
static const char *latin_of(uint32_t cp)
{
	switch (cp) {
	case 0xF8: return "o";
	case 0x142: return "l";
	case 0x111: case 0xF0: return "d";
	case 0x131: return "i";
	case 0x259: case 0x1DD: return "a";
	case 0xDF: return "ss";
	case 0xE6: return "ae";
	case 0x153: return "oe";
	case 0xFE: return "th";
	case 0x127: return "h";
	case 0x2018: case 0x2019: case 0x201B: case 0xB4: case '`': case 0x2BC: case 0x2BB: case 0x2032: return "'";
	case 0x201C: case 0x201D: case 0x201E: case 0x201F: case 0xAB: case 0xBB: return "\"";
	default: return NULL;
	}
}

struct ch_str ch_utf8_fold(struct ch_arena *a, struct ch_str s)
{
	/* One code point gives at most 18 under NFKD, of up to 4 bytes, from at least 3 bytes of its own. */
	char *out = ch_arena_alloc(a, s.len * 24 + 1);
	size_t n = 0;
	uint32_t len;

	for (size_t i = 0; i < s.len; i += len) {
		uint32_t cp = ch_utf8_at(s, i, &len);
		utf8proc_int32_t parts[32];
		utf8proc_ssize_t k;

		if (cp < 0x80 && cp != '`') {
			if (!ch_is_space(cp))
				out[n++] = (char)(cp >= 'A' && cp <= 'Z' ? cp + 32 : cp);
			else if (n && out[n - 1] != ' ')
				out[n++] = ' ';
			continue;
		}
		k = utf8proc_decompose_char((utf8proc_int32_t)cp, parts, 32, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, NULL);
		for (utf8proc_ssize_t j = 0; j < k && j < 32; j++) {
			uint32_t p = (uint32_t)utf8proc_tolower(parts[j]);
			const char *latin = latin_of(p);

			if (latin) {
				while (*latin)
					out[n++] = *latin++;
			} else if (ch_is_dash(p)) {
				out[n++] = '-';
			} else if (ch_is_space(p)) {
				if (n && out[n - 1] != ' ')
					out[n++] = ' ';
			} else if (category(p) != UTF8PROC_CATEGORY_MN && category(p) != UTF8PROC_CATEGORY_CF) {
				n += ch_utf8_put(p, out + n);
			}
		}
	}
	while (n && out[n - 1] == ' ')
		n--;
	return (struct ch_str){ out, n };
}
