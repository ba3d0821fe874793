/* text/text.h -- article → sentences → tokens. Reads doc->text and doc->blocks; writes doc->sentences and doc->tokens.
 *
 * Words are those of the English UD treebanks (EWT, GUM; universaldependencies.org/en/tokenization.html): punctuation
 * stands alone, "don't" is two words of one multi-word token, a hyphenated compound is cut at its hyphens unless its
 * first part is a prefix. Word lists stand in lexicon/text/.
 *
 * Always true of the layers (ch_doc_check says so): sentences and tokens stand in order, none is empty, none crosses a
 * block, and every character that is no white space lies in exactly one token. Heads, roots and mentions are CH_NONE.
 * A newline inside a block is white space. Linear in the text; a sentence of CH_SENTENCE_TOKENS_MAX tokens is cut
 * there. */
#ifndef CH_TEXT_TEXT_H
#define CH_TEXT_TEXT_H
#include "doc/doc.h"

struct ch_engine;

/* No sentence of prose is longer; what is, is a table or an attack. */
#define CH_SENTENCE_TOKENS_MAX 2000

/* Runs once on a document; does not fail today (the signature is that of every stage). engine may be NULL. */
bool ch_text(const struct ch_engine *engine, struct ch_doc *doc, struct ch_err *err) CH_MUST_USE;
#endif
