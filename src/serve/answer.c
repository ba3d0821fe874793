/* serve/answer.c -- parameters in, lists and objects out. */
#include "serve/serve.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static struct ch_str json_string(struct ch_arena *arena, struct ch_str s)
{
	CH_VEC(char) v = { 0 };

	*CH_PUSH(arena, &v) = '"';
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		char escape[8];
		int n = c == '"' || c == '\\' ? snprintf(escape, sizeof escape, "\\%c", c) :
			c < 0x20 ? snprintf(escape, sizeof escape, "\\u%04x", c) : snprintf(escape, sizeof escape, "%c", c);

		for (int k = 0; k < n; k++)
			*CH_PUSH(arena, &v) = escape[k];
	}
	*CH_PUSH(arena, &v) = '"';
	return ch_str_n(v.v, v.n);
}

bool ch_answer_error(struct ch_call *call, unsigned status, const char *fmt, ...)
{
	struct ch_arena *arena = call->request->arena;
	char text[600];
	struct ch_str quoted;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	quoted = json_string(arena, ch_str_z(text));
	*call->answer = (struct ch_answer){ .status = status, .type = "application/json",
					    .body = ch_arena_printf(arena, "{\"error\":%.*s}\n", CH_STR_ARG(quoted)) };
	return true;
}

bool ch_call_param(struct ch_call *call, const char *name, const char **value)
{
	struct ch_str raw, text;

	*value = NULL;
	if (!ch_request_param(call->request, name, &raw) || !raw.len)
		return true;
	if (!ch_percent_decode(call->request->arena, raw, &text)) {
		ch_answer_error(call, 400, "%s: this is no percent-encoded UTF-8", name);
		return false;
	}
	*value = text.ptr;
	return true;
}

bool ch_call_number(struct ch_call *call, const char *name, unsigned long long max, unsigned long long *value)
{
	const char *text;
	uint32_t n;

	if (!ch_call_param(call, name, &text))
		return false;
	if (!text)
		return true;
	if (!ch_str_uint(ch_str_z(text), &n) || n > max) {
		ch_answer_error(call, 400, "%s: a whole number up to %llu is wanted, not '%.40s'", name, max, text);
		return false;
	}
	*value = n;
	return true;
}

bool ch_call_flag(struct ch_call *call, const char *name, bool *value)
{
	unsigned long long n = 0;
	bool ok = ch_call_number(call, name, 1, &n);

	*value = n;
	return ok;
}

bool ch_call_query(struct ch_call *call, const char *record, struct chancery_query *q)
{
	*q = (struct chancery_query){ .record = record, .limit = CH_SERVE_PAGE };
	return ch_call_param(call, "after", &q->after) && ch_call_param(call, "who", &q->who) && ch_call_param(call, "with", &q->with) && ch_call_param(call, "since", &q->since) &&
	       ch_call_param(call, "until", &q->until) && ch_call_param(call, "type", &q->type) && ch_call_param(call, "mode", &q->mode) &&
	       ch_call_param(call, "status", &q->status) && ch_call_param(call, "place", &q->place) && ch_call_param(call, "about", &q->about) &&
	       ch_call_param(call, "context", &q->context) && ch_call_param(call, "to", &q->to) && ch_call_param(call, "search", &q->search) &&
	       ch_call_param(call, "page", &q->page) && ch_call_flag(call, "newest", &q->newest) && ch_call_flag(call, "rejected", &q->rejected) &&
	       ch_call_flag(call, "variants", &q->variants) && ch_call_number(call, "limit", CH_SERVE_PAGE_MAX, &q->limit);
}

bool ch_call_object(struct ch_call *call, bool ok, char *json)
{
	if (!ok)
		return ch_answer_error(call, 404, "%s", call->error.text);
	call->answer->status = 200;
	call->answer->type = "application/json";
	call->answer->body = ch_arena_str(call->request->arena, ch_str_z(json));
	free(json);
	return true;
}

bool ch_rows_take(void *ctx, const char *json, size_t size)
{
	struct ch_rows *r = ctx;

	*CH_PUSH(r->arena, &r->rows) = ch_arena_str(r->arena, ch_str_n(json, size));
	return true;
}

static void put(char *to, size_t *n, struct ch_str s)
{
	memcpy(to + *n, s.ptr, s.len);
	*n += s.len;
}

bool ch_call_list(struct ch_call *call, const struct ch_rows *rows, struct ch_str next)
{
	struct ch_arena *arena = call->request->arena;
	const struct ch_str accept = ch_request_header(call->request, "Accept");
	const bool lines = ch_accepts(accept, "application/x-ndjson") > ch_accepts(accept, "application/json");
	struct ch_str end = next.len ? json_string(arena, next) : CH_STR("null");
	size_t size = end.len + 64, n = 0;
	char *text;

	for (uint32_t i = 0; i < rows->rows.n; i++)
		size += rows->rows.v[i].len + 1;
	text = ch_arena_alloc(arena, size);
	if (!lines)
		put(text, &n, CH_STR("{\"records\":["));
	for (uint32_t i = 0; i < rows->rows.n; i++) {
		if (i && !lines)
			text[n++] = ',';
		put(text, &n, rows->rows.v[i]);
		if (lines)
			text[n++] = '\n';
	}
	if (!lines) {
		put(text, &n, CH_STR("],\"next\":"));
		put(text, &n, end);
		put(text, &n, CH_STR("}\n"));
	}
	*call->answer = (struct ch_answer){ .status = 200, .type = lines ? "application/x-ndjson" : "application/json", .body = ch_str_n(text, n) };
	return true;
}
