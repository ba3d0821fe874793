/* who/coref.c -- the ranker and the chains; coref.h says how it works. */
#include "text/words.h"
#include "who/coref.h"
#include "who_phrase_words.h"

/* Weights in units of 1/256. first[feature][hidden], bias[hidden], last[hidden]: score = last · max(0, bias + Σ first). */
static const int16_t weights[] = {
#include "../../model/coref.inc"
};

#define FIRST(f) (&weights[(size_t)(f) * WHO_COREF_HIDDEN])
#define BIAS (&weights[(size_t)WHO_F_ALL * WHO_COREF_HIDDEN])
#define LAST (BIAS + WHO_COREF_HIDDEN)

_Static_assert(sizeof weights / sizeof *weights == (WHO_F_ALL + 2) * WHO_COREF_HIDDEN, "model/coref.inc fits the features: train/coref.py");

/* A hidden layer at once, which compilers keep in registers (vector extensions of GCC and Clang). Sums wrap nowhere: train/coref.py refuses
 * weights that could. */
typedef int16_t layer __attribute__((vector_size(WHO_COREF_HIDDEN * sizeof(int16_t))));

static inline void add_row(layer *sum, const int16_t *row)
{
	layer v;

	memcpy(&v, row, sizeof v);
	*sum += v;
}

/* What a phrase by itself adds in one of the three blocks. */
static const int16_t *block(struct who_coref *c, struct who_phrase *p, uint32_t b)
{
	int16_t *sums = p->sums;

	if (!sums) {
		sums = CH_NEW_N(c->r->arena, int16_t, 3 * WHO_COREF_HIDDEN);
		for (uint32_t k = 0; k < 3; k++) {
			layer v = {0};

			for (uint32_t i = 0; i < p->n_f; i++)
				add_row(&v, FIRST(k * WHO_F_PHRASE + p->f[i]));
			memcpy(sums + k * WHO_COREF_HIDDEN, &v, sizeof v);
		}
		p->sums = sums;
	}
	return sums + b * WHO_COREF_HIDDEN;
}

static int32_t score(struct who_coref *c, struct who_phrase *p, const struct who_chain *chain, const uint16_t *f, uint32_t n)
{
	layer v = {0};
	int16_t sum[WHO_COREF_HIDDEN];
	int32_t s = 0;

	add_row(&v, BIAS);
	add_row(&v, block(c, p, 0));
	if (chain) {
		add_row(&v, block(c, &c->phrases.v[chain->last], 1));
		if (chain->n_forms)
			add_row(&v, block(c, &c->phrases.v[chain->forms[0]], 2));
	}
	for (uint32_t i = 0; i < n; i++)
		add_row(&v, FIRST(f[i]));
	v &= v > 0;
	memcpy(sum, &v, sizeof sum);
	for (uint32_t k = 0; k < WHO_COREF_HIDDEN; k++)
		s += sum[k] * LAST[k];
	return s;
}

/* ---- chains ---- */

static void unlink_chain(struct who_coref *c, uint32_t n)
{
	struct who_chain *x = &c->chains.v[n];

	if (x->newer != CH_NONE)
		c->chains.v[x->newer].older = x->older;
	else if (c->newest == n)
		c->newest = x->older;
	if (x->older != CH_NONE)
		c->chains.v[x->older].newer = x->newer;
}

static void to_front(struct who_coref *c, uint32_t n)
{
	struct who_chain *x = &c->chains.v[n];

	x->newer = CH_NONE;
	x->older = c->newest;
	if (c->newest != CH_NONE)
		c->chains.v[c->newest].newer = n;
	c->newest = n;
}

static void join(struct who_coref *c, uint32_t phrase, uint32_t n)
{
	struct who_phrase *p = &c->phrases.v[phrase];
	struct who_chain *x;

	if (n == CH_NONE) {
		n = c->chains.n;
		*CH_PUSH(c->r->arena, &c->chains) =
			(struct who_chain){.last = CH_NONE, .actor = CH_NONE, .newer = CH_NONE, .older = CH_NONE};
	} else {
		unlink_chain(c, n);
	}
	x = &c->chains.v[n];
	p->chain = n;
	p->before = x->last;
	x->last = phrase;
	x->count++;
	if (p->kind != CH_MENTION_PRONOUN) {
		if (x->n_forms < WHO_COREF_FORMS) {
			x->forms[x->n_forms++] = phrase;
		} else {
			memmove(x->forms + 1, x->forms + 2, sizeof *x->forms * (WHO_COREF_FORMS - 2));
			x->forms[WHO_COREF_FORMS - 1] = phrase;
		}
	}
	if (p->pronoun)
		x->pronouns |= 1u << p->pronoun;
	if (p->gender && (!x->gender || p->kind == CH_MENTION_PRONOUN))
		x->gender = p->gender;
	x->plural |= p->plural;
	x->singular |= p->singular;
	if (!x->type)
		x->type = p->type;
	if (x->actor == CH_NONE)
		x->actor = p->actor;
	to_front(c, n);
}

