/* The text stage on sentences of news English: words between blanks, "+" inside a multi-word token, "||" between
 * sentences. Each is cut as the EWT and GUM treebanks cut its like. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include "text/text.h"
#include "base/utf8.h"

static const struct {
	const char *text, *want;
} cases[] = {
	{"The envoys don't agree.", "The envoys do+n't agree ."},
	{"They can't, won't and couldn't sign it.", "They ca+n't , wo+n't and could+n't sign it ."},
	{"He's sure we've met; I'd say they'll come and you're late.",
	 "He+'s sure we+'ve met ; I+'d say they+'ll come and you+'re late ."},
	{"She cannot stay and they're gonna go.", "She can+not stay and they+'re gon+na go ."},
	{"Azerbaijan's envoy and Azerbaijan`s envoy and Azerbaijan’s envoy met.",
	 "Azerbaijan+'s envoy and Azerbaijan+`s envoy and Azerbaijan+’s envoy met ."},
	{"The states' envoys met; the states’ leaders did not.",
	 "The states+' envoys met ; the states+’ leaders did not ."},
	{"It isn’t Ruritania’s treaty.", "It is+n’t Ruritania+’s treaty ."},
	{"James's and Sanders' votes counted.", "James+'s and Sanders+' votes counted ."},
	{"The 1990's and the '90s were other times.", "The 1990's and the '90s were other times ."},
	{"O'Neill met d'Estaing at six o'clock.", "O'Neill met d'Estaing at six o'clock ."},
	{"The Russian-Azerbaijani commission met.", "The Russian - Azerbaijani commission met ."},
	{"They co-operate in a non-aligned, anti-colonial, post-war forum by e-mail.",
	 "They co-operate in a non-aligned , anti-colonial , post-war forum by e-mail ."},
	{"The mid-2004 re-election was a follow-up.", "The mid-2004 re-election was a follow - up ."},
	{"The ex-president's co-chairs came.", "The ex-president+'s co-chairs came ."},
	{"The F-16 and the COVID-19 rules.", "The F - 16 and the COVID - 19 rules ."},
	{"Dr. J. K. Falk met Mr. and Mrs. A. B. Stone of Stone Inc. in Geneva.",
	 "Dr. J. K. Falk met Mr. and Mrs. A. B. Stone of Stone Inc. in Geneva ."},
	{"Gen. Otto von Lund and Lt. Col. Reed spoke.", "Gen. Otto von Lund and Lt. Col. Reed spoke ."},
	{"The U.S. delegation left. The U.N. envoy stayed.", "The U.S. delegation left . || The U.N. envoy stayed ."},
	{"He went to the U.S. The talks failed.", "He went to the U.S. || The talks failed ."},
	{"She lives in Washington, D.C. He does not.", "She lives in Washington , D.C. || He does not ."},
	{"They sold arms, grain, etc. The rest stayed.", "They sold arms , grain , etc. || The rest stayed ."},
	{"Ruritania, e.g. its south, i.e. the coast, vs. the hills.",
	 "Ruritania , e.g. its south , i.e. the coast , vs. the hills ."},
	{"He earned a Ph.D. in Bonn.", "He earned a Ph.D. in Bonn ."},
	{"See No. 5 and Art. 3 of the pact.", "See No. 5 and Art. 3 of the pact ."},
	{"He came at 5 p.m. on Monday. She left at 9 a.m. sharp.",
	 "He came at 5 p.m. on Monday . || She left at 9 a.m. sharp ."},
	{"They met on Nov. 12 and Dec. 3.", "They met on Nov. 12 and Dec. 3 ."},
	{"It rose 5.3% to 1,000.5 points.", "It rose 5.3 % to 1,000.5 points ."},
	{"It cost $100, €5m, £3bn and US$20.", "It cost $ 100 , € 5 m , £ 3 bn and US$ 20 ."},
	{"The sum was 1,5 and 13,14 or 2,000,000.", "The sum was 1 , 5 and 13 , 14 or 2,000,000 ."},
	{"A 20-year pact of 2018-19 and 2018–2022.", "A 20 - year pact of 2018 - 19 and 2018 – 2022 ."},
	{"The 5th, 21st and 102nd sessions and the 1990s.", "The 5th , 21st and 102nd sessions and the 1990s ."},
	{"The talks ran from 5:00 to 7:30pm on 9/11 and 11/28/2000.",
	 "The talks ran from 5:00 to 7:30 pm on 9/11 and 11/28/2000 ."},
	{"Resolution A/RES/70/1 and S/2015/1 passed.", "Resolution A/RES/70/1 and S/2015/1 passed ."},
	{"AT&T and R&D matter.", "AT&T and R&D matter ."},
	{"Call 646-8420 or 713-853-3989 on 2018-08-12.", "Call 646-8420 or 713-853-3989 on 2018-08-12 ."},
	{"He wrote to a.b@example.org, then read https://example.org/a?b=c, www.example.com and example.org/x.",
	 "He wrote to a.b@example.org , then read https://example.org/a?b=c , www.example.com and example.org/x ."},
	{"Day.az and Caliber.Az reported it.", "Day.az and Caliber.Az reported it ."},
	{"The #summit began, said @envoy, at #1.", "The #summit began , said @envoy , at # 1 ."},
	{"\"We agree,\" he said. \"It is over.\" He left.",
	 "\" We agree , \" he said . || \" It is over . \" || He left ."},
	{"“We agree,” he said. “It is over.” He left.", "“ We agree , ” he said . || “ It is over . ” || He left ."},
	{"'It is done.' She sat down.", "' It is done . ' || She sat down ."},
	{"«Это так.» He left.", "« Это так . » || He left ."},
	{"\"Why now?\" Lord Carrington asked.", "\" Why now ? \" Lord Carrington asked ."},
	{"\"Why now?\" He did not know.", "\" Why now ? \" || He did not know ."},
	{"\"Stop!\" he cried.", "\" Stop ! \" he cried ."},
	{"He asked: \"Who goes there?\" and waited.", "He asked : \" Who goes there ? \" and waited ."},
	{"They said the pact was \"dead\" (it was not). It lived.",
	 "They said the pact was \" dead \" ( it was not ) . || It lived ."},
	{"(They had met before.) The talks went on.", "( They had met before . ) || The talks went on ."},
	{"Wait... they came. Then … nothing. And… so.", "Wait ... they came . || Then … nothing . || And … so ."},
	{"What?! Never!! Really?", "What ?! || Never !! || Really ?"},
	{"He said so.She did not.", "He said so . || She did not ."},
	{"\"It is over.\"He left.", "\" It is over . \" || He left ."},
	{"The pact [3] held. [4] It broke in 1805.[6] Later it was mended.",
	 "The pact [ 3 ] held . [ 4 ] || It broke in 1805 . [ 6 ] || Later it was mended ."},
	{"1. The first point. 2. The second point.", "1 . The first point . || 2 . The second point ."},
	{"BONN, Dec. 12 (Reuters) -- The envoys met.", "BONN , Dec. 12 ( Reuters ) -- The envoys met ."},
	{"BAKU, Azerbaijan, April 5. /TASS/. The envoys met.",
	 "BAKU , Azerbaijan , April 5 . / TASS / . || The envoys met ."},
	{"VIENNA – The talks began.", "VIENNA – The talks began ."},
	{"The deal -- long awaited -- is signed.", "The deal -- long awaited -- is signed ."},
	{"The deal—long awaited—is signed.", "The deal — long awaited — is signed ."},
	{"Peace; at last: peace!", "Peace ; at last : peace !"},
	{"The and/or clause.", "The and / or clause ."},
	{"Vitamin C. The rest.", "Vitamin C . || The rest ."},
	{"Plan B. They have none.", "Plan B . || They have none ."},
	{"President George W. Bush met King Louis XIV. He left.",
	 "President George W. Bush met King Louis XIV . || He left ."},
	{"The Hon. Kim Yo-jong and Ban Ki-moon spoke.", "The Hon. Kim Yo - jong and Ban Ki - moon spoke ."},
	{"Côte d'Ivoire's président and Željka Cvijanović met in São Tomé.",
	 "Côte d'Ivoire+'s président and Željka Cvijanović met in São Tomé ."},
	{"Президент России сказал. Он уехал.", "Президент России сказал . || Он уехал ."},
	{"日本 and ქართული met.", "日本 and ქართული met ."},
	{"The 👩‍👧 and é signs.", "The 👩‍👧 and é signs ."},
	{"It was 20°C and 5 km away.", "It was 20 ° C and 5 km away ."},
	{"The ratio is 3:1 or 3/4.", "The ratio is 3:1 or 3/4 ."},
	{"It fell by -5 and rose by +3.", "It fell by - 5 and rose by +3 ."},
	{"Mr.Falk met Nov.28 with Dr.Stone.", "Mr. Falk met Nov. 28 with Dr. Stone ."},
	{"The  double  blank\tand tab.", "The double blank and tab ."},
	{"He said \"no\". She said 'yes'. They left.", "He said \" no \" . || She said ' yes ' . || They left ."},
	{"The company's \"peace plan's\" end.", "The company+'s \" peace plan+'s \" end ."},
	{"Yahoo! said so.", "Yahoo ! said so ."},
	{"He was born c. 1950.", "He was born c. 1950 ."},
	{"St. Petersburg and Ft. Worth are cities.", "St. Petersburg and Ft. Worth are cities ."},
	{"They voted 5-3 in a 15-member body.", "They voted 5 - 3 in a 15 - member body ."},
	{"Lets meet; its late.", "Lets meet ; its late ."},
	{"John's and Mary's parents' house.", "John+'s and Mary+'s parents+' house ."},
	{"The envoy (a Ruritanian) left; the minister [sic] stayed.",
	 "The envoy ( a Ruritanian ) left ; the minister [ sic ] stayed ."},
	{"A sentence without an end", "A sentence without an end"},
	{"\"First line ends here.\"", "\" First line ends here . \""},
	{"'Tis the season for 'em.", "'Tis the season for 'em ."},
	{"Talks with the E.U. and the A.U. ended.", "Talks with the E.U. and the A.U. ended ."},
	{"He met Sen. Lugar, Rep. Hyde, Gov. Dean and Prof. Keohane.",
	 "He met Sen. Lugar , Rep. Hyde , Gov. Dean and Prof. Keohane ."},
	{"The Foreign Ministry's spokesperson, Ms. Vane, denied it: \"Not so.\"",
	 "The Foreign Ministry+'s spokesperson , Ms. Vane , denied it : \" Not so . \""},
	{"He thanked them...", "He thanked them ..."},
};

static struct ch_doc read_text(struct ch_arena *arena, const char *text, size_t len, bool lines)
{
	struct ch_doc doc;
	struct ch_err err = {{0}};

	if (!ch_doc_from_text(&doc, arena, ch_str_n(text, len), lines, &err) || !ch_text(NULL, &doc, &err))
		fail_msg("%s", err.text);
	assert_null(ch_doc_check(&doc));
	return doc;
}

static void print_doc(const struct ch_doc *doc, char *out, size_t size)
{
	size_t n = 0;
	uint32_t mwt_past = 0;

	out[0] = '\0';
	for (uint32_t i = 0; i < doc->tokens.n; i++) {
		const struct ch_token *t = &doc->tokens.v[i];
		const char *sep = i == 0 ? "" : t->sentence != t[-1].sentence ? " || " : i < mwt_past ? "+" : " ";
		struct ch_str s = ch_token_str(doc, i);

		if (t->mwt)
			mwt_past = i + t->mwt;
		n += (size_t)snprintf(out + n, size - n, "%s%.*s", sep, CH_STR_ARG(s));
		assert_true(n < size);
	}
}

static void test_cases(void **state)
{
	struct ch_arena arena = {0};
	char got[1024];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_doc doc = read_text(&arena, cases[i].text, strlen(cases[i].text), false);

		print_doc(&doc, got, sizeof got);
		assert_string_equal(got, cases[i].want);
		ch_arena_reset(&arena);
	}
	ch_arena_free(&arena);
}

/* Blanks between words are told by space_after alone, so the text can be put together again. */
static void test_spaces(void **state)
{
	struct ch_arena arena = {0};
	const char *text = "He said: \"We can't (yet).\" It's 5pm.";
	struct ch_doc doc = read_text(&arena, text, strlen(text), false);
	char got[256];
	size_t n = 0;

	(void)state;
	for (uint32_t i = 0; i < doc.tokens.n; i++)
		n += (size_t)snprintf(got + n, sizeof got - n, "%.*s%s", CH_STR_ARG(ch_token_str(&doc, i)),
				      doc.tokens.v[i].space_after && i + 1 < doc.tokens.n ? " " : "");
	assert_string_equal(got, text);
	assert_true(doc.tokens.v[doc.tokens.n - 1].space_after);
	ch_arena_free(&arena);
}

