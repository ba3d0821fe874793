/* store/sql.h -- what the files that read and write records in SQL share; SQLite and PostgreSQL alike. */
#ifndef CH_STORE_SQL_H
#define CH_STORE_SQL_H
#include "base/map.h"
#include "store/store_priv.h"
#include <sqlite3.h>

enum { CH_SQL_VERSION = 21, CH_SQL_STORIES = 4 /* the step that brought stories */, CH_SQL_REPORTS = 8 /* events told in several */, CH_SQL_PAIRS = 9 /* event_pairs */,
	CH_SQL_SAYINGS = 11 /* sayings */, CH_SQL_SUMS = 17 /* event_sums, tie_sums */,
	CH_SQL_NEAR_DAYS = 31 /* class 0 of events: order_sql */, CH_SQL_BUSY_MS = 5000, CH_SQL_APP_ID = 0x43484352 /* "CHCR" */ };

/* An event's class out of its columns (sql_schema.c, order_sql). */
#define CH_SQL_CLASS \
	"CASE WHEN day = '~' THEN 2 WHEN julianday(last) - julianday(day) <= 31 AND julianday(day) - julianday(first) <= 31 THEN 0 ELSE 1 END"

/* Sums of events out of a table of shown ones (column h) and of parties that each counts for, "" for all (sql_schema.c, sums_sql); of all of them. Of
 * conflict are the types that ch_event_quad gives 3 and 4. */
#define CH_SQL_KINDS(sides, sign) \
	"SELECT s.party, coalesce(substr(x.date, 1, 7), ''), x.type, coalesce(x.mode, ''), " sign "count(*) FROM " sides " s CROSS JOIN events x" \
	" ON x.n = s.h WHERE x.verdict <> 1 GROUP BY 1, 2, 3, 4"
#define CH_SQL_TIES(sides, sign) \
	"SELECT s.party, p.party, coalesce(substr(x.date, 1, 4), ''), " sign "count(*), " sign "sum(CASE WHEN " CH_SQL_CONFLICT " THEN 1 ELSE 0 END)" \
	" FROM " sides " s CROSS JOIN events x ON x.n = s.h CROSS JOIN event_parties p ON p.event = s.h WHERE x.verdict <> 1 AND p.party <> s.party" \
	" AND p.party <> '' AND " CH_SQL_ONCE " GROUP BY 1, 2, 3"
#define CH_SQL_CONFLICT "x.type IN ('REQUEST', 'ACCUSE', 'REJECT', 'THREATEN', 'PROTEST', 'SANCTION', 'MOBILIZE', 'COERCE', 'ASSAULT')"
#define CH_SQL_SIDES \
	"(SELECT '' AS party, n AS h FROM events WHERE head = n UNION ALL SELECT DISTINCT party, head FROM event_parties WHERE party <> '')"
/* A party p that stands on both sides of an event is taken once. */
#define CH_SQL_ONCE \
	"(p.side = 0 OR NOT EXISTS (SELECT 1 FROM event_parties o WHERE o.event = p.event AND o.party = p.party AND o.side < p.side))"

/* The SQL that leads from version - 1 to version; NULL for a version that there is none of. */
const char *ch_sql_step(int version);

struct ch_pg;
struct ch_pg_st;

/* Tables whose rows we number. */
enum ch_sql_counted {
	CH_COUNTED_PAGES, CH_COUNTED_ACTORS, CH_COUNTED_EVENTS, CH_COUNTED_REPORTS, CH_COUNTED_STATEMENTS, CH_COUNTED_INSTRUMENTS,
	CH_COUNTED_ROLES, CH_COUNTED_POSITIONS, CH_COUNTED_TALLIES, CH_COUNTED_PLEDGES, CH_COUNTED_GATHERINGS, CH_COUNTED_INITIATIVES,
	CH_COUNTED_RELATIONS, CH_COUNTED_MARKS, CH_COUNTED_STORIES, CH_COUNTED_SIGNATURES, CH_COUNTED_SAYINGS, CH_COUNTED_SENTENCES, CH_COUNTED_N
};

