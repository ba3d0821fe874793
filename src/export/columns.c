/* export/columns.c -- which columns the tables have that people get, on a terminal and as CSV, and how a record fills them. */
#include "chancery.h"
#include "export/json.h"
#include <stdio.h>
#include <stdlib.h>

static const struct chancery_column events[] = {
	{ "date", "date", 10, 2 }, { "type", "type", 9, 0 }, { "mode", "mode", 7, 1 }, { "source", "source", 6, 2 },
	{ "target", "target", 6, 2 }, { "place", "place", 5, 0 }, { "status", "status", 6, 1 }, { "sentence", "text", 8, 8 },
	{ "id", "id", 8, 0 },
};
static const struct chancery_column visits[] = {
	{ "date", "date", 10, 2 }, { "visitor", "source", 6, 2 }, { "host", "target", 6, 2 }, { "who", "actor", 10, 3 },
	{ "place", "place", 5, 0 }, { "status", "status", 6, 1 }, { "rank", "rank", 5, 1 }, { "sentence", "text", 8, 8 },
	{ "invited by", "invited_by", 6, 2 }, { "delegation", "delegation", 6, 2 }, { "id", "id", 8, 0 },
};
static const struct chancery_column meetings[] = {
	{ "date", "date", 10, 2 }, { "mode", "mode", 7, 1 }, { "parties", "source", 7, 2 }, { "with", "target", 6, 2 },
	{ "place", "place", 5, 0 }, { "status", "status", 6, 1 }, { "sentence", "text", 8, 8 }, { "id", "id", 8, 0 },
};
static const struct chancery_column letters[] = {
	{ "date", "date", 10, 2 }, { "kind", "mode", 6, 0 }, { "from", "source", 6, 2 }, { "to", "target", 6, 2 },
	{ "status", "status", 6, 1 }, { "sentence", "text", 8, 8 }, { "id", "id", 8, 0 },
};
static const struct chancery_column instruments[] = {
	{ "date", "date", 10, 2 }, { "title", "title", 20, 6 }, { "kind", "kind", 8, 1 }, { "parties", "parties", 7, 2 },
	{ "place", "place", 5, 0 }, { "status", "status", 6, 1 }, { "provides", "provides", 10, 3 },
	{ "page", "page.outlet|page.path", 6, 1 }, { "id", "id", 8, 0 },
};
static const struct chancery_column quotes[] = {
	{ "published", "page.published", 10, 0 }, { "speaker", "speaker", 12, 2 }, { "country", "country", 7, 0 },
	{ "direct", "direct", 6, 0 }, { "text", "text", 20, 10 }, { "page", "page.outlet|page.path", 6, 1 }, { "id", "id", 8, 0 },
};
static const struct chancery_column variants[] = {
	{ "published", "page.published", 10, 0 }, { "speaker", "speaker", 12, 2 }, { "text", "said", 20, 10 }, { "wordings", "wordings", 8, 0 },
	{ "pages", "tellings", 5, 0 }, { "page", "page.outlet|page.path", 6, 1 }, { "id", "id", 8, 0 },
};
static const struct chancery_column roles[] = {
	{ "who", "who", 12, 3 }, { "role", "role", 12, 3 }, { "body", "body", 6, 2 }, { "from", "from", 4, 1 }, { "to", "to", 4, 1 },
	{ "published", "page.published", 10, 0 }, { "sentence", "sentence", 10, 5 }, { "id", "id", 8, 0 },
};
static const struct chancery_column positions[] = {
	{ "who", "who", 8, 2 }, { "stance", "stance", 8, 1 }, { "about", "about", 16, 5 }, { "since", "since", 5, 1 },
	{ "published", "page.published", 10, 0 }, { "sentence", "sentence", 10, 5 }, { "id", "id", 8, 0 },
};
static const struct chancery_column tallies[] = {
	{ "who", "who", 8, 2 }, { "", "comparison", 1, 0 }, { "count", "count", 6, 1 }, { "what", "what", 16, 5 },
	{ "period", "period", 6, 1 }, { "published", "page.published", 10, 0 }, { "sentence", "sentence", 10, 4 },
	{ "id", "id", 8, 0 },
};
static const struct chancery_column gatherings[] = {
	{ "date", "date", 10, 2 }, { "name", "name", 20, 6 }, { "kind", "kind", 7, 1 }, { "body", "body", 4, 1 }, { "host", "host", 4, 1 },
	{ "mediator", "mediator", 4, 1 }, { "participants", "participants", 7, 2 }, { "place", "place", 5, 0 },
	{ "status", "status", 6, 1 }, { "sentence", "sentence", 8, 4 }, { "id", "id", 8, 0 },
};
static const struct chancery_column initiatives[] = {
	{ "founded", "founded", 7, 1 }, { "name", "name", 20, 6 }, { "kind", "kind", 8, 1 }, { "founders", "founders", 8, 2 },
	{ "years", "anniversary", 5, 0 }, { "status", "status", 6, 1 }, { "sentence", "sentence", 8, 4 }, { "id", "id", 8, 0 },
};
static const struct chancery_column relations[] = {
	{ "since", "since", 7, 1 }, { "parties", "parties", 8, 2 }, { "level", "level", 16, 3 }, { "change", "change", 8, 1 },
	{ "status", "status", 6, 1 }, { "published", "page.published", 10, 0 }, { "sentence", "sentence", 8, 5 }, { "id", "id", 8, 0 },
};
static const struct chancery_column marks[] = {
	{ "who", "who", 10, 2 }, { "mark", "mark", 8, 1 }, { "about", "about", 12, 3 }, { "party", "party", 5, 1 },
	{ "published", "page.published", 10, 0 }, { "sentence", "sentence", 10, 5 }, { "id", "id", 8, 0 },
};
static const struct chancery_column pages[] = {
	{ "published", "published", 10, 0 }, { "outlet", "outlet", 8, 2 }, { "agency", "agency", 6, 1 }, { "title", "title", 20, 8 },
	{ "article", "article", 7, 0 }, { "path", "path", 10, 4 }, { "id", "id", 8, 0 },
};

