/* said/cues.h -- the words that tell who says what: lexicon/said/cues.txt, put into the program at build.
 *
 * Built once with the engine and never written again; any number of threads may ask. A word belongs to a set of
 * sections; two words ("point out", "news agency") are asked for together first. */
#ifndef CH_SAID_CUES_H
#define CH_SAID_CUES_H
#include "base/err.h"
#include "base/str.h"

/* The sections of the lexicon; their meaning stands there. One table gives the enum and the names. */
#define CH_CUE_TABLE(X)                                                                                                \
	X(CH_CUE_SAY, "say")                                                                                           \
	X(CH_CUE_TELL, "tell")                                                                                         \
	X(CH_CUE_ASK, "ask")                                                                                           \
	X(CH_CUE_THINK, "think")                                                                                       \
	X(CH_CUE_QUOTE, "quote")                                                                                       \
	X(CH_CUE_FIND, "find")                                                                                         \
	X(CH_CUE_RESTATE, "restate")                                                                                   \
	X(CH_CUE_VOICE, "voice")                                                                                       \
	X(CH_CUE_CREDIT, "credit")                                                                                     \
	X(CH_CUE_PAPER, "paper")                                                                                       \
	X(CH_CUE_ATTITUDE, "attitude")                                                                                 \
	X(CH_CUE_MEDIA, "media")                                                                                       \
	X(CH_CUE_EXPERT, "expert")                                                                                     \
	X(CH_CUE_TITLED, "titled")                                                                                     \
	X(CH_CUE_NO_SOURCE, "no source")

#define CH_CUE_SHIFT(id, name) id##_SHIFT,
enum ch_cue_shift { CH_CUE_TABLE(CH_CUE_SHIFT) CH_CUE_SECTIONS };
#undef CH_CUE_SHIFT
#define CH_CUE_BIT(id, name) id = 1 << id##_SHIFT,
enum ch_cue { CH_CUE_TABLE(CH_CUE_BIT) };
#undef CH_CUE_BIT

/* Verbs beside quotation marks, and verbs that govern a clause. */
#define CH_CUE_BESIDE_MARKS (CH_CUE_SAY | CH_CUE_TELL | CH_CUE_ASK | CH_CUE_QUOTE)
#define CH_CUE_OVER_CLAUSE (CH_CUE_SAY | CH_CUE_TELL | CH_CUE_ASK | CH_CUE_THINK | CH_CUE_FIND)

/* The sections of lexicon/said/beyond.txt: what is laid to somebody by no clause of reported speech. */
#define CH_BEYOND_TABLE(X)                                                                                             \
	X(CH_BEYOND_WANT, "want")                                                                                      \
	X(CH_BEYOND_BID, "bid")                                                                                        \
	X(CH_BEYOND_JUDGE, "judge")                                                                                    \
	X(CH_BEYOND_TELL, "tell of")                                                                                   \
	X(CH_BEYOND_KNOW, "know")                                                                                      \
	X(CH_BEYOND_ABOUT, "about")                                                                                    \
	X(CH_BEYOND_TOWARD, "toward")                                                                                  \
	X(CH_BEYOND_MINDED, "minded")                                                                                  \
	X(CH_BEYOND_HOLDING, "holding")                                                                                \
	X(CH_BEYOND_PEOPLE, "people")

#define CH_BEYOND_SHIFT(id, name) id##_SHIFT,
enum ch_beyond_shift { CH_BEYOND_TABLE(CH_BEYOND_SHIFT) CH_BEYOND_SECTIONS };
#undef CH_BEYOND_SHIFT
#define CH_BEYOND_BIT(id, name) id = 1 << id##_SHIFT,
enum ch_beyond { CH_BEYOND_TABLE(CH_BEYOND_BIT) };
#undef CH_BEYOND_BIT

struct ch_cues;

/* The lexicons in the program. Fails on a slip in it, naming file and line. Free with ch_cues_close. */
bool ch_cues_open(struct ch_cues **cues, struct ch_err *err) CH_MUST_USE;
/* The same from text given by a caller (tests); `path` is for messages. Both are lent for the call. */
bool ch_cues_read(struct ch_cues **cues, const char *path, struct ch_str text, struct ch_err *err) CH_MUST_USE;
/* Adds a lexicon of dictionary forms, as lexicon/said/beyond.txt. Fails on a slip in it, naming file and line. */
bool ch_cues_read_beyond(struct ch_cues *cues, const char *path, struct ch_str text, struct ch_err *err) CH_MUST_USE;
void ch_cues_close(struct ch_cues *cues); /* NULL is fine */

/* The sections that hold this word form, in either case; 0 for none. With `next` (the word that follows, or empty)
 * an entry of both words is looked for first; *words then says how many the entry has (1 or 2; may be NULL). */
uint32_t ch_cues_find(const struct ch_cues *cues, struct ch_str form, struct ch_str next, uint32_t *words);
/* The sections of beyond.txt (enum ch_beyond) that hold this lemma, in either case; 0 for none. */
uint32_t ch_cues_beyond(const struct ch_cues *cues, struct ch_str lemma);
#endif
