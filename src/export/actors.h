/* export/actors.h -- who is meant, as JSON: the mentions of a text with whom they stand for. */
#ifndef CH_EXPORT_ACTORS_H
#define CH_EXPORT_ACTORS_H
#include "doc/doc.h"
#include "doc/engine.h"
#include <jansson.h>

/* {"date", "text", "mentions": [{"start", "end", "text", "kind", "place", "confidence", "basis", "actors": [{"kind",
 * "name", "party", "code", "org", "sector", "office", "id"}]}]}; spans count bytes of the text. doc has gone through
 * who. A new reference. */
json_t *ch_json_asked(const struct ch_engine *engine, const struct ch_doc *doc);
#endif
