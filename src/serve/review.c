/* serve/review.c -- decisions of people: what there is to decide, what was decided, and deciding (docs/review.md). */
#include "serve/serve.h"
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- what there is ---- */

static bool ask_doubtful(const struct ch_listing *l, struct chancery_store *store, chancery_row_fn *row, void *ctx, struct chancery_error *error)
{
	return chancery_doubtful(store, &l->query, row, ctx, error);
}

bool ch_api_doubtful(struct ch_call *call)
{
	struct ch_listing l = { .ask = ask_doubtful, .table = "events" };
	const char *record;

	if (!ch_call_param(call, "record", &record) || !ch_call_query(call, record ? record : "events", &l.query))
		return true;
	if (record && !chancery_columns(record, &(size_t){ 0 }))
		return ch_answer_error(call, 400, "record: there is no register '%.40s'", record);
	if (record)
		l.table = record;
	return ch_call_listing(call, &l);
}

/* Decisions are few: all are read, and those shown are the newest before a number. */
struct newest {
	struct ch_arena arena;
	CH_VEC(struct ch_str) v;
	long long before;
};

static long long number_of(const char *json)
{
	const char *at = strstr(json, "\"number\":");

	return at ? strtoll(at + 9, NULL, 10) : 0;
}

static bool keep(void *ctx, const char *json, size_t size)
{
	struct newest *n = ctx;
	struct ch_str line = ch_arena_str(&n->arena, ch_str_n(json, size));

	if (n->before && number_of(line.ptr) >= n->before)
		return false;
	*CH_PUSH(&n->arena, &n->v) = line;
	return true;
}

static bool ask_decisions(const struct ch_listing *l, struct chancery_store *store, chancery_row_fn *row, void *ctx, struct chancery_error *error)
{
	struct newest n = { .before = l->query.after ? strtoll(l->query.after, NULL, 10) : 0 };
	const bool ok = chancery_decisions(store, keep, &n, error);
	uint32_t i = n.v.n;
	bool go = ok;

	for (unsigned long long left = l->query.limit; go && i && left; left--, i--)
		go = row(ctx, n.v.v[i - 1].ptr, n.v.v[i - 1].len);
	if (ok && i && l->query.next)
		snprintf(l->query.next, CHANCERY_NEXT, "%lld", number_of(n.v.v[i].ptr));
	ch_arena_free(&n.arena);
	return ok;
}

bool ch_api_decisions(struct ch_call *call)
{
	struct ch_listing l = { .ask = ask_decisions, .table = "decisions", .goes_on = true };
	uint32_t number;

	if (!ch_call_param(call, "after", &l.query.after))
		return true;
	if (l.query.after && (!ch_str_uint(ch_str_z(l.query.after), &number) || !number))
		return ch_answer_error(call, 400, "after: the number of a decision is wanted, as next of the answer before said it");
	return ch_call_listing(call, &l);
}

/* ---- deciding ---- */

enum { SET_MAX = 32 };

/* A string of the object, or "" where there is none; NULL: it is something else. */
static const char *text_of(const json_t *object, const char *name)
{
	const json_t *value = json_object_get(object, name);

	return !value || json_is_null(value) ? "" : json_string_value(value);
}

/* A list's items between commas. NULL: one of them is no text, or would be two. */
static const char *text_of_list(struct ch_arena *arena, const json_t *list)
{
	struct ch_str text = CH_STR("");
	const json_t *item;
	size_t i;

	json_array_foreach((json_t *)(uintptr_t)list, i, item) {
		const char *one = json_string_value(item);

		if (!one || !ch_str_trim(ch_str_z(one)).len || strpbrk(one, ",;"))
			return NULL;
		text = ch_arena_printf(arena, "%.*s%s%s", CH_STR_ARG(text), i ? "," : "", one);
	}
	return ch_arena_str(arena, text).ptr;
}

/* {"field":"value"} as "field=value"; a list is parted by commas, null unsays. */
static bool get_set(struct ch_call *call, json_t *set, const char **v, size_t *n)
{
	struct ch_arena *arena = call->request->arena;
	const char *name;
	json_t *value;

	*n = 0;
	if (set && !json_is_object(set) && !json_is_null(set))
		return !ch_answer_error(call, 400, "set: an object of fields and their values is wanted");
	json_object_foreach(set, name, value) {
		const char *text = "";

		if (*n == SET_MAX)
			return !ch_answer_error(call, 400, "set: %d fields at most", SET_MAX);
		if (json_is_string(value))
			text = json_string_value(value);
		else if (json_is_integer(value))
			text = ch_arena_printf(arena, "%" JSON_INTEGER_FORMAT, json_integer_value(value)).ptr;
		else if (json_is_array(value))
			text = text_of_list(arena, value);
		else if (!json_is_null(value))
			return !ch_answer_error(call, 400, "set: %.40s: text, a whole number, a list or null is wanted", name);
		if (!text)
			return !ch_answer_error(call, 400, "set: %.40s: a list of texts is wanted, each something, without ',' and ';'", name);
		v[(*n)++] = ch_arena_printf(arena, "%s=%s", name, text).ptr;
	}
	return true;
}

static bool decide(struct ch_call *call, json_t *body)
{
	static const char *const known[] = { "verdict", "id", "other", "by", "reason", "set" };
	const char *set[SET_MAX], *name, *text[5];
	struct chancery_decision d = { .set = set };
	char *json = NULL;
	json_t *value;

	if (!json_is_object(body))
		return ch_answer_error(call, 400, "a JSON object is wanted: {\"verdict\",\"id\",\"other\",\"set\",\"by\",\"reason\"}");
	json_object_foreach(body, name, value) {
		size_t i = 0;

		while (i < 6 && strcmp(name, known[i]) != 0)
			i++;
		if (i == 6)
			return ch_answer_error(call, 400, "a decision has no '%.40s'", name);
	}
	for (size_t i = 0; i < 5; i++) {
		text[i] = text_of(body, known[i]);
		if (!text[i])
			return ch_answer_error(call, 400, "%s: text is wanted", known[i]);
	}
	if (!get_set(call, json_object_get(body, "set"), set, &d.n_set))
		return true;
	d.verdict = text[0];
	d.id = text[1];
	d.other = *text[2] ? text[2] : NULL;
	d.by = text[3];
	d.reason = text[4];
	if (!chancery_decide(call->store, &d, &json, &call->error))
		return ch_call_failed(call, 400);
	return ch_call_object(call, true, json);
}

bool ch_api_decide(struct ch_call *call)
{
	const struct ch_str body = call->request->body;
	json_t *json = json_loadb(body.ptr ? body.ptr : "", body.len, JSON_REJECT_DUPLICATES, NULL);
	bool done;

	if (!json)
		return ch_answer_error(call, 400, "the body is no JSON: {\"verdict\",\"id\",\"other\",\"set\",\"by\",\"reason\"} is wanted");
	done = decide(call, json);
	json_decref(json);
	return done;
}

bool ch_api_undo(struct ch_call *call)
{
	char *json = NULL;

	if (!chancery_undo(call->store, call->args[0].ptr, &json, &call->error))
		return ch_call_failed(call, 404);
	return ch_call_object(call, true, json);
}
