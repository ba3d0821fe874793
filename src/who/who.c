/* who/who.c -- the stage: what is known of the page as a whole (its date, the state it is about), then the passes in
 * order. */
#include "who/coref.h"
#include <assert.h>

/* The page's date: as published; else the end of the latest year that its times name; else none. */
static ch_day page_day(const struct ch_doc *doc)
{
	ch_day day = doc->meta.published;

	if (day != CH_NO_DAY)
		return day;
	for (uint32_t i = 0; i < doc->times.n; i++)
		if (doc->times.v[i].hi != CH_NO_DAY && doc->times.v[i].kind == CH_TIME_DATE &&
		    (day == CH_NO_DAY || doc->times.v[i].hi > day))
			day = doc->times.v[i].hi;
	return day;
}

static uint32_t state_of(const struct who_run *r, uint32_t entity)
{
	const struct ch_gz_entity *e = &r->g->entities[entity];

	if (e->kind == CH_GZ_ORG && e->parent != UINT32_MAX)
		e = &r->g->entities[who_parent(r, entity)];
	return e->kind == CH_GZ_STATE ? (uint32_t)(e - r->g->entities) : CH_NONE;
}

/* ISO alpha-3 of a state; empty for what has none. */
static struct ch_str place_code(const struct who_run *r, uint32_t state)
{
	struct ch_str code = ch_gz_str(r->g, r->g->entities[state].code);

	return code.len == 3 ? code : CH_STR("");
}

/* How often each state (and organisation) is named where only one can be meant, and whose page this is: the state named
 * most, the dateline's first of all. */
static void count_states(struct who_run *r)
{
	struct ch_str line = r->doc->meta.dateline_place;
	uint32_t best = 0, at = 0, dateline = CH_NONE;
	uint64_t h = CH_ATOM_SEED;
	struct ch_atom a;
	uint32_t *weight = CH_NEW_N(r->arena, uint32_t, r->g->people_first + 1);

	r->state_count = CH_NEW_N(r->arena, uint32_t, r->g->people_first + 1);
	for (uint32_t i = 0; i < r->spots.n; i++) {
		const struct who_spot *s = &r->spots.v[i];
		uint32_t one = CH_NONE, w = 0;
		bool several = false;

		for (uint32_t k = 0; k < s->n; k++) {
			uint32_t e = s->e[k]->entity, role = s->e[k]->role, state;

			if (r->g->entities[e].kind == CH_GZ_PERSON) {
				uint32_t term = k ? UINT32_MAX : ch_gz_term_on(r->g, e, r->day, NULL);

				if (term == UINT32_MAX)
					continue;
				e = r->g->terms[term].body;
				role = CH_GZ_NAME;
			}
			if (role > CH_GZ_SEAT)
				continue;
			state = r->g->entities[e].kind == CH_GZ_STATE ? e : role == CH_GZ_SEAT ? state_of(r, e) : e;
			if (state == CH_NONE)
				continue;
			several |= one != CH_NONE && one != state;
			one = state;
			w = role == CH_GZ_NAME ? 3 : 2;
		}
		if (one != CH_NONE && !several) {
			r->state_count[one]++;
			weight[one] += w + (r->doc->blocks.n && r->doc->blocks.v[0].kind == CH_BLOCK_TITLE &&
							    r->doc->tokens.v[s->first].span.start <
								    r->doc->blocks.v[0].span.end
						    ? 2
						    : 0);
		}
	}
	while (ch_atom_next(r->arena, line, &at, &a) && dateline == CH_NONE) {
		const struct ch_gz_slot *slot;

		h = ch_atom_join(CH_ATOM_SEED, a.hash);
		slot = ch_gz_find(r->g, h);
		for (uint32_t k = 0; slot && k < slot->n && dateline == CH_NONE; k++)
			if (r->g->entities[r->g->entries[slot->first + k].entity].kind == CH_GZ_STATE)
				dateline = ch_gz_state_on(r->g, r->g->entries[slot->first + k].entity, r->day, true);
	}
	if (dateline != CH_NONE) {
		weight[dateline] += 4;
		r->doc->dateline_country = place_code(r, dateline);
	}
	for (uint32_t e = 0; e < r->g->people_first; e++)
		if (r->g->entities[e].kind == CH_GZ_STATE && weight[e] > best) {
			best = weight[e];
			r->home = e;
		}
}

