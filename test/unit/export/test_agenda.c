/* Agenda, pledges and why over a store of hand-made pages, whatever the order in which they were added. */
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

/* One page of one sentence, with an event and, where `pledge` says what, a pledge. */
struct page {
	const char *published, *sentence;
	unsigned type;
	const char *mode, *date, *place;
	enum ch_status status;
	const char *trigger, *source, *target;   /* parties; target NULL: none */
	const char *pledge, *due;
};

static const struct page pages[] = {
	{ "1977-11-16", "Egypt will visit Israel on 19 November.", CH_EV_CONSULT, "visit", "1977-11-19", "ISR", CH_PLANNED, "visit", "EGY", "ISR",
	  "visit Israel on 19 November", "1977-11-19" },
	{ "1977-11-17", "The visit of Egypt to Israel is planned.", CH_EV_CONSULT, "visit", NULL, "ISR", CH_PLANNED, "visit", "EGY", "ISR", NULL, NULL },
	{ "1977-11-20", "Egypt visited Israel on Saturday.", CH_EV_CONSULT, "visit", "1977-11-19", "ISR", CH_ACTUAL, "visited", "EGY", "ISR", NULL, NULL },
	{ "1977-11-21", "Israel will meet Egypt on 5 December.", CH_EV_CONSULT, "meeting", "1977-12-05", NULL, CH_PLANNED, "meet", "ISR", "EGY", NULL, NULL },
	{ "1977-12-01", "The talks of Israel and Egypt were put off to 14 December.", CH_EV_CONSULT, "meeting", "1977-12-14", NULL, CH_PLANNED, "talks",
	  "ISR", "EGY", NULL, NULL },
	{ "1978-01-02", "Ruritania will dredge the narrow harbour of Strelsau by March 1978.", CH_EV_SUPPORT, NULL, NULL, NULL, CH_ACTUAL, "dredge", "XRU",
	  "XFR", "dredge the narrow harbour of Strelsau", "1978-03" },
	{ "1978-01-03", "By March 1978 Ruritania will dredge the narrow harbour of Strelsau.", CH_EV_SUPPORT, NULL, NULL, NULL, CH_ACTUAL, "dredge", "XRU",
	  "XFR", "dredge the narrow harbour of Strelsau", "1978-03" },
	{ "1978-02-01", "Ruritania complains that nobody will dredge the narrow harbour of Strelsau.", CH_EV_ACCUSE, NULL, NULL, NULL, CH_ACTUAL, "complains",
	  "XRU", "XFR", NULL, NULL },
	{ "1978-02-20", "Ruritania has dredged the harbour of Strelsau, which is narrow.", CH_EV_AID, NULL, NULL, NULL, CH_ACTUAL, "dredged", "XRU", "XFR",
	  NULL, NULL },
	{ "1978-02-21", "Freedonia will pay old debts to Ruritania by January.", CH_EV_AID, NULL, NULL, NULL, CH_PLANNED, "pay", "XFR", "XRU",
	  "pay old debts to Ruritania", "1978-01" },
	{ "1978-02-22", "Freedonia invited Ruritania.", CH_EV_REQUEST, NULL, NULL, NULL, CH_ACTUAL, "invited", "XFR", "XRU", NULL, NULL },
};

enum { N = sizeof pages / sizeof *pages };

struct fixture {
	char dir[64], path[96];
	struct chancery_store *store;
	struct chancery_error error;
};

static uint32_t actor(struct ch_doc *doc, const char *party)
{
	*CH_PUSH(doc->arena, &doc->actors) = (struct ch_actor){ .kind = CH_ACTOR_STATE, .party = ch_str_z(party), .name = ch_str_z(party),
								.code = ch_str_z(party), .id = ch_str_z(party) };
	return doc->actors.n - 1;
}

static struct ch_span span_of(const struct ch_doc *doc, const char *words)
{
	size_t at = ch_str_find(doc->text, ch_str_z(words), 0);

	assert_true(at != CH_STR_NONE);
	return (struct ch_span){ (uint32_t)at, (uint32_t)(at + strlen(words)) };
}

