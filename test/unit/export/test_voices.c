/* How many voices pages are; a story with its chain, and coverage, as JSON. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>
#include "chancery.h"
#include "export/voices.h"
#include "store/store.h"
#include "../merge/texts.h"

static void voices(void **state)
{
	static const struct {
		const char *what;
		struct { const char *id, *story, *outlet, *agency, *day; } pages[5];
		int n, copies, outlets, independent;
	} cases[] = {
		{ "two of their own", { { "1", "s", "Echo", "", "2001-02-03" }, { "2", "t", "Gazette", "", "2001-02-04" } }, 2, 0, 2, 2 },
		{ "one page twice", { { "1", "s", "Echo", "", "" }, { "1", "s", "Echo", "", "" } }, 1, 0, 1, 1 },
		{ "a copy", { { "1", "s", "Echo", "", "" }, { "2", "s", "Gazette", "", "" } }, 2, 1, 2, 1 },
		{ "one outlet", { { "1", "s", "Echo", "", "" }, { "2", "t", "The echo", "", "" } }, 2, 0, 1, 1 },
		{ "one agency", { { "1", "s", "Echo", "Meridian Wire", "" }, { "2", "t", "Gazette", "Meridian Wire", "" } }, 2, 0, 2, 1 },
		{ "the agency itself", { { "1", "s", "Echo", "Meridian Wire", "" }, { "2", "t", "Meridian Wire", "", "" } }, 2, 0, 2, 1 },
		{ "a chain", { { "1", "s", "Echo", "Herald; Meridian Wire", "" }, { "2", "t", "Meridian Wire", "", "" } }, 2, 0, 2, 1 },
		{ "nobody says who", { { "1", "", "", "", "" }, { "2", "", "", "", "" } }, 2, 0, 0, 2 },
		{ "joined by a third", { { "1", "s", "Echo", "", "" }, { "2", "t", "Gazette", "Wire", "" }, { "3", "s", "Herald", "Wire", "" },
					  { "4", "u", "Observer", "", "" } }, 4, 1, 4, 2 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_page_info infos[5] = { 0 };
		const struct ch_page_info *pages[5];
		uint32_t n = 0;
		json_t *o;
		int got[4];

		for (; n < 5 && cases[i].pages[n].id; n++) {
			infos[n] = (struct ch_page_info){ .id = ch_str_z(cases[i].pages[n].id), .story = ch_str_z(cases[i].pages[n].story),
				.outlet = ch_str_z(cases[i].pages[n].outlet), .agency = ch_str_z(cases[i].pages[n].agency),
				.published = ch_str_z(cases[i].pages[n].day) };
			pages[n] = &infos[n];
		}
		o = ch_json_voices(pages, n);
		got[0] = (int)json_integer_value(json_object_get(o, "pages"));
		got[1] = (int)json_integer_value(json_object_get(o, "copies"));
		got[2] = (int)json_integer_value(json_object_get(o, "outlets"));
		got[3] = (int)json_integer_value(json_object_get(o, "independent"));
		if (got[0] != cases[i].n || got[1] != cases[i].copies || got[2] != cases[i].outlets || got[3] != cases[i].independent)
			fail_msg("%s: %d pages, %d copies, %d outlets, %d independent", cases[i].what, got[0], got[1], got[2], got[3]);
		json_decref(o);
	}
}

static void put(struct ch_store *store, const char *name, const char *outlet, const char *agency, const char *text, ch_day day)
{
	struct ch_arena a = { 0 };
	struct ch_doc doc;
	struct ch_err err;

	assert_true(ch_doc_from_text(&doc, &a, ch_str_z(text), true, &err));
	doc.path = ch_str_z(name);
	doc.raw = ch_arena_printf(&a, "%s %s", name, text);
	doc.meta.title = ch_str_z(name);
	doc.meta.outlet = ch_str_z(outlet);
	doc.meta.agency = ch_str_z(agency);
	doc.meta.published = day;
	*CH_PUSH(&a, &doc.tokens) = (struct ch_token){ .span = doc.blocks.v[0].span, .head = CH_NONE, .first_child = CH_NONE,
						       .next_sibling = CH_NONE, .mention = CH_NONE };
	*CH_PUSH(&a, &doc.sentences) = (struct ch_sentence){ doc.blocks.v[0].span, 0, 1, 0, 0 };
	assert_true(ch_store_begin(store, &err));
	assert_true(ch_store_put(store, ch_page_record(&doc, (struct ch_stamp){ "0", "0", "0" }), &err));
	assert_true(ch_store_commit(store, &err));
	ch_arena_free(&a);
}

static bool count(void *ctx, const char *json, size_t size)
{
	(void)json;
	(void)size;
	++*(int *)ctx;
	return true;
}

static const char *text_at(const json_t *o, const char *list, size_t i, const char *field)
{
	const json_t *item = json_array_get(json_object_get(o, list), i);

	return json_is_string(json_object_get(item, field)) ? json_string_value(json_object_get(item, field)) : "";
}

static void a_story_is_told(void **state)
{
	char dir[] = "/tmp/chancery-test-XXXXXX", path[64];
	struct chancery_error error;
	struct ch_store *store;
	struct chancery_store *public;
	char *json = NULL;
	const json_t *copy;
	json_t *o;
	int n = 0;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/s.db", dir);
	assert_true(ch_store_open(path, true, &store, (struct ch_err *)&error));
	public = (struct chancery_store *)store;
	put(store, "late", "Echo", "", text_original, 16003);
	put(store, "reworded", "Courier", "The Gazette", text_spun, 16001);
	put(store, "first", "Gazette", "Meridian Wire", text_original, 16000);
	put(store, "own", "Observer", "", text_independent, 16000);
	assert_true(chancery_stories(public, &(struct chancery_query){ 0 }, 0, count, &n, &error));
	assert_int_equal(n, 2);
	n = 0;
	assert_true(chancery_stories(public, &(struct chancery_query){ .since = "2013-10-21", .about = "first" }, 2, count, &n, &error));
	assert_int_equal(n, 1);

	assert_true(chancery_story(public, "late", &json, &error));
	o = json_loads(json, 0, NULL);
	free(json);
	assert_string_equal(json_string_value(json_object_get(o, "first_publisher")), "Gazette");
	assert_string_equal(json_string_value(json_object_get(o, "origin")), "Meridian Wire");
	assert_int_equal(json_integer_value(json_object_get(o, "independent")), 1);
	assert_int_equal(json_array_size(json_object_get(o, "chain")), 3);
	assert_string_equal(text_at(o, "chain", 1, "copy"), "spun");
	assert_string_equal(text_at(o, "chain", 1, "from_outlet"), "Gazette");
	assert_string_equal(text_at(o, "chain", 1, "from_basis"), "credit");
	assert_string_equal(text_at(o, "chain", 2, "copy"), "exact");
	assert_string_equal(text_at(o, "chain", 2, "from_basis"), "text");
	copy = json_array_get(json_object_get(o, "chain"), 2);
	assert_int_equal(json_integer_value(json_object_get(copy, "days_late")), 3);
	assert_true(json_real_value(json_object_get(copy, "kept")) == 1);
	copy = json_array_get(json_object_get(o, "chain"), 1);
	assert_true(json_real_value(json_object_get(copy, "kept")) < 0.5);
	assert_int_equal(json_array_size(json_object_get(copy, "numbers_lost")), 0);
	assert_int_equal(json_array_size(json_object_get(copy, "quotes_new")), 1);
	json_decref(o);
	assert_false(chancery_story(public, "nothing", &json, &error));

	assert_true(chancery_coverage(public, "outlet", &(struct chancery_query){ 0 }, &json, &error));
	o = json_loads(json, 0, NULL);
	free(json);
	assert_int_equal(json_integer_value(json_object_get(o, "pages")), 4);
	assert_int_equal(json_array_size(json_object_get(o, "rows")), 4);
	json_decref(o);
	assert_false(chancery_coverage(public, "weather", &(struct chancery_query){ 0 }, &json, &error));
	ch_store_close(store);
	unlink(path);
	rmdir(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(voices), cmocka_unit_test(a_story_is_told) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
