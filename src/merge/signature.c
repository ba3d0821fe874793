#include "merge/signature.h"

/* ---- keys ---- */

/* The least of the hashes under each of n functions; functions of different kinds must not be alike. */
static void least(const struct ch_hashes *set, uint64_t kind, uint32_t n, uint64_t *out)
{
	for (uint32_t f = 0; f < n; f++) {
		uint64_t seed = ch_mix(kind << 32 | f), min = UINT64_MAX;

		for (uint32_t i = 0; i < set->n; i++) {
			uint64_t h = (set->v[i] ^ seed) * 0x9E3779B97F4A7C15u;

			h ^= h >> 29;
			h *= 0xBF58476D1CE4E5B9u;
			if (h < min)
				min = h;
		}
		out[f] = min;
	}
}

static void make_keys(const struct ch_hashes *set, uint64_t kind, uint32_t rows, uint32_t n, uint32_t *keys)
{
	uint64_t mins[2 * CH_KEYS_SHINGLES + 4 * CH_KEYS_TERMS + 3 * CH_KEYS_FACTS];

	least(set, kind, rows * n, mins);
	for (uint32_t k = 0; k < n; k++) {
		uint64_t key = kind << 8 | k;

		for (uint32_t r = 0; r < rows; r++)
			key = ch_mix(key ^ mins[rows * k + r]);
		keys[k] = key >> 32 ? (uint32_t)(key >> 32) : 1;
	}
}

int32_t ch_key_window(const struct ch_signature *s, uint32_t i)
{
	if (i < CH_KEYS_ANY_TIME)
		return CH_WINDOW_ANY_TIME;
	if (s->day == CH_NO_DAY)
		return CH_WINDOW_UNDATED;
	/* days before 1970 are negative: round down */
	return (s->day - (s->day < 0 ? CH_WINDOW_DAYS - 1 : 0)) / CH_WINDOW_DAYS;
}

/* ---- sketches ---- */

static struct ch_sketch sample(struct ch_arena *arena, const struct ch_hashes *set)
{
	uint32_t *v = CH_NEW_N(arena, uint32_t, CH_SKETCH_MAX);
	struct ch_sketch s = { .v = v };
	uint32_t n;

	/* The upper halves are in order as the hashes are: those below a limit stand in front. */
	for (n = set->n; n > CH_SKETCH_MAX && s.shift < 31; s.shift++)
		while (n && set->v[n - 1] >> 32 >= UINT64_C(1) << (31 - s.shift))
			n--;
	for (uint32_t i = 0; i < n && s.n < CH_SKETCH_MAX; i++)
		if (!s.n || v[s.n - 1] != (uint32_t)(set->v[i] >> 32))
			v[s.n++] = (uint32_t)(set->v[i] >> 32);
	return s;
}

static uint32_t below(const struct ch_sketch *s, uint8_t shift)
{
	uint32_t n = s->n;

	while (n && s->v[n - 1] >= UINT64_C(1) << (32 - shift))
		n--;
	return n;
}

/* Share of the smaller that the larger holds; -1 where one is empty. *n: how many the smaller has, of those looked at. */
static double contained(const struct ch_sketch *a, const struct ch_sketch *b, uint32_t *n)
{
	uint8_t shift = a->shift > b->shift ? a->shift : b->shift;
	uint32_t na = below(a, shift), nb = below(b, shift), common = 0;

	*n = na < nb ? na : nb;
	for (uint32_t i = 0, j = 0; i < na && j < nb;) {
		common += a->v[i] == b->v[j];
		if (a->v[i] == b->v[j])
			i++, j++;
		else if (a->v[i] < b->v[j])
			i++;
		else
			j++;
	}
	return *n ? (double)common / *n : -1;
}

void ch_signature_make(struct ch_signature *s, struct ch_arena *arena, const struct ch_words *w, ch_day day)
{
	const struct ch_hashes *const sets[CH_SKETCHES] = { &w->shingles, &w->terms, &w->names, &w->numbers, &w->quoted };
	struct ch_hashes facts = { 0 };

	*s = (struct ch_signature){ .exact = w->exact, .day = day, .words = w->n };
	for (unsigned i = 0; i < CH_SKETCHES; i++)
		s->sketch[i] = sample(arena, sets[i]);
	if (w->n < CH_WORDS_NEAR)
		return;
	make_keys(&w->shingles, 1, 2, CH_KEYS_SHINGLES, s->keys);
	if (w->terms.n)
		make_keys(&w->terms, 2, 4, CH_KEYS_TERMS, s->keys + CH_KEYS_SHINGLES);
	for (uint32_t i = 0; i < w->names.n; i++)
		*CH_PUSH(arena, &facts) = w->names.v[i];
	for (uint32_t i = 0; i < w->numbers.n; i++)
		*CH_PUSH(arena, &facts) = w->numbers.v[i];
	/* Where there are fewer than a key takes, a key would be that of every such page. */
	if (facts.n >= 6)
		make_keys(&facts, 3, 3, CH_KEYS_FACTS, s->keys + CH_KEYS_SHINGLES + CH_KEYS_TERMS);
}

/* ---- bytes ---- */

enum { PACKED_VERSION = 1 };

static void put32(unsigned char **at, uint32_t x)
{
	for (int i = 0; i < 4; i++)
		*(*at)++ = (unsigned char)(x >> (8 * i));
}

