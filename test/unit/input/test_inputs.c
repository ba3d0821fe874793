/* What a file is, its content says: every kind, packed in every way, one inside the other; streams a byte at a time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/limits.h"
#include "input/inputs.h"
#include "input/stream.h"

struct member {
	const char *name;
	struct ch_str bytes;
};

/* An archive, or with a NULL name in the first member the bytes alone, packed by libarchive. */
static struct ch_str packed(struct ch_arena *a, int format, int filter, const struct member *members, size_t n)
{
	struct archive *w = archive_write_new();
	size_t cap = 1 << 20, used = 0;
	char *out = ch_arena_alloc(a, cap);

	assert_int_equal(archive_write_set_format(w, format), ARCHIVE_OK);
	assert_int_equal(archive_write_add_filter(w, filter), ARCHIVE_OK);
	archive_write_set_bytes_in_last_block(w, 1);
	assert_int_equal(archive_write_open_memory(w, out, cap, &used), ARCHIVE_OK);
	for (size_t i = 0; i < n; i++) {
		struct archive_entry *e = archive_entry_new();

		archive_entry_set_pathname(e, members[i].name);
		archive_entry_set_size(e, (la_int64_t)members[i].bytes.len);
		archive_entry_set_filetype(e, members[i].name[strlen(members[i].name) - 1] == '/' ? AE_IFDIR : AE_IFREG);
		archive_entry_set_perm(e, 0644);
		assert_int_equal(archive_write_header(w, e), ARCHIVE_OK);
		archive_write_data(w, members[i].bytes.ptr, members[i].bytes.len);
		archive_entry_free(e);
	}
	assert_int_equal(archive_write_close(w), ARCHIVE_OK);
	archive_write_free(w);
	return ch_str_n(out, used);
}

static struct ch_str pack(struct ch_arena *a, int filter, struct ch_str bytes)
{
	return packed(a, ARCHIVE_FORMAT_RAW, filter, &(struct member){ "x", bytes }, 1);
}

/* "name bytes" or "name !error" of each input, a line each. */
static struct ch_str read_all(struct ch_arena *a, struct ch_str bytes)
{
	struct ch_str out = CH_STR("");
	struct ch_inputs *inputs;
	struct ch_input in;

	ch_inputs_of_bytes(&inputs, "f", bytes);
	while (ch_inputs_next(inputs, &in)) {
		out = ch_arena_printf(a, "%.*s%s %s%s\n", CH_STR_ARG(out), in.name, in.error ? "!" : "", in.error ? in.error : in.bytes);
		ch_input_free(&in);
	}
	ch_inputs_close(inputs);
	return out;
}

#define PAGE "<p>The treaty was signed at Kyakhta in 1727."
#define WARC "WARC/1.1\r\nWARC-Type: conversion\r\nContent-Length: 9\r\n\r\nThe lines\r\n\r\n"

static void every_kind_in_every_packing(void **state)
{
	static const int filters[] = { ARCHIVE_FILTER_NONE, ARCHIVE_FILTER_GZIP, ARCHIVE_FILTER_BZIP2, ARCHIVE_FILTER_XZ, ARCHIVE_FILTER_ZSTD };
	static const int archives[] = { ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FORMAT_TAR_PAX_RESTRICTED, ARCHIVE_FORMAT_TAR_GNUTAR,
					ARCHIVE_FORMAT_ZIP };
	struct ch_arena a = { 0 };
	const struct member members[] = {
		{ "a/", CH_STR("") }, { "a/b.html", CH_STR(PAGE) }, { "a/.hidden", CH_STR("no") }, { "__MACOSX/b.html", CH_STR("no") },
		{ "w.warc", CH_STR(WARC WARC) }, { "j", CH_STR("{\"text\":\"A\"}\n{\"text\":\"B\"}\n") }, { "z.gz", pack(&a, ARCHIVE_FILTER_GZIP, CH_STR(PAGE)) },
	};

	(void)state;
	for (size_t f = 0; f < sizeof filters / sizeof *filters; f++) {
		struct {
			struct ch_str bytes;
			const char *out;
		} kinds[] = {
			{ CH_STR(PAGE), "f " PAGE "\n" },
			{ CH_STR(WARC WARC), "f#1 The lines\nf#2 The lines\n" },
			{ CH_STR("{\"text\":\"A\"}\n{\"text\":\"B\"}\n"), "f#1 A\nf#2 B\n" },
		};

		for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
			struct ch_str got = read_all(&a, pack(&a, filters[f], kinds[k].bytes));

			if (!ch_str_eqz(got, kinds[k].out))
				fail_msg("filter %zu, kind %zu: '%.*s'", f, k, CH_STR_ARG(got));
		}
		for (size_t i = 0; i < sizeof archives / sizeof *archives; i++) {
			struct ch_str tar = packed(&a, archives[i], filters[f], members, sizeof members / sizeof *members);
			struct ch_str got = read_all(&a, tar);

			if (!ch_str_eqz(got, "f/a/b.html " PAGE "\nf/w.warc#1 The lines\nf/w.warc#2 The lines\nf/j#1 A\nf/j#2 B\nf/z.gz " PAGE "\n"))
				fail_msg("filter %zu, archive %zu: '%.*s'", f, i, CH_STR_ARG(got));
		}
	}
	assert_string_equal(read_all(&a, CH_STR("")).ptr, "f \n");
	ch_arena_free(&a);
}

