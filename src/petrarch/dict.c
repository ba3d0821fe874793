/* petrarch/dict.c -- see the header. Verbs: verbs.c; what stands in a folder: folder.c. */
#include "petrarch/dict_priv.h"
#include "base/utf8.h"

#define NONE CH_PETRARCH_NONE

enum { NAMES_MAX = 5000, TURNS_MAX = 16, SEQ_MAX = 24 };

/* ---- words ---- */

bool ch_petrarch_next_word(struct ch_arena *arena, struct ch_str *rest, struct ch_str *word, bool *stem)
{
	static const char parting[] = " \t\r_-";
	size_t from = 0, to;

	while (from < rest->len && memchr(parting, rest->ptr[from], sizeof parting - 1))
		from++;
	for (to = from; to < rest->len && !memchr(parting, rest->ptr[to], sizeof parting - 1);)
		to++;
	if (from == to)
		return false;
	*word = ch_utf8_fold(arena, ch_str_sub(*rest, from, to));
	if (word->len > 3 && ch_str_ends(*word, CH_STR("n't")) && word->len == to - from) {
		*word = ch_str_sub(*word, 0, word->len - 3);
		to -= 3;
	} else if (word->len > 2 && ch_str_ends(*word, CH_STR("'s"))) {
		*word = ch_str_sub(*word, 0, word->len - 2);
	} else if (word->len > 1 && ch_str_ends(*word, CH_STR("'"))) {
		*word = ch_str_sub(*word, 0, word->len - 1);
	}
	if (stem)
		*stem = to == rest->len || rest->ptr[to] != '_';
	*rest = ch_str_sub(*rest, to, rest->len);
	return true;
}

/* The number of a word of a dictionary. */
uint32_t ch_petrarch_intern(struct ch_petrarch *d, struct ch_str word, bool stem)
{
	struct ch_str key = stem ? ch_arena_printf(&d->arena, "%.*s*", CH_STR_ARG(word)) : ch_arena_str(&d->arena, word);
	bool added;
	uint32_t at = *ch_map_put(&d->words, key, d->spelling.n, &added);

	if (added) {
		*CH_PUSH(&d->arena, &d->spelling) = key;
		*CH_PUSH(&d->arena, &d->by_word) = NONE;
	}
	return at;
}

uint32_t ch_petrarch_word(const struct ch_petrarch *d, struct ch_str word)
{
	const uint32_t *at = ch_map_get(&d->words, word);

	return at ? *at : NONE;
}

bool ch_petrarch_is(const struct ch_petrarch *d, uint32_t at, struct ch_str word, uint32_t number)
{
	struct ch_str s;

	if (at == number)
		return true;
	s = d->spelling.v[at];
	return d->stems && s.len > 1 && s.ptr[s.len - 1] == '*' && ch_str_starts(word, ch_str_sub(s, 0, s.len - 1));
}

/* The words of a name or verb as a sequence; empty where there is none or it is too long. */
struct ch_petrarch_seq ch_petrarch_seq_of(struct ch_petrarch *d, struct ch_str text)
{
	struct ch_petrarch_seq seq = { d->seqs.n, d->seqs.n };
	struct ch_str word;
	bool stem;

	while (ch_petrarch_next_word(&d->arena, &text, &word, &stem)) {
		*CH_PUSH(&d->arena, &d->seqs) = ch_petrarch_intern(d, word, stem && d->stems);
		seq.past++;
	}
	if (seq.past - seq.first > SEQ_MAX)
		seq.past = seq.first;
	return seq;
}

struct ch_str ch_petrarch_plural(struct ch_arena *arena, struct ch_str word)
{
	char last = word.len ? word.ptr[word.len - 1] | 0x20 : 's';
	char before = word.len > 1 ? word.ptr[word.len - 2] | 0x20 : 'a';

	if (last == 's' || last == 'x' || last == 'z' || (last == 'h' && (before == 'c' || before == 's')))
		return ch_arena_printf(arena, "%.*sES", CH_STR_ARG(word));
	if (last == 'y' && !memchr("aeiou", before, 5))
		return ch_arena_printf(arena, "%.*sIES", (int)word.len - 1, word.ptr);
	return ch_arena_printf(arena, "%.*sS", CH_STR_ARG(word));
}

