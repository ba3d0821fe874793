/* A list a piece at a time: all pieces together are the list, in either order, with any filter, and also where pages come in meanwhile. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>
#include "chancery.h"
#include "fixture.h"
#include "sample.h"

enum { PAGES = 23 };

static const struct ch_stamp stamp = { "0", "lexicon", "model" };

/* Pages by the number: several a day, and every fourth without any. */
static void put_pages(struct fixture *f, uint32_t first, uint32_t n)
{
	assert_true(ch_store_begin(f->store, &f->err));
	for (uint32_t i = first; i < first + n; i++) {
		char tail[16], date[16] = "";
		struct ch_doc doc;

		snprintf(tail, sizeof tail, " %u", i);
		if (i % 4)
			ch_day_print(ch_day_of(1977, 1, 1) + (ch_day)(i * 7 % 5), date);
		sample_doc(&doc, &f->arena, tail, date);
		if (!*date)
			doc.meta.published = CH_NO_DAY;
		assert_true(ch_store_put(f->store, ch_page_record(&doc, stamp), &f->err));
	}
	assert_true(ch_store_commit(f->store, &f->err));
}

struct ids {
	struct ch_arena *arena;
	CH_VEC(struct ch_str) v;
};

static bool take_id(void *ctx, const char *json, size_t size)
{
	struct ids *ids = ctx;
	const char *at = strstr(json, "\"id\":\"");

	(void)size;
	assert_non_null(at);
	*CH_PUSH(ids->arena, &ids->v) = ch_arena_str(ids->arena, ch_str_n(at + 6, strcspn(at + 6, "\"")));
	return true;
}

static bool ask(struct fixture *f, const struct chancery_query *q, struct ids *ids)
{
	struct chancery_store *store = (struct chancery_store *)f->store;
	struct chancery_error *error = (struct chancery_error *)&f->err;
	const struct chancery_plans plans = { .today = "1980-01-01" };

	return strcmp(q->record, "stories") == 0 ? chancery_stories(store, q, 0, take_id, ids, error) :
	       strcmp(q->record, "states") == 0 ? chancery_pledges(store, q, &plans, take_id, ids, error) :
						  chancery_query(store, q, take_id, ids, error);
}

/* The list by pieces of so many; more: pages put behind each, as many. */
static struct ids walk(struct fixture *f, struct chancery_query q, unsigned piece, uint32_t more)
{
	struct ids ids = { .arena = &f->arena };
	char next[CHANCERY_NEXT], after[CHANCERY_NEXT] = "";
	uint32_t put = 0;

	q.limit = piece;
	q.next = next;
	do {
		const uint32_t n = ids.v.n;

		q.after = after;
		if (!ask(f, &q, &ids))
			fail_msg("%s: %s", q.record, f->err.text);
		assert_true(ids.v.n - n <= piece);
		assert_true(!*next || ids.v.n - n == piece);
		strcpy(after, next);
		if (more && put < PAGES)
			put_pages(f, 1000 + put, more);
		put += more;
	} while (*next);
	return ids;
}

static const char *const lists[] = {
	"events", "visits", "letters", "instruments", "quotes", "roles", "positions", "tallies", "pledges", "gatherings", "initiatives", "relations",
	"marks", "pages", "stories", "states",
};

static void pieces_are_the_list(void **state)
{
	static const struct chancery_query asked[] = {
		{ 0 }, { .newest = true }, { .who = "EGY" }, { .who = "EGY", .newest = true }, { .who = "EGY", .with = "ISR", .newest = true },
		{ .who = "Sadat" }, { .since = "1977-01-02", .newest = true }, { .about = "war", .newest = true }, { .about = "visited" },
	};
	static const unsigned sizes[] = { 1, 4, 64 };
	struct fixture *f = *state;
	uint32_t most = 0;

	put_pages(f, 0, PAGES);
	for (size_t l = 0; l < sizeof lists / sizeof *lists; l++) {
		for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
			struct ids all = { .arena = &f->arena };
			struct chancery_query q = asked[i];

			q.record = lists[l];
			if (!ask(f, &q, &all)) {   /* pages and stories have no parties, and are about nothing */
				if (!strstr(f->err.text, "says nothing of") || !strstr("pages stories", q.record))
					fail_msg("%s: %s", q.record, f->err.text);
				continue;
			}
			most = all.v.n > most ? all.v.n : most;
			for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
				struct ids got = walk(f, q, sizes[s], 0);

				if (got.v.n != all.v.n)
					fail_msg("%s, question %zu by %u: %u of %u", q.record, i, sizes[s], (unsigned)got.v.n, (unsigned)all.v.n);
				for (uint32_t k = 0; k < all.v.n; k++)
					assert_true(ch_str_eq(got.v.v[k], all.v.v[k]));
			}
		}
	}
	assert_true(most >= PAGES);
}

