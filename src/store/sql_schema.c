/* store/sql_schema.c -- the schema, as the steps that lead to it. A step is never changed once it was released: a store
 * made by an older program has done it as it was. Add a new one behind it.
 *
 * n is SQLite's row number and never leaves the file; id is the content hash. Spans: start and end count bytes of the article's text,
 * raw_start and raw_end bytes of the page. Text that is unsaid is NULL. lo and hi: first and last day of a date. */
#include "store/sql.h"

static const char pages_sql[] =
	"CREATE TABLE pages("
	" n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, path TEXT NOT NULL, url TEXT, title TEXT, author TEXT, outlet TEXT,"
	" agency TEXT, section TEXT, lang TEXT, dateline_place TEXT, published TEXT, published_basis TEXT,"
	" article INTEGER NOT NULL, cut INTEGER NOT NULL, raw_size INTEGER NOT NULL,"
	" program_version TEXT NOT NULL, lexicon_version TEXT NOT NULL, model_version TEXT NOT NULL);"
	"CREATE INDEX pages_path ON pages(path);"
	"CREATE TABLE page_raw(page INTEGER PRIMARY KEY REFERENCES pages(n), codec TEXT NOT NULL, bytes BLOB NOT NULL);"
	"CREATE TABLE blocks("
	" page INTEGER NOT NULL REFERENCES pages(n), number INTEGER NOT NULL, kind TEXT NOT NULL, reason TEXT,"
	" raw_start INTEGER NOT NULL, raw_end INTEGER NOT NULL, text TEXT, PRIMARY KEY(page, number)) WITHOUT ROWID;"
	"CREATE TABLE sentences("
	" n INTEGER PRIMARY KEY, page INTEGER NOT NULL REFERENCES pages(n), number INTEGER NOT NULL, block INTEGER,"
	" start INTEGER NOT NULL, end INTEGER NOT NULL, raw_start INTEGER NOT NULL, raw_end INTEGER NOT NULL, text TEXT NOT NULL,"
	" UNIQUE(page, number));"
	"CREATE TABLE actors("
	" n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind INTEGER NOT NULL, party TEXT, name TEXT, code TEXT, org TEXT,"
	" sector TEXT, office TEXT, gazetteer_id TEXT);"
	"CREATE TABLE actor_names("
	" actor INTEGER NOT NULL REFERENCES actors(n), folded TEXT NOT NULL, PRIMARY KEY(folded, actor)) WITHOUT ROWID;"
	"CREATE TABLE events("
	" n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, mode TEXT, date TEXT, lo TEXT, hi TEXT, place TEXT,"
	" status TEXT NOT NULL);"
	"CREATE INDEX events_lo ON events(lo);"
	"CREATE TABLE event_parties("
	" event INTEGER NOT NULL REFERENCES events(n), side INTEGER NOT NULL, party TEXT NOT NULL,"
	" PRIMARY KEY(party, event, side)) WITHOUT ROWID;"
	"CREATE TABLE statements("
	" n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, page INTEGER NOT NULL REFERENCES pages(n), sentence INTEGER,"
	" lo TEXT, hi TEXT, speaker TEXT, country TEXT, text TEXT, direct INTEGER,"
	" content_start INTEGER, content_end INTEGER, content_raw_start INTEGER, content_raw_end INTEGER,"
	" cue_start INTEGER, cue_end INTEGER, cue_raw_start INTEGER, cue_raw_end INTEGER,"
	" source_start INTEGER, source_end INTEGER, source_raw_start INTEGER, source_raw_end INTEGER);"
	"CREATE TABLE reports("
	" n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, event INTEGER NOT NULL REFERENCES events(n),"
	" page INTEGER NOT NULL REFERENCES pages(n), sentence INTEGER NOT NULL,"
	" trigger_start INTEGER, trigger_end INTEGER, trigger_raw_start INTEGER, trigger_raw_end INTEGER, trigger_text TEXT,"
	" frame TEXT, path TEXT, cameo TEXT, date_basis TEXT, place_basis TEXT, claimed_by TEXT, claimed_in TEXT,"
	" confidence REAL NOT NULL);"
	"CREATE INDEX reports_event ON reports(event);"
	"CREATE TABLE report_parties("
	" report INTEGER NOT NULL REFERENCES reports(n), side INTEGER NOT NULL, number INTEGER NOT NULL,"
	" actor INTEGER NOT NULL REFERENCES actors(n), PRIMARY KEY(report, side, number)) WITHOUT ROWID;"
	"CREATE INDEX report_parties_actor ON report_parties(actor);";

