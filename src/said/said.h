/* said/said.h -- who said what: reads text, sentences, tokens, times, tree, mentions and actors; writes statements and
 * attributions.
 *
 * A statement is a span of the article, the word that reports it and the speaker it is laid to. Direct speech is known
 * by its marks, reported speech by the verb, the noun or the "according to" that governs it; both land in one layer, so
 * nobody downstream must care which. Quotation marks around a name, a motto or a doubtful word make no statement.
 *
 * Always true of the layer (ch_said_check says so in words; every test and the fuzzer call it):
 *   1. statements stand in order of content.start, the longer first where two begin together;
 *   2. two of them nest or keep apart, they never cross;
 *   3. content is never empty and lies in the body; a cue lies outside its own content, unless the content runs on
 *      around it ("The deal, he said, is dead");
 *   4. actor is CH_NONE or an index into doc->actors.
 *
 * Thoughts, wills, biddings, stands and topics ("vowed to stay", "criticised the plan") are no statements: they stand in
 * the layer of attributions, in order of content.start, with the same fields and a kind (beyond.c). What is within a
 * statement's content is the speaker's own telling, and in no attribution of the page's.
 *
 * A speaker that the page does not name is left empty. Without a tree, direct speech is still found, and reported
 * speech where "that" follows its verb. Linear in the length of the page. Lives in doc's arena. */
#ifndef CH_SAID_SAID_H
#define CH_SAID_SAID_H
#include "doc/doc.h"
#include "doc/engine.h"

/* Runs once on a document that has no statements. True when done; with today's rules it cannot fail. */
bool ch_said(const struct ch_engine *engine, struct ch_doc *doc, struct ch_err *err) CH_MUST_USE;

/* NULL, or the promise above that doc breaks. */
const char *ch_said_check(const struct ch_doc *doc);
#endif
