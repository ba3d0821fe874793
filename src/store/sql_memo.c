/* store/sql_memo.c -- what a transaction that writes knows: numbers of rows to come, and those that it has looked up.
 *
 * From begin to commit nobody else writes (SQLite: BEGIN IMMEDIATE; PostgreSQL: the advisory lock), so that what was read once holds, and the
 * number behind the largest is free. Numbers made here spare a question after each row, which on PostgreSQL is a round trip. */
#include "store/postgres.h"
#include <stdio.h>

static const struct {
	const char *table, *largest, *made;   /* made: PostgreSQL's own counter follows, for whoever lets it count */
} counted[CH_COUNTED_N] = {
#define FOLLOWS(t) "WITH p AS (SELECT setval(pg_get_serial_sequence('" #t "', 'n'), ?) AS x) SELECT x FROM p"
#define COUNTED(t) { #t, "SELECT n FROM " #t " ORDER BY n DESC LIMIT 1", FOLLOWS(t) }
/* No number is given twice, even where the row that had it is gone: a column of revision knows the largest. */
#define IN_TURN(t, column) { #t, "SELECT k FROM (SELECT " #column " AS k FROM revision UNION ALL SELECT n FROM (SELECT n FROM " #t " ORDER BY n DESC LIMIT 1)" \
	" AS l) j ORDER BY k DESC LIMIT 1", FOLLOWS(t) }
	[CH_COUNTED_PAGES] = COUNTED(pages), [CH_COUNTED_ACTORS] = COUNTED(actors),
	[CH_COUNTED_EVENTS] = IN_TURN(events, events),
	[CH_COUNTED_REPORTS] = COUNTED(reports), [CH_COUNTED_STATEMENTS] = IN_TURN(statements, records),
	[CH_COUNTED_INSTRUMENTS] = IN_TURN(instruments, records), [CH_COUNTED_ROLES] = IN_TURN(roles, records), [CH_COUNTED_POSITIONS] = IN_TURN(positions, records),
	[CH_COUNTED_TALLIES] = IN_TURN(tallies, records), [CH_COUNTED_PLEDGES] = IN_TURN(pledges, records), [CH_COUNTED_GATHERINGS] = IN_TURN(gatherings, records),
	[CH_COUNTED_INITIATIVES] = IN_TURN(initiatives, records), [CH_COUNTED_RELATIONS] = IN_TURN(relations, records), [CH_COUNTED_MARKS] = IN_TURN(marks, records),
	[CH_COUNTED_STORIES] = COUNTED(stories), [CH_COUNTED_SIGNATURES] = COUNTED(signatures), [CH_COUNTED_SAYINGS] = COUNTED(sayings),
	[CH_COUNTED_SENTENCES] = COUNTED(sentences),
#undef IN_TURN
#undef COUNTED
#undef FOLLOWS
};

void ch_sql_memo_clear(struct ch_sql *db)
{
	struct ch_sql_memo *m = &db->memo;

	/* whoever asks with CH_SQL_BEFORE would miss them now */
	if (db->pg && db->in_transaction)
		ch_pg_flush(db->pg);
	m->no_reviews = false;
	ch_arena_reset(&m->arena);
	memset(&m->numbers, 0, sizeof m->numbers);
	ch_map_init(&m->known, &m->arena);
	ch_map_init(&m->names, &m->arena);
}

void ch_sql_memo_begin(struct ch_sql *db)
{
	ch_sql_memo_clear(db);
	memset(db->memo.last, 0, sizeof db->memo.last);
	memset(db->memo.made, 0, sizeof db->memo.made);
}

bool ch_sql_next(struct ch_sql *db, enum ch_sql_counted table, int64_t *n, struct ch_err *err)
{
	struct ch_sql_memo *m = &db->memo;

	if (!m->made[table] || !db->in_transaction) {
		struct ch_sq q = ch_sq_open(db, counted[table].largest, true);

		m->last[table] = ch_sq_step(&q) ? ch_sq_get_int(&q) : 0;
		if (!ch_sq_end(&q, err))
			return false;
	}
	m->made[table] = db->in_transaction;
	*n = ++m->last[table];
	return true;
}

