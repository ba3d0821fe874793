/* export/eval.c -- records against gold ones: precision and recall by the rules that the field's gold is compared by.
 *
 *   events   same type, and the parties meet on both sides: reciprocal types on the union of parties, unless the gold gives the act a
 *            direction (visits, letters, calls, SUPPORT other than "sign")
 *   events+  also the same mode (CONSULT and SUPPORT), the same full sets of parties, the same status (historical is actual)
 *   quotes   contents overlap by half (intersection over union)
 *   instruments, roles, tallies, pledges   by title or mention; holder, body and role; count and mention; mention
 *   body     bytes of article text
 * Pairs are made best first, one to one. A gold record marked "optional" is neither missed nor, if found, false. */
#include "base/utf8.h"
#include "export/query.h"
#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- words and parties ---- */

/* Lower case, no accents, one blank for all that is neither letter of a-z nor digit. */
static struct ch_str fold(struct ch_arena *a, struct ch_str s)
{
	struct ch_str f = ch_utf8_fold(a, s);
	char *out = CH_NEW_N(a, char, f.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < f.len; i++) {
		char c = f.ptr[i];

		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			out[n++] = c;
		else if (n && out[n - 1] != ' ')
			out[n++] = ' ';
	}
	return ch_str_trim(ch_str_n(out, n));
}

struct set {
	CH_VEC(struct ch_str) v;
};

static bool has(const struct set *s, struct ch_str key)
{
	for (uint32_t i = 0; i < s->v.n; i++)
		if (ch_str_eq(s->v.v[i], key))
			return true;
	return false;
}

static void put(struct ch_arena *a, struct set *s, struct ch_str key)
{
	if (key.len && !has(s, key))
		*CH_PUSH(a, &s->v) = key;
}

static uint32_t common(const struct set *a, const struct set *b)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < a->v.n; i++)
		n += has(b, a->v.v[i]);
	return n;
}

static bool same_set(const struct set *a, const struct set *b)
{
	return a->v.n == b->v.n && common(a, b) == a->v.n;
}

static bool in_list(struct ch_str s, const char *list)
{
	struct ch_str rest = ch_str_z(list), one;

	while (ch_str_cut(&rest, ' ', &one))
		if (ch_str_eq(one, s))
			return true;
	return false;
}

static struct ch_str text_of(const json_t *o, const char *key)
{
	const json_t *v = json_is_object(o) ? json_object_get(o, key) : o;

	return json_is_string(v) ? ch_str_n(json_string_value(v), json_string_length(v)) : CH_STR("");
}

static const char generic_codes[] = "IGO NGO ISM IMG MNC UNO EUR UNK";
static const char sectors[] = "GOV MIL LEG JUD COP SPY PTY OPP REB PRM UAF UNK BUS CVL EDU ELI JRN LAB MED REF REL SOC CRM AGR PRE INS SEP";
static const char by_name[] = "REB UAF PRM PRE INS SEP";   /* armed or unrecognised: known by name, not by country */

static struct ch_str alias(struct ch_str s)
{
	static const char *const pairs[][2] = { { "UNO", "UN" }, { "EUR", "EU" }, { "IGOUNO", "UN" }, { "IGOEUR", "EU" },
						{ "KOS", "Kosovo" }, { "XKX", "Kosovo" } };

	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		if (ch_str_eqz(s, pairs[i][0]))
			return ch_str_z(pairs[i][1]);
	return s;
}

/* AZEGOV is AZE; UNESCO stays. */
static struct ch_str without_sectors(struct ch_str s)
{
	if (s.len < 6 || s.len > 15 || s.len % 3)
		return s;
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] < 'A' || s.ptr[i] > 'Z')
			return s;
	for (size_t i = 3; i < s.len; i += 3)
		if (!in_list(ch_str_sub(s, i, i + 3), sectors))
			return s;
	return in_list(ch_str_sub(s, 0, 3), generic_codes) ? s : ch_str_sub(s, 0, 3);
}

static struct ch_str entity_key(const json_t *e)
{
	struct ch_str code = text_of(e, "code"), ident = text_of(e, "identifier_id"), name;
	const json_t *sector = json_object_get(e, "sector"), *one;
	bool named = false;
	size_t i;

	if (json_is_string(sector))
		named = in_list(text_of(sector, ""), by_name);
	json_array_foreach(sector, i, one)
		named = named || in_list(text_of(one, ""), by_name);
	for (size_t at = 3; at + 3 <= code.len; at += 3)
		named = named || in_list(ch_str_sub(code, at, at + 3), by_name);
	name = ident.len ? ident : text_of(e, "identifier_text");
	name = name.len ? name : text_of(e, "entity_text");
	if (!code.len || named)
		return name.len ? name : code;
	if (in_list(ch_str_sub(code, 0, 3), generic_codes) && code.len >= 3)
		return ident.len ? ident : code.len == 3 && ch_str_eq(alias(code), code) && name.len ? name : code;
	return code;
}

