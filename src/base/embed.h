/* base/embed.h -- files of lexicon/ that the build puts into the program (tool/embed.c writes the tables). */
#ifndef CH_BASE_EMBED_H
#define CH_BASE_EMBED_H
#include "base/str.h"

struct ch_embedded {
	const char *path;     /* as in the source tree, for messages: "lexicon/frames/visit.txt" */
	struct ch_str text;
};
#endif
