/* The server at its socket, with clients that are slow, rude, many or gone: whatever they do, the next one is answered. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include "../unit/serve/ask.h"

/* An answer takes milliseconds, and a second whatever others do. A machine that builds something else at the same time may be late by itself, but not
 * each time that it is asked. */
enum { ANSWER_MS = 1000, TRIES = 4, MANY = 1000, STREAMS = 100, REQUEST_MS = 400, GIVE_UP_MS = 60000 };

struct running {
	char dir[64], path[96], log[112];
	struct chancery_serve how;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t is_ready;
	unsigned port;             /* 0: not yet */
	bool failed, ended;
	int pipe;
	atomic_bool stop;
	struct chancery_error error;
};

static long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void ready(void *ctx, const char *url)
{
	struct running *r = ctx;

	pthread_mutex_lock(&r->lock);
	r->port = (unsigned)strtoul(strrchr(url, ':') + 1, NULL, 10);
	pthread_cond_signal(&r->is_ready);
	pthread_mutex_unlock(&r->lock);
}

static bool stopped(void *ctx)
{
	return atomic_load(&((struct running *)ctx)->stop);
}

static void *serve(void *ctx)
{
	struct running *r = ctx;
	const bool ok = chancery_serve(NULL, &r->how, &r->error);

	pthread_mutex_lock(&r->lock);
	r->failed = !ok;
	pthread_cond_signal(&r->is_ready);
	pthread_mutex_unlock(&r->lock);
	return NULL;
}

enum logs { NO_LOG, LOG_FILE, LOG_PIPE /* which nobody reads */ };

/* threads: that answer; 0: as many as it thinks. */
static struct running *begin_with(unsigned rate, enum logs logs, unsigned threads)
{
	struct running *r = calloc(1, sizeof *r);
	struct rlimit files;

	if (!getrlimit(RLIMIT_NOFILE, &files)) {
		files.rlim_cur = files.rlim_max;
		setrlimit(RLIMIT_NOFILE, &files);
	}
	strcpy(r->dir, "/tmp/chancery-sockets-XXXXXX");
	assert_non_null(mkdtemp(r->dir));
	snprintf(r->path, sizeof r->path, "%s/s.db", r->dir);
	assert_true(site_put(r->path, ""));
	pthread_mutex_init(&r->lock, NULL);
	pthread_cond_init(&r->is_ready, NULL);
	r->how = (struct chancery_serve){ .store = r->path, .token = TOKEN, .ready = ready, .stopped = stopped, .ctx = r, .rate = rate, .request_ms = REQUEST_MS,
					  .threads = threads };
	snprintf(r->log, sizeof r->log, "%s/log", r->dir);
	r->how.log = logs == NO_LOG ? NULL : r->log;
	r->pipe = -1;
	if (logs == LOG_PIPE) {
		assert_int_equal(mkfifo(r->log, 0600), 0);
		r->pipe = open(r->log, O_RDWR | O_CLOEXEC);
		assert_true(fcntl(r->pipe, F_SETPIPE_SZ, 4096) >= 0);
	}
	assert_int_equal(pthread_create(&r->thread, NULL, serve, r), 0);
	pthread_mutex_lock(&r->lock);
	while (!r->port && !r->failed)
		pthread_cond_wait(&r->is_ready, &r->lock);
	pthread_mutex_unlock(&r->lock);
	if (r->failed)
		fail_msg("%s", r->error.text);
	return r;
}

static struct running *begin(unsigned rate, enum logs logs)
{
	return begin_with(rate, logs, 0);
}

static void wait_for(struct running *r)
{
	atomic_store(&r->stop, true);
	pthread_join(r->thread, NULL);
	r->ended = true;
	assert_false(r->failed);
}

static void end(struct running *r)
{
	char path[128];

	if (!r->ended)
		wait_for(r);
	unlink(r->log);
	if (r->pipe >= 0)
		close(r->pipe);
	for (int i = 0; i < 3; i++) {
		snprintf(path, sizeof path, "%s%s", r->path, (const char *[]){ "", "-wal", "-shm" }[i]);
		unlink(path);
	}
	rmdir(r->dir);
	pthread_cond_destroy(&r->is_ready);
	pthread_mutex_destroy(&r->lock);
	free(r);
}

static int setup(void **state)
{
	*state = begin(0, NO_LOG);
	return 0;
}

static int teardown(void **state)
{
	end(*state);
	return 0;
}