static struct ch_str party_key(struct ch_arena *a, const json_t *x)
{
	struct ch_str key = json_is_object(x) ? entity_key(x) : text_of(x, "");

	return fold(a, without_sectors(alias(ch_str_trim(key))));
}

static void parties(struct ch_arena *a, struct set *to, const json_t *v)
{
	const json_t *one;
	size_t i;

	if (json_is_array(v))
		json_array_foreach(v, i, one)
			put(a, to, party_key(a, one));
	else if (v && !json_is_null(v))
		put(a, to, party_key(a, v));
}

static void words(struct ch_arena *a, struct set *to, struct ch_str s, const char *without)
{
	struct ch_str rest = fold(a, s), one;

	while (ch_str_cut(&rest, ' ', &one))
		if (!in_list(one, without))
			put(a, to, one);
}

static const char small_words[] = "the of on and a an in for to between";

static bool alike(struct ch_arena *a, struct ch_str x, struct ch_str y, double least)
{
	struct set s = { 0 }, t = { 0 };

	words(a, &s, x, small_words);
	words(a, &t, y, small_words);
	return s.v.n && t.v.n && 2.0 * common(&s, &t) / (s.v.n + t.v.n) >= least;
}

static bool same_person(struct ch_arena *a, struct ch_str x, struct ch_str y)
{
	static const char drop[] = "the of on and a an in for to between president minister prime foreign mr mrs ms dr head state";
	struct set s = { 0 }, t = { 0 };
	uint32_t n;

	words(a, &s, x, drop);
	words(a, &t, y, drop);
	if (!s.v.n)
		words(a, &s, x, small_words);
	if (!t.v.n)
		words(a, &t, y, small_words);
	n = common(&s, &t);
	return n && (n == s.v.n || n == t.v.n || 2 * n >= s.v.n + t.v.n - n);
}

/* ---- matching: 0, or how well ---- */

struct span2 {
	long long start, end;
};

static bool span_of(const json_t *o, const char *key, struct span2 *s)
{
	const json_t *v = json_object_get(o, key);

	if (!json_is_array(v) || json_array_size(v) != 2)
		return false;
	s->start = json_integer_value(json_array_get(v, 0));
	s->end = json_integer_value(json_array_get(v, 1));
	return true;
}

static double overlap(const json_t *g, const json_t *s, const char *key, bool of_union)
{
	struct span2 a, b;
	long long inter, of, la, lb;

	if (!span_of(g, key, &a) || !span_of(s, key, &b))
		return 0;
	inter = (a.end < b.end ? a.end : b.end) - (a.start > b.start ? a.start : b.start);
	inter = inter < 0 ? 0 : inter;
	la = a.end - a.start;
	lb = b.end - b.start;
	of = of_union ? la + lb - inter : la < lb ? la : lb;
	return (double)inter / (double)(of < 1 ? 1 : of);
}

struct event_view {
	struct ch_str type, mode, status, date;
	struct set source, target;
};

static struct ch_str first_text(const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);

	return text_of(json_is_array(v) ? json_array_get(v, 0) : v, "");
}

static struct event_view view(struct ch_arena *a, const json_t *e)
{
	struct event_view v = { .type = first_text(e, "type"), .mode = first_text(e, "mode"), .status = text_of(e, "status"),
				.date = text_of(e, "date") };
	const json_t *source = json_object_get(e, "source"), *target = json_object_get(e, "target");

	if (!v.type.len)
		v.type = first_text(e, "event");
	if (!in_list(v.type, "CONSULT SUPPORT"))
		v.mode = CH_STR("");
	if (ch_str_eqz(v.mode, "third-party"))
		v.mode = CH_STR("meeting");
	if (!v.status.len || ch_str_eqz(v.status, "historical"))
		v.status = v.status.len ? v.status : CH_STR("actual");
	parties(a, &v.source, source && !json_is_null(source) ? source : json_object_get(e, "actor"));
	parties(a, &v.target, target && !json_is_null(target) ? target : json_object_get(e, "recipient"));
	return v;
}

static struct set both(struct ch_arena *a, const struct event_view *v)
{
	struct set s = { 0 };

	for (uint32_t i = 0; i < v->source.v.n; i++)
		put(a, &s, v->source.v.v[i]);
	for (uint32_t i = 0; i < v->target.v.n; i++)
		put(a, &s, v->target.v.v[i]);
	return s;
}

