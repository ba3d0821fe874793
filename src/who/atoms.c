/* who/atoms.c -- ASCII letters are folded on the way; anything else goes through ch_utf8_fold, an atom at a time. */
#include "who/atoms.h"
#include "base/utf8.h"

static bool ascii_word(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+';
}

static uint64_t hash_byte(uint64_t h, unsigned char c)
{
	return (h ^ c) * 0x100000001b3u;
}

bool ch_atom_next(struct ch_arena *arena, struct ch_str s, uint32_t *at, struct ch_atom *atom)
{
	uint64_t h = 0xcbf29ce484222325u;
	uint32_t i = *at, len = 0;
	bool plain = true, lower = false, upper = false;

	for (; i < s.len; i += len) {
		unsigned char c = (unsigned char)s.ptr[i];

		len = 1;
		if (c < 0x80 ? ascii_word(c) : ch_is_letter(ch_utf8_at(s, i, &len)))
			break;
	}
	if (i >= s.len) {
		*at = (uint32_t)s.len;
		return false;
	}
	*atom = (struct ch_atom){.start = i};
	for (; i < s.len; i += len) {
		unsigned char c = (unsigned char)s.ptr[i];

		len = 1;
		if (c >= 0x80) {
			uint32_t cp = ch_utf8_at(s, i, &len);

			if (!ch_is_letter(cp))
				break;
			plain = false;
			lower |= ch_is_lower(cp);
			upper |= ch_is_upper(cp);
			if (i == atom->start && ch_is_upper(cp))
				atom->shape |= CH_ATOM_CAPITAL;
			continue;
		}
		if (c == '.' && i + 1 < s.len && ascii_word((unsigned char)s.ptr[i + 1]))
			continue; /* "U.S": the dot between two letters goes, the atom goes on */
		if (!ascii_word(c))
			break;
		if (c >= 'A' && c <= 'Z') {
			upper = true;
			if (i == atom->start)
				atom->shape |= CH_ATOM_CAPITAL;
			c = (unsigned char)(c | 0x20);
		} else if (c >= 'a' && c <= 'z') {
			lower = true;
		} else if (i == atom->start) {
			atom->shape |= CH_ATOM_DIGIT;
		}
		h = hash_byte(h, c);
	}
	atom->end = i;
	*at = i;
	if (!plain) {
		struct ch_str folded = ch_utf8_fold(arena, ch_str_sub(s, atom->start, i));

		h = 0xcbf29ce484222325u;
		for (size_t k = 0; k < folded.len; k++)
			if (folded.ptr[k] != '.' && folded.ptr[k] != '\'')
				h = hash_byte(h, (unsigned char)folded.ptr[k]);
	}
	if (upper && !lower)
		atom->shape |= CH_ATOM_UPPER;
	atom->hash = h;
	return true;
}
