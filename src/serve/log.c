/* serve/log.c -- a line a request. Lines are put down in memory and written by a thread of their own: neither a full disk nor a reader that sleeps may
 * hold up who answers; what then finds no room is counted, and told in a line when there is room again. */
#include "serve/server_priv.h"
#include "base/day.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { WAITING_BYTES = 1 << 20, WAIT_MS = 500, TARGET_BYTES = 2048, METHOD_BYTES = 16, LINE_BYTES = 3 * (TARGET_BYTES + METHOD_BYTES) + 256 };

struct ch_log {
	pthread_mutex_t lock;
	pthread_cond_t wanted;
	pthread_t thread;
	char *path;                    /* NULL: standard output */
	int fd;
	dev_t device;                  /* of the file, and which one: others put logs away by another name */
	ino_t file;
	char *waiting, *writing;       /* WAITING_BYTES each */
	size_t n;
	uint64_t lost;                 /* lines */
	atomic_bool stopping;
};

static bool open_file(struct ch_log *log)
{
	struct stat st;

	/* nobody waits here for a pipe's reader to come; once it is there, writing waits (takes_more) */
	log->fd = open(log->path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0640);
	if (log->fd < 0 || fstat(log->fd, &st) || fcntl(log->fd, F_SETFL, O_APPEND))
		return false;
	log->device = st.st_dev;
	log->file = st.st_ino;
	return true;
}

static void open_again(struct ch_log *log)
{
	struct stat st;

	if (!log->path || (log->fd >= 0 && !stat(log->path, &st) && st.st_dev == log->device && st.st_ino == log->file))
		return;
	if (log->fd >= 0)
		close(log->fd);
	(void)open_file(log);
}

/* As many whole lines as a pipe that takes anything takes at once; of a longer one its beginning. */
static size_t at_once(const char *text, size_t n)
{
	size_t end = n < PIPE_BUF ? n : PIPE_BUF;

	for (size_t i = end; i; i--)
		if (text[i - 1] == '\n')
			return i;
	return end;
}

/* Waits for a reader, but not when it is to stop. */
static bool takes_more(struct ch_log *log)
{
	struct pollfd p = { .fd = log->fd, .events = POLLOUT };
	int ready;

	do
		ready = poll(&p, 1, WAIT_MS);
	while ((!ready && !atomic_load(&log->stopping)) || (ready < 0 && errno == EINTR));
	return ready > 0;
}

static bool write_all(struct ch_log *log, const char *text, size_t n)
{
	while (n && log->fd >= 0) {
		const ssize_t got = takes_more(log) ? write(log->fd, text, at_once(text, n)) : -1;

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		text += got;
		n -= (size_t)got;
	}
	return !n;
}

static uint64_t lines_of(const char *text, size_t n)
{
	uint64_t lines = 0;

	for (size_t i = 0; i < n; i++)
		lines += text[i] == '\n';
	return lines;
}

static void *write_on(void *ctx)
{
	struct ch_log *log = ctx;
	sigset_t pipe;

	/* a reader that has gone is an error of write() */
	sigemptyset(&pipe);
	sigaddset(&pipe, SIGPIPE);
	pthread_sigmask(SIG_BLOCK, &pipe, NULL);
	pthread_mutex_lock(&log->lock);
	while (log->n || !atomic_load(&log->stopping)) {
		char *text = log->waiting;
		const size_t n = log->n;
		uint64_t lost = log->lost;
		char note[80];

		if (!n) {
			pthread_cond_wait(&log->wanted, &log->lock);
			continue;
		}
		log->waiting = log->writing;
		log->writing = text;
		log->n = 0;
		log->lost = 0;
		pthread_mutex_unlock(&log->lock);
		open_again(log);
		if (!write_all(log, text, n))
			lost += lines_of(text, n);
		else if (lost && write_all(log, note, (size_t)snprintf(note, sizeof note, "- - - %llu lines found no room here\n", (unsigned long long)lost)))
			lost = 0;
		pthread_mutex_lock(&log->lock);
		log->lost += lost;
	}
	pthread_mutex_unlock(&log->lock);
	return NULL;
}

static void let_go(struct ch_log *log)
{
	if (log->path && log->fd >= 0)
		close(log->fd);
	free(log->waiting);
	free(log->writing);
	free(log->path);
	free(log);
}

