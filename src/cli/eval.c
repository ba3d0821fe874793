/* cli/eval.c -- records against gold: of a file of records, or of pages read here and now. */
#include "cli.h"
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool ends(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && strcmp(s + n - m, end) == 0;
}

/* A folder with .json files in it, or a .jsonl file, holds records; all else are pages. */
static bool are_records(const struct call *call)
{
	struct dirent *entry;
	bool json = false;
	DIR *dir;

	if (call->n_args != 2)
		return false;
	if (ends(call->args[1], ".jsonl"))
		return true;
	dir = opendir(call->args[1]);
	while (dir && (entry = readdir(dir)))
		json = json || ends(entry->d_name, ".json");
	if (dir)
		closedir(dir);
	return json;
}

static bool to_file(void *ctx, const struct chancery_result *result)
{
	struct call *call = ctx;

	if (result->error) {
		say_error("%s: %s", result->name, result->error);
		call->failed = true;
		return true;
	}
	return fwrite(result->text, 1, result->size, call->to) == result->size && putc('\n', call->to) != EOF;
}

/* Reads the pages into a file of its own; its name goes to path. */
static bool read_pages(struct call *call, char *path)
{
	struct chancery_work work = { .input = CHANCERY_PAGES, .output = CHANCERY_RECORDS, .next = next_page, .done = to_file, .ctx = call };
	struct chancery_error error;
	struct chancery *engine;
	int fd;
	bool ok;

	if (!get_threads(call, &work.threads))
		return false;
	engine = open_engine(call);
	fd = engine ? mkstemp(path) : -1;
	call->to = fd < 0 ? NULL : fdopen(fd, "w");
	if (!call->to) {
		if (engine)
			say_error("cannot make a file like '%s'", path);
		chancery_close(engine);
		return false;
	}
	ok = pages_open(call, call->args + 1, call->n_args - 1) && chancery_each(engine, &work, &error);
	ok = fclose(call->to) == 0 && ok;
	chancery_close(engine);
	chancery_inputs_close(call->pages);
	return ok;
}

/* "0.876 [0.81 0.92]" */
static void put_share(const json_t *item, const char *key)
{
	char interval[64];
	const json_t *range;

	snprintf(interval, sizeof interval, "%s_interval", key);
	range = json_object_get(item, interval);
	printf(" %6.3f [%.2f %.2f]", json_real_value(json_object_get(item, key)), json_real_value(json_array_get(range, 0)),
	       json_real_value(json_array_get(range, 1)));
}

static void put_scores(const json_t *list, const char *head)
{
	const json_t *item;
	size_t i;

	printf("%-12s %7s %7s %8s %19s %20s %6s\n", head, "gold", "system", "match", "P", "R", "F1");
	json_array_foreach(list, i, item) {
		printf("%-12s %7lld %7lld %8lld", field_z(item, "kind"), (long long)json_integer_value(json_object_get(item, "gold")),
		       (long long)json_integer_value(json_object_get(item, "system")),
		       (long long)json_integer_value(json_object_get(item, "match")));
		put_share(item, "precision");
		put_share(item, "recall");
		printf(" %6.3f\n", json_real_value(json_object_get(item, "f1")));
	}
}

/* All in one: by kind, by type of event, field by field, and what confidence is worth. Ranges are 95% intervals. */
static void print(const json_t *o)
{
	const json_t *item;
	size_t i;

	put_scores(json_object_get(o, "kinds"), "kind");
	putchar('\n');
	put_scores(json_object_get(o, "types"), "events of");
	putchar('\n');
	json_array_foreach(json_object_get(o, "rates"), i, item) {
		const json_t *range = json_object_get(item, "interval");

		printf("%-32s %5lld of %5lld  [%.2f %.2f]\n", field_z(item, "what"), (long long)json_integer_value(json_object_get(item, "right")),
		       (long long)json_integer_value(json_object_get(item, "of")), json_real_value(json_array_get(range, 0)),
		       json_real_value(json_array_get(range, 1)));
	}
	printf("\n%-12s %7s %11s %7s\n", "confidence", "events", "mean", "right");
	json_array_foreach(json_object_get(o, "reliability"), i, item) {
		const json_t *range = json_object_get(item, "interval");

		printf("%.1f to %.1f   %7lld %11.2f %7.2f [%.2f %.2f]\n", json_real_value(json_object_get(item, "from")),
		       json_real_value(json_object_get(item, "to")), (long long)json_integer_value(json_object_get(item, "events")),
		       json_real_value(json_object_get(item, "confidence")), json_real_value(json_object_get(item, "right")),
		       json_real_value(json_array_get(range, 0)), json_real_value(json_array_get(range, 1)));
	}
}

int cmd_eval(struct call *call)
{
	char path[] = "/tmp/chancery-eval-XXXXXX";
	bool records = are_records(call), ok;
	struct chancery_error error;
	const json_t *item;
	json_t *object;
	char *json = NULL;
	size_t i;

	if (!records && !read_pages(call, path))
		return EXIT_SOME_FAILED;
	ok = chancery_eval(call->args[0], records ? call->args[1] : path, &json, &error);
	if (!records)
		unlink(path);
	if (!ok) {
		say_error("%s", error.text);
		return EXIT_SOME_FAILED;
	}
	object = json_loads(json, 0, NULL);
	json_array_foreach(json_object_get(object, "missing"), i, item)
		say_error("no records of page %s", json_string_value(item));
	if (call->value[OPT_JSON])
		put_line(json, strlen(json));
	else
		print(object);
	json_decref(object);
	free(json);
	return output_status(call->failed ? EXIT_SOME_FAILED : EXIT_DONE);
}
