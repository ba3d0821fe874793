/* run/engine.h -- the engine, built once: model and lexicons. */
#ifndef CH_RUN_ENGINE_H
#define CH_RUN_ENGINE_H
#include "base/err.h"
#include "doc/engine.h"

/* Builds what the stages share. model: path of the model file; NULL looks at, in this order, $CHANCERY_MODEL,
 * ../share/chancery/model/syntax.bin beside the executable, the folder it was installed to, and model/syntax.bin of the
 * source tree. On failure *engine is untouched and err names the file. Free with ch_engine_close. */
bool ch_engine_open(const char *model, struct ch_engine **engine, struct ch_err *err) CH_MUST_USE;
/* The same with a user's own file of actors (docs/formats.md), which wins over the built-in lists; NULL: none. */
bool ch_engine_open_with(const char *model, const char *actors, struct ch_engine **engine,
			 struct ch_err *err) CH_MUST_USE;
void ch_engine_close(struct ch_engine *engine);   /* NULL is fine; close it after every document read with it */

/* What records are stamped with: which program, lexicons and model read the page. Live as long as the engine. A
 * user's file of actors is a part of the lexicons: "1234567+89abcdef". */
const char *ch_engine_model_version(const struct ch_engine *engine);
const char *ch_engine_lexicon_version(const struct ch_engine *engine);
#endif
