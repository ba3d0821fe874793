/* export/compare_seen.c -- whether a page names the parties of a row that was missed, near its day. See compare.h.
 *
 * By full text: surnames and names of states, cities of the list. First both in a sentence; then sentences that have a word of one side, of
 * which the actor layer says whom they mean ("the American president", "the Chinese capital"); then pages that have both. Pages count that
 * were published within CH_COMPARE_NEAR_DAYS of the row's days; of others, sentences that have the row's year. */
#include "export/compare.h"
#include "base/utf8.h"
#include <stdio.h>

enum { HITS_MAX = 2000, PAGES_MAX = 20, TERMS_MAX = 8 };

struct terms {
	struct ch_str v[TERMS_MAX];   /* as the search wants them: "Egypt*", "\"Holy See\"" */
	uint32_t n;
};

static void add(struct ch_arena *a, struct terms *t, struct ch_str name)
{
	bool word = ch_str_find_byte(name, ' ', 0) == CH_STR_NONE;
	struct ch_str term;

	if (!name.len || name.len > 80 || t->n == TERMS_MAX)
		return;
	term = ch_arena_printf(a, word && name.len > 4 ? "%.*s*" : "\"%.*s\"", CH_STR_ARG(name));
	for (uint32_t i = 0; i < t->n; i++)
		if (ch_str_eq(t->v[i], term))
			return;
	t->v[t->n++] = term;
}

/* The last word of a name, by which pages call a person; the whole where that is a number ("Elizabeth II") or short. */
static struct ch_str surname(struct ch_str name)
{
	size_t at = name.len;

	while (at && name.ptr[at - 1] != ' ')
		at--;
	return name.len - at > 3 ? ch_str_sub(name, at, name.len) : name;
}

static void add_party(struct ch_arena *a, const struct ch_gazetteer *g, struct terms *t, struct ch_str party)
{
	struct ch_str id = ch_utf8_lower(a, ch_arena_printf(a, "state:%.*s", CH_STR_ARG(party)));
	uint32_t e = ch_gz_by_id(g, id);

	add(a, t, e == UINT32_MAX ? party : ch_gz_str(g, g->entities[e].name));
}

/* Those who came, and those to whom. Where there are no sides: the first party, and the rest. */
static void terms_of(struct ch_arena *a, const struct ch_gazetteer *g, const struct ch_compare_row *row, struct terms side[2])
{
	bool split = !row->with.parties.n && !row->places.n;
	struct ch_str locale = row->text->field[CH_LIST_LOCALE], city;

	for (uint32_t i = 0; i < row->who.persons.n; i++)
		add(a, &side[split && i], surname(row->who.persons.v[i]));
	for (uint32_t i = 0; i < row->who.parties.n; i++)
		add_party(a, g, &side[split && i], row->who.parties.v[i]);
	for (uint32_t i = 0; i < row->with.persons.n; i++)
		add(a, &side[1], surname(row->with.persons.v[i]));
	for (uint32_t i = 0; i < row->with.parties.n; i++)
		add_party(a, g, &side[1], row->with.parties.v[i]);
	for (uint32_t i = 0; i < row->places.n; i++)
		add_party(a, g, &side[1], row->places.v[i]);
	if (ch_str_cut(&locale, ',', &city))
		add(a, &side[1], ch_str_trim(city));
}

struct looking {
	struct ch_arena *arena;
	const struct ch_compare_row *row;
	char year[16];
	struct ch_compare_seen *seen;
	int32_t away;                      /* of what is in seen, in days */
	struct ch_compare_seen page[PAGES_MAX];   /* where one side stands, a sentence a page */
	uint32_t n_pages, room;
};

/* Days between the page and the row; those told much later count if they name the year. INT32_MAX: not near. */
static int32_t nearness(const struct looking *x, const struct ch_hit *hit)
{
	ch_day day = ch_day_parse(hit->page->published);
	int32_t off = day == CH_NO_DAY ? INT32_MAX : day < x->row->lo ? x->row->lo - day : day > x->row->hi ? day - x->row->hi : 0;

	if (off <= CH_COMPARE_NEAR_DAYS)
		return off;
	return ch_str_find(hit->text, ch_str_z(x->year), 0) == CH_STR_NONE ? INT32_MAX : CH_COMPARE_NEAR_DAYS + 1;
}

static struct ch_compare_seen keep(struct ch_arena *a, const struct ch_hit *hit, bool together)
{
	return (struct ch_compare_seen){ .page = ch_arena_str(a, hit->page->id), .title = ch_arena_str(a, hit->page->title),
					 .published = ch_arena_str(a, hit->page->published), .text = ch_arena_str(a, hit->text),
					 .together = together };
}

static bool take_together(void *ctx, const struct ch_hit *hit)
{
	struct looking *x = ctx;
	int32_t off = nearness(x, hit);

	if (off < x->away) {
		x->away = off;
		*x->seen = keep(x->arena, hit, true);
	}
	return off > 0;
}