static bool directed(const struct event_view *g)
{
	if (!g->target.v.n)
		return false;
	return ch_str_eqz(g->type, "SUPPORT") ? !ch_str_eqz(g->mode, "sign") :
	       ch_str_eqz(g->type, "CONSULT") && in_list(g->mode, "visit letter phone");
}

static bool dates_agree(struct ch_str g, struct ch_str s)
{
	char lo[2][16], hi[2][16];
	struct ch_str both_dates[2] = { g, s };

	if (!g.len || !s.len)
		return false;
	for (int i = 0; i < 2; i++) {
		size_t slash = ch_str_find_byte(both_dates[i], '/', 0);
		struct ch_str a = slash == CH_STR_NONE ? both_dates[i] : ch_str_sub(both_dates[i], 0, slash);
		struct ch_str b = slash == CH_STR_NONE ? a : ch_str_sub(both_dates[i], slash + 1, both_dates[i].len);

		a = ch_str_sub(a, 0, 10);
		b = ch_str_sub(b, 0, 10);
		snprintf(lo[i], sizeof lo[i], "%.*s%s", CH_STR_ARG(a), a.len == 4 ? "-01-01" : a.len == 7 ? "-01" : "");
		snprintf(hi[i], sizeof hi[i], "%.*s%s", CH_STR_ARG(b), b.len == 4 ? "-12-31" : b.len == 7 ? "-31" : "");
	}
	return strcmp(lo[0], lo[1]) <= 0 && strcmp(hi[1], hi[0]) <= 0;
}

static double match_event(struct ch_arena *a, const json_t *gold, const json_t *system)
{
	struct event_view g = view(a, gold), s = view(a, system);
	struct set gb = both(a, &g), sb = both(a, &s);
	uint32_t n = common(&gb, &sb), all = gb.v.n + sb.v.n - n;

	if (!ch_str_eq(g.type, s.type))
		return 0;
	if (in_list(g.type, "CONSULT AGREE COOPERATE SUPPORT")) {
		if (n < (gb.v.n < 2 ? gb.v.n : 2))
			return 0;
		if (directed(&g) && s.target.v.n && (ch_str_eqz(g.type, "SUPPORT") || ch_str_eq(g.mode, s.mode)) &&
		    !(common(&g.source, &s.source) && common(&g.target, &s.target)))
			return 0;
	} else if (!common(&g.source, &s.source) || !g.target.v.n != !s.target.v.n ||
		   (g.target.v.n && !common(&g.target, &s.target))) {
		return 0;
	}
	return 1 + (double)n / (all ? all : 1) +
	       0.1 * (ch_str_eq(g.mode, s.mode) + ch_str_eq(g.status, s.status) + dates_agree(g.date, s.date));
}

static double match_event_strict(struct ch_arena *a, const json_t *gold, const json_t *system)
{
	struct event_view g = view(a, gold), s = view(a, system);
	struct set gb = both(a, &g), sb = both(a, &s);
	struct ch_str actual = CH_STR("actual");
	bool same;

	if (match_event(a, gold, system) == 0 || !ch_str_eq(g.mode, s.mode) ||
	    !ch_str_eq(ch_str_eqz(g.status, "historical") ? actual : g.status, ch_str_eqz(s.status, "historical") ? actual : s.status))
		return 0;
	same = same_set(&g.source, &s.source) && same_set(&g.target, &s.target);
	if (in_list(g.type, "CONSULT AGREE COOPERATE SUPPORT") && !directed(&g))
		same = same || same_set(&gb, &sb);
	return same;
}

static double match_quote(struct ch_arena *a, const json_t *g, const json_t *s)
{
	double v = overlap(g, s, "content", true);

	(void)a;
	return v >= 0.5 ? v : 0;
}

static double match_instrument(struct ch_arena *a, const json_t *g, const json_t *s)
{
	struct set gp = { 0 }, sp = { 0 };

	parties(a, &gp, json_object_get(g, "parties"));
	parties(a, &sp, json_object_get(s, "parties"));
	if (gp.v.n && !common(&gp, &sp))
		return 0;
	return alike(a, text_of(g, "title"), text_of(s, "title"), 0.6) || overlap(g, s, "mention", false) >= 0.5 ? 2 : 0;
}

