/* syntax/model.h -- the trained model, mapped read-only from one file and shared by all threads.
 *
 * The file (little endian; train/export.py writes it):
 *
 *     0  "CHSYNTAX"
 *     8  u32 version         12  u32 number of sections
 *    16  u64 size of the file
 *    24  u32 crc32 of everything from byte 32 on         28  u32 zero
 *    32  the table: 48 bytes a section
 *          0  name, NUL padded, 20 bytes      20  kind: f float, b int8, i int32, q u64, s strings
 *         24  u32 rows   28  u32 columns      32  u64 offset (a multiple of 64)   40  u64 size
 *     …  the sections. Strings: u32 offsets (rows + 1), then the bytes.
 *
 * A matrix "M" is four sections: M.w weights in 8 bits, packed as kernel.h draws it, M.s a scale a row, M.z the sum of
 * the weights of a row, M.b the bias. Rows are padded with zeros to a multiple of 16.
 *
 * ch_model_open checks size, version, checksum, every bound and every tag, so that the rest of the folder need not. */
#ifndef CH_SYNTAX_MODEL_H
#define CH_SYNTAX_MODEL_H
#include "base/err.h"

struct ch_model;

/* Opens the model file. The instruction set is the best that the processor has, or what the environment variable
 * CHANCERY_ISA names (scalar, avx2, vnni; all give the same bits). On failure *model is untouched and err says what is
 * wrong with the file. Costs one pass over the file for the checksum (about 10 ms). */
bool ch_model_open(const char *path, struct ch_model **model, struct ch_err *err) CH_MUST_USE;

/* NULL is fine. Lemmas and features of documents read with the model point into it: close it last. */
void ch_model_close(struct ch_model *model);

const char *ch_model_isa(const struct ch_model *model);      /* "scalar", "avx2", "vnni" */
struct ch_str ch_model_about(const struct ch_model *model);  /* one line about the training run */
#endif
