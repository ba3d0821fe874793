#include "event/bind.h"
#include "who/who.h"

static const struct ch_token *tok(const struct ch_doc *doc, uint32_t t)
{
	return &doc->tokens.v[t];
}

static bool in_class(const struct ch_map *class, struct ch_str lemma)
{
	return class && ch_map_get(class, lemma);
}

/* "Tons of food", "ten million dollars in aid" (class MEASURES): what is measured out is what counts. */
static bool measured(const struct ch_binder *b, uint32_t measure, uint32_t what)
{
	return tok(b->doc, what)->deprel == CH_DEP_NMOD && in_class(b->measures, tok(b->doc, measure)->lemma) &&
	       (ch_tree_has_case(b->doc, what, CH_STR("of")) || ch_tree_has_case(b->doc, what, CH_STR("in")));
}

uint32_t ch_bind_light(const struct ch_binder *b, uint32_t noun, uint32_t verbs[2])
{
	const struct ch_doc *doc = b->doc;
	uint32_t n = 0, at = noun;

	/* "launched ten days of manoeuvres" */
	if (tok(doc, at)->head != CH_NONE && measured(b, tok(doc, at)->head, at))
		at = tok(doc, at)->head;
	/* "paid visits and held talks": the second noun of "official visits and meetings" has the first one's verb. */
	for (int i = 0; i < CH_CLIMB_MAX && tok(doc, at)->deprel == CH_DEP_CONJ && tok(doc, at)->head != CH_NONE; i++)
		at = tok(doc, at)->head;
	if (tok(doc, at)->head != CH_NONE && in_class(b->light, tok(doc, tok(doc, at)->head)->lemma) &&
	    ch_tree_is_verb(doc, tok(doc, at)->head)) {
		unsigned r = tok(doc, at)->deprel;

		/* "made official and working visits": parsers may hang "official" as what is made */
		if (ch_deprel_is(r, CH_DEP_OBJ) || ch_deprel_is(r, CH_DEP_NSUBJ) || ch_deprel_is(r, CH_DEP_OBL) || (at != noun && r == CH_DEP_XCOMP))
			verbs[n++] = tok(doc, at)->head;
	}
	for (uint32_t c = tok(doc, noun)->first_child; n < 2 && c != CH_NONE; c = tok(doc, c)->next_sibling)
		if (ch_deprel_is(tok(doc, c)->deprel, CH_DEP_ACL) && in_class(b->light, tok(doc, c)->lemma))
			verbs[n++] = c;
	return n;
}

/* ---- words ---- */

struct words {
	uint32_t *v, n, max;
};

static void add_word(struct words *w, uint32_t token)
{
	if (token == CH_NONE || w->n == w->max)
		return;
	for (uint32_t i = 0; i < w->n; i++)
		if (w->v[i] == token)
			return;
	w->v[w->n++] = token;
}

static bool hangs_by_preposition(unsigned deprel)
{
	return ch_deprel_is(deprel, CH_DEP_OBL) || ch_deprel_is(deprel, CH_DEP_NMOD) || ch_deprel_is(deprel, CH_DEP_ADVCL) ||
	       ch_deprel_is(deprel, CH_DEP_ACL);
}

static void prep_words(const struct ch_binder *b, uint32_t from, struct ch_str prep, struct words *out)
{
	const struct ch_doc *doc = b->doc;

	for (uint32_t c = tok(doc, from)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling)
		if (hangs_by_preposition(tok(doc, c)->deprel) && ch_tree_has_case(doc, c, prep) && !in_class(b->phrases, tok(doc, c)->lemma))
			add_word(out, c);
}

static void children(const struct ch_doc *doc, uint32_t from, enum ch_deprel deprel, struct words *out)
{
	for (uint32_t c = tok(doc, from)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling)
		if (ch_deprel_is(tok(doc, c)->deprel, deprel))
			add_word(out, c);
}

/* "In a letter to Kennedy, Khrushchev offered …": who does what the clause around the noun tells. A verb that has the noun
 * for its subject or object is no such clause: there the noun itself acts, or is acted upon. Who speaks "on the sidelines of" a summit
 * need not be at it (class BESIDE). */
