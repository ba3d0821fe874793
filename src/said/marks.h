/* said/marks.h -- which quotation marks belong together: reads text and blocks only, knows nothing of words.
 *
 *   one pair       “Peace is near,” he said.
 *   mixed pair     "Peace is near,” he said.            a mark counts by where it stands as much as by its shape
 *   paragraphs     “First.¶ “Second.” he said.          an opening mark on each, one closing mark: one quotation
 *   letters        “First.¶ Second.”                    one opening mark, the closing one paragraphs later
 *   nested         “He told me ‘never’ twice.”          the inner pair is part of the outer one
 *   lost           “First.¶ No mark any more.           ends with its paragraph, or is dropped: it never takes the page
 *
 * Marks known: " “ ” „ ‟ « » ＂ `` '' and, where they enclose speech and are no apostrophes, ' ‘ ’ ‚ ‹ › `. */
#ifndef CH_SAID_MARKS_H
#define CH_SAID_MARKS_H
#include "doc/doc.h"

struct ch_quotation {
	struct ch_span marks;   /* with the marks */
	struct ch_span content; /* between them; never empty */
	uint32_t block_first, block_last;
	bool closed; /* false: the closing mark is missing, the paragraph's end stood in for it */
	bool single; /* ‘ ’ rather than “ ” */
};

struct ch_quotations {
	CH_VEC(struct ch_quotation) q; /* in order, none overlapping another */
};

/* All outermost quotations of the document's body (the title block is left out). O(length of the text). */
void ch_marks_pair(struct ch_doc *doc, struct ch_quotations *out);
#endif
