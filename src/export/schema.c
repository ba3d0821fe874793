/* export/schema.c -- what records look like, as JSON Schema (2020-12, as OpenAPI 3.1 has it). Registers are described by the columns by which
 * they are written (store/record.c); the rest stands here, and test/unit/serve/test_openapi.c holds it against answers. */
#include "chancery.h"
#include "export/json.h"
#include "export/query.h"
#include <stdio.h>

/* Fields as "name type", blanks between. Types: s text, S text or null, i whole number, I or null, n number, b boolean, B or null, l list, t list of
 * texts, p span or null, o object, O or null, x whatever, and the name of a schema in capitals' first letter behind "@" or, in a list, "*". A
 * field with "?" behind it may be missing. */
static const struct {
	const char *name, *fields;
} described[] = {
	{ "Page", "id s path s title S outlet S agency S published S url S license? S program_version S lexicon_version S model_version S" },
	{ "PageRecord", "id s path s title S outlet S agency S published S url S license S program_version S lexicon_version S model_version S author S"
			" published_basis S modified S lang S section S chain t article b cut b size i story S" },
	{ "Reviewed", "verdict s by S reason S at S set o coded o" },
	{ "Entity", "code S sector S entity_text s identifier_id S identifier_text S office S kind s" },
	{ "Report", "id s page @Page text S trigger S evidence p sentence p frame S claimed_by S confidence n story S version O reviewed? @Reviewed" },
	{ "Event", "id s type s mode S source t target t date S place S status s sentence p trigger p event s actor *Entity recipient *Entity context t"
		   " quad_code i event_scale n cameo S event_text S text S date_basis S place_basis S claimed_by S confidence n frame S evidence p"
		   " rank? S delegation? S invited_by? S reviewed? @Reviewed reports *Report voices o" },
	{ "Hit", "page @Page number I before S text s after S" },
	{ "Story", "id s title S first_publisher S origin S pages i copies i outlets i independent i first_seen S agencies t last_seen S" },
	{ "Plan", "id s what s type S mode S pledge S who t with t place S due S state s by S by_basis S outcome O told i first O reports l" },
	{ "Conflict", "kind s differ t values l one? B parties? t type? S mode? S status? S who? S what? S period? S least? n most? n event? S register? S" },
	{ "Decision", "number i verdict s state s record S kind S page x span x said x set o coded o changed x other S by s reason s at s undone x"
		      " unmatched x" },
	{ "Actor", "kind s name s party S code S org S sector S id s wikidata S other_id S source s terms l" },
	{ "Party", "code s name s kind s adjective S country S until S members? l" },
	{ "Suggestion", "kind s name s code S id S" },
	{ "Unknown", "n i kind s what s source s target s sentence s page s entry s" },
	{ "Count", "period S key S events i" },
	{ "Overview", "pages i articles i stories i outlets i oldest S newest S registers o parties *PartyCount months l" },
	{ "PartyCount", "code s kind S name S events i cooperation i conflict i" },
	{ "Done", "verdict? s was? s id? s name? s" },
	{ "Watchlist", "name s title s register s filters o" },
	{ "Error", "error s" },
	{ "Object", "" },
};

/* What rows have beside their columns. */
static const char row_more[] = "id s sentence S page @Page reviewed? @Reviewed";
static const char quotes_more[] = "saying? s wordings? i tellings? i";
static const char pledges_more[] = "state? s by? S by_basis? S outcome? O";
static const char tallies_more[] = "register? S recorded? I records? I period_read? b verdict? s query? S";

static json_t *types(const char *one, const char *other)
{
	json_t *o = ch_json_object(), *list;

	if (!other) {
		ch_json_set(o, "type", ch_json_str(ch_str_z(one)));
		return o;
	}
	list = ch_json_array();
	ch_json_push(list, ch_json_str(ch_str_z(one)));
	ch_json_push(list, ch_json_str(ch_str_z(other)));
	ch_json_set(o, "type", list);
	return o;
}

