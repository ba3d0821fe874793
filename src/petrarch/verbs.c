/* petrarch/verbs.c -- verb dictionaries: blocks, verbs with their forms, patterns, synonym sets. */
#include "petrarch/dict_priv.h"

#define NONE CH_PETRARCH_NONE

enum { ITEMS_MAX = 40, WITHIN_MAX = 64, SAME_MAX = 1000, TAKEN_MAX = 1 << 20 };

struct verbs {
	struct ch_petrarch *d;
	struct ch_map names;       /* of blocks -> block: one that comes twice goes on */
	uint32_t file, line;
	uint32_t block, synset;    /* that lines belong to; NONE */
	bool headed;               /* blocks have "---" heads */
};

static void lost(struct verbs *v, struct ch_str text, const char *why)
{
	ch_petrarch_lost(v->d, v->file, v->line, text, why);
}

/* "032:033" -> "032", "033"; "---" is none. */
static void read_code(struct verbs *v, struct ch_str s, struct ch_str *code, struct ch_str *back)
{
	size_t colon;

	s = ch_arena_str(&v->d->arena, ch_str_trim(s));
	colon = ch_str_find_byte(s, ':', 0);
	*code = ch_str_trim(ch_str_sub(s, 0, colon == CH_STR_NONE ? s.len : colon));
	*back = colon == CH_STR_NONE ? CH_STR("") : ch_str_trim(ch_str_sub(s, colon + 1, s.len));
	if (ch_str_eqz(*code, "---"))
		*code = CH_STR("");
	if (ch_str_eqz(*back, "---"))
		*back = CH_STR("");
}

/* The bracket of a line, if it has one; *end is where it begins, else the end of the line. */
static bool bracket(struct verbs *v, struct ch_str line, struct ch_str *code, size_t *end)
{
	size_t open = ch_str_find_byte(line, '[', 0), close;

	*end = open == CH_STR_NONE ? line.len : open;
	if (open == CH_STR_NONE)
		return false;
	close = ch_str_find_byte(line, ']', open);
	if (close == CH_STR_NONE) {
		lost(v, line, "a bracket that is not closed");
		return false;
	}
	*code = ch_str_sub(line, open + 1, close);
	if (ch_str_find_byte(line, '[', close) != CH_STR_NONE)
		lost(v, line, "a second code, which is not used");
	return true;
}

/* The block of that name, made where there is none; the first code that is one stays. */
static void begin_block(struct verbs *v, struct ch_str name, struct ch_str code)
{
	struct ch_petrarch *d = v->d;
	struct ch_str a, b;
	bool added;

	read_code(v, code, &a, &b);
	v->block = *ch_map_put(&v->names, ch_arena_str(&d->arena, name), d->blocks.n, &added);
	if (added)
		*CH_PUSH(&d->arena, &d->blocks) = (struct ch_petrarch_block){ a, b, NONE };
	else if (!d->blocks.v[v->block].code.len && !d->blocks.v[v->block].back.len) {
		d->blocks.v[v->block].code = a;
		d->blocks.v[v->block].back = b;
	} else if (a.len || b.len)
		lost(v, name, "a block that comes twice: its first code stays");
	v->synset = NONE;
}

static void head_line(struct verbs *v, struct ch_str line)
{
	struct ch_str name = line, code = CH_STR("---");
	size_t end, from = 0;

	while (from < name.len && name.ptr[from] == '-')
		from++;
	name = ch_str_sub(name, from, name.len);
	bracket(v, name, &code, &end);
	name = ch_str_sub(name, 0, end);
	while (name.len && (name.ptr[name.len - 1] == '-' || name.ptr[name.len - 1] == ' '))
		name.len--;
	name = ch_str_trim(name);
	if (name.len)
		begin_block(v, name, code);
	else
		v->block = v->synset = NONE;   /* a rule across the file */
}

/* ---- verbs ---- */

/* Words reversed, so that they run from the verb outwards. */
static struct ch_petrarch_seq reversed(struct ch_petrarch *d, struct ch_petrarch_seq seq)
{
	struct ch_petrarch_seq out = { d->seqs.n, d->seqs.n };

	for (uint32_t i = seq.past; i > seq.first; i--, out.past++) {
		uint32_t word = d->seqs.v[i - 1];

		*CH_PUSH(&d->arena, &d->seqs) = word;
	}
	return out;
}

static uint32_t length(const struct ch_petrarch_form *f)
{
	return f->before.past - f->before.first + f->behind.past - f->behind.first;
}

