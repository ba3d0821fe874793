#include "syntax/syntax.h"
#include "base/limits.h"
#include "syntax/encoder.h"
#include "syntax/lemma.h"
#include "syntax/mst.h"
#include "syntax/names.h"

_Static_assert(CH_BATCH_ROWS >= CH_SENTENCE_WORDS_MAX, "the longest piece must fit into a batch");

/* What one document is parsed with. */
struct parser {
	const struct ch_model *m;
	struct ch_doc *doc;
	struct ch_scratch scratch;
	struct ch_mst *mst;
	struct ch_features *features;              /* (R) */
	uint32_t token[CH_BATCH_ROWS];             /* the token where each piece of the batch starts */
	uint32_t first[CH_BATCH_ROWS + 1];         /* its row; first[pieces] = rows */
	uint32_t pieces;
};

/* Where to end a piece of a sentence that is too long: behind the last mark in its last quarter, else at the ceiling. */
static uint32_t piece_end(const struct ch_doc *doc, uint32_t first, uint32_t past)
{
	uint32_t end = first + CH_SENTENCE_WORDS_MAX;
	if (past <= end)
		return past;
	for (uint32_t t = end; t > end - CH_SENTENCE_WORDS_MAX / 4; t--) {
		struct ch_str s = ch_token_str(doc, t - 1);
		if (s.len == 1 && strchr(",;:.!?)-|", s.ptr[0]))
			return t;
	}
	return end;
}

static void write_tags(struct parser *p, const float *tags, uint32_t token)
{
	const struct ch_model *m = p->m;
	struct ch_token *t = &p->doc->tokens.v[token];
	const float *at = tags;
	t->upos = m->upos[ch_argmax(at, m->upos_n)];
	at += m->upos_n;
	t->xpos = m->xpos[ch_argmax(at, m->xpos_n)];
	at += m->xpos_n;
	t->feats = m->feats[ch_argmax(at, m->feats_n)];
	at += m->feats_n;
	t->lemma = ch_lemma_of(m, p->doc->arena, ch_doc_str(p->doc, t->span), t->upos, t->xpos, ch_argmax(at, m->lemma_rule_n));
}

/* "President Reagan sides with Britain": a plural that has a subject and no copula is a verb in the third person. */
static bool is_finite_verb(const struct ch_doc *doc, uint32_t first, uint32_t n, uint32_t token)
{
	const struct ch_token *t = doc->tokens.v;
	bool subject = false;

	if (t[token].xpos != CH_XPOS_NNS || t[token].upos != CH_UPOS_NOUN)
		return false;
	for (uint32_t i = first; i < first + n; i++) {
		if (t[i].head != token)
			continue;
		if (t[i].deprel == CH_DEP_COP || t[i].deprel == CH_DEP_DET || t[i].deprel == CH_DEP_CASE || t[i].deprel == CH_DEP_AMOD ||
		    t[i].deprel == CH_DEP_NUMMOD || t[i].deprel == CH_DEP_NMOD_POSS || t[i].deprel == CH_DEP_EXPL)
			return false;
		subject |= t[i].deprel == CH_DEP_NSUBJ && i < token;
	}
	return subject;
}

static void make_finite_verb(struct parser *p, const float *tags, uint32_t token)
{
	struct ch_token *t = &p->doc->tokens.v[token];
	const float *rules = tags + p->m->upos_n + p->m->xpos_n + p->m->feats_n;

	t->upos = CH_UPOS_VERB;
	t->xpos = CH_XPOS_VBZ;
	t->feats = CH_STR("Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin");
	t->lemma = ch_lemma_of(p->m, p->doc->arena, ch_doc_str(p->doc, t->span), t->upos, t->xpos, ch_argmax(rules, p->m->lemma_rule_n));
}

/* An expletive stands for a clause below the same predicate ("it is right to leave"): where that one only controls another ("said it
 * was ready to leave"), it is a subject. The n tokens from `first` on are searched. */
static bool is_expletive(const struct ch_doc *doc, uint32_t first, uint32_t n, uint32_t token)
{
	const struct ch_token *t = doc->tokens.v;
	bool controls = false;

	for (uint32_t i = first; i < first + n; i++) {
		if (t[i].head != t[token].head)
			continue;
		if (t[i].deprel == CH_DEP_CSUBJ || t[i].deprel == CH_DEP_CSUBJ_PASS || t[i].deprel == CH_DEP_CCOMP || t[i].deprel == CH_DEP_NSUBJ)
			return true;
		controls |= t[i].deprel == CH_DEP_XCOMP;
	}
	return !controls;
}

