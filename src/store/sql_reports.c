/* store/sql_reports.c -- events that reporters in different stories tell, in the store.
 *
 * An event's link of story 0 hangs on the events that are near it (merge/reports.h) and on nothing else. When pages come, the links of
 * their events and of those near these are found anew: what the store has beside that is not touched, and where more stand near than
 * anybody could tell apart (CH_NEAR_CROWD), no link is made. Order of adding and size of batches do not matter. */
#include "store/sql.h"
#include "merge/reports.h"
#include <string.h>

/* Events at a key that are found anew when one of them changes; far above what a pair does in a month. */
enum { AROUND_MAX = 1024 };

struct settling {
	struct ch_sql *db;
	struct ch_arena *arena;
	struct ch_err *err;
	struct ch_map known;                 /* row number -> index in versions */
	CH_VEC(struct ch_version *) versions;
	CH_VEC(int64_t) changed;
};

static bool version_of(struct settling *s, int64_t event, const struct ch_version **out)
{
	struct ch_str key = { (const char *)&event, sizeof event };
	uint32_t *at = ch_map_get(&s->known, key);
	struct ch_version *v;

	if (at) {
		*out = s->versions.v[*at];
		return true;
	}
	v = CH_NEW(s->arena, struct ch_version);
	if (!ch_sql_version(s->db, event, s->arena, v, s->err))
		return false;
	ch_map_put(&s->known, ch_arena_str(s->arena, key), s->versions.n, NULL);
	*CH_PUSH(s->arena, &s->versions) = v;
	*out = v;
	return true;
}

struct around {
	CH_VEC(int64_t) events;
	bool crowded;
};

/* Those that are near the event; crowded: more stand about than can be told apart. */
static bool look_around(struct settling *s, int64_t event, const struct ch_version *v, struct around *near)
{
	struct ch_reach reaches[CH_NEAR_KEYS * CH_NEAR_REACHES];
	uint32_t n = ch_near_reaches(v, reaches), kept = 0;
	const struct ch_version *other;

	*near = (struct around){ 0 };
	for (uint32_t i = 0; i < n; i++) {
		struct ch_sq q = ch_sq_open(s->db, "SELECT event FROM event_near WHERE key = ? AND day BETWEEN ? AND ? ORDER BY day, event"
					    " LIMIT ?", true);

		ch_sq_int(&q, reaches[i].key);
		ch_sq_int(&q, reaches[i].first);
		ch_sq_int(&q, reaches[i].last);
		ch_sq_int(&q, AROUND_MAX);
		while (ch_sq_step(&q))
			*CH_PUSH(s->arena, &near->events) = ch_sq_get_int(&q);
		if (!ch_sq_end(&q, s->err))
			return false;
	}
	near->events.n = ch_numbers_set(near->events.v, near->events.n);
	for (uint32_t i = 0; i < near->events.n; i++) {
		int64_t one = near->events.v[i];

		if (one == event)
			continue;
		if (!version_of(s, one, &other))
			return false;
		if (ch_nearness(v, other) != CH_NEAR_NOT)
			near->events.v[kept++] = one;
	}
	near->events.n = kept;
	near->crowded = kept > CH_NEAR_CROWD;
	return true;
}

static bool put_keys(struct settling *s, int64_t event)
{
	struct ch_near_key keys[CH_NEAR_KEYS];
	const struct ch_version *v;
	uint32_t n;

	if (!version_of(s, event, &v))
		return false;
	n = ch_near_keys(v, keys);
	for (uint32_t i = 0; i < n; i++) {
		struct ch_sq q = ch_sq_open(s->db, "INSERT OR IGNORE INTO event_near(key, day, event) VALUES(?,?,?)", true);

		ch_sq_int(&q, keys[i].key);
		ch_sq_int(&q, keys[i].day);
		ch_sq_int(&q, event);
		ch_sq_step(&q);
		if (!ch_sq_end(&q, s->err))
			return false;
	}
	return true;
}

static bool old_link(struct settling *s, int64_t event, int64_t *head)
{
	struct ch_sq q = ch_sq_open(s->db, "SELECT head FROM event_links WHERE story = 0 AND event = ?", true);

	ch_sq_int(&q, event);
	*head = ch_sq_step(&q) ? ch_sq_get_int(&q) : 0;
	return ch_sq_end(&q, s->err);
}

static bool set_link(struct settling *s, int64_t event, int64_t head)
{
	struct ch_sq q = ch_sq_open(s->db, head ? "INSERT INTO event_links(story, event, head) VALUES(0,?,?)"
				    " ON CONFLICT(story, event) DO UPDATE SET head = excluded.head" :
				    "DELETE FROM event_links WHERE story = 0 AND event = ?", true);

	ch_sq_int(&q, event);
	if (head)
		ch_sq_int(&q, head);
	ch_sq_step(&q);
	return ch_sq_end(&q, s->err);
}

