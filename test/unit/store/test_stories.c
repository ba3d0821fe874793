/* Copies become stories, versions become one event, and neither hangs on the order in which pages came. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>
#include <sqlite3.h>
#include "store/sql.h"
#include "store/store.h"
#include "dump.h"
#include "fixture.h"
#include "../merge/texts.h"
#include "older.h"
#include "sample.h"

static const struct ch_stamp stamp = { "0", "lexicon", "model" };

enum { DAY = 16000, PAGES_MAX = 64 };

struct page {
	const char *name, *text, *outlet, *date, *place;   /* date, place: of the visit that it tells; NULL date: it tells none */
	ch_day day;
};

/* A page with one sentence, which is all of its text, and a visit in it. */
static void put(struct fixture *f, const struct page *p)
{
	struct ch_arena *a = &f->arena;
	struct ch_doc doc;

	assert_true(ch_doc_from_text(&doc, a, ch_arena_printf(a, "%s\n\n%s", p->name, p->text), true, &f->err));
	doc.path = ch_str_z(p->name);
	doc.blocks.v[0].kind = CH_BLOCK_TITLE;
	doc.meta.title = ch_str_z(p->name);
	doc.meta.outlet = ch_str_z(p->outlet);
	doc.meta.published = p->day;
	*CH_PUSH(a, &doc.tokens) = (struct ch_token){ .span = doc.blocks.v[1].span, .head = CH_NONE, .first_child = CH_NONE,
						      .next_sibling = CH_NONE, .mention = CH_NONE };
	*CH_PUSH(a, &doc.sentences) = (struct ch_sentence){ doc.blocks.v[1].span, 0, 1, 1, 0 };
	if (p->date) {
		struct ch_span words = { doc.blocks.v[1].span.start, doc.blocks.v[1].span.start + 3 };

		*CH_PUSH(a, &doc.actors) = (struct ch_actor){ .kind = CH_ACTOR_STATE, .name = CH_STR("Bahrania"), .party = CH_STR("BHR") };
		*CH_PUSH(a, &doc.actors) = (struct ch_actor){ .kind = CH_ACTOR_STATE, .name = CH_STR("Costa Verda"), .party = CH_STR("CVD") };
		*CH_PUSH(a, &doc.event_actors) = 0;
		*CH_PUSH(a, &doc.event_actors) = 1;
		*CH_PUSH(a, &doc.events) = (struct ch_event){ .type = CH_EV_CONSULT, .mode = "visit", .source_n = 1, .target_first = 1,
			.target_n = 1, .date = ch_str_z(p->date), .place = ch_str_z(p->place), .trigger = words, .frame = "consult.visit",
			.claimed_by = CH_NONE };
	}
	assert_true(ch_store_put(f->store, ch_page_record(&doc, stamp), &f->err));
}

/* Page i of n is put as number (first + i * step) % n, some to a transaction. */
static void put_all(struct fixture *f, const struct page *pages, uint32_t n, uint32_t first, uint32_t step, uint32_t batch)
{
	for (uint32_t i = 0; i < n; i++) {
		if (i % batch == 0)
			assert_true(ch_store_begin(f->store, &f->err));
		put(f, &pages[(first + i * step) % n]);
		if (i % batch == batch - 1 || i + 1 == n)
			assert_true(ch_store_commit(f->store, &f->err));
	}
}

static const struct page pages[] = {
	{ "first", text_original, "Harbour Gazette", "2013-10-21", "CVD", DAY },
	{ "reprint", text_original, "Daily Echo", "2013-10-21", "CVD", DAY + 40 },
	{ "spun", text_spun, "Nile Courier", "2013-10", "", DAY + 1 },
	{ "undated", text_original, "", "", "", CH_NO_DAY },
	{ "other", text_independent, "Levant Observer", "2013-10-21", "CVD", DAY },
	{ "form", text_form, "Harbour Gazette", NULL, NULL, DAY + 2 },
	{ "short", "The talks in Sevran went on.", "Daily Echo", NULL, NULL, DAY },
};
enum { N = sizeof pages / sizeof *pages };

struct seen {
	char text[2000];
};

static bool see_story(void *ctx, const struct ch_story *story)
{
	struct seen *s = ctx;

	for (uint32_t i = 0; i < story->n_pages; i++) {
		size_t at = strlen(s->text);

		snprintf(s->text + at, sizeof s->text - at, "%s%.*s%s%.*s", i ? " " : "", CH_STR_ARG(story->pages[i].info.path),
			 story->pages[i].copy.len ? ":" : "", CH_STR_ARG(story->pages[i].copy));
	}
	snprintf(s->text + strlen(s->text), sizeof s->text - strlen(s->text), "\n");
	return true;
}

