#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>
#include <sqlite3.h>
#include "store/store.h"
#include "dump.h"
#include "sample.h"

static const struct ch_stamp stamp = { "0", "lexicon", "model" };

struct fixture {
	char dir[64], path[96], other[96];
	struct ch_store *store, *to;
	struct ch_arena arena;
	struct ch_err err;
};

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);

	strcpy(f->dir, "/tmp/chancery-test-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	snprintf(f->path, sizeof f->path, "%s/s.db", f->dir);
	snprintf(f->other, sizeof f->other, "%s/t.db", f->dir);
	assert_true(ch_store_open(f->path, true, &f->store, &f->err));
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;
	char file[128];

	ch_store_close(f->store);
	ch_store_close(f->to);
	ch_arena_free(&f->arena);
	for (int i = 0; i < 8; i++) {
		snprintf(file, sizeof file, "%s%s", i / 4 ? f->other : f->path, (const char *[]){ "", "-wal", "-shm", ".part" }[i % 4]);
		unlink(file);
	}
	rmdir(f->dir);
	free(f);
	return 0;
}

static void put(struct fixture *f, struct ch_store *store, const char *tail, const char *date)
{
	struct ch_doc doc;

	sample_doc(&doc, &f->arena, tail, date);
	assert_true(ch_store_begin(store, &f->err));
	assert_true(ch_store_put(store, ch_page_record(&doc, stamp), &f->err));
	assert_true(ch_store_commit(store, &f->err));
}

static void add_broken(void *ctx, struct ch_str line)
{
	dump_line(ctx, line);
}

static struct ch_str broken(struct fixture *f)
{
	struct dump_text t = { .arena = &f->arena };

	assert_true(ch_store_check(f->store, add_broken, &t, &f->err));
	return ch_str_n(t.v.v, t.v.n);
}

static void fill(struct fixture *f)
{
	put(f, f->store, "", "1977-11-19");
	put(f, f->store, " b", "1977-11");
	put(f, f->store, " c", "");
}

static void whole_store_has_nothing_broken(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(broken(f).len, 0);
	fill(f);
	assert_int_equal(broken(f).len, 0);
}

/* What somebody might do to the file, and the promise that it breaks. */
static void broken_promises_are_named(void **state)
{
	static const char *const slips[][2] = {
		{ "DELETE FROM page_raw WHERE page = 1", "pages without their bytes" },
		{ "UPDATE page_raw SET codec = 'none' WHERE page = 1", "pages whose bytes are not those" },
		{ "UPDATE events SET place = 'FRA' WHERE n = 1", "events that are not what their id says" },
		{ "UPDATE event_parties SET party = 'FRA' WHERE event = 1 AND side = 1", "events that are not what their id says" },
		{ "UPDATE reports SET frame = 'other' WHERE n = 1", "reports that are not what their id says" },
		{ "DELETE FROM reports WHERE event = 1", "events that no page tells" },
		{ "UPDATE reports SET sentence = 99 WHERE n = 1", "reports of sentences that are not there" },
		{ "UPDATE events SET day = '2001-01-01' WHERE n = 1", "events that stand in the wrong place" },
		{ "UPDATE event_parties SET head = 2 WHERE event = 1", "parties that stand in the wrong place" },
		{ "DELETE FROM events WHERE n = 1", "rows that refer to what is not there" },
		{ "UPDATE OR REPLACE row_parties SET row = 999", "parties of rows that are not there" },
		{ "UPDATE event_sums SET events = events + 1 WHERE party = 'EGY'", "sums of events that are not theirs (by party): EGY (1)" },
		{ "DELETE FROM tie_sums WHERE who = ''", "sums of ties that are not theirs (by party): all (1)" },
		{ "UPDATE sentences SET text = 'unheard of' WHERE n = 1", "full text" },
		{ "UPDATE event_groups SET head = 999", NULL },
	};

	for (size_t i = 0; i < sizeof slips / sizeof *slips; i++) {
		struct fixture *f;
		void *mine = NULL;
		struct ch_str said;
		sqlite3 *db;

		setup(&mine);
		f = mine;
		fill(f);
		assert_int_equal(sqlite3_open(f->path, &db), SQLITE_OK);
		assert_int_equal(sqlite3_exec(db, slips[i][0], NULL, NULL, NULL), SQLITE_OK);
		if (!slips[i][1] && !sqlite3_changes(db)) {
			sqlite3_close(db);
			teardown(&mine);
			continue;
		}
		sqlite3_close(db);
		said = broken(f);
		if (ch_str_find(said, ch_str_z(slips[i][1] ? slips[i][1] : "refer to what is not there"), 0) == CH_STR_NONE)
			fail_msg("%s: said was '%.*s'", slips[i][0], CH_STR_ARG(said));
		teardown(&mine);
	}
	(void)state;
}

