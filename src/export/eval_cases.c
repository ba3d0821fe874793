/* export/eval_cases.c -- which of a system's events of one sentence are the gold's, and how many.
 *
 * Merged events (eval_form.c) match one to one, as many as possible: same type, sources meet and targets meet, swapped where the type
 * has no direction; an empty side meets only an empty one; a joint gold event wants two of its partners. */
#include "export/eval_form.h"
#include <stdlib.h>

/* ---- matching ---- */

static bool meet(struct ch_eval_bits a, struct ch_eval_bits b)
{
	unsigned n = ch_eval_bits_n(a), m = ch_eval_bits_n(b);

	return n || m ? ch_eval_bits_n(ch_eval_common_bits(a, b)) != 0 : true;
}

static bool matches(unsigned type, const struct ch_eval_unit *g, const struct ch_eval_unit *s)
{
	struct ch_eval_bits gold = ch_eval_both(g->source, g->target), system = ch_eval_both(s->source, s->target);
	unsigned shared = ch_eval_bits_n(ch_eval_common_bits(gold, system)), partners = ch_eval_bits_n(gold);

	if (g->joint)
		return meet(g->source, s->source) && meet(g->source, s->target) && shared >= (partners < 2 ? partners : 2);
	if (s->joint)
		return ch_eval_undirected(type) && meet(g->source, s->source) && meet(g->target, s->source) &&
		       shared >= (partners < 2 ? partners : 2);
	return (meet(g->source, s->source) && meet(g->target, s->target)) ||
	       (ch_eval_undirected(type) && meet(g->source, s->target) && meet(g->target, s->source));
}

/* How many pairs a largest matching has (augmenting paths, breadth first). */
static uint32_t largest(struct ch_arena *a, unsigned type, const struct ch_eval_form *g, const struct ch_eval_form *s)
{
	const uint32_t none = UINT32_MAX;
	uint32_t ng = g->units.n, ns = s->units.n, pairs = 0;
	uint32_t *owner = CH_NEW_N(a, uint32_t, ns + 1), *partner = CH_NEW_N(a, uint32_t, ng + 1);
	uint32_t *from = CH_NEW_N(a, uint32_t, ns + 1), *queue = CH_NEW_N(a, uint32_t, ng + 1);
	bool *match = CH_NEW_N(a, bool, (size_t)ng * ns + 1);

	for (uint32_t i = 0; i < ng; i++)
		for (uint32_t j = 0; j < ns; j++)
			match[(size_t)i * ns + j] = matches(type, &g->units.v[i], &s->units.v[j]);
	for (uint32_t j = 0; j < ns; j++)
		owner[j] = none;
	for (uint32_t i = 0; i < ng; i++) {
		uint32_t head = 0, tail = 0, found = none;

		for (uint32_t j = 0; j < ns; j++)
			from[j] = none;
		partner[i] = none;
		queue[tail++] = i;
		while (head < tail && found == none) {
			uint32_t at = queue[head++];

			for (uint32_t j = 0; j < ns && found == none; j++) {
				if (from[j] != none || !match[(size_t)at * ns + j])
					continue;
				from[j] = at;
				if (owner[j] == none)
					found = j;
				else
					queue[tail++] = owner[j];
			}
		}
		pairs += found != none;
		while (found != none) {   /* each on the path takes what the next one had */
			uint32_t at = from[found], had = partner[at];

			owner[found] = at;
			partner[at] = found;
			found = had;
		}
	}
	return pairs;
}

/* ---- counts ---- */

static void count_keys(const struct ch_map *gold, const struct ch_map *system, struct ch_eval_count *c)
{
	c->gold += gold->n;
	c->system += system->n;
	for (uint32_t i = 0; i < gold->cap; i++)
		c->match += gold->slots[i].used && ch_map_get(system, gold->slots[i].key);
}

/* CAMEO codes; and each code with each pair of whole actor codes. */
static void cameo_keys(struct ch_arena *a, const struct ch_eval_event *events, uint32_t n, struct ch_map *codes, struct ch_map *full)
{
	static const struct ch_str nobody = { "---", 3 };

	ch_map_init(codes, a);
	ch_map_init(full, a);
	for (uint32_t i = 0; i < n; i++) {
		const struct ch_eval_event *e = &events[i];

		if (!e->cameo.len)
			continue;
		ch_map_put(codes, e->cameo, 0, NULL);
		for (uint32_t s = 0; s < (e->source.v.n ? e->source.v.n : 1); s++)
			for (uint32_t t = 0; t < (e->target.v.n ? e->target.v.n : 1); t++) {
				struct ch_str source = e->source.v.n ? ch_str_trim(e->source.v.v[s]) : nobody;
				struct ch_str target = e->target.v.n ? ch_str_trim(e->target.v.v[t]) : nobody;
				struct ch_str key = ch_arena_printf(a, "%.*s %.*s %.*s", CH_STR_ARG(e->cameo), CH_STR_ARG(source.len ? source : nobody),
								    CH_STR_ARG(target.len ? target : nobody));

				for (char *c = (char *)(uintptr_t)key.ptr; *c; c++)
					*c = (char)(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c);
				ch_map_put(full, key, 0, NULL);
			}
	}
}

