/* The tables of codes, and dates as coded data sets have them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include "chancery.h"
#include "export/out.h"

static void codes_hold_for_days(void **state)
{
	static const struct {
		const char *code;
		int year;
		const char *fips, *cow, *cameo, *name;
	} cases[] = {
		{ "DEU", 1975, "GE", "260", "DEU", "West Germany" },
		{ "DEU", 2001, "GM", "255", "DEU", "Germany" },
		{ "DEU", 1947, "", "", "DEU", "Germany" },          /* between: no state */
		{ "DDR", 1975, "GC", "265", "", "East Germany" },
		{ "SSD", 2005, "", "", "SSD", "South Sudan" },
		{ "SSD", 2012, "OD", "626", "SSD", "South Sudan" },
		{ "XKX", 2010, "KV", "347", "KOS", "Kosovo" },
		{ "ROU", 1980, "RO", "360", "ROM", "Romania" },
		{ "SUN", 1980, "UR", "365", "USR", "Soviet Union" },
		{ "AUS", 1980, "AS", "900", "AUS", "Australia" },    /* AS is American Samoa elsewhere, AU Austria */
		{ "AUT", 1980, "AU", "305", "AUT", "Austria" },
		{ "NAM", 1995, "WA", "565", "NAM", "Namibia" },      /* "NA" is nobody's null */
		{ "PSE", 1995, "", "", "PSE", "Palestine" },
	};
	struct ch_codes codes;
	struct ch_country_code c;
	struct ch_err err;

	(void)state;
	if (!ch_codes_open(&codes, &err))
		fail_msg("%s", err.text);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_true(ch_country_on(&codes, ch_str_z(cases[i].code), ch_day_of(cases[i].year, 6, 1), &c));
		if (!ch_str_eqz(c.fips, cases[i].fips) || !ch_str_eqz(c.cow, cases[i].cow) || !ch_str_eqz(c.cameo, cases[i].cameo) ||
		    !ch_str_eqz(c.name, cases[i].name))
			fail_msg("%s %d: %.*s %.*s %.*s %.*s", cases[i].code, cases[i].year, CH_STR_ARG(c.fips), CH_STR_ARG(c.cow), CH_STR_ARG(c.cameo),
				 CH_STR_ARG(c.name));
	}
	assert_true(ch_country_on(&codes, CH_STR("DEU"), CH_NO_DAY, &c) && ch_str_eqz(c.cow, "255"));
	assert_false(ch_country_on(&codes, CH_STR("XXY"), CH_NO_DAY, &c));
	/* what two states have on one day is nobody's code */
	for (uint32_t i = 0; i < codes.countries.n; i++)
		for (uint32_t k = 0; k < i; k++) {
			const struct ch_country_code *a = &codes.countries.v[i], *b = &codes.countries.v[k];
			bool apart = ch_str_eq(a->code, b->code) || (a->to != CH_NO_DAY || b->to != CH_NO_DAY);

			if (!apart && ((a->fips.len && ch_str_eq(a->fips, b->fips)) || (a->cow.len && ch_str_eq(a->cow, b->cow)) ||
				       (a->iso2.len && ch_str_eq(a->iso2, b->iso2)) || (a->cameo.len && ch_str_eq(a->cameo, b->cameo))))
				fail_msg("%.*s and %.*s have one code", CH_STR_ARG(a->code), CH_STR_ARG(b->code));
		}
	/* every frame's root, and Goldstein's ends */
	assert_float_equal(ch_cameo_of(&codes, CH_STR("0874"))->goldstein, 10, 0.01);
	assert_float_equal(ch_cameo_of(&codes, CH_STR("195"))->goldstein, -10, 0.01);
	for (uint32_t i = 0; i < codes.cameo.n; i++)
		assert_true(codes.cameo.v[i].goldstein >= -10 && codes.cameo.v[i].goldstein <= 10 && codes.cameo.v[i].name.len > 3);
	for (unsigned t = 0; t < CH_EV_N; t++)
		assert_non_null(ch_plover_of(&codes, ch_str_z(ch_event_name(t))));
	ch_codes_close(&codes);
}

static void slips_in_tables_are_told(void **state)
{
	static const struct {
		const char *path, *text, *told;
	} cases[] = {
		{ "lexicon/export/countries.txt", "# x\nDEU de GM DEU 255 GMY - -\n", "countries.txt:2: 'DEU'" },
		{ "lexicon/export/countries.txt", "DEU de GM DEU 255 GMY 1990-13-01 - Germany\n", "FROM and TO" },
		{ "lexicon/export/countries.txt", "DEU de GM DEU 1 A - - A\nFRA fr FR FRA 2 B - - B\nDEU de GM DEU 1 A - - A\n", ":3:" },
		{ "lexicon/export/cameo.txt", "030 4 030 Intend\n042 nine - Visit\n", "cameo.txt:2: '042'" },
		{ "lexicon/export/cameo.txt", "042 1.9 036 Visit\n", "036" },
		{ "lexicon/export/cameo.txt", "042 1 - Visit\n042 1 - Visit\n", "once" },
		{ "lexicon/export/sectors.txt", "GOV GOV\n", "wanted: SECTOR" },
		{ "lexicon/export/plover.txt", "AGREE 030\n", "no line in cameo.txt" },
		{ "lexicon/export/runes.txt", "", "no table" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_embedded file = { cases[i].path, ch_str_z(cases[i].text) };
		struct ch_codes codes;
		struct ch_err err;

		assert_false(ch_codes_parse(&codes, &file, 1, &err));
		if (!strstr(err.text, cases[i].told))
			fail_msg("case %zu: %s", i, err.text);
		ch_codes_close(&codes);
	}
}

static void dates_of_all_kinds(void **state)
{
	static const struct {
		const char *text, *first, *last;
		char unit;
	} cases[] = {
		{ "2018-04-09", "2018-04-09", "2018-04-09", 'd' }, { "2018-02", "2018-02-01", "2018-02-28", 'm' }, { "2018", "2018-01-01", "2018-12-31", 'y' },
		{ "2018-04-09/2018-04-11", "2018-04-09", "2018-04-11", 'd' }, { "2018-04/2018-06", "2018-04-01", "2018-06-30", 'm' },
		{ "2018-04-09/2018-04-01", "2018-04-09", "2018-04-09", 'd' }, { "2018-04-09/soon", "2018-04-09", "2018-04-09", 'd' },
		{ "", NULL, NULL, 0 }, { "soon", NULL, NULL, 0 }, { "2018-13", NULL, NULL, 0 }, { "2018-02-30", NULL, NULL, 0 }, { "/2018", NULL, NULL, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_when w;
		char day[16];

		assert_int_equal(ch_when_of(ch_str_z(cases[i].text), &w), cases[i].first != NULL);
		if (!cases[i].first)
			continue;
		assert_string_equal(ch_day_print(w.first, day), cases[i].first);
		assert_string_equal(ch_day_print(w.last, day), cases[i].last);
		assert_int_equal(w.unit, cases[i].unit);
	}
	assert_int_equal(ch_dyad_number(CH_STR("ffffffffffffffffffff"), 0x7fff), INT64_MAX);
	assert_int_equal(ch_dyad_number(CH_STR("00000000000100000000"), 2), (1 << 15) + 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_hold_for_days), cmocka_unit_test(slips_in_tables_are_told), cmocka_unit_test(dates_of_all_kinds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