/* A line a report: the event, with the day that the page gives it, and which page tells it. */
static const struct chancery_column reports[] = {
	{ "date", "report.version.date|date", 10, 1 }, { "type", "type", 9, 0 }, { "mode", "mode", 7, 1 }, { "source", "source", 6, 1 },
	{ "target", "target", 6, 1 }, { "published", "report.page.published", 10, 0 },
	{ "page", "report.page.outlet|report.page.path", 6, 2 }, { "sentence", "report.text", 8, 8 }, { "event", "id", 8, 0 },
	{ "report", "report.id", 8, 0 },
};

/* What was counted, and what the store holds of it; for people in words (tally_check.c). */
static const struct chancery_column checks[] = {
	{ "who", "who", 5, 1 }, { "comparison", "comparison", 1, 0 }, { "claimed", "count", 7, 0 }, { "what", "what", 12, 3 },
	{ "period", "period", 6, 0 }, { "recorded", "recorded", 8, 0 }, { "verdict", "verdict", 8, 2 }, { "see", "query", 16, 6 },
	{ "outlet", "page.outlet", 6, 0 }, { "published", "page.published", 10, 0 }, { "sentence", "sentence", 8, 0 },
	{ "id", "id", 8, 0 },
};

static const struct chancery_column agenda[] = {
	{ "due", "due", 10, 2 }, { "what", "what", 7, 1 }, { "who", "who", 4, 2 }, { "with", "with", 4, 2 },
	{ "announced", "first.page.published", 10, 0 }, { "page", "first.page.outlet|first.page.path", 6, 1 }, { "told", "told", 4, 0 },
	{ "state", "state", 9, 0 }, { "sentence", "first.text", 12, 8 }, { "outcome", "outcome.text", 12, 8 }, { "by", "by", 8, 0 },
	{ "id", "id", 8, 0 },
};
static const struct chancery_column pledges[] = {
	{ "due", "due", 9, 0 }, { "who", "who", 8, 2 }, { "what", "what", 20, 7 }, { "published", "page.published", 10, 0 },
	{ "state", "state", 9, 0 }, { "by", "by", 8, 0 }, { "sentence", "sentence", 10, 4 }, { "id", "id", 8, 0 },
};
static const struct chancery_column conflicts[] = {
	{ "conflict", "number", 8, 0 }, { "kind", "kind", 5, 0 }, { "differ", "differ", 6, 0 }, { "one", "one", 3, 0 },
	{ "what", "what", 10, 2 }, { "date", "value.date", 10, 0 }, { "place", "value.place", 5, 0 }, { "parties", "value.parties", 7, 1 },
	{ "comparison", "value.comparison", 1, 0 }, { "count", "value.count", 5, 0 }, { "outlet", "value.page.outlet", 6, 1 },
	{ "published", "value.page.published", 10, 0 }, { "sentence", "value.sentence", 10, 4 }, { "page", "value.page.id", 8, 0 },
	{ "id", "value.event|value.id", 8, 0 },
};
static const struct chancery_column coverage[] = {
	{ "key", "key", 8, 6 }, { "pages", "pages", 5, 0 }, { "articles", "articles", 8, 0 }, { "stories", "stories", 7, 0 },
	{ "coded", "coded", 5, 0 }, { "events", "events", 6, 0 }, { "first", "first", 10, 0 }, { "last", "last", 10, 0 },
	{ "undated", "undated", 7, 0 },
};
static const struct chancery_column versions[] = {
	{ "program", "program_version", 7, 1 }, { "lexicon", "lexicon_version", 8, 1 }, { "model", "model_version", 8, 1 },
	{ "pages", "pages", 5, 0 }, { "reports", "reports", 7, 0 },
};
static const struct chancery_column stories[] = {
	{ "first seen", "first_seen", 10, 0 }, { "first publisher", "first_publisher", 8, 2 }, { "origin", "origin", 6, 2 },
	{ "title", "title", 20, 8 }, { "pages", "pages", 5, 0 }, { "outlets", "outlets", 7, 0 },
	{ "last seen", "last_seen", 10, 0 }, { "id", "id", 8, 0 },
};
static const struct chancery_column decisions[] = {
	{ "no", "number", 3, 0 }, { "verdict", "verdict", 7, 0 }, { "state", "state", 6, 0 }, { "kind", "kind", 7, 1 }, { "record", "record", 8, 0 }, { "set", "changed", 6, 3 },
	{ "said", "said", 8, 4 }, { "by", "by", 4, 1 }, { "reason", "reason", 8, 3 }, { "at", "at", 10, 0 },
};

