/* cli/actors.c -- `chancery actors`: who there is (list), who is meant (ask), and a file of one's own (add,
 * import, learn). */
#include "cli.h"
#include <stdlib.h>
#include <string.h>

/* ---- ask ---- */

static const struct chancery_column asked[] = {
	{ "date", "date", 10, 0 }, { "mention", "mention", 10, 3 }, { "party", "party", 5, 1 }, { "name", "name", 10, 3 },
	{ "office", "office", 8, 2 }, { "sector", "sector", 6, 0 }, { "confidence", "confidence", 4, 0 }, { "basis", "basis", 8, 3 },
	{ "id", "actor", 8, 2 },
};

struct ask {
	struct call *call;
	struct sheet sheet;
	const char *text;   /* to be asked, once; NULL: pieces of standard input */
};

/* A line of JSON for the library. item has the text, which is taken; with --batch, its day and a tab before it. False,
 * said so, where it is not UTF-8. */
static bool to_json(const struct ask *ask, struct chancery_item *item)
{
	const char *day = ask->call->value[OPT_ON], *tab = NULL;
	char *text = item->bytes;
	size_t size = item->size;
	json_t *o = json_object();

	if (ask->call->value[OPT_BATCH])
		tab = memchr(text, '\t', size);
	if (tab) {
		json_object_set_new(o, "date", json_stringn(text, (size_t)(tab - text)));
		size -= (size_t)(tab - text) + 1;
		text += tab - text + 1;
	} else if (day) {
		json_object_set_new(o, "date", json_string(day));
	}
	json_object_set_new(o, "text", json_stringn_nocheck(text, size));
	free(item->bytes);
	item->bytes = json_dumps(o, JSON_COMPACT);
	json_decref(o);
	if (!item->bytes) {
		say_error("%s: is not UTF-8", item->name);
		free(item->name);
		return false;
	}
	item->size = strlen(item->bytes);
	return true;
}

static bool ask_next(void *ctx, struct chancery_item *item)
{
	struct ask *ask = ctx;

	for (;;) {
		if (ask->text) {
			*item = (struct chancery_item){ strdup("text"), strdup(ask->text), strlen(ask->text) };
			if (!item->name || !item->bytes)
				out_of_memory();
			ask->text = NULL;
		} else if (!ask->call->pieces.n_files || !next_piece(ask->call, item)) {
			return false;
		}
		if (to_json(ask, item))
			return true;
		ask->call->pieces.failed = true;
	}
}

/* A row for each actor of each mention; a place that acts for nobody is a row without a name. */
static bool rows(struct ask *ask, const json_t *o)
{
	size_t i, k;
	json_t *m, *a;
	bool ok = true;

	json_array_foreach(json_object_get(o, "mentions"), i, m) {
		json_t *actors = json_object_get(m, "actors");

		for (k = 0; ok && (k < json_array_size(actors) || !k); k++) {
			json_t *row = json_object();
			char *line;

			a = json_array_get(actors, k);
			if (a)
				json_object_update(row, a);
			json_object_set(row, "actor", json_object_get(a, "id"));
			json_object_set(row, "date", json_object_get(o, "date"));
			json_object_set(row, "mention", json_object_get(m, "text"));
			json_object_set(row, "confidence", json_object_get(m, "confidence"));
			json_object_set(row, "basis", json_object_get(m, "basis"));
			if (!a)
				json_object_set(row, "party", json_object_get(m, "place"));
			line = json_dumps(row, JSON_COMPACT);
			json_decref(row);
			if (!line)
				out_of_memory();
			ok = sheet_row(&ask->sheet, line, strlen(line));
			free(line);
		}
	}
	return ok;
}

static bool ask_done(void *ctx, const struct chancery_result *result)
{
	struct ask *ask = ctx;
	json_t *o;
	bool ok;

	if (result->error || ask->sheet.view == VIEW_JSON)
		return print_result(ask->call, result);
	o = json_loadb(result->text, result->size, 0, NULL);
	ok = rows(ask, o);
	json_decref(o);
	return ok;
}

