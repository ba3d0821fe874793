/* export/eval.c -- records of pages against gold ones that lie beside the pages: files, pairs, the scorecard.
 *
 * Pairs are made best first, one to one. A gold record marked "optional" is neither missed nor, if found, false. Of the
 * body, bytes of article text are counted. */
#include "export/eval.h"
#include "export/query.h"
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum { BINS = 10 };   /* of confidence, 0 to 1 */

struct total {
	struct ch_eval_count kind[CH_EVAL_KINDS], body, speakers, dates, published;
	struct ch_eval_count type[CH_EV_N];                    /* events by type */
	struct ch_eval_count modes, statuses, places, places_null, sentences;   /* of paired events: gold is how many, match how many right */
	struct ch_eval_count dates_null;                       /* undated in the gold */
	struct ch_eval_count bin[BINS];                        /* system: events of that confidence; match: how many the gold has */
	double bin_sum[BINS];
};

static struct ch_eval_count *of_type(struct total *t, const json_t *event)
{
	unsigned type = ch_event_parse(ch_eval_text(event, "type"));

	return type < CH_EV_N ? &t->type[type] : NULL;
}

/* What of a paired event is right beside its type and parties. */
static void score_fields(struct ch_arena *a, const json_t *g, const json_t *s, struct total *t)
{
	unsigned right = ch_eval_right(a, g, s);
	struct ch_eval_count *dates = ch_eval_text(g, "date").len ? &t->dates : &t->dates_null;
	struct ch_eval_count *places = ch_eval_text(g, "place").len ? &t->places : &t->places_null;
	const struct {
		struct ch_eval_count *count;
		unsigned bit;
	} fields[] = { { dates, CH_EVAL_DATE }, { places, CH_EVAL_PLACE }, { &t->modes, CH_EVAL_MODE },
		       { &t->statuses, CH_EVAL_STATUS }, { &t->sentences, CH_EVAL_SENTENCE } };

	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		fields[i].count->gold++;
		fields[i].count->match += (right & fields[i].bit) != 0;
	}
}

struct cand {
	double score;
	uint32_t g, s;
};

static int best_first(const void *x, const void *y)
{
	const struct cand *a = x, *b = y;

	if (a->score != b->score)
		return a->score < b->score ? 1 : -1;
	if (a->g != b->g)
		return a->g < b->g ? -1 : 1;
	return a->s < b->s ? -1 : a->s > b->s;
}

static void pair_up(struct ch_arena *a, enum ch_eval_kind_id id, const json_t *gold, const json_t *system, struct total *t)
{
	const struct ch_eval_kind *kind = ch_eval_kind(id);
	struct ch_eval_count *score = &t->kind[id];
	size_t ng = json_array_size(gold), ns = json_array_size(system);
	bool *g_taken = CH_NEW_N(a, bool, ng), *s_taken = CH_NEW_N(a, bool, ns);
	CH_VEC(struct cand) cands = { 0 };

	for (uint32_t i = 0; i < ng; i++)
		for (uint32_t j = 0; j < ns; j++) {
			double v = kind->match(a, json_array_get(gold, i), json_array_get(system, j));

			if (v > 0)
				*CH_PUSH(a, &cands) = (struct cand){ v, i, j };
		}
	if (cands.n)
		qsort(cands.v, cands.n, sizeof *cands.v, best_first);
	score->gold += ng;
	score->system += ns;
	for (uint32_t i = 0; i < ng; i++)
		score->gold -= json_is_true(json_object_get(json_array_get(gold, i), "optional"));
	if (id == CH_EVAL_EVENTS) {
		struct ch_eval_count *of;

		for (uint32_t i = 0; i < ng; i++)
			if ((of = of_type(t, json_array_get(gold, i))))
				of->gold += !json_is_true(json_object_get(json_array_get(gold, i), "optional"));
		for (uint32_t j = 0; j < ns; j++)
			if ((of = of_type(t, json_array_get(system, j))))
				of->system++;
	}
	for (uint32_t i = 0; i < cands.n; i++) {
		const json_t *g = json_array_get(gold, cands.v[i].g), *s = json_array_get(system, cands.v[i].s);

		if (g_taken[cands.v[i].g] || s_taken[cands.v[i].s])
			continue;
		g_taken[cands.v[i].g] = s_taken[cands.v[i].s] = true;
		if (json_is_true(json_object_get(g, "optional"))) {
			score->system--;
			if (id == CH_EVAL_EVENTS && of_type(t, s))
				of_type(t, s)->system--;
			continue;
		}
		score->match++;
		if (id == CH_EVAL_EVENTS && of_type(t, g))
			of_type(t, g)->match++;
		if (id == CH_EVAL_QUOTES) {
			struct ch_str who = ch_eval_text(g, "speaker"), said = ch_eval_text(s, "speaker");

			t->speakers.gold++;
			t->speakers.match += who.len ? ch_eval_same_person(a, who, said) : !said.len;
		}
		if (id == CH_EVAL_EVENTS)
			score_fields(a, g, s, t);
	}
	for (uint32_t j = 0; j < ns && id == CH_EVAL_EVENTS; j++) {
		double c = json_number_value(json_object_get(json_array_get(system, j), "confidence"));
		uint32_t b = c >= 1 ? BINS - 1 : c <= 0 ? 0 : (uint32_t)(c * BINS + 1e-9);

		t->bin[b].system++;
		t->bin[b].match += s_taken[j];
		t->bin_sum[b] += c;
	}
}

