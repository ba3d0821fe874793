/* store/store.h -- the record, kept: pages and all that was read in them, behind a few verbs.
 *
 *     pages ─┬─ page_raw      the bytes, packed
 *            ├─ blocks        taken and refused, with the reason
 *            ├─ sentences ─── full text
 *            ├─ reports ───── events ── event_parties
 *            │     └── report_parties ── actors ── actor_names
 *            ├─ statements ── sayings: wordings that are one statement; full text; statement_notes
 *            ├─ instruments (instrument_parties), roles, positions, tallies, pledges
 *            ├─ copies ────── signatures ── stories: pages with the same text; event_groups: versions that are one event
 *            ├─ event_pairs   events by two of their parties: how a plan finds what came of it
 *            └─ reviews       what a person decided, by its evidence (store/review.h)
 *
 * Ids are content hashes (store/id.h), so a page put twice is there once, and an event that two pages report is one event
 * with two reports. What is put between begin and commit is there wholly or not at all, whatever happens to the process.
 * A store is used by one thread at a time. Callbacks are lent their record; strings in it live until they return. */
#ifndef CH_STORE_STORE_H
#define CH_STORE_STORE_H
#include "base/err.h"
#include "merge/agenda.h"
#include "store/record.h"
#include "store/review.h"

struct ch_store;

/* where: the path of an SQLite file, or postgresql://… Fails, in one line that says what to do, on a missing file (unless create), a store of
 * a newer version, a file that is no store, a lock that others hold. Brings older stores up to date. */
bool ch_store_open(const char *where, bool create, struct ch_store **store, struct ch_err *err) CH_MUST_USE;
/* The same store by a new connection, after one that failed; what was begun is undone. On failure all is as it was. */
bool ch_store_reopen(struct ch_store *store, struct ch_err *err) CH_MUST_USE;
void ch_store_close(struct ch_store *store);   /* NULL is fine; what was begun and not committed is undone */

/* A number that every commit moves, whichever program made it. Fails, too, where a newer program has turned the store into one of its own. */
bool ch_store_revision(struct ch_store *store, uint64_t *revision, struct ch_err *err) CH_MUST_USE;
/* What is asked from now on changes nothing (read_only), and is broken off when it is not done ms milliseconds from now; 0: it takes the time
 * that it takes. */
bool ch_store_limit(struct ch_store *store, bool read_only, unsigned ms, struct ch_err *err) CH_MUST_USE;
/* Whether a failure since this was asked last was the store's and not the question's. */
enum ch_store_trouble { CH_STORE_NO_TROUBLE, CH_STORE_LATE /* broken off */, CH_STORE_LOCKED, CH_STORE_AWAY /* gone, damaged, newer: open it anew */ };
enum ch_store_trouble ch_store_trouble(struct ch_store *store);

/* First and last day of a date as GUIDE has it ("2018-08", "A/B"); false where it names none ("times of war"). */
bool ch_date_bounds(struct ch_arena *arena, struct ch_str date, struct ch_str *lo, struct ch_str *hi);

/* ---- writing ---- */

bool ch_store_begin(struct ch_store *store, struct ch_err *err) CH_MUST_USE;
bool ch_store_commit(struct ch_store *store, struct ch_err *err) CH_MUST_USE;
void ch_store_rollback(struct ch_store *store);
bool ch_store_has_page(struct ch_store *store, struct ch_str id, bool *has, struct ch_err *err) CH_MUST_USE;
/* Between begin and commit; a page that is there is left alone. On failure nothing of the page is there. */
bool ch_store_put(struct ch_store *store, const struct ch_page_record *page, struct ch_err *err) CH_MUST_USE;

/* ---- reading ---- */

/* Where a record stands in the order of a list, so that the list goes on behind it, whatever came meanwhile. */
struct ch_cursor {
	bool set;
	char day[20];                  /* by which the list is sorted; "~": none */
	int64_t n;                     /* and among those of a day; of this store */
	char id[40];                   /* of stories */
};

enum { CH_QUERY_IDS = 48 };

