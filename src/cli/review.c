/* cli/review.c -- a person goes through what is doubtful and decides; or decides by options, one thing a call. */
#include "cli.h"
#include <ctype.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --by, else $CHANCERY_AUTHOR, else the login name. */
static const char *author_of(const struct call *call)
{
	const char *author = call->value[OPT_AUTHOR];
	const struct passwd *user;

	if (!author || !*author)
		author = getenv("CHANCERY_AUTHOR");
	if (author && *author)
		return author;
	user = getpwuid(getuid());
	return user && user->pw_name ? user->pw_name : "";
}

/* ---- by options ---- */

static const struct {
	enum opt_id option;
	const char *verdict;
} actions[] = {
	{ OPT_ACCEPT_ID, "accept" }, { OPT_REJECT, "reject" }, { OPT_SET, "edit" }, { OPT_MERGE, "merge" }, { OPT_SPLIT, "split" },
	{ OPT_SAME_ACTOR, "same-actor" }, { OPT_OTHER_ACTOR, "other-actor" }, { OPT_UNDO, "undo" },
};

static int tell(const struct call *call, bool ok, char *json, const struct chancery_error *error, bool in_words)
{
	json_t *o;

	if (!ok) {
		say_error("%s", error->text);
		return EXIT_SOME_FAILED;
	}
	if (!in_words) {
		put_line(json, strlen(json));
	} else {
		o = json_loads(json, 0, NULL);
		if (strcmp(field_z(o, "was"), field_z(o, "id")) == 0)
			printf("%s: %s\n", field_z(o, "verdict"), field_z(o, "id"));
		else
			printf("%s: %s is now %s\n", field_z(o, "verdict"), field_z(o, "was"), field_z(o, "id"));
		json_decref(o);
	}
	free(json);
	(void)call;
	return EXIT_DONE;
}

/* The option has the first of what the action is done to, the arguments the rest: "--set date=1991 ID...", "--merge ID ID", "--accept ID...". */
static int decide(const struct call *call, struct chancery_store *store, size_t action, bool in_words)
{
	struct chancery_decision d = { .verdict = actions[action].verdict, .by = author_of(call), .reason = call->value[OPT_REASON] };
	const char *first = call->value[actions[action].option];
	const bool two = actions[action].option == OPT_MERGE || actions[action].option == OPT_SAME_ACTOR || actions[action].option == OPT_OTHER_ACTOR;
	const char *set[32];
	struct chancery_error error;
	int status = EXIT_DONE, at = 0;

	if (actions[action].option != OPT_UNDO && (!d.reason || !*d.reason))
		return usage_error(call, "a decision wants a reason: --reason TEXT");
	if (actions[action].option == OPT_SET) {
		set[d.n_set++] = first;
		while (at < call->n_args && strchr(call->args[at], '=') && d.n_set < sizeof set / sizeof *set)
			set[d.n_set++] = call->args[at++];
		d.set = set;
		if (at == call->n_args)
			return usage_error(call, "--set wants FIELD=VALUE, more of these if need be, and the ID of what it is set in");
		first = call->args[at++];
	} else if (two) {
		if (call->n_args != 1)
			return usage_error(call, "two are wanted, not %d", call->n_args + 1);
		d.other = call->args[at++];
	}
	for (bool go = true; go; first = at < call->n_args ? call->args[at++] : NULL) {
		char *json = NULL;
		bool ok;

		if (!first)
			break;
		d.id = first;
		ok = actions[action].option == OPT_UNDO ? chancery_undo(store, first, &json, &error) : chancery_decide(store, &d, &json, &error);
		if (tell(call, ok, json, &error, in_words) != EXIT_DONE)
			status = EXIT_SOME_FAILED;
		go = ok;
	}
	return status;
}

static int list(const struct call *call, struct chancery_store *store, enum view view)
{
	struct chancery_error error;
	struct sheet sheet;
	bool ok;

	(void)call;
	sheet_open_named(&sheet, view, "decisions");
	ok = chancery_decisions(store, sheet_row, &sheet, &error);
	sheet_close(&sheet);
	if (!ok)
		say_error("%s", error.text);
	return ok ? EXIT_DONE : EXIT_SOME_FAILED;
}

static bool put_gold(void *ctx, const char *json, size_t size)
{
	*(unsigned long long *)ctx += 1;
	return put_line(json, size);
}

