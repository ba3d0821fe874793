/* chancery.h -- from raw press pages to a record of diplomacy: the library's one public header.
 *
 * Everything that comes out is text: JSON objects (one a line, UTF-8, no newline inside) or CoNLL-U. Their fields are
 * those of docs/formats.md. Everything that goes in is bytes, and none of them can do harm.
 *
 *     struct chancery *engine;
 *     struct chancery_error error;
 *
 *     if (!chancery_open(NULL, &engine, &error))
 *             return fail(error.text);
 *     chancery_each(engine, &(struct chancery_work){ .input = CHANCERY_PAGES, .output = CHANCERY_RECORDS,
 *             .next = my_next, .done = my_done, .ctx = me }, &error);
 *     chancery_close(engine);
 *
 * Ownership: arguments are lent for the call; what a callback is given is lent for the callback; strings that a
 * function returns through `char **` belong to the caller, who frees them with free(). Errors: functions that can fail
 * return false and leave one line in error. An engine may be used by any number of threads at once; a store by one. */
#ifndef CHANCERY_H
#define CHANCERY_H
#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct chancery;         /* the engine: model and lexicons, built once, never changed */
struct chancery_store;   /* the record, on disk */
struct chancery_petrarch;   /* dictionaries of the field, to code with instead of our frames */

struct chancery_error {
	char text[512];      /* one line, no newline; untouched on success */
};

/* "0.1.0" */
const char *chancery_version(void);

/* Builds the engine. model: path of the model file; NULL looks at $CHANCERY_MODEL, then beside the executable
 * (../share/chancery), then where it was installed, then in the source tree that it was built from. */
bool chancery_open(const char *model, struct chancery **engine, struct chancery_error *error);
/* Paths of a user's own lexicons, which win over the built-in ones; NULL: none. */
struct chancery_own {
	const char *actors;      /* docs/formats.md */
	const char *frames;      /* docs/frames.md */
};

/* The same with lexicons of one's own. Fails with "file:line: what stood there; what would do" where one has a slip. */
bool chancery_open_with(const char *model, const struct chancery_own *own, struct chancery **engine, struct chancery_error *error);
void chancery_close(struct chancery *engine);                /* NULL is fine */
/* One line on model and instruction set; lives as long as the engine. */
const char *chancery_about(const struct chancery *engine);
/* A digest of the lexicons it was built with, and of the file of actors; likewise. */
const char *chancery_lexicon(const struct chancery *engine);

/* ---- reading ---- */

enum chancery_input {
	CHANCERY_PAGES,          /* a raw page each: HTML or the visible lines of a page, gzip or not */
	CHANCERY_JSON_LINES,     /* {"id","date","text"}, and title, url, outlet where known: clean text */
	CHANCERY_TEXT,           /* plain text; paragraphs are parted by newlines, or by blank lines where lines are wrapped */
	CHANCERY_TEXT_LINES,     /* plain text; every newline ends a paragraph */
	CHANCERY_TOKENS,         /* CoNLL-U, of which only the words are taken */
};

enum chancery_output {
	CHANCERY_RECORDS,        /* JSON: all registers. Pages: byte offsets into the raw page; else into the text */
	CHANCERY_ARTICLE,        /* JSON: id, text, title, author, date, outlet, agency, lang */
	CHANCERY_ARTICLE_BLOCKS, /* the same, and every block of the page with its verdict and its reason */
	CHANCERY_CONLLU,         /* CoNLL-U, names in MISC */
	CHANCERY_CONLLU_CHAINS,  /* the same, and in MISC which phrases mean the same, and whom */
	CHANCERY_ACTORS,         /* JSON: each mention, whom it means, and on what that rests */
	CHANCERY_BY_PETRARCH,    /* JSON: events by the dictionaries of chancery_work.petrarch */
	CHANCERY_UNKNOWN,        /* JSON: words between two parties that no frame tells, names of nobody known */
};

/* One input. */
struct chancery_item {
	char *name;              /* path, or what to call it in messages; from malloc, taken, as all of these are */
	char *bytes;             /* NULL: the file `name` is read */
	size_t size;             /* of bytes */
	char *known;             /* what was told of a page beside it: a JSON object of strings, all optional: "url", "fetched", "charset",
	                          * "title", "author", "date", "outlet", "agency", "lang", "section"; "id" is given back. NULL: nothing.
	                          * What the page says itself wins, but for url, fetched and charset */
	char *error;             /* instead of bytes: why it cannot be read; becomes the result's. NULL: it can */
	bool clean;              /* of CHANCERY_PAGES: bytes are clean UTF-8 text, with nothing around the article */
};

/* What became of an input. */
struct chancery_result {
	const char *name;
	const char *text;        /* the output; NULL where there is an error, or nothing was asked for */
	size_t size;
	const char *error;       /* one line; NULL: done */
	const char *warning;     /* one line, such as on a page that was cut; NULL */
	enum { CHANCERY_DONE, CHANCERY_KNOWN, CHANCERY_NO_ARTICLE, CHANCERY_FAILED } outcome;
};

