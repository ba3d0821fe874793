/* page/charset.c -- bytes to UTF-8, with the way back. Order of belief: a byte order mark; the bytes being valid UTF-8
 * (other charsets hardly ever are by chance); what the page declares; uchardet; Windows-1252, in which any byte reads. */
#include "page/page_priv.h"
#include "base/utf8.h"
#include <errno.h>
#include <iconv.h>
#include <uchardet/uchardet.h>

enum { LOOK_BYTES = 8192, DETECT_BYTES = 256 << 10, REPLACEMENT = 0xFFFD };

struct decoder {
	struct page *p;
	char *out;
	uint32_t n;
	struct ch_str in;
};

static void put(struct decoder *d, const char *bytes, uint32_t len, uint32_t raw, uint32_t raw_len)
{
	bool same = len == raw_len && memcmp(bytes, d->in.ptr + raw, len) == 0;
	uint32_t last = d->p->dec_map.n;

	memcpy(d->out + d->n, bytes, len);
	if (same && last) {
		struct ch_segment *s = &d->p->dec_map.v[last - 1];

		if (s->text_len == s->raw_len && s->raw + s->raw_len == raw &&
		    (s->text_len > 4 || memcmp(d->out + s->text, d->in.ptr + s->raw, s->text_len) == 0)) {
			s->text_len += len;
			s->raw_len += len;
			d->n += len;
			return;
		}
	}
	*CH_PUSH(d->p->arena, &d->p->dec_map) = (struct ch_segment){ d->n, len, raw, raw_len };
	d->n += len;
}

static void put_cp(struct decoder *d, uint32_t cp, uint32_t raw, uint32_t raw_len)
{
	char bytes[4];
	uint32_t len = ch_utf8_put(cp, bytes);

	put(d, bytes, len, raw, raw_len);
}

static void decode_utf8(struct decoder *d, uint32_t at)
{
	uint32_t len;

	for (; at < d->in.len; at += len) {
		uint32_t cp = ch_utf8_at(d->in, at, &len);

		if (cp == REPLACEMENT && len == 1)
			put_cp(d, REPLACEMENT, at, 1);
		else
			put(d, d->in.ptr + at, len, at, len);
	}
}

static void decode_utf16(struct decoder *d, uint32_t at, bool big)
{
	const unsigned char *b = (const unsigned char *)d->in.ptr;

	while (at < d->in.len) {
		uint32_t len = 2, cp;

		if (at + 1 >= d->in.len) {
			put_cp(d, REPLACEMENT, at, 1);
			return;
		}
		cp = big ? (uint32_t)(b[at] << 8 | b[at + 1]) : (uint32_t)(b[at + 1] << 8 | b[at]);
		if (cp >= 0xD800 && cp < 0xDC00 && at + 3 < d->in.len) {
			uint32_t low = big ? (uint32_t)(b[at + 2] << 8 | b[at + 3]) : (uint32_t)(b[at + 3] << 8 | b[at + 2]);

			if (low >= 0xDC00 && low < 0xE000) {
				cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
				len = 4;
			}
		}
		put_cp(d, cp, at, len);
		at += len;
	}
}

/* One byte a character: a table made once, since a call of iconv a byte would cost thirty times as much. */
static void decode_bytes(struct decoder *d, iconv_t cd)
{
	char table[256][8];
	uint8_t lens[256];

	for (int i = 0; i < 256; i++) {
		char in = (char)i, *from = &in, *to = table[i];
		size_t in_len = 1, out_len = sizeof table[i];

		iconv(cd, NULL, NULL, NULL, NULL);
		if (iconv(cd, &from, &in_len, &to, &out_len) == (size_t)-1 || in_len || out_len == sizeof table[i])
			lens[i] = (uint8_t)ch_utf8_put(REPLACEMENT, table[i]);
		else
			lens[i] = (uint8_t)(sizeof table[i] - out_len);
		if (lens[i] > 4)
			lens[i] = (uint8_t)ch_utf8_put(REPLACEMENT, table[i]);
	}
	for (uint32_t at = 0; at < d->in.len; at++) {
		unsigned char c = (unsigned char)d->in.ptr[at];

		put(d, table[c], lens[c], at, 1);
	}
}

/* One character: iconv is shown ever more bytes until it takes them, so that it never takes two. Bytes taken; 0: none fit. */
static uint32_t convert_one(struct decoder *d, iconv_t cd, uint32_t at, char room[8], uint32_t *room_n)
{
	enum { BYTES_MAX = 8 };

	for (uint32_t n = 1; n <= BYTES_MAX && at + n <= d->in.len; n++) {
		char *from = (char *)(uintptr_t)d->in.ptr + at, *to = room;
		size_t in_len = n, out_len = 8;
		size_t done = iconv(cd, &from, &in_len, &to, &out_len);

		*room_n = (uint32_t)(to - room);
		if (!in_len)
			return n;
		if (done == (size_t)-1 && errno != EINVAL)
			return 0;
	}
	return 0;
}

