/* cli/registers.c -- events, visits, … tallies, pages: one query, and the columns of each table. */
#include "cli.h"
#include <stdlib.h>
#include <string.h>

/* CSV has the same columns, with these titles, and the ids behind them. */
static const struct column events[] = {
	{ "date", "date", 10, 2 }, { "type", "type", 9, 0 }, { "mode", "mode", 7, 1 }, { "source", "source", 6, 2 },
	{ "target", "target", 6, 2 }, { "place", "place", 5, 0 }, { "status", "status", 6, 1 }, { "sentence", "text", 8, 8 },
	{ "id", "id", 8, 0 },
};
static const struct column visits[] = {
	{ "date", "date", 10, 2 }, { "visitor", "source", 6, 2 }, { "host", "target", 6, 2 }, { "who", "actor", 10, 3 },
	{ "place", "place", 5, 0 }, { "status", "status", 6, 1 }, { "rank", "rank", 5, 1 }, { "sentence", "text", 8, 8 },
	{ "invited by", "invited_by", 6, 2 }, { "delegation", "delegation", 6, 2 }, { "id", "id", 8, 0 },
};
static const struct column meetings[] = {
	{ "date", "date", 10, 2 }, { "mode", "mode", 7, 1 }, { "parties", "source", 7, 2 }, { "with", "target", 6, 2 },
	{ "place", "place", 5, 0 }, { "status", "status", 6, 1 }, { "sentence", "text", 8, 8 }, { "id", "id", 8, 0 },
};
static const struct column letters[] = {
	{ "date", "date", 10, 2 }, { "kind", "mode", 6, 0 }, { "from", "source", 6, 2 }, { "to", "target", 6, 2 },
	{ "status", "status", 6, 1 }, { "sentence", "text", 8, 8 }, { "id", "id", 8, 0 },
};
static const struct column instruments[] = {
	{ "date", "date", 10, 2 }, { "title", "title", 20, 6 }, { "kind", "kind", 8, 1 }, { "parties", "parties", 7, 2 },
	{ "place", "place", 5, 0 }, { "status", "status", 6, 1 }, { "provides", "provides", 10, 3 },
	{ "page", "page.outlet|page.path", 6, 1 }, { "id", "id", 8, 0 },
};
static const struct column quotes[] = {
	{ "published", "page.published", 10, 0 }, { "speaker", "speaker", 12, 2 }, { "country", "country", 7, 0 },
	{ "direct", "direct", 6, 0 }, { "text", "text", 20, 10 }, { "page", "page.outlet|page.path", 6, 1 }, { "id", "id", 8, 0 },
};
static const struct column variants[] = {
	{ "published", "page.published", 10, 0 }, { "speaker", "speaker", 12, 2 }, { "text", "said", 20, 10 }, { "wordings", "wordings", 8, 0 },
	{ "pages", "tellings", 5, 0 }, { "page", "page.outlet|page.path", 6, 1 }, { "id", "id", 8, 0 },
};
static const struct column roles[] = {
	{ "who", "who", 12, 3 }, { "role", "role", 12, 3 }, { "body", "body", 6, 2 }, { "from", "from", 4, 1 }, { "to", "to", 4, 1 },
	{ "published", "page.published", 10, 0 }, { "sentence", "sentence", 10, 5 }, { "id", "id", 8, 0 },
};
static const struct column positions[] = {
	{ "who", "who", 8, 2 }, { "stance", "stance", 8, 1 }, { "about", "about", 16, 5 }, { "since", "since", 5, 1 },
	{ "published", "page.published", 10, 0 }, { "sentence", "sentence", 10, 5 }, { "id", "id", 8, 0 },
};
static const struct column tallies[] = {
	{ "who", "who", 8, 2 }, { "", "comparison", 1, 0 }, { "count", "count", 6, 1 }, { "what", "what", 16, 5 },
	{ "period", "period", 6, 1 }, { "published", "page.published", 10, 0 }, { "sentence", "sentence", 10, 4 },
	{ "id", "id", 8, 0 },
};
static const struct column gatherings[] = {
	{ "date", "date", 10, 2 }, { "name", "name", 20, 6 }, { "kind", "kind", 7, 1 }, { "body", "body", 4, 1 }, { "host", "host", 4, 1 },
	{ "mediator", "mediator", 4, 1 }, { "participants", "participants", 7, 2 }, { "place", "place", 5, 0 },
	{ "status", "status", 6, 1 }, { "sentence", "sentence", 8, 4 }, { "id", "id", 8, 0 },
};
static const struct column initiatives[] = {
	{ "founded", "founded", 7, 1 }, { "name", "name", 20, 6 }, { "kind", "kind", 8, 1 }, { "founders", "founders", 8, 2 },
	{ "years", "anniversary", 5, 0 }, { "status", "status", 6, 1 }, { "sentence", "sentence", 8, 4 }, { "id", "id", 8, 0 },
};
static const struct column relations[] = {
	{ "since", "since", 7, 1 }, { "parties", "parties", 8, 2 }, { "level", "level", 16, 3 }, { "change", "change", 8, 1 },
	{ "status", "status", 6, 1 }, { "published", "page.published", 10, 0 }, { "sentence", "sentence", 8, 5 }, { "id", "id", 8, 0 },
};
static const struct column marks[] = {
	{ "who", "who", 10, 2 }, { "mark", "mark", 8, 1 }, { "about", "about", 12, 3 }, { "party", "party", 5, 1 },
	{ "published", "page.published", 10, 0 }, { "sentence", "sentence", 10, 5 }, { "id", "id", 8, 0 },
};
static const struct column pages[] = {
	{ "published", "published", 10, 0 }, { "outlet", "outlet", 8, 2 }, { "agency", "agency", 6, 1 }, { "title", "title", 20, 8 },
	{ "article", "article", 7, 0 }, { "path", "path", 10, 4 }, { "id", "id", 8, 0 },
};

