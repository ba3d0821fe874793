/* work/worker.c -- chancery_work_stream: batch after batch off the queue, coded, committed, and only then acknowledged.
 *
 *     fetch ─▶ [tried before? alone, in a child] ─▶ chancery_add: code, commit ─▶ acknowledge
 *                        └─ dies ─▶ dead letter ◀─ cannot be coded ─┘
 *
 * Delivery is at least once. A worker that is killed leaves its batch unacknowledged; the server gives it to another, and what had been
 * committed already is known there by the hash of its bytes. So every page counts once, whoever dies when.
 *
 * A page on which the coder itself dies takes its batch along. Each page of that batch comes again as redelivered, and is then first coded
 * in a child process: what kills the child goes to the dead letters with the signal as its reason, its neighbours go on. */
#include "export/each.h"
#include "run/run.h"
#include "work/health.h"
#include "work/message.h"
#include "work/queue.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { BATCH = 64, TRIES = 10, FETCH_MS = 400, TRIAL_SECONDS = 120, AGAIN_MS = 2000, FLUSH_MS = 5000 };

struct letter {
	natsMsg *msg;
	struct chancery_item item;
	uint64_t deliveries;
	char reason[600];      /* why it goes to the dead letters; empty: it does not */
};

struct worker {
	struct ch_queue queue;
	natsSubscription *sub;
	const struct chancery_stream *how;
	const struct chancery *engine;
	struct chancery_store *store;
	struct chancery_worked *n;
	struct ch_counts counts;
	struct letter letters[BATCH];
	unsigned n_letters;
	unsigned at_next, at_done;     /* letters given to the coders, results taken back */
	double beat;                   /* when the server was last told that they are being worked on */
	bool (*row)(void *ctx, const struct chancery_result *result);
	void *row_ctx;
	struct ch_err err;
};

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool stopped(const struct worker *w)
{
	return w->how->stopped && w->how->stopped(w->how->ctx);
}

static void pause_until(const struct worker *w, double due)
{
	for (double left = due - seconds(); left > 0 && !stopped(w); left = due - seconds()) {
		struct timespec t = { 0, (long)((left < 0.2 ? left : 0.2) * 1e9) };

		nanosleep(&t, NULL);
	}
}

/* ---- one letter ---- */

/* Codes it in a child and looks how that ends. The child has no thread but this one and touches neither store nor stream. */
static void trial(const struct worker *w, struct letter *l)
{
	int status = 0;
	pid_t pid = fork();

	if (pid < 0)
		return;   /* then it takes its chance with the others */
	if (pid == 0) {
		const struct ch_engine *engine = (const struct ch_engine *)w->engine;
		struct ch_each_known told;
		struct ch_arena arena;
		struct ch_doc doc;
		struct ch_err err;

		ch_arena_init(&arena);
		alarm(TRIAL_SECONDS);
		if (ch_each_read(&l->item, &doc, &told, &arena, &err) && ch_each_stages(engine, &l->item, &doc, &told, CH_STAGE_N, &err))
			ch_page_record(&doc, ch_stamp_of(engine));
		_exit(0);
	}
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
		snprintf(l->reason, sizeof l->reason, "not coded in %d seconds", TRIAL_SECONDS);
	else if (WIFSIGNALED(status))
		snprintf(l->reason, sizeof l->reason, "the coder died of it: signal %d", WTERMSIG(status));
	else if (WEXITSTATUS(status))
		snprintf(l->reason, sizeof l->reason, "the coder ended on it with status %d", WEXITSTATUS(status));
}

static void open_letter(struct worker *w, natsMsg *msg, struct letter *l)
{
	struct ch_str bytes = ch_str_n(natsMsg_GetData(msg), (size_t)natsMsg_GetDataLength(msg));
	const uint64_t tries = w->how->tries ? w->how->tries : TRIES;
	jsMsgMetaData *meta = NULL;
	struct ch_err err;

	*l = (struct letter){ .msg = msg, .deliveries = 1 };
	if (natsMsg_GetMetaData(&meta, msg) == NATS_OK)
		l->deliveries = meta->NumDelivered;
	jsMsgMetaData_Destroy(meta);
	w->counts.redelivered += l->deliveries > 1;
	w->n->redelivered += l->deliveries > 1;
	if (!ch_message_read(bytes, &l->item, &err))
		snprintf(l->reason, sizeof l->reason, "%s", err.text);
	else if (l->deliveries > tries)
		snprintf(l->reason, sizeof l->reason, "given to workers %llu times and never finished", (unsigned long long)l->deliveries - 1);
	else if (l->deliveries > 1)
		trial(w, l);
}

