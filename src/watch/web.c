#include "watch/web.h"
#include "input/http.h"
#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CONNECT_SECONDS = 15, TOTAL_SECONDS = 90, HEADER_MAX = 1024 };

struct web {
	CURL *curl;
	bool (*stopped)(void *ctx);
	void *ctx;
};

/* One request under way. */
struct transfer {
	const struct ch_request *request;
	struct web *web;
	char *body;
	size_t n, cap;
	bool cut, refused;
	char etag[HEADER_MAX], modified[HEADER_MAX];
};

/* ---- addresses ---- */

bool ch_web_private(const uint8_t *a, size_t n)
{
	static const struct {
		uint8_t bytes[4], bits;
	} v4[] = { { { 0 }, 8 }, { { 10 }, 8 }, { { 100, 64 }, 10 }, { { 127 }, 8 }, { { 169, 254 }, 16 }, { { 172, 16 }, 12 },
		   { { 192, 0, 0 }, 24 }, { { 192, 168 }, 16 }, { { 198, 18 }, 15 }, { { 224 }, 3 } };
	static const uint8_t zero[16], mapped[12] = { [10] = 0xff, [11] = 0xff }, nat64[12] = { 0, 0x64, 0xff, 0x9b };

	if (n == 16) {
		if (memcmp(a, mapped, 12) == 0 || memcmp(a, nat64, 12) == 0)
			return ch_web_private(a + 12, 4);
		if (a[0] == 0x20 && a[1] == 0x02)   /* 6to4 */
			return ch_web_private(a + 2, 4);
		/* ::, ::1 and other forms of IPv4; unique local; link local; multicast */
		return memcmp(a, zero, 12) == 0 || (a[0] & 0xfe) == 0xfc || (a[0] == 0xfe && (a[1] & 0x80) == 0x80) || a[0] == 0xff;
	}
	for (size_t i = 0; n == 4 && i < sizeof v4 / sizeof *v4; i++) {
		uint32_t is = (uint32_t)a[0] << 24 | (uint32_t)a[1] << 16 | (uint32_t)a[2] << 8 | a[3];
		uint32_t net = (uint32_t)v4[i].bytes[0] << 24 | (uint32_t)v4[i].bytes[1] << 16 | (uint32_t)v4[i].bytes[2] << 8;

		if ((is ^ net) >> (32 - v4[i].bits) == 0)
			return true;
	}
	return false;
}

