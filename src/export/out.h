/* export/out.h -- what the formats of export have in common: rows that are written field by field, events as coded data sets have
 * them (one code, one day, two sides), and what was lost on the way.
 *
 * A format is a file to_X.c with an entry in the table of formats.c. It is given one event at a time; what it makes of it
 * lies in out->arena until the event is done, so that any number of events take the memory of one. */
#ifndef CH_EXPORT_OUT_H
#define CH_EXPORT_OUT_H
#include "chancery.h"
#include "export/codes.h"
#include "export/cursor.h"
#include "export/json.h"
#include "store/store.h"

/* What formats cannot say. The names stand in formats.c; up to CH_LOST_LEFT_OUT values became null, from there on records are missing. */
enum ch_lost {
	CH_LOST_ACTOR, CH_LOST_ORG, CH_LOST_SECTOR, CH_LOST_COUNTRY, CH_LOST_COW, CH_LOST_PLACE, CH_LOST_CAMEO, CH_LOST_MODE, CH_LOST_NULL_DATE,
	CH_LOST_FIRST_DAY, CH_LOST_PUBLISHED,
	CH_LOST_LEFT_OUT,
	CH_LOST_STATUS = CH_LOST_LEFT_OUT, CH_LOST_UNDATED, CH_LOST_ALONE, CH_LOST_N
};

/* A column of a table: what `--dictionary` prints. type: text, number, code, date, list, flag. */
struct ch_column {
	const char *name, *type, *meaning, *values;
};

struct ch_out;

struct ch_format {
	const char *name, *summary;
	const struct ch_column *columns;   /* NULL: JSON lines */
	uint32_t n_columns;
	char between;                      /* '\t' or ','; a comma makes it RFC 4180 */
	bool header;
	const char *null;                  /* what stands where nothing is known */
	bool cameo, plover;                /* codes of CAMEO, modes of PLOVER are written: those that are missing count */
	bool sentences;                    /* words of pages are in it: their terms are obeyed */
	bool (*event)(struct ch_out *out, const struct ch_event_record *e);   /* false: enough */
	bool (*row)(struct ch_out *out, const struct ch_row *row);            /* NULL: events only */
	const enum ch_register_id *rows;   /* which of them, CH_REG_N at the end */
	/* NULL, or instead of one walk over the events (which it makes itself, by ch_out_events). */
	bool (*run)(struct ch_out *out, struct ch_err *err);
};

extern const struct ch_format ch_to_plover, ch_to_jsonl, ch_to_csv, ch_to_gdelt, ch_to_gdelt_mentions, ch_to_phoenix, ch_to_petrarch,
	ch_to_icews, ch_to_polecat, ch_to_ftm, ch_to_jsonld, ch_to_dyad_day, ch_to_dyad_month;

enum { CH_OUT_SEEN = 1 << 16 };

struct ch_out {
	const struct ch_format *format;
	chancery_row_fn *row;
	void *ctx;
	struct ch_arena arena;             /* of one event */
	struct ch_arena whole;             /* of all */
	struct ch_codes codes;
	struct ch_store *store;
	struct ch_query query;
	struct ch_paged *paged;            /* of events or rows a piece at a time; NULL: of all */
	CH_VEC(char) line;
	uint32_t fields;
	bool fill, ended;                  /* ended: whoever takes the rows has enough */
	uint64_t rows, withheld, lost[CH_LOST_N];
	uint64_t *seen;                    /* CH_OUT_SEEN hashes of ids, each over the one before in its place */
	void *own;                         /* the format's */
};

/* ---- rows ---- */

