/* who/memory.h -- what the resolver keeps of the page read so far, shared by its parts: resolve.c (the walk), resolve_pronoun.c,
 * resolve_office.c, resolve_pair.c. */
#ifndef CH_WHO_MEMORY_H
#define CH_WHO_MEMORY_H
#include "who/who_priv.h"

#define WHO_RECENT 24
#define WHO_TOGETHER 4 /* pairs and lists remembered */

/* "Armenia and Azerbaijan": actors that were named in one breath. */
struct who_together {
	uint32_t v[8], n, sentence, count;
};

struct who_memory {
	uint32_t recent[WHO_RECENT], n;              /* actors, the last named last */
	uint32_t multi_past;                     /* token behind the last mention of two or more */
	struct who_together pair[WHO_TOGETHER];          /* the last first */
	uint32_t list[8], list_n;                /* "Turkey, Iran", so far */
	uint32_t met[2], met_n; /* actors of different parties in this sentence, in the order of their mentions */
	uint32_t last_draft;    /* for coordination */
	uint32_t sentence;
	const uint32_t *draft_of;   /* by mention, as tokens name them */
	uint32_t not_him[8], not_n; /* actors that the pronoun at hand cannot mean */
	uint32_t prefer;            /* one that it should mean where it can, or CH_NONE */
};

/* resolve.c */
/* The draft means this actor, too; with that much confidence. */
void who_give(struct who_run *r, struct who_draft *d, uint32_t actor, float confidence);
bool who_is_person(const struct who_run *r, uint32_t actor);
bool who_is_party(const struct who_run *r, uint32_t actor);   /* a state or a known organisation */

/* resolve_pronoun.c: actors, or CH_NONE where nobody fits */
double who_nearness(const struct who_run *r, const struct who_memory *m, uint32_t actor);
bool who_may_mean(const struct who_memory *m, uint32_t actor);   /* grammar does not bar it */
uint32_t who_salient_state(struct who_run *r, const struct who_memory *m, double *score);   /* "the country", "the government" */
uint32_t who_he_or_she(const struct who_run *r, const struct who_memory *m, char gender);   /* 'm' or 'f' */
uint32_t who_it(const struct who_run *r, const struct who_memory *m);
bool who_they(struct who_run *r, const struct who_memory *m, struct who_draft *d);
uint32_t who_possessor_state(struct who_run *r, const struct who_memory *m, uint32_t word);   /* of "his", "their", "its" */

/* resolve_office.c: "the president", "as president", "his French counterpart" */
void who_resolve_office(struct who_run *r, struct who_memory *m, struct who_draft *d);
void who_resolve_role(struct who_run *r, struct who_memory *m, struct who_draft *d);
void who_resolve_counterpart(struct who_run *r, struct who_memory *m, struct who_draft *d);

/* resolve_pair.c: "both sides", "the two leaders", "the latter"; and what makes a pair */
void who_resolve_sides(struct who_run *r, struct who_memory *m, struct who_draft *d);
void who_note_meeting(struct who_run *r, struct who_memory *m, const struct who_draft *d, uint32_t sentence);
void who_note_pairs(struct who_run *r, struct who_memory *m, uint32_t draft);
#endif
