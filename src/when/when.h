/* when/when.h -- expressions of time → dates and ranges. Reads doc->sentences, doc->tokens (tags too where they are
 * set; it needs none) and doc->meta.published; writes doc->times.
 *
 * Found are dates (full, partial, relative, weekdays, quarters, seasons, decades, holidays), ranges, times of day,
 * durations, sets and vague references, with `value` as in TIMEX3 (Pustejovsky et al., "TimeML Annotation
 * Guidelines 1.2.1", 2006) and `date` as in our annotation guide: "2018-08-12", "2018-08", "2018", "A/B".
 *
 * What is not said is resolved against the day of publication, or the date before it in the text ("the same day"):
 *   - a weekday is the nearest one past; the nearest to come where a word near it looks ahead ("will", "due", "next");
 *   - a date without a year takes the year its sentence names before it, else the one that brings it nearest to
 *     publication, the past being preferred where past and future are about as far;
 *   - without a publication date the value keeps X where TIMEX3 allows it, and lo, hi and date stay empty;
 *   - 03/04/2018 may be March or April: only its year is kept.
 *
 * Always true of the layer (ch_when_check): times stand in order and do not overlap; each lies in one sentence; "since
 * 2017" runs up to publication; lo is not behind hi, and either both or neither is CH_NO_DAY; date is empty exactly
 * where lo is CH_NO_DAY. Linear in the number of tokens. The word lists stand in lexicon/when/, as constant tables in
 * the program. */
#ifndef CH_WHEN_WHEN_H
#define CH_WHEN_WHEN_H
#include "doc/doc.h"

struct ch_engine;

/* Runs once on a document; does not fail today (the signature is that of every stage). engine may be NULL. */
bool ch_when(const struct ch_engine *engine, struct ch_doc *doc, struct ch_err *err) CH_MUST_USE;

/* NULL, or the promise above that doc breaks. */
const char *ch_when_check(const struct ch_doc *doc);
#endif
