#include "page_test.h"
#include "page/html.h"

#define P1 "The delegations of Varda and Ostmark ended eleven weeks of talks on the river Lenne on Thursday and put their names to a treaty of eight articles."
#define P2 "The text opens the river to the ships of both states, and it leaves the island of Korv to a mixed commission that is to meet twice a year."
#define P4 "Both parliaments must still consent. The chamber of Ostmark is expected to vote in the autumn, after the recess."
#define OTHER "A storm took the roof off the customs house in the night, and the ferry of Korv stays in its harbour until the weekend, its owners say."

static void test_page(void **state)
{
	struct fixture *f = *state;
	const struct ch_doc *doc = read_page(f, CH_STR(
		"<!DOCTYPE html><html lang=\"en\"><head><title>River treaty ends a quarrel &mdash; Lenne Post</title>\n"
		"<meta property=\"og:site_name\" content=\"Lenne &amp; Sea Post\"><link rel=canonical href=\"https://lenne.example/1\">\n"
		"<script type=\"application/ld+json\">{\"@context\":\"https://schema.org\",\"@graph\":[{\"@type\":\"WebSite\"},{\"@type\":\"NewsArticle\","
		"\"datePublished\":\"1987-06-04T10:00:00Z\",\"author\":[{\"name\":\"Petra Lund\"},{\"name\":\"Ivo Stern\"}]}]}</script>"
		"<style>p { color: red }</style></head><body><nav><ul><li><a href=/>Home</a><li><a href=/w>World news and more of it</a></ul></nav>"
		"<div class=\"main-column\"><h1>River treaty ends a quarrel</h1><div class=\"share-buttons\">Tell your friends about this.</div>"
		"<div class=entry-content><p>" P1 "<p>The third article is <b>short</b>:<ul><li>the river is open&nbsp;&ndash; to all;</ul>"
		"<!-- <p>not this, though it is a sentence of more than eight words.</p> --><p>" P2 "</p><script>var p = '<p>" OTHER "</p>';</script>"
		"<p><a href=/x>Read also: the ferry of Korv is back after a winter in the yard</a></p><p>" P4 "</p></div></div>"
		"<aside><p>" OTHER "</p></aside><div id=comments><p>" OTHER "</p></div><footer>&copy; 1987 Lenne Post</footer></body></html>"));

	assert_string_equal(body_of(f), P1 "|The third article is short:|the river is open \xe2\x80\x93 to all;|" P2 "|" P4);
	assert_string_equal(z(f, doc->meta.title), "River treaty ends a quarrel");
	assert_int_equal(doc->blocks.v[0].kind, CH_BLOCK_TITLE);
	assert_int_equal(doc->blocks.v[3].kind, CH_BLOCK_ITEM);
	assert_string_equal(z(f, doc->meta.author), "Petra Lund; Ivo Stern");
	assert_string_equal(z(f, doc->meta.outlet), "Lenne & Sea Post");
	assert_string_equal(z(f, doc->meta.url), "https://lenne.example/1");
	assert_string_equal(day_z(f, doc->meta.published), "1987-06-04");
	assert_string_equal(doc->meta.published_basis, "json-ld");
	assert_string_equal(reason_of(f, "Tell your friends"), "share bar");
	assert_string_equal(reason_of(f, "Read also"), "related headlines");
	assert_string_equal(reason_of(f, "roof off"), "sidebar");
	assert_string_equal(reason_of(f, "World news"), "navigation");
}

/* A wrapper whose name speaks against it, round nearly all that the page says, is not believed. */
static void test_names_that_mislead(void **state)
{
	struct fixture *f = *state;

	read_page(f, CH_STR("<html><body class=\"has-sidebar\"><div class=\"sidebar\"><p>" P1 "</p></div><div class=\"sidebar\"><p>" P2 "</p><p>" P4
			    "</p></div></body></html>"));
	assert_string_equal(body_of(f), P1 "|" P2 "|" P4);
}

