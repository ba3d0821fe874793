/* syntax/model_priv.h -- the model as the rest of the folder sees it: pointers into the mapped file, all checked. */
#ifndef CH_SYNTAX_MODEL_PRIV_H
#define CH_SYNTAX_MODEL_PRIV_H
#include "doc/doc.h"
#include "syntax/kernel.h"
#include "syntax/model.h"

#define CH_BLOCKS_MAX 16
#define CH_TAGS_MAX 512        /* classes of one head */
#define CH_WIDTH_MAX 2048      /* d, h, arc, rel: bounds the scratch of a thread */

enum ch_block_type { CH_CONV = 'c', CH_SCAN = 'r', CH_ATTEND = 'a' };

struct ch_layer {
	enum ch_block_type type;
	const float *norm;             /* (d) */
	struct ch_matrix in;           /* conv (2 d, 3 d); scan (6 h, d); attend (3 d, d) */
	struct ch_matrix out;          /* scan (d, 2 h); attend (d, d) */
	const float *dist;             /* attend (heads, 2 reach + 1) */
};

struct ch_strings {
	const uint32_t *offset;        /* (n + 1) */
	const char *bytes;
	uint32_t n;
};

/* "l3y": lower case, three code points off the end, "y" on. */
struct ch_lemma_rule {
	char op;                       /* 'l' lower case, 't' lower case after the first letter, 'k' keep */
	uint8_t strip;
	struct ch_str add;
};

/* One tag of a name: outside, or the begin or inside of a kind. */
struct ch_ne_tag {
	char place;                    /* 'O', 'B', 'I' */
	uint8_t kind;                  /* enum ch_name_kind */
};

struct ch_model {
	const unsigned char *map;
	size_t size;
	const struct ch_kernels *k;
	struct ch_str about;

	uint32_t d, glove_dim, emb_dim, word_rows, affix_rows, h, heads, arc_dim, rel_dim, reach;
	const uint64_t *known, *glove_key, *lemma_key, *gaz_key;   /* sorted hashes */
	uint32_t known_n, glove_n, lemma_n, gaz_n;
	const int8_t *gaz_mask;        /* (gaz_n) what the gazetteers know of a word: 1 given name, 2 surname, 4 country, 8 capital */
	struct ch_strings lemma_value;
	struct ch_table4 glove, emb;

	const float *in_norm, *norm, *root, *dist, *relroot;
	struct ch_matrix in, tags, arc, bil, rel, relout;
	struct ch_layer layer[CH_BLOCKS_MAX];
	uint32_t layer_n;

	/* Columns of tags, [first, first + n) each. */
	uint32_t upos_n, xpos_n, feats_n, lemma_rule_n, ne_n, dep_n;
	uint8_t upos[CH_TAGS_MAX], xpos[CH_TAGS_MAX], dep[CH_TAGS_MAX];
	struct ch_str feats[CH_TAGS_MAX];
	struct ch_lemma_rule lemma_rule[CH_TAGS_MAX];
	struct ch_ne_tag ne[CH_TAGS_MAX];
};

static inline struct ch_str ch_strings_at(const struct ch_strings *s, uint32_t i)
{
	return ch_str_n(s->bytes + s->offset[i], s->offset[i + 1] - s->offset[i]);
}

/* Where key stands in the sorted keys, or CH_NONE. */
uint32_t ch_keys_find(const uint64_t *keys, uint32_t n, uint64_t key);
#endif
