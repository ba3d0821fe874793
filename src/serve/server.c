/* serve/server.c -- sockets: libmicrohttpd reads requests and sends answers; everything between is ch_serve_answer. */
#include "serve/serve.h"
#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

enum { CONNECTIONS_MAX = 4000, IDLE_SECONDS = 15, HEADERS_BYTES = 32 << 10, LIMIT_MS = 10000 };

/* A request as it comes, by pieces. */
struct coming {
	struct ch_arena arena;
	struct ch_request request;
	CH_VEC(char) body;
};

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

static void ended(void *ctx, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode how)
{
	struct coming *c = *state;

	(void)ctx, (void)connection, (void)how;
	if (c) {
		ch_arena_free(&c->arena);
		free(c);
	}
	*state = NULL;
}

static const struct {
	const char *name, *value;
} always[] = {
	{ "Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
				     "font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'" },
	{ "X-Content-Type-Options", "nosniff" }, { "Referrer-Policy", "no-referrer" }, { "Cross-Origin-Resource-Policy", "same-origin" },
	{ "Cross-Origin-Opener-Policy", "same-origin" }, { "Vary", "Accept, Accept-Encoding" },
};

static enum MHD_Result send_answer(struct MHD_Connection *connection, const struct ch_answer *a)
{
	struct MHD_Response *r = MHD_create_response_from_buffer(a->body.len, (void *)(uintptr_t)a->body.ptr,
								 a->lasting ? MHD_RESPMEM_PERSISTENT : MHD_RESPMEM_MUST_COPY);
	enum MHD_Result done;

	if (!r)
		return MHD_NO;
	if (a->type)
		MHD_add_response_header(r, "Content-Type", a->type);
	for (size_t i = 0; i < sizeof always / sizeof *always; i++)
		MHD_add_response_header(r, always[i].name, always[i].value);
	for (uint32_t i = 0; i < a->headers.n; i++) {
		char value[512];

		snprintf(value, sizeof value, "%.*s", CH_STR_ARG(a->headers.v[i].value));
		MHD_add_response_header(r, a->headers.v[i].name.ptr, value);
	}
	done = MHD_queue_response(connection, a->status, r);
	MHD_destroy_response(r);
	return done;
}

static enum MHD_Result answer(void *ctx, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
			      const char *upload, size_t *upload_size, void **state)
{
	struct coming *c = *state;
	struct ch_answer a;

	(void)version;
	if (!c) {
		c = ch_xrealloc(NULL, sizeof *c);
		*c = (struct coming){ .request = { .method = ch_str_z(method), .path = ch_str_z(url) } };
		c->request.arena = &c->arena;
		*state = c;
		return MHD_YES;
	}
	if (*upload_size) {
		for (size_t i = 0; i < *upload_size && !c->request.body_too_large; i++) {
			c->request.body_too_large = c->body.n >= CH_SERVE_BODY_MAX;
			if (!c->request.body_too_large)
				*CH_PUSH(&c->arena, &c->body) = upload[i];
		}
		*upload_size = 0;
		return MHD_YES;
	}
	MHD_get_connection_values(connection, MHD_HEADER_KIND, take_field, c);
	MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, take_field, c);
	c->request.path = ch_str_z(url);
	c->request.method = ch_str_z(method);
	c->request.body = ch_str_n(c->body.v, c->body.n);
	ch_serve_answer(ctx, &c->request, &a);
	return send_answer(connection, &a);
}

/* ---- where it listens ---- */

static bool loopback(const struct sockaddr *a)
{
	if (a->sa_family == AF_INET)
		return (ntohl(((const struct sockaddr_in *)(const void *)a)->sin_addr.s_addr) >> 24) == 127;
	return IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)(const void *)a)->sin6_addr);
}

static bool address_of(const struct chancery_serve *how, struct addrinfo **found, struct ch_err *err)
{
	const struct addrinfo want = { .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE, .ai_socktype = SOCK_STREAM };
	const char *host = how->listen && *how->listen ? how->listen : "127.0.0.1";
	char port[12];

	snprintf(port, sizeof port, "%u", how->port);
	if (getaddrinfo(host, port, &want, found))
		return ch_fail(err, "'%s' is no address to listen at; give one in numbers, such as 127.0.0.1 or ::1", host);
	if (loopback((*found)->ai_addr) || (how->token && *how->token))
		return true;
	freeaddrinfo(*found);
	return ch_fail(err, "listening at %s would open the record to others: give --token-file, and put a proxy with TLS in front (docs/serve.md)", host);
}

static bool start(const struct chancery_serve *how, struct ch_server *server, unsigned threads, struct MHD_Daemon **daemon, struct ch_err *err)
{
	struct rlimit files;
	struct addrinfo *at;
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD;

	if (!address_of(how, &at, err))
		return false;
	if (!getrlimit(RLIMIT_NOFILE, &files) && files.rlim_cur < files.rlim_max) {
		files.rlim_cur = files.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &files);
	}
	if (at->ai_family == AF_INET6)
		flags |= MHD_USE_IPv6;
	errno = 0;
	*daemon = MHD_start_daemon(flags, (uint16_t)how->port, NULL, NULL, answer, server, MHD_OPTION_SOCK_ADDR, at->ai_addr,
				   MHD_OPTION_THREAD_POOL_SIZE, threads, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
				   MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADERS_BYTES,
				   MHD_OPTION_NOTIFY_COMPLETED, ended, NULL, MHD_OPTION_UNESCAPE_CALLBACK, leave_encoded, NULL, MHD_OPTION_END);
	freeaddrinfo(at);
	if (!*daemon)
		return ch_fail(err, "cannot listen at port %u: %s; name another with --port", how->port, errno ? strerror(errno) : "it is taken");
	return true;
}

bool chancery_serve(const struct chancery *engine, const struct chancery_serve *how, struct chancery_error *error)
{
	struct ch_err *err = (struct ch_err *)error;
	struct ch_assets *assets = ch_assets_pack();
	struct ch_server server = { .engine = engine, .token = ch_str_z(how->token), .assets = assets, .limit_ms = LIMIT_MS };
	const long cores = sysconf(_SC_NPROCESSORS_ONLN);
	const unsigned threads = how->threads ? how->threads : cores > 2 ? (unsigned)cores : 2;
	struct MHD_Daemon *daemon = NULL;
	bool ok = ch_stores_open(how->store, threads, &server.stores, err) && start(how, &server, threads, &daemon, err);

	if (ok) {
		const union MHD_DaemonInfo *port = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
		const char *host = how->listen && *how->listen ? how->listen : "127.0.0.1";
		const bool six = strchr(host, ':') != NULL;
		char url[128];

		snprintf(url, sizeof url, "http://%s%.80s%s:%u/", six ? "[" : "", host, six ? "]" : "", port ? port->port : how->port);
		if (how->ready)
			how->ready(how->ctx, url);
		while (!how->stopped || !how->stopped(how->ctx))
			poll(NULL, 0, 200);
	}
	if (daemon)
		MHD_stop_daemon(daemon);
	ch_stores_close(server.stores);
	ch_assets_free(assets);
	return ok;
}
