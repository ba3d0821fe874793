/* cli/filter.c -- what `clean`, `parse` and `code` have in common: inputs in, lines out, failures named on stderr. */
#include "cli.h"

bool print_result(void *ctx, const struct chancery_result *result)
{
	struct call *call = ctx;

	if (result->warning && !call->value[OPT_QUIET])
		say_error("%s: %s", result->name, result->warning);
	if (result->error) {
		say_error("%s: %s", result->name, result->error);
		call->failed = true;
		return true;
	}
	/* What has no article is still a line, with text null, and is named: whoever counts pages must not lose one. */
	if (result->outcome == CHANCERY_NO_ARTICLE) {
		say_error("%s: no article", result->name);
		call->failed = true;
	}
	if (result->size && result->text[result->size - 1] == '\n')
		return put_text(result->text, result->size);   /* CoNLL-U: ends its sentences itself */
	return !result->size || put_line(result->text, result->size);
}

int filter(struct call *call, const struct chancery_work *work)
{
	struct chancery_work job = *work;
	struct chancery_error error;
	struct chancery *engine;

	if (!get_threads(call, &job.threads))
		return EXIT_USAGE;
	engine = open_engine(call);
	if (!engine)
		return EXIT_SOME_FAILED;
	if (!chancery_each(engine, &job, &error)) {
		say_error("%s", error.text);
		call->failed = true;
	}
	chancery_close(engine);
	call->failed = call->failed || call->pieces.failed;
	chancery_inputs_close(call->pages);
	pieces_free(&call->pieces);
	return output_status(call->failed ? EXIT_SOME_FAILED : EXIT_DONE);
}
