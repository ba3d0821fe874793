/* work/submit.c -- chancery_submit: inputs onto the queue, in their order, each once.
 *
 *     next ─▶ [read, hash, pack] ─▶ in order ─▶ publish, wait for the server to have it
 *
 * A message bears the id of its page, so that the server knows a page that comes again. The id is that of the store: of two inputs with
 * the same bytes the first counts, as it does for `add`. */
#include "export/each.h"
#include "run/pool.h"
#include "store/id.h"
#include "work/message.h"
#include "work/queue.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* How long a server may be away before submit gives up; how often it asks whether a full queue has room. */
enum { AWAY_SECONDS = 60, RETRY_MS = 200, HEAD_ROOM = 1024 };

struct submit {
	struct ch_queue queue;
	const struct chancery_stream *how;
	const struct chancery_work *work;
	struct chancery_submitted *n;
	bool failed, stopped, said_full;
	struct ch_err err;
};

struct submit_task {
	struct chancery_item item;
	struct ch_each_known told;
	struct ch_str id, message;
	struct ch_err err;
	bool ok;
};

static bool submit_next(void *ctx, struct ch_task *task)
{
	struct submit *s = ctx;
	struct submit_task *t = CH_NEW(task->arena, struct submit_task);
	char *name;

	task->data = t;
	if ((s->how->stopped && s->how->stopped(s->how->ctx)) || !s->work->next(s->work->ctx, &t->item))
		return false;
	name = t->item.name;
	t->item.name = ch_arena_z(task->arena, ch_str_z(name));
	free(name);
	return true;
}

/* The file as it is, gzip or not: the worker unpacks it as `add` would. */
static bool read_file(struct chancery_item *item, struct ch_err *err)
{
	size_t cap = 1 << 16, n = 0;
	int fd = open(item->name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	struct stat st;
	ssize_t got = 1;

	if (fd < 0)
		return ch_fail(err, "cannot open: %s", strerror(errno));
	if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		close(fd);
		return ch_fail(err, "is a folder");
	}
	while (n < CH_MESSAGE_BODY_MAX && got) {
		if (!item->bytes || n == cap) {
			cap = item->bytes ? cap * 2 : cap;
			item->bytes = ch_xrealloc(item->bytes, cap);
		}
		got = read(fd, item->bytes + n, cap - n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			ch_fail(err, "cannot read: %s", strerror(errno));
			close(fd);
			return false;
		}
		n += (size_t)got;
	}
	close(fd);
	item->size = n < CH_MESSAGE_BODY_MAX ? n : CH_MESSAGE_BODY_MAX;
	return true;
}

static void prepare(const struct submit *s, struct submit_task *t, struct ch_task *task)
{
	struct ch_doc doc;

	t->told.label = t->item.name;
	t->ok = t->item.error || t->item.bytes || read_file(&t->item, &t->err);
	if (t->ok && t->item.size > CH_MESSAGE_BODY_MAX)
		t->item.size = CH_MESSAGE_BODY_MAX;   /* add would cut it, too */
	t->ok = t->ok && ch_each_read(&t->item, &doc, &t->told, task->arena, &t->err);
	if (!t->ok)
		return;
	t->id = ch_page_id(task->arena, doc.raw);
	t->message = ch_message_write(task->arena, &t->item);
	if (t->message.len + HEAD_ROOM > (size_t)s->queue.max_payload)
		t->ok = ch_fail(&t->err, "%zu KB when packed, and the server takes messages of %lld KB: set max_payload in its configuration, or "
				"use `chancery add`", t->message.len >> 10, (long long)s->queue.max_payload >> 10);
}

static void submit_work(void *ctx, struct ch_task *task)
{
	struct submit_task *t = task->data;

	prepare(ctx, t, task);
	ch_each_release(&t->item);
}

static void pause_ms(long ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&t, NULL);
}

static time_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec;
}

/* Until the server has it, or it is clear that it will not. */
static bool publish(struct submit *s, const struct submit_task *t, bool *known)
{
	jsPubOptions o;
	time_t since = now();

	jsPubOptions_Init(&o);
	o.MsgId = t->id.ptr;
	o.ExpectStream = s->queue.name;
	for (;;) {
		jsPubAck *ack = NULL;
		jsErrCode code = 0;
		natsStatus st = js_Publish(&ack, s->queue.js, s->queue.pages_subject, t->message.ptr, (int)t->message.len, &o, &code);

		*known = st == NATS_OK && ack && ack->Duplicate;
		jsPubAck_Destroy(ack);
		if (st == NATS_OK)
			return true;
		if (ch_queue_full(code)) {
			if (!s->said_full && s->how->say)
				s->how->say(s->how->ctx, "the queue is full; waiting for workers");
			s->said_full = true;
			since = now();
		} else if (st == NATS_CONNECTION_CLOSED || st == NATS_MAX_PAYLOAD || st == NATS_NOT_PERMITTED || now() - since > AWAY_SECONDS) {
			/* All else may pass, as a new leader takes over: the id of the page makes it safe to send it again. */
			const char *why = nats_GetLastError(NULL);

			return ch_fail(&s->err, "%s: %s; what was queued stays so: run it again for the rest", s->queue.shown,
				       why && *why && !ch_queue_passing(st, code) ? why : "the server does not answer");
		}
		if (s->how->stopped && s->how->stopped(s->how->ctx)) {
			s->stopped = true;
			return true;
		}
		pause_ms(RETRY_MS);
	}
}

static bool submit_done(void *ctx, struct ch_task *task)
{
	struct submit *s = ctx;
	struct submit_task *t = task->data;
	struct chancery_result result = { .name = t->told.label };
	bool known = false, go = true;

	if (t->ok) {
		s->failed = !publish(s, t, &known);
		go = !s->failed && !s->stopped;
		result.outcome = known ? CHANCERY_KNOWN : CHANCERY_DONE;
		if (go) {
			s->n->queued += !known;
			s->n->known += known;
			s->n->bytes += t->message.len;
		}
	} else {
		s->n->failed++;
		result.outcome = CHANCERY_FAILED;
		result.error = t->err.text;
	}
	return go && s->work->done(s->work->ctx, &result);
}

bool chancery_submit(const struct chancery_stream *how, const struct chancery_work *work, struct chancery_submitted *n,
		     struct chancery_error *error)
{
	struct submit s = { .how = how, .work = work, .n = n };

	*n = (struct chancery_submitted){ 0 };
	if (!ch_queue_open(&s.queue, how, (struct ch_err *)error))
		return false;
	if (!ch_queue_make(&s.queue, how, (struct ch_err *)error)) {
		ch_queue_close(&s.queue);
		return false;
	}
	ch_pool_run(&(struct ch_job){ submit_next, submit_work, submit_done, &s, work->threads });
	ch_queue_close(&s.queue);
	return s.failed ? ch_fail((struct ch_err *)error, "%s", s.err.text) : true;
}
