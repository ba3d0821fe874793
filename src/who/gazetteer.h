/* who/gazetteer.h -- who there is: states, organisations, people and their terms of office, titles, institutions.
 *
 * The table (who/table.h) is compiled from lexicon/actors/ when the program is built (who/compile.h) and lies in the
 * program; opening it sets pointers and checks that they fit. With a user's own file it is compiled anew, in memory. Read-only, so any number of threads may share one. */
#ifndef CH_WHO_GAZETTEER_H
#define CH_WHO_GAZETTEER_H
#include "base/day.h"
#include "base/err.h"
#include "who/compile.h"
#include "who/table.h"

struct ch_gazetteer {
	const struct ch_gz_header *head;
	const struct ch_gz_slot *slots, *sur_slots;
	const struct ch_gz_entity *entities;
	const struct ch_gz_term *terms;
	const struct ch_gz_body_term *by_body;
	const struct ch_gz_hold *holds;
	const struct ch_gz_entry *entries, *sur_entries;
	const uint32_t *by_id;
	const struct ch_gz_membership *members; /* by organisation */
	const uint32_t *members_by_state;
	const char *strings;
	uint32_t own_list;       /* number of the user's list (ch_gz_source), or UINT32_MAX */
	uint32_t people_first;   /* entities from here on are people */
	uint32_t office_of[256]; /* entity of an office class, or UINT32_MAX */
	void *copy;              /* of the table, where the linker did not align it or a user's file is in it */
};

/* False, with the reason, where the table in the program is not the one this code reads. *out is to be closed by the
 * caller. */
bool ch_gazetteer_open(struct ch_gazetteer **out, struct ch_err *err) CH_MUST_USE;
/* The same with a user's file of actors, which is lent for the call: all lists are compiled anew with it (some 0.2 s).
 * False, with one line "file:line: …", where it has a slip. */
bool ch_gazetteer_open_with(const struct ch_actor_list *own, struct ch_gazetteer **out, struct ch_err *err) CH_MUST_USE;
/* The text of a built-in list ("codes" for lexicon/actors/codes.txt), in arena. */
bool ch_actor_list(struct ch_arena *arena, const char *name, struct ch_str *text, struct ch_err *err) CH_MUST_USE;
void ch_gazetteer_close(struct ch_gazetteer *g);

/* The slot of a name (or of the beginning of one) by the hash of its atoms, or NULL. O(1). */
const struct ch_gz_slot *ch_gz_find(const struct ch_gazetteer *g, uint64_t hash);
/* People with this surname: entries of sur_entries, *n of them, best known first. */
const struct ch_gz_entry *ch_gz_surname(const struct ch_gazetteer *g, uint64_t hash, uint32_t *n);

/* The entity of an id ("person:ilham-aliyev"), or UINT32_MAX. O(log entities). */
uint32_t ch_gz_by_id(const struct ch_gazetteer *g, struct ch_str id);

/* The list ("lexicon/actors/leaders.txt") and line that `source` of an entity or a term says; empty and 0 where none. */
struct ch_str ch_gz_source(const struct ch_gazetteer *g, uint32_t source, uint32_t *line);

/* The state that the words for `state` mean on `day` ("Moscow" in 1972: the Soviet Union); mostly itself. places: the
 * words are of a place or a capital, not the state's own name. With CH_NO_DAY itself. O(holds), which are few. */
uint32_t ch_gz_state_on(const struct ch_gazetteer *g, uint32_t state, ch_day day, bool places);

static inline struct ch_str ch_gz_str(const struct ch_gazetteer *g, uint32_t at)
{
	return ch_str_z(g->strings + at);
}

/* Who held an office of `cls` (of an entity of kind CH_GZ_OFFICE, or CH_GZ_CLASS_COS, CH_GZ_CLASS_HOG) in `body` on
 * `day`: an index of terms, or UINT32_MAX. Where tables overlap, the one that took office last; where no one is known
 * for the day, nobody. With CH_NO_DAY the latest known. O(terms of that class). */
uint32_t ch_gz_holder(const struct ch_gazetteer *g, uint32_t body, uint32_t cls, ch_day day);

/* The term that tells for whom a person acts on `day`: in office then (the highest office first), else the last before,
 * else the first after. With CH_NO_DAY the latest. UINT32_MAX where none is known. *off is the distance in days (0: in
 * office). */
uint32_t ch_gz_term_on(const struct ch_gazetteer *g, uint32_t person, ch_day day, int64_t *off);

/* Whether `state` (an entity; also an organisation, as the EU in the G20) was a full member of the organisation `org` on
 * `day` and not suspended; the first and the last day count. With CH_NO_DAY: whether it still is, as far as the lists
 * know. False for what is no state or no organisation. As lexicon/actors/members*.txt say; O(log memberships). */
bool ch_gz_member(const struct ch_gazetteer *g, uint32_t state, uint32_t org, ch_day day);

/* Lines of membership, of one organisation or of one state; to be made by the two calls below. Owns nothing. */
struct ch_gz_members {
	const struct ch_gazetteer *g;
	uint32_t at, end;
	ch_day day;
	bool by_state;
};

/* Members of `org` on `day`, by state; and what `state` belonged to, by organisation. All statuses: observers and candidates
 * are told too, and a suspended member has two lines. With CH_NO_DAY all lines, of whatever day, those of one pair by
 * status and then in the order of time. O(log memberships), then O(1) a line. */
struct ch_gz_members ch_gz_members_of(const struct ch_gazetteer *g, uint32_t org, ch_day day);
struct ch_gz_members ch_gz_orgs_of(const struct ch_gazetteer *g, uint32_t state, ch_day day);
/* The next line, which lives as long as the gazetteer; NULL after the last. */
const struct ch_gz_membership *ch_gz_members_next(struct ch_gz_members *it);
/* "member", "observer", …: as in the lists. */
const char *ch_gz_status_name(uint8_t status);
#endif