static uint32_t clause_subject(const struct ch_binder *b, uint32_t noun)
{
	const struct ch_doc *doc = b->doc;
	uint32_t at = noun, subject;

	for (int i = 0; i < CH_CLIMB_MAX; i++) {
		const struct ch_token *t = tok(doc, at);

		if (t->head == CH_NONE || in_class(b->beside, t->lemma))
			return CH_NONE;
		if (at != noun && t->mention != CH_NONE && doc->mentions.v[t->mention].actor_n)
			return CH_NONE;   /* "a paper of the president of the council": the council does nothing here */
		if (ch_tree_is_verb(doc, t->head) || ch_tree_child(doc, t->head, CH_DEP_COP) != CH_NONE) {
			if (!ch_deprel_is(t->deprel, CH_DEP_OBL) && !ch_deprel_is(t->deprel, CH_DEP_NMOD) && t->deprel != CH_DEP_OBJ)
				return CH_NONE;
			subject = ch_tree_subject(doc, t->head);
			if (subject == CH_NONE && ch_tree_passive(doc, t->head))
				subject = ch_tree_object(doc, t->head);   /* "he was invited during a visit to Bonn" */
			return subject;
		}
		at = t->head;
	}
	return CH_NONE;
}

/* "In his letter, the king wrote": a pronoun before its clause's subject most often looks ahead to it. */
static uint32_t owner(const struct ch_binder *b, uint32_t noun, uint32_t poss)
{
	const struct ch_doc *doc = b->doc;
	uint32_t subject;

	if (tok(doc, poss)->upos != CH_UPOS_PRON || !ch_deprel_is(tok(doc, noun)->deprel, CH_DEP_OBL))
		return poss;
	subject = clause_subject(b, noun);
	return subject != CH_NONE && subject > noun && tok(doc, subject)->upos != CH_UPOS_PRON ? subject : poss;
}

/* "Called on Chile to release the sailors", "a pledge to hold elections": what is called for or pledged, though it hang as an adjunct. */
static bool infinitive(const struct ch_doc *doc, uint32_t above, uint32_t token)
{
	uint32_t mark = ch_tree_child(doc, token, CH_DEP_MARK);

	if (mark != CH_NONE && tok(doc, token)->xpos == CH_XPOS_VBG && tok(doc, above)->upos == CH_UPOS_ADJ && token > above)
		return ch_str_ieq(ch_token_str(doc, mark), CH_STR("in")) || ch_str_ieq(ch_token_str(doc, mark), CH_STR("on")) ||
		       ch_str_ieq(ch_token_str(doc, mark), CH_STR("to"));   /* "interested in restoring ties" */
	return ch_deprel_is(tok(doc, token)->deprel, tok(doc, above)->upos == CH_UPOS_NOUN ? CH_DEP_ACL : CH_DEP_ADVCL) && token > above &&
	       ch_tree_is_verb(doc, token) && mark != CH_NONE && ch_str_ieq(ch_token_str(doc, mark), CH_STR("to"));
}

/* "Gave back 26 treasures": parsers hang the adverb on the number. */
static void number_adverbs(const struct ch_doc *doc, uint32_t object, struct words *out)
{
	for (uint32_t c = tok(doc, object)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling)
		if (tok(doc, c)->deprel == CH_DEP_NUMMOD)
			children(doc, c, CH_DEP_ADVMOD, out);
}

/* The words at path, seen from `from`, which is the trigger or its light verb. */
static void path_words(const struct ch_binder *b, uint32_t from, const struct ch_path *path, struct words *out)
{
	const struct ch_doc *doc = b->doc;
	bool verb = ch_tree_is_verb(doc, from) || ch_tree_child(doc, from, CH_DEP_COP) != CH_NONE;

	switch (path->kind) {
	case CH_PATH_SUBJ:
		if (verb || tok(doc, from)->upos == CH_UPOS_ADJ) {
			add_word(out, ch_tree_subject(doc, from));
			for (uint32_t k = 0; k < out->n; k++)   /* its conjuncts hang beside it where it was hung on a place */
				if (tok(doc, out->v[k])->deprel == CH_DEP_CONJ)
					for (uint32_t c = tok(doc, out->v[k])->next_sibling; c != CH_NONE; c = tok(doc, c)->next_sibling)
						if (tok(doc, c)->deprel == CH_DEP_CONJ)
							add_word(out, c);
			if (!ch_tree_passive(doc, from))   /* "Before the ceremony A and B met": a parser may see two subjects */
				children(doc, from, CH_DEP_NSUBJ, out);
		}
		break;
	case CH_PATH_OBJ:
		add_word(out, ch_tree_object(doc, from));
		break;
	case CH_PATH_IOBJ:
		children(doc, from, CH_DEP_IOBJ, out);
		break;
	case CH_PATH_POSS:
		for (uint32_t c = tok(doc, from)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling)
			if (tok(doc, c)->deprel == CH_DEP_NMOD_POSS)
				add_word(out, owner(b, from, c));
		break;
	case CH_PATH_MOD:
		children(doc, from, CH_DEP_AMOD, out);
		children(doc, from, CH_DEP_COMPOUND, out);
		for (uint32_t c = tok(doc, from)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling)
			if (tok(doc, c)->deprel == CH_DEP_NMOD_DESC)
				add_word(out, c);
		break;
	case CH_PATH_COMP:
		children(doc, from, CH_DEP_XCOMP, out);
		/* what stands before it is a quotation: "'Peace has won,' he told the ministers" */
		for (uint32_t c = tok(doc, from)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling)
			if (ch_deprel_is(tok(doc, c)->deprel, CH_DEP_CCOMP) && c > from)
				add_word(out, c);
		for (uint32_t c = tok(doc, from)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling)
			if (infinitive(doc, from, c))
				add_word(out, c);
		break;
	case CH_PATH_ADV:
		children(doc, from, CH_DEP_ADVMOD, out);
		if (ch_tree_object(doc, from) != CH_NONE)
			number_adverbs(doc, ch_tree_object(doc, from), out);
		break;
	case CH_PATH_AUX:
		children(doc, from, CH_DEP_AUX, out);
		break;
	case CH_PATH_NEG:
		for (uint32_t c = tok(doc, from)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling)
			if (ch_tree_lemma_is(doc, c, "not") || ch_tree_lemma_is(doc, c, "never") || ch_tree_lemma_is(doc, c, "no"))
				add_word(out, c);
		break;
	case CH_PATH_PRT:
		children(doc, from, CH_DEP_COMPOUND_PRT, out);
		break;
	case CH_PATH_CLAUSE:
		add_word(out, clause_subject(b, from));
		break;
	case CH_PATH_PREP:
		prep_words(b, from, path->prep, out);
		/* "was in Cairo": the predicate is itself what the preposition governs */
		if (ch_tree_child(doc, from, CH_DEP_COP) != CH_NONE &&
		    ch_tree_has_case(doc, from, path->prep))
			add_word(out, from);
		break;
	}
}

