/* who/coref_phrase.c -- the phrases that may be linked: noun phrases and pronouns of the tree, with what their own words
 * say of number, gender, kind and of the quotation they stand in. */
#include "text/words.h"
#include "who/coref.h"
#include "who_phrase_words.h"
#include <stdlib.h>

static const struct ch_token *tok(const struct who_coref *c, uint32_t t)
{
	return &c->r->doc->tokens.v[t];
}

/* FNV-1a over the letters in lower case; beyond ASCII as they are. */
static uint32_t lower_hash(struct ch_str s)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (size_t i = 0; i < s.len; i++) {
		unsigned char b = (unsigned char)s.ptr[i];

		h = (h ^ (b >= 'A' && b <= 'Z' ? b + 32u : b)) * 0x100000001b3u;
	}
	return (uint32_t)(h ^ h >> 32);
}

/* ---- words ---- */

static bool in_section(const struct ch_word *w, unsigned section)
{
	return w && w->sections >> section & 1;
}

static enum who_pronoun pronoun_of(const struct ch_word *w)
{
	static const uint8_t sections[] = {
		WHO_PHRASE_WORDS_I, WHO_PHRASE_WORDS_WE, WHO_PHRASE_WORDS_YOU, WHO_PHRASE_WORDS_HE, WHO_PHRASE_WORDS_SHE,
		WHO_PHRASE_WORDS_IT, WHO_PHRASE_WORDS_THEY, WHO_PHRASE_WORDS_ONE, WHO_PHRASE_WORDS_THIS, WHO_PHRASE_WORDS_THESE,
		WHO_PHRASE_WORDS_SOMEONE,
	};

	for (uint32_t i = 0; i < sizeof sections; i++)
		if (in_section(w, sections[i]))
			return (enum who_pronoun)(WHO_PRON_I + i);
	return WHO_PRON_OTHER;
}

static enum who_det det_of(const struct who_coref *c, uint32_t t)
{
	static const struct {
		unsigned section;
		enum who_det det;
	} dets[] = {
		{WHO_PHRASE_WORDS_THE, WHO_DET_THE},
		{WHO_PHRASE_WORDS_A, WHO_DET_A},
		{WHO_PHRASE_WORDS_DEMONSTRATIVE, WHO_DET_THIS},
		{WHO_PHRASE_WORDS_NO, WHO_DET_NO},
		{WHO_PHRASE_WORDS_QUANTITY, WHO_DET_QUANTITY},
	};
	struct ch_str s = ch_token_str(c->r->doc, t);
	const struct ch_word *w;

	if (ch_str_ieq(s, CH_STR("the"))) /* by far the most frequent */
		return WHO_DET_THE;
	w = ch_words_find(&who_phrase_words, s);
	for (size_t i = 0; i < sizeof dets / sizeof *dets; i++)
		if (in_section(w, dets[i].section))
			return dets[i].det;
	return WHO_DET_OTHER;
}

/* ---- tree and quotations ---- */

/* lo and hi: first and last+1 token of each subtree. Leaves first, so that each token is visited once. */
static void subtrees(struct who_coref *c)
{
	const struct ch_doc *doc = c->r->doc;
	uint32_t n = doc->tokens.n, *left = CH_NEW_N(c->r->arena, uint32_t, n + 1),
		 *stack = CH_NEW_N(c->r->arena, uint32_t, n + 1), top = 0;

	for (uint32_t t = 0; t < n; t++) {
		c->lo[t] = t;
		c->hi[t] = t + 1;
		if (doc->tokens.v[t].head != CH_NONE)
			left[doc->tokens.v[t].head]++;
	}
	for (uint32_t t = 0; t < n; t++)
		if (!left[t])
			stack[top++] = t;
	while (top) {
		uint32_t t = stack[--top], h = doc->tokens.v[t].head;

		if (h == CH_NONE)
			continue;
		if (c->lo[t] < c->lo[h])
			c->lo[h] = c->lo[t];
		if (c->hi[t] > c->hi[h])
			c->hi[h] = c->hi[t];
		if (!--left[h])
			stack[top++] = h;
	}
}

/* Quotation marks by the token; a straight one opens and closes in turn, and no quotation goes on where its paragraph ends
 * unless the next begins with a mark. */
