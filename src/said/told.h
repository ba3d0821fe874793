/* said/told.h -- what is told of statements that are found: their setting, an editor's words in them, who "we" are.
 *
 * Each step runs once, behind ch_speakers_resolve, and fills its fields of doc->statements (doc/doc.h). Their words are constant
 * tables made of lexicon/said/. All are linear in the page. */
#ifndef CH_SAID_TOLD_H
#define CH_SAID_TOLD_H
#include "said/said_priv.h"

/* occasion.c: addressee, occasion, place and outlet, from the clause of the cue; the occasion is carried to what the same speaker says
 * next, until another one speaks. Needs trees; without them nothing is told. */
void ch_said_occasions(struct ch_said_work *w);

/* insertion.c: what an editor put into direct quotations, by its signature ("(… – red.)", "(sic)"), by square brackets, or as a
 * name in round brackets behind a pronoun ("his (the king's)"). */
void ch_said_insertions(struct ch_said_work *w);

/* refer.c: first persons between quotation marks. "I" is the speaker, "we" his side: the party that he acts for, or, where the
 * speaker is a body or a state, itself. A first person belongs to the innermost statement around it. */
void ch_said_refers(struct ch_said_work *w);
#endif