/* What a transaction knows (sql_memo.c). */
struct ch_sql_memo {
	struct ch_arena arena;
	struct ch_map known;             /* ids, and what stands for some -> index in numbers */
	struct ch_map names;             /* names that it has put */
	CH_VEC(int64_t) numbers;
	int64_t last[CH_COUNTED_N];      /* row number given last, where made */
	bool made[CH_COUNTED_N];
	bool no_reviews;                 /* asked, and nobody has decided anything */
};

/* Events whose sums a transaction has taken out, and that are to be counted before its commit (sql_sums.c). */
struct ch_sql_sums {
	struct ch_arena arena;
	struct ch_map known;
	CH_VEC(int64_t) out;
};

/* An open data base of either kind. SQL is written in what SQLite and PostgreSQL both take, or what postgres_sql.c can turn into the other. */
struct ch_sql {
	sqlite3 *handle;       /* NULL: PostgreSQL */
	struct ch_pg *pg;
	char *path;            /* how messages name it */
	bool in_transaction;
	enum ch_store_trouble trouble;   /* of the last failure, until somebody asked */
	int64_t deadline;      /* of what is asked, by the monotonic clock in milliseconds; 0: none */
	struct ch_arena fresh_arena;
	CH_VEC(int64_t) fresh;   /* pages put since the last commit */
	struct ch_arena changed_arena;
	CH_VEC(int64_t) changed; /* events whose links have changed and that have not been grouped anew */
	sqlite3_stmt *into;      /* of ch_sql_row_in, for the table that rows come for */
	const char *into_table;
	CH_VEC(int64_t) grown;   /* signatures of pages put whose stories do not know yet; in fresh_arena */
	CH_VEC(int64_t) touched; /* events that changed, or stood beside one that did; some of them may be gone */
	struct ch_sql_memo memo;
	struct ch_sql_sums sums;
	struct {
		const char *sql;     /* by address: SQL that is kept is in string literals */
		sqlite3_stmt *st;
		bool busy;
	} kept[128];
};

/* A statement on its way: bind in order, step, read columns, end. The first error is kept, and all calls after it do nothing. */
struct ch_sq {
	struct ch_sql *db;
	sqlite3_stmt *st;
	struct ch_pg_st *pg; /* PostgreSQL's */
	int slot;            /* in kept, or -1: finalised at the end */
	int at;              /* next parameter or column */
	int rc;
};

/* sql: a string literal where keep is true (its statement is kept for the next time). */
struct ch_sq ch_sq_open(struct ch_sql *db, const char *sql, bool keep);
void ch_sq_text(struct ch_sq *q, struct ch_str s);          /* empty: NULL; the bytes must outlive the statement */
void ch_sq_text_always(struct ch_sq *q, struct ch_str s);   /* empty: '' */
void ch_sq_int(struct ch_sq *q, int64_t n);
void ch_sq_null(struct ch_sq *q);
void ch_sq_real(struct ch_sq *q, double x);
void ch_sq_blob(struct ch_sq *q, const void *bytes, size_t n);
bool ch_sq_step(struct ch_sq *q);                           /* true: a row */
void ch_sq_again(struct ch_sq *q);                          /* back to binding */
struct ch_str ch_sq_get_text(struct ch_sq *q, struct ch_arena *arena);   /* copied; NULL is empty */
int64_t ch_sq_get_int(struct ch_sq *q);
struct ch_str ch_sq_lent_blob(struct ch_sq *q);             /* until the next step or end */
struct ch_str ch_sq_lent_text(struct ch_sq *q);
int ch_sq_columns(struct ch_sq *q);
bool ch_sq_get_null(struct ch_sq *q);                       /* looks at the next column without passing it */
double ch_sq_get_real(struct ch_sq *q);
struct ch_evidence ch_sq_get_span(struct ch_sq *q);         /* four columns */
bool ch_sq_end(struct ch_sq *q, struct ch_err *err);        /* true: no error all the way */

