/* store/sql_reports.c -- events that reporters in different stories tell, in the store.
 *
 * An event's link of story 0 hangs on the events that are near it (merge/reports.h) and on nothing else. When pages come, the links of
 * their events and of those near these are found anew: what the store has beside that is not touched, and where more stand near than
 * anybody could tell apart (CH_NEAR_CROWD), no link is made. Order of adding and size of batches do not matter. */
#include "store/sql.h"
#include "merge/reports.h"
#include <stdlib.h>
#include <string.h>

/* Events at a key that are found anew when one of them changes; far above what a pair does in a month. */
enum { AROUND_MAX = 1024 };

/* Events at a reach. */
struct found {
	CH_VEC(int64_t) v;
};

struct settling {
	struct ch_sql *db;
	struct ch_arena *arena;
	struct ch_err *err;
	struct ch_map known;                 /* row number -> index in versions */
	CH_VEC(struct ch_version *) versions;
	struct ch_map seen;                  /* reach -> index in found */
	CH_VEC(struct found) found;
	CH_VEC(int64_t) changed;
};

struct numbers {
	CH_VEC(int64_t) v;
};

static struct ch_str key_of(const int64_t *n)
{
	return (struct ch_str){ (const char *)n, sizeof *n };
}

/* Versions of the events, of those that are not known yet. */
static bool know(struct settling *s, struct numbers *events)
{
	struct ch_version *list;
	uint32_t n = 0;

	events->v.n = ch_numbers_set(events->v.v, events->v.n);
	for (uint32_t i = 0; i < events->v.n; i++)
		if (!ch_map_get(&s->known, key_of(&events->v.v[i])))
			events->v.v[n++] = events->v.v[i];
	list = CH_NEW_N(s->arena, struct ch_version, n);
	for (uint32_t i = 0; i < n; i++) {
		ch_map_put(&s->known, ch_arena_str(s->arena, key_of(&events->v.v[i])), s->versions.n, NULL);
		*CH_PUSH(s->arena, &s->versions) = &list[i];
	}
	return ch_sql_versions(s->db, events->v.v, n, s->arena, list, s->err);
}

static bool know_all(struct settling *s, const int64_t *events, uint32_t n)
{
	struct numbers all = { { 0 } };

	for (uint32_t i = 0; i < n; i++)
		*CH_PUSH(s->arena, &all.v) = events[i];
	return know(s, &all);
}

/* Of an event that is known. */
static const struct ch_version *version_of(const struct settling *s, int64_t event)
{
	return s->versions.v[*ch_map_get(&s->known, key_of(&event))];
}

/* Statements that ask for so many reaches each. */
enum { REACHES = 8 };
#define REACH(k) "SELECT * FROM (SELECT " #k ", event FROM event_near WHERE key = ? AND day BETWEEN ? AND ? ORDER BY day, event LIMIT ?) AS r" #k

static bool find_at(struct settling *s, const struct ch_reach *reaches, uint32_t n)
{
	struct ch_sq q = ch_sq_open(s->db, REACH(0) " UNION ALL " REACH(1) " UNION ALL " REACH(2) " UNION ALL " REACH(3) " UNION ALL " REACH(4)
				    " UNION ALL " REACH(5) " UNION ALL " REACH(6) " UNION ALL " REACH(7), true);
	uint32_t first = s->found.n;

	for (uint32_t i = 0; i < REACHES; i++) {
		const struct ch_reach *r = &reaches[i < n ? i : 0];

		ch_sq_int(&q, r->key);
		ch_sq_int(&q, r->first);
		ch_sq_int(&q, r->last);
		ch_sq_int(&q, i < n ? AROUND_MAX : 0);
		if (i < n)
			*CH_PUSH(s->arena, &s->found) = (struct found){ { 0 } };
	}
	while (ch_sq_step(&q)) {
		int64_t at = ch_sq_get_int(&q);

		*CH_PUSH(s->arena, &s->found.v[first + at].v) = ch_sq_get_int(&q);
	}
	return ch_sq_end(&q, s->err);
}

/* What stands about the events, which are known, and its versions. */
static bool find_near(struct settling *s, const int64_t *events, uint32_t n)
{
	CH_VEC(struct ch_reach) wanted = { 0 };
	struct numbers near = { { 0 } };
	uint32_t first = s->found.n;

	for (uint32_t i = 0; i < n; i++) {
		struct ch_reach reaches[CH_NEAR_KEYS * CH_NEAR_REACHES];
		uint32_t n_reaches = ch_near_reaches(version_of(s, events[i]), reaches);

		for (uint32_t k = 0; k < n_reaches; k++) {
			struct ch_str key = { (const char *)&reaches[k], sizeof reaches[k] };

			if (ch_map_get(&s->seen, key))
				continue;
			ch_map_put(&s->seen, ch_arena_str(s->arena, key), first + wanted.n, NULL);
			*CH_PUSH(s->arena, &wanted) = reaches[k];
		}
	}
	for (uint32_t i = 0; i < wanted.n; i += REACHES)
		if (!find_at(s, wanted.v + i, wanted.n - i < REACHES ? wanted.n - i : REACHES))
			return false;
	for (uint32_t i = first; i < s->found.n; i++)
		for (uint32_t k = 0; k < s->found.v[i].v.n; k++)
			*CH_PUSH(s->arena, &near.v) = s->found.v[i].v.v[k];
	return know(s, &near);
}