static void add_form(struct verbs *v, const struct ch_petrarch_form *like, struct ch_str main)
{
	struct ch_petrarch *d = v->d;
	struct ch_petrarch_form form = *like;
	struct ch_str word;
	uint32_t at, *link, before = 0;
	bool stem;

	if (!ch_petrarch_next_word(&d->arena, &main, &word, &stem))
		return;
	at = ch_petrarch_intern(d, word, stem && d->stems);
	for (link = &d->by_word.v[at]; *link != NONE && length(&d->forms.v[*link]) >= length(&form); link = &d->forms.v[*link].next)
		if (++before == SAME_MAX) {
			lost(v, main, "more verbs with this word than are kept");
			return;
		}
	form.next = *link;
	*link = d->forms.n;   /* before the push, which may move what link points into */
	*CH_PUSH(&d->arena, &d->forms) = form;
	d->counts.forms++;
}

/* "BREAK_DOWN", "+BREAK_DOWN", "WIRE_+TAP": the words before, the one that is inflected, those behind. */
static struct ch_str split(struct verbs *v, struct ch_str text, struct ch_petrarch_form *form)
{
	struct ch_petrarch *d = v->d;
	size_t plus = ch_str_find_byte(text, '+', 0), end;
	struct ch_str main;

	form->before = reversed(d, ch_petrarch_seq_of(d, ch_str_sub(text, 0, plus == CH_STR_NONE ? 0 : plus)));
	main = ch_str_trim(ch_str_sub(text, plus == CH_STR_NONE ? 0 : plus + 1, text.len));
	for (end = 0; end < main.len && main.ptr[end] != '_' && main.ptr[end] != ' ' && main.ptr[end] != '-';)
		end++;
	form->behind = ch_petrarch_seq_of(d, ch_str_sub(main, end, main.len));
	return ch_str_sub(main, 0, end + (end < main.len && main.ptr[end] == '_'));
}

/* The regular forms; a last consonant is also doubled, as most dictionaries leave it to the reader. */
static void add_regular(struct verbs *v, const struct ch_petrarch_form *form, struct ch_str w)
{
	struct ch_arena *a = &v->d->arena;
	char last, before, third;

	if (w.len && w.ptr[w.len - 1] == '_')
		w.len--;
	if (w.len < 2)
		return;
	last = w.ptr[w.len - 1] | 0x20;
	before = w.ptr[w.len - 2] | 0x20;
	third = w.len > 2 ? w.ptr[w.len - 3] | 0x20 : 'a';
	add_form(v, form, ch_petrarch_plural(a, w));
	if (last == 'e') {
		add_form(v, form, ch_arena_printf(a, "%.*sD", CH_STR_ARG(w)));
		add_form(v, form, ch_arena_printf(a, "%.*sING", (int)w.len - (before == 'e' || before == 'o' || before == 'y' ? 0 : 1), w.ptr));
		return;
	}
	if (last == 'y' && !memchr("aeiou", before, 5))
		add_form(v, form, ch_arena_printf(a, "%.*sIED", (int)w.len - 1, w.ptr));
	else
		add_form(v, form, ch_arena_printf(a, "%.*sED", CH_STR_ARG(w)));
	add_form(v, form, ch_arena_printf(a, "%.*sING", CH_STR_ARG(w)));
	if (memchr("aeiou", before, 5) && !memchr("aeiouwxy", last, 8) && !memchr("aeiou", third, 5)) {
		add_form(v, form, ch_arena_printf(a, "%.*s%cED", CH_STR_ARG(w), w.ptr[w.len - 1]));
		add_form(v, form, ch_arena_printf(a, "%.*s%cING", CH_STR_ARG(w), w.ptr[w.len - 1]));
	}
}

static void verb_line(struct verbs *v, struct ch_str line)
{
	struct ch_petrarch *d = v->d;
	struct ch_petrarch_form form = { .file = v->file, .line = v->line };
	size_t end, brace, close;
	struct ch_str code, forms = { 0 }, name, word, main;
	bool coded = bracket(v, line, &code, &end);

	brace = ch_str_find_byte(line, '{', 0);
	close = brace == CH_STR_NONE ? brace : ch_str_find_byte(line, '}', brace);
	if (brace != CH_STR_NONE && close == CH_STR_NONE)
		lost(v, line, "a brace that is not closed");
	else if (brace != CH_STR_NONE)
		forms = ch_str_sub(line, brace + 1, close);
	name = ch_str_trim(ch_str_sub(line, 0, brace < end ? brace : end));
	if (!v->headed)
		begin_block(v, name, coded ? code : CH_STR("---"));
	v->synset = NONE;
	if (v->block == NONE || !name.len) {
		lost(v, line, v->block == NONE ? "a verb in no block" : "no usable name");
		return;
	}
	if (coded)
		read_code(v, code, &form.code, &form.back);
	else {
		form.code = d->blocks.v[v->block].code;
		form.back = d->blocks.v[v->block].back;
	}
	form.block = v->block;
	d->counts.verbs++;
	main = split(v, name, &form);
	add_form(v, &form, main);
	if (!forms.ptr && !d->stems)
		add_regular(v, &form, main);
	while (ch_str_cut(&forms, ' ', &word)) {
		struct ch_str part = ch_str_trim(word);
		struct ch_petrarch_form other = form;

		if (!part.len)
			continue;
		if (part.ptr[0] == '+' || ch_str_find_byte(part, '_', 0) != CH_STR_NONE)
			main = split(v, part, &other);
		else
			main = part;
		add_form(v, &other, main);
	}
}