struct chancery_work {
	enum chancery_input input;
	enum chancery_output output;
	unsigned threads;        /* 0: one a processor. Output is the same for any number */
	/* Gives the next input, false when there is no more. Called from any thread, one at a time. */
	bool (*next)(void *ctx, struct chancery_item *item);
	/* Takes a result, in the order of the inputs, from any thread, one at a time. False ends the work early. */
	bool (*done)(void *ctx, const struct chancery_result *result);
	void *ctx;
	const struct chancery_petrarch *petrarch;   /* of CHANCERY_BY_PETRARCH; lent */
	/* Of chancery_add: inputs are long in coming, so each page is committed at once and the store not held meanwhile. */
	bool slow;
};

/* Does the work. An input that fails is a result with an error; false is for what ended the work as a whole. */
bool chancery_each(const struct chancery *engine, const struct chancery_work *work, struct chancery_error *error);

/* ---- dictionaries of the field ---- */

/* Dictionaries of TABARI, PETRARCH 1 and PETRARCH 2, each file of the folder known by its content: verbs, actors, agents, discards. Fails
 * where the folder holds no verbs. */
bool chancery_petrarch_open(const char *folder, struct chancery_petrarch **petrarch, struct chancery_error *error);
void chancery_petrarch_close(struct chancery_petrarch *petrarch);   /* NULL is fine; behind the work that lends it */
/* One line: how many verbs, patterns, actors and so on; lives as long as they do. */
const char *chancery_petrarch_about(const struct chancery_petrarch *petrarch);
/* What of the folder was not taken: a line each ("verbs.txt:12: why: 'what'"), to row. */
bool chancery_petrarch_warnings(const struct chancery_petrarch *petrarch, bool (*row)(void *ctx, const char *text, size_t size), void *ctx);

/* ---- inputs ---- */

struct chancery_inputs;   /* pages out of files, folders and containers, one after the other */

/* paths are lent until the inputs are closed; "-" is standard input. What a file is, is told by its content: a page (HTML or visible
 * lines), WARC or WET, JSON (lines or a document), tar or zip, each packed by gzip, bzip2, xz or zstd or not; folders stand for all
 * below them. map: which fields of JSON are which of ours, "title=headline,text=body|content.plain"; NULL: the names of schema.org,
 * ninjs, GDELT and news-please. Fails for a map with a slip. */
bool chancery_inputs_open(const char *const *paths, size_t n, const char *map, struct chancery_inputs **inputs,
			  struct chancery_error *error);
void chancery_inputs_close(struct chancery_inputs *inputs);  /* NULL is fine */
/* The next page, in constant memory; a chancery_work.next whose ctx are the inputs. What cannot be read is an item with an error. */
bool chancery_inputs_next(void *inputs, struct chancery_item *item);
double chancery_inputs_share(const struct chancery_inputs *inputs);   /* read so far, 0 to 1; below 0: unknown */
/* Records of WARC files that are no page and were passed over: requests, metadata, revisits, images, error pages. */
unsigned long long chancery_inputs_passed(const struct chancery_inputs *inputs);

struct chancery_watch;    /* pages that are new in feeds and sitemaps, fetched politely: docs/formats.md */

struct chancery_watch_options {
	const char *state;       /* file in which is kept what was had; NULL: none */
	double delay;            /* seconds between two requests to a host, at least */
	unsigned long long limit;    /* pages a round; 0: all */
	bool (*stopped)(void *ctx);  /* asked at least every second whether to end early; NULL: never */
	void *ctx;
};

/* places are lent until closed: URLs of RSS, Atom, sitemaps; files that hold one, or hold URLs, one a line. */
bool chancery_watch_open(const char *const *places, size_t n, const struct chancery_watch_options *options,
			 struct chancery_watch **watch, struct chancery_error *error);
void chancery_watch_close(struct chancery_watch *watch);     /* NULL is fine */
void chancery_watch_round(struct chancery_watch *watch);     /* from the beginning: what is new since? Open begins the first round */
/* The next page of the round; a chancery_work.next whose ctx is the watch. What went wrong is an item with an error. */
bool chancery_watch_next(void *watch, struct chancery_item *item);
/* Writes the state; to be called when the pages of a round are kept. */
bool chancery_watch_save(const struct chancery_watch *watch, struct chancery_error *error);

/* ---- the store ---- */

/* Opens a store: the path of an SQLite file, or postgresql://… With create, makes it where there is none, and brings an older one up to
 * date. Fails on a store of a newer version, on a locked one (after five seconds), and on what is no store. */
bool chancery_store_open(const char *where, bool create, struct chancery_store **store, struct chancery_error *error);
void chancery_store_close(struct chancery_store *store);     /* NULL is fine */

/* For whoever answers many questions. A number that every commit to the store moves, whichever program made it. */
bool chancery_store_revision(struct chancery_store *store, unsigned long long *revision, struct chancery_error *error);
/* What is asked from now on changes nothing (read_only), and fails when it is not done so many milliseconds from now; 0: it takes its time. */
bool chancery_store_limit(struct chancery_store *store, bool read_only, unsigned milliseconds, struct chancery_error *error);
/* Whether a failure since this was asked last was the store's and not the question's. */
enum chancery_trouble {
	CHANCERY_NO_TROUBLE,
	CHANCERY_LATE,           /* it was broken off at the limit */
	CHANCERY_LOCKED,         /* others hold the store */
	CHANCERY_AWAY,           /* it is gone, damaged or of a newer program: close it, and open it again */
};
enum chancery_trouble chancery_store_trouble(struct chancery_store *store);

