/* who/coref_features.c -- what the ranker of coref.c sees: a phrase by itself, and a phrase beside a chain. Numbers of features are
 * those of model/coref.inc; who changes them here trains anew (train/coref.py). */
#include "who/coref.h"

/* ---- a phrase by itself ---- */

enum {
	P_PRONOUN = 0,
	P_KIND = P_PRONOUN + WHO_PRON_N, /* name, nominal, pronoun, joined */
	P_DET = P_KIND + 4,
	P_NUMBER = P_DET + WHO_DET_N,
	P_GENDER = P_NUMBER + 3,
	P_TYPE = P_GENDER + 3,
	P_ROLE = P_TYPE + WHO_TYPE_N, /* 16 */
	P_POSSESSIVE = P_ROLE + 16,
	P_REFLEXIVE,
	P_QUOTED,
	P_SPEAKER,
	P_FIRST,
	P_RELATIVE,
	P_ADJECTIVE,
	P_OF,
	P_WORDS,              /* 4 */
	P_NAME = P_WORDS + 4, /* some of its words are names */
	P_UPPER,
	P_ACTOR,              /* 5: none or its kind */
	P_WHERE = P_ACTOR + 5, /* in the page: 4 */
	P_ONLY_NAME = P_WHERE + 4,
	P_PREDICATE,
	P_NEGATED,
	P_N
};

_Static_assert(P_N <= WHO_F_PHRASE, "features of a phrase");

static const struct ch_token *tok(const struct who_coref *c, uint32_t t)
{
	return &c->r->doc->tokens.v[t];
}

static uint32_t role_of(uint8_t rel)
{
	static const uint8_t roles[] = {
		CH_DEP_NSUBJ, CH_DEP_NSUBJ_PASS, CH_DEP_OBJ, CH_DEP_IOBJ, CH_DEP_OBL, CH_DEP_NMOD, CH_DEP_NMOD_POSS, CH_DEP_APPOS,
		CH_DEP_CONJ, CH_DEP_COMPOUND, CH_DEP_ROOT, CH_DEP_OBL_AGENT, CH_DEP_VOCATIVE, CH_DEP_XCOMP, CH_DEP_PARATAXIS,
	};

	for (uint32_t i = 0; i < sizeof roles; i++)
		if (roles[i] == rel)
			return i;
	return sizeof roles;
}

static bool has_child(const struct who_coref *c, uint32_t head, uint8_t rel)
{
	for (uint32_t t = tok(c, head)->first_child; t != CH_NONE; t = tok(c, t)->next_sibling)
		if (tok(c, t)->deprel == rel)
			return true;
	return false;
}

struct list {
	uint16_t *f;
	uint32_t n, max;
};

static void put(struct list *l, uint32_t feature)
{
	if (l->n < l->max)
		l->f[l->n++] = (uint16_t)feature;
}

static void put_if(struct list *l, bool yes, uint32_t feature)
{
	if (yes)
		put(l, feature);
}

