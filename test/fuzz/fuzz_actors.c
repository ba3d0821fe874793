/* A user's file of actors, and what is imported into one. The first byte says which: U a user's file, I a collection in any
 * of the formats that are imported. What an import writes must compile; both against the built-in lists but for their people. */
#include "export/import_priv.h"
#include "who/compile.h"
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool compiles(struct ch_arena *a, struct ch_str text, struct ch_str *slips)
{
	static const char *const names[] = { "offices", "institutions", "regions", "states", "countries", "organisations" };
	static struct ch_actor_list lists[7];   /* unpacked once */
	static struct ch_arena kept;
	struct ch_str table;
	struct ch_err err;

	for (size_t i = 0; i < 6 && !lists[i].path; i++) {
		if (!ch_actor_list(&kept, names[i], &lists[i].text, &err))
			abort();
		lists[i].path = names[i];
	}
	lists[6] = (struct ch_actor_list){ .path = "own.txt", .text = text, .own = true };
	return ch_gazetteer_compile(a, lists, 7, &table, slips);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ch_str text = ch_str_n((const char *)data + 1, size ? size - 1 : 0), slips = { 0 };
	struct ch_arena a = { 0 };
	struct ch_gazetteer *g;
	struct ch_import x;
	struct ch_err err;
	const char *format;

	if (!size || data[0] == 'U') {
		/* a slip ends in a line that names it */
		if (!compiles(&a, text, &slips) && !ch_str_starts(slips, CH_STR("own.txt:")))
			abort();
		ch_arena_free(&a);
		return 0;
	}
	if (!ch_gazetteer_open(&g, &err) || !ch_import_open(&x, g, &err) || !ch_import_read(&x, NULL, text, &format, &err))
		abort();
	if (!compiles(&a, ch_str_n(x.out.v, x.out.n), &slips)) {
		fprintf(stderr, "%.*s", CH_STR_ARG(slips));
		abort();
	}
	ch_import_close(&x);
	ch_gazetteer_close(g);
	ch_arena_free(&a);
	return 0;
}
