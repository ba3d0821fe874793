/* test/work/dump.c -- dump STORE: all that a store holds, as ch_store_dump tells it, to compare two of them. */
#include "store/store.h"
#include <stdio.h>

static bool line(void *ctx, struct ch_str text)
{
	(void)ctx;
	return fwrite(text.ptr, 1, text.len, stdout) == text.len && putchar('\n') != EOF;
}

int main(int argc, char **argv)
{
	struct ch_store *store;
	struct ch_err err;
	bool ok;

	if (argc != 2)
		return 2;
	if (!ch_store_open(argv[1], false, &store, &err)) {
		fprintf(stderr, "dump: %s\n", err.text);
		return 1;
	}
	ok = ch_store_dump(store, line, NULL, &err);
	if (!ok)
		fprintf(stderr, "dump: %s\n", err.text);
	ch_store_close(store);
	return ok && fflush(stdout) == 0 ? 0 : 1;
}
