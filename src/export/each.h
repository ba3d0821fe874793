/* export/each.h -- one input read and written out as text: what chancery_each does in each of its threads. */
#ifndef CH_EXPORT_EACH_H
#define CH_EXPORT_EACH_H
#include "chancery.h"
#include "doc/doc.h"
#include "doc/engine.h"
#include "store/record.h"
#include <jansson.h>

/* Versions that records are stamped with. */
struct ch_stamp ch_stamp_of(const struct ch_engine *engine);

/* The bytes of an item as they come to a stage: its file is read, gzip is taken off. Sets doc->raw, cut and path. */
bool ch_each_read(const struct chancery_item *item, struct ch_doc *doc, struct ch_arena *arena, struct ch_err *err) CH_MUST_USE;

/* A line {"id","date","text"} of JSON, and what else is known, as a document of clean text; offsets are those of the unescaped
 * string. *id is a new reference to the id as given, or NULL. */
bool ch_each_json_line(struct ch_doc *doc, struct ch_arena *arena, const struct chancery_item *item, json_t **id,
		       struct ch_err *err) CH_MUST_USE;

/* Reads one item and writes its output; *out lies in arena. *warning, if anything, is a line in arena. */
bool ch_each_one(const struct ch_engine *engine, enum chancery_input input, enum chancery_output output,
		 const struct chancery_item *item, struct ch_arena *arena, struct ch_str *out, bool *article,
		 const char **warning, struct ch_err *err) CH_MUST_USE;
#endif