static void close_letter(struct letter *l)
{
	ch_each_release(&l->item);
	free(l->item.name);
	natsMsg_Destroy(l->msg);
}

/* To the dead letters; only when the server has it there is it taken off the queue. */
static void bury(struct worker *w, struct letter *l)
{
	struct chancery_result result = { .name = l->item.name ? l->item.name : "a message", .error = l->reason, .outcome = CHANCERY_FAILED };
	char times[24], id[80];
	natsMsg *dead = NULL;
	const char *old = NULL;
	jsPubOptions o;
	jsErrCode code = 0;
	natsStatus s = natsMsg_Create(&dead, w->queue.dead_subject, NULL, natsMsg_GetData(l->msg), natsMsg_GetDataLength(l->msg));

	for (char *p = l->reason; *p; p++)
		*p = (unsigned char)*p < ' ' ? ' ' : *p;   /* a header is a line */
	snprintf(times, sizeof times, "%llu", (unsigned long long)l->deliveries);
	s = s == NATS_OK ? natsMsgHeader_Set(dead, "Chancery-Reason", l->reason) : s;
	s = s == NATS_OK ? natsMsgHeader_Set(dead, "Chancery-Deliveries", times) : s;
	jsPubOptions_Init(&o);
	if (natsMsgHeader_Get(l->msg, "Nats-Msg-Id", &old) == NATS_OK && old) {
		snprintf(id, sizeof id, "%s", old);
		o.MsgId = id;
	}
	s = s == NATS_OK ? js_PublishMsg(NULL, w->queue.js, dead, &o, &code) : s;
	natsMsg_Destroy(dead);
	if (s != NATS_OK) {
		natsMsg_NakWithDelay(l->msg, AGAIN_MS, NULL);
	} else {
		natsMsg_Ack(l->msg, NULL);
		w->counts.dead++;
		w->counts.acks++;
		w->n->dead++;
		w->row(w->row_ctx, &result);
	}
}

/* ---- a batch ---- */

static bool batch_next(void *ctx, struct chancery_item *item)
{
	struct worker *w = ctx;
	struct letter *l;

	while (w->at_next < w->n_letters && *w->letters[w->at_next].reason)
		w->at_next++;
	if (w->at_next == w->n_letters)
		return false;
	l = &w->letters[w->at_next++];
	*item = l->item;
	item->name = strdup(l->item.name);   /* taken, as all of it is; ours is for messages */
	if (!item->name)
		ch_die_memory(0);
	l->item.bytes = l->item.known = NULL;
	return true;
}

static bool batch_done(void *ctx, const struct chancery_result *result)
{
	struct worker *w = ctx;
	double now = seconds(), wait = w->how->ack_seconds ? (double)w->how->ack_seconds : 30;

	/* Results come in the order of the inputs. */
	while (w->at_done < w->n_letters && *w->letters[w->at_done].reason)
		w->at_done++;
	if (result->outcome == CHANCERY_FAILED) {
		snprintf(w->letters[w->at_done].reason, sizeof w->letters->reason, "%s", result->error);
	} else if (result->warning) {
		w->row(w->row_ctx, result);
	}
	w->at_done++;
	if (now - w->beat > wait / 3) {
		for (unsigned i = 0; i < w->n_letters; i++)
			natsMsg_InProgress(w->letters[i].msg, NULL);
		w->beat = now;
	}
	return true;
}

/* Codes and commits. */
static bool code_batch(struct worker *w, unsigned threads)
{
	struct chancery_work work = { .input = CHANCERY_PAGES, .threads = threads, .slow = true, .next = batch_next, .done = batch_done, .ctx = w };
	struct chancery_added added;
	bool ok;

	w->at_next = w->at_done = 0;
	w->beat = seconds();
	ok = chancery_add(w->store, w->engine, &work, &added, (struct chancery_error *)&w->err);
	w->n->pages += added.pages;
	w->n->known += added.known;
	w->n->no_article += added.no_article;
	w->n->events += added.events;
	w->counts.pages += added.pages;
	w->counts.known += added.known;
	w->counts.no_article += added.no_article;
	w->counts.words += added.words;
	w->counts.events += added.events;
	return ok;
}

