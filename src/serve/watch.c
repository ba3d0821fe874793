/* serve/watch.c -- watch-lists, and feeds of what is new in them or in any register (Atom, RFC 4287). */
#include "serve/serve.h"
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

enum { ENTRIES = 50 };

#define NEVER "1970-01-01T00:00:00Z"

/* ---- watch-lists ---- */

static bool ask_lists(const struct ch_listing *l, struct chancery_store *store, chancery_row_fn *row, void *ctx, struct chancery_error *error)
{
	(void)l;
	return chancery_watch_lists(store, row, ctx, error);
}

bool ch_api_watchlists(struct ch_call *call)
{
	return ch_call_listing(call, &(struct ch_listing){ .table = "watchlists", .ask = ask_lists });
}

static bool is_filter(const char *reg, const char *name)
{
	size_t n;
	const struct ch_param *params = ch_flag_params(CH_ROUTE_FILTERS, &n);

	for (size_t i = 0; i < n; i++)
		if (strcmp(params[i].name, name) == 0)
			return true;
	return strcmp(reg, "pledges") == 0 && (strcmp(name, "state") == 0 || strcmp(name, "today") == 0);
}

/* What a register may be asked, out of {"who":"EGY"}, as the request's own parameters. */
static bool take_filters(struct ch_call *call, const char *reg, const json_t *filters)
{
	struct ch_request *q = call->request;
	const char *name;
	json_t *value;

	memset(&q->query, 0, sizeof q->query);
	json_object_foreach((json_t *)(uintptr_t)filters, name, value) {
		const char *text = json_string_value(value);
		struct ch_str raw = CH_STR("");

		if (!is_filter(reg, name))
			return !ch_answer_error(call, 400, "filters: there is none called '%.40s'", name);
		if (!text || !ch_str_trim(ch_str_z(text)).len)
			return !ch_answer_error(call, 400, "filters: text is wanted for '%.40s'", name);
		for (; *text; text++)
			raw = ch_arena_printf(q->arena, *text == '%' ? "%.*s%%25" : "%.*s%c", CH_STR_ARG(raw), *text);
		*CH_PUSH(q->arena, &q->query) = (struct ch_field){ ch_arena_str(q->arena, ch_str_z(name)), raw };
	}
	return true;
}

static const char *register_of(const char *name)
{
	size_t n;
	const char *const *all = ch_api_registers(&n);

	for (size_t i = 0; name && i < n; i++)
		if (strcmp(all[i], name) == 0)
			return all[i];
	return NULL;
}

static bool stop_at_first(void *ctx, const char *json, size_t size)
{
	(void)ctx, (void)json, (void)size;
	return false;
}

/* The newest records of the register that the request's parameters ask for; false: the answer says why not. */
static bool ask_newest(struct ch_call *call, const char *reg, chancery_row_fn *row, void *ctx)
{
	const bool pledges = strcmp(reg, "pledges") == 0;
	struct chancery_plans plans = { 0 };
	struct chancery_query q;

	if (!ch_call_fits(call, reg) || !ch_call_query(call, reg, &q) || (pledges && !ch_call_plans(call, &plans)))
		return false;
	q.newest = true;
	q.limit = ENTRIES;
	return (pledges ? chancery_pledges(call->store, &q, &plans, row, ctx, &call->error) : chancery_query(call->store, &q, row, ctx, &call->error)) ||
	       !ch_call_failed(call, 400);
}

