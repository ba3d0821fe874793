/* export/eval_gold.c -- what gold of sentences is made of, whatever it is written in: sentences, types, events, actors. */
#include "export/eval.h"
#include <stdio.h>

/* ---- sentences ---- */

struct ch_eval_sentence *ch_eval_sentence(struct ch_eval_gold *g, struct ch_str id, struct ch_str text, struct ch_str date)
{
	struct ch_eval_sentence s = { 0 };
	uint32_t *known;
	char letter = 'b';

	text = ch_str_trim(text);
	known = ch_map_get(&g->texts, text);
	if (known)
		return &g->sentences.v[*known];
	s.id = id.len ? ch_arena_str(&g->arena, id) : ch_arena_printf(&g->arena, "%u", (unsigned)g->sentences.n + 1);
	for (; ch_map_get(&g->ids, s.id) && letter <= 'z'; letter++)
		s.id = ch_arena_printf(&g->arena, "%.*s%c", CH_STR_ARG(id), letter);
	if (ch_map_get(&g->ids, s.id))   /* where letters do not do */
		s.id = ch_arena_printf(&g->arena, "%.*s#%u", CH_STR_ARG(id), (unsigned)g->sentences.n + 1);
	s.text = ch_arena_str(&g->arena, text);
	if (date.len >= 10 && date.ptr[4] == '-')
		snprintf(s.date, sizeof s.date, "%.10s", ch_arena_str(&g->arena, ch_str_sub(date, 0, 10)).ptr);
	else if (date.len == 8)
		snprintf(s.date, sizeof s.date, "%.4s-%.2s-%.2s", date.ptr, date.ptr + 4, date.ptr + 6);
	ch_map_put(&g->ids, s.id, g->sentences.n, NULL);
	ch_map_put(&g->texts, s.text, g->sentences.n, NULL);
	*CH_PUSH(&g->arena, &g->sentences) = s;
	return &g->sentences.v[g->sentences.n - 1];
}

void ch_eval_gold_free(struct ch_eval_gold *g)
{
	ch_arena_free(&g->arena);
}

/* ---- types ---- */

bool ch_eval_is_cameo(struct ch_str code)
{
	if (code.len < 2 || code.len > 5)
		return false;
	for (size_t i = 0; i < code.len; i++)
		if ((code.ptr[i] < '0' || code.ptr[i] > '9') && (i < 2 || code.ptr[i] < 'A' || code.ptr[i] > 'Z'))
			return false;
	return true;
}

/* CAMEO2PLOVER-2021 (openeventdata/PLOVER): by the first two digits, but for these. */
unsigned ch_eval_cameo_type(struct ch_str code)
{
	static const unsigned char heads[] = {
		[3] = CH_EV_AGREE, [4] = CH_EV_CONSULT, [5] = CH_EV_SUPPORT, [6] = CH_EV_COOPERATE, [7] = CH_EV_AID, [8] = CH_EV_RETREAT,
		[9] = CH_EV_ACCUSE, [10] = CH_EV_REQUEST, [11] = CH_EV_ACCUSE, [12] = CH_EV_REJECT, [13] = CH_EV_THREATEN,
		[14] = CH_EV_PROTEST, [15] = CH_EV_MOBILIZE, [16] = CH_EV_SANCTION, [17] = CH_EV_COERCE, [18] = CH_EV_ASSAULT,
		[19] = CH_EV_ASSAULT, [20] = CH_EV_ASSAULT,
	};
	static const struct {
		const char *code;
		enum ch_event_type type;
	} others[] = { { "0813", CH_EV_RETREAT }, { "0814", CH_EV_RETREAT }, { "1712", CH_EV_ASSAULT }, { "080", CH_EV_CONCEDE },
		       { "081", CH_EV_CONCEDE }, { "082", CH_EV_CONCEDE }, { "083", CH_EV_CONCEDE }, { "163", CH_EV_COERCE },
		       { "175", CH_EV_ASSAULT }, { "191", CH_EV_COERCE }, { "192", CH_EV_COERCE } };   /* the longer first */
	unsigned head;

	if (ch_str_eqz(code, "08"))
		return CH_EV_CONCEDE;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (ch_str_starts(code, ch_str_z(others[i].code)))
			return others[i].type;
	if (!ch_eval_is_cameo(code))
		return CH_EVAL_NO_TYPE;
	head = (unsigned)(code.ptr[0] - '0') * 10 + (unsigned)(code.ptr[1] - '0');
	return head >= 3 && head < sizeof heads ? heads[head] : CH_EVAL_NO_TYPE;
}

