/* merge/signature.h -- a page's text in about a kilobyte, so that copies of it are found and known again.
 *
 *   exact    hash of the words in order
 *   keys     what a store looks copies up by (Indyk & Motwani 1998): MinHash (Broder 1997) over shingles, two in a key;
 *            over longer words, four in a key; over names and numbers, three in a key. The last two kinds hold within
 *            a time: their keys carry the part of the calendar that the page was published in
 *   sketches samples of the sets of merge/words.h: the hashes below a limit that is halved until few enough are left.
 *            Any two are compared at the smaller of their limits, which tells the share of one that the other holds
 *            without bias, also where one text is much longer (FracMinHash: Irber et al. 2022)
 *
 * A true copy in the press keeps about 30% of its shingles (NEWS-COPY: Silcock et al. 2022), so that texts are compared by
 * containment and by their names, numbers and quotations as well. ch_likeness looks at two signatures and nothing else: what is
 * linked does not hang on what else a store holds, nor on the order in which pages came. */
#ifndef CH_MERGE_SIGNATURE_H
#define CH_MERGE_SIGNATURE_H
#include "merge/words.h"

enum {
	CH_KEYS_SHINGLES = 20, CH_KEYS_TERMS = 8, CH_KEYS_FACTS = 6,
	CH_KEYS_TIMED = CH_KEYS_TERMS + CH_KEYS_FACTS,
	CH_KEYS = CH_KEYS_SHINGLES + CH_KEYS_TIMED,
	CH_SKETCH_MAX = 160,         /* hashes that a sketch holds at most */
	CH_STORY_DAYS = 16,          /* texts reworded are looked for this many days before and after */
	CH_WINDOW_DAYS = 2 * CH_STORY_DAYS,
	CH_WORDS_NEAR = 30,          /* shorter texts are copies only where they are the same word for word */
	CH_WORDS_EXACT = 8,          /* and those shorter than this ("Page not found") never */
};

struct ch_sketch {
	const uint32_t *v;           /* sorted, each below 2^(32 - shift) */
	uint32_t n;
	uint8_t shift;
};

enum ch_sketch_of { CH_OF_SHINGLES, CH_OF_TERMS, CH_OF_NAMES, CH_OF_NUMBERS, CH_OF_QUOTED, CH_SKETCHES };

struct ch_signature {
	uint64_t exact;
	ch_day day;                  /* published; CH_NO_DAY */
	uint32_t words;
	struct ch_sketch sketch[CH_SKETCHES];
	uint64_t keys[CH_KEYS];      /* shingles', terms', facts'; 0: none. Timed ones without their time: ch_key_at */
};

/* All of it in arena. day: CH_NO_DAY where nobody knows. */
void ch_signature_make(struct ch_signature *s, struct ch_arena *arena, const struct ch_words *words, ch_day day);

/* Key i as it stands in an index. A timed one (i >= CH_KEYS_SHINGLES) is put at the window of the page's day, `near` 0, and looked up at
 * near -1, 0 and 1; undated pages have a window of their own (near must be 0). Never 0. */
uint64_t ch_key_at(const struct ch_signature *s, uint32_t i, int near);

/* Sketches as bytes for a store, and back. Bytes that are none give a signature that is like no other. */
struct ch_str ch_signature_pack(const struct ch_signature *s, struct ch_arena *arena);
void ch_signature_unpack(struct ch_signature *s, struct ch_arena *arena, struct ch_str bytes);

enum ch_copy { CH_COPY_NONE, CH_COPY_SPUN, CH_COPY_NEAR, CH_COPY_EXACT };

/* Shares of the smaller of both sets that the other holds, 0 to 1; what both lack is -1. */
struct ch_likeness {
	enum ch_copy copy;
	double share[CH_SKETCHES];
};

struct ch_likeness ch_likeness(const struct ch_signature *a, const struct ch_signature *b);

/* "exact", "near", "spun", NULL for none */
const char *ch_copy_name(enum ch_copy copy);
#endif
