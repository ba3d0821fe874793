/* export/agenda.h -- plans and pledges with what came of them, as JSON (docs/agenda.md). */
#ifndef CH_EXPORT_AGENDA_H
#define CH_EXPORT_AGENDA_H
#include "export/query.h"

/* The agenda line of a planned event, or of a pledge, by its whole id; *object NULL (and no error) where it is no plan. */
bool ch_agenda_of_event(struct ch_store *store, struct ch_str id, json_t **object, struct ch_err *err) CH_MUST_USE;
bool ch_agenda_of_pledge(struct ch_store *store, struct ch_str id, json_t **object, struct ch_err *err) CH_MUST_USE;
#endif
