/* cli/main.c -- the table of commands, their options, and how a command line is read. */
#include "cli.h"
#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static const struct opt opts[OPT_N] = {
	[OPT_HELP] = { "help", NULL, 'h', "this help", NULL },
	[OPT_STORE] = { "store", "FILE", 0, "the store (default $CHANCERY_STORE, else ./chancery.db)", NULL },
	[OPT_MODEL] = { "model", "FILE", 0, "the model file (default $CHANCERY_MODEL, else the installed one)", NULL },
	[OPT_JOBS] = { "jobs", "N", 'j', "threads (default: one a processor); results are the same for any number", NULL },
	[OPT_QUIET] = { "quiet", NULL, 'q', "no progress bar, no summary, no warnings", NULL },
	[OPT_RAW] = { "raw", NULL, 0, "inputs are raw pages; offsets count bytes of the raw page", NULL },
	[OPT_PETRARCH] = { "petrarch", "DIR", 0, "code with the PETRARCH or TABARI dictionaries in this folder", NULL },
	[OPT_EXPLAIN] = { "explain", NULL, 0, "every block of the page, with its verdict and its reason", NULL },
	[OPT_LINES] = { "lines", NULL, 0, "every line is a paragraph of its own", NULL },
	[OPT_MENTIONS] = { "mentions", NULL, 0, "also which phrases mean the same, and whom", NULL },
	[OPT_TOKENS] = { "tokens", NULL, 0, "input is CoNLL-U, of which only the words are taken", NULL },
	[OPT_WHO] = { "who", "PARTY", 0, "an ISO code, an organisation or a name as pages write it", NULL },
	[OPT_WITH] = { "with", "PARTY", 0, "the other side", NULL },
	[OPT_SINCE] = { "since", "DATE", 0, "from this day, month or year on (2018, 2018-05, 2018-05-01)", NULL },
	[OPT_UNTIL] = { "until", "DATE", 0, "up to the end of this day, month or year", NULL },
	[OPT_TYPE] = { "type", "TYPE", 0, "PLOVER type of an event; kind of an instrument, stance of a position",
		       "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION "
		       "MOBILIZE COERCE ASSAULT" },
	[OPT_MODE] = { "mode", "MODE", 0, "visit, meeting, phone, letter, multilateral, sign, praise, …",
		       "visit meeting phone letter multilateral third-party sign recognise congratulate praise" },
	[OPT_CONTEXT] = { "context", "CONTEXT", 0, "what it is about: military, economic, health, territory, …",
			    "military intelligence executive legislative election political_institutions pro_democracy "
			    "pro_autocracy economic legal reparations human_rights rights_freedoms repression human_security "
			    "gender lgbt religion_ethnicity inequality diplomatic territory peacekeeping health asylum "
			    "migration disasters natural_resource environment technology terrorism cbrn cyber misinformation "
			    "crime corruption illegal_drugs trafficking" },
	[OPT_STATUS] = { "status", "STATUS", 0, "actual, planned, denied, hypothetical, historical; of an instrument: signed, …",
			 "actual planned denied hypothetical historical" },
	[OPT_PLACE] = { "place", "CODE", 0, "the country where it was", NULL },
	[OPT_ABOUT] = { "about", "WORDS", 0, "words that the record or its sentence has, all of them", NULL },
	[OPT_PAGE] = { "page", "PAGE", 0, "of one page: its id, the beginning of it, or its path", NULL },
	[OPT_LIMIT] = { "limit", "N", 'n', "at most N (default: all)", NULL },
	[OPT_TABLE] = { "table", NULL, 0, "for people: a table, or text (the default on a terminal)", NULL },
	[OPT_JSON] = { "json", NULL, 0, "JSON, one object a line (the default when piped)", NULL },
	[OPT_CSV] = { "csv", NULL, 0, "CSV with a header line (RFC 4180)", NULL },
	[OPT_ON] = { "on", "DAY", 0, "as of this day (1998-04-09)", NULL },
	[OPT_ACTORS] = { "actors", "FILE", 0, "your own actors (default $CHANCERY_ACTORS, else chancery.actors.txt beside the store)",
			 NULL },
	[OPT_FRAMES] = { "frames", "FILE", 0, "your own frames (default $CHANCERY_FRAMES, else chancery.frames.txt beside the store)", NULL },
	[OPT_OF] = { "of", "CODE", 0, "of this state or organisation (AZE, UN)", NULL },
	[OPT_OFFICE] = { "office", "WORDS", 0, "the office (\"Foreign Minister\")", NULL },
	[OPT_FROM] = { "from", "DATE", 0, "first day, month or year in office", NULL },
	[OPT_TO] = { "to", "DATE", 0, "last day, month or year in office", NULL },
	[OPT_ID] = { "id", "ID", 0, "an id elsewhere: wikidata:Q42, ftm:…", NULL },
	[OPT_MINE] = { "mine", NULL, 0, "list: your own only; import: what comes in wins over the built-in lists", NULL },
	[OPT_BATCH] = { "batch", NULL, 0, "read lines DAY<TAB>TEXT from standard input", NULL },
	[OPT_FORMAT] = { "format", "FORMAT", 'f', "export: one of the formats above (default plover); actors import: petrarch, ftm or tsv "
			 "(default: by what is in it)", "plover csv jsonl gdelt gdelt-mentions phoenix petrarch icews polecat ftm jsonld "
			 "dyad-day dyad-month tsv" },
	[OPT_DICTIONARY] = { "dictionary", NULL, 0, "no events: every column of the format with its type, meaning and values (CSV)", NULL },
	[OPT_FILL] = { "fill", NULL, 0, "dyad-day, dyad-month: a line for every pair and every day or month, with zeros", NULL },
	[OPT_PAGES] = { "pages", "N", 0, "learn: what at least N pages say (default 3); stories: of at least N pages", NULL },
	[OPT_ACCEPT] = { "accept", NULL, 0, "learn: put it into your own file of actors", NULL },
	[OPT_MAP] = { "map", "FIELDS", 0, "JSON: which field is which (title=headline,text=body|content.plain); compare: which column "
		      "(who=Leader,place=Country,date=Start); else known names", NULL },
	[OPT_ONCE] = { "once", NULL, 0, "one round, then the end", NULL },
	[OPT_EVERY] = { "every", "TIME", 0, "time between the beginnings of two rounds: 90s, 10m, 2h, 1d (default 10m)", NULL },
	[OPT_DELAY] = { "delay", "SECONDS", 0, "at least so long between two requests to a host (default 1)", NULL },
	[OPT_STATE] = { "state", "FILE", 0, "what was had before (default chancery.watch.json beside the store)", NULL },
	[OPT_BY] = { "by", "WHAT", 0, "outlet, month or lang (default outlet)", "outlet month lang" },
	[OPT_REPORTS] = { "reports", NULL, 0, "a line for each report of an event: which page tells it, and in which words", NULL },
	[OPT_DUE] = { "due", "DATE", 0, "due on this day, in this month or year", NULL },
	[OPT_TODAY] = { "today", "DAY", 0, "what was due before is overdue (default: the last day of publication in the store)", NULL },
	[OPT_KEPT] = { "kept", "WHICH", 0, "yes: kept; no: put off, cancelled, broken, overdue; open: not due yet", "yes no open" },
	[OPT_IS_OPEN] = { "open", NULL, 0, "those not due yet, or with no due date (with --overdue: those too, and so on)", NULL },
	[OPT_IS_OVERDUE] = { "overdue", NULL, 0, "those whose due date has passed without a record of what came of them", NULL },
	[OPT_IS_KEPT] = { "kept", NULL, 0, "those that a later record keeps", NULL },
	[OPT_IS_BROKEN] = { "broken", NULL, 0, "those that a later record breaks", NULL },
	[OPT_REGISTER] = { "register", "NAME", 0, "what the list is compared with: visits (default), meetings, letters, events, instruments",
			   "visits meetings letters events instruments" },
	[OPT_DAYS] = { "days", "N", 0, "dates may differ by so many days (default 3)", NULL },
	[OPT_DATE_ORDER] = { "date-order", "ORDER", 0, "of 12/03/2018: dmy (12 March) or mdy (3 December)", "dmy mdy" },
	[OPT_CHECK] = { "check", NULL, 0, "each count beside what the store holds of it", NULL },
	[OPT_SPEAKER] = { "by", "WHO", 0, "the speaker: a name, or the code of his side (as --who)", NULL },
	[OPT_ADDRESSEE] = { "to", "WHO", 0, "to whom it was said: a code, a name, or the word used (\"reporters\")", NULL },
	[OPT_TOPIC] = { "on", "CONTEXT", 0, "what it is about, as --context", NULL },
	[OPT_SEARCH] = { "search", "WORDS", 0, "words inside what was said, all of them; \"together\", begin*", NULL },
	[OPT_VARIANTS] = { "variants", NULL, 0, "statements with several wordings, each once: where a copy altered a quotation", NULL },
	[OPT_ACCEPT_ID] = { "accept", "ID", 0, "these records are right; of a page: all of which nothing was decided", NULL },
	[OPT_REJECT] = { "reject", "ID", 0, "these records are wrong, and left out from here on", NULL },
	[OPT_SET] = { "set", "FIELD=VALUE", 0, "the records that follow are this (date=1991-06, target=FRA,DEU, source=GBR:'George Brown'; an empty value: unsaid)", NULL },
	[OPT_MERGE] = { "merge", "ID", 0, "the event is one with the one that follows, and takes over what that says", NULL },
	[OPT_SPLIT] = { "split", "ID", 0, "an event's reports, or one report, are of events of their own", NULL },
	[OPT_SAME_ACTOR] = { "same-actor", "NAME", 0, "the name means who is called by the name that follows", NULL },
	[OPT_OTHER_ACTOR] = { "other-actor", "NAME", 0, "the name does not mean who is called by the name that follows", NULL },
	[OPT_UNDO] = { "undo", "ID", 0, "takes the last decision of these records back; '#12': decision 12, about names, or whose record is gone", NULL },
	[OPT_LIST] = { "list", NULL, 0, "every decision, those whose evidence is gone marked as unmatched", NULL },
	[OPT_GOLD] = { "export", NULL, 0, "pages of which every record was decided, as gold for `chancery eval`", NULL },
	[OPT_AUTHOR] = { "by", "AUTHOR", 0, "who decides (default $CHANCERY_AUTHOR, else the login name)", NULL },
	[OPT_REASON] = { "reason", "TEXT", 0, "why", NULL },
	[OPT_OF_REGISTER] = { "register", "NAME", 0, "which records to go through (default events)",
			      "events visits meetings letters instruments quotes roles positions tallies pledges gatherings initiatives relations marks" },
	[OPT_REJECTED] = { "rejected", NULL, 0, "what a person rejected, and nothing else", NULL },
	[OPT_OLDER] = { "older", NULL, 0, "only pages coded by another version of program, lexicon or model", NULL },
	[OPT_VERSIONS] = { "versions", NULL, 0, "pages by the versions of program, lexicon and model that coded them", NULL },
	[OPT_STREAM] = { "stream", "URL", 0, "NATS servers with JetStream: nats://[USER:PASSWORD@]HOST:PORT[,…] (default $CHANCERY_STREAM)", NULL },
	[OPT_QUEUE] = { "queue", "NAME", 0, "the queue on these servers (default chancery)", NULL },
	[OPT_REPLICAS] = { "replicas", "N", 0, "servers that keep each page, of a queue that is made now: 1 (default), 3 or 5", NULL },
	[OPT_WAITING] = { "waiting", "N", 0, "pages that a queue that is made now may hold (default 100000); submit waits when it is full", NULL },
	[OPT_ACK_WAIT] = { "ack-wait", "SECONDS", 0, "a page that a worker has not finished in so long goes to another (default 30)", NULL },
	[OPT_TRIES] = { "tries", "N", 0, "a page that came more often than N times is put aside (default 10)", NULL },
	[OPT_RATE] = { "rate", "N", 0, "work: pages a second, at most; serve: requests a second of one address (default 200, and any number from this host)", NULL },
	[OPT_METRICS] = { "metrics", "PORT", 0, "answer /metrics (Prometheus) and /health on this port of 127.0.0.1", NULL },
	[OPT_DRAIN] = { "drain", NULL, 0, "end when the queue is empty and no worker is at work", NULL },
	[OPT_PORT] = { "port", "PORT", 0, "where it listens (default 8080; 0: any that is free)", NULL },
	[OPT_LISTEN] = { "listen", "ADDRESS", 0, "at which address (default 127.0.0.1); beyond this host only with a token", NULL },
	[OPT_HOST] = { "host", "NAMES", 0, "names, parted by commas, that it goes by besides localhost: a proxy's", NULL },
	[OPT_LOG] = { "log", "FILE", 0, "a line a request to the end of this file; -: to standard output", NULL },
	[OPT_TOKEN_FILE] = { "token-file", "FILE", 0, "its first line is what one must show to write (default $CHANCERY_TOKEN; none: nobody may)", NULL },
	[OPT_STATS] = { "stats", NULL, 0, "how many actors, offices, names there are", NULL },
};

