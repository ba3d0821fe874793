/* A store as text, by ch_store_dump: for comparing two. */
#ifndef CH_TEST_STORE_DUMP_H
#define CH_TEST_STORE_DUMP_H
#include "store/store.h"

struct dump_text {
	struct ch_arena *arena;
	bool (*wanted)(struct ch_str line);   /* NULL: all lines */
	CH_VEC(char) v;
};

static inline bool dump_line(void *ctx, struct ch_str line)
{
	struct dump_text *t = ctx;

	if (t->wanted && !t->wanted(line))
		return true;
	for (size_t i = 0; i < line.len; i++)
		*CH_PUSH(t->arena, &t->v) = line.ptr[i];
	*CH_PUSH(t->arena, &t->v) = '\n';
	return true;
}

/* In arena. */
static inline struct ch_str dump_of(struct ch_store *store, bool (*wanted)(struct ch_str line), struct ch_arena *arena)
{
	struct dump_text t = { .arena = arena, .wanted = wanted };
	struct ch_err err;

	if (!ch_store_dump(store, dump_line, &t, &err))
		fail_msg("%s", err.text);
	return ch_str_n(t.v.v, t.v.n);
}
#endif
