#include "merge/saying.h"
#include "base/utf8.h"
#include "merge/words.h"
#include <stdlib.h>

/* ---- words ---- */

static uint64_t hash_of(struct ch_str s, uint64_t seed)
{
	uint64_t h = ch_mix(seed + s.len);

	for (size_t i = 0; i < s.len; i++)
		h = ch_mix(h ^ (unsigned char)s.ptr[i]);
	return h;
}

static bool drop(struct ch_str *s, const char *ending, size_t least)
{
	struct ch_str e = ch_str_z(ending);

	if (s->len < e.len + least || !ch_str_ends(*s, e))
		return false;
	s->len -= e.len;
	return true;
}

static struct ch_str stem_of(struct ch_str folded)
{
	struct ch_str s = folded;

	if (drop(&s, "'s", 2) || drop(&s, "\xE2\x80\x99s", 2))
		return s;
	if (!drop(&s, "ing", 4) && !drop(&s, "ed", 4) && !ch_str_ends(s, CH_STR("ss")))
		drop(&s, "s", 3);
	drop(&s, "e", 4);
	return s;
}

static bool joins(struct ch_str s, size_t at)
{
	uint32_t len, cp = ch_utf8_at(s, at, &len);

	return cp == '\'' || cp == 0x2019 || cp == '-' || ((cp == '.' || cp == ',') && at && ch_is_digit((unsigned char)s.ptr[at - 1]));
}

/* The next word at or behind *at: letters and digits, with apostrophes, hyphens and the points of numbers inside. */
static bool next_word(struct ch_str s, size_t *at, struct ch_str *word, bool *begins)
{
	size_t start, end;
	uint32_t len;

	for (; *at < s.len; *at += len) {
		uint32_t cp = ch_utf8_at(s, *at, &len);

		if (ch_is_letter(cp) || ch_is_digit(cp))
			break;
		*begins = *begins || cp == '.' || cp == '!' || cp == '?' || cp == ':' || cp == '\n';
	}
	if (*at >= s.len)
		return false;
	start = end = *at;
	while (*at < s.len) {
		uint32_t cp = ch_utf8_at(s, *at, &len);

		if (ch_is_letter(cp) || ch_is_digit(cp)) {
			*at += len;
			end = *at;
		} else if (end == *at && joins(s, *at)) {
			*at += len;
		} else {
			break;
		}
	}
	*at = end;
	*word = ch_str_sub(s, start, end);
	return true;
}

static void read_word(struct ch_saying *s, struct ch_arena *arena, uint32_t *cap, struct ch_str text, bool begins)
{
	struct ch_str folded = ch_str_trim(ch_utf8_fold(arena, text));
	uint32_t len, cp = ch_utf8_at(text, 0, &len);
	struct ch_saying_word w = { .text = text, .folded = hash_of(folded, 1), .stem = hash_of(stem_of(folded), 2) };

	w.letters = (uint16_t)(folded.len > 64 ? 64 : folded.len);
	w.fact = ch_is_digit(cp) || (ch_is_upper(cp) && !begins && text.len > 1);
	if (s->n == *cap)
		s->v = ch_vec_more(arena, s->v, s->n, cap, sizeof *s->v);
	s->v[s->n++] = w;
	s->letters += w.letters;
}

static struct ch_str join(struct ch_arena *arena, const struct ch_saying *s)
{
	size_t len = 0, at = 0;
	char *out;

	for (uint32_t i = 0; i < s->n; i++)
		len += s->v[i].text.len + 1;
	out = CH_NEW_N(arena, char, len + 1);
	for (uint32_t i = 0; i < s->n; i++) {
		if (i)
			out[at++] = ' ';
		memcpy(out + at, s->v[i].text.ptr, s->v[i].text.len);
		at += s->v[i].text.len;
	}
	return ch_str_n(out, at);
}

/* ---- keys ---- */

enum { LONG_WORD = 4 };

