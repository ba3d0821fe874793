/* syntax/encoder.h -- the network over a batch of sentences: embeddings, blocks, heads.
 *
 * Rows of all sentences of a batch lie one behind the other, with no padding: what is computed row by row (products,
 * norms) does not see sentences, the rest (convolution, recurrence, attention, arcs) runs a sentence at a time. So a
 * word's result depends on its own sentence alone, never on what else is in the batch.
 *
 * Letters in shapes: R rows of the batch, n words of one sentence, d width of the model. */
#ifndef CH_SYNTAX_ENCODER_H
#define CH_SYNTAX_ENCODER_H
#include "syntax/features.h"
#include "syntax/model_priv.h"

/* Rows of a batch: large enough to use each weight many times while it is near, small enough for the activations
 * (about 7 kB a row) to stay in the second-level cache. At least CH_SENTENCE_WORDS_MAX. */
#define CH_BATCH_ROWS 192

/* Buffers for one batch; in the arena of the document, so one a document, shared by nobody. */
struct ch_scratch {
	uint32_t rows;         /* how many it is made for */
	float *x;              /* (R, d): the residual stream, at the end the encoded words */
	float *wide;           /* (R, widest input of a product or output) */
	float *mid;            /* (R, wider of d and 2 h) */
	uint8_t *q;            /* (R, widest input) */
	float *scale;          /* (R) */
	float *tmp;            /* for attend and dots */
	float *tags;           /* (R, columns of tags) */
	float *dep, *head;     /* (R, arc), (n + 1, arc) */
	float *rel;            /* (R, 2 rel) */
	float *arcs;           /* (n, n + 1 rounded up to lanes) */
};

void ch_scratch_init(struct ch_scratch *s, const struct ch_model *m, struct ch_arena *arena, uint32_t rows);

/* Words -> s->x. features: one a row; first: where each of the n sentences starts, and first[n] = R. */
void ch_encode(const struct ch_model *m, struct ch_scratch *s, const struct ch_features *features, const uint32_t *first,
	       uint32_t n);

/* s->x -> s->tags, s->dep (already led into the space of heads) and s->rel, for all R rows; leaves x as it is. */
void ch_heads(const struct ch_model *m, struct ch_scratch *s, uint32_t rows);

/* Scores of the arcs of the sentence at rows [first, past) -> s->arcs: (n, stride), column 0 the root, column j + 1 word j
 * as head. Returns the stride. */
uint32_t ch_arcs(const struct ch_model *m, struct ch_scratch *s, uint32_t first, uint32_t past);

/* Relation of each word of the sentence to its head (0 root, j + 1 word j) -> rel: columns of tag.dep. */
void ch_relations(const struct ch_model *m, struct ch_scratch *s, uint32_t first, uint32_t past, const uint32_t *head,
		  uint8_t *rel);

/* The column with the highest score; the first of equals. */
uint32_t ch_argmax(const float *x, uint32_t n);
#endif
