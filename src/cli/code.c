#include "cli.h"

static bool say_warning(void *ctx, const char *text, size_t size)
{
	(void)ctx;
	say_error("%.*s", (int)size, text);
	return true;
}

/* With dictionaries of the field (--petrarch) instead of our own frames. */
static int code_petrarch(struct call *call)
{
	struct chancery_petrarch *petrarch;
	struct chancery_error error;
	int status;

	if (call->value[OPT_RAW])
		return usage_error(call, "--petrarch codes JSON lines; leave out --raw (chancery clean makes JSON lines of pages)");
	if (!chancery_petrarch_open(call->value[OPT_PETRARCH], &petrarch, &error)) {
		say_error("%s", error.text);
		return EXIT_USAGE;
	}
	if (!call->value[OPT_QUIET]) {
		chancery_petrarch_warnings(petrarch, say_warning, NULL);
		say_error("%s", chancery_petrarch_about(petrarch));
	}
	pieces_open(&call->pieces, call->args, call->n_args);
	status = filter(call, &(struct chancery_work){ .input = CHANCERY_JSON_LINES, .output = CHANCERY_BY_PETRARCH, .petrarch = petrarch,
						       .next = next_piece, .done = print_result, .ctx = call });
	chancery_petrarch_close(petrarch);
	return status;
}

int cmd_code(struct call *call)
{
	bool raw = call->value[OPT_RAW] != NULL;

	if (call->value[OPT_PETRARCH])
		return code_petrarch(call);
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
