/* cli/keep.c -- store check, vacuum, backup, copy. */
#include "cli.h"
#include <stdlib.h>
#include <string.h>

static void broken(void *ctx, const char *line, size_t size)
{
	char text[1024], *safe;

	(void)ctx;
	snprintf(text, sizeof text, "%.*s", size > 1000 ? 1000 : (int)size, line);
	safe = plain(text);
	puts(safe);
	free(safe);
}

static int done(struct chancery_store *store, bool ok, const struct chancery_error *error)
{
	chancery_store_close(store);
	if (!ok)
		say_error("%s", error->text);
	return output_status(ok ? EXIT_DONE : EXIT_SOME_FAILED);
}

static int check(struct call *call)
{
	struct chancery_store *store = open_store(call, false);
	struct chancery_error error;
	unsigned long long n = 0;
	bool ok;

	if (!store)
		return EXIT_SOME_FAILED;
	ok = chancery_store_check(store, broken, NULL, &n, &error);
	if (ok && !n)
		puts("the store is whole");
	if (ok && n)
		say_error("%llu promise%s of the store %s broken", n, n == 1 ? "" : "s", n == 1 ? "is" : "are");
	return done(store, ok, &error) == EXIT_DONE && !n ? EXIT_DONE : EXIT_SOME_FAILED;
}

/* --store names none of the two: both are said. */
static int copy(struct call *call)
{
	struct chancery_store *from = NULL, *to = NULL;
	struct chancery_error error;
	bool ok;

	if (strcmp(call->args[1], call->args[2]) == 0)
		return usage_error(call, "store copy: both are %s", call->args[1]);
	ok = chancery_store_open(call->args[1], false, &from, &error) && chancery_store_open(call->args[2], true, &to, &error) &&
	     chancery_store_copy(from, to, &error);
	chancery_store_close(to);
	return done(from, ok, &error);
}

int cmd_store(struct call *call)
{
	static const struct { const char *name; int args; const char *usage; } verbs[] = {
		{ "check", 1, "check" }, { "vacuum", 1, "vacuum" }, { "backup", 2, "backup FILE" }, { "copy", 3, "copy FROM TO" },
	};
	struct chancery_store *store;
	struct chancery_error error;
	size_t verb = 0;

	while (verb < sizeof verbs / sizeof *verbs && strcmp(verbs[verb].name, call->args[0]) != 0)
		verb++;
	if (verb == sizeof verbs / sizeof *verbs)
		return usage_error(call, "store %s: check, vacuum, backup or copy is wanted", call->args[0]);
	if (call->n_args != verbs[verb].args)
		return usage_error(call, "store %s: wanted is `chancery store %s`", call->args[0], verbs[verb].usage);
	if (verb == 0)
		return check(call);
	if (verb == 3)
		return copy(call);
	store = open_store(call, false);
	if (!store)
		return EXIT_SOME_FAILED;
	return done(store, verb == 1 ? chancery_store_vacuum(store, &error) : chancery_store_backup(store, call->args[1], &error), &error);
}
