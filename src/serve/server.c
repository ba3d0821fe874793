/* serve/server.c -- sockets: libmicrohttpd reads requests and sends answers; everything between is ch_serve_answer.
 *
 * One thread reads and writes all sockets and never waits for anything else: a request that has come is put down for one of the workers, its
 * connection sleeps meanwhile, and wakes when the answer is there. So does an answer that comes by pieces, between two of them. A client that
 * is slow to send or to take costs a connection, but nobody's time. */
#include "serve/server_priv.h"
#include <arpa/inet.h>
#include <errno.h>
#include <limits.h>
#include <microhttpd.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum {
	CONNECTIONS_MAX = 4000, CONNECTIONS_OF_ONE = 2000, IDLE_SECONDS = 15, HEADERS_BYTES = 32 << 10,
	REQUEST_MS = 20000,        /* from its first byte to its last */
	LIMIT_MS = 10000,          /* for the store to answer */
	STOP_MS = 10000,           /* for what is being sent, once it is to stop */
	RATE = 200,                /* requests a second of an address that is not this host's */
	PIECE_BYTES = 32 << 10,
	BACKLOG = 1024,            /* connections that nobody has taken yet */
	LIVE_MAX = 500, LIVE_POLL_MS = 1000, LIVE_BEAT_MS = 15000,
	THREADS_MIN = 4,           /* a question that takes long leaves room for others */
	HEAVY_WAITING = 16,        /* questions that take long, beside those that are being answered; a view of the page asks two or three */
	HEAVY_WAIT_MS = 5000,      /* then it is not begun any more */
};

struct coming;

struct serving {
	struct ch_server server;
	atomic_flag reading;
	struct ch_workers *workers;
	struct ch_workers *aside;  /* one, for what must be answered whatever the others are at */
	struct ch_guard *guard;
	struct ch_log *log;        /* NULL: none */
	atomic_uint busy;          /* requests that have come and whose answer is not sent */
	atomic_uint live;          /* streams that go on */
	/* streams that have sent all there was, and wait */
	pthread_mutex_t lock;
	struct coming *asleep;
	unsigned long long state;
	bool polling, stopping;
	struct ch_job poll;
};

/* A request as it comes, by pieces, and its answer as it goes. One thread at a time has it: libmicrohttpd's while the connection is awake, else
 * a worker, or nobody. */
struct coming {
	struct serving *serving;
	struct MHD_Connection *connection;
	struct ch_arena arena;
	struct ch_request request;
	CH_VEC(char) body;
	enum { COMES, ASKED, ANSWERED, GONE /* its client; nobody looks for an answer */ } state;
	int fd;                    /* its connection's, open as long as this lives */
	struct ch_answer answer;
	struct ch_job job;
	/* of an answer by pieces */
	struct ch_arena piece_arena;
	struct ch_str piece;
	size_t sent;               /* of the piece */
	enum { MORE, ENDED, FAILED } more;
	bool live;                 /* counted in serving->live */
	unsigned long long seen;   /* of the store, before the last piece was asked for */
	int64_t beat_ms;           /* when it is to be told that we are there */
	struct coming *next;       /* asleep */
	int64_t came_ms;           /* its headers */
	int64_t put_down_ms;       /* it was put down as one that takes long */
	uint64_t bytes;            /* sent of an answer by pieces */
};

/* ---- a request comes ---- */

static enum MHD_Result take_field(void *ctx, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct coming *c = ctx;
	struct ch_field field = { ch_str_z(name), value ? ch_str_z(value) : CH_STR("") };

	if ((kind == MHD_HEADER_KIND ? c->request.headers.n : c->request.query.n) == CH_SERVE_FIELDS_MAX)
		c->request.fields_too_many = true;
	else if (kind == MHD_HEADER_KIND)
		*CH_PUSH(&c->arena, &c->request.headers) = field;
	else
		*CH_PUSH(&c->arena, &c->request.query) = field;
	return MHD_YES;
}

