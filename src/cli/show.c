/* cli/show.c -- a page: what was taken, with what was read in each sentence below it, and what was refused. */
#include "profiles.h"
#include <stdlib.h>
#include <string.h>

static long long span_start(const json_t *record, const char *field)
{
	return json_integer_value(json_array_get(json_object_get(record, field), 0));
}

static void note(const char *kind, const char *text)
{
	char line[1024];

	snprintf(line, sizeof line, "%s: %s", kind, text);
	fputs(on("\033[36m"), stdout);
	put_wrapped(line, 6);
	fputs(off(), stdout);
}

static void notes_on(const json_t *page, long long start, long long end)
{
	static const struct {
		const char *array, *kind, *span, *a, *b;
	} registers[] = {
		{ "quotes", "quote", "content", "speaker", "text" }, { "instruments", "instrument", "mention", "title", "status" },
		{ "roles", "role", "mention", "who", "role" }, { "positions", "position", "mention", "who", "about" },
		{ "tallies", "tally", "mention", "who", "what" }, { "pledges", "pledge", "mention", "who", "what" },
		{ "gatherings", "gathering", "mention", "name", "status" }, { "initiatives", "initiative", "mention", "name", "founded" },
		{ "relations", "relation", "mention", "parties", "level" }, { "marks", "mark", "mention", "mark", "about" },
	};
	const json_t *item;
	size_t i;

	json_array_foreach(json_object_get(page, "events"), i, item) {
		char *source = field_text(item, "source"), *target = field_text(item, "target"), text[512];

		if (span_start(item, "sentence") == start) {
			snprintf(text, sizeof text, "%s %s %s%s%s  %s  %s  (%.8s)", field_z(item, "type"), field_z(item, "mode"), source,
				 *target ? " \xE2\x86\x92 " : "", target, field_z(item, "date"), field_z(item, "status"),
				 field_z(item, "id"));
			note("event", text);
		}
		free(source);
		free(target);
	}
	for (size_t r = 0; r < sizeof registers / sizeof *registers; r++) {
		json_array_foreach(json_object_get(page, registers[r].array), i, item) {
			long long at = span_start(item, registers[r].span);
			char text[512], *a, *b;

			if (at < start || at >= end)
				continue;
			a = field_text(item, registers[r].a);
			b = field_text(item, registers[r].b);
			snprintf(text, sizeof text, "%s: %s  (%.8s)", a, b, field_z(item, "id"));
			note(registers[r].kind, text);
			if (r == 0)
				put_setting(item);
			free(a);
			free(b);
		}
	}
}

static void put_field(const char *name, const char *value)
{
	char *safe;

	if (!*value)
		return;
	safe = plain(value);
	printf("%-10s %s\n", name, safe);
	free(safe);
}

static void print(struct call *call, const json_t *page)
{
	const json_t *item;
	long long block = -1;
	size_t i;

	(void)call;
	put_field("page", field_z(page, "id"));
	put_field("path", field_z(page, "path"));
	put_field("title", field_z(page, "title"));
	put_field("author", field_z(page, "author"));
	put_field("outlet", field_z(page, "outlet"));
	put_field("agency", field_z(page, "agency"));
	put_field("published", field_z(page, "published"));
	put_field("url", field_z(page, "url"));
	if (!json_is_true(json_object_get(page, "article")))
		puts("no article on this page");
	json_array_foreach(json_object_get(page, "sentences"), i, item) {
		const json_t *span = json_object_get(item, "span");
		long long in = json_integer_value(json_object_get(item, "block"));

		if (in != block)
			putchar('\n');
		block = in;
		put_wrapped(field_z(item, "text"), 2);
		notes_on(page, json_integer_value(json_array_get(span, 0)), json_integer_value(json_array_get(span, 1)));
	}
	put_heading("Refused");
	json_array_foreach(json_object_get(page, "blocks"), i, item) {
		char text[400];

		if (!*field_z(item, "reason"))
			continue;
		snprintf(text, sizeof text, "%s: %.300s", field_z(item, "reason"), field_z(item, "text"));
		put_wrapped(text, 2);
	}
}

int cmd_show(struct call *call)
{
	struct chancery_store *store = open_store(call, false);
	struct chancery_error error;
	char *json = NULL;
	bool ok = store && chancery_show(store, call->args[0], &json, &error);

	return store ? print_object(call, store, ok, json, &error, print) : EXIT_SOME_FAILED;
}
