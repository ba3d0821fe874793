/* serve/lists.c -- the lists that there are: what each asks chancery.h, and what it may be asked. */
#include "serve/serve.h"

/* ---- registers ---- */

static bool ask_register(const struct ch_listing *l, struct chancery_store *store, chancery_row_fn *row, void *ctx, struct chancery_error *error)
{
	return chancery_query(store, &l->query, row, ctx, error);
}

static bool ask_pledges(const struct ch_listing *l, struct chancery_store *store, chancery_row_fn *row, void *ctx, struct chancery_error *error)
{
	return chancery_pledges(store, &l->query, &l->plans, row, ctx, error);
}

static const char *const registers[] = {
	"events", "visits", "meetings", "letters", "instruments", "quotes", "roles", "positions", "tallies", "pledges", "gatherings", "initiatives",
	"relations", "marks", "pages",
};

const char *const *ch_api_registers(size_t *n)
{
	*n = sizeof registers / sizeof *registers;
	return registers;
}

bool ch_api_register(struct ch_call *call)
{
	struct ch_listing l = { .ask = ask_register, .goes_on = true };

	for (size_t i = 0; i < sizeof registers / sizeof *registers; i++)
		if (ch_str_eqz(call->args[0], registers[i]))
			l.table = registers[i];
	if (!l.table)
		return ch_answer_error(call, 404, "there is no register '%.40s'; /api/v1/openapi.json names them", call->args[0].ptr);
	if (!ch_call_query(call, l.table, &l.query))
		return true;
	if (l.query.variants)
		l.table = "variants";
	return ch_call_listing(call, &l);
}

bool ch_call_plans(struct ch_call *call, struct chancery_plans *plans)
{
	const char *state;

	if (!ch_call_param(call, "today", &plans->today) || !ch_call_param(call, "state", &state))
		return false;
	return !state || chancery_plan_state(state, &plans->states) ||
	       !ch_answer_error(call, 400, "state: open, overdue, kept, postponed, cancelled or broken is wanted, not '%.40s'", state);
}

bool ch_api_pledges(struct ch_call *call)
{
	struct ch_listing l = { .table = "pledges", .ask = ask_pledges, .goes_on = true };

	if (!ch_call_query(call, "pledges", &l.query) || !ch_call_plans(call, &l.plans))
		return true;
	return ch_call_listing(call, &l);
}

/* ---- of several registers ---- */

static bool ask_stories(const struct ch_listing *l, struct chancery_store *store, chancery_row_fn *row, void *ctx, struct chancery_error *error)
{
	return chancery_stories(store, &l->query, l->pages, row, ctx, error);
}

bool ch_api_stories(struct ch_call *call)
{
	struct ch_listing l = { .table = "stories", .ask = ask_stories, .goes_on = true };

	if (!ch_call_query(call, NULL, &l.query) || !ch_call_number(call, "pages", 1000000, &l.pages))
		return true;
	return ch_call_listing(call, &l);
}

static bool ask_agenda(const struct ch_listing *l, struct chancery_store *store, chancery_row_fn *row, void *ctx, struct chancery_error *error)
{
	return chancery_agenda(store, &l->query, &l->plans, row, ctx, error);
}

bool ch_api_agenda(struct ch_call *call)
{
	struct ch_listing l = { .table = "agenda", .ask = ask_agenda, .goes_on = true };

	if (!ch_call_query(call, NULL, &l.query) || !ch_call_param(call, "due", &l.plans.due) || !ch_call_plans(call, &l.plans))
		return true;
	return ch_call_listing(call, &l);
}

static bool ask_conflicts(const struct ch_listing *l, struct chancery_store *store, chancery_row_fn *row, void *ctx, struct chancery_error *error)
{
	return chancery_conflicts(store, &l->query, row, ctx, error);
}

bool ch_api_conflicts(struct ch_call *call)
{
	struct ch_listing l = { .table = "conflicts", .ask = ask_conflicts, .goes_on = true };

	if (!ch_call_query(call, NULL, &l.query))
		return true;
	return ch_call_listing(call, &l);
}

static bool ask_tallies(const struct ch_listing *l, struct chancery_store *store, chancery_row_fn *row, void *ctx, struct chancery_error *error)
{
	return chancery_tally_check(store, &l->query, row, ctx, error);
}

bool ch_api_tally_check(struct ch_call *call)
{
	struct ch_listing l = { .table = "checks", .ask = ask_tallies, .goes_on = true };

	if (!ch_call_query(call, "tallies", &l.query))
		return true;
	return ch_call_listing(call, &l);
}

static bool ask_search(const struct ch_listing *l, struct chancery_store *store, chancery_row_fn *row, void *ctx, struct chancery_error *error)
{
	const struct chancery_query *q = &l->query;

	return chancery_search_in(store, &(struct chancery_search){ .words = l->words, .since = q->since, .until = q->until, .outlet = l->outlet,
				  .limit = q->limit, .after = q->after, .next = q->next }, row, ctx, error);
}

