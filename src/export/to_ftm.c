/* export/to_ftm.c -- FollowTheMoney entities, JSON lines: {"id","schema","properties"}.
 *
 * An entity may come more than once (out.h); lines of one id are one entity, as `ftm aggregate` joins them. */
#include "base/utf8.h"
#include "export/out.h"
#include "store/id.h"

static struct ch_str id_of(struct ch_out *out, const char *kind, struct ch_str a, struct ch_str b)
{
	struct ch_ider ider;

	ch_ider_init(&ider, kind);
	ch_ider_add(&ider, a);
	ch_ider_add(&ider, b);
	return ch_arena_printf(&out->arena, "%s-%.*s", kind, CH_STR_ARG(ch_ider_id(&ider, &out->arena)));
}

static void add(json_t *properties, const char *name, struct ch_str value)
{
	json_t *list = json_object_get(properties, name);

	if (!value.len)
		return;
	if (!list) {
		list = ch_json_array();
		ch_json_set(properties, name, list);
	}
	ch_json_push(list, ch_json_str(value));
}

static bool give(struct ch_out *out, const char *schema, struct ch_str id, json_t *properties)
{
	json_t *o = ch_json_object();

	ch_json_set(o, "id", ch_json_str(id));
	ch_json_set(o, "schema", ch_json_str(ch_str_z(schema)));
	ch_json_set(o, "properties", properties);
	return ch_out_json(out, o);
}

static struct ch_str iso2(struct ch_out *out, struct ch_str code, enum ch_lost what)
{
	struct ch_country_code c;

	if (!ch_country_codes(out, code, CH_NO_DAY, what, &c))
		return CH_STR("");
	if (!c.iso2.len)
		ch_out_lost(out, what);
	return c.iso2;
}

/* "AZE", "UN", "Abkhazia": a state, or whoever else goes by a name. *id: which entity that is. */
static bool body(struct ch_out *out, struct ch_str party, struct ch_str name, struct ch_str code, struct ch_str *id)
{
	struct ch_country_code c;
	bool state = ch_country_on(&out->codes, party, CH_NO_DAY, &c);
	json_t *p;

	*id = id_of(out, state ? "state" : "org", party, CH_STR(""));
	if (!ch_out_first(out, *id))
		return true;
	p = ch_json_object();
	add(p, "name", state ? c.name : name.len ? name : party);
	if (!state && name.len && !ch_str_eq(name, party))
		add(p, "alias", party);
	add(p, "country", iso2(out, state ? party : code, CH_LOST_COUNTRY));
	return give(out, state ? "PublicBody" : "Organization", *id, p);
}

static bool person(struct ch_out *out, struct ch_str name, struct ch_str code, struct ch_str office, struct ch_str *id)
{
	json_t *p;

	*id = id_of(out, "person", ch_utf8_fold(&out->arena, name), CH_STR(""));
	if (!ch_out_first(out, id_of(out, "person", name, ch_arena_printf(&out->arena, "%.*s %.*s", CH_STR_ARG(code), CH_STR_ARG(office)))))
		return true;
	p = ch_json_object();
	add(p, "name", name);
	add(p, "country", iso2(out, code, CH_LOST_COUNTRY));
	add(p, "position", office);
	return give(out, "Person", *id, p);
}

/* Whom each of a side is, into the property: the person, and for whom he acts. */
static bool side(struct ch_out *out, json_t *properties, const char *name, struct ch_party_list list)
{
	for (uint32_t i = 0; i < list.n; i++) {
		const struct ch_party *p = &list.v[i];
		struct ch_str id;

		if (p->kind == CH_ACTOR_PERSON && p->name.len) {
			if (!person(out, p->name, p->code, p->office, &id))
				return false;
			add(properties, name, id);
		}
		if (p->party.len && (!i || !ch_str_eq(p->party, list.v[i - 1].party))) {
			if (!body(out, p->party, p->kind == CH_ACTOR_PERSON ? CH_STR("") : p->name, p->code, &id))
				return false;
			add(properties, name, id);
		}
	}
	return true;
}

