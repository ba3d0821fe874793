#include "merge/words.h"
#include "base/utf8.h"
#include <nettle/sha2.h>
#include <stdlib.h>

struct reader {
	struct ch_arena *arena;
	struct ch_words *w;
	struct sha256_ctx sha;
	uint64_t last[CH_SHINGLE_WORDS];     /* hashes of the words before, the latest first */
	uint64_t quote_hash;
	uint32_t quote_words;
	size_t quote_start;
	bool initial;                        /* the next word begins a sentence */
	bool quoting;
};

static uint64_t word_hash(struct ch_str s)
{
	uint64_t h = 0xCBF29CE484222325u;    /* FNV-1a, 64 bits */

	for (size_t i = 0; i < s.len; i++)
		h = (h ^ (unsigned char)s.ptr[i]) * 0x100000001B3u;
	return ch_mix(h);
}

static void put_hash(struct reader *r, struct ch_hashes *h, uint64_t hash)
{
	*CH_PUSH(r->arena, h) = hash;
}

/* Scripts that set no blanks between words: Han, kana, Thai, Lao, Khmer, Burmese. */
static bool unspaced(uint32_t cp)
{
	return (cp >= 0x0E00 && cp < 0x0F00) || (cp >= 0x1000 && cp < 0x10A0) || (cp >= 0x1780 && cp < 0x1800) ||
	       (cp >= 0x2E80 && cp < 0xA000 && !(cp >= 0x3000 && cp < 0x3040)) || (cp >= 0xF900 && cp < 0xFB00) ||
	       (cp >= 0x20000 && cp < 0x32000);
}

static void shingle(struct reader *r, uint64_t hash)
{
	uint64_t all = hash;

	for (int i = 0; i < CH_SHINGLE_WORDS - 1; i++)
		all = ch_mix(all ^ (r->last[i] << (i + 1) | r->last[i] >> (63 - i)));
	if (r->w->n >= CH_SHINGLE_WORDS)
		put_hash(r, &r->w->shingles, all);
	/* A shingle that lies wholly between the marks. */
	if (r->quoting && r->quote_words >= CH_SHINGLE_WORDS)
		put_hash(r, &r->w->quoted, all);
	for (int i = CH_SHINGLE_WORDS - 2; i > 0; i--)
		r->last[i] = r->last[i - 1];
	r->last[0] = hash;
}

static void word(struct reader *r, struct ch_str text, uint32_t letters, uint32_t first, bool alone)
{
	struct ch_str folded = ch_utf8_fold(r->arena, text);
	uint64_t hash = word_hash(folded), before = r->last[0];

	sha256_update(&r->sha, folded.len, (const uint8_t *)folded.ptr);
	sha256_update(&r->sha, 1, (const uint8_t *)" ");
	r->w->n++;
	if (r->quoting) {
		r->quote_words++;
		r->quote_hash = ch_mix(r->quote_hash ^ hash);
	}
	shingle(r, hash);
	if (alone && r->w->n > 1)
		put_hash(r, &r->w->terms, ch_mix(hash ^ before << 1));   /* two characters are about a word */
	else if (!alone && letters >= CH_TERM_LETTERS)
		put_hash(r, &r->w->terms, hash);
	if (!alone && !r->initial && letters >= CH_NAME_LETTERS && ch_is_upper(first))
		put_hash(r, &r->w->names, hash);
	r->initial = false;
}

