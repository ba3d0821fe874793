#include "page_test.h"

#define TITLE "River treaty ends a quarrel of ninety years"
#define P1 "<p>The ministers of Varda and Ostmark signed a treaty on the river Lenne on Tuesday, and they shook hands for a long time.</p>"
#define P2 "<p>The treaty opens the river to the ships of both countries and sets up a commission of six, which is to meet twice a year.</p>"
#define P3 "<p>It has to be ratified by the parliaments of both of the countries before the end of the year, the two ministers told them.</p>"

enum field { AUTHOR, DATE, BASIS, MODIFIED, OUTLET, AGENCY, CHAIN, LICENSE, FORBIDS, SECTION, LANG };

static const char *field_of(struct fixture *f, enum field field)
{
	const struct ch_meta *m = &f->doc.meta;

	switch (field) {
	case AUTHOR: return z(f, m->author);
	case DATE: return day_z(f, m->published);
	case BASIS: return m->published_basis ? m->published_basis : "";
	case MODIFIED: return day_z(f, m->modified);
	case OUTLET: return z(f, m->outlet);
	case AGENCY: return z(f, m->agency);
	case CHAIN: return z(f, m->chain);
	case LICENSE: return z(f, m->license);
	case FORBIDS: return m->license_forbids ? "yes" : "no";
	case SECTION: return z(f, m->section);
	case LANG: return z(f, m->lang);
	}
	return "?";
}

struct snippet {
	const char *head, *below_title, *below_text;
	enum field field;
	const char *value;
};

static void check(struct fixture *f, const struct snippet *t, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct ch_str page = ch_arena_printf(&f->tables, "<!doctype html><html><head><title>" TITLE " | Lenne Post</title>%s</head><body>"
			"<nav><a href=/>Home</a> <a href=/w>World</a></nav><main><h1>" TITLE "</h1>%s<div class=text>" P1 P2 P3 "</div>%s</main></body></html>",
			t[i].head ? t[i].head : "", t[i].below_title ? t[i].below_title : "", t[i].below_text ? t[i].below_text : "");
		const char *got;

		read_page(f, page);
		got = field_of(f, t[i].field);
		if (strcmp(got, t[i].value) != 0)
			fail_msg("row %zu: '%s' instead of '%s' in\n%.*s", i, got, t[i].value, CH_STR_ARG(page));
	}
}

#define LD(x) "<script type=\"application/ld+json\">" x "</script>"

