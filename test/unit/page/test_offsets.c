/* The promise that all else hangs on: every character of the text leads to the very raw bytes that were read as it. */
#include "page_test.h"
#include "page/html.h"
#include "base/utf8.h"

static const char *const pages[] = {
	"Menu\n\nThe envoys  of\tboth states met in the old town,\xc2\xa0" "and they stayed there for a week.\r\n\r\n"
	"They spoke of ships, of tolls and of the island, and they wrote it all down in a book.\n\nShare\n\nThe book lies in the customs house to this day, behind "
	"a door of oak.\n",
	("<html><head><title>The book &amp; the island</title><body><h1>The book &amp; the island</h1><p>The envoys &ndash; of <b>bo</b>th states &lt;met&gt; in the\n"
	"old&nbsp;&nbsp;town, and they stayed<!-- no --> there for a we&shy;ek.</p><p>They spoke of ships,<br>of tolls and of the island, and they wrote it all down "
	"in &#97; b&#x6f;ok.</p>\n\n<p> The book lies in the \xe2\x80\x9c" "customs\xe2\x80\x9d house to this day, behind a door of oak.</p>"),
	"<html><meta charset=windows-1252><body><p>LENNEBURG (Reuters) - The caf\xe9 of the envoys, \x93of both states\x94, met &eacute;t\xe9 in the old town and stayed "
	"there for a week.<p>They spoke of ships, of tolls & of the island, and they wrote it all down in a book.<p>The book lies in the customs house to this "
	"day, behind a door of oak.",
	"\xef\xbb\xbfThe envoys of both states met in the old \xff town, and they stayed there for a week, or more.\nThey spoke of ships, of tolls and of the "
	"island, and they wrote it all \xe2\x80 down in a book.\nThe book lies in the customs house to this day, behind a door of oak.\n",
};

static bool is_blank(struct ch_str raw)
{
	uint32_t len;

	for (size_t i = 0; i < raw.len; i += len) {
		uint32_t cp = ch_utf8_at(raw, i, &len);

		if (ch_str_istarts(ch_str_sub(raw, i, raw.len), CH_STR("<script")))
			return true;           /* nor does what a script holds */
		if (raw.ptr[i] == '<') {       /* a tag or a comment inside a stretch of white space prints nothing */
			size_t end = ch_str_find_byte(raw, '>', i);

			len = (uint32_t)((end == CH_STR_NONE ? raw.len - 1 : end) + 1 - i);
		} else if (raw.ptr[i] == '&') {
			len = page_entity(raw, i, false, &cp);
			if (!len || (!ch_is_space(cp) && cp >= ' ' && !(cp >= 0x7f && cp < 0xA0)))
				return false;
		} else if (!ch_is_space(cp) && cp > ' ' && cp != 0xA0 && cp != 0xAD && (unsigned char)raw.ptr[i] != 0xA0) {   /* a soft hyphen prints nothing */
			return false;
		}
	}
	return true;
}

/* Windows-1252 or UTF-8, as the pages above are. */
static bool reads_as(struct ch_str raw, uint32_t cp)
{
	uint32_t len, got;

	if (cp == ' ')
		return is_blank(raw);
	if (raw.len && raw.ptr[0] == '&' && raw.len > 1)
		return page_entity(raw, 0, false, &got) == raw.len && got == cp;
	if (!raw.len)
		return false;
	if (ch_utf8_at(raw, 0, &len) == cp && len == raw.len)
		return true;
	return raw.len == 1 && (cp == 0xFFFD || (unsigned char)raw.ptr[0] == cp || ((unsigned char)raw.ptr[0] == 0x93 && cp == 0x201C) ||
				((unsigned char)raw.ptr[0] == 0x94 && cp == 0x201D));
}

/* Checks the article block by block; between blocks stands what no page holds. */
static uint32_t check_offsets(const struct ch_doc *doc)
{
	uint32_t seen = 0, before = 0, len;

	for (uint32_t b = 0; b < doc->blocks.n; b++) {
		for (uint32_t at = doc->blocks.v[b].span.start; at < doc->blocks.v[b].span.end; at += len) {
			uint32_t cp = ch_utf8_at(doc->text, at, &len);
			struct ch_raw_span r = ch_doc_raw(doc, (struct ch_span){ at, at + len });
			struct ch_str raw = ch_str_sub(doc->raw, r.start, r.end);

			if (r.start < before || r.end < r.start || r.end > doc->raw.len)
				fail_msg("offset %u of the text leads back to [%u, %u), before %u", at, r.start, r.end, before);
			if (!reads_as(raw, cp))
				fail_msg("U+%04X at %u of the text leads to '%.*s' at %u of the page", cp, at, CH_STR_ARG(raw), r.start);
			before = r.end;
			seen++;
		}
	}
	return seen;
}

static void test_pages(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		const struct ch_doc *doc = read_page(f, ch_str_z(pages[i]));

		assert_true(doc->article);
		assert_true(check_offsets(doc) > 200);
	}
}

/* xorshift32: the same pages on every machine. */
static uint32_t next(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	return *seed ^= *seed << 5;
}

/* Pages cut, doubled and sprinkled with markup still keep the promise, and ch_doc_check's. */
static void test_mutations(void **state)
{
	static const char *const pieces[] = { "<p>", "</p>", "<", ">", "&", "&amp;", " ", "\n", "\"", "<b>", "<div>", "</div>", "<!--", "-->", "<script>", "</script>",
					      "\t", ". ", "<br>", "<li>", "\xc2\xa0", "&nbsp;", "\xc2\xad" };
	struct fixture *f = *state;
	uint32_t seed = 20181222, articles = 0;

	for (int round = 0; round < 1500; round++) {
		struct ch_str page = ch_str_z(pages[next(&seed) % 2]);
		char out[4096];
		size_t n = 0;

		for (size_t i = 0; i < page.len && n + 64 < sizeof out; i++) {
			out[n++] = page.ptr[i];
			if (next(&seed) % 61 == 0 && (i + 1 == page.len || ((unsigned char)page.ptr[i + 1] & 0xC0) != 0x80)) {
				const char *piece = pieces[next(&seed) % (sizeof pieces / sizeof *pieces)];

				memcpy(out + n, piece, strlen(piece));
				n += strlen(piece);
			}
			if (next(&seed) % 211 == 0)
				i += next(&seed) % 40;
			while (i + 1 < page.len && n && ((unsigned char)page.ptr[i + 1] & 0xC0) == 0x80 && (unsigned char)out[n - 1] < 0x80)
				i++;
		}
		read_page(f, (struct ch_str){ out, n });
		if (ch_utf8_valid(f->doc.raw)) {
			check_offsets(&f->doc);
			articles += f->doc.article;
		}
	}
	assert_true(articles > 500);
}

/* The same bytes, the same document; and reading what was read gives it again. */
static void test_again(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		char *first, *second;

		read_page(f, ch_str_z(pages[i]));
		first = strdup(body_of(f));
		read_page(f, ch_str_z(pages[i]));
		assert_string_equal(body_of(f), first);
		second = strdup(body_of(f));
		for (char *c = second; *c; c++)
			if (*c == '|')
				*c = '\n';
		read_page(f, ch_str_z(second));
		assert_string_equal(body_of(f), first);
		free(first);
		free(second);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_mutations),
		cmocka_unit_test(test_again),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