/* The arguments behind the sub-command, a blank between. From malloc. */
static char *joined(const struct call *call)
{
	size_t room = 1, n = 0;
	char *text;

	for (int i = 1; i < call->n_args; i++)
		room += strlen(call->args[i]) + 1;
	text = calloc(room, 1);
	if (!text)
		out_of_memory();
	for (int i = 1; i < call->n_args; i++)
		n += (size_t)snprintf(text + n, room - n, "%s%s", i > 1 ? " " : "", call->args[i]);
	return text;
}

static int ask(struct call *call)
{
	struct ask a = { .call = call };
	enum view view;
	char *text = NULL;
	int status;

	if (!view_of(call, &view))
		return EXIT_USAGE;
	if (call->value[OPT_BATCH] && call->n_args > 1)
		return usage_error(call, "--batch reads standard input; no TEXT goes with it");
	if (call->n_args > 1)
		a.text = text = joined(call);
	else
		pieces_open(&call->pieces, NULL, 0);
	call->pieces.cut = call->value[OPT_BATCH] ? BY_LINE : BY_BLANK_LINE;
	sheet_open(&a.sheet, view, asked, sizeof asked / sizeof *asked);
	status = filter(call, &(struct chancery_work){ .input = CHANCERY_JSON_LINES, .output = CHANCERY_ACTORS, .next = ask_next,
						       .done = ask_done, .ctx = &a });
	sheet_close(&a.sheet);
	free(text);
	return output_status(status);
}

/* ---- list ---- */

static const struct chancery_column listed[] = {
	{ "name", "name", 14, 4 }, { "kind", "kind", 6, 0 }, { "of", "of|party", 4, 1 }, { "office", "office", 8, 3 },
	{ "from", "from", 10, 0 }, { "to", "to", 10, 0 }, { "wikidata", "wikidata", 4, 0 }, { "source", "source", 8, 4 },
	{ "id", "entity", 8, 2 },
};

/* A row for each term of a person, one for all else. */
static bool list_row(void *ctx, const char *json, size_t size)
{
	static const char *const keys[] = { "of", "office", "from", "to", "source" };
	struct sheet *sheet = ctx;
	json_t *o, *terms;
	bool ok = true;

	if (sheet->view == VIEW_JSON)
		return sheet_row(sheet, json, size);
	o = json_loadb(json, size, 0, NULL);
	json_object_set(o, "entity", json_object_get(o, "id"));
	terms = json_object_get(o, "terms");
	for (size_t i = 0; ok && (i < json_array_size(terms) || !i); i++) {
		json_t *term = json_array_get(terms, i);
		char *line;

		for (size_t k = 0; term && k < sizeof keys / sizeof *keys; k++)
			json_object_set(o, keys[k], json_object_get(term, keys[k]));
		line = json_dumps(o, JSON_COMPACT);
		if (!line)
			out_of_memory();
		ok = sheet_row(sheet, line, strlen(line));
		free(line);
	}
	json_decref(o);
	return ok;
}

static int list(struct call *call)
{
	struct chancery_actor_query query = { .of = call->value[OPT_OF], .office = call->value[OPT_OFFICE], .on = call->value[OPT_ON],
					      .own = call->value[OPT_MINE] != NULL };
	struct chancery *engine;
	struct chancery_error error;
	struct sheet sheet;
	enum view view;
	char *words;
	bool ok;

	if (!view_of(call, &view) || !number_option(call, OPT_LIMIT, 1000000000, &query.limit))
		return EXIT_USAGE;
	engine = open_engine(call);
	if (!engine)
		return EXIT_SOME_FAILED;
	query.words = words = joined(call);
	sheet_open(&sheet, view, listed, sizeof listed / sizeof *listed);
	ok = chancery_actors(engine, &query, list_row, &sheet, &error);
	sheet_close(&sheet);
	if (!ok)
		say_error("%s", error.text);
	else if (!sheet.n && view == VIEW_TABLE)
		fprintf(stderr, "chancery: no actor fits\n");
	free(words);
	chancery_close(engine);
	return output_status(ok ? EXIT_DONE : EXIT_USAGE);
}

