#include "merge/alter.h"
#include <stdlib.h>

static int by_place(const void *a, const void *b)
{
	const struct ch_str *x = a, *y = b;

	return (x->ptr > y->ptr) - (x->ptr < y->ptr);
}

/* The facts of a that b lacks. */
static struct ch_str *lacking(struct ch_arena *arena, const struct ch_facts *a, const struct ch_facts *b, uint32_t *n)
{
	struct ch_str *list = CH_NEW_N(arena, struct ch_str, a->n);
	uint32_t j = 0;

	*n = 0;
	for (uint32_t i = 0; i < a->n; i++) {
		while (j < b->n && b->v[j].hash < a->v[i].hash)
			j++;
		if (j == b->n || b->v[j].hash != a->v[i].hash)
			list[(*n)++] = a->v[i].text;
	}
	if (*n)
		qsort(list, *n, sizeof *list, by_place);
	return list;
}

void ch_alteration_of(struct ch_alteration *alt, struct ch_arena *arena, const struct ch_words *original, const struct ch_words *copy)
{
	uint32_t common = ch_hashes_common(&original->shingles, &copy->shingles);

	*alt = (struct ch_alteration){ 0 };
	alt->kept = original->shingles.n ? (double)common / original->shingles.n : original->exact == copy->exact;
	alt->own = copy->shingles.n ? 1 - (double)common / copy->shingles.n : 0;
	alt->numbers_lost = lacking(arena, &original->number_facts, &copy->number_facts, &alt->n_numbers_lost);
	alt->numbers_new = lacking(arena, &copy->number_facts, &original->number_facts, &alt->n_numbers_new);
	alt->quotes_lost = lacking(arena, &original->quote_facts, &copy->quote_facts, &alt->n_quotes_lost);
	alt->quotes_new = lacking(arena, &copy->quote_facts, &original->quote_facts, &alt->n_quotes_new);
}
