/* export/parties.c -- states and organisations by their codes, for whoever shows the record: names, adjectives, who belongs where. */
#include "chancery.h"
#include "doc/engine.h"
#include "base/utf8.h"
#include "export/json.h"
#include "export/parties.h"
#include "store/store.h"
#include "who/atoms.h"

/* The first adjective of each state, as the lists have it; the first list that gives one wins. */
static bool adjectives(struct ch_arena *arena, struct ch_map *of, struct ch_str *words, uint32_t max, struct ch_err *err)
{
	static const char *const lists[] = { "states", "countries" };
	uint32_t n = 0;

	ch_map_init(of, arena);
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		struct ch_str text, line, code = { 0 };

		if (!ch_actor_list(arena, lists[i], &text, err))
			return false;
		while (ch_str_cut(&text, '\n', &line)) {
			struct ch_str all, first;
			bool added = false;

			if (ch_str_starts(line, CH_STR("state ")))
				code = ch_str_trim(ch_str_sub(line, 6, line.len));
			all = ch_str_trim(line);
			if (!code.len || !ch_str_starts(all, CH_STR("adj ")) || n == max)
				continue;
			all = ch_str_sub(all, 4, all.len);
			if (ch_str_cut(&all, ';', &first))
				ch_map_put(of, code, n, &added);
			if (added)
				words[n++] = ch_str_trim(first);
		}
	}
	return true;
}

static json_t *day_or_null(int32_t day)
{
	char text[16];

	return day == INT32_MIN || day == INT32_MAX ? json_null() : ch_json_str(ch_str_z(ch_day_print(day, text)));
}

/* Full members and who was one, by state and then in the order of time. */
static json_t *members_of(const struct ch_gazetteer *g, uint32_t org)
{
	struct ch_gz_members it = ch_gz_members_of(g, org, CH_NO_DAY);
	const struct ch_gz_membership *m;
	json_t *list = ch_json_array();

	while ((m = ch_gz_members_next(&it))) {
		json_t *o;

		if (m->status != CH_GZ_MEMBER)
			continue;
		o = ch_json_object();
		ch_json_set(o, "code", ch_json_str(ch_gz_str(g, g->entities[m->state].party)));
		ch_json_set(o, "from", day_or_null(m->from));
		ch_json_set(o, "to", day_or_null(m->to));
		ch_json_push(list, o);
	}
	return list;
}

static bool is_party(const struct ch_gz_entity *e)
{
	return (e->kind == CH_GZ_STATE || e->kind == CH_GZ_ORG) && !(e->flags & CH_GZ_PART);
}

void ch_parties_init(struct ch_parties *h, struct ch_arena *arena, const struct ch_gazetteer *g)
{
	h->g = g;
	ch_map_init(&h->states, arena);
	ch_map_init(&h->orgs, arena);
	for (uint32_t i = 0; i < g->people_first; i++)
		if (is_party(&g->entities[i]) && g->entities[i].kind == CH_GZ_STATE)
			ch_map_put(&h->states, ch_gz_str(g, g->entities[i].party), i, NULL);
	for (int own = 1; own >= 0; own--) {
		for (uint32_t i = 0; i < g->people_first; i++) {
			const struct ch_gz_entity *e = &g->entities[i];
			const struct ch_str code = ch_gz_str(g, e->party);

			if (is_party(e) && e->kind == CH_GZ_ORG && (own ? ch_str_eq(ch_gz_str(g, e->org), code) : !ch_map_get(&h->states, code)))
				ch_map_put(&h->orgs, code, i, NULL);
		}
	}
}

static const uint32_t *head_of(const struct ch_parties *p, struct ch_str code, bool state)
{
	return code.len ? ch_map_get(state ? &p->states : &p->orgs, code) : NULL;
}

