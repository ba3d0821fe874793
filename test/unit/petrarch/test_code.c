/* Events by dictionaries, on trees given by hand: a word is "form/upos/xpos/head/deprel". */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "doc/conllu.h"
#include "petrarch/code.h"

static const char actors[] = "SYLDAVIA [SYL]\n+SYLDAVIAN\nBORDURIA [BOR]\nRURITANIA [RUR]\nTINTIN [NGO <950101]\n\t[SYLGOV 950101-991231]\n\t[SYL]\n"
			     "TWIN_ISLES [EST/WST]\nBORDURIA TELEVISION [BORTV]\n";
static const char agents[] = "POLICE {} [~COP]\nMINISTER [~GOV]\nENVOY [~GOV]\nMSF {} [NGO~]\n";
static const char discards[] = "+world cup\nbaseball\n";
static const char verbs[] =
	"&TIE\n+TIE\n+LINK\n--- VISIT [032:033] ---\nVISIT\n- % * [040]\n"
	"--- CUT [1] ---\nCUT {CUTS CUT}\n+CUT_OFF\n- * DIPLOMATIC_&TIE [2]\n- * &TIE [3]\n- NOT * [4]\n- FORMALLY_* [5]\n"
	"--- TAKE [---] ---\nTAKE {TOOK TAKEN}\n- + WAS * BY $ [6]\n- * MONEY FROM $ [7]\n- * THEIR ^ TO + [8]\n- * {STATE SECRETS} [9]\n- * (FROM OFFICE) [10]\n"
	"--- SAY [20] ---\nSAY {SAID}\n--- HIT [30] ---\nHIT\n";

#define SYL "Syldavia/PROPN/NNP/2/nsubj "
#define AND_RUR "and/CCONJ/CC/3/cc Ruritania/PROPN/NNP/1/conj "

