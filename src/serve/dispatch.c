/* serve/dispatch.c -- the way from a request to its row in the table of routes, and what HTTP wants on the way there and back (RFC 9110). */
#include "serve/serve.h"

#define METHODS "GET, HEAD, POST, PUT, DELETE, OPTIONS"

/* ---- who asks ---- */

/* "name:port", "[::1]:port" without the port. */
static struct ch_str without_port(struct ch_str host)
{
	size_t colon = ch_str_find_byte(host, ':', 0);

	if (host.len && *host.ptr == '[')
		colon = ch_str_find_byte(host, ':', ch_str_find_byte(host, ']', 0));
	return colon == CH_STR_NONE ? host : ch_str_sub(host, 0, colon);
}

/* A page from elsewhere may have its own name point to us, and so have a browser that may reach us ask on its behalf: then the name is not ours. */
static bool host_is_ours(const struct ch_server *server, const struct ch_request *request)
{
	static const char *const loopback[] = { "localhost", "127.0.0.1", "[::1]" };
	const struct ch_str host = ch_str_trim(without_port(ch_request_header(request, "Host")));

	/* without one it is no browser (HTTP/1.0) */
	if (server->any_host || !host.len || ch_str_eq(host, server->address))
		return true;
	for (size_t i = 0; i < sizeof loopback / sizeof *loopback; i++)
		if (ch_str_ieq(host, ch_str_z(loopback[i])))
			return true;
	for (size_t i = 0; i < server->n_hosts; i++)
		if (ch_str_ieq(host, ch_str_z(server->hosts[i])))
			return true;
	return false;
}

/* A page from elsewhere cannot set these headers otherwise than its browser does. */
static bool same_origin(const struct ch_request *request)
{
	const struct ch_str site = ch_request_header(request, "Sec-Fetch-Site"), origin = ch_request_header(request, "Origin");
	const size_t scheme = ch_str_find(origin, CH_STR("://"), 0);

	if (site.len && !ch_str_eqz(site, "same-origin") && !ch_str_eqz(site, "none"))
		return false;
	return !origin.len || (scheme != CH_STR_NONE && ch_str_ieq(ch_str_sub(origin, scheme + 3, origin.len), ch_request_header(request, "Host")));
}

/* In time that does not tell how much of it was right. */
static bool same_token(struct ch_str a, struct ch_str b)
{
	unsigned differ = a.len != b.len;

	for (size_t i = 0; i < a.len; i++)
		differ |= (unsigned)(unsigned char)(a.ptr[i] ^ b.ptr[b.len ? i % b.len : 0]);
	return !differ && b.len;
}

static bool may_write(struct ch_call *call)
{
	const struct ch_request *q = call->request;
	const struct ch_str given = ch_request_header(q, "Authorization"), type = ch_request_header(q, "Content-Type");

	if (!call->server->token.len)
		return !ch_answer_error(call, 403, "this server takes no decisions: it was started without a token");
	if (!same_origin(q))
		return !ch_answer_error(call, 403, "what is written must come from this server's own page, or from no page");
	if (!ch_str_istarts(given, CH_STR("Bearer ")) || !same_token(ch_str_trim(ch_str_sub(given, 7, given.len)), call->server->token)) {
		ch_answer_error(call, 401, "the token is wanted: Authorization: Bearer …");
		ch_answer_header(call->request, call->answer, "WWW-Authenticate", CH_STR("Bearer"));
		return false;
	}
	if (q->body.len && !ch_str_ieq(ch_str_trim(ch_str_sub(type, 0, ch_str_find_byte(type, ';', 0))), CH_STR("application/json")))
		return !ch_answer_error(call, 415, "Content-Type: application/json is wanted");
	return true;
}

/* ---- which row ---- */

enum matched { MATCH_NO, MATCH_YES, MATCH_BAD /* it is no percent-encoded UTF-8 */ };

static bool is_register(struct ch_str name)
{
	size_t n;
	const char *const *registers = ch_api_registers(&n);

	for (size_t i = 0; i < n; i++)
		if (ch_str_eqz(name, registers[i]))
			return true;
	return false;
}

