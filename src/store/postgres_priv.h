/* store/postgres_priv.h -- a connection and its statements, for the files that keep them. */
#ifndef CH_STORE_POSTGRES_PRIV_H
#define CH_STORE_POSTGRES_PRIV_H
#include "store/postgres.h"
#include <libpq-fe.h>

enum { PARAMS_MAX = 72, QUEUE_MAX = 256, FETCH_ROWS = 256, LOCK = 0x43484352 };

/* Types by their numbers in pg_type.dat, which never change. */
enum { OID_BYTES = 17, OID_INT = 20, OID_TEXT = 25, OID_REAL = 701, OID_BOOL = 16 };

struct sql {
	const char *from;          /* by address, as in struct ch_sql; NULL: of one use */
	char *text;
	uint64_t vectors, queries;
	bool waits, rows;          /* for its result; for rows that a cursor may give */
	unsigned prepared;         /* number of its prepared statement; 0: none */
	Oid types[PARAMS_MAX];
	bool before;               /* CH_SQL_BEFORE: need not see rows that are kept */
	bool many;                 /* puts rows that were kept */
	struct ch_pg_bulk *bulk;   /* where its rows are kept; NULL: they are not */
	uint64_t reads;            /* tables of rows that are kept: a bit for each of bulks, */
	uint32_t reads_of;         /* of which there were so many */
};

/* A table that refers to another. */
struct ch_pg_reference {
	struct ch_str from, to;
};

struct ch_pg {
	PGconn *conn;
	struct ch_arena arena;     /* kept SQL */
	CH_VEC(struct sql *) kept;
	char *name;                /* what messages call it: no password */
	unsigned names;            /* of prepared statements and cursors, so far */
	uint32_t cursors;          /* open: outside a transaction they are in one of their own, of one moment */
	uint32_t queued;           /* results that nobody has read yet */
	bool in_transaction, failed;
	struct ch_err first;       /* what failed */
	bool reviving;             /* a new connection is being made */
	enum ch_store_trouble trouble;
	bool read_only;            /* as the session was told */
	unsigned limit_ms;
	struct ch_pg_load *load;   /* rows are on their way by COPY; NULL: none */
	struct ch_pg_st *idle;     /* for reuse */
	CH_VEC(struct ch_pg_bulk *) bulks;
	CH_VEC(struct ch_pg_reference) references;
	bool bulk_ready, sending;  /* rows are kept; rows that were kept are being sent */
};

struct ch_pg_st {
	struct ch_pg *pg;
	struct sql *sql, once;
	struct ch_arena arena;
	int n;
	const char *values[PARAMS_MAX];
	int lengths[PARAMS_MAX], formats[PARAMS_MAX];
	Oid types[PARAMS_MAX];
	unsigned char numbers[PARAMS_MAX][8];
	PGresult *res;
	int row;
	bool ran;
	unsigned cursor;           /* number of its cursor; 0: all rows are in res */
	struct ch_pg_st *next;
};

/* A parameter, from 1, in PostgreSQL's binary form; the bytes must outlive the statement. */
void ch_pg_set(struct ch_pg_st *st, int at, Oid type, const void *bytes, size_t n);

/* postgres_bulk.c. begin: on a connection to tables that are as of ours. make: keeps rows of the statement, where it is one whose rows can be.
 * row: keeps the one that is bound. send: the rows that s has to see, NULL: all. drop: of a transaction that is given up. */
bool ch_pg_bulk_begin(struct ch_pg *pg, struct ch_err *err);
void ch_pg_bulk_make(struct ch_pg *pg, struct sql *s);
bool ch_pg_bulk_row(struct ch_pg_st *st);
bool ch_pg_bulk_send(struct ch_pg *pg, struct sql *s);
void ch_pg_bulk_drop(struct ch_pg *pg);
void ch_pg_bulk_end(struct ch_pg *pg);
#endif
