/* export/offices.c -- see the header. */
#include "export/offices.h"
#include "base/map.h"
#include "base/utf8.h"
#include "who/atoms.h"
#include <stdlib.h>

#define NONE UINT32_MAX

enum {
	SLACK = 62,       /* days by which page and list may differ on a change of office */
	EVIDENCE_MAX = 3, /* rows shown of one office */
	NAME_ATOMS_MAX = 12,
};

/* One office of one person in one body, as the pages say. */
struct seen {
	struct ch_str who, role, body;
	struct ch_str first, last; /* publication; empty: no page is dated */
	struct ch_str last_page;
	uint32_t pages, person, cls, of; /* entities of the lists, or NONE; cls 0: no class of theirs */
	struct ch_str rows[EVIDENCE_MAX]; /* ids of the first */
	uint32_t n_rows;
	bool shown;
	json_t *evidence;
};

struct gather {
	const struct ch_gazetteer *g;
	struct ch_arena arena, scratch;
	struct ch_map map, words, rows; /* offices by what they are, by the words for them, and by the rows that are shown of them */
	CH_VEC(struct seen) v;
};

/* ---- the lists ---- */

/* Entries of the lists under a name; NULL where there are none. */
static const struct ch_gz_entry *entries_of(struct gather *x, struct ch_str name, uint32_t *n)
{
	const struct ch_gz_slot *slot;
	struct ch_atom atom;
	uint64_t hash = CH_ATOM_SEED;
	uint32_t at = 0;

	*n = 0;
	for (uint32_t i = 0; i < NAME_ATOMS_MAX && ch_atom_next(&x->arena, name, &at, &atom); i++)
		hash = ch_atom_join(hash, atom.hash);
	slot = ch_gz_find(x->g, hash);
	if (slot)
		*n = slot->n;
	return slot ? &x->g->entries[slot->first] : NULL;
}

static uint32_t body_of(struct gather *x, struct ch_str party)
{
	uint32_t n;
	const struct ch_gz_entry *e;

	for (uint32_t i = 0; i < x->g->people_first; i++)
		if (ch_str_eq(ch_gz_str(x->g, x->g->entities[i].party), party) && x->g->entities[i].parent == NONE &&
		    x->g->entities[i].kind <= CH_GZ_ORG)
			return i;
	e = entries_of(x, party, &n);
	for (uint32_t i = 0; i < n; i++)
		if (e[i].role == CH_GZ_NAME && x->g->entities[e[i].entity].kind <= CH_GZ_ORG)
			return e[i].entity;
	return NONE;
}

/* The office that the words begin with: "Minister of Culture of the Republic" is the minister of culture. */
static uint32_t class_of(struct gather *x, struct ch_str role)
{
	for (size_t len = role.len; len;) {
		uint32_t n;
		const struct ch_gz_entry *e = entries_of(x, ch_str_sub(role, 0, len), &n);

		for (uint32_t i = 0; i < n; i++)
			if (e[i].role == CH_GZ_OFFICE_ONE && x->g->entities[e[i].entity].cls &&
			    !(x->g->entities[e[i].entity].flags & CH_GZ_CIVIL))
				return x->g->entities[e[i].entity].cls;
		while (len && role.ptr[len - 1] != ' ')
			len--;
		while (len && role.ptr[len - 1] == ' ')
			len--;
	}
	return 0;
}

static bool same_body(const struct gather *x, uint32_t one, uint32_t other)
{
	return one == other || x->g->entities[one].parent == other || x->g->entities[other].parent == one;
}