static uint32_t get32(const unsigned char *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

struct ch_str ch_signature_pack(const struct ch_signature *s, struct ch_arena *arena)
{
	size_t size = 5;
	unsigned char *bytes, *at;

	for (unsigned i = 0; i < CH_SKETCHES; i++)
		size += 2 + 4 * (size_t)s->sketch[i].n;
	at = bytes = ch_arena_alloc(arena, size);
	*at++ = PACKED_VERSION;
	put32(&at, s->words);
	for (unsigned i = 0; i < CH_SKETCHES; i++) {
		*at++ = s->sketch[i].shift;
		*at++ = (unsigned char)s->sketch[i].n;
		for (uint32_t k = 0; k < s->sketch[i].n; k++)
			put32(&at, s->sketch[i].v[k]);
	}
	return ch_str_n((const char *)bytes, size);
}

_Static_assert(CH_SKETCH_MAX <= 255, "a sketch's size is packed into a byte");

void ch_signature_unpack(struct ch_signature *s, struct ch_arena *arena, struct ch_str bytes)
{
	const unsigned char *p = (const unsigned char *)bytes.ptr;
	size_t at = 5;

	*s = (struct ch_signature){ .day = CH_NO_DAY };
	if (bytes.len < at || p[0] != PACKED_VERSION)
		return;
	s->words = get32(p + 1);
	for (unsigned i = 0; i < CH_SKETCHES && at + 2 <= bytes.len; i++) {
		uint8_t shift = p[at];
		uint32_t n = p[at + 1], *v = CH_NEW_N(arena, uint32_t, n);

		at += 2;
		if (shift > 31 || n > (bytes.len - at) / 4)
			return;
		for (uint32_t k = 0; k < n; k++, at += 4)
			v[k] = get32(p + at);
		s->sketch[i] = (struct ch_sketch){ v, n, shift };
	}
}

/* ---- likeness ---- */

/* How these were chosen, and on what: docs/stories.md. */
static const double near_shingles = 0.30, near_surely = 0.45, near_terms = 0.55, near_names = 0.5, near_few_numbers = 0.25, near_numbers = 0.5;
static const double spun_shingles = 0.10, spun_shingles_alone = 0.20, spun_terms = 0.45, spun_facts = 0.8, spun_numbers = 0.7;
enum { FACTS_FEW = 3, NUMBERS_MANY = 8, SPUN_FACTS = 6 };

/* Two reports in one form ("exchange rates of", "received the credentials of") are alike but for what they say. Numbers are few,
 * so that chance has a part in how many of them a careless copyist spoils: few prove less than many. */
static bool differ(const double *share, const uint32_t *n)
{
	bool surely = share[CH_OF_SHINGLES] >= near_surely && n[CH_OF_NUMBERS] < NUMBERS_MANY;

	return (n[CH_OF_NAMES] >= FACTS_FEW && share[CH_OF_NAMES] < near_names) ||
	       (n[CH_OF_NUMBERS] >= FACTS_FEW && share[CH_OF_NUMBERS] < (surely ? near_few_numbers : near_numbers));
}

/* Reworded: what a program that spins leaves alone is there, and it leaves numbers alone. A report of the next day has
 * the same people and some of the words; its numbers are its own, and its length. */
static bool spun(const double *share, const uint32_t *n)
{
	double facts = (double)n[CH_OF_NAMES] + n[CH_OF_NUMBERS];
	double same = (n[CH_OF_NAMES] ? share[CH_OF_NAMES] * n[CH_OF_NAMES] : 0) +
		      (n[CH_OF_NUMBERS] ? share[CH_OF_NUMBERS] * n[CH_OF_NUMBERS] : 0);

	return share[CH_OF_TERMS] >= spun_terms && facts >= SPUN_FACTS && same >= spun_facts * facts &&
	       share[CH_OF_SHINGLES] >= (n[CH_OF_NUMBERS] ? spun_shingles : spun_shingles_alone) &&
	       (!n[CH_OF_NUMBERS] || share[CH_OF_NUMBERS] >= spun_numbers);
}

static enum ch_copy judge(const struct ch_signature *a, const struct ch_signature *b, const double *share, const uint32_t *n)
{
	uint64_t shorter = a->words < b->words ? a->words : b->words, longer = a->words < b->words ? b->words : a->words;
	bool dated = a->day != CH_NO_DAY && b->day != CH_NO_DAY;
	int64_t apart = dated ? (int64_t)a->day - b->day : 0;

	/* a round-up of many stories is a copy of none of them */
	if (shorter < CH_WORDS_NEAR || shorter * 4 < longer || differ(share, n))
		return CH_COPY_NONE;
	/* Where a third of the shingles is kept by a change here and there, more of the words are; where it is a paragraph of
	 * background that two reports share, they are not. */
	if (share[CH_OF_SHINGLES] >= near_surely || (share[CH_OF_SHINGLES] >= near_shingles && share[CH_OF_TERMS] >= near_terms))
		return CH_COPY_NEAR;
	return shorter * 5 >= longer * 3 && apart <= CH_STORY_DAYS && apart >= -CH_STORY_DAYS && spun(share, n) ? CH_COPY_SPUN : CH_COPY_NONE;
}

struct ch_likeness ch_likeness(const struct ch_signature *a, const struct ch_signature *b)
{
	struct ch_likeness like = { .copy = CH_COPY_NONE };

	for (unsigned i = 0; i < CH_SKETCHES; i++)
		like.share[i] = contained(&a->sketch[i], &b->sketch[i], &like.n[i]);
	if (a->words >= CH_WORDS_EXACT && a->words == b->words && a->exact == b->exact)
		like.copy = CH_COPY_EXACT;
	else
		like.copy = judge(a, b, like.share, like.n);
	return like;
}

const char *ch_copy_name(enum ch_copy copy)
{
	static const char *const names[] = { NULL, "spun", "near", "exact" };

	return names[copy];
}
