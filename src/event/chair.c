/* event/chair.c -- the chairs and memberships that countries hold, and who leads or represents what.
 *
 *   Ruritania, as chair of the Movement; its chairmanship                 a noun
 *   Ruritania will chair the Movement, was the first to preside over it   a verb
 *   N. N., whose country chairs the Movement                              the country of a person
 *   the junta led by N. N.; N. N. represents the Party                    a person's lead that has no title */
#include "event/registers_priv.h"

/* Who holds it: the noun it is said of ("Ruritania, as a member"), a possessor, the subject of the clause, "we". */
static void holder(const struct ch_doc *doc, uint32_t noun, struct ch_reg_actors *who)
{
	uint32_t at = noun, clause, subject;

	for (uint32_t c = ch_reg_tok(doc, noun)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling)
		if (ch_reg_tok(doc, c)->deprel == CH_DEP_NMOD_POSS) {
			ch_reg_add_phrase(doc, c, false, who);
			if (who->n)
				return;
		}
	for (int n = 0; n < 4 && ch_reg_tok(doc, at)->head != CH_NONE; n++) {
		uint8_t rel = ch_reg_tok(doc, at)->deprel;
		uint32_t head = ch_reg_tok(doc, at)->head, poss;

		if (!ch_deprel_is(rel, CH_DEP_NMOD) && !ch_deprel_is(rel, CH_DEP_CONJ) && rel != CH_DEP_APPOS)
			break;
		at = head;
		ch_reg_add_phrase(doc, at, false, who);
		poss = CH_NONE;
		for (uint32_t c = ch_reg_tok(doc, at)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling)
			if (ch_reg_tok(doc, c)->deprel == CH_DEP_NMOD_POSS)
				poss = c;
		if (!who->n && poss != CH_NONE)
			ch_reg_add_phrase(doc, poss, false, who);
		if (who->n)
			return;
	}
	if (ch_tree_child(doc, noun, CH_DEP_COP) == CH_NONE && !ch_tree_has_case(doc, noun, CH_STR("as")) &&
	    !ch_deprel_is(ch_reg_tok(doc, noun)->deprel, CH_DEP_OBJ) && ch_reg_tok(doc, noun)->deprel != CH_DEP_XCOMP)
		return; /* "met with the co-chairs": whoever met holds nothing */
	if (ch_deprel_is(ch_reg_tok(doc, noun)->deprel, CH_DEP_OBJ) &&
	    !ch_reg_sense(doc, ch_reg_tok(doc, noun)->head, REGISTER_WORDS_HOLDING))
		return;
	clause = ch_tree_child(doc, noun, CH_DEP_COP) != CH_NONE ? noun : ch_tree_clause(doc, noun);
	subject = clause == CH_NONE ? CH_NONE : ch_tree_subject(doc, clause);
	if (subject != CH_NONE && subject != noun)
		ch_reg_add_phrase(doc, subject, false, who);
}

/* The organisation that a chair is of: "of the Movement", "in the Council". */
static uint32_t chaired(const struct ch_doc *doc, uint32_t noun)
{
	for (uint32_t c = ch_reg_tok(doc, noun)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling) {
		uint32_t m = ch_reg_tok(doc, c)->mention;

		if (m == CH_NONE || !doc->mentions.v[m].actor_n)
			continue;
		if (doc->actors.v[doc->mention_actors.v[doc->mentions.v[m].actor_first]].kind == CH_ACTOR_ORG &&
		    !ch_role_state_code(doc->actors.v[doc->mention_actors.v[doc->mentions.v[m].actor_first]].code))
			return c; /* a party of a country has members, but none that are countries */
	}
	return CH_NONE;
}

static struct ch_str org_name(const struct ch_doc *doc, uint32_t token)
{
	const struct ch_mention *m = &doc->mentions.v[ch_reg_tok(doc, token)->mention];

	return ch_reg_party(&doc->actors.v[doc->mention_actors.v[m->actor_first]]);
}

