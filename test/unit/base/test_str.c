/* Slices: searching, cutting, comparing; and errors, which are lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "base/err.h"
#include "base/str.h"

#define ASSERT_STR(got, want) assert_true(ch_str_eqz((got), (want)))

static void test_compare(void **state)
{
	static const struct {
		const char *a, *b;
		int cmp;
		bool ieq;
	} cases[] = {
		{"", "", 0, true},        {"a", "", 1, false},      {"", "a", -1, false}, {"abc", "abd", -1, false},
		{"ab", "abc", -1, false}, {"Abc", "aBC", -1, true}, {"é", "É", 1, false}, {"z", "\xFF", -1, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_str a = ch_str_z(cases[i].a), b = ch_str_z(cases[i].b);
		int cmp = ch_str_cmp(a, b), back = ch_str_cmp(b, a);

		assert_int_equal((cmp > 0) - (cmp < 0), cases[i].cmp);
		assert_int_equal((back > 0) - (back < 0), -cases[i].cmp);
		assert_int_equal(ch_str_ieq(a, b), cases[i].ieq);
		assert_int_equal(ch_str_eq(a, b), cases[i].cmp == 0);
	}
	assert_true(ch_str_eq((struct ch_str){NULL, 0}, CH_STR("")));
}

static void test_sub(void **state)
{
	struct ch_str s = CH_STR("Geneva");

	(void)state;
	ASSERT_STR(ch_str_sub(s, 0, 3), "Gen");
	ASSERT_STR(ch_str_sub(s, 3, 99), "eva");
	ASSERT_STR(ch_str_sub(s, 4, 2), "");
	ASSERT_STR(ch_str_sub(s, 99, 100), "");
	assert_true(ch_str_starts(s, CH_STR("Gen")) && !ch_str_starts(s, CH_STR("gen")) &&
		    ch_str_istarts(s, CH_STR("gEN")));
	assert_true(ch_str_ends(s, CH_STR("va")) && !ch_str_ends(s, CH_STR("Geneva Geneva")) &&
		    ch_str_ends(s, CH_STR("")));
}

static void test_find(void **state)
{
	struct ch_str s = CH_STR("one, two, three");

	(void)state;
	assert_int_equal(ch_str_find(s, CH_STR(", "), 0), 3);
	assert_int_equal(ch_str_find(s, CH_STR(", "), 4), 8);
	assert_true(ch_str_find(s, CH_STR("four"), 0) == CH_STR_NONE);
	assert_true(ch_str_find(s, CH_STR("one"), 1) == CH_STR_NONE);
	assert_int_equal(ch_str_find(s, CH_STR(""), 5), 5);
	assert_true(ch_str_find(s, CH_STR(""), 16) == CH_STR_NONE);
	assert_int_equal(ch_str_find_byte(s, 't', 6), 10);
	assert_true(ch_str_find_byte(s, 't', 99) == CH_STR_NONE);
}

static void test_cut(void **state)
{
	struct ch_str rest = CH_STR("a,,b,"), piece;
	static const char *const want[] = {"a", "", "b"};
	size_t n = 0;

	(void)state;
	while (ch_str_cut(&rest, ',', &piece)) {
		assert_true(n < 3);
		ASSERT_STR(piece, want[n]);
		n++;
	}
	assert_int_equal(n, 3);
	ASSERT_STR(ch_str_trim(CH_STR(" \t a b \r\n")), "a b");
	ASSERT_STR(ch_str_trim(CH_STR(" \n")), "");
}

static void test_uint(void **state)
{
	static const struct {
		const char *s;
		bool good;
		uint32_t n;
	} cases[] = {
		{"0", true, 0},   {"2018", true, 2018}, {"999999999", true, 999999999},
		{"007", true, 7}, {"", false, 0},       {"1000000000", false, 0},
		{"-1", false, 0}, {"12a", false, 0},    {" 1", false, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		uint32_t n = 77;

		assert_int_equal(ch_str_uint(ch_str_z(cases[i].s), &n), cases[i].good);
		assert_int_equal(n, cases[i].good ? cases[i].n : 77);
	}
}

static void test_hash(void **state)
{
	(void)state;
	/* the reference values of FNV-1a, 64 bits */
	assert_true(ch_str_hash(CH_STR("")) == 0xcbf29ce484222325u);
	assert_true(ch_str_hash(CH_STR("a")) == 0xaf63dc4c8601ec8cu);
	assert_true(ch_str_hash(CH_STR("foobar")) == 0x85944171f73967e8u);
}

static void test_err(void **state)
{
	struct ch_err err = {{0}};
	char wide[700];

	(void)state;
	assert_false(ch_fail(&err, "line %d:\n%s", 3, "no\tend"));
	assert_string_equal(err.text, "line 3: no end");
	assert_false(ch_err_in(&err, "'%s'", "a.txt"));
	assert_string_equal(err.text, "'a.txt': line 3: no end");
	assert_false(ch_fail(NULL, "nobody listens"));
	memset(wide, 'x', sizeof wide);
	wide[sizeof wide - 1] = '\0';
	assert_false(ch_err_in(&err, "%s", wide));
	assert_int_equal(strlen(err.text), sizeof err.text - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_compare), cmocka_unit_test(test_sub),  cmocka_unit_test(test_find),
		cmocka_unit_test(test_cut),     cmocka_unit_test(test_uint), cmocka_unit_test(test_hash),
		cmocka_unit_test(test_err),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
