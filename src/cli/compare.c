/* cli/compare.c -- `chancery compare`: a list made by hand beside the store. */
#include "cli.h"
#include <stdlib.h>
#include <string.h>

static const struct chancery_column columns[] = {
	{ "outcome", "outcome", 7, 0 }, { "date", "from", 10, 0 }, { "who", "list.who|persons|who", 8, 3 }, { "with", "list.with|list.place|with", 6, 2 },
	{ "off", "off", 3, 0 }, { "why", "why", 15, 3 }, { "sentence", "text", 8, 6 }, { "id", "id", 8, 0 },
};

/* CSV has the codes as well, and where it stands. */
static const struct chancery_column csv_columns[] = {
	{ "outcome", "outcome", 0, 0 }, { "line", "line", 0, 0 }, { "list_id", "list.id", 0, 0 }, { "date", "date", 0, 0 },
	{ "list_who", "list.who", 0, 0 }, { "list_with", "list.with", 0, 0 }, { "list_place", "list.place", 0, 0 }, { "who", "who", 0, 0 },
	{ "with", "with", 0, 0 }, { "record", "id", 0, 0 }, { "record_date", "record.date", 0, 0 }, { "record_place", "record.place", 0, 0 },
	{ "record_status", "record.status", 0, 0 }, { "off", "off", 0, 0 }, { "coarse", "coarse", 0, 0 }, { "also", "also", 0, 0 },
	{ "why", "why", 0, 0 }, { "page", "page", 0, 0 }, { "sentence", "text", 0, 0 },
};

static long long number(const json_t *o, const char *key)
{
	return (long long)json_integer_value(json_object_get(o, key));
}

static void put_share(FILE *to, const json_t *o, const char *key, const char *of)
{
	char interval[32];
	const json_t *range;

	snprintf(interval, sizeof interval, "%s_interval", key);
	range = json_object_get(o, interval);
	if (json_is_real(json_object_get(o, key)))
		fprintf(to, "%s %.3f [%.2f %.2f] (%s)\n", key, json_real_value(json_object_get(o, key)), json_real_value(json_array_get(range, 0)),
			json_real_value(json_array_get(range, 1)), of);
}

/* For people; where rows go to a program, to standard error. */
static void put_summary(FILE *to, const json_t *o)
{
	const char *why;
	const json_t *n;

	fprintf(to, "%lld rows, %lld not read, %lld left out by filters: %lld found, %lld missed; %lld new\n", number(o, "rows"), number(o, "unread"),
		number(o, "outside"), number(o, "found"), number(o, "missed"), number(o, "new"));
	put_share(to, o, "recall", "found of found and missed");
	put_share(to, o, "precision", "found of found and new; what is new may be the list's omission");
	if (number(o, "found"))
		fprintf(to, "of those found: %lld on the day, %lld within %lld days, %lld known to a month, a year or by the page's day only; further records "
			"that fit a row found: %lld\n", number(o, "exact"), number(o, "found") - number(o, "exact") - number(o, "coarse"),
			number(o, "days"), number(o, "coarse"), number(o, "again"));
	json_object_foreach((json_t *)(uintptr_t)json_object_get(o, "missed_why"), why, n)
		if (json_integer_value(n))
			fprintf(to, "missed, %s: %lld\n", why, (long long)json_integer_value(n));
	if (number(o, "undated"))
		fprintf(to, "%lld undated records were not looked for in the list\n", number(o, "undated"));
}

int cmd_compare(struct call *call)
{
	struct chancery_compare how = { .list = call->args[0], .map = call->value[OPT_MAP], .date_order = call->value[OPT_DATE_ORDER], .days = 3 };
	struct chancery_store *store = NULL;
	struct chancery *engine = NULL;
	struct chancery_error error;
	struct sheet sheet;
	enum view view;
	char *json = NULL;
	json_t *o;
	bool ok, csv;

	if (!view_of(call, &view) || !query_of(call, &how.query) || !number_option(call, OPT_DAYS, 3650, &how.days) ||
	    !get_threads(call, &how.threads))
		return EXIT_USAGE;
	how.query.record = call->value[OPT_REGISTER] ? call->value[OPT_REGISTER] : "visits";
	store = open_store(call, false);
	engine = store ? open_engine(call) : NULL;
	if (!engine) {
		chancery_store_close(store);
		return EXIT_SOME_FAILED;
	}
	csv = view == VIEW_CSV;
	sheet_open(&sheet, view, csv ? csv_columns : columns, csv ? sizeof csv_columns / sizeof *csv_columns : sizeof columns / sizeof *columns);
	ok = chancery_compare(store, engine, &how, sheet_row, &sheet, &json, &error);
	sheet_close(&sheet);
	chancery_close(engine);
	chancery_store_close(store);
	if (!ok) {
		say_error("%s", error.text);
		return output_status(strncmp(error.text, "--", 2) == 0 ? EXIT_USAGE : EXIT_SOME_FAILED);
	}
	o = json_loads(json, 0, NULL);
	if (view == VIEW_JSON) {
		put_line(json, strlen(json));
	} else {
		if (view == VIEW_TABLE)
			putchar('\n');
		if (view == VIEW_TABLE || !call->value[OPT_QUIET])
			put_summary(view == VIEW_TABLE ? stdout : stderr, o);
	}
	ok = !number(o, "unread");
	if (!ok)
		say_error("%s: %lld row%s could not be read (outcome unread says why)", how.list, number(o, "unread"), number(o, "unread") == 1 ? "" : "s");
	json_decref(o);
	free(json);
	return output_status(ok ? EXIT_DONE : EXIT_SOME_FAILED);
}
