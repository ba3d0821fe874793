/* serve/route.c -- the table of what the API answers, and the way from a request to its row. */
#include "serve/serve.h"

static const struct ch_route routes[] = {
	{ "GET", "/api/v1/about", ch_api_about, CH_ROUTE_NO_STORE, "The program, and whether it takes decisions", { { 0 } } },
	{ "GET", "/api/v1/search", ch_api_search, 0, "Sentences that hold all the words, best first",
	  { { "words!", "words, \"phrases\", begin*" }, { "limit", "at most so many" } } },
	{ "GET", "/api/v1/countries/{party}", ch_api_country, 0, "A state's or organisation's profile", { { 0 } } },
	{ "GET", "/api/v1/countries/{party}/balance", ch_api_balance, 0, "With whom it has to do, by partner, bloc and year", { { 0 } } },
	{ "GET", "/api/v1/instruments/{id}", ch_api_instrument, 0, "An instrument, wherever pages tell of it", { { 0 } } },
	{ "GET", "/api/v1/pairs/{one}/{other}", ch_api_pair, 0, "A relation over time", { { "limit", "of the events the newest so many" } } },
	{ "GET", "/api/v1/persons/{name}", ch_api_person, 0, "A career", { { 0 } } },
	{ "GET", "/api/v1/pages/{page}", ch_api_page, 0, "A page with its annotations", { { 0 } } },
	{ "GET", "/api/v1/pages/{page}/raw", ch_api_page_raw, 0, "The page's bytes, as they were put in, as plain text", { { 0 } } },
	{ "GET", "/api/v1/why/{id}", ch_api_why, 0, "Why a record is there", { { 0 } } },
	{ "GET", "/api/v1/stories", ch_api_stories, CH_ROUTE_FILTERS, "Pages that are copies of each other", { { "pages", "of at least so many pages" } } },
	{ "GET", "/api/v1/stories/{id}", ch_api_story, 0, "A story with its chain of republication", { { 0 } } },
	{ "GET", "/api/v1/quotes/{id}", ch_api_quote, 0, "A statement in all its wordings", { { 0 } } },
	{ "GET", "/api/v1/agenda", ch_api_agenda, CH_ROUTE_FILTERS, "What was planned or pledged, and what came of it",
	  { { "due", "day, month or year" }, { "today", "what was due before is overdue" }, { "state", "open, overdue, kept, postponed, cancelled, broken" } } },
	{ "GET", "/api/v1/conflicts", ch_api_conflicts, CH_ROUTE_FILTERS, "What pages tell differently", { { 0 } } },
	{ "GET", "/api/v1/tally-check", ch_api_tally_check, CH_ROUTE_FILTERS, "Counts beside what the record holds", { { 0 } } },
	{ "GET", "/api/v1/actors", ch_api_actors, CH_ROUTE_NO_STORE, "States, organisations, people that the program knows",
	  { { "words", "of a name" }, { "of", "who holds office there" }, { "office", "words of an office" }, { "on", "on this day" }, { "limit", "at most so many" } } },
	{ "GET", "/api/v1/parties", ch_api_parties, CH_ROUTE_NO_STORE, "States and organisations by their codes",
	  { { "members", "1: organisations that have members, with these" } } },
	{ "GET", "/api/v1/coverage", ch_api_coverage, CH_ROUTE_FILTERS, "What was read, by outlet, month, lang or version", { { "by", "outlet, month, lang, version" } } },
	{ "GET", "/api/v1/{register}", ch_api_register, CH_ROUTE_FILTERS, "A register: events, visits, meetings, letters, instruments, quotes, …", { { 0 } } },
};

const struct ch_route *ch_routes(size_t *n)
{
	*n = sizeof routes / sizeof *routes;
	return routes;
}

/* The pattern's segments against the path's; "{…}" takes one that is not empty. */
static bool match(struct ch_str pattern, struct ch_str path, struct ch_str *args)
{
	struct ch_str p, s;
	unsigned n = 0;

	for (;;) {
		bool more = ch_str_cut(&pattern, '/', &p), there = ch_str_cut(&path, '/', &s);

		if (!more || !there)
			return more == there;
		if (p.len && *p.ptr == '{' && s.len)
			args[n++] = s;
		else if (!ch_str_eq(p, s))
			return false;
	}
}

/* In time that does not tell how much of it was right. */
static bool same_token(struct ch_str a, struct ch_str b)
{
	unsigned differ = a.len != b.len;

	for (size_t i = 0; i < a.len && i < b.len; i++)
		differ |= (unsigned)(a.ptr[i] ^ b.ptr[i]);
	return !differ && a.len;
}

static bool may_write(struct ch_call *call)
{
	struct ch_str given = ch_request_header(call->request, "Authorization");

	if (!call->server->token.len) {
		ch_answer_error(call, 403, "this server takes no decisions: it was started without a token");
		return false;
	}
	if (!ch_str_istarts(given, CH_STR("Bearer ")) || !same_token(ch_str_trim(ch_str_sub(given, 7, given.len)), call->server->token)) {
		ch_answer_error(call, 401, "the token is wanted: Authorization: Bearer …");
		ch_answer_header(call->request, call->answer, "WWW-Authenticate", CH_STR("Bearer"));
		return false;
	}
	return true;
}

static void run(struct ch_call *call, const struct ch_route *route)
{
	for (unsigned i = 0; i < CH_SERVE_ARGS_MAX; i++) {
		if (call->args[i].len && !ch_percent_decode(call->request->arena, call->args[i], &call->args[i])) {
			ch_answer_error(call, 400, "the path is no percent-encoded UTF-8");
			return;
		}
	}
	if ((route->flags & CH_ROUTE_WRITES) && !may_write(call))
		return;
	if (!(route->flags & CH_ROUTE_NO_STORE))
		call->store = ch_stores_take(call->server->stores);
	if (!route->answer(call))
		ch_answer_error(call, 500, "%s", call->error.text);
	if (call->store)
		ch_stores_give(call->server->stores, call->store);
}

void ch_serve_answer(const struct ch_server *server, struct ch_request *request, struct ch_answer *answer)
{
	struct ch_call call = { .server = server, .request = request, .answer = answer };
	const bool head = ch_str_eqz(request->method, "HEAD");
	const struct ch_route *other = NULL;

	*answer = (struct ch_answer){ 0 };
	if (request->body_too_large) {
		ch_answer_error(&call, 413, "a request may bring %d bytes at most", CH_SERVE_BODY_MAX);
		return;
	}
	for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
		struct ch_str args[CH_SERVE_ARGS_MAX] = { { 0 } };

		if (!match(ch_str_z(routes[i].path), request->path, args))
			continue;
		other = &routes[i];
		if (!ch_str_eqz(request->method, routes[i].method) && !(head && strcmp(routes[i].method, "GET") == 0))
			continue;
		memcpy(call.args, args, sizeof args);
		run(&call, &routes[i]);
		return;
	}
	if (other) {
		ch_answer_error(&call, 405, "%s is not for this path", other->path);
		ch_answer_header(request, answer, "Allow", ch_str_z(other->method));
	} else if (ch_str_starts(request->path, CH_STR("/api/")) || (!head && !ch_str_eqz(request->method, "GET")) || !ch_asset(request, answer)) {
		ch_answer_error(&call, 404, "there is nothing at this path; /api/v1/openapi.json tells what there is");
	}
}