static int dial(const struct running *r)
{
	const struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)r->port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_true(fd >= 0);
	if (connect(fd, (const struct sockaddr *)&at, sizeof at))
		fail_msg("connect: %s", strerror(errno));
	return fd;
}

/* What the server shut meanwhile takes nothing; that is for the reader to see. */
static void say(int fd, const char *text)
{
	for (size_t left = strlen(text); left;) {
		ssize_t n = send(fd, text, left, MSG_NOSIGNAL);

		if (n <= 0)
			return;
		text += n;
		left -= (size_t)n;
	}
}

/* Reads until the words are there, the end, or size; what is there, with a NUL. "" and the end: it was shut without a word. */
static char *hear(int fd, char *to, size_t size, const char *until)
{
	const long by = now_ms() + GIVE_UP_MS;
	size_t n = 0;

	*to = '\0';
	while (n + 1 < size && !(until && strstr(to, until))) {
		struct pollfd p = { .fd = fd, .events = POLLIN };
		ssize_t got;

		if (now_ms() > by || poll(&p, 1, (int)(by - now_ms())) <= 0)
			fail_msg("no answer: '%s'", to);
		got = recv(fd, to + n, size - 1 - n, 0);
		if (got <= 0)
			break;
		n += (size_t)got;
		to[n] = '\0';
	}
	return to;
}

#define GET(path) "GET " path " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

static void alive(struct running *r)
{
	long took[TRIES];

	for (int i = 0; i < TRIES; i++) {
		const long since = now_ms();
		char text[8192];
		int fd = dial(r);

		say(fd, GET("/api/v1/events?limit=1"));
		hear(fd, text, sizeof text, "\"next\"");
		close(fd);
		if (strncmp(text, "HTTP/1.1 200 ", 13) || !strstr(text, "CONSULT"))
			fail_msg("'%s'", text);
		took[i] = now_ms() - since;
		if (took[i] < ANSWER_MS)
			return;
	}
	fail_msg("an answer took %ld ms, and asked again %ld, %ld, %ld", took[0], took[1], took[2], took[3]);
}

static void malformed(void **state)
{
	struct running *r = *state;
	static const struct {
		const char *sent;
		const char *status;   /* of the answer; NULL: it is shut without one, or 4xx */
	} cases[] = {
		{ "GET\r\n\r\n", NULL }, { "GET / HTTP/9.9\r\n\r\n", NULL }, { "\r\n\r\n\r\n\r\n GET", NULL }, { "GET / HTTP/1.1\r\n\r\n", " 400 " },
		{ "GET /\x01\x02 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", NULL },
		{ "GET / HTTP/1.1\r\nHost: localhost\r\nHost\r\n\r\n", NULL },
		{ "POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n", " 400 " },
		{ "POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999999\r\n\r\n", NULL },
		{ "POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n", NULL },
		{ "GET /api/v1/events?%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", NULL },
		{ "GET /api/v1/events?who=%C0%AF HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", " 400 " },
		{ "GET http://localhost/../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", NULL },
		{ "GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", " 404 " },
		{ "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", " 421 " },
		{ "OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", " 204 " },
		{ "\x16\x03\x01\x02\x01\x01\x01\xfc\x03\x03", NULL },   /* TLS */
		{ "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", NULL },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[4096];
		int fd = dial(r);

		say(fd, cases[i].sent);
		shutdown(fd, SHUT_WR);
		hear(fd, text, sizeof text, NULL);
		close(fd);
		if (cases[i].status && !(strlen(text) > 12 && strncmp(text + 8, cases[i].status, 5) == 0))
			fail_msg("%zu: '%s'", i, text);
		if (!cases[i].status && *text && !strstr(text, " 4") && !strstr(text, " 5"))
			fail_msg("%zu: '%s'", i, text);
		assert_null(strstr(text, "root:"));
		alive(r);
	}
}