static const struct {
	const char *words, *events;
} cases[] = {
	/* the block's code, and the one back */
	{ SYL "visited/VERB/VBD/0/root Borduria/PROPN/NNP/2/obj", "032 SYL>BOR 033 BOR>SYL" },
	/* patterns: joined words, words between, before the verb; longer first */
	{ SYL "cut/VERB/VBD/0/root ties/NOUN/NNS/2/obj with/ADP/IN/5/case Borduria/PROPN/NNP/3/nmod", "3 SYL>BOR" },
	{ SYL "cut/VERB/VBD/0/root diplomatic/ADJ/JJ/4/amod ties/NOUN/NNS/2/obj with/ADP/IN/6/case Borduria/PROPN/NNP/4/nmod", "2 SYL>BOR" },
	{ SYL "cut/VERB/VBD/0/root diplomatic/ADJ/JJ/5/amod trade/NOUN/NN/5/compound links/NOUN/NNS/2/obj with/ADP/IN/7/case Borduria/PROPN/NNP/5/nmod",
	  "3 SYL>BOR" },
	{ "Syldavia/PROPN/NNP/4/nsubj did/AUX/VBD/4/aux not/PART/RB/4/advmod cut/VERB/VB/0/root Borduria/PROPN/NNP/4/obj", "4 SYL>BOR" },
	{ "Syldavia/PROPN/NNP/4/nsubj not/PART/RB/4/advmod really/ADV/RB/4/advmod cut/VERB/VBD/0/root Borduria/PROPN/NNP/4/obj", "4 SYL>BOR" },
	{ "Syldavia/PROPN/NNP/4/nsubj formally/ADV/RB/4/advmod now/ADV/RB/4/advmod cut/VERB/VBD/0/root Borduria/PROPN/NNP/4/obj", "1 SYL>BOR" },
	{ "Syldavia/PROPN/NNP/3/nsubj formally/ADV/RB/3/advmod cut/VERB/VBD/0/root Borduria/PROPN/NNP/3/obj", "5 SYL>BOR" },
	{ SYL "cut/VERB/VBD/0/root off/ADP/RP/2/compound:prt Borduria/PROPN/NNP/2/obj", "1 SYL>BOR" },
	/* no code without a pattern */
	{ SYL "took/VERB/VBD/0/root Borduria/PROPN/NNP/2/obj", "" },
	/* sides that a pattern binds; a source inside a noun phrase */
	{ SYL "took/VERB/VBD/0/root money/NOUN/NN/2/obj from/ADP/IN/5/case Borduria/PROPN/NNP/3/nmod", "7 BOR>SYL" },
	{ SYL "took/VERB/VBD/0/root their/PRON/PRP$/4/nmod:poss case/NOUN/NN/2/obj to/ADP/IN/6/case Ruritania/PROPN/NNP/4/nmod", "8 SYL>RUR" },
	{ "Tintin/PROPN/NNP/3/nsubj:pass was/AUX/VBD/3/aux:pass taken/VERB/VBN/0/root by/ADP/IN/5/case Borduria/PROPN/NNP/3/obl:agent", "6 BOR>SYLGOV" },
	/* groups of PETRARCH 2: a few words between, no more */
	{ SYL "took/VERB/VBD/0/root Bordurian/ADJ/JJ/5/amod state/NOUN/NN/5/compound secrets/NOUN/NNS/2/obj of/ADP/IN/7/case Borduria/PROPN/NNP/5/nmod",
	  "9 SYL>BOR" },
	{ "Syldavia/PROPN/NNP/2/nsubj took/VERB/VBD/0/root Borduria/PROPN/NNP/2/obj from/ADP/IN/6/case its/PRON/PRP$/6/nmod:poss office/NOUN/NN/2/obl",
	  "10 SYL>BOR" },
	/* a passive that says by whom */
	{ "Borduria/PROPN/NNP/3/nsubj:pass was/AUX/VBD/3/aux:pass hit/VERB/VBN/0/root by/ADP/IN/5/case Syldavia/PROPN/NNP/3/obl:agent", "30 SYL>BOR" },
	/* coordination, on either side; a compound one with itself */
	{ "Syldavia/PROPN/NNP/4/nsubj " AND_RUR "hit/VERB/VBD/0/root Borduria/PROPN/NNP/4/obj", "30 SYL>BOR 30 RUR>BOR" },
	{ "Syldavia/PROPN/NNP/4/nsubj " AND_RUR "visited/VERB/VBD/0/root Borduria/PROPN/NNP/4/obj", "040 SYL>RUR 040 RUR>SYL" },
	{ SYL "hit/VERB/VBD/0/root Twin/PROPN/NNP/4/compound Isles/PROPN/NNP/2/obj", "30 SYL>EST 30 SYL>WST" },
	/* agents: behind, before, shared, of nobody; a code is not said twice */
	{ "Syldavian/ADJ/JJ/2/amod police/NOUN/NN/3/nsubj hit/VERB/VBD/0/root Borduria/PROPN/NNP/3/obj", "30 SYLCOP>BOR" },
	{ "MSF/PROPN/NNP/2/compound Syldavia/PROPN/NNP/3/nsubj hit/VERB/VBD/0/root Borduria/PROPN/NNP/3/obj", "30 NGOSYL>BOR" },
	{ "Police/NOUN/NN/6/nsubj and/CCONJ/CC/3/cc ministers/NOUN/NNS/1/conj of/ADP/IN/5/case Syldavia/PROPN/NNP/3/nmod hit/VERB/VBD/0/root "
	  "Borduria/PROPN/NNP/6/obj", "30 SYLCOP>BOR 30 SYLGOV>BOR" },
	{ SYL "hit/VERB/VBD/0/root police/NOUN/NN/2/obj", "30 SYL>---COP" },
	{ "Minister/NOUN/NN/2/nmod:desc Tintin/PROPN/NNP/3/nsubj hit/VERB/VBD/0/root Borduria/PROPN/NNP/3/obj", "30 SYLGOV>BOR" },
	{ "Envoys/NOUN/NNS/7/nsubj of/ADP/IN/3/case Syldavia/PROPN/NNP/1/nmod ,/PUNCT/,/6/punct and/CCONJ/CC/6/cc Ruritania/PROPN/NNP/1/conj hit/VERB/VBD/0/root "
	  "Borduria/PROPN/NNP/7/obj", "30 SYLGOV>BOR 30 RURGOV>BOR" },
	/* a name with words between */
	{ SYL "hit/VERB/VBD/0/root Borduria/PROPN/NNP/5/compound state/NOUN/NN/5/compound television/NOUN/NN/2/obj", "30 SYL>BORTV" },
	/* a clause under a coded verb is not coded; one beside it is */
	{ SYL "said/VERB/VBD/0/root Borduria/PROPN/NNP/4/nsubj hit/VERB/VBD/2/ccomp Ruritania/PROPN/NNP/4/obj", "20 SYL>BOR" },
	{ SYL "hit/VERB/VBD/0/root Borduria/PROPN/NNP/2/obj and/CCONJ/CC/5/cc visited/VERB/VBD/2/conj Ruritania/PROPN/NNP/5/obj",
	  "30 SYL>BOR 032 SYL>RUR 033 RUR>SYL" },
	/* what is said aside between commas is passed over */
	{ "Syldavia/PROPN/NNP/7/nsubj ,/PUNCT/,/5/punct Borduria/PROPN/NNP/5/nmod:poss old/ADJ/JJ/5/amod foe/NOUN/NN/1/appos ,/PUNCT/,/5/punct "
	  "hit/VERB/VBD/0/root Ruritania/PROPN/NNP/7/obj ,/PUNCT/,/7/punct it/PRON/PRP/11/nsubj said/VERB/VBD/7/parataxis", "30 SYL>RUR" },
	/* nobody there, nobody known, the same on both sides */
	{ SYL "hit/VERB/VBD/0/root trees/NOUN/NNS/2/obj", "" },
	{ SYL "hit/VERB/VBD/0/root Syldavia/PROPN/NNP/2/obj", "" },
	/* discards */
	{ SYL "hit/VERB/VBD/0/root Borduria/PROPN/NNP/2/obj at/ADP/IN/5/case baseball/NOUN/NN/2/obl", "" },
	{ SYL "hit/VERB/VBD/0/root Borduria/PROPN/NNP/2/obj at/ADP/IN/6/case World/PROPN/NNP/6/compound Cup/PROPN/NNP/2/obl", "story +world cup" },
};

