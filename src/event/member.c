/* event/member.c -- offices that are told without their name, and memberships, with their days.
 *
 *   his Syldavian counterpart, N. N.                          the office of the one whose counterpart he is
 *   the foreign ministers, A and B; Presidents A and B        one office of several
 *   the presidents of Ruritania and Borduria                  of people whom the page names elsewhere
 *   Ruritania joined the Movement, became its 32nd member,    what a state belongs to, from when
 *   was admitted to it, left it                               and until when */
#include "event/registers_priv.h"

enum { NEAR = 6 };

static const struct ch_actor *one_actor(const struct ch_doc *doc, uint32_t mention)
{
	const struct ch_mention *m = &doc->mentions.v[mention];

	return m->actor_n == 1 ? &doc->actors.v[doc->mention_actors.v[m->actor_first]] : NULL;
}

/* The role entered last for the name; NULL. */
static const struct ch_role *role_of(const struct ch_doc *doc, struct ch_str name)
{
	for (uint32_t i = doc->roles.n, n = 0; i-- > 0 && n < 256; n++)
		if (ch_str_ieq(doc->roles.v[i].who, name))
			return &doc->roles.v[i];
	return NULL;
}

/* ---- counterparts ---- */

void ch_member_peer(struct ch_doc *doc, uint32_t mention, uint32_t lead, uint32_t past)
{
	uint32_t from = doc->sentences.v[ch_reg_tok(doc, lead)->sentence].first, at = lead, whose = CH_NONE;
	const struct ch_actor *a = one_actor(doc, mention), *other;
	struct ch_str body = a ? a->party : CH_STR(""), role = {0};
	const struct ch_role *r;

	if (!a || at < from + 2)
		return;
	if (ch_reg_is(doc, at - 1, ","))
		at--;
	if (!ch_reg_sense(doc, at - 1, REGISTER_WORDS_PEER))
		return;
	for (uint32_t k = at - 1; k-- > from && at - k <= NEAR;) {
		uint32_t m = ch_reg_tok(doc, k)->mention;

		if (ch_reg_tok(doc, k)->deprel == CH_DEP_NMOD_POSS) {
			whose = k;
			break;
		}
		if (ch_reg_tok(doc, k)->upos != CH_UPOS_ADJ && ch_reg_tok(doc, k)->upos != CH_UPOS_PROPN)
			break;
		other = m == CH_NONE ? NULL : one_actor(doc, m);
		if (other && other->party.len)
			body = other->party;
	}
	if (whose == CH_NONE)
		return;
	other = ch_reg_tok(doc, whose)->mention == CH_NONE ? NULL : one_actor(doc, ch_reg_tok(doc, whose)->mention);
	r = other ? role_of(doc, other->name) : NULL;
	if (r)
		role = r->role;
	else if (other && other->kind == CH_ACTOR_PERSON)
		role = other->office;
	ch_role_add(doc, a->name, role, body, at - 1, past, CH_NONE);
}

/* ---- one office of several ---- */

void ch_member_shared(struct ch_doc *doc, uint32_t mention, uint32_t lead, uint32_t past)
{
	uint32_t from = doc->sentences.v[ch_reg_tok(doc, lead)->sentence].first;
	const struct ch_actor *a = one_actor(doc, mention);
	const struct ch_role *r = NULL;
	uint32_t at = lead, near = 0, word;

	if (!a || at < from + 2 || (!ch_reg_is(doc, at - 1, "and") && !ch_reg_is(doc, at - 1, ",")) || role_of(doc, a->name))
		return;
	/* Back over ", of Ruritania" to the name before. */
	while (at > from && near++ < NEAR && ch_reg_tok(doc, at - 1)->upos != CH_UPOS_VERB &&
	       ch_reg_tok(doc, at - 1)->upos != CH_UPOS_AUX) {
		uint32_t end = ch_reg_tok(doc, --at)->span.end;

		for (uint32_t i = doc->roles.n; i-- > 0 && !r && doc->roles.n - i < 8;)
			if (doc->roles.v[i].mention.end == end)
				r = &doc->roles.v[i];
		if (r)
			break;
	}
	if (!r)
		return;
	/* Only where the office was told of in the plural. */
	for (word = ch_doc_token_at(doc, r->mention.start); word < at; word++) {
		uint32_t n;

		if ((ch_reg_tok(doc, word)->xpos == CH_XPOS_NNS || ch_reg_tok(doc, word)->xpos == CH_XPOS_NNPS) &&
		    ch_reg_run_before(doc, word + 1, REGISTER_WORDS_OFFICE, &n)) {
			struct ch_str body = a->party;

			if (past + 1 < doc->tokens.n && ch_reg_is(doc, past, "of") && ch_reg_tok(doc, past + 1)->mention != CH_NONE &&
			    one_actor(doc, ch_reg_tok(doc, past + 1)->mention))
				body = one_actor(doc, ch_reg_tok(doc, past + 1)->mention)->party;
			ch_role_add(doc, a->name, r->role, body, lead, past, CH_NONE);
			return;
		}
	}
}

