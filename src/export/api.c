/* export/api.c -- chancery.h's engine and its errors, over run/. A `struct chancery` is a `struct ch_engine` by another name. */
#include "chancery.h"
#include "run/config.h"
#include "run/engine.h"

_Static_assert(sizeof(struct chancery_error) == sizeof(struct ch_err), "the two are one: pointers to them are cast");

const char *chancery_version(void)
{
	return CH_VERSION;
}

bool chancery_open(const char *model, struct chancery **engine, struct chancery_error *error)
{
	return ch_engine_open(model, (struct ch_engine **)engine, (struct ch_err *)error);
}

bool chancery_open_with(const char *model, const struct chancery_own *own, struct chancery **engine, struct chancery_error *error)
{
	const struct ch_own_lexicons lexicons = { .actors = own->actors, .frames = own->frames };

	return ch_engine_open_with(model, &lexicons, (struct ch_engine **)engine, (struct ch_err *)error);
}

void chancery_close(struct chancery *engine)
{
	ch_engine_close((struct ch_engine *)engine);
}

const char *chancery_about(const struct chancery *engine)
{
	return ch_engine_model_version((const struct ch_engine *)engine);
}

const char *chancery_lexicon(const struct chancery *engine)
{
	return ch_engine_lexicon_version((const struct ch_engine *)engine);
}
