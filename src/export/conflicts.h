/* export/conflicts.h -- counts, and what they leave open. */
#ifndef CH_EXPORT_CONFLICTS_H
#define CH_EXPORT_CONFLICTS_H
#include "store/record.h"

/* The least and the most that "more than 90", "about 200" ("~": a tenth more or less) or "16" may mean; ends included, -1e300 and 1e300
 * where open. */
void ch_count_bounds(struct ch_str comparison, double value, double *least, double *most);
/* The cell of that column; an empty one where the register has none of the name. */
const struct ch_cell *ch_cell_of(const struct ch_row *row, const char *name);
#endif
