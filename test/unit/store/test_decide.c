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

/* ---- every field of every register ---- */

struct cell {
	const struct ch_register *reg;
	char id[64];
	uint32_t col;
	char value[200];
	bool reviewed;
};

/* As a field of a decision is written: items of a list with ";" between. */
static bool take_cell(void *ctx, const struct ch_row *row)
{
	struct cell *c = ctx;
	const struct ch_cell *cell = &row->cells[c->col];
	size_t at = 0;

	snprintf(c->id, sizeof c->id, "%.*s", CH_STR_ARG(row->id));
	c->value[0] = '\0';
	c->reviewed = row->reviewed != NULL;
	switch (row->reg->cols[c->col].kind) {
	case CH_COL_TEXT:
	case CH_COL_WORDS:
		snprintf(c->value, sizeof c->value, "%.*s", CH_STR_ARG(cell->text));
		break;
	case CH_COL_NUMBER:
	case CH_COL_ORDINAL:
		snprintf(c->value, sizeof c->value, "%.10g", cell->number);
		break;
	case CH_COL_BOOL:
		snprintf(c->value, sizeof c->value, cell->number != 0 ? "true" : "false");
		break;
	case CH_COL_LIST:
		for (uint32_t i = 0; i < cell->n_list; i++)
			at += (size_t)snprintf(c->value + at, sizeof c->value - at, "%s%.*s", i ? ";" : "", CH_STR_ARG(cell->list[i]));
		break;
	case CH_COL_SPAN:
	case CH_COL_NOTES:
		break;
	}
	return false;
}

static void read_cell(struct fixture *f, enum ch_register_id reg, struct cell *c)
{
	const struct ch_query q = { .id = ch_str_z(c->id) };

	if (!ch_store_rows(f->store, reg, &q, take_cell, c, &f->err))
		fail_msg("%s", f->err.text);
}

/* Another value than the field has; NULL: it is the page's own and cannot be set. */
static const char *other_value(enum ch_register_id reg, uint32_t col, const char *now)
{
	static const char *const dates[] = { "date", "from", "to", "since", "due", "founded", "period" };
	const struct ch_col *c = &ch_register_of(reg)->cols[col];

	if (c->kind == CH_COL_SPAN || c->kind == CH_COL_NOTES || (reg == CH_REG_QUOTES && (col == CH_QUOTE_TEXT || col == CH_QUOTE_SAID)))
		return NULL;
	for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
		if (strcmp(c->name, dates[i]) == 0)
			return "1990-05/1990-06";
	if (c->kind == CH_COL_LIST)
		return strcmp(now, "FRA;NATO") == 0 ? "FRA" : "FRA;NATO";
	if (c->kind == CH_COL_BOOL)
		return strcmp(now, "true") == 0 ? "false" : "true";
	if (c->kind == CH_COL_NUMBER || c->kind == CH_COL_ORDINAL)
		return "77";
	if (c->kind == CH_COL_WORDS)
		return "diplomatic military";
	if (ch_review_is_party(ch_str_z(c->name)))
		return "FRA";
	if (strcmp(c->name, "status") == 0)
		return strcmp(now, "planned") != 0 ? "planned" : reg == CH_REG_INSTRUMENTS ? "adopted" : "denied";
	return strcmp(c->name, "comparison") == 0 ? "~" : "Other words";
}

