/* serve/server_priv.h -- the parts of a server that only server.c puts together: threads that answer, and who may ask how much. */
#ifndef CH_SERVE_SERVER_PRIV_H
#define CH_SERVE_SERVER_PRIV_H
#include "serve/serve.h"
#include <sys/socket.h>

/* ---- workers.c: threads that do one job after the other, in the order in which these came ---- */

struct ch_workers;

/* Lives in whatever the job is about, until it is done. */
struct ch_job {
	void (*run)(void *ctx);
	void *ctx;
	bool heavy;               /* takes long: at most half of the threads (one, where there is one) are at such jobs, the others go on */
	struct ch_job *next;      /* of workers.c, as number */
	uint64_t number;
};

enum ch_added { CH_ADDED, CH_ADDED_TOO_MANY, CH_ADDED_STOPPING /* it will not be done either */ };

bool ch_workers_start(unsigned n, struct ch_workers **workers, struct ch_err *err) CH_MUST_USE;
/* Refused where waiting_max of its kind, light or heavy, wait to be begun. */
enum ch_added ch_workers_add(struct ch_workers *workers, struct ch_job *job, unsigned waiting_max) CH_MUST_USE;
/* All jobs are done, then the threads end. NULL is fine. */
void ch_workers_stop(struct ch_workers *workers);

/* ---- guard.c ---- */

/* Connections that have to bring a whole request by some time: a client that trickles its bytes is never idle, and would hold its connection
 * for ever. Any thread. */
struct ch_guard;
struct ch_guarded;

struct ch_guard *ch_guard_new(unsigned rate, bool loopback_too, unsigned request_ms);
void ch_guard_free(struct ch_guard *guard);   /* NULL is fine */
struct ch_guarded *ch_guard_enter(struct ch_guard *guard, int fd);
void ch_guard_leave(struct ch_guard *guard, struct ch_guarded *one);
/* It waits for a request from now on; it has brought one. */
void ch_guard_wants(struct ch_guard *guard, struct ch_guarded *one);
void ch_guard_has(struct ch_guard *guard, struct ch_guarded *one);
/* Shuts those that are late. */
void ch_guard_look(struct ch_guard *guard);
/* May the address ask once more? A bucket of two seconds' requests, filled at the rate (none: always); an IPv6 network of 64 bits is one. */
bool ch_guard_may(struct ch_guard *guard, const struct sockaddr *address);
bool ch_is_loopback(const struct sockaddr *address);

/* ---- log.c: a line a request ---- */

struct ch_log;

struct ch_logged {
	const struct ch_request *request;
	struct ch_str token;               /* which is never written */
	const struct sockaddr *address;    /* NULL: unknown */
	unsigned status;                   /* 0: it had none, since the client was gone */
	uint64_t bytes;                    /* of the answer's body, as sent */
	int64_t ms;                        /* from its headers to the last byte */
};

/* path: a file, to whose end lines are put, and which may be moved away meanwhile: then another is begun; "-": standard output. store: which it must
 * not be. */
bool ch_log_open(const char *path, const char *store, struct ch_log **log, struct ch_err *err) CH_MUST_USE;
/* All is written first. NULL is fine. */
void ch_log_close(struct ch_log *log);
/* Any thread; never waits for the file. */
void ch_log_request(struct ch_log *log, const struct ch_logged *logged);
#endif
