/* Decisions through the public header: what is promised there, on both kinds of store. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>
#include <jansson.h>
#include "chancery.h"
#include "../store/decide.h"

static struct chancery_store *store_of(struct fixture *f)
{
	return (struct chancery_store *)f->store;
}

struct lines {
	char *line[16];
	size_t n;
};

static bool take(void *ctx, const char *json, size_t size)
{
	struct lines *l = ctx;

	(void)size;
	if (l->n < sizeof l->line / sizeof *l->line)
		l->line[l->n++] = strdup(json);
	return true;
}

static void forget(struct lines *l)
{
	while (l->n)
		free(l->line[--l->n]);
}

/* The id of the first that the query asks for. */
static void first_id(struct fixture *f, struct chancery_query q, char id[64])
{
	struct chancery_error error;
	struct lines l = { .n = 0 };
	json_t *o;

	assert_true(chancery_query(store_of(f), &q, take, &l, &error));
	assert_true(l.n > 0);
	o = json_loads(l.line[0], 0, NULL);
	snprintf(id, 64, "%s", json_string_value(json_object_get(o, "id")));
	json_decref(o);
	forget(&l);
}

#define VISIT "the visit"   /* its id */

static const struct {
	struct chancery_decision d;
	const char *set, *says;
} slips[] = {
	{ { .verdict = "approve", .id = VISIT, .by = "desk", .reason = "x" }, NULL, "no verdict 'approve'" },
	{ { .verdict = NULL, .id = VISIT, .by = "desk", .reason = "x" }, NULL, "no verdict ''" },
	{ { .verdict = "accept", .id = NULL, .by = "desk", .reason = "x" }, NULL, "an id is wanted" },
	{ { .verdict = "accept", .id = " ", .by = "desk", .reason = "x" }, NULL, "an id is wanted" },
	{ { .verdict = "accept", .id = "ffffffffffff", .by = "desk", .reason = "x" }, NULL, "no record 'ffffffffffff'" },
	{ { .verdict = "accept", .id = VISIT, .by = "", .reason = "x" }, NULL, "an author" },
	{ { .verdict = "accept", .id = VISIT, .by = "desk", .reason = NULL }, NULL, "a reason" },
	{ { .verdict = "edit", .id = VISIT, .by = "desk", .reason = "x" }, NULL, "say what to set" },
	{ { .verdict = "edit", .id = VISIT, .by = "desk", .reason = "x", .n_set = 1 }, "date", "FIELD=VALUE is wanted" },
	{ { .verdict = "edit", .id = VISIT, .by = "desk", .reason = "x", .n_set = 1 }, "colour=red", "the field cannot be 'colour'" },
	{ { .verdict = "edit", .id = VISIT, .by = "desk", .reason = "x", .n_set = 1 }, "mode=vist", "no mode is called 'vist'" },
	{ { .verdict = "edit", .id = VISIT, .by = "desk", .reason = "x", .n_set = 1 }, "target=FRA,XYZ", "no party is called 'XYZ'" },
	{ { .verdict = "edit", .id = VISIT, .by = "desk", .reason = "x", .n_set = 1 }, ".source=1", "its name a word" },
	{ { .verdict = "merge", .id = VISIT, .by = "desk", .reason = "x" }, NULL, "two ids are wanted" },
	{ { .verdict = "merge", .id = VISIT, .other = VISIT, .by = "desk", .reason = "x" }, NULL, "not another event" },
	{ { .verdict = "same-actor", .id = "Sadat", .by = "desk", .reason = "x" }, NULL, "two names are wanted" },
	{ { .verdict = "same-actor", .id = "Sadat", .other = "Sadat ", .by = "desk", .reason = "x" }, NULL, "two different names" },
};

