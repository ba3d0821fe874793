/* input/list.h -- lists that people made by hand: who visited whom, when and where, a row each; as text, not yet understood.
 *
 *     bytes ── CSV, TSV (list.c) | JSON, JSON lines (list_json.c) | XML (list_xml.c) ──▶ struct ch_list_row: a text a field
 *
 * Columns, keys and elements are known by their names, in the spellings of lexicon/lists/columns.txt, or named by a map. Read are
 * also ACLED's columns, and the plain XML of the US Department of State's visits and travels. */
#ifndef CH_INPUT_LIST_H
#define CH_INPUT_LIST_H
#include "base/day.h"
#include "base/err.h"
#include "base/map.h"

/* The longest list, unpacked. */
#define CH_LIST_BYTES_MAX ((size_t)64 << 20)

enum ch_list_field {
	CH_LIST_ID, CH_LIST_WHO, CH_LIST_ORIGIN, CH_LIST_WITH, CH_LIST_PLACE, CH_LIST_LOCALE, CH_LIST_DATE, CH_LIST_END, CH_LIST_TYPE,
	CH_LIST_TITLE, CH_LIST_NOTE, CH_LIST_FROM, CH_LIST_TO, CH_LIST_N   /* FROM and TO: of no row that was read */
};

struct ch_list_row {
	uint32_t line;                     /* from 1; of a JSON document and of XML: the row's number */
	bool inward;                       /* of XML: stands among visits to the country whose list it is */
	struct ch_str field[CH_LIST_N];    /* trimmed, UTF-8; empty: not there */
};

struct ch_list {
	struct ch_arena arena;             /* of all */
	CH_VEC(struct ch_list_row) rows;
	const char *format;                /* "CSV", "TSV", "JSON", "XML" */
	bool has[CH_LIST_N];               /* some row has it */
};

/* Reads bytes (gone when it returns: rows are copies or lie in the arena). name: for messages. map: "who=Leader,place=Country,date=Start"
 * (a text for all rows behind two "=": "who==France"), or empty. Fails with one line ("name:line: …", or "--map: …") on what
 * cannot be read, a column of the map that is not there, and a list without who or without date. Free the list also then.
 * Linear in bytes. */
bool ch_list_read(struct ch_list *list, struct ch_str bytes, struct ch_str map, const char *name, struct ch_err *err) CH_MUST_USE;
void ch_list_free(struct ch_list *list);

/* The fields of a map: "who", …, "note"; NULL for those that a map cannot name. */
const char *ch_list_field_name(enum ch_list_field field);

/* What a list's word for a kind of event means: a PLOVER type, or ".mode"; "" where it is none that we know. */
const char *ch_list_event(struct ch_str word);

enum ch_date_order { CH_ORDER_UNSAID, CH_ORDER_DMY, CH_ORDER_MDY };
enum ch_list_date { CH_LIST_DATE_OK, CH_LIST_DATE_NONE, CH_LIST_DATE_ORDER };   /* ORDER: which is the day, is not said */

/* "2018-03-05", "2018-03", "2018", "2018-03-03/2018-03-05", "20180305", "5 March 2018", "March 3–5, 2018", "28 Feb – 2 Mar 2018", "5.3.2018", and with
 * an order, or where one number is above 12, "12/03/2018". A time of day behind it is passed over. lo and hi: first and last day. */
enum ch_list_date ch_list_date(struct ch_str text, enum ch_date_order order, ch_day *lo, ch_day *hi);
#endif
