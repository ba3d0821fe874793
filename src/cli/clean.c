#include "cli.h"

int cmd_clean(struct call *call)
{
	enum chancery_output output = call->value[OPT_EXPLAIN] ? CHANCERY_ARTICLE_BLOCKS : CHANCERY_ARTICLE;

	paths_open(&call->paths, call->args, call->n_args);
	return filter(call, &(struct chancery_work){ .input = CHANCERY_PAGES, .output = output, .next = next_path, .done = print_result,
						     .ctx = call });
}