/* What came behind a body whose end is said in two ways is nobody's request. */
static void smuggled(void **state)
{
	static const char *const cases[] = {
		"Content-Length: 0\r\nContent-Length: 60\r\n\r\n", "Content-Length: 60\r\nContent-Length: 0\r\n\r\n",
		"Content-Length: 0\r\ncontent-length: 0\r\n\r\n",
		"Content-Length: 55\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
		"Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n",
	};
	struct running *r = *state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[8192];
		int fd = dial(r);

		say(fd, "POST /api/v1/decisions HTTP/1.1\r\nHost: localhost\r\n");
		say(fd, cases[i]);
		say(fd, "GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n");
		hear(fd, text, sizeof text, NULL);   /* to its end: the connection is shut */
		close(fd);
		/* where libmicrohttpd shut it itself, it may be without a word */
		if ((*text && strncmp(text + 8, " 400 ", 5)) || strstr(text, "\"ok\""))
			fail_msg("%zu: '%s'", i, text);
	}
	alive(r);
}

static void large(void **state)
{
	struct running *r = *state;
	char *text = malloc(1 << 21), answer[4096];
	int fd;

	memset(text, 'a', (1 << 21) - 1);
	text[(1 << 21) - 1] = '\0';
	/* a body, announced and come; one that never comes */
	fd = dial(r);
	say(fd, "POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2097151\r\n\r\n");
	say(fd, text);
	hear(fd, answer, sizeof answer, "\r\n\r\n");
	assert_true(!*answer || strstr(answer, " 413 "));
	close(fd);
	alive(r);
	fd = dial(r);
	say(fd, "POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000000000\r\n\r\n");
	hear(fd, answer, sizeof answer, "\r\n\r\n");
	assert_non_null(strstr(answer, " 413 "));
	close(fd);
	/* a header, a path, very many headers */
	fd = dial(r);
	say(fd, "GET / HTTP/1.1\r\nHost: localhost\r\nX: ");
	say(fd, text);
	hear(fd, answer, sizeof answer, "\r\n\r\n");
	assert_true(!*answer || strstr(answer, " 431 ") || strstr(answer, " 413 "));
	close(fd);
	fd = dial(r);
	say(fd, "GET /");
	say(fd, text);
	hear(fd, answer, sizeof answer, "\r\n\r\n");
	assert_true(!*answer || strstr(answer, " 414 ") || strstr(answer, " 431 "));
	close(fd);
	fd = dial(r);
	say(fd, "GET / HTTP/1.1\r\nHost: localhost\r\n");
	for (int i = 0; i < 200; i++)
		say(fd, "A: b\r\n");
	say(fd, "\r\n");
	hear(fd, answer, sizeof answer, "\r\n\r\n");
	assert_non_null(strstr(answer, " 431 "));
	close(fd);
	free(text);
	alive(r);
}

/* A byte now and then is never silence: what counts is that the whole request must have come. */
static void trickle(void **state)
{
	struct running *r = *state;
	const long since = now_ms();
	int fd[50], left = 50;
	long next = 0;

	for (int i = 0; i < 50; i++) {
		fd[i] = dial(r);
		say(fd[i], i % 2 ? "GET / HTTP/1.1\r\nHost: localhost\r\nX: " : "POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n");
	}
	alive(r);
	while (left) {
		if (now_ms() - since > GIVE_UP_MS)
			fail_msg("%d are still there", left);
		for (int i = 0; i < 50; i++) {
			struct pollfd p = { .fd = fd[i], .events = POLLIN };
			char text[512];

			if (fd[i] < 0)
				continue;
			if (poll(&p, 1, 1) > 0 && recv(fd[i], text, sizeof text, 0) <= 0) {
				close(fd[i]);
				fd[i] = -1;
				left--;
			} else if (now_ms() >= next) {
				say(fd[i], "a");
			}
		}
		next = now_ms() > next ? now_ms() + 50 : next;
	}
	assert_true(now_ms() - since >= REQUEST_MS / 2);
	alive(r);
}

static void many(void **state)
{
	struct running *r = *state;
	int fd[MANY];

	for (int i = 0; i < MANY; i++) {
		fd[i] = dial(r);
		if (i % 2)
			say(fd[i], "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n");
	}
	alive(r);
	for (int i = 1; i < MANY; i += 2)
		say(fd[i], "\r\n");
	alive(r);
	for (int i = 0; i < MANY; i++)
		close(fd[i]);
	alive(r);
}

