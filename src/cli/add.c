/* cli/add.c -- pages into the store, with a progress bar where somebody looks on. */
#include "cli.h"
#include <time.h>
#include <unistd.h>

struct adding {
	struct call *call;
	bool bar;
	unsigned long long done, total;
	double begun, drawn;
};

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void wipe(const struct adding *a)
{
	if (a->bar && a->drawn > 0)
		fputs("\r\033[K", stderr);
}

static void draw(struct adding *a)
{
	enum { WIDTH = 30 };
	double now = seconds(), spent = now - a->begun;
	int full = a->total ? (int)((double)WIDTH * (double)a->done / (double)a->total) : 0;

	if (!a->bar || (a->done < a->total && now - a->drawn < 0.1))
		return;
	fputs("\r\033[K[", stderr);
	for (int i = 0; i < WIDTH; i++)
		fputc(i < full ? '#' : '.', stderr);
	fprintf(stderr, "] %llu of %llu pages, %.0f a second", a->done, a->total, spent > 0 ? (double)a->done / spent : 0.0);
	fflush(stderr);
	a->drawn = now;
}

static bool next(void *ctx, struct chancery_item *item)
{
	return next_path(((struct adding *)ctx)->call, item);
}

static bool done(void *ctx, const struct chancery_result *result)
{
	struct adding *a = ctx;
	bool quiet = a->call->value[OPT_QUIET] != NULL;
	const char *trouble = result->error ? result->error : result->outcome == CHANCERY_NO_ARTICLE ? "no article" : NULL;

	if (trouble || (result->warning && !quiet)) {
		wipe(a);
		say_error("%s: %s", result->name, trouble ? trouble : result->warning);
		a->call->failed = a->call->failed || trouble;
	}
	a->done++;
	draw(a);
	return true;
}

static void summary(const struct chancery_added *n, double spent)
{
	printf("%llu page%s added", n->pages, n->pages == 1 ? "" : "s");
	if (n->no_article)
		printf(" (%llu without an article)", n->no_article);
	printf(", %llu known, %llu failed: %llu events, %llu quotes, %llu other records", n->known, n->failed, n->events, n->quotes,
	       n->records);
	if (n->words)
		printf(" from %llu words in %.1f s", n->words, spent);
	putchar('\n');
}

int cmd_add(struct call *call)
{
	struct adding adding = { .call = call, .bar = !call->value[OPT_QUIET] && isatty(STDERR_FILENO), .begun = seconds() };
	struct chancery_work work = { .input = CHANCERY_PAGES, .next = next, .done = done, .ctx = &adding };
	struct chancery_store *store = NULL;
	struct chancery *engine = NULL;
	struct chancery_added added;
	struct chancery_error error;

	if (!get_threads(call, &work.threads))
		return EXIT_USAGE;
	paths_open(&call->paths, call->args, call->n_args);
	adding.total = call->paths.n;
	engine = open_engine(call);
	store = engine ? open_store(call, true) : NULL;
	call->failed = !store || call->paths.failed;
	if (store) {
		bool ok = chancery_add(store, engine, &work, &added, &error);

		wipe(&adding);
		if (!ok) {
			say_error("%s", error.text);
			call->failed = true;
		}
		if (!call->value[OPT_QUIET])
			summary(&added, seconds() - adding.begun);
	}
	chancery_store_close(store);
	chancery_close(engine);
	paths_free(&call->paths);
	return output_status(call->failed ? EXIT_SOME_FAILED : EXIT_DONE);
}
