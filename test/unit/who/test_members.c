/* Who belongs to which organisation: days of joining and leaving, sizes on a day, both iterators, slips in a list. */
#include "base/arena.h"
#include "who/compile.h"
#include "who/gazetteer.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

static struct ch_gazetteer *g;

static uint32_t entity(const char *id)
{
	uint32_t e = ch_gz_by_id(g, ch_str_z(id));

	assert_int_not_equal(e, UINT32_MAX);
	return e;
}

static ch_day day_of(const char *iso)
{
	return *iso ? ch_day_parse(ch_str_z(iso)) : CH_NO_DAY;
}

static void on_a_day(void **state)
{
	static const struct {
		const char *state, *org, *day;
		bool member;
	} cases[] = {
		{"state:gbr", "org:eu", "1972-12-31", false},
		{"state:gbr", "org:eu", "1973-01-01", true},
		{"state:gbr", "org:eu", "2020-01-31", true},
		{"state:gbr", "org:eu", "2020-02-01", false},
		{"state:tur", "org:eu", "2010-01-01", false}, /* a candidate */
		{"state:fin", "org:nato", "2023-04-03", false},
		{"state:fin", "org:nato", "2023-04-04", true},
		{"state:swe", "org:nato", "2023-04-04", false},
		{"state:grc", "org:nato", "1952-02-18", true},
		{"state:chn", "org:un", "1970-01-01", false},
		{"state:chn", "org:un", "1971-10-25", true},
		{"state:twn", "org:un", "1970-01-01", true},
		{"state:twn", "org:un", "1971-10-26", false},
		{"state:che", "org:un", "2002-09-09", false}, /* an observer */
		{"state:che", "org:un", "2002-09-10", true},
		{"state:yug", "org:un", "1991-06-30", true},
		{"state:yug", "org:un", "1995-06-30", false}, /* without a voice */
		{"state:sun", "org:un", "1962-10-25", true},
		{"state:rus", "org:un", "1962-10-25", false},
		{"state:rus", "org:un", "", true},
		{"state:sun", "org:un", "", false},
		{"state:ddr", "org:un", "1989-11-09", true},
		{"state:idn", "org:un", "1965-06-01", false},
		{"state:idn", "org:un", "1966-09-28", true},
		{"state:egy", "org:las", "1978-09-17", true},
		{"state:egy", "org:las", "1985-01-01", false}, /* suspended */
		{"state:egy", "org:las", "1989-05-23", true},
		{"state:syr", "org:las", "2023-05-06", false},
		{"state:syr", "org:las", "2023-05-07", true},
		{"state:geo", "org:cis", "2008-08-08", true},
		{"state:geo", "org:cis", "2009-08-19", false},
		{"state:mli", "org:ecowas", "2019-01-01", true},
		{"state:mli", "org:ecowas", "2025-01-30", false},
		{"state:mrt", "org:ecowas", "1999-12-31", true},
		{"state:mrt", "org:ecowas", "2001-01-01", false},
		{"state:mar", "org:oau", "1980-01-01", true},
		{"state:mar", "org:oau", "1990-01-01", false},
		{"state:mar", "org:au", "2016-01-01", false},
		{"state:mar", "org:au", "", true},
		{"state:alb", "org:warsaw-pact", "1968-09-13", true},
		{"state:alb", "org:warsaw-pact", "1968-09-14", false},
		{"state:irq", "org:cento", "1958-07-14", true},
		{"state:irq", "org:cento", "1959-03-25", false},
		{"state:zaf", "org:commonwealth", "1961-05-31", false},
		{"state:zaf", "org:commonwealth", "1994-06-01", true},
		{"state:ven", "org:can", "2006-04-23", false},
		{"state:ind", "org:sco", "2016-01-01", false}, /* an observer */
		{"state:ind", "org:sco", "2017-06-09", true},
		{"state:nam", "org:nam", "1995-01-01", true}, /* Namibia in the movement */
		{"org:eu", "org:g20", "2010-01-01", true},
		{"org:au", "org:g20", "2023-09-08", false},
		{"org:au", "org:g20", "2023-09-09", true},
		{"state:usa", "org:unesco", "1990-01-01", false},
		{"state:usa", "org:unesco", "2010-01-01", true},
		{"state:aze", "org:imf", "2000-01-01", true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (ch_gz_member(g, entity(cases[i].state), entity(cases[i].org), day_of(cases[i].day)) != cases[i].member)
			fail_msg("%s in %s on '%s': not %d", cases[i].state, cases[i].org, cases[i].day, cases[i].member);
	assert_false(ch_gz_member(g, entity("state:fra"), entity("state:deu"), CH_NO_DAY));
	assert_false(ch_gz_member(g, UINT32_MAX, entity("org:un"), CH_NO_DAY));
}

/* As many as the organisations say they were. */
static void sizes(void **state)
{
	static const struct {
		const char *org, *day;
		uint32_t n;
	} cases[] = {
		{"org:un", "1945-12-31", 51},
		{"org:un", "1955-12-31", 76},
		{"org:un", "1960-12-31", 99},
		{"org:un", "1975-12-31", 144},
		{"org:un", "1990-12-31", 159},
		{"org:un", "2000-12-31", 189},
		{"org:un", "2020-01-01", 193},
		{"org:nato", "1989-01-01", 16},
		{"org:nato", "2024-12-31", 32},
		{"org:eu", "1985-01-01", 10},
		{"org:eu", "2019-01-01", 28},
		{"org:osce", "1975-08-01", 35},
		{"org:osce", "2020-01-01", 57},
		{"org:coe", "2023-01-01", 46},
		{"org:wto", "2025-01-01", 166},
		{"org:icc", "2025-06-01", 125},
		{"org:commonwealth", "2023-01-01", 56},
		{"org:oecd", "2022-01-01", 38},
		{"org:nam", "1961-12-31", 25},
		{"org:au", "2018-01-01", 55},
		{"org:g20", "2024-01-01", 21},
		{"org:brics", "2023-12-31", 5},
		{"org:brics", "2025-02-01", 10},
		{"org:warsaw-pact", "1980-01-01", 7},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_gz_members it = ch_gz_members_of(g, entity(cases[i].org), day_of(cases[i].day));
		const struct ch_gz_membership *m;
		uint32_t n = 0;

		while ((m = ch_gz_members_next(&it))) {
			assert_int_equal(m->org, entity(cases[i].org));
			n += m->status == CH_GZ_MEMBER;
		}
		if (n != cases[i].n)
			fail_msg("%s on %s: %u members, not %u", cases[i].org, cases[i].day, n, cases[i].n);
	}
}

static void of_a_state(void **state)
{
	struct ch_gz_members it = ch_gz_orgs_of(g, entity("state:tur"), day_of("2013-01-01"));
	const struct ch_gz_membership *m;
	struct ch_str list;
	bool eu = false, nato = false, sco = false, imf = false;
	uint32_t line;

	(void)state;
	while ((m = ch_gz_members_next(&it))) {
		assert_int_equal(m->state, entity("state:tur"));
		if (m->org == entity("org:eu"))
			eu = !strcmp(ch_gz_status_name(m->status), "candidate");
		if (m->org == entity("org:sco"))
			sco = !strcmp(ch_gz_status_name(m->status), "partner");
		if (m->org == entity("org:nato")) {
			char from[16];

			nato = m->status == CH_GZ_MEMBER && m->flags == CH_GZ_OF_BLOC && m->to == INT32_MAX;
			assert_string_equal(ch_day_print(m->from, from), "1952-02-18");
			list = ch_gz_source(g, m->source, &line);
			assert_true(ch_str_ends(list, CH_STR("members.txt")) && line > 10);
		}
		if (m->org == entity("org:imf")) {
			imf = m->flags == CH_GZ_SINCE_BEFORE;
			list = ch_gz_source(g, m->source, &line);
			assert_true(ch_str_ends(list, CH_STR("members-cia.txt")));
		}
	}
	assert_true(eu && nato && sco && imf);
	it = ch_gz_orgs_of(g, entity("state:vdr"), CH_NO_DAY);
	assert_null(ch_gz_members_next(&it));
	assert_string_equal(ch_gz_status_name(99), "");
}

/* Both orders hold the same lines, each once, and each of an organisation. */
static void orders_agree(void **state)
{
	uint32_t by_org = 0, by_state = 0;

	(void)state;
	for (uint32_t e = 0; e < g->head->entity_n; e++) {
		struct ch_gz_members it = ch_gz_members_of(g, e, CH_NO_DAY);
		const struct ch_gz_membership *m;

		while ((m = ch_gz_members_next(&it))) {
			assert_int_equal(g->entities[e].kind, CH_GZ_ORG);
			assert_true(m->from <= m->to && m->status <= CH_GZ_SUSPENDED);
			by_org++;
		}
		it = ch_gz_orgs_of(g, e, CH_NO_DAY);
		while (ch_gz_members_next(&it))
			by_state++;
	}
	assert_int_equal(by_org, g->head->member_n);
	assert_int_equal(by_state, g->head->member_n);
	assert_true(g->head->member_n >= 8000);
}

static void slips(void **state)
{
	static const struct {
		const char *text, *said; /* said: NULL where there is none */
	} cases[] = {
		{"org Pact\n\tAAA BBB | 1950-04-04 | 1960 |\n\tBBB | 1961 | | observer\n", NULL},
		{"org Pact\n\tAAA | by 1950 | after 1960\nalso Club\n\tPact BBB\n", NULL},
		{"org Pact\n\tAAA\n# a note\n\n\tBBB | | 1960-02\n", NULL},
		{"bloc Pact\n\tAAA | by 1950\norg Club\n\tBBB\n", NULL},
		{"bloc Pact\n\tAAA\norg Pact\n\tBBB\n", "members.txt:3: 'Pact' has its block already"},
		{"org Ligue\n", "members.txt:1: 'Ligue' is no organisation"},
		{"org AAA\n", "'AAA' is no organisation"},
		{"org Pact\n\tAAA\norg Pact\n\tBBB\n", "members.txt:3: 'Pact' has its block already"},
		{"org Pact\n\tAAA XYZ | 1950\n", "members.txt:2: 'XYZ' is no state"},
		{"org Pact\n\tPact\n", "'Pact' is no state"},
		{"org Pact\n\tAAA | 1950-13-01\n", "'1950-13-01' is no day"},
		{"org Pact\n\tAAA | since 1950\n", "'since 1950' is no date"},
		{"org Pact\n\tAAA | by\n", "'by' is no date"},
		{"org Pact\n\tAAA | 1960 | 1950\n", "'1960' is later than '1950'"},
		{"org Pact\n\tAAA | 1950 | | friend\n", "'friend' is no status"},
		{"org Pact\n\tAAA | 1950 | | member | x\n", "is no line of members"},
		{"org Pact\n\t| 1950\n", "is no line of members"},
		{"\tAAA | 1950\n", "stands in no block"},
		{"AAA | 1950\n", "begins no block"},
		{"org Pact\n\tAAA | 1950 | 1960\n\n\tBBB AAA | 1960\n", "members.txt:4: 'AAA' is member on these days"},
	};
	static const char states[] = "state AAA\n\tname Arvonia\nstate BBB\n\tname Belmark\n";
	static const char orgs[] = "org Pact = IGO\n\tname Pact of Belmark\norg Club = IGO\n\tname Belmark Club\n";

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_actor_list lists[] = {{"states.txt", ch_str_z(states), false},
						{"organisations.txt", ch_str_z(orgs), false},
						{"members.txt", ch_str_z(cases[i].text), false}};
		struct ch_arena arena = {0};
		struct ch_str table, said = {"", 0};
		bool ok = ch_gazetteer_compile(&arena, lists, 3, &table, &said);

		if (ok != !cases[i].said)
			fail_msg("case %zu: %.*s", i, CH_STR_ARG(said));
		if (cases[i].said && ch_str_find(said, ch_str_z(cases[i].said), 0) == CH_STR_NONE)
			fail_msg("case %zu: '%s' not in: %.*s", i, cases[i].said, CH_STR_ARG(said));
		ch_arena_free(&arena);
	}
}

static int open_all(void **state)
{
	struct ch_err err;

	(void)state;
	return ch_gazetteer_open(&g, &err) ? 0 : -1;
}

static int close_all(void **state)
{
	(void)state;
	ch_gazetteer_close(g);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(on_a_day),     cmocka_unit_test(sizes), cmocka_unit_test(of_a_state),
		cmocka_unit_test(orders_agree), cmocka_unit_test(slips),
	};

	return cmocka_run_group_tests(tests, open_all, close_all);
}
