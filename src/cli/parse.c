#include "cli.h"

int cmd_parse(struct call *call)
{
	bool tokens = call->value[OPT_TOKENS] != NULL, lines = call->value[OPT_LINES] != NULL;

	if (tokens && lines)
		return usage_error(call, "--tokens and --lines exclude each other");
	pieces_open(&call->pieces, call->args, call->n_args);
	call->pieces.cut = lines ? BY_LINES : BY_BLANK_LINE;
	return filter(call, &(struct chancery_work){
		.input = tokens ? CHANCERY_TOKENS : lines ? CHANCERY_TEXT_LINES : CHANCERY_TEXT,
		.output = call->value[OPT_MENTIONS] ? CHANCERY_CONLLU_CHAINS : CHANCERY_CONLLU,
		.next = next_piece, .done = print_result, .ctx = call });
}
