/* store/sqlite.c -- an SQLite store: opening, bringing up to date, transactions, statements.
 *
 * WAL with synchronous=NORMAL: a killed process loses what it had not committed and nothing else; a machine that loses power
 * may lose the last commits as well, but the file stays whole (sqlite.org/wal.html). Both are mended by running `add` again. */
#include "store/postgres.h"
#include "base/utf8.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

bool ch_sql_fail(struct ch_sql *db, int rc, struct ch_err *err)
{
	const char *path = db->path;
	const int kind = rc & 0xFF;

	db->trouble = kind == SQLITE_INTERRUPT ? CH_STORE_LATE : kind == SQLITE_BUSY || kind == SQLITE_LOCKED || kind == SQLITE_READONLY ? CH_STORE_LOCKED :
		      kind == SQLITE_NOTADB || kind == SQLITE_CORRUPT || kind == SQLITE_CANTOPEN || kind == SQLITE_IOERR ? CH_STORE_AWAY : db->trouble;
	switch (kind) {
	case SQLITE_INTERRUPT:
		return ch_fail(err, "%s: the question takes too long and was broken off; ask for less", path);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return ch_fail(err, "%s: the store is locked by another program; try again when that one is done", path);
	case SQLITE_FULL:
		return ch_fail(err, "%s: the disk is full; what was committed before is safe, make room and run it again", path);
	case SQLITE_NOTADB:
	case SQLITE_CORRUPT:
		return ch_fail(err, "%s: this file is no chancery store, or a damaged one", path);
	case SQLITE_READONLY:
	case SQLITE_PERM:
		return ch_fail(err, "%s: the store cannot be written (check its permissions and those of its folder)", path);
	case SQLITE_CANTOPEN:
		return ch_fail(err, "%s: cannot open the store (check the path and its permissions)", path);
	case SQLITE_IOERR:
		if (db->handle && sqlite3_system_errno(db->handle))
			return ch_fail(err, "%s: cannot write or read the store: %s", path,
				       strerror(sqlite3_system_errno(db->handle)));
		return ch_fail(err, "%s: cannot write or read the store (disk full or failing?)", path);
	default:
		return ch_fail(err, "%s: %s", path, db->handle ? sqlite3_errmsg(db->handle) : sqlite3_errstr(rc));
	}
}

/* ---- statements ---- */

struct ch_sq ch_sq_open(struct ch_sql *db, const char *sql, bool keep)
{
	struct ch_sq q = { .db = db, .slot = -1, .at = 1 };
	const int n = (int)(sizeof db->kept / sizeof *db->kept);

	if (db->pg) {
		q.pg = ch_pg_open(db->pg, sql, keep);
		return q;
	}
	for (int i = 0; keep && i < n; i++) {
		if (db->kept[i].sql == sql && !db->kept[i].busy && db->kept[i].st) {
			q.slot = i;
			q.st = db->kept[i].st;
			db->kept[i].busy = true;
			return q;
		}
	}
	q.rc = sqlite3_prepare_v3(db->handle, sql, -1, keep ? SQLITE_PREPARE_PERSISTENT : 0, &q.st, NULL);
	for (int i = 0; keep && !q.rc && q.slot < 0 && i < n; i++) {
		if (!db->kept[i].sql) {
			db->kept[i].sql = sql;
			db->kept[i].st = q.st;
			db->kept[i].busy = true;
			q.slot = i;
		}
	}
	return q;
}

static void bound(struct ch_sq *q, int rc)
{
	if (!q->rc)
		q->rc = rc;
	q->at++;
}

void ch_sq_text_always(struct ch_sq *q, struct ch_str s)
{
	if (q->pg)
		ch_pg_bind(q->pg, q->at++, CH_PG_TEXT, s);
	else if (!q->rc)
		bound(q, sqlite3_bind_text64(q->st, q->at, s.ptr ? s.ptr : "", s.len, SQLITE_STATIC, SQLITE_UTF8));
}

void ch_sq_text(struct ch_sq *q, struct ch_str s)
{
	if (s.len)
		ch_sq_text_always(q, s);
	else
		ch_sq_null(q);
}

void ch_sq_int(struct ch_sq *q, int64_t n)
{
	if (q->pg)
		ch_pg_bind_int(q->pg, q->at++, n);
	else if (!q->rc)
		bound(q, sqlite3_bind_int64(q->st, q->at, n));
}