/* ---- warnings ---- */

void ch_petrarch_lost(struct ch_petrarch *d, uint32_t file, uint32_t line, struct ch_str text, const char *why)
{
	text = ch_str_trim(text);
	d->counts.lost++;
	*CH_PUSH(&d->arena, &d->warnings) = (struct ch_petrarch_warning){ ch_arena_printf(&d->arena, "%.*s:%u: %s: '%.*s'",
		CH_STR_ARG(d->files.v[file]), line, why, (int)(text.len < 80 ? text.len : 80), text.ptr) };
}

/* ---- names: a tree of words ---- */

static uint32_t child(const struct ch_petrarch *d, uint32_t node, uint32_t word)
{
	uint32_t key[2] = { node, word };
	const uint32_t *at = ch_map_get(&d->edges, ch_str_n((const char *)key, sizeof key));

	return at ? *at : NONE;
}

uint32_t ch_petrarch_step(const struct ch_petrarch *d, uint32_t node, struct ch_str word)
{
	uint32_t at = ch_petrarch_word(d, word), next = at == NONE ? NONE : child(d, node, at);
	char stem[32];

	/* a stem of three letters or more, the longest first */
	for (size_t n = word.len < sizeof stem ? word.len : sizeof stem - 1; d->stems && next == NONE && n >= 3; n--) {
		memcpy(stem, word.ptr, n);
		stem[n] = '*';
		at = ch_petrarch_word(d, ch_str_n(stem, n + 1));
		next = at == NONE ? NONE : child(d, node, at);
	}
	return next;
}

static uint32_t new_node(struct ch_petrarch *d)
{
	*CH_PUSH(&d->arena, &d->nodes) = (struct ch_petrarch_node){ NONE, NONE, false, NONE };
	return d->nodes.n - 1;
}

/* The node of a name, made; NONE where it has no words. loose: where its words are parted by blanks, others may stand between. */
static uint32_t node_of(struct ch_petrarch *d, struct ch_str name, bool loose)
{
	struct ch_petrarch_seq seq = ch_petrarch_seq_of(d, name);
	bool open = loose && ch_str_find_byte(ch_str_trim(name), ' ', 0) != CH_STR_NONE;
	uint32_t node = 0;

	for (uint32_t i = seq.first; i < seq.past; i++) {
		uint32_t next = child(d, node, d->seqs.v[i]);

		if (next == NONE) {
			uint32_t *key = CH_NEW_N(&d->arena, uint32_t, 2);

			key[0] = node;
			key[1] = d->seqs.v[i];
			next = new_node(d);
			ch_map_put(&d->edges, ch_str_n((const char *)key, 2 * sizeof *key), next, NULL);
		}
		if (node)
			d->nodes.v[node].open = d->nodes.v[node].open || open;
		node = next;
	}
	return node ? node : NONE;
}

/* ---- actors and agents ---- */

struct entry {
	struct ch_str head, plural;     /* plural: "{}" is empty, but not NULL */
	uint32_t line;
	CH_VEC(struct ch_str) synonyms;
	CH_VEC(struct ch_petrarch_code) codes;
};

struct reader {
	struct ch_petrarch *d;
	struct entry e;
	struct ch_petrarch_marks marks;
	uint32_t file, line;
};

static bool same_codes(const struct ch_petrarch *d, const struct ch_petrarch_actor *a, const struct ch_petrarch_actor *b)
{
	if (a->past - a->first != b->past - b->first)
		return false;
	for (uint32_t i = 0; i < a->past - a->first; i++) {
		const struct ch_petrarch_code *x = &d->codes.v[a->first + i], *y = &d->codes.v[b->first + i];

		if (!ch_str_eq(x->code, y->code) || x->from != y->from || x->to != y->to)
			return false;
	}
	return true;
}