static bool see_event(void *ctx, const struct ch_event_record *e)
{
	struct seen *s = ctx;
	size_t at = strlen(s->text);

	snprintf(s->text + at, sizeof s->text - at, "%.*s %u\n", CH_STR_ARG(e->date), e->n_reports);
	return true;
}

static void copies_are_one_story(void **state)
{
	struct fixture *f = *state;
	struct seen all = { "" }, some = { "" }, one = { "" };

	put_all(f, pages, N, 0, 1, N);
	assert_true(ch_store_stories(f->store, &(struct ch_query){ .about = CH_STR("first") }, 0, see_story, &all, &f->err));
	assert_string_equal(all.text, "first spun:spun reprint:exact undated:exact\n");
	assert_true(ch_store_stories(f->store, &(struct ch_query){ 0 }, 2, see_story, &some, &f->err));
	assert_string_equal(some.text, all.text);
	assert_true(ch_store_stories(f->store, &(struct ch_query){ .page = CH_STR("form") }, 0, see_story, &one, &f->err));
	assert_string_equal(one.text, "form\n");
	one.text[0] = '\0';
	assert_true(ch_store_stories(f->store, &(struct ch_query){ .page = CH_STR("short") }, 0, see_story, &one, &f->err));
	assert_string_equal(one.text, "");
}

/* What each page tells is another story. Three outlets tell of the visit on days that meet, two later on of days that follow each other;
 * a page of the first outlet tells of the next day itself. */
static const struct page told[] = {
	{ "a", "Harbour pilots of Maresk brought the royal yacht to her berth while two bands played the hymns of both lands.", "Harbour Gazette", "2013-10-21", "CVD", DAY },
	{ "b", "Nobody in the market of Puerto Alba could remember when a foreign guest had last tasted the smoked eel.", "Daily Echo", "2013-10-22", "", DAY + 1 },
	{ "c", "What the guest said about tariffs was heard by four officials and a parrot, none of whom would repeat it.", "Nile Courier", "2013-10", "CVD", DAY + 9 },
	{ "d", "Rain kept the second procession short, and the school choir sang its seven verses under the arcades.", "Levant Observer", "2013-10-22", "CVD", DAY + 1 },
	{ "e", "A spokesman for the shipyard workers handed over a petition about the dredging of the inner basin.", "Harbour Gazette", "2013-12-02", "CVD", DAY + 42 },
	{ "f", "The court physician denied that the traveller had caught a chill on the lagoon during the regatta.", "Daily Echo", "2013-12-03", "CVD", DAY + 43 },
	{ "g", "Lanterns were lit on all nineteen bridges when the carriage rolled from the station to the palace.", "Nile Courier", "2013-12-04", "CVD", DAY + 44 },
};
enum { TOLD = sizeof told / sizeof *told };

static void one_event_in_many_stories(void **state)
{
	static const struct {
		uint32_t first, step, batch;
	} ways[] = { { 0, 1, 1 }, { 6, 6, 1 }, { 2, 3, 2 }, { 4, 5, 3 }, { 3, 2, 7 }, { 5, 4, 1 } };
	struct fixture *f = *state;
	struct seen s = { "" };
	struct ch_str want;

	put_all(f, told, TOLD, 0, 1, TOLD);
	assert_true(ch_store_events(f->store, &(struct ch_query){ 0 }, see_event, &s, &f->err));
	/* two of three tell the 22nd, one of them without the place; three days in a row are a habit */
	assert_string_equal(s.text, "2013-10-22 4\n2013-12-02 1\n2013-12-03 1\n2013-12-04 1\n");
	want = dump_of(f->store, NULL, &f->arena);
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		void *other = NULL;
		struct ch_str got;

		setup(&other);
		put_all(other, told, TOLD, ways[i].first, ways[i].step, ways[i].batch);
		got = dump_of(((struct fixture *)other)->store, NULL, &((struct fixture *)other)->arena);
		if (!ch_str_eq(want, got))
			fail_msg("way %zu gives another store:\n%.*s\n---\n%.*s", i, CH_STR_ARG(want), CH_STR_ARG(got));
		teardown(&other);
	}
}

