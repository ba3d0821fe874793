#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>
#include "store/review.h"
#include "store/store.h"
#include "decide.h"
#include "dump.h"
#include "fixture.h"
#include "sample.h"

static const struct ch_stamp newer = { "1", "lexicon", "model" };

/* ---- decisions -> state ---- */

struct told {
	enum ch_verdict verdict;
	const char *changes;
	bool undone;
};

static const struct {
	struct told told[4];
	uint32_t n;
	bool decided, rejected, apart;
	const char *changes;
} folds[] = {
	{ { { CH_ACCEPT, "", false } }, 0, false, false, false, "" },
	{ { { CH_ACCEPT, "", false } }, 1, true, false, false, "" },
	{ { { CH_REJECT, "", false } }, 1, true, true, false, "" },
	{ { { CH_REJECT, "", true } }, 1, false, false, false, "" },
	{ { { CH_REJECT, "", false }, { CH_ACCEPT, "", false } }, 2, true, false, false, "" },
	{ { { CH_EDIT, "date=1991\n", false }, { CH_REJECT, "", false } }, 2, true, true, false, "date=1991\n" },
	{ { { CH_REJECT, "", false }, { CH_EDIT, "date=1991\n", false } }, 2, true, false, false, "date=1991\n" },
	{ { { CH_EDIT, "date=1991\nplace=FRA\n", false }, { CH_EDIT, "date=1992\n", false } }, 2, true, false, false, "date=1992\nplace=FRA\n" },
	{ { { CH_EDIT, "date=1991\n", false }, { CH_EDIT, "date=1992\n", true } }, 2, true, false, false, "date=1991\n" },
	{ { { CH_SPLIT, "", false }, { CH_ACCEPT, "", false } }, 2, true, false, true, "" },
	{ { { CH_SPLIT, "", false }, { CH_MERGE, "type=AID\n", false } }, 2, true, false, false, "type=AID\n" },
	{ { { CH_EDIT, "date=\n", false } }, 1, true, false, false, "date=\n" },
};

static void decisions_come_to_a_state(void **unused)
{
	struct ch_arena arena = { 0 };

	(void)unused;
	for (size_t i = 0; i < sizeof folds / sizeof *folds; i++) {
		struct ch_decision d[4] = { { 0 } };
		struct ch_review_state s;

		for (uint32_t k = 0; k < folds[i].n; k++)
			d[k] = (struct ch_decision){ .verdict = folds[i].told[k].verdict, .changes = ch_str_z(folds[i].told[k].changes),
						     .undone = folds[i].told[k].undone };
		ch_review_fold(d, folds[i].n, &arena, &s);
		if (s.decided != folds[i].decided || s.rejected != folds[i].rejected || s.apart != folds[i].apart ||
		    !ch_str_eqz(s.changes, folds[i].changes))
			fail_msg("case %zu: %d %d %d '%.*s'", i, s.decided, s.rejected, s.apart, CH_STR_ARG(s.changes));
	}
	ch_arena_free(&arena);
}

/* ---- decisions -> records ---- */

#define CODED "type=CONSULT\nmode=visit\nsource=EGY\ntarget=ISR\ndate=1977-11-19\nplace=ISR\nstatus=actual\n.source=a\n"

static const struct {
	const char *kind, *coded;
	uint32_t start, end;
	bool match;
} matches[] = {
	{ "reports", CODED, 10, 20, true },
	{ "reports", "type=CONSULT\nmode=visit\nsource=EGY\ntarget=ISR\ndate=1977-11-20\nplace=ISR\nstatus=actual\n.source=b\n", 10, 20, true },
	{ "reports", CODED, 19, 30, true },
	{ "reports", CODED, 20, 30, false },     /* no byte in common */
	{ "reports", CODED, 2, 10, false },
	{ "instruments", CODED, 10, 20, false },
	{ "reports", "type=ASSAULT\nmode=\nsource=FRA\ntarget=ISR\ndate=1977-11-19\nplace=\nstatus=planned\n", 10, 20, false },
	{ "reports", "type=CONSULT\nmode=visit\nsource=EGY\ntarget=ISR\n", 10, 20, true },   /* four of seven */
	{ "reports", "type=CONSULT\nmode=visit\nsource=EGY\n", 10, 20, false },
};

