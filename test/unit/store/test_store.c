#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>
#include <sqlite3.h>
#include "store/sql.h"
#include "store/store.h"
#include "dump.h"
#include "fixture.h"
#include "sample.h"

static const struct ch_stamp stamp = { "0", "lexicon", "model" };

static void put(struct fixture *f, const char *tail, const char *date)
{
	struct ch_doc doc;

	sample_doc(&doc, &f->arena, tail, date);
	if (ch_doc_check(&doc))
		fail_msg("%s", ch_doc_check(&doc));
	assert_true(ch_store_begin(f->store, &f->err));
	assert_true(ch_store_put(f->store, ch_page_record(&doc, stamp), &f->err));
	assert_true(ch_store_commit(f->store, &f->err));
}

struct seen {
	struct ch_arena *arena;
	uint32_t n, reports;
	struct ch_str ids[8], first_source, first_target, text;
	double number;
};

static bool see_event(void *ctx, const struct ch_event_record *e)
{
	struct seen *s = ctx;

	if (s->n < 8)
		s->ids[s->n] = ch_arena_str(s->arena, e->id);
	s->n++;
	s->reports += e->n_reports;
	s->first_source = ch_arena_str(s->arena, e->reports[0].source.v[0].name);
	s->first_target = ch_arena_str(s->arena, e->reports[0].target.v[0].party);
	s->text = ch_arena_str(s->arena, e->reports[0].sentence_text);
	return true;
}

static struct seen events(struct fixture *f, struct ch_query q)
{
	struct seen s = { .arena = &f->arena };

	assert_true(ch_store_events(f->store, &q, see_event, &s, &f->err));
	return s;
}

static void same_page_twice_changes_nothing(void **state)
{
	struct fixture *f = *state;
	struct ch_str once;

	put(f, "", "1977-11-19");
	once = dump_of(f->store, NULL, &f->arena);
	assert_true(once.len > 1000);
	put(f, "", "1977-11-19");
	assert_true(ch_str_eq(once, dump_of(f->store, NULL, &f->arena)));
}

static void order_of_pages_does_not_matter(void **state)
{
	struct fixture *f = *state, *g;
	void *other = NULL;

	setup(&other);
	g = other;
	put(f, "", "1977-11-19");
	put(f, " b", "1977-11-19");
	put(g, " b", "1977-11-19");
	put(g, "", "1977-11-19");
	assert_true(ch_str_eq(dump_of(f->store, NULL, &f->arena), dump_of(g->store, NULL, &g->arena)));
	teardown(&other);
}

static void dated_events_merge_undated_do_not(void **state)
{
	struct fixture *f = *state;
	struct seen visit, letter;

	put(f, "", "1977-11-19");
	put(f, " second page", "1977-11-19");
	visit = events(f, (struct ch_query){ .mode = CH_STR("visit") });
	letter = events(f, (struct ch_query){ .mode = CH_STR("letter") });
	assert_int_equal(visit.n, 1);
	assert_int_equal(visit.reports, 2);
	assert_int_equal(letter.n, 2);
	assert_int_equal(letter.reports, 2);
	put(f, " another day", "1977-11-21");
	assert_int_equal(events(f, (struct ch_query){ .mode = CH_STR("visit") }).n, 2);
}

static void what_is_put_comes_back(void **state)
{
	struct fixture *f = *state;
	struct seen s;

	put(f, "", "1977-11-19");
	s = events(f, (struct ch_query){ .mode = CH_STR("visit") });
	assert_true(ch_str_eqz(s.first_source, "Anwar Sadat"));
	assert_true(ch_str_eqz(s.first_target, "ISR"));
	assert_true(ch_str_eqz(s.text, "The president of Egypt visited Jerusalem on 19 November 1977."));
}

