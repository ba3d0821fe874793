/* bench/measure.c -- measure RUNS COMMAND…: runs the command RUNS times with its output thrown away and prints one line:
 * median of the wall clock in ms, of user and system time in ms, and the largest resident set in MB. Status 1 if the
 * command failed. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define RUNS_MAX 101

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double ms_of(struct timeval t)
{
	return (double)t.tv_sec * 1e3 + (double)t.tv_usec / 1e3;
}

int main(int argc, char **argv)
{
	double wall[RUNS_MAX], cpu[RUNS_MAX], mb = 0;
	long runs = argc > 2 ? strtol(argv[1], NULL, 10) : 0;

	if (runs < 1 || runs > RUNS_MAX) {
		fprintf(stderr, "usage: measure RUNS COMMAND...   (1 to %d runs)\n", RUNS_MAX);
		return 2;
	}
	for (long i = 0; i < runs; i++) {
		struct timespec start, end;
		struct rusage used;
		int status;
		pid_t child;

		clock_gettime(CLOCK_MONOTONIC, &start);
		child = fork();
		if (child < 0) {
			perror("measure: fork");
			return 1;
		}
		if (child == 0) {
			int null = open("/dev/null", O_WRONLY);

			dup2(null, STDOUT_FILENO);
			execvp(argv[2], argv + 2);
			perror(argv[2]);
			_exit(127);
		}
		if (wait4(child, &status, 0, &used) != child || !WIFEXITED(status) || WEXITSTATUS(status)) {
			fprintf(stderr, "measure: '%s' failed\n", argv[2]);
			return 1;
		}
		clock_gettime(CLOCK_MONOTONIC, &end);
		wall[i] = (double)(end.tv_sec - start.tv_sec) * 1e3 + (double)(end.tv_nsec - start.tv_nsec) / 1e6;
		cpu[i] = ms_of(used.ru_utime) + ms_of(used.ru_stime);
		if ((double)used.ru_maxrss / 1024 > mb)
			mb = (double)used.ru_maxrss / 1024;
	}
	qsort(wall, (size_t)runs, sizeof(*wall), by_size);
	qsort(cpu, (size_t)runs, sizeof(*cpu), by_size);
	printf("%.1f %.1f %.0f\n", wall[runs / 2], cpu[runs / 2], mb);
	return 0;
}
