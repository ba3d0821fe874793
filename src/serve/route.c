/* serve/route.c -- the table of what the API answers; dispatch.c leads a request to its row. */
#include "serve/serve.h"

#define REGISTERS \
	"events|visits|meetings|letters|instruments|quotes|roles|positions|tallies|pledges|gatherings|initiatives|relations|marks|pages"

static const struct ch_route routes[] = {
	{ "GET", "/api/v1/pledges/atom.xml", ch_api_feed, CH_ROUTE_FILTERS, "The newest pledges, with what came of each, as a feed (Atom)",
	  { { "today", "what was due before is overdue", "day" }, { "state", "what came of it", "open|overdue|kept|postponed|cancelled|broken" } }, "application/atom+xml" },
	{ "GET", "/api/v1/{register}/atom.xml", ch_api_feed, CH_ROUTE_FILTERS, "What is newest in a register, as a feed (Atom)", { { 0 } }, "application/atom+xml" },
	{ "GET", "/api/v1/about", ch_api_about, CH_ROUTE_NO_STORE, "The program, and whether it takes decisions", { { 0 } } },
	{ "GET", "/api/v1/health", ch_api_health, CH_ROUTE_ASIDE, "Whether the store answers: 200, else 503", { { 0 } } },
	{ "GET", "/api/v1/search", ch_api_search, CH_ROUTE_LIST | CH_ROUTE_GOES_ON, "Sentences that hold all the words, best first; of frequent words, among those that came last",
	  { { "words!", "words, \"phrases\", begin*" }, { "since", "of pages published since that day, month or year", "date" }, { "until", "until that", "date" },
	    { "outlet", "of its pages, by its whole name" } } },
	{ "GET", "/api/v1/countries/{party}", ch_api_country, 0, "A state's or organisation's profile", { { "limit", "of its roles the newest so many", "integer" } } },
	{ "GET", "/api/v1/countries/{party}/balance", ch_api_balance, 0, "With whom it has to do, by partner, bloc and year", { { 0 } } },
	{ "GET", "/api/v1/instruments/{id}", ch_api_instrument, 0, "An instrument, wherever pages tell of it", { { 0 } } },
	{ "GET", "/api/v1/pairs/{one}/{other}", ch_api_pair, 0, "A relation over time", { { "limit", "of the events the newest so many", "integer" } } },
	{ "GET", "/api/v1/persons/{name}", ch_api_person, 0, "A career", { { "limit", "of roles, events and quotes the newest so many", "integer" } } },
	{ "GET", "/api/v1/pages/{page}", ch_api_page, 0, "A page with its annotations", { { 0 } } },
	{ "GET", "/api/v1/pages/{page}/raw", ch_api_page_raw, 0, "The page's bytes, as they were put in, as plain text", { { 0 } },
	  "text/plain" },
	{ "GET", "/api/v1/why/{id}", ch_api_why, 0, "Why a record is there", { { 0 } } },
	{ "GET", "/api/v1/stories", ch_api_stories, CH_ROUTE_FILTERS | CH_ROUTE_LIST | CH_ROUTE_GOES_ON, "Pages that are copies of each other", { { "pages", "of at least so many pages", "integer" } } },
	{ "GET", "/api/v1/stories/{id}", ch_api_story, 0, "A story with its chain of republication", { { 0 } } },
	{ "GET", "/api/v1/quotes/{id}", ch_api_quote, 0, "A statement in all its wordings", { { "limit", "of its tellings the first so many, and this one" } } },
	{ "GET", "/api/v1/agenda", ch_api_agenda, CH_ROUTE_FILTERS | CH_ROUTE_LIST | CH_ROUTE_GOES_ON, "What was planned or pledged, and what came of it",
	  { { "due", "day, month or year", "date" }, { "today", "what was due before is overdue", "day" }, { "state", "what came of it", "open|overdue|kept|postponed|cancelled|broken" } } },
	{ "GET", "/api/v1/conflicts", ch_api_conflicts, CH_ROUTE_HEAVY | CH_ROUTE_FILTERS | CH_ROUTE_LIST | CH_ROUTE_GOES_ON, "What pages tell differently", { { 0 } } },
	{ "GET", "/api/v1/tally-check", ch_api_tally_check, CH_ROUTE_HEAVY | CH_ROUTE_FILTERS | CH_ROUTE_LIST | CH_ROUTE_GOES_ON, "Counts beside what the record holds", { { 0 } } },
	{ "GET", "/api/v1/actors", ch_api_actors, CH_ROUTE_NO_STORE | CH_ROUTE_LIST | CH_ROUTE_GOES_ON, "States, organisations, people that the program knows",
	  { { "words", "of a name" }, { "of", "who holds office there" }, { "office", "words of an office" }, { "on", "on this day", "day" } } },
	{ "GET", "/api/v1/parties", ch_api_parties, CH_ROUTE_NO_STORE, "States and organisations by their codes",
	  { { "members", "1: organisations that have members, with these", "flag" }, { "format", "whatever Accept says", "json|jsonl|csv" } } },
	{ "GET", "/api/v1/coverage", ch_api_coverage, CH_ROUTE_HEAVY | CH_ROUTE_FILTERS, "What was read, by outlet, month, lang or version", { { "by", "month", "outlet|month|lang|version" } } },
	{ "GET", "/api/v1/doubtful", ch_api_doubtful, CH_ROUTE_FILTERS | CH_ROUTE_LIST, "Records of which nothing was decided; events by confidence, the lowest first",
	  { { "record", "of this register; events", REGISTERS } } },
	{ "GET", "/api/v1/decisions", ch_api_decisions, CH_ROUTE_LIST | CH_ROUTE_GOES_ON, "Decisions, the newest first", { { 0 } } },
	{ "POST", "/api/v1/decisions", ch_api_decide, CH_ROUTE_WRITES, "Decides: verdict, id, other, set, by, reason", { { 0 } } },
	{ "DELETE", "/api/v1/decisions/{id}", ch_api_undo, CH_ROUTE_WRITES, "Takes the last decision of a record back", { { 0 } } },
	{ "GET", "/api/v1/suggest", ch_api_suggest, 0, "Parties, people, instruments that somebody may mean who has begun to write",
	  { { "words!", "the beginning of a name, or a code" }, { "each", "at most so many of a kind; 8", "integer" }, { "format", "whatever Accept says", "json|jsonl|csv" } } },
	{ "GET", "/api/v1/unknown", ch_api_unknown, CH_ROUTE_HEAVY | CH_ROUTE_LIST, "What fitted no frame and whom no list knows, in the newest pages, which are read anew",
	  { { "pages", "so many of them; 20, at most 200", "integer" }, { "page", "this one: id or its beginning" }, { "since", "published since that day, month or year", "date" },
	    { "until", "until that", "date" } } },
	{ "GET", "/api/v1/openapi.json", ch_api_openapi, CH_ROUTE_NO_STORE, "This description", { { 0 } } },
	{ "GET", "/api/v1/watchlists", ch_api_watchlists, CH_ROUTE_LIST, "Questions that are kept", { { 0 } } },
	{ "GET", "/api/v1/watchlists/{name}", ch_api_watch_get, 0, "One of them", { { 0 } } },
	{ "PUT", "/api/v1/watchlists/{name}", ch_api_watch_put, CH_ROUTE_WRITES, "Keeps a question: title, register, filters", { { 0 } } },
	{ "DELETE", "/api/v1/watchlists/{name}", ch_api_watch_drop, CH_ROUTE_WRITES, "Forgets it", { { 0 } } },
	{ "GET", "/api/v1/watchlists/{name}/atom.xml", ch_api_watch_feed, 0, "What is newest in it, as a feed", { { 0 } }, "application/atom+xml" },
	{ "GET", "/api/v1/overview", ch_api_overview, 0, "What the record holds as a whole", { { 0 } } },
	{ "GET", "/api/v1/series", ch_api_series, CH_ROUTE_HEAVY | CH_ROUTE_FILTERS, "How many events there are, by period and kind",
	  { { "record", "events", "events|visits|meetings|letters" }, { "period", "month", "day|week|month|year|all" }, { "by", "none", "none|side|quad|type|mode|party" },
	    { "format", "whatever Accept says", "json|jsonl|csv" } } },
	{ "GET", "/api/v1/export/{format}", ch_api_export, CH_ROUTE_HEAVY | CH_ROUTE_FILTERS, "Events in a format of the field: plover, csv, jsonl, gdelt, icews, ftm, jsonld, dyad-day, …",
	  { { "fill", "1: of dyad-day and dyad-month, a line for each pair and period, with zeros", "flag" }, { "dictionary", "1: instead, what its columns mean, as CSV", "flag" } },
	  "application/x-ndjson, text/csv, text/tab-separated-values" },
	{ "GET", "/api/v1/pledges", ch_api_pledges, CH_ROUTE_FILTERS | CH_ROUTE_LIST | CH_ROUTE_GOES_ON, "Pledges, with what came of each",
	  { { "today", "what was due before is overdue", "day" }, { "state", "what came of it", "open|overdue|kept|postponed|cancelled|broken" } } },
	{ "GET", "/api/v1/stream", ch_api_stream, CH_ROUTE_FILTERS | CH_ROUTE_LIVE, "Server-sent events: new records as they come into the store",
	  { { "record", "of this register; events", REGISTERS }, { "last", "the id of an event: those behind it; else from now on", "integer" } }, "text/event-stream" },
	{ "GET", "/api/v1/{register}", ch_api_register, CH_ROUTE_FILTERS | CH_ROUTE_LIST | CH_ROUTE_GOES_ON, "A register: events, visits, meetings, letters, instruments, quotes, …", { { 0 } } },
	{ "GET", "/api/v1/{register}/{id}", ch_api_record, 0, "One record, as its register gives it", { { 0 } } },
};

