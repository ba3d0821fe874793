#include "cli.h"

int cmd_code(struct call *call)
{
	bool raw = call->value[OPT_RAW] != NULL;

	if (raw && !call->n_args)
		return usage_error(call, "--raw wants the files of pages (- for one on standard input)");
	if (raw && !pages_open(call, call->args, call->n_args))
		return EXIT_USAGE;
	if (!raw)
		pieces_open(&call->pieces, call->args, call->n_args);
	return filter(call, &(struct chancery_work){ .input = raw ? CHANCERY_PAGES : CHANCERY_JSON_LINES,
						     .output = CHANCERY_RECORDS, .next = raw ? next_page : next_piece,
						     .done = print_result, .ctx = call });
}
