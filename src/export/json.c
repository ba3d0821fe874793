#include "export/json.h"
#include "base/utf8.h"
#include "event/context.h"
#include "export/voices.h"
#include "store/review.h"
#include <stdlib.h>

static json_t *must(json_t *value)
{
	if (!value)
		ch_die_memory(sizeof(void *));
	return value;
}

json_t *ch_json_str(struct ch_str s)
{
	json_t *value = json_stringn(s.ptr ? s.ptr : "", s.len);   /* NULL for what is no UTF-8: paths may be anything */

	if (!value) {
		struct ch_arena arena;

		ch_arena_init(&arena);
		s = ch_utf8_repair(&arena, s, NULL);
		value = json_stringn(s.ptr, s.len);
		ch_arena_free(&arena);
	}
	return must(value);
}

json_t *ch_json_or_null(struct ch_str s)
{
	return s.len ? ch_json_str(s) : json_null();
}

void ch_json_set(json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new_nocheck(object, key, value))
		ch_die_memory(sizeof(void *));
}

void ch_json_push(json_t *array, json_t *value)
{
	if (json_array_append_new(array, value))
		ch_die_memory(sizeof(void *));
}

json_t *ch_json_object(void)
{
	return must(json_object());
}

json_t *ch_json_array(void)
{
	return must(json_array());
}

static json_t *pair(uint32_t start, uint32_t end)
{
	json_t *span = ch_json_array();

	ch_json_push(span, must(json_integer(start)));
	ch_json_push(span, must(json_integer(end)));
	return span;
}

json_t *ch_json_span(struct ch_evidence e, enum ch_offsets offsets)
{
	if (!ch_evidence_given(e))
		return json_null();
	return offsets == CH_OFFSETS_RAW ? pair(e.raw.start, e.raw.end) : pair(e.text.start, e.text.end);
}

/* "-0" and "3.0000000000000004" help nobody: two decimals of a confidence are more than it is worth. */
static json_t *rounded(double x)
{
	return must(json_real((double)(long long)(x * 100 + (x < 0 ? -0.5 : 0.5)) / 100));
}

static json_t *entity(const struct ch_party *p)
{
	static const char *const kinds[] = { "person", "state", "organisation", "group" };
	json_t *e = ch_json_object();
	bool known_by_org = p->org.len > 0;
	/* Who stands for a country goes by its code; who has no code of his own (FARC, Kosovo, "African countries") by name. */
	bool by_party = !ch_str_eq(p->party, p->code);

	ch_json_set(e, "code", ch_json_or_null(p->code));
	ch_json_set(e, "sector", ch_json_or_null(p->sector));
	ch_json_set(e, "entity_text", ch_json_str(p->name.len ? p->name : p->party));
	ch_json_set(e, "identifier_id", known_by_org ? ch_json_str(p->org) : json_null());
	ch_json_set(e, "identifier_text", by_party && !known_by_org && p->kind != CH_ACTOR_PERSON && p->party.len ?
		    ch_json_str(p->party) : ch_json_or_null(p->name));
	ch_json_set(e, "office", ch_json_or_null(p->office));
	ch_json_set(e, "kind", must(json_string(kinds[p->kind])));
	return e;
}

static json_t *entities(struct ch_party_list side)
{
	json_t *list = ch_json_array();

	for (uint32_t i = 0; i < side.n; i++)
		ch_json_push(list, entity(&side.v[i]));
	return list;
}

static json_t *codes(struct ch_party_list side)
{
	json_t *list = ch_json_array();

	for (uint32_t i = 0; i < side.n; i++)
		if (side.v[i].party.len && (!i || !ch_str_eq(side.v[i].party, side.v[i - 1].party)))
			ch_json_push(list, ch_json_str(side.v[i].party));
	return list;
}

json_t *ch_json_names(struct ch_str joined)
{
	json_t *list = ch_json_array();
	struct ch_str one;

	while (ch_str_cut(&joined, ';', &one))
		if (ch_str_trim(one).len)
			ch_json_push(list, ch_json_str(ch_str_trim(one)));
	return list;
}

