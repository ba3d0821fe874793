/* export/query.c -- the registers, full text, pages and reasons, as JSON: chancery.h's functions over the store. */
#include "chancery.h"
#include "event/context.h"
#include "export/agenda.h"
#include "export/annotate.h"
#include "export/cursor.h"
#include "export/json.h"
#include "export/query.h"
#include "store/store.h"
#include <stdio.h>
#include <stdlib.h>

static struct ch_store *store_of(struct chancery_store *store)
{
	return (struct ch_store *)store;
}

static struct ch_err *err_of(struct chancery_error *error)
{
	return (struct ch_err *)error;
}

bool chancery_store_open(const char *where, bool create, struct chancery_store **store, struct chancery_error *error)
{
	return ch_store_open(where, create, (struct ch_store **)store, err_of(error));
}

void chancery_store_close(struct chancery_store *store)
{
	ch_store_close(store_of(store));
}

bool chancery_store_revision(struct chancery_store *store, unsigned long long *revision, struct chancery_error *error)
{
	uint64_t n;
	const bool ok = ch_store_revision(store_of(store), &n, err_of(error));

	if (ok)
		*revision = n;
	return ok;
}

bool chancery_store_limit(struct chancery_store *store, bool read_only, unsigned milliseconds, struct chancery_error *error)
{
	return ch_store_limit(store_of(store), read_only, milliseconds, err_of(error));
}

enum chancery_trouble chancery_store_trouble(struct chancery_store *store)
{
	return (enum chancery_trouble)ch_store_trouble(store_of(store));
}

/* ---- which register ---- */

static const char *const visits[] = { "visit", NULL };
static const char *const meetings[] = { "meeting", "multilateral", "third-party", "", NULL };
static const char *const letters[] = { "letter", "phone", NULL };

/* Registers that are events of a kind. */
static const struct {
	const char *name, *type;
	const char *const *modes;
} kinds[] = {
	{ "events", "", NULL }, { "visits", "CONSULT", visits }, { "meetings", "CONSULT", meetings }, { "letters", "CONSULT", letters },
};

bool ch_query_register(struct ch_str name, struct ch_query *q)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (!ch_str_eqz(name, kinds[i].name))
			continue;
		if (*kinds[i].type) {
			q->type = ch_str_z(kinds[i].type);
			q->modes = kinds[i].modes;
		}
		return true;
	}
	return false;
}

bool ch_query_day(struct ch_arena *arena, const char *what, const char *given, bool last, struct ch_str *out, struct ch_err *err)
{
	struct ch_str d = ch_str_z(given);
	char text[32];
	uint32_t y = 0, m = 0;

	if (!d.len)
		return true;
	if (d.len == 4 && ch_str_uint(d, &y))
		snprintf(text, sizeof text, last ? "%04u-12-31" : "%04u-01-01", y);
	else if (d.len == 7 && d.ptr[4] == '-' && ch_str_uint(ch_str_sub(d, 0, 4), &y) && ch_str_uint(ch_str_sub(d, 5, 7), &m) &&
		 m >= 1 && m <= 12)
		snprintf(text, sizeof text, "%04u-%02u-%02d", y, m, last ? ch_month_days((int)y, (int)m) : 1);
	else if (d.len == 10)
		snprintf(text, sizeof text, "%s", given);
	else
		text[0] = '\0';
	if (ch_day_parse(ch_str_z(text)) == CH_NO_DAY)
		return ch_fail(err, "--%s wants a day, a month or a year (2018-05-01, 2018-05, 2018), not '%s'", what, given);
	*out = ch_arena_str(arena, ch_str_z(text));
	return true;
}

static bool has_word(const char *what, struct ch_str words, struct ch_err *err)
{
	return !words.len || ch_search_has_word(words) || ch_fail(err, "--%s: a word is wanted, not '%.*s'", what, (int)(words.len < 40 ? words.len : 40), words.ptr);
}

bool ch_query_of(const struct chancery_query *given, struct ch_arena *arena, struct ch_query *q, struct ch_err *err)
{
	*q = (struct ch_query){ .who = ch_str_z(given->who), .with = ch_str_z(given->with), .type = ch_str_z(given->type),
				.mode = ch_str_z(given->mode), .status = ch_str_z(given->status), .place = ch_str_z(given->place),
				.context = ch_str_z(given->context), .about = ch_str_z(given->about), .to = ch_str_z(given->to), .search = ch_str_z(given->search),
				.variants = given->variants, .page = ch_str_z(given->page), .limit = given->limit,
				.newest = given->newest, .rejected = given->rejected };
	if (q->context.len && ch_context_parse(q->context) == CH_CONTEXT_N)
		return ch_fail(err, "no context is called '%.*s'; docs/ontology.md lists PLOVER's 37", CH_STR_ARG(q->context));
	if (!has_word("about", q->about, err) || !has_word("search", q->search, err))
		return false;
	return ch_query_day(arena, "since", given->since, false, &q->since, err) && ch_query_day(arena, "until", given->until, true, &q->until, err);
}

