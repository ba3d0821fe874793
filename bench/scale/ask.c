/* bench/scale/ask.c -- ask STORE [QUERIES [SEED [WORDS]]]: how long questions take of a store that fill.c made.
 *
 * QUERIES (200) random questions of each kind, in one process, each from a cold statement and a warm file; 50th and 95th percentile in
 * milliseconds, the 95th of processor time of this process (a server's is not in it), and rows at the median. Where the question can be put in
 * plain SQL, that is run beside it on the same store, through SQLite or libpq, all columns that our answer is made of; the ratio is that of the
 * medians. A kind that takes longer than a minute is cut short. WORDS: only kinds whose name begins so; "" for all. Exits with 1 where a kind
 * that has a bar is above it. SEED is that of fill. */
#include "chancery.h"
#include "store/postgres.h"
#include "world.h"
#include <libpq-fe.h>
#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <time.h>

enum { QUERIES_MAX = 1000, LIMIT = 100, BAR_MS = 50, LONGEST_S = 60 };

/* What a question is about; drawn anew each time. */
struct subject {
	const char *one, *other, *matter, *type;
	char person[40], since[16], until[16], month[16], month_end[16];
};

struct asked {
	struct chancery_store *store;
	const struct subject *s;
	uint64_t rows;
};

static bool count_row(void *ctx, const char *json, size_t size)
{
	(void)json;
	(void)size;
	++*(uint64_t *)ctx;
	return true;
}

enum verb { V_QUERY, V_PAIR, V_COUNTRY, V_PERSON, V_SEARCH, V_AGENDA, V_PLEDGES, V_CONFLICTS, V_STORIES, V_COVERAGE, V_EXPORT };
enum { WHO = 1, WITH = 2, YEAR = 4, TYPE = 8, PLACE = 16, ABOUT = 32, PERSON = 64, MONTH = 128, DUE = 512, NEWEST = 1024, EVEN = 256 /* any two states, not those most told of */ };

#define EVENT_SQL "SELECT e.*, r.*, g.*, s.text, (SELECT group_concat(a.id || coalesce(a.party, '') || coalesce(a.name, '') || coalesce(a.office, ''), ',') FROM report_parties p" \
	" JOIN actors a ON a.n = p.actor WHERE p.report = r.n) FROM (SELECT * FROM events e WHERE "
#define EVENT_END " ORDER BY lo LIMIT 100) e JOIN reports r ON r.event = e.n JOIN pages g ON g.n = r.page LEFT JOIN sentences s" \
	" ON s.page = r.page AND s.number = r.sentence ORDER BY e.lo, e.n"
#define OF_ONE "n IN (SELECT event FROM event_parties WHERE party = :one)"
#define WITH_OTHER " AND n IN (SELECT event FROM event_parties WHERE party = :other)"
#define IN_YEAR "lo <= :until AND hi >= :since"
#define ROW_END " ORDER BY coalesce(x.lo, g.published) LIMIT 100"

