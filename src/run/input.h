/* run/input.h -- the bytes of a page: a file or given bytes, gzip taken off, never more than a page may have. */
#ifndef CH_RUN_INPUT_H
#define CH_RUN_INPUT_H
#include "base/arena.h"
#include "base/err.h"

/* Reads path ("-": standard input) into arena, up to CH_PAGE_BYTES_MAX bytes; *cut tells that there was more. Fails on
 * what cannot be read: missing, a folder, no permission. */
bool ch_input_read(struct ch_arena *arena, const char *path, struct ch_str *bytes, bool *cut, struct ch_err *err) CH_MUST_USE;

/* Takes gzip off bytes where it is on, and cuts to CH_PAGE_BYTES_MAX. A gzip stream that breaks off gives what there is,
 * with *cut true. Never unpacks more than a page, so a bomb costs no more than one. */
bool ch_input_unpack(struct ch_arena *arena, struct ch_str *bytes, bool *cut, struct ch_err *err) CH_MUST_USE;
#endif
