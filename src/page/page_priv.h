/* page/page_priv.h -- what the files of page/ share: a page on its way from bytes to article.
 *
 *   raw ──charset──▶ dec (UTF-8) ──flat / html──▶ flow, cut into lines ──body, head──▶ chosen lines ──emit──▶ doc->text
 *    ▲                 ▲   └─dec_map─┐              │    └─flow_map─┐
 *    └─────────────────┴─────────────┘◀─────────────┴───────────────┘
 *
 * Flow is the visible text of the whole page in document order, white space folded; a line is a range of it. Both maps
 * are segments as in doc.h, in order; an empty dec_map says that dec is raw from byte dec_base on. */
#ifndef CH_PAGE_PRIV_H
#define CH_PAGE_PRIV_H
#include "page/page.h"

enum page_line_kind {
	PAGE_SHORT,      /* a heading, a label, a menu entry: no sentence */
	PAGE_SENTENCE,   /* prose: long enough, and closed as sentences are */
	PAGE_BRIEF,      /* closed as a sentence, but a few words only */
	PAGE_ITEM,       /* begins with a bullet or a number, or ends in ";" or ":" */
};

/* Kept small: a page of eight megabytes may have four million of them. */
struct page_line {
	const char *reason;       /* why it is not the article's, or NULL */
	const char *said;         /* the same, of the line's own words alone */
	uint32_t start, end;      /* bytes of flow */
	uint32_t words;
	uint32_t breaks;          /* sentences that end inside the line */
	uint32_t link_bytes;      /* HTML: bytes of the line inside <a> */
	uint32_t node;            /* HTML: innermost element that holds the whole line */
	uint8_t kind;             /* enum page_line_kind */
	uint8_t heading;          /* HTML: 1 to 6 */
	bool item, quote;         /* HTML: of a list, of a blockquote or pre */
	bool wall;                /* nothing below it is the article's */
	bool body;
};

/* Words beside dates (months.txt), numbered behind the months. */
enum page_date_word { PAGE_WEEKDAY = 13, PAGE_PUBLISHED, PAGE_MODIFIED };

/* A date as a page prints it; year 0 where it prints none. */
struct page_date {
	uint32_t start, end;      /* bytes of the string searched */
	int year, month, day;
	bool ambiguous;           /* 03/04/2020: day first is a guess */
};

/* A dateline at the head of a paragraph. */
struct page_dateline {
	uint32_t end;             /* where the paragraph goes on; 0: there is none */
	struct ch_str place, agency;
	struct page_date date;    /* month 0: none */
};

/* Names of authors, in the order of the page. */
enum { PAGE_NAMES_MAX = 16 };
struct page_names {
	struct ch_str v[PAGE_NAMES_MAX];
	uint32_t n;
};

struct page {
	struct ch_doc *doc;
	struct ch_arena *arena;
	const struct ch_page_lexicon *lex;
	struct ch_str dec;
	CH_VEC(struct ch_segment) dec_map;
	uint32_t dec_base;
	CH_VEC(char) flow;
	CH_VEC(struct ch_segment) flow_map;
	CH_VEC(struct page_line) lines;
	/* decisions */
	uint32_t first, past;          /* lines from the first to the last of the body; equal: none */
	uint32_t title;                /* line, or CH_NONE */
	uint32_t title_start, title_end;   /* bytes of flow, part of that line */
	uint32_t title_near;           /* the line where it is printed last above the body: date and byline stand by it */
	uint32_t cut;                  /* bytes of flow that the dateline takes off line `first` */
	struct page_dateline dateline;
	struct page_date printed;      /* by the article; year 0: none */
	enum page_date_word printed_is;
	bool printed_near;             /* between headline and text, or next to them */
	struct page_names byline;      /* printed by the article */
	struct ch_str byline_agency;   /* printed there in place of a name, or behind one */
	struct ch_str site_title;      /* HTML: the headline as told to machines, else <title>; flat: empty */
};

static inline struct ch_str page_line_str(const struct page *p, uint32_t line)
{
	return (struct ch_str){ p->flow.v + p->lines.v[line].start, p->lines.v[line].end - p->lines.v[line].start };
}

