/* input/inputs.h -- "the next page" of whatever was named: files, folders, containers, standard input, one inside the other.
 *
 *     paths ─▶ [folder] ─▶ [a.tar.gz] ─▶ [b.warc.gz] ─▶ record 12 ─▶ struct ch_input
 *              a stack: each level opens what it holds, the innermost gives pages
 *
 * What a file is, its first bytes say, not its name: gzip, bzip2, xz and zstd are taken off; then it is WARC or WET, a tar or zip
 * archive, JSON (lines or a document), else one page. Folders are read in order of their names, hidden ones left out. Memory is that of
 * one page (or line) a level. What cannot be read is an input with an error, and reading goes on behind it. */
#ifndef CH_INPUT_INPUTS_H
#define CH_INPUT_INPUTS_H
#include "input/input.h"
#include "input/jsonl.h"

struct ch_inputs;

/* paths are lent for as long as the inputs; "-" is standard input. map: as ch_field_map_read has it, NULL: none. */
bool ch_inputs_open(struct ch_inputs **inputs, const char *const *paths, size_t n, const char *map, struct ch_err *err) CH_MUST_USE;
void ch_inputs_close(struct ch_inputs *inputs);   /* NULL is fine */
/* The next one, false at the end. */
bool ch_inputs_next(struct ch_inputs *inputs, struct ch_input *input);
/* How much of all has been read, 0 to 1; below 0: unknown. */
double ch_inputs_share(const struct ch_inputs *inputs);
struct ch_passed ch_inputs_passed(const struct ch_inputs *inputs);

/* What is in bytes, which are lent, by the same rules: for tests and fuzzers. */
void ch_inputs_of_bytes(struct ch_inputs **inputs, const char *name, struct ch_str bytes);
#endif
