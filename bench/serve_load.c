/* bench/serve_load.c -- serve_load PORT [RATE [SECONDS [P95_MS]]]: asks a server over a store of fill.c RATE (100) questions a second for SECONDS
 * (30), mixed over its routes, about parties drawn as they are told of.
 *
 * An open loop: each question has its time, and its answer is late from then on, whether it waited at the server or for a connection; a server that
 * cannot keep up is seen to fall behind. Prints what share was answered by when, in milliseconds, by route; status 1 where 95 % of all took longer
 * than P95_MS (50), or one in a thousand failed. */
#include "scale/world.h"
#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CONNECTIONS = 512, IDS = 64, WAIT_SECONDS = 30, HEAD_BYTES = 4096, ROUTES_MAX = 32 };

enum { ONE = 1, TWO = 2, PERSON = 4, EVENT = 8, PAGE = 16, MATTER = 32, YEAR = 64 };

/* "%s" are filled from what the mask names, in its order. */
static const struct {
	const char *name, *path;
	unsigned with, weight;
} routes[] = {
	{ "overview", "/api/v1/overview", 0, 2 }, { "parties", "/api/v1/parties", 0, 2 },
	{ "events", "/api/v1/events?newest=1&limit=50", 0, 2 }, { "events who", "/api/v1/events?newest=1&limit=50&who=%s", ONE, 3 },
	{ "visits who with", "/api/v1/visits?limit=50&who=%s&with=%s", ONE | TWO, 3 },
	{ "events year", "/api/v1/events?limit=50&who=%s&since=%s", ONE | YEAR, 2 },
	{ "quotes who", "/api/v1/quotes?newest=1&limit=50&who=%s", ONE, 2 }, { "quotes search", "/api/v1/quotes?limit=50&search=%s", MATTER, 1 },
	{ "instruments", "/api/v1/instruments?newest=1&limit=50&who=%s", ONE, 1 }, { "tallies", "/api/v1/tallies?limit=50&who=%s", ONE, 1 },
	{ "gatherings", "/api/v1/gatherings?limit=50&who=%s", ONE, 1 }, { "search", "/api/v1/search?limit=50&words=%s", MATTER, 2 },
	{ "country", "/api/v1/countries/%s", ONE, 3 }, { "balance", "/api/v1/countries/%s/balance", ONE, 1 },
	{ "pair", "/api/v1/pairs/%s/%s", ONE | TWO, 3 }, { "person", "/api/v1/persons/%s", PERSON, 2 },
	{ "series", "/api/v1/series?who=%s", ONE, 2 }, { "page", "/api/v1/pages/%s", PAGE, 3 }, { "why", "/api/v1/why/%s", EVENT, 2 },
	{ "stories", "/api/v1/stories?newest=1&limit=50", 0, 1 }, { "agenda", "/api/v1/agenda?limit=50&who=%s", ONE, 1 },
	{ "coverage", "/api/v1/coverage?by=month", 0, 1 }, { "suggest", "/api/v1/suggest?words=%.2s", ONE, 2 },
};
enum { ROUTES = sizeof routes / sizeof *routes };
_Static_assert((int)ROUTES <= (int)ROUTES_MAX, "room for all");

struct connection {
	int fd;
	bool busy;
	unsigned route;
	int64_t due_us;
	char head[HEAD_BYTES];
	size_t n_head;
	int64_t left;              /* of the body; below 0: the head is not there yet */
	unsigned status;
};

struct times {
	uint32_t *us;
	uint32_t n, cap, failed;
};

struct load {
	struct world world;
	unsigned port;
	int epoll;
	struct connection c[CONNECTIONS];
	struct times times[ROUTES_MAX];
	char events[IDS][40], pages[IDS][40];
	unsigned n_events, n_pages, total;
};

static int64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int dial(unsigned port)
{
	const struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd < 0 || connect(fd, (const struct sockaddr *)&at, sizeof at)) {
		fprintf(stderr, "serve_load: port %u: %s\n", port, strerror(errno));
		exit(2);
	}
	return fd;
}

/* ---- what is asked ---- */

static void escape(const char *from, char *to, size_t size)
{
	size_t n = 0;

	for (; *from && n + 4 < size; from++)
		n += (size_t)snprintf(to + n, size - n, *from == ' ' ? "%%20" : "%c", *from);
	to[n] = '\0';
}