struct chancery_added {
	unsigned long long pages, known, no_article, failed;   /* no_article pages are among pages */
	unsigned long long foreign;   /* among pages too: not in English, so kept and searchable, but not coded */
	unsigned long long bytes, words, events, quotes, records;   /* of the pages added; records: of all other registers */
};

/* Reads pages (work->input is CHANCERY_PAGES) and keeps what they say. Pages that the store has are left as they are.
 * It may be killed at any moment and started again: a page is either wholly there or not at all. False: the store
 * failed (disk full, locked); all pages counted in *added are safe. */
bool chancery_add(struct chancery_store *store, const struct chancery *engine, const struct chancery_work *work,
		  struct chancery_added *added, struct chancery_error *error);

/* ---- more than one machine: docs/cluster.md ---- */

/* A queue of pages on NATS JetStream. */
struct chancery_stream {
	const char *servers;             /* "nats://[USER:PASSWORD@]HOST:PORT", more of them behind commas */
	const char *queue;               /* its name; NULL: "chancery" */
	unsigned long long replicas;     /* servers that keep each page, of a queue that is made now; 0: 1 */
	unsigned long long waiting;      /* pages it may hold, likewise; 0: 100000 */
	unsigned long long ack_seconds;  /* a page that a worker has had for so long goes to another; 0: as it is, at first 30 */
	unsigned long long tries;        /* a page that came more often is put aside; 0: 10 */
	unsigned long long rate;         /* pages a second, at most; 0: as many as go */
	unsigned long long metrics;      /* port of this host that answers /metrics and /health; 0: none */
	bool drain;                      /* end when the queue is empty and nobody is at work on it */
	bool (*stopped)(void *ctx);      /* asked at least every second whether to end: what was begun is finished; NULL: never */
	void (*say)(void *ctx, const char *line);   /* why it waits; NULL */
	void *ctx;
};

struct chancery_submitted {
	unsigned long long queued, known, failed;   /* known: the queue had them in the last hour */
	unsigned long long bytes;                   /* of messages, packed */
};

/* Puts the inputs of work (next, done, ctx, threads) on the queue, which is made where there is none. Waits while it is full. An input that
 * fails is a result with an error; false: the queue failed, and what was counted is there. */
bool chancery_submit(const struct chancery_stream *stream, const struct chancery_work *work, struct chancery_submitted *submitted,
		     struct chancery_error *error);

struct chancery_worked {
	unsigned long long pages, known, no_article, events;   /* as in chancery_added */
	unsigned long long redelivered;                        /* pages that had been with a worker before */
	unsigned long long dead;                               /* put aside, with the reason */
};

/* Takes pages off the queue and into the store, until stopped or drained; each is acknowledged when it is committed. Any number of workers
 * may do so at once. work: threads; done, which is given what went wrong with a page. False: store or queue failed for good. */
bool chancery_work_stream(struct chancery_store *store, const struct chancery *engine, const struct chancery_stream *stream,
			  const struct chancery_work *work, struct chancery_worked *worked, struct chancery_error *error);

/* What workers of the queue put aside: a JSON line each to row ("number", "name", "reason", "deliveries", "bytes"). retry: each goes back on the
 * queue, under what was mended meanwhile; one that dies again is put aside again. n: how many. */
bool chancery_dead(const struct chancery_stream *stream, bool retry, bool (*row)(void *ctx, const char *json, size_t size), void *ctx,
		   unsigned long long *n, struct chancery_error *error);

/* What to look for; a NULL or empty field asks for nothing. */
struct chancery_query {
	const char *record;      /* "events" "visits" "meetings" "letters" "instruments" "quotes" "roles" "positions"
	                          * "tallies" "pledges" "gatherings" "initiatives" "relations" "marks" "pages" */
	const char *who;         /* ISO code, organisation id, or a name that the pages use */
	const char *with;        /* the other side */
	const char *since, *until;   /* "2018", "2018-05", "2018-05-01": the record's date, or where it has none the page's */
	const char *type, *mode, *status, *place, *about;
	const char *to, *search; /* of statements: to whom (party or name, or words: "reporters"); words of what was said, as chancery_search */
	bool variants;           /* of statements: the first telling of each that has several wordings */
	const char *context;     /* of PLOVER's 37: "economic"; of what is no event: of one that its sentence tells */
	const char *page;        /* id (or its beginning) or path */
	unsigned long long limit;    /* 0: all */
	bool newest;             /* newest first, the undated last; else oldest first, the undated last */
	bool rejected;           /* records that a person rejected, and no others; else they are left out */
	const char *after;       /* what `next` said behind the records before these; NULL: from the beginning */
	char *next;              /* room for CHANCERY_NEXT bytes: how the list goes on behind the limit, "" where it ends there; NULL: nobody asks */
};