void ch_sq_null(struct ch_sq *q)
{
	if (q->pg)
		ch_pg_bind(q->pg, q->at++, CH_PG_NULL, CH_STR(""));
	else if (!q->rc)
		bound(q, sqlite3_bind_null(q->st, q->at));
}

void ch_sq_real(struct ch_sq *q, double x)
{
	if (q->pg)
		ch_pg_bind_real(q->pg, q->at++, x);
	else if (!q->rc)
		bound(q, sqlite3_bind_double(q->st, q->at, x));
}

void ch_sq_blob(struct ch_sq *q, const void *bytes, size_t n)
{
	if (q->pg)
		ch_pg_bind(q->pg, q->at++, CH_PG_BYTES, ch_str_n(n ? bytes : "", n));
	else if (!q->rc)
		bound(q, sqlite3_bind_blob64(q->st, q->at, n ? bytes : "", n, SQLITE_STATIC));
}

bool ch_sq_step(struct ch_sq *q)
{
	int rc;

	if (q->pg) {
		q->at = 0;
		if (ch_sql_late(q->db))
			ch_pg_late(q->db->pg);
		return ch_pg_step(q->pg);
	}
	if (!q->rc && ch_sql_late(q->db))
		q->rc = SQLITE_INTERRUPT;
	if (q->rc)
		return false;
	rc = sqlite3_step(q->st);
	q->at = 0;
	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
		q->rc = sqlite3_extended_errcode(q->db->handle);
	return rc == SQLITE_ROW;
}

void ch_sq_again(struct ch_sq *q)
{
	if (q->pg)
		ch_pg_again(q->pg);
	else if (q->st)
		sqlite3_reset(q->st);
	q->at = 1;
}

struct ch_str ch_sq_lent_text(struct ch_sq *q)
{
	const char *text;
	struct ch_str s;

	if (q->pg)
		return ch_pg_text(q->pg, q->at++);
	text = (const char *)sqlite3_column_text(q->st, q->at);
	s = ch_str_n(text, text ? (size_t)sqlite3_column_bytes(q->st, q->at) : 0);
	q->at++;
	return s;
}

struct ch_str ch_sq_get_text(struct ch_sq *q, struct ch_arena *arena)
{
	struct ch_str s = ch_sq_lent_text(q);

	return s.len ? ch_arena_str(arena, s) : CH_STR("");
}

struct ch_str ch_sq_lent_blob(struct ch_sq *q)
{
	const char *bytes;
	struct ch_str s;

	if (q->pg)
		return ch_pg_bytes(q->pg, q->at++);
	bytes = sqlite3_column_blob(q->st, q->at);
	s = ch_str_n(bytes, bytes ? (size_t)sqlite3_column_bytes(q->st, q->at) : 0);
	q->at++;
	return s;
}

int64_t ch_sq_get_int(struct ch_sq *q)
{
	return q->pg ? ch_pg_int(q->pg, q->at++) : sqlite3_column_int64(q->st, q->at++);
}

bool ch_sq_get_null(struct ch_sq *q)
{
	return q->pg ? ch_pg_null(q->pg, q->at) : sqlite3_column_type(q->st, q->at) == SQLITE_NULL;
}

double ch_sq_get_real(struct ch_sq *q)
{
	return q->pg ? ch_pg_real(q->pg, q->at++) : sqlite3_column_double(q->st, q->at++);
}

int ch_sq_columns(struct ch_sq *q)
{
	return q->pg ? ch_pg_columns(q->pg) : sqlite3_column_count(q->st);
}

bool ch_sq_end(struct ch_sq *q, struct ch_err *err)
{
	if (q->pg)
		return ch_pg_end(q->pg, err);
	if (q->slot >= 0) {
		sqlite3_reset(q->st);
		sqlite3_clear_bindings(q->st);
		q->db->kept[q->slot].busy = false;
	} else {
		sqlite3_finalize(q->st);
	}
	q->st = NULL;
	return q->rc ? ch_sql_fail(q->db, q->rc, err) : true;
}

bool ch_sql_exec(struct ch_sql *db, const char *sql, struct ch_err *err)
{
	int rc;

	if (db->pg)
		return ch_pg_exec(db->pg, sql, err);
	rc = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
	return rc ? ch_sql_fail(db, sqlite3_extended_errcode(db->handle), err) : true;
}