/* ---- synonym sets ---- */

static uint32_t synset_of(struct verbs *v, struct ch_str name)
{
	struct ch_petrarch *d = v->d;
	bool plain = ch_str_ends(name, CH_STR("_")), added;
	uint32_t at;

	while (name.len && name.ptr[name.len - 1] == '_')
		name.len--;
	name = ch_arena_str(&d->arena, name);
	at = *ch_map_put(&d->synset_names, name, d->synsets.n, &added);
	if (added)
		*CH_PUSH(&d->arena, &d->synsets) = (struct ch_petrarch_synset){ .name = name, .file = v->file, .line = v->line };
	d->synsets.v[at].plain |= plain;
	return at;
}

static void synset_line(struct verbs *v, struct ch_str line)
{
	struct ch_petrarch_synset *s;
	struct ch_str rest = ch_str_sub(line, 1, line.len), name = rest;

	ch_str_cut(&rest, ' ', &name);
	v->synset = synset_of(v, name);
	s = &v->d->synsets.v[v->synset];
	if (!s->defined)
		v->d->counts.synsets++;
	s->defined = true;
}

static void member_line(struct verbs *v, struct ch_str line)
{
	struct ch_petrarch *d = v->d;
	struct ch_str text = ch_str_trim(ch_str_sub(line, 1, line.len));
	struct ch_petrarch_synset *s;
	struct ch_petrarch_seq seq;
	bool plain = ch_str_ends(text, CH_STR("_")) || ch_str_ends(text, CH_STR(")"));

	if (text.len && text.ptr[0] == '&' && ch_str_find_byte(text, ' ', 0) == CH_STR_NONE) {
		uint32_t within = synset_of(v, ch_str_sub(text, 1, text.len));

		*CH_PUSH(&d->arena, &d->synsets.v[v->synset].within) = within;
		return;
	}
	if (ch_str_find_byte(text, '&', 0) != CH_STR_NONE) {
		lost(v, line, "a synonym set among other words of a synonym");
		return;
	}
	while (text.len && (text.ptr[0] == '(' || text.ptr[0] == '{'))
		text = ch_str_sub(text, 1, text.len);
	while (text.len && (text.ptr[text.len - 1] == ')' || text.ptr[text.len - 1] == '}'))
		text.len--;
	seq = ch_petrarch_seq_of(d, text);
	if (seq.first == seq.past) {
		lost(v, line, "no usable words");
		return;
	}
	s = &d->synsets.v[v->synset];
	*CH_PUSH(&d->arena, &s->members) = seq;
	if (plain || s->plain || d->stems || ch_str_ends(text, CH_STR("S")) || ch_str_ends(text, CH_STR("s")))
		return;
	seq = ch_petrarch_seq_of(d, ch_petrarch_plural(&d->arena, text));
	*CH_PUSH(&d->arena, &s->members) = seq;
}

/* ---- patterns ---- */

struct raw_item {
	struct ch_petrarch_item item;   /* joined: to the one before it in the line */
	uint32_t group;                 /* 0: none */
};

struct raw {
	struct raw_item v[ITEMS_MAX];
	uint32_t n, verb;               /* verb: stands before item number `verb`; NONE */
	bool verb_joined;
	const char *why;                /* not taken; NULL */
};

static void put_item(struct raw *p, enum ch_petrarch_item_kind kind, uint32_t at, bool is_joined, uint32_t group)
{
	if (p->n == ITEMS_MAX) {
		p->why = "a pattern of too many words";
		return;
	}
	p->v[p->n++] = (struct raw_item){ { (uint8_t)kind, is_joined, false, at }, group };
}

