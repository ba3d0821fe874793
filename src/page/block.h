/* page/block.h -- what each line of an HTML page looks like in its surroundings, and how likely it is the article's.
 *
 * A line (html.h) is a text block. Each is described by numbers (PAGE_FEATURES): its length and punctuation, its links, its
 * element and what that element and those around it are called, how much of the page's prose stands in the same
 * element, how the lines before and behind it look, where on the page it stands. No feature reads words of any one
 * language but those of lexicon/page/reject.txt. Gradient-boosted trees (Friedman 2001) of lexicon/page/weights.txt, trained by
 * train/blocks.py, turn them into log odds; a second set of trees sees the odds of the lines around too (stacking, Wolpert
 * 1992); last, the likeliest sequence is found where going in and out of the article has a price (Viterbi 1967).
 *
 * All numbers are whole, so that every machine decides alike. Everything is linear in the page. */
#ifndef CH_PAGE_BLOCK_H
#define CH_PAGE_BLOCK_H
#include "page/html.h"

/* X(id, name in weights.txt, what is said of a line that it speaks against). Shares are per cent. */
#define PAGE_FEATURES_OWN(X) \
	X(BYTES, "bytes", "too short for a paragraph") \
	X(WORDS, "words", "too short for a paragraph") \
	X(KIND, "kind", "no sentence") \
	X(LINKS, "links", "links") \
	X(STOPS, "stops", "no sentence") \
	X(COMMAS, "commas", "no sentence") \
	X(ENDS, "ends", "no sentence") \
	X(BEGINS, "begins", "no sentence") \
	X(DIGITS, "digits", "numbers") \
	X(UPPERS, "uppers", "names or a headline") \
	X(WORD_BYTES, "word-bytes", "no sentence") \
	X(HEADING, "heading", "heading of something else") \
	X(ITEM, "item", "list of something else") \
	X(QUOTE, "quote", "quotation of something else") \
	X(DATE, "date", "date") \
	X(NAME, "name", "name") \
	X(SAID, "said", "says so itself") \
	X(REPEATS, "repeats", "stands on the page more than once") \
	X(LD, "json-ld", "not in the article that the page hands to machines") \
	X(DESCRIBED, "described", "summary") \
	X(TITLED, "titled", "headline")
#define PAGE_FEATURES_ELEMENT(X) \
	X(TAG, "tag", "kind of element") \
	X(PARENT, "parent", "kind of element") \
	X(DEPTH, "depth", "kind of element") \
	X(LIST, "list", "list of something else") \
	X(TABLE, "table", "table of something else") \
	X(HEADER, "header", "page header") \
	X(FIGURE, "figure", "caption") \
	X(IN_ARTICLE, "in-article", "outside the article's element") \
	X(IN_NAMED, "in-named", "outside the article's element") \
	X(ARTICLES, "articles", "one of several teasers") \
	X(HINT_COMMENTS, "hint-comments", "comments") \
	X(HINT_RELATED, "hint-related", "related headlines") \
	X(HINT_SIDEBAR, "hint-sidebar", "sidebar") \
	X(HINT_NAVIGATION, "hint-navigation", "navigation") \
	X(HINT_FOOTER, "hint-footer", "footer") \
	X(HINT_FURNITURE, "hint-furniture", "page furniture") \
	X(HINT_CAPTION, "hint-caption", "caption") \
	X(HINT_ABOUT, "hint-about", "byline or tags") \
	X(HINT_HIDDEN, "hint-hidden", "hidden") \
	X(C1_LINES, "c1-lines", "its element holds little else") X(C1_SHARE, "c1-share", "its element holds little prose") \
	X(C1_LINKS, "c1-links", "among links") X(C1_MEAN, "c1-mean", "among short lines") \
	X(C2_LINES, "c2-lines", "its element holds little else") X(C2_SHARE, "c2-share", "its element holds little prose") \
	X(C2_LINKS, "c2-links", "among links") X(C2_MEAN, "c2-mean", "among short lines") \
	X(C3_LINES, "c3-lines", "its element holds little else") X(C3_SHARE, "c3-share", "its element holds little prose") \
	X(C3_LINKS, "c3-links", "among links") X(C3_MEAN, "c3-mean", "among short lines") \
	X(HOME_UP, "home-up", "apart from the article's paragraphs") \
	X(HOME_DOWN, "home-down", "apart from the article's paragraphs") \
	X(HOME_SHARE, "home-share", "apart from the article's paragraphs") \
	X(LOOK_LINES, "look-lines", "one of many that look alike") X(LOOK_SHARE, "look-share", "looks unlike the article's paragraphs") \
	X(LOOK_LINKS, "look-links", "looks like what holds links") X(LOOK_MEAN, "look-mean", "looks like what holds short lines") \
	X(PATH_LINES, "path-lines", "one of many that look alike") X(PATH_SHARE, "path-share", "looks unlike the article's paragraphs") \
	X(PATH_LINKS, "path-links", "looks like what holds links") X(PATH_MEAN, "path-mean", "looks like what holds short lines")