/* Everybody whom the page names in full, before any surname alone is looked at: headlines come first and say less. */
static void note_people(struct who_run *r)
{
	for (uint32_t i = 0; i < r->spots.n; i++) {
		const struct who_spot *s = &r->spots.v[i];
		const struct ch_gz_entry *e = who_role(s, CH_GZ_NAME);
		uint32_t past, actor;
		const char *basis;

		if (!e || r->g->entities[e->entity].kind != CH_GZ_PERSON || s->atom_past - s->atom < 2)
			continue;
		r->day = r->days[r->doc->tokens.v[s->first].sentence];
		actor = who_person_at(r, s->first, r->doc->sentences.v[r->doc->tokens.v[s->first].sentence].past,
				      CH_NONE, false, &past, &basis);
		(void)actor;
	}
	for (uint32_t i = 0; i < r->doc->names.n; i++) {
		const struct ch_name *n = &r->doc->names.v[i];
		uint32_t past, actor;
		const char *basis;

		if (n->kind != CH_NAME_PER || n->past - n->first < 2 || n->past - n->first > 5 ||
		    !who_capital(r, n->first) || r->spot_at[n->first] != CH_NONE)
			continue;
		r->day = r->days[r->doc->tokens.v[n->first].sentence];
		actor = who_person_at(r, n->first, r->doc->sentences.v[r->doc->tokens.v[n->first].sentence].past,
				      CH_NONE, false, &past, &basis);
		(void)actor;
	}
}

bool ch_who_traced(const struct ch_engine *engine, struct ch_doc *doc, const struct who_coref_trace *trace, struct ch_err *err)
{
	struct who_run run = {.g = engine->gazetteer,
			      .doc = doc,
			      .arena = doc->arena,
			      .title = CH_NONE,
			      .home = CH_NONE},
		       *r = &run;
	ch_day page = page_day(doc);

	if (!engine->gazetteer)
		return ch_fail(err, "who: the engine has no gazetteer");
	assert(!doc->mentions.n);
	run.day = page;
	who_days(r, page);
	for (uint32_t i = 0; i < doc->sentences.n && !run.tree; i++)
		run.tree = doc->sentences.v[i].root != CH_NONE;
	ch_map_init(&run.actor_map, doc->arena);
	ch_map_init(&run.surnames, doc->arena);
	who_words_init(r);
	who_spots(r);
	r->day = page;
	count_states(r);
	note_people(r);
	for (uint32_t i = 0; i < doc->sentences.n; i++) {
		r->day = r->days[i];
		who_phrases(r, i);
	}
	who_resolve(r);
	r->day = page;
	who_coref(r, trace);
	return true;
}

bool ch_who(const struct ch_engine *engine, struct ch_doc *doc, struct ch_err *err)
{
	return ch_who_traced(engine, doc, NULL, err);
}

uint32_t ch_who_at(const struct ch_doc *doc, uint32_t token)
{
	uint32_t lo = 0, hi = doc->mentions.n, best = CH_NONE;

	if (token >= doc->tokens.n)
		return CH_NONE;
	if (doc->tokens.v[token].mention != CH_NONE)
		return doc->tokens.v[token].mention;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (doc->mentions.v[mid].span.start <= doc->tokens.v[token].span.start)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo-- > 0 && doc->tokens.v[doc->mentions.v[lo].first].sentence == doc->tokens.v[token].sentence;) {
		const struct ch_mention *m = &doc->mentions.v[lo];

		if (m->first <= token && token < m->past &&
		    (best == CH_NONE || m->past - m->first < doc->mentions.v[best].past - doc->mentions.v[best].first))
			best = lo;
	}
	return best;
}