static void test_authors(void **state)
{
	static const struct snippet t[] = {
		{ LD("{\"@type\":\"NewsArticle\",\"author\":{\"@type\":\"Person\",\"name\":\"Jane Roe\"}}"), NULL, NULL, AUTHOR, "Jane Roe" },
		{ LD("{\"@type\":\"NewsArticle\",\"author\":[{\"name\":\"Jane Roe\"},\"John Doe\"]}"), NULL, NULL, AUTHOR, "Jane Roe; John Doe" },
		/* a person elsewhere in the graph */
		{ LD("{\"@graph\":[{\"@type\":\"Article\",\"author\":{\"@id\":\"#p1\"}},{\"@type\":\"Person\",\"@id\":\"#p1\",\"name\":\"Jane Roe\"}]}"),
		  NULL, NULL, AUTHOR, "Jane Roe" },
		{ LD("{\"@type\":[\"Article\",\"NewsArticle\"],\"author\":{\"@type\":\"Organization\",\"name\":\"Lenne Post\"}}"), NULL, NULL, AUTHOR, "" },
		{ LD("{\"@type\":\"WebPage\",\"mainEntity\":{\"@type\":\"NewsArticle\",\"author\":\"Jane Roe\"}}"), NULL, NULL, AUTHOR, "Jane Roe" },
		{ "<meta name=author content=\"Jane Roe\">", NULL, NULL, AUTHOR, "Jane Roe" },
		{ "<meta name=byl content=\"By Jane Roe and John Doe\">", NULL, NULL, AUTHOR, "Jane Roe; John Doe" },
		{ "<meta name=citation_author content=\"Jane Roe\"><meta name=citation_author content=\"John Doe\">", NULL, NULL, AUTHOR, "Jane Roe; John Doe" },
		{ "<meta name=\"twitter:label1\" content=\"Verfasst von\"><meta name=\"twitter:data1\" content=\"Jane Roe\">", NULL, NULL, AUTHOR, "Jane Roe" },
		{ "<meta name=author content=admin>", NULL, NULL, AUTHOR, "" },
		{ "<meta name=author content=\"https://lenne.example/jroe\">", NULL, NULL, AUTHOR, "" },
		{ "<meta name=author content=\"desk@lenne.example\">", NULL, NULL, AUTHOR, "" },
		{ "<meta name=author content=\"jroe77\">", NULL, NULL, AUTHOR, "" },
		{ "<meta name=author content=\"Lenne Post\"><meta property=\"og:site_name\" content=\"The Lenne Post\">", NULL, NULL, AUTHOR, "Lenne Post" },
		{ "<meta name=author content=\"The Lenne Post\"><meta property=\"og:site_name\" content=\"The Lenne Post\">", NULL, NULL, AUTHOR, "" },
		{ NULL, "<p class=byline>By <a href=/author/roe rel=author>Jane Roe</a> and <a href=/author/doe>John Doe</a></p>", NULL, AUTHOR, "Jane Roe; John Doe" },
		{ NULL, "<div class=post-author>moonfish</div>", NULL, AUTHOR, "moonfish" },
		{ NULL, "<div class=author><span class=author-name>Jane Roe</span><span class=author-title>Senior Editor</span></div>", NULL, AUTHOR, "Jane Roe" },
		{ NULL, "<span itemprop=author itemscope><img><span itemprop=name>Jane Roe</span></span>", NULL, AUTHOR, "Jane Roe" },
		{ NULL, "<p>Von Jane Roe und John Doe</p>", NULL, AUTHOR, "Jane Roe; John Doe" },
		{ NULL, "<p>By Jane Roe, Reuters Staff</p>", NULL, AUTHOR, "Jane Roe" },
		{ NULL, "<p>By Jane Roe, Reuters Staff</p>", NULL, AGENCY, "Reuters" },
		{ NULL, "<p class=author>Reuters</p>", NULL, AUTHOR, "" },
		{ NULL, "<p>Text: Jane Roe | 5 May 1987</p>", NULL, AUTHOR, "Jane Roe" },
		{ NULL, NULL, "<div class=comments><p class=author>John Doe</p><p>Well done.</p></div>", AUTHOR, "" },
		{ NULL, NULL, "<div class=related><p class=author>John Doe</p><p>A storm is on its way</p></div>", AUTHOR, "" },
		{ NULL, "<p>Posted on June 4, 1987 by Jane Roe | 3 comments</p>", NULL, AUTHOR, "Jane Roe" },
		{ NULL, "<p>04 Jun 1987, 02:32 PM IST</p>", NULL, AUTHOR, "" },
		{ "<meta name=author content=\"John Doe\">", "<p class=byline>By Jane Roe</p>", NULL, AUTHOR, "Jane Roe" },
	};

	check(*state, t, sizeof t / sizeof *t);
}

