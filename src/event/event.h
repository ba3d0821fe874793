/* event/event.h -- frames over the tree: reads everything up to statements, writes doc->events (and event_actors).
 *
 * Each word that a frame of lexicon/frames/ names as a trigger is looked at once, in order of the text; the first pattern whose
 * conditions hold and whose sides name two distinct parties makes the event. The same event told twice on a page is listed once, where
 * it is told most fully. The title is not searched: the guide counts what the body reports.
 *
 * Always true of the layer: events stand in order of their trigger; an event has at least two distinct parties, unless its
 * pattern is `solo`; symmetric events list all parties in source, sorted. */
#ifndef CH_EVENT_EVENT_H
#define CH_EVENT_EVENT_H
#include "doc/doc.h"
#include "doc/engine.h"

bool ch_event(const struct ch_engine *engine, struct ch_doc *doc, struct ch_err *err) CH_MUST_USE;
#endif