static void decisions_find_their_evidence(void **unused)
{
	const struct ch_decision d = { .kind = CH_STR("reports"), .coded = CH_STR(CODED), .span = { 10, 20 } };

	(void)unused;
	for (size_t i = 0; i < sizeof matches / sizeof *matches; i++) {
		struct ch_review_record r = { ch_str_z(matches[i].kind), ch_str_z(matches[i].coded), { matches[i].start, matches[i].end } };

		if (ch_review_match(&d, &r, 1) != (matches[i].match ? 0 : UINT32_MAX))
			fail_msg("case %zu", i);
	}
}

static void of_several_the_best_is_meant(void **unused)
{
	const struct ch_decision d = { .kind = CH_STR("reports"), .coded = CH_STR(CODED), .span = { 10, 20 } };
	const struct ch_review_record r[] = {
		{ CH_STR("reports"), CH_STR("type=CONSULT\nmode=visit\nsource=EGY\ntarget=ISR\ndate=1977\nplace=ISR\nstatus=actual\n"), { 10, 20 } },
		{ CH_STR("reports"), CH_STR(CODED), { 15, 20 } },
		{ CH_STR("reports"), CH_STR(CODED), { 12, 20 } },
	};

	(void)unused;
	assert_int_equal(ch_review_match(&d, r, 3), 2);
	assert_int_equal(ch_review_match(&d, r, 1), 0);
	assert_int_equal(ch_review_match(&d, r, 0), UINT32_MAX);
}

static const struct {
	const char *kind, *field, *value;
	bool may;
} checks[] = {
	{ "reports", "date", "1977-11", true }, { "reports", "date", "", true }, { "reports", "date", "soon", false },
	{ "reports", "type", "AID", true }, { "reports", "type", "HELP", false }, { "reports", "status", "denied", true },
	{ "reports", "status", "done", false }, { "reports", "source", "", false }, { "reports", "target", "", true },
	{ "reports", "frame", "x", false }, { "reports", "mode", "a\tb", false }, { "roles", "who", "Golda Meir", true },
	{ "roles", "mention", "1", false }, { "roles", "nothing", "1", false }, { "tallies", "count", "12.5", true },
	{ "tallies", "count", "many", false }, { "tallies", "count", "", false }, { "gatherings", "ordinal", "3", true },
	{ "gatherings", "ordinal", "", true }, { "gatherings", "ordinal", "3.5", false }, { "quotes", "direct", "true", true },
	{ "quotes", "direct", "yes", false }, { "quotes", "text", "x", false }, { "quotes", "speaker", "Anwar Sadat", true },
	{ "nothing", "who", "x", false },
};

static void what_may_be_set(void **unused)
{
	struct ch_err err;

	(void)unused;
	for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
		if (ch_review_check(ch_str_z(checks[i].kind), ch_str_z(checks[i].field), ch_str_z(checks[i].value), &err) != checks[i].may)
			fail_msg("case %zu", i);
}

/* ---- in a store ---- */

struct found {
	struct ch_arena *arena;
	uint32_t n, reports, reviewed;
	struct ch_str id, date, target, reason;
};

static bool take_event(void *ctx, const struct ch_event_record *e)
{
	struct found *s = ctx;

	s->n++;
	s->reports += e->n_reports;
	s->id = ch_arena_str(s->arena, e->id);
	s->date = ch_arena_str(s->arena, e->date);
	s->target = e->reports[0].target.n ? ch_arena_str(s->arena, e->reports[0].target.v[0].party) : CH_STR("");
	for (uint32_t i = 0; i < e->n_reports; i++) {
		s->reviewed += e->reports[i].reviewed != NULL;
		if (e->reports[i].reviewed)
			s->reason = ch_arena_str(s->arena, e->reports[i].reviewed->reason);
	}
	return true;
}

