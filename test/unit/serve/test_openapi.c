/* The description of the API against the API: every row of the table is described and nothing else, every parameter that is described is taken, and
 * what comes back is what the schema says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>
#include <jansson.h>
#include "ask.h"

struct fixture {
	struct site site;
	struct chancery *engine;
	json_t *api;
};

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	struct chancery_error error;

	*state = f;
	if (!site_make(&f->site) || !chancery_open(NULL, &f->engine, &error))
		return -1;
	f->site.server.engine = f->engine;
	site_ask(&f->site, "GET", "/api/v1/openapi.json", NULL, NULL);
	f->api = json_loadb(f->site.answer.body.ptr, f->site.answer.body.len, 0, NULL);
	return f->api ? 0 : -1;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	json_decref(f->api);
	chancery_close(f->engine);
	site_remove(&f->site);
	free(f);
	return 0;
}

/* ---- JSON Schema, as far as the description uses it ---- */

static const char *type_name(const json_t *v)
{
	static const char *const names[] = { "object", "array", "string", "integer", "number", "boolean", "boolean", "null" };

	return names[json_typeof(v)];
}

static bool is_type(const json_t *v, const char *type)
{
	return strcmp(type_name(v), type) == 0 || (strcmp(type, "number") == 0 && json_is_integer(v));
}

static void check(const json_t *api, const json_t *schema, const json_t *value, const char *where)
{
	const char *ref = json_string_value(json_object_get(schema, "$ref")), *name;
	const json_t *type, *item, *properties;
	bool fits = false;
	char path[400];
	json_t *one;
	size_t i;

	if (ref) {
		static const char prefix[] = "#/components/schemas/";
		const json_t *schemas = json_object_get(json_object_get(api, "components"), "schemas");

		if (strncmp(ref, prefix, strlen(prefix)) != 0 || !json_object_get(schemas, ref + strlen(prefix)))
			fail_msg("%s: %s is not there", where, ref);
		check(api, json_object_get(schemas, ref + strlen(prefix)), value, where);
		return;
	}
	type = json_object_get(schema, "type");
	if (json_is_string(type))
		fits = is_type(value, json_string_value(type));
	json_array_foreach(type, i, item)
		fits = fits || is_type(value, json_string_value(item));
	if (type && !fits)
		fail_msg("%s: %s is not what the schema says", where, type_name(value));
	json_array_foreach(json_object_get(schema, "required"), i, item)
		if (json_is_object(value) && !json_object_get(value, json_string_value(item)))
			fail_msg("%s: no %s", where, json_string_value(item));
	properties = json_object_get(schema, "properties");
	json_object_foreach((json_t *)(uintptr_t)value, name, one) {
		const json_t *of = json_object_get(properties, name);

		snprintf(path, sizeof path, "%.300s.%.60s", where, name);
		if (of)
			check(api, of, one, path);
		else if (json_is_false(json_object_get(schema, "additionalProperties")))
			fail_msg("%s is not in the schema", path);
	}
	snprintf(path, sizeof path, "%.300s[]", where);
	json_array_foreach(value, i, one)
		if (json_object_get(schema, "items"))
			check(api, json_object_get(schema, "items"), one, path);
}

/* ---- asking ---- */