/* The spans of a list, in order and without what overlaps; the bytes that they hold. */
static uint64_t covered(struct ch_arena *a, const json_t *list, struct ch_eval_span **out, uint32_t *n)
{
	CH_VEC(struct ch_eval_span) v = { 0 };
	uint64_t sum = 0;
	const json_t *one;
	size_t i;

	json_array_foreach(list, i, one) {
		struct ch_eval_span s = { json_integer_value(json_array_get(one, 0)), json_integer_value(json_array_get(one, 1)) };

		if (v.n && s.start < v.v[v.n - 1].end)   /* out of order or overlapping: what is new of it */
			s.start = v.v[v.n - 1].end;
		if (s.end > s.start) {
			*CH_PUSH(a, &v) = s;
			sum += (uint64_t)(s.end - s.start);
		}
	}
	*out = v.v;
	*n = v.n;
	return sum;
}

static void score_body(struct ch_arena *a, const json_t *gold, const json_t *system, struct ch_eval_count *score)
{
	struct ch_eval_span *g, *s;
	uint32_t ng, ns, i = 0, j = 0;

	if (!json_object_get(gold, "body"))   /* records decided one by one say nothing of it */
		return;
	score->gold += covered(a, json_object_get(gold, "body"), &g, &ng);
	score->system += covered(a, json_object_get(system, "body"), &s, &ns);
	while (i < ng && j < ns) {
		long long lo = g[i].start > s[j].start ? g[i].start : s[j].start, hi = g[i].end < s[j].end ? g[i].end : s[j].end;

		score->match += hi > lo ? (uint64_t)(hi - lo) : 0;
		if (g[i].end < s[j].end)
			i++;
		else
			j++;
	}
}

static void score_page(const json_t *gold, const json_t *system, struct total *t)
{
	struct ch_arena a = { 0 };
	struct ch_str day = ch_eval_text(gold, "published");

	for (unsigned k = 0; k < CH_EVAL_KINDS; k++)
		pair_up(&a, k, json_object_get(gold, ch_eval_kind(k)->array), json_object_get(system, ch_eval_kind(k)->array), t);
	score_body(&a, gold, system, &t->body);
	if (day.len) {
		t->published.gold++;
		t->published.match += ch_str_eq(day, ch_str_sub(ch_eval_text(system, "published"), 0, 10));
	}
	ch_arena_free(&a);
}

/* ---- files ---- */

/* "x/000_a.txt" and "000_a.json" are the same page. */
static struct ch_str page_key(struct ch_arena *a, struct ch_str name, bool json_file)
{
	for (size_t at; (at = ch_str_find_byte(name, '/', 0)) != CH_STR_NONE && at + 1 < name.len;)
		name = ch_str_sub(name, at + 1, name.len);
	if (json_file && ch_str_ends(name, CH_STR(".json")))
		name.len -= 5;
	if (ch_str_ends(name, CH_STR(".txt")))
		name.len -= 4;
	else if (ch_str_ends(name, CH_STR(".html")))
		name.len -= 5;
	return ch_arena_str(a, name);
}

static bool load_file(struct ch_arena *a, const char *path, json_t *pages, bool one, struct ch_err *err)
{
	FILE *f = fopen(path, "r");
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;
	uint64_t number = 0;
	json_error_t why;
	json_t *o;
	bool ok = true;

	if (!f)
		return ch_fail(err, "%s: %s", path, strerror(errno));
	if (one) {
		o = json_loadf(f, 0, &why);
		ok = o ? true : ch_fail(err, "%s: line %d: %s", path, why.line, why.text);
		if (o)
			json_object_set_new(pages, page_key(a, ch_str_z(path), true).ptr, o);
	}
	while (ok && !one && (n = getline(&line, &cap, f)) >= 0) {
		struct ch_str key;

		number++;
		if (!ch_str_trim(ch_str_n(line, (size_t)n)).len)
			continue;
		o = json_loadb(line, (size_t)n, 0, &why);
		if (!o) {
			ok = ch_fail(err, "%s: line %llu: %s", path, (unsigned long long)number, why.text);
			break;
		}
		key = ch_eval_text(o, "page");
		key = page_key(a, key.len ? key : ch_eval_text(o, "id"), false);
		json_object_set_new(pages, key.ptr, json_is_object(json_object_get(o, "gold")) ? json_incref(json_object_get(o, "gold")) :
				    json_incref(o));
		json_decref(o);
	}
	free(line);
	fclose(f);
	return ok;
}