void ch_chair_noun(struct ch_doc *doc, uint32_t i)
{
	struct ch_reg_actors who = {.n = 0};
	uint32_t org = chaired(doc, i), a, b, above = ch_reg_tok(doc, i)->head;
	struct ch_str role = ch_token_str(doc, i);
	struct ch_role *r = NULL;

	if (org == CH_NONE && ch_deprel_is(ch_reg_tok(doc, i)->deprel, CH_DEP_CONJ) == false) {
		/* "as a member but also as the president of the Movement": the first shares the second's "of". */
		uint32_t c = ch_tree_child(doc, i, CH_DEP_CONJ);

		if (c != CH_NONE && ch_reg_sense(doc, c, REGISTER_WORDS_CHAIR))
			org = chaired(doc, c);
	}
	if (org == CH_NONE && ch_tree_has_case(doc, i, CH_STR("as")))
		for (uint32_t k = i + 1;
		     k < i + 8 && k < doc->sentences.v[ch_reg_tok(doc, i)->sentence].past && org == CH_NONE; k++)
			if (ch_reg_sense(doc, k, REGISTER_WORDS_CHAIR) && ch_tree_has_case(doc, k, CH_STR("as")))
				org = chaired(doc, k);
	if (org == CH_NONE || ch_reg_negated(doc, i))
		return;
	holder(doc, i, &who);
	for (uint32_t k = 0; k < who.n; k++) {
		const struct ch_actor *h = &doc->actors.v[who.v[k]];

		if (ch_str_eq(ch_reg_party(h), org_name(doc, org)))
			continue;
		ch_reg_phrase(doc, i, &a, &b);
		if (ch_str_istarts(role, CH_STR("chair")))
			role = CH_STR("chair");
		else if (ch_str_ieq(role, CH_STR("presidency")))
			role = CH_STR("president");
		else if (ch_str_istarts(role, CH_STR("member")))
			role = CH_STR("member");
		/* A person's own offices are read from titles. */
		if (h->kind != CH_ACTOR_PERSON || !ch_role_state_code(h->code))
			r = ch_role_add(doc, ch_reg_party(h), role, org_name(doc, org), a, b, CH_NONE);
		else if (ch_reg_tok(doc, i)->upos == CH_UPOS_NOUN)
			r = ch_role_add(doc, h->party, role, org_name(doc, org), a, b, CH_NONE);
		/* "a member since 2009"; "became a member in July", "took over the chair in May" */
		for (uint32_t t = org + 1; r && t < org + 6 && t < doc->sentences.v[ch_reg_tok(doc, i)->sentence].past; t++)
			if (ch_reg_is(doc, t, "since") || ch_reg_is(doc, t, "from") || ch_reg_is(doc, t, "until"))
				ch_role_term(doc, t, r);
		if (r && !r->from.len && !r->to.len && above != CH_NONE && ch_reg_tok(doc, above)->upos == CH_UPOS_VERB &&
		    ch_reg_sense(doc, above, REGISTER_WORDS_TAKING))
			r->from = ch_reg_date(doc, above);
	}
}

/* "N. N. represents the Republican Party" */
void ch_chair_representing(struct ch_doc *doc, uint32_t i)
{
	uint32_t subject = ch_tree_subject(doc, i), object = ch_tree_object(doc, i), a, b, from;
	struct ch_reg_actors who = {.n = 0};
	struct ch_str body;

	if (subject == CH_NONE || object == CH_NONE || ch_reg_tok(doc, subject)->mention == CH_NONE ||
	    ch_reg_negated(doc, i))
		return;
	ch_reg_add_mention(doc, ch_reg_tok(doc, subject)->mention, &who);
	if (who.n != 1 || doc->actors.v[who.v[0]].kind != CH_ACTOR_PERSON)
		return;
	ch_reg_phrase(doc, object, &a, &b);
	body = ch_role_name_in(doc, a, b);
	if (!body.len)
		return;
	from = doc->mentions.v[ch_reg_tok(doc, subject)->mention].first;
	ch_role_add(doc, doc->actors.v[who.v[0]].name, CH_STR("representative"), body, from < a ? from : i, b, CH_NONE);
}

/* "Ruritania became the first country to chair the Movement": the country is Ruritania, whatever the parser made the
 * infinitive hang from. */
static uint32_t first_to(const struct ch_doc *doc, uint32_t verb, uint32_t subject)
{
	uint32_t above = ch_reg_tok(doc, verb)->head;

	if (ch_reg_tok(doc, verb)->deprel == CH_DEP_ACL && above != CH_NONE) {
		if (ch_tree_child(doc, above, CH_DEP_COP) != CH_NONE)
			return ch_tree_subject(doc, above);
		if (ch_reg_tok(doc, above)->deprel != CH_DEP_XCOMP)
			return subject;
		above = ch_reg_tok(doc, above)->head;
		subject = CH_NONE;
	}
	if (subject != CH_NONE || above == CH_NONE || !ch_reg_sense(doc, above, REGISTER_WORDS_BECOMING))
		return subject;
	subject = ch_tree_subject(doc, above);
	if (subject == CH_NONE && above > 0 && ch_reg_tok(doc, above - 1)->mention != CH_NONE)
		subject = above - 1;
	return subject;
}