json_t *ch_json_page(const struct ch_page_info *info)
{
	json_t *p = ch_json_object();

	ch_json_set(p, "id", ch_json_str(info->id));
	ch_json_set(p, "path", ch_json_str(info->path));
	ch_json_set(p, "title", ch_json_or_null(info->title));
	ch_json_set(p, "outlet", ch_json_or_null(info->outlet));
	ch_json_set(p, "agency", ch_json_or_null(info->agency));
	ch_json_set(p, "published", ch_json_or_null(info->published));
	ch_json_set(p, "url", ch_json_or_null(info->url));
	if (info->license.len)      /* whoever passes a record on has to know */
		ch_json_set(p, "license", ch_json_str(info->license));
	ch_json_versions(p, info);
	return p;
}

json_t *ch_json_page_row(const struct ch_page_info *page)
{
	json_t *o = ch_json_page(page);

	ch_json_set(o, "author", ch_json_or_null(page->author));
	ch_json_set(o, "published_basis", ch_json_or_null(page->published_basis));
	ch_json_set(o, "modified", ch_json_or_null(page->modified));
	ch_json_set(o, "lang", ch_json_or_null(page->lang));
	ch_json_set(o, "section", ch_json_or_null(page->section));
	ch_json_set(o, "chain", ch_json_names(page->chain));
	if (!page->license.len)
		ch_json_set(o, "license", json_null());
	ch_json_set(o, "article", json_boolean(page->article));
	ch_json_set(o, "cut", json_boolean(page->cut));
	ch_json_set(o, "size", json_integer((json_int_t)page->raw_size));
	ch_json_set(o, "story", ch_json_or_null(page->story));
	return o;
}

void ch_json_versions(json_t *object, const struct ch_page_info *info)
{
	ch_json_set(object, "program_version", ch_json_or_null(info->program_version));
	ch_json_set(object, "lexicon_version", ch_json_or_null(info->lexicon_version));
	ch_json_set(object, "model_version", ch_json_or_null(info->model_version));
}

/* What a page says otherwise than the version that the event is shown as; null where it says the same. */
static json_t *version(const struct ch_event_record *e, const struct ch_report *r)
{
	json_t *o;

	if (!r->event.len || ch_str_eq(r->event, e->id))
		return json_null();
	o = ch_json_object();
	ch_json_set(o, "id", ch_json_str(r->event));
	ch_json_set(o, "mode", ch_json_or_null(r->mode));
	ch_json_set(o, "source", codes(r->source));
	ch_json_set(o, "target", codes(r->target));
	ch_json_set(o, "date", ch_json_or_null(r->date));
	ch_json_set(o, "place", ch_json_or_null(r->place));
	return o;
}

static json_t *voices(const struct ch_event_record *e)
{
	struct ch_arena arena = { 0 };
	const struct ch_page_info **pages = CH_NEW_N(&arena, const struct ch_page_info *, e->n_reports);
	json_t *o;

	for (uint32_t i = 0; i < e->n_reports; i++)
		pages[i] = e->reports[i].page;
	o = ch_json_voices(pages, e->n_reports);
	ch_json_set(o, "reports", must(json_integer(e->n_reports)));
	ch_arena_free(&arena);
	return o;
}

static json_t *report(const struct ch_event_record *e, const struct ch_report *r)
{
	json_t *o = ch_json_object();

	ch_json_set(o, "id", ch_json_str(r->id));
	ch_json_set(o, "page", ch_json_page(r->page));
	ch_json_set(o, "text", ch_json_or_null(r->sentence_text));
	ch_json_set(o, "trigger", ch_json_or_null(r->trigger_text));
	ch_json_set(o, "evidence", ch_json_span(r->trigger, CH_OFFSETS_RAW));
	ch_json_set(o, "sentence", ch_json_span(r->sentence, CH_OFFSETS_RAW));
	ch_json_set(o, "frame", ch_json_or_null(r->frame));
	ch_json_set(o, "claimed_by", ch_json_or_null(r->claimed_by));
	ch_json_set(o, "confidence", rounded(r->confidence));
	ch_json_set(o, "story", ch_json_or_null(r->page->story));
	ch_json_set(o, "version", version(e, r));
	if (r->reviewed)
		ch_json_set(o, "reviewed", ch_json_reviewed(r->reviewed));
	return o;
}

