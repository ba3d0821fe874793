/* export/offices.h -- who held which office: as the lists have it, and as the pages say, side by side.
 *
 * The lists are the gazetteer's terms. What the pages say are the rows of the register of roles, of one person, office
 * and body together: on how many pages, from which publication day to which. A page that gives somebody an office of
 * one holder that the lists give to another on that day is a conflict; it is shown, never settled. */
#ifndef CH_EXPORT_OFFICES_H
#define CH_EXPORT_OFFICES_H
#include "export/query.h"
#include "who/gazetteer.h"

/* Offices of a person (full name), or held in a body (a party; then of the lists only chiefs and foreign ministers are
 * given), as an array of
 *   {"who","office","body","from","to","source":"lists"} and
 *   {"who","office","body","pages","first","last","source":"pages","conflict":null or "what the lists
 * say","evidence":[…]}, each in order of time. from and to are as exact as the lists are; null: unknown, or still in
 * office. evidence: id of the row, sentence, page. q.who of the store's query is the name; one of person and body is
 * empty. A new reference, also on failure. */
bool ch_offices(struct ch_store *store, const struct ch_gazetteer *g, struct ch_str person, struct ch_str body,
		json_t **list, struct ch_err *err) CH_MUST_USE;

/* What a party belonged to on a day (CH_NO_DAY: ever), by the lists: an array of {"org","name","status","from","to"}, by name
 * of the organisation. A new reference; empty where the lists do not know the party. */
json_t *ch_memberships(const struct ch_gazetteer *g, struct ch_str party, ch_day day);

/* What the pages say on at least `pages` pages and no term of the lists covers: as "pages" above, and
 *   "entry": the lines to add to a file of one's own. In order of the number of pages. O(rows of roles). */
bool ch_offices_learnt(struct ch_store *store, const struct ch_gazetteer *g, uint32_t pages, json_t **list,
		       struct ch_err *err) CH_MUST_USE;
#endif
