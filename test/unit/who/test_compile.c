/* A user's own file of actors with the built-in lists: what wins, what is one person, what a slip says. */
#include "who/gazetteer.h"
#include "base/arena.h"
#include "who/atoms.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

static struct ch_gazetteer *open_with(const char *text)
{
	struct ch_actor_list own = {.path = "own.txt", .text = ch_str_z(text)};
	struct ch_gazetteer *g;
	struct ch_err err = {""};

	if (!ch_gazetteer_open_with(&own, &g, &err))
		fail_msg("%s", err.text);
	return g;
}

/* The i-th entity by this name, in the order that the gazetteer gives them; UINT32_MAX. */
static uint32_t named(const struct ch_gazetteer *g, const char *name, uint32_t i)
{
	struct ch_arena a = {0};
	struct ch_atom atom;
	const struct ch_gz_slot *slot;
	uint64_t h = CH_ATOM_SEED;
	uint32_t at = 0;

	while (ch_atom_next(&a, ch_str_z(name), &at, &atom))
		h = ch_atom_join(h, atom.hash);
	ch_arena_free(&a);
	slot = ch_gz_find(g, h);
	return slot && i < slot->n ? g->entries[slot->first + i].entity : UINT32_MAX;
}

static const char *holder(const struct ch_gazetteer *g, const char *body, const char *office, const char *day)
{
	uint32_t b = named(g, body, 0), o = ch_gz_by_id(g, ch_str_z(office));
	uint32_t cls = strcmp(office, "cos") == 0 ? CH_GZ_CLASS_COS : g->entities[o].cls;
	uint32_t term = ch_gz_holder(g, b, cls, ch_day_parse(ch_str_z(day)));

	return term == UINT32_MAX ? "" : ch_gz_str(g, g->entities[g->terms[term].person].name).ptr;
}

static void own_terms_win(void **state)
{
	struct ch_gazetteer *g = open_with("Zorn Blackwater\n\tFRA | Foreign Minister | 2018-03-01 | 2018-03-31\n"
					   "source old\nOld Sourceman\n\tFRA | President | 2018-01-01 |\n");

	(void)state;
	assert_string_equal(holder(g, "France", "office:foreign-minister", "2018-03-15"), "Zorn Blackwater");
	assert_string_equal(holder(g, "France", "office:foreign-minister", "2018-06-15"), "Jean-Yves Le Drian");
	/* what is taken over from elsewhere stands behind our lists */
	assert_string_equal(holder(g, "France", "cos", "2019-03-15"), "Emmanuel Macron");
	assert_true(g->entities[named(g, "Zorn Blackwater", 0)].flags & CH_GZ_FAMOUS);
	assert_false(g->entities[named(g, "Old Sourceman", 0)].flags & CH_GZ_FAMOUS);
	ch_gazetteer_close(g);
}

static void one_person(void **state)
{
	struct ch_gazetteer *g = open_with("Ilham Aliyev {Q1}\n\tAZE | President | 2003-10-31 |\n"
					   "George W. Bush\n\tUSA | President | 2001-01-20 | 2009-01-20\n"
					   "Zorn Blackwater\n\tFRA | Envoy | 1990\nZorn Blackwater\n\tFRA | Speaker | 1995\n");
	uint32_t son = named(g, "George W. Bush", 0), e = named(g, "Ilham Aliyev", 0);

	(void)state;
	assert_int_equal(named(g, "Ilham Aliyev", 1), UINT32_MAX);
	assert_int_equal(g->entities[e].wikidata, 1);
	assert_int_equal(g->entities[e].term_n, 2); /* and the prime minister that he was, from our list */
	assert_int_not_equal(son, named(g, "George H. W. Bush", 0));
	assert_int_equal(g->entities[named(g, "Zorn Blackwater", 0)].term_n, 2);
	ch_gazetteer_close(g);
}

static void states_and_offices(void **state)
{
	struct ch_gazetteer *g = open_with("state FRA\n\tname Hexagonia\n\tid Q142\n"
					   "org CMA = IGO\n\tname Coastal Alliance; CMA\n\tid wikidata:Q5 ftm:c\n"
					   "org UN\n\tname The World Body of Nations\n"
					   "office harbour-master | Harbour Master | GOV | harbour master | harbour masters | holder\n"
					   "office minister | Minister | GOV | minister of silly walks | |\n"
					   "Ann Lee\n\tCMA | Harbour Master | 2001 | 2002\n");
	uint32_t line;

	(void)state;
	assert_int_equal(named(g, "Hexagonia", 0), named(g, "France", 0));
	assert_string_equal(ch_gz_str(g, g->entities[named(g, "Hexagonia", 0)].name).ptr, "France");
	assert_int_equal(g->entities[named(g, "France", 0)].wikidata, 142);
	assert_int_equal(named(g, "The World Body of Nations", 0), ch_gz_by_id(g, CH_STR("org:un")));
	assert_string_equal(ch_gz_str(g, g->entities[named(g, "CMA", 0)].foreign).ptr, "ftm:c");
	assert_int_equal(named(g, "minister of silly walks", 0), ch_gz_by_id(g, CH_STR("office:minister")));
	assert_string_equal(holder(g, "Coastal Alliance", "office:harbour-master", "2001-06-01"), "Ann Lee");
	assert_string_equal(ch_gz_source(g, g->entities[named(g, "Ann Lee", 0)].source, &line).ptr, "own.txt");
	assert_int_equal(line, 11);
	assert_int_equal(ch_gz_by_id(g, CH_STR("person:nobody")), UINT32_MAX);
	ch_gazetteer_close(g);
}

