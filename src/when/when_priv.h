/* when/when_priv.h -- between the files of the stage.
 *
 * lex.c reads each token of a sentence into a struct lex; date.c, relative.c and duration.c match expressions over
 * them, each by functions `uint32_t match_x(s, at, out)` that return the token behind the match, or `at` where there is
 * none; calendar.c turns what was matched into days, a TIMEX3 value and a date; when.c drives and keeps the context. */
#ifndef CH_WHEN_PRIV_H
#define CH_WHEN_PRIV_H
#include "when/when.h"
#include <stdio.h>
#include "when/when_words.h" /* made at build time from lexicon/when/ */

enum {
	LEX_DIGITS = 1,
	LEX_ORDINAL = 2,
	LEX_DECADE = 4,
	LEX_UPPER = 8,
	LEX_MID = 16,
	LEX_DATE = 32,
	LEX_HYPHEN = 64,
	LEX_YEARS = 128
};

/* What a token may mean to a calendar. */
struct lex {
	const struct ch_word *word; /* its entry, or NULL */
	int32_t num;                /* its number, or -1: 12 of "12", "12th", "twelve"; 1990 of "1990s" */
	uint8_t flags;
	uint8_t digits;     /* how many, of LEX_DIGITS */
	uint16_t minor;     /* hundredths behind a decimal point; minutes of "10:30" */
	uint8_t month, day; /* of a token that is a whole date (LEX_DATE), with num its year; 0: not told */
	unsigned char mark; /* the character of a token of one ASCII character; '-' for any dash */
};

enum gran { G_NONE, G_DAY, G_WEEK, G_WEEKEND, G_MONTH, G_QUARTER, G_SEASON, G_HALF, G_YEAR, G_DECADE, G_CENTURY };
enum tense { TENSE_NONE, TENSE_PAST, TENSE_FUTURE };

/* A period of the calendar. sub is the quarter, season, half, ISO week or weekday; year may be 0 (unknown), and then
 * nothing but month, day and sub is known. */
struct cal {
	enum gran gran;
	int year, month, day, sub;
};

/* One expression as matched. */
struct when {
	enum ch_time_kind kind;
	struct cal from, to; /* to.gran is G_NONE but for ranges */
	bool said;           /* the text gives the year */
	bool vague;          /* value is text, there are no days */
	bool aside;          /* a comparison ("a year earlier"): what follows does not lean on it */
	const char *part;    /* of the day: "MO"; NULL */
	int hour, minute;    /* hour -1: none */
	char value[48];      /* set by the matcher where vague */
};

struct scan {
	struct ch_doc *doc;
	const struct lex *lex; /* of the sentence; lex[past - first] is a stop that fits nothing */
	uint32_t first, past;  /* tokens of the sentence; `at` below counts from 0 */
	uint32_t n;
	ch_day published;
	int year;                /* of publication, or 0 */
	struct cal anchor;       /* the date before in the text; gran G_NONE: none yet */
	struct cal sentence_day; /* the last date of the sentence, if it is no range */
	bool title;              /* the sentence stands in the title */
	bool tagged;             /* it has tags and a tree */
	int sentence_year;       /* the year last named in the sentence, or 0 */
	int paragraph_year;      /* the same in the paragraph */
	struct cal story;        /* the last day or month that the paragraph told with its year */
	struct cal chronicle;    /* the day or month that the last entry of a chronicle stands under: "10 February 1990 – …" */
	bool opening;            /* the sentence opens a block */
};

/* ---- lex.c ---- */
void ch_when_lex(struct ch_doc *doc, uint32_t token, struct lex *out);

/* True, and the sense's value in *value and *number (both may be NULL), where the token has the sense. */
static inline const struct ch_word_sense *lex_sense(const struct lex *l, unsigned section)
{
	const struct ch_word_sense *sense;

	if (!l->word || !(l->word->sections >> section & 1))
		return NULL;
	sense = ch_word_sense(&when_words, l->word, section);
	return sense && sense->upper && !(l->flags & LEX_UPPER) ? NULL : sense;
}

static inline bool lex_is(const struct lex *l, unsigned section)
{
	return lex_sense(l, section) != NULL;
}

static inline const struct lex *lex_at(const struct scan *s, uint32_t at)
{
	return &s->lex[at < s->n ? at : s->n];
}

struct ch_str when_text(const struct scan *s, uint32_t at);
bool when_word(const struct scan *s, uint32_t at, const char *word); /* ASCII letters in either case */

/* ---- calendar.c ---- */
/* First and last day of c; false where its year is unknown. */
bool cal_days(const struct cal *c, ch_day *lo, ch_day *hi);
/* The period of that kind that holds the day. */
struct cal cal_holding(ch_day day, enum gran gran);
/* The same period n steps on (of its own kind), n may be negative. */
struct cal cal_shift(const struct cal *c, int n);
/* n units of gran from the day, at the precision of the unit. */
struct cal cal_from(ch_day day, enum gran gran, int n);
struct cal cal_day(ch_day day);
/* Gives c the year nearest to publication. strict: -1 before publication, 1 behind it, 0 either by tense. */
void cal_nearest(const struct scan *s, struct cal *c, enum tense tense, int strict);
/* The weekday sub (1 to 7) nearest to publication. */
struct cal cal_weekday(const struct scan *s, int weekday, enum tense tense, int strict);
struct ch_str cal_value(struct ch_arena *a, const struct cal *c); /* TIMEX3 */
struct ch_str cal_date(struct ch_arena *a, const struct cal *c);  /* the guide's form; c has a year */

/* ---- matchers; `at` counts from the sentence's first token ---- */
uint32_t match_date(struct scan *s, uint32_t at, struct when *out); /* date.c */
uint32_t match_year(struct scan *s, uint32_t at, struct when *out);
uint32_t match_clock(struct scan *s, uint32_t at, struct when *out);
uint32_t match_relative(struct scan *s, uint32_t at, struct when *out); /* relative.c */
uint32_t match_vague(struct scan *s, uint32_t at, struct when *out);
uint32_t match_duration(struct scan *s, uint32_t at, struct when *out); /* duration.c */
uint32_t match_set(struct scan *s, uint32_t at, struct when *out);

/* A count: "two", "25", "twenty-five", "a couple of", "several". *count is -1 for an untold number. */
uint32_t match_count(const struct scan *s, uint32_t at, int *count, bool *half);
/* What the words near `at` say of the time: looked for before it, then behind. */
enum tense when_tense(const struct scan *s, uint32_t at, uint32_t past);
enum gran when_gran(const struct ch_word_sense *unit);
#endif
