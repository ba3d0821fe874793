/* who/spelling.c -- the same leader in another transliteration: "President Boumedienne", "Premier Ceaucescu".
 *
 * Names are compared by their skeletons: consonants only, with those that transliterations confuse (c k q g, s z, v w,
 * f ph) made one, doubles and a silent h left out; a first vowel is kept as one. That is coarse, so it is asked only
 * where a title stands before the name, among those who bore that title on the page's day, and only one of them may
 * fit. */
#include "who/who_priv.h"
#include "base/utf8.h"

#define SKELETON_MIN 3 /* consonants: "Lee" and "Lie" are not the same man */

struct skeleton {
	uint64_t hash;
	uint32_t n;
};

static struct skeleton skeleton_of(struct who_run *r, struct ch_str word)
{
	struct ch_str s = ch_utf8_fold(r->arena, word);
	struct skeleton k = {.hash = CH_ATOM_SEED};
	char last = 0;

	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i], next = i + 1 < s.len ? s.ptr[i + 1] : 0;

		if (c < 'a' || c > 'z')
			continue;
		if (memchr("aeiouyhj", c, 8)) {
			if (k.n)
				continue;
			c = c == 'h' ? 'h' : 'a';
		} else if (c == 'p' && next == 'h') {
			c = 'f';
		} else if (c == 'k' && next == 'h' && k.n) {
			continue;
		} else if (memchr("cqgk", c, 4)) {
			c = 'k';
		} else if (c == 'z') {
			c = 's';
		} else if (c == 'w') {
			c = 'v';
		}
		if (c == last)
			continue;
		last = c;
		k.hash = ch_atom_join(k.hash, (uint64_t)(unsigned char)c);
		k.n++;
	}
	return k;
}

/* Those in office on the page's day, by each word of their names but the given one. Once a page. */
static void read_chiefs(struct who_run *r)
{
	const struct ch_gazetteer *g = r->g;

	r->chiefs_read = true;
	for (uint32_t i = 0; i < g->head->term_n; i++) {
		const struct ch_gz_term *t = &g->terms[i];
		struct ch_str name, word;
		uint32_t words = 0;
		bool holder = t->cls && g->office_of[t->cls] != UINT32_MAX &&
			      g->entities[g->office_of[t->cls]].flags & CH_GZ_HOLDER;

		if (t->from - (int64_t)31 > r->day || t->to + (int64_t)31 < r->day || (!t->flags && !holder))
			continue;
		name = ch_gz_str(g, g->entities[t->person].name);
		for (struct ch_str rest = name; ch_str_cut(&rest, ' ', &word); words++) {
			struct skeleton k = skeleton_of(r, word);

			if (k.n >= SKELETON_MIN && (words || word.len == name.len))
				*CH_PUSH(r->arena, &r->chiefs) = (struct who_chief){k.hash, i};
		}
	}
}

static struct skeleton atom_skeleton(struct who_run *r, uint32_t atom)
{
	return skeleton_of(r, ch_str_sub(r->doc->text, r->atoms.v[atom].start, r->atoms.v[atom].end));
}

static uint64_t initial(struct who_run *r, struct ch_str name)
{
	struct ch_str s = ch_utf8_fold(r->arena, name);

	return skeleton_of(r, ch_str_sub(s, 0, s.len ? 1 : 0)).hash;
}

uint32_t who_spelt_otherwise(struct who_run *r, uint32_t first, uint32_t past, uint32_t body)
{
	uint32_t found = CH_NONE, last;
	struct skeleton k;

	if (past <= first || r->token_atom[past] == r->token_atom[first])
		return CH_NONE;
	if (r->title == CH_NONE || r->title_former || r->day == CH_NO_DAY ||
	    !(r->g->entities[r->title].flags & (CH_GZ_HOLDER | CH_GZ_COS | CH_GZ_HOG | CH_GZ_IS_COS | CH_GZ_IS_HOG)))
		return CH_NONE;
	if (!r->chiefs_read)
		read_chiefs(r);
	last = r->token_atom[past] - 1;
	k = atom_skeleton(r, last);
	for (uint32_t i = 0; i < r->chiefs.n && k.n >= SKELETON_MIN; i++) {
		const struct ch_gz_term *t = &r->g->terms[r->chiefs.v[i].term];

		if (r->chiefs.v[i].skeleton != k.hash || !who_of_office(t, &r->g->entities[r->title]))
			continue;
		if (body != CH_NONE && t->body != body && r->g->entities[t->body].parent != body)
			continue;
		/* a given name, where there is one, begins alike */
		if (r->token_atom[first] < last &&
		    initial(r, ch_str_sub(r->doc->text, r->atoms.v[r->token_atom[first]].start,
					  r->atoms.v[r->token_atom[first]].end)) !=
			    initial(r, ch_gz_str(r->g, r->g->entities[t->person].name)))
			continue;
		if (found != CH_NONE && found != t->person)
			return CH_NONE;
		found = t->person;
	}
	return found;
}
