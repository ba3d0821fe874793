/* base/err.h -- errors are values: one line that says what, where and what to do.
 *
 * A function that can fail takes `struct ch_err *` last and returns bool; on success err is untouched, on failure
 * it holds one line without a newline. Callers higher up may put what they were doing in front (ch_err_in). */
#ifndef CH_BASE_ERR_H
#define CH_BASE_ERR_H
#include "base/str.h"

struct ch_err {
	char text[512];
};

/* Sets the line; always false, so that `return ch_fail(err, ...)` reads as it acts. err may be NULL. */
bool ch_fail(struct ch_err *err, const char *fmt, ...) CH_PRINTF(2, 3);

/* Puts "where: " in front of the line that is there. Always false. */
bool ch_err_in(struct ch_err *err, const char *fmt, ...) CH_PRINTF(2, 3);
#endif