/* Whether a filter ("who", "newest": a field above, by its name) says something in a list: a register, or "stories" "agenda" "conflicts" "tally-check"
 * "coverage" "export" "doubtful" "stream" "series". What says nothing would give all of it: functions below fail for it, and for a type, mode or status
 * that there is none of. */
bool chancery_asked_by(const char *list, const char *filter);

/* Lists go on by place, not by number: what comes in meanwhile moves nothing. chancery_query, chancery_stories, chancery_pledges and chancery_export
 * know `after` and `next`, and fail for what is no place in this list. */
enum { CHANCERY_NEXT = 120 };

typedef void chancery_line_fn(void *ctx, const char *line, size_t size);

/* Holds the store against what it promises; a line for each promise that is broken, and how many those are. False: it cannot be read. */
bool chancery_store_check(struct chancery_store *store, chancery_line_fn *line, void *ctx, unsigned long long *broken, struct chancery_error *error);
/* Gives unused room back. Fails while others use the store. */
bool chancery_store_vacuum(struct chancery_store *store, struct chancery_error *error);
/* The store of this moment into a file that must not be there; others may write meanwhile. */
bool chancery_store_backup(struct chancery_store *store, const char *to, struct chancery_error *error);
/* All of a store into another that has no pages yet: wholly or not at all. */
bool chancery_store_copy(struct chancery_store *from, struct chancery_store *to, struct chancery_error *error);

/* Takes one JSON object; false ends the query early (which is no error). */
typedef bool chancery_row_fn(void *ctx, const char *json, size_t size);

/* Holds the frames and contexts of the engine against their own sentences (frame: of this one only, or a context; NULL: all): a JSON object a sentence
 * with "file" "line" "frame" "fires" "sentence" "want" "got" "ok". True if all are as they should be. */
bool chancery_lexicon_check(const struct chancery *engine, const char *frame, chancery_row_fn *row, void *ctx);

/* ---- tables ---- */

struct chancery_column {
	const char *title;
	const char *field;       /* key of the JSON object; "a.b" goes inside, "a|b" takes the first that is there */
	int least, weight;       /* on a terminal: least columns; share of what is left over */
};

/* The columns that people get: of each register and "reports" (chancery_lines) "variants" "checks" "agenda" "conflicts" "coverage" "versions"
 * "stories" "decisions" "search" "actors" "parties" "series"
 * "suggestions" "watchlists". NULL: there is no such table. */
const struct chancery_column *chancery_columns(const char *table, size_t *n);
/* The record as a line of CSV (RFC 4180, with CRLF) to row; json NULL: the titles. Text that a spreadsheet would take for a formula, since it begins
 * with = + - @ or a tab, has a ' before it. What row returned. */
bool chancery_csv(const struct chancery_column *columns, size_t n, const char *json, size_t size, chancery_row_fn *row, void *ctx);
/* Records that are several lines of their table: an event is one for each "report" in "reports"; a conflict, the `number`th, one for each "value"
 * in "conflicts". Others are their own line. What row returned last. */
bool chancery_lines(const char *table, unsigned long long number, const char *json, size_t size, chancery_row_fn *row, void *ctx);

/* What records look like: a JSON object of JSON schemas, by the names of registers and "Event" "Page" "Story" and so on. */
bool chancery_schemas(char **json);

bool chancery_query(struct chancery_store *store, const struct chancery_query *query, chancery_row_fn *row, void *ctx,
		    struct chancery_error *error);
/* One record of a register ("visits"; not "pages") by its id or the beginning of one, as chancery_query gives it, also where a person rejected it. Fails
 * where the register has none such. */
bool chancery_record(struct chancery_store *store, const char *reg, const char *id, char **json, struct chancery_error *error);
/* Records of any register that the query asks for (limit and newest apart) in the order in which they came into the store, a piece of
 * them: those behind the place *after, which moves to where was looked up to. number: the record's own place in its register (events, visits, meetings
 * and letters have one order, pages another, all others a third). No row, and it is the end; ULLONG_MAX is the end too. Nothing that is committed later
 * has a place before it. */
bool chancery_news(struct chancery_store *store, const struct chancery_query *query, unsigned long long *after,
		   bool (*row)(void *ctx, unsigned long long number, const char *json, size_t size), void *ctx, struct chancery_error *error);
/* What came of plans and pledges (docs/agenda.md); a NULL field asks for nothing. */
struct chancery_plans {
	const char *due;         /* day, month or year in which it is due */
	const char *today;       /* what was due before this day is overdue; NULL: the last day of publication in the store */
	unsigned states;         /* those wanted, as chancery_plan_state gives them, or-ed; 0: all */
};
/* The bit of "open", "overdue", "kept", "postponed", "cancelled" or "broken"; false: no state is called so. */
bool chancery_plan_state(const char *name, unsigned *state);
/* Visits, talks, calls, letters, signings that were planned, invitations, and pledges with a due date: each once, however often it was
 * told, by due date, with "state", "by", the first sentence and that of the outcome. Of the query all but record and newest. */
bool chancery_agenda(struct chancery_store *store, const struct chancery_query *query, const struct chancery_plans *plans,
		     chancery_row_fn *row, void *ctx, struct chancery_error *error);