#define COMMON OPT_HELP
#define READS OPT_MODEL, OPT_ACTORS, OPT_FRAMES, OPT_JOBS, OPT_QUIET
#define FILTERS OPT_STORE, OPT_WHO, OPT_WITH, OPT_SINCE, OPT_UNTIL, OPT_TYPE, OPT_MODE, OPT_CONTEXT, OPT_STATUS, OPT_PLACE, OPT_ABOUT, \
	OPT_PAGE, OPT_LIMIT
#define VIEWS OPT_TABLE, OPT_JSON, OPT_CSV
#define REGISTER(name, summary) \
	{ name, summary, "", 0, 0, NULL, { OPT_REJECTED, FILTERS, VIEWS, COMMON }, cmd_register }
#define EVENTS(name, summary) \
	{ name, summary, "", 0, 0, NULL, { OPT_REPORTS, OPT_REJECTED, FILTERS, VIEWS, COMMON }, cmd_register }

static const struct command commands[] = {
	{ "add", "take in pages: files, folders, containers, standard input (-)", "PATH...", 1, -1,
	  "A PATH is a page (HTML or visible lines), WARC or WET, JSON lines, tar or zip, packed or not, as its content says.\n"
	  "Pages that the store has are passed over, so that it can be stopped at any moment and run again.",
	  { OPT_STORE, OPT_MAP, READS, COMMON }, cmd_add },
	{ "watch", "take in what is new in feeds and sitemaps, politely, until stopped", "URL|FILE...", 1, -1,
	  "URL: of RSS, Atom, a sitemap or an index of them. FILE: one of these, or URLs, one a line. robots.txt is obeyed.\n"
	  "Stopped (Ctrl-C) and started again, it goes on where it was.",
	  { OPT_ONCE, OPT_EVERY, OPT_LIMIT, OPT_DELAY, OPT_STATE, OPT_STORE, READS, COMMON }, cmd_watch },
	{ "submit", "put pages on a queue, from which workers on any number of hosts take them", "PATH...", 1, -1,
	  "PATHs are those of `add`. A page that was queued in the last hour is not queued again, so that it can be stopped and run again.",
	  { OPT_STREAM, OPT_QUEUE, OPT_REPLICAS, OPT_WAITING, OPT_MAP, OPT_JOBS, OPT_QUIET, COMMON }, cmd_submit },
	{ "serve", "the web page and the HTTP API over the store, until stopped", "", 0, 0,
	  "Open the address that it prints. The API is at /api/v1/, described at /api/v1/openapi.json.",
	  { OPT_PORT, OPT_LISTEN, OPT_HOST, OPT_TOKEN_FILE, OPT_RATE, OPT_LOG, OPT_STORE, READS, COMMON }, cmd_serve },
	{ "work", "take pages off a queue into the store, until stopped", "", 0, 0,
	  "A page is taken off the queue when it is committed: a worker may die at any moment. SIGTERM or Ctrl-C: the batch is finished first.\n"
	  "What cannot be coded goes to the dead letters of the queue, with the reason.",
	  { OPT_STREAM, OPT_QUEUE, OPT_DRAIN, OPT_RATE, OPT_METRICS, OPT_ACK_WAIT, OPT_TRIES, OPT_STORE, READS, COMMON }, cmd_work },
	{ "dead", "what workers put aside, with the reason; or back onto the queue", "[retry]", 0, 1,
	  "retry: all of it goes back onto the queue, for workers that can code it now. What dies again is put aside again.",
	  { OPT_STREAM, OPT_QUEUE, VIEWS, OPT_QUIET, COMMON }, cmd_dead },
	{ "actors", "who there is, who is meant by a name, and actors of your own", "list|ask|add|import|learn [ARGUMENT...]", 1, -1,
	  "list [WORDS...]: states, organisations, people with their terms, that have the words, are --of, hold --office, --on a day.\n"
	  "ask [TEXT...]: each mention of TEXT (or standard input) with whom it means --on that day, and on what that rests.\n"
	  "add NAME --of CODE --office WORDS [--from DATE] [--to DATE] [--id ID]: an office, into your own file of actors.\n"
	  "import FILE...: TABARI and PETRARCH dictionaries, FollowTheMoney JSON lines, tables (TSV), into your own file.\n"
	  "learn: offices that --pages of the store give to somebody and the lists do not, as a diff of your own file; --accept puts it in.",
	  { OPT_OF, OPT_OFFICE, OPT_ON, OPT_FROM, OPT_TO, OPT_ID, OPT_MINE, OPT_BATCH, OPT_PAGES,
	    OPT_ACCEPT, OPT_FORMAT, OPT_LIMIT, OPT_STORE, OPT_TABLE,
	    OPT_JSON, OPT_CSV, READS, COMMON }, cmd_actors },
	{ "clean", "raw pages to article and metadata, a JSON line a page", "FILE...", 1, -1, NULL,
	  { OPT_EXPLAIN, OPT_MAP, READS, COMMON }, cmd_clean },
	{ "parse", "text to CoNLL-U: sentences, words, tags, trees, names", "[FILE...]", 0, -1,
	  "Paragraphs are parted by newlines; where lines are wrapped, by blank lines.",
	  { OPT_LINES, OPT_TOKENS, OPT_MENTIONS, READS, COMMON }, cmd_parse },
	{ "code", "JSON lines {\"id\",\"date\",\"text\"} to records, a JSON line each", "[FILE...]", 0, -1,
	  "Offsets count UTF-8 bytes of the text. With --raw, FILEs are raw pages and offsets count their bytes.\n"
	  "With --petrarch, events are coded by verb, actor, agent and discard dictionaries of PETRARCH 1, PETRARCH 2 or TABARI.",
	  { OPT_RAW, OPT_PETRARCH, OPT_MAP, READS, COMMON }, cmd_code },
	EVENTS("events", "who did what to whom, when and where, as the pages say"),
	EVENTS("visits", "the register of visits"),
	EVENTS("meetings", "the register of meetings, talks and summits"),
	EVENTS("letters", "the register of letters and calls"),
	REGISTER("instruments", "treaties, declarations, protocols and the like"),
	{ "quotes", "who said what: to whom, where, of whom; with an ID, one statement in all its wordings", "[ID]", 0, 1,
	  "--about takes words, or a party or an instrument that is spoken of. Wordings are compared word by word: [-left out-] {+put in+}.",
	  { OPT_SPEAKER, OPT_ADDRESSEE, OPT_TOPIC, OPT_SEARCH, OPT_VARIANTS, OPT_REJECTED, FILTERS, VIEWS, COMMON }, cmd_quotes },
	REGISTER("roles", "who holds which office, chair or membership"),
	REGISTER("positions", "who supports, opposes or recognises what"),
	{ "tallies", "what was counted", "", 0, 0,
	  "--check: beside each claim what the store holds of it, and the command that shows it. The store holds what was read: that it has\n"
	  "fewer says nothing against a claim, that it has more does.",
	  { OPT_CHECK, OPT_REJECTED, FILTERS, VIEWS, COMMON }, cmd_register },
	{ "pledges", "who undertook what, until when, and what came of it", "", 0, 0,
	  "What keeps or breaks a pledge is looked for in later pages: the same act by the same actor, else most of the same words.",
	  { OPT_IS_OPEN, OPT_IS_OVERDUE, OPT_IS_KEPT, OPT_IS_BROKEN, OPT_TODAY, FILTERS, VIEWS, COMMON }, cmd_pledges },
	{ "agenda", "what was planned, by due date, and what came of it", "", 0, 0,
	  "Visits, talks, calls, letters, signings, invitations, and pledges with a due date: each once, with the record that kept it, put it\n"
	  "off or denied it. `chancery why ID` shows both sentences.",
	  { OPT_DUE, OPT_KEPT, OPT_TODAY, FILTERS, VIEWS, COMMON }, cmd_agenda },
	REGISTER("gatherings", "summits, conferences, sessions, rounds of talks: who hosts, mediates, takes part"),
	REGISTER("initiatives", "what was founded, by whom and when, and its anniversaries"),
	REGISTER("relations", "on what terms states are, and what changed in them"),
	REGISTER("marks", "marks of distance: who calls whom so-called, a junta, a regime"),
	REGISTER("pages", "the pages in the store"),
	{ "conflicts", "what pages tell differently of one thing: date, place, party, count", "", 0, 0,
	  "Each with all who tell it, their words and days. Of events that the record keeps apart though they may be one it says so.\n"
	  "Offices that pages give to others than the lists do: chancery actors learn.",
	  { FILTERS, VIEWS, COMMON }, cmd_conflicts },
	{ "stories", "pages that are copies of each other, each story once", "", 0, 0,
	  "--since, --until and --about are those of the first page; --who, --type and the like ask for an event that one of the pages tells.",
	  { OPT_PAGES, FILTERS, VIEWS, COMMON }, cmd_stories },
	{ "story", "one story: who had it first, who took it from whom, how late, and what was altered", "ID", 1, 1,
	  "ID: of a story, or of one of its pages, or the beginning of it.", { OPT_STORE, OPT_TABLE, OPT_JSON, COMMON }, cmd_story },
	{ "coverage", "what was read: pages, articles, stories, days; and why pages were refused", "", 0, 0,
	  "More pages are not more events: set counts of events against this.",
	  { OPT_BY, OPT_VERSIONS, OPT_STORE, OPT_SINCE, OPT_UNTIL, VIEWS, COMMON }, cmd_coverage },
	{ "country", "a profile: counts, partners, offices, latest events", "CODE|NAME", 1, 1, NULL,
	  { OPT_STORE, OPT_TABLE, OPT_JSON, OPT_LIMIT, COMMON }, cmd_country },
	{ "pair", "a relation over time", "CODE CODE", 2, 2, "On a terminal the newest 100 events are shown, unless --limit says otherwise.", { OPT_STORE, OPT_TABLE, OPT_JSON, OPT_LIMIT, COMMON }, cmd_pair },
	{ "person", "a career: offices, events, statements", "NAME", 1, 1, NULL, { OPT_STORE, OPT_TABLE, OPT_JSON, OPT_LIMIT, COMMON },
	  cmd_person },
	{ "search", "full text: sentences with all the words, in their context", "WORDS...", 1, -1,
	  "A word ending in * matches its beginnings; words in double quotes stand together.",
	  { OPT_STORE, OPT_TABLE, OPT_JSON, OPT_LIMIT, COMMON }, cmd_search },
	{ "show", "a page with its annotations", "PAGE", 1, 1, "PAGE: its id, the beginning of it, or its path.",
	  { OPT_STORE, OPT_TABLE, OPT_JSON, COMMON }, cmd_show },
	{ "why", "why a record is there: the rule, the words, the page and its bytes", "ID", 1, 1,
	  "ID: of any record, or the beginning of it.", { OPT_STORE, OPT_TABLE, OPT_JSON, COMMON }, cmd_why },
	{ "review", "correct the record: go through what is doubtful, least sure first, and decide", "[ID...]", 0, -1,
	  "Without an action each record is shown with its sentence, its neighbours and its parties, and a key is asked for.\n"
	  "An event stands for all its reports. Decisions hold for the evidence, so that they outlive `chancery recode`; nothing is lost by one.",
	  { OPT_ACCEPT_ID, OPT_REJECT, OPT_SET, OPT_MERGE, OPT_SPLIT, OPT_SAME_ACTOR, OPT_OTHER_ACTOR, OPT_UNDO, OPT_LIST, OPT_GOLD, OPT_AUTHOR,
	    OPT_REASON, OPT_OF_REGISTER, OPT_QUIET, FILTERS, VIEWS, COMMON }, cmd_review },
	{ "recode", "read stored pages anew with the lexicon and model of today; decisions stay", "", 0, 0,
	  "Killed or stopped at any moment, the store is whole; run again, it goes on with the pages that are left.",
	  { OPT_OLDER, OPT_PAGE, OPT_STORE, READS, COMMON }, cmd_recode },
	{ "lexicon", "the frames and contexts against their own sentences", "check [FRAME|CONTEXT...]", 1, -1,
	  "check: those that are not as they should be; of a FRAME or CONTEXT, all. Your own frames are among them.",
	  { OPT_STORE, OPT_JSON, OPT_MODEL, OPT_ACTORS, OPT_FRAMES, COMMON }, cmd_lexicon },
	{ "unknown", "what fitted no frame and whom no list knows, with lines for a lexicon", "[FILE...]", 0, -1,
	  "FILE: raw pages; without any, the pages in the store. --json gives each with the lines to put into a lexicon.",
	  { OPT_STORE, OPT_LIMIT, VIEWS, READS, COMMON }, cmd_unknown },
	{ "eval", "compare with gold records: precision and recall, with intervals", "GOLD [SYSTEM|PAGE...]", 1, -1,
	  "GOLD of pages: a folder of .json files, or JSON lines with a \"page\" field; SYSTEM likewise, or PAGEs, which are read.\n"
	  "GOLD of sentences with their events: PETRARCH XML, PLOVER records, or JSON lines {\"id\",\"text\",\"events\"}, as its content says.\n"
	  "The sentences are coded and scored; or SYSTEM is scored, JSON lines {\"id\",\"events\"}, as `chancery code` writes them.",
	  { OPT_JSON, READS, COMMON }, cmd_eval },
	{ "compare", "a list made by hand against the store: found, missed, new", "LIST", 1, 1,
	  "LIST: CSV or TSV with a line of names, JSON or JSON lines, or XML such as the US Department of State's visits and travels.\n"
	  "Names of leaders and countries are read as `actors ask` reads them, on the day of their row. Filters hold for rows and records.\n"
	  "Missed is told apart: another date, another record, a page that says it and was not coded, or no page at all.",
	  { OPT_REGISTER, OPT_DAYS, OPT_MAP, OPT_DATE_ORDER, OPT_STORE, OPT_WHO, OPT_WITH, OPT_SINCE, OPT_UNTIL, OPT_TYPE, OPT_MODE, OPT_STATUS,
	    OPT_PLACE, VIEWS, READS, COMMON }, cmd_compare },
	{ "export", "write events in a format of the field", "", 0, 0,
	  "plover (PLOVER 0.8), jsonl (our own), ftm (FollowTheMoney), jsonld (schema.org): JSON lines. csv, dyad-day, dyad-month: CSV with a\n"
	  "header. icews, polecat: tabs with a header. gdelt, gdelt-mentions, phoenix, petrarch: tabs without. What a format has no code for\n"
	  "is its null, and is counted on standard error.",
	  { OPT_FORMAT, OPT_DICTIONARY, OPT_FILL, OPT_QUIET, FILTERS, COMMON }, cmd_export },
	{ "store", "upkeep of the store: check it, give room back, copy it", "check|vacuum|backup|copy [FILE...]", 1, 3,
	  "check: names what is broken (the file, references, ids that are not the hash of what they name, groups, full text); status 1 then.\n"
	  "vacuum: gives unused room back, makes the full text anew; nobody else may use the store meanwhile.\n"
	  "backup FILE: the store of this moment into FILE, which must not be there; add may go on meanwhile.\n"
	  "copy FROM TO: all of one store into another that has no pages yet, wholly or not at all.",
	  { OPT_STORE, COMMON }, cmd_store },
	{ "completion", "a completion script for your shell", "bash|zsh|fish", 1, 1,
	  "bash: chancery completion bash > ~/.local/share/bash-completion/completions/chancery", { COMMON }, cmd_completion },
	{ "version", "version of program, model and lexicon", "", 0, 0, NULL, { OPT_STATS, OPT_JSON, OPT_MODEL, OPT_ACTORS, OPT_FRAMES, COMMON }, cmd_version },
	{ "help", "help on a command", "[COMMAND]", 0, 1, NULL, { COMMON }, cmd_help },
};