static bool put_list(struct ch_call *call, json_t *body)
{
	const char *title = json_string_value(json_object_get(body, "title")), *reg = register_of(json_string_value(json_object_get(body, "register")));
	const json_t *filters = json_object_get(body, "filters");
	const char *name;
	json_t *value;
	char *text;
	bool ok;

	json_object_foreach(body, name, value)
		if (strcmp(name, "title") != 0 && strcmp(name, "register") != 0 && strcmp(name, "filters") != 0)
			return ch_answer_error(call, 400, "a watch-list has no '%.40s'; it has title, register and filters", name);
	if (!title || !reg || (filters && !json_is_object(filters)))
		return ch_answer_error(call, 400, "{\"title\":…,\"register\":\"events\",\"filters\":{\"who\":\"EGY\"}} is wanted");
	/* what cannot be asked is not kept */
	if (!take_filters(call, reg, filters) || !ask_newest(call, reg, stop_at_first, NULL))
		return true;
	text = filters ? json_dumps(filters, JSON_COMPACT) : NULL;
	ok = chancery_watch_list_put(call->store, call->args[0].ptr, title, reg, text ? text : "{}", &call->error);
	free(text);
	if (!ok)
		return ch_call_failed(call, 400);
	call->answer->status = 200;
	call->answer->type = "application/json";
	call->answer->body = ch_arena_printf(call->request->arena, "{\"name\":\"%s\"}\n", call->args[0].ptr);
	return true;
}

bool ch_api_watch_put(struct ch_call *call)
{
	const struct ch_str body = call->request->body;
	json_t *json = json_loadb(body.ptr ? body.ptr : "", body.len, JSON_REJECT_DUPLICATES, NULL);
	bool done = put_list(call, json);

	json_decref(json);
	return done;
}

bool ch_api_watch_drop(struct ch_call *call)
{
	if (!chancery_watch_list_drop(call->store, call->args[0].ptr, &call->error))
		return ch_call_failed(call, 404);
	*call->answer = (struct ch_answer){ .status = 200, .type = "application/json", .body = CH_STR("{}\n") };
	return true;
}

/* ---- feeds ---- */

/* Links are paths: a reader takes them from where it had the feed, also behind a proxy with TLS. */
struct feed {
	struct ch_arena *arena;
	struct ch_str entries, updated;
	const char *reg;
};

/* Text in XML; what XML 1.0 has no place for is a blank. */
static struct ch_str xml(struct ch_arena *arena, const char *text)
{
	CH_VEC(char) v = { 0 };

	for (; text && *text; text++) {
		const char *as = *text == '<' ? "&lt;" : *text == '>' ? "&gt;" : *text == '&' ? "&amp;" : *text == '"' ? "&quot;" : NULL;

		/* U+FFFE and U+FFFF are EF BF BE and EF BF BF */
		if ((unsigned char)text[0] == 0xEF && (unsigned char)text[1] == 0xBF && (unsigned char)text[2] >= 0xBE) {
			*CH_PUSH(arena, &v) = ' ';
			text += 2;
			continue;
		}
		for (; as && *as; as++)
			*CH_PUSH(arena, &v) = *as;
		if (!as)
			*CH_PUSH(arena, &v) = (unsigned char)*text < 0x20 && *text != '\n' && *text != '\t' ? ' ' : *text;
	}
	return ch_str_n(v.v ? v.v : "", v.n);
}

static const char *text_at(const json_t *o, const char *name)
{
	const char *text = json_string_value(json_object_get(o, name));

	return text ? text : "";
}

static struct ch_str names_at(struct ch_arena *arena, const json_t *o, const char *name)
{
	struct ch_str text = CH_STR("");
	const json_t *one;
	size_t i;

	json_array_foreach(json_object_get(o, name), i, one)
		text = ch_arena_printf(arena, "%.*s%s%s", CH_STR_ARG(text), i ? ", " : "", json_string_value(one) ? json_string_value(one) : "");
	return text;
}

/* "2018-05-01 CONSULT visit: FRA – EGY", or what the row is about. */
static struct ch_str title_of(struct feed *f, const json_t *o)
{
	static const char *const about[] = { "title", "name", "who", "speaker", "role", "what", "about", "stance", "level", "mark" };
	struct ch_str line = CH_STR("");

