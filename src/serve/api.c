/* serve/api.c -- one thing each: a profile, a page, a story. Each asks chancery.h. */
#include "serve/serve.h"
#include <stdlib.h>

static bool by_id(struct ch_call *call, bool (*find)(struct chancery_store *, const char *, char **, struct chancery_error *))
{
	char *json = NULL;
	bool ok = find(call->store, call->args[0].ptr, &json, &call->error);

	return ch_call_object(call, ok, json);
}

/* How many of the newest a profile shows; all of them, which 0 would be to chancery.h, nobody is given at once. */
static bool get_limit(struct ch_call *call, unsigned long long *limit)
{
	*limit = 0;
	if (!ch_call_number(call, "limit", CH_SERVE_PAGE_MAX, limit))
		return false;
	*limit = *limit ? *limit : CH_SERVE_PAGE;
	return true;
}

bool ch_api_country(struct ch_call *call)
{
	unsigned long long limit;
	char *json = NULL;
	bool ok;

	if (!get_limit(call, &limit))
		return true;
	ok = chancery_country(call->store, call->server->engine, call->args[0].ptr, limit, &json, &call->error);
	return ch_call_object(call, ok, json);
}

bool ch_api_balance(struct ch_call *call)
{
	char *json = NULL;
	bool ok = chancery_balance(call->store, call->server->engine, call->args[0].ptr, &json, &call->error);

	return ch_call_object(call, ok, json);
}

bool ch_api_instrument(struct ch_call *call)
{
	return by_id(call, chancery_instrument);
}

bool ch_api_pair(struct ch_call *call)
{
	unsigned long long limit;
	char *json = NULL;
	bool ok;

	if (!get_limit(call, &limit))
		return true;
	ok = chancery_pair(call->store, call->args[0].ptr, call->args[1].ptr, limit, &json, &call->error);
	return ch_call_object(call, ok, json);
}

bool ch_api_person(struct ch_call *call)
{
	unsigned long long limit;
	char *json = NULL;
	bool ok;

	if (!get_limit(call, &limit))
		return true;
	ok = chancery_person(call->store, call->server->engine, call->args[0].ptr, limit, &json, &call->error);
	return ch_call_object(call, ok, json);
}

bool ch_api_page(struct ch_call *call)
{
	return by_id(call, chancery_show);
}

/* As text, and to be saved: what the web wrote is never shown as a page of ours. */
bool ch_api_page_raw(struct ch_call *call)
{
	char *bytes = NULL;
	size_t size = 0;

	if (!chancery_page_raw(call->store, call->args[0].ptr, &bytes, &size, &call->error))
		return ch_call_failed(call, 404);
	*call->answer = (struct ch_answer){ .status = 200, .type = "text/plain; charset=utf-8", .body = ch_arena_str(call->request->arena, ch_str_n(bytes, size)) };
	ch_answer_header(call->request, call->answer, "Content-Disposition", CH_STR("attachment; filename=\"page.txt\""));
	free(bytes);
	return true;
}

bool ch_api_why(struct ch_call *call)
{
	return by_id(call, chancery_why);
}

bool ch_api_story(struct ch_call *call)
{
	return by_id(call, chancery_story);
}

bool ch_api_quote(struct ch_call *call)
{
	unsigned long long limit;
	char *json = NULL;
	bool ok;

	if (!get_limit(call, &limit))
		return true;
	ok = chancery_quote(call->store, call->args[0].ptr, limit, &json, &call->error);
	return ch_call_object(call, ok, json);
}

bool ch_api_overview(struct ch_call *call)
{
	char *json = NULL;
	bool ok = chancery_overview(call->store, call->server->engine, &json, &call->error);

	return ch_call_object(call, ok, json);
}

bool ch_api_coverage(struct ch_call *call)
{
	struct chancery_query q;
	char *json = NULL;
	const char *by;
	bool ok;

	if (!ch_call_query(call, NULL, &q) || !ch_call_param(call, "by", &by))
		return true;
	ok = chancery_coverage(call->store, by ? by : "month", &q, &json, &call->error);
	return ok ? ch_call_object(call, ok, json) : ch_call_failed(call, 400);
}

bool ch_api_record(struct ch_call *call)
{
	char *json = NULL;
	bool ok = chancery_record(call->store, call->args[0].ptr, call->args[1].ptr, &json, &call->error);

	return ch_call_object(call, ok, json);
}

/* Whoever gets here has been given a store that said its revision. */
bool ch_api_health(struct ch_call *call)
{
	*call->answer = (struct ch_answer){ .status = 200, .type = "application/json", .body = CH_STR("{\"status\":\"ok\"}\n") };
	return true;
}

bool ch_api_about(struct ch_call *call)
{
	struct ch_str text = ch_arena_printf(call->request->arena, "{\"program\":\"chancery\",\"version\":\"%s\",\"writes\":%s}\n", chancery_version(),
					     call->server->token.len ? "true" : "false");

	*call->answer = (struct ch_answer){ .status = 200, .type = "application/json", .body = text };
	return true;
}