struct around {
	CH_VEC(int64_t) events;
	bool crowded;
};

/* Those that are near the event, behind find_near; crowded: more stand about than can be told apart. */
static void look_around(struct settling *s, int64_t event, struct around *near)
{
	struct ch_reach reaches[CH_NEAR_KEYS * CH_NEAR_REACHES];
	const struct ch_version *v = version_of(s, event);
	uint32_t n = ch_near_reaches(v, reaches), kept = 0;

	*near = (struct around){ 0 };
	for (uint32_t i = 0; i < n; i++) {
		const struct found *f = &s->found.v[*ch_map_get(&s->seen, (struct ch_str){ (const char *)&reaches[i], sizeof reaches[i] })];

		for (uint32_t k = 0; k < f->v.n; k++)
			*CH_PUSH(s->arena, &near->events) = f->v.v[k];
	}
	near->events.n = ch_numbers_set(near->events.v, near->events.n);
	for (uint32_t i = 0; i < near->events.n; i++) {
		int64_t one = near->events.v[i];

		if (one != event && ch_nearness(v, version_of(s, one)) != CH_NEAR_NOT)
			near->events.v[kept++] = one;
	}
	near->events.n = kept;
	near->crowded = kept > CH_NEAR_CROWD;
}

static bool put_keys(struct settling *s, const int64_t *events, uint32_t n)
{
	struct ch_sq q = ch_sq_open(s->db, "INSERT OR IGNORE INTO event_near(key, day, event) VALUES(?,?,?)", true);

	for (uint32_t i = 0; i < n; i++) {
		struct ch_near_key keys[CH_NEAR_KEYS];
		uint32_t n_keys = ch_near_keys(version_of(s, events[i]), keys);

		for (uint32_t k = 0; k < n_keys; k++) {
			ch_sq_again(&q);
			ch_sq_int(&q, keys[k].key);
			ch_sq_int(&q, keys[k].day);
			ch_sq_int(&q, events[i]);
			ch_sq_step(&q);
		}
	}
	return ch_sq_end(&q, s->err);
}

struct link {
	int64_t event, head;
};

static int by_event(const void *a, const void *b)
{
	const struct link *x = a, *y = b;

	return (x->event > y->event) - (x->event < y->event);
}

/* before: the head that the event is linked with now. */
static bool relink_one(struct settling *s, int64_t event, int64_t before)
{
	const struct ch_version **others;
	struct around near;
	int64_t now = 0;

	look_around(s, event, &near);
	if (!near.crowded && near.events.n) {
		uint32_t head;

		others = CH_NEW_N(s->arena, const struct ch_version *, near.events.n);
		for (uint32_t i = 0; i < near.events.n; i++)
			others[i] = version_of(s, near.events.v[i]);
		head = ch_near_head(version_of(s, event), others, near.events.n);
		now = head == UINT32_MAX ? 0 : near.events.v[head];
	}
	if (now == before)
		return true;
	*CH_PUSH(s->arena, &s->changed) = event;
	if (before)
		*CH_PUSH(s->arena, &s->changed) = before;
	if (now)
		*CH_PUSH(s->arena, &s->changed) = now;
	return ch_sql_link_put(s->db, 0, event, before, now, s->err);
}

/* Links of events by number, each once. */
static bool relink(struct settling *s, const int64_t *events, uint32_t n)
{
	CH_VEC(struct link) links = { 0 };

	if (!know_all(s, events, n) || !find_near(s, events, n))
		return false;
	for (uint32_t from = 0; from < n; from += ch_sql_many(s->db)) {
		struct ch_sq q = ch_sq_open(s->db, "SELECT event, head FROM event_links WHERE story = 0 AND event IN " CH_SQL_IN " ORDER BY event", true);

		ch_sq_many(&q, events + from, ch_sql_piece(s->db, n, from));
		while (ch_sq_step(&q)) {
			struct link l = { .event = ch_sq_get_int(&q) };

			l.head = ch_sq_get_int(&q);
			*CH_PUSH(s->arena, &links) = l;
		}
		if (!ch_sq_end(&q, s->err))
			return false;
	}
	for (uint32_t i = 0; i < n; i++) {
		const struct link *l = links.n ? bsearch(&(struct link){ .event = events[i] }, links.v, links.n, sizeof *links.v, by_event) : NULL;

		if (!relink_one(s, events[i], l ? l->head : 0))
			return false;
	}
	return true;
}

/* Events that a statement of CH_SQL_IN gives for the numbers. */
static bool events_of(struct settling *s, const char *sql, const int64_t *numbers, uint32_t n, struct numbers *events)
{
	for (uint32_t from = 0; from < n; from += ch_sql_many(s->db)) {
		struct ch_sq q = ch_sq_open(s->db, sql, true);

		ch_sq_many(&q, numbers + from, ch_sql_piece(s->db, n, from));
		while (ch_sq_step(&q))
			*CH_PUSH(s->arena, &events->v) = ch_sq_get_int(&q);
		if (!ch_sq_end(&q, s->err))
			return false;
	}
	return true;
}

