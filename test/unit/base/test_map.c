/* The hash table against a plain array that always tells the truth. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include "base/map.h"

enum { KEYS = 3000 };

static struct ch_str key_of(struct ch_arena *a, uint32_t i)
{
	return ch_arena_printf(a, "key-%u", i * 2654435761u);
}

static void test_against_array(void **state)
{
	struct ch_arena a = {0};
	struct ch_map m;
	static uint32_t truth[KEYS];
	static bool there[KEYS];
	uint32_t seed = 1, n = 0;

	(void)state;
	ch_map_init(&m, &a);
	assert_null(ch_map_get(&m, CH_STR("nothing yet")));
	for (int step = 0; step < 20000; step++) {
		uint32_t i, *v;
		bool added = false;

		seed = seed * 1664525u + 1013904223u;
		i = (seed >> 8) % KEYS;
		v = ch_map_put(&m, key_of(&a, i), seed, &added);
		assert_int_equal(added, !there[i]);
		if (there[i]) {
			assert_int_equal(*v, truth[i]); /* a key that was there keeps its value */
			*v = seed;
		}
		n += added;
		there[i] = true;
		truth[i] = seed;
		assert_int_equal(m.n, n);
		assert_true(m.n <= m.cap / 2);
	}
	for (uint32_t i = 0; i < KEYS; i++) {
		uint32_t *v = ch_map_get(&m, key_of(&a, i));

		assert_int_equal(v != NULL, there[i]);
		if (v)
			assert_int_equal(*v, truth[i]);
	}
	assert_null(ch_map_get(&m, CH_STR("key-x")));
	ch_arena_free(&a);
}

static void test_keys(void **state)
{
	struct ch_arena a = {0};
	struct ch_map m;

	(void)state;
	ch_map_init(&m, &a);
	ch_map_put(&m, CH_STR(""), 1, NULL);
	ch_map_put(&m, ch_str_n("a\0b", 3), 2, NULL);
	ch_map_put(&m, CH_STR("a"), 3, NULL);
	assert_int_equal(*ch_map_get(&m, (struct ch_str){NULL, 0}), 1);
	assert_int_equal(*ch_map_get(&m, ch_str_n("a\0b", 3)), 2);
	assert_int_equal(*ch_map_get(&m, CH_STR("a")), 3);
	assert_null(ch_map_get(&m, ch_str_n("a\0", 2)));
	ch_arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_against_array), cmocka_unit_test(test_keys)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
