/* cli/cli.h -- what the commands share. Of ours they include chancery.h and this only: the program is the library's
 * first third-party user.
 *
 * main.c holds the table of commands; it gives --help, the completions and the man page's list of commands. A command
 * is a function of a struct call, in a short file; it returns the program's exit status. */
#ifndef CH_CLI_CLI_H
#define CH_CLI_CLI_H
#include "chancery.h"
#include <jansson.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>

enum { EXIT_DONE = 0, EXIT_SOME_FAILED = 1, EXIT_USAGE = 2 };

enum opt_id {
	OPT_NONE,   /* ends a command's list */
	OPT_HELP, OPT_STORE, OPT_MODEL, OPT_JOBS, OPT_QUIET, OPT_RAW, OPT_PETRARCH, OPT_EXPLAIN, OPT_LINES, OPT_TOKENS, OPT_MENTIONS, OPT_WHO, OPT_WITH,
	OPT_SINCE, OPT_UNTIL, OPT_TYPE, OPT_MODE, OPT_CONTEXT, OPT_STATUS, OPT_PLACE, OPT_ABOUT, OPT_PAGE, OPT_LIMIT, OPT_TABLE, OPT_JSON,
	OPT_CSV, OPT_FORMAT, OPT_DICTIONARY, OPT_FILL, OPT_ON, OPT_BATCH, OPT_ACTORS, OPT_FRAMES, OPT_OF, OPT_OFFICE, OPT_FROM,
	OPT_TO, OPT_ID, OPT_MINE, OPT_STATS, OPT_PAGES, OPT_ACCEPT, OPT_MAP, OPT_ONCE, OPT_EVERY, OPT_DELAY, OPT_STATE, OPT_BY, OPT_REPORTS,
	OPT_SPEAKER, OPT_ADDRESSEE, OPT_TOPIC, OPT_SEARCH, OPT_VARIANTS,
	OPT_DUE, OPT_TODAY, OPT_KEPT, OPT_IS_OPEN, OPT_IS_OVERDUE, OPT_IS_KEPT, OPT_IS_BROKEN,
	OPT_REGISTER, OPT_DAYS, OPT_DATE_ORDER, OPT_CHECK,
	OPT_ACCEPT_ID, OPT_REJECT, OPT_SET, OPT_MERGE, OPT_SPLIT, OPT_SAME_ACTOR, OPT_OTHER_ACTOR, OPT_UNDO, OPT_LIST, OPT_GOLD, OPT_AUTHOR, OPT_REASON,
	OPT_OF_REGISTER, OPT_REJECTED, OPT_OLDER, OPT_VERSIONS,
	OPT_STREAM, OPT_QUEUE, OPT_REPLICAS, OPT_WAITING, OPT_ACK_WAIT, OPT_TRIES, OPT_RATE, OPT_METRICS, OPT_DRAIN,
	OPT_PORT, OPT_LISTEN, OPT_HOST, OPT_TOKEN_FILE, OPT_LOG, OPT_N
};

struct opt {
	const char *name, *arg;   /* without "--"; arg NULL: a switch */
	char letter;              /* '\0': none */
	const char *help;
	const char *values;       /* for completion, parted by blanks; NULL */
};

struct call;

struct command {
	const char *name, *summary, *args;   /* args: "PATH…" as in the usage line */
	int args_min, args_max;              /* -1: any number */
	const char *detail;                  /* more lines of help; NULL */
	uint8_t opts[OPT_N];
	int (*run)(struct call *call);
};

/* Lines, or pieces of several, of one or more files ("-" or none: standard input). */
struct pieces {
	char **files;
	int n_files, at_file;
	FILE *f;
	unsigned long long line;      /* number of the last line read */
	enum { BY_LINE, BY_BLANK_LINE, BY_LINES } cut;
	char *buf;
	size_t n, cap;
	bool failed;                  /* a file could not be read, which has been said */
};

struct call {
	const struct command *command;
	const char *value[OPT_N];            /* of options given: the argument, "" for a switch; else NULL */
	char **args;
	int n_args;
	struct chancery_inputs *pages;       /* inputs, one or the other: inputs.c */
	struct pieces pieces;
	FILE *to;                            /* of eval: where records go */
	bool failed;                         /* an input failed: exit status 1 at the end */
};

const struct command *command_table(size_t *n);   /* main.c */
const struct opt *opt_of(enum opt_id id);