bool ch_sql_memo_end(struct ch_sql *db, struct ch_err *err)
{
	for (size_t i = 0; db->pg && i < CH_COUNTED_N; i++) {
		struct ch_sq q;

		if (!db->memo.made[i])
			continue;
		q = ch_sq_open(db, counted[i].made, true);
		ch_sq_int(&q, db->memo.last[i]);
		ch_sq_step(&q);
		if (!ch_sq_end(&q, err))
			return false;
	}
	ch_sql_memo_begin(db);
	return true;
}

/* ---- numbers by ids ---- */

int64_t ch_sql_known(const struct ch_sql *db, struct ch_str id)
{
	uint32_t *at = db->in_transaction ? ch_map_get(&db->memo.known, id) : NULL;

	return at ? db->memo.numbers.v[*at] : 0;
}

void ch_sql_know(struct ch_sql *db, struct ch_str id, int64_t n)
{
	struct ch_sql_memo *m = &db->memo;
	uint32_t *at = db->in_transaction ? ch_map_get(&m->known, id) : NULL;

	if (at)
		m->numbers.v[*at] = n;
	if (at || !db->in_transaction)
		return;
	ch_map_put(&m->known, ch_arena_str(&m->arena, id), m->numbers.n, NULL);
	*CH_PUSH(&m->arena, &m->numbers) = n;
}

bool ch_sql_first_time(struct ch_sql *db, struct ch_str what)
{
	struct ch_sql_memo *m = &db->memo;

	if (!db->in_transaction)
		return true;
	if (ch_map_get(&m->names, what))
		return false;
	ch_map_put(&m->names, ch_arena_str(&m->arena, what), 0, NULL);
	return true;
}

/* ---- many at once ---- */

bool ch_sql_numbers_of(struct ch_sql *db, const char *sql, const struct ch_str *ids, uint32_t n, int64_t *numbers, struct ch_err *err)
{
	for (uint32_t from = 0; from < n; from += CH_SQL_MANY) {
		struct ch_sq q = ch_sq_open(db, sql, true);
		uint32_t piece = n - from < CH_SQL_MANY ? n - from : CH_SQL_MANY;

		if (q.pg)
			ch_pg_bind_texts(q.pg, q.at++, ids + from, piece);
		for (uint32_t i = 0; !q.pg && i < CH_SQL_MANY; i++)
			ch_sq_text_always(&q, i < piece ? ids[from + i] : CH_STR(""));
		for (uint32_t i = 0; i < piece; i++)
			numbers[from + i] = 0;
		while (ch_sq_step(&q)) {
			struct ch_str id = ch_sq_lent_text(&q);
			int64_t number = ch_sq_get_int(&q);

			for (uint32_t i = 0; i < piece; i++)
				if (ch_str_eq(ids[from + i], id))
					numbers[from + i] = number;
		}
		if (!ch_sq_end(&q, err))
			return false;
	}
	return true;
}

void ch_sq_many(struct ch_sq *q, const int64_t *numbers, uint32_t n)
{
	if (q->pg) {
		ch_pg_bind_ints(q->pg, q->at++, numbers, n);
		return;
	}
	for (uint32_t i = 0; i < CH_SQL_MANY; i++)
		ch_sq_int(q, i < n ? numbers[i] : -1);
}

uint32_t ch_sql_many(const struct ch_sql *db)
{
	return db->pg ? 4096 : CH_SQL_MANY;
}

uint32_t ch_sql_piece(const struct ch_sql *db, uint32_t n, uint32_t from)
{
	return n - from < ch_sql_many(db) ? n - from : ch_sql_many(db);
}
