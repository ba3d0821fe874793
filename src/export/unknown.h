/* export/unknown.h -- what a page says of its parties that no frame tells, and names that mean nobody known. */
#ifndef CH_EXPORT_UNKNOWN_H
#define CH_EXPORT_UNKNOWN_H
#include "doc/doc.h"
#include "doc/engine.h"
#include <jansson.h>

/* {"phrases": [{"word","pos","path","source","target","sentence"}], "names": [{"name","kind","sentence"}]}: verbs and nouns
 * between two parties that trigger no frame, light verbs and verbs of speech apart; and the tagger's people and organisations
 * without a party. path: how the word reaches the second party: "obj", or a preposition. doc has gone through all stages.
 * A new reference. */
json_t *ch_json_unknown(const struct ch_engine *engine, const struct ch_doc *doc);
#endif