static void every_field_of_every_register(void **state)
{
	struct fixture *f = *state;
	unsigned set = 0, refused = 0;

	decide_put(f, "", "1977-11-19", &decide_stamp, false);
	for (unsigned reg = 0; reg < CH_REG_N; reg++) {
		const struct ch_register *r = ch_register_of((enum ch_register_id)reg);

		for (uint32_t col = 0; col < CH_COLS_MAX && r->cols[col].name; col++) {
			struct ch_str before = dump_of(f->store, decide_no_review, &f->arena);
			struct cell c = { .reg = r, .col = col };
			char was[sizeof c.value], changes[300];
			const char *to;

			read_cell(f, (enum ch_register_id)reg, &c);
			memcpy(was, c.value, sizeof was);
			to = other_value((enum ch_register_id)reg, col, was);
			snprintf(changes, sizeof changes, "%s=%s\n", r->cols[col].name, to ? to : "1");
			if (!to) {
				decide_refused(f, r->name, ch_str_z(c.id), changes, "cannot be set");
				refused++;
				continue;
			}
			if (strcmp(to, was) == 0)
				fail_msg("%s.%s is '%s' before it is set", r->name, r->cols[col].name, to);
			decide(f, CH_EDIT, r->name, ch_str_z(c.id), changes, decide_none);
			read_cell(f, (enum ch_register_id)reg, &c);
			if (strcmp(c.value, to) != 0 || !c.reviewed)
				fail_msg("%s.%s is '%s', not '%s'", r->name, r->cols[col].name, c.value, to);
			decide_undo(f, r->name, ch_str_z(c.id));
			read_cell(f, (enum ch_register_id)reg, &c);
			if (strcmp(c.value, was) != 0 || c.reviewed)
				fail_msg("%s.%s is '%s' again, not '%s'", r->name, r->cols[col].name, c.value, was);
			if (!ch_str_eq(before, dump_of(f->store, decide_no_review, &f->arena)))
				fail_msg("%s.%s leaves something behind", r->name, r->cols[col].name);
			set++;
		}
	}
	assert_true(set >= 40 && refused >= 12);
}

/* ---- every field of an event ---- */

static const struct {
	const char *field, *value;
} of_events[] = {
	{ "type", "AID" }, { "mode", "meeting" }, { "source", "JOR" }, { "source", "EGY;JOR" }, { "source", "EGY:Boutros Boutros-Ghali" },
	{ "target", "" }, { "target", "ISR;NATO" }, { "date", "1977-11" }, { "date", "" }, { "place", "EGY" }, { "place", "" },
	{ "status", "planned" }, { "status", "denied" },
};

static struct ch_str side_text(struct ch_arena *arena, struct ch_party_list side, bool named)
{
	struct ch_str text = CH_STR("");

	for (uint32_t i = 0; i < side.n; i++)
		text = ch_arena_printf(arena, "%.*s%s%.*s%s%.*s", CH_STR_ARG(text), i ? ";" : "", CH_STR_ARG(side.v[i].party), named ? ":" : "",
				       named ? (int)side.v[i].name.len : 0, named ? side.v[i].name.ptr : "");
	return text;
}

struct event {
	struct ch_arena *arena;
	struct ch_str id, type, mode, source, target, named, date, place, status;
	uint32_t n;
};

static bool take_event(void *ctx, const struct ch_event_record *e)
{
	struct event *s = ctx;

	s->n++;
	s->id = ch_arena_str(s->arena, e->id);
	s->type = ch_arena_str(s->arena, e->type);
	s->mode = ch_arena_str(s->arena, e->mode);
	s->source = side_text(s->arena, e->reports[0].source, false);
	s->named = side_text(s->arena, e->reports[0].source, true);
	s->target = side_text(s->arena, e->reports[0].target, false);
	s->date = ch_arena_str(s->arena, e->date);
	s->place = ch_arena_str(s->arena, e->place);
	s->status = ch_arena_str(s->arena, e->status);
	return true;
}

static struct event event_of(struct fixture *f, struct ch_query q)
{
	struct event e = { .arena = &f->arena };

	if (!ch_store_events(f->store, &q, take_event, &e, &f->err))
		fail_msg("%s", f->err.text);
	return e;
}

static struct ch_str field_of(const struct event *e, const char *field, bool named)
{
	return strcmp(field, "type") == 0 ? e->type : strcmp(field, "mode") == 0 ? e->mode : strcmp(field, "source") == 0 ? named ? e->named : e->source :
	       strcmp(field, "target") == 0 ? e->target : strcmp(field, "date") == 0 ? e->date : strcmp(field, "place") == 0 ? e->place : e->status;
}