static void put(struct ch_store *store, const struct page *p)
{
	struct ch_arena arena = { 0 };
	struct ch_event e = { .type = (uint8_t)p->type, .mode = p->mode, .date = ch_str_z(p->date), .place = ch_str_z(p->place), .status = p->status,
			      .frame = "test", .claimed_by = CH_NONE, .confidence = 0.5f, .source_n = 1, .target_n = p->target ? 1 : 0 };
	struct ch_doc doc;
	struct ch_err err;

	assert_true(ch_doc_from_text(&doc, &arena, ch_str_z(p->sentence), false, &err));
	doc.article = true;
	doc.meta.published = ch_day_parse(ch_str_z(p->published));
	doc.meta.published_basis = "given";
	doc.meta.outlet = ch_str_z("The Strelsau Post");
	*CH_PUSH(&arena, &doc.tokens) = (struct ch_token){ .span = { 0, (uint32_t)doc.text.len }, .head = CH_NONE, .first_child = CH_NONE,
							   .next_sibling = CH_NONE, .mention = CH_NONE };
	*CH_PUSH(&arena, &doc.sentences) = (struct ch_sentence){ { 0, (uint32_t)doc.text.len }, 0, 1, 0, 0 };
	*CH_PUSH(&arena, &doc.event_actors) = actor(&doc, p->source);
	e.target_first = 1;
	if (p->target)
		*CH_PUSH(&arena, &doc.event_actors) = actor(&doc, p->target);
	e.trigger = span_of(&doc, p->trigger);
	*CH_PUSH(&arena, &doc.events) = e;
	if (p->pledge)
		*CH_PUSH(&arena, &doc.pledges) = (struct ch_pledge){ ch_str_z(p->source), ch_str_z(p->pledge), ch_str_z(p->due),
								     { 0, (uint32_t)doc.text.len } };
	assert_true(ch_store_begin(store, &err));
	assert_true(ch_store_put(store, ch_page_record(&doc, (struct ch_stamp){ "0.0", "lexicon 7", "model 7" }), &err));
	assert_true(ch_store_commit(store, &err));
	ch_arena_free(&arena);
}

static void fill(struct fixture *f, unsigned first, unsigned step)
{
	strcpy(f->dir, "/tmp/chancery-test-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	snprintf(f->path, sizeof f->path, "%s/s.db", f->dir);
	assert_true(chancery_store_open(f->path, true, &f->store, &f->error));
	for (unsigned i = 0; i < N; i++)
		put((struct ch_store *)f->store, &pages[(first + i * step) % N]);
}

static void clear(struct fixture *f)
{
	chancery_store_close(f->store);
	unlink(f->path);
	rmdir(f->dir);
}

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);

	fill(f, 0, 1);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	clear(*state);
	free(*state);
	return 0;
}

struct lines {
	char text[8000], last[64];
	unsigned n;
};

static const char *z(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s ? s : "-";
}

/* "visit 1977-11-19 kept told 2: first sentence's day > outcome's day" */
static bool take(void *ctx, const char *json, size_t size)
{
	struct lines *l = ctx;
	json_t *o = json_loadb(json, size, 0, NULL), *out = json_object_get(o, "outcome");
	size_t n = strlen(l->text);

	assert_non_null(o);
	snprintf(l->text + n, sizeof l->text - n, "%s %s %s %lld %s %s\n", z(o, "what"), z(o, "due"), z(o, "state"),
		 (long long)json_integer_value(json_object_get(o, "told")), z(o, "by_basis"), z(json_object_get(out, "page"), "published"));
	snprintf(l->last, sizeof l->last, "%s", z(o, "id"));
	l->n++;
	json_decref(o);
	return true;
}

static const char all_lines[] =
	"visit 1977-11-19 kept 2 event 1977-11-20\n"
	"meeting 1977-12-05 postponed 1 event 1977-12-01\n"
	"meeting 1977-12-14 overdue 1 - -\n"
	"pledge 1978-01 overdue 1 - -\n"
	"pledge 1978-03 kept 2 words 1978-02-20\n"
	"invitation - open 1 - -\n";

static void agenda_in_any_order(void **state)
{
	static const unsigned ways[][2] = { { 0, 1 }, { 10, 10 }, { 4, 3 }, { 7, 7 } };

	(void)state;
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		struct chancery_query q = { 0 };
		struct chancery_plans plans = { 0 };
		struct fixture f = { 0 };
		struct lines l = { .n = 0 };

		fill(&f, ways[i][0], ways[i][1]);
		assert_true(chancery_agenda(f.store, &q, &plans, take, &l, &f.error));
		assert_string_equal(l.text, all_lines);
		clear(&f);
	}
}

/* A page after the other they are what they are at once, however long a page is. */
static void by_pages(struct fixture *f, struct chancery_query q, const struct chancery_plans *plans, const struct lines *whole)
{
	for (q.limit = 1; q.limit < 5; q.limit++) {
		char after[CHANCERY_NEXT] = "", next[CHANCERY_NEXT] = "";
		struct lines l = { .n = 0 };
		unsigned turns = 0;

		q.next = next;
		do {
			const unsigned before = l.n;

			q.after = after;
			assert_true(chancery_agenda(f->store, &q, plans, take, &l, &f->error));
			assert_true(l.n - before <= q.limit);
			memcpy(after, next, sizeof after);
			assert_true(turns++ <= whole->n);
		} while (*after);
		assert_string_equal(l.text, whole->text);
	}
}