/* ---- add, import ---- */

static int add(struct call *call)
{
	char *name = joined(call), *file;
	struct chancery_new_actor actor = { .name = name, .of = call->value[OPT_OF], .office = call->value[OPT_OFFICE],
					    .from = call->value[OPT_FROM], .to = call->value[OPT_TO], .id = call->value[OPT_ID] };
	struct chancery_error error;
	bool given, ok;

	if (!*name || !actor.of || !actor.office) {
		free(name);
		return usage_error(call, "actors add wants a name, --of and --office, e.g. add \"Ann Lee; A. Lee\" --of NZL --office "
				   "\"Foreign Minister\" --from 2018-09-01");
	}
	file = own_path(call, OPT_ACTORS, &given);
	ok = chancery_actors_add(file, &actor, &error);
	if (!ok)
		say_error("%s", error.text);
	else if (!call->value[OPT_QUIET])
		fprintf(stderr, "chancery: %s is in %s\n", name, file);
	free(file);
	free(name);
	return output_status(ok ? EXIT_DONE : EXIT_SOME_FAILED);
}

static long long number(const json_t *o, const char *key)
{
	return (long long)json_integer_value(json_object_get(o, key));
}

/* What an import took over and what it did not, for people. */
static void say_import(const json_t *o)
{
	size_t i;
	const json_t *e, *n;
	const char *why;

	printf("%s (%s): %lld people with %lld terms, %lld organisations, %lld names, %lld words; %lld known already\n",
	       field_z(o, "source"), field_z(o, "format"), number(o, "people"), number(o, "terms"), number(o, "organisations"),
	       number(o, "names"), number(o, "words"), number(o, "known"));
	if (!number(o, "not_taken"))
		return;
	printf("%lld of %lld lines not taken, or not whole:\n", number(o, "not_taken"), number(o, "lines"));
	json_object_foreach((json_t *)(uintptr_t)json_object_get(o, "why"), why, n)
		printf("  %lld: %s\n", (long long)json_integer_value(n), why);
	json_array_foreach(json_object_get(o, "examples"), i, e) {
		char *text = plain(field_z(e, "text"));

		printf("  e.g. line %lld '%s': %s\n", number(e, "line"), text, field_z(e, "why"));
		free(text);
	}
}

static int import(struct call *call)
{
	bool given, failed = false;
	enum view view;
	char *file;

	if (call->n_args < 2)
		return usage_error(call, "actors import wants a file");
	if (!view_of(call, &view))
		return EXIT_USAGE;
	file = own_path(call, OPT_ACTORS, &given);
	for (int i = 1; i < call->n_args; i++) {
		struct chancery_import how = { .from = call->args[i], .format = call->value[OPT_FORMAT],
					       .own = call->value[OPT_MINE] != NULL };
		struct chancery_error error;
		char *json = NULL;

		if (!chancery_actors_import(file, &how, &json, &error)) {
			say_error("%s", error.text);
			failed = true;
		}
		if (json && view == VIEW_JSON) {
			put_line(json, strlen(json));
		} else if (json) {
			json_t *o = json_loads(json, 0, NULL);

			say_import(o);
			json_decref(o);
		}
		free(json);
	}
	free(file);
	return output_status(failed ? EXIT_SOME_FAILED : EXIT_DONE);
}

/* ---- learn ---- */

static const struct chancery_column learnt[] = {
	{ "who", "who", 12, 3 }, { "office", "office", 10, 3 }, { "body", "body", 4, 1 }, { "pages", "pages", 5, 0 },
	{ "first", "first", 10, 0 }, { "last", "last", 10, 0 }, { "conflict", "conflict", 8, 3 },
};