/* Something for each parameter and part of a path; parts that name a record are taken from the store. */
static const char *sample(struct fixture *f, const char *path, const char *name, char out[80])
{
	static const struct {
		const char *name, *value;
	} all[] = {
		{ "words", "visited" }, { "party", "EGY" }, { "one", "EGY" }, { "other", "ISR" }, { "who", "EGY" }, { "with", "ISR" }, { "since", "1950" },
		{ "until", "2020-05" }, { "type", "CONSULT" }, { "mode", "visit" }, { "status", "actual" }, { "place", "ISR" }, { "about", "visited" },
		{ "context", "diplomatic" }, { "to", "reporters" }, { "search", "war" }, { "newest", "1" }, { "rejected", "0" }, { "variants", "0" },
		{ "limit", "3" }, { "format", "csv" }, { "due", "1977" }, { "today", "1978-01-01" }, { "state", "open" }, { "members", "1" },
		{ "by", "outlet" }, { "record", "visits" }, { "each", "2" }, { "period", "year" }, { "pages", "1" }, { "of", "EGY" },
		{ "office", "president" }, { "fill", "0" }, { "dictionary", "1" }, { "on", "1977-11-19" }, { "outlet", "x" }, { "title", "x" },
	};
	char list[40];
	size_t at;

	if (strcmp(name, "name") == 0)
		return strstr(path, "/persons/") ? "Anwar%20Sadat" : "egypt";
	if (strcmp(name, "by") == 0 && strstr(path, "/series"))
		return "type";
	if (strcmp(name, "status") == 0 && strstr(path, "/instruments"))
		return "signed";
	if (strcmp(name, "mode") == 0 && (strstr(path, "/meetings") || strstr(path, "/letters") || strstr(path, "/quotes")))
		return strstr(path, "/meetings") ? "multilateral" : strstr(path, "/letters") ? "phone" : "reported";
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (strcmp(all[i].name, name) == 0)
			return all[i].value;
	/* "/api/v1/visits/{id}": the first of that list */
	snprintf(list, sizeof list, "%.*s", (int)strcspn(path + strlen("/api/v1/"), "/"), path + strlen("/api/v1/"));
	snprintf(out, 80, "/api/v1/%s", strcmp(name, "page") == 0 ? "pages" : strcmp(list, "why") == 0 ? "events" : list);
	site_ask(&f->site, "GET", out, NULL, NULL);
	at = ch_str_find(f->site.answer.body, CH_STR("\"id\":\""), 0);
	assert_true(at != CH_STR_NONE);
	snprintf(out, 80, "%.32s", f->site.answer.body.ptr + at + 6);
	return out;
}

static const json_t *answer_schema(const json_t *operation, const char *type)
{
	const json_t *ok = json_object_get(json_object_get(operation, "responses"), "200");

	return json_object_get(json_object_get(json_object_get(ok, "content"), type), "schema");
}

static void ask_for(struct fixture *f, const json_t *operation, const char *target)
{
	const struct ch_answer *a = site_ask(&f->site, "GET", target, NULL, NULL);
	const json_t *schema = answer_schema(operation, "application/json");
	json_error_t error;
	json_t *body;
	char type[64];

	if (a->status != 200)
		fail_msg("%s: %u %.*s", target, a->status, (int)(a->body.len < 200 ? a->body.len : 200), a->body.ptr);
	snprintf(type, sizeof type, "%.*s", (int)strcspn(a->type, ";"), a->type);
	if (!answer_schema(operation, type))
		fail_msg("%s: %s is not described", target, type);
	if (strcmp(type, "application/json") != 0)
		return;
	body = json_loadb(a->body.ptr, a->body.len, 0, &error);
	if (!body)
		fail_msg("%s: %s", target, error.text);
	check(f->api, schema, body, target);
	json_decref(body);
}

/* The path with its parts filled in. */
static void fill(struct fixture *f, const char *path, char *out, size_t size)
{
	size_t n = 0;

	for (const char *at = path; *at;) {
		char name[40], value[80];

		if (*at != '{') {
			out[n++] = *at++;
			continue;
		}
		snprintf(name, sizeof name, "%.*s", (int)strcspn(at + 1, "}"), at + 1);
		n += (size_t)snprintf(out + n, size - n, "%s", sample(f, path, name, value));
		at += strlen(name) + 2;
	}
	out[n] = '\0';
}

