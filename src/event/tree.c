#include "event/tree.h"

bool ch_deprel_is(unsigned r, enum ch_deprel main)
{
	const char *a = ch_deprel_name(r), *b = ch_deprel_name(main);
	size_t n = strlen(b);

	return r == (unsigned)main || (strncmp(a, b, n) == 0 && a[n] == ':');
}

static const struct ch_token *tok(const struct ch_doc *doc, uint32_t t)
{
	return &doc->tokens.v[t];
}

bool ch_tree_is_verb(const struct ch_doc *doc, uint32_t token)
{
	return tok(doc, token)->upos == CH_UPOS_VERB;
}

bool ch_tree_lemma_is(const struct ch_doc *doc, uint32_t token, const char *lemma)
{
	return ch_str_eqz(tok(doc, token)->lemma, lemma);
}

uint32_t ch_tree_child(const struct ch_doc *doc, uint32_t token, enum ch_deprel deprel)
{
	for (uint32_t c = tok(doc, token)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling)
		if (ch_deprel_is(tok(doc, c)->deprel, deprel))
			return c;
	return CH_NONE;
}

static uint32_t child_exact(const struct ch_doc *doc, uint32_t token, enum ch_deprel deprel)
{
	for (uint32_t c = tok(doc, token)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling)
		if (tok(doc, c)->deprel == deprel)
			return c;
	return CH_NONE;
}

bool ch_tree_passive(const struct ch_doc *doc, uint32_t verb)
{
	const struct ch_token *t = tok(doc, verb);

	if (child_exact(doc, verb, CH_DEP_AUX_PASS) != CH_NONE)
		return true;
	/* A subject of a passive without its auxiliary is a parser's slip: "China, which is near, called on both". */
	if (ch_tree_child(doc, verb, CH_DEP_NSUBJ) != CH_NONE || t->xpos != CH_XPOS_VBN)
		return false;
	/* "The treaty signed in Rome"; "accused by Iran, …". But where the noun above is all that the sentence has for a predicate, the verb is
	 * the predicate: "Smith, the envoy, called on …". */
	if (t->deprel == CH_DEP_ACL)
		return tok(doc, t->head)->head != CH_NONE || ch_tree_child(doc, t->head, CH_DEP_APPOS) == CH_NONE;
	if (t->deprel == CH_DEP_ADVCL)
		return true;
	return t->deprel == CH_DEP_CONJ && t->head != CH_NONE && ch_tree_is_verb(doc, t->head) &&
	       (child_exact(doc, t->head, CH_DEP_AUX_PASS) != CH_NONE || tok(doc, t->head)->deprel == CH_DEP_ACL) &&
	       ch_tree_child(doc, verb, CH_DEP_OBJ) == CH_NONE;
}

bool ch_tree_relative(const struct ch_doc *doc, uint32_t token)
{
	const struct ch_token *t = tok(doc, token);

	if (t->upos != CH_UPOS_PRON && t->upos != CH_UPOS_DET && t->upos != CH_UPOS_SCONJ)
		return false;
	return t->xpos == CH_XPOS_WP || t->xpos == CH_XPOS_WDT || t->xpos == CH_XPOS_WPS ||
	       ch_str_find(t->feats, CH_STR("PronType=Rel"), 0) != CH_STR_NONE;
}

struct ch_str ch_tree_case(const struct ch_doc *doc, uint32_t token)
{
	uint32_t c = ch_tree_child(doc, token, CH_DEP_CASE);

	return c == CH_NONE ? CH_STR("") : tok(doc, c)->lemma;
}

bool ch_tree_has_case(const struct ch_doc *doc, uint32_t token, struct ch_str prep)
{
	for (uint32_t c = tok(doc, token)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling)
		if (ch_deprel_is(tok(doc, c)->deprel, CH_DEP_CASE) &&
		    (ch_str_ieq(tok(doc, c)->lemma, prep) || ch_str_ieq(ch_token_str(doc, c), prep)))
			return true;
	return false;
}

/* The noun that a relative clause describes, seen from its verb; CH_NONE outside one. */
static uint32_t antecedent(const struct ch_doc *doc, uint32_t verb)
{
	for (int i = 0; i < CH_CLIMB_MAX && verb != CH_NONE; i++) {
		if (tok(doc, verb)->deprel == CH_DEP_ACL_RELCL)
			return tok(doc, verb)->head;
		if (!ch_deprel_is(tok(doc, verb)->deprel, CH_DEP_CONJ) && !ch_deprel_is(tok(doc, verb)->deprel, CH_DEP_XCOMP))
			return CH_NONE;
		verb = tok(doc, verb)->head;
	}
	return CH_NONE;
}