bool ch_api_search(struct ch_call *call)
{
	struct ch_listing l = { .table = "search", .ask = ask_search, .goes_on = true };

	if (!ch_call_param(call, "words", &l.words) || !ch_call_param(call, "since", &l.query.since) || !ch_call_param(call, "until", &l.query.until) ||
	    !ch_call_param(call, "outlet", &l.outlet) || !ch_call_param(call, "after", &l.query.after))
		return true;
	if (!l.words)
		return ch_answer_error(call, 400, "words: what is looked for is wanted");
	return ch_call_listing(call, &l);
}

static bool ask_series(const struct ch_listing *l, struct chancery_store *store, chancery_row_fn *row, void *ctx, struct chancery_error *error)
{
	return chancery_series(store, &l->query, l->words, l->by, row, ctx, error);
}

bool ch_api_series(struct ch_call *call)
{
	struct ch_listing l = { .table = "series", .ask = ask_series, .whole = true };
	const char *record;

	if (!ch_call_param(call, "record", &record) || !ch_call_query(call, record, &l.query) ||
	    !ch_call_param(call, "period", &l.words) || !ch_call_param(call, "by", &l.by))
		return true;
	return ch_call_listing(call, &l);
}

/* ---- of the program's own lists ---- */

static bool ask_actors(const struct ch_listing *l, struct chancery_store *store, chancery_row_fn *row, void *ctx, struct chancery_error *error)
{
	struct chancery_actor_query q = l->actors;

	(void)store;
	q.limit = l->query.limit;
	q.after = l->query.after;
	q.next = l->query.next;
	return chancery_actors(l->engine, &q, row, ctx, error);
}

bool ch_api_actors(struct ch_call *call)
{
	struct ch_listing l = { .table = "actors", .ask = ask_actors, .goes_on = true };

	if (!ch_call_param(call, "after", &l.query.after) || !ch_call_param(call, "words", &l.actors.words) || !ch_call_param(call, "of", &l.actors.of) || !ch_call_param(call, "office", &l.actors.office) ||
	    !ch_call_param(call, "on", &l.actors.on))
		return true;
	return ch_call_listing(call, &l);
}

static bool ask_parties(const struct ch_listing *l, struct chancery_store *store, chancery_row_fn *row, void *ctx, struct chancery_error *error)
{
	(void)store;
	return chancery_parties(l->engine, l->members, row, ctx, error);
}

static bool ask_suggest(const struct ch_listing *l, struct chancery_store *store, chancery_row_fn *row, void *ctx, struct chancery_error *error)
{
	return chancery_suggest(store, l->engine, l->words, (unsigned)l->pages, row, ctx, error);
}

bool ch_api_suggest(struct ch_call *call)
{
	struct ch_listing l = { .table = "suggestions", .ask = ask_suggest, .pages = 8, .whole = true };

	if (!ch_call_param(call, "words", &l.words) || !ch_call_number(call, "each", 50, &l.pages))
		return true;
	if (!l.words)
		return ch_answer_error(call, 400, "words: the beginning of a name is wanted");
	return ch_call_listing(call, &l);
}

static bool ask_unknowns(const struct ch_listing *l, struct chancery_store *store, chancery_row_fn *row, void *ctx, struct chancery_error *error)
{
	(void)store, (void)error;
	chancery_unknowns_rows(l->unknowns, l->query.limit, row, ctx);
	return true;
}

/* Pages are read anew, for one at a time and so many at most, since that is much more work than any question to the store: it is not to take all
 * threads that answer. */
bool ch_api_unknown(struct ch_call *call)
{
	enum { PAGES = 20, PAGES_MAX = 200 };
	struct ch_listing l = { .table = "unknown", .ask = ask_unknowns, .pages = PAGES };
	struct chancery_query pages = { .record = "pages", .newest = true };
	atomic_flag *reading = call->server->reading;
	const int64_t began = ch_clock_ms();
	struct chancery_unknowns *all;
	bool ok;

	if (!ch_call_param(call, "page", &pages.page) || !ch_call_param(call, "since", &pages.since) || !ch_call_param(call, "until", &pages.until) ||
	    !ch_call_number(call, "pages", PAGES_MAX, &l.pages))
		return true;
	pages.limit = l.pages ? l.pages : PAGES;
	if (reading && atomic_flag_test_and_set(reading)) {
		ch_answer_error(call, 503, "pages are being read anew for somebody else");
		ch_answer_header(call->request, call->answer, "Retry-After", CH_STR("2"));
		return true;
	}
	all = chancery_unknowns_new();
	ok = chancery_unknowns_of(all, call->store, call->server->engine, &pages, 1, call->server->limit_ms, &call->error);
	if (reading)
		atomic_flag_clear(reading);
	l.unknowns = all;
	if (ok) {
		ok = ch_call_listing(call, &l);
	} else if (call->server->limit_ms && ch_clock_ms() - began >= call->server->limit_ms) {
		ok = ch_call_failed(call, 503);
		ch_answer_header(call->request, call->answer, "Retry-After", CH_STR("2"));
	} else {
		ok = ch_call_failed(call, 400);
	}
	chancery_unknowns_free(all);
	return ok;
}

/* All of them, in any format: whoever asks wants a name for each code. */
bool ch_api_parties(struct ch_call *call)
{
	struct ch_listing l = { .table = "parties", .ask = ask_parties, .whole = true };

	if (!ch_call_flag(call, "members", &l.members))
		return true;
	return ch_call_listing(call, &l);
}