/* sql_memo.c: begin is called behind a transaction's beginning, end before its commit, clear when part of it was undone or actors taken out. */
void ch_sql_memo_begin(struct ch_sql *db);
void ch_sql_memo_clear(struct ch_sql *db);
bool ch_sql_memo_end(struct ch_sql *db, struct ch_err *err);
/* The number for a new row, which must be put by it. */
bool ch_sql_next(struct ch_sql *db, enum ch_sql_counted table, int64_t *n, struct ch_err *err);
/* The number of an id (of an actor, an event, …) that this transaction knows; 0: none. */
int64_t ch_sql_known(const struct ch_sql *db, struct ch_str id);
void ch_sql_know(struct ch_sql *db, struct ch_str id, int64_t n);
enum { CH_SQL_THERE = 1, CH_SQL_NOT_THERE };   /* known of pages, instead of numbers */
/* Whether it is the first time in this transaction. */
bool ch_sql_first_time(struct ch_sql *db, struct ch_str what);
/* Numbers by ids, 0 for those that are not there. sql: "SELECT id, n FROM … WHERE id IN" CH_SQL_IN. */
enum { CH_SQL_MANY = 32 };
#define CH_SQL_IN "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
bool ch_sql_numbers_of(struct ch_sql *db, const char *sql, const struct ch_str *ids, uint32_t n, int64_t *numbers, struct ch_err *err);
/* Binds CH_SQL_IN, which is one array on PostgreSQL: ch_sql_many numbers at most, never fewer than CH_SQL_MANY. ch_sql_piece: how many of n from this
 * one on go together. */
void ch_sq_many(struct ch_sq *q, const int64_t *numbers, uint32_t n);
uint32_t ch_sql_many(const struct ch_sql *db);
uint32_t ch_sql_piece(const struct ch_sql *db, uint32_t n, uint32_t from);

/* What follows from the pages of a transaction, before its commit. */
bool ch_sql_settle(struct ch_sql *db, struct ch_err *err);
/* Tables as of ours from those of version `from` (0: none), in a transaction. */
bool ch_sql_build(struct ch_sql *db, int64_t from, struct ch_err *err);

/* A line for rc; always false. */
bool ch_sql_fail(struct ch_sql *db, int rc, struct ch_err *err);
bool ch_sql_exec(struct ch_sql *db, const char *sql, struct ch_err *err);

/* Those of a column's values in which a name stands ("?", one or more conditions on "name"): an index has each once, rows are many. */
#define CH_NAMES_LIKE(table, col, conditions) \
	" IN (WITH RECURSIVE d(name) AS (SELECT min(" col ") FROM " table " UNION ALL SELECT (SELECT min(t." col ") FROM " table " t WHERE t." col \
	" > d.name) FROM d WHERE d.name IS NOT NULL) SELECT name FROM d WHERE " conditions ")"
#define CH_NAMES(table, col) CH_NAMES_LIKE(table, col, "ch_named(name, ?)")

/* The name, and those that a person said mean it, or mean one of these (three "?" for the one name). */
#define CH_SAID_SAME(v) v ".kind = 'actors' AND " v ".verdict = 'same-actor' AND " v ".undone = 0"
#define CH_SAME_NAMES \
	"(SELECT ? AS name UNION SELECT v.record FROM reviews v WHERE " CH_SAID_SAME("v") " AND v.value = ? UNION SELECT w.record FROM reviews v" \
	" JOIN reviews w ON w.value = v.record AND " CH_SAID_SAME("w") " WHERE " CH_SAID_SAME("v") " AND v.value = ?)"

/* What a statement of one use may end with, where the planner of PostgreSQL knows too little to see it: indexes have its order, and whoever asks
 * stops soon; or conditions leave few rows, and what is joined to them is found by key. */
#define CH_SQL_IN_ORDER " /* in order */"
#define CH_SQL_BY_KEY " /* by key */"
/* Whoever asks knows by himself what this transaction has put (sql_memo.c): rows that have not gone to the server yet need not go for it. */
#define CH_SQL_BEFORE " /* before */"

/* Row numbers that are looked up together, each once: "WITH " CH_SQL_CHOSEN " SELECT ... FROM chosen c CROSS JOIN ...". They are its first
 * parameters; n, up to CH_CHOSEN_MAX, are bound by one call, and ids as texts by the other. */
enum { CH_CHOSEN_MAX = 64 };
#define CH_SQL_8 "(?),(?),(?),(?),(?),(?),(?),(?)"
#define CH_SQL_CHOSEN \
	"chosen(n) AS (VALUES " CH_SQL_8 "," CH_SQL_8 "," CH_SQL_8 "," CH_SQL_8 "," CH_SQL_8 "," CH_SQL_8 "," CH_SQL_8 "," CH_SQL_8 ")"