/* "N. N., whose country chairs the Movement": read by its words, since taggers take the verb for a noun. */
void ch_chair_whose(struct ch_doc *doc, uint32_t i)
{
	uint32_t past = doc->sentences.v[ch_reg_tok(doc, i)->sentence].past, head = CH_NONE, org = i + 3;
	const struct ch_actor *a;
	uint32_t m;

	if (i + 3 >= past || !ch_reg_sense(doc, i + 1, REGISTER_WORDS_OWN) ||
	    !ch_reg_sense(doc, i + 2, REGISTER_WORDS_CHAIRING))
		return;
	for (uint32_t k = i; k-- > doc->sentences.v[ch_reg_tok(doc, i)->sentence].first && i - k <= 4;)
		if (ch_reg_tok(doc, k)->mention != CH_NONE) {
			head = ch_reg_tok(doc, k)->mention;
			break;
		}
	while (org < past && org < i + 10 && (m = ch_reg_tok(doc, org)->mention) == CH_NONE)
		org++;
	if (head == CH_NONE || org >= past || org >= i + 10 || doc->mentions.v[head].actor_n != 1 ||
	    !doc->mentions.v[m].actor_n)
		return;
	a = &doc->actors.v[doc->mention_actors.v[doc->mentions.v[head].actor_first]];
	if (a->kind != CH_ACTOR_PERSON || !ch_role_state_code(a->code) ||
	    doc->actors.v[doc->mention_actors.v[doc->mentions.v[m].actor_first]].kind != CH_ACTOR_ORG)
		return;
	ch_role_add(doc, a->party, ch_reg_sense(doc, i + 2, REGISTER_WORDS_CHAIR) ? CH_STR("chair") : CH_STR("leader"),
		    org_name(doc, org), i, doc->mentions.v[m].past, org);
}

void ch_chair_verb(struct ch_doc *doc, uint32_t i)
{
	uint32_t subject = ch_tree_subject(doc, i), object = ch_tree_object(doc, i), a, b, m;
	struct ch_reg_actors who = {.n = 0};

	if (object == CH_NONE) /* "will preside over the Movement" */
		for (uint32_t c = ch_reg_tok(doc, i)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling)
			if (ch_deprel_is(ch_reg_tok(doc, c)->deprel, CH_DEP_OBL) &&
			    ch_tree_has_case(doc, c, CH_STR("over")))
				object = c;
	if (ch_reg_tok(doc, i)->xpos == CH_XPOS_VB)
		subject = first_to(doc, i, subject);
	if (subject == CH_NONE || object == CH_NONE)
		return;
	m = ch_reg_tok(doc, object)->mention;
	if ((ch_reg_tok(doc, i)->deprel != CH_DEP_ACL || ch_reg_tok(doc, i)->xpos == CH_XPOS_VB) && m != CH_NONE &&
	    doc->mentions.v[m].actor_n &&
	    doc->actors.v[doc->mention_actors.v[doc->mentions.v[m].actor_first]].kind == CH_ACTOR_ORG) {
		ch_reg_add_phrase(doc, subject, false, &who);
		if (!who.n)
			return;
		ch_doc_subtree(doc, i, &a, &b);
		if (ch_reg_tok(doc, a)->deprel == CH_DEP_MARK)
			a++;
		while (b > i + 1 && ch_reg_tok(doc, b - 1)->upos == CH_UPOS_PUNCT)
			b--;
		ch_role_add(doc, ch_reg_party(&doc->actors.v[who.v[0]]),
			    ch_tree_lemma_is(doc, i, "chair")     ? CH_STR("chair")
			    : ch_tree_lemma_is(doc, i, "preside") ? CH_STR("president")
								  : CH_STR("leader"),
			    org_name(doc, object), a, b, i);
	} else if (ch_reg_tok(doc, i)->deprel == CH_DEP_ACL && ch_reg_tok(doc, subject)->mention != CH_NONE) {
		/* "the junta led by N. N." */
		const struct ch_actor *p;
		uint32_t past;

		ch_reg_add_mention(doc, ch_reg_tok(doc, subject)->mention, &who);
		if (!who.n || doc->actors.v[who.v[0]].kind != CH_ACTOR_PERSON)
			return;
		p = &doc->actors.v[who.v[0]];
		if (ch_reg_sense(doc, object, REGISTER_WORDS_PASSING) || ch_tree_child(doc, object, CH_DEP_NUMMOD) != CH_NONE)
			return;
		/* "a delegation of the Movement led by N. N." */
		if (ch_deprel_is(ch_reg_tok(doc, object)->deprel, CH_DEP_NMOD) && ch_reg_tok(doc, object)->head != CH_NONE &&
		    ch_reg_sense(doc, ch_reg_tok(doc, object)->head, REGISTER_WORDS_PASSING))
			return;
		ch_reg_phrase(doc, object, &a, &b);
		past = doc->mentions.v[ch_reg_tok(doc, subject)->mention].past;
		b = past > b ? past : b;
		ch_role_add(
			doc, p->name,
			ch_arena_printf(doc->arena, "leader of the %.*s",
					CH_STR_ARG(ch_reg_text(doc, ch_reg_tok(doc, a)->upos == CH_UPOS_DET ? a + 1 : a,
							       object + 1))),
			p->party, a, b, CH_NONE);
	}
}