static bool relink(struct settling *s, int64_t event)
{
	const struct ch_version *v, **others;
	struct around near;
	int64_t before, now = 0;

	if (!version_of(s, event, &v) || !look_around(s, event, v, &near) || !old_link(s, event, &before))
		return false;
	others = CH_NEW_N(s->arena, const struct ch_version *, near.events.n);
	for (uint32_t i = 0; i < near.events.n; i++)
		if (!version_of(s, near.events.v[i], &others[i]))
			return false;
	if (!near.crowded && near.events.n) {
		uint32_t head = ch_near_head(v, others, near.events.n);

		now = head == UINT32_MAX ? 0 : near.events.v[head];
	}
	if (now == before)
		return true;
	*CH_PUSH(s->arena, &s->changed) = event;
	if (before)
		*CH_PUSH(s->arena, &s->changed) = before;
	if (now)
		*CH_PUSH(s->arena, &s->changed) = now;
	return set_link(s, event, now);
}

static void start(struct settling *s, struct ch_sql *db, struct ch_arena *arena, struct ch_err *err)
{
	*s = (struct settling){ .db = db, .arena = arena, .err = err };
	ch_map_init(&s->known, arena);
}

bool ch_sql_reports_settle(struct ch_sql *db, struct ch_err *err)
{
	struct ch_arena arena = { 0 };
	struct settling s;
	CH_VEC(int64_t) events = { 0 }, all = { 0 };
	struct around near;
	const struct ch_version *v;
	bool ok = true;

	start(&s, db, &arena, err);
	for (uint32_t i = 0; ok && i < db->fresh.n; i++) {
		struct ch_sq q = ch_sq_open(db, "SELECT r.event FROM reports r JOIN events e ON e.n = r.event WHERE r.page = ? AND e.verdict = 0", true);

		ch_sq_int(&q, db->fresh.v[i]);
		while (ch_sq_step(&q))
			*CH_PUSH(&arena, &events) = ch_sq_get_int(&q);
		ok = ch_sq_end(&q, err);
	}
	for (uint32_t i = 0; ok && i < db->touched.n; i++) {
		/* some are gone, and what a person rejected or set apart is one with nothing */
		struct ch_sq q = ch_sq_open(db, "SELECT n FROM events WHERE n = ? AND verdict = 0", true);

		ch_sq_int(&q, db->touched.v[i]);
		if (ch_sq_step(&q))
			*CH_PUSH(&arena, &events) = ch_sq_get_int(&q);
		ok = ch_sq_end(&q, err);
	}
	events.n = ch_numbers_set(events.v, events.n);
	for (uint32_t i = 0; ok && i < events.n; i++)
		ok = put_keys(&s, events.v[i]);
	for (uint32_t i = 0; ok && i < events.n; i++) {
		*CH_PUSH(&arena, &all) = events.v[i];
		*CH_PUSH(&arena, &s.changed) = events.v[i];
		ok = version_of(&s, events.v[i], &v) && look_around(&s, events.v[i], v, &near);
		for (uint32_t k = 0; ok && k < near.events.n; k++)
			*CH_PUSH(&arena, &all) = near.events.v[k];
	}
	all.n = ch_numbers_set(all.v, all.n);
	for (uint32_t i = 0; ok && i < all.n; i++)
		ok = relink(&s, all.v[i]);
	s.changed.n = ch_numbers_set(s.changed.v, s.changed.n);
	for (uint32_t i = 0; ok && i < s.changed.n; i++)
		*CH_PUSH(&db->changed_arena, &db->changed) = s.changed.v[i];
	ok = ok && ch_sql_regroup_changed(db, &arena, err);
	ch_arena_free(&arena);
	ch_arena_reset(&db->fresh_arena);
	memset(&db->fresh, 0, sizeof db->fresh);
	memset(&db->touched, 0, sizeof db->touched);
	return ok;
}

/* ---- stores that had none ---- */

/* In pieces, so that memory does not grow with the store. */
static bool for_all(struct ch_sql *db, const char *sql, bool (*each)(struct settling *s, int64_t event), struct ch_err *err)
{
	enum { PIECE = 4096 };
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
		ok = ch_sq_end(&q, err);
		for (uint32_t i = 0; ok && i < events.n; i++)
			ok = each(&s, events.v[i]);
		more = events.n > 0;
		last = more ? events.v[events.n - 1] : last;
		ch_arena_free(&arena);
	}
	return ok;
}

/* With what it is linked to: groups that are not there yet grow link by link. */
static bool regroup_one(struct settling *s, int64_t event)
{
	struct ch_sq q = ch_sq_open(s->db, "SELECT DISTINCT head FROM event_links WHERE event = ?", true);
	CH_VEC(int64_t) both = { 0 };

	*CH_PUSH(s->arena, &both) = event;
	ch_sq_int(&q, event);
	while (ch_sq_step(&q))
		*CH_PUSH(s->arena, &both) = ch_sq_get_int(&q);
	return ch_sq_end(&q, s->err) && ch_sql_regroup(s->db, both.v, both.n, s->arena, s->err);
}

bool ch_sql_reports_make(struct ch_sql *db, struct ch_err *err)
{
	return ch_sql_exec(db, "DELETE FROM event_groups", err) &&
	       for_all(db, "SELECT n FROM events WHERE n > ? AND verdict = 0 ORDER BY n LIMIT ?", put_keys, err) &&
	       for_all(db, "SELECT n FROM events WHERE n > ? AND verdict = 0 ORDER BY n LIMIT ?", relink, err) &&
	       for_all(db, "SELECT event FROM event_links WHERE event > ? GROUP BY event ORDER BY event LIMIT ?", regroup_one, err);
}
