/* Logical subjects and objects, on trees given by hand. A case is "form/upos/xpos/head/deprel" words; the first number is the verb asked about
 * (from 1), then its subject and its object (0: none). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "doc/conllu.h"
#include "event/setting.h"
#include "event/tree.h"

static void read_tree(struct ch_doc *doc, struct ch_arena *arena, const char *words)
{
	struct ch_str rest = ch_str_z(words), word;
	struct ch_str file = CH_STR("");
	struct ch_err err = { "" };
	unsigned id = 0;

	while (ch_str_cut(&rest, ' ', &word)) {
		struct ch_str f[5] = { { "", 0 } };

		for (int i = 0; i < 5; i++)
			assert_true(ch_str_cut(&word, '/', &f[i]));
		file = ch_arena_printf(arena, "%.*s%u\t%.*s\t%.*s\t%.*s\t%.*s\t_\t%.*s\t%.*s\t_\t_\n", CH_STR_ARG(file), ++id,
				       CH_STR_ARG(f[0]), CH_STR_ARG(f[0]), CH_STR_ARG(f[1]), CH_STR_ARG(f[2]), CH_STR_ARG(f[3]), CH_STR_ARG(f[4]));
	}
	if (!ch_conllu_read(doc, arena, file, &err))
		fail_msg("%s", err.text);
	assert_null(ch_doc_check(doc));
}

static const struct {
	const char *words;
	unsigned verb, subject, object;
} cases[] = {
	/* active, passive */
	{ "Sadat/PROPN/NNP/2/nsubj visited/VERB/VBD/0/root Jerusalem/PROPN/NNP/2/obj", 2, 1, 3 },
	{ "Treaty/NOUN/NN/3/nsubj:pass was/AUX/VBD/3/aux:pass signed/VERB/VBN/0/root by/ADP/IN/5/case Egypt/PROPN/NNP/3/obl:agent", 3, 5, 1 },
	{ "Treaty/NOUN/NN/3/nsubj:pass was/AUX/VBD/3/aux:pass signed/VERB/VBN/0/root by/ADP/IN/5/case Egypt/PROPN/NNP/3/obl", 3, 5, 1 },
	{ "Pact/NOUN/NN/3/nsubj:pass was/AUX/VBD/3/aux:pass signed/VERB/VBN/0/root in/ADP/IN/5/case Rome/PROPN/NNP/3/obl "
	  "by/ADP/IN/7/case Spain/PROPN/NNP/5/nmod", 3, 7, 1 },
	/* participles */
	{ "Pact/NOUN/NN/5/nsubj signed/VERB/VBN/1/acl by/ADP/IN/4/case Spain/PROPN/NNP/2/obl:agent holds/VERB/VBZ/0/root", 2, 4, 1 },
	{ "Envoys/NOUN/NNS/4/nsubj visiting/VERB/VBG/1/acl Rome/PROPN/NNP/2/obj left/VERB/VBD/0/root", 2, 1, 3 },
	{ "Chad/PROPN/NNP/3/nsubj:pass then/ADV/RB/3/advmod called/VERB/VBN/0/root on/ADP/IN/5/case Mali/PROPN/NNP/3/obl", 3, 1, 0 },
	{ "Blix/PROPN/NNP/0/root envoy/NOUN/NN/1/appos asked/VERB/VBN/1/acl Iraq/PROPN/NNP/3/obj", 3, 1, 4 },
	{ "Blix/PROPN/NNP/0/root ,/PUNCT/,/1/punct asked/VERB/VBD/1/acl Iraq/PROPN/NNP/3/obj", 3, 1, 4 },   /* hung too low */
	/* relative clauses */
	{ "Envoy/NOUN/NN/5/nsubj who/PRON/WP/3/nsubj met/VERB/VBD/1/acl:relcl Tito/PROPN/NNP/3/obj left/VERB/VBD/0/root", 3, 1, 4 },
	{ "Envoy/NOUN/NN/5/nsubj whom/PRON/WP/4/obj Tito/PROPN/NNP/4/nsubj met/VERB/VBD/1/acl:relcl left/VERB/VBD/0/root", 4, 3, 1 },
	/* control and raising */
	{ "Iran/PROPN/NNP/2/nsubj wants/VERB/VBZ/0/root to/PART/TO/4/mark visit/VERB/VB/2/xcomp Oman/PROPN/NNP/4/obj", 4, 1, 5 },
	{ "Iran/PROPN/NNP/2/nsubj urged/VERB/VBD/0/root Oman/PROPN/NNP/2/obj to/PART/TO/5/mark leave/VERB/VB/2/xcomp", 5, 3, 0 },
	{ "Iran/PROPN/NNP/3/nsubj:pass is/AUX/VBZ/3/aux:pass expected/VERB/VBN/0/root to/PART/TO/5/mark sign/VERB/VB/3/xcomp it/PRON/PRP/5/obj", 5, 1, 6 },
	/* coordination */
	{ "Mali/PROPN/NNP/2/nsubj met/VERB/VBD/0/root Chad/PROPN/NNP/2/obj and/CCONJ/CC/5/cc thanked/VERB/VBD/2/conj Togo/PROPN/NNP/5/obj", 5, 1, 6 },
	/* a place in front */
	{ "In/ADP/IN/2/case Rome/PROPN/NNP/5/obl ,/PUNCT/,/4/punct Mali/PROPN/NNP/2/conj met/VERB/VBD/0/root Chad/PROPN/NNP/5/obj", 5, 4, 6 },
	{ "In/ADP/IN/2/case Rome/PROPN/NNP/5/obl and/CCONJ/CC/4/cc Bonn/PROPN/NNP/2/conj met/VERB/VBD/0/root Chad/PROPN/NNP/5/obj", 5, 0, 6 },
	/* nobody */
	{ "Sign/VERB/VB/0/root here/ADV/RB/1/advmod", 1, 0, 0 },
};

