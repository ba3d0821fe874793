/* Offices as the lists have them and as pages say: careers, conflicts, what is to be learnt. */
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

/* An invented minister of culture on three pages, an invented president of France on one, a true one on one. */
static const struct {
	const char *date, *text;
} pages[] = {
	{"2018-09-03", "Finnish Culture Minister Aino Virtalahti opened the book fair in Turku on Monday. She spoke of "
		       "poets for an hour, and "
		       "the guests from the other Nordic countries listened to her with patience until the evening."},
	{"2018-10-12",
	 "Finnish Culture Minister Aino Virtalahti met the director of the national museum in Helsinki on Friday. They "
	 "agreed "
	 "that the roof of the old building would be repaired before the first snow of the coming winter."},
	{"2019-02-01",
	 "Culture Minister Aino Virtalahti of Finland visited Estonia on Friday. She was shown the new library in "
	 "Tartu, and "
	 "the librarians told her how many books had been lent there since the day on which it was opened."},
	{"2018-11-11",
	 "French President Paul Lemoine-Garnier received the mayors of the great harbours in Paris on Sunday. He told "
	 "them that "
	 "the state would pay for the dredging of the channels, and the mayors thanked him for it in the evening."},
	{"2018-11-13",
	 "French President Emmanuel Macron spoke in Paris on Tuesday about the end of the war a century ago. He said "
	 "that peace was "
	 "the work of every day, and the guests from many countries stood in the rain and listened to his words."},
};

struct fixture {
	char dir[64], path[96];
	struct chancery *engine;
	struct chancery_store *store;
	struct chancery_error error;
	size_t next;
};

