/* Feeds and sitemaps of every kind; broken ones, hostile ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include "watch/feed.h"

static void kinds(void **state)
{
	static const struct {
		const char *xml;
		enum ch_feed_kind kind;
		const char *out;   /* "url|title|published|changed\n" of each item */
		bool broken;
	} cases[] = {
		{ "<?xml version='1.0'?><rss version='2.0'><channel><title>C</title><link>http://r.example/</link>"
		  "<item><title>The king &amp; the envoy</title><link> http://r.example/1 </link><pubDate>Tue, 08 May 2018 12:00:00 GMT</pubDate>"
		  "<media:group><title>no</title></media:group></item>"
		  "<item><title><![CDATA[A <b>bold</b> step]]></title><guid>http://r.example/2</guid></item>"
		  "<item><guid isPermaLink='false'>http://r.example/no</guid></item></channel></rss>", CH_FEED_RSS,
		  "http://r.example/1|The king & the envoy|Tue, 08 May 2018 12:00:00 GMT|\nhttp://r.example/2|A <b>bold</b> step||\n", false },
		{ "<rdf:RDF xmlns:rdf='x'><channel><link>no</link></channel><item rdf:about='http://r.example/1'><title>T</title>"
		  "<link>http://r.example/1</link><dc:date>2018-05-08</dc:date></item></rdf:RDF>", CH_FEED_RSS, "http://r.example/1|T|2018-05-08|\n", false },
		{ "<feed xmlns='http://www.w3.org/2005/Atom'><link href='http://r.example/'/><entry><title>T</title>"
		  "<link rel='enclosure' href='http://r.example/a.mp3'/><link rel='alternate' href='/1'/><updated>2018-05-09</updated>"
		  "<published>2018-05-08</published><author><name>A</name></author></entry></feed>", CH_FEED_ATOM, "/1|T|2018-05-08|2018-05-09\n", false },
		{ "<atom:feed><atom:entry><atom:link href='/1'/></atom:entry></atom:feed>", CH_FEED_ATOM, "/1|||\n", false },
		{ "<urlset><url><loc>http://r.example/1</loc><lastmod>2018-05-08</lastmod><news:news><news:publication><news:name>R</news:name>"
		  "</news:publication><news:publication_date>2018-05-07</news:publication_date><news:title>T</news:title></news:news>"
		  "<image:image><image:loc>no</image:loc></image:image></url></urlset>", CH_FEED_SITEMAP,
		  "http://r.example/1|T|2018-05-07|2018-05-08\n", false },
		{ "\n<sitemapindex><sitemap><loc>http://r.example/s1.xml</loc></sitemap></sitemapindex>", CH_FEED_INDEX, "http://r.example/s1.xml|||\n", false },
		/* names of characters that nobody declared; a charset of old */
		{ "<rss><channel><item><title>a&nbsp;b</title><link>u</link></item></channel></rss>", CH_FEED_RSS, "u|a b||\n", false },
		{ "<?xml version='1.0' encoding='windows-1251'?><rss><item><title>\xCC\xE8\xF0</title><link>u</link></item></rss>", CH_FEED_RSS,
		  "u|\xD0\x9C\xD0\xB8\xD1\x80||\n", false },
		/* broken: what stands before is taken */
		{ "<rss><item><link>u</link></item><item><link>v</link></wrong>", CH_FEED_RSS, "u|||\n", true },
		{ "<rss><item><link>u</link></item>", CH_FEED_RSS, "u|||\n", true },
	};
	struct ch_arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_str out = CH_STR("");
		struct ch_feed feed;
		struct ch_err err;

		if (!ch_feed_read(&feed, &a, ch_str_z(cases[i].xml), &err))
			fail_msg("case %zu: %s", i, err.text);
		for (uint32_t k = 0; k < feed.items.n; k++) {
			const struct ch_feed_item *it = &feed.items.v[k];

			out = ch_arena_printf(&a, "%.*s%.*s|%.*s|%.*s|%.*s\n", CH_STR_ARG(out), CH_STR_ARG(it->url), CH_STR_ARG(it->title),
					      CH_STR_ARG(it->published), CH_STR_ARG(it->changed));
		}
		if (feed.kind != cases[i].kind || feed.broken != cases[i].broken || !ch_str_eqz(out, cases[i].out))
			fail_msg("case %zu: kind %d, %s: '%.*s'", i, feed.kind, feed.broken ? feed.why : "whole", CH_STR_ARG(out));
	}
	ch_arena_free(&a);
}

static void refused(void **state)
{
	static const struct {
		const char *xml, *why;
	} cases[] = {
		{ "<html><body>no feed</body></html>", "no feed" },
		{ "no XML", "no feed" },
		{ "", "no feed" },
		{ "<!DOCTYPE rss [<!ENTITY a 'b'>]><rss><item><link>&a;</link></item></rss>", "entities" },
		{ "<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><rss><item><title>&a;</title><link>u</link></item></rss>", "entities" },
		{ "<!DOCTYPE rss [<!ENTITY % a SYSTEM 'http://x.example/a'> %a;]><rss/>", "entities" },
	};
	struct ch_arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_feed feed;
		struct ch_err err;

		if (ch_feed_read(&feed, &a, ch_str_z(cases[i].xml), &err) || !strstr(err.text, cases[i].why))
			fail_msg("case %zu", i);
	}
	ch_arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kinds),
		cmocka_unit_test(refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
