/* Any text, with any tree over it: the statements keep their promises. The first bytes seed the tags and heads, which are
 * valid as trees go and otherwise nonsense; every fourth input has no tree. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/utf8.h"
#include "said/cues.h"
#include "said/said.h"
#include "text/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint32_t next(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

static void plant(struct ch_doc *doc, uint32_t sentence, uint32_t *seed)
{
	struct ch_sentence *s = &doc->sentences.v[sentence];
	uint32_t root = s->first + next(seed) % (s->past - s->first);

	for (uint32_t i = s->first; i < s->past; i++) {
		struct ch_token *t = &doc->tokens.v[i];

		t->upos = (uint8_t)(next(seed) % CH_UPOS_N);
		t->xpos = (uint8_t)(next(seed) % CH_XPOS_N);
		t->deprel = (uint8_t)(i == root ? CH_DEP_ROOT : next(seed) % CH_DEP_N);
		/* Heads lie on the way to the root: no cycles. */
		t->head = i == root ? CH_NONE : i < root ? i + 1 + next(seed) % (root - i) : i - 1 - next(seed) % (i - root);
	}
	ch_doc_link_tree(doc, sentence);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ch_arena arena = { 0 };
	struct ch_cues *cues;
	struct ch_engine engine = { 0 };
	struct ch_doc doc;
	struct ch_err err;
	uint32_t seed = 0;
	const char *broken;

	if (size < 4 || size > 1 << 16 || !ch_cues_open(&cues, &err))
		return 0;
	memcpy(&seed, data, 4);
	engine.cues = cues;
	if (!ch_doc_from_text(&doc, &arena, ch_utf8_repair(&arena, ch_str_n((const char *)data + 4, size - 4), NULL), false, &err) ||
	    !ch_text(&engine, &doc, &err))
		abort();
	if (seed % 4)
		for (uint32_t i = 0; i < doc.sentences.n; i++)
			plant(&doc, i, &seed);
	if (!ch_said(&engine, &doc, &err))
		abort();
	broken = ch_said_check(&doc);
	if (!broken)
		broken = ch_doc_check(&doc);
	if (broken) {
		fprintf(stderr, "%s\n", broken);
		abort();
	}
	ch_cues_close(cues);
	ch_arena_free(&arena);
	return 0;
}
