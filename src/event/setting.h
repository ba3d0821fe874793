/* event/setting.h -- when and where: the date and the place of the event itself, never of the report. */
#ifndef CH_EVENT_SETTING_H
#define CH_EVENT_SETTING_H
#include "event/tree.h"

/* The expression of time that dates what the trigger tells: the nearest in its own clause. Index into doc->times or CH_NONE. */
uint32_t ch_setting_time(const struct ch_doc *doc, uint32_t trigger);

/* A review of the year: the year that the page keeps naming, from its head on, as GUIDE's form of a date; empty for any other page. In a
 * review what is told in the past tense, and not dated itself, happened in that year. */
struct ch_str ch_setting_review(const struct ch_doc *doc);

/* True if the clause around the trigger tells of the past ("met", "has paid", "was signed"), not of what is so in general. */
bool ch_setting_past(const struct ch_doc *doc, uint32_t trigger);

/* The country where it happened, as said in its own clause ("in Geneva", "at the Brussels summit"); empty where unsaid. */
struct ch_str ch_setting_place(const struct ch_doc *doc, uint32_t trigger);
#endif
