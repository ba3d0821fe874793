/* store/postgres_load.c -- many rows into a PostgreSQL store: COPY instead of statements, indexes when all is in.
 *
 * A connection copies into one table at a time, but sentences bring their words for the table of full text along: those are kept in memory, and
 * go in between, a few MB at a time. */
#include "store/postgres.h"
#include "base/utf8.h"
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>

enum { SEND_BYTES = 1 << 16, WORDS_BYTES = 4 << 20 };

struct bytes {
	char *v;
	size_t n, cap;
};

struct ch_pg_load {
	PGconn *conn;              /* while a COPY is under way; NULL: none is */
	struct ch_arena arena;     /* what is to be made again */
	struct ch_arena row;
	CH_VEC(const char *) again;
	const char *table, *sql;   /* that rows come for, by address; its COPY */
	struct bytes out;          /* of the table */
	struct bytes words;        /* of the full text */
	const char *words_table;
};

static void put(struct bytes *b, const char *v, size_t n)
{
	if (b->n + n > b->cap) {
		b->cap = (b->n + n) * 2;
		b->v = ch_xrealloc(b->v, b->cap);
	}
	memcpy(b->v + b->n, v, n);
	b->n += n;
}

static void put_z(struct bytes *b, const char *text)
{
	put(b, text, strlen(text));
}

/* In COPY's text format. A NUL has no place in a text of PostgreSQL. */
static void put_text(struct ch_pg_load *l, struct bytes *b, struct ch_str s)
{
	size_t from = 0;

	s = ch_utf8_repair(&l->row, s, NULL);
	for (size_t i = 0; i < s.len; i++) {
		const char c = s.ptr[i];
		const char *as = c == '\t' ? "\\t" : c == '\n' ? "\\n" : c == '\r' ? "\\r" : c == '\\' ? "\\\\" : c ? NULL : " ";

		if (!as)
			continue;
		put(b, s.ptr + from, i - from);
		put_z(b, as);
		from = i + 1;
	}
	put(b, s.ptr + from, s.len - from);
}

static void put_bytes(struct bytes *b, struct ch_str s)
{
	static const char digits[] = "0123456789abcdef";
	char two[2];

	put_z(b, "\\\\x");
	for (size_t i = 0; i < s.len; i++) {
		two[0] = digits[(unsigned char)s.ptr[i] >> 4];
		two[1] = digits[(unsigned char)s.ptr[i] & 15];
		put(b, two, 2);
	}
}

static void put_value(struct ch_pg_load *l, const struct ch_value *v)
{
	char text[40];

	switch (v->kind) {
	case CH_VALUE_NULL:
		put_z(&l->out, "\\N");
		break;
	case CH_VALUE_INT:
		snprintf(text, sizeof text, "%lld", (long long)v->number);
		put_z(&l->out, text);
		break;
	case CH_VALUE_REAL:
		snprintf(text, sizeof text, "%.17g", v->real);
		put_z(&l->out, text);
		break;
	case CH_VALUE_TEXT:
		put_text(l, &l->out, v->bytes);
		break;
	case CH_VALUE_BYTES:
		put_bytes(&l->out, v->bytes);
		break;
	}
}

/* ---- on the way ---- */

static bool begin_copy(struct ch_pg *pg, struct ch_pg_load *l, const char *sql, struct ch_err *err)
{
	PGresult *res;
	bool ok;

	l->conn = ch_pg_leave(pg, err);
	if (!l->conn)
		return false;
	res = PQexec(l->conn, sql);
	ok = PQresultStatus(res) == PGRES_COPY_IN;
	if (!ok) {
		l->conn = NULL;
		(void)ch_pg_back(pg, res, err);
	}
	PQclear(res);
	return ok;
}

/* stop: why the server shall not take it; NULL: it shall. */
static bool end_copy(struct ch_pg *pg, struct ch_pg_load *l, const char *stop, struct ch_err *err)
{
	PGresult *res, *next;
	bool ok;

	if (!l->conn)
		return true;
	PQputCopyEnd(l->conn, stop);
	res = PQgetResult(l->conn);
	while (res && (next = PQgetResult(l->conn)))
		PQclear(next);
	ok = ch_pg_back(pg, res, err);
	PQclear(res);
	l->conn = NULL;
	return ok;
}

static bool send(struct ch_pg *pg, struct ch_pg_load *l, struct bytes *b, struct ch_err *err)
{
	size_t n = b->n;

	b->n = 0;
	for (size_t at = 0, some; at < n; at += some) {
		some = n - at < SEND_BYTES ? n - at : SEND_BYTES;
		if (PQputCopyData(l->conn, b->v + at, (int)some) != 1) {
			/* the end tells what was wrong */
			if (end_copy(pg, l, "stopped", err))
				ch_fail(err, "the server gave no reason");
			return false;
		}
	}
	return true;
}

/* The words that have gathered, into their table. */
static bool send_words(struct ch_pg *pg, struct ch_pg_load *l, struct ch_err *err)
{
	char sql[80];

	if (!l->words.n)
		return true;
	snprintf(sql, sizeof sql, "COPY %s FROM STDIN", l->words_table);
	return begin_copy(pg, l, sql, err) && send(pg, l, &l->words, err) && end_copy(pg, l, NULL, err);
}

