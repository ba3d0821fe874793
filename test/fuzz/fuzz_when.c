/* Any UTF-8 through text and when, with any day of publication: the promises of the times layer hold. */
#include "text/text.h"
#include "when/when.h"
#include "base/utf8.h"
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ch_arena arena = {0};
	struct ch_err err;
	struct ch_doc doc;
	const char *wrong;

	/* the first two bytes are the day: 0 none, else days from 1900-01-01 on */
	if (size > 2 &&
	    ch_doc_from_text(&doc, &arena, ch_utf8_repair(&arena, ch_str_n((const char *)data + 2, size - 2), NULL),
			     false, &err)) {
		unsigned day = data[0] | (unsigned)data[1] << 8;

		doc.meta.published = day ? ch_day_of(1900, 1, 1) + (ch_day)day : CH_NO_DAY;
		if (!ch_text(NULL, &doc, &err) || !ch_when(NULL, &doc, &err)) {
			fprintf(stderr, "when: %s\n", err.text);
			abort();
		}
		wrong = ch_doc_check(&doc);
		if (!wrong)
			wrong = ch_when_check(&doc);
		if (wrong) {
			fprintf(stderr, "when: broken promise: %s\n", wrong);
			abort();
		}
	}
	ch_arena_free(&arena);
	return 0;
}