void ch_sq_chosen(struct ch_sq *q, const int64_t *v, uint32_t n);
void ch_sq_chosen_ids(struct ch_sq *q, const struct ch_str *ids, uint32_t n);

/* What ch_sq_get_page reads, of the table pages as g. */
#define CH_PAGE_COLS \
	"g.id, g.path, g.url, g.title, g.author, g.outlet, g.agency, g.section, g.lang, g.dateline_place, g.published," \
	" g.published_basis, g.program_version, g.lexicon_version, g.model_version, g.article, g.cut, g.raw_size, g.modified, g.chain, g.license, g.license_forbids," \
	" (SELECT t.id FROM copies c JOIN signatures s ON s.n = c.signature JOIN stories t ON t.n = s.story WHERE c.page = g.n)"
/* The same, where nobody wants more than the page's id and day. */
#define CH_PAGE_BARE \
	"g.id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, g.published, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL"
void ch_sq_get_page(struct ch_sq *q, struct ch_arena *arena, struct ch_page_info *page);
/* What reading a page anew may change of it, and what binds it, in this order. */
#define CH_PAGE_SET \
	"url, title, author, outlet, agency, section, lang, dateline_place, published, published_basis, article, program_version, lexicon_version," \
	" model_version, modified, chain, license, license_forbids"
void ch_sq_page(struct ch_sq *q, const struct ch_page_info *p);

/* sql_put.c, sql_get.c, sql_events.c, sql_dump.c: verbs */
bool ch_sql_has_page(void *db, struct ch_str id, bool *has, struct ch_err *err);
bool ch_sql_put(void *db, const struct ch_page_record *page, struct ch_err *err);
bool ch_sql_events(void *db, const struct ch_query *q, ch_event_fn *fn, void *ctx, struct ch_err *err);
bool ch_sql_suggest(void *db, struct ch_str words, uint32_t limit, bool (*fn)(void *, bool, struct ch_str, struct ch_str), void *ctx, struct ch_err *err);
bool ch_sql_watch_put(void *db, const struct ch_watch_list *w, struct ch_err *err);   /* sql_watch.c */
bool ch_sql_watch_drop(void *db, struct ch_str name, struct ch_err *err);
bool ch_sql_watch_each(void *db, bool (*fn)(void *, const struct ch_watch_list *), void *ctx, struct ch_err *err);
bool ch_sql_organisation(void *db, struct ch_str code, struct ch_str name, struct ch_str with, uint64_t *events, uint64_t *conflict, struct ch_err *err);
bool ch_sql_totals(void *db, struct ch_arena *arena, struct ch_totals *totals, struct ch_err *err);
bool ch_sql_counts(void *db, const struct ch_query *q, enum ch_count_by by, ch_count_fn *fn, void *ctx, struct ch_err *err);   /* sql_counts.c */
bool ch_sql_days_of(void *db, const struct ch_query *q, struct ch_str party, int side, bool *is, void (*fn)(void *, struct ch_str), void *ctx,
		    struct ch_err *err);
bool ch_sql_rows(void *db, enum ch_register_id reg, const struct ch_query *q, ch_row_fn *fn, void *ctx, struct ch_err *err);
bool ch_sql_pages(void *db, const struct ch_query *q, ch_page_fn *fn, void *ctx, struct ch_err *err);
bool ch_sql_search(void *db, struct ch_str words, const struct ch_search_in *in, uint64_t limit, ch_hit_fn *fn, void *ctx, struct ch_err *err);
bool ch_sql_sentences(void *db, struct ch_str page, bool (*fn)(void *, const struct ch_stored_sentence *), void *ctx,
			 struct ch_err *err);
bool ch_sql_blocks(void *db, struct ch_str page, bool (*fn)(void *, const struct ch_stored_block *), void *ctx,
		      struct ch_err *err);
bool ch_sql_find(void *db, struct ch_arena *arena, struct ch_str prefix, struct ch_str *kind, struct ch_str *full,
		    struct ch_err *err);
bool ch_sql_resolve(void *db, struct ch_arena *arena, struct ch_str name, struct ch_str *party, struct ch_str *person,
		       struct ch_err *err);
