/* The public questions to a store: registers, profiles, reasons, exports, over two hand-made pages. */
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
#include "store/store.h"
#include "../store/sample.h"

struct fixture {
	char dir[64], path[96];
	struct chancery_store *store;
	struct chancery_error error;
};

static void put(struct ch_store *store, const char *tail, const char *date)
{
	struct ch_arena arena = { 0 };
	struct ch_doc doc;
	struct ch_err err;

	sample_doc(&doc, &arena, tail, date);
	assert_true(ch_store_begin(store, &err));
	assert_true(ch_store_put(store, ch_page_record(&doc, (struct ch_stamp){ "0.0", "lexicon 7", "model 7" }), &err));
	assert_true(ch_store_commit(store, &err));
	ch_arena_free(&arena);
}

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);

	strcpy(f->dir, "/tmp/chancery-test-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	snprintf(f->path, sizeof f->path, "%s/s.db", f->dir);
	assert_true(chancery_store_open(f->path, true, &f->store, &f->error));
	put((struct ch_store *)f->store, "", "1977-11-19");
	put((struct ch_store *)f->store, " b", "1977-11-19");
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	chancery_store_close(f->store);
	unlink(f->path);
	rmdir(f->dir);
	free(f);
	return 0;
}

struct rows {
	size_t n;
	char first[4096];
};

static bool take(void *ctx, const char *json, size_t size)
{
	struct rows *r = ctx;

	if (!r->n++)
		snprintf(r->first, sizeof r->first, "%.*s", (int)size, json);
	return true;
}

static void every_register_answers(void **state)
{
	struct fixture *f = *state;
	static const struct {
		const char *record;
		size_t n;
	} cases[] = { { "events", 3 }, { "visits", 1 }, { "meetings", 0 }, { "letters", 2 }, { "instruments", 2 }, { "quotes", 2 },
		      { "roles", 2 }, { "positions", 2 }, { "tallies", 2 }, { "pledges", 2 }, { "gatherings", 2 },
		      { "initiatives", 2 }, { "relations", 2 }, { "marks", 2 }, { "pages", 2 } };

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct rows r = { 0 };
		json_t *o;

		assert_true(chancery_query(f->store, &(struct chancery_query){ .record = cases[i].record }, take, &r, &f->error));
		if (r.n != cases[i].n)
			fail_msg("%s: %zu, not %zu", cases[i].record, r.n, cases[i].n);
		o = r.n ? json_loads(r.first, 0, NULL) : NULL;
		assert_true(!r.n || json_is_string(json_object_get(o, "id")));
		json_decref(o);
	}
	assert_false(chancery_query(f->store, &(struct chancery_query){ .record = "dreams" }, take, NULL, &f->error));
	assert_false(chancery_query(f->store, &(struct chancery_query){ .record = "events", .since = "May" }, take, NULL, &f->error));
	assert_non_null(strstr(f->error.text, "--since"));
}