/* Also the categories that PLOVER had in 2016 and gave up, as those of 2021 that took them in. CH_EV_N: none of either. */
static unsigned category(struct ch_str name)
{
	static const struct {
		const char *old;
		enum ch_event_type type;
	} olds[] = { { "DEMAND", CH_EV_REQUEST }, { "DISAPPROVE", CH_EV_ACCUSE }, { "INVESTIGATE", CH_EV_ACCUSE }, { "FIGHT", CH_EV_ASSAULT } };
	char upper[16];
	size_t n = name.len < sizeof upper ? name.len : 0;

	for (size_t i = 0; i < n; i++)
		upper[i] = (char)(name.ptr[i] >= 'a' && name.ptr[i] <= 'z' ? name.ptr[i] - 'a' + 'A' : name.ptr[i]);
	name = ch_str_n(upper, n);
	for (size_t i = 0; i < sizeof olds / sizeof *olds; i++)
		if (ch_str_eqz(name, olds[i].old))
			return olds[i].type;
	return ch_event_parse(name);
}

/* ---- an event ---- */

static const json_t *first(const json_t *v)
{
	return json_is_array(v) ? json_array_get(v, 0) : v;
}

static const json_t *either(const json_t *o, const char *a, const char *b)
{
	const json_t *v = json_object_get(o, a);

	return v && !json_is_null(v) ? v : json_object_get(o, b);
}

/* A string, or a PLOVER entity: its code with the sector behind it, "---" for an unknown country. "***" is no sector. */
static struct ch_str actor_code(struct ch_eval_gold *g, const json_t *x)
{
	struct ch_str code, sector;

	if (json_is_string(x))
		return ch_arena_str(&g->arena, ch_eval_text(x, ""));
	code = ch_eval_text(x, "code");
	code = code.len ? code : ch_eval_text(x, "actor");
	code = code.len ? code : ch_eval_text(x, "country");
	sector = ch_eval_text(first(json_object_get(x, "sector")), "");
	if (!code.len || ch_str_eqz(code, "***"))
		code = CH_STR("---");
	if (ch_str_eqz(sector, "***") || ch_str_eq(ch_str_sub(code, 3, 6), sector))
		sector = CH_STR("");
	return ch_arena_printf(&g->arena, "%.*s%.*s", CH_STR_ARG(code), CH_STR_ARG(sector));
}

static bool read_side(struct ch_eval_gold *g, const json_t *v, struct ch_eval_codes *to, struct ch_err *err)
{
	size_t n = json_is_array(v) ? json_array_size(v) : v && !json_is_null(v);

	if (n > CH_EVAL_SIDE_MAX)
		return ch_fail(err, "an event with %zu actors on one side; %d are read", n, CH_EVAL_SIDE_MAX);
	for (size_t i = 0; i < n; i++) {
		const json_t *x = json_is_array(v) ? json_array_get(v, i) : v;
		struct ch_str code;

		if (!json_is_string(x) && !json_is_object(x))
			return ch_fail(err, "an actor that is neither a code (\"USAGOV\") nor an object with \"code\"");
		code = actor_code(g, x);
		if (json_is_string(x) || !ch_str_eqz(code, "---"))   /* an entity of nobody knows where is nobody */
			*CH_PUSH(&g->arena, &to->v) = code;
	}
	return true;
}