static const struct kind {
	const char *name;
	enum verb verb;
	const char *record;
	unsigned asks;
	bool bar;
	const char *sql;
} kinds[] = {
	{ "events --who", V_QUERY, "events", WHO, true, EVENT_SQL OF_ONE EVENT_END },
	{ "events --who --newest", V_QUERY, "events", WHO | NEWEST, true, NULL },
	{ "events --who --with", V_QUERY, "events", WHO | WITH, true, EVENT_SQL OF_ONE WITH_OTHER EVENT_END },
	{ "events --since --until", V_QUERY, "events", YEAR, true, EVENT_SQL IN_YEAR EVENT_END },
	{ "events --who, a year", V_QUERY, "events", WHO | YEAR, true, EVENT_SQL OF_ONE " AND " IN_YEAR EVENT_END },
	{ "events --type, a year", V_QUERY, "events", TYPE | YEAR, true, EVENT_SQL "type = :type AND " IN_YEAR EVENT_END },
	{ "events --type", V_QUERY, "events", TYPE, true, EVENT_SQL "type = :type" EVENT_END },
	{ "events --place", V_QUERY, "events", PLACE, true, EVENT_SQL "place = :one" EVENT_END },
	{ "events --about", V_QUERY, "events", ABOUT, true, EVENT_SQL "n IN (SELECT r.event FROM sentences_fts f JOIN sentences s ON s.n = f.rowid"
	  " JOIN reports r ON r.page = s.page AND r.sentence = s.number WHERE sentences_fts MATCH :matter)" EVENT_END },
	{ "events --about --who", V_QUERY, "events", ABOUT | WHO, true, EVENT_SQL OF_ONE " AND n IN (SELECT r.event FROM sentences_fts f JOIN sentences s"
	  " ON s.n = f.rowid JOIN reports r ON r.page = s.page AND r.sentence = s.number WHERE sentences_fts MATCH :matter)" EVENT_END },
	{ "events --who PERSON", V_QUERY, "events", PERSON, true, EVENT_SQL "n IN (SELECT r.event FROM actors a JOIN report_parties p ON p.actor = a.n"
	  " JOIN reports r ON r.n = p.report WHERE a.name = :person)" EVENT_END },
	{ "visits --who", V_QUERY, "visits", WHO, true, EVENT_SQL "type = 'CONSULT' AND mode = 'visit' AND " OF_ONE EVENT_END },
	{ "visits --with, a year", V_QUERY, "visits", WITH | YEAR, true, EVENT_SQL "type = 'CONSULT' AND mode = 'visit' AND n IN"
	  " (SELECT event FROM event_parties WHERE party = :other) AND " IN_YEAR EVENT_END },
	{ "meetings --who --with", V_QUERY, "meetings", WHO | WITH, true, EVENT_SQL "type = 'CONSULT' AND (mode IS NULL OR mode IN ('meeting',"
	  " 'multilateral', 'third-party')) AND " OF_ONE WITH_OTHER EVENT_END },
	{ "letters --who", V_QUERY, "letters", WHO, true, EVENT_SQL "type = 'CONSULT' AND mode IN ('letter', 'phone') AND " OF_ONE EVENT_END },
	{ "instruments --who", V_QUERY, "instruments", WHO, true, "SELECT x.*, g.*, s.text FROM instruments x JOIN pages g ON g.n = x.page LEFT JOIN sentences s"
	  " ON s.page = x.page AND s.number = x.sentence WHERE x.n IN (SELECT instrument FROM instrument_parties WHERE party = :one)" ROW_END },
	{ "quotes --who PERSON", V_QUERY, "quotes", PERSON, true, "SELECT x.*, g.*, s.text FROM statements x JOIN pages g ON g.n = x.page LEFT JOIN sentences s"
	  " ON s.page = x.page AND s.number = x.sentence WHERE x.speaker = :person" ROW_END },
	{ "quotes --who", V_QUERY, "quotes", WHO, true, "SELECT x.*, g.*, s.text FROM statements x JOIN pages g ON g.n = x.page LEFT JOIN sentences s"
	  " ON s.page = x.page AND s.number = x.sentence WHERE x.country = :one" ROW_END },
	{ "quotes --about", V_QUERY, "quotes", ABOUT, true, "SELECT x.*, g.*, s.text FROM sentences_fts f JOIN sentences s ON s.n = f.rowid JOIN statements x"
	  " ON x.page = s.page AND x.sentence = s.number JOIN pages g ON g.n = x.page WHERE sentences_fts MATCH :matter" ROW_END },
	{ "roles --who PERSON", V_QUERY, "roles", PERSON, true, "SELECT x.*, g.*, s.text FROM roles x JOIN pages g ON g.n = x.page LEFT JOIN sentences s"
	  " ON s.page = x.page AND s.number = x.sentence WHERE x.who = :person" ROW_END },
	{ "positions --who", V_QUERY, "positions", WHO, true, "SELECT x.*, g.*, s.text FROM positions x JOIN pages g ON g.n = x.page LEFT JOIN sentences s"
	  " ON s.page = x.page AND s.number = x.sentence WHERE x.who = :one" ROW_END },
	{ "pledges --who, a year", V_QUERY, "pledges", WHO | YEAR, true, "SELECT x.*, g.*, s.text FROM pledges x JOIN pages g ON g.n = x.page LEFT JOIN sentences s"
	  " ON s.page = x.page AND s.number = x.sentence WHERE x.who = :one AND coalesce(x.lo, g.published) <= :until AND"
	  " coalesce(x.hi, g.published) >= :since" ROW_END },
	{ "gatherings --who", V_QUERY, "gatherings", WHO, true, "SELECT x.*, g.*, s.text FROM gatherings x JOIN pages g ON g.n = x.page LEFT JOIN sentences s"
	  " ON s.page = x.page AND s.number = x.sentence WHERE x.n IN (SELECT row FROM row_parties WHERE party = :one AND register = 'gatherings')" ROW_END },
	{ "relations --with", V_QUERY, "relations", WITH, true, "SELECT x.*, g.*, s.text FROM relations x JOIN pages g ON g.n = x.page LEFT JOIN sentences s"
	  " ON s.page = x.page AND s.number = x.sentence WHERE x.n IN (SELECT row FROM row_parties WHERE party = :other AND register = 'relations')" ROW_END },
	{ "pages --since --until", V_QUERY, "pages", YEAR, true, "SELECT * FROM pages WHERE published BETWEEN :since AND :until ORDER BY published LIMIT 100" },
	{ "pair, any two states", V_PAIR, NULL, WHO | WITH | EVEN, true, EVENT_SQL OF_ONE WITH_OTHER " ORDER BY lo) e JOIN reports r ON r.event = e.n JOIN pages g"
	  " ON g.n = r.page LEFT JOIN sentences s ON s.page = r.page AND s.number = r.sentence ORDER BY e.lo, e.n" },
	{ "pair, as often as told of", V_PAIR, NULL, WHO | WITH, true, EVENT_SQL OF_ONE WITH_OTHER " ORDER BY lo) e JOIN reports r ON r.event = e.n JOIN pages g"
	  " ON g.n = r.page LEFT JOIN sentences s ON s.page = r.page AND s.number = r.sentence ORDER BY e.lo, e.n" },
	{ "country", V_COUNTRY, NULL, WHO, false, NULL },
	{ "person", V_PERSON, NULL, PERSON, false, NULL },
	{ "search, a name and a word", V_SEARCH, NULL, ABOUT | PERSON, false, NULL },
	{ "search, a word", V_SEARCH, NULL, ABOUT, false, NULL },
	{ "agenda --who, a month", V_AGENDA, NULL, WHO | MONTH, false, NULL },
	{ "agenda --due, a month", V_AGENDA, NULL, DUE, false, NULL },
	{ "conflicts --who, a month", V_CONFLICTS, NULL, WHO | MONTH, false, NULL },
	{ "pledges states, a month", V_PLEDGES, NULL, WHO | MONTH, false, NULL },
	{ "stories, a month", V_STORIES, NULL, MONTH, false, NULL },
	{ "coverage, a year", V_COVERAGE, NULL, YEAR, false, NULL },
	{ "export plover, a month", V_EXPORT, NULL, MONTH, false, NULL },
};

