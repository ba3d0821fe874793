/* serve/openapi.c -- the API's description (OpenAPI 3.1), out of the table of routes: what is not there is not described, and nothing else is. */
#include "serve/serve.h"
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

/* What paths answer: "*" before the name: a list of these. Others: an object. */
static const struct {
	const char *path, *schema;
} results[] = {
	{ "/api/v1/search", "*Hit" }, { "/api/v1/stories", "*Story" }, { "/api/v1/agenda", "*Plan" }, { "/api/v1/conflicts", "*Conflict" },
	{ "/api/v1/tally-check", "*tallies" }, { "/api/v1/actors", "*Actor" }, { "/api/v1/parties", "*Party" }, { "/api/v1/pledges", "*pledges" },
	{ "/api/v1/doubtful", "*Object" }, { "/api/v1/decisions", "*Decision" }, { "/api/v1/suggest", "*Suggestion" }, { "/api/v1/series", "*Count" }, { "/api/v1/unknown", "*Unknown" },
	{ "/api/v1/overview", "Overview" }, { "/api/v1/watchlists", "*Watchlist" }, { "/api/v1/watchlists/{name}", "Watchlist" },
};

/* reg: where the path is that of a register, or of a record of one. */
static const char *result_of(const struct ch_route *route, const char *reg, char out[40])
{
	const bool events = reg && (strcmp(reg, "events") == 0 || strcmp(reg, "visits") == 0 || strcmp(reg, "meetings") == 0 || strcmp(reg, "letters") == 0);

	if (reg) {
		snprintf(out, 40, "%s%s", strstr(route->path, "{id}") ? "" : "*", strcmp(reg, "pages") == 0 ? "PageRecord" : events ? "Event" : reg);
		return out;
	}
	if (route->flags & CH_ROUTE_WRITES)
		return "Done";
	for (size_t i = 0; i < sizeof results / sizeof *results; i++)
		if (strcmp(results[i].path, route->path) == 0)
			return results[i].schema;
	return "Object";
}

static json_t *reference(const char *kind, const char *name)
{
	char text[120];

	snprintf(text, sizeof text, "#/components/%s/%s", kind, name);
	return json_pack("{s:s}", "$ref", text);
}

/* {"records":[…],"next":…} of these, or one. */
static json_t *schema_of(const struct ch_route *route, const char *result)
{
	json_t *o, *properties;

	if (*result != '*')
		return reference("schemas", result);
	o = json_pack("{s:s,s:{s:{s:s,s:o},s:{s:[s,s]}},s:[s,s],s:b}", "type", "object", "properties", "records", "type", "array", "items",
		      reference("schemas", result + 1), "next", "type", "string", "null", "required", "records", "next", "additionalProperties", 0);
	properties = json_object_get(o, "properties");
	if (!(route->flags & CH_ROUTE_GOES_ON) && route->flags & CH_ROUTE_LIST)
		json_object_set_new(properties, "cut", json_pack("{s:s,s:s}", "type", "boolean", "description", "there are more than were asked for"));
	return o;
}

/* struct ch_param's type as JSON Schema. */
static json_t *type_of(struct ch_arena *arena, const char *type)
{
	struct ch_str rest = ch_str_z(type ? type : ""), one;
	json_t *values;

	if (!type)
		return json_pack("{s:s}", "type", "string");
	if (strcmp(type, "integer") == 0)
		return json_pack("{s:s,s:i}", "type", "integer", "minimum", 0);
	if (strcmp(type, "flag") == 0)
		return json_pack("{s:s,s:[i,i]}", "type", "integer", "enum", 0, 1);
	if (strcmp(type, "day") == 0)
		return json_pack("{s:s,s:s}", "type", "string", "format", "date");
	if (strcmp(type, "date") == 0)
		return json_pack("{s:s,s:s}", "type", "string", "pattern", "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$");
	values = json_array();
	while (ch_str_cut(&rest, '|', &one))
		json_array_append_new(values, json_string(ch_arena_z(arena, one)));
	return json_pack("{s:s,s:o}", "type", "string", "enum", values);
}

static void add_param(struct ch_arena *arena, json_t *list, const struct ch_param *p, const char *in)
{
	char name[64];
	bool wanted;

	snprintf(name, sizeof name, "%s", p->name);
	wanted = name[0] && name[strlen(name) - 1] == '!';
	if (wanted)
		name[strlen(name) - 1] = '\0';
	json_array_append_new(list, json_pack("{s:s,s:s,s:b,s:s,s:o}", "name", name, "in", in, "required", wanted || *in == 'p', "description", p->meaning,
					      "schema", type_of(arena, p->type)));
}

