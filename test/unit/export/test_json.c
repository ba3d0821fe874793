/* Records as JSON: parties of every kind, spans in both countings, body runs, the article; eval against hand-made gold. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>
#include "chancery.h"
#include "export/json.h"
#include "../store/sample.h"

static const struct ch_stamp stamp = { "0", "lexicon", "model" };

static const char *str(const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);

	return json_is_string(v) ? json_string_value(v) : json_is_null(v) ? "(null)" : "(absent)";
}

static const json_t *at(const json_t *o, const char *array, size_t i)
{
	return json_array_get(json_object_get(o, array), i);
}

static void span_says(const struct ch_doc *doc, const json_t *span, const char *words)
{
	struct ch_str s;

	assert_true(json_is_array(span) && json_array_size(span) == 2);
	s = ch_str_sub(doc->raw, (size_t)json_integer_value(json_array_get(span, 0)), (size_t)json_integer_value(json_array_get(span, 1)));
	if (!ch_str_eqz(s, words))
		fail_msg("the span says '%.*s', not '%s'", (int)s.len, s.ptr, words);
}

static void a_raw_page(void **state)
{
	static const char *const arrays[] = { "body", "events", "quotes", "instruments", "roles", "positions", "tallies", "pledges",
					      "gatherings", "initiatives", "relations", "marks", "times",
					      "mentions" };
	struct ch_arena arena = { 0 };
	struct ch_doc doc;
	json_t *o;
	const json_t *e;

	(void)state;
	sample_doc(&doc, &arena, "", "1977-11-19");
	o = ch_json_records(ch_page_record(&doc, stamp), CH_OFFSETS_RAW);
	assert_string_equal(str(o, "page"), "page.txt");
	assert_string_equal(str(o, "published"), "1977-11-20");
	assert_string_equal(str(o, "outlet"), "The Record");
	assert_string_equal(str(o, "agency"), "(null)");
	for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
		if (!json_is_array(json_object_get(o, arrays[i])))
			fail_msg("%s is no array", arrays[i]);
	e = at(o, "events", 0);
	assert_string_equal(str(e, "type"), "CONSULT");
	assert_string_equal(str(e, "event"), "CONSULT");
	assert_string_equal(str(e, "mode"), "visit");
	assert_string_equal(str(e, "date"), "1977-11-19");
	assert_string_equal(str(e, "status"), "actual");
	assert_string_equal(str(e, "cameo"), "042");
	assert_string_equal(json_string_value(at(e, "source", 0)), "EGY");
	assert_string_equal(str(at(e, "actor", 0), "code"), "EGY");
	assert_string_equal(str(at(e, "actor", 0), "sector"), "GOV");
	assert_string_equal(str(at(e, "actor", 0), "identifier_text"), "Anwar Sadat");
	assert_string_equal(str(at(e, "recipient", 0), "code"), "ISR");
	span_says(&doc, json_object_get(e, "trigger"), "visited");
	span_says(&doc, json_object_get(e, "sentence"), "The president of Egypt visited Jerusalem on 19 November 1977.");
	assert_string_equal(str(at(o, "events", 1), "date"), "(null)");
	assert_string_equal(str(at(o, "quotes", 0), "speaker"), "Anwar Sadat");
	assert_true(json_is_true(json_object_get(at(o, "quotes", 0), "direct")));
	span_says(&doc, json_object_get(at(o, "quotes", 0), "content"), "No more war,");
	span_says(&doc, json_object_get(at(o, "quotes", 0), "source"), "Anwar Sadat");
	assert_true(json_is_integer(json_object_get(at(o, "tallies", 0), "count")));
	assert_int_equal(json_array_size(json_object_get(at(o, "instruments", 0), "parties")), 2);
	/* The article is one run: what is refused stands before its first paragraph. */
	assert_int_equal(json_array_size(json_object_get(o, "body")), 1);
	json_decref(o);
	ch_arena_free(&arena);
}

