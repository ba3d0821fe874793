/* export/eval_match.c -- when a record of a page is the gold one, by the rules that the field's gold is compared by.
 *
 *   events   same type, and the parties meet on both sides: reciprocal types on the union of parties, unless the gold gives the act a
 *            direction (visits, letters, calls, SUPPORT other than "sign")
 *   events+  also the same mode (CONSULT and SUPPORT), the same full sets of parties, the same status (historical is actual)
 *   quotes   contents overlap by half (intersection over union)
 *   instruments, roles, tallies, pledges   by title or mention; holder, body and role; count and mention; mention */
#include "export/eval.h"
#include <stdio.h>

static bool span_of(const json_t *o, const char *key, struct ch_eval_span *s)
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
	struct ch_eval_span a, b;
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
	struct ch_eval_set source, target;
};

static struct ch_str first_text(const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);

	return ch_eval_text(json_is_array(v) ? json_array_get(v, 0) : v, "");
}

static struct event_view view(struct ch_arena *a, const json_t *e)
{
	struct event_view v = { .type = first_text(e, "type"), .mode = first_text(e, "mode"), .status = ch_eval_text(e, "status"),
				.date = ch_eval_text(e, "date") };
	const json_t *source = json_object_get(e, "source"), *target = json_object_get(e, "target");

	if (!v.type.len)
		v.type = first_text(e, "event");
	if (!ch_eval_in_list(v.type, "CONSULT SUPPORT"))
		v.mode = CH_STR("");
	if (ch_str_eqz(v.mode, "third-party"))
		v.mode = CH_STR("meeting");
	if (!v.status.len || ch_str_eqz(v.status, "historical"))
		v.status = v.status.len ? v.status : CH_STR("actual");
	ch_eval_parties(a, &v.source, source && !json_is_null(source) ? source : json_object_get(e, "actor"));
	ch_eval_parties(a, &v.target, target && !json_is_null(target) ? target : json_object_get(e, "recipient"));
	return v;
}

static struct ch_eval_set both(struct ch_arena *a, const struct event_view *v)
{
	struct ch_eval_set s = { 0 };

	for (uint32_t i = 0; i < v->source.v.n; i++)
		ch_eval_put(a, &s, v->source.v.v[i]);
	for (uint32_t i = 0; i < v->target.v.n; i++)
		ch_eval_put(a, &s, v->target.v.v[i]);
	return s;
}

static bool directed(const struct event_view *g)
{
	if (!g->target.v.n)
		return false;
	return ch_str_eqz(g->type, "SUPPORT") ? !ch_str_eqz(g->mode, "sign") :
	       ch_str_eqz(g->type, "CONSULT") && ch_eval_in_list(g->mode, "visit letter phone");
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
	struct ch_eval_set gb = both(a, &g), sb = both(a, &s);
	uint32_t n = ch_eval_common(&gb, &sb), all = gb.v.n + sb.v.n - n;

	if (!ch_str_eq(g.type, s.type))
		return 0;
	if (ch_eval_in_list(g.type, "CONSULT AGREE COOPERATE SUPPORT")) {
		if (n < (gb.v.n < 2 ? gb.v.n : 2))
			return 0;
		if (directed(&g) && s.target.v.n && (ch_str_eqz(g.type, "SUPPORT") || ch_str_eq(g.mode, s.mode)) &&
		    !(ch_eval_common(&g.source, &s.source) && ch_eval_common(&g.target, &s.target)))
			return 0;
	} else if (!ch_eval_common(&g.source, &s.source) || !g.target.v.n != !s.target.v.n ||
		   (g.target.v.n && !ch_eval_common(&g.target, &s.target))) {
		return 0;
	}
	return 1 + (double)n / (all ? all : 1) +
	       0.1 * (ch_str_eq(g.mode, s.mode) + ch_str_eq(g.status, s.status) + dates_agree(g.date, s.date));
}