bool ch_sql_stories(void *db, const struct ch_query *q, uint64_t pages_min, ch_story_fn *fn, void *ctx, struct ch_err *err);
bool ch_sql_words(void *db, struct ch_str page, struct ch_arena *arena, struct ch_words *words, struct ch_err *err);
bool ch_sql_raw(void *db, struct ch_str page, struct ch_arena *arena, struct ch_str *raw, struct ch_err *err);   /* sql_recode.c */
bool ch_sql_coverage(void *db, enum ch_coverage_by by, const struct ch_query *q, ch_coverage_fn *fn, void *ctx, struct ch_err *err);
bool ch_sql_refused(void *db, const struct ch_query *q, bool (*fn)(void *, const struct ch_refused *), void *ctx, struct ch_err *err);
bool ch_sql_dump(void *db, bool (*line)(void *, struct ch_str), void *ctx, struct ch_err *err);

/* sql_keep.c */
bool ch_sql_check(void *db, ch_broken_fn *fn, void *ctx, struct ch_err *err);
bool ch_sql_vacuum(void *db, struct ch_err *err);
bool ch_sql_backup(void *db, const char *to, struct ch_err *err);
bool ch_sql_all_out(void *db, ch_table_row_fn *fn, void *ctx, struct ch_err *err);
bool ch_sql_row_in(void *db, const struct ch_table_row *row, struct ch_err *err);
bool ch_sql_rows_done(void *db, struct ch_err *err);

/* Row numbers by a statement of ours that ends in a condition on x, an event (reg -1) or a row of the register (with its page as g), to
 * which the filters of q are added. */
struct ch_sq_numbers {
	int64_t *v;
	uint32_t n, cap;
};
bool ch_sql_numbers(struct ch_sql *db, const char *select, int reg, const struct ch_query *q, struct ch_sq_numbers *out,
		       struct ch_arena *arena, struct ch_err *err);

/* sql_agenda.c */
bool ch_sql_agenda(void *db, const struct ch_query *q, const struct ch_agenda_ask *ask, struct ch_arena *arena,
		      struct ch_agenda_set *out, struct ch_err *err);
bool ch_sql_telling(void *db, struct ch_str event, struct ch_str report, struct ch_arena *arena, struct ch_telling *out, struct ch_err *err);
bool ch_sql_told_later(void *db, struct ch_str party, struct ch_str words, struct ch_str after, bool (*fn)(void *, const struct ch_later *),
			  void *ctx, struct ch_err *err);
bool ch_sql_newest(void *db, struct ch_arena *arena, struct ch_str *day, struct ch_err *err);
/* The pairs of parties of an event that is there with its parties; of all events of a store that had none. */
bool ch_sql_pairs_put(struct ch_sql *db, int64_t event, struct ch_err *err);
bool ch_sql_pairs_make(struct ch_sql *db, struct ch_err *err);

/* sql_story.c: the page's text among the stories; it may unite some. sig: NULL for a page without an article. */
bool ch_sql_story_put(struct ch_sql *db, int64_t page, const struct ch_signature *sig, struct ch_arena *arena,
			 struct ch_err *err);
/* Before a commit: ids, first pages and events of the stories that changed. */
bool ch_sql_stories_settle(struct ch_sql *db, struct ch_err *err);
/* The words of a stored page's article. */
bool ch_sql_page_words(struct ch_sql *db, int64_t page, struct ch_arena *arena, struct ch_words *words, struct ch_err *err);
/* sql_versions.c: which events of each story are one, and what follows for all that hang on them; up to CH_SQL_MANY stories. grown: since
 * this was found last the story has got new pages, and else nothing has happened to it. */