/* Paths and parameters are decoded by ch_percent_decode, once, and not here. */
static size_t leave_encoded(void *ctx, struct MHD_Connection *connection, char *text)
{
	(void)ctx, (void)connection;
	return strlen(text);
}

static struct ch_guarded *guarded(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	return info ? info->socket_context : NULL;
}

static void connected(void *ctx, struct MHD_Connection *connection, void **one, enum MHD_ConnectionNotificationCode how)
{
	struct serving *s = ctx;
	const union MHD_ConnectionInfo *fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);

	if (how == MHD_CONNECTION_NOTIFY_STARTED && fd) {
		*one = ch_guard_enter(s->guard, fd->connect_fd);
	} else if (how == MHD_CONNECTION_NOTIFY_CLOSED && *one) {
		ch_guard_leave(s->guard, *one);
		*one = NULL;
	}
}

static void log_it(struct coming *c)
{
	const union MHD_ConnectionInfo *from = MHD_get_connection_info(c->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const struct ch_answer *a = &c->answer;
	const bool bare = ch_str_eqz(c->request.method, "HEAD");

	/* of what was refused at once nobody has looked at the query */
	if (c->state == COMES)
		MHD_get_connection_values(c->connection, MHD_GET_ARGUMENT_KIND, take_field, c);
	ch_log_request(c->serving->log, &(struct ch_logged){ .request = &c->request, .token = c->serving->server.token, .address = from ? from->client_addr : NULL,
		       .status = a->status, .bytes = a->piece ? c->bytes : bare ? 0 : a->body.len, .ms = ch_clock_ms() - c->came_ms });
}

static void ended(void *ctx, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode how)
{
	struct serving *s = ctx;
	struct coming *c = *state;
	struct ch_guarded *one = guarded(connection);

	(void)how;
	if (one)
		ch_guard_wants(s->guard, one);
	if (!c)
		return;
	if (s->log)
		log_it(c);
	if (c->live)
		atomic_fetch_sub(&s->live, 1);
	if (c->state != COMES)
		atomic_fetch_sub(&s->busy, 1);
	ch_arena_free(&c->piece_arena);
	ch_arena_free(&c->arena);
	free(c);
	*state = NULL;
}

/* ---- an answer by pieces ---- */

/* A stream that has nothing to send: it sleeps on, unless something came in the meantime. False: it did, and must be asked again. */
static bool sleep_on(struct coming *c)
{
	struct serving *s = c->serving;
	bool quiet, stopping;

	pthread_mutex_lock(&s->lock);
	quiet = c->seen == s->state;
	stopping = s->stopping;
	if (quiet && !stopping) {
		c->beat_ms = ch_clock_ms() + LIVE_BEAT_MS;
		c->next = s->asleep;
		s->asleep = c;
	}
	pthread_mutex_unlock(&s->lock);
	if (stopping) {
		c->more = ENDED;
		MHD_resume_connection(c->connection);
	}
	return quiet || stopping;
}

/* A worker's: the connection sleeps. */
static void next_piece(void *ctx)
{
	struct coming *c = ctx;
	const struct ch_server *server = &c->serving->server;

	for (;;) {
		struct chancery_error error = { "" };
		struct chancery_store *store;
		bool ok;

		pthread_mutex_lock(&c->serving->lock);
		c->seen = c->serving->state;
		pthread_mutex_unlock(&c->serving->lock);
		ch_arena_reset(&c->piece_arena);
		c->piece = CH_STR("");
		c->sent = 0;
		store = ch_stores_take(server->stores, &error);
		ok = store && chancery_store_limit(store, true, server->limit_ms, &error) &&
		     c->answer.piece(c->answer.ctx, store, &c->piece_arena, &c->piece);
		if (store)
			ch_stores_give(server->stores, store, chancery_store_trouble(store) == CHANCERY_AWAY);
		/* a stream comes again when the store does, and goes on where it was */
		c->more = !ok ? FAILED : !c->piece.len && !c->answer.live ? ENDED : MORE;
		if (c->more != MORE || c->piece.len) {
			MHD_resume_connection(c->connection);
			return;
		}
		if (sleep_on(c))
			return;
	}
}

/* libmicrohttpd's: the connection is awake. */
static ssize_t read_piece(void *ctx, uint64_t at, char *to, size_t max)
{
	struct coming *c = ctx;
	const size_t left = c->piece.len - c->sent, n = left < max ? left : max;

	(void)at;
	if (n) {
		memcpy(to, c->piece.ptr + c->sent, n);
		c->sent += n;
		c->bytes += n;
		return (ssize_t)n;
	}
	if (c->more != MORE)
		return c->more == ENDED ? MHD_CONTENT_READER_END_OF_STREAM : MHD_CONTENT_READER_END_WITH_ERROR;
	c->job = (struct ch_job){ .run = next_piece, .ctx = c, .heavy = c->job.heavy };
	MHD_suspend_connection(c->connection);
	/* it was let in: its pieces wait their turn, however many do */
	if (ch_workers_add(c->serving->workers, &c->job, UINT_MAX) != CH_ADDED) {
		c->more = FAILED;
		MHD_resume_connection(c->connection);
	}
	return 0;
}

/* ---- streams that wait ---- */

/* A worker's: has the store moved? Then all that wait ask again. */
static void poll_store(void *ctx)
{
	struct serving *s = ctx;
	struct chancery_error error;
	struct chancery_store *store = ch_stores_take(s->server.stores, &error);
	struct coming *list = NULL;
	unsigned long long state = 0;
	bool ok = store && chancery_store_limit(store, true, s->server.limit_ms, &error) && ch_stores_state(s->server.stores, store, &state, &error);

	if (store)
		ch_stores_give(s->server.stores, store, chancery_store_trouble(store) == CHANCERY_AWAY);
	pthread_mutex_lock(&s->lock);
	s->polling = false;
	if (ok && state != s->state) {
		s->state = state;
		list = s->asleep;
		s->asleep = NULL;
	}
	pthread_mutex_unlock(&s->lock);
	while (list) {
		struct coming *c = list;

		list = c->next;
		c->job = (struct ch_job){ .run = next_piece, .ctx = c };
		if (ch_workers_add(s->workers, &c->job, UINT_MAX) != CH_ADDED) {
			c->more = ENDED;
			MHD_resume_connection(c->connection);
		}
	}
}

/* Those that have said nothing for long say that they are there, by which it is also found out who has gone. */
static void beat(struct serving *s)
{
	const int64_t now = ch_clock_ms();
	struct coming *list = NULL;

	pthread_mutex_lock(&s->lock);
	for (struct coming **at = &s->asleep, *c = *at; c; c = *at) {
		if (!s->stopping && c->beat_ms > now) {
			at = &c->next;
			continue;
		}
		*at = c->next;
		c->next = list;
		list = c;
		c->more = s->stopping ? ENDED : MORE;
		c->piece = s->stopping ? CH_STR("") : CH_STR(":\n\n");
		c->sent = 0;
	}
	pthread_mutex_unlock(&s->lock);
	while (list) {
		struct coming *c = list;

		list = c->next;   /* once awake it may be gone */
		MHD_resume_connection(c->connection);
	}
}

static void look_around(struct serving *s)
{
	bool poll = false;

	ch_guard_look(s->guard);
	beat(s);
	pthread_mutex_lock(&s->lock);
	if (!s->polling && atomic_load(&s->live))
		poll = s->polling = true;
	pthread_mutex_unlock(&s->lock);
	if (poll && ch_workers_add(s->aside, &s->poll, UINT_MAX) != CH_ADDED)
		s->polling = false;
}

/* ---- an answer goes ---- */

static const struct {
	const char *name, *value;
} always[] = {
	{ "Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
				     "font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'" },
	{ "X-Content-Type-Options", "nosniff" }, { "Referrer-Policy", "no-referrer" }, { "Cross-Origin-Resource-Policy", "same-origin" },
	{ "Cross-Origin-Opener-Policy", "same-origin" }, { "Vary", "Accept, Accept-Encoding" },
};

/* By itself: where it is not even asked what is wanted. */
static void say(struct coming *c, unsigned status, const char *json)
{
	c->answer = (struct ch_answer){ .status = status, .type = "application/json", .body = ch_str_z(json), .lasting = true };
	if (status == 429 || status == 503)
		ch_answer_header(&c->request, &c->answer, "Retry-After", CH_STR("1"));
	ch_answer_header(&c->request, &c->answer, "Cache-Control", CH_STR("no-store"));
}

static enum MHD_Result send_answer(struct coming *c)
{
	struct ch_answer *a = &c->answer;
	struct MHD_Response *r;
	enum MHD_Result done;

	if (a->live && atomic_fetch_add(&c->serving->live, 1) >= LIVE_MAX) {
		atomic_fetch_sub(&c->serving->live, 1);
		say(c, 503, "{\"error\":\"too many streams are open already\"}\n");
	} else {
		c->live = a->live;
	}
	c->piece = a->body;
	/* the body is in the request's arena, which lives until it is sent */
	r = a->piece ? MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, PIECE_BYTES, read_piece, c, NULL) :
		       MHD_create_response_from_buffer(a->body.len, (void *)(uintptr_t)a->body.ptr, MHD_RESPMEM_PERSISTENT);
	if (!r)
		return MHD_NO;
	if (a->type)
		MHD_add_response_header(r, "Content-Type", a->type);
	for (size_t i = 0; i < sizeof always / sizeof *always; i++)
		MHD_add_response_header(r, always[i].name, always[i].value);
	for (uint32_t i = 0; i < a->headers.n; i++)
		MHD_add_response_header(r, ch_arena_z(&c->arena, a->headers.v[i].name), ch_arena_z(&c->arena, a->headers.v[i].value));
	done = MHD_queue_response(c->connection, a->status, r);
	MHD_destroy_response(r);
	return done;
}

