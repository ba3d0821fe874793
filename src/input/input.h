/* input/input.h -- one page as it came out of a file, a container or the web, and what was told of it there. */
#ifndef CH_INPUT_INPUT_H
#define CH_INPUT_INPUT_H
#include "base/arena.h"
#include "base/err.h"
#include <jansson.h>

/* All from malloc, and whoever takes the input frees them: ch_input_free. */
struct ch_input {
	char *name;      /* path; of what is in a container "crawl.warc.gz#12" (record), "pages.jsonl#7" (line), "a.zip/b/c.html" */
	char *bytes;     /* NULL: the file `name` is the page, to be read when its turn comes */
	size_t size;
	bool clean;      /* bytes are clean UTF-8 text, not a page to be cleaned */
	json_t *known;   /* an object, NULL: nothing. Strings, each only where told: url fetched charset title author date (ISO day) outlet
	                  * agency lang section; id as it was given */
	char *error;     /* instead of bytes: why this one cannot be read; one line */
};

void ch_input_free(struct ch_input *input);

/* known[key] = value, broken UTF-8 repaired; nothing where value is empty. *known is made where it is NULL. */
void ch_input_know(json_t **known, struct ch_arena *arena, const char *key, struct ch_str value);

/* The name of number `n` in a container. */
char *ch_input_name(const char *container, uint64_t n);
char *ch_input_error(const char *fmt, ...) CH_PRINTF(1, 2);
/* A copy from malloc, a NUL behind it. */
char *ch_input_copy(struct ch_str bytes);

/* The day of "2018-05-08…", "20180508…", "Tue, 08 May 2018 12:00:00 GMT" (RFC 5322, 9110), or of seconds or milliseconds since
 * 1970; as "2018-05-08" in out. The day as written, in the zone as written. False where it is no date. */
bool ch_input_day(struct ch_str text, char out[16]);

/* Passed over without being an error, by kind. */
struct ch_passed {
	uint64_t others;    /* records that are no page: requests, metadata, revisits, images, answers that are no page */
};
#endif
