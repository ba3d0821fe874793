/* store/sql_news.c -- records in the order in which they came into the store, which is that of their row numbers (sql_schema.c, revision_sql and news_sql). */
#include "store/sql_filter.h"

/* Looked through at once: few where much is found, so that nobody waits long; more and more where nothing is. */
enum { WINDOW = 500, WINDOW_MAX = 64000 };

struct window {
	struct ch_sql *db;
	const struct ch_query *q;
	uint64_t above, last;
	struct ch_arena *arena;
	struct ch_new_record *news;
	uint32_t max, n;
	bool more;                     /* than max */
};

static bool id_of(struct ch_sql *db, int64_t n, struct ch_arena *arena, struct ch_str *id, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT id FROM events WHERE n = ?", true);

	ch_sq_int(&q, n);
	*id = ch_sq_step(&q) ? ch_sq_get_text(&q, arena) : CH_STR("");
	return ch_sq_end(&q, err);
}

static bool new_events(struct window *w, struct ch_err *err)
{
	/* a version of an event that is shown already is none that is new */
	const struct ch_str sql = ch_arena_printf(w->arena, "SELECT x.n FROM events x WHERE x.n > %llu AND x.n <= %llu AND coalesce(x.head, x.n) = x.n",
						  (unsigned long long)w->above, (unsigned long long)w->last);
	struct ch_sq_numbers found = { 0 };

	if (!ch_sql_numbers(w->db, sql.ptr, -1, w->q, &found, w->arena, err))
		return false;
	found.n = ch_numbers_set(found.v, found.n);
	w->more = found.n > w->max;
	for (w->n = 0; w->n < found.n && w->n < w->max; w->n++) {
		w->news[w->n].number = (uint64_t)found.v[w->n];
		if (!id_of(w->db, found.v[w->n], w->arena, &w->news[w->n].id, err))
			return false;
	}
	return true;
}

/* Of a register, or of pages. */
static bool new_rows(struct window *w, unsigned what, struct ch_err *err)
{
	const bool pages = what == CH_NEW_PAGES;
	struct ch_making m = { 0 };
	struct ch_sq q;
	bool ok = true;

	ch_making_add(&m, ch_arena_printf(&m.arena, "SELECT x.n, x.id FROM %s x JOIN pages g ON g.n = x.%s WHERE x.n > %llu AND x.n <= %llu",
					  pages ? "pages" : ch_register_of((enum ch_register_id)what)->table, pages ? "n" : "page",
					  (unsigned long long)w->above, (unsigned long long)w->last).ptr);
	if (pages)
		ch_sql_page_filters(&m, w->q);
	else
		ok = ch_sql_row_filters(&m, w->db, (enum ch_register_id)what, w->q, err);
	if (ok) {
		ch_making_add(&m, ch_arena_printf(&m.arena, " ORDER BY x.n LIMIT %u", (unsigned)w->max + 1).ptr);
		q = ch_making_run(&m, w->db);
		w->n = 0;
		w->more = false;
		while (!w->more && ch_sq_step(&q)) {
			w->more = w->n == w->max;
			if (w->more)
				break;
			w->news[w->n].number = (uint64_t)ch_sq_get_int(&q);
			w->news[w->n].id = ch_sq_get_text(&q, w->arena);
			w->n++;
		}
		ok = ch_sq_end(&q, err);
	}
	ch_arena_free(&m.arena);
	return ok;
}

bool ch_sql_news(void *p, unsigned what, const struct ch_query *q, uint64_t *after, struct ch_arena *arena, struct ch_new_record *news, uint32_t max,
		 uint32_t *n, struct ch_err *err)
{
	struct ch_sq last = ch_sq_open(p, what == CH_NEW_EVENTS ? "SELECT events FROM revision" : what == CH_NEW_PAGES ? "SELECT n FROM pages ORDER BY n DESC LIMIT 1" :
				       "SELECT records FROM revision", true);
	const uint64_t end = ch_sq_step(&last) ? (uint64_t)ch_sq_get_int(&last) : 0;
	struct window w = { .db = p, .q = q, .arena = arena, .news = news, .max = max };

	*n = 0;
	if (!ch_sq_end(&last, err))
		return false;
	if (*after > end)
		*after = end;
	for (uint64_t window = WINDOW; *after < end && !w.n; window = window < WINDOW_MAX ? window * 2 : window) {
		w.above = *after;
		w.last = end - *after < window ? end : *after + window;
		if (!(what == CH_NEW_EVENTS ? new_events(&w, err) : new_rows(&w, what, err)))
			return false;
		*after = w.more ? news[w.n - 1].number : w.last;
	}
	*n = w.n;
	return true;
}
