/* who/pronoun.c -- what the tree says of whom a pronoun means: who is barred, who is preferred. */
#include "text/words.h"
#include "who/who_priv.h"
#include "who_phrase_words.h"

#define CLAUSE 60 /* how far from its verb a subject is looked for */

static uint32_t child_of(const struct who_run *r, uint32_t head, uint8_t rel, uint8_t or_rel)
{
	const struct ch_token *t = r->doc->tokens.v;
	const struct ch_sentence *s = &r->doc->sentences.v[t[head].sentence];
	uint32_t from = head - s->first > CLAUSE ? head - CLAUSE : s->first,
		 to = s->past - head > CLAUSE ? head + CLAUSE : s->past;

	for (uint32_t i = from; i < to; i++)
		if (t[i].head == head && (t[i].deprel == rel || t[i].deprel == or_rel))
			return i;
	return CH_NONE;
}

uint32_t who_doer(const struct who_run *r, uint32_t token)
{
	const struct ch_token *t = r->doc->tokens.v;
	uint32_t v = t[token].head;

	if (t[token].deprel != CH_DEP_OBJ && t[token].deprel != CH_DEP_IOBJ && t[token].deprel != CH_DEP_OBL)
		return CH_NONE;
	for (int steps = 0; v != CH_NONE && steps < 4; steps++) {
		uint32_t s = child_of(r, v, CH_DEP_NSUBJ, CH_DEP_NSUBJ_PASS);

		if (s != CH_NONE)
			return s;
		if (t[v].head == CH_NONE ||
		    (t[v].deprel != CH_DEP_CONJ && t[v].deprel != CH_DEP_ADVCL && t[v].deprel != CH_DEP_XCOMP))
			return CH_NONE;
		if (t[v].deprel == CH_DEP_XCOMP && (s = child_of(r, t[v].head, CH_DEP_OBJ, CH_DEP_IOBJ)) != CH_NONE)
			return s;
		v = t[v].head;
	}
	return CH_NONE;
}

uint32_t who_praised(const struct who_run *r, uint32_t token)
{
	const struct ch_token *t = r->doc->tokens.v;
	uint32_t noun = t[token].head, v, object, prep;

	if (noun == CH_NONE || t[noun].deprel != CH_DEP_OBL || (v = t[noun].head) == CH_NONE)
		return CH_NONE;
	object = child_of(r, v, CH_DEP_OBJ, CH_DEP_IOBJ);
	prep = child_of(r, noun, CH_DEP_CASE, CH_DEP_CASE);
	if (object == CH_NONE || object > token || prep == CH_NONE)
		return CH_NONE;
	return r->word[prep] == W_FOR || ch_str_istarts(ch_token_str(r->doc, v), CH_STR("congratulat")) ? object
													: CH_NONE;
}

uint32_t who_judge(const struct who_run *r, uint32_t token)
{
	const struct ch_token *t = r->doc->tokens.v;
	uint32_t noun = t[token].head, v;
	const struct ch_word *w;

	if (noun == CH_NONE || t[noun].deprel != CH_DEP_OBJ || (v = t[noun].head) == CH_NONE || who_is(r, token + 1, "own"))
		return CH_NONE;
	w = ch_words_find(&who_phrase_words, t[v].lemma);
	return w && w->sections >> WHO_PHRASE_WORDS_JUDGING & 1 ? child_of(r, v, CH_DEP_NSUBJ, CH_DEP_NSUBJ) : CH_NONE;
}
