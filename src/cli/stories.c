/* cli/stories.c -- stories, and one of them: a chain of copies. */
#include "profiles.h"
#include <stdlib.h>
#include <string.h>

int cmd_stories(struct call *call)
{
	struct chancery_store *store;
	struct chancery_query query;
	struct chancery_error error;
	unsigned long long pages = 0;
	struct sheet sheet;
	enum view view;
	bool ok;

	if (!view_of(call, &view) || !query_of(call, &query) || !number_option(call, OPT_PAGES, 1000000, &pages))
		return EXIT_USAGE;
	store = open_store(call, false);
	if (!store)
		return EXIT_SOME_FAILED;
	sheet_open_named(&sheet, view, "stories");
	ok = chancery_stories(store, &query, pages, sheet_row, &sheet, &error);
	sheet_close(&sheet);
	if (!ok)
		say_error("%s", error.text);
	else if (!sheet.n && view == VIEW_TABLE)
		fprintf(stderr, "chancery: nothing in the store fits\n");
	chancery_store_close(store);
	return output_status(ok ? EXIT_DONE : strncmp(error.text, "--", 2) == 0 ? EXIT_USAGE : EXIT_SOME_FAILED);
}

static void put_field(const char *name, const char *value)
{
	char line[1024];

	if (!*value)
		return;
	snprintf(line, sizeof line, "%s: %s", name, value);
	put_wrapped(line, 6);
}

static void put_list(const json_t *page, const char *name, const char *field)
{
	char *text = field_text(page, field);

	put_field(name, text);
	free(text);
}

static void put_page(const json_t *page)
{
	char line[600], *late = field_text(page, "days_late");
	const char *outlet = field_z(page, "page.outlet|page.path"), *day = field_z(page, "page.published"), *kind = field_z(page, "copy");
	double kept = json_real_value(json_object_get(page, "kept"));

	snprintf(line, sizeof line, "%s  %s%s%s%s%s%s", *day ? day : "no date   ", outlet, *kind ? ", " : "", kind, *kind ? " copy" : "",
		 *late && strcmp(late, "0") != 0 ? ", days later: " : "", *late && strcmp(late, "0") != 0 ? late : "");
	put_wrapped(line, 2);
	put_field("title", field_z(page, "page.title"));
	put_list(page, "credits", "credits");
	if (*kind) {
		snprintf(line, sizeof line, "%s (by its %s), %.0f%% of that text kept", field_z(page, "from_outlet|from"),
			 field_z(page, "from_basis"), kept * 100);
		put_field("taken from", line);
		put_list(page, "numbers lost", "numbers_lost");
		put_list(page, "numbers new", "numbers_new");
		put_list(page, "quotations lost", "quotes_lost");
		put_list(page, "quotations new", "quotes_new");
	}
	put_field("page", field_z(page, "page.id"));
	free(late);
}

static void print(struct call *call, const json_t *o)
{
	char *title = plain(field_z(o, "title")), *pages = field_text(o, "pages"), *outlets = field_text(o, "outlets");
	const json_t *page;
	size_t i;

	(void)call;
	printf("%s%s%s  story\n", on("\033[1m"), field_z(o, "id"), off());
	put_wrapped(title, 2);
	printf("  %s page%s of %s outlet%s", pages, strcmp(pages, "1") != 0 ? "s" : "", outlets, strcmp(outlets, "1") != 0 ? "s" : "");
	putchar('\n');
	put_field("origin", field_z(o, "origin"));
	json_array_foreach(json_object_get(o, "chain"), i, page) {
		putchar('\n');
		put_page(page);
	}
	free(outlets);
	free(pages);
	free(title);
}

int cmd_story(struct call *call)
{
	struct chancery_store *store = open_store(call, false);
	struct chancery_error error;
	char *json = NULL;
	bool ok = store && chancery_story(store, call->args[0], &json, &error);

	return store ? print_object(call, store, ok, json, &error, print) : EXIT_SOME_FAILED;
}