static void answered(struct coming *c)
{
	c->state = ANSWERED;
	MHD_resume_connection(c->connection);
}

/* Nobody waits for the answer any more. A client that shuts only its own side is not told from one that went before it is written to; where the answer
 * takes long it is taken for gone, as proxies do, else heard out. */
static bool has_gone(const struct coming *c)
{
	struct pollfd p = { .fd = c->fd, .events = c->job.heavy ? POLLRDHUP : 0 };

	return poll(&p, 1, 0) > 0;
}

/* A worker's: it takes long, and its turn has come. */
static void answer_at_last(void *ctx)
{
	struct coming *c = ctx;
	struct serving *s = c->serving;
	bool stopping;

	pthread_mutex_lock(&s->lock);
	stopping = s->stopping;
	pthread_mutex_unlock(&s->lock);
	if (has_gone(c)) {
		c->state = GONE;
		MHD_resume_connection(c->connection);
		return;
	}
	if (stopping)
		say(c, 503, "{\"error\":\"the server is being stopped\"}\n");
	else if (ch_clock_ms() - c->put_down_ms > HEAVY_WAIT_MS)
		say(c, 503, "{\"error\":\"questions that take long came before this one: ask again in a while\"}\n");
	else
		ch_serve_answer(&s->server, &c->request, &c->answer);
	answered(c);
}

