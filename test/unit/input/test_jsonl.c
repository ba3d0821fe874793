/* Pages out of JSON: lines and documents, the names that others use, a user's own map, what is broken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include "input/jsonl.h"

static const char *const shown[] = { "title", "author", "date", "url", "outlet", "agency", "lang", "section", "fetched", "id" };

/* "name[clean|page] bytes {key=value …}" or "name !error" of each input, a line each. */
static struct ch_str read_all(struct ch_arena *a, const char *json, const char *spec)
{
	struct ch_str out = CH_STR("");
	struct ch_field_map map;
	struct ch_stream s;
	struct ch_jsonl j;
	struct ch_input in;
	struct ch_err err;

	assert_true(ch_field_map_read(&map, ch_str_z(spec), &err));
	ch_stream_memory(&s, ch_str_z(json));
	ch_jsonl_init(&j, &s, &map, "f");
	while (ch_jsonl_next(&j, &in)) {
		if (in.error) {
			out = ch_arena_printf(a, "%.*s%s !%s", CH_STR_ARG(out), in.name, in.error);
		} else {
			out = ch_arena_printf(a, "%.*s%s %s %s", CH_STR_ARG(out), in.name, in.clean ? "clean" : "page", in.bytes);
			for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
				const json_t *v = json_object_get(in.known, shown[i]);

				if (v)
					out = ch_arena_printf(a, "%.*s %s=%s", CH_STR_ARG(out), shown[i],
							      json_is_string(v) ? json_string_value(v) : "NUMBER");
			}
		}
		out = ch_arena_printf(a, "%.*s\n", CH_STR_ARG(out));
		ch_input_free(&in);
	}
	ch_jsonl_free(&j);
	ch_stream_close(&s);
	return out;
}

static void names_that_others_use(void **state)
{
	static const struct {
		const char *json, *map, *out;
	} cases[] = {
		/* our own */
		{ "{\"id\":7,\"text\":\"T.\",\"date\":\"1955-04-18\",\"title\":\"H\"}", "", "f clean T. title=H date=1955-04-18 id=NUMBER\n" },
		/* schema.org */
		{ "{\"@type\":\"NewsArticle\",\"headline\":\"H\",\"articleBody\":\"T.\",\"datePublished\":\"1955-04-18T08:00:00+07:00\","
		  "\"author\":[{\"@type\":\"Person\",\"name\":\"A. Lee\"},{\"name\":\"B. Roe\"}],\"publisher\":{\"name\":\"The Post\"},"
		  "\"inLanguage\":\"en-GB\",\"mainEntityOfPage\":{\"@id\":\"http://x.example/1\"},\"articleSection\":\"World\"}", "",
		  "f clean T. title=H author=A. Lee; B. Roe date=1955-04-18 url=http://x.example/1 outlet=The Post lang=en-GB section=World\n" },
		/* ninjs 1.x, 3.x */
		{ "{\"uri\":\"tag:1\",\"headline\":\"H\",\"byline\":\"A. Lee\",\"body_text\":\"T.\",\"versioncreated\":\"1955-04-18T00:00:00Z\","
		  "\"infosource\":[{\"name\":\"Agency\"}],\"language\":\"en\"}", "",
		  "f clean T. title=H author=A. Lee date=1955-04-18 url=tag:1 agency=Agency lang=en\n" },
		{ "{\"uri\":\"tag:2\",\"headlines\":[{\"value\":\"H\"}],\"by\":\"A. Lee\",\"bodies\":[{\"value\":\"<p>T.</p>\"}],"
		  "\"firstCreated\":\"1955-04-18\"}", "",
		  "f page <!DOCTYPE html><article><p>T.</p></article> title=H author=A. Lee date=1955-04-18 url=tag:2\n" },
		/* news-please */
		{ "{\"maintext\":\"T.\",\"title\":\"H\",\"authors\":[\"A. Lee\"],\"date_publish\":\"1955-04-18 10:00:00\",\"source_domain\":"
		  "\"x.example\",\"url\":\"http://x.example/1\",\"language\":\"en\",\"date_download\":\"1955-04-20 01:00:00\"}", "",
		  "f clean T. title=H author=A. Lee date=1955-04-18 url=http://x.example/1 outlet=x.example lang=en fetched=1955-04-20 01:00:00\n" },
		/* GDELT: no text of its own; with the page beside it */
		{ "{\"url\":\"http://x.example/1\",\"title\":\"H\",\"seendate\":\"19550418T120000Z\",\"domain\":\"x.example\","
		  "\"language\":\"English\",\"html\":\"<html><p>T.</html>\"}", "",
		  "f page <html><p>T.</html> title=H date=1955-04-18 url=http://x.example/1 outlet=x.example fetched=19550418T120000Z\n" },
		{ "{\"url\":\"http://x.example/1\",\"title\":\"H\"}", "", "f !has no text: name the field that holds it, such as --map text=FIELD\n" },
		/* a user's own names go first; paths and alternatives */
		{ "{\"doc\":{\"story\":\"T.\",\"by\":[{\"who\":\"A\"},{\"who\":\"B\"}]},\"text\":\"no\",\"k\":\"K\"}",
		  "text=doc.none|doc.story,author=doc.by.who,title=k", "f clean T. title=K author=A; B\n" },
		{ "{\"text\":\"T.\",\"page\":\"<html><p>P.</p></html>\"}", "html=page", "f page <html><p>P.</p></html>\n" },
	};
	struct ch_arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_str got = read_all(&a, cases[i].json, cases[i].map);

		if (!ch_str_eqz(got, cases[i].out))
			fail_msg("case %zu: '%.*s'", i, CH_STR_ARG(got));
	}
	ch_arena_free(&a);
}

