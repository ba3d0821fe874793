/* A store with a page in it and a server over it, without sockets: requests as text, answers as they would be sent. */
#ifndef CH_TEST_SERVE_ASK_H
#define CH_TEST_SERVE_ASK_H
#include "../store/sample.h"
#include "serve/serve.h"
#include "store/sql.h"
#include <stdio.h>
#include <unistd.h>

#define TOKEN "0123456789abcdef"

struct site {
	char dir[64], path[512];   /* dir: empty where the store is somebody else's */
	struct ch_server server;
	struct ch_assets *assets;
	struct ch_arena arena;
	struct ch_request request;
	struct ch_answer answer;
	bool in_haste;   /* as struct ch_request has it */
};

static inline bool site_put(const char *path, const char *tail)
{
	struct ch_arena arena = { 0 };
	struct ch_store *store;
	struct ch_err err;
	struct ch_doc doc;
	bool ok;

	if (!ch_store_open(path, true, &store, &err))
		return false;
	sample_doc(&doc, &arena, tail, "1977-11-19");
	ok = ch_store_begin(store, &err) && ch_store_put(store, ch_page_record(&doc, (struct ch_stamp){ "1", "1", "1" }), &err) && ch_store_commit(store, &err);
	ch_store_close(store);
	ch_arena_free(&arena);
	return ok;
}

/* where: a store that is to be made; NULL: a file of its own. */
static inline bool site_make_at(struct site *s, const char *where)
{
	struct ch_err err;

	*s = (struct site){ .dir = "" };
	if (!where) {
		strcpy(s->dir, "/tmp/chancery-serve-XXXXXX");
		if (!mkdtemp(s->dir))
			return false;
	}
	snprintf(s->path, sizeof s->path, "%s%s", where ? where : s->dir, where ? "" : "/s.db");
	if (!site_put(s->path, "") || !ch_stores_open(s->path, 2, &s->server.stores, &err))
		return false;
	s->assets = ch_assets_pack();
	s->server.assets = s->assets;
	s->server.cache = ch_cache_open();
	s->server.token = CH_STR(TOKEN);
	return true;
}

static inline bool site_make(struct site *s)
{
	return site_make_at(s, NULL);
}

static inline void site_remove(struct site *s)
{
	char path[520];

	ch_stores_close(s->server.stores);
	ch_assets_free(s->assets);
	ch_cache_close(s->server.cache);
	ch_arena_free(&s->arena);
	for (int i = 0; *s->dir && i < 3; i++) {
		snprintf(path, sizeof path, "%s%s", s->path, (const char *[]){ "", "-wal", "-shm" }[i]);
		unlink(path);
	}
	if (*s->dir)
		rmdir(s->dir);
}

/* "/path?name=value&…" as libmicrohttpd gives it: parted, "+" as a blank, not decoded. */
static inline void site_target(struct ch_request *q, struct ch_str target)
{
	const size_t mark = ch_str_find_byte(target, '?', 0);
	struct ch_str query = mark == CH_STR_NONE ? CH_STR("") : ch_str_sub(target, mark + 1, target.len), one;

	q->path = ch_arena_str(q->arena, ch_str_sub(target, 0, mark));
	while (ch_str_cut(&query, '&', &one)) {
		const size_t is = ch_str_find_byte(one, '=', 0);
		struct ch_str value = ch_arena_str(q->arena, is == CH_STR_NONE ? CH_STR("") : ch_str_sub(one, is + 1, one.len));

		for (size_t i = 0; i < value.len; i++)
			if (value.ptr[i] == '+')
				((char *)(uintptr_t)value.ptr)[i] = ' ';
		if (q->query.n == CH_SERVE_FIELDS_MAX)
			q->fields_too_many = true;
		else
			*CH_PUSH(q->arena, &q->query) = (struct ch_field){ ch_arena_str(q->arena, ch_str_sub(one, 0, is)), value };
	}
}

/* "Name: value" lines, parted by newlines. */
static inline void site_headers(struct ch_request *q, struct ch_str lines)
{
	struct ch_str line;

	while (ch_str_cut(&lines, '\n', &line)) {
		const size_t colon = ch_str_find_byte(line, ':', 0);

		if (colon == CH_STR_NONE)
			continue;
		if (q->headers.n == CH_SERVE_FIELDS_MAX)
			q->fields_too_many = true;
		else
			*CH_PUSH(q->arena, &q->headers) = (struct ch_field){ ch_arena_str(q->arena, ch_str_sub(line, 0, colon)),
									     ch_arena_str(q->arena, ch_str_trim(ch_str_sub(line, colon + 1, line.len))) };
	}
}

/* The answer lives until the next one. */
static inline const struct ch_answer *site_ask(struct site *s, const char *method, const char *target, const char *headers, const char *body)
{
	ch_arena_reset(&s->arena);
	s->request = (struct ch_request){ .arena = &s->arena, .method = ch_str_z(method), .body = ch_str_z(body ? body : ""),
					  .in_haste = s->in_haste };
	site_target(&s->request, ch_str_z(target));
	site_headers(&s->request, ch_str_z(headers ? headers : ""));
	ch_serve_answer(&s->server, &s->request, &s->answer);
	return &s->answer;
}

static inline struct ch_str site_header(const struct ch_answer *a, const char *name)
{
	for (uint32_t i = 0; i < a->headers.n; i++)
		if (ch_str_ieq(a->headers.v[i].name, ch_str_z(name)))
			return a->headers.v[i].value;
	return CH_STR("");
}

/* Of any answer: NULL, or the promise that it breaks. Whoever asks may send anything. */
static inline const char *site_broken(struct ch_arena *arena, const struct ch_answer *a)
{
	const struct ch_str text = a->body;

	if (a->status < 200 || a->status > 599)
		return "status in range";
	if (!a->type && text.len)
		return "a body has a type";
	if ((a->status == 304 || a->status == 204) && text.len)
		return "no body where there is none";
	if (a->status >= 400 && (!a->type || strcmp(a->type, "application/json") || !ch_str_starts(text, CH_STR("{\"error\":\""))))
		return "errors are JSON";
	for (uint32_t i = 0; i < a->headers.n; i++)
		for (size_t k = 0; k < a->headers.v[i].value.len; k++)
			if ((unsigned char)a->headers.v[i].value.ptr[k] < 0x20)
				return "headers hold no control characters";
	(void)arena;
	return NULL;
}
#endif
