/* Any bytes as JSON, lines or a document: reading ends, each input has a name and either bytes or an error; and as a user's map. */
#include "base/utf8.h"
#include "input/jsonl.h"
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ch_str bytes = ch_str_n((const char *)data, size), spec = bytes;
	struct ch_field_map map;
	struct ch_stream s;
	struct ch_jsonl j;
	struct ch_input in;
	struct ch_err err;
	char day[16];

	/* What stands before a NUL is the map. */
	if (!ch_str_cut(&bytes, '\0', &spec) || !ch_field_map_read(&map, spec, &err)) {
		bytes = ch_str_n((const char *)data, size);
		map = (struct ch_field_map){ 0 };
	}
	ch_input_day(spec, day);
	ch_stream_memory(&s, bytes);
	ch_jsonl_init(&j, &s, &map, "f");
	while (ch_jsonl_next(&j, &in)) {
		if (!in.name || !in.bytes == !in.error || (in.clean && !in.error && !ch_utf8_valid(ch_str_n(in.bytes, in.size)))) {
			fprintf(stderr, "jsonl: broken promise\n");
			abort();
		}
		ch_input_free(&in);
	}
	ch_jsonl_free(&j);
	ch_stream_close(&s);
	return 0;
}
