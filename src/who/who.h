/* who/who.h -- names and titles -> actors. Reads tokens, tree, names, times and meta.published; writes actors,
 * mentions, mention_actors, phrases and token.mention, as doc.h describes them.
 *
 * In four passes, each linear in the text: spots (spot.c: the longest names of the gazetteer), phrases (phrase.c,
 * title.c: what stands around them – "the presidents of Turkey and Iran", "Azerbaijani President Ilham Aliyev",
 * "Russian troops" – and people whom no list knows), resolution in order of the text (resolve.c: offices at the page's
 * date, surnames, "the head of state", "both sides", pronouns), and heads by the tree. With no tree the last word of a
 * phrase's core is its head, and everything else works.
 *
 * Last come the chains of phrases that mean the same (coref.h): a pronoun that the rules of resolve.c gave nobody, and a
 * description that they took for somebody without a name, get the actor of their chain. Where rules and chains differ the
 * rules stand: they know who held what when, and on press pages they are right as often.
 *
 * A known person's party is that of the office held at the page's date, else of the last one before. First persons (I,
 * we, our) and relatives (who, which) are left to the stages that know the speaker and the clause: no mention is made
 * of them.
 *
 * Always true of the layer: ch_doc_check; a mention without actors has a place, or is a phrase that could not be
 * resolved. */
#ifndef CH_WHO_WHO_H
#define CH_WHO_WHO_H
#include "doc/doc.h"
#include "doc/engine.h"

/* Runs once on a document. Fails only where the engine has no gazetteer. */
bool ch_who(const struct ch_engine *engine, struct ch_doc *doc, struct ch_err *err) CH_MUST_USE;

/* The mention that `token` heads, else the smallest one that covers it; CH_NONE. For callers whose tree hangs an
 * argument on another word of a name than this layer chose. O(log n + mentions of the sentence). */
uint32_t ch_who_at(const struct ch_doc *doc, uint32_t token);

/* The actor that most names and titles in the chain of doc->phrases.v[phrase] mean: for first persons too, which are no
 * mentions. CH_NONE where there is none. O(phrases). */
uint32_t ch_who_chain_actor(const struct ch_doc *doc, uint32_t phrase);
#endif