static void test_fresh_layers(void **state)
{
	struct ch_arena arena = {0};
	struct ch_doc doc = read_text(&arena, "One. Two.", 9, false);

	(void)state;
	assert_int_equal(doc.sentences.n, 2);
	for (uint32_t i = 0; i < doc.tokens.n; i++) {
		assert_true(doc.tokens.v[i].head == CH_NONE && doc.tokens.v[i].first_child == CH_NONE);
		assert_true(doc.tokens.v[i].next_sibling == CH_NONE && doc.tokens.v[i].mention == CH_NONE);
	}
	assert_true(doc.sentences.v[0].root == CH_NONE);
	ch_arena_free(&arena);
}

/* A sentence never crosses a block; a newline in a block is a blank, with lines it ends the block. */
static void test_blocks(void **state)
{
	struct ch_arena arena = {0};
	const char *text = "The envoys\nmet in May\n\nand left";
	struct ch_doc doc = read_text(&arena, text, strlen(text), false);

	(void)state;
	assert_int_equal(doc.sentences.n, 2);
	assert_int_equal(doc.sentences.v[0].past, 5);
	assert_int_equal(doc.sentences.v[1].block, 1);
	doc = read_text(&arena, text, strlen(text), true);
	assert_int_equal(doc.sentences.n, 3);
	ch_arena_free(&arena);
}

