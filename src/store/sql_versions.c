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

/* ---- versions ---- */

/* Where event stands in a list that is sorted; UINT32_MAX: nowhere. */
static uint32_t place_of(const int64_t *events, uint32_t n, int64_t event)
{
	uint32_t lo = 0, hi = n;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (events[mid] < event)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < n && events[lo] == event ? lo : UINT32_MAX;
}

static void read_basics(struct ch_sq *q, struct ch_arena *arena, struct ch_version *v)
{
	v->id = ch_sq_get_text(q, arena);
	v->type = ch_sq_get_text(q, arena);
	v->mode = ch_sq_get_text(q, arena);
	v->place = ch_sq_get_text(q, arena);
	v->status = ch_sq_get_text(q, arena);
	v->lo = ch_sq_get_text(q, arena);
	v->hi = ch_sq_get_text(q, arena);
}

/* Rows of event, side, party, in that order: each list is one piece of all. */
static bool read_sides(struct ch_sq *q, const int64_t *events, uint32_t n, struct ch_arena *arena, struct ch_version *versions, struct ch_err *err)
{
	CH_VEC(struct ch_str) names = { 0 };
	CH_VEC(uint32_t) at = { 0 };   /* twice the place of the event, and the side */

	while (ch_sq_step(q)) {
		uint32_t i = place_of(events, n, ch_sq_get_int(q));

		if (i == UINT32_MAX)
			continue;
		*CH_PUSH(arena, &at) = 2 * i + (ch_sq_get_int(q) != 0);
		*CH_PUSH(arena, &names) = ch_sq_get_text(q, arena);
	}
	for (uint32_t i = 0; i < names.n; i++) {
		struct ch_version *v = &versions[at.v[i] / 2];
		int side = at.v[i] & 1;

		if (!v->n_side[side])
			v->side[side] = &names.v[i];
		v->n_side[side]++;
	}
	return ch_sq_end(q, err);
}

static void add_outlet(struct ch_version *v, struct ch_arena *arena, struct ch_str outlet)
{
	struct ch_str *list = (struct ch_str *)(uintptr_t)v->outlets;

	for (uint32_t i = 0; i < v->n_outlets; i++)
		if (ch_str_eq(list[i], outlet))
			return;
	if (!outlet.len || v->n_outlets >= OUTLETS_MAX)
		return;
	if (!(v->n_outlets & (v->n_outlets - 1)))   /* full: at a power of two */
		list = ch_arena_grow(arena, list, v->n_outlets, v->n_outlets ? 2 * v->n_outlets : 1, sizeof *list);
	list[v->n_outlets++] = ch_arena_str(arena, outlet);
	v->outlets = list;
}

static const char any_event[] = "SELECT n, id, type, mode, place, status, lo, hi FROM events WHERE n IN " CH_SQL_IN;
static const char coded_event[] = "SELECT n, id, type, mode, place, status, lo, hi FROM events WHERE n IN " CH_SQL_IN " AND verdict = 0";

/* Of ch_sql_many events at most, without who tells them; the id is empty of one that the statement (of those above) does not give. */
static bool load_events(struct ch_sql *db, const char *sql, const int64_t *events, uint32_t n, struct ch_arena *arena, struct ch_version *versions,
			struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, sql, true);

	for (uint32_t i = 0; i < n; i++)
		versions[i] = (struct ch_version){ .published = CH_NO_DAY };
	ch_sq_many(&q, events, n);
	while (ch_sq_step(&q)) {
		uint32_t i = place_of(events, n, ch_sq_get_int(&q));

		if (i != UINT32_MAX)
			read_basics(&q, arena, &versions[i]);
	}
	if (!ch_sq_end(&q, err))
		return false;
	q = ch_sq_open(db, "SELECT event, side, party FROM event_parties WHERE event IN " CH_SQL_IN " AND party <> '' ORDER BY event, side, party", true);
	ch_sq_many(&q, events, n);
	return read_sides(&q, events, n, arena, versions, err);
}

