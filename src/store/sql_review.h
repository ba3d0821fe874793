/* store/sql_review.h -- what the files of the SQLite back end that know of decisions share. */
#ifndef CH_STORE_SQLITE_REVIEW_H
#define CH_STORE_SQLITE_REVIEW_H
#include "store/review.h"
#include "store/sql.h"

/* A report or row as it stands in the tables. */
struct ch_captured {
	int64_t n;
	int reg;                       /* -1: a report */
	struct ch_str kind, id, page, published, said, coded;   /* published: of the page, of a report */
	struct ch_raw_span span;
	struct ch_arena *arena;
};

struct ch_sided {
	int64_t n;                     /* of the actor */
	struct ch_party party;         /* id and party */
};

struct ch_side {
	struct ch_sided *v;
	uint32_t n;
	struct ch_party_list list;
};

bool ch_sql_capture_report(struct ch_sql *db, struct ch_arena *arena, int64_t report, struct ch_captured *c, struct ch_err *err);
#endif
