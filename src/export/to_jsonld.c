/* export/to_jsonld.c -- schema.org as JSON-LD, an object a line: Event, NewsArticle, Quotation, and people in their Roles. */
#include "event/context.h"
#include "export/out.h"

static json_t *thing(const char *type)
{
	json_t *o = ch_json_object();

	ch_json_set(o, "@type", ch_json_str(ch_str_z(type)));
	return o;
}

static json_t *root(struct ch_out *out, const char *type, const char *kind, struct ch_str id)
{
	json_t *o = ch_json_object();

	ch_json_set(o, "@context", ch_json_str(CH_STR("https://schema.org")));
	ch_json_set(o, "@type", ch_json_str(ch_str_z(type)));
	ch_json_set(o, "@id", ch_json_str(ch_arena_printf(&out->arena, "urn:chancery:%s:%.*s", kind, CH_STR_ARG(id))));
	return o;
}

static void set(json_t *o, const char *key, struct ch_str value)
{
	if (value.len)
		ch_json_set(o, key, ch_json_str(value));
}

static json_t *reference(struct ch_out *out, const char *kind, struct ch_str id)
{
	json_t *o = ch_json_object();

	ch_json_set(o, "@id", ch_json_str(ch_arena_printf(&out->arena, "urn:chancery:%s:%.*s", kind, CH_STR_ARG(id))));
	return o;
}

/* A state, or whoever goes by a name; identifier: our code. */
static json_t *body(struct ch_out *out, struct ch_str party, struct ch_str name)
{
	struct ch_country_code c;
	bool state = ch_country_on(&out->codes, party, CH_NO_DAY, &c);
	json_t *o = thing(state ? "GovernmentOrganization" : "Organization");

	set(o, "name", state ? c.name : name.len ? name : party);
	set(o, "identifier", party);
	return o;
}

static json_t *country(struct ch_out *out, struct ch_str code)
{
	struct ch_country_code c;
	json_t *o = thing("Country");

	if (ch_country_codes(out, code, CH_NO_DAY, CH_LOST_PLACE, &c))
		set(o, "name", c.name);
	set(o, "identifier", code);
	return o;
}

static json_t *side(struct ch_out *out, struct ch_party_list list)
{
	json_t *all = ch_json_array();

	for (uint32_t i = 0; i < list.n; i++) {
		const struct ch_party *p = &list.v[i];
		json_t *o;

		if (p->kind != CH_ACTOR_PERSON || !p->name.len) {
			ch_json_push(all, body(out, p->party, p->name));
			continue;
		}
		o = thing("Person");
		set(o, "name", p->name);
		set(o, "jobTitle", p->office);
		if (p->party.len)
			ch_json_set(o, "affiliation", body(out, p->party, CH_STR("")));
		ch_json_push(all, o);
	}
	return all;
}

static bool article(struct ch_out *out, const struct ch_page_info *p)
{
	struct ch_str rest = p->author, one;
	json_t *o, *authors;

	if (!ch_out_first(out, p->id))
		return true;
	o = root(out, "NewsArticle", "page", p->id);
	authors = ch_json_array();
	set(o, "headline", p->title);
	while (ch_str_cut(&rest, ';', &one))
		if (ch_str_trim(one).len) {
			json_t *author = thing("Person");

			set(author, "name", ch_str_trim(one));
			ch_json_push(authors, author);
		}
	if (json_array_size(authors))
		ch_json_set(o, "author", json_incref(authors));
	json_decref(authors);
	set(o, "datePublished", p->published);
	set(o, "dateModified", p->modified);
	if (p->outlet.len) {
		json_t *publisher = thing("Organization");

		set(publisher, "name", p->outlet);
		ch_json_set(o, "publisher", publisher);
	}
	set(o, "articleSection", p->section);
	set(o, "inLanguage", p->lang);
	set(o, "license", p->license);
	set(o, "url", p->url);
	return ch_out_json(out, o);
}

static void dates(json_t *o, struct ch_str date)
{
	size_t slash = ch_str_find_byte(date, '/', 0);

	set(o, "startDate", slash == CH_STR_NONE ? date : ch_str_sub(date, 0, slash));
	if (slash != CH_STR_NONE)
		set(o, "endDate", ch_str_sub(date, slash + 1, date.len));
}

/* The host of a visit is its organizer; who is met attends; to whom else something is done, that is about him. */
static const char *target_property(const struct ch_event_record *e)
{
	return !ch_str_eqz(e->type, "CONSULT") ? "about" : ch_str_eqz(e->mode, "visit") ? "organizer" : "attendee";
}