/* Those of ch_sql_many events at most. */
static bool load_some(struct ch_sql *db, const int64_t *events, uint32_t n, struct ch_arena *arena, struct ch_version *versions,
		      struct ch_err *err)
{
	CH_VEC(int64_t) pages = { 0 };
	CH_VEC(uint32_t) at = { 0 };
	struct ch_sq q;

	if (!load_events(db, any_event, events, n, arena, versions, err))
		return false;
	q = ch_sq_open(db, "SELECT DISTINCT r.event, g.n, g.outlet, g.published FROM reports r JOIN pages g ON g.n = r.page WHERE r.event IN " CH_SQL_IN
		       " ORDER BY r.event, g.n", true);
	ch_sq_many(&q, events, n);
	while (ch_sq_step(&q)) {
		uint32_t i = place_of(events, n, ch_sq_get_int(&q));
		struct ch_version *v = &versions[i];
		ch_day day;

		if (i == UINT32_MAX)
			continue;
		*CH_PUSH(arena, &at) = i;
		*CH_PUSH(arena, &pages) = ch_sq_get_int(&q);
		add_outlet(v, arena, ch_sq_lent_text(&q));
		day = ch_day_parse(ch_sq_lent_text(&q));
		if (day != CH_NO_DAY && (v->published == CH_NO_DAY || day < v->published))
			v->published = day;
	}
	for (uint32_t i = 0; i < pages.n; i++) {
		struct ch_version *v = &versions[at.v[i]];

		if (!v->n_pages)
			v->pages = &pages.v[i];
		v->n_pages++;
	}
	return ch_sq_end(&q, err);
}

bool ch_sql_versions(struct ch_sql *db, const int64_t *events, uint32_t n, struct ch_arena *arena, struct ch_version *versions, struct ch_err *err)
{
	for (uint32_t from = 0; from < n; from += ch_sql_many(db))
		if (!load_some(db, events + from, ch_sql_piece(db, n, from), arena, versions + from, err))
			return false;
	return true;
}

/* A page tells an event. */
struct told {
	int64_t story, event, page;
};

static int by_story(const void *a, const void *b)
{
	const struct told *x = a, *y = b;

	if (x->story != y->story)
		return (x->story > y->story) - (x->story < y->story);
	return x->event != y->event ? (x->event > y->event) - (x->event < y->event) : (x->page > y->page) - (x->page < y->page);
}

struct told_list {
	struct told *v;
	uint32_t n, cap;
};

/* All that the stories' pages tell, by story, event and page, each once. */
static bool get_told_in(struct ch_sql *db, const int64_t *stories, uint32_t n, struct ch_arena *arena, struct told_list *list, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT s.story, r.event, r.page FROM signatures s JOIN copies c ON c.signature = s.n"
				    " JOIN reports r ON r.page = c.page WHERE s.story IN " CH_SQL_IN, true);
	uint32_t kept = 0;

	ch_sq_many(&q, stories, n);
	while (ch_sq_step(&q)) {
		struct told t = { .story = ch_sq_get_int(&q) };

		t.event = ch_sq_get_int(&q);
		t.page = ch_sq_get_int(&q);
		*CH_PUSH(arena, list) = t;
	}
	if (list->n)
		qsort(list->v, list->n, sizeof *list->v, by_story);
	for (uint32_t i = 0; i < list->n; i++)
		if (!kept || by_story(&list->v[kept - 1], &list->v[i]))
			list->v[kept++] = list->v[i];
	list->n = kept;
	return ch_sq_end(&q, err);
}

/* What one story tells: versions with their events, by number. */
struct story_versions {
	struct ch_version *v;
	int64_t *events;
	uint32_t n;
};

/* told: of the story. all: the versions of events, by number. */
static void versions_in(const struct told *told, uint32_t n, const int64_t *events, const struct ch_version *all, uint32_t n_all,
			struct ch_arena *arena, struct story_versions *out)
{
	int64_t *pages = CH_NEW_N(arena, int64_t, n);

