/* serve/api.c -- registers, profiles, pages, stories: each asks chancery.h. */
#include "serve/serve.h"
#include <stdlib.h>

static struct ch_rows rows_of(struct ch_call *call)
{
	return (struct ch_rows){ .arena = call->request->arena };
}

/* A list from whatever walked: ok false is a question that cannot be asked. next: how it goes on; NULL: not at all. */
static bool list_to(struct ch_call *call, bool ok, const struct ch_rows *rows, const char *next)
{
	return ok ? ch_call_list(call, rows, ch_str_z(next)) : ch_answer_error(call, 400, "%s", call->error.text);
}

static bool list(struct ch_call *call, bool ok, const struct ch_rows *rows)
{
	return list_to(call, ok, rows, NULL);
}

bool ch_api_register(struct ch_call *call)
{
	struct ch_rows rows = rows_of(call);
	char next[CHANCERY_NEXT];
	struct chancery_query q;

	if (!ch_call_query(call, call->args[0].ptr, &q))
		return true;
	q.next = next;
	return list_to(call, chancery_query(call->store, &q, ch_rows_take, &rows, &call->error), &rows, next);
}

bool ch_api_search(struct ch_call *call)
{
	struct ch_rows rows = rows_of(call);
	unsigned long long limit = CH_SERVE_PAGE;
	const char *words;

	if (!ch_call_param(call, "words", &words) || !ch_call_number(call, "limit", CH_SERVE_PAGE_MAX, &limit))
		return true;
	if (!words)
		return ch_answer_error(call, 400, "words: what is looked for is wanted");
	return list(call, chancery_search(call->store, words, limit, ch_rows_take, &rows, &call->error), &rows);
}

bool ch_api_country(struct ch_call *call)
{
	char *json = NULL;
	bool ok = chancery_country(call->store, call->server->engine, call->args[0].ptr, &json, &call->error);

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
	char *json = NULL;
	bool ok = chancery_instrument(call->store, call->args[0].ptr, &json, &call->error);

	return ch_call_object(call, ok, json);
}

bool ch_api_pair(struct ch_call *call)
{
	unsigned long long limit = CH_SERVE_PAGE;
	char *json = NULL;
	bool ok;

	if (!ch_call_number(call, "limit", CH_SERVE_PAGE_MAX, &limit))
		return true;
	ok = chancery_pair(call->store, call->args[0].ptr, call->args[1].ptr, limit, &json, &call->error);
	return ch_call_object(call, ok, json);
}

bool ch_api_person(struct ch_call *call)
{
	char *json = NULL;
	bool ok = chancery_person(call->store, call->server->engine, call->args[0].ptr, &json, &call->error);

	return ch_call_object(call, ok, json);
}

bool ch_api_page(struct ch_call *call)
{
	char *json = NULL;
	bool ok = chancery_show(call->store, call->args[0].ptr, &json, &call->error);

	return ch_call_object(call, ok, json);
}

/* As text, and to be saved: what the web wrote is never shown as a page of ours. */
bool ch_api_page_raw(struct ch_call *call)
{
	char *bytes = NULL;
	size_t size = 0;

	if (!chancery_page_raw(call->store, call->args[0].ptr, &bytes, &size, &call->error))
		return ch_answer_error(call, 404, "%s", call->error.text);
	*call->answer = (struct ch_answer){ .status = 200, .type = "text/plain; charset=utf-8", .body = ch_arena_str(call->request->arena, ch_str_n(bytes, size)) };
	ch_answer_header(call->request, call->answer, "Content-Disposition", CH_STR("attachment; filename=\"page.txt\""));
	free(bytes);
	return true;
}

bool ch_api_why(struct ch_call *call)
{
	char *json = NULL;
	bool ok = chancery_why(call->store, call->args[0].ptr, &json, &call->error);

	return ch_call_object(call, ok, json);
}

bool ch_api_story(struct ch_call *call)
{
	char *json = NULL;
	bool ok = chancery_story(call->store, call->args[0].ptr, &json, &call->error);

	return ch_call_object(call, ok, json);
}

bool ch_api_quote(struct ch_call *call)
{
	char *json = NULL;
	bool ok = chancery_quote(call->store, call->args[0].ptr, &json, &call->error);

	return ch_call_object(call, ok, json);
}

bool ch_api_stories(struct ch_call *call)
{
	struct ch_rows rows = rows_of(call);
	unsigned long long pages = 0;
	char next[CHANCERY_NEXT];
	struct chancery_query q;

	if (!ch_call_query(call, NULL, &q) || !ch_call_number(call, "pages", 1000000, &pages))
		return true;
	q.next = next;
	return list_to(call, chancery_stories(call->store, &q, pages, ch_rows_take, &rows, &call->error), &rows, next);
}

bool ch_api_agenda(struct ch_call *call)
{
	struct ch_rows rows = rows_of(call);
	struct chancery_plans plans = { 0 };
	struct chancery_query q;
	const char *state;

	if (!ch_call_query(call, NULL, &q) || !ch_call_param(call, "due", &plans.due) || !ch_call_param(call, "today", &plans.today) ||
	    !ch_call_param(call, "state", &state))
		return true;
	if (state && !chancery_plan_state(state, &plans.states))
		return ch_answer_error(call, 400, "state: open, overdue, kept, postponed, cancelled or broken is wanted, not '%.40s'", state);
	return list(call, chancery_agenda(call->store, &q, &plans, ch_rows_take, &rows, &call->error), &rows);
}

bool ch_api_conflicts(struct ch_call *call)
{
	struct ch_rows rows = rows_of(call);
	struct chancery_query q;

	if (!ch_call_query(call, NULL, &q))
		return true;
	return list(call, chancery_conflicts(call->store, &q, ch_rows_take, &rows, &call->error), &rows);
}

bool ch_api_tally_check(struct ch_call *call)
{
	struct ch_rows rows = rows_of(call);
	struct chancery_query q;

	if (!ch_call_query(call, "tallies", &q))
		return true;
	return list(call, chancery_tally_check(call->store, &q, ch_rows_take, &rows, &call->error), &rows);
}

bool ch_api_actors(struct ch_call *call)
{
	struct ch_rows rows = rows_of(call);
	struct chancery_actor_query q = { .limit = CH_SERVE_PAGE };

	if (!ch_call_param(call, "words", &q.words) || !ch_call_param(call, "of", &q.of) || !ch_call_param(call, "office", &q.office) ||
	    !ch_call_param(call, "on", &q.on) || !ch_call_number(call, "limit", CH_SERVE_PAGE_MAX, &q.limit))
		return true;
	return list(call, chancery_actors(call->server->engine, &q, ch_rows_take, &rows, &call->error), &rows);
}

bool ch_api_parties(struct ch_call *call)
{
	struct ch_rows rows = rows_of(call);
	bool members;

	if (!ch_call_flag(call, "members", &members))
		return true;
	return list(call, chancery_parties(call->server->engine, members, ch_rows_take, &rows, &call->error), &rows);
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
	return ch_call_object(call, ok, json);
}

bool ch_api_about(struct ch_call *call)
{
	struct ch_str text = ch_arena_printf(call->request->arena, "{\"program\":\"chancery\",\"version\":\"%s\",\"writes\":%s}\n", chancery_version(),
					     call->server->token.len ? "true" : "false");

	*call->answer = (struct ch_answer){ .status = 200, .type = "application/json", .body = text };
	return true;
}
