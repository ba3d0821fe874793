/* cli/table.c -- rows of JSON objects as JSON lines, CSV, or a table that fits the terminal. */
#include "cli.h"
#include <stdlib.h>
#include <string.h>

bool view_of(const struct call *call, enum view *view)
{
	bool table = call->value[OPT_TABLE] != NULL, json = call->value[OPT_JSON] != NULL, csv = call->value[OPT_CSV] != NULL;

	if (table + json + csv > 1) {
		usage_error(call, "--table, --json and --csv exclude each other");
		return false;
	}
	*view = json ? VIEW_JSON : csv ? VIEW_CSV : table || to_terminal() ? VIEW_TABLE : VIEW_JSON;
	return true;
}

/* ---- fields ---- */

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

const char *field_z(const json_t *object, const char *field)
{
	const json_t *value = find(object, field);

	return json_is_string(value) ? json_string_value(value) : "";
}

static char *copy(const char *text)
{
	char *c = strdup(text);

	if (!c)
		out_of_memory();
	return c;
}

static char *value_text(const json_t *value)
{
	char number[40];

	if (json_is_string(value))
		return copy(json_string_value(value));
	if (json_is_integer(value)) {
		snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
		return copy(number);
	}
	if (json_is_real(value)) {
		snprintf(number, sizeof number, "%.6g", json_real_value(value));
		return copy(number);
	}
	if (json_is_boolean(value))
		return copy(json_is_true(value) ? "yes" : "no");
	return copy("");
}

char *field_text(const json_t *object, const char *field)
{
	const json_t *value = find(object, field), *item;
	char *text;
	size_t i, n = 0;

	if (!json_is_array(value))
		return value_text(value);
	text = copy("");
	json_array_foreach(value, i, item) {
		char *one = value_text(json_is_object(item) ? json_object_get(item, "entity_text") : item);
		size_t more = strlen(one);

		text = realloc(text, n + more + 3);
		if (!text)
			out_of_memory();
		n += (size_t)snprintf(text + n, more + 3, "%s%s", n ? ", " : "", one);
		free(one);
	}
	return text;
}

/* ---- sheets ---- */

void sheet_open(struct sheet *sheet, enum view view, const struct chancery_column *columns, size_t n_columns)
{
	*sheet = (struct sheet){ .view = view, .columns = columns, .n_columns = n_columns };
}

void sheet_open_named(struct sheet *sheet, enum view view, const char *table)
{
	size_t n;
	const struct chancery_column *columns = chancery_columns(table, &n);

	sheet_open(sheet, view, columns, n);
}

static bool put_csv(void *ctx, const char *line, size_t size)
{
	(void)ctx;
	return put_text(line, size);
}

static void csv_head(struct sheet *s)
{
	if (!s->headed)
		chancery_csv(s->columns, s->n_columns, NULL, 0, put_csv, NULL);
	s->headed = true;
}

bool sheet_row(void *ctx, const char *json, size_t size)
{
	struct sheet *s = ctx;
	json_t *object;

	if (s->view == VIEW_JSON)
		return put_line(json, size);
	if (s->view == VIEW_CSV) {
		csv_head(s);
		s->n++;
		return chancery_csv(s->columns, s->n_columns, json, size, put_csv, NULL);
	}
	object = json_loadb(json, size, 0, NULL);
	if (s->n == s->cap) {
		s->cap = s->cap ? s->cap * 2 : 64;
		s->cells = realloc(s->cells, s->cap * s->n_columns * sizeof *s->cells);
		if (!s->cells)
			out_of_memory();
	}
	for (size_t i = 0; i < s->n_columns; i++) {
		char *text = field_text(object, s->columns[i].field);

		if ((strcmp(s->columns[i].field, "id") == 0 || strcmp(s->columns[i].field, "by") == 0) && strlen(text) > 8)
			text[8] = '\0';   /* enough for `why` and `show`; --json has it whole */
		s->cells[s->n * s->n_columns + i] = plain(text);
		free(text);
	}
	s->n++;
	json_decref(object);
	return !ferror(stdout);
}

enum { COLUMNS_MAX = 16 };

/* The widest cell or title of each column. */
static void wanted(const struct sheet *s, size_t want[COLUMNS_MAX])
{
	for (size_t i = 0; i < s->n_columns; i++) {
		want[i] = columns_of(s->columns[i].title);
		for (size_t r = 0; r < s->n; r++) {
			size_t n = columns_of(s->cells[r * s->n_columns + i]);

			want[i] = n > want[i] ? n : want[i];
		}
	}
}

/* Each column gets what it needs up to `least`, the id first, since `why` asks for it, then from left to right; a column that
 * there is no room for is left out. What is left goes to those that want more, by weight. */
static void widths(const struct sheet *s, size_t width[COLUMNS_MAX])
{
	size_t left = (size_t)terminal_width() + 2, want[COLUMNS_MAX] = { 0 };

	wanted(s, want);
	for (size_t k = 0; k < s->n_columns; k++) {
		size_t i = k ? k - 1 : s->n_columns - 1;   /* the id is the last column */
		size_t need = want[i] < (size_t)s->columns[i].least ? want[i] : (size_t)s->columns[i].least;

		width[i] = need && need + 2 <= left ? need : 0;
		left -= width[i] ? width[i] + 2 : 0;
	}
	for (bool more = true; more && left;) {
		size_t weights = 0, share = left;

		more = false;
		for (size_t i = 0; i < s->n_columns; i++)
			weights += width[i] && width[i] < want[i] ? (size_t)s->columns[i].weight : 0;
		for (size_t i = 0; i < s->n_columns && weights && left; i++) {
			size_t add = width[i] && width[i] < want[i] ? share * (size_t)s->columns[i].weight / weights : 0;

			if (width[i] && width[i] < want[i] && s->columns[i].weight && !add)
				add = 1;
			add = add > want[i] - width[i] ? want[i] - width[i] : add;
			add = add > left ? left : add;
			width[i] += add;
			left -= add;
			more = more || add;
		}
	}
}

/* Cells of a row, or the titles where row is NULL. */
static void put_cells(const struct sheet *s, const size_t width[COLUMNS_MAX], char *const *row)
{
	size_t last = 0;

	for (size_t i = 0; i < s->n_columns; i++)
		last = width[i] ? i : last;
	for (size_t i = 0; i <= last; i++) {
		if (!width[i])
			continue;
		fputs(row ? "" : on("\033[1m"), stdout);
		put_cell(row ? row[i] : s->columns[i].title, width[i], i != last);
		fputs(row ? "" : off(), stdout);
		fputs(i == last ? "\n" : "  ", stdout);
	}
}

void sheet_close(struct sheet *s)
{
	size_t width[COLUMNS_MAX] = { 0 };

	if (s->view == VIEW_CSV)
		csv_head(s);
	if (s->view == VIEW_TABLE && s->n) {
		widths(s, width);
		put_cells(s, width, NULL);
		for (size_t r = 0; r < s->n; r++)
			put_cells(s, width, s->cells + r * s->n_columns);
	}
	if (s->view == VIEW_TABLE)
		for (size_t i = 0; i < s->n * s->n_columns; i++)
			free(s->cells[i]);
	free(s->cells);
	s->cells = NULL;
}
