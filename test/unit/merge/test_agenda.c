/* What came of plans: earlier and later records in, states out, in whatever order the records come. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>
#include "merge/agenda.h"

/* "told type/mode status lo hi source > target @place": one line each; "-" is unsaid. Status p, a, d; with "!" it puts off, with "i" it
 * invites. The id of a record is a letter, from "a" on. */
struct expected {
	const char *plans;   /* "ac": told by a, then c */
	const char *state;
	char by;             /* 0: none */
	const char *due;     /* first day; NULL: not asked */
};

struct given {
	const char *what, *today, *records[6];
	struct expected items[4];
};

enum { RECORDS_MAX = 6, PARTIES_MAX = 4 };

static const struct given cases[] = {
	{ "a visit on its day", "1978-01-01",
	  { "1977-11-10 CONSULT/visit p 1977-11-19 1977-11-19 EGY > ISR @ISR", "1977-11-20 CONSULT/visit a 1977-11-19 1977-11-19 EGY > ISR @ISR" },
	  { { "a", "kept", 'b', "1977-11-19" } } },
	{ "a visit some days late", "1978-01-01",
	  { "1977-11-10 CONSULT/visit p 1977-11-19 1977-11-19 EGY > ISR @ISR", "1977-11-23 CONSULT/visit a 1977-11-22 1977-11-22 EGY > ISR @ISR" },
	  { { "a", "kept", 'b', NULL } } },
	{ "too late to be the same", "1978-01-01",
	  { "1977-11-10 CONSULT/visit p 1977-11-19 1977-11-19 EGY > ISR @ISR", "1977-12-11 CONSULT/visit a 1977-12-10 1977-12-10 EGY > ISR @ISR" },
	  { { "a", "overdue", 0, NULL } } },
	{ "the guest is no host", "1978-01-01",
	  { "1977-11-10 CONSULT/visit p 1977-11-19 1977-11-19 EGY > ISR @ISR", "1977-11-20 CONSULT/visit a 1977-11-19 1977-11-19 ISR > EGY @EGY" },
	  { { "a", "overdue", 0, NULL } } },
	{ "talks have no sides", "1978-01-01",
	  { "1977-11-10 CONSULT/meeting p 1977-11-19 1977-11-19 EGY > ISR @-", "1977-11-20 CONSULT/multilateral a 1977-11-19 1977-11-19 ISR+EGY+USA > - @-" },
	  { { "a", "kept", 'b', NULL } } },
	{ "another party is another meeting", "1978-01-01",
	  { "1977-11-10 CONSULT/meeting p 1977-11-19 1977-11-19 EGY+ISR > - @-", "1977-11-20 CONSULT/meeting a 1977-11-19 1977-11-19 EGY+USA > - @-" },
	  { { "a", "overdue", 0, NULL } } },
	{ "a call is no visit", "1978-01-01",
	  { "1977-11-10 CONSULT/phone p 1977-11-19 1977-11-19 EGY+ISR > - @-", "1977-11-20 CONSULT/visit a 1977-11-19 1977-11-19 EGY > ISR @ISR" },
	  { { "a", "overdue", 0, NULL } } },
	{ "met at the host's home", "1978-01-01",
	  { "1977-11-10 CONSULT/visit p 1977-11-19 1977-11-19 EGY > ISR @ISR", "1977-11-20 CONSULT/meeting a 1977-11-19 1977-11-19 EGY+ISR > - @ISR" },
	  { { "a", "kept", 'b', NULL } } },
	{ "met elsewhere", "1978-01-01",
	  { "1977-11-10 CONSULT/visit p 1977-11-19 1977-11-19 EGY > ISR @ISR", "1977-11-20 CONSULT/meeting a 1977-11-19 1977-11-19 EGY+ISR > - @USA" },
	  { { "a", "overdue", 0, NULL } } },
	{ "no host but a place", "1978-01-01",
	  { "1977-11-10 CONSULT/visit p 1977-11-19 1977-11-19 EGY > - @ISR", "1977-11-20 CONSULT/visit a 1977-11-19 1977-11-19 EGY > ISR @ISR" },
	  { { "a", "kept", 'b', NULL } } },
	{ "not yet due", "1977-11-18",
	  { "1977-11-10 CONSULT/visit p 1977-11-19 1977-11-19 EGY > ISR @ISR" }, { { "a", "open", 0, NULL } } },
	{ "due today is not overdue", "1977-11-19",
	  { "1977-11-10 CONSULT/visit p 1977-11-19 1977-11-19 EGY > ISR @ISR" }, { { "a", "open", 0, NULL } } },
	{ "no today, nothing overdue", "-",
	  { "1977-11-10 CONSULT/visit p 1977-11-19 1977-11-19 EGY > ISR @ISR" }, { { "a", "open", 0, NULL } } },
	{ "due in a month that is not over", "1977-11-29",
	  { "1977-10-10 CONSULT/visit p 1977-11-01 1977-11-30 EGY > ISR @ISR" }, { { "a", "open", 0, "1977-11-01" } } },
	{ "an undated plan, kept", "1979-01-01",
	  { "1977-11-10 CONSULT/visit p - - EGY > ISR @ISR", "1978-02-01 CONSULT/visit a 1978-01-30 1978-01-30 EGY > ISR @ISR" },
	  { { "a", "kept", 'b', NULL } } },
	{ "an undated plan is not kept by what was before", "1979-01-01",
	  { "1977-11-10 CONSULT/visit p - - EGY > ISR @ISR", "1977-11-12 CONSULT/visit a 1977-11-08 1977-11-08 EGY > ISR @ISR" },
	  { { "a", "open", 0, NULL } } },
	{ "nor by what came a year later", "1979-01-01",
	  { "1977-11-10 CONSULT/visit p - - EGY > ISR @ISR", "1978-11-12 CONSULT/visit a 1978-11-11 1978-11-11 EGY > ISR @ISR" },
	  { { "a", "open", 0, NULL } } },
	{ "an undated plan and an undated report of the same day", "1979-01-01",
	  { "1977-11-10 CONSULT/visit p - - EGY > ISR @ISR", "1977-11-10 CONSULT/visit a - - EGY > ISR @ISR" },
	  { { "a", "open", 0, NULL } } },
	{ "a vague year keeps nothing", "1979-01-01",
	  { "1977-11-10 CONSULT/visit p 1977-11-19 1977-11-19 EGY > ISR @ISR", "1979-01-01 CONSULT/visit a 1977-01-01 1977-12-31 EGY > ISR @ISR" },
	  { { "a", "overdue", 0, NULL } } },
	{ "told when it was without a day", "1978-01-01",
	  { "1977-11-10 CONSULT/visit p 1977-11-19 1977-11-19 EGY > ISR @ISR", "1977-11-21 CONSULT/visit a - - EGY > ISR @ISR" },
	  { { "a", "kept", 'b', NULL } } },
	{ "the same plan told again is one", "1978-01-01",
	  { "1977-11-10 CONSULT/visit p - - EGY > ISR @ISR", "1977-11-12 CONSULT/visit p 1977-11-01 1977-11-30 EGY > ISR @ISR",
	    "1977-11-14 CONSULT/visit p 1977-11-19 1977-11-19 EGY > ISR @ISR", "1977-11-15 CONSULT/visit p - - EGY > ISR @ISR",
	    "1977-11-20 CONSULT/visit a 1977-11-19 1977-11-19 EGY > ISR @ISR" },
	  { { "abcd", "kept", 'e', "1977-11-19" } } },
	{ "time zones", "1977-12-01",
	  { "1977-11-10 CONSULT/meeting p 1977-11-19 1977-11-19 EGY+ISR > - @-", "1977-11-11 CONSULT/meeting p 1977-11-20 1977-11-20 EGY+ISR > - @-" },
	  { { "ab", "overdue", 0, "1977-11-19" } } },
	{ "planned again after it was kept", "1978-03-01",
	  { "1977-11-10 CONSULT/meeting p - - EGY+ISR > - @-", "1977-11-26 CONSULT/meeting a 1977-11-25 1977-11-25 EGY+ISR > - @-",
	    "1977-12-10 CONSULT/meeting p - - EGY+ISR > - @-" },
	  { { "a", "kept", 'b', NULL }, { "c", "open", 0, NULL } } },
	{ "a later date", "1978-03-01",
	  { "1977-11-10 CONSULT/visit p 1977-11-19 1977-11-19 EGY > ISR @ISR", "1977-11-17 CONSULT/visit p 1978-01-05 1978-01-05 EGY > ISR @ISR",
	    "1978-01-06 CONSULT/visit a 1978-01-05 1978-01-05 EGY > ISR @ISR" },
	  { { "a", "postponed", 'b', NULL }, { "b", "kept", 'c', "1978-01-05" } } },
	{ "a later date for another meeting: the first took place", "1978-03-01",
	  { "1977-11-10 CONSULT/meeting p 1977-11-19 1977-11-19 EGY+ISR > - @-", "1977-11-17 CONSULT/meeting p 1977-11-29 1977-11-29 EGY+ISR > - @-",
	    "1977-11-20 CONSULT/meeting a 1977-11-19 1977-11-19 EGY+ISR > - @-" },
	  { { "a", "kept", 'c', NULL }, { "b", "overdue", 0, NULL } } },
	{ "two dates on one page are two plans", "1977-11-11",
	  { "1977-11-10 CONSULT/meeting p 1977-11-19 1977-11-19 EGY+ISR > - @-", "1977-11-10 CONSULT/meeting p 1977-11-29 1977-11-29 EGY+ISR > - @-" },
	  { { "a", "open", 0, NULL }, { "b", "open", 0, NULL } } },
	{ "put off, no new date", "1978-03-01",
	  { "1977-11-10 CONSULT/visit p 1977-11-19 1977-11-19 EGY > ISR @ISR", "1977-11-17 CONSULT/visit p! - - EGY > ISR @ISR",
	    "1978-01-06 CONSULT/visit a 1978-01-05 1978-01-05 EGY > ISR @ISR" },
	  { { "a", "postponed", 'b', NULL }, { "b", "kept", 'c', NULL } } },
	{ "put off, with the old date", "1978-03-01",
	  { "1977-11-10 CONSULT/visit p 1977-11-19 1977-11-19 EGY > ISR @ISR", "1977-11-17 CONSULT/visit p! 1977-11-19 1977-11-19 EGY > ISR @ISR" },
	  { { "a", "postponed", 'b', "1977-11-19" }, { "b", "open", 0, NULL } } },
	{ "called off", "1978-03-01",
	  { "1977-11-10 CONSULT/visit p 1977-11-19 1977-11-19 EGY > ISR @ISR", "1977-11-17 CONSULT/visit d - - EGY > ISR @ISR" },
	  { { "a", "cancelled", 'b', NULL } } },
	{ "called off, then planned again", "1977-11-18",
	  { "1977-11-10 CONSULT/visit p 1977-11-19 1977-11-19 EGY > ISR @ISR", "1977-11-12 CONSULT/visit d - - EGY > ISR @ISR",
	    "1977-11-17 CONSULT/visit p 1977-11-19 1977-11-19 EGY > ISR @ISR" },
	  { { "ac", "open", 0, NULL } } },
	{ "denied, and still it was", "1978-03-01",
	  { "1977-11-10 CONSULT/visit p 1977-11-19 1977-11-19 EGY > ISR @ISR", "1977-11-17 CONSULT/visit d - - EGY > ISR @ISR",
	    "1977-11-20 CONSULT/visit a 1977-11-19 1977-11-19 EGY > ISR @ISR" },
	  { { "a", "kept", 'c', NULL } } },
	{ "a denial of something long ago", "1978-03-01",
	  { "1977-11-10 CONSULT/visit p 1977-11-19 1977-11-19 EGY > ISR @ISR", "1977-11-17 CONSULT/visit d 1976-01-05 1976-01-05 EGY > ISR @ISR" },
	  { { "a", "overdue", 0, NULL } } },
	{ "a signing", "1979-06-01",
	  { "1979-03-01 SUPPORT/sign p 1979-03-01 1979-03-31 EGY+ISR > - @USA", "1979-03-27 SUPPORT/sign a 1979-03-26 1979-03-26 EGY+ISR+USA > - @USA" },
	  { { "a", "kept", 'b', NULL } } },
	{ "an invitation, followed", "1979-06-01",
	  { "1977-11-15 REQUEST/- ai - - ISR > EGY @-", "1977-11-20 CONSULT/visit a 1977-11-19 1977-11-19 EGY > ISR @ISR" },
	  { { "a", "kept", 'b', NULL } } },
	{ "an invitation is not followed by a visit of the host", "1979-06-01",
	  { "1977-11-15 REQUEST/- ai - - ISR > EGY @-", "1977-12-26 CONSULT/visit a 1977-12-25 1977-12-25 ISR > EGY @EGY" },
	  { { "a", "open", 0, NULL } } },
	{ "another request invites nobody", "1979-06-01",
	  { "1977-11-15 REQUEST/- a - - ISR > EGY @-", "1977-11-20 CONSULT/visit a 1977-11-19 1977-11-19 EGY > ISR @ISR" }, { { 0 } } },
	{ "a deed before its time is up", "1983-01-01",
	  { "1979-03-27 RETREAT/withdraw p 1982-04-25 1982-04-25 ISR > EGY @-", "1982-01-10 RETREAT/withdraw a 1982-01-09 1982-01-09 ISR > EGY @-" },
	  { { "a", "kept", 'b', NULL } } },
	{ "a deed undone after its time", "1983-01-01",
	  { "1979-03-27 RETREAT/withdraw p 1979-04-25 1979-04-25 ISR > EGY @-", "1979-05-10 RETREAT/withdraw d - - ISR > EGY @-" },
	  { { "a", "broken", 'b', NULL } } },
	{ "a deed and its contrary", "1983-01-01",
	  { "1979-03-27 RETREAT/ceasefire p 1979-04-25 1979-04-25 ISR > EGY @-", "1979-04-10 ASSAULT/- a 1979-04-09 1979-04-09 ISR > EGY @-" },
	  { { "a", "broken", 'b', NULL } } },
	{ "the contrary by the other side", "1983-01-01",
	  { "1979-03-27 RETREAT/ceasefire p 1979-04-25 1979-04-25 ISR > EGY @-", "1979-04-10 ASSAULT/- a 1979-04-09 1979-04-09 EGY > ISR @-" },
	  { { "a", "overdue", 0, NULL } } },
	{ "one party and no place: nothing to find it by", "1983-01-01", { "1977-11-10 CONSULT/visit p 1977-11-19 1977-11-19 EGY > - @-" }, { { 0 } } },
	{ "undated on a page without a date", "1983-01-01",
	  { "- CONSULT/visit p - - EGY > ISR @ISR", "1977-11-20 CONSULT/visit a 1977-11-19 1977-11-19 EGY > ISR @ISR" },
	  { { "a", "open", 0, NULL } } },
};

