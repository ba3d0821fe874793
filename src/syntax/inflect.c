#include "syntax/inflect.h"
#include "syntax/features.h"
#include "syntax_words.h"

#define FORM_MAX 48            /* bytes: longer forms are left to the rule */

enum ending { END_NONE, END_ED, END_ING, END_S, END_ER, END_EST };

/* A form without its ending: `keep` bytes of it, and perhaps one letter more. */
struct stem {
	uint8_t keep;
	char add;              /* 0: none */
};

struct stems {
	struct stem v[3];      /* the likeliest first, by spelling alone */
	uint32_t n;
	bool sure;             /* the first is right if it is a word at all ("rated" is not of "rat") */
	bool lean;             /* spelling speaks for the first where none is a known word ("whetting") */
};

static bool is_vowel(char c)
{
	return c && strchr("aeiou", c);
}

static struct ch_str sense_of(unsigned section, struct ch_str form)
{
	const struct ch_word_sense *s = ch_word_sense(&syntax_words, ch_words_find(&syntax_words, form), section);
	return s ? ch_str_z(s->value) : (struct ch_str){ NULL, 0 };
}

struct ch_str ch_inflect_override(struct ch_str form, unsigned upos)
{
	return upos == CH_UPOS_NOUN ? sense_of(SYNTAX_WORDS_OVERRIDE, form)
	     : upos == CH_UPOS_VERB ? sense_of(SYNTAX_WORDS_OVERRIDE_VERB, form) : (struct ch_str){ NULL, 0 };
}

static void offer(struct stems *s, size_t keep, char add)
{
	if (keep + (add != 0) >= 2)
		s->v[s->n++] = (struct stem){ (uint8_t)keep, add };
}

/* One vowel between consonants, the last of which would have been doubled: "rat" of "rated". */
static bool is_short(const char *f, size_t n)
{
	if (n < 3 || is_vowel(f[n - 1]) || strchr("wxy", f[n - 1]) || !is_vowel(f[n - 2]) ||
	    (is_vowel(f[n - 3]) && !(f[n - 3] == 'u' && n > 3 && f[n - 4] == 'q')))
		return false;
	for (size_t i = 0; i + 3 < n; i++)
		if (is_vowel(f[i]) && !(f[i] == 'u' && i && f[i - 1] == 'q'))
			return false;
	return true;
}

/* Endings of stems that nearly always have an e behind them: "-ate", "-ize", "-ine". */
static bool wants_e(const char *f, size_t n)
{
	static const char *const pairs[] = {
		"ad", "ak", "am", "as", "at", "ib", "id", "ik", "il", "im", "in", "ir", "is", "od", "ok", "op", "or", "os",
		"ub", "ud", "uk", "um", "un", "ur", "us", "ut", "yp", "ys", "yz",
	};
	char last = f[n - 1], prev = f[n - 2];
	if (strchr("cvuz", last))
		return true;
	if (last == 's')
		return prev != 's';
	if (last == 'g')
		return prev == 'd' || prev == 'r';
	if (last == 'l' && !is_vowel(prev))
		return prev != 'r' && prev != 'w';
	if (n > 2 && is_vowel(f[n - 3]))
		return false;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		if (prev == pairs[i][0] && last == pairs[i][1])
			return true;
	return false;
}

/* Stems of f[0, n) + a vowel of the ending ("ed", "ing", "er", "est"). */
static void before_vowel(struct stems *s, const char *f, size_t n)
{
	if (n < 2)
		return;
	char last = f[n - 1];
	if (last == f[n - 2] && !is_vowel(last)) {
		bool keeps = strchr("lsfz", last) != NULL;
		s->lean = !keeps;
		offer(s, keeps ? n : n - 1, 0);
		if (keeps)
			offer(s, n, 'e');
		offer(s, keeps ? n - 1 : n, 0);
		return;
	}
	s->sure = is_short(f, n);
	s->lean = s->sure || wants_e(f, n);
	offer(s, n, s->lean ? 'e' : 0);
	offer(s, n, s->lean ? 0 : 'e');
}

