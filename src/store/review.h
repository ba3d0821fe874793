/* store/review.h -- what a person decided of a record, apart from how it is kept.
 *
 * A decision is keyed to evidence: the page's id, the bytes of the page that the record rests on, its kind, and what it said (its fields,
 * as coded). So it outlives a new reading of the page: ch_review_match finds the record that it is about, if there still is one. All that
 * was decided of one record, in order, comes to a state: ch_review_fold.
 *
 * Fields are kept as lines "name=value\n"; a list has ";" between its items, what is unsaid is an empty value. */
#ifndef CH_STORE_REVIEW_H
#define CH_STORE_REVIEW_H
#include "base/arena.h"
#include "base/err.h"
#include "store/record.h"

enum ch_verdict { CH_ACCEPT, CH_REJECT, CH_EDIT, CH_MERGE, CH_SPLIT, CH_SAME_ACTOR, CH_OTHER_ACTOR, CH_VERDICT_N };

const char *ch_verdict_name(enum ch_verdict verdict);
enum ch_verdict ch_verdict_parse(struct ch_str name);   /* CH_VERDICT_N: none is called so */

struct ch_decision {
	int64_t n;                     /* number in the store, in the order of deciding */
	enum ch_verdict verdict;
	struct ch_str kind;            /* "reports", a register's name, or "actors" */
	struct ch_str record;          /* id of the record that it holds for now; empty: its evidence is gone (of actors: the name) */
	struct ch_str page;            /* id */
	struct ch_raw_span span;       /* of the raw page */
	struct ch_str said, coded;     /* the words at span; the record's fields as they were coded */
	struct ch_str changes;         /* lines: the fields that the person set; of actors the other name */
	struct ch_str by, reason, at;
	bool undone;
};

/* ---- lines of fields ---- */

bool ch_fields_has(struct ch_str lines, const char *name);
struct ch_str ch_fields_get(struct ch_str lines, const char *name);   /* empty where there is none */
/* With the field set, behind the others if it is new; in arena. */
struct ch_str ch_fields_set(struct ch_arena *arena, struct ch_str lines, struct ch_str name, struct ch_str value);
/* The next line; false: no more. */
bool ch_fields_next(struct ch_str *lines, struct ch_str *name, struct ch_str *value);

/* ---- what it comes to ---- */

struct ch_review_state {
	bool decided;                  /* there is a decision that was not undone */
	bool rejected, apart;          /* left out; never one with what others tell */
	struct ch_str changes;         /* lines */
	const struct ch_decision *last;   /* NULL where undecided */
};

/* Decisions of one record, oldest first. What comes later wins, field by field; an edit or acceptance takes a rejection back. */
void ch_review_fold(const struct ch_decision *v, uint32_t n, struct ch_arena *arena, struct ch_review_state *out);

/* A record of a page that a decision may be about. */
struct ch_review_record {
	struct ch_str kind, coded;
	struct ch_raw_span span;
};
/* Index of the record that the decision is about: of its kind, with a byte in common, and most of its fields said alike, at least half
 * of those that say something on either side; of several the one that agrees most, then the one that stands first. UINT32_MAX: there is none. */
uint32_t ch_review_match(const struct ch_decision *d, const struct ch_review_record *v, uint32_t n);

/* What a status may be, a NULL behind the last. */
extern const char *const ch_event_statuses[], *const ch_instrument_statuses[];

/* Is the field one of lists? */
bool ch_review_is_list(struct ch_str field);
/* Does it hold parties, or countries? */
bool ch_review_is_party(struct ch_str field);
/* May the field of such a record be set to this? Fails with a line that says which can. kind: "reports" or a register's name. Whether a
 * party is one that the lists or the store have is asked elsewhere. */
bool ch_review_check(struct ch_str kind, struct ch_str field, struct ch_str value, struct ch_err *err) CH_MUST_USE;
#endif
