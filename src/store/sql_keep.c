/* store/sql_keep.c -- upkeep of an SQLite store: its promises checked, room given back, a copy while it is in use, all rows out and in. */
#include "store/sql.h"
#include "store/id.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

/* ---- check ---- */

enum { NAMED_MAX = 3 /* of what is broken in one way, so many are named */, FILE_PROMISES = 2 };

struct checking {
	struct ch_sql *db;
	ch_broken_fn *fn;
	void *ctx;
	struct ch_err *err;
	struct ch_arena arena;
	struct ch_str named;
	uint64_t n;
};

static void blame(struct checking *c, struct ch_str which)
{
	if (c->n++ < NAMED_MAX)
		c->named = ch_arena_printf(&c->arena, "%.*s%s%.*s", CH_STR_ARG(c->named), c->named.len ? ", " : "", CH_STR_ARG(which));
}

static void tell(struct checking *c, const char *what)
{
	struct ch_str line;

	if (c->n) {
		line = ch_arena_printf(&c->arena, "%s: %.*s%s (%llu)", what, CH_STR_ARG(c->named), c->n > NAMED_MAX ? ", …" : "", (unsigned long long)c->n);
		c->fn(c->ctx, line);
	}
	c->n = 0;
	c->named = CH_STR("");
	ch_arena_reset(&c->arena);
}

/* What each query finds is broken; its one column names it. */
#define ROW_DAY_WRONG(table) "SELECT x.id FROM " table " x JOIN pages g ON g.n = x.page WHERE x.day IS NOT coalesce(x.lo, g.published, '~')"

static const struct {
	const char *what, *sql;
} promises[] = {
	{ "the file is damaged", "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'" },
	{ "rows that refer to what is not there", "SELECT \"table\" || ' row ' || coalesce(rowid, '?') || ' (' || parent || ')' FROM pragma_foreign_key_check" },
	{ "pages without their bytes", "SELECT id FROM pages WHERE n NOT IN (SELECT page FROM page_raw)" },
	{ "events that no page tells", "SELECT id FROM events WHERE n NOT IN (SELECT event FROM reports)" },
	{ "reports of sentences that are not there", "SELECT r.id FROM reports r WHERE NOT EXISTS (SELECT 1 FROM sentences s WHERE s.page = r.page"
	  " AND s.number = r.sentence)" },
	{ "reports whose event has not their parties", "SELECT DISTINCT r.id FROM report_parties p JOIN reports r ON r.n = p.report JOIN actors a ON a.n = p.actor"
	  " WHERE NOT EXISTS (SELECT 1 FROM event_parties e WHERE e.event = r.event AND e.side = p.side AND e.party = coalesce(a.party, ''))" },
	{ "parties of rows that are not there", "SELECT register || ' ' || row FROM row_parties p WHERE (register = 'gatherings' AND row NOT IN (SELECT n FROM gatherings))"
	  " OR (register = 'initiatives' AND row NOT IN (SELECT n FROM initiatives)) OR (register = 'relations' AND row NOT IN (SELECT n FROM relations))"
	  " OR register NOT IN ('gatherings', 'initiatives', 'relations')" },
	{ "stories that were not settled", "SELECT coalesce(id, 'story ' || n) FROM stories WHERE changed <> 0 OR id IS NULL" },
	{ "stories without a page", "SELECT id FROM stories WHERE n NOT IN (SELECT s.story FROM signatures s JOIN copies c ON c.signature = s.n)" },
	{ "stories whose first page is not theirs", "SELECT t.id FROM stories t WHERE NOT EXISTS (SELECT 1 FROM copies c JOIN signatures s ON s.n = c.signature"
	  " WHERE c.page = t.first AND s.story = t.n)" },
	{ "groups whose head is in another", "SELECT e.id FROM event_groups k JOIN events e ON e.n = k.event LEFT JOIN event_groups h ON h.event = k.head"
	  " WHERE h.head IS NOT k.head OR h.top IS NOT k.top" },
	{ "events that stand in the wrong place", "SELECT e.id FROM events e LEFT JOIN event_groups k ON k.event = e.n LEFT JOIN events h ON h.n = e.head"
	  " WHERE e.head IS NOT coalesce(k.head, e.n) OR e.day IS NOT coalesce(h.lo, '~')" },
	{ "parties that stand in the wrong place", "SELECT e.id || ' ' || p.party FROM event_parties p JOIN events e ON e.n = p.event"
	  " WHERE p.day IS NOT e.day OR p.head IS NOT e.head OR p.class IS NOT e.class" },
	{ "reports that stand in the wrong place", "SELECT r.id FROM reports r JOIN events e ON e.n = r.event LEFT JOIN sentences s ON s.page = r.page"
	  " AND s.number = r.sentence WHERE r.day IS NOT e.day OR r.head IS NOT e.head OR r.sentence_n IS NOT s.n" },
	{ "statements that stand in the wrong place", "SELECT t.id FROM statements t JOIN pages g ON g.n = t.page LEFT JOIN sentences s ON s.page = t.page"
	  " AND s.number = t.sentence WHERE t.day IS NOT coalesce(t.lo, g.published, '~') OR t.sentence_n IS NOT s.n" },
	{ "sums of events that are not theirs (by party)", "WITH k(party, month, type, mode, events) AS (" CH_SQL_KINDS(CH_SQL_SIDES, "") "), v AS (SELECT party, month, type, mode, events"
	  " FROM event_sums WHERE events <> 0) SELECT DISTINCT CASE WHEN party = '' THEN 'all' ELSE party END FROM (SELECT party FROM (SELECT * FROM k EXCEPT SELECT * FROM v) a"
	  " UNION ALL SELECT party FROM (SELECT * FROM v EXCEPT SELECT * FROM k) b) c" },
	{ "sums of ties that are not theirs (by party)", "WITH k(party, other, year, events, conflict) AS (" CH_SQL_TIES(CH_SQL_SIDES, "") "), v AS (SELECT who AS party, party AS other, year, events, conflict"
	  " FROM tie_sums WHERE events <> 0) SELECT DISTINCT CASE WHEN party = '' THEN 'all' ELSE party END FROM (SELECT party FROM (SELECT * FROM k EXCEPT SELECT * FROM v) a"
	  " UNION ALL SELECT party FROM (SELECT * FROM v EXCEPT SELECT * FROM k) b) c" },
	{ "rows that stand in the wrong place", ROW_DAY_WRONG("instruments") " UNION ALL "
	  ROW_DAY_WRONG("roles") " UNION ALL "
	  ROW_DAY_WRONG("positions") " UNION ALL "
	  ROW_DAY_WRONG("tallies") " UNION ALL "
	  ROW_DAY_WRONG("pledges") " UNION ALL "
	  ROW_DAY_WRONG("gatherings") " UNION ALL "
	  ROW_DAY_WRONG("initiatives") " UNION ALL "
	  ROW_DAY_WRONG("relations") " UNION ALL "
	  ROW_DAY_WRONG("marks") },
	{ "statements of a saying that is not there", "SELECT id FROM statements WHERE saying NOT IN (SELECT n FROM sayings)" },
	{ "sayings whose head is not there", "SELECT id FROM sayings WHERE head NOT IN (SELECT n FROM sayings)" },
};

