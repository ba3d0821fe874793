/* Every key of the formats of export that are JSON: which there are, of which type, and what refers to what. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>
#include <jansson.h>
#include "chancery.h"
#include "export/out.h"
#include "formats.h"

struct key {
	const char *name;
	const char *types;     /* s string, n null, i integer, r number, b bool, a array, o object */
};

static bool of_type(const json_t *v, char type)
{
	return type == 's' ? json_is_string(v) : type == 'n' ? json_is_null(v) : type == 'i' ? json_is_integer(v) : type == 'r' ? json_is_number(v) :
	       type == 'b' ? json_is_boolean(v) : type == 'a' ? json_is_array(v) : json_is_object(v);
}

/* o has just these keys, each of one of its types. */
static void check_keys(const json_t *o, const struct key *keys, size_t n, const char *what)
{
	assert_true(json_is_object(o));
	for (size_t i = 0; i < n; i++) {
		const json_t *v = json_object_get(o, keys[i].name);
		bool fits = false;

		for (const char *t = keys[i].types; v && *t; t++)
			fits = fits || of_type(v, *t);
		if (!fits)
			fail_msg("%s: %s is not as it should be", what, keys[i].name);
	}
	assert_int_equal(json_object_size(o), n);
}

#define CHECK_KEYS(o, keys) check_keys(o, keys, sizeof (keys) / sizeof *(keys), #keys)

static const struct key plover_event[] = {
	{ "id", "s" }, { "has_event", "b" }, { "date", "sn" }, { "enddate", "sn" }, { "time", "n" }, { "endtime", "n" }, { "actor", "a" },
	{ "recipient", "a" }, { "event", "s" }, { "mode", "a" }, { "context", "a" }, { "quad_code", "i" }, { "event_scale", "r" },
	{ "event_loc", "o" }, { "event_text", "s" }, { "text", "sn" }, { "text_info", "o" }, { "cite_info", "o" }, { "link", "n" }, { "coder", "s" },
	{ "coded_date", "n" }, { "coded_time", "n" }, { "comment", "n" }, { "act", "sn" }, { "own_mode", "sn" }, { "own_date", "sn" },
	{ "status", "s" }, { "cameo", "sn" }, { "confidence", "r" }, { "frame", "s" }, { "evidence", "a" }, { "reports", "a" },
};
static const struct key plover_entity[] = {
	{ "code", "sn" }, { "sector", "sn" }, { "entity_text", "s" }, { "identifier_id", "sn" }, { "identifier_text", "sn" }, { "office", "sn" },
	{ "kind", "s" }, { "religion", "n" }, { "ethnicity", "n" }, { "gender", "n" }, { "age", "n" },
};
static const struct key plover_text[] = { { "sequence", "i" }, { "start", "i" }, { "end", "i" }, { "text_story", "sn" } };
static const struct key plover_cite[] = {
	{ "corpus", "n" }, { "citation", "s" }, { "url", "sn" }, { "title", "sn" }, { "language", "sn" }, { "publication", "sn" }, { "license", "sn" },
	{ "copyright", "n" }, { "coder", "s" }, { "codebook", "s" }, { "version", "s" },
};
static const struct key plover_place[] = {
	{ "extracted_place", "n" }, { "resolved_place", "sn" }, { "geonameid", "n" }, { "lat", "n" }, { "lon", "n" }, { "city", "n" },
	{ "district", "n" }, { "province", "n" }, { "country", "sn" }, { "country_code", "sn" }, { "feature_class", "sn" }, { "feature_code", "sn" },
	{ "resolution", "n" },
};

static const char *text_of(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s ? s : "";
}

static bool list_has(const json_t *list, const char *value)
{
	const json_t *v;
	size_t i;

	json_array_foreach(list, i, v)
		if (json_is_string(v) && strcmp(json_string_value(v), value) == 0)
			return true;
	return false;
}