static void end_actor(struct reader *r)
{
	struct ch_petrarch *d = r->d;
	struct ch_petrarch_actor actor = { d->codes.n, d->codes.n, r->file, r->e.line };

	for (uint32_t i = 0; i < r->e.codes.n; i++, actor.past++)
		*CH_PUSH(&d->arena, &d->codes) = r->e.codes.v[i];
	for (uint32_t i = 0; i <= r->e.synonyms.n; i++) {
		struct ch_str name = i ? r->e.synonyms.v[i - 1] : r->e.head;
		uint32_t node = node_of(d, name, true);

		if (node == NONE) {
			ch_petrarch_lost(d, r->file, r->e.line, name, "no usable name");
		} else if (d->nodes.v[node].actor != NONE && !same_codes(d, &d->actors.v[d->nodes.v[node].actor], &actor)) {
			const struct ch_petrarch_actor *first = &d->actors.v[d->nodes.v[node].actor];

			ch_petrarch_lost(d, r->file, r->e.line, name, ch_arena_printf(&d->arena, "a name that has another code already "
				 "(%.*s:%u), which stays", CH_STR_ARG(d->files.v[first->file]), first->line).ptr);
		} else if (d->nodes.v[node].actor == NONE) {
			d->nodes.v[node].actor = d->actors.n;
			d->counts.names++;
		}
	}
	*CH_PUSH(&d->arena, &d->actors) = actor;
	d->counts.actors++;
}

static void put_agent(struct reader *r, struct ch_str word, uint32_t agent)
{
	struct ch_petrarch *d = r->d;
	uint32_t node = node_of(d, word, true);

	if (node == NONE)
		ch_petrarch_lost(d, r->file, r->e.line, word, "no usable name");
	else if (d->nodes.v[node].agent == NONE)
		d->nodes.v[node].agent = agent;
	else if (!ch_str_eq(d->agents.v[d->nodes.v[node].agent], d->agents.v[agent]))
		ch_petrarch_lost(d, r->file, r->e.line, word, "an agent that has another code already, which stays");
}

/* Blanks off: "[ ~COP]", "[  NGO~]". */
static void end_agent(struct reader *r)
{
	struct ch_petrarch *d = r->d;
	struct ch_str word, many = r->e.plural;

	*CH_PUSH(&d->arena, &d->agents) = r->e.codes.v[0].code;
	d->counts.agents++;
	if (r->e.codes.n > 1)
		ch_petrarch_lost(d, r->file, r->e.line, r->e.head, "an agent with more than one code; the first stays");
	for (uint32_t i = 0; i <= r->e.synonyms.n; i++) {
		struct ch_str raw = i ? r->e.synonyms.v[i - 1] : r->e.head;

		for (uint32_t turn = 0; turn < TURNS_MAX && ch_petrarch_expand(&r->marks, &d->arena, raw, turn, &word); turn++) {
			put_agent(r, word, d->agents.n - 1);
			if ((!i && many.ptr) || d->stems)
				continue;
			word = ch_str_trim(word);
			if (!ch_str_ends(word, CH_STR("S")) && !ch_str_ends(word, CH_STR("_")) && word.len)
				put_agent(r, ch_petrarch_plural(&d->arena, word), d->agents.n - 1);
		}
	}
	while (ch_str_cut(&many, ' ', &word))
		if (word.len)
			put_agent(r, word, d->agents.n - 1);
}

static void end_entry(struct reader *r)
{
	if (!r->e.head.len)
		return;
	if (!r->e.codes.n)
		ch_petrarch_lost(r->d, r->file, r->e.line, r->e.head, "a name without a code");
	else if (ch_str_find_byte(r->e.codes.v[0].code, '~', 0) != CH_STR_NONE)
		end_agent(r);
	else
		end_actor(r);
	r->e = (struct entry){ 0 };
}

/* The codes in brackets of a line, from `at` on. */
static void read_codes(struct reader *r, struct ch_str line, size_t at)
{
	struct ch_petrarch *d = r->d;

	while ((at = ch_str_find_byte(line, '[', at)) != CH_STR_NONE) {
		size_t end = ch_str_find_byte(line, ']', at);
		struct ch_petrarch_code c;

		if (end == CH_STR_NONE) {
			ch_petrarch_lost(d, r->file, r->line, line, "a bracket that is not closed");
			return;
		}
		if (!ch_petrarch_read_code(ch_str_sub(line, at + 1, end), &c))
			ch_petrarch_lost(d, r->file, r->line, line, "days that are none (030804-031104, >031031 would do)");
		else if (!c.code.len)
			ch_petrarch_lost(d, r->file, r->line, line, "an empty code");
		else
			*CH_PUSH(&d->arena, &r->e.codes) = c;
		at = end + 1;
	}
}