static double match_event_strict(struct ch_arena *a, const json_t *gold, const json_t *system)
{
	struct event_view g = view(a, gold), s = view(a, system);
	struct ch_eval_set gb = both(a, &g), sb = both(a, &s);
	struct ch_str actual = CH_STR("actual");
	bool same;

	if (match_event(a, gold, system) == 0 || !ch_str_eq(g.mode, s.mode) ||
	    !ch_str_eq(ch_str_eqz(g.status, "historical") ? actual : g.status, ch_str_eqz(s.status, "historical") ? actual : s.status))
		return 0;
	same = ch_eval_same_set(&g.source, &s.source) && ch_eval_same_set(&g.target, &s.target);
	if (ch_eval_in_list(g.type, "CONSULT AGREE COOPERATE SUPPORT") && !directed(&g))
		same = same || ch_eval_same_set(&gb, &sb);
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
	struct ch_eval_set gp = { 0 }, sp = { 0 };

	ch_eval_parties(a, &gp, json_object_get(g, "parties"));
	ch_eval_parties(a, &sp, json_object_get(s, "parties"));
	if (gp.v.n && !ch_eval_common(&gp, &sp))
		return 0;
	return ch_eval_alike(a, ch_eval_text(g, "title"), ch_eval_text(s, "title"), 0.6) || overlap(g, s, "mention", false) >= 0.5 ? 2 : 0;
}

static double match_role(struct ch_arena *a, const json_t *g, const json_t *s)
{
	bool who = ch_eval_same_person(a, ch_eval_text(g, "who"), ch_eval_text(s, "who")) ||
		   ch_str_eq(ch_eval_party(a, json_object_get(g, "who")), ch_eval_party(a, json_object_get(s, "who")));
	bool body = ch_str_eq(ch_eval_party(a, json_object_get(g, "body")), ch_eval_party(a, json_object_get(s, "body"))) ||
		    ch_eval_alike(a, ch_eval_text(g, "body"), ch_eval_text(s, "body"), 0.6);

	return who && body && ch_eval_alike(a, ch_eval_text(g, "role"), ch_eval_text(s, "role"), 0.4);
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

const struct ch_eval_kind *ch_eval_kind(enum ch_eval_kind_id id)
{
	static const struct ch_eval_kind kinds[CH_EVAL_KINDS] = {
		[CH_EVAL_EVENTS] = { "events", "events", match_event },
		[CH_EVAL_EVENTS_STRICT] = { "events+", "events", match_event_strict },
		[CH_EVAL_QUOTES] = { "quotes", "quotes", match_quote },
		[CH_EVAL_INSTRUMENTS] = { "instruments", "instruments", match_instrument },
		[CH_EVAL_ROLES] = { "roles", "roles", match_role },
		[CH_EVAL_TALLIES] = { "tallies", "tallies", match_tally },
		[CH_EVAL_PLEDGES] = { "pledges", "pledges", match_pledge },
	};

	return &kinds[id];
}

unsigned ch_eval_right(struct ch_arena *a, const json_t *g, const json_t *s)
{
	struct event_view gv = view(a, g), sv = view(a, s);
	struct ch_str date = ch_eval_text(g, "date"), place = ch_eval_text(g, "place"), actual = CH_STR("actual");
	unsigned right = 0;

	/* what the gold leaves open is right where it is left open */
	if (date.len ? dates_agree(date, ch_eval_text(s, "date")) : !ch_eval_text(s, "date").len)
		right |= CH_EVAL_DATE;
	if (place.len ? ch_str_eq(place, ch_eval_text(s, "place")) : !ch_eval_text(s, "place").len)
		right |= CH_EVAL_PLACE;
	if (ch_str_eq(gv.mode, sv.mode))
		right |= CH_EVAL_MODE;
	if (ch_str_eq(ch_str_eqz(gv.status, "historical") ? actual : gv.status, ch_str_eqz(sv.status, "historical") ? actual : sv.status))
		right |= CH_EVAL_STATUS;
	if (overlap(g, s, "sentence", true) >= 0.5)
		right |= CH_EVAL_SENTENCE;
	return right;
}