	*out = (struct story_versions){ CH_NEW_N(arena, struct ch_version, n), CH_NEW_N(arena, int64_t, n), 0 };
	for (uint32_t i = 0, end; i < n; i = end) {
		const struct ch_version *v = &all[place_of(events, n_all, told[i].event)];
		struct ch_version *one = &out->v[out->n];

		for (end = i; end < n && told[end].event == told[i].event; end++)
			pages[end] = told[end].page;
		if (!v->id.len)
			continue;
		*one = *v;
		one->pages = &pages[i];
		one->n_pages = end - i;
		out->events[out->n++] = told[i].event;
	}
}

/* ---- groups ---- */

/* What is read of many events for the sake of their groups. */
struct grouping {
	struct ch_sql *db;
	struct ch_arena *arena;
	struct ch_map linked;                    /* events whose links are read -> index in links */
	CH_VEC(struct numbers) links;            /* that stories link the event with, each once */
	struct ch_map known;                     /* heads of which an event has several -> index in versions */
	CH_VEC(struct ch_version) versions;
};

static struct ch_str key_of(const int64_t *n)
{
	return (struct ch_str){ (const char *)n, sizeof *n };
}

/* Links of the events, of those they lead to, and so on. */
static bool read_links(struct grouping *g, const struct numbers *of, struct ch_err *err)
{
	struct numbers now = { .arena = g->arena }, next = { .arena = g->arena };

	for (uint32_t i = 0; i < of->v.n; i++)
		*CH_PUSH(g->arena, &now.v) = of->v.v[i];
	while (now.v.n) {
		next = (struct numbers){ .arena = g->arena };
		for (uint32_t i = 0; i < now.v.n; i++) {
			ch_map_put(&g->linked, ch_arena_str(g->arena, key_of(&now.v.v[i])), g->links.n, NULL);
			*CH_PUSH(g->arena, &g->links) = (struct numbers){ .arena = g->arena };
		}
		for (uint32_t from = 0; from < now.v.n; from += ch_sql_many(g->db)) {
			struct ch_sq q = ch_sq_open(g->db, "SELECT DISTINCT event, head FROM event_links WHERE event IN " CH_SQL_IN
						    " ORDER BY event, head", true);

			ch_sq_many(&q, now.v.v + from, ch_sql_piece(g->db, now.v.n, from));
			while (ch_sq_step(&q)) {
				int64_t event = ch_sq_get_int(&q), head = ch_sq_get_int(&q);
				struct numbers *links = &g->links.v[*ch_map_get(&g->linked, key_of(&event))];

				*CH_PUSH(g->arena, &links->v) = head;
				if (!ch_map_get(&g->linked, key_of(&head)))
					*CH_PUSH(g->arena, &next.v) = head;
			}
			if (!ch_sq_end(&q, err))
				return false;
		}
		make_set(&next);
		now = next;
	}
	return true;
}

/* Versions of the heads between which there is a choice. */
static bool read_heads(struct grouping *g, struct ch_err *err)
{
	struct numbers heads = { .arena = g->arena };

	for (uint32_t i = 0; i < g->links.n; i++)
		for (uint32_t k = 0; g->links.v[i].v.n > 1 && k < g->links.v[i].v.n; k++)
			*CH_PUSH(g->arena, &heads.v) = g->links.v[i].v.v[k];
	make_set(&heads);
	g->versions.v = CH_NEW_N(g->arena, struct ch_version, heads.v.n);
	g->versions.n = heads.v.n;
	for (uint32_t i = 0; i < heads.v.n; i++)
		ch_map_put(&g->known, key_of(&heads.v.v[i]), i, NULL);
	return ch_sql_versions(g->db, heads.v.v, heads.v.n, g->arena, g->versions.v, err);
}

