/* export/parties.h -- whose a code is, by the lists. */
#ifndef CH_EXPORT_PARTIES_H
#define CH_EXPORT_PARTIES_H
#include "base/map.h"
#include "who/gazetteer.h"

/* Whose a code is, as an entity: a state's, an organisation's, or either's ("NAM" is Namibia's and the Non-Aligned Movement's). Of the states that
 * share one it is the first's ("FIN": Finland's, and not its islands'); of organisations that one's which goes by it, since parties and companies bear
 * their state's. In the arena that it was made with. */
struct ch_parties {
	const struct ch_gazetteer *g;
	struct ch_map states, orgs;
};

/* O(entities). */
void ch_parties_init(struct ch_parties *p, struct ch_arena *arena, const struct ch_gazetteer *g);
/* Does the entity stand for its code? */
bool ch_parties_head(const struct ch_parties *p, uint32_t entity);
/* The state or the organisation of the code; NULL: none. */
const struct ch_gz_entity *ch_parties_of(const struct ch_parties *p, struct ch_str code, bool state);

/* Of the two that a code may mean, whom most of so many events that `who` has with it mean; NULL: the lists have neither. */
struct ch_store;
bool ch_parties_meant(const struct ch_parties *p, struct ch_store *store, struct ch_str who, struct ch_str code, uint64_t events,
		      const struct ch_gz_entity **entity, struct ch_err *err) CH_MUST_USE;

/* The code of the state or organisation that the lists know by this code, in any case of its letters, or by this name; empty: they know none. Lives as
 * long as the gazetteer. O(entities). */
struct ch_str ch_party_by_lists(const struct ch_gazetteer *g, struct ch_str name);
#endif