static uint32_t first_words(const struct ch_binder *b, uint32_t trigger, const struct ch_path *path, uint32_t *words, uint32_t max)
{
	struct words out = { words, 0, max };
	uint32_t verbs[2], n;

	if (!path->light) {
		path_words(b, trigger, path, &out);
		/* A preposition may hang on another phrase of the trigger: "talks in Geneva with Iran", "imposed a ban on Chad". */
		if (!out.n && path->kind == CH_PATH_PREP && !ch_str_eqz(path->prep, "of") && !ch_str_eqz(path->prep, "by"))
			for (uint32_t c = tok(b->doc, trigger)->first_child; c != CH_NONE; c = tok(b->doc, c)->next_sibling)
				if (ch_deprel_is(tok(b->doc, c)->deprel, CH_DEP_OBL) || tok(b->doc, c)->deprel == CH_DEP_NMOD ||
				    tok(b->doc, c)->deprel == CH_DEP_OBJ || tok(b->doc, c)->deprel == CH_DEP_NSUBJ_PASS ||
				    tok(b->doc, c)->deprel == CH_DEP_XCOMP) {
					prep_words(b, c, path->prep, &out);
					for (uint32_t k = tok(b->doc, c)->first_child; k != CH_NONE; k = tok(b->doc, k)->next_sibling)
						if (tok(b->doc, k)->deprel == CH_DEP_CONJ || measured(b, c, k))
							prep_words(b, k, path->prep, &out);
				}
		/* "the arrest of a journalist by Greece"; but in "defiance of a ruling by the Union" it is the ruling that is by somebody */
		if (!out.n && path->kind == CH_PATH_PREP && ch_str_eqz(path->prep, "by") && tok(b->doc, trigger)->upos == CH_UPOS_NOUN)
			for (uint32_t c = tok(b->doc, trigger)->first_child; c != CH_NONE; c = tok(b->doc, c)->next_sibling)
				if (tok(b->doc, c)->deprel == CH_DEP_NMOD && ch_tree_has_case(b->doc, c, CH_STR("of")) &&
				    (tok(b->doc, c)->mention != CH_NONE || in_class(b->people, tok(b->doc, c)->lemma)))
					prep_words(b, c, path->prep, &out);
		return out.n;
	}
	n = ch_bind_light(b, trigger, verbs);
	/* "is on a visit to Mali" */
	if (!n && path->kind == CH_PATH_SUBJ && ch_tree_child(b->doc, trigger, CH_DEP_COP) != CH_NONE)
		path_words(b, trigger, path, &out);
	for (uint32_t i = 0; i < n; i++) {
		uint32_t before = out.n;

		path_words(b, verbs[i], path, &out);
		/* A noun that is its light verb's subject ("talks took place") is not its own party. */
		for (uint32_t k = before; k < out.n; k++)
			if (out.v[k] == trigger)
				out.v[k] = out.v[--out.n];
	}
	return out.n;
}