static void plover_records(void **state)
{
	struct fixture *f = *state;
	size_t agree = 0;

	export(f, "plover", false, (struct chancery_query){ 0 });
	assert_int_equal(f->n, sizeof told / sizeof *told);    /* nothing is left out: PLOVER has words for it */
	for (size_t i = 0; i < f->n; i++) {
		json_t *o = json_loads(f->line[i], 0, NULL);
		const json_t *modes = json_object_get(o, "mode"), *e;
		const char *type = text_of(o, "event"), *status = text_of(o, "status");
		size_t k;

		CHECK_KEYS(o, plover_event);
		CHECK_KEYS(json_object_get(o, "text_info"), plover_text);
		CHECK_KEYS(json_object_get(o, "cite_info"), plover_cite);
		CHECK_KEYS(json_object_get(o, "event_loc"), plover_place);
		json_array_foreach(json_object_get(o, "actor"), k, e)
			CHECK_KEYS(e, plover_entity);
		json_array_foreach(json_object_get(o, "recipient"), k, e)
			CHECK_KEYS(e, plover_entity);
		assert_int_equal(json_integer_value(json_object_get(o, "quad_code")), ch_event_quad(ch_event_parse(ch_str_z(type))));
		/* the manual's modes only, and its words for what did not take place */
		assert_false(list_has(modes, "letter") || list_has(modes, "sign"));
		assert_int_equal(list_has(modes, "negated"), strcmp(status, "denied") == 0);
		assert_int_equal(list_has(modes, "historical"), strcmp(status, "historical") == 0);
		assert_int_equal(list_has(modes, "future"), strcmp(status, "planned") == 0 && strcmp(type, "AGREE") != 0);
		if (strcmp(type, "AGREE") == 0) {
			agree++;
			assert_string_equal(text_of(o, "act"), "AID");
			assert_string_equal(text_of(o, "date"), "1978-01-01");
			assert_string_equal(text_of(o, "enddate"), "1978-12-31");
			assert_string_equal(text_of(o, "own_date"), "1978");
			assert_float_equal(json_number_value(json_object_get(o, "event_scale")), 2.5, 0.001);
		}
		if (strcmp(type, "PROTEST") == 0) {
			assert_string_equal(text_of(o, "enddate"), "1977-12-05");
			assert_int_equal(json_array_size(json_object_get(o, "recipient")), 0);
		}
		if (strcmp(text_of(o, "own_mode"), "letter") == 0)
			assert_true(json_is_null(json_object_get(o, "date")));
		json_decref(o);
	}
	assert_int_equal(agree, 1);
}

/* FollowTheMoney: schema, and the properties that we use of it; e: refers to an entity. */
static const struct {
	const char *schema, *properties, *refers;
} schemas[] = {
	{ "Person", "name country position", "" },
	{ "PublicBody", "name alias country", "" },
	{ "Organization", "name alias country", "" },
	{ "Address", "full country", "" },
	{ "Article", "title author language publishedAt publisher sourceUrl", "" },
	{ "Event", "name country date startDate endDate summary description recordId sourceUrl publisher involved proof", "involved proof" },
	{ "Trip", "name country date startDate endDate summary recordId sourceUrl publisher involved proof endLocation", "involved proof endLocation" },
	{ "Call", "date startDate endDate summary recordId sourceUrl publisher caller receiver", "caller receiver" },
	{ "Position", "name organization country", "organization" },
	{ "Occupancy", "holder post startDate endDate summary recordId sourceUrl publisher", "holder post" },
	{ "Membership", "member organization role startDate endDate summary recordId sourceUrl publisher", "member organization" },
	{ "Document", "title summary date country sourceUrl publisher", "" },
	{ "Documentation", "document entity role", "document entity" },
};

static bool word_in(const char *list, const char *word)
{
	struct ch_str rest = ch_str_z(list), one;

	while (ch_str_cut(&rest, ' ', &one))
		if (one.len && ch_str_eqz(one, word))
			return true;
	return false;
}

static size_t schema_of(const json_t *entity)
{
	for (size_t i = 0; i < sizeof schemas / sizeof *schemas; i++)
		if (strcmp(schemas[i].schema, text_of(entity, "schema")) == 0)
			return i;
	fail_msg("there is no schema '%s'", text_of(entity, "schema"));
	return 0;
}