static void too_deep(void **state)
{
	struct ch_arena a = { 0 };
	struct ch_str deep = CH_STR(PAGE), got;

	(void)state;
	for (int i = 0; i < 6; i++)
		deep = packed(&a, ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_NONE, &(struct member){ "x", deep }, 1);
	got = read_all(&a, deep);
	assert_true(ch_str_find(got, CH_STR("!containers are put into one another"), 0) != CH_STR_NONE);
	deep = CH_STR(PAGE);
	for (int i = 0; i < 6; i++)
		deep = pack(&a, ARCHIVE_FILTER_GZIP, deep);
	got = read_all(&a, deep);
	assert_true(ch_str_find(got, CH_STR("!is packed more than"), 0) != CH_STR_NONE);
	ch_arena_free(&a);
}

static void what_breaks_off(void **state)
{
	struct ch_arena a = { 0 };
	const struct member members[] = { { "one", CH_STR(PAGE) }, { "two", CH_STR(PAGE) } };
	struct ch_str tar = packed(&a, ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_NONE, members, 2), got;

	(void)state;
	got = read_all(&a, ch_str_sub(tar, 0, 1024 + 300));   /* in the header of the second */
	if (!ch_str_starts(got, CH_STR("f/one " PAGE "\nf !the archive breaks off")))
		fail_msg("'%.*s'", CH_STR_ARG(got));
	for (size_t cut = 0; cut < tar.len; cut += 97)
		read_all(&a, ch_str_sub(tar, 0, cut));
	got = read_all(&a, CH_STR("\x1f\x8b\x08\x00 no gzip at all"));
	assert_true(ch_str_starts(got, CH_STR("f !broken data in the gzip member at byte 0")));
	got = read_all(&a, CH_STR("\xFD" "7zXZ\0 no xz at all"));
	assert_true(ch_str_starts(got, CH_STR("f !")));
	ch_arena_free(&a);
}

static void paths(void **state)
{
	char dir[] = "/tmp/chancery-inputs-XXXXXX", path[64], here[64];
	static const struct {
		const char *name, *bytes;
	} files[] = { { "b.html", PAGE }, { "a.warc", WARC }, { ".hidden", PAGE }, { "sub/c.txt", PAGE } };
	static const char *const ends[] = { "/a.warc#1", "/b.html", "/sub/c.txt" };
	const char *args[3] = { "/nowhere/at/all", dir };
	struct ch_inputs *inputs;
	struct ch_input in;
	struct ch_err err;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/sub", dir);
	mkdir(path, 0755);
	snprintf(path, sizeof path, "%s/loop", dir);
	assert_int_equal(symlink(dir, path), 0);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		FILE *f;

		snprintf(path, sizeof path, "%s/%s", dir, files[i].name);
		f = fopen(path, "w");
		fputs(files[i].bytes, f);
		fclose(f);
	}
	assert_true(ch_inputs_open(&inputs, args, 2, NULL, &err));
	assert_true(ch_inputs_next(inputs, &in));
	assert_non_null(strstr(in.error, "cannot open"));
	ch_input_free(&in);
	for (size_t i = 0; i < 3; i++) {
		assert_true(ch_inputs_next(inputs, &in));
		snprintf(here, sizeof here, "%s%s", dir, ends[i]);
		assert_string_equal(in.name, here);
		assert_int_equal(in.bytes != NULL, i == 0);   /* a page of its own is read by the thread that works on it */
		assert_true(ch_inputs_share(inputs) <= 1);
		ch_input_free(&in);
	}
	assert_false(ch_inputs_next(inputs, &in));
	assert_true(ch_inputs_share(inputs) == 1);
	ch_inputs_close(inputs);
	assert_false(ch_inputs_open(&inputs, args, 1, "nonsense", &err));
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		snprintf(path, sizeof path, "%s/%s", dir, files[i].name);
		unlink(path);
	}
	snprintf(path, sizeof path, "%s/loop", dir);
	unlink(path);
	snprintf(path, sizeof path, "%s/sub", dir);
	rmdir(path);
	assert_int_equal(rmdir(dir), 0);
}

static void lines(void **state)
{
	static const struct {
		const char *bytes, *out;
	} cases[] = {
		{ "a\nb\n", "a|b|" }, { "a\n\nb", "a||b|" }, { "", "" }, { "\n", "|" }, { "0123456789x\nshort\n", "LONG|short|" }, { "0123456789x", "LONG|" },
	};
	struct ch_arena a = { 0 };
	struct ch_str big = ch_str_n(ch_arena_alloc(&a, 1 << 20), 1 << 20), line;
	struct ch_stream s;
	bool too_long;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_str out = CH_STR("");

		ch_stream_memory(&s, ch_str_z(cases[i].bytes));
		while (ch_stream_line(&s, 10, &line, &too_long))
			out = ch_arena_printf(&a, "%.*s%.*s%s|", CH_STR_ARG(out), CH_STR_ARG(line), too_long ? "LONG" : "");
		ch_stream_close(&s);
		if (!ch_str_eqz(out, cases[i].out))
			fail_msg("case %zu: '%.*s'", i, CH_STR_ARG(out));
	}
	ch_stream_memory(&s, big);
	assert_true(ch_stream_line(&s, 100000, &line, &too_long) && too_long && !line.len);
	assert_true(s.cap < 1 << 19);   /* it was not held */
	assert_false(ch_stream_line(&s, 100000, &line, &too_long));
	ch_stream_close(&s);
	ch_arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_in_every_packing),
		cmocka_unit_test(too_deep),
		cmocka_unit_test(what_breaks_off),
		cmocka_unit_test(paths),
		cmocka_unit_test(lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