static void make(struct load *l, unsigned route, char *to, size_t size)
{
	struct world *w = &l->world;
	const uint32_t one = any_state(w), two = other_state(w, one);
	char person[40], escaped[128], year[8];
	const unsigned with = routes[route].with;
	const char *first = w->code[one], *second = w->code[two];

	if (with & PERSON) {
		person_name(w, one, below(w, 3), person);
		escape(person, escaped, sizeof escaped);
		first = escaped;
	} else if (with & MATTER) {
		escape(matters[below(w, MATTERS)], escaped, sizeof escaped);
		first = escaped;
	} else if (with & EVENT) {
		first = l->events[below(w, l->n_events)];
	} else if (with & PAGE) {
		first = l->pages[below(w, l->n_pages)];
	}
	if (with & YEAR) {
		snprintf(year, sizeof year, "%u", WORLD_FROM + below(w, WORLD_TO - WORLD_FROM));
		second = year;
	}
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(to, size, routes[route].path, first, second);
#pragma GCC diagnostic pop
}

static unsigned draw(struct load *l)
{
	unsigned sum = 0, at;

	for (unsigned i = 0; i < ROUTES; i++)
		sum += routes[i].weight;
	at = below(&l->world, sum);
	for (unsigned i = 0; i < ROUTES; i++) {
		if (at < routes[i].weight)
			return i;
		at -= routes[i].weight;
	}
	return 0;
}

/* Ids of some events and of their pages, out of what the server gives. */
static void collect(struct load *l)
{
	static const char before[] = "\"page\":{\"id\":\"";
	char *text = malloc(1 << 22);

	for (int k = 0; k < 8 && text; k++) {
		int fd = dial(l->port);
		size_t n = 0;
		ssize_t got;
		char ask[256];
		const char *at;

		snprintf(ask, sizeof ask, "GET /api/v1/visits?limit=8&since=%d HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", WORLD_FROM + 4 * k);
		if (write(fd, ask, strlen(ask)) < 0)
			exit(2);
		while (n + 1 < 1 << 22 && (got = read(fd, text + n, (1 << 22) - 1 - n)) > 0)
			n += (size_t)got;
		close(fd);
		text[n] = '\0';
		for (at = text; (at = strstr(at, "{\"id\":\"")) && l->n_events < IDS; at += 7)
			snprintf(l->events[l->n_events++], sizeof *l->events, "%.32s", at + 7);
		for (at = text; (at = strstr(at, before)) && l->n_pages < IDS; at += sizeof before - 1)
			snprintf(l->pages[l->n_pages++], sizeof *l->pages, "%.*s", (int)strcspn(at + sizeof before - 1, "\""), at + sizeof before - 1);
	}
	free(text);
	if (!l->n_events || !l->n_pages) {
		fprintf(stderr, "serve_load: the server has no visits; is this a store of bench/scale/fill?\n");
		exit(2);
	}
}

/* What is the same for everybody is kept by the server from the first time on: that is paid here, and told. */
static void warm(struct load *l)
{
	for (unsigned i = 0; i < ROUTES; i++) {
		const int64_t since = now_us();
		char text[65536];
		int fd;

		if (routes[i].with)
			continue;
		fd = dial(l->port);
		snprintf(text, sizeof text, "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n", routes[i].path);
		if (write(fd, text, strlen(text)) < 0)
			exit(2);
		while (read(fd, text, sizeof text) > 0)
			;
		close(fd);
		printf("%s, the first time: %.1f ms\n", routes[i].name, (double)(now_us() - since) / 1000);
	}
}

/* ---- asking ---- */

static void ask(struct load *l, int64_t due)
{
	struct connection *c = NULL;
	char path[512], text[1024];
	int n;

	for (int i = 0; i < CONNECTIONS && !c; i++)
		if (!l->c[i].busy && l->c[i].fd)
			c = &l->c[i];
	for (int i = 0; i < CONNECTIONS && !c; i++) {
		if (!l->c[i].fd) {
			struct epoll_event e = { .events = EPOLLIN, .data.ptr = &l->c[i] };

			c = &l->c[i];
			c->fd = dial(l->port);
			epoll_ctl(l->epoll, EPOLL_CTL_ADD, c->fd, &e);
		}
	}
	if (!c) {
		fprintf(stderr, "serve_load: %d questions wait for an answer: the server has fallen behind\n", CONNECTIONS);
		exit(1);
	}
	c->busy = true;
	c->due_us = due;
	c->n_head = 0;
	c->left = -1;
	c->route = draw(l);
	make(l, c->route, path, sizeof path);
	n = snprintf(text, sizeof text, "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n", path);
	if (write(c->fd, text, (size_t)n) != n) {
		fprintf(stderr, "serve_load: cannot write: %s\n", strerror(errno));
		exit(2);
	}
}