struct read {
	struct ch_agenda_record r;
	struct ch_str side[2][PARTIES_MAX];
};

static struct ch_str said(struct ch_str s)
{
	return ch_str_eqz(s, "-") ? CH_STR("") : s;
}

static struct ch_str next(struct ch_str *rest)
{
	struct ch_str one = { 0 };

	assert_true(ch_str_cut(rest, ' ', &one));
	return one;
}

static void read_side(struct read *to, int side, struct ch_str names)
{
	struct ch_str one;

	names = said(names);
	while (names.len && ch_str_cut(&names, '+', &one)) {
		assert_true(to->r.n_side[side] < PARTIES_MAX);
		to->side[side][to->r.n_side[side]++] = one;
	}
	/* sorted, as a store gives them */
	for (uint32_t i = 1; i < to->r.n_side[side]; i++)
		for (uint32_t k = i; k > 0 && ch_str_cmp(to->side[side][k], to->side[side][k - 1]) < 0; k--) {
			struct ch_str x = to->side[side][k];

			to->side[side][k] = to->side[side][k - 1];
			to->side[side][k - 1] = x;
		}
	to->r.side[side] = to->side[side];
}

static void read_record(struct read *to, const char *line, const char *id)
{
	struct ch_str rest = ch_str_z(line), what, status;

	*to = (struct read){ .r = { .id = ch_str_n(id, 1), .report = ch_str_n(id, 1) } };
	to->r.told = ch_day_parse(next(&rest));
	what = next(&rest);
	assert_true(ch_str_cut(&what, '/', &to->r.type));
	to->r.mode = said(what);
	status = next(&rest);
	to->r.status = status.ptr[0] == 'p' ? CH_AGENDA_PLANNED : status.ptr[0] == 'd' ? CH_AGENDA_DENIED : CH_AGENDA_ACTUAL;
	to->r.moves = ch_str_find_byte(status, '!', 0) != CH_STR_NONE;
	to->r.invites = ch_str_find_byte(status, 'i', 0) != CH_STR_NONE;
	to->r.lo = ch_day_parse(next(&rest));
	to->r.hi = ch_day_parse(next(&rest));
	read_side(to, 0, next(&rest));
	assert_true(ch_str_eqz(next(&rest), ">"));
	read_side(to, 1, next(&rest));
	to->r.place = said(ch_str_sub(rest, 1, rest.len));
}

