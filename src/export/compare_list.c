/* export/compare_list.c -- rows of a list as parties, places and days. See compare.h.
 *
 * Each name goes through the stages that pages go through, as a text of its own published on the row's day: office holders are those of
 * that day. A name asked twice on one day is read once. */
#include "export/compare.h"
#include "event/context.h"
#include "export/import_priv.h"
#include <stdlib.h>

enum { TEXT_MAX = 1000 };   /* of one that is asked; of a longer one the beginning is */

/* ---- what texts mean ---- */

struct asking {
	struct ch_arena *arena;
	struct ch_import codes;
	bool by_code;
	const struct ch_compare_question *questions;
	struct ch_compare_answer *answers;
	uint32_t n, asked, answered;
};

static bool next_question(void *ctx, struct chancery_item *item)
{
	struct asking *x = ctx;
	const struct ch_compare_question *q = &x->questions[x->asked];
	char iso[16];
	json_t *o;

	if (x->asked == x->n)
		return false;
	x->asked++;
	o = ch_json_object();
	ch_json_set(o, "date", ch_json_or_null(ch_str_z(ch_day_print(q->day, iso))));
	ch_json_set(o, "text", ch_json_str(q->text));
	*item = (struct chancery_item){ .name = strdup("list"), .bytes = json_dumps(o, JSON_COMPACT) };
	json_decref(o);
	if (!item->name || !item->bytes)
		ch_die_memory(q->text.len);
	item->size = strlen(item->bytes);
	return true;
}

static struct ch_str text_of(struct asking *x, const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);

	return json_is_string(v) ? ch_arena_str(x->arena, ch_str_n(json_string_value(v), json_string_length(v))) : CH_STR("");
}

/* Of mentions in one another the outer one counts: "the army of France" is no France. */
static void take(struct asking *x, struct ch_compare_answer *a, const json_t *mentions)
{
	size_t i, k;
	const json_t *m, *actor;
	json_int_t past = -1;

	json_array_foreach(mentions, i, m) {
		json_int_t start = json_integer_value(json_object_get(m, "start")), end = json_integer_value(json_object_get(m, "end"));
		bool any = false;

		if (start < past)
			continue;
		ch_compare_add(x->arena, &a->places, text_of(x, m, "place"));
		json_array_foreach(json_object_get(m, "actors"), k, actor) {
			struct ch_str party = text_of(x, actor, "party");

			any = any || party.len;
			ch_compare_add(x->arena, &a->side.parties, party);
			if (party.len && json_is_string(json_object_get(actor, "id")) && ch_str_eqz(text_of(x, actor, "kind"), "person"))
				ch_compare_add(x->arena, &a->side.persons, text_of(x, actor, "name"));
		}
		if (any)
			past = end;
	}
}

static bool take_answer(void *ctx, const struct chancery_result *result)
{
	struct asking *x = ctx;
	uint32_t at = x->answered++;
	struct ch_compare_answer *a = &x->answers[at];
	struct ch_str rest = x->questions[at].text, one;
	json_t *o;

	if (result->text) {
		o = json_loadb(result->text, result->size, 0, NULL);
		take(x, a, json_object_get(o, "mentions"));
		json_decref(o);
	}
	if (!x->by_code || a->side.parties.n || a->places.n || rest.len > 40)
		return true;
	while (ch_str_cut(&rest, ';', &one)) {
		struct ch_str body = ch_arena_str(x->arena, ch_import_body(&x->codes, one));

		ch_compare_add(x->arena, &a->side.parties, body);
		if (body.len == 3)
			ch_compare_add(x->arena, &a->places, body);
	}
	return true;
}

bool ch_compare_ask(const struct chancery *engine, struct ch_arena *arena, const struct ch_compare_question *questions, uint32_t n, bool codes,
		    unsigned threads, struct ch_compare_answer **answers, struct ch_err *err)
{
	struct asking x = { .arena = arena, .by_code = codes, .questions = questions, .n = n };
	struct chancery_work work = { .input = CHANCERY_JSON_LINES, .output = CHANCERY_ACTORS, .threads = threads, .next = next_question,
				      .done = take_answer, .ctx = &x };
	bool ok = true;

	*answers = x.answers = CH_NEW_N(arena, struct ch_compare_answer, n);
	if (codes)
		ok = ch_import_open(&x.codes, ((const struct ch_engine *)engine)->gazetteer, err);
	ok = ok && chancery_each(engine, &work, (struct chancery_error *)err);
	if (codes)
		ch_import_close(&x.codes);
	return ok;
}

/* ---- rows ---- */

/* Questions of all rows, each once. */
struct asks {
	struct ch_arena *arena;
	struct ch_map known;                        /* day and text → index */
	CH_VEC(struct ch_compare_question) questions;
	struct ch_compare_answer *answers;
};