struct ch_query {
	struct ch_str who, with;       /* party, or a name */
	struct ch_str since, until;    /* ISO days, ends included; empty: open */
	struct ch_str type, mode, status, place;
	struct ch_str context;         /* the name of one; of rows: of an event in the same sentence */
	struct ch_str about;           /* words; of statements also a party or an instrument that they speak of */
	struct ch_str to, search;      /* of statements: to whom; full text of what was said */
	struct ch_str saying;          /* of statements: tellings of the one of this id (ch_row.saying) */
	bool variants;                 /* of statements: the first telling of each that has several wordings */
	struct ch_str page;            /* beginning of an id, or a path */
	struct ch_str id;              /* of one record; of stories, or its beginning */
	const char *const *ids;        /* of rows: those of these ids (NULL-ended, up to CH_QUERY_IDS); NULL: any */
	struct ch_str report;          /* of events: the one with the report of this id */
	uint64_t limit;                /* 0: none */
	bool newest;                   /* newest first; undated last in either order */
	struct ch_cursor after;        /* set: only what stands behind it */
	struct ch_cursor *at;          /* where the record stands that a callback is given; NULL: nobody asks */
	struct ch_str due_lo, due_hi;  /* of rows: those whose own date begins between these ISO days; empty: any */
	struct ch_str due_last;        /* and ends on this one or later */
	const char *const *modes;      /* any of these (NULL-ended); "" is none */
	bool rejected;                 /* those that a person rejected, and no others */
	bool bare;                     /* rows: nothing of their sentences, reviews and lists, and of their pages id and day */
	bool as_read;                  /* rows: names as pages have them, whatever a person said that they mean */
	bool unsure;                   /* events: the least sure first, and none but those of less than half a confidence; in the order of days where it is the same */
	bool apart;                    /* events: each version by itself; else those that are one come as the best of them */
};

typedef bool ch_event_fn(void *ctx, const struct ch_event_record *event);   /* false: enough */
typedef bool ch_row_fn(void *ctx, const struct ch_row *row);
typedef bool ch_page_fn(void *ctx, const struct ch_page_info *page);

bool ch_store_events(struct ch_store *store, const struct ch_query *q, ch_event_fn *fn, void *ctx, struct ch_err *err) CH_MUST_USE;
/* How many of the events that q asks for (id, report, page, limit and newest apart) are alike. */
enum ch_count_by { CH_COUNT_KINDS, CH_COUNT_STATES, CH_COUNT_PARTIES, CH_COUNT_SOURCES, CH_COUNT_TIES, CH_COUNT_DAYS };
struct ch_count {
	struct ch_str status;              /* of states: kinds, by status as well */
	struct ch_str type, mode, month;   /* of kinds; month: the date's first seven letters: "1977-11", "1977", or empty; of days the first ten */
	struct ch_str party;               /* of all but kinds: an event counts for each party once, but for the one that q.who names; of sources: as one of
					    * its sources, whoever that is */
	struct ch_str year;                /* of ties; empty where there is no date */
	uint64_t events, conflict;         /* conflict: of ties, how many of these are of it */
};
typedef bool ch_count_fn(void *ctx, const struct ch_count *c);
bool ch_store_counts(struct ch_store *store, const struct ch_query *q, enum ch_count_by by, ch_count_fn *fn, void *ctx, struct ch_err *err) CH_MUST_USE;
/* The days on which the events that q asks for (who, limit and the like apart) and in which that party has a part, as a source (side 0), a target (1)
 * or either (-1), began or were told, in no order; empty: nobody knows. *is: false where the party has other names that a person said are its own,
 * and nothing was asked. */
bool ch_store_days_of(struct ch_store *store, const struct ch_query *q, struct ch_str party, int side, bool *is, void (*fn)(void *ctx, struct ch_str day),
		      void *ctx, struct ch_err *err) CH_MUST_USE;
bool ch_store_rows(struct ch_store *store, enum ch_register_id reg, const struct ch_query *q, ch_row_fn *fn, void *ctx,
		   struct ch_err *err) CH_MUST_USE;
/* People whose name, or surname, begins so, and instruments in whose title the words stand; of each kind at most so many, those told of most
 * first. id: of an instrument. */
bool ch_store_suggest(struct ch_store *store, struct ch_str words, uint32_t limit, bool (*fn)(void *ctx, bool person, struct ch_str name, struct ch_str id),
		      void *ctx, struct ch_err *err) CH_MUST_USE;
/* What there is as a whole; of rows those that nobody rejected. */
struct ch_totals {
	uint64_t pages, articles, stories, outlets, rows[CH_REG_N];
	struct ch_str oldest, newest;      /* days of publication; empty where none is known */
};
/* How many shown events have the organisation of this name under this code, which is a state's as well ("NAM"), and how many of them are of conflict;
 * with: of those that have this party as well (empty: of all). */
