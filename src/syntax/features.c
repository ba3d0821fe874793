#include "syntax/features.h"
#include "base/utf8.h"
#include "syntax/model_priv.h"

#define POINTS_MAX 48          /* code points of a normalised form; what is beyond says nothing about syntax */
#define SHAPE_MAX 16

/* A normalised form: bytes, and where each code point starts. */
struct form {
	char bytes[POINTS_MAX * 4 + 1];
	uint16_t at[POINTS_MAX + 1];
	uint32_t n;
};

uint32_t ch_lower_latin(uint32_t c)
{
	if (c >= 'A' && c <= 'Z')
		return c + 32;
	if (c < 0xC0)
		return c;
	if (c <= 0xDE)
		return c == 0xD7 ? c : c + 32;
	if (c == 0x130)
		return 'i';
	if (c == 0x178)
		return 0xFF;
	if ((c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177))
		return c == 0x131 ? c : c | 1;
	if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E))
		return c & 1 ? c + 1 : c;
	return c;
}

/* ASCII for U+00C0 to U+017F, one letter each. */
static const char fold[] =
	"AAAAAAACEEEEIIIIDNOOOOO*OUUUUYTsaaaaaaaceeeeiiiidnooooo/ouuuuyty"
	"AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";
_Static_assert(sizeof fold == 193, "one letter for each of U+00C0..U+017F");

/* What a typographic mark is written as in the treebanks, or NULL. */
static const char *plain(uint32_t c)
{
	switch (c) {
	case 0x2018: case 0x2019: case 0x201A: case 0x201B: case 0x2032: case 0x60: case 0xB4:
		return "'";
	case 0x201C: case 0x201D: case 0x201E: case 0x201F: case 0xAB: case 0xBB: case 0x2033:
		return "\"";
	case 0x2010: case 0x2011: case 0x2212:
		return "-";
	case 0x2012: case 0x2013: case 0x2014: case 0x2015:
		return "--";
	case 0x2026:
		return "...";
	default:
		return NULL;
	}
}

static void put(struct form *f, uint32_t c)
{
	if (f->n == POINTS_MAX)
		return;
	f->at[f->n + 1] = (uint16_t)(f->at[f->n] + ch_utf8_put(c, f->bytes + f->at[f->n]));
	f->n++;
}

static void normalise(struct ch_str s, struct form *f)
{
	f->n = 0;
	f->at[0] = 0;
	uint32_t len;
	for (size_t i = 0; i < s.len && f->n < POINTS_MAX; i += len) {
		uint32_t c = ch_utf8_at(s, i, &len);
		const char *p = plain(c);
		if (!p)
			put(f, ch_lower_latin(c));
		for (; p && *p; p++)
			put(f, (unsigned char)*p);
	}
}

static void fold_form(const struct form *f, struct form *out)
{
	out->n = 0;
	out->at[0] = 0;
	for (uint32_t i = 0; i < f->n; i++) {
		uint32_t len, c = ch_utf8_at(ch_str_n(f->bytes, f->at[f->n]), f->at[i], &len);
		put(out, c >= 0xC0 && c <= 0x17F ? (unsigned char)fold[c - 0xC0] : c);
	}
}

/* Classes of the code points, runs cut to two. */
static uint32_t shape(struct ch_str s, char out[SHAPE_MAX])
{
	uint32_t n = 0, len;
	for (size_t i = 0; i < s.len && n < SHAPE_MAX; i += len) {
		uint32_t c = ch_utf8_at(s, i, &len);
		const char *p = plain(c);
		char k;
		if (ch_lower_latin(c) != c)
			k = 'X';
		else if ((c >= 'a' && c <= 'z') || (c >= 0xC0 && c < 0x2000))
			k = 'x';
		else if (c >= '0' && c <= '9')
			k = 'd';
		else if (c < 0x80)
			k = (char)c;
		else
			k = p && c != 0x2026 ? p[0] : 'o';
		if (n >= 2 && out[n - 1] == k && out[n - 2] == k)
			continue;
		out[n++] = k;
	}
	return n;
}

static uint32_t hash32(uint32_t kind, const char *p, size_t n)
{
	uint32_t h = (2166136261u ^ kind) * 16777619u;
	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)p[i]) * 16777619u;
	h ^= h >> 15;
	h *= 0x2C1B3C6Du;
	return h ^ h >> 12;
}

uint64_t ch_key_hash(struct ch_str s)
{
	uint64_t h = 14695981039346656037u;
	for (size_t i = 0; i < s.len; i++)
		h = (h ^ (unsigned char)s.ptr[i]) * 1099511628211u;
	h ^= h >> 32;
	h *= 0xD6E8FEB86659FD93u;
	return h ^ h >> 32;
}

static bool is_ascii(struct ch_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] >= 0x80)
			return false;
	return true;
}

/* The word as it is written, else without its accents. */
static uint32_t find_either(const uint64_t *keys, uint32_t n, uint64_t key, uint64_t folded)
{
	uint32_t at = ch_keys_find(keys, n, key);
	return at == CH_NONE && folded != key ? ch_keys_find(keys, n, folded) : at;
}

void ch_features_of(const struct ch_model *m, struct ch_str text, struct ch_features *out)
{
	struct form f, folded;
	normalise(text, &f);
	struct ch_str whole = ch_str_n(f.bytes, f.at[f.n]);
	uint64_t key = ch_key_hash(whole), folded_key = key;
	if (!is_ascii(whole)) {
		fold_form(&f, &folded);
		folded_key = ch_key_hash(ch_str_n(folded.bytes, folded.at[folded.n]));
	}
	out->glove = find_either(m->glove_key, m->glove_n, key, folded_key);
	uint32_t gaz = find_either(m->gaz_key, m->gaz_n, key, folded_key);
	bool known = ch_keys_find(m->known, m->known_n, key) != CH_NONE;
	uint32_t n = 0;
	out->slot[n++] = known ? hash32(1, whole.ptr, whole.len) % m->word_rows : CH_NONE;
	for (uint32_t k = 1; k <= 4; k++)
		out->slot[n++] = f.n > k ? m->word_rows + hash32(1 + k, f.bytes, f.at[k]) % m->affix_rows : CH_NONE;
	for (uint32_t k = 1; k <= 5; k++) {
		uint32_t from = f.n > k ? f.at[f.n - k] : 0;
		out->slot[n++] = f.n > k ? m->word_rows + hash32(8 + k, f.bytes + from, f.at[f.n] - from) % m->affix_rows
					 : CH_NONE;
	}
	char s[SHAPE_MAX + 1];
	uint32_t len = shape(text, s);
	out->slot[n++] = m->word_rows + hash32(16, s, len) % m->affix_rows;
	if (len > 4)
		len = 4;
	s[len] = (char)('0' + (f.n < 20 ? f.n : 20));
	out->slot[n++] = m->word_rows + hash32(17, s, len + 1) % m->affix_rows;
	char known_as[2] = { gaz == CH_NONE ? '0' : (char)('0' + m->gaz_mask[gaz]), s[0] };
	out->slot[n] = gaz == CH_NONE ? CH_NONE : m->word_rows + hash32(32, known_as, len ? 2 : 1) % m->affix_rows;
}