static void put_words(struct verbs *v, struct raw *p, struct ch_str text, bool is_joined, uint32_t group)
{
	struct ch_petrarch *d = v->d;
	struct ch_str word;
	bool stem, first = true;

	if (text.ptr[0] == '&') {
		put_item(p, CH_PETRARCH_SYNSET, synset_of(v, ch_str_sub(text, 1, text.len)), is_joined, group);
		return;
	}
	while (ch_petrarch_next_word(&d->arena, &text, &word, &stem)) {
		put_item(p, CH_PETRARCH_WORD, ch_petrarch_intern(d, word, stem && d->stems), first ? is_joined : true, group);
		first = false;
	}
}

static void read_items(struct verbs *v, struct ch_str text, struct raw *p)
{
	static const char marks[] = "$+^%";
	static const enum ch_petrarch_item_kind kinds[] = { CH_PETRARCH_SOURCE, CH_PETRARCH_TARGET, CH_PETRARCH_SKIP,
							    CH_PETRARCH_COMPOUND };
	bool is_joined = false;
	uint32_t group = 0, groups = 0;

	*p = (struct raw){ .verb = NONE };
	for (size_t i = 0; i < text.len && !p->why;) {
		char c = text.ptr[i];
		const char *mark = c ? memchr(marks, c, sizeof marks - 1) : NULL;
		size_t to = i + 1;

		if (c == ' ' || c == '\t' || c == '\r') {
			is_joined = false;
		} else if (c == '_') {
			is_joined = i > 0 && text.ptr[i - 1] != ' ';
		} else if (c == '(' || c == '{') {
			group = ++groups;
		} else if (c == ')' || c == '}') {
			group = 0;
		} else if (c == '*') {
			if (p->verb != NONE)
				p->why = "a pattern with two verbs";
			p->verb = p->n;
			p->verb_joined = is_joined;
			is_joined = false;
		} else if (mark) {
			put_item(p, kinds[mark - marks], 0, is_joined, group);
			is_joined = false;
		} else {
			while (to < text.len && !memchr(" \t\r_(){}*", text.ptr[to], 9))
				to++;
			/* what is behind the word tells whether it is a stem */
			put_words(v, p, ch_str_sub(text, i, to + (v->d->stems && to < text.len && text.ptr[to] == '_')), is_joined, group);
			is_joined = false;
		}
		i = to;
	}
	if (!p->why && p->verb == NONE)
		p->why = "a pattern without a verb (*)";
}

static void pattern_line(struct verbs *v, struct ch_str line)
{
	struct ch_petrarch *d = v->d;
	struct ch_petrarch_pattern pattern = { .file = v->file, .line = v->line, .next = v->block };
	struct ch_str code;
	struct raw p;
	size_t end;

	if (v->block == NONE || !bracket(v, line, &code, &end)) {
		lost(v, line, v->block == NONE ? "a pattern behind no verb" : "a pattern without a code");
		return;
	}
	read_items(v, ch_str_sub(line, 1, end), &p);
	if (p.why) {
		lost(v, line, p.why);
		return;
	}
	read_code(v, code, &pattern.code, &pattern.back);
	pattern.left = (struct ch_petrarch_seq){ d->items.n, d->items.n + p.verb };
	for (uint32_t i = p.verb; i; i--) {
		struct ch_petrarch_item item = p.v[i - 1].item;

		item.joined = i == p.verb ? p.verb_joined : p.v[i].item.joined;
		item.grouped = i < p.verb && p.v[i - 1].group && p.v[i - 1].group == p.v[i].group;
		*CH_PUSH(&d->arena, &d->items) = item;
	}
	pattern.right = (struct ch_petrarch_seq){ d->items.n, d->items.n + p.n - p.verb };
	for (uint32_t i = p.verb; i < p.n; i++) {
		struct ch_petrarch_item item = p.v[i].item;

		item.grouped = i > p.verb && p.v[i].group && p.v[i].group == p.v[i - 1].group;
		*CH_PUSH(&d->arena, &d->items) = item;
	}
	*CH_PUSH(&d->arena, &d->patterns) = pattern;
	d->counts.patterns++;
}

/* ---- reading ---- */

