/* work/worker.c -- chancery_work_stream: batch after batch off the queue, coded, committed, and only then acknowledged.
 *
 *     fetch ─▶ [tried before? alone, in a child] ─▶ code all ─▶ put, commit ─▶ acknowledge
 *                        └─ dies ─▶ dead letter ◀─ cannot be coded ─┘
 *
 * Delivery is at least once. A worker that is killed leaves its batch unacknowledged; the server gives it to another, and what had been
 * committed already is known there by the hash of its bytes. So every page counts once, whoever dies when.
 *
 * A page on which the coder itself dies takes its batch along. Each page of that batch comes again as redelivered, and is then first coded
 * in a child process: what kills the child goes to the dead letters with the signal as its reason, its neighbours go on. */
#include "run/run.h"
#include "work/ack.h"
#include "work/batch.h"
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

enum { BATCH = 64, TRIES = 10, FETCH_MS = 400, TRIAL_SECONDS = 120, AGAIN_MS = 2000, ACK_SECONDS = 60 };

/* A store that fails is asked again after half a second, then twice that, up to WAIT_MAX seconds; STORE_TRIES pages that fail in a row are its fault. */
enum { WAIT_MAX = 15, STORE_TRIES = 4 };

struct letter {
	natsMsg *msg;                  /* NULL: settled */
	struct ch_batch_page *page;    /* NULL: it is not coded */
	struct chancery_item item;
	uint64_t deliveries;
	bool suspect;          /* it came again, and the store does not have it */
	char reason[600];      /* why it goes to the dead letters; empty: it does not */
};

struct worker {
	struct ch_queue queue;
	struct ch_acks acks;
	natsSubscription *sub;
	const struct chancery_stream *how;
	const struct chancery *engine;
	struct chancery_store *store;
	struct chancery_worked *n;
	struct ch_counts counts;
	struct letter letters[BATCH];
	unsigned n_letters;
	struct ch_batch batch;
	struct ch_batch_page pages[BATCH];
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

static bool is_stopped(const void *ctx)
{
	return stopped(ctx);
}

static void pause_until(const struct worker *w, double due)
{
	for (double left = due - seconds(); left > 0 && !stopped(w); left = due - seconds()) {
		struct timespec t = { 0, (long)((left < 0.2 ? left : 0.2) * 1e9) };

		nanosleep(&t, NULL);
	}
}

/* ---- one letter ---- */

static void beat_now(struct worker *w)
{
	for (unsigned i = 0; i < w->n_letters; i++)
		if (w->letters[i].msg)
			natsMsg_InProgress(w->letters[i].msg, NULL);
	w->beat = seconds();
}

/* The pages at hand are being worked on: the server is told before it gives them to somebody else. */
static void beat(void *ctx)
{
	struct worker *w = ctx;

	if (seconds() - w->beat > (w->how->ack_seconds ? (double)w->how->ack_seconds : 30) / 3)
		beat_now(w);
}

/* Codes letters [from, to) that came again in a child, and looks how that ends: *status as waitpid has it. The child has no thread but this one and
 * touches neither store nor stream. False: there is no child to be had. */
static bool child(struct worker *w, unsigned from, unsigned to, int *status)
{
	const struct ch_engine *engine = (const struct ch_engine *)w->engine;
	pid_t pid = fork();
	pid_t ended = 0;

	if (pid < 0)
		return false;
	for (unsigned i = from; pid == 0 && i < to; i++) {
		struct letter *l = &w->letters[i];
		struct ch_each_known told;
		struct ch_arena arena;
		struct ch_doc doc;
		struct ch_err err;

		if (!l->suspect)
			continue;
		ch_arena_init(&arena);
		alarm(TRIAL_SECONDS);
		if (ch_each_read(&l->item, &doc, &told, &arena, &err) && ch_each_stages(engine, &l->item, &doc, &told, CH_STAGE_N, &err))
			ch_page_record(&doc, ch_stamp_of(engine));
		ch_arena_free(&arena);
	}
	if (pid == 0)
		_exit(0);
	while (ended == 0 || (ended < 0 && errno == EINTR)) {
		const struct timespec t = { 0, 5 * 1000000 };

		ended = waitpid(pid, status, WNOHANG);
		if (ended == 0) {
			beat(w);
			nanosleep(&t, NULL);
		}
	}
	return ended == pid;
}

/* A page that came again may be one on which a coder died: all such in one child first, and where that dies each in one of its own. */
static void trials(struct worker *w)
{
	bool any = false;
	int status = 0;

	for (unsigned i = 0; i < w->n_letters; i++)
		any = any || w->letters[i].suspect;
	if (!any || (child(w, 0, w->n_letters, &status) && WIFEXITED(status) && WEXITSTATUS(status) == 0))
		return;
	for (unsigned i = 0; i < w->n_letters; i++) {
		struct letter *l = &w->letters[i];

		/* without a child it takes its chance with the others */
		if (!l->suspect || !child(w, i, i + 1, &status))
			continue;
		if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
			snprintf(l->reason, sizeof l->reason, "not coded in %d seconds", TRIAL_SECONDS);
		else if (WIFSIGNALED(status))
			snprintf(l->reason, sizeof l->reason, "the coder died of it: signal %d", WTERMSIG(status));
		else if (WEXITSTATUS(status))
			snprintf(l->reason, sizeof l->reason, "the coder ended on it with status %d", WEXITSTATUS(status));
	}
}

/* The store has it: the acknowledgement was lost, no coder died of it. */
static bool is_stored(struct worker *w, natsMsg *msg)
{
	const char *id = NULL;
	struct ch_err err;
	bool known = false;

	return natsMsgHeader_Get(msg, "Nats-Msg-Id", &id) == NATS_OK && id &&
		ch_store_has_page((struct ch_store *)w->store, ch_str_z(id), &known, &err) && known;
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
	else
		l->suspect = l->deliveries > 1 && !is_stored(w, msg);
}

static void close_letter(struct letter *l)
{
	ch_each_release(&l->item);
	free(l->item.name);
	natsMsg_Destroy(l->msg);
	l->msg = NULL;
}

/* To the dead letters; only when the server has it there may it be taken off the queue. */
static bool bury(struct worker *w, struct letter *l)
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
	if (s != NATS_OK)
		return false;
	w->counts.dead++;
	w->n->dead++;
	w->row(w->row_ctx, &result);
	return true;
}

