/* The two sides that a balance begins with: whom the partners belonged to in the years in which they were partners. */
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

/* Visits to one host, an invented one each. */
struct visit {
	int year;
	const char *visitor;
};

struct pages {
	const char *host;
	const struct visit *visits;
	size_t at, n;
};

static bool next_page(void *ctx, struct chancery_item *item)
{
	struct pages *p = ctx;
	char *name, *html;
	int n;

	if (p->at == p->n)
		return false;
	assert_true(asprintf(&name, "%zu.html", p->at) > 0);
	n = asprintf(&html,
		     "<html><head><title>News of the day</title><meta property=\"article:published_time\" content=\"%d-03-%02zu\"></head>"
		     "<body><article><h1>News of the day</h1><p>The foreign minister of %s paid a visit to %s on Monday. The guest was shown the "
		     "harbour and the old town, and number %zu of the guest book was signed before the evening.</p></article></body></html>",
		     p->visits[p->at].year, p->at + 2, p->visits[p->at].visitor, p->host, p->at);
	assert_true(n > 0);
	*item = (struct chancery_item){name, html, (size_t)n};
	p->at++;
	return true;
}

static bool done(void *ctx, const struct chancery_result *result)
{
	(void)ctx;
	assert_null(result->error);
	return true;
}

/* What balance a store of these visits gives. */
static json_t *balance(const struct chancery *engine, const char *code, struct pages pages)
{
	char dir[] = "/tmp/chancery-test-XXXXXX", path[64], *json = NULL;
	struct chancery_added added = {0};
	struct chancery_error error;
	struct chancery_store *store;
	json_t *o;

	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/s.db", dir);
	assert_true(chancery_store_open(path, true, &store, &error));
	assert_true(chancery_add(store, engine,
				 &(struct chancery_work){.input = CHANCERY_PAGES, .threads = 1, .next = next_page, .done = done, .ctx = &pages},
				 &added, &error));
	assert_int_equal(added.pages, pages.n);
	assert_true(chancery_balance(store, engine, code, &json, &error));
	o = json_loads(json, 0, NULL);
	assert_non_null(o);
	free(json);
	chancery_store_close(store);
	unlink(path);
	rmdir(dir);
	return o;
}

static const json_t *bloc(const json_t *balance, const char *party)
{
	size_t i;
	const json_t *o;

	json_array_foreach(json_object_get(balance, "blocs"), i, o)
		if (!strcmp(json_string_value(json_object_get(o, "party")), party))
			return o;
	return NULL;
}

static void sides(void **state)
{
	static const struct visit cold[] = {
		{1975, "Poland"}, {1975, "Hungary"}, {1976, "Poland"}, {1976, "Norway"}, {1976, "Turkey"},
	}, later[] = {
		/* Poland is in both, of which no year is the same; Turkey's year would be one of NATO's and of the OIC's. */
		{1975, "Poland"}, {1976, "Hungary"}, {1976, "Poland"}, {2005, "Norway"}, {2005, "Poland"}, {2006, "Turkey"},
	}, partners[] = {
		{1993, "Sweden"}, {1993, "Sweden"}, {1994, "Sweden"}, {1993, "Japan"}, {1994, "Japan"}, {1994, "Norway"}, {1994, "Denmark"},
	}, one[] = {
		{1975, "Poland"}, {1976, "Poland"},
	}, code[] = {
		/* Canada has the code of the Andean Community, of which Peru and Colombia are. */
		{2005, "Canada"}, {2005, "Peru"}, {2006, "Colombia"},
	}, itself[] = {
		{2005, "Norway"}, {2006, "Norway"}, {2006, "NATO"}, {2005, "Japan"},
	};
	static const struct {
		const struct visit *visits;
		size_t n;
		const char *one, *other;
	} cases[] = {
		/* The smaller of two organisations of the same partners: not COMECON. */
		{cold, 5, "Warsaw Pact", "NATO"},
		{later, 6, "Warsaw Pact", "NATO"},
		/* NATO has two opposite Sweden, Japan has two opposite more. */
		{partners, 7, "Nordic Council", "JPN"},
		{one, 2, NULL, NULL},
		{code, 3, "Rio Group", "CAN"},
		{itself, 4, "NATO", "JPN"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		json_t *o = balance(*state, "FIN", (struct pages){"Finland", cases[i].visits, 0, cases[i].n});
		const json_t *list = json_object_get(o, "sides");
		const char *first = json_string_value(json_array_get(list, 0)), *second = json_string_value(json_array_get(list, 1));
		char *all = json_dumps(o, JSON_COMPACT);

		if (!cases[i].one != !first || (first && (strcmp(first, cases[i].one) != 0 || strcmp(second, cases[i].other) != 0)))
			fail_msg("case %zu: %s, %s: %.2000s", i, first, second, all);
		if (cases[i].visits == itself) {
			assert_int_equal(json_integer_value(json_object_get(bloc(o, "NATO"), "events")), 3);
			assert_int_equal(json_array_size(json_object_get(bloc(o, "NATO"), "members")), 1);
		}
		if (cases[i].visits == code)
			assert_null(bloc(o, "CAN"));
		free(all);
		json_decref(o);
	}
}

static int setup(void **state)
{
	struct chancery_error error;

	return chancery_open(NULL, (struct chancery **)state, &error) ? 0 : -1;
}

static int teardown(void **state)
{
	chancery_close(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sides),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