static void answers_are_as_described(void **state)
{
	struct fixture *f = *state;
	const char *path;
	json_t *at;
	unsigned asked = 0;

	json_object_foreach(json_object_get(f->api, "paths"), path, at) {
		const json_t *get = json_object_get(at, "get"), *params = json_object_get(get, "parameters"), *p;
		char base[200], target[400], must[100] = "", value[80];
		size_t i;

		if (!get || strstr(path, "/stream") || strcmp(path, "/api/v1/meetings/{id}") == 0)   /* which does not end; of which there is none */
			continue;
		fill(f, path, base, sizeof base);
		json_array_foreach(params, i, p)
			if (json_is_true(json_object_get(p, "required")) && strcmp(json_string_value(json_object_get(p, "in")), "query") == 0)
				snprintf(must, sizeof must, "%s=%s", json_string_value(json_object_get(p, "name")),
					 sample(f, path, json_string_value(json_object_get(p, "name")), value));
		if (strstr(path, "{number}") || strstr(path, "/watchlists/"))   /* of which there is none yet: test_watch.c */
			continue;
		snprintf(target, sizeof target, "%s%s%s", base, *must ? "?" : "", must);
		ask_for(f, get, target);
		asked++;
		json_array_foreach(params, i, p) {
			const char *name = json_string_value(json_object_get(p, "name"));
			const struct ch_answer *a;

			if (json_is_true(json_object_get(p, "required")) || strcmp(name, "after") == 0)
				continue;
			snprintf(target, sizeof target, "%s?%s%s%s=%s", base, must, *must ? "&" : "", name, sample(f, path, name, value));
			a = site_ask(&f->site, "GET", target, NULL, NULL);
			/* where a register may be named, and this filter is another's */
			if (a->status == 400 && (strstr(path, "/doubtful") || strstr(path, "/series")) &&
			    ch_str_find(a->body, CH_STR("says nothing of events"), 0) != CH_STR_NONE)
				continue;
			ask_for(f, get, target);
			asked++;
		}
	}
	assert_true(asked > 300);
}

/* What the description says of a parameter's values holds: one that is none of these is refused. */
static void values_are_as_described(void **state)
{
	struct fixture *f = *state;
	unsigned asked = 0;
	const char *path;
	json_t *at;

	json_object_foreach(json_object_get(f->api, "paths"), path, at) {
		const json_t *get = json_object_get(at, "get"), *params = json_object_get(get, "parameters"), *p;
		char base[200], target[400], value[80];
		size_t i;

		if (!get || strstr(path, "/watchlists/") || strcmp(path, "/api/v1/meetings/{id}") == 0)
			continue;
		fill(f, path, base, sizeof base);
		json_array_foreach(params, i, p) {
			const char *name = json_string_value(json_object_get(p, "name"));
			const json_t *schema = json_object_get(p, "schema"), *one;
			const bool typed = json_object_size(schema) > 1 || strcmp(json_string_value(json_object_get(schema, "type")), "string") != 0;
			bool among = !json_object_get(schema, "enum") || json_is_integer(json_array_get(json_object_get(schema, "enum"), 0));
			size_t k;

			assert_non_null(json_object_get(schema, "type"));
			if (strcmp(json_string_value(json_object_get(p, "in")), "query") != 0 || !typed)
				continue;
			json_array_foreach(json_object_get(schema, "enum"), k, one)
				among = among || strcmp(json_string_value(one), sample(f, path, name, value)) == 0;
			if (!among)
				fail_msg("%s: %s is none of those of %s", path, sample(f, path, name, value), name);
			snprintf(target, sizeof target, "%s?%s%s=2x", base, strstr(path, "/search") || strstr(path, "/suggest") ? "words=x&" : "", name);
			site_ask(&f->site, "GET", target, NULL, NULL);
			if (f->site.answer.status != 400)
				fail_msg("%s: %u", target, f->site.answer.status);
			asked++;
		}
	}
	assert_true(asked > 100);
}

static bool describes(const json_t *operation, const char *name)
{
	const json_t *p;
	size_t i;

	json_array_foreach(json_object_get(operation, "parameters"), i, p)
		if (strcmp(json_string_value(json_object_get(p, "name")), name) == 0)
			return true;
	return false;
}

