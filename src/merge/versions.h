/* merge/versions.h -- versions of one event: what copies of a story tell a little differently.
 *
 * Pages that tell an event alike give it one id (store/record.c). A copy may have the date less exactly, lack a party or a
 * place, or have no date at all: within a story such versions are one event. Nobody merges what one page tells apart. */
#ifndef CH_MERGE_VERSIONS_H
#define CH_MERGE_VERSIONS_H
#include "base/arena.h"
#include "base/day.h"

struct ch_version {
	struct ch_str id, type, mode, place, status, lo, hi;   /* lo, hi: ISO days; empty: undated */
	const struct ch_str *side[2];                          /* parties of source and target, sorted, each once */
	uint32_t n_side[2];
	const int64_t *pages;                                  /* that tell it, sorted */
	uint32_t n_pages;
	const struct ch_str *outlets;                          /* of those pages, each once; unnamed ones are left out */
	uint32_t n_outlets;
	ch_day published;                                      /* the first of them; CH_NO_DAY */
	uint32_t head;                                         /* out: index of the version it is one with; its own: a head */
};

/* Negative where a is the better version: the more exact date, then more parties, a place, a mode, the smaller id. A total
 * order, which hangs on nothing but the two. */
int ch_version_cmp(const struct ch_version *a, const struct ch_version *b);

/* Whether a is as exact in its date as b and names as many parties. */
bool ch_version_as_full(const struct ch_version *a, const struct ch_version *b);

/* Whether all that a says of the parties b says too; sides matter where they differ in what they do. */
bool ch_version_parties_within(const struct ch_version *a, const struct ch_version *b);

/* Whether one page tells both. */
bool ch_versions_share_page(const struct ch_version *a, const struct ch_version *b);

/* Sets head of all n versions told in one story: best first, each goes to the best head that it can be one with. The same for any
 * order of v. */
void ch_versions_group(struct ch_version *v, uint32_t n, struct ch_arena *arena);
#endif