bool ch_parties_head(const struct ch_parties *p, uint32_t i)
{
	const struct ch_gz_entity *e = &p->g->entities[i];
	const uint32_t *at = is_party(e) ? head_of(p, ch_gz_str(p->g, e->party), e->kind == CH_GZ_STATE) : NULL;

	return at && *at == i;
}

const struct ch_gz_entity *ch_parties_of(const struct ch_parties *p, struct ch_str code, bool state)
{
	const uint32_t *at = head_of(p, code, state);

	return at ? &p->g->entities[*at] : NULL;
}

bool ch_parties_meant(const struct ch_parties *p, struct ch_store *store, struct ch_str who, struct ch_str code, uint64_t events,
		      const struct ch_gz_entity **entity, struct ch_err *err)
{
	const struct ch_gz_entity *state = ch_parties_of(p, code, true), *org = ch_parties_of(p, code, false);
	uint64_t of_org, conflict;

	*entity = state ? state : org;
	if (!state || !org)
		return true;
	if (!ch_store_organisation(store, code, ch_gz_str(p->g, org->name), who, &of_org, &conflict, err))
		return false;
	*entity = 2 * of_org > events ? org : state;
	return true;
}

/* Of the name's letters, whatever signs are between them. */
static uint64_t hash_of(struct ch_arena *arena, struct ch_str name)
{
	uint64_t h = CH_ATOM_SEED;
	struct ch_atom a;
	uint32_t at = 0;

	while (ch_atom_next(arena, name, &at, &a))
		h = ch_atom_join(h, a.hash);
	return h;
}

struct ch_str ch_party_by_lists(const struct ch_gazetteer *g, struct ch_str name)
{
	struct ch_arena arena = { 0 };
	const struct ch_gz_slot *slot;
	struct ch_str found = { 0 };
	struct ch_parties parties;

	ch_parties_init(&parties, &arena, g);
	for (uint32_t i = 0; i < g->people_first && !found.len; i++)
		if (ch_str_ieq(ch_gz_str(g, g->entities[i].party), name) && ch_parties_head(&parties, i))
			found = ch_gz_str(g, g->entities[i].party);
	slot = found.len ? NULL : ch_gz_find(g, hash_of(&arena, name));
	for (uint32_t k = 0; slot && k < slot->n && !found.len; k++) {
		const struct ch_gz_entry *entry = &g->entries[slot->first + k];

		if (entry->role == CH_GZ_NAME && ch_parties_head(&parties, entry->entity))
			found = ch_gz_str(g, g->entities[entry->entity].party);
	}
	ch_arena_free(&arena);
	return found;
}

static const char *kind_of(const struct ch_gz_entity *e)
{
	return e->kind == CH_GZ_STATE ? "state" : "organisation";
}

bool chancery_parties(const struct chancery *engine, bool members, chancery_row_fn *row, void *ctx, struct chancery_error *error)
{
	enum { ADJECTIVES_MAX = 512 };
	const struct ch_gazetteer *g = ((const struct ch_engine *)engine)->gazetteer;
	struct ch_arena arena = { 0 }, scratch = { 0 };
	struct ch_str words[ADJECTIVES_MAX];
	struct ch_parties parties;
	struct ch_map of;
	bool ok = adjectives(&arena, &of, words, ADJECTIVES_MAX, (struct ch_err *)error), go = true;

	ch_parties_init(&parties, &arena, g);
	for (uint32_t i = 0; ok && go && i < g->people_first; i++) {
		const struct ch_gz_entity *e = &g->entities[i];
		const struct ch_str code = ch_gz_str(g, e->party);
		const bool state = e->kind == CH_GZ_STATE;
		json_t *list, *o;
		struct ch_str line;
		uint32_t *adj;

		if (!ch_parties_head(&parties, i))
			continue;
		list = members ? members_of(g, i) : NULL;
		if (members && !json_array_size(list)) {
			json_decref(list);
			continue;
		}
		adj = state ? ch_map_get(&of, code) : NULL;
		o = ch_json_object();
		ch_json_set(o, "code", ch_json_str(code));
		ch_json_set(o, "name", ch_json_str(ch_gz_str(g, e->name)));
		ch_json_set(o, "kind", ch_json_str(ch_str_z(kind_of(e))));
		ch_json_set(o, "adjective", adj ? ch_json_str(words[*adj]) : json_null());
		ch_json_set(o, "country", ch_json_or_null(ch_gz_str(g, e->code)));
		ch_json_set(o, "until", e->to && state ? day_or_null(e->to) : json_null());
		if (members)
			ch_json_set(o, "members", list);
		line = ch_json_line(&scratch, o);
		go = row(ctx, line.ptr, line.len);
		ch_arena_reset(&scratch);
	}
	ch_arena_free(&scratch);
	ch_arena_free(&arena);
	return ok;
}

