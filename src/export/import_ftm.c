/* export/import_ftm.c -- FollowTheMoney entities, a JSON object a line: {"id", "schema", "properties": {"name": [...]}}.
 *
 * Person with Occupancy (holder, post) of a Position, or Membership (member, organization), becomes a person with terms;
 * Organization, PublicBody, LegalEntity, Company an organisation. Source: followthemoney.tech, the model's schemata. */
#include "export/import_priv.h"
#include "export/actors_file.h"

#define NONE UINT32_MAX

enum { NAMES_MAX = 20, TERMS_MAX = 100 };

struct ftm {
	struct ch_str id, schema;
	json_t *properties;   /* lent by the line's object */
	uint32_t line;
	uint32_t next;        /* of a person: his next occupancy */
};

struct ftm_reader {
	struct ch_import *x;
	CH_VEC(struct ftm) v;
	struct ch_map by_id;
	CH_VEC(uint32_t) first;   /* by entity: the first occupancy it holds, or NONE */
};

/* The i-th value of a property; empty where there is none. */
static struct ch_str value(const struct ftm *f, const char *key, size_t i)
{
	const json_t *list = json_object_get(f->properties, key), *one = json_is_array(list) ? json_array_get(list, i) :
									  i ? NULL : list;

	return json_is_string(one) ? ch_str_n(json_string_value(one), json_string_length(one)) : CH_STR("");
}

static const struct ftm *entity(const struct ftm_reader *r, struct ch_str id)
{
	const uint32_t *at = id.len ? ch_map_get(&r->by_id, id) : NULL;

	return at ? &r->v.v[*at] : NULL;
}

/* The first value that names a state that is known here; empty. */
static struct ch_str country_of(struct ftm_reader *r, const struct ftm *f)
{
	static const char *const keys[] = { "country", "jurisdiction", "nationality", "mainCountry" };
	struct ch_str found = CH_STR("");

	for (size_t k = 0; f && k < sizeof keys / sizeof *keys && !found.len; k++)
		for (size_t i = 0; i < 3 && !found.len; i++)
			found = ch_import_body(r->x, value(f, keys[k], i));
	return found;
}

static bool is_organisation(struct ch_str schema)
{
	return ch_str_eqz(schema, "Organization") || ch_str_eqz(schema, "PublicBody") || ch_str_eqz(schema, "LegalEntity") ||
	       ch_str_eqz(schema, "Company");
}

/* How the terms of our form may name an organisation: ours, where we have one of that name, else the one that is written. */
static struct ch_str organisation_key(struct ftm_reader *r, const struct ftm *f)
{
	struct ch_str key = f ? ch_import_body(r->x, value(f, "name", 0)) : CH_STR("");

	return key.len || !f || !is_organisation(f->schema) ? key : ch_import_name(r->x, value(f, "name", 0));
}

/* " {Q42 ftm:id}" */
static void put_ids(struct ftm_reader *r, const struct ftm *f)
{
	struct ch_import *x = r->x;
	struct ch_str wikidata = value(f, "wikidataId", 0), own = ch_import_name(x, f->id);
	uint32_t number;
	bool q = wikidata.len > 1 && wikidata.ptr[0] == 'Q' && ch_str_uint(ch_str_sub(wikidata, 1, wikidata.len), &number);

	if (!q && f->id.len > 1 && f->id.ptr[0] == 'Q' && ch_str_uint(ch_str_sub(f->id, 1, f->id.len), &number)) {
		wikidata = f->id;   /* "Q42" serves as the entity's own id in some collections */
		q = true;
		own = CH_STR("");
	}
	if (!ch_str_eq(own, f->id) || ch_str_find_byte(own, ' ', 0) != CH_STR_NONE)
		own = CH_STR("");
	if (q || own.len)
		ch_import_put(x, "%.*s%s%s%.*s", CH_STR_ARG(q ? wikidata : CH_STR("")), q && own.len ? " " : "", own.len ? "ftm:" : "",
			      CH_STR_ARG(own));
}

