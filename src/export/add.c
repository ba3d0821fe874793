/* export/add.c -- chancery_add: pages read in many threads, put into the store by one, a transaction a batch.
 *
 *     next ─▶ [read, hash, known?] ─▶ stages ─▶ records ─▶ in order ─▶ put … put, commit
 *
 * Killed at any moment: the store holds the batches that were committed and nothing of the one that was not; run again, the pages
 * that are there are passed over by the hash of their bytes. */
#include "base/limits.h"
#include "export/each.h"
#include "run/pool.h"
#include "run/run.h"
#include "store/id.h"
#include "store/store.h"
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

/* A batch is committed when it has this many pages or is this old: often enough that little is lost, seldom enough that
 * waiting for the disk does not count. */
enum { BATCH_PAGES = 64, BATCH_SECONDS = 2 };

struct add {
	const struct ch_engine *engine;
	struct ch_store *store;
	const struct chancery_work *work;
	struct chancery_added *added;      /* what is committed */
	struct chancery_added batch;       /* what is put and not yet committed */
	pthread_mutex_t lock;              /* of store: workers ask it which pages are known */
	struct timespec begun;
	bool open, failed;
	struct ch_err err;
};

struct add_task {
	struct chancery_item item;
	struct ch_doc doc;
	struct ch_each_known told;
	struct ch_page_record *page;
	struct ch_err err;
	bool ok, known;
};

static bool add_next(void *ctx, struct ch_task *task)
{
	struct add *add = ctx;
	struct add_task *t = CH_NEW(task->arena, struct add_task);
	char *name;

	task->data = t;
	if (!add->work->next(add->work->ctx, &t->item))
		return false;
	name = t->item.name;
	t->item.name = ch_arena_z(task->arena, ch_str_z(name));
	free(name);
	return true;
}

static bool is_known(struct add *add, struct ch_str id, bool *known, struct ch_err *err)
{
	bool ok;

	/* A thread may be at it for as long as a commit takes. To read a page for nothing now and then is less than to stand in line: before it is
	 * put, it is asked again. */
	*known = false;
	if (pthread_mutex_trylock(&add->lock))
		return true;
	ok = ch_store_has_page(add->store, id, known, err);
	pthread_mutex_unlock(&add->lock);
	return ok;
}

static void add_work(void *ctx, struct ch_task *task)
{
	struct add *add = ctx;
	struct add_task *t = task->data;

	t->ok = ch_each_read(&t->item, &t->doc, &t->told, task->arena, &t->err) &&
		is_known(add, ch_page_id(task->arena, t->doc.raw), &t->known, &t->err);
	if (t->ok && !t->known) {
		t->ok = ch_each_stages(add->engine, &t->item, &t->doc, &t->told, CH_STAGE_N, &t->err);
		if (t->ok) {
			t->page = ch_page_record(&t->doc, ch_stamp_of(add->engine));
			ch_page_pack(t->page);
			t->page->info.told = ch_each_told(&t->item, task->arena);
		}
	}
	ch_each_release(&t->item);
}

static bool commit(struct add *add)
{
	const struct chancery_added *b = &add->batch;
	struct chancery_added *a = add->added;

	if (!add->open)
		return true;
	add->open = false;
	if (!ch_store_commit(add->store, &add->err)) {
		add->failed = true;
		return false;
	}
	a->pages += b->pages;
	a->no_article += b->no_article;
	a->foreign += b->foreign;
	a->bytes += b->bytes;
	a->words += b->words;
	a->events += b->events;
	a->quotes += b->quotes;
	a->records += b->records;
	add->batch = (struct chancery_added){ 0 };
	return true;
}

static bool put(struct add *add, struct add_task *t)
{
	const struct ch_page_record *p = t->page;
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	if (!add->open) {
		if (!ch_store_begin(add->store, &add->err))
			return false;
		add->open = true;
		add->begun = now;
	}
	if (!ch_store_put(add->store, p, &add->err))
		return false;
	add->batch.pages++;
	add->batch.no_article += !p->info.article;
	add->batch.foreign += p->info.article && !ch_doc_coded(p->doc);
	add->batch.bytes += p->info.raw_size;
	add->batch.words += p->doc->tokens.n;
	add->batch.events += p->n_events;
	for (unsigned i = 0; i < CH_REG_N; i++)
		*(i == CH_REG_QUOTES ? &add->batch.quotes : &add->batch.records) += p->n_rows[i];
	return !add->work->slow && add->batch.pages < BATCH_PAGES && now.tv_sec - add->begun.tv_sec < BATCH_SECONDS ? true : commit(add);
}

/* In order, so that the same pages give the same store with any number of threads. A page that came twice in one run was known to
 * no worker: ask again. */
static bool add_done(void *ctx, struct ch_task *task)
{
	struct add *add = ctx;
	struct add_task *t = task->data;
	struct chancery_result result = { .name = t->told.label };

	pthread_mutex_lock(&add->lock);
	if (t->ok && !t->known && !ch_store_has_page(add->store, t->page->info.id, &t->known, &add->err))
		add->failed = true;
	if (!add->failed && t->ok && !t->known && !put(add, t)) {
		add->failed = true;
		/* Pages of the batch that were put before this one may still be saved. */
		if (add->open)
			commit(add);
	}
	pthread_mutex_unlock(&add->lock);
	if (add->failed)
		return false;
	if (!t->ok) {
		add->added->failed++;
		result.outcome = CHANCERY_FAILED;
		result.error = t->err.text;
	} else if (t->known) {
		add->added->known++;
		result.outcome = CHANCERY_KNOWN;
	} else {
		result.outcome = t->doc.article ? CHANCERY_DONE : CHANCERY_NO_ARTICLE;
		if (t->doc.cut)
			result.warning = ch_arena_printf(task->arena, "is over %zu MB; only the beginning was read",
							 CH_PAGE_BYTES_MAX >> 20).ptr;
	}
	return add->work->done(add->work->ctx, &result);
}

bool chancery_add(struct chancery_store *store, const struct chancery *engine, const struct chancery_work *work,
		  struct chancery_added *added, struct chancery_error *error)
{
	struct add add = { .engine = (const struct ch_engine *)engine, .store = (struct ch_store *)store, .work = work,
			   .added = added };

	*added = (struct chancery_added){ 0 };
	pthread_mutex_init(&add.lock, NULL);
	ch_pool_run(&(struct ch_job){ add_next, add_work, add_done, &add, work->threads });
	if (add.failed)
		ch_store_rollback(add.store);
	else
		commit(&add);
	pthread_mutex_destroy(&add.lock);
	return add.failed ? ch_fail((struct ch_err *)error, "%s", add.err.text) : true;
}
