/* A list made by hand against records: what fits, what a list is about, and bench/compare's fifty visits against its pages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include "chancery.h"
#include "export/compare.h"

/* ---- one row, one record ---- */

/* "FRA DEU/Helmut Kohl": parties, and behind a bar persons with _ for blanks. */
static struct ch_compare_side side(struct ch_arena *a, const char *text)
{
	struct ch_compare_side s = { 0 };
	struct ch_str rest = ch_str_z(text), parties, one;

	if (!ch_str_cut(&rest, '/', &parties))
		return s;
	while (ch_str_cut(&parties, ' ', &one))
		ch_compare_add(a, &s.parties, one);
	while (ch_str_cut(&rest, ' ', &one))
		ch_compare_add(a, &s.persons, one);
	return s;
}

struct row {
	const char *who, *with, *places, *date, *type;
};

struct record {
	const char *source, *target, *place, *date, *status, *type;
};

static struct ch_compare_row row_of(struct ch_arena *a, const struct row *t)
{
	struct ch_compare_row r = { .who = side(a, t->who), .with = side(a, t->with), .places = side(a, t->places).parties,
				    .type = ch_str_z(t->type) };

	assert_int_equal(ch_list_date(ch_str_z(t->date), CH_ORDER_UNSAID, &r.lo, &r.hi), CH_LIST_DATE_OK);
	return r;
}

static struct ch_compare_record record_of(struct ch_arena *a, const struct record *t)
{
	struct ch_compare_record r = { .id = CH_STR("x"), .source = side(a, t->source), .target = side(a, t->target), .place = ch_str_z(t->place),
				       .date = ch_str_z(t->date), .status = ch_str_z(t->status ? t->status : "actual"), .type = ch_str_z(t->type),
				       .dated = true };

	assert_int_equal(ch_list_date(r.date, CH_ORDER_UNSAID, &r.lo, &r.hi), CH_LIST_DATE_OK);
	return r;
}