bool ch_store_organisation(struct ch_store *store, struct ch_str code, struct ch_str name, struct ch_str with, uint64_t *events, uint64_t *conflict, struct ch_err *err) CH_MUST_USE;
bool ch_store_totals(struct ch_store *store, struct ch_arena *arena, struct ch_totals *totals, struct ch_err *err) CH_MUST_USE;
/* Of q: page, since, until (publication), about (title), limit, newest. */
bool ch_store_pages(struct ch_store *store, const struct ch_query *q, ch_page_fn *fn, void *ctx, struct ch_err *err) CH_MUST_USE;

/* Records of a register that q asks for (limit and newest apart) in the order in which they came into the store, at most max: those behind *after,
 * which then is the place up to which was looked, and never goes back. None: it is the end. UINT64_MAX is the end as well. */
enum { CH_NEW_EVENTS = CH_REG_N, CH_NEW_PAGES };   /* beside enum ch_register_id */
struct ch_new_record {
	uint64_t number;               /* its place in that order */
	struct ch_str id;              /* in arena */
};
bool ch_store_news(struct ch_store *store, unsigned what, const struct ch_query *q, uint64_t *after, struct ch_arena *arena, struct ch_new_record *news,
		   uint32_t max, uint32_t *n, struct ch_err *err) CH_MUST_USE;

struct ch_hit {
	const struct ch_page_info *page;
	uint32_t number;               /* of the sentence in its page */
	struct ch_str before, text, after;
};
typedef bool ch_hit_fn(void *ctx, const struct ch_hit *hit);
/* words: all of them; "in quotes" together; begin* */
bool ch_store_search(struct ch_store *store, struct ch_str words, uint64_t limit, ch_hit_fn *fn, void *ctx, struct ch_err *err) CH_MUST_USE;
/* Is there anything in it that can be searched for? */
bool ch_search_has_word(struct ch_str words);
/* The same among these pages only, without the first `skip` of them. */
struct ch_search_in {
	struct ch_str since, until;    /* ISO days of publication, ends included; empty: open */
	struct ch_str outlet;          /* empty: any */
	uint64_t skip;
};
bool ch_store_search_in(struct ch_store *store, struct ch_str words, const struct ch_search_in *in, uint64_t limit, ch_hit_fn *fn, void *ctx,
			struct ch_err *err) CH_MUST_USE;

/* Sentences and blocks of a page, in their order. */
struct ch_stored_sentence {
	uint32_t number, block;
	struct ch_evidence span;
	struct ch_str text;
};
struct ch_stored_block {
	struct ch_str kind, reason, text;   /* reason: empty for those taken; text: of those refused */
	struct ch_raw_span raw;
};
bool ch_store_sentences(struct ch_store *store, struct ch_str page, bool (*fn)(void *ctx, const struct ch_stored_sentence *s),
			void *ctx, struct ch_err *err) CH_MUST_USE;
bool ch_store_blocks(struct ch_store *store, struct ch_str page, bool (*fn)(void *ctx, const struct ch_stored_block *b), void *ctx,
		     struct ch_err *err) CH_MUST_USE;

/* What kind of record an id, or its beginning, names: "events", "reports", "pages", "stories", or a register's name. Fails where it is
 * none or more than one. The whole id goes to full (arena of the caller). */
bool ch_store_find(struct ch_store *store, struct ch_arena *arena, struct ch_str prefix, struct ch_str *kind, struct ch_str *full,
		   struct ch_err *err) CH_MUST_USE;

/* The bytes of a page (whole id), as they were put in; in arena. */
bool ch_store_raw(struct ch_store *store, struct ch_str page, struct ch_arena *arena, struct ch_str *raw, struct ch_err *err) CH_MUST_USE;

/* Whose name this is: the party of a state or organisation ("AZE"), or the full name of a person. Empty where the store
 * knows nobody of the name. */
bool ch_store_resolve(struct ch_store *store, struct ch_arena *arena, struct ch_str name, struct ch_str *party,
		      struct ch_str *person, struct ch_err *err) CH_MUST_USE;

/* ---- stories ---- */

/* A page among the copies of its story. */
struct ch_story_page {
	struct ch_page_info info;
	struct ch_str copy;            /* of the page that came before all: "exact", "near", "spun"; empty for that one */
};

/* Pages that are copies of each other, in the order of their publication, the undated last. */
struct ch_story {
	struct ch_str id;
	const struct ch_story_page *pages;
	uint32_t n_pages;
};
typedef bool ch_story_fn(void *ctx, const struct ch_story *story);

/* Of q: since, until (of the first page), about (title of it), page, id, limit, newest. pages_min: of at least so many pages. */
bool ch_store_stories(struct ch_store *store, const struct ch_query *q, uint64_t pages_min, ch_story_fn *fn, void *ctx,
		      struct ch_err *err) CH_MUST_USE;