static void quotations(struct who_coref *c)
{
	const struct ch_doc *doc = c->r->doc;
	uint32_t open = 0, n = 0, block = CH_NONE;

	for (uint32_t t = 0; t < doc->tokens.n; t++) {
		struct ch_str w = ch_token_str(doc, t);
		uint32_t b = doc->sentences.v[doc->tokens.v[t].sentence].block;

		if (b != block) {
			open = 0;
			block = b;
		}
		if (ch_str_eqz(w, "“") || ch_str_eqz(w, "«") || ch_str_eqz(w, "„") || ch_str_eqz(w, "``")) {
			open = ++n;
		} else if (ch_str_eqz(w, "”") || ch_str_eqz(w, "»") || ch_str_eqz(w, "''")) {
			open = 0;
		} else if (ch_str_eqz(w, "\"")) {
			open = open ? 0 : ++n;
		} else {
			c->quote[t] = open;
		}
	}
}

#define CHILDREN 60 /* of one head that are looked at: who says something stands near its verb */

static uint32_t child(const struct who_coref *c, uint32_t head, uint8_t rel)
{
	uint32_t n = 0;

	for (uint32_t t = tok(c, head)->first_child; t != CH_NONE && n < CHILDREN; t = tok(c, t)->next_sibling, n++)
		if (tok(c, t)->deprel == rel)
			return t;
	return CH_NONE;
}

#define CLIMB 12

/* The subject of the clause that a quotation hangs on, or that hangs on it ("…", said X). */
static uint32_t speaker_of(const struct who_coref *c, uint32_t t)
{
	uint32_t q = c->quote[t], at = t, top = t, s;

	if (!q)
		return CH_NONE;
	for (int i = 0; i < CLIMB; i++) {
		at = tok(c, top)->head;
		if (at == CH_NONE || c->quote[at] != q)
			break;
		top = at;
	}
	if (at != CH_NONE && c->quote[at] != q) {
		s = child(c, at, CH_DEP_NSUBJ);
		return s;
	}
	for (uint32_t k = tok(c, top)->first_child, n = 0; k != CH_NONE && n < CHILDREN; k = tok(c, k)->next_sibling, n++)
		if (tok(c, k)->deprel == CH_DEP_PARATAXIS && c->quote[k] != q && (s = child(c, k, CH_DEP_NSUBJ)) != CH_NONE)
			return s;
	return CH_NONE;
}

/* ---- phrases ---- */

static bool inner(uint8_t rel)
{
	switch (rel) {
	case CH_DEP_DET: case CH_DEP_DET_PREDET: case CH_DEP_AMOD: case CH_DEP_NUMMOD: case CH_DEP_NMOD: case CH_DEP_NMOD_POSS:
	case CH_DEP_NMOD_DESC: case CH_DEP_NMOD_UNMARKED: case CH_DEP_COMPOUND: case CH_DEP_FLAT: case CH_DEP_ACL:
	case CH_DEP_ACL_RELCL: case CH_DEP_FIXED: case CH_DEP_GOESWITH:
		return true;
	default:
		return false;
	}
}

static uint32_t lemma_hash(const struct who_coref *c, uint32_t t)
{
	return lower_hash(tok(c, t)->lemma.len ? tok(c, t)->lemma : ch_token_str(c->r->doc, t));
}

static void add_word(struct who_phrase *p, uint32_t h)
{
	for (uint32_t i = 0; i < p->n_words; i++)
		if (p->words[i] == h)
			return;
	if (p->n_words < WHO_COREF_WORDS)
		p->words[p->n_words++] = h;
}

static bool honorific(const struct who_coref *c, uint32_t t)
{
	return in_section(ch_words_find(&who_phrase_words, ch_token_str(c->r->doc, t)), WHO_PHRASE_WORDS_HONORIFIC);
}

static void add_name(struct who_coref *c, struct who_phrase *p, uint32_t t)
{
	if (p->n_names < WHO_COREF_WORDS && (tok(c, t)->upos == CH_UPOS_PROPN || c->name_kind[t]) &&
	    !honorific(c, t))
		p->names[p->n_names++] = lower_hash(ch_token_str(c->r->doc, t));
}

