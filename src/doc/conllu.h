/* doc/conllu.h -- CoNLL-U in and out (universaldependencies.org/format.html).
 *
 * Out: `# text`, SpaceAfter=No, multi-word tokens as ranges, names in MISC (NE=B-PER). Where the
 * actor layer ran, the head of each phrase says in MISC which chain it belongs to and which words of the sentence it is,
 * Chain=3:1-4 (two with a comma: "A" and "A and B"), and whom its mention means, Who=Anwar Sadat;Egypt. In: forms with their spaces, and
 * whatever tags and heads are there; so that trees can be given by hand and stages tested with no model. */
#ifndef CH_DOC_CONLLU_H
#define CH_DOC_CONLLU_H
#include "doc/doc.h"
#include <stdio.h>

/* Reads one file of sentences: each becomes a block, a sentence and its tokens; tags, lemmas and heads are taken over
 * where given (a sentence with "_" heads gets none). Empty nodes (8.1) are skipped. doc->text is rebuilt from the forms.
 * Fails, naming the line, on what is no CoNLL-U. `file` is lent for the call. */
bool ch_conllu_read(struct ch_doc *doc, struct ch_arena *arena, struct ch_str file, struct ch_err *err) CH_MUST_USE;

/* Writes all sentences of doc; stream errors are left to the caller (ferror). */
void ch_conllu_write(const struct ch_doc *doc, FILE *out);
#endif
