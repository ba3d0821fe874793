/* One event from reports in different stories. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "merge/reports.h"

struct given {
	const char *id, *type, *mode, *place, *status, *lo, *hi, *source, *target;
	int64_t page;
	const char *outlet, *published;
	const char *head;   /* id of the version that it should be linked with; "": none */
};

enum { MANY = 8 };

struct made {
	struct ch_str sides[2][6], outlet;
	struct ch_version v;
};

static uint32_t parties(struct ch_str *out, const char *text)
{
	struct ch_str rest = ch_str_z(text), one;
	uint32_t n = 0;

	while (rest.len && ch_str_cut(&rest, ' ', &one))
		out[n++] = one;
	return n;
}

static void make(struct made *m, const struct given *g)
{
	m->outlet = ch_str_z(g->outlet);
	m->v = (struct ch_version){ .id = ch_str_z(g->id), .type = ch_str_z(g->type), .mode = ch_str_z(g->mode), .place = ch_str_z(g->place),
		.status = ch_str_z(g->status), .lo = ch_str_z(g->lo), .hi = ch_str_z(g->hi), .side = { m->sides[0], m->sides[1] },
		.pages = &g->page, .n_pages = 1, .outlets = &m->outlet, .n_outlets = m->outlet.len > 0,
		.published = ch_day_parse(ch_str_z(g->published)) };
	m->v.n_side[0] = parties(m->sides[0], g->source);
	m->v.n_side[1] = parties(m->sides[1], g->target);
}

/* Those that are near v, as a store finds them: by keys in reach. */
static uint32_t others_of(const struct made *all, uint32_t n, uint32_t at, const struct ch_version **out)
{
	struct ch_reach reaches[CH_NEAR_KEYS * CH_NEAR_REACHES];
	uint32_t n_reaches = ch_near_reaches(&all[at].v, reaches), found = 0;

	for (uint32_t i = 0; i < n; i++) {
		struct ch_near_key keys[CH_NEAR_KEYS];
		uint32_t n_keys = ch_near_keys(&all[i].v, keys);
		bool in = false;

		for (uint32_t k = 0; k < n_keys; k++)
			for (uint32_t r = 0; r < n_reaches; r++)
				in = in || (keys[k].key == reaches[r].key && keys[k].day >= reaches[r].first && keys[k].day <= reaches[r].last);
		if (i != at && in && ch_nearness(&all[at].v, &all[i].v) != CH_NEAR_NOT)
			out[found++] = &all[i].v;
		/* keys and rules must agree: what is near is in reach */
		if (i != at && !in && ch_nearness(&all[at].v, &all[i].v) >= CH_NEAR_A_DAY)
			fail_msg("%.*s is not in reach of %.*s", CH_STR_ARG(all[i].v.id), CH_STR_ARG(all[at].v.id));
	}
	return found;
}

static void check(const char *what, const struct given *g, uint32_t n)
{
	struct made all[MANY];

	for (uint32_t i = 0; i < n; i++)
		make(&all[i], &g[i]);
	for (uint32_t i = 0; i < n; i++) {
		const struct ch_version *others[MANY];
		uint32_t n_others = others_of(all, n, i, others), head = ch_near_head(&all[i].v, others, n_others);
		struct ch_str got = head == UINT32_MAX ? CH_STR("") : others[head]->id;

		for (uint32_t k = 0; k < n; k++)
			if (ch_nearness(&all[i].v, &all[k].v) != ch_nearness(&all[k].v, &all[i].v))
				fail_msg("%s: %s and %s are not near each other the same both ways", what, g[i].id, g[k].id);
		if (!ch_str_eqz(got, g[i].head))
			fail_msg("%s: %s went to '%.*s'", what, g[i].id, CH_STR_ARG(got));
	}
}

#define CHECK(what, ...) check(what, (const struct given[]){ __VA_ARGS__ }, sizeof((struct given[]){ __VA_ARGS__ }) / sizeof(struct given))
#define VISIT "CONSULT", "visit"
#define TALKS "CONSULT", "meeting"
#define CALL "CONSULT", "phone"
#define SIGN "SUPPORT", "sign"
#define ON(day) day, day
#define MAY "2014-05-01", "2014-05-31"
#define UNDATED "", ""
#define BOTH "BHR", "CVD"

