#include "input/http.h"
#include <zlib.h>

static struct ch_str lower(struct ch_arena *arena, struct ch_str s)
{
	char *z = ch_arena_z(arena, s);

	for (size_t i = 0; i < s.len; i++)
		if (z[i] >= 'A' && z[i] <= 'Z')
			z[i] = (char)(z[i] + ('a' - 'A'));
	return ch_str_n(z, s.len);
}

bool ch_http_field(struct ch_str *rest, struct ch_str *name, struct ch_str *value)
{
	struct ch_str line;

	while (ch_str_cut(rest, '\n', &line)) {
		size_t colon;

		if (!line.len || (line.len == 1 && line.ptr[0] == '\r'))
			return false;
		/* A line that begins with white space goes on with the one before it. */
		while (rest->len && (rest->ptr[0] == ' ' || rest->ptr[0] == '\t')) {
			struct ch_str more;

			ch_str_cut(rest, '\n', &more);
			line.len = (size_t)(more.ptr + more.len - line.ptr);
		}
		colon = ch_str_find_byte(line, ':', 0);
		if (colon == CH_STR_NONE)
			continue;
		*name = ch_str_trim(ch_str_sub(line, 0, colon));
		*value = ch_str_trim(ch_str_sub(line, colon + 1, line.len));
		return true;
	}
	return false;
}

void ch_http_type(struct ch_arena *arena, struct ch_str value, struct ch_str *type, struct ch_str *charset)
{
	struct ch_str piece;

	*type = *charset = (struct ch_str){ 0 };
	if (ch_str_cut(&value, ';', &piece))
		*type = lower(arena, ch_str_trim(piece));
	while (ch_str_cut(&value, ';', &piece)) {
		piece = ch_str_trim(piece);
		if (!ch_str_istarts(piece, CH_STR("charset=")))
			continue;
		piece = ch_str_trim(ch_str_sub(piece, 8, piece.len));
		if (piece.len >= 2 && (piece.ptr[0] == '"' || piece.ptr[0] == '\'') && piece.ptr[piece.len - 1] == piece.ptr[0])
			piece = ch_str_sub(piece, 1, piece.len - 1);
		*charset = lower(arena, piece);
	}
}

void ch_http_read(struct ch_http *http, struct ch_arena *arena, struct ch_str message)
{
	struct ch_str line, rest = message, name, value, code;

	*http = (struct ch_http){ .body = message };
	if (!ch_str_istarts(message, CH_STR("HTTP/")) || !ch_str_cut(&rest, '\n', &line))
		return;
	ch_str_cut(&line, ' ', &code);
	line = ch_str_trim(line);
	if (!ch_str_cut(&line, ' ', &code) || !ch_str_uint(ch_str_trim(code), &http->status))
		http->status = 0;
	while (ch_http_field(&rest, &name, &value)) {
		if (ch_str_ieq(name, CH_STR("content-type")))
			ch_http_type(arena, value, &http->type, &http->charset);
		else if (ch_str_ieq(name, CH_STR("content-encoding")))
			http->content_coding = value;
		else if (ch_str_ieq(name, CH_STR("transfer-encoding")))
			http->transfer_coding = value;
	}
	http->body = rest;
}

/* ---- codings ---- */

static int hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* RFC 9112, 7.1. Many archives keep the field of a body whose chunks they have taken off: what is no chunk is left as it is. */
static struct ch_str unchunk(struct ch_arena *arena, struct ch_str in)
{
	char *out = NULL;
	size_t n = 0;
	struct ch_str rest = in, line;

	while (ch_str_cut(&rest, '\n', &line)) {
		size_t size = 0, i = 0;

		while (i < line.len && i < 15 && hex(line.ptr[i]) >= 0)
			size = size * 16 + (size_t)hex(line.ptr[i++]);
		if (!i || (i < line.len && !strchr("; \t\r", line.ptr[i])))
			return n ? ch_str_n(out, n) : in;
		if (!size)
			break;
		if (!out)
			out = ch_arena_alloc(arena, in.len);
		if (size > rest.len)
			size = rest.len;
		memcpy(out + n, rest.ptr, size);
		n += size;
		rest = ch_str_sub(rest, size, rest.len);
		if (rest.len && rest.ptr[0] == '\r')
			rest = ch_str_sub(rest, 1, rest.len);
		if (rest.len && rest.ptr[0] == '\n')
			rest = ch_str_sub(rest, 1, rest.len);
	}
	return ch_str_n(out, n);
}

