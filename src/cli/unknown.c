/* cli/unknown.c -- `chancery unknown`: what fitted no frame and whom no list knows, most frequent first, each with a sentence and the
 * lines that a lexicon would take. */
#include "cli.h"

struct unknown {
	struct call *call;
	struct chancery_unknowns *all;
};

static bool next(void *ctx, struct chancery_item *item)
{
	return next_page(((struct unknown *)ctx)->call, item);
}

static bool take(void *ctx, const struct chancery_result *result)
{
	struct unknown *u = ctx;

	if (result->error) {
		say_error("%s: %s", result->name, result->error);
		u->call->failed = true;
	} else {
		chancery_unknowns_add(u->all, result->name, result->text, result->size);
	}
	return true;
}

int cmd_unknown(struct call *call)
{
	struct unknown u = { .call = call };
	struct chancery_work work = { .input = CHANCERY_PAGES, .output = CHANCERY_UNKNOWN, .next = next, .done = take, .ctx = &u };
	struct chancery_store *store = NULL;
	struct chancery_error error;
	struct chancery *engine = NULL;
	unsigned long long limit = 0;
	struct sheet sheet;
	enum view view;
	bool ok;

	if (!view_of(call, &view) || !get_threads(call, &work.threads) || !number_option(call, OPT_LIMIT, 1000000000, &limit))
		return EXIT_USAGE;
	if (call->n_args)
		ok = pages_open(call, call->args, call->n_args);
	else
		ok = (store = open_store(call, false)) != NULL;
	engine = ok ? open_engine(call) : NULL;
	u.all = chancery_unknowns_new();
	ok = engine && (store ? chancery_unknowns_of(u.all, store, engine, &(struct chancery_query){ .record = "pages" }, work.threads, 0, &error) :
			chancery_each(engine, &work, &error));
	if (engine && !ok)
		say_error("%s", error.text);
	if (ok) {
		sheet_open_named(&sheet, view, "unknown");
		chancery_unknowns_rows(u.all, limit, sheet_row, &sheet);
		sheet_close(&sheet);
	}
	chancery_unknowns_free(u.all);
	chancery_close(engine);
	chancery_store_close(store);
	call->failed = call->failed || !ok;
	chancery_inputs_close(call->pages);
	return output_status(call->failed ? EXIT_SOME_FAILED : EXIT_DONE);
}