/* The register of pledges, each with "state", "by", "by_basis" and "outcome". plans->due is not asked. */
bool chancery_pledges(struct chancery_store *store, const struct chancery_query *query, const struct chancery_plans *plans,
		      chancery_row_fn *row, void *ctx, struct chancery_error *error);
struct chancery_search {
	const char *words;       /* all of them; "in quotes" together; begin* */
	const char *since, *until;   /* of pages published then: day, month or year; NULL: whenever */
	const char *outlet;      /* of its pages, by its whole name; NULL: of any */
	unsigned long long limit;    /* 0: all */
	const char *after;       /* what next of the answer before said; NULL: from the best on */
	char *next;              /* CHANCERY_NEXT bytes, as in chancery_query; NULL */
};
/* The same as below, in such pages. Fails on a date that is none. */
bool chancery_search_in(struct chancery_store *store, const struct chancery_search *search, chancery_row_fn *row, void *ctx,
			struct chancery_error *error);
/* Sentences that hold all the words, best first; of words that stand in more than some two thousand, among those that came last, then among the ones
 * before: page, sentence, the ones before and after. */
bool chancery_search(struct chancery_store *store, const char *words, unsigned long long limit, chancery_row_fn *row,
		     void *ctx, struct chancery_error *error);

/* What pages tell differently of one thing: a JSON object each (docs/formats.md). Events that the record takes for one, or keeps apart though
 * they may be one, that differ in date, place or party; then counts of the same who, what and period that cannot both be right. newest: of the
 * events. With next, so many events are looked at in one call that it may give fewer than limit, or none, and go on all the same. */
bool chancery_conflicts(struct chancery_store *store, const struct chancery_query *query, chancery_row_fn *row, void *ctx,
			struct chancery_error *error);

/* The tallies that the query asks for, each with what the store holds of it: the fields of a tally, "register" (null: nothing to check it
 * against), "recorded", "verdict" ("agrees", "fewer recorded", "more recorded", "cannot be checked"), "query", the command that shows
 * them. */
bool chancery_tally_check(struct chancery_store *store, const struct chancery_query *query, chancery_row_fn *row, void *ctx,
			  struct chancery_error *error);

/* Stories: pages that are copies of each other, by their first page. Of the query: since, until (of the first page), about (its title),
 * page, limit, newest; who, with, type, mode, status, place, context: of an event that one of its pages tells. pages_min: of at
 * least so many pages. */
bool chancery_stories(struct chancery_store *store, const struct chancery_query *query, unsigned long long pages_min,
		      chancery_row_fn *row, void *ctx, struct chancery_error *error);
/* One story, by its id or that of a page, with its chain: of each page how late, taken from whom, what was altered. */
bool chancery_story(struct chancery_store *store, const char *id, char **json, struct chancery_error *error);
/* What was read and what of it holds articles, by "outlet", "month" or "lang"; since and until of the query. by "version": pages by the
 * versions of program, lexicon and model that coded them. */
bool chancery_coverage(struct chancery_store *store, const char *by, const struct chancery_query *query, char **json,
		       struct chancery_error *error);

/* How many events there are of those that the query asks for (record: "events" and its kinds), a JSON object each: "period" "key" "events". period:
 * "day" "week" (its Monday) "month" "year" "all"; NULL: "month"; dates that do not say it have null. by: "none" "side" ("cooperation", "conflict")
 * "quad" "type" "mode" "party" (by year or all; each party of an event counts); NULL: "none". By period; those of all time by number. */
bool chancery_series(struct chancery_store *store, const struct chancery_query *query, const char *period, const char *by, chancery_row_fn *row,
		     void *ctx, struct chancery_error *error);
/* What the store holds as a whole: a JSON object of "pages" "articles" "stories" "outlets" "oldest" "newest" "registers" "parties" "months". parties:
 * "code" "kind" ("state" "organisation") "name" "events" "cooperation" "conflict", most events first; a code that is a state's and an organisation's
 * stands there for either. engine: whose lists know kind and name; NULL: these are null. */
bool chancery_overview(struct chancery_store *store, const struct chancery *engine, char **json, struct chancery_error *error);

/* Watch-lists, questions that the store keeps by name: a JSON object each, "name" "title" "register" "filters" (an object of what is asked). */
bool chancery_watch_lists(struct chancery_store *store, chancery_row_fn *row, void *ctx, struct chancery_error *error);
/* Keeps one; another of that name gives way. name: small letters, digits and '-'; filters: a JSON object. */
bool chancery_watch_list_put(struct chancery_store *store, const char *name, const char *title, const char *reg, const char *filters,
			     struct chancery_error *error);
bool chancery_watch_list_drop(struct chancery_store *store, const char *name, struct chancery_error *error);

/* One JSON object each. Fails where the store has nothing of the kind; not of a country that the engine's lists know. engine: whose lists tell of
 * offices; NULL: no offices. limit: of the lists that pages give (a country's roles; a person's roles, events and quotes) the newest so many, newest first; 0: all,
 * in the order of time. */
bool chancery_country(struct chancery_store *store, const struct chancery *engine, const char *party, unsigned long long limit, char **json,
		      struct chancery_error *error);
