/* cli/unknown.c -- `chancery unknown`: what fitted no frame and whom no list knows, most frequent first, each with a sentence and the
 * lines that a lexicon would take. */
#include "cli.h"
#include <stdlib.h>
#include <string.h>

struct unknown {
	struct call *call;
	json_t *all;          /* key → { "pages": n, "sample": the first object, "kind" } */
	/* of a store: its pages' ids, to be read one by one */
	struct chancery_store *store;
	json_t *ids;
	size_t next;
};

static void count(struct unknown *u, const json_t *list, const char *kind)
{
	size_t i;
	json_t *o;

	json_array_foreach(list, i, o) {
		char key[512];
		json_t *entry;

		snprintf(key, sizeof key, "%s|%s|%s|%s", kind, field_z(o, "word"), field_z(o, "path"), field_z(o, "name"));
		entry = json_object_get(u->all, key);
		if (!entry) {
			entry = json_pack("{s:i, s:s, s:s, s:O}", "n", 0, "kind", kind, "key", key, "sample", o);
			if (!entry)
				continue;   /* a name that is no UTF-8 */
			json_object_set_new(u->all, key, entry);
		}
		json_object_set_new(entry, "n", json_integer(json_integer_value(json_object_get(entry, "n")) + 1));
	}
}

static bool take(void *ctx, const struct chancery_result *result)
{
	struct unknown *u = ctx;
	json_t *o;

	if (result->error) {
		say_error("%s: %s", result->name, result->error);
		u->call->failed = true;
		return true;
	}
	o = json_loadb(result->text, result->size, 0, NULL);
	count(u, json_object_get(o, "phrases"), "phrase");
	count(u, json_object_get(o, "names"), "name");
	json_decref(o);
	return true;
}

/* ---- inputs: files, or what the store has ---- */

static bool keep_id(void *ctx, const char *json, size_t size)
{
	json_t *o = json_loadb(json, size, 0, NULL);

	json_array_append(ctx, json_object_get(o, "id"));
	json_decref(o);
	return true;
}

/* The sentences of a stored page, as a JSON line for the library. */
static char *text_of_page(const char *shown)
{
	json_t *page = json_loads(shown, 0, NULL), *line = json_object();
	json_t *sentence;
	size_t i, n = 1, at = 0;
	char *text, *out;

	json_array_foreach(json_object_get(page, "sentences"), i, sentence)
		n += strlen(field_z(sentence, "text")) + 1;
	text = calloc(n, 1);
	if (!text)
		out_of_memory();
	json_array_foreach(json_object_get(page, "sentences"), i, sentence)
		at += (size_t)snprintf(text + at, n - at, "%s\n", field_z(sentence, "text"));
	json_object_set_new(line, "id", json_string(field_z(page, "id")));
	json_object_set_new(line, "date", json_string(field_z(page, "published")));
	json_object_set_new(line, "text", json_string(text));
	out = json_dumps(line, JSON_COMPACT);
	free(text);
	json_decref(line);
	json_decref(page);
	if (!out)
		out_of_memory();
	return out;
}

static bool next_stored(void *ctx, struct chancery_item *item)
{
	struct unknown *u = ctx;
	const char *id = json_string_value(json_array_get(u->ids, u->next++));
	struct chancery_error error;
	char *shown = NULL;

	if (!id)
		return false;
	if (!chancery_show(u->store, id, &shown, &error)) {
		say_error("%s: %s", id, error.text);
		u->call->failed = true;
		return false;
	}
	*item = (struct chancery_item){ .name = strdup(id), .bytes = text_of_page(shown) };
	item->size = strlen(item->bytes);
	free(shown);
	return true;
}

static bool next_file(void *ctx, struct chancery_item *item)
{
	return next_page(((struct unknown *)ctx)->call, item);
}

/* ---- what is printed ---- */

/* The lines that a person puts into a lexicon, once he has chosen the type or the office. From malloc. */
static char *lexicon_line(const json_t *entry)
{
	const json_t *s = json_object_get(entry, "sample");
	size_t size = 512 + strlen(field_z(s, "sentence"));
	const char *path = field_z(s, "path"), *word = field_z(s, "word");
	char *out = malloc(size);

	if (!out)
		out_of_memory();
	if (!strcmp(field_z(entry, "kind"), "name"))
		snprintf(out, size, !strcmp(field_z(s, "kind"), "person") ? "%.120s\n\tCODE | Office | from | to" :
			 "org NAME = CODE SECTOR\n\tname %.120s", field_z(s, "name"));
	else
		snprintf(out, size, "frame my.%.60s TYPE\n  %s %.60s\n    source %s\n    target %.40s\n  + %s = %.60s > %.60s", word, field_z(s, "pos"),
			 word, !strcmp(field_z(s, "pos"), "verb") ? "subj" : "of poss", path, field_z(s, "sentence"), field_z(s, "source"),
			 field_z(s, "target"));
	return out;
}

