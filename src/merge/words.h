/* merge/words.h -- what a text is compared by: its words in order, and which of them are names, numbers, quoted.
 *
 * Read from the letters alone, so that it serves for every language: no tags, no lists. Words are folded (ch_utf8_fold);
 * a script without blanks gives a word a character. A name is a word with a capital that begins no sentence (in German
 * that is every noun, which does no harm: they are compared with each other only). */
#ifndef CH_MERGE_WORDS_H
#define CH_MERGE_WORDS_H
#include "doc/doc.h"

enum { CH_SHINGLE_WORDS = 3, CH_TERM_LETTERS = 5, CH_NAME_LETTERS = 3, CH_QUOTE_WORDS = 4 };

/* Sets of hashes, sorted, each once. The hash is part of what a store keeps: it must never change. */
struct ch_hashes {
	uint64_t *v;
	uint32_t n, cap;
};

/* A number or a quoted passage as it stands in the text. */
struct ch_fact {
	uint64_t hash;
	struct ch_str text;
};

struct ch_facts {
	struct ch_fact *v;   /* by hash, each once */
	uint32_t n, cap;
};

struct ch_words {
	uint32_t n;                      /* words, each time */
	uint64_t exact;                  /* of all words in their order: the same for the same text, however it is set */
	struct ch_hashes shingles;       /* three words in a row */
	struct ch_hashes terms;          /* words of CH_TERM_LETTERS or more, and numbers */
	struct ch_hashes names;
	struct ch_hashes numbers;        /* two digits or more; thousands' marks do not count */
	struct ch_hashes quoted;         /* shingles between marks of quotation */
	struct ch_facts number_facts;    /* the numbers again, and whole quotations, with their text (lent) */
	struct ch_facts quote_facts;
};

/* Reads pieces (paragraphs) one after the other; all lies in arena, facts' texts in the pieces. Linear but for sorting. */
void ch_words_read(struct ch_words *w, struct ch_arena *arena, const struct ch_str *pieces, uint32_t n);
/* The paragraphs of an article without its title, which each outlet writes anew. */
void ch_words_of(struct ch_words *w, const struct ch_doc *doc);

/* Makes sets of what was pushed: sorted, each once. ch_words_read has done it. */
void ch_words_sort(struct ch_words *w);

/* How many a and b have in common. */
uint32_t ch_hashes_common(const struct ch_hashes *a, const struct ch_hashes *b);

/* splitmix64's finaliser (Steele, Lea & Flood 2014): every bit of x decides on every bit of the result. */
static inline uint64_t ch_mix(uint64_t x)
{
	x += 0x9E3779B97F4A7C15u;
	x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
	x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
	return x ^ (x >> 31);
}
#endif
