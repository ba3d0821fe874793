/* export/import.c -- chancery_actors_import: other collections' actors into the user's file. See import_priv.h. */
#include "export/import_priv.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "chancery.h"
#include "export/actors_file.h"
#include "run/input.h"
#include "who/atoms.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define NONE UINT32_MAX

/* ---- what the readers share ---- */

struct ch_str ch_import_code(const struct ch_import *x, const char *kind, struct ch_str code)
{
	char key[64];
	int n = snprintf(key, sizeof key, "%s %.*s", kind, CH_STR_ARG(code));
	const uint32_t *at = n > 0 && (size_t)n < sizeof key ? ch_map_get(&x->codes, ch_str_n(key, (size_t)n)) : NULL;

	return at ? x->values.v[*at] : CH_STR("");
}

static bool read_codes(struct ch_import *x, struct ch_err *err)
{
	struct ch_str text, line;

	ch_map_init(&x->codes, &x->arena);
	if (!ch_actor_list(&x->arena, "codes", &text, err))
		return false;
	while (ch_str_cut(&text, '\n', &line)) {
		size_t first = ch_str_find_byte(line, ' ', 0), second;

		if (!line.len || line.ptr[0] == '#' || first == CH_STR_NONE)
			continue;
		second = ch_str_find_byte(line, ' ', first + 1);
		second = second == CH_STR_NONE ? line.len : second;
		ch_map_put(&x->codes, ch_str_sub(line, 0, second), x->values.n, NULL);
		*CH_PUSH(&x->arena, &x->values) = ch_str_trim(ch_str_sub(line, second, line.len));
	}
	return true;
}

void ch_import_lost(struct ch_import *x, struct ch_str text, const char *why)
{
	bool added;
	uint32_t at = *ch_map_put(&x->reasons, ch_str_z(why), x->lost_by.n, &added);
	json_t *o;

	x->lost++;
	if (added)
		*CH_PUSH(&x->arena, &x->lost_by) = 0;
	if (x->lost_by.v[at]++ || json_array_size(x->examples) >= CH_IMPORT_EXAMPLES)
		return;
	o = ch_json_object();
	text = ch_str_trim(text);
	ch_json_set(o, "line", json_integer(x->line));
	ch_json_set(o, "text", ch_json_str(ch_str_sub(text, 0, 80)));
	ch_json_set(o, "why", ch_json_str(ch_str_z(why)));
	ch_json_push(x->examples, o);
}

void ch_import_put(struct ch_import *x, const char *fmt, ...)
{
	va_list ap, again;
	char *text;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	text = ch_arena_alloc(&x->arena, (size_t)(n < 0 ? 0 : n) + 1);
	vsnprintf(text, (size_t)(n < 0 ? 0 : n) + 1, fmt, again);
	va_end(again);
	for (; *text; text++)
		*CH_PUSH(&x->arena, &x->out) = *text;
}

struct ch_str ch_import_name(struct ch_import *x, struct ch_str text)
{
	char *out;
	size_t n = 0;
	struct ch_atom a;
	uint32_t at = 0;

	if (text.len > 160)
		return CH_STR("");
	text = ch_utf8_repair(&x->arena, text, NULL);
	out = ch_arena_alloc(&x->arena, text.len + 1);
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		c = (unsigned char)c <= 0x20 || c == 0x7f || strchr(";|[]{}=*#_\"", c) ? ' ' : c;
		if (c != ' ' || (n && out[n - 1] != ' '))
			out[n++] = c;
	}
	text = ch_str_trim(ch_str_n(out, n));
	/* "(f)" would be read as a mark */
	if (ch_str_find_byte(text, '(', 0) != CH_STR_NONE)
		text = ch_str_trim(ch_str_sub(text, 0, ch_str_find_byte(text, '(', 0)));
	return ch_atom_next(&x->arena, text, &at, &a) ? text : CH_STR("");
}

uint32_t ch_import_find(struct ch_import *x, struct ch_str name, unsigned kinds)
{
	const struct ch_gz_slot *slot;
	uint64_t h = CH_ATOM_SEED;
	uint32_t at = 0;
	struct ch_atom a;

	while (ch_atom_next(&x->arena, name, &at, &a))
		h = ch_atom_join(h, a.hash);
	slot = ch_gz_find(x->g, h);
	for (uint32_t k = 0; slot && k < slot->n; k++) {
		const struct ch_gz_entry *e = &x->g->entries[slot->first + k];

		if (kinds >> x->g->entities[e->entity].kind & 1 && e->role != CH_GZ_CAPITAL && e->role != CH_GZ_CITY &&
		    e->role != CH_GZ_PEOPLE && e->role != CH_GZ_ADJ)
			return e->entity;
	}
	return NONE;
}

