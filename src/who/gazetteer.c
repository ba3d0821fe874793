/* who/gazetteer.c -- see the header; the layout is told in who/table.h. */
#include "who/gazetteer.h"
#include "base/arena.h"
#include "base/embed.h"
#include <stdlib.h>
#include <zlib.h>

#define NONE UINT32_MAX

size_t ch_gazetteer_embedded(struct ch_embedded *files, size_t max);
size_t ch_actor_lists_embedded(struct ch_embedded *files, size_t max);

/* Points g into the table at `at`, which is on 8 bytes. */
static bool point(struct ch_gazetteer *g, struct ch_str table, struct ch_err *err)
{
	const char *at = table.ptr;

	g->head = (const void *)at;
	if (g->head->magic != CH_GZ_MAGIC || g->head->size != table.len)
		return ch_fail(err, "the gazetteer in the program is of another version; build it anew");
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
	g->by_id = (const void *)at;
	at += g->head->entity_n * sizeof *g->by_id;
	g->members = (const void *)at;
	at += g->head->member_n * sizeof *g->members;
	g->members_by_state = (const void *)at;
	at += g->head->member_n * sizeof *g->members_by_state;
	g->strings = at;
	memset(g->office_of, 0xff, sizeof g->office_of);
	for (; g->people_first < g->head->entity_n && g->entities[g->people_first].kind != CH_GZ_PERSON;
	     g->people_first++)
		if (g->entities[g->people_first].kind == CH_GZ_OFFICE)
			g->office_of[g->entities[g->people_first].cls] = g->people_first;
	return true;
}

static void set_copy(struct ch_gazetteer *g, struct ch_str *table)
{
	g->copy = ch_xrealloc(NULL, table->len);
	memcpy(g->copy, table->ptr, table->len);
	table->ptr = g->copy;
}

enum { LISTS_MAX = CH_GZ_LISTS_MAX };

/* The built-in lists, as tool/who_compile.c packed them: a line "path size", then that many bytes, each. */
static bool unpack_lists(struct ch_arena *arena, struct ch_actor_list *lists, uint32_t *n, struct ch_err *err)
{
	struct ch_embedded file = {0};
	struct ch_str rest, head;
	uint32_t size = 0;
	uLongf got;
	char *text;

	if (ch_actor_lists_embedded(&file, 1) && file.text.len > 4)
		memcpy(&size, file.text.ptr, sizeof size);
	got = size;
	text = ch_arena_alloc(arena, size + 1u);
	if (!size || uncompress((unsigned char *)text, &got, (const unsigned char *)file.text.ptr + 4,
				(uLong)file.text.len - 4) != Z_OK || got != size)
		return ch_fail(err, "the program holds no lists of actors; build it anew");
	for (rest = ch_str_n(text, size), *n = 0; *n < LISTS_MAX - 1 && ch_str_cut(&rest, '\n', &head); ++*n) {
		size_t blank = ch_str_find_byte(head, ' ', 0);
		uint32_t len = 0;

		if (blank == CH_STR_NONE || !ch_str_uint(ch_str_sub(head, blank + 1, head.len), &len) || len > rest.len)
			return ch_fail(err, "the lists of actors in the program are broken; build it anew");
		lists[*n] = (struct ch_actor_list){.path = ch_arena_z(arena, ch_str_sub(head, 0, blank)),
						   .text = ch_str_sub(rest, 0, len)};
		rest = ch_str_sub(rest, len, rest.len);
	}
	return true;
}

bool ch_actor_list(struct ch_arena *arena, const char *name, struct ch_str *text, struct ch_err *err)
{
	struct ch_str file = ch_arena_printf(arena, "/%s.txt", name);
	struct ch_actor_list lists[LISTS_MAX];
	uint32_t n = 0;

	if (!unpack_lists(arena, lists, &n, err))
		return false;
	for (uint32_t i = 0; i < n; i++)
		if (ch_str_ends(ch_str_z(lists[i].path), file)) {
			*text = lists[i].text;
			return true;
		}
	return ch_fail(err, "the program holds no list '%s'; build it anew", name);
}

static bool compile_with(struct ch_gazetteer *g, const struct ch_actor_list *own, struct ch_str *table, struct ch_err *err)
{
	struct ch_arena arena = {0};
	struct ch_actor_list lists[LISTS_MAX];
	struct ch_str slips = {0}, line = {0};
	uint32_t n = 0;
	bool ok = unpack_lists(&arena, lists, &n, err);

	if (ok) {
		lists[n] = *own;
		lists[n++].own = true;
		ok = ch_gazetteer_compile(&arena, lists, n, table, &slips);
		if (ok)
			set_copy(g, table);
		else if (ch_str_cut(&slips, '\n', &line))
			ch_fail(err, "%.*s", CH_STR_ARG(line));
	}
	ch_arena_free(&arena);
	return ok;
}

bool ch_gazetteer_open(struct ch_gazetteer **out, struct ch_err *err)
{
	return ch_gazetteer_open_with(NULL, out, err);
}

bool ch_gazetteer_open_with(const struct ch_actor_list *own, struct ch_gazetteer **out, struct ch_err *err)
{
	struct ch_embedded file = {0};
	struct ch_gazetteer *g;

	if (!ch_gazetteer_embedded(&file, 1) || file.text.len < sizeof *g->head)
		return ch_fail(err, "the program holds no gazetteer; build it anew");
	g = ch_xrealloc(NULL, sizeof *g);
	*g = (struct ch_gazetteer){0};
	if (!own && (uintptr_t)file.text.ptr % 8)
		set_copy(g, &file.text);
	if ((own && !compile_with(g, own, &file.text, err)) || !point(g, file.text, err)) {
		ch_gazetteer_close(g);
		return false;
	}
	g->own_list = own ? g->head->list_n - 1 : NONE;
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

uint32_t ch_gz_by_id(const struct ch_gazetteer *g, struct ch_str id)
{
	uint32_t lo = 0, hi = g->head->entity_n;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		int c = ch_str_cmp(ch_gz_str(g, g->entities[g->by_id[mid]].id), id);

		if (!c)
			return g->by_id[mid];
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NONE;
}

struct ch_str ch_gz_source(const struct ch_gazetteer *g, uint32_t source, uint32_t *line)
{
	uint32_t list = source >> CH_GZ_LINE_BITS;

	*line = source & ((1u << CH_GZ_LINE_BITS) - 1);
	return list < g->head->list_n ? ch_gz_str(g, g->head->lists[list]) : CH_STR("");
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

/* How far a term's word goes: the user's file before all tables. */
static int standing(const struct ch_gz_term *t)
{
	return t->own ? -1 : t->rank;
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
		if (b && standing(b) < standing(t) && (t->from < (int64_t)b->from + 400 || b->to == INT32_MAX))
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
