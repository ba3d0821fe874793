/* A page's annotations: what is marked in a sentence is what the record says, whatever the raw page did to the words. */
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

/* Entities, tags within words and names, line ends of two bytes, a name and a sign beyond the first plane in front of what is marked. */
static const char raw_page[] =
	"<!DOCTYPE html>\r\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>De Gaulle &amp; Adenauer sign a treaty</title>\r\n"
	"<meta property=\"article:published_time\" content=\"1963-01-23T08:00:00Z\"></head><body>\r\n"
	"<nav><a href=\"/\">Home</a> <a href=\"/w\">World</a></nav>\r\n"
	"<article><h1>De Gaulle &amp; Adenauer sign a treaty</h1>\r\n"
	"<p>President <b>Charles&nbsp;de&#32;Gaulle</b> and Chancellor Konrad Adenau<i>er</i> signed a treaty of friendship in\r\nParis on Tuesday, "
	"and a crowd sang before the palace until late in the night.</p>\r\n"
	"<p>The delegation\xe2\x80\x99s pennant bore \xf0\x9d\x94\xbe \xf0\x9f\x8e\x8f and \xce\x95\xce\xbb\xce\xbb\xce\xac\xcf\x82 \xd0\x9c\xd0\xb8\xd1\x80, and "
	"Foreign Minister Gerhard Schr&ouml;der visited Moscow on January&nbsp;14, 1963 before the ceremony.</p>\r\n"
	"<p>&ldquo;Our peoples &mdash; \xf0\x9f\x8e\x8f &mdash; have been reconciled after a long quarrel,&rdquo; President Charles de Gaulle said at the palace.</p>\r\n"
	"<p>France criticised the Soviet Union, and the Soviet Union criticised France, in the course of the same week of January.</p>\r\n"
	"</article><footer>Copyright, all rights reserved, terms of use</footer></body></html>\r\n";

struct fixture {
	char dir[64], path[96];
	struct chancery *engine;
	struct chancery_store *store;
	struct chancery_error error;
	bool given;
};

static bool next_page(void *ctx, struct chancery_item *item)
{
	struct fixture *f = ctx;

	if (f->given)
		return false;
	f->given = true;
	*item = (struct chancery_item){ strdup("treaty.html"), strdup(raw_page), sizeof raw_page - 1 };
	return true;
}

static bool done(void *ctx, const struct chancery_result *result)
{
	(void)ctx;
	assert_null(result->error);
	return true;
}

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	struct chancery_added added = { 0 };

	strcpy(f->dir, "/tmp/chancery-test-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	snprintf(f->path, sizeof f->path, "%s/s.db", f->dir);
	assert_true(chancery_open(NULL, &f->engine, &f->error));
	assert_true(chancery_store_open(f->path, true, &f->store, &f->error));
	assert_true(chancery_add(f->store, f->engine, &(struct chancery_work){ .input = CHANCERY_PAGES, .threads = 1, .next = next_page, .done = done, .ctx = f },
				 &added, &f->error));
	assert_int_equal(added.pages, 1);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	chancery_store_close(f->store);
	chancery_close(f->engine);
	unlink(f->path);
	rmdir(f->dir);
	free(f);
	return 0;
}

static json_t *shown(struct fixture *f)
{
	char *json = NULL;
	json_t *o;

	if (!chancery_show(f->store, "treaty.html", &json, &f->error))
		fail_msg("%s", f->error.text);
	o = json_loads(json, 0, NULL);
	assert_non_null(o);
	free(json);
	return o;
}

static const char *text_of(const json_t *o, const char *field)
{
	const char *z = json_string_value(json_object_get(o, field));

	return z ? z : "";
}

/* From there to there in UTF-16 units, as a browser slices; counted another way than the code under test does: code point by code point. */
static void slice(const char *text, json_int_t start, json_int_t end, char *out, size_t size)
{
	json_int_t units = 0;
	size_t n = 0;

	while (*text && units < end) {
		unsigned char c = (unsigned char)*text;
		size_t len = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;

		if (units >= start && n + len < size) {
			memcpy(out + n, text, len);
			n += len;
		}
		units += len == 4 ? 2 : 1;
		text += len;
	}
	out[n] = 0;
}

static const json_t *by(const json_t *list, const char *field, const char *value)
{
	const json_t *o;
	size_t i;

	json_array_foreach(list, i, o)
		if (strcmp(text_of(o, field), value) == 0)
			return o;
	return NULL;
}

