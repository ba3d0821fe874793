/* who/spelling.c -- the same leader in another transliteration: "President Boumedienne", "Premier Ceaucescu".
 *
 * Names are compared by their skeletons: consonants only, with those that transliterations confuse (c k q g, s z, v w,
 * f ph) made one, doubles and a silent h left out. That is coarse, so no more than a third of the letters may differ,
 * and it is asked only where a title stands before the name, among those who bore that title on the page's day, of whom
 * only one may fit. */
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
			last = 0; /* what a vowel parts is no double */
			if (i)
				continue;
			c = c == 'h' ? 'h' : 'a';
		} else if (c == 'p' && next == 'h') {
			c = 'f';
		} else if (i && ((c == 'k' && next == 'h') || (c == 'd' && next == 'j'))) {
			continue;
		} else if (c == 'c' && (next == 'e' || next == 'i')) {
			c = 's';
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
		k.n += c != 'a';
	}
	return k;
}

#define SPELT_MAX 24

/* Letters to change, to add or to leave out (Levenshtein's distance) are at most a third of the longer word's. */
static bool alike(struct who_run *r, struct ch_str a, struct ch_str b)
{
	uint32_t row[SPELT_MAX + 1];

	a = ch_utf8_fold(r->arena, a);
	b = ch_utf8_fold(r->arena, b);
	if (a.len > SPELT_MAX || b.len > SPELT_MAX)
		return false;
	for (uint32_t j = 0; j <= b.len; j++)
		row[j] = j;
	for (uint32_t i = 1; i <= a.len; i++) {
		uint32_t before = row[0];

		row[0] = i;
		for (uint32_t j = 1; j <= b.len; j++) {
			uint32_t change = before + (a.ptr[i - 1] != b.ptr[j - 1]);
			uint32_t least = row[j] < row[j - 1] ? row[j] + 1 : row[j - 1] + 1;

			before = row[j];
			row[j] = change < least ? change : least;
		}
	}
	return row[b.len] * 3 <= (a.len > b.len ? a.len : b.len);
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
				*CH_PUSH(r->arena, &r->chiefs) = (struct who_chief){k.hash, word, i};
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

		if (r->chiefs.v[i].skeleton != k.hash || !who_of_office(t, &r->g->entities[r->title]) ||
		    !alike(r, r->chiefs.v[i].word,
			   ch_str_sub(r->doc->text, r->atoms.v[last].start, r->atoms.v[last].end)))
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
