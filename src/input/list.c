/* input/list.c -- which format a list has, whose column is whose, and CSV and TSV (RFC 4180). See list.h. */
#include "input/list_priv.h"
#include "base/utf8.h"
#include "input/list_words.h" /* made at build time from lexicon/lists/ */
#include "text/words.h"

/* In the order of enum ch_list_field. */
static const struct {
	const char *name;
	unsigned section;
} fields[CH_LIST_N] = {
	{ "id", LIST_WORDS_ID }, { "who", LIST_WORDS_WHO }, { "origin", LIST_WORDS_ORIGIN }, { "with", LIST_WORDS_WITH },
	{ "place", LIST_WORDS_PLACE }, { "locale", LIST_WORDS_LOCALE }, { "date", LIST_WORDS_DATE }, { "end", LIST_WORDS_END },
	{ "type", LIST_WORDS_TYPE }, { "title", LIST_WORDS_TITLE }, { "note", LIST_WORDS_NOTE }, { NULL, LIST_WORDS_FROM },
	{ NULL, LIST_WORDS_TO },
};

const char *ch_list_field_name(enum ch_list_field field)
{
	return field < CH_LIST_N ? fields[field].name : NULL;
}

void ch_list_free(struct ch_list *list)
{
	ch_arena_free(&list->arena);
}

/* ---- names of columns ---- */

static bool lower(char c)
{
	return c >= 'a' && c <= 'z';
}

struct ch_str ch_list_plain_name(struct ch_str name, char out[CH_LIST_NAME_MAX + 1])
{
	size_t n = 0;

	name = ch_str_trim(name);
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];
		bool upper = c >= 'A' && c <= 'Z', part = c == ' ' || c == '_' || c == '-' || c == '.' || c == '\t';

		if (n && out[n - 1] != ' ' && (part || (upper && lower(name.ptr[i - 1])))) {
			if (n >= CH_LIST_NAME_MAX)
				return CH_STR("");
			out[n++] = ' ';
		}
		if (part)
			continue;
		if (n >= CH_LIST_NAME_MAX)
			return CH_STR("");
		out[n++] = upper ? (char)(c - 'A' + 'a') : c;
	}
	while (n && out[n - 1] == ' ')
		n--;
	return ch_str_n(out, n);
}

const char *ch_list_event(struct ch_str word)
{
	char buf[CH_LIST_NAME_MAX + 1];
	const struct ch_word *w = ch_words_find(&list_words, ch_list_plain_name(word, buf));
	const struct ch_word_sense *s = ch_word_sense(&list_words, w, LIST_WORDS_EVENT);

	return s ? s->value : "";
}

static void see(struct ch_list_columns *c, struct ch_str name)
{
	enum { SHOWN = 12, LONG = 40 };
	bool added;

	if (c->known.n >= CH_LIST_COLUMNS_MAX || ch_map_get(&c->known, name))
		return;
	ch_map_put(&c->known, ch_arena_str(&c->list->arena, name), 0, &added);
	if (c->n_seen++ >= SHOWN)
		return;
	for (size_t i = 0; i < (c->n_seen > 1 ? 2u : 0u); i++)
		*CH_PUSH(&c->list->arena, &c->seen) = ", "[i];
	for (size_t i = 0; i < name.len && i < LONG; i++)
		*CH_PUSH(&c->list->arena, &c->seen) = (unsigned char)name.ptr[i] < 0x20 ? ' ' : name.ptr[i];
}

enum ch_list_field ch_list_field_of(struct ch_list_columns *c, struct ch_str name, int *rank)
{
	char plain[CH_LIST_NAME_MAX + 1], own[CH_LIST_NAME_MAX + 1];
	struct ch_str key = ch_list_plain_name(name, plain);
	const struct ch_word *word;

	name = ch_str_trim(name);
	see(c, name);
	*rank = 1;
	for (unsigned f = 0; f < CH_LIST_N; f++)
		if (c->own[f].len && (ch_str_eq(c->own[f], name) || (key.len && ch_str_eq(ch_list_plain_name(c->own[f], own), key)))) {
			c->owned[f] = true;
			return (enum ch_list_field)f;
		}
	word = key.len ? ch_words_find(&list_words, key) : NULL;
	for (unsigned f = 0; word && f < CH_LIST_N; f++) {
		const struct ch_word_sense *s = ch_word_sense(&list_words, word, fields[f].section);

		if (s && !c->own[f].len && !c->constant[f].len) {
			*rank = s->number ? s->number : 1;
			return (enum ch_list_field)f;
		}
	}
	return CH_LIST_N;
}

/* ---- rows ---- */