/* ---- messages: stderr, one line, with no control characters of anybody's ---- */
void say_error(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* One line, then the end of the program with status 1: what is stored is safe. */
_Noreturn void out_of_memory(void);
int usage_error(const struct call *call, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
bool number_option(const struct call *call, enum opt_id id, unsigned long long max, unsigned long long *value);

/* ---- signals (ends.c): SIGINT, SIGTERM, SIGHUP are blocked in all threads and asked for in between, so that nothing is torn off ---- */
sigset_t end_signals(void);
void block_ends(void);   /* before any thread begins */
bool stopped(void *ctx); /* ctx: nothing */

/* ---- engine, store ---- */
struct chancery *open_engine(const struct call *call);                       /* with the file of actors; NULL: said why */
/* The user's file of actors (OPT_ACTORS) or frames (OPT_FRAMES): the option, $CHANCERY_ACTORS or $CHANCERY_FRAMES, else beside the store,
 * there or not. From malloc. (store.c) */
char *own_path(const struct call *call, enum opt_id option, bool *given);
const char *store_path(const struct call *call);                             /* as it was named, or its default */
struct chancery_store *open_store(const struct call *call, bool create);     /* NULL: said why */
/* The filters of the command line; false: said why. (registers.c) */
bool query_of(const struct call *call, struct chancery_query *query);
bool get_threads(const struct call *call, unsigned *threads);                /* false: said why */

/* ---- inputs (inputs.c) ---- */
bool pages_open(struct call *call, char **args, int n_args);   /* into call->pages; false: a slip in --map, said so */
void pieces_open(struct pieces *pieces, char **files, int n_files);
void pieces_free(struct pieces *pieces);
/* chancery_work.next, with ctx the struct call whose pages or pieces they are */
bool next_page(void *call, struct chancery_item *item);
bool next_piece(void *call, struct chancery_item *item);

/* ---- output (out.c, table.c) ---- */

/* Writes to standard output. False when it failed or the reader has gone: stop; output_status tells which. */
bool put_text(const char *text, size_t size);
bool put_line(const char *text, size_t size);
int output_status(int status);   /* flushes; status, or 1 with a message if standard output failed but was not closed */

/* Text of a page on its way to a terminal: control characters are shown as "·", line breaks as blanks. Bytes that are
 * no UTF-8 likewise. The result is from malloc. */
char *plain(const char *text);
size_t columns_of(const char *text);          /* width on a terminal */
int terminal_width(void);                     /* COLUMNS, the terminal's own, or 80 where there is none */
bool to_terminal(void);                       /* standard output is one */
size_t put_cell(const char *text, size_t width, bool pad);   /* cut to width with "…", padded to it; the columns used */
bool colours(void);                           /* standard output is a terminal and NO_COLOR is not set */
const char *on(const char *sgr);              /* "\033[1m" where there are colours, else "" */
const char *off(void);

enum view { VIEW_TABLE, VIEW_JSON, VIEW_CSV };
bool view_of(const struct call *call, enum view *view);   /* false: two were asked for, said so */

/* Rows of JSON objects, printed as they come (JSON, CSV) or together at the end (table). */
struct sheet {
	enum view view;
	const struct chancery_column *columns;
	size_t n_columns, n;
	char **cells;           /* n rows of n_columns */
	size_t cap;
	bool headed;
};
void sheet_open(struct sheet *sheet, enum view view, const struct chancery_column *columns, size_t n_columns);
void sheet_open_named(struct sheet *sheet, enum view view, const char *table);   /* of chancery_columns */
bool sheet_row(void *sheet, const char *json, size_t size);   /* a chancery_row_fn */
void sheet_close(struct sheet *sheet);                        /* prints a table; frees */

/* The text of a field of an object, as a table shows it: lists with blanks between, null as "". From malloc. */
char *field_text(const json_t *object, const char *field);
const char *field_z(const json_t *object, const char *field);   /* a string field; "" where there is none */

/* Prints text wrapped to the terminal, each line behind `indent` blanks. */
void put_wrapped(const char *text, int indent);

/* A tally beside what the store holds, in words; a chancery_row_fn, whose ctx is a json_int_t that counts them. (tally_check.c) */
bool tally_in_words(void *count, const char *json, size_t size);

/* ---- commands ---- */
int cmd_actors(struct call *call);
int cmd_add(struct call *call);
int cmd_agenda(struct call *call);
int cmd_pledges(struct call *call);
int cmd_clean(struct call *call);
int cmd_parse(struct call *call);
int cmd_code(struct call *call);
int cmd_recode(struct call *call);
int cmd_register(struct call *call);
int cmd_review(struct call *call);
int cmd_quotes(struct call *call);
void put_setting(const json_t *quote);   /* of a statement: to whom, where, of whom, as lines (quotes.c) */
int cmd_country(struct call *call);
int cmd_pair(struct call *call);
int cmd_person(struct call *call);
int cmd_search(struct call *call);
int cmd_show(struct call *call);
int cmd_why(struct call *call);
int cmd_eval(struct call *call);
int cmd_export(struct call *call);
int cmd_stories(struct call *call);
int cmd_story(struct call *call);
int cmd_conflicts(struct call *call);
int cmd_coverage(struct call *call);
int cmd_store(struct call *call);
int cmd_unknown(struct call *call);
int cmd_lexicon(struct call *call);
int cmd_version(struct call *call);
int cmd_compare(struct call *call);
int cmd_completion(struct call *call);
int cmd_help(struct call *call);
int cmd_watch(struct call *call);
int cmd_submit(struct call *call);
int cmd_work(struct call *call);
int cmd_dead(struct call *call);
int cmd_serve(struct call *call);
void print_man(void);   /* the man page's list of commands, in roff */

/* Takes in what from->next gives, with from's threads and pace; progress, errors and a summary are shown. False: the store failed, which
 * was said. (add.c) */
bool add_pages(struct call *call, struct chancery_store *store, struct chancery *engine, const struct chancery_work *from);

/* For those that read and print (clean, parse, code): prints results, names failures on stderr. */
bool print_result(void *call, const struct chancery_result *result);
int filter(struct call *call, const struct chancery_work *work);   /* runs work, ends with the exit status */
#endif
