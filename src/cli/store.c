/* cli/store.c -- which store. */
#include "cli.h"
#include <stdlib.h>

struct chancery_store *open_store(const struct call *call, bool create)
{
	const char *where = call->value[OPT_STORE];
	struct chancery_store *store = NULL;
	struct chancery_error error;

	if (!where)
		where = getenv("CHANCERY_STORE");
	if (!where || !*where)
		where = "chancery.db";
	if (!chancery_store_open(where, create, &store, &error)) {
		say_error("%s", error.text);
		return NULL;
	}
	return store;
}