/* reg: as of result_of. Filters that say nothing there are none. */
static json_t *params_of(struct ch_arena *arena, const struct ch_route *route, const char *reg)
{
	json_t *list = json_array();
	const char *at = route->path;

	while ((at = strchr(at, '{'))) {
		char name[40];

		snprintf(name, sizeof name, "%.*s", (int)strcspn(at + 1, "}"), at + 1);
		if (strcmp(name, "register") != 0)   /* it is described one by one */
			add_param(arena, list, &(struct ch_param){ name, "part of the path", NULL }, "path");
		at++;
	}
	for (size_t i = 0; i < sizeof route->params / sizeof *route->params && route->params[i].name; i++)
		add_param(arena, list, &route->params[i], "query");
	for (unsigned flag = 1; flag; flag <<= 1) {
		size_t n = 0;
		const struct ch_param *params = route->flags & flag ? ch_flag_params(flag, &n) : NULL;

		for (size_t i = 0; i < n; i++)
			if (flag != CH_ROUTE_FILTERS || chancery_asked_by(ch_route_list(route, reg), params[i].name))
				add_param(arena, list, &params[i], "query");
	}
	return list;
}

/* What is sent with a request that writes. */
static const struct {
	const char *path, *schema;
} bodies[] = {
	{ "/api/v1/decisions", "{\"type\":\"object\",\"required\":[\"verdict\",\"id\",\"by\",\"reason\"],\"additionalProperties\":false,\"properties\":{"
	  "\"verdict\":{\"type\":\"string\",\"enum\":[\"accept\",\"reject\",\"edit\",\"merge\",\"split\",\"same-actor\",\"other-actor\"]},"
	  "\"id\":{\"type\":\"string\",\"description\":\"of a record, or the beginning of one; of actors a name\"},"
	  "\"other\":{\"type\":[\"string\",\"null\"],\"description\":\"of merge, same-actor and other-actor: the other one\"},"
	  "\"set\":{\"type\":[\"object\",\"null\"],\"description\":\"of edit: fields and their values; null unsays\","
	  "\"additionalProperties\":{\"type\":[\"string\",\"integer\",\"array\",\"null\"],\"items\":{\"type\":\"string\"}}},"
	  "\"by\":{\"type\":\"string\",\"maxLength\":200},\"reason\":{\"type\":\"string\",\"maxLength\":2000}}}" },
	{ "/api/v1/watchlists/{name}", "{\"type\":\"object\",\"required\":[\"title\",\"register\"],\"additionalProperties\":false,\"properties\":{"
	  "\"title\":{\"type\":\"string\",\"maxLength\":200},\"register\":{\"type\":\"string\"},"
	  "\"filters\":{\"type\":\"object\",\"description\":\"parameters of the register\",\"additionalProperties\":{\"type\":\"string\"}}}}" },
};

static json_t *body_of(const struct ch_route *route)
{
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
		if (strcmp(bodies[i].path, route->path) == 0)
			return json_loads(bodies[i].schema, 0, NULL);
	return json_pack("{s:s}", "type", "object");
}

static void add_errors(json_t *responses, const struct ch_route *route)
{
	const bool reads = strcmp(route->method, "GET") == 0, writes = route->flags & CH_ROUTE_WRITES;
	const struct {
		bool there;
		const char *status, *meaning;
	} all[] = {
		{ true, "400", "What is asked is malformed, or says nothing there" }, { writes, "401", "The token is wanted" },
		{ writes, "403", "Nobody writes here, or not from such a page" }, { strchr(route->path, '{') != NULL, "404", "There is no such thing" },
		{ !(route->flags & CH_ROUTE_NO_STORE), "503", "The store does not answer, or not in time: try again later" },
	};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i].there)
			json_object_set_new(responses, all[i].status, json_pack("{s:s,s:{s:{s:o}}}", "description", all[i].meaning, "content", "application/json",
					    "schema", reference("schemas", "Error")));
	if (reads && !(route->flags & CH_ROUTE_LIVE))
		json_object_set_new(responses, "304", json_pack("{s:s}", "description", "As it was: whoever asks has it (If-None-Match)"));
}