static bool is_gzip(struct ch_str s)
{
	return s.len >= 3 && memcmp(s.ptr, "\x1f\x8b\x08", 3) == 0;
}

/* window_bits as zlib has them: 31 gzip, 15 zlib, -15 bare deflate. *n is 0 where nothing came out. */
static struct ch_str inflate_all(struct ch_arena *arena, struct ch_str in, int window_bits, size_t max)
{
	z_stream z = { 0 };
	size_t n = 0, cap = in.len < max / 4 ? in.len * 4 + 1024 : max;
	char *out;
	int rc = Z_OK;

	if (inflateInit2(&z, window_bits) != Z_OK)
		return ch_str_n(NULL, 0);
	if (cap > max)
		cap = max;
	out = ch_arena_alloc(arena, cap);
	z.next_in = (unsigned char *)(uintptr_t)in.ptr;
	z.avail_in = in.len < UINT32_MAX ? (unsigned)in.len : UINT32_MAX;
	while (rc == Z_OK && n < max) {
		if (n == cap) {
			size_t more = cap < max / 2 ? cap * 2 : max;

			out = ch_arena_grow(arena, out, n, more, 1);
			cap = more;
		}
		z.next_out = (unsigned char *)out + n;
		z.avail_out = (unsigned)(cap - n);
		rc = inflate(&z, Z_NO_FLUSH);
		n = cap - z.avail_out;
	}
	inflateEnd(&z);
	return ch_str_n(out, n);
}

static bool decode_one(struct ch_arena *arena, struct ch_str coding, size_t max, struct ch_str *body, struct ch_err *err)
{
	struct ch_str out = { 0 };

	if (!coding.len || ch_str_ieq(coding, CH_STR("identity")) || ch_str_ieq(coding, CH_STR("none")) || !body->len)
		return true;
	if (ch_str_ieq(coding, CH_STR("gzip")) || ch_str_ieq(coding, CH_STR("x-gzip"))) {
		if (!is_gzip(*body))
			return true;   /* taken off by the archive, the field kept */
		out = inflate_all(arena, *body, 15 + 16, max);
	} else if (ch_str_ieq(coding, CH_STR("deflate"))) {
		/* Meant is zlib's format, sent is often bare deflate. */
		out = inflate_all(arena, *body, 15, max);
		if (!out.len)
			out = inflate_all(arena, *body, -15, max);
		if (!out.len)
			return true;
	} else {
		return ch_fail(err, "content coding '%.*s' is not known", (int)(coding.len < 40 ? coding.len : 40), coding.ptr);
	}
	if (!out.len)
		return ch_fail(err, "broken gzip data");
	*body = out;
	return true;
}

bool ch_http_decode(const struct ch_http *http, struct ch_arena *arena, size_t max, struct ch_str *body, struct ch_err *err)
{
	enum { CODINGS_MAX = 4 };
	struct ch_str codings = http->content_coding, piece, list[CODINGS_MAX];
	uint32_t n = 0;

	*body = http->body;
	if (ch_str_ieq(http->transfer_coding, CH_STR("chunked")) || ch_str_ends(http->transfer_coding, CH_STR("chunked")))
		*body = unchunk(arena, *body);
	while (ch_str_cut(&codings, ',', &piece)) {
		if (n == CODINGS_MAX)
			return ch_fail(err, "more than %d content codings", CODINGS_MAX);
		list[n++] = ch_str_trim(piece);
	}
	while (n)   /* the last put on comes off first */
		if (!decode_one(arena, list[--n], max, body, err))
			return false;
	*body = ch_str_sub(*body, 0, max);
	return true;
}
