/* serve/route.c -- the table of what the API answers; dispatch.c leads a request to its row. */
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
