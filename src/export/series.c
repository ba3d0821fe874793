/* export/series.c -- how many events there are by day, week, month, year, and of what; and what a record holds as a whole. */
#include "chancery.h"
#include "base/map.h"
#include "doc/engine.h"
#include "export/json.h"
#include "export/parties.h"
#include "export/query.h"
#include <stdio.h>
#include <stdlib.h>

/* ---- sums by two keys, in the order of both ---- */

struct sum {
	struct ch_str period, key;
	uint64_t n, conflict;
	struct ch_str name;                /* of a party, as the lists have it; empty: they have none */
	bool organisation;                 /* else a state */
};

struct sums {
	struct ch_arena arena;
	struct ch_map at;
	CH_VEC(struct sum) v;
};

static void sums_init(struct sums *s)
{
	*s = (struct sums){ .v.n = 0 };
	ch_map_init(&s->at, &s->arena);
}

static void add(struct sums *s, struct ch_str period, struct ch_str key, uint64_t n, bool conflict)
{
	char both[200];
	struct ch_str name;
	uint32_t *at;

	snprintf(both, sizeof both, "%.*s/%.*s", CH_STR_ARG(period), CH_STR_ARG(key));
	name = ch_str_z(both);
	at = ch_map_get(&s->at, name);
	if (!at) {
		at = ch_map_put(&s->at, ch_arena_str(&s->arena, name), s->v.n, NULL);
		*CH_PUSH(&s->arena, &s->v) = (struct sum){ .period = ch_arena_str(&s->arena, period), .key = ch_arena_str(&s->arena, key) };
	}
	s->v.v[*at].n += n;
	s->v.v[*at].conflict += conflict ? n : 0;
}

/* What has no period comes last. */
static int by_period(const void *a, const void *b)
{
	const struct sum *x = a, *y = b;
	int c = (int)!x->period.len - (int)!y->period.len;

	c = c ? c : ch_str_cmp(x->period, y->period);
	return c ? c : ch_str_cmp(x->key, y->key);
}

static int by_size(const void *a, const void *b)
{
	const struct sum *x = a, *y = b;

	return x->n != y->n ? (x->n < y->n ? 1 : -1) : ch_str_cmp(x->key, y->key);
}

static void sort(struct sums *s, int (*order)(const void *, const void *))
{
	if (s->v.n)
		qsort(s->v.v, s->v.n, sizeof *s->v.v, order);
}

static bool is_conflict(struct ch_str type)
{
	return ch_event_quad(ch_event_parse(type)) >= 3;
}

/* ---- series ---- */

static const char *const period_names[] = { "all", "day", "week", "month", "year" };
static const char *const by_names[] = { "none", "side", "quad", "type", "mode", "party" };

enum period { ALL, DAY, WEEK, MONTH, YEAR };
enum by { BY_NONE, BY_SIDE, BY_QUAD, BY_TYPE, BY_MODE, BY_PARTY };

struct series {
	enum period period;
	enum by by;
	struct sums sums;
};

/* The period of a date as far as the date says it: a year is in no month. */
static struct ch_str period_of(enum period period, struct ch_str date, char out[16])
{
	const size_t letters = period == YEAR ? 4 : period == MONTH ? 7 : 10;
	ch_day day;

	if (period == ALL || date.len < letters)
		return CH_STR("");
	if (period != WEEK)
		return ch_str_sub(date, 0, letters);
	day = ch_day_parse(date);
	return day == CH_NO_DAY ? CH_STR("") : ch_str_z(ch_day_print(day - (ch_weekday(day) - 1), out));
}

