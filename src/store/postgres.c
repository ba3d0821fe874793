/* store/postgres.c -- a PostgreSQL store: statements through libpq, opening, transactions.
 *
 * The connection is in pipeline mode always: what gives no rows is sent and not waited for while a transaction is open, so that a page costs a
 * few round trips and not hundreds. One writer at a time holds an advisory lock until its commit, as SQLite's writers do: which pages are one
 * story follows from all pages before. Readers are never held up. */
#include "store/postgres_priv.h"
#include "base/utf8.h"
#include <stdio.h>
#include <stdlib.h>

/* ---- what went wrong ---- */

static bool fail(struct ch_pg *pg, const PGresult *res, struct ch_err *err)
{
	const char *state = res ? PQresultErrorField(res, PG_DIAG_SQLSTATE) : NULL;
	const char *text = res ? PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY) : NULL;

	if (PQstatus(pg->conn) == CONNECTION_BAD || (state && (strncmp(state, "57P", 3) == 0 || strncmp(state, "08", 2) == 0))) {
		pg->trouble = CH_STORE_AWAY;
		return ch_fail(err, "%s: the connection to the server is lost; what was committed before is safe, run it again when it is back", pg->name);
	}
	if (pg->limit_ms && state && strcmp(state, "57014") == 0) {
		pg->trouble = CH_STORE_LATE;
		return ch_fail(err, "%s: the question takes too long and was broken off; ask for less", pg->name);
	}
	if (state && strcmp(state, "55P03") == 0) {
		pg->trouble = CH_STORE_LOCKED;
		return ch_fail(err, "%s: the store is locked by another program; try again when that one is done", pg->name);
	}
	if (state && strcmp(state, "53100") == 0)
		return ch_fail(err, "%s: the server's disk is full; what was committed before is safe, make room and run it again", pg->name);
	if (state && strcmp(state, "42501") == 0)
		return ch_fail(err, "%s: not permitted: %s (ask for GRANT on the store's tables, or use its owner's name)", pg->name, text ? text : "");
	if (state && strcmp(state, "25006") == 0)
		return ch_fail(err, "%s: the server is read-only (a standby?); name the one that takes writes", pg->name);
	return ch_fail(err, "%s: %s", pg->name, text && *text ? text : "the server gave no answer");
}

static void note(struct ch_pg *pg, const PGresult *res)
{
	if (!pg->failed)
		fail(pg, res, &pg->first);
	pg->failed = true;
}

/* ---- sending and reading ---- */