/* ---- a batch ---- */

static void say(const struct worker *w, const char *fmt, const char *what)
{
	char line[sizeof w->err.text + 80];

	snprintf(line, sizeof line, fmt, what);
	if (w->how->say)
		w->how->say(w->how->ctx, line);
}

/* Page by page, after a transaction of all of them failed: one that the store will not have is not to hold the others. Where the first few fail
 * it is the store. How many were put. */
static unsigned put_each(struct worker *w, struct chancery_added *added)
{
	unsigned put = 0, in_a_row = 0;

	for (unsigned i = 0; i < w->batch.n && (put || in_a_row < STORE_TRIES); i++) {
		if (w->batch.pages[i].failed || w->batch.pages[i].put)
			continue;
		if (ch_batch_put(&w->batch, i, i + 1, added, &w->err))
			put++;
		else
			in_a_row++;
	}
	return put;
}

/* Until the store has the pages that were coded, however long it is away, or full, or locked. False: stopped meanwhile; nothing is taken off the
 * queue then. While it waits the server hears nothing of the pages, so that a worker whose store is well gets them. */
static bool put_batch(struct worker *w, struct chancery_added *added)
{
	double wait = 0.5;
	bool said = false;

	beat_now(w);
	while (!ch_batch_put(&w->batch, 0, w->batch.n, added, &w->err)) {
		struct ch_err err;

		w->counts.store_errors++;
		if (ch_store_reopen(w->batch.store, &err) && put_each(w, added))
			break;
		if (!said)
			say(w, "%s; waiting for it", w->err.text);
		said = true;
		w->counts.store = false;
		pause_until(w, seconds() + wait);
		wait = wait < WAIT_MAX / 2 ? wait * 2 : WAIT_MAX;
		if (stopped(w))
			return false;
	}
	w->counts.store = true;
	if (said)
		say(w, "the store takes pages again%s", "");
	return true;
}

static void counted(struct worker *w, const struct chancery_added *a)
{
	w->n->pages += a->pages;
	w->n->known += a->known;
	w->n->no_article += a->no_article;
	w->n->events += a->events;
	w->counts.pages += a->pages;
	w->counts.known += a->known;
	w->counts.no_article += a->no_article;
	w->counts.words += a->words;
	w->counts.events += a->events;
}

