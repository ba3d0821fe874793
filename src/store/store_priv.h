/* store/store_priv.h -- the verbs of a back end. What SQL does for both is in sql_*.c; sqlite.c and postgres.c hold a table each. */
#ifndef CH_STORE_STORE_PRIV_H
#define CH_STORE_STORE_PRIV_H
#include "store/store.h"

/* All rows of a store, for ch_copy: by table, in the order of ch_store_tables (ends with NULL), with the columns' names. */
enum { CH_TABLE_COLS_MAX = 64 };
enum ch_value_kind { CH_VALUE_NULL, CH_VALUE_INT, CH_VALUE_REAL, CH_VALUE_TEXT, CH_VALUE_BYTES };
struct ch_value {
	enum ch_value_kind kind;
	int64_t number;
	double real;
	struct ch_str bytes;           /* lent until the callback returns */
};
struct ch_table_row {
	const char *table;             /* of ch_store_tables */
	const char *const *columns;
	const struct ch_value *values;
	uint32_t n;
};
typedef bool ch_table_row_fn(void *ctx, const struct ch_table_row *row);
extern const char *const ch_store_tables[];

struct ch_store_verbs {
	const char *scheme;   /* "postgresql://"; "" takes what no other wants */
	bool (*open)(const char *where, bool create, void **db, struct ch_err *err);
	void (*close)(void *db);
	bool (*revision)(void *db, uint64_t *revision, struct ch_err *err);
	bool (*limit)(void *db, bool read_only, unsigned ms, struct ch_err *err);
	enum ch_store_trouble (*trouble)(void *db);
	bool (*begin)(void *db, struct ch_err *err);
	bool (*commit)(void *db, struct ch_err *err);
	void (*rollback)(void *db);
	bool (*has_page)(void *db, struct ch_str id, bool *has, struct ch_err *err);
	bool (*put)(void *db, const struct ch_page_record *page, struct ch_err *err);
	bool (*events)(void *db, const struct ch_query *q, ch_event_fn *fn, void *ctx, struct ch_err *err);
	bool (*counts)(void *db, const struct ch_query *q, enum ch_count_by by, ch_count_fn *fn, void *ctx, struct ch_err *err);
	bool (*suggest)(void *db, struct ch_str words, uint32_t limit, bool (*fn)(void *, bool, struct ch_str, struct ch_str), void *ctx, struct ch_err *err);
	bool (*watch_put)(void *db, const struct ch_watch_list *w, struct ch_err *err);
	bool (*watch_drop)(void *db, struct ch_str name, struct ch_err *err);
	bool (*watch_each)(void *db, bool (*fn)(void *, const struct ch_watch_list *), void *ctx, struct ch_err *err);
	bool (*organisation)(void *db, struct ch_str code, struct ch_str name, struct ch_str with, uint64_t *events, uint64_t *conflict, struct ch_err *err);
	bool (*totals)(void *db, struct ch_arena *arena, struct ch_totals *totals, struct ch_err *err);
	bool (*rows)(void *db, enum ch_register_id reg, const struct ch_query *q, ch_row_fn *fn, void *ctx, struct ch_err *err);
	bool (*pages)(void *db, const struct ch_query *q, ch_page_fn *fn, void *ctx, struct ch_err *err);
	bool (*news)(void *db, unsigned what, const struct ch_query *q, uint64_t *after, struct ch_arena *arena, struct ch_new_record *news, uint32_t max, uint32_t *n,
		     struct ch_err *err);
	bool (*search)(void *db, struct ch_str words, const struct ch_search_in *in, uint64_t limit, ch_hit_fn *fn, void *ctx, struct ch_err *err);
	bool (*sentences)(void *db, struct ch_str page, bool (*fn)(void *, const struct ch_stored_sentence *), void *ctx,
			  struct ch_err *err);
	bool (*blocks)(void *db, struct ch_str page, bool (*fn)(void *, const struct ch_stored_block *), void *ctx,
		       struct ch_err *err);
	bool (*find)(void *db, struct ch_arena *arena, struct ch_str prefix, struct ch_str *kind, struct ch_str *full,
		     struct ch_err *err);
	bool (*resolve)(void *db, struct ch_arena *arena, struct ch_str name, struct ch_str *party, struct ch_str *person,
			struct ch_err *err);
	bool (*days_of)(void *db, const struct ch_query *q, struct ch_str party, int side, bool *is, void (*fn)(void *, struct ch_str), void *ctx,
			struct ch_err *err);
	bool (*stories)(void *db, const struct ch_query *q, uint64_t pages_min, ch_story_fn *fn, void *ctx, struct ch_err *err);
	bool (*words)(void *db, struct ch_str page, struct ch_arena *arena, struct ch_words *words, struct ch_err *err);
	bool (*raw)(void *db, struct ch_str page, struct ch_arena *arena, struct ch_str *raw, struct ch_err *err);
	bool (*coverage)(void *db, enum ch_coverage_by by, const struct ch_query *q, ch_coverage_fn *fn, void *ctx, struct ch_err *err);
	bool (*refused)(void *db, const struct ch_query *q, bool (*fn)(void *, const struct ch_refused *), void *ctx, struct ch_err *err);
	bool (*agenda)(void *db, const struct ch_query *q, const struct ch_agenda_ask *ask, struct ch_arena *arena, struct ch_agenda_set *out,
		       struct ch_err *err);
	bool (*telling)(void *db, struct ch_str event, struct ch_str report, struct ch_arena *arena, struct ch_telling *out, struct ch_err *err);
	bool (*told_later)(void *db, struct ch_str party, struct ch_str words, struct ch_str after, bool (*fn)(void *, const struct ch_later *),
			   void *ctx, struct ch_err *err);
	bool (*newest)(void *db, struct ch_arena *arena, struct ch_str *day, struct ch_err *err);
	bool (*decide)(void *db, const struct ch_decision *d, struct ch_str other, struct ch_arena *arena, struct ch_str *now, struct ch_err *err);
	bool (*undo)(void *db, struct ch_str kind, struct ch_str id, struct ch_arena *arena, struct ch_str *now, struct ch_err *err);
	bool (*decisions)(void *db, bool (*fn)(void *, const struct ch_decision *), void *ctx, struct ch_err *err);
	bool (*replace)(void *db, const struct ch_page_record *page, struct ch_err *err);
	bool (*recode_begin)(void *db, const struct ch_stamp *older, struct ch_str page, uint64_t *left, bool *resumed, struct ch_err *err);
	bool (*recode_next)(void *db, struct ch_str after, struct ch_arena *arena, struct ch_stored_page *page, struct ch_err *err);
	bool (*recode_end)(void *db, struct ch_err *err);
	bool (*coded_by)(void *db, const struct ch_query *q, bool (*fn)(void *, const struct ch_coded_by *), void *ctx, struct ch_err *err);
	bool (*dump)(void *db, bool (*line)(void *, struct ch_str), void *ctx, struct ch_err *err);
	bool (*check)(void *db, ch_broken_fn *fn, void *ctx, struct ch_err *err);
	bool (*vacuum)(void *db, struct ch_err *err);
	bool (*backup)(void *db, const char *to, struct ch_err *err);
	bool (*all_out)(void *db, ch_table_row_fn *fn, void *ctx, struct ch_err *err);       /* of one moment */
	bool (*row_in)(void *db, const struct ch_table_row *row, struct ch_err *err);         /* between begin and rows_done */
	bool (*rows_done)(void *db, struct ch_err *err);                                      /* full text anew; before commit */
};

extern const struct ch_store_verbs ch_sqlite_verbs, ch_postgres_verbs;

bool ch_copy(const struct ch_store_verbs *from, void *from_db, const struct ch_store_verbs *to, void *to_db, struct ch_err *err) CH_MUST_USE;
#endif