static bool event(struct ch_out *out, const struct ch_event_record *e)
{
	const struct ch_report *r = &e->reports[0];
	json_t *o, *pages;
	struct ch_map seen;

	if (ch_str_eqz(e->status, "denied") || ch_str_eqz(e->status, "hypothetical")) {
		ch_out_lost(out, CH_LOST_STATUS);
		return true;
	}
	for (uint32_t i = 0; i < e->n_reports; i++)
		if (!article(out, e->reports[i].page))
			return false;
	o = root(out, "Event", "event", e->id);
	set(o, "name", ch_arena_printf(&out->arena, "%.*s%s%.*s", CH_STR_ARG(e->type), e->mode.len ? " " : "", CH_STR_ARG(e->mode)));
	set(o, "identifier", e->id);
	dates(o, e->date);
	if (e->place.len)
		ch_json_set(o, "location", country(out, e->place));
	ch_json_set(o, "actor", side(out, r->source));
	if (r->target.n)
		ch_json_set(o, target_property(e), side(out, r->target));
	if (ch_str_eqz(e->status, "planned"))
		set(o, "eventStatus", CH_STR("https://schema.org/EventScheduled"));
	set(o, "keywords", ch_context_names(&out->arena, ch_event_contexts(e, NULL)));
	set(o, "description", r->sentence_text);
	pages = ch_json_array();
	ch_map_init(&seen, &out->arena);
	for (uint32_t i = 0; i < e->n_reports; i++) {
		bool added;

		ch_map_put(&seen, e->reports[i].page->id, i, &added);
		if (added)
			ch_json_push(pages, reference(out, "page", e->reports[i].page->id));
	}
	ch_json_set(o, "subjectOf", pages);
	return ch_out_json(out, o);
}

/* To whom, on what occasion, where, of whom. */
static void told(struct ch_out *out, json_t *o, const struct ch_row *row)
{
	for (uint32_t i = 0; i < CH_COLS_MAX && row->reg->cols[i].name; i++) {
		const char *name = row->reg->cols[i].name;
		const struct ch_cell *c = &row->cells[i];
		json_t *one = NULL;

		if (strcmp(name, "addressee") == 0 && c->text.len) {
			one = thing("Audience");
			set(one, "audienceType", c->text);
			ch_json_set(o, "audience", one);
		} else if (strcmp(name, "occasion") == 0 && c->text.len) {
			one = thing("Event");
			set(one, "name", c->text);
			ch_json_set(o, "recordedAt", one);
		} else if (strcmp(name, "place") == 0 && c->text.len) {
			ch_json_set(o, "locationCreated", country(out, c->text));
		} else if (strcmp(name, "context") == 0) {
			set(o, "keywords", c->text);
		} else if (strcmp(name, "views") == 0 && c->n_notes) {
			one = ch_json_array();
			for (uint32_t k = 0; k < c->n_notes; k++) {
				json_t *about = thing("Thing");

				set(about, "name", c->notes[k].name);
				set(about, "identifier", c->notes[k].party);
				set(about, "description", c->notes[k].value);
				ch_json_push(one, about);
			}
			ch_json_set(o, "about", one);
		}
	}
}

static bool quotation(struct ch_out *out, const struct ch_row *row)
{
	json_t *o, *speaker;

	if (row->page->license_forbids) {
		out->withheld++;
		return true;
	}
	if (!article(out, row->page))
		return false;
	o = root(out, "Quotation", "quote", row->id);
	/* Without what an editor put in: it is not the speaker's. */
	set(o, "text", row->cells[CH_QUOTE_SAID].text.len ? row->cells[CH_QUOTE_SAID].text : row->cells[CH_QUOTE_TEXT].text);
	speaker = thing("Person");
	set(speaker, "name", row->cells[0].text);
	if (row->cells[1].text.len)
		ch_json_set(speaker, "affiliation", body(out, row->cells[1].text, CH_STR("")));
	ch_json_set(o, "spokenByCharacter", speaker);
	set(o, "creativeWorkStatus", row->cells[3].number != 0 ? CH_STR("direct") : CH_STR("reported"));
	told(out, o, row);
	ch_json_set(o, "isPartOf", reference(out, "page", row->page->id));
	return ch_out_json(out, o);
}

/* schema.org's way with terms: the property is said again inside the Role that qualifies it. */
static bool role(struct ch_out *out, const struct ch_row *row)
{
	json_t *o, *in;

	if (!row->cells[0].text.len)
		return true;
	if (!article(out, row->page))
		return false;
	o = root(out, "Person", "role", row->id);
	in = thing("OrganizationRole");
	set(o, "name", row->cells[0].text);
	set(in, "roleName", row->cells[1].text);
	set(in, "startDate", row->cells[3].text);
	set(in, "endDate", row->cells[4].text);
	if (row->cells[2].text.len)
		ch_json_set(in, "memberOf", body(out, row->cells[2].text, CH_STR("")));
	ch_json_set(o, "memberOf", in);
	ch_json_set(o, "subjectOf", reference(out, "page", row->page->id));
	return ch_out_json(out, o);
}

static bool row(struct ch_out *out, const struct ch_row *r)
{
	return r->reg == ch_register_of(CH_REG_QUOTES) ? quotation(out, r) : role(out, r);
}

static const enum ch_register_id rows[] = { CH_REG_QUOTES, CH_REG_ROLES, CH_REG_N };

const struct ch_format ch_to_jsonld = {
	.name = "jsonld", .summary = "schema.org, JSON-LD lines", .null = "", .sentences = true, .event = event, .row = row, .rows = rows,
};