void ch_petrarch_read_verbs(struct ch_petrarch *d, uint32_t file, struct ch_str text)
{
	struct verbs v = { .d = d, .file = file, .block = NONE, .synset = NONE };
	struct ch_str rest = text, line;
	bool markup = false;

	ch_map_init(&v.names, &d->arena);
	while (!v.headed && ch_str_cut(&rest, '\n', &line))
		v.headed = ch_str_starts(line, CH_STR("---"));
	d->stems = !v.headed;
	for (v.line = 1; ch_str_cut(&text, '\n', &line); v.line++) {
		line = ch_petrarch_uncomment(line, &markup);
		if (!line.len || ch_str_starts(line, CH_STR("<!")))
			continue;
		if (ch_str_starts(line, CH_STR("---")))
			head_line(&v, line);
		else if (line.ptr[0] == '-')
			pattern_line(&v, line);
		else if (line.ptr[0] == '&')
			synset_line(&v, line);
		else if (line.ptr[0] == '~')
			lost(&v, line, "a transformation of PETRARCH 2, which is not used");
		else if (line.ptr[0] == '+' && v.synset != NONE)
			member_line(&v, line);
		else
			verb_line(&v, line);
	}
}

/* Members of sets within a set become its own; breadth first, so that a circle ends. own: how many each set had itself; *taken: how
 * many were copied so far, which is bounded, since a large set may be within many. */
static void flatten(struct ch_petrarch *d, uint32_t set, const uint32_t *own, uint32_t *taken)
{
	uint32_t seen[WITHIN_MAX], n = 1;

	seen[0] = set;
	for (uint32_t i = 0; i < n && *taken < TAKEN_MAX; i++) {
		const struct ch_petrarch_synset *s = &d->synsets.v[seen[i]];

		for (uint32_t k = 0; i && k < own[seen[i]] && *taken < TAKEN_MAX; k++, ++*taken) {
			struct ch_petrarch_seq member = s->members.v[k];

			*CH_PUSH(&d->arena, &d->synsets.v[set].members) = member;
		}
		for (uint32_t k = 0; k < s->within.n && n < WITHIN_MAX; k++) {
			uint32_t other = s->within.v[k], j = 0;

			if (!i && !d->synsets.v[other].defined)
				ch_petrarch_lost(d, s->file, s->line, d->synsets.v[other].name, "a synonym set within another that is "
						 "nowhere defined");

			while (j < n && seen[j] != other)
				j++;
			if (j == n)
				seen[n++] = other;
		}
	}
}

/* A synonym set of the pattern that is nowhere defined; NULL. */
static const struct ch_petrarch_synset *undefined(const struct ch_petrarch *d, const struct ch_petrarch_pattern *p)
{
	for (uint32_t i = p->left.first; i < p->right.past; i++)
		if (d->items.v[i].kind == CH_PETRARCH_SYNSET && !d->synsets.v[d->items.v[i].at].defined)
			return &d->synsets.v[d->items.v[i].at];
	return NULL;
}

void ch_petrarch_finish(struct ch_petrarch *d)
{
	uint32_t *own = CH_NEW_N(&d->arena, uint32_t, d->synsets.n + 1), taken = 0;

	for (uint32_t i = 0; i < d->synsets.n; i++)
		own[i] = d->synsets.v[i].members.n;
	for (uint32_t i = 0; i < d->synsets.n; i++)
		if (d->synsets.v[i].within.n)
			flatten(d, i, own, &taken);
	if (taken >= TAKEN_MAX)
		ch_petrarch_lost(d, 0, 0, CH_STR("&"), "more synonyms by sets within sets than are kept");
	/* longest first, else in order of the file: pushed to the front, the other way round */
	for (uint32_t n = 0; n <= ITEMS_MAX; n++)
		for (uint32_t i = d->patterns.n; i; i--) {
			struct ch_petrarch_pattern *p = &d->patterns.v[i - 1];
			const struct ch_petrarch_synset *set;
			struct ch_petrarch_block *b;

			if (p->right.past - p->left.first != n)
				continue;
			b = &d->blocks.v[p->next];
			set = undefined(d, p);
			if (set) {
				d->counts.patterns--;
				ch_petrarch_lost(d, p->file, p->line, set->name, "a pattern with a synonym set that is nowhere defined");
				p->next = NONE;
				continue;
			}
			p->next = b->patterns;
			b->patterns = i - 1;
		}
}

uint32_t ch_petrarch_form_of(const struct ch_petrarch *d, struct ch_str word)
{
	uint32_t at = ch_petrarch_word(d, word), form = at == NONE ? NONE : d->by_word.v[at];
	char stem[32];

	for (size_t n = word.len < sizeof stem ? word.len : sizeof stem - 1; d->stems && form == NONE && n >= 3; n--) {
		memcpy(stem, word.ptr, n);
		stem[n] = '*';
		at = ch_petrarch_word(d, ch_str_n(stem, n + 1));
		form = at == NONE ? NONE : d->by_word.v[at];
	}
	return form;
}