/* The number of a question, UINT32_MAX for none. */
static uint32_t ask(struct asks *x, struct ch_str text, ch_day day)
{
	char iso[16];
	bool added;
	uint32_t at;

	if (!text.len)
		return UINT32_MAX;
	if (text.len > TEXT_MAX) {
		size_t end = TEXT_MAX;

		while (end && ((unsigned char)text.ptr[end] & 0xC0) == 0x80)
			end--;
		text = ch_str_sub(text, 0, end);
	}
	at = *ch_map_put(&x->known, ch_arena_printf(x->arena, "%s\t%.*s", ch_day_print(day, iso), CH_STR_ARG(text)), x->questions.n, &added);
	if (added)
		*CH_PUSH(x->arena, &x->questions) = (struct ch_compare_question){ text, day };
	return at;
}

/* What was asked for a row. */
struct asked {
	uint32_t who, with, place, locale;
	uint32_t both;   /* of an XML list: the name with the country behind it */
};

static const struct ch_compare_answer *answer(const struct asks *x, uint32_t question)
{
	static const struct ch_compare_answer none;

	return question == UINT32_MAX ? &none : &x->answers[question];
}

static void unread(struct ch_compare_row *r, const char *why, struct ch_str text)
{
	if (!r->why) {
		r->why = why;
		r->why_text = text;
	}
}

static struct ch_str with_country(struct ch_arena *arena, struct ch_str name, struct ch_str country)
{
	return !name.len ? country : !country.len ? name : ch_arena_printf(arena, "%.*s (%.*s)", CH_STR_ARG(name), CH_STR_ARG(country));
}

static bool dates(const struct ch_list_row *t, enum ch_date_order order, struct ch_compare_row *r)
{
	ch_day lo, hi, end_lo, end_hi;
	enum ch_list_date d = ch_list_date(t->field[CH_LIST_DATE], order, &lo, &hi), e = CH_LIST_DATE_OK;
	struct ch_str slip = t->field[CH_LIST_DATE];

	if (d == CH_LIST_DATE_OK && t->field[CH_LIST_END].len) {
		slip = t->field[CH_LIST_END];
		e = ch_list_date(slip, order, &end_lo, &end_hi);
		hi = e == CH_LIST_DATE_OK ? end_hi : hi;
	}
	d = d == CH_LIST_DATE_OK ? e : d;
	r->lo = lo;
	r->hi = hi;
	if (d == CH_LIST_DATE_ORDER)
		unread(r, "day and month may stand in either order: say --date-order dmy or mdy", slip);
	else if (d != CH_LIST_DATE_OK)
		unread(r, slip.len ? "no date that is understood" : "no date", slip);
	else if (hi < lo)
		unread(r, "it ends before it begins", slip);
	return !r->why;
}

static struct asked ask_row(struct asks *x, const struct ch_list *list, const struct ch_list_row *t, struct ch_compare_row *r)
{
	const struct ch_str *f = t->field;
	bool xml = strcmp(list->format, "XML") == 0 && !f[CH_LIST_WITH].len && !f[CH_LIST_ORIGIN].len;
	ch_day day = r->lo;
	struct asked a;

	a.who = ask(x, with_country(x->arena, f[CH_LIST_WHO], f[CH_LIST_ORIGIN]), day);
	a.with = ask(x, f[CH_LIST_WITH], day);
	a.place = ask(x, f[CH_LIST_PLACE], day);
	a.locale = f[CH_LIST_PLACE].len ? UINT32_MAX : ask(x, f[CH_LIST_LOCALE], day);
	a.both = xml && f[CH_LIST_WHO].len && f[CH_LIST_PLACE].len ? ask(x, with_country(x->arena, f[CH_LIST_WHO], f[CH_LIST_PLACE]), day) :
								       UINT32_MAX;
	return a;
}

static void add_side(struct ch_arena *arena, struct ch_compare_side *to, const struct ch_compare_side *from)
{
	for (uint32_t i = 0; i < from->parties.n; i++)
		ch_compare_add(arena, &to->parties, from->parties.v[i]);
	for (uint32_t i = 0; i < from->persons.n; i++)
		ch_compare_add(arena, &to->persons, from->persons.v[i]);
}

/* The United States' Department of State does not write the side that is always the same: who travels in its travels, to whom visitors came
 * in its visits. A name of the country beside it is a visitor's; a name of another country is of one who went there. */
static void state_department(struct ch_arena *arena, const struct asks *x, const struct asked *a, struct ch_compare_row *r)
{
	const struct ch_compare_answer *who = answer(x, a->who), *place = answer(x, a->place);
	bool own = true, inward = r->text->inward;

	for (uint32_t i = 0; i < place->places.n; i++)
		for (uint32_t k = 0; k < who->side.parties.n; k++)
			own = own && ch_str_eq(place->places.v[i], who->side.parties.v[k]);
	if (r->text->field[CH_LIST_WHO].len && inward && own) {
		r->who = (struct ch_compare_side){ 0 };
		add_side(arena, &r->who, &answer(x, a->both)->side);
		r->places = (struct ch_compare_names){ 0 };
		ch_compare_add(arena, &r->places, CH_STR("USA"));
	}
	if (!r->text->field[CH_LIST_WHO].len && !inward)
		ch_compare_add(arena, &r->who.parties, CH_STR("USA"));
}