void ch_list_put(struct ch_list_columns *c, struct ch_list_making *m, enum ch_list_field field, int rank, struct ch_str text, bool more)
{
	enum { JOINED_MAX = 8192 };
	struct ch_arena *a = &c->list->arena;
	struct ch_str had = m->row.field[field < CH_LIST_N ? field : 0];
	char *to;

	text = ch_utf8_repair(a, ch_str_trim(text), NULL);
	if (field >= CH_LIST_N || !text.len)
		return;
	if (!m->rank[field] || rank < m->rank[field]) {
		m->row.field[field] = ch_arena_str(a, text);
		m->rank[field] = rank;
		m->room[field] = text.len;
	} else if (more && rank == m->rank[field] && had.len + 2 + text.len <= JOINED_MAX) {
		size_t len = had.len + 2 + text.len;

		/* Room doubles, so that a field of many values costs no square of them. Who holds the shorter text sees no change. */
		if (len > m->room[field]) {
			m->room[field] = 2 * len;
			to = ch_arena_alloc(a, m->room[field]);
			memcpy(to, had.ptr, had.len);
		} else {
			to = (char *)(uintptr_t)had.ptr;
		}
		memcpy(to + had.len, "; ", 2);
		memcpy(to + had.len + 2, text.ptr, text.len);
		m->row.field[field] = ch_str_n(to, len);
	}
}

/* A text that can only be a date: begins with a number or a month. */
static bool looks_dated(struct ch_str text)
{
	ch_day lo, hi;

	return ch_list_date(text, CH_ORDER_DMY, &lo, &hi) == CH_LIST_DATE_OK || ch_list_date(text, CH_ORDER_MDY, &lo, &hi) == CH_LIST_DATE_OK;
}

/* "from" and "to" are the days of a visit, or its sides. */
static void settle(struct ch_list_making *m, enum ch_list_field from, enum ch_list_field as_date, enum ch_list_field else_as)
{
	enum ch_list_field to = looks_dated(m->row.field[from]) ? as_date : else_as;

	if (m->row.field[from].len && !m->row.field[to].len)
		m->row.field[to] = m->row.field[from];
	m->row.field[from] = CH_STR("");
}

void ch_list_done(struct ch_list_columns *c, struct ch_list_making *m)
{
	bool any = false;

	c->given++;
	for (unsigned f = 0; f < CH_LIST_N; f++)
		any = any || m->row.field[f].len;
	settle(m, CH_LIST_FROM, CH_LIST_DATE, m->row.field[CH_LIST_WHO].len ? CH_LIST_ORIGIN : CH_LIST_WHO);
	settle(m, CH_LIST_TO, CH_LIST_END, CH_LIST_WITH);
	for (unsigned f = 0; any && f < CH_LIST_N; f++) {
		if (c->constant[f].len)
			m->row.field[f] = c->constant[f];
		c->list->has[f] = c->list->has[f] || m->row.field[f].len;
	}
	if (any)
		*CH_PUSH(&c->list->arena, &c->list->rows) = m->row;
}

/* ---- the map ---- */

static bool read_map(struct ch_list_columns *c, struct ch_str map, struct ch_err *err)
{
	struct ch_str one;

	while (ch_str_cut(&map, ',', &one)) {
		size_t eq = ch_str_find_byte(one, '=', 0);
		struct ch_str key = ch_str_trim(ch_str_sub(one, 0, eq)), value;
		bool constant;
		unsigned f = 0;

		if (!ch_str_trim(one).len)
			continue;
		while (f < CH_LIST_N && !(fields[f].name && ch_str_eqz(key, fields[f].name)))
			f++;
		value = eq == CH_STR_NONE ? CH_STR("") : ch_str_sub(one, eq + 1, one.len);
		constant = value.len && value.ptr[0] == '=';
		value = ch_str_trim(constant ? ch_str_sub(value, 1, value.len) : value);
		if (f == CH_LIST_N || !value.len)
			return ch_fail(err, "--map: '%.*s' is not FIELD=COLUMN with a FIELD of who, origin, with, place, locale, date, end, type, "
				       "title, note, id", (int)(one.len < 60 ? one.len : 60), one.ptr);
		value = ch_arena_str(&c->list->arena, ch_utf8_repair(&c->list->arena, value, NULL));
		*(constant ? &c->constant[f] : &c->own[f]) = value;
	}
	return true;
}

/* ---- CSV, TSV ---- */

struct csv {
	struct ch_str rest;
	char separator;
	uint32_t line;           /* on which the next record begins */
	bool open;               /* a quotation mark was never closed */
	CH_VEC(struct ch_str) cells;
};

/* The separator that the first line has most of, outside quotation marks. */
static char separator_of(struct ch_str bytes)
{
	static const char all[] = { '\t', ',', ';', '|' };
	uint32_t count[4] = { 0 }, best = 1;
	bool quoted = false;

	for (size_t i = 0; i < bytes.len && (quoted || bytes.ptr[i] != '\n') && i < 65536; i++) {
		quoted = quoted != (bytes.ptr[i] == '"');
		for (uint32_t k = 0; k < 4; k++)
			count[k] += !quoted && bytes.ptr[i] == all[k];
	}
	for (uint32_t k = 0; k < 4; k++)
		if (count[k] > count[best])
			best = k;
	return all[best];
}

/* A cell off the rest; *last: it ends its record. Doubled quotation marks are one (in `to`). */
static struct ch_str cell(struct csv *x, struct ch_arena *a, bool *last)
{
	struct ch_str s = x->rest;
	size_t i = 0, n = 0;
	char *out = NULL;

