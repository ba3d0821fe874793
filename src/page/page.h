/* page/page.h -- raw bytes of a web page in; article text, its map, what was left out, and the page's metadata out.
 *
 * Reads doc->raw (any bytes: HTML, or flat text as a browser or a WET record gives it, in any charset) and writes
 * article, meta, text, map, blocks and rejected. doc->text is the title block, if the page prints a title before its
 * body, then the paragraphs of the body, parted by "\n\n"; white space inside a block is one blank. Dateline, byline and
 * publication date are cut off and kept in meta and rejected.
 *
 * Method. Charset: byte order mark, else valid UTF-8, else what the page declares, else uchardet, else Windows-1252.
 * HTML is read by a tokenizer of our own (html.h says why) into elements and lines, and trained trees tell how likely each line
 * is the article's (block.h). Of flat text each line is scored by a small trained network, and the article is the best path
 * through the lines (flat.h).
 * What a line says of itself ("Share this", "Views: 369") is read in lexicon/page/. All of it takes time linear in the
 * page, and no more memory than some hundred bytes a byte. */
#ifndef CH_PAGE_PAGE_H
#define CH_PAGE_PAGE_H
#include "doc/doc.h"

struct ch_engine;
struct ch_page_lexicon;

/* The tables of lexicon/page/, in arena. NULL, and the reason in err, for a slip in a file (with file and line). */
const struct ch_page_lexicon *ch_page_lexicon_new(struct ch_arena *arena, struct ch_err *err) CH_MUST_USE;

/* True when done; a page without an article is no error: article is false, text empty, and every line is in rejected.
 * doc->arena, path and raw must be set, and raw be no longer than CH_PAGE_BYTES_MAX. Engine may be NULL. */
bool ch_page_read(const struct ch_engine *engine, struct ch_doc *doc, struct ch_err *err) CH_MUST_USE;

/* The same with a lexicon that was read before. */
void ch_page_read_with(const struct ch_page_lexicon *lexicon, struct ch_doc *doc);
#endif