static bool take_page(void *ctx, const struct ch_hit *hit)
{
	struct looking *x = ctx;

	if (nearness(x, hit) > CH_COMPARE_NEAR_DAYS)
		return true;
	for (uint32_t i = 0; i < x->n_pages; i++)
		if (ch_str_eq(x->page[i].page, hit->page->id))
			return true;
	x->page[x->n_pages++] = keep(x->arena, hit, false);
	return x->n_pages < x->room;
}

struct holding {
	struct ch_arena arena;
	const struct terms *terms;
	bool found;
};

static bool take_sentence(void *ctx, const struct ch_stored_sentence *s)
{
	struct holding *h = ctx;
	struct ch_str text = ch_utf8_fold(&h->arena, s->text);

	for (uint32_t i = 0; i < h->terms->n && !h->found; i++) {
		struct ch_str t = h->terms->v[i];

		t = ch_str_ends(t, CH_STR("*")) ? ch_str_sub(t, 0, t.len - 1) : ch_str_sub(t, 1, t.len - 1);
		h->found = ch_str_find(text, ch_utf8_fold(&h->arena, t), 0) != CH_STR_NONE;
	}
	ch_arena_reset(&h->arena);
	return !h->found;
}

/* A sentence in which the actor layer finds both sides. */
static bool by_meaning(struct looking *x, const struct chancery *engine, struct ch_err *err)
{
	const struct ch_compare_row *row = x->row;
	struct ch_compare_question q[PAGES_MAX];
	struct ch_compare_answer *answers;

	for (uint32_t i = 0; i < x->n_pages; i++)
		q[i] = (struct ch_compare_question){ x->page[i].text, ch_day_parse(x->page[i].published) };
	if (!ch_compare_ask(engine, x->arena, q, x->n_pages, false, 1, &answers, err))
		return false;
	for (uint32_t i = 0; i < x->n_pages && !x->seen->text.len; i++) {
		const struct ch_compare_names parties = answers[i].side.parties, places = answers[i].places;
		uint32_t who = ch_compare_common(row->who.parties, parties),
			 with = ch_compare_common(row->with.parties, parties) + ch_compare_common(row->with.parties, places) +
				ch_compare_common(row->places, parties) + ch_compare_common(row->places, places);

		if (!(who && with) && !(who >= 2 && !row->with.parties.n && !row->places.n))
			continue;
		*x->seen = x->page[i];
		x->seen->together = true;
	}
	return true;
}

/* A page that has a word of one side here and one of the other elsewhere; pages before `first` have the first side. */
static bool by_page(struct looking *x, struct ch_store *store, const struct terms side[2], uint32_t first, struct ch_err *err)
{
	bool ok = true;

	for (uint32_t i = 0; ok && i < x->n_pages && !x->seen->text.len; i++) {
		struct holding h = { .terms = &side[i < first] };

		ok = ch_store_sentences(store, x->page[i].page, take_sentence, &h, err);
		ch_arena_free(&h.arena);
		if (h.found)
			*x->seen = x->page[i];
	}
	return ok;
}

bool ch_compare_seen(struct ch_store *store, const struct chancery *engine, struct ch_arena *arena, const struct ch_compare_row *row,
		     struct ch_compare_seen *seen, struct ch_err *err)
{
	struct looking x = { .arena = arena, .row = row, .seen = seen, .away = INT32_MAX };
	const struct ch_gazetteer *g = ((const struct ch_engine *)engine)->gazetteer;
	struct terms side[2] = { 0 };
	uint32_t first;
	bool ok = true;

	*seen = (struct ch_compare_seen){ 0 };
	snprintf(x.year, sizeof x.year, "%d", ch_date_of(row->lo).year);
	terms_of(arena, g, row, side);
	if (!side[0].n || !side[1].n)
		return true;
	for (uint32_t i = 0; ok && x.away && i < side[0].n; i++)
		for (uint32_t k = 0; ok && x.away && k < side[1].n; k++) {
			struct ch_str words = ch_arena_printf(arena, "%.*s %.*s", CH_STR_ARG(side[0].v[i]), CH_STR_ARG(side[1].v[k]));

			ok = ch_store_search(store, words, HITS_MAX, take_together, &x, err);
		}
	/* A word of the first side, then of the second: half of the room is for each. */
	x.room = PAGES_MAX / 2;
	for (uint32_t i = 0; ok && !seen->text.len && i < side[0].n && x.n_pages < x.room; i++)
		ok = ch_store_search(store, side[0].v[i], HITS_MAX, take_page, &x, err);
	first = x.n_pages;
	x.room = PAGES_MAX;
	for (uint32_t i = 0; ok && !seen->text.len && i < side[1].n && x.n_pages < x.room; i++)
		ok = ch_store_search(store, side[1].v[i], HITS_MAX, take_page, &x, err);
	if (!ok || seen->text.len)
		return ok;
	return by_meaning(&x, engine, err) && (seen->text.len || by_page(&x, store, side, first, err));
}