#define PAGE_FEATURES_ORDER(X) \
	X(ABOVE, "above", "place on the page") \
	X(AT, "at", "place on the page") \
	X(RUN, "run", "outside the run of prose") \
	X(RUN_BEFORE, "run-before", "above the article") \
	X(RUN_BEHIND, "run-behind", "below the article") \
	X(PREV_BYTES, "prev-bytes", "among short lines") X(PREV_KIND, "prev-kind", "among short lines") \
	X(PREV_LINKS, "prev-links", "among links") X(PREV_HEADING, "prev-heading", "under another heading") \
	X(NEXT_BYTES, "next-bytes", "among short lines") X(NEXT_KIND, "next-kind", "among short lines") \
	X(NEXT_LINKS, "next-links", "among links") X(NEXT_HEADING, "next-heading", "before another heading") \
	X(PREV2_BYTES, "prev2-bytes", "among short lines") X(NEXT2_BYTES, "next2-bytes", "among short lines") \
	X(NEAR_PROSE, "near-prose", "little prose near") X(WIDE_PROSE, "wide-prose", "little prose near") \
	X(NEAR_LINKS, "near-links", "among links") \
	X(SINCE_PROSE, "since-prose", "little prose near") X(UNTIL_PROSE, "until-prose", "little prose near") \
	X(SINCE_TITLE, "since-title", "far from the headline") \
	X(WALLS, "walls", "below the article") X(SINCE_WALL, "since-wall", "below the article") \
	X(PAGE_PROSE, "page-prose", "a page with little prose") X(PAGE_LINES, "page-lines", "a page of many lines") \
	X(PAGE_SHARE, "page-share", "a page with little prose")
/* These see the log odds that the first trees gave, of this line and those around it. */
#define PAGE_FEATURES_CONTEXT(X) \
	X(ODDS, "odds", "unlike an article's text") \
	X(ODDS_PREV, "odds-prev", "among what is no article") X(ODDS_PREV2, "odds-prev2", "among what is no article") \
	X(ODDS_NEXT, "odds-next", "among what is no article") X(ODDS_NEXT2, "odds-next2", "among what is no article") \
	X(ODDS_NEAR, "odds-near", "among what is no article") X(ODDS_WIDE, "odds-wide", "among what is no article") \
	X(ODDS_C1, "odds-c1", "its element is no article") X(ODDS_C2, "odds-c2", "its element is no article") \
	X(ODDS_C3, "odds-c3", "its element is no article") \
	X(ODDS_LOOK, "odds-look", "looks like what is no article") X(ODDS_PATH, "odds-path", "looks like what is no article") \
	X(GOOD_ABOVE, "good-above", "above the article") X(GOOD_BELOW, "good-below", "below the article") \
	X(SINCE_GOOD, "since-good", "apart from the article's text") X(UNTIL_GOOD, "until-good", "apart from the article's text") \
	X(GOOD_PAGE, "good-page", "a page with little text")

#define PAGE_FEATURE_ID(id, name, against) PAGE_F_##id,
enum {
	PAGE_FEATURES_OWN(PAGE_FEATURE_ID)
	PAGE_FEATURES_ELEMENT(PAGE_FEATURE_ID)
	PAGE_FEATURES_ORDER(PAGE_FEATURE_ID)
	PAGE_F_FIRST_N,          /* so many does the first set of trees see */
	PAGE_F_BEFORE_CONTEXT = PAGE_F_FIRST_N - 1,
	PAGE_FEATURES_CONTEXT(PAGE_FEATURE_ID)
	PAGE_F_N
};
#undef PAGE_FEATURE_ID

