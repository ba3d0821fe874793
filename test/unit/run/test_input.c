/* Bytes of a page: gzip taken off, ceilings kept, what cannot be read named; and how the lines of a text are taken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include <zlib.h>
#include "base/limits.h"
#include "run/input.h"
#include "run/run.h"

static struct ch_str gzip(struct ch_arena *a, struct ch_str s)
{
	z_stream z = { 0 };
	size_t cap = s.len + 4096;
	char *out = ch_arena_alloc(a, cap);

	assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
	z.next_in = (unsigned char *)(uintptr_t)s.ptr;
	z.avail_in = (unsigned)s.len;
	z.next_out = (unsigned char *)out;
	z.avail_out = (unsigned)cap;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	s = ch_str_n(out, cap - z.avail_out);
	deflateEnd(&z);
	return s;
}

static void gzip_is_taken_off(void **state)
{
	struct ch_arena a = { 0 };
	struct ch_str page = CH_STR("<p>The treaty was signed at Nerchinsk in 1689."), s = gzip(&a, page), two;
	struct ch_err err;
	bool cut = false;

	(void)state;
	two = ch_arena_printf(&a, "%s", "");
	two.ptr = ch_arena_grow(&a, s.ptr, s.len, 2 * s.len, 1);
	memcpy((char *)(uintptr_t)two.ptr + s.len, s.ptr, s.len);
	two.len = 2 * s.len;
	assert_true(ch_input_unpack(&a, &s, &cut, &err));
	assert_true(ch_str_eq(s, page));
	assert_false(cut);
	assert_true(ch_input_unpack(&a, &two, &cut, &err));   /* two members, one after the other */
	assert_int_equal(two.len, 2 * page.len);
	ch_arena_free(&a);
}

static void a_bomb_costs_no_more_than_a_page(void **state)
{
	struct ch_arena a = { 0 }, b = { 0 };
	struct ch_str big = { ch_arena_alloc(&a, CH_PAGE_BYTES_MAX * 4), CH_PAGE_BYTES_MAX * 4 }, s = gzip(&a, big);
	struct ch_err err;
	bool cut = false;

	(void)state;
	assert_true(ch_input_unpack(&b, &s, &cut, &err));
	assert_true(cut);
	assert_int_equal(s.len, CH_PAGE_BYTES_MAX);
	assert_true(b.total < 4 * CH_PAGE_BYTES_MAX);
	ch_arena_free(&a);
	ch_arena_free(&b);
}

static void broken_gzip(void **state)
{
	struct ch_arena a = { 0 };
	struct ch_str whole = gzip(&a, ch_str_n(ch_arena_alloc(&a, 100000), 100000)), s = ch_str_sub(whole, 0, whole.len / 2);
	struct ch_err err;
	bool cut = false;

	(void)state;
	assert_true(ch_input_unpack(&a, &s, &cut, &err));
	assert_true(cut);
	s = CH_STR("\x1f\x8b\x08not gzip at all");
	assert_false(ch_input_unpack(&a, &s, &cut, &err));
	s = CH_STR("");
	assert_true(ch_input_unpack(&a, &s, &cut, &err));
	ch_arena_free(&a);
}

static void what_cannot_be_read_is_named(void **state)
{
	struct ch_arena a = { 0 };
	struct ch_err err;
	struct ch_str s;
	bool cut;

	(void)state;
	assert_false(ch_input_read(&a, "/nowhere/at/all", &s, &cut, &err));
	assert_non_null(strstr(err.text, "cannot open"));
	assert_false(ch_input_read(&a, "/", &s, &cut, &err));
	assert_non_null(strstr(err.text, "folder"));
	assert_true(ch_input_read(&a, CH_SOURCE_DIR "/meson.build", &s, &cut, &err));
	assert_true(s.len > 100 && !cut);
	ch_arena_free(&a);
}

static void lines_or_blank_lines(void **state)
{
	static const struct {
		const char *text;
		bool lines;
	} cases[] = {
		{ "One line only.", true },
		{ "The ambassador of Ruritania presented his letters of credence.\nThe king received him at the palace in the morning.", true },
		{ "The ambassador of Ruritania presented his letters of\ncredence to the king, who received him at the palace\nin the morning.\n\n"
		  "He stayed for a week and left without a word to the\npress.", false },
		{ "Heading\n\nThe ambassador of Ruritania presented his letters of credence.\n\nThe king received him.", true },
		{ "", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (ch_text_by_lines(ch_str_z(cases[i].text)) != cases[i].lines)
			fail_msg("case %zu", i);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gzip_is_taken_off),
		cmocka_unit_test(a_bomb_costs_no_more_than_a_page),
		cmocka_unit_test(broken_gzip),
		cmocka_unit_test(what_cannot_be_read_is_named),
		cmocka_unit_test(lines_or_blank_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
