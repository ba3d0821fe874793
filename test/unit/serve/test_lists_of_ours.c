/* What is answered out of the program's own lists, with or without the store: whose a code is, profiles of those of whom nothing was read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <jansson.h>
#include "each.h"

static struct chancery *engine;

static int open_lists(void **state)
{
	struct chancery_error error;

	(void)state;
	return chancery_open(NULL, &engine, &error) ? 0 : -1;
}

static int close_lists(void **state)
{
	(void)state;
	chancery_close(engine);
	return 0;
}

static int setup(void **state)
{
	struct site *s = malloc(sizeof *s);

	*state = s;
	if (!site_make(s))
		return -1;
	s->server.engine = engine;
	return 0;
}

static int teardown(void **state)
{
	site_remove(*state);
	free(*state);
	return 0;
}

/* "NAM" is Namibia's and the Non-Aligned Movement's, and no party's or company's that bears its state's code. */
static void whose_a_code_is(void **state)
{
	struct site *s = *state;
	static const struct ask asks[] = {
		{ "GET", "/api/v1/parties?format=csv", NULL, NULL, 200, "\r\nNAM,Namibia,state,Namibian,NAM,\r\n" },
		{ "GET", "/api/v1/parties?format=csv", NULL, NULL, 200, "\r\nNAM,Non-Aligned Movement,organisation,,IGO,\r\n" },
		{ "GET", "/api/v1/parties?members=1&format=csv", NULL, NULL, 200, "\r\nCAN,Andean Community,organisation," },
		{ "GET", "/api/v1/suggest?words=can&format=csv", NULL, NULL, 200, "code,id\r\nstate,Canada,CAN,\r\norganisation,Andean Community,CAN,\r\n" },
		{ "GET", "/api/v1/suggest?words=finland&format=csv", NULL, NULL, 200, "code,id\r\nstate,Finland,FIN,\r\n" },
	};
	json_t *answer, *one;
	json_t *seen = json_object();
	size_t i;

	EACH(s, asks);
	site_ask(s, "GET", "/api/v1/parties", NULL, NULL);
	answer = json_loadb(s->answer.body.ptr, s->answer.body.len, 0, NULL);
	json_array_foreach(json_object_get(answer, "records"), i, one) {
		char key[80];

		snprintf(key, sizeof key, "%s %s", json_string_value(json_object_get(one, "code")), json_string_value(json_object_get(one, "kind")));
		if (json_object_get(seen, key))
			fail_msg("%s is there twice", key);
		json_object_set_new(seen, key, json_true());
	}
	/* Azerbaijan's own foundations and banks are no second Azerbaijan */
	assert_non_null(json_object_get(seen, "AZE state"));
	assert_null(json_object_get(seen, "AZE organisation"));
	assert_true(json_object_size(seen) > 500);
	json_decref(seen);
	json_decref(answer);
}

/* Of whom the store has nothing the lists may know something; who is in neither is not there. */
static void nothing_was_read_of(void **state)
{
	static const struct ask asks[] = {
		{ "GET", "/api/v1/countries/TON", NULL, NULL, 200, "{\"party\":\"TON\",\"events\":0,\"types\":[]," },
		{ "GET", "/api/v1/countries/ton", NULL, NULL, 200, "\"party\":\"TON\",\"events\":0" },
		{ "GET", "/api/v1/countries/Tonga", NULL, NULL, 200, "{\"org\":\"UN\",\"name\":\"United Nations\",\"status\":\"member\"" },
		{ "GET", "/api/v1/countries/Tonga", NULL, NULL, 200, "\"body\":\"TON\",\"from\":\"1918-04-05\"" },
		{ "GET", "/api/v1/countries/UAE", NULL, NULL, 200, "\"party\":\"ARE\"" },   /* three letters that are no code */
		{ "GET", "/api/v1/countries/north%20atlantic%20treaty%20organization", NULL, NULL, 200, "\"party\":\"NATO\"" },
		{ "GET", "/api/v1/countries/NATO/balance", NULL, NULL, 200, "{\"party\":\"NATO\",\"sides\":[],\"blocs\":[],\"partners\":[]}" },
		{ "GET", "/api/v1/countries/Egypt", NULL, NULL, 200, "\"party\":\"EGY\",\"events\":2" },
		{ "GET", "/api/v1/countries/ZZZ", NULL, NULL, 404, "nothing on" }, { "GET", "/api/v1/countries/Ruritania", NULL, NULL, 404, "nothing is known" },
		{ "GET", "/api/v1/countries/Anwar%20Sadat", NULL, NULL, 404, "person" }, { "GET", "/api/v1/countries/Ruritania/balance", NULL, NULL, 404, NULL },
	};

	EACH(*state, asks);
}