static int gold(const struct call *call, struct chancery_store *store)
{
	unsigned long long unfinished = 0, pages = 0;
	struct chancery_error error;

	if (!chancery_review_gold(store, put_gold, &pages, &unfinished, &error)) {
		say_error("%s", error.text);
		return EXIT_SOME_FAILED;
	}
	if (!call->value[OPT_QUIET])
		fprintf(stderr, "%llu page%s written; %llu with records still undecided left out\n", pages, pages == 1 ? "" : "s", unfinished);
	return EXIT_DONE;
}

/* ---- the loop ---- */

struct records {
	char **v;
	size_t n, cap;
};

static bool keep(void *ctx, const char *json, size_t size)
{
	struct records *r = ctx;

	(void)size;
	if (r->n == r->cap) {
		r->cap = r->cap ? 2 * r->cap : 64;
		r->v = realloc(r->v, r->cap * sizeof *r->v);
		if (!r->v)
			out_of_memory();
	}
	r->v[r->n] = strdup(json);
	if (!r->v[r->n++])
		out_of_memory();
	return true;
}

/* Where name stands in text as words of its own; NULL. */
static const char *word_at(const char *text, const char *name)
{
	const size_t size = strlen(name);

	for (const char *at = size ? strstr(text, name) : NULL; at; at = strstr(at + 1, name))
		if ((at == text || !isalnum((unsigned char)at[-1])) && !isalnum((unsigned char)at[size]))
			return at;
	return NULL;
}

/* A new text with the first that stands there of `name` put between the two; takes text. */
static char *mark(char *text, const char *name, const char *before, const char *after)
{
	const char *at = word_at(text, name);
	size_t room = strlen(text) + strlen(before) + strlen(after) + 1;
	char *out;

	if (!at)
		return text;
	out = malloc(room);
	if (!out)
		out_of_memory();
	snprintf(out, room, "%.*s%s%s%s%s", (int)(at - text), text, before, name, after, at + strlen(name));
	free(text);
	return out;
}

/* Parties by their names, of people also by the last word of it: the page rarely says more. */
static void put_sides(const json_t *record, char **text)
{
	static const char *const sides[] = { "actor", "recipient" };
	const json_t *one;
	size_t i;

	for (int side = 0; side < 2; side++) {
		json_array_foreach(json_object_get(record, sides[side]), i, one) {
			const char *name = field_z(one, "entity_text"), *last = strrchr(name, ' ');

			if (!word_at(*text, name) && last && strcmp(field_z(one, "kind"), "person") == 0)
				name = last + 1;
			*text = mark(*text, name, "[", "]");
		}
	}
}

/* "FRA (Charles de Gaulle), DEU": a side by its codes, with who stands for each. */
static void put_side(const json_t *record, const char *key)
{
	const json_t *list = json_object_get(record, strcmp(key, "source") == 0 ? "actor" : "recipient"), *one;
	char *codes = field_text(record, key), *safe = plain(codes);
	const char *before = " (";
	size_t i;

	if (*safe)
		printf("  %-11s %s", key, safe);
	json_array_foreach(list, i, one) {
		char *name = plain(field_z(one, "entity_text"));

		if (*safe && strcmp(field_z(one, "kind"), "person") == 0) {
			printf("%s%s", before, name);
			before = ", ";
		}
		free(name);
	}
	if (*safe)
		puts(*before == ',' ? ")" : "");
	free(safe);
	free(codes);
}

/* The sentences before and behind the one at span. */
static void put_context(const json_t *page, const json_t *span, bool before)
{
	const json_t *sentence, *last = NULL;
	json_int_t start = json_integer_value(json_array_get(span, 0)), end = json_integer_value(json_array_get(span, 1));
	size_t i;

	json_array_foreach(json_object_get(page, "sentences"), i, sentence) {
		const json_t *at = json_object_get(sentence, "span");

		if (before && json_integer_value(json_array_get(at, 1)) <= start)
			last = sentence;
		if (!before && !last && json_integer_value(json_array_get(at, 0)) >= end)
			last = sentence;
	}
	if (last)
		put_wrapped(field_z(last, "text"), 4);
}

