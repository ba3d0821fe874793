#include "work/health.h"
#include "base/arena.h"
#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <stdlib.h>

struct ch_health {
	struct MHD_Daemon *daemon;
	struct ch_counts *counts;
};

static struct ch_str metrics(struct ch_arena *arena, struct ch_counts *c)
{
	const struct {
		const char *name, *help, *type;
		unsigned long long value;
		bool seconds;              /* the value is in microseconds */
	} rows[] = {
		{ "pages_total", "Pages coded and committed to the store.", "counter", c->pages },
		{ "known_total", "Pages that the store had already.", "counter", c->known },
		{ "no_article_total", "Of the pages committed, those without an article.", "counter", c->no_article },
		{ "words_total", "Words of the pages committed.", "counter", c->words },
		{ "events_total", "Events of the pages committed.", "counter", c->events },
		{ "acks_total", "Pages acknowledged to the queue, after their commit.", "counter", c->acks },
		{ "redeliveries_total", "Pages that came to this worker and had been with one before.", "counter", c->redelivered },
		{ "dead_letters_total", "Pages put aside since they cannot be coded.", "counter", c->dead },
		{ "batches_total", "Batches committed.", "counter", c->batches },
		{ "pages_per_second", "Pages a second in the last batch.", "gauge", c->pages_per_second },
		{ "coding_seconds_total", "Seconds in which batches were coded.", "counter", c->coding_us, true },
		{ "store_seconds_total", "Seconds in which batches were put into the store, or waited for it.", "counter", c->store_us, true },
		{ "store_errors_total", "Commits that failed, and were tried again.", "counter", c->store_errors },
		{ "store", "1: the store took what it was given last, 0: the worker waits for it.", "gauge", c->store },
		{ "connected", "1: the queue answers, 0: it does not.", "gauge", c->connected },
	};
	struct ch_str out = CH_STR("");

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		out = ch_arena_printf(arena, "%.*s# HELP chancery_work_%s %s\n# TYPE chancery_work_%s %s\nchancery_work_%s ", CH_STR_ARG(out),
				      rows[i].name, rows[i].help, rows[i].name, rows[i].type, rows[i].name);
		if (rows[i].seconds)
			out = ch_arena_printf(arena, "%.*s%llu.%06llu\n", CH_STR_ARG(out), rows[i].value / 1000000, rows[i].value % 1000000);
		else
			out = ch_arena_printf(arena, "%.*s%llu\n", CH_STR_ARG(out), rows[i].value);
	}
	return out;
}

static enum MHD_Result answer(void *ctx, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
			      const char *upload, size_t *upload_size, void **state)
{
	const struct ch_health *h = ctx;
	const bool stream = h->counts->connected, up = stream && h->counts->store, get = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
	struct MHD_Response *response;
	struct ch_str text = CH_STR("there is /metrics and /health\n");
	unsigned status = MHD_HTTP_NOT_FOUND;
	enum MHD_Result done = MHD_NO;
	struct ch_arena arena;

	(void)version, (void)upload, (void)state;
	if (*upload_size)
		return MHD_NO;   /* nothing is taken in */
	ch_arena_init(&arena);
	if (!get) {
		status = MHD_HTTP_METHOD_NOT_ALLOWED;
	} else if (strcmp(url, "/metrics") == 0) {
		status = MHD_HTTP_OK;
		text = metrics(&arena, h->counts);
	} else if (strcmp(url, "/health") == 0) {
		status = up ? MHD_HTTP_OK : MHD_HTTP_SERVICE_UNAVAILABLE;
		text = up ? CH_STR("ok\n") : stream ? CH_STR("the store does not take pages\n") : CH_STR("the queue does not answer\n");
	}
	response = MHD_create_response_from_buffer(text.len, (void *)(uintptr_t)text.ptr, MHD_RESPMEM_MUST_COPY);
	if (response) {
		MHD_add_response_header(response, "Content-Type", "text/plain; version=0.0.4; charset=utf-8");
		done = MHD_queue_response(connection, status, response);
		MHD_destroy_response(response);
	}
	ch_arena_free(&arena);
	return done;
}

bool ch_health_start(unsigned port, struct ch_counts *counts, struct ch_health **health, struct ch_err *err)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr = { htonl(INADDR_LOOPBACK) } };
	struct ch_health *h = ch_xrealloc(NULL, sizeof *h);

	*h = (struct ch_health){ .counts = counts };
	errno = 0;
	h->daemon = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, (uint16_t)port, NULL, NULL, answer, h, MHD_OPTION_SOCK_ADDR, &address,
				     MHD_OPTION_CONNECTION_LIMIT, 32U, MHD_OPTION_CONNECTION_TIMEOUT, 10U, MHD_OPTION_END);
	if (!h->daemon) {
		free(h);
		return ch_fail(err, "cannot answer on port %u of this host: %s; name another with --metrics", port,
			       errno ? strerror(errno) : "the port is taken");
	}
	*health = h;
	return true;
}

void ch_health_stop(struct ch_health *health)
{
	if (!health)
		return;
	MHD_stop_daemon(health->daemon);
	free(health);
}
