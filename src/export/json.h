/* export/json.h -- records as JSON, by Jansson: the fields of the gold guide beside PLOVER's (docs/formats.md).
 *
 * What is unsaid is null; arrays are always there. Functions return a new reference, never NULL (Jansson fails only
 * where memory ends; then the program ends as base/arena.h has it). */
#ifndef CH_EXPORT_JSON_H
#define CH_EXPORT_JSON_H
#include "store/record.h"
#include <jansson.h>

enum ch_offsets { CH_OFFSETS_TEXT, CH_OFFSETS_RAW };   /* spans count bytes of the article's text, or of the raw page */

json_t *ch_json_str(struct ch_str s);          /* broken UTF-8 is repaired */
json_t *ch_json_or_null(struct ch_str s);      /* null where empty */
void ch_json_set(json_t *object, const char *key, json_t *value);   /* takes value */
void ch_json_push(json_t *array, json_t *value);                    /* takes value */
json_t *ch_json_object(void);
json_t *ch_json_array(void);
json_t *ch_json_span(struct ch_evidence e, enum ch_offsets offsets);   /* [start, end], null where absent */

/* An event; with `reports`, all pages that carry it (and the first one's evidence in front), and how many voices they are. */
json_t *ch_json_event(const struct ch_event_record *e, enum ch_offsets offsets, bool reports);
/* A row of a register; with `page`, which page it is from and the sentence it stands in. */
json_t *ch_json_row(const struct ch_row *row, enum ch_offsets offsets, bool page);
/* {"verdict","by","reason","at","set":{…},"coded":{…}}: what a person decided, what was set, how it had been coded. */
json_t *ch_json_reviewed(const struct ch_reviewed *reviewed);
/* The names of "A; B" as an array. */
json_t *ch_json_names(struct ch_str joined);
/* {"id","path","title","outlet","agency","published","url"}, "license" where the page has one, and by which versions it was coded */
json_t *ch_json_page(const struct ch_page_info *info);
/* As the register of pages has it: that, and what else is known of it. */
json_t *ch_json_page_row(const struct ch_page_info *info);
/* "program_version", "lexicon_version", "model_version" of the page into object. */
void ch_json_versions(json_t *object, const struct ch_page_info *info);

/* All of a page, for `code`: offsets into the text with "id", or into the raw page with "page", "published", … */
json_t *ch_json_records(const struct ch_page_record *page, enum ch_offsets offsets);
/* The article, for `clean`; with `blocks`, every block of the page and why it was taken or not. */
json_t *ch_json_article(const struct ch_doc *doc, bool blocks);

/* Would a spreadsheet take this text for a formula? Pages may say anything: in CSV such a text has a ' before it (docs/formats.md). */
bool ch_csv_formula(struct ch_str s);

/* One line without a newline, in arena; takes value. */
struct ch_str ch_json_line(struct ch_arena *arena, json_t *value);
#endif
