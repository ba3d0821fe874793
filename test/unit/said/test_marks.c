/* Quotation marks: every typography, several paragraphs, and what must not swallow the page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include "said/marks.h"

/* A text ("\n\n" parts paragraphs) and what stands between its outermost marks, "|" between two. */
static const struct {
	const char *text, *contents;
} cases[] = {
	{ "\"We will sign,\" the envoy said.", "We will sign," },
	{ "“We will sign,” the envoy said. “It is late.”", "We will sign,|It is late." },
	{ "\"We will sign,” the envoy said.", "We will sign," },                        /* opens straight, closes curly */
	{ "„We will sign“, the envoy said.", "We will sign" },
	{ "«We will sign», the envoy said.", "We will sign" },
	{ "»We will sign«, the envoy said.", "We will sign" },
	{ "``We will sign,'' the envoy said.", "We will sign," },
	{ "‘We will sign,’ the envoy said.", "We will sign," },
	{ "'We will sign,' the envoy said.", "We will sign," },
	{ "‘It’s the governments’ task to act,’ she said.", "It’s the governments’ task to act," },
	{ "The governments' task is the parties' task.", "" },                           /* apostrophes all */
	{ "Azerbaijan`s envoy met Georgia`s.", "" },
	{ "In the '90s they met 'em twice.", "" },
	{ "A 5\" gun stood there.", "" },
	{ "“He told me ‘never’ twice,” she said.", "He told me ‘never’ twice," },        /* nested */
	{ "“He wrote “no” on it,” she said.", "He wrote “no” on it," },
	{ "“First.\n\n“Second.\n\n“Third,” he said.", "First.\n\n“Second.\n\n“Third," }, /* a mark on each paragraph */
	{ "He wrote: “First.\n\nSecond.\n\nThird.”\n\nThe end.", "First.\n\nSecond.\n\nThird." },   /* a letter */
	{ "He said: “All is lost.\n\nThe talks went on.\n\n“We sign,” she said.", "All is lost.|We sign," },
	{ "The “treaty was torn.\n\nThe talks went on “well”.", "well" },                 /* a lost mark inside a clause is dropped */
	{ "“All, he said. “Now,” he added.", "Now," },                                    /* the inner pair was the real one */
	{ "They spoke ” of it. “Now,” he added.", "Now," },
	{ "“”", "" },
	{ "“ We sign. ” he said.", "We sign." },
};

static void pairs(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_arena arena = { 0 };
		struct ch_doc doc;
		struct ch_quotations q = { 0 };
		struct ch_err err = { "" };
		char got[512] = "";
		size_t n = 0;

		if (!ch_doc_from_text(&doc, &arena, ch_str_z(cases[i].text), false, &err))
			fail_msg("%s", err.text);
		ch_marks_pair(&doc, &q);
		for (uint32_t k = 0; k < q.q.n; k++) {
			struct ch_str s = ch_doc_str(&doc, q.q.v[k].content);

			n += (size_t)snprintf(got + n, sizeof got - n, "%s%.*s", k ? "|" : "", CH_STR_ARG(s));
			assert_true(q.q.v[k].marks.start <= q.q.v[k].content.start && q.q.v[k].content.end <= q.q.v[k].marks.end);
		}
		if (strcmp(got, cases[i].contents) != 0)
			fail_msg("case %zu: %s\n  got  %s\n  want %s", i, cases[i].text, got, cases[i].contents);
		ch_arena_free(&arena);
	}
}

static void title_is_left_out(void **state)
{
	struct ch_arena arena = { 0 };
	struct ch_doc doc;
	struct ch_quotations q = { 0 };

	(void)state;
	assert_true(ch_doc_from_text(&doc, &arena, CH_STR("“We sign”\n\nThe “whole” text."), false, NULL));
	doc.blocks.v[0].kind = CH_BLOCK_TITLE;
	ch_marks_pair(&doc, &q);
	assert_int_equal(q.q.n, 1);
	assert_true(ch_str_eqz(ch_doc_str(&doc, q.q.v[0].content), "whole"));
	ch_arena_free(&arena);
}

/* A hundred thousand opening marks end in time, and in no quotation. */
static void openers_without_end(void **state)
{
	struct ch_arena arena = { 0 };
	struct ch_doc doc;
	struct ch_quotations q = { 0 };
	size_t n = 100000;
	char *text = malloc(5 * n);

	(void)state;
	for (size_t i = 0; i < n; i++)
		memcpy(text + 5 * i, " “a", 5);
	assert_true(ch_doc_from_text(&doc, &arena, ch_str_n(text, 5 * n), false, NULL));
	ch_marks_pair(&doc, &q);
	assert_true(q.q.n <= 1);
	ch_arena_free(&arena);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pairs),
		cmocka_unit_test(title_is_left_out),
		cmocka_unit_test(openers_without_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