static void every_field_of_an_event(void **state)
{
	struct fixture *f = *state;
	struct ch_str before, visit;

	decide_put(f, "", "1977-11-19", &decide_stamp, false);
	before = dump_of(f->store, decide_no_review, &f->arena);
	visit = event_of(f, (struct ch_query){ .mode = CH_STR("visit") }).id;
	for (size_t i = 0; i < sizeof of_events / sizeof *of_events; i++) {
		const bool named = strchr(of_events[i].value, ':') != NULL;
		char changes[100];
		struct ch_str now;
		struct event e;

		snprintf(changes, sizeof changes, "%s=%s\n", of_events[i].field, of_events[i].value);
		now = decide(f, CH_EDIT, "events", visit, changes, decide_none);
		e = event_of(f, (struct ch_query){ .id = now });
		if (e.n != 1 || !ch_str_eqz(field_of(&e, of_events[i].field, named), of_events[i].value))
			fail_msg("%s is '%.*s', not '%s'", of_events[i].field, CH_STR_ARG(field_of(&e, of_events[i].field, named)), of_events[i].value);
		now = decide_undo(f, "events", now);
		assert_true(ch_str_eq(now, visit));
		if (!ch_str_eq(before, dump_of(f->store, decide_no_review, &f->arena)))
			fail_msg("%s=%s leaves something behind", of_events[i].field, of_events[i].value);
	}
}

/* A slip is told, with what would do, and nothing is kept of it. */
static const struct {
	const char *kind, *changes, *says;
} slips[] = {
	{ "events", "target=FRB\n", "no party is called 'FRB'" },
	{ "events", "target=isr\n", "'ISR' is" },
	{ "events", "target=Israel\n", "'Israel' is no party's code; 'ISR' is" },
	{ "events", "target=FRA;Frence\n", "no party is called 'Frence'" },
	{ "events", "source=Anwar Sadat\n", "'Anwar Sadat' is a person, no party: PARTY:NAME" },
	{ "events", "place=Jerusalem\n", "no party is called 'Jerusalem'" },
	{ "events", "date=19 November\n", "'19 November' is no date" },
	{ "events", "status=done\n", "there is: actual planned" },
	{ "events", "who=EGY\n", "there is: type mode" },
	{ "instruments", "parties=EGY;ISR:Menachem Begin\n", "parties holds parties, not people" },
	{ "instruments", "status=broken\n", "in force" },
	{ "gatherings", "participants=Everybody\n", "no party is called 'Everybody'" },
	{ "gatherings", "ordinal=first\n", "a number is wanted" },
	{ "roles", "from=lately\n", "'lately' is no date" },
	{ "tallies", "comparison=more\n", "there is: = <" },
	{ "quotes", "context=weather\n", "no context 'weather'" },
	{ "relations", "nothing=1\n", "there is: parties level change since status" },
};

static void slips_are_told(void **state)
{
	struct fixture *f = *state;
	struct ch_str before;

	decide_put(f, "", "1977-11-19", &decide_stamp, false);
	before = dump_of(f->store, NULL, &f->arena);
	for (size_t i = 0; i < sizeof slips / sizeof *slips; i++) {
		struct cell c = { .id = "" };
		struct ch_str id = event_of(f, (struct ch_query){ .mode = CH_STR("visit") }).id;

		for (unsigned reg = 0; reg < CH_REG_N; reg++) {
			if (strcmp(ch_register_of((enum ch_register_id)reg)->name, slips[i].kind) == 0) {
				read_cell(f, (enum ch_register_id)reg, &c);
				id = ch_str_z(c.id);
			}
		}
		decide_refused(f, slips[i].kind, id, slips[i].changes, slips[i].says);
	}
	assert_true(ch_str_eq(before, dump_of(f->store, NULL, &f->arena)));
}

/* ---- actors ---- */