/* What authors leave open, and close twice. */
static void test_broken_markup(void **state)
{
	static const char *const pages[] = {
		"<p>" P1 "<p>" P2 "<p>" P4,
		"<div><p>" P1 "</div></div></div></p><p>" P2 "</p></p></b><p>" P4,
		"<b><p>" P1 "</b><i></p><p>" P2 "</i></p><div><span><p>" P4 "</span>",
		"<table><tr><td><p>" P1 "<tr><td><p>" P2 "</div><tr><td><p>" P4,
		"<p>" P1 "</p><!-- never closed <p>" P2 "</p><p>" P4 "</p>",
		"<p title='a > b' hidden-not=\"<p>\">" P1 "<p data-x=<p>" P2 "<br><p>" P4 "<p",
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		read_page(f, ch_arena_printf(&f->tables, "<html>%s", pages[i]));
		if (strcmp(body_of(f), P1 "|" P2 "|" P4) != 0)
			fail_msg("page %zu read as '%s'", i, body_of(f));
	}
}

static void test_references(void **state)
{
	static const struct { const char *in; bool attribute; uint32_t cp, len; } t[] = {
		{ "&amp;", false, '&', 5 }, { "&ampx", false, '&', 4 }, { "&ampx", true, 0, 0 }, { "&eacute;", false, 0xE9, 8 },
		{ "&#8217;", false, 0x2019, 7 }, { "&#x2019;", false, 0x2019, 8 }, { "&#146;", false, 0x2019, 6 }, { "&#0;", false, 0xFFFD, 4 },
		{ "&#99999999999;", false, 0xFFFD, 14 }, { "&#xD800;", false, 0xFFFD, 8 }, { "&#;", false, 0, 0 }, { "&", false, 0, 0 },
		{ "&unheard;", false, 0, 0 }, { "&hellip;", false, 0x2026, 8 }, { "&hellip", false, 0, 0 }, { "&notit;", false, 0xAC, 4 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		uint32_t cp = 0, len = page_entity(ch_str_z(t[i].in), 0, t[i].attribute, &cp);

		if (len != t[i].len || cp != t[i].cp)
			fail_msg("'%s' read as U+%04X, %u bytes", t[i].in, cp, len);
	}
}

/* Where machines are told nothing, what the reader sees counts: byline, date, address. */
static void test_visible_meta(void **state)
{
	struct fixture *f = *state;
	const struct ch_doc *doc = read_page(f, CH_STR("<html><body><article><h1>River treaty ends a quarrel</h1><p>By Petra Lund</p><p>4 June 1987</p><p>"
						       "LENNEBURG (Reuters) - " P1 "</p><p>" P2 "</p><p>" P4 "</p></article></body></html>"));

	assert_string_equal(body_of(f), P1 "|" P2 "|" P4);
	assert_string_equal(z(f, doc->meta.author), "Petra Lund");
	assert_string_equal(day_z(f, doc->meta.published), "1987-06-04");
	assert_string_equal(doc->meta.published_basis, "visible");
	assert_string_equal(z(f, doc->meta.agency), "Reuters");
	assert_string_equal(z(f, doc->meta.dateline_place), "LENNEBURG");
	doc = read_page(f, CH_STR("<html><head><meta property=og:url content='https://l.example/1987/06/04/river'></head><body><p>" P1 "<p>" P2 "<p>" P4));
	assert_string_equal(day_z(f, doc->meta.published), "1987-06-04");
	assert_string_equal(doc->meta.published_basis, "url");
}

/* Each of these took other parsers the square of its length; here a megabyte is a matter of milliseconds. */
static void test_hostile(void **state)
{
	static const char *const pieces[] = { "<div>", "</x>", "<a b=c ", "<", "&", "<!-- ", "<script>", "<title>", "<ul><li>a ", "<table><tr><td>",
					      "<b><p>", "<a href=\"", "&amp", "a. ", "\n", "<p class=\"a-b-c ", "\xe2\x80", "5 May 2018 ", "(Reuters) " };
	struct fixture *f = *state;
	size_t size = 1 << 20;
	char *page = ch_xrealloc(NULL, size);

	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		size_t n = strlen(pieces[i]), at = 6;

		memcpy(page, "<html>", 6);
		for (; at + n <= size; at += n)
			memcpy(page + at, pieces[i], n);
		read_page(f, (struct ch_str){ page, at });
		assert_int_equal(f->doc.raw.len, at);
	}
	free(page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_page),
		cmocka_unit_test(test_names_that_mislead),
		cmocka_unit_test(test_broken_markup),
		cmocka_unit_test(test_references),
		cmocka_unit_test(test_visible_meta),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
