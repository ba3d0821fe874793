/* What pages tell differently, and counts beside what the store holds, over pages made by hand. */
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
#include "export/conflicts.h"
#include "store/store.h"

struct fixture {
	char dir[64], path[96];
	struct chancery_store *store;
	struct chancery_error error;
};

/* A page that tells of one event ("A B" have met, A visited B), one count or one paper, or of several of these. */
struct page {
	const char *name, *outlet, *published;
	const char *mode, *source, *target, *date, *place;      /* mode NULL: no event */
	const char *who, *what, *period;                        /* what NULL: no count */
	double count;
	char comparison;
	const char *title, *status;                             /* title NULL: no paper; of source and target, on date */
};

static uint32_t actors(struct ch_doc *doc, const char *codes, uint32_t *n)
{
	struct ch_str rest = ch_str_z(codes), one;
	uint32_t first = doc->event_actors.n;

	*n = 0;
	while (rest.len && ch_str_cut(&rest, ' ', &one)) {
		*CH_PUSH(doc->arena, &doc->event_actors) = doc->actors.n;
		*CH_PUSH(doc->arena, &doc->actors) = (struct ch_actor){ .kind = CH_ACTOR_STATE, .name = one, .party = one };
		++*n;
	}
	return first;
}

static void put(struct fixture *f, const struct page *p)
{
	struct ch_arena a = { 0 };
	struct ch_doc doc;
	struct ch_err err;
	struct ch_span span;
	uint32_t n;

	assert_true(ch_doc_from_text(&doc, &a, ch_arena_printf(&a, "Title\n\nThe %s.", p->name), false, &err));
	doc.path = ch_str_z(p->name);
	doc.blocks.v[0].kind = CH_BLOCK_TITLE;
	doc.meta.outlet = ch_str_z(p->outlet);
	doc.meta.published = ch_day_parse(ch_str_z(p->published));
	span = doc.blocks.v[1].span;
	*CH_PUSH(&a, &doc.tokens) = (struct ch_token){ .span = span, .head = CH_NONE, .first_child = CH_NONE, .next_sibling = CH_NONE,
						       .mention = CH_NONE };
	*CH_PUSH(&a, &doc.sentences) = (struct ch_sentence){ span, 0, 1, 1, 0 };
	if (p->mode) {
		bool sign = strcmp(p->mode, "sign") == 0;
		struct ch_event e = { .type = sign ? CH_EV_SUPPORT : CH_EV_CONSULT, .mode = p->mode, .date = ch_str_z(p->date),
				      .place = ch_str_z(p->place), .trigger = { span.start, span.start + 3 }, .frame = "consult.meet",
				      .claimed_by = CH_NONE };

		e.source_first = actors(&doc, p->source, &e.source_n);
		e.target_first = actors(&doc, p->target, &e.target_n);
		*CH_PUSH(&a, &doc.events) = e;
	}
	if (p->what)
		*CH_PUSH(&a, &doc.tallies) = (struct ch_tally){ ch_str_z(p->who), ch_str_z(p->what), p->count, p->comparison, ch_str_z(p->period),
								{ span.start, span.start + 3 } };
	if (p->title) {
		struct ch_instrument i = { .title = ch_str_z(p->title), .kind = CH_STR("treaty"), .date = ch_str_z(p->date), .status = p->status,
					   .mention = { span.start, span.start + 3 } };

		i.party_first = actors(&doc, p->source, &n);
		i.party_n = n;
		*CH_PUSH(&a, &doc.instruments) = i;
	}
	assert_true(ch_store_begin((struct ch_store *)f->store, &err));
	assert_true(ch_store_put((struct ch_store *)f->store, ch_page_record(&doc, (struct ch_stamp){ "0", "l", "m" }), &err));
	assert_true(ch_store_commit((struct ch_store *)f->store, &err));
	ch_arena_free(&a);
}

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);

	strcpy(f->dir, "/tmp/chancery-test-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	snprintf(f->path, sizeof f->path, "%s/s.db", f->dir);
	assert_true(chancery_store_open(f->path, true, &f->store, &f->error));
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

/* "date one: 2014-05-11 Echo, 2014-05-12 Courier\n" of events, "count: 12 Echo, 14 Courier (12 to 14)\n" of counts. */
struct seen {
	char text[4000];
};

static void say(struct seen *s, const char *fmt, ...)
{
	size_t at = strlen(s->text);
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(s->text + at, sizeof s->text - at, fmt, ap);
	va_end(ap);
}

static bool see(void *ctx, const char *json, size_t size)
{
	struct seen *s = ctx;
	json_t *o = json_loadb(json, size, 0, NULL), *v, *d;
	size_t i;

	json_array_foreach(json_object_get(o, "differ"), i, d)
		say(s, "%s%s", i ? " " : "", json_string_value(d));
	if (json_object_get(o, "one"))
		say(s, " %s", json_is_true(json_object_get(o, "one")) ? "one" : "apart");
	json_array_foreach(json_object_get(o, "values"), i, v) {
		const char *what = json_string_value(json_array_get(json_object_get(o, "differ"), 0));
		json_t *value = json_object_get(v, strcmp(what, "party") == 0 ? "parties" : what);
		char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);

		say(s, "%s%s %s", i ? ", " : ": ", text, json_string_value(json_object_get(json_object_get(v, "page"), "outlet")));
		assert_true(json_is_string(json_object_get(v, "sentence")));
		free(text);
	}
	if (json_object_get(o, "least"))
		say(s, " (%lld to %lld)", (long long)json_integer_value(json_object_get(o, "least")),
		    (long long)json_integer_value(json_object_get(o, "most")));
	say(s, "\n");
	json_decref(o);
	return true;
}

