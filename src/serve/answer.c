/* serve/answer.c -- parameters in, lists and objects out. */
#include "serve/serve.h"
#include "base/utf8.h"
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

static void cut_out(char *text, size_t at, size_t n)
{
	memmove(text + at, text + at + n, strlen(text + at + n) + 1);
}

/* "/srv/news.db: the store is locked" tells a client where files are, or by which name and password a data base is opened. */
static void leave_store_out(const struct ch_call *call, char *text)
{
	const char *where = call->server->stores ? ch_stores_where(call->server->stores) : "";
	char *at;

	while (*where && (at = strstr(text, where)))
		cut_out(text, (size_t)(at - text), strlen(where) + (strncmp(at + strlen(where), ": ", 2) == 0 ? 2 : 0));
	if (strncmp(text, "postgres", 8) == 0 && strstr(text, "://") && (at = strstr(text, ": ")))
		cut_out(text, 0, (size_t)(at - text) + 2);
}

bool ch_call_failed(struct ch_call *call, unsigned status)
{
	char *text = call->error.text;

	for (size_t i = 0; text[i]; i++)
		if ((!i || text[i - 1] == ' ') && text[i] == '-' && text[i + 1] == '-' && text[i + 2] >= 'a' && text[i + 2] <= 'z')
			cut_out(text, i, 2);
	return ch_answer_error(call, status, "%s", text);
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
	leave_store_out(call, text);
	/* one line, whatever was quoted and wherever it was cut */
	for (char *c = text; *c; c++)
		*c = (unsigned char)*c < 0x20 ? ' ' : *c;
	quoted = json_string(arena, ch_utf8_repair(arena, ch_str_z(text), NULL));
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
	*q = (struct chancery_query){ .record = record };
	return ch_call_param(call, "after", &q->after) && ch_call_param(call, "who", &q->who) && ch_call_param(call, "with", &q->with) &&
	       ch_call_param(call, "since", &q->since) &&
	       ch_call_param(call, "until", &q->until) && ch_call_param(call, "type", &q->type) && ch_call_param(call, "mode", &q->mode) &&
	       ch_call_param(call, "status", &q->status) && ch_call_param(call, "place", &q->place) && ch_call_param(call, "about", &q->about) &&
	       ch_call_param(call, "context", &q->context) && ch_call_param(call, "to", &q->to) && ch_call_param(call, "search", &q->search) &&
	       ch_call_param(call, "page", &q->page) && ch_call_flag(call, "newest", &q->newest) && ch_call_flag(call, "rejected", &q->rejected) &&
	       ch_call_flag(call, "variants", &q->variants);
}

bool ch_call_object(struct ch_call *call, bool ok, char *json)
{
	if (!ok)
		return ch_call_failed(call, 404);
	call->answer->status = 200;
	call->answer->type = "application/json";
	call->answer->body = ch_arena_str(call->request->arena, ch_str_z(json));
	free(json);
	return true;
}

/* ---- parameters that there are ---- */

static bool named(const struct ch_param *params, size_t n, struct ch_str name)
{
	for (size_t i = 0; i < n && params[i].name; i++) {
		struct ch_str one = ch_str_z(params[i].name);

		if (ch_str_eq(ch_str_sub(one, 0, one.len - ch_str_ends(one, CH_STR("!"))), name))
			return true;
	}
	return false;
}

const char *ch_route_list(const struct ch_route *route, const char *reg)
{
	return reg ? reg : strstr(route->path, "/export/") ? "export" : strstr(route->path, "/pledges") ? "pledges" : strrchr(route->path, '/') + 1;
}

bool ch_call_fits(struct ch_call *call, const char *list)
{
	size_t n;
	const struct ch_param *filters = ch_flag_params(CH_ROUTE_FILTERS, &n);

	for (uint32_t i = 0; i < call->request->query.n; i++)
		for (size_t k = 0; k < n; k++)
			if (ch_str_eqz(call->request->query.v[i].name, filters[k].name) && !chancery_asked_by(list, filters[k].name))
				return !ch_answer_error(call, 400, "%s says nothing of %s; /api/v1/openapi.json tells by what they are asked", filters[k].name, list);
	return true;
}

/* Of a route that is asked of any register (doubtful, stream, series), that one as well. */
static bool fits(struct ch_call *call, const struct ch_route *route)
{
	const char *record;

	if (!(route->flags & CH_ROUTE_FILTERS))
		return true;
	if (!ch_call_fits(call, ch_route_list(route, strstr(route->path, "{register}") ? call->args[0].ptr : NULL)) || !ch_call_param(call, "record", &record))
		return false;
	return !named(route->params, sizeof route->params / sizeof *route->params, CH_STR("record")) || ch_call_fits(call, record ? record : "events");
}

static bool has_value(struct ch_call *call, const struct ch_field *field)
{
	struct ch_str value;

	if (!ch_percent_decode(call->request->arena, field->value, &value))
		return !ch_answer_error(call, 400, "%.*s: this is no percent-encoded UTF-8", CH_STR_ARG(field->name));
	return ch_str_trim(value).len || !ch_answer_error(call, 400, "%.*s: a value is wanted; without one, leave it out", CH_STR_ARG(field->name));
}

bool ch_call_known(struct ch_call *call, const struct ch_route *route)
{
	const struct ch_request *q = call->request;

	for (uint32_t i = 0; i < q->query.n; i++) {
		const struct ch_str name = q->query.v[i].name;
		bool known = named(route->params, sizeof route->params / sizeof *route->params, name);

		for (unsigned flag = 1; flag && !known; flag <<= 1) {
			size_t n = 0;
			const struct ch_param *params = route->flags & flag ? ch_flag_params(flag, &n) : NULL;

			known = named(params, n, name);
		}
		if (!known)
			return !ch_answer_error(call, 400, "this path knows no parameter '%.*s'; /api/v1/openapi.json has them",
						(int)(name.len < 40 ? name.len : 40), name.ptr);
		for (uint32_t k = 0; k < i; k++)
			if (ch_str_eq(q->query.v[k].name, name))
				return !ch_answer_error(call, 400, "the parameter '%.*s' is there twice", (int)(name.len < 40 ? name.len : 40), name.ptr);
		if (!has_value(call, &q->query.v[i]))
			return false;
	}
	return fits(call, route);
}
