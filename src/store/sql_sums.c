/* store/sql_sums.c -- how many events there are of each kind and between whom, kept with every commit (sql_schema.c, sums_sql), so that nobody
 * who asks has to count them.
 *
 * A shown event, with the versions that it stands for, counts once for each party of any of these, and once for all. Rows of events are never
 * written over but for where they stand: so what was counted is taken out before events come to stand otherwise or go, and before the commit it
 * is counted anew, with what is new: events above revision.events, which no transaction that ended has numbered. */
#include "store/sql.h"

/* Shown events that were there, and what stands with each. sides: whom each counts for, "" for all. */
#define SIDES_OF_THESE \
	" WITH heads(n) AS (SELECT n FROM events WHERE n IN " CH_SQL_IN "), told(h, e) AS (SELECT n, n FROM heads UNION SELECT k.head, k.event FROM heads c" \
	" CROSS JOIN event_groups k ON k.head = c.n), sides(h, party) AS (SELECT n, '' FROM heads UNION SELECT t.h, p.party FROM told t" \
	" CROSS JOIN event_parties p ON p.event = t.e) "
/* Those that are new and stand alone, as most do. */
#define SIDES_OF_NEW \
	" WITH heads(n) AS (SELECT e.n FROM events e WHERE e.n > ? AND NOT EXISTS (SELECT 1 FROM event_groups k WHERE k.event = e.n)), sides(h, party) AS" \
	" (SELECT n, '' FROM heads UNION ALL SELECT c.n, p.party FROM heads c CROSS JOIN event_parties p ON p.event = c.n WHERE p.party <> '' AND " CH_SQL_ONCE ") "
#define ADD_KINDS(sides, sign) \
	"INSERT INTO event_sums(party, month, type, mode, events)" sides CH_SQL_KINDS("sides", sign) \
	" ON CONFLICT(party, month, type, mode) DO UPDATE SET events = event_sums.events + excluded.events"
#define ADD_TIES(sides, sign) \
	"INSERT INTO tie_sums(who, party, year, events, conflict)" sides CH_SQL_TIES("sides", sign) \
	" ON CONFLICT(who, party, year) DO UPDATE SET events = tie_sums.events + excluded.events, conflict = tie_sums.conflict + excluded.conflict"

static const char *const add_new[] = { ADD_KINDS(SIDES_OF_NEW, ""), ADD_TIES(SIDES_OF_NEW, "") };
static const char *const add_these[] = { ADD_KINDS(SIDES_OF_THESE, ""), ADD_TIES(SIDES_OF_THESE, "") };
static const char *const take_these[] = { ADD_KINDS(SIDES_OF_THESE, "-"), ADD_TIES(SIDES_OF_THESE, "-") };

static struct ch_str key_of(const int64_t *n)
{
	return (struct ch_str){ (const char *)n, sizeof *n };
}

/* The largest number that a transaction before this one has given an event. */
static bool counted_up_to(struct ch_sql *db, int64_t *n, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT events FROM revision", true);

	*n = ch_sq_step(&q) ? ch_sq_get_int(&q) : 0;
	return ch_sq_end(&q, err);
}

/* What a statement of one CH_SQL_IN gives for the numbers, with what is in out, each once. */
static bool numbers(struct ch_sql *db, const char *sql, const int64_t *of, uint32_t n, struct ch_arena *arena, struct ch_sq_numbers *out,
		    struct ch_err *err)
{
	for (uint32_t from = 0; from < n; from += ch_sql_many(db)) {
		struct ch_sq q = ch_sq_open(db, sql, true);

		ch_sq_many(&q, of + from, ch_sql_piece(db, n, from));
		while (ch_sq_step(&q))
			*CH_PUSH(arena, out) = ch_sq_get_int(&q);
		if (!ch_sq_end(&q, err))
			return false;
	}
	out->n = ch_numbers_set(out->v, out->n);
	return true;
}

/* Those of the events are shown ones. */
static bool add(struct ch_sql *db, const char *const sql[2], const int64_t *events, uint32_t n, struct ch_err *err)
{
	for (int i = 0; i < 2; i++) {
		for (uint32_t from = 0; from < n; from += ch_sql_many(db)) {
			struct ch_sq q = ch_sq_open(db, sql[i], true);

			ch_sq_many(&q, events + from, ch_sql_piece(db, n, from));
			ch_sq_step(&q);
			if (!ch_sq_end(&q, err))
				return false;
		}
	}
	return true;
}

