/* Any bytes as CoNLL-U: what is read keeps the promises of the document, and what is written of it, if
 * it can be read again, is as many sentences. */
#include "doc/conllu.h"
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ch_arena arena = { 0 };
	struct ch_err err;
	struct ch_doc doc, again;
	char *text = NULL;
	size_t written = 0;
	const char *wrong;

	if (ch_conllu_read(&doc, &arena, ch_str_n((const char *)data, size), &err)) {
		FILE *out = open_memstream(&text, &written);

		if ((wrong = ch_doc_check(&doc))) {
			fprintf(stderr, "conllu: broken promise: %s\n", wrong);
			abort();
		}
		if (!out)
			abort();
		ch_conllu_write(&doc, out);
		fclose(out);
		/* Blanks inside a multi-word token may move its cuts, so reading back may fail; but in words. */
		if (ch_conllu_read(&again, &arena, ch_str_n(text, written), &err) && doc.sentences.n != again.sentences.n) {
			fprintf(stderr, "conllu: what was written reads as something else\n");
			abort();
		}
		free(text);
	}
	ch_arena_free(&arena);
	return 0;
}