static void test_dates(void **state)
{
	static const struct snippet t[] = {
		{ LD("{\"@type\":\"NewsArticle\",\"datePublished\":\"1987-06-04\",\"dateModified\":\"1987-06-06\"}"), NULL, NULL, DATE, "1987-06-04" },
		{ LD("{\"@type\":\"NewsArticle\",\"datePublished\":\"1987-06-04\",\"dateModified\":\"1987-06-06\"}"), NULL, NULL, MODIFIED, "1987-06-06" },
		{ LD("{\"@type\":\"NewsArticle\",\"datePublished\":\"1987-06-04\"}"), NULL, NULL, BASIS, "json-ld" },
		{ "<meta property=\"article:published_time\" content=\"1987-06-04T10:00:00+02:00\">", NULL, NULL, DATE, "1987-06-04" },
		{ "<meta property=\"article:modified_time\" content=\"1987-06-04\">", NULL, NULL, BASIS, "modified" },
		/* an hour of universal time is a day off where it was written */
		{ "<meta property=\"article:published_time\" content=\"1987-06-05T03:00:00Z\">", "<p>June 4, 1987</p>", NULL, DATE, "1987-06-04" },
		{ "<meta property=\"article:published_time\" content=\"1987-06-05\">", "<p>June 4, 1987</p>", NULL, DATE, "1987-06-05" },
		{ "<meta property=\"article:published_time\" content=\"1987-06-05T03:00:00Z\"><link rel=canonical href=\"https://lenne.example/1987/06/04/river\">",
		  NULL, NULL, DATE, "1987-06-04" },
		/* both days those of the last edition */
		{ LD("{\"@type\":\"Article\",\"datePublished\":\"1990-01-02\",\"dateModified\":\"1990-01-02\"}"), "<p>Published: June 4, 1987</p>", NULL, DATE, "1987-06-04" },
		/* written anew */
		{ LD("{\"@type\":\"Article\",\"datePublished\":\"1987-06-04\"}"), "<p>Updated: May 5, 1990</p>", NULL, DATE, "1990-05-05" },
		{ LD("{\"@type\":\"Article\",\"datePublished\":\"1987-06-04\"}"), "<p>Updated: June 9, 1987</p>", NULL, DATE, "1987-06-04" },
		{ NULL, "<time datetime=\"1987-06-04T08:00\">Thursday</time>", NULL, DATE, "1987-06-04" },
		{ NULL, "<time class=updated datetime=1987-06-09>9 June</time><time class=published datetime=1987-06-04>4 June</time>", NULL, DATE, "1987-06-04" },
		{ NULL, "<time class=updated datetime=1987-06-09>9 June</time><time class=published datetime=1987-06-04>4 June</time>", NULL, MODIFIED, "1987-06-09" },
		{ NULL, "<abbr class=published title=1987-06-04>long ago</abbr>", NULL, DATE, "1987-06-04" },
		{ NULL, "<span class=post-date>04.06.87</span>", NULL, DATE, "1987-06-04" },
		{ NULL, "<p>4. Juni 1987, 14:05 Uhr</p>", NULL, DATE, "1987-06-04" },
		{ NULL, "<p>4 juin 1987</p>", NULL, DATE, "1987-06-04" },
		{ NULL, "<p>4 de junio de 1987</p>", NULL, DATE, "1987-06-04" },
		{ NULL, "<p>4 iyunya 1987</p>", NULL, DATE, "1987-06-04" },
		{ NULL, "<p>4 июня 1987</p>", NULL, DATE, "1987-06-04" },
		{ NULL, "<p>1987年6月4日</p>", NULL, DATE, "1987-06-04" },
		{ "<link rel=canonical href=\"https://lenne.example/1987/06/04/river\">", NULL, NULL, BASIS, "url" },
		{ NULL, NULL, "<div class=comments><time datetime=1999-01-01>1 January 1999</time></div><div class=related><p>2 May 1998</p></div>", BASIS, "" },
		/* 5/6: as what is told elsewhere has it */
		{ "<meta property=\"article:published_time\" content=\"1987-06-04T23:00:00Z\">", "<p>6/5/1987</p>", NULL, DATE, "1987-06-05" },
	};

	check(*state, t, sizeof t / sizeof *t);
}

static void test_the_rest(void **state)
{
	static const struct snippet t[] = {
		{ NULL, NULL, NULL, OUTLET, "Lenne Post" },
		{ LD("{\"@type\":\"NewsArticle\",\"publisher\":{\"name\":\"Lenne Herald\"}}"), NULL, NULL, OUTLET, "Lenne Herald" },
		{ "<meta property=\"og:site_name\" content=\"Lenne Herald\xe2\x84\xa2\">", NULL, NULL, OUTLET, "Lenne Herald" },
		{ "<meta property=\"og:site_name\" content=\"\xc2\xa9 Lenne Herald 1987\">", NULL, NULL, OUTLET, "Lenne Herald" },
		{ "<meta property=\"og:site_name\" content=\"" TITLE " | Lenne Herald\">", NULL, NULL, OUTLET, "Lenne Herald" },
		{ "<meta property=\"article:section\" content=World>", NULL, NULL, SECTION, "World" },
		{ NULL, NULL, "<p>Source: Ostmark Tribune</p>", CHAIN, "Ostmark Tribune" },
		{ NULL, NULL, "<p>This article was first published by the Ostmark Tribune.</p>", CHAIN, "Ostmark Tribune" },
		{ NULL, "<p>LENNEBURG (Reuters) - The ministers came to the castle of Lenneburg in the morning, as TASS reported.</p>", NULL, CHAIN, "Reuters; TASS" },
		{ NULL, "<p>The ministers came early, reported the Lenneburg-based Korv.az on Tuesday morning, citing a clerk of the court.</p>", NULL, CHAIN, "Korv.az" },
		{ NULL, "<p>The ministers came to the castle of Lenneburg early in the morning, AZERTAC reports via local media.</p>", NULL, CHAIN, "local media; AZERTAC" },
		{ NULL, NULL, "<p>First published on May 4</p>", CHAIN, "" },
		{ NULL, NULL, "<p>Any use of materials is allowed only if there is a hyperlink to Lenne Post</p>", LICENSE,
		  "Any use of materials is allowed only if there is a hyperlink to Lenne Post" },
		{ NULL, NULL, "<p>Any use of materials is allowed only if there is a hyperlink to Lenne Post</p>", FORBIDS, "no" },
		{ NULL, NULL, "<p>Reproduction without permission is prohibited.</p>", FORBIDS, "yes" },
		{ NULL, NULL, "<p>Nachdruck, auch auszugsweise, nur mit Genehmigung des Verlages.</p>", FORBIDS, "yes" },
		{ NULL, NULL, "<p>Reproduction without permission is prohibited.</p><p>Quotations are allowed with a hyperlink to Lenne Post.</p>", FORBIDS, "no" },
		{ NULL, NULL, "<p>All rights reserved.</p>", LICENSE, "" },
		{ NULL, NULL, "<p>Photo: John Doe, licensed under Creative Commons CC BY</p>", LICENSE, "" },
		{ "<link rel=license href=\"https://creativecommons.org/licenses/by/4.0/\">", NULL, NULL, LICENSE, "https://creativecommons.org/licenses/by/4.0/" },
		{ LD("{\"@type\":\"NewsArticle\",\"license\":\"https://lenne.example/terms\"}"), NULL, NULL, LICENSE, "https://lenne.example/terms" },
		{ NULL, NULL, NULL, LANG, "en" },
	};

	check(*state, t, sizeof t / sizeof *t);
}

