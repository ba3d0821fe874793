/* export/formats.c -- events in formats of the field: one walk over the store, a short function a format. */
#include "event/context.h"
#include "export/query.h"
#include <stdlib.h>

struct out {
	chancery_row_fn *row;
	void *ctx;
	struct ch_arena arena;
	ch_event_fn *format;
	unsigned long long withheld;   /* sentences */
};

static bool give(struct out *out, struct ch_str line)
{
	bool go = out->row(out->ctx, line.ptr, line.len);

	ch_arena_reset(&out->arena);
	return go;
}

/* ---- PLOVER 0.8 ---- */

/* The manual codes a cooperative act to come as AGREE ("will visit"); the store keeps act and status apart. */
static bool promised(struct ch_str type, struct ch_str status)
{
	static const char *const acts[] = { "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT" };

	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
		if (ch_str_eqz(status, "planned") && ch_str_eqz(type, acts[i]))
			return true;
	return false;
}

static json_t *list_of(struct ch_str s)
{
	json_t *list = ch_json_array();

	if (s.len)
		ch_json_push(list, ch_json_str(s));
	return list;
}

static json_t *cite_info(const struct ch_page_info *p)
{
	json_t *o = ch_json_object();

	ch_json_set(o, "citation", ch_json_str(p->id));
	ch_json_set(o, "url", ch_json_or_null(p->url));
	ch_json_set(o, "title", ch_json_or_null(p->title));
	ch_json_set(o, "language", ch_json_or_null(p->lang));
	ch_json_set(o, "publication", ch_json_or_null(p->outlet));
	ch_json_set(o, "license", ch_json_or_null(p->license));
	ch_json_set(o, "coder", ch_json_str(CH_STR("chancery")));
	ch_json_set(o, "version", ch_json_str(p->program_version));
	return o;
}

/* From our own object: entities as they are; what PLOVER has other names or rules for is changed. */
static bool plover(void *ctx, const struct ch_event_record *e)
{
	struct out *out = ctx;
	const struct ch_report *r = &e->reports[0];
	json_t *own = ch_json_event(e, CH_OFFSETS_RAW, true), *o = ch_json_object(), *loc = ch_json_object(), *info = ch_json_object();
	bool as_agree = promised(e->type, e->status);
	struct ch_str type = as_agree ? CH_STR("AGREE") : e->type;
	size_t slash = ch_str_find_byte(e->date, '/', 0);
	struct ch_str date = slash == CH_STR_NONE ? e->date : ch_str_sub(e->date, 0, slash);

	ch_json_set(o, "id", ch_json_str(e->id));
	ch_json_set(o, "date", ch_json_or_null(date));
	if (slash != CH_STR_NONE)
		ch_json_set(o, "enddate", ch_json_str(ch_str_sub(e->date, slash + 1, e->date.len)));
	ch_json_set(o, "actor", json_incref(json_object_get(own, "actor")));
	ch_json_set(o, "recipient", json_incref(json_object_get(own, "recipient")));
	ch_json_set(o, "event", ch_json_str(type));
	ch_json_set(o, "mode", list_of(as_agree ? CH_STR("") : e->mode));
	ch_json_set(o, "context", json_incref(json_object_get(own, "context")));
	ch_json_set(o, "quad_code", json_integer(ch_event_quad(ch_event_parse(type))));
	ch_json_set(o, "event_scale", as_agree ? json_real(ch_event_scale(CH_EV_AGREE, NULL)) :
		    json_incref(json_object_get(own, "event_scale")));
	ch_json_set(loc, "country_code", ch_json_or_null(e->place));
	ch_json_set(o, "event_loc", loc);
	ch_json_set(o, "event_text", ch_json_or_null(r->trigger_text));
	ch_json_set(o, "text", ch_json_or_null(r->sentence_text));
	ch_json_set(info, "sequence", json_integer(r->sentence_number));
	ch_json_set(info, "start", json_integer(r->sentence.raw.start));
	ch_json_set(info, "end", json_integer(r->sentence.raw.end));
	ch_json_set(o, "text_info", info);
	ch_json_set(o, "cite_info", cite_info(r->page));
	ch_json_set(o, "coder", ch_json_str(CH_STR("chancery")));
	ch_json_set(o, "status", ch_json_str(e->status));
	ch_json_set(o, "cameo", ch_json_or_null(r->cameo));
	ch_json_set(o, "confidence", json_incref(json_object_get(own, "confidence")));
	ch_json_set(o, "frame", ch_json_or_null(r->frame));
	ch_json_set(o, "evidence", json_incref(json_object_get(own, "evidence")));
	ch_json_set(o, "reports", json_incref(json_object_get(own, "reports")));
	json_decref(own);
	return give(out, ch_json_line(&out->arena, o));
}

static bool jsonl(void *ctx, const struct ch_event_record *e)
{
	struct out *out = ctx;

	return give(out, ch_json_line(&out->arena, ch_json_event(e, CH_OFFSETS_RAW, true)));
}

/* ---- CSV (RFC 4180): one line an event ---- */

