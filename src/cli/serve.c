/* cli/serve.c -- the web page and the API, until stopped. */
#include "cli.h"
#include <signal.h>
#include <stdlib.h>
#include <string.h>

static void ready(void *ctx, const char *url)
{
	const struct call *call = ctx;

	if (!call->value[OPT_QUIET])
		fprintf(stderr, "chancery: %s\n", url);
}

/* The token, of the file's first line or of the environment; false: said why. "" where none was given. */
static bool get_token(const struct call *call, char *token, size_t size)
{
	const char *path = call->value[OPT_TOKEN_FILE], *given = getenv("CHANCERY_TOKEN");
	FILE *f;
	bool ok = true;

	snprintf(token, size, "%s", given && !path ? given : "");
	if (path) {
		f = fopen(path, "r");
		ok = f && fgets(token, (int)size, f);
		if (f)
			fclose(f);
	}
	token[strcspn(token, "\r\n")] = '\0';
	if (!ok || ((path || *token) && strlen(token) < 16)) {
		say_error("%s: %s", path ? path : "$CHANCERY_TOKEN",
			  ok ? "a token of at least 16 characters is wanted, such as `openssl rand -hex 16` gives" : "cannot be read");
		return false;
	}
	return true;
}

/* Parts the list at its commas, in place; at most max names. */
static size_t part(char *list, const char **names, size_t max)
{
	size_t n = 0;

	while (list && *list && n < max) {
		char *comma = strchr(list, ',');

		if (comma)
			*comma++ = '\0';
		if (*list)
			names[n++] = list;
		list = comma;
	}
	return n;
}

int cmd_serve(struct call *call)
{
	enum { NAMES_MAX = 16, NAMES_BYTES = 1024 };
	struct chancery_serve how = { .store = store_path(call), .listen = call->value[OPT_LISTEN], .ready = ready, .stopped = stopped, .ctx = call };
	unsigned long long port = 8080, rate = 0;
	const char *names[NAMES_MAX];
	char list[NAMES_BYTES];
	struct chancery_error error;
	struct chancery *engine;
	char token[256];
	bool ok;

	if (!number_option(call, OPT_PORT, 65535, &port) || !number_option(call, OPT_RATE, 1000000, &rate) || !get_threads(call, &how.threads))
		return EXIT_USAGE;
	if (!get_token(call, token, sizeof token))
		return EXIT_SOME_FAILED;
	how.port = (unsigned)port;
	how.token = token;
	how.log = call->value[OPT_LOG];
	how.rate = (unsigned)rate;
	if (call->value[OPT_HOST] && (size_t)snprintf(list, sizeof list, "%s", call->value[OPT_HOST]) < sizeof list)
		how.n_hosts = part(list, names, NAMES_MAX);
	how.hosts = names;
	if (call->value[OPT_HOST] && !how.n_hosts) {
		say_error("--host: a name is wanted, such as archive.example.org");
		return EXIT_USAGE;
	}
	block_ends();
	engine = open_engine(call);
	if (!engine)
		return EXIT_SOME_FAILED;
	ok = chancery_serve(engine, &how, &error);
	if (!ok)
		say_error("%s", error.text);
	chancery_close(engine);
	return ok ? EXIT_DONE : EXIT_SOME_FAILED;
}
