/* store/sql_review.h -- what the files that know of decisions share: sql_capture.c reads records as they stand, sql_apply.c does to them what
 * was decided, sql_review.c keeps decisions, sql_recode.c reads pages anew. */
#ifndef CH_STORE_SQL_REVIEW_H
#define CH_STORE_SQL_REVIEW_H
#include "store/review.h"
#include "store/sql.h"

/* A report or row as it stands in the tables. */
struct ch_captured {
	int64_t n;
	int reg;                       /* -1: a report */
	struct ch_str kind, id, page, published, said, coded;   /* published: of the page, of a report */
	struct ch_raw_span span;
	struct ch_arena *arena;
};

struct ch_captured_list {
	CH_VEC(struct ch_captured) v;
};

/* Row numbers. */
struct ch_sql_list {
	struct ch_arena *arena;
	CH_VEC(int64_t) v;
};

/* ---- sql_capture.c ---- */

/* Statements with one parameter, kept: string literals. read: the first column of the first row, or 0; list: of all rows. */
bool ch_sql_list_int(struct ch_sql *db, const char *sql, int64_t a, struct ch_sql_list *list, struct ch_err *err);
bool ch_sql_do_int(struct ch_sql *db, const char *sql, int64_t a, struct ch_err *err);
bool ch_sql_read_int(struct ch_sql *db, const char *sql, int64_t a, int64_t *out, struct ch_err *err);
/* The row number of the record; 0: there is none. Not kept. */
bool ch_sql_find_id(struct ch_sql *db, const char *sql, struct ch_str id, int64_t *out, struct ch_err *err);

/* All records of a page: reports, then rows, each by its id. */
bool ch_sql_capture_page(struct ch_sql *db, struct ch_arena *arena, int64_t page, struct ch_captured_list *out, struct ch_err *err);
/* What an id of the kind leads to: the reports of an event with those of its other versions, one report, a row, all records of a page. Fails
 * where that is nothing. */
bool ch_sql_capture(struct ch_sql *db, struct ch_arena *arena, struct ch_str kind, struct ch_str id, struct ch_captured_list *out,
		    struct ch_err *err);

/* ---- sql_apply.c ---- */

/* The tables as the state has it; c->coded is how the record was coded. */
bool ch_sql_apply_report(struct ch_sql *db, struct ch_arena *arena, const struct ch_captured *c, const struct ch_review_state *s,
			 struct ch_err *err);
bool ch_sql_drop_actors(struct ch_sql *db, const int64_t *actors, uint32_t n, struct ch_err *err);
bool ch_sql_apply_row(struct ch_sql *db, struct ch_arena *arena, const struct ch_captured *c, const struct ch_review_state *s,
		      struct ch_err *err);
/* The event that one has become that went by this id before it was decided of; empty: none did. */
bool ch_sql_was(struct ch_sql *db, struct ch_arena *arena, struct ch_str id, struct ch_str *event, struct ch_err *err) CH_MUST_USE;
#endif