	while (i < s.len && (s.ptr[i] == ' ' || (s.ptr[i] == '\t' && x->separator != '\t')))
		i++;
	if (i < s.len && s.ptr[i] == '"') {
		size_t from = ++i;

		for (; i < s.len && !(s.ptr[i] == '"' && !(i + 1 < s.len && s.ptr[i + 1] == '"')); i++) {
			i += s.ptr[i] == '"';
			x->line += s.ptr[i] == '\n';
		}
		x->open = i >= s.len;
		out = ch_arena_alloc(a, i - from + 1);
		for (size_t k = from; k < i; k++) {
			k += s.ptr[k] == '"';
			out[n++] = s.ptr[k] == '\n' || s.ptr[k] == '\r' ? ' ' : s.ptr[k];
		}
	}
	{
		size_t from = out ? i : 0, end = from;

		while (end < s.len && s.ptr[end] != x->separator && s.ptr[end] != '\n')
			end++;
		*last = end >= s.len || s.ptr[end] == '\n';
		x->line += end < s.len && s.ptr[end] == '\n';
		x->rest = ch_str_sub(s, end + 1, s.len);
		return ch_str_trim(out ? ch_str_n(out, n) : ch_str_sub(s, from, end));
	}
}

static void record(struct csv *x, struct ch_arena *a)
{
	bool last = false;

	x->cells.n = 0;
	while (!last) {
		struct ch_str text = cell(x, a, &last);

		if (x->cells.n < CH_LIST_COLUMNS_MAX)
			*CH_PUSH(a, &x->cells) = text;
	}
}

static bool read_csv(struct ch_list_columns *c, struct ch_str bytes, const char *name, struct ch_err *err)
{
	struct ch_arena *a = &c->list->arena;
	struct csv x = { .rest = bytes, .separator = separator_of(bytes), .line = 1 };
	enum ch_list_field field[CH_LIST_COLUMNS_MAX];
	int rank[CH_LIST_COLUMNS_MAX];
	uint32_t n = 0;

	c->list->format = x.separator == '\t' ? "TSV" : "CSV";
	while (x.rest.len) {
		struct ch_list_making m = { .row = { .line = x.line } };
		bool comment = !n && x.rest.ptr[0] == '#';

		record(&x, a);
		if (x.open)
			return ch_fail(err, "%s:%u: a quotation mark is opened here and never closed", name, m.row.line);
		if (comment || (x.cells.n == 1 && !x.cells.v[0].len))
			continue;
		if (!n) {
			for (n = x.cells.n; n && !x.cells.v[n - 1].len; n--)
				;
			for (uint32_t i = 0; i < n; i++)
				field[i] = ch_list_field_of(c, x.cells.v[i], &rank[i]);
			continue;
		}
		for (uint32_t i = 0; i < n && i < x.cells.n; i++)
			ch_list_put(c, &m, field[i], rank[i], x.cells.v[i], false);
		ch_list_done(c, &m);
	}
	return true;
}

/* ---- all ---- */

static bool complete(const struct ch_list_columns *c, const char *name, struct ch_err *err)
{
	const struct ch_list *list = c->list;
	bool who = list->has[CH_LIST_WHO] || list->has[CH_LIST_ORIGIN] || list->has[CH_LIST_TITLE];

	for (unsigned f = 0; f < CH_LIST_N; f++)
		if (c->own[f].len && !c->owned[f])
			return ch_fail(err, "--map: %s has no column '%.*s'; it has %.*s", name, (int)(c->own[f].len < 60 ? c->own[f].len : 60),
				       c->own[f].ptr, (int)(c->seen.n < 250 ? c->seen.n : 250), c->seen.n ? c->seen.v : "none");
	if (!c->given)
		return ch_fail(err, "%s: has no rows (as %s); a list has a line of names of columns, and a line a row", name, list->format);
	if (!list->has[CH_LIST_DATE] || !(who || list->has[CH_LIST_PLACE]))
		return ch_fail(err, "%s: no column is known to say %s; name it, as in --map who=Leader,place=Country,date=Start (columns: %.*s)", name,
			       list->has[CH_LIST_DATE] ? "who" : "when", (int)(c->seen.n < 250 ? c->seen.n : 250), c->seen.n ? c->seen.v : "");
	return true;
}

bool ch_list_read(struct ch_list *list, struct ch_str bytes, struct ch_str map, const char *name, struct ch_err *err)
{
	struct ch_list_columns c = { .list = list };
	struct ch_str begin;
	bool ok;

	*list = (struct ch_list){ .format = "CSV" };
	ch_map_init(&c.known, &list->arena);
	if (!read_map(&c, map, err) || !ch_list_text(&list->arena, &bytes, name, err))
		return false;
	begin = ch_str_trim(bytes);
	if (begin.len && begin.ptr[0] == '<')
		ok = ch_list_xml(&c, begin, name, err);
	else if (begin.len && (begin.ptr[0] == '{' || begin.ptr[0] == '['))
		ok = ch_list_json(&c, begin, name, err);
	else
		ok = read_csv(&c, bytes, name, err);
	return ok && complete(&c, name, err);
}
