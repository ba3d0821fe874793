/* said/attributed.c -- clauses laid to somebody by a noun or by "according to", with no verb of saying over them.
 *
 *   X expressed his belief that CLAUSE   the clause hangs from a noun that a verb of saying governs
 *   according to X, CLAUSE               no verb at all
 *   in X's opinion, CLAUSE               the same
 *   X: CLAUSE                            the same: a label, as in live blogs, transcripts and headlines within the text */
#include "said/said_priv.h"

/* Words of a label before its colon: an office and a name. */
#define LABEL_MAX 10

/* "expressed his belief that CLAUSE", "voiced hope that": `noun` is the belief. */
bool ch_said_from_noun(struct ch_said_work *w, uint32_t noun)
{
	static const uint8_t clauses[] = {CH_DEP_ACL, CH_DEP_CCOMP, CH_DEP_ACL_RELCL, CH_DEP_ROOT};
	const struct ch_token *t = ch_said_token(w, noun);
	uint32_t verb = t->head, clause, subject, last, that;
	struct ch_said_tokens content;

	if (verb == CH_NONE || w->quoted[noun] || t->deprel != CH_DEP_OBJ ||
	    !(ch_said_cue(w, verb, &last) & CH_CUE_VOICE))
		return false;
	clause = ch_said_child(w, noun, clauses);
	if (clause == CH_NONE)
		clause = ch_said_child(w, verb, (const uint8_t[]){CH_DEP_CCOMP, CH_DEP_ROOT});
	if (clause == CH_NONE || clause < noun || !ch_said_clause(w, clause) || ch_said_negated(w, verb) ||
	    ch_said_unreal(w, verb))
		return false;
	content = ch_said_clause_beside(w, clause, noun, noun);
	that = content.first;
	if (!ch_said_is(w, that, "that") && !(that > 0 && ch_said_is(w, --that, "that")))
		return false;
	/* "belief that he holds": a relative clause has no subject beside "that". */
	if (ch_said_token(w, that)->deprel != CH_DEP_MARK && ch_said_token(w, that)->upos != CH_UPOS_SCONJ)
		return false;
	if (content.first == that)
		content.first++;
	subject = ch_said_subject(w, verb);
	if (subject == CH_NONE || !ch_said_may_speak(w, CH_CUE_SAY, subject))
		return false;
	ch_said_report(w, content,
		       (struct ch_span){ch_said_token(w, verb)->span.start, ch_said_token(w, that)->span.end}, subject,
		       (struct ch_span){0, 0}, t->sentence, CH_LINK_OWN);
	return true;
}

/* The clause that an adverbial at [piece.first, piece.past) stands in, seen from its head upward. */
static uint32_t clause_above(const struct ch_said_work *w, uint32_t token)
{
	const struct ch_sentence *s = &w->doc->sentences.v[ch_said_token(w, token)->sentence];

	for (uint32_t n = s->past - s->first; n && token != CH_NONE; n--, token = ch_said_token(w, token)->head)
		if (ch_said_clause(w, token))
			return token;
	return CH_NONE;
}

static bool is_before_comma(const struct ch_said_work *w, uint32_t past, uint32_t end)
{
	return past < end && ch_said_is(w, past, ",");
}

/* "according to X": `i` is the "according". */
bool ch_said_according_to(struct ch_said_work *w, uint32_t i)
{
	const struct ch_sentence *s = &w->doc->sentences.v[ch_said_token(w, i)->sentence];
	struct ch_said_tokens piece = {i, i + 2}, content;
	uint32_t noun = CH_NONE, last, host;
	struct ch_span source;

	if (!ch_said_is(w, i + 1, "to") || i + 2 >= s->past || w->quoted[i])
		return false;
	/* The head of what it is according to: above "according" (a preposition there), or below it (a verb there). */
	if (ch_said_has_tree(w, ch_said_token(w, i)->sentence)) {
		if (ch_said_token(w, i)->deprel == CH_DEP_CASE)
			noun = ch_said_token(w, i)->head;
		else
			noun = ch_said_child(w, i, (const uint8_t[]){CH_DEP_OBL, CH_DEP_NMOD, CH_DEP_OBJ, CH_DEP_ROOT});
	}
	if (noun == CH_NONE || noun < i)
		noun = ch_said_noun_behind(w, i + 2, s->past);
	if (noun == CH_NONE || noun >= s->past || (ch_said_cue(w, noun, &last) & CH_CUE_NO_SOURCE))
		return false;
	source = ch_said_phrase(w, noun, (struct ch_span){0, ch_said_token(w, i + 1)->span.end});
	piece.past = ch_doc_token_from(w->doc, source.end);
	if (piece.past <= noun)
		piece.past = noun + 1;
	/* "two people who were there" is one with what describes them. */
	{
		uint32_t which = ch_said_child(w, noun, (const uint8_t[]){CH_DEP_ACL_RELCL, CH_DEP_ACL, CH_DEP_ROOT}), a, b;

		if (which != CH_NONE) {
			ch_doc_subtree(w->doc, which, &a, &b);
			if (a == piece.past && b < s->past)
				piece.past = b;
		}
	}
	host = ch_said_has_tree(w, ch_said_token(w, i)->sentence)
		       ? clause_above(w, ch_said_token(w, noun)->head != CH_NONE && ch_said_token(w, noun)->head != i
						 ? ch_said_token(w, noun)->head
					 : ch_said_token(w, i)->head != CH_NONE ? ch_said_token(w, i)->head
										: noun)
		       : CH_NONE;
	/* "A will go, and B will stay, according to X": X tells both. */
	while (host != CH_NONE && host < i && ch_said_token(w, host)->deprel == CH_DEP_CONJ &&
	       ch_said_token(w, host)->head < host && ch_said_clause(w, ch_said_token(w, host)->head))
		host = ch_said_token(w, host)->head;
	if (i <= s->first + 1 || host == CH_NONE) {
		/* It opens the sentence: all that follows the comma. */
		if (i > s->first + 1 && !ch_said_punct(w, piece.past))
			return false;
		content = i <= s->first + 1 ? (struct ch_said_tokens){piece.past, s->past}
					    : (struct ch_said_tokens){s->first, i};
		if (i <= s->first + 1 && !is_before_comma(w, piece.past, s->past)) {
			/* "According to him the road is open", or a longer name than the tree shows: up to the comma,
			 * if one is near. */
			for (uint32_t k = piece.past; k < s->past && k < piece.past + CH_SAID_TAIL_MAX; k++)
				if (ch_said_is(w, k, ",")) {
					content.first = k + 1;
					break;
				}
		}
	} else {
		content = ch_said_host_without(w, host, piece);
	}
	if (!ch_said_finite(w, content.first, content.past))
		return false;
	ch_said_report(w, content, (struct ch_span){ch_said_token(w, i)->span.start, ch_said_token(w, i + 1)->span.end},
		       noun, source, ch_said_token(w, i)->sentence, CH_LINK_OWN);
	return true;
}

