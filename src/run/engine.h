/* run/engine.h -- the engine, built once: model and lexicons. */
#ifndef CH_RUN_ENGINE_H
#define CH_RUN_ENGINE_H
#include "base/err.h"
#include "doc/engine.h"

/* Builds what the stages share. model: path of the model file; NULL looks at, in this order, $CHANCERY_MODEL,
 * ../share/chancery/model/syntax.bin beside the executable, the folder it was installed to, and model/syntax.bin of the
 * source tree. On failure *engine is untouched and err names the file. Free with ch_engine_close. */
bool ch_engine_open(const char *model, struct ch_engine **engine, struct ch_err *err) CH_MUST_USE;
/* Paths of a user's own lexicons, which win over the built-in ones; NULL: none. */
struct ch_own_lexicons {
	const char *actors;   /* docs/formats.md */
	const char *frames;   /* docs/frames.md */
};

bool ch_engine_open_with(const char *model, const struct ch_own_lexicons *own, struct ch_engine **engine, struct ch_err *err) CH_MUST_USE;
void ch_engine_close(struct ch_engine *engine);   /* NULL is fine; close it after every document read with it */

/* What records are stamped with: which program, lexicons and model read the page. Live as long as the engine. A
 * user's own files are a part of the lexicons: "1234567+89abcdef". */
const char *ch_engine_model_version(const struct ch_engine *engine);
const char *ch_engine_lexicon_version(const struct ch_engine *engine);
#endif