/* ---- rows as lines ---- */

struct lines {
	chancery_row_fn *row;
	void *ctx;
	struct ch_arena arena;
};

static bool give(struct lines *l, json_t *value)
{
	struct ch_str line = ch_json_line(&l->arena, value);
	bool go = l->row(l->ctx, line.ptr, line.len);

	ch_arena_reset(&l->arena);
	return go;
}

static bool give_event(void *ctx, const struct ch_event_record *e)
{
	return give(ctx, ch_json_event(e, CH_OFFSETS_RAW, true));
}

static bool give_row(void *ctx, const struct ch_row *row)
{
	return give(ctx, ch_json_row(row, CH_OFFSETS_RAW, true));
}

static bool give_page(void *ctx, const struct ch_page_info *page)
{
	return give(ctx, ch_json_page_row(page));
}

bool chancery_query(struct chancery_store *store, const struct chancery_query *given, chancery_row_fn *row, void *ctx,
		    struct chancery_error *error)
{
	struct ch_paged paged;
	struct lines lines = { .row = ch_paged_row, .ctx = &paged };
	struct ch_arena arena = { 0 };
	struct ch_str name = ch_str_z(given->record);
	struct ch_query q;
	bool ok = ch_asked(given->record, given, err_of(error)) && ch_query_of(given, &arena, &q, err_of(error)) &&
		  ch_paged_begin(&paged, given->record ? given->record : "", given, row, ctx, &q, err_of(error)), found = false;

	if (ok && ch_query_register(name, &q)) {
		found = true;
		ok = ch_store_events(store_of(store), &q, give_event, &lines, err_of(error));
	}
	for (unsigned i = 0; ok && !found && i < CH_REG_N; i++) {
		if (!ch_str_eqz(name, ch_register_of((enum ch_register_id)i)->name))
			continue;
		found = true;
		ok = ch_store_rows(store_of(store), (enum ch_register_id)i, &q, give_row, &lines, err_of(error));
	}
	if (ok && !found && ch_str_eqz(name, "pages")) {
		found = true;
		ok = ch_store_pages(store_of(store), &q, give_page, &lines, err_of(error));
	}
	if (ok && !found)
		ok = ch_fail(err_of(error), "there is no register '%s'", given->record ? given->record : "");
	ch_arena_free(&lines.arena);
	ch_arena_free(&arena);
	return ok;
}

/* ---- one of them ---- */

static bool take_line(void *ctx, const char *json, size_t size)
{
	char **to = ctx;

	*to = malloc(size + 1);
	if (!*to)
		ch_die_memory(size);
	memcpy(*to, json, size);
	(*to)[size] = '\0';
	return false;
}

bool chancery_record(struct chancery_store *store, const char *reg, const char *id, char **json, struct chancery_error *error)
{
	struct lines lines = { .row = take_line, .ctx = json };
	struct ch_arena arena = { 0 };
	struct ch_str kind, full;
	struct ch_query q = { 0 };
	bool ok = ch_store_find(store_of(store), &arena, ch_str_z(id), &kind, &full, err_of(error));

	*json = NULL;
	q.id = full;
	if (ok && ch_query_register(ch_str_z(reg), &q) && ch_str_eqz(kind, "events"))
		ok = ch_store_events(store_of(store), &q, give_event, &lines, err_of(error));
	for (unsigned i = 0; ok && i < CH_REG_N; i++)
		if (ch_str_eqz(kind, reg) && ch_str_eqz(kind, ch_register_of((enum ch_register_id)i)->name))
			ok = ch_store_rows(store_of(store), (enum ch_register_id)i, &q, give_row, &lines, err_of(error));
	if (ok && !*json)
		ok = ch_fail(err_of(error), "'%.40s' is none of the %.40s", id, reg);
	ch_arena_free(&lines.arena);
	ch_arena_free(&arena);
	return ok;
}

/* ---- full text ---- */