void who_coref_describe(struct who_coref *c, struct who_phrase *p)
{
	const struct ch_doc *doc = c->r->doc;
	const struct ch_token *h = tok(c, p->head);
	const struct ch_sentence *s = &doc->sentences.v[h->sentence];
	struct list l = {p->f, 0, WHO_F_OWN};
	uint8_t rel = h->deprel;
	uint32_t up = rel == CH_DEP_CONJ && h->head != CH_NONE ? h->head : p->head;
	bool upper = true;
	struct ch_str w = ch_token_str(doc, p->head);

	for (size_t i = 0; i < w.len; i++)
		upper &= w.ptr[i] >= 'A' && w.ptr[i] <= 'Z';
	put(&l, P_PRONOUN + p->pronoun);
	put(&l, P_KIND + (p->joined ? 3u : (uint32_t)p->kind));
	if (p->kind != CH_MENTION_PRONOUN)
		put(&l, P_DET + (uint32_t)p->det);
	put(&l, P_NUMBER + (p->plural ? 1u : p->singular ? 0u : 2u));
	put(&l, P_GENDER + (p->gender == 'm' ? 1u : p->gender == 'f' ? 2u : 0u));
	put(&l, P_TYPE + (uint32_t)p->type);
	put(&l, P_ROLE + role_of(tok(c, up)->deprel));
	put_if(&l, p->possessive, P_POSSESSIVE);
	put_if(&l, p->reflexive, P_REFLEXIVE);
	put_if(&l, p->quote, P_QUOTED);
	put_if(&l, p->speaker != CH_NONE, P_SPEAKER);
	put_if(&l, p->first == s->first, P_FIRST);
	put_if(&l, has_child(c, p->head, CH_DEP_ACL_RELCL), P_RELATIVE);
	put_if(&l, has_child(c, p->head, CH_DEP_AMOD), P_ADJECTIVE);
	put_if(&l, has_child(c, p->head, CH_DEP_NMOD), P_OF);
	put(&l, P_WORDS + (p->n_words < 3 ? p->n_words : 3));
	put_if(&l, p->n_names, P_NAME);
	put_if(&l, p->kind != CH_MENTION_PRONOUN && upper, P_UPPER);
	put(&l, P_ACTOR + (p->actor == CH_NONE ? 0u : 1u + (uint32_t)doc->actors.v[p->actor].kind));
	put(&l, P_WHERE + (h->sentence < 2 ? 0u : h->sentence < 6 ? 1u : h->sentence < 20 ? 2u : 3u));
	put_if(&l, p->n_names && p->n_names == p->n_words, P_ONLY_NAME);
	put_if(&l, has_child(c, p->head, CH_DEP_COP), P_PREDICATE);
	put_if(&l, p->det == WHO_DET_NO, P_NEGATED);
	p->n_f = l.n;
}

/* ---- a phrase beside a chain ---- */

enum {
	R_SENTENCES = 0, /* 8 */
	R_RANK = R_SENTENCES + 8, /* 8 */
	R_FITTING = R_RANK + 8,   /* 5 */
	R_COUNT = R_FITTING + 5,  /* 5 */
	R_EQUAL = R_COUNT + 5,
	R_HEAD,
	R_HEAD_LAST,
	R_NAMES_WITHIN,
	R_NAMES_SHARED,
	R_NAMES_APART, /* both have names and share none */
	R_SURNAME,
	R_FIRST_NAME,
	R_ACRONYM,
	R_MODIFIERS_WITHIN, /* what modifies the phrase modified the chain's */
	R_MODIFIERS_APART,  /* same head, other modifiers on both */
	R_NEW_MODIFIER,
	R_HEAD_IN_WORDS,
	R_ACTOR_SAME,
	R_ACTOR_OTHER,
	R_ACTOR_STATE, /* the chain's actor acts for the state that the phrase means, or the other way round */
	R_GENDER_SAME,
	R_GENDER_OTHER,
	R_GENDER_OPEN,
	R_NUMBER_OTHER,
	R_NUMBER_SAME,
	R_TYPE_SAME,
	R_TYPE_OTHER,
	R_TYPE_OPEN,
	R_PRONOUN_SAME,
	R_HAS_PRONOUN,                              /* by pronoun */
	R_LAST_PRONOUN = R_HAS_PRONOUN + WHO_PRON_N, /* the chain was last a pronoun */
	R_ONLY_PRONOUNS,
	R_SAME_QUOTE,
	R_OTHER_QUOTE,
	R_QUOTE_OUT,
	R_QUOTE_IN,
	R_IS_SPEAKER,
	R_SPEAKER_THERE, /* the quotation has another speaker */
	R_FIRST_AND_SPEAKER,
	R_WAS_SPEAKER, /* the chain's last phrase was "I", and the speaker around this pronoun is the phrase */
	R_SAME_VERB,
	R_SAME_VERB_REFLEXIVE,
	R_SUBJECT_ABOVE,
	R_SUBJECT_LAST,
	R_SAME_ROLE,
	R_APPOSED,
	R_COPULA,
	R_INSIDE,
	R_AROUND,
	R_JOINED_WITH,
	R_CLAUSE_BEFORE,
	R_KINDS,           /* 16: of the phrase and the chain's last */
	R_TYPES = R_KINDS + 16,
	R_DET_HEAD = R_TYPES + WHO_TYPE_N, /* "the X" after "a X" */
	R_DET_HEAD_THIS,
	R_ADJACENT,
	R_RULE_SAME,
	R_RULE_OTHER,
	R_RULE_OPEN,
	R_N
};