bool ch_sql_versions_settle(struct ch_sql *db, const int64_t *stories, const bool *grown, uint32_t n, struct ch_arena *arena, struct ch_err *err);
/* sql_sums.c: events that come to stand otherwise, or go, are taken out of the sums with all that stand where they do; before it is done. */
bool ch_sql_sums_out(struct ch_sql *db, const int64_t *events, uint32_t n, struct ch_err *err);
/* What was taken out since there were n of db->sums.out is in again: it was undone. */
void ch_sql_sums_undone(struct ch_sql *db, uint32_t n);
/* Before a commit, where events stand: what was taken out or is new is counted. */
bool ch_sql_sums_settle(struct ch_sql *db, struct ch_err *err);
/* Sums of a store that had none. */
bool ch_sql_sums_make(struct ch_sql *db, struct ch_err *err);
/* The event's link: before, and as it is to be (0: none). */
bool ch_sql_link_put(struct ch_sql *db, int64_t story, int64_t event, int64_t before, int64_t head, struct ch_err *err);
/* Groups of all events that settling of stories and reports changed: once, at the end of both. */
bool ch_sql_regroup_changed(struct ch_sql *db, struct ch_arena *arena, struct ch_err *err);
/* The same for those that hang on these events. */
bool ch_sql_regroup(struct ch_sql *db, const int64_t *events, uint32_t n, struct ch_arena *arena, struct ch_err *err);
/* Events, by number and each once, with their pages and outlets; all zero but the day where there is none. */
struct ch_version;
bool ch_sql_versions(struct ch_sql *db, const int64_t *events, uint32_t n, struct ch_arena *arena, struct ch_version *versions, struct ch_err *err);
/* Sorts n numbers, and drops what stands there twice; how many are left. */
uint32_t ch_numbers_set(int64_t *v, uint32_t n);
/* sql_reports.c: what the events of pages put since the last commit are one with across stories; behind ch_sql_stories_settle. */
bool ch_sql_reports_settle(struct ch_sql *db, struct ch_err *err);
/* The same for all events of a store that had none of it. */
bool ch_sql_reports_make(struct ch_sql *db, struct ch_err *err);
/* Stories of all pages of a store that had none. */
bool ch_sql_stories_make(struct ch_sql *db, struct ch_err *err);

/* sql_lists.c: the cell in the column of that row, among rows whose row numbers are n; NULL: none. */
struct ch_cell *ch_row_cell(struct ch_row *rows, const int64_t *n, uint32_t n_rows, int64_t of, struct ch_str col);
/* The lists in the columns of rows of the register, whose row numbers are n; up to CH_CHOSEN_MAX rows. */
bool ch_sql_lists_get(struct ch_sql *db, struct ch_arena *a, const struct ch_register *r, const int64_t *n, struct ch_row *rows, uint32_t n_rows,
			struct ch_err *err);
/* sql_names.c: the name that a person said this one means; itself where nobody did. */
bool ch_sql_meant(struct ch_sql *db, struct ch_arena *arena, struct ch_str *name, struct ch_err *err);
/* All that was said of the kind, for whoever shows many names; in arena. ch_said_meant: as ch_sql_meant. */
struct ch_said_names {
	struct ch_map to;
	CH_VEC(struct ch_str) meant;
};
bool ch_sql_said_names(struct ch_sql *db, struct ch_arena *arena, struct ch_said_names *names, struct ch_err *err);
void ch_said_meant(const struct ch_said_names *names, struct ch_str *name);
/* The name and those that are said to mean it, at most max. */
enum { CH_SAME_MAX = 16 };
bool ch_sql_same_names(struct ch_sql *db, struct ch_arena *arena, struct ch_str name, struct ch_str *same, uint32_t max, uint32_t *n,
		       struct ch_err *err);
/* sql_news.c */
bool ch_sql_news(void *db, unsigned what, const struct ch_query *q, uint64_t *after, struct ch_arena *arena, struct ch_new_record *news, uint32_t max, uint32_t *n,
		 struct ch_err *err);

/* sql_revision.c */
bool ch_sql_revision(void *db, uint64_t *revision, struct ch_err *err);
bool ch_sql_limit(void *db, bool read_only, unsigned ms, struct ch_err *err);
enum ch_store_trouble ch_sql_trouble(void *db);
bool ch_sql_moved(struct ch_sql *db, struct ch_err *err);   /* before a commit */
bool ch_sql_late(const struct ch_sql *db);

