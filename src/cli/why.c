/* cli/why.c -- why a record is there: what it says, the rule that fired, the sentence with the words that fired it, the page. */
#include "profiles.h"
#include <stdlib.h>
#include <string.h>

static void put_field(const char *name, const char *value)
{
	char *safe;

	if (!*value)
		return;
	safe = plain(value);
	printf("  %-11s %s\n", name, safe);
	free(safe);
}

static void put_record(const json_t *record)
{
	static const char *const passed_over[] = { "id", "event", "actor", "recipient", "sentence", "trigger", "evidence", "text",
						   "event_text", "mention", "content", "cue", "frame", "reviewed" };
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)(uintptr_t)record, key, value) {
		bool skip = json_is_null(value);
		char *text;

		for (size_t i = 0; i < sizeof passed_over / sizeof *passed_over; i++)
			skip = skip || strcmp(key, passed_over[i]) == 0;
		if (skip)
			continue;
		text = field_text(record, key);
		put_field(key, text);
		free(text);
	}
	put_field("text", field_z(record, "text"));
}

/* "3 reports on 3 pages of 2 outlets, 1 of them on its own; first seen 1977-11-20; credited: Meridian Wire" */
static void put_voices(const json_t *voices)
{
	char *reports = field_text(voices, "reports"), *pages = field_text(voices, "pages"), *outlets = field_text(voices, "outlets");
	char *independent = field_text(voices, "independent"), *agencies = field_text(voices, "agencies"), line[600];
	const char *first = field_z(voices, "first_seen");

	snprintf(line, sizeof line, "%s reports on %s pages of %s outlets, %s independent%s%s%s%s", reports, pages, outlets, independent,
		 *first ? "; first seen " : "", first, *agencies ? "; credited: " : "", agencies);
	if (voices)
		put_field("voices", line);
	free(agencies);
	free(independent);
	free(outlets);
	free(pages);
	free(reports);
}

/* The sentence, with the words that fired the frame between marks. */
static void put_marked(const json_t *report)
{
	const char *text = field_z(report, "text");
	const json_t *span = json_object_get(report, "marked");
	size_t start = (size_t)json_integer_value(json_array_get(span, 0)), end = (size_t)json_integer_value(json_array_get(span, 1));
	size_t n = strlen(text);
	char *marked;

	if (!json_is_array(span) || end > n || start >= end) {
		put_wrapped(text, 4);
		return;
	}
	marked = malloc(n + 8);
	if (!marked)
		out_of_memory();
	snprintf(marked, n + 8, "%.*s>>%.*s<<%s", (int)start, text, (int)(end - start), text + start, text + end);
	put_wrapped(marked, 4);
	free(marked);
}

static void put_report(const json_t *report)
{
	char *evidence = field_text(report, "evidence"), *at = strdup(evidence), where[300];

	putchar('\n');
	put_marked(report);
	put_field("frame", field_z(report, "frame"));
	put_field("bound", field_z(report, "path"));
	put_field("context", field_z(report, "context_why"));
	put_field("date is", field_z(report, "date_basis"));
	put_field("place is", field_z(report, "place_basis"));
	put_field("cameo", field_z(report, "cameo"));
	put_field("claimed by", field_z(report, "claimed_by"));
	put_field("page", field_z(report, "page.path"));
	put_field("page id", field_z(report, "page.id"));
	put_field("outlet", field_z(report, "page.outlet"));
	put_field("published", field_z(report, "page.published"));
	put_field("story", field_z(report, "story"));
	put_field("version", field_z(report, "version"));
	snprintf(where, sizeof where, "%s of the raw page", at ? at : "");
	put_field("bytes", where);
	snprintf(where, sizeof where, "chancery %s, lexicon %s, model %s", field_z(report, "page.program_version"),
		 field_z(report, "page.lexicon_version"), field_z(report, "page.model_version"));
	put_field("read by", where);
	free(at);
	free(evidence);
}

/* What was planned, in the words of who told it first, and what came of it. */
static void put_agenda(const json_t *agenda)
{
	char line[300], *due = field_text(agenda, "due");

	if (!agenda)
		goto done;
	putchar('\n');
	snprintf(line, sizeof line, "%s%s%s, %s%s%s", field_z(agenda, "what"), *due ? ", due " : "", due, field_z(agenda, "state"),
		 *field_z(agenda, "by") ? ", by " : "", field_z(agenda, "by"));
	put_field("agenda", line);
	put_field("first told", field_z(agenda, "first.page.published"));
	put_wrapped(field_z(agenda, "first.text"), 4);
	if (*field_z(agenda, "by")) {
		snprintf(line, sizeof line, "%s%s", field_z(agenda, "outcome.page.published"),
			 strcmp(field_z(agenda, "by_basis"), "words") == 0 ? ", known by its words" : "");
		put_field("outcome", line);
		put_wrapped(field_z(agenda, "outcome.text"), 4);
		put_field("page", field_z(agenda, "outcome.page.path"));
	}
done:
	free(due);
}

static void put_reviewed(const json_t *record)
{
	const json_t *reviewed = json_object_get(record, "reviewed"), *value;
	const char *key;
	char line[400];

	if (!reviewed)
		return;
	snprintf(line, sizeof line, "%s, by %s, %s: %s", field_z(reviewed, "verdict"), field_z(reviewed, "by"), field_z(reviewed, "at"),
		 field_z(reviewed, "reason"));
	put_field("reviewed", line);
	json_object_foreach(json_object_get(reviewed, "set"), key, value) {
		char *was = field_text(json_object_get(reviewed, "coded"), key), *now = field_text(json_object_get(reviewed, "set"), key);

		snprintf(line, sizeof line, "%s: %s, coded as %s", key, *now ? now : "(unsaid)", *was ? was : "(unsaid)");
		put_field("set", line);
		free(now);
		free(was);
	}
}

static void print(struct call *call, const json_t *o)
{
	const json_t *report;
	size_t i;

	(void)call;
	printf("%s%s%s  %s\n", on("\033[1m"), field_z(o, "id"), off(), field_z(o, "kind"));
	put_record(json_object_get(o, "record"));
	put_reviewed(json_object_get(o, "record"));
	put_voices(json_object_get(o, "voices"));
	json_array_foreach(json_object_get(o, "reports"), i, report)
		put_report(report);
	put_agenda(json_object_get(o, "agenda"));
}

int cmd_why(struct call *call)
{
	struct chancery_store *store = open_store(call, false);
	struct chancery_error error;
	char *json = NULL;
	bool ok = store && chancery_why(store, call->args[0], &json, &error);

	return store ? print_object(call, store, ok, json, &error, print) : EXIT_SOME_FAILED;
}
