/* who/coref.h -- which phrases of a page mean the same: chains of names, descriptions and pronouns.
 *
 * Every noun phrase and pronoun of the tree is a phrase (coref_phrase.c). In order of their heads, each joins the chain
 * that a small trained network finds best among those at hand, or begins its own: entity-based mention ranking (Rahman
 * and Ng 2009; Clark and Manning 2016). The features (coref_features.c) are yes-or-no and the weights
 * (model/coref.inc, from train/coref.py) whole numbers, so that every machine finds the same chains. At most
 * WHO_COREF_CANDIDATES chains are looked at for a phrase, so the whole is linear in the page. A page with no tree has
 * no chains. */
#ifndef CH_WHO_COREF_H
#define CH_WHO_COREF_H
#include "who/who_priv.h"

#define WHO_COREF_NEAR 36       /* chains that may be looked at because they were mentioned last */
#define WHO_COREF_CANDIDATES 40 /* and with those that share a word with the phrase */
#define WHO_COREF_WORDS 8       /* of a phrase that are compared */
#define WHO_COREF_FORMS 4       /* forms of a chain that are kept */
#define WHO_COREF_HIDDEN 16

enum who_pronoun {
	WHO_PRON_NONE,
	WHO_PRON_I,
	WHO_PRON_WE,
	WHO_PRON_YOU,
	WHO_PRON_HE,
	WHO_PRON_SHE,
	WHO_PRON_IT,
	WHO_PRON_THEY,
	WHO_PRON_ONE,
	WHO_PRON_THIS,
	WHO_PRON_THESE,
	WHO_PRON_SOMEONE,
	WHO_PRON_OTHER,
	WHO_PRON_N
};

/* What a noun is, by lexicon/who/nouns.txt, the tagger's names and the mentions. */
enum who_type { WHO_TYPE_NONE, WHO_TYPE_PERSON, WHO_TYPE_PLACE, WHO_TYPE_ORG, WHO_TYPE_TIME, WHO_TYPE_EVENT, WHO_TYPE_THING, WHO_TYPE_N };

enum who_det {
	WHO_DET_BARE,
	WHO_DET_THE,
	WHO_DET_A,
	WHO_DET_THIS,
	WHO_DET_POSSESSOR,
	WHO_DET_QUANTITY,
	WHO_DET_NO,
	WHO_DET_NUMBER,
	WHO_DET_OTHER,
	WHO_DET_N
};

/* Features of a phrase by itself; the network sees those of the phrase, of the chain's last phrase and of the chain's
 * first name or noun in three blocks, then those of the pair. */
#define WHO_F_PHRASE 104
#define WHO_F_PAIR (3 * WHO_F_PHRASE)
#define WHO_F_PAIRS 150
#define WHO_F_ALL (WHO_F_PAIR + WHO_F_PAIRS)
#define WHO_F_MAX 40 /* at once, of a pair */
#define WHO_F_OWN 24 /* at once, of a phrase */

struct who_phrase {
	uint32_t first, past, head;
	enum ch_mention_kind kind;
	enum who_pronoun pronoun;
	enum who_type type;
	enum who_det det;
	uint8_t gender; /* 'm', 'f', 0 */
	bool plural, singular;
	bool possessive, reflexive, joined; /* joined: "A and B" */
	bool guest, host;                   /* "the visitor", "the host" */
	uint32_t quote;                     /* the quotation it stands in, from 1; 0: none */
	uint32_t speaker;                   /* token: subject of the verb of speech around that quotation, or CH_NONE */
	uint32_t actor;                     /* of the mention with this head, if it has one only; else CH_NONE */
	uint32_t rule;                      /* the actor that resolve.c gave a pronoun, or CH_NONE */
	uint32_t words[WHO_COREF_WORDS];    /* hashes in lower case: the head's lemma, then its modifiers */
	uint32_t n_words;
	uint32_t names[WHO_COREF_WORDS]; /* of these the parts of a name, in order of the text, as written */
	uint32_t n_names;
	uint64_t mask; /* a bit for each of both: what shares none shares no word (Bloom 1970) */
	uint32_t same[WHO_COREF_WORDS + 1]; /* by word: 1 + the phrase before that has it; 0 none */
	uint32_t chain;
	uint32_t before; /* phrase of the chain before this one, or CH_NONE */
	uint16_t f[WHO_F_OWN];
	uint32_t n_f;
	int16_t *sums; /* WHO_COREF_HIDDEN for each of the three blocks, or NULL before they were needed */
};

