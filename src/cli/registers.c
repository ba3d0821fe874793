/* cli/registers.c -- events, visits, … tallies, pages: one query. */
#include "cli.h"
#include <stdlib.h>
#include <string.h>

/* The filters of the command line. Returns false, said why, on what cannot be one. */
bool query_of(const struct call *call, struct chancery_query *q)
{
	*q = (struct chancery_query){ .who = call->value[OPT_WHO], .with = call->value[OPT_WITH], .since = call->value[OPT_SINCE],
				      .until = call->value[OPT_UNTIL], .type = call->value[OPT_TYPE], .mode = call->value[OPT_MODE],
				      .context = call->value[OPT_CONTEXT],
				      .status = call->value[OPT_STATUS], .place = call->value[OPT_PLACE],
				      .about = call->value[OPT_ABOUT], .page = call->value[OPT_PAGE],
				      .to = call->value[OPT_ADDRESSEE], .search = call->value[OPT_SEARCH],
				      .variants = call->value[OPT_VARIANTS] != NULL, .rejected = call->value[OPT_REJECTED] != NULL };
	if (call->value[OPT_SPEAKER])
		q->who = call->value[OPT_SPEAKER];
	if (call->value[OPT_TOPIC])
		q->context = call->value[OPT_TOPIC];
	return number_option(call, OPT_LIMIT, 1000000000, &q->limit);
}

static bool report_rows(void *sheet, const char *json, size_t size)
{
	return chancery_lines("reports", 0, json, size, sheet_row, sheet);
}

int cmd_register(struct call *call)
{
	bool each_report = call->value[OPT_REPORTS] != NULL, check = call->value[OPT_CHECK] != NULL;
	struct chancery_store *store;
	struct chancery_query query;
	struct chancery_error error;
	struct sheet sheet;
	enum view view;
	json_int_t told = 0;
	bool ok;

	if (!view_of(call, &view) || !query_of(call, &query))
		return EXIT_USAGE;
	query.record = call->command->name;
	store = open_store(call, false);
	if (!store)
		return EXIT_SOME_FAILED;
	sheet_open_named(&sheet, view, check ? "checks" : query.variants ? "variants" : each_report ? "reports" : query.record);
	ok = check && view == VIEW_TABLE ? chancery_tally_check(store, &query, tally_in_words, &told, &error) :
	     check ? chancery_tally_check(store, &query, sheet_row, &sheet, &error) :
		     chancery_query(store, &query, each_report ? report_rows : sheet_row, &sheet, &error);
	if (!check || view != VIEW_TABLE)
		sheet_close(&sheet);
	if (!ok)
		say_error("%s", error.text);
	else if (!sheet.n && !told && view == VIEW_TABLE)
		fprintf(stderr, "chancery: nothing in the store fits\n");
	chancery_store_close(store);
	return output_status(ok ? EXIT_DONE : strncmp(error.text, "--", 2) == 0 ? EXIT_USAGE : EXIT_SOME_FAILED);
}
