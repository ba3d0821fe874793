/* input/archive.h -- members of tar and zip archives, one after the other, each as a stream; by libarchive. */
#ifndef CH_INPUT_ARCHIVE_H
#define CH_INPUT_ARCHIVE_H
#include "input/stream.h"

struct ch_archive;

/* Whether the first bytes are those of a tar (512 wanted) or zip archive. */
bool ch_archive_is(struct ch_str first);

/* inner is lent, and must outlive the archive. */
bool ch_archive_open(struct ch_archive **archive, struct ch_stream *inner, struct ch_err *err) CH_MUST_USE;
void ch_archive_close(struct ch_archive *archive);   /* NULL is fine */

enum ch_archive_next { CH_ARCHIVE_MEMBER, CH_ARCHIVE_END, CH_ARCHIVE_BROKEN };

/* The next file in it; folders, links and names that begin with a dot are passed over. *name lives until the next call; the stream
 * member, which the caller closes, reads from the archive. BROKEN: why in err; the archive is at its end then. */
enum ch_archive_next ch_archive_next(struct ch_archive *archive, const char **name, struct ch_stream *member, struct ch_err *err);
#endif
