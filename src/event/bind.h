/* event/bind.h -- from a frame's paths to the parties: which words stand there, and for whom they stand. */
#ifndef CH_EVENT_BIND_H
#define CH_EVENT_BIND_H
#include "doc/engine.h"
#include "event/frames.h"
#include "event/tree.h"

enum { CH_PARTIES_MAX = 32 };   /* parties on one side of an event; longer lists are cut, as no summit communiqué needs more */

/* One side of an event, as found. */
struct ch_side {
	uint32_t actors[CH_PARTIES_MAX];   /* of doc->actors, distinct by party */
	uint32_t n;
	const struct ch_path *path;        /* the one that led there; NULL: none did */
	uint32_t word;                     /* the token it led to */
	bool other;                        /* "its neighbour", "their rival": whom the page has named before */
	bool target;                       /* what is acted upon; a source else */
	bool reciprocal;                   /* "each other" */
	bool guessed;                      /* the sentence names nobody: whom the page is about */
	bool indirect;                     /* through a modifier ("Azerbaijan's integrity"), not the word itself */
};

struct ch_binder {
	const struct ch_doc *doc;
	const struct ch_map *light;        /* class LIGHT: verbs that only carry a noun */
	const struct ch_map *people;       /* class AGENTS: nouns that act for the country that modifies them */
	const struct ch_map *instruments;  /* class INSTRUMENT: papers, which speak for those who made them */
	const struct ch_map *other_side;   /* class OTHER_SIDE */
	const struct ch_map *phrases;      /* class PHRASES: "in connection with" says no place and no party */
	const struct ch_map *beside;       /* class BESIDE: sidelines, margins */
	const struct ch_map *measures;     /* class MEASURES: "tons", "a convoy": what they measure out is what counts */
	const struct ch_map *papers;       /* class PAPERS: what has parties without naming them: "the agreement" */
	const struct ch_side *paper;       /* the parties of the last one told of; none: n is 0 */
	uint32_t speaker, addressee;       /* actors: who "we" and "you" are in the statement around the trigger; CH_NONE: unknown */
};

/* Fills side from the first of paths that yields a party. A target may be found through modifiers, a source only where
 * the word is one of AGENTS. */
void ch_bind(const struct ch_binder *b, uint32_t trigger, const struct ch_paths *paths, bool target, struct ch_side *side);

/* True if every condition of the pattern holds at the trigger. */
bool ch_bind_needs(const struct ch_binder *b, uint32_t trigger, const struct ch_pattern *p);

/* The words that path leads to from trigger; at most max, returns how many. */
uint32_t ch_bind_words(const struct ch_binder *b, uint32_t trigger, const struct ch_path *path, uint32_t *words, uint32_t max);

/* The light verbs that carry a noun: "pay" of "paid a visit", "hold" of "the talks held in Geneva". At most two. */
uint32_t ch_bind_light(const struct ch_binder *b, uint32_t noun, uint32_t verbs[2]);

/* "path:word", for `chancery why`. */
struct ch_str ch_side_print(const struct ch_binder *b, struct ch_arena *arena, const char *name, const struct ch_side *side);
#endif