/* A mention carries the mark that stands on it; others have no such field. */
static void marked_mentions(void **state)
{
	struct ch_arena arena = { 0 };
	struct ch_doc doc;
	json_t *o;

	(void)state;
	sample_doc(&doc, &arena, "", "1977-11-19");
	for (uint32_t i = 0; i < 2; i++)
		*CH_PUSH(&arena, &doc.mentions) = (struct ch_mention){ .span = sample_span(&doc, i ? "Jerusalem on" : "Egypt visited"),
			.place = i ? CH_STR("ISR") : CH_STR("EGY"), .basis = "capital or seat" };
	doc.marks.v[0].on = 1;
	o = ch_json_records(ch_page_record(&doc, stamp), CH_OFFSETS_RAW);
	assert_null(json_object_get(at(o, "mentions", 0), "mark"));
	assert_string_equal(str(at(o, "mentions", 1), "mark"), "so-called");
	assert_string_equal(str(at(o, "marks", 0), "mark"), "so-called");
	assert_int_equal(json_integer_value(json_object_get(at(o, "gatherings", 0), "ordinal")), 5);
	assert_string_equal(str(at(o, "events", 0), "rank"), "state");
	assert_null(json_object_get(at(o, "events", 1), "rank"));   /* a letter has none */
	json_decref(o);
	ch_arena_free(&arena);
}