/* He of this name with a term in the body, else the first of the name. */
static uint32_t person_of(struct gather *x, struct ch_str name, uint32_t body)
{
	uint32_t n, found = NONE;
	const struct ch_gz_entry *e = entries_of(x, name, &n);

	for (uint32_t i = 0; i < n; i++) {
		const struct ch_gz_entity *p = &x->g->entities[e[i].entity];

		if (e[i].role != CH_GZ_NAME || p->kind != CH_GZ_PERSON)
			continue;
		for (uint32_t k = p->term_first; k < p->term_first + p->term_n && body != NONE; k++)
			if (same_body(x, x->g->terms[k].body, body))
				return e[i].entity;
		found = found == NONE ? e[i].entity : found;
	}
	return found;
}

static struct ch_str day_text(struct gather *x, int32_t day)
{
	char text[16];

	return day == INT32_MIN || day == INT32_MAX ? CH_STR("")
						    : ch_arena_str(&x->arena, ch_str_z(ch_day_print(day, text)));
}

static json_t *listed(struct gather *x, const struct ch_gz_term *t)
{
	json_t *o = ch_json_object();

	ch_json_set(o, "who", ch_json_str(ch_gz_str(x->g, x->g->entities[t->person].name)));
	ch_json_set(o, "office", ch_json_str(ch_gz_str(x->g, t->office)));
	ch_json_set(o, "body", ch_json_str(ch_gz_str(x->g, x->g->entities[t->body].party)));
	ch_json_set(o, "from", ch_json_or_null(day_text(x, t->from)));
	ch_json_set(o, "to", ch_json_or_null(day_text(x, t->to)));
	ch_json_set(o, "source", ch_json_str(CH_STR("lists")));
	return o;
}

static int by_term(const void *a, const void *b)
{
	const struct ch_gz_term *x = *(const struct ch_gz_term *const *)a, *y = *(const struct ch_gz_term *const *)b;

	return x->from != y->from ? (x->from < y->from ? -1 : 1)
	       : x->to != y->to   ? (x->to < y->to ? -1 : 1)
	       : x < y            ? -1
				  : x > y;
}

static void list_terms(struct gather *x, uint32_t person, uint32_t body, json_t *list)
{
	CH_VEC(const struct ch_gz_term *) terms = {0};
	uint32_t foreign = class_of(x, CH_STR("foreign minister"));

	for (uint32_t i = 0; i < x->g->head->term_n; i++) {
		const struct ch_gz_term *t = &x->g->terms[i];

		if (person != NONE ? t->person == person : t->body == body && (t->flags || t->cls == foreign))
			*CH_PUSH(&x->arena, &terms) = t;
	}
	if (terms.n)
		qsort(terms.v, terms.n, sizeof *terms.v, by_term);
	for (uint32_t i = 0; i < terms.n; i++)
		ch_json_push(list, listed(x, terms.v[i]));
}

/* ---- the pages ---- */

static struct ch_str cell(const struct ch_row *row, const char *name)
{
	for (uint32_t i = 0; i < CH_COLS_MAX && row->reg->cols[i].name; i++)
		if (!strcmp(row->reg->cols[i].name, name))
			return row->cells[i].text;
	return CH_STR("");
}

/* The office that a page's words are about. What the same words mean is found once: pages say them a thousand times. */
static struct seen *office_of(struct gather *x, struct ch_str who, struct ch_str role, struct ch_str body)
{
	struct ch_str words, key;
	uint32_t cls, *at;
	bool one;

	ch_arena_reset(&x->scratch);
	words = ch_arena_printf(&x->scratch, "%.*s|%.*s|%.*s", CH_STR_ARG(who), CH_STR_ARG(body), CH_STR_ARG(role));
	at = ch_map_get(&x->words, words);
	if (at)
		return &x->v.v[*at];
	cls = class_of(x, role);
	one = cls && x->g->entities[x->g->office_of[cls]].flags & CH_GZ_HOLDER;
	key = ch_arena_printf(&x->arena, "%.*s|%.*s|%u|%.*s", CH_STR_ARG(ch_utf8_fold(&x->arena, who)),
			      CH_STR_ARG(body), cls, CH_STR_ARG(one ? CH_STR("") : ch_utf8_fold(&x->arena, role)));
	at = ch_map_get(&x->map, key);
	if (!at) {
		at = ch_map_put(&x->map, key, x->v.n, NULL);
		*CH_PUSH(&x->arena, &x->v) = (struct seen){.who = ch_arena_str(&x->arena, who),
							   .role = ch_arena_str(&x->arena, role),
							   .body = ch_arena_str(&x->arena, body),
							   .cls = cls,
							   .person = NONE,
							   .of = NONE,
							   .evidence = ch_json_array()};
	}
	ch_map_put(&x->words, ch_arena_str(&x->arena, words), *at, NULL);
	return &x->v.v[*at];
}