static void settle(struct asks *x, const struct ch_list *list, enum ch_compare_kind kind, const struct asked *a, struct ch_compare_row *r)
{
	const struct ch_str *f = r->text->field;
	const struct ch_compare_answer *with = answer(x, a->with), *place = answer(x, a->place), *locale = answer(x, a->locale);
	bool sides = kind == CH_COMPARE_VISITS || kind == CH_COMPARE_EVENTS;
	struct ch_compare_side *other = sides ? &r->with : &r->who;

	add_side(x->arena, &r->who, &answer(x, a->who)->side);
	if (!r->who.parties.n && kind != CH_COMPARE_VISITS)   /* "Paris" met "Bonn" */
		for (uint32_t i = 0; i < answer(x, a->who)->places.n; i++)
			ch_compare_add(x->arena, &r->who.parties, answer(x, a->who)->places.v[i]);
	add_side(x->arena, other, &with->side);
	for (uint32_t i = 0; i < with->places.n && !with->side.parties.n; i++)
		ch_compare_add(x->arena, &other->parties, with->places.v[i]);
	for (uint32_t i = 0; i < place->places.n; i++)
		ch_compare_add(x->arena, &r->places, place->places.v[i]);
	for (uint32_t i = 0; i < place->side.parties.n && !place->places.n; i++)
		ch_compare_add(x->arena, &r->places, place->side.parties.v[i]);
	for (uint32_t i = 0; i < locale->places.n && !place->places.n; i++)
		ch_compare_add(x->arena, &r->places, locale->places.v[i]);
	r->title = f[CH_LIST_TITLE];
	if (strcmp(list->format, "XML") == 0 && kind == CH_COMPARE_VISITS && !f[CH_LIST_WITH].len && !f[CH_LIST_ORIGIN].len)
		state_department(x->arena, x, a, r);
	else if (strcmp(list->format, "XML") == 0 && kind == CH_COMPARE_VISITS && r->text->inward && f[CH_LIST_ORIGIN].len && !r->places.n)
		ch_compare_add(x->arena, &r->places, CH_STR("USA"));
	if (kind == CH_COMPARE_EVENTS && f[CH_LIST_TYPE].len) {
		const char *means = ch_list_event(f[CH_LIST_TYPE]);

		if (*means == '.')
			r->mode = ch_str_z(means + 1);
		else if (*means)
			r->type = ch_str_z(means);
		else if (ch_event_parse(f[CH_LIST_TYPE]) < CH_EV_N)
			r->type = f[CH_LIST_TYPE];
	}
	if (kind == CH_COMPARE_INSTRUMENTS && r->title.len)
		return;
	if (!r->who.parties.n)
		unread(r, f[CH_LIST_WHO].len || f[CH_LIST_ORIGIN].len ? "nobody is known by this name" : "it does not say who",
		       f[CH_LIST_WHO].len ? f[CH_LIST_WHO] : f[CH_LIST_ORIGIN]);
	else if (f[CH_LIST_WITH].len && !with->side.parties.n && !with->places.n)
		unread(r, "nobody is known by this name", f[CH_LIST_WITH]);
	else if (!r->places.n && f[CH_LIST_PLACE].len && !r->with.parties.n)
		unread(r, "no country is known by this name", f[CH_LIST_PLACE]);
	else if (kind == CH_COMPARE_VISITS && !r->places.n && !r->with.parties.n)
		unread(r, f[CH_LIST_LOCALE].len ? "it is not known in which country this is" : "it does not say where", f[CH_LIST_LOCALE]);
	else if ((kind == CH_COMPARE_MEETINGS || kind == CH_COMPARE_LETTERS || kind == CH_COMPARE_INSTRUMENTS) && r->who.parties.n < 2 &&
		 !r->places.n)
		unread(r, "it names one party only", f[CH_LIST_WHO]);
}

bool ch_compare_rows(const struct chancery *engine, struct ch_arena *arena, const struct ch_list *list, enum ch_compare_kind kind,
		     enum ch_date_order order, unsigned threads, struct ch_compare_row **rows, struct ch_err *err)
{
	struct asks x = { .arena = arena };
	struct asked *a = CH_NEW_N(arena, struct asked, list->rows.n);

	*rows = CH_NEW_N(arena, struct ch_compare_row, list->rows.n);
	ch_map_init(&x.known, arena);
	for (uint32_t i = 0; i < list->rows.n; i++) {
		struct ch_compare_row *r = &(*rows)[i];

		r->text = &list->rows.v[i];
		if (dates(r->text, order, r))
			a[i] = ask_row(&x, list, r->text, r);
	}
	if (!ch_compare_ask(engine, arena, x.questions.v, x.questions.n, true, threads, &x.answers, err))
		return false;
	for (uint32_t i = 0; i < list->rows.n; i++)
		if (!(*rows)[i].why)
			settle(&x, list, kind, &a[i], &(*rows)[i]);
	return true;
}