	if (json_object_get(o, "quad_code")) {
		const struct ch_str who = names_at(f->arena, o, "source"), whom = names_at(f->arena, o, "target");
		const char *day = text_at(o, "date"), *mode = text_at(o, "mode");

		return ch_arena_printf(f->arena, "%s%s%s%s%s: %.*s%s%.*s", day, *day ? " " : "", text_at(o, "type"), *mode ? " " : "", mode, CH_STR_ARG(who),
				       who.len && whom.len ? " – " : "", CH_STR_ARG(whom));
	}
	for (size_t i = 0; i < sizeof about / sizeof *about; i++)
		if (*text_at(o, about[i]) && line.len < 200)
			line = ch_arena_printf(f->arena, "%.*s%s%s", CH_STR_ARG(line), line.len ? ": " : "", text_at(o, about[i]));
	return line.len ? line : ch_arena_printf(f->arena, "%s %.8s", f->reg, text_at(o, "id"));
}

/* A day, or a moment as decisions have it, as RFC 3339 wants it; what is neither is none. */
static struct ch_str moment(struct ch_arena *arena, const char *text)
{
	const struct ch_str s = ch_str_z(text);

	return s.len == 10 ? ch_arena_printf(arena, "%sT00:00:00Z", text) : s.len == 20 && s.ptr[10] == 'T' && s.ptr[19] == 'Z' ? ch_arena_str(arena, s) : CH_STR("");
}

static struct ch_str later(struct ch_str a, struct ch_str b)
{
	return ch_str_cmp(a, b) < 0 ? b : a;
}

/* When the record last became another: by the newest page that tells it, by what its page says of itself, by a decision. No clock is in a store but
 * that of decisions, so the same pages give the same feed on every machine. */
static struct ch_str updated_of(struct ch_arena *arena, const json_t *o, const json_t *page)
{
	struct ch_str last = later(moment(arena, text_at(page, "published")), moment(arena, text_at(page, "modified")));
	const json_t *report;
	size_t i;

	json_array_foreach(json_object_get(o, "reports"), i, report)
		last = later(last, moment(arena, text_at(json_object_get(report, "page"), "published")));
	return later(last, moment(arena, text_at(json_object_get(o, "reviewed"), "at")));
}

static bool add_entry(void *ctx, const char *json, size_t size)
{
	struct feed *f = ctx;
	json_t *o = json_loadb(json, size, 0, NULL);
	const json_t *report = json_array_get(json_object_get(o, "reports"), 0);
	const json_t *page = strcmp(f->reg, "pages") == 0 ? o : json_object_get(report ? report : o, "page");
	const struct ch_str published = moment(f->arena, text_at(page, "published")), last = updated_of(f->arena, o, page);
	const struct ch_str updated = last.len ? last : CH_STR(NEVER);   /* Atom wants one */
	const char *id = text_at(o, "id");
	const char *said = *text_at(o, "text") ? text_at(o, "text") : text_at(o, "sentence"), *outlet = text_at(page, "outlet");

	f->updated = later(f->updated, updated);
	f->entries = ch_arena_printf(f->arena, "%.*s<entry><id>tag:chancery.invalid,2026:%s/%s</id><title>%.*s</title>%s%.*s%s<updated>%.*s</updated>"
				     "<link rel=\"alternate\" type=\"text/html\" href=\"/page/%s%s%s\"/><author><name>%.*s</name></author>"
				     "<summary>%.*s</summary></entry>\n", CH_STR_ARG(f->entries), f->reg, id, CH_STR_ARG(xml(f->arena, title_of(f, o).ptr)),
				     published.len ? "<published>" : "", CH_STR_ARG(published), published.len ? "</published>" : "", CH_STR_ARG(updated),
				     text_at(page, "id"), page == o ? "" : "?record=", page == o ? "" : id,
				     CH_STR_ARG(xml(f->arena, *outlet ? outlet : "unsaid")), CH_STR_ARG(xml(f->arena, said)));
	json_decref(o);
	return true;
}

/* The query as it was sent, so that whoever goes by rel="self" (RFC 4287, 4.2.7.2) has this feed and no other. */
static struct ch_str query_of(const struct ch_request *q)
{
	struct ch_str text = CH_STR(""), value;

