/* libcurl over the loopback: a server of our own in a thread. What is private, how URLs are parted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>
#include "watch/web.h"

/* Answers by the first word of the path, a request a connection, until "/end". */
struct server {
	int listener;
	uint16_t port;
	pthread_t thread;
	char asked[2048];   /* the last request */
};

static void answer(int fd, const char *request)
{
	static const struct {
		const char *path, *head, *body;
	} pages[] = {
		{ "/page", "200 OK\r\nContent-Type: Text/HTML; charset=KOI8-R\r\nETag: \"v1\"\r\nLast-Modified: Tue, 08 May 2018 10:00:00 GMT", "<p>hello" },
		{ "/same", "304 Not Modified", "" },
		{ "/moved", "302 Found\r\nLocation: /page?x=1", "" },
		{ "/away", "302 Found\r\nLocation: file:///etc/passwd", "" },
		{ "/busy", "429 Too Many Requests\r\nRetry-After: 77", "" },
		{ "/packed", "200 OK\r\nContent-Encoding: gzip",
		  "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xb3\x29\xb0\xcb\x48\xcd\xc9\xc9\x07\x00\x36\x7e\x6a\x95\x08\x00\x00\x00" },
		{ "/big", "200 OK", NULL },
	};
	char head[512], big[5000];

	memset(big, 'x', sizeof big);
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		size_t n = strlen(pages[i].path), size = !pages[i].body ? sizeof big : i == 5 ? 28 : strlen(pages[i].body);
		int len;

		if (strncmp(request + 4, pages[i].path, n) != 0)
			continue;
		len = snprintf(head, sizeof head, "HTTP/1.1 %s\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n", pages[i].head, size);
		if (write(fd, head, (size_t)len) != len || (size && write(fd, pages[i].body ? pages[i].body : big, size) < 0))
			return;
	}
}

static void *serve(void *arg)
{
	struct server *s = arg;

	for (bool end = false; !end;) {
		int fd = accept(s->listener, NULL, NULL);
		size_t n = 0;
		ssize_t got;

		while (fd >= 0 && n < sizeof s->asked - 1 && (got = read(fd, s->asked + n, sizeof s->asked - 1 - n)) > 0) {
			n += (size_t)got;
			s->asked[n] = '\0';
			if (strstr(s->asked, "\r\n\r\n"))
				break;
		}
		answer(fd, s->asked);
		end = fd < 0 || strncmp(s->asked, "GET /end", 8) == 0;
		shutdown(fd, SHUT_RDWR);
		close(fd);
	}
	return NULL;
}

static void start(struct server *s)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof at;

	s->listener = socket(AF_INET, SOCK_STREAM, 0);
	assert_int_equal(bind(s->listener, (struct sockaddr *)&at, sizeof at), 0);
	assert_int_equal(listen(s->listener, 8), 0);
	assert_int_equal(getsockname(s->listener, (struct sockaddr *)&at, &size), 0);
	s->port = ntohs(at.sin_port);
	assert_int_equal(pthread_create(&s->thread, NULL, serve, s), 0);
}

static bool ask(struct ch_web *web, const struct server *s, struct ch_arena *a, const char *path, struct ch_request r, struct ch_answer *answer,
		struct ch_err *err)
{
	r.url = ch_arena_printf(a, "http://127.0.0.1:%u%s", s->port, path).ptr;
	if (!r.bytes_max)
		r.bytes_max = 1000;
	return web->get(web->ctx, &r, a, answer, err);
}

