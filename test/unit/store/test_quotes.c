/* Statements in the store: what is told of them comes back; wordings of one statement are one, whichever page came first; an older store gets
 * them too. */
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
#include "older.h"
#include "fixture.h"
#include "sample.h"

static const struct ch_stamp stamp = { "0", "lexicon", "model" };

/* The piece of the sample that a page quotes; all of one speaker. */
static const char *const whole = "The president of Egypt visited Jerusalem on 19 November 1977.";
static const char *const part = "The president of Egypt visited Jerusalem";
static const char *const other = "He wrote to the prime minister before.";

static void put(struct fixture *f, const char *tail, const char *words)
{
	struct ch_statement *s;
	struct ch_doc doc;

	sample_doc(&doc, &f->arena, tail, "1977-11-19");
	s = &doc.statements.v[0];
	s->content = sample_span(&doc, words);
	s->cue = s->source = (struct ch_span){ 0, 0 };
	s->addressee = CH_STR("Menachem Begin");
	s->addressee_party = CH_STR("ISR");
	s->occasion = CH_STR("a speech");
	s->occasion_basis = "carried";
	s->place = CH_STR("ISR");
	s->outlet = CH_STR("CNN");
	s->insertion_n = s->refer_n = 1;
	*CH_PUSH(&f->arena, &doc.insertions) = (struct ch_span){ s->content.start, s->content.start + 4 };   /* "The " */
	*CH_PUSH(&f->arena, &doc.refers) = (struct ch_refer){ sample_span(&doc, "president"), 0, CH_STR("Egypt"), CH_STR("EGY"), "speaker's side" };
	*CH_PUSH(&f->arena, &doc.views) = (struct ch_view){ CH_STR("Israel"), CH_STR("ISR"), CH_STR("visited"), sample_span(&doc, "Jerusalem"),
							    CH_STANCE_SUPPORTS };
	*CH_PUSH(&f->arena, &doc.topics) = (struct ch_topic){ 1ull << CH_CONTEXT_DIPLOMATIC | 1ull << CH_CONTEXT_HEALTH, 0, 1 };
	if (ch_doc_check(&doc))
		fail_msg("%s", ch_doc_check(&doc));
	assert_true(ch_store_begin(f->store, &f->err));
	assert_true(ch_store_put(f->store, ch_page_record(&doc, stamp), &f->err));
	assert_true(ch_store_commit(f->store, &f->err));
}

struct seen {
	struct ch_arena *arena;
	struct ch_row row;
	uint32_t n;
};

static struct ch_str copy(struct seen *s, struct ch_str text)
{
	return ch_arena_str(s->arena, text);
}

static bool see(void *ctx, const struct ch_row *row)
{
	struct seen *s = ctx;

	s->n++;
	s->row = *row;
	s->row.saying = copy(s, row->saying);
	for (uint32_t i = 0; i < CH_COLS_MAX && row->reg->cols[i].name; i++) {
		struct ch_cell *c = &s->row.cells[i];

		c->text = copy(s, c->text);
		c->notes = ch_arena_grow(s->arena, c->notes, c->n_notes, c->n_notes, sizeof *c->notes);
		for (uint32_t k = 0; k < c->n_notes; k++) {
			c->notes[k].name = copy(s, c->notes[k].name);
			c->notes[k].party = copy(s, c->notes[k].party);
			c->notes[k].value = copy(s, c->notes[k].value);
			c->notes[k].words = copy(s, c->notes[k].words);
			c->notes[k].text = copy(s, c->notes[k].text);
		}
	}
	return true;
}

static struct seen quotes(struct fixture *f, struct ch_query q)
{
	struct seen s = { .arena = &f->arena };

	assert_true(ch_store_rows(f->store, CH_REG_QUOTES, &q, see, &s, &f->err));
	return s;
}

static const struct ch_cell *cell(const struct seen *s, const char *name)
{
	for (uint32_t i = 0; i < CH_COLS_MAX && s->row.reg->cols[i].name; i++)
		if (strcmp(s->row.reg->cols[i].name, name) == 0)
			return &s->row.cells[i];
	fail_msg("no column %s", name);
	return NULL;
}

static void what_is_told_comes_back(void **state)
{
	static const char *const texts[][2] = {
		{ "speaker", "Anwar Sadat" }, { "addressee", "Menachem Begin" }, { "addressee_party", "ISR" }, { "occasion", "a speech" },
		{ "occasion_basis", "carried" }, { "place", "ISR" }, { "outlet", "CNN" }, { "context", "diplomatic health" },
		{ "said", "president of Egypt visited Jerusalem on 19 November 1977." },
	};
	struct fixture *f = *state;
	const struct ch_cell *c;
	struct seen s;

	put(f, "", whole);
	s = quotes(f, (struct ch_query){ 0 });
	assert_int_equal(s.n, 1);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (!ch_str_eqz(cell(&s, texts[i][0])->text, texts[i][1]))
			fail_msg("%s is '%.*s'", texts[i][0], CH_STR_ARG(cell(&s, texts[i][0])->text));
	c = cell(&s, "views");
	assert_int_equal(c->n_notes, 1);
	assert_true(ch_str_eqz(c->notes[0].name, "Israel") && ch_str_eqz(c->notes[0].party, "ISR"));
	assert_true(ch_str_eqz(c->notes[0].value, "supports") && ch_str_eqz(c->notes[0].words, "visited"));
	assert_true(c->notes[0].span.raw.end - c->notes[0].span.raw.start == strlen("Jerusalem"));
	c = cell(&s, "refers");
	assert_int_equal(c->n_notes, 1);
	assert_true(ch_str_eqz(c->notes[0].value, "speaker's side") && ch_str_eqz(c->notes[0].text, "president"));
	assert_int_equal(cell(&s, "insertions")->n_notes, 1);
	assert_true(s.row.saying.len == 32);
	assert_int_equal(s.row.wordings, 1);
	assert_int_equal(s.row.tellings, 1);
}