struct csv {
	struct ch_arena *arena;
	CH_VEC(char) line;
};

static void bytes(struct csv *c, struct ch_str s)
{
	for (size_t i = 0; i < s.len; i++)
		*CH_PUSH(c->arena, &c->line) = s.ptr[i];
}

static void csv_field(struct csv *c, struct ch_str s)
{
	bool quote = false;

	for (size_t i = 0; i < s.len; i++)
		quote = quote || s.ptr[i] == ',' || s.ptr[i] == '"' || s.ptr[i] == '\n' || s.ptr[i] == '\r';
	if (c->line.n)
		bytes(c, CH_STR(","));
	if (!quote) {
		bytes(c, s);
		return;
	}
	bytes(c, CH_STR("\""));
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '"')
			bytes(c, CH_STR("\""));
		bytes(c, ch_str_n(s.ptr + i, 1));
	}
	bytes(c, CH_STR("\""));
}

static struct ch_str joined(struct ch_arena *arena, struct ch_party_list side)
{
	struct ch_str s = { 0 };

	for (uint32_t i = 0; i < side.n; i++)
		if (!i || !ch_str_eq(side.v[i].party, side.v[i - 1].party))
			s = ch_arena_printf(arena, "%.*s%s%.*s", CH_STR_ARG(s), s.len ? ";" : "", CH_STR_ARG(side.v[i].party));
	return s;
}

static struct ch_str contexts(struct ch_arena *arena, const struct ch_event_record *e)
{
	uint64_t set = 0;

	for (uint32_t i = 0; i < e->n_reports; i++)
		set |= e->reports[i].contexts;
	return ch_context_names(arena, set);
}

static const char csv_head[] = "id,type,mode,source,target,date,place,status,cameo,confidence,reports,page,published,outlet,url,"
			       "raw_start,raw_end,trigger,sentence,license,context";

static bool csv(void *ctx, const struct ch_event_record *e)
{
	struct out *out = ctx;
	const struct ch_report *r = &e->reports[0];
	struct csv c = { .arena = &out->arena };
	struct ch_arena *a = &out->arena;

	csv_field(&c, e->id);
	csv_field(&c, e->type);
	csv_field(&c, e->mode);
	csv_field(&c, joined(a, r->source));
	csv_field(&c, joined(a, r->target));
	csv_field(&c, e->date);
	csv_field(&c, e->place);
	csv_field(&c, e->status);
	csv_field(&c, r->cameo);
	csv_field(&c, ch_arena_printf(a, "%.2f", r->confidence));
	csv_field(&c, ch_arena_printf(a, "%u", (unsigned)e->n_reports));
	csv_field(&c, r->page->id);
	csv_field(&c, r->page->published);
	csv_field(&c, r->page->outlet);
	csv_field(&c, r->page->url);
	csv_field(&c, ch_arena_printf(a, "%u", (unsigned)r->trigger.raw.start));
	csv_field(&c, ch_arena_printf(a, "%u", (unsigned)r->trigger.raw.end));
	csv_field(&c, r->trigger_text);
	csv_field(&c, r->sentence_text);
	csv_field(&c, r->page->license);
	csv_field(&c, contexts(a, e));
	return give(out, ch_str_n(c.line.v, c.line.n));
}

/* The event without the sentences that their pages do not let go. */
static bool obey(void *ctx, const struct ch_event_record *e)
{
	struct out *out = ctx;
	struct ch_event_record copy = *e;

	copy.reports = CH_NEW_N(&out->arena, struct ch_report, e->n_reports);
	for (uint32_t i = 0; i < e->n_reports; i++) {
		copy.reports[i] = e->reports[i];
		if (e->reports[i].page->license_forbids && e->reports[i].sentence_text.len) {
			copy.reports[i].sentence_text = (struct ch_str){ 0 };
			out->withheld++;
		}
	}
	return out->format(out, &copy);
}

bool chancery_export(struct chancery_store *store, const char *format, const struct chancery_query *given, chancery_row_fn *row,
		     void *ctx, unsigned long long *withheld, struct chancery_error *error)
{
	static const struct {
		const char *name;
		ch_event_fn *fn;
	} formats[] = { { "plover", plover }, { "csv", csv }, { "jsonl", jsonl } };
	struct out out = { .row = row, .ctx = ctx };
	struct ch_arena arena = { 0 };
	struct ch_query q;
	bool ok = ch_query_of(given, &arena, &q, (struct ch_err *)error);

	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		if (strcmp(format, formats[i].name) == 0)
			out.format = formats[i].fn;
	if (ok && !out.format)
		ok = ch_fail((struct ch_err *)error, "there is no format '%s' (plover, csv, jsonl)", format);
	if (ok && out.format == csv)
		ok = row(ctx, csv_head, sizeof csv_head - 1) || true;
	ok = ok && ch_store_events((struct ch_store *)store, &q, obey, &out, (struct ch_err *)error);
	if (withheld)
		*withheld = out.withheld;
	ch_arena_free(&out.arena);
	ch_arena_free(&arena);
	return ok;
}
