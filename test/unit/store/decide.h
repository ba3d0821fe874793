/* Pages put, and decided of, for tests of decisions. */
#ifndef CH_TEST_STORE_DECIDE_H
#define CH_TEST_STORE_DECIDE_H
#include "store/review.h"
#include "fixture.h"
#include "sample.h"

static const struct ch_stamp decide_stamp = { "0", "lexicon", "model" };
static const struct ch_str decide_none = { "", 0 };

/* The sample; again: read anew. */
static inline void decide_put(struct fixture *f, const char *tail, const char *date, const struct ch_stamp *as, bool again)
{
	struct ch_page_record *page;
	struct ch_doc doc;

	sample_doc(&doc, &f->arena, tail, date);
	page = ch_page_record(&doc, *as);
	assert_true(ch_store_begin(f->store, &f->err));
	assert_true(again ? ch_store_replace(f->store, page, &f->err) : ch_store_put(f->store, page, &f->err));
	if (!ch_store_commit(f->store, &f->err))
		fail_msg("%s", f->err.text);
}

/* Of a dump, all but the decisions. */
static inline bool decide_no_review(struct ch_str line)
{
	return !ch_str_starts(line, CH_STR("review"));
}

static inline bool decide_try(struct fixture *f, enum ch_verdict verdict, const char *kind, struct ch_str id, const char *changes, struct ch_str other,
			      struct ch_str *now)
{
	const struct ch_decision d = { .verdict = verdict, .kind = ch_str_z(kind), .record = id, .changes = ch_str_z(changes), .by = CH_STR("desk"),
				       .reason = CH_STR("seen"), .at = CH_STR("2001-01-01T00:00:00Z") };

	assert_true(ch_store_begin(f->store, &f->err));
	if (ch_store_decide(f->store, &d, other, &f->arena, now, &f->err) && ch_store_commit(f->store, &f->err))
		return true;
	ch_store_rollback(f->store);
	return false;
}

static inline struct ch_str decide(struct fixture *f, enum ch_verdict verdict, const char *kind, struct ch_str id, const char *changes,
				   struct ch_str other)
{
	struct ch_str now = { 0 };

	if (!decide_try(f, verdict, kind, id, changes, other, &now))
		fail_msg("%s", f->err.text);
	return now;
}

static inline void decide_refused(struct fixture *f, const char *kind, struct ch_str id, const char *changes, const char *says)
{
	struct ch_str now = { 0 };

	if (decide_try(f, CH_EDIT, kind, id, changes, decide_none, &now))
		fail_msg("%s may be set: %s", kind, changes);
	if (!strstr(f->err.text, says))
		fail_msg("%s: '%s', not '%s'", changes, f->err.text, says);
}

static inline struct ch_str decide_undo(struct fixture *f, const char *kind, struct ch_str id)
{
	struct ch_str now = { 0 };

	assert_true(ch_store_begin(f->store, &f->err));
	if (!ch_store_undo(f->store, ch_str_z(kind), id, &f->arena, &now, &f->err) || !ch_store_commit(f->store, &f->err))
		fail_msg("%s", f->err.text);
	return now;
}
#endif