_Static_assert(R_N <= WHO_F_PAIRS - 20, "features of a pair");

enum {
	N_ROW = WHO_F_PAIRS - 16, /* of the row that says "none" */
	N_EQUAL,
	N_HEAD,
	N_NAME,
	N_FITTING,
	N_FIT_NEAR,
	N_ANY,
};

static bool has_word(const struct who_phrase *p, uint32_t w)
{
	for (uint32_t i = 0; i < p->n_words; i++)
		if (p->words[i] == w)
			return true;
	return false;
}

static uint32_t shared_names(const struct who_phrase *a, const struct who_phrase *b)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < a->n_names; i++)
		for (uint32_t k = 0; k < b->n_names; k++)
			if (a->names[i] == b->names[k]) {
				n++;
				break;
			}
	return n;
}

/* "AU" beside "African Union". */
static bool acronym(const struct who_coref *c, const struct who_phrase *p, const struct who_phrase *q)
{
	const struct who_phrase *a = p->past - p->first <= q->past - q->first ? p : q, *b = a == p ? q : p;
	struct ch_str w = ch_token_str(c->r->doc, a->head);
	size_t at = 0;

	if (w.len < 2 || w.len > 8 || a->n_names != 1 || b->past - b->first < 2)
		return false;
	for (uint32_t t = b->first; t < b->past; t++) {
		char first = *ch_token_str(c->r->doc, t).ptr;

		if (first < 'A' || first > 'Z')
			continue;
		if (at < w.len && w.ptr[at] == first)
			at++;
		else
			return false;
	}
	return at == w.len;
}

/* Words of p against one form of the chain: bits by what was found, numbered from R_EQUAL. */
static uint64_t words_against(const struct who_coref *c, const struct who_phrase *p, const struct who_phrase *q)
{
	uint64_t bits = 0;
	uint32_t in = 0, shared;

#define BIT(r) ((uint64_t)1 << ((r) - R_EQUAL))
	if (!p->n_words || !q->n_words || p->joined != q->joined)
		return 0;
	if (!(p->mask & q->mask))
		return !p->n_names || !q->n_names ? 0 : BIT(R_NAMES_APART) | (acronym(c, p, q) ? BIT(R_ACRONYM) : 0);
	for (uint32_t i = 1; i < p->n_words; i++)
		in += has_word(q, p->words[i]);
	if (p->words[0] == q->words[0]) {
		bits |= BIT(R_HEAD);
		if (in + 1 == p->n_words)
			bits |= p->n_words == q->n_words ? BIT(R_EQUAL) : BIT(R_MODIFIERS_WITHIN);
		else if (q->n_words > 1 && !in)
			bits |= BIT(R_MODIFIERS_APART);
		else
			bits |= BIT(R_NEW_MODIFIER);
	} else if (has_word(q, p->words[0]) || has_word(p, q->words[0])) {
		bits |= BIT(R_HEAD_IN_WORDS);
	}
	shared = shared_names(p, q);
	if (p->n_names && q->n_names) {
		if (shared == p->n_names || shared == q->n_names)
			bits |= BIT(R_NAMES_WITHIN);
		else if (shared)
			bits |= BIT(R_NAMES_SHARED);
		else
			bits |= BIT(R_NAMES_APART);
		if (p->names[p->n_names - 1] == q->names[q->n_names - 1])
			bits |= BIT(R_SURNAME);
		if (p->names[0] == q->names[0])
			bits |= BIT(R_FIRST_NAME);
		if (!shared && acronym(c, p, q))
			bits |= BIT(R_ACRONYM);
	}
	return bits;
#undef BIT
}