#define MENTION "mention_start INTEGER, mention_end INTEGER, mention_raw_start INTEGER, mention_raw_end INTEGER"
#define ROW "n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, page INTEGER NOT NULL REFERENCES pages(n), sentence INTEGER, lo TEXT, hi TEXT"

static const char registers_sql[] =
	"CREATE TABLE instruments(" ROW ", title TEXT, kind TEXT, date TEXT, place TEXT, status TEXT, " MENTION ");"
	"CREATE TABLE instrument_parties("
	" instrument INTEGER NOT NULL REFERENCES instruments(n), number INTEGER NOT NULL, party TEXT NOT NULL,"
	" PRIMARY KEY(instrument, number)) WITHOUT ROWID;"
	"CREATE TABLE roles(" ROW ", who TEXT, role TEXT, body TEXT, \"from\" TEXT, \"to\" TEXT, " MENTION ");"
	"CREATE TABLE positions(" ROW ", who TEXT, stance TEXT, about TEXT, since TEXT, " MENTION ");"
	"CREATE TABLE tallies(" ROW ", who TEXT, what TEXT, count REAL, comparison TEXT, period TEXT, " MENTION ");"
	"CREATE TABLE pledges(" ROW ", who TEXT, what TEXT, due TEXT, " MENTION ");"
	"CREATE INDEX statements_page ON statements(page);"
	"CREATE INDEX instruments_page ON instruments(page);"
	"CREATE INDEX roles_page ON roles(page);"
	"CREATE INDEX positions_page ON positions(page);"
	"CREATE INDEX tallies_page ON tallies(page);"
	"CREATE INDEX pledges_page ON pledges(page);"
	"CREATE INDEX reports_page ON reports(page);"
	/* What a person decided of a record: kept by the record's id, so that it outlives a new reading of the page. */
	"CREATE TABLE reviews("
	" n INTEGER PRIMARY KEY, record TEXT NOT NULL, verdict TEXT NOT NULL, field TEXT, value TEXT, reviewer TEXT, note TEXT,"
	" decided TEXT NOT NULL);"
	"CREATE INDEX reviews_record ON reviews(record);";

static const char search_sql[] =
	"CREATE VIRTUAL TABLE sentences_fts USING fts5("
	" text, content='sentences', content_rowid='n', tokenize=\"unicode61 remove_diacritics 2\");"
	"INSERT INTO sentences_fts(sentences_fts) VALUES('rebuild');";

/* A signature (merge/signature.h) stands for all pages with the same words of the same day (days since 1970-01-01, CH_NO_DAY
 * where unsaid); a story for all signatures that are copies of each other. stories.changed: its id, its first page and
 * its events are found anew before the transaction ends. event_links has what each story says of versions of one event,
 * event_groups what follows from all of them: which event a version is shown with. */