static void filters(void **state)
{
	struct fixture *f = *state;
	static const struct {
		struct ch_query q;
		uint32_t n;
	} cases[] = {
		{ { .who = { "EGY", 3 } }, 2 },
		{ { .who = { "egy", 3 } }, 2 },
		{ { .who = { "FRA", 3 } }, 0 },
		{ { .who = { "Israel", 6 }, .with = { "EGY", 3 } }, 2 },
		{ { .who = { "anwar sadat", 11 } }, 2 },
		{ { .who = { "Sadat", 5 } }, 2 },
		{ { .who = { "Nobody Known", 12 } }, 0 },
		{ { .type = { "consult", 7 } }, 2 },
		{ { .context = { "diplomatic", 10 } }, 1 },
		{ { .context = { "trafficking", 11 } }, 1 },
		{ { .context = { "traffic", 7 } }, 0 },
		{ { .context = { "economic", 8 } }, 0 },
		{ { .type = { "AID", 3 } }, 0 },
		{ { .since = { "1977-11-19", 10 }, .until = { "1977-11-19", 10 } }, 1 },
		{ { .since = { "1977-11-20", 10 } }, 1 },      /* the undated letter, by its page's day */
		{ { .until = { "1976-12-31", 10 } }, 0 },
		{ { .place = { "ISR", 3 } }, 2 },
		{ { .status = { "planned", 7 } }, 0 },
		{ { .about = { "visited", 7 } }, 1 },
		{ { .about = { "prime minister", 14 } }, 1 },
		{ { .about = { "\"unbalanced", 11 } }, 0 },
		{ { .page = { "page.txt", 8 } }, 2 },
		{ { .page = { "nowhere.txt", 11 } }, 0 },
		{ { .limit = 1 }, 1 },
	};

	put(f, "", "1977-11-19");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		uint32_t n = events(f, cases[i].q).n;

		if (n != cases[i].n)
			fail_msg("case %zu: %u events, not %u", i, (unsigned)n, (unsigned)cases[i].n);
	}
}

static bool see_row(void *ctx, const struct ch_row *row)
{
	struct seen *s = ctx;

	s->n++;
	s->text = ch_arena_str(s->arena, row->cells[0].text);
	s->number = row->cells[2].number;
	s->reports = row->cells[2].n_list;
	return true;
}

static struct seen rows(struct fixture *f, enum ch_register_id reg, struct ch_query q)
{
	struct seen s = { .arena = &f->arena };

	assert_true(ch_store_rows(f->store, reg, &q, see_row, &s, &f->err));
	return s;
}

static bool add_up(void *ctx, const struct ch_count *c)
{
	*(uint64_t *)ctx += c->events;
	return true;
}

struct partner {
	const char *code;
	uint64_t events;
};

static bool add_partner(void *ctx, const struct ch_count *c)
{
	struct partner *p = ctx;

	if (ch_str_eqz(c->party, p->code))
		p->events += c->events;
	return true;
}

/* What is of conflict is the same to SQL and to the rest of the program. */
static void conflict_is_conflict(void **state)
{
	(void)state;
	for (unsigned type = 0; type < CH_EV_N; type++) {
		char name[32];

		snprintf(name, sizeof name, "'%s'", ch_event_name(type));
		if ((ch_event_quad(type) >= 3) != (strstr(CH_SQL_CONFLICT, name) != NULL))
			fail_msg("%s is of quad class %d", name, ch_event_quad(type));
	}
}