static void filters(void **state)
{
	const struct {
		struct ch_query q;
		uint32_t n;
	} cases[] = {
		{ { .to = CH_STR("ISR") }, 1 }, { { .to = CH_STR("Begin") }, 1 }, { { .to = CH_STR("FRA") }, 0 },
		{ { .about = CH_STR("ISR") }, 1 }, { { .about = CH_STR("Israel") }, 1 }, { { .about = CH_STR("November 1977") }, 1 },
		{ { .about = CH_STR("SYR") }, 0 }, { { .search = CH_STR("egypt jerusalem") }, 1 }, { { .search = CH_STR("\"egypt visited\"") }, 1 },
		/* An editor put it in: nobody said it. */
		{ { .search = CH_STR("the") }, 0 }, { { .search = CH_STR("visit*") }, 1 }, { { .search = CH_STR("\"visited egypt\"") }, 0 },
		{ { .context = CH_STR("health") }, 1 }, { { .context = CH_STR("economic") }, 0 }, { { .place = CH_STR("ISR") }, 1 },
		{ { .place = CH_STR("EGY") }, 0 }, { { .variants = true }, 0 }, { { .who = CH_STR("Sadat"), .to = CH_STR("ISR") }, 1 },
	};
	struct fixture *f = *state;

	put(f, "", whole);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (quotes(f, cases[i].q).n != cases[i].n)
			fail_msg("case %zu: %u, not %u", i, (unsigned)quotes(f, cases[i].q).n, (unsigned)cases[i].n);
}

/* Statements and sayings only: the rest is test_store's. */
static bool of_statements(struct ch_str line)
{
	return ch_str_starts(line, CH_STR("quote	")) || ch_str_starts(line, CH_STR("note	")) || ch_str_starts(line, CH_STR("saying key	"));
}

static void wordings_are_one(void **state)
{
	struct fixture *f = *state, *g;
	void *fresh = NULL;
	struct seen s;

	put(f, "", whole);
	put(f, "b", part);
	put(f, "c", part);
	put(f, "d", other);
	s = quotes(f, (struct ch_query){ .variants = true });
	assert_int_equal(s.n, 1);
	assert_int_equal(s.row.wordings, 2);
	assert_int_equal(s.row.tellings, 3);
	assert_int_equal(quotes(f, (struct ch_query){ .saying = s.row.saying }).n, 3);
	assert_int_equal(quotes(f, (struct ch_query){ .saying = CH_STR("0") }).n, 0);
	setup(&fresh);
	g = fresh;
	put(g, "c", part);
	put(g, "d", other);
	put(g, "", whole);
	put(g, "b", part);
	if (!ch_str_eq(dump_of(f->store, of_statements, &f->arena), dump_of(g->store, of_statements, &g->arena)))
		fail_msg("another order gives another store:\n%.*s\n---\n%.*s", CH_STR_ARG(dump_of(f->store, of_statements, &f->arena)), CH_STR_ARG(dump_of(g->store, of_statements, &g->arena)));
	teardown(&fresh);
}

/* As a store of version 9, which knew statements and nothing of what is told of them. */
static void older_store(void **state)
{
	static const char back[] = OLDER_WITHOUT_REVIEWS
		"DROP TABLE saying_keys; DROP TABLE sayings; DROP TABLE statement_notes; DROP TABLE statements_fts; DROP INDEX statements_saying;"
		"ALTER TABLE statements DROP COLUMN addressee; ALTER TABLE statements DROP COLUMN addressee_party;"
		"ALTER TABLE statements DROP COLUMN occasion; ALTER TABLE statements DROP COLUMN occasion_basis;"
		"ALTER TABLE statements DROP COLUMN place; ALTER TABLE statements DROP COLUMN outlet; ALTER TABLE statements DROP COLUMN said;"
		"ALTER TABLE statements DROP COLUMN context; ALTER TABLE statements DROP COLUMN saying;";
	struct fixture *f = *state;
	char version[64];
	struct seen s;
	sqlite3 *db;

	put(f, "", whole);
	put(f, "b", part);
	ch_store_close(f->store);
	f->store = NULL;
	assert_int_equal(sqlite3_open(f->at.path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, SAMPLE_NO_ORDER, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, back, NULL, NULL, NULL), SQLITE_OK);
	snprintf(version, sizeof version, "PRAGMA user_version = %d", CH_SQL_SAYINGS - 1);
	assert_int_equal(sqlite3_exec(db, version, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	assert_true(ch_store_open(f->at.path, false, &f->store, &f->err));
	s = quotes(f, (struct ch_query){ .variants = true });
	assert_int_equal(s.n, 1);
	assert_int_equal(s.row.wordings, 2);
	assert_int_equal(quotes(f, (struct ch_query){ .search = CH_STR("visited jerusalem") }).n, 2);
	assert_int_equal(quotes(f, (struct ch_query){ .to = CH_STR("ISR") }).n, 0);
}

int main(void)
{
	/* those behind the shared ones are about files */
	enum { SHARED = 3 };
	const struct CMUnitTest all[] = {
		cmocka_unit_test_setup_teardown(what_is_told_comes_back, setup, teardown),
		cmocka_unit_test_setup_teardown(filters, setup, teardown),
		cmocka_unit_test_setup_teardown(wordings_are_one, setup, teardown),
		cmocka_unit_test_setup_teardown(older_store, setup, teardown),
	};
	struct CMUnitTest shared[SHARED];
	int failed;

	memcpy(shared, all, sizeof shared);
	WHERE_RUN(all, shared, failed);
	return failed;
}
