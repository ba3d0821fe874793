/* petrarch/code.h -- events of a document by dictionaries of the field. Needs sentences, tokens and the tree.
 *
 * For each verb in order, as PETRARCH 1: the first pattern of its block that fits gives the code, else the block's own. What a
 * pattern does not bind goes by the order of words: the source is the first coded phrase before the verb, the target the first behind it
 * that is another; where a passive has its agent, the other way round. A clause that hangs on a coded verb is not coded itself. */
#ifndef CH_PETRARCH_CODE_H
#define CH_PETRARCH_CODE_H
#include "petrarch/phrase.h"

struct ch_petrarch_event {
	struct ch_str source, target;   /* "USAGOV"; "---": nobody known */
	struct ch_str cameo;
	uint32_t sentence;
	struct ch_span verb;
	uint32_t file, line;            /* of dict->files: the pattern, or where there was none the verb */
};

struct ch_petrarch_events {
	CH_VEC(struct ch_petrarch_event) v;
	struct ch_str discarded;        /* what the whole story was discarded for ("+TYPHOON"); empty */
	uint32_t sentences_discarded;
};

/* Events go into arena. */
void ch_petrarch_code(const struct ch_petrarch *dict, const struct ch_doc *doc, const struct ch_petrarch_options *options,
		      struct ch_arena *arena, struct ch_petrarch_events *events);
#endif