/* A store as version 7 made it: links across stories, and pairs. */
static void older_store_gets_its_links(void **state)
{
	struct fixture *f = *state;
	struct ch_str want;
	sqlite3 *db;

	put_all(f, told, TOLD, 0, 1, 2);
	want = dump_of(f->store, NULL, &f->arena);
	ch_store_close(f->store);
	f->store = NULL;
	assert_int_equal(sqlite3_open(f->at.path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, SAMPLE_NO_ORDER "DELETE FROM event_links; DROP INDEX event_groups_top; ALTER TABLE event_groups DROP COLUMN top;"
				      " DROP TABLE event_near; DROP TABLE event_pairs; DROP INDEX events_status;"
				      " ALTER TABLE instruments DROP COLUMN provides;"
				      " DROP TABLE saying_keys; DROP TABLE sayings; DROP TABLE statement_notes; DROP TABLE statements_fts;"
				      " DROP INDEX statements_saying; ALTER TABLE statements DROP COLUMN addressee;"
				      " ALTER TABLE statements DROP COLUMN addressee_party; ALTER TABLE statements DROP COLUMN occasion;"
				      " ALTER TABLE statements DROP COLUMN occasion_basis; ALTER TABLE statements DROP COLUMN place;"
				      " ALTER TABLE statements DROP COLUMN outlet; ALTER TABLE statements DROP COLUMN said;"
				      " ALTER TABLE statements DROP COLUMN context; ALTER TABLE statements DROP COLUMN saying;"
				      " " OLDER_WITHOUT_REVIEWS " PRAGMA user_version = 7", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	assert_true(ch_store_open(f->at.path, false, &f->store, &f->err));
	if (!ch_str_eq(want, dump_of(f->store, NULL, &f->arena)))
		fail_msg("not the same:\n%.*s\n---\n%.*s", CH_STR_ARG(want), CH_STR_ARG(dump_of(f->store, NULL, &f->arena)));
}

/* Four pages tell the visit, one less exactly and one without a date; a fifth, which is no copy, tells it to the day. */
static void versions_are_one_event(void **state)
{
	struct fixture *f = *state;
	struct seen together = { "" }, apart = { "" };

	put_all(f, pages, N, 0, 1, 2);
	assert_true(ch_store_events(f->store, &(struct ch_query){ 0 }, see_event, &together, &f->err));
	assert_string_equal(together.text, "2013-10-21 5\n");
	assert_true(ch_store_events(f->store, &(struct ch_query){ .apart = true }, see_event, &apart, &f->err));
	assert_string_equal(apart.text, "2013-10 1\n2013-10-21 3\n 1\n");
	/* what only the less exact version fits is answered with the better one */
	together.text[0] = '\0';
	assert_true(ch_store_events(f->store, &(struct ch_query){ .page = CH_STR("spun") }, see_event, &together, &f->err));
	assert_string_equal(together.text, "2013-10-21 5\n");
}

static void any_order_any_batch(void **state)
{
	static const struct {
		uint32_t first, step, batch;
	} ways[] = { { 0, 1, 1 }, { 6, 6, 1 }, { 2, 3, 2 }, { 4, 5, 3 }, { 3, 2, 7 } };
	struct fixture *f = *state;
	struct ch_str want;

	put_all(f, pages, N, 0, 1, N);
	want = dump_of(f->store, NULL, &f->arena);
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		void *other = NULL;
		struct ch_str got;

		setup(&other);
		put_all(other, pages, N, ways[i].first, ways[i].step, ways[i].batch);
		got = dump_of(((struct fixture *)other)->store, NULL, &((struct fixture *)other)->arena);
		if (!ch_str_eq(want, got))
			fail_msg("way %zu gives another store:\n%.*s\n---\n%.*s", i, CH_STR_ARG(want), CH_STR_ARG(got));
		teardown(&other);
	}
}

/* A chain in which neighbours are alike and the ends are not: one story, whichever link comes last. */
static void chains_close(void **state)
{
	enum { LINKS = 9, SENTENCES = 24, MOVE = 4 };
	struct fixture *f = *state, *g;
	struct page chain[LINKS];
	char texts[LINKS][4096], names[LINKS][8];
	struct seen s = { "" };
	void *other = NULL;

	for (int i = 0; i < LINKS; i++) {
		texts[i][0] = '\0';
		for (int k = 0; k < SENTENCES; k++) {
			size_t at = strlen(texts[i]);
			int x = MOVE * i + k;

			snprintf(texts[i] + at, sizeof texts[i] - at, "On point%c%c the envoy Ver%c%cand accepted %d of the clause%c%cs. ", 'a' + x % 26,
				 'a' + x / 5 % 26, 'a' + x / 3 % 26, 'a' + x % 26, 100 + 7 * x, 'a' + x / 7 % 26, 'a' + x % 26);
		}
		snprintf(names[i], sizeof names[i], "p%d", i);
		chain[i] = (struct page){ names[i], texts[i], "", NULL, NULL, DAY };
	}
	put_all(f, chain, LINKS, 0, 1, 1);
	setup(&other);
	g = other;
	put_all(g, chain, LINKS, 0, 2, 4);
	assert_true(ch_str_eq(dump_of(f->store, NULL, &f->arena), dump_of(g->store, NULL, &g->arena)));
	teardown(&other);
	assert_true(ch_store_stories(f->store, &(struct ch_query){ 0 }, LINKS, see_story, &s, &f->err));
	assert_true(strlen(s.text) > 0);
}

/* A store of the version before stories, with pages in it. */
static void older_store_gets_its_stories(void **state)
{
	static const char *const undo[] = { "event_near", "event_groups", "event_links", "copies", "signature_keys", "signatures", "stories" };
	struct fixture *f = *state;
	struct ch_str want;
	sqlite3 *db;

	put_all(f, pages, N, 0, 1, N);
	want = dump_of(f->store, NULL, &f->arena);
	ch_store_close(f->store);
	f->store = NULL;
	assert_int_equal(sqlite3_open(f->at.path, &db), SQLITE_OK);
	for (size_t i = 0; i < sizeof undo / sizeof *undo; i++) {
		char sql[64];

		snprintf(sql, sizeof sql, "DELETE FROM %s", undo[i]);
		assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	}
	sqlite3_close(db);
	assert_true(ch_store_open(f->at.path, false, &f->store, &f->err));
	assert_false(ch_str_eq(want, dump_of(f->store, NULL, &f->arena)));
	ch_store_close(f->store);
	/* as migration does it, on the handle itself */
	{
		struct ch_sql *own;
		void *p;

		assert_true(ch_sqlite_verbs.open(f->at.path, false, &p, &f->err));
		own = p;
		assert_true(ch_sqlite_verbs.begin(own, &f->err));
		assert_true(ch_sql_stories_make(own, &f->err));
		assert_true(ch_sql_reports_make(own, &f->err));
		assert_true(ch_sqlite_verbs.commit(own, &f->err));
		ch_sqlite_verbs.close(own);
	}
	assert_true(ch_store_open(f->at.path, false, &f->store, &f->err));
	assert_true(ch_str_eq(want, dump_of(f->store, NULL, &f->arena)));
}

static bool see_coverage(void *ctx, const struct ch_coverage *c)
{
	struct seen *s = ctx;
	size_t at = strlen(s->text);

	snprintf(s->text + at, sizeof s->text - at, "%.*s %d %d %d %d %d\n", CH_STR_ARG(c->key), (int)c->pages, (int)c->articles,
		 (int)c->stories, (int)c->events, (int)c->undated);
	return true;
}

static void coverage(void **state)
{
	struct fixture *f = *state;
	struct seen s = { "" };

	put_all(f, pages, N, 0, 1, N);
	assert_true(ch_store_coverage(f->store, CH_BY_OUTLET, &(struct ch_query){ 0 }, see_coverage, &s, &f->err));
	assert_string_equal(s.text, "Daily Echo 2 2 1 1 0\nHarbour Gazette 2 2 2 1 0\n 1 1 1 1 1\nLevant Observer 1 1 1 1 0\nNile Courier 1 1 1 1 0\n");
	s.text[0] = '\0';
	assert_true(ch_store_coverage(f->store, CH_BY_MONTH, &(struct ch_query){ .until = CH_STR("2013-10-31") }, see_coverage, &s, &f->err));
	assert_string_equal(s.text, "2013-10 5 5 3 1 0\n");
}

int main(void)
{
	/* those behind the shared ones are about files */
	enum { SHARED = 6 };
	const struct CMUnitTest all[] = {
		cmocka_unit_test_setup_teardown(copies_are_one_story, setup, teardown),
		cmocka_unit_test_setup_teardown(versions_are_one_event, setup, teardown),
		cmocka_unit_test_setup_teardown(one_event_in_many_stories, setup, teardown),
		cmocka_unit_test_setup_teardown(any_order_any_batch, setup, teardown),
		cmocka_unit_test_setup_teardown(chains_close, setup, teardown),
		cmocka_unit_test_setup_teardown(coverage, setup, teardown),
		cmocka_unit_test_setup_teardown(older_store_gets_its_links, setup, teardown),
		cmocka_unit_test_setup_teardown(older_store_gets_its_stories, setup, teardown),
	};
	struct CMUnitTest shared[SHARED];
	int failed;

	memcpy(shared, all, sizeof shared);
	WHERE_RUN(all, shared, failed);
	return failed;
}
