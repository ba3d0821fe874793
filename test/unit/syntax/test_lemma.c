/* Lemmas of words that no treebank had: the rule of the encoder is taken at its worst (the form as it is), so that what is right
 * is the work of the lexicon and of the stems. */
#include "syntax/inflect.h"
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#define MODEL CH_SOURCE_DIR "/model/syntax.bin"

static const struct {
	const char *form, *proposed;
	unsigned upos, xpos;
	const char *want;
} words[] = {
	/* irregular */
	{ "froze", "froze", CH_UPOS_VERB, CH_XPOS_VBD, "freeze" },
	{ "froze", "froze", CH_UPOS_VERB, CH_XPOS_VBP, "freeze" },
	{ "overthrown", "overthrown", CH_UPOS_VERB, CH_XPOS_VBN, "overthrow" },
	{ "re-wrote", "re-wrote", CH_UPOS_VERB, CH_XPOS_VBD, "re-write" },
	{ "lay", "lay", CH_UPOS_VERB, CH_XPOS_VBD, "lie" },
	{ "lay", "lay", CH_UPOS_VERB, CH_XPOS_VB, "lay" },
	{ "vying", "vy", CH_UPOS_VERB, CH_XPOS_VBG, "vie" },
	{ "gunmen", "gunmen", CH_UPOS_NOUN, CH_XPOS_NNS, "gunman" },
	{ "referenda", "referenda", CH_UPOS_NOUN, CH_XPOS_NNS, "referendum" },
	{ "headquarters", "headquarter", CH_UPOS_NOUN, CH_XPOS_NNS, "headquarters" },
	{ "worst", "worst", CH_UPOS_ADJ, CH_XPOS_JJS, "bad" },
	/* regular, where the stem must be a word */
	{ "vetoed", "vetoe", CH_UPOS_VERB, CH_XPOS_VBD, "veto" },
	{ "vetoes", "vetoe", CH_UPOS_VERB, CH_XPOS_VBZ, "veto" },
	{ "telephoned", "telephon", CH_UPOS_VERB, CH_XPOS_VBD, "telephone" },
	{ "telephoning", "telephon", CH_UPOS_VERB, CH_XPOS_VBG, "telephone" },
	{ "torpedoed", "torpedoe", CH_UPOS_VERB, CH_XPOS_VBN, "torpedo" },
	{ "banned", "bann", CH_UPOS_VERB, CH_XPOS_VBD, "ban" },
	{ "expelled", "expell", CH_UPOS_VERB, CH_XPOS_VBD, "expel" },
	{ "shelled", "shelled", CH_UPOS_VERB, CH_XPOS_VBD, "shell" },
	{ "rated", "rat", CH_UPOS_VERB, CH_XPOS_VBN, "rate" },
	{ "ratified", "ratifi", CH_UPOS_VERB, CH_XPOS_VBD, "ratify" },
	{ "sanctioned", "sanctione", CH_UPOS_VERB, CH_XPOS_VBD, "sanction" },
	{ "agreed", "agre", CH_UPOS_VERB, CH_XPOS_VBD, "agree" },
	{ "co-chaired", "co-chaire", CH_UPOS_VERB, CH_XPOS_VBD, "co-chair" },
	{ "embassies", "embassies", CH_UPOS_NOUN, CH_XPOS_NNS, "embassy" },
	{ "crashes", "crashe", CH_UPOS_NOUN, CH_XPOS_NNS, "crash" },
	{ "phases", "phas", CH_UPOS_NOUN, CH_XPOS_NNS, "phase" },
	{ "buses", "buse", CH_UPOS_NOUN, CH_XPOS_NNS, "bus" },
	{ "Azerbaijanis", "Azerbaijani", CH_UPOS_NOUN, CH_XPOS_NNS, "Azerbaijani" },
	{ "barest", "bar", CH_UPOS_ADJ, CH_XPOS_JJS, "bare" },
	{ "murkier", "murki", CH_UPOS_ADJ, CH_XPOS_JJR, "murky" },
	/* nothing to say: the proposal stands */
	{ "1950s", "1950s", CH_UPOS_NOUN, CH_XPOS_NNS, "1950s" },
	{ "froze", "x", CH_UPOS_PROPN, CH_XPOS_NNP, "x" },
	{ "s", "s", CH_UPOS_NOUN, CH_XPOS_NNS, "s" },
	{ "ed", "ed", CH_UPOS_VERB, CH_XPOS_VBD, "ed" },
	{ "-", "-", CH_UPOS_VERB, CH_XPOS_VBD, "-" },
	{ "-ed", "-ed", CH_UPOS_VERB, CH_XPOS_VBD, "-ed" },
	{ "zzxqed", "zzxq", CH_UPOS_VERB, CH_XPOS_VBD, "zzxq" },
};

static void test_lemmas(void **state)
{
	(void)state;
	struct ch_model *m = NULL;
	struct ch_err err = { "" };
	struct ch_arena a;
	ch_arena_init(&a);
	if (!ch_model_open(MODEL, &m, &err))
		fail_msg("%s", err.text);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct ch_str form = ch_str_z(words[i].form);
		struct ch_str got = ch_inflect_lemma(m, &a, form, ch_str_z(words[i].proposed), words[i].upos, words[i].xpos);
		if (!ch_str_eqz(got, words[i].want))
			fail_msg("%s: '%.*s', not '%s'", words[i].form, CH_STR_ARG(got), words[i].want);
	}
	assert_true(ch_str_eqz(ch_inflect_override(CH_STR("troops"), CH_UPOS_NOUN), "troop"));
	assert_null(ch_inflect_override(CH_STR("troops"), CH_UPOS_VERB).ptr);
	ch_arena_free(&a);
	ch_model_close(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_lemmas) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