static uint32_t step(uint32_t n, const uint8_t *bounds, uint32_t n_bounds)
{
	uint32_t k = 0;

	while (k < n_bounds && n >= bounds[k])
		k++;
	return k;
}

/* The verb (or other head) whose argument the phrase is; CH_NONE. */
static uint32_t governor(const struct who_coref *c, const struct who_phrase *p)
{
	uint32_t h = p->head;

	if (tok(c, h)->deprel == CH_DEP_CONJ && tok(c, h)->head != CH_NONE)
		h = tok(c, h)->head;
	return tok(c, h)->head;
}

static bool subject(const struct who_coref *c, const struct who_phrase *p)
{
	uint8_t rel = tok(c, p->head)->deprel;

	return rel == CH_DEP_NSUBJ || rel == CH_DEP_NSUBJ_PASS;
}

static bool known(const struct who_coref *c, uint32_t actor)
{
	return c->r->refs.v[actor].entity != CH_NONE;
}

bool who_coref_barred(const struct who_coref *c, const struct who_phrase *p, const struct who_chain *chain)
{
	uint32_t g = tok(c, p->head)->head, n = 0;

	if (p->kind == CH_MENTION_NAME && p->actor != CH_NONE && chain->actor != CH_NONE && p->actor != chain->actor)
		return known(c, p->actor) && known(c, chain->actor) &&
		       c->r->doc->actors.v[p->actor].kind == c->r->doc->actors.v[chain->actor].kind;
	if (!p->pronoun || p->possessive || p->reflexive || g == CH_NONE || tok(c, p->head)->deprel == CH_DEP_CONJ)
		return false;
	for (uint32_t i = chain->last; i != CH_NONE && n < 4; i = c->phrases.v[i].before, n++) {
		const struct who_phrase *q = &c->phrases.v[i];

		if (!q->possessive && tok(c, q->head)->head == g && tok(c, q->head)->deprel != CH_DEP_CONJ &&
		    tok(c, q->head)->deprel != CH_DEP_APPOS && tok(c, g)->upos == CH_UPOS_VERB)
			return true;
	}
	return false;
}

bool who_coref_fits(const struct who_phrase *p, const struct who_chain *chain)
{
	if (p->gender && chain->gender && p->gender != chain->gender)
		return false;
	if ((p->plural && chain->singular && !chain->plural) || (p->singular && chain->plural && !chain->singular))
		return false;
	if (p->pronoun == WHO_PRON_IT || p->pronoun == WHO_PRON_THIS)
		return chain->type != WHO_TYPE_PERSON;
	if (p->type && chain->type && p->type != chain->type)
		return false;
	return !((p->pronoun == WHO_PRON_HE || p->pronoun == WHO_PRON_SHE) && chain->type != WHO_TYPE_PERSON);
}

