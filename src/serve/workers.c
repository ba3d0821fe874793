/* serve/workers.c -- threads that answer, so that those that read and write sockets never wait for the store. */
#include "serve/server_priv.h"
#include <pthread.h>
#include <stdlib.h>

struct ch_workers {
	pthread_mutex_t lock;
	pthread_cond_t wanted;
	struct ch_job *first, **end;
	bool stopping;
	unsigned n;
	pthread_t threads[];
};

static void *work(void *ctx)
{
	struct ch_workers *w = ctx;

	pthread_mutex_lock(&w->lock);
	for (;;) {
		struct ch_job *job = w->first;

		if (!job && w->stopping)
			break;
		if (!job) {
			pthread_cond_wait(&w->wanted, &w->lock);
			continue;
		}
		w->first = job->next;
		if (!w->first)
			w->end = &w->first;
		pthread_mutex_unlock(&w->lock);
		job->run(job->ctx);   /* after which job may be gone */
		pthread_mutex_lock(&w->lock);
	}
	pthread_mutex_unlock(&w->lock);
	return NULL;
}

bool ch_workers_start(unsigned n, struct ch_workers **workers, struct ch_err *err)
{
	struct ch_workers *w = ch_xrealloc(NULL, sizeof *w + n * sizeof *w->threads);

	*w = (struct ch_workers){ .end = &w->first };
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

bool ch_workers_add(struct ch_workers *w, struct ch_job *job)
{
	bool taken;

	pthread_mutex_lock(&w->lock);
	taken = !w->stopping;
	if (taken) {
		job->next = NULL;
		*w->end = job;
		w->end = &job->next;
		pthread_cond_signal(&w->wanted);
	}
	pthread_mutex_unlock(&w->lock);
	return taken;
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
