/* The spanning tree against trying every tree, for sentences short enough. */
#include "syntax/mst.h"
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

static uint32_t next(uint64_t *s)
{
	*s = *s * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*s >> 33);
}

static bool single_rooted_tree(const uint32_t *head, uint32_t n)
{
	uint32_t roots = 0;
	for (uint32_t i = 0; i < n; i++) {
		roots += head[i] == 0;
		uint32_t at = i + 1, steps = 0;
		while (at != 0 && steps++ <= n)
			at = head[at - 1];
		if (at != 0)
			return false;
	}
	return roots == 1;
}

static double total(const float *s, uint32_t n, uint32_t stride, const uint32_t *head)
{
	double sum = 0;
	for (uint32_t i = 0; i < n; i++)
		sum += s[i * stride + head[i]];
	return sum;
}

/* The best total over all (n + 1)^n choices of heads. */
static double best_of_all(const float *s, uint32_t n, uint32_t stride)
{
	uint32_t head[8] = { 0 };
	double best = -1e300;
	for (;;) {
		bool self = false;
		for (uint32_t i = 0; i < n; i++)
			self |= head[i] == i + 1;
		if (!self && single_rooted_tree(head, n)) {
			double t = total(s, n, stride, head);
			best = t > best ? t : best;
		}
		uint32_t i = 0;
		while (i < n && ++head[i] > n)
			head[i++] = 0;
		if (i == n)
			return best;
	}
}

static void test_against_all_trees(void **state)
{
	(void)state;
	struct ch_arena a;
	ch_arena_init(&a);
	uint64_t seed = 7;
	for (int round = 0; round < 400; round++) {
		uint32_t n = 1 + next(&seed) % 5, stride = n + 1 + next(&seed) % 3;
		float s[5 * 8];
		for (uint32_t i = 0; i < n * stride; i++)
			s[i] = (float)(next(&seed) % 2000) / 100.0f;
		uint32_t head[5];
		ch_mst(ch_mst_new(&a, n), s, n, stride, head);
		assert_true(single_rooted_tree(head, n));
		double gap = best_of_all(s, n, stride) - total(s, n, stride, head);
		assert_true(gap < 1e-3);
	}
	ch_arena_free(&a);
}

static void test_long_and_nasty(void **state)
{
	(void)state;
	struct ch_arena a;
	ch_arena_init(&a);
	uint32_t n = 150, stride = 151, head[150];
	float *s = CH_NEW_N(&a, float, n * stride);
	struct ch_mst *m = ch_mst_new(&a, n);
	uint64_t seed = 3;
	for (int round = 0; round < 20; round++) {
		for (uint32_t i = 0; i < n * stride; i++)      /* neighbours love each other: cycles everywhere */
			s[i] = (float)(next(&seed) % 100) + (i % stride == ((i / stride) ^ 1) + 1 ? 500.0f : 0.0f);
		ch_mst(m, s, n, stride, head);
		assert_true(single_rooted_tree(head, n));
	}
	for (uint32_t i = 0; i < n * stride; i++)              /* a model gone mad still gives a tree */
		s[i] = i % 3 ? __builtin_nanf("") : __builtin_inff();
	ch_mst(m, s, n, stride, head);
	assert_true(single_rooted_tree(head, n));
	ch_arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_against_all_trees),
		cmocka_unit_test(test_long_and_nasty),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
