/* serve/workers.c -- threads that answer, so that those that read and write sockets never wait for the store. */
#include "serve/server_priv.h"
#include <pthread.h>
#include <stdlib.h>

struct queue {
	struct ch_job *first, **end;
	unsigned n;
};

struct ch_workers {
	pthread_mutex_t lock;
	pthread_cond_t wanted;
	struct queue light, heavy;
	uint64_t came;                    /* jobs, ever */
	unsigned at_heavy, heavy_max;     /* threads: half of them, so that the others go on */
	bool stopping;
	unsigned n;
	pthread_t threads[];
};

static void push(struct queue *q, struct ch_job *job)
{
	job->next = NULL;
	*q->end = job;
	q->end = &job->next;
	q->n++;
}

/* The one that has waited longest of those that may begin now. The lock is held. */
static struct ch_job *take(struct ch_workers *w)
{
	const struct ch_job *light = w->light.first, *heavy = w->at_heavy < w->heavy_max ? w->heavy.first : NULL;
	struct queue *q = heavy && (!light || heavy->number < light->number) ? &w->heavy : &w->light;
	struct ch_job *job = q->first;

	if (!job)
		return NULL;
	q->first = job->next;
	if (!q->first)
		q->end = &q->first;
	q->n--;
	return job;
}

static void *work(void *ctx)
{
	struct ch_workers *w = ctx;

	pthread_mutex_lock(&w->lock);
	for (;;) {
		struct ch_job *job = take(w);
		bool heavy;

		/* heavy ones that are left belong to whom is at one now */
		if (!job && w->stopping)
			break;
		if (!job) {
			pthread_cond_wait(&w->wanted, &w->lock);
			continue;
		}
		heavy = job->heavy;
		w->at_heavy += heavy;
		pthread_mutex_unlock(&w->lock);
		job->run(job->ctx);   /* after which job may be gone */
		pthread_mutex_lock(&w->lock);
		w->at_heavy -= heavy;
	}
	pthread_mutex_unlock(&w->lock);
	return NULL;
}

bool ch_workers_start(unsigned n, struct ch_workers **workers, struct ch_err *err)
{
	struct ch_workers *w = ch_xrealloc(NULL, sizeof *w + n * sizeof *w->threads);

	*w = (struct ch_workers){ .light = { .end = &w->light.first }, .heavy = { .end = &w->heavy.first }, .heavy_max = n > 1 ? n / 2 : 1 };
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->wanted, NULL);
	while (w->n < n && !pthread_create(&w->threads[w->n], NULL, work, w))
		w->n++;
	*workers = w;
	if (w->n)
		return true;
	ch_workers_stop(w);
	*workers = NULL;
	return ch_fail(err, "cannot start a thread (too many already?)");
}

enum ch_added ch_workers_add(struct ch_workers *w, struct ch_job *job, unsigned waiting_max)
{
	struct queue *q = job->heavy ? &w->heavy : &w->light;
	enum ch_added added = CH_ADDED;

	pthread_mutex_lock(&w->lock);
	if (w->stopping) {
		added = CH_ADDED_STOPPING;
	} else if (q->n >= waiting_max) {
		added = CH_ADDED_TOO_MANY;
	} else {
		job->number = w->came++;
		push(q, job);
		pthread_cond_signal(&w->wanted);
	}
	pthread_mutex_unlock(&w->lock);
	return added;
}

void ch_workers_stop(struct ch_workers *w)
{
	if (!w)
		return;
	pthread_mutex_lock(&w->lock);
	w->stopping = true;
	pthread_cond_broadcast(&w->wanted);
	pthread_mutex_unlock(&w->lock);
	for (unsigned i = 0; i < w->n; i++)
		pthread_join(w->threads[i], NULL);
	pthread_cond_destroy(&w->wanted);
	pthread_mutex_destroy(&w->lock);
	free(w);
}