static bool next_page(void *ctx, struct chancery_item *item)
{
	struct fixture *f = ctx;
	char name[32], *html;
	int n;

	if (f->next == sizeof pages / sizeof *pages)
		return false;
	snprintf(name, sizeof name, "page%zu.html", f->next);
	n = asprintf(&html,
		     "<html><head><title>News of the day</title><meta property=\"article:published_time\" "
		     "content=\"%s\"></head>"
		     "<body><article><h1>News of the day</h1><p>%s</p></article></body></html>",
		     pages[f->next].date, pages[f->next].text);
	assert_true(n > 0);
	*item = (struct chancery_item){strdup(name), html, (size_t)n};
	f->next++;
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
	struct chancery_added added = {0};

	strcpy(f->dir, "/tmp/chancery-test-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	snprintf(f->path, sizeof f->path, "%s/s.db", f->dir);
	assert_true(chancery_open(NULL, &f->engine, &f->error));
	assert_true(chancery_store_open(f->path, true, &f->store, &f->error));
	assert_true(
		chancery_add(f->store, f->engine,
			     &(struct chancery_work){
				     .input = CHANCERY_PAGES, .threads = 1, .next = next_page, .done = done, .ctx = f},
			     &added, &f->error));
	assert_int_equal(added.pages, sizeof pages / sizeof *pages);
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

static json_t *loaded(char *json)
{
	json_t *o = json_loads(json, 0, NULL);

	assert_non_null(o);
	free(json);
	return o;
}

static const char *text_of(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s ? s : "";
}

static const json_t *find(const json_t *list, const char *source, const char *who)
{
	size_t i;
	const json_t *o;

	json_array_foreach(list, i,
			   o) if (!strcmp(text_of(o, "source"), source) && !strcmp(text_of(o, "who"), who)) return o;
	return NULL;
}

static void conflicts_are_shown(void **state)
{
	struct fixture *f = *state;
	char *json = NULL;
	json_t *o;
	const json_t *list, *false_one, *true_one;

	assert_true(chancery_country(f->store, f->engine, "FRA", 0, &json, &f->error));
	o = loaded(json);
	list = json_object_get(o, "offices");
	assert_string_equal(text_of(find(list, "lists", "Charles de Gaulle"), "body"), "FRA");
	assert_non_null(find(list, "lists", "Emmanuel Macron"));
	false_one = find(list, "pages", "Paul Lemoine-Garnier");
	true_one = find(list, "pages", "Emmanuel Macron");
	assert_non_null(false_one);
	assert_non_null(strstr(text_of(false_one, "conflict"), "Emmanuel Macron"));
	assert_non_null(true_one);
	assert_true(json_is_null(json_object_get(true_one, "conflict")));
	json_decref(o);
}

static void a_career(void **state)
{
	struct fixture *f = *state;
	char *json = NULL;
	json_t *o;
	const json_t *told;

	assert_true(chancery_person(f->store, f->engine, "Aino Virtalahti", 0, &json, &f->error));
	o = loaded(json);
	told = find(json_object_get(o, "offices"), "pages", "Aino Virtalahti");
	assert_non_null(told);
	assert_int_equal(json_integer_value(json_object_get(told, "pages")), 3);
	assert_string_equal(text_of(told, "first"), "2018-09-03");
	assert_string_equal(text_of(told, "last"), "2019-02-01");
	assert_string_equal(text_of(told, "body"), "FIN");
	json_decref(o);
}

static const json_t *side(const json_t *balance, const char *list, const char *party)
{
	size_t i;
	const json_t *o;

	json_array_foreach(json_object_get(balance, list), i, o)
		if (!strcmp(text_of(o, "party"), party))
			return o;
	return NULL;
}

/* Finland's minister was in Estonia in 2019: a member of NATO then, never one of COMECON; all the world is in the United Nations. */
static void partners_by_their_blocs(void **state)
{
	struct fixture *f = *state;
	char *json = NULL;
	json_t *o;
	const json_t *estonia, *nato, *year;

	assert_true(chancery_balance(f->store, f->engine, "FIN", &json, &f->error));
	o = loaded(json);
	assert_string_equal(text_of(o, "party"), "FIN");
	estonia = side(o, "partners", "EST");
	nato = side(o, "blocs", "NATO");
	assert_non_null(estonia);
	assert_non_null(nato);
	assert_string_equal(text_of(estonia, "name"), "Estonia");
	year = json_array_get(json_object_get(nato, "years"), 0);
	assert_string_equal(text_of(year, "year"), "2019");
	assert_true(json_equal(year, json_array_get(json_object_get(estonia, "years"), 0)));
	assert_string_equal(json_string_value(json_array_get(json_object_get(nato, "members"), 0)), "EST");
	assert_null(side(o, "blocs", "UN"));
	assert_null(side(o, "blocs", "COMECON"));
	assert_null(side(o, "partners", "FIN"));
	assert_int_equal(json_array_size(json_object_get(o, "sides")), 0);   /* one partner makes no two sides */
	json_decref(o);
	assert_false(chancery_balance(f->store, f->engine, "Atlantis", &json, &f->error));
}

static void what_is_learnt(void **state)
{
	struct fixture *f = *state;
	char *json = NULL;
	json_t *list;
	const json_t *she;

	assert_true(chancery_learn(f->store, f->engine, 2, &json, &f->error));
	list = loaded(json);
	assert_int_equal(json_array_size(list), 1);
	she = json_array_get(list, 0);
	assert_string_equal(text_of(she, "who"), "Aino Virtalahti");
	assert_non_null(strstr(text_of(she, "entry"), "Aino Virtalahti\n\tFIN | Culture Minister | 2018-09 |"));
	assert_int_equal(json_array_size(json_object_get(she, "evidence")), 3);
	json_decref(list);
	/* what the lists know is not learnt, what they contradict is, and says so */
	assert_true(chancery_learn(f->store, f->engine, 1, &json, &f->error));
	list = loaded(json);
	assert_null(find(list, "pages", "Emmanuel Macron"));
	assert_non_null(strstr(text_of(find(list, "pages", "Paul Lemoine-Garnier"), "conflict"), "Emmanuel Macron"));
	json_decref(list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(conflicts_are_shown),
		cmocka_unit_test(a_career),
		cmocka_unit_test(partners_by_their_blocs),
		cmocka_unit_test(what_is_learnt),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
