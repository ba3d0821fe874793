/* serve/stores.c -- a store is used by one thread at a time; so there are several, and each request takes one. */
#include "serve/serve.h"
#include <pthread.h>
#include <stdlib.h>

struct ch_stores {
	pthread_mutex_t lock;
	pthread_cond_t freed;
	struct chancery_store **free;
	unsigned n, n_free;
};

bool ch_stores_open(const char *where, unsigned n, struct ch_stores **stores, struct ch_err *err)
{
	struct ch_stores *s = ch_xrealloc(NULL, sizeof *s);
	bool ok = true;

	*s = (struct ch_stores){ .free = ch_xrealloc(NULL, n * sizeof *s->free) };
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->freed, NULL);
	for (; ok && s->n < n; s->n += ok)
		ok = chancery_store_open(where, false, &s->free[s->n], (struct chancery_error *)err);
	s->n_free = s->n;
	if (!ok) {
		ch_stores_close(s);
		s = NULL;
	}
	*stores = s;
	return ok;
}

void ch_stores_close(struct ch_stores *s)
{
	if (!s)
		return;
	for (unsigned i = 0; i < s->n_free; i++)
		chancery_store_close(s->free[i]);
	pthread_cond_destroy(&s->freed);
	pthread_mutex_destroy(&s->lock);
	free(s->free);
	free(s);
}

struct chancery_store *ch_stores_take(struct ch_stores *s)
{
	struct chancery_store *store;

	pthread_mutex_lock(&s->lock);
	while (!s->n_free)
		pthread_cond_wait(&s->freed, &s->lock);
	store = s->free[--s->n_free];
	pthread_mutex_unlock(&s->lock);
	return store;
}

void ch_stores_give(struct ch_stores *s, struct chancery_store *store)
{
	pthread_mutex_lock(&s->lock);
	s->free[s->n_free++] = store;
	pthread_cond_signal(&s->freed);
	pthread_mutex_unlock(&s->lock);
}