/* The lines of all proposals together. From malloc. */
static char *entries_of(const json_t *proposals)
{
	size_t i, n = 0;
	const json_t *o;
	char *text = calloc(1, 1);

	json_array_foreach(proposals, i, o) {
		const char *entry = field_z(o, "entry");
		size_t room = strlen(entry) + 2;

		text = text ? realloc(text, n + room) : NULL;
		if (!text)
			out_of_memory();
		n += (size_t)snprintf(text + n, room, "%s\n", entry);
	}
	if (!text)
		out_of_memory();
	return text;
}

/* As it is for patch(1); on a terminal nothing of a page acts on it. */
static void put_diff(char *diff)
{
	if (!to_terminal()) {
		fputs(diff, stdout);
		return;
	}
	for (char *line = diff; *line;) {
		char *end = line + strcspn(line, "\n"), *safe;

		*end = '\0';
		safe = plain(line);
		puts(safe);
		free(safe);
		line = end + 1;
	}
}

/* The diff, for a person or for patch(1); with --accept it is in the file already. */
static bool propose(struct call *call, const json_t *proposals)
{
	char *entries = entries_of(proposals), *diff = NULL, *file;
	struct chancery_error error;
	bool given, ok, accept = call->value[OPT_ACCEPT] != NULL;

	file = own_path(call, OPT_ACTORS, &given);
	ok = chancery_actors_put(file, entries, accept, &diff, &error);
	if (!ok)
		say_error("%s", error.text);
	else if (!accept || !call->value[OPT_QUIET])
		put_diff(diff);
	if (ok && !accept)
		fprintf(stderr, "chancery: read it; --accept puts it into %s\n", file);
	free(diff);
	free(entries);
	free(file);
	return ok;
}

static bool put_learnt(struct call *call, const json_t *proposals, enum view view)
{
	struct sheet sheet;
	size_t i;
	const json_t *o;

	if (!json_array_size(proposals)) {
		if (view == VIEW_TABLE)
			fprintf(stderr, "chancery: the pages say of no office what the lists do not have\n");
		return true;
	}
	if (view == VIEW_TABLE || call->value[OPT_ACCEPT])
		return propose(call, proposals);
	sheet_open(&sheet, view, learnt, sizeof learnt / sizeof *learnt);
	json_array_foreach(proposals, i, o) {
		char *line = json_dumps(o, JSON_COMPACT);

		if (!line)
			out_of_memory();
		sheet_row(&sheet, line, strlen(line));
		free(line);
	}
	sheet_close(&sheet);
	return true;
}

static int learn(struct call *call)
{
	unsigned long long pages = 3;
	struct chancery_store *store;
	struct chancery *engine = NULL;
	struct chancery_error error;
	enum view view;
	char *json = NULL;
	bool ok;

	if (!view_of(call, &view) || !number_option(call, OPT_PAGES, 1000000, &pages))
		return EXIT_USAGE;
	store = open_store(call, false);
	if (store)
		engine = open_engine(call);
	ok = engine != NULL;
	if (ok && !chancery_learn(store, engine, (unsigned)pages, &json, &error)) {
		say_error("%s", error.text);
		ok = false;
	}
	chancery_close(engine);
	chancery_store_close(store);
	if (ok) {
		json_t *proposals = json_loads(json, 0, NULL);

		ok = put_learnt(call, proposals, view);
		json_decref(proposals);
	}
	free(json);
	return output_status(ok ? EXIT_DONE : EXIT_SOME_FAILED);
}

int cmd_actors(struct call *call)
{
	static const struct {
		const char *name;
		int (*run)(struct call *call);
	} all[] = { { "list", list }, { "ask", ask }, { "add", add }, { "import", import }, { "learn", learn } };

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (strcmp(call->args[0], all[i].name) == 0)
			return all[i].run(call);
	return usage_error(call, "actors has no '%s'; list, ask, add, import, learn are", call->args[0]);
}