static bool has(const struct ids *ids, struct ch_str id, uint32_t *times)
{
	*times = 0;
	for (uint32_t i = 0; i < ids->v.n; i++)
		*times += ch_str_eq(ids->v.v[i], id);
	return *times;
}

/* What was there at the beginning comes once, whatever came between. */
static void new_pages_move_nothing(void **state)
{
	static const char *const still[] = { "roles", "quotes", "pages" };
	struct fixture *f = *state;

	put_pages(f, 0, PAGES);
	for (size_t l = 0; l < sizeof still / sizeof *still; l++) {
		for (int newest = 0; newest < 2; newest++) {
			struct ids before = { .arena = &f->arena }, got;
			struct chancery_query q = { .record = still[l], .newest = newest };
			uint32_t times;

			assert_true(ask(f, &q, &before));
			got = walk(f, q, 5, 3);
			for (uint32_t i = 0; i < before.v.n; i++) {
				has(&got, before.v.v[i], &times);
				if (times != 1)
					fail_msg("%s: a record came %u times", q.record, (unsigned)times);
			}
		}
	}
}

static void no_place(void **state)
{
	static const char *const wrong[] = {
		"x", ".", "...", "1977-01-02.1.", "1977-01-02.1..00000000", "1977-01-02.99999999999999999999..00000000", "' OR 1=1 --.1..00000000",
		"1977-01-02.1.'.00000000", "1977-01-021977-01-021977-01-02.1..00000000",
	};
	struct fixture *f = *state;
	struct ids ids = { .arena = &f->arena };
	char next[CHANCERY_NEXT], cut[CHANCERY_NEXT];
	struct chancery_query q = { .record = "roles", .limit = 2, .next = next };

	put_pages(f, 0, PAGES);
	assert_true(ask(f, &q, &ids));
	assert_true(*next);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		q.after = wrong[i];
		assert_false(ask(f, &q, &ids));
		assert_non_null(strstr(f->err.text, "no place in this list"));
	}
	assert_int_equal(ids.v.n, 2);
	q = (struct chancery_query){ .record = "roles", .limit = 2, .next = next };
	assert_true(ask(f, &q, &ids));
	strcpy(cut, next);
	/* any of its letters altered, or the last gone */
	for (size_t i = 0; next[i]; i++) {
		cut[i] = (char)(next[i] == '1' ? '2' : '1');
		q.after = cut;
		q.next = NULL;
		assert_false(ask(f, &q, &ids));
		cut[i] = next[i];
	}
	cut[strlen(cut) - 1] = '\0';
	assert_false(ask(f, &q, &ids));
	/* of another list, of the other order */
	q.after = next;
	assert_true(ask(f, &q, &ids));
	q.record = "pledges";
	assert_false(ask(f, &q, &ids));
	q = (struct chancery_query){ .record = "roles", .newest = true, .after = next };
	assert_false(ask(f, &q, &ids));
}

int main(void)
{
	const struct CMUnitTest all[] = {
		cmocka_unit_test_setup_teardown(pieces_are_the_list, setup, teardown),
		cmocka_unit_test_setup_teardown(new_pages_move_nothing, setup, teardown),
		cmocka_unit_test_setup_teardown(no_place, setup, teardown),
	};
	int failed;

	WHERE_RUN(all, all, failed);
	return failed;
}