enum { PAGE_ODDS_MAX = 1280 };   /* log odds in units of 1/256, cut at five */

/* Of a line. */
struct page_block {
	uint32_t prose_before;       /* bytes of prose above it */
	uint32_t good_before;        /* bytes of lines above it whose odds are even or better */
	uint16_t stops, commas, words;
	uint8_t digits, uppers, links;          /* per cent */
	uint8_t ends, begins, repeats;
	uint8_t ld, described;
	bool prose, run, date, name, titled;
	int16_t odds;
	uint32_t against;            /* the feature that spoke most against it, or CH_NONE */
};

/* What lines add up to: those of an element and its descendants, or those whose elements look alike. */
struct page_sum {
	uint32_t lines, bytes, links, prose;
	int64_t odds;
};

enum { PAGE_HINTS_N = 9 };

struct page_branch {
	struct page_sum sum;
	uint32_t own_prose;          /* bytes of prose of the lines that are its paragraphs' or its own */
	uint32_t wider;              /* the nearest element around it that holds more lines, or CH_NONE */
	uint32_t path;               /* hash of its look and the looks above it */
	uint16_t depth, up;          /* up: steps to the element that holds the home too */
	uint8_t hints[PAGE_HINTS_N]; /* 0: not in one so named; else 1 to 100: how far the name is to be believed */
	uint8_t in_article, in_named;   /* share of the page's prose in the smallest such element around it, plus 1; 0: in none */
	bool list, table, header, figure;
};

struct page_blocks {
	struct page *p;
	const struct page_html *html;
	struct page_block *line;
	struct page_branch *node;
	struct page_sum *look, *path;   /* tables of hashes; two that meet in one place are taken for one */
	uint32_t mask;               /* of look and path: a power of two less one */
	uint32_t articles;           /* elements <article> */
	uint32_t home;               /* the element that holds most prose as its own, or CH_NONE */
	uint32_t title;              /* the first line that repeats the page's title, or CH_NONE */
	uint32_t run_first, run_past;/* of the best run of prose (body.c) */
	uint64_t bytes, prose, good; /* of the page; good: bytes of lines whose odds are even or better */
};

/* Looks at all lines; page_html_read and page_html_meta must have been there. b lives in p's arena. */
void page_blocks_look(struct page_blocks *b, struct page *p, struct page_html *html);
/* The features of a line: the first PAGE_F_FIRST_N of row. */
void page_blocks_row(const struct page_blocks *b, uint32_t line, int16_t row[PAGE_F_N]);
/* Sets a line's log odds in units of 1/256; when all are set, _spread, then _context gives the rest of a line's row. */
void page_blocks_set_odds(struct page_blocks *b, uint32_t line, int odds);
void page_blocks_spread(struct page_blocks *b);
void page_blocks_context(const struct page_blocks *b, uint32_t line, int16_t row[PAGE_F_N]);
/* How far the names of the element and of those around it are to be believed where they speak against the article: 0 to 100. */
uint32_t page_blocks_belief(const struct page_blocks *b, uint32_t node);
const char *page_feature_name(uint32_t feature);
const char *page_feature_against(uint32_t feature);

/* block_trees.c: lexicon/page/weights.txt, whose head says how it is written. */
struct page_trees;
struct page_trees *page_trees_new(struct ch_arena *arena);
bool page_trees_add(struct page_trees *t, struct ch_str line) CH_MUST_USE;      /* a line of the file; false: cannot be read */
/* Log odds of set 0 or 1 in units of 1/256; and, where `against` is given, the feature that spoke most against (CH_NONE: none). */
int page_trees_odds(const struct page_trees *t, unsigned set, const int16_t row[PAGE_F_N], uint32_t *against);
const struct page_trees *page_lexicon_trees(const struct ch_page_lexicon *lex);
int page_trees_switch(const struct page_trees *t);      /* the price of going into the article, and of going out of it */
uint8_t page_odds_percent(int odds);

#endif