/* Sentences that full text finds. */
static const struct chancery_column search[] = {
	{ "published", "page.published", 10, 0 }, { "outlet", "page.outlet|page.path", 8, 1 }, { "title", "page.title", 12, 3 },
	{ "sentence", "text", 20, 8 }, { "number", "number", 6, 0 }, { "page", "page.id", 8, 0 },
};
static const struct chancery_column actors[] = {
	{ "name", "name", 14, 4 }, { "kind", "kind", 6, 0 }, { "of", "party", 4, 1 }, { "wikidata", "wikidata", 4, 0 }, { "id", "id", 8, 2 },
};
static const struct chancery_column parties[] = {
	{ "code", "code", 5, 0 }, { "name", "name", 14, 4 }, { "kind", "kind", 6, 0 }, { "adjective", "adjective", 8, 1 }, { "country", "country", 3, 0 },
	{ "until", "until", 10, 0 },
};
static const struct chancery_column suggestions[] = {
	{ "kind", "kind", 10, 0 }, { "name", "name", 10, 2 }, { "code", "code", 5, 0 }, { "id", "id", 8, 0 },
};
static const struct chancery_column unknown[] = {
	{ "n", "n", 3, 0 }, { "kind", "kind", 6, 0 }, { "what", "what", 12, 1 }, { "source", "source", 4, 2 }, { "target", "target", 4, 2 },
	{ "sentence", "sentence", 20, 3 },
};
static const struct chancery_column watchlists[] = {
	{ "name", "name", 10, 0 }, { "title", "title", 10, 2 }, { "register", "register", 8, 0 },
};
static const struct chancery_column series[] = {
	{ "period", "period", 10, 0 }, { "key", "key", 10, 1 }, { "events", "events", 6, 0 },
};