/* limit: of the timeline the newest so many events, in the order of time all the same, and of the instruments the newest 100, newest first;
 * 0: all. Counts are of all. */
bool chancery_pair(struct chancery_store *store, const char *one, const char *other, unsigned long long limit, char **json,
		   struct chancery_error *error);
/* With whom a party has to do, by year, in cooperation and in conflict: {"party","partners":[…],"blocs":[…],"sides":[…]}. Blocs are
 * organisations of the engine's lists that partners belonged to in the year of the event (nearly universal ones apart), of at most 60 the
 * largest; years are told of the first 24 of each; sides: two of them without a common partner. engine is wanted. */
bool chancery_balance(struct chancery_store *store, const struct chancery *engine, const char *party, char **json,
		      struct chancery_error *error);
/* {"instrument":row,"tellings":[…],"events":[…]}: the row of the id, all rows that tell of the same instrument (one title and no other day,
 * or one kind by the same parties on one day), and what its parties did on its day. */
bool chancery_instrument(struct chancery_store *store, const char *id, char **json, struct chancery_error *error);
bool chancery_person(struct chancery_store *store, const struct chancery *engine, const char *name, unsigned long long limit, char **json,
		     struct chancery_error *error);
/* Offices that at least `pages` pages give to somebody and the engine's lists do not: a JSON array, most pages first, each
 * with "entry", the lines for a file of one's own. */
bool chancery_learn(struct chancery_store *store, const struct chancery *engine, unsigned pages, char **json,
		    struct chancery_error *error);
/* A page: sentences, blocks, records, and where these stand in the sentences ("annotations": docs/formats.md). */
bool chancery_show(struct chancery_store *store, const char *page, char **json, struct chancery_error *error);
/* Its bytes, as they were put in. */
bool chancery_page_raw(struct chancery_store *store, const char *page, char **bytes, size_t *size, struct chancery_error *error);
/* A statement in all its wordings, by day: of each the page, and word by word what differs from the first. limit: so many of them, the first, and
 * the one that the id names; "tellings" is how many pages there are all the same. 0: all. */
bool chancery_quote(struct chancery_store *store, const char *id, unsigned long long limit, char **json, struct chancery_error *error);
bool chancery_why(struct chancery_store *store, const char *id, char **json, struct chancery_error *error);

/* A list made by hand (CSV, TSV, JSON, XML) against the store. */
struct chancery_compare {
	const char *list;            /* a file, gzip or not; "-": standard input */
	const char *map;             /* "who=Leader,place=Country,date=Start": which column is which; NULL: by their usual names */
	const char *date_order;      /* of 12/03/2018: "dmy", "mdy"; NULL: rows with such a date are not read */
	unsigned long long days;     /* dates may differ by so many */
	unsigned threads;            /* 0: one a processor */
	struct chancery_query query; /* record: "visits", "meetings", "letters", "events" or "instruments"; filters, of rows and records */
};

/* A JSON object for each row of the list ("outcome": "found", "missed", "unread") in their order, then one for each record that the
 * list has not ("new"). *json: counts, recall and precision with their 95% intervals (docs/formats.md). */
bool chancery_compare(struct chancery_store *store, const struct chancery *engine, const struct chancery_compare *how,
		      chancery_row_fn *row, void *ctx, char **json, struct chancery_error *error);

struct chancery_export_how {
	const char *format;      /* "plover" "csv" "jsonl" "gdelt" "gdelt-mentions" "phoenix" "petrarch" "icews" "polecat" "ftm" "jsonld"
	                          * "dyad-day" "dyad-month": docs/formats.md */
	bool fill;               /* of series: every pair has a line for every day or month, with zeros */
};

struct chancery_exported {
	unsigned long long rows;
	unsigned long long withheld;   /* sentences left out, since the terms of their pages forbid to pass them on */
	char note[512];                /* one line: what the format has no code for (null was written), which events it cannot hold; or "" */
};

/* Writes what the query asks for in a format of the field, a line a row, in constant memory (--fill: of all pairs). Sentences of pages
 * whose own terms forbid it are left out; what other pages ask for, a link or a credit, is in the fields license and url.
 * done may be NULL. Fails for a format that there is not. query.limit, next and after: so many records of a kind at a time, with the header before the
 * first; an entity of "ftm" and "jsonld" may come again in each piece; series ("dyad-…") are given whole. */
bool chancery_export(struct chancery_store *store, const struct chancery_export_how *how, const struct chancery_query *query,
		     chancery_row_fn *row, void *ctx, struct chancery_exported *done, struct chancery_error *error);
/* Is there such a format? If not, error lists those that there are. */
bool chancery_export_has(const char *format, struct chancery_error *error);
/* Its media type: of JSON lines, CSV, or lines with tabs. NULL: there is no such format. */
const char *chancery_export_type(const char *format);
/* The data dictionary of a format with columns, as CSV: column, type, meaning, values. Fails for one of JSON lines. */
bool chancery_export_columns(const char *format, chancery_row_fn *row, void *ctx, struct chancery_error *error);

/* ---- actors ---- */