/* charset.c: fills dec and its map. False for binary data. */
bool page_decode(struct page *p);
struct ch_raw_span page_raw_of_dec(const struct page *p, uint32_t start, uint32_t end);

/* flow.c: text goes in by runs of dec; white space is folded as it comes. */
void page_flow_text(struct page *p, uint32_t dec_start, uint32_t dec_end);     /* bytes as they stand */
void page_flow_char(struct page *p, uint32_t cp, uint32_t dec_start, uint32_t dec_end);   /* an entity */
void page_flow_blank(struct page *p, uint32_t dec_start, uint32_t dec_end);
bool page_flow_end(struct page *p, uint32_t start, struct page_line *line);    /* closes the line begun at flow byte start */
struct ch_raw_span page_raw_of_flow(const struct page *p, uint32_t start, uint32_t end);
void page_emit(struct page *p);                                                /* chosen lines to doc */

/* lexicon.c */
enum page_name_kind { PAGE_AGENCY = 1, PAGE_OUTLET = 2 };
struct page_verdict {
	const char *reason;   /* NULL: nothing is said against the line */
	bool wall;
};
const struct ch_page_lexicon *page_lexicon(struct page *p);
struct page_verdict page_judge(const struct ch_page_lexicon *lex, struct ch_str line);
/* The longest known name that starts at byte `at`: its usual form, and *end. Empty where there is none. */
struct ch_str page_name_at(const struct ch_page_lexicon *lex, struct ch_str s, size_t at, size_t *end);
bool page_is_agency(const struct ch_page_lexicon *lex, struct ch_str usual);
int page_month(const struct ch_page_lexicon *lex, struct ch_str word);         /* 1 to 12, 0 */
bool page_weekday(const struct ch_page_lexicon *lex, struct ch_str word);
/* What the words of a short line say of the date in it: PAGE_PUBLISHED, else PAGE_MODIFIED, else 0. */
enum page_date_word page_date_label(const struct ch_page_lexicon *lex, struct ch_str s);
/* The number of the hint, from 1 to page_hints_n; 0: the word is none. */
uint32_t page_hint(const struct ch_page_lexicon *lex, struct ch_str word, const char **reason, int *weight);
uint32_t page_hints_n(const struct ch_page_lexicon *lex);
/* What the words of a class name, id, itemprop or rel say that an element holds (marks.txt). */
enum page_mark_is { PAGE_MARK_AUTHOR = 1, PAGE_MARK_DATE = 2, PAGE_MARK_PUBLISHED = 4, PAGE_MARK_MODIFIED = 8, PAGE_MARK_ASIDE = 16,
		    PAGE_MARK_OTHER = 32,   /* of an author, but not the name */
		    PAGE_MARK_NAME = 64,    /* of an author, if around it is said so */
		    PAGE_MARK_SURE = 128 };  /* said by rel, itemprop or the address of a link: not by a class name alone */
unsigned page_marks(const struct ch_page_lexicon *lex, struct ch_str names);
unsigned page_marks_href(const struct ch_page_lexicon *lex, struct ch_str href);   /* the same of a link to a page of an author */
/* What a word or phrase does in a byline (bylines.txt); 0: nothing. */
enum page_byline_word {
	PAGE_BYLINE_HEAD = 1, PAGE_BYLINE_WEAK = 2, PAGE_BYLINE_CUT = 4, PAGE_BYLINE_AND = 8, PAGE_BYLINE_LABEL = 16,
	PAGE_BYLINE_NOBODY = 32, PAGE_BYLINE_HOUSE = 64, PAGE_BYLINE_ROLE = 128, PAGE_BYLINE_ORG = 256,
};
enum { PAGE_PHRASE_BYTES = 64 };   /* a phrase of a lexicon is shorter */
unsigned page_byline_word(const struct ch_page_lexicon *lex, struct ch_str phrase);
/* The same of a credit (credits.txt). */
enum page_credit_word { PAGE_CREDIT_BEFORE = 1, PAGE_CREDIT_BEHIND = 2, PAGE_CREDIT_SOURCE = 4, PAGE_CREDIT_MEDIA = 8 };
unsigned page_credit_word(const struct ch_page_lexicon *lex, struct ch_str phrase);
/* A pattern of terms of reuse (terms.txt): of each group one alternative, parted by commas, stands in the line. */
enum page_terms_is { PAGE_TERMS_FORBID = 1, PAGE_TERMS_CREDIT = 2, PAGE_TERMS_FREE = 4, PAGE_TERMS_NOT = 8 };
struct page_terms {
	unsigned is, n;
	struct ch_str groups[4];
};
const struct page_terms *page_terms_list(const struct ch_page_lexicon *lex, uint32_t *n);

