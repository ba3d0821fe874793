/* export/watchlist.c -- questions that were kept, as JSON; what of them may be kept is looked at here. */
#include "chancery.h"
#include "export/json.h"
#include "store/store.h"

struct giving {
	chancery_row_fn *row;
	void *ctx;
	struct ch_arena arena;
};

static bool give(void *ctx, const struct ch_watch_list *w)
{
	struct giving *g = ctx;
	json_t *o = ch_json_object(), *filters = json_loadb(w->filters.ptr, w->filters.len, 0, NULL);
	struct ch_str line;
	bool go;

	ch_json_set(o, "name", ch_json_str(w->name));
	ch_json_set(o, "title", ch_json_str(w->title));
	ch_json_set(o, "register", ch_json_str(w->reg));
	ch_json_set(o, "filters", json_is_object(filters) ? json_incref(filters) : ch_json_object());
	json_decref(filters);
	line = ch_json_line(&g->arena, o);
	go = g->row(g->ctx, line.ptr, line.len);
	ch_arena_reset(&g->arena);
	return go;
}

bool chancery_watch_lists(struct chancery_store *store, chancery_row_fn *row, void *ctx, struct chancery_error *error)
{
	struct giving g = { .row = row, .ctx = ctx };
	const bool ok = ch_store_watch_each((struct ch_store *)store, give, &g, (struct ch_err *)error);

	ch_arena_free(&g.arena);
	return ok;
}

static bool name_fits(const char *name)
{
	size_t n = 0;

	for (; name[n]; n++)
		if (!((name[n] >= 'a' && name[n] <= 'z') || (name[n] >= '0' && name[n] <= '9') || (name[n] == '-' && n)) || n >= 60)
			return false;
	return n;
}

bool chancery_watch_list_put(struct chancery_store *public, const char *name, const char *title, const char *reg, const char *filters,
			     struct chancery_error *error)
{
	struct ch_store *store = (struct ch_store *)public;
	struct ch_err *err = (struct ch_err *)error;
	const struct ch_watch_list w = { ch_str_z(name), ch_str_z(title), ch_str_z(reg), ch_str_z(filters) };
	bool ok;

	if (!name_fits(name))
		return ch_fail(err, "a watch-list is called by small letters, digits and '-', 60 at most, not '%.40s'", name);
	if (!w.title.len || w.title.len > 200)
		return ch_fail(err, "a watch-list wants a title of 200 letters at most");
	ok = ch_store_begin(store, err);
	if (ok && !(ok = ch_store_watch_put(store, &w, err) && ch_store_commit(store, err)))
		ch_store_rollback(store);
	return ok;
}

struct looking {
	struct ch_str name;
	bool found;
};

static bool look(void *ctx, const struct ch_watch_list *w)
{
	struct looking *l = ctx;

	l->found = l->found || ch_str_eq(w->name, l->name);
	return !l->found;
}

bool chancery_watch_list_drop(struct chancery_store *public, const char *name, struct chancery_error *error)
{
	struct ch_store *store = (struct ch_store *)public;
	struct ch_err *err = (struct ch_err *)error;
	struct looking l = { .name = ch_str_z(name) };
	bool ok = ch_store_watch_each(store, look, &l, err);

	if (ok && !l.found)
		return ch_fail(err, "there is no watch-list '%.40s'", name);
	ok = ok && ch_store_begin(store, err);
	if (ok && !(ok = ch_store_watch_drop(store, l.name, err) && ch_store_commit(store, err)))
		ch_store_rollback(store);
	return ok;
}
