/* event/instrument.h -- what the two halves of the register of instruments share: the paper as its words were found
 * (instrument.c), and who its sides are (sides.c). */
#ifndef CH_EVENT_INSTRUMENT_H
#define CH_EVENT_INSTRUMENT_H
#include "event/registers_priv.h"

/* What the page tells of who made papers: for each sentence the event that tells it best (or CH_NONE), and the two parties
 * whose dealings the page is about, if it is about two. */
struct ch_told {
	uint32_t *by;
	struct ch_reg_actors pair;
};

struct ch_paper {
	uint32_t noun, first, past; /* tokens of the title, determiner left out */
	const struct ch_word_sense *kind;
	bool strong; /* an instrument by its noun alone */
	bool named, described, definite;
	uint32_t verb; /* of signing, or CH_NONE */
	const char *status;
	struct ch_reg_actors parties;
	struct ch_str provides;
};

/* What the events of doc tell of sides; in doc's arena. Linear in the number of events. */
struct ch_told ch_sides_told(const struct ch_doc *doc);
/* A seat of government named by its town, as the stage before knew it. */
bool ch_sides_is_town(const struct ch_doc *doc, const struct ch_mention *m);
/* The sides of f: those that its words name; else those of the act that the sentence, or one shortly before it, tells of. */
void ch_sides_add(const struct ch_doc *doc, const struct ch_told *told, struct ch_paper *f);
#endif
