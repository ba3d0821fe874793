/* who/atoms.h -- names cut into atoms: what both the compiler of the gazetteer and the reader of pages look up.
 *
 * An atom is a run of letters and digits, folded (lower case, no accents); hyphens, apostrophes, blanks and all other
 * marks stand between atoms and are not kept, a dot inside or behind one vanishes ("U.S." is "us"). So "Non-Aligned",
 * "Non Aligned" and "non-aligned" are the same two atoms, and it does not matter where a tokeniser cuts. */
#ifndef CH_WHO_ATOMS_H
#define CH_WHO_ATOMS_H
#include "base/arena.h"

enum {
	CH_ATOM_CAPITAL = 1, /* begins with a capital */
	CH_ATOM_UPPER = 2,   /* no small letter, and at least one capital */
	CH_ATOM_DIGIT = 4,   /* begins with a digit */
};

struct ch_atom {
	uint64_t hash;       /* of the folded letters */
	uint32_t start, end; /* bytes of the text it was cut from */
	uint8_t shape;
};

#define CH_ATOM_SEED 0x9E3779B97F4A7C15u
#define CH_ATOM_SURNAME_SEED 0xC2B2AE3D27D4EB4Fu /* surnames have a key space of their own */

/* The next atom of s at or after *at; *at moves behind it. False when there is none. Scratch (folded letters beyond
 * ASCII) comes from `arena`. O(bytes read). */
bool ch_atom_next(struct ch_arena *arena, struct ch_str s, uint32_t *at, struct ch_atom *atom);

/* The hash of a sequence, atom by atom, from a seed. */
static inline uint64_t ch_atom_join(uint64_t h, uint64_t atom)
{
	h = (h ^ atom) * 0xff51afd7ed558ccdu;
	return h ^ (h >> 32);
}
#endif