static bool article(struct ch_out *out, const struct ch_page_info *info, struct ch_str *id)
{
	struct ch_str rest = info->author, one;
	json_t *p;

	*id = ch_arena_printf(&out->arena, "page-%.*s", CH_STR_ARG(info->id));
	if (!ch_out_first(out, *id))
		return true;
	p = ch_json_object();
	add(p, "title", info->title);
	while (ch_str_cut(&rest, ';', &one))
		add(p, "author", ch_str_trim(one));
	if (ch_str_eqz(info->lang, "en"))
		add(p, "language", CH_STR("eng"));   /* of ISO 639-3; no records are made of pages in others */
	add(p, "publishedAt", info->published);
	add(p, "publisher", info->outlet);
	add(p, "sourceUrl", info->url);
	return give(out, "Article", *id, p);
}

/* Dates are given as exact as they are known: "2018", "2018-05". */
static void dates(json_t *properties, struct ch_str date)
{
	size_t slash = ch_str_find_byte(date, '/', 0);

	if (slash == CH_STR_NONE) {
		add(properties, "date", date);
		return;
	}
	add(properties, "startDate", ch_str_sub(date, 0, slash));
	add(properties, "endDate", ch_str_sub(date, slash + 1, date.len));
}

static struct ch_str title_of(struct ch_out *out, const struct ch_event_record *e)
{
	const struct ch_party_list *const sides[] = { &e->reports[0].source, &e->reports[0].target };
	struct ch_str s = ch_arena_printf(&out->arena, "%.*s%s%.*s", CH_STR_ARG(e->type), e->mode.len ? " " : "", CH_STR_ARG(e->mode));
	const char *between = ": ";

	for (int k = 0; k < 2; k++, between = " > ")
		for (uint32_t i = 0; i < sides[k]->n && i < 4; i++) {
			s = ch_arena_printf(&out->arena, "%.*s%s%.*s", CH_STR_ARG(s), between, CH_STR_ARG(sides[k]->v[i].party));
			between = ", ";
		}
	return s;
}

static bool event(struct ch_out *out, const struct ch_event_record *e)
{
	const struct ch_report *r = &e->reports[0];
	bool took_place = ch_str_eqz(e->status, "actual") || ch_str_eqz(e->status, "historical");
	bool call = took_place && ch_str_eqz(e->mode, "phone") && ch_str_eqz(e->type, "CONSULT");
	bool trip = took_place && ch_str_eqz(e->mode, "visit") && ch_str_eqz(e->type, "CONSULT");
	struct ch_str page, place, id = ch_arena_printf(&out->arena, "event-%.*s", CH_STR_ARG(e->id));
	json_t *p;

	if (!took_place && !ch_str_eqz(e->status, "planned")) {
		ch_out_lost(out, CH_LOST_STATUS);
		return true;
	}
	if (!article(out, r->page, &page))
		return false;
	p = ch_json_object();
	if (!side(out, p, call ? "caller" : "involved", r->source) || !side(out, p, call ? "receiver" : "involved", r->target)) {
		json_decref(p);
		return false;
	}
	place = iso2(out, e->place, CH_LOST_PLACE);
	if (!call) {
		add(p, "name", title_of(out, e));
		add(p, "country", place);
		add(p, "proof", page);
	}
	if (trip && place.len) {
		struct ch_country_code c;
		struct ch_str address = id_of(out, "place", e->place, CH_STR(""));

		add(p, "endLocation", address);
		if (ch_country_on(&out->codes, e->place, CH_NO_DAY, &c) && ch_out_first(out, address)) {
			json_t *a = ch_json_object();

			add(a, "full", c.name);
			add(a, "country", place);
			if (!give(out, "Address", address, a)) {
				json_decref(p);
				return false;
			}
		}
	}
	dates(p, e->date);
	add(p, "summary", r->sentence_text);
	add(p, "description", took_place ? CH_STR("") : CH_STR("planned"));
	add(p, "recordId", e->id);
	add(p, "sourceUrl", r->page->url);
	add(p, "publisher", r->page->outlet);
	return give(out, call ? "Call" : trip ? "Trip" : "Event", id, p);
}

/* "AZE", "UN": a state or an organisation rather than a person. */
static bool is_body(const struct ch_out *out, struct ch_str who)
{
	struct ch_country_code c;
	bool capitals = who.len > 0;

	for (size_t i = 0; i < who.len; i++)
		capitals = capitals && ((who.ptr[i] >= 'A' && who.ptr[i] <= 'Z') || (who.ptr[i] >= '0' && who.ptr[i] <= '9'));
	return capitals || ch_country_on(&out->codes, who, CH_NO_DAY, &c) || ch_org_of(&out->codes, who);
}