static void before_s(struct stems *s, const char *f, size_t n)
{
	if (n < 3 || strchr("su'", f[n - 2]) || (f[n - 2] == 'i' && n < 5))
		return;                                       /* "boss", "bus" */
	if (n > 4 && memcmp(f + n - 3, "ies", 3) == 0) {
		offer(s, n - 3, 'y');
		offer(s, n - 1, 0);
		return;
	}
	bool e = f[n - 2] == 'e' && n > 4;
	char a = e ? f[n - 3] : 0, b = e ? f[n - 4] : 0;
	bool hiss = a && (strchr("xo", a) || (a == 'h' && (b == 's' || b == 'c')) || (strchr("sz", a) && a == b));
	if (hiss) {
		offer(s, n - 2, 0);
		offer(s, n - 1, 0);
	} else {
		offer(s, n - 1, 0);
		if (a && strchr("sz", a))
			offer(s, n - 2, 0);
	}
	if (e && strchr("sz", a) && a == b)
		offer(s, n - 3, 0);                           /* "gasses" */
}

static void stems_of(struct stems *s, const char *f, size_t n, enum ending ending)
{
	static const struct {
		const char *text;
		size_t len;
	} endings[] = { { "", 0 }, { "ed", 2 }, { "ing", 3 }, { "s", 1 }, { "er", 2 }, { "est", 3 } };
	size_t len = endings[ending].len;
	if (n < len + 2 || memcmp(f + n - len, endings[ending].text, len) != 0)
		return;
	if (ending == END_S) {
		before_s(s, f, n);
		return;
	}
	n -= len;
	if (f[n - 1] == 'i' && ending != END_ING) {
		s->lean = true;
		offer(s, n - 1, 'y');
		offer(s, n, 'e');
	} else if (f[n - 1] == 'e') {
		offer(s, n, ending == END_ING ? 0 : 'e');     /* "seeing"; "freed" */
		offer(s, n, ending == END_ING ? 'e' : 0);
	} else {
		before_vowel(s, f, n);
	}
}

static bool is_base(struct ch_str s)
{
	const struct ch_word *w = ch_words_find(&syntax_words, s);
	return w && w->sections >> SYNTAX_WORDS_BASE & 1;
}

/* 2 in the list of bases, 1 in the vocabulary of GloVe, 0 unknown. */
static int word_rank(const struct ch_model *m, struct ch_str s)
{
	if (is_base(s))
		return 2;
	return ch_keys_find(m->glove_key, m->glove_n, ch_key_hash(s)) != CH_NONE;
}

/* Which of the stems it is: a base that the lexicon lists, else the proposed one if it is a word, else one that is a word;
 * CH_NONE to leave it. */
static uint32_t choose(const struct ch_model *m, const char *f, const struct stems *s, struct ch_str proposed)
{
	uint32_t own = CH_NONE, best = CH_NONE;
	int rank[3], top = 0;
	for (uint32_t i = 0; i < s->n; i++) {
		char word[FORM_MAX + 1];
		size_t n = s->v[i].keep;
		memcpy(word, f, n);
		if (s->v[i].add)
			word[n++] = s->v[i].add;
		rank[i] = word_rank(m, ch_str_n(word, n));
		if (ch_str_eq(ch_str_n(word, n), proposed))
			own = i;
		if (rank[i] > top) {
			top = rank[i];
			best = i;
		}
	}
	if (top == 0)
		return s->lean ? 0 : CH_NONE;
	if (s->sure && rank[0])
		return 0;
	if (top == 1 && own != CH_NONE && rank[own] == 1)
		return own;
	return best;
}

static enum ending ending_of(unsigned xpos)
{
	switch (xpos) {
	case CH_XPOS_VBD: case CH_XPOS_VBN: return END_ED;
	case CH_XPOS_VBG: return END_ING;
	case CH_XPOS_VBZ: case CH_XPOS_NNS: return END_S;
	case CH_XPOS_JJR: case CH_XPOS_RBR: return END_ER;
	case CH_XPOS_JJS: case CH_XPOS_RBS: return END_EST;
	default: return END_NONE;
	}
}