/* With escape sequences a byte below 0x80 may be half a character. */
static void decode_iconv(struct decoder *d, iconv_t cd, bool escapes)
{
	uint32_t at = 0;

	while (at < d->in.len) {
		unsigned char c = (unsigned char)d->in.ptr[at];
		uint32_t used, n = 0;
		char room[8];

		if (c < 0x80 && !escapes) {
			put(d, d->in.ptr + at, 1, at, 1);
			at++;
			continue;
		}
		used = convert_one(d, cd, at, room, &n);
		if (!used) {
			put_cp(d, REPLACEMENT, at, 1);
			iconv(cd, NULL, NULL, NULL, NULL);
			used = 1;
		} else if (n) {
			put(d, room, n, at, used);
		}
		at += used;
	}
}

/* "windows-1251" of `charset=windows-1251` near the top, lower case; empty where the page declares none. */
static struct ch_str declared(struct page *p)
{
	struct ch_str head = ch_str_sub(p->doc->raw, 0, LOOK_BYTES);
	char *low = ch_arena_z(p->arena, head);
	struct ch_str s = { low, head.len };
	const char *keys[] = { "charset", "encoding" };

	for (size_t i = 0; i < head.len; i++)
		if (low[i] >= 'A' && low[i] <= 'Z')
			low[i] = (char)(low[i] + 32);
	for (int k = 0; k < 2; k++) {
		for (size_t at = 0; (at = ch_str_find(s, ch_str_z(keys[k]), at)) != CH_STR_NONE; at++) {
			size_t i = at + strlen(keys[k]), start;

			while (i < s.len && (s.ptr[i] == ' ' || s.ptr[i] == '"' || s.ptr[i] == '\''))
				i++;
			if (i >= s.len || s.ptr[i] != '=')
				continue;
			for (i++; i < s.len && (s.ptr[i] == ' ' || s.ptr[i] == '"' || s.ptr[i] == '\'');)
				i++;
			for (start = i; i < s.len && i - start < 32 && (s.ptr[i] == '-' || s.ptr[i] == '_' || s.ptr[i] == ':' ||
			     (s.ptr[i] >= '0' && s.ptr[i] <= '9') || (s.ptr[i] >= 'a' && s.ptr[i] <= 'z'));)
				i++;
			if (i > start)
				return ch_str_sub(s, start, i);
		}
	}
	return (struct ch_str){ 0 };
}

/* As the WHATWG Encoding Standard reads labels: what says Latin-1 means Windows-1252, and so on. */
static const char *real_charset(struct ch_str name, struct ch_arena *arena)
{
	static const struct { const char *said, *meant; } table[] = {
		{ "iso-8859-1", "windows-1252" }, { "latin1", "windows-1252" }, { "us-ascii", "windows-1252" },
		{ "ascii", "windows-1252" }, { "iso-8859-9", "windows-1254" }, { "gb2312", "gb18030" }, { "gbk", "gb18030" },
		{ "x-sjis", "cp932" }, { "shift_jis", "cp932" }, { "ks_c_5601-1987", "cp949" }, { "euc-kr", "cp949" },
		{ "utf8", "utf-8" }, { "utf-16", "utf-8" }, { "utf-16le", "utf-8" }, { "utf-16be", "utf-8" },
	};

	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (ch_str_eqz(name, table[i].said))
			return table[i].meant;
	return ch_arena_z(arena, name);
}

static bool is_single_byte(iconv_t cd, struct ch_str name)
{
	char in[] = "\xe4\xe5", *from = in, room[16], *to = room;
	size_t in_len = 1, out_len = sizeof room;

	if (ch_str_starts(name, CH_STR("windows-125")) || ch_str_starts(name, CH_STR("iso-8859")) ||
	    ch_str_starts(name, CH_STR("koi8")))
		return true;
	iconv(cd, NULL, NULL, NULL, NULL);
	return iconv(cd, &from, &in_len, &to, &out_len) != (size_t)-1 && !in_len && out_len < sizeof room;
}

static bool decode_named(struct decoder *d, const char *name)
{
	iconv_t cd;
	uint64_t room;

	if (strcmp(name, "utf-8") == 0) {
		decode_utf8(d, 0);
		return true;
	}
	cd = iconv_open("UTF-8", name);
	if (cd == (iconv_t)-1)
		return false;
	room = d->n;
	if (is_single_byte(cd, ch_str_z(name)))
		decode_bytes(d, cd);
	else
		decode_iconv(d, cd, ch_str_starts(ch_str_z(name), CH_STR("iso-2022")) || ch_str_starts(ch_str_z(name), CH_STR("hz")));
	iconv_close(cd);
	return d->n > room || !d->in.len;
}

static const char *detect(struct page *p)
{
	uchardet_t ud = uchardet_new();
	struct ch_str head = ch_str_sub(p->doc->raw, 0, DETECT_BYTES);
	struct ch_str name = { 0 };

	if (!ud)
		return "windows-1252";
	if (uchardet_handle_data(ud, head.ptr, head.len) == 0) {
		uchardet_data_end(ud);
		name = ch_arena_str(p->arena, ch_str_z(uchardet_get_charset(ud)));
	}
	uchardet_delete(ud);
	for (size_t i = 0; i < name.len; i++) {
		char *c = (char *)(uintptr_t)name.ptr + i;

		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c + 32);
	}
	return name.len ? real_charset(name, p->arena) : "windows-1252";
}

