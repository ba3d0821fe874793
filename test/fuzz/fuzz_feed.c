/* Any bytes as a feed or sitemap: reading ends, and each link has a URL. */
#include "watch/feed.h"
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ch_arena arena = { 0 };
	struct ch_feed feed;
	struct ch_err err;

	if (ch_feed_read(&feed, &arena, ch_str_n((const char *)data, size), &err)) {
		for (uint32_t i = 0; i < feed.items.n; i++)
			if (!feed.items.v[i].url.len) {
				fprintf(stderr, "feed: a link without a URL\n");
				abort();
			}
	}
	ch_arena_free(&arena);
	return 0;
}