/* The pattern's segments against the path's, each decoded once and after it was cut; "{…}" takes one that is not empty. */
static enum matched match(struct ch_arena *arena, struct ch_str pattern, struct ch_str path, struct ch_str *args)
{
	struct ch_str p, s, decoded;
	unsigned n = 0;

	for (;;) {
		const bool more = ch_str_cut(&pattern, '/', &p), there = ch_str_cut(&path, '/', &s);

		if (!more || !there)
			return more == there ? MATCH_YES : MATCH_NO;
		if (!ch_percent_decode(arena, s, &decoded))
			return MATCH_BAD;
		if (pattern.len && ch_str_eqz(p, "{register}") && !is_register(decoded))
			return MATCH_NO;
		if (p.len && *p.ptr == '{' && s.len && n < CH_SERVE_ARGS_MAX)
			args[n++] = decoded;
		else if (!ch_str_eq(p, decoded))
			return MATCH_NO;
	}
}

static bool is_method(struct ch_str method, const char *of)
{
	return ch_str_eqz(method, of) || (ch_str_eqz(method, "HEAD") && strcmp(of, "GET") == 0);
}

/* Methods of all rows for the path, beside those that every path has. */
static struct ch_str allowed(struct ch_arena *arena, struct ch_str path)
{
	static const char *const all[] = { "GET", "POST", "PUT", "DELETE" };
	struct ch_str list = { 0 };
	size_t n;
	const struct ch_route *routes = ch_routes(&n);

	for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
		bool has = false;

		for (size_t i = 0; i < n && !has; i++) {
			struct ch_str args[CH_SERVE_ARGS_MAX];

			has = strcmp(routes[i].method, all[k]) == 0 && match(arena, ch_str_z(routes[i].path), path, args) == MATCH_YES;
		}
		if (has)
			list = ch_arena_printf(arena, "%.*s%s%s", CH_STR_ARG(list), all[k], k ? ", " : ", HEAD, ");
	}
	return list.len ? ch_arena_printf(arena, "%.*sOPTIONS", CH_STR_ARG(list)) : list;
}

static const struct ch_route *find(struct ch_call *call, bool *bad)
{
	size_t n;
	const struct ch_route *routes = ch_routes(&n);

	*bad = false;
	for (size_t i = 0; i < n && !*bad; i++) {
		struct ch_str args[CH_SERVE_ARGS_MAX] = { { 0 } };
		const enum matched m = match(call->request->arena, ch_str_z(routes[i].path), call->request->path, args);

		*bad = m == MATCH_BAD;
		if (m != MATCH_YES || !is_method(call->request->method, routes[i].method))
			continue;
		memcpy(call->args, args, sizeof args);
		return &routes[i];
	}
	return NULL;
}

/* ---- asking ---- */

static uint64_t mix(uint64_t h, struct ch_str s)
{
	return ((h << 5 | h >> 59) ^ ch_str_hash(s)) * 0x9e3779b97f4a7c15u;
}

static uint64_t key_of(const struct ch_call *call)
{
	const struct ch_request *q = call->request;
	uint64_t h = mix(mix(mix(call->state + 1, call->server->etag_salt), q->path), ch_request_header(q, "Accept"));

	for (uint32_t i = 0; i < q->query.n; i++)
		h = mix(mix(h, q->query.v[i].name), q->query.v[i].value);
	return h;
}

/* The store's fault, whatever the route made of it. */
static bool troubled(struct ch_call *call, bool *away)
{
	const enum chancery_trouble trouble = chancery_store_trouble(call->store);

	*away = trouble == CHANCERY_AWAY;
	if (trouble == CHANCERY_NO_TROUBLE)
		return false;
	ch_answer_error(call, 503, "%s", *call->error.text ? call->error.text : "the store does not answer");
	ch_answer_header(call->request, call->answer, "Retry-After", CH_STR("2"));
	return true;
}

static void tag_answer(struct ch_call *call, struct ch_str tag)
{
	struct ch_answer *a = call->answer;

	if (a->status == 200 || a->status == 304)
		ch_answer_header(call->request, a, "ETag", tag);
}