static void marks_are_what_records_say(void **state)
{
	json_t *page = shown(*state);
	const json_t *annotations = json_object_get(page, "annotations"), *sentences = json_object_get(page, "sentences"), *a;
	size_t i, triggers = 0, contents = 0;

	assert_true(json_array_size(annotations) > 8);
	json_array_foreach(annotations, i, a) {
		const json_t *s = json_array_get(sentences, (size_t)json_integer_value(json_object_get(a, "sentence")));
		const json_t *record = by(json_object_get(page, text_of(a, "kind")), "id", text_of(a, "record"));
		char piece[512];

		slice(text_of(s, "text"), json_integer_value(json_object_get(a, "start")), json_integer_value(json_object_get(a, "end")), piece, sizeof piece);
		assert_string_equal(piece, text_of(a, "text"));
		assert_true(*piece);
		assert_non_null(record);
		if (strcmp(text_of(a, "role"), "trigger") == 0) {
			const json_t *report = by(json_object_get(record, "reports"), "id", text_of(a, "report"));

			assert_string_equal(piece, text_of(report, "trigger"));
			triggers++;
		}
		if (strcmp(text_of(a, "role"), "content") == 0) {
			assert_string_equal(piece, text_of(record, "text"));
			contents++;
		}
	}
	assert_true(triggers >= json_array_size(json_object_get(page, "events")) && contents == json_array_size(json_object_get(page, "quotes")) && contents);
	json_decref(page);
}

/* Is there, in a sentence that begins so, such a piece? */
static bool marked(const json_t *page, const char *begins, const char *kind, const char *role, const char *text)
{
	const json_t *a;
	size_t i;

	json_array_foreach(json_object_get(page, "annotations"), i, a) {
		const json_t *s = json_array_get(json_object_get(page, "sentences"), (size_t)json_integer_value(json_object_get(a, "sentence")));

		if (strncmp(text_of(s, "text"), begins, strlen(begins)) == 0 && strcmp(text_of(a, "kind"), kind) == 0 &&
		    strcmp(text_of(a, "role"), role) == 0 && strcmp(text_of(a, "text"), text) == 0)
			return true;
	}
	return false;
}

static void parties_and_dates_are_found(void **state)
{
	static const struct {
		const char *sentence, *kind, *role, *text;
		bool there;
	} cases[] = {
		{ "President Charles", "events", "trigger", "signed", true },
		{ "President Charles", "events", "source", "Charles de Gaulle", true },
		{ "President Charles", "events", "source", "Konrad Adenauer", true },
		{ "President Charles", "events", "date", "Tuesday", true },
		{ "The delegation", "events", "trigger", "visited", true },
		{ "The delegation", "events", "source", "Gerhard", true },   /* the lists write the rest otherwise: "Schroeder" */
		{ "The delegation", "events", "target", "Moscow", true },
		{ "The delegation", "events", "date", "January 14, 1963", true },
		{ "\xe2\x80\x9cOur", "quotes", "cue", "said", true },
		{ "\xe2\x80\x9cOur", "quotes", "source", "President Charles de Gaulle", true },
		/* Each stands twice: which of the two is meant nobody can tell from the word. */
		{ "France criticised", "events", "source", "France", false },
		{ "France criticised", "events", "target", "Soviet Union", false },
		{ "France criticised", "events", "trigger", "criticised", true },
	};
	json_t *page = shown(*state);

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (marked(page, cases[i].sentence, cases[i].kind, cases[i].role, cases[i].text) != cases[i].there)
			fail_msg("%s %s '%s'%s", cases[i].kind, cases[i].role, cases[i].text, cases[i].there ? " is not marked" : " is marked");
	json_decref(page);
}

/* What a person set is not marked by the words that the program had read. */
static void what_was_overruled_is_not_marked(void **state)
{
	static const char *const set[] = { "target=POL", "date=1963-01-11" };
	struct fixture *f = *state;
	json_t *page = shown(f);
	const json_t *e = NULL;
	char *json = NULL;
	size_t i;

	json_array_foreach(json_object_get(page, "events"), i, e)
		if (strcmp(text_of(e, "mode"), "visit") == 0)
			break;
	assert_non_null(e);
	if (!chancery_decide(f->store, &(struct chancery_decision){ .verdict = "edit", .id = text_of(e, "id"), .set = set, .n_set = 2, .by = "desk", .reason = "seen" },
			     &json, &f->error))
		fail_msg("%s", f->error.text);
	free(json);
	json_decref(page);
	page = shown(f);
	assert_true(marked(page, "The delegation", "events", "trigger", "visited"));
	assert_false(marked(page, "The delegation", "events", "target", "Moscow"));
	assert_false(marked(page, "The delegation", "events", "date", "January 14, 1963"));
	json_decref(page);
}

static void bytes_come_back(void **state)
{
	struct fixture *f = *state;
	char *bytes = NULL;
	size_t size = 0;

	assert_true(chancery_page_raw(f->store, "treaty.html", &bytes, &size, &f->error));
	assert_int_equal(size, sizeof raw_page - 1);
	assert_memory_equal(bytes, raw_page, size);
	free(bytes);
	assert_false(chancery_page_raw(f->store, "none.html", &bytes, &size, &f->error));
	assert_non_null(strstr(f->error.text, "none.html"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_are_what_records_say),
		cmocka_unit_test(parties_and_dates_are_found),
		cmocka_unit_test(bytes_come_back),
		cmocka_unit_test(what_was_overruled_is_not_marked),   /* changes the store */
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