/* Bytes that no text holds, in the first bytes; and where NULs stand, which tells UTF-16 without a mark. */
static bool looks_binary(struct ch_str raw, bool *utf16, bool *big)
{
	size_t n = raw.len < LOOK_BYTES ? raw.len : LOOK_BYTES, odd = 0, even = 0, control = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)raw.ptr[i];

		if (!c)
			*(i & 1 ? &odd : &even) += 1;
		else if (c < 32 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1B)
			control++;
	}
	*utf16 = n >= 4 && (odd > n / 4 ? even < n / 50 + 1 : even > n / 4 && odd < n / 50 + 1);
	*big = even > odd;
	return !*utf16 && (odd + even > n / 100 + 1 || control > n / 20);
}

/* Nearly UTF-8: a few broken bytes do not change the charset; fewer are forgiven where nothing declares it. */
static bool mostly_utf8(struct ch_str raw, bool is_declared)
{
	uint32_t len, bad = 0, wide = 0;

	for (size_t i = 0; i < raw.len; i += len) {
		uint32_t cp = ch_utf8_at(raw, i, &len);

		bad += cp == REPLACEMENT && len == 1;
		wide += len > 1;
	}
	return bad <= wide / 8 + (is_declared ? 2 : 0);
}

bool page_decode(struct page *p)
{
	struct ch_str raw = p->doc->raw;
	struct decoder d = { p, NULL, 0, raw };
	const unsigned char *b = (const unsigned char *)raw.ptr;
	bool utf16 = false, big = false, is_utf8;
	struct ch_str name;

	if (raw.len >= 2 && ((b[0] == 0xFF && b[1] == 0xFE) || (b[0] == 0xFE && b[1] == 0xFF))) {
		d.out = ch_arena_alloc(p->arena, raw.len * 2 + 8);
		decode_utf16(&d, 2, b[0] == 0xFE);
		p->dec = (struct ch_str){ d.out, d.n };
		return true;
	}
	if (looks_binary(raw, &utf16, &big))
		return false;
	if (utf16) {
		d.out = ch_arena_alloc(p->arena, raw.len * 2 + 8);
		decode_utf16(&d, 0, big);
		p->dec = (struct ch_str){ d.out, d.n };
		return true;
	}
	if (raw.len >= 3 && b[0] == 0xEF && b[1] == 0xBB && b[2] == 0xBF)
		p->dec_base = 3;
	if (ch_utf8_valid(raw)) {
		p->dec = ch_str_sub(raw, p->dec_base, raw.len);
		return true;
	}
	d.out = ch_arena_alloc(p->arena, raw.len * 4 + 16);
	name = p->doc->charset.len ? p->doc->charset : declared(p); /* what the server said goes before the page */
	is_utf8 = name.len && strcmp(real_charset(name, p->arena), "utf-8") == 0;
	if (p->dec_base || mostly_utf8(raw, is_utf8)) {
		decode_utf8(&d, p->dec_base);
	} else if (!name.len || is_utf8 || !decode_named(&d, real_charset(name, p->arena))) {
		d.n = 0;
		p->dec_map.n = 0;
		if (!decode_named(&d, detect(p))) {
			d.n = 0;
			p->dec_map.n = 0;
			(void)decode_named(&d, "windows-1252");
		}
	}
	p->dec_base = 0;
	p->dec = (struct ch_str){ d.out, d.n };
	if (!ch_utf8_valid(p->dec)) {       /* iconv's word is not enough for the rest of the house */
		d.n = 0;
		p->dec_map.n = 0;
		d.out = ch_arena_alloc(p->arena, raw.len * 4 + 16);
		decode_utf8(&d, 0);
		p->dec = (struct ch_str){ d.out, d.n };
	}
	return true;
}

/* The last segment that begins at or before dec byte `at`. */
static uint32_t segment_at(const struct page *p, uint32_t at)
{
	uint32_t lo = 0, hi = p->dec_map.n;

	while (hi - lo > 1) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (p->dec_map.v[mid].text <= at)
			lo = mid;
		else
			hi = mid;
	}
	return lo;
}

struct ch_raw_span page_raw_of_dec(const struct page *p, uint32_t start, uint32_t end)
{
	struct ch_raw_span r;
	const struct ch_segment *s;
	uint32_t last = end > start ? end - 1 : start;

	if (!p->dec_map.n)
		return (struct ch_raw_span){ start + p->dec_base, end + p->dec_base };
	s = &p->dec_map.v[segment_at(p, start)];
	r.start = s->raw + (s->text_len == s->raw_len ? start - s->text : 0);
	s = &p->dec_map.v[segment_at(p, last)];
	r.end = s->text_len == s->raw_len ? s->raw + (last - s->text) + (end > start) : s->raw + (end > start ? s->raw_len : 0);
	if (r.end < r.start)
		r.end = r.start;
	return r;
}
