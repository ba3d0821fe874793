/* watch/watch.c -- a round: feeds first, then the pages that are new in them, the host that is ready first before the others. */
#include "base/limits.h"
#include "base/utf8.h"
#include "input/stream.h"
#include "watch/feed.h"
#include "watch/watch_priv.h"
#include <stdlib.h>
#include <time.h>

/* A sitemap may have 50 MB (sitemaps.org). Sitemaps of sitemaps: as deep and as many as anybody has. A page that fails is tried in
 * so many rounds. */
enum { FEED_BYTES = 52 << 20, INDEX_DEPTH = 3, FEEDS_MAX = 5000, TRIES_MAX = 5 };

static bool is_url(struct ch_str s)
{
	return ch_str_istarts(s, CH_STR("http://")) || ch_str_istarts(s, CH_STR("https://"));
}

/* An error as the next input; the first stays until it is given. */
static void tell(struct ch_watch *w, const char *name, const char *error)
{
	if (!w->pending.name && *error)
		w->pending = (struct ch_input){ .name = ch_input_copy(ch_str_z(name)), .error = ch_input_copy(ch_str_z(error)) };
}

/* ---- feeds ---- */

static void add_feed(struct ch_watch *w, struct ch_str url, uint32_t depth)
{
	for (uint32_t i = 0; i < w->feeds.n; i++)
		if (ch_str_eqz(url, w->feeds.v[i].url))
			return;
	if (w->feeds.n < FEEDS_MAX)
		*CH_PUSH(&w->round, &w->feeds) = (struct watch_feed){ ch_arena_z(&w->round, url), depth };
}

/* Sitemaps are often gzipped as files, whatever HTTP says of it. */
static struct ch_str unpacked(struct ch_arena *arena, struct ch_str bytes)
{
	struct ch_stream packed, plain;

	if (!ch_str_starts(bytes, CH_STR("\x1f\x8b")))
		return bytes;
	ch_stream_memory(&packed, bytes);
	ch_stream_gzip(&plain, &packed);
	bytes = ch_arena_str(arena, ch_stream_look(&plain, FEED_BYTES));
	ch_stream_close(&plain);
	ch_stream_close(&packed);
	return bytes;
}

/* Puts the links of a feed among the pages of the state. */
static void take_items(struct ch_watch *w, const char *name, const char *base, const struct ch_feed *feed, uint32_t depth)
{
	char day[16];

	for (uint32_t i = 0; i < feed->items.n; i++) {
		const struct ch_feed_item *it = &feed->items.v[i];
		struct ch_str url = ch_web_resolve(&w->arena, base, it->url), told;
		json_t *entry;

		if (!url.len || !ch_utf8_valid(url))
			continue;
		if (feed->kind == CH_FEED_INDEX) {
			if (depth < INDEX_DEPTH)
				add_feed(w, url, depth + 1);
			continue;
		}
		entry = watch_state(w, "pages", url.ptr, true);
		/* A sitemap says when a page was changed: then it is a page to be had again. Feeds say so of every comment. */
		told = feed->kind == CH_FEED_SITEMAP && ch_utf8_valid(it->changed) ? it->changed : CH_STR("");
		if (told.len && !ch_str_eqz(told, watch_state_text(entry, "changed"))) {
			json_object_del(entry, "had");
			watch_state_put(entry, "changed", told);
		}
		watch_state_set(entry, "feed", json_string(name));
		watch_state_set(entry, "listed", json_true());
		watch_state_put(entry, "title", it->title);
		if (ch_input_day(it->published, day) || (feed->kind != CH_FEED_SITEMAP && ch_input_day(it->changed, day)))
			watch_state_put(entry, "date", ch_str_z(day));
	}
}

/* Whether it was an index of sitemaps. */
static bool read_feed(struct ch_watch *w, const char *name, const char *base, struct ch_str bytes, uint32_t depth)
{
	struct ch_feed feed;
	struct ch_err err;

	if (!ch_feed_read(&feed, &w->arena, unpacked(&w->arena, bytes), &err)) {
		tell(w, name, err.text);
		return false;
	}
	if (feed.broken)
		tell(w, name, ch_arena_printf(&w->arena, "the XML is broken (%s); %u links before that were read", feed.why, feed.items.n).ptr);
	take_items(w, name, base, &feed, depth);
	*ch_map_put(&w->sources, ch_str_z(name), 0, NULL) = !feed.broken;
	return feed.kind == CH_FEED_INDEX;
}