static void vacuum_keeps_all(void **state)
{
	struct fixture *f = *state;
	struct ch_str before;
	sqlite3 *db;

	fill(f);
	before = dump_of(f->store, NULL, &f->arena);
	assert_int_equal(sqlite3_open(f->path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "INSERT INTO sentences_fts(sentences_fts) VALUES('delete-all')", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	assert_true(broken(f).len);
	assert_true(ch_store_vacuum(f->store, &f->err));
	assert_int_equal(broken(f).len, 0);
	assert_true(ch_str_eq(before, dump_of(f->store, NULL, &f->arena)));
}

/* Of the moment: what another writer has not committed is not in it, and does not stop it. */
static void backup_while_others_write(void **state)
{
	struct fixture *f = *state;
	struct ch_store *writer;
	struct ch_str before;
	struct ch_doc doc;

	fill(f);
	before = dump_of(f->store, NULL, &f->arena);
	assert_true(ch_store_open(f->path, false, &writer, &f->err));
	sample_doc(&doc, &f->arena, " d", "1977-11-20");
	assert_true(ch_store_begin(writer, &f->err));
	assert_true(ch_store_put(writer, ch_page_record(&doc, stamp), &f->err));
	assert_true(ch_store_backup(f->store, f->other, &f->err));
	assert_true(ch_store_commit(writer, &f->err));
	ch_store_close(writer);
	assert_true(ch_store_open(f->other, false, &f->to, &f->err));
	assert_true(ch_str_eq(before, dump_of(f->to, NULL, &f->arena)));
	assert_false(ch_str_eq(before, dump_of(f->store, NULL, &f->arena)));
	assert_false(ch_store_backup(f->store, f->other, &f->err));
	assert_non_null(strstr(f->err.text, "there already"));
	assert_false(ch_store_backup(f->store, "/nowhere/at/all.db", &f->err));
}

static void copy_is_the_same(void **state)
{
	struct fixture *f = *state;

	fill(f);
	assert_true(ch_store_open(f->other, true, &f->to, &f->err));
	assert_true(ch_store_copy(f->store, f->to, &f->err));
	assert_true(ch_str_eq(dump_of(f->store, NULL, &f->arena), dump_of(f->to, NULL, &f->arena)));
	/* and goes on as the first would */
	put(f, f->store, " d", "1977-11-20");
	put(f, f->to, " d", "1977-11-20");
	assert_true(ch_str_eq(dump_of(f->store, NULL, &f->arena), dump_of(f->to, NULL, &f->arena)));
	assert_false(ch_store_copy(f->store, f->to, &f->err));
	assert_non_null(strstr(f->err.text, "pages of its own"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(whole_store_has_nothing_broken, setup, teardown),
		cmocka_unit_test(broken_promises_are_named),
		cmocka_unit_test_setup_teardown(vacuum_keeps_all, setup, teardown),
		cmocka_unit_test_setup_teardown(backup_while_others_write, setup, teardown),
		cmocka_unit_test_setup_teardown(copy_is_the_same, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
