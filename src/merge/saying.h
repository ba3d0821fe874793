/* merge/saying.h -- one statement in several wordings: whether two are the same, and word by word what differs.
 *
 * A saying is a sequence of words laid to a speaker: two statements with the same words and the same name are one saying. Sayings of one
 * speaker that share enough are wordings of one statement: quoted in full and in part, directly and reported, altered by who passed it
 * on, or translated anew. Whether two are alike hangs on nothing but the two.
 *
 * A store looks candidates up by keys: hashes of two longer words in a row with the speaker's surname, the lowest of them (bottom-k
 * sketch: Broder 1997). What is alike is decided by the longest common subsequence of words (Hunt & McIlroy 1976), weighed by letters, so
 * that common little words count for little. Words match by their stem: an S-stemmer (Harman 1991) that also takes off -ed and -ing. */
#ifndef CH_MERGE_SAYING_H
#define CH_MERGE_SAYING_H
#include "base/arena.h"

enum {
	CH_SAYING_KEYS = 16,
	CH_SAYING_WORDS_MIN = 4,     /* shorter ones are the same word for word or not at all */
	CH_SAYING_WORDS_MAX = 1200,  /* that are compared; what is behind counts as different */
};

struct ch_saying_word {
	struct ch_str text;          /* as it stands (lent) */
	uint64_t folded, stem;
	uint16_t letters;
	bool fact;                   /* a number, or a name: a capital that begins no sentence */
};

struct ch_saying {
	struct ch_str speaker;       /* folded, blanks between its words */
	struct ch_str canon;         /* the words as they stand, one blank between */
	struct ch_saying_word *v;
	uint32_t n;
	uint64_t letters;
	uint32_t keys[CH_SAYING_KEYS], n_keys;   /* sorted, each once; none for short ones */
};

/* words: without an editor's insertions (ch_said_words in store/record.h). All in arena; words' texts lent. Linear but for sorting. */
void ch_saying_read(struct ch_saying *s, struct ch_arena *arena, struct ch_str speaker, struct ch_str words);

/* Keys that both must share before they are compared; the same for (a, b) and (b, a). */
uint32_t ch_saying_keys_wanted(uint32_t n_keys_a, uint32_t n_keys_b);

/* Are they wordings of one statement? Symmetric. Time: the product of their words, which is bounded. */
bool ch_saying_alike(const struct ch_saying *a, const struct ch_saying *b);

enum ch_edit_kind { CH_EDIT_SAME, CH_EDIT_INSERT, CH_EDIT_DELETE, CH_EDIT_REPLACE };

/* A run of words: `from` in the one, `to` in the other; as they stand, with what is between them (lent). */
struct ch_edit {
	enum ch_edit_kind kind;
	struct ch_str from, to;
};

/* What leads from a to b, in order. Words that differ in case alone are the same. In arena. Returns the share of a's and b's letters that
 * both have, 0 to 1. */
double ch_saying_diff(const struct ch_saying *a, const struct ch_saying *b, struct ch_arena *arena, struct ch_edit **edits, uint32_t *n);

/* "same", "insert", "delete", "replace" */
const char *ch_edit_name(enum ch_edit_kind kind);
#endif