/* Takes off the queue what is done with. Where the store failed all go back to it, for a worker whose store has room; those that were
 * committed will be known. */
static void settle(struct worker *w, bool committed)
{
	for (unsigned i = 0; i < w->n_letters; i++) {
		struct letter *l = &w->letters[i];

		if (!committed)
			natsMsg_NakWithDelay(l->msg, AGAIN_MS, NULL);
		else if (*l->reason)
			bury(w, l);
		else if (natsMsg_Ack(l->msg, NULL) == NATS_OK)
			w->counts.acks++;
		close_letter(l);
	}
	w->n_letters = 0;
	/* An acknowledgement that is lost costs a delivery, no record: the page will be known. */
	natsConnection_FlushTimeout(w->queue.nc, FLUSH_MS);
}

/* Up to n pages; none where none came in a moment, or the queue does not answer. False: it never will. */
static bool fetch(struct worker *w, int n)
{
	natsMsgList list = { 0 };
	jsErrCode code = 0;
	natsStatus s = natsSubscription_Fetch(&list, w->sub, n, FETCH_MS, &code);

	w->counts.connected = (s == NATS_OK || s == NATS_TIMEOUT) && natsConnection_Status(w->queue.nc) == NATS_CONN_STATUS_CONNECTED;
	if (s == NATS_CONNECTION_CLOSED || s == NATS_INVALID_SUBSCRIPTION)
		return ch_fail(&w->err, "%s: %s", w->queue.shown, natsStatus_GetText(s));
	if (s != NATS_OK) {
		if (!w->counts.connected)
			pause_until(w, seconds() + 0.2);
		return true;
	}
	for (int i = 0; i < list.Count; i++) {
		open_letter(w, list.Msgs[i], &w->letters[w->n_letters++]);
		list.Msgs[i] = NULL;   /* the letter's */
	}
	natsMsgList_Destroy(&list);
	return true;
}

/* A work queue holds each page until it is acknowledged: that it holds none means that none waits and that nobody has one at hand. What a
 * dead worker had is still there, comes again, and is waited for. */
static bool drained(struct worker *w)
{
	jsStreamInfo *info = NULL;
	jsErrCode code = 0;
	bool empty = js_GetStreamInfo(&info, w->queue.js, w->queue.name, NULL, &code) == NATS_OK && !info->State.Msgs;

	jsStreamInfo_Destroy(info);
	return empty;
}

static bool rounds(struct worker *w, unsigned threads)
{
	const unsigned long long rate = w->how->rate;

	while (!stopped(w)) {
		unsigned n;
		double begun;
		bool ok;

		if (!fetch(w, rate && rate < BATCH ? (int)rate : BATCH))
			return false;
		n = w->n_letters;
		if (!n) {
			w->counts.pages_per_second = 0;
			if (w->how->drain && drained(w))
				return true;
			continue;
		}
		begun = seconds();
		ok = code_batch(w, threads);
		settle(w, ok);
		if (!ok)
			return false;
		w->counts.batches++;
		w->counts.pages_per_second = (unsigned)((double)n / (seconds() - begun + 1e-6));
		if (rate)
			pause_until(w, begun + (double)n / (double)rate);
	}
	return true;
}

bool chancery_work_stream(struct chancery_store *store, const struct chancery *engine, const struct chancery_stream *how,
			  const struct chancery_work *work, struct chancery_worked *n, struct chancery_error *error)
{
	struct worker *w = ch_xrealloc(NULL, sizeof *w);
	struct ch_health *health = NULL;
	bool ok;

	*n = (struct chancery_worked){ 0 };
	memset(w, 0, sizeof *w);
	w->how = how;
	w->engine = engine;
	w->store = store;
	w->n = n;
	w->row = work->done;
	w->row_ctx = work->ctx;
	ok = ch_queue_open(&w->queue, how, &w->err);
	if (ok) {
		w->counts.connected = true;
		ok = ch_queue_subscribe(&w->queue, how, &w->sub, &w->err) &&
			(!how->metrics || ch_health_start((unsigned)how->metrics, &w->counts, &health, &w->err)) && rounds(w, work->threads);
		ch_health_stop(health);
		natsSubscription_Destroy(w->sub);
		ch_queue_close(&w->queue);
	}
	if (!ok)
		ch_fail((struct ch_err *)error, "%s", w->err.text);
	free(w);
	return ok;
}
