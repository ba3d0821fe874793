/* A page as a message: what comes out is what went in; what is no message, or lies about its lengths, is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include "work/message.h"

static void release(struct chancery_item *item)
{
	free(item->name);
	free(item->bytes);
	free(item->known);
}

static void assert_round_trip(char *name, char *bytes, size_t size, char *known, bool clean)
{
	struct chancery_item in = { .name = name, .bytes = bytes, .size = size, .known = known, .clean = clean }, out;
	struct ch_arena arena = { 0 };
	struct ch_err err;

	assert_true(ch_message_read(ch_message_write(&arena, &in), &out, &err));
	assert_string_equal(out.name, name);
	assert_int_equal(out.size, size);
	assert_memory_equal(out.bytes, bytes, size);
	assert_int_equal(out.clean, clean);
	assert_int_equal(!out.known, !known);
	if (known)
		assert_string_equal(out.known, known);
	release(&out);
	ch_arena_free(&arena);
}

static void test_round_trip(void **state)
{
	size_t n = CH_MESSAGE_BODY_MAX;
	char *big = calloc(1, n), noise[4096];

	(void)state;
	assert_round_trip("a.html", "", 0, NULL, false);
	assert_round_trip("a\n 1 2.html", "x\0y", 3, "{\"url\":\"http://n.example/\"}", false);
	assert_round_trip("crawl.warc.gz#7", "\x1f\x8b\x08 gzip of the page's own", 25, NULL, true);
	assert_round_trip("\xff\xfe", "A page of which a part is said again, a part is said again, a part is said again, a part is said again, a part "
			  "is said again.", 120, "{}", true);
	for (size_t i = 0; i < sizeof noise; i++)   /* what does not become smaller goes as it is */
		noise[i] = (char)((i * 2654435761u) >> 13);
	assert_round_trip("noise", noise, sizeof noise, NULL, false);
	assert_non_null(big);
	assert_round_trip("as big as can be", big, n, NULL, false);
	free(big);
}

static void test_refused(void **state)
{
	static const struct {
		const char *message, *why;
	} rows[] = {
		{ "", "not put there" },
		{ "hello", "not put there" },
		{ "chancery/1 1 0 0 -", "not put there" },
		{ "chancery/2 1 0 0 -\na", "another version" },
		{ "chancery/1 1 0\na", "lengths" },
		{ "chancery/1 1 0 5 -\na", "lengths" },
		{ "chancery/1 1 0 0 -\nab", "lengths" },
		{ "chancery/1 -1 0 2 -\na", "lengths" },
		{ "chancery/1 999999999 999999999 999999999 -\na", "lengths" },
		{ "chancery/1 99999999999999999999 0 0 -\na", "lengths" },
		{ "chancery/1 0 0 1 -\na", "name" },
		{ "chancery/1 1 0 3 z\naxyz", "broken" },
		{ "chancery/1 1 0 0 z\na", "broken" },
	};
	struct chancery_item item;
	struct ch_err err;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_false(ch_message_read(ch_str_z(rows[i].message), &item, &err));
		if (!strstr(err.text, rows[i].why))
			fail_msg("%s: %s", rows[i].message, err.text);
	}
	assert_false(ch_message_read(CH_STR("chancery/1 2 0 0 -\na\0"), &item, &err));
}

/* Every beginning of a message is no message, and one that would unpack to more than a page is none. */
static void test_cut_and_bomb(void **state)
{
	size_t n = CH_MESSAGE_BODY_MAX + 1;
	struct chancery_item in = { .name = "p", .bytes = calloc(1, n), .size = 2000 }, out;
	struct ch_arena arena = { 0 };
	struct ch_str whole;
	struct ch_err err;

	(void)state;
	assert_non_null(in.bytes);
	whole = ch_message_write(&arena, &in);
	for (size_t i = 0; i < whole.len; i++)
		assert_false(ch_message_read(ch_str_sub(whole, 0, i), &out, &err));
	in.size = n;
	assert_false(ch_message_read(ch_message_write(&arena, &in), &out, &err));
	assert_non_null(strstr(err.text, "more than a page"));
	free(in.bytes);
	ch_arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_cut_and_bomb),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
