/* cli/coverage.c -- what the store was fed: so that more sources do not look like more of what they report. */
#include "cli.h"
#include <stdlib.h>
#include <string.h>

static void put_refused(const json_t *o)
{
	const json_t *row;
	size_t i;

	if (!json_array_size(json_object_get(o, "refused")))
		return;
	puts("\nPages without an article, by the reason for which most of their text was refused:");
	json_array_foreach(json_object_get(o, "refused"), i, row) {
		char *pages = field_text(row, "pages"), *reason = plain(*field_z(row, "reason") ? field_z(row, "reason") : "no text");

		printf("  %6s  %s\n", pages, reason);
		free(reason);
		free(pages);
	}
}

/* Rows as a sheet; what is unsaid is called so. */
static bool put_rows(const json_t *o, enum view view, bool by_version)
{
	struct sheet sheet;
	json_t *row;
	size_t i;
	bool go = true;

	if (by_version)
		sheet_open_named(&sheet, view, "versions");
	else
		sheet_open_named(&sheet, view, "coverage");
	json_array_foreach(json_object_get(o, "rows"), i, row) {
		char *line;

		if (view == VIEW_TABLE && !by_version && json_is_null(json_object_get(row, "key")))
			json_object_set_new(row, "key", json_string("(unsaid)"));
		line = json_dumps(row, JSON_COMPACT);
		if (!line)
			out_of_memory();
		go = go && sheet_row(&sheet, line, strlen(line));
		free(line);
	}
	sheet_close(&sheet);
	return go;
}

int cmd_coverage(struct call *call)
{
	const char *by = call->value[OPT_VERSIONS] ? "version" : call->value[OPT_BY] ? call->value[OPT_BY] : "outlet";
	struct chancery_store *store;
	struct chancery_query query;
	struct chancery_error error;
	char *json = NULL;
	enum view view;
	bool ok;

	if (!view_of(call, &view) || !query_of(call, &query))
		return EXIT_USAGE;
	store = open_store(call, false);
	if (!store)
		return EXIT_SOME_FAILED;
	ok = chancery_coverage(store, by, &query, &json, &error);
	chancery_store_close(store);
	if (!ok) {
		say_error("%s", error.text);
		return strncmp(error.text, "--", 2) == 0 ? EXIT_USAGE : EXIT_SOME_FAILED;
	}
	if (view == VIEW_JSON) {
		put_line(json, strlen(json));
	} else {
		json_t *o = json_loads(json, 0, NULL);

		put_rows(o, view, call->value[OPT_VERSIONS] != NULL);
		if (view == VIEW_TABLE)
			put_refused(o);
		json_decref(o);
	}
	free(json);
	return output_status(EXIT_DONE);
}