static struct ch_str lists_of(struct fixture *f, enum ch_register_id reg, const char *who, uint32_t col)
{
	const struct ch_query q = { .who = ch_str_z(who) };
	struct cell c = { .reg = ch_register_of(reg), .col = col };

	if (!ch_store_rows(f->store, reg, &q, take_cell, &c, &f->err))
		fail_msg("%s", f->err.text);
	return ch_arena_str(&f->arena, ch_str_z(c.value));
}

static bool take_count(void *ctx, const struct ch_count *c)
{
	char *all = ctx;
	const size_t at = strlen(all);

	snprintf(all + at, 100 - at, "%.*s %u;", CH_STR_ARG(c->party), (unsigned)c->events);
	return true;
}

static void two_parties_are_one(void **state)
{
	struct fixture *f = *state;
	struct cell c = { .reg = ch_register_of(CH_REG_RELATIONS) };
	struct ch_str before, party, person;
	struct event e;

	decide_put(f, "", "1977-11-19", &decide_stamp, false);
	before = dump_of(f->store, decide_no_review, &f->arena);
	decide(f, CH_SAME_ACTOR, "actors", CH_STR("ISR"), "", CH_STR("Zion"));
	decide(f, CH_SAME_ACTOR, "actors", CH_STR("EGY"), "", CH_STR("Masr"));
	for (int again = 0; again < 2; again++) {
		char all[100] = "";

		e = event_of(f, (struct ch_query){ .who = CH_STR("EGY"), .with = CH_STR("Zion"), .mode = CH_STR("visit") });
		assert_int_equal(e.n, 1);
		assert_true(ch_str_eqz(e.target, "Zion"));
		assert_int_equal(event_of(f, (struct ch_query){ .who = CH_STR("ISR"), .mode = CH_STR("visit"), .limit = 5 }).n, 1);
		assert_true(ch_store_resolve(f->store, &f->arena, CH_STR("ISR"), &party, &person, &f->err));
		assert_true(ch_str_eqz(party, "Zion") && !person.len);
		assert_true(ch_str_eqz(lists_of(f, CH_REG_RELATIONS, "Zion", 0), "Masr;Zion"));
		assert_true(ch_str_eqz(lists_of(f, CH_REG_RELATIONS, "ISR", 0), "Masr;Zion"));
		assert_true(ch_str_eqz(lists_of(f, CH_REG_GATHERINGS, "Zion", 6), "Masr;Zion"));
		assert_true(ch_str_eqz(lists_of(f, CH_REG_QUOTES, "Masr", CH_QUOTE_COUNTRY), "Masr"));
		assert_true(ch_str_eqz(lists_of(f, CH_REG_QUOTES, "EGY", CH_QUOTE_COUNTRY), "Masr"));
		assert_true(ch_store_counts(f->store, &(struct ch_query){ .who = CH_STR("Zion") }, CH_COUNT_PARTIES, take_count, all, &f->err));
		assert_string_equal(all, "Masr 2;");
		decide_put(f, "", "1977-11-19", &decide_stamp, true);   /* read anew, it still holds */
	}
	/* what the pages have stays under it: a field that is set and taken back leaves nothing of the other name */
	read_cell(f, CH_REG_RELATIONS, &c);
	decide(f, CH_EDIT, "relations", ch_str_z(c.id), "since=1979\n", decide_none);
	decide_undo(f, "relations", ch_str_z(c.id));
	decide_undo(f, "decision", CH_STR("1"));
	decide_undo(f, "decision", CH_STR("2"));
	assert_int_equal(event_of(f, (struct ch_query){ .who = CH_STR("Zion") }).n, 0);
	assert_true(ch_str_eqz(lists_of(f, CH_REG_RELATIONS, "ISR", 0), "EGY;ISR"));
	assert_true(ch_str_eq(before, dump_of(f->store, decide_no_review, &f->arena)));
}