/* A worker's, unless it is about a file of the page: the connection sleeps. */
static void answer_it(void *ctx)
{
	struct coming *c = ctx;

	if (has_gone(c)) {
		c->state = GONE;
		MHD_resume_connection(c->connection);
		return;
	}
	c->request.in_haste = true;
	ch_serve_answer(&c->serving->server, &c->request, &c->answer);
	if (c->answer.later) {
		c->request.in_haste = false;
		c->put_down_ms = ch_clock_ms();
		c->job = (struct ch_job){ .run = answer_at_last, .ctx = c, .heavy = true };
		switch (ch_workers_add(c->serving->workers, &c->job, HEAVY_WAITING)) {
		case CH_ADDED:
			return;   /* and c is another's */
		case CH_ADDED_STOPPING:
			say(c, 503, "{\"error\":\"the server is being stopped\"}\n");
			break;
		case CH_ADDED_TOO_MANY:
			say(c, 503, "{\"error\":\"too many questions that take long wait already: ask again in a while\"}\n");
		}
	}
	answered(c);
}

static enum MHD_Result has_come(struct coming *c)
{
	struct serving *s = c->serving;
	struct ch_guarded *one = guarded(c->connection);

	if (one)
		ch_guard_has(s->guard, one);
	c->state = ASKED;
	atomic_fetch_add(&s->busy, 1);
	MHD_get_connection_values(c->connection, MHD_HEADER_KIND, take_field, c);
	MHD_get_connection_values(c->connection, MHD_GET_ARGUMENT_KIND, take_field, c);
	c->request.body = ch_str_n(c->body.v, c->body.n);
	if (!ch_str_starts(c->request.path, CH_STR("/api/"))) {
		ch_serve_answer(&s->server, &c->request, &c->answer);
		return send_answer(c);
	}
	c->job = (struct ch_job){ .run = answer_it, .ctx = c };
	MHD_suspend_connection(c->connection);
	if (ch_workers_add(ch_serve_aside(&s->server, &c->request) ? s->aside : s->workers, &c->job, UINT_MAX) != CH_ADDED) {
		say(c, 503, "{\"error\":\"the server is being stopped\"}\n");
		answered(c);
	}
	return MHD_YES;
}