static void test_empty(void **state)
{
	struct ch_arena arena = {0};
	struct ch_doc doc = read_text(&arena, "", 0, false);

	(void)state;
	assert_int_equal(doc.tokens.n, 0);
	doc = read_text(&arena, " \n \xC2\xA0 \n", 6, false);
	assert_int_equal(doc.tokens.n, 0);
	assert_int_equal(doc.sentences.n, 0);
	ch_arena_free(&arena);
}

/* A NUL is a word like any other sign, and what follows it is not lost. */
static void test_nul(void **state)
{
	struct ch_arena arena = {0};
	struct ch_doc doc = read_text(&arena, "a\0b c", 5, false);

	(void)state;
	assert_int_equal(doc.tokens.n, 4);
	assert_int_equal(doc.tokens.v[3].span.end, 5);
	ch_arena_free(&arena);
}

/* Endless sentences are cut, endless words are not; both in linear time (the test's time limit sees to that). */
static void test_long(void **state)
{
	static const char *const units[] = {"x", "a.",    "- ",  "' ", "\"", "!",      "1,", "word ",
					    "(", "it's ", "A. ", "@",  "-a", "www.a/", "¡"};
	struct ch_arena arena = {0};
	size_t size = 200000;
	char *text = malloc(size + 8);

	(void)state;
	assert_non_null(text);
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		size_t n = 0, len = strlen(units[i]);
		struct ch_doc doc;

		while (n + len <= size) {
			memcpy(text + n, units[i], len);
			n += len;
		}
		doc = read_text(&arena, text, n, false);
		for (uint32_t k = 0; k < doc.sentences.n; k++)
			assert_in_range(doc.sentences.v[k].past - doc.sentences.v[k].first, 1, CH_SENTENCE_TOKENS_MAX);
		ch_arena_reset(&arena);
	}
	free(text);
	ch_arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),  cmocka_unit_test(test_spaces), cmocka_unit_test(test_fresh_layers),
		cmocka_unit_test(test_blocks), cmocka_unit_test(test_empty),  cmocka_unit_test(test_nul),
		cmocka_unit_test(test_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
