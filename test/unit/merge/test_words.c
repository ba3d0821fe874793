/* Words of a text, what a copy altered. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "merge/alter.h"
#include "texts.h"

static struct ch_words words(struct ch_arena *arena, const char *text)
{
	struct ch_str piece = ch_str_z(text);
	struct ch_words w;

	ch_words_read(&w, arena, &piece, 1);
	return w;
}

static void what_is_counted(void **state)
{
	static const struct {
		const char *text;
		uint32_t words, terms, names, numbers, quotes;
	} cases[] = {
		{ "", 0, 0, 0, 0, 0 },
		{ "Talks went on.", 3, 1, 0, 0, 0 },                        /* a first word is no name for its capital */
		{ "The envoy Tomas Quell left. Quell came back.", 8, 3, 2, 0, 0 },
		{ "In 2016, 4,200 people, 4200 of them; 7 fell", 9, 3, 0, 2, 0 },   /* one number in two spellings; 7 is too common */
		{ "He said: \"We want peace and quiet\" and \"no\".", 9, 2, 0, 0, 1 },
		{ "\xC2\xABNous voulons la paix\xC2\xBB", 4, 1, 0, 0, 1 },
		{ "\xE5\xA4\x96\xE4\xBA\xA4\xE9\x83\xA8\xE9\x95\xBF", 4, 3, 0, 0, 0 },   /* four characters, three pairs of them */
		{ "\xFF\xFE broken \x80", 1, 1, 0, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_arena arena = { 0 };
		struct ch_words w = words(&arena, cases[i].text);

		if (w.n != cases[i].words || w.terms.n != cases[i].terms || w.names.n != cases[i].names ||
		    w.numbers.n != cases[i].numbers || w.quote_facts.n != cases[i].quotes)
			fail_msg("'%s': %u words, %u terms, %u names, %u numbers, %u quotations", cases[i].text, w.n, w.terms.n, w.names.n,
				 w.numbers.n, w.quote_facts.n);
		ch_arena_free(&arena);
	}
}

static void setting_does_not_matter(void **state)
{
	struct ch_arena arena = { 0 };
	struct ch_str split[] = { CH_STR("The two sides  signed"), CH_STR("an \"accord\", in Sevran!") };
	struct ch_words a = words(&arena, "the two sides signed an accord in SEVRAN"), b;

	(void)state;
	ch_words_read(&b, &arena, split, 2);
	assert_true(a.exact == b.exact);
	assert_int_equal(ch_hashes_common(&a.shingles, &b.shingles), a.shingles.n);
	assert_int_equal(a.shingles.n, 6);
	b = words(&arena, "the two sides signed an accord in Marisk");
	assert_true(a.exact != b.exact);
	assert_int_equal(ch_hashes_common(&a.shingles, &b.shingles), 5);
	ch_arena_free(&arena);
}

static void what_was_altered(void **state)
{
	struct ch_arena arena = { 0 };
	struct ch_words a = words(&arena, "It carries 310 lorries and 4,200 people. \"We waited for this day,\" she said."),
			b = words(&arena, "It carries 130 lorries and 4200 people. \"We waited for this hour,\" she said in 2016.");
	struct ch_alteration alt;

	(void)state;
	ch_alteration_of(&alt, &arena, &a, &a);
	assert_true(alt.kept == 1 && alt.own == 0 && !alt.n_numbers_lost && !alt.n_quotes_new);
	ch_alteration_of(&alt, &arena, &a, &b);
	assert_true(alt.kept > 0.2 && alt.kept < 0.8);
	assert_int_equal(alt.n_numbers_lost, 1);
	assert_true(ch_str_eqz(alt.numbers_lost[0], "310"));
	assert_int_equal(alt.n_numbers_new, 2);
	assert_true(ch_str_eqz(alt.numbers_new[0], "130") && ch_str_eqz(alt.numbers_new[1], "2016"));
	assert_true(ch_str_eqz(alt.quotes_lost[0], "We waited for this day,"));
	assert_true(ch_str_eqz(alt.quotes_new[0], "We waited for this hour,"));
	ch_arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_counted), cmocka_unit_test(setting_does_not_matter), cmocka_unit_test(what_was_altered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
