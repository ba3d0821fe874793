/* export/eval_json.c -- gold that holds its sentences, as JSON: our lines {"id","date","text","events"}, and records of PLOVER's gold
 * standard (2016), each a sentence with the one event that it is an example of. Objects stand one after the other, on lines of their
 * own or not, or in one list. And which kind of gold a file is. */
#include "export/eval.h"
#include <stdio.h>

/* ---- records ---- */

static struct ch_str id_of(struct ch_eval_gold *g, const json_t *o)
{
	const json_t *id = json_object_get(o, "id");

	return json_is_integer(id) ? ch_arena_printf(&g->arena, "%lld", (long long)json_integer_value(id)) : ch_eval_text(o, "id");
}

static struct ch_str text_of(const json_t *o)
{
	static const char *const names[] = { "text", "sentence", "eventText", "event_text" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (ch_eval_text(o, names[i]).len)
			return ch_eval_text(o, names[i]);
	return CH_STR("");
}

/* The gold of 2016 was typed for LaTeX: ``quotes'', \%, {braces}. */
static struct ch_str without_latex(struct ch_eval_gold *g, struct ch_str s)
{
	char *out = CH_NEW_N(&g->arena, char, s.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i], next = i + 1 < s.len ? s.ptr[i + 1] : '\0';

		if ((c == '`' || c == '\'') && next == c) {
			out[n++] = '"';
			i++;
		} else if (c == '\\' && next && strchr("$%&#_{}", next)) {
			out[n++] = next;
			i++;
		} else if (c != '{' && c != '}') {
			out[n++] = c == '`' ? '\'' : c;
		}
	}
	return ch_str_n(out, n);
}

static bool too_many(const struct ch_eval_sentence *s, struct ch_err *err)
{
	return s->events.n >= CH_EVAL_EVENTS_MAX && !ch_fail(err, "more than %d events in one sentence", CH_EVAL_EVENTS_MAX);
}

static bool read_record(struct ch_eval_gold *g, const json_t *o, struct ch_err *err)
{
	const json_t *events = json_object_get(o, "events"), *one;
	struct ch_str text = text_of(o), id = id_of(g, o), date;
	struct ch_eval_sentence *s;
	struct ch_eval_event e;
	size_t i;

	if (!json_is_object(o))
		return ch_fail(err, "a record that is no object");
	if (json_object_get(o, "skip") && !json_is_false(json_object_get(o, "skip")) && !json_is_null(json_object_get(o, "skip"))) {
		g->skipped++;
		return true;
	}
	if (!ch_str_trim(text).len)
		return ch_fail(err, "a record without a \"text\" (gold of pages wants SYSTEM or PAGEs beside it)");
	date = ch_eval_text(o, "date");
	if (!json_is_array(events)) {   /* one event a record: PLOVER's gold standard records */
		if (!ch_eval_event_read(g, o, &e, err))
			return false;
		g->format = "PLOVER records, an event each";
		s = ch_eval_sentence(g, id, without_latex(g, text), date);
		if (too_many(s, err))
			return false;
		*CH_PUSH(&g->arena, &s->events) = e;
		return true;
	}
	if (id.len && ch_map_get(&g->ids, id))
		return ch_fail(err, "id %.*s comes twice", CH_STR_ARG(id));
	g->format = "sentences with their events, JSON";
	s = ch_eval_sentence(g, id, text, date);
	if (id.len && !ch_str_eq(s->id, id))
		return ch_fail(err, "id %.*s has the text of id %.*s", CH_STR_ARG(id), CH_STR_ARG(s->id));
	json_array_foreach(events, i, one) {
		if (too_many(s, err) || !ch_eval_event_read(g, one, &e, err))
			return false;
		*CH_PUSH(&g->arena, &s->events) = e;
	}
	return true;
}

/* ---- values ---- */

/* How long the JSON object at the beginning of s is: to the bracket that closes its first. Strings are passed over whole. */
static size_t object_length(struct ch_str s)
{
	bool in_string = false;
	size_t depth = 0;

	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (in_string) {
			i += c == '\\';
			in_string = c != '"';
			continue;
		}
		in_string = c == '"';
		depth += c == '{' || c == '[';
		if ((c == '}' || c == ']') && --depth == 0)
			return i + 1;
	}
	return s.len;
}

struct values {
	struct ch_str rest;
	unsigned long line;   /* in which rest begins, from 1 */
	bool list;            /* of one list */
};

static void pass(struct values *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		v->line += v->rest.ptr[i] == '\n';
	v->rest = ch_str_sub(v->rest, n, v->rest.len);
}

static void pass_blanks(struct values *v)
{
	size_t n = 0;

	while (n < v->rest.len && v->rest.ptr[n] && strchr(" \t\r\n", v->rest.ptr[n]))
		n++;
	pass(v, n);
}

