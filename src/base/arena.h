/* base/arena.h -- memory by the page: many small pieces, all given back at once.
 *
 * An arena hands out zeroed memory, aligned for any object, that lives until the arena is reset or freed.
 * Allocation does not fail: where the system has no more memory, or the arena would pass its ceiling, the process
 * says so in one line and ends with status 1 (ch_die_memory). What a store has committed is safe by then, and a
 * page cannot come near the ceiling, since limits.h bounds what is read of it. */
#ifndef CH_BASE_ARENA_H
#define CH_BASE_ARENA_H
#include "base/str.h"

struct ch_arena_block;

struct ch_arena {
	struct ch_arena_block *block;  /* the one in use; older ones hang behind it */
	size_t used, size;             /* of the block in use, in bytes */
	size_t total;                  /* bytes held in all blocks */
	size_t total_max;              /* the ceiling; 0: CH_ARENA_BYTES_MAX */
};

/* A zeroed struct is an empty arena; ch_arena_init only says so. */
void ch_arena_init(struct ch_arena *a);
void ch_arena_reset(struct ch_arena *a);   /* everything given back; the largest block is kept for the next page */
void ch_arena_free(struct ch_arena *a);    /* everything given back to the system; the arena is empty again */

void *ch_arena_alloc(struct ch_arena *a, size_t size);
/* n objects; old (n_old of them, from this arena) is copied to the front. The old piece is not given back. */
void *ch_arena_grow(struct ch_arena *a, const void *old, size_t n_old, size_t n, size_t size);
struct ch_str ch_arena_str(struct ch_arena *a, struct ch_str s);   /* a copy, with a NUL behind it */
char *ch_arena_z(struct ch_arena *a, struct ch_str s);             /* the same as a C string */
struct ch_str ch_arena_printf(struct ch_arena *a, const char *fmt, ...) CH_PRINTF(2, 3);

#define CH_NEW(arena, type) ((type *)ch_arena_alloc((arena), sizeof(type)))
#define CH_NEW_N(arena, type, n) ((type *)ch_arena_grow((arena), NULL, 0, (n), sizeof(type)))

/* Growing arrays of an arena: `CH_VEC(struct ch_token) tokens;` then `*CH_PUSH(arena, &tokens) = token;`.
 * v moves when it grows: keep indexes, not pointers. */
#define CH_VEC(type) struct { type *v; uint32_t n, cap; }
#define CH_PUSH(arena, vec) \
	((vec)->n == (vec)->cap ? ((vec)->v = ch_vec_more((arena), (vec)->v, (vec)->n, &(vec)->cap, sizeof *(vec)->v)) : (vec)->v, \
	 &(vec)->v[(vec)->n++])
void *ch_vec_more(struct ch_arena *a, const void *v, uint32_t n, uint32_t *cap, size_t size);

_Noreturn void ch_die_memory(size_t wanted);

/* malloc and realloc that end as ch_arena_alloc does; for what outlives a page. free() with free(). */
void *ch_xrealloc(void *p, size_t size);
#endif