/* line.c */
void page_line_look(struct page *p, struct page_line *line);                   /* fills words, breaks, kind, reason */
bool page_is_date_line(const struct page *p, struct ch_str s, struct page_date *date);
bool page_says_published(struct ch_str s);                                     /* "Published: …" */
bool page_is_name(struct ch_str s);                                            /* "Jane M. Roe": two to four capitalised words */
bool page_same_words(struct ch_str a, struct ch_str b);                        /* letters and digits equal, case aside */
size_t page_find_words(struct ch_str in, struct ch_str what);                  /* offset of `what`, or CH_STR_NONE */
bool page_sentence_end(struct ch_str s);

/* date.c: the first date at or after `from`. */
bool page_date_find(const struct ch_page_lexicon *lex, struct ch_str s, size_t from, struct page_date *date);
ch_day page_date_day(const struct page_date *date);
ch_day page_date_of_url(struct ch_str url);

/* published.c: what page_head found printed, the dateline, and what the page tells machines, to one date of publication. */
struct page_told_dates {
	ch_day published, modified;
	const char *basis;       /* of published */
	bool instant;            /* published has a time of the day: the day may be another one where it was written */
	struct page_date marked; /* an element by the headline that says it holds a date; year 0: none */
	enum page_date_word marked_is;
	struct page_date elsewhere;   /* the first such element of the page, wherever it stands */
};
void page_find_printed_date(struct page *p);
void page_choose_date(struct page *p, const struct page_told_dates *told);

/* dateline.c */
struct page_dateline page_dateline_read(const struct ch_page_lexicon *lex, struct ch_str paragraph);

/* author.c */
enum page_trust {
	PAGE_TRUST_TEXT,     /* a line of text: full names only, and only behind a head ("By") */
	PAGE_TRUST_TOLD,     /* told to machines */
	PAGE_TRUST_MARKED,   /* an element that says it holds the author: a pen name will do */
};
/* Appends the names of a byline to out, which has each once, and tells the first agency there (agency may be NULL). True
 * if it added one. */
bool page_names_read(const struct page *p, struct ch_str s, enum page_trust trust, struct page_names *out, struct ch_str *agency);
bool page_names_add(struct page_names *names, struct ch_str name);
/* The same of a line by the headline in which names stand among other things: "Posted on 4 June 1987 by Jane Roe | 3 comments",
 * "4 June 1987 - Jane Roe". */
bool page_byline_line(const struct page *p, struct ch_str s, struct page_names *out, struct ch_str *agency);
bool page_is_byline_head(const struct page *p, struct ch_str s);   /* "By", "Written by:", and nothing else */
struct ch_str page_names_join(struct page *p, const struct page_names *names);   /* "; " between them */

/* flat.c, body.c, head.c, credit.c */
void page_flat_lines(struct page *p);
void page_body_run(struct page *p, uint32_t from, uint32_t past);   /* among these lines: first, past, body marks */
void page_head(struct page *p);      /* title, dates, byline, dateline, of what the lines say */
void page_credit(struct page *p);    /* outlet, agency */

/* chain.c: agency and chain. license.c: the terms of reuse among the page's lines; `told` is what machines are told, or empty. */
void page_chain(struct page *p);
size_t page_site_name(struct ch_str s, size_t at);   /* bytes of "Day.az" at s.ptr[at]; 0 */
void page_license(struct page *p, struct ch_str told);

#endif
