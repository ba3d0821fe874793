/* merge/agenda.h -- what came of what was planned: plans of events, linked to the later records that keep, put off or deny them.
 *
 *     plans told (planned, hypothetical, invitations) ──▶ items: the same plan told again is one ──▶ state, by which record
 *
 * Pure: flat records in, items out, the same for any order of the records. docs/agenda.md has the rules for people. */
#ifndef CH_MERGE_AGENDA_H
#define CH_MERGE_AGENDA_H
#include "base/arena.h"
#include "base/day.h"

enum ch_plan_kind {
	CH_PLAN_NONE, CH_PLAN_VISIT, CH_PLAN_MEETING, CH_PLAN_CALL, CH_PLAN_LETTER, CH_PLAN_SIGNING, CH_PLAN_INVITATION,
	CH_PLAN_DEED   /* any other act: what pledges are about */
};

enum ch_plan_state { CH_PLAN_OPEN, CH_PLAN_OVERDUE, CH_PLAN_KEPT, CH_PLAN_POSTPONED, CH_PLAN_CANCELLED, CH_PLAN_BROKEN };

enum {
	CH_AGENDA_WINDOW = 183,   /* days after its first telling in which a plan without a date can be told again, kept or denied */
	CH_AGENDA_VAGUE = 62,     /* days that a date may leave open and still say when something was; and what lasts so long began before */
	CH_AGENDA_LATE = 31,      /* no rule looks further than so many days past the due date of a dated plan for what came of it */
	CH_AGENDA_PARTIES = 16    /* parties by which a record is found; what has more is found by the first of them */
};

/* One event, whatever its status; what is planned or denied once for each report, since a later page may tell the same otherwise. */
struct ch_agenda_record {
	struct ch_str id, report /* empty: the first of the event */, type, mode, place;
	enum { CH_AGENDA_ACTUAL, CH_AGENDA_PLANNED, CH_AGENDA_DENIED } status;
	bool invites;                    /* an invitation, which is a plan for its visit though it was itself actual */
	bool moves;                      /* told in a sentence that puts the plan off */
	ch_day lo, hi;                   /* of its date; CH_NO_DAY: undated */
	ch_day told;                     /* publication, of what is actual the first; CH_NO_DAY: unsaid */
	const struct ch_str *side[2];    /* parties of source and target, sorted, each once, none empty */
	uint32_t n_side[2];
};

struct ch_agenda_item {
	enum ch_plan_kind kind;
	enum ch_plan_state state;
	uint32_t *plans, n_plans;        /* indices of the records that tell it, in the order of their telling */
	uint32_t by;                     /* index of the record that kept, denied or put it off; UINT32_MAX: none */
	ch_day due_lo, due_hi;           /* the most exact of its dates; CH_NO_DAY: none */
};

enum ch_plan_kind ch_agenda_kind(const struct ch_agenda_record *r);
const char *ch_agenda_kind_name(enum ch_plan_kind kind);
const char *ch_agenda_state_name(enum ch_plan_state state);
/* Of its name; false where no state is called so. */
bool ch_agenda_state_parse(struct ch_str name, enum ch_plan_state *state);
/* PLOVER type whose actual record speaks against a plan of `type`; NULL: none does. */
const char *ch_agenda_contrary(struct ch_str type);

/* The pairs of parties by which a record and its outcome find each other: calls pair for each, a < b. A record of one party is found by
 * that and its place. */
void ch_agenda_pairs(const struct ch_agenda_record *r, void (*pair)(void *ctx, struct ch_str a, struct ch_str b), void *ctx);

/* Items of all plans among the n records; *n_items of them, in arena, ordered by due date (none: last), then first plan's id. An
 * item is overdue where its due date is before `today` (CH_NO_DAY: none is). Records with no pair are left out. */
struct ch_agenda_item *ch_agenda_link(const struct ch_agenda_record *r, uint32_t n, ch_day today, struct ch_arena *arena,
				      uint32_t *n_items);

/* Content words of a text, folded and cut to their stems, each once, sorted; at most max. For comparing pledges with later sentences. */
uint32_t ch_agenda_words(struct ch_str text, struct ch_arena *arena, struct ch_str *words, uint32_t max);
/* Share of the n words that text has too, 0 to 1. */
double ch_agenda_overlap(const struct ch_str *words, uint32_t n, struct ch_str text, struct ch_arena *arena);
/* Whether the sentence tells that something is put off (lexicon/registers/agenda.txt). */
bool ch_agenda_moves(struct ch_str sentence, struct ch_arena *arena);
#endif
