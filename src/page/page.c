/* page/page.c -- the order of work, and which of the two kinds of page it is. */
#include "doc/engine.h"
#include "page/flat.h"
#include "page/html.h"
#include "page/language.h"
#include <assert.h>

enum { SNIFF_BYTES = 64 << 10, TOP_BYTES = 2 << 10, TAGS_MIN = 4 };

/* HTML by a doctype or root near its top, or by its tags, as long as they are no sample of code in a flat page: a page of
 * tags begins with one, or most of its lines hold some. */
static bool looks_like_html(struct ch_str s)
{
	static const char *const sure[] = { "!doctype html", "html", "head", "body", "title" };
	static const char *const tags[] = { "p", "div", "br", "span", "a ", "h1", "h2", "table", "li", "article", "img " };
	uint32_t seen = 0, plain = 0;
	bool first = ch_str_trim(s).len && ch_str_trim(s).ptr[0] == '<';
	struct ch_str rest, line;

	s = rest = ch_str_sub(s, 0, SNIFF_BYTES);
	while (ch_str_cut(&rest, '\n', &line))
		plain += ch_str_trim(line).len && ch_str_find_byte(line, '<', 0) == CH_STR_NONE;
	for (size_t at = 0; (at = ch_str_find_byte(s, '<', at)) != CH_STR_NONE; at++) {
		rest = ch_str_sub(s, at + 1, at + 24);
		for (size_t i = 0; (first || at < TOP_BYTES) && i < sizeof sure / sizeof *sure; i++) {
			struct ch_str tag = ch_str_z(sure[i]);

			if (ch_str_istarts(rest, tag) && (rest.len == tag.len || strchr(" >\t\r\n/", rest.ptr[tag.len])))
				return true;
		}
		for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
			struct ch_str tag = ch_str_z(tags[i]);

			if (ch_str_istarts(rest, tag) && rest.len > tag.len && strchr(" >/\t\r\n=\"abcdhs", rest.ptr[tag.len]))
				seen++;
		}
		if (seen >= TAGS_MIN && (first || seen >= plain))
			return true;
	}
	return false;
}

void ch_page_read_with(const struct ch_page_lexicon *lexicon, struct ch_doc *doc)
{
	struct page p = { .doc = doc, .arena = doc->arena, .lex = lexicon, .title = CH_NONE };
	struct page_html html = { 0 };
	struct ch_str license = { 0 };

	assert(!doc->blocks.n);
	doc->article = false;
	doc->text = (struct ch_str){ 0 };
	doc->meta.published = doc->meta.modified = CH_NO_DAY;
	if (!page_decode(&p)) {
		if (doc->raw.len)
			*CH_PUSH(doc->arena, &doc->rejected) =
				(struct ch_rejected){ { 0, (uint32_t)doc->raw.len }, { 0 }, "binary data" };
		return;
	}
	if (looks_like_html(p.dec)) {
		page_html_read(&p, &html);
		page_html_meta(&p, &html);
		page_html_body(&p, &html);
		page_html_title(&p, &html);
		if (p.past > p.first)
			page_head(&p);
		page_html_meta_rest(&p, &html);
		page_html_reasons(&p, &html);
		license = html.license;
	} else {
		page_flat_read(&p);
		if (p.past > p.first)
			page_head(&p);
		doc->meta.author = page_names_join(&p, &p.byline);
		page_choose_date(&p, &(struct page_told_dates){ .published = CH_NO_DAY, .modified = CH_NO_DAY });
	}
	page_credit(&p);
	page_license(&p, license);
	page_emit(&p);
	if (html.blocks)
		page_html_odds(&p, &html);
	ch_language_read(NULL, doc);
	assert(!ch_doc_check(doc));
}

bool ch_page_read(const struct ch_engine *engine, struct ch_doc *doc, struct ch_err *err)
{
	const struct ch_page_lexicon *lexicon = engine && engine->page ? engine->page : ch_page_lexicon_new(doc->arena, err);

	if (!lexicon)
		return false;
	ch_page_read_with(lexicon, doc);
	ch_language_read(engine ? engine->languages : NULL, doc);
	return true;
}
