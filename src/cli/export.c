#include "cli.h"
#include <string.h>

static bool row(void *ctx, const char *line, size_t size)
{
	(void)ctx;
	return put_line(line, size);
}

int cmd_export(struct call *call)
{
	const char *format = call->value[OPT_FORMAT] ? call->value[OPT_FORMAT] : "plover";
	struct chancery_store *store;
	struct chancery_query query;
	struct chancery_error error;
	unsigned long long withheld = 0;
	bool ok;

	if (strcmp(format, "plover") != 0 && strcmp(format, "csv") != 0 && strcmp(format, "jsonl") != 0)
		return usage_error(call, "there is no format '%s' (plover, csv, jsonl)", format);
	if (!query_of(call, &query))
		return EXIT_USAGE;
	store = open_store(call, false);
	if (!store)
		return EXIT_SOME_FAILED;
	ok = chancery_export(store, format, &query, row, NULL, &withheld, &error);
	if (!ok)
		say_error("%s", error.text);
	if (withheld && !call->value[OPT_QUIET])
		say_error("%llu sentence%s left out, as the terms of their pages forbid to pass them on (field license)", withheld,
			  withheld == 1 ? "" : "s");
	chancery_store_close(store);
	return output_status(ok ? EXIT_DONE : EXIT_SOME_FAILED);
}