static const char stories_sql[] =
	"CREATE TABLE stories(n INTEGER PRIMARY KEY, id TEXT UNIQUE, first INTEGER REFERENCES pages(n), size INTEGER NOT NULL,"
	" changed INTEGER NOT NULL);"
	"CREATE INDEX stories_changed ON stories(n) WHERE changed;"
	"CREATE TABLE signatures(n INTEGER PRIMARY KEY, exact INTEGER NOT NULL, day INTEGER NOT NULL,"
	" story INTEGER NOT NULL REFERENCES stories(n), bytes BLOB NOT NULL, UNIQUE(exact, day));"
	"CREATE INDEX signatures_story ON signatures(story);"
	"CREATE TABLE signature_keys(window INTEGER NOT NULL, key INTEGER NOT NULL,"
	" signature INTEGER NOT NULL REFERENCES signatures(n), PRIMARY KEY(window, key, signature)) WITHOUT ROWID;"
	"CREATE TABLE copies(page INTEGER PRIMARY KEY REFERENCES pages(n), signature INTEGER NOT NULL REFERENCES signatures(n));"
	"CREATE INDEX copies_signature ON copies(signature);"
	"CREATE TABLE event_links(story INTEGER NOT NULL, event INTEGER NOT NULL REFERENCES events(n),"
	" head INTEGER NOT NULL REFERENCES events(n), PRIMARY KEY(story, event)) WITHOUT ROWID;"
	"CREATE INDEX event_links_event ON event_links(event, head);"
	"CREATE TABLE event_groups(event INTEGER PRIMARY KEY REFERENCES events(n), head INTEGER NOT NULL REFERENCES events(n));"
	"CREATE INDEX event_groups_head ON event_groups(head);"
	"CREATE INDEX event_parties_event ON event_parties(event, side, party);";

/* chain: whom the report was taken over from, "; " between names. license: the page's own terms of reuse. */
static const char license_sql[] =
	"ALTER TABLE pages ADD COLUMN modified TEXT;"
	"ALTER TABLE pages ADD COLUMN chain TEXT;"
	"ALTER TABLE pages ADD COLUMN license TEXT;"
	"ALTER TABLE pages ADD COLUMN license_forbids INTEGER NOT NULL DEFAULT 0;";

/* context: names of PLOVER's contexts, blanks between; context_why: the words that gave each. Pages read before have none. */
static const char context_sql[] =
	"ALTER TABLE reports ADD COLUMN context TEXT;"
	"ALTER TABLE reports ADD COLUMN context_why TEXT;";

/* row_parties: what the lists of a register's row hold, by the register's table and the column's name. */
static const char gatherings_sql[] =
	"CREATE TABLE gatherings(" ROW ", name TEXT, ordinal INTEGER, kind TEXT, body TEXT, place TEXT, date TEXT, status TEXT, " MENTION ");"
	"CREATE TABLE initiatives(" ROW ", name TEXT, kind TEXT, founded TEXT, anniversary INTEGER, status TEXT, " MENTION ");"
	"CREATE TABLE relations(" ROW ", level TEXT, change TEXT, since TEXT, status TEXT, " MENTION ");"
	"CREATE TABLE marks(" ROW ", who TEXT, mark TEXT, about TEXT, party TEXT, " MENTION ");"
	"CREATE TABLE row_parties(register TEXT NOT NULL, row INTEGER NOT NULL, col TEXT NOT NULL, number INTEGER NOT NULL,"
	" party TEXT NOT NULL, PRIMARY KEY(register, row, col, number)) WITHOUT ROWID;"
	"CREATE INDEX row_parties_party ON row_parties(party, register, row);"
	"CREATE INDEX gatherings_page ON gatherings(page);"
	"CREATE INDEX initiatives_page ON initiatives(page);"
	"CREATE INDEX relations_page ON relations(page);"
	"CREATE INDEX marks_page ON marks(page);"
	"ALTER TABLE reports ADD COLUMN rank TEXT;"
	"ALTER TABLE reports ADD COLUMN delegation TEXT;"
	"ALTER TABLE reports ADD COLUMN invited_by TEXT;";

/* event_near: where an event stands among those that it may be one with across stories (merge/reports.h); links of that kind are those
 * of story 0. event_groups.top: the event at which links end; all that end there have a row, also those that do not fit and stand apart. */
static const char near_sql[] =
	"CREATE TABLE event_near(key INTEGER NOT NULL, day INTEGER NOT NULL, event INTEGER NOT NULL REFERENCES events(n),"
	" PRIMARY KEY(key, day, event)) WITHOUT ROWID;"
	"ALTER TABLE event_groups ADD COLUMN top INTEGER;"
	"CREATE INDEX event_groups_top ON event_groups(top);"
	"DELETE FROM event_groups;";

