/* Gatherings, details of visits, initiatives, relations, marks of distance: the sentences of told/ tell what stands below them, and nothing
 * else, through the whole chain. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "event/gather.h"
#include "told.h"

enum { SENTENCES_MIN = 30 };

struct count {
	unsigned sentences, wrong;
};

static void take(void *ctx, const struct told_case *c)
{
	struct count *n = ctx;
	bool good = c->n_want == c->n_got;

	n->sentences++;
	for (unsigned i = 0; good && i < c->n_want; i++)
		good = told_same(&c->want[i], &c->got[i]);
	if (good)
		return;
	n->wrong++;
	print_error("line %u: %.*s\n", c->line, CH_STR_ARG(c->sentence));
	for (unsigned i = 0; i < c->n_want; i++)
		told_print(stderr, "  want ", &c->want[i]);
	for (unsigned i = 0; i < c->n_got; i++)
		told_print(stderr, "  got  ", &c->got[i]);
}

static int open_engine(void **state)
{
	struct ch_err err = { "" };
	struct ch_engine *engine;

	if (!ch_engine_open(NULL, &engine, &err))
		fail_msg("%s", err.text);
	*state = engine;
	return 0;
}

static int close_engine(void **state)
{
	ch_engine_close(*state);
	return 0;
}

static void told(void **state, const char *path)
{
	struct count n = { 0 };

	assert_true(told_each(*state, path, take, &n));
	assert_int_equal(n.wrong, 0);
	assert_true(n.sentences >= SENTENCES_MIN);
}

#define TOLD_TEST(name) \
	static void name(void **state) \
	{ \
		told(state, CH_SOURCE_DIR "/test/unit/event/told/" #name ".txt"); \
	}
TOLD_TEST(gatherings)
TOLD_TEST(visits)
TOLD_TEST(initiatives)
TOLD_TEST(relations)
TOLD_TEST(marks)

/* A page that tells one thing twice has it once, with what both sentences know; what is told in words of somebody's is marked by him. */
static void a_page(void **state)
{
	static const char text[] =
		"The 14th summit of the African Union opened on Sunday.\n\n"
		"Ethiopia hosted the 14th summit of the African Union in January 2010. The summit was attended by Kenya.\n\n"
		"\"The so-called Republic of Somaliland is no state\", Foreign Minister Ahmed Isse Awad of Somalia said.\n\n"
		"Kenya and Cuba established diplomatic relations in 2001. They established diplomatic relations quietly.";
	struct ch_arena arena = { 0 };
	struct ch_err err = { "" };
	const struct ch_gathering *g;
	struct ch_doc doc;
	const char *broken;

	assert_true(ch_doc_from_text(&doc, &arena, ch_str_z(text), false, &err));
	doc.blocks.v[0].kind = CH_BLOCK_TITLE;   /* what the title tells is told in the body */
	doc.meta.published = ch_day_of(2010, 2, 3);
	doc.meta.outlet = CH_STR("The Courier");
	assert_true(ch_run_text(*state, &doc, &err));
	broken = ch_gather_check(&doc);
	if (broken)
		fail_msg("%s", broken);
	assert_null(ch_doc_check(&doc));
	assert_int_equal(doc.gatherings.n, 1);
	g = &doc.gatherings.v[0];
	assert_int_equal(g->ordinal, 14);
	assert_true(ch_str_eqz(g->body, "AU"));
	assert_true(ch_str_eqz(told_parties(&doc, g->host.first, g->host.n), "ETH"));
	assert_true(ch_str_eqz(told_parties(&doc, g->participant.first, g->participant.n), "KEN"));
	assert_true(ch_str_eqz(g->date, "2010-01"));
	assert_true(g->mention.start > doc.blocks.v[1].span.start);
	assert_int_equal(doc.relations.n, 1);
	assert_int_equal(doc.marks.n, 1);
	assert_true(ch_str_find(doc.marks.v[0].who, CH_STR("Awad"), 0) != CH_STR_NONE);
	ch_arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gatherings), cmocka_unit_test(visits), cmocka_unit_test(initiatives), cmocka_unit_test(relations),
		cmocka_unit_test(marks), cmocka_unit_test(a_page),
	};

	return cmocka_run_group_tests(tests, open_engine, close_engine);
}
