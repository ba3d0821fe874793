/* work/dead.c -- chancery_dead: what workers put aside, shown with the reason, or put back on the queue.
 *
 * A page goes back under a message id of its own (the server takes one id once in an hour), and off the dead letters only when the queue has it:
 * torn off in between, it is put back again and is one message. */
#include "export/each.h"
#include "export/json.h"
#include "work/message.h"
#include "work/queue.h"
#include <stdio.h>
#include <stdlib.h>

static const char *header(natsMsg *msg, const char *key)
{
	const char *value = NULL;

	return natsMsgHeader_Get(msg, key, &value) == NATS_OK && value ? value : "";
}

static bool tell(natsMsg *msg, uint64_t seq, bool (*row)(void *ctx, const char *json, size_t size), void *ctx)
{
	struct ch_str bytes = ch_str_n(natsMsg_GetData(msg), (size_t)natsMsg_GetDataLength(msg)), line;
	struct chancery_item item;
	struct ch_arena arena;
	struct ch_err err;
	json_t *o = ch_json_object();
	bool go;

	ch_arena_init(&arena);
	ch_json_set(o, "number", json_integer((json_int_t)seq));
	if (ch_message_read(bytes, &item, &err))
		ch_json_set(o, "name", ch_json_str(ch_str_z(item.name)));
	else
		ch_json_set(o, "name", json_null());
	ch_json_set(o, "reason", ch_json_str(ch_str_z(header(msg, "Chancery-Reason"))));
	ch_json_set(o, "deliveries", json_integer(strtoll(header(msg, "Chancery-Deliveries"), NULL, 10)));
	ch_json_set(o, "bytes", json_integer((json_int_t)bytes.len));
	line = ch_json_line(&arena, o);
	go = row(ctx, line.ptr, line.len);
	ch_each_release(&item);
	free(item.name);
	ch_arena_free(&arena);
	return go;
}

static natsStatus put_back(struct ch_queue *queue, natsMsg *msg, uint64_t seq, jsErrCode *code)
{
	jsPubOptions o;
	char id[40];
	natsStatus s;

	snprintf(id, sizeof id, "again.%llu", (unsigned long long)seq);
	jsPubOptions_Init(&o);
	o.MsgId = id;
	o.ExpectStream = queue->name;
	s = js_Publish(NULL, queue->js, queue->pages_subject, natsMsg_GetData(msg), natsMsg_GetDataLength(msg), &o, code);
	return s == NATS_OK ? js_DeleteMsg(queue->js, queue->dead, seq, NULL, code) : s;
}

bool chancery_dead(const struct chancery_stream *how, bool retry, bool (*row)(void *ctx, const char *json, size_t size), void *ctx,
		   unsigned long long *n, struct chancery_error *error)
{
	struct ch_err *err = (struct ch_err *)error;
	jsStreamInfo *info = NULL;
	struct ch_queue queue;
	jsErrCode code = 0;
	uint64_t first = 1, last = 0;
	natsStatus s;

	*n = 0;
	if (!ch_queue_open(&queue, how, err))
		return false;
	s = js_GetStreamInfo(&info, queue.js, queue.dead, NULL, &code);
	if (s == NATS_OK) {
		first = info->State.FirstSeq;
		last = info->State.LastSeq;
	}
	jsStreamInfo_Destroy(info);
	for (uint64_t seq = first; s == NATS_OK && seq <= last; seq++) {
		natsMsg *msg = NULL;
		bool go = true;

		code = 0;
		s = js_GetMsg(&msg, queue.js, queue.dead, seq, NULL, &code);
		if (s == NATS_NOT_FOUND) {
			s = NATS_OK;   /* put back before */
			continue;
		}
		if (s == NATS_OK && retry)
			s = put_back(&queue, msg, seq, &code);
		if (s == NATS_OK) {
			++*n;
			go = tell(msg, seq, row, ctx);
		}
		natsMsg_Destroy(msg);
		if (!go || (how->stopped && how->stopped(how->ctx)))
			break;
	}
	if (s != NATS_OK)
		ch_queue_refused(&queue, "dead letters", s, code, err);
	ch_queue_close(&queue);
	return s == NATS_OK;
}
