/* input/list_json.c -- a list in JSON: an object a line, an array of objects, or an object that holds such an array. See list.h. */
#include "base/utf8.h"
#include "input/list_priv.h"
#include <jansson.h>
#include <stdio.h>

/* Numbers and texts; a list's joined. */
static void put_value(struct ch_list_columns *c, struct ch_list_making *m, enum ch_list_field field, int rank, const json_t *value, bool more)
{
	char number[32];

	if (json_is_string(value)) {
		ch_list_put(c, m, field, rank, ch_str_n(json_string_value(value), json_string_length(value)), more);
	} else if (json_is_integer(value)) {
		snprintf(number, sizeof number, "%lld", (long long)json_integer_value(value));
		ch_list_put(c, m, field, rank, ch_str_z(number), more);
	}
}

/* The texts of a value: itself, the members of a list, and of an object what it is called by. */
static void put(struct ch_list_columns *c, struct ch_list_making *m, enum ch_list_field field, int rank, const json_t *value)
{
	static const char *const names[] = { "name", "label", "title", "code" };
	size_t i;
	const json_t *one;

	if (!json_is_array(value)) {
		for (i = 0; json_is_object(value) && i < sizeof names / sizeof *names; i++)
			if (json_is_string(json_object_get(value, names[i]))) {
				value = json_object_get(value, names[i]);
				break;
			}
		put_value(c, m, field, rank, value, true);
		return;
	}
	json_array_foreach(value, i, one) {
		const json_t *name = json_is_object(one) ? json_object_get(one, "name") : one;

		put_value(c, m, field, rank, name, true);
	}
}

/* The object's fields, and those of objects in it by "outer.inner". */
static void row(struct ch_list_columns *c, const json_t *object, uint32_t line)
{
	struct ch_list_making m = { .row = { .line = line } };
	const char *key, *inner;
	const json_t *value, *v;
	int rank;

	json_object_foreach((json_t *)(uintptr_t)object, key, value) {
		enum ch_list_field field = ch_list_field_of(c, ch_str_z(key), &rank);

		if (field < CH_LIST_N) {
			put(c, &m, field, rank, value);
		} else if (json_is_object(value)) {
			json_object_foreach((json_t *)(uintptr_t)value, inner, v) {
				char path[2 * CH_LIST_NAME_MAX];

				if (snprintf(path, sizeof path, "%s.%s", key, inner) >= (int)sizeof path)
					continue;
				field = ch_list_field_of(c, ch_str_z(path), &rank);
				put(c, &m, field, rank, v);
			}
		}
	}
	ch_list_done(c, &m);
}

static const json_t *list_in(const json_t *document)
{
	const char *key;
	const json_t *value;

	if (json_is_array(document))
		return document;
	json_object_foreach((json_t *)(uintptr_t)document, key, value)
		if (json_is_array(value) && json_is_object(json_array_get(value, 0)))
			return value;
	return NULL;
}

static bool document(struct ch_list_columns *c, json_t *whole)
{
	const json_t *list = list_in(whole), *one;
	size_t i;

	if (!list)
		row(c, whole, 1);
	json_array_foreach(list, i, one)
		if (json_is_object(one))
			row(c, one, (uint32_t)i + 1);
	json_decref(whole);
	return true;
}

bool ch_list_json(struct ch_list_columns *c, struct ch_str bytes, const char *name, struct ch_err *err)
{
	struct ch_str rest = bytes, line;
	json_error_t e;
	json_t *whole;
	uint32_t number = 0;
	bool lines = false;

	c->list->format = "JSON";
	bytes = ch_utf8_repair(&c->list->arena, bytes, NULL);
	/* Lines, if the first of several is an object by itself: a document is not parsed for each of its lines. */
	if (bytes.ptr[0] == '{' && ch_str_cut(&rest, '\n', &line) && rest.len) {
		whole = json_loadb(line.ptr, line.len, 0, NULL);
		lines = json_is_object(whole);
		json_decref(whole);
	}
	if (!lines) {
		whole = json_loadb(bytes.ptr, bytes.len, 0, &e);
		return whole ? document(c, whole) : ch_fail(err, "%s:%d: no JSON: %.200s", name, e.line, e.text);
	}
	for (rest = bytes; ch_str_cut(&rest, '\n', &line);) {
		number++;
		if (!ch_str_trim(line).len)
			continue;
		whole = json_loadb(line.ptr, line.len, 0, &e);
		if (json_is_object(whole))
			row(c, whole, number);
		else
			lines = ch_fail(err, "%s:%u: no JSON object: %.200s", name, number, whole ? "something else" : e.text);
		json_decref(whole);
		if (!lines)
			return false;
	}
	return true;
}