/* Words and span of the noun phrase headed by p->head. */
static void noun_words(struct who_coref *c, struct who_phrase *p)
{
	const struct ch_token *h = tok(c, p->head);

	for (uint32_t t = h->first_child; t != CH_NONE; t = tok(c, t)->next_sibling) {
		uint8_t rel = tok(c, t)->deprel;

		if (rel == CH_DEP_CASE && t == p->head + 1 && tok(c, t)->xpos == CH_XPOS_POS)
			p->possessive = true;
		if (rel == CH_DEP_DET && p->det == WHO_DET_BARE)
			p->det = det_of(c, t);
		if (rel == CH_DEP_NUMMOD && p->det == WHO_DET_BARE)
			p->det = WHO_DET_NUMBER;
		if (rel == CH_DEP_NMOD_POSS)
			p->det = WHO_DET_POSSESSOR;
		if (t < p->head && (rel == CH_DEP_COMPOUND || rel == CH_DEP_FLAT || rel == CH_DEP_NMOD_DESC || rel == CH_DEP_AMOD))
			add_name(c, p, t);
	}
	add_name(c, p, p->head);
	for (uint32_t t = h->first_child; t != CH_NONE; t = tok(c, t)->next_sibling)
		if (t > p->head && (tok(c, t)->deprel == CH_DEP_FLAT || tok(c, t)->deprel == CH_DEP_COMPOUND))
			add_name(c, p, t);
	/* "Mr. Begin" is headed by Begin, whatever the tree says */
	add_word(p, p->n_names && honorific(c, p->head) ? p->names[p->n_names - 1] : lemma_hash(c, p->head));
	if (h->upos == CH_UPOS_PROPN)
		for (uint32_t i = 0; i + 1 < p->n_names; i++)
			add_word(p, p->names[i]);
	for (uint32_t t = h->first_child; t != CH_NONE; t = tok(c, t)->next_sibling) {
		uint8_t rel = tok(c, t)->deprel;

		if (rel == CH_DEP_AMOD || rel == CH_DEP_COMPOUND || rel == CH_DEP_FLAT || rel == CH_DEP_NMOD || rel == CH_DEP_NUMMOD ||
		    rel == CH_DEP_NMOD_POSS || rel == CH_DEP_NMOD_DESC)
			add_word(p, lemma_hash(c, t));
	}
}

static void noun_span(const struct who_coref *c, struct who_phrase *p)
{
	p->first = p->head;
	p->past = p->head + 1;
	for (uint32_t t = tok(c, p->head)->first_child; t != CH_NONE; t = tok(c, t)->next_sibling) {
		if (!inner(tok(c, t)->deprel))
			continue;
		if (c->lo[t] < p->first)
			p->first = c->lo[t];
		if (c->hi[t] > p->past)
			p->past = c->hi[t];
	}
}

/* What lexicon/who/nouns.txt says of a noun. */
static bool of_noun(struct who_phrase *p, const struct ch_word *w)
{
	static const struct {
		unsigned section;
		enum who_type type;
		uint8_t gender;
	} classes[] = {
		{WHO_PHRASE_WORDS_MAN, WHO_TYPE_PERSON, 'm'}, {WHO_PHRASE_WORDS_WOMAN, WHO_TYPE_PERSON, 'f'},
		{WHO_PHRASE_WORDS_PERSON, WHO_TYPE_PERSON, 0}, {WHO_PHRASE_WORDS_PLACE, WHO_TYPE_PLACE, 0},
		{WHO_PHRASE_WORDS_ORGANIZATION, WHO_TYPE_ORG, 0}, {WHO_PHRASE_WORDS_TIME, WHO_TYPE_TIME, 0},
		{WHO_PHRASE_WORDS_EVENT, WHO_TYPE_EVENT, 0},
	};

	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
		if (in_section(w, classes[i].section)) {
			p->type = classes[i].type;
			if (classes[i].gender)
				p->gender = classes[i].gender;
			p->guest = in_section(w, WHO_PHRASE_WORDS_GUEST);
			p->host = in_section(w, WHO_PHRASE_WORDS_HOST);
			return true;
		}
	return false;
}

