/* cli/stream.c -- pages onto a queue, and off it into the store. */
#include "cli.h"
#include <stdlib.h>
#include <string.h>

static void say(void *ctx, const char *line)
{
	const struct call *call = ctx;

	if (!call->value[OPT_QUIET])
		say_error("%s", line);
}

static bool next(void *ctx, struct chancery_item *item)
{
	return next_page(ctx, item);
}

static bool done(void *ctx, const struct chancery_result *result)
{
	struct call *call = ctx;

	if (result->error || (result->warning && !call->value[OPT_QUIET]))
		say_error("%s: %s", result->name, result->error ? result->error : result->warning);
	call->failed = call->failed || result->error;
	return true;
}

static bool get_stream(struct call *call, struct chancery_stream *s)
{
	*s = (struct chancery_stream){ .servers = call->value[OPT_STREAM], .queue = call->value[OPT_QUEUE], .drain = call->value[OPT_DRAIN] != NULL,
				       .stopped = stopped, .say = say, .ctx = call };
	if (!s->servers)
		s->servers = getenv("CHANCERY_STREAM");
	if (!s->servers || !*s->servers) {
		usage_error(call, "which queue? --stream nats://HOST:PORT, or set CHANCERY_STREAM");
		return false;
	}
	if (!number_option(call, OPT_REPLICAS, 5, &s->replicas) || !number_option(call, OPT_WAITING, 1000000000, &s->waiting) ||
	    !number_option(call, OPT_ACK_WAIT, 86400, &s->ack_seconds) || !number_option(call, OPT_TRIES, 1000000, &s->tries) ||
	    !number_option(call, OPT_RATE, 1000000, &s->rate) || !number_option(call, OPT_METRICS, 65535, &s->metrics))
		return false;
	block_ends();
	return true;
}

int cmd_submit(struct call *call)
{
	struct chancery_work work = { .input = CHANCERY_PAGES, .next = next, .done = done, .ctx = call };
	struct chancery_submitted n = { 0 };
	struct chancery_stream stream;
	struct chancery_error error;

	if (!get_threads(call, &work.threads) || !get_stream(call, &stream) || !pages_open(call, call->args, call->n_args))
		return EXIT_USAGE;
	if (!chancery_submit(&stream, &work, &n, &error)) {
		say_error("%s", error.text);
		call->failed = true;
	}
	if (!call->value[OPT_QUIET])
		printf("%llu page%s queued, %llu were queued before, %llu failed\n", n.queued, n.queued == 1 ? "" : "s", n.known, n.failed);
	chancery_inputs_close(call->pages);
	return output_status(call->failed ? EXIT_SOME_FAILED : EXIT_DONE);
}

int cmd_work(struct call *call)
{
	struct chancery_work work = { .done = done, .ctx = call };
	struct chancery_store *store = NULL;
	struct chancery *engine = NULL;
	struct chancery_worked n = { 0 };
	struct chancery_stream stream;
	struct chancery_error error;
	bool ok = false;

	if (!get_threads(call, &work.threads) || !get_stream(call, &stream))
		return EXIT_USAGE;
	engine = open_engine(call);
	store = engine ? open_store(call, true) : NULL;
	if (store) {
		ok = chancery_work_stream(store, engine, &stream, &work, &n, &error);
		if (!ok)
			say_error("%s", error.text);
		if (!call->value[OPT_QUIET])
			printf("%llu page%s added (%llu without an article), %llu known, %llu put aside, %llu came again: %llu events\n", n.pages,
			       n.pages == 1 ? "" : "s", n.no_article, n.known, n.dead, n.redelivered, n.events);
	}
	chancery_store_close(store);
	chancery_close(engine);
	return output_status(ok && !call->failed ? EXIT_DONE : EXIT_SOME_FAILED);
}

int cmd_dead(struct call *call)
{
	static const struct chancery_column columns[] = {
		{ "NO", "number", 3, 0 }, { "PAGE", "name", 12, 2 }, { "CAME", "deliveries", 4, 0 }, { "WHY", "reason", 20, 5 },
	};
	const bool retry = call->n_args > 0;
	struct chancery_stream stream;
	struct chancery_error error;
	unsigned long long n;
	struct sheet sheet;
	enum view view;
	bool ok;

	if (retry && strcmp(call->args[0], "retry"))
		return usage_error(call, "'%s': it is `chancery dead` or `chancery dead retry`", call->args[0]);
	if (!view_of(call, &view) || !get_stream(call, &stream))
		return EXIT_USAGE;
	sheet_open(&sheet, view, columns, sizeof columns / sizeof *columns);
	ok = chancery_dead(&stream, retry, sheet_row, &sheet, &n, &error);
	sheet_close(&sheet);
	if (!ok)
		say_error("%s", error.text);
	else if (!call->value[OPT_QUIET] && (retry || view == VIEW_TABLE))
		fprintf(stderr, "%llu page%s %s\n", n, n == 1 ? "" : "s", retry ? "back on the queue" : "put aside");
	return output_status(ok ? EXIT_DONE : EXIT_SOME_FAILED);
}