static void lines_and_documents(void **state)
{
	static const struct {
		const char *json, *out;
	} cases[] = {
		{ "{\"text\":\"A\"}\n\n{\"text\":\"B\"}\n", "f#1 clean A\nf#3 clean B\n" },
		{ "\xEF\xBB\xBF{\"text\":\"A\"}\r\n{\"text\":\"B\"}", "f#1 clean A\nf#2 clean B\n" },
		{ "{\"text\":\"A\"}\n{\"text\": broken\n[1]\n{\"text\":\"B\"}\n",
		  "f#1 clean A\nf#2 !no JSON: invalid token near 'broken' (column 15)\nf#3 !a JSON object is wanted\nf#4 clean B\n" },
		{ "{\"text\": broken\n{\"text\":\"B\"}\n", "f#1 !no JSON: invalid token near 'broken' (column 15)\nf#2 clean B\n" },
		{ "{\n \"text\": \"A\"\n}\n", "f clean A\n" },
		{ "[{\"text\":\"A\"},\n{\"text\":\"B\"}]", "f#1 clean A\nf#2 clean B\n" },
		{ "[{\"text\":\"A\"},{\"text\":\"B\"}]", "f#1 clean A\nf#2 clean B\n" },
		{ "{\"articles\":[{\"text\":\"A\"},{\"text\":\"B\"}]}", "f#1 clean A\nf#2 clean B\n" },
		{ "[]", "" },
		{ "", "" },
	};
	struct ch_arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_str got = read_all(&a, cases[i].json, "");

		if (!ch_str_eqz(got, cases[i].out))
			fail_msg("case %zu: '%.*s'", i, CH_STR_ARG(got));
	}
	ch_arena_free(&a);
}

static void slips_in_a_map(void **state)
{
	static const char *const slips[] = { "title", "title=", "headline=title", "text=a,,b", ",x", "=" };
	struct ch_field_map map;

	(void)state;
	for (size_t i = 0; i < sizeof slips / sizeof *slips; i++) {
		struct ch_err err;

		assert_false(ch_field_map_read(&map, ch_str_z(slips[i]), &err));
		assert_non_null(strstr(err.text, "--map"));
		assert_null(strstr(err.text, "(null)"));
	}
}

static void days(void **state)
{
	static const struct {
		const char *text, *day;
	} cases[] = {
		{ "1955-04-18", "1955-04-18" },
		{ " 1955-04-18T08:00:00+07:00", "1955-04-18" },
		{ "19550418", "1955-04-18" },
		{ "20180508T120000Z", "2018-05-08" },
		{ "20180508120000", "2018-05-08" },
		{ "Tue, 08 May 2018 12:00:00 GMT", "2018-05-08" },
		{ "8 May 2018 12:00:00 +0200", "2018-05-08" },
		{ "Tuesday, 08-May-18 12:00:00 GMT", "2018-05-08" },
		{ "Tue, 8 May 55", "1955-05-08" },
		{ "1525780800", "2018-05-08" },
		{ "1525780800123", "2018-05-08" },
		{ "yesterday", "" },
		{ "31 Feb 2018", "" },
		{ "", "" },
	};
	char day[16];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (ch_input_day(ch_str_z(cases[i].text), day) != (*cases[i].day != 0) || strcmp(day, cases[i].day))
			fail_msg("'%s' was read as '%s'", cases[i].text, day);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_that_others_use),
		cmocka_unit_test(lines_and_documents),
		cmocka_unit_test(slips_in_a_map),
		cmocka_unit_test(days),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