static void visit_feed(struct ch_watch *w, const struct watch_feed *feed)
{
	json_t *entry = watch_state(w, "feeds", feed->url, true);
	struct ch_request request = { .url = feed->url, .bytes_max = FEED_BYTES };
	struct ch_answer answer;
	const char *final;
	struct ch_err err;

	ch_map_put(&w->sources, ch_str_z(feed->url), 0, NULL);
	/* Of an index the sitemaps in it are wanted each time. */
	if (!json_object_get(entry, "index")) {
		request.etag = watch_state_text(entry, "etag");
		request.modified = watch_state_text(entry, "modified");
	}
	if (watch_visit(w, &request, &answer, &final, &err) != WATCH_GOT) {
		tell(w, feed->url, err.text);
		return;
	}
	if (answer.status == 304)
		return;
	json_object_clear(entry);
	watch_state_put(entry, "etag", answer.etag);
	watch_state_put(entry, "modified", answer.modified);
	if (answer.cut)
		tell(w, feed->url, "is over 52 MB; only the beginning was read");
	if (read_feed(w, feed->url, final, answer.body, feed->depth))
		watch_state_set(entry, "index", json_true());
}

/* A place that is a file: a feed, or URLs, one a line. */
static void read_file(struct ch_watch *w, const char *path)
{
	struct ch_stream s;
	struct ch_str bytes, line, start;
	struct ch_err err;
	uint32_t before = w->feeds.n;

	ch_arena_reset(&w->arena);
	if (!ch_stream_file(&s, path, &err)) {
		tell(w, path, err.text);
		return;
	}
	bytes = ch_arena_str(&w->arena, ch_stream_look(&s, FEED_BYTES));
	if (s.failed)
		tell(w, path, s.err.text);
	ch_stream_close(&s);
	start = ch_str_trim(unpacked(&w->arena, bytes));
	if (ch_str_starts(start, CH_STR("<")) || ch_str_starts(start, CH_STR("\xEF\xBB\xBF<"))) {
		read_feed(w, path, "http://localhost/", bytes, 0);
		return;
	}
	while (ch_str_cut(&start, '\n', &line)) {
		struct watch_host *host;
		struct ch_str path_of;

		line = ch_str_trim(line);
		host = is_url(line) && ch_utf8_valid(line) ? watch_host(w, ch_arena_z(&w->arena, line), &path_of) : NULL;
		if (!host)
			continue;
		host->given = true;
		add_feed(w, line, 0);
	}
	if (w->feeds.n == before)
		tell(w, path, "is no feed, and holds no URLs");
}

/* ---- pages ---- */

/* Pages of this round's feeds that were not had yet. Those that were had and that their feed, read whole, lists no more are forgotten. */
static void list_pages(struct ch_watch *w)
{
	json_t *pages = json_object_get(w->state, "pages"), *entry;
	const char *key;
	void *next;

	w->listed = true;
	ch_arena_reset(&w->arena);
	json_object_foreach_safe(pages, next, key, entry) {
		uint32_t *whole = ch_map_get(&w->sources, ch_str_z(watch_state_text(entry, "feed")));
		bool had = json_object_get(entry, "had"), listed = json_object_get(entry, "listed");
		const struct watch_host *host;
		struct ch_str path;

		json_object_del(entry, "listed");
		if (!whole)
			continue;
		host = had ? NULL : watch_host(w, key, &path);
		if (host)
			*CH_PUSH(&w->round, &w->pages) =
				(struct watch_page){ ch_arena_z(&w->round, ch_str_z(key)), (uint32_t)(host - w->hosts.v) };
		else if (*whole && !listed)
			json_object_del(pages, key);
	}
}

/* The first page whose host may be asked now, else the one whose host may be soonest; NULL: none is left. */
static const char *pick(struct ch_watch *w)
{
	double now = w->web.now(w->web.ctx), best = 0;
	uint32_t at = UINT32_MAX;
	const char *url;

	for (uint32_t i = 0; i < w->pages.n && (at == UINT32_MAX || best > now); i++) {
		const struct watch_host *host = &w->hosts.v[w->pages.v[i].host];
		double ready = host->until > host->ready ? host->until : host->ready;

		if (!w->pages.v[i].url || (at != UINT32_MAX && ready >= best))
			continue;
		best = ready;
		at = i;
	}
	if (at == UINT32_MAX)
		return NULL;
	url = w->pages.v[at].url;
	w->pages.v[at].url = NULL;
	return url;
}

static struct ch_str iso_time(struct ch_arena *arena, double now)
{
	time_t t = (time_t)now;
	struct tm tm = { 0 };

	gmtime_r(&t, &tm);
	return ch_arena_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min,
			       tm.tm_sec);
}

static bool is_page_type(struct ch_str type)
{
	return !type.len || ch_str_eqz(type, "text/html") || ch_str_eqz(type, "application/xhtml+xml") || ch_str_eqz(type, "text/plain");
}

