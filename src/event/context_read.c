/* event/context_read.c -- reads lexicon/contexts/; see context.h for the format. */
#include "event/context.h"
#include <stdlib.h>

size_t ch_lexicon_contexts(struct ch_embedded *files, size_t max);

struct reader {
	struct ch_contexts *out;
	const char *file;
	uint32_t line;
	unsigned context;            /* the open one; CH_CONTEXT_N before any */
	struct ch_err *err;
};

static bool slip(const struct reader *r, const char *what, struct ch_str got, const char *would_do)
{
	return ch_fail(r->err, "%s:%u: %s '%.*s'; %s", r->file, r->line, what, CH_STR_ARG(got), would_do);
}

static bool is_parting(char c)
{
	return c == ' ' || c == '\t' || c == '-';
}

static bool same_words(const struct ch_term *a, const struct ch_term *b)
{
	bool same = a->n_words == b->n_words && a->context == b->context && a->upos == b->upos;

	for (uint32_t i = 0; same && i < a->n_words; i++)
		same = ch_str_eq(a->words[i], b->words[i]);
	return same;
}

/* Puts the term into the table, before those with the same first word. */
static bool chain(struct reader *r, struct ch_map *map, struct ch_term term)
{
	struct ch_contexts *c = r->out;
	uint32_t at = c->terms.n, *first;
	bool added;

	first = ch_map_put(map, term.words[0], at, &added);
	for (uint32_t i = added ? UINT32_MAX : *first; i != UINT32_MAX; i = c->terms.v[i].next)
		if (same_words(&c->terms.v[i], &term))
			return slip(r, "a context has two terms", term.text, "take one of them out");
	term.next = added ? UINT32_MAX : *first;
	*first = at;
	*CH_PUSH(&c->arena, &c->terms) = term;
	return true;
}

static bool add_words(struct reader *r, struct ch_term term, struct ch_str text)
{
	struct ch_arena *arena = &r->out->arena;
	uint32_t n = 1, k = 0;
	struct ch_str *words;
	bool hyphen = false, blank = false;

	for (size_t i = 0; i < text.len; i++) {
		n += is_parting(text.ptr[i]);
		hyphen = hyphen || text.ptr[i] == '-';
		blank = blank || (is_parting(text.ptr[i]) && text.ptr[i] != '-');
	}
	words = CH_NEW_N(arena, struct ch_str, n);
	for (size_t i = 0, start = 0; i <= text.len; i++)
		if (i == text.len || is_parting(text.ptr[i])) {
			if (i > start)
				words[k++] = ch_str_sub(text, start, i);
			start = i + 1;
		}
	term.words = words;
	term.n_words = k;
	if (!chain(r, &r->out->words, term))
		return false;
	/* "anti-corruption" is one word to text/, "cease-fire" three: this is the form of one. */
	if (!hyphen || blank)
		return true;
	words = CH_NEW(arena, struct ch_str);
	*words = text;
	term.words = words;
	term.n_words = 1;
	return chain(r, &r->out->words, term);
}

/* Writes to out the spelling of text that `pick` chooses: bit i is the choice at the i-th [..] or (..). How many there are, or -1: a slip. */
static int spell(struct ch_str text, unsigned pick, char *out, size_t *len)
{
	int n = 0;

	*len = 0;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == '[' && i + 3 < text.len && text.ptr[i + 3] == ']') {
			out[(*len)++] = text.ptr[i + 1 + (pick >> n++ & 1)];
			i += 3;
		} else if (c == '(' && i + 2 < text.len && text.ptr[i + 2] == ')') {
			if (pick >> n++ & 1)
				out[(*len)++] = text.ptr[i + 1];
			i += 2;
		} else if (c == '[' || c == '(' || c == ')' || c == ']') {
			return -1;
		} else {
			out[(*len)++] = c;
		}
	}
	return n;
}

enum { TERM_BYTES_MAX = 64, CHOICES_MAX = 3 };

static bool add_feature(struct reader *r, struct ch_term term)
{
	size_t colon = ch_str_find_byte(term.text, ':', 0);
	struct ch_str key = ch_str_sub(term.text, 0, colon), value = ch_str_sub(term.text, colon + 1, term.text.len);
	struct ch_str *words = CH_NEW(&r->out->arena, struct ch_str);
	size_t dot = ch_str_find_byte(value, '.', 0);
	bool typed = ch_str_eqz(key, "type") || ch_str_eqz(key, "mode");

	if (!typed && !ch_str_eqz(key, "sector") && !ch_str_eqz(key, "frame") && !ch_str_eqz(key, "between"))
		return slip(r, "no such feature", term.text, "n: v: a: before a word, or sector: type: mode: frame: between:");
	if (typed && ch_event_parse(ch_str_sub(value, 0, dot)) == CH_EV_N)
		return slip(r, "no PLOVER type is called", ch_str_sub(value, 0, dot), "see docs/ontology.md for the sixteen");
	if (!value.len || (ch_str_eqz(key, "mode") && dot == CH_STR_NONE))
		return slip(r, "nothing behind the colon or the dot of", term.text, "write sector:MIL or mode:CONSULT.visit");
	if (ch_str_eqz(key, "between") && !ch_str_eqz(value, "states"))
		return slip(r, "unknown word", value, "between:states is all there is");
	*words = term.text;
	term.words = words;
	term.n_words = 1;
	return chain(r, &r->out->features, term);
}