/* ---- whom and what a person may mean who has begun to write ---- */

struct suggesting {
	chancery_row_fn *row;
	void *ctx;
	struct ch_arena arena;
	bool go;
};

static void offer(struct suggesting *s, const char *kind, struct ch_str name, struct ch_str code, struct ch_str id)
{
	json_t *o = ch_json_object();
	struct ch_str line;

	ch_json_set(o, "kind", ch_json_str(ch_str_z(kind)));
	ch_json_set(o, "name", ch_json_str(name));
	ch_json_set(o, "code", ch_json_or_null(code));
	ch_json_set(o, "id", ch_json_or_null(id));
	line = ch_json_line(&s->arena, o);
	s->go = s->go && s->row(s->ctx, line.ptr, line.len);
	ch_arena_reset(&s->arena);
}

static bool offer_stored(void *ctx, bool person, struct ch_str name, struct ch_str id)
{
	struct suggesting *s = ctx;

	offer(s, person ? "person" : "instrument", name, CH_STR(""), id);
	return s->go;
}

/* 2: all of it; 1: a word of it begins so. */
static int begins(struct ch_str name, struct ch_str words)
{
	for (size_t i = 0; i + words.len <= name.len; i++)
		if ((!i || name.ptr[i - 1] == ' ' || name.ptr[i - 1] == '-') && ch_str_starts(ch_str_sub(name, i, name.len), words))
			return i ? 1 : 2;
	return 0;
}

bool chancery_suggest(struct chancery_store *store, const struct chancery *engine, const char *words, unsigned limit, chancery_row_fn *row, void *ctx,
		      struct chancery_error *error)
{
	const struct ch_gazetteer *g = ((const struct ch_engine *)engine)->gazetteer;
	struct suggesting s = { .row = row, .ctx = ctx, .go = true };
	struct ch_arena arena = { 0 }, scratch = { 0 };
	const struct ch_str folded = ch_str_trim(ch_utf8_fold(&arena, ch_str_z(words)));
	unsigned left = limit;
	struct ch_parties parties;
	bool ok;

	ch_parties_init(&parties, &arena, g);
	/* codes first, then names that begin so, then those of which a word does */
	for (int want = 3; want && folded.len; want--) {
		for (uint32_t i = 0; left && s.go && i < g->people_first; i++) {
			const struct ch_gz_entity *e = &g->entities[i];
			const struct ch_str code = ch_gz_str(g, e->party), name = ch_gz_str(g, e->name);
			const bool is_code = ch_str_ieq(code, ch_str_trim(ch_str_z(words)));

			if (!ch_parties_head(&parties, i))
				continue;
			ch_arena_reset(&scratch);
			if (want == 3 ? !is_code : is_code || begins(ch_utf8_fold(&scratch, name), folded) != want)
				continue;
			offer(&s, kind_of(e), name, code, CH_STR(""));
			left--;
		}
	}
	ok = !s.go || ch_store_suggest((struct ch_store *)store, ch_str_z(words), limit, offer_stored, &s, (struct ch_err *)error);
	ch_arena_free(&s.arena);
	ch_arena_free(&scratch);
	ch_arena_free(&arena);
	return ok;
}
