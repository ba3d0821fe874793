#include "base/map.h"

void ch_map_init(struct ch_map *m, struct ch_arena *arena)
{
	*m = (struct ch_map){ .arena = arena };
}

static struct ch_map_slot *slot_of(const struct ch_map *m, struct ch_str key)
{
	uint32_t mask = m->cap - 1, i = (uint32_t)ch_str_hash(key) & mask;

	while (m->slots[i].used && !ch_str_eq(m->slots[i].key, key))
		i = (i + 1) & mask;
	return &m->slots[i];
}

uint32_t *ch_map_get(const struct ch_map *m, struct ch_str key)
{
	struct ch_map_slot *s = m->cap ? slot_of(m, key) : NULL;

	return s && s->used ? &s->value : NULL;
}

static void grow(struct ch_map *m)
{
	struct ch_map bigger = { .arena = m->arena, .n = m->n, .cap = m->cap ? m->cap * 2 : 16 };

	bigger.slots = CH_NEW_N(m->arena, struct ch_map_slot, bigger.cap);
	for (uint32_t i = 0; i < m->cap; i++)
		if (m->slots[i].used)
			*slot_of(&bigger, m->slots[i].key) = m->slots[i];
	*m = bigger;
}

uint32_t *ch_map_put(struct ch_map *m, struct ch_str key, uint32_t value, bool *added)
{
	struct ch_map_slot *s;

	if (m->n >= m->cap / 2)
		grow(m);
	s = slot_of(m, key);
	if (added)
		*added = !s->used;
	if (!s->used) {
		*s = (struct ch_map_slot){ .key = key, .value = value, .used = true };
		m->n++;
	}
	return &s->value;
}