/* Words of a stored page's article, for comparing; in arena. */
bool ch_store_words(struct ch_store *store, struct ch_str page, struct ch_arena *arena, struct ch_words *words,
		    struct ch_err *err) CH_MUST_USE;

/* ---- coverage ---- */

enum ch_coverage_by { CH_BY_OUTLET, CH_BY_MONTH, CH_BY_LANG };

struct ch_coverage {
	struct ch_str key;             /* empty: unsaid */
	struct ch_str first, last;     /* days of publication */
	uint64_t pages, articles, undated, cut;
	uint64_t stories;              /* that these pages tell */
	uint64_t coded, events;        /* pages that tell of an event; events, those that are one counted once */
};
typedef bool ch_coverage_fn(void *ctx, const struct ch_coverage *row);

/* Rows in the order of pages, then of keys; by month in that of months. Of q: since, until. */
bool ch_store_coverage(struct ch_store *store, enum ch_coverage_by by, const struct ch_query *q, ch_coverage_fn *fn, void *ctx,
		       struct ch_err *err) CH_MUST_USE;
/* Pages in which no article was found, by the reason for which most of their text was refused (empty: there was none). */
struct ch_refused {
	struct ch_str reason;
	uint64_t pages;
};
bool ch_store_refused(struct ch_store *store, const struct ch_query *q, bool (*fn)(void *ctx, const struct ch_refused *r), void *ctx,
		      struct ch_err *err) CH_MUST_USE;

/* ---- agenda: what came of plans (merge/agenda.h) ---- */

struct ch_agenda_ask {
	bool plans;                    /* visits, talks, calls, letters, signings and invitations that q asks for */
	bool undated;                  /* of plans: those without a date; else those with one, and what without one tells of the same */
	ch_day from, until;            /* of plans: what begins on these days, of those without a date what was told on them; CH_NO_DAY: open */
	ch_day last_least;             /* of plans with a date: it ends on this day or later; CH_NO_DAY: whenever */
	uint32_t most;                 /* of plans: so many of the first, of pledges too, and all of a day; 0: all */
	struct ch_str event;           /* id: of this plan only; empty */
	struct ch_str page;            /* id: what is planned in a sentence of it, by id; empty */
	uint32_t sentence;
};

#define CH_UNTOLD INT32_MAX   /* the day on which something was told of which nobody says when it was; behind all */

/* Records for ch_agenda_link: the plans asked for (chosen), and all others by which their state is known. In the caller's arena. */
struct ch_agenda_set {
	struct ch_agenda_record *v;
	bool *chosen;
	uint32_t n;
	ch_day until;                  /* of plans: all up to this day are there */
	bool end;                      /* and none is behind it, nor a pledge */
};
bool ch_store_agenda(struct ch_store *store, const struct ch_query *q, const struct ch_agenda_ask *ask, struct ch_arena *arena,
		     struct ch_agenda_set *out, struct ch_err *err) CH_MUST_USE;

/* What one report says, and where; report empty: the first of the event. */
struct ch_telling {
	struct ch_str event, report, status, date, sentence;
	struct ch_page_info page;
};
bool ch_store_telling(struct ch_store *store, struct ch_str event, struct ch_str report, struct ch_arena *arena, struct ch_telling *out,
		      struct ch_err *err) CH_MUST_USE;

/* Actual deeds with the party as source, told after a day in sentences that fit an FTS5 query and hold no pledge; oldest first, at most a
 * few dozen. */
struct ch_later {
	struct ch_str event, report, sentence, published;
};
bool ch_store_told_later(struct ch_store *store, struct ch_str party, struct ch_str words, struct ch_str after,
			 bool (*fn)(void *ctx, const struct ch_later *later), void *ctx, struct ch_err *err) CH_MUST_USE;
/* The last day on which a page was published; empty where none says. */
bool ch_store_newest(struct ch_store *store, struct ch_arena *arena, struct ch_str *day, struct ch_err *err) CH_MUST_USE;

/* ---- watch-lists: questions that are kept ---- */

struct ch_watch_list {
	struct ch_str name, title, reg, filters;   /* filters: a JSON object of what is asked */
};
/* Between begin and commit; one of that name gives way. */
bool ch_store_watch_put(struct ch_store *store, const struct ch_watch_list *w, struct ch_err *err) CH_MUST_USE;
bool ch_store_watch_drop(struct ch_store *store, struct ch_str name, struct ch_err *err) CH_MUST_USE;
/* By name. */
bool ch_store_watch_each(struct ch_store *store, bool (*fn)(void *ctx, const struct ch_watch_list *w), void *ctx, struct ch_err *err) CH_MUST_USE;

