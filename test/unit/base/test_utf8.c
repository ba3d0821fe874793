/* UTF-8: what is well formed, what kind a character is, and how names are folded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "base/utf8.h"

static void test_valid(void **state)
{
	static const struct {
		const char *s;
		bool valid;
	} cases[] = {
		{"", true},
		{"abc", true},
		{"é", true},
		{"日本", true},
		{"👩", true},
		{"\x80", false},
		{"\xC3", false},
		{"\xE2\x82", false},
		{"a\xFF"
		 "b",
		 false},
		{"\xC0\xAF", false},         /* overlong */
		{"\xED\xA0\x80", false},     /* a surrogate */
		{"\xF4\x90\x80\x80", false}, /* beyond U+10FFFF */
		{"\xEF\xBF\xBD", true},      /* U+FFFD itself */
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(ch_utf8_valid(ch_str_z(cases[i].s)), cases[i].valid);
}

static void test_repair(void **state)
{
	struct ch_arena a = {0};
	struct ch_str good = CH_STR("Željka"), s;
	uint32_t broken = 9;

	(void)state;
	assert_ptr_equal(ch_utf8_repair(&a, good, &broken).ptr, good.ptr);
	assert_int_equal(broken, 0);
	s = ch_utf8_repair(&a,
			   CH_STR("a\xFF\xC3"
				  "b"),
			   &broken);
	assert_int_equal(broken, 2);
	assert_true(ch_str_eqz(s, "a\xEF\xBF\xBD\xEF\xBF\xBD"
				  "b") &&
		    ch_utf8_valid(s));
	ch_arena_free(&a);
}

/* There and back over every code point; a surrogate is written as U+FFFD. */
static void test_put_at(void **state)
{
	char out[4];
	uint32_t len;

	(void)state;
	for (uint32_t cp = 1; cp < 0x110000; cp++) {
		uint32_t n = ch_utf8_put(cp, out), want = cp >= 0xD800 && cp < 0xE000 ? 0xFFFD : cp;

		if (ch_utf8_at(ch_str_n(out, n), 0, &len) != want || len != n)
			fail_msg("U+%04X does not come back", cp);
		if (ch_utf8_before(ch_str_n(out, n), n, &len) != want || len != n)
			fail_msg("U+%04X does not come back from behind", cp);
	}
	assert_int_equal(ch_utf8_at(CH_STR("\xFF"
					   "a"),
				    0, &len),
			 0xFFFD);
	assert_int_equal(len, 1);
	assert_int_equal(ch_utf8_count(CH_STR("Côte d'Azur")), 11);
}

static void test_kinds(void **state)
{
	static const struct {
		uint32_t cp;
		const char *kinds; /* l letter, u upper, w lower, d digit, s space, p punctuation, q quote, - dash */
	} cases[] = {
		{'a', "lw"},    {'Z', "lu"},   {'5', "d"},     {' ', "s"},     {'\n', "s"},
		{'.', "p"},     {'-', "p-"},   {'\'', "pq"},   {'"', "pq"},    {0xA0, "s"},
		{0x200B, "s"},  {0xFEFF, "s"}, {0x17D, "lu"},  {0x17E, "lw"},  {0x301, "l"},
		{0x416, "lu"},  {0x65E5, "l"}, {0x201C, "pq"}, {0x2019, "pq"}, {0x2013, "p-"},
		{0x2212, "p-"}, {0x20AC, "p"}, {0x661, "d"},   {0x2026, "p"},  {0, ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		uint32_t cp = cases[i].cp;
		const char *k = cases[i].kinds;

		if (ch_is_letter(cp) != !!strchr(k, 'l') || ch_is_upper(cp) != !!strchr(k, 'u') ||
		    ch_is_lower(cp) != !!strchr(k, 'w') || ch_is_digit(cp) != !!strchr(k, 'd') ||
		    ch_is_space(cp) != !!strchr(k, 's') || ch_is_punct(cp) != !!strchr(k, 'p') ||
		    ch_is_quote(cp) != !!strchr(k, 'q') || ch_is_dash(cp) != !!strchr(k, '-'))
			fail_msg("U+%04X is not '%s'", cp, k);
	}
}

static void test_fold(void **state)
{
	static const struct {
		const char *s, *lower, *fold;
	} cases[] = {
		{"Côte d’Ivoire", "côte d’ivoire", "cote d'ivoire"},
		{"Željka CVIJANOVIĆ", "željka cvijanović", "zeljka cvijanovic"},
		{"Ərdoğan", "ərdoğan", "ardogan"},
		{"Łódź – Tromsø", "łódź – tromsø", "lodz - tromso"},
		{"  São \t Tomé ", "  são \t tomé ", "sao tome"},
		{"Straße", "straße", "strasse"},
		{"“A”", "“a”", "\"a\""},
		{"Ærø", "ærø", "aero"},
		{"", "", ""},
	};
	struct ch_arena a = {0};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_str lower = ch_utf8_lower(&a, ch_str_z(cases[i].s)),
			      fold = ch_utf8_fold(&a, ch_str_z(cases[i].s));

		if (!ch_str_eqz(lower, cases[i].lower) && cases[i].lower[0])
			fail_msg("lower of '%s' is '%.*s'", cases[i].s, CH_STR_ARG(lower));
		if (!ch_str_eqz(fold, cases[i].fold))
			fail_msg("fold of '%s' is '%.*s'", cases[i].s, CH_STR_ARG(fold));
		assert_true(ch_str_eq(ch_utf8_fold(&a, fold), fold)); /* folding twice changes nothing */
	}
	ch_arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_valid), cmocka_unit_test(test_repair), cmocka_unit_test(test_put_at),
		cmocka_unit_test(test_kinds), cmocka_unit_test(test_fold),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