static void one_event(void **state)
{
	(void)state;
	CHECK("a day before or after", { "a", VISIT, "CVD", "actual", ON("2014-05-11"), BOTH, 1, "Echo", "2014-05-11", "" },
	      { "b", VISIT, "", "actual", ON("2014-05-12"), BOTH, 2, "Courier", "2014-05-12", "a" });
	CHECK("a month and a day in it", { "a", VISIT, "CVD", "actual", ON("2014-05-11"), BOTH, 1, "Echo", "2014-05-11", "" },
	      { "b", VISIT, "", "actual", MAY, BOTH, 2, "Echo", "2014-07-01", "a" });
	CHECK("days and one of them", { "a", VISIT, "CVD", "actual", ON("2014-05-12"), BOTH, 1, "Echo", "2014-05-12", "" },
	      { "b", VISIT, "CVD", "actual", "2014-05-11", "2014-05-13", BOTH, 2, "Echo", "2014-05-14", "a" });
	CHECK("undated, told in these days", { "a", TALKS, "CVD", "actual", ON("2014-05-11"), "BHR CVD", "", 1, "Echo", "2014-05-12", "" },
	      { "b", TALKS, "", "actual", UNDATED, "BHR CVD", "", 2, "Courier", "2014-05-13", "a" });
	CHECK("announced without a day", { "a", VISIT, "CVD", "planned", ON("2014-06-20"), BOTH, 1, "Echo", "2014-05-12", "" },
	      { "b", VISIT, "CVD", "planned", UNDATED, BOTH, 2, "Courier", "2014-05-13", "a" });
	CHECK("no sides, a party more", { "a", SIGN, "", "actual", ON("2014-05-11"), "BHR CVD OST", "", 1, "Echo", "2014-05-12", "" },
	      { "b", SIGN, "CVD", "actual", ON("2014-05-11"), "BHR CVD", "", 2, "Courier", "2014-05-13", "a" });
	CHECK("a call on either day", { "a", CALL, "", "actual", ON("2014-05-11"), BOTH, 1, "Echo", "2014-05-12", "" },
	      { "b", CALL, "", "actual", ON("2014-05-12"), "CVD", "BHR", 2, "Courier", "2014-05-13", "a" });
	CHECK("many parties, all of them", { "a", TALKS, "CVD", "actual", ON("2014-05-11"), "BHR CVD FRA ITA OST", "", 1, "Echo", "2014-05-12", "" },
	      { "b", TALKS, "", "actual", ON("2014-05-11"), "BHR CVD FRA ITA OST", "", 2, "Courier", "2014-05-13", "a" });
}

