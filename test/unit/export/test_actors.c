/* Who there is, and a file of one's own: what is listed, added, imported, and that a refusal leaves the file as it was. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include <jansson.h>
#include "chancery.h"

static char dir[] = "/tmp/ch-actors-XXXXXX", own[64], from[64];

static void write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static char *read_file(const char *path)
{
	static char text[65536];
	FILE *f = fopen(path, "r");
	size_t n = f ? fread(text, 1, sizeof text - 1, f) : 0;

	text[n] = '\0';
	if (f)
		fclose(f);
	return text;
}

static int begin(void **state)
{
	(void)state;
	unlink(own);
	return 0;
}

static bool keep(void *ctx, const char *json, size_t size)
{
	json_array_append_new(ctx, json_loadb(json, size, 0, NULL));
	return true;
}

static json_t *list(const char *actors, const struct chancery_actor_query *q)
{
	struct chancery_error error = { "" };
	struct chancery *engine;
	json_t *rows = json_array();

	if (!chancery_open_with(NULL, &(struct chancery_own){ .actors = actors }, &engine, &error) || !chancery_actors(engine, q, keep, rows, &error))
		fail_msg("%s", error.text);
	chancery_close(engine);
	return rows;
}

static const char *str(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s ? s : "";
}

static void lists(void **state)
{
	static const struct {
		struct chancery_actor_query q;
		const char *name, *office;   /* of the first row */
		size_t n;
	} all[] = {
		{ { .of = "EGY", .office = "president", .on = "1977-11-19" }, "Anwar Sadat", "President", 1 },
		{ { .of = "Egypt", .office = "foreign minister", .on = "2018-03-01" }, "Sameh Shoukry", "Foreign Minister", 1 },
		{ { .words = "sadat anwar" }, "Anwar Sadat", "President", 1 },
		{ { .words = "Non-Aligned Movement" }, "Non-Aligned Movement", "", 2 },
		{ { .of = "FRA", .office = "head of state", .on = "1963-01-22" }, "Charles de Gaulle", "President", 1 },
		{ { .words = "Xyzzy" }, "", "", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		json_t *rows = list(NULL, &all[i].q), *first = json_array_get(rows, 0);
		const json_t *term = json_array_get(json_object_get(first, "terms"), 0);

		if (json_array_size(rows) != all[i].n || strcmp(str(first, "name"), all[i].name) != 0)
			fail_msg("query %zu: %zu rows, the first '%s'", i, json_array_size(rows), str(first, "name"));
		assert_string_equal(str(term, "office"), all[i].office);
		if (all[i].n)
			assert_non_null(strstr(str(first, "source"), "lexicon/actors/"));
		json_decref(rows);
	}
}

static void bad_day(void **state)
{
	struct chancery_error error = { "" };
	struct chancery *engine;

	(void)state;
	assert_true(chancery_open(NULL, &engine, &error));
	assert_false(chancery_actors(engine, &(struct chancery_actor_query){ .on = "1998-13-01" }, keep, NULL, &error));
	assert_non_null(strstr(error.text, "1998-13-01"));
	chancery_close(engine);
}

static void stats(void **state)
{
	struct chancery_error error = { "" };
	struct chancery *engine;
	char *json;
	json_t *o;

	(void)state;
	assert_true(chancery_open(NULL, &engine, &error));
	assert_true(chancery_stats(engine, &json, &error));
	o = json_loads(json, 0, NULL);
	assert_true(json_integer_value(json_object_get(o, "dated holders")) >= 5000);
	assert_true(json_integer_value(json_object_get(o, "organisations")) >= 300);
	assert_true(json_integer_value(json_object_get(o, "people with a Wikidata id")) >= 10000);
	json_decref(o);
	free(json);
	chancery_close(engine);
}

