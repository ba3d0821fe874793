/* Any bytes the whole way, as a raw page and as a line of `chancery code`: a record or an error, whatever comes. The model and
 * lexicons are the real ones. */
#include "chancery.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct one {
	const uint8_t *data;
	size_t size;
	bool given;
};

static bool next(void *ctx, struct chancery_item *item)
{
	struct one *one = ctx;

	if (one->given)
		return false;
	one->given = true;
	item->name = strdup("fuzz");
	item->bytes = malloc(one->size + 1);
	item->size = one->size;
	if (!item->name || !item->bytes)
		abort();
	memcpy(item->bytes, one->data, one->size);
	return true;
}

static bool done(void *ctx, const struct chancery_result *result)
{
	(void)ctx;
	if (!result->text == !result->error) {
		fprintf(stderr, "chain: neither a record nor an error, or both\n");
		abort();
	}
	if (result->text && memchr(result->text, '\n', result->size - (result->size > 0))) {
		fprintf(stderr, "chain: a newline inside a line\n");
		abort();
	}
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct chancery *engine;
	struct chancery_error error;

	if (!engine && !chancery_open(NULL, &engine, &error)) {
		fprintf(stderr, "chain: %s\n", error.text);
		abort();
	}
	for (int lines = 0; lines < 2; lines++) {
		struct one one = { data, size, false };
		struct chancery_work work = { .input = lines ? CHANCERY_JSON_LINES : CHANCERY_PAGES, .output = CHANCERY_RECORDS,
					      .threads = 1, .next = next, .done = done, .ctx = &one };

		if (!chancery_each(engine, &work, &error)) {
			fprintf(stderr, "chain: %s\n", error.text);
			abort();
		}
	}
	return 0;
}
