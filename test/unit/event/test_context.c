/* Contexts of events: the lexicon that is shipped, slips in it, and which words count for which event of a sentence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "doc/conllu.h"
#include "event/context.h"
#include <stdlib.h>

static struct ch_contexts *parsed(const char *text)
{
	struct ch_embedded one = { "lexicon/contexts/t.txt", ch_str_z(text) };
	struct ch_contexts *c;
	struct ch_err err = { "" };

	if (!ch_contexts_parse(&c, &one, 1, &err))
		fail_msg("%s", err.text);
	return c;
}

static void shipped_lexicon_is_whole(void **state)
{
	struct ch_contexts *c;
	struct ch_err err = { "" };
	uint32_t terms[CH_CONTEXT_N + 1] = { 0 }, gives[CH_CONTEXT_N] = { 0 }, misses[CH_CONTEXT_N] = { 0 };

	(void)state;
	if (!ch_contexts_open(&c, &err))
		fail_msg("%s", err.text);
	for (uint32_t i = 0; i < c->terms.n; i++)
		terms[c->terms.v[i].context] += c->terms.v[i].kind != CH_TERM_NOT;
	for (uint32_t i = 0; i < c->examples.n; i++)
		(c->examples.v[i].gives ? gives : misses)[c->examples.v[i].context]++;
	for (unsigned k = 0; k < CH_CONTEXT_N; k++)
		if (terms[k] < 40 || gives[k] < 5 || misses[k] < 5)
			fail_msg("%s has %u terms, %u sentences that must give it, %u that must not; 40, 5 and 5 are wanted", ch_context_name(k),
				 terms[k], gives[k], misses[k]);
	ch_contexts_close(c);
}

static void names_lead_there_and_back(void **state)
{
	struct ch_arena a = { 0 };

	(void)state;
	for (unsigned k = 0; k < CH_CONTEXT_N; k++)
		assert_int_equal(ch_context_parse(ch_str_z(ch_context_name(k))), k);
	assert_null(ch_context_name(CH_CONTEXT_N));
	assert_int_equal(ch_context_parse(CH_STR("economics")), CH_CONTEXT_N);
	assert_true(ch_str_eqz(ch_context_names(&a, 1u << CH_CONTEXT_MILITARY | 1u << CH_CONTEXT_ECONOMIC), "military economic"));
	assert_int_equal(ch_context_names(&a, 0).len, 0);
	ch_arena_free(&a);
}

static void slips_name_line_and_cure(void **state)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{ "context economics\n", "lexicon/contexts/t.txt:1: no context is called 'economics'; see docs/ontology.md for the 37" },
		{ "\nsure trade\n", "lexicon/contexts/t.txt:2: this needs a context above it: 'sure'" },
		{ "+ Peru sold tin.\n", "lexicon/contexts/t.txt:1: this needs a context above it: '+'" },
		{ "context health\n sore flu\n", "lexicon/contexts/t.txt:2: unknown word 'sore'; one of: context sure hint not + -" },
		{ "context health\n sure x:flu\n", "lexicon/contexts/t.txt:2: no part of speech is called 'x'; n: v: or a:" },
		{ "context health\n sure sect:MED\n", "lexicon/contexts/t.txt:2: no such feature 'sect:MED'" },
		{ "context health\n sure type:HELP\n", "lexicon/contexts/t.txt:2: no PLOVER type is called 'HELP'" },
		{ "context health\n sure mode:AID\n", "lexicon/contexts/t.txt:2: nothing behind the colon or the dot of 'mode:AID'" },
		{ "context health\n sure between:cities\n", "lexicon/contexts/t.txt:2: unknown word 'cities'" },
		{ "context health\n sure Ebola\n", "lexicon/contexts/t.txt:2: a capital letter in 'Ebola'" },
		{ "context health\n sure orga[sz\n", "lexicon/contexts/t.txt:2: cannot read the term 'orga[sz'" },
		{ "context health\n sure flu, flu\n", "lexicon/contexts/t.txt:2: a context has two terms 'flu'; take one of them out" },
		{ "context health\n sure clinic\n hint clinic\n", "lexicon/contexts/t.txt:3: a context has two terms 'clinic'" },
		{ "context health\n + Peru sold masks. = helth\n", "lexicon/contexts/t.txt:2: no context is called 'helth'" },
		{ "context health\n sure a term that is written out at such a length that nobody will ever meet with it\n",
		  "lexicon/contexts/t.txt:2: too long a term" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_embedded one = { "lexicon/contexts/t.txt", ch_str_z(cases[i].text) };
		struct ch_contexts *c;
		struct ch_err err = { "" };

		if (ch_contexts_parse(&c, &one, 1, &err))
			fail_msg("case %zu was taken", i);
		if (strncmp(err.text, cases[i].message, strlen(cases[i].message)))
			fail_msg("case %zu: %s", i, err.text);
	}
}

/* "France cut tariffs on steel and bombed rebels": two events, of two clauses with one subject. */
static const char two_clauses[] =
	"1\tFrance\tFrance\tPROPN\tNNP\t_\t2\tnsubj\t_\t_\n"
	"2\tcut\tcut\tVERB\tVBD\t_\t0\troot\t_\t_\n"
	"3\ttrade\ttrade\tNOUN\tNN\t_\t4\tcompound\t_\t_\n"
	"4\ttariffs\ttariff\tNOUN\tNNS\t_\t2\tobj\t_\t_\n"
	"5\tand\tand\tCCONJ\tCC\t_\t6\tcc\t_\t_\n"
	"6\tbombed\tbomb\tVERB\tVBD\t_\t2\tconj\t_\t_\n"
	"7\tarmed\tarmed\tADJ\tJJ\t_\t8\tamod\t_\t_\n"
	"8\trebels\trebel\tNOUN\tNNS\t_\t6\tobj\t_\t_\n"
	"9\tin\tin\tADP\tIN\t_\t13\tcase\t_\t_\n"
	"10\tthe\tthe\tDET\tDT\t_\t13\tdet\t_\t_\n"
	"11\tWest\tWest\tPROPN\tNNP\t_\t13\tcompound\t_\t_\n"
	"12\t-\t-\tPUNCT\tHYPH\t_\t11\tpunct\t_\t_\n"
	"13\tBank\tBank\tPROPN\tNNP\t_\t6\tobl\t_\t_\n\n";

