/* Any bytes as a page: the promises of doc.h hold, and each block of the text leads to raw bytes in order. */
#include "page/page.h"
#include "base/limits.h"
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct ch_arena tables;
	static const struct ch_page_lexicon *lexicon;
	struct ch_arena arena = { 0 };
	struct ch_err err;
	struct ch_doc doc;
	const char *wrong;
	uint32_t before = 0;

	if (!lexicon)
		lexicon = ch_page_lexicon_new(&tables, &err);
	if (!lexicon) {
		fprintf(stderr, "page: %s\n", err.text);
		abort();
	}
	ch_doc_init(&doc, &arena);
	doc.path = CH_STR("fuzz");
	doc.raw = ch_str_n((const char *)data, size < CH_PAGE_BYTES_MAX ? size : CH_PAGE_BYTES_MAX);
	ch_page_read_with(lexicon, &doc);
	wrong = ch_doc_check(&doc);
	for (uint32_t i = 0; i < doc.blocks.n && !wrong; i++) {
		struct ch_raw_span r = ch_doc_raw(&doc, doc.blocks.v[i].span);

		if (r.start < before || r.end <= r.start || r.end > doc.raw.len)
			wrong = "blocks lead to raw bytes in order";
		before = r.end;
	}
	for (uint32_t i = 0; i < doc.rejected.n && !wrong; i++)
		if (doc.rejected.v[i].raw.end > doc.raw.len || !doc.rejected.v[i].reason)
			wrong = "what is rejected lies in the page, and has a reason";
	if (!wrong && doc.article != (doc.text.len > 0))
		wrong = "an article has text, and no other page has";
	if (wrong) {
		fprintf(stderr, "page: broken promise: %s\n", wrong);
		abort();
	}
	ch_arena_free(&arena);
	return 0;
}
