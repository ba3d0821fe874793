/* syntax/inflect.h -- lemmas of words that the training data lack: irregular forms from lexicon/syntax/lemmas.txt, and for
 * regular forms the one stem that is a word ("telephoned" is of "telephone", since there is no "telephon"). */
#ifndef CH_SYNTAX_INFLECT_H
#define CH_SYNTAX_INFLECT_H
#include "base/arena.h"
#include "syntax/model_priv.h"

/* What lexicon/syntax/lemmas.txt puts above the training data, or an empty slice (ptr NULL). Static memory. */
struct ch_str ch_inflect_override(struct ch_str form, unsigned upos);

/* The lemma of form, which is `cased` once the encoder's rule has set its case and `proposed` once that rule is through with
 * it: `proposed` unless the lexicon or what words there are say otherwise. upos: enum ch_upos, xpos: enum ch_xpos. The result lies
 * in the arena, in static memory or in `proposed` or `cased`. O(length). */
struct ch_str ch_inflect_lemma(const struct ch_model *model, struct ch_arena *arena, struct ch_str cased,
			       struct ch_str proposed, unsigned upos, unsigned xpos);
#endif