uint32_t ch_bind_words(const struct ch_binder *b, uint32_t trigger, const struct ch_path *path, uint32_t *words, uint32_t max)
{
	uint32_t n = first_words(b, trigger, path, words, max);

	for (path = path->then; path; path = path->then) {
		uint32_t above[CH_PARTIES_MAX], m = n < CH_PARTIES_MAX ? n : CH_PARTIES_MAX;
		struct words out = { words, 0, max };

		memcpy(above, words, m * sizeof *above);
		for (uint32_t i = 0; i < m; i++) {
			uint32_t below[CH_PARTIES_MAX], k = first_words(b, above[i], path, below, CH_PARTIES_MAX);

			for (uint32_t j = 0; j < k; j++)
				add_word(&out, below[j]);
		}
		n = out.n;
	}
	return n;
}

/* ---- parties ---- */

static void add_party(const struct ch_doc *doc, struct ch_side *side, uint32_t actor)
{
	struct ch_str party = doc->actors.v[actor].party;

	/* who reports an act does not do it, though it may be done to him */
	if (!party.len || side->n == CH_PARTIES_MAX || (!side->target && ch_str_eqz(doc->actors.v[actor].sector, "JRN")))
		return;
	for (uint32_t i = 0; i < side->n; i++)
		if (ch_str_eq(doc->actors.v[side->actors[i]].party, party))
			return;
	side->actors[side->n++] = actor;
}

/* What is done to a town or a region is done to its state: "bombed Balakot", "withdrew from Sinai". The state must act on the page. */
static void add_state_of(const struct ch_doc *doc, struct ch_side *side, struct ch_str place)
{
	for (uint32_t i = 0; i < doc->actors.n; i++)
		if (doc->actors.v[i].kind == CH_ACTOR_STATE && ch_str_eq(doc->actors.v[i].party, place)) {
			add_party(doc, side, i);
			side->indirect = true;
			return;
		}
}

/* "Anti-India rallies": whom they are against does not hold them. */
static bool is_opposed(const struct ch_doc *doc, uint32_t token)
{
	return token >= 2 && ch_str_eqz(ch_token_str(doc, token - 1), "-") && ch_str_ieq(ch_token_str(doc, token - 2), CH_STR("anti")) &&
	       tok(doc, token)->sentence == tok(doc, token - 2)->sentence;
}

static bool add_mention(const struct ch_doc *doc, struct ch_side *side, uint32_t token)
{
	uint32_t m = tok(doc, token)->mention;
	bool known = false;

	/* A name's inner words may hang together otherwise than the actor layer took them; only a name's. */
	if (m == CH_NONE && tok(doc, token)->upos == CH_UPOS_PROPN) {
		m = ch_who_at(doc, token);
		if (m != CH_NONE && doc->mentions.v[m].kind != CH_MENTION_NAME && tok(doc, token)->deprel != CH_DEP_NSUBJ)
			m = CH_NONE;
	}
	if (m == CH_NONE)
		return false;
	if (!side->target && is_opposed(doc, token))
		return true;
	for (uint32_t i = 0; i < doc->mentions.v[m].actor_n; i++) {
		uint32_t actor = doc->mention_actors.v[doc->mentions.v[m].actor_first + i];

		add_party(doc, side, actor);
		known |= doc->actors.v[actor].party.len > 0;   /* "officials" alone are nobody's yet */
	}
	return known;
}

/* "We" in a statement is the speaker's side, "you" the one spoken to; CH_NONE for any other word, or where that is unknown. */
static uint32_t person_of(const struct ch_binder *b, uint32_t token, bool *is_person)
{
	static const char *const first[] = { "I", "we", "us", "our", "my", "me", "ours", "ourselves", NULL };
	static const char *const second[] = { "you", "your", "yours", NULL };
	struct ch_str s = ch_token_str(b->doc, token);

	*is_person = false;
	if (tok(b->doc, token)->upos != CH_UPOS_PRON && tok(b->doc, token)->upos != CH_UPOS_DET)
		return CH_NONE;
	*is_person = true;
	for (int i = 0; first[i]; i++)
		if (ch_str_ieq(s, ch_str_z(first[i])))
			return b->speaker;
	for (int i = 0; second[i]; i++)
		if (ch_str_ieq(s, ch_str_z(second[i])))
			return b->addressee;
	*is_person = false;
	return CH_NONE;
}

static bool add_person(const struct ch_binder *b, struct ch_side *side, uint32_t token)
{
	bool is_person;
	uint32_t actor = person_of(b, token, &is_person);

	if (actor != CH_NONE)
		add_party(b->doc, side, actor);
	return is_person;
}

static bool example_list(const struct ch_doc *doc, uint32_t token)
{
	return ch_tree_has_case(doc, token, CH_STR("including")) || ch_tree_has_case(doc, token, CH_STR("include")) ||
	       ch_tree_has_case(doc, token, CH_STR("such"));
}