static void fits(void **state)
{
	static const struct {
		enum ch_compare_kind kind;
		struct row row;
		struct record record;
		const char *want;   /* "" or off, and of c(oarse) p(erson) l(place) h(appened) those that hold */
	} all[] = {
		{ CH_COMPARE_VISITS, { "USA/Nixon", "", "CHN", "1972-02-21/1972-02-28", "" }, { "USA/Nixon", "CHN", "CHN", "1972-02-22", NULL, "" }, "0plh" },
		{ CH_COMPARE_VISITS, { "USA", "", "CHN", "1972-02-21", "" }, { "USA/Nixon", "CHN", "", "1972-02-24", NULL, "" }, "3h" },
		{ CH_COMPARE_VISITS, { "USA", "", "CHN", "1972-02-21", "" }, { "USA", "CHN", "", "1972-02-18", NULL, "" }, "-3h" },
		{ CH_COMPARE_VISITS, { "USA", "", "CHN", "1972-02-21", "" }, { "USA", "CHN", "", "1972-02-25", NULL, "" }, "" },
		/* the other way, another host, another traveller */
		{ CH_COMPARE_VISITS, { "USA", "", "CHN", "1972-02-21", "" }, { "CHN", "USA", "", "1972-02-21", NULL, "" }, "" },
		{ CH_COMPARE_VISITS, { "USA", "", "CHN", "1972-02-21", "" }, { "USA", "SUN", "SUN", "1972-02-21", NULL, "" }, "" },
		{ CH_COMPARE_VISITS, { "USA/Nixon", "", "CHN", "1972-02-21", "" }, { "USA/Kissinger", "CHN", "", "1972-02-21", NULL, "" }, "" },
		/* the host is a place only; the list names the host, not the place */
		{ CH_COMPARE_VISITS, { "USA", "", "CHE", "1985-11-19", "" }, { "USA", "SUN", "CHE", "1985-11-19", NULL, "" }, "0lh" },
		{ CH_COMPARE_VISITS, { "USA", "CHN/Mao", "", "1972-02-21", "" }, { "USA", "CHN", "CHN", "1972-02-21", NULL, "" }, "0lh" },
		/* months and years */
		{ CH_COMPARE_VISITS, { "SUN", "", "CHN", "1989-05-15", "" }, { "SUN", "CHN", "", "1989-05", NULL, "" }, "0ch" },
		{ CH_COMPARE_VISITS, { "SUN", "", "CHN", "1989", "" }, { "SUN", "CHN", "", "1989-05-15", NULL, "" }, "0ch" },
		{ CH_COMPARE_VISITS, { "SUN", "", "CHN", "1989-05-15", "" }, { "SUN", "CHN", "", "1988", NULL, "" }, "" },
		{ CH_COMPARE_VISITS, { "SUN", "", "USA", "1973-06-18", "" }, { "SUN", "USA", "", "1973-06-18", "planned", "" }, "0" },
		{ CH_COMPARE_VISITS, { "SUN", "", "USA", "1973-06-18", "" }, { "SUN", "USA", "", "1973-06-18", "historical", "" }, "0h" },
		/* no sides: any order; of many two; of one the place */
		{ CH_COMPARE_MEETINGS, { "USA SUN", "", "", "1985-11-19", "" }, { "SUN USA", "", "CHE", "1985-11-19", NULL, "" }, "0h" },
		{ CH_COMPARE_MEETINGS, { "USA SUN GBR", "", "", "1985-11-19", "" }, { "SUN GBR", "", "", "1985-11-19", NULL, "" }, "0h" },
		{ CH_COMPARE_MEETINGS, { "USA SUN", "", "", "1985-11-19", "" }, { "SUN GBR", "", "", "1985-11-19", NULL, "" }, "" },
		{ CH_COMPARE_MEETINGS, { "USA", "", "CHE", "1985-11-19", "" }, { "SUN USA", "", "CHE", "1985-11-19", NULL, "" }, "0lh" },
		{ CH_COMPARE_MEETINGS, { "USA/Reagan SUN", "", "", "1985-11-19", "" }, { "SUN USA/Shultz", "", "", "1985-11-19", NULL, "" }, "" },
		{ CH_COMPARE_LETTERS, { "USA SUN", "", "", "1962-10-26", "" }, { "SUN", "USA", "", "1962-10-26", NULL, "" }, "0h" },
		{ CH_COMPARE_EVENTS, { "MLI", "", "MLI", "2018-03-03", "ASSAULT" }, { "MLI", "", "MLI", "2018-03-03", NULL, "ASSAULT" }, "0lh" },
		{ CH_COMPARE_EVENTS, { "MLI", "", "MLI", "2018-03-03", "ASSAULT" }, { "MLI", "", "MLI", "2018-03-03", NULL, "PROTEST" }, "" },
		{ CH_COMPARE_EVENTS, { "FRA", "DEU", "", "2018-03-03", "" }, { "FRA DEU", "", "", "2018-03-03", NULL, "CONSULT" }, "0h" },
		{ CH_COMPARE_EVENTS, { "FRA", "DEU", "", "2018-03-03", "" }, { "FRA", "ITA", "", "2018-03-03", NULL, "CONSULT" }, "" },
		{ CH_COMPARE_INSTRUMENTS, { "FRA DEU", "", "", "1963-01-22", "" }, { "FRA DEU", "", "", "1963-01-22", "signed", "treaty" }, "0h" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct ch_arena a = { 0 };
		struct ch_compare_row row = row_of(&a, &all[i].row);
		struct ch_compare_record record = record_of(&a, &all[i].record);
		struct ch_compare_fit f = { 0 };
		char got[32] = "";

		if (ch_compare_fits(all[i].kind, &row, &record, 3, &f))
			snprintf(got, sizeof got, "%d%s%s%s%s", f.off, f.coarse ? "c" : "", f.person ? "p" : "", f.place ? "l" : "",
				 f.happened ? "h" : "");
		if (strcmp(got, all[i].want) != 0)
			print_error("row %zu: ", i);
		assert_string_equal(got, all[i].want);
		ch_arena_free(&a);
	}
}

static void titles(void **state)
{
	struct ch_arena a = { 0 };
	struct ch_compare_row row = row_of(&a, &(struct row){ "", "", "", "1987-12-08", "" });
	struct ch_compare_record r = record_of(&a, &(struct record){ "", "", "", "1987-12-08", "signed", "treaty" });
	struct ch_compare_fit f;

	(void)state;
	row.title = CH_STR("Intermediate-Range Nuclear Forces Treaty");
	r.title = CH_STR("Treaty on Intermediate-Range Nuclear Forces");
	assert_true(ch_compare_fits(CH_COMPARE_INSTRUMENTS, &row, &r, 3, &f));
	r.title = CH_STR("Treaty on Open Skies");
	assert_false(ch_compare_fits(CH_COMPARE_INSTRUMENTS, &row, &r, 3, &f));
	ch_arena_free(&a);
}

/* What is new depends on what the list is about. */
static void scopes(void **state)
{
	static const struct row by_one[] = { { "USA/Nixon", "", "CHN", "1972-02-21", "" }, { "USA/Nixon", "", "SUN", "1972-05-22", "" } };
	static const struct row by_many[] = { { "USA", "", "CHN", "1972-02-21", "" }, { "SUN", "", "DEU", "1973-05-18", "" } };
	static const struct {
		const struct row *rows;
		struct record record;
		bool in;
	} all[] = {
		/* one traveller: wherever he went, in the time of the list; nobody else */
		{ by_one, { "USA/Nixon", "POL", "", "1972-03-31", NULL, "" }, true },
		{ by_one, { "USA", "POL", "", "1972-03-31", NULL, "" }, true },
		{ by_one, { "USA/Nixon", "POL", "", "1972-05-31", NULL, "" }, false },
		{ by_one, { "USA/Nixon", "POL", "", "1972", NULL, "" }, false },
		{ by_one, { "USA/Kissinger", "CHN", "", "1972-03-31", NULL, "" }, false },
		{ by_one, { "FRA", "CHN", "", "1972-03-31", NULL, "" }, false },
		/* many: between travellers and hosts of the list */
		{ by_many, { "SUN", "CHN", "", "1972-03-31", NULL, "" }, true },
		{ by_many, { "SUN", "POL", "", "1972-03-31", NULL, "" }, false },
		{ by_many, { "FRA", "CHN", "", "1972-03-31", NULL, "" }, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct ch_arena a = { 0 };
		struct ch_compare_row rows[3] = { row_of(&a, &all[i].rows[0]), row_of(&a, &all[i].rows[1]), { .why = "unread" } };
		struct ch_compare_record record = record_of(&a, &all[i].record);
		struct ch_compare_scope scope = ch_compare_scope_of(&a, CH_COMPARE_VISITS, rows, 3);

		if (ch_compare_in_scope(CH_COMPARE_VISITS, &scope, &record) != all[i].in)
			print_error("record %zu: ", i);
		assert_int_equal(ch_compare_in_scope(CH_COMPARE_VISITS, &scope, &record), all[i].in);
		ch_arena_free(&a);
	}
}

/* ---- whole ---- */

struct fixture {
	char dir[64], db[96], list[96];
	struct chancery *engine;
	struct chancery_store *store;
	struct chancery_error error;
};

static bool done(void *ctx, const struct chancery_result *result)
{
	(void)ctx;
	assert_null(result->error);
	return true;
}

static int setup(void **state)
{
	static const char *const paths[] = { CH_SOURCE_DIR "/bench/compare/pages.jsonl" };
	struct fixture *f = calloc(1, sizeof *f);
	struct chancery_added added = { 0 };
	struct chancery_inputs *inputs;

	strcpy(f->dir, "/tmp/chancery-test-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	snprintf(f->db, sizeof f->db, "%s/s.db", f->dir);
	snprintf(f->list, sizeof f->list, "%s/list", f->dir);
	assert_true(chancery_open(NULL, &f->engine, &f->error));
	assert_true(chancery_store_open(f->db, true, &f->store, &f->error));
	assert_true(chancery_inputs_open(paths, 1, NULL, &inputs, &f->error));
	assert_true(chancery_add(f->store, f->engine,
				 &(struct chancery_work){ .input = CHANCERY_PAGES, .threads = 1, .next = chancery_inputs_next, .done = done, .ctx = inputs },
				 &added, &f->error));
	chancery_inputs_close(inputs);
	assert_int_equal(added.pages, 20);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	chancery_store_close(f->store);
	chancery_close(f->engine);
	unlink(f->db);
	unlink(f->list);
	rmdir(f->dir);
	free(f);
	return 0;
}

static const char *text_of(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s ? s : "";
}

static bool keep(void *ctx, const char *json, size_t size)
{
	json_t *o = json_loadb(json, size, 0, NULL);

	assert_non_null(o);
	json_array_append_new(ctx, o);
	return true;
}

/* The rows; the summary in *sum. */
static json_t *compared(struct fixture *f, const struct chancery_compare *how, json_t **sum)
{
	json_t *rows = json_array();
	char *json = NULL;

	assert_true(chancery_compare(f->store, f->engine, how, keep, rows, &json, &f->error));
	*sum = json_loads(json, 0, NULL);
	free(json);
	return rows;
}

static long long number(const json_t *o, const char *key)
{
	return (long long)json_integer_value(json_object_get(o, key));
}

/* Row by row what bench/compare/README.md says of the pages. */
static void fifty_visits(void **state)
{
	static const struct {
		int line;
		const char *outcome, *date, *why;
		int off;
	} all[] = {
		{ 9, "found", "1959-09-15", "", 0 },   { 10, "found", "1959-12-09", "", 0 },  { 15, "found", "1963-06-26", "", 0 },
		{ 20, "found", "1970-12-07", "", 0 },  { 22, "found", "1972-02-21", "", 0 },  { 23, "found", "1972-05-22", "", 0 },
		{ 25, "missed", "1973-06-18", "told as planned", 0 },
		{ 26, "found", "1977-11-19", "", 0 },  { 28, "found", "1979-01-29", "", 0 },  { 29, "found", "1979-06-02", "", 0 },
		{ 38, "found", "1989-05", "", 0 },     { 39, "missed", "", "page seen, not coded", 0 },
		{ 42, "found", "1999-02-22", "", 1 },  { 45, "found", "2002-09-17", "", 0 },  { 47, "found", "2016-03-20", "", 0 },
		{ 50, "found", "2023-02-20", "", 0 },  { 51, "missed", "2023-03-21", "other record", 0 },
	};
	struct fixture *f = *state;
	struct chancery_compare how = { .list = CH_SOURCE_DIR "/bench/compare/visits.csv", .days = 3, .query = { .record = "visits" } };
	json_t *sum, *rows = compared(f, &how, &sum);
	size_t at = 0;

	assert_int_equal(json_array_size(rows), 52);
	for (size_t i = 0; i < 50; i++) {
		const json_t *o = json_array_get(rows, i), *record = json_object_get(o, "record");
		int line = (int)number(o, "line");

		assert_int_equal(line, (int)i + 2);
		if (at < sizeof all / sizeof *all && all[at].line == line) {
			assert_string_equal(text_of(o, "outcome"), all[at].outcome);
			assert_string_equal(text_of(record, "date"), all[at].date);
			assert_string_equal(text_of(o, "why"), all[at].why);
			assert_int_equal(number(o, "off"), all[at].off);
			at++;
		} else {
			assert_string_equal(text_of(o, "outcome"), "missed");
			assert_string_equal(text_of(o, "why"), "no page");
		}
	}
	assert_int_equal(at, sizeof all / sizeof *all);
	assert_true(strncmp(text_of(json_array_get(rows, 37), "text"), "The motorcade of Emperor Akihito", 32) == 0);
	assert_true(json_is_true(json_object_get(json_array_get(rows, 37), "together")));
	assert_string_equal(text_of(json_array_get(rows, 50), "outcome"), "new");
	assert_string_equal(text_of(json_array_get(rows, 50), "date"), "1973-05-18");
	assert_string_equal(text_of(json_array_get(rows, 51), "date"), "1998-06-25");
	assert_int_equal(number(sum, "rows"), 50);
	assert_int_equal(number(sum, "found"), 14);
	assert_int_equal(number(sum, "missed"), 36);
	assert_int_equal(number(sum, "new"), 2);
	assert_int_equal(number(sum, "unread"), 0);
	assert_int_equal(number(sum, "exact"), 12);
	assert_int_equal(number(sum, "coarse"), 1);
	assert_true(json_real_value(json_object_get(sum, "recall")) == 14.0 / 50);
	assert_true(json_real_value(json_object_get(sum, "precision")) == 14.0 / 16);
	json_decref(rows);
	json_decref(sum);
}

/* "outcome" of each row, blanks between. */
static void outcomes(struct fixture *f, const char *list, struct chancery_compare how, const char *want)
{
	FILE *to = fopen(f->list, "w");
	json_t *sum, *rows;
	char got[256] = "";
	size_t i;
	const json_t *o;

	assert_non_null(to);
	fputs(list, to);
	fclose(to);
	how.list = f->list;
	how.query.record = how.query.record ? how.query.record : "visits";
	rows = compared(f, &how, &sum);
	json_array_foreach(rows, i, o)
		snprintf(got + strlen(got), sizeof got - strlen(got), "%s%s", i ? " " : "", text_of(o, "outcome"));
	assert_string_equal(got, want);
	json_decref(rows);
	json_decref(sum);
}

static void lists(void **state)
{
	struct fixture *f = *state;
	struct chancery_compare how = { .days = 3 };

	/* office holders of the day; codes; places without a country */
	outcomes(f, "who,place,date\nUS President,China,1972-02-21\nChancellor of West Germany,POL,1970-12-07\nEGY,Jerusalem,19 November 1977\n", how,
		 "found found found");
	/* what cannot be read is told, and no other row is lost by it */
	outcomes(f, "who,place,date\nNixon,China,02/03/1972\nNixon,China,soon\nXqzw Vbnm,China,1972\nNixon,,1972-02-21\nNixon,China,1972-02-21\n", how,
		 "unread unread unread unread found");
	how.date_order = "mdy";
	outcomes(f, "who,place,date\nNixon,China,02/03/1972\nNixon,China,02/21/1972\n", how, "missed found");
	how.date_order = NULL;
	/* days */
	outcomes(f, "who,place,date\nVajpayee,Pakistan,1999-02-20\n", how, "found");
	how.days = 1;
	outcomes(f, "who,place,date\nVajpayee,Pakistan,1999-02-20\n", how, "missed");
	how.days = 3;
	/* one traveller: what he did beside the list is new, in its time */
	outcomes(f, "who,place,date\nNixon,China,1972-02-21\nNixon,Romania,1972-06-30\n", how, "found missed new");
	/* one to one: a row twice is found once */
	outcomes(f, "who,place,date\nNixon,China,1972-02-21\nNixon,China,1972-02-22\n", how, "found missed");
	/* filters hold for both */
	how.query.who = "CHN";
	outcomes(f, "who,place,date\nNixon,China,1972-02-21\nDeng Xiaoping,United States,1979-01-29\nSadat,Israel,1977-11-19\n", how, "found found");
	how.query.who = NULL;
	how.query.until = "1972";
	outcomes(f, "who,place,date\nNixon,China,1972-02-21\nDeng Xiaoping,United States,1979-01-29\n", how, "found");
	how.query.until = NULL;
	how.query.record = "meetings";
	outcomes(f, "who,with,date\nXi Jinping,Vladimir Putin,2023-03-21\nPutin,Xi Jinping,2023-03-21\n", how, "found missed");
	how.query.record = "visits";
	/* the United States are not written in lists of their own */
	outcomes(f, "<travels><trip><name>Richard Nixon</name><country>China</country><start-date>1972-02-21</start-date></trip>"
		 "<trip><country>Cuba</country><start-date>2016-03-20</start-date></trip></travels>", how, "found found new new");
	outcomes(f, "<visits><visit><name>Vice Premier Deng Xiaoping</name><country>China</country><start-date>1979-01-29</start-date></visit>"
		 "<visit><visitor>Nikita Khrushchev</visitor><from>Soviet Union</from><start-date>1959-09-15</start-date></visit></visits>", how,
		 "found found");
	how.map = "who==Anwar Sadat,place=Wohin,date=Wann";
	outcomes(f, "Wann;Wohin\n1977-11-19;Israel\n", how, "found");
}

static void slips(void **state)
{
	static const struct {
		const char *file, *record, *order, *map, *want;
	} all[] = {
		{ "/nowhere/list.csv", "visits", NULL, NULL, "/nowhere/list.csv: " },
		{ CH_SOURCE_DIR "/bench/compare/visits.csv", "quotes", NULL, NULL, "--register wants " },
		{ CH_SOURCE_DIR "/bench/compare/visits.csv", "visits", "ymd", NULL, "--date-order wants " },
		{ CH_SOURCE_DIR "/bench/compare/visits.csv", "visits", NULL, "who=Leader", "--map: " },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct chancery_compare how = { .list = all[i].file, .map = all[i].map, .date_order = all[i].order, .query = { .record = all[i].record } };
		json_t *rows = json_array();
		char *json = NULL;

		assert_false(chancery_compare(f->store, f->engine, &how, keep, rows, &json, &f->error));
		assert_null(json);
		if (strncmp(f->error.text, all[i].want, strlen(all[i].want)) != 0)
			assert_string_equal(f->error.text, all[i].want);
		assert_int_equal(json_array_size(rows), 0);
		json_decref(rows);
	}
}

int main(void)
{
	const struct CMUnitTest pure[] = { cmocka_unit_test(fits), cmocka_unit_test(titles), cmocka_unit_test(scopes) };
	const struct CMUnitTest whole[] = { cmocka_unit_test(fifty_visits), cmocka_unit_test(lists), cmocka_unit_test(slips) };
	int failed = cmocka_run_group_tests(pure, NULL, NULL);

	return failed + cmocka_run_group_tests(whole, setup, teardown);
}
