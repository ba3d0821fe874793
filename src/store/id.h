/* store/id.h -- ids are content hashes: the first 16 bytes of a SHA-256, as 32 hex digits.
 *
 * The id of a page is that of its bytes; the id of a record that of its fields, each closed by a zero byte so that "ab","c"
 * and "a","bc" differ. The same page therefore gives the same ids on every machine, today and in ten years. */
#ifndef CH_STORE_ID_H
#define CH_STORE_ID_H
#include "base/arena.h"
#include <nettle/sha2.h>

enum { CH_ID_LEN = 32 };

struct ch_ider {
	struct sha256_ctx sha;
};

void ch_ider_init(struct ch_ider *ider, const char *kind);      /* "page", "event", … : ids of two kinds never meet */
void ch_ider_add(struct ch_ider *ider, struct ch_str field);
void ch_ider_add_number(struct ch_ider *ider, uint64_t n);
struct ch_str ch_ider_id(struct ch_ider *ider, struct ch_arena *arena);   /* ends it */

struct ch_str ch_page_id(struct ch_arena *arena, struct ch_str raw);
#endif
