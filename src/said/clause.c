/* said/clause.c -- where the clause is that a verb of saying governs, and how far it goes: parsers hang it from the
 * object, from the day, or from the verb of the sentence before. */
#include "said/said_priv.h"

/* The clause as it stands on its side of the verb: a subtree may reach across it where the parse went wrong. */
struct ch_said_tokens ch_said_clause_beside(const struct ch_said_work *w, uint32_t clause, uint32_t verb, uint32_t last)
{
	struct ch_said_tokens t;

	ch_doc_subtree(w->doc, clause, &t.first, &t.past);
	if (clause > last && t.first <= last)
		t.first = last + 1;
	if (clause < verb && t.past > verb)
		t.past = verb;
	return t;
}

/* The clause of the "that" behind the verb, wherever the parser hung it: "said in Vienna on Monday that talks go on".
 */
uint32_t ch_said_behind_that(const struct ch_said_work *w, uint32_t last)
{
	uint32_t past = w->doc->sentences.v[ch_said_token(w, last)->sentence].past, head;

	if (past > last + 1 + CH_SAID_TAIL_MAX)
		past = last + 1 + CH_SAID_TAIL_MAX;
	for (uint32_t i = last + 1; i < past; i++) {
		const struct ch_token *t = ch_said_token(w, i);

		if (ch_said_is(w, i, "that") && (t->upos == CH_UPOS_SCONJ || t->deprel == CH_DEP_MARK)) {
			head = t->head;
			return head != CH_NONE && head > i ? head : CH_NONE;
		}
		if (t->upos == CH_UPOS_VERB || t->upos == CH_UPOS_AUX || ch_said_punct(w, i))
			break;
	}
	return CH_NONE;
}

/* The clause that begins right behind a verb of saying that has no other object, wherever the parser hung it. */
uint32_t ch_said_right_behind(const struct ch_said_work *w, uint32_t verb, uint32_t last)
{
	uint32_t past = w->doc->sentences.v[ch_said_token(w, last)->sentence].past, own = ch_said_subject(w, verb);

	if (own == CH_NONE || own > verb)
		return CH_NONE;
	if (past > last + 1 + 2 * CH_SAID_TAIL_MAX)
		past = last + 1 + 2 * CH_SAID_TAIL_MAX;
	for (uint32_t i = last + 1; i < past; i++) {
		struct ch_said_tokens t;
		uint32_t s;

		if (ch_said_is(w, i, ":") || ch_said_is(w, i, ";"))
			return CH_NONE;
		s = ch_said_child(w, i, (const uint8_t[]){CH_DEP_NSUBJ, CH_DEP_NSUBJ_PASS, CH_DEP_EXPL, CH_DEP_ROOT});
		if (s == CH_NONE || s <= last || ch_said_token(w, i)->deprel == CH_DEP_ACL_RELCL)
			continue;
		ch_doc_subtree(w->doc, i, &t.first, &t.past);
		return t.first <= last + 1 ? i : CH_NONE;
	}
	return CH_NONE;
}

/* "told the paper the vote was lost": parsers hang the clause from the paper. */
uint32_t ch_said_behind_addressee(const struct ch_said_work *w, uint32_t verb)
{
	static const uint8_t objects[] = {CH_DEP_OBJ, CH_DEP_IOBJ, CH_DEP_ROOT};
	uint32_t whom = ch_said_child(w, verb, objects), clause, s, a, b;

	if (whom == CH_NONE || whom < verb)
		return CH_NONE;
	clause = ch_said_child(w, whom, (const uint8_t[]){CH_DEP_ACL_RELCL, CH_DEP_ROOT});
	if (clause == CH_NONE)
		return CH_NONE;
	s = ch_said_child(w, clause, (const uint8_t[]){CH_DEP_NSUBJ, CH_DEP_NSUBJ_PASS, CH_DEP_EXPL, CH_DEP_ROOT});
	if (s == CH_NONE || ch_said_token(w, s)->xpos == CH_XPOS_WP || ch_said_token(w, s)->xpos == CH_XPOS_WDT)
		return CH_NONE;
	ch_doc_subtree(w->doc, s, &a, &b);
	/* It begins with its subject; "the paper he had bought" would lack an object, which no parser tells. */
	return a == whom + 1 && ch_said_token(w, s)->upos != CH_UPOS_PRON ? clause : CH_NONE;
}

