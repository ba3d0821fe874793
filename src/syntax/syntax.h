/* syntax/syntax.h -- reads sentences and tokens; writes upos, xpos, feats, lemma, head and deprel of every token, the tree
 * links, and the layer of names.
 *
 * A small neural encoder with several heads (model/README.md), run with 8-bit weights. A word's result depends on its own
 * sentence alone; it is the same on every instruction set and with any number of threads. */
#ifndef CH_SYNTAX_SYNTAX_H
#define CH_SYNTAX_SYNTAX_H
#include "doc/doc.h"
#include "doc/engine.h"

/* Tags, parses and names all sentences. What tokens held of syntax before (gold tags of a CoNLL-U file) is overwritten, and so
 * are names. A sentence of more than CH_SENTENCE_WORDS_MAX words is parsed in pieces, the later ones hung on the first as
 * parataxis, so that time grows with the length of the text alone. Features point into the model, lemmas into the arena, the
 * text or the model. Fails only where the engine has no model. */
bool ch_syntax(const struct ch_engine *engine, struct ch_doc *doc, struct ch_err *err) CH_MUST_USE;

/* NULL, or the promise broken: every token has tags in range and a lemma, each sentence is one tree, names stand in order
 * within a sentence each and do not overlap. */
const char *ch_syntax_check(const struct ch_doc *doc);
#endif