#define VISIT(name, outlet, date, place) { name, outlet, date, "visit", "BHR", "CVD", date, place, NULL, NULL, NULL, 0, 0, NULL, NULL }
#define COUNT(name, outlet, day, who, what, period, cmp, n) \
	{ name, outlet, day, NULL, NULL, NULL, NULL, NULL, who, what, period, n, cmp, NULL, NULL }

/* A conflict after the other they are what they are at once. */
static void one_by_one(struct fixture *f, bool newest, const char *whole)
{
	char after[CHANCERY_NEXT] = "", next[CHANCERY_NEXT];
	struct chancery_query q = { .limit = 1, .newest = newest, .after = after, .next = next };
	struct seen s = { "" };
	unsigned turns = 0;

	do {
		assert_true(chancery_conflicts(f->store, &q, see, &s, &f->error));
		memcpy(after, next, sizeof after);
		assert_true(turns++ < 10);
	} while (*after);
	assert_string_equal(s.text, whole);
}

static void events(void **state)
{
	static const struct page pages[] = {
		VISIT("sea was calm", "Echo", "2014-05-11", "CVD"),
		VISIT("wind rose", "Courier", "2014-05-12", "CVD"),
		/* three days apart, other outlets: perhaps one */
		VISIT("band played", "Echo", "2014-08-01", "CVD"),
		VISIT("flags flew", "Gazette", "2014-08-04", "CVD"),
		/* four days, and one outlet: two visits */
		VISIT("bells rang", "Echo", "2014-10-01", "CVD"),
		VISIT("doors shut", "Gazette", "2014-10-05", "CVD"),
		VISIT("snow fell", "Echo", "2014-12-01", "CVD"),
		VISIT("ice broke", "Echo", "2014-12-02", "CVD"),
		/* another place, another party */
		{ "first paper", "Echo", "2015-01-05", "sign", "BHR CVD", "", "2015-01-05", "BHR", NULL, NULL, NULL, 0, 0, NULL, NULL },
		{ "second paper", "Courier", "2015-01-06", "sign", "BHR CVD", "", "2015-01-05", "CVD", NULL, NULL, NULL, 0, 0, NULL, NULL },
		{ "third paper", "Echo", "2015-03-05", "sign", "BHR CVD FRA", "", "2015-03-05", "FRA", NULL, NULL, NULL, 0, 0, NULL, NULL },
		{ "fourth paper", "Courier", "2015-03-06", "sign", "BHR CVD OST", "", "2015-03-05", "FRA", NULL, NULL, NULL, 0, 0, NULL, NULL },
		/* calls come again */
		{ "first ring", "Echo", "2015-04-01", "phone", "BHR", "CVD", "2015-04-01", "", NULL, NULL, NULL, 0, 0, NULL, NULL },
		{ "second ring", "Courier", "2015-04-04", "phone", "BHR", "CVD", "2015-04-03", "", NULL, NULL, NULL, 0, 0, NULL, NULL },
	};
	struct fixture *f = *state;
	struct seen s = { "" }, some = { "" };

	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
		put(f, &pages[i]);
	assert_true(chancery_conflicts(f->store, &(struct chancery_query){ 0 }, see, &s, &f->error));
	assert_string_equal(s.text,
		"date one: \"2014-05-11\" Echo, \"2014-05-12\" Courier\n"
		"date apart: \"2014-08-01\" Echo, \"2014-08-04\" Gazette\n"
		"place apart: \"BHR\" Echo, \"CVD\" Courier\n"
		"party apart: [\"BHR\",\"CVD\",\"FRA\"] Echo, [\"BHR\",\"CVD\",\"OST\"] Courier\n");
	one_by_one(f, false, s.text);
	one_by_one(f, true, "party apart: [\"BHR\",\"CVD\",\"FRA\"] Echo, [\"BHR\",\"CVD\",\"OST\"] Courier\n"
			    "place apart: \"BHR\" Echo, \"CVD\" Courier\n"
			    "date apart: \"2014-08-01\" Echo, \"2014-08-04\" Gazette\n"
			    "date one: \"2014-05-11\" Echo, \"2014-05-12\" Courier\n");
	assert_true(chancery_conflicts(f->store, &(struct chancery_query){ .since = "2014-07", .limit = 1 }, see, &some, &f->error));
	assert_string_equal(some.text, "date apart: \"2014-08-01\" Echo, \"2014-08-04\" Gazette\n");
	assert_false(chancery_conflicts(f->store, &(struct chancery_query){ .since = "July" }, see, &some, &f->error));
}

