/* event/registers.h -- the other books a chancery keeps: reads everything up to events; writes roles, tallies,
 * instruments, pledges and positions, in order of their mention.
 *
 *   role.c         who holds which office, chair or membership      "Foreign Minister N. N.", "as chair of the
 * Movement" tally.c        numbers that count things                        "more than 80 countries", "16 visits"; no
 * sizes, no durations instrument.c   treaties, declarations and the like              "the Shusha Declaration", "an
 * agreement on transit" pledge.c       what one undertakes, plans or is expected to do  "will chair the Movement", "are
 * determined to expand" position.c     what one supports, opposes or recognises
 *
 * Each reads words from lexicon/registers/, which are constant tables in the program. The title is not searched. A
 * party is written as in the annotation guide: an ISO code, an organisation's acronym, a person's full name; several
 * parted by ", ".
 *
 * Always true of the layers (ch_registers_check): records stand in order of mention.start; mentions are never empty and
 * lie in the body; a tally counts two or more; a role has a holder and an office; parties are in range. */
#ifndef CH_EVENT_REGISTERS_H
#define CH_EVENT_REGISTERS_H
#include "doc/doc.h"
#include "doc/engine.h"

/* Runs once on a document, after events. Does not fail today. A document without trees gets no records. */
bool ch_registers(const struct ch_engine *engine, struct ch_doc *doc, struct ch_err *err) CH_MUST_USE;

/* NULL, or the promise above that doc breaks. */
const char *ch_registers_check(const struct ch_doc *doc);
#endif
