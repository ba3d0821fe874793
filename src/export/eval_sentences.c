/* export/eval_sentences.c -- the scorecard of gold that holds its sentences: they are coded here and now, or a system's records are
 * given, and what was coded is counted against the gold. Precision, recall and F1 are micro-averaged over all sentences. */
#include "export/eval.h"
#include "chancery.h"
#include "export/query.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { SAMPLES = 1000 };   /* of the bootstrap */
#define GOLD_BYTES_MAX ((size_t)256 << 20)

/* ---- files ---- */

/* *bytes is to be freed, also after a failure. */
static bool read_file(const char *path, char **bytes, size_t *n, struct ch_err *err)
{
	FILE *f = fopen(path, "rb");
	size_t cap = 1 << 16, got;
	bool ok;

	*bytes = NULL;
	*n = 0;
	if (!f)
		return ch_fail(err, "%s: %s", path, strerror(errno));
	*bytes = ch_xrealloc(NULL, cap);
	while ((got = fread(*bytes + *n, 1, cap - *n, f)) > 0) {
		*n += got;
		if (*n == cap && cap <= GOLD_BYTES_MAX)
			*bytes = ch_xrealloc(*bytes, cap *= 2);
	}
	ok = !ferror(f) || ch_fail(err, "%s: %s", path, strerror(errno));
	fclose(f);
	if (ok && *n > GOLD_BYTES_MAX)
		ok = ch_fail(err, "%s: is over %zu MB", path, GOLD_BYTES_MAX >> 20);
	return ok;
}

bool chancery_eval_holds_sentences(const char *gold, bool *holds, struct chancery_error *error)
{
	struct stat st;
	char *bytes;
	size_t n;
	bool ok;

	*holds = false;
	if (stat(gold, &st) == 0 && S_ISDIR(st.st_mode))
		return true;
	ok = read_file(gold, &bytes, &n, (struct ch_err *)error);
	*holds = ok && ch_eval_holds_sentences(ch_str_n(bytes, n));
	free(bytes);
	return ok;
}

/* ---- coding ---- */

struct coding {
	struct ch_eval_gold *gold;
	uint32_t next, done;
	struct ch_err *err;
	bool failed;
};

static bool next_sentence(void *ctx, struct chancery_item *item)
{
	struct coding *c = ctx;
	const struct ch_eval_sentence *s;
	json_t *o;

	if (c->next == c->gold->sentences.n)
		return false;
	s = &c->gold->sentences.v[c->next++];
	o = ch_json_object();
	ch_json_set(o, "id", ch_json_str(s->id));
	ch_json_set(o, "text", ch_json_str(s->text));
	ch_json_set(o, "date", ch_json_str(ch_str_z(s->date)));
	*item = (struct chancery_item){ .name = strndup(s->id.ptr, s->id.len), .bytes = json_dumps(o, JSON_COMPACT) };
	json_decref(o);
	if (!item->name || !item->bytes)
		ch_die_memory(s->text.len);
	item->size = strlen(item->bytes);
	return true;
}

static bool keep_events(void *ctx, const struct chancery_result *result)
{
	struct coding *c = ctx;
	struct ch_eval_sentence *s = &c->gold->sentences.v[c->done++];
	json_t *o = result->error ? NULL : json_loadb(result->text, result->size, 0, NULL);

	if (result->error)
		c->failed = !ch_fail(c->err, "sentence %s: %s", result->name, result->error);
	else
		c->failed = !ch_eval_system_add(c->gold, s, o, result->name, c->err);
	json_decref(o);
	return !c->failed;
}

static bool code(const struct chancery *engine, unsigned threads, struct ch_eval_gold *gold, struct chancery_error *error)
{
	struct coding c = { .gold = gold, .err = (struct ch_err *)error };
	struct chancery_work work = { .input = CHANCERY_JSON_LINES, .output = CHANCERY_RECORDS, .threads = threads, .next = next_sentence,
				      .done = keep_events, .ctx = &c };

	return chancery_each(engine, &work, error) && !c.failed;
}

/* ---- the interval of F1 ---- */

/* splitmix64 (Steele, Lea, Flood 2014): the same numbers on every machine. */
static uint64_t random_of(uint64_t *state)
{
	uint64_t z = *state += 0x9E3779B97F4A7C15;

	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
	z = (z ^ z >> 27) * 0x94D049BB133111EB;
	return z ^ z >> 31;
}