/* ---- offices by which people are meant whom the page names elsewhere ---- */

void ch_member_nominal(struct ch_doc *doc)
{
	bool *named = CH_NEW_N(doc->arena, bool, doc->actors.n);

	for (uint32_t a = 0; a < doc->actors.n; a++)
		named[a] = false;
	for (uint32_t m = 0; m < doc->mentions.n; m++)
		for (uint32_t k = 0; k < doc->mentions.v[m].actor_n && doc->mentions.v[m].kind == CH_MENTION_NAME; k++)
			named[doc->mention_actors.v[doc->mentions.v[m].actor_first + k]] = true;
	for (uint32_t m = 0; m < doc->mentions.n; m++) {
		const struct ch_mention *mention = &doc->mentions.v[m];
		uint32_t n, head = mention->head;
		struct ch_str office;

		if (mention->kind != CH_MENTION_NOMINAL || mention->possessive || !ch_reg_body(doc, ch_reg_tok(doc, head)->sentence) ||
		    !ch_reg_run_before(doc, head + 1, REGISTER_WORDS_OFFICE, &n) ||
		    ch_reg_sense(doc, head, REGISTER_WORDS_PLAIN))
			continue;
		office = ch_reg_text(doc, head + 1 - n, head + 1);
		if (office.len > 3 && office.ptr[office.len - 1] == 's' && ch_reg_tok(doc, head)->xpos == CH_XPOS_NNS)
			office.len--;
		for (uint32_t k = 0; k < mention->actor_n; k++) {
			uint32_t actor = doc->mention_actors.v[mention->actor_first + k];
			const struct ch_actor *a = &doc->actors.v[actor];

			/* The office known of him must be this one: "the foreign ministers of …" may stand for their heads. */
			if (a->office.len && !ch_str_ends(a->office, ch_token_str(doc, head)) && !ch_str_ieq(a->office, office))
				continue;
			if (a->kind == CH_ACTOR_PERSON && named[actor] && a->party.len && !role_of(doc, a->name))
				ch_role_add(doc, a->name, office, a->party, mention->first, mention->past, CH_NONE);
		}
	}
}

/* ---- memberships ---- */

static bool is_org(const struct ch_actor *a)
{
	return a && a->kind == CH_ACTOR_ORG && a->party.len && !ch_role_state_code(a->code);
}

static bool is_state(const struct ch_actor *a)
{
	return a && a->kind != CH_ACTOR_ORG && ch_role_state_code(a->code) && a->party.len;
}

/* The party of the phrase at the token, if it is a state's. */
static struct ch_str state_at(const struct ch_doc *doc, uint32_t token)
{
	struct ch_reg_actors who = {.n = 0};

	if (token == CH_NONE)
		return CH_STR("");
	ch_reg_add_phrase(doc, token, false, &who);
	if (!who.n || !is_state(&doc->actors.v[who.v[0]]))
		return CH_STR("");
	return doc->actors.v[who.v[0]].party;
}