/* The best of those that stories link the event with; 0: none does. */
static int64_t best_link(const struct grouping *g, int64_t event)
{
	const struct numbers *heads = &g->links.v[*ch_map_get(&g->linked, key_of(&event))];
	int64_t best = heads->v.n ? heads->v.v[0] : 0;

	for (uint32_t i = 1; i < heads->v.n; i++)
		if (ch_version_cmp(&g->versions.v[*ch_map_get(&g->known, key_of(&heads->v.v[i]))],
				   &g->versions.v[*ch_map_get(&g->known, key_of(&best))]) <= 0)
			best = heads->v.v[i];
	return best;
}

/* The version that links lead to from this one. */
static int64_t top_of(const struct grouping *g, int64_t event)
{
	for (int64_t next; (next = best_link(g, event)); event = next)
		;
	return event;
}

struct member {
	struct ch_version version;
	int64_t event, top, stories;   /* stories that tell it */
	int64_t old_top, old_head;     /* of its row; 0: none */
	int64_t shown, new_head;       /* where it stands in the order, and is to; 0: in no row */
	bool in;
};

static int best_member_first(const void *a, const void *b)
{
	return ch_version_cmp(&((const struct member *)a)->version, &((const struct member *)b)->version);
}

/* Statements of one CH_SQL_IN, over all of the list. */
static bool do_with(struct ch_sql *db, const char *sql, const struct numbers *list, struct ch_err *err)
{
	for (uint32_t from = 0; from < list->v.n; from += ch_sql_many(db)) {
		struct ch_sq q = ch_sq_open(db, sql, true);

		ch_sq_many(&q, list->v.v + from, ch_sql_piece(db, list->v.n, from));
		ch_sq_step(&q);
		if (!ch_sq_end(&q, err))
			return false;
	}
	return true;
}

/* Their rows are as they are to be; where events stand in the order follows from these. */
static bool order_set(struct ch_sql *db, const struct numbers *events, struct ch_err *err)
{
	static const char *const changes[] = {
		"UPDATE events SET (head, day, class) = (SELECT h.n, coalesce(h.lo, '~'), CASE WHEN h.lo IS NULL THEN 2 WHEN julianday(events.last)"
		" - julianday(h.lo) <= 31 AND julianday(h.lo) - julianday(events.first) <= 31 THEN 0 ELSE 1 END FROM events h WHERE h.n ="
		" coalesce((SELECT k.head FROM event_groups k WHERE k.event = events.n), events.n)) WHERE n IN " CH_SQL_IN,
		"UPDATE event_parties SET (class, day, head) = (SELECT x.class, x.day, x.head FROM events x WHERE x.n = event) WHERE event IN " CH_SQL_IN,
		"UPDATE reports SET (day, head) = (SELECT x.day, x.head FROM events x WHERE x.n = event) WHERE event IN " CH_SQL_IN,
	};

	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
		if (!do_with(db, changes[i], events, err))
			return false;
	return true;
}