/* Events by the pairs of their parties (a < b; one party alone is paired with the place), and by day: their own, else that of the page. It
 * is how a plan finds what came of it. done: told as actual or historical. */
static const char pairs_sql[] =
	"CREATE TABLE event_pairs("
	" a TEXT NOT NULL, b TEXT NOT NULL, type TEXT NOT NULL, done INTEGER NOT NULL, day TEXT NOT NULL,"
	" event INTEGER NOT NULL REFERENCES events(n), PRIMARY KEY(a, b, type, done, day, event)) WITHOUT ROWID;"
	"CREATE INDEX events_status ON events(status, type, lo);";

/* provides: what an instrument provides for, in the page's words. Pages read before have none. */
static const char provides_sql[] = "ALTER TABLE instruments ADD COLUMN provides TEXT;";

/* What is told of a statement beside its speaker; pages read before have none of it. said: its words without an editor's. A saying is the
 * same words of the same speaker (merge/saying.h); head: the one of the smallest id among those that are one statement with it. Statements
 * without a speaker have none. */
static const char sayings_sql[] =
	"ALTER TABLE statements ADD COLUMN addressee TEXT;"
	"ALTER TABLE statements ADD COLUMN addressee_party TEXT;"
	"ALTER TABLE statements ADD COLUMN occasion TEXT;"
	"ALTER TABLE statements ADD COLUMN occasion_basis TEXT;"
	"ALTER TABLE statements ADD COLUMN place TEXT;"
	"ALTER TABLE statements ADD COLUMN outlet TEXT;"
	"ALTER TABLE statements ADD COLUMN said TEXT;"
	"ALTER TABLE statements ADD COLUMN context TEXT;"
	"ALTER TABLE statements ADD COLUMN saying INTEGER;"
	"CREATE INDEX statements_saying ON statements(saying);"
	"CREATE TABLE statement_notes("
	" statement INTEGER NOT NULL REFERENCES statements(n), col TEXT NOT NULL, number INTEGER NOT NULL,"
	" start INTEGER, end INTEGER, raw_start INTEGER, raw_end INTEGER, text TEXT, name TEXT, party TEXT, value TEXT, words TEXT,"
	" PRIMARY KEY(statement, col, number)) WITHOUT ROWID;"
	"CREATE INDEX statement_notes_party ON statement_notes(party, col, statement);"
	"CREATE TABLE sayings(n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, head INTEGER NOT NULL, n_keys INTEGER NOT NULL);"
	"CREATE INDEX sayings_head ON sayings(head);"
	"CREATE TABLE saying_keys(key INTEGER NOT NULL, saying INTEGER NOT NULL REFERENCES sayings(n), PRIMARY KEY(key, saying)) WITHOUT ROWID;"
	"CREATE VIRTUAL TABLE statements_fts USING fts5(said, content='', tokenize=\"unicode61 remove_diacritics 2\");"
	"UPDATE statements SET said = text;"
	"INSERT INTO statements_fts(rowid, said) SELECT n, said FROM statements;";

/* The order in which events are shown, kept with every version so that indexes have it. head: the event that it is shown with, itself where it
 * stands alone; day: the first day of that one, "~" where it has no date; first and last: of the version itself, of its page where it has no
 * date. class: 0 where all of it lies within CH_SQL_NEAR_DAYS of day, 2 where there is no day, else 1. */