static void names_of_ones_own_come_first(void **state)
{
	struct ch_gazetteer *g = open_with("Angela Merkel\n\tUN | Envoy | 2022\n");

	(void)state;
	assert_int_equal(named(g, "Angela Merkel", 0), ch_gz_by_id(g, CH_STR("person:angela-merkel")));
	assert_string_equal(ch_gz_source(g, g->entities[named(g, "Angela Merkel", 0)].source, &(uint32_t){0}).ptr, "own.txt");
	ch_gazetteer_close(g);
}

static void slips(void **state)
{
	static const struct {
		const char *text, *line;
	} all[] = {
		{"Ann Lee\n", "own.txt:1: 'Ann Lee' has no term of office"},
		{"\n\nAnn Lee\n\tXQX | Envoy | 1990\n", "own.txt:4: 'XQX' is no state or organisation"},
		{"Ann Lee\n\tFRA | Envoy | 199\n", "own.txt:2: '199' is no date"},
		{"Ann Lee\n\tFRA | Envoy | 1990-02-30\n", "own.txt:2: '1990-02-30' is no day"},
		{"Ann Lee\n\tFRA | Envoy | 1990 | 1980\n", "own.txt:2: the term ends before it begins"},
		{"Ann Lee\n\tFRA | | 1990\n", "own.txt:2: a term without an office"},
		{"Ann Lee [Lee\n\tFRA | Envoy\n", "own.txt:1: 'Ann Lee [Lee': a bracket is not closed"},
		{"Ann Lee {nonsense}\n\tFRA | Envoy\n", "own.txt:1: 'nonsense' is no id"},
		{"\tFRA | Envoy\n", "own.txt:1: 'FRA | Envoy' stands behind no name"},
		{"state FR\n", "own.txt:1: 'FR' is no code of three letters"},
		{"org NOSUCH\n", "own.txt:1: 'org NOSUCH' is no head of a block"},
		{"org X = IGO\n\tcolour blue\n", "own.txt:2: 'colour' is no key"},
		{"office x\n", "own.txt:1: six fields would do"},
		{"institution XYZ | A | b\n", "own.txt:1: five fields would do"},
		{"...\n\tFRA | Envoy\n", "own.txt:1: '...' holds no letter"},
	};
	struct ch_gazetteer *g = NULL;

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct ch_actor_list own = {.path = "own.txt", .text = ch_str_z(all[i].text)};
		struct ch_err err = {""};

		assert_false(ch_gazetteer_open_with(&own, &g, &err));
		if (!strstr(err.text, all[i].line) || strchr(err.text, '\n'))
			fail_msg("'%s' says: %s", all[i].text, err.text);
	}
}

/* Twenty slips are told and no more, however many there are; long lines are cut. */
static void many_slips(void **state)
{
	struct ch_actor_list lists[1] = {{.path = "own.txt", .own = true}};
	struct ch_arena a = {0};
	struct ch_str table, said, line;
	char *text = calloc(1, 200000);
	uint32_t n = 0;

	(void)state;
	for (size_t i = 0; i < 100; i++)
		memset(text + i * 2000, i % 2 ? 'x' : 'y', 1999), text[i * 2000 + 1999] = '\n';
	lists[0].text = ch_str_n(text, 200000);
	assert_false(ch_gazetteer_compile(&a, lists, 1, &table, &said));
	while (ch_str_cut(&said, '\n', &line))
		if (line.len) {
			n++;
			assert_true(line.len < 400);
		}
	assert_int_equal(n, 20);
	ch_arena_free(&a);
	free(text);
}

static void none_is_the_same_as_empty(void **state)
{
	struct ch_gazetteer *g = open_with("# nothing but a comment\n"), *plain;
	struct ch_err err;

	(void)state;
	assert_true(ch_gazetteer_open(&plain, &err));
	assert_int_equal(g->head->entity_n, plain->head->entity_n);
	assert_int_equal(g->head->term_n, plain->head->term_n);
	assert_int_equal(g->head->entry_n, plain->head->entry_n);
	for (uint32_t i = 0; i < g->head->term_n; i++) {
		assert_int_equal(g->terms[i].person, plain->terms[i].person);
		assert_int_equal(g->terms[i].body, plain->terms[i].body);
		assert_int_equal(g->terms[i].from, plain->terms[i].from);
		assert_int_equal(g->terms[i].rank, plain->terms[i].rank);
	}
	ch_gazetteer_close(plain);
	ch_gazetteer_close(g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(own_terms_win),
		cmocka_unit_test(one_person),
		cmocka_unit_test(states_and_offices),
		cmocka_unit_test(names_of_ones_own_come_first),
		cmocka_unit_test(slips),
		cmocka_unit_test(many_slips),
		cmocka_unit_test(none_is_the_same_as_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
