/* store/sql_versions.c -- events that are one, in the store.
 *
 * Each story says of its versions which better one they are one with (merge/versions.h): event_links. An event may be told in several
 * stories, which may say different things, and story 0 has what it is one with across stories (sql_reports.c); it goes to the best of
 * those. A link leads to a better version always, so that following links ends; those that end at one version stand together if they
 * fit: event_groups, each with the one that they are shown with. Both follow from the set of pages alone. */
#include "store/sql.h"
#include "merge/reports.h"
#include <stdlib.h>

/* Outlets of an event that are looked at; an event that so many tell on its day needs no other to be one with. */
enum { OUTLETS_MAX = 256 };

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

uint32_t ch_numbers_set(int64_t *v, uint32_t n)
{
	uint32_t kept = 0;

	if (n)
		qsort(v, n, sizeof *v, by_number);
	for (uint32_t i = 0; i < n; i++)
		if (!kept || v[kept - 1] != v[i])
			v[kept++] = v[i];
	return kept;
}

static void make_set(struct numbers *s)
{
	s->v.n = ch_numbers_set(s->v.v, s->v.n);
}

/* Adds what sql gives for n: one or more columns of numbers. */
static bool add_from(struct ch_sql *db, struct numbers *s, const char *sql, int64_t n, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, sql, true);

	ch_sq_int(&q, n);
	while (ch_sq_step(&q)) {
		int columns = ch_sq_columns(&q);

		for (int i = 0; i < columns; i++)
			*CH_PUSH(s->arena, &s->v) = ch_sq_get_int(&q);
	}
	return ch_sq_end(&q, err);
}

/* ---- versions ---- */

static bool get_sides(struct ch_sql *db, int64_t event, struct ch_arena *arena, struct ch_version *v, struct ch_err *err)
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

static bool get_version(struct ch_sql *db, int64_t event, struct ch_arena *arena, struct ch_version *v, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT id, type, mode, place, status, lo, hi FROM events WHERE n = ?", true);

	*v = (struct ch_version){ .published = CH_NO_DAY };
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

bool ch_sql_version(struct ch_sql *db, int64_t event, struct ch_arena *arena, struct ch_version *v, struct ch_err *err)
{
	struct ch_sq q;
	CH_VEC(int64_t) pages = { 0 };
	CH_VEC(struct ch_str) outlets = { 0 };

	if (!get_version(db, event, arena, v, err))
		return false;
	q = ch_sq_open(db, "SELECT DISTINCT g.n, g.outlet, g.published FROM reports r JOIN pages g ON g.n = r.page WHERE r.event = ?"
		       " ORDER BY g.n", true);
	ch_sq_int(&q, event);
	while (ch_sq_step(&q)) {
		struct ch_str outlet;
		bool known = false;
		ch_day day;

		*CH_PUSH(arena, &pages) = ch_sq_get_int(&q);
		outlet = ch_sq_get_text(&q, arena);
		day = ch_day_parse(ch_sq_get_text(&q, arena));
		if (day != CH_NO_DAY && (v->published == CH_NO_DAY || day < v->published))
			v->published = day;
		for (uint32_t i = 0; i < outlets.n && i < OUTLETS_MAX; i++)
			known = known || ch_str_eq(outlets.v[i], outlet);
		if (outlet.len && !known && outlets.n < OUTLETS_MAX)
			*CH_PUSH(arena, &outlets) = outlet;
	}
	v->pages = pages.v;
	v->n_pages = pages.n;
	v->outlets = outlets.v;
	v->n_outlets = outlets.n;
	return ch_sq_end(&q, err);
}

struct telling {
	int64_t event, page;
};

/* All that the story's pages tell, an event after the other. */
static bool get_versions(struct ch_sql *db, int64_t story, struct ch_arena *arena, struct ch_version **versions,
			 int64_t **events, uint32_t *n, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db,
		"SELECT DISTINCT r.event, r.page FROM signatures s JOIN copies c ON c.signature = s.n JOIN reports r ON r.page = c.page"
		" JOIN events e ON e.n = r.event WHERE s.story = ? AND e.verdict = 0 ORDER BY 1, 2", true);
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

static bool root_of(struct ch_sql *db, int64_t event, int64_t *root, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT top FROM event_groups WHERE event = ?", true);

	ch_sq_int(&q, event);
	*root = ch_sq_step(&q) ? ch_sq_get_int(&q) : event;
	return ch_sq_end(&q, err);
}

/* The best of those that stories link the event with; 0: none does. */
static bool best_link(struct ch_sql *db, int64_t event, struct ch_arena *arena, int64_t *best, struct ch_err *err)
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

/* The version that links lead to from this one. */
static bool top_of(struct ch_sql *db, int64_t event, struct ch_arena *arena, int64_t *top, struct ch_err *err)
{
	int64_t next;

	*top = event;
	do {
		if (!best_link(db, *top, arena, &next, err))
			return false;
		*top = next ? next : *top;
	} while (next);
	return true;
}

struct member {
	struct ch_version version;
	int64_t event, top, stories;   /* stories that tell it */
	bool in;
};

static int best_member_first(const void *a, const void *b)
{
	return ch_version_cmp(&((const struct member *)a)->version, &((const struct member *)b)->version);
}

bool ch_sql_order_set(struct ch_sql *db, int64_t event, int64_t head, struct ch_err *err)
{
	static const char *const changes[] = {
		"UPDATE events SET head = ?2, day = (SELECT coalesce(h.lo, '~') FROM events h WHERE h.n = ?2) WHERE n = ?1 AND head IS NOT ?2"
		" RETURNING n",
		"UPDATE events SET class = " CH_SQL_CLASS " WHERE n = ?1",
		"UPDATE event_parties SET (class, day, head) = (SELECT x.class, x.day, x.head FROM events x WHERE x.n = ?1) WHERE event = ?1",
		"UPDATE reports SET (day, head) = (SELECT x.day, x.head FROM events x WHERE x.n = ?1) WHERE event = ?1",
	};

	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		struct ch_sq q = ch_sq_open(db, changes[i], true);
		bool same;

		ch_sq_int(&q, event);
		if (!i)
			ch_sq_int(&q, head);
		same = !ch_sq_step(&q) && !i;
		if (!ch_sq_end(&q, err))
			return false;
		if (same)
			break;
	}
	return true;
}

