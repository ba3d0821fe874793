/* Arenas: zeroed, aligned, apart from one another, given back at once; and the arrays that grow in them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdalign.h>
#include "base/arena.h"

static void test_pieces(void **state)
{
	struct ch_arena a = {0};
	unsigned char *p[200];

	(void)state;
	for (int round = 0; round < 3; round++) {
		for (size_t i = 0; i < 200; i++) {
			p[i] = ch_arena_alloc(&a, i * 37);
			assert_int_equal((uintptr_t)p[i] % alignof(max_align_t), 0);
			for (size_t k = 0; k < i * 37; k++)
				assert_int_equal(p[i][k], 0);
			memset(p[i], (int)i, i * 37);
		}
		for (size_t i = 0; i < 200; i++) /* nobody wrote into a neighbour */
			for (size_t k = 0; k < i * 37; k++)
				assert_int_equal(p[i][k], i & 0xFF);
		ch_arena_reset(&a);
		assert_int_equal(a.used, 0);
	}
	ch_arena_free(&a);
	assert_null(a.block);
	assert_int_equal(a.total, 0);
}

static void test_large(void **state)
{
	struct ch_arena a = {0};
	size_t total;

	(void)state;
	ch_arena_alloc(&a, 10);
	assert_non_null(ch_arena_alloc(&a, (size_t)5 << 20));
	total = a.total;
	ch_arena_reset(&a);
	assert_in_range(a.total, (size_t)5 << 20, total); /* the largest block is kept */
	ch_arena_alloc(&a, (size_t)5 << 20);
	assert_in_range(a.total, (size_t)5 << 20, total);
	ch_arena_free(&a);
}

static void test_strings(void **state)
{
	struct ch_arena a = {0};
	struct ch_str s = ch_arena_str(&a, CH_STR("Bonn")), f = ch_arena_printf(&a, "%04d-%02d", 2018, 4);

	(void)state;
	assert_true(ch_str_eqz(s, "Bonn") && s.ptr[s.len] == '\0');
	assert_true(ch_str_eqz(f, "2018-04") && f.ptr[f.len] == '\0');
	assert_string_equal(ch_arena_z(&a, ch_str_sub(CH_STR("Bonn"), 1, 3)), "on");
	assert_int_equal(ch_arena_str(&a, (struct ch_str){NULL, 0}).len, 0);
	ch_arena_free(&a);
}

static void test_vec(void **state)
{
	struct ch_arena a = {0};
	CH_VEC(uint32_t) v = {0};

	(void)state;
	for (uint32_t i = 0; i < 10000; i++)
		*CH_PUSH(&a, &v) = i * 3;
	assert_int_equal(v.n, 10000);
	assert_true(v.cap >= v.n);
	for (uint32_t i = 0; i < v.n; i++)
		assert_int_equal(v.v[i], i * 3);
	ch_arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pieces),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_strings),
		cmocka_unit_test(test_vec),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
