#include "profiles.h"
#include <stdlib.h>
#include <string.h>

/* "OSCE from 1992-01-30 · NAM (observer)": all in one paragraph. */
static void put_memberships(const json_t *list)
{
	size_t i, n = 1;
	const json_t *m;
	char *text = calloc(1, json_array_size(list) * 160 + 1);

	if (!text)
		out_of_memory();
	json_array_foreach(list, i, m) {
		const char *status = field_z(m, "status"), *from = field_z(m, "from");
		bool full = !strcmp(status, "member");

		n += (size_t)snprintf(text + n - 1, 160, "%s%.80s%s%.40s%s%s%.10s", i ? " · " : "", field_z(m, "org"), full ? "" : " (",
				      full ? "" : status, full ? "" : ")", *from ? " from " : "", from);
	}
	put_wrapped(text, 2);
	free(text);
}

static void print(struct call *call, const json_t *o)
{
	char *events = field_text(o, "events");
	/* of the rest roles alone make a profile */
	const bool nothing = !json_array_size(json_object_get(o, "years")) && !json_array_size(json_object_get(o, "roles"));

	if (nothing)
		printf("%s%s%s: the store has nothing on it; this is what the lists know\n", on("\033[1m"), field_z(o, "party"), off());
	else
		printf("%s%s%s: %s events\n", on("\033[1m"), field_z(o, "party"), off(), events);
	free(events);
	if (!nothing) {
		put_counts(json_object_get(o, "types"), "type");
		put_heading("By year");
		put_counts(json_object_get(o, "years"), "year");
		put_heading("Partners");
		put_counts(json_object_get(o, "partners"), "party");
	}
	if (json_array_size(json_object_get(o, "offices"))) {
		put_heading("Offices");
		put_offices(json_object_get(o, "offices"), limit_of(call, 12));
	}
	if (json_array_size(json_object_get(o, "memberships"))) {
		put_heading("Belongs to");
		put_memberships(json_object_get(o, "memberships"));
	}
	if (nothing)
		return;
	put_heading("Latest events");
	put_events(json_object_get(o, "latest"), limit_of(call, 15));
}

int cmd_country(struct call *call)
{
	struct chancery_store *store = open_store(call, false);
	struct chancery *engine = store ? open_engine(call) : NULL;
	struct chancery_error error;
	char *json = NULL;
	bool ok = engine && chancery_country(store, engine, call->args[0], 0, &json, &error);

	chancery_close(engine);
	if (!engine)
		chancery_store_close(store);
	return engine ? print_object(call, store, ok, json, &error, print) : EXIT_SOME_FAILED;
}