bool ch_log_open(const char *path, const char *store, struct ch_log **out, struct ch_err *err)
{
	struct ch_log *log = ch_xrealloc(NULL, sizeof *log);
	const bool file = strcmp(path, "-") != 0;
	struct stat a, b;

	*out = NULL;
	*log = (struct ch_log){ .fd = STDOUT_FILENO, .path = file ? strdup(path) : NULL };
	if (file && !stat(path, &a) && !stat(store, &b) && a.st_dev == b.st_dev && a.st_ino == b.st_ino) {
		(void)ch_fail(err, "%s: this is the store, and no place for a log", path);
		goto fail;
	}
	if (file && !open_file(log)) {
		(void)ch_fail(err, "%s: the log cannot be written: %s", path, errno == ENXIO ? "it is a pipe, and nobody reads there" : strerror(errno));
		goto fail;
	}
	log->waiting = ch_xrealloc(NULL, WAITING_BYTES);
	log->writing = ch_xrealloc(NULL, WAITING_BYTES);
	pthread_mutex_init(&log->lock, NULL);
	pthread_cond_init(&log->wanted, NULL);
	if (!pthread_create(&log->thread, NULL, write_on, log)) {
		*out = log;
		return true;
	}
	(void)ch_fail(err, "cannot start a thread (too many already?)");
	pthread_cond_destroy(&log->wanted);
	pthread_mutex_destroy(&log->lock);
fail:
	let_go(log);
	return false;
}

void ch_log_close(struct ch_log *log)
{
	if (!log)
		return;
	pthread_mutex_lock(&log->lock);
	atomic_store(&log->stopping, true);
	pthread_cond_signal(&log->wanted);
	pthread_mutex_unlock(&log->lock);
	pthread_join(log->thread, NULL);
	pthread_cond_destroy(&log->wanted);
	pthread_mutex_destroy(&log->lock);
	let_go(log);
}

/* ---- a line ---- */

/* What could end a field or a line, or write over a terminal, as %41; what is too long is cut. */
static size_t put_field(char *to, struct ch_str s, size_t max)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len && i < max; i++) {
		const unsigned char c = (unsigned char)s.ptr[i];

		if (c <= ' ' || c >= 0x7f || c == '"' || c == '\\')
			n += (size_t)snprintf(to + n, 4, "%%%02X", c);
		else
			to[n++] = s.ptr[i];
	}
	if (s.len > max)
		n += (size_t)snprintf(to + n, 4, "...");
	if (!s.len)
		to[n++] = '-';
	return n;
}

static struct ch_str target_of(const struct ch_request *q)
{
	struct ch_str s = q->path;

	for (uint32_t i = 0; i < q->query.n && s.len <= TARGET_BYTES; i++)
		s = ch_arena_printf(q->arena, "%.*s%c%.*s=%.*s", CH_STR_ARG(s), i ? '&' : '?', CH_STR_ARG(q->query.v[i].name), CH_STR_ARG(q->query.v[i].value));
	return s;
}

/* Whoever puts the token where it does not belong is not to find it here. */
static bool holds(struct ch_arena *arena, struct ch_str target, struct ch_str token)
{
	struct ch_str decoded;

	if (!token.len)
		return false;
	return ch_str_find(target, token, 0) != CH_STR_NONE ||
	       (ch_percent_decode(arena, target, &decoded) && ch_str_find(decoded, token, 0) != CH_STR_NONE);
}

void ch_log_request(struct ch_log *log, const struct ch_logged *l)
{
	struct ch_str target = target_of(l->request);
	char line[LINE_BYTES], day[16], host[64] = "-";
	struct timespec now;
	size_t n;

	if (holds(l->request->arena, target, l->token))
		target = CH_STR("***");
	if (l->address)
		(void)getnameinfo(l->address, l->address->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in), host, sizeof host, NULL,
				  0, NI_NUMERICHOST);
	clock_gettime(CLOCK_REALTIME, &now);
	n = (size_t)snprintf(line, sizeof line, "%sT%02d:%02d:%02d.%03ldZ %s ", ch_day_print((ch_day)(now.tv_sec / 86400), day), (int)(now.tv_sec / 3600 % 24),
			     (int)(now.tv_sec / 60 % 60), (int)(now.tv_sec % 60), now.tv_nsec / 1000000, host);
	n += put_field(line + n, l->request->method, METHOD_BYTES);
	line[n++] = ' ';
	n += put_field(line + n, target, TARGET_BYTES);
	n += (size_t)snprintf(line + n, sizeof line - n, " %u %llu %lld\n", l->status, (unsigned long long)l->bytes, (long long)l->ms);
	pthread_mutex_lock(&log->lock);
	if (log->n + n <= WAITING_BYTES) {
		memcpy(log->waiting + log->n, line, n);
		log->n += n;
		pthread_cond_signal(&log->wanted);
	} else {
		log->lost++;
	}
	pthread_mutex_unlock(&log->lock);
}
