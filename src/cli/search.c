#include "profiles.h"
#include <stdlib.h>
#include <string.h>

struct hits {
	bool json;
	unsigned long long n;
};

static bool row(void *ctx, const char *json, size_t size)
{
	struct hits *hits = ctx;
	json_t *o;
	char head[1024];

	hits->n++;
	if (hits->json)
		return put_line(json, size);
	o = json_loadb(json, size, 0, NULL);
	snprintf(head, sizeof head, "%s%s%s  %s", *field_z(o, "page.published") ? field_z(o, "page.published") : "no date",
		 *field_z(o, "page.outlet") ? "  " : "", field_z(o, "page.outlet"),
		 *field_z(o, "page.title") ? field_z(o, "page.title") : field_z(o, "page.path"));
	put_heading(head);
	if (*field_z(o, "before")) {
		fputs(on("\033[2m"), stdout);
		put_wrapped(field_z(o, "before"), 4);
		fputs(off(), stdout);
	}
	put_wrapped(field_z(o, "text"), 2);
	if (*field_z(o, "after")) {
		fputs(on("\033[2m"), stdout);
		put_wrapped(field_z(o, "after"), 4);
		fputs(off(), stdout);
	}
	json_decref(o);
	return !ferror(stdout);
}

/* Words that the shell has parted: one query. */
static char *joined(const struct call *call)
{
	size_t n = 1, at = 0;
	char *words;

	for (int i = 0; i < call->n_args; i++)
		n += strlen(call->args[i]) + 1;
	words = calloc(n, 1);
	if (!words)
		out_of_memory();
	for (int i = 0; i < call->n_args; i++)
		at += (size_t)snprintf(words + at, n - at, "%s%s", i ? " " : "", call->args[i]);
	return words;
}

int cmd_search(struct call *call)
{
	struct hits hits = { 0 };
	unsigned long long limit = 0;
	enum view view;
	struct chancery_store *store;
	struct chancery_error error;
	char *words;
	bool ok;

	if (!view_of(call, &view))
		return EXIT_USAGE;
	hits.json = view == VIEW_JSON;
	limit = hits.json ? 0 : 20;
	if (!number_option(call, OPT_LIMIT, 1000000000, &limit))
		return EXIT_USAGE;
	store = open_store(call, false);
	if (!store)
		return EXIT_SOME_FAILED;
	words = joined(call);
	ok = chancery_search(store, words, limit, row, &hits, &error);
	if (!ok)
		say_error("%s", error.text);
	else if (!hits.n && !hits.json)
		fputs("chancery: no sentence has all these words\n", stderr);
	free(words);
	chancery_store_close(store);
	return output_status(ok ? EXIT_DONE : EXIT_SOME_FAILED);
}