#define TABLE(name) { #name, name, sizeof name / sizeof *name }

static const struct {
	const char *name;
	const struct chancery_column *columns;
	size_t n;
} all[] = {
	TABLE(events), TABLE(visits), TABLE(meetings), TABLE(letters), TABLE(instruments), TABLE(quotes), TABLE(roles), TABLE(positions),
	TABLE(tallies), TABLE(pledges), TABLE(gatherings), TABLE(initiatives), TABLE(relations), TABLE(marks), TABLE(pages), TABLE(reports),
	TABLE(variants), TABLE(checks), TABLE(agenda), TABLE(conflicts), TABLE(coverage), TABLE(versions), TABLE(stories), TABLE(decisions),
	TABLE(search), TABLE(actors), TABLE(parties), TABLE(series), TABLE(suggestions), TABLE(watchlists), TABLE(unknown),
};

const struct chancery_column *chancery_columns(const char *table, size_t *n)
{
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		if (strcmp(all[i].name, table) != 0)
			continue;
		*n = all[i].n;
		return all[i].columns;
	}
	*n = 0;
	return NULL;
}

/* ---- cells ---- */

static const json_t *inside(const json_t *object, const char *field, size_t n)
{
	char key[64];

	while (n && json_is_object(object)) {
		const char *dot = memchr(field, '.', n);
		size_t len = dot ? (size_t)(dot - field) : n;

		if (len >= sizeof key)
			return NULL;
		memcpy(key, field, len);
		key[len] = '\0';
		object = json_object_get(object, key);
		n -= len + (dot != NULL);
		field += len + (dot != NULL);
	}
	return n ? NULL : object;
}

/* The first of "a|b.c" that says something. */
static const json_t *find(const json_t *object, const char *field)
{
	while (*field) {
		size_t n = strcspn(field, "|");
		const json_t *value = inside(object, field, n);

		if (value && !json_is_null(value) && !(json_is_string(value) && !json_string_length(value)) &&
		    !(json_is_array(value) && !json_array_size(value)))
			return value;
		field += n + (field[n] == '|');
	}
	return NULL;
}

static struct ch_str value_text(struct ch_arena *arena, const json_t *value)
{
	if (json_is_string(value))
		return ch_str_n(json_string_value(value), json_string_length(value));
	if (json_is_integer(value))
		return ch_arena_printf(arena, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	if (json_is_real(value))
		return ch_arena_printf(arena, "%.6g", json_real_value(value));
	return json_is_boolean(value) ? ch_str_z(json_is_true(value) ? "yes" : "no") : CH_STR("");
}

static void put(struct ch_arena *arena, struct ch_str *out, size_t *room, struct ch_str s)
{
	if (out->len + s.len > *room) {
		size_t more = (*room + s.len) * 2;
		char *p = ch_arena_alloc(arena, more);

		memcpy(p, out->len ? out->ptr : "", out->len);
		out->ptr = p;
		*room = more;
	}
	memcpy((char *)(uintptr_t)out->ptr + out->len, s.len ? s.ptr : "", s.len);
	out->len += s.len;
}

static struct ch_str cell(struct ch_arena *arena, const json_t *object, const char *field)
{
	const json_t *value = find(object, field), *item;
	struct ch_str text = CH_STR("");
	size_t i, room = 0;