/* The count of a case that lies at an offset of it. */
static const struct ch_eval_count *count_at(const struct ch_eval_case *c, size_t at)
{
	return (const struct ch_eval_count *)(const void *)((const char *)c + at);
}

static double f1(const struct ch_eval_count *c)
{
	return c->match ? 2.0 * (double)c->match / (double)(c->gold + c->system) : 0;
}

static int by_value(const void *x, const void *y)
{
	double a = *(const double *)x, b = *(const double *)y;

	return (a > b) - (a < b);
}

/* 95% of the F1 of samples drawn from the sentences with replacement (percentile bootstrap, Efron 1979). Sentences are drawn,
 * not events, since those of one sentence stand or fall together. */
static json_t *f1_interval(const struct ch_eval_case *cases, uint32_t n, size_t measure)
{
	double *values = ch_xrealloc(NULL, SAMPLES * sizeof *values);
	uint32_t(*counts)[3] = ch_xrealloc(NULL, (n + 1) * sizeof *counts);   /* close together: they are drawn at random */
	uint64_t state = 1;
	json_t *list = ch_json_array();
	unsigned draws = 0;

	for (uint32_t k = 0; k < n; k++) {
		const struct ch_eval_count *c = count_at(&cases[k], measure);

		counts[k][0] = (uint32_t)c->gold;
		counts[k][1] = (uint32_t)c->system;
		counts[k][2] = (uint32_t)c->match;
	}
	for (unsigned i = 0; i < SAMPLES; i++) {
		struct ch_eval_count sum = { 0 };

		for (uint32_t k = 0; k < n; k++) {
			const uint32_t *drawn = counts[random_of(&state) % n];

			sum.gold += drawn[0];
			sum.system += drawn[1];
			sum.match += drawn[2];
		}
		if (sum.gold || sum.system)   /* of no events at all there is no F1 */
			values[draws++] = f1(&sum);
	}
	qsort(values, draws, sizeof *values, by_value);
	ch_json_push(list, json_real(draws ? values[draws / 40] : 0));
	ch_json_push(list, json_real(draws ? values[draws - 1 - draws / 40] : 1));
	free(counts);
	free(values);
	return list;
}

/* ---- the scorecard ---- */

static const struct measure {
	const char *name;
	size_t at;      /* of its count in a case */
	bool cameo;
} measures[] = {
	{ "type", offsetof(struct ch_eval_case, type), false }, { "type+actors", offsetof(struct ch_eval_case, actors), false },
	{ "cameo", offsetof(struct ch_eval_case, cameo), true }, { "cameo+actors", offsetof(struct ch_eval_case, cameo_actors), true },
};

static void add(struct ch_eval_count *to, const struct ch_eval_count *c)
{
	to->gold += c->gold;
	to->system += c->system;
	to->match += c->match;
}

static struct ch_eval_count total(const struct ch_eval_case *cases, uint32_t n, size_t at)
{
	struct ch_eval_count sum = { 0 };

	for (uint32_t i = 0; i < n; i++)
		add(&sum, count_at(&cases[i], at));
	return sum;
}

static void put_types(json_t *o, const struct ch_eval_case *cases, uint32_t n)
{
	json_t *types = ch_json_array(), *actors = ch_json_array();

	for (unsigned type = 0; type < CH_EV_N; type++) {
		struct ch_eval_count t = total(cases, n, offsetof(struct ch_eval_case, by_type) + type * sizeof t);
		struct ch_eval_count a = total(cases, n, offsetof(struct ch_eval_case, by_type_actors) + type * sizeof t);

		if (!t.gold && !t.system)
			continue;
		ch_json_push(types, ch_eval_score(&t, ch_event_name(type)));
		ch_json_push(actors, ch_eval_score(&a, ch_event_name(type)));
	}
	ch_json_set(o, "types", types);
	ch_json_set(o, "types_actors", actors);
}

struct party {
	struct ch_str name;
	struct ch_eval_count count;
};

static int most_gold_first(const void *x, const void *y)
{
	const struct party *a = x, *b = y;

	if (a->count.gold != b->count.gold)
		return a->count.gold < b->count.gold ? 1 : -1;
	return a->count.system != b->count.system ? (a->count.system < b->count.system ? 1 : -1) : ch_str_cmp(a->name, b->name);
}