/* Counts are those of the events that the same question gives. */
static void counts(void **state)
{
	struct fixture *f = *state;
	static const struct ch_query asked[] = {
		{ .who = { "EGY", 3 } }, { .who = { "EGY", 3 }, .with = { "ISR", 3 } }, { .with = { "EGY", 3 }, .who = { "ISR", 3 } }, { .who = { "Sadat", 5 } },
		{ .about = { "visited", 7 } }, { .about = { "visited", 7 }, .who = { "ISR", 3 } }, { .type = { "CONSULT", 7 } }, { .mode = { "visit", 5 } },
		{ .who = { "FRA", 3 }, .with = { "EGY", 3 } }, { .since = { "1977-11-20", 10 } },
	};

	put(f, "", "1977-11-19");
	put(f, " b", "1977-11-19");
	put(f, " c", "1977-11-21");
	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
		struct ch_query newest = asked[i];
		/* nobody is his own partner */
		const char *other = ch_str_eqz(asked[i].who, "EGY") ? "ISR" : "EGY";
		struct partner partner = { other, 0 }, tie = { other, 0 }, source = { "EGY", 0 };
		uint64_t all = 0;

		newest.newest = true;
		assert_true(ch_store_counts(f->store, &asked[i], CH_COUNT_KINDS, add_up, &all, &f->err));
		assert_true(ch_store_counts(f->store, &asked[i], CH_COUNT_PARTIES, add_partner, &partner, &f->err));
		assert_true(ch_store_counts(f->store, &asked[i], CH_COUNT_TIES, add_partner, &tie, &f->err));
		assert_true(ch_store_counts(f->store, &asked[i], CH_COUNT_SOURCES, add_partner, &source, &f->err));
		assert_int_equal(all, tie.events);
		assert_int_equal(all, source.events);   /* Egypt does all that is done there */
		assert_int_equal(all, events(f, asked[i]).n);
		assert_int_equal(all, events(f, newest).n);
		assert_int_equal(all, partner.events);
	}
}

static void registers(void **state)
{
	struct fixture *f = *state;

	put(f, "", "1977-11-19");
	for (int i = 0; i < CH_REG_N; i++)
		assert_int_equal(rows(f, i, (struct ch_query){ 0 }).n, 1);
	assert_true(rows(f, CH_REG_TALLIES, (struct ch_query){ 0 }).number == 4);
	assert_int_equal(rows(f, CH_REG_INSTRUMENTS, (struct ch_query){ 0 }).reports, 2);
	assert_int_equal(rows(f, CH_REG_INSTRUMENTS, (struct ch_query){ .who = CH_STR("ISR"), .with = CH_STR("EGY") }).n, 1);
	assert_int_equal(rows(f, CH_REG_INSTRUMENTS, (struct ch_query){ .who = CH_STR("FRA") }).n, 0);
	assert_int_equal(rows(f, CH_REG_QUOTES, (struct ch_query){ .who = CH_STR("Sadat"), .about = CH_STR("war") }).n, 1);
	assert_int_equal(rows(f, CH_REG_QUOTES, (struct ch_query){ .about = CH_STR("peace") }).n, 0);
	assert_int_equal(rows(f, CH_REG_PLEDGES, (struct ch_query){ .who = CH_STR("ISR") }).n, 1);
	assert_int_equal(rows(f, CH_REG_TALLIES, (struct ch_query){ .until = CH_STR("1947-12-31") }).n, 0);
	assert_int_equal(rows(f, CH_REG_TALLIES, (struct ch_query){ .since = CH_STR("1973-12-31") }).n, 1);
}

static bool see_hit(void *ctx, const struct ch_hit *hit)
{
	struct seen *s = ctx;

	s->n++;
	s->text = ch_arena_str(s->arena, hit->before);
	return true;
}

static void full_text(void **state)
{
	struct fixture *f = *state;
	static const struct {
		const char *words;
		uint32_t n;
	} cases[] = { { "wrote minister", 1 }, { "jerusalem", 2 }, { "\"prime minister\"", 1 }, { "\"minister prime\"", 0 },
		      { "Jeru*", 2 }, { "war OR AND (", 0 }, { "camp david", 1 } };

	put(f, "", "1977-11-19");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct seen s = { .arena = &f->arena };

		assert_true(ch_store_search(f->store, ch_str_z(cases[i].words), 0, see_hit, &s, &f->err));
		if (s.n != cases[i].n)
			fail_msg("%s: %u hits, not %u", cases[i].words, (unsigned)s.n, (unsigned)cases[i].n);
	}
	assert_false(ch_store_search(f->store, CH_STR(" \" "), 0, see_hit, NULL, &f->err));
	for (unsigned skip = 0; skip < 3; skip++) {
		const struct ch_search_in in = { .since = CH_STR("1977-11-20"), .outlet = CH_STR("The Record"), .skip = skip };
		struct seen s = { .arena = &f->arena };

		assert_true(ch_store_search_in(f->store, CH_STR("jerusalem"), &in, 5, see_hit, &s, &f->err));
		assert_int_equal(s.n, 2 - skip);
	}
}