static void visit_page(struct ch_watch *w, const char *url)
{
	struct ch_request request = { .url = url, .bytes_max = CH_PAGE_BYTES_MAX + 1 };
	json_t *entry = watch_state(w, "pages", url, true);
	struct ch_answer answer;
	struct ch_input *in = &w->pending;
	enum watch_visit got;
	const char *final;
	struct ch_err err;

	got = watch_visit(w, &request, &answer, &final, &err);
	if (got == WATCH_FAILED) {
		long long tries = json_integer_value(json_object_get(entry, "tries")) + 1;

		watch_state_set(entry, "tries", json_integer(tries));
		if (tries >= TRIES_MAX)
			got = WATCH_NEVER;
	}
	if (got == WATCH_GOT || got == WATCH_NEVER)
		watch_state_set(entry, "had", json_true());
	if (got != WATCH_GOT) {
		tell(w, url, err.text);
		return;
	}
	if (!is_page_type(answer.type)) {
		tell(w, url, ch_arena_printf(&w->arena, "is %.*s, no page", (int)(answer.type.len < 60 ? answer.type.len : 60),
					     answer.type.ptr).ptr);
		return;
	}
	*in = (struct ch_input){ .name = ch_input_copy(ch_str_z(final)), .bytes = ch_input_copy(answer.body), .size = answer.body.len };
	ch_input_know(&in->known, &w->arena, "url", ch_str_z(final));
	ch_input_know(&in->known, &w->arena, "fetched", iso_time(&w->arena, w->web.now(w->web.ctx)));
	ch_input_know(&in->known, &w->arena, "charset", answer.charset);
	ch_input_know(&in->known, &w->arena, "title", ch_str_z(watch_state_text(entry, "title")));
	ch_input_know(&in->known, &w->arena, "date", ch_str_z(watch_state_text(entry, "date")));
	w->given++;
}

/* ---- the whole ---- */

bool ch_watch_next(struct ch_watch *w, struct ch_input *input)
{
	for (;;) {
		const char *url;

		if (w->pending.name) {
			*input = w->pending;
			w->pending = (struct ch_input){ 0 };
			return true;
		}
		if (!w->web.wait(w->web.ctx, 0))
			return false;
		if (w->at_place < w->n_places) {
			const char *place = w->places[w->at_place++];
			struct ch_str path;

			if (!is_url(ch_str_z(place)))
				read_file(w, place);
			else if (!ch_utf8_valid(ch_str_z(place)) || !watch_host(w, place, &path))
				tell(w, place, "is no URL");
			else
				add_feed(w, ch_str_z(place), 0);
		} else if (w->at_feed < w->feeds.n) {
			struct watch_feed feed = w->feeds.v[w->at_feed++];

			visit_feed(w, &feed);
		} else if (!w->listed) {
			list_pages(w);
		} else if ((w->options.limit && w->given >= w->options.limit) || !(url = pick(w))) {
			return false;
		} else {
			visit_page(w, url);
		}
	}
}

void ch_watch_round(struct ch_watch *w)
{
	ch_arena_reset(&w->round);
	ch_map_init(&w->sources, &w->round);
	w->feeds.v = NULL;
	w->pages.v = NULL;
	w->feeds.n = w->feeds.cap = w->pages.n = w->pages.cap = 0;
	w->at_feed = 0;
	w->at_place = 0;
	w->listed = false;
	w->given = 0;
	for (uint32_t i = 0; i < w->hosts.n; i++)
		w->hosts.v[i].told = false;
}

bool ch_watch_open(struct ch_watch **watch, const char *const *places, size_t n, const struct ch_watch_options *options,
		   const struct ch_web *web, struct ch_err *err)
{
	struct ch_watch *w = ch_xrealloc(NULL, sizeof *w);

	*w = (struct ch_watch){ .options = *options, .places = places, .n_places = n, .web = *web };
	ch_map_init(&w->host_index, &w->keep);
	ch_map_init(&w->sources, &w->round);
	if (!watch_state_read(w, err)) {
		ch_watch_close(w);
		return false;
	}
	for (size_t i = 0; i < n; i++) {
		struct ch_str path;
		struct watch_host *host = is_url(ch_str_z(places[i])) ? watch_host(w, places[i], &path) : NULL;

		if (host)
			host->given = true;
	}
	*watch = w;
	return true;
}

void ch_watch_close(struct ch_watch *w)
{
	if (!w)
		return;
	if (w->web.close)
		w->web.close(w->web.ctx);
	ch_input_free(&w->pending);
	json_decref(w->state);
	ch_arena_free(&w->arena);
	ch_arena_free(&w->round);
	ch_arena_free(&w->keep);
	free(w);
}