static void forget(struct ch_sql_sums *s)
{
	ch_arena_reset(&s->arena);
	memset(&s->out, 0, sizeof s->out);
	ch_map_init(&s->known, &s->arena);
}

bool ch_sql_sums_out(struct ch_sql *db, const int64_t *events, uint32_t n, struct ch_err *err)
{
	struct ch_sql_sums *s = &db->sums;
	struct ch_arena arena = { 0 };
	struct ch_sq_numbers heads = { 0 }, members = { 0 };
	uint32_t k = 0;
	int64_t last;
	bool ok;

	if (!n)
		return true;
	if (!s->out.n)
		forget(s);
	ok = counted_up_to(db, &last, err) && numbers(db, "SELECT head FROM events WHERE head IS NOT NULL AND n IN " CH_SQL_IN, events, n, &arena, &heads, err);
	for (uint32_t i = 0; i < heads.n; i++)
		if (heads.v[i] <= last && !ch_map_get(&s->known, key_of(&heads.v[i])))
			heads.v[k++] = heads.v[i];
	heads.n = ok ? k : 0;
	ok = ok && numbers(db, "SELECT event FROM event_groups WHERE head IN " CH_SQL_IN, heads.v, heads.n, &arena, &members, err) &&
	     add(db, take_these, heads.v, heads.n, err);
	for (uint32_t i = 0; i < heads.n; i++)
		*CH_PUSH(&arena, &members) = heads.v[i];
	members.n = ch_numbers_set(members.v, members.n);
	for (uint32_t i = 0; ok && i < members.n; i++) {
		*CH_PUSH(&s->arena, &s->out) = members.v[i];
		ch_map_put(&s->known, ch_arena_str(&s->arena, key_of(&members.v[i])), 0, NULL);
	}
	ch_arena_free(&arena);
	return ok;
}

void ch_sql_sums_undone(struct ch_sql *db, uint32_t n)
{
	struct ch_sql_sums *s = &db->sums;

	s->out.n = n < s->out.n ? n : s->out.n;
	ch_map_init(&s->known, &s->arena);
	for (uint32_t i = 0; i < s->out.n; i++)
		ch_map_put(&s->known, ch_arena_str(&s->arena, key_of(&s->out.v[i])), 0, NULL);
}

bool ch_sql_sums_settle(struct ch_sql *db, struct ch_err *err)
{
	struct ch_arena arena = { 0 };
	struct ch_sq_numbers heads = { 0 };
	int64_t last;
	bool ok = counted_up_to(db, &last, err);
	struct ch_sq q;

	for (int i = 0; ok && i < 2; i++) {
		q = ch_sq_open(db, add_new[i], true);
		ch_sq_int(&q, last);
		ch_sq_step(&q);
		ok = ch_sq_end(&q, err);
	}
	if (ok) {
		q = ch_sq_open(db, "SELECT head FROM event_groups WHERE event > ?", true);
		ch_sq_int(&q, last);
		while (ch_sq_step(&q))
			*CH_PUSH(&arena, &heads) = ch_sq_get_int(&q);
		ok = ch_sq_end(&q, err);
	}
	ok = ok && numbers(db, "SELECT head FROM events WHERE n IN " CH_SQL_IN, db->sums.out.v, db->sums.out.n, &arena, &heads, err) &&
	     add(db, add_these, heads.v, heads.n, err);
	ch_arena_free(&arena);
	forget(&db->sums);
	return ok;
}

bool ch_sql_sums_make(struct ch_sql *db, struct ch_err *err)
{
	static const char *const all[] = {
		"DELETE FROM event_sums", "DELETE FROM tie_sums",
		"INSERT INTO event_sums(party, month, type, mode, events) " CH_SQL_KINDS(CH_SQL_SIDES, ""),
		"INSERT INTO tie_sums(who, party, year, events, conflict) " CH_SQL_TIES(CH_SQL_SIDES, ""),
	};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (!ch_sql_exec(db, all[i], err))
			return false;
	forget(&db->sums);
	return true;
}
