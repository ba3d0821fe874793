/* export/actors.c -- see the header. */
#include "export/actors.h"
#include "chancery.h"
#include "event/frames.h"
#include "export/json.h"
#include "who/atoms.h"
#include "who/gazetteer.h"
#include <stdio.h>
#include <stdlib.h>

#define NONE UINT32_MAX

/* "Q42", or null. */
static json_t *wikidata(const struct ch_gz_entity *e)
{
	char text[16];

	snprintf(text, sizeof text, "Q%u", e ? e->wikidata : 0);
	return e && e->wikidata ? ch_json_str(ch_str_z(text)) : json_null();
}

json_t *ch_json_wikidata(const struct ch_gazetteer *g, struct ch_str name)
{
	const struct ch_gz_entity *found = NULL;
	const struct ch_gz_slot *slot;
	struct ch_arena arena = { 0 };
	uint64_t h = CH_ATOM_SEED;
	struct ch_atom a;
	uint32_t at = 0;
	bool several = false;

	while (ch_atom_next(&arena, name, &at, &a))
		h = ch_atom_join(h, a.hash);
	slot = ch_gz_find(g, h);
	for (uint32_t k = 0; slot && k < slot->n; k++) {
		const struct ch_gz_entity *e = &g->entities[g->entries[slot->first + k].entity];

		if (e->kind != CH_GZ_PERSON || !ch_str_eq(ch_gz_str(g, e->name), name))
			continue;
		several = several || found;
		found = e;
	}
	ch_arena_free(&arena);
	return wikidata(several ? NULL : found);
}

/* ---- who is meant ---- */

static json_t *asked_actor(const struct ch_gazetteer *g, const struct ch_actor *a)
{
	static const char *const kinds[] = { "person", "state", "organisation", "group" };
	uint32_t e = a->id.len ? ch_gz_by_id(g, a->id) : NONE;
	json_t *o = ch_json_object();

	ch_json_set(o, "kind", ch_json_str(ch_str_z(kinds[a->kind])));
	ch_json_set(o, "name", ch_json_or_null(a->name));
	ch_json_set(o, "party", ch_json_or_null(a->party));
	ch_json_set(o, "code", ch_json_or_null(a->code));
	ch_json_set(o, "org", ch_json_or_null(a->org));
	ch_json_set(o, "sector", ch_json_or_null(a->sector));
	ch_json_set(o, "office", ch_json_or_null(a->office));
	ch_json_set(o, "id", ch_json_or_null(a->id));
	ch_json_set(o, "wikidata", wikidata(e == NONE ? NULL : &g->entities[e]));
	return o;
}

