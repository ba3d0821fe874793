#include "profiles.h"
#include <stdlib.h>

static void print(struct call *call, const json_t *o)
{
	char *events = field_text(o, "events");

	printf("%s%s%s: %s events\n", on("\033[1m"), field_z(o, "party"), off(), events);
	free(events);
	put_counts(json_object_get(o, "types"), "type");
	put_heading("By year");
	put_counts(json_object_get(o, "years"), "year");
	put_heading("Partners");
	put_counts(json_object_get(o, "partners"), "party");
	if (json_array_size(json_object_get(o, "roles"))) {
		put_heading("Offices");
		put_roles(json_object_get(o, "roles"), limit_of(call, 12));
	}
	put_heading("Latest events");
	put_events(json_object_get(o, "latest"), limit_of(call, 15));
}

int cmd_country(struct call *call)
{
	struct chancery_store *store = open_store(call, false);
	struct chancery_error error;
	char *json = NULL;
	bool ok = store && chancery_country(store, call->args[0], &json, &error);

	return store ? print_object(call, store, ok, json, &error, print) : EXIT_SOME_FAILED;
}