static void several_events(void **state)
{
	(void)state;
	CHECK("two days apart", { "a", CALL, "", "actual", ON("2014-05-11"), BOTH, 1, "Echo", "2014-05-12", "" },
	      { "b", CALL, "", "actual", ON("2014-05-13"), BOTH, 2, "Courier", "2014-05-13", "" });
	CHECK("a week apart", { "a", CALL, "", "actual", ON("2014-05-11"), BOTH, 1, "Echo", "2014-05-12", "" },
	      { "b", CALL, "", "actual", ON("2014-05-18"), BOTH, 2, "Courier", "2014-05-18", "" });
	CHECK("one outlet tells both days", { "a", VISIT, "CVD", "actual", ON("2014-05-11"), BOTH, 1, "Echo", "2014-05-11", "" },
	      { "b", VISIT, "CVD", "actual", ON("2014-05-12"), BOTH, 2, "Echo", "2014-05-12", "" });
	CHECK("one page tells both", { "a", VISIT, "CVD", "actual", ON("2014-05-11"), BOTH, 1, "Echo", "2014-05-11", "" },
	      { "b", VISIT, "", "actual", ON("2014-05-11"), BOTH, 1, "Echo", "2014-05-11", "" });
	CHECK("day after day", { "a", TALKS, "CVD", "actual", ON("2014-05-11"), "BHR CVD", "", 1, "Echo", "2014-05-11", "" },
	      { "b", TALKS, "CVD", "actual", ON("2014-05-12"), "BHR CVD", "", 2, "Courier", "2014-05-12", "" },
	      { "c", TALKS, "CVD", "actual", ON("2014-05-13"), "BHR CVD", "", 3, "Gazette", "2014-05-13", "" });
	CHECK("other places", { "a", TALKS, "CVD", "actual", ON("2014-05-11"), "BHR CVD", "", 1, "Echo", "2014-05-11", "" },
	      { "b", TALKS, "BHR", "actual", ON("2014-05-11"), "BHR CVD", "", 2, "Courier", "2014-05-12", "" });
	CHECK("nobody can tell which", { "a", TALKS, "CVD", "actual", ON("2014-05-11"), "BHR CVD", "", 1, "Echo", "2014-05-11", "" },
	      { "b", TALKS, "BHR", "actual", ON("2014-05-11"), "BHR CVD", "", 2, "Courier", "2014-05-12", "" },
	      { "c", TALKS, "", "actual", ON("2014-05-11"), "BHR CVD", "", 3, "Gazette", "2014-05-12", "" });
	CHECK("a month with two visits", { "a", VISIT, "CVD", "actual", ON("2014-05-11"), BOTH, 1, "Echo", "2014-05-11", "" },
	      { "b", VISIT, "CVD", "actual", ON("2014-05-20"), BOTH, 2, "Courier", "2014-05-20", "" },
	      { "c", VISIT, "CVD", "actual", MAY, BOTH, 3, "Gazette", "2014-06-01", "" });
	CHECK("talks some time in the month", { "a", TALKS, "CVD", "actual", ON("2014-05-11"), "BHR CVD", "", 1, "Echo", "2014-05-11", "" },
	      { "b", TALKS, "", "actual", MAY, "BHR CVD", "", 2, "Courier", "2014-06-02", "" });
	CHECK("undated, told a week later", { "a", TALKS, "CVD", "actual", ON("2014-05-11"), "BHR CVD", "", 1, "Echo", "2014-05-12", "" },
	      { "b", TALKS, "", "actual", UNDATED, "BHR CVD", "", 2, "Courier", "2014-05-18", "" });
	CHECK("both undated", { "a", TALKS, "CVD", "actual", UNDATED, "BHR CVD", "", 1, "Echo", "2014-05-12", "" },
	      { "b", TALKS, "CVD", "actual", UNDATED, "BHR CVD", "", 2, "Courier", "2014-05-12", "" });
	CHECK("there and back", { "a", VISIT, "", "actual", ON("2014-05-11"), "BHR", "CVD", 1, "Echo", "2014-05-12", "" },
	      { "b", VISIT, "", "actual", ON("2014-05-11"), "CVD", "BHR", 2, "Courier", "2014-05-12", "" });
	CHECK("two beside three", { "a", TALKS, "", "actual", ON("2014-05-11"), "BHR CVD OST", "", 1, "Echo", "2014-05-12", "" },
	      { "b", TALKS, "", "actual", ON("2014-05-11"), "BHR CVD", "", 2, "Courier", "2014-05-12", "" });
	CHECK("one party only", { "a", VISIT, "CVD", "actual", ON("2014-05-11"), "BHR", "CVD", 1, "Echo", "2014-05-12", "" },
	      { "b", VISIT, "CVD", "actual", ON("2014-05-11"), "BHR", "", 2, "Courier", "2014-05-12", "" });
	CHECK("planned is not made", { "a", VISIT, "CVD", "actual", ON("2014-05-11"), "BHR", "CVD", 1, "Echo", "2014-05-12", "" },
	      { "b", VISIT, "CVD", "planned", ON("2014-05-11"), "BHR", "CVD", 2, "Courier", "2014-05-02", "" });
	CHECK("a call is no letter", { "a", CALL, "", "actual", ON("2014-05-11"), BOTH, 1, "Echo", "2014-05-12", "" },
	      { "b", "CONSULT", "letter", "", "actual", ON("2014-05-11"), BOTH, 2, "Courier", "2014-05-12", "" });
	CHECK("raids are many", { "a", "ASSAULT", "aerial", "CVD", "actual", ON("2014-05-11"), BOTH, 1, "Echo", "2014-05-12", "" },
	      { "b", "ASSAULT", "aerial", "", "actual", ON("2014-05-11"), BOTH, 2, "Courier", "2014-05-12", "" });
	CHECK("long ago, some year", { "a", VISIT, "CVD", "actual", ON("2014-05-11"), BOTH, 1, "Echo", "2014-05-12", "" },
	      { "b", VISIT, "CVD", "actual", "2014-01-01", "2014-12-31", BOTH, 2, "Courier", "2016-05-12", "" });
}

/* What two links bring together need not fit. */
static void fits(void **state)
{
	static const struct given g[] = {
		{ "a", VISIT, "", "actual", ON("2014-05-11"), BOTH, 1, "Echo", "2014-05-11", "" },
		{ "b", VISIT, "CVD", "actual", MAY, BOTH, 2, "Courier", "2014-05-12", "" },
		{ "c", VISIT, "OST", "actual", ON("2014-05-11"), BOTH, 3, "Gazette", "2014-05-12", "" },
		{ "d", VISIT, "", "actual", ON("2014-05-13"), BOTH, 4, "Gazette", "2014-05-12", "" },
		{ "e", "CONSULT", "", "", "actual", UNDATED, "BHR", "", 4, "Gazette", "2014-05-12", "" },
	};
	static const bool want[5][5] = {
		{ 1, 1, 1, 0, 1 }, { 1, 1, 0, 1, 1 }, { 1, 0, 1, 0, 1 }, { 0, 1, 0, 1, 1 }, { 1, 1, 1, 1, 1 },
	};
	struct made m[5];

	(void)state;
	for (int i = 0; i < 5; i++)
		make(&m[i], &g[i]);
	for (int i = 0; i < 5; i++)
		for (int k = 0; k < 5; k++)
			if (ch_version_fits(&m[i].v, &m[k].v) != want[i][k])
				fail_msg("%s and %s", g[i].id, g[k].id);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(one_event), cmocka_unit_test(several_events), cmocka_unit_test(fits) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