static bool add_term(struct reader *r, struct ch_str text, enum ch_term_kind kind)
{
	struct ch_term term = { .text = text, .context = (uint8_t)r->context, .kind = (uint8_t)kind, .upos = CH_UPOS_N };
	char out[TERM_BYTES_MAX];
	size_t len, colon = ch_str_find_byte(text, ':', 0);
	int choices;

	if (text.len > sizeof out)
		return slip(r, "too long a term", text, "64 bytes are the most; a comma parts terms");
	if (colon == 1) {
		const char *at = strchr("vna", text.ptr[0]);

		if (!at)
			return slip(r, "no part of speech is called", ch_str_sub(text, 0, 1), "n: v: or a:");
		term.upos = text.ptr[0] == 'v' ? CH_UPOS_VERB : text.ptr[0] == 'n' ? CH_UPOS_NOUN : CH_UPOS_ADJ;
		text = ch_str_sub(text, 2, text.len);
		term.text = text;
	} else if (colon != CH_STR_NONE) {
		return add_feature(r, term);
	}
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] >= 'A' && text.ptr[i] <= 'Z')
			return slip(r, "a capital letter in", text, "write terms in small letters");
	choices = spell(text, 0, out, &len);
	if (choices < 0 || choices > CHOICES_MAX || !text.len || is_parting(text.ptr[0]))
		return slip(r, "cannot read the term", text, "write words, [sz] for either letter, (u) for one that may be missing; a comma parts terms");
	if (!choices)
		return add_words(r, term, text);
	for (unsigned pick = 0; pick < 1u << choices; pick++) {
		spell(text, pick, out, &len);
		if (!add_words(r, term, ch_arena_str(&r->out->arena, ch_str_n(out, len))))
			return false;
	}
	return true;
}

static bool read_terms(struct reader *r, struct ch_str rest, enum ch_term_kind kind)
{
	struct ch_str piece;

	while (ch_str_cut(&rest, ',', &piece)) {
		piece = ch_str_trim(piece);
		if (piece.len && !add_term(r, piece, kind))
			return false;
	}
	return true;
}

static bool read_example(struct reader *r, struct ch_str rest, bool gives)
{
	struct ch_context_example x = { .context = r->context, .gives = gives, .file = r->file, .line = r->line };
	size_t eq = ch_str_find(rest, CH_STR(" = "), 0);
	struct ch_str names, one;

	x.text = ch_str_trim(ch_str_sub(rest, 0, eq));
	if (eq != CH_STR_NONE)
		x.want = ch_str_trim(ch_str_sub(rest, eq + 3, rest.len));
	names = x.want;
	while (ch_str_cut(&names, ' ', &one))
		if (one.len && ch_context_parse(one) == CH_CONTEXT_N)
			return slip(r, "no context is called", one, "see docs/ontology.md for the 37");
	*CH_PUSH(&r->out->arena, &r->out->examples) = x;
	return true;
}

static bool read_line(struct reader *r, struct ch_str line)
{
	static const char *const kinds[] = { "sure", "hint", "not" };
	size_t n = 0;
	struct ch_str key, rest;

	line = ch_str_trim(ch_str_sub(line, 0, ch_str_find_byte(line, '#', 0)));
	while (n < line.len && line.ptr[n] != ' ' && line.ptr[n] != '\t')
		n++;
	key = ch_str_sub(line, 0, n);
	rest = ch_str_trim(ch_str_sub(line, n, line.len));
	if (!key.len)
		return true;
	if (ch_str_eqz(key, "context")) {
		r->context = ch_context_parse(rest);
		return r->context < CH_CONTEXT_N || slip(r, "no context is called", rest, "see docs/ontology.md for the 37");
	}
	if (r->context == CH_CONTEXT_N && !ch_str_eqz(key, "not"))
		return slip(r, "this needs a context above it:", key, "write: context NAME");
	if (ch_str_eqz(key, "+") || ch_str_eqz(key, "-"))
		return read_example(r, rest, key.ptr[0] == '+');
	for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (ch_str_eqz(key, kinds[i]))
			return read_terms(r, rest, (enum ch_term_kind)i);
	return slip(r, "unknown word", key, "one of: context sure hint not + -");
}

bool ch_contexts_parse(struct ch_contexts **contexts, const struct ch_embedded *files, size_t n, struct ch_err *err)
{
	struct ch_contexts *c = ch_xrealloc(NULL, sizeof *c);
	struct reader r = { .out = c, .err = err };

	*c = (struct ch_contexts){ 0 };
	ch_map_init(&c->words, &c->arena);
	ch_map_init(&c->features, &c->arena);
	for (size_t i = 0; i < n; i++) {
		struct ch_str text = files[i].text, line;

		r.file = files[i].path;
		r.context = CH_CONTEXT_N;
		for (r.line = 1; ch_str_cut(&text, '\n', &line); r.line++)
			if (!read_line(&r, line)) {
				ch_contexts_close(c);
				return false;
			}
	}
	*contexts = c;
	return true;
}

enum { FILES_MAX = 16 };

bool ch_contexts_open(struct ch_contexts **contexts, struct ch_err *err)
{
	struct ch_embedded files[FILES_MAX];
	size_t n = ch_lexicon_contexts(files, FILES_MAX);

	if (n > FILES_MAX)
		return ch_fail(err, "lexicon/contexts has %zu files; %d are read", n, FILES_MAX);
	return ch_contexts_parse(contexts, files, n, err);
}

void ch_contexts_close(struct ch_contexts *contexts)
{
	if (!contexts)
		return;
	ch_arena_free(&contexts->arena);
	free(contexts);
}
