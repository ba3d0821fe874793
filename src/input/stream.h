/* input/stream.h -- bytes that come one after the other, looked at before they are taken: files, pipes, memory, and what is
 * unpacked of another stream.
 *
 *     struct ch_stream ◀── ops->fill ── file | memory | gzip ◀── another stream | bzip2, xz, zstd | member of an archive
 *
 * A window of the bytes lies in memory: it begins with the next byte that is not taken yet, and grows to what ch_stream_look
 * asks for, at most CH_STREAM_LOOK_MAX. Constant memory otherwise, however long the stream.
 *
 * A *gap* is a place where bytes are missing (a broken member of a gzip file): the stream stops there as at its end, with
 * `gap` true and the reason in err, until ch_stream_pass goes on behind it. */
#ifndef CH_INPUT_STREAM_H
#define CH_INPUT_STREAM_H
#include "base/err.h"
#include <stdint.h>

/* The longest window: a record of JSON of base/limits.h's length and its line end. */
#define CH_STREAM_LOOK_MAX (((size_t)64 << 20) + 4096)

struct ch_stream;

struct ch_stream_ops {
	/* Puts up to room bytes at `to`; 0: the end, or a gap (then s->gap is set), or an error (s->failed); says why in s->err. */
	size_t (*fill)(struct ch_stream *s, char *to, size_t room);
	void (*close)(struct ch_stream *s);   /* frees ctx */
	/* How far the source of all has been read, 0 to 1; below 0: unknown. NULL: unknown. */
	double (*share)(const struct ch_stream *s);
};

struct ch_stream {
	const struct ch_stream_ops *ops;
	void *ctx;
	char *buf;             /* the window is buf[at, n) */
	size_t at, n, cap;
	uint64_t pos;          /* of buf[at], counted from the first byte */
	bool end;              /* nothing comes behind the window */
	bool gap, failed;      /* why it ended, where it did not end well */
	struct ch_err err;
};

/* Opens a file ("-": standard input, which is not closed). */
bool ch_stream_file(struct ch_stream *s, const char *path, struct ch_err *err) CH_MUST_USE;
/* Over bytes, which are lent as long as the stream. */
void ch_stream_memory(struct ch_stream *s, struct ch_str bytes);
/* What `inner` unpacks to; inner is lent, and must outlive s. gzip: members may follow one another (RFC 1952, 2.2); behind a broken
 * one the next is looked for, with a gap in between. */
void ch_stream_gzip(struct ch_stream *s, struct ch_stream *inner);
/* The same for bzip2, xz and zstd, by libarchive. */
bool ch_stream_filter(struct ch_stream *s, struct ch_stream *inner, struct ch_err *err) CH_MUST_USE;
void ch_stream_close(struct ch_stream *s);   /* closed twice is fine */

/* The next bytes without taking them, `want` of them or what there is up to the end or gap. Valid until the next call. */
struct ch_str ch_stream_look(struct ch_stream *s, size_t want);
void ch_stream_take(struct ch_stream *s, size_t n);        /* n bytes of what was looked at */
uint64_t ch_stream_skip(struct ch_stream *s, uint64_t n);  /* takes n bytes; how many there were */
/* Goes on behind a gap; false where there was none. */
bool ch_stream_pass(struct ch_stream *s);

/* The next line without its "\n", taken. False at the end. One longer than max is passed over: *too_long, and an empty line. */
bool ch_stream_line(struct ch_stream *s, size_t max, struct ch_str *line, bool *too_long);

double ch_stream_share(const struct ch_stream *s);
#endif