/* How a block or a term names an entity: code of a state, id of an organisation, party of another. */
static struct ch_str key_of(const struct ch_import *x, uint32_t e)
{
	const struct ch_gz_entity *o = &x->g->entities[e];

	if (o->kind == CH_GZ_STATE && !(o->flags & CH_GZ_UNRECOGNISED))
		return ch_gz_str(x->g, o->code);
	return o->flags & CH_GZ_PART ? CH_STR("") : o->kind == CH_GZ_ORG && *ch_gz_str(x->g, o->org).ptr ?
	       ch_gz_str(x->g, o->org) : CH_STR("");
}

struct ch_str ch_import_body(struct ch_import *x, struct ch_str s)
{
	struct ch_str id = ch_str_trim(s), alpha3;
	uint32_t e;

	if (id.len > 200)   /* no name; and one that many lines point to would be read as often */
		return CH_STR("");
	if (id.len == 2 || id.len == 3) {
		char code[4] = { 0 };

		for (size_t i = 0; i < id.len; i++)
			code[i] = id.ptr[i] >= 'a' && id.ptr[i] <= 'z' ? (char)(id.ptr[i] - 0x20) : id.ptr[i];
		alpha3 = ch_import_code(x, "iso2", ch_str_z(code));
		alpha3 = alpha3.len ? alpha3 : ch_arena_printf(&x->arena, "state:%s", code);
		if (alpha3.len > 3)
			alpha3 = ch_utf8_lower(&x->arena, alpha3);
		else
			return alpha3;
		e = ch_gz_by_id(x->g, alpha3);
		if (e != NONE)
			return key_of(x, e);
	}
	e = ch_import_find(x, id, 1u << CH_GZ_STATE);
	if (e == NONE)
		e = ch_import_find(x, id, 1u << CH_GZ_ORG);
	return e == NONE ? CH_STR("") : key_of(x, e);
}

struct ch_str ch_import_date(struct ch_str s)
{
	uint32_t y = 0, m = 1, d = 1;
	size_t n;

	s = ch_str_trim(s);
	n = s.len >= 10 ? 10 : s.len >= 7 ? 7 : 4;
	s = ch_str_sub(s, 0, n);
	if (s.len != n || !ch_str_uint(ch_str_sub(s, 0, 4), &y) || (n > 4 && !ch_str_uint(ch_str_sub(s, 5, 7), &m)) ||
	    (n > 7 && !ch_str_uint(ch_str_sub(s, 8, 10), &d)) || ch_day_of((int)y, (int)m, (int)d) == CH_NO_DAY)
		return CH_STR("");
	return s;
}

/* ---- TSV ---- */

enum { NAME, BODY, OFFICE, FROM, TO, ID, FIELDS };

static const char *const titles[FIELDS] = { "name", "body", "office", "from", "to", "id" };

/* Which column is which, if the line names columns. */
static bool tsv_head(struct ch_str line, uint32_t column[FIELDS])
{
	uint32_t found[FIELDS] = { NONE, NONE, NONE, NONE, NONE, NONE }, n = 0;
	struct ch_str cell;

	for (uint32_t i = 0; ch_str_cut(&line, '\t', &cell); i++)
		for (uint32_t f = 0; f < FIELDS; f++)
			if (ch_str_ieq(ch_str_trim(cell), ch_str_z(titles[f])) && found[f] == NONE) {
				found[f] = i;
				n++;
			}
	if (n < 3 || found[NAME] == NONE)
		return false;
	memcpy(column, found, sizeof found);
	return true;
}

/* A date of a table as it is written into the file; false where it is none. */
static bool tsv_date(struct ch_str *cell)
{
	*cell = ch_str_trim(*cell);
	if (!cell->len)
		return true;
	*cell = ch_import_date(*cell);
	return cell->len > 0;
}

