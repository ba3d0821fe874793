/* serve/stores.c -- a store is used by one thread at a time; so there are several, opened as they are wanted, and each request takes one. */
#include "serve/serve.h"
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>

struct ch_stores {
	pthread_mutex_t lock;
	pthread_cond_t freed;
	char *where;
	struct opened {
		struct chancery_store *store;
		dev_t device;      /* of its file, and which one: another may be put in its place */
		ino_t file;
		unsigned long long place;   /* how many files were in this place before it */
	} *all;                    /* those in use too, at any place of their own: n_open of them */
	struct opened newest;
	struct chancery_store **idle;
	unsigned n_open, n_idle, max;
};

/* Which file stands there now; false: none (PostgreSQL, or it is away). */
static bool file_of(const char *where, dev_t *device, ino_t *file)
{
	struct stat st;

	if (strstr(where, "://") || stat(where, &st))
		return false;
	*device = st.st_dev;
	*file = st.st_ino;
	return true;
}

static bool open_one(struct ch_stores *s, struct chancery_store **store, struct chancery_error *error)
{
	struct opened *one;
	struct opened new = { 0 };

	(void)file_of(s->where, &new.device, &new.file);
	if (!chancery_store_open(s->where, false, &new.store, error))
		return false;
	pthread_mutex_lock(&s->lock);
	new.place = s->newest.place + (s->newest.store && (s->newest.device != new.device || s->newest.file != new.file));
	s->newest = new;
	for (one = s->all; one->store; one++)
		;
	*one = new;
	pthread_mutex_unlock(&s->lock);
	*store = new.store;
	return true;
}

bool ch_stores_open(const char *where, unsigned n, struct ch_stores **stores, struct ch_err *err)
{
	struct ch_stores *s = ch_xrealloc(NULL, sizeof *s);
	const size_t size = (n + 1) * sizeof *s->all;

	*s = (struct ch_stores){ .where = strdup(where), .all = ch_xrealloc(NULL, size), .idle = ch_xrealloc(NULL, n * sizeof *s->idle), .max = n };
	if (!s->where)
		ch_die_memory(strlen(where));
	memset(s->all, 0, size);
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->freed, NULL);
	if (!open_one(s, &s->idle[0], (struct chancery_error *)err)) {
		ch_stores_close(s);
		*stores = NULL;
		return false;
	}
	s->n_open = s->n_idle = 1;
	*stores = s;
	return true;
}

void ch_stores_close(struct ch_stores *s)
{
	if (!s)
		return;
	for (unsigned i = 0; i < s->max; i++)
		chancery_store_close(s->all[i].store);
	pthread_cond_destroy(&s->freed);
	pthread_mutex_destroy(&s->lock);
	free(s->idle);
	free(s->all);
	free(s->where);
	free(s);
}

/* Its place is free again; the lock is held. */
static void forget(struct ch_stores *s, struct chancery_store *store)
{
	for (unsigned i = 0; i < s->max; i++)
		if (s->all[i].store == store)
			s->all[i] = (struct opened){ 0 };
}

/* The lock is held. */
static bool stale(const struct ch_stores *s, const struct chancery_store *store)
{
	dev_t device = 0;
	ino_t file = 0;

	if (strstr(s->where, "://"))
		return false;
	(void)file_of(s->where, &device, &file);
	for (unsigned i = 0; i < s->max; i++)
		if (s->all[i].store == store)
			return s->all[i].device != device || s->all[i].file != file;
	return true;
}

const char *ch_stores_where(const struct ch_stores *stores)
{
	return stores->where;
}

struct chancery_store *ch_stores_take(struct ch_stores *s, struct chancery_error *error)
{
	struct chancery_store *store = NULL, *old = NULL;

	pthread_mutex_lock(&s->lock);
	while (!s->n_idle && s->n_open == s->max)
		pthread_cond_wait(&s->freed, &s->lock);
	if (s->n_idle) {
		store = s->idle[--s->n_idle];
		if (stale(s, store)) {
			forget(s, store);
			old = store;
			store = NULL;
		}
	} else {
		s->n_open++;
	}
	pthread_mutex_unlock(&s->lock);
	chancery_store_close(old);
	if (store || open_one(s, &store, error))
		return store;
	pthread_mutex_lock(&s->lock);
	s->n_open--;
	pthread_cond_signal(&s->freed);
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

bool ch_stores_state(struct ch_stores *s, struct chancery_store *store, unsigned long long *state, struct chancery_error *error)
{
	if (!chancery_store_revision(store, state, error))
		return false;
	pthread_mutex_lock(&s->lock);
	for (unsigned i = 0; i < s->max; i++)
		if (s->all[i].store == store)
			*state += s->all[i].place << 40;
	pthread_mutex_unlock(&s->lock);
	return true;
}

void ch_stores_give(struct ch_stores *s, struct chancery_store *store, bool away)
{
	pthread_mutex_lock(&s->lock);
	if (away) {
		forget(s, store);
		s->n_open--;
	} else {
		s->idle[s->n_idle++] = store;
	}
	pthread_cond_signal(&s->freed);
	pthread_mutex_unlock(&s->lock);
	if (away)
		chancery_store_close(store);
}
