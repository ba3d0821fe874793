/* work/ack.h -- pages taken off the queue, and known to be: an acknowledgement is a request, which the leader of the consumer answers. One that is not
 * answered (the server was killed, another is being elected) is sent again, so that the page does not come back after its time to a worker that has
 * to find out that it is known. All of a batch go out at once. */
#ifndef CH_WORK_ACK_H
#define CH_WORK_ACK_H
#include "base/err.h"
#include <nats/nats.h>

struct ch_acks {
	natsConnection *nc;
	natsSubscription *sub;         /* where the answers come in */
	char inbox[96];
	unsigned long long round;      /* answers of an earlier one are passed over */
};

enum { CH_ACKS_MAX = 256 };

bool ch_acks_open(struct ch_acks *acks, natsConnection *nc, struct ch_err *err) CH_MUST_USE;
void ch_acks_close(struct ch_acks *acks);
/* How many of the n messages (at most CH_ACKS_MAX) the server is known to have taken off, when all are or `seconds` have passed; once stopped(ctx),
 * a few. */
unsigned ch_acks_send(struct ch_acks *acks, natsMsg *const *msgs, unsigned n, double seconds, bool (*stopped)(const void *ctx), const void *ctx);
#endif
