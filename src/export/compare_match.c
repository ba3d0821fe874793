/* export/compare_match.c -- see compare.h. Nothing here knows of a store. */
#include "export/compare.h"
#include "base/utf8.h"

static const char *const kinds[] = { "visits", "meetings", "letters", "events", "instruments" };

bool ch_compare_kind_of(struct ch_str name, enum ch_compare_kind *kind)
{
	for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (ch_str_eqz(name, kinds[i])) {
			*kind = (enum ch_compare_kind)i;
			return true;
		}
	return false;
}

bool ch_compare_has(struct ch_compare_names names, struct ch_str name)
{
	for (uint32_t i = 0; i < names.n; i++)
		if (ch_str_eq(names.v[i], name))
			return true;
	return false;
}

void ch_compare_add(struct ch_arena *arena, struct ch_compare_names *names, struct ch_str name)
{
	if (!name.len || ch_compare_has(*names, name))
		return;
	if (!(names->n & (names->n - 1)))   /* full at each power of two */
		names->v = ch_arena_grow(arena, names->v, names->n, names->n ? 2 * (size_t)names->n : 1, sizeof *names->v);
	names->v[names->n++] = name;
}

uint32_t ch_compare_common(struct ch_compare_names a, struct ch_compare_names b)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < a.n; i++)
		n += ch_compare_has(b, a.v[i]);
	return n;
}

/* ---- one row, one record ---- */

/* Half of the words of the shorter title, and two at least, are in the other. */
static bool same_title(struct ch_str a, struct ch_str b)
{
	struct ch_arena arena = { 0 };
	struct ch_compare_names words[2] = { { 0 } };
	uint32_t least, n;

	for (unsigned k = 0; k < 2; k++) {
		struct ch_str rest = ch_utf8_fold(&arena, ch_str_sub(k ? b : a, 0, 300)), word;

		while (ch_str_cut(&rest, ' ', &word))
			if (word.len > 3)
				ch_compare_add(&arena, &words[k], word);
	}
	n = ch_compare_common(words[0], words[1]);
	least = words[0].n < words[1].n ? words[0].n : words[1].n;
	ch_arena_free(&arena);
	return n >= 2 && 2 * n >= least;
}

/* Parties of the record on either side. */
static uint32_t common_all(struct ch_compare_names names, const struct ch_compare_record *r)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < names.n; i++)
		n += ch_compare_has(r->source.parties, names.v[i]) || ch_compare_has(r->target.parties, names.v[i]);
	return n;
}

static bool hosted(const struct ch_compare_row *row, const struct ch_compare_record *r)
{
	return ch_compare_common(row->with.parties, r->target.parties) || ch_compare_common(row->places, r->target.parties) ||
	       (r->place.len && (ch_compare_has(row->places, r->place) || ch_compare_has(row->with.parties, r->place)));
}

static bool parties_fit(enum ch_compare_kind kind, const struct ch_compare_row *row, const struct ch_compare_record *r)
{
	uint32_t n;

	switch (kind) {
	case CH_COMPARE_VISITS:
		return ch_compare_common(row->who.parties, r->source.parties) && hosted(row, r);
	case CH_COMPARE_MEETINGS:
	case CH_COMPARE_LETTERS:
		n = common_all(row->who.parties, r);
		return n >= 2 || (n && row->who.parties.n < 2 && r->place.len && ch_compare_has(row->places, r->place));
	case CH_COMPARE_EVENTS:
		if (row->type.len && !ch_str_eq(row->type, r->type))
			return false;
		if (row->mode.len && !ch_str_eq(row->mode, r->mode))
			return false;
		if (row->with.parties.n && ch_compare_common(row->who.parties, r->source.parties))
			return ch_compare_common(row->with.parties, r->target.parties) ||
			       (!r->target.parties.n && ch_compare_common(row->with.parties, r->source.parties));
		return !row->with.parties.n && common_all(row->who.parties, r) &&
		       (!row->places.n || (r->place.len && ch_compare_has(row->places, r->place)) || common_all(row->places, r) > 0);
	case CH_COMPARE_INSTRUMENTS:
		n = common_all(row->who.parties, r);
		return n >= 2 || (row->title.len && r->title.len && (n || !row->who.parties.n || !r->source.parties.n) && same_title(row->title, r->title));
	}
	return false;
}

/* False where both name persons, and never the same. *agree: one is the same. */
static bool persons_fit(struct ch_compare_names a, struct ch_compare_names b, bool *agree)
{
	*agree = ch_compare_common(a, b) > 0;
	return *agree || !a.n || !b.n;
}

bool ch_compare_fits(enum ch_compare_kind kind, const struct ch_compare_row *row, const struct ch_compare_record *r, int32_t days,
		     struct ch_compare_fit *fit)
{
	bool sides = kind == CH_COMPARE_VISITS || kind == CH_COMPARE_EVENTS, who, with;
	struct ch_compare_names none = { 0 };

