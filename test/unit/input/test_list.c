/* Lists made by hand: whose column is whose, the formats, dates, what is told of a slip. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include "input/list.h"

/* "format: line field=text …; line …" of a list, or the slip. */
static struct ch_str shown(struct ch_arena *a, const char *bytes, const char *map)
{
	struct ch_list list;
	struct ch_err err = { 0 };
	struct ch_str out;

	if (!ch_list_read(&list, ch_str_z(bytes), ch_str_z(map), "f", &err)) {
		ch_list_free(&list);
		return ch_arena_str(a, ch_str_z(err.text));
	}
	out = ch_arena_printf(a, "%s:", list.format);
	for (uint32_t i = 0; i < list.rows.n; i++) {
		out = ch_arena_printf(a, "%.*s%s %u%s", CH_STR_ARG(out), i ? ";" : "", list.rows.v[i].line, list.rows.v[i].inward ? " inward" : "");
		for (unsigned f = 0; f < CH_LIST_N; f++)
			if (list.rows.v[i].field[f].len)
				out = ch_arena_printf(a, "%.*s %s=%.*s", CH_STR_ARG(out), ch_list_field_name((enum ch_list_field)f),
						      CH_STR_ARG(list.rows.v[i].field[f]));
	}
	ch_list_free(&list);
	return out;
}