static int by_value(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static struct ch_str last_word(struct ch_str s)
{
	size_t at = s.len;

	while (at && s.ptr[at - 1] != ' ')
		at--;
	return ch_str_sub(s, at, s.len);
}

static void make_keys(struct ch_saying *s, struct ch_arena *arena)
{
	uint32_t *all = CH_NEW_N(arena, uint32_t, s->n), n = 0, longer = 0;
	uint64_t seed = hash_of(last_word(s->speaker), 3), before = 0;

	for (uint32_t i = 0; i < s->n; i++)
		longer += s->v[i].letters >= LONG_WORD;
	for (uint32_t i = 0; i < s->n; i++) {
		if (longer >= 3 && s->v[i].letters < LONG_WORD)
			continue;
		if (before)
			all[n++] = (uint32_t)(ch_mix(seed ^ ch_mix(before) ^ s->v[i].stem) >> 32);
		before = s->v[i].stem;
	}
	if (n)
		qsort(all, n, sizeof *all, by_value);
	for (uint32_t i = 0; i < n && s->n_keys < CH_SAYING_KEYS; i++)
		if (!s->n_keys || s->keys[s->n_keys - 1] != all[i])
			s->keys[s->n_keys++] = all[i];
}

void ch_saying_read(struct ch_saying *s, struct ch_arena *arena, struct ch_str speaker, struct ch_str words)
{
	uint32_t cap = 0;
	size_t at = 0;
	struct ch_str word;
	bool begins = true;

	*s = (struct ch_saying){ .speaker = ch_str_trim(ch_utf8_fold(arena, speaker)) };
	while (next_word(words, &at, &word, &begins)) {
		read_word(s, arena, &cap, word, begins);
		begins = false;
	}
	s->canon = join(arena, s);
	if (s->n >= CH_SAYING_WORDS_MIN)
		make_keys(s, arena);
}

uint32_t ch_saying_keys_wanted(uint32_t a, uint32_t b)
{
	return (a < b ? a : b) >= 8 ? 2 : 1;
}

/* ---- alignment ---- */

/* Pairs of words that match, in order: the longest common subsequence by letters. Ends that are the same are matched at once; the middle
 * of both, where it is not too long, by a table. */
struct pairs {
	uint32_t *a, *b, n;
};

static bool match(const struct ch_saying_word *x, const struct ch_saying_word *y)
{
	return x->stem == y->stem || x->folded == y->folded;
}

static void align(const struct ch_saying *a, const struct ch_saying *b, struct ch_arena *arena, struct pairs *p)
{
	uint32_t na = a->n, nb = b->n, lead = 0, tail = 0, la, lb;
	uint32_t *table;

	p->a = CH_NEW_N(arena, uint32_t, na < nb ? na : nb);
	p->b = CH_NEW_N(arena, uint32_t, na < nb ? na : nb);
	p->n = 0;
	while (lead < na && lead < nb && a->v[lead].folded == b->v[lead].folded) {
		p->a[p->n] = p->b[p->n] = lead;
		p->n++;
		lead++;
	}
	while (tail < na - lead && tail < nb - lead && a->v[na - 1 - tail].folded == b->v[nb - 1 - tail].folded)
		tail++;
	la = na - lead - tail;
	lb = nb - lead - tail;
	la = la > CH_SAYING_WORDS_MAX ? CH_SAYING_WORDS_MAX : la;
	lb = lb > CH_SAYING_WORDS_MAX ? CH_SAYING_WORDS_MAX : lb;
	if (la && lb) {
		/* table[i][j]: letters that a from i on and b from j on have in common. */
		table = CH_NEW_N(arena, uint32_t, (size_t)(la + 1) * (lb + 1));
		for (uint32_t i = la; i-- > 0;) {
			uint32_t *row = table + (size_t)i * (lb + 1), *below = row + lb + 1;

			for (uint32_t j = lb; j-- > 0;) {
				uint32_t best = below[j] > row[j + 1] ? below[j] : row[j + 1];

				if (match(&a->v[lead + i], &b->v[lead + j]) && below[j + 1] + a->v[lead + i].letters > best)
					best = below[j + 1] + a->v[lead + i].letters;
				row[j] = best;
			}
		}
		for (uint32_t i = 0, j = 0; i < la && j < lb;) {
			uint32_t *row = table + (size_t)i * (lb + 1), *below = row + lb + 1;

			if (match(&a->v[lead + i], &b->v[lead + j]) && row[j] == below[j + 1] + a->v[lead + i].letters) {
				p->a[p->n] = lead + i++;
				p->b[p->n++] = lead + j++;
			} else if (below[j] >= row[j + 1]) {
				i++;
			} else {
				j++;
			}
		}
	}
	for (; tail; tail--) {
		p->a[p->n] = na - tail;
		p->b[p->n++] = nb - tail;
	}
}

/* ---- alike ---- */

static bool has_word(struct ch_str words, struct ch_str word)
{
	struct ch_str one;

	while (ch_str_cut(&words, ' ', &one))
		if (ch_str_eq(one, word))
			return true;
	return false;
}

/* One name's words are all among the other's: "Sadat", "Anwar Sadat". */
static bool names_fit(struct ch_str a, struct ch_str b)
{
	struct ch_str shorter = a.len < b.len ? a : b, longer = a.len < b.len ? b : a, one;

	if (!shorter.len || !ch_str_eq(last_word(a), last_word(b)))
		return false;
	while (ch_str_cut(&shorter, ' ', &one))
		if (one.len && !has_word(longer, one))
			return false;
	return true;
}

/* Shares in percent, found on pairs of our own: half of what a short statement and its paraphrase in reported speech have is common; other
 * statements of the same speaker on the same matter stay below. */
enum { ALIKE = 60, ALIKE_OTHER_FACTS = 85, LENGTHS = 40, OTHER_FACTS_WORDS = 12 };

static bool other_facts(const struct ch_saying *s, const uint32_t *matched, uint32_t n)
{
	for (uint32_t i = 0, k = 0; i < s->n; i++) {
		if (k < n && matched[k] == i)
			k++;
		else if (s->v[i].fact)
			return true;
	}
	return false;
}

bool ch_saying_alike(const struct ch_saying *a, const struct ch_saying *b)
{
	bool first = a->letters != b->letters ? a->letters < b->letters : ch_str_cmp(a->canon, b->canon) <= 0;
	const struct ch_saying *shorter = first ? a : b, *longer = first ? b : a;
	struct ch_arena arena = { 0 };
	uint64_t common = 0;
	struct pairs p;
	bool facts;

	if (!names_fit(a->speaker, b->speaker) || shorter->n < CH_SAYING_WORDS_MIN || shorter->letters * 100 < longer->letters * LENGTHS)
		return false;
	align(shorter, longer, &arena, &p);
	for (uint32_t i = 0; i < p.n; i++)
		common += shorter->v[p.a[i]].letters;
	/* Where each has a name or a number that the other lacks, they speak of different things, unless all else is the same. */
	facts = other_facts(shorter, p.a, p.n) && other_facts(longer, p.b, p.n);
	ch_arena_free(&arena);
	if (facts)
		return shorter->n >= OTHER_FACTS_WORDS && common * 100 >= shorter->letters * ALIKE_OTHER_FACTS;
	return common * 100 >= shorter->letters * ALIKE;
}

/* ---- differences ---- */

static struct ch_str run(const struct ch_saying *s, uint32_t first, uint32_t past)
{
	const char *start;

	if (first >= past)
		return CH_STR("");
	start = s->v[first].text.ptr;
	return ch_str_n(start, (size_t)(s->v[past - 1].text.ptr + s->v[past - 1].text.len - start));
}

double ch_saying_diff(const struct ch_saying *a, const struct ch_saying *b, struct ch_arena *arena, struct ch_edit **edits, uint32_t *n)
{
	uint32_t i = 0, j = 0, k = 0;
	uint64_t kept = 0;
	struct pairs p;

	align(a, b, arena, &p);
	*edits = CH_NEW_N(arena, struct ch_edit, 2 * (size_t)p.n + 2);
	*n = 0;
	while (i < a->n || j < b->n) {
		uint32_t i0 = i, j0 = j;

		/* Words that are the same; one that only has the same stem was replaced. */
		while (k < p.n && p.a[k] == i && p.b[k] == j && a->v[i].folded == b->v[j].folded) {
			kept += 2u * a->v[i].letters;
			i++;
			j++;
			k++;
		}
		if (i > i0) {
			(*edits)[(*n)++] = (struct ch_edit){ CH_EDIT_SAME, run(a, i0, i), run(b, j0, j) };
			continue;
		}
		while (k < p.n && a->v[p.a[k]].folded != b->v[p.b[k]].folded)
			k++;
		i = k < p.n ? p.a[k] : a->n;
		j = k < p.n ? p.b[k] : b->n;
		(*edits)[(*n)++] = (struct ch_edit){ i == i0 ? CH_EDIT_INSERT : j == j0 ? CH_EDIT_DELETE : CH_EDIT_REPLACE,
						     run(a, i0, i), run(b, j0, j) };
	}
	return a->letters + b->letters ? (double)kept / (double)(a->letters + b->letters) : 1;
}

const char *ch_edit_name(enum ch_edit_kind kind)
{
	static const char *const names[] = { "same", "insert", "delete", "replace" };

	return names[kind];
}