/* ---- candidates ---- */

/* The words by which a phrase finds chains that were mentioned long ago: those of its name, its head; a pronoun by itself. */
static uint32_t keys_of(const struct who_phrase *p, uint32_t keys[WHO_COREF_WORDS + 1])
{
	uint32_t n = 0;

	if (p->joined)
		return 0;
	if (p->pronoun) {
		keys[0] = p->pronoun;
		return 1;
	}
	keys[n++] = p->words[0];
	for (uint32_t i = 0; i < p->n_names; i++)
		if (p->names[i] != p->words[0])
			keys[n++] = p->names[i];
	return n;
}

/* Room for every word of every phrase, never more than half full. */
static void words_init(struct who_coref *c)
{
	uint32_t n = 1, size = 2;

	for (uint32_t i = 0; i < c->phrases.n; i++)
		n += 1 + c->phrases.v[i].n_names;
	while (size < 2 * n)
		size *= 2;
	c->last = CH_NEW_N(c->r->arena, struct who_last, size);
	c->last_mask = size - 1;
}

static struct who_last *last_with(const struct who_coref *c, uint32_t word)
{
	uint32_t at = (word ^ word >> 15) & c->last_mask;

	while (c->last[at].phrase && c->last[at].word != word)
		at = (at + 1) & c->last_mask;
	return &c->last[at];
}

static void note_words(struct who_coref *c, uint32_t phrase)
{
	struct who_phrase *p = &c->phrases.v[phrase];
	uint32_t keys[WHO_COREF_WORDS + 1];
	uint32_t n = keys_of(p, keys);

	for (uint32_t i = 0; i < n; i++) {
		struct who_last *l = last_with(c, keys[i]);

		p->same[i] = l->phrase;
		*l = (struct who_last){keys[i], phrase + 1};
	}
}

struct candidates {
	uint32_t chain[WHO_COREF_CANDIDATES], rank[WHO_COREF_CANDIDATES], n;
};

static void consider(struct who_coref *c, struct candidates *k, uint32_t phrase, uint32_t chain, uint32_t rank)
{
	if (k->n == WHO_COREF_CANDIDATES || c->chains.v[chain].seen == phrase + 1)
		return;
	if (who_coref_barred(c, &c->phrases.v[phrase], &c->chains.v[chain]))
		return;
	c->chains.v[chain].seen = phrase + 1;
	k->chain[k->n] = chain;
	k->rank[k->n++] = rank;
}

#define SAME_WORD 8 /* phrases with one word that are looked at */

/* How many of the last chains a phrase may join. What names no person, place or organisation is for most part new, or repeats a word. */
static uint32_t near_n(const struct who_phrase *p)
{
	if (p->pronoun)
		return 16;
	if (p->kind == CH_MENTION_NAME)
		return 8;
	return p->type == WHO_TYPE_NONE ? 3 : p->type < WHO_TYPE_TIME ? 12 : 1;
}

static void gather(struct who_coref *c, uint32_t phrase, struct candidates *k)
{
	const struct who_phrase *p = &c->phrases.v[phrase];
	uint32_t keys[WHO_COREF_WORDS + 1];
	uint32_t n = keys_of(p, keys), rank = 0;

	k->n = 0;
	for (uint32_t i = c->newest; i != CH_NONE && rank < WHO_COREF_NEAR && k->n < near_n(p); i = c->chains.v[i].older, rank++)
		if (!p->pronoun || who_coref_fits(p, &c->chains.v[i]))
			consider(c, k, phrase, i, rank);
	for (uint32_t i = 0; i < n; i++) {
		uint32_t at = last_with(c, keys[i])->phrase;

		for (uint32_t s = 0; at && s < SAME_WORD; s++) {
			const struct who_phrase *q = &c->phrases.v[at - 1];
			uint32_t theirs[WHO_COREF_WORDS + 1];
			uint32_t m = keys_of(q, theirs), next = 0;

			consider(c, k, phrase, q->chain, WHO_COREF_NEAR);
			for (uint32_t j = 0; j < m; j++)
				if (theirs[j] == keys[i])
					next = q->same[j];
			at = next;
		}
	}
}

/* ---- roles ---- */

static bool in_section(struct ch_str word, unsigned section)
{
	const struct ch_word *w = ch_words_find(&who_phrase_words, word);

	return w && w->sections >> section & 1;
}

#define BACK 40 /* phrases looked back upon */

