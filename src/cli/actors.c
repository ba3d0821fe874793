/* cli/actors.c -- who there is and who is meant: `chancery actors ask`. */
#include "cli.h"
#include <stdlib.h>
#include <string.h>

/* ---- ask ---- */

static const struct column asked[] = {
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
	size_t n = 1;
	char *text;

	for (int i = 1; i < call->n_args; i++)
		n += strlen(call->args[i]) + 1;
	text = calloc(n, 1);
	if (!text)
		out_of_memory();
	for (int i = 1; i < call->n_args; i++) {
		strcat(text, i > 1 ? " " : "");
		strcat(text, call->args[i]);
	}
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
	return output_status(status);
}

int cmd_actors(struct call *call)
{
	static const struct {
		const char *name;
		int (*run)(struct call *call);
	} all[] = { { "ask", ask } };

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (strcmp(call->args[0], all[i].name) == 0)
			return all[i].run(call);
	return usage_error(call, "actors has no '%s'", call->args[0]);
}