static void read_tree(struct ch_doc *doc, struct ch_arena *arena, const char *words)
{
	struct ch_str rest = ch_str_z(words), word, file = CH_STR("");
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

static void read_all(struct ch_petrarch *d)
{
	ch_petrarch_init(d);
	ch_petrarch_read(d, CH_PETRARCH_VERBS, CH_STR("verbs"), ch_str_z(verbs));
	ch_petrarch_read(d, CH_PETRARCH_ACTORS, CH_STR("actors"), ch_str_z(actors));
	ch_petrarch_read(d, CH_PETRARCH_AGENTS, CH_STR("agents"), ch_str_z(agents));
	ch_petrarch_read(d, CH_PETRARCH_DISCARDS, CH_STR("discards"), ch_str_z(discards));
	ch_petrarch_finish(d);
	assert_int_equal(d->warnings.n, 0);
}

/* "032 SYL>BOR 033 BOR>SYL", or why the story was discarded. */
static struct ch_str coded(const struct ch_petrarch *d, struct ch_arena *arena, const char *words, const char *day,
			   const struct ch_petrarch_options *options)
{
	struct ch_petrarch_events events;
	struct ch_str out = CH_STR("");
	struct ch_doc doc;

	read_tree(&doc, arena, words);
	doc.meta.published = ch_day_parse(ch_str_z(day));
	ch_petrarch_code(d, &doc, options, arena, &events);
	if (events.discarded.len)
		return ch_arena_printf(arena, "story %.*s", CH_STR_ARG(events.discarded));
	for (uint32_t i = 0; i < events.v.n; i++) {
		const struct ch_petrarch_event *e = &events.v.v[i];

		out = ch_arena_printf(arena, "%.*s%s%.*s %.*s>%.*s", CH_STR_ARG(out), i ? " " : "", CH_STR_ARG(e->cameo), CH_STR_ARG(e->source),
				      CH_STR_ARG(e->target));
	}
	return out;
}

static void test_events(void **state)
{
	struct ch_petrarch d;

	(void)state;
	read_all(&d);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_arena arena = { 0 };
		struct ch_str got = coded(&d, &arena, cases[i].words, "1998-01-01", &ch_petrarch_defaults);

		if (!ch_str_eqz(got, cases[i].events))
			fail_msg("%s: %.*s, not %s", cases[i].words, CH_STR_ARG(got), cases[i].events);
		ch_arena_free(&arena);
	}
	ch_petrarch_free(&d);
}

