/* merge/reports.h -- one event from reports that stand in different stories.
 *
 * Pages that tell an event alike give it one id; copies that tell it a little differently are one event within their story
 * (merge/versions.h). Here are the rules by which reporters who wrote on their own tell of one event. They are narrower: a store full of
 * what happens every week must not melt. docs/stories.md has them in words.
 *
 * What an event is one with hangs on the events near it and on nothing else, not on the order in which they came. To find those,
 * each has keys: pairs of its parties with type, mode and status, at a day. */
#ifndef CH_MERGE_REPORTS_H
#define CH_MERGE_REPORTS_H
#include "base/day.h"
#include "merge/versions.h"

enum {
	CH_NEAR_KEYS = 6,            /* pairs of four parties; more parties than that have one key together */
	CH_NEAR_PARTIES = 4,
	CH_NEAR_REACHES = 3,
	CH_NEAR_CROWD = 48,          /* of more events near one nobody can tell which is meant */
};

/* By how much of the calendar an event leaves open: ten days at most; a month; all of it, of which the day of publication is known. */
enum ch_span_kind { CH_SPAN_DAYS, CH_SPAN_MONTH, CH_SPAN_UNDATED, CH_SPAN_NONE };

struct ch_near_key {
	int64_t key;                 /* kind is in it */
	ch_day day;                  /* first day, or that of publication */
};

/* Keys under which the event is to be found: 0 to CH_NEAR_KEYS. None for what is no such event: only meetings, visits, calls, letters,
 * agreements, signings and recognitions between two parties or more are. Of v: type, mode, status, sides, lo, hi, published. */
uint32_t ch_near_keys(const struct ch_version *v, struct ch_near_key keys[CH_NEAR_KEYS]);

/* Where those stand that may be one with it. */
struct ch_reach {
	int64_t key;
	ch_day first, last;
};
uint32_t ch_near_reaches(const struct ch_version *v, struct ch_reach reaches[CH_NEAR_KEYS * CH_NEAR_REACHES]);

/* How two events stand to each other. The same both ways. */
enum ch_nearness {
	CH_NEAR_NOT,
	CH_NEAR_APART,               /* alike but for dates that are too far apart, or that one outlet tells */
	CH_NEAR_A_DAY,               /* alike, and their dates differ by a day: one, where nothing else is as near */
	CH_NEAR_ONE,
};
enum ch_nearness ch_nearness(const struct ch_version *a, const struct ch_version *b);

/* Which of the n others v is one with: the best of those better than v (ch_version_cmp), where v is one with no two of them that are not
 * one with each other; else UINT32_MAX. others: all that are near v. */
uint32_t ch_near_head(const struct ch_version *v, const struct ch_version *const *others, uint32_t n);

/* In what the two differ that otherwise agree: CH_DIFFER_* bits. Of versions of one event: dates that do not meet, two places, sides of
 * which neither holds the other. */
enum { CH_DIFFER_DATE = 1, CH_DIFFER_PLACE = 2, CH_DIFFER_PARTY = 4, CH_DIFFER_DAYS = 3 };
unsigned ch_versions_differ(const struct ch_version *a, const struct ch_version *b);
/* The same of two events that are kept apart, told by other outlets each; 0 unless they differ in one thing and by little: dates of a
 * visit or signing by three days at most, places on one day, parties (two or more in common) at one place on one day. */
unsigned ch_events_differ(const struct ch_version *a, const struct ch_version *b);

/* Whether a version that is linked with head, perhaps by way of others, may stand with it after all: nothing that both say differs. */
bool ch_version_fits(const struct ch_version *v, const struct ch_version *head);
#endif