static void tsv_row(struct ch_import *x, struct ch_str line, const uint32_t column[FIELDS])
{
	struct ch_str rest = line, cell, f[FIELDS], names = CH_STR(""), piece, body;
	uint32_t n_names = 0;

	for (uint32_t i = 0; i < FIELDS; i++)
		f[i] = CH_STR("");
	for (uint32_t i = 0; ch_str_cut(&rest, '\t', &cell); i++)
		for (uint32_t k = 0; k < FIELDS; k++)
			if (column[k] == i)
				f[k] = cell;
	while (ch_str_cut(&f[NAME], ';', &piece) && n_names < 20) {
		piece = ch_import_name(x, piece);
		if (!piece.len)
			continue;
		n_names++;
		if (n_names == 1 && ch_str_find_byte(f[ID], ' ', 0) == CH_STR_NONE && f[ID].len > 1 && f[ID].len < 100) {
			struct ch_str id = ch_str_trim(ch_import_name(x, f[ID]));

			names = ch_str_find_byte(id, ':', 1) == CH_STR_NONE && id.ptr[0] != 'Q' ? piece :
				ch_arena_printf(&x->arena, "%.*s {%.*s}", CH_STR_ARG(piece), CH_STR_ARG(id));
			continue;
		}
		names = ch_arena_printf(&x->arena, "%.*s%s%.*s", CH_STR_ARG(names), n_names > 1 ? "; " : "", CH_STR_ARG(piece));
	}
	if (ch_actors_file_keyword(names))
		names = CH_STR("");
	f[OFFICE] = ch_import_name(x, f[OFFICE]);
	body = ch_import_body(x, f[BODY]);
	if (!names.len)
		ch_import_lost(x, line, "no usable name");
	else if (!f[OFFICE].len)
		ch_import_lost(x, line, "no office");
	else if (!body.len)
		ch_import_lost(x, line, "no state or organisation of that name");
	else if (!tsv_date(&f[FROM]) || !tsv_date(&f[TO]))
		ch_import_lost(x, line, "a date that is none (1998, 1998-04, 1998-04-09 would do)");
	else if (f[FROM].len && f[TO].len && ch_str_cmp(f[FROM], f[TO]) > 0)
		ch_import_lost(x, line, "a term that ends before it begins");
	else {
		ch_import_put(x, "%.*s\n\t%.*s | %.*s | %.*s%s%.*s\n", CH_STR_ARG(names), CH_STR_ARG(body), CH_STR_ARG(f[OFFICE]),
			      CH_STR_ARG(f[FROM]), f[TO].len ? " | " : "", CH_STR_ARG(f[TO]));
		x->people++;
		x->terms++;
		x->names += n_names;
	}
}

static void import_tsv(struct ch_import *x, struct ch_str text)
{
	uint32_t column[FIELDS] = { 0, 1, 2, 3, 4, 5 };
	struct ch_str line;
	bool first = true;

	for (x->line = 1; ch_str_cut(&text, '\n', &line); x->line++) {
		if (!ch_str_trim(line).len || line.ptr[0] == '#')
			continue;
		x->lines++;
		if (!first || !tsv_head(line, column))
			tsv_row(x, line, column);
		first = false;
	}
}

/* ---- which format ---- */

static const struct {
	const char *name;
	void (*read)(struct ch_import *x, struct ch_str text);
} formats[] = { { "petrarch", ch_import_petrarch }, { "ftm", ch_import_ftm }, { "tsv", import_tsv } };

enum { PETRARCH, FTM, TSV, FORMATS };

/* By the first line that says something: JSON, two tabs and no code in brackets, else a dictionary. */
static uint32_t guess(struct ch_str text)
{
	struct ch_str line;

	while (ch_str_cut(&text, '\n', &line)) {
		size_t tab = ch_str_find_byte(line, '\t', 0);

		if (!ch_str_trim(line).len || line.ptr[0] == '#' || line.ptr[0] == ';')
			continue;
		if (ch_str_trim(line).ptr[0] == '{')
			return FTM;
		if (tab != CH_STR_NONE && ch_str_find_byte(line, '\t', tab + 1) != CH_STR_NONE &&
		    ch_str_find_byte(line, '[', 0) == CH_STR_NONE)
			return TSV;
		return PETRARCH;
	}
	return PETRARCH;
}

bool ch_import_open(struct ch_import *x, const struct ch_gazetteer *g, struct ch_err *err)
{
	*x = (struct ch_import){ .g = g, .examples = ch_json_array() };
	ch_map_init(&x->reasons, &x->arena);
	ch_map_init(&x->offices, &x->arena);
	return read_codes(x, err);
}

void ch_import_close(struct ch_import *x)
{
	json_decref(x->examples);
	ch_arena_free(&x->arena);
}

bool ch_import_read(struct ch_import *x, const char *given, struct ch_str text, const char **format, struct ch_err *err)
{
	uint32_t f = guess(text);

	if (given && *given)
		for (f = 0; f < FORMATS && strcmp(given, formats[f].name) != 0; f++)
			;
	if (f == FORMATS)
		return ch_fail(err, "--format: '%s' is none of petrarch, ftm, tsv", given);
	formats[f].read(x, ch_utf8_repair(&x->arena, text, NULL));
	*format = formats[f].name;
	return true;
}

