/* export/query.h -- questions to the store that several outputs ask. */
#ifndef CH_EXPORT_QUERY_H
#define CH_EXPORT_QUERY_H
#include "chancery.h"
#include "export/json.h"
#include "store/store.h"

/* The public query as the store's; dates are made bounds. Fails on a date that is none. Strings are lent or lie in arena. */
bool ch_query_of(const struct chancery_query *given, struct ch_arena *arena, struct ch_query *q, struct ch_err *err) CH_MUST_USE;

/* May the list ("visits", "stories") be asked what is given? Fails, with the option's name, on what says nothing there, and on a type, mode or status that
 * there is none of. A list that there is none of may be asked anything. */
bool ch_asked(const char *list, const struct chancery_query *given, struct ch_err *err) CH_MUST_USE;

/* Narrows q to the events of a register ("visits"); false where it is none of these. */
bool ch_query_register(struct ch_str name, struct ch_query *q);

/* A day, month or year ("2018") as its first or last day; given empty: none. Fails, with the option's name, on anything else. */
bool ch_query_day(struct ch_arena *arena, const char *option, const char *given, bool last, struct ch_str *out, struct ch_err *err) CH_MUST_USE;

/* All records that q asks for as a JSON array (a new reference, also on failure). */
bool ch_query_events(struct ch_store *store, const struct ch_query *q, json_t **list, struct ch_err *err) CH_MUST_USE;
bool ch_query_rows(struct ch_store *store, enum ch_register_id reg, const struct ch_query *q, json_t **list,
		   struct ch_err *err) CH_MUST_USE;

/* Takes object; where ok, its text goes to *json (malloc). Returns ok. */
bool ch_json_give(json_t *object, bool ok, char **json);
#endif