struct who_chain {
	uint32_t last, count;
	uint32_t forms[WHO_COREF_FORMS], n_forms; /* names and nouns: the first one and the last ones */
	uint8_t gender;
	bool plural, singular;
	enum who_type type;
	uint32_t actor;
	unsigned pronouns; /* bit by enum who_pronoun */
	uint32_t newer, older; /* in order of their last phrase */
	uint32_t seen; /* 1 + phrase that looked at it last */
};

/* For training and measuring: phrases given from outside, and what the ranker saw. */
struct who_coref_trace {
	const struct who_given {
		uint32_t first, past, head, chain;
	} *given; /* NULL: phrases of our own */
	uint32_t n_given;
	/* With row: the chain that a phrase truly belongs to, or CH_NONE for a new one, which joined then tells; whatever the ranker thinks. */
	uint32_t (*truth)(void *ctx, const struct who_phrase *p);
	void (*joined)(void *ctx, const struct who_phrase *p);
	/* A candidate for the phrase at hand: its features, whether it is right. First is the row that says "none". */
	void (*row)(void *ctx, bool first, bool right, const uint16_t *f, uint32_t n);
	void *ctx;
};

struct who_coref {
	struct who_run *r;
	CH_VEC(struct who_phrase) phrases;
	CH_VEC(struct who_chain) chains;
	struct who_last {
		uint32_t word;
		uint32_t phrase; /* 1 + the last one with it; 0: an empty slot */
	} *last;
	uint32_t last_mask;
	uint32_t newest;         /* chain */
	uint32_t *lo, *hi;       /* by token: its subtree */
	uint32_t *quote;         /* by token */
	uint8_t *name_kind;      /* by token: 1 + enum ch_name_kind */
};

/* coref_phrase.c: the phrases of the page in order of their heads; or those given. */
void who_coref_phrases(struct who_coref *c, const struct who_coref_trace *trace);

/* coref_features.c */
void who_coref_describe(struct who_coref *c, struct who_phrase *p);
uint32_t who_coref_pair(const struct who_coref *c, const struct who_phrase *p, const struct who_chain *chain,
			uint32_t rank, uint32_t fitting, uint16_t f[WHO_F_MAX]);
/* "Abiy asked him": him is not Abiy; and two whom the gazetteer knows are not one. */
bool who_coref_barred(const struct who_coref *c, const struct who_phrase *p, const struct who_chain *chain);
/* p may mean what the chain means, by number, gender and kind. */
bool who_coref_fits(const struct who_phrase *p, const struct who_chain *chain);
/* Of a pair's features, what the row that says "none" is told: bits. */
unsigned who_coref_seen(const uint16_t *f, uint32_t n);
uint32_t who_coref_none(unsigned seen, uint16_t f[WHO_F_MAX]);

/* coref_use.c */
void who_coref_use(struct who_coref *c);

/* coref.c: runs after who_resolve; writes doc->chained and gives mentions without an actor the one of their chain. */
void who_coref(struct who_run *r, const struct who_coref_trace *trace);

/* As ch_who, with a trace. For bench/coref.c. */
bool ch_who_traced(const struct ch_engine *engine, struct ch_doc *doc, const struct who_coref_trace *trace,
		   struct ch_err *err) CH_MUST_USE;
#endif