static void type_of(struct who_coref *c, struct who_phrase *p)
{
	static const enum who_type of_name[] = {WHO_TYPE_PERSON, WHO_TYPE_ORG, WHO_TYPE_PLACE, WHO_TYPE_EVENT, WHO_TYPE_THING};
	struct ch_doc *doc = c->r->doc;
	const struct ch_token *h = tok(c, p->head);
	uint32_t m = h->mention;
	const struct ch_word *noun = NULL;

	p->actor = CH_NONE;
	if (m != CH_NONE && doc->mentions.v[m].actor_n == 1 && !doc->mentions.v[m].place_only) {
		p->actor = doc->mention_actors.v[doc->mentions.v[m].actor_first];
		p->gender = c->r->refs.v[p->actor].gender;
	}
	if (h->upos == CH_UPOS_NOUN || h->upos == CH_UPOS_ADJ) {
		noun = h->lemma.len ? ch_words_find(&who_phrase_words, h->lemma) : NULL;
		if (!of_noun(p, noun) && !ch_str_ieq(h->lemma, ch_token_str(doc, p->head)))
			noun = ch_words_find(&who_phrase_words, ch_token_str(doc, p->head));
	}
	if (of_noun(p, noun)) {
		return;
	} else if (p->actor != CH_NONE) {
		enum ch_actor_kind k = doc->actors.v[p->actor].kind;

		p->type = k == CH_ACTOR_PERSON ? WHO_TYPE_PERSON : k == CH_ACTOR_STATE ? WHO_TYPE_PLACE : WHO_TYPE_ORG;
	} else if (c->name_kind[p->head]) {
		p->type = of_name[c->name_kind[p->head] - 1];
	} else if (m != CH_NONE && doc->mentions.v[m].place.len) {
		p->type = WHO_TYPE_PLACE;
	}
}

static void pronoun_facts(struct who_coref *c, struct who_phrase *p)
{
	struct ch_str w = ch_token_str(c->r->doc, p->head);
	uint32_t m = tok(c, p->head)->mention;

	p->kind = CH_MENTION_PRONOUN;
	p->pronoun = pronoun_of(ch_words_find(&who_phrase_words, w));
	p->reflexive = ch_str_ends(w, CH_STR("self")) || ch_str_ends(w, CH_STR("selves"));
	p->possessive = tok(c, p->head)->xpos == CH_XPOS_PRPS || tok(c, p->head)->deprel == CH_DEP_NMOD_POSS;
	p->gender = p->pronoun == WHO_PRON_HE ? 'm' : p->pronoun == WHO_PRON_SHE ? 'f' : 0;
	p->plural = p->pronoun == WHO_PRON_WE || p->pronoun == WHO_PRON_THEY || p->pronoun == WHO_PRON_THESE;
	p->singular = p->gender || p->pronoun == WHO_PRON_I || p->pronoun == WHO_PRON_IT || p->pronoun == WHO_PRON_THIS;
	p->actor = CH_NONE;
	if (m != CH_NONE && c->r->doc->mentions.v[m].actor_n == 1)
		p->rule = c->r->doc->mention_actors.v[c->r->doc->mentions.v[m].actor_first];
	if (p->gender || p->pronoun == WHO_PRON_I || p->pronoun == WHO_PRON_WE || p->pronoun == WHO_PRON_YOU)
		p->type = WHO_TYPE_PERSON;
}

static uint32_t last_joined(const struct who_coref *c, uint32_t head)
{
	uint32_t last = CH_NONE;

	for (uint32_t t = tok(c, head)->first_child; t != CH_NONE; t = tok(c, t)->next_sibling)
		if (tok(c, t)->deprel == CH_DEP_CONJ && t > head &&
		    (tok(c, t)->upos == CH_UPOS_NOUN || tok(c, t)->upos == CH_UPOS_PROPN || tok(c, t)->upos == CH_UPOS_PRON))
			last = t;
	return last;
}

/* Everything but the span, from the head. */
static void facts(struct who_coref *c, struct who_phrase *p)
{
	const struct ch_token *h = tok(c, p->head);

	p->quote = c->quote[p->head];
	p->speaker = p->quote ? speaker_of(c, p->head) : CH_NONE;
	p->before = CH_NONE;
	p->rule = CH_NONE;
	if (h->upos == CH_UPOS_PRON || h->upos == CH_UPOS_DET) {
		pronoun_facts(c, p);
	} else {
		p->kind = h->upos == CH_UPOS_PROPN ? CH_MENTION_NAME : CH_MENTION_NOMINAL;
		noun_words(c, p);
		p->plural = h->xpos == CH_XPOS_NNS || h->xpos == CH_XPOS_NNPS;
		p->singular = !p->plural;
		type_of(c, p);
	}
	if (p->joined) {
		p->kind = CH_MENTION_NOMINAL;
		p->plural = true;
		p->singular = false;
		p->gender = 0;
		p->pronoun = WHO_PRON_NONE;
		p->actor = CH_NONE;
	}
	for (uint32_t i = 0; i < p->n_words; i++)
		p->mask |= (uint64_t)1 << (p->words[i] >> 7 & 63);
	for (uint32_t i = 0; i < p->n_names; i++)
		p->mask |= (uint64_t)1 << (p->names[i] >> 7 & 63);
	who_coref_describe(c, p);
}

