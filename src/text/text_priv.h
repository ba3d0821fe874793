/* text/text_priv.h -- between the two halves of the stage: token.c cuts words, text.c groups them into sentences. */
#ifndef CH_TEXT_PRIV_H
#define CH_TEXT_PRIV_H
#include "text/text.h"
#include "text/text_words.h" /* made at build time from lexicon/text/ */

/* Appends the tokens of the block to doc->tokens; their sentence is still to be set. */
void ch_text_tokens(struct ch_doc *doc, struct ch_span block);
#endif