static bool read_number(struct ch_sql *db, const char *sql, int64_t *out, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, sql, false);

	*out = ch_sq_step(&q) ? ch_sq_get_int(&q) : 0;
	return ch_sq_end(&q, err);
}

/* ---- SQL functions ---- */

/* In ASCII alone, folding is lower case: a field that has not the first word of the name in it need not be folded. */
static bool plainly_not(struct ch_str field, struct ch_str word)
{
	bool found = false;

	for (size_t i = 0; i < field.len; i++) {
		size_t k = 0;

		if ((unsigned char)field.ptr[i] >= 0x80 || field.ptr[i] == '`')
			return false;
		while (!found && k < word.len && i + k < field.len &&
		       (field.ptr[i + k] >= 'A' && field.ptr[i + k] <= 'Z' ? field.ptr[i + k] + 32 : field.ptr[i + k]) == word.ptr[k])
			k++;
		found = found || k == word.len;
	}
	return !found;
}

/* The name of a call is that of all others of its statement: folded once. */
static const char *folded_name(sqlite3_context *ctx, sqlite3_value *value)
{
	char *kept = sqlite3_get_auxdata(ctx, 1);

	if (!kept) {
		struct ch_arena arena = { 0 };
		struct ch_str name = ch_str_trim(ch_utf8_fold(&arena, ch_str_z((const char *)sqlite3_value_text(value))));

		kept = ch_xrealloc(NULL, name.len + 1);
		memcpy(kept, name.ptr, name.len);
		kept[name.len] = '\0';
		ch_arena_free(&arena);
		sqlite3_set_auxdata(ctx, 1, kept, free);
	}
	return sqlite3_get_auxdata(ctx, 1);   /* none where there was no memory to keep it */
}

/* ch_named(field, name): whether the folded words of `name` stand in `field` one after the other. Fields name several, with
 * commas between. */
static void named(sqlite3_context *ctx, int n, sqlite3_value **args)
{
	struct ch_arena arena;
	struct ch_str field, name;
	const char *kept;
	bool hit = false;

	(void)n;
	if (sqlite3_value_type(args[0]) == SQLITE_NULL || sqlite3_value_type(args[1]) == SQLITE_NULL) {
		sqlite3_result_int(ctx, 0);
		return;
	}
	kept = folded_name(ctx, args[1]);
	if (!kept) {
		sqlite3_result_error_nomem(ctx);
		return;
	}
	name = ch_str_z(kept);
	field = ch_str_z((const char *)sqlite3_value_text(args[0]));
	if (plainly_not(field, ch_str_sub(name, 0, ch_str_find_byte(name, ' ', 0) == CH_STR_NONE ? name.len : ch_str_find_byte(name, ' ', 0)))) {
		sqlite3_result_int(ctx, 0);
		return;
	}
	ch_arena_init(&arena);
	field = ch_utf8_fold(&arena, field);
	for (size_t at = 0; name.len && !hit && (at = ch_str_find(field, name, at)) != CH_STR_NONE; at++) {
		uint32_t len;
		bool left = !at || !ch_is_letter(ch_utf8_before(field, at, &len));
		size_t end = at + name.len;

		hit = left && (end == field.len || !ch_is_letter(ch_utf8_at(field, end, &len)));
	}
	ch_arena_free(&arena);
	sqlite3_result_int(ctx, hit);
}

/* ---- opening ---- */

/* Whose file it is and of which version. Fails on what is not ours, or of a newer program. */
static bool check_version(struct ch_sql *db, int64_t *version, struct ch_err *err)
{
	int64_t app, tables;

	if (!read_number(db, "PRAGMA user_version", version, err) || !read_number(db, "PRAGMA application_id", &app, err) ||
	    !read_number(db, "SELECT count(*) FROM sqlite_master", &tables, err))
		return false;
	if (*version < 0 || (app != CH_SQL_APP_ID && (tables || *version || app)))
		return ch_fail(err, "%s: a data base, but no chancery store", db->path);
	if (*version > CH_SQL_VERSION)
		return ch_fail(err, "%s: made by a newer chancery (store version %d, this one knows up to %d); upgrade the program",
			       db->path, (int)*version, CH_SQL_VERSION);
	return true;
}

