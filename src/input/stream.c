#include "input/stream.h"
#include "base/arena.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 128 << 10 };

/* ---- the window ---- */

/* Room for `want` bytes behind `at`, and some more to read into. */
static void make_room(struct ch_stream *s, size_t want)
{
	if (s->at && (s->at == s->n || s->cap - s->at < want)) {
		memmove(s->buf, s->buf + s->at, s->n - s->at);
		s->n -= s->at;
		s->at = 0;
	}
	if (s->cap - s->at < want || s->cap == s->n) {
		size_t cap = s->cap ? s->cap : CHUNK;

		while (cap < s->at + want || cap <= s->n)
			cap *= 2;
		if (cap != s->cap)
			s->buf = ch_xrealloc(s->buf, cap);
		s->cap = cap;
	}
}

struct ch_str ch_stream_look(struct ch_stream *s, size_t want)
{
	if (want > CH_STREAM_LOOK_MAX)
		want = CH_STREAM_LOOK_MAX;
	/* A giant record is over: its window need not stay. */
	if (s->at == s->n && want <= CHUNK && s->cap > (size_t)64 * CHUNK) {
		free(s->buf);
		s->buf = NULL;
		s->at = s->n = s->cap = 0;
	}
	while (s->n - s->at < want && !s->end) {
		size_t got;

		make_room(s, want);
		got = s->ops->fill(s, s->buf + s->n, s->cap - s->n);
		s->n += got;
		s->end = !got;
	}
	return ch_str_n(s->buf + s->at, s->n - s->at < want ? s->n - s->at : want);
}

void ch_stream_take(struct ch_stream *s, size_t n)
{
	s->at += n;
	s->pos += n;
}

uint64_t ch_stream_skip(struct ch_stream *s, uint64_t n)
{
	uint64_t left = n;

	while (left) {
		size_t got = ch_stream_look(s, left < CHUNK ? (size_t)left : CHUNK).len;

		if (!got)
			break;
		ch_stream_take(s, got);
		left -= got;
	}
	return n - left;
}

bool ch_stream_pass(struct ch_stream *s)
{
	if (!s->gap)
		return false;
	s->gap = s->end = false;
	return true;
}

bool ch_stream_line(struct ch_stream *s, size_t max, struct ch_str *line, bool *too_long)
{
	size_t seen = 0, want = 4096;

	*too_long = false;
	for (;;) {
		struct ch_str have = ch_stream_look(s, want);
		const char *nl = have.len > seen ? memchr(have.ptr + seen, '\n', have.len - seen) : NULL;
		size_t len = nl ? (size_t)(nl - have.ptr) : have.len;

		if (!have.len && !*too_long)
			return false;
		if (nl || have.len < want) {
			*line = *too_long ? ch_str_n(NULL, 0) : ch_str_n(have.ptr, len);
			/* the bytes stay where they are until the next look */
			ch_stream_take(s, len + (nl != NULL));
			if (*too_long || len > max) {
				*too_long = true;
				*line = ch_str_n(NULL, 0);
			}
			return true;
		}
		seen = have.len;
		if (have.len > max) {
			*too_long = true;
			ch_stream_take(s, have.len);
			seen = 0;
			want = 4096;
		} else {
			want = want * 2 < CH_STREAM_LOOK_MAX ? want * 2 : CH_STREAM_LOOK_MAX;
		}
	}
}

void ch_stream_close(struct ch_stream *s)
{
	if (s->ops && s->ops->close)
		s->ops->close(s);
	free(s->buf);
	*s = (struct ch_stream){ .end = true };
}

double ch_stream_share(const struct ch_stream *s)
{
	return s->ops && s->ops->share ? s->ops->share(s) : -1;
}

/* ---- files ---- */

struct file {
	int fd;
	uint64_t size, read;   /* size 0: unknown */
};

static size_t file_fill(struct ch_stream *s, char *to, size_t room)
{
	struct file *f = s->ctx;
	ssize_t got;

	do
		got = read(f->fd, to, room);
	while (got < 0 && errno == EINTR);
	if (got < 0) {
		s->failed = true;
		ch_fail(&s->err, "cannot read: %s", strerror(errno));
		return 0;
	}
	f->read += (uint64_t)got;
	return (size_t)got;
}

static void file_close(struct ch_stream *s)
{
	struct file *f = s->ctx;

	if (f->fd != STDIN_FILENO)
		close(f->fd);
	free(f);
}

static double file_share(const struct ch_stream *s)
{
	const struct file *f = s->ctx;

	return !f->size ? -1 : f->read > f->size ? 1 : (double)f->read / (double)f->size;
}

static const struct ch_stream_ops file_ops = { file_fill, file_close, file_share };

bool ch_stream_file(struct ch_stream *s, const char *path, struct ch_err *err)
{
	int fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	struct stat st = { 0 };
	struct file *f;

	*s = (struct ch_stream){ .end = true };
	if (fd < 0)
		return ch_fail(err, "cannot open: %s", strerror(errno));
	f = ch_xrealloc(NULL, sizeof *f);
	*f = (struct file){ .fd = fd };
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		f->size = (uint64_t)st.st_size;
	*s = (struct ch_stream){ .ops = &file_ops, .ctx = f };
	return true;
}

/* ---- memory ---- */

static size_t memory_fill(struct ch_stream *s, char *to, size_t room)
{
	struct ch_str *rest = s->ctx;
	size_t n = rest->len < room ? rest->len : room;

	if (n)
		memcpy(to, rest->ptr, n);
	*rest = ch_str_sub(*rest, n, rest->len);
	return n;
}

static void memory_close(struct ch_stream *s)
{
	free(s->ctx);
}

static const struct ch_stream_ops memory_ops = { memory_fill, memory_close, NULL };

void ch_stream_memory(struct ch_stream *s, struct ch_str bytes)
{
	struct ch_str *rest = ch_xrealloc(NULL, sizeof *rest);

	*rest = bytes;
	*s = (struct ch_stream){ .ops = &memory_ops, .ctx = rest };
}