static bool add_examples(const struct ch_binder *b, uint32_t token, struct ch_side *side)
{
	const struct ch_doc *doc = b->doc;
	uint32_t before = side->n;

	for (uint32_t c = tok(doc, token)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling) {
		if (!hangs_by_preposition(tok(doc, c)->deprel) || !example_list(doc, c))
			continue;
		if (!add_mention(doc, side, c))
			continue;
		for (uint32_t k = tok(doc, c)->first_child; k != CH_NONE; k = tok(doc, k)->next_sibling)
			if (tok(doc, k)->deprel == CH_DEP_CONJ)
				add_mention(doc, side, k);
	}
	return side->n > before;
}

/* From a noun its modifiers; from a verb also who does it ("demanded that Mali leave") and to what ("threatened to cut aid to Mali"). */
static bool modifier_relation(const struct ch_doc *doc, uint32_t above, unsigned r, bool deep)
{
	if (deep && ch_deprel_is(r, CH_DEP_NSUBJ))
		return true;
	if (deep && ch_tree_is_verb(doc, above) && (r == CH_DEP_OBJ || ch_deprel_is(r, CH_DEP_OBL) || r == CH_DEP_XCOMP || r == CH_DEP_IOBJ))
		return true;
	return r == CH_DEP_NMOD_POSS || r == CH_DEP_AMOD || r == CH_DEP_COMPOUND || r == CH_DEP_NMOD_DESC || (deep && r == CH_DEP_NMOD);
}

static bool good_step(const struct ch_doc *doc, uint32_t c)
{
	if (tok(doc, c)->deprel == CH_DEP_NMOD && ch_tree_has_case(doc, c, CH_STR("to")))
		return true;
	return tok(doc, c)->deprel != CH_DEP_NMOD || ch_tree_has_case(doc, c, CH_STR("of")) || ch_tree_has_case(doc, c, CH_STR("for")) ||
	       ch_tree_has_case(doc, c, CH_STR("from")) || ch_tree_has_case(doc, c, CH_STR("between")) || ch_tree_has_case(doc, c, CH_STR("with")) ||
	       ch_tree_has_case(doc, c, CH_STR("in")) || ch_tree_has_case(doc, c, CH_STR("by")) || ch_tree_has_case(doc, c, CH_STR("at")) ||
	       ch_tree_has_case(doc, c, CH_STR("near")) || ch_tree_has_case(doc, c, CH_STR("on"));
}

/* "Officials from Pakistan", "troops of Mali": of an agent also what it comes from. */
static bool hails_from(const struct ch_doc *doc, uint32_t token, bool deep)
{
	return !deep && tok(doc, token)->deprel == CH_DEP_NMOD &&
	       (ch_tree_has_case(doc, token, CH_STR("from")) || ch_tree_has_case(doc, token, CH_STR("of")));
}

/* Breadth first over the modifiers of a word, at most three steps down; the first level that names parties ends it. */
static void add_modifiers(const struct ch_binder *b, uint32_t token, bool deep, struct ch_side *side)
{
	const struct ch_doc *doc = b->doc;
	uint32_t level[32], n = 1;

	level[0] = token;
	for (int depth = 0; depth < 3 && n; depth++) {
		uint32_t below[32], n_below = 0, before = side->n;

		for (uint32_t i = 0; i < n; i++)
			for (uint32_t c = tok(doc, level[i])->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling) {
				bool conj = tok(doc, c)->deprel == CH_DEP_CONJ && depth;
				/* "the sanctions imposed on Iran", "refugees fleeing the war in Liberia" */
				bool participle = deep && tok(doc, c)->deprel == CH_DEP_ACL &&
						  (tok(doc, c)->xpos == CH_XPOS_VBN || tok(doc, c)->xpos == CH_XPOS_VBG);

				if (!conj && !participle && !hails_from(doc, c, deep) &&
				    (!modifier_relation(doc, level[i], tok(doc, c)->deprel, deep) || !good_step(doc, c)))
					continue;
				if (!add_person(b, side, c) && !add_mention(doc, side, c) && deep && tok(doc, c)->deprel == CH_DEP_COMPOUND &&
				    tok(doc, c)->mention != CH_NONE)   /* "from the Sinai peninsula" */
					add_state_of(doc, side, doc->mentions.v[tok(doc, c)->mention].place);
				if (n_below < 32)
					below[n_below++] = c;
			}
		if (side->n > before) {
			for (uint32_t i = 0; i < n_below; i++)
				for (uint32_t c = tok(doc, below[i])->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling)
					if (tok(doc, c)->deprel == CH_DEP_CONJ)
						add_mention(doc, side, c);
			side->indirect = true;
			return;
		}
		if (!deep)
			return;
		memcpy(level, below, n_below * sizeof *below);
		n = n_below;
	}
}

