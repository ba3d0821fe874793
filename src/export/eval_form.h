/* export/eval_form.h -- the events of one sentence and one type in a normal form. Rules: eval_form.c. */
#ifndef CH_EXPORT_EVAL_FORM_H
#define CH_EXPORT_EVAL_FORM_H
#include "export/eval.h"

enum { CH_EVAL_WORDS = CH_EVAL_ACTORS_MAX / 64 + 1 };

/* A set of countries of the sentence: bit i is its i-th, in the order of their letters; bit 0 is "nobody". */
struct ch_eval_bits {
	uint64_t w[CH_EVAL_WORDS];
};

bool ch_eval_bit(const struct ch_eval_bits *b, unsigned i);
struct ch_eval_bits ch_eval_both(struct ch_eval_bits a, struct ch_eval_bits b);
struct ch_eval_bits ch_eval_common_bits(struct ch_eval_bits a, struct ch_eval_bits b);
unsigned ch_eval_bits_n(struct ch_eval_bits a);

/* The countries of a sentence; v[0] is nobody. Begins with n = 1; to be sorted before it is asked. */
struct ch_eval_names {
	struct ch_arena *arena;
	struct ch_str v[CH_EVAL_ACTORS_MAX + 1];
	unsigned n;
};

/* Adds those of the events; false where there are too many. */
bool ch_eval_gather(struct ch_eval_names *names, const struct ch_eval_event *events, uint32_t n) CH_MUST_USE;

struct ch_eval_unit {   /* a merged event; of a joint one both sides are all its partners */
	struct ch_eval_bits source, target;
	bool joint;
};

struct ch_eval_form {
	struct ch_eval_bits to[CH_EVAL_ACTORS_MAX + 1];   /* while it is made: the targets of each source */
	CH_VEC(struct ch_eval_unit) units;
	bool any;                                         /* there is an event of the type */
};

bool ch_eval_undirected(unsigned type);
/* The events of one type, merged; in a. */
struct ch_eval_form *ch_eval_form(struct ch_arena *a, const struct ch_eval_names *names, const struct ch_eval_event *events,
				  uint32_t n_events, unsigned type);
#endif