static double ms(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void must(bool ok, const struct chancery_error *error)
{
	if (ok)
		return;
	fprintf(stderr, "ask: %s\n", error->text);
	exit(2);
}

static void draw(struct world *w, const struct kind *k, struct subject *s)
{
	static const char *const types[] = { "CONSULT", "AGREE", "COOPERATE", "SUPPORT", "AID", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST" };
	const uint32_t one = k->asks & EVEN ? below(w, STATES) : any_state(w), other = k->asks & EVEN ? (one + 1 + below(w, STATES - 1)) % STATES : other_state(w, one);
	const ch_day from = ch_day_of(WORLD_FROM, 1, 1) + (ch_day)below(w, 12400);

	s->one = w->code[one];
	s->other = w->code[other];
	s->matter = matters[below(w, MATTERS)];
	s->type = types[below(w, sizeof types / sizeof *types)];
	person_name(w, one, below(w, 8), s->person);
	ch_day_print(from, s->since);
	ch_day_print(from + 364, s->until);
	ch_day_print(from, s->month);
	ch_day_print(from + 30, s->month_end);
}

static uint64_t ask(struct chancery_store *store, const struct chancery *engine, const struct kind *k, const struct subject *s)
{
	struct chancery_error error;
	struct chancery_query q = { .record = k->record, .limit = LIMIT };
	struct chancery_plans plans = { 0 };
	struct chancery_export_how how = { .format = "plover" };
	uint64_t rows = 0;
	char *json = NULL, words[96], due[8];
	bool ok = true, month = k->asks & MONTH;

	snprintf(due, sizeof due, "%.7s", s->month);
	q.who = k->asks & WHO ? s->one : k->asks & PERSON ? s->person : NULL;
	q.with = k->asks & WITH ? s->other : NULL;
	q.since = month ? s->month : k->asks & YEAR ? s->since : NULL;
	q.until = month ? s->month_end : k->asks & YEAR ? s->until : NULL;
	q.type = k->asks & TYPE ? s->type : NULL;
	q.place = k->asks & PLACE ? s->one : NULL;
	q.newest = k->asks & NEWEST;
	plans.due = k->asks & DUE ? due : NULL;
	q.about = k->asks & ABOUT ? s->matter : NULL;
	switch (k->verb) {
	case V_QUERY: ok = chancery_query(store, &q, count_row, &rows, &error); break;
	/* that there is nothing is an answer as well */
	case V_PAIR: chancery_pair(store, s->one, s->other, LIMIT, &json, &error); break;
	case V_COUNTRY: chancery_country(store, engine, s->one, LIMIT, &json, &error); break;
	case V_PERSON: chancery_person(store, engine, s->person, LIMIT, &json, &error); break;
	case V_SEARCH:
		snprintf(words, sizeof words, "%s %s", s->matter, k->asks & PERSON ? s->person : "");
		ok = chancery_search(store, words, 20, count_row, &rows, &error);
		break;
	case V_AGENDA: ok = chancery_agenda(store, &q, &plans, count_row, &rows, &error); break;
	case V_PLEDGES: ok = chancery_pledges(store, &q, &plans, count_row, &rows, &error); break;
	case V_CONFLICTS: ok = chancery_conflicts(store, &q, count_row, &rows, &error); break;
	case V_STORIES: ok = chancery_stories(store, &q, 1, count_row, &rows, &error); break;
	case V_COVERAGE: ok = chancery_coverage(store, "outlet", &q, &json, &error); break;
	case V_EXPORT: ok = chancery_export(store, &how, &q, count_row, &rows, NULL, &error); break;
	}
	must(ok, &error);
	/* of an object, its size in KB */
	rows += json ? strlen(json) / 1024 : 0;
	free(json);
	return rows;
}

/* ---- the same in plain SQL ---- */

struct plain {
	sqlite3 *db;
	PGconn *pg;            /* of a store on PostgreSQL */
};

static void plain_open(struct plain *p, const char *where)
{
	*p = (struct plain){ 0 };
	if (strstr(where, "://")) {
		p->pg = PQconnectdb(where);
		if (PQstatus(p->pg) == CONNECTION_OK)
			return;
		fprintf(stderr, "ask: %s\n", PQerrorMessage(p->pg));
		exit(2);
	}
	if (sqlite3_open_v2(where, &p->db, SQLITE_OPEN_READONLY, NULL)) {
		fprintf(stderr, "ask: %s\n", sqlite3_errmsg(p->db));
		exit(2);
	}
	sqlite3_exec(p->db, "PRAGMA cache_size = -32768", NULL, NULL, NULL);
}

static void plain_close(struct plain *p)
{
	sqlite3_close(p->db);
	PQfinish(p->pg);
}

static void bind(sqlite3_stmt *st, const char *name, const char *value)
{
	int at = sqlite3_bind_parameter_index(st, name);

	if (at)
		sqlite3_bind_text(st, at, value, -1, SQLITE_STATIC);
}

static void ask_sqlite(sqlite3 *db, const char *sql, const struct subject *s)
{
	sqlite3_stmt *st;
	char match[96];

	if (sqlite3_prepare_v2(db, sql, -1, &st, NULL)) {
		fprintf(stderr, "ask: %s\n", sqlite3_errmsg(db));
		exit(2);
	}
	snprintf(match, sizeof match, "\"%s\"", s->matter);
	bind(st, ":one", s->one);
	bind(st, ":other", s->other);
	bind(st, ":since", s->since);
	bind(st, ":until", s->until);
	bind(st, ":type", s->type);
	bind(st, ":person", s->person);
	bind(st, ":matter", match);
	while (sqlite3_step(st) == SQLITE_ROW)
		for (int i = 0, n = sqlite3_column_count(st); i < n; i++)
			sqlite3_column_text(st, i);
	sqlite3_finalize(st);
}

/* Parameters by number, in the order in which they come; full text as the store has it there. */
static void ask_postgres(PGconn *pg, const char *sql, const struct subject *s)
{
	enum { N = 7 };
	const struct {
		const char *name, *value;
	} all[N] = {
		{ ":one", s->one }, { ":other", s->other }, { ":since", s->since }, { ":until", s->until }, { ":type", s->type }, { ":person", s->person },
		{ ":matter", s->matter },
	};
	struct ch_arena arena = { 0 };
	const char *given[N];
	int number[N] = { 0 }, n = 0;
	char text[4096], words[96];
	size_t at = 0;
	uint64_t vectors, queries;
	PGresult *res;

	for (; *sql && at < sizeof text - 32; ) {
		int i = 0;

		while (i < N && strncmp(sql, all[i].name, strlen(all[i].name)) != 0)
			i++;
		if (strncmp(sql, "group_concat", 12) == 0) {
			at += (size_t)sprintf(text + at, "string_agg");
			sql += 12;
			continue;
		}
		if (i == N) {
			text[at++] = *sql++;
			continue;
		}
		if (!number[i]) {
			given[n] = all[i].value;
			number[i] = ++n;
		}
		at += (size_t)sprintf(text + at, "?%d", number[i]);
		sql += strlen(all[i].name);
	}
	text[at] = '\0';
	sql = text;
	sql = ch_pg_dialect(&arena, &(const char *){ sql }, &vectors, &queries);
	for (int i = 0; i < n; i++) {
		if (!(queries >> (i + 1) & 1))
			continue;
		snprintf(words, sizeof words, "\"%s\"", given[i]);
		given[i] = ch_arena_z(&arena, ch_pg_words(&arena, ch_str_z(words)));
	}
	res = PQexecParams(pg, sql, n, NULL, given, NULL, NULL, 0);
	if (PQresultStatus(res) != PGRES_TUPLES_OK) {
		fprintf(stderr, "ask: %s\n", PQerrorMessage(pg));
		exit(2);
	}
	PQclear(res);
	ch_arena_free(&arena);
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double at(double *v, uint32_t n, uint32_t percent)
{
	qsort(v, n, sizeof *v, by_size);
	return v[(n - 1) * percent / 100];
}

int main(int argc, char **argv)
{
	static struct world world;
	static double took[QUERIES_MAX], cpu[QUERIES_MAX], rows[QUERIES_MAX], plain[QUERIES_MAX];
	const uint32_t n = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 200;
	const uint64_t seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
	struct chancery_error error;
	struct chancery_store *store;
	struct chancery *engine;
	struct plain beside;
	bool above = false;

	if (argc < 2 || !n || n > QUERIES_MAX) {
		fprintf(stderr, "ask STORE [QUERIES [SEED [WORDS]]]   (up to %d queries)\n", QUERIES_MAX);
		return 2;
	}
	must(chancery_open(NULL, &engine, &error) && chancery_store_open(argv[1], false, &store, &error), &error);
	plain_open(&beside, argv[1]);
	printf("%-28s %9s %9s %9s %9s %9s %7s\n", "ms", "median", "95%", "CPU 95%", "rows|KB", "SQL med.", "ratio");
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		const struct kind *k = &kinds[i];
		const double begun = ms(CLOCK_MONOTONIC);
		double median, p95;
		uint32_t done;

		if (argc > 4 && strncmp(k->name, argv[4], strlen(argv[4])) != 0)
			continue;
		world_make(&world, seed);
		world.seed += 1000003 * (i + 1);
		for (done = 0; done < n && ms(CLOCK_MONOTONIC) - begun < LONGEST_S * 1e3; done++) {
			struct subject s;
			double from, worked;

			draw(&world, k, &s);
			from = ms(CLOCK_MONOTONIC);
			worked = ms(CLOCK_PROCESS_CPUTIME_ID);
			rows[done] = (double)ask(store, engine, k, &s);
			cpu[done] = ms(CLOCK_PROCESS_CPUTIME_ID) - worked;
			took[done] = ms(CLOCK_MONOTONIC) - from;
			from = ms(CLOCK_MONOTONIC);
			if (k->sql && beside.pg)
				ask_postgres(beside.pg, k->sql, &s);
			else if (k->sql)
				ask_sqlite(beside.db, k->sql, &s);
			plain[done] = ms(CLOCK_MONOTONIC) - from;
		}
		median = at(took, done, 50);
		p95 = at(took, done, 95);
		printf("%-28s %9.2f %9.2f %9.2f %9.0f", k->name, median, p95, at(cpu, done, 95), at(rows, done, 50));
		if (k->sql)
			printf(" %9.2f %7.2f", at(plain, done, 50), median / fmax(at(plain, done, 50), 0.001));
		if (k->bar && p95 > BAR_MS)
			printf("%s  above %d ms", k->sql ? "" : "                  ", BAR_MS);
		if (done < n)
			printf("  (%u queries)", done);
		putchar('\n');
		fflush(stdout);
		above = above || (k->bar && p95 > BAR_MS);
	}
	plain_close(&beside);
	chancery_store_close(store);
	chancery_close(engine);
	return above;
}