static void adds(void **state)
{
	static const struct {
		struct chancery_new_actor a;
		const char *error;   /* NULL: it goes in */
	} all[] = {
		{ { "Zorn Blackwater; Z. Blackwater", "AZE", "Foreign Minister", "2030-09-01", NULL, "wikidata:Q77" }, NULL },
		{ { "Zorn Blackwater", "AZE", "Foreign Minister", "2030-09-01", NULL, NULL }, "is there already" },
		{ { "Zorn Blackwater", "AZE", "Prime Minister", "2035", "2036-05", NULL }, NULL },
		{ { "Ilham Aliyev", "AZE", "President", "2003-10-31", NULL, NULL }, "leaders.txt:" },
		{ { "Ann Lee", "XQX", "Envoy", NULL, NULL, NULL }, "'XQX' is no state" },
		{ { "Ann Lee", "FRA", "Envoy", "soon", NULL, NULL }, "'soon' is no date" },
		{ { "Ann\nLee", "FRA", "Envoy", NULL, NULL, NULL }, "may not hold" },
		{ { "Ann | Lee", "FRA", "Envoy", NULL, NULL, NULL }, "may not hold" },
		{ { "source Lee", "FRA", "Envoy", NULL, NULL, NULL }, "may not begin so" },
		{ { "", "FRA", "Envoy", NULL, NULL, NULL }, "a name" },
	};
	json_t *rows;

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct chancery_error error = { "" };
		char *was = strdup(read_file(own));
		bool ok = chancery_actors_add(own, &all[i].a, &error);

		if (ok != !all[i].error || (all[i].error && !strstr(error.text, all[i].error)))
			fail_msg("'%s': %s", all[i].a.name, error.text);
		if (!ok)
			assert_string_equal(read_file(own), was);
		free(was);
	}
	assert_string_equal(read_file(own), "Zorn Blackwater {wikidata:Q77}; Z. Blackwater\n\tAZE | Foreign Minister | 2030-09-01\n"
			    "Zorn Blackwater\n\tAZE | Prime Minister | 2035 | 2036-05\n");
	rows = list(own, &(struct chancery_actor_query){ .own = true });
	assert_int_equal(json_array_size(rows), 1);
	assert_string_equal(str(json_array_get(rows, 0), "wikidata"), "Q77");
	json_decref(rows);
}

static json_t *import(const char *text, const char *format, bool mine)
{
	struct chancery_error error = { "" };
	char *json;
	json_t *o;

	write_file(from, text);
	if (!chancery_actors_import(own, &(struct chancery_import){ from, format, mine }, &json, &error))
		fail_msg("%s", error.text);
	o = json_loads(json, 0, NULL);
	free(json);
	return o;
}

static long long number(const json_t *o, const char *key)
{
	return json_integer_value(json_object_get(o, key));
}

static const json_t *term_of(const json_t *rows, size_t row, size_t i)
{
	return json_array_get(json_object_get(json_array_get(rows, row), "terms"), i);
}

static void petrarch(void **state)
{
	json_t *o = import("# a dictionary\n"
			   "FRANCE_ [FRA]\n+THE_HEXAGON_\n"
			   "ILSE_MARN_ # list\n+MINISTER_ILSE_MARN_\n\t[FRAGOV 030701-040331]\n\t[FRAMIL >20050101]\n"
			   "HARBOUR_FRONT_ [EAFREB] ;said so\n"
			   "U.N._\nGONE_ [---]\n+AWAY_\n", NULL, false), *rows;

	(void)state;
	assert_string_equal(str(o, "format"), "petrarch");
	assert_int_equal(number(o, "people"), 1);
	assert_int_equal(number(o, "terms"), 2);
	assert_int_equal(number(o, "organisations"), 1);
	assert_int_equal(number(o, "not_taken"), 2);
	assert_int_equal(json_array_size(json_object_get(o, "examples")), 2);
	json_decref(o);
	rows = list(own, &(struct chancery_actor_query){ .words = "Ilse Marn" });
	assert_int_equal(json_array_size(rows), 1);
	assert_string_equal(str(term_of(rows, 0, 0), "from"), "2003-07-01");
	assert_string_equal(str(term_of(rows, 0, 0), "to"), "2004-03-31");
	assert_string_equal(str(term_of(rows, 0, 1), "office"), "Officer");
	json_decref(rows);
	rows = list(own, &(struct chancery_actor_query){ .words = "the hexagon" });
	assert_string_equal(str(json_array_get(rows, 0), "name"), "France");
	json_decref(rows);
	rows = list(own, &(struct chancery_actor_query){ .words = "Harbour Front" });
	assert_string_equal(str(json_array_get(rows, 0), "sector"), "REB");
	json_decref(rows);
}