/* A paper speaks for those who made it: "the communiqué adopted at the NATO summit", "the document signed by both ministers". */
static void add_makers(const struct ch_binder *b, uint32_t token, struct ch_side *side)
{
	static const char *const preps[] = { "by", "between", "at", "of", NULL };
	const struct ch_doc *doc = b->doc;

	for (uint32_t c = tok(doc, token)->first_child; c != CH_NONE && !side->n; c = tok(doc, c)->next_sibling) {
		if (tok(doc, c)->deprel != CH_DEP_ACL || tok(doc, c)->xpos != CH_XPOS_VBN)
			continue;
		for (int i = 0; preps[i] && !side->n; i++) {
			uint32_t words[CH_PARTIES_MAX];
			struct words out = { words, 0, CH_PARTIES_MAX };

			prep_words(b, c, ch_str_z(preps[i]), &out);
			for (uint32_t k = 0; k < out.n; k++) {
				add_mention(doc, side, words[k]);
				for (uint32_t d = tok(doc, words[k])->first_child; d != CH_NONE; d = tok(doc, d)->next_sibling)
					if (tok(doc, d)->deprel == CH_DEP_CONJ)
						add_mention(doc, side, d);
				if (!side->n)
					add_modifiers(b, words[k], false, side);
			}
		}
	}
	side->indirect |= side->n > 0;
}

static bool each_other(const struct ch_doc *doc, uint32_t token)
{
	return token > 0 && ((ch_tree_lemma_is(doc, token, "other") && ch_tree_lemma_is(doc, token - 1, "each")) ||
			     (ch_tree_lemma_is(doc, token, "another") && ch_tree_lemma_is(doc, token - 1, "one")) ||
			     (token + 1 < doc->tokens.n && ch_tree_lemma_is(doc, token, "each") && ch_tree_lemma_is(doc, token + 1, "other")));
}

static bool definite(const struct ch_doc *doc, uint32_t token)
{
	uint32_t det = ch_tree_child(doc, token, CH_DEP_DET);

	return det != CH_NONE && (ch_tree_lemma_is(doc, det, "the") || ch_tree_lemma_is(doc, det, "this") || ch_tree_lemma_is(doc, det, "these"));
}

/* The parties of one word without its conjuncts: those named behind "including" stand for the group; else the word's own mention;
 * else, a few steps down, of whom it is or whose it is. */
static void add_word_parties(const struct ch_binder *b, uint32_t token, bool deep, struct ch_side *side)
{
	const struct ch_doc *doc = b->doc;

	if (add_person(b, side, token))
		return;
	if (each_other(doc, token)) {
		side->reciprocal = true;
		return;
	}
	if (add_examples(b, token, side) || add_mention(doc, side, token))
		return;
	/* "Thousands of Hungarians" */
	for (uint32_t c = tok(doc, token)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling)
		if (measured(b, token, c) && add_mention(doc, side, c))
			return;
	if (in_class(b->other_side, tok(doc, token)->lemma)) {
		side->other = true;
		return;
	}
	if (deep && tok(doc, token)->mention != CH_NONE && doc->mentions.v[tok(doc, token)->mention].place.len &&
	    !modifier_relation(doc, token, tok(doc, token)->deprel, false)) {
		add_state_of(doc, side, doc->mentions.v[tok(doc, token)->mention].place);
		return;
	}
	/* "Steinmeier, Germany's foreign minister, …": one and the same. */
	for (uint32_t c = tok(doc, token)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling)
		if (tok(doc, c)->deprel == CH_DEP_APPOS && add_mention(doc, side, c))
			return;
	if (deep || in_class(b->people, tok(doc, token)->lemma))
		add_modifiers(b, token, deep, side);
	else if (in_class(b->instruments, tok(doc, token)->lemma))
		add_makers(b, token, side);
	if (deep && !side->n && in_class(b->papers, tok(doc, token)->lemma) && definite(doc, token))
		for (uint32_t i = 0; i < b->paper->n; i++) {
			add_party(doc, side, b->paper->actors[i]);
			side->indirect = true;
		}
}

static bool begins_with_and(const struct ch_doc *doc, uint32_t token)
{
	uint32_t first, past;

	ch_doc_subtree(doc, token, &first, &past);
	return tok(doc, first)->upos == CH_UPOS_CCONJ;
}