static void lists(void **state)
{
	static const struct {
		const char *bytes, *map, *want;
	} all[] = {
		{ "visitor,country,city,start,end\nTito,UK,London,1953-03-16,1953-03-21\n", "",
		  "CSV: 2 who=Tito place=UK locale=London date=1953-03-16 end=1953-03-21" },
		/* other spellings; a byte order mark; CRLF; an empty line; too few cells */
		{ "\xef\xbb\xbfLeader Name;Country_Visited;StartDate\r\nTito;UK;1953-03-16\r\n\r\nNehru;China\r\n", "",
		  "CSV: 2 who=Tito place=UK date=1953-03-16; 4 who=Nehru place=China" },
		/* quotation marks, a line break inside, doubled ones */
		{ "who,place,date,notes\n\"Sadat, Anwar\",Israel,1977-11-19,\"He said \"\"no\nmore\"\" war\"\nTito,UK,1953,\n", "",
		  "CSV: 2 who=Sadat, Anwar place=Israel date=1977-11-19 note=He said \"no more\" war; 4 who=Tito place=UK date=1953" },
		{ "Who\tWhere\tWhen\nBrandt\tPoland\t1970\n", "", "TSV: 2 who=Brandt place=Poland date=1970" },
		{ "# of our own\nWho,Where,When\nBrandt,Poland,1970\n", "", "CSV: 3 who=Brandt place=Poland date=1970" },
		/* from and to: days, or sides */
		{ "who,country,from,to\nTito,UK,1953-03-16,1953-03-21\n", "", "CSV: 2 who=Tito place=UK date=1953-03-16 end=1953-03-21" },
		{ "date,from,to\n1953-03-16,Yugoslavia,UK\n", "", "CSV: 2 who=Yugoslavia with=UK date=1953-03-16" },
		{ "date,visitor,from,country\n1953-03-16,Tito,Yugoslavia,UK\n", "", "CSV: 2 who=Tito origin=Yugoslavia place=UK date=1953-03-16" },
		/* of several columns for one thing the one that says it best */
		{ "event_date,year,actor1,actor2,country,source,event_type\n2018-03-03,2018,Mali,Rebels,Mali,Radio,Battles\n", "",
		  "CSV: 2 who=Mali with=Rebels place=Mali date=2018-03-03 type=Battles" },
		/* a map; a text for all */
		{ "A,B,C\nTito,UK,1953\n", "who=A,place=B,date=C", "CSV: 2 who=Tito place=UK date=1953" },
		{ "Wann,Wohin\n1953,UK\n", "who==Josip Broz Tito,place=Wohin,date=wann", "CSV: 2 who=Josip Broz Tito place=UK date=1953" },
		{ "[{\"visitor\":\"Nixon\",\"country\":{\"name\":\"China\"},\"start\":1972,\"cities\":[\"Beijing\",\"Shanghai\"]},{\"x\":1}]", "",
		  "JSON: 1 who=Nixon place=China locale=Beijing; Shanghai date=1972" },
		{ "{\"visits\":[{\"who\":\"Nixon\",\"place\":\"China\",\"date\":\"1972\"}]}", "", "JSON: 1 who=Nixon place=China date=1972" },
		{ "{\"who\":\"Nixon\",\"place\":\"China\",\"date\":\"1972\"}\n\n{\"who\":\"Ford\",\"place\":\"Japan\",\"date\":\"1974\"}\n", "",
		  "JSON: 1 who=Nixon place=China date=1972; 3 who=Ford place=Japan date=1974" },
		{ "{\"a\":{\"leader\":\"Nixon\"},\"place\":\"China\",\"date\":\"1972\"}", "who=a.leader", "JSON: 1 who=Nixon place=China date=1972" },
		/* the plain XML of travels and visits: who travels may stand above; children with ids; dates in a box */
		{ "<travels>\n<secretary name=\"Kissinger\">\n<trip id=\"a\"><country id=\"x\">China</country>\n<locale>Beijing</locale><remarks>Met "
		  "<b>Zhou Enlai</b>\n there.</remarks><dates><start-date>1971-07-09</start-date><end-date>1971-07-11</end-date></dates></trip>\n"
		  "<trip><country>Japan</country><date>1972</date></trip></secretary></travels>", "",
		  "XML: 1 id=a who=Kissinger place=China locale=Beijing date=1971-07-09 end=1971-07-11 note=Met Zhou Enlai there.; 2 who=Kissinger "
		  "place=Japan date=1972" },
		{ "<visits><visit><visitor>Thatcher</visitor><from>United Kingdom</from><start-date>1985-02-19</start-date></visit></visits>", "",
		  "XML: 1 inward who=Thatcher origin=United Kingdom date=1985-02-19" },
		{ "<trips><trip><name>Nixon</name><visit><country>China</country><date>1972</date></visit></trip></trips>", "",
		  "XML: 1 inward who=Nixon place=China date=1972" },
		/* Windows' code page, as spreadsheets write it */
		{ "who,place,date\nFran\xe7ois Mitterrand,Israel,3\x96""5 March 1982\n", "",
		  "CSV: 2 who=François Mitterrand place=Israel date=3\xe2\x80\x93""5 March 1982" },
		/* slips */
		{ "PK\x03\x04", "", "f: is a spreadsheet or an archive; save the table as CSV (UTF-8)" },
		{ "", "", "f: has no rows (as CSV); a list has a line of names of columns, and a line a row" },
		{ "who,place,date\n", "", "f: has no rows (as CSV); a list has a line of names of columns, and a line a row" },
		{ "a,b\nTito,UK\n", "", "f: no column is known to say when; name it, as in --map who=Leader,place=Country,date=Start (columns: a, b)" },
		{ "a,date\nTito,1953\n", "", "f: no column is known to say who; name it, as in --map who=Leader,place=Country,date=Start (columns: a, date)" },
		{ "who,date\nTito,1953\n", "place=Land", "--map: f has no column 'Land'; it has who, date" },
		{ "who,date\nTito,1953\n", "leader=who", "--map: 'leader=who' is not FIELD=COLUMN with a FIELD of who, origin, with, place, locale, date, "
		  "end, type, title, note, id" },
		{ "who,date\nTito,\"1953\n", "", "f:2: a quotation mark is opened here and never closed" },
		{ "{\"who\":\"Nixon\"}\n{\"who\":\n", "", "f:2: no JSON object: …" },
		{ "[{\"who\":]", "", "f:1: no JSON: …" },
		{ "<visits><visit></visits>", "", "f:1: no XML: mismatched tag" },
		{ "<!DOCTYPE a [<!ENTITY b \"c\">]><a/>", "", "f:1: declares entities of its own, and is refused" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct ch_arena a = { 0 };
		struct ch_str got = shown(&a, all[i].bytes, all[i].map), want = ch_str_z(all[i].want);

		/* what Jansson says behind it differs by version */
		if (ch_str_ends(want, CH_STR("…")))
			assert_true(ch_str_starts(got, ch_str_sub(want, 0, want.len - 3)));
		else
			assert_string_equal(got.ptr, all[i].want);
		ch_arena_free(&a);
	}
}

static void dates(void **state)
{
	static const struct {
		const char *text;
		enum ch_date_order order;
		const char *want;   /* "first/last", "order", "none" */
	} all[] = {
		{ "2018-03-05", CH_ORDER_UNSAID, "2018-03-05/2018-03-05" },
		{ "2018-03-05T10:00:00Z", CH_ORDER_UNSAID, "2018-03-05/2018-03-05" },
		{ "2018-03-05 00:00", CH_ORDER_UNSAID, "2018-03-05/2018-03-05" },
		{ "20180305", CH_ORDER_UNSAID, "2018-03-05/2018-03-05" },
		{ "2018/3/5", CH_ORDER_MDY, "2018-03-05/2018-03-05" },
		{ "2018-02", CH_ORDER_UNSAID, "2018-02-01/2018-02-28" },
		{ "2018", CH_ORDER_UNSAID, "2018-01-01/2018-12-31" },
		{ "2018-03-03/2018-03-05", CH_ORDER_UNSAID, "2018-03-03/2018-03-05" },
		{ "2018-03-03 - 2018-03-05", CH_ORDER_UNSAID, "2018-03-03/2018-03-05" },
		{ "March 5, 2018", CH_ORDER_UNSAID, "2018-03-05/2018-03-05" },
		{ "Monday, 5th of Mar. 2018", CH_ORDER_UNSAID, "2018-03-05/2018-03-05" },
		{ "March 3\xe2\x80\x93""5, 2018", CH_ORDER_UNSAID, "2018-03-03/2018-03-05" },
		{ "3-5 March 2018", CH_ORDER_UNSAID, "2018-03-03/2018-03-05" },
		{ "28 Feb \xe2\x80\x93 2 Mar 2018", CH_ORDER_UNSAID, "2018-02-28/2018-03-02" },
		{ "December 30 to January 2, 2019", CH_ORDER_UNSAID, "2018-12-30/2019-01-02" },
		{ "December 30, 2018 \xe2\x80\x93 January 2, 2019", CH_ORDER_UNSAID, "2018-12-30/2019-01-02" },
		{ "March\xe2\x80\x93""May 2018", CH_ORDER_UNSAID, "2018-03-01/2018-05-31" },
		{ "March 2018", CH_ORDER_UNSAID, "2018-03-01/2018-03-31" },
		{ "5.3.2018", CH_ORDER_UNSAID, "2018-03-05/2018-03-05" },
		{ "12/03/2018", CH_ORDER_UNSAID, "order" },
		{ "12/03/2018", CH_ORDER_DMY, "2018-03-12/2018-03-12" },
		{ "12/03/2018", CH_ORDER_MDY, "2018-12-03/2018-12-03" },
		{ "25/03/2018", CH_ORDER_UNSAID, "2018-03-25/2018-03-25" },
		{ "03/25/2018", CH_ORDER_DMY, "2018-03-25/2018-03-25" },
		{ "03/03/2018", CH_ORDER_UNSAID, "2018-03-03/2018-03-03" },
		{ "12/03/2018 - 14/03/2018", CH_ORDER_UNSAID, "order" },
		{ "12/03/2018 - 14/03/2018", CH_ORDER_DMY, "2018-03-12/2018-03-14" },
		{ "2018-02-30", CH_ORDER_UNSAID, "none" },
		{ "2018-00-10", CH_ORDER_UNSAID, "none" },
		{ "5 March \xe2\x80\x93 3 March 2018", CH_ORDER_UNSAID, "none" },
		{ "spring of 2018", CH_ORDER_UNSAID, "none" },
		{ "March 5", CH_ORDER_UNSAID, "none" },
		{ "Baku", CH_ORDER_UNSAID, "none" },
		{ "18", CH_ORDER_UNSAID, "none" },
		{ "1-2-3-4", CH_ORDER_UNSAID, "none" },
		{ "", CH_ORDER_UNSAID, "none" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		ch_day lo, hi;
		enum ch_list_date d = ch_list_date(ch_str_z(all[i].text), all[i].order, &lo, &hi);
		char a[16], b[16], got[40];

		snprintf(got, sizeof got, "%s/%s", ch_day_print(lo, a), ch_day_print(hi, b));
		assert_string_equal(d == CH_LIST_DATE_OK ? got : d == CH_LIST_DATE_ORDER ? "order" : "none", all[i].want);
	}
}

/* UTF-16 has NULs, so it stands by itself. */
static void utf16(void **state)
{
	static const char bytes[] = "\xff\xfe" "w\0h\0o\0\t\0d\0a\0t\0e\0\n\0T\0i\0t\0o\0\t\0" "1\0" "9\0" "5\0" "3\0";
	struct ch_list list;
	struct ch_err err;

	(void)state;
	assert_true(ch_list_read(&list, ch_str_n(bytes, sizeof bytes - 1), CH_STR(""), "f", &err));
	assert_int_equal(list.rows.n, 1);
	assert_true(ch_str_eqz(list.rows.v[0].field[CH_LIST_WHO], "Tito"));
	assert_true(ch_str_eqz(list.rows.v[0].field[CH_LIST_DATE], "1953"));
	ch_list_free(&list);
	assert_false(ch_list_read(&list, ch_str_n("\x7f" "ELF\0", 5), CH_STR(""), "f", &err));
	assert_string_equal(err.text, "f: is no text; a list is CSV, TSV, JSON or XML");
	ch_list_free(&list);
}

static void kinds_of_events(void **state)
{
	(void)state;
	assert_string_equal(ch_list_event(CH_STR("Battles")), "ASSAULT");
	assert_string_equal(ch_list_event(CH_STR("Violence against civilians")), "ASSAULT");
	assert_string_equal(ch_list_event(CH_STR("State Visit")), ".visit");
	assert_string_equal(ch_list_event(CH_STR("Strategic developments")), "");
}

/* Many columns of one name, rows of nothing but separators, a field of many values: no square of anything. */
static void hostile(void **state)
{
	enum { N = 200000 };
	struct ch_arena a = { 0 };
	char *bytes = malloc(N * 12 + 100);
	size_t n = 0;
	struct ch_list list;
	struct ch_err err;

	(void)state;
	memset(bytes, ',', N);
	memcpy(bytes + N, "\nwho", 5);
	assert_false(ch_list_read(&list, ch_str_z(bytes), CH_STR(""), "f", &err));
	ch_list_free(&list);
	n = (size_t)sprintf(bytes, "<a><visit><date>1953</date>");
	for (size_t i = 0; i < N; i++)
		n += (size_t)sprintf(bytes + n, "<who>x</who>");
	strcpy(bytes + n, "</visit></a>");
	assert_true(ch_list_read(&list, ch_str_z(bytes), CH_STR(""), "f", &err));
	assert_int_equal(list.rows.n, 1);
	assert_in_range(list.rows.v[0].field[CH_LIST_WHO].len, 1000, 8192);
	assert_in_range(list.arena.total, 0, 4 << 20);
	ch_list_free(&list);
	ch_arena_free(&a);
	free(bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(lists), cmocka_unit_test(dates), cmocka_unit_test(utf16), cmocka_unit_test(kinds_of_events),
					    cmocka_unit_test(hostile) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
