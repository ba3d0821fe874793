/* store/sqlite_priv.h -- what the files of the SQLite back end share. */
#ifndef CH_STORE_SQLITE_PRIV_H
#define CH_STORE_SQLITE_PRIV_H
#include "store/store_priv.h"
#include <sqlite3.h>

enum { CH_SQLITE_VERSION = 3, CH_SQLITE_BUSY_MS = 5000, CH_SQLITE_APP_ID = 0x43484352 /* "CHCR" */ };

/* The SQL that leads from version - 1 to version; NULL for a version that there is none of. */
const char *ch_sqlite_step(int version);

struct ch_sqlite {
	sqlite3 *handle;
	char *path;
	bool in_transaction;
	struct {
		const char *sql;     /* by address: SQL that is kept is in string literals */
		sqlite3_stmt *st;
		bool busy;
	} kept[48];
};

/* A statement on its way: bind in order, step, read columns, end. The first error is kept, and all calls after it do nothing. */
struct ch_sq {
	struct ch_sqlite *db;
	sqlite3_stmt *st;
	int slot;            /* in kept, or -1: finalised at the end */
	int at;              /* next parameter or column */
	int rc;
};

/* sql: a string literal where keep is true (its statement is kept for the next time). */
struct ch_sq ch_sq_open(struct ch_sqlite *db, const char *sql, bool keep);
void ch_sq_text(struct ch_sq *q, struct ch_str s);          /* empty: NULL; the bytes must outlive the statement */
void ch_sq_text_always(struct ch_sq *q, struct ch_str s);   /* empty: '' */
void ch_sq_int(struct ch_sq *q, int64_t n);
void ch_sq_null(struct ch_sq *q);
void ch_sq_real(struct ch_sq *q, double x);
void ch_sq_blob(struct ch_sq *q, const void *bytes, size_t n);
bool ch_sq_step(struct ch_sq *q);                           /* true: a row */
void ch_sq_again(struct ch_sq *q);                          /* back to binding */
struct ch_str ch_sq_get_text(struct ch_sq *q, struct ch_arena *arena);   /* copied; NULL is empty */
int64_t ch_sq_get_int(struct ch_sq *q);
bool ch_sq_get_null(struct ch_sq *q);                       /* looks at the next column without passing it */
double ch_sq_get_real(struct ch_sq *q);
bool ch_sq_end(struct ch_sq *q, struct ch_err *err);        /* true: no error all the way */

/* A line for rc; always false. */
bool ch_sqlite_fail(struct ch_sqlite *db, int rc, struct ch_err *err);
bool ch_sqlite_exec(struct ch_sqlite *db, const char *sql, struct ch_err *err);

/* First and last day of a date as GUIDE has it ("2018-08", "A/B"); false where it names none ("times of war"). */
bool ch_date_bounds(struct ch_arena *arena, struct ch_str date, struct ch_str *lo, struct ch_str *hi);

/* sqlite_put.c, sqlite_get.c: verbs */
bool ch_sqlite_put(void *db, const struct ch_page_record *page, struct ch_err *err);
bool ch_sqlite_events(void *db, const struct ch_query *q, ch_event_fn *fn, void *ctx, struct ch_err *err);
bool ch_sqlite_rows(void *db, enum ch_register_id reg, const struct ch_query *q, ch_row_fn *fn, void *ctx, struct ch_err *err);
bool ch_sqlite_pages(void *db, const struct ch_query *q, ch_page_fn *fn, void *ctx, struct ch_err *err);
bool ch_sqlite_search(void *db, struct ch_str words, uint64_t limit, ch_hit_fn *fn, void *ctx, struct ch_err *err);
bool ch_sqlite_sentences(void *db, struct ch_str page, bool (*fn)(void *, const struct ch_stored_sentence *), void *ctx,
			 struct ch_err *err);
bool ch_sqlite_blocks(void *db, struct ch_str page, bool (*fn)(void *, const struct ch_stored_block *), void *ctx,
		      struct ch_err *err);
bool ch_sqlite_find(void *db, struct ch_arena *arena, struct ch_str prefix, struct ch_str *kind, struct ch_str *full,
		    struct ch_err *err);
bool ch_sqlite_resolve(void *db, struct ch_arena *arena, struct ch_str name, struct ch_str *party, struct ch_str *person,
		       struct ch_err *err);
bool ch_sqlite_dump(void *db, bool (*line)(void *, struct ch_str), void *ctx, struct ch_err *err);

/* The words of a person as an FTS5 query: every word quoted, so that nothing in it is syntax; "two words" and begin* kept. Empty
 * where there is no word. */
struct ch_str ch_fts_query(struct ch_arena *arena, struct ch_str words);
#endif