struct offered {
	struct ch_arena *arena;
	struct ch_str names;
};

static bool see_offer(void *ctx, bool person, struct ch_str name, struct ch_str id)
{
	struct offered *o = ctx;

	assert_true(person != (id.len > 0));
	o->names = ch_arena_printf(o->arena, "%.*s%s%.*s", CH_STR_ARG(o->names), o->names.len ? "; " : "", CH_STR_ARG(name));
	return true;
}

static void names_that_begin_so(void **state)
{
	struct fixture *f = *state;
	static const char *const cases[][2] = {
		{ "anwar", "Anwar Sadat" }, { "ANWAR SAD", "Anwar Sadat" }, { "acc", "Camp David Accords" }, { "camp d", "Camp David Accords" }, { "amp", "" },
		{ "%", "" }, { "_", "" }, { "", "" }, { "' OR 1=1 --", "" },
	};

	put(f, "", "1977-11-19");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct offered o = { .arena = &f->arena, .names = CH_STR("") };

		assert_true(ch_store_suggest(f->store, ch_str_z(cases[i][0]), 5, see_offer, &o, &f->err));
		if (!ch_str_eqz(o.names, cases[i][1]))
			fail_msg("'%s': '%.*s', not '%s'", cases[i][0], CH_STR_ARG(o.names), cases[i][1]);
	}
}

/* The code is a state's too; the organisation's events are those with it by name. */
static void an_organisation_by_a_state_s_code(void **state)
{
	struct fixture *f = *state;
	uint64_t n = 7, conflict = 7;
	struct ch_doc doc;

	sample_doc(&doc, &f->arena, "", "1977-11-19");
	sample_event(&doc, CH_EV_SUPPORT, "praise", "1977-11-18", 2, 1, "wrote");
	sample_event(&doc, CH_EV_ACCUSE, "disapprove", "1977-11-18", 2, 1, "signed");
	assert_true(ch_store_begin(f->store, &f->err) && ch_store_put(f->store, ch_page_record(&doc, (struct ch_stamp){ "1", "1", "1" }), &f->err) &&
		    ch_store_commit(f->store, &f->err));
	assert_true(ch_store_organisation(f->store, CH_STR("NAM"), CH_STR("Non-Aligned Movement"), CH_STR(""), &n, &conflict, &f->err));
	assert_int_equal(n, 2);
	assert_int_equal(conflict, 1);
	assert_true(ch_store_organisation(f->store, CH_STR("NAM"), CH_STR("Non-Aligned Movement"), CH_STR("ISR"), &n, &conflict, &f->err));
	assert_int_equal(n, 2);
	assert_true(ch_store_organisation(f->store, CH_STR("NAM"), CH_STR("Non-Aligned Movement"), CH_STR("FRA"), &n, &conflict, &f->err));
	assert_int_equal(n, 0);
	assert_true(ch_store_organisation(f->store, CH_STR("ISR"), CH_STR("Israel"), CH_STR(""), &n, &conflict, &f->err));
	assert_int_equal(n, 0);
}

static void ids_are_found_by_their_beginning(void **state)
{
	struct fixture *f = *state;
	struct ch_str kind, full, id;

	put(f, "", "1977-11-19");
	id = events(f, (struct ch_query){ .mode = CH_STR("visit") }).ids[0];
	assert_int_equal(id.len, 32);
	assert_true(ch_store_find(f->store, &f->arena, ch_str_sub(id, 0, 10), &kind, &full, &f->err));
	assert_true(ch_str_eqz(kind, "events"));
	assert_true(ch_str_eq(full, id));
	assert_false(ch_store_find(f->store, &f->arena, CH_STR("zzz"), &kind, &full, &f->err));
	assert_false(ch_store_find(f->store, &f->arena, CH_STR(""), &kind, &full, &f->err));
}