/* Two people of one name: of one record it is said who is meant, the other stays. */
static void one_name_is_two_people(void **state)
{
	const struct ch_query first = { .who = CH_STR("Anwar Sadat"), .mode = CH_STR("visit") }, other = { .who = CH_STR("Boutros Boutros-Ghali") };
	struct fixture *f = *state;
	struct ch_str now, before;

	decide_put(f, "", "1977-11-19", &decide_stamp, false);
	decide_put(f, " b", "1979-03-26", &decide_stamp, false);
	before = dump_of(f->store, decide_no_review, &f->arena);
	assert_int_equal(event_of(f, first).n, 2);
	now = decide(f, CH_EDIT, "events", event_of(f, first).id, "source=EGY:Boutros Boutros-Ghali\n", decide_none);
	for (int again = 0; again < 2; again++) {
		assert_int_equal(event_of(f, first).n, 1);
		assert_int_equal(event_of(f, other).n, 1);
		assert_true(ch_str_eq(event_of(f, other).id, now));   /* the event itself is the same: its parties are */
		assert_int_equal(event_of(f, (struct ch_query){ .who = CH_STR("EGY"), .mode = CH_STR("visit") }).n, 2);
		decide_put(f, " b", "1979-03-26", &decide_stamp, true);
		decide_put(f, "", "1977-11-19", &decide_stamp, true);
	}
	decide_undo(f, "events", now);
	assert_int_equal(event_of(f, first).n, 2);
	assert_int_equal(event_of(f, other).n, 0);
	assert_true(ch_str_eq(before, dump_of(f->store, decide_no_review, &f->arena)));
}

/* ---- events ---- */

struct told {
	struct ch_arena *arena;
	uint32_t events, reports;
	struct ch_str report;
};

static bool take_told(void *ctx, const struct ch_event_record *e)
{
	struct told *t = ctx;

	t->events++;
	t->reports += e->n_reports;
	t->report = ch_arena_str(t->arena, e->reports[e->n_reports - 1].id);
	return true;
}

static struct told told_of(struct fixture *f)
{
	struct told t = { .arena = &f->arena };

	if (!ch_store_events(f->store, &(struct ch_query){ .mode = CH_STR("visit") }, take_told, &t, &f->err))
		fail_msg("%s", f->err.text);
	return t;
}

struct standing {
	struct ch_arena *arena;
	struct ch_str record;
};

static bool take_standing(void *ctx, const struct ch_decision *d)
{
	struct standing *s = ctx;

	if (!d->undone && !s->record.len)
		s->record = ch_arena_str(s->arena, d->record);
	return true;
}

/* The record of the first decision that stands. */
static struct ch_str standing(struct fixture *f)
{
	struct standing s = { .arena = &f->arena };

	assert_true(ch_store_decisions(f->store, take_standing, &s, &f->err));
	assert_true(s.record.len > 0);
	return s.record;
}

/* Three pages tell one visit: one of the reports, or all of them, are said to be of others; read anew they still are; taken back, nothing is left. */
static void an_event_is_split(void **state)
{
	struct fixture *f = *state;
	struct ch_str before, now, visit;

	decide_put(f, "", "1977-11-19", &decide_stamp, false);
	decide_put(f, " b", "1977-11-19", &decide_stamp, false);
	decide_put(f, " c", "1977-11-19", &decide_stamp, false);
	before = dump_of(f->store, decide_no_review, &f->arena);
	visit = event_of(f, (struct ch_query){ .mode = CH_STR("visit") }).id;
	assert_true(told_of(f).events == 1 && told_of(f).reports == 3);
	now = told_of(f).report;
	decide(f, CH_SPLIT, "reports", now, "", decide_none);
	for (int again = 0; again < 2; again++) {
		assert_true(told_of(f).events == 2 && told_of(f).reports == 3);
		decide_put(f, " c", "1977-11-19", &decide_stamp, true);
		decide_put(f, "", "1977-11-19", &decide_stamp, true);
	}
	decide_undo(f, "reports", now);
	assert_true(ch_str_eq(before, dump_of(f->store, decide_no_review, &f->arena)));
	decide(f, CH_SPLIT, "events", visit, "", decide_none);
	assert_true(told_of(f).events == 3 && told_of(f).reports == 3);
	for (int i = 0; i < 3; i++)
		decide_undo(f, "reports", standing(f));
	assert_true(ch_str_eq(before, dump_of(f->store, decide_no_review, &f->arena)));
}

