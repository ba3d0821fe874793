#include "base/str.h"

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool same_nocase(const char *a, const char *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (lower(a[i]) != lower(b[i]))
			return false;
	return true;
}

bool ch_str_ieq(struct ch_str a, struct ch_str b)
{
	return a.len == b.len && same_nocase(a.ptr, b.ptr, a.len);
}

int ch_str_cmp(struct ch_str a, struct ch_str b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int d = n ? memcmp(a.ptr, b.ptr, n) : 0;

	return d ? d : (a.len > b.len) - (a.len < b.len);
}

bool ch_str_starts(struct ch_str s, struct ch_str prefix)
{
	return s.len >= prefix.len && ch_str_eq(ch_str_sub(s, 0, prefix.len), prefix);
}

bool ch_str_ends(struct ch_str s, struct ch_str suffix)
{
	return s.len >= suffix.len && ch_str_eq(ch_str_sub(s, s.len - suffix.len, s.len), suffix);
}

bool ch_str_istarts(struct ch_str s, struct ch_str prefix)
{
	return s.len >= prefix.len && same_nocase(s.ptr, prefix.ptr, prefix.len);
}

size_t ch_str_find(struct ch_str s, struct ch_str needle, size_t from)
{
	const char *hit;

	if (from > s.len || s.len - from < needle.len)
		return CH_STR_NONE;
	if (!needle.len)
		return from;
	hit = memmem(s.ptr + from, s.len - from, needle.ptr, needle.len);
	return hit ? (size_t)(hit - s.ptr) : CH_STR_NONE;
}

size_t ch_str_find_byte(struct ch_str s, char byte, size_t from)
{
	const char *hit = from < s.len ? memchr(s.ptr + from, byte, s.len - from) : NULL;

	return hit ? (size_t)(hit - s.ptr) : CH_STR_NONE;
}

static bool blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct ch_str ch_str_trim(struct ch_str s)
{
	while (s.len && blank(s.ptr[0]))
		s.ptr++, s.len--;
	while (s.len && blank(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

bool ch_str_cut(struct ch_str *rest, char sep, struct ch_str *piece)
{
	size_t at;

	if (!rest->len)
		return false;
	at = ch_str_find_byte(*rest, sep, 0);
	if (at == CH_STR_NONE) {
		*piece = *rest;
		*rest = ch_str_sub(*rest, rest->len, rest->len);
	} else {
		*piece = ch_str_sub(*rest, 0, at);
		*rest = ch_str_sub(*rest, at + 1, rest->len);
	}
	return true;
}

uint64_t ch_str_hash(struct ch_str s)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (size_t i = 0; i < s.len; i++)
		h = (h ^ (unsigned char)s.ptr[i]) * 0x100000001b3u;
	return h;
}

bool ch_str_uint(struct ch_str s, uint32_t *out)
{
	uint32_t n = 0;

	if (!s.len || s.len > 9)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return false;
		n = n * 10 + (uint32_t)(s.ptr[i] - '0');
	}
	*out = n;
	return true;
}