struct fixture {
	struct ch_arena arena;
	struct ch_doc doc;
};

static uint32_t add_event(struct fixture *f, uint32_t token)
{
	*CH_PUSH(&f->arena, &f->doc.events) = (struct ch_event){ .type = CH_EV_COERCE, .mode = "restrict", .frame = "t",
		.sentence = 0, .trigger = f->doc.tokens.v[token].span, .claimed_by = CH_NONE };
	return f->doc.events.n - 1;
}

/* The explanations of the events at two tokens (CH_NONE: one event only). */
static void expect(const char *lexicon, uint32_t one, const char *want_one, uint32_t two, const char *want_two)
{
	struct ch_contexts *c = parsed(lexicon);
	struct ch_engine engine = { .contexts = c };
	struct fixture f = { 0 };
	struct ch_err err = { "" };

	if (!ch_conllu_read(&f.doc, &f.arena, ch_str_z(two_clauses), &err))
		fail_msg("%s", err.text);
	add_event(&f, one);
	if (two != CH_NONE)
		add_event(&f, two);
	ch_context(&engine, &f.doc);
	assert_string_equal(ch_arena_z(&f.arena, f.doc.events.v[0].context_why), want_one);
	if (two != CH_NONE)
		assert_string_equal(ch_arena_z(&f.arena, f.doc.events.v[1].context_why), want_two);
	assert_int_equal(!f.doc.events.v[0].contexts, !*want_one);
	ch_arena_free(&f.arena);
	ch_contexts_close(c);
}

static void words_count_for_their_own_clause(void **state)
{
	(void)state;
	expect("context economic\n sure tariff\ncontext military\n sure rebel\n", 1, "economic: tariff", 5, "military: rebel");
	/* The subject is shared. */
	expect("context territory\n sure france\n", 1, "territory: france", 5, "territory: france");
	/* A clause beside the event's is not its own, even where no event stands there. */
	expect("context military\n sure rebel\n", 1, "", CH_NONE, NULL);
}

static void hints_need_company(void **state)
{
	(void)state;
	expect("context military\n hint rebel\n", 5, "", CH_NONE, NULL);
	expect("context military\n hint rebel, n:tariff\n", 5, "", CH_NONE, NULL);
	expect("context military\n hint rebel, a:armed\n", 5, "military: armed, rebel", CH_NONE, NULL);
	expect("context military\n hint rebel, mode:COERCE.restrict\n", 5, "military: rebel, mode:COERCE.restrict", CH_NONE, NULL);
	expect("context economic\n hint v:tariff, n:trade\n", 1, "", CH_NONE, NULL);
}