static struct found visits(struct fixture *f, struct ch_query q)
{
	struct found s = { .arena = &f->arena };

	q.mode = q.mode.len ? q.mode : CH_STR("visit");
	if (!ch_store_events(f->store, &q, take_event, &s, &f->err)) fail_msg("%s", f->err.text);
	return s;
}

static void rejected_is_left_out_and_comes_back(void **state)
{
	struct fixture *f = *state;
	struct ch_str before, now;

	decide_put(f, "", "1977-11-19", &decide_stamp, false);
	decide_put(f, " b", "1977-11-19", &decide_stamp, false);
	before = dump_of(f->store, decide_no_review, &f->arena);
	now = decide(f, CH_REJECT, "events", visits(f, (struct ch_query){ 0 }).id, "", decide_none);
	assert_int_equal(visits(f, (struct ch_query){ 0 }).n, 0);
	assert_int_equal(visits(f, (struct ch_query){ .who = CH_STR("EGY") }).n, 0);
	assert_int_equal(visits(f, (struct ch_query){ .rejected = true }).reports, 2);
	assert_true(ch_str_eqz(visits(f, (struct ch_query){ .rejected = true }).reason, "seen"));
	assert_int_equal(visits(f, (struct ch_query){ .id = now }).n, 1);
	decide_undo(f, "events", now);
	assert_true(ch_str_eq(before, dump_of(f->store, decide_no_review, &f->arena)));
	assert_false(ch_store_begin(f->store, &f->err) && ch_store_undo(f->store, CH_STR("events"), visits(f, (struct ch_query){ 0 }).id, &f->arena,
									 &now, &f->err));
	ch_store_rollback(f->store);
}

static void edited_is_found_as_it_is_now(void **state)
{
	struct fixture *f = *state;
	struct ch_str before, now;

	decide_put(f, "", "1977-11-19", &decide_stamp, false);
	before = dump_of(f->store, decide_no_review, &f->arena);
	now = decide(f, CH_EDIT, "events", visits(f, (struct ch_query){ 0 }).id, "date=1978-01-02\ntarget=JOR\n", decide_none);
	assert_true(ch_str_eq(visits(f, (struct ch_query){ 0 }).id, now));
	assert_true(ch_str_eqz(visits(f, (struct ch_query){ .with = CH_STR("JOR") }).target, "JOR"));
	assert_int_equal(visits(f, (struct ch_query){ .until = CH_STR("1977-12-31") }).n, 0);
	assert_int_equal(visits(f, (struct ch_query){ .since = CH_STR("1978-01-02") }).reviewed, 1);
	decide(f, CH_EDIT, "events", now, "mode=meeting\n", decide_none);
	assert_int_equal(visits(f, (struct ch_query){ 0 }).n, 0);
	now = visits(f, (struct ch_query){ .mode = CH_STR("meeting"), .since = CH_STR("1978") }).id;
	now = decide_undo(f, "events", now);
	assert_true(ch_str_eqz(visits(f, (struct ch_query){ 0 }).date, "1978-01-02"));
	decide_undo(f, "events", now);
	assert_true(ch_str_eq(before, dump_of(f->store, decide_no_review, &f->arena)));   /* the actor made by hand too is gone */
	decide(f, CH_ACCEPT, "events", visits(f, (struct ch_query){ 0 }).id, "", decide_none);
	assert_true(ch_str_eqz(visits(f, (struct ch_query){ 0 }).date, "1977-11-19"));
}

