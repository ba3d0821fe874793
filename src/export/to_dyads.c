/* export/to_dyads.c -- series: what each pair did to the other on a day, or in a month. Directed, as the data sets of the field are.
 *
 * Events come in the order of their days, so a period is whole when the next begins: memory is that of one period. With --fill it
 * is that of all pairs, which are found in a walk before. */
#include "export/out.h"
#include <stdio.h>
#include <stdlib.h>

#define COLUMNS(name, form) { \
	{ name, "date", "the period", form }, \
	{ "source", "text", "who acts", "ISO 3166-1 alpha-3, an organisation's id, or a name" }, \
	{ "target", "text", "whom it is done to", "likewise" }, \
	{ "events", "number", "of this direction", "0 only with --fill" }, \
	{ "plover_mean", "number", "mean of PLOVER's scale", "-10 to 10; empty without events" }, \
	{ "plover_sum", "number", "its sum", "" }, \
	{ "verbal_cooperation", "number", "events of this kind", "" }, \
	{ "material_cooperation", "number", "likewise", "" }, \
	{ "verbal_conflict", "number", "likewise", "" }, \
	{ "material_conflict", "number", "likewise", "" }, \
}

static const struct ch_column day_columns[] = COLUMNS("date", "YYYY-MM-DD");
static const struct ch_column month_columns[] = COLUMNS("month", "YYYY-MM");

struct pair {
	struct ch_str source, target;
	uint32_t events, quads[5];
	double sum;
};

struct series {
	bool months;
	struct ch_arena arena;         /* of one period */
	struct ch_map index;
	CH_VEC(struct pair) pairs;
	int32_t period;                /* days since 1970, or months since year 0 */
	bool begun;
	/* with --fill */
	bool gathering;
	CH_VEC(struct pair) all;
	struct ch_map all_index;
	int32_t first, last;
};

static int32_t period_of(const struct series *s, ch_day day)
{
	struct ch_date d;

	if (!s->months)
		return day;
	d = ch_date_of(day);
	return d.year * 12 + d.month - 1;
}

static void clear(struct series *s)
{
	ch_arena_reset(&s->arena);
	ch_map_init(&s->index, &s->arena);
	s->pairs.v = NULL;
	s->pairs.n = s->pairs.cap = 0;
}

static int by_parties(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;
	int c = ch_str_cmp(x->source, y->source);

	return c ? c : ch_str_cmp(x->target, y->target);
}

static bool put(struct ch_out *out, const struct series *s, int32_t period, const struct pair *p)
{
	if (s->months)
		ch_out_printf(out, "%04d-%02d", (int)(period / 12), (int)(period % 12 + 1));
	else
		ch_out_put(out, ch_iso(&out->arena, period));
	ch_out_put(out, p->source);
	ch_out_put(out, p->target);
	ch_out_printf(out, "%u", (unsigned)p->events);
	if (p->events)
		ch_out_printf(out, "%.3f", p->sum / p->events);
	else
		ch_out_nulls(out, 1);
	ch_out_printf(out, "%.1f", p->sum + 0.0);
	for (int q = 1; q <= 4; q++)
		ch_out_printf(out, "%u", (unsigned)p->quads[q]);
	return ch_out_end(out);
}

static struct ch_str key_of(struct ch_arena *arena, struct ch_str source, struct ch_str target)
{
	return ch_arena_printf(arena, "%.*s\t%.*s", CH_STR_ARG(source), CH_STR_ARG(target));
}

/* Pairs of a period, where pairs are filled all that there are. */
static bool flush_period(struct ch_out *out, struct series *s)
{
	static const struct pair none = { 0 };
	bool go = true;

	if (s->pairs.n)
		qsort(s->pairs.v, s->pairs.n, sizeof *s->pairs.v, by_parties);
	for (uint32_t i = 0, k = 0; go && i < (out->fill ? s->all.n : s->pairs.n); i++) {
		struct pair p = none;

		if (!out->fill) {
			p = s->pairs.v[i];
		} else if (k < s->pairs.n && by_parties(&s->all.v[i], &s->pairs.v[k]) == 0) {
			p = s->pairs.v[k++];
		} else {
			p.source = s->all.v[i].source;
			p.target = s->all.v[i].target;
		}
		go = put(out, s, s->period, &p);
		ch_out_forget(out);            /* many lines to one event */
	}
	clear(s);
	return go;
}