static bool announces_too_much(struct MHD_Connection *connection)
{
	const char *text = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Content-Length");
	unsigned long long n = 0;

	for (; text && *text >= '0' && *text <= '9' && n <= CH_SERVE_BODY_MAX; text++)
		n = n * 10 + (unsigned long long)(*text - '0');
	return n > CH_SERVE_BODY_MAX;
}

struct lengths {
	unsigned by_number, by_chunks;
};

static enum MHD_Result count_lengths(void *ctx, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct lengths *l = ctx;

	(void)kind, (void)value;
	l->by_number += ch_str_ieq(ch_str_z(name), CH_STR("Content-Length"));
	l->by_chunks += ch_str_ieq(ch_str_z(name), CH_STR("Transfer-Encoding"));
	return MHD_YES;
}

/* Where the body ends is said once (RFC 9112, 6.3): what comes behind it would else be another request for whoever passed this one on. libmicrohttpd
 * takes the first of several. */
static bool ends_in_two_ways(struct MHD_Connection *connection)
{
	struct lengths l = { 0 };

	MHD_get_connection_values(connection, MHD_HEADER_KIND, count_lengths, &l);
	return l.by_number + l.by_chunks > 1;
}

static enum MHD_Result request(void *ctx, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
			       const char *upload, size_t *upload_size, void **state)
{
	const union MHD_ConnectionInfo *from, *fd;
	struct serving *s = ctx;
	struct coming *c = *state;

	(void)version;
	if (!c) {
		c = ch_xrealloc(NULL, sizeof *c);
		*c = (struct coming){ .serving = s, .connection = connection, .came_ms = ch_clock_ms(), .request = { .method = ch_str_z(method), .path = ch_str_z(url) } };
		c->request.arena = &c->arena;
		*state = c;
		fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
		c->fd = fd ? fd->connect_fd : -1;
		from = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
		/* what will not be heard out need not be sent */
		if (ends_in_two_ways(connection)) {
			say(c, 400, "{\"error\":\"a request has one Content-Length, or comes in chunks and has none\"}\n");
			ch_answer_header(&c->request, &c->answer, "Connection", CH_STR("close"));
		} else if (from && !ch_guard_may(s->guard, from->client_addr)) {
			say(c, 429, "{\"error\":\"too many requests a second\"}\n");
		} else if (announces_too_much(connection)) {
			say(c, 413, "{\"error\":\"that is more than a request may bring\"}\n");
		} else {
			return MHD_YES;
		}
		return send_answer(c);
	}
	if (c->state == GONE)
		return MHD_NO;
	if (c->state == ANSWERED)
		return send_answer(c);
	if (!*upload_size)
		return has_come(c);
	for (size_t i = 0; i < *upload_size && !c->request.body_too_large; i++) {
		c->request.body_too_large = c->body.n >= CH_SERVE_BODY_MAX;
		if (!c->request.body_too_large)
			*CH_PUSH(&c->arena, &c->body) = upload[i];
	}
	*upload_size = 0;
	return MHD_YES;
}

