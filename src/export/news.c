/* export/news.c -- records as they come into the store. */
#include "export/query.h"

enum { NEWS_MAX = 100 };

struct giving {
	bool (*row)(void *ctx, unsigned long long number, const char *json, size_t size);
	void *ctx;
	struct ch_arena *arena;
	uint64_t number;
	bool go;
};

static bool give(struct giving *g, json_t *record)
{
	const struct ch_str line = ch_json_line(g->arena, record);

	g->go = g->row(g->ctx, g->number, line.ptr, line.len);
	return g->go;
}

static bool give_event(void *ctx, const struct ch_event_record *e)
{
	return give(ctx, ch_json_event(e, CH_OFFSETS_RAW, true));
}

static bool give_row(void *ctx, const struct ch_row *row)
{
	return give(ctx, ch_json_row(row, CH_OFFSETS_RAW, true));
}

static bool give_page(void *ctx, const struct ch_page_info *page)
{
	return give(ctx, ch_json_page_row(page));
}

static bool what_of(const char *record, struct ch_query *q, unsigned *what, struct ch_err *err)
{
	const struct ch_str name = ch_str_z(record && *record ? record : "events");

	for (*what = 0; *what < CH_REG_N; ++*what)
		if (ch_str_eqz(name, ch_register_of((enum ch_register_id)*what)->name))
			return true;
	*what = ch_str_eqz(name, "pages") ? CH_NEW_PAGES : CH_NEW_EVENTS;
	return *what == CH_NEW_PAGES || ch_query_register(name, q) || ch_fail(err, "there is no register '%.40s'", record);
}

bool chancery_news(struct chancery_store *store, const struct chancery_query *query, unsigned long long *after,
		   bool (*row)(void *ctx, unsigned long long number, const char *json, size_t size), void *ctx, struct chancery_error *error)
{
	struct ch_err *err = (struct ch_err *)error;
	struct ch_store *s = (struct ch_store *)store;
	struct ch_arena arena = { 0 };
	struct giving giving = { .row = row, .ctx = ctx, .arena = &arena, .go = true };
	struct ch_new_record news[NEWS_MAX];
	uint64_t at = *after;
	struct ch_query q;
	unsigned what = 0;
	uint32_t n = 0;
	bool ok = ch_asked(query->record ? query->record : "events", query, err) && ch_query_of(query, &arena, &q, err) && what_of(query->record, &q, &what, err) && ch_store_news(s, what, &q, &at, &arena, news, NEWS_MAX, &n, err);

	for (uint32_t i = 0; ok && giving.go && i < n; i++) {
		const struct ch_query one = { .id = news[i].id, .limit = 1 };

		giving.number = news[i].number;
		ok = what == CH_NEW_EVENTS ? ch_store_events(s, &one, give_event, &giving, err) : what == CH_NEW_PAGES ? ch_store_pages(s, &one, give_page, &giving, err) :
		     ch_store_rows(s, (enum ch_register_id)what, &one, give_row, &giving, err);
	}
	if (ok)
		*after = at;
	ch_arena_free(&arena);
	return ok;
}
