/* page/html.h -- HTML to elements and lines, after the tokenizer and the tree builder of the WHATWG HTML standard,
 * sections 13.2.5 and 13.2.6, less what has no bearing on text (foreign content, templates, the adoption agency).
 *
 * Why not libxml2's HTML parser: it tells no byte offsets of what it parsed, and every character here must lead back to
 * its raw bytes; it knows HTML 4 alone; and it is quadratic in the attributes of a tag (2.9.14, htmlParseStartElement)
 * and in unmatched end tags under deep nesting, where pages come from anybody. */
#ifndef CH_PAGE_HTML_H
#define CH_PAGE_HTML_H
#include "page/page_priv.h"

enum page_tag {   /* those that something here asks for; all others are PAGE_TAG_OTHER */
	PAGE_TAG_OTHER, PAGE_TAG_A, PAGE_TAG_ARTICLE, PAGE_TAG_ASIDE, PAGE_TAG_BLOCKQUOTE, PAGE_TAG_BODY, PAGE_TAG_BR,
	PAGE_TAG_BUTTON, PAGE_TAG_DD, PAGE_TAG_DIV, PAGE_TAG_DT, PAGE_TAG_FIGCAPTION, PAGE_TAG_FOOTER, PAGE_TAG_FORM, PAGE_TAG_H1,
	PAGE_TAG_H2, PAGE_TAG_H3, PAGE_TAG_H4, PAGE_TAG_H5, PAGE_TAG_H6, PAGE_TAG_HEAD, PAGE_TAG_HEADER, PAGE_TAG_HTML,
	PAGE_TAG_LI, PAGE_TAG_LINK, PAGE_TAG_MAIN, PAGE_TAG_META, PAGE_TAG_NAV, PAGE_TAG_NOSCRIPT, PAGE_TAG_OL, PAGE_TAG_OPTION,
	PAGE_TAG_P, PAGE_TAG_PRE, PAGE_TAG_SCRIPT, PAGE_TAG_SECTION, PAGE_TAG_SELECT, PAGE_TAG_TABLE, PAGE_TAG_TD, PAGE_TAG_TH,
	PAGE_TAG_TIME, PAGE_TAG_TITLE, PAGE_TAG_TR, PAGE_TAG_UL,
};

struct page_node {
	uint32_t parent;                 /* CH_NONE: of the root */
	uint32_t past;                   /* the node behind its last descendant */
	uint32_t first_line, past_line;
	uint8_t tag;
	uint8_t strength;                /* of `own`, among the words on the element: hints.txt */
	uint16_t hint;                   /* the word that says `own`: of hints.txt, or behind those a tag; 0: none */
	uint32_t look;                   /* hash of tag and class, digits aside: elements made by one template agree in it */
	bool block;
	bool article;                    /* says that it holds the article */
	const char *own, *reason;        /* why its text is no part of an article: its own, and with what it inherits */
	uint32_t prose;                  /* bytes of prose in it */
};

struct page_pair {
	struct ch_str key, value;        /* key in lower case; value decoded, in the arena */
	uint32_t node;
};

/* An element that says in class, id, itemprop or rel that it holds metadata (lexicon/page/marks.txt). */
struct page_mark {
	unsigned is;                     /* enum page_mark_is */
	uint32_t node;
	uint32_t aside;                  /* the nearest element around it that says it is of other things, or CH_NONE */
	uint32_t start, end;             /* its text: bytes of flow */
	struct ch_str value;             /* datetime, content or, for dates, title; undecoded, empty where it has none */
};

struct page_html {
	CH_VEC(struct page_node) nodes;
	CH_VEC(struct page_pair) meta;   /* <meta>, <time datetime>, itemprop: in order of the page */
	CH_VEC(struct page_mark) marks;  /* in order of the page */
	CH_VEC(struct ch_str) json_ld;   /* slices of dec */
	struct ch_str lang, canonical;
	struct ch_str ld_body, ld_title; /* articleBody and headline of JSON-LD; empty */
	struct page_blocks *blocks;      /* block.h: by page_html_body */
	struct ch_str license;           /* as machines are told; empty */
	struct page_told_dates told;     /* to machines */
	struct page_names ld_authors;    /* of JSON-LD, and not the publisher */
};

/* Fills flow and lines of p, and html. The page's <title>, if any, is the first line. */
void page_html_read(struct page *p, struct page_html *html);
/* One more than the greatest number in page_node.hint. */
uint32_t page_html_hints_n(const struct page *p);
/* Chooses the article's lines: first, past, and the body mark of each line between. */
void page_html_body(struct page *p, struct page_html *html);
/* A reason for each line left out that has none yet: after page_head, which asks what has none. */
void page_html_reasons(struct page *p, const struct page_html *html);
/* How likely each block of doc was the article's: after page_emit. */
void page_html_odds(const struct page *p, const struct page_html *html);
/* The headline among the page's headings: sets title, title_start, title_end; and site_title in any case. */
void page_html_title(struct page *p, const struct page_html *html);
/* doc->meta from JSON-LD, Open Graph, <meta>, microdata; what they do not say stays empty. */
void page_html_meta(struct page *p, struct page_html *html);
/* What the page says of the article in JSON-LD (schema.org): of each property, what the node says that is most surely the
 * article. Texts as they stand there, references read. */
struct page_ld {
	struct ch_str published, modified, title, body, outlet, section, lang, license;
	struct page_names authors;       /* persons, or nobody knows; not yet taken apart */
	int rank[9];                     /* of the nodes that these are from */
};
void page_ld_read(struct page *p, const struct page_html *html, struct page_ld *ld);
/* Whom the elements name that say they hold the author, and where they stand: 8 and more, between headline and text; 7,
 * right below the text; less, elsewhere; 0, nowhere. After page_head. */
int page_html_authors(struct page *p, const struct page_html *html, struct page_names *names);
/* What the page's own words left open: after page_head. */
void page_html_meta_rest(struct page *p, struct page_html *html);
/* The date that an element by the headline holds, into told. */
void page_html_marked_date(struct page *p, const struct page_html *html, struct page_told_dates *told);

/* The character reference at s.ptr[at] == '&': its code point, and its bytes; 0 where it is none. */
uint32_t page_entity(struct ch_str s, size_t at, bool attribute, uint32_t *cp);
/* v with its character references read; v itself where it has none. */
struct ch_str page_decode_refs(struct ch_arena *arena, struct ch_str v, bool attribute);
#endif
