/* store/sqlite_versions.c -- events of a story that are one, in the store.
 *
 * Each story says of its versions which better one they are one with (merge/versions.h): event_links. An event may be told in several
 * stories, which may say different things; it then goes to the best of those. A link leads to a better version always, so that
 * following links ends, at the version that all of them are shown with: event_groups. Both follow from the set of pages alone. */
#include "store/sqlite_priv.h"
#include "merge/versions.h"
#include <stdlib.h>

/* ---- sets of row numbers ---- */

struct numbers {
	struct ch_arena *arena;
	CH_VEC(int64_t) v;
};

static int by_number(const void *a, const void *b)
{
	const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void make_set(struct numbers *s)
{
	uint32_t n = 0;

	if (s->v.n)
		qsort(s->v.v, s->v.n, sizeof *s->v.v, by_number);
	for (uint32_t i = 0; i < s->v.n; i++)
		if (!n || s->v.v[n - 1] != s->v.v[i])
			s->v.v[n++] = s->v.v[i];
	s->v.n = n;
}

/* Adds what sql gives for n: one or more columns of numbers. */
static bool add_from(struct ch_sqlite *db, struct numbers *s, const char *sql, int64_t n, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, sql, true);

	ch_sq_int(&q, n);
	while (ch_sq_step(&q)) {
		int columns = sqlite3_column_count(q.st);

		for (int i = 0; i < columns; i++)
			*CH_PUSH(s->arena, &s->v) = ch_sq_get_int(&q);
	}
	return ch_sq_end(&q, err);
}

/* ---- versions ---- */

static bool get_sides(struct ch_sqlite *db, int64_t event, struct ch_arena *arena, struct ch_version *v, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT side, party FROM event_parties WHERE event = ? AND party <> '' ORDER BY side, party",
				    true);
	CH_VEC(struct ch_str) sides[2] = { 0 };

	ch_sq_int(&q, event);
	while (ch_sq_step(&q)) {
		int side = ch_sq_get_int(&q) != 0;

		*CH_PUSH(arena, &sides[side]) = ch_sq_get_text(&q, arena);
	}
	for (int i = 0; i < 2; i++) {
		v->side[i] = sides[i].v;
		v->n_side[i] = sides[i].n;
	}
	return ch_sq_end(&q, err);
}

static bool get_version(struct ch_sqlite *db, int64_t event, struct ch_arena *arena, struct ch_version *v, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT id, type, mode, place, status, lo, hi FROM events WHERE n = ?", true);

	*v = (struct ch_version){ 0 };
	ch_sq_int(&q, event);
	if (ch_sq_step(&q)) {
		v->id = ch_sq_get_text(&q, arena);
		v->type = ch_sq_get_text(&q, arena);
		v->mode = ch_sq_get_text(&q, arena);
		v->place = ch_sq_get_text(&q, arena);
		v->status = ch_sq_get_text(&q, arena);
		v->lo = ch_sq_get_text(&q, arena);
		v->hi = ch_sq_get_text(&q, arena);
	}
	return ch_sq_end(&q, err) && get_sides(db, event, arena, v, err);
}

struct telling {
	int64_t event, page;
};

/* All that the story's pages tell, an event after the other. */
static bool get_versions(struct ch_sqlite *db, int64_t story, struct ch_arena *arena, struct ch_version **versions,
			 int64_t **events, uint32_t *n, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db,
		"SELECT DISTINCT r.event, r.page FROM signatures s JOIN copies c ON c.signature = s.n JOIN reports r ON r.page = c.page"
		" WHERE s.story = ? ORDER BY 1, 2", true);
	CH_VEC(struct telling) told = { 0 };
	int64_t *pages;
	bool ok;

	ch_sq_int(&q, story);
	while (ch_sq_step(&q)) {
		struct telling t = { .event = ch_sq_get_int(&q) };

		t.page = ch_sq_get_int(&q);
		*CH_PUSH(arena, &told) = t;
	}
	ok = ch_sq_end(&q, err);
	*n = 0;
	*versions = CH_NEW_N(arena, struct ch_version, told.n);
	*events = CH_NEW_N(arena, int64_t, told.n);
	pages = CH_NEW_N(arena, int64_t, told.n);
	for (uint32_t i = 0; ok && i < told.n; i++) {
		struct ch_version *v = &(*versions)[*n];

		pages[i] = told.v[i].page;
		if (i && told.v[i].event == told.v[i - 1].event) {
			v[-1].n_pages++;
			continue;
		}
		ok = get_version(db, told.v[i].event, arena, v, err);
		v->pages = &pages[i];
		v->n_pages = 1;
		(*events)[(*n)++] = told.v[i].event;
	}
	return ok;
}