static const char order_sql[] =
	"ALTER TABLE events ADD COLUMN first TEXT;"
	"ALTER TABLE events ADD COLUMN last TEXT;"
	"ALTER TABLE events ADD COLUMN head INTEGER;"
	"ALTER TABLE events ADD COLUMN day TEXT;"
	"ALTER TABLE events ADD COLUMN class INTEGER;"
	"ALTER TABLE event_parties ADD COLUMN class INTEGER;"
	"ALTER TABLE event_parties ADD COLUMN day TEXT;"
	"ALTER TABLE event_parties ADD COLUMN head INTEGER;"
	"UPDATE events SET first = coalesce(lo, (SELECT min(g.published) FROM reports r JOIN pages g ON g.n = r.page WHERE r.event = events.n)),"
	" last = coalesce(hi, (SELECT max(g.published) FROM reports r JOIN pages g ON g.n = r.page WHERE r.event = events.n)),"
	" head = coalesce((SELECT k.head FROM event_groups k WHERE k.event = events.n), n);"
	"UPDATE events SET day = coalesce((SELECT h.lo FROM events h WHERE h.n = events.head), '~');"
	"UPDATE events SET class = " CH_SQL_CLASS ";"
	"UPDATE event_parties SET (class, day, head) = (SELECT x.class, x.day, x.head FROM events x WHERE x.n = event);"
	"CREATE INDEX events_day ON events(class, day, head, first, last);"
	"CREATE INDEX events_type_day ON events(type, class, day, head, mode, first, last);"
	"CREATE INDEX events_place_day ON events(place, class, day, head);"
	"CREATE INDEX event_parties_day ON event_parties(party, class, day, head, event);"
	"CREATE INDEX reports_told ON reports(page, sentence, event);"
	"DROP INDEX reports_page;"
	"DROP INDEX events_lo;"
	"CREATE INDEX pages_published ON pages(published);"
	"CREATE INDEX actors_name ON actors(name);"
	"CREATE INDEX statements_speaker ON statements(speaker);"
	"CREATE INDEX statements_country ON statements(country);"
	"CREATE INDEX statements_told ON statements(page, sentence);"
	"DROP INDEX statements_page;"
	"CREATE INDEX statement_notes_name ON statement_notes(name, col, statement);"
	"CREATE INDEX gatherings_body ON gatherings(body);"
	"CREATE INDEX initiatives_name ON initiatives(name);"
	"CREATE INDEX relations_level ON relations(level);"
	"CREATE INDEX roles_who ON roles(who);"
	"CREATE INDEX roles_body ON roles(body);"
	"CREATE INDEX positions_who ON positions(who);"
	"CREATE INDEX tallies_who ON tallies(who);"
	"CREATE INDEX pledges_who ON pledges(who);"
	"CREATE INDEX marks_who ON marks(who);"
	"CREATE INDEX marks_party ON marks(party);"
	"CREATE INDEX instrument_parties_party ON instrument_parties(party, instrument);";

/* What a person decided (store/review.h). reviews.record: the record that the decision holds for now, empty where its evidence is gone.
 * verdict of an event or a row: 0 as coded, 1 rejected, 2 one that stands apart. pages.told: what was told of a page beside its bytes.
 * recoding: pages that a recode has still to read. */
static const char reviews_sql[] =
	"ALTER TABLE reviews ADD COLUMN kind TEXT;"
	"ALTER TABLE reviews ADD COLUMN page TEXT;"
	"ALTER TABLE reviews ADD COLUMN start INTEGER;"
	"ALTER TABLE reviews ADD COLUMN end INTEGER;"
	"ALTER TABLE reviews ADD COLUMN said TEXT;"
	"ALTER TABLE reviews ADD COLUMN coded TEXT;"
	"ALTER TABLE reviews ADD COLUMN undone INTEGER NOT NULL DEFAULT 0;"
	"CREATE INDEX reviews_page ON reviews(page);"
	"ALTER TABLE events ADD COLUMN verdict INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE statements ADD COLUMN verdict INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE instruments ADD COLUMN verdict INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE roles ADD COLUMN verdict INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE positions ADD COLUMN verdict INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE tallies ADD COLUMN verdict INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE pledges ADD COLUMN verdict INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE gatherings ADD COLUMN verdict INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE initiatives ADD COLUMN verdict INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE relations ADD COLUMN verdict INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE marks ADD COLUMN verdict INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE pages ADD COLUMN told TEXT;"
	"CREATE TABLE recoding(page INTEGER PRIMARY KEY REFERENCES pages(n));";