static void parties_as_the_field_codes_them(void **state)
{
	static const struct {
		struct ch_actor actor;
		const char *source, *code, *identifier_id, *identifier_text;
	} cases[] = {
		{ { CH_ACTOR_ORG, CH_STR("Non-Aligned Movement"), CH_STR("NAM"), CH_STR("IGO"), CH_STR("NAM"), CH_STR(""), CH_STR(""), CH_STR("") },
		  "NAM", "IGO", "NAM", "Non-Aligned Movement" },
		{ { CH_ACTOR_GROUP, CH_STR("Revolutionary Armed Forces of Colombia"), CH_STR("FARC"), CH_STR("COL"), CH_STR(""), CH_STR("REB"),
		    CH_STR(""), CH_STR("") }, "FARC", "COL", "(null)", "FARC" },
		{ { CH_ACTOR_STATE, CH_STR("Kosovo"), CH_STR("Kosovo"), CH_STR("KOS"), CH_STR(""), CH_STR("PRE"), CH_STR(""), CH_STR("") },
		  "Kosovo", "KOS", "(null)", "Kosovo" },
		{ { CH_ACTOR_GROUP, CH_STR("African countries"), CH_STR("African countries"), CH_STR(""), CH_STR(""), CH_STR(""), CH_STR(""),
		    CH_STR("") }, "African countries", "(null)", "(null)", "African countries" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_arena arena = { 0 };
		struct ch_doc doc;
		json_t *o;
		const json_t *e, *party;

		sample_doc(&doc, &arena, "", "1977-11-19");
		doc.actors.v[0] = cases[i].actor;
		o = ch_json_records(ch_page_record(&doc, stamp), CH_OFFSETS_TEXT);
		e = at(o, "events", 0);
		party = at(e, "actor", 0);
		assert_string_equal(json_string_value(at(e, "source", 0)), cases[i].source);
		assert_string_equal(str(party, "code"), cases[i].code);
		assert_string_equal(str(party, "identifier_id"), cases[i].identifier_id);
		assert_string_equal(str(party, "identifier_text"), cases[i].identifier_text);
		json_decref(o);
		ch_arena_free(&arena);
	}
}

static void the_same_event_told_twice_is_one(void **state)
{
	struct ch_arena arena = { 0 };
	struct ch_doc doc;
	struct ch_page_record *p;

	(void)state;
	sample_doc(&doc, &arena, "", "1977-11-19");
	sample_event(&doc, CH_EV_CONSULT, "visit", "1977-11-19", 0, 1, "visited");
	sample_event(&doc, CH_EV_CONSULT, "visit", "1977-11-21", 0, 1, "visited");
	p = ch_page_record(&doc, stamp);
	assert_int_equal(p->n_events, 3);
	assert_int_equal(p->events[0].n_reports, 2);
	ch_arena_free(&arena);
}

static void rejected_text_parts_the_body(void **state)
{
	struct ch_arena arena = { 0 };
	struct ch_doc doc;
	json_t *o;

	(void)state;
	sample_doc(&doc, &arena, "", "1977-11-19");
	doc.rejected.v[0].raw = (struct ch_raw_span){ doc.blocks.v[1].span.end, doc.blocks.v[1].span.end + 2 };
	o = ch_json_records(ch_page_record(&doc, stamp), CH_OFFSETS_RAW);
	assert_int_equal(json_array_size(json_object_get(o, "body")), 2);
	json_decref(o);
	ch_arena_free(&arena);
}

static void the_article(void **state)
{
	struct ch_arena arena = { 0 };
	struct ch_doc doc;
	json_t *o;

	(void)state;
	sample_doc(&doc, &arena, "", "1977-11-19");
	doc.path = CH_STR("pages/x.html.gz");
	o = ch_json_article(&doc, true);
	assert_string_equal(str(o, "id"), "x");
	assert_string_equal(str(o, "title"), "Sadat in Jerusalem");
	assert_string_equal(str(o, "author"), "(null)");
	assert_ptr_equal(strstr(str(o, "text"), "The president"), str(o, "text"));
	assert_non_null(strstr(str(o, "text"), "before.\n\"No more"));
	assert_int_equal(json_array_size(json_object_get(o, "blocks")), 4);
	assert_string_equal(str(at(o, "blocks", 1), "reason"), "navigation");
	json_decref(o);
	doc.article = false;
	o = ch_json_article(&doc, false);
	assert_string_equal(str(o, "text"), "(null)");
	json_decref(o);
	ch_arena_free(&arena);
}

static void write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static const json_t *kind(const json_t *o, const char *name)
{
	const json_t *one;
	size_t i;

	json_array_foreach(json_object_get(o, "kinds"), i, one)
		if (strcmp(str(one, "kind"), name) == 0)
			return one;
	fail_msg("no kind %s", name);
	return NULL;
}

static void counts(const json_t *o, const char *name, int gold, int system, int match)
{
	const json_t *k = kind(o, name);

	if (json_integer_value(json_object_get(k, "gold")) != gold || json_integer_value(json_object_get(k, "system")) != system ||
	    json_integer_value(json_object_get(k, "match")) != match)
		fail_msg("%s: %lld %lld %lld", name, (long long)json_integer_value(json_object_get(k, "gold")),
			 (long long)json_integer_value(json_object_get(k, "system")), (long long)json_integer_value(json_object_get(k, "match")));
}

static void eval_counts(void **state)
{
	static const char gold[] =
		"{\"page\":\"a.txt\",\"published\":\"2001-02-03\",\"body\":[[0,100]],\"events\":["
		"{\"type\":\"CONSULT\",\"mode\":\"visit\",\"source\":[\"FRA\"],\"target\":[\"EGY\"],\"date\":\"2001-02\",\"status\":\"actual\"},"
		"{\"type\":\"CONSULT\",\"mode\":\"meeting\",\"source\":[\"CHL\",\"PER\"],\"target\":[],\"date\":null,\"status\":\"actual\"},"
		"{\"type\":\"ACCUSE\",\"mode\":null,\"source\":[\"CHL\"],\"target\":[\"NAM\"],\"date\":null,\"status\":\"actual\"},"
		"{\"type\":\"AID\",\"mode\":null,\"source\":[\"CHL\"],\"target\":[\"PER\"],\"date\":null,\"status\":\"actual\",\"optional\":true}],"
		"\"quotes\":[{\"speaker\":\"Jo Roe\",\"content\":[10,50]}],\"tallies\":[{\"count\":16,\"mention\":[0,40]}]}\n";
	static const char system[] =
		"{\"page\":\"x/a.txt\",\"published\":\"2001-02-03\",\"body\":[[50,150]],\"events\":["
		"{\"type\":\"CONSULT\",\"mode\":\"visit\",\"source\":[\"EGY\"],\"target\":[\"FRA\"],\"date\":\"2001-02-01\"},"   /* turned round */
		"{\"event\":\"CONSULT\",\"mode\":[\"meeting\"],\"actor\":[{\"code\":\"PERGOV\"}],\"recipient\":[{\"code\":\"CHL\"}]},"
		"{\"type\":\"ACCUSE\",\"source\":[\"CHL\"],\"target\":[{\"code\":\"IGO\",\"identifier_id\":\"NAM\"}],\"status\":\"planned\",\"confidence\":0.85},"
		"{\"type\":\"AID\",\"source\":[\"CHL\"],\"target\":[\"PER\"]}],"
		"\"quotes\":[{\"speaker\":\"Roe\",\"content\":[12,50]}],\"tallies\":[{\"count\":17,\"mention\":[0,40]}]}\n";
	char a[] = "/tmp/chancery-gold-XXXXXX", b[] = "/tmp/chancery-system-XXXXXX", *json = NULL;
	struct chancery_error error;
	json_t *o;

	(void)state;
	close(mkstemp(a));
	close(mkstemp(b));
	write_file(a, gold);
	write_file(b, system);
	assert_true(chancery_eval(a, b, &json, &error));
	o = json_loads(json, 0, NULL);
	counts(o, "events", 3, 3, 2);    /* the optional one is neither missed nor false */
	counts(o, "events+", 3, 3, 1);   /* a planned accusation is not the actual one */
	counts(o, "quotes", 1, 1, 1);
	counts(o, "tallies", 1, 1, 0);
	counts(o, "body", 100, 100, 50);
	/* by type, in the order of the ontology: CONSULT, AID (optional: neither), ACCUSE */
	assert_string_equal(str(at(o, "types", 0), "kind"), "CONSULT");
	assert_int_equal(json_integer_value(json_object_get(at(o, "types", 0), "gold")), 2);
	assert_int_equal(json_integer_value(json_object_get(at(o, "types", 0), "match")), 1);
	assert_string_equal(str(at(o, "types", 1), "kind"), "ACCUSE");
	assert_int_equal(json_integer_value(json_object_get(at(o, "types", 1), "match")), 1);
	/* a meeting without a confidence, an accusation of 0.85: both right, in bins of their own */
	assert_int_equal(json_array_size(json_object_get(o, "reliability")), 2);
	assert_int_equal(json_integer_value(json_object_get(at(o, "reliability", 1), "events")), 1);
	assert_true(json_real_value(json_object_get(at(o, "reliability", 1), "confidence")) == 0.85);
	assert_true(json_real_value(json_object_get(at(o, "reliability", 1), "right")) == 1);
	/* Wilson's interval of 1 in 2 */
	assert_true(fabs(json_real_value(json_array_get(json_object_get(at(o, "types", 0), "recall_interval"), 0)) - 0.095) < 0.001);
	json_decref(o);
	free(json);
	write_file(b, "{\"page\": oh\n");
	assert_false(chancery_eval(a, b, &json, &error));
	assert_non_null(strstr(error.text, "line 1"));
	unlink(a);
	unlink(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_raw_page),
		cmocka_unit_test(marked_mentions), cmocka_unit_test(parties_as_the_field_codes_them),
		cmocka_unit_test(the_same_event_told_twice_is_one),
		cmocka_unit_test(rejected_text_parts_the_body),
		cmocka_unit_test(the_article),
		cmocka_unit_test(eval_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