/* What its pages, all together, say that it is about. */
static json_t *contexts(const struct ch_event_record *e)
{
	json_t *list = ch_json_array();
	uint64_t set = 0;

	for (uint32_t i = 0; i < e->n_reports; i++)
		set |= e->reports[i].contexts;
	for (unsigned i = 0; i < CH_CONTEXT_N; i++)
		if (set >> i & 1)
			ch_json_push(list, ch_json_str(ch_str_z(ch_context_name(i))));
	return list;
}

/* Of each the first that a report has. */
static void visit_details(json_t *o, const struct ch_event_record *e)
{
	struct ch_str rank = { 0 }, delegation = { 0 }, invited_by = { 0 };

	for (uint32_t i = 0; i < e->n_reports; i++) {
		const struct ch_report *r = &e->reports[i];

		rank = rank.len ? rank : r->rank;
		delegation = delegation.len ? delegation : r->delegation;
		invited_by = invited_by.len ? invited_by : r->invited_by;
	}
	ch_json_set(o, "rank", ch_json_or_null(rank));
	ch_json_set(o, "delegation", ch_json_or_null(delegation));
	ch_json_set(o, "invited_by", ch_json_or_null(invited_by));
}

static json_t *fields(struct ch_str lines)
{
	struct ch_str name, value;
	json_t *o = ch_json_object();

	while (ch_fields_next(&lines, &name, &value)) {
		char key[64];

		if (ch_str_starts(name, CH_STR(".")))   /* for the store itself */
			continue;
		snprintf(key, sizeof key, "%.*s", CH_STR_ARG(name));
		ch_json_set(o, key, ch_json_or_null(value));
	}
	return o;
}

json_t *ch_json_reviewed(const struct ch_reviewed *r)
{
	json_t *o = ch_json_object();

	ch_json_set(o, "verdict", ch_json_str(r->verdict));
	ch_json_set(o, "by", ch_json_or_null(r->by));
	ch_json_set(o, "reason", ch_json_or_null(r->reason));
	ch_json_set(o, "at", ch_json_or_null(r->at));
	ch_json_set(o, "set", fields(r->changes));
	ch_json_set(o, "coded", fields(r->coded));
	return o;
}

json_t *ch_json_event(const struct ch_event_record *e, enum ch_offsets offsets, bool reports)
{
	const struct ch_report *r = &e->reports[0];
	enum ch_event_type type = ch_event_parse(e->type);
	char mode[32];
	json_t *o = ch_json_object();

	snprintf(mode, sizeof mode, "%.*s", CH_STR_ARG(e->mode));
	ch_json_set(o, "id", ch_json_str(e->id));
	ch_json_set(o, "type", ch_json_str(e->type));
	ch_json_set(o, "mode", ch_json_or_null(e->mode));
	ch_json_set(o, "source", codes(r->source));
	ch_json_set(o, "target", codes(r->target));
	ch_json_set(o, "date", ch_json_or_null(e->date));
	ch_json_set(o, "place", ch_json_or_null(e->place));
	ch_json_set(o, "status", ch_json_str(e->status));
	ch_json_set(o, "sentence", ch_json_span(r->sentence, offsets));
	ch_json_set(o, "trigger", ch_json_span(r->trigger, offsets));
	ch_json_set(o, "event", ch_json_str(e->type));
	ch_json_set(o, "actor", entities(r->source));
	ch_json_set(o, "recipient", entities(r->target));
	ch_json_set(o, "context", contexts(e));
	ch_json_set(o, "quad_code", must(json_integer(ch_event_quad(type))));
	ch_json_set(o, "event_scale", must(json_real(ch_event_scale(type, e->mode.len ? mode : NULL))));
	ch_json_set(o, "cameo", ch_json_or_null(r->cameo));
	ch_json_set(o, "event_text", ch_json_or_null(r->trigger_text));
	ch_json_set(o, "text", ch_json_or_null(r->sentence_text));
	ch_json_set(o, "date_basis", ch_json_or_null(r->date_basis));
	ch_json_set(o, "place_basis", ch_json_or_null(r->place_basis));
	ch_json_set(o, "claimed_by", ch_json_or_null(r->claimed_by));
	ch_json_set(o, "confidence", rounded(r->confidence));
	ch_json_set(o, "frame", ch_json_or_null(r->frame));
	ch_json_set(o, "evidence", ch_json_span(r->trigger, offsets));
	if (ch_str_eqz(e->mode, "visit"))
		visit_details(o, e);
	for (uint32_t i = 0; i < e->n_reports; i++) {
		if (e->reports[i].reviewed) {
			ch_json_set(o, "reviewed", ch_json_reviewed(e->reports[i].reviewed));
			break;
		}
	}
	if (reports) {
		json_t *list = ch_json_array();

		for (uint32_t i = 0; i < e->n_reports; i++)
			ch_json_push(list, report(e, &e->reports[i]));
		ch_json_set(o, "reports", list);
		ch_json_set(o, "voices", voices(e));
	}
	return o;
}

