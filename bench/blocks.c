/* bench/blocks.c -- blocks MODE PAGE...: what the trees of page cleaning see of each line of HTML pages. For train/blocks.py.
 *
 *   names          the features: a name a line; those the first trees see, an empty line, those of the context
 *   rows           of each page, to stdout: "= LINES FEATURES TEXT_BYTES PATH" and a newline; then for each line two numbers of 32 bits
 *                  (start and end in the text) and the features, each 16 bits; then the text
 *   context ODDS   the same with all features; ODDS is a file of 16-bit log odds (in units of 1/256), one for each line in order */
#include "base/err.h"
#include "page/block.h"
#include "run/input.h"
#include <stdio.h>
#include <stdlib.h>

static void fail(const char *what, const char *why)
{
	fprintf(stderr, "blocks: %s: %s\n", what, why);
	exit(1);
}

static void one_page(const struct ch_page_lexicon *lex, struct ch_arena *arena, const char *path, FILE *odds)
{
	struct ch_doc doc;
	struct page p = { .doc = &doc, .arena = arena, .lex = lex, .title = CH_NONE };
	struct page_html html = { 0 };
	struct page_blocks b;
	struct ch_err err;
	unsigned n = odds ? PAGE_F_N : PAGE_F_FIRST_N;

	ch_doc_init(&doc, arena);
	doc.path = ch_str_z(path);
	if (!ch_input_read(arena, path, &doc.raw, &doc.cut, &err))
		fail(path, err.text);
	if (page_decode(&p)) {
		page_html_read(&p, &html);
		page_html_meta(&p, &html);
		page_blocks_look(&b, &p, &html);
		for (uint32_t i = 0; odds && i < p.lines.n; i++) {
			int16_t one;

			if (fread(&one, sizeof one, 1, odds) != 1)
				fail(path, "too few odds");
			page_blocks_set_odds(&b, i, one);
		}
		page_blocks_spread(&b);
	}
	printf("= %u %u %u %s\n", p.lines.n, n, p.flow.n, path);
	for (uint32_t i = 0; i < p.lines.n; i++) {
		int16_t row[PAGE_F_N];

		page_blocks_row(&b, i, row);
		page_blocks_context(&b, i, row);
		fwrite(&p.lines.v[i].start, 4, 1, stdout);
		fwrite(&p.lines.v[i].end, 4, 1, stdout);
		fwrite(row, sizeof *row, n, stdout);
	}
	fwrite(p.flow.v, 1, p.flow.n, stdout);
}

int main(int argc, char **argv)
{
	bool names = argc == 2 && strcmp(argv[1], "names") == 0, rows = argc > 2 && strcmp(argv[1], "rows") == 0;
	bool context = argc > 3 && strcmp(argv[1], "context") == 0;
	struct ch_arena tables = { 0 }, arena = { 0 };
	const struct ch_page_lexicon *lex;
	struct ch_err err;
	FILE *odds;

	if (!names && !rows && !context) {
		fputs("usage: blocks names | rows PAGE... | context ODDS PAGE...\n", stderr);
		return 2;
	}
	for (uint32_t i = 0; names && i < PAGE_F_N; i++)
		printf("%s%s\n", i == PAGE_F_FIRST_N ? "\n" : "", page_feature_name(i));
	if (names)
		return 0;
	lex = ch_page_lexicon_new(&tables, &err);
	if (!lex)
		fail("lexicon", err.text);
	odds = context ? fopen(argv[2], "rb") : NULL;
	if (context && !odds)
		fail(argv[2], "cannot be opened");
	for (int i = context ? 3 : 2; i < argc; i++) {
		one_page(lex, &arena, argv[i], odds);
		ch_arena_reset(&arena);
	}
	ch_arena_free(&arena);
	ch_arena_free(&tables);
	return 0;
}
