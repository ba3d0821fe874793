/* serve/serve.h -- the HTTP API and the web page over a store.
 *
 * A request comes in by server.c (libmicrohttpd), is led by dispatch.c to its row in route.c's table, and each of its functions is short: it asks
 * include/chancery.h, which does the work. Nothing here knows SQL; of the file system only the store's own path, the token's file and the log. */
#ifndef CH_SERVE_SERVE_H
#define CH_SERVE_SERVE_H
#include "serve/http.h"
#include <stdatomic.h>

struct ch_stores;   /* open stores, one for each request that is being answered (stores.c) */

struct ch_cache;    /* answers given (cache.c) */
struct ch_assets;   /* files of the web page, packed (asset.c) */

struct ch_server {
	const struct chancery *engine;
	struct ch_stores *stores;
	const struct ch_assets *assets;   /* NULL: none */
	struct ch_cache *cache;           /* NULL: none */
	struct ch_str token;              /* whoever has it may write; empty: nobody */
	struct ch_str etag_salt;          /* of this run of this program, so that what another gave is not taken for its answer */
	const char *const *hosts;         /* n_hosts names by which it is called, without port; beside these, loopback's */
	size_t n_hosts;
	struct ch_str address;            /* where it listens, as a name has it: "[::1]" */
	bool any_host;                    /* whatever it is called */
	unsigned limit_ms;                /* that a request may use the store; 0: as long as it takes */
	atomic_flag *reading;             /* set while pages are read anew for somebody: for one at a time; NULL: for as many as ask */
};

/* One request on its way. Functions of routes return true, with the answer set; false: error is set, and the answer is 500 or its status. */
struct ch_call {
	const struct ch_server *server;
	struct ch_request *request;
	struct ch_answer *answer;
	struct chancery_store *store;     /* lent for the call; NULL for routes that need none */
	struct ch_str args[CH_SERVE_ARGS_MAX];   /* what stood for "{…}", decoded, with a NUL behind each */
	unsigned long long state;         /* of the store (stores.c): what was found once holds as long as this does not move */
	uint64_t key;                     /* of what is asked, how, and state: the same key, the same answer */
	struct chancery_error error;
};

typedef bool ch_route_fn(struct ch_call *call);

enum { CH_ROUTE_WRITES = 1 /* wants the token */, CH_ROUTE_NO_STORE = 2, CH_ROUTE_FILTERS = 4 /* the parameters of the registers */,
	CH_ROUTE_LIVE = 8 /* goes on, and is another each time */, CH_ROUTE_LIST = 16 /* limit and format */, CH_ROUTE_GOES_ON = 32 /* after */,
	CH_ROUTE_HEAVY = 64 /* may take seconds: for half of the threads at a time */, CH_ROUTE_ASIDE = 128 /* answered though all of these are busy */ };

struct ch_param {
	const char *name, *meaning;       /* of the query; a name that ends in "!" is wanted */
	const char *type;                 /* NULL: text; "integer"; "flag": 1 or 0; "day"; "date": day, month or year; "a|b|c": one of these */
};

struct ch_route {
	const char *method, *path;        /* "/api/v1/pairs/{one}/{other}"; "{register}/" takes names of registers only */
	ch_route_fn *answer;
	unsigned flags;
	const char *summary;              /* for the OpenAPI description */
	struct ch_param params[10];       /* beside the filters */
	const char *type;                 /* media types, commas between, where it is no JSON; NULL */
};

/* The parameters that the flags of a route stand for, one flag at a time. */
const struct ch_param *ch_flag_params(unsigned flag, size_t *n);
/* Answers 400 and returns false where the request has a parameter that the route does not know, one twice, one without a value, or a filter that says
 * nothing there: a slip must not give everything. */
bool ch_call_known(struct ch_call *call, const struct ch_route *route);

/* All routes; for OpenAPI, and for tests that hold the one against the other. (route.c) */
const struct ch_route *ch_routes(size_t *n);

/* Answers, whatever came: never fails. (dispatch.c) */
void ch_serve_answer(const struct ch_server *server, struct ch_request *request, struct ch_answer *answer);
/* Is it for a route that bears CH_ROUTE_ASIDE? */
bool ch_serve_aside(const struct ch_server *server, struct ch_request *request);

/* Sets status and {"error": text}, without the name of the store, which is none of a client's business. Returns true. */
bool ch_answer_error(struct ch_call *call, unsigned status, const char *fmt, ...) CH_PRINTF(3, 4);

/* The same with call's error, in which options of the command line ("--since") are parameters. */
bool ch_call_failed(struct ch_call *call, unsigned status);

/* ---- what routes use (answer.c) ---- */

/* The decoded parameter as a C string; NULL where there is none. False: it is none (the answer is set to 400). */
bool ch_call_param(struct ch_call *call, const char *name, const char **value);
bool ch_call_number(struct ch_call *call, const char *name, unsigned long long max, unsigned long long *value);
/* "1" is true, "0" and nothing false. */
bool ch_call_flag(struct ch_call *call, const char *name, bool *value);
/* The filters as a query, without limit. */
bool ch_call_query(struct ch_call *call, const char *record, struct chancery_query *query);
/* What came of pledges: the parameters today and state. */
bool ch_call_plans(struct ch_call *call, struct chancery_plans *plans);
/* A JSON object that chancery.h gave (freed here); ok false: 404 with its error. */
bool ch_call_object(struct ch_call *call, bool ok, char *json);

int64_t ch_clock_ms(void);   /* monotonic (guard.c) */

/* ---- list.c ---- */