/* Rows of the events as they are now; what has not changed is not written. */
static bool put_members(struct ch_sql *db, const struct member *m, uint32_t n, struct ch_arena *arena, struct ch_err *err)
{
	struct numbers gone = { .arena = arena }, moved = { .arena = arena }, counted = { .arena = arena };

	for (uint32_t i = 0; i < n; i++) {
		bool same = m[i].new_head == m[i].old_head && (!m[i].new_head || m[i].top == m[i].old_top);

		if (!same && m[i].old_head)
			*CH_PUSH(arena, &gone.v) = m[i].event;
		if (m[i].shown == (m[i].new_head ? m[i].new_head : m[i].event))
			continue;
		*CH_PUSH(arena, &moved.v) = m[i].event;
		*CH_PUSH(arena, &counted.v) = m[i].event;
		if (m[i].new_head)
			*CH_PUSH(arena, &counted.v) = m[i].new_head;
	}
	if (!ch_sql_sums_out(db, counted.v.v, counted.v.n, err) || !do_with(db, "DELETE FROM event_groups WHERE event IN " CH_SQL_IN, &gone, err))
		return false;
	for (uint32_t i = 0; i < n; i++) {
		struct ch_sq q;

		if (!m[i].new_head || (m[i].new_head == m[i].old_head && m[i].top == m[i].old_top))
			continue;
		q = ch_sq_open(db, "INSERT INTO event_groups(event, head, top) VALUES(?,?,?)", true);
		ch_sq_int(&q, m[i].event);
		ch_sq_int(&q, m[i].new_head);
		ch_sq_int(&q, m[i].top);
		ch_sq_step(&q);
		if (!ch_sq_end(&q, err))
			return false;
	}
	return order_set(db, &moved, err);
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
static void group(struct member *m, uint32_t n, struct ch_arena *arena)
{
	uint32_t shown = 0;
	int64_t most = 0;
	struct ch_map told;

	if (n < 2)
		return;
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
		m[i].new_head = m[i].in ? m[shown].event : m[i].event;
}

static int by_top(const void *a, const void *b)
{
	const struct member *x = a, *y = b;

	return x->top != y->top ? (x->top > y->top) - (x->top < y->top) : (x->event > y->event) - (x->event < y->event);
}

static int by_event(const void *a, const void *b)
{
	const struct member *x = a, *y = b;

	return (x->event > y->event) - (x->event < y->event);
}

static struct member *member_of(struct member *m, uint32_t n, int64_t event)
{
	return n ? bsearch(&(struct member){ .event = event }, m, n, sizeof *m, by_event) : NULL;
}

/* Those that stand in a group with one of the events, by number, with their rows as they were. */
static bool get_members(struct ch_sql *db, const struct numbers *events, struct ch_arena *arena, struct member **members, uint32_t *n,
			struct ch_err *err)
{
	struct numbers roots = { .arena = arena }, all = { .arena = arena };
	CH_VEC(struct member) rows = { 0 };

	for (uint32_t from = 0; from < events->v.n; from += ch_sql_many(db)) {
		struct ch_sq q = ch_sq_open(db, "SELECT event, top FROM event_groups WHERE event IN " CH_SQL_IN, true);

		ch_sq_many(&q, events->v.v + from, ch_sql_piece(db, events->v.n, from));
		while (ch_sq_step(&q)) {
			*CH_PUSH(arena, &all.v) = ch_sq_get_int(&q);
			*CH_PUSH(arena, &roots.v) = ch_sq_get_int(&q);
		}
		if (!ch_sq_end(&q, err))
			return false;
	}
	/* one that has no row is its own */
	make_set(&all);
	for (uint32_t i = 0; i < events->v.n; i++)
		if (place_of(all.v.v, all.v.n, events->v.v[i]) == UINT32_MAX)
			*CH_PUSH(arena, &roots.v) = events->v.v[i];
	make_set(&roots);
	all.v.n = 0;
	for (uint32_t i = 0; i < roots.v.n; i++)
		*CH_PUSH(arena, &all.v) = roots.v.v[i];
	for (uint32_t from = 0; from < roots.v.n; from += ch_sql_many(db)) {
		struct ch_sq q = ch_sq_open(db, "SELECT event FROM event_groups WHERE top IN " CH_SQL_IN, true);

		ch_sq_many(&q, roots.v.v + from, ch_sql_piece(db, roots.v.n, from));
		while (ch_sq_step(&q))
			*CH_PUSH(arena, &all.v) = ch_sq_get_int(&q);
		if (!ch_sq_end(&q, err))
			return false;
	}
	make_set(&all);
	for (uint32_t from = 0; from < all.v.n; from += ch_sql_many(db)) {
		struct ch_sq q = ch_sq_open(db, "SELECT e.n, coalesce(e.head, 0), coalesce(k.head, 0), coalesce(k.top, 0) FROM events e"
					    " LEFT JOIN event_groups k ON k.event = e.n WHERE e.n IN " CH_SQL_IN " ORDER BY e.n", true);

		ch_sq_many(&q, all.v.v + from, ch_sql_piece(db, all.v.n, from));
		while (ch_sq_step(&q)) {
			struct member m = { .event = ch_sq_get_int(&q) };

			m.shown = ch_sq_get_int(&q);
			m.old_head = ch_sq_get_int(&q);
			m.old_top = ch_sq_get_int(&q);
			*CH_PUSH(arena, &rows) = m;
		}
		if (!ch_sq_end(&q, err))
			return false;
	}
	*members = rows.v;
	*n = rows.n;
	return true;
}

/* What is told of events that stand in groups of two or more, and stories that tell them, pages of none one by one. */
static bool get_told(struct ch_sql *db, const struct numbers *events, struct member *m, uint32_t n, struct ch_arena *arena, struct ch_err *err)
{
	struct ch_version *versions = CH_NEW_N(arena, struct ch_version, events->v.n);

	if (!ch_sql_versions(db, events->v.v, events->v.n, arena, versions, err))
		return false;
	for (uint32_t i = 0; i < events->v.n; i++)
		member_of(m, n, events->v.v[i])->version = versions[i];
	for (uint32_t from = 0; from < events->v.n; from += ch_sql_many(db)) {
		struct ch_sq q = ch_sq_open(db, "SELECT r.event, count(DISTINCT coalesce(s.story, -r.page)) FROM reports r"
					    " LEFT JOIN copies c ON c.page = r.page LEFT JOIN signatures s ON s.n = c.signature WHERE r.event IN "
					    CH_SQL_IN " GROUP BY r.event", true);

		ch_sq_many(&q, events->v.v + from, ch_sql_piece(db, events->v.n, from));
		while (ch_sq_step(&q)) {
			struct member *one = member_of(m, n, ch_sq_get_int(&q));

			if (one)
				one->stories = ch_sq_get_int(&q);
		}
		if (!ch_sq_end(&q, err))
			return false;
	}
	return true;
}

/* All events that stand in a group with one of those whose links may have changed. */
static bool regroup_around(struct ch_sql *db, struct numbers *changed, struct ch_err *err)
{
	struct ch_arena *arena = changed->arena;
	struct grouping g = { .db = db, .arena = arena };
	struct numbers events = { .arena = arena }, together = { .arena = arena };
	struct member *m;
	uint32_t n;

	make_set(changed);
	if (!get_members(db, changed, arena, &m, &n, err))
		return false;
	for (uint32_t i = 0; i < n; i++)
		*CH_PUSH(arena, &events.v) = m[i].event;
	ch_map_init(&g.linked, arena);
	ch_map_init(&g.known, arena);
	if (!read_links(&g, &events, err) || !read_heads(&g, err))
		return false;
	for (uint32_t i = 0; i < n; i++)
		m[i].top = top_of(&g, m[i].event);
	if (n)
		qsort(m, n, sizeof *m, by_top);
	for (uint32_t i = 0; i < n; i++)
		if ((i && m[i].top == m[i - 1].top) || (i + 1 < n && m[i].top == m[i + 1].top))
			*CH_PUSH(arena, &together.v) = m[i].event;
	make_set(&together);
	if (n)
		qsort(m, n, sizeof *m, by_event);
	if (!get_told(db, &together, m, n, arena, err))
		return false;
	if (n)
		qsort(m, n, sizeof *m, by_top);
	for (uint32_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && m[end].top == m[i].top; end++)
			;
		group(m + i, end - i, arena);
	}
	return put_members(db, m, n, arena, err);
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

bool ch_sql_link_put(struct ch_sql *db, int64_t story, int64_t event, int64_t before, int64_t head, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, !head ? "DELETE FROM event_links WHERE story = ?1 AND event = ?2" :
				    before ? "UPDATE event_links SET head = ?3 WHERE story = ?1 AND event = ?2" :
				    "INSERT INTO event_links(story, event, head) VALUES(?1,?2,?3)", true);

	ch_sq_int(&q, story);
	ch_sq_int(&q, event);
	if (head)
		ch_sq_int(&q, head);
	ch_sq_step(&q);
	return ch_sq_end(&q, err);
}