static double match_role(struct ch_arena *a, const json_t *g, const json_t *s)
{
	bool who = same_person(a, text_of(g, "who"), text_of(s, "who")) ||
		   ch_str_eq(party_key(a, json_object_get(g, "who")), party_key(a, json_object_get(s, "who")));
	bool body = ch_str_eq(party_key(a, json_object_get(g, "body")), party_key(a, json_object_get(s, "body"))) ||
		    alike(a, text_of(g, "body"), text_of(s, "body"), 0.6);

	return who && body && alike(a, text_of(g, "role"), text_of(s, "role"), 0.4);
}

static double match_tally(struct ch_arena *a, const json_t *g, const json_t *s)
{
	(void)a;
	return json_number_value(json_object_get(g, "count")) == json_number_value(json_object_get(s, "count")) &&
	       overlap(g, s, "mention", false) >= 0.3;
}

static double match_pledge(struct ch_arena *a, const json_t *g, const json_t *s)
{
	double v = overlap(g, s, "mention", false);

	(void)a;
	return v >= 0.5 ? v : 0;
}

static const struct kind {
	const char *name, *array;
	double (*match)(struct ch_arena *, const json_t *gold, const json_t *system);
} kinds[] = {
	{ "events", "events", match_event }, { "events+", "events", match_event_strict }, { "quotes", "quotes", match_quote },
	{ "instruments", "instruments", match_instrument }, { "roles", "roles", match_role }, { "tallies", "tallies", match_tally },
	{ "pledges", "pledges", match_pledge },
};
enum { KINDS = sizeof kinds / sizeof *kinds };

/* ---- pages ---- */

struct score {
	uint64_t gold, system, match;
};

enum { BINS = 10 };   /* of confidence, 0 to 1 */

struct total {
	struct score kind[KINDS], body, speakers, dates, published;
	struct score type[CH_EV_N];                    /* events by type */
	struct score modes, statuses, places, places_null, sentences;   /* of paired events: gold is how many, match how many right */
	struct score dates_null;                       /* undated in the gold */
	struct score bin[BINS];                        /* system: events of that confidence; match: how many the gold has */
	double bin_sum[BINS];
};

static struct score *of_type(struct total *t, const json_t *event)
{
	unsigned type = ch_event_parse(text_of(event, "type"));

	return type < CH_EV_N ? &t->type[type] : NULL;
}

/* What of a paired event is right beside its type and parties. */
static void score_fields(struct ch_arena *a, const json_t *g, const json_t *s, struct total *t)
{
	struct event_view gv = view(a, g), sv = view(a, s);
	struct ch_str place = text_of(g, "place"), actual = CH_STR("actual");

	if (text_of(g, "date").len) {
		t->dates.gold++;
		t->dates.match += dates_agree(text_of(g, "date"), text_of(s, "date"));
	} else {
		t->dates_null.gold++;
		t->dates_null.match += !text_of(s, "date").len;
	}
	t->modes.gold++;
	t->modes.match += ch_str_eq(gv.mode, sv.mode);
	t->statuses.gold++;
	t->statuses.match += ch_str_eq(ch_str_eqz(gv.status, "historical") ? actual : gv.status,
				       ch_str_eqz(sv.status, "historical") ? actual : sv.status);
	if (place.len) {
		t->places.gold++;
		t->places.match += ch_str_eq(place, text_of(s, "place"));
	} else {
		t->places_null.gold++;
		t->places_null.match += !text_of(s, "place").len;
	}
	t->sentences.gold++;
	t->sentences.match += overlap(g, s, "sentence", true) >= 0.5;
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

static void pair_up(struct ch_arena *a, const struct kind *kind, const json_t *gold, const json_t *system, struct score *score,
		    struct total *t)
{
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
	if (kind->match == match_event) {
		struct score *of;

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
			if (kind->match == match_event && of_type(t, s))
				of_type(t, s)->system--;
			continue;
		}
		score->match++;
		if (kind->match == match_event && of_type(t, g))
			of_type(t, g)->match++;
		if (kind->match == match_quote) {
			struct ch_str who = text_of(g, "speaker"), said = text_of(s, "speaker");

			t->speakers.gold++;
			t->speakers.match += who.len ? same_person(a, who, said) : !said.len;
		}
		if (kind->match == match_event)
			score_fields(a, g, s, t);
	}
	for (uint32_t j = 0; j < ns && kind->match == match_event; j++) {
		double c = json_number_value(json_object_get(json_array_get(system, j), "confidence"));
		uint32_t b = c >= 1 ? BINS - 1 : c <= 0 ? 0 : (uint32_t)(c * BINS + 1e-9);

		t->bin[b].system++;
		t->bin[b].match += s_taken[j];
		t->bin_sum[b] += c;
	}
}

