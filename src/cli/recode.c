/* cli/recode.c -- stored pages read anew, with what the program knows now. */
#include "cli.h"
#include <unistd.h>

struct recoding {
	struct call *call;
	unsigned long long done;
	bool bar;
};

static bool done(void *ctx, const struct chancery_result *result)
{
	struct recoding *r = ctx;

	r->done++;
	if (result->error) {
		say_error("%s: %s", result->name, result->error);
		r->call->failed = true;
	}
	if (r->bar && r->done % 16 == 0)
		fprintf(stderr, "\r\033[K%llu pages", r->done);
	return true;
}

int cmd_recode(struct call *call)
{
	struct recoding recoding = { .call = call, .bar = !call->value[OPT_QUIET] && isatty(STDERR_FILENO) };
	struct chancery_recode how = { .older = call->value[OPT_OLDER] != NULL, .page = call->value[OPT_PAGE], .done = done, .ctx = &recoding };
	struct chancery_store *store = NULL;
	struct chancery *engine = NULL;
	struct chancery_recoded n;
	struct chancery_error error;
	bool ok;

	if (!get_threads(call, &how.threads))
		return EXIT_USAGE;
	engine = open_engine(call);
	store = engine ? open_store(call, false) : NULL;
	call->failed = !store;
	if (store) {
		ok = chancery_recode(store, engine, &how, &n, &error);
		if (recoding.bar)
			fputs("\r\033[K", stderr);
		if (!ok) {
			say_error("%s", error.text);
			call->failed = true;
		}
		if (n.resumed && !call->value[OPT_QUIET])
			fprintf(stderr, "chancery: went on with a recode that was broken off; run it again for all pages\n");
		if (!call->value[OPT_QUIET]) {
			printf("%llu page%s read anew, %llu failed, %llu left; %llu decision%s hold, %llu unmatched\n", n.pages, n.pages == 1 ? "" : "s",
			       n.failed, n.left, n.matched, n.matched == 1 ? "" : "s", n.unmatched);
			if (n.unmatched)
				puts("unmatched decisions, whose evidence is gone, are in `chancery review --list`");
		}
	}
	chancery_store_close(store);
	chancery_close(engine);
	return output_status(call->failed ? EXIT_SOME_FAILED : EXIT_DONE);
}