static void done(struct load *l, struct connection *c, bool ok)
{
	struct times *t = &l->times[c->route];

	if (t->n == t->cap) {
		t->cap = t->cap ? t->cap * 2 : 256;
		t->us = ch_xrealloc(t->us, t->cap * sizeof *t->us);
	}
	t->us[t->n++] = (uint32_t)(now_us() - c->due_us);
	t->failed += !ok || (c->status != 200 && c->status != 404);
	c->busy = false;
	l->total++;
	if (!ok) {
		close(c->fd);
		c->fd = 0;
	}
}

static void hear(struct load *l, struct connection *c)
{
	char body[65536];
	ssize_t n = c->left < 0 ? read(c->fd, c->head + c->n_head, HEAD_BYTES - 1 - c->n_head) : read(c->fd, body, sizeof body);
	char *end, *length;

	if (n <= 0) {
		if (c->busy) {
			done(l, c, false);
		} else {
			close(c->fd);
			c->fd = 0;
		}
		return;
	}
	if (c->left >= 0) {
		c->left -= n;
	} else {
		c->n_head += (size_t)n;
		c->head[c->n_head] = '\0';
		end = strstr(c->head, "\r\n\r\n");
		if (!end)
			return;
		c->status = (unsigned)strtoul(c->head + 9, NULL, 10);
		length = strstr(c->head, "Content-Length: ");
		c->left = length && length < end ? (int64_t)strtoll(length + 16, NULL, 10) - (int64_t)(c->n_head - (size_t)(end + 4 - c->head)) : 0;
	}
	if (c->left <= 0)
		done(l, c, true);
}

/* ---- telling ---- */

static int by_size(const void *a, const void *b)
{
	const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static double at(const struct times *t, unsigned percent)
{
	return t->n ? (double)t->us[(uint64_t)(t->n - 1) * percent / 100] / 1000 : 0;
}

static void tell(const char *name, struct times *t)
{
	if (t->n)
		qsort(t->us, t->n, sizeof *t->us, by_size);
	printf("%-18s%8u%9.1f%9.1f%9.1f%9.1f%8u\n", name, t->n, at(t, 50), at(t, 95), at(t, 99), at(t, 100), t->failed);
}

int main(int argc, char **argv)
{
	struct load *l = calloc(1, sizeof *l);
	const unsigned rate = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 100, seconds = argc > 3 ? (unsigned)strtoul(argv[3], NULL, 10) : 30;
	const double limit = argc > 4 ? strtod(argv[4], NULL) : 50;
	struct times all = { 0 };
	uint32_t sent = 0;
	int64_t begin, last;

	if (argc < 2 || !l || !rate || !seconds) {
		fprintf(stderr, "usage: serve_load PORT [RATE [SECONDS [P95_MS]]]\n");
		return 2;
	}
	l->port = (unsigned)strtoul(argv[1], NULL, 10);
	l->epoll = epoll_create1(0);
	world_make(&l->world, 1);
	collect(l);
	warm(l);
	begin = now_us();
	last = begin + (int64_t)(seconds + WAIT_SECONDS) * 1000000;
	while (l->total < rate * seconds && now_us() < last) {
		struct epoll_event events[64];
		const int64_t due = begin + (int64_t)sent * 1000000 / rate, wait = sent < rate * seconds ? (due - now_us()) / 1000 : 100;
		int n = epoll_wait(l->epoll, events, 64, wait > 0 ? (int)wait : 0);

		for (int i = 0; i < n; i++)
			hear(l, events[i].data.ptr);
		for (; sent < rate * seconds && begin + (int64_t)sent * 1000000 / rate <= now_us(); sent++)
			ask(l, begin + (int64_t)sent * 1000000 / rate);
	}
	printf("%-18s%8s%9s%9s%9s%9s%8s\n", "ms", "asked", "p50", "p95", "p99", "max", "failed");
	for (unsigned i = 0; i < ROUTES; i++) {
		struct times *t = &l->times[i];

		tell(routes[i].name, t);
		all.us = ch_xrealloc(all.us, (all.n + t->n + 1) * sizeof *all.us);
		memcpy(all.us + all.n, t->us, t->n * sizeof *t->us);
		all.n += t->n;
		all.failed += t->failed;
		free(t->us);
	}
	all.failed += rate * seconds - l->total;
	tell("all", &all);
	sent = at(&all, 95) > limit || all.failed * 1000 > l->total;
	free(all.us);
	free(l);
	return (int)sent;
}
