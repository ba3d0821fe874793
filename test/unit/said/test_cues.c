/* The lexicon of cues: forms are made, particles are seen, and each slip is reported with its line and a cure. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "said/cues.h"

static void shipped_lexicon_opens(void **state)
{
	static const struct {
		const char *form, *next;
		uint32_t in, words;
	} cases[] = {
		{ "said", "", CH_CUE_SAY, 1 },
		{ "Stressed", "", CH_CUE_SAY, 1 },
		{ "declares", "that", CH_CUE_SAY, 1 },
		{ "declaring", "", CH_CUE_SAY, 1 },
		{ "testified", "", CH_CUE_SAY, 1 },
		{ "stresses", "", CH_CUE_SAY, 1 },
		{ "pointed", "out", CH_CUE_SAY, 2 },
		{ "made", "clear", CH_CUE_SAY, 2 },
		{ "told", "reporters", CH_CUE_TELL, 1 },
		{ "replied", "", CH_CUE_QUOTE, 1 },
		{ "agencies", "", CH_CUE_MEDIA, 1 },
		{ "headlined", "", CH_CUE_TITLED, 1 },
	};
	struct ch_cues *cues;
	struct ch_err err = { "" };

	(void)state;
	if (!ch_cues_open(&cues, &err))
		fail_msg("%s", err.text);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		uint32_t words, hit = ch_cues_find(cues, ch_str_z(cases[i].form), ch_str_z(cases[i].next), &words);

		if (!(hit & cases[i].in) || words != cases[i].words)
			fail_msg("%s %s: sections %x, %u words", cases[i].form, cases[i].next, hit, words);
	}
	assert_int_equal(ch_cues_find(cues, CH_STR("pointed"), CH_STR("at"), NULL), 0);
	assert_int_equal(ch_cues_find(cues, CH_STR("xyzzy"), CH_STR(""), NULL), 0);
	assert_int_equal(ch_cues_find(cues, CH_STR(""), CH_STR(""), NULL), 0);
	ch_cues_close(cues);
}

static void slips_are_named(void **state)
{
	static const struct {
		const char *text, *line, *cure;
	} cases[] = {
		{ "[say]\nstate\n[sya]\n", "t.txt:3:", "[say]" },
		{ "# first\nstate\n", "t.txt:2:", "section" },
		{ "[say]\nx\n", "t.txt:2:", "one or two words" },
		{ "[say]\none two three\n", "t.txt:2:", "one or two words" },
		{ "[say\n", "t.txt:1:", "section" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_cues *cues = NULL;
		struct ch_err err = { "" };

		assert_false(ch_cues_read(&cues, "t.txt", ch_str_z(cases[i].text), &err));
		assert_null(cues);
		if (!strstr(err.text, cases[i].line) || !strstr(err.text, cases[i].cure))
			fail_msg("case %zu: %s", i, err.text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shipped_lexicon_opens),
		cmocka_unit_test(slips_are_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
