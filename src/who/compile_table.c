/* who/compile_table.c -- the finished table: slots by hash, terms by body and class (src/who/table.h). */
#include "who/compile_priv.h"
#include <stdlib.h>

/* ---- writing ---- */

static int by_hash(const void *x, const void *y)
{
	const struct gz_name *a = x, *b = y;

	return a->hash != b->hash ? (a->hash < b->hash ? -1 : 1) : a->order < b->order ? -1 : 1;
}

static int by_number(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

	return a < b ? -1 : a > b;
}

static struct ch_gz_slot *slot_of(struct ch_gz_slot *slots, uint32_t n, uint64_t hash)
{
	uint32_t i = (uint32_t)hash & (n - 1);

	while (slots[i].used && slots[i].hash != hash)
		i = (i + 1) & (n - 1);
	return &slots[i];
}

static struct ch_gz_slot *make_slots(struct gz_build *b, struct gz_name *names, uint32_t n, const uint64_t *prefixes,
				     uint32_t n_prefixes, uint32_t *slot_n, struct ch_gz_entry *entries,
				     uint32_t *entry_n)
{
	struct ch_gz_slot *slots;

	*slot_n = 1024;
	while (*slot_n * 3 < 4 * (n + n_prefixes))
		*slot_n *= 2;
	slots = CH_NEW_N(b->arena, struct ch_gz_slot, *slot_n);
	if (n)
		qsort(names, n, sizeof *names, by_hash);
	*entry_n = 0;
	for (uint32_t i = 0; i < n; i++) {
		struct ch_gz_slot *s = slot_of(slots, *slot_n, names[i].hash);
		bool twice = false;

		if (!s->used) {
			*s = (struct ch_gz_slot){.hash = names[i].hash, .first = *entry_n, .used = 1};
		}
		for (uint32_t k = s->first; k < *entry_n && !twice; k++)
			if (entries[k].entity == names[i].entry.entity && entries[k].role == names[i].entry.role) {
				/* "ECOWAS; Ecowas": whatever either allows */
				twice = true;
				entries[k].capitals &= names[i].entry.capitals;
				entries[k].flags &=
					(uint8_t)(names[i].entry.flags | ~(CH_GZ_ALL_UPPER | CH_GZ_STARRED));
			}
		if (twice || s->n >= 400)
			continue;
		s->n++;
		entries[(*entry_n)++] = names[i].entry;
	}
	for (uint32_t i = 0; i < n_prefixes; i++) {
		struct ch_gz_slot *s = slot_of(slots, *slot_n, prefixes[i]);

		if (!s->used)
			*s = (struct ch_gz_slot){.hash = prefixes[i]};
		s->used = 3;
	}
	return slots;
}

static int by_class(const void *x, const void *y, void *terms)
{
	const struct ch_gz_body_term *a = x, *b = y;
	const struct ch_gz_term *s = (const struct ch_gz_term *)terms + a->term, *t = (const struct ch_gz_term *)terms + b->term;

	if (a->cls != b->cls)
		return a->cls < b->cls ? -1 : 1;
	if (s->from != t->from)
		return s->from < t->from ? -1 : 1;
	return a->term < b->term ? -1 : a->term > b->term;
}

struct id_order {
	const char *id;
	uint32_t entity;
};

static int by_id(const void *x, const void *y)
{
	const struct id_order *a = x, *b = y;
	int c = strcmp(a->id, b->id);

	return c ? c : a->entity < b->entity ? -1 : 1;
}

/* The entities in the order of their ids. */
static uint32_t *order_ids(struct gz_build *b)
{
	struct id_order *order = CH_NEW_N(b->arena, struct id_order, b->entities.n + 1);
	uint32_t *ids = CH_NEW_N(b->arena, uint32_t, b->entities.n + 1);

	for (uint32_t e = 0; e < b->entities.n; e++)
		order[e] = (struct id_order){b->strings.v + b->entities.v[e].id, e};
	qsort(order, b->entities.n, sizeof *order, by_id);
	for (uint32_t e = 0; e < b->entities.n; e++)
		ids[e] = order[e].entity;
	return ids;
}

static char *put(char *to, const void *p, size_t n, size_t size)
{
	if (n)
		memcpy(to, p, n * size);
	return to + n * size;
}

struct ch_str gz_write_table(struct gz_build *b)
{
	struct ch_gz_header h = {.magic = CH_GZ_MAGIC};
	struct ch_gz_entry *entries = CH_NEW_N(b->arena, struct ch_gz_entry, b->names.n + 1);
	struct ch_gz_entry *sur_entries = CH_NEW_N(b->arena, struct ch_gz_entry, b->surnames.n + 1);
	struct ch_gz_slot *slots, *sur_slots;
	struct ch_gz_term *terms = CH_NEW_N(b->arena, struct ch_gz_term, b->terms.n + 1);
	CH_VEC(struct ch_gz_body_term) by_body = {0};
	uint32_t *body_n = CH_NEW_N(b->arena, uint32_t, b->entities.n + 1);
	uint32_t *body_first = CH_NEW_N(b->arena, uint32_t, b->entities.n + 1);
	uint32_t at = 0, distinct = 0;
	uint32_t *ids;
	char *table, *to;