static struct values values_of(struct ch_str bytes)
{
	struct values v = { bytes, 1, false };

	if (ch_str_starts(bytes, CH_STR("\xEF\xBB\xBF")))
		v.rest = ch_str_sub(bytes, 3, bytes.len);
	pass_blanks(&v);
	if (v.rest.len && v.rest.ptr[0] == '[') {
		v.list = true;
		pass(&v, 1);
	}
	return v;
}

/* The next object, a new reference; NULL: the end, or where *ok is false a slip. *where: the line in which it begins. */
static json_t *next_object(struct values *v, const char *name, unsigned long *where, struct ch_err *err, bool *ok)
{
	json_error_t why;
	json_t *o;
	size_t n;

	pass_blanks(v);
	if (v->list && v->rest.len && v->rest.ptr[0] == ',') {
		pass(v, 1);
		pass_blanks(v);
	}
	*where = v->line;
	*ok = v->rest.len ? true : !v->list || ch_fail(err, "%s:%lu: the list has no end: a ']' is missing", name, v->line);
	if (!v->rest.len)
		return NULL;
	if (v->list && v->rest.ptr[0] == ']') {
		pass(v, 1);
		pass_blanks(v);
		*ok = !v->rest.len || ch_fail(err, "%s:%lu: something stands behind the end of the list", name, v->line);
		return NULL;
	}
	*ok = false;
	if (v->rest.ptr[0] != '{') {
		ch_fail(err, "%s:%lu: a JSON object ({…}) is wanted here", name, v->line);
		return NULL;
	}
	n = object_length(v->rest);
	o = json_loadb(v->rest.ptr, n, 0, &why);
	if (!o) {
		ch_fail(err, "%s:%lu: no JSON: %s", name, v->line + (why.line > 0 ? (unsigned long)why.line - 1 : 0), why.text);
		return NULL;
	}
	pass(v, n);
	*ok = true;
	return o;
}

static bool json_read(struct ch_eval_gold *g, struct ch_str bytes, const char *name, struct ch_err *err)
{
	struct values v = values_of(bytes);
	unsigned long line;
	json_t *o;
	bool ok;

	while ((o = next_object(&v, name, &line, err, &ok))) {
		ok = read_record(g, o, err) || ch_err_in(err, "%s:%lu", name, line);
		json_decref(o);
		if (!ok)
			return false;
	}
	return ok;
}

bool ch_eval_system_read(struct ch_eval_gold *g, struct ch_str bytes, const char *name, uint64_t *unknown, struct ch_err *err)
{
	struct values v = values_of(bytes);
	unsigned long line;
	json_t *o;
	bool ok;

	*unknown = 0;
	while ((o = next_object(&v, name, &line, err, &ok))) {
		const uint32_t *known = ch_map_get(&g->ids, id_of(g, o));
		char where[4096 + 32];

		snprintf(where, sizeof where, "%.4096s:%lu", name, line);
		*unknown += !known;
		if (known && g->sentences.v[*known].coded)
			ok = ch_fail(err, "%s: this id comes twice", where);
		else
			ok = !known || ch_eval_system_add(g, &g->sentences.v[*known], o, where, err);
		json_decref(o);
		if (!ok)
			return false;
	}
	return ok;
}

/* ---- which ---- */

static bool is_xml(struct ch_str bytes)
{
	struct values v = values_of(bytes);

	/* UTF-16 begins with its byte order mark: expat reads it */
	return (v.rest.len && v.rest.ptr[0] == '<') || ch_str_starts(bytes, CH_STR("\xFF\xFE")) || ch_str_starts(bytes, CH_STR("\xFE\xFF"));
}

/* Gold of pages has spans of a page, and no text of its own. */
bool ch_eval_holds_sentences(struct ch_str bytes)
{
	struct values v = values_of(bytes);
	unsigned long line;
	struct ch_err err;
	bool ok, holds;
	json_t *o;

	if (is_xml(bytes) || v.list)
		return true;
	o = next_object(&v, "", &line, &err, &ok);
	holds = o && !json_object_get(o, "page") && !json_object_get(o, "gold") && (text_of(o).len || json_object_get(o, "skip"));
	json_decref(o);
	return holds;
}

bool ch_eval_gold_read(struct ch_eval_gold *g, struct ch_str bytes, const char *name, struct ch_err *err)
{
	ch_map_init(&g->ids, &g->arena);
	ch_map_init(&g->texts, &g->arena);
	if (!(is_xml(bytes) ? ch_eval_xml_read(g, bytes, name, err) : json_read(g, bytes, name, err)))
		return false;
	if (!g->sentences.n)
		return ch_fail(err, "%s: no gold sentences there", name);
	return true;
}
