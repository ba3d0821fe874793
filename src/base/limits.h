/* base/limits.h -- every ceiling, why it is there, and what a page beyond it gets. */
#ifndef CH_BASE_LIMITS_H
#define CH_BASE_LIMITS_H

/* A page is read up to here; the rest is cut off with a warning. The longest press pages seen are under 3 MB. */
#define CH_PAGE_BYTES_MAX ((size_t)8 << 20)

/* All layers of one page. Text of CH_PAGE_BYTES_MAX costs under 100 bytes a byte in the worst case (a token a byte). */
#define CH_ARENA_BYTES_MAX ((size_t)2 << 30)

/* Words of one sentence that are parsed as one tree; a longer one is parsed in pieces. Attention and the
 * spanning tree cost the square of this. */
#define CH_SENTENCE_WORDS_MAX 192

/* A line of `chancery code` input. A longer one is refused, and the next line goes on. */
#define CH_LINE_BYTES_MAX ((size_t)64 << 20)

/* Nesting of HTML elements that is followed; deeper text is kept, its structure is not. */
#define CH_HTML_DEPTH_MAX 256
#endif
