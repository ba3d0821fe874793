/* base/map.h -- a hash table from slices to 32-bit numbers, in an arena. Open addressing, never more than half full.
 * Keys are lent: they must live as long as the table. Order of insertion has no influence on look-ups. */
#ifndef CH_BASE_MAP_H
#define CH_BASE_MAP_H
#include "base/arena.h"

struct ch_map_slot {
	struct ch_str key;
	uint32_t value;
	bool used;
};

struct ch_map {
	struct ch_arena *arena;
	struct ch_map_slot *slots;
	uint32_t n, cap;   /* cap is a power of two, or 0 */
};

void ch_map_init(struct ch_map *m, struct ch_arena *arena);
/* The value of key, or NULL; valid until the next ch_map_put. */
uint32_t *ch_map_get(const struct ch_map *m, struct ch_str key);
/* The place of key's value, made with `value` where the key was not there (then *added, if given, is true). */
uint32_t *ch_map_put(struct ch_map *m, struct ch_str key, uint32_t value, bool *added);
#endif