/* Whom to list; NULL and empty fields ask for nothing. */
struct chancery_actor_query {
	const char *words;       /* words of a name, or another spelling, whole */
	const char *of;          /* code, organisation's id or name: who holds office there; itself and what belongs to it */
	const char *office;      /* words of an office; "head of state" and "head of government" are understood */
	const char *on;          /* in office, in existence on this day */
	bool own;                /* of the user's file only */
	unsigned long long limit;    /* 0: all */
	const char *after;       /* what next of the answer before said; NULL: from the beginning */
	char *next;              /* CHANCERY_NEXT bytes, as in chancery_query; NULL */
};

/* States, organisations, people that the engine knows: a JSON object each, people with their terms (docs/formats.md). */
bool chancery_actors(const struct chancery *engine, const struct chancery_actor_query *query, chancery_row_fn *row, void *ctx,
		     struct chancery_error *error);
/* States and organisations that the engine knows, each code once, or twice where it is a state's and an organisation's ("NAM"): a JSON object
 * each, "code" "name" "kind" ("state", "organisation") "adjective" (null) "country" (of ISO 3166-1; null) "until" (null: still there). members: only
 * those that have some, with "members": a list of "code" "from" "to" (null: unknown, or still). */
bool chancery_parties(const struct chancery *engine, bool members, chancery_row_fn *row, void *ctx, struct chancery_error *error);
/* Whom and what somebody may mean who has written so much: parties by code, name, or a word of the name; people of the store by name or surname;
 * instruments of the store. At most `limit` of each: a JSON object each, "kind" ("state" "organisation" "person" "instrument") "name" "code" "id". */
bool chancery_suggest(struct chancery_store *store, const struct chancery *engine, const char *words, unsigned limit, chancery_row_fn *row, void *ctx,
		      struct chancery_error *error);
/* What fitted no frame and whom no list knows, over many pages. */
struct chancery_unknowns;
struct chancery_unknowns *chancery_unknowns_new(void);
void chancery_unknowns_free(struct chancery_unknowns *unknowns);   /* NULL is fine */
/* What CHANCERY_UNKNOWN gave of a page. */
void chancery_unknowns_add(struct chancery_unknowns *unknowns, const char *page, const char *json, size_t size);
/* Pages of a store (query: page, since, until, about, newest, limit), which are read anew. milliseconds: fails once that is over; 0: as long as it
 * takes. What was found until a failure stays. */
bool chancery_unknowns_of(struct chancery_unknowns *unknowns, struct chancery_store *store, const struct chancery *engine, const struct chancery_query *pages,
			  unsigned threads, unsigned milliseconds, struct chancery_error *error);
/* A JSON object each, most frequent first: "n" "kind" ("phrase" "person" "organisation") "what" "source" "target" "sentence" "page" (the first),
 * "entry" (lines for a lexicon). limit: at most so many; 0: all. What row returned last. */
bool chancery_unknowns_rows(const struct chancery_unknowns *unknowns, unsigned long long limit, chancery_row_fn *row, void *ctx);
/* An office to be put into a user's file of actors; NULL: not given. */
struct chancery_new_actor {
	const char *name;            /* "Name; other spelling" */
	const char *of, *office;     /* wanted: code of a state or key of an organisation; title */
	const char *from, *to;       /* day, month or year */
	const char *id;              /* "wikidata:Q42" */
};

/* Puts it into the file, which is made where there is none. Fails, and leaves the file as it was, where the entry has a
 * slip, or where the file or the built-in lists have just this. */
bool chancery_actors_add(const char *file, const struct chancery_new_actor *actor, struct chancery_error *error);

/* Puts entries in the form of the file, a newline behind each line, where one's own stand. *diff, to be freed: what changes,
 * as `diff -U0` shows it. With write false nothing is written. Fails where the entries have a slip. */
bool chancery_actors_put(const char *file, const char *entries, bool write, char **diff, struct chancery_error *error);

struct chancery_import {
	const char *from;            /* a file of another collection, gzip or not */
	const char *format;          /* "petrarch", "ftm", "tsv"; NULL: by what is in it */
	bool own;                    /* wins over the built-in lists; else stands behind them */
};

/* Puts what `from` says into the file of actors. *json, to be freed: how many of what were taken over, how many lines were
 * not, why, and examples; NULL where it was not read at all. Fails, and leaves the file as it was, where nothing could be
 * taken over or the source was imported before. */
bool chancery_actors_import(const char *file, const struct chancery_import *how, char **json, struct chancery_error *error);
/* How many of each the engine knows: one JSON object of numbers. */
bool chancery_stats(const struct chancery *engine, char **json, struct chancery_error *error);

/* ---- decisions of people (docs/review.md) ---- */

struct chancery_decision {
	const char *verdict;     /* "accept" "reject" "edit" "merge" "split" "same-actor" "other-actor" */
	const char *id;          /* of an event, a report, a row of a register, or its beginning; to accept also a page; of actors a name */
	const char *other;       /* of a merge the id of the event that it is one with; of actors the other name; else NULL */
	const char *const *set;  /* of an edit: "field=value", n_set of them; items of a list are parted by commas; an empty value unsays it. A party is
	                          * a code; in source and target of an event "FRA:Roland Dumas" says who stood for it */
	size_t n_set;
	const char *by, *reason; /* both are wanted */
};