static void rolled_back_is_not_there(void **state)
{
	struct fixture *f = *state;
	struct ch_doc doc;
	bool has = true;

	sample_doc(&doc, &f->arena, "", "1977-11-19");
	assert_false(ch_store_put(f->store, ch_page_record(&doc, stamp), &f->err));   /* outside begin and commit */
	assert_true(ch_store_begin(f->store, &f->err));
	assert_true(ch_store_put(f->store, ch_page_record(&doc, stamp), &f->err));
	ch_store_rollback(f->store);
	assert_true(ch_store_has_page(f->store, ch_page_record(&doc, stamp)->info.id, &has, &f->err));
	assert_false(has);
	assert_int_equal(events(f, (struct ch_query){ 0 }).n, 0);
}

/* ---- files that are no store of ours, or of another age ---- */

static void exec(const char *path, const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void expect_refused(struct fixture *f, const char *words)
{
	struct ch_store *s;

	assert_false(ch_store_open(f->at.path, true, &s, &f->err));
	if (!strstr(f->err.text, words))
		fail_msg("'%s' does not say '%s'", f->err.text, words);
	assert_null(strchr(f->err.text, '\n'));
}

static void newer_version(void **state)
{
	struct fixture *f = *state;
	char sql[64];

	exec(f->at.path, "PRAGMA user_version = 1000");
	expect_refused(f, "newer");
	snprintf(sql, sizeof sql, "PRAGMA user_version = %d", CH_SQL_VERSION);
	exec(f->at.path, sql);
}

static void not_a_store(void **state)
{
	struct fixture *f = *state;
	FILE *file;

	ch_store_close(f->store);
	f->store = NULL;
	unlink(f->at.path);
	exec(f->at.path, "CREATE TABLE t(x)");
	expect_refused(f, "no chancery store");
	file = fopen(f->at.path, "w");
	for (int i = 0; i < 5000; i++)
		fputs("no data base ", file);
	fclose(file);
	expect_refused(f, "no chancery store");
	unlink(f->at.path);
	assert_false(ch_store_open(f->at.path, false, &f->store, &f->err));
	assert_non_null(strstr(f->err.text, "chancery add"));
	assert_false(ch_store_open("/nowhere/at/all.db", true, &f->store, &f->err));
	assert_false(ch_store_open("mysql://host/db", true, &f->store, &f->err));
	f->store = NULL;
}

/* A store as each older version made it is brought up to date and can be used. */
static void older_versions(void **state)
{
	struct fixture *f = *state;

	for (int version = 1; version < CH_SQL_VERSION; version++) {
		char sql[128];

		ch_store_close(f->store);
		f->store = NULL;
		unlink(f->at.path);
		for (int step = 1; step <= version; step++)
			exec(f->at.path, ch_sql_step(step));
		snprintf(sql, sizeof sql, "PRAGMA application_id = %d; PRAGMA user_version = %d", CH_SQL_APP_ID, version);
		exec(f->at.path, sql);
		assert_true(ch_store_open(f->at.path, false, &f->store, &f->err));
		put(f, "", "1977-11-19");
		assert_int_equal(events(f, (struct ch_query){ .about = CH_STR("visited") }).n, 1);
	}
	assert_null(ch_sql_step(CH_SQL_VERSION + 1));
}

static void no_line(void *ctx, struct ch_str line)
{
	(void)ctx;
	fail_msg("%.*s", CH_STR_ARG(line));
}

/* A store with records as version 13 made it: what it got since is as if it had been there from the beginning. */
static void older_hits(void **state)
{
	struct fixture *f = *state;

	put(f, "", "1977-11-19");
	ch_store_close(f->store);
	f->store = NULL;
	exec(f->at.path, SAMPLE_NO_HITS "PRAGMA user_version = 13");
	assert_true(ch_store_open(f->at.path, false, &f->store, &f->err));
	assert_true(ch_store_check(f->store, no_line, NULL, &f->err));
	assert_int_equal(events(f, (struct ch_query){ .about = CH_STR("visited") }).n, 1);
}

/* More parties than are paired: each is found with each all the same. */
static void crowds_are_pairs(void **state)
{
	struct fixture *f = *state;
	uint64_t n = 0;

	put(f, "", "1977-11-19");
	ch_store_close(f->store);
	f->store = NULL;
	exec(f->at.path, "INSERT INTO event_parties(event, side, party, class, day, head) WITH RECURSIVE k(i) AS (SELECT 65 UNION ALL SELECT i + 1 FROM k"
	     " WHERE i < 85) SELECT e.n, 1, 'ZZ' || char(k.i), e.class, e.day, e.head FROM events e JOIN k WHERE e.mode = 'visit';"
	     SAMPLE_NO_HITS "PRAGMA user_version = 13");
	assert_true(ch_store_open(f->at.path, false, &f->store, &f->err));
	assert_true(ch_store_counts(f->store, &(struct ch_query){ .who = CH_STR("ZZB"), .with = CH_STR("ZZU") }, CH_COUNT_KINDS, add_up, &n, &f->err));
	assert_int_equal(n, 1);
	assert_true(ch_store_counts(f->store, &(struct ch_query){ .who = CH_STR("ZZB"), .with = CH_STR("FRA") }, CH_COUNT_KINDS, add_up, &n, &f->err));
	assert_int_equal(n, 1);
}

static void locked(void **state)
{
	struct fixture *f = *state;
	struct ch_store *other;

	assert_true(ch_store_open(f->at.path, false, &other, &f->err));
	assert_true(ch_store_begin(f->store, &f->err));
	assert_false(ch_store_begin(other, &f->err));
	assert_non_null(strstr(f->err.text, "locked"));
	assert_true(ch_store_commit(f->store, &f->err));
	assert_true(ch_store_begin(other, &f->err));
	ch_store_close(other);
}

static void bounds(void **state)
{
	struct fixture *f = *state;
	static const struct {
		const char *date, *lo, *hi;
	} cases[] = {
		{ "2018-08-12", "2018-08-12", "2018-08-12" }, { "2018-08", "2018-08-01", "2018-08-31" },
		{ "2018", "2018-01-01", "2018-12-31" }, { "2016-02", "2016-02-01", "2016-02-29" },
		{ "2019/2022", "2019-01-01", "2022-12-31" }, { "2018-05-12/2018-05-14", "2018-05-12", "2018-05-14" },
		{ "times of COVID", NULL, NULL }, { "", NULL, NULL }, { "2018-13", NULL, NULL }, { "1991x", NULL, NULL },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_str lo, hi;
		bool ok = ch_date_bounds(&f->arena, ch_str_z(cases[i].date), &lo, &hi);

		assert_int_equal(ok, cases[i].lo != NULL);
		if (ok) {
			assert_true(ch_str_eqz(lo, cases[i].lo));
			assert_true(ch_str_eqz(hi, cases[i].hi));
		}
	}
}

/* Events and rows are read a piece at a time: what each has in other tables is its own, in whatever piece it comes. */
struct walked {
	uint32_t n, stop, wrong;
	char last[16];
};

static void walk_on(struct walked *w, struct ch_str date, bool whole)
{
	w->n++;
	w->wrong += !whole || ch_str_cmp(date, ch_str_z(w->last)) < 0;
	snprintf(w->last, sizeof w->last, "%.*s", CH_STR_ARG(date));
}

static bool walk_event(void *ctx, const struct ch_event_record *e)
{
	struct walked *w = ctx;
	const struct ch_report *r = e->reports;

	walk_on(w, e->date, e->n_reports == 1 && r->source.n == 1 && r->target.n == 1 && ch_str_eq(r->event, e->id) && r->sentence_text.len);
	return w->n != w->stop;
}

static bool walk_row(void *ctx, const struct ch_row *row)
{
	struct walked *w = ctx;

	walk_on(w, row->page->published, row->cells[2].n_list == 2 && row->context.len);
	return w->n != w->stop;
}

static void in_pieces(void **state)
{
	enum { PAGES = 2 * CH_CHOSEN_MAX + 3 };
	struct fixture *f = *state;
	struct ch_query q = { .apart = true, .mode = CH_STR("visit") };
	static const uint32_t counts[][2] = { { 0, 0 }, { CH_CHOSEN_MAX, 0 }, { CH_CHOSEN_MAX + 1, 0 }, { 0, CH_CHOSEN_MAX }, { 0, CH_CHOSEN_MAX + 1 }, { 9, 3 } };

	assert_true(ch_store_begin(f->store, &f->err));
	for (uint32_t i = 0; i < PAGES; i++) {
		struct ch_doc doc;
		char tail[16], date[16];

		snprintf(tail, sizeof tail, "%u", i);
		ch_day_print(ch_day_of(1977, 1, 1) + (ch_day)i, date);
		sample_doc(&doc, &f->arena, tail, date);
		assert_true(ch_store_put(f->store, ch_page_record(&doc, stamp), &f->err));
	}
	assert_true(ch_store_commit(f->store, &f->err));
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
		struct walked events = { .stop = counts[i][1] }, rows = events;
		const uint32_t n = counts[i][1] ? counts[i][1] : counts[i][0] ? counts[i][0] : PAGES;

		q.limit = counts[i][0];
		q.apart = true;
		q.mode = CH_STR("visit");
		assert_true(ch_store_events(f->store, &q, walk_event, &events, &f->err));
		q.mode = CH_STR("");
		assert_true(ch_store_rows(f->store, CH_REG_INSTRUMENTS, &q, walk_row, &rows, &f->err));
		assert_int_equal(events.n, n);
		assert_int_equal(events.wrong, 0);
		assert_int_equal(rows.n, n);
		assert_int_equal(rows.wrong, 0);
	}
}