/* Page by page it is the whole, each once. */
static void actors_go_on(void **state)
{
	static const struct ask asks[] = {
		{ "GET", "/api/v1/actors?of=FRA&limit=1", NULL, NULL, 200, "\"next\":\"" }, { "GET", "/api/v1/actors?words=Tonga&limit=1000", NULL, NULL, 200, "\"next\":null}" },
		{ "GET", "/api/v1/actors?after=x", NULL, NULL, 400, "no place" }, { "GET", "/api/v1/actors?after=4000000000", NULL, NULL, 400, "no place" },
	};
	struct site *s = *state;
	char target[120] = "/api/v1/actors?of=FRA&limit=7";
	json_t *page, *ids = json_object(), *one;
	size_t i, n = 0, lines = 0;

	EACH(s, asks);
	for (;;) {
		const char *next;

		site_ask(s, "GET", target, NULL, NULL);
		page = json_loadb(s->answer.body.ptr, s->answer.body.len, 0, NULL);
		json_array_foreach(json_object_get(page, "records"), i, one) {
			n++;
			json_object_set(ids, json_string_value(json_object_get(one, "id")), json_true());
		}
		next = json_string_value(json_object_get(page, "next"));
		if (!next)
			break;
		assert_int_equal(i, 7);
		snprintf(target, sizeof target, "/api/v1/actors?of=FRA&limit=7&after=%s", next);
		json_decref(page);
	}
	json_decref(page);
	site_ask(s, "GET", "/api/v1/actors?of=FRA&format=jsonl&limit=100000", NULL, NULL);
	for (i = 0; i < s->answer.body.len; i++)
		lines += s->answer.body.ptr[i] == '\n';
	assert_true(n > 20 && n == json_object_size(ids));
	assert_true(s->answer.piece ? lines == 500 && n > 500 : lines == n);
	json_decref(ids);
}

struct pages {
	const char *text;
	bool given;
};

static bool give_page(void *ctx, struct chancery_item *item)
{
	struct pages *p = ctx;

	if (p->given)
		return false;
	p->given = true;
	*item = (struct chancery_item){ .name = strdup("page.txt"), .bytes = strdup(p->text), .size = strlen(p->text), .clean = true };
	return true;
}

static bool was_added(void *ctx, const struct chancery_result *result)
{
	(void)ctx;
	assert_null(result->error);
	return true;
}

static void put_page(struct site *s, const char *text)
{
	struct chancery_store *store;
	struct chancery_error error;
	struct pages one = { text, false };
	struct chancery_added added = { 0 };

	assert_true(chancery_store_open(s->path, true, &store, &error));
	assert_true(chancery_add(store, engine, &(struct chancery_work){ .input = CHANCERY_PAGES, .next = give_page, .done = was_added, .ctx = &one, .threads = 1 }, &added,
				 &error));
	assert_int_equal(added.pages, 1);
	chancery_store_close(store);
}

/* The state and the organisation of one code are counted each by itself, by who took part. */
static void counted_apart(void **state)
{
	static const struct ask alone[] = {
		{ "GET", "/api/v1/overview", NULL, NULL, 200, "{\"code\":\"NAM\",\"kind\":\"organisation\",\"name\":\"Non-Aligned Movement\",\"events\":1,\"cooperation\":1,\"conflict\":0}" },
		{ "GET", "/api/v1/overview", NULL, NULL, 200, "{\"code\":\"EGY\",\"kind\":\"state\",\"name\":\"Egypt\",\"events\":3," },
	}, both[] = {
		{ "GET", "/api/v1/overview", NULL, NULL, 200, "{\"code\":\"NAM\",\"kind\":\"state\",\"name\":\"Namibia\",\"events\":2,\"cooperation\":1,\"conflict\":1}" },
		{ "GET", "/api/v1/overview", NULL, NULL, 200, "{\"code\":\"NAM\",\"kind\":\"organisation\",\"name\":\"Non-Aligned Movement\",\"events\":1,\"cooperation\":1,\"conflict\":0}" },
	};
	struct site *s = *state;

	put_page(s, "The Movement\n\nThe Non-Aligned Movement praised Egypt.\n");
	EACH(s, alone);
	assert_true(ch_str_find(s->answer.body, CH_STR("Namibia"), 0) == CH_STR_NONE);
	put_page(s, "Namibia\n\nNamibia praised Zambia.\n\nNamibia condemned Israel.\n");
	EACH(s, both);
}

