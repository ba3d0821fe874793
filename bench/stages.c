/* bench/stages.c -- stages ROUNDS PAGE...: what each stage of the chain costs on one core, and what building the engine does.
 * Prints "stage,words a second,share of the time" lines of CSV; the first is start-up in milliseconds. The fastest of ROUNDS counts, since
 * noise only ever adds. */
#include "run/engine.h"
#include "run/input.h"
#include "run/run.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* Of this process alone, which other work on the machine does not bend. */
static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void fail(const char *what, const struct ch_err *err)
{
	fprintf(stderr, "stages: %s: %s\n", what, err->text);
	exit(1);
}

/* One page through all stages; adds each one's time to spent. Returns its words. */
static uint32_t one_page(const struct ch_engine *engine, const char *path, struct ch_arena *arena, double spent[CH_STAGE_N])
{
	struct ch_doc doc;
	struct ch_err err;

	ch_doc_init(&doc, arena);
	doc.path = ch_str_z(path);
	if (!ch_input_read(arena, path, &doc.raw, &doc.cut, &err))
		fail(path, &err);
	for (unsigned s = 0; s < CH_STAGE_N; s++) {
		double begun = seconds();

		if (!ch_run_stages(engine, &doc, (enum ch_stage_id)s, (enum ch_stage_id)(s + 1), &err))
			fail(path, &err);
		spent[s] += seconds() - begun;
	}
	return doc.tokens.n;
}

int main(int argc, char **argv)
{
	double best[CH_STAGE_N] = { 0 }, start = 0, all = 0;
	struct ch_engine *engine = NULL;
	struct ch_arena arena = { 0 };
	uint64_t words = 0;
	struct ch_err err;
	int rounds = argc > 2 ? (int)strtol(argv[1], NULL, 10) : 0;

	if (rounds < 1) {
		fputs("usage: stages ROUNDS PAGE...\n", stderr);
		return 2;
	}
	for (int r = 0; r < rounds; r++) {
		double spent[CH_STAGE_N] = { 0 }, begun = seconds();

		ch_engine_close(engine);
		if (!ch_engine_open(NULL, &engine, &err))
			fail("engine", &err);
		begun = seconds() - begun;
		start = r && start < begun ? start : begun;
		words = 0;
		for (int i = 2; i < argc; i++) {
			words += one_page(engine, argv[i], &arena, spent);
			ch_arena_reset(&arena);
		}
		for (unsigned s = 0; s < CH_STAGE_N; s++)
			best[s] = r && best[s] < spent[s] ? best[s] : spent[s];
	}
	for (unsigned s = 0; s < CH_STAGE_N; s++)
		all += best[s];
	printf("engine,%.1f ms,\n", start * 1000);
	for (unsigned s = 0; s < CH_STAGE_N; s++)
		printf("%s,%.0f,%.1f%%\n", ch_stages()[s].name, (double)words / (best[s] > 0 ? best[s] : 1e-9), 100 * best[s] / all);
	printf("all stages,%.0f,100%%\n", (double)words / all);
	ch_engine_close(engine);
	ch_arena_free(&arena);
	return 0;
}
