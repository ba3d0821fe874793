/* syntax/lemma.h -- from a form and its tags to the lemma: a dictionary of what was seen in training, else inflect.h, else the
 * rule that the encoder chose (case, letters off the end, letters on). */
#ifndef CH_SYNTAX_LEMMA_H
#define CH_SYNTAX_LEMMA_H
#include "base/arena.h"
#include "syntax/model_priv.h"

/* upos: enum ch_upos; xpos: enum ch_xpos; rule: column of tag.lemma. The lemma lies in the arena, the model, static memory or
 * the form itself. */
struct ch_str ch_lemma_of(const struct ch_model *model, struct ch_arena *arena, struct ch_str form, unsigned upos, unsigned xpos,
			  uint32_t rule);
#endif