static bool check_promises(struct checking *c)
{
	/* the first are about files; PostgreSQL keeps what refers to what by itself */
	for (size_t i = c->db->pg ? FILE_PROMISES : 0; i < sizeof promises / sizeof *promises; i++) {
		struct ch_sq q = ch_sq_open(c->db, promises[i].sql, false);

		while (ch_sq_step(&q))
			blame(c, ch_sq_get_text(&q, &c->arena));
		if (!ch_sq_end(&q, c->err))
			return false;
		tell(c, promises[i].what);
	}
	return true;
}

/* PostgreSQL's: a row for each, and none beside. */
static bool check_vectors(struct checking *c)
{
	struct ch_sq q = ch_sq_open(c->db,
		"SELECT 'sentences' WHERE EXISTS (SELECT 1 FROM sentences s FULL JOIN sentences_fts f ON f.rowid = s.n WHERE s.n IS NULL OR f.rowid IS NULL)"
		" UNION ALL SELECT 'statements' WHERE EXISTS (SELECT 1 FROM statements s FULL JOIN statements_fts f ON f.rowid = s.n WHERE s.n IS NULL"
		" OR f.rowid IS NULL)", false);

	while (ch_sq_step(&q))
		blame(c, ch_sq_get_text(&q, &c->arena));
	if (!ch_sq_end(&q, c->err))
		return false;
	tell(c, "full text that is not that of the store (`chancery store vacuum` makes it anew)");
	return true;
}