/* A person's name and a colon at the start of a paragraph: all of the paragraph is his. */
bool ch_said_by_label(struct ch_said_work *w, uint32_t sentence)
{
	const struct ch_doc *doc = w->doc;
	const struct ch_sentence *s = &doc->sentences.v[sentence];
	uint32_t colon = s->first, who = CH_NONE, past = s->past;

	if (doc->blocks.v[s->block].span.start != ch_said_token(w, s->first)->span.start)
		return false;
	for (; colon < s->past && colon < s->first + LABEL_MAX && !ch_said_is(w, colon, ":"); colon++) {
		uint32_t m = ch_said_token(w, colon)->mention;

		if (ch_said_punct(w, colon) && !ch_said_hyphen(w, colon))
			return false;
		if (ch_said_finite(w, colon, colon + 1))
			return false;
		if (m != CH_NONE && doc->mentions.v[m].actor_n &&
		    doc->actors.v[doc->mention_actors.v[doc->mentions.v[m].actor_first]].kind == CH_ACTOR_PERSON)
			who = colon;
	}
	if (who == CH_NONE || colon + 2 >= s->past || !ch_said_is(w, colon, ":"))
		return false;
	for (uint32_t i = sentence + 1; i < doc->sentences.n && doc->sentences.v[i].block == s->block; i++)
		past = doc->sentences.v[i].past;
	if (!ch_said_finite(w, colon + 1, past))
		return false;
	ch_said_report(w, (struct ch_said_tokens){colon + 1, past}, ch_said_token(w, colon)->span, who,
		       (struct ch_span){ch_said_token(w, s->first)->span.start, ch_said_token(w, colon - 1)->span.end},
		       sentence, CH_LINK_OWN);
	return true;
}

/* "In his opinion, CLAUSE", "in the minister's view", "in the words of the minister": `noun` is the view. */
bool ch_said_in_view(struct ch_said_work *w, uint32_t noun)
{
	const struct ch_sentence *s = &w->doc->sentences.v[ch_said_token(w, noun)->sentence];
	uint32_t whose = ch_said_child(w, noun, (const uint8_t[]){CH_DEP_NMOD_POSS, CH_DEP_ROOT});
	struct ch_said_tokens piece;

	if (whose == CH_NONE)
		whose = ch_said_child(w, noun, (const uint8_t[]){CH_DEP_NMOD, CH_DEP_ROOT});
	if (whose == CH_NONE || w->quoted[noun] ||
	    !(ch_said_is(w, noun, "opinion") || ch_said_is(w, noun, "view") || ch_said_is(w, noun, "words")))
		return false;
	ch_doc_subtree(w->doc, noun, &piece.first, &piece.past);
	if (piece.past > noun && ch_said_is(w, piece.past - 1, ","))
		piece.past--;
	if (piece.first != s->first || !(ch_said_is(w, piece.first, "in")) ||
	    !is_before_comma(w, piece.past, s->past) || ch_said_first_person(w, whose) || ch_said_is(w, whose, "my") ||
	    ch_said_is(w, whose, "our"))
		return false;
	if (!ch_said_finite(w, piece.past, s->past))
		return false;
	ch_said_report(w, (struct ch_said_tokens){piece.past, s->past},
		       (struct ch_span){ch_said_token(w, noun)->span.start, ch_said_token(w, noun)->span.end}, whose,
		       (struct ch_span){0, 0}, ch_said_token(w, noun)->sentence, CH_LINK_OWN);
	return true;
}
