#include "base/arena.h"
#include "base/limits.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__)
#define CH_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CH_ASAN 1
#endif
#endif
#ifdef CH_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(p, n) ASAN_POISON_MEMORY_REGION((p), (n))
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
enum { RED_ZONE = 16 };   /* kept poisoned behind each piece, so that sanitizers see the end of every object */
#else
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
enum { RED_ZONE = 0 };
#endif

enum { BLOCK_FIRST = 1 << 16, ALIGN = _Alignof(max_align_t) };

struct ch_arena_block {
	struct ch_arena_block *older;
	size_t size;
	max_align_t bytes[];
};

_Noreturn void ch_die_memory(size_t wanted)
{
	fprintf(stderr, "chancery: out of memory (%zu bytes more were wanted); close other programs or give it fewer threads (-j)\n",
		wanted);
	exit(1);
}

void *ch_xrealloc(void *p, size_t size)
{
	void *q = realloc(p, size ? size : 1);

	if (!q)
		ch_die_memory(size);
	return q;
}

void ch_arena_init(struct ch_arena *a)
{
	*a = (struct ch_arena){ 0 };
}

static void release(struct ch_arena_block *b)
{
	UNPOISON(b->bytes, b->size);
	free(b);
}

/* The largest block is the newest one, since each new block is at least as large as the one before. */
void ch_arena_reset(struct ch_arena *a)
{
	struct ch_arena_block *b = a->block;

	if (!b)
		return;
	while (b->older) {
		struct ch_arena_block *older = b->older;

		b->older = older->older;
		release(older);
	}
	POISON(b->bytes, b->size);
	a->used = 0;
	a->total = a->size;
}

void ch_arena_free(struct ch_arena *a)
{
	size_t total_max = a->total_max;

	while (a->block) {
		struct ch_arena_block *older = a->block->older;

		release(a->block);
		a->block = older;
	}
	*a = (struct ch_arena){ .total_max = total_max };
}

static void add_block(struct ch_arena *a, size_t least)
{
	size_t max = a->total_max ? a->total_max : CH_ARENA_BYTES_MAX;
	size_t size = a->size ? a->size * 2 : BLOCK_FIRST;
	struct ch_arena_block *b;

	if (size > (size_t)16 << 20)
		size = a->size > (size_t)16 << 20 ? a->size : (size_t)16 << 20;
	if (size < least)
		size = least;
	if (size > max || a->total > max - size)
		ch_die_memory(least);
	b = ch_xrealloc(NULL, offsetof(struct ch_arena_block, bytes) + size);
	b->older = a->block;
	b->size = size;
	POISON(b->bytes, size);
	a->block = b;
	a->size = size;
	a->used = 0;
	a->total += size;
}

void *ch_arena_alloc(struct ch_arena *a, size_t size)
{
	size_t room = (size + RED_ZONE + ALIGN - 1) / ALIGN * ALIGN;
	char *p;

	if (room < size)
		ch_die_memory(size);
	if (!a->block || room > a->size - a->used)
		add_block(a, room);
	p = (char *)a->block->bytes + a->used;
	a->used += room;
	UNPOISON(p, size);
	return memset(p, 0, size);
}

void *ch_arena_grow(struct ch_arena *a, const void *old, size_t n_old, size_t n, size_t size)
{
	void *p;

	if (size && n > SIZE_MAX / size)
		ch_die_memory(SIZE_MAX);
	p = ch_arena_alloc(a, n * size);
	if (n_old)
		memcpy(p, old, n_old * size);
	return p;
}

void *ch_vec_more(struct ch_arena *a, const void *v, uint32_t n, uint32_t *cap, size_t size)
{
	if (*cap > UINT32_MAX / 2)
		ch_die_memory((size_t)*cap * size);
	*cap = *cap ? *cap * 2 : 8;
	return ch_arena_grow(a, v, n, *cap, size);
}

char *ch_arena_z(struct ch_arena *a, struct ch_str s)
{
	char *p = ch_arena_alloc(a, s.len + 1);

	if (s.len)
		memcpy(p, s.ptr, s.len);
	return p;
}

struct ch_str ch_arena_str(struct ch_arena *a, struct ch_str s)
{
	return (struct ch_str){ ch_arena_z(a, s), s.len };
}

struct ch_str ch_arena_printf(struct ch_arena *a, const char *fmt, ...)
{
	va_list ap;
	int n;
	char *p;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		return CH_STR("");
	p = ch_arena_alloc(a, (size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf(p, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return (struct ch_str){ p, (size_t)n };
}
