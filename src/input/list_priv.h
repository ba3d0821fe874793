/* input/list_priv.h -- the readers of lists among themselves. */
#ifndef CH_INPUT_LIST_PRIV_H
#define CH_INPUT_LIST_PRIV_H
#include "input/list.h"

enum { CH_LIST_COLUMNS_MAX = 256, CH_LIST_NAME_MAX = 63 };

/* Which column is which field. A column's name is known once, however many rows have it. */
struct ch_list_columns {
	struct ch_list *list;
	struct ch_str own[CH_LIST_N];      /* of the map: the column's name; empty */
	struct ch_str constant[CH_LIST_N]; /* of the map: the text of all rows */
	bool owned[CH_LIST_N];             /* a column of that name was seen */
	CH_VEC(char) seen;                 /* names of columns, for messages */
	uint32_t n_seen;
	struct ch_map known;               /* names seen */
	uint64_t given;                    /* rows, with those of which no column is known */
};

/* A text of a column. Values of one field in the column that ranks highest are kept, those of several columns of equal rank in the
 * order of the columns: the first. more: joins what is there already with "; ". */
struct ch_list_making {
	struct ch_list_row row;
	int rank[CH_LIST_N];               /* of what is there; 0: nothing */
	size_t room[CH_LIST_N];            /* bytes that what is there may grow to where it lies */
};

/* The field of a column of this name and its rank (1 is the best), CH_LIST_N where it is none of ours. */
enum ch_list_field ch_list_field_of(struct ch_list_columns *c, struct ch_str name, int *rank);
void ch_list_put(struct ch_list_columns *c, struct ch_list_making *m, enum ch_list_field field, int rank, struct ch_str text, bool more);
/* The row is whole; one without any text is left out. */
void ch_list_done(struct ch_list_columns *c, struct ch_list_making *m);
/* A name's spelling in the lexicon: small letters, words parted by one blank. "" where it is too long. */
struct ch_str ch_list_plain_name(struct ch_str name, char out[CH_LIST_NAME_MAX + 1]);

/* Makes bytes UTF-8, its mark taken off; of XML they stay as they are. Fails on what is no text. */
bool ch_list_text(struct ch_arena *arena, struct ch_str *bytes, const char *name, struct ch_err *err) CH_MUST_USE;
bool ch_list_json(struct ch_list_columns *c, struct ch_str bytes, const char *name, struct ch_err *err) CH_MUST_USE;
bool ch_list_xml(struct ch_list_columns *c, struct ch_str bytes, const char *name, struct ch_err *err) CH_MUST_USE;
#endif
