/* Dictionaries of the field: what each line becomes, which lines are named as not taken, what a file is taken for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "base/day.h"
#include "petrarch/dict.h"

static void test_codes(void **state)
{
	static const struct {
		const char *text, *code, *from, *to;
		bool ok;
	} cases[] = {
		{ "SYLGOV", "SYLGOV", "", "", true },
		{ " SYLGOV 030701-031231 ", "SYLGOV", "2003-07-01", "2003-12-31", true },
		{ "SYLGOV 19950601 - 19990815", "SYLGOV", "1995-06-01", "1999-08-15", true },
		{ "SYL <911226", "SYL", "", "1991-12-26", true },
		{ "SYLELI > 20130119", "SYLELI", "2013-01-19", "", true },
		{ "SYL>990816", "SYL", "1999-08-16", "", true },
		{ "SYL 031301-040101", NULL, NULL, NULL, false },
		{ "SYL 040101-030101", NULL, NULL, NULL, false },
		{ "SYL soon", NULL, NULL, NULL, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_petrarch_code c;
		char day[16];

		if (ch_petrarch_read_code(ch_str_z(cases[i].text), &c) != cases[i].ok)
			fail_msg("%s", cases[i].text);
		if (!cases[i].ok)
			continue;
		assert_true(ch_str_eqz(c.code, cases[i].code));
		assert_string_equal(c.from == INT32_MIN ? "" : ch_day_print(c.from, day), cases[i].from);
		assert_string_equal(c.to == INT32_MAX ? "" : ch_day_print(c.to, day), cases[i].to);
		assert_int_equal(c.dated, *cases[i].from || *cases[i].to);
	}
}

static void test_guess(void **state)
{
	static const struct {
		const char *text;
		enum ch_petrarch_kind kind;
	} cases[] = {
		{ "# verbs\n--- VISIT [032] ---\nVISIT\n- * FOR TALKS [031]\n", CH_PETRARCH_VERBS },
		{ "--- VISIT [032] ---\nVISIT\nTRAVEL\n", CH_PETRARCH_VERBS },
		{ "VISIT_ [032] ;tabari\n- * TALKS_ [031]\n", CH_PETRARCH_VERBS },
		{ "--- VISIT [032] ---\nVISIT\n- * (FOR TALKS) [031]\n- * {STATE VISIT} [042]\n", CH_PETRARCH_VERBS_2 },
		{ "SYLDAVIA [SYL]\n+SYLDAVIAN\nZOGRAD\n\t[SYLGOV >990101]\n", CH_PETRARCH_ACTORS },
		{ "!PERSON! = MAN, MEN\nMINISTER [~GOV]\nPOLICE {} [ ~COP]\n", CH_PETRARCH_AGENTS },
		{ "# discards\n+World Cup\nBASEBALL\n", CH_PETRARCH_DISCARDS },
		{ "<ISSUE CATEGORY=\"ID_WATER\">\nWATER\n", CH_PETRARCH_ISSUES },
		{ "The dictionaries in this folder are used to test the program; see [1].\nThey are no dictionaries themselves, of course.\n",
		  CH_PETRARCH_NO_DICTIONARY },
		{ "{\"id\": 1, \"events\": [{\"source\": [\"SYL\"]}]}\n", CH_PETRARCH_NO_DICTIONARY },
		{ "", CH_PETRARCH_NO_DICTIONARY },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (ch_petrarch_guess(ch_str_z(cases[i].text)) != cases[i].kind)
			fail_msg("%s", cases[i].text);
}

/* Every line is taken or named: counts are verbs, patterns, sets, names, agents, discards; lost: what is named, a line each. */
static void test_lines(void **state)
{
	static const struct {
		enum ch_petrarch_kind kind;
		const char *text;
		unsigned counts[6];
		const char *lost;
	} cases[] = {
		{ CH_PETRARCH_VERBS, "&TIES\n+TIES\n+LINK\n--- CUT [1] ---\nCUT {CUTS CUTTING}\nSEVER [2]\n- * &TIES [3]\n- SAID * [4:5]\n",
		  { 2, 2, 1 }, "" },
		{ CH_PETRARCH_VERBS, "--- CUT [1] ---\nCUT\n+CUT_OFF {+CUTS_OFF}\nWIRE_+TAP [2]\n", { 3 }, "" },
		{ CH_PETRARCH_VERBS, "--- CUT [1] ---\nCUT\n- TIES [3]\n", { 1 }, "d:3: a pattern without a verb (*): '- TIES [3]'\n" },
		{ CH_PETRARCH_VERBS, "--- CUT [1] ---\nCUT\n- * TIES\n- * TIES [3\n", { 1 },
		  "d:3: a pattern without a code: '- * TIES'\nd:4: a bracket that is not closed: '- * TIES [3'\n"
		  "d:4: a pattern without a code: '- * TIES [3'\n" },
		{ CH_PETRARCH_VERBS, "--- CUT [1] ---\nCUT\n- * &TIES [3]\n", { 1 },
		  "d:3: a pattern with a synonym set that is nowhere defined: 'TIES'\n" },
		{ CH_PETRARCH_VERBS, "--- CUT [1] ---\nCUT\n- * * [3]\n", { 1 }, "d:3: a pattern with two verbs: '- * * [3]'\n" },
		{ CH_PETRARCH_VERBS, "--- CUT [1] ---\nCUT\n~ a (a b CUT) SAY = a b 2\n", { 1 },
		  "d:3: a transformation of PETRARCH 2, which is not used: '~ a (a b CUT) SAY = a b 2'\n" },
		{ CH_PETRARCH_VERBS, "- * X [1]\n--- CUT [1] ---\nCUT\n", { 1 }, "d:1: a pattern behind no verb: '- * X [1]'\n" },
		{ CH_PETRARCH_VERBS, "--- CUT [1] ---\nCUT\n--- CUT [2] ---\nCUTS\n", { 2 },
		  "d:3: a block that comes twice: its first code stays: 'CUT'\n" },
		{ CH_PETRARCH_VERBS, "--- CUT [1] [2] ---\nCUT\n", { 1 }, "d:1: a second code, which is not used: 'CUT [1] [2] ---'\n" },
		{ CH_PETRARCH_ACTORS, "SYLDAVIA_ [SYL] # x\n+SYLDAVIAN\nZOGRAD\n\t[SYLGOV <990101]\n\t[SYL]\n", { 0, 0, 0, 3 }, "" },
		{ CH_PETRARCH_ACTORS, "<!-- a\n[b] -->\nSYLDAVIA [SYL]\n", { 0, 0, 0, 1 }, "" },
		{ CH_PETRARCH_ACTORS, "SYLDAVIA [SYL]\nSYLDAVIA [BOR]\nSYLDAVIA [SYL]\n", { 0, 0, 0, 1 },
		  "d:2: a name that has another code already (d:1), which stays: 'SYLDAVIA'\n" },
		{ CH_PETRARCH_ACTORS, "SYLDAVIA\nBORDURIA [BOR 991301-000101]\n+X\n", { 0, 0, 0, 0 },
		  "d:1: a name without a code: 'SYLDAVIA'\nd:2: days that are none (030804-031104, >031031 would do): 'BORDURIA [BOR "
		  "991301-000101]'\nd:2: a name without a code: 'BORDURIA'\n" },
		{ CH_PETRARCH_AGENTS, "!PERSON! = MAN, WOMAN\nCONGRESS!PERSON! [~LEG]\nMSF {} [NGO~]\n", { 0, 0, 0, 0, 2 }, "" },
		{ CH_PETRARCH_DISCARDS, "+World Cup # x\nBASEBALL\n", { 0, 0, 0, 0, 0, 2 }, "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_str lost = CH_STR("");
		struct ch_petrarch d;

		ch_petrarch_init(&d);
		ch_petrarch_read(&d, cases[i].kind, CH_STR("d"), ch_str_z(cases[i].text));
		ch_petrarch_finish(&d);
		for (uint32_t k = 0; k < d.warnings.n; k++)
			lost = ch_arena_printf(&d.arena, "%.*s%.*s\n", CH_STR_ARG(lost), CH_STR_ARG(d.warnings.v[k].text));
		if (!ch_str_eqz(lost, cases[i].lost))
			fail_msg("%s: %.*s", cases[i].text, CH_STR_ARG(lost));
		if (d.counts.verbs != cases[i].counts[0] || d.counts.patterns != cases[i].counts[1] || d.counts.synsets != cases[i].counts[2] ||
		    d.counts.names != cases[i].counts[3] || d.counts.agents != cases[i].counts[4] || d.counts.discards != cases[i].counts[5])
			fail_msg("%s: %u %u %u %u %u %u", cases[i].text, d.counts.verbs, d.counts.patterns, d.counts.synsets, d.counts.names,
				 d.counts.agents, d.counts.discards);
		ch_petrarch_free(&d);
	}
}

/* The forms under which a verb is found. */
static void test_forms(void **state)
{
	static const struct {
		const char *dictionary, *yes, *no;
	} cases[] = {
		{ "--- A [1] ---\nVISIT\n", "visit visits visited visiting", "visite visitor" },
		{ "--- A [1] ---\nDENY\n", "denies denied denying", "denys" },
		{ "--- A [1] ---\nAGREE\n", "agrees agreed agreeing", "agreeed" },
		{ "--- A [1] ---\nSTRIVE\n", "strives striving", "striveing" },
		{ "--- A [1] ---\nBAN\n", "bans banned banning", "" },
		{ "--- A [1] ---\nREACH\n", "reaches reached", "reachs" },
		{ "--- A [1] ---\nBREAK { BROKE BROKEN }\n", "break broke broken", "breaks breaked" },
		{ "VISIT [1] ;tabari\n- * X [2]\n", "visit visited visitor", "visi" },
		{ "VISIT_ [1] ;tabari\n- * X [2]\n", "visit", "visited" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_str yes = ch_str_z(cases[i].yes), no = ch_str_z(cases[i].no), word;
		struct ch_petrarch d;

		ch_petrarch_init(&d);
		ch_petrarch_read(&d, CH_PETRARCH_VERBS, CH_STR("d"), ch_str_z(cases[i].dictionary));
		ch_petrarch_finish(&d);
		while (ch_str_cut(&yes, ' ', &word))
			if (ch_petrarch_form_of(&d, word) == CH_PETRARCH_NONE)
				fail_msg("%s: %.*s", cases[i].dictionary, CH_STR_ARG(word));
		while (ch_str_cut(&no, ' ', &word))
			if (word.len && ch_petrarch_form_of(&d, word) != CH_PETRARCH_NONE)
				fail_msg("%s: not %.*s", cases[i].dictionary, CH_STR_ARG(word));
		ch_petrarch_free(&d);
	}
}

/* Sets within sets, in a circle too, end, and each has the members of all below it. */
static void test_circle(void **state)
{
	struct ch_petrarch d;

	(void)state;
	ch_petrarch_init(&d);
	ch_petrarch_read(&d, CH_PETRARCH_VERBS, CH_STR("d"), CH_STR("&A_\n+ONE_\n+&B\n&B_\n+TWO_\n+&C\n&C_\n+THREE_\n+&A\n--- V [1] ---\nV\n"));
	ch_petrarch_finish(&d);
	assert_int_equal(d.synsets.n, 3);
	for (uint32_t i = 0; i < 3; i++)
		assert_int_equal(d.synsets.v[i].members.n, 3);
	assert_int_equal(d.warnings.n, 0);
	ch_petrarch_free(&d);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_codes), cmocka_unit_test(test_guess), cmocka_unit_test(test_lines), cmocka_unit_test(test_forms),
		cmocka_unit_test(test_circle),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