static void agenda_asked(void **state)
{
	static const struct {
		const char *due, *state, *who, *today;
		unsigned n;
		const char *has;
	} cases[] = {
		{ "1977-12", NULL, NULL, NULL, 2, "meeting 1977-12-05 postponed" }, { "1977-12-14", NULL, NULL, NULL, 1, "meeting 1977-12-14 overdue" },
		{ "1978", NULL, NULL, NULL, 2, "pledge 1978-03" }, { "1976", NULL, NULL, NULL, 0, "" }, { NULL, "kept", NULL, NULL, 2, "visit" },
		{ NULL, "overdue", NULL, NULL, 2, "meeting" }, { NULL, "broken", NULL, NULL, 0, "" }, { NULL, NULL, "XRU", NULL, 2, "invitation" },
		{ NULL, "open", NULL, "1977-12-10", 3, "meeting 1977-12-14 open" }, { "1978-03-15", NULL, NULL, NULL, 1, "pledge 1978-03" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct chancery_query q = { .who = cases[i].who };
		struct chancery_plans plans = { .due = cases[i].due, .today = cases[i].today };
		struct lines l = { .n = 0 };

		assert_true(!cases[i].state || chancery_plan_state(cases[i].state, &plans.states));
		assert_true(chancery_agenda(f->store, &q, &plans, take, &l, &f->error));
		if (l.n != cases[i].n || !strstr(l.text, cases[i].has))
			fail_msg("case %zu: %u lines:\n%s", i, l.n, l.text);
		by_pages(f, q, &plans, &l);
	}
}

static void limit(void **state)
{
	struct fixture *f = *state;
	struct chancery_plans plans = { 0 };
	struct lines l = { .n = 0 };

	assert_true(chancery_agenda(f->store, &(struct chancery_query){ .limit = 4 }, &plans, take, &l, &f->error));
	assert_int_equal(l.n, 4);
	assert_false(chancery_agenda(f->store, &(struct chancery_query){ .after = "1977-12-05.0.ab.00000000" }, &plans, take, &l, &f->error));
	assert_non_null(strstr(f->error.text, "no place in this list"));
}

static void slips(void **state)
{
	struct fixture *f = *state;
	struct chancery_query q = { 0 };
	struct lines l = { .n = 0 };
	unsigned bit;

	assert_false(chancery_agenda(f->store, &q, &(struct chancery_plans){ .due = "soon" }, take, &l, &f->error));
	assert_non_null(strstr(f->error.text, "--due"));
	assert_false(chancery_pledges(f->store, &q, &(struct chancery_plans){ .today = "1978" }, take, &l, &f->error));
	assert_non_null(strstr(f->error.text, "--today"));
	assert_false(chancery_plan_state("done", &bit));
	assert_int_equal(l.n, 0);
}

static void pledges(void **state)
{
	static const struct {
		const char *state, *what;
		unsigned n;
	} cases[] = { { "kept", "visit Israel on 19 November 1977-11-19 kept 0 event 1977-11-20", 3 }, { "overdue", "pay old debts", 1 }, { "open", "", 0 } };
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct chancery_plans plans = { 0 };
		struct lines l = { .n = 0 };

		assert_true(chancery_plan_state(cases[i].state, &plans.states));
		assert_true(chancery_pledges(f->store, &(struct chancery_query){ 0 }, &plans, take, &l, &f->error));
		if (l.n != cases[i].n || !strstr(l.text, cases[i].what))
			fail_msg("%s: %u:\n%s", cases[i].state, l.n, l.text);
	}
}

static void why_names_both_sentences(void **state)
{
	struct fixture *f = *state;
	struct chancery_query q = { 0 };
	static const struct {
		const char *due, *first, *outcome;
	} cases[] = { { "1977-11-19", "Egypt will visit Israel on 19 November.", "Egypt visited Israel on Saturday." },
		      { "1978-03", "Ruritania will dredge the narrow harbour of Strelsau by March 1978.",
			"Ruritania has dredged the harbour of Strelsau, which is narrow." } };

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct lines l = { .n = 0 };
		char *json;
		json_t *o;

		assert_true(chancery_agenda(f->store, &q, &(struct chancery_plans){ .due = cases[i].due }, take, &l, &f->error));
		assert_int_equal(l.n, 1);
		assert_true(chancery_why(f->store, l.last, &json, &f->error));
		o = json_loads(json, 0, NULL);
		assert_string_equal(z(json_object_get(json_object_get(o, "agenda"), "first"), "text"), cases[i].first);
		assert_string_equal(z(json_object_get(json_object_get(o, "agenda"), "outcome"), "text"), cases[i].outcome);
		json_decref(o);
		free(json);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(agenda_in_any_order), cmocka_unit_test_setup_teardown(agenda_asked, setup, teardown),
		cmocka_unit_test_setup_teardown(limit, setup, teardown), cmocka_unit_test_setup_teardown(slips, setup, teardown),
		cmocka_unit_test_setup_teardown(pledges, setup, teardown),
		cmocka_unit_test_setup_teardown(why_names_both_sentences, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