static bool good(ExecStatusType status)
{
	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/* The result of the oldest that was sent, NULL where there is none any more. */
static PGresult *read_one(struct ch_pg *pg)
{
	PGresult *res = PQgetResult(pg->conn);

	if (!res) {
		note(pg, NULL);
		return NULL;
	}
	if (!good(PQresultStatus(res))) {
		if (PQresultStatus(res) != PGRES_PIPELINE_ABORTED || !pg->failed)
			note(pg, res);
	}
	PQclear(PQgetResult(pg->conn));   /* the NULL behind it */
	return res;
}

/* After a failure the server skips all until the next sync; what it skipped may be prepared statements. */
static void resync(struct ch_pg *pg)
{
	PGresult *res;
	int nulls = 0;

	pg->queued = 0;
	for (uint32_t i = 0; i < pg->kept.n; i++)
		pg->kept.v[i]->prepared = 0;
	if (PQstatus(pg->conn) == CONNECTION_BAD || !PQpipelineSync(pg->conn))
		return;
	while (nulls < 2 && PQstatus(pg->conn) == CONNECTION_OK) {
		ExecStatusType status;

		res = PQgetResult(pg->conn);
		if (!res) {
			nulls++;
			continue;
		}
		nulls = 0;
		status = PQresultStatus(res);
		PQclear(res);
		if (status == PGRES_PIPELINE_SYNC)
			return;
	}
}

/* Reads all that was sent before, and the result of the one that was sent last where last is given. */
static bool settle(struct ch_pg *pg, PGresult **last)
{
	PGresult *res = NULL;

	if (!PQsendFlushRequest(pg->conn))
		note(pg, NULL);
	while (pg->queued && !pg->failed) {
		PQclear(res);
		res = read_one(pg);
		pg->queued--;
	}
	if (last && !pg->failed)
		*last = res;
	else
		PQclear(res);
	if (pg->failed) {
		resync(pg);
	} else if (!pg->in_transaction) {
		/* each by itself */
		if (!PQpipelineSync(pg->conn))
			note(pg, NULL);
		else
			PQclear(PQgetResult(pg->conn));
	}
	return !pg->failed;
}

static struct sql *turn(struct ch_arena *arena, struct sql *s, const char **from)
{
	static const char *const silent[] = { "INSERT", "UPDATE", "DELETE", "WITH p AS" };

	s->text = ch_pg_dialect(arena, from, &s->vectors, &s->queries);
	s->waits = true;
	for (size_t i = 0; i < sizeof silent / sizeof *silent; i++)
		if (strncmp(s->text, silent[i], strlen(silent[i])) == 0 && !strstr(s->text, "RETURNING"))
			s->waits = false;
	s->before = strstr(s->text, CH_SQL_BEFORE) != NULL;
	s->rows = strncmp(s->text, "SELECT", 6) == 0 || strncmp(s->text, "WITH chosen", 11) == 0;
	return s;
}

struct ch_pg_st *ch_pg_open(struct ch_pg *pg, const char *sql, bool keep)
{
	struct ch_pg_st *st = pg->idle;
	struct sql *found = NULL;

	if (st)
		pg->idle = st->next;
	else
		st = ch_xrealloc(NULL, sizeof *st);
	/* params are written before they are read */
	st->pg = pg;
	st->n = 0;
	st->res = NULL;
	st->ran = false;
	st->cursor = 0;
	st->row = -1;
	st->arena = (struct ch_arena){ 0 };
	for (uint32_t i = 0; keep && i < pg->kept.n && !found; i++)
		if (pg->kept.v[i]->from == sql)
			found = pg->kept.v[i];
	if (!found && keep) {
		const char *at = sql;

		found = CH_NEW(&pg->arena, struct sql);
		*found = (struct sql){ .from = sql };
		*CH_PUSH(&pg->arena, &pg->kept) = turn(&pg->arena, found, &at);
		ch_pg_bulk_make(pg, found);
	}
	if (!found) {
		st->once = (struct sql){ 0 };
		found = turn(&st->arena, &st->once, &sql);
	}
	st->sql = found;
	return st;
}

void ch_pg_set(struct ch_pg_st *st, int at, Oid type, const void *bytes, size_t n)
{
	if (at < 1 || at > PARAMS_MAX || n > INT32_MAX) {
		ch_fail(&st->pg->first, "%s: a value is too large for the store", st->pg->name);
		st->pg->failed = true;
		return;
	}
	st->values[at - 1] = bytes;
	st->lengths[at - 1] = (int)n;
	st->formats[at - 1] = 1;
	st->types[at - 1] = type;
	st->n = at > st->n ? at : st->n;
}

void ch_pg_bind(struct ch_pg_st *st, int at, enum ch_pg_kind kind, struct ch_str s)
{
	if (kind == CH_PG_NULL) {
		ch_pg_set(st, at, 0, NULL, 0);
		return;
	}
	if (kind == CH_PG_TEXT && at < 64) {
		if (st->sql->vectors >> at & 1)
			s = ch_pg_vector(&st->arena, s);
		else if (st->sql->queries >> at & 1)
			s = ch_pg_words(&st->arena, s);
		s = ch_utf8_repair(&st->arena, s, NULL);
		if (s.len && memchr(s.ptr, '\0', s.len)) {
			char *copy = ch_arena_z(&st->arena, s);

			for (size_t i = 0; i < s.len; i++)
				copy[i] = copy[i] ? copy[i] : ' ';
			s.ptr = copy;
		}
	}
	ch_pg_set(st, at, kind == CH_PG_TEXT ? OID_TEXT : OID_BYTES, s.ptr ? s.ptr : "", s.len);
}

static void set_number(struct ch_pg_st *st, int at, Oid type, uint64_t bits)
{
	if (at >= 1 && at <= PARAMS_MAX)
		for (int i = 0; i < 8; i++)
			st->numbers[at - 1][i] = (unsigned char)(bits >> (56 - 8 * i));
	ch_pg_set(st, at, type, at >= 1 && at <= PARAMS_MAX ? st->numbers[at - 1] : NULL, 8);
}

void ch_pg_bind_int(struct ch_pg_st *st, int at, int64_t n)
{
	set_number(st, at, OID_INT, (uint64_t)n);
}

void ch_pg_bind_real(struct ch_pg_st *st, int at, double x)
{
	uint64_t bits;

	memcpy(&bits, &x, sizeof bits);
	set_number(st, at, OID_REAL, bits);
}

/* A statement that comes again is prepared, for the types that it has had; NULL is of any. */
static bool sent(struct ch_pg_st *st)
{
	struct ch_pg *pg = st->pg;
	struct sql *s = st->sql;
	char name[24];

	if (!s->from)
		return PQsendQueryParams(pg->conn, s->text, st->n, st->types, st->values, st->lengths, st->formats, 0);
	for (int i = 0; i < st->n; i++) {
		if (!st->types[i] || st->types[i] == s->types[i])
			continue;
		s->types[i] = st->types[i];
		s->prepared = 0;
	}
	if (!s->prepared) {
		s->prepared = ++pg->names;
		snprintf(name, sizeof name, "s%u", s->prepared);
		if (!PQsendPrepare(pg->conn, name, s->text, st->n, s->types))
			return false;
		pg->queued++;
	}
	snprintf(name, sizeof name, "s%u", s->prepared);
	return PQsendQueryPrepared(pg->conn, name, st->n, st->values, st->lengths, st->formats, 0);
}

static bool send_plain(struct ch_pg *pg, const char *sql)
{
	if (!PQsendQueryParams(pg->conn, sql, 0, NULL, NULL, NULL, NULL, 0)) {
		note(pg, NULL);
		return false;
	}
	pg->queued++;
	return true;
}

static bool fetch(struct ch_pg_st *st)
{
	char sql[64];

	PQclear(st->res);
	st->res = NULL;
	st->row = 0;
	snprintf(sql, sizeof sql, "FETCH %d FROM c%u", FETCH_ROWS, st->cursor);
	return send_plain(st->pg, sql) && settle(st->pg, &st->res) && PQntuples(st->res) > 0;
}

/* What is asked once may have many rows, of which the asker may want few: they come in pieces. */
/* What the planner is told of a statement: before it is planned, and back again. */
static const struct hint {
	const char *ending, *on, *off;
} hints[] = {
#define SETTING(name, value) "set_config('" name "', '" value "', true)"
#define EACH(value, fraction) \
	SETTING("enable_hashjoin", value) ", " SETTING("enable_mergejoin", value) ", " SETTING("cursor_tuple_fraction", fraction)
	{ CH_SQL_IN_ORDER, "SELECT " EACH("off", "0.01") ", " SETTING("enable_sort", "off") ", " SETTING("enable_seqscan", "off"),
	  "SELECT " EACH("on", "0.1") ", " SETTING("enable_sort", "on") ", " SETTING("enable_seqscan", "on") },
	{ CH_SQL_BY_KEY, "SELECT " EACH("off", "0.1"), "SELECT " EACH("on", "0.1") },
};

static const struct hint *hint_of(const char *text)
{
	for (size_t i = 0; i < sizeof hints / sizeof *hints; i++) {
		const size_t n = strlen(hints[i].ending), len = strlen(text);

		if (len > n && strcmp(text + len - n, hints[i].ending) == 0)
			return &hints[i];
	}
	return NULL;
}

static bool open_cursor(struct ch_pg_st *st)
{
	const struct hint *hint = hint_of(st->sql->text);
	struct ch_pg *pg = st->pg;
	char name[64];

	if (!pg->in_transaction && !pg->cursors && !send_plain(pg, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"))
		return false;
	st->cursor = ++pg->names;
	pg->cursors++;
	if (hint && !send_plain(pg, hint->on))
		return false;
	snprintf(name, sizeof name, "DECLARE c%u NO SCROLL CURSOR FOR ", st->cursor);
	if (!PQsendQueryParams(pg->conn, ch_arena_printf(&st->arena, "%s%s", name, st->sql->text).ptr, st->n, st->types, st->values, st->lengths,
			       st->formats, 0)) {
		note(pg, NULL);
		return false;
	}
	pg->queued++;
	return (!hint || send_plain(pg, hint->off)) && fetch(st);
}

static void close_cursor(struct ch_pg_st *st)
{
	struct ch_pg *pg = st->pg;
	const bool failed = pg->failed;
	char sql[32];

	snprintf(sql, sizeof sql, "CLOSE c%u", st->cursor);
	pg->cursors--;
	if (!pg->in_transaction && !pg->cursors) {
		/* also after a failure: it undoes then */
		pg->failed = false;
		if (send_plain(pg, "COMMIT"))
			settle(pg, NULL);
		pg->failed = pg->failed || failed;
	} else if (!failed && send_plain(pg, sql)) {
		settle(pg, NULL);
	}
}

static bool session(struct ch_pg *pg, struct ch_err *err);

/* The server was away between two operations, and nothing hangs on the connection that is lost: a new one is tried, once. */
static bool revived(struct ch_pg *pg)
{
	struct ch_err err;

	if (pg->in_transaction || pg->cursors || pg->reviving || PQstatus(pg->conn) != CONNECTION_BAD)
		return false;
	pg->reviving = true;
	PQreset(pg->conn);
	pg->queued = 0;
	pg->failed = false;
	for (uint32_t i = 0; i < pg->kept.n; i++)
		pg->kept.v[i]->prepared = 0;
	if (PQstatus(pg->conn) != CONNECTION_OK || !session(pg, &err))
		pg->failed = true;
	pg->reviving = false;
	return !pg->failed;
}

static bool run(struct ch_pg_st *st)
{
	struct ch_pg *pg = st->pg;

	st->ran = true;
	st->row = 0;
	if (pg->in_transaction && st->sql->bulk) {
		ch_pg_bulk_row(st);
		return false;
	}
	if (!ch_pg_bulk_send(pg, st->sql))
		return false;
	if (!st->sql->from && st->sql->rows)
		return open_cursor(st);
	if (!sent(st)) {
		note(pg, NULL);
		return false;
	}
	pg->queued++;
	if (pg->in_transaction && !st->sql->waits) {
		if (pg->queued >= QUEUE_MAX)
			settle(pg, NULL);
		return false;
	}
	return settle(pg, &st->res) && PQntuples(st->res) > 0;
}

bool ch_pg_step(struct ch_pg_st *st)
{
	struct ch_pg *pg = st->pg;

	if (pg->failed)
		return false;
	if (st->ran && st->res && ++st->row < PQntuples(st->res))
		return true;
	if (st->ran)
		return st->cursor && st->res && PQntuples(st->res) == FETCH_ROWS && fetch(st);
	if (run(st))
		return true;
	if (pg->failed && st->cursor && pg->cursors == 1 && !pg->in_transaction && PQstatus(pg->conn) == CONNECTION_BAD)
		st->cursor = pg->cursors = 0;
	return pg->failed && revived(pg) && run(st);
}

void ch_pg_again(struct ch_pg_st *st)
{
	PQclear(st->res);
	st->res = NULL;
	st->ran = false;
	st->n = 0;
	ch_arena_reset(&st->arena);
}

bool ch_pg_end(struct ch_pg_st *st, struct ch_err *err)
{
	struct ch_pg *pg = st->pg;

	if (st->cursor)
		close_cursor(st);
	PQclear(st->res);
	ch_arena_free(&st->arena);
	st->next = pg->idle;
	pg->idle = st;
	if (!pg->failed)
		return true;
	if (err)
		*err = pg->first;
	/* outside a transaction nothing hangs on it */
	pg->failed = pg->in_transaction || pg->cursors;
	return false;
}

bool ch_pg_exec(struct ch_pg *pg, const char *sql, struct ch_err *err)
{
	struct ch_arena arena = { 0 };
	bool ok = true;

	/* what was wrong is undone by it, and rows that were kept are those of what is undone: before a SAVEPOINT all are sent */
	if (strncmp(sql, "ROLLBACK", 8) == 0) {
		ch_pg_bulk_drop(pg);
		pg->failed = false;
	}
	ch_pg_bulk_send(pg, NULL);
	while (ok && *sql) {
		uint64_t vectors, queries;
		char *text = ch_pg_dialect(&arena, &sql, &vectors, &queries);

		if (!*text)
			continue;
		if (!pg->failed && !PQsendQueryParams(pg->conn, text, 0, NULL, NULL, NULL, NULL, 0))
			note(pg, NULL);
		pg->queued += !pg->failed;
		ok = !pg->failed && settle(pg, NULL);
	}
	ch_arena_free(&arena);
	if (!ok) {
		if (err)
			*err = pg->first;
		pg->failed = pg->in_transaction;
	}
	return ok;
}

/* ---- opening ---- */

static void quiet(void *arg, const PGresult *res)
{
	(void)arg, (void)res;
}

void ch_pg_flush(struct ch_pg *pg)
{
	ch_pg_bulk_send(pg, NULL);
}

void ch_pg_spoil(struct ch_pg *pg, const struct ch_err *err)
{
	if (!pg->failed)
		pg->first = *err;
	pg->failed = true;
}

PGconn *ch_pg_leave(struct ch_pg *pg, struct ch_err *err)
{
	bool ok = ch_pg_bulk_send(pg, NULL) && settle(pg, NULL);

	/* inside a transaction nothing was synced yet */
	if (ok && pg->in_transaction) {
		ok = PQpipelineSync(pg->conn) == 1;
		if (ok)
			PQclear(PQgetResult(pg->conn));
	}
	if (ok && PQexitPipelineMode(pg->conn))
		return pg->conn;
	if (!pg->failed)
		note(pg, NULL);
	*err = pg->first;
	pg->failed = pg->in_transaction;
	return NULL;
}

bool ch_pg_back(struct ch_pg *pg, const PGresult *res, struct ch_err *err)
{
	if (res && !good(PQresultStatus(res)))
		note(pg, res);
	if (!PQenterPipelineMode(pg->conn))
		note(pg, NULL);
	if (!pg->failed)
		return true;
	if (err)
		*err = pg->first;
	pg->failed = pg->in_transaction;
	return false;
}

/* Outside a transaction, and not as one of a pipeline: VACUUM wants it so. */
bool ch_pg_alone(struct ch_pg *pg, const char *sql, struct ch_err *err)
{
	PGconn *conn = ch_pg_leave(pg, err);
	PGresult *res;
	bool ok;

	if (!conn)
		return false;
	res = PQexec(conn, sql);
	ok = ch_pg_back(pg, res, err);
	PQclear(res);
	return ok;
}

struct ch_pg_load **ch_pg_loading(struct ch_pg *pg)
{
	return &pg->load;
}

static void close_db(void *p)
{
	struct ch_sql *db = p;
	struct ch_pg_st *st;

	while ((st = db->pg->idle)) {
		db->pg->idle = st->next;
		free(st);
	}
	PQfinish(db->pg->conn);
	ch_pg_bulk_end(db->pg);
	ch_arena_free(&db->pg->arena);
	ch_arena_free(&db->fresh_arena);
	ch_arena_free(&db->changed_arena);
	ch_arena_free(&db->memo.arena);
	ch_arena_free(&db->sums.arena);
	free(db->pg->name);
	free(db->pg);
	free(db);
}

/* Host and data base; where comes with a password perhaps. */
static char *display(PGconn *conn)
{
	struct ch_arena arena = { 0 };
	const char *host = PQhost(conn), *db = PQdb(conn);
	char *name = strdup(ch_arena_printf(&arena, "postgresql://%s%s%s/%s", host && *host != '/' ? host : "", host && *host != '/' ? ":" : "",
					    host && *host != '/' && PQport(conn) ? PQport(conn) : "", db ? db : "").ptr);

	ch_arena_free(&arena);
	if (!name)
		ch_die_memory(1);
	return name;
}

bool ch_pg_limit(struct ch_pg *pg, bool read_only, unsigned ms, struct ch_err *err)
{
	char sql[128];

	if (pg->read_only == read_only && pg->limit_ms == ms)
		return true;
	pg->read_only = read_only;
	pg->limit_ms = ms;
	snprintf(sql, sizeof sql, "SET statement_timeout = %u; SET default_transaction_read_only = %s", ms, read_only ? "on" : "off");
	return ch_pg_exec(pg, sql, err);
}

enum ch_store_trouble *ch_pg_trouble(struct ch_pg *pg)
{
	return &pg->trouble;
}

/* Of a statement that never was. */
void ch_pg_late(struct ch_pg *pg)
{
	if (!pg->failed)
		ch_fail(&pg->first, "%s: the question takes too long and was broken off; ask for less", pg->name);
	pg->failed = true;
	pg->trouble = CH_STORE_LATE;
}

static bool session(struct ch_pg *pg, struct ch_err *err)
{
	const bool read_only = pg->read_only;
	const unsigned limit_ms = pg->limit_ms;

	pg->read_only = false;
	pg->limit_ms = 0;
	PQsetNoticeReceiver(pg->conn, quiet, NULL);
	if (!PQenterPipelineMode(pg->conn))
		return fail(pg, NULL, err);
	/* A host that is cut off holds the writers' lock no longer than the server needs to find that out: its keepalives are set from here. */
	return ch_pg_exec(pg, "SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 3; SET tcp_keepalives_count = 3; SET tcp_user_timeout = 15000;"
			  " SET jit = off; SET bytea_output = hex; SET extra_float_digits = 1; SET lock_timeout = '60s'; SET client_min_messages = warning;"
			  /* Answers are a hundred rows that an index leads to, out of very many, and what is asked often is in memory. */
			  " SET random_page_cost = 1.1; SET work_mem = '32MB'", err) && ch_pg_limit(pg, read_only, limit_ms, err);
}

static bool connect_db(struct ch_pg *pg, const char *where, struct ch_err *err)
{
	/* what stands behind dbname has the last word over what the address says */
	static const char *const keys[] = { "connect_timeout", "fallback_application_name", "keepalives_idle", "keepalives_interval",
					    "keepalives_count", "tcp_user_timeout", "dbname", "client_encoding", NULL };
	const char *const values[] = { "10", "chancery", "10", "5", "3", "25000", where, "UTF8", NULL };
	const char *text;

	pg->conn = PQconnectdbParams(keys, values, 1);
	pg->name = display(pg->conn);
	if (PQstatus(pg->conn) != CONNECTION_OK) {
		struct ch_str line;

		text = PQerrorMessage(pg->conn);
		line = ch_str_trim(ch_str_sub(ch_str_z(text), 0, strcspn(text, "\n")));
		return ch_fail(err, "%s: cannot connect: %.*s", pg->name, CH_STR_ARG(line));
	}
	if (PQserverVersion(pg->conn) < 130000)
		return ch_fail(err, "%s: PostgreSQL 13 or newer is wanted, this is %d", pg->name, PQserverVersion(pg->conn) / 10000);
	text = PQparameterStatus(pg->conn, "server_encoding");
	if (text && strcmp(text, "UTF8"))
		return ch_fail(err, "%s: the data base is in %s, a store wants UTF8 (createdb -E UTF8 -T template0)", pg->name, text);
	return session(pg, err);
}

static bool number(struct ch_pg *pg, const char *sql, int64_t *n, struct ch_err *err)
{
	struct ch_pg_st *st = ch_pg_open(pg, sql, false);

	*n = ch_pg_step(st) ? ch_pg_int(st, 0) : 0;
	return ch_pg_end(st, err);
}

/* *version: 0 where there is no store yet. */
static bool check_version(struct ch_pg *pg, bool create, int64_t *version, struct ch_err *err)
{
	int64_t ours, tables;

	*version = 0;
	if (!number(pg, "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'chancery'", &ours, err) ||
	    !number(pg, "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()", &tables, err))
		return false;
	if (!ours && tables)
		return ch_fail(err, "%s: a data base, but no chancery store", pg->name);
	if (!ours && !create)
		return ch_fail(err, "%s: there is no store; `chancery add` makes one, --store names another", pg->name);
	if (ours && !number(pg, "SELECT version FROM chancery", version, err))
		return false;
	if (*version > CH_SQL_VERSION)
		return ch_fail(err, "%s: made by a newer chancery (store version %d, this one knows up to %d); upgrade the program", pg->name,
			       (int)*version, CH_SQL_VERSION);
	return true;
}

static bool make(struct ch_sql *db, int64_t version, struct ch_err *err)
{
	char sql[64];

	for (size_t i = 0; ch_pg_functions[i]; i++) {
		struct ch_pg_st *st = ch_pg_open(db->pg, "SELECT 1", false);

		/* as it is: nothing in it is to be turned */
		st->sql->text = ch_arena_z(&st->arena, ch_str_z(ch_pg_functions[i]));
		st->sql->rows = false;
		ch_pg_step(st);
		if (!ch_pg_end(st, err))
			return false;
	}
	if (!version && !ch_pg_exec(db->pg, "CREATE TABLE chancery(version INTEGER NOT NULL); INSERT INTO chancery VALUES(0)", err))
		return false;
	if (!ch_sql_build(db, version, err))
		return false;
	/* the full text of tables that came with these steps */
	if (!ch_pg_exec(db->pg, "CREATE INDEX IF NOT EXISTS sentences_fts_text ON sentences_fts USING GIN(text);"
			" CREATE INDEX IF NOT EXISTS statements_fts_said ON statements_fts USING GIN(said)", err))
		return false;
	snprintf(sql, sizeof sql, "UPDATE chancery SET version = %d", CH_SQL_VERSION);
	return ch_pg_exec(db->pg, sql, err);
}

static bool lock(struct ch_pg *pg, struct ch_err *err)
{
	char sql[480];

	/* Of this store: a data base may have others in other schemas. All that a writer looks up has an index; plans that are kept, those of foreign
	 * keys too, are made when tables are empty yet and a scan of them looks cheap. Tables are joined in the order in which statements name them. */
	snprintf(sql, sizeof sql, "SELECT pg_advisory_xact_lock(%d, hashtext(current_schema())), set_config('enable_seqscan', 'off', true),"
		 " set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),"
		 " set_config('join_collapse_limit', '1', true), set_config('max_parallel_workers_per_gather', '0', true)", LOCK);
	return ch_pg_exec(pg, sql, err);
}

static bool begin(void *p, struct ch_err *err)
{
	struct ch_sql *db = p;

	if (!ch_pg_exec(db->pg, "BEGIN", err) && (!revived(db->pg) || !ch_pg_exec(db->pg, "BEGIN", err)))
		return false;
	db->in_transaction = db->pg->in_transaction = true;
	ch_sql_memo_begin(db);
	if (lock(db->pg, err))
		return true;
	ch_postgres_verbs.rollback(db);
	return false;
}

static void rollback(void *p)
{
	struct ch_sql *db = p;

	ch_pg_load_drop(db->pg);
	if (db->in_transaction)
		(void)!ch_pg_exec(db->pg, "ROLLBACK", NULL);
	db->in_transaction = db->pg->in_transaction = db->pg->failed = false;
	db->fresh.n = 0;
	db->touched.n = 0;
	db->changed.n = 0;
	db->grown.n = 0;
	db->sums.out.n = 0;
}

/* COMMIT of a transaction that failed is a ROLLBACK, and says so by no error: what was sent before has to be known. */
static bool finish(struct ch_sql *db, struct ch_err *err)
{
	if (!ch_pg_bulk_send(db->pg, NULL) || !settle(db->pg, NULL)) {
		*err = db->pg->first;
		return false;
	}
	return ch_pg_exec(db->pg, "COMMIT", err);
}

static bool commit(void *p, struct ch_err *err)
{
	struct ch_sql *db = p;

	if (!ch_sql_settle(db, err) || !finish(db, err)) {
		rollback(db);
		return false;
	}
	db->in_transaction = db->pg->in_transaction = false;
	/* the sync that ends it */
	return settle(db->pg, NULL) || (*err = db->pg->first, db->pg->failed = false);
}

static bool bring_up(struct ch_sql *db, bool create, struct ch_err *err)
{
	int64_t version;

	if (!check_version(db->pg, create, &version, err))
		return false;
	if (version == CH_SQL_VERSION)
		return true;
	if (!begin(db, err))
		return false;
	/* Again, now that nobody else can write: another process may have been faster. */
	if (check_version(db->pg, create, &version, err) && (version == CH_SQL_VERSION || make(db, version, err)) && commit(db, err))
		return true;
	rollback(db);
	return false;
}

static bool open_db(const char *where, bool create, void **out, struct ch_err *err)
{
	struct ch_sql *db = ch_xrealloc(NULL, sizeof *db);

	*db = (struct ch_sql){ .pg = ch_xrealloc(NULL, sizeof *db->pg) };
	*db->pg = (struct ch_pg){ 0 };
	if (!connect_db(db->pg, where, err) || (db->path = db->pg->name, !bring_up(db, create, err)) || !ch_pg_bulk_begin(db->pg, err)) {
		close_db(db);
		return false;
	}
	*out = db;
	return true;
}

const struct ch_store_verbs ch_postgres_verbs = {
	.scheme = "postgresql://", .open = open_db, .close = close_db, .begin = begin, .commit = commit, .rollback = rollback,
	.news = ch_sql_news, .revision = ch_sql_revision, .limit = ch_sql_limit, .trouble = ch_sql_trouble,
	.has_page = ch_sql_has_page, .put = ch_sql_put, .events = ch_sql_events, .counts = ch_sql_counts, .totals = ch_sql_totals, .organisation = ch_sql_organisation, .suggest = ch_sql_suggest, .watch_put = ch_sql_watch_put,
	.watch_drop = ch_sql_watch_drop, .watch_each = ch_sql_watch_each,
	.rows = ch_sql_rows, .pages = ch_sql_pages,
	.search = ch_sql_search, .sentences = ch_sql_sentences, .blocks = ch_sql_blocks, .find = ch_sql_find,
	.resolve = ch_sql_resolve, .stories = ch_sql_stories, .words = ch_sql_words, .raw = ch_sql_raw, .coverage = ch_sql_coverage,
	.refused = ch_sql_refused, .days_of = ch_sql_days_of, .agenda = ch_sql_agenda, .telling = ch_sql_telling,
	.told_later = ch_sql_told_later, .newest = ch_sql_newest, .dump = ch_sql_dump,
	.check = ch_sql_check, .vacuum = ch_postgres_vacuum, .backup = ch_postgres_backup, .all_out = ch_postgres_all_out,
	.row_in = ch_postgres_row_in, .rows_done = ch_postgres_rows_done,
	.decide = ch_sql_decide, .undo = ch_sql_undo, .decisions = ch_sql_decisions, .replace = ch_sql_replace,
	.recode_begin = ch_sql_recode_begin, .recode_next = ch_sql_recode_next, .recode_end = ch_sql_recode_end, .coded_by = ch_sql_coded_by,
};