	fit->off = r->lo > row->hi ? r->lo - row->hi : r->hi < row->lo ? r->hi - row->lo : 0;
	if (fit->off > days || fit->off < -days || !parties_fit(kind, row, r))
		return false;
	if (!persons_fit(row->who.persons, r->source.persons, &who) && sides)
		return false;
	if (!persons_fit(sides ? row->with.persons : none, r->target.persons, &with) && kind == CH_COMPARE_VISITS)
		return false;
	if (!sides) {
		bool other;
		bool first = persons_fit(row->who.persons, r->source.persons, &who), second = persons_fit(row->who.persons, r->target.persons, &other);

		who = who || other;
		if (!who && !(first && second))
			return false;
	}
	fit->person = who || with;
	fit->place = r->place.len && (ch_compare_has(row->places, r->place) || (kind == CH_COMPARE_VISITS && ch_compare_has(row->with.parties, r->place)));
	fit->coarse = !r->dated || r->hi - r->lo > 26 || row->hi - row->lo > 26;
	fit->happened = ch_str_eqz(r->status, "actual") || ch_str_eqz(r->status, "historical") || kind == CH_COMPARE_INSTRUMENTS;
	return true;
}

static int32_t away(const struct ch_compare_fit *f)
{
	return f->off < 0 ? -f->off : f->off;
}

int ch_compare_better(const struct ch_compare_fit *a, const struct ch_compare_fit *b, const struct ch_compare_record *records)
{
	if (a->happened != b->happened)
		return a->happened ? -1 : 1;
	if (a->coarse != b->coarse)
		return a->coarse ? 1 : -1;
	if (away(a) != away(b))
		return away(a) < away(b) ? -1 : 1;
	if (a->person != b->person)
		return a->person ? -1 : 1;
	if (a->place != b->place)
		return a->place ? -1 : 1;
	if (a->row != b->row)
		return a->row < b->row ? -1 : 1;
	return ch_str_cmp(records[a->record].id, records[b->record].id);
}

/* ---- what a list is about ---- */

static void add_all(struct ch_arena *arena, struct ch_compare_names *to, struct ch_compare_names from)
{
	for (uint32_t i = 0; i < from.n; i++)
		ch_compare_add(arena, to, from.v[i]);
}

/* Narrows *same to what this row has too. */
static void keep_common(struct ch_compare_names *same, struct ch_compare_names row, bool first, struct ch_arena *arena)
{
	uint32_t n = 0;

	if (first) {
		add_all(arena, same, row);
		return;
	}
	for (uint32_t i = 0; i < same->n; i++)
		if (ch_compare_has(row, same->v[i]))
			same->v[n++] = same->v[i];
	same->n = n;
}

struct ch_compare_scope ch_compare_scope_of(struct ch_arena *arena, enum ch_compare_kind kind, const struct ch_compare_row *rows, uint32_t n)
{
	struct ch_compare_scope s = { .lo = INT32_MAX, .hi = INT32_MIN, .persons_who = true, .persons_with = true };
	struct ch_compare_names same_who = { 0 }, same_with = { 0 };
	bool first = true;

	for (uint32_t i = 0; i < n; i++) {
		const struct ch_compare_row *row = &rows[i];
		struct ch_compare_names hosts = { 0 };

		if (row->why || row->outside)
			continue;
		add_all(arena, &hosts, row->with.parties);
		if (kind == CH_COMPARE_VISITS || !hosts.n)
			add_all(arena, &hosts, row->places);
		add_all(arena, &s.who.parties, row->who.parties);
		add_all(arena, &s.who.persons, row->who.persons);
		add_all(arena, &s.with.parties, hosts);
		add_all(arena, &s.with.persons, row->with.persons);
		keep_common(&same_who, row->who.parties, first, arena);
		keep_common(&same_with, hosts, first, arena);
		s.persons_who = s.persons_who && row->who.persons.n;
		s.persons_with = s.persons_with && row->with.persons.n;
		s.lo = row->lo < s.lo ? row->lo : s.lo;
		s.hi = row->hi > s.hi ? row->hi : s.hi;
		first = false;
	}
	s.by_who = same_who.n || !same_with.n;
	s.by_with = same_with.n || !same_who.n;
	if (same_who.n)
		s.who.parties = same_who;
	if (same_with.n)
		s.with.parties = same_with;
	return s;
}

/* Persons count where every row of the list has one: then a record of somebody else is of no concern. */
static bool persons_in(bool count, struct ch_compare_names list, struct ch_compare_names record)
{
	return !count || !record.n || ch_compare_common(list, record);
}

bool ch_compare_in_scope(enum ch_compare_kind kind, const struct ch_compare_scope *s, const struct ch_compare_record *r)
{
	struct ch_compare_names place = { (struct ch_str *)(uintptr_t)&r->place, r->place.len ? 1 : 0 };

	if (!r->dated || r->lo < s->lo || r->hi > s->hi)
		return false;
	if (kind == CH_COMPARE_VISITS || kind == CH_COMPARE_EVENTS)
		return (!s->by_who || ch_compare_common(s->who.parties, r->source.parties)) &&
		       (!s->by_with || !s->with.parties.n || ch_compare_common(s->with.parties, r->target.parties) || ch_compare_common(s->with.parties, place)) &&
		       persons_in(s->persons_who, s->who.persons, r->source.persons) && persons_in(s->persons_with, s->with.persons, r->target.persons);
	/* No sides: where one party is in all rows it is that one that counts, else all of a record's parties are the list's. */
	if (!s->by_with || s->who.parties.n < 2)
		return common_all(s->who.parties, r) > 0;
	return ch_compare_common(r->source.parties, s->who.parties) + ch_compare_common(r->target.parties, s->who.parties) >= r->source.parties.n + r->target.parties.n;
}
