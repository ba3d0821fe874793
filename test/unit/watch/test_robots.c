/* robots.txt: the examples of RFC 9309, and what people write instead. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include "watch/robots.h"

static void rules(void **state)
{
	static const struct {
		const char *txt, *path;
		bool allow;
	} cases[] = {
		{ "", "/x", true },
		{ "User-agent: *\nDisallow: /", "/x", false },
		{ "User-agent: *\nDisallow:", "/x", true },
		{ "User-agent: *\nDisallow: /a\n", "/ab", false },
		{ "User-agent: *\nDisallow: /a\n", "/b", true },
		/* of two groups the one that names us counts */
		{ "User-agent: *\nDisallow: /\n\nUser-agent: Chancery/2.0\nDisallow: /private", "/x", true },
		{ "User-agent: *\nDisallow: /\n\nUser-agent: Chancery/2.0\nDisallow: /private", "/private/x", false },
		{ "User-agent: chanceryother\nDisallow: /", "/x", true },
		{ "User-agent: a\nUser-agent: chancery\nUser-agent: b\nDisallow: /x", "/x", false },
		/* two groups of ours are one */
		{ "User-agent: chancery\nDisallow: /x\nUser-agent: other\nDisallow: /\nUser-agent: chancery\nDisallow: /y", "/y", false },
		/* the longest rule; of two as long the one that allows */
		{ "User-agent: *\nDisallow: /news\nAllow: /news/world", "/news/world/1", true },
		{ "User-agent: *\nAllow: /news/world\nDisallow: /news", "/news/local", false },
		{ "User-agent: *\nDisallow: /a\nAllow: /a", "/a", true },
		{ "User-agent: *\nAllow: /a\nDisallow: /a", "/a", true },
		/* "*" and "$" */
		{ "User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", false },
		{ "User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x", true },
		{ "User-agent: *\nDisallow: /*?print=", "/a?print=1", false },
		{ "User-agent: *\nDisallow: /a*b*c", "/aXbYYc/d", false },
		{ "User-agent: *\nDisallow: /a*b*c$", "/abcbcd", true },
		{ "User-agent: *\nDisallow: /*a*a*a*a*b", "/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", true },
		/* one spelling of what means the same */
		{ "User-agent: *\nDisallow: /%61b", "/ab", false },
		{ "User-agent: *\nDisallow: /caf\xC3\xA9", "/caf%c3%a9", false },
		{ "User-agent: *\nDisallow: /a%2fb", "/a/b", true },
		/* slips and comments */
		{ "\xEF\xBB\xBFUSER-AGENT : * # all\r\n dIsAllow : /a # no\r\nnonsense\r\n", "/a", false },
		{ "Disallow: /a\nUser-agent: *\nDisallow: /b", "/a", true },
		{ "User-agent: *\nSitemap: http://x.example/s.xml\nDisallow: /b", "/b", false },
		{ "User-agent: *\nDisallow: /", "/robots.txt", true },
	};
	struct ch_arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_robots r;

		ch_robots_read(&r, &a, ch_str_z(cases[i].txt), CH_STR("chancery"));
		if (ch_robots_allow(&r, &a, ch_str_z(cases[i].path)) != cases[i].allow)
			fail_msg("case %zu: %s", i, cases[i].path);
	}
	ch_arena_free(&a);
}

static void delays(void **state)
{
	static const struct {
		const char *txt;
		double delay;
	} cases[] = {
		{ "User-agent: *\nCrawl-delay: 10", 10 }, { "User-agent: *\nCrawl-delay: 2.5\nDisallow: /a", 2.5 },
		{ "User-agent: x\nCrawl-delay: 10", 0 }, { "User-agent: *\nCrawl-delay: soon", 0 }, { "User-agent: *\nCrawl-delay: 1e9", 3600 },
		{ "User-agent: *\nCrawl-delay: -5", 0 },
	};
	struct ch_arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_robots r;

		ch_robots_read(&r, &a, ch_str_z(cases[i].txt), CH_STR("chancery"));
		if (r.delay != cases[i].delay)
			fail_msg("case %zu: %f", i, r.delay);
	}
	ch_arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rules),
		cmocka_unit_test(delays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
