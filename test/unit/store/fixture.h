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

static inline int teardown(void **state)
{
	struct fixture *f = *state;

	ch_store_close(f->store);
	ch_arena_free(&f->arena);
	where_remove(&f->at);
	free(f);
	return 0;
}
#endif