/* Pages are read anew: here a made one, in which a verb that no frame knows stands between two parties. */
static void what_fitted_nowhere(void **state)
{
	static const char text[] = "The Ambassador\n\nThe ambassador Orville Brackenridge arrived in Paris on Monday.\n\nFrance serenaded Germany on Tuesday.\n";
	static const struct ask asks[] = {
		{ "GET", "/api/v1/unknown?pages=1&until=1970&format=csv", NULL, NULL, 200, "n,kind,what,source,target,sentence\r\n" },
		{ "GET", "/api/v1/unknown?since=soon", NULL, NULL, 400, "since" }, { "GET", "/api/v1/unknown?pages=201", NULL, NULL, 400, "200" },
		{ "GET", "/api/v1/unknown?until=1970", NULL, NULL, 200, "{\"records\":[],\"next\":null}" },
		{ "GET", "/api/v1/unknown", NULL, NULL, 200, "\"kind\":\"person\",\"what\":\"Orville Brackenridge\",\"source\":\"\"" },
		{ "GET", "/api/v1/unknown?limit=1", NULL, NULL, 200, "serenade (verb) obj\",\"source\":\"FRA\",\"target\":\"DEU\"" },
		{ "GET", "/api/v1/unknown?limit=1", NULL, NULL, 200, "frame my.serenade TYPE\\n  verb serenade\\n    source subj\\n    target obj\\n" },
		{ "GET", "/api/v1/unknown?page=0123", NULL, NULL, 200, "\"records\":[]" },
	};
	atomic_flag reading = ATOMIC_FLAG_INIT;
	struct site *s = *state;

	put_page(s, text);
	EACH(s, asks);
	/* not for longer than any question */
	s->server.limit_ms = 1;
	for (int i = 0; i < 20; i++) {
		const unsigned status = site_ask(s, "GET", "/api/v1/unknown?pages=20", NULL, NULL)->status;

		assert_true(status == 200 || (status == 503 && site_header(&s->answer, "Retry-After").len > 0));
	}
	s->server.limit_ms = 0;
	/* for one at a time */
	s->server.reading = &reading;
	(void)atomic_flag_test_and_set(&reading);
	each(s, &(struct ask){ "GET", "/api/v1/unknown?pages=3", NULL, NULL, 503, "somebody else" }, 1);
	assert_true(site_header(&s->answer, "Retry-After").len > 0);
	atomic_flag_clear(&reading);
	each(s, &(struct ask){ "GET", "/api/v1/unknown?pages=3", NULL, NULL, 200, "Brackenridge" }, 1);
	assert_false(atomic_flag_test_and_set(&reading));
	s->server.reading = NULL;
	/* a page of a hundred words wants more than no time at all */
	s->server.limit_ms = 1;
	(void)site_ask(s, "GET", "/api/v1/unknown?pages=2", NULL, NULL);
	assert_true(s->answer.status == 200 || s->answer.status == 400 || s->answer.status == 503);
	s->server.limit_ms = 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(whose_a_code_is, setup, teardown), cmocka_unit_test_setup_teardown(actors_go_on, setup, teardown),
		cmocka_unit_test_setup_teardown(nothing_was_read_of, setup, teardown),
		cmocka_unit_test_setup_teardown(what_fitted_nowhere, setup, teardown),
		cmocka_unit_test_setup_teardown(counted_apart, setup, teardown),
	};

	return cmocka_run_group_tests(tests, open_lists, close_lists);
}
