/* The pool: results in order, each once, whatever the number of threads; an early end; arenas that come back empty. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "run/pool.h"

struct counting {
	uint64_t given, limit, taken, stop_at;
	int64_t sum;
	bool in_order, clean;
};

static bool next(void *ctx, struct ch_task *task)
{
	struct counting *c = ctx;

	if (c->given == c->limit)
		return false;
	c->clean = c->clean && task->arena->used == 0;
	task->data = ch_arena_alloc(task->arena, sizeof(uint64_t));
	*(uint64_t *)task->data = c->given++;
	return true;
}

/* Tasks that take very different times: some slots are ready long before the one at the head. */
static void work(void *ctx, struct ch_task *task)
{
	uint64_t *n = task->data, spin = (*n * 2654435761u) % 20000;
	volatile uint64_t x = 0;

	(void)ctx;
	for (uint64_t i = 0; i < spin; i++)
		x += i;
	(void)x;
	ch_arena_alloc(task->arena, (size_t)(*n % 7) * 10000);
	*n *= 2;
}

static bool done(void *ctx, struct ch_task *task)
{
	struct counting *c = ctx;

	c->in_order = c->in_order && task->number == c->taken && *(uint64_t *)task->data == 2 * c->taken;
	c->taken++;
	return c->taken != c->stop_at;
}

static void results_come_in_order(void **state)
{
	static const unsigned threads[] = { 1, 2, 3, 8, 33 };

	(void)state;
	for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
		struct counting c = { .limit = 2000, .in_order = true, .clean = true };

		ch_pool_run(&(struct ch_job){ next, work, done, &c, threads[i] });
		assert_true(c.in_order);
		assert_true(c.clean);
		assert_int_equal(c.taken, 2000);
	}
}

static void an_early_end(void **state)
{
	static const unsigned threads[] = { 1, 4 };

	(void)state;
	for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
		struct counting c = { .limit = 100000, .stop_at = 10, .in_order = true, .clean = true };

		ch_pool_run(&(struct ch_job){ next, work, done, &c, threads[i] });
		assert_int_equal(c.taken, 10);
		assert_true(c.given < 100);
	}
}

static void nothing_to_do(void **state)
{
	struct counting c = { 0 };

	(void)state;
	ch_pool_run(&(struct ch_job){ next, work, done, &c, 4 });
	assert_int_equal(c.taken, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(results_come_in_order),
		cmocka_unit_test(an_early_end),
		cmocka_unit_test(nothing_to_do),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
