/* store/sql_watch.c -- watch-lists: questions that were kept, by name. */
#include "store/sql.h"

bool ch_sql_watch_put(void *db, const struct ch_watch_list *w, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "DELETE FROM watchlists WHERE name = ?", true);

	ch_sq_text_always(&q, w->name);
	ch_sq_step(&q);
	if (!ch_sq_end(&q, err))
		return false;
	q = ch_sq_open(db, "INSERT INTO watchlists(name, title, register, filters) VALUES(?,?,?,?)", true);
	ch_sq_text_always(&q, w->name);
	ch_sq_text_always(&q, w->title);
	ch_sq_text_always(&q, w->reg);
	ch_sq_text_always(&q, w->filters);
	ch_sq_step(&q);
	return ch_sq_end(&q, err);
}

bool ch_sql_watch_drop(void *db, struct ch_str name, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "DELETE FROM watchlists WHERE name = ?", true);

	ch_sq_text_always(&q, name);
	ch_sq_step(&q);
	return ch_sq_end(&q, err);
}

bool ch_sql_watch_each(void *db, bool (*fn)(void *ctx, const struct ch_watch_list *w), void *ctx, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT name, title, register, filters FROM watchlists ORDER BY name", true);
	struct ch_arena row = { 0 };
	bool ok;

	while (ch_sq_step(&q)) {
		struct ch_watch_list w = { .name = ch_sq_get_text(&q, &row) };

		w.title = ch_sq_get_text(&q, &row);
		w.reg = ch_sq_get_text(&q, &row);
		w.filters = ch_sq_get_text(&q, &row);
		if (!fn(ctx, &w))
			break;
		ch_arena_reset(&row);
	}
	ok = ch_sq_end(&q, err);
	ch_arena_free(&row);
	return ok;
}