/* "said the same day that CLAUSE": the day is no clause's noun. */
uint32_t ch_said_behind_time(const struct ch_said_work *w, uint32_t last)
{
	static const uint8_t subjects[] = {CH_DEP_NSUBJ, CH_DEP_NSUBJ_PASS, CH_DEP_EXPL, CH_DEP_ROOT};
	uint32_t past = w->doc->sentences.v[ch_said_token(w, last)->sentence].past;

	for (uint32_t i = last + 1; i + 1 < past && i < last + 6; i++) {
		uint32_t clause;

		if (!ch_said_is(w, i + 1, "that") || !(ch_said_is_time(w, i) || ch_said_is(w, i, "day")))
			continue;
		clause = ch_said_child(w, i, (const uint8_t[]){CH_DEP_ACL_RELCL, CH_DEP_ACL, CH_DEP_ROOT});
		if (clause == CH_NONE || clause < i || ch_said_child(w, clause, subjects) == CH_NONE ||
		    ch_said_child(w, clause, subjects) == i + 1)
			return CH_NONE;
		return clause;
	}
	return CH_NONE;
}

/* "said that the law had failed, and called a vote": the second verb has no subject and not the form that the first
 * one's auxiliary would ask of it, or the comma before it and a verb of saying; so it is the speaker's own deed. */
void ch_said_cut_deed(const struct ch_said_work *w, uint32_t verb, uint32_t clause, struct ch_said_tokens *t)
{
	static const uint8_t auxes[] = {CH_DEP_AUX, CH_DEP_AUX_PASS, CH_DEP_COP, CH_DEP_ROOT};
	uint8_t outer = ch_said_token(w, verb)->xpos, inner = ch_said_token(w, clause)->xpos;
	bool aux = ch_said_child(w, clause, auxes) != CH_NONE && inner != CH_XPOS_VBD && inner != CH_XPOS_VBZ;

	if (outer != CH_XPOS_VBD && outer != CH_XPOS_VBZ && outer != CH_XPOS_VBP)
		return;
	for (uint32_t c = ch_said_token(w, clause)->first_child; c != CH_NONE; c = ch_said_token(w, c)->next_sibling) {
		const struct ch_token *k = ch_said_token(w, c);
		uint32_t cc, last;

		if (k->deprel != CH_DEP_CONJ || k->upos != CH_UPOS_VERB || k->xpos != outer || c < verb || ch_said_clause(w, c) ||
		    ch_said_child(w, c, auxes) != CH_NONE)
			continue;
		cc = ch_said_child(w, c, (const uint8_t[]){CH_DEP_CC, CH_DEP_ROOT});
		if (cc == CH_NONE || cc > c || cc <= t->first || cc >= t->past)
			continue;
		if (aux || (ch_said_is(w, cc - 1, ",") && (ch_said_cue(w, c, &last) & CH_CUE_OVER_CLAUSE))) {
			t->past = cc;
			return;
		}
	}
}

/* "that A and that B": the second clause belongs to the first even where the parser joined it to the verb. */
void ch_said_add_more(const struct ch_said_work *w, struct ch_said_tokens *t)
{
	uint32_t past = w->doc->sentences.v[ch_said_token(w, t->first)->sentence].past;

	for (int n = 0; n < 4; n++) {
		uint32_t i = t->past, head;
		struct ch_said_tokens more;

		if (i < past && ch_said_is(w, i, ","))
			i++;
		if (i + 1 >= past || !(ch_said_is(w, i, "and") || ch_said_is(w, i, "but") || ch_said_is(w, i, "or")) ||
		    !ch_said_is(w, i + 1, "that") || ch_said_token(w, i + 1)->deprel != CH_DEP_MARK)
			return;
		head = ch_said_token(w, i + 1)->head;
		if (head == CH_NONE || head < i + 1)
			return;
		ch_doc_subtree(w->doc, head, &more.first, &more.past);
		if (more.past <= t->past)
			return;
		t->past = more.past;
	}
}