/* ---- groups ---- */

static bool root_of(struct ch_sqlite *db, int64_t event, int64_t *root, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT head FROM event_groups WHERE event = ?", true);

	ch_sq_int(&q, event);
	*root = ch_sq_step(&q) ? ch_sq_get_int(&q) : event;
	return ch_sq_end(&q, err);
}

/* The best of those that stories link the event with; 0: none does. */
static bool best_link(struct ch_sqlite *db, int64_t event, struct ch_arena *arena, int64_t *best, struct ch_err *err)
{
	struct numbers heads = { .arena = arena };
	struct ch_version a, b;

	*best = 0;
	if (!add_from(db, &heads, "SELECT DISTINCT head FROM event_links WHERE event = ?", event, err))
		return false;
	for (uint32_t i = 0; i < heads.v.n; i++) {
		if (heads.v.n > 1 && !get_version(db, heads.v.v[i], arena, &b, err))
			return false;
		if (*best && ch_version_cmp(&a, &b) < 0)
			continue;
		*best = heads.v.v[i];
		if (heads.v.n > 1)
			a = b;
	}
	return true;
}

static bool regroup(struct ch_sqlite *db, int64_t event, struct ch_arena *arena, struct ch_err *err)
{
	int64_t root = event, next;
	struct ch_sq q;

	do {
		if (!best_link(db, root, arena, &next, err))
			return false;
		root = next ? next : root;
	} while (next);
	q = ch_sq_open(db, root == event ? "DELETE FROM event_groups WHERE event = ?" :
					   "INSERT OR REPLACE INTO event_groups(event, head) VALUES(?,?)", true);
	ch_sq_int(&q, event);
	if (root != event)
		ch_sq_int(&q, root);
	ch_sq_step(&q);
	return ch_sq_end(&q, err);
}

/* All events that stand in a group with one of those whose links may have changed. */
static bool regroup_around(struct ch_sqlite *db, struct numbers *changed, struct ch_err *err)
{
	struct numbers roots = { .arena = changed->arena }, members = { .arena = changed->arena };

	make_set(changed);
	for (uint32_t i = 0; i < changed->v.n; i++)
		if (!root_of(db, changed->v.v[i], CH_PUSH(roots.arena, &roots.v), err))
			return false;
	make_set(&roots);
	for (uint32_t i = 0; i < roots.v.n; i++) {
		*CH_PUSH(members.arena, &members.v) = roots.v.v[i];
		if (!add_from(db, &members, "SELECT event FROM event_groups WHERE head = ?", roots.v.v[i], err))
			return false;
	}
	make_set(&members);
	for (uint32_t i = 0; i < members.v.n; i++)
		if (!regroup(db, members.v.v[i], changed->arena, err))
			return false;
	return true;
}

bool ch_sqlite_versions_settle(struct ch_sqlite *db, int64_t story, struct ch_arena *arena, struct ch_err *err)
{
	struct numbers changed = { .arena = arena };
	struct ch_version *versions;
	int64_t *events;
	uint32_t n;
	struct ch_sq q;

	if (!get_versions(db, story, arena, &versions, &events, &n, err) ||
	    !add_from(db, &changed, "SELECT event, head FROM event_links WHERE story = ?", story, err))
		return false;
	ch_versions_group(versions, n, arena);
	q = ch_sq_open(db, "DELETE FROM event_links WHERE story = ?", true);
	ch_sq_int(&q, story);
	ch_sq_step(&q);
	if (!ch_sq_end(&q, err))
		return false;
	q = ch_sq_open(db, "INSERT INTO event_links(story, event, head) VALUES(?,?,?)", true);
	for (uint32_t i = 0; i < n; i++) {
		if (versions[i].head == i)
			continue;
		*CH_PUSH(arena, &changed.v) = events[i];
		*CH_PUSH(arena, &changed.v) = events[versions[i].head];
		ch_sq_again(&q);
		ch_sq_int(&q, story);
		ch_sq_int(&q, events[i]);
		ch_sq_int(&q, events[versions[i].head]);
		ch_sq_step(&q);
	}
	return ch_sq_end(&q, err) && regroup_around(db, &changed, err);
}
