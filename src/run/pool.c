#include "run/pool.h"
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

enum { THREADS_MAX = 256, KEEP_BYTES = 48 << 20 };

enum slot_state { SLOT_FREE, SLOT_BUSY, SLOT_READY };

struct slot {
	struct ch_task task;
	struct ch_arena arena;
	enum slot_state state;
};

struct pool {
	const struct ch_job *job;
	struct slot *slots;
	uint32_t n;
	pthread_mutex_t lock;      /* of everything below */
	pthread_cond_t moved;      /* a slot was freed, or the end was reached */
	pthread_mutex_t source;    /* held around next, so that numbers follow its order */
	uint64_t taken, finished;  /* tasks given by next; tasks that done is through with */
	bool draining;             /* a thread is in done */
	bool no_more, stopped;
};

unsigned ch_pool_threads(unsigned wanted)
{
	long n = wanted ? (long)wanted : sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > THREADS_MAX ? THREADS_MAX : (unsigned)n;
}

static void clear(struct ch_arena *arena)
{
	if (arena->total > KEEP_BYTES)
		ch_arena_free(arena);
	else
		ch_arena_reset(arena);
}

static void run_here(const struct ch_job *job)
{
	struct ch_arena arena;
	struct ch_task task = { .arena = &arena };
	bool go = true;

	ch_arena_init(&arena);
	for (; go && job->next(job->ctx, &task); task.number++, task.data = NULL) {
		job->work(job->ctx, &task);
		go = job->done(job->ctx, &task);
		clear(&arena);
	}
	ch_arena_free(&arena);
}

/* The next task in a slot of its own, or NULL at the end. Waits for a free slot. */
static struct slot *take(struct pool *p)
{
	struct slot *s = NULL;

	pthread_mutex_lock(&p->source);
	pthread_mutex_lock(&p->lock);
	while (!p->no_more && !p->stopped && p->taken - p->finished >= p->n)
		pthread_cond_wait(&p->moved, &p->lock);
	if (!p->no_more && !p->stopped)
		s = &p->slots[p->taken % p->n];
	pthread_mutex_unlock(&p->lock);
	if (s) {
		bool more;

		s->task = (struct ch_task){ .arena = &s->arena, .number = p->taken };
		more = p->job->next(p->job->ctx, &s->task);
		pthread_mutex_lock(&p->lock);
		if (more) {
			s->state = SLOT_BUSY;
			p->taken++;
		} else {
			p->no_more = true;
			s = NULL;
		}
		pthread_mutex_unlock(&p->lock);
	}
	pthread_mutex_unlock(&p->source);
	return s;
}

/* Marks the slot ready and, unless another thread is at it, takes all finished tasks at the head of the ring through done. */
static void finish(struct pool *p, struct slot *mine)
{
	pthread_mutex_lock(&p->lock);
	mine->state = SLOT_READY;
	if (p->draining) {
		pthread_mutex_unlock(&p->lock);
		return;
	}
	p->draining = true;
	while (p->finished < p->taken && p->slots[p->finished % p->n].state == SLOT_READY) {
		struct slot *s = &p->slots[p->finished % p->n];
		bool go = !p->stopped;

		pthread_mutex_unlock(&p->lock);
		if (go)
			go = p->job->done(p->job->ctx, &s->task);
		clear(&s->arena);
		pthread_mutex_lock(&p->lock);
		p->stopped = p->stopped || !go;
		s->state = SLOT_FREE;
		p->finished++;
		pthread_cond_broadcast(&p->moved);
	}
	p->draining = false;
	pthread_mutex_unlock(&p->lock);
}

static void *worker(void *arg)
{
	struct pool *p = arg;
	struct slot *s;

	while ((s = take(p))) {
		p->job->work(p->job->ctx, &s->task);
		finish(p, s);
	}
	return NULL;
}

void ch_pool_run(const struct ch_job *job)
{
	unsigned threads = ch_pool_threads(job->threads), started = 0;
	struct pool p = { .job = job, .n = threads * 8 };
	pthread_t ids[THREADS_MAX];
	pthread_attr_t attr;

	if (threads == 1) {
		run_here(job);
		return;
	}
	p.slots = ch_xrealloc(NULL, p.n * sizeof *p.slots);
	memset(p.slots, 0, p.n * sizeof *p.slots);
	pthread_mutex_init(&p.lock, NULL);
	pthread_mutex_init(&p.source, NULL);
	pthread_cond_init(&p.moved, NULL);
	/* The system's own default may be as small as 128 KB (musl): less than a tree over a long sentence wants. */
	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, (size_t)8 << 20);
	while (started + 1 < threads && pthread_create(&ids[started], &attr, worker, &p) == 0)
		started++;
	pthread_attr_destroy(&attr);
	worker(&p);
	for (unsigned i = 0; i < started; i++)
		pthread_join(ids[i], NULL);
	for (uint32_t i = 0; i < p.n; i++)
		ch_arena_free(&p.slots[i].arena);
	free(p.slots);
	pthread_cond_destroy(&p.moved);
	pthread_mutex_destroy(&p.source);
	pthread_mutex_destroy(&p.lock);
}