/* ---- where it listens ---- */

static bool address_of(const struct chancery_serve *how, struct addrinfo **found, bool *loopback, struct ch_err *err)
{
	const struct addrinfo want = { .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE, .ai_socktype = SOCK_STREAM };
	const char *host = how->listen && *how->listen ? how->listen : "127.0.0.1";
	char port[12];

	snprintf(port, sizeof port, "%u", how->port);
	if (getaddrinfo(host, port, &want, found))
		return ch_fail(err, "'%s' is no address to listen at; give one in numbers, such as 127.0.0.1 or ::1", host);
	*loopback = ch_is_loopback((*found)->ai_addr);
	if (*loopback || (how->token && *how->token))
		return true;
	freeaddrinfo(*found);
	return ch_fail(err, "listening at %s would open the record to others: give --token-file, and put a proxy with TLS in front (docs/serve.md)", host);
}

/* Before the store is opened, which may bring it up to this program's version: not for one that then finds its port taken. Whoever comes meanwhile
 * waits. */
static bool listen_at(const struct chancery_serve *how, struct serving *s, int *fd, struct ch_err *err)
{
	const char *host = how->listen && *how->listen ? how->listen : "127.0.0.1";
	const int on = 1;
	struct addrinfo *at;
	bool loopback = false;
	int failed;

	if (!address_of(how, &at, &loopback, err))
		return false;
	/* Others' pages must not reach what listens to this host alone; what listens beyond has a token, and names that we may not know. */
	s->server.any_host = !loopback && !how->n_hosts;
	*fd = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (*fd >= 0 && !setsockopt(*fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) &&
	    (at->ai_family != AF_INET6 || !setsockopt(*fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on)) && !bind(*fd, at->ai_addr, at->ai_addrlen) &&
	    !listen(*fd, BACKLOG)) {
		freeaddrinfo(at);
		return true;
	}
	failed = errno;
	freeaddrinfo(at);
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
	if (failed == EADDRINUSE || failed == EACCES)
		return ch_fail(err, "cannot listen at port %u: %s; name another with --port", how->port, strerror(failed));
	return ch_fail(err, "cannot listen at %s: %s; name an address of this host with --listen", host, strerror(failed));
}

/* The socket is the daemon's then. */
static bool start(int fd, struct serving *s, struct MHD_Daemon **daemon, struct ch_err *err)
{
	struct rlimit files;

	if (!getrlimit(RLIMIT_NOFILE, &files) && files.rlim_cur < files.rlim_max) {
		files.rlim_cur = files.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &files);
	}
	*daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, request, s, MHD_OPTION_LISTEN_SOCKET, fd,
				   MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX, MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)CONNECTIONS_OF_ONE,
				   MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADERS_BYTES,
				   MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_NOTIFY_COMPLETED, ended, s,
				   MHD_OPTION_NOTIFY_CONNECTION, connected, s, MHD_OPTION_UNESCAPE_CALLBACK, leave_encoded, NULL, MHD_OPTION_END);
	return *daemon || ch_fail(err, "cannot start to listen (too many threads or files already?)");
}

/* What has come is answered and sent; streams end; nobody new comes in. */
static void stop(struct serving *s, struct MHD_Daemon *daemon)
{
	const int64_t by = ch_clock_ms() + STOP_MS;
	const MHD_socket listening = MHD_quiesce_daemon(daemon);

	if (listening != MHD_INVALID_SOCKET)
		close(listening);
	pthread_mutex_lock(&s->lock);
	s->stopping = true;
	pthread_mutex_unlock(&s->lock);
	while (atomic_load(&s->busy) && ch_clock_ms() < by) {
		look_around(s);
		poll(NULL, 0, 10);
	}
	ch_workers_stop(s->aside);
	ch_workers_stop(s->workers);
	beat(s);
	MHD_stop_daemon(daemon);
}