static void ask(struct ch_call *call, const struct ch_route *route)
{
	const bool reads = strcmp(route->method, "GET") == 0, in_haste = call->request->in_haste && route->flags & CH_ROUTE_HEAVY;
	struct ch_str tag;

	call->key = key_of(call);
	tag = ch_arena_printf(call->request->arena, "W/\"%016llx\"", (unsigned long long)call->key);
	if (reads && !(route->flags & CH_ROUTE_LIVE) && ch_request_has(call->request, tag)) {
		*call->answer = (struct ch_answer){ .status = 304 };
		tag_answer(call, tag);
		return;
	}
	if (reads && !(route->flags & CH_ROUTE_LIVE) && (in_haste ? ch_cache_has : ch_cache_get)(call->server->cache, call)) {
		tag_answer(call, tag);
		return;
	}
	call->answer->later = in_haste;
	if (in_haste)
		return;
	if (!route->answer(call))
		ch_answer_error(call, 500, "%s", call->error.text);
	if (reads && !(route->flags & CH_ROUTE_LIVE))
		ch_cache_put(call->server->cache, call);
	if (reads && !(route->flags & CH_ROUTE_LIVE))
		tag_answer(call, tag);
}

static void ask_store(struct ch_call *call, const struct ch_route *route)
{
	bool away = false;

	call->store = ch_stores_take(call->server->stores, &call->error);
	if (!call->store) {
		ch_answer_error(call, 503, "%s", call->error.text);
		ch_answer_header(call->request, call->answer, "Retry-After", CH_STR("2"));
		return;
	}
	(void)chancery_store_trouble(call->store);
	if (chancery_store_limit(call->store, !(route->flags & CH_ROUTE_WRITES), call->server->limit_ms, &call->error) &&
	    ch_stores_state(call->server->stores, call->store, &call->state, &call->error))
		ask(call, route);
	else
		ch_answer_error(call, 503, "%s", call->error.text);
	troubled(call, &away);
	ch_stores_give(call->server->stores, call->store, away);
}

/* ---- answering ---- */

static bool has_header(const struct ch_answer *a, const char *name)
{
	for (uint32_t i = 0; i < a->headers.n; i++)
		if (ch_str_ieq(a->headers.v[i].name, ch_str_z(name)))
			return true;
	return false;
}

static void answer_api(struct ch_call *call)
{
	struct ch_request *q = call->request;
	struct ch_answer *a = call->answer;
	bool bad;
	const struct ch_route *route = find(call, &bad);
	const struct ch_str allow = bad || route ? CH_STR("") : allowed(q->arena, q->path);
	struct ch_str format;

	if (bad) {
		ch_answer_error(call, 400, "the path is no percent-encoded UTF-8");
	} else if (!route && allow.len && ch_str_eqz(q->method, "OPTIONS")) {
		*a = (struct ch_answer){ .status = 204 };
		ch_answer_header(q, a, "Allow", allow);
	} else if (!route && allow.len) {
		ch_answer_error(call, 405, "this path takes %.*s", CH_STR_ARG(allow));
		ch_answer_header(q, a, "Allow", allow);
	} else if (!route) {
		ch_answer_error(call, 404, "there is nothing at this path; /api/v1/openapi.json tells what there is");
	} else if (ch_call_known(call, route) && (!(route->flags & CH_ROUTE_WRITES) || may_write(call))) {
		if (route->flags & CH_ROUTE_NO_STORE)
			ask(call, route);
		else
			ask_store(call, route);
	}
	if (a->status == 200 && a->type && !ch_request_param(q, "format", &format)) {
		const char *type = ch_arena_printf(q->arena, "%.*s", (int)strcspn(a->type, ";"), a->type).ptr;

		if (!ch_accepts(ch_request_header(q, "Accept"), type))
			ch_answer_error(call, 406, "this is there as %s, which Accept does not take", type);
	}
	if (!has_header(a, "Cache-Control"))
		ch_answer_header(q, a, "Cache-Control", a->status == 200 || a->status == 304 ? CH_STR("private, no-cache") : CH_STR("no-store"));
}

