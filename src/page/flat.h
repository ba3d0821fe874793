/* page/flat.h -- flat text: what is seen of each line, and which lines are the article.
 *
 * Method. Each line gets cues: how long it is, how it ends, how many of its words have capitals, which of them are the
 * page's own small words or stand in its prose, what lexicon/page/reject.txt says of it. None knows a language. A row is the
 * cues of a line, those of its neighbours, and where it stands in the page. A network of one hidden layer makes of a row a
 * score for each of four states (above the article, of it, let into it, below it), and the best path through the states is
 * found by Viterbi's algorithm (Viterbi 1967, IEEE Trans. Inf. Theory 13; trained as a conditional random field, Lafferty,
 * McCallum and Pereira 2001, with whatever lines of a page have a label, as Täckström et al. 2013, TACL 1). All in whole
 * numbers (model/flat.inc, from train/flat.py), so that every machine keeps the same lines. Linear in the page. */
#ifndef CH_PAGE_FLAT_H
#define CH_PAGE_FLAT_H
#include "page/page_priv.h"

/* Cues of one line. A yes is 32, a share of all is 32, a number x is 4 log2(1 + x). */
enum page_cue {
	CUE_BYTES, CUE_WORDS, CUE_SENTENCE, CUE_BRIEF, CUE_ITEM, CUE_ENDS, CUE_BREAKS, CUE_COMMAS,
	CUE_CAPITALS,        /* words that begin with a capital, the first word aside */
	CUE_SHOUTED,         /* words in capitals throughout */
	CUE_DIGITS, CUE_SEPARATORS, CUE_WEB, CUE_REFUSED, CUE_WALL, CUE_COLON, CUE_ASKS, CUE_ELLIPSIS, CUE_DATE, CUE_NAME,
	CUE_SMALL_WORDS,     /* words that are among the commonest of the page's prose */
	CUE_TOPIC,           /* long words that its main run of prose holds too */
	CUE_TITLE,           /* words that the page's first line holds too */
	CUE_TITLE_HELD,      /* words of the first line that this one holds */
	CUE_REPEATED,        /* the same line stands elsewhere on the page */
	CUE_SMALL_START, CUE_QUOTE, CUE_SCRIPT,   /* CUE_SCRIPT: letters that are not of the page's main script */
	CUE_WORD_BYTES, CUE_LEGAL, CUE_MONEY, CUE_CLOCK,
	CUES_N
};

enum { PAGE_FLAT_NEAR_CUES = 10, PAGE_FLAT_NEAR = 3, PAGE_FLAT_PLACE = 35,
       PAGE_FLAT_ROW = CUES_N + 2 * PAGE_FLAT_NEAR * PAGE_FLAT_NEAR_CUES + PAGE_FLAT_PLACE, PAGE_FLAT_HIDDEN = 16,
       PAGE_FLAT_TITLE_ROW = PAGE_FLAT_ROW + 14 };

enum page_flat_state { FLAT_ABOVE, FLAT_BODY, FLAT_GAP, FLAT_BELOW, FLAT_STATES };

struct page_flat_line {
	uint32_t hash;                       /* of its letters and digits */
	uint32_t prose, topic;               /* of all lines above: bytes of prose, and of those the share with the topic's words */
	uint32_t labels;                     /* lines of no sentence above */
	uint32_t wall, headline;             /* the last wall, and the last line like the page's first, at or above; CH_NONE */
	uint8_t cue[CUES_N];
};

struct page_flat {
	struct page_flat_line *v;            /* n + 1: the last holds the sums only */
	uint32_t n;
	uint32_t first, past;                /* the main run of prose; equal: none */
	uint32_t next_headline;              /* first line like the page's first, CH_NONE */
};

/* flat_cues.c: all lines of p, in its arena. */
void page_flat_look(struct page *p, struct page_flat *f);
void page_flat_row(const struct page_flat *f, uint32_t line, uint8_t row[PAGE_FLAT_ROW]);
/* flat_body.c: first, past and body of p; a reason beside each line that is not of the body. */
void page_flat_body(struct page *p, const struct page_flat *f);
/* flat_title.c: the title of p; one that stands at the head of the body is taken out of it. Candidates are line 0 and those
 * from page_flat_title_first up to page_flat_title_past; a line that can be no title has no row. */
void page_flat_title(struct page *p, const struct page_flat *f);
uint32_t page_flat_title_first(const struct page *p);
uint32_t page_flat_title_past(const struct page *p);
bool page_flat_title_row(const struct page *p, const struct page_flat *f, uint32_t line, uint8_t row[PAGE_FLAT_TITLE_ROW]);
struct ch_str page_flat_title_str(const struct page *p, uint32_t line);   /* the line, less the site's name in the first */
/* All of it. */
void page_flat_read(struct page *p);
#endif
