#include "profiles.h"
#include <stdlib.h>

enum { NEWEST = 100 };   /* events of a timeline on a terminal, unless --limit says otherwise */

static void print(struct call *call, const json_t *o)
{
	char title[256], *events = field_text(o, "events"), *safe;
	const json_t *timeline = json_object_get(o, "timeline");
	const size_t shown = json_array_size(timeline);

	snprintf(title, sizeof title, "%s and %s", field_z(o, "one"), field_z(o, "other"));
	safe = plain(title);
	printf("%s%s%s: %s events\n", on("\033[1m"), safe, off(), events);
	free(safe);
	put_counts(json_object_get(o, "types"), "type");
	put_heading("By year");
	put_counts(json_object_get(o, "years"), "year");
	if (json_array_size(json_object_get(o, "months"))) {
		put_heading("By month, where a page says it");
		put_counts(json_object_get(o, "months"), "month");
	}
	put_heading("Timeline");
	if ((json_int_t)shown < json_integer_value(json_object_get(o, "events")))
		printf("  … the newest %zu of %s (--limit 0: all)\n", shown, events);
	put_events(timeline, 0);
	free(events);
	(void)call;
}

int cmd_pair(struct call *call)
{
	struct chancery_store *store = open_store(call, false);
	struct chancery_error error;
	char *json = NULL;
	enum view view;
	unsigned long long limit = limit_of(call, view_of(call, &view) && view != VIEW_JSON ? NEWEST : 0);
	bool ok = store && chancery_pair(store, call->args[0], call->args[1], limit, &json, &error);

	return store ? print_object(call, store, ok, json, &error, print) : EXIT_SOME_FAILED;
}