static bool heads_phrase(const struct who_coref *c, uint32_t t)
{
	const struct ch_token *k = tok(c, t);

	switch (k->upos) {
	case CH_UPOS_PROPN:
		return k->deprel != CH_DEP_FLAT && k->deprel != CH_DEP_FIXED && k->deprel != CH_DEP_GOESWITH;
	case CH_UPOS_NOUN:
		return k->deprel != CH_DEP_FLAT && k->deprel != CH_DEP_FIXED && k->deprel != CH_DEP_GOESWITH &&
		       k->deprel != CH_DEP_COMPOUND;
	case CH_UPOS_PRON:
		return k->deprel != CH_DEP_EXPL && k->xpos != CH_XPOS_WP && k->xpos != CH_XPOS_WDT && k->xpos != CH_XPOS_WPS &&
		       k->xpos != CH_XPOS_EX && k->xpos != CH_XPOS_WRB;
	case CH_UPOS_DET:
		return k->deprel != CH_DEP_DET && k->deprel != CH_DEP_DET_PREDET && k->deprel != CH_DEP_ADVMOD &&
		       k->deprel != CH_DEP_CC_PRECONJ;
	case CH_UPOS_ADJ: /* "the American left" */
		return child(c, t, CH_DEP_DET) != CH_NONE && (k->deprel == CH_DEP_NSUBJ || k->deprel == CH_DEP_NSUBJ_PASS ||
			k->deprel == CH_DEP_OBJ || k->deprel == CH_DEP_OBL || k->deprel == CH_DEP_NMOD || k->deprel == CH_DEP_OBL_AGENT);
	default:
		return false;
	}
}

static struct who_phrase *add(struct who_coref *c, uint32_t first, uint32_t past, uint32_t head)
{
	struct who_phrase *p = CH_PUSH(c->r->arena, &c->phrases);

	*p = (struct who_phrase){.first = first, .past = past, .head = head, .chain = CH_NONE};
	return p;
}

static int by_head(const void *x, const void *y)
{
	const struct who_phrase *a = x, *b = y;

	if (a->head != b->head)
		return a->head < b->head ? -1 : 1;
	if (a->past - a->first != b->past - b->first)
		return a->past - a->first < b->past - b->first ? -1 : 1;
	return a->first < b->first ? -1 : a->first > b->first;
}

void who_coref_phrases(struct who_coref *c, const struct who_coref_trace *trace)
{
	const struct ch_doc *doc = c->r->doc;
	uint32_t n = doc->tokens.n;

	c->lo = CH_NEW_N(c->r->arena, uint32_t, n + 1);
	c->hi = CH_NEW_N(c->r->arena, uint32_t, n + 1);
	c->quote = CH_NEW_N(c->r->arena, uint32_t, n + 1);
	c->name_kind = CH_NEW_N(c->r->arena, uint8_t, n + 1);
	subtrees(c);
	quotations(c);
	for (uint32_t i = 0; i < doc->names.n; i++)
		for (uint32_t t = doc->names.v[i].first; t < doc->names.v[i].past; t++)
			c->name_kind[t] = (uint8_t)(1 + doc->names.v[i].kind);
	if (trace && trace->given) {
		for (uint32_t i = 0; i < trace->n_given; i++) {
			struct who_phrase *p = add(c, trace->given[i].first, trace->given[i].past, trace->given[i].head);
			uint32_t last = last_joined(c, p->head);

			p->joined = last != CH_NONE && last < p->past;
		}
		qsort(c->phrases.v, c->phrases.n, sizeof *c->phrases.v, by_head);
	} else {
		uint32_t most = 0;

		for (uint32_t t = 0; t < n; t++)
			most += heads_phrase(c, t) ? 1u + (tok(c, t)->first_child != CH_NONE && last_joined(c, t) != CH_NONE) : 0u;
		c->phrases.v = CH_NEW_N(c->r->arena, struct who_phrase, most + 1);
		c->phrases.cap = most + 1;
		for (uint32_t t = 0; t < n; t++) {
			struct who_phrase *p;
			uint32_t last;

			if (!heads_phrase(c, t))
				continue;
			p = add(c, t, t + 1, t);
			noun_span(c, p);
			last = last_joined(c, t);
			if (last != CH_NONE) {
				uint32_t first = p->first;

				p = add(c, first, c->hi[last], t);
				p->joined = true;
			}
		}
	}
	for (uint32_t i = 0; i < c->phrases.n; i++)
		facts(c, &c->phrases.v[i]);
}
