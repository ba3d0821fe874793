/* serve/cache.c -- answers that were given are given again, as long as the store is what it was. The least lately asked for goes first.
 *
 * What several ask for at once is found by one of them, and the others wait for it. */
#include "serve/serve.h"
#include <pthread.h>
#include <stdlib.h>

enum { ENTRIES_MAX = 1024, BYTES_MAX = 32 << 20, BYTES_OF_ONE = 4 << 20, HEADERS_MAX = 4, SOUGHT_MAX = 64 };

struct entry {
	struct ch_str key;                /* all that the answer hangs on, from malloc, as all of this is */
	uint64_t hash, used;
	struct ch_str body;
	const char *type;                 /* lives as long as the program */
	struct ch_field headers[HEADERS_MAX];   /* names likewise */
	uint32_t n_headers;
};

struct ch_cache {
	pthread_mutex_t lock;
	pthread_cond_t found;
	uint64_t sought[SOUGHT_MAX];      /* hashes of what is being found; 0: none */
	struct entry v[ENTRIES_MAX];
	uint32_t n;
	uint64_t clock;
	size_t bytes;
};

struct ch_cache *ch_cache_open(void)
{
	struct ch_cache *c = ch_xrealloc(NULL, sizeof *c);

	memset(c, 0, sizeof *c);
	pthread_mutex_init(&c->lock, NULL);
	pthread_cond_init(&c->found, NULL);
	return c;
}

static size_t size_of(const struct entry *e)
{
	return e->key.len + e->body.len + sizeof *e;
}

static void let_go(struct ch_cache *c, struct entry *e)
{
	c->bytes -= size_of(e);
	free((char *)(uintptr_t)e->key.ptr);
	free((char *)(uintptr_t)e->body.ptr);
	for (uint32_t i = 0; i < e->n_headers; i++)
		free((char *)(uintptr_t)e->headers[i].value.ptr);
	*e = c->v[--c->n];
}

void ch_cache_close(struct ch_cache *c)
{
	if (!c)
		return;
	while (c->n)
		let_go(c, &c->v[c->n - 1]);
	pthread_cond_destroy(&c->found);
	pthread_mutex_destroy(&c->lock);
	free(c);
}

static struct ch_str copy(struct ch_str s)
{
	char *p = ch_xrealloc(NULL, s.len + 1);

	memcpy(p, s.len ? s.ptr : "", s.len);
	p[s.len] = '\0';
	return ch_str_n(p, s.len);
}

/* A hash may be two things' at once: what is asked stands in full beside it. */
static struct ch_str key_of(const struct ch_call *call)
{
	struct ch_request *q = call->request;
	struct ch_str accept = ch_request_header(q, "Accept"), key;

	key = ch_arena_printf(q->arena, "%llu %.*s %.*s\n", call->state, CH_STR_ARG(q->path), CH_STR_ARG(accept));
	for (uint32_t i = 0; i < q->query.n; i++)
		key = ch_arena_printf(q->arena, "%.*s%.*s=%.*s\n", CH_STR_ARG(key), CH_STR_ARG(q->query.v[i].name), CH_STR_ARG(q->query.v[i].value));
	return key;
}

static struct entry *find(struct ch_cache *c, uint64_t hash, struct ch_str key)
{
	for (uint32_t i = 0; i < c->n; i++)
		if (c->v[i].hash == hash && ch_str_eq(c->v[i].key, key))
			return &c->v[i];
	return NULL;
}

static uint64_t *sought(struct ch_cache *c, uint64_t hash)
{
	for (int i = 0; i < SOUGHT_MAX; i++)
		if (c->sought[i] == hash)
			return &c->sought[i];
	return NULL;
}

/* The lock is held. */
static bool give(struct ch_cache *c, struct ch_call *call)
{
	struct ch_request *q = call->request;
	struct entry *e = find(c, call->key, key_of(call));

	if (!e)
		return false;
	e->used = ++c->clock;
	*call->answer = (struct ch_answer){ .status = 200, .type = e->type, .body = ch_arena_str(q->arena, e->body) };
	for (uint32_t i = 0; i < e->n_headers; i++)
		ch_answer_header(q, call->answer, e->headers[i].name.ptr, ch_arena_str(q->arena, e->headers[i].value));
	return true;
}

bool ch_cache_get(struct ch_cache *c, struct ch_call *call)
{
	bool given;

	if (!c)
		return false;
	pthread_mutex_lock(&c->lock);
	while (call->key && sought(c, call->key))
		pthread_cond_wait(&c->found, &c->lock);
	given = give(c, call);
	if (!given && sought(c, 0))
		*sought(c, 0) = call->key;
	pthread_mutex_unlock(&c->lock);
	return given;
}

bool ch_cache_has(struct ch_cache *c, struct ch_call *call)
{
	bool given;

	if (!c)
		return false;
	pthread_mutex_lock(&c->lock);
	given = give(c, call);
	pthread_mutex_unlock(&c->lock);
	return given;
}

void ch_cache_put(struct ch_cache *c, const struct ch_call *call)
{
	const struct ch_answer *a = call->answer;
	struct entry e = { .hash = call->key, .type = a->type, .n_headers = a->headers.n };
	struct ch_str key;

	if (!c)
		return;
	key = key_of(call);
	pthread_mutex_lock(&c->lock);
	if (call->key && sought(c, call->key)) {
		*sought(c, call->key) = 0;
		pthread_cond_broadcast(&c->found);
	}
	if (a->status == 200 && !a->piece && !a->lasting && a->body.len <= BYTES_OF_ONE && a->headers.n <= HEADERS_MAX && !find(c, e.hash, key)) {
		e.key = copy(key);
		e.body = copy(a->body);
		for (uint32_t i = 0; i < e.n_headers; i++)
			e.headers[i] = (struct ch_field){ a->headers.v[i].name, copy(a->headers.v[i].value) };
		e.used = ++c->clock;
		while (c->n && (c->n == ENTRIES_MAX || c->bytes + size_of(&e) > BYTES_MAX)) {
			struct entry *oldest = c->v;

			for (uint32_t i = 1; i < c->n; i++)
				if (c->v[i].used < oldest->used)
					oldest = &c->v[i];
			let_go(c, oldest);
		}
		c->bytes += size_of(&e);
		c->v[c->n++] = e;
	}
	pthread_mutex_unlock(&c->lock);
}