/* "; other" of each further name. */
static void put_names(struct ftm_reader *r, const struct ftm *f)
{
	static const char *const keys[] = { "name", "alias", "weakAlias", "abbreviation" };
	uint32_t n = 0;

	for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
		for (size_t i = k ? 0 : 1; n < NAMES_MAX && value(f, keys[k], i).len; i++) {
			struct ch_str name = ch_import_name(r->x, value(f, keys[k], i));

			if (!name.len)
				continue;
			ch_import_put(r->x, "; %.*s", CH_STR_ARG(name));
			n++;
		}
	r->x->names += n + 1;
}

static void put_organisation(struct ftm_reader *r, const struct ftm *f)
{
	struct ch_import *x = r->x;
	struct ch_str name = ch_import_name(x, value(f, "name", 0)), country = country_of(r, f);
	const char *sector = ch_str_eqz(f->schema, "PublicBody") ? " GOV" : ch_str_eqz(f->schema, "Company") ? " BUS" : "";
	uint32_t known;

	if (!name.len) {
		ch_import_lost(x, f->id, "no usable name");
		return;
	}
	known = ch_import_find(x, name, 1u << CH_GZ_ORG);
	if (known != NONE && *ch_gz_str(x->g, x->g->entities[known].org).ptr && !(x->g->entities[known].flags & CH_GZ_PART)) {
		ch_import_put(x, "org %s\n", ch_gz_str(x->g, x->g->entities[known].org).ptr);
		x->known++;
	} else {
		ch_import_put(x, "org %.*s = %.*s%s\n", CH_STR_ARG(name), CH_STR_ARG(country.len == 3 ? country : CH_STR("XXX")), sector);
		x->organisations++;
	}
	ch_import_put(x, "\tname %.*s", CH_STR_ARG(name));
	put_names(r, f);
	ch_import_put(x, "\n\tid ");
	put_ids(r, f);
	ch_import_put(x, "\n");
}

/* One office of a person as a line; false where it says too little. */
static bool put_occupancy(struct ftm_reader *r, const struct ftm *person, const struct ftm *o, struct ch_str *lines)
{
	bool member = ch_str_eqz(o->schema, "Membership");
	const struct ftm *post = member ? NULL : entity(r, value(o, "post", 0));
	struct ch_import *x = r->x;
	struct ch_str office, from, to, body;

	office = ch_import_name(x, member ? value(o, "role", 0) : post ? value(post, "name", 0) : CH_STR(""));
	body = organisation_key(r, entity(r, member ? value(o, "organization", 0) : post ? value(post, "organization", 0) : CH_STR("")));
	if (!body.len)
		body = post ? country_of(r, post) : CH_STR("");
	if (!body.len)
		body = country_of(r, person);
	from = ch_import_date(value(o, "startDate", 0));
	to = ch_import_date(value(o, "endDate", 0));
	if (!office.len && member)
		office = CH_STR("Member");
	if (!office.len || !body.len || (from.len && to.len && ch_str_cmp(from, to) > 0))
		return false;
	*lines = ch_arena_printf(&x->arena, "%.*s\t%.*s | %.*s | %.*s%s%.*s\n", CH_STR_ARG(*lines), CH_STR_ARG(body), CH_STR_ARG(office),
				 CH_STR_ARG(from), to.len ? " | " : "", CH_STR_ARG(to));
	x->terms++;
	return true;
}

