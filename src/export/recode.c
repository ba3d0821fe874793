/* export/recode.c -- chancery_recode: stored pages through all stages again, in many threads, put back by one, a transaction a batch. */
#include "export/each.h"
#include "run/pool.h"
#include "run/run.h"
#include "store/store.h"
#include <pthread.h>
#include <stdlib.h>

enum { BATCH_PAGES = 32 };

struct recode {
	const struct ch_engine *engine;
	struct ch_store *store;
	const struct chancery_recode *how;
	struct chancery_recoded *recoded;
	pthread_mutex_t lock;              /* of store */
	char after[80];                    /* id of the last page that was handed out */
	unsigned batch;                    /* pages replaced and not yet committed */
	bool open, failed, ended;
	struct ch_err err;
};

struct recode_task {
	struct chancery_item item;
	struct ch_str id;
	struct ch_doc doc;
	struct ch_each_known told;
	struct ch_page_record *page;
	struct ch_err err;
	bool ok;
};

static char *copy(struct ch_str s)
{
	char *to = ch_xrealloc(NULL, s.len + 1);

	memcpy(to, s.ptr, s.len);
	to[s.len] = '\0';
	return to;
}

/* What was told of the page when it came; of pages older than that was kept, what can be known of it now. */
static void told_of(const struct ch_stored_page *p, struct chancery_item *item)
{
	json_t *told = p->told.len ? json_loadb(p->told.ptr, p->told.len, 0, NULL) : NULL;

	if (!told) {
		told = json_object();
		if (p->url.len)
			json_object_set_new(told, "url", json_stringn(p->url.ptr, p->url.len));
		if (p->published.len && ch_str_eqz(p->published_basis, "given"))
			json_object_set_new(told, "date", json_stringn(p->published.ptr, p->published.len));
	}
	item->clean = json_is_true(json_object_get(told, "clean"));
	json_object_del(told, "clean");
	item->known = json_dumps(told, JSON_COMPACT);
	json_decref(told);
}

static bool next(void *ctx, struct ch_task *task)
{
	struct recode *r = ctx;
	struct recode_task *t = CH_NEW(task->arena, struct recode_task);
	struct ch_stored_page page;
	bool ok;

	task->data = t;
	pthread_mutex_lock(&r->lock);
	ok = !r->failed && !r->ended && ch_store_recode_next(r->store, ch_str_z(r->after), task->arena, &page, &r->err);
	r->failed = r->failed || (!ok && !r->ended);
	pthread_mutex_unlock(&r->lock);
	if (!ok || !page.id.len)
		return false;
	snprintf(r->after, sizeof r->after, "%.*s", CH_STR_ARG(page.id));
	t->id = page.id;
	t->item = (struct chancery_item){ .name = ch_arena_z(task->arena, page.path), .bytes = copy(page.raw), .size = page.raw.len };
	told_of(&page, &t->item);
	return true;
}

static void work(void *ctx, struct ch_task *task)
{
	struct recode *r = ctx;
	struct recode_task *t = task->data;

	t->ok = ch_each_read(&t->item, &t->doc, &t->told, task->arena, &t->err) &&
		ch_each_stages(r->engine, &t->item, &t->doc, &t->told, CH_STAGE_N, &t->err);
	if (t->ok)
		t->page = ch_page_record(&t->doc, ch_stamp_of(r->engine));
	if (t->ok && !ch_str_eq(t->page->info.id, t->id))
		t->ok = ch_fail(&t->err, "the stored bytes are not those that the page's id names");
	ch_each_release(&t->item);
}

static bool commit(struct recode *r)
{
	if (!r->open)
		return true;
	r->open = false;
	if (!ch_store_commit(r->store, &r->err)) {
		r->failed = true;
		return false;
	}
	r->recoded->pages += r->batch;
	r->recoded->left -= r->batch < r->recoded->left ? r->batch : r->recoded->left;
	r->batch = 0;
	return true;
}

static bool put(struct recode *r, const struct recode_task *t)
{
	if (!r->open) {
		if (!ch_store_begin(r->store, &r->err))
			return false;
		r->open = true;
	}
	if (!ch_store_replace(r->store, t->page, &r->err))
		return false;
	return ++r->batch < BATCH_PAGES || commit(r);
}

static bool done(void *ctx, struct ch_task *task)
{
	struct recode *r = ctx;
	struct recode_task *t = task->data;
	struct chancery_result result = { .name = t->told.label ? t->told.label : t->item.name, .outcome = CHANCERY_DONE };

	pthread_mutex_lock(&r->lock);
	if (t->ok && !r->failed && !put(r, t))
		r->failed = true;
	pthread_mutex_unlock(&r->lock);
	if (r->failed)
		return false;
	if (!t->ok) {
		r->recoded->failed++;
		result.outcome = CHANCERY_FAILED;
		result.error = t->err.text;
	}
	r->ended = r->how->done && !r->how->done(r->how->ctx, &result);
	return !r->ended;
}

static bool count_decision(void *ctx, const struct ch_decision *d)
{
	struct chancery_recoded *n = ctx;

	if (!d->undone && !ch_str_eqz(d->kind, "actors"))
		*(d->record.len ? &n->matched : &n->unmatched) += 1;
	return true;
}

static bool begin(struct recode *r)
{
	const struct chancery_recode *how = r->how;
	struct ch_stamp stamp = ch_stamp_of(r->engine);
	uint64_t left = 0;

	if (!ch_store_begin(r->store, &r->err))
		return false;
	if (!ch_store_recode_begin(r->store, how->older ? &stamp : NULL, ch_str_z(how->page), &left, &r->recoded->resumed, &r->err)) {
		ch_store_rollback(r->store);
		return false;
	}
	r->recoded->left = left;
	return ch_store_commit(r->store, &r->err);
}

/* Pages that could not be read stay as they were. */
static bool end(struct recode *r)
{
	if (r->ended)
		return true;
	if (!ch_store_begin(r->store, &r->err))
		return false;
	if (!ch_store_recode_end(r->store, &r->err)) {
		ch_store_rollback(r->store);
		return false;
	}
	r->recoded->left = 0;
	return ch_store_commit(r->store, &r->err);
}

bool chancery_recode(struct chancery_store *store, const struct chancery *engine, const struct chancery_recode *how,
		     struct chancery_recoded *recoded, struct chancery_error *error)
{
	struct recode r = { .engine = (const struct ch_engine *)engine, .store = (struct ch_store *)store, .how = how, .recoded = recoded };

	*recoded = (struct chancery_recoded){ 0 };
	pthread_mutex_init(&r.lock, NULL);
	r.failed = !begin(&r);
	if (!r.failed)
		ch_pool_run(&(struct ch_job){ next, work, done, &r, how->threads });
	if (r.failed)
		ch_store_rollback(r.store);
	else
		r.failed = !commit(&r) || !end(&r) || !ch_store_decisions(r.store, count_decision, recoded, &r.err);
	pthread_mutex_destroy(&r.lock);
	return r.failed ? ch_fail((struct ch_err *)error, "%s", r.err.text) : true;
}