static bool give_hit(void *ctx, const struct ch_hit *hit)
{
	json_t *o = ch_json_object();

	ch_json_set(o, "page", ch_json_page(hit->page));
	ch_json_set(o, "number", hit->number == CH_NONE ? json_null() : json_integer(hit->number));
	ch_json_set(o, "before", ch_json_or_null(hit->before));
	ch_json_set(o, "text", ch_json_str(hit->text));
	ch_json_set(o, "after", ch_json_or_null(hit->after));
	return give(ctx, o);
}

bool chancery_search(struct chancery_store *store, const char *words, unsigned long long limit, chancery_row_fn *row, void *ctx,
		     struct chancery_error *error)
{
	return chancery_search_in(store, &(struct chancery_search){ .words = words, .limit = limit }, row, ctx, error);
}

struct hits {
	struct lines lines;
	unsigned long long left;       /* of the limit */
	bool more;
};

static bool give_some(void *ctx, const struct ch_hit *hit)
{
	struct hits *h = ctx;

	h->more = !h->left;
	if (h->more)
		return false;
	h->left--;
	return give_hit(&h->lines, hit);
}

/* Hits have no place but their number: what was added meanwhile moves them, as it moves what is best. */
bool chancery_search_in(struct chancery_store *store, const struct chancery_search *search, chancery_row_fn *row, void *ctx,
			struct chancery_error *error)
{
	struct hits hits = { .lines = { .row = row, .ctx = ctx }, .left = search->limit ? search->limit : UINT32_MAX };
	struct ch_search_in in = { .outlet = ch_str_z(search->outlet ? search->outlet : "") };
	struct ch_err *err = err_of(error);
	struct ch_arena arena = { 0 };
	uint32_t skip = 0;
	bool ok = ch_query_day(&arena, "since", search->since, false, &in.since, err) && ch_query_day(&arena, "until", search->until, true, &in.until, err);

	if (ok && search->after && !ch_str_uint(ch_str_z(search->after), &skip))
		ok = ch_fail(err, "'%.40s' is no place in this list", search->after);
	in.skip = skip;
	ok = ok && ch_store_search_in(store_of(store), ch_str_z(search->words), &in, search->limit ? search->limit + 1 : 0, give_some, &hits, err);
	if (search->next)
		*search->next = '\0';
	if (search->next && ok && hits.more)
		snprintf(search->next, CHANCERY_NEXT, "%llu", skip + search->limit);
	ch_arena_free(&hits.lines.arena);
	ch_arena_free(&arena);
	return ok;
}

/* ---- one object ---- */

static bool append_event(void *ctx, const struct ch_event_record *e)
{
	ch_json_push(ctx, ch_json_event(e, CH_OFFSETS_RAW, true));
	return true;
}

static bool append_row(void *ctx, const struct ch_row *row)
{
	ch_json_push(ctx, ch_json_row(row, CH_OFFSETS_RAW, true));
	return true;
}

bool ch_query_events(struct ch_store *store, const struct ch_query *q, json_t **list, struct ch_err *err)
{
	*list = ch_json_array();
	return ch_store_events(store, q, append_event, *list, err);
}

bool ch_query_rows(struct ch_store *store, enum ch_register_id reg, const struct ch_query *q, json_t **list, struct ch_err *err)
{
	*list = ch_json_array();
	return ch_store_rows(store, reg, q, append_row, *list, err);
}

bool ch_json_give(json_t *object, bool ok, char **json)
{
	if (ok) {
		*json = json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(10));
		if (!*json)
			ch_die_memory(1);
	}
	json_decref(object);
	return ok;
}

/* ---- a page with its annotations ---- */

struct shown {
	struct ch_annotations annotations;
	struct ch_str page;
	json_t *list;              /* to which the next kind of thing is appended */
};

static bool show_event(void *ctx, const struct ch_event_record *e)
{
	struct shown *shown = ctx;

	ch_annotate_event(&shown->annotations, shown->page, e);
	return append_event(shown->list, e);
}

static bool show_row(void *ctx, const struct ch_row *row)
{
	struct shown *shown = ctx;

	ch_annotate_row(&shown->annotations, row);
	return append_row(shown->list, row);
}

static bool show_sentence(void *ctx, const struct ch_stored_sentence *s)
{
	struct shown *shown = ctx;
	json_t *o = ch_json_object();

	ch_json_set(o, "number", json_integer(s->number));
	ch_json_set(o, "block", json_integer(s->block));
	ch_json_set(o, "span", ch_json_span(s->span, CH_OFFSETS_RAW));
	ch_json_set(o, "text", ch_json_str(s->text));
	ch_json_push(shown->list, o);
	ch_annotate_sentence(&shown->annotations, s);
	return true;
}

