/* CoNLL-U: what is read is written again, sign for sign; what is no CoNLL-U is refused with its line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include "doc/conllu.h"

static const char whole[] = "# text = They don't like Ruritania's plan.\n"
			    "1\tThey\tthey\tPRON\tPRP\tCase=Nom\t4\tnsubj\t_\t_\n"
			    "2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n"
			    "2\tdo\tdo\tAUX\tVBP\tMood=Ind|Tense=Pres\t4\taux\t_\t_\n"
			    "3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_\n"
			    "4\tlike\tlike\tVERB\tVB\t_\t0\troot\t_\t_\n"
			    "5-6\tRuritania's\t_\t_\t_\t_\t_\t_\t_\t_\n"
			    "5\tRuritania\tRuritania\tPROPN\tNNP\t_\t7\tnmod:poss\t_\t_\n"
			    "6\t's\t's\tPART\tPOS\t_\t5\tcase\t_\t_\n"
			    "7\tplan\tplan\tNOUN\tNN\t_\t4\tobj\t_\tSpaceAfter=No\n"
			    "8\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_\n"
			    "\n"
			    "# text = Go!\n"
			    "1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No\n"
			    "2\t!\t!\tPUNCT\t.\t_\t1\tpunct\t_\t_\n"
			    "\n";

static char *written(const struct ch_doc *doc)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	ch_conllu_write(doc, out);
	assert_int_equal(fclose(out), 0);
	return text;
}

static void test_round_trip(void **state)
{
	struct ch_arena a = {0};
	struct ch_err err = {{0}};
	struct ch_doc doc;
	char *got;

	(void)state;
	if (!ch_conllu_read(&doc, &a, ch_str_z(whole), &err))
		fail_msg("%s", err.text);
	assert_null(ch_doc_check(&doc));
	got = written(&doc);
	assert_string_equal(got, whole);
	free(got);
	ch_arena_free(&a);
}

static void test_layers(void **state)
{
	struct ch_arena a = {0};
	struct ch_err err;
	struct ch_doc doc;
	uint32_t first, past;

	(void)state;
	assert_true(ch_conllu_read(&doc, &a, ch_str_z(whole), &err));
	assert_int_equal(doc.sentences.n, 2);
	assert_int_equal(doc.tokens.n, 10);
	assert_true(ch_str_eqz(ch_doc_str(&doc, doc.sentences.v[0].span), "They don't like Ruritania's plan."));
	assert_int_equal(doc.sentences.v[0].root, 3);
	assert_int_equal(doc.tokens.v[1].mwt, 2);
	assert_true(ch_str_eqz(ch_token_str(&doc, 2), "n't"));
	assert_int_equal(doc.tokens.v[4].deprel, CH_DEP_NMOD_POSS);
	assert_int_equal(doc.tokens.v[2].head, 3);
	assert_true(ch_str_eqz(doc.tokens.v[1].feats, "Mood=Ind|Tense=Pres"));
	/* the tree is linked: children in order, subtrees as spans */
	assert_int_equal(doc.tokens.v[3].first_child, 0);
	assert_int_equal(doc.tokens.v[0].next_sibling, 1);
	ch_doc_subtree(&doc, 6, &first, &past);
	assert_int_equal(first, 4);
	assert_int_equal(past, 7);
	assert_int_equal(ch_doc_token_at(&doc, 6), 1);
	assert_int_equal(ch_doc_sentence_at(&doc, doc.sentences.v[1].span.start), 1);
	ch_arena_free(&a);
}

/* Names go into MISC; a sentence without heads is written without tags. */
static void test_write(void **state)
{
	struct ch_arena a = {0};
	struct ch_err err;
	struct ch_doc doc;
	char *got;

	(void)state;
	assert_true(ch_conllu_read(&doc, &a, CH_STR("1\tNew\n2\tYork\n3\tfell\n\n"), &err));
	*CH_PUSH(&a, &doc.names) = (struct ch_name){0, 2, CH_NAME_LOC};
	got = written(&doc);
	assert_string_equal(got, "# text = New York fell\n1\tNew\t_\t_\t_\t_\t_\t_\t_\tNE=B-LOC\n"
				 "2\tYork\t_\t_\t_\t_\t_\t_\t_\tNE=I-LOC\n3\tfell\t_\t_\t_\t_\t_\t_\t_\t_\n\n");
	free(got);
	ch_arena_free(&a);
}

static void test_accepted(void **state)
{
	static const struct {
		const char *file;
		uint32_t sentences, tokens;
	} cases[] = {
		{"", 0, 0},
		{"\n\n# a comment\n\n", 0, 0},
		{"1\ta\n", 1, 1}, /* no newline at the end of the sentence */
		{"1\ta\r\n2\tb\r\n\r\n", 1, 2},
		{"1\ta\n1.1\tghost\n2\tb\n\n1\tc\n\n", 2, 3}, /* an empty node */
	};
	struct ch_arena a = {0};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_err err = {{0}};
		struct ch_doc doc;

		if (!ch_conllu_read(&doc, &a, ch_str_z(cases[i].file), &err))
			fail_msg("case %zu: %s", i, err.text);
		assert_null(ch_doc_check(&doc));
		assert_int_equal(doc.sentences.n, cases[i].sentences);
		assert_int_equal(doc.tokens.n, cases[i].tokens);
		ch_arena_reset(&a);
	}
	ch_arena_free(&a);
}

static void test_refused(void **state)
{
	static const struct {
		const char *file, *says;
	} cases[] = {
		{"1\ta\n3\tb\n", "line 2: word number 2 was due"},
		{"one\ta\n", "line 1: word number 1 was due"},
		{"1\ta\tb\n", "line 1: 3 columns"},
		{"1\n", "line 1: 1 columns"},
		{"1\t\t\n", "line 1: the word has no form"},
		{"1\ta\t_\t_\t_\t_\t7\troot\t_\t_\n\n", "head 7 is beyond the sentence"},
		{"2-1\tab\n", "'2-1' is no range"},
		{"1-99\tab\n", "'1-99' is no range"},
		{"1\t\xFF\n", "not UTF-8"},
	};
	struct ch_arena a = {0};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_err err = {{0}};
		struct ch_doc doc;

		if (ch_conllu_read(&doc, &a, ch_str_z(cases[i].file), &err))
			fail_msg("case %zu was read", i);
		if (!strstr(err.text, cases[i].says))
			fail_msg("case %zu says '%s'", i, err.text);
		ch_arena_reset(&a);
	}
	ch_arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip), cmocka_unit_test(test_layers),  cmocka_unit_test(test_write),
		cmocka_unit_test(test_accepted),   cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