static void read_name_line(struct reader *r, struct ch_str line)
{
	struct ch_petrarch *d = r->d;
	size_t open = ch_str_find_byte(line, '[', 0), brace, close;

	if (ch_petrarch_mark(&r->marks, &d->arena, line))
		return;
	if (line.ptr[0] == '+' || open == 0) {
		if (!r->e.head.len)
			ch_petrarch_lost(d, r->file, r->line, line, "stands behind no name");
		else if (line.ptr[0] == '+' && r->e.synonyms.n >= NAMES_MAX)
			ch_petrarch_lost(d, r->file, r->line, line, "more spellings than a name may have");
		else if (line.ptr[0] == '+')
			*CH_PUSH(&d->arena, &r->e.synonyms) = ch_str_sub(line, 1, open == CH_STR_NONE ? line.len : open);
		if (r->e.head.len && open != CH_STR_NONE)
			read_codes(r, line, open);
		return;
	}
	end_entry(r);
	r->e.head = ch_str_trim(ch_str_sub(line, 0, open == CH_STR_NONE ? line.len : open));
	r->e.line = r->line;
	brace = ch_str_find_byte(r->e.head, '{', 0);
	close = brace == CH_STR_NONE ? brace : ch_str_find_byte(r->e.head, '}', brace);
	if (close != CH_STR_NONE) {
		r->e.plural = ch_str_trim(ch_str_sub(r->e.head, brace + 1, close));
		r->e.head = ch_str_trim(ch_str_sub(r->e.head, 0, brace));
	}
	if (open != CH_STR_NONE)
		read_codes(r, line, open);
}

static void read_discard(struct reader *r, struct ch_str line)
{
	struct ch_petrarch *d = r->d;
	uint32_t node = node_of(d, ch_str_sub(line, line.ptr[0] == '+', line.len), false);

	if (node == NONE) {
		ch_petrarch_lost(d, r->file, r->line, line, "no usable words");
		return;
	}
	if (d->nodes.v[node].discard == NONE || line.ptr[0] == '+') {
		d->nodes.v[node].discard = d->discards.n;
		*CH_PUSH(&d->arena, &d->discards) = line;
	}
	d->counts.discards++;
}

/* ---- all together ---- */

void ch_petrarch_init(struct ch_petrarch *d)
{
	*d = (struct ch_petrarch){ 0 };
	ch_map_init(&d->words, &d->arena);
	ch_map_init(&d->synset_names, &d->arena);
	ch_map_init(&d->edges, &d->arena);
	new_node(d);
}

void ch_petrarch_free(struct ch_petrarch *d)
{
	ch_arena_free(&d->arena);
}

void ch_petrarch_read(struct ch_petrarch *d, enum ch_petrarch_kind kind, struct ch_str name, struct ch_str text)
{
	struct reader r = { .d = d, .file = d->files.n };
	struct ch_str line;
	bool markup = false;

	*CH_PUSH(&d->arena, &d->files) = ch_arena_str(&d->arena, name);
	d->counts.files++;
	text = ch_utf8_repair(&d->arena, ch_arena_str(&d->arena, text), NULL);
	if (kind == CH_PETRARCH_VERBS || kind == CH_PETRARCH_VERBS_2) {
		ch_petrarch_read_verbs(d, r.file, text);
		return;
	}
	ch_petrarch_marks_init(&r.marks, &d->arena);
	for (r.line = 1; ch_str_cut(&text, '\n', &line); r.line++) {
		line = ch_petrarch_uncomment(line, &markup);
		if (!line.len || ch_str_starts(line, CH_STR("<!")))   /* "<! -- a comment with a slip" */
			continue;
		if (kind == CH_PETRARCH_DISCARDS)
			read_discard(&r, line);
		else
			read_name_line(&r, line);
	}
	end_entry(&r);
}
