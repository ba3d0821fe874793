/* What the tests of page/ share: read one page, look into what came of it. */
#ifndef PAGE_TEST_H
#define PAGE_TEST_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include "page/page_priv.h"

struct fixture {
	struct ch_arena tables, arena;
	const struct ch_page_lexicon *lex;
	struct ch_doc doc;
};

static inline int set_up(void **state)
{
	struct fixture *f = ch_xrealloc(NULL, sizeof *f);
	struct ch_err err;

	memset(f, 0, sizeof *f);
	f->lex = ch_page_lexicon_new(&f->tables, &err);
	*state = f;
	if (!f->lex)
		fprintf(stderr, "%s\n", err.text);
	return f->lex ? 0 : -1;
}

static inline int tear_down(void **state)
{
	struct fixture *f = *state;

	ch_arena_free(&f->tables);
	ch_arena_free(&f->arena);
	free(f);
	return 0;
}

/* The page lives in the arena until the next one is read. */
static inline struct ch_doc *read_page(struct fixture *f, struct ch_str page)
{
	const char *wrong;

	ch_arena_reset(&f->arena);
	ch_doc_init(&f->doc, &f->arena);
	f->doc.path = CH_STR("test");
	f->doc.raw = ch_arena_str(&f->arena, page);
	ch_page_read_with(f->lex, &f->doc);
	wrong = ch_doc_check(&f->doc);
	if (wrong)
		fail_msg("%s", wrong);
	return &f->doc;
}

/* The blocks of the body, "|" between them, as a C string in the arena. */
static inline const char *body_of(struct fixture *f)
{
	struct ch_str all = { "", 0 };

	for (uint32_t i = 0; i < f->doc.blocks.n; i++)
		if (f->doc.blocks.v[i].kind != CH_BLOCK_TITLE)
			all = ch_arena_printf(&f->arena, "%.*s%s%.*s", CH_STR_ARG(all), all.len ? "|" : "",
					      CH_STR_ARG(ch_doc_str(&f->doc, f->doc.blocks.v[i].span)));
	return ch_arena_z(&f->arena, all);
}

static inline const char *z(struct fixture *f, struct ch_str s)
{
	return s.len ? ch_arena_z(&f->arena, s) : "";
}

static inline const char *day_z(struct fixture *f, ch_day day)
{
	char out[16];

	return ch_arena_z(&f->arena, ch_str_z(ch_day_print(day, out)));
}

/* The reason beside the rejected piece that holds `text`; "" where none does. */
static inline const char *reason_of(struct fixture *f, const char *text)
{
	for (uint32_t i = 0; i < f->doc.rejected.n; i++)
		if (ch_str_find(f->doc.rejected.v[i].text, ch_str_z(text), 0) != CH_STR_NONE)
			return f->doc.rejected.v[i].reason;
	return "";
}
#endif