static bool take(void *ctx, const struct ch_row *row)
{
	struct gather *x = ctx;
	struct seen *s = office_of(x, cell(row, "who"), cell(row, "role"), cell(row, "body"));
	struct ch_str day = row->page->published;

	/* rows come page by page */
	if (!ch_str_eq(s->last_page, row->page->id)) {
		s->pages++;
		s->last_page = ch_arena_str(&x->arena, row->page->id);
	}
	if (day.len && (!s->first.len || ch_str_cmp(day, s->first) < 0))
		s->first = ch_arena_str(&x->arena, day);
	if (day.len && ch_str_cmp(day, s->last) > 0)
		s->last = ch_arena_str(&x->arena, day);
	if (s->n_rows < EVIDENCE_MAX)
		s->rows[s->n_rows++] = ch_arena_str(&x->arena, row->id);
	return true;
}

/* The lists give this person this office in these days, or a part of them. */
static bool covered(const struct gather *x, const struct seen *s)
{
	const struct ch_gz_entity *p;
	ch_day first = ch_day_parse(s->first), last = ch_day_parse(s->last);

	if (s->person == NONE)
		return false;
	p = &x->g->entities[s->person];
	for (uint32_t i = p->term_first; i < p->term_first + p->term_n; i++) {
		const struct ch_gz_term *t = &x->g->terms[i];

		if (t->cls == s->cls && (s->of == NONE || same_body(x, t->body, s->of)) &&
		    (first == CH_NO_DAY || ((int64_t)t->from - SLACK <= last && (int64_t)t->to + SLACK >= first)))
			return true;
	}
	return false;
}

/* What the lists say against it, or nothing. */
static struct ch_str against(struct gather *x, const struct seen *s)
{
	ch_day last = ch_day_parse(s->last);
	uint32_t office = s->cls ? x->g->office_of[s->cls] : NONE, term;
	const struct ch_gz_term *t;

	if (office == NONE || s->of == NONE || last == CH_NO_DAY || !(x->g->entities[office].flags & CH_GZ_HOLDER) ||
	    covered(x, s))
		return CH_STR("");
	term = ch_gz_holder(x->g, s->of, s->cls, last);
	if (term == NONE || x->g->terms[term].person == s->person)
		return CH_STR("");
	t = &x->g->terms[term];
	return ch_arena_printf(&x->arena, "the lists have %s, %s%s%.*s%s%.*s",
			       x->g->strings + x->g->entities[t->person].name, x->g->strings + t->office,
			       t->from == INT32_MIN ? "" : " from ", CH_STR_ARG(day_text(x, t->from)),
			       t->to == INT32_MAX ? "" : " to ", CH_STR_ARG(day_text(x, t->to)));
}

static bool take_evidence(void *ctx, const struct ch_row *row)
{
	struct gather *x = ctx;
	const uint32_t *at = ch_map_get(&x->rows, row->id);
	json_t *o = ch_json_object();

	ch_json_set(o, "id", ch_json_str(row->id));
	ch_json_set(o, "sentence", ch_json_or_null(row->context));
	ch_json_set(o, "page", ch_json_page(row->page));
	ch_json_push(x->v.v[*at].evidence, o);
	return true;
}

