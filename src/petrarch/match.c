#include "petrarch/match.h"

#define NONE CH_PETRARCH_NONE

enum { GROUP_GAP = 4 };   /* words between two of one noun or prepositional phrase: an article, adjectives */

/* A walk outwards from the verb. Places are gaps between words: going right, the next word is words[at]; going left, words[at - 1]. */
struct walk {
	const struct ch_petrarch_sentence *x;
	bool right;
	uint32_t end;              /* the last place */
	struct ch_petrarch_match *m;
};

static bool at_end(const struct walk *w, uint32_t at)
{
	return w->right ? at >= w->end : at <= w->end;
}

static uint32_t next(const struct walk *w, uint32_t at)
{
	return w->right ? at + 1 : at - 1;
}

static const struct ch_petrarch_word *word_at(const struct walk *w, uint32_t at)
{
	return &w->x->words.v[w->right ? at : at - 1];
}

static bool is_word(const struct walk *w, uint32_t at, uint32_t number)
{
	const struct ch_petrarch_word *word = word_at(w, at);

	return ch_petrarch_is(w->x->dict, number, word->text, word->number);
}

/* The place behind the words of a member, or NONE. Its words are in order of the text. */
static uint32_t behind_member(const struct walk *w, uint32_t at, struct ch_petrarch_seq seq)
{
	for (uint32_t i = 0; i < seq.past - seq.first; i++, at = next(w, at))
		if (at_end(w, at) || !is_word(w, at, w->x->dict->seqs.v[w->right ? seq.first + i : seq.past - 1 - i]))
			return NONE;
	return at;
}

/* The place behind the longest member that stands here, or NONE. */
static uint32_t behind_synset(const struct walk *w, uint32_t at, uint32_t set)
{
	const struct ch_petrarch_synset *s = &w->x->dict->synsets.v[set];
	uint32_t best = NONE;

	for (uint32_t i = 0; i < s->members.n; i++) {
		uint32_t to = behind_member(w, at, s->members.v[i]);

		if (to != NONE && (best == NONE || (w->right ? to > best : to < best)))
			best = to;
	}
	return best;
}

/* The longest phrase with a code that begins here, seen from the verb. */
static uint32_t phrase_at(const struct walk *w, uint32_t at, bool compound)
{
	return w->right ? word_at(w, at)->begins[compound] : word_at(w, at)->ends[compound];
}

/* The place behind the noun phrase without its prepositional phrases, or what is left of it: "^". */
static uint32_t behind_base(const struct walk *w, uint32_t at)
{
	uint32_t phrase = word_at(w, at)->phrase, to = at;

	if (phrase == NONE)
		return NONE;
	while (!at_end(w, to) && word_at(w, to)->phrase == phrase && !word_at(w, to)->preposition)
		to = next(w, to);
	return to == at ? NONE : to;
}

/* The place behind the item, if it stands here; else NONE. */
static uint32_t behind_item(const struct walk *w, const struct ch_petrarch_item *item, uint32_t at)
{
	const struct ch_petrarch_phrase *p;
	uint32_t phrase;

	if (at_end(w, at))
		return NONE;
	switch (item->kind) {
	case CH_PETRARCH_WORD:
		return is_word(w, at, item->at) ? next(w, at) : NONE;
	case CH_PETRARCH_SYNSET:
		return behind_synset(w, at, item->at);
	case CH_PETRARCH_SKIP:
		return behind_base(w, at);
	default:
		phrase = phrase_at(w, at, item->kind == CH_PETRARCH_COMPOUND);
		if (phrase == NONE)
			return NONE;
		p = &w->x->phrases.v[phrase];
		if (item->kind == CH_PETRARCH_SOURCE)
			w->m->source = phrase;
		else if (item->kind == CH_PETRARCH_TARGET)
			w->m->target = phrase;
		else
			w->m->compound = phrase;
		w->m->compound_left = w->m->compound_left || (item->kind == CH_PETRARCH_COMPOUND && !w->right);
		return w->right ? p->past : p->first;
	}
}

/* Items [i, past) one right behind the other, from here on. */
static uint32_t behind_run(const struct walk *w, uint32_t i, uint32_t past, uint32_t at)
{
	for (; i < past && at != NONE; i++)
		at = behind_item(w, &w->x->dict->items.v[i], at);
	return at;
}

static bool match_side(const struct walk *w, struct ch_petrarch_seq items, uint32_t at)
{
	for (uint32_t i = items.first, past; i < items.past; i = past) {
		const struct ch_petrarch_item *item = &w->x->dict->items.v[i];
		uint32_t to = NONE, gap = 0;

		for (past = i + 1; past < items.past && w->x->dict->items.v[past].joined; past++)
			;
		for (; !at_end(w, at); at = next(w, at), gap++) {
			to = behind_run(w, i, past, at);
			if (to != NONE || item->joined || (item->grouped && gap == GROUP_GAP))
				break;
		}
		if (to == NONE)
			return false;
		at = to;
	}
	return true;
}

bool ch_petrarch_match(const struct ch_petrarch_sentence *x, const struct ch_petrarch_pattern *p, const struct ch_petrarch_verb *verb,
		       struct ch_petrarch_match *m)
{
	struct walk left = { x, false, verb->low, m }, right = { x, true, verb->high, m };

	*m = (struct ch_petrarch_match){ NONE, NONE, NONE, false };
	return match_side(&left, p->left, verb->first) && match_side(&right, p->right, verb->past);
}

bool ch_petrarch_is_form(const struct ch_petrarch_sentence *x, const struct ch_petrarch_form *form, uint32_t at,
			 struct ch_petrarch_verb *verb)
{
	uint32_t before = form->before.past - form->before.first, behind = form->behind.past - form->behind.first;

	if (before > at || at + 1 + behind > x->words.n)
		return false;
	for (uint32_t i = 0; i < before; i++) {
		const struct ch_petrarch_word *w = &x->words.v[at - 1 - i];

		if (!ch_petrarch_is(x->dict, x->dict->seqs.v[form->before.first + i], w->text, w->number))
			return false;
	}
	for (uint32_t i = 0; i < behind; i++) {
		const struct ch_petrarch_word *w = &x->words.v[at + 1 + i];

		if (!ch_petrarch_is(x->dict, x->dict->seqs.v[form->behind.first + i], w->text, w->number))
			return false;
	}
	verb->first = at - before;
	verb->past = at + 1 + behind;
	return true;
}