/* "I", "our": 1 the speaker, 2 the speaker's side, 0 another word. */
static int first_person(struct ch_str word)
{
	static const char *const all[] = { "I", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves" };

	for (int i = 0; i < 10; i++)
		if (ch_str_ieq(word, ch_str_z(all[i])))
			return i < 5 ? 1 : 2;
	return 0;
}

/* "our" country: with the noun behind it. */
static uint32_t side_end(const struct ch_doc *doc, uint32_t token)
{
	static const char *const nouns[] = { "country", "nation", "state", "republic", "people", "government", "side" };
	uint32_t next = token + 1;

	for (size_t i = 0; next < doc->tokens.n && i < sizeof nouns / sizeof *nouns; i++)
		if (ch_str_ieq(ch_token_str(doc, next), ch_str_z(nouns[i])))
			return doc->tokens.v[next].span.end;
	return doc->tokens.v[token].span.end;
}

/* First persons in what a known speaker says. */
static void add_first_persons(const struct ch_engine *engine, const struct ch_doc *doc, json_t *list)
{
	for (uint32_t i = 0; i < doc->statements.n; i++) {
		const struct ch_statement *s = &doc->statements.v[i];
		const struct ch_actor *speaker = s->actor == CH_NONE ? NULL : &doc->actors.v[s->actor];

		for (uint32_t t = ch_doc_token_from(doc, s->content.start); speaker && s->direct && t < doc->tokens.n &&
		     doc->tokens.v[t].span.end <= s->content.end; t++) {
			const struct ch_token *k = &doc->tokens.v[t];
			int person = first_person(ch_token_str(doc, t));
			uint32_t end = person ? side_end(doc, t) : 0;
			json_t *o, *actors;
			struct ch_actor side;

			if (!person)
				continue;
			o = ch_json_object();
			actors = ch_json_array();
			ch_json_set(o, "start", json_integer(k->span.start));
			ch_json_set(o, "end", json_integer(end));
			ch_json_set(o, "text", ch_json_str(ch_str_sub(doc->text, k->span.start, end)));
			ch_json_set(o, "kind", ch_json_str(CH_STR("pronoun")));
			ch_json_set(o, "place", json_null());
			ch_json_set(o, "confidence", json_real(0.8));
			ch_json_set(o, "basis", ch_json_str(CH_STR("speaker of the quotation")));
			side = (struct ch_actor){ .kind = speaker->code.len ? CH_ACTOR_STATE : CH_ACTOR_GROUP, .party = speaker->party,
						  .name = speaker->party, .code = speaker->code, .org = speaker->org };
			if (person == 1 && end == k->span.end)
				ch_json_push(actors, asked_actor(engine->gazetteer, speaker));
			else if (side.party.len)
				ch_json_push(actors, asked_actor(engine->gazetteer, &side));
			ch_json_set(o, "actors", actors);
			ch_json_push(list, o);
		}
	}
}

json_t *ch_json_asked(const struct ch_engine *engine, const struct ch_doc *doc)
{
	static const char *const kinds[] = { "name", "nominal", "pronoun" };
	json_t *all = ch_json_object(), *list = ch_json_array();
	char day[16];

	ch_json_set(all, "date", ch_json_or_null(ch_str_z(ch_day_print(doc->meta.published, day))));
	ch_json_set(all, "text", ch_json_str(doc->text));
	for (uint32_t i = 0; i < doc->mentions.n; i++) {
		const struct ch_mention *m = &doc->mentions.v[i];
		json_t *o = ch_json_object(), *actors = ch_json_array();

		ch_json_set(o, "start", json_integer(m->span.start));
		ch_json_set(o, "end", json_integer(m->span.end));
		ch_json_set(o, "text", ch_json_str(ch_doc_str(doc, m->span)));
		ch_json_set(o, "kind", ch_json_str(ch_str_z(kinds[m->kind])));
		ch_json_set(o, "place", ch_json_or_null(m->place));
		ch_json_set(o, "confidence", json_real((double)(int)((double)m->confidence * 100 + 0.5) / 100));
		ch_json_set(o, "basis", ch_json_or_null(ch_str_z(m->basis)));
		for (uint32_t k = 0; k < m->actor_n; k++)
			ch_json_push(actors, asked_actor(engine->gazetteer,
							 &doc->actors.v[doc->mention_actors.v[m->actor_first + k]]));
		ch_json_set(o, "actors", actors);
		ch_json_push(list, o);
	}
	add_first_persons(engine, doc, list);
	ch_json_set(all, "mentions", list);
	return all;
}

/* ---- who there is ---- */

struct look {
	const struct ch_gazetteer *g;
	const struct chancery_actor_query *q;
	struct ch_arena arena;       /* of the call */
	struct ch_arena scratch;     /* of one entity */
	CH_VEC(uint64_t) words;      /* atoms of q->words */
	uint64_t whole, surname;     /* keys of the words together, as a name and as a surname */
	struct ch_str of;
	uint32_t of_entity;          /* the state or organisation that q->of names, or NONE */
	uint8_t cls;                 /* the office class that q->office names, 0 none */
	ch_day day;
	CH_VEC(bool) named;          /* by entity: the words are a name of it, if not the one shown */
};

static bool empty(const char *s)
{
	return !s || !*s;
}

static void note(struct look *x, const struct ch_gz_entry *e, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		x->named.v[e[i].entity] = true;
}

/* The entries of the words, taken as one name. */
static const struct ch_gz_entry *entries_of(struct look *x, const char *words, uint32_t *n, uint64_t *surname)
{
	struct ch_str s = ch_str_z(words);
	const struct ch_gz_slot *slot;
	uint64_t h = CH_ATOM_SEED;
	uint32_t at = 0;
	struct ch_atom a;

	*surname = CH_ATOM_SURNAME_SEED;
	while (ch_atom_next(&x->arena, s, &at, &a)) {
		h = ch_atom_join(h, a.hash);
		*surname = ch_atom_join(*surname, a.hash);
	}
	slot = ch_gz_find(x->g, h);
	*n = slot ? slot->n : 0;
	return *n ? &x->g->entries[slot->first] : NULL;
}

static bool open_look(struct look *x, struct ch_err *err)
{
	const struct ch_gz_entry *e;
	uint64_t surname;
	uint32_t n, at = 0;
	struct ch_atom a;

	x->day = empty(x->q->on) ? CH_NO_DAY : ch_day_parse(ch_str_z(x->q->on));
	if (!empty(x->q->on) && x->day == CH_NO_DAY)
		return ch_fail(err, "--on: '%s' is no day; e.g. 1998-04-09", x->q->on);
	x->named.v = CH_NEW_N(&x->arena, bool, x->g->head->entity_n);
	if (!empty(x->q->words)) {
		struct ch_str words = ch_str_z(x->q->words);

		while (ch_atom_next(&x->arena, words, &at, &a))
			*CH_PUSH(&x->arena, &x->words) = a.hash;
		e = entries_of(x, x->q->words, &n, &surname);
		note(x, e, n);
		e = ch_gz_surname(x->g, surname, &n);
		note(x, e, n);
	}
	x->of_entity = NONE;
	x->of = ch_str_z(empty(x->q->of) ? "" : x->q->of);
	e = x->of.len ? entries_of(x, x->q->of, &n, &surname) : NULL;
	for (uint32_t i = 0; e && i < n && x->of_entity == NONE; i++)
		if (e[i].role == CH_GZ_NAME && x->g->entities[e[i].entity].kind <= CH_GZ_ORG)
			x->of_entity = e[i].entity;
	e = empty(x->q->office) ? NULL : entries_of(x, x->q->office, &n, &surname);
	for (uint32_t i = 0; e && i < n && !x->cls; i++)
		if (e[i].role == CH_GZ_OFFICE_ONE || e[i].role == CH_GZ_OFFICE_MANY)
			x->cls = x->g->entities[e[i].entity].cls;
	return true;
}

/* Every word asked for is a word of the name. */
static bool has_words(struct look *x, uint32_t entity)
{
	struct ch_str name = ch_gz_str(x->g, x->g->entities[entity].name);
	uint32_t found = 0;

	if (!x->words.n || x->named.v[entity])
		return true;
	for (uint32_t w = 0; w < x->words.n; w++) {
		struct ch_atom a;
		uint32_t at = 0, before = found;

		while (found == before && ch_atom_next(&x->scratch, name, &at, &a))
			found += a.hash == x->words.v[w];
	}
	return found == x->words.n;
}

/* The entity is, or belongs to, what --of names: by party, by organisation's id, or by name. */
static bool is_of(const struct look *x, uint32_t entity)
{
	const struct ch_gz_entity *e = &x->g->entities[entity];

	return !x->of.len || entity == x->of_entity || (x->of_entity != NONE && e->parent == x->of_entity) ||
	       ch_str_ieq(ch_gz_str(x->g, e->party), x->of) || ch_str_ieq(ch_gz_str(x->g, e->org), x->of);
}

static bool holds_word(struct ch_str text, const char *word)
{
	struct ch_str w = ch_str_z(word);

	for (size_t i = 0; i + w.len <= text.len; i++)
		if (ch_str_istarts(ch_str_sub(text, i, text.len), w))
			return true;
	return false;
}

static bool mine(const struct look *x, uint32_t source)
{
	return x->g->own_list != NONE && source >> CH_GZ_LINE_BITS == x->g->own_list;
}

static bool term_fits(const struct look *x, const struct ch_gz_term *t)
{
	return (x->day == CH_NO_DAY || (t->from <= x->day && x->day <= t->to)) && is_of(x, t->body) &&
	       (empty(x->q->office) || (x->cls && t->cls == x->cls) || (!x->cls && holds_word(ch_gz_str(x->g, t->office), x->q->office)) ||
		(t->flags & CH_GZ_COS && ch_str_ieq(ch_str_z(x->q->office), CH_STR("head of state"))) ||
		(t->flags & CH_GZ_HOG && ch_str_ieq(ch_str_z(x->q->office), CH_STR("head of government")))) &&
	       (!x->q->own || mine(x, t->source));
}

/* "lexicon/actors/leaders.txt:12" */
static json_t *source(const struct look *x, uint32_t source)
{
	uint32_t line;
	struct ch_str list = ch_gz_source(x->g, source, &line);
	char text[512];

	snprintf(text, sizeof text, "%.*s:%u", CH_STR_ARG(list), line);
	return ch_json_str(ch_str_z(text));
}

static json_t *day_or_null(int32_t day)
{
	char text[16];

	return day == INT32_MIN || day == INT32_MAX ? json_null() : ch_json_str(ch_str_z(ch_day_print(day, text)));
}

/* The terms of a person that are asked for. */
static json_t *terms_of(const struct look *x, const struct ch_gz_entity *e)
{
	json_t *list = ch_json_array();

	for (uint32_t i = e->term_first; e->kind == CH_GZ_PERSON && i < e->term_first + e->term_n; i++) {
		const struct ch_gz_term *t = &x->g->terms[i];
		json_t *o;

		if (!term_fits(x, t))
			continue;
		o = ch_json_object();
		ch_json_set(o, "of", ch_json_str(ch_gz_str(x->g, x->g->entities[t->body].party)));
		ch_json_set(o, "office", ch_json_str(ch_gz_str(x->g, t->office)));
		ch_json_set(o, "from", day_or_null(t->from));
		ch_json_set(o, "to", day_or_null(t->to));
		ch_json_set(o, "source", source(x, t->source));
		ch_json_push(list, o);
	}
	return list;
}

static bool entity_fits(struct look *x, uint32_t entity, size_t n_terms)
{
	const struct ch_gz_entity *e = &x->g->entities[entity];

	if (e->kind > CH_GZ_PERSON || !has_words(x, entity))
		return false;
	if (e->kind == CH_GZ_PERSON)
		return n_terms > 0;
	/* buildings and committees are asked for by name only */
	return empty(x->q->office) && is_of(x, entity) && (!(e->flags & CH_GZ_PART) || x->words.n) &&
	       (!x->q->own || mine(x, e->source)) &&
	       (x->day == CH_NO_DAY || !(e->from || e->to) || (e->from <= x->day && x->day <= e->to));
}

static json_t *entity(const struct look *x, const struct ch_gz_entity *e, json_t *terms)
{
	static const char *const kinds[] = { "state", "organisation", "person" };
	const struct ch_gazetteer *g = x->g;
	const struct ch_gz_entity *body = e;
	json_t *o = ch_json_object();

	if (e->kind == CH_GZ_PERSON) {
		uint32_t t = ch_gz_term_on(g, (uint32_t)(e - g->entities), x->day, NULL);

		body = t == NONE ? e : &g->entities[g->terms[t].body];
	}
	ch_json_set(o, "kind", ch_json_str(ch_str_z(e->flags & CH_GZ_PART ? "body" : kinds[e->kind == CH_GZ_PERSON ? 2 : e->kind])));
	ch_json_set(o, "name", ch_json_str(ch_gz_str(g, e->name)));
	ch_json_set(o, "party", ch_json_or_null(ch_gz_str(g, body->party)));
	ch_json_set(o, "code", ch_json_or_null(ch_gz_str(g, body->code)));
	ch_json_set(o, "org", ch_json_or_null(ch_gz_str(g, body->org)));
	ch_json_set(o, "sector", ch_json_or_null(ch_gz_str(g, e->sector)));
	ch_json_set(o, "id", ch_json_str(ch_gz_str(g, e->id)));
	ch_json_set(o, "wikidata", wikidata(e));
	ch_json_set(o, "other_id", ch_json_or_null(ch_gz_str(g, e->foreign)));
	ch_json_set(o, "source", source(x, e->source));
	ch_json_set(o, "terms", terms);
	return o;
}

bool chancery_actors(const struct chancery *engine, const struct chancery_actor_query *query, chancery_row_fn *row, void *ctx,
		     struct chancery_error *error)
{
	struct look x = { .g = ((const struct ch_engine *)engine)->gazetteer, .q = query };
	unsigned long long n = 0;
	uint32_t from = 0, last = 0;
	bool ok = open_look(&x, (struct ch_err *)error);

	if (query->next)
		*query->next = '\0';
	if (ok && !empty(query->after) && (!ch_str_uint(ch_str_z(query->after), &from) || from >= x.g->head->entity_n))
		ok = ch_fail((struct ch_err *)error, "after: '%.40s' is no place in this list; what \"next\" of the answer before said is wanted", query->after);
	for (uint32_t i = from; ok && i < x.g->head->entity_n; i++) {
		const struct ch_gz_entity *e = &x.g->entities[i];
		json_t *terms = terms_of(&x, e);
		struct ch_str line;

		ch_arena_reset(&x.scratch);
		if (!entity_fits(&x, i, json_array_size(terms))) {
			json_decref(terms);
			continue;
		}
		if (query->limit && n == query->limit) {
			if (query->next)
				snprintf(query->next, CHANCERY_NEXT, "%u", last + 1);
			json_decref(terms);
			break;
		}
		last = i;
		line = ch_json_line(&x.scratch, entity(&x, e, terms));
		n++;
		if (!row(ctx, line.ptr, line.len))
			break;
	}
	ch_arena_free(&x.arena);
	ch_arena_free(&x.scratch);
	return ok;
}

/* ---- how many there are ---- */

struct counts {
	json_int_t people, holders, terms, dated, wikidata, offices, office_forms, titles, states, former, organisations, bodies,
		institutions, memberships, names, surnames;
};

static void count_entity(const struct ch_gazetteer *g, const struct ch_gz_entity *e, struct counts *c)
{
	bool dated = false;

	switch (e->kind) {
	case CH_GZ_STATE:
		c->states++;
		c->former += e->to != 0 && e->to != INT32_MAX;
		break;
	case CH_GZ_ORG:
		*(e->flags & CH_GZ_PART ? &c->bodies : &c->organisations) += 1;
		break;
	case CH_GZ_OFFICE:
		c->offices++;
		break;
	case CH_GZ_INSTITUTION:
		c->institutions++;
		break;
	case CH_GZ_PERSON:
		c->people++;
		c->wikidata += e->wikidata != 0;
		for (uint32_t i = e->term_first; i < e->term_first + e->term_n; i++) {
			bool has = g->terms[i].from != INT32_MIN || g->terms[i].to != INT32_MAX;

			c->dated += has;
			dated = dated || has;
		}
		c->holders += dated;
		break;
	}
}

/* Frames, the lemmas that trigger them, their sentences; then frames by type. */
static void add_frames(const struct ch_frames *f, json_t *o)
{
	json_int_t by_type[CH_EV_N] = { 0 }, words[3] = { 0 };

	for (uint32_t i = 0; i < f->triggers.cap; i++)
		if (f->triggers.slots[i].used)
			words[f->triggers.slots[i].key.ptr[0] == 'v' ? 0 : f->triggers.slots[i].key.ptr[0] == 'n' ? 1 : 2]++;
	for (uint32_t i = 0; i < f->frames.n; i++)
		by_type[f->frames.v[i].type]++;
	ch_json_set(o, "frames", json_integer(f->frames.n));
	ch_json_set(o, "frame lemmas", json_integer(words[0] + words[1] + words[2]));
	ch_json_set(o, "  verbs", json_integer(words[0]));
	ch_json_set(o, "  nouns", json_integer(words[1]));
	ch_json_set(o, "  adjectives", json_integer(words[2]));
	ch_json_set(o, "sentences of frames", json_integer(f->examples.n));
	for (unsigned t = 0; t < CH_EV_N; t++) {
		char name[32];

		snprintf(name, sizeof name, "  frames of %s", ch_event_name(t));
		ch_json_set(o, name, json_integer(by_type[t]));
	}
}

bool chancery_stats(const struct chancery *engine, char **json, struct chancery_error *error)
{
	const struct ch_gazetteer *g = ((const struct ch_engine *)engine)->gazetteer;
	struct counts c = { .terms = g->head->term_n, .memberships = g->head->member_n, .names = g->head->entry_n, .surnames = g->head->sur_entry_n };
	const struct {
		const char *name;
		const json_int_t *n;
	} all[] = {
		{ "people", &c.people },
		{ "dated holders", &c.holders },
		{ "people with a Wikidata id", &c.wikidata },
		{ "terms of office", &c.terms },
		{ "dated terms", &c.dated },
		{ "offices", &c.offices },
		{ "words for offices", &c.office_forms },
		{ "titles of terms", &c.titles },
		{ "states and entities", &c.states },
		{ "of these, former", &c.former },
		{ "organisations", &c.organisations },
		{ "memberships", &c.memberships },
		{ "bodies and seats", &c.bodies },
		{ "institutions", &c.institutions },
		{ "names", &c.names },
		{ "surnames", &c.surnames },
	};
	bool *seen = ch_xrealloc(NULL, g->head->string_size);
	json_t *o = ch_json_object();

	(void)error;
	memset(seen, 0, g->head->string_size);
	for (uint32_t i = 0; i < g->head->entity_n; i++)
		count_entity(g, &g->entities[i], &c);
	for (uint32_t i = 0; i < g->head->term_n; i++) {
		c.titles += !seen[g->terms[i].office];
		seen[g->terms[i].office] = true;
	}
	for (uint32_t i = 0; i < g->head->entry_n; i++)
		c.office_forms += g->entries[i].role == CH_GZ_OFFICE_ONE || g->entries[i].role == CH_GZ_OFFICE_MANY;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		ch_json_set(o, all[i].name, json_integer(*all[i].n));
	free(seen);
	add_frames(((const struct ch_engine *)engine)->frames, o);
	*json = json_dumps(o, JSON_COMPACT);
	json_decref(o);
	return *json != NULL;
}
