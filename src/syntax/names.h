/* syntax/names.h -- from scores of begin/inside/outside tags to names. */
#ifndef CH_SYNTAX_NAMES_H
#define CH_SYNTAX_NAMES_H
#include "syntax/model_priv.h"

#define CH_NE_TAGS_MAX 16

/* Reads the best sequence of tags in which every inside follows a begin or inside of its kind (Viterbi), and adds its names
 * to doc. score: (n, stride), the columns of tag.ne; the words are tokens first_token … of doc. n at most CH_BATCH_ROWS. */
void ch_names_read(const struct ch_model *model, const float *score, uint32_t n, uint32_t stride, uint32_t first_token,
		   struct ch_doc *doc);
#endif