	for (uint32_t e = 0; e < b->entities.n; e++) {
		struct ch_gz_entity *x = &b->entities.v[e];

		if (x->kind == CH_GZ_STATE && !x->name)
			x->name = x->party;
		if (x->kind != CH_GZ_PERSON)
			continue;
		x->term_first = at;
		for (uint32_t t = b->first_term.v[e]; t != NONE; t = b->term_next.v[t]) {
			const struct ch_gz_term *o = &b->terms.v[t];

			body_n[o->body] += 1u + (o->flags & CH_GZ_COS ? 1u : 0u) + (o->flags & CH_GZ_HOG ? 1u : 0u);
			terms[at++] = *o;
		}
		x->term_n = at - x->term_first;
	}
	for (uint32_t e = 0, sum = 0; e < b->entities.n; e++) {
		body_first[e] = sum;
		sum += body_n[e];
		by_body.n = sum;
	}
	by_body.v = CH_NEW_N(b->arena, struct ch_gz_body_term, by_body.n + 1);
	memset(body_n, 0, sizeof *body_n * b->entities.n);
	for (uint32_t t = 0; t < at; t++) {
		uint32_t body = terms[t].body;

		by_body.v[body_first[body] + body_n[body]++] = (struct ch_gz_body_term){t, terms[t].cls};
		if (terms[t].flags & CH_GZ_COS)
			by_body.v[body_first[body] + body_n[body]++] = (struct ch_gz_body_term){t, CH_GZ_CLASS_COS};
		if (terms[t].flags & CH_GZ_HOG)
			by_body.v[body_first[body] + body_n[body]++] = (struct ch_gz_body_term){t, CH_GZ_CLASS_HOG};
	}
	for (uint32_t e = 0; e < b->entities.n; e++)
		if (b->entities.v[e].kind != CH_GZ_PERSON) {
			b->entities.v[e].term_first = body_first[e];
			b->entities.v[e].term_n = body_n[e];
			qsort_r(by_body.v + body_first[e], body_n[e], sizeof *by_body.v, by_class, terms);
		}
	if (b->prefixes.n)
		qsort(b->prefixes.v, b->prefixes.n, sizeof *b->prefixes.v, by_number);
	for (uint32_t i = 0, n = b->prefixes.n; i < n; i++)
		if (!i || b->prefixes.v[i] != b->prefixes.v[distinct - 1])
			b->prefixes.v[distinct++] = b->prefixes.v[i];
	b->prefixes.n = distinct;
	slots = make_slots(b, b->names.v, b->names.n, b->prefixes.v, b->prefixes.n, &h.slot_n, entries, &h.entry_n);
	sur_slots = make_slots(b, b->surnames.v, b->surnames.n, NULL, 0, &h.sur_slot_n, sur_entries, &h.sur_entry_n);
	h.entity_n = b->entities.n;
	h.term_n = at;
	h.by_body_n = by_body.n;
	h.hold_n = b->holds.n;
	h.member_n = b->members.n;
	h.list_n = b->lists.n < CH_GZ_LISTS_MAX ? b->lists.n : CH_GZ_LISTS_MAX;
	memcpy(h.lists, b->lists.v, h.list_n * sizeof *h.lists);
	while (b->strings.n % 8)
		*CH_PUSH(b->arena, &b->strings) = '\0';
	h.string_size = b->strings.n;
	h.size = (uint32_t)(sizeof h + h.slot_n * sizeof *slots + h.sur_slot_n * sizeof *slots +
			    h.entity_n * sizeof *b->entities.v + h.term_n * sizeof *terms +
			    h.by_body_n * sizeof *by_body.v + h.hold_n * sizeof *b->holds.v +
			    h.entry_n * sizeof *entries + h.sur_entry_n * sizeof *entries + h.entity_n * sizeof *ids +
			    h.member_n * (sizeof *b->members.v + sizeof *b->members_by_state) + h.string_size);
	ids = order_ids(b);
	table = ch_arena_alloc(b->arena, h.size);
	to = put(table, &h, 1, sizeof h);
	to = put(to, slots, h.slot_n, sizeof *slots);
	to = put(to, sur_slots, h.sur_slot_n, sizeof *slots);
	to = put(to, b->entities.v, h.entity_n, sizeof *b->entities.v);
	to = put(to, terms, h.term_n, sizeof *terms);
	to = put(to, by_body.v, h.by_body_n, sizeof *by_body.v);
	to = put(to, b->holds.v, h.hold_n, sizeof *b->holds.v);
	to = put(to, entries, h.entry_n, sizeof *entries);
	to = put(to, sur_entries, h.sur_entry_n, sizeof *entries);
	to = put(to, ids, h.entity_n, sizeof *ids);
	to = put(to, b->members.v, h.member_n, sizeof *b->members.v);
	to = put(to, b->members_by_state, h.member_n, sizeof *b->members_by_state);
	put(to, b->strings.v, h.string_size, 1);
	return ch_str_n(table, h.size);
}