/* "1,200", "1 200" and "1200" are one number; so are "2.5" and "2,5". */
static void number(struct reader *r, struct ch_str text)
{
	char digits[64];
	size_t n = 0;
	uint64_t hash;

	for (size_t i = 0; i < text.len && n < sizeof digits; i++)
		if (text.ptr[i] >= '0' && text.ptr[i] <= '9')
			digits[n++] = text.ptr[i];
	hash = word_hash(ch_str_n(digits, n));
	sha256_update(&r->sha, n, (const uint8_t *)digits);
	sha256_update(&r->sha, 1, (const uint8_t *)" ");
	r->w->n++;
	if (r->quoting) {
		r->quote_words++;
		r->quote_hash = ch_mix(r->quote_hash ^ hash);
	}
	shingle(r, hash);
	if (n >= 2) {
		put_hash(r, &r->w->numbers, hash);
		put_hash(r, &r->w->terms, hash);
		*CH_PUSH(r->arena, &r->w->number_facts) = (struct ch_fact){ hash, text };
	}
	r->initial = false;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t number_end(struct ch_str s, size_t at)
{
	while (at < s.len && (is_digit(s.ptr[at]) || ((s.ptr[at] == ',' || s.ptr[at] == '.') && at + 1 < s.len &&
						      is_digit(s.ptr[at + 1]))))
		at++;
	return at;
}

/* Double marks only: a single one is an apostrophe as often. */
static bool is_mark(uint32_t cp)
{
	return cp == '"' || cp == 0x201C || cp == 0x201D || cp == 0x201E || cp == 0x201F || cp == 0xAB || cp == 0xBB;
}

static void mark(struct reader *r, struct ch_str piece, size_t at, size_t past)
{
	if (r->quoting && r->quote_words >= CH_QUOTE_WORDS)
		*CH_PUSH(r->arena, &r->w->quote_facts) = (struct ch_fact){ r->quote_hash, ch_str_sub(piece, r->quote_start, at) };
	r->quoting = !r->quoting;
	r->quote_words = 0;
	r->quote_hash = 0;
	r->quote_start = past;
	r->initial = true;
}

static void read_piece(struct reader *r, struct ch_str s)
{
	size_t at = 0;

	r->initial = true;
	r->quoting = false;   /* a quotation of several paragraphs opens each of them anew */
	while (at < s.len) {
		uint32_t len, cp = ch_utf8_at(s, at, &len);
		size_t start = at;

		if (is_digit(s.ptr[at])) {
			at = number_end(s, at);
			number(r, ch_str_sub(s, start, at));
		} else if (unspaced(cp)) {
			at += len;
			word(r, ch_str_sub(s, start, at), 1, cp, true);
		} else if (ch_is_letter(cp)) {
			uint32_t letters = 0, first = cp;

			while (at < s.len && ch_is_letter(cp = ch_utf8_at(s, at, &len)) && !unspaced(cp)) {
				at += len;
				letters++;
			}
			word(r, ch_str_sub(s, start, at), letters, first, false);
		} else {
			at += len;
			if (is_mark(cp))
				mark(r, s, start, at);
			else if (cp == '.' || cp == '!' || cp == '?' || cp == ':')
				r->initial = true;
		}
	}
	if (r->quoting)
		mark(r, s, s.len, s.len);
}

/* ---- sets ---- */

static int by_hash(const void *a, const void *b)
{
	const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static void make_set(struct ch_hashes *h)
{
	uint32_t n = 0;

	if (h->n)
		qsort(h->v, h->n, sizeof *h->v, by_hash);
	for (uint32_t i = 0; i < h->n; i++)
		if (!n || h->v[n - 1] != h->v[i])
			h->v[n++] = h->v[i];
	h->n = n;
}

/* Of facts that are alike the first in the text stands for all. */
static int by_fact(const void *a, const void *b)
{
	const struct ch_fact *x = a, *y = b;

	return x->hash != y->hash ? (x->hash > y->hash) - (x->hash < y->hash) : (x->text.ptr > y->text.ptr) - (x->text.ptr < y->text.ptr);
}

static void make_facts(struct ch_facts *f)
{
	uint32_t n = 0;

	if (f->n)
		qsort(f->v, f->n, sizeof *f->v, by_fact);
	for (uint32_t i = 0; i < f->n; i++)
		if (!n || f->v[n - 1].hash != f->v[i].hash)
			f->v[n++] = f->v[i];
	f->n = n;
}

uint32_t ch_hashes_common(const struct ch_hashes *a, const struct ch_hashes *b)
{
	uint32_t i = 0, j = 0, n = 0;

	while (i < a->n && j < b->n) {
		n += a->v[i] == b->v[j];
		if (a->v[i] < b->v[j])
			i++;
		else if (a->v[i] > b->v[j])
			j++;
		else
			i++, j++;
	}
	return n;
}

void ch_words_sort(struct ch_words *w)
{
	make_set(&w->shingles);
	make_set(&w->terms);
	make_set(&w->names);
	make_set(&w->numbers);
	make_set(&w->quoted);
	make_facts(&w->number_facts);
	make_facts(&w->quote_facts);
}

void ch_words_read(struct ch_words *w, struct ch_arena *arena, const struct ch_str *pieces, uint32_t n)
{
	struct reader r = { .arena = arena, .w = w };
	uint8_t digest[8];

	*w = (struct ch_words){ 0 };
	sha256_init(&r.sha);
	for (uint32_t i = 0; i < n; i++)
		read_piece(&r, pieces[i]);
	sha256_digest(&r.sha, sizeof digest, digest);
	for (size_t i = 0; i < sizeof digest; i++)
		w->exact = w->exact << 8 | digest[i];
	ch_words_sort(w);
}

void ch_words_of(struct ch_words *w, const struct ch_doc *doc)
{
	struct ch_str *pieces = CH_NEW_N(doc->arena, struct ch_str, doc->blocks.n);
	uint32_t n = 0;

	for (uint32_t i = 0; i < doc->blocks.n; i++)
		if (doc->blocks.v[i].kind != CH_BLOCK_TITLE)
			pieces[n++] = ch_doc_str(doc, doc->blocks.v[i].span);
	ch_words_read(w, doc->arena, pieces, n);
}