static json_t *number(double x)
{
	if (x > -9e15 && x < 9e15 && (double)(long long)x == x)
		return must(json_integer((long long)x));
	x = x == x && x < 1e300 && x > -1e300 ? x : 0;   /* JSON has no infinities */
	return must(json_real(x));
}

/* The keys of a note are those of its column. */
static json_t *note(const struct ch_col *col, const struct ch_note *n, enum ch_offsets offsets)
{
	bool views = strcmp(col->name, "views") == 0, refers = strcmp(col->name, "refers") == 0;
	json_t *o = ch_json_object();

	if (views || refers) {
		ch_json_set(o, views ? "about" : "name", ch_json_or_null(n->name));
		ch_json_set(o, "party", ch_json_or_null(n->party));
		ch_json_set(o, views ? "stance" : "basis", ch_json_or_null(n->value));
	}
	if (views)
		ch_json_set(o, "words", ch_json_or_null(n->words));
	ch_json_set(o, "text", ch_json_or_null(n->text));
	ch_json_set(o, "span", ch_json_span(n->span, offsets));
	return o;
}

static json_t *cell(const struct ch_col *col, const struct ch_cell *c, enum ch_offsets offsets)
{
	json_t *list;

	switch (col->kind) {
	case CH_COL_TEXT:
		return ch_json_or_null(c->text);
	case CH_COL_NUMBER:
		return number(c->number);
	case CH_COL_ORDINAL:
		return c->number > 0 ? number(c->number) : json_null();
	case CH_COL_BOOL:
		return json_boolean(c->number != 0);
	case CH_COL_SPAN:
		return ch_json_span(c->span, offsets);
	case CH_COL_LIST:
		list = ch_json_array();
		for (uint32_t i = 0; i < c->n_list; i++)
			ch_json_push(list, ch_json_str(c->list[i]));
		return list;
	case CH_COL_WORDS:
		list = ch_json_array();
		for (struct ch_str rest = c->text, one; ch_str_cut(&rest, ' ', &one);)
			ch_json_push(list, ch_json_str(one));
		return list;
	case CH_COL_NOTES:
		list = ch_json_array();
		for (uint32_t i = 0; i < c->n_notes; i++)
			ch_json_push(list, note(col, &c->notes[i], offsets));
		return list;
	}
	return json_null();
}

json_t *ch_json_row(const struct ch_row *row, enum ch_offsets offsets, bool page)
{
	json_t *o = ch_json_object();

	ch_json_set(o, "id", ch_json_str(row->id));
	for (uint32_t i = 0; i < CH_COLS_MAX && row->reg->cols[i].name; i++)
		ch_json_set(o, row->reg->cols[i].name, cell(&row->reg->cols[i], &row->cells[i], offsets));
	if (row->saying.len) {
		ch_json_set(o, "saying", ch_json_str(row->saying));
		ch_json_set(o, "wordings", json_integer(row->wordings));
		ch_json_set(o, "tellings", json_integer(row->tellings));
	}
	if (row->reviewed)
		ch_json_set(o, "reviewed", ch_json_reviewed(row->reviewed));
	if (page) {
		ch_json_set(o, "sentence", ch_json_or_null(row->context));
		ch_json_set(o, "page", ch_json_page(row->page));
	}
	return o;
}

struct ch_str ch_json_line(struct ch_arena *arena, json_t *value)
{
	char *text = json_dumps(value, JSON_COMPACT | JSON_REAL_PRECISION(10));
	struct ch_str line;

	json_decref(value);
	if (!text)
		ch_die_memory(1);
	line = ch_arena_str(arena, ch_str_z(text));
	free(text);
	return line;
}
