/* merge/signature.h -- a page's text in about a kilobyte, so that copies of it are found and known again.
 *
 *   exact    hash of the words in order
 *   keys     what a store looks copies up by (Indyk & Motwani 1998): MinHash (Broder 1997) over shingles, two in a key;
 *            over longer words, four in a key; over names and numbers, three in a key. Most hold within a window of
 *            the calendar, so that a look-up costs the same however many years a store has, and what is written of a day
 *            stands together; the first few hold at any time, for copies that come months later
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
	CH_KEYS_ANY_TIME = 4, CH_KEYS_SHINGLES = 20 /* the first are those of any time */, CH_KEYS_TERMS = 8, CH_KEYS_FACTS = 6,
	CH_KEYS = CH_KEYS_SHINGLES + CH_KEYS_TERMS + CH_KEYS_FACTS,
	CH_WINDOW_ANY_TIME = INT32_MIN, CH_WINDOW_UNDATED = INT32_MIN + 1,
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
	uint32_t keys[CH_KEYS];      /* shingles', terms', facts'; 0: none */
};

/* All of it in arena. day: CH_NO_DAY where nobody knows. */
void ch_signature_make(struct ch_signature *s, struct ch_arena *arena, const struct ch_words *words, ch_day day);

/* The window that key i is put at: CH_WINDOW_ANY_TIME, CH_WINDOW_UNDATED for the other keys of undated pages, or a part of the calendar.
 * A dated page looks its keys up at the window before and the one behind as well, so that copies found by them are less
 * than two windows apart; those of shingles also at CH_WINDOW_UNDATED. An undated page looks those up at every window. */
int32_t ch_key_window(const struct ch_signature *s, uint32_t i);

/* Sketches as bytes for a store, and back. Bytes that are none give a signature that is like no other. */
struct ch_str ch_signature_pack(const struct ch_signature *s, struct ch_arena *arena);
void ch_signature_unpack(struct ch_signature *s, struct ch_arena *arena, struct ch_str bytes);

enum ch_copy { CH_COPY_NONE, CH_COPY_SPUN, CH_COPY_NEAR, CH_COPY_EXACT };

/* Shares of the smaller of both sets that the other holds, 0 to 1; what both lack is -1. */
struct ch_likeness {
	enum ch_copy copy;
	double share[CH_SKETCHES];
	uint32_t n[CH_SKETCHES];     /* how many of the smaller were looked at */
};

struct ch_likeness ch_likeness(const struct ch_signature *a, const struct ch_signature *b);

/* "exact", "near", "spun", NULL for none */
const char *ch_copy_name(enum ch_copy copy);
#endif
