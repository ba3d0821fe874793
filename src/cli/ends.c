/* cli/ends.c -- signals that end a program which runs until stopped: what was begun is finished first. */
#include "cli.h"

sigset_t end_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	return set;
}

void block_ends(void)
{
	const sigset_t set = end_signals();

	sigprocmask(SIG_BLOCK, &set, NULL);
}

bool stopped(void *ctx)
{
	sigset_t pending;

	(void)ctx;
	sigpending(&pending);
	return sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1 || sigismember(&pending, SIGHUP) == 1;
}