static void counts(void **state)
{
	static const struct page pages[] = {
		COUNT("a", "Echo", "2018-12-20", "AZE", "agreements signed", "2018", '=', 12),
		COUNT("b", "Courier", "2018-12-21", "AZE", "signed agreement", "2018", '=', 14),
		COUNT("c", "Gazette", "2018-12-22", "AZE", "agreements signed", "2018", '>', 10),   /* goes with both */
		COUNT("d", "Star", "2018-12-22", "AZE", "agreements signed", "2017", '=', 30),      /* another year */
		COUNT("e", "Star", "2018-12-22", "TUR", "agreements signed", "2018", '=', 30),      /* somebody else */
		COUNT("f", "Echo", "2018-01-20", "UN", "member countries", "", '=', 193),
		COUNT("g", "Star", "2018-01-22", "UN", "member countries", "", '~', 200),           /* about so many */
		COUNT("h", "Echo", "2011-01-20", "UN", "member countries", "", '=', 150),           /* it was so then */
		COUNT("i", "Echo", "2019-02-20", "UN", "observers", "", '>', 90),
		COUNT("j", "Star", "2019-02-21", "UN", "observers", "", '=', 40),
		COUNT("k", "Post", "2019-02-21", "UN", "observers", "", '=', 95),
	};
	struct fixture *f = *state;
	struct seen s = { "" };

	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
		put(f, &pages[i]);
	assert_true(chancery_conflicts(f->store, &(struct chancery_query){ 0 }, see, &s, &f->error));
	assert_string_equal(s.text, "count: 12 Echo, 14 Courier (12 to 14)\ncount: 40 Star, 90 Echo, 95 Post (40 to 95)\n");
	one_by_one(f, false, s.text);
}

static void bounds(void **state)
{
	static const struct {
		const char *comparison;
		double value, least, most;
	} cases[] = { { "=", 16, 16, 16 }, { ">", 90, 90, 1e300 }, { "<", 90, -1e300, 90 }, { "~", 200, 180, 220 }, { "", 3, 3, 3 } };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		double least, most;

		ch_count_bounds(ch_str_z(cases[i].comparison), cases[i].value, &least, &most);
		assert_true(least == cases[i].least && most == cases[i].most);
	}
}