static void two_are_made_one_and_one_two(void **state)
{
	struct fixture *f = *state;
	struct ch_str first, second;

	decide_put(f, "", "1977-11-19", &decide_stamp, false);
	decide_put(f, " b", "1979-03-26", &decide_stamp, false);
	first = visits(f, (struct ch_query){ .until = CH_STR("1978") }).id;
	second = visits(f, (struct ch_query){ .since = CH_STR("1979") }).id;
	assert_int_equal(visits(f, (struct ch_query){ 0 }).n, 2);
	assert_true(ch_str_eq(decide(f, CH_MERGE, "events", first, "", second), second));
	assert_int_equal(visits(f, (struct ch_query){ 0 }).n, 1);
	assert_int_equal(visits(f, (struct ch_query){ 0 }).reports, 2);
	decide(f, CH_SPLIT, "events", second, "", decide_none);
	assert_int_equal(visits(f, (struct ch_query){ 0 }).n, 2);
	assert_int_equal(visits(f, (struct ch_query){ 0 }).reports, 2);
}

static void decisions_outlive_a_new_reading(void **state)
{
	struct fixture *f = *state;
	struct ch_str once;

	decide_put(f, "", "1977-11-19", &decide_stamp, false);
	decide_put(f, " b", "1979-03-26", &decide_stamp, false);
	once = dump_of(f->store, NULL, &f->arena);
	decide_put(f, "", "1977-11-19", &decide_stamp, true);
	assert_true(ch_str_eq(once, dump_of(f->store, NULL, &f->arena)));   /* the same reading: the same store */
	decide(f, CH_REJECT, "events", visits(f, (struct ch_query){ .until = CH_STR("1978") }).id, "", decide_none);
	decide(f, CH_EDIT, "events", visits(f, (struct ch_query){ 0 }).id, "place=EGY\n", decide_none);
	/* newer lexicons read other dates; one visit stays out, the other in Egypt */
	decide_put(f, "", "1977-11-20", &newer, true);
	decide_put(f, " b", "1979-03-27", &newer, true);
	assert_int_equal(visits(f, (struct ch_query){ 0 }).n, 1);
	assert_true(ch_str_eqz(visits(f, (struct ch_query){ .place = CH_STR("EGY") }).date, "1979-03-27"));
	assert_true(ch_str_eqz(visits(f, (struct ch_query){ .rejected = true }).date, "1977-11-20"));
}

struct rows {
	uint32_t n, reviewed;
	char who[64];
};

static bool take_row(void *ctx, const struct ch_row *row)
{
	struct rows *r = ctx;

	r->n++;
	r->reviewed += row->reviewed != NULL;
	snprintf(r->who, sizeof r->who, "%.*s", CH_STR_ARG(row->cells[0].text));
	return true;
}

static bool take_id(void *ctx, const struct ch_row *row)
{
	snprintf(ctx, 64, "%.*s", CH_STR_ARG(row->id));
	return false;
}

static void rows_are_decided_like_events(void **state)
{
	static const enum ch_register_id regs[] = { CH_REG_QUOTES, CH_REG_ROLES, CH_REG_PLEDGES };
	static const char *const fields[] = { "speaker=Somebody Else\n", "who=Somebody Else\n", "who=Somebody Else\n" };
	struct fixture *f = *state;
	struct ch_str before;

	decide_put(f, "", "1977-11-19", &decide_stamp, false);
	before = dump_of(f->store, decide_no_review, &f->arena);
	for (size_t i = 0; i < sizeof regs / sizeof *regs; i++) {
		const char *kind = ch_register_of(regs[i])->name;
		const struct ch_query all = { 0 }, rejected = { .rejected = true };
		struct rows r = { 0 }, gone = { 0 }, out = { 0 };
		char id[64];

		assert_true(ch_store_rows(f->store, regs[i], &all, take_id, id, &f->err));
		decide(f, CH_EDIT, kind, ch_str_z(id), fields[i], decide_none);
		decide_put(f, "", "1977-11-19", &newer, true);
		assert_true(ch_store_rows(f->store, regs[i], &all, take_row, &r, &f->err));
		assert_int_equal(r.reviewed, 1);
		assert_string_equal(r.who, "Somebody Else");
		decide(f, CH_REJECT, kind, ch_str_z(id), "", decide_none);
		assert_true(ch_store_rows(f->store, regs[i], &all, take_row, &gone, &f->err));
		assert_int_equal(gone.n, r.n - 1);
		assert_true(ch_store_rows(f->store, regs[i], &rejected, take_row, &out, &f->err));
		assert_int_equal(out.n, 1);
		decide_undo(f, kind, ch_str_z(id));
		decide_undo(f, kind, ch_str_z(id));
	}
	decide_put(f, "", "1977-11-19", &decide_stamp, true);
	assert_true(ch_str_eq(before, dump_of(f->store, decide_no_review, &f->arena)));
}

