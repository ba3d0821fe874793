/* Rounds over a web of our own making, with a clock that only waiting moves: what is fetched, in which order, when, and what is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include <unistd.h>
#include "watch/watch.h"

/* One answer of the web; the first that fits url (and is not used up) is given. */
struct served {
	const char *url;
	long status;
	const char *body, *type, *etag, *redirect;
	long retry_after;
	unsigned times;   /* given so often, then the next one; 0: always */
};

struct fake {
	struct served *served;
	size_t n;
	double now;
	char log[4096];   /* "12 url" of each request; "304" behind conditional ones that were met */
	bool private_asked;
};

static bool get(void *ctx, const struct ch_request *request, struct ch_arena *arena, struct ch_answer *answer, struct ch_err *err)
{
	struct fake *f = ctx;
	size_t used = strlen(f->log);

	(void)arena;
	f->private_asked = f->private_asked || request->private_hosts;
	*answer = (struct ch_answer){ .status = 404 };
	for (size_t i = 0; i < f->n; i++) {
		struct served *s = &f->served[i];

		if (strcmp(s->url, request->url) != 0 || s->times == UINT32_MAX)
			continue;
		if (s->times && --s->times == 0)
			s->times = UINT32_MAX;
		*answer = (struct ch_answer){ .status = s->status, .body = ch_str_z(s->body), .type = ch_str_z(s->type), .etag = ch_str_z(s->etag),
					      .redirect = ch_str_z(s->redirect), .retry_after = s->retry_after };
		if (request->etag && s->etag && strcmp(request->etag, s->etag) == 0)
			answer->status = 304;
		break;
	}
	if (!strstr(request->url, "/robots.txt"))
		snprintf(f->log + used, sizeof f->log - used, "%.0f %s%s\n", f->now, request->url, answer->status == 304 ? " 304" : "");
	answer->refused = strstr(request->url, "intranet") && !request->private_hosts;
	if (answer->refused)
		return ch_fail(err, "leads into a private network");
	return answer->status ? true : ch_fail(err, "cannot be fetched: no such host");
}

static double now(void *ctx)
{
	return ((struct fake *)ctx)->now;
}

static bool wait_for(void *ctx, double seconds)
{
	((struct fake *)ctx)->now += seconds;
	return true;
}

/* A round; "name" or "name !error" of each input, a line each. */
static struct ch_str round_of(struct ch_arena *a, struct ch_watch *w)
{
	struct ch_str out = CH_STR("");
	struct ch_input in;

	while (ch_watch_next(w, &in)) {
		const char *title = json_string_value(json_object_get(in.known, "title"));
		const char *date = json_string_value(json_object_get(in.known, "date"));

		out = ch_arena_printf(a, "%.*s%s%s%s%s%s%s%s\n", CH_STR_ARG(out), in.name, in.error ? " !" : "", in.error ? in.error : "",
				      title ? " " : "", title ? title : "", date ? " " : "", date ? date : "");
		ch_input_free(&in);
	}
	return out;
}

static void expect(struct ch_str got, const char *want)
{
	if (!ch_str_eqz(got, want))
		fail_msg("got '%.*s', not '%s'", CH_STR_ARG(got), want);
}

#define FEED "http://r.example/feed"
#define RSS(items) "<rss><channel>" items "</channel></rss>"
#define ITEM(url) "<item><link>" url "</link><title>T</title><pubDate>8 May 2018 10:00:00 GMT</pubDate></item>"

