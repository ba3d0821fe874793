/* test/fault/kill.c -- kill CHANCERY: `chancery add`, and then `chancery recode` of a store with decisions in it, is killed (SIGKILL) at moments drawn from a fixed seed and started again, until a
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

/* dir: where the pages are; NULL: those in the store are read anew. */
static pid_t start(const char *chancery, const char *store, const char *dir)
{
	pid_t pid = fork();

	if (pid == 0 && !dir) {
		execl(chancery, chancery, "recode", "--quiet", "-j", "2", "--store", store, (char *)NULL);
		_exit(127);
	}
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

static void copy_file(const char *from, const char *to)
{
	char command[160];

	snprintf(command, sizeof command, "cp '%s' '%s'", from, to);
	if (system(command)) {
		fprintf(stderr, "kill: cannot do %s\n", command);
		exit(1);
	}
}

/* Runs that are killed, then one that is not: the store that they leave must be `want`. base: what they begin with; NULL: nothing. */
static bool trial(const char *chancery, const char *base, const char *store, const char *pages, long span, const char *want, size_t n_want,
		  uint64_t *seed, int *killed)
{
	size_t n;
	int status;
	char *got;
	bool same;

	if (base)
		copy_file(base, store);
	for (int i = 0; i < KILLS; i++) {
		pid_t pid = start(chancery, store, pages);

		wait_ms((long)draw(seed) % span);
		kill(pid, SIGKILL);
		waitpid(pid, &status, 0);
		*killed += WIFSIGNALED(status);
		if (access(store, F_OK) == 0)
			free(dump(store, &n));
	}
	waitpid(start(chancery, store, pages), &status, 0);
	if (!ended_well(status)) {
		fputs("kill: the last run failed\n", stderr);
		return false;
	}
	got = dump(store, &n);
	same = n == n_want && memcmp(got, want, n) == 0;
	if (!same)
		fprintf(stderr, "kill: %s is not as it should be\n", store);
	free(got);
	return same;
}

struct ids {
	char v[3][40];
	int n;
};

static bool take_id(void *ctx, const struct ch_event_record *e)
{
	struct ids *ids = ctx;

	snprintf(ids->v[ids->n++], sizeof ids->v[0], "%.*s", CH_STR_ARG(e->id));
	return ids->n < 3;
}

/* One event is rejected, one edited, one set apart. */
static void decide(const char *path)
{
	static const char *const changes[] = { "", "date=2003-05-05\n", "" };
	static const enum ch_verdict verdicts[] = { CH_REJECT, CH_EDIT, CH_SPLIT };
	struct ch_store *store;
	struct ch_arena arena = { 0 };
	struct ids ids = { .n = 0 };
	struct ch_err err;
	bool ok = ch_store_open(path, false, &store, &err) && ch_store_events(store, &(struct ch_query){ 0 }, take_id, &ids, &err) && ids.n == 3 &&
		  ch_store_begin(store, &err);

	for (int i = 0; ok && i < 3; i++) {
		const struct ch_decision d = { .verdict = verdicts[i], .kind = CH_STR("events"), .record = ch_str_z(ids.v[i]),
					       .changes = ch_str_z(changes[i]), .by = CH_STR("test"), .reason = CH_STR("test"),
					       .at = CH_STR("2003-06-01T00:00:00Z") };
		struct ch_str now;

		ok = ch_store_decide(store, &d, CH_STR(""), &arena, &now, &err);
	}
	if (!ok || !ch_store_commit(store, &err)) {
		fprintf(stderr, "kill: cannot decide: %s\n", err.text);
		exit(1);
	}
	ch_store_close(store);
	ch_arena_free(&arena);
}

int main(int argc, char **argv)
{
	char dir[] = "/tmp/chancery-kill-XXXXXX", pages[64], whole[64], broken[64], decided[64], recoded[64], command[96];
	uint64_t seed = 20031;
	size_t n_whole, n_recoded;
	char *a, *b;
	int status, killed = 0, killed_recoding = 0;
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
		if (!trial(argv[1], NULL, broken, pages, span, a, n_whole, &seed, &killed))
			return 1;
	}
	snprintf(decided, sizeof decided, "%s/decided.db", dir);
	snprintf(recoded, sizeof recoded, "%s/recoded.db", dir);
	copy_file(whole, decided);
	decide(decided);
	copy_file(decided, recoded);
	begun = seconds();
	waitpid(start(argv[1], recoded, NULL), &status, 0);
	span = (long)((seconds() - begun) * 1000) + 20;
	if (!ended_well(status)) {
		fputs("kill: the undisturbed recode failed\n", stderr);
		return 1;
	}
	b = dump(recoded, &n_recoded);
	for (int round = 0; round < ROUNDS; round++) {
		snprintf(broken, sizeof broken, "%s/again%d.db", dir, round);
		if (!trial(argv[1], decided, broken, NULL, span, b, n_recoded, &seed, &killed_recoding))
			return 1;
	}
	free(b);
	printf("%d pages, %zu bytes of records, killed %d times, and %d times while they were read anew\n", PAGES, n_whole, killed,
	       killed_recoding);
	if (!killed || !killed_recoding) {
		fputs("kill: every run ended before it was killed: nothing was tested\n", stderr);
		return 1;
	}
	free(a);
	snprintf(command, sizeof command, "rm -rf '%s'", dir);
	return system(command) ? 1 : 0;
}
