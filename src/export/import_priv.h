/* export/import_priv.h -- the readers of other collections' actors among themselves: import.c (which reader; names,
 * bodies, what is written; TSV), import_petrarch.c, import_ftm.c.
 *
 * A reader writes blocks in the form of the user's file; what it cannot carry it says with ch_import_lost, a line each. */
#ifndef CH_EXPORT_IMPORT_PRIV_H
#define CH_EXPORT_IMPORT_PRIV_H
#include "base/map.h"
#include "export/json.h"
#include "who/gazetteer.h"

enum { CH_IMPORT_EXAMPLES = 5 };

struct ch_import {
	struct ch_arena arena;
	const struct ch_gazetteer *g;   /* with the user's file as it is */
	struct ch_map codes;            /* "sector MED" -> index of values: codes.txt */
	CH_VEC(struct ch_str) values;
	CH_VEC(char) out;
	struct ch_map offices;          /* sectors whose office is written already */
	uint32_t line;                  /* being read, from 1 */
	uint64_t lines, people, terms, organisations, names, words, known;
	uint64_t lost;
	struct ch_map reasons;          /* why -> index of lost_by */
	CH_VEC(uint64_t) lost_by;
	json_t *examples;
};

/* An import against what g (lent) knows. Close it also after a failure. */
bool ch_import_open(struct ch_import *x, const struct ch_gazetteer *g, struct ch_err *err) CH_MUST_USE;
void ch_import_close(struct ch_import *x);
/* Reads text as `given`, or by what is in it where that is NULL; *format tells as what. Once for an import. */
bool ch_import_read(struct ch_import *x, const char *given, struct ch_str text, const char **format,
		    struct ch_err *err) CH_MUST_USE;

/* The value of a code ("sector", "MED"), or empty. */
struct ch_str ch_import_code(const struct ch_import *x, const char *kind, struct ch_str code);

/* A line, or a part of one, that is not taken: counted, the first few shown. */
void ch_import_lost(struct ch_import *x, struct ch_str text, const char *why);

void ch_import_put(struct ch_import *x, const char *fmt, ...) CH_PRINTF(2, 3);

/* text as a name of our form: blanks single, none of the form's marks; empty where no letter is left or it is too long. */
struct ch_str ch_import_name(struct ch_import *x, struct ch_str text);

/* What a term of office may stand with: the code of a state, the key of an organisation; empty where nothing is known by
 * that. s: alpha-2 or alpha-3 code, organisation's id, or a name. */
struct ch_str ch_import_body(struct ch_import *x, struct ch_str s);

/* The entity of a kind that a name means, or UINT32_MAX; kinds: a bit (1 << enum ch_gz_kind) each. */
uint32_t ch_import_find(struct ch_import *x, struct ch_str name, unsigned kinds);

/* "2014-05", "2014-05-01T00:00:00": the part of it that is a day, month or year of the calendar; empty. */
struct ch_str ch_import_date(struct ch_str s);

void ch_import_petrarch(struct ch_import *x, struct ch_str text);
void ch_import_ftm(struct ch_import *x, struct ch_str text);
#endif