/* The full text against the sentences; FTS5 says by its error code that they differ. */
static bool check_full_text(struct checking *c)
{
	static const char *const asks[][2] = {
		{ "sentences", "INSERT INTO sentences_fts(sentences_fts, rank) VALUES('integrity-check', 1)" },
		{ "statements", "INSERT INTO statements_fts(statements_fts) VALUES('integrity-check')" },
	};

	if (c->db->pg)
		return check_vectors(c);
	for (size_t i = 0; i < sizeof asks / sizeof *asks; i++) {
		int rc = sqlite3_exec(c->db->handle, asks[i][1], NULL, NULL, NULL);

		if ((rc & 0xFF) == SQLITE_CORRUPT)
			blame(c, ch_str_z(asks[i][0]));
		else if (rc)
			return ch_sql_fail(c->db, rc, c->err);
	}
	tell(c, "full text that is not that of the store (`chancery store vacuum` makes it anew)");
	return true;
}

static bool unpack(struct ch_arena *arena, struct ch_str codec, struct ch_str bytes, uint64_t size, struct ch_str *raw)
{
	uLongf n = (uLongf)size;
	unsigned char *room;

	*raw = bytes;
	if (!ch_str_eqz(codec, "zlib"))
		return ch_str_eqz(codec, "none");
	room = ch_arena_alloc(arena, size + 1);
	if (uncompress(room, &n, (const unsigned char *)bytes.ptr, (uLong)bytes.len) != Z_OK)
		return false;
	*raw = ch_str_n((const char *)room, n);
	return true;
}

static bool check_page_ids(struct checking *c)
{
	struct ch_sq q = ch_sq_open(c->db, "SELECT g.id, g.raw_size, r.codec, r.bytes FROM pages g JOIN page_raw r ON r.page = g.n", false);
	struct ch_arena row = { 0 };
	bool ok;

	while (ch_sq_step(&q)) {
		struct ch_str id = ch_sq_get_text(&q, &row), codec, raw;
		uint64_t size = (uint64_t)ch_sq_get_int(&q);

		codec = ch_sq_get_text(&q, &row);
		if (!unpack(&row, codec, ch_sq_lent_blob(&q), size, &raw) || !ch_str_eq(ch_page_id(&row, raw), id))
			blame(c, id);
		ch_arena_reset(&row);
	}
	ok = ch_sq_end(&q, c->err);
	tell(c, "pages whose bytes are not those that they were read from");
	ch_arena_free(&row);
	return ok;
}

/* Of what a person decided it does not hold: reports keep their id, and events may stand apart. store/record.c, ch_event_id: type, mode, sides, date, place, status; the page where there is no date. */
static bool check_event_ids(struct checking *c)
{
	struct ch_sq q = ch_sq_open(c->db,
		"SELECT e.n, e.id, e.type, e.mode, e.date, e.place, e.status, (SELECT g.id FROM reports r JOIN pages g ON g.n = r.page WHERE r.event = e.n LIMIT 1)"
		" FROM events e WHERE e.verdict = 0 AND NOT EXISTS (SELECT 1 FROM reports r JOIN reviews v ON v.record = r.id WHERE r.event = e.n)", false);
	struct ch_arena row = { 0 };
	bool ok = true;

	while (ok && ch_sq_step(&q)) {
		const int64_t n = ch_sq_get_int(&q);
		const struct ch_str id = ch_sq_get_text(&q, &row);
		struct ch_sq p = ch_sq_open(c->db, "SELECT side, party FROM event_parties WHERE event = ? ORDER BY side, party", true);
		struct ch_str date, page;
		struct ch_ider ider;
		int64_t side = 0;

		ch_ider_init(&ider, "event");
		ch_ider_add(&ider, ch_sq_get_text(&q, &row));
		ch_ider_add(&ider, ch_sq_get_text(&q, &row));
		ch_sq_int(&p, n);
		while (ch_sq_step(&p)) {
			const int64_t at = ch_sq_get_int(&p);

			for (; side < at; side++)
				ch_ider_add(&ider, CH_STR("/"));
			ch_ider_add(&ider, ch_sq_get_text(&p, &row));
		}
		ok = ch_sq_end(&p, c->err);
		for (; side < 2; side++)
			ch_ider_add(&ider, CH_STR("/"));
		date = ch_sq_get_text(&q, &row);
		ch_ider_add(&ider, date);
		ch_ider_add(&ider, ch_sq_get_text(&q, &row));
		ch_ider_add(&ider, ch_sq_get_text(&q, &row));
		page = ch_sq_get_text(&q, &row);
		if (!date.len)
			ch_ider_add(&ider, page);
		if (!ch_str_eq(ch_ider_id(&ider, &row), id))
			blame(c, id);
		ch_arena_reset(&row);
	}
	ok = ch_sq_end(&q, c->err) && ok;
	tell(c, "events that are not what their id says");
	ch_arena_free(&row);
	return ok;
}