static void agents(void **state)
{
	json_t *o = import("!MINIST! = MINISTER, MINISTERS, MINISTRY, MINISTRIES\n!PERSON! = MAN, MEN\n"
			   "LIGHTHOUSE_KEEPER [~CVL]\nGOLDEN_GOOSE {GOLDEN_GEESE} [~AGR]\nTIDE_HOUSE {} [~MED]\n"
			   "!MINIST!_OF_TIDES [~GOV]\nTIDES!PERSON! [~COP]\nAD!MINIST!RATOR_OF_TIDES [~GOV]\nPLUM [~GGS]\n",
			   NULL, false);
	const char *text = read_file(own);

	(void)state;
	assert_int_equal(number(o, "not_taken"), 1);
	json_decref(o);
	assert_non_null(strstr(text, "institution CVL | Lighthouse keeper | lighthouse keeper | lighthouse keepers | loose\n"));
	assert_non_null(strstr(text, "institution AGR | Golden goose | golden goose | golden geese | loose\n"));
	assert_non_null(strstr(text, "institution JRN | Tide house | tide house |  | loose\n"));
	assert_non_null(strstr(text, "office minister | Minister | GOV | minister of tides | ministers of tides |\n"));
	assert_non_null(strstr(text, "institution GOV | Ministry of tides | ministry of tides | ministries of tides | loose\n"));
	assert_non_null(strstr(text, "| tidesman | tidesmen |"));
	assert_non_null(strstr(text, "| administrator of tides |"));
}

static void ftm(void **state)
{
	json_t *o = import("{\"id\":\"p1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Ilse Marn\"],\"alias\":[\"I. Marn\"],"
			   "\"wikidataId\":[\"Q4242\"]}}\n"
			   "{\"id\":\"pos\",\"schema\":\"Position\",\"properties\":{\"name\":[\"Minister of Tides\"],\"country\":[\"az\"]}}\n"
			   "{\"id\":\"o1\",\"schema\":\"Occupancy\",\"properties\":{\"holder\":[\"p1\"],\"post\":[\"pos\"],"
			   "\"startDate\":[\"2011-02-03\"]}}\n"
			   "{\"id\":\"b1\",\"schema\":\"PublicBody\",\"properties\":{\"name\":[\"Bureau of Lighthouses\"],"
			   "\"country\":[\"de\"],\"wikidataId\":[\"Q11\"]}}\n"
			   "{\"id\":\"m1\",\"schema\":\"Membership\",\"properties\":{\"member\":[\"p1\"],\"organization\":[\"b1\"]}}\n"
			   "{\"id\":\"o2\",\"schema\":\"Occupancy\",\"properties\":{\"holder\":[\"nobody\"],\"post\":[\"pos\"]}}\n"
			   "nonsense\n", NULL, false), *rows;

	(void)state;
	assert_string_equal(str(o, "format"), "ftm");
	assert_int_equal(number(o, "people"), 1);
	assert_int_equal(number(o, "terms"), 2);
	assert_int_equal(number(o, "not_taken"), 2);
	json_decref(o);
	rows = list(own, &(struct chancery_actor_query){ .own = true });
	assert_int_equal(json_array_size(rows), 2);
	assert_string_equal(str(json_array_get(rows, 0), "wikidata"), "Q11");
	assert_string_equal(str(json_array_get(rows, 0), "other_id"), "ftm:b1");
	assert_string_equal(str(json_array_get(rows, 1), "wikidata"), "Q4242");
	assert_string_equal(str(term_of(rows, 1, 0), "of"), "AZE");
	assert_string_equal(str(term_of(rows, 1, 1), "of"), "DEU");   /* a public body acts for its state */
	json_decref(rows);
}