const struct command *command_table(size_t *n)
{
	*n = sizeof commands / sizeof *commands;
	return commands;
}

const struct opt *opt_of(enum opt_id id)
{
	return &opts[id];
}

static const struct command *find_command(const char *name)
{
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

/* ---- messages ---- */

static void say(const char *fmt, va_list ap)
{
	char line[2048];
	char *safe;

	vsnprintf(line, sizeof line, fmt, ap);
	safe = plain(line);
	fprintf(stderr, "chancery: %s\n", safe);
	free(safe);
}

void say_error(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
}

int usage_error(const struct call *call, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
	if (call && call->command)
		fprintf(stderr, "usage: chancery %s [OPTION...] %s\n", call->command->name, call->command->args);
	else
		fputs("usage: chancery COMMAND [OPTION...] [ARGUMENT...]   (chancery --help lists the commands)\n", stderr);
	return EXIT_USAGE;
}

bool number_option(const struct call *call, enum opt_id id, unsigned long long max, unsigned long long *value)
{
	const char *text = call->value[id];
	char *end;

	if (!text)
		return true;
	errno = 0;
	*value = strtoull(text, &end, 10);
	if (!isdigit((unsigned char)*text) || *end || errno || *value > max) {
		usage_error(call, "--%s wants a number up to %llu, not '%s'", opts[id].name, max, text);
		return false;
	}
	return true;
}

/* ---- help ---- */

static void help_all(void)
{
	puts("chancery reads press pages and keeps the record of diplomacy that they report.\n");
	puts("usage: chancery COMMAND [OPTION...] [ARGUMENT...]\n");
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		printf("  %-12s %s\n", commands[i].name, commands[i].summary);
	puts("\n`chancery COMMAND --help` tells more. Exit status: 0 done, 1 some input failed, 2 wrong usage.");
}

static void help_command(const struct command *c)
{
	printf("chancery %s: %s\n\nusage: chancery %s [OPTION...]%s%s\n", c->name, c->summary, c->name, *c->args ? " " : "", c->args);
	if (c->detail)
		printf("%s\n", c->detail);
	putchar('\n');
	for (const uint8_t *o = c->opts; *o != OPT_NONE; o++) {
		const struct opt *d = &opts[*o];
		char left[64];

		snprintf(left, sizeof left, "%s%c%s--%s%s%s", d->letter ? "-" : " ", d->letter ? d->letter : ' ',
			 d->letter ? ", " : "  ", d->name, d->arg ? " " : "", d->arg ? d->arg : "");
		printf("  %-22s %s\n", left, d->help);
	}
}

int cmd_help(struct call *call)
{
	const struct command *c;

	if (!call->n_args) {
		help_all();
		return output_status(EXIT_DONE);
	}
	c = find_command(call->args[0]);
	if (!c)
		return usage_error(NULL, "there is no command '%s'", call->args[0]);
	help_command(c);
	return output_status(EXIT_DONE);
}

/* Hyphens of options are \- in roff, so that they can be copied and searched for. */
static void put_roff(const char *text)
{
	if (*text == '.' || *text == '\'')
		fputs("\\&", stdout);
	for (; *text; text++) {
		if (*text == '-' || *text == '\\')
			putchar('\\');
		putchar(*text);
	}
}

void print_man(void)
{
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		const struct command *c = &commands[i];

		printf(".TP\n\\fBchancery %s\\fR ", c->name);
		put_roff(c->args);
		putchar('\n');
		put_roff(c->summary);
		puts(".");
		if (c->detail) {
			put_roff(c->detail);
			putchar('\n');
		}
	}
	puts(".SH OPTIONS");
	for (int o = 1; o < OPT_N; o++) {
		fputs(".TP\n", stdout);
		if (opts[o].letter)
			printf("\\fB\\-%c\\fR, ", opts[o].letter);
		printf("\\fB\\-\\-%s\\fR %s\n", opts[o].name, opts[o].arg ? opts[o].arg : "");
		put_roff(opts[o].help);
		putchar('\n');
	}
}

