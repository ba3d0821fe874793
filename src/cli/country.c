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
	if (json_array_size(json_object_get(o, "offices"))) {
		put_heading("Offices");
		put_offices(json_object_get(o, "offices"), limit_of(call, 12));
	}
	put_heading("Latest events");
	put_events(json_object_get(o, "latest"), limit_of(call, 15));
}

int cmd_country(struct call *call)
{
	struct chancery_store *store = open_store(call, false);
	struct chancery *engine = store ? open_engine(call) : NULL;
	struct chancery_error error;
	char *json = NULL;
	bool ok = engine && chancery_country(store, engine, call->args[0], &json, &error);

	chancery_close(engine);
	if (!engine)
		chancery_store_close(store);
	return engine ? print_object(call, store, ok, json, &error, print) : EXIT_SOME_FAILED;
}
