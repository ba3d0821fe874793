/* export/actors.h -- actors as JSON: who there is (chancery_actors, chancery_stats in chancery.h), and who is meant in a
 * text. */
#ifndef CH_EXPORT_ACTORS_H
#define CH_EXPORT_ACTORS_H
#include "doc/doc.h"
#include "doc/engine.h"
#include "who/gazetteer.h"
#include <jansson.h>

/* The mentions of a document that has gone through who, with whom they stand for (fields: docs/formats.md). Spans count
 * bytes of the text. A new reference. */
json_t *ch_json_asked(const struct ch_engine *engine, const struct ch_doc *doc);
/* The Wikidata id of the one person of this full name, "Q42"; null where nobody or several are called so. A new reference. */
json_t *ch_json_wikidata(const struct ch_gazetteer *g, struct ch_str name);
#endif