/* The spans of a list, in order and without what overlaps; the bytes that they hold. */
static uint64_t covered(struct ch_arena *a, const json_t *list, struct span2 **out, uint32_t *n)
{
	CH_VEC(struct span2) v = { 0 };
	uint64_t sum = 0;
	const json_t *one;
	size_t i;

	json_array_foreach(list, i, one) {
		struct span2 s = { json_integer_value(json_array_get(one, 0)), json_integer_value(json_array_get(one, 1)) };

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

static void score_body(struct ch_arena *a, const json_t *gold, const json_t *system, struct score *score)
{
	struct span2 *g, *s;
	uint32_t ng, ns, i = 0, j = 0;

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
	struct ch_str day = text_of(gold, "published");

	for (unsigned k = 0; k < KINDS; k++)
		pair_up(&a, &kinds[k], json_object_get(gold, kinds[k].array), json_object_get(system, kinds[k].array), &t->kind[k], t);
	score_body(&a, gold, system, &t->body);
	if (day.len) {
		t->published.gold++;
		t->published.match += ch_str_eq(day, ch_str_sub(text_of(system, "published"), 0, 10));
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
		key = text_of(o, "page");
		key = page_key(a, key.len ? key : text_of(o, "id"), false);
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

/* 95% interval of a share (Wilson 1927), as [low, high]. */
static json_t *interval(uint64_t right, uint64_t n)
{
	const double z = 1.96;
	double p = n ? (double)right / (double)n : 0, d = n ? (double)n : 1;
	double middle = (p + z * z / (2 * d)) / (1 + z * z / d);
	double half = z * sqrt(p * (1 - p) / d + z * z / (4 * d * d)) / (1 + z * z / d);
	json_t *list = ch_json_array();

	ch_json_push(list, json_real(n ? fmax(0, middle - half) : 0));
	ch_json_push(list, json_real(n ? fmin(1, middle + half) : 1));
	return list;
}

static json_t *score_json(const struct score *s, const char *name)
{
	double p = s->system ? (double)s->match / (double)s->system : 0, r = s->gold ? (double)s->match / (double)s->gold : 0;
	json_t *o = ch_json_object();

	ch_json_set(o, "kind", ch_json_str(ch_str_z(name)));
	ch_json_set(o, "gold", json_integer((json_int_t)s->gold));
	ch_json_set(o, "system", json_integer((json_int_t)s->system));
	ch_json_set(o, "match", json_integer((json_int_t)s->match));
	ch_json_set(o, "precision", json_real(p));
	ch_json_set(o, "recall", json_real(r));
	ch_json_set(o, "precision_interval", interval(s->match, s->system));
	ch_json_set(o, "recall_interval", interval(s->match, s->gold));
	ch_json_set(o, "f1", json_real(p + r > 0 ? 2 * p * r / (p + r) : 0));
	return o;
}

static json_t *rate_json(const struct score *s, const char *name)
{
	json_t *o = ch_json_object();

	ch_json_set(o, "what", ch_json_str(ch_str_z(name)));
	ch_json_set(o, "of", json_integer((json_int_t)s->gold));
	ch_json_set(o, "right", json_integer((json_int_t)s->match));
	ch_json_set(o, "interval", interval(s->match, s->gold));
	return o;
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
		ch_json_set(o, "interval", interval(t->bin[b].match, t->bin[b].system));
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
	for (unsigned k = 0; k < KINDS; k++)
		ch_json_push(list, score_json(&t.kind[k], kinds[k].name));
	ch_json_push(list, score_json(&t.body, "body"));
	list = ch_json_array();
	ch_json_set(o, "rates", list);
	ch_json_push(list, rate_json(&t.dates, "event dates right"));
	ch_json_push(list, rate_json(&t.dates_null, "undated events left undated"));
	ch_json_push(list, rate_json(&t.places, "places right"));
	ch_json_push(list, rate_json(&t.places_null, "events without a place left so"));
	ch_json_push(list, rate_json(&t.modes, "modes right"));
	ch_json_push(list, rate_json(&t.statuses, "statuses right"));
	ch_json_push(list, rate_json(&t.sentences, "sentences right"));
	ch_json_push(list, rate_json(&t.speakers, "speakers right"));
	ch_json_push(list, rate_json(&t.published, "publication dates right"));
	list = ch_json_array();
	ch_json_set(o, "types", list);
	for (unsigned k = 0; k < CH_EV_N; k++)
		if (t.type[k].gold || t.type[k].system)
			ch_json_push(list, score_json(&t.type[k], ch_event_name(k)));
	ch_json_set(o, "reliability", reliability(&t));
	json_decref(g);
	json_decref(s);
	ch_arena_free(&a);
	return ch_json_give(o, ok, json);
}
