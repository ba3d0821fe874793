/* Any UTF-8 through the text stage: the promises of the layers hold, and every character that is no white space lies in
 * a token. */
#include "text/text.h"
#include "base/utf8.h"
#include <stdio.h>
#include <stdlib.h>

static void fail(const char *what)
{
	fprintf(stderr, "text: broken promise: %s\n", what);
	abort();
}

static void check_cover(const struct ch_doc *doc)
{
	uint32_t at = 0, len;

	for (uint32_t i = 0; i <= doc->tokens.n; i++) {
		uint32_t start = i < doc->tokens.n ? doc->tokens.v[i].span.start : (uint32_t)doc->text.len;

		for (; at < start; at += len)
			if (!ch_is_space(ch_utf8_at(doc->text, at, &len)))
				fail("a character stands in no token");
		at = i < doc->tokens.n ? doc->tokens.v[i].span.end : at;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ch_arena arena = {0};
	struct ch_err err;
	struct ch_doc doc;
	const char *wrong;

	if (size &&
	    ch_doc_from_text(&doc, &arena, ch_utf8_repair(&arena, ch_str_n((const char *)data + 1, size - 1), NULL),
			     data[0] & 1, &err)) {
		if (!ch_text(NULL, &doc, &err))
			fail(err.text);
		if ((wrong = ch_doc_check(&doc)))
			fail(wrong);
		check_cover(&doc);
	}
	ch_arena_free(&arena);
	return 0;
}
