/* cli/tally_check.c -- a count that a page claims, beside what the record holds, in words. */
#include "cli.h"
#include <stdlib.h>
#include <string.h>

bool tally_in_words(void *ctx, const char *json, size_t size)
{
	json_t *o = json_loadb(json, size, 0, NULL);
	const char *comparison = field_z(o, "comparison"), *query = field_z(o, "query");
	const char *than = strcmp(comparison, ">") == 0 ? "more than " : strcmp(comparison, "<") == 0 ? "less than " :
			   strcmp(comparison, "~") == 0 ? "about " : "";
	char *count = field_text(o, "count"), *recorded = field_text(o, "recorded"), line[1200], *shown;
	bool read = !json_is_false(json_object_get(o, "period_read"));
	size_t at;

	if (!o)
		out_of_memory();
	at = (size_t)snprintf(line, sizeof line, "%.120s%s%s%.40s %.300s", field_z(o, "who"), *field_z(o, "who") ? ": " : "", than, count,
			      field_z(o, "what"));
	if (*field_z(o, "period"))
		at += (size_t)snprintf(line + at, sizeof line - at, ", %.60s", field_z(o, "period"));
	snprintf(line + at, sizeof line - at, " – %.100s, %s (%.8s)", field_z(o, "page.outlet|page.path"),
		 *field_z(o, "page.published") ? field_z(o, "page.published") : "no date", field_z(o, "id"));
	shown = plain(line);
	printf("%s%s%s\n", on("\033[1m"), shown, off());
	free(shown);
	if (*query) {
		snprintf(line, sizeof line, "the record holds %.40s: %.40s%s", recorded, field_z(o, "verdict"),
			 read ? "" : "; the period is no date, so all of its time was looked at");
		put_wrapped(line, 2);
		printf("  $ %s\n", shown = plain(query));
		free(shown);
	} else {
		put_wrapped(field_z(o, "verdict"), 2);
	}
	*(json_int_t *)ctx += 1;
	free(recorded);
	free(count);
	json_decref(o);
	return true;
}