/* Every commit moves the store, whoever makes it; what was undone does not. */
static void revision(void **state)
{
	struct fixture *f = *state;
	uint64_t first = 0, then = 0;
	struct ch_store *other;

	assert_true(ch_store_open(f->at.path, false, &other, &f->err));
	assert_true(ch_store_revision(other, &first, &f->err));
	put(f, "", "1977-11-19");
	assert_true(ch_store_revision(other, &then, &f->err));
	assert_true(then > first);
	assert_true(ch_store_begin(f->store, &f->err));
	ch_store_rollback(f->store);
	assert_true(ch_store_revision(other, &first, &f->err));
	assert_int_equal(first, then);
	ch_store_close(other);
}

/* What comes is told in the order in which it came, once, and only what is asked for; and numbers of what went are not given again. */
static void news(void **state)
{
	struct fixture *f = *state;
	const struct ch_query all = { 0 }, none = { .who = CH_STR("ZMB") };
	struct ch_new_record got[8];
	uint64_t after = UINT64_MAX, first;
	uint32_t n;

	assert_true(ch_store_news(f->store, CH_NEW_EVENTS, &all, &after, &f->arena, got, 8, &n, &f->err));
	assert_int_equal(n, 0);
	assert_int_equal(after, 0);
	put(f, "", "1977-11-19");
	assert_true(ch_store_news(f->store, CH_NEW_EVENTS, &none, &after, &f->arena, got, 8, &n, &f->err));
	assert_int_equal(n, 0);
	first = after;
	assert_true(after > 0);
	after = 0;
	/* one by one, to the end */
	for (uint64_t before = 0; ch_store_news(f->store, CH_NEW_EVENTS, &all, &after, &f->arena, got, 1, &n, &f->err) && n; before = got[0].number) {
		assert_true(got[0].number > before);
		assert_true(got[0].id.len > 0);
	}
	assert_int_equal(after, first);
	put(f, " More.", "1977-11-21");
	assert_true(ch_store_news(f->store, CH_NEW_EVENTS, &all, &after, &f->arena, got, 8, &n, &f->err));
	for (uint32_t i = 0; i < n; i++)
		assert_true(got[i].number > first);
}