static void merged_events_come_apart_again(void **state)
{
	struct fixture *f = *state;
	struct ch_str before, now, first, second;

	decide_put(f, "", "1977-11-19", &decide_stamp, false);
	decide_put(f, " b", "1979-03-26", &decide_stamp, false);
	before = dump_of(f->store, decide_no_review, &f->arena);
	first = event_of(f, (struct ch_query){ .mode = CH_STR("visit"), .until = CH_STR("1978") }).id;
	second = event_of(f, (struct ch_query){ .mode = CH_STR("visit"), .since = CH_STR("1979") }).id;
	decide(f, CH_MERGE, "events", first, "", second);
	for (int again = 0; again < 2; again++) {
		assert_true(told_of(f).events == 1 && told_of(f).reports == 2);
		decide_put(f, "", "1977-11-19", &decide_stamp, true);
	}
	now = decide_undo(f, "reports", standing(f));
	assert_true(ch_str_eq(now, first));
	assert_true(ch_str_eq(before, dump_of(f->store, decide_no_review, &f->arena)));
}

/* ---- history ---- */

struct coded {
	uint32_t n, first, second;
};

static void count_coded(struct coded *c, const struct ch_page_info *page)
{
	c->n++;
	c->first += ch_str_eqz(page->lexicon_version, "lexicon");
	c->second += ch_str_eqz(page->lexicon_version, "newer lexicon");
}

static bool take_coded_event(void *ctx, const struct ch_event_record *e)
{
	for (uint32_t i = 0; i < e->n_reports; i++)
		count_coded(ctx, e->reports[i].page);
	return true;
}

static bool take_coded_row(void *ctx, const struct ch_row *row)
{
	count_coded(ctx, row->page);
	return true;
}

static void each_record_says_what_coded_it(void **state)
{
	static const struct ch_stamp newer = { "0", "newer lexicon", "model" };
	struct fixture *f = *state;
	struct coded events = { 0 };

	decide_put(f, "", "1977-11-19", &decide_stamp, false);
	decide_put(f, " b", "1977-11-19", &decide_stamp, false);
	decide_put(f, " b", "1977-11-19", &newer, true);
	assert_true(ch_store_events(f->store, &(struct ch_query){ 0 }, take_coded_event, &events, &f->err));
	assert_true(events.n >= 4 && events.first * 2 == events.n && events.second * 2 == events.n);
	for (unsigned reg = 0; reg < CH_REG_N; reg++) {
		struct coded rows = { 0 };

		assert_true(ch_store_rows(f->store, (enum ch_register_id)reg, &(struct ch_query){ 0 }, take_coded_row, &rows, &f->err));
		assert_true(rows.n >= 2 && rows.first * 2 == rows.n && rows.second * 2 == rows.n);
	}
}

int main(void)
{
	const struct CMUnitTest all[] = {
		cmocka_unit_test_setup_teardown(every_field_of_every_register, setup, teardown),
		cmocka_unit_test_setup_teardown(every_field_of_an_event, setup, teardown),
		cmocka_unit_test_setup_teardown(slips_are_told, setup, teardown),
		cmocka_unit_test_setup_teardown(two_parties_are_one, setup, teardown),
		cmocka_unit_test_setup_teardown(one_name_is_two_people, setup, teardown),
		cmocka_unit_test_setup_teardown(an_event_is_split, setup, teardown),
		cmocka_unit_test_setup_teardown(merged_events_come_apart_again, setup, teardown),
		cmocka_unit_test_setup_teardown(each_record_says_what_coded_it, setup, teardown),
	};
	int failed;

	WHERE_RUN(all, all, failed);
	return failed;
}