bool ch_sql_build(struct ch_sql *db, int64_t from, struct ch_err *err)
{
	for (int64_t version = from; version < CH_SQL_VERSION;)
		if (!ch_sql_exec(db, ch_sql_step((int)++version), err))
			return false;
	if (from < CH_SQL_STORIES && !ch_sql_stories_make(db, err))
		return false;
	db->changed.n = 0;   /* of all events, in what follows */
	if (from && from < CH_SQL_REPORTS && !ch_sql_reports_make(db, err))
		return false;
	if (from < CH_SQL_PAIRS && !ch_sql_pairs_make(db, err))
		return false;
	if (from && from < CH_SQL_SAYINGS && !ch_sql_sayings_make(db, err))
		return false;
	return !from || from >= CH_SQL_SUMS || ch_sql_sums_make(db, err);
}

/* From whatever version it has up to ours, in one transaction. */
static bool migrate(struct ch_sql *db, struct ch_err *err)
{
	int64_t version;
	char sql[96];

	if (!ch_sql_exec(db, "BEGIN IMMEDIATE", err))
		return false;
	/* Again, now that nobody else can write: another process may have been faster. */
	if (!check_version(db, &version, err))
		return false;
	if (!ch_sql_build(db, version, err))
		return false;
	snprintf(sql, sizeof sql, "PRAGMA application_id = %d; PRAGMA user_version = %d; COMMIT", CH_SQL_APP_ID,
		 CH_SQL_VERSION);
	return ch_sql_exec(db, sql, err);
}

/* Of several that make a store at once one may turn it to WAL, and SQLite tells the others that it is busy without waiting. */
static bool to_wal(struct ch_sql *db, struct ch_err *err)
{
	for (int waited = 0;; waited += 20) {
		if (ch_sql_exec(db, "PRAGMA journal_mode = WAL", err))
			return true;
		if ((sqlite3_errcode(db->handle) & 0xff) != SQLITE_BUSY || waited >= CH_SQL_BUSY_MS)
			return false;
		sqlite3_sleep(20);
	}
}

/* Whoever may not write the file may read it, as it is. */
static bool bring_up_for_reading(struct ch_sql *db, struct ch_err *err)
{
	int64_t version;

	if (!check_version(db, &version, err)) {
		const int kind = sqlite3_errcode(db->handle) & 0xff;

		if (kind == SQLITE_CANTOPEN || kind == SQLITE_READONLY)
			return ch_fail(err, "%s: neither the store nor its folder can be written: to be read there, its journal must not be a WAL (docs/serve.md)",
				       db->path);
		return false;
	}
	if (version != CH_SQL_VERSION)
		return ch_fail(err, "%s: made by an older chancery, and cannot be written: whoever may write it brings it up to date by any command", db->path);
	return ch_sql_exec(db, "PRAGMA cache_size = -98304", err);
}

/* Nothing is written before the file is known to be ours. */
static bool bring_up(struct ch_sql *db, struct ch_err *err)
{
	int64_t version;

	/* SQLite has opened for reading what it could not open for writing */
	if (sqlite3_db_readonly(db->handle, "main") == 1)
		return bring_up_for_reading(db, err);
	return check_version(db, &version, err) && to_wal(db, err) &&
	       ch_sql_exec(db, "PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;"
			   /* indexes are written all over: room for their pages, and fewer times that they go from the log to the file */
			   " PRAGMA cache_size = -98304; PRAGMA wal_autocheckpoint = 8192", err) &&
	       (version == CH_SQL_VERSION || migrate(db, err));
}

static void close_db(void *p)
{
	struct ch_sql *db = p;

	for (size_t i = 0; i < sizeof db->kept / sizeof *db->kept; i++)
		sqlite3_finalize(db->kept[i].st);
	sqlite3_finalize(db->into);
	sqlite3_close(db->handle);
	ch_arena_free(&db->fresh_arena);
	ch_arena_free(&db->changed_arena);
	ch_arena_free(&db->memo.arena);
	ch_arena_free(&db->sums.arena);
	free(db->path);
	free(db);
}

static bool open_db(const char *where, bool create, void **out, struct ch_err *err)
{
	struct ch_sql *db;
	int rc;

	if (!create && access(where, F_OK))
		return ch_fail(err, "%s: there is no store; `chancery add` makes one, --store names another", where);
	db = ch_xrealloc(NULL, sizeof *db);
	*db = (struct ch_sql){ .path = strdup(where) };
	if (!db->path)
		ch_die_memory(strlen(where));
	rc = sqlite3_open_v2(where, &db->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (create ? SQLITE_OPEN_CREATE : 0),
			     NULL);
	if (rc) {
		ch_sql_fail(db, rc, err);
		close_db(db);
		return false;
	}
	sqlite3_extended_result_codes(db->handle, 1);
	sqlite3_busy_timeout(db->handle, CH_SQL_BUSY_MS);
	sqlite3_create_function_v2(db->handle, "ch_named", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, named, NULL, NULL, NULL);
	if (!bring_up(db, err)) {
		close_db(db);
		return false;
	}
	*out = db;
	return true;
}