static json_t *of(json_t *array, json_t *items)
{
	ch_json_set(array, "items", items);
	return array;
}

static json_t *reference(struct ch_str name)
{
	json_t *o = ch_json_object();
	char text[80];

	snprintf(text, sizeof text, "#/components/schemas/%.*s", CH_STR_ARG(name));
	ch_json_set(o, "$ref", ch_json_str(ch_str_z(text)));
	return o;
}

static json_t *type_of(struct ch_str type)
{
	const struct ch_str name = ch_str_sub(type, 1, type.len);

	switch (*type.ptr) {
	case 's': return types("string", NULL);
	case 'S': return types("string", "null");
	case 'i': return types("integer", NULL);
	case 'I': return types("integer", "null");
	case 'n': return types("number", NULL);
	case 'b': return types("boolean", NULL);
	case 'B': return types("boolean", "null");
	case 'l': return types("array", NULL);
	case 't': return of(types("array", NULL), types("string", NULL));
	case 'p': return of(types("array", "null"), types("integer", NULL));
	case 'o': return types("object", NULL);
	case 'O': return types("object", "null");
	case '@': return reference(name);
	case '*': return of(types("array", NULL), reference(name));
	default: return ch_json_object();
	}
}

static void add_fields(json_t *properties, json_t *required, const char *fields)
{
	struct ch_str rest = ch_str_z(fields), name, type;

	while (ch_str_cut(&rest, ' ', &name) && ch_str_cut(&rest, ' ', &type)) {
		const bool may_miss = ch_str_ends(name, CH_STR("?"));
		char key[40];

		snprintf(key, sizeof key, "%.*s", (int)(name.len - may_miss), name.ptr);
		ch_json_set(properties, key, type_of(type));
		if (!may_miss)
			ch_json_push(required, ch_json_str(ch_str_z(key)));
	}
}

static json_t *object_of(json_t *properties, json_t *required, bool closed)
{
	json_t *o = types("object", NULL);

	ch_json_set(o, "properties", properties);
	ch_json_set(o, "required", required);
	if (closed)
		ch_json_set(o, "additionalProperties", json_false());
	return o;
}

static json_t *schema_of_register(const struct ch_register *r)
{
	json_t *properties = ch_json_object(), *required = ch_json_array();

	for (uint32_t i = 0; i < CH_COLS_MAX && r->cols[i].name; i++) {
		static const char *const kinds[] = {
			[CH_COL_TEXT] = "S", [CH_COL_NUMBER] = "n", [CH_COL_BOOL] = "b", [CH_COL_SPAN] = "p", [CH_COL_LIST] = "t", [CH_COL_ORDINAL] = "I",
			[CH_COL_WORDS] = "t", [CH_COL_NOTES] = "l",
		};

		ch_json_set(properties, r->cols[i].name, type_of(ch_str_z(kinds[r->cols[i].kind])));
		ch_json_push(required, ch_json_str(ch_str_z(r->cols[i].name)));
	}
	add_fields(properties, required, row_more);
	add_fields(properties, required, strcmp(r->name, "quotes") == 0 ? quotes_more : strcmp(r->name, "pledges") == 0 ? pledges_more :
		   strcmp(r->name, "tallies") == 0 ? tallies_more : "");
	return object_of(properties, required, true);
}

bool chancery_schemas(char **json)
{
	json_t *all = ch_json_object();

	for (size_t i = 0; i < sizeof described / sizeof *described; i++) {
		json_t *properties = ch_json_object(), *required = ch_json_array();

		add_fields(properties, required, described[i].fields);
		ch_json_set(all, described[i].name, object_of(properties, required, *described[i].fields != '\0'));
	}
	for (unsigned i = 0; i < CH_REG_N; i++) {
		const struct ch_register *r = ch_register_of((enum ch_register_id)i);

		ch_json_set(all, r->name, schema_of_register(r));
	}
	return ch_json_give(all, true, json);
}