static const struct ch_param filters[] = {
	{ "who", "code of a state, id of an organisation, or a name that pages use" }, { "with", "the other side, likewise" },
	{ "since", "day, month or year", "date" }, { "until", "day, month or year, which is included", "date" }, { "type", "of event, instrument, stance and so on" },
	{ "mode", "of events; of quotes: direct, reported" }, { "status", "actual, planned, denied, hypothetical, historical" }, { "place", "code or name" },
	{ "about", "words of the sentence or the matter" }, { "context", "one of PLOVER's 37" }, { "to", "of quotes: to whom" },
	{ "search", "of quotes: words that were said" }, { "page", "id of the page, its beginning, or its path" }, { "newest", "1: newest first", "flag" },
	{ "rejected", "1: what a person rejected, and nothing else", "flag" }, { "variants", "of quotes, 1: those that there are several wordings of", "flag" },
};
static const struct ch_param list[] = {
	{ "limit", "at most so many; of json 1 to 1000, else 100; of csv and jsonl, else all", "integer" },
	{ "format", "whatever Accept says", "json|jsonl|csv" },
};
static const struct ch_param goes_on[] = {
	{ "after", "what next of the answer before said" },
};

const struct ch_param *ch_flag_params(unsigned flag, size_t *n)
{
	*n = flag == CH_ROUTE_FILTERS ? sizeof filters / sizeof *filters : flag == CH_ROUTE_LIST ? sizeof list / sizeof *list :
	     flag == CH_ROUTE_GOES_ON ? sizeof goes_on / sizeof *goes_on : 0;
	return flag == CH_ROUTE_FILTERS ? filters : flag == CH_ROUTE_LIST ? list : goes_on;
}

const struct ch_route *ch_routes(size_t *n)
{
	*n = sizeof routes / sizeof *routes;
	return routes;
}
