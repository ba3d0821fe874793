/* serve/pack.c -- answers as gzip (RFC 1952) or zstd (RFC 8878), whichever the client would rather have. */
#include "serve/http.h"
#include <zlib.h>
#include <zstd.h>

/* Answers are packed while somebody waits, so quickly; files of the page once, so well. */
enum { GZIP_QUICK = 1, ZSTD_QUICK = 1, GZIP_MEMORY = 8, GZIP_WINDOW = 15 + 16 /* with gzip's header */ };

struct ch_str ch_pack_gzip(struct ch_arena *arena, struct ch_str s, int level)
{
	z_stream z = { .next_in = (Bytef *)(uintptr_t)s.ptr, .avail_in = (uInt)s.len };
	char *to;
	uLong max;

	if (s.len > UINT32_MAX / 2 || deflateInit2(&z, level, Z_DEFLATED, GZIP_WINDOW, GZIP_MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
		return CH_STR("");
	max = deflateBound(&z, (uLong)s.len);
	to = ch_arena_alloc(arena, max);
	z.next_out = (Bytef *)to;
	z.avail_out = (uInt)max;
	max = deflate(&z, Z_FINISH) == Z_STREAM_END ? z.total_out : 0;
	deflateEnd(&z);
	return ch_str_n(to, max);
}

struct ch_str ch_pack_zstd(struct ch_arena *arena, struct ch_str s, int level)
{
	const size_t max = ZSTD_compressBound(s.len);
	char *to = ch_arena_alloc(arena, max);
	const size_t n = ZSTD_compress(to, max, s.ptr, s.len, level);

	return ch_str_n(to, ZSTD_isError(n) ? 0 : n);
}

const char *ch_pack_wanted(const struct ch_request *q)
{
	const struct ch_str accept = ch_request_header(q, "Accept-Encoding");
	const unsigned zstd = ch_accepts_encoding(accept, "zstd"), gzip = ch_accepts_encoding(accept, "gzip");

	return zstd && zstd >= gzip ? "zstd" : gzip ? "gzip" : NULL;
}

void ch_answer_pack(struct ch_request *q, struct ch_answer *a)
{
	const char *wanted = a->body.len >= CH_SERVE_PACK_MIN && !a->piece ? ch_pack_wanted(q) : NULL;
	struct ch_str packed;

	for (uint32_t i = 0; wanted && i < a->headers.n; i++)
		if (ch_str_ieq(a->headers.v[i].name, CH_STR("Content-Encoding")))
			return;
	if (!wanted)
		return;
	packed = *wanted == 'z' ? ch_pack_zstd(q->arena, a->body, ZSTD_QUICK) : ch_pack_gzip(q->arena, a->body, GZIP_QUICK);
	if (!packed.len || packed.len >= a->body.len)
		return;
	a->body = packed;
	a->lasting = false;
	ch_answer_header(q, a, "Content-Encoding", ch_str_z(wanted));
}