static void check(const struct given *g, uint32_t n, uint32_t turn)
{
	static const char letters[] = "abcdef";
	struct ch_agenda_record records[RECORDS_MAX];
	struct read all[RECORDS_MAX];
	struct ch_agenda_item *items;
	struct ch_arena arena = { 0 };
	uint32_t n_items, want = 0;

	for (uint32_t i = 0; i < n; i++) {
		uint32_t from = (i + turn) % n;

		read_record(&all[i], g->records[from], &letters[from]);
		records[i] = all[i].r;
	}
	items = ch_agenda_link(records, n, ch_day_parse(ch_str_z(g->today)), &arena, &n_items);
	while (want < 4 && g->items[want].plans)
		want++;
	if (n_items != want)
		fail_msg("%s: %u items, not %u", g->what, n_items, want);
	for (uint32_t i = 0; i < n_items; i++) {
		const struct expected *e = NULL;
		char plans[8] = "", by = items[i].by == UINT32_MAX ? 0 : records[items[i].by].id.ptr[0];

		for (uint32_t k = 0; k < items[i].n_plans; k++)
			plans[k] = records[items[i].plans[k]].id.ptr[0];
		for (uint32_t k = 0; k < want; k++)
			if (strcmp(g->items[k].plans, plans) == 0)
				e = &g->items[k];
		if (!e)
			fail_msg("%s: an item of %s is not wanted", g->what, plans);
		else if (strcmp(ch_agenda_state_name(items[i].state), e->state) != 0 || by != e->by)
			fail_msg("%s, turned by %u: %s is %s by '%c', not %s by '%c'", g->what, turn, plans, ch_agenda_state_name(items[i].state),
				 by ? by : '-', e->state, e->by ? e->by : '-');
		else if (e->due && items[i].due_lo != ch_day_parse(ch_str_z(e->due)))
			fail_msg("%s: %s is due on another day than %s", g->what, plans, e->due);
	}
	ch_arena_free(&arena);
}