static void put_parties(json_t *o, const struct ch_eval_party_counts *p)
{
	struct party *list = CH_NEW_N(p->arena, struct party, p->count.n + 1);
	json_t *out = ch_json_array();

	for (uint32_t i = 0; i < p->count.n; i++)
		list[i] = (struct party){ p->name.v[i], p->count.v[i] };
	qsort(list, p->count.n, sizeof *list, most_gold_first);
	for (uint32_t i = 0; i < p->count.n; i++)
		ch_json_push(out, ch_eval_score(&list[i].count, ch_arena_z(p->arena, list[i].name)));
	ch_json_set(o, "parties", out);
}

static bool card(json_t *o, struct ch_eval_gold *g, struct ch_err *err)
{
	uint32_t n = g->sentences.n;
	struct ch_eval_case *cases = CH_NEW_N(&g->arena, struct ch_eval_case, n);
	struct ch_eval_party_counts parties = { .arena = &g->arena };
	struct ch_eval_count exact = { .gold = n }, exact_cameo = { .gold = n }, events = { 0 };
	json_t *list = ch_json_array(), *rates = ch_json_array(), *missing = ch_json_array();
	bool types = false, cameo = false;

	ch_map_init(&parties.index, &g->arena);
	ch_json_set(o, "gold", json_string(g->format));
	ch_json_set(o, "sentences", json_integer(n));
	ch_json_set(o, "skipped", json_integer(g->skipped));
	ch_json_set(o, "missing", missing);
	ch_json_set(o, "measures", list);
	ch_json_set(o, "rates", rates);
	for (uint32_t i = 0; i < n; i++) {
		const struct ch_eval_sentence *s = &g->sentences.v[i];

		if (!ch_eval_case(s, &cases[i], &parties, err))
			return false;
		exact.match += cases[i].exact;
		exact_cameo.match += cases[i].exact_cameo;
		events.gold += s->events.n;
		events.system += s->system.n;
		for (uint32_t k = 0; k < s->events.n; k++) {
			types = types || s->events.v[k].type != CH_EVAL_NO_TYPE;
			cameo = cameo || s->events.v[k].cameo.len;
		}
		if (!s->coded)
			ch_json_push(missing, ch_json_str(s->id));
	}
	types = types || !cameo;   /* gold without a single event: every type is false */
	ch_json_set(o, "gold_events", json_integer((json_int_t)events.gold));
	ch_json_set(o, "system_events", json_integer((json_int_t)events.system));
	for (size_t m = 0; m < sizeof measures / sizeof *measures; m++) {
		struct ch_eval_count sum = total(cases, n, measures[m].at);
		json_t *score;

		if (measures[m].cameo ? !cameo : !types)
			continue;   /* the gold has no such codes */
		score = ch_eval_score(&sum, measures[m].name);
		ch_json_set(score, "f1_interval", f1_interval(cases, n, measures[m].at));
		ch_json_push(list, score);
	}
	if (types)
		ch_json_push(rates, ch_eval_rate(&exact, "sentences exact, type+actors"));
	if (cameo)
		ch_json_push(rates, ch_eval_rate(&exact_cameo, "sentences exact, cameo+actors"));
	if (types) {
		put_types(o, cases, n);
		put_parties(o, &parties);
	}
	return true;
}

bool chancery_eval_sentences(const struct chancery *engine, unsigned threads, const char *gold, const char *system, char **json,
			     struct chancery_error *error)
{
	struct ch_err *err = (struct ch_err *)error;
	struct ch_eval_gold g = { 0 };
	json_t *o = ch_json_object();
	uint64_t unknown = 0;
	char *bytes;
	size_t n;
	bool ok;

	ok = read_file(gold, &bytes, &n, err) && ch_eval_gold_read(&g, ch_str_n(bytes, n), gold, err);
	free(bytes);
	if (ok && system) {
		ok = read_file(system, &bytes, &n, err) && ch_eval_system_read(&g, ch_str_n(bytes, n), system, &unknown, err);
		free(bytes);
	} else if (ok) {
		ok = code(engine, threads, &g, error);
	}
	ch_json_set(o, "unknown", json_integer((json_int_t)unknown));
	ok = ok && card(o, &g, err);
	ch_eval_gold_free(&g);
	return ch_json_give(o, ok, json);
}
