/* store/sql_news.c -- events in the order in which they came into the store, which is that of their row numbers (sql_schema.c, revision_sql). */
#include "store/sql.h"

/* Looked through at once: few where much is found, so that nobody waits long; more and more where nothing is. */
enum { WINDOW = 500, WINDOW_MAX = 64000 };

static bool numbers_between(struct ch_sql *db, const struct ch_query *q, uint64_t above, uint64_t last, struct ch_arena *arena,
			    struct ch_sq_numbers *found, struct ch_err *err)
{
	/* a version of an event that is shown already is none that is new */
	const struct ch_str sql = ch_arena_printf(arena, "SELECT x.n FROM events x WHERE x.n > %llu AND x.n <= %llu AND coalesce(x.head, x.n) = x.n",
						  (unsigned long long)above, (unsigned long long)last);

	found->n = 0;
	return ch_sql_numbers(db, sql.ptr, -1, q, found, arena, err);
}

static bool id_of(struct ch_sql *db, int64_t n, struct ch_arena *arena, struct ch_str *id, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT id FROM events WHERE n = ?", true);

	ch_sq_int(&q, n);
	*id = ch_sq_step(&q) ? ch_sq_get_text(&q, arena) : CH_STR("");
	return ch_sq_end(&q, err);
}

bool ch_sql_news(void *p, const struct ch_query *q, uint64_t *after, struct ch_arena *arena, struct ch_new_event *news, uint32_t max, uint32_t *n,
		 struct ch_err *err)
{
	struct ch_sq last = ch_sq_open(p, "SELECT events FROM revision", true);
	const uint64_t end = ch_sq_step(&last) ? (uint64_t)ch_sq_get_int(&last) : 0;
	struct ch_sq_numbers found = { 0 };

	*n = 0;
	if (!ch_sq_end(&last, err))
		return false;
	if (*after > end)
		*after = end;
	for (uint64_t window = WINDOW; *after < end && !*n; window = window < WINDOW_MAX ? window * 2 : window) {
		const uint64_t to = end - *after < window ? end : *after + window;

		if (!numbers_between(p, q, *after, to, arena, &found, err))
			return false;
		found.n = ch_numbers_set(found.v, found.n);
		*after = to;
		for (uint32_t i = 0; i < found.n && *n < max; i++) {
			news[*n].number = (uint64_t)found.v[i];
			if (!id_of(p, found.v[i], arena, &news[*n].id, err))
				return false;
			(*n)++;
		}
		if (*n < found.n)
			*after = news[*n - 1].number;
	}
	return true;
}
