/* serve/guard.c -- how long a request may be in coming, and how many an address may send. */
#include "serve/server_priv.h"
#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

enum { BUCKETS = 4096, PROBES = 8, BURST_SECONDS = 2 };

struct ch_guarded {
	int fd;
	int64_t by_ms;                     /* 0: nothing is wanted of it */
	struct ch_guarded *next, **back;
};

struct bucket {
	uint8_t address[8];                /* IPv6: the network; IPv4: behind four zeros and a one */
	double tokens;
	int64_t at_ms;                     /* 0: nobody's */
};

struct ch_guard {
	pthread_mutex_t lock;
	struct ch_guarded *first;
	unsigned rate, request_ms;
	bool loopback_too;
	struct bucket buckets[BUCKETS];
};

int64_t ch_clock_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

struct ch_guard *ch_guard_new(unsigned rate, bool loopback_too, unsigned request_ms)
{
	struct ch_guard *g = ch_xrealloc(NULL, sizeof *g);

	memset(g, 0, sizeof *g);
	pthread_mutex_init(&g->lock, NULL);
	g->rate = rate;
	g->loopback_too = loopback_too;
	g->request_ms = request_ms;
	return g;
}

void ch_guard_free(struct ch_guard *g)
{
	if (!g)
		return;
	pthread_mutex_destroy(&g->lock);
	free(g);
}

/* ---- late ---- */

struct ch_guarded *ch_guard_enter(struct ch_guard *g, int fd)
{
	struct ch_guarded *one = ch_xrealloc(NULL, sizeof *one);

	*one = (struct ch_guarded){ .fd = fd, .by_ms = ch_clock_ms() + g->request_ms };
	pthread_mutex_lock(&g->lock);
	one->next = g->first;
	one->back = &g->first;
	if (one->next)
		one->next->back = &one->next;
	g->first = one;
	pthread_mutex_unlock(&g->lock);
	return one;
}

void ch_guard_leave(struct ch_guard *g, struct ch_guarded *one)
{
	pthread_mutex_lock(&g->lock);
	*one->back = one->next;
	if (one->next)
		one->next->back = one->back;
	pthread_mutex_unlock(&g->lock);
	free(one);
}

void ch_guard_wants(struct ch_guard *g, struct ch_guarded *one)
{
	pthread_mutex_lock(&g->lock);
	one->by_ms = ch_clock_ms() + g->request_ms;
	pthread_mutex_unlock(&g->lock);
}

void ch_guard_has(struct ch_guard *g, struct ch_guarded *one)
{
	pthread_mutex_lock(&g->lock);
	one->by_ms = 0;
	pthread_mutex_unlock(&g->lock);
}

void ch_guard_look(struct ch_guard *g)
{
	const int64_t now = ch_clock_ms();

	/* A connection leaves before its socket is closed: under the lock the number is still that of its own. */
	pthread_mutex_lock(&g->lock);
	for (struct ch_guarded *one = g->first; one; one = one->next) {
		if (one->by_ms && one->by_ms <= now) {
			one->by_ms = 0;
			shutdown(one->fd, SHUT_RDWR);
		}
	}
	pthread_mutex_unlock(&g->lock);
}

/* ---- too often ---- */

/* True: IPv4, also as IPv6 writes it. */
static bool address_of(const struct sockaddr *a, uint8_t to[8])
{
	const struct in6_addr *six = &((const struct sockaddr_in6 *)(const void *)a)->sin6_addr;

	memset(to, 0, 8);
	to[3] = 1;
	if (a->sa_family == AF_INET)
		memcpy(to + 4, &((const struct sockaddr_in *)(const void *)a)->sin_addr, 4);
	else if (IN6_IS_ADDR_V4MAPPED(six))
		memcpy(to + 4, six->s6_addr + 12, 4);
	else
		memcpy(to, six->s6_addr, 8);
	return a->sa_family == AF_INET || IN6_IS_ADDR_V4MAPPED(six);
}

bool ch_is_loopback(const struct sockaddr *a)
{
	uint8_t bytes[8];

	return address_of(a, bytes) ? bytes[4] == 127 : IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)(const void *)a)->sin6_addr);
}

/* Its own, a free one near its place, or that of whoever asked longest ago there. */
static struct bucket *bucket_of(struct ch_guard *g, const uint8_t address[8])
{
	const uint64_t place = ch_str_hash(ch_str_n((const char *)address, 8));
	struct bucket *oldest = NULL;

	for (unsigned i = 0; i < PROBES; i++) {
		struct bucket *b = &g->buckets[(place + i) % BUCKETS];

		if (b->at_ms && memcmp(b->address, address, 8) == 0)
			return b;
		if (!oldest || b->at_ms < oldest->at_ms)
			oldest = b;
	}
	*oldest = (struct bucket){ .tokens = (double)g->rate * BURST_SECONDS, .at_ms = ch_clock_ms() };
	memcpy(oldest->address, address, 8);
	return oldest;
}

bool ch_guard_may(struct ch_guard *g, const struct sockaddr *address)
{
	const int64_t now = ch_clock_ms();
	uint8_t bytes[8];
	struct bucket *b;
	bool may;

	if (!g->rate || (!g->loopback_too && ch_is_loopback(address)))
		return true;
	address_of(address, bytes);
	pthread_mutex_lock(&g->lock);
	b = bucket_of(g, bytes);
	b->tokens += (double)(now - b->at_ms) * g->rate / 1000;
	b->at_ms = now;
	if (b->tokens > (double)g->rate * BURST_SECONDS)
		b->tokens = (double)g->rate * BURST_SECONDS;
	may = b->tokens >= 1;
	b->tokens -= may;
	pthread_mutex_unlock(&g->lock);
	return may;
}