struct link {
	int64_t event, head, story;
};

struct link_list {
	struct link *v;
	uint32_t n, cap;
};

/* old: links that the story has had. made: those that it gets, which are put when all stories are done: PostgreSQL takes them together. */
static bool settle_story(struct ch_sql *db, int64_t story, bool grown, const struct story_versions *told_in, const struct link_list *old,
			 struct link_list *made, struct ch_arena *arena, struct ch_err *err)
{
	const struct ch_version *versions = told_in->v;
	const int64_t *events = told_in->events;
	const uint32_t n = told_in->n;

	ch_versions_group(told_in->v, n, arena);
	for (uint32_t i = 0, at = 0; i < n || at < old->n;) {
		/* both by number: an event that is told, was linked, or both */
		bool told = i < n && (at == old->n || events[i] <= old->v[at].event);
		bool was = at < old->n && (i == n || old->v[at].event <= events[i]);
		int64_t event = told ? events[i] : old->v[at].event;
		int64_t head = told && versions[i].head != i ? events[versions[i].head] : 0, before = was ? old->v[at].head : 0;

		i += told;
		at += was;
		/* How many stories tell it may have changed, and with that which version of a group is shown. In a story that has only grown by new
		 * pages, what these tell is thought of anyway. */
		if (head != before || !grown)
			*CH_PUSH(&db->changed_arena, &db->changed) = event;
		if (head && (head != before || !grown))
			*CH_PUSH(&db->changed_arena, &db->changed) = head;
		if (head == before)
			continue;
		if (before)
			*CH_PUSH(&db->changed_arena, &db->changed) = before;
		if (!before)
			*CH_PUSH(arena, made) = (struct link){ event, head, story };
		else if (!ch_sql_link_put(db, story, event, before, head, err))
			return false;
	}
	return true;
}

