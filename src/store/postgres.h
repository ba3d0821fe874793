/* store/postgres.h -- PostgreSQL behind the statements of sql.h: a connection, statements on it, and SQL turned into its dialect.
 *
 * All that reads and writes records is shared by both kinds of data base (sql_*.c); they differ in this and in how they are opened. */
#ifndef CH_STORE_POSTGRES_H
#define CH_STORE_POSTGRES_H
#include "store/sql.h"

struct ch_pg;
struct ch_pg_st;
struct pg_conn;     /* libpq's */
struct pg_result;

enum ch_pg_kind { CH_PG_NULL, CH_PG_TEXT, CH_PG_INT, CH_PG_REAL, CH_PG_BYTES };

/* A statement: bound from 1, its columns counted from 0. In a transaction, what gives no rows is sent and not waited for (pipeline mode), and rows
 * are kept until many go together (postgres_bulk.c): what fails then is told by the next one that waits, and at the latest by the commit. */
struct ch_pg_st *ch_pg_open(struct ch_pg *pg, const char *sql, bool keep);
void ch_pg_bind(struct ch_pg_st *st, int at, enum ch_pg_kind kind, struct ch_str bytes);   /* the bytes must outlive the statement */
void ch_pg_bind_int(struct ch_pg_st *st, int at, int64_t n);
/* CH_SQL_IN as an array; ids are ASCII. */
void ch_pg_bind_ints(struct ch_pg_st *st, int at, const int64_t *v, uint32_t n);
void ch_pg_bind_texts(struct ch_pg_st *st, int at, const struct ch_str *v, uint32_t n);
void ch_pg_bind_real(struct ch_pg_st *st, int at, double x);
bool ch_pg_step(struct ch_pg_st *st);
void ch_pg_again(struct ch_pg_st *st);
struct ch_str ch_pg_text(struct ch_pg_st *st, int col);    /* until the end of the statement */
struct ch_str ch_pg_bytes(struct ch_pg_st *st, int col);
int64_t ch_pg_int(struct ch_pg_st *st, int col);
double ch_pg_real(struct ch_pg_st *st, int col);
bool ch_pg_null(struct ch_pg_st *st, int col);
int ch_pg_columns(struct ch_pg_st *st);
bool ch_pg_end(struct ch_pg_st *st, struct ch_err *err);
/* Rows that are kept are sent; or nothing of the transaction is to be committed any more, for the reason given. */
void ch_pg_flush(struct ch_pg *pg);
void ch_pg_spoil(struct ch_pg *pg, const struct ch_err *err);
/* Statements with ";" between. Waits. */
bool ch_pg_exec(struct ch_pg *pg, const char *sql, struct ch_err *err);

/* Of all statements from now on: ch_store_limit. */
bool ch_pg_limit(struct ch_pg *pg, bool read_only, unsigned ms, struct ch_err *err);
enum ch_store_trouble *ch_pg_trouble(struct ch_pg *pg);
void ch_pg_late(struct ch_pg *pg);

/* A column of a row as it is, with its name. */
void ch_pg_value(struct ch_pg_st *st, int col, const char **name, struct ch_value *v);
/* As it is, and by itself. */
bool ch_pg_alone(struct ch_pg *pg, const char *sql, struct ch_err *err);

/* The connection, nothing under way on it, for what cannot be in a pipeline, until ch_pg_back; NULL on failure. res: the last result there,
 * whose failure is told. */
struct pg_conn *ch_pg_leave(struct ch_pg *pg, struct ch_err *err);
bool ch_pg_back(struct ch_pg *pg, const struct pg_result *res, struct ch_err *err);

/* postgres_load.c: many rows into tables by COPY, in a transaction. */
struct ch_pg_load;
struct ch_pg_load **ch_pg_loading(struct ch_pg *pg);
/* bare: the store has no rows, so that indexes and references are taken off and made when all is in. */
bool ch_pg_load_begin(struct ch_pg *pg, bool bare, struct ch_err *err);
/* columns: of the table, as COPY has them; what went into another table before is ended. */
bool ch_pg_load_row(struct ch_pg *pg, const struct ch_table_row *row, struct ch_err *err);
/* The words of a text, into a table of full text. */
bool ch_pg_load_words(struct ch_pg *pg, const char *table, int64_t n, struct ch_str text, struct ch_err *err);
bool ch_pg_load_end(struct ch_pg *pg, struct ch_err *err);
void ch_pg_load_drop(struct ch_pg *pg);   /* of a transaction that is given up; also where nothing was begun */

/* postgres_keep.c */
bool ch_postgres_vacuum(void *db, struct ch_err *err);
bool ch_postgres_backup(void *db, const char *to, struct ch_err *err);
bool ch_postgres_all_out(void *db, ch_table_row_fn *fn, void *ctx, struct ch_err *err);
bool ch_postgres_row_in(void *db, const struct ch_table_row *row, struct ch_err *err);
bool ch_postgres_rows_done(void *db, struct ch_err *err);

/* postgres_sql.c: the statement that begins at *sql, as PostgreSQL writes it, ended by NUL; *sql goes past its ";". Empty for what
 * PostgreSQL does by itself. Bits of `vectors` and `queries` are set for the parameters (from bit 1) that are text to be found and words to find it by. */
char *ch_pg_dialect(struct ch_arena *arena, const char **sql, uint64_t *vectors, uint64_t *queries);
/* Text as a tsvector, and words in the syntax of ch_fts_query as a tsquery (also with OR and brackets); words are those of FTS5's unicode61. */
struct ch_str ch_pg_vector(struct ch_arena *arena, struct ch_str text);
struct ch_str ch_pg_words(struct ch_arena *arena, struct ch_str words);
/* Functions that SQLite has by itself or from us. NULL-ended. */
extern const char *const ch_pg_functions[];
#endif
