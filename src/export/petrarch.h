/* export/petrarch.h -- events by dictionaries of the field as JSON. */
#ifndef CH_EXPORT_PETRARCH_H
#define CH_EXPORT_PETRARCH_H
#include "petrarch/code.h"
#include <jansson.h>

/* The options under "config" of a line of JSON, with PETRARCH's names for them ({"require_dyad": "false"}), over the defaults. Fails,
 * naming it, for an option or a value that there is not. */
bool ch_petrarch_config(struct ch_str line, struct ch_petrarch_options *options, struct ch_err *err) CH_MUST_USE;

/* {"id": null, "events": […]}, and "discarded" where the story was. */
json_t *ch_json_petrarch(const struct ch_petrarch *dict, const struct ch_doc *doc, const struct ch_petrarch_options *options);
#endif
