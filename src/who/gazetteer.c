/* who/gazetteer.c -- see the header; the layout is told in who/table.h. */
#include "who/gazetteer.h"
#include "base/arena.h"
#include "base/embed.h"
#include <stdlib.h>

#define NONE UINT32_MAX

size_t ch_gazetteer_embedded(struct ch_embedded *files, size_t max);

bool ch_gazetteer_open(struct ch_gazetteer **out, struct ch_err *err)
{
	struct ch_embedded file = {0};
	struct ch_gazetteer *g;
	const char *at;

	if (!ch_gazetteer_embedded(&file, 1) || file.text.len < sizeof *g->head)
		return ch_fail(err, "the program holds no gazetteer; build it anew");
	g = ch_xrealloc(NULL, sizeof *g);
	*g = (struct ch_gazetteer){0};
	at = file.text.ptr;
	if ((uintptr_t)at % 8) {
		g->copy = ch_xrealloc(NULL, file.text.len);
		memcpy(g->copy, at, file.text.len);
		at = g->copy;
	}
	g->head = (const void *)at;
	if (g->head->magic != CH_GZ_MAGIC || g->head->size != file.text.len) {
		ch_gazetteer_close(g);
		return ch_fail(err, "the gazetteer in the program is of another version; build it anew");
	}
	at += sizeof *g->head;
	g->slots = (const void *)at;
	at += g->head->slot_n * sizeof *g->slots;
	g->sur_slots = (const void *)at;
	at += g->head->sur_slot_n * sizeof *g->sur_slots;
	g->entities = (const void *)at;
	at += g->head->entity_n * sizeof *g->entities;
	g->terms = (const void *)at;
	at += g->head->term_n * sizeof *g->terms;
	g->by_body = (const void *)at;
	at += g->head->by_body_n * sizeof *g->by_body;
	g->holds = (const void *)at;
	at += g->head->hold_n * sizeof *g->holds;
	g->entries = (const void *)at;
	at += g->head->entry_n * sizeof *g->entries;
	g->sur_entries = (const void *)at;
	at += g->head->sur_entry_n * sizeof *g->sur_entries;
	g->strings = at;
	memset(g->office_of, 0xff, sizeof g->office_of);
	for (; g->people_first < g->head->entity_n && g->entities[g->people_first].kind != CH_GZ_PERSON;
	     g->people_first++)
		if (g->entities[g->people_first].kind == CH_GZ_OFFICE)
			g->office_of[g->entities[g->people_first].cls] = g->people_first;
	*out = g;
	return true;
}

void ch_gazetteer_close(struct ch_gazetteer *g)
{
	if (!g)
		return;
	free(g->copy);
	free(g);
}

static const struct ch_gz_slot *find(const struct ch_gz_slot *slots, uint32_t n, uint64_t hash)
{
	uint32_t i = (uint32_t)hash & (n - 1);

	for (; slots[i].used; i = (i + 1) & (n - 1))
		if (slots[i].hash == hash)
			return &slots[i];
	return NULL;
}

const struct ch_gz_slot *ch_gz_find(const struct ch_gazetteer *g, uint64_t hash)
{
	return find(g->slots, g->head->slot_n, hash);
}

const struct ch_gz_entry *ch_gz_surname(const struct ch_gazetteer *g, uint64_t hash, uint32_t *n)
{
	const struct ch_gz_slot *s = find(g->sur_slots, g->head->sur_slot_n, hash);

	*n = s ? s->n : 0;
	return s ? &g->sur_entries[s->first] : NULL;
}

uint32_t ch_gz_state_on(const struct ch_gazetteer *g, uint32_t state, ch_day day, bool places)
{
	for (uint32_t i = 0; day != CH_NO_DAY && i < g->head->hold_n; i++) {
		const struct ch_gz_hold *h = &g->holds[i];

		if (h->state == state && h->from <= day && day <= h->to && (places || !h->places))
			return h->holder;
	}
	return state;
}

uint32_t ch_gz_holder(const struct ch_gazetteer *g, uint32_t body, uint32_t cls, ch_day day)
{
	const struct ch_gz_entity *e = &g->entities[body];
	const struct ch_gz_body_term *v = g->by_body + e->term_first;
	uint32_t lo = 0, hi = e->term_n, best = NONE;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (v[mid].cls < cls)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < e->term_n && v[lo].cls == cls; lo++) {
		const struct ch_gz_term *t = &g->terms[v[lo].term], *b = best == NONE ? NULL : &g->terms[best];

		if (day != CH_NO_DAY && (t->from > day || t->to < day))
			continue;
		if (day == CH_NO_DAY && t->from == INT32_MIN)
			continue;
		/* a hand-written term stands against another table's that began a little later: the same change, dated
		 * otherwise */
		if (b && b->rank < t->rank && (t->from < (int64_t)b->from + 400 || b->to == INT32_MAX))
			continue;
		best = v[lo].term;
	}
	return best;
}

uint32_t ch_gz_term_on(const struct ch_gazetteer *g, uint32_t person, ch_day day, int64_t *off)
{
	const struct ch_gz_entity *e = &g->entities[person];
	uint32_t best = NONE;
	int64_t best_off = INT64_MAX;

	for (uint32_t i = e->term_first; i < e->term_first + e->term_n; i++) {
		const struct ch_gz_term *t = &g->terms[i];
		int64_t d = 0;

		if (day == CH_NO_DAY)
			d = t->to == INT32_MAX ? 0 : (int64_t)INT32_MAX - t->to;
		else if (t->to < day)
			d = (int64_t)day - t->to;
		else if (t->from > day)
			d = ((int64_t)t->from - day) * 4 +
			    200; /* not yet in office tells less than no longer; the elected, much */
		if (d < best_off ||
		    (d == best_off && best != NONE && (t->flags & CH_GZ_COS) > (g->terms[best].flags & CH_GZ_COS)) ||
		    (d == best_off && best != NONE && !g->terms[best].flags && t->flags)) {
			best = i;
			best_off = d;
		}
	}
	if (off)
		*off = best_off;
	return best;
}
