/* cli/add.c -- pages into the store, with a progress bar where somebody looks on. */
#include "cli.h"
#include <time.h>
#include <unistd.h>

struct adding {
	struct call *call;
	const struct chancery_work *from;   /* whose next gives the pages */
	bool bar;
	unsigned long long done;
	_Atomic int permille;   /* read so far, below 0: unknown; set where inputs are read, shown where they are done */
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
	int permille = a->permille;

	if (!a->bar || now - a->drawn < 0.1)
		return;
	fputs("\r\033[K", stderr);
	if (permille >= 0) {
		fputc('[', stderr);
		for (int i = 0; i < WIDTH; i++)
			fputc(i < WIDTH * permille / 1000 ? '#' : '.', stderr);
		fputs("] ", stderr);
	}
	fprintf(stderr, "%llu pages, %.0f a second", a->done, spent > 0 ? (double)a->done / spent : 0.0);
	fflush(stderr);
	a->drawn = now;
}

static bool next(void *ctx, struct chancery_item *item)
{
	struct adding *a = ctx;
	double share = a->call->pages ? chancery_inputs_share(a->call->pages) : -1;

	a->permille = share < 0 ? -1 : (int)(share * 1000);
	return a->from->next(a->from->ctx, item);
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

static void summary(const struct chancery_added *n, unsigned long long passed, double spent)
{
	printf("%llu page%s added", n->pages, n->pages == 1 ? "" : "s");
	if (n->no_article)
		printf(" (%llu without an article)", n->no_article);
	if (n->foreign)
		printf(", %llu of them in other languages stored, not coded", n->foreign);
	printf(", %llu known, %llu failed: %llu events, %llu quotes, %llu other records", n->known, n->failed, n->events, n->quotes,
	       n->records);
	if (passed)
		printf(", %llu records that are no page passed over", passed);
	if (n->words)
		printf(" from %llu words in %.1f s", n->words, spent);
	putchar('\n');
}

bool add_pages(struct call *call, struct chancery_store *store, struct chancery *engine, const struct chancery_work *from)
{
	struct adding adding = { .call = call, .from = from, .bar = !call->value[OPT_QUIET] && isatty(STDERR_FILENO), .begun = seconds() };
	struct chancery_work work = { .input = CHANCERY_PAGES, .threads = from->threads, .slow = from->slow, .next = next, .done = done,
				      .ctx = &adding };
	struct chancery_added added;
	struct chancery_error error;
	bool ok = chancery_add(store, engine, &work, &added, &error);

	wipe(&adding);
	if (!ok) {
		say_error("%s", error.text);
		call->failed = true;
	}
	if (!call->value[OPT_QUIET])
		summary(&added, call->pages ? chancery_inputs_passed(call->pages) : 0, seconds() - adding.begun);
	return ok;
}

int cmd_add(struct call *call)
{
	struct chancery_work from = { .next = next_page, .ctx = call };
	struct chancery_store *store = NULL;
	struct chancery *engine = NULL;

	if (!get_threads(call, &from.threads) || !pages_open(call, call->args, call->n_args))
		return EXIT_USAGE;
	engine = open_engine(call);
	store = engine ? open_store(call, true) : NULL;
	call->failed = !store;
	if (store)
		add_pages(call, store, engine, &from);
	chancery_store_close(store);
	chancery_close(engine);
	chancery_inputs_close(call->pages);
	return output_status(call->failed ? EXIT_SOME_FAILED : EXIT_DONE);
}
