/* An empty store on the kind that where.h is at, an arena and an error beside it. */
#ifndef CH_TEST_STORE_FIXTURE_H
#define CH_TEST_STORE_FIXTURE_H
#include "store/store.h"
#include "where.h"

struct fixture {
	struct where at;
	struct ch_store *store;
	struct ch_arena arena;
	struct ch_err err;
};

static inline int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);

	where_make(&f->at);
	assert_true(ch_store_open(f->at.path, true, &f->store, &f->err));
	*state = f;
	return 0;
}

/* Whatever a test did, what is counted with every commit is what is there. */
static inline void no_sums(void *ctx, struct ch_str line)
{
	(void)ctx;
	if (ch_str_starts(line, CH_STR("sums ")))
		fail_msg("%.*s", CH_STR_ARG(line));
}

static inline int teardown(void **state)
{
	struct fixture *f = *state;

	if (f->store)
		assert_true(ch_store_check(f->store, no_sums, NULL, &f->err));
	ch_store_close(f->store);
	ch_arena_free(&f->arena);
	where_remove(&f->at);
	free(f);
	return 0;
}
#endif