/* Keeps the decision with its evidence and does it to the record, in one transaction: all of it, or nothing. *json: {"verdict","was","id"}, the
 * id under which the record is found from here on. Fails, with a line that names what would do, where there is no such verdict, record or
 * field, where an id begins more than one, a value is none of its field's or a party is one that nobody knows, and where author or reason
 * are not given. Nothing is printed. */
bool chancery_decide(struct chancery_store *store, const struct chancery_decision *decision, char **json, struct chancery_error *error);
/* Takes the last decision of a record back; of an event, that of each of its reports; "#12": decision 12, where that is about names or its
 * evidence is gone. *json as above. Fails where nothing was decided. */
bool chancery_undo(struct chancery_store *store, const char *id, char **json, struct chancery_error *error);
/* Every decision there ever was, in their order: "number" "verdict" "state" ("holds" "undone" "unmatched": its evidence is gone) "record" (null:
 * unmatched) "kind" "page" "span" "said" "set" "coded" "changed" "other" "by" "reason" "at" "undone" "unmatched". What was decided of one
 * record stands in it, as "reviewed". */
bool chancery_decisions(struct chancery_store *store, chancery_row_fn *row, void *ctx, struct chancery_error *error);
/* Records that the query asks for of which nothing was decided; events by confidence, the lowest first (limit 0: 100 of them). */
bool chancery_doubtful(struct chancery_store *store, const struct chancery_query *query, chancery_row_fn *row, void *ctx,
		       struct chancery_error *error);
/* Pages of which every record was decided, as gold for chancery_eval, a JSON object each. *unfinished: pages of which only some were; may be
 * NULL. */
bool chancery_review_gold(struct chancery_store *store, chancery_row_fn *row, void *ctx, unsigned long long *unfinished,
			  struct chancery_error *error);

struct chancery_recode {
	bool older;              /* only pages coded by another program, lexicon or model than the engine's */
	const char *page;        /* only this: id, beginning of it, or path; NULL: all */
	unsigned threads;        /* 0: one a processor; the result is the same for any number */
	bool (*done)(void *ctx, const struct chancery_result *result);   /* in the order of ids; false ends it early, to be gone on with */
	void *ctx;
};

struct chancery_recoded {
	unsigned long long pages, failed, left;   /* left: still to be done where it was ended early */
	unsigned long long matched, unmatched;    /* decisions on these stores' records, after it */
	bool resumed;            /* pages of an earlier recode that was broken off were done, and no others */
};

/* Reads stored pages anew with this engine, a transaction a batch. Decisions stay. Killed at any moment, the store is whole, and the next
 * call goes on with the pages that are left. */
bool chancery_recode(struct chancery_store *store, const struct chancery *engine, const struct chancery_recode *how,
		     struct chancery_recoded *recoded, struct chancery_error *error);

/* ---- the web page and the API: docs/serve.md ---- */

struct chancery_serve {
	const char *store;           /* as in chancery_store_open; it must be there */
	const char *listen;          /* an address in numbers; NULL: 127.0.0.1. Beyond loopback only with a token */
	unsigned port;               /* 0: any that is free */
	const char *token;           /* whoever has it may write decisions and watch-lists; NULL: nobody may */
	unsigned threads;            /* that answer; 0: one a processor, four at least */
	const char *const *hosts;    /* n_hosts names that it goes by besides localhost and its address: a proxy's. Other names are refused */
	size_t n_hosts;
	unsigned rate;               /* requests a second of one address, at most; 0: 200, and any number from this host */
	unsigned request_ms;         /* in which a request must have come; 0: 20 seconds */
	const char *log;             /* a file for a line a request, or "-": standard output; NULL: none (docs/serve.md) */
	void (*ready)(void *ctx, const char *url);   /* it listens; NULL */
	bool (*stopped)(void *ctx);  /* asked several times a second whether to end; NULL: never */
	void *ctx;
};

/* Answers until stopped; requests that are being answered then are finished. False: it could not begin. */
bool chancery_serve(const struct chancery *engine, const struct chancery_serve *how, struct chancery_error *error);

/* ---- measuring ---- */

/* Compares records (JSON lines, or a folder of .json files) with gold ones in the manner of gold/GUIDE.md: one JSON
 * object with gold, system and matched counts of each kind. */
bool chancery_eval(const char *gold, const char *system, char **json, struct chancery_error *error);

/* Does gold hold its sentences itself (PETRARCH XML, PLOVER records, JSON lines with "text" and "events"; by content)? Else it is gold of
 * pages, for chancery_eval. Fails where it cannot be read. */
bool chancery_eval_holds_sentences(const char *gold, bool *holds, struct chancery_error *error);
/* Codes the sentences of such gold and compares, with as many threads as in chancery_work; or, with system (JSON lines {"id","events"}),
 * compares these records, and engine may be NULL. One JSON object: docs/formats.md. */
bool chancery_eval_sentences(const struct chancery *engine, unsigned threads, const char *gold, const char *system, char **json,
			     struct chancery_error *error);

#ifdef __cplusplus
}
#endif
#endif