static void states(void **state)
{
	(void)state;
	for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
		uint32_t n = 0;

		while (n < RECORDS_MAX && cases[c].records[n])
			n++;
		for (uint32_t turn = 0; turn < n; turn++)
			check(&cases[c], n, turn);
	}
}

static void kinds(void **state)
{
	static const struct {
		const char *type, *mode, *kind;
	} all[] = { { "CONSULT", "visit", "visit" }, { "CONSULT", "meeting", "meeting" }, { "CONSULT", "", "meeting" }, { "CONSULT", "phone", "call" },
		    { "CONSULT", "letter", "letter" }, { "SUPPORT", "sign", "signing" }, { "SUPPORT", "praise", "deed" }, { "AID", "", "deed" } };

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct ch_agenda_record r = { .type = ch_str_z(all[i].type), .mode = ch_str_z(all[i].mode) };

		assert_string_equal(ch_agenda_kind_name(ch_agenda_kind(&r)), all[i].kind);
	}
}

static void state_names(void **state)
{
	enum ch_plan_state s;

	(void)state;
	for (int i = CH_PLAN_OPEN; i <= CH_PLAN_BROKEN; i++) {
		assert_true(ch_agenda_state_parse(ch_str_z(ch_agenda_state_name((enum ch_plan_state)i)), &s));
		assert_int_equal(s, i);
	}
	assert_false(ch_agenda_state_parse(CH_STR("done"), &s));
}