static bool see_check(void *ctx, const char *json, size_t size)
{
	struct seen *s = ctx;
	json_t *o = json_loadb(json, size, 0, NULL), *recorded = json_object_get(o, "recorded");

	say(s, "%s: ", json_string_value(json_object_get(o, "what")));
	if (recorded)
		say(s, "%lld, ", (long long)json_integer_value(recorded));
	say(s, "%s%s%s\n", json_string_value(json_object_get(o, "verdict")), json_object_get(o, "query") ? "; " : "",
	    json_object_get(o, "query") ? json_string_value(json_object_get(o, "query")) : "");
	json_decref(o);
	return true;
}

/* Two visits of Bahrania's and one to it, a paper told twice and one planned, and what is said of them. */
static void checks(void **state)
{
	static const struct page pages[] = {
		VISIT("a", "Echo", "2018-05-11", "CVD"),
		VISIT("b", "Echo", "2018-07-11", "CVD"),
		{ "c", "Echo", "2018-08-11", "visit", "CVD", "BHR", "2018-08-11", "BHR", NULL, NULL, NULL, 0, 0, NULL, NULL },
		{ "d", "Echo", "2018-09-11", NULL, "BHR CVD", "", "2018-09-10", "", NULL, NULL, NULL, 0, 0, "Treaty of Peace", "signed" },
		{ "e", "Star", "2018-09-12", NULL, "BHR CVD", "", "2018-09-10", "", NULL, NULL, NULL, 0, 0, "Treaty of peace", "signed" },
		{ "f", "Star", "2018-10-12", NULL, "BHR CVD", "", "2019-01", "", NULL, NULL, NULL, 0, 0, "Border Treaty", "planned" },
		COUNT("g", "Echo", "2018-12-01", "BHR", "official and working visits to foreign countries", "2018", '=', 2),
		COUNT("h", "Echo", "2018-12-02", "BHR", "visits", "2018", '>', 5),
		COUNT("i", "Echo", "2018-12-03", "BHR, CVD", "treaties and memoranda", "", '=', 0),
		COUNT("j", "Echo", "2018-12-04", "BHR", "countries given help", "", '>', 80),
		COUNT("k", "Echo", "2018-12-05", "CVD", "visits", "the war years", '~', 1),
		COUNT("l", "Echo", "2018-12-06", "CVD, world leaders", "letters and other messages", "2018", '=', 7),
		COUNT("m", "Echo", "2018-12-07", "BHR", "countries that signed the treaty", "", '=', 3),
		COUNT("n", "Echo", "2018-12-08", "BHR", "oranges", "", '=', 3),
		COUNT("o", "Echo", "2018-12-09", "BHR", "countries in touch with it", "", '=', 30),
	};
	struct fixture *f = *state;
	struct seen s = { "" };

	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
		put(f, &pages[i]);
	assert_true(chancery_tally_check(f->store, &(struct chancery_query){ 0 }, see_check, &s, &f->error));
	/* in the order of their days: of periods first, then of publication */
	for (size_t i = 0; i < 9; i++) {
		static const char *const want[] = {
			"official and working visits to foreign countries: 2, agrees; chancery visits --who BHR --since 2018-01-01 --until 2018-12-01"
			" --status actual\n",
			"visits: 2, fewer recorded; chancery visits --who BHR --since 2018-01-01 --until 2018-12-02 --status actual\n",
			"treaties and memoranda: 1, more recorded; chancery instruments --who BHR --with CVD --until 2018-12-03\n",
			"countries given help: 0, fewer recorded; chancery events --who BHR --until 2018-12-04 --type AID\n",
			"visits: 1, agrees; chancery visits --who CVD --until 2018-12-05 --status actual\n",
			"letters and other messages: 0, fewer recorded; chancery letters --who CVD --since 2018-01-01 --until 2018-12-06"
			" --status actual\n",
			"countries that signed the treaty: 0, fewer recorded; chancery events --who BHR --until 2018-12-07 --type SUPPORT --mode sign\n",
			"oranges: cannot be checked\n",
			"countries in touch with it: 1, fewer recorded; chancery events --who BHR --until 2018-12-09\n",
		};

		if (!strstr(s.text, want[i]))
			fail_msg("%s is not in\n%s", want[i], s.text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(events, setup, teardown), cmocka_unit_test_setup_teardown(counts, setup, teardown),
		cmocka_unit_test(bounds), cmocka_unit_test_setup_teardown(checks, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
