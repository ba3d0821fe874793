/* export/each.h -- one input read and written out as text: what chancery_each does in each of its threads. */
#ifndef CH_EXPORT_EACH_H
#define CH_EXPORT_EACH_H
#include "chancery.h"
#include "doc/doc.h"
#include "doc/engine.h"
#include "run/run.h"
#include "store/record.h"
#include <jansson.h>

/* Versions that records are stamped with. */
struct ch_stamp ch_stamp_of(const struct ch_engine *engine);

/* What was told of a page beside it (chancery_item.known), in an arena. */
struct ch_each_known {
	struct ch_str title, author, outlet, agency, section, lang;   /* empty where untold */
	ch_day date;
	const char *label;       /* for messages: the item's name, and its URL where that is another */
};

/* What was told of an item, as a store keeps it: its `known` with "clean" where it is; in arena, empty where nothing was told. */
struct ch_str ch_each_told(const struct chancery_item *item, struct ch_arena *arena);

/* The page of an item as it comes to the stages: its file is read, gzip is taken off. Sets doc->raw, cut, path, and of what is known url,
 * fetched and charset; of an item that is clean text all that ch_doc_from_text does. known->label is set in any case. */
bool ch_each_read(const struct chancery_item *item, struct ch_doc *doc, struct ch_each_known *known, struct ch_arena *arena,
		  struct ch_err *err) CH_MUST_USE;
/* The stages up to `past` for a page that was read; what it does not say itself is filled in from what is known. */
bool ch_each_stages(const struct ch_engine *engine, const struct chancery_item *item, struct ch_doc *doc,
		    const struct ch_each_known *known, enum ch_stage_id past, struct ch_err *err) CH_MUST_USE;

/* A line {"id","date","text"} of JSON, and what else is known, as a document of clean text; offsets are those of the unescaped
 * string. *id is a new reference to the id as given, or NULL. */
bool ch_each_json_line(struct ch_doc *doc, struct ch_arena *arena, const struct chancery_item *item, json_t **id,
		       struct ch_err *err) CH_MUST_USE;

/* Reads one item and writes its output; *out lies in arena. *warning, if anything, is a line in arena. *label: for messages. */
bool ch_each_one(const struct ch_engine *engine, enum chancery_input input, enum chancery_output output,
		 const struct chancery_petrarch *petrarch, const struct chancery_item *item, struct ch_arena *arena, struct ch_str *out,
		 bool *article, const char **warning, const char **label, struct ch_err *err) CH_MUST_USE;
/* Frees what an item owns but its name, which is not the item's any more. */
void ch_each_release(struct chancery_item *item);
#endif
