/* export/cursor.h -- a list a piece at a time: the place behind the last record given, as text that whoever asks gives back. */
#ifndef CH_EXPORT_CURSOR_H
#define CH_EXPORT_CURSOR_H
#include "chancery.h"
#include "store/store.h"

struct ch_paged {
	chancery_row_fn *row;
	void *ctx;
	const char *list;              /* its name: a place in one list is none in another */
	const struct chancery_query *given;
	struct ch_cursor here, last;   /* of the record that comes, of the last one given */
	uint64_t left;
};

/* Gives q the place behind which it begins, and one record more than was asked for where the query asks how it goes on. Fails on what is no
 * place in this list. Records then go to ch_paged_row, and *paged stays where it is meanwhile. */
bool ch_paged_begin(struct ch_paged *paged, const char *list, const struct chancery_query *given, chancery_row_fn *row, void *ctx,
		    struct ch_query *q, struct ch_err *err) CH_MUST_USE;
/* A record comes, at p->here: true where it is to be given, false where there were enough. */
bool ch_paged_next(struct ch_paged *p);
bool ch_paged_row(void *paged, const char *json, size_t size);
/* No more records now, though there may be some: the list goes on behind paged->here. */
void ch_paged_break(struct ch_paged *paged);
#endif