static bool role(struct ch_out *out, const struct ch_row *row)
{
	const struct ch_str who = row->cells[0].text, name = row->cells[1].text, of = row->cells[2].text;
	const struct ch_str from = row->cells[3].text, to = row->cells[4].text;
	bool held_by_body = is_body(out, who), member = held_by_body || ch_str_istarts(name, CH_STR("member"));
	struct ch_str holder, org = CH_STR(""), post, id = ch_arena_printf(&out->arena, "role-%.*s", CH_STR_ARG(row->id));
	json_t *p;

	if (!who.len || (member && !of.len))
		return true;
	if (held_by_body ? !body(out, who, CH_STR(""), CH_STR(""), &holder) : !person(out, who, CH_STR(""), CH_STR(""), &holder))
		return false;
	if (of.len && !body(out, of, CH_STR(""), CH_STR(""), &org))
		return false;
	p = ch_json_object();
	if (member) {
		add(p, "member", holder);
		add(p, "organization", org);
		add(p, "role", name);
	} else {
		post = id_of(out, "position", name, of);
		if (ch_out_first(out, post)) {
			struct ch_country_code c;
			json_t *q = ch_json_object();

			if (!ch_country_on(&out->codes, of, CH_NO_DAY, &c))
				c = (struct ch_country_code){ .name = of };
			add(q, "name", ch_arena_printf(&out->arena, "%.*s%s%.*s", CH_STR_ARG(name), of.len ? ", " : "", CH_STR_ARG(c.name)));
			add(q, "organization", org);
			add(q, "country", c.iso2);
			if (!give(out, "Position", post, q)) {
				json_decref(p);
				return false;
			}
		}
		add(p, "holder", holder);
		add(p, "post", post);
	}
	add(p, "startDate", from);
	add(p, "endDate", to);
	if (!row->page->license_forbids)
		add(p, "summary", row->context);
	else if (row->context.len)
		out->withheld++;
	add(p, "recordId", row->id);
	add(p, "sourceUrl", row->page->url);
	add(p, "publisher", row->page->outlet);
	return give(out, member ? "Membership" : "Occupancy", id, p);
}

static bool instrument(struct ch_out *out, const struct ch_row *row)
{
	struct ch_str id = ch_arena_printf(&out->arena, "instrument-%.*s", CH_STR_ARG(row->id)), party;
	const struct ch_cell *parties = &row->cells[2];
	json_t *p = ch_json_object();

	add(p, "title", row->cells[0].text);
	add(p, "summary", ch_arena_printf(&out->arena, "%.*s%s%.*s", CH_STR_ARG(row->cells[1].text),
					  row->cells[1].text.len && row->cells[5].text.len ? ", " : "", CH_STR_ARG(row->cells[5].text)));
	add(p, "date", row->cells[3].text);
	add(p, "country", iso2(out, row->cells[4].text, CH_LOST_PLACE));
	add(p, "sourceUrl", row->page->url);
	add(p, "publisher", row->page->outlet);
	if (!give(out, "Document", id, p))
		return false;
	for (uint32_t i = 0; i < parties->n_list; i++) {
		if (!body(out, parties->list[i], CH_STR(""), CH_STR(""), &party))
			return false;
		p = ch_json_object();
		add(p, "document", id);
		add(p, "entity", party);
		add(p, "role", CH_STR("party"));
		if (!give(out, "Documentation", id_of(out, "party", row->id, parties->list[i]), p))
			return false;
	}
	return true;
}

static bool row(struct ch_out *out, const struct ch_row *r)
{
	return r->reg == ch_register_of(CH_REG_ROLES) ? role(out, r) : instrument(out, r);
}

static const enum ch_register_id rows[] = { CH_REG_ROLES, CH_REG_INSTRUMENTS, CH_REG_N };

const struct ch_format ch_to_ftm = {
	.name = "ftm", .summary = "FollowTheMoney entities, JSON lines", .null = "", .sentences = true, .event = event, .row = row, .rows = rows,
};