static void ftm_entities(void **state)
{
	struct fixture *f = *state;
	json_t *ids = json_object(), *seen = json_object(), *v, *list;
	const char *key;
	size_t i;

	export(f, "ftm", false, (struct chancery_query){ 0 });
	for (size_t k = 0; k < f->n; k++) {
		json_t *o = json_loads(f->line[k], 0, NULL);

		assert_int_equal(json_object_size(o), 3);
		json_object_set(ids, text_of(o, "id"), json_object_get(o, "schema"));
		json_object_set(seen, text_of(o, "schema"), json_true());
		json_decref(o);
	}
	for (size_t k = 0; k < f->n; k++) {
		json_t *o = json_loads(f->line[k], 0, NULL), *p = json_object_get(o, "properties");
		size_t schema = schema_of(o);

		assert_true(json_object_size(p) > 0);
		json_object_foreach(p, key, list) {
			if (!word_in(schemas[schema].properties, key))
				fail_msg("%s has no %s", schemas[schema].schema, key);
			assert_true(json_array_size(list) > 0);
			json_array_foreach(list, i, v) {
				assert_true(json_is_string(v) && *json_string_value(v));
				if (word_in(schemas[schema].refers, key) && !json_object_get(ids, json_string_value(v)))
					fail_msg("%s: %s is not there", f->line[k], key);
				if (strcmp(key, "country") == 0)
					assert_int_equal(strspn(json_string_value(v), "abcdefghijklmnopqrstuvwxyz"), 2);
			}
		}
		if (strcmp(text_of(o, "schema"), "Trip") == 0) {
			assert_int_equal(json_array_size(json_object_get(p, "involved")), 3);   /* Sadat, Egypt, Israel */
			assert_true(list_has(json_object_get(p, "country"), "il"));
		}
		if (strcmp(text_of(o, "schema"), "Membership") == 0)
			assert_true(list_has(json_object_get(p, "startDate"), "1961"));
		json_decref(o);
	}
	for (i = 0; i < sizeof schemas / sizeof *schemas; i++)
		if (!json_object_get(seen, schemas[i].schema))
			fail_msg("there is no %s", schemas[i].schema);
	assert_non_null(strstr(f->done.note, "denied, hypothetical or only to be said 1"));
	/* a question about events only has no roles in its answer */
	export(f, "ftm", false, (struct chancery_query){ .mode = "phone" });
	for (size_t k = 0; k < f->n; k++)
		assert_null(strstr(f->line[k], "Occupancy"));
	json_decref(ids);
	json_decref(seen);
}

static void jsonld_objects(void **state)
{
	struct fixture *f = *state;
	static const struct {
		const char *type, *properties;
	} types[] = {
		{ "Event", "name identifier startDate endDate location actor attendee organizer about eventStatus keywords description subjectOf" },
		{ "NewsArticle", "headline author datePublished dateModified publisher articleSection inLanguage license url" },
		{ "Quotation", "text spokenByCharacter creativeWorkStatus isPartOf" },
		{ "Person", "name memberOf subjectOf" },
	};
	size_t n[4] = { 0 }, organizers = 0;

	export(f, "jsonld", false, (struct chancery_query){ 0 });
	for (size_t k = 0; k < f->n; k++) {
		json_t *o = json_loads(f->line[k], 0, NULL), *v;
		const char *key;
		size_t t = 0;

		assert_string_equal(text_of(o, "@context"), "https://schema.org");
		assert_memory_equal(text_of(o, "@id"), "urn:chancery:", 13);
		while (t < 4 && strcmp(types[t].type, text_of(o, "@type")) != 0)
			t++;
		assert_true(t < 4);
		n[t]++;
		json_object_foreach(o, key, v)
			if (key[0] != '@' && !word_in(types[t].properties, key))
				fail_msg("%s has no %s", types[t].type, key);
		organizers += json_object_get(o, "organizer") != NULL;
		if (t == 3) {
			const json_t *role = json_object_get(o, "memberOf");

			assert_string_equal(text_of(role, "@type"), "OrganizationRole");
			assert_string_equal(text_of(json_object_get(role, "memberOf"), "identifier"),
					    strcmp(text_of(o, "name"), "EGY") == 0 ? "NAM" : "EGY");
		}
		json_decref(o);
	}
	assert_int_equal(n[0], sizeof told / sizeof *told - 1);   /* but what was denied */
	assert_int_equal(n[1], 1);
	assert_int_equal(n[2], 1);
	assert_int_equal(n[3], 2);
	assert_int_equal(organizers, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(plover_records, setup, teardown),
		cmocka_unit_test_setup_teardown(ftm_entities, setup, teardown),
		cmocka_unit_test_setup_teardown(jsonld_objects, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
