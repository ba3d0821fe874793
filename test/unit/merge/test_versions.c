/* Versions of an event within a story. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "merge/versions.h"

struct given {
	const char *id, *type, *mode, *place, *status, *lo, *hi, *source, *target;
	int64_t page;
	const char *head;   /* id of the version that it should be one with */
};

static uint32_t parties(struct ch_str *out, const char *text)
{
	struct ch_str rest = ch_str_z(text), one;
	uint32_t n = 0;

	while (rest.len && ch_str_cut(&rest, ' ', &one))
		out[n++] = one;
	return n;
}

static void check(const char *what, const struct given *g, uint32_t n)
{
	struct ch_str sides[8][2][4];
	struct ch_version v[8];

	/* in every rotation: the order must not matter */
	for (uint32_t turn = 0; turn < n; turn++) {
		struct ch_arena arena = { 0 };

		for (uint32_t i = 0; i < n; i++) {
			const struct given *from = &g[(i + turn) % n];

			v[i] = (struct ch_version){ .id = ch_str_z(from->id), .type = ch_str_z(from->type), .mode = ch_str_z(from->mode),
				.place = ch_str_z(from->place), .status = ch_str_z(from->status), .lo = ch_str_z(from->lo),
				.hi = ch_str_z(from->hi), .side = { sides[i][0], sides[i][1] }, .pages = &from->page, .n_pages = 1 };
			v[i].n_side[0] = parties(sides[i][0], from->source);
			v[i].n_side[1] = parties(sides[i][1], from->target);
		}
		ch_versions_group(v, n, &arena);
		for (uint32_t i = 0; i < n; i++)
			if (!ch_str_eqz(v[v[i].head].id, g[(i + turn) % n].head))
				fail_msg("%s: %s went to %.*s", what, g[(i + turn) % n].id, CH_STR_ARG(v[v[i].head].id));
		ch_arena_free(&arena);
	}
}

#define CHECK(what, ...) check(what, (const struct given[]){ __VA_ARGS__ }, sizeof((struct given[]){ __VA_ARGS__ }) / sizeof(struct given))
#define VISIT "CONSULT", "visit"
#define TALKS "CONSULT", "meeting"
#define DAY "2014-05-11", "2014-05-11"
#define MONTH "2014-05-01", "2014-05-31"

static void one_event(void **state)
{
	(void)state;
	CHECK("a month and a day in it", { "a", VISIT, "CVD", "actual", DAY, "BHR", "CVD", 1, "a" },
	      { "b", VISIT, "CVD", "actual", MONTH, "BHR", "CVD", 2, "a" });
	CHECK("undated, and no place", { "a", VISIT, "CVD", "actual", DAY, "BHR", "CVD", 1, "a" },
	      { "b", VISIT, "", "actual", "", "", "BHR", "CVD", 2, "a" });
	CHECK("a party missing", { "a", VISIT, "CVD", "actual", DAY, "BHR", "CVD", 1, "a" },
	      { "b", VISIT, "CVD", "actual", DAY, "BHR", "", 2, "a" });
	CHECK("talks have no first side", { "a", TALKS, "CVD", "actual", DAY, "BHR", "CVD", 1, "a" },
	      { "b", TALKS, "CVD", "actual", MONTH, "CVD", "BHR", 2, "a" });
	CHECK("mode unsaid", { "a", TALKS, "CVD", "actual", DAY, "BHR", "CVD", 1, "a" },
	      { "b", "CONSULT", "", "CVD", "actual", DAY, "BHR", "CVD", 2, "a" });
	CHECK("three", { "c", VISIT, "", "actual", "", "", "BHR", "CVD", 3, "a" }, { "a", VISIT, "CVD", "actual", DAY, "BHR", "CVD", 1, "a" },
	      { "b", VISIT, "CVD", "actual", MONTH, "BHR", "CVD", 2, "a" });
}

static void several_events(void **state)
{
	(void)state;
	CHECK("another day", { "a", VISIT, "CVD", "actual", DAY, "BHR", "CVD", 1, "a" },
	      { "b", VISIT, "CVD", "actual", "2014-05-12", "2014-05-12", "BHR", "CVD", 2, "b" });
	CHECK("there and back", { "a", VISIT, "CVD", "actual", DAY, "BHR", "CVD", 1, "a" },
	      { "b", VISIT, "", "actual", DAY, "CVD", "BHR", 2, "b" });
	CHECK("planned", { "a", VISIT, "CVD", "actual", DAY, "BHR", "CVD", 1, "a" },
	      { "b", VISIT, "CVD", "planned", DAY, "BHR", "CVD", 2, "b" });
	CHECK("told apart by one page", { "a", VISIT, "CVD", "actual", DAY, "BHR", "CVD", 1, "a" },
	      { "b", VISIT, "CVD", "actual", MONTH, "BHR", "CVD", 1, "b" });
	CHECK("other parties", { "a", TALKS, "", "actual", DAY, "BHR", "CVD", 1, "a" }, { "b", TALKS, "", "actual", DAY, "BHR", "OST", 2, "b" });
	CHECK("nobody", { "a", TALKS, "", "actual", DAY, "BHR", "CVD", 1, "a" }, { "b", TALKS, "", "actual", DAY, "", "", 2, "b" });
	CHECK("a month does not make one of two days", { "a", VISIT, "CVD", "actual", DAY, "BHR", "CVD", 1, "a" },
	      { "b", VISIT, "CVD", "actual", "2014-05-20", "2014-05-20", "BHR", "CVD", 2, "b" },
	      { "c", VISIT, "CVD", "actual", MONTH, "BHR", "CVD", 3, "a" });
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(one_event), cmocka_unit_test(several_events) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