/* ---- the command line ---- */

static bool takes(const struct command *c, int id)
{
	return strchr((const char *)c->opts, id) != NULL;
}

/* The option that `name` (of n bytes) or `letter` names and the command takes; OPT_NONE where there is none. */
static int find_opt(const struct command *c, const char *name, size_t n, char letter)
{
	for (int i = 1; i < OPT_N; i++)
		if (takes(c, i) && (name ? strlen(opts[i].name) == n && memcmp(opts[i].name, name, n) == 0 :
				    letter && opts[i].letter == letter))
			return i;
	return OPT_NONE;
}

/* Reads argv into call; false: the message was printed. Options may stand before and after arguments; "--" ends them. */
static bool read_args(struct call *call, int argc, char **argv)
{
	bool only_args = false;

	call->args = argv;   /* arguments are moved to the front of argv, over what was read */
	for (int i = 0; i < argc; i++) {
		char *a = argv[i], *value = NULL;
		int id;

		if (only_args || a[0] != '-' || !a[1]) {
			call->args[call->n_args++] = a;
			continue;
		}
		if (strcmp(a, "--") == 0) {
			only_args = true;
			continue;
		}
		if (a[1] == '-') {
			char *equals = strchr(a, '=');
			size_t n = equals ? (size_t)(equals - a) - 2 : strlen(a) - 2;

			id = find_opt(call->command, a + 2, n, '\0');
			value = equals ? equals + 1 : NULL;
		} else {
			id = find_opt(call->command, NULL, 0, a[1]);
			value = a[2] ? a + 2 : NULL;
		}
		if (id == OPT_NONE) {
			usage_error(call, "%s has no option '%s'", call->command->name, a);
			return false;
		}
		if (!opts[id].arg && value) {
			usage_error(call, "'%s' takes no value", a);
			return false;
		}
		if (opts[id].arg && !value) {
			if (++i >= argc) {
				usage_error(call, "'%s' wants %s", a, opts[id].arg);
				return false;
			}
			value = argv[i];
		}
		call->value[id] = value ? value : "";
	}
	return true;
}

int main(int argc, char **argv)
{
	struct call call = { 0 };

	signal(SIGPIPE, SIG_IGN);   /* a reader that has gone shows as a failed write: out.c */
	signal(SIGXFSZ, SIG_IGN);   /* so does a file that may not grow */
	if (argc < 2) {
		usage_error(NULL, "a command is wanted");
		return EXIT_USAGE;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
		help_all();
		return output_status(EXIT_DONE);
	}
	call.command = find_command(strcmp(argv[1], "--version") == 0 ? "version" : argv[1]);
	if (!call.command)
		return usage_error(NULL, "there is no command '%s'", argv[1]);
	if (!read_args(&call, argc - 2, argv + 2))
		return EXIT_USAGE;
	if (call.value[OPT_HELP]) {
		help_command(call.command);
		return output_status(EXIT_DONE);
	}
	if (call.n_args < call.command->args_min || (call.command->args_max >= 0 && call.n_args > call.command->args_max))
		return usage_error(&call, call.n_args < call.command->args_min ? "an argument is missing" : "too many arguments");
	return call.command->run(&call);
}