/* Where both stand in one sentence: who does what to whom. */
static void by_tree(const struct who_coref *c, const struct who_phrase *p, const struct who_phrase *q, struct list *l)
{
	uint32_t g = governor(c, p), k = governor(c, q);

	if (q->first <= p->first && p->past <= q->past)
		put(l, WHO_F_PAIR + R_INSIDE);
	else if (p->first <= q->first && q->past <= p->past)
		put(l, WHO_F_PAIR + R_AROUND);
	if (g != CH_NONE && g == k) {
		put(l, WHO_F_PAIR + R_SAME_VERB);
		put_if(l, p->reflexive, WHO_F_PAIR + R_SAME_VERB_REFLEXIVE);
	}
	/* "Aliyev thanked Trump for his support": his hangs on what hangs on the subject's verb */
	if (subject(c, q) && k != CH_NONE) {
		uint32_t up = g;

		for (int i = 0; i < 4 && up != CH_NONE; i++, up = tok(c, up)->head)
			if (up == k) {
				put(l, WHO_F_PAIR + R_SUBJECT_ABOVE);
				break;
			}
		if (g != CH_NONE && subject(c, p) && tok(c, g)->head == k)
			put(l, WHO_F_PAIR + R_CLAUSE_BEFORE);
	}
	if ((tok(c, p->head)->deprel == CH_DEP_APPOS && tok(c, p->head)->head == q->head) ||
	    (tok(c, q->head)->deprel == CH_DEP_APPOS && tok(c, q->head)->head == p->head))
		put(l, WHO_F_PAIR + R_APPOSED);
	if ((subject(c, q) && tok(c, q->head)->head == p->head) || (subject(c, p) && tok(c, p->head)->head == q->head))
		put(l, WHO_F_PAIR + R_COPULA);
	if ((tok(c, p->head)->deprel == CH_DEP_CONJ && tok(c, p->head)->head == q->head) ||
	    (p->joined && p->head == q->head))
		put(l, WHO_F_PAIR + R_JOINED_WITH);
	if (q->past <= p->first && p->first - q->past <= 1)
		put(l, WHO_F_PAIR + R_ADJACENT);
}

static void by_quotation(const struct who_coref *c, const struct who_phrase *p, const struct who_chain *chain,
			 const struct who_phrase *q, struct list *l)
{
	if (p->quote)
		put(l, WHO_F_PAIR + (q->quote == p->quote ? R_SAME_QUOTE : q->quote ? R_OTHER_QUOTE : R_QUOTE_OUT));
	else
		put_if(l, q->quote, WHO_F_PAIR + R_QUOTE_IN);
	if (p->speaker != CH_NONE) {
		bool is = false;

		for (uint32_t i = chain->last, n = 0; i != CH_NONE && n < 4 && !is; i = c->phrases.v[i].before, n++)
			is = c->phrases.v[i].head == p->speaker;
		put(l, WHO_F_PAIR + (is ? R_IS_SPEAKER : R_SPEAKER_THERE));
		put_if(l, is && (p->pronoun == WHO_PRON_I || p->pronoun == WHO_PRON_WE), WHO_F_PAIR + R_FIRST_AND_SPEAKER);
	}
	put_if(l, q->speaker == p->head && q->pronoun == WHO_PRON_I, WHO_F_PAIR + R_WAS_SPEAKER);
}