/* A store that only answers: nothing is written by it, and what takes too long is broken off; then it goes on. */
static void limited(void **state)
{
	struct fixture *f = *state;
	struct ch_query all = { 0 };
	struct timespec t;
	int64_t since;
	uint64_t n = 0;

	put(f, "", "1977-11-19");
	assert_true(ch_store_limit(f->store, true, 60000, &f->err));
	assert_true(ch_store_counts(f->store, &all, CH_COUNT_KINDS, add_up, &n, &f->err));
	assert_true(n > 0);
	assert_false(ch_store_begin(f->store, &f->err) && ch_store_commit(f->store, &f->err));
	assert_true(ch_store_limit(f->store, true, 1, &f->err));
	clock_gettime(CLOCK_MONOTONIC, &t);
	for (since = t.tv_sec * 1000 + t.tv_nsec / 1000000; t.tv_sec * 1000 + t.tv_nsec / 1000000 < since + 2;)
		clock_gettime(CLOCK_MONOTONIC, &t);
	(void)ch_store_trouble(f->store);
	assert_false(ch_store_counts(f->store, &all, CH_COUNT_KINDS, add_up, &n, &f->err));
	assert_int_equal(ch_store_trouble(f->store), CH_STORE_LATE);
	assert_non_null(strstr(f->err.text, "too long"));
	assert_true(ch_store_limit(f->store, false, 0, &f->err));
	assert_int_equal(ch_store_trouble(f->store), CH_STORE_NO_TROUBLE);
	assert_true(ch_store_counts(f->store, &all, CH_COUNT_KINDS, add_up, &n, &f->err));
	put(f, "again ", "1977-11-20");
}