/* What is looked for by words or by who says it has its place in the order beside it. sentence_n: the row of sentences that tells it; day and
 * head of a report: those of its event; day of a statement: its first, else that of its page, "~" where neither is known. event_pairs has an event
 * of more parties than CH_AGENDA_PARTIES for each of them with '*' as well. */
static const char hits_sql[] =
	"ALTER TABLE reports ADD COLUMN sentence_n INTEGER;"
	"ALTER TABLE reports ADD COLUMN day TEXT;"
	"ALTER TABLE reports ADD COLUMN head INTEGER;"
	"ALTER TABLE statements ADD COLUMN sentence_n INTEGER;"
	"ALTER TABLE statements ADD COLUMN day TEXT;"
	"UPDATE reports SET sentence_n = (SELECT s.n FROM sentences s WHERE s.page = reports.page AND s.number = reports.sentence),"
	" (day, head) = (SELECT x.day, x.head FROM events x WHERE x.n = event);"
	"UPDATE statements SET sentence_n = (SELECT s.n FROM sentences s WHERE s.page = statements.page AND s.number = statements.sentence),"
	" day = coalesce(lo, (SELECT g.published FROM pages g WHERE g.n = page), '~');"
	"INSERT OR IGNORE INTO event_pairs(a, b, type, done, day, event) SELECT p.party, '*', e.type,"
	" CASE WHEN e.status IN ('actual', 'historical') THEN 1 ELSE 0 END, coalesce(e.first, ''), e.n FROM"
	" (SELECT event FROM event_parties GROUP BY event HAVING count(DISTINCT party) > 16) k JOIN event_parties p ON p.event = k.event"
	" JOIN events e ON e.n = k.event WHERE p.party <> '';"
	"CREATE INDEX reports_said ON reports(sentence_n, day, head, event);"
	"CREATE INDEX statements_said ON statements(sentence_n, day);"
	"CREATE INDEX statements_speaker_day ON statements(speaker, day, country);"
	"CREATE INDEX statements_country_day ON statements(country, day);"
	"CREATE INDEX statements_saying_page ON statements(saying, page);"
	"DROP INDEX statements_speaker;"
	"DROP INDEX statements_country;"
	"DROP INDEX statements_saying;";

/* revision: of the whole store; every commit moves it. events: no row number of an event above it was ever given, nor is one given twice, so that
 * whoever has seen all up to one can ask for those behind it. */
static const char revision_sql[] =
	"CREATE TABLE revision(n INTEGER NOT NULL, events INTEGER NOT NULL);"
	"INSERT INTO revision(n, events) SELECT 1, coalesce(max(n), 0) FROM events;";

/* Questions that are kept; filters: a JSON object. */
static const char watch_sql[] =
	"CREATE TABLE watchlists(name TEXT PRIMARY KEY, title TEXT NOT NULL, register TEXT NOT NULL, filters TEXT NOT NULL) WITHOUT ROWID;";

/* Shown events, with the versions that each stands for and nothing that a person rejected, by kind for each party of any of these, "" for all of them;
 * and for whom ("" for all) with which other parties of the event as it is shown. month and year: as far as the date says them. A sum that
 * came down to 0 may stay. */