static curl_socket_t open_socket(void *ctx, curlsocktype purpose, struct curl_sockaddr *to)
{
	struct transfer *t = ctx;
	struct sockaddr_storage any = { 0 };
	bool refuse = true;

	(void)purpose;
	/* What lies behind `addr` is of the family's own type; a copy is aligned for it. */
	memcpy(&any, &to->addr, to->addrlen < sizeof any ? to->addrlen : sizeof any);
	if (to->family == AF_INET) {
		struct sockaddr_in in;

		memcpy(&in, &any, sizeof in);
		refuse = ch_web_private((const uint8_t *)&in.sin_addr, 4);
	} else if (to->family == AF_INET6) {
		struct sockaddr_in6 in;

		memcpy(&in, &any, sizeof in);
		refuse = ch_web_private((const uint8_t *)&in.sin6_addr, 16);
	}
	if (refuse && !t->request->private_hosts) {
		t->refused = true;
		return CURL_SOCKET_BAD;
	}
	return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

/* ---- one request ---- */

static size_t take_body(char *bytes, size_t one, size_t n, void *ctx)
{
	struct transfer *t = ctx;
	size_t room = t->request->bytes_max - t->n;

	n *= one;
	if (n > room) {
		t->cut = true;
		return 0;   /* ends the transfer */
	}
	if (t->n + n > t->cap) {
		size_t cap = t->cap ? t->cap : 64 << 10;

		while (cap < t->n + n)
			cap *= 2;
		t->body = ch_xrealloc(t->body, cap);
		t->cap = cap;
	}
	if (n)
		memcpy(t->body + t->n, bytes, n);
	t->n += n;
	return n;
}

static void keep_header(char to[HEADER_MAX], struct ch_str value)
{
	if (value.len < HEADER_MAX) {
		memcpy(to, value.ptr, value.len);
		to[value.len] = '\0';
	}
}

static size_t take_header(char *bytes, size_t one, size_t n, void *ctx)
{
	struct transfer *t = ctx;
	struct ch_str rest = ch_str_n(bytes, one * n), name, value;

	while (ch_http_field(&rest, &name, &value)) {
		if (ch_str_ieq(name, CH_STR("etag")))
			keep_header(t->etag, value);
		if (ch_str_ieq(name, CH_STR("last-modified")))
			keep_header(t->modified, value);
	}
	return one * n;
}

static int progress(void *ctx, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	const struct web *web = ((struct transfer *)ctx)->web;

	(void)a, (void)b, (void)c, (void)d;
	return web->stopped && web->stopped(web->ctx);
}

static struct curl_slist *add_field(struct curl_slist *list, const char *name, const char *value)
{
	char line[HEADER_MAX + 32];
	struct curl_slist *more;

	if (!value || !*value || strlen(value) >= HEADER_MAX || strpbrk(value, "\r\n"))
		return list;
	snprintf(line, sizeof line, "%s: %s", name, value);
	more = curl_slist_append(list, line);
	if (!more)
		ch_die_memory(sizeof line);
	return more;
}

static bool get(void *ctx, const struct ch_request *request, struct ch_arena *arena, struct ch_answer *answer, struct ch_err *err)
{
	struct web *web = ctx;
	struct transfer t = { .request = request, .web = web };
	struct curl_slist *fields = add_field(add_field(NULL, "If-None-Match", request->etag), "If-Modified-Since", request->modified);
	const char *redirect = NULL, *type = NULL;
	char why[CURL_ERROR_SIZE] = "";
	curl_off_t retry = 0;
	CURLcode rc;

	*answer = (struct ch_answer){ 0 };
	curl_easy_setopt(web->curl, CURLOPT_URL, request->url);
	curl_easy_setopt(web->curl, CURLOPT_HTTPHEADER, fields);
	curl_easy_setopt(web->curl, CURLOPT_ERRORBUFFER, why);
	curl_easy_setopt(web->curl, CURLOPT_WRITEDATA, &t);
	curl_easy_setopt(web->curl, CURLOPT_HEADERDATA, &t);
	curl_easy_setopt(web->curl, CURLOPT_XFERINFODATA, &t);
	curl_easy_setopt(web->curl, CURLOPT_OPENSOCKETDATA, &t);
	rc = curl_easy_perform(web->curl);
	curl_easy_setopt(web->curl, CURLOPT_HTTPHEADER, NULL);
	curl_easy_setopt(web->curl, CURLOPT_ERRORBUFFER, NULL);
	curl_slist_free_all(fields);
	if (rc != CURLE_OK && !t.cut) {
		free(t.body);
		answer->refused = t.refused;
		if (t.refused)
			return ch_fail(err, "leads into a private network, which only hosts named on the command line may");
		return ch_fail(err, "cannot be fetched: %s", *why ? why : curl_easy_strerror(rc));
	}
	curl_easy_getinfo(web->curl, CURLINFO_RESPONSE_CODE, &answer->status);
	curl_easy_getinfo(web->curl, CURLINFO_REDIRECT_URL, &redirect);
	curl_easy_getinfo(web->curl, CURLINFO_CONTENT_TYPE, &type);
	curl_easy_getinfo(web->curl, CURLINFO_RETRY_AFTER, &retry);
	answer->retry_after = (long)retry;
	answer->cut = t.cut;
	answer->body = ch_arena_str(arena, ch_str_n(t.body, t.n));
	answer->etag = ch_arena_str(arena, ch_str_z(t.etag));
	answer->modified = ch_arena_str(arena, ch_str_z(t.modified));
	if (redirect)
		answer->redirect = ch_arena_str(arena, ch_str_z(redirect));
	if (type)
		ch_http_type(arena, ch_arena_str(arena, ch_str_z(type)), &answer->type, &answer->charset);
	free(t.body);
	return true;
}

static double now(void *ctx)
{
	struct timespec t;

	(void)ctx;
	clock_gettime(CLOCK_REALTIME, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* In naps, so that a wish to stop is heard. */
static bool wait_for(void *ctx, double seconds)
{
	const struct web *web = ctx;

	for (;;) {
		double nap = seconds < 0.25 ? seconds : 0.25;

		if (web->stopped && web->stopped(web->ctx))
			return false;
		if (nap <= 0)
			return true;
		nanosleep(&(struct timespec){ 0, (long)(nap * 1e9) }, NULL);
		seconds -= nap;
	}
}

static void close_web(void *ctx)
{
	struct web *web = ctx;

	curl_easy_cleanup(web->curl);
	curl_global_cleanup();
	free(web);
}

bool ch_web_open(struct ch_web *web, bool (*stopped)(void *ctx), void *ctx, struct ch_err *err)
{
	struct web *w;
	CURL *c;

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return ch_fail(err, "cannot start libcurl");
	c = curl_easy_init();
	if (!c) {
		curl_global_cleanup();
		return ch_fail(err, "cannot start libcurl");
	}
	w = ch_xrealloc(NULL, sizeof *w);
	*w = (struct web){ c, stopped, ctx };
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(c, CURLOPT_NOPROXY, "*");
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "");
	curl_easy_setopt(c, CURLOPT_USERAGENT, "chancery (reads news pages for a record of diplomacy)");
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)TOTAL_SECONDS);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, progress);
	curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	*web = (struct ch_web){ get, now, wait_for, close_web, w };
	return true;
}