/* The person that a token means, or CH_NONE. */
static uint32_t person_at(const struct ch_doc *doc, uint32_t token)
{
	uint32_t m = tok(doc, token)->mention, actor;

	if (m == CH_NONE || doc->mentions.v[m].actor_n != 1)
		return CH_NONE;
	actor = doc->mention_actors.v[doc->mentions.v[m].actor_first];
	return doc->actors.v[actor].kind == CH_ACTOR_PERSON && doc->actors.v[actor].party.len ? actor : CH_NONE;
}

/* Both are persons, of different parties: so the one is not the other, whatever hangs on what. */
static bool others_man(const struct ch_doc *doc, uint32_t token, uint32_t apposition)
{
	uint32_t a = person_at(doc, token), b = person_at(doc, apposition);

	return a != CH_NONE && b != CH_NONE && !ch_str_eq(doc->actors.v[a].party, doc->actors.v[b].party);
}

/* "Chairman of the Council of Chad A and President of Mali B": a long title's conjunct may hang on a word inside it. */
static void add_men_beside(const struct ch_binder *b, uint32_t token, bool deep, struct ch_side *side)
{
	const struct ch_doc *doc = b->doc;
	const struct ch_mention *m = person_at(doc, token) == CH_NONE ? NULL : &doc->mentions.v[tok(doc, token)->mention];

	for (uint32_t t = m ? m->first : 0; m && t < m->past; t++)
		for (uint32_t c = t == token ? CH_NONE : tok(doc, t)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling)
			if (tok(doc, c)->deprel == CH_DEP_CONJ && c >= m->past && person_at(doc, c) != CH_NONE)
				add_word_parties(b, c, deep, side);
}

/* The token is of an expression of time. */
static bool in_time(const struct ch_doc *doc, uint32_t token)
{
	uint32_t lo = 0, hi = doc->times.n;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (doc->times.v[mid].past <= token)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < doc->times.n && doc->times.v[lo].first <= token;
}

static void add_conjuncts(const struct ch_binder *b, uint32_t token, bool deep, struct ch_side *side)
{
	const struct ch_doc *doc = b->doc;

	if (in_time(doc, token))
		return;   /* "in April, Mali and Chad …": nor what was hung on the month */

	add_word_parties(b, token, deep, side);
	add_men_beside(b, token, deep, side);
	for (uint32_t c = tok(doc, token)->first_child; c != CH_NONE; c = tok(doc, c)->next_sibling)
		/* An apposition with "and" before it is a conjunct, and so is another side's man: "leader A and President B", "President of
		 * Peru A, President of Chile B and …". */
		if ((tok(doc, c)->deprel == CH_DEP_CONJ && !ch_tree_is_verb(doc, c)) ||
		    (tok(doc, c)->deprel == CH_DEP_APPOS && begins_with_and(doc, c))) {
			add_word_parties(b, c, deep, side);
		} else if (tok(doc, c)->deprel == CH_DEP_APPOS && others_man(doc, token, c)) {
			add_word_parties(b, c, deep, side);
			for (uint32_t k = tok(doc, c)->first_child; k != CH_NONE; k = tok(doc, k)->next_sibling)
				if (tok(doc, k)->deprel == CH_DEP_CONJ && !ch_tree_is_verb(doc, k))
					add_word_parties(b, k, deep, side);
		}
}

void ch_bind(const struct ch_binder *b, uint32_t trigger, const struct ch_paths *paths, bool target, struct ch_side *side)
{
	*side = (struct ch_side){ .word = CH_NONE, .target = target };
	for (uint32_t i = 0; i < paths->n; i++) {
		uint32_t words[CH_PARTIES_MAX], n;

		/* One alternative is enough; in a+b, b only adds to what a found. */
		if (paths->v[i].more != (side->n > 0)) {
			if (side->n)
				return;
			continue;
		}
		n = ch_bind_words(b, trigger, &paths->v[i], words, CH_PARTIES_MAX);
		for (uint32_t k = 0; k < n; k++) {
			if ((ch_deprel_is(tok(b->doc, words[k])->deprel, CH_DEP_ADVCL) || ch_deprel_is(tok(b->doc, words[k])->deprel, CH_DEP_ACL)) &&
			    !(target && paths->v[i].kind == CH_PATH_COMP))
				continue;
			add_conjuncts(b, words[k], target && paths->v[i].kind != CH_PATH_SUBJ, side);
			if (side->n && !side->path) {
				side->path = &paths->v[i];
				side->word = words[k];
			}
		}
	}
}

/* ---- conditions ---- */

/* A word's further selves, which a condition may be met by: its conjuncts, its modal, what it measures out, and of a name the title. */
static bool stands_for(const struct ch_binder *b, uint32_t word, uint32_t child)
{
	const struct ch_doc *doc = b->doc;
	unsigned r = tok(doc, child)->deprel;

	return r == CH_DEP_CONJ || r == CH_DEP_AUX || measured(b, word, child) ||
	       (tok(doc, word)->upos == CH_UPOS_PROPN && (r == CH_DEP_NMOD_DESC || r == CH_DEP_APPOS || r == CH_DEP_COMPOUND));
}

