/* Any bytes as an HTTP message: what is read lies in it or in the arena, and a body never grows beyond what was asked for. */
#include "input/http.h"
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum { MAX = 1 << 20 };
	struct ch_arena arena = { 0 };
	struct ch_http http;
	struct ch_str body;
	struct ch_err err;

	ch_http_read(&http, &arena, ch_str_n((const char *)data, size));
	if (ch_http_decode(&http, &arena, MAX, &body, &err) && body.len > MAX) {
		fprintf(stderr, "http: a body of %zu bytes\n", body.len);
		abort();
	}
	ch_arena_free(&arena);
	return 0;
}
