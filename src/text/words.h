/* text/words.h -- word lists of lexicon/ as constant tables, made at build time by tool/wordtable.c.
 *
 * A word is looked up in lower case and may have several senses, one a section of its list. Const data: no start-up
 * cost, shared by all threads. */
#ifndef CH_TEXT_WORDS_H
#define CH_TEXT_WORDS_H
#include "base/str.h"

struct ch_word_sense {
	const char *value; /* behind the "=", or "" */
	int number;        /* the value where it is one, else 0 */
	uint8_t section;
	bool upper; /* the list writes the word with a capital */
};

struct ch_word {
	const char *text; /* lower case; NULL: an empty slot */
	uint8_t len;
	uint16_t first; /* into senses */
	uint8_t n;
	uint64_t sections; /* bit s: has a sense of section s */
};

struct ch_words {
	const struct ch_word *slots;
	const struct ch_word_sense *senses;
	uint32_t mask;
};

#define CH_WORD_BYTES_MAX 63 /* no list holds a longer word */

/* The word, compared with ASCII letters in either case and ’ as '; NULL where the table lacks it. O(length). */
const struct ch_word *ch_words_find(const struct ch_words *words, struct ch_str text);

/* The sense of that section, or NULL; word may be NULL. */
const struct ch_word_sense *ch_word_sense(const struct ch_words *words, const struct ch_word *word, unsigned section);

/* The sense of that section that text fits with its capitals: a sense written with a capital wants one. */
const struct ch_word_sense *ch_words_cased(const struct ch_words *words, struct ch_str text, unsigned section);
#endif