bool ch_sql_versions_settle(struct ch_sql *db, const int64_t *stories, const bool *grown, uint32_t n, struct ch_arena *arena, struct ch_err *err)
{
	struct numbers events = { .arena = arena };
	struct link_list *links = CH_NEW_N(arena, struct link_list, n);
	struct link_list made = { 0 };
	struct told_list told = { 0 };
	struct ch_version *versions;
	struct ch_sq q;

	if (!get_told_in(db, stories, n, arena, &told, err))
		return false;
	for (uint32_t i = 0; i < told.n; i++)
		*CH_PUSH(arena, &events.v) = told.v[i].event;
	make_set(&events);
	versions = CH_NEW_N(arena, struct ch_version, events.v.n);
	for (uint32_t from = 0; from < events.v.n; from += ch_sql_many(db))
		if (!load_events(db, coded_event, events.v.v + from, ch_sql_piece(db, events.v.n, from), arena, versions + from, err))
			return false;
	memset(links, 0, n * sizeof *links);
	q = ch_sq_open(db, "SELECT story, event, head FROM event_links WHERE story IN " CH_SQL_IN " ORDER BY story, event", true);
	ch_sq_many(&q, stories, n);
	while (ch_sq_step(&q)) {
		int64_t story = ch_sq_get_int(&q);
		struct link l = { .event = ch_sq_get_int(&q) };

		l.head = ch_sq_get_int(&q);
		for (uint32_t i = 0; i < n; i++)
			if (stories[i] == story)
				*CH_PUSH(arena, &links[i]) = l;
	}
	if (!ch_sq_end(&q, err))
		return false;
	for (uint32_t i = 0; i < n; i++) {
		struct story_versions mine;
		uint32_t from = 0, end;

		while (from < told.n && told.v[from].story != stories[i])
			from++;
		for (end = from; end < told.n && told.v[end].story == stories[i]; end++)
			;
		versions_in(told.v + from, end - from, events.v.v, versions, events.v.n, arena, &mine);
		if (!settle_story(db, stories[i], grown[i], &mine, &links[i], &made, arena, err))
			return false;
	}
	for (uint32_t i = 0; i < made.n; i++)
		if (!ch_sql_link_put(db, made.v[i].story, made.v[i].event, 0, made.v[i].head, err))
			return false;
	return true;
}
