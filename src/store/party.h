/* store/party.h -- a party that a person names, as an actor: by the lists that the program was built with. */
#ifndef CH_STORE_PARTY_H
#define CH_STORE_PARTY_H
#include "store/record.h"

/* The state or organisation whose code this is ("FRA", "NATO"), with the id that the stages give it; in arena. False: the lists have none.
 * O(entities of the lists). */
bool ch_party_known(struct ch_arena *arena, struct ch_str code, struct ch_party *out);
/* The actor that a person set and no list has: a party by its name, or, with a name, somebody who stands for it. */
struct ch_party ch_party_by_hand(struct ch_arena *arena, struct ch_str code, struct ch_str name);
/* "GBR:Gordon Brown" in two; name is empty where there is none. */
void ch_party_cut(struct ch_str text, struct ch_str *code, struct ch_str *name);
#endif