/* The lemma, or in a title its lower-case form: "Ambassador". */
static bool lemma_among(const struct ch_doc *doc, uint32_t token, const struct ch_map *lemmas)
{
	struct ch_str lemma = tok(doc, token)->lemma;
	char lower[32];

	if (ch_map_get(lemmas, lemma))
		return true;
	if (tok(doc, token)->upos != CH_UPOS_PROPN || lemma.len > sizeof lower)
		return false;
	for (size_t i = 0; i < lemma.len; i++)
		lower[i] = (char)(lemma.ptr[i] >= 'A' && lemma.ptr[i] <= 'Z' ? lemma.ptr[i] + 32 : lemma.ptr[i]);
	return ch_map_get(lemmas, ch_str_n(lower, lemma.len)) != NULL;
}

/* A party itself, or, with `person`, somebody who acts for one. */
static bool means_actor(const struct ch_doc *doc, uint32_t token, bool person)
{
	uint32_t m = tok(doc, token)->mention;

	if (m == CH_NONE)
		m = ch_who_at(doc, token);
	for (uint32_t i = 0; m != CH_NONE && i < doc->mentions.v[m].actor_n; i++) {
		const struct ch_actor *a = &doc->actors.v[doc->mention_actors.v[doc->mentions.v[m].actor_first + i]];

		if ((a->kind == CH_ACTOR_PERSON) == person && a->party.len && !ch_str_eqz(a->sector, "JRN"))
			return true;
	}
	return false;
}

static bool holds(const struct ch_binder *b, uint32_t trigger, const struct ch_need *need)
{
	uint32_t words[CH_PARTIES_MAX];
	uint32_t n = ch_bind_words(b, trigger, &need->path, words, CH_PARTIES_MAX);

	if (need->person || need->party) {
		for (uint32_t i = 0; i < n; i++)
			if (means_actor(b->doc, words[i], need->person))
				return true;
		if (!need->lemmas)
			return false;
	}
	if (!need->lemmas)
		return n > 0;
	for (uint32_t i = 0; i < n; i++) {
		if (lemma_among(b->doc, words[i], need->lemmas))
			return true;
		for (uint32_t c = tok(b->doc, words[i])->first_child; c != CH_NONE; c = tok(b->doc, c)->next_sibling)
			if (stands_for(b, words[i], c) && lemma_among(b->doc, c, need->lemmas))
				return true;
	}
	return false;
}

bool ch_bind_needs(const struct ch_binder *b, uint32_t trigger, const struct ch_pattern *p)
{
	for (uint32_t i = 0; i < p->n_needs; i++)
		if (holds(b, trigger, &p->needs[i]) == p->needs[i].not)
			return false;
	return true;
}

/* " is Konrad Adenauer (title and surname, 0.97)": whom the word means, and on what that rests. */
static struct ch_str linked(const struct ch_binder *b, struct ch_arena *arena, uint32_t word)
{
	uint32_t at = ch_who_at(b->doc, word);
	const struct ch_mention *m = at == CH_NONE ? NULL : &b->doc->mentions.v[at];

	if (!m || !m->actor_n || !m->basis)
		return CH_STR("");
	return ch_arena_printf(arena, " is %.*s%s (%s, %.2f)",
			       CH_STR_ARG(b->doc->actors.v[b->doc->mention_actors.v[m->actor_first]].name),
			       m->actor_n > 1 ? " and others" : "", m->basis, (double)m->confidence);
}

struct ch_str ch_side_print(const struct ch_binder *b, struct ch_arena *arena, const char *name, const struct ch_side *side)
{
	static const char *const names[] = { "subject", "object", "indirect object", "possessor", "modifier", "complement", "adverb", "particle",
					     "subject of the clause", "auxiliary", "negation" };
	struct ch_str word;

	if (side->guessed)
		return ch_arena_printf(arena, "%s: not said; whom the page is about", name);
	if (!side->path)
		return CH_STR("");
	word = ch_token_str(b->doc, side->word);
	return ch_arena_printf(arena, "%s: %s%.*s \"%.*s\"%s%.*s", name, side->path->light ? "light verb's " : "",
			       side->path->kind == CH_PATH_PREP ? (int)side->path->prep.len : (int)strlen(names[side->path->kind]),
			       side->path->kind == CH_PATH_PREP ? side->path->prep.ptr : names[side->path->kind], CH_STR_ARG(word),
			       side->indirect ? " (through its modifier)" : "", CH_STR_ARG(linked(b, arena, side->word)));
}