static bool append_block(void *ctx, const struct ch_stored_block *b)
{
	json_t *o = ch_json_object();

	ch_json_set(o, "kind", ch_json_str(b->kind));
	ch_json_set(o, "reason", ch_json_or_null(b->reason));
	ch_json_set(o, "span", ch_json_span((struct ch_evidence){ .raw = b->raw }, CH_OFFSETS_RAW));
	ch_json_set(o, "text", ch_json_or_null(b->text));
	ch_json_push(ctx, o);
	return true;
}

struct first_page {
	struct ch_arena *arena;
	struct ch_str id;
	json_t *object;
	uint32_t n;
};

static bool take_page(void *ctx, const struct ch_page_info *page)
{
	struct first_page *f = ctx;

	if (f->n++)
		return false;
	f->id = ch_arena_str(f->arena, page->id);
	f->object = ch_json_page(page);
	ch_json_set(f->object, "author", ch_json_or_null(page->author));
	ch_json_set(f->object, "published_basis", ch_json_or_null(page->published_basis));
	ch_json_set(f->object, "article", json_boolean(page->article));
	ch_json_set(f->object, "size", json_integer((json_int_t)page->raw_size));
	return true;
}

/* The one page whose id begins so, or that came from this path. */
static bool find_page(struct ch_store *store, const char *page, struct first_page *f, struct ch_err *err)
{
	struct ch_query q = { .page = ch_str_z(page) };

	if (!ch_store_pages(store, &q, take_page, f, err))
		return false;
	return f->n == 1 || ch_fail(err, f->n ? "more than one page begins with '%s': give more of it" : "no page '%s' in the store", page);
}

bool chancery_show(struct chancery_store *store, const char *page, char **json, struct chancery_error *error)
{
	struct ch_arena arena = { 0 };
	struct first_page f = { .arena = &arena };
	struct shown shown = { .list = NULL };
	struct ch_query q = { .apart = true };   /* events as this page has them */
	struct ch_store *s = store_of(store);
	struct ch_err *err = err_of(error);
	bool ok = find_page(s, page, &f, err);

	q.page = shown.page = f.id;
	if (ok) {
		shown.list = ch_json_array();
		ch_json_set(f.object, "sentences", shown.list);
		ok = ch_store_sentences(s, f.id, show_sentence, &shown, err);
	}
	if (ok) {
		shown.list = ch_json_array();
		ch_json_set(f.object, "blocks", shown.list);
		ok = ch_store_blocks(s, f.id, append_block, shown.list, err);
	}
	if (ok) {
		shown.list = ch_json_array();
		ch_json_set(f.object, "events", shown.list);
		ok = ch_store_events(s, &q, show_event, &shown, err);
	}
	for (unsigned i = 0; ok && i < CH_REG_N; i++) {
		shown.list = ch_json_array();
		ch_json_set(f.object, ch_register_of((enum ch_register_id)i)->name, shown.list);
		ok = ch_store_rows(s, (enum ch_register_id)i, &q, show_row, &shown, err);
	}
	if (ok)
		ch_json_set(f.object, "annotations", ch_annotations_json(&shown.annotations));
	ch_arena_free(&shown.annotations.arena);
	ch_arena_free(&arena);
	return ch_json_give(f.object, ok, json);
}

bool chancery_page_raw(struct chancery_store *store, const char *page, char **bytes, size_t *size, struct chancery_error *error)
{
	struct ch_arena arena = { 0 };
	struct first_page f = { .arena = &arena };
	struct ch_str raw = { 0 };
	bool ok = find_page(store_of(store), page, &f, err_of(error)) && ch_store_raw(store_of(store), f.id, &arena, &raw, err_of(error));

	if (ok) {
		*bytes = malloc(raw.len + 1);
		if (!*bytes)
			ch_die_memory(raw.len);
		memcpy(*bytes, raw.ptr, raw.len);
		(*bytes)[raw.len] = 0;
		*size = raw.len;
	}
	json_decref(f.object);
	ch_arena_free(&arena);
	return ok;
}

/* ---- why ---- */

