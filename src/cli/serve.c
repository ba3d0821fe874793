/* cli/serve.c -- the web page and the API, until stopped. */
#include "cli.h"
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void ready(void *ctx, const char *url)
{
	const struct call *call = ctx;

	if (!call->value[OPT_QUIET])
		fprintf(stderr, "chancery: %s\n", url);
}

/* Without blanks at either end, which a header does not keep. */
static void trim(char *text)
{
	const size_t before = strspn(text, " \t\r\n");
	size_t n = strlen(text + before);

	memmove(text, text + before, n + 1);
	while (n && strchr(" \t\r\n", text[n - 1]))
		text[--n] = '\0';
}

/* The token, of the file's first line or of the environment; false: said why. "" where none was given. */
static bool get_token(const struct call *call, char *token, size_t size)
{
	enum { TOKEN_MIN = 16 };
	const char *path = call->value[OPT_TOKEN_FILE], *given = path ? NULL : getenv("CHANCERY_TOKEN"), *from = path ? path : "$CHANCERY_TOKEN";
	bool whole = true;
	FILE *f;

	*token = '\0';
	if (given)
		whole = (size_t)snprintf(token, size, "%s", given) < size;
	if (path) {
		errno = 0;
		f = fopen(path, "r");
		if (!f || (!fgets(token, (int)size, f) && ferror(f))) {
			say_error("%s: cannot be read: %s", path, strerror(errno));
			if (f)
				fclose(f);
			return false;
		}
		whole = strchr(token, '\n') || fgetc(f) == EOF;
		fclose(f);
	}
	trim(token);
	if (!whole)
		say_error("%s: a token may have %zu characters at most", from, size - 2);
	else if ((path || *token) && strlen(token) < TOKEN_MIN)
		say_error("%s: a token of at least %d characters is wanted, such as `openssl rand -hex 16` gives", from, TOKEN_MIN);
	else
		return true;
	return false;
}

/* Parts the list at its commas, in place. False: said why. */
static bool get_hosts(char *list, const char **names, size_t max, size_t *n)
{
	*n = 0;
	while (list) {
		char *comma = strchr(list, ',');

		if (comma)
			*comma++ = '\0';
		trim(list);
		if (!*list || strpbrk(list, " \t/@") || (*list != '[' && strchr(list, ':'))) {
			say_error("--host: '%.80s' is no name; wanted is one such as archive.example.org, without scheme and port", list);
			return false;
		}
		if (*n == max) {
			say_error("--host takes %zu names at most", max);
			return false;
		}
		names[(*n)++] = list;
		list = comma;
	}
	return true;
}

/* A service that is sent HUP is meant to read its settings again or to begin its log anew: it has none of the one and does the other by itself. At a
 * terminal HUP is the terminal's end, and so ours. */
static void ignore_hangup(void)
{
	sigset_t hangup;

	if (isatty(STDIN_FILENO))
		return;
	signal(SIGHUP, SIG_IGN);
	sigemptyset(&hangup);
	sigaddset(&hangup, SIGHUP);
	sigprocmask(SIG_UNBLOCK, &hangup, NULL);
}

int cmd_serve(struct call *call)
{
	enum { NAMES_MAX = 16 };
	struct chancery_serve how = { .store = store_path(call), .listen = call->value[OPT_LISTEN], .ready = ready, .stopped = stopped, .ctx = call };
	unsigned long long port = 8080, rate = 0;
	const char *names[NAMES_MAX];
	char *list = NULL;
	struct chancery_error error;
	struct chancery *engine;
	char token[256];
	bool ok;

	if (!number_option(call, OPT_PORT, 65535, &port) || !number_option(call, OPT_RATE, 1000000, &rate) || !get_threads(call, &how.threads))
		return EXIT_USAGE;
	for (size_t i = 0; i < 2; i++) {
		const enum opt_id counted = i ? OPT_JOBS : OPT_RATE;

		if (!call->value[counted] || (i ? how.threads : rate))
			continue;
		usage_error(call, "--%s wants a number from 1 on", i ? "jobs" : "rate");
		return EXIT_USAGE;
	}
	if (!get_token(call, token, sizeof token))
		return EXIT_SOME_FAILED;
	how.port = (unsigned)port;
	how.token = token;
	how.log = call->value[OPT_LOG];
	how.rate = (unsigned)rate;
	if (call->value[OPT_HOST]) {
		list = strdup(call->value[OPT_HOST]);
		if (!list || !get_hosts(list, names, NAMES_MAX, &how.n_hosts)) {
			free(list);
			return EXIT_USAGE;
		}
	}
	how.hosts = names;
	block_ends();
	ignore_hangup();
	engine = open_engine(call);
	ok = engine && chancery_serve(engine, &how, &error);
	if (engine && !ok)
		say_error("%s", error.text);
	chancery_close(engine);
	free(list);
	return ok ? EXIT_DONE : EXIT_SOME_FAILED;
}