/* Those that ask and do not read, or are gone before the answer. */
static void gone(void **state)
{
	struct running *r = *state;
	const struct linger reset = { .l_onoff = 1 };
	int fd[200];

	for (int i = 0; i < 200; i++) {
		int small = 1024;

		fd[i] = dial(r);
		setsockopt(fd[i], SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
		say(fd[i], i % 2 ? GET("/api/v1/events?format=csv") : GET("/api/v1/pages"));
		if (i % 4 == 0)
			setsockopt(fd[i], SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
		if (i % 4 < 2)
			close(fd[i]);
	}
	alive(r);
	for (int i = 0; i < 200; i++) {
		char byte[2];

		if (i % 4 < 2)
			continue;
		hear(fd[i], byte, sizeof byte, NULL);
		setsockopt(fd[i], SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
		close(fd[i]);
	}
	alive(r);
}

/* Streams tell each record once, in order, also to those that come again with the last id that they have. */
static void streams(void **state)
{
	struct running *r = *state;
	int fd[STREAMS], again, roles, pages;
	char text[65536], last[256], *id = NULL;

	for (int i = 0; i < STREAMS; i++) {
		fd[i] = dial(r);
		say(fd[i], i % 2 ? GET("/api/v1/stream?record=visits&who=EGY") : GET("/api/v1/stream?who=ZMB"));
		hear(fd[i], text, sizeof text, "retry: ");
		assert_non_null(strstr(text, "text/event-stream"));
	}
	roles = dial(r);
	say(roles, GET("/api/v1/stream?record=roles&who=Anwar%20Sadat"));
	hear(roles, text, sizeof text, "retry: ");
	pages = dial(r);
	say(pages, GET("/api/v1/stream?record=pages"));
	hear(pages, text, sizeof text, "retry: ");
	alive(r);
	assert_true(site_put(r->path, " It is told."));
	alive(r);
	/* registers of rows, and pages, each in its own order */
	hear(roles, text, sizeof text, "\"role\":\"President\"");
	assert_non_null(strstr(text, "\nid: "));
	close(roles);
	hear(pages, text, sizeof text, "\"title\":\"Sadat in Jerusalem\"");
	assert_non_null(strstr(text, "\nid: 2\n"));
	close(pages);
	again = dial(r);
	say(again, GET("/api/v1/stream?last=0"));
	hear(again, text, sizeof text, "data: {");
	close(again);
	snprintf(last, sizeof last, "%s", strstr(text, "data: {"));
	/* the sample's events are one with those that are there: what is new is another's */
	{
		struct ch_arena arena = { 0 };
		struct ch_store *store;
		struct ch_err err;
		struct ch_doc doc;

		assert_true(ch_store_open(r->path, false, &store, &err));
		sample_doc(&doc, &arena, " Later.", "1979-03-26");
		doc.events.v[0].date = CH_STR("1979-03-26");
		assert_true(ch_store_begin(store, &err) && ch_store_put(store, ch_page_record(&doc, (struct ch_stamp){ "1", "1", "1" }), &err) &&
			    ch_store_commit(store, &err));
		ch_store_close(store);
		ch_arena_free(&arena);
	}
	for (int i = 1; i < STREAMS; i += 2) {
		hear(fd[i], text, sizeof text, "1979-03-26");
		id = strstr(text, "id: ");
		assert_non_null(id);
	}
	alive(r);
	/* half of them go without a word */
	for (int i = 0; i < STREAMS; i += 2)
		close(fd[i]);
	assert_true(site_put(r->path, " And again."));
	alive(r);
	for (int i = 1; i < STREAMS; i += 2)
		close(fd[i]);
	alive(r);
}

/* One address may ask so often and no more; then it may again. */
static void often(void **state)
{
	struct running *r = begin(5, NO_LOG);
	unsigned good = 0, refused = 0;
	char text[4096];

	(void)state;
	for (int i = 0; i < 40; i++) {
		int fd = dial(r);

		say(fd, GET("/api/v1/about"));
		hear(fd, text, sizeof text, "\r\n\r\n");
		good += strncmp(text + 8, " 200 ", 5) == 0;
		if (strncmp(text + 8, " 429 ", 5) == 0) {
			refused++;
			assert_non_null(strstr(text, "Retry-After"));
		}
		close(fd);
	}
	assert_true(good >= 10 && refused > 0 && good + refused == 40);
	end(r);
}

/* What is being answered when it is told to stop is answered; streams end. */
static void stops(void **state)
{
	struct running *r = begin(0, NO_LOG);
	char text[65536];
	int stream = dial(r), fd[20];

	(void)state;
	say(stream, GET("/api/v1/stream"));
	hear(stream, text, sizeof text, "retry: ");
	for (int i = 0; i < 20; i++) {
		fd[i] = dial(r);
		say(fd[i], GET("/api/v1/events"));
	}
	/* they have come when one that came after them is answered by the one thread that reads */
	alive(r);
	atomic_store(&r->stop, true);
	for (int i = 0; i < 20; i++) {
		hear(fd[i], text, sizeof text, NULL);
		if (strncmp(text + 8, " 200 ", 5) || !strstr(text, "\"next\""))
			fail_msg("%d: '%.200s'", i, text);
		close(fd[i]);
	}
	hear(stream, text, sizeof text, NULL);
	close(stream);
	end(r);
}

/* Each request is a line, whatever was asked; who it was that may write is in none. */
static void logged(void **state)
{
	static const struct {
		const char *sent, *line;   /* behind the time, up to the milliseconds; NULL: none */
	} cases[] = {
		{ GET("/api/v1/about"), "127.0.0.1 GET /api/v1/about 200 " }, { GET("/api/v1/events?who=EGY&limit=2"), "127.0.0.1 GET /api/v1/events?who=EGY&limit=2 200 " },
		{ GET("/api/v1/events?about=a%0Ab+c&who"), "127.0.0.1 GET /api/v1/events?about=a%0Ab%20c&who= 400 " }, { GET("/nothing.gif"), "127.0.0.1 GET /nothing.gif 404 " },
		{ "HEAD /robots.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "127.0.0.1 HEAD /robots.txt 200 0 " },
		{ GET("/robots.txt"), "127.0.0.1 GET /robots.txt 200 26 " }, { GET("/\xc3\xbc\"\\"), "127.0.0.1 GET /%C3%BC%22%5C 200 " },
		{ GET("/api/v1/pages?format=csv"), "127.0.0.1 GET /api/v1/pages?format=csv 200 " }, { GET("/?token=" TOKEN), "127.0.0.1 GET *** 200 " },
		{ GET("/%30" "123456789abcdef"), "127.0.0.1 GET *** 200 " },
		{ "DELETE /api/v1/decisions/0 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " TOKEN "\r\nConnection: close\r\n\r\n",
		  "127.0.0.1 DELETE /api/v1/decisions/0 40" },
		{ "POST /api/v1/decisions?x=1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000000000\r\n\r\n", "127.0.0.1 POST /api/v1/decisions?x=1 413 " },
	};
	enum { N = sizeof cases / sizeof *cases };
	struct running *r = begin(0, LOG_FILE);
	char text[16384], moved[128];
	size_t lines = 0;
	FILE *f;

	(void)state;
	for (size_t i = 0; i < N; i++) {
		int fd = dial(r);

		say(fd, cases[i].sent);
		hear(fd, text, sizeof text, "413");
		close(fd);
	}
	wait_for(r);
	f = fopen(r->log, "r");
	assert_non_null(f);
	while (fgets(text, sizeof text, f)) {
		unsigned ms, took;
		int at = 0;

		if (lines == N || sscanf(text, "%*4u-%*2u-%*2uT%*2u:%*2u:%*2u.%3uZ %n", &ms, &at) != 1 ||
		    strncmp(text + at, cases[lines].line, strlen(cases[lines].line)))
			fail_msg("line %zu: '%s'", lines, text);
		assert_int_equal(sscanf(strrchr(text, ' '), " %u", &took), 1);
		assert_true(took < GIVE_UP_MS);
		assert_null(strstr(text, TOKEN));
		lines++;
	}
	fclose(f);
	assert_int_equal(lines, N);
	/* what cannot be a log is no beginning */
	snprintf(moved, sizeof moved, "%s/none/log", r->dir);
	for (int i = 0; i < 3; i++) {
		struct chancery_serve how = { .store = r->path, .log = i == 0 ? moved : i == 1 ? r->dir : r->path };
		struct chancery_error error = { "" };

		assert_false(chancery_serve(NULL, &how, &error));
		assert_non_null(strstr(error.text, how.log));
		assert_null(strchr(error.text, '\n'));
	}
	end(r);
}

/* What cannot begin says why in a line, and has touched nothing: not the store before it listens, and no log in a store's place. */
static void cannot_begin(void **state)
{
	struct running *r = *state;
	char none[112], pipe[112];
	const struct {
		struct chancery_serve how;
		const char *says[2];
	} cases[] = {
		{ { .store = none, .port = r->port }, { "cannot listen at port", "--port" } },
		{ { .store = r->path, .listen = "192.0.2.1", .token = TOKEN }, { "192.0.2.1", "--listen" } },
		{ { .store = none, .log = none }, { "there is no store", none } },
		{ { .store = r->path, .log = pipe }, { pipe, "nobody reads" } },
	};

	snprintf(none, sizeof none, "%s/none.db", r->dir);
	snprintf(pipe, sizeof pipe, "%s/pipe", r->dir);
	assert_int_equal(mkfifo(pipe, 0600), 0);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct chancery_error error = { "" };

		assert_false(chancery_serve(NULL, &cases[i].how, &error));
		if (!strstr(error.text, cases[i].says[0]) || !strstr(error.text, cases[i].says[1]))
			fail_msg("%zu: '%s'", i, error.text);
		assert_null(strchr(error.text, '\n'));
		assert_int_equal(access(none, F_OK), -1);
	}
	unlink(pipe);
	alive(r);
}

/* Nobody takes the lines: requests are answered all the same, and it ends when it is to. */
static void log_that_nobody_reads(void **state)
{
	enum { REQUESTS = 200 };   /* some 10 KB of lines */
	struct running *r = begin(0, LOG_PIPE);
	long since;

	(void)state;
	for (int i = 0; i < REQUESTS; i++)
		alive(r);
	since = now_ms();
	end(r);
	assert_true(now_ms() - since < GIVE_UP_MS);
}

/* Each another question, of megabytes. */
static int ask_much(struct running *r, int which)
{
	char text[200];
	int fd = dial(r);

	snprintf(text, sizeof text, "GET /api/v1/export/dyad-day?fill=1&since=%d HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 1000 + which);
	say(fd, text);
	return fd;
}

/* Questions that take long have half of the threads; who watches the server has an answer, and so has everybody else, whatever waits. */
static void heavy(void **state)
{
	enum { QUESTIONS = 60, LEFT = 10 };
	struct running *r = begin_with(0, LOG_FILE, 2);
	int fd[QUESTIONS], health, waiting = 0, refused = 0, zero = 0;
	char text[4096];
	FILE *f;

	(void)state;
	assert_true(site_put(r->path, " Once more."));
	for (int i = 0; i < QUESTIONS; i++)
		fd[i] = ask_much(r, i);
	health = dial(r);
	say(health, GET("/api/v1/health"));
	hear(health, text, sizeof text, "\"ok\"");
	assert_int_equal(strncmp(text + 8, " 200 ", 5), 0);
	close(health);
	alive(r);
	for (int i = 0; i < QUESTIONS; i++)
		waiting += !poll(&(struct pollfd){ .fd = fd[i], .events = POLLIN }, 1, 0);
	assert_true(waiting > 0);
	for (int i = 0; i < QUESTIONS; i++) {
		hear(fd[i], text, sizeof text, NULL);
		close(fd[i]);
		if (strncmp(text + 8, " 503 ", 5) == 0) {
			assert_non_null(strstr(text, "Retry-After: "));
			refused++;
		} else if (strncmp(text + 8, " 200 ", 5)) {
			fail_msg("%d: '%s'", i, text);
		}
	}
	assert_true(refused > 0 && refused < QUESTIONS);
	/* those who go before their turn are not answered */
	for (int i = 0; i < LEFT; i++)
		fd[i] = ask_much(r, QUESTIONS + i);
	alive(r);
	for (int i = 0; i < LEFT; i++)
		close(fd[i]);
	wait_for(r);
	f = fopen(r->log, "r");
	assert_non_null(f);
	while (fgets(text, sizeof text, f))
		zero += strstr(text, " 0 0 ") != NULL;
	fclose(f);
	assert_true(zero > 0 && zero <= LEFT);
	end(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(malformed, setup, teardown), cmocka_unit_test_setup_teardown(smuggled, setup, teardown), cmocka_unit_test_setup_teardown(large, setup, teardown),
		cmocka_unit_test_setup_teardown(trickle, setup, teardown), cmocka_unit_test_setup_teardown(many, setup, teardown),
		cmocka_unit_test_setup_teardown(gone, setup, teardown), cmocka_unit_test_setup_teardown(streams, setup, teardown),
		cmocka_unit_test(often), cmocka_unit_test(stops), cmocka_unit_test(logged), cmocka_unit_test_setup_teardown(cannot_begin, setup, teardown), cmocka_unit_test(log_that_nobody_reads),
		cmocka_unit_test(heavy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
