/* Any bytes as robots.txt, their last line as a path: "/robots.txt" is always allowed, and where nothing is disallowed everything is. */
#include "watch/robots.h"
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ch_str txt = ch_str_n((const char *)data, size), rest = txt, path = txt;
	struct ch_arena arena = { 0 };
	struct ch_robots robots;
	bool forbids = false, allowed;

	while (ch_str_cut(&rest, '\n', &path))
		;
	ch_robots_read(&robots, &arena, txt, CH_STR("chancery"));
	for (uint32_t i = 0; i < robots.rules.n; i++)
		forbids = forbids || !robots.rules.v[i].allow;
	allowed = ch_robots_allow(&robots, &arena, path);
	if ((!allowed && !forbids) || robots.delay < 0 || !ch_robots_allow(&robots, &arena, CH_STR("/robots.txt"))) {
		fprintf(stderr, "robots: broken promise\n");
		abort();
	}
	ch_arena_free(&arena);
	return 0;
}
