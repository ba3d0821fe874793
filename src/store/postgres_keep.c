/* store/postgres_keep.c -- upkeep of a PostgreSQL store: full text anew, a backup into an SQLite file, all rows out and in. */
#include "store/postgres.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- full text ---- */

static const char sentence_words[] = "sentences_fts", statement_words[] = "statements_fts";

/* select: number and text of the rows behind a number, in their order. */
static bool words_anew(struct ch_pg *pg, const char *select, const char *table, struct ch_err *err)
{
	int64_t last = 0;
	bool ok = true, more = true;

	while (ok && more) {
		struct ch_pg_st *st = ch_pg_open(pg, select, true);

		more = false;
		ch_pg_bind_int(st, 1, last);
		while (ok && ch_pg_step(st)) {
			more = true;
			last = ch_pg_int(st, 0);
			ok = ch_pg_load_words(pg, table, last, ch_pg_text(st, 1), err);
		}
		ok = ch_pg_end(st, ok ? err : NULL) && ok;
	}
	return ok;
}

bool ch_postgres_vacuum(void *p, struct ch_err *err)
{
	struct ch_sql *db = p;
	bool ok = ch_postgres_verbs.begin(db, err);

	if (!ok)
		return false;
	ok = ch_pg_exec(db->pg, "DELETE FROM sentences_fts; DELETE FROM statements_fts", err) && ch_pg_load_begin(db->pg, false, err) &&
	     words_anew(db->pg, "SELECT n, text FROM sentences WHERE n > ? ORDER BY n LIMIT 4096", sentence_words, err) &&
	     words_anew(db->pg, "SELECT n, said FROM statements WHERE n > ? ORDER BY n LIMIT 4096", statement_words, err) &&
	     ch_pg_load_end(db->pg, err) && ch_postgres_verbs.commit(db, err);
	if (!ok)
		ch_postgres_verbs.rollback(db);
	return ok && ch_pg_alone(db->pg, "VACUUM (ANALYZE)", err);
}

/* ---- backup ---- */

/* Of one moment, while others write: an SQLite store, which the program reads and copies back. The file has its name once it is whole. */
bool ch_postgres_backup(void *p, const char *to, struct ch_err *err)
{
	struct ch_arena arena = { 0 };
	const char *part = ch_arena_printf(&arena, "%s.part", to).ptr;
	void *out;
	bool ok;

	if (!access(to, F_OK)) {
		ch_arena_free(&arena);
		return ch_fail(err, "%s: is there already; give another name", to);
	}
	unlink(part);
	ok = ch_sqlite_verbs.open(part, true, &out, err);
	if (ok) {
		ok = ch_copy(&ch_postgres_verbs, p, &ch_sqlite_verbs, out, err);
		ch_sqlite_verbs.close(out);
	}
	if (ok && rename(part, to))
		ok = ch_fail(err, "%s: cannot be written", to);
	if (!ok)
		unlink(part);
	ch_arena_free(&arena);
	return ok;
}

/* ---- all rows ---- */

static bool table_out(struct ch_pg *pg, const char *table, ch_table_row_fn *fn, void *ctx, bool *go, struct ch_err *err)
{
	struct ch_value values[CH_TABLE_COLS_MAX];
	const char *names[CH_TABLE_COLS_MAX];
	struct ch_table_row row = { .table = table, .columns = names, .values = values };
	char sql[96];
	struct ch_pg_st *st;

	snprintf(sql, sizeof sql, "SELECT * FROM %s", table);
	st = ch_pg_open(pg, sql, false);
	while (*go && ch_pg_step(st)) {
		const int n = ch_pg_columns(st);

		row.n = (uint32_t)(n < CH_TABLE_COLS_MAX ? n : CH_TABLE_COLS_MAX);
		for (int i = 0; i < (int)row.n; i++)
			ch_pg_value(st, i, &names[i], &values[i]);
		*go = fn(ctx, &row);
	}
	return ch_pg_end(st, err);
}

bool ch_postgres_all_out(void *p, ch_table_row_fn *fn, void *ctx, struct ch_err *err)
{
	struct ch_sql *db = p;
	/* while its cursor is open, all is read in one transaction, of one moment */
	struct ch_pg_st *moment = ch_pg_open(db->pg, "SELECT 1", false);
	bool ok = ch_pg_step(moment), go = true;

	for (size_t i = 0; ok && go && ch_store_tables[i]; i++)
		ok = table_out(db->pg, ch_store_tables[i], fn, ctx, &go, err);
	return ch_pg_end(moment, ok ? err : NULL) && ok;
}

static const struct ch_value *value_of(const struct ch_table_row *row, const char *column)
{
	static const struct ch_value none = { .kind = CH_VALUE_NULL };

	for (uint32_t i = 0; i < row->n; i++)
		if (strcmp(row->columns[i], column) == 0)
			return &row->values[i];
	return &none;
}

bool ch_postgres_row_in(void *p, const struct ch_table_row *row, struct ch_err *err)
{
	struct ch_sql *db = p;
	const char *words = strcmp(row->table, "sentences") == 0 ? sentence_words : strcmp(row->table, "statements") == 0 ? statement_words : NULL;

	if (!*ch_pg_loading(db->pg) && !ch_pg_load_begin(db->pg, true, err))
		return false;
	return ch_pg_load_row(db->pg, row, err) &&
	       (!words || ch_pg_load_words(db->pg, words, value_of(row, "n")->number,
					   value_of(row, words == sentence_words ? "text" : "said")->bytes, err));
}

/* Numbers go on behind those that came. */
bool ch_postgres_rows_done(void *p, struct ch_err *err)
{
	struct ch_sql *db = p;
	struct ch_pg_st *st;
	bool ok;

	if (*ch_pg_loading(db->pg) && !ch_pg_load_end(db->pg, err))
		return false;
	st = ch_pg_open(db->pg, "SELECT table_name FROM information_schema.columns WHERE table_schema = current_schema() AND column_name = 'n'"
			" AND is_identity = 'YES'", false);
	ok = true;
	while (ok && ch_pg_step(st)) {
		struct ch_arena arena = { 0 };
		struct ch_str table = ch_pg_text(st, 0);

		ok = ch_pg_exec(db->pg, ch_arena_printf(&arena, "SELECT setval(pg_get_serial_sequence('%.*s', 'n'), coalesce(max(n), 0) + 1, FALSE) FROM %.*s",
							CH_STR_ARG(table), CH_STR_ARG(table)).ptr, err);
		ch_arena_free(&arena);
	}
	return ch_pg_end(st, ok ? err : NULL) && ok;
}
