/* event/tree.h -- what grammar says of a verb or noun, whatever its form: who did it, to whom, when it is told of.
 *
 * Pure look-ups over tokens and heads of one sentence; nothing is written. All take and give token indexes, CH_NONE for none. The relations
 * are those of Universal Dependencies (de Marneffe et al. 2021, "Universal Dependencies"). */
#ifndef CH_EVENT_TREE_H
#define CH_EVENT_TREE_H
#include "doc/doc.h"

enum { CH_CLIMB_MAX = 24 };   /* steps up or down a tree that a rule follows; sentences nest less, hostile ones are cut short */

bool ch_tree_is_verb(const struct ch_doc *doc, uint32_t token);
bool ch_tree_passive(const struct ch_doc *doc, uint32_t verb);      /* "was signed", "the treaty signed in Rome" */
bool ch_tree_relative(const struct ch_doc *doc, uint32_t token);    /* "who", "which", "that" inside a relative clause */
bool ch_tree_lemma_is(const struct ch_doc *doc, uint32_t token, const char *lemma);

/* First child, from `from` on (CH_NONE: the first of all), with this relation or a subtype of it. */
uint32_t ch_tree_child(const struct ch_doc *doc, uint32_t token, enum ch_deprel deprel);

/* The preposition of a phrase, as its lower-case lemma: "with", "including"; empty where none. */
struct ch_str ch_tree_case(const struct ch_doc *doc, uint32_t token);
/* True if one of token's case words is prep. */
bool ch_tree_has_case(const struct ch_doc *doc, uint32_t token, struct ch_str prep);

/* Who does it, and to whom it is done, in the active voice's sense. Followed through passives, participles, relative
 * clauses, control ("wants to visit"), raising, and verbs that share a subject by coordination. A relative pronoun is replaced by its
 * antecedent. */
uint32_t ch_tree_subject(const struct ch_doc *doc, uint32_t verb);
uint32_t ch_tree_object(const struct ch_doc *doc, uint32_t verb);

/* The verb of the clause that token stands in: itself if a verb, else the nearest one above; else the clause's predicate. */
uint32_t ch_tree_clause(const struct ch_doc *doc, uint32_t token);

/* True for a main relation of which r is a subtype or which r is: nmod for nmod:poss. */
bool ch_deprel_is(unsigned r, enum ch_deprel main);
#endif