/* Everything that led to the record: for an event, of each report the frame, the way each party was bound, the words. */
static bool why_event(void *ctx, const struct ch_event_record *e)
{
	json_t *o = ctx, *list = ch_json_array();

	json_t *record = ch_json_event(e, CH_OFFSETS_RAW, true);

	ch_json_set(o, "voices", json_incref(json_object_get(record, "voices")));
	json_object_del(record, "voices");
	json_object_del(record, "reports");
	ch_json_set(o, "record", record);
	for (uint32_t i = 0; i < e->n_reports; i++) {
		const struct ch_report *r = &e->reports[i];
		json_t *one = ch_json_object();
		struct ch_span in = { r->trigger.text.start - r->sentence.text.start, r->trigger.text.end - r->sentence.text.start };

		ch_json_set(one, "id", ch_json_str(r->id));
		ch_json_set(one, "page", ch_json_page(r->page));
		ch_json_set(one, "story", ch_json_or_null(r->page->story));
		ch_json_set(one, "version", ch_str_eq(r->event, e->id) ? json_null() : ch_json_str(r->event));
		ch_json_set(one, "text", ch_json_or_null(r->sentence_text));
		/* Where the trigger stands in text, in bytes of it. */
		ch_json_set(one, "marked", r->trigger.text.start >= r->sentence.text.start && in.end <= r->sentence_text.len ?
			    ch_json_span((struct ch_evidence){ .text = in }, CH_OFFSETS_TEXT) : json_null());
		ch_json_set(one, "trigger", ch_json_or_null(r->trigger_text));
		ch_json_set(one, "evidence", ch_json_span(r->trigger, CH_OFFSETS_RAW));
		ch_json_set(one, "sentence", ch_json_span(r->sentence, CH_OFFSETS_RAW));
		ch_json_set(one, "frame", ch_json_or_null(r->frame));
		ch_json_set(one, "path", ch_json_or_null(r->path));
		ch_json_set(one, "context_why", ch_json_or_null(r->context_why));
		ch_json_set(one, "date_basis", ch_json_or_null(r->date_basis));
		ch_json_set(one, "place_basis", ch_json_or_null(r->place_basis));
		ch_json_set(one, "cameo", ch_json_or_null(r->cameo));
		ch_json_set(one, "claimed_by", ch_json_or_null(r->claimed_by));
		ch_json_set(one, "claimed_in", ch_json_or_null(r->claimed_in));
		ch_json_push(list, one);
	}
	ch_json_set(o, "reports", list);
	return false;
}

static bool why_row(void *ctx, const struct ch_row *row)
{
	json_t *o = ctx, *list = ch_json_array(), *one = ch_json_object();
	struct ch_evidence e = row->cells[row->reg->where].span;

	ch_json_set(o, "record", ch_json_row(row, CH_OFFSETS_RAW, false));
	ch_json_set(one, "page", ch_json_page(row->page));
	ch_json_set(one, "text", ch_json_or_null(row->context));
	ch_json_set(one, "evidence", ch_json_span(e, CH_OFFSETS_RAW));
	ch_json_push(list, one);
	ch_json_set(o, "reports", list);
	return false;
}

bool chancery_why(struct chancery_store *store, const char *id, char **json, struct chancery_error *error)
{
	struct ch_store *s = store_of(store);
	struct ch_err *err = err_of(error);
	struct ch_arena arena = { 0 };
	struct ch_str kind, full;
	struct ch_query q = { 0 };
	json_t *o = ch_json_object(), *agenda = NULL;
	bool ok = ch_store_find(s, &arena, ch_str_z(id), &kind, &full, err);

	if (ok && (ch_str_eqz(kind, "pages") || ch_str_eqz(kind, "stories")))
		ok = ch_fail(err, ch_str_eqz(kind, "pages") ? "'%s' is a page: `chancery show` shows it" :
			     "'%s' is a story: `chancery story` shows it", id);
	if (ok) {
		q.id = full;
		ch_json_set(o, "kind", ch_json_str(kind));
		ch_json_set(o, "id", ch_json_str(full));
		if (ch_str_eqz(kind, "events")) {
			ok = ch_store_events(s, &q, why_event, o, err) && ch_agenda_of_event(s, full, &agenda, err);
		} else if (ch_str_eqz(kind, "reports")) {
			q = (struct ch_query){ .report = full };
			ok = ch_store_events(s, &q, why_event, o, err);
		} else {
			for (unsigned i = 0; ok && i < CH_REG_N; i++)
				if (ch_str_eqz(kind, ch_register_of((enum ch_register_id)i)->name))
					ok = ch_store_rows(s, (enum ch_register_id)i, &q, why_row, o, err) &&
					     (i != CH_REG_PLEDGES || ch_agenda_of_pledge(s, full, &agenda, err));
		}
		if (agenda)
			ch_json_set(o, "agenda", agenda);
	}
	ch_arena_free(&arena);
	return ch_json_give(o, ok, json);
}
