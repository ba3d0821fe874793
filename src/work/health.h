/* work/health.h -- what a worker did, told over HTTP on the loopback address: /metrics (Prometheus text) and /health. */
#ifndef CH_WORK_HEALTH_H
#define CH_WORK_HEALTH_H
#include "base/err.h"
#include <stdatomic.h>

struct ch_health;

/* Counters, written by the worker, read by whoever asks. */
struct ch_counts {
	atomic_ullong pages, known, no_article, words, events;    /* committed; known: the store had them already */
	atomic_ullong acks, redelivered, dead, batches;
	atomic_uint pages_per_second;                              /* of the last batch */
	atomic_bool connected;                                     /* to the stream, as the last request showed */
	atomic_bool store;                                         /* it took what it was given last */
	atomic_ullong store_errors;
	atomic_ullong coding_us, store_us;                         /* microseconds spent at it; store_us: waiting for it, too */
};

/* Answers on 127.0.0.1:port, in a thread of its own. counts are lent until stopped. Fails where the port is taken. */
bool ch_health_start(unsigned port, struct ch_counts *counts, struct ch_health **health, struct ch_err *err) CH_MUST_USE;
void ch_health_stop(struct ch_health *health);   /* NULL is fine */
#endif