static void slips_are_told_and_nothing_kept(void **state)
{
	struct fixture *f = *state;
	struct lines l = { .n = 0 };
	struct chancery_error error;
	char visit[64], *json = NULL;

	decide_put(f, "", "1977-11-19", &decide_stamp, false);
	first_id(f, (struct chancery_query){ .record = "visits" }, visit);
	for (size_t i = 0; i < sizeof slips / sizeof *slips; i++) {
		struct chancery_decision d = slips[i].d;

		if (d.id && strcmp(d.id, VISIT) == 0)
			d.id = visit;
		if (d.other && strcmp(d.other, VISIT) == 0)
			d.other = visit;
		d.set = &slips[i].set;
		if (chancery_decide(store_of(f), &d, &json, &error))
			fail_msg("case %zu is taken", i);
		if (!strstr(error.text, slips[i].says))
			fail_msg("case %zu: '%s', not '%s'", i, error.text, slips[i].says);
	}
	assert_false(chancery_undo(store_of(f), visit, &json, &error));
	assert_non_null(strstr(error.text, "nothing was decided of"));
	assert_false(chancery_undo(store_of(f), "#1", &json, &error));
	assert_false(chancery_undo(store_of(f), "", &json, &error));
	assert_false(chancery_undo(store_of(f), NULL, &json, &error));
	assert_true(chancery_decisions(store_of(f), take, &l, &error));
	assert_int_equal(l.n, 0);
}

static void has(const char *line, const char *what)
{
	if (!strstr(line, what))
		fail_msg("'%s' is not in %s", what, line);
}

static void decided_listed_and_undone(void **state)
{
	static const char *const set[] = { "date=1977-11-20", "target=ISR,NATO" };
	struct chancery_decision d = { .verdict = "edit", .set = set, .n_set = 2, .by = "desk 4", .reason = "the gazette" };
	struct fixture *f = *state;
	struct lines l = { .n = 0 };
	struct chancery_error error;
	char visit[64], now[64], *json = NULL;

	decide_put(f, "", "1977-11-19", &decide_stamp, false);
	first_id(f, (struct chancery_query){ .record = "visits" }, visit);
	visit[12] = '\0';   /* the beginning will do */
	d.id = visit;
	assert_true(chancery_decide(store_of(f), &d, &json, &error));
	has(json, "\"verdict\":\"edit\"");
	free(json);
	first_id(f, (struct chancery_query){ .record = "visits", .with = "NATO" }, now);
	assert_true(chancery_decisions(store_of(f), take, &l, &error));
	assert_int_equal(l.n, 1);
	has(l.line[0], "\"state\":\"holds\"");
	has(l.line[0], "\"by\":\"desk 4\",\"reason\":\"the gazette\"");
	has(l.line[0], "\"set\":{\"date\":\"1977-11-20\",\"target\":\"ISR;NATO\"}");
	has(l.line[0], "\"said\":\"visited\"");
	forget(&l);
	assert_true(chancery_why(store_of(f), now, &json, &error));
	has(json, "\"reviewed\":{\"verdict\":\"edit\"");
	free(json);
	assert_true(chancery_undo(store_of(f), now, &json, &error));
	has(json, visit);
	free(json);
	assert_true(chancery_decisions(store_of(f), take, &l, &error));
	has(l.line[0], "\"state\":\"undone\"");
	forget(&l);
}

static void gold_is_of_pages_decided_whole(void **state)
{
	struct fixture *f = *state;
	struct lines l = { .n = 0 };
	struct chancery_error error;
	unsigned long long unfinished = 7;
	char page[64], *json = NULL;
	struct chancery_decision d = { .verdict = "accept", .id = page, .by = "desk", .reason = "read" };

	decide_put(f, "", "1977-11-19", &decide_stamp, false);
	decide_put(f, " b", "1977-11-20", &decide_stamp, false);
	first_id(f, (struct chancery_query){ .record = "visits" }, page);
	assert_true(chancery_decide(store_of(f), &d, &json, &error));
	free(json);
	assert_true(chancery_review_gold(store_of(f), take, &l, &unfinished, &error));
	assert_true(l.n == 0 && unfinished >= 1);
	first_id(f, (struct chancery_query){ .record = "pages", .page = "page b.txt" }, page);
	assert_true(chancery_decide(store_of(f), &d, &json, &error));
	free(json);
	assert_true(chancery_review_gold(store_of(f), take, &l, NULL, &error));
	assert_int_equal(l.n, 1);
	has(l.line[0], "\"page\":\"page b.txt\"");
	assert_null(strstr(l.line[0], "\"reviewed\""));
	forget(&l);
}

int main(void)
{
	const struct CMUnitTest all[] = {
		cmocka_unit_test_setup_teardown(slips_are_told_and_nothing_kept, setup, teardown),
		cmocka_unit_test_setup_teardown(decided_listed_and_undone, setup, teardown),
		cmocka_unit_test_setup_teardown(gold_is_of_pages_decided_whole, setup, teardown),
	};
	int failed;

	WHERE_RUN(all, all, failed);
	return failed;
}