/* Tags, tree and names of one piece, rows [first, past) of the batch. */
static void read_piece(struct parser *p, uint32_t piece)
{
	const struct ch_model *m = p->m;
	uint32_t first = p->first[piece], past = p->first[piece + 1], n = past - first, token = p->token[piece];
	uint32_t head[CH_BATCH_ROWS];
	uint8_t rel[CH_BATCH_ROWS];

	uint32_t stride = ch_arcs(m, &p->scratch, first, past);
	ch_mst(p->mst, p->scratch.arcs, n, stride, head);
	ch_relations(m, &p->scratch, first, past, head, rel);
	for (uint32_t i = 0; i < n; i++) {
		struct ch_token *t = &p->doc->tokens.v[token + i];
		write_tags(p, p->scratch.tags + (size_t)(first + i) * m->tags.n, token + i);
		t->head = head[i] ? token + head[i] - 1 : CH_NONE;
		t->deprel = head[i] ? m->dep[rel[i]] : CH_DEP_ROOT;
		if (head[i] && t->deprel == CH_DEP_ROOT)
			t->deprel = CH_DEP_DEP;
	}
	for (uint32_t i = 0; i < n; i++)
		if (is_finite_verb(p->doc, token, n, token + i))
			make_finite_verb(p, p->scratch.tags + (size_t)(first + i) * m->tags.n, token + i);
	for (uint32_t i = 0; i < n; i++)
		if (p->doc->tokens.v[token + i].deprel == CH_DEP_EXPL && !is_expletive(p->doc, token, n, token + i))
			p->doc->tokens.v[token + i].deprel = CH_DEP_NSUBJ;
	uint32_t ne = m->upos_n + m->xpos_n + m->feats_n + m->lemma_rule_n;
	ch_names_read(m, p->scratch.tags + (size_t)first * m->tags.n + ne, n, m->tags.n, token, p->doc);
}

static void run_batch(struct parser *p)
{
	uint32_t rows = p->first[p->pieces];
	if (rows == 0)
		return;
	uint32_t r = 0;
	for (uint32_t i = 0; i < p->pieces; i++)
		for (uint32_t t = p->token[i]; r < p->first[i + 1]; t++, r++)
			ch_features_of(p->m, ch_token_str(p->doc, t), &p->features[r]);
	ch_encode(p->m, &p->scratch, p->features, p->first, p->pieces);
	ch_heads(p->m, &p->scratch, rows);
	for (uint32_t i = 0; i < p->pieces; i++)
		read_piece(p, i);
	p->pieces = 0;
}

/* A sentence that was parsed in pieces has several roots: the later ones hang on the first. */
static void join_pieces(struct ch_doc *doc, const struct ch_sentence *s)
{
	uint32_t root = CH_NONE;
	for (uint32_t t = s->first; t < s->past; t++)
		if (doc->tokens.v[t].head == CH_NONE) {
			if (root == CH_NONE) {
				root = t;
			} else {
				doc->tokens.v[t].head = root;
				doc->tokens.v[t].deprel = CH_DEP_PARATAXIS;
			}
		}
}

bool ch_syntax(const struct ch_engine *engine, struct ch_doc *doc, struct ch_err *err)
{
	const struct ch_model *m = engine->model;
	if (!m)
		return ch_fail(err, "no syntax model is loaded");
	doc->names.n = 0;
	if (doc->tokens.n == 0)
		return true;

	uint32_t rows = doc->tokens.n < CH_BATCH_ROWS ? doc->tokens.n : CH_BATCH_ROWS;
	struct parser *p = CH_NEW(doc->arena, struct parser);
	p->m = m;
	p->doc = doc;
	ch_scratch_init(&p->scratch, m, doc->arena, rows);
	p->mst = ch_mst_new(doc->arena, rows < CH_SENTENCE_WORDS_MAX ? rows : CH_SENTENCE_WORDS_MAX);
	p->features = CH_NEW_N(doc->arena, struct ch_features, rows);

	for (uint32_t i = 0; i < doc->sentences.n; i++) {
		const struct ch_sentence *s = &doc->sentences.v[i];
		for (uint32_t at = s->first; at < s->past;) {
			uint32_t end = piece_end(doc, at, s->past), used = p->first[p->pieces];
			if (used + (end - at) > rows) {
				run_batch(p);
				used = 0;
			}
			p->token[p->pieces] = at;
			p->first[++p->pieces] = used + (end - at);
			at = end;
		}
	}
	run_batch(p);
	for (uint32_t i = 0; i < doc->sentences.n; i++) {
		const struct ch_sentence *s = &doc->sentences.v[i];
		if (s->past - s->first > CH_SENTENCE_WORDS_MAX)
			join_pieces(doc, s);
		ch_doc_link_tree(doc, i);
	}
	return true;
}
