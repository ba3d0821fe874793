/* test/fault/kill.c -- kill CHANCERY: `chancery add` is killed (SIGKILL) at moments drawn from a fixed seed and started again, until a
 * run ends by itself. The store must then hold exactly what one undisturbed run leaves: nothing lost, nothing twice. After every
 * kill it must be a store that opens. */
#include "base/arena.h"
#include "store/store.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PAGES = 200, ROUNDS = 6, KILLS = 4 };

static const char *const states[] = { "Egypt", "France", "Japan", "Brazil", "Kenya", "Norway", "Peru", "India", "Poland", "Chile" };
static const char *const capitals[] = { "Cairo", "Paris", "Tokyo", "Brasilia", "Nairobi", "Oslo", "Lima", "New Delhi", "Warsaw", "Santiago" };

/* Pages that differ, some of them telling of the same event. */
static void write_pages(const char *dir)
{
	for (int i = 0; i < PAGES; i++) {
		const char *a = states[i % 10], *b = states[(i / 10 + i + 1) % 10], *c = capitals[(i / 10 + i + 1) % 10];
		char path[256];
		FILE *f;

		snprintf(path, sizeof path, "%s/p%03d.txt", dir, i);
		f = fopen(path, "w");
		if (!f)
			exit(2);
		fprintf(f, "%s and %s open talks on trade\n\n%s, 12 May 2003\n\nThe foreign minister of %s visited %s on %d April 2003 and "
			"met the president of %s there.\n\n\"We want closer ties,\" the president of %s said after the talks, which went on "
			"for three hours in the old palace by the river.\n\nThe two sides signed an agreement on trade and promised to meet "
			"again in the autumn. This is report number %d on their relations.\n",
			a, b, c, a, c, 1 + i % 28, b, b, i / 2);
		fclose(f);
	}
}

static pid_t start(const char *chancery, const char *store, const char *dir)
{
	pid_t pid = fork();

	if (pid == 0) {
		execl(chancery, chancery, "add", "--quiet", "-j", "2", "--store", store, dir, (char *)NULL);
		_exit(127);
	}
	return pid;
}

static bool add_line(void *ctx, struct ch_str line)
{
	FILE *f = ctx;

	return fwrite(line.ptr, 1, line.len, f) == line.len && putc('\n', f) != EOF;
}

static char *dump(const char *path, size_t *size)
{
	struct ch_store *store;
	struct ch_err err;
	char *text = NULL;
	FILE *f = open_memstream(&text, size);

	if (!f || !ch_store_open(path, false, &store, &err) || !ch_store_dump(store, add_line, f, &err)) {
		fprintf(stderr, "kill: %s\n", err.text);
		exit(1);
	}
	ch_store_close(store);
	fclose(f);
	return text;
}

static uint32_t draw(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33);
}

static void wait_ms(long ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

	while (nanosleep(&t, &t) && errno == EINTR)
		;
}

static bool ended_well(int status)
{
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	char dir[] = "/tmp/chancery-kill-XXXXXX", pages[64], whole[64], broken[64], command[96];
	uint64_t seed = 20031;
	size_t n_whole, n_broken;
	char *a, *b;
	int status, killed = 0;
	double begun;
	long span;

	if (argc != 2 || !mkdtemp(dir))
		return 2;
	snprintf(pages, sizeof pages, "%s/pages", dir);
	snprintf(whole, sizeof whole, "%s/whole.db", dir);
	snprintf(broken, sizeof broken, "%s/broken.db", dir);
	mkdir(pages, 0700);
	write_pages(pages);
	begun = seconds();
	waitpid(start(argv[1], whole, pages), &status, 0);
	if (!ended_well(status)) {
		fputs("kill: the undisturbed run failed\n", stderr);
		return 1;
	}
	span = (long)((seconds() - begun) * 1000) + 20;
	a = dump(whole, &n_whole);
	for (int round = 0; round < ROUNDS; round++) {
		snprintf(broken, sizeof broken, "%s/broken%d.db", dir, round);
		for (int i = 0; i < KILLS; i++) {
			pid_t pid = start(argv[1], broken, pages);

			wait_ms((long)draw(&seed) % span);
			kill(pid, SIGKILL);
			waitpid(pid, &status, 0);
			killed += WIFSIGNALED(status);
			if (access(broken, F_OK) == 0)
				free(dump(broken, &n_broken));
		}
		waitpid(start(argv[1], broken, pages), &status, 0);
		if (!ended_well(status)) {
			fputs("kill: the last run failed\n", stderr);
			return 1;
		}
		b = dump(broken, &n_broken);
		if (n_whole != n_broken || memcmp(a, b, n_whole) != 0) {
			fprintf(stderr, "kill: the stores differ (kept in %s)\n", dir);
			return 1;
		}
		free(b);
	}
	printf("%d pages, %zu bytes of records, killed %d times\n", PAGES, n_whole, killed);
	if (!killed) {
		fputs("kill: every run ended before it was killed: nothing was tested\n", stderr);
		return 1;
	}
	free(a);
	snprintf(command, sizeof command, "rm -rf '%s'", dir);
	return system(command) ? 1 : 0;
}