static bool fits(unsigned upos, unsigned xpos)
{
	switch (xpos) {
	case CH_XPOS_VBD: case CH_XPOS_VBN: case CH_XPOS_VBG: case CH_XPOS_VBZ: return upos == CH_UPOS_VERB;
	case CH_XPOS_NNS: return upos == CH_UPOS_NOUN;
	default: return upos == CH_UPOS_ADJ || upos == CH_UPOS_ADV;
	}
}

static struct ch_str listed(unsigned xpos, struct ch_str form)
{
	switch (ending_of(xpos)) {
	case END_ED: return sense_of(SYNTAX_WORDS_PAST, form);
	case END_ING: return sense_of(SYNTAX_WORDS_PRESENT, form);
	case END_S: return sense_of(xpos == CH_XPOS_NNS ? SYNTAX_WORDS_PLURAL : SYNTAX_WORDS_PRESENT, form);
	default: return sense_of(SYNTAX_WORDS_DEGREE, form);
	}
}

/* head and the lemma of what is behind it. */
static struct ch_str joined(struct ch_arena *arena, struct ch_str head, struct ch_str rest, char add)
{
	char *p = ch_arena_alloc(arena, head.len + rest.len + 1);
	size_t n = head.len + rest.len;
	memcpy(p, head.ptr, head.len);
	memcpy(p + head.len, rest.ptr, rest.len);
	if (add)
		p[n++] = add;
	return ch_str_n(p, n);
}

struct ch_str ch_inflect_lemma(const struct ch_model *m, struct ch_arena *arena, struct ch_str cased, struct ch_str proposed,
			       unsigned upos, unsigned xpos)
{
	enum ending ending = ending_of(xpos);
	struct ch_str known = { NULL, 0 };
	if (ending == END_NONE && upos == CH_UPOS_VERB && !is_base(cased))
		known = sense_of(SYNTAX_WORDS_PAST, cased);   /* "froze" is no present, whatever the tagger says */
	if (known.ptr)
		return known;
	if (ending == END_NONE || !fits(upos, xpos))
		return proposed;
	known = listed(xpos, cased);
	if (known.ptr)
		return known;
	size_t cut = cased.len;                               /* behind the last hyphen stands what is inflected */
	while (cut && cased.ptr[cut - 1] != '-')
		cut--;
	struct ch_str head = ch_str_sub(cased, 0, cut), tail = ch_str_sub(cased, cut, cased.len);
	if (cut && (known = listed(xpos, tail)).ptr)
		return joined(arena, head, known, 0);
	if (tail.len > FORM_MAX)
		return proposed;
	if (xpos == CH_XPOS_NNS) {
		const struct ch_word *w = ch_words_find(&syntax_words, tail);
		if (w && w->sections >> SYNTAX_WORDS_SINGULAR & 1)
			return cased;
	}
	char f[FORM_MAX], own[FORM_MAX];
	for (size_t i = 0; i < tail.len; i++) {
		f[i] = (char)ch_lower_latin((unsigned char)tail.ptr[i]);
		if (f[i] < 'a' || f[i] > 'z')
			return proposed;
	}
	struct stems s = { .n = 0 };
	stems_of(&s, f, tail.len, ending);
	struct ch_str mine = { own, 0 };                      /* the proposal as the stems are written */
	if (proposed.len > cut && proposed.len - cut <= FORM_MAX)
		for (size_t i = cut; i < proposed.len; i++)
			own[mine.len++] = (char)(proposed.ptr[i] >= 'A' && proposed.ptr[i] <= 'Z' ? proposed.ptr[i] + 32 : proposed.ptr[i]);
	uint32_t i = choose(m, f, &s, mine);
	if (i == CH_NONE)
		return proposed;
	return joined(arena, head, ch_str_sub(tail, 0, s.v[i].keep), s.v[i].add);
}
