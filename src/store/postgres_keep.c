/* store/postgres_keep.c -- upkeep of a PostgreSQL store: full text anew, a backup into an SQLite file, all rows out and in. */
#include "store/postgres.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- full text ---- */

static bool put_vector(struct ch_pg *pg, const char *sql, int64_t n, struct ch_str text, struct ch_err *err)
{
	struct ch_pg_st *st = ch_pg_open(pg, sql, true);

	ch_pg_bind_int(st, 1, n);
	ch_pg_bind(st, 2, CH_PG_TEXT, text);
	ch_pg_step(st);
	return ch_pg_end(st, err);
}

static const char sentence_vector[] = "INSERT INTO sentences_fts(rowid, text) VALUES(?,?)";
static const char statement_vector[] = "INSERT INTO statements_fts(rowid, said) VALUES(?,?)";

static bool vectors_anew(struct ch_pg *pg, const char *select, const char *insert, struct ch_err *err)
{
	struct ch_pg_st *st = ch_pg_open(pg, select, false);
	bool ok = true;

	while (ok && ch_pg_step(st))
		ok = put_vector(pg, insert, ch_pg_int(st, 0), ch_pg_text(st, 1), err);
	return ch_pg_end(st, ok ? err : NULL) && ok;
}

bool ch_postgres_vacuum(void *p, struct ch_err *err)
{
	struct ch_sql *db = p;
	bool ok = ch_postgres_verbs.begin(db, err);

	if (!ok)
		return false;
	ok = ch_pg_exec(db->pg, "DELETE FROM sentences_fts; DELETE FROM statements_fts", err) &&
	     vectors_anew(db->pg, "SELECT n, text FROM sentences ORDER BY n", sentence_vector, err) &&
	     vectors_anew(db->pg, "SELECT n, said FROM statements ORDER BY n", statement_vector, err) && ch_postgres_verbs.commit(db, err);
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

static const char *insert_sql(struct ch_arena *arena, const struct ch_table_row *row)
{
	struct ch_str columns = CH_STR(""), marks = CH_STR("");

	for (uint32_t i = 0; i < row->n; i++) {
		columns = ch_arena_printf(arena, "%.*s%s\"%s\"", CH_STR_ARG(columns), i ? ", " : "", row->columns[i]);
		marks = ch_arena_printf(arena, "%.*s%s?", CH_STR_ARG(marks), i ? "," : "");
	}
	return ch_arena_printf(arena, "INSERT INTO %s(%.*s) VALUES(%.*s)", row->table, CH_STR_ARG(columns), CH_STR_ARG(marks)).ptr;
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
	struct ch_pg_st *st;

	if (!db->into_table || strcmp(db->into_table, row->table) != 0) {
		db->into_table = row->table;
		db->into_sql = insert_sql(ch_pg_arena(db->pg), row);
	}
	st = ch_pg_open(db->pg, db->into_sql, true);
	for (uint32_t i = 0; i < row->n; i++) {
		const struct ch_value *v = &row->values[i];

		switch (v->kind) {
		case CH_VALUE_NULL: ch_pg_bind(st, (int)i + 1, CH_PG_NULL, CH_STR("")); break;
		case CH_VALUE_INT: ch_pg_bind_int(st, (int)i + 1, v->number); break;
		case CH_VALUE_REAL: ch_pg_bind_real(st, (int)i + 1, v->real); break;
		case CH_VALUE_TEXT: ch_pg_bind(st, (int)i + 1, CH_PG_TEXT, v->bytes); break;
		case CH_VALUE_BYTES: ch_pg_bind(st, (int)i + 1, CH_PG_BYTES, v->bytes); break;
		}
	}
	ch_pg_step(st);
	if (!ch_pg_end(st, err))
		return false;
	if (strcmp(row->table, "sentences") == 0)
		return put_vector(db->pg, sentence_vector, value_of(row, "n")->number, value_of(row, "text")->bytes, err);
	if (strcmp(row->table, "statements") == 0)
		return put_vector(db->pg, statement_vector, value_of(row, "n")->number, value_of(row, "said")->bytes, err);
	return true;
}

/* Numbers go on behind those that came. */
bool ch_postgres_rows_done(void *p, struct ch_err *err)
{
	struct ch_sql *db = p;
	struct ch_pg_st *st = ch_pg_open(db->pg, "SELECT table_name FROM information_schema.columns WHERE table_schema = current_schema() AND column_name = 'n'"
					 " AND is_identity = 'YES'", false);
	bool ok = true;

	db->into_table = NULL;
	while (ok && ch_pg_step(st)) {
		struct ch_arena arena = { 0 };
		struct ch_str table = ch_pg_text(st, 0);

		ok = ch_pg_exec(db->pg, ch_arena_printf(&arena, "SELECT setval(pg_get_serial_sequence('%.*s', 'n'), coalesce(max(n), 0) + 1, FALSE) FROM %.*s",
							CH_STR_ARG(table), CH_STR_ARG(table)).ptr, err);
		ch_arena_free(&arena);
	}
	return ch_pg_end(st, ok ? err : NULL) && ok;
}