static void what_is_new(void **state)
{
	struct served served[] = {
		{ FEED, 200, RSS(ITEM("/1") ITEM("/2#top")), "application/rss+xml", "v1", NULL, 0, 2 },
		{ FEED, 200, RSS(ITEM("/2") ITEM("/3")), "application/rss+xml", "v2", NULL, 0, 0 },
		{ "http://r.example/1", 200, "<p>one", "text/html", NULL, NULL, 0, 0 },
		{ "http://r.example/2", 200, "<p>two", "text/html", NULL, NULL, 0, 0 },
		{ "http://r.example/3", 200, "<p>three", "text/html", NULL, NULL, 0, 0 },
	};
	struct fake f = { served, 5, 1000, "", false };
	struct ch_web web = { get, now, wait_for, NULL, &f };
	char path[] = "/tmp/chancery-watch-XXXXXX";
	const char *places[] = { FEED };
	struct ch_watch_options options = { .state = path, .delay = 2 };
	struct ch_arena a = { 0 };
	struct ch_watch *w;
	struct ch_err err;
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	assert_true(ch_watch_open(&w, places, 1, &options, &web, &err));
	expect(round_of(&a, w), "http://r.example/1 T 2018-05-08\nhttp://r.example/2 T 2018-05-08\n");
	ch_watch_round(w);
	expect(round_of(&a, w), "");   /* the same feed: not read again */
	assert_true(ch_watch_save(w, &err));
	ch_watch_close(w);
	assert_true(ch_watch_open(&w, places, 1, &options, &web, &err));   /* another run */
	expect(round_of(&a, w), "http://r.example/3 T 2018-05-08\n");
	assert_true(ch_watch_save(w, &err));
	ch_watch_close(w);
	/* robots.txt first, then a request every two seconds */
	assert_string_equal(f.log, "1002 http://r.example/feed\n1004 http://r.example/1\n1006 http://r.example/2\n1008 http://r.example/feed 304\n"
			    "1010 http://r.example/feed\n1012 http://r.example/3\n");
	assert_true(f.private_asked);   /* of the host that was named */
	ch_arena_free(&a);
	unlink(path);
}

static void what_is_left_alone(void **state)
{
	struct served served[] = {
		{ FEED, 200, RSS(ITEM("/private/1") ITEM("/1") ITEM("/2") ITEM("/3") ITEM("/4") ITEM("http://other.example/1")), "", NULL, NULL, 0, 0 },
		{ "http://r.example/robots.txt", 200, "User-agent: *\nDisallow: /private\nCrawl-delay: 10", NULL, NULL, NULL, 0, 0 },
		{ "http://r.example/1", 200, "%PDF", "application/pdf", NULL, NULL, 0, 0 },
		{ "http://r.example/2", 302, "", NULL, NULL, "http://r.example/private/2", 0, 0 },
		{ "http://r.example/3", 429, "", NULL, NULL, NULL, 300, 1 },
		{ "http://r.example/3", 200, "<p>three", NULL, NULL, NULL, 0, 0 },
		{ "http://r.example/4", 410, "", NULL, NULL, NULL, 0, 0 },
		{ "http://other.example/robots.txt", 503, "", NULL, NULL, NULL, 0, 1 },
		{ "http://other.example/1", 200, "<p>other", NULL, NULL, NULL, 0, 0 },
	};
	struct fake f = { served, 9, 1000, "", false };
	struct ch_web web = { get, now, wait_for, NULL, &f };
	const char *places[] = { FEED };
	struct ch_watch_options options = { .delay = 1 };
	struct ch_arena a = { 0 };
	struct ch_watch *w;
	struct ch_err err;

	(void)state;
	assert_true(ch_watch_open(&w, places, 1, &options, &web, &err));
	expect(round_of(&a, w),
	       "http://other.example/1 !http://other.example answers 503; its pages wait for a later round\n"
	       "http://r.example/private/1 !robots.txt of http://r.example does not allow it\n"
	       "http://r.example/1 !is application/pdf, no page\n"
	       "http://r.example/2 !robots.txt of http://r.example does not allow it\n"
	       "http://r.example/3 !http://r.example answers 429; its pages wait for a later round\n");
	ch_watch_round(w);   /* too early: neither host is asked */
	f.log[0] = '\0';
	expect(round_of(&a, w), FEED " !http://r.example is left alone for 300 seconds more; its pages wait for a later round\n"
	       "http://other.example/1 !http://other.example is left alone for 30 seconds more; its pages wait for a later round\n");
	assert_string_equal(f.log, "");
	f.now += 400;
	ch_watch_round(w);
	expect(round_of(&a, w), "http://other.example/1 T 2018-05-08\nhttp://r.example/3 T 2018-05-08\nhttp://r.example/4 !answers 410\n");
	ch_watch_round(w);
	expect(round_of(&a, w), "");
	ch_watch_close(w);
	ch_arena_free(&a);
}