/* Up to before `period`: the current one, with --fill the empty ones behind it too. */
static bool flush_until(struct ch_out *out, struct series *s, int32_t period)
{
	while (s->begun && s->period < period) {
		if (!flush_period(out, s))
			return false;
		s->period = out->fill ? s->period + 1 : period;
	}
	return true;
}

static void add(struct ch_out *out, struct series *s, struct ch_str source, struct ch_str target, const struct ch_coded *coded)
{
	struct ch_arena *arena = s->gathering ? &out->whole : &s->arena;
	struct ch_map *index = s->gathering ? &s->all_index : &s->index;
	struct ch_str key = key_of(&out->arena, source, target);
	uint32_t *at = ch_map_get(index, key);
	struct pair *p;

	if (at && s->gathering)
		return;
	if (at) {
		p = &s->pairs.v[*at];
	} else {
		key = ch_arena_str(arena, key);
		ch_map_put(index, key, s->gathering ? s->all.n : s->pairs.n, NULL);
		p = s->gathering ? CH_PUSH(arena, &s->all) : CH_PUSH(arena, &s->pairs);
		*p = (struct pair){ .source = ch_str_sub(key, 0, source.len), .target = ch_str_sub(key, source.len + 1, key.len) };
	}
	p->events++;
	p->sum += coded->scale;
	p->quads[ch_event_quad(ch_event_parse(coded->type))]++;
}

static bool event(struct ch_out *out, const struct ch_event_record *e)
{
	struct series *s = out->own;
	struct ch_coded coded;
	struct ch_when when;
	const struct ch_dyad *dyads;
	int32_t period;
	uint32_t n;

	if (!ch_code_type(out, e, &coded))
		return true;
	if (!ch_when_of(e->date, &when) || (when.unit != 'd' && !(s->months && when.unit == 'm'))) {
		ch_out_lost(out, CH_LOST_UNDATED);
		return true;
	}
	dyads = ch_dyads(&out->arena, &e->reports[0], &n);
	if (!n || !dyads[0].source || !dyads[0].target) {
		ch_out_lost(out, CH_LOST_ALONE);
		return true;
	}
	period = period_of(s, when.first);
	if (s->gathering) {
		s->first = s->begun && s->first < period ? s->first : period;
		s->last = s->begun && s->last > period ? s->last : period;
	} else {
		if (s->begun && !flush_until(out, s, period))
			return false;
		if (!s->begun)
			s->period = period;
	}
	s->begun = true;
	dyads = ch_dyads(&out->arena, &e->reports[0], &n);   /* again: writing gave their memory back */
	for (uint32_t i = 0; i < n; i++)
		add(out, s, dyads[i].source->party, dyads[i].target->party, &coded);
	return true;
}

/* The series covers the time that was asked for, too. */
static void widen(struct series *s, struct ch_str day)
{
	ch_day d = ch_day_parse(day);

	if (!s->begun || d == CH_NO_DAY)
		return;
	s->first = period_of(s, d) < s->first ? period_of(s, d) : s->first;
	s->last = period_of(s, d) > s->last ? period_of(s, d) : s->last;
}

static bool run(struct ch_out *out, struct ch_err *err)
{
	struct series s = { .months = out->format->columns == month_columns };
	bool ok = true;

	out->own = &s;
	out->query.newest = false;
	clear(&s);
	ch_map_init(&s.all_index, &out->whole);
	if (out->fill) {
		s.gathering = true;
		ok = ch_out_events(out, event, err);
		memset(out->lost, 0, sizeof out->lost);      /* the second walk counts */
		s.gathering = false;
		if (s.all.n)
			qsort(s.all.v, s.all.n, sizeof *s.all.v, by_parties);
		widen(&s, out->query.since);
		widen(&s, out->query.until);
		s.period = s.first;
	}
	ok = ok && ch_out_events(out, event, err);
	if (ok && s.begun && !out->ended)
		(void)flush_until(out, &s, out->fill && s.last >= s.period ? s.last + 1 : s.period + 1);
	ch_arena_free(&s.arena);
	return ok;
}

const struct ch_format ch_to_dyad_day = {
	.name = "dyad-day", .summary = "a line a pair and day: events, PLOVER's scale, kinds", .columns = day_columns,
	.n_columns = sizeof day_columns / sizeof *day_columns, .between = ',', .header = true, .null = "", .run = run,
};

const struct ch_format ch_to_dyad_month = {
	.name = "dyad-month", .summary = "the same by month", .columns = month_columns,
	.n_columns = sizeof month_columns / sizeof *month_columns, .between = ',', .header = true, .null = "", .run = run,
};