/* ---- URLs ---- */

static bool is_web(struct ch_str url)
{
	return ch_str_istarts(url, CH_STR("http://")) || ch_str_istarts(url, CH_STR("https://"));
}

bool ch_web_part(struct ch_arena *arena, const char *url, struct ch_str *host, struct ch_str *path)
{
	CURLU *u = curl_url();
	char *scheme = NULL, *name = NULL, *port = NULL, *p = NULL, *query = NULL;
	bool ok = u && curl_url_set(u, CURLUPART_URL, url, 0) == CURLUE_OK &&
		curl_url_get(u, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK && curl_url_get(u, CURLUPART_HOST, &name, 0) == CURLUE_OK &&
		curl_url_get(u, CURLUPART_PATH, &p, 0) == CURLUE_OK;

	if (ok) {
		curl_url_get(u, CURLUPART_QUERY, &query, 0);
		curl_url_get(u, CURLUPART_PORT, &port, CURLU_NO_DEFAULT_PORT);
		for (char *c = name; *c; c++)
			if (*c >= 'A' && *c <= 'Z')
				*c = (char)(*c + ('a' - 'A'));
		*host = ch_arena_printf(arena, "%s://%s%s%s", scheme, name, port ? ":" : "", port ? port : "");
		*path = ch_arena_printf(arena, "%s%s%s", p, query ? "?" : "", query ? query : "");
		ok = is_web(*host);
	}
	curl_free(scheme);
	curl_free(name);
	curl_free(port);
	curl_free(p);
	curl_free(query);
	curl_url_cleanup(u);
	return ok;
}

struct ch_str ch_web_resolve(struct ch_arena *arena, const char *base, struct ch_str url)
{
	CURLU *u = curl_url();
	char *whole = NULL;
	struct ch_str out = { 0 };

	/* The fragment is the reader's own affair; user names in a URL of a feed are never meant well. */
	if (u && curl_url_set(u, CURLUPART_URL, base, 0) == CURLUE_OK &&
	    curl_url_set(u, CURLUPART_URL, ch_arena_z(arena, ch_str_trim(url)), CURLU_URLENCODE) == CURLUE_OK &&
	    curl_url_set(u, CURLUPART_FRAGMENT, NULL, 0) == CURLUE_OK && curl_url_set(u, CURLUPART_USER, NULL, 0) == CURLUE_OK &&
	    curl_url_set(u, CURLUPART_PASSWORD, NULL, 0) == CURLUE_OK && curl_url_get(u, CURLUPART_URL, &whole, 0) == CURLUE_OK &&
	    is_web(ch_str_z(whole)))
		out = ch_arena_str(arena, ch_str_z(whole));
	curl_free(whole);
	curl_url_cleanup(u);
	return out;
}
