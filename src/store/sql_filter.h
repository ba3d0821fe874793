/* store/sql_filter.h -- SQL in the making: the filters of a query, for those that read rows. */
#ifndef CH_STORE_SQL_FILTER_H
#define CH_STORE_SQL_FILTER_H
#include "store/sql.h"

enum { CH_MAKING_PARAMS_MAX = 64 };

/* A statement and what is bound to it. Zero is empty; its arena is freed by whoever made it. */
struct ch_making {
	struct ch_arena arena;
	CH_VEC(char) sql;
	struct ch_str params[CH_MAKING_PARAMS_MAX];
	int n_params;
};

/* ---- sql_making.c ---- */

void ch_making_add(struct ch_making *m, const char *sql);
void ch_making_add_str(struct ch_making *m, struct ch_str sql);
/* The number of a new parameter ("?1"): by it a condition may stand in a statement more than once. */
int ch_making_number(struct ch_making *m, struct ch_str value);
/* " AND ", and sql, which has one "?" for each slice that follows (n of them). */
void ch_making_where(struct ch_making *m, const char *sql, int n, ...);
/* " AND ", and that the column is one of the values: NULL-ended, and not empty. */
void ch_making_one_of(struct ch_making *m, const char *column, const char *const *values);
/* The statement, bound. */
struct ch_sq ch_making_run(struct ch_making *m, struct ch_sql *db);
/* What is there so far, taken out; its parameters stay. */
struct ch_str ch_making_taken(struct ch_making *m);
void ch_making_limit(struct ch_making *m, const struct ch_query *q);
/* That rows stand behind q->after; "~" stands for no day. up: the numbers of a day go up, also where its days go down. */
void ch_making_after_day(struct ch_making *m, const struct ch_query *q, const char *day, const char *n, bool up);
/* A list goes on among those without a day. */
bool ch_query_undated(const struct ch_query *q);
/* Whether conditions speak of the table of that alias ("x."): one that they do not speak of need not be looked into. */
bool ch_sql_speaks_of(struct ch_str sql, const char *alias);
/* How many rows there are by a statement of one or two parameters (other: empty); beyond some, it does not matter. */
bool ch_sql_count_of(struct ch_sql *db, const char *sql, struct ch_str one, struct ch_str other, int64_t *n, struct ch_err *err);
/* Rows x by the first day of lo, those without behind all; the query's limit. And the condition that they stand behind q->after. */
void ch_making_order(struct ch_making *m, const struct ch_query *q, const char *lo);
void ch_making_after(struct ch_making *m, const struct ch_query *q, const char *lo);
/* The numbers of pages x that conditions leave, by day of publication, those without behind all, and behind q->after; the query's limit. */
void ch_sql_pages_found(struct ch_making *m, const struct ch_query *q);
/* Writes where a record stands, if q asks; day empty: none. */
void ch_cursor_tell(const struct ch_query *q, struct ch_str day, int64_t n, struct ch_str id);

/* ---- sql_filter.c ---- */

/* Which table leads a statement over events in the order in which they are shown (sql_schema.c, order_sql), and the alias that has it. */
enum { CH_LEAD_MANY = 5000 };
struct ch_lead {
	const char *from, *alias;
	const char *event;     /* an event's row number, as that table has it */
	bool few;              /* a condition finds the events by itself: they are put into order afterwards */
	bool all;              /* given: whoever asks wants all, in no order */
	int64_t rows;          /* of a party: how many events it has, up to CH_LEAD_MANY; 0: nobody has counted */
};

/* The shown events of a query in their order (columns day, head). One statement; or three, each in the order of an index so that nothing is
 * sorted and whoever has enough stops: the rows of the first two belong between each other by day and head, those of the third, which have no
 * day, behind them. Of class 0 nothing lies far from the day by which it is sorted. */
struct ch_walk {
	char *sql[3];
	int n;
};

/* What is there so far as a statement of w; the next begins empty, with the same parameters. */
void ch_making_close(struct ch_making *m, struct ch_walk *w);

/* Conditions, each with " AND " before it: rows of the page (its id, the beginning of it, or a path) in the column; events x; rows x of the
 * register, with their pages as g. lead: NULL where the statement has its own order. */
/* Of pages x. (sql_get.c) */
void ch_sql_page_filters(struct ch_making *m, const struct ch_query *q);
void ch_sql_page_is(struct ch_making *m, const char *column, struct ch_str page);
bool ch_sql_event_filters(struct ch_making *m, struct ch_sql *db, const struct ch_query *q, struct ch_lead *lead, struct ch_err *err);
bool ch_sql_row_filters(struct ch_making *m, struct ch_sql *db, enum ch_register_id reg, const struct ch_query *q, struct ch_err *err);
/* A statement that gives the row numbers of all shown events that q asks for, each once, as column head. */
bool ch_sql_heads(struct ch_making *m, struct ch_sql *db, const struct ch_query *q, struct ch_err *err);
bool ch_sql_walk(struct ch_making *m, struct ch_sql *db, const struct ch_query *q, struct ch_walk *w, struct ch_err *err);

/* What was decided of rows x. Who asks for a record by its id gets it, whatever that is; where nothing was, nothing is asked: indexes go without the column. */
bool ch_sql_of_verdict(struct ch_making *m, struct ch_sql *db, const struct ch_query *q, struct ch_err *err);

/* ---- sql_rows.c ---- */

/* A condition without " AND " before it: rows x that q asks for; and then their order, and q's limit. */
bool ch_sql_rows_found(struct ch_making *m, struct ch_sql *db, enum ch_register_id reg, const struct ch_query *q, struct ch_err *err);
#endif
