/* export/compare.h -- a list made by hand against the store: found, missed, new (docs/formats.md).
 *
 *   compare.c         chancery_compare: the store is asked, pairs are made, rows and the summary written
 *   compare_list.c    rows of a list as parties, places and days, by the actor layer (what `actors ask` asks)
 *   compare_match.c   whether a row and a record tell of one thing; pairs, one to one
 *   compare_seen.c    of what was missed: whether any page tells of it
 *
 * A row and a record go together if parties and type agree, the days said lie no farther apart than the tolerance, and where both
 * name persons, one of them is the same. Of several, the nearest in time goes first, then the most exact, then who agrees
 * in person and place. */
#ifndef CH_EXPORT_COMPARE_H
#define CH_EXPORT_COMPARE_H
#include "chancery.h"
#include "doc/engine.h"
#include "export/query.h"
#include "input/list.h"
#include "who/gazetteer.h"

/* Records as far off as this are told of as such, and pages published as near are looked through, where a row was missed. */
enum { CH_COMPARE_NEAR_DAYS = 31 };

enum ch_compare_kind { CH_COMPARE_VISITS, CH_COMPARE_MEETINGS, CH_COMPARE_LETTERS, CH_COMPARE_EVENTS, CH_COMPARE_INSTRUMENTS };

struct ch_compare_names {
	struct ch_str *v;
	uint32_t n;
};

/* Parties ("FRA") and, where they are known by name, the people who stand for them. */
struct ch_compare_side {
	struct ch_compare_names parties, persons;
};

/* A row of the list. */
struct ch_compare_row {
	const struct ch_list_row *text;
	struct ch_compare_side who, with;      /* who came, wrote, acted; to whom. Meetings, instruments: all in who */
	struct ch_compare_names places;        /* countries */
	ch_day lo, hi;
	struct ch_str type, mode, title;       /* empty: any */
	const char *why;                       /* it cannot be read, as …; NULL: it can */
	struct ch_str why_text;                /* the text that cannot; or empty */
	bool outside;                          /* the filters leave it out */
};

/* A record of the store. */
struct ch_compare_record {
	struct ch_str id, date, type, mode, place, status, title, text, page;
	struct ch_compare_side source, target; /* of all its reports */
	ch_day lo, hi;                         /* of the record; of one without date the publication of its pages */
	bool dated;
};

/* What a pair has and has not. */
struct ch_compare_fit {
	uint32_t row, record;
	int32_t off;        /* days from the row's days to the record's: 0 they overlap, below 0 the record's are earlier */
	bool coarse;        /* one of them knows no more than month or year, or the record only the day of publication */
	bool person, place; /* both have one, and they agree */
	bool happened;      /* the record's status is actual or historical */
};

/* Whether they tell of one thing, dates at most `days` apart. */
bool ch_compare_fits(enum ch_compare_kind kind, const struct ch_compare_row *row, const struct ch_compare_record *record, int32_t days,
		     struct ch_compare_fit *fit);
/* Best first: nearest in time, exact, agreeing in person and place, then by row and id. A total order. */
int ch_compare_better(const struct ch_compare_fit *a, const struct ch_compare_fit *b, const struct ch_compare_record *records);

/* What a list is about: records beyond that cannot be called new. */
struct ch_compare_scope {
	struct ch_compare_side who, with;   /* all of the list's; empty persons: they do not count */
	ch_day lo, hi;
	bool by_who, by_with;               /* the side counts: it is the same in all rows, or neither is */
	bool persons_who, persons_with;     /* every row names a person on this side */
};
/* The scope of n rows, those left out that are unread or outside. In arena. */
struct ch_compare_scope ch_compare_scope_of(struct ch_arena *arena, enum ch_compare_kind kind, const struct ch_compare_row *rows, uint32_t n);
bool ch_compare_in_scope(enum ch_compare_kind kind, const struct ch_compare_scope *scope, const struct ch_compare_record *record);

/* "visits" → kind; false where a list cannot be compared with the register. */
bool ch_compare_kind_of(struct ch_str name, enum ch_compare_kind *kind);

bool ch_compare_has(struct ch_compare_names names, struct ch_str name);
uint32_t ch_compare_common(struct ch_compare_names a, struct ch_compare_names b);   /* how many of a are in b */
void ch_compare_add(struct ch_arena *arena, struct ch_compare_names *names, struct ch_str name);   /* once; name is kept */

/* Rows of a list: in arena, as many as it has. Names are resolved on the day of their row, with `threads` threads. */
bool ch_compare_rows(const struct chancery *engine, struct ch_arena *arena, const struct ch_list *list, enum ch_compare_kind kind,
		     enum ch_date_order order, unsigned threads, struct ch_compare_row **rows, struct ch_err *err) CH_MUST_USE;

/* What a text means, as `actors ask` has it: parties that act, countries that it is in. */
struct ch_compare_answer {
	struct ch_compare_side side;
	struct ch_compare_names places;
};
struct ch_compare_question {
	struct ch_str text;
	ch_day day;        /* of publication; office holders are those of that day */
};
/* n answers, in arena. codes: a text that names nobody may be a code ("FRA"). */
bool ch_compare_ask(const struct chancery *engine, struct ch_arena *arena, const struct ch_compare_question *questions, uint32_t n, bool codes,
		    unsigned threads, struct ch_compare_answer **answers, struct ch_err *err) CH_MUST_USE;

/* The sentence nearest to telling of a row that was missed. */
struct ch_compare_seen {
	struct ch_str page, title, published, text;   /* text empty: no page names the parties near that day */
	bool together;                                /* both stand in this sentence; else the page has the other elsewhere */
};
bool ch_compare_seen(struct ch_store *store, const struct chancery *engine, struct ch_arena *arena, const struct ch_compare_row *row,
		     struct ch_compare_seen *seen, struct ch_err *err) CH_MUST_USE;
#endif