/* arg itself, or what the relative pronoun stands for. */
static uint32_t resolved(const struct ch_doc *doc, uint32_t verb, uint32_t arg)
{
	uint32_t noun;

	if (arg == CH_NONE || !ch_tree_relative(doc, arg))
		return arg;
	noun = antecedent(doc, verb);
	return noun == CH_NONE ? arg : noun;
}

static uint32_t agent(const struct ch_doc *doc, uint32_t verb)
{
	uint32_t by = child_exact(doc, verb, CH_DEP_OBL_AGENT);

	for (uint32_t c = tok(doc, verb)->first_child; by == CH_NONE && c != CH_NONE; c = tok(doc, c)->next_sibling)
		if (ch_deprel_is(tok(doc, c)->deprel, CH_DEP_OBL) && ch_tree_has_case(doc, c, CH_STR("by")))
			by = c;
	/* "signed in Shusha by Turkey": hung on the place instead */
	for (uint32_t c = tok(doc, verb)->first_child; by == CH_NONE && c != CH_NONE; c = tok(doc, c)->next_sibling)
		if (ch_deprel_is(tok(doc, c)->deprel, CH_DEP_OBL) && c > verb)
			for (uint32_t k = tok(doc, c)->first_child; by == CH_NONE && k != CH_NONE; k = tok(doc, k)->next_sibling)
				if (tok(doc, k)->deprel == CH_DEP_NMOD && ch_tree_has_case(doc, k, CH_STR("by")))
					by = k;
	return by;
}

/* One step towards the verb whose subject an subjectless verb shares; CH_NONE where there is none. *as_object is set when it
 * is that verb's object ("urged Iran to stop"). */
/* "Accused Iran of attacking a ship", "praised Cuba for sending doctors": Iran attacks, Cuba sends. */
static bool told_of_the_object(const struct ch_doc *doc, uint32_t verb, uint32_t above)
{
	static const char *const marks[] = { "of", "for", "against", "from", "over" };
	uint32_t mark = ch_tree_child(doc, verb, CH_DEP_MARK);

	if (mark == CH_NONE || tok(doc, verb)->xpos != CH_XPOS_VBG || ch_tree_child(doc, above, CH_DEP_OBJ) == CH_NONE)
		return false;
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (ch_str_ieq(ch_token_str(doc, mark), ch_str_z(marks[i])))
			return true;
	return false;
}

static uint32_t controller(const struct ch_doc *doc, uint32_t verb, bool *as_object)
{
	const struct ch_token *t = tok(doc, verb);
	uint32_t head = t->head;

	*as_object = false;
	if (head == CH_NONE)
		return CH_NONE;
	switch (t->deprel) {
	case CH_DEP_XCOMP:
		*as_object = ch_tree_child(doc, head, CH_DEP_OBJ) != CH_NONE || ch_tree_child(doc, head, CH_DEP_IOBJ) != CH_NONE;
		return head;
	case CH_DEP_ADVCL:
		*as_object = told_of_the_object(doc, verb, head);
		return head;
	case CH_DEP_CCOMP:
	case CH_DEP_CONJ:
	case CH_DEP_PARATAXIS:
		return head;
	case CH_DEP_ACL:   /* "a decision to recognise": whoever has the noun's verb */
		return t->xpos == CH_XPOS_VB ? ch_tree_clause(doc, head) : CH_NONE;
	default:
		return CH_NONE;
	}
}

/* "In Rome, Mali and Chad signed …": parsers take Mali for another Rome. A conjunct behind a comma, before a finite verb that has no
 * subject, is the subject. */
static uint32_t fronted_subject(const struct ch_doc *doc, uint32_t verb)
{
	unsigned x = tok(doc, verb)->xpos;

	if (x != CH_XPOS_VBD && x != CH_XPOS_VBZ && x != CH_XPOS_VBP)
		return CH_NONE;
	for (uint32_t c = tok(doc, verb)->first_child; c != CH_NONE && c < verb; c = tok(doc, c)->next_sibling) {
		if (!ch_deprel_is(tok(doc, c)->deprel, CH_DEP_OBL))
			continue;
		for (uint32_t k = tok(doc, c)->first_child; k != CH_NONE && k < verb; k = tok(doc, k)->next_sibling) {
			uint32_t first, past;

			if (tok(doc, k)->deprel != CH_DEP_CONJ)
				continue;
			ch_doc_subtree(doc, k, &first, &past);
			if (ch_tree_child(doc, k, CH_DEP_CC) == CH_NONE && first > 0 &&
			    (tok(doc, first)->upos == CH_UPOS_PUNCT || tok(doc, first - 1)->upos == CH_UPOS_PUNCT))
				return k;
			break;
		}
	}
	return CH_NONE;
}

