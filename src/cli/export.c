#include "cli.h"
#include <string.h>

static bool row(void *ctx, const char *line, size_t size)
{
	(void)ctx;
	return put_line(line, size);
}

int cmd_export(struct call *call)
{
	struct chancery_export_how how = { .format = call->value[OPT_FORMAT] ? call->value[OPT_FORMAT] : "plover",
					   .fill = call->value[OPT_FILL] != NULL };
	struct chancery_exported done = { 0 };
	struct chancery_store *store;
	struct chancery_query query;
	struct chancery_error error;
	bool ok;

	if (!chancery_export_has(how.format, &error))
		return usage_error(call, "%s", error.text);
	if (call->value[OPT_DICTIONARY]) {
		if (!chancery_export_columns(how.format, row, NULL, &error))
			return usage_error(call, "%s", error.text);
		return output_status(EXIT_DONE);
	}
	if (how.fill && strncmp(how.format, "dyad-", 5) != 0)
		return usage_error(call, "--fill is for dyad-day and dyad-month, not for %s", how.format);
	if (!query_of(call, &query))
		return EXIT_USAGE;
	store = open_store(call, false);
	if (!store)
		return EXIT_SOME_FAILED;
	ok = chancery_export(store, &how, &query, row, NULL, &done, &error);
	if (!ok)
		say_error("%s", error.text);
	if (done.note[0] && !call->value[OPT_QUIET])
		say_error("%s", done.note);
	if (done.withheld && !call->value[OPT_QUIET])
		say_error("%llu sentence%s left out, as the terms of their pages forbid to pass them on (field license)", done.withheld,
			  done.withheld == 1 ? "" : "s");
	chancery_store_close(store);
	return output_status(ok ? EXIT_DONE : EXIT_SOME_FAILED);
}
