/* cli/store.c -- which store, and which file of actors lies beside it. */
#include "cli.h"
#include <stdlib.h>
#include <string.h>

const char *store_path(const struct call *call)
{
	const char *where = call->value[OPT_STORE];

	if (!where)
		where = getenv("CHANCERY_STORE");
	return where && *where ? where : "chancery.db";
}

char *own_path(const struct call *call, enum opt_id option, bool *given)
{
	const bool frames = option == OPT_FRAMES;
	const char *path = call->value[option], *store = store_path(call), *tail = frames ? ".frames.txt" : ".actors.txt";
	size_t n = strlen(store), room = n + strlen(tail) + 1;
	char *beside;

	if (!path)
		path = getenv(frames ? "CHANCERY_FRAMES" : "CHANCERY_ACTORS");
	*given = path && *path;
	if (strstr(store, "://")) {   /* a data base elsewhere: there is nothing to lie beside */
		store = "chancery";
		n = strlen(store);
	} else if (n > 3 && strcmp(store + n - 3, ".db") == 0) {
		n -= 3;
	}
	beside = *given ? strdup(path) : malloc(room);
	if (!beside)
		out_of_memory();
	if (!*given)
		snprintf(beside, room, "%.*s%s", (int)n, store, tail);
	return beside;
}

struct chancery_store *open_store(const struct call *call, bool create)
{
	const char *where = store_path(call);
	struct chancery_store *store = NULL;
	struct chancery_error error;

	if (!chancery_store_open(where, create, &store, &error)) {
		say_error("%s", error.text);
		return NULL;
	}
	return store;
}