static void start(struct settling *s, struct ch_sql *db, struct ch_arena *arena, struct ch_err *err)
{
	*s = (struct settling){ .db = db, .arena = arena, .err = err };
	ch_map_init(&s->known, arena);
	ch_map_init(&s->seen, arena);
}

bool ch_sql_reports_settle(struct ch_sql *db, struct ch_err *err)
{
	struct ch_arena arena = { 0 };
	struct settling s;
	struct numbers told = { { 0 } }, events = { { 0 } }, all = { { 0 } };
	struct around near;
	bool ok;

	start(&s, db, &arena, err);
	/* of what was touched some are gone, and what a person rejected or set apart is one with nothing */
	ok = events_of(&s, "SELECT event FROM reports WHERE page IN " CH_SQL_IN, db->fresh.v, db->fresh.n, &told);
	for (uint32_t i = 0; i < db->touched.n; i++)
		*CH_PUSH(&arena, &told.v) = db->touched.v[i];
	told.v.n = ch_numbers_set(told.v.v, told.v.n);
	ok = ok && events_of(&s, "SELECT n FROM events WHERE verdict = 0 AND n IN " CH_SQL_IN, told.v.v, told.v.n, &events);
	events.v.n = ch_numbers_set(events.v.v, events.v.n);
	ok = ok && know_all(&s, events.v.v, events.v.n) && put_keys(&s, events.v.v, events.v.n) && find_near(&s, events.v.v, events.v.n);
	for (uint32_t i = 0; ok && i < events.v.n; i++) {
		*CH_PUSH(&arena, &all.v) = events.v.v[i];
		*CH_PUSH(&arena, &s.changed) = events.v.v[i];
		look_around(&s, events.v.v[i], &near);
		for (uint32_t k = 0; k < near.events.n; k++)
			*CH_PUSH(&arena, &all.v) = near.events.v[k];
	}
	all.v.n = ch_numbers_set(all.v.v, all.v.n);
	ok = ok && relink(&s, all.v.v, all.v.n);
	s.changed.n = ch_numbers_set(s.changed.v, s.changed.n);
	for (uint32_t i = 0; ok && i < s.changed.n; i++)
		*CH_PUSH(&db->changed_arena, &db->changed) = s.changed.v[i];
	ok = ok && ch_sql_regroup_changed(db, &arena, err);
	ch_arena_free(&arena);
	ch_arena_reset(&db->fresh_arena);
	memset(&db->fresh, 0, sizeof db->fresh);
	memset(&db->grown, 0, sizeof db->grown);
	memset(&db->touched, 0, sizeof db->touched);
	return ok;
}

/* ---- stores that had none ---- */

/* In pieces, so that memory does not grow with the store. */
static bool for_all(struct ch_sql *db, const char *sql, bool (*each)(struct settling *s, const int64_t *events, uint32_t n), struct ch_err *err)
{
	enum { PIECE = 1024 };
	int64_t last = 0;
	bool ok = true, more = true;

	while (ok && more) {
		struct ch_arena arena = { 0 };
		struct ch_sq q = ch_sq_open(db, sql, true);
		CH_VEC(int64_t) events = { 0 };
		struct settling s;

		start(&s, db, &arena, err);
		ch_sq_int(&q, last);
		ch_sq_int(&q, PIECE);
		while (ch_sq_step(&q))
			*CH_PUSH(&arena, &events) = ch_sq_get_int(&q);
		ok = ch_sq_end(&q, err) && each(&s, events.v, events.n);
		more = events.n > 0;
		last = more ? events.v[events.n - 1] : last;
		ch_arena_free(&arena);
	}
	return ok;
}

static bool put_keys_of(struct settling *s, const int64_t *events, uint32_t n)
{
	return know_all(s, events, n) && put_keys(s, events, n);
}

/* With what they are linked to: groups that are not there yet grow link by link. */
static bool regroup_of(struct settling *s, const int64_t *events, uint32_t n)
{
	struct numbers all = { { 0 } };

	if (!events_of(s, "SELECT DISTINCT head FROM event_links WHERE event IN " CH_SQL_IN, events, n, &all))
		return false;
	for (uint32_t i = 0; i < n; i++)
		*CH_PUSH(s->arena, &all.v) = events[i];
	return ch_sql_regroup(s->db, all.v.v, all.v.n, s->arena, s->err);
}

bool ch_sql_reports_make(struct ch_sql *db, struct ch_err *err)
{
	return ch_sql_exec(db, "DELETE FROM event_groups", err) &&
	       for_all(db, "SELECT n FROM events WHERE n > ? AND verdict = 0 ORDER BY n LIMIT ?", put_keys_of, err) &&
	       for_all(db, "SELECT n FROM events WHERE n > ? AND verdict = 0 ORDER BY n LIMIT ?", relink, err) &&
	       for_all(db, "SELECT event FROM event_links WHERE event > ? GROUP BY event ORDER BY event LIMIT ?", regroup_of, err);
}