static int by_count(const void *a, const void *b)
{
	const json_t *x = *(const json_t *const *)a, *y = *(const json_t *const *)b;
	json_int_t n = json_integer_value(json_object_get(x, "n")), m = json_integer_value(json_object_get(y, "n"));

	int kind = strcmp(field_z(y, "kind"), field_z(x, "kind"));   /* phrases before names */

	return n != m ? (n < m ? 1 : -1) : kind ? kind : strcmp(field_z(x, "key"), field_z(y, "key"));
}

static const struct chancery_column columns[] = {
	{ "n", "n", 3, 0 }, { "kind", "kind", 6, 0 }, { "what", "what", 12, 1 }, { "source", "source", 4, 2 }, { "target", "target", 4, 2 },
	{ "sentence", "sentence", 20, 3 },
};

static void print(struct unknown *u, enum view view, unsigned long long limit)
{
	size_t n = json_object_size(u->all), i = 0;
	const json_t **sorted = calloc(n + 1, sizeof *sorted);
	struct sheet sheet;
	const char *key;
	json_t *entry;

	if (!sorted)
		out_of_memory();
	json_object_foreach(u->all, key, entry)
		sorted[i++] = entry;
	if (n)
		qsort(sorted, n, sizeof *sorted, by_count);
	sheet_open(&sheet, view, columns, sizeof columns / sizeof *columns);
	for (i = 0; i < n && (!limit || i < limit); i++) {
		const json_t *s = json_object_get(sorted[i], "sample");
		bool name = !strcmp(field_z(sorted[i], "kind"), "name");
		char what[200], *line = lexicon_line(sorted[i]), *json;
		json_t *o = json_object();

		snprintf(what, sizeof what, name ? "%.150s" : "%.80s (%s) %.40s", name ? field_z(s, "name") : field_z(s, "word"),
			 field_z(s, "pos"), field_z(s, "path"));
		json_object_set(o, "n", json_object_get(sorted[i], "n"));
		json_object_set_new(o, "kind", json_string(name ? field_z(s, "kind") : "phrase"));
		json_object_set_new(o, "what", json_string(what));
		json_object_set_new(o, "source", json_string(field_z(s, "source")));
		json_object_set_new(o, "target", json_string(field_z(s, "target")));
		json_object_set_new(o, "sentence", json_string(field_z(s, "sentence")));
		json_object_set_new(o, "entry", json_string(line));
		json = json_dumps(o, JSON_COMPACT);
		if (json)
			sheet_row(&sheet, json, strlen(json));
		free(json);
		free(line);
		json_decref(o);
	}
	sheet_close(&sheet);
	free(sorted);
}

int cmd_unknown(struct call *call)
{
	struct unknown u = { .call = call, .all = json_object(), .ids = json_array() };
	struct chancery_work work = { .input = call->n_args ? CHANCERY_PAGES : CHANCERY_JSON_LINES, .output = CHANCERY_UNKNOWN,
				      .next = call->n_args ? next_file : next_stored, .done = take, .ctx = &u };
	struct chancery_error error;
	struct chancery *engine = NULL;
	unsigned long long limit = 0;
	enum view view;
	bool ok;

	if (!view_of(call, &view) || !get_threads(call, &work.threads) || !number_option(call, OPT_LIMIT, 1000000000, &limit))
		return EXIT_USAGE;
	if (call->n_args) {
		ok = pages_open(call, call->args, call->n_args);
	} else {
		u.store = open_store(call, false);
		ok = u.store && chancery_query(u.store, &(struct chancery_query){ .record = "pages" }, keep_id, u.ids, &error);
		if (u.store && !ok)
			say_error("%s", error.text);
	}
	engine = ok ? open_engine(call) : NULL;
	ok = engine && chancery_each(engine, &work, &error);
	if (engine && !ok)
		say_error("%s", error.text);
	if (ok)
		print(&u, view, limit);
	chancery_close(engine);
	chancery_store_close(u.store);
	call->failed = call->failed || !ok;
	chancery_inputs_close(call->pages);
	json_decref(u.all);
	json_decref(u.ids);
	return output_status(call->failed ? EXIT_SOME_FAILED : EXIT_DONE);
}
