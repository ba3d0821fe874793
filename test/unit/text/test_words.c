/* The word tables that tool/wordtable.c makes: look-ups, capitals, values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "text/text_words.h"
#include "when/when_words.h"

static void test_find(void **state)
{
	(void)state;
	assert_non_null(ch_words_find(&text_words, CH_STR("Mr.")));
	assert_non_null(ch_words_find(&text_words, CH_STR("MR.")));
	assert_null(ch_words_find(&text_words, CH_STR("Mr")));
	assert_null(ch_words_find(&text_words, CH_STR("")));
	assert_null(ch_words_find(
		&text_words, CH_STR("a-word-that-is-longer-than-any-that-a-list-may-hold-and-then-a-little-longer")));
	/* a curly apostrophe is an apostrophe */
	assert_non_null(ch_words_find(&text_words, CH_STR("’em")));
}

static void test_capitals(void **state)
{
	(void)state;
	assert_non_null(ch_words_cased(&text_words, CH_STR("Sat."), TEXT_WORDS_ENDING));
	assert_null(ch_words_cased(&text_words, CH_STR("sat."), TEXT_WORDS_ENDING));
	assert_non_null(ch_words_cased(&text_words, CH_STR("etc."), TEXT_WORDS_ENDING));
	assert_non_null(ch_words_cased(&text_words, CH_STR("ETC."), TEXT_WORDS_ENDING));
	assert_null(ch_words_cased(&text_words, CH_STR("etc."), TEXT_WORDS_TITLE));
}

static void test_values(void **state)
{
	const struct ch_word *w = ch_words_find(&when_words, CH_STR("second"));

	(void)state;
	assert_int_equal(ch_word_sense(&when_words, w, WHEN_WORDS_ORDINAL)->number, 2);
	assert_string_equal(ch_word_sense(&when_words, w, WHEN_WORDS_UNIT)->value, "TS");
	assert_null(ch_word_sense(&when_words, w, WHEN_WORDS_MONTH));
	assert_null(ch_word_sense(&when_words, NULL, WHEN_WORDS_MONTH));
	assert_int_equal(ch_words_cased(&text_words, CH_STR("cannot"), TEXT_WORDS_CONTRACTION)->number, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_capitals),
		cmocka_unit_test(test_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