/* What no record has finds none, wherever it may be asked; where it may not, or where nothing is said, it is refused. Never everything. */
static void a_slip_gives_nothing(void **state)
{
	static const struct {
		const char *name, *value;
	} slips[] = {
		{ "who", "QQQ" }, { "with", "QQQ" }, { "since", "2999" }, { "until", "1001" }, { "type", "QQQ" }, { "mode", "QQQ" }, { "status", "QQQ" },
		{ "place", "QQQ" }, { "about", "qqq" }, { "context", "QQQ" }, { "to", "QQQ" }, { "search", "qqq" }, { "page", "ffff" }, { "rejected", "1" },
		{ "variants", "1" },
	};
	struct fixture *f = *state;
	unsigned refused = 0, empty = 0;
	const char *path;
	json_t *at;

	json_object_foreach(json_object_get(f->api, "paths"), path, at) {
		const json_t *get = json_object_get(at, "get");

		if (!get || strchr(path, '{') || strstr(path, "/series") || strstr(path, "/atom.xml") || strstr(path, "/stream") || !describes(get, "until"))
			continue;
		for (size_t i = 0; i < sizeof slips / sizeof *slips; i++) {
			const char *must = strstr(path, "/search") ? "words=visited&" : "";
			const struct ch_answer *a;
			char target[200];

			snprintf(target, sizeof target, "%s?%s%s=", path, must, slips[i].name);
			if (site_ask(&f->site, "GET", target, NULL, NULL)->status != 400)
				fail_msg("%s: %u", target, f->site.answer.status);
			snprintf(target, sizeof target, "%s?%s%s=%s", path, must, slips[i].name, slips[i].value);
			a = site_ask(&f->site, "GET", target, NULL, NULL);
			if (a->status == 400) {
				refused++;
				continue;
			}
			if (!describes(get, slips[i].name))
				fail_msg("%s is taken, and not described", target);
			if (a->status != 200 || (ch_str_find(a->body, CH_STR("\"records\":[]"), 0) == CH_STR_NONE && ch_str_find(a->body, CH_STR("\"rows\":[]"), 0) == CH_STR_NONE))
				fail_msg("%s: %u %.*s", target, a->status, (int)(a->body.len < 200 ? a->body.len : 200), a->body.ptr);
			empty++;
		}
	}
	assert_true(refused > 80 && empty > 150);
}

/* Of these a row before those of all registers tells. */
static bool has_its_own(const char *path)
{
	static const char *const own[] = { "/api/v1/pledges", "/api/v1/pledges/atom.xml", "/api/v1/pages/{id}", "/api/v1/quotes/{id}", "/api/v1/instruments/{id}" };

	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		if (strcmp(own[i], path) == 0)
			return true;
	return false;
}

static void every_route_and_nothing_else(void **state)
{
	struct fixture *f = *state;
	size_t n, n_registers, described = 0, operations = 0;
	const struct ch_route *routes = ch_routes(&n);
	const char *const *registers = ch_api_registers(&n_registers);
	const json_t *paths = json_object_get(f->api, "paths");
	const char *path, *method;
	json_t *at, *operation;

	for (size_t i = 0; i < n; i++) {
		const char *reg = strstr(routes[i].path, "{register}");
		char lower[16] = "", full[128];

		for (size_t k = 0; routes[i].method[k]; k++)
			lower[k] = (char)(routes[i].method[k] | 0x20);
		for (size_t k = 0; k < (reg ? n_registers : 1); k++) {
			if (reg)
				snprintf(full, sizeof full, "%.*s%s%s", (int)(reg - routes[i].path), routes[i].path, registers[k], reg + strlen("{register}"));
			if (reg && has_its_own(full))
				continue;
			at = json_object_get(paths, reg ? full : routes[i].path);
			if (!json_object_get(at, lower))
				fail_msg("%s %s is not described", routes[i].method, reg ? full : routes[i].path);
			described++;
		}
	}
	json_object_foreach((json_t *)(uintptr_t)paths, path, at) {
		json_object_foreach(at, method, operation) {
			operations++;
			assert_true(json_string_length(json_object_get(operation, "summary")) > 0);
		}
	}
	assert_int_equal(operations, described);
	/* the same path by another name of its part would be a second one of it */
	assert_null(json_object_get(paths, "/api/v1/pages/{id}"));
	assert_string_equal(json_string_value(json_object_get(f->api, "openapi")), "3.1.0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_route_and_nothing_else, setup, teardown),
		cmocka_unit_test_setup_teardown(answers_are_as_described, setup, teardown),
		cmocka_unit_test_setup_teardown(values_are_as_described, setup, teardown),
		cmocka_unit_test_setup_teardown(a_slip_gives_nothing, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