static bool put_group(struct ch_sql *db, const struct member *m, int64_t head, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "INSERT INTO event_groups(event, head, top) VALUES(?,?,?)", true);

	ch_sq_int(&q, m->event);
	ch_sq_int(&q, head);
	ch_sq_int(&q, m->top);
	ch_sq_step(&q);
	return ch_sq_end(&q, err) && ch_sql_order_set(db, m->event, head, err);
}

/* Stories that tell the event, pages of none one by one. */
static bool count_stories(struct ch_sql *db, int64_t event, int64_t *n, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT count(DISTINCT coalesce(s.story, -r.page)) FROM reports r LEFT JOIN copies c ON c.page = r.page"
				    " LEFT JOIN signatures s ON s.n = c.signature WHERE r.event = ?", true);

	ch_sq_int(&q, event);
	*n = ch_sq_step(&q) ? ch_sq_get_int(&q) : 0;
	return ch_sq_end(&q, err);
}

static bool same_days(const struct member *a, const struct member *b)
{
	return ch_str_eq(a->version.lo, b->version.lo) && ch_str_eq(a->version.hi, b->version.hi);
}

/* Stories that tell of the days that this one does. */
static int64_t stories_for(const struct member *m, uint32_t n, uint32_t at)
{
	int64_t sum = 0;

	for (uint32_t i = 0; i < n; i++)
		if (m[i].in && same_days(&m[i], &m[at]))
			sum += m[i].stories;
	return sum;
}

static bool earlier(const struct member *a, const struct member *b)
{
	return a->version.published != CH_NO_DAY && (b->version.published == CH_NO_DAY || a->version.published < b->version.published);
}

/* Versions that links bring together stand together, the best first, but for those that do not fit it or that a page tells beside one of
 * those that are in. Shown is, of those as exact and as full as the best, one with the date that most stories tell, of several dates the one told first. */
