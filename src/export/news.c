/* export/news.c -- events as they come into the store. */
#include "export/query.h"

enum { NEWS_MAX = 100 };

struct giving {
	bool (*row)(void *ctx, unsigned long long number, const char *json, size_t size);
	void *ctx;
	struct ch_arena *arena;
	uint64_t number;
	bool go;
};

static bool give(void *ctx, const struct ch_event_record *e)
{
	struct giving *g = ctx;
	const struct ch_str line = ch_json_line(g->arena, ch_json_event(e, CH_OFFSETS_RAW, true));

	g->go = g->row(g->ctx, g->number, line.ptr, line.len);
	return g->go;
}

bool chancery_news(struct chancery_store *store, const struct chancery_query *query, unsigned long long *after,
		   bool (*row)(void *ctx, unsigned long long number, const char *json, size_t size), void *ctx, struct chancery_error *error)
{
	struct ch_err *err = (struct ch_err *)error;
	struct ch_store *s = (struct ch_store *)store;
	struct ch_arena arena = { 0 };
	struct giving giving = { .row = row, .ctx = ctx, .arena = &arena, .go = true };
	struct ch_new_event news[NEWS_MAX];
	uint64_t at = *after;
	struct ch_query q;
	uint32_t n = 0;
	bool ok = ch_query_of(query, &arena, &q, err);

	if (ok && !ch_query_register(ch_str_z(query->record ? query->record : "events"), &q))
		ok = ch_fail(err, "new records are told of events, visits, meetings and letters, not of '%.40s'", query->record);
	ok = ok && ch_store_news(s, &q, &at, &arena, news, NEWS_MAX, &n, err);
	for (uint32_t i = 0; ok && giving.go && i < n; i++) {
		giving.number = news[i].number;
		ok = ch_store_events(s, &(struct ch_query){ .id = news[i].id, .limit = 1 }, give, &giving, err);
	}
	if (ok)
		*after = at;
	ch_arena_free(&arena);
	return ok;
}
