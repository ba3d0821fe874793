/* petrarch/match.h -- a pattern of a verb dictionary against the words around a verb. */
#ifndef CH_PETRARCH_MATCH_H
#define CH_PETRARCH_MATCH_H
#include "petrarch/phrase.h"

/* Where a verb stands and how far its patterns look: words. */
struct ch_petrarch_verb {
	uint32_t first, past;      /* of the verb, with the words that are a part of it */
	uint32_t low, high;        /* patterns look at [low, first) and [past, high) */
};

/* The phrases that a pattern binds; NONE: it leaves that side to the order of the words. */
struct ch_petrarch_match {
	uint32_t source, target, compound;
	bool compound_left;        /* the compound one stands before the verb */
};

/* From the verb outwards, as TABARI and PETRARCH 1 do: each item at the next place where it fits, with what is joined to it. */
bool ch_petrarch_match(const struct ch_petrarch_sentence *x, const struct ch_petrarch_pattern *p, const struct ch_petrarch_verb *verb,
		       struct ch_petrarch_match *m);
/* Whether the words of a verb around its main word at `at` are there; then *verb is where it stands. */
bool ch_petrarch_is_form(const struct ch_petrarch_sentence *x, const struct ch_petrarch_form *form, uint32_t at,
			 struct ch_petrarch_verb *verb);
#endif