/* What a register's rows say comes back from the store as it was put: lists, ordinals, what only visits have. */
static void gatherings_come_back(void **state)
{
	/* ' for " in what a row says */
	static const struct {
		struct chancery_query query;
		size_t n;
		const char *says;
	} cases[] = {
		{ { .record = "gatherings" }, 2,
		  "'name':'fifth summit','ordinal':5,'kind':'summit','body':'NAM','host':['ISR'],'mediator':[],"
		  "'participants':['EGY','ISR'],'place':'LKA','date':'1976-08','status':'planned'" },
		{ { .record = "gatherings", .who = "ISR", .type = "summit", .place = "LKA" }, 2, "'ordinal':5" },
		{ { .record = "gatherings", .who = "NAM", .status = "planned", .since = "1976-08", .until = "1976" }, 2, "'ordinal':5" },
		{ { .record = "gatherings", .status = "actual" }, 0, NULL },
		{ { .record = "gatherings", .type = "forum" }, 0, NULL },
		{ { .record = "gatherings", .since = "1977" }, 0, NULL },
		{ { .record = "initiatives", .who = "EGY" }, 2,
		  "'founders':['EGY'],'founded':'1961','anniversary':16,'status':'actual'" },
		{ { .record = "initiatives", .who = "ISR" }, 0, NULL },
		{ { .record = "relations", .who = "EGY", .with = "ISR" }, 2,
		  "'parties':['EGY','ISR'],'level':'diplomatic relations','change':'established','since':'1980'" },
		{ { .record = "marks", .type = "so-called" }, 2,
		  "'who':'The Record','mark':'so-called','about':'Accords','party':null" },
		{ { .record = "visits" }, 1, "'rank':'state','delegation':'led by Anwar Sadat','invited_by':'Menachem Begin'" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct rows r = { 0 };

		assert_true(chancery_query(f->store, &cases[i].query, take, &r, &f->error));
		for (char *c = r.first; *c; c++)
			*c = *c == '"' ? '\'' : *c;
		if (r.n != cases[i].n || (cases[i].says && !strstr(r.first, cases[i].says)))
			fail_msg("case %zu: %zu rows, the first %s", i, r.n, r.n ? r.first : "");
	}
}

static json_t *loaded(char *json)
{
	json_t *o = json_loads(json, 0, NULL);

	assert_non_null(o);
	free(json);
	return o;
}

static json_int_t number(const json_t *o, const char *key)
{
	return json_integer_value(json_object_get(o, key));
}

static const char *text_at(const json_t *pair, size_t i, const char *field)
{
	return json_string_value(json_object_get(json_array_get(json_object_get(pair, "timeline"), i), field));
}

static void profiles(void **state)
{
	struct fixture *f = *state;
	char *json = NULL;
	json_t *o, *all;

	assert_true(chancery_country(f->store, NULL, "Israel", 0, &json, &f->error));
	o = loaded(json);
	assert_string_equal(json_string_value(json_object_get(o, "party")), "ISR");
	assert_int_equal(number(o, "events"), 3);
	assert_string_equal(json_string_value(json_object_get(json_array_get(json_object_get(o, "partners"), 0), "party")), "EGY");
	json_decref(o);
	assert_true(chancery_pair(f->store, "EGY", "ISR", 0, &json, &f->error));
	all = loaded(json);
	assert_int_equal(number(all, "events"), 3);
	assert_int_equal(json_array_size(json_object_get(all, "timeline")), 3);
	/* the newest, in the order that all are in */
	assert_true(chancery_pair(f->store, "EGY", "ISR", 2, &json, &f->error));
	o = loaded(json);
	assert_int_equal(number(o, "events"), 3);
	assert_int_equal(json_array_size(json_object_get(o, "timeline")), 2);
	/* one has a date, two have none: those are last in either order */
	for (size_t i = 0; i < 2; i++)
		assert_true(json_equal(json_array_get(json_object_get(o, "timeline"), i), json_array_get(json_object_get(all, "timeline"), i)));
	assert_true(json_equal(json_object_get(o, "years"), json_object_get(all, "years")));
	json_decref(o);
	json_decref(all);
	assert_true(chancery_person(f->store, NULL, "sadat", 0, &json, &f->error));
	o = loaded(json);
	assert_string_equal(json_string_value(json_object_get(o, "name")), "Anwar Sadat");
	assert_int_equal(json_array_size(json_object_get(o, "roles")), 2);
	assert_int_equal(json_array_size(json_object_get(o, "quotes")), 2);
	json_decref(o);
	assert_false(chancery_country(f->store, NULL, "FRA", 0, &json, &f->error));
	assert_false(chancery_person(f->store, NULL, "Nobody", 0, &json, &f->error));
	assert_false(chancery_pair(f->store, "EGY", "FRA", 0, &json, &f->error));
	put((struct ch_store *)f->store, " c", "1978-01-02");
	put((struct ch_store *)f->store, " d", "1979-03-04");
	assert_true(chancery_pair(f->store, "EGY", "ISR", 2, &json, &f->error));
	o = loaded(json);
	assert_string_equal(text_at(o, 0, "date"), "1978-01-02");
	assert_string_equal(text_at(o, 1, "date"), "1979-03-04");
	/* three visits, all of Egypt; they are cooperation, as letters are */
	assert_int_equal(number(json_array_get(json_object_get(o, "visits"), 0), "events"), 3);
	assert_int_equal(number(json_array_get(json_object_get(o, "visits"), 1), "events"), 0);
	assert_int_equal(json_array_size(json_object_get(o, "visit_months")), 3);
	assert_string_equal(json_string_value(json_object_get(json_array_get(json_object_get(o, "visit_months"), 0), "month")), "1977-11");
	assert_string_equal(json_string_value(json_object_get(json_object_get(o, "first"), "date")), "1977-11-19");
	assert_string_equal(json_string_value(json_object_get(json_object_get(o, "last"), "date")), "1979-03-04");
	assert_int_equal(number(json_array_get(json_object_get(o, "years"), 0), "cooperation"), 1);
	assert_int_equal(number(json_array_get(json_object_get(o, "years"), 0), "conflict"), 0);
	json_decref(o);
}

static void an_instrument_wherever_it_is_told(void **state)
{
	struct fixture *f = *state;
	struct rows r = { 0 };
	char *json = NULL;
	json_t *row, *o;

	assert_true(chancery_query(f->store, &(struct chancery_query){ .record = "instruments" }, take, &r, &f->error));
	row = json_loads(r.first, 0, NULL);
	assert_true(chancery_instrument(f->store, json_string_value(json_object_get(row, "id")), &json, &f->error));
	o = loaded(json);
	assert_true(json_equal(json_object_get(o, "instrument"), row));
	assert_int_equal(json_array_size(json_object_get(o, "tellings")), 2);
	assert_int_equal(json_array_size(json_object_get(o, "events")), 0);   /* none in its year */
	json_decref(o);
	json_decref(row);
	assert_false(chancery_instrument(f->store, "0123456789abcdef0123456789abcdef", &json, &f->error));
	assert_non_null(strstr(f->error.text, "no instrument"));
}

static void why_leads_to_the_bytes(void **state)
{
	struct fixture *f = *state;
	struct rows r = { 0 };
	char *json = NULL, id[16];
	const json_t *report, *span;
	json_t *event, *o;

	assert_true(chancery_query(f->store, &(struct chancery_query){ .record = "visits" }, take, &r, &f->error));
	event = json_loads(r.first, 0, NULL);
	snprintf(id, sizeof id, "%.12s", json_string_value(json_object_get(event, "id")));
	assert_true(chancery_why(f->store, id, &json, &f->error));
	o = loaded(json);
	assert_int_equal(json_array_size(json_object_get(o, "reports")), 2);
	report = json_array_get(json_object_get(o, "reports"), 0);
	assert_string_equal(json_string_value(json_object_get(report, "frame")), "consult.visit");
	assert_string_equal(json_string_value(json_object_get(report, "path")), "subj obj");
	assert_string_equal(json_string_value(json_object_get(json_object_get(report, "page"), "model_version")), "model 7");
	span = json_object_get(report, "evidence");
	assert_memory_equal(sample_text + json_integer_value(json_array_get(span, 0)), "visited", 7);
	span = json_object_get(report, "marked");
	assert_memory_equal(json_string_value(json_object_get(report, "text")) + json_integer_value(json_array_get(span, 0)), "visited", 7);
	json_decref(o);
	/* the same by the id of one of its reports */
	snprintf(id, sizeof id, "%.12s", json_string_value(json_object_get(
		json_array_get(json_object_get(event, "reports"), 1), "id")));
	assert_true(chancery_why(f->store, id, &json, &f->error));
	o = loaded(json);
	assert_string_equal(json_string_value(json_object_get(json_object_get(o, "record"), "mode")), "visit");
	json_decref(o);
	json_decref(event);
	assert_false(chancery_why(f->store, "ffffffffffff", &json, &f->error));
	assert_false(chancery_why(f->store, "'; DROP TABLE events; --", &json, &f->error));
}

static void a_page_is_shown(void **state)
{
	struct fixture *f = *state;
	char *json = NULL;
	json_t *o;

	assert_true(chancery_show(f->store, "page.txt", &json, &f->error));
	o = loaded(json);
	assert_int_equal(json_array_size(json_object_get(o, "sentences")), 5);
	assert_int_equal(json_array_size(json_object_get(o, "blocks")), 4);
	assert_int_equal(json_array_size(json_object_get(o, "events")), 2);
	assert_int_equal(json_array_size(json_object_get(o, "quotes")), 1);
	json_decref(o);
	assert_false(chancery_show(f->store, "", &json, &f->error));
}

static void exports(void **state)
{
	struct fixture *f = *state;
	struct rows r = { 0 };
	json_t *o;

	assert_true(chancery_export(f->store, &(struct chancery_export_how){ "plover" }, &(struct chancery_query){ .mode = "visit" }, take, &r, NULL, &f->error));
	assert_int_equal(r.n, 1);
	o = json_loads(r.first, 0, NULL);
	assert_true(json_is_array(json_object_get(o, "mode")));
	assert_int_equal(number(o, "quad_code"), 1);
	assert_string_equal(json_string_value(json_object_get(json_object_get(o, "event_loc"), "country_code")), "ISR");
	json_decref(o);
	r = (struct rows){ 0 };
	assert_true(chancery_export(f->store, &(struct chancery_export_how){ "csv" }, &(struct chancery_query){ 0 }, take, &r, NULL, &f->error));
	assert_int_equal(r.n, 4);
	assert_memory_equal(r.first, "id,type,mode,source,target,date", 31);
	assert_false(chancery_export(f->store, &(struct chancery_export_how){ "runes" }, &(struct chancery_query){ 0 }, take, &r, NULL, &f->error));
}

static void full_text(void **state)
{
	struct fixture *f = *state;
	struct rows r = { 0 };
	json_t *o;

	assert_true(chancery_search(f->store, "prime minister", 1, take, &r, &f->error));
	assert_int_equal(r.n, 1);
	o = json_loads(r.first, 0, NULL);
	assert_string_equal(json_string_value(json_object_get(o, "before")),
			    "The president of Egypt visited Jerusalem on 19 November 1977.");
	json_decref(o);
}

static void searches_among_pages(void **state)
{
	struct fixture *f = *state;
	/* Two pages of 20 November 1977 say it. */
	static const struct {
		struct chancery_search search;
		size_t n;
	} cases[] = {
		{ { .words = "jerusalem" }, 4 },
		{ { .words = "jerusalem", .since = "1977-11", .until = "1977" }, 4 },
		{ { .words = "jerusalem", .since = "1977-11-21" }, 0 },
		{ { .words = "jerusalem", .until = "1977-11-19" }, 0 },
		{ { .words = "jerusalem", .outlet = "The Record" }, 4 },
		{ { .words = "jerusalem", .outlet = "The" }, 0 },
		{ { .words = "jerusalem", .limit = 3 }, 3 },
		{ { .words = "jerusalem", .limit = 3, .after = "3" }, 1 },
		{ { .words = "jerusalem", .outlet = "The Record", .limit = 3, .after = "2" }, 2 },
		{ { .words = "jerusalem", .after = "4" }, 0 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct chancery_search search = cases[i].search;
		struct rows r = { 0 };
		char next[CHANCERY_NEXT];

		search.next = next;
		if (!chancery_search_in(f->store, &search, take, &r, &f->error))
			fail_msg("%zu: %s", i, f->error.text);
		if (r.n != cases[i].n)
			fail_msg("%zu: %zu hits, not %zu", i, r.n, cases[i].n);
		assert_string_equal(next, search.limit && !search.after ? "3" : "");
	}
	assert_false(chancery_search_in(f->store, &(struct chancery_search){ .words = "war", .after = "x" }, take, NULL, &f->error));
	assert_false(chancery_search_in(f->store, &(struct chancery_search){ .words = "war", .since = "May" }, take, NULL, &f->error));
	assert_non_null(strstr(f->error.text, "--since"));
}

/* A filter that a list has nothing for would give all of it; the line names the option, and what would do. */
static void what_says_nothing_is_refused(void **state)
{
	static const struct {
		struct chancery_query query;
		const char *says;      /* NULL: it is taken */
	} cases[] = {
		{ { .record = "visits", .type = "ACCUSE" }, "--type says nothing of visits" }, { { .record = "letters", .mode = "visit" }, "--mode: letter or phone is wanted, not 'visit'" },
		{ { .record = "pages", .who = "FRA" }, "--who says nothing of pages" }, { { .record = "roles", .variants = true }, "--variants says nothing of roles" },
		{ { .record = "tallies", .search = "war" }, "--search says nothing of tallies" }, { { .record = "quotes", .status = "actual" }, "--status says nothing of quotes" },
		{ { .record = "instruments", .status = "actual" }, "--status: signed, planned, in force, adopted, suspended or terminated" },
		{ { .record = "events", .status = "done" }, "--status: actual, planned, denied, hypothetical or historical is wanted, not 'done'" },
		{ { .record = "events", .type = "VISIT" }, "--type: no type of event is called 'VISIT'" }, { { .record = "events", .type = "consult" }, NULL },
		{ { .record = "events", .mode = "own-frame" }, NULL }, { { .record = "instruments", .status = "in force" }, NULL }, { { .record = "roles", .type = "chair" }, NULL },
		{ { .record = "events", .about = "'" }, "--about: a word is wanted, not '''" }, { { .record = "positions", .about = "()*" }, "--about: a word" },
		{ { .record = "quotes", .search = "^ -" }, "--search: a word" }, { { .record = "quotes", .to = "reporters", .search = "\"war\"", .newest = true }, NULL },
	};
	struct fixture *f = *state;
	char *json = NULL;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const bool ok = chancery_query(f->store, &cases[i].query, take, &(struct rows){ 0 }, &f->error);

		if (ok == (cases[i].says != NULL) || (!ok && strncmp(f->error.text, cases[i].says, strlen(cases[i].says)) != 0))
			fail_msg("%zu: %s", i, ok ? "taken" : f->error.text);
	}
	assert_false(chancery_coverage(f->store, "month", &(struct chancery_query){ .who = "EGY" }, &json, &f->error));
	assert_string_equal(f->error.text, "--who says nothing of coverage");
	assert_false(chancery_stories(f->store, &(struct chancery_query){ .rejected = true }, 1, take, &(struct rows){ 0 }, &f->error));
	assert_false(chancery_doubtful(f->store, &(struct chancery_query){ .record = "events", .search = "war" }, take, &(struct rows){ 0 }, &f->error));
	assert_false(chancery_series(f->store, &(struct chancery_query){ .record = "visits", .type = "AID" }, "month", "none", take, &(struct rows){ 0 }, &f->error));
	assert_true(chancery_asked_by("quotes", "search") && chancery_asked_by("stories", "place"));
	assert_false(chancery_asked_by("visits", "search") || chancery_asked_by("none", "who") || chancery_asked_by("events", "limit"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_register_answers, setup, teardown),
		cmocka_unit_test_setup_teardown(gatherings_come_back, setup, teardown),
		cmocka_unit_test_setup_teardown(profiles, setup, teardown),
		cmocka_unit_test_setup_teardown(an_instrument_wherever_it_is_told, setup, teardown),
		cmocka_unit_test_setup_teardown(why_leads_to_the_bytes, setup, teardown),
		cmocka_unit_test_setup_teardown(a_page_is_shown, setup, teardown),
		cmocka_unit_test_setup_teardown(exports, setup, teardown),
		cmocka_unit_test_setup_teardown(full_text, setup, teardown),
		cmocka_unit_test_setup_teardown(searches_among_pages, setup, teardown),
		cmocka_unit_test_setup_teardown(what_says_nothing_is_refused, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