/* The chain of the last person who did or underwent what makes one "the guest" or "the host"; CH_NONE. The ranker has seen few of either. */
static uint32_t by_role(struct who_coref *c, uint32_t phrase)
{
	const struct who_phrase *p = &c->phrases.v[phrase];
	const struct ch_token *t = c->r->doc->tokens.v;

	if (p->kind != CH_MENTION_NOMINAL || p->joined || p->plural || p->det != WHO_DET_THE || !(p->guest || p->host))
		return CH_NONE;
	for (uint32_t i = phrase, n = 0; i-- > 0 && n < BACK; n++) {
		const struct who_phrase *q = &c->phrases.v[i];
		uint32_t v = t[q->head].head;
		bool subject = t[q->head].deprel == CH_DEP_NSUBJ, object = t[q->head].deprel == CH_DEP_OBJ || t[q->head].deprel == CH_DEP_NSUBJ_PASS;

		if (q->type != WHO_TYPE_PERSON || q->plural || v == CH_NONE || (p->first <= q->first && q->past <= p->past))
			continue;
		if (p->guest ? (subject && in_section(t[v].lemma, WHO_PHRASE_WORDS_ARRIVING)) || (object && in_section(t[v].lemma, WHO_PHRASE_WORDS_RECEIVING))
			  : subject && in_section(t[v].lemma, WHO_PHRASE_WORDS_RECEIVING))
			return q->chain;
	}
	return CH_NONE;
}

/* ---- the ranker ---- */

static void rank_phrase(struct who_coref *c, uint32_t phrase, const struct who_coref_trace *trace)
{
	struct who_phrase *p = &c->phrases.v[phrase];
	struct candidates k;
	uint16_t f[WHO_COREF_CANDIDATES][WHO_F_MAX], none[WHO_F_MAX];
	uint32_t n[WHO_COREF_CANDIDATES], n_none, fitting = 0, best = CH_NONE, truth;
	unsigned seen = 0;
	int32_t best_score;

	gather(c, phrase, &k);
	for (uint32_t i = 0; i < k.n; i++) {
		const struct who_chain *x = &c->chains.v[k.chain[i]];
		bool fits = who_coref_fits(p, x);

		n[i] = who_coref_pair(c, p, x, k.rank[i], fits ? fitting : 255, f[i]);
		fitting += fits;
		seen |= who_coref_seen(f[i], n[i]);
		seen |= (fits ? 8u : 0u) | (fits && k.rank[i] < 5 ? 16u : 0u) | 32u;
	}
	n_none = who_coref_none(seen, none);
	if (trace && trace->row) {
		uint16_t all[3 * WHO_F_OWN + WHO_F_MAX];
		bool found = false;

		truth = trace->truth(trace->ctx, p);
		for (uint32_t i = 0; i < k.n; i++)
			found |= k.chain[i] == truth;
		for (uint32_t i = 0; i <= k.n; i++) {
			uint32_t m = 0;

			for (uint32_t j = 0; j < p->n_f; j++)
				all[m++] = p->f[j];
			if (i) {
				const struct who_chain *x = &c->chains.v[k.chain[i - 1]];
				const struct who_phrase *q = &c->phrases.v[x->last];

				for (uint32_t j = 0; j < q->n_f; j++)
					all[m++] = (uint16_t)(WHO_F_PHRASE + q->f[j]);
				q = x->n_forms ? &c->phrases.v[x->forms[0]] : NULL;
				for (uint32_t j = 0; q && j < q->n_f; j++)
					all[m++] = (uint16_t)(2 * WHO_F_PHRASE + q->f[j]);
			}
			memcpy(all + m, i ? f[i - 1] : none, sizeof *all * (i ? n[i - 1] : n_none));
			trace->row(trace->ctx, !i, i ? k.chain[i - 1] == truth : !found, all, m + (i ? n[i - 1] : n_none));
		}
		join(c, phrase, truth);
		note_words(c, phrase);
		if (trace->joined)
			trace->joined(trace->ctx, p);
		return;
	}
	if ((truth = by_role(c, phrase)) != CH_NONE) {
		join(c, phrase, truth);
		note_words(c, phrase);
		return;
	}
	best_score = score(c, p, NULL, none, n_none);
	for (uint32_t i = 0; i < k.n; i++) {
		int32_t s = score(c, p, &c->chains.v[k.chain[i]], f[i], n[i]);

		if (s > best_score) {
			best_score = s;
			best = k.chain[i];
		}
	}
	join(c, phrase, best);
	note_words(c, phrase);
}

void who_coref(struct who_run *r, const struct who_coref_trace *trace)
{
	struct who_coref coref = {.r = r, .newest = CH_NONE}, *c = &coref;

	if (!r->tree)
		return;
	who_coref_phrases(c, trace);
	words_init(c);
	c->chains.v = CH_NEW_N(r->arena, struct who_chain, c->phrases.n + 1);
	c->chains.cap = c->phrases.n + 1;
	r->doc->phrases.v = CH_NEW_N(r->arena, struct ch_phrase, c->phrases.n + 1);
	r->doc->phrases.cap = c->phrases.n + 1;
	for (uint32_t i = 0; i < c->phrases.n; i++)
		rank_phrase(c, i, trace);
	for (uint32_t i = 0; i < c->phrases.n; i++) {
		const struct who_phrase *p = &c->phrases.v[i];

		*CH_PUSH(r->arena, &r->doc->phrases) =
			(struct ch_phrase){.first = p->first, .past = p->past, .head = p->head, .chain = p->chain, .kind = p->kind,
					   .joined = p->joined};
	}
	if (!trace)
		who_coref_use(c);
}
