/* work/batch.h -- pages that are coded first and put then: the store is held for the putting alone, so that workers of one store overlap.
 *
 *     ch_batch_code: [read, hash, known?] ─▶ stages ─▶ records, many threads       ch_batch_put: begin, put … put, commit
 *
 * What was coded stays until the batch is cleared: where the store fails, the same is put again when it is back, and nothing read anew. */
#ifndef CH_WORK_BATCH_H
#define CH_WORK_BATCH_H
#include "base/arena.h"
#include "base/err.h"
#include "chancery.h"
#include "doc/doc.h"
#include "doc/engine.h"
#include "export/each.h"
#include "store/store.h"

/* A page of a batch is as large as a message lets it be; what is known of it is a multiple of that. */
#define CH_BATCH_BYTES ((size_t)4 << 20)

struct ch_batch_page {
	struct chancery_item item;     /* with bytes from malloc; released when it is coded. The name stays the caller's */
	struct ch_arena arena;
	struct ch_doc doc;
	struct ch_each_known told;
	struct ch_page_record *record; /* NULL: known, or failed */
	struct ch_err err;             /* why it cannot be coded */
	bool failed, known, put;       /* put: in a transaction that was committed, or known then */
};

struct ch_batch {
	const struct ch_engine *engine;
	struct ch_store *store;
	unsigned threads;
	void (*beat)(void *ctx);       /* after each page, from any thread, one at a time */
	void *ctx;
	struct ch_batch_page *pages;
	unsigned n;
	unsigned next;                 /* to be given to a coder */
	bool ask;                      /* whether the store knows a page is asked before it is coded */
};

/* Codes them all. What fails with a page is the page's. */
void ch_batch_code(struct ch_batch *batch);
/* Pages [from, to) in one transaction, wholly or not at all; those that failed or were put are passed over. counts: what is committed. */
bool ch_batch_put(struct ch_batch *batch, unsigned from, unsigned to, struct chancery_added *counts, struct ch_err *err) CH_MUST_USE;
/* Gives back what was coded. */
void ch_batch_clear(struct ch_batch *batch);
#endif
