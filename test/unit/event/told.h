/* Sentences with the records that they tell, in a text file: a sentence a line, each a page of its own; below it, with a tab, its records:
 *
 *	relation | parties: CUB, USA | level: diplomatic relations | change: restored | since: 2015 | status: actual
 *
 * Fields left out are empty. Read by the unit test (all must be as told) and by bench/registers.c (which counts). */
#ifndef CH_TEST_TOLD_H
#define CH_TEST_TOLD_H
#include "run/run.h"
#include "run/engine.h"
#include <stdio.h>
#include <stdlib.h>

enum { TOLD_FIELDS = 12, TOLD_RECORDS = 64 };

struct told_record {
	struct ch_str kind;
	struct { struct ch_str name, value; } field[TOLD_FIELDS];
	unsigned n;
};

struct told_case {
	struct ch_str sentence;
	struct told_record want[TOLD_RECORDS], got[TOLD_RECORDS];
	unsigned n_want, n_got;
	unsigned line;
};

static inline void told_add(struct told_record *r, const char *name, struct ch_str value)
{
	if (value.len && r->n < TOLD_FIELDS) {
		r->field[r->n].name = ch_str_z(name);
		r->field[r->n++].value = value;
	}
}

static inline struct ch_str told_get(const struct told_record *r, struct ch_str name)
{
	for (unsigned i = 0; i < r->n; i++)
		if (ch_str_eq(r->field[i].name, name))
			return r->field[i].value;
	return CH_STR("");
}

/* Parties of a run, each once, in the order of the alphabet. */
static inline struct ch_str told_parties(const struct ch_doc *doc, uint32_t first, uint32_t n)
{
	struct ch_str names[64], out = CH_STR("");
	uint32_t m = 0;

	for (uint32_t i = 0; i < n && i < 64; i++) {
		const struct ch_actor *a = &doc->actors.v[doc->event_actors.v[first + i]];
		struct ch_str p = a->party.len ? a->party : a->name;
		uint32_t at = m++;

		for (; at > 0 && ch_str_cmp(p, names[at - 1]) < 0; at--)
			names[at] = names[at - 1];
		names[at] = p;
	}
	for (uint32_t i = 0; i < m; i++)
		if (!i || !ch_str_eq(names[i], names[i - 1]))
			out = ch_arena_printf(doc->arena, "%.*s%s%.*s", CH_STR_ARG(out), out.len ? ", " : "", CH_STR_ARG(names[i]));
	return out;
}

static inline struct ch_str told_number(const struct ch_doc *doc, uint32_t n)
{
	return n ? ch_arena_printf(doc->arena, "%u", n) : CH_STR("");
}

/* The document's records of that kind. */
static inline unsigned told_read(const struct ch_doc *doc, struct ch_str kind, struct told_record *out)
{
	static const char *const status[] = { "actual", "planned", "denied", "hypothetical", "historical" };
	unsigned n = 0;

#define TOLD(layer, word) \
	if (ch_str_eqz(kind, word)) \
		for (uint32_t i = 0; i < doc->layer.n && n < TOLD_RECORDS; i++, n++)
	memset(out, 0, TOLD_RECORDS * sizeof *out);
	TOLD(gatherings, "gathering") {
		told_add(&out[n], "name", doc->gatherings.v[i].name);
		told_add(&out[n], "ordinal", told_number(doc, doc->gatherings.v[i].ordinal));
		told_add(&out[n], "kind", doc->gatherings.v[i].kind);
		told_add(&out[n], "body", doc->gatherings.v[i].body);
		told_add(&out[n], "host", told_parties(doc, doc->gatherings.v[i].host.first, doc->gatherings.v[i].host.n));
		told_add(&out[n], "mediator", told_parties(doc, doc->gatherings.v[i].mediator.first, doc->gatherings.v[i].mediator.n));
		told_add(&out[n], "participants",
			 told_parties(doc, doc->gatherings.v[i].participant.first, doc->gatherings.v[i].participant.n));
		told_add(&out[n], "place", doc->gatherings.v[i].place);
		told_add(&out[n], "date", doc->gatherings.v[i].date);
		told_add(&out[n], "status", ch_str_z(status[doc->gatherings.v[i].status]));
	}
	TOLD(initiatives, "initiative") {
		told_add(&out[n], "name", doc->initiatives.v[i].name);
		told_add(&out[n], "kind", doc->initiatives.v[i].kind);
		told_add(&out[n], "founders", told_parties(doc, doc->initiatives.v[i].founder.first, doc->initiatives.v[i].founder.n));
		told_add(&out[n], "founded", doc->initiatives.v[i].founded);
		told_add(&out[n], "anniversary", told_number(doc, doc->initiatives.v[i].anniversary));
	}
	TOLD(relations, "relation") {
		told_add(&out[n], "parties", told_parties(doc, doc->relations.v[i].party.first, doc->relations.v[i].party.n));
		told_add(&out[n], "level", doc->relations.v[i].level);
		told_add(&out[n], "change", doc->relations.v[i].change);
		told_add(&out[n], "since", doc->relations.v[i].since);
		told_add(&out[n], "status", ch_str_z(status[doc->relations.v[i].status]));
	}
	TOLD(marks, "mark") {
		told_add(&out[n], "who", doc->marks.v[i].who);
		told_add(&out[n], "mark", doc->marks.v[i].mark);
		told_add(&out[n], "about", doc->marks.v[i].about);
	}
#undef TOLD
	if (ch_str_eqz(kind, "visit"))
		for (uint32_t i = 0; i < doc->events.n && n < TOLD_RECORDS; i++) {
			const struct ch_event *e = &doc->events.v[i];

			if (!e->mode || strcmp(e->mode, "visit") != 0)
				continue;
			told_add(&out[n], "source", told_parties(doc, e->source_first, e->source_n));
			told_add(&out[n], "target", told_parties(doc, e->target_first, e->target_n));
			told_add(&out[n], "rank", e->rank);
			told_add(&out[n], "delegation", e->delegation);
			told_add(&out[n], "invited_by", e->invited_by);
			n++;
		}
	for (unsigned i = 0; i < n; i++)
		out[i].kind = kind;
	return n;
}

