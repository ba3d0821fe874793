#include "base/log.h"
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

void ch_log_init(struct ch_log *log, bool quiet)
{
	*log = (struct ch_log){ .quiet = quiet, .bar = !quiet && isatty(STDERR_FILENO) };
	pthread_mutex_init(&log->lock, NULL);
	clock_gettime(CLOCK_MONOTONIC, &log->start);
}

static void wipe(const struct ch_log *log)
{
	if (log->bar && log->drawn.tv_sec)
		fputs("\r\033[K", stderr);
}

void ch_log_free(struct ch_log *log)
{
	wipe(log);
	pthread_mutex_destroy(&log->lock);
}

void ch_warn(struct ch_log *log, const char *fmt, ...)
{
	char line[640];
	va_list ap;

	if (log->quiet)
		return;
	va_start(ap, fmt);
	vsnprintf(line, sizeof line, fmt, ap);
	va_end(ap);
	for (char *p = line; *p; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			*p = ' ';
	pthread_mutex_lock(&log->lock);
	wipe(log);
	fprintf(stderr, "chancery: %s\n", line);
	pthread_mutex_unlock(&log->lock);
}

static double since(const struct timespec *a, const struct timespec *b)
{
	return (double)(b->tv_sec - a->tv_sec) + (double)(b->tv_nsec - a->tv_nsec) / 1e9;
}

void ch_progress(struct ch_log *log, uint64_t done, uint64_t total)
{
	struct timespec now;
	double seconds;

	pthread_mutex_lock(&log->lock);
	log->done = done;
	log->total = total;
	clock_gettime(CLOCK_MONOTONIC, &now);
	if (log->bar && (done == total || since(&log->drawn, &now) >= 0.1)) {
		char bar[31];
		int full = total ? (int)(30 * done / total) : 0;

		seconds = since(&log->start, &now);
		for (int i = 0; i < 30; i++)
			bar[i] = i < full ? '#' : '.';
		bar[30] = '\0';
		if (total)
			fprintf(stderr, "\r\033[K[%s] %llu of %llu pages, %.0f a second", bar, (unsigned long long)done,
				(unsigned long long)total, seconds > 0 ? (double)done / seconds : 0.0);
		else
			fprintf(stderr, "\r\033[K%llu pages, %.0f a second", (unsigned long long)done,
				seconds > 0 ? (double)done / seconds : 0.0);
		fflush(stderr);
		log->drawn = now;
	}
	pthread_mutex_unlock(&log->lock);
}
