/* Any bytes as a list made by hand: reading ends, a slip is one line, rows are UTF-8 and have something in them, dates that are read run
 * forward. What stands before a NUL is the map. */
#include "base/utf8.h"
#include "input/list.h"
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void broken(const char *what)
{
	fprintf(stderr, "list: %s\n", what);
	abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ch_str bytes = ch_str_n((const char *)data, size), map = bytes;
	struct ch_list list;
	struct ch_err err = { 0 };

	if (!ch_str_cut(&bytes, '\0', &map) || map.len == size) {
		bytes = ch_str_n((const char *)data, size);
		map = CH_STR("");
	}
	if (!ch_list_read(&list, bytes, map, "f", &err) && (!err.text[0] || strchr(err.text, '\n')))
		broken("a slip is not one line");
	for (uint32_t i = 0; i < list.rows.n; i++) {
		const struct ch_list_row *row = &list.rows.v[i];
		bool any = false;

		for (unsigned f = 0; f < CH_LIST_N; f++) {
			any = any || row->field[f].len;
			if (!ch_utf8_valid(row->field[f]))
				broken("a field is no UTF-8");
		}
		if (!any || !row->line)
			broken("a row without anything, or without a line");
		for (unsigned order = 0; order < 3; order++) {
			ch_day lo, hi;
			enum ch_list_date d = ch_list_date(row->field[CH_LIST_DATE], (enum ch_date_order)order, &lo, &hi);

			if ((d == CH_LIST_DATE_OK) != (lo != CH_NO_DAY) || lo > hi || (order && d == CH_LIST_DATE_ORDER))
				broken("a date");
		}
		ch_list_event(row->field[CH_LIST_TYPE]);
	}
	ch_list_free(&list);
	return 0;
}
