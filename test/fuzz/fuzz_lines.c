/* What a person or a program hands in beside pages: lines of `chancery code`, filters and ids, gzip. The first byte says which:
 * J a JSON line, F filters (a field a line: who, with, since, until, type, mode, status, place, about, page, id), Z gzip, L a text's
 * lines. */
#include "../unit/store/sample.h"
#include "export/each.h"
#include "export/query.h"
#include "run/input.h"
#include "run/run.h"
#include "base/utf8.h"
#include "store/sql.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void json_line(struct ch_arena *a, struct ch_str s)
{
	struct chancery_item item = { "line", (char *)(uintptr_t)s.ptr, s.len };
	struct ch_doc doc;
	struct ch_err err;
	json_t *id = NULL;

	if (ch_each_json_line(&doc, a, &item, &id, &err) && ch_doc_check(&doc))
		abort();
	json_decref(id);
}

static bool count(void *ctx, const char *json, size_t size)
{
	json_t *o = json_loadb(json, size, 0, NULL);

	if (!json_is_object(o))   /* every row is an object, whatever was asked */
		abort();
	json_decref(o);
	++*(size_t *)ctx;
	return true;
}

/* A small store, made anew for each input, in memory. */
static struct chancery_store *sample_store(struct ch_arena *a)
{
	struct ch_store *store;
	struct ch_doc doc;
	struct ch_err err;

	sample_doc(&doc, a, "", "1977-11-19");
	if (!ch_store_open(":memory:", true, &store, &err) || !ch_store_begin(store, &err) ||
	    !ch_store_put(store, ch_page_record(&doc, (struct ch_stamp){ "0", "0", "0" }), &err) || !ch_store_commit(store, &err))
		abort();
	return (struct chancery_store *)store;
}

static void filters(struct ch_arena *a, struct ch_str s)
{
	static const char *const records[] = { "events", "visits", "instruments", "quotes", "roles", "tallies", "pages" };
	struct chancery_store *store = sample_store(a);
	const char *field[11] = { 0 };
	struct chancery_query q;
	struct chancery_error error;
	struct ch_str line;
	char *json;
	size_t n = 0;

	for (size_t i = 0; i < 11 && ch_str_cut(&s, '\n', &line); i++)
		field[i] = ch_arena_z(a, line);
	q = (struct chancery_query){ .who = field[0], .with = field[1], .since = field[2], .until = field[3], .type = field[4],
				     .mode = field[5], .status = field[6], .place = field[7], .about = field[8], .page = field[9] };
	for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
		q.record = records[i];
		if (!chancery_query(store, &q, count, &n, &error) && strchr(error.text, '\n'))
			abort();
	}
	if (field[8])
		(void)!chancery_search(store, field[8], 5, count, &n, &error);
	if (field[10] && chancery_why(store, field[10], &json, &error))
		free(json);
	if (field[0] && chancery_person(store, NULL, field[0], 0, &json, &error))
		free(json);
	if (field[0] && chancery_country(store, NULL, field[0], 0, &json, &error))
		free(json);
	chancery_store_close(store);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ch_arena a = { 0 };
	struct ch_str s = ch_str_n((const char *)data + 1, size ? size - 1 : 0), lo, hi;
	struct ch_err err;
	bool cut = false;

	switch (size ? data[0] : 0) {
	case 'J':
		json_line(&a, s);
		break;
	case 'F':
		filters(&a, s);
		break;
	case 'Z':
		(void)!ch_input_unpack(&a, &s, &cut, &err);
		break;
	default:
		(void)ch_text_by_lines(s);
		(void)ch_date_bounds(&a, s, &lo, &hi);
		(void)ch_fts_query(&a, s);
	}
	ch_arena_free(&a);
	return 0;
}
