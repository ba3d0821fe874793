/* base/log.h -- what the program tells a person while it works: warnings and a progress bar, both on stderr.
 * One struct a command; no globals. Any thread may call. */
#ifndef CH_BASE_LOG_H
#define CH_BASE_LOG_H
#include "base/str.h"
#include <pthread.h>
#include <time.h>

struct ch_log {
	pthread_mutex_t lock;
	bool quiet;             /* no warnings, no bar; errors are printed by whoever ends the program */
	bool bar;               /* stderr is a terminal */
	uint64_t done, total;   /* total 0: unknown */
	struct timespec start, drawn;
};

void ch_log_init(struct ch_log *log, bool quiet);
void ch_log_free(struct ch_log *log);                                    /* wipes the bar off the terminal */
void ch_warn(struct ch_log *log, const char *fmt, ...) CH_PRINTF(2, 3);  /* "chancery: …", one line */
/* Redraws at most ten times a second; a no-op where stderr is no terminal. */
void ch_progress(struct ch_log *log, uint64_t done, uint64_t total);
#endif