static void logical_arguments(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_arena arena = { 0 };
		struct ch_doc doc;
		uint32_t subject, object;

		read_tree(&doc, &arena, cases[i].words);
		subject = ch_tree_subject(&doc, cases[i].verb - 1);
		object = ch_tree_object(&doc, cases[i].verb - 1);
		if (subject + 1 != cases[i].subject)
			fail_msg("case %zu: subject %u, want %u", i, subject + 1, cases[i].subject);
		if (object + 1 != cases[i].object)
			fail_msg("case %zu: object %u, want %u", i, object + 1, cases[i].object);
		ch_arena_free(&arena);
	}
}

/* "He said on Monday that Mali will visit Chad in May": the visit is in May, the saying on Monday. */
static void a_date_belongs_to_its_own_clause(void **state)
{
	struct ch_arena arena = { 0 };
	struct ch_doc doc;

	(void)state;
	read_tree(&doc, &arena, "He/PRON/PRP/2/nsubj said/VERB/VBD/0/root on/ADP/IN/4/case Monday/PROPN/NNP/2/obl that/SCONJ/IN/8/mark "
		  "Mali/PROPN/NNP/8/nsubj will/AUX/MD/8/aux visit/VERB/VB/2/ccomp Chad/PROPN/NNP/8/obj in/ADP/IN/11/case May/PROPN/NNP/8/obl");
	*CH_PUSH(&arena, &doc.times) = (struct ch_time){ .first = 3, .past = 4, .lo = 1, .hi = 1 };
	assert_int_equal(ch_setting_time(&doc, 7), CH_NONE);
	*CH_PUSH(&arena, &doc.times) = (struct ch_time){ .first = 10, .past = 11, .lo = 2, .hi = 3 };
	assert_int_equal(ch_setting_time(&doc, 7), 1);
	assert_int_equal(ch_setting_time(&doc, 1), 0);
	ch_arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(logical_arguments),
		cmocka_unit_test(a_date_belongs_to_its_own_clause),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
