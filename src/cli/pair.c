#include "profiles.h"
#include <stdlib.h>

static void print(struct call *call, const json_t *o)
{
	char title[256], *events = field_text(o, "events"), *safe;

	snprintf(title, sizeof title, "%s and %s", field_z(o, "one"), field_z(o, "other"));
	safe = plain(title);
	printf("%s%s%s: %s events\n", on("\033[1m"), safe, off(), events);
	free(safe);
	free(events);
	put_counts(json_object_get(o, "types"), "type");
	put_heading("By year");
	put_counts(json_object_get(o, "years"), "year");
	if (json_array_size(json_object_get(o, "months"))) {
		put_heading("By month, where a page says it");
		put_counts(json_object_get(o, "months"), "month");
	}
	put_heading("Timeline");
	put_events(json_object_get(o, "timeline"), limit_of(call, 0));
}

int cmd_pair(struct call *call)
{
	struct chancery_store *store = open_store(call, false);
	struct chancery_error error;
	char *json = NULL;
	bool ok = store && chancery_pair(store, call->args[0], call->args[1], &json, &error);

	return store ? print_object(call, store, ok, json, &error, print) : EXIT_SOME_FAILED;
}
