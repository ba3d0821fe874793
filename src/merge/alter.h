/* merge/alter.h -- what a copy changed. */
#ifndef CH_MERGE_ALTER_H
#define CH_MERGE_ALTER_H
#include "merge/words.h"

struct ch_alteration {
	double kept;                   /* share of the original's shingles that the copy has, 0 to 1 */
	double own;                    /* share of the copy's shingles that the original does not have */
	struct ch_str *numbers_lost, *numbers_new, *quotes_lost, *quotes_new;   /* as they stand in their text (lent) */
	uint32_t n_numbers_lost, n_numbers_new, n_quotes_lost, n_quotes_new;
};

/* Lists in the order of their text. All in arena. */
void ch_alteration_of(struct ch_alteration *alt, struct ch_arena *arena, const struct ch_words *original, const struct ch_words *copy);
#endif