static json_t *report(struct ch_import *x, struct ch_str name, const char *format)
{
	const struct {
		const char *name;
		uint64_t n;
	} all[] = { { "lines", x->lines }, { "people", x->people }, { "terms", x->terms }, { "organisations", x->organisations },
		    { "names", x->names }, { "words", x->words }, { "known", x->known }, { "not_taken", x->lost } };
	json_t *o = ch_json_object(), *why = ch_json_object();

	ch_json_set(o, "source", ch_json_str(name));
	ch_json_set(o, "format", ch_json_str(ch_str_z(format)));
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		ch_json_set(o, all[i].name, json_integer((json_int_t)all[i].n));
	for (uint32_t i = 0; i < x->reasons.cap; i++)
		if (x->reasons.slots[i].used)
			json_object_set_new(why, x->reasons.slots[i].key.ptr,
					    json_integer((json_int_t)x->lost_by.v[x->reasons.slots[i].value]));
	ch_json_set(o, "why", why);
	ch_json_set(o, "examples", json_incref(x->examples));
	return o;
}

/* The source's block as it goes into the file; name is what it is called there. */
static struct ch_str block_of(struct ch_import *x, struct ch_str name, const char *format, bool own)
{
	return ch_arena_printf(&x->arena, "\n%s %.*s\n# %llu people, %llu organisations, %llu names, %llu words; %llu of %llu lines not "
			       "taken (%s)\n%.*s", own ? "# from" : "source", CH_STR_ARG(name), (unsigned long long)x->people,
			       (unsigned long long)x->organisations, (unsigned long long)x->names, (unsigned long long)x->words,
			       (unsigned long long)x->lost, (unsigned long long)x->lines, format, (int)x->out.n, x->out.v);
}

static bool imported_before(struct ch_str text, struct ch_str name)
{
	struct ch_str line;

	while (ch_str_cut(&text, '\n', &line))
		if ((ch_str_starts(line, CH_STR("source ")) && ch_str_eq(ch_str_trim(ch_str_sub(line, 7, line.len)), name)) ||
		    (ch_str_starts(line, CH_STR("# from ")) && ch_str_eq(ch_str_trim(ch_str_sub(line, 7, line.len)), name)))
			return true;
	return false;
}

static bool take(struct ch_import *x, const char *file, struct ch_str was, struct ch_str source,
		 const struct chancery_import *how, json_t **said, struct ch_err *err)
{
	const char *slash = strrchr(how->from, '/'), *format;
	struct ch_str name = ch_import_name(x, ch_str_z(slash ? slash + 1 : how->from)), text;
	uint32_t line;

	name = name.len ? name : CH_STR("import");
	if (imported_before(was, name))
		return ch_fail(err, "%s: was imported already; take its part, from the line 'source %.*s' on, out of %s first",
			       how->from, CH_STR_ARG(name), file);
	if (!ch_import_read(x, how->format, source, &format, err))
		return false;
	*said = report(x, name, format);
	if (!x->out.n)
		return ch_fail(err, "%s: nothing in it could be taken over as '%s'; is it of another format?", how->from, format);
	text = ch_actors_file_insert(&x->arena, was, block_of(x, name, format, how->own), how->own, &line);
	return ch_actors_file_check(file, text, NULL, err) && ch_actors_file_write(file, text, err);
}

bool chancery_actors_import(const char *file, const struct chancery_import *how, char **json, struct chancery_error *error)
{
	struct ch_arena arena = { 0 };
	struct ch_import x;
	struct ch_err *err = (struct ch_err *)error;
	struct ch_gazetteer *g = NULL;
	struct ch_str was, source;
	json_t *said = NULL;
	bool cut = false, ok = ch_actors_file_read(&arena, file, &was, &g, err);

	if (ok && !ch_input_read(&arena, how->from, &source, &cut, err))
		ok = ch_err_in(err, "%s", how->from);
	if (ok && cut)
		ok = ch_fail(err, "%s: is too long (over %zu MB unpacked), or its end is missing; cut it into pieces", how->from,
			     CH_PAGE_BYTES_MAX >> 20);
	if (ok) {
		ok = ch_import_open(&x, g, err) && take(&x, file, was, source, how, &said, err);
		ch_import_close(&x);
	}
	*json = said ? json_dumps(said, JSON_COMPACT) : NULL;
	json_decref(said);
	ch_gazetteer_close(g);
	ch_arena_free(&arena);
	return ok;
}
