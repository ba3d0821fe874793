#include "cli.h"
#include <stdlib.h>
#include <string.h>

/* What the lists hold, a line each. */
static bool put_stats(const struct call *call, const struct chancery *engine)
{
	struct chancery_error error;
	const char *name;
	json_t *o, *n;
	char *json;

	if (!chancery_stats(engine, &json, &error)) {
		say_error("%s", error.text);
		return false;
	}
	if (call->value[OPT_JSON]) {
		put_line(json, strlen(json));
	} else {
		o = json_loads(json, 0, NULL);
		json_object_foreach(o, name, n)
			printf("%-30s %9lld\n", name, (long long)json_integer_value(n));
		json_decref(o);
	}
	free(json);
	return true;
}

int cmd_version(struct call *call)
{
	struct chancery *engine;
	bool ok = true;

	if (!call->value[OPT_JSON])
		printf("chancery %s\n", chancery_version());
	engine = open_engine(call);
	if (!engine)
		return output_status(EXIT_SOME_FAILED);
	if (!call->value[OPT_JSON])
		printf("model: %s\nlexicon: %s\n", chancery_about(engine), chancery_lexicon(engine));
	if (call->value[OPT_STATS] || call->value[OPT_JSON])
		ok = put_stats(call, engine);
	chancery_close(engine);
	return output_status(ok ? EXIT_DONE : EXIT_SOME_FAILED);
}