/* A record that whoever comes may read is not meant to be copied into every index. */
static bool robots(struct ch_call *call)
{
	if (!ch_str_eqz(call->request->path, "/robots.txt"))
		return false;
	*call->answer = (struct ch_answer){ .status = 200, .type = "text/plain; charset=utf-8", .body = CH_STR("User-agent: *\nDisallow: /\n"), .lasting = true };
	ch_answer_header(call->request, call->answer, "Cache-Control", CH_STR("no-cache"));
	return true;
}

static void answer_page(struct ch_call *call)
{
	struct ch_request *q = call->request;
	const bool options = ch_str_eqz(q->method, "OPTIONS");
	struct ch_str decoded;

	if (options && ch_str_eqz(q->path, "*")) {
		*call->answer = (struct ch_answer){ .status = 204 };
		ch_answer_header(q, call->answer, "Allow", CH_STR(METHODS));
	} else if (!ch_percent_decode(q->arena, q->path, &decoded)) {
		ch_answer_error(call, 400, "the path is no percent-encoded UTF-8");
	} else if (!options && !is_method(q->method, "GET")) {
		ch_answer_error(call, 405, "pages are read only: GET, HEAD, OPTIONS");
		ch_answer_header(q, call->answer, "Allow", CH_STR("GET, HEAD, OPTIONS"));
	} else if (!robots(call) && !ch_asset(call->server->assets, q, call->answer)) {
		ch_answer_error(call, 404, "there is nothing at this path");
	} else if (options) {
		*call->answer = (struct ch_answer){ .status = 204 };
		ch_answer_header(q, call->answer, "Allow", CH_STR("GET, HEAD, OPTIONS"));
	}
}

/* What is wrong with it before it is looked at what it asks for. */
static bool in_order(struct ch_call *call)
{
	static const char *const methods[] = { "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT" };
	const struct ch_request *q = call->request;
	size_t query = 0, hosts = 0;
	bool known = false;

	for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
		known = known || ch_str_eqz(q->method, methods[i]);
	for (uint32_t i = 0; i < q->query.n; i++)
		query += q->query.v[i].name.len + q->query.v[i].value.len + 2;
	for (uint32_t i = 0; i < q->headers.n; i++)
		hosts += ch_str_ieq(q->headers.v[i].name, CH_STR("Host"));
	if (hosts > 1)
		return !ch_answer_error(call, 400, "a request has one Host");
	if (!known)
		return !ch_answer_error(call, 501, "no such method; there are " METHODS);
	if (q->path.len > CH_SERVE_PATH_MAX || query > CH_SERVE_QUERY_MAX)
		return !ch_answer_error(call, 414, "a path may have %d bytes at most, and a query %d", CH_SERVE_PATH_MAX, CH_SERVE_QUERY_MAX);
	if (q->fields_too_many)
		return !ch_answer_error(call, 431, "a request may have %d parameters at most, and as many headers", CH_SERVE_FIELDS_MAX);
	if (q->body_too_large)
		return !ch_answer_error(call, 413, "a request may bring %d bytes at most", CH_SERVE_BODY_MAX);
	if (!host_is_ours(call->server, q))
		return !ch_answer_error(call, 421, "this server does not go by that name; --host NAME lets it");
	return true;
}

bool ch_serve_aside(const struct ch_server *server, struct ch_request *request)
{
	struct ch_call call = { .server = server, .request = request };
	bool bad;
	const struct ch_route *route = find(&call, &bad);

	return route && route->flags & CH_ROUTE_ASIDE;
}

void ch_serve_answer(const struct ch_server *server, struct ch_request *request, struct ch_answer *answer)
{
	struct ch_call call = { .server = server, .request = request, .answer = answer };

	*answer = (struct ch_answer){ 0 };
	if (in_order(&call)) {
		if (ch_str_starts(request->path, CH_STR("/api/")) || ch_str_eqz(request->path, "/api"))
			answer_api(&call);
		else
			answer_page(&call);
	}
	if (answer->later)
		return;
	ch_answer_pack(request, answer);
}
