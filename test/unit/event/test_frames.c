/* The frame lexicon: what is shipped opens, and each kind of slip is reported with its line and a cure. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "event/frames.h"

static void shipped_lexicon_opens(void **state)
{
	struct ch_frames *f;
	struct ch_err err = { "" };
	const struct ch_pattern *p;

	(void)state;
	if (!ch_frames_open(&f, &err))
		fail_msg("%s", err.text);
	p = ch_frames_of(f, CH_UPOS_VERB, CH_STR("visit"));
	assert_non_null(p);
	assert_int_equal(f->frames.v[p->frame].type, CH_EV_CONSULT);
	assert_null(ch_frames_of(f, CH_UPOS_VERB, CH_STR("xyzzy")));
	assert_non_null(ch_frames_class(f, "LIGHT"));
	for (uint32_t i = 0; i < f->frames.n; i++) {
		bool fires = false, misses = false;

		for (uint32_t k = 0; k < f->examples.n; k++)
			if (f->examples.v[k].frame == i)
				*(f->examples.v[k].fires ? &fires : &misses) = true;
		if (!misses)
			fail_msg("%s:%u: frame %s has no sentence that must not fire it", f->frames.v[i].file, f->frames.v[i].line, f->frames.v[i].name);
	}
	ch_frames_close(f);
}

static void patterns_of_one_word_keep_their_order(void **state)
{
	static const struct ch_embedded file = { "lexicon/frames/t.txt", { "frame a SUPPORT\n verb back\n  source subj\n  target obj\n"
		"frame b REJECT\n verb back\n  source obj\n", 85 } };
	struct ch_embedded one = { file.path, ch_str_z(file.text.ptr) };
	struct ch_frames *f;
	struct ch_err err = { "" };
	const struct ch_pattern *p;

	(void)state;
	assert_true(ch_frames_parse(&f, &one, 1, &err));
	p = ch_frames_of(f, CH_UPOS_VERB, CH_STR("back"));
	assert_string_equal(f->frames.v[p->frame].name, "a");
	p = ch_frames_next(f, p);
	assert_string_equal(f->frames.v[p->frame].name, "b");
	assert_int_equal(p->source.v[0].kind, CH_PATH_OBJ);
	assert_null(ch_frames_next(f, p));
	ch_frames_close(f);
}

static void slips_name_line_and_cure(void **state)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{ "frame a SUPORT\n", "lexicon/frames/t.txt:1: no PLOVER type is called 'SUPORT'; see docs/ontology.md for the sixteen" },
		{ "frame a\n", "lexicon/frames/t.txt:1: a frame needs a name and a type" },
		{ "\n verb visit\n", "lexicon/frames/t.txt:2: a pattern stands before any 'frame'" },
		{ "frame a AID\n verb @NONE\n", "lexicon/frames/t.txt:2: no such class '@NONE'" },
		{ "frame a AID\n verb give\n  sorce subj\n", "lexicon/frames/t.txt:3: unknown word 'sorce'; one of: class frame" },
		{ "frame a AID\n verb give\n  target to\nframe b AID\n", "lexicon/frames/t.txt:4: the pattern above this line has no 'source'" },
		{ "frame a AID\n  source subj\n", "lexicon/frames/t.txt:2: this needs a pattern above it: 'source'" },
		{ "frame a AID\n verb give\n  source subj\n  place moon\n", "lexicon/frames/t.txt:4: unknown word 'moon'" },
		{ "frame a AID\nframe a AID\n", "lexicon/frames/t.txt:2: two frames are named 'a'" },
		{ "frame a AID\n verb give\n  source\n", "lexicon/frames/t.txt:3: no path behind 'source, target or swallow'" },
		{ "frame a AID\n verb\n", "lexicon/frames/t.txt:2: no trigger words behind" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_embedded one = { "lexicon/frames/t.txt", ch_str_z(cases[i].text) };
		struct ch_frames *f;
		struct ch_err err = { "" };

		if (ch_frames_parse(&f, &one, 1, &err))
			fail_msg("case %zu was taken", i);
		if (strncmp(err.text, cases[i].message, strlen(cases[i].message)))
			fail_msg("case %zu: %s", i, err.text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shipped_lexicon_opens),
		cmocka_unit_test(patterns_of_one_word_keep_their_order),
		cmocka_unit_test(slips_name_line_and_cure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