struct ch_listing;
/* Asks for l->query.limit records; a chancery_query in its ways. */
typedef bool ch_listing_fn(const struct ch_listing *l, struct chancery_store *store, chancery_row_fn *row, void *ctx, struct chancery_error *error);

/* A list: what is asked, and the table that its records make. It is copied, and what it points to lives as long as the request. */
struct ch_listing {
	const char *table;                /* of chancery_columns */
	ch_listing_fn *ask;
	bool goes_on;                     /* by query.after and query.next */
	bool whole;                       /* all of it always, whatever the limit */
	struct chancery_query query;
	const struct chancery *engine;    /* the server's */
	struct chancery_plans plans;
	struct chancery_actor_query actors;
	const char *words, *by, *outlet;
	unsigned long long pages;
	bool members;
	const struct chancery_unknowns *unknowns;
};

/* {"records":[…],"next":…}, with "cut":true where there are more of a list that does not go on, JSON lines or CSV, as `format` or Accept want it, and `limit` of them. A question that cannot be asked: 400. */
bool ch_call_listing(struct ch_call *call, const struct ch_listing *list);

/* ---- stream.c ---- */
bool ch_api_stream(struct ch_call *call);

/* ---- stores.c ---- */
/* n at most, each opened when it is wanted, the first now. */
bool ch_stores_open(const char *where, unsigned n, struct ch_stores **stores, struct ch_err *err) CH_MUST_USE;
void ch_stores_close(struct ch_stores *stores);
/* Its name, as it was opened. */
const char *ch_stores_where(const struct ch_stores *stores);
/* Waits for a free one, or opens it. NULL: it cannot be opened. */
struct chancery_store *ch_stores_take(struct ch_stores *stores, struct chancery_error *error);
/* What it has come to: its revision, and how often another file was put in the place of the store's: the same number, the same records. */
bool ch_stores_state(struct ch_stores *stores, struct chancery_store *store, unsigned long long *state, struct chancery_error *error);
/* away: it is of no use any more. */
void ch_stores_give(struct ch_stores *stores, struct chancery_store *store, bool away);

/* ---- cache.c: any number of threads ---- */
struct ch_cache *ch_cache_open(void);
void ch_cache_close(struct ch_cache *cache);   /* NULL is fine */
/* The answer to what was asked just so of the store at call->state; false: it has to be found by the caller, who then calls ch_cache_put,
 * whatever came of it: others may wait for that. */
bool ch_cache_get(struct ch_cache *cache, struct ch_call *call);
/* Likewise, but waits for nobody, and where it is false it is not the caller's to find. */
bool ch_cache_has(struct ch_cache *cache, struct ch_call *call);
void ch_cache_put(struct ch_cache *cache, const struct ch_call *call);

/* ---- asset.c ---- */
/* The file of the web page at the path ("/", "/assets/index-1a2b.js"); views of the page are all "/". False: there is none. */
bool ch_asset(const struct ch_assets *assets, struct ch_request *request, struct ch_answer *answer);
struct ch_assets *ch_assets_pack(void);
void ch_assets_free(struct ch_assets *assets);   /* NULL is fine */

/* Answers 400 and returns false where the request asks a list (of chancery_asked_by) what says nothing there, and so would give all of it. */
bool ch_call_fits(struct ch_call *call, const char *list);
/* What the filters of the route are asked of: the register of its path, else the path's own name ("stories"). reg: that register; NULL. */
const char *ch_route_list(const struct ch_route *route, const char *reg);
/* Names of registers, as in the path. */
const char *const *ch_api_registers(size_t *n);

/* ---- routes, by what they are about ---- */
bool ch_api_doubtful(struct ch_call *call);
bool ch_api_decisions(struct ch_call *call);
bool ch_api_decide(struct ch_call *call);
bool ch_api_undo(struct ch_call *call);
bool ch_api_suggest(struct ch_call *call);
bool ch_api_openapi(struct ch_call *call);
bool ch_api_watchlists(struct ch_call *call);
bool ch_api_watch_get(struct ch_call *call);
bool ch_api_watch_put(struct ch_call *call);
bool ch_api_watch_drop(struct ch_call *call);
bool ch_api_watch_feed(struct ch_call *call);
bool ch_api_feed(struct ch_call *call);
bool ch_api_overview(struct ch_call *call);
bool ch_api_series(struct ch_call *call);
bool ch_api_pledges(struct ch_call *call);
bool ch_api_register(struct ch_call *call);
bool ch_api_search(struct ch_call *call);
bool ch_api_country(struct ch_call *call);
bool ch_api_balance(struct ch_call *call);
bool ch_api_instrument(struct ch_call *call);
bool ch_api_pair(struct ch_call *call);
bool ch_api_person(struct ch_call *call);
bool ch_api_page(struct ch_call *call);
bool ch_api_page_raw(struct ch_call *call);
bool ch_api_why(struct ch_call *call);
bool ch_api_story(struct ch_call *call);
bool ch_api_stories(struct ch_call *call);
bool ch_api_quote(struct ch_call *call);
bool ch_api_agenda(struct ch_call *call);
bool ch_api_conflicts(struct ch_call *call);
bool ch_api_tally_check(struct ch_call *call);
bool ch_api_actors(struct ch_call *call);
bool ch_api_parties(struct ch_call *call);
bool ch_api_coverage(struct ch_call *call);
bool ch_api_about(struct ch_call *call);
bool ch_api_health(struct ch_call *call);
bool ch_api_unknown(struct ch_call *call);
bool ch_api_export(struct ch_call *call);
bool ch_api_record(struct ch_call *call);
#endif
