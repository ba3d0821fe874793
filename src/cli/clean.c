#include "cli.h"

/* What has no article is still a line, with text null, and is named: whoever counts pages must not lose one. */
static bool done(void *ctx, const struct chancery_result *result)
{
	struct call *call = ctx;

	if (result->outcome == CHANCERY_NO_ARTICLE && !call->value[OPT_QUIET])
		say_error("%s: no article", result->name);
	return print_result(ctx, result);
}

int cmd_clean(struct call *call)
{
	enum chancery_output output = call->value[OPT_EXPLAIN] ? CHANCERY_ARTICLE_BLOCKS : CHANCERY_ARTICLE;

	paths_open(&call->paths, call->args, call->n_args);
	return filter(call, &(struct chancery_work){ .input = CHANCERY_PAGES, .output = output, .next = next_path, .done = done,
						     .ctx = call });
}
