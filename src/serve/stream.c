/* serve/stream.c -- new records as they come: server-sent events (WHATWG HTML, 9.2), whose ids are places in the order of coming, so that a client
 * that was away names the last that it has (Last-Event-ID) and misses none. */
#include "serve/serve.h"
#include <limits.h>

struct stream {
	struct chancery_query query;      /* strings in the request's arena */
	unsigned long long after;
};

struct writing {
	struct ch_arena *arena;
	CH_VEC(char) out;
};

static void put(struct writing *w, struct ch_str s)
{
	for (size_t i = 0; i < s.len; i++)
		*CH_PUSH(w->arena, &w->out) = s.ptr[i];
}

static bool put_event(void *ctx, unsigned long long number, const char *json, size_t size)
{
	struct writing *w = ctx;

	/* one line: JSON of ours has no newline in it */
	put(w, ch_arena_printf(w->arena, "id: %llu\ndata: ", number));
	put(w, ch_str_n(json, size));
	put(w, CH_STR("\n\n"));
	return true;
}

static bool more(void *ctx, struct chancery_store *store, struct ch_arena *arena, struct ch_str *piece)
{
	struct stream *s = ctx;
	struct writing w = { .arena = arena };
	struct chancery_error error;

	if (!chancery_news(store, &s->query, &s->after, put_event, &w, &error))
		return false;
	*piece = ch_str_n(w.out.v, w.out.n);
	return true;
}

static bool none(void *ctx, unsigned long long number, const char *json, size_t size)
{
	(void)ctx, (void)number, (void)json, (void)size;
	return false;
}

/* A browser sends the header when it connects again; whoever begins has the parameter. Neither: from now on. */
static bool begin_at(struct ch_call *call, unsigned long long *after)
{
	struct ch_str last = ch_request_header(call->request, "Last-Event-ID");
	const char *text = NULL;
	unsigned long long n = 0;

	if (!last.len && (!ch_call_param(call, "last", &text) || !text)) {
		*after = ULLONG_MAX;
		return !call->answer->status;
	}
	last = last.len ? last : ch_str_z(text);
	for (size_t i = 0; i < last.len; i++) {
		if (last.ptr[i] < '0' || last.ptr[i] > '9' || last.len > 18)
			return !ch_answer_error(call, 400, "the id of an event of this stream is wanted, not '%.40s'", ch_arena_z(call->request->arena, last));
		n = n * 10 + (unsigned long long)(last.ptr[i] - '0');
	}
	*after = n;
	return true;
}

bool ch_api_stream(struct ch_call *call)
{
	struct stream *s = CH_NEW(call->request->arena, struct stream);
	struct ch_answer *a = call->answer;
	const char *record;

	if (!ch_call_param(call, "record", &record) || !ch_call_query(call, record ? record : "events", &s->query) || !begin_at(call, &s->after))
		return true;
	/* now, so that what is wrong with the question is said; and where it begins is fixed */
	if (!chancery_news(call->store, &s->query, &(unsigned long long){ s->after }, none, NULL, &call->error))
		return ch_call_failed(call, 400);
	if (s->after == ULLONG_MAX && !chancery_news(call->store, &s->query, &s->after, none, NULL, &call->error))
		return false;
	*a = (struct ch_answer){ .status = 200, .type = "text/event-stream", .piece = more, .live = true, .ctx = s };
	/* a script is told of an id with an event only: one that shuts the stream before the first record must know where to go on, too */
	a->body = ch_arena_printf(call->request->arena, "retry: 2000\nid: %llu\nevent: place\ndata: %llu\n\n", s->after, s->after);
	ch_answer_header(call->request, a, "Cache-Control", CH_STR("no-store"));
	/* proxies that gather what they pass on (nginx) must not */
	ch_answer_header(call->request, a, "X-Accel-Buffering", CH_STR("no"));
	return true;
}