/* sql_review.c: what was decided of the records of a page that has just been put is done to them. */
bool ch_sql_decide_page(struct ch_sql *db, int64_t page, struct ch_str id, struct ch_err *err);
/* An event has lost or got a report: what hangs on it is found anew before the commit; without a report it is taken out. */
bool ch_sql_touch_event(struct ch_sql *db, int64_t event, struct ch_err *err);
bool ch_sql_review_ready(struct ch_sql *db, struct ch_err *err);   /* indexes that only this wants */
bool ch_sql_any_reviews(struct ch_sql *db, bool *any, struct ch_err *err);
/* What was decided of each record last (up to CH_CHOSEN_MAX); NULL: nothing. */
bool ch_sql_reviewed(struct ch_sql *db, struct ch_arena *arena, const struct ch_str *records, uint32_t n, const struct ch_reviewed **out,
		     struct ch_err *err);
bool ch_sql_decide(void *db, const struct ch_decision *d, struct ch_str other, struct ch_arena *arena, struct ch_str *now, struct ch_err *err);
bool ch_sql_undo(void *db, struct ch_str kind, struct ch_str id, struct ch_arena *arena, struct ch_str *now, struct ch_err *err);
bool ch_sql_decisions(void *db, bool (*fn)(void *ctx, const struct ch_decision *d), void *ctx, struct ch_err *err);

/* sql_recode.c: pages read anew */
bool ch_sql_replace(void *db, const struct ch_page_record *page, struct ch_err *err);
bool ch_sql_recode_begin(void *db, const struct ch_stamp *older, struct ch_str page, uint64_t *left, bool *resumed, struct ch_err *err);
bool ch_sql_recode_next(void *db, struct ch_str after, struct ch_arena *arena, struct ch_stored_page *page, struct ch_err *err);
bool ch_sql_recode_end(void *db, struct ch_err *err);
bool ch_sql_coded_by(void *db, const struct ch_query *q, bool (*fn)(void *ctx, const struct ch_coded_by *row), void *ctx, struct ch_err *err);
/* sql_put.c: an event without its parties and reports; published: of the page that tells it. */
bool ch_sql_put_event(struct ch_sql *db, struct ch_arena *arena, struct ch_str published, const struct ch_event_record *e, int verdict,
			 int64_t *n, bool *is_new, struct ch_err *err);
/* sql_put.c: all of a page but its row in pages and its bytes */
bool ch_sql_put_records(struct ch_sql *db, int64_t page, const struct ch_page_record *p, struct ch_err *err);
/* sql_story.c: the page leaves its story, which is made anew of those that stay. */
bool ch_sql_story_leave(struct ch_sql *db, int64_t page, struct ch_err *err);
/* sql_saying.c: the statement's words or speaker changed, or it is left out (verdict 1): all that were one with it are compared anew. */
bool ch_sql_saying_again(struct ch_sql *db, int64_t statement, struct ch_err *err);

/* sql_saying.c: sayings of the page's statements, in its arena; those that the store has are asked for together. */
struct ch_page_saying;
bool ch_sql_sayings_find(struct ch_sql *db, const struct ch_page_record *page, struct ch_page_saying **sayings, struct ch_err *err);
/* The number of the statement's, made and joined to those that it is alike where the store had it not; 0: it has none. The statements before are
 * there. */
bool ch_sql_saying_of(struct ch_sql *db, struct ch_page_saying *sayings, uint32_t i, int64_t *n, struct ch_err *err);
/* Notes and full text of the page's statements, whose rows are there. */
bool ch_sql_sayings_put(struct ch_sql *db, const struct ch_page_record *page, struct ch_err *err);
/* Sayings of all statements of a store that had none. */
bool ch_sql_sayings_make(struct ch_sql *db, struct ch_err *err);
/* Of statements, up to CH_CHOSEN_MAX, whose row numbers are n: their notes, and which statement each is a telling of. */
bool ch_sql_notes_get(struct ch_sql *db, struct ch_arena *arena, const int64_t *n, struct ch_row *rows, uint32_t n_rows, struct ch_err *err);
bool ch_sql_sayings_get(struct ch_sql *db, struct ch_arena *arena, const int64_t *n, struct ch_row *rows, uint32_t n_rows, struct ch_err *err);

/* The words of a person as an FTS5 query: every word quoted, so that nothing in it is syntax; "two words" and begin* kept. Empty
 * where there is no word. */
struct ch_str ch_fts_query(struct ch_arena *arena, struct ch_str words);
#endif