int main(void)
{
	/* those behind the shared ones are about files */
	enum { SHARED = 15 };
	const struct CMUnitTest all[] = {
		cmocka_unit_test_setup_teardown(an_organisation_by_a_state_s_code, setup, teardown),
		cmocka_unit_test_setup_teardown(same_page_twice_changes_nothing, setup, teardown),
		cmocka_unit_test_setup_teardown(order_of_pages_does_not_matter, setup, teardown),
		cmocka_unit_test_setup_teardown(dated_events_merge_undated_do_not, setup, teardown),
		cmocka_unit_test_setup_teardown(what_is_put_comes_back, setup, teardown),
		cmocka_unit_test_setup_teardown(filters, setup, teardown),
		cmocka_unit_test_setup_teardown(counts, setup, teardown), cmocka_unit_test(conflict_is_conflict),
		cmocka_unit_test_setup_teardown(registers, setup, teardown),
		cmocka_unit_test_setup_teardown(full_text, setup, teardown),
		cmocka_unit_test_setup_teardown(names_that_begin_so, setup, teardown),
		cmocka_unit_test_setup_teardown(ids_are_found_by_their_beginning, setup, teardown),
		cmocka_unit_test_setup_teardown(rolled_back_is_not_there, setup, teardown),
		cmocka_unit_test_setup_teardown(bounds, setup, teardown),
		cmocka_unit_test_setup_teardown(in_pieces, setup, teardown),
		cmocka_unit_test_setup_teardown(revision, setup, teardown),
		cmocka_unit_test_setup_teardown(limited, setup, teardown),
		cmocka_unit_test_setup_teardown(news, setup, teardown),
		cmocka_unit_test_setup_teardown(newer_version, setup, teardown),
		cmocka_unit_test_setup_teardown(not_a_store, setup, teardown),
		cmocka_unit_test_setup_teardown(older_versions, setup, teardown),
		cmocka_unit_test_setup_teardown(older_hits, setup, teardown),
		cmocka_unit_test_setup_teardown(crowds_are_pairs, setup, teardown),
		cmocka_unit_test_setup_teardown(locked, setup, teardown),
	};
	struct CMUnitTest shared[SHARED];
	int failed;

	memcpy(shared, all, sizeof shared);
	WHERE_RUN(all, shared, failed);
	return failed;
}
