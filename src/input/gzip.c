/* input/gzip.c -- gzip taken off a stream as it comes. WARC files are thousands of members, one a record: where one is broken, the
 * rest is still worth reading, so the next member is looked for by its first bytes. */
#include "base/arena.h"
#include "input/stream.h"
#include <stdlib.h>
#include <zlib.h>

struct gzip {
	struct ch_stream *inner;
	z_stream z;
	uint64_t member;       /* where the present one begins, in inner */
	bool inside;           /* in a member */
};

/* ID1 ID2, deflate, no reserved flag. */
static bool begins_member(struct ch_str s)
{
	const unsigned char *b = (const unsigned char *)s.ptr;

	return s.len >= 4 && b[0] == 0x1f && b[1] == 0x8b && b[2] == 8 && b[3] < 0x20;
}

/* To the first byte of the next member; false where there is none. Zero bytes behind a member are padding, other bytes are
 * ignored as gzip(1) does, unless a member follows. */
static bool find_member(struct gzip *g)
{
	enum { WINDOW = 64 << 10 };

	for (;;) {
		struct ch_str have = ch_stream_look(g->inner, WINDOW);
		size_t at = 0;

		while (at + 4 <= have.len && !begins_member(ch_str_sub(have, at, have.len))) {
			const char *next = memchr(have.ptr + at + 1, 0x1f, have.len - at - 1);

			at = next ? (size_t)(next - have.ptr) : have.len;
		}
		if (at + 4 <= have.len) {
			ch_stream_take(g->inner, at);
			return true;
		}
		if (have.len < WINDOW) {
			ch_stream_take(g->inner, have.len);
			return false;
		}
		ch_stream_take(g->inner, have.len - 3);   /* a mark may lie across the edge */
	}
}

static size_t lose(struct ch_stream *s, struct gzip *g, const char *what)
{
	s->gap = true;
	g->inside = false;
	ch_fail(&s->err, "%s in the gzip member at byte %llu", what, (unsigned long long)g->member);
	return 0;
}

static size_t gzip_fill(struct ch_stream *s, char *to, size_t room)
{
	struct gzip *g = s->ctx;

	for (;;) {
		struct ch_str in;
		size_t got;
		int rc;

		if (!g->inside) {
			if (!find_member(g))
				return 0;
			g->member = g->inner->pos;
			g->inside = true;
			inflateReset(&g->z);
		}
		in = ch_stream_look(g->inner, 1);
		if (!in.len)
			return g->inner->failed ? (s->failed = true, s->err = g->inner->err, (size_t)0) :
						  lose(s, g, "the data breaks off");
		in.len = g->inner->n - g->inner->at;   /* all of the window */
		g->z.next_in = (unsigned char *)(uintptr_t)in.ptr;
		g->z.avail_in = in.len < UINT32_MAX ? (unsigned)in.len : UINT32_MAX;
		g->z.next_out = (unsigned char *)to;
		g->z.avail_out = room < UINT32_MAX ? (unsigned)room : UINT32_MAX;
		rc = inflate(&g->z, Z_NO_FLUSH);
		got = (size_t)((char *)g->z.next_out - to);
		if (rc == Z_OK || rc == Z_STREAM_END || rc == Z_BUF_ERROR)
			ch_stream_take(g->inner, (size_t)((const char *)g->z.next_in - in.ptr));
		else
			ch_stream_take(g->inner, g->inner->pos == g->member ? 1 : 0);   /* never looked at twice */
		if (rc == Z_STREAM_END)
			g->inside = false;
		if (got)
			return got;
		if (rc != Z_OK && rc != Z_STREAM_END)
			return lose(s, g, "broken data");
	}
}

static void gzip_close(struct ch_stream *s)
{
	struct gzip *g = s->ctx;

	inflateEnd(&g->z);
	free(g);
}

static double gzip_share(const struct ch_stream *s)
{
	return ch_stream_share(((const struct gzip *)s->ctx)->inner);
}

static const struct ch_stream_ops gzip_ops = { gzip_fill, gzip_close, gzip_share };

void ch_stream_gzip(struct ch_stream *s, struct ch_stream *inner)
{
	struct gzip *g = ch_xrealloc(NULL, sizeof *g);

	*g = (struct gzip){ .inner = inner };
	if (inflateInit2(&g->z, 15 + 16) != Z_OK)
		ch_die_memory(sizeof g->z);
	*s = (struct ch_stream){ .ops = &gzip_ops, .ctx = g };
}