static bool take(void *ctx, const struct ch_count *c)
{
	static const char *const quads[] = { "", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict" };
	struct series *s = ctx;
	char week[16];
	struct ch_str key = s->by == BY_SIDE ? ch_str_z(is_conflict(c->type) ? "conflict" : "cooperation") :
			    s->by == BY_QUAD ? ch_str_z(quads[ch_event_quad(ch_event_parse(c->type)) % 5]) :
			    s->by == BY_TYPE ? c->type : s->by == BY_MODE ? c->mode : s->by == BY_PARTY ? c->party : CH_STR("");

	add(&s->sums, period_of(s->period, s->by == BY_PARTY ? c->year : c->month, week), key, c->events, false);
	return true;
}

static bool one_of(const char *given, const char *what, const char *const *names, int n, int *which, struct ch_err *err)
{
	*which = 0;
	while (*which < n && strcmp(given, names[*which]) != 0)
		++*which;
	return *which < n || ch_fail(err, "%s: there is no '%.40s'; docs/serve.md has what there is", what, given);
}

bool chancery_series(struct chancery_store *store, const struct chancery_query *given, const char *period, const char *by, chancery_row_fn *row,
		     void *ctx, struct chancery_error *error)
{
	struct ch_err *err = (struct ch_err *)error;
	struct ch_arena arena = { 0 };
	struct series s = { .period = ALL };
	struct ch_query q;
	int p, b;
	bool ok, go = true;

	sums_init(&s.sums);
	ok = one_of(period && *period ? period : "month", "period", period_names, 5, &p, err) &&
	     one_of(by && *by ? by : "none", "by", by_names, 6, &b, err) && ch_asked("series", given, err) &&
	     ch_asked(given->record ? given->record : "events", given, err) && ch_query_of(given, &arena, &q, err);
	if (ok && given->record && *given->record && !ch_query_register(ch_str_z(given->record), &q))
		ok = ch_fail(err, "record: events, visits, meetings or letters are counted, not '%.40s'", given->record);
	if (ok && b == BY_PARTY && p != ALL && p != YEAR)
		ok = ch_fail(err, "by=party is there by year, or for all time");
	s.period = ok ? (enum period)p : ALL;
	s.by = ok ? (enum by)b : BY_NONE;
	ok = ok && ch_store_counts((struct ch_store *)store, &q, s.by == BY_PARTY ? (s.period == YEAR ? CH_COUNT_TIES : CH_COUNT_PARTIES) :
				   s.period == DAY || s.period == WEEK ? CH_COUNT_DAYS : CH_COUNT_KINDS, take, &s, err);
	sort(&s.sums, s.period == ALL ? by_size : by_period);
	for (uint32_t i = 0; ok && go && i < s.sums.v.n; i++) {
		const struct sum *v = &s.sums.v.v[i];
		json_t *o = ch_json_object();
		struct ch_str line;

		ch_json_set(o, "period", ch_json_or_null(v->period));
		ch_json_set(o, "key", ch_json_or_null(v->key));
		ch_json_set(o, "events", json_integer((json_int_t)v->n));
		line = ch_json_line(&arena, o);
		go = row(ctx, line.ptr, line.len);
	}
	ch_arena_free(&s.sums.arena);
	ch_arena_free(&arena);
	return ok;
}

/* ---- all of it ---- */

struct overview {
	struct sums parties, months;
	uint64_t events, visits, meetings, letters;
};

static bool take_kind(void *ctx, const struct ch_count *c)
{
	struct overview *o = ctx;

	o->events += c->events;
	if (ch_str_eqz(c->type, "CONSULT")) {
		const bool visit = ch_str_eqz(c->mode, "visit"), letter = ch_str_eqz(c->mode, "letter") || ch_str_eqz(c->mode, "phone");

		*(visit ? &o->visits : letter ? &o->letters : &o->meetings) += c->events;
	}
	if (c->month.len >= 7 && c->month.ptr[4] == '-')
		add(&o->months, ch_str_sub(c->month, 0, 7), CH_STR(""), c->events, is_conflict(c->type));
	return true;
}

static bool take_tie(void *ctx, const struct ch_count *c)
{
	struct overview *o = ctx;

	add(&o->parties, CH_STR(""), c->party, c->events - c->conflict, false);
	add(&o->parties, CH_STR(""), c->party, c->conflict, true);
	return true;
}

/* Who each code is; where it is a state's and an organisation's, the sum of either. */
static bool name_parties(struct sums *s, struct ch_store *store, const struct ch_parties *known, struct ch_err *err)
{
	const uint32_t n = s->v.n;

	for (uint32_t i = 0; i < n; i++) {
		const struct ch_str code = s->v.v[i].key;
		const struct ch_gz_entity *state = ch_parties_of(known, code, true), *org = ch_parties_of(known, code, false);
		struct sum *v = &s->v.v[i], both = *v;
		uint64_t events, conflict;

		v->organisation = !state;
		if (state || org)
			v->name = ch_gz_str(known->g, (state ? state : org)->name);
		if (!state || !org)
			continue;
		both.name = ch_gz_str(known->g, org->name);
		both.organisation = true;
		if (!ch_store_organisation(store, code, both.name, CH_STR(""), &events, &conflict, err))
			return false;
		both.n = events < v->n ? events : v->n;
		both.conflict = conflict < v->conflict ? conflict : v->conflict;
		v->n -= both.n;
		v->conflict -= both.conflict;
		if (!both.n)
			continue;
		if (!v->n)
			*v = both;
		else
			*CH_PUSH(&s->arena, &s->v) = both;
	}
	return true;
}

static json_t *told(const struct sums *s, const char *name, bool with_all)
{
	json_t *list = ch_json_array();

	for (uint32_t i = 0; i < s->v.n; i++) {
		const struct sum *v = &s->v.v[i];
		json_t *o = ch_json_object();

		ch_json_set(o, name, ch_json_str(v->key.len ? v->key : v->period));
		if (with_all) {
			ch_json_set(o, "kind", !v->name.len ? json_null() : ch_json_str(v->organisation ? CH_STR("organisation") : CH_STR("state")));
			ch_json_set(o, "name", ch_json_or_null(v->name));
			ch_json_set(o, "events", json_integer((json_int_t)v->n));
		}
		ch_json_set(o, "cooperation", json_integer((json_int_t)(v->n - v->conflict)));
		ch_json_set(o, "conflict", json_integer((json_int_t)v->conflict));
		ch_json_push(list, o);
	}
	return list;
}

bool chancery_overview(struct chancery_store *public, const struct chancery *engine, char **json, struct chancery_error *error)
{
	struct ch_store *store = (struct ch_store *)public;
	struct ch_err *err = (struct ch_err *)error;
	const struct ch_query q = { 0 };
	struct ch_arena arena = { 0 };
	struct overview v = { .events = 0 };
	struct ch_parties known;
	struct ch_totals t;
	json_t *o = ch_json_object(), *registers = ch_json_object();
	bool ok;

	sums_init(&v.parties);
	sums_init(&v.months);
	ok = ch_store_totals(store, &arena, &t, err) && ch_store_counts(store, &q, CH_COUNT_KINDS, take_kind, &v, err) &&
	     ch_store_counts(store, &q, CH_COUNT_TIES, take_tie, &v, err);
	if (ok && engine) {
		ch_parties_init(&known, &arena, ((const struct ch_engine *)engine)->gazetteer);
		ok = name_parties(&v.parties, store, &known, err);
	}
	sort(&v.parties, by_size);
	sort(&v.months, by_period);
	if (ok) {
		ch_json_set(o, "pages", json_integer((json_int_t)t.pages));
		ch_json_set(o, "articles", json_integer((json_int_t)t.articles));
		ch_json_set(o, "stories", json_integer((json_int_t)t.stories));
		ch_json_set(o, "outlets", json_integer((json_int_t)t.outlets));
		ch_json_set(o, "oldest", ch_json_or_null(t.oldest));
		ch_json_set(o, "newest", ch_json_or_null(t.newest));
		ch_json_set(registers, "events", json_integer((json_int_t)v.events));
		ch_json_set(registers, "visits", json_integer((json_int_t)v.visits));
		ch_json_set(registers, "meetings", json_integer((json_int_t)v.meetings));
		ch_json_set(registers, "letters", json_integer((json_int_t)v.letters));
		for (unsigned i = 0; i < CH_REG_N; i++)
			ch_json_set(registers, ch_register_of((enum ch_register_id)i)->name, json_integer((json_int_t)t.rows[i]));
		ch_json_set(registers, "pages", json_integer((json_int_t)t.pages));
		ch_json_set(o, "registers", json_incref(registers));
		ch_json_set(o, "parties", told(&v.parties, "code", true));
		ch_json_set(o, "months", told(&v.months, "month", false));
	}
	json_decref(registers);
	ch_arena_free(&v.parties.arena);
	ch_arena_free(&v.months.arena);
	ch_arena_free(&arena);
	return ch_json_give(o, ok, json);
}