static void put_record(struct chancery_store *store, const json_t *record, size_t at, size_t n)
{
	static const char *const passed_over[] = { "id", "event", "actor", "recipient", "sentence", "trigger", "evidence", "text", "event_text",
						   "mention", "content", "cue", "frame", "reports", "voices", "page", "quad_code", "event_scale",
						   "context", "cameo", "confidence", "date_basis", "place_basis", "claimed_by", "saying", "wordings",
						   "tellings", "reviewed", "source_span" };
	const json_t *report = json_array_get(json_object_get(record, "reports"), 0), *page = json_object_get(report ? report : record, "page");
	char *text = strdup(report ? field_z(report, "text") : field_z(record, "sentence")), *json = NULL, *confidence, *outlet;
	struct chancery_error error;
	json_t *shown = NULL, *value;
	const char *key;

	if (!text)
		out_of_memory();
	confidence = field_text(record, "confidence");
	outlet = plain(*field_z(page, "outlet") ? field_z(page, "outlet") : field_z(page, "path"));
	printf("\n%s%zu of %zu%s  %s  %s%s%s %s\n", on("\033[1m"), at + 1, n, off(), field_z(record, "id"), *confidence ? "confidence " : "",
	       confidence, *confidence ? "," : "", outlet);
	json_object_foreach((json_t *)(uintptr_t)record, key, value) {
		bool skip = json_is_null(value);
		char *field, *safe;

		for (size_t i = 0; i < sizeof passed_over / sizeof *passed_over; i++)
			skip = skip || strcmp(key, passed_over[i]) == 0;
		if (!skip && report && (strcmp(key, "source") == 0 || strcmp(key, "target") == 0)) {
			put_side(record, key);
			continue;
		}
		if (skip)
			continue;
		field = field_text(record, key);
		safe = plain(field);
		if (*safe)
			printf("  %-11s %s\n", key, safe);
		free(safe);
		free(field);
	}
	if (page && chancery_show(store, field_z(page, "id"), &json, &error))
		shown = json_loads(json, 0, NULL);
	free(json);
	if (report)
		put_context(shown, json_object_get(report, "sentence"), true);
	text = mark(text, field_z(report, "trigger"), ">>", "<<");
	put_sides(record, &text);
	put_wrapped(text, 2);
	if (report)
		put_context(shown, json_object_get(report, "sentence"), false);
	json_decref(shown);
	free(outlet);
	free(confidence);
	free(text);
}

static void put_keys(void)
{
	puts("  a accept    r reject    e FIELD=VALUE ... edit    m ID merge with    p split\n"
	     "  s skip      u undo the last, back to it           ? these keys      q quit\n"
	     "  What was decided is kept at once. A reason is asked for, or --reason is it.");
}

/* A line of the person's, without its end; false: there is no more. */
static bool ask(const char *prompt, char *line, int room)
{
	fputs(prompt, stdout);
	fflush(stdout);
	if (!fgets(line, room, stdin)) {
		putchar('\n');
		return false;
	}
	line[strcspn(line, "\r\n")] = '\0';
	return true;
}

/* Parts line at blanks, in place; "quoted words" stay together. */
static size_t words_of(char *line, const char **words, size_t max)
{
	size_t n = 0;
	char *to = line;

	while (*line && n < max) {
		bool quoted = false;

		while (*line == ' ' || *line == '\t')
			line++;
		if (!*line)
			break;
		words[n++] = to;
		for (; *line && (quoted || (*line != ' ' && *line != '\t')); line++) {
			if (*line == '"')
				quoted = !quoted;
			else
				*to++ = *line;
		}
		line += *line != '\0';
		*to++ = '\0';
	}
	return n;
}

enum answer { ANSWER_NEXT, ANSWER_AGAIN, ANSWER_BACK, ANSWER_QUIT };

/* What was decided in this session, to be undone from the last on. */
struct decided {
	struct {
		char id[80];
		size_t at;              /* which record of those gone through */
	} *v;
	size_t n;
};

static enum answer undo_last(const struct call *call, struct chancery_store *store, struct decided *done)
{
	struct chancery_error error;
	char *json = NULL;
	bool ok;

	if (!done->n) {
		say_error("nothing was decided yet");
		return ANSWER_AGAIN;
	}
	ok = chancery_undo(store, done->v[done->n - 1].id, &json, &error);
	return tell(call, ok, json, &error, true) == EXIT_DONE ? ANSWER_BACK : ANSWER_AGAIN;
}

static enum answer answer(const struct call *call, struct chancery_store *store, const char *id, size_t at, struct decided *done, char *line)
{
	static const char *const keys[] = { "accept", "reject", "edit", "merge", "pull apart", "skip", "undo", "quit" };
	static const char *const verdicts[] = { "accept", "reject", "edit", "merge", "split" };
	struct chancery_decision d = { .id = id, .by = author_of(call), .reason = call->value[OPT_REASON] };
	struct chancery_error error;
	const char *words[34];
	char reason[1000], *json = NULL;
	size_t n = words_of(line, words, sizeof words / sizeof *words), key = 0;
	bool ok;