static void test_bylines(void **state)
{
	static const struct { const char *in; enum page_trust trust; const char *names, *agency; } t[] = {
		{ "By Jane Roe", PAGE_TRUST_TEXT, "Jane Roe", "" },
		{ "Jane Roe", PAGE_TRUST_TEXT, "", "" },
		{ "By far the largest, said Jane Roe", PAGE_TRUST_TEXT, "", "" },
		{ "Written by: Jane Roe, John Doe and Ann Poe", PAGE_TRUST_TEXT, "Jane Roe; John Doe; Ann Poe", "" },
		{ "By JANE ROE, Lenne Post Correspondent", PAGE_TRUST_TEXT, "JANE ROE", "" },
		{ "Par Jane Roe publi\xc3\xa9 le 4 mai", PAGE_TRUST_TEXT, "Jane Roe", "" },
		{ "Von Jane Roe (mit dpa)", PAGE_TRUST_TEXT, "Jane Roe", "" },
		{ "By Reuters Staff", PAGE_TRUST_TEXT, "", "Reuters" },
		{ "dpa", PAGE_TRUST_MARKED, "", "dpa" },
		{ "ByJane Roe", PAGE_TRUST_MARKED, "Jane Roe", "" },
		{ "5 May 1987 | moonfish", PAGE_TRUST_MARKED, "moonfish", "" },
		{ "Jane Roe on May 5, 1987 in Politics", PAGE_TRUST_MARKED, "Jane Roe", "" },
		{ "Jane Roe1", PAGE_TRUST_MARKED, "Jane Roe", "" },
		{ "Jane Roe\nSenior Editor", PAGE_TRUST_MARKED, "Jane Roe", "" },
		{ "Redaktion", PAGE_TRUST_MARKED, "Redaktion", "" },
		{ "Redaktion", PAGE_TRUST_TOLD, "", "" },
		{ "admin", PAGE_TRUST_MARKED, "", "" },
		{ "Lenne Verlag GmbH", PAGE_TRUST_TOLD, "", "" },
		{ "5 min read", PAGE_TRUST_MARKED, "", "" },
		{ "@jroe", PAGE_TRUST_TOLD, "", "" },
		{ "Jane Roe @jroe", PAGE_TRUST_TOLD, "Jane Roe", "" },
		{ "Thomson Reuters Tax & Accounting", PAGE_TRUST_MARKED, "", "Reuters" },
		{ "", PAGE_TRUST_MARKED, "", "" },
	};
	struct fixture *f = *state;
	struct page p = { .doc = &f->doc, .arena = &f->tables, .lex = f->lex, .title = CH_NONE };

	f->doc.meta = (struct ch_meta){ .published = CH_NO_DAY };
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct page_names names = { .n = 0 };
		struct ch_str agency = { 0 };

		(void)page_names_read(&p, ch_str_z(t[i].in), t[i].trust, &names, &agency);
		if (strcmp(z(f, page_names_join(&p, &names)), t[i].names) != 0 || strcmp(z(f, agency), t[i].agency) != 0)
			fail_msg("'%s' read as '%s', agency '%s'", t[i].in, z(f, page_names_join(&p, &names)), z(f, agency));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_authors),
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_the_rest),
		cmocka_unit_test(test_bylines),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