static bool load(struct ch_arena *a, const char *path, json_t *pages, struct ch_err *err)
{
	struct dirent **names;
	int n = scandir(path, &names, NULL, alphasort);
	bool ok = true;

	if (n < 0)
		return load_file(a, path, pages, false, err);
	for (int i = 0; i < n; i++) {
		struct ch_str name = ch_str_z(names[i]->d_name);

		if (ok && ch_str_ends(name, CH_STR(".json")))
			ok = load_file(a, ch_arena_printf(a, "%s/%s", path, names[i]->d_name).ptr, pages, true, err);
		free(names[i]);
	}
	free(names);
	return ok;
}

/* Of events of one confidence, how many the gold has: calibrated is where the two agree. */
static json_t *reliability(const struct total *t)
{
	json_t *list = ch_json_array();

	for (unsigned b = 0; b < BINS; b++) {
		json_t *o;

		if (!t->bin[b].system)
			continue;
		o = ch_json_object();
		ch_json_set(o, "from", json_real((double)b / BINS));
		ch_json_set(o, "to", json_real((double)(b + 1) / BINS));
		ch_json_set(o, "events", json_integer((json_int_t)t->bin[b].system));
		ch_json_set(o, "confidence", json_real(t->bin_sum[b] / (double)t->bin[b].system));
		ch_json_set(o, "right", json_real((double)t->bin[b].match / (double)t->bin[b].system));
		ch_json_set(o, "interval", ch_eval_interval(t->bin[b].match, t->bin[b].system));
		ch_json_push(list, o);
	}
	return list;
}

bool chancery_eval(const char *gold, const char *system, char **json, struct chancery_error *error)
{
	struct ch_arena a = { 0 };
	json_t *g = ch_json_object(), *s = ch_json_object(), *o = ch_json_object(), *list = ch_json_array(), *missing = ch_json_array();
	bool ok = load(&a, gold, g, (struct ch_err *)error) && load(&a, system, s, (struct ch_err *)error);
	struct total t = { 0 };
	const char *key;
	json_t *page;

	ch_json_set(o, "pages", json_integer((json_int_t)json_object_size(g)));
	ch_json_set(o, "missing", missing);
	ch_json_set(o, "kinds", list);
	if (ok && !json_object_size(g))
		ok = ch_fail((struct ch_err *)error, "%s: no gold records there", gold);
	json_object_foreach(g, key, page) {
		json_t *other = json_object_get(s, key);

		if (!other)
			ch_json_push(missing, json_string(key));
		score_page(page, other, &t);
	}
	for (unsigned k = 0; k < CH_EVAL_KINDS; k++)
		ch_json_push(list, ch_eval_score(&t.kind[k], ch_eval_kind(k)->name));
	ch_json_push(list, ch_eval_score(&t.body, "body"));
	list = ch_json_array();
	ch_json_set(o, "rates", list);
	ch_json_push(list, ch_eval_rate(&t.dates, "event dates right"));
	ch_json_push(list, ch_eval_rate(&t.dates_null, "undated events left undated"));
	ch_json_push(list, ch_eval_rate(&t.places, "places right"));
	ch_json_push(list, ch_eval_rate(&t.places_null, "events without a place left so"));
	ch_json_push(list, ch_eval_rate(&t.modes, "modes right"));
	ch_json_push(list, ch_eval_rate(&t.statuses, "statuses right"));
	ch_json_push(list, ch_eval_rate(&t.sentences, "sentences right"));
	ch_json_push(list, ch_eval_rate(&t.speakers, "speakers right"));
	ch_json_push(list, ch_eval_rate(&t.published, "publication dates right"));
	list = ch_json_array();
	ch_json_set(o, "types", list);
	for (unsigned k = 0; k < CH_EV_N; k++)
		if (t.type[k].gold || t.type[k].system)
			ch_json_push(list, ch_eval_score(&t.type[k], ch_event_name(k)));
	ch_json_set(o, "reliability", reliability(&t));
	json_decref(g);
	json_decref(s);
	ch_arena_free(&a);
	return ch_json_give(o, ok, json);
}