/* Off the queue. One whose acknowledgement is lost for good costs a delivery, no record: it will be known. */
static void take_off(struct worker *w, struct letter *const *off, unsigned n)
{
	natsMsg *msgs[BATCH];

	for (unsigned i = 0; i < n; i++)
		msgs[i] = off[i]->msg;
	w->counts.acks += ch_acks_send(&w->acks, msgs, n, ACK_SECONDS, is_stopped, w);
	for (unsigned i = 0; i < n; i++)
		close_letter(off[i]);
}

/* How much there will be at hand when it is coded: what is packed may be a page as large as any. */
static size_t weight(const struct chancery_item *item)
{
	bool packed = item->size > 2 && (unsigned char)item->bytes[0] == 0x1f && (unsigned char)item->bytes[1] == 0x8b;

	return packed ? item->size * 8 : item->size;
}

/* Codes and commits letters from *at on, as many as go into one piece, and acknowledges them. False: stopped while the store was away. */
static bool piece(struct worker *w, unsigned *at, unsigned threads)
{
	struct chancery_added added = { 0 };
	struct letter *off[BATCH];
	unsigned first = *at, n_off = 0;
	size_t bytes = 0;
	char warning[80];
	double begun, coded;
	bool ok;

	w->batch = (struct ch_batch){ .engine = (const struct ch_engine *)w->engine, .store = (struct ch_store *)w->store, .threads = threads,
				      .beat = beat, .ctx = w, .pages = w->pages, .ask = w->counts.store };
	for (; *at < w->n_letters && (bytes <= CH_BATCH_BYTES || *at == first); (*at)++) {
		struct letter *l = &w->letters[*at];
		struct ch_batch_page *p = &w->pages[w->batch.n];

		l->page = NULL;
		if (*l->reason)
			continue;
		bytes += weight(&l->item);
		*p = (struct ch_batch_page){ .item = l->item };
		l->item.bytes = l->item.known = NULL;   /* the batch's now */
		l->page = p;
		w->batch.n++;
	}
	begun = seconds();
	ch_batch_code(&w->batch);
	coded = seconds();
	ok = put_batch(w, &added);
	w->counts.coding_us += (unsigned long long)((coded - begun) * 1e6);
	w->counts.store_us += (unsigned long long)((seconds() - coded) * 1e6);
	counted(w, &added);
	snprintf(warning, sizeof warning, "is over %zu MB; only the beginning was read", CH_PAGE_BYTES_MAX >> 20);
	for (unsigned i = first; i < *at; i++) {
		struct letter *l = &w->letters[i];
		const struct chancery_result cut = { .name = l->item.name, .warning = warning };

		if (l->page && l->page->failed)
			snprintf(l->reason, sizeof l->reason, "%s", l->page->err.text);
		if (l->page && l->page->put && l->page->record && l->page->doc.cut)
			w->row(w->row_ctx, &cut);
		if ((l->page ? l->page->failed || l->page->put : ok) && (!*l->reason || bury(w, l)))
			off[n_off++] = l;
	}
	ch_batch_clear(&w->batch);
	take_off(w, off, n_off);
	return ok;
}

static bool letters(struct worker *w, unsigned threads)
{
	unsigned at = 0;
	bool ok = true;

	w->beat = seconds();
	trials(w);
	while (ok && at < w->n_letters)
		ok = piece(w, &at, threads);
	/* What is left is for later, or for others. */
	for (unsigned i = 0; i < w->n_letters; i++) {
		if (!w->letters[i].msg)
			continue;
		natsMsg_NakWithDelay(w->letters[i].msg, AGAIN_MS, NULL);
		close_letter(&w->letters[i]);
	}
	w->n_letters = 0;
	return ok;
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
		/* A server without a leader says so at once: it is not to be asked without a pause. */
		if (s != NATS_TIMEOUT)
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
		ok = letters(w, threads);
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
		w->counts.connected = w->counts.store = true;
		ok = ch_queue_subscribe(&w->queue, how, &w->sub, &w->err) && ch_acks_open(&w->acks, w->queue.nc, &w->err) &&
			(!how->metrics || ch_health_start((unsigned)how->metrics, &w->counts, &health, &w->err)) && rounds(w, work->threads);
		ch_health_stop(health);
		ch_acks_close(&w->acks);
		natsSubscription_Destroy(w->sub);
		ch_queue_close(&w->queue);
	}
	if (!ok)
		ch_fail((struct ch_err *)error, "%s", w->err.text);
	free(w);
	return ok;
}