static void announce(const struct chancery_serve *how, int fd)
{
	struct sockaddr_storage at = { 0 };
	socklen_t size = sizeof at;
	char port[12] = "";
	const char *host = how->listen && *how->listen ? how->listen : "127.0.0.1";
	const bool six = strchr(host, ':') != NULL;
	char url[128];

	(void)getsockname(fd, (struct sockaddr *)&at, &size);
	(void)getnameinfo((struct sockaddr *)&at, size, NULL, 0, port, sizeof port, NI_NUMERICSERV);
	snprintf(url, sizeof url, "http://%s%.80s%s:%s/", six ? "[" : "", host, six ? "]" : "", port);
	if (how->ready)
		how->ready(how->ctx, url);
}

bool chancery_serve(const struct chancery *engine, const struct chancery_serve *how, struct chancery_error *error)
{
	struct ch_err *err = (struct ch_err *)error;
	const long cores = sysconf(_SC_NPROCESSORS_ONLN);
	const unsigned threads = how->threads ? how->threads : cores > THREADS_MIN ? (unsigned)cores : THREADS_MIN;
	struct ch_assets *assets = ch_assets_pack();
	struct serving s = { .server = { .engine = engine, .token = ch_str_z(how->token), .assets = assets, .cache = ch_cache_open(), .hosts = how->hosts,
					 .n_hosts = how->n_hosts, .limit_ms = LIMIT_MS } };
	struct MHD_Daemon *daemon = NULL;
	int listening = -1;
	struct timespec now;
	char salt[64], address[80];
	bool ok;

	clock_gettime(CLOCK_REALTIME, &now);
	snprintf(salt, sizeof salt, "%s %lld.%09ld %d", chancery_version(), (long long)now.tv_sec, now.tv_nsec, (int)getpid());
	s.server.etag_salt = ch_str_z(salt);
	if (how->listen && *how->listen)
		snprintf(address, sizeof address, strchr(how->listen, ':') ? "[%s]" : "%s", how->listen);
	s.server.address = how->listen && *how->listen ? ch_str_z(address) : CH_STR("");
	atomic_flag_clear(&s.reading);
	s.server.reading = &s.reading;
	s.guard = ch_guard_new(how->rate ? how->rate : RATE, how->rate != 0, how->request_ms ? how->request_ms : REQUEST_MS);
	s.poll = (struct ch_job){ .run = poll_store, .ctx = &s };
	pthread_mutex_init(&s.lock, NULL);
	/* the log last: what is no store must not be made one's log, nor the other way round */
	ok = listen_at(how, &s, &listening, err) && ch_stores_open(how->store, threads + 1, &s.server.stores, err) &&
	     (!how->log || ch_log_open(how->log, how->store, &s.log, err)) && ch_workers_start(threads, &s.workers, err) &&
	     ch_workers_start(1, &s.aside, err) && start(listening, &s, &daemon, err);
	if (ok) {
		announce(how, listening);
		for (int64_t next = 0; !how->stopped || !how->stopped(how->ctx); poll(NULL, 0, 100)) {
			if (ch_clock_ms() < next)
				continue;
			look_around(&s);
			next = ch_clock_ms() + (how->request_ms && how->request_ms < LIVE_POLL_MS ? how->request_ms : LIVE_POLL_MS);
		}
		stop(&s, daemon);
	} else {
		ch_workers_stop(s.aside);
		ch_workers_stop(s.workers);
		if (listening >= 0)
			close(listening);
	}
	ch_stores_close(s.server.stores);
	pthread_mutex_destroy(&s.lock);
	ch_guard_free(s.guard);
	ch_log_close(s.log);
	ch_assets_free(assets);
	ch_cache_close(s.server.cache);
	return ok;
}
