/* A store whose file has been damaged: every question ends in an answer or in an error, and never otherwise. The input is a
 * list of changes to a good store, four bytes each: where (three bytes, little endian), and what stands there now. */
#include "../unit/store/sample.h"
#include "store/store.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Kept over all inputs: the good store's bytes, and the file that the damaged one is written to. */
struct bench {
	char path[64];
	char *bytes;
	size_t size;
};

static bool event(void *ctx, const struct ch_event_record *e)
{
	*(size_t *)ctx += e->n_reports;
	return true;
}

static bool row(void *ctx, const struct ch_row *r)
{
	*(size_t *)ctx += r->id.len;
	return true;
}

static bool page(void *ctx, const struct ch_page_info *p)
{
	*(size_t *)ctx += p->id.len;
	return true;
}

static bool line(void *ctx, struct ch_str text)
{
	*(size_t *)ctx += text.len;
	return true;
}

static bool hit(void *ctx, const struct ch_hit *h)
{
	*(size_t *)ctx += h->text.len;
	return true;
}

static void must(bool ok, const struct ch_err *err)
{
	if (!ok) {
		fprintf(stderr, "store: the good store cannot be made: %s\n", err->text);
		abort();
	}
}

static void make(struct bench *b)
{
	struct ch_arena arena = { 0 };
	struct ch_store *store;
	struct ch_err err;
	struct ch_doc doc;
	FILE *f;

	snprintf(b->path, sizeof(b->path), "/tmp/chancery-fuzz-%ld.db", (long)getpid());
	unlink(b->path);
	must(ch_store_open(b->path, true, &store, &err), &err);
	sample_doc(&doc, &arena, "", "1977-11-19");
	must(ch_store_begin(store, &err), &err);
	must(ch_store_put(store, ch_page_record(&doc, (struct ch_stamp){ "1", "1", "1" }), &err), &err);
	must(ch_store_commit(store, &err), &err);
	ch_store_close(store);
	ch_arena_free(&arena);
	f = fopen(b->path, "rb");
	if (!f || !(b->bytes = malloc(1 << 20)))
		abort();
	b->size = fread(b->bytes, 1, 1 << 20, f);
	fclose(f);
}

static void ask(struct ch_store *store)
{
	struct ch_query all = { 0 }, some = { .who = CH_STR("EGY"), .about = CH_STR("war"), .since = CH_STR("1977-01-01") };
	struct ch_err err;
	size_t sum = 0;
	bool ok = ch_store_events(store, &all, event, &sum, &err);

	ok = ch_store_events(store, &some, event, &sum, &err) && ok;
	for (int reg = 0; reg < CH_REG_N; reg++)
		ok = ch_store_rows(store, (enum ch_register_id)reg, &all, row, &sum, &err) && ok;
	ok = ch_store_pages(store, &all, page, &sum, &err) && ok;
	ok = ch_store_search(store, CH_STR("egypt visit*"), 10, hit, &sum, &err) && ok;
	ok = ch_store_dump(store, line, &sum, &err) && ok;
	(void)ok;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct bench b;
	struct ch_store *store;
	struct ch_err err;
	char side[80];
	FILE *f;

	if (!b.bytes)
		make(&b);
	f = fopen(b.path, "wb");
	if (!f)
		abort();
	fwrite(b.bytes, 1, b.size, f);
	for (size_t i = 0; i + 4 <= size; i += 4) {
		size_t at = (data[i] | (size_t)data[i + 1] << 8 | (size_t)data[i + 2] << 16) % b.size;

		fseek(f, (long)at, SEEK_SET);
		fputc(data[i + 3], f);
	}
	fclose(f);
	if (ch_store_open(b.path, false, &store, &err)) {
		ask(store);
		ch_store_close(store);
	}
	unlink(b.path);
	snprintf(side, sizeof(side), "%s-wal", b.path);
	unlink(side);
	snprintf(side, sizeof(side), "%s-shm", b.path);
	unlink(side);
	return 0;
}
