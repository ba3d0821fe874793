#include "syntax/syntax.h"

static const char *check_sentence(const struct ch_doc *doc, const struct ch_sentence *s)
{
	uint32_t roots = 0;
	for (uint32_t i = s->first; i < s->past; i++) {
		const struct ch_token *t = &doc->tokens.v[i];
		if (t->upos >= CH_UPOS_N || t->xpos >= CH_XPOS_N || t->deprel >= CH_DEP_N)
			return "a tag is out of range";
		if (t->lemma.len == 0 && t->span.end > t->span.start)
			return "a token has no lemma";
		if (t->head == CH_NONE) {
			roots++;
			if (t->deprel != CH_DEP_ROOT)
				return "a root is not called root";
			continue;
		}
		if (t->deprel == CH_DEP_ROOT)
			return "a word with a head is called root";
		if (t->head < s->first || t->head >= s->past)
			return "a head lies outside its sentence";
		/* a walk of more steps than words has met a cycle */
		uint32_t at = i, steps = 0;
		while (at != CH_NONE && steps++ <= s->past - s->first)
			at = doc->tokens.v[at].head;
		if (at != CH_NONE)
			return "heads run in a circle";
	}
	if (roots != 1 && s->past > s->first)
		return "a sentence has not one root";
	return NULL;
}

const char *ch_syntax_check(const struct ch_doc *doc)
{
	for (uint32_t i = 0; i < doc->sentences.n; i++) {
		const char *broken = check_sentence(doc, &doc->sentences.v[i]);
		if (broken)
			return broken;
	}
	uint32_t past = 0;
	for (uint32_t i = 0; i < doc->names.n; i++) {
		const struct ch_name *n = &doc->names.v[i];
		if (n->first < past || n->past <= n->first || n->past > doc->tokens.n)
			return "names overlap or are out of order";
		if (doc->tokens.v[n->first].sentence != doc->tokens.v[n->past - 1].sentence)
			return "a name reaches over a sentence";
		past = n->past;
	}
	return NULL;
}
