/* export/voices.h -- how many tell it, and how many of them on their own.
 *
 * Copies are no witnesses. Pages of one story, of one outlet, or that credit one source (or the outlet of another of them) are
 * one voice; what is left apart after all such unions is `independent`. */
#ifndef CH_EXPORT_VOICES_H
#define CH_EXPORT_VOICES_H
#include "export/json.h"

/* {"pages","copies","outlets","independent","first_seen","agencies"} of pages (each once or more often). copies: those that are
 * not the first of their story. */
json_t *ch_json_voices(const struct ch_page_info *const *pages, uint32_t n);

/* The next of those that the page says it has its report from, the nearest first: its chain, or the agency it credits where it names
 * no chain. rest: zeroed before the first. */
bool ch_next_credit(const struct ch_page_info *page, struct ch_str *rest, struct ch_str *name);

/* Whether the page credits the outlet: "Reuters", "reuters", "the Reuters". */
bool ch_credits(struct ch_arena *arena, const struct ch_page_info *page, struct ch_str outlet);
#endif