static bool check_report_ids(struct checking *c)
{
	struct ch_sq q = ch_sq_open(c->db, "SELECT r.id, e.id, g.id, r.trigger_start, r.trigger_end, r.frame FROM reports r JOIN events e ON e.n = r.event"
				    " JOIN pages g ON g.n = r.page WHERE r.id NOT IN (SELECT record FROM reviews)", false);
	struct ch_arena row = { 0 };
	bool ok;

	while (ch_sq_step(&q)) {
		const struct ch_str id = ch_sq_get_text(&q, &row);
		struct ch_ider ider;

		ch_ider_init(&ider, "report");
		ch_ider_add(&ider, ch_sq_get_text(&q, &row));
		ch_ider_add(&ider, ch_sq_get_text(&q, &row));
		ch_ider_add_number(&ider, (uint64_t)ch_sq_get_int(&q));
		ch_ider_add_number(&ider, (uint64_t)ch_sq_get_int(&q));
		ch_ider_add(&ider, ch_sq_get_text(&q, &row));
		if (!ch_str_eq(ch_ider_id(&ider, &row), id))
			blame(c, id);
		ch_arena_reset(&row);
	}
	ok = ch_sq_end(&q, c->err);
	tell(c, "reports that are not what their id says");
	ch_arena_free(&row);
	return ok;
}

static bool check_story_ids(struct checking *c)
{
	struct ch_sq q = ch_sq_open(c->db, "SELECT t.id, g.id FROM stories t JOIN pages g ON g.n = t.first", false);
	bool ok;

	while (ch_sq_step(&q)) {
		const struct ch_str id = ch_sq_get_text(&q, &c->arena);
		struct ch_ider ider;

		ch_ider_init(&ider, "story");
		ch_ider_add(&ider, ch_sq_get_text(&q, &c->arena));
		if (!ch_str_eq(ch_ider_id(&ider, &c->arena), id))
			blame(c, id);
		else if (!c->n)
			ch_arena_reset(&c->arena);
	}
	ok = ch_sq_end(&q, c->err);
	tell(c, "stories that are not named by their first page");
	return ok;
}

bool ch_sql_check(void *p, ch_broken_fn *fn, void *ctx, struct ch_err *err)
{
	struct checking c = { .db = p, .fn = fn, .ctx = ctx, .err = err };
	bool ok = check_promises(&c) && check_full_text(&c) && check_page_ids(&c) && check_event_ids(&c) && check_report_ids(&c) && check_story_ids(&c);

	ch_arena_free(&c.arena);
	return ok;
}

/* ---- vacuum, backup ---- */

#define FULL_TEXT_ANEW \
	"INSERT INTO sentences_fts(sentences_fts) VALUES('rebuild');" \
	"INSERT INTO statements_fts(statements_fts) VALUES('delete-all');" \
	"INSERT INTO statements_fts(rowid, said) SELECT n, said FROM statements;"

bool ch_sql_vacuum(void *p, struct ch_err *err)
{
	return ch_sql_exec(p, "BEGIN IMMEDIATE;" FULL_TEXT_ANEW "INSERT INTO sentences_fts(sentences_fts) VALUES('optimize');"
			      "INSERT INTO statements_fts(statements_fts) VALUES('optimize'); COMMIT; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)", err);
}

