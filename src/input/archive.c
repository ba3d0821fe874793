#include "input/archive.h"
#include "base/arena.h"
#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

enum { TAR_BLOCK = 512, TAR_SUM_AT = 148, TAR_SUM_LEN = 8 };

struct ch_archive {
	struct archive *a;
	struct ch_stream *inner;
	bool over;
};

/* A tar header tells the sum of its own bytes, the sum taken as blanks (POSIX ustar; older tars too). */
static bool is_tar(struct ch_str s)
{
	uint32_t sum = 0, told = 0;
	size_t i = TAR_SUM_AT;

	if (s.len < TAR_BLOCK || !s.ptr[0])
		return false;
	for (size_t b = 0; b < TAR_BLOCK; b++)
		sum += b >= TAR_SUM_AT && b < TAR_SUM_AT + TAR_SUM_LEN ? ' ' : (unsigned char)s.ptr[b];
	while (i < TAR_SUM_AT + TAR_SUM_LEN && s.ptr[i] == ' ')
		i++;
	for (; i < TAR_SUM_AT + TAR_SUM_LEN && s.ptr[i] >= '0' && s.ptr[i] <= '7'; i++)
		told = told * 8 + (uint32_t)(s.ptr[i] - '0');
	return sum == told;
}

bool ch_archive_is(struct ch_str first)
{
	return ch_str_starts(first, CH_STR("PK\x03\x04")) || ch_str_starts(first, CH_STR("PK\x05\x06")) || is_tar(first);
}

static la_ssize_t read_inner(struct archive *a, void *ctx, const void **bytes)
{
	struct ch_stream *inner = ctx;
	size_t n;

	if (!ch_stream_look(inner, 1).len) {
		if (!inner->failed && !inner->gap)
			return 0;
		archive_set_error(a, -1, "%s", inner->err.text);
		return ARCHIVE_FATAL;
	}
	n = inner->n - inner->at;
	*bytes = inner->buf + inner->at;
	ch_stream_take(inner, n);   /* the bytes stay where they are until the next look */
	return (la_ssize_t)n;
}

static struct archive *open_reader(struct ch_stream *inner, bool members, struct ch_err *err)
{
	struct archive *a = archive_read_new();

	if (!a)
		ch_die_memory(0);
	if (members) {
		archive_read_support_format_tar(a);
		archive_read_support_format_zip_streamable(a);
	} else {
		archive_read_support_filter_bzip2(a);
		archive_read_support_filter_xz(a);
		archive_read_support_filter_zstd(a);
		archive_read_support_format_raw(a);
	}
	if (archive_read_open(a, inner, NULL, read_inner, NULL) == ARCHIVE_OK)
		return a;
	ch_fail(err, "%s", archive_error_string(a) ? archive_error_string(a) : "cannot be unpacked");
	archive_read_free(a);
	return NULL;
}

bool ch_archive_open(struct ch_archive **archive, struct ch_stream *inner, struct ch_err *err)
{
	struct archive *a = open_reader(inner, true, err);

	if (!a)
		return false;
	*archive = ch_xrealloc(NULL, sizeof **archive);
	**archive = (struct ch_archive){ .a = a, .inner = inner };
	return true;
}

void ch_archive_close(struct ch_archive *archive)
{
	if (!archive)
		return;
	archive_read_free(archive->a);
	free(archive);
}

/* ---- what a member, or a filter, unpacks to ---- */

struct unpacked {
	struct archive *a;
	struct ch_stream *inner;
	bool owned;
};

static size_t unpacked_fill(struct ch_stream *s, char *to, size_t room)
{
	struct unpacked *u = s->ctx;
	la_ssize_t got = archive_read_data(u->a, to, room);

	if (got >= 0)
		return (size_t)got;
	s->failed = true;
	ch_fail(&s->err, "broken data: %s", archive_error_string(u->a) ? archive_error_string(u->a) : "cannot be unpacked");
	return 0;
}

static void unpacked_close(struct ch_stream *s)
{
	struct unpacked *u = s->ctx;

	if (u->owned)
		archive_read_free(u->a);
	free(u);
}

static double unpacked_share(const struct ch_stream *s)
{
	return ch_stream_share(((const struct unpacked *)s->ctx)->inner);
}

static const struct ch_stream_ops unpacked_ops = { unpacked_fill, unpacked_close, unpacked_share };

static void open_unpacked(struct ch_stream *s, struct archive *a, struct ch_stream *inner, bool owned)
{
	struct unpacked *u = ch_xrealloc(NULL, sizeof *u);

	*u = (struct unpacked){ a, inner, owned };
	*s = (struct ch_stream){ .ops = &unpacked_ops, .ctx = u };
}

bool ch_stream_filter(struct ch_stream *s, struct ch_stream *inner, struct ch_err *err)
{
	struct archive_entry *entry;
	struct archive *a = open_reader(inner, false, err);

	*s = (struct ch_stream){ .end = true };
	if (!a)
		return false;
	if (archive_read_next_header(a, &entry) != ARCHIVE_OK) {
		ch_fail(err, "broken data: %s", archive_error_string(a) ? archive_error_string(a) : "cannot be unpacked");
		archive_read_free(a);
		return false;
	}
	open_unpacked(s, a, inner, true);
	return true;
}

/* "a/.git/x", "__MACOSX/x": what a person did not put there. */
static bool is_hidden(const char *name)
{
	if (strncmp(name, "__MACOSX/", 9) == 0)
		return true;
	while (name[0] == '.' && name[1] == '/')
		name += 2;
	return name[0] == '.' || strstr(name, "/.") != NULL;
}

enum ch_archive_next ch_archive_next(struct ch_archive *archive, const char **name, struct ch_stream *member, struct ch_err *err)
{
	*member = (struct ch_stream){ .end = true };
	while (!archive->over) {
		struct archive_entry *entry;
		int rc = archive_read_next_header(archive->a, &entry);

		if (rc == ARCHIVE_EOF)
			break;
		if (rc == ARCHIVE_RETRY)
			continue;
		if (rc == ARCHIVE_FATAL || rc == ARCHIVE_FAILED) {
			const char *why = archive_error_string(archive->a);

			archive->over = true;
			ch_fail(err, "the archive breaks off: %s", why ? why : "broken data");
			return CH_ARCHIVE_BROKEN;
		}
		/* Names in no charset that libarchive knows are given as bytes. */
		*name = archive_entry_pathname_utf8(entry) ? archive_entry_pathname_utf8(entry) : archive_entry_pathname(entry);
		if (!*name || archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) || is_hidden(*name))
			continue;
		open_unpacked(member, archive->a, archive->inner, false);
		return CH_ARCHIVE_MEMBER;
	}
	archive->over = true;
	return CH_ARCHIVE_END;
}