static void sitemaps_redirects_failures(void **state)
{
	struct served served[] = {
		{ "http://r.example/index.xml", 200, "<sitemapindex><sitemap><loc>/a.xml</loc></sitemap><sitemap><loc>/index.xml</loc></sitemap></sitemapindex>",
		  NULL, "i", NULL, 0, 0 },
		{ "http://r.example/a.xml", 200, "<urlset><url><loc>/1</loc><lastmod>2018-05-08</lastmod></url><url><loc>/2</loc></url><url><loc>/3</loc></url></urlset>", NULL, NULL, NULL, 0, 1 },
		{ "http://r.example/a.xml", 200, "<urlset><url><loc>/1</loc><lastmod>2018-05-09</lastmod></url><url><loc>/2</loc></url></urlset>", NULL, NULL, NULL, 0, 0 },
		{ "http://r.example/1", 301, "", NULL, NULL, "https://moved.example/1", 0, 0 },
		{ "https://moved.example/1", 200, "<p>one", "text/html", NULL, NULL, 0, 0 },
		{ "http://r.example/2", 302, "", NULL, NULL, "http://r.example/2", 0, 0 },
		{ "http://r.example/3", 302, "", NULL, NULL, "http://intranet/admin", 0, 0 },
		{ "http://gone.example/feed", 0, "", NULL, NULL, NULL, 0, 0 },
		{ "http://gone.example/robots.txt", 0, "", NULL, NULL, NULL, 0, 0 },
		{ "http://page.example/", 200, "<html><p>no feed</html>", "text/html", NULL, NULL, 0, 0 },
	};
	struct fake f = { served, 10, 1000, "", false };
	struct ch_web web = { get, now, wait_for, NULL, &f };
	const char *places[] = { "http://r.example/index.xml", "http://gone.example/feed", "http://page.example/", "/nowhere/at/all", "http://" };
	struct ch_watch_options options = { .delay = 1, .limit = 1 };
	struct ch_arena a = { 0 };
	struct ch_watch *w;
	struct ch_err err;

	(void)state;
	assert_true(ch_watch_open(&w, places, 5, &options, &web, &err));
	expect(round_of(&a, w),
	       "/nowhere/at/all !cannot open: No such file or directory\nhttp:// !is no URL\nhttp://gone.example/feed !cannot be fetched: no such host\n"
	       "http://page.example/ !is no feed and no sitemap\nhttps://moved.example/1\n");
	ch_watch_close(w);
	options.limit = 0;
	served[1].times = 1;
	assert_true(ch_watch_open(&w, places, 1, &options, &web, &err));
	expect(round_of(&a, w), "https://moved.example/1\nhttp://r.example/2 !leads on more than 5 times\nhttp://r.example/3 !leads into a private network\n");
	ch_watch_round(w);   /* the sitemap says that the one was changed */
	expect(round_of(&a, w), "https://moved.example/1\n");
	ch_watch_close(w);
	ch_arena_free(&a);
}

static void a_state_that_is_none(void **state)
{
	char path[] = "/tmp/chancery-watch-XXXXXX";
	struct ch_web web = { get, now, wait_for, NULL, NULL };
	struct ch_watch_options options = { .state = path };
	struct ch_watch *w;
	struct ch_err err;
	int fd = mkstemp(path);

	(void)state;
	assert_int_equal(write(fd, "{broken", 7), 7);
	close(fd);
	assert_false(ch_watch_open(&w, NULL, 0, &options, &web, &err));
	assert_non_null(strstr(err.text, path));
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_new),
		cmocka_unit_test(what_is_left_alone),
		cmocka_unit_test(sitemaps_redirects_failures),
		cmocka_unit_test(a_state_that_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