static void the_longest_term_wins(void **state)
{
	(void)state;
	expect("context economic\n sure trade, trade tariff\n", 1, "economic: trade tariff", CH_NONE, NULL);
	expect("context economic\n sure trade, tariff\n not trade tariff\n", 1, "", CH_NONE, NULL);
	expect("not trade tariff\ncontext economic\n sure trade, tariff\n", 1, "", CH_NONE, NULL);
	expect("context economic\n sure bank\n not west bank\n", 5, "", CH_NONE, NULL);
	expect("context territory\n sure west bank\ncontext economic\n sure bank\n", 5, "economic: bank; territory: west bank", CH_NONE, NULL);
	expect("context territory\n sure west-bank\n", 5, "territory: west-bank", CH_NONE, NULL);
	expect("context economic\n sure tari[fv][fv]\n", 1, "economic: tari[fv][fv]", CH_NONE, NULL);
	expect("context economic\n sure tariff(x)\n", 1, "economic: tariff(x)", CH_NONE, NULL);
}

/* Four sentences: in the first "Peru closed ports" (one hint), in each of the others a sure term. */
static uint64_t contexts_on_page(uint32_t others, const char *lexicon)
{
	static const char first[] = "1\tPeru\tPeru\tPROPN\tNNP\t_\t2\tnsubj\t_\t_\n2\tclosed\tclose\tVERB\tVBD\t_\t0\troot\t_\t_\n"
				    "3\tports\tport\tNOUN\tNNS\t_\t2\tobj\t_\t_\n\n";
	static const char other[] = "1\tTariffs\ttariff\tNOUN\tNNS\t_\t2\tnsubj\t_\t_\n2\trose\trise\tVERB\tVBD\t_\t0\troot\t_\t_\n\n";
	struct ch_contexts *c = parsed(lexicon);
	struct ch_engine engine = { .contexts = c };
	struct fixture f = { 0 };
	struct ch_str text = ch_str_z(first);
	struct ch_err err = { "" };
	uint64_t set;

	for (uint32_t i = 0; i < others; i++)
		text = ch_arena_printf(&f.arena, "%.*s%s", CH_STR_ARG(text), other);
	if (!ch_conllu_read(&f.doc, &f.arena, text, &err))
		fail_msg("%s", err.text);
	add_event(&f, 1);
	ch_context(&engine, &f.doc);
	set = f.doc.events.v[0].contexts;
	ch_arena_free(&f.arena);
	ch_contexts_close(c);
	return set;
}

static void the_page_helps_a_hint(void **state)
{
	static const char lexicon[] = "context economic\n sure tariff\n hint n:port\n";

	(void)state;
	assert_true(contexts_on_page(CH_CONTEXT_PAGE_MIN, lexicon) == 1u << CH_CONTEXT_ECONOMIC);
	assert_true(contexts_on_page(CH_CONTEXT_PAGE_MIN - 1, lexicon) == 0);
	/* Not where a feature alone hints, nor where nothing does. */
	assert_true(contexts_on_page(CH_CONTEXT_PAGE_MIN, "context economic\n sure tariff\n hint type:COERCE\n") == 0);
	assert_true(contexts_on_page(CH_CONTEXT_PAGE_MIN, "context economic\n sure tariff\n") == 0);
}

static void no_lexicon_no_contexts(void **state)
{
	struct ch_engine engine = { 0 };
	struct ch_arena arena = { 0 };
	struct ch_doc doc;

	(void)state;
	ch_doc_init(&doc, &arena);
	ch_context(&engine, &doc);
	assert_int_equal(doc.events.n, 0);
	ch_arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shipped_lexicon_is_whole),
		cmocka_unit_test(names_lead_there_and_back),
		cmocka_unit_test(slips_name_line_and_cure),
		cmocka_unit_test(words_count_for_their_own_clause),
		cmocka_unit_test(hints_need_company),
		cmocka_unit_test(the_longest_term_wins),
		cmocka_unit_test(the_page_helps_a_hint),
		cmocka_unit_test(no_lexicon_no_contexts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