static bool end_table(struct ch_pg *pg, struct ch_pg_load *l, struct ch_err *err)
{
	return (!l->conn || (send(pg, l, &l->out, err) && end_copy(pg, l, NULL, err))) && send_words(pg, l, err);
}

bool ch_pg_load_row(struct ch_pg *pg, const struct ch_table_row *row, struct ch_err *err)
{
	struct ch_pg_load *l = *ch_pg_loading(pg);

	if (l->table != row->table) {
		struct ch_str columns = CH_STR("");

		if (!end_table(pg, l, err))
			return false;
		for (uint32_t i = 0; i < row->n; i++)
			columns = ch_arena_printf(&l->arena, "%.*s%s\"%s\"", CH_STR_ARG(columns), i ? ", " : "", row->columns[i]);
		l->table = row->table;
		l->sql = ch_arena_printf(&l->arena, "COPY %s(%.*s) FROM STDIN", row->table, CH_STR_ARG(columns)).ptr;
	}
	if (!l->conn && !begin_copy(pg, l, l->sql, err))
		return false;
	for (uint32_t i = 0; i < row->n; i++) {
		if (i)
			put_z(&l->out, "\t");
		put_value(l, &row->values[i]);
	}
	put_z(&l->out, "\n");
	ch_arena_reset(&l->row);
	return l->out.n < SEND_BYTES || send(pg, l, &l->out, err);
}

bool ch_pg_load_words(struct ch_pg *pg, const char *table, int64_t n, struct ch_str text, struct ch_err *err)
{
	struct ch_pg_load *l = *ch_pg_loading(pg);
	char number[32];

	if (l->words.n && (l->words.n > WORDS_BYTES || l->words_table != table) && !end_table(pg, l, err))
		return false;
	l->words_table = table;
	snprintf(number, sizeof number, "%lld\t", (long long)n);
	put_z(&l->words, number);
	put_text(l, &l->words, ch_pg_vector(&l->row, text));
	put_z(&l->words, "\n");
	ch_arena_reset(&l->row);
	return true;
}

/* ---- what is made when all is in ---- */

/* Rows: what takes it off, what makes it again. */
static bool take_off(struct ch_pg *pg, struct ch_pg_load *l, const char *sql, struct ch_err *err)
{
	struct ch_pg_st *st = ch_pg_open(pg, sql, true);
	CH_VEC(const char *) off = { 0 };
	bool ok;

	while (ch_pg_step(st)) {
		*CH_PUSH(&l->arena, &off) = ch_arena_z(&l->arena, ch_pg_text(st, 0));
		*CH_PUSH(&l->arena, &l->again) = ch_arena_z(&l->arena, ch_pg_text(st, 1));
	}
	ok = ch_pg_end(st, err);
	for (uint32_t i = 0; ok && i < off.n; i++)
		ok = ch_pg_alone(pg, off.v[i], err);
	return ok;
}

#define CONSTRAINTS(kinds) \
	"SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname)," \
	" format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint" \
	" WHERE connamespace = current_schema()::regnamespace AND conrelid <> 0 AND contype IN (" kinds ")"
#define INDEXES \
	"SELECT format('DROP INDEX %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid" \
	" WHERE c.relnamespace = current_schema()::regnamespace AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)"

bool ch_pg_load_begin(struct ch_pg *pg, bool bare, struct ch_err *err)
{
	struct ch_pg_load *l = ch_xrealloc(NULL, sizeof *l);

	*l = (struct ch_pg_load){ 0 };
	*ch_pg_loading(pg) = l;
	/* taken off: what refers, then what is referred to; made again the other way round */
	return !bare || (ch_pg_alone(pg, "SET LOCAL maintenance_work_mem = '256MB'", err) && ch_pg_alone(pg, "SET LOCAL work_mem = '64MB'", err) &&
			 take_off(pg, l, CONSTRAINTS("'f'"), err) && take_off(pg, l, INDEXES, err) && take_off(pg, l, CONSTRAINTS("'p', 'u'"), err));
}

bool ch_pg_load_end(struct ch_pg *pg, struct ch_err *err)
{
	struct ch_pg_load *l = *ch_pg_loading(pg);
	bool ok = end_table(pg, l, err);

	/* the planner knows the sizes when references are looked at */
	ok = ok && (!l->again.n || ch_pg_alone(pg, "ANALYZE", err));
	for (uint32_t i = l->again.n; ok && i-- > 0;)
		ok = ch_pg_alone(pg, l->again.v[i], err);
	ch_pg_load_drop(pg);
	return ok;
}

void ch_pg_load_drop(struct ch_pg *pg)
{
	struct ch_pg_load *l = *ch_pg_loading(pg);

	if (!l)
		return;
	(void)end_copy(pg, l, "given up", NULL);
	ch_arena_free(&l->arena);
	ch_arena_free(&l->row);
	free(l->out.v);
	free(l->words.v);
	free(l);
	*ch_pg_loading(pg) = NULL;
}