static void requests(void **state)
{
	struct ch_request known = { .private_hosts = true }, unknown = { 0 }, had = { .private_hosts = true, .etag = "\"v1\"", .modified = "then" };
	struct ch_arena a = { 0 };
	struct server s = { 0 };
	struct ch_answer got;
	struct ch_web web;
	struct ch_err err;

	(void)state;
	start(&s);
	assert_true(ch_web_open(&web, NULL, NULL, &err));
	assert_true(ask(&web, &s, &a, "/page", known, &got, &err));
	assert_int_equal(got.status, 200);
	assert_true(ch_str_eqz(got.body, "<p>hello") && ch_str_eqz(got.type, "text/html") && ch_str_eqz(got.charset, "koi8-r"));
	assert_true(ch_str_eqz(got.etag, "\"v1\"") && ch_str_eqz(got.modified, "Tue, 08 May 2018 10:00:00 GMT"));
	assert_non_null(strstr(s.asked, "User-Agent: chancery"));
	assert_null(strstr(s.asked, "If-None-Match"));
	assert_true(ask(&web, &s, &a, "/same", had, &got, &err));
	assert_int_equal(got.status, 304);
	assert_non_null(strstr(s.asked, "If-None-Match: \"v1\"\r\n"));
	assert_non_null(strstr(s.asked, "If-Modified-Since: then\r\n"));
	assert_true(ask(&web, &s, &a, "/moved", known, &got, &err));
	assert_int_equal(got.status, 302);
	assert_true(ch_str_ends(got.redirect, CH_STR("/page?x=1")) && ch_str_starts(got.redirect, CH_STR("http://127.0.0.1:")));
	assert_true(ask(&web, &s, &a, "/busy", known, &got, &err));
	assert_int_equal(got.retry_after, 77);
	assert_true(ask(&web, &s, &a, "/packed", known, &got, &err));
	assert_true(ch_str_eqz(got.body, "<p>hello"));
	assert_true(ask(&web, &s, &a, "/big", known, &got, &err));
	assert_true(got.cut && got.body.len <= 1000);
	/* a host that nobody named does not lead into a private network */
	assert_false(ask(&web, &s, &a, "/page", unknown, &got, &err));
	assert_true(got.refused);
	assert_non_null(strstr(err.text, "private network"));
	assert_false(web.get(web.ctx, &(struct ch_request){ .url = "file:///etc/passwd", .bytes_max = 10 }, &a, &got, &err));
	ask(&web, &s, &a, "/end", known, &got, &err);
	pthread_join(s.thread, NULL);
	close(s.listener);
	assert_false(ask(&web, &s, &a, "/page", known, &got, &err));   /* nobody listens */
	assert_non_null(strstr(err.text, "cannot be fetched"));
	web.close(web.ctx);
	ch_arena_free(&a);
}

static void private_addresses(void **state)
{
	static const struct {
		const char *address;
		bool private;
	} cases[] = {
		{ "127.0.0.1", true }, { "10.1.2.3", true }, { "172.16.0.1", true }, { "172.32.0.1", false }, { "192.168.1.1", true },
		{ "169.254.169.254", true }, { "100.64.0.1", true }, { "0.0.0.0", true }, { "224.0.0.1", true }, { "255.255.255.255", true },
		{ "8.8.8.8", false }, { "192.0.2.1", false }, { "::1", true }, { "::", true }, { "fe80::1", true }, { "fd00::1", true },
		{ "ff02::1", true }, { "::ffff:127.0.0.1", true }, { "::ffff:8.8.8.8", false }, { "64:ff9b::7f00:1", true }, { "2002:7f00:1::", true },
		{ "2001:4860:4860::8888", false }, { "::7f00:1", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		bool six = strchr(cases[i].address, ':') != NULL;
		uint8_t bytes[16];

		assert_int_equal(inet_pton(six ? AF_INET6 : AF_INET, cases[i].address, bytes), 1);
		if (ch_web_private(bytes, six ? 16 : 4) != cases[i].private)
			fail_msg("%s", cases[i].address);
	}
}

static void urls(void **state)
{
	static const struct {
		const char *base, *url, *out;
	} cases[] = {
		{ "http://r.example/a/b", "c", "http://r.example/a/c" },
		{ "http://r.example/a/b", "/c?d=e#f", "http://r.example/c?d=e" },
		{ "http://r.example/a", "//other.example/x", "http://other.example/x" },
		{ "http://r.example/a", " HTTPS://Other.example/x y ", "https://other.example/x%20y" },
		{ "http://r.example/a", "http://me:secret@r.example/", "http://r.example/" },
		{ "http://r.example/a", "javascript:alert(1)", "" },
		{ "http://r.example/a", "file:///etc/passwd", "" },
		{ "http://r.example/a", "mailto:x@r.example", "" },
	};
	struct ch_str host, path;
	struct ch_arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ch_str got = ch_web_resolve(&a, cases[i].base, ch_str_z(cases[i].url));

		if (!ch_str_eqz(got, cases[i].out) && !(strstr(cases[i].url, "Other") && ch_str_ieq(got, ch_str_z(cases[i].out))))
			fail_msg("%s: '%.*s'", cases[i].url, CH_STR_ARG(got));
	}
	assert_true(ch_web_part(&a, "https://R.Example/a?b=c", &host, &path));
	assert_true(ch_str_eqz(host, "https://r.example") && ch_str_eqz(path, "/a?b=c"));
	assert_true(ch_web_part(&a, "http://r.example:8080", &host, &path));
	assert_true(ch_str_eqz(host, "http://r.example:8080") && ch_str_eqz(path, "/"));
	assert_false(ch_web_part(&a, "ftp://r.example/", &host, &path));
	assert_false(ch_web_part(&a, "nonsense", &host, &path));
	ch_arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(requests),
		cmocka_unit_test(private_addresses),
		cmocka_unit_test(urls),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