uint32_t ch_tree_subject(const struct ch_doc *doc, uint32_t verb)
{
	uint32_t at = verb;

	for (int i = 0; i < CH_CLIMB_MAX; i++) {
		uint32_t subject = ch_tree_child(doc, at, CH_DEP_NSUBJ), next;
		bool as_object;

		/* Above the verb itself, the subject of a passive will do: "is expected to visit". */
		if (at == verb && ch_tree_passive(doc, verb))
			return agent(doc, verb);
		if (at != verb && tok(doc, at)->mention != CH_NONE)
			return at;   /* a name taken for a verb: "Mr. Begin praised …" */
		if (subject != CH_NONE)
			return resolved(doc, at, subject);
		if ((subject = fronted_subject(doc, at)) != CH_NONE)
			return subject;
		if (tok(doc, at)->deprel == CH_DEP_ACL_RELCL)
			return at == verb || ch_tree_child(doc, at, CH_DEP_NSUBJ) == CH_NONE ? tok(doc, at)->head : CH_NONE;
		/* A past tense below a noun ("Smith, the envoy, called on …") is a clause that the parser has hung too low. */
		if (tok(doc, at)->deprel == CH_DEP_ACL && tok(doc, at)->xpos != CH_XPOS_VB && (at != verb || !ch_tree_passive(doc, at)))
			return tok(doc, at)->head;
		next = controller(doc, at, &as_object);
		if (next == CH_NONE || next == at)
			return CH_NONE;
		if (as_object) {
			uint32_t object = ch_tree_child(doc, next, CH_DEP_OBJ);

			return object != CH_NONE ? object : ch_tree_child(doc, next, CH_DEP_IOBJ);
		}
		at = next;
	}
	return CH_NONE;
}

uint32_t ch_tree_object(const struct ch_doc *doc, uint32_t verb)
{
	const struct ch_token *t = tok(doc, verb);
	uint32_t object = child_exact(doc, verb, CH_DEP_OBJ), at = verb;

	if (object != CH_NONE)
		return resolved(doc, verb, object);
	if (ch_tree_passive(doc, verb)) {
		for (int i = 0; i < CH_CLIMB_MAX; i++) {
			object = child_exact(doc, at, CH_DEP_NSUBJ_PASS);
			if (object != CH_NONE)
				return resolved(doc, at, object);
			if (at != verb && (object = child_exact(doc, at, CH_DEP_NSUBJ)) != CH_NONE)
				return resolved(doc, at, object);
			if (tok(doc, at)->deprel == CH_DEP_ACL || tok(doc, at)->deprel == CH_DEP_ACL_RELCL)
				return tok(doc, at)->head;
			if (tok(doc, at)->head == CH_NONE ||
			    (tok(doc, at)->deprel != CH_DEP_CONJ && tok(doc, at)->deprel != CH_DEP_XCOMP && tok(doc, at)->deprel != CH_DEP_ADVCL))
				return CH_NONE;
			at = tok(doc, at)->head;
		}
		return CH_NONE;
	}
	if ((object = child_exact(doc, verb, CH_DEP_IOBJ)) != CH_NONE)   /* "telephoned the king": parsers take him for a receiver */
		return resolved(doc, verb, object);
	/* "breaks off relations with Chile": behind a particle, parsers take an object for an adjunct that lost its preposition */
	for (uint32_t c = t->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling)
		if (tok(doc, c)->deprel == CH_DEP_OBL && c > verb && ch_tree_child(doc, c, CH_DEP_CASE) == CH_NONE &&
		    ch_tree_child(doc, verb, CH_DEP_COMPOUND_PRT) != CH_NONE && tok(doc, c)->upos == CH_UPOS_NOUN)
			return c;
	/* "the leaders (whom) he met": the gap of a relative clause that has its own subject. */
	if (t->deprel == CH_DEP_ACL_RELCL && child_exact(doc, verb, CH_DEP_NSUBJ) != CH_NONE &&
	    !ch_tree_relative(doc, child_exact(doc, verb, CH_DEP_NSUBJ)))
		return t->head;
	return CH_NONE;
}

uint32_t ch_tree_clause(const struct ch_doc *doc, uint32_t token)
{
	uint32_t at = token;

	for (int i = 0; i < CH_CLIMB_MAX && tok(doc, at)->head != CH_NONE; i++) {
		if (ch_tree_is_verb(doc, at) || ch_tree_child(doc, at, CH_DEP_COP) != CH_NONE)
			break;
		at = tok(doc, at)->head;
	}
	return at;
}