	while (n && key < sizeof keys / sizeof *keys && words[0][0] != keys[key][0])
		key++;
	if (n && strcmp(words[0], "split") == 0)
		key = 4;
	if (!n || key == sizeof keys / sizeof *keys) {
		put_keys();
		return ANSWER_AGAIN;
	}
	if (key > 4)
		return key == 5 ? ANSWER_NEXT : key == 6 ? undo_last(call, store, done) : ANSWER_QUIT;
	d.verdict = verdicts[key];
	if ((key == 2 && n < 2) || (key == 3 && n != 2)) {
		say_error(key == 2 ? "e FIELD=VALUE: which field is to be what?" : "m ID: the event that it is one with");
		return ANSWER_AGAIN;
	}
	d.set = key == 2 ? words + 1 : NULL;
	d.n_set = key == 2 ? n - 1 : 0;
	d.other = key == 3 ? words[1] : NULL;
	for (int tries = 0; (!d.reason || !*d.reason) && tries < 3; tries++) {
		if (!ask("reason> ", reason, sizeof reason))
			return ANSWER_QUIT;
		d.reason = reason;
	}
	ok = chancery_decide(store, &d, &json, &error);
	if (ok) {
		json_t *o = json_loads(json, 0, NULL);

		snprintf(done->v[done->n].id, sizeof done->v->id, "%s", field_z(o, "id"));
		done->v[done->n++].at = at;
		json_decref(o);
	}
	return tell(call, ok, json, &error, true) == EXIT_DONE ? ANSWER_NEXT : ANSWER_AGAIN;
}

static int loop(const struct call *call, struct chancery_store *store, const struct chancery_query *query)
{
	struct records records = { 0 };
	struct decided done = { 0 };
	struct chancery_error error;
	enum answer what = ANSWER_NEXT;
	char line[4000];

	if (!chancery_doubtful(store, query, keep, &records, &error)) {
		say_error("%s", error.text);
		return EXIT_SOME_FAILED;
	}
	if (records.n)
		put_keys();
	else
		fprintf(stderr, "chancery: nothing in the store fits that was not decided\n");
	done.v = calloc(records.n + 1, sizeof *done.v);   /* a record is decided once, or undone before it is again */
	if (!done.v)
		out_of_memory();
	for (size_t i = 0; i < records.n && what != ANSWER_QUIT; i++) {
		json_t *record = json_loads(records.v[i], 0, NULL);

		put_record(store, record, i, records.n);
		do {
			what = ask("> ", line, sizeof line) ? answer(call, store, field_z(record, "id"), i, &done, line) : ANSWER_QUIT;
		} while (what == ANSWER_AGAIN);
		json_decref(record);
		if (what == ANSWER_BACK)
			i = done.v[--done.n].at - 1;   /* undone, it is as it was shown: ids too */
	}
	for (size_t i = 0; i < records.n; i++)
		free(records.v[i]);
	free(records.v);
	free(done.v);
	return EXIT_DONE;
}

int cmd_review(struct call *call)
{
	const size_t none = sizeof actions / sizeof *actions;
	size_t action = none, asked = 0;
	struct chancery_query query;
	struct chancery_store *store;
	enum view view;
	int status;

	if (!view_of(call, &view) || !query_of(call, &query))
		return EXIT_USAGE;
	for (size_t i = 0; i < none; i++) {
		if (!call->value[actions[i].option])
			continue;
		action = i;
		asked++;
	}
	asked += (size_t)(call->value[OPT_LIST] != NULL) + (size_t)(call->value[OPT_GOLD] != NULL);
	if (asked > 1)
		return usage_error(call, "one thing at a time");
	if (action == none && call->n_args)
		return usage_error(call, "what is to be done with '%s'?", call->args[0]);
	query.record = call->value[OPT_OF_REGISTER] ? call->value[OPT_OF_REGISTER] : "events";
	store = open_store(call, false);
	if (!store)
		return EXIT_SOME_FAILED;
	if (action < none)
		status = decide(call, store, action, view == VIEW_TABLE);
	else if (call->value[OPT_LIST])
		status = list(call, store, view);
	else if (call->value[OPT_GOLD])
		status = gold(call, store);
	else
		status = loop(call, store, &query);
	chancery_store_close(store);
	return output_status(status);
}
