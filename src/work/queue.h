/* work/queue.h -- a queue of pages on NATS JetStream: connection, streams, errors in one line.
 *
 *     submit ──▶ QUEUE.pages ──[stream QUEUE: work queue, each page until it is acknowledged]──▶ workers (consumer "coders")
 *                QUEUE.dead ◀──[stream QUEUE-dead: kept until somebody looks]── pages that cannot be coded, with the reason */
#ifndef CH_WORK_QUEUE_H
#define CH_WORK_QUEUE_H
#include "base/err.h"
#include "chancery.h"
#include <nats/nats.h>

enum { CH_QUEUE_NAME_MAX = 64 };

struct ch_queue {
	natsConnection *nc;
	jsCtx *js;
	char shown[200];                          /* the servers, without passwords: for messages */
	char name[CH_QUEUE_NAME_MAX + 8];       /* names of the two streams, and their subjects */
	char dead[CH_QUEUE_NAME_MAX + 8];
	char pages_subject[CH_QUEUE_NAME_MAX + 8], dead_subject[CH_QUEUE_NAME_MAX + 8];
	int64_t max_payload;
};

/* Connects; fails where no server answers, or none with JetStream. Afterwards the connection is restored by itself whenever it is lost. */
bool ch_queue_open(struct ch_queue *queue, const struct chancery_stream *how, struct ch_err *err) CH_MUST_USE;
void ch_queue_close(struct ch_queue *queue);

/* Makes the two streams where they are not. */
bool ch_queue_make(struct ch_queue *queue, const struct chancery_stream *how, struct ch_err *err) CH_MUST_USE;
/* A subscription to the consumer that all workers share; fails where there is no stream. */
bool ch_queue_subscribe(struct ch_queue *queue, const struct chancery_stream *how, natsSubscription **sub, struct ch_err *err) CH_MUST_USE;

/* May pass by itself: a leader is elected, a connection restored. */
bool ch_queue_passing(natsStatus s, jsErrCode code);
/* ch_fail for a request to JetStream (what) that failed. */
bool ch_queue_refused(const struct ch_queue *queue, const char *what, natsStatus s, jsErrCode code, struct ch_err *err);
/* The stream has as many pages as it may. */
bool ch_queue_full(jsErrCode code);
#endif
