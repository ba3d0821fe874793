/* syntax/features.h -- a word form as the encoder sees it: rows of the embedding tables.
 *
 * The form is normalised (typographic quotes and dashes, lower case for Latin script), then hashed whole, by prefixes of
 * 1 to 4 and suffixes of 1 to 5 code points, and by shape ("Xxx", "d,dd"); what the gazetteers know of the word (part of a
 * person's name, a country, a capital) makes one more feature. train/features.py computes the same. */
#ifndef CH_SYNTAX_FEATURES_H
#define CH_SYNTAX_FEATURES_H
#include "syntax/model.h"

#define CH_SLOTS 13            /* word, prefixes 1-4, suffixes 1-5, shape, shape with length, gazetteer */

struct ch_features {
	uint32_t slot[CH_SLOTS];   /* rows of the trained table; CH_NONE: no such feature, or a word never seen */
	uint32_t glove;            /* row of the GloVe table, or CH_NONE */
};

void ch_features_of(const struct ch_model *model, struct ch_str form, struct ch_features *out);

/* Lower case of ASCII, Latin-1 and Latin Extended-A; other code points as they are. */
uint32_t ch_lower_latin(uint32_t cp);

/* The 64-bit hash of the model's key tables (FNV-1a with a finish). */
uint64_t ch_key_hash(struct ch_str s);
#endif
