/* cli/watch.c -- round after round of what is new in feeds and sitemaps, taken in as `add` does. */
#include "cli.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { EVERY_SECONDS = 600, WEEK_SECONDS = 7 * 86400 };

/* "90s", "10m", "2h", "1d"; false: said why. */
static bool get_every(const struct call *call, long *seconds)
{
	static const struct {
		char unit;
		long seconds;
	} units[] = { { 's', 1 }, { 'm', 60 }, { 'h', 3600 }, { 'd', 86400 } };
	const char *text = call->value[OPT_EVERY];
	char *end;
	long n;

	*seconds = EVERY_SECONDS;
	if (!text)
		return true;
	n = strtol(text, &end, 10);
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (isdigit((unsigned char)*text) && *end == units[i].unit && !end[1] && n > 0 && n <= WEEK_SECONDS / units[i].seconds) {
			*seconds = n * units[i].seconds;
			return true;
		}
	usage_error(call, "--every wants a time up to a week, such as 90s, 10m, 2h or 1d, not '%s'", text);
	return false;
}

static bool get_delay(const struct call *call, double *seconds)
{
	const char *text = call->value[OPT_DELAY];
	char *end;

	*seconds = 1;
	if (!text)
		return true;
	*seconds = strtod(text, &end);
	if (isdigit((unsigned char)*text) && !*end && *seconds <= 3600)
		return true;
	usage_error(call, "--delay wants seconds up to 3600, not '%s'", text);
	return false;
}

/* Where the state is kept; from malloc. */
static char *state_path(const struct call *call)
{
	static const char tail[] = ".watch.json";
	const char *given = call->value[OPT_STATE], *store = store_path(call);
	size_t n = strlen(store), room = n + sizeof "chancery" + sizeof tail;
	char *path = given ? strdup(given) : malloc(room);

	if (!path)
		out_of_memory();
	if (given)
		return path;
	if (strstr(store, "://")) {   /* a data base elsewhere: there is nothing to lie beside */
		store = "chancery";
		n = strlen(store);
	} else if (n > 3 && strcmp(store + n - 3, ".db") == 0) {
		n -= 3;
	}
	snprintf(path, room, "%.*s%s", (int)n, store, tail);
	return path;
}

/* Until the next round is due; false: it is time to stop. */
static bool wait_until(time_t due)
{
	const sigset_t set = end_signals();
	struct timespec now, left;

	clock_gettime(CLOCK_MONOTONIC, &now);
	if (stopped(NULL))
		return false;
	if (now.tv_sec >= due)
		return true;
	left = (struct timespec){ due - now.tv_sec, 0 };
	return sigtimedwait(&set, NULL, &left) < 0 && !stopped(NULL);
}

static bool rounds(struct call *call, struct chancery_watch *watch, struct chancery_store *store, struct chancery *engine,
		   const struct chancery_work *from, long every)
{
	struct chancery_error error;

	for (;;) {
		struct timespec begun;

		clock_gettime(CLOCK_MONOTONIC, &begun);
		if (!add_pages(call, store, engine, from))
			return false;
		if (!chancery_watch_save(watch, &error)) {
			say_error("%s", error.text);
			return false;
		}
		if (call->value[OPT_ONCE])
			return true;
		fflush(stdout);
		if (!wait_until(begun.tv_sec + every))
			return true;
		chancery_watch_round(watch);
	}
}

int cmd_watch(struct call *call)
{
	struct chancery_watch_options options = { .stopped = stopped };
	struct chancery_work from = { .next = chancery_watch_next, .slow = true };
	struct chancery_store *store = NULL;
	struct chancery_watch *watch = NULL;
	struct chancery *engine = NULL;
	struct chancery_error error;
	char *state;
	long every;

	if (!get_threads(call, &from.threads) || !number_option(call, OPT_LIMIT, 1000000000, &options.limit) ||
	    !get_every(call, &every) || !get_delay(call, &options.delay))
		return EXIT_USAGE;
	options.state = state = state_path(call);
	block_ends();
	engine = open_engine(call);
	store = engine ? open_store(call, true) : NULL;
	if (store && !chancery_watch_open((const char *const *)call->args, (size_t)call->n_args, &options, &watch, &error))
		say_error("%s", error.text);
	from.ctx = watch;
	if (!watch || !rounds(call, watch, store, engine, &from, every))
		call->failed = true;
	chancery_watch_close(watch);
	chancery_store_close(store);
	chancery_close(engine);
	free(state);
	return output_status(call->failed ? EXIT_SOME_FAILED : EXIT_DONE);
}