/* A line a report: the event, with the day that the page gives it, and which page tells it. */
static const struct column reports[] = {
	{ "date", "report.version.date|date", 10, 1 }, { "type", "type", 9, 0 }, { "mode", "mode", 7, 1 }, { "source", "source", 6, 1 },
	{ "target", "target", 6, 1 }, { "published", "report.page.published", 10, 0 },
	{ "page", "report.page.outlet|report.page.path", 6, 2 }, { "sentence", "report.text", 8, 8 }, { "event", "id", 8, 0 },
	{ "report", "report.id", 8, 0 },
};

/* What was counted, and what the store holds of it; for people in words (tally_check.c). */
static const struct column checks[] = {
	{ "who", "who", 5, 1 }, { "comparison", "comparison", 1, 0 }, { "claimed", "count", 7, 0 }, { "what", "what", 12, 3 },
	{ "period", "period", 6, 0 }, { "recorded", "recorded", 8, 0 }, { "verdict", "verdict", 8, 2 }, { "see", "query", 16, 6 },
	{ "outlet", "page.outlet", 6, 0 }, { "published", "page.published", 10, 0 }, { "sentence", "sentence", 8, 0 },
	{ "id", "id", 8, 0 },
};

#define SHEET(name) { #name, name, sizeof name / sizeof *name }

static const struct {
	const char *name;
	const struct column *columns;
	size_t n;
} sheets[] = {
	SHEET(events), SHEET(visits), SHEET(meetings), SHEET(letters), SHEET(instruments), SHEET(quotes), SHEET(roles),
	SHEET(positions), SHEET(tallies), SHEET(gatherings), SHEET(initiatives), SHEET(relations), SHEET(marks), SHEET(pages),
};

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

/* The event once for each of its reports, which stands in "report". */
static bool report_rows(void *sheet, const char *json, size_t size)
{
	json_t *event = json_loadb(json, size, 0, NULL), *list = json_incref(json_object_get(event, "reports")), *report;
	bool go = true;
	size_t i;

	json_object_del(event, "reports");
	json_array_foreach(list, i, report) {
		char *line;

		json_object_set(event, "report", report);
		line = json_dumps(event, JSON_COMPACT | JSON_REAL_PRECISION(10));
		if (!line)
			out_of_memory();
		go = go && sheet_row(sheet, line, strlen(line));
		free(line);
	}
	json_decref(list);
	json_decref(event);
	return go;
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
	size_t i = 0;
	bool ok;

	if (!view_of(call, &view) || !query_of(call, &query))
		return EXIT_USAGE;
	query.record = call->command->name;
	while (strcmp(sheets[i].name, query.record) != 0)
		i++;
	store = open_store(call, false);
	if (!store)
		return EXIT_SOME_FAILED;
	if (check)
		sheet_open(&sheet, view, checks, sizeof checks / sizeof *checks);
	else if (query.variants)
		sheet_open(&sheet, view, variants, sizeof variants / sizeof *variants);
	else
		sheet_open(&sheet, view, each_report ? reports : sheets[i].columns,
			   each_report ? sizeof reports / sizeof *reports : sheets[i].n);
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
