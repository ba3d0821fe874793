#include "profiles.h"
#include <stdlib.h>

static void section(const char *title, const json_t *list, unsigned long long limit,
		    void (*put)(const json_t *list, unsigned long long limit))
{
	if (!json_array_size(list))
		return;
	put_heading(title);
	put(list, limit);
	if (limit && json_array_size(list) > limit)
		printf("  … and %zu more (--limit 0: all)\n", json_array_size(list) - (size_t)limit);
}

static void print(struct call *call, const json_t *o)
{
	char *name = plain(field_z(o, "name"));

	printf("%s%s%s\n", on("\033[1m"), name, off());
	free(name);
	if (json_array_size(json_object_get(o, "offices"))) {
		put_heading("Offices");
		put_offices(json_object_get(o, "offices"), limit_of(call, 20));
	}
	section("Events", json_object_get(o, "events"), limit_of(call, 20), put_events);
	section("Statements", json_object_get(o, "quotes"), limit_of(call, 10), put_quotes);
}

int cmd_person(struct call *call)
{
	struct chancery_store *store = open_store(call, false);
	struct chancery *engine = store ? open_engine(call) : NULL;
	struct chancery_error error;
	char *json = NULL;
	bool ok = engine && chancery_person(store, engine, call->args[0], 0, &json, &error);

	chancery_close(engine);
	if (!engine)
		chancery_store_close(store);
	return engine ? print_object(call, store, ok, json, &error, print) : EXIT_SOME_FAILED;
}