static void put_person(struct ftm_reader *r, uint32_t at)
{
	const struct ftm *f = &r->v.v[at];
	struct ch_import *x = r->x;
	struct ch_str name = ch_import_name(x, value(f, "name", 0)), lines = CH_STR(""), country, office;
	uint32_t n = 0;

	for (uint32_t o = r->first.v[at]; o != NONE; o = r->v.v[o].next) {
		x->line = r->v.v[o].line;
		if (++n > TERMS_MAX || !put_occupancy(r, f, &r->v.v[o], &lines))
			ch_import_lost(x, r->v.v[o].id, n > TERMS_MAX ? "more terms than a person may have" :
				       "an office without a title, or of no state or organisation that is known here");
	}
	x->line = f->line;
	country = country_of(r, f);
	office = ch_import_name(x, value(f, "position", 0));
	if (!lines.len && country.len && office.len) {
		lines = ch_arena_printf(&x->arena, "\t%.*s | %.*s |\n", CH_STR_ARG(country), CH_STR_ARG(office));
		x->terms++;
	}
	if (ch_actors_file_keyword(name))
		name = CH_STR("");
	if (!name.len || !lines.len) {
		ch_import_lost(x, name.len ? name : f->id, name.len ? "a person without an office" : "no usable name");
		return;
	}
	ch_import_put(x, "%.*s {", CH_STR_ARG(name));
	put_ids(r, f);
	ch_import_put(x, "}");
	put_names(r, f);
	ch_import_put(x, "\n%.*s", CH_STR_ARG(lines));
	x->people++;
}

/* Hangs each office on who holds it, in the order of the lines. */
static void link_offices(struct ftm_reader *r)
{
	for (uint32_t i = 0; i < r->v.n; i++)
		*CH_PUSH(&r->x->arena, &r->first) = NONE;
	for (uint32_t i = r->v.n; i-- > 0;) {
		struct ftm *f = &r->v.v[i];
		bool member = ch_str_eqz(f->schema, "Membership");
		struct ch_str holder = value(f, member ? "member" : "holder", 0);
		const uint32_t *at = holder.len ? ch_map_get(&r->by_id, holder) : NULL;

		if (!member && !ch_str_eqz(f->schema, "Occupancy"))
			continue;
		if (!at) {
			r->x->line = f->line;
			ch_import_lost(r->x, f->id, "an office whose holder is not in the file");
			continue;
		}
		f->next = r->first.v[*at];
		r->first.v[*at] = i;
	}
}

void ch_import_ftm(struct ch_import *x, struct ch_str text)
{
	struct ftm_reader r = { .x = x };
	json_t *all = ch_json_array();
	struct ch_str line;

	ch_map_init(&r.by_id, &x->arena);
	for (x->line = 1; ch_str_cut(&text, '\n', &line); x->line++) {
		json_t *o;
		struct ftm f = { .line = x->line, .next = NONE };

		if (!ch_str_trim(line).len)
			continue;
		x->lines++;
		o = json_loadb(line.ptr, line.len, 0, NULL);
		f.id = ch_str_z(json_string_value(json_object_get(o, "id")));
		f.schema = ch_str_z(json_string_value(json_object_get(o, "schema")));
		f.properties = json_object_get(o, "properties");
		if (!f.id.len || !f.schema.len || !json_is_object(f.properties)) {
			ch_import_lost(x, line, "no entity {\"id\", \"schema\", \"properties\"}");
			json_decref(o);
			continue;
		}
		ch_json_push(all, o);
		ch_map_put(&r.by_id, f.id, r.v.n, NULL);
		*CH_PUSH(&x->arena, &r.v) = f;
	}
	link_offices(&r);
	for (uint32_t i = 0; i < r.v.n; i++) {
		x->line = r.v.v[i].line;
		if (is_organisation(r.v.v[i].schema))
			put_organisation(&r, &r.v.v[i]);
		else if (ch_str_eqz(r.v.v[i].schema, "Person"))
			put_person(&r, i);
		else if (!ch_str_eqz(r.v.v[i].schema, "Position") && !ch_str_eqz(r.v.v[i].schema, "Occupancy") &&
			 !ch_str_eqz(r.v.v[i].schema, "Membership"))
			ch_import_lost(x, r.v.v[i].schema, "an entity that is no actor or office");
	}
	json_decref(all);
}