static bool group(struct ch_sql *db, struct member *m, uint32_t n, struct ch_arena *arena, struct ch_err *err)
{
	uint32_t shown = 0;
	int64_t most = 0;
	struct ch_map told;

	if (n < 2)
		return !n || ch_sql_order_set(db, m->event, m->event, err);
	for (uint32_t i = 0; i < n; i++)
		if (!ch_sql_version(db, m[i].event, arena, &m[i].version, err) || !count_stories(db, m[i].event, &m[i].stories, err))
			return false;
	qsort(m, n, sizeof *m, best_member_first);
	ch_map_init(&told, arena);
	for (uint32_t i = 0; i < n; i++) {
		const struct ch_version *v = &m[i].version;

		m[i].in = !i || ch_version_fits(v, &m[0].version);
		for (uint32_t k = 0; m[i].in && k < v->n_pages; k++)
			m[i].in = !ch_map_get(&told, (struct ch_str){ (const char *)&v->pages[k], sizeof v->pages[k] });
		for (uint32_t k = 0; m[i].in && k < v->n_pages; k++)
			ch_map_put(&told, (struct ch_str){ (const char *)&v->pages[k], sizeof v->pages[k] }, 0, NULL);
	}
	for (uint32_t i = 0; i < n; i++) {
		int64_t stories;

		/* of those of one date the best stands first */
		if (!m[i].in || !ch_version_as_full(&m[i].version, &m[0].version) || (i && same_days(&m[i], &m[shown])))
			continue;
		stories = stories_for(m, n, i);
		if (stories > most || (stories == most && earlier(&m[i], &m[shown]))) {
			shown = i;
			most = stories;
		}
	}
	/* those that stand apart have a row too, so that they are thought of when the others change */
	for (uint32_t i = 0; i < n; i++)
		if (!put_group(db, &m[i], m[i].in ? m[shown].event : m[i].event, err))
			return false;
	return true;
}

static int by_top(const void *a, const void *b)
{
	const struct member *x = a, *y = b;

	return x->top != y->top ? (x->top > y->top) - (x->top < y->top) : (x->event > y->event) - (x->event < y->event);
}

/* All events that stand in a group with one of those whose links may have changed. */
static bool regroup_around(struct ch_sql *db, struct numbers *changed, struct ch_err *err)
{
	struct numbers roots = { .arena = changed->arena }, members = { .arena = changed->arena };
	struct member *m;

	make_set(changed);
	for (uint32_t i = 0; i < changed->v.n; i++)
		if (!root_of(db, changed->v.v[i], CH_PUSH(roots.arena, &roots.v), err))
			return false;
	make_set(&roots);
	for (uint32_t i = 0; i < roots.v.n; i++) {
		*CH_PUSH(members.arena, &members.v) = roots.v.v[i];
		if (!add_from(db, &members, "SELECT event FROM event_groups WHERE top = ?", roots.v.v[i], err))
			return false;
	}
	make_set(&members);
	m = CH_NEW_N(changed->arena, struct member, members.v.n);
	for (uint32_t i = 0; i < members.v.n; i++) {
		struct ch_sq q = ch_sq_open(db, "DELETE FROM event_groups WHERE event = ?", true);

		m[i].event = members.v.v[i];
		ch_sq_int(&q, m[i].event);
		ch_sq_step(&q);
		if (!ch_sq_end(&q, err) || !top_of(db, m[i].event, changed->arena, &m[i].top, err))
			return false;
	}
	if (members.v.n)
		qsort(m, members.v.n, sizeof *m, by_top);
	for (uint32_t i = 0, end; i < members.v.n; i = end) {
		for (end = i + 1; end < members.v.n && m[end].top == m[i].top; end++)
			;
		if (!group(db, m + i, end - i, changed->arena, err))
			return false;
	}
	return true;
}

bool ch_sql_regroup(struct ch_sql *db, const int64_t *events, uint32_t n, struct ch_arena *arena, struct ch_err *err)
{
	struct numbers changed = { .arena = arena };

	for (uint32_t i = 0; i < n; i++)
		*CH_PUSH(arena, &changed.v) = events[i];
	return regroup_around(db, &changed, err);
}

bool ch_sql_regroup_changed(struct ch_sql *db, struct ch_arena *arena, struct ch_err *err)
{
	bool ok = ch_sql_regroup(db, db->changed.v, db->changed.n, arena, err);

	memset(&db->changed, 0, sizeof db->changed);
	ch_arena_reset(&db->changed_arena);
	return ok;
}

bool ch_sql_versions_settle(struct ch_sql *db, int64_t story, struct ch_arena *arena, struct ch_err *err)
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
		/* how many stories tell it may have changed, and with that which version of a group is shown */
		*CH_PUSH(arena, &changed.v) = events[i];
		if (versions[i].head == i)
			continue;
		*CH_PUSH(arena, &changed.v) = events[versions[i].head];
		ch_sq_again(&q);
		ch_sq_int(&q, story);
		ch_sq_int(&q, events[i]);
		ch_sq_int(&q, events[versions[i].head]);
		ch_sq_step(&q);
	}
	make_set(&changed);
	for (uint32_t i = 0; i < changed.v.n; i++)
		*CH_PUSH(&db->changed_arena, &db->changed) = changed.v.v[i];
	return ch_sq_end(&q, err);
}