static void putting_off(void **state)
{
	static const struct {
		const char *sentence;
		bool moves;
	} all[] = { { "The visit was postponed.", true }, { "Rome put off the talks until May.", true }, { "Their meeting, Put  Off twice, is due.", true },
		    { "He put the letter off the table.", false }, { "The delay angered Oslo; it was delayed again.", true },
		    { "The envoy laid off his coat.", false }, { "", false } };

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct ch_arena arena = { 0 };

		if (ch_agenda_moves(ch_str_z(all[i].sentence), &arena) != all[i].moves)
			fail_msg("%s", all[i].sentence);
		ch_arena_free(&arena);
	}
}

static void words_of_pledges(void **state)
{
	static const struct {
		const char *what, *later;
		bool alike;
	} all[] = {
		{ "withdraw its troops from Sinai by April", "Israel withdrew the last of its troops from Sinai on Sunday.", true },
		{ "reopen the border crossing at Rafah", "The crossing at the Rafah border was reopened.", true },
		{ "reopen the border crossing at Rafah", "Talks about the port were reopened in Rome.", false },
		{ "pay ten million pounds to the fund", "It paid the ten million pounds into the fund.", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct ch_arena arena = { 0 };
		struct ch_str words[8];
		uint32_t n = ch_agenda_words(ch_str_z(all[i].what), &arena, words, 8);

		assert_true(n >= 3);
		if ((ch_agenda_overlap(words, n, ch_str_z(all[i].later), &arena) >= 0.6) != all[i].alike)
			fail_msg("%s: %s", all[i].what, all[i].later);
		ch_arena_free(&arena);
	}
}

/* Many plans and records of two busy states: every plan is told by one item, and it ends soon. */
static void busy_pair(void **state)
{
	enum { N = 20000 };
	static const struct ch_str parties[] = { { "AAA", 3 }, { "BBB", 3 } };
	struct ch_arena arena = { 0 };
	struct ch_agenda_record *r = CH_NEW_N(&arena, struct ch_agenda_record, N);
	struct ch_agenda_item *items;
	uint32_t n_items, told = 0;

	(void)state;
	for (uint32_t i = 0; i < N; i++) {
		r[i] = (struct ch_agenda_record){ .id = ch_arena_printf(&arena, "%05u", i), .type = CH_STR("CONSULT"), .mode = CH_STR("meeting"),
						  .status = i % 2 ? CH_AGENDA_PLANNED : CH_AGENDA_ACTUAL, .side = { parties, NULL }, .n_side = { 2, 0 } };
		r[i].told = (ch_day)(i / 10);
		r[i].lo = r[i].hi = i % 3 ? (ch_day)(i / 10 + i % 7) : CH_NO_DAY;
	}
	items = ch_agenda_link(r, N, 100000, &arena, &n_items);
	for (uint32_t i = 0; i < n_items; i++)
		told += items[i].n_plans;
	assert_int_equal(told, N / 2);
	ch_arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(states), cmocka_unit_test(kinds), cmocka_unit_test(state_names), cmocka_unit_test(putting_off),
		cmocka_unit_test(words_of_pledges), cmocka_unit_test(busy_pair),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
