/* cli/conflicts.c -- what pages tell differently: for people a paragraph each, with everybody's words; as CSV a line for each who tells it. */
#include "cli.h"
#include <stdlib.h>
#include <string.h>

struct listing {
	enum view view;
	struct sheet sheet;
	json_int_t n;
};

/* "OST BHR CONSULT visit, actual", "OST agreements 2018" */
static char *title_of(const json_t *o)
{
	static const char *const of_event[] = { "parties", "type", "mode", "status" }, *const of_tally[] = { "who", "what", "period" };
	bool tally = strcmp(field_z(o, "kind"), "tally") == 0;
	const char *const *fields = tally ? of_tally : of_event;
	size_t n = tally ? 3 : 4, at = 0;
	char line[600] = "";

	for (size_t i = 0; i < n && at < sizeof line; i++) {
		char *text = field_text(o, fields[i]);

		if (*text)
			at += (size_t)snprintf(line + at, sizeof line - at, "%s%s", at ? " " : "", text);
		free(text);
	}
	return plain(line);
}

static void put_value(const json_t *conflict, const json_t *value)
{
	static const char *const names[] = { "date", "place", "party", "count" }, *const fields[] = { "date", "place", "parties", "count" };
	const json_t *differ = json_object_get(conflict, "differ"), *one;
	char line[900], *shown;
	size_t at = 0, i;

	json_array_foreach(differ, i, one) {
		for (size_t k = 0; k < 4; k++) {
			char *text;

			if (strcmp(json_string_value(one), names[k]) != 0)
				continue;
			text = field_text(value, fields[k]);
			at += (size_t)snprintf(line + at, sizeof line - at, "%s%s%.100s", at ? ", " : "",
					       k == 3 && strcmp(field_z(value, "comparison"), "=") != 0 ? field_z(value, "comparison") : "",
					       *text ? text : "unsaid");
			free(text);
		}
	}
	snprintf(line + at, sizeof line - at, " – %.200s, %s (%.8s)", field_z(value, "page.outlet|page.path"),
		 *field_z(value, "page.published") ? field_z(value, "page.published") : "no date", field_z(value, "report|id"));
	shown = plain(line);
	put_wrapped(shown, 2);
	free(shown);
	put_wrapped(field_z(value, "sentence"), 6);
}

static void put_conflict(const json_t *o, json_int_t number)
{
	char *title = title_of(o), *differ = field_text(o, "differ");
	const json_t *value;
	size_t i;

	printf("%s%s%s%s: %s%s\n", number > 1 ? "\n" : "", on("\033[1m"), title, off(), differ,
	       json_is_false(json_object_get(o, "one")) ? " (kept apart; perhaps one)" : "");
	json_array_foreach(json_object_get(o, "values"), i, value)
		put_value(o, value);
	free(differ);
	free(title);
}

static bool row(void *ctx, const char *json, size_t size)
{
	struct listing *l = ctx;
	json_t *o;

	l->n++;
	if (l->view == VIEW_JSON)
		return put_line(json, size);
	if (l->view == VIEW_CSV)
		return chancery_lines("conflicts", (unsigned long long)l->n, json, size, sheet_row, &l->sheet);
	o = json_loadb(json, size, 0, NULL);
	if (!o)
		out_of_memory();
	put_conflict(o, l->n);
	json_decref(o);
	return true;
}

int cmd_conflicts(struct call *call)
{
	struct listing l = { 0 };
	struct chancery_store *store;
	struct chancery_query query;
	struct chancery_error error;
	bool ok;

	if (!view_of(call, &l.view) || !query_of(call, &query))
		return EXIT_USAGE;
	store = open_store(call, false);
	if (!store)
		return EXIT_SOME_FAILED;
	sheet_open_named(&l.sheet, l.view, "conflicts");
	ok = chancery_conflicts(store, &query, row, &l, &error);
	if (l.view == VIEW_CSV)
		sheet_close(&l.sheet);
	if (!ok)
		say_error("%s", error.text);
	else if (!l.n && l.view == VIEW_TABLE)
		fprintf(stderr, "chancery: nothing in the store fits\n");
	chancery_store_close(store);
	return output_status(ok ? EXIT_DONE : strncmp(error.text, "--", 2) == 0 ? EXIT_USAGE : EXIT_SOME_FAILED);
}