/* ---- upkeep ---- */

/* A line for each promise of the store that is broken: the file itself, references, ids that are not the hash of what they name, groups and
 * stories, full text. False only where it cannot be checked. Reads the whole store. */
typedef void ch_broken_fn(void *ctx, struct ch_str line);
bool ch_store_check(struct ch_store *store, ch_broken_fn *fn, void *ctx, struct ch_err *err) CH_MUST_USE;
/* Gives back unused room and puts indexes and full text in order; nobody else may use the store meanwhile. */
bool ch_store_vacuum(struct ch_store *store, struct ch_err *err) CH_MUST_USE;
/* The store of this moment as a file that must not be there; others may write meanwhile. Of a kind that is no file: fails. */
bool ch_store_backup(struct ch_store *store, const char *to, struct ch_err *err) CH_MUST_USE;
/* All of a store into another, of whatever kind, that has no pages yet; wholly or not at all. */
bool ch_store_copy(struct ch_store *from, struct ch_store *to, struct ch_err *err) CH_MUST_USE;
/* ---- decisions ---- */

/* Between begin and commit. Of d: verdict, record (whole id), kind (as ch_store_find has it), changes, by, reason, at. An event stands for all
 * reports of it and of its other versions, a page (accept only) for all its records of which nothing was decided. other: of a merge the event that it is one with; of same-actor and other-actor, where record is a
 * name, the other name. Later decisions add to earlier ones. *now, in arena: the id under which the record is found from here on. Fails where
 * a field cannot be set so. */
bool ch_store_decide(struct ch_store *store, const struct ch_decision *d, struct ch_str other, struct ch_arena *arena, struct ch_str *now,
		     struct ch_err *err) CH_MUST_USE;
/* Between begin and commit: takes the last decision of the record back; kind "decision": that of this number, whose evidence is gone. */
bool ch_store_undo(struct ch_store *store, struct ch_str kind, struct ch_str id, struct ch_arena *arena, struct ch_str *now,
		   struct ch_err *err) CH_MUST_USE;
/* All that was ever decided, in that order. */
bool ch_store_decisions(struct ch_store *store, bool (*fn)(void *ctx, const struct ch_decision *d), void *ctx, struct ch_err *err) CH_MUST_USE;

/* ---- reading pages anew ---- */

/* Between begin and commit: what was read in the page gives way to this; its bytes, its path and what was decided stay, and decisions are
 * done to the records that have the evidence now. The page is there, and is taken off those still to be read. */
bool ch_store_replace(struct ch_store *store, const struct ch_page_record *page, struct ch_err *err) CH_MUST_USE;
/* Puts pages down to be read anew, unless some are left of a recode that was broken off (*resumed); *left: how many. older: only those coded
 * by another program, lexicon or model than this; NULL: all. page: beginning of an id, or a path; empty: any. */
bool ch_store_recode_begin(struct ch_store *store, const struct ch_stamp *older, struct ch_str page, uint64_t *left, bool *resumed,
			   struct ch_err *err) CH_MUST_USE;
/* A page as it was put in. id empty: there is no more. */
struct ch_stored_page {
	struct ch_str id, path, url, told, published, published_basis, raw;
};
/* The first of those to be read that comes behind `after` in the order of ids. */
bool ch_store_recode_next(struct ch_store *store, struct ch_str after, struct ch_arena *arena, struct ch_stored_page *page,
			  struct ch_err *err) CH_MUST_USE;
/* No page is left to be read: those that could not be are not tried again by themselves. */
bool ch_store_recode_end(struct ch_store *store, struct ch_err *err) CH_MUST_USE;
/* Pages by what coded them, the most first. Of q: since, until. */
struct ch_coded_by {
	struct ch_str program, lexicon, model;
	uint64_t pages, events;        /* events: reports */
};
bool ch_store_coded_by(struct ch_store *store, const struct ch_query *q, bool (*fn)(void *ctx, const struct ch_coded_by *row), void *ctx,
		       struct ch_err *err) CH_MUST_USE;

/* The whole store as text, in an order that does not depend on that of adding: to compare two stores. */
bool ch_store_dump(struct ch_store *store, bool (*line)(void *ctx, struct ch_str text), void *ctx, struct ch_err *err) CH_MUST_USE;
#endif
