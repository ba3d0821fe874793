/* Any bytes as WARC, gzipped or not: reading ends, each input has a name and either bytes or an error, and no more than the file. */
#include "input/warc.h"
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ch_stream raw, plain;
	struct ch_warc w;
	struct ch_input in;
	uint64_t inputs = 0;

	ch_stream_memory(&raw, ch_str_n((const char *)data, size));
	ch_stream_gzip(&plain, &raw);
	ch_warc_init(&w, size > 2 && data[0] == 0x1f && data[1] == 0x8b ? &plain : &raw, "f");
	while (ch_warc_next(&w, &in)) {
		/* A record has a header line; a gzip member at least its own header. */
		if (!in.name || !in.bytes == !in.error || ++inputs > size) {
			fprintf(stderr, "warc: broken promise\n");
			abort();
		}
		ch_input_free(&in);
	}
	ch_warc_free(&w);
	ch_stream_close(&plain);
	ch_stream_close(&raw);
	return 0;
}
