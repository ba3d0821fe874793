#include "work/batch.h"
#include "run/pool.h"
#include "run/run.h"
#include "store/id.h"

static bool code_next(void *ctx, struct ch_task *task)
{
	struct ch_batch *b = ctx;

	while (b->next < b->n && (b->pages[b->next].failed || b->pages[b->next].known))
		b->next++;
	if (b->next == b->n)
		return false;
	task->data = &b->pages[b->next++];
	return true;
}

static void code_page(void *ctx, struct ch_task *task)
{
	const struct ch_batch *b = ctx;
	struct ch_batch_page *p = task->data;

	p->failed = !ch_each_stages(b->engine, &p->item, &p->doc, &p->told, CH_STAGE_N, &p->err);
	if (!p->failed) {
		p->record = ch_page_record(&p->doc, ch_stamp_of(b->engine));
		ch_page_pack(p->record);
		p->record->info.told = ch_each_told(&p->item, &p->arena);
	}
}

static bool code_done(void *ctx, struct ch_task *task)
{
	const struct ch_batch *b = ctx;

	(void)task;
	b->beat(b->ctx);
	return true;
}

void ch_batch_code(struct ch_batch *b)
{
	for (unsigned i = 0; i < b->n; i++) {
		struct ch_batch_page *p = &b->pages[i];
		struct ch_err err;

		p->failed = !ch_each_read(&p->item, &p->doc, &p->told, &p->arena, &p->err);
		/* A store that does not answer now will be asked again when it is put. */
		if (b->ask && !p->failed && !ch_store_has_page(b->store, ch_page_id(&p->arena, p->doc.raw), &p->known, &err))
			b->ask = p->known = false;
	}
	b->next = 0;
	ch_pool_run(&(struct ch_job){ code_next, code_page, code_done, b, b->threads });
	for (unsigned i = 0; i < b->n; i++)
		ch_each_release(&b->pages[i].item);
}

static void count(struct chancery_added *a, const struct ch_page_record *p)
{
	a->pages++;
	a->no_article += !p->info.article;
	a->foreign += p->info.article && !ch_doc_coded(p->doc);
	a->bytes += p->info.raw_size;
	a->words += p->doc->tokens.n;
	a->events += p->n_events;
	for (unsigned i = 0; i < CH_REG_N; i++)
		*(i == CH_REG_QUOTES ? &a->quotes : &a->records) += p->n_rows[i];
}

bool ch_batch_put(struct ch_batch *b, unsigned from, unsigned to, struct chancery_added *counts, struct ch_err *err)
{
	struct chancery_added added = { 0 };
	bool open = false, ok = true;

	for (unsigned i = from; ok && i < to; i++) {
		struct ch_batch_page *p = &b->pages[i];
		bool known = false;

		if (p->failed || p->put)
			continue;
		if (p->record && !open)
			ok = open = ch_store_begin(b->store, err);
		/* Asked within the transaction: nobody else can put it now. */
		ok = ok && (!p->record || ch_store_has_page(b->store, p->record->info.id, &known, err)) &&
			(!p->record || known || ch_store_put(b->store, p->record, err));
		if (p->record && !known)
			count(&added, p->record);
		else
			added.known++;
	}
	ok = ok && (!open || ch_store_commit(b->store, err));
	if (!ok) {
		if (open)
			ch_store_rollback(b->store);
		return false;
	}
	for (unsigned i = from; i < to; i++)
		b->pages[i].put = b->pages[i].put || !b->pages[i].failed;
	counts->pages += added.pages;
	counts->known += added.known;
	counts->no_article += added.no_article;
	counts->foreign += added.foreign;
	counts->bytes += added.bytes;
	counts->words += added.words;
	counts->events += added.events;
	counts->quotes += added.quotes;
	counts->records += added.records;
	return true;
}

void ch_batch_clear(struct ch_batch *b)
{
	for (unsigned i = 0; i < b->n; i++) {
		ch_each_release(&b->pages[i].item);
		ch_arena_free(&b->pages[i].arena);
	}
	b->n = 0;
}