/* The rows of those that are shown, some offices at a time: whoever holds one long is told of in thousands, which are not read. */
static bool read_evidence(struct gather *x, struct ch_store *store, struct ch_err *err)
{
	const char *ids[CH_QUERY_IDS + 1];
	const struct ch_query q = {.ids = ids};
	uint32_t n = 0;

	for (uint32_t i = 0; i < x->v.n; i++) {
		struct seen *s = &x->v.v[i];

		for (uint32_t k = 0; s->shown && k < s->n_rows; k++) {
			ids[n++] = ch_arena_z(&x->arena, s->rows[k]);
			ch_map_put(&x->rows, s->rows[k], i, NULL);
		}
		if (!n || (i + 1 < x->v.n && n + EVIDENCE_MAX <= CH_QUERY_IDS))
			continue;
		ids[n] = NULL;
		n = 0;
		if (!ch_store_rows(store, CH_REG_ROLES, &q, take_evidence, x, err))
			return false;
	}
	return true;
}

static json_t *told(struct gather *x, const struct seen *s)
{
	json_t *o = ch_json_object();

	ch_json_set(o, "who", ch_json_str(s->who));
	ch_json_set(o, "office", ch_json_str(s->role));
	ch_json_set(o, "body", ch_json_or_null(s->body));
	ch_json_set(o, "pages", json_integer(s->pages));
	ch_json_set(o, "first", ch_json_or_null(s->first));
	ch_json_set(o, "last", ch_json_or_null(s->last));
	ch_json_set(o, "source", ch_json_str(CH_STR("pages")));
	ch_json_set(o, "conflict", ch_json_or_null(against(x, s)));
	ch_json_set(o, "evidence", json_incref(s->evidence));
	return o;
}

static int by_time(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;
	int d = ch_str_cmp(x->first, y->first);

	return d ? d : (d = ch_str_cmp(x->who, y->who)) ? d : ch_str_cmp(x->role, y->role);
}

static int by_pages(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;

	return x->pages != y->pages ? (x->pages < y->pages ? 1 : -1) : by_time(a, b);
}

static bool gather(struct gather *x, struct ch_store *store, const struct ch_gazetteer *g, struct ch_str who,
		   struct ch_err *err)
{
	struct ch_query q = {.who = who, .bare = true};
	bool ok;

	*x = (struct gather){.g = g};
	ch_map_init(&x->map, &x->arena);
	ch_map_init(&x->words, &x->arena);
	ch_map_init(&x->rows, &x->arena);
	ok = ch_store_rows(store, CH_REG_ROLES, &q, take, x, err);
	for (uint32_t i = 0; i < x->v.n; i++) {
		x->v.v[i].of = x->v.v[i].body.len ? body_of(x, x->v.v[i].body) : NONE;
		x->v.v[i].person = person_of(x, x->v.v[i].who, x->v.v[i].of);
	}
	return ok;
}

static void release(struct gather *x)
{
	for (uint32_t i = 0; i < x->v.n; i++)
		json_decref(x->v.v[i].evidence);
	ch_arena_free(&x->scratch);
	ch_arena_free(&x->arena);
}

bool ch_offices(struct ch_store *store, const struct ch_gazetteer *g, struct ch_str person, struct ch_str body,
		json_t **list, struct ch_err *err)
{
	struct gather x;
	bool ok = gather(&x, store, g, person.len ? person : body, err);
	uint32_t whose = person.len ? person_of(&x, person, NONE) : NONE, of = body.len ? body_of(&x, body) : NONE;

	*list = ch_json_array();
	if (ok && x.v.n)
		qsort(x.v.v, x.v.n, sizeof *x.v.v, by_time);
	/* the namesake whom the pages mean */
	for (uint32_t i = 0; i < x.v.n && person.len; i++)
		whose = x.v.v[i].person != NONE ? x.v.v[i].person : whose;
	if (ok && (person.len ? whose : of) != NONE)
		list_terms(&x, whose, of, *list);
	for (uint32_t i = 0; i < x.v.n; i++)
		x.v.v[i].shown = person.len || ch_str_eq(x.v.v[i].body, body);
	ok = ok && read_evidence(&x, store, err);
	for (uint32_t i = 0; ok && i < x.v.n; i++)
		if (x.v.v[i].shown)
			ch_json_push(*list, told(&x, &x.v.v[i]));
	release(&x);
	return ok;
}

