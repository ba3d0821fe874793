#include "run/input.h"
#include "base/limits.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

static bool is_gzip(struct ch_str s)
{
	return s.len >= 3 && (unsigned char)s.ptr[0] == 0x1f && (unsigned char)s.ptr[1] == 0x8b && s.ptr[2] == 8;
}

bool ch_input_unpack(struct ch_arena *arena, struct ch_str *bytes, bool *cut, struct ch_err *err)
{
	z_stream z = { 0 };
	size_t cap = 0, n = 0;
	char *out = NULL;
	int rc = Z_OK;

	if (is_gzip(*bytes)) {
		if (inflateInit2(&z, 15 + 16) != Z_OK)
			return ch_fail(err, "cannot start zlib");
		z.next_in = (unsigned char *)(uintptr_t)bytes->ptr;
		z.avail_in = (unsigned)bytes->len;
		while (rc == Z_OK && n <= CH_PAGE_BYTES_MAX) {
			if (n == cap) {
				size_t more = cap ? cap * 2 : bytes->len * 4 + 4096;

				if (more > CH_PAGE_BYTES_MAX + 1)
					more = CH_PAGE_BYTES_MAX + 1;
				if (more <= cap)
					break;
				out = ch_arena_grow(arena, out, n, more, 1);
				cap = more;
			}
			z.next_out = (unsigned char *)out + n;
			z.avail_out = (unsigned)(cap - n);
			rc = inflate(&z, Z_NO_FLUSH);
			n = cap - z.avail_out;
			/* Members may follow one another (RFC 1952, 2.2). */
			if (rc == Z_STREAM_END && z.avail_in > 2 && z.next_in[0] == 0x1f && inflateReset(&z) == Z_OK)
				rc = Z_OK;
		}
		inflateEnd(&z);
		if (rc != Z_STREAM_END && n == 0)
			return ch_fail(err, "broken gzip data");
		if (rc != Z_STREAM_END)
			*cut = true;
		*bytes = ch_str_n(out, n);
	}
	if (bytes->len > CH_PAGE_BYTES_MAX) {
		bytes->len = CH_PAGE_BYTES_MAX;
		*cut = true;
	}
	return true;
}

static bool read_all(struct ch_arena *arena, int fd, struct ch_str *bytes, struct ch_err *err)
{
	size_t cap = 1 << 16, n = 0;
	struct stat st = { 0 };
	char *buf;

	if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode))
		return ch_fail(err, "is a folder");
	if (S_ISREG(st.st_mode) && st.st_size > 0)
		cap = (uint64_t)st.st_size > CH_PAGE_BYTES_MAX ? CH_PAGE_BYTES_MAX + 1 : (size_t)st.st_size + 1;
	buf = ch_arena_alloc(arena, cap);
	while (n <= CH_PAGE_BYTES_MAX) {
		ssize_t got;

		if (n == cap) {
			size_t more = cap * 2 > CH_PAGE_BYTES_MAX + 1 ? CH_PAGE_BYTES_MAX + 1 : cap * 2;

			buf = ch_arena_grow(arena, buf, n, more, 1);
			cap = more;
		}
		got = read(fd, buf + n, cap - n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return ch_fail(err, "cannot read: %s", strerror(errno));
		if (got == 0)
			break;
		n += (size_t)got;
	}
	*bytes = ch_str_n(buf, n);
	return true;
}

bool ch_input_read(struct ch_arena *arena, const char *path, struct ch_str *bytes, bool *cut, struct ch_err *err)
{
	bool from_stdin = strcmp(path, "-") == 0, ok;
	int fd = from_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	*cut = false;
	if (fd < 0)
		return ch_fail(err, "cannot open: %s", strerror(errno));
	ok = read_all(arena, fd, bytes, err);
	if (!from_stdin)
		close(fd);
	return ok && ch_input_unpack(arena, bytes, cut, err);
}
