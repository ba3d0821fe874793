/* petrarch/phrase.h -- a sentence as the dictionaries see it: a row of words, and the noun phrases in it with their codes.
 *
 * PETRARCH reads both from a constituency tree; here they come from ours. A noun phrase is a noun with what hangs on it, its prepositional
 * phrases too, without clauses and appositions set off by commas. Its code is that of the first actor named in it, with those of the agents
 * ("police of Gondor": GONCOP); of coordinated ones each has its own, and shares what is said once ("soldiers and police of Gondor"). */
#ifndef CH_PETRARCH_PHRASE_H
#define CH_PETRARCH_PHRASE_H
#include "doc/doc.h"
#include "petrarch/dict.h"

enum { CH_PETRARCH_UNITS_MAX = 32, CH_PETRARCH_AGENTS_MAX = 6 };

/* Options of PETRARCH's configuration, with its names. */
struct ch_petrarch_options {
	bool require_dyad;         /* events with both sides only */
	uint32_t new_actor_length; /* phrases of no known actor, of so many words, stand for themselves; 0: none do */
	uint32_t comma_min, comma_max;     /* words between two commas that are passed over; max 0: none are */
	uint32_t comma_bmin, comma_bmax;   /* before the first comma */
	uint32_t comma_emin, comma_emax;   /* behind the last */
};

extern const struct ch_petrarch_options ch_petrarch_defaults;

struct ch_petrarch_word {
	struct ch_str text;        /* folded */
	uint32_t number;           /* in the dictionary; NONE */
	uint32_t token;
	uint32_t phrase;           /* the outermost noun phrase around it; NONE */
	uint32_t begins[2], ends[2];   /* the longest phrase with a code, and the longest compound one, from here on and up to here; NONE */
	bool comma, verb, preposition;
};

struct ch_petrarch_phrase {
	uint32_t first, past;      /* words */
	uint32_t head;             /* token */
	uint32_t unit, units;      /* codes: first in x->codes, how many; 0: of nobody known */
	bool outer, compound;
};

struct ch_petrarch_sentence {
	struct ch_arena *arena;
	const struct ch_petrarch *dict;
	const struct ch_doc *doc;
	struct ch_petrarch_options options;
	ch_day day;                                  /* for codes with days; CH_NO_DAY: only those without count */
	uint32_t first, past;                        /* tokens */
	uint32_t *low, *high;                        /* by token - first: first and last token of its subtree */
	CH_VEC(struct ch_petrarch_word) words;
	CH_VEC(struct ch_petrarch_phrase) phrases;   /* by first word, the longer first */
	CH_VEC(struct ch_str) codes;
	struct ch_str discarded;                     /* the entry of the discards that fits; empty */
};

/* Fills x, of which arena, dict, doc, options and day are set. */
void ch_petrarch_sentence(struct ch_petrarch_sentence *x, uint32_t sentence);
#endif