static struct ch_eval_bits all_of(const struct ch_eval_form *f)
{
	struct ch_eval_bits b = { 0 };

	for (uint32_t i = 0; i < f->units.n; i++)
		b = ch_eval_both(b, ch_eval_both(f->units.v[i].source, f->units.v[i].target));
	return b;
}

static void count_parties(struct ch_eval_party_counts *p, const struct ch_eval_names *names, struct ch_eval_bits gold, struct ch_eval_bits system)
{
	for (unsigned i = 1; i < names->n; i++) {
		uint32_t *at;

		if (!ch_eval_bit(&gold, i) && !ch_eval_bit(&system, i))
			continue;
		at = ch_map_get(&p->index, names->v[i]);
		if (!at) {
			struct ch_str name = ch_arena_str(p->arena, names->v[i]);

			at = ch_map_put(&p->index, name, p->count.n, NULL);
			*CH_PUSH(p->arena, &p->name) = name;
			*CH_PUSH(p->arena, &p->count) = (struct ch_eval_count){ 0 };
		}
		p->count.v[*at].gold += ch_eval_bit(&gold, i);
		p->count.v[*at].system += ch_eval_bit(&system, i);
		p->count.v[*at].match += ch_eval_bit(&gold, i) && ch_eval_bit(&system, i);
	}
}

static int by_name(const void *x, const void *y)
{
	return ch_str_cmp(*(const struct ch_str *)x, *(const struct ch_str *)y);
}

static bool has_type(const struct ch_eval_event *events, uint32_t n, unsigned type)
{
	bool has = false;

	for (uint32_t i = 0; i < n; i++)
		has = has || events[i].type == type;
	return has;
}

bool ch_eval_case(const struct ch_eval_sentence *sentence, struct ch_eval_case *c, struct ch_eval_party_counts *parties,
		  struct ch_err *err)
{
	const struct ch_eval_event *ge = sentence->events.v, *se = sentence->system.v;
	uint32_t ng = sentence->events.n, ns = sentence->system.n;
	struct ch_map codes[2], full[2];
	struct ch_arena a = { 0 };
	struct ch_eval_names names = { .arena = &a, .n = 1 };

	*c = (struct ch_eval_case){ .exact = true };
	if (!ch_eval_gather(&names, ge, ng) || !ch_eval_gather(&names, se, ns)) {
		ch_arena_free(&a);
		return ch_fail(err, "sentence %.*s: more than %d different actors", CH_STR_ARG(sentence->id), CH_EVAL_ACTORS_MAX);
	}
	qsort(names.v, names.n, sizeof *names.v, by_name);   /* nobody, the empty name, stays in front */
	for (unsigned type = 0; type < CH_EV_N; type++) {
		struct ch_eval_count *t = &c->by_type[type], *ta = &c->by_type_actors[type];
		struct ch_eval_form *g, *s;

		if (!has_type(ge, ng, type) && !has_type(se, ns, type))
			continue;
		g = ch_eval_form(&a, &names, ge, ng, type);
		s = ch_eval_form(&a, &names, se, ns, type);
		if (g->units.n > CH_EVAL_UNITS_MAX || s->units.n > CH_EVAL_UNITS_MAX) {   /* matching costs more than the square */
			ch_arena_free(&a);
			return ch_fail(err, "sentence %.*s: more than %d events of type %s", CH_STR_ARG(sentence->id), CH_EVAL_UNITS_MAX,
				       ch_event_name(type));
		}
		*t = (struct ch_eval_count){ g->any, s->any, g->any && s->any };
		*ta = (struct ch_eval_count){ g->units.n, s->units.n, largest(&a, type, g, s) };
		c->type.gold += t->gold;
		c->type.system += t->system;
		c->type.match += t->match;
		c->actors.gold += ta->gold;
		c->actors.system += ta->system;
		c->actors.match += ta->match;
		c->exact = c->exact && ta->match == ta->gold && ta->match == ta->system;
		if (parties)
			count_parties(parties, &names, all_of(g), all_of(s));
	}
	cameo_keys(&a, ge, ng, &codes[0], &full[0]);
	cameo_keys(&a, se, ns, &codes[1], &full[1]);
	count_keys(&codes[0], &codes[1], &c->cameo);
	count_keys(&full[0], &full[1], &c->cameo_actors);
	c->exact_cameo = c->cameo_actors.match == c->cameo_actors.gold && c->cameo_actors.match == c->cameo_actors.system;
	ch_arena_free(&a);
	return true;
}
