/* store/sql_revision.c -- for whoever answers many: what moved, how long a question may take, whose fault a failure was. */
#include "store/postgres.h"
#include <stdio.h>
#include <time.h>

enum { STEPS = 4000 /* of SQLite's machine, between two looks at the clock: well under a millisecond */ };

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

bool ch_sql_late(const struct ch_sql *db)
{
	return db->deadline && now_ms() >= db->deadline;
}

static int broken_off(void *db)
{
	return ch_sql_late(db);
}

bool ch_sql_limit(void *p, bool read_only, unsigned ms, struct ch_err *err)
{
	struct ch_sql *db = p;

	db->deadline = ms ? now_ms() + ms : 0;
	if (db->pg)
		return ch_pg_limit(db->pg, read_only, ms, err);
	sqlite3_progress_handler(db->handle, ms ? STEPS : 0, broken_off, db);
	return ch_sql_exec(db, read_only ? "PRAGMA query_only = ON" : "PRAGMA query_only = OFF", err);
}

enum ch_store_trouble ch_sql_trouble(void *p)
{
	struct ch_sql *db = p;
	enum ch_store_trouble *of = db->pg ? ch_pg_trouble(db->pg) : &db->trouble, was = *of;

	*of = CH_STORE_NO_TROUBLE;
	return was;
}

bool ch_sql_revision(void *p, uint64_t *revision, struct ch_err *err)
{
	struct ch_sql *db = p;
	struct ch_sq q = ch_sq_open(db, db->pg ? "SELECT r.n, c.version FROM revision r CROSS JOIN chancery c" :
				    "SELECT r.n, v.user_version FROM revision r CROSS JOIN pragma_user_version v", true);
	int64_t version = 0;

	if (ch_sq_step(&q)) {
		*revision = (uint64_t)ch_sq_get_int(&q);
		version = ch_sq_get_int(&q);
	}
	if (!ch_sq_end(&q, err))
		return false;
	if (version == CH_SQL_VERSION)
		return true;
	*(db->pg ? ch_pg_trouble(db->pg) : &db->trouble) = CH_STORE_AWAY;
	return ch_fail(err, "%s: is now of store version %d, this program knows %d; upgrade it", db->path, (int)version, CH_SQL_VERSION);
}

bool ch_sql_moved(struct ch_sql *db, struct ch_err *err)
{
#define LARGEST(table) " UNION ALL SELECT n FROM (SELECT n FROM " table " ORDER BY n DESC LIMIT 1) AS l_" table
	struct ch_sq q = ch_sq_open(db, "UPDATE revision SET n = n + 1, events = (SELECT max(k) FROM (SELECT events AS k FROM revision" LARGEST("events") ") j),"
				    " records = (SELECT max(k) FROM (SELECT records AS k FROM revision" LARGEST("statements") LARGEST("instruments")
				    LARGEST("roles") LARGEST("positions") LARGEST("tallies") LARGEST("pledges") LARGEST("gatherings") LARGEST("initiatives")
				    LARGEST("relations") LARGEST("marks") ") j)", true);
#undef LARGEST

	ch_sq_step(&q);
	return ch_sq_end(&q, err);
}
