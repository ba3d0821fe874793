/* cli/quotes.c -- who said what: the register, or one statement in all its wordings. */
#include "profiles.h"
#include <stdlib.h>
#include <string.h>

/* Where wordings differ, as `git diff --word-diff` has it: [-left out-] {+put in+}. */
static char *marked(const json_t *edits)
{
	const json_t *edit;
	size_t i, n = 1, at = 0;
	char *text;

	json_array_foreach(edits, i, edit)
		n += strlen(field_z(edit, "from")) + strlen(field_z(edit, "to")) + 12;
	text = malloc(n);
	if (!text)
		out_of_memory();
	*text = '\0';
	json_array_foreach(edits, i, edit) {
		const char *kind = field_z(edit, "kind"), *from = field_z(edit, "from"), *to = field_z(edit, "to");

		if (i)
			at += (size_t)snprintf(text + at, n - at, " ");
		if (strcmp(kind, "same") == 0)
			at += (size_t)snprintf(text + at, n - at, "%s", to);
		else
			at += (size_t)snprintf(text + at, n - at, "%s%s%s%s%s%s%s", *from ? "[-" : "", from, *from ? "-]" : "", *from && *to ? " " : "",
					       *to ? "{+" : "", to, *to ? "+}" : "");
	}
	return text;
}

static void put_told(const char *name, const char *value)
{
	char line[700];

	if (!*value)
		return;
	snprintf(line, sizeof line, "%s: %s", name, value);
	put_wrapped(line, 6);
}

void put_setting(const json_t *quote)
{
	char *context = field_text(quote, "context"), line[600];
	const json_t *item;
	size_t i;

	put_told("to", field_z(quote, "addressee"));
	snprintf(line, sizeof line, "%s%s", field_z(quote, "occasion"), strcmp(field_z(quote, "occasion_basis"), "carried") == 0 ? " (told before)" : "");
	put_told("occasion", *field_z(quote, "occasion") ? line : "");
	put_told("place", field_z(quote, "place"));
	put_told("through", field_z(quote, "outlet"));
	put_told("on", context);
	json_array_foreach(json_object_get(quote, "views"), i, item) {
		const char *party = strcmp(field_z(item, "party"), field_z(item, "about")) != 0 ? field_z(item, "party") : "";

		snprintf(line, sizeof line, "%s%s%s%s, %s%s%s", field_z(item, "about"), *party ? " (" : "", party, *party ? ")" : "", field_z(item, "stance"), *field_z(item, "words") ? ": " : "", field_z(item, "words"));
		put_told("of", line);
	}
	json_array_foreach(json_object_get(quote, "refers"), i, item) {
		const json_t *before = i ? json_array_get(json_object_get(quote, "refers"), i - 1) : NULL;

		/* "we" and "our" in a row mean the same: once is enough for a reader, JSON has them all. */
		if (before && strcmp(field_z(before, "name"), field_z(item, "name")) == 0)
			continue;
		snprintf(line, sizeof line, "%s is %s (%s)", field_z(item, "text"), field_z(item, "name"), field_z(item, "basis"));
		put_told("who", line);
	}
	json_array_foreach(json_object_get(quote, "insertions"), i, item)
		put_told("put in by an editor", field_z(item, "text"));
	free(context);
}

static void put_version(const json_t *v, bool first)
{
	const char *day = field_z(v, "page.published");
	double same = json_real_value(json_object_get(v, "same"));
	char line[600], *text;

	putchar('\n');
	snprintf(line, sizeof line, "%s  %s, %s%s", *day ? day : "no date   ", field_z(v, "page.outlet|page.path"),
		 json_is_true(json_object_get(v, "direct")) ? "quoted" : "reported", first ? ", told first" : "");
	if (!first)
		snprintf(line + strlen(line), sizeof line - strlen(line), same >= 1 ? ", the same words" : ", %.0f%% the same", same * 100);
	put_wrapped(line, 2);
	text = marked(json_object_get(v, "edits"));
	put_wrapped(first || same >= 1 ? field_z(v, "said") : text, 4);
	free(text);
	if (!first)
		put_told("speaker", field_z(v, "speaker"));
	put_setting(v);
	put_told("id", field_z(v, "id"));
	put_told("page", field_z(v, "page.id"));
}

static void print(struct call *call, const json_t *o)
{
	char *pages = field_text(o, "tellings"), *wordings = field_text(o, "wordings");
	const json_t *version;
	size_t i;

	(void)call;
	put_heading(*field_z(o, "speaker") ? field_z(o, "speaker") : "nobody named");
	if (*pages)
		printf("  %s wording%s on %s page%s\n", wordings, strcmp(wordings, "1") != 0 ? "s" : "", pages, strcmp(pages, "1") != 0 ? "s" : "");
	json_array_foreach(json_object_get(o, "versions"), i, version)
		put_version(version, i == 0);
	free(wordings);
	free(pages);
}

int cmd_quotes(struct call *call)
{
	struct chancery_store *store;
	struct chancery_error error;
	char *json = NULL;
	bool ok;

	if (!call->n_args)
		return cmd_register(call);
	if (call->value[OPT_VARIANTS])
		return usage_error(call, "--variants lists statements; with an ID all wordings of that one are shown");
	store = open_store(call, false);
	if (!store)
		return EXIT_SOME_FAILED;
	ok = chancery_quote(store, call->args[0], 0, &json, &error);
	return print_object(call, store, ok, json, &error, print);
}
