/* event/status.h -- did it happen? From tense, modals, negation and the verbs above; the words are the classes STATUS_… of
 * lexicon/frames/status.txt. */
#ifndef CH_EVENT_STATUS_H
#define CH_EVENT_STATUS_H
#include "event/frames.h"
#include "event/tree.h"

struct ch_status_words {
	const struct ch_map *planning, *hoping, *denying, *calling, *asking, *announcing, *factive;   /* verbs above */
	const struct ch_map *planning_noun;                                    /* nouns above */
	const struct ch_map *planned_adj, *possible_adj, *failed_adj;          /* adjectives beside a noun */
};

void ch_status_words_get(const struct ch_frames *frames, struct ch_status_words *words);

/* The status of what the trigger tells. *called is set where it stands in what somebody calls for ("urged Iran to withdraw"): such
 * an act is no event of its own. */
enum ch_status ch_status_of(const struct ch_doc *doc, const struct ch_status_words *words, uint32_t trigger, bool *called);
#endif