void ch_out_lost(struct ch_out *out, enum ch_lost what);
/* The next field. What would end it (tabs, ends of lines) becomes a blank, broken UTF-8 is repaired; empty: the format's null. */
void ch_out_put(struct ch_out *out, struct ch_str s);
void ch_out_printf(struct ch_out *out, const char *fmt, ...) CH_PRINTF(2, 3);
void ch_out_nulls(struct ch_out *out, uint32_t n);
/* The row is whole: as many fields as the format has columns. False: enough. */
bool ch_out_end(struct ch_out *out) CH_MUST_USE;
void ch_out_forget(struct ch_out *out);    /* gives out->arena back, between two events */
bool ch_out_json(struct ch_out *out, json_t *object) CH_MUST_USE;   /* takes it */
/* True the first time, and again where many others came between: whoever reads must join what has one id. O(1), constant memory. */
bool ch_out_first(struct ch_out *out, struct ch_str id);
/* One walk over the events that were asked for, each made fit for passing on. */
bool ch_out_events(struct ch_out *out, bool (*fn)(struct ch_out *out, const struct ch_event_record *e), struct ch_err *err) CH_MUST_USE;

/* ---- events as coded data sets have them (coded.c) ---- */

/* "2018", "2018-05", "2018-05-01", "A/B": first and last day of it. exact: a day was said. unit: 'd', 'm', 'y', of its beginning. */
struct ch_when {
	ch_day first, last;
	char unit;
	bool range;
};
/* False where s is no date. */
bool ch_when_of(struct ch_str s, struct ch_when *when);
struct ch_str ch_ymd(struct ch_arena *arena, ch_day day);           /* "20180501" */
struct ch_str ch_iso(struct ch_arena *arena, ch_day day);           /* "2018-05-01" */

struct ch_coded {
	struct ch_str type, mode;              /* of PLOVER 0.8; mode: of those that it has, or empty */
	const struct ch_cameo_code *cameo;
	struct ch_when when;
	double scale;                          /* PLOVER's */
};

/* The event by one code and one day. What was planned is coded as the manuals of PLOVER and CAMEO ask: cooperative acts as the intent
 * (AGREE, 03), material conflict as the threat. An event without a date has that of its first report. False, and counted, where it is
 * nothing that such a set could hold: denied, hypothetical, words yet to come, a past without a date. */
bool ch_code_event(struct ch_out *out, const struct ch_event_record *e, struct ch_coded *coded);
/* The same but for its date. */
bool ch_code_type(struct ch_out *out, const struct ch_event_record *e, struct ch_coded *coded);

struct ch_dyad {
	const struct ch_party *source, *target;   /* NULL: nobody */
	uint32_t number;                          /* from 0 */
};
/* A report's sides as pairs, a party once a side; of a joint event each with each, in both directions. In the arena. */
struct ch_dyad *ch_dyads(struct ch_arena *arena, const struct ch_report *r, uint32_t *n);
/* A whole number below 2^63 that stands for the pair in sets that number their events: 48 bits of the event's id, 15 of the pair. */
uint64_t ch_dyad_number(struct ch_str event, uint32_t number);

/* CAMEO's code of a party, and its parts; empty where there is none (counted). party may be NULL: nobody. */
struct ch_cameo_actor {
	struct ch_str whole, country, kind, group, role, name;
};
struct ch_cameo_actor ch_cameo_actor(struct ch_out *out, const struct ch_party *party);

/* The codes of the place or of a party's state on a day; false (and counted, if a code was given) where there are none. */
bool ch_country_codes(struct ch_out *out, struct ch_str code, ch_day day, enum ch_lost what, struct ch_country_code *c);
bool ch_is_kind(struct ch_str code);                     /* "IGO" and the like: no state */
struct ch_str ch_party_text(const struct ch_party *p);   /* its name, else its party */
/* Contexts of all reports, with how many have each in n[CH_CONTEXT_N] (may be NULL). */
uint64_t ch_event_contexts(const struct ch_event_record *e, uint32_t *n);
/* Different values of all reports, joined: of outlets, URLs, ids of pages. */
struct ch_str ch_joined_reports(struct ch_arena *arena, const struct ch_event_record *e, struct ch_str (*of)(const struct ch_report *r),
				const char *between, uint32_t *n);
struct ch_str ch_report_outlet(const struct ch_report *r);
struct ch_str ch_report_url(const struct ch_report *r);
struct ch_str ch_report_page(const struct ch_report *r);
#endif
