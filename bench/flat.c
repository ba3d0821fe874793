/* bench/flat.c -- flat lines|titles FILE...: the lines of flat pages as the models of src/page/flat_body.c and flat_title.c see
 * them. For train/flat.py.
 *
 * A page is a line "= FILE"; then each line of it (titles: each that may be its title): its row in hexadecimal (two digits
 * a number), a blank, the line. */
#include "page/flat.h"
#include "run/input.h"
#include <stdio.h>
#include <stdlib.h>

static void print_row(const uint8_t *row, uint32_t n, struct ch_str text)
{
	for (uint32_t k = 0; k < n; k++)
		printf("%02x", row[k]);
	printf(" %.*s\n", CH_STR_ARG(text));
}

static void print_page(const struct ch_page_lexicon *lex, struct ch_doc *doc, bool titles)
{
	struct page p = { .doc = doc, .arena = doc->arena, .lex = lex, .title = CH_NONE };
	uint8_t row[PAGE_FLAT_TITLE_ROW];
	struct page_flat f = { 0 };

	if (!page_decode(&p))
		return;
	page_flat_lines(&p);
	page_flat_look(&p, &f);
	if (titles)
		page_flat_body(&p, &f);
	for (uint32_t i = 0; i < (titles ? page_flat_title_past(&p) : f.n); i++) {
		if (!titles) {
			page_flat_row(&f, i, row);
			print_row(row, PAGE_FLAT_ROW, page_line_str(&p, i));
		} else if ((!i || i >= page_flat_title_first(&p)) && page_flat_title_row(&p, &f, i, row)) {
			print_row(row, PAGE_FLAT_TITLE_ROW, page_flat_title_str(&p, i));
		}
	}
}

int main(int argc, char **argv)
{
	struct ch_arena tables = { 0 }, arena = { 0 };
	struct ch_err err;
	const struct ch_page_lexicon *lex = ch_page_lexicon_new(&tables, &err);

	for (int i = 2; lex && i < argc; i++) {
		struct ch_doc doc;

		ch_arena_reset(&arena);
		ch_doc_init(&doc, &arena);
		if (!ch_input_read(&arena, argv[i], &doc.raw, &doc.cut, &err)) {
			lex = NULL;
			break;
		}
		printf("= %s\n", argv[i]);
		print_page(lex, &doc, strcmp(argv[1], "titles") == 0);
	}
	if (!lex)
		fprintf(stderr, "flat: %s\n", err.text);
	ch_arena_free(&arena);
	ch_arena_free(&tables);
	return lex ? EXIT_SUCCESS : EXIT_FAILURE;
}