static void table(void **state)
{
	struct chancery_error error = { "" };
	char *json = NULL, *was;
	json_t *o = import("office\tname\tbody\tfrom\nTide Minister\tAnn Lee; A. Lee\tazerbaijan\t2018-09\nKing\tCyd Ode\tNarnia\t1950\n"
			   "Envoy\tDan Poe\tFRA\tsoon\n", "tsv", true), *rows;

	(void)state;
	assert_int_equal(number(o, "people"), 1);
	assert_int_equal(number(o, "not_taken"), 2);
	json_decref(o);
	rows = list(own, &(struct chancery_actor_query){ .words = "A. Lee" });
	assert_string_equal(str(term_of(rows, 0, 0), "of"), "AZE");
	json_decref(rows);
	/* what was imported is not imported again; what cannot be read is no import */
	was = strdup(read_file(own));
	assert_false(chancery_actors_import(own, &(struct chancery_import){ from, NULL, false }, &json, &error));
	assert_non_null(strstr(error.text, "was imported already"));
	assert_null(json);
	assert_false(chancery_actors_import(own, &(struct chancery_import){ "/nowhere/x", NULL, false }, &json, &error));
	assert_string_equal(read_file(own), was);
	free(was);
}

/* One's own entries stand before what was imported, so that they win. */
static void own_before_sources(void **state)
{
	struct chancery_error error = { "" };
	const char *text;

	(void)state;
	json_decref(import("ILSE_MARN_\n\t[FRAGOV 030701-040331]\n", NULL, false));
	assert_true(chancery_actors_add(own, &(struct chancery_new_actor){ "Ann Lee", "FRA", "Envoy", "1990", NULL, NULL }, &error));
	text = read_file(own);
	assert_non_null(strstr(text, "Ann Lee"));
	assert_true(strstr(text, "Ann Lee") < strstr(text, "\nsource "));
	assert_true(strstr(text, "\nsource ") < strstr(text, "Ilse Marn"));
}

static void version_of_the_lexicon(void **state)
{
	struct chancery_error error = { "" };
	struct chancery *with, *without;

	(void)state;
	write_file(own, "Ann Lee\n\tFRA | Envoy | 1990\n");
	assert_true(chancery_open(NULL, &without, &error));
	assert_true(chancery_open_with(NULL, &(struct chancery_own){ .actors = own }, &with, &error));
	assert_string_not_equal(chancery_lexicon(with), chancery_lexicon(without));
	assert_memory_equal(chancery_lexicon(with), chancery_lexicon(without), strlen(chancery_lexicon(without)));
	chancery_close(with);
	chancery_close(without);
	write_file(own, "Ann Lee\n");
	assert_false(chancery_open_with(NULL, &(struct chancery_own){ .actors = own }, &with, &error));
	assert_non_null(strstr(error.text, "actors.txt:1: 'Ann Lee' has no term"));
	assert_false(chancery_open_with(NULL, &(struct chancery_own){ .actors = "/nowhere/actors.txt" }, &with, &error));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists), cmocka_unit_test(bad_day), cmocka_unit_test(stats),
		cmocka_unit_test_setup(adds, begin), cmocka_unit_test_setup(petrarch, begin), cmocka_unit_test_setup(agents, begin),
		cmocka_unit_test_setup(ftm, begin), cmocka_unit_test_setup(table, begin),
		cmocka_unit_test_setup(own_before_sources, begin), cmocka_unit_test_setup(version_of_the_lexicon, begin),
	};
	int failed;

	if (!mkdtemp(dir))
		return 1;
	snprintf(own, sizeof own, "%s/actors.txt", dir);
	snprintf(from, sizeof from, "%s/from.txt", dir);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	unlink(own);
	unlink(from);
	rmdir(dir);
	return failed;
}
