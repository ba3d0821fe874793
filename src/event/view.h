/* event/view.h -- what statements are about and of whom they speak how: reads statements, mentions, events, instruments and positions;
 * writes doc->topics and doc->views.
 *
 * A layer of its own, behind the registers: contexts, events and instruments are read after the statements, whose layer is not written
 * again. Parties that the innermost statement around them names are its views, each actor once; so are instruments. A stance is told by
 *
 *   words of lexicon/said/stance.txt     "we condemn Ruritania", "Ruritanian aggression", "our friend Ruritania", "the treaty is void"
 *   events that the statement tells      the speaker's side supports, accuses, rejects; somebody attacks the speaker's side
 *   positions that it tells              who of the speaker's side supports, opposes, recognises what
 *   the verb that reports it             "praised the king as …"
 *
 * More words for than against is `supports`, more against than for `opposes`, none or as many `neutral`. What somebody else feels in the
 * statement ("Ruritania condemned us") is no stance of the speaker's. An editor's insertions are passed over. */
#ifndef CH_EVENT_VIEW_H
#define CH_EVENT_VIEW_H
#include "doc/doc.h"
#include "doc/engine.h"

/* Runs once on a document, behind the registers. Does not fail today. */
bool ch_topics(const struct ch_engine *engine, struct ch_doc *doc, struct ch_err *err) CH_MUST_USE;

/* "neutral", "supports", "opposes" */
const char *ch_stance_name(enum ch_stance stance);
#endif
