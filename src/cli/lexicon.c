/* cli/lexicon.c -- `chancery lexicon check`: the frames, yours among them, and the contexts, against their own sentences. */
#include "cli.h"
#include <stdlib.h>
#include <string.h>

struct checked {
	unsigned long long good, bad;
	bool json, all;   /* all: also those that are as they should be */
};

static bool row(void *ctx, const char *json, size_t size)
{
	struct checked *c = ctx;
	json_t *o = json_loadb(json, size, 0, NULL);
	bool ok = json_is_true(json_object_get(o, "ok"));
	char *line;

	*(ok ? &c->good : &c->bad) += 1;
	if (c->json && (c->all || !ok)) {
		json_decref(o);
		return put_line(json, size);
	}
	if (c->all || !ok) {
		line = field_text(o, "line");
		printf("%s:%s: %s%s: %s\n    want %s%s\n    got  %s\n", field_z(o, "file"), line, ok ? "" : "FAILED ", field_z(o, "frame"),
		       field_z(o, "sentence"), json_is_true(json_object_get(o, "fires")) ? "" : "no ",
		       *field_z(o, "want") ? field_z(o, "want") : field_z(o, "frame"), *field_z(o, "got") ? field_z(o, "got") : "nothing");
		free(line);
	}
	json_decref(o);
	return !ferror(stdout);
}

int cmd_lexicon(struct call *call)
{
	struct checked c = { .json = call->value[OPT_JSON] != NULL, .all = call->n_args > 1 };
	struct chancery *engine;
	bool ok = true;

	if (strcmp(call->args[0], "check") != 0)
		return usage_error(call, "'%s' is nothing that lexicon does; check is", call->args[0]);
	engine = open_engine(call);
	if (!engine)
		return output_status(EXIT_SOME_FAILED);
	for (int i = 1; i < call->n_args || i == 1; i++)
		ok = chancery_lexicon_check(engine, i < call->n_args ? call->args[i] : NULL, row, &c) && ok;
	if (call->n_args > 1 && !c.good && !c.bad) {
		say_error("no frame or context '%s' has sentences", call->args[1]);
		ok = false;
	}
	if (!c.json)
		printf("%llu passed, %llu failed\n", c.good, c.bad);
	chancery_close(engine);
	return output_status(ok ? EXIT_DONE : EXIT_SOME_FAILED);
}
