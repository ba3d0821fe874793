/* export/annotate.h -- where the records of a page stand in its sentences: what a page's view highlights.
 *
 * Reads stored sentences, events and rows of one page; gives "annotations" (docs/formats.md). Records and sentences of a page are of one
 * coding, so both count bytes of the same text, and the place of a record in a sentence is a difference. Parties and dates of events are
 * kept without a place: they are looked for by the word that the event's path quotes, or by name. What is not found beyond doubt is not marked. */
#ifndef CH_EXPORT_ANNOTATE_H
#define CH_EXPORT_ANNOTATE_H
#include "export/json.h"
#include "store/store.h"

struct ch_annotated {
	struct ch_stored_sentence s;
	uint32_t *units;                         /* UTF-16 units before each CH_UNITS_STEP bytes of it; NULL: not yet counted */
};

/* Empty: { 0 }. */
struct ch_annotations {
	struct ch_arena arena;
	CH_VEC(struct ch_annotated) sentences;   /* in their order */
	CH_VEC(struct ch_annotation) found;
};

/* A piece of one sentence. */
struct ch_annotation {
	struct ch_str record, report;            /* report: of events */
	const char *kind, *role;                 /* "events", "trigger" */
	struct ch_str label;
	uint32_t sentence, start, end;           /* number of the sentence; bytes of its text */
};

/* All sentences of the page first, then its records in any order. What is given is copied. */
void ch_annotate_sentence(struct ch_annotations *a, const struct ch_stored_sentence *s);
void ch_annotate_event(struct ch_annotations *a, struct ch_str page, const struct ch_event_record *e);
void ch_annotate_row(struct ch_annotations *a, const struct ch_row *row);
/* [{"record","report","kind","role","label","sentence","start","end","text"}] in the order of the page, outer before inner; start and end count UTF-16
 * units of the sentence's text. Frees a. */
json_t *ch_annotations_json(struct ch_annotations *a);
#endif