/* ---- transactions ---- */

static bool begin(void *p, struct ch_err *err)
{
	struct ch_sql *db = p;

	db->in_transaction = ch_sql_exec(db, "BEGIN IMMEDIATE", err);
	ch_sql_memo_begin(db);
	return db->in_transaction;
}

static void rollback(void *p)
{
	struct ch_sql *db = p;

	/* After a full disk SQLite may have undone it already. */
	if (db->in_transaction && !sqlite3_get_autocommit(db->handle))
		sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
	db->in_transaction = false;
	db->fresh.n = 0;
	db->touched.n = 0;
	db->changed.n = 0;
	db->grown.n = 0;
	db->sums.out.n = 0;
}

bool ch_sql_settle(struct ch_sql *db, struct ch_err *err)
{
	return ch_sql_stories_settle(db, err) && ch_sql_reports_settle(db, err) && ch_sql_sums_settle(db, err) && ch_sql_moved(db, err) && ch_sql_memo_end(db, err);
}

static bool commit(void *p, struct ch_err *err)
{
	struct ch_sql *db = p;

	if (!ch_sql_settle(db, err) || !ch_sql_exec(db, "COMMIT", err)) {
		rollback(db);
		return false;
	}
	db->in_transaction = false;
	return true;
}

bool ch_sql_has_page(void *p, struct ch_str id, bool *has, struct ch_err *err)
{
	struct ch_sql *db = p;
	int64_t known = ch_sql_known(db, id);
	struct ch_sq q;

	/* nobody else can have put it since it was asked for */
	*has = known == CH_SQL_THERE;
	if (known)
		return true;
	q = ch_sq_open(db, "SELECT 1 FROM pages WHERE id = ?" CH_SQL_BEFORE, true);
	ch_sq_text(&q, id);
	*has = ch_sq_step(&q);
	if (!ch_sq_end(&q, err))
		return false;
	ch_sql_know(db, id, *has ? CH_SQL_THERE : CH_SQL_NOT_THERE);
	return true;
}

const struct ch_store_verbs ch_sqlite_verbs = {
	.scheme = "", .open = open_db, .close = close_db, .begin = begin, .commit = commit, .rollback = rollback,
	.news = ch_sql_news, .revision = ch_sql_revision, .limit = ch_sql_limit, .trouble = ch_sql_trouble,
	.has_page = ch_sql_has_page, .put = ch_sql_put, .events = ch_sql_events, .counts = ch_sql_counts, .totals = ch_sql_totals, .organisation = ch_sql_organisation, .suggest = ch_sql_suggest, .watch_put = ch_sql_watch_put,
	.watch_drop = ch_sql_watch_drop, .watch_each = ch_sql_watch_each,
	.rows = ch_sql_rows, .pages = ch_sql_pages,
	.search = ch_sql_search, .sentences = ch_sql_sentences, .blocks = ch_sql_blocks, .find = ch_sql_find,
	.resolve = ch_sql_resolve, .stories = ch_sql_stories, .words = ch_sql_words, .raw = ch_sql_raw, .coverage = ch_sql_coverage,
	.refused = ch_sql_refused, .days_of = ch_sql_days_of, .agenda = ch_sql_agenda, .telling = ch_sql_telling,
	.told_later = ch_sql_told_later, .newest = ch_sql_newest, .dump = ch_sql_dump,
	.check = ch_sql_check, .vacuum = ch_sql_vacuum, .backup = ch_sql_backup, .all_out = ch_sql_all_out,
	.row_in = ch_sql_row_in, .rows_done = ch_sql_rows_done,
	.decide = ch_sql_decide, .undo = ch_sql_undo, .decisions = ch_sql_decisions, .replace = ch_sql_replace,
	.recode_begin = ch_sql_recode_begin, .recode_next = ch_sql_recode_next, .recode_end = ch_sql_recode_end, .coded_by = ch_sql_coded_by,
};
