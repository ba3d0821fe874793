/* event/status.h -- did it happen? From tense, modals, negation and the verbs above; the words are the classes STATUS_… of
 * lexicon/frames/status.txt. */
#ifndef CH_EVENT_STATUS_H
#define CH_EVENT_STATUS_H
#include "event/frames.h"
#include "event/tree.h"

struct ch_status_words {
	const struct ch_map *planning, *aiming, *hoping, *trying, *denying, *excluding, *calling, *telling, *asking, *announcing, *factive;   /* verbs */
	const struct ch_map *light;                                            /* class LIGHT: verbs that only carry a noun */
	const struct ch_map *planning_noun, *possible_noun, *denying_noun;     /* nouns above */
	const struct ch_map *planned_adj, *possible_adj, *failed_adj;          /* adjectives beside a noun, or said of it */
	const struct ch_map *not, *perhaps, *true_adj;                         /* adverbs; adjectives whose denial reaches below */
	const struct ch_map *without, *until;                                  /* prepositions and conjunctions */
	const struct ch_map *goes_on, *spot, *trip, *going;                     /* for event/setting.h */
};

void ch_status_words_get(const struct ch_frames *frames, struct ch_status_words *words);

/* The status of what the trigger tells. speech: an act of words (a demand, a charge), which is done where it is tried. *called is set where it stands in what somebody calls for ("urged Iran to withdraw"): such
 * an act is no event of its own. */
enum ch_status ch_status_of(const struct ch_doc *doc, const struct ch_status_words *words, uint32_t trigger, bool speech, bool *called);

/* What the words say to the setting of an event. A verb that denies, announces or asks for what it governs; one that plans it; an adverb that goes
 * on from the sentence before; a noun that with its country names a place; a stay at the place it goes to; a verb of going to a place. */
bool ch_status_is_word(const struct ch_doc *doc, const struct ch_status_words *words, uint32_t verb);
bool ch_status_is_plan(const struct ch_doc *doc, const struct ch_status_words *words, uint32_t verb);
bool ch_status_goes_on(const struct ch_doc *doc, const struct ch_status_words *words, uint32_t adverb);
bool ch_status_is_spot(const struct ch_doc *doc, const struct ch_status_words *words, uint32_t noun);
bool ch_status_is_trip(const struct ch_doc *doc, const struct ch_status_words *words, uint32_t noun);
bool ch_status_is_going(const struct ch_doc *doc, const struct ch_status_words *words, uint32_t verb);
#endif