uint32_t who_coref_pair(const struct who_coref *c, const struct who_phrase *p, const struct who_chain *chain,
			uint32_t rank, uint32_t fitting, uint16_t f[WHO_F_MAX])
{
	static const uint8_t far[] = {1, 2, 3, 4, 7, 12, 25}, ranks[] = {1, 2, 3, 5, 9, 17, 30}, fits[] = {1, 2, 3, 6},
			     counts[] = {2, 3, 5, 10};
	const struct who_phrase *q = &c->phrases.v[chain->last];
	uint32_t sp = tok(c, p->head)->sentence, sq = tok(c, q->head)->sentence;
	struct list l = {f, 0, WHO_F_MAX};
	uint64_t words = 0;
	enum who_type type = p->type;

	put(&l, WHO_F_PAIR + R_SENTENCES + step(sp > sq ? sp - sq : 0, far, sizeof far));
	put(&l, WHO_F_PAIR + R_RANK + step(rank, ranks, sizeof ranks));
	put(&l, WHO_F_PAIR + R_FITTING + step(fitting, fits, sizeof fits));
	put(&l, WHO_F_PAIR + R_COUNT + step(chain->count, counts, sizeof counts));
	for (uint32_t i = 0; i < chain->n_forms; i++)
		words |= words_against(c, p, &c->phrases.v[chain->forms[i]]);
	if (words & ((uint64_t)1 << (R_NAMES_WITHIN - R_EQUAL)))
		words &= ~((uint64_t)1 << (R_NAMES_APART - R_EQUAL));
	for (uint32_t b = 0; b < 13; b++)
		put_if(&l, words >> b & 1, WHO_F_PAIR + R_EQUAL + b);
	put_if(&l, p->n_words && q->n_words && p->words[0] == q->words[0], WHO_F_PAIR + R_HEAD_LAST);
	if (words & 2) {
		put_if(&l, p->det == WHO_DET_THE, WHO_F_PAIR + R_DET_HEAD);
		put_if(&l, p->det == WHO_DET_THIS, WHO_F_PAIR + R_DET_HEAD_THIS);
	}
	if (p->actor != CH_NONE && chain->actor != CH_NONE) {
		put(&l, WHO_F_PAIR + (p->actor == chain->actor ? R_ACTOR_SAME : R_ACTOR_OTHER));
		put_if(&l, c->r->refs.v[p->actor].state == chain->actor || c->r->refs.v[chain->actor].state == p->actor,
		       WHO_F_PAIR + R_ACTOR_STATE);
	}
	if (p->pronoun)
		put(&l, WHO_F_PAIR + (p->rule == CH_NONE || chain->actor == CH_NONE ? R_RULE_OPEN : p->rule == chain->actor ? R_RULE_SAME : R_RULE_OTHER));
	if (p->gender)
		put(&l, WHO_F_PAIR + (!chain->gender ? R_GENDER_OPEN : p->gender == chain->gender ? R_GENDER_SAME : R_GENDER_OTHER));
	if ((p->plural && chain->singular && !chain->plural) || (p->singular && chain->plural && !chain->singular))
		put(&l, WHO_F_PAIR + R_NUMBER_OTHER);
	else
		put_if(&l, (p->plural && chain->plural) || (p->singular && chain->singular), WHO_F_PAIR + R_NUMBER_SAME);
	if (type)
		put(&l, WHO_F_PAIR + (!chain->type ? R_TYPE_OPEN : chain->type == type ? R_TYPE_SAME : R_TYPE_OTHER));
	put(&l, WHO_F_PAIR + R_TYPES + (uint32_t)chain->type);
	if (p->pronoun) {
		put_if(&l, chain->pronouns >> p->pronoun & 1, WHO_F_PAIR + R_PRONOUN_SAME);
		for (uint32_t k = 1; k < WHO_PRON_N; k++)
			put_if(&l, k != (uint32_t)p->pronoun && chain->pronouns >> k & 1, WHO_F_PAIR + R_HAS_PRONOUN + k);
	}
	put_if(&l, q->kind == CH_MENTION_PRONOUN, WHO_F_PAIR + R_LAST_PRONOUN);
	put_if(&l, !chain->n_forms, WHO_F_PAIR + R_ONLY_PRONOUNS);
	put(&l, WHO_F_PAIR + R_KINDS + (p->joined ? 3u : (uint32_t)p->kind) * 4 + (q->joined ? 3u : (uint32_t)q->kind));
	put_if(&l, subject(c, q), WHO_F_PAIR + R_SUBJECT_LAST);
	put_if(&l, tok(c, p->head)->deprel == tok(c, q->head)->deprel, WHO_F_PAIR + R_SAME_ROLE);
	by_quotation(c, p, chain, q, &l);
	if (sp == sq)
		by_tree(c, p, q, &l);
	return l.n;
}

unsigned who_coref_seen(const uint16_t *f, uint32_t n)
{
	unsigned seen = 0;

	for (uint32_t i = 0; i < n; i++) {
		uint32_t k = f[i] - WHO_F_PAIR;

		seen |= k == R_EQUAL ? 1u : k == R_HEAD ? 2u : k == R_NAMES_WITHIN || k == R_ACTOR_SAME ? 4u : 0u;
	}
	return seen;
}

uint32_t who_coref_none(unsigned seen, uint16_t f[WHO_F_MAX])
{
	struct list l = {f, 0, WHO_F_MAX};

	put(&l, WHO_F_PAIR + N_ROW);
	for (uint32_t b = 0; b < 6; b++)
		put_if(&l, seen >> b & 1, WHO_F_PAIR + N_EQUAL + b);
	return l.n;
}
