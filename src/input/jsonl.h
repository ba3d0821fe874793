/* input/jsonl.h -- pages out of JSON: an object a line, or one document (an object, an array of objects, or an object with such an
 * array in "articles", "items", "results", "docs" or "data").
 *
 * A map says which field of the object is which of ours: paths parted by "|", the first that has something counts; a dot goes inside an
 * object, and a list on the way stands for each of its members. The built-in map knows the names of schema.org's NewsArticle,
 * ninjs 1 and 3, GDELT and news-please; what a user maps goes before it.
 *
 * A field for text that holds text is clean text; one that holds tags, and a field for html, is a page to be cleaned. */
#ifndef CH_INPUT_JSONL_H
#define CH_INPUT_JSONL_H
#include "input/input.h"
#include "input/stream.h"

enum ch_field {
	CH_FIELD_TEXT, CH_FIELD_HTML, CH_FIELD_TITLE, CH_FIELD_AUTHOR, CH_FIELD_DATE, CH_FIELD_URL, CH_FIELD_OUTLET, CH_FIELD_AGENCY,
	CH_FIELD_LANG, CH_FIELD_SECTION, CH_FIELD_FETCHED, CH_FIELD_ID, CH_FIELD_N
};

struct ch_field_map {
	struct ch_str own[CH_FIELD_N];   /* paths, "|" between; empty: none */
};

/* Reads "title=headline,text=body|content.plain"; slices point into spec. Empty: the built-in map alone. Fails with the word that is
 * wrong and what would do. */
bool ch_field_map_read(struct ch_field_map *map, struct ch_str spec, struct ch_err *err) CH_MUST_USE;

struct ch_jsonl {
	struct ch_stream *stream;         /* lent */
	const struct ch_field_map *map;   /* lent */
	const char *name;                 /* lent */
	json_t *document, *list;          /* where it is one document; list: lent by it, or NULL for a single object */
	uint64_t number;                  /* of the line, or of the object in the list, from 1 */
	bool single, begun;
	struct ch_arena arena;
};

bool ch_jsonl_is(struct ch_str first);
void ch_jsonl_init(struct ch_jsonl *j, struct ch_stream *stream, const struct ch_field_map *map, const char *name);
void ch_jsonl_free(struct ch_jsonl *j);
/* The next page, or what is wrong with it; false at the end. */
bool ch_jsonl_next(struct ch_jsonl *j, struct ch_input *input);

/* The page in one object; *input has no name yet. */
void ch_jsonl_page(const struct ch_field_map *map, struct ch_arena *arena, json_t *object, struct ch_input *input);
#endif