/* Codes with days: the ends of "<" and ">" do not count, those of a span do; without a date only codes without days. */
static void test_days(void **state)
{
	static const char words[] = "Tintin/PROPN/NNP/2/nsubj hit/VERB/VBD/0/root Borduria/PROPN/NNP/2/obj";
	static const struct {
		const char *day, *events;
	} days[] = {
		{ "1994-12-31", "30 NGO>BOR" }, { "1995-01-01", "30 SYLGOV>BOR" }, { "1999-12-31", "30 SYLGOV>BOR" },
		{ "2000-01-01", "30 SYL>BOR" }, { "", "30 SYL>BOR" },
	};
	struct ch_petrarch d;

	(void)state;
	read_all(&d);
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		struct ch_arena arena = { 0 };
		struct ch_str got = coded(&d, &arena, words, days[i].day, &ch_petrarch_defaults);

		if (!ch_str_eqz(got, days[i].events))
			fail_msg("%s: %.*s", days[i].day, CH_STR_ARG(got));
		ch_arena_free(&arena);
	}
	ch_petrarch_free(&d);
}

static void test_options(void **state)
{
	static const char one[] = SYL "hit/VERB/VBD/0/root old/ADJ/JJ/4/amod trees/NOUN/NNS/2/obj";
	static const char aside[] = "Syldavia/PROPN/NNP/6/nsubj ,/PUNCT/,/5/punct as/SCONJ/IN/5/mark Borduria/PROPN/NNP/5/nsubj knows/VERB/VBZ/6/advcl "
				    "hit/VERB/VBD/0/root Ruritania/PROPN/NNP/6/obj ,/PUNCT/,/10/punct Borduria/PROPN/NNP/10/nsubj said/VERB/VBD/6/parataxis";
	const struct {
		const char *words, *events;
		struct ch_petrarch_options options;
	} all[] = {
		{ one, "", ch_petrarch_defaults },
		{ one, "30 SYL>---", { .require_dyad = false } },
		{ one, "30 SYL>\"OLD TREES\"", { .require_dyad = true, .new_actor_length = 2 } },
		{ one, "", { .require_dyad = true, .new_actor_length = 1 } },
		{ aside, "20 BOR>---", { .require_dyad = false, .comma_min = 9, .comma_max = 9, .comma_bmin = 1, .comma_bmax = 9 } },
	};
	struct ch_petrarch d;

	(void)state;
	read_all(&d);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct ch_arena arena = { 0 };
		struct ch_str got = coded(&d, &arena, all[i].words, "", &all[i].options);

		if (i < 4 && !ch_str_eqz(got, all[i].events))
			fail_msg("%zu: %.*s", i, CH_STR_ARG(got));
		/* the beginning is taken off up to its comma, and with it who hit */
		if (i == 4 && !ch_str_ends(got, ch_str_z(all[i].events)))
			fail_msg("%zu: %.*s", i, CH_STR_ARG(got));
		ch_arena_free(&arena);
	}
	ch_petrarch_free(&d);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_events), cmocka_unit_test(test_days), cmocka_unit_test(test_options),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
