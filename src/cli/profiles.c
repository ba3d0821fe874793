#include "profiles.h"
#include <stdlib.h>
#include <string.h>

int print_object(struct call *call, struct chancery_store *store, bool ok, char *json, const struct chancery_error *error,
		 void (*print)(struct call *call, const json_t *object))
{
	enum view view;

	chancery_store_close(store);
	if (!view_of(call, &view)) {
		free(json);
		return EXIT_USAGE;
	}
	if (!ok) {
		say_error("%s", error->text);
		return EXIT_SOME_FAILED;
	}
	if (view == VIEW_JSON) {
		put_line(json, strlen(json));
	} else {
		json_t *object = json_loads(json, 0, NULL);

		print(call, object);
		json_decref(object);
	}
	free(json);
	return output_status(EXIT_DONE);
}

unsigned long long limit_of(struct call *call, unsigned long long other)
{
	unsigned long long n = other;

	return number_option(call, OPT_LIMIT, 1000000000, &n) ? n : other;
}

void put_heading(const char *text)
{
	char *safe = plain(text);

	printf("\n%s%s%s\n", on("\033[1m"), safe, off());
	free(safe);
}

void put_counts(const json_t *list, const char *name)
{
	size_t i, at = 2, width = (size_t)terminal_width();
	const json_t *item;

	fputs("  ", stdout);
	json_array_foreach(list, i, item) {
		char text[128], *safe;
		size_t n;

		snprintf(text, sizeof text, "%s %lld", field_z(item, name), (long long)json_integer_value(json_object_get(item, "events")));
		safe = plain(text);
		n = columns_of(safe) + 3;
		if (at + n > width && at > 2) {
			fputs("\n  ", stdout);
			at = 2;
		}
		printf("%s   ", safe);
		at += n;
		free(safe);
	}
	putchar('\n');
}

static void cell(char *text, size_t width)
{
	char *safe = plain(text);

	put_cell(safe, width, true);
	fputs("  ", stdout);
	free(safe);
	free(text);
}

void put_events(const json_t *list, unsigned long long limit)
{
	size_t i, width = (size_t)terminal_width();
	const json_t *e;

	json_array_foreach(list, i, e) {
		char *source = field_text(e, "source"), *target = field_text(e, "target"), *mode = field_text(e, "mode|type");
		const char *status = field_z(e, "status");
		char who[256], *text, *safe;
		size_t left;

		if (limit && i >= limit)
			break;
		snprintf(who, sizeof who, "%s%s%s", source, *target ? " \xE2\x86\x92 " : "", target);
		fputs("  ", stdout);
		cell(field_text(e, "date"), 10);
		cell(mode, 12);
		cell(strdup(who), width < 70 ? 12 : 20);
		left = width > (width < 70 ? 44U : 52U) ? width - (width < 70 ? 44U : 52U) : 10;
		if (strcmp(status, "actual") != 0) {
			size_t n = strlen(status) + 3;

			printf("(%s) ", status);
			left = left > n ? left - n : 4;
		}
		text = field_text(e, "text");
		safe = plain(text);
		put_cell(safe, left, false);
		putchar('\n');
		free(safe);
		free(text);
		free(source);
		free(target);
	}
}

/* "1981-05-21 to 1995-05-17  François Mitterrand, President of FRA" */
static void put_office(const json_t *r, bool pages)
{
	char text[1024];
	const char *from = field_z(r, pages ? "first" : "from"), *to = field_z(r, pages ? "last" : "to");
	char *n = field_text(r, "pages");

	if (pages)
		snprintf(text, sizeof text, "%s%s%s  %s, %s%s%s  [%s page%s]%s%s", *from ? from : "no date",
			 *to && strcmp(from, to) != 0 ? " to " : "", strcmp(from, to) != 0 ? to : "", field_z(r, "who"),
			 field_z(r, "office"), *field_z(r, "body") ? " of " : "", field_z(r, "body"), n,
			 strcmp(n, "1") != 0 ? "s" : "", *field_z(r, "conflict") ? "  CONFLICT: " : "", field_z(r, "conflict"));
	else
		snprintf(text, sizeof text, "%s to %s  %s, %s of %s", *from ? from : "?", *to ? to : "now", field_z(r, "who"),
			 field_z(r, "office"), field_z(r, "body"));
	put_wrapped(text, 4);
	free(n);
}

void put_offices(const json_t *list, unsigned long long limit)
{
	static const char *const heads[] = { "as the lists have them", "as the pages say" };

	for (int pages = 0; pages < 2; pages++) {
		size_t i, n = 0, k = 0;
		const json_t *r;

		json_array_foreach(list, i, r)
			n += !strcmp(field_z(r, "source"), pages ? "pages" : "lists");
		if (!n)
			continue;
		printf("  %s%s%s\n", on("\033[2m"), heads[pages], off());
		if (limit && n > limit)
			printf("    … %zu earlier (--limit 0: all)\n", n - (size_t)limit);
		json_array_foreach(list, i, r)
			if (!strcmp(field_z(r, "source"), pages ? "pages" : "lists") && (!limit || k++ + limit >= n))
				put_office(r, pages);
	}
}

void put_quotes(const json_t *list, unsigned long long limit)
{
	size_t i;
	const json_t *q;

	json_array_foreach(list, i, q) {
		char head[256], *safe;

		if (limit && i >= limit)
			break;
		snprintf(head, sizeof head, "%s%s%s%s", *field_z(q, "page.published") ? field_z(q, "page.published") : "no date",
			 *field_z(q, "page.outlet") ? ", " : "", field_z(q, "page.outlet"),
			 json_is_true(json_object_get(q, "direct")) ? "" : " (reported)");
		safe = plain(head);
		printf("  %s%s%s\n", on("\033[2m"), safe, off());
		free(safe);
		put_wrapped(field_z(q, "text"), 4);
	}
}