/* The organisations of the phrase at `token`, "A, B and C" each: those of the gazetteer, and names that it does not know. */
static void enter(struct ch_doc *doc, struct ch_str who, uint32_t verb, uint32_t token, struct ch_str from, struct ch_str to)
{
	for (uint32_t c = token, n = 0; c != CH_NONE && n < 12; n++) {
		uint32_t m = ch_reg_tok(doc, c)->mention, a, b;
		const struct ch_actor *org = m == CH_NONE ? NULL : one_actor(doc, m);
		uint32_t next = c == token ? ch_reg_tok(doc, token)->first_child : ch_reg_tok(doc, c)->next_sibling;

		if (is_org(org)) {
			struct ch_role *r;

			ch_reg_phrase(doc, c, &a, &b);
			r = ch_role_add(doc, who, CH_STR("member"), org->party, verb < a ? verb : a, verb >= b ? verb + 1 : b, CH_NONE);
			if (r && !r->from.len)
				r->from = from;
			if (r && !r->to.len)
				r->to = to;
		}
		while (next != CH_NONE && !ch_deprel_is(ch_reg_tok(doc, next)->deprel, CH_DEP_CONJ))
			next = ch_reg_tok(doc, next)->next_sibling;
		c = next;
	}
}

static bool is_done(const struct ch_doc *doc, uint32_t verb)
{
	const struct ch_token *t = ch_reg_tok(doc, verb);

	if (ch_reg_negated(doc, verb) || t->xpos == CH_XPOS_VBG || t->xpos == CH_XPOS_VBP || t->xpos == CH_XPOS_VBZ)
		return false;
	for (uint32_t c = t->first_child; c != CH_NONE && c < verb; c = ch_reg_tok(doc, c)->next_sibling)
		if (ch_reg_tok(doc, c)->xpos == CH_XPOS_MD || ch_reg_tok(doc, c)->deprel == CH_DEP_MARK)
			return false;
	return t->xpos == CH_XPOS_VBD || t->xpos == CH_XPOS_VBN;
}

void ch_member_verb(struct ch_doc *doc, uint32_t i)
{
	const struct ch_word_sense *joining = ch_reg_sense(doc, i, REGISTER_WORDS_JOINING);
	const struct ch_word_sense *admitting = joining ? NULL : ch_reg_sense(doc, i, REGISTER_WORDS_ADMITTING);
	uint32_t subject, object = CH_NONE, org = CH_NONE;
	struct ch_str who, date, none = {0};
	bool leaves;

	if ((!joining && !admitting) || !is_done(doc, i))
		return;
	date = ch_reg_date(doc, i);
	leaves = !strcmp((joining ? joining : admitting)->value, "to");
	if (joining) {
		who = state_at(doc, ch_tree_subject(doc, i));
		if (who.len && ch_tree_object(doc, i) != CH_NONE)
			enter(doc, who, i, ch_tree_object(doc, i), leaves ? none : date, leaves ? date : none);
		return;
	}
	object = ch_tree_object(doc, i);
	subject = ch_tree_passive(doc, i) ? CH_NONE : ch_tree_subject(doc, i);
	/* "the Movement admitted Ruritania", "Ruritania was admitted to the Movement" */
	for (uint32_t c = ch_reg_tok(doc, i)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling)
		if (ch_deprel_is(ch_reg_tok(doc, c)->deprel, CH_DEP_OBL) &&
		    (ch_tree_has_case(doc, c, CH_STR("to")) || ch_tree_has_case(doc, c, CH_STR("into")) ||
		     ch_tree_has_case(doc, c, CH_STR("from"))))
			org = c;
	if (org == CH_NONE)
		org = subject;
	who = state_at(doc, object);
	/* "the summit of the Movement admitted it" */
	if (org != CH_NONE && (ch_reg_tok(doc, org)->mention == CH_NONE || !is_org(one_actor(doc, ch_reg_tok(doc, org)->mention))))
		for (uint32_t c = ch_reg_tok(doc, org)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling)
			if (ch_reg_tok(doc, c)->mention != CH_NONE && is_org(one_actor(doc, ch_reg_tok(doc, c)->mention))) {
				org = c;
				break;
			}
	if (who.len && org != CH_NONE)
		enter(doc, who, i, org, leaves ? none : date, leaves ? date : none);
}