	if (!json_is_array(value))
		return value_text(arena, value);
	json_array_foreach(value, i, item) {
		if (text.len)
			put(arena, &text, &room, CH_STR(", "));
		put(arena, &text, &room, value_text(arena, json_is_object(item) ? json_object_get(item, "entity_text") : item));
	}
	return text;
}

/* ---- CSV (RFC 4180) ---- */

bool ch_csv_formula(struct ch_str s)
{
	return s.len > 1 && memchr("=+-@\t\r", *s.ptr, 6);
}

static void put_cell(struct ch_arena *arena, struct ch_str *line, size_t *room, struct ch_str s, bool text)
{
	bool quoted = text && ch_csv_formula(s);

	for (size_t i = 0; i < s.len && !quoted; i++)
		quoted = s.ptr[i] == ',' || s.ptr[i] == '"' || s.ptr[i] == '\r' || s.ptr[i] == '\n';
	if (!quoted) {
		put(arena, line, room, s);
		return;
	}
	put(arena, line, room, text && ch_csv_formula(s) ? CH_STR("\"'") : CH_STR("\""));
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '"')
			put(arena, line, room, CH_STR("\""));
		put(arena, line, room, ch_str_sub(s, i, i + 1));
	}
	put(arena, line, room, CH_STR("\""));
}

bool chancery_csv(const struct chancery_column *columns, size_t n, const char *json, size_t size, chancery_row_fn *row, void *ctx)
{
	json_t *object = json ? json_loadb(json, size, 0, NULL) : NULL;
	struct ch_arena arena = { 0 };
	struct ch_str line = CH_STR("");
	size_t room = 0;
	bool go;

	for (size_t i = 0; i < n; i++) {
		if (i)
			put(&arena, &line, &room, CH_STR(","));
		if (json)
			put_cell(&arena, &line, &room, cell(&arena, object, columns[i].field), !json_is_number(find(object, columns[i].field)));
		else
			put_cell(&arena, &line, &room, ch_str_z(columns[i].title), true);
	}
	put(&arena, &line, &room, CH_STR("\r\n"));
	json_decref(object);
	go = row(ctx, line.ptr, line.len);
	ch_arena_free(&arena);
	return go;
}

/* ---- records that are several lines ---- */

/* What a conflict is about: "OST BHR CONSULT visit actual", "OST agreements 2018". */
static struct ch_str conflict_title(struct ch_arena *arena, const json_t *o)
{
	static const char *const fields[] = { "parties", "type", "mode", "status", "who", "what", "period" };
	const bool tally = json_object_get(o, "kind") && strcmp(json_string_value(json_object_get(o, "kind")), "tally") == 0;
	struct ch_str text = CH_STR("");
	size_t room = 0;

	for (size_t i = tally ? 4 : 0; i < (tally ? 7 : 4); i++) {
		struct ch_str one = cell(arena, o, fields[i]);

		if (text.len && one.len)
			put(arena, &text, &room, CH_STR(" "));
		put(arena, &text, &room, one);
	}
	return text;
}

bool chancery_lines(const char *table, unsigned long long number, const char *json, size_t size, chancery_row_fn *row, void *ctx)
{
	const bool by_report = strcmp(table, "reports") == 0, by_value = strcmp(table, "conflicts") == 0;
	const char *many = by_report ? "reports" : "values", *one = by_report ? "report" : "value";
	struct ch_arena arena = { 0 };
	json_t *o, *list, *item;
	bool go = true;
	size_t i;

	if (!by_report && !by_value)
		return row(ctx, json, size);
	o = json_loadb(json, size, 0, NULL);
	list = json_incref(json_object_get(o, many));
	json_object_del(o, many);
	if (by_value) {
		ch_json_set(o, "number", json_integer((json_int_t)number));
		ch_json_set(o, "what", ch_json_str(conflict_title(&arena, o)));
	}
	json_array_foreach(list, i, item) {
		struct ch_str line;

		if (!go)
			break;
		json_object_set(o, one, item);
		line = ch_json_line(&arena, json_incref(o));
		go = row(ctx, line.ptr, line.len);
	}
	json_decref(list);
	json_decref(o);
	ch_arena_free(&arena);
	return go;
}