static json_t *operation(struct ch_arena *arena, const struct ch_route *route, const char *reg)
{
	char name[40];
	const char *result = result_of(route, route->type ? NULL : reg, name);
	json_t *content = json_object(), *responses, *o;
	struct ch_str types = ch_str_z(route->type ? route->type : ""), type;

	while (ch_str_cut(&types, ',', &type))
		json_object_set_new(content, ch_arena_z(arena, ch_str_trim(type)), json_pack("{s:{s:s}}", "schema", "type", "string"));
	if (!route->type) {
		json_object_set_new(content, "application/json", json_pack("{s:o}", "schema", schema_of(route, result)));
		if (*result == '*') {
			json_object_set_new(content, "application/x-ndjson", json_pack("{s:{s:s}}", "schema", "type", "string"));
			json_object_set_new(content, "text/csv", json_pack("{s:{s:s}}", "schema", "type", "string"));
		}
	}
	responses = json_pack("{s:{s:s,s:o},s:{s:s,s:{s:{s:o}}}}", "200", "description", route->summary, "content", content, "default", "description",
			      "An error, in one line", "content", "application/json", "schema", reference("schemas", "Error"));
	add_errors(responses, route);
	o = json_pack("{s:s,s:o,s:o}", "summary", route->summary, "parameters", params_of(arena, route, reg), "responses", responses);
	if (route->flags & CH_ROUTE_WRITES)
		json_object_set_new(o, "security", json_pack("[{s:[]}]", "token"));
	if (strcmp(route->method, "POST") == 0 || strcmp(route->method, "PUT") == 0)
		json_object_set_new(o, "requestBody", json_pack("{s:b,s:{s:{s:o}}}", "required", 1, "content", "application/json", "schema", body_of(route)));
	return o;
}

static void add_route(struct ch_arena *arena, json_t *paths, const struct ch_route *route, const char *path, const char *reg)
{
	json_t *at = json_object_get(paths, path);
	char method[16];

	if (!at) {
		at = json_object();
		json_object_set_new(paths, path, at);
	}
	snprintf(method, sizeof method, "%s", route->method);
	for (size_t i = 0; method[i]; i++)
		method[i] = (char)(method[i] | 0x20);
	json_object_set_new(at, method, operation(arena, route, reg));
}

/* Two paths that the same request may have: "{page}" and "{id}" are one. */
static bool alike(const char *a, const char *b)
{
	while (*a && *b) {
		if (*a == '{' && *b == '{') {
			a += strcspn(a, "}");
			b += strcspn(b, "}");
		}
		if (*a++ != *b++)
			return false;
	}
	return *a == *b;
}

/* Does another row before this one answer there? */
static bool has_its_own(const struct ch_route *route, const char *path)
{
	size_t n;

	for (const struct ch_route *r = ch_routes(&n); r < route; r++)
		if (strcmp(r->method, route->method) == 0 && alike(r->path, path))
			return true;
	return false;
}

bool ch_api_openapi(struct ch_call *call)
{
	size_t n, n_registers;
	const struct ch_route *routes = ch_routes(&n);
	const char *const *registers = ch_api_registers(&n_registers);
	json_t *paths = json_object(), *all;
	char *schemas = NULL, *text;

	for (size_t i = 0; i < n; i++) {
		const char *reg = strstr(routes[i].path, "{register}");
		char path[128];

		if (!reg)
			add_route(call->request->arena, paths, &routes[i], routes[i].path, NULL);
		for (size_t k = 0; reg && k < n_registers; k++) {
			snprintf(path, sizeof path, "%.*s%s%s", (int)(reg - routes[i].path), routes[i].path, registers[k], reg + strlen("{register}"));
			if (!has_its_own(&routes[i], path))
				add_route(call->request->arena, paths, &routes[i], path, registers[k]);
		}
	}
	chancery_schemas(&schemas);
	all = json_pack("{s:s,s:{s:s,s:s,s:s},s:o,s:{s:o,s:{s:{s:s,s:s}}}}", "openapi", "3.1.0", "info", "title", "chancery", "version", chancery_version(),
			"description", "A sourced record of diplomacy, read from press pages. docs/serve.md tells how it is meant.", "paths", paths, "components",
			"schemas", json_loads(schemas, 0, NULL), "securitySchemes", "token", "type", "http", "scheme", "bearer");
	text = json_dumps(all, JSON_COMPACT);
	free(schemas);
	json_decref(all);
	if (!text)
		return false;
	return ch_call_object(call, true, text);
}
