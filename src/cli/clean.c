#include "cli.h"

int cmd_clean(struct call *call)
{
	enum chancery_output output = call->value[OPT_EXPLAIN] ? CHANCERY_ARTICLE_BLOCKS : CHANCERY_ARTICLE;

	if (!pages_open(call, call->args, call->n_args))
		return EXIT_USAGE;
	return filter(call, &(struct chancery_work){ .input = CHANCERY_PAGES, .output = output, .next = next_page, .done = print_result,
						     .ctx = call });
}
