/* who/spelling.c -- the same leader in another transliteration, or with a slip: "President Boumedienne", "Premier
 * Ceaucescu", "President Mitterand".
 *
 * Names are compared by their skeletons: consonants only, with those that transliterations confuse (c k q g, s z, v w,
 * f ph) made one, doubles and a silent h left out. That is coarse, so no more than a third of the letters may differ.
 * Where no skeleton fits, a long name may differ in a letter, a very long one in two. All this is asked only where a
 * title stands before the name, among those who bore that title on the page's day, of whom only one may fit. */
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

/* Letters to change, to add or to leave out (Levenshtein's distance); a and b are folded. */
static uint32_t distance(struct ch_str a, struct ch_str b)
{
	uint32_t row[SPELT_MAX + 1];

	if (a.len > SPELT_MAX || b.len > SPELT_MAX)
		return SPELT_MAX;
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
	return row[b.len];
}

enum fit { NO_FIT, BY_LETTERS, BY_SKELETON };

/* How the word `b` of a known name fits the page's `a`. */
static enum fit fit_of(struct who_run *r, struct ch_str a, struct skeleton ka, struct ch_str b, uint64_t kb)
{
	size_t longer = a.len > b.len ? a.len : b.len;
	uint32_t d;

	if (ka.hash != kb && (longer < 6 || (a.len > b.len ? a.len - b.len : b.len - a.len) > 2))
		return NO_FIT;
	a = ch_utf8_fold(r->arena, a);
	b = ch_utf8_fold(r->arena, b);
	if (ka.hash != kb && (!a.len || !b.len || a.ptr[0] != b.ptr[0]))
		return NO_FIT;
	d = distance(a, b);
	if (ka.hash == kb && ka.n >= SKELETON_MIN && d * 3 <= longer)
		return BY_SKELETON;
	return longer >= 6 && d <= (longer >= 9 ? 2u : 1u) ? BY_LETTERS : NO_FIT;
}

bool who_words_alike(struct who_run *r, struct ch_str a, struct ch_str b)
{
	struct ch_str fa = ch_utf8_fold(r->arena, a), fb = ch_utf8_fold(r->arena, b);

	return ch_str_eq(fa, fb) || fit_of(r, a, skeleton_of(r, a), b, skeleton_of(r, b).hash) != NO_FIT ||
	       (skeleton_of(r, a).hash == skeleton_of(r, b).hash && distance(fa, fb) * 2 <= fa.len);
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

			if (word.len >= 4 && (words || word.len == name.len))
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
	enum fit best = NO_FIT;
	bool several = false;
	struct skeleton k;
	struct ch_str word;

	if (past <= first || r->token_atom[past] == r->token_atom[first])
		return CH_NONE;
	if (r->title == CH_NONE || r->title_former || r->day == CH_NO_DAY ||
	    !(r->g->entities[r->title].flags & (CH_GZ_HOLDER | CH_GZ_COS | CH_GZ_HOG | CH_GZ_IS_COS | CH_GZ_IS_HOG)))
		return CH_NONE;
	if (!r->chiefs_read)
		read_chiefs(r);
	last = r->token_atom[past] - 1;
	k = atom_skeleton(r, last);
	word = ch_str_sub(r->doc->text, r->atoms.v[last].start, r->atoms.v[last].end);
	for (uint32_t i = 0; i < r->chiefs.n; i++) {
		const struct ch_gz_term *t = &r->g->terms[r->chiefs.v[i].term];
		enum fit fit = fit_of(r, word, k, r->chiefs.v[i].word, r->chiefs.v[i].skeleton);

		if (fit == NO_FIT || fit < best || !who_of_office(t, &r->g->entities[r->title]))
			continue;
		if (body != CH_NONE && t->body != body && r->g->entities[t->body].parent != body)
			continue;
		/* a given name, where there is one, begins alike */
		if (r->token_atom[first] < last &&
		    initial(r, ch_str_sub(r->doc->text, r->atoms.v[r->token_atom[first]].start,
					  r->atoms.v[r->token_atom[first]].end)) !=
			    initial(r, ch_gz_str(r->g, r->g->entities[t->person].name)))
			continue;
		several = fit == best && found != t->person && (several || found != CH_NONE);
		if (fit > best || found == CH_NONE)
			found = t->person;
		best = fit;
	}
	return several ? CH_NONE : found;
}