/* In one step: with a write-ahead log others may write meanwhile, and what they write is not in the copy. The file has its name once it is whole. */
bool ch_sql_backup(void *p, const char *to, struct ch_err *err)
{
	struct ch_sql *db = p;
	const size_t room = strlen(to) + 8;
	char *part = ch_xrealloc(NULL, room);
	sqlite3 *out = NULL;
	sqlite3_backup *backup;
	bool ok = false;
	int rc;

	snprintf(part, room, "%s.part", to);
	if (!access(to, F_OK)) {
		ch_fail(err, "%s: is there already; give another name", to);
		free(part);
		return false;
	}
	unlink(part);
	rc = sqlite3_open_v2(part, &out, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
	backup = rc ? NULL : sqlite3_backup_init(out, "main", db->handle, "main");
	if (backup) {
		sqlite3_backup_step(backup, -1);
		rc = sqlite3_backup_finish(backup);
	} else if (!rc) {
		rc = sqlite3_errcode(out);
	}
	if (rc)
		ch_fail(err, "%s: %s", to, sqlite3_errstr(rc));
	sqlite3_close(out);
	if (!rc && rename(part, to))
		ch_fail(err, "%s: cannot be written", to);
	else
		ok = !rc;
	if (!ok)
		unlink(part);
	free(part);
	return ok;
}

/* ---- all rows ---- */

static bool table_out(struct ch_sql *db, const char *table, ch_table_row_fn *fn, void *ctx, bool *go, struct ch_err *err)
{
	char sql[96];
	struct ch_value values[CH_TABLE_COLS_MAX];
	const char *names[CH_TABLE_COLS_MAX];
	struct ch_table_row row = { .table = table, .columns = names, .values = values };
	struct ch_sq q;

	snprintf(sql, sizeof sql, "SELECT * FROM %s", table);
	q = ch_sq_open(db, sql, false);
	while (*go && ch_sq_step(&q)) {
		const int n = sqlite3_column_count(q.st);

		row.n = (uint32_t)(n < CH_TABLE_COLS_MAX ? n : CH_TABLE_COLS_MAX);
		for (int i = 0; i < (int)row.n; i++) {
			const int type = sqlite3_column_type(q.st, i);
			const char *bytes = type == SQLITE_BLOB ? sqlite3_column_blob(q.st, i) : type == SQLITE_TEXT ? (const char *)sqlite3_column_text(q.st, i) : NULL;

			names[i] = sqlite3_column_name(q.st, i);
			values[i] = (struct ch_value){ .kind = type == SQLITE_INTEGER ? CH_VALUE_INT : type == SQLITE_FLOAT ? CH_VALUE_REAL :
						       type == SQLITE_TEXT ? CH_VALUE_TEXT : type == SQLITE_BLOB ? CH_VALUE_BYTES : CH_VALUE_NULL };
			if (type == SQLITE_INTEGER)
				values[i].number = sqlite3_column_int64(q.st, i);
			else if (type == SQLITE_FLOAT)
				values[i].real = sqlite3_column_double(q.st, i);
			else if (bytes)
				values[i].bytes = ch_str_n(bytes, (size_t)sqlite3_column_bytes(q.st, i));
		}
		*go = fn(ctx, &row);
	}
	return ch_sq_end(&q, err);
}

bool ch_sql_all_out(void *p, ch_table_row_fn *fn, void *ctx, struct ch_err *err)
{
	bool ok = ch_sql_exec(p, "BEGIN", err), go = true;   /* one state of the store, whoever writes meanwhile */

	for (size_t i = 0; ok && go && ch_store_tables[i]; i++)
		ok = table_out(p, ch_store_tables[i], fn, ctx, &go, err);
	sqlite3_exec(((struct ch_sql *)p)->handle, "COMMIT", NULL, NULL, NULL);
	return ok;
}

bool ch_sql_row_in(void *p, const struct ch_table_row *row, struct ch_err *err)
{
	struct ch_sql *db = p;
	struct ch_sq q = { .db = db, .slot = -1, .at = 1 };
	bool ok;

	if (!db->into || strcmp(db->into_table, row->table) != 0) {
		struct ch_arena arena = { 0 };
		struct ch_str columns = CH_STR(""), marks = CH_STR("");

		for (uint32_t i = 0; i < row->n; i++) {
			columns = ch_arena_printf(&arena, "%.*s%s\"%s\"", CH_STR_ARG(columns), i ? ", " : "", row->columns[i]);
			marks = ch_arena_printf(&arena, "%.*s%s?", CH_STR_ARG(marks), i ? "," : "");
		}
		sqlite3_finalize(db->into);
		db->into = NULL;
		db->into_table = row->table;
		q.rc = sqlite3_prepare_v2(db->handle, ch_arena_printf(&arena, "INSERT INTO %s(%.*s) VALUES(%.*s)", row->table, CH_STR_ARG(columns),
					  CH_STR_ARG(marks)).ptr, -1, &db->into, NULL);
		ch_arena_free(&arena);
	}
	q.st = db->into;
	for (uint32_t i = 0; i < row->n && !q.rc; i++) {
		const struct ch_value *v = &row->values[i];

		switch (v->kind) {
		case CH_VALUE_NULL: ch_sq_null(&q); break;
		case CH_VALUE_INT: ch_sq_int(&q, v->number); break;
		case CH_VALUE_REAL: ch_sq_real(&q, v->real); break;
		case CH_VALUE_TEXT: ch_sq_text_always(&q, v->bytes); break;
		case CH_VALUE_BYTES: ch_sq_blob(&q, v->bytes.ptr, v->bytes.len); break;
		}
	}
	ch_sq_step(&q);
	ok = q.rc ? ch_sql_fail(db, q.rc, err) : true;
	if (q.st)
		sqlite3_reset(q.st);
	return ok;
}

bool ch_sql_rows_done(void *p, struct ch_err *err)
{
	struct ch_sql *db = p;

	sqlite3_finalize(db->into);
	db->into = NULL;
	return ch_sql_exec(db, FULL_TEXT_ANEW, err);
}