/* A name of two words or more, none of them a title: fit to stand in a list. */
static bool full_name(struct ch_str name)
{
	return ch_str_find_byte(name, ' ', 0) != CH_STR_NONE && ch_str_find_byte(name, ';', 0) == CH_STR_NONE &&
	       ch_str_find_byte(name, '|', 0) == CH_STR_NONE && ch_str_find_byte(name, '[', 0) == CH_STR_NONE &&
	       name.ptr[0] >= 'A';
}

bool ch_offices_learnt(struct ch_store *store, const struct ch_gazetteer *g, uint32_t pages, json_t **list,
		       struct ch_err *err)
{
	struct gather x;
	bool ok = gather(&x, store, g, CH_STR(""), err);

	*list = ch_json_array();
	if (ok && x.v.n)
		qsort(x.v.v, x.v.n, sizeof *x.v.v, by_pages);
	for (uint32_t i = 0; i < x.v.n; i++) {
		struct seen *s = &x.v.v[i];

		s->shown = s->pages >= pages && s->cls && s->of != NONE && full_name(s->who) && !covered(&x, s);
	}
	ok = ok && read_evidence(&x, store, err);
	for (uint32_t i = 0; ok && i < x.v.n; i++) {
		const struct seen *s = &x.v.v[i];
		json_t *o;
		const char *office;
		struct ch_str since = ch_str_sub(s->first, 0, 7);

		if (!s->shown)
			continue;
		/* of ministers there are many: the page's words say which */
		if (g->entities[g->office_of[s->cls]].flags & CH_GZ_HOLDER)
			office = g->strings + g->entities[g->office_of[s->cls]].name;
		else
			office = ch_arena_printf(&x.arena, "%.*s", CH_STR_ARG(s->role)).ptr;
		o = told(&x, s);
		ch_json_set(
			o, "entry",
			ch_json_str(ch_arena_printf(
				&x.arena, "# learnt from %u page%s, %.*s to %.*s\n%.*s\n\t%s | %s | %.*s |", s->pages,
				s->pages == 1 ? "" : "s", CH_STR_ARG(s->first), CH_STR_ARG(s->last), CH_STR_ARG(s->who),
				g->strings + g->entities[s->of].party, office, CH_STR_ARG(since))));
		ch_json_push(*list, o);
	}
	release(&x);
	return ok;
}

json_t *ch_memberships(const struct ch_gazetteer *g, struct ch_str party, ch_day day)
{
	struct gather x = {.g = g};
	json_t *list = ch_json_array();
	uint32_t state = body_of(&x, party);
	struct ch_gz_members it;
	const struct ch_gz_membership *m;

	if (state != NONE) {
		it = ch_gz_orgs_of(g, state, day);
		while ((m = ch_gz_members_next(&it))) {
			json_t *o = ch_json_object();

			ch_json_set(o, "org", ch_json_str(ch_gz_str(g, g->entities[m->org].party)));
			ch_json_set(o, "name", ch_json_str(ch_gz_str(g, g->entities[m->org].name)));
			ch_json_set(o, "status", ch_json_str(ch_str_z(ch_gz_status_name(m->status))));
			ch_json_set(o, "from", ch_json_or_null(day_text(&x, m->from)));
			ch_json_set(o, "to", ch_json_or_null(day_text(&x, m->to)));
			ch_json_push(list, o);
		}
	}
	ch_arena_free(&x.arena);
	return list;
}
