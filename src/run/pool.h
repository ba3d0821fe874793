/* run/pool.h -- many inputs over many threads, results in the order of the inputs, memory bounded.
 *
 *     next ──▶ [slot][slot][slot]… a ring, a slot an arena ──work, any thread──▶ ──done, in order──▶
 *
 * The ring has eight slots a thread, so that one slow page, or a done that takes its time over a commit, does not stop the others at once. next and
 * done are called by whichever worker is at hand, each by one thread at a time; done sees tasks in the order in which next gave
 * them. A slot's arena is reset when done is through with it (and given back to the system after a giant page). */
#ifndef CH_RUN_POOL_H
#define CH_RUN_POOL_H
#include "base/arena.h"

struct ch_task {
	struct ch_arena *arena;   /* of the slot: empty when next is called */
	uint64_t number;          /* from 0, in the order of next */
	void *data;               /* whatever next and work leave for done; lives in arena */
};

struct ch_job {
	bool (*next)(void *ctx, struct ch_task *task);   /* false: no more */
	void (*work)(void *ctx, struct ch_task *task);   /* in any thread, many at once */
	bool (*done)(void *ctx, struct ch_task *task);   /* false: stop; tasks behind it are dropped */
	void *ctx;
	unsigned threads;                                /* 0: one a processor */
};

/* Runs the job to its end. One thread: everything in the caller's, nothing started. */
void ch_pool_run(const struct ch_job *job);

unsigned ch_pool_threads(unsigned wanted);   /* what 0 comes to */
#endif
