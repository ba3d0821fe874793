/* input/warc.h -- pages out of WARC files (ISO 28500: 1.0, 1.1, and the drafts before) and WET: one record after the other.
 *
 *     response    an HTTP answer: 2xx with HTML or text is a page, its codings taken off; others are passed over
 *     resource    a page as it is, if its type is HTML or text
 *     conversion  the visible lines of a page (WET)
 *     warcinfo, request, metadata, revisit, continuation and unknown types are passed over
 *
 * WARC-Target-URI goes to "url", WARC-Date to "fetched". What is broken is one input with an error; reading goes on at the next
 * record: where its length says, else where the next header line "WARC/" stands. Own reader, since libarchive 3.6 refuses
 * WARC/1.1 and passes over conversions. One window of a record at a time: a file of any length takes constant memory. */
#ifndef CH_INPUT_WARC_H
#define CH_INPUT_WARC_H
#include "input/input.h"
#include "input/stream.h"

struct ch_warc {
	struct ch_stream *stream;   /* lent */
	const char *name;           /* lent: of the file */
	uint64_t record;            /* the one read last, from 1 */
	struct ch_passed passed;
	struct ch_arena arena;
};

bool ch_warc_is(struct ch_str first);
void ch_warc_init(struct ch_warc *warc, struct ch_stream *stream, const char *name);
void ch_warc_free(struct ch_warc *warc);
/* The next page, or what is broken; false at the end. */
bool ch_warc_next(struct ch_warc *warc, struct ch_input *input);
#endif
