/* export/codes.h -- codes of other collections: the tables of lexicon/export/, opened for one export.
 *
 * A code is right only for a day: those of states are asked for with one. Strings lie in the program or in the arena of the
 * tables. */
#ifndef CH_EXPORT_CODES_H
#define CH_EXPORT_CODES_H
#include "base/day.h"
#include "base/embed.h"
#include "base/err.h"
#include "base/map.h"

struct ch_country_code {
	struct ch_str code, iso2, fips, cameo, cow, cow_name, name;   /* empty: none */
	ch_day from, to;               /* of fips and cow; CH_NO_DAY: open */
};

struct ch_cameo_code {
	struct ch_str code, planned, name;   /* planned: what it is before it happens; empty: nothing */
	double goldstein;
};

struct ch_org_code {
	struct ch_str id, cameo, group;
};

struct ch_sector_code {
	struct ch_str sector, cameo, icews;
};

struct ch_plover_code {
	struct ch_str type, cameo, modes;    /* modes: blanks between */
};

struct ch_codes {
	struct ch_arena arena;
	CH_VEC(struct ch_country_code) countries;
	CH_VEC(struct ch_cameo_code) cameo;
	CH_VEC(struct ch_org_code) orgs;
	CH_VEC(struct ch_sector_code) sectors;
	CH_VEC(struct ch_plover_code) plover;
	struct ch_map by_country, by_cameo, by_org, by_sector, by_type;   /* by_country: the first line of a code */
};

/* The built-in tables; fails with "file:line: what stood there; what would do" on a slip. Close also after a failure. */
bool ch_codes_open(struct ch_codes *codes, struct ch_err *err) CH_MUST_USE;
/* Any files, by the names of the built-in ones; lent as long as the tables. */
bool ch_codes_parse(struct ch_codes *codes, const struct ch_embedded *files, size_t n, struct ch_err *err) CH_MUST_USE;
void ch_codes_close(struct ch_codes *codes);

/* The codes of a state (ISO 3166-1 alpha-3) on a day (CH_NO_DAY: the last known); false where it is none. On a day that its lines do
 * not cover fips and cow are empty. O(lines of the code). */
bool ch_country_on(const struct ch_codes *codes, struct ch_str code, ch_day day, struct ch_country_code *out) CH_MUST_USE;
/* NULL: there is none. O(1). */
const struct ch_cameo_code *ch_cameo_of(const struct ch_codes *codes, struct ch_str code);
const struct ch_org_code *ch_org_of(const struct ch_codes *codes, struct ch_str id);
const struct ch_sector_code *ch_sector_of(const struct ch_codes *codes, struct ch_str sector);
const struct ch_plover_code *ch_plover_of(const struct ch_codes *codes, struct ch_str type);
/* Is it one of the modes that the PLOVER manual has for the type? */
bool ch_plover_mode(const struct ch_codes *codes, struct ch_str type, struct ch_str mode);

/* CAMEO's four kinds of roots: as GDELT counts them, 1 to 4, and as Phoenix does, 0 to 4. code: at least two digits; else 0. */
int ch_quad_gdelt(struct ch_str code);
int ch_quad_phoenix(struct ch_str code);
#endif
