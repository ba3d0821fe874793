/* export/eval_form.c -- the events of one sentence in a normal form, in which two ways of coding the same are the same.
 *
 *   actors    the first three letters of a code: USAGOV is USA. "---GOV" is "---", an actor of unknown country; "---" alone is
 *             nobody. UNO and EUR are IGO, as the gold of 2016 has them.
 *   joint     several sources and no target, of AGREE, CONSULT, COOPERATE and SUPPORT, or where the gold says so.
 *   compound  events of one type are merged as coders expand them: A>C, A>D, B>C, B>D are one event {A,B}>{C,D}; A>B and B>A of a
 *             type without direction are one, of SUPPORT a joint one; all pairs among A, B and C are one joint event.
 *
 * These are the rules of score_events.py of the project's shared material; both count alike on the same input. */
#include "export/eval_form.h"

static void bit_set(struct ch_eval_bits *b, unsigned i)
{
	b->w[i / 64] |= (uint64_t)1 << i % 64;
}

bool ch_eval_bit(const struct ch_eval_bits *b, unsigned i)
{
	return b->w[i / 64] >> i % 64 & 1;
}

struct ch_eval_bits ch_eval_both(struct ch_eval_bits a, struct ch_eval_bits b)
{
	for (unsigned i = 0; i < CH_EVAL_WORDS; i++)
		a.w[i] |= b.w[i];
	return a;
}

struct ch_eval_bits ch_eval_common_bits(struct ch_eval_bits a, struct ch_eval_bits b)
{
	for (unsigned i = 0; i < CH_EVAL_WORDS; i++)
		a.w[i] &= b.w[i];
	return a;
}

unsigned ch_eval_bits_n(struct ch_eval_bits a)
{
	unsigned n = 0;

	for (unsigned i = 0; i < CH_EVAL_WORDS; i++)
		for (uint64_t w = a.w[i]; w; w &= w - 1)
			n++;
	return n;
}

static bool equal(struct ch_eval_bits a, struct ch_eval_bits b)
{
	return memcmp(&a, &b, sizeof a) == 0;
}

/* ---- countries ---- */

static struct ch_str country(struct ch_arena *a, struct ch_str code)
{
	char c[3];
	size_t n = 0, i = 0;

	code = ch_str_trim(code);
	while (i < code.len && code.ptr[i] == '-')
		i++;
	if (i == code.len)
		return CH_STR("");
	for (i = 0; i < code.len && n < 3; i++, n++)
		c[n] = (char)(code.ptr[i] >= 'a' && code.ptr[i] <= 'z' ? code.ptr[i] - 'a' + 'A' : code.ptr[i]);
	code = ch_str_n(c, n);
	return ch_str_eqz(code, "UNO") || ch_str_eqz(code, "EUR") ? CH_STR("IGO") : ch_arena_str(a, code);
}

bool ch_eval_gather(struct ch_eval_names *names, const struct ch_eval_event *events, uint32_t n)
{
	for (uint32_t i = 0; i < 2 * n; i++) {
		const struct ch_eval_codes *side = i % 2 ? &events[i / 2].target : &events[i / 2].source;

		for (uint32_t k = 0; k < side->v.n; k++) {
			struct ch_str name = country(names->arena, side->v.v[k]);
			unsigned at = 0;

			while (at < names->n && !ch_str_eq(names->v[at], name))
				at++;
			if (at == names->n && names->n > CH_EVAL_ACTORS_MAX)
				return false;
			if (at == names->n)
				names->v[names->n++] = name;
		}
	}
	return true;
}

static struct ch_eval_bits side_of(const struct ch_eval_names *names, const struct ch_eval_codes *side)
{
	struct ch_eval_bits b = { 0 };

	for (uint32_t k = 0; k < side->v.n; k++) {
		struct ch_str name = country(names->arena, side->v.v[k]);

		for (unsigned at = 1; at < names->n; at++)
			if (ch_str_eq(names->v[at], name))
				bit_set(&b, at);
	}
	return b;
}

/* ---- the normal form ---- */

bool ch_eval_undirected(unsigned type)
{
	return type == CH_EV_AGREE || type == CH_EV_CONSULT || type == CH_EV_COOPERATE;
}

static void add_unit(struct ch_arena *a, struct ch_eval_form *f, struct ch_eval_bits source, struct ch_eval_bits target, bool joint)
{
	source.w[0] &= ~(uint64_t)1;   /* nobody is no actor */
	target.w[0] &= ~(uint64_t)1;
	*CH_PUSH(a, &f->units) = (struct ch_eval_unit){ source, target, joint };
}

/* Sources that have the same targets together. */
static void by_side(struct ch_arena *a, struct ch_eval_form *f, const struct ch_eval_bits *to, unsigned n)
{
	struct ch_eval_bits done = { 0 }, none = { 0 };

	for (unsigned s = 0; s < n; s++) {
		struct ch_eval_bits sources = { 0 };

		if (ch_eval_bit(&done, s) || equal(to[s], none))
			continue;
		for (unsigned other = s; other < n; other++)
			if (equal(to[other], to[s]))
				bit_set(&sources, other);
		done = ch_eval_both(done, sources);
		add_unit(a, f, sources, to[s], false);
	}
}