/* Every field of both is the same. */
static inline bool told_same(const struct told_record *a, const struct told_record *b)
{
	for (unsigned i = 0; i < a->n; i++)
		if (!ch_str_eq(a->field[i].value, told_get(b, a->field[i].name)))
			return false;
	return a->n == b->n;
}

static inline void told_print(FILE *out, const char *before, const struct told_record *r)
{
	fprintf(out, "%s%.*s", before, CH_STR_ARG(r->kind));
	for (unsigned i = 0; i < r->n; i++)
		fprintf(out, " | %.*s: %.*s", CH_STR_ARG(r->field[i].name), CH_STR_ARG(r->field[i].value));
	fputc('\n', out);
}

static inline void told_want(struct told_case *c, struct ch_str line)
{
	struct told_record *r = &c->want[c->n_want];
	struct ch_str piece;

	if (c->n_want == TOLD_RECORDS)
		return;
	*r = (struct told_record){ 0 };
	c->n_want++;
	while (ch_str_cut(&line, '|', &piece)) {
		size_t colon = ch_str_find_byte(piece, ':', 0);

		piece = ch_str_trim(piece);
		colon = ch_str_find_byte(piece, ':', 0);
		if (colon == CH_STR_NONE) {
			r->kind = piece;
		} else if (r->n < TOLD_FIELDS) {
			r->field[r->n].name = ch_str_sub(piece, 0, colon);
			r->field[r->n++].value = ch_str_trim(ch_str_sub(piece, colon + 1, piece.len));
		}
	}
}

/* Reads each sentence as a page of Wednesday, 12 June 2019, of The Courier, and gives it with what it is to tell and what was read: records
 * of the kind that the file is about, which is that of its first record. False: the file cannot be read, or the pages. */
static inline bool told_each(const struct ch_engine *engine, const char *path, void (*give)(void *ctx, const struct told_case *c), void *ctx)
{
	struct ch_arena arena = { 0 };
	struct told_case *c = calloc(1, sizeof *c);
	FILE *in = fopen(path, "rb");
	char *text = malloc(1 << 20);
	struct ch_str rest, line, kind = CH_STR("");
	struct ch_err err = { "" };
	unsigned number = 0;
	bool more = true;

	if (!in || !c || !text) {
		fprintf(stderr, "%s: cannot be read\n", path);
		free(text);
		free(c);
		if (in)
			fclose(in);
		return false;
	}
	rest = ch_str_n(text, fread(text, 1, 1 << 20, in));
	fclose(in);
	while (more) {
		bool record;

		more = ch_str_cut(&rest, '\n', &line);
		number++;
		record = more && line.len && line.ptr[0] == '\t';
		if (record) {
			told_want(c, line);
			if (!kind.len)
				kind = c->want[0].kind;
			continue;
		}
		if (c->sentence.len) {
			struct ch_doc doc;

			ch_arena_reset(&arena);
			if (!ch_doc_from_text(&doc, &arena, c->sentence, false, &err))
				break;
			doc.meta.published = ch_day_of(2019, 6, 12);
			doc.meta.outlet = CH_STR("The Courier");
			if (!ch_run_text(engine, &doc, &err))
				break;
			c->n_got = told_read(&doc, kind, c->got);
			give(ctx, c);
			c->sentence = CH_STR("");
			c->n_want = 0;
		}
		if (more && line.len && line.ptr[0] != '#') {
			c->sentence = line;
			c->line = number;
		}
	}
	if (err.text[0])
		fprintf(stderr, "%s:%u: %s\n", path, number, err.text);
	ch_arena_free(&arena);
	free(text);
	free(c);
	return !err.text[0];
}
#endif
