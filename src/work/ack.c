#include "work/ack.h"
#include "base/str.h"
#include <stdio.h>

enum { AGAIN_MS = 500, STOPPED_MS = 3000 };

bool ch_acks_open(struct ch_acks *acks, natsConnection *nc, struct ch_err *err)
{
	natsInbox *inbox = NULL;
	natsStatus s = natsInbox_Create(&inbox);
	char all[sizeof acks->inbox + 4];

	*acks = (struct ch_acks){ .nc = nc };
	if (s == NATS_OK) {
		snprintf(acks->inbox, sizeof acks->inbox, "%s", inbox);
		snprintf(all, sizeof all, "%s.*.*", acks->inbox);
		s = natsConnection_SubscribeSync(&acks->sub, nc, all);
		natsInbox_Destroy(inbox);
	}
	return s == NATS_OK ? true : ch_fail(err, "cannot ask for acknowledgements: %s", natsStatus_GetText(s));
}

void ch_acks_close(struct ch_acks *acks)
{
	natsSubscription_Destroy(acks->sub);
	acks->sub = NULL;
}

/* Which message of this round it is the answer for; n: none. */
static unsigned answered(const struct ch_acks *acks, natsMsg *answer, unsigned n)
{
	struct ch_str rest = ch_str_z(natsMsg_GetSubject(answer)), word;
	char round[24];
	uint32_t i;

	snprintf(round, sizeof round, "%llu", acks->round);
	if (rest.len <= strlen(acks->inbox) + 1 || natsMsg_IsNoResponders(answer))
		return n;
	rest = ch_str_sub(rest, strlen(acks->inbox) + 1, rest.len);
	if (!ch_str_cut(&rest, '.', &word) || !ch_str_eqz(word, round) || !ch_str_uint(rest, &i) || i >= n)
		return n;
	return i;
}

unsigned ch_acks_send(struct ch_acks *acks, natsMsg *const *msgs, unsigned n, double seconds, bool (*stopped)(const void *ctx), const void *ctx)
{
	int64_t until = nats_Now() + (int64_t)(seconds * 1000);
	bool done[CH_ACKS_MAX] = { false };
	unsigned n_done = 0;

	acks->round++;
	do {
		const int64_t again = nats_Now() + AGAIN_MS;
		int64_t left;

		for (unsigned i = 0; i < n; i++) {
			char reply[sizeof acks->inbox + 40];

			snprintf(reply, sizeof reply, "%s.%llu.%u", acks->inbox, acks->round, i);
			if (!done[i] && natsMsg_GetReply(msgs[i]))
				(void)natsConnection_PublishRequest(acks->nc, natsMsg_GetReply(msgs[i]), reply, "+ACK", 4);
		}
		while (n_done < n && (left = again - nats_Now()) > 0) {
			natsMsg *answer = NULL;
			unsigned i = n;

			if (natsSubscription_NextMsg(&answer, acks->sub, left) == NATS_OK)
				i = answered(acks, answer, n);
			else if (natsConnection_Status(acks->nc) == NATS_CONN_STATUS_CLOSED)
				return n_done;
			natsMsg_Destroy(answer);
			if (i < n && !done[i]) {
				done[i] = true;
				n_done++;
			}
		}
		if (until > nats_Now() + STOPPED_MS && stopped(ctx))
			until = nats_Now() + STOPPED_MS;
	} while (n_done < n && nats_Now() < until);
	return n_done;
}
