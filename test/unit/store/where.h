/* Where the stores of a test are: one suite runs on both kinds.
 *
 * SQLite files in a folder of their own; PostgreSQL in a schema of its own on the server that CH_TEST_POSTGRES names (postgresql://...), else on
 * one that tools/postgres.sh starts. Where no server is installed, that half is skipped with a line. */
#ifndef CH_TEST_STORE_WHERE_H
#define CH_TEST_STORE_WHERE_H
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct where {
	char dir[64], schema[64], path[512];   /* path: what ch_store_open gets */
};

/* The server; empty: tests run on SQLite. */
static char where_server[256], where_dir[64];

static inline void where_quiet(void *arg, const char *text)
{
	(void)arg, (void)text;
}

static inline void where_sql(const char *sql)
{
	PGconn *conn = PQconnectdb(where_server);
	PGresult *res;

	PQsetNoticeProcessor(conn, where_quiet, NULL);
	res = PQexec(conn, sql);

	if (PQresultStatus(res) != PGRES_COMMAND_OK && PQresultStatus(res) != PGRES_TUPLES_OK)
		fail_msg("%s: %s", sql, PQerrorMessage(conn));
	PQclear(res);
	PQfinish(conn);
}

static inline void where_make(struct where *w)
{
	char sql[128];
	size_t i;

	strcpy(w->dir, "/tmp/chancery-test-XXXXXX");
	assert_non_null(mkdtemp(w->dir));
	if (!*where_server) {
		snprintf(w->path, sizeof w->path, "%s/s.db", w->dir);
		return;
	}
	/* the folder's name is nobody else's but for capitals, which a search_path has none of */
	for (i = 0; i < sizeof w->schema - 1 && w->dir[i + 5]; i++)
		w->schema[i] = (char)(w->dir[i + 5] == '-' ? '_' : w->dir[i + 5] | (w->dir[i + 5] >= 'A' ? 32 : 0));
	snprintf(w->schema + i, sizeof w->schema - i, "_%d", (int)getpid());
	snprintf(sql, sizeof sql, "CREATE SCHEMA %s", w->schema);
	where_sql(sql);
	snprintf(w->path, sizeof w->path, "%s%coptions=-csearch_path%%3D%s&application_name=%s", where_server, strchr(where_server, '?') ? '&' : '?', w->schema,
		 w->schema);
}

static inline void where_remove(const struct where *w)
{
	char text[640];

	for (int i = 0; i < 3; i++) {
		snprintf(text, sizeof text, "%s%s", w->path, (const char *[]){ "", "-wal", "-shm" }[i]);
		if (!*where_server)
			unlink(text);
	}
	if (*where_server) {
		snprintf(text, sizeof text, "DROP SCHEMA %s CASCADE", w->schema);
		where_sql(text);
	}
	rmdir(w->dir);
}

static inline int where_script(const char *verb)
{
	char command[400];

	snprintf(command, sizeof command, "%s/tools/postgres.sh %s %s", CH_SOURCE_DIR, where_dir, verb);
	return system(command);
}

/* From here on stores are on PostgreSQL; false: there is none. */
static inline bool where_postgres(void)
{
	const char *given = getenv("CH_TEST_POSTGRES");
	char command[400];
	FILE *out;

	if (given && *given) {
		snprintf(where_server, sizeof where_server, "%s", given);
		return true;
	}
	strcpy(where_dir, "/tmp/chancery-pg-XXXXXX");
	if (!mkdtemp(where_dir))
		return false;
	snprintf(command, sizeof command, "%s/tools/postgres.sh %s start", CH_SOURCE_DIR, where_dir);
	out = popen(command, "r");
	if (!out || !fgets(where_server, sizeof where_server, out))
		where_server[0] = '\0';
	if (out)
		pclose(out);
	where_server[strcspn(where_server, "\n")] = '\0';
	if (*where_server)
		return true;
	rmdir(where_dir);
	printf("skipped on PostgreSQL: no server; apt-get install postgresql-15, or set CH_TEST_POSTGRES\n");
	return false;
}

static inline void where_end(void)
{
	char command[128];

	if (!*where_dir)
		return;
	if (*where_server)
		where_script("stop >/dev/null");
	snprintf(command, sizeof command, "rm -rf %s", where_dir);
	if (system(command))
		printf("%s is left\n", where_dir);
}

/* All of `all` on SQLite, then `shared` on PostgreSQL. */
#define WHERE_RUN(all, shared, failed) \
	do { \
		failed = cmocka_run_group_tests_name("SQLite", all, NULL, NULL); \
		if (where_postgres()) \
			failed += cmocka_run_group_tests_name("PostgreSQL", shared, NULL, NULL); \
		where_end(); \
	} while (0)
#endif