static struct ch_str person_of(struct fixture *f, const char *name)
{
	struct ch_str party, person;

	assert_true(ch_store_resolve(f->store, &f->arena, ch_str_z(name), &party, &person, &f->err));
	return person;
}

static void names_are_one_or_not(void **state)
{
	struct fixture *f = *state;
	struct ch_query q = { .who = CH_STR("the Rais") };
	const struct ch_decision ring = { .verdict = CH_SAME_ACTOR, .record = CH_STR("Anwar Sadat"), .by = CH_STR("desk"), .at = CH_STR("2001") };
	struct rows r = { 0 };
	struct ch_str now;

	decide_put(f, "", "1977-11-19", &decide_stamp, false);
	assert_int_equal(visits(f, q).n, 0);
	assert_true(ch_str_eqz(person_of(f, "Sadat"), "Anwar Sadat"));
	decide(f, CH_SAME_ACTOR, "actors", CH_STR("the Rais"), "", CH_STR("Anwar Sadat"));
	decide(f, CH_SAME_ACTOR, "actors", CH_STR("Mr. S."), "", CH_STR("the Rais"));
	assert_true(ch_str_eqz(person_of(f, "Mr. S."), "Anwar Sadat"));
	assert_true(ch_store_begin(f->store, &f->err));
	assert_false(ch_store_decide(f->store, &ring, CH_STR("Mr. S."), &f->arena, &now, &f->err));
	ch_store_rollback(f->store);
	if (!ch_store_rows(f->store, CH_REG_QUOTES, &q, take_row, &r, &f->err)) fail_msg("%s", f->err.text);
	assert_int_equal(r.n, 1);
	decide_undo(f, "decision", CH_STR("2"));
	assert_true(ch_str_eqz(person_of(f, "the Rais"), "Anwar Sadat"));
	decide(f, CH_OTHER_ACTOR, "actors", CH_STR("Sadat"), "", CH_STR("Anwar Sadat"));
	assert_int_equal(person_of(f, "Sadat").len, 0);
	assert_true(ch_str_eqz(person_of(f, "Anwar Sadat"), "Anwar Sadat"));
	decide_undo(f, "decision", CH_STR("3"));
	assert_true(ch_str_eqz(person_of(f, "Sadat"), "Anwar Sadat"));
}

int main(void)
{
	/* those behind the shared ones ask no store */
	enum { SHARED = 6 };
	const struct CMUnitTest all[] = {
		cmocka_unit_test_setup_teardown(rejected_is_left_out_and_comes_back, setup, teardown),
		cmocka_unit_test_setup_teardown(edited_is_found_as_it_is_now, setup, teardown),
		cmocka_unit_test_setup_teardown(two_are_made_one_and_one_two, setup, teardown),
		cmocka_unit_test_setup_teardown(decisions_outlive_a_new_reading, setup, teardown),
		cmocka_unit_test_setup_teardown(rows_are_decided_like_events, setup, teardown),
		cmocka_unit_test_setup_teardown(names_are_one_or_not, setup, teardown),
		cmocka_unit_test(decisions_come_to_a_state),
		cmocka_unit_test(decisions_find_their_evidence),
		cmocka_unit_test(of_several_the_best_is_meant),
		cmocka_unit_test(what_may_be_set),
	};
	struct CMUnitTest shared[SHARED];
	int failed;

	memcpy(shared, all, sizeof shared);
	WHERE_RUN(all, shared, failed);
	return failed;
}