static struct ch_eval_bits without(struct ch_eval_bits a, struct ch_eval_bits b)
{
	for (unsigned i = 0; i < CH_EVAL_WORDS; i++)
		a.w[i] &= ~b.w[i];
	return a;
}

/* A part of the graph of who dealt with whom that hangs together: all with all; one side with the other; or neither. */
static void component(struct ch_arena *a, struct ch_eval_form *f, const struct ch_eval_bits *edges, struct ch_eval_bits comp, unsigned n)
{
	struct ch_eval_bits one = { 0 }, other, rows[CH_EVAL_ACTORS_MAX + 1] = { 0 };
	unsigned size = ch_eval_bits_n(comp), first = 0;
	bool all = true, sides = true;

	while (!ch_eval_bit(&comp, first))
		first++;
	other = edges[first];
	one = without(comp, other);
	for (unsigned i = first; i < n; i++) {
		if (!ch_eval_bit(&comp, i))
			continue;
		all = all && ch_eval_bits_n(edges[i]) == size - 1;
		sides = sides && equal(edges[i], ch_eval_bit(&one, i) ? other : one);
		for (unsigned j = i + 1; j < n; j++)
			if (ch_eval_bit(&edges[i], j))
				bit_set(&rows[i], j);
	}
	if (all && size > 2)
		add_unit(a, f, comp, comp, true);
	else if (sides)
		add_unit(a, f, one, other, false);
	else
		by_side(a, f, rows, n);
}

static void merge_undirected(struct ch_arena *a, struct ch_eval_form *f, unsigned n)
{
	struct ch_eval_bits edges[CH_EVAL_ACTORS_MAX + 1] = { 0 }, rest[CH_EVAL_ACTORS_MAX + 1] = { 0 }, seen = { 0 };

	for (unsigned s = 0; s < n; s++)
		for (unsigned t = 0; t < n; t++) {
			struct ch_eval_bits self = { 0 };

			if (!ch_eval_bit(&f->to[s], t))
				continue;
			bit_set(&self, s);
			if (s == t) {
				add_unit(a, f, self, self, false);
			} else if (!s || !t) {
				bit_set(&rest[s], t);
			} else {
				bit_set(&edges[s], t);
				bit_set(&edges[t], s);
			}
		}
	for (unsigned s = 1; s < n; s++) {
		struct ch_eval_bits comp = { 0 }, before;

		if (!ch_eval_bits_n(edges[s]) || ch_eval_bit(&seen, s))
			continue;
		bit_set(&comp, s);
		do {
			before = comp;
			for (unsigned i = 1; i < n; i++)
				if (ch_eval_bit(&before, i))
					comp = ch_eval_both(comp, edges[i]);
		} while (!equal(before, comp));
		seen = ch_eval_both(seen, comp);
		component(a, f, edges, comp, n);
	}
	by_side(a, f, rest, n);
}

static void merge(struct ch_arena *a, struct ch_eval_form *f, unsigned type, unsigned n)
{
	if (ch_eval_undirected(type)) {
		merge_undirected(a, f, n);
		return;
	}
	for (unsigned s = 1; type == CH_EV_SUPPORT && s < n; s++)
		for (unsigned t = s + 1; t < n; t++)
			if (ch_eval_bit(&f->to[s], t) && ch_eval_bit(&f->to[t], s)) {
				struct ch_eval_bits pair = { 0 }, si = { 0 }, ti = { 0 };

				bit_set(&si, s);
				bit_set(&ti, t);
				pair = ch_eval_both(si, ti);
				add_unit(a, f, pair, pair, true);
				f->to[s] = without(f->to[s], ti);
				f->to[t] = without(f->to[t], si);
			}
	by_side(a, f, f->to, n);
}

struct ch_eval_form *ch_eval_form(struct ch_arena *a, const struct ch_eval_names *names, const struct ch_eval_event *events, uint32_t n_events,
			    unsigned type)
{
	struct ch_eval_form *f = CH_NEW(a, struct ch_eval_form);

	for (uint32_t i = 0; i < n_events; i++) {
		const struct ch_eval_event *e = &events[i];
		struct ch_eval_bits source, target;

		if (e->type != type)
			continue;
		f->any = true;
		source = side_of(names, &e->source);
		target = side_of(names, &e->target);
		if (!ch_eval_bits_n(target) && e->source.v.n > 1 && ch_eval_bits_n(source) && (e->joint || ch_eval_undirected(type) || type == CH_EV_SUPPORT)) {
			bool known = false;

			for (uint32_t k = 0; k < f->units.n; k++)
				known = known || equal(f->units.v[k].source, source);
			if (!known)
				add_unit(a, f, source, source, true);
			continue;
		}
		if (!ch_eval_bits_n(source))
			bit_set(&source, 0);
		if (!ch_eval_bits_n(target))
			bit_set(&target, 0);
		for (unsigned s = 0; s < names->n; s++)
			if (ch_eval_bit(&source, s))
				f->to[s] = ch_eval_both(f->to[s], target);
	}
	merge(a, f, type, names->n);
	return f;
}
