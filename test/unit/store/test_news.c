/* Records in the order in which they came: each register's, each once, none before what was told already, on both kinds of store. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "fixture.h"
#include "sample.h"
#include <sqlite3.h>

enum { MANY = 1000 };

static void older(const char *path)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, SAMPLE_NO_HITS "PRAGMA user_version = 13", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void put_on(struct fixture *f, const char *tail, const char *date, bool again)
{
	struct ch_arena arena = { 0 };
	struct ch_doc doc;

	sample_doc(&doc, &arena, tail, date);
	assert_true(ch_store_begin(f->store, &f->err));
	assert_true((again ? ch_store_replace : ch_store_put)(f->store, ch_page_record(&doc, (struct ch_stamp){ "1", "1", "1" }), &f->err));
	assert_true(ch_store_commit(f->store, &f->err));
	ch_arena_free(&arena);
}

static void put(struct fixture *f, const char *tail, bool again)
{
	put_on(f, tail, "1977-11-19", again);
}

/* All behind *at, at most max at a time; how many. */
static uint32_t news(struct fixture *f, unsigned what, const struct ch_query *q, uint32_t max, uint64_t *at, struct ch_new_record *all)
{
	uint32_t n = 0, got;

	do {
		const uint64_t before = *at;

		assert_true(n + max <= MANY);
		if (!ch_store_news(f->store, what, q, at, &f->arena, all + n, max, &got, &f->err))
			fail_msg("%s", f->err.text);
		assert_true(got <= max && (*at >= before || before == UINT64_MAX));
		for (uint32_t i = 0; i < got; i++) {
			assert_true(all[n + i].number > before && all[n + i].number <= *at && all[n + i].id.len == 32);
			assert_true(!i || all[n + i].number > all[n + i - 1].number);
		}
		n += got;
	} while (got);
	return n;
}

static void each_once_in_order(void **state)
{
	struct fixture *f = *state;
	struct ch_new_record some[MANY], more[MANY];

	put(f, "", false);
	put(f, " Two.", false);
	for (unsigned what = 0; what <= CH_NEW_PAGES; what++) {
		uint64_t at = 0, one_by_one = 0, end = UINT64_MAX;
		uint32_t n = news(f, what, &(struct ch_query){ 0 }, 100, &at, some);

		assert_true(n >= 2);
		assert_int_equal(news(f, what, &(struct ch_query){ 0 }, 1, &one_by_one, more), n);
		for (uint32_t i = 0; i < n; i++)
			assert_true(ch_str_eq(some[i].id, more[i].id) && some[i].number == more[i].number);
		assert_int_equal(news(f, what, &(struct ch_query){ 0 }, 100, &at, more), 0);
		assert_int_equal(news(f, what, &(struct ch_query){ 0 }, 100, &end, more), 0);
		assert_int_equal(end, at);
	}
	/* what comes now, and that alone */
	for (unsigned what = 0; what <= CH_NEW_PAGES; what++) {
		char tail[16], date[16];
		uint64_t at = UINT64_MAX;

		assert_int_equal(news(f, what, &(struct ch_query){ 0 }, 100, &at, some), 0);
		snprintf(tail, sizeof tail, " No. %u.", what);
		/* the same visit on the same day would be none that is new */
		snprintf(date, sizeof date, "1978-01-%02u", what + 1);
		put_on(f, tail, date, false);
		assert_true(news(f, what, &(struct ch_query){ 0 }, 100, &at, some) >= 1);
		assert_int_equal(news(f, what, &(struct ch_query){ 0 }, 100, &at, some), 0);
	}
}

static void filters(void **state)
{
	struct fixture *f = *state;
	static const struct {
		unsigned what;
		struct ch_query q;
		uint32_t n;
	} cases[] = {
		{ CH_REG_ROLES, { .who = CH_STR("Anwar Sadat") }, 1 }, { CH_REG_ROLES, { .who = CH_STR("FRA") }, 0 }, { CH_REG_QUOTES, { .search = CH_STR("war") }, 1 },
		{ CH_REG_QUOTES, { .search = CH_STR("peace") }, 0 }, { CH_REG_QUOTES, { .who = CH_STR("EGY"), .about = CH_STR("war") }, 1 },
		{ CH_REG_PLEDGES, { .until = CH_STR("1900-01-01") }, 0 }, { CH_REG_TALLIES, { .rejected = true }, 0 }, { CH_NEW_PAGES, { .about = CH_STR("Jerusalem") }, 1 },
		{ CH_NEW_PAGES, { .since = CH_STR("1999-01-01") }, 0 }, { CH_NEW_EVENTS, { .who = CH_STR("EGY"), .mode = CH_STR("visit") }, 1 },
		{ CH_REG_INSTRUMENTS, { .who = CH_STR("EGY"), .with = CH_STR("ISR") }, 1 },
	};
	struct ch_new_record some[MANY];

	put(f, "", false);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		uint64_t at = 0;
		const uint32_t n = news(f, cases[i].what, &cases[i].q, 100, &at, some);

		if (n != cases[i].n)
			fail_msg("%zu: %u, not %u", i, (unsigned)n, (unsigned)cases[i].n);
	}
}

/* Rows of a page that is read anew come again, by their own ids, even where the numbers that they had are free. */
static void read_anew(void **state)
{
	struct fixture *f = *state;
	struct ch_new_record first[MANY], again[MANY];

	put(f, "", false);
	for (unsigned what = 0; what < CH_REG_N; what++) {
		uint64_t at = 0;
		const uint32_t n = news(f, what, &(struct ch_query){ 0 }, 100, &at, first);

		put(f, "", true);
		assert_int_equal(news(f, what, &(struct ch_query){ 0 }, 100, &at, again), n);
		for (uint32_t i = 0; i < n; i++)
			assert_true(ch_str_eq(first[i].id, again[i].id) && again[i].number > first[n - 1].number);
	}
}

/* A store of before is told from its first row on, and goes on behind its last. */
static void of_an_older_version(void **state)
{
	struct fixture *f = *state;
	struct ch_new_record some[MANY];
	uint64_t at = 0, before = 0;
	uint32_t n;

	if (*where_server)
		return;
	put(f, "", false);
	n = news(f, CH_REG_MARKS, &(struct ch_query){ 0 }, 100, &before, some);
	ch_store_close(f->store);
	f->store = NULL;
	older(f->at.path);
	assert_true(ch_store_open(f->at.path, false, &f->store, &f->err));
	assert_int_equal(news(f, CH_REG_MARKS, &(struct ch_query){ 0 }, 100, &at, some), n);
	put(f, " Two.", false);
	assert_int_equal(news(f, CH_REG_MARKS, &(struct ch_query){ 0 }, 100, &at, some), n);
}

int main(void)
{
	const struct CMUnitTest all[] = {
		cmocka_unit_test_setup_teardown(each_once_in_order, setup, teardown), cmocka_unit_test_setup_teardown(filters, setup, teardown),
		cmocka_unit_test_setup_teardown(read_anew, setup, teardown), cmocka_unit_test_setup_teardown(of_an_older_version, setup, teardown),
	};
	int failed;

	WHERE_RUN(all, all, failed);
	return failed;
}