static const char sums_sql[] =
	"CREATE TABLE event_sums(party TEXT NOT NULL, month TEXT NOT NULL, type TEXT NOT NULL, mode TEXT NOT NULL, events INTEGER NOT NULL,"
	" PRIMARY KEY(party, month, type, mode)) WITHOUT ROWID;"
	"CREATE TABLE tie_sums(who TEXT NOT NULL, party TEXT NOT NULL, year TEXT NOT NULL, events INTEGER NOT NULL, conflict INTEGER NOT NULL,"
	" PRIMARY KEY(who, party, year)) WITHOUT ROWID;"
	"CREATE INDEX pages_outlet ON pages(outlet, published, article, cut);"
	"CREATE INDEX statements_rejected ON statements(n) WHERE verdict = 1;"
	"CREATE INDEX instruments_rejected ON instruments(n) WHERE verdict = 1;"
	"CREATE INDEX roles_rejected ON roles(n) WHERE verdict = 1;"
	"CREATE INDEX positions_rejected ON positions(n) WHERE verdict = 1;"
	"CREATE INDEX tallies_rejected ON tallies(n) WHERE verdict = 1;"
	"CREATE INDEX pledges_rejected ON pledges(n) WHERE verdict = 1;"
	"CREATE INDEX gatherings_rejected ON gatherings(n) WHERE verdict = 1;"
	"CREATE INDEX initiatives_rejected ON initiatives(n) WHERE verdict = 1;"
	"CREATE INDEX relations_rejected ON relations(n) WHERE verdict = 1;"
	"CREATE INDEX marks_rejected ON marks(n) WHERE verdict = 1;";

/* What lists are sorted by, beside the row: day of a register's row as of a statement. Plans that have no date are found by the day on which they
 * were told, and pledges by that on which they are due. */
#define ROW_DAY(table) \
	"ALTER TABLE " table " ADD COLUMN day TEXT;" \
	"UPDATE " table " SET day = coalesce(lo, (SELECT g.published FROM pages g WHERE g.n = page), '~');" \
	"CREATE INDEX " table "_day ON " table "(day);"
static const char days_sql[] =
	ROW_DAY("instruments")
	ROW_DAY("roles")
	ROW_DAY("positions")
	ROW_DAY("tallies")
	ROW_DAY("pledges")
	ROW_DAY("gatherings")
	ROW_DAY("initiatives")
	ROW_DAY("relations")
	ROW_DAY("marks")
	"CREATE INDEX statements_day ON statements(day);"
	"CREATE INDEX pledges_due ON pledges(lo, hi);"
	"CREATE INDEX events_plans_undated ON events(class, first) WHERE lo IS NULL AND status IN ('planned', 'hypothetical');"
	"CREATE INDEX events_requests_undated ON events(class, first) WHERE lo IS NULL AND type = 'REQUEST';"
	"CREATE INDEX stories_first ON stories(first);";

/* records: likewise of the rows of registers, all of which are numbered above it: a page that is read anew has rows that are new. */
#define LARGEST(table) " UNION ALL SELECT max(n) FROM " table
static const char news_sql[] =
	"ALTER TABLE revision ADD COLUMN records INTEGER NOT NULL DEFAULT 0;"
	"UPDATE revision SET records = (SELECT max(k) FROM (SELECT 0 AS k" LARGEST("statements") LARGEST("instruments") LARGEST("roles") LARGEST("positions")
	LARGEST("tallies") LARGEST("pledges") LARGEST("gatherings") LARGEST("initiatives") LARGEST("relations") LARGEST("marks") ") AS l);";

/* Reports that are less sure than not, in the order in which a person looks at them. An index of all would cost every page more than it is worth. */
static const char unsure_sql[] =
	"CREATE INDEX reports_unsure ON reports(confidence, day, head, event) WHERE confidence < 0.5;";

/* Roles of a party and of a person, in the order of their days. */
static const char roles_sql[] =
	"DROP INDEX roles_body; DROP INDEX roles_who;"
	"CREATE INDEX roles_body_day ON roles(body, day);"
	"CREATE INDEX roles_who_day ON roles(who, day, body);";

static const char *const steps[] = {
	pages_sql, registers_sql, search_sql, stories_sql, license_sql, context_sql, gatherings_sql, near_sql, pairs_sql,
	provides_sql, sayings_sql, order_sql, reviews_sql, hits_sql, revision_sql, watch_sql,
	sums_sql, days_sql, news_sql, unsure_sql, roles_sql,
};

const char *ch_sql_step(int version)
{
	return version >= 1 && version <= CH_SQL_VERSION ? steps[version - 1] : NULL;
}

_Static_assert(sizeof steps / sizeof *steps == CH_SQL_VERSION, "one step for each version");