bool ch_eval_event_read(struct ch_eval_gold *g, const json_t *o, struct ch_eval_event *e, struct ch_err *err)
{
	const json_t *type = json_object_get(o, "plover"), *cameo = first(json_object_get(o, "cameo"));
	struct ch_str name;

	*e = (struct ch_eval_event){ .type = CH_EVAL_NO_TYPE, .joint = json_is_true(json_object_get(o, "joint")) };
	if (!json_is_object(o))
		return ch_fail(err, "an event that is no object");
	if (json_is_integer(cameo))
		e->cameo = ch_arena_printf(&g->arena, "%03lld", (long long)json_integer_value(cameo));
	else
		e->cameo = ch_arena_str(&g->arena, ch_eval_text(cameo, ""));
	if (e->cameo.len && !ch_eval_is_cameo(e->cameo))
		return ch_fail(err, "'%.*s' is no CAMEO code", (int)(e->cameo.len < 40 ? e->cameo.len : 40), e->cameo.ptr);
	if (!type) {
		type = either(o, "event", "category");
		type = type ? type : json_object_get(o, "type");
	}
	name = ch_str_trim(ch_eval_text(first(type), ""));
	e->type = name.len ? category(name) : type ? CH_EVAL_NO_TYPE : ch_eval_cameo_type(e->cameo);
	if (name.len && e->type == CH_EVAL_NO_TYPE)
		return ch_fail(err, "'%.*s' is no PLOVER type (AGREE, CONSULT, …)", (int)(name.len < 40 ? name.len : 40), name.ptr);
	if (!name.len && !e->cameo.len)
		return ch_fail(err, "an event with neither a PLOVER type (\"plover\", \"event\", \"category\") nor \"cameo\"");
	return read_side(g, either(o, "source", "actor"), &e->source, err) && read_side(g, either(o, "target", "recipient"), &e->target, err);
}

/* ---- what a system says ---- */

/* A planned act of a cooperative type is AGREE, as PLOVER has it; the store keeps type and status. */
static bool promised(unsigned type)
{
	return type == CH_EV_CONSULT || type == CH_EV_SUPPORT || type == CH_EV_COOPERATE || type == CH_EV_AID || type == CH_EV_CONCEDE ||
	       type == CH_EV_RETREAT;
}

bool ch_eval_system_add(struct ch_eval_gold *g, struct ch_eval_sentence *s, const json_t *record, const char *what, struct ch_err *err)
{
	const json_t *events = json_object_get(record, "events"), *o;
	size_t i;

	if (!json_is_array(events))
		return ch_fail(err, "%s: there are no \"events\"", what);
	s->coded = true;
	if (json_array_size(events) > CH_EVAL_SYSTEM_MAX)
		return ch_fail(err, "%s: more than %d events of one sentence", what, CH_EVAL_SYSTEM_MAX);
	json_array_foreach(events, i, o) {
		struct ch_str status = ch_eval_text(o, "status");
		struct ch_eval_event e;
		const json_t *own = NULL;

		if (ch_str_eqz(status, "denied"))
			continue;
		/* with PLOVER's entities beside the parties of our own, the entities: they have the sector */
		if (json_object_get(o, "actor") || json_object_get(o, "recipient")) {
			json_t *copy = json_copy((json_t *)o);

			json_object_del(copy, "source");
			json_object_del(copy, "target");
			own = copy;
		}
		if (!ch_eval_event_read(g, own ? own : o, &e, err)) {
			json_decref((json_t *)own);
			return ch_err_in(err, "%s", what);
		}
		json_decref((json_t *)own);
		if (ch_str_eqz(status, "planned") && promised(e.type))
			e.type = CH_EV_AGREE;
		*CH_PUSH(&g->arena, &s->system) = e;
	}
	return true;
}
