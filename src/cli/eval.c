/* cli/eval.c -- records against gold: of a file of records, of pages or of the gold's own sentences read here and now. */
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

/* ---- gold that holds its sentences ---- */

enum { PARTIES_SHOWN = 15 };

/* "159" "160" "73" " 0.876 [0.81 0.92]" … */
static void put_measure(const json_t *item)
{
	printf("%-14s %6lld %7lld %6lld", field_z(item, "kind"), (long long)json_integer_value(json_object_get(item, "gold")),
	       (long long)json_integer_value(json_object_get(item, "system")), (long long)json_integer_value(json_object_get(item, "match")));
	put_share(item, "precision");
	put_share(item, "recall");
	if (json_object_get(item, "f1_interval"))
		put_share(item, "f1");
	else
		printf(" %6.3f", json_real_value(json_object_get(item, "f1")));
	putchar('\n');
}

static void put_head(const char *what)
{
	printf("\n%-14s %6s %7s %6s %19s %19s %7s\n", what, "gold", "system", "match", "P", "R", "F1");
}

/* "1 sentence", "2 sentences", "3 more" */
static const char *counted(char *to, size_t size, const json_t *o, const char *field, const char *one)
{
	long long n = json_integer_value(json_object_get(o, field));

	snprintf(to, size, "%lld %s%s", n, one, n == 1 || strcmp(one, "more") == 0 ? "" : "s");
	return to;
}

static void print_sentences(const json_t *o)
{
	const json_t *list, *item;
	char n[64];
	size_t i;

	printf("%s: %s; ", field_z(o, "gold"), counted(n, sizeof n, o, "sentences", "sentence"));
	if (json_integer_value(json_object_get(o, "skipped")))
		printf("%s marked as not to be scored; ", counted(n, sizeof n, o, "skipped", "more"));
	printf("%s in the gold, ", counted(n, sizeof n, o, "gold_events", "event"));
	printf("%lld coded\n", (long long)json_integer_value(json_object_get(o, "system_events")));
	put_head("measure");
	json_array_foreach(json_object_get(o, "measures"), i, item)
		put_measure(item);
	putchar('\n');
	json_array_foreach(json_object_get(o, "rates"), i, item) {
		const json_t *range = json_object_get(item, "interval");

		printf("%-32s %5lld of %5lld  [%.2f %.2f]\n", field_z(item, "what"), (long long)json_integer_value(json_object_get(item, "right")),
		       (long long)json_integer_value(json_object_get(item, "of")), json_real_value(json_array_get(range, 0)),
		       json_real_value(json_array_get(range, 1)));
	}
	list = json_object_get(o, "types");
	if (json_array_size(list))
		put_head("by type");
	json_array_foreach(list, i, item)
		put_measure(item);
	list = json_object_get(o, "types_actors");
	if (json_array_size(list))
		put_head("by type+actors");
	json_array_foreach(list, i, item)
		put_measure(item);
	list = json_object_get(o, "parties");
	if (json_array_size(list))
		put_head("by party");
	json_array_foreach(list, i, item)
		if (i < PARTIES_SHOWN)
			put_measure(item);
	if (json_array_size(list) > PARTIES_SHOWN)
		printf("… and %zu more (--json has all)\n", json_array_size(list) - PARTIES_SHOWN);
	puts("\nP: of what was coded, how much the gold has. R: of the gold, how much was coded. F1: their harmonic mean.\n"
	     "[ ]: 95% intervals, of P and R by Wilson, of F1 by bootstrap over sentences.");
	if (json_object_get(o, "types"))
		puts("type: the PLOVER types that a sentence tells of, each once.\n"
		     "type+actors: each event, with its actors (by country) on the right side: of several on one side one is\n"
		     "  enough, of joint partners two; AGREE, CONSULT and COOPERATE may be turned round.\n"
		     "party: a country, each time that it takes part in a type of event in a sentence.");
	if (json_array_size(json_object_get(o, "rates")) > 1 || !json_object_get(o, "types"))
		puts("cameo: the CAMEO codes of a sentence, digit by digit.\n"
		     "cameo+actors: each code with the whole codes of source and target.");
	puts("exact: every event of the sentence and none beside; silence is exact where the gold has no event.");
}

static int eval_sentences(struct call *call)
{
	const char *system = call->n_args == 2 ? call->args[1] : NULL;
	struct chancery *engine = NULL;
	struct chancery_error error;
	unsigned threads = 0;
	json_t *object, *missing;
	char *json = NULL;
	bool ok;

	if (call->n_args > 2)
		return usage_error(call, "'%s' holds its own sentences: one SYSTEM at most goes with it", call->args[0]);
	if (!system) {
		if (!get_threads(call, &threads))
			return EXIT_USAGE;
		engine = open_engine(call);
		if (!engine)
			return EXIT_SOME_FAILED;
	}
	ok = chancery_eval_sentences(engine, threads, call->args[0], system, &json, &error);
	chancery_close(engine);
	if (!ok) {
		say_error("%s", error.text);
		return EXIT_SOME_FAILED;
	}
	object = json_loads(json, 0, NULL);
	missing = json_object_get(object, "missing");
	if (json_array_size(missing))
		say_error("'%s' lacks sentences of the gold, which count as coded without events: %zu, the first '%s'", system,
			  json_array_size(missing), json_string_value(json_array_get(missing, 0)));
	if (json_integer_value(json_object_get(object, "unknown")))
		say_error("'%s' has records of sentences that are not in the gold, which are passed over: %lld", system,
			  (long long)json_integer_value(json_object_get(object, "unknown")));
	if (call->value[OPT_JSON])
		put_line(json, strlen(json));
	else
		print_sentences(object);
	json_decref(object);
	free(json);
	return output_status(EXIT_DONE);
}

int cmd_eval(struct call *call)
{
	char path[] = "/tmp/chancery-eval-XXXXXX";
	bool records, sentences, ok;
	struct chancery_error error;
	struct stat st;
	const json_t *item;
	json_t *object;
	char *json = NULL;
	size_t i;

	if (!chancery_eval_holds_sentences(call->args[0], &sentences, &error)) {
		say_error("%s", error.text);
		return EXIT_SOME_FAILED;
	}
	if (call->n_args < 2 && stat(call->args[0], &st) == 0 && S_ISDIR(st.st_mode))
		return usage_error(call, "'%s' is gold of pages: their records (SYSTEM) or the PAGEs are wanted too", call->args[0]);
	if (sentences || call->n_args < 2)   /* where it stands alone, what keeps it from being read is told */
		return eval_sentences(call);
	records = are_records(call);
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
