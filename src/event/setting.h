/* event/setting.h -- when and where: the date and the place of the event itself, never of the report. */
#ifndef CH_EVENT_SETTING_H
#define CH_EVENT_SETTING_H
#include "event/status.h"

/* The expression of time that dates what the trigger tells: the nearest in its own clause. Index into doc->times or CH_NONE. */
uint32_t ch_setting_time(const struct ch_doc *doc, uint32_t trigger);

/* The same for an event: the date of an announcement or a refusal of it is not its own, and what is actual takes the day of the sentence that
 * its own goes on from ("Later …", "There …", "He …" in the simple past). */
uint32_t ch_setting_day(const struct ch_doc *doc, const struct ch_status_words *words, uint32_t trigger, bool actual);

/* True if the time (an index into doc->times) lies ahead of the page: on a later day, or tonight in the present tense. */
bool ch_setting_ahead(const struct ch_doc *doc, uint32_t trigger, uint32_t time);

/* A review of the year: the year that the page keeps naming, from its head on, as GUIDE's form of a date; empty for any other page. In a
 * review what is told in the past tense, and not dated itself, happened in that year. */
struct ch_str ch_setting_review(const struct ch_doc *doc);

/* True if the clause around the trigger tells of the past ("met", "has paid", "was signed"), not of what is so in general. */
bool ch_setting_past(const struct ch_doc *doc, uint32_t trigger);

/* The country where it happened, as said in its own clause ("in Geneva", "at the Brussels summit"); empty where unsaid. */
struct ch_str ch_setting_place(const struct ch_doc *doc, uint32_t trigger);

/* The same for an event of that type: where a thing spoken of lies is not where it is spoken of ("discussed the crisis in Libya"), "there" is where
 * the sentence before was, and an attack happens where it falls. */
struct ch_str ch_setting_scene(const struct ch_doc *doc, const struct ch_status_words *words, uint32_t trigger, unsigned type);
#endif