	for (uint32_t i = 0; i < q->query.n; i++) {
		const char *before = "=";

		text = ch_arena_printf(q->arena, "%.*s%s%.*s", CH_STR_ARG(text), i ? "&" : "?", CH_STR_ARG(q->query.v[i].name));
		for (struct ch_str rest = q->query.v[i].value; ch_str_cut(&rest, ' ', &value); before = "%20")
			text = ch_arena_printf(q->arena, "%.*s%s%.*s", CH_STR_ARG(text), before, CH_STR_ARG(value));
	}
	return text;
}

/* query: of the address, beside its path. */
static bool give_feed(struct ch_call *call, const char *reg, const char *title, struct ch_str query, uint32_t sum)
{
	struct ch_arena *arena = call->request->arena;
	struct feed f = { .arena = arena, .entries = CH_STR(""), .updated = CH_STR(NEVER), .reg = reg };
	const struct ch_str path = xml(arena, ch_arena_str(arena, call->request->path).ptr);

	if (!ask_newest(call, reg, add_entry, &f))
		return true;
	*call->answer = (struct ch_answer){ .status = 200, .type = "application/atom+xml" };
	call->answer->body = ch_arena_printf(arena, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">"
					     "<id>tag:chancery.invalid,2026:feed%.*s/%08x</id><title>%.*s</title><updated>%.*s</updated>"
					     "<link rel=\"self\" type=\"application/atom+xml\" href=\"%.*s%.*s\"/><generator version=\"%s\">chancery</generator>\n%.*s</feed>\n",
					     CH_STR_ARG(path), (unsigned)sum, CH_STR_ARG(xml(arena, title)), CH_STR_ARG(f.updated),
					     CH_STR_ARG(path), CH_STR_ARG(xml(arena, ch_arena_str(arena, query).ptr)), chancery_version(), CH_STR_ARG(f.entries));
	return true;
}

/* What tells two feeds of one path apart. */
static uint32_t filters_sum(const struct ch_request *q)
{
	uint64_t h = 0;

	for (uint32_t i = 0; i < q->query.n; i++)
		h = (h << 5 | h >> 59) ^ ch_str_hash(q->query.v[i].name) ^ ch_str_hash(q->query.v[i].value) * 3;
	return (uint32_t)(h ^ h >> 32);
}

bool ch_api_feed(struct ch_call *call)
{
	const char *reg = call->args[0].ptr ? register_of(call->args[0].ptr) : "pledges";   /* which has a row of its own */
	char title[80];

	if (!reg)
		return ch_answer_error(call, 404, "there is no register '%.40s'; /api/v1/openapi.json names them", call->args[0].ptr);
	snprintf(title, sizeof title, "chancery: %s", reg);
	return give_feed(call, reg, title, query_of(call->request), filters_sum(call->request));
}

struct wanted {
	struct ch_str name;
	json_t *list;
};

static bool take_wanted(void *ctx, const char *json, size_t size)
{
	struct wanted *w = ctx;
	json_t *o = json_loadb(json, size, 0, NULL);

	if (!ch_str_eqz(w->name, text_at(o, "name"))) {
		json_decref(o);
		return true;
	}
	w->list = o;
	return false;
}

/* NULL: there is none such, or it cannot be read, and the answer says so. */
static json_t *list_of(struct ch_call *call)
{
	struct wanted w = { .name = call->args[0] };

	if (!chancery_watch_lists(call->store, take_wanted, &w, &call->error))
		ch_call_failed(call, 500);
	else if (!w.list)
		ch_answer_error(call, 404, "there is no watch-list '%.40s'", call->args[0].ptr);
	return w.list;
}

bool ch_api_watch_get(struct ch_call *call)
{
	json_t *list = list_of(call);
	char *text = list ? json_dumps(list, JSON_COMPACT) : NULL;

	json_decref(list);
	return !text || ch_call_object(call, true, text);
}

bool ch_api_watch_feed(struct ch_call *call)
{
	json_t *list = list_of(call);
	const char *reg = list ? register_of(text_at(list, "register")) : NULL;
	const bool done = !reg || !take_filters(call, reg, json_object_get(list, "filters")) || give_feed(call, reg, text_at(list, "title"), CH_STR(""), 0);

	json_decref(list);
	return done;
}
