/* export/to_icews.c -- ICEWS (20 columns) and POLECAT (40), tabs, with their headers. Both are written as UTF-8. */
#include "event/context.h"
#include "export/out.h"

static const struct ch_column columns[] = {
	{ "Event ID", "number", "the event and the pair; with Event Date the key", "below 2^63" },
	{ "Event Date", "date", "when", "YYYY-MM-DD" },
	{ "Source Name", "text", "who acts", "" },
	{ "Source Sectors", "text", "his sector", "Government Military …" },
	{ "Source Country", "text", "his country", "English" },
	{ "Event Text", "text", "name of the code", "as CAMEO has it" },
	{ "CAMEO Code", "code", "CAMEO", "3 or 4 digits" },
	{ "Intensity", "number", "score of the code (Goldstein)", "-10 to 10" },
	{ "Target Name", "text", "whom it is done to", "" },
	{ "Target Sectors", "text", "his sector", "" },
	{ "Target Country", "text", "his country", "" },
	{ "Story ID", "text", "the story, else the page", "32 hex digits" },
	{ "Sentence Number", "number", "in the first report", "from 1" },
	{ "Publisher", "text", "its outlet", "" },
	{ "City", "text", "always empty", "" },
	{ "District", "text", "always empty", "" },
	{ "Province", "text", "always empty", "" },
	{ "Country", "text", "where", "English" },
	{ "Latitude", "number", "always empty", "" },
	{ "Longitude", "number", "always empty", "" },
};

static void side(struct ch_out *out, const struct ch_party *p, ch_day day)
{
	const struct ch_sector_code *sector;
	struct ch_country_code c;

	if (!p) {
		ch_out_nulls(out, 3);
		return;
	}
	sector = ch_sector_of(&out->codes, p->sector);
	if (p->sector.len && (!sector || !sector->icews.len))
		ch_out_lost(out, CH_LOST_SECTOR);
	(void)ch_country_codes(out, p->code, day, CH_LOST_COUNTRY, &c);
	ch_out_put(out, ch_party_text(p));
	ch_out_put(out, sector ? sector->icews : CH_STR(""));
	ch_out_put(out, c.name);
}

static bool icews(struct ch_out *out, const struct ch_event_record *e)
{
	const struct ch_report *r = &e->reports[0];
	struct ch_country_code c;
	struct ch_coded coded;
	const struct ch_dyad *dyads;
	uint32_t n;

	if (!ch_code_event(out, e, &coded))
		return true;
	(void)ch_country_codes(out, e->place, coded.when.first, CH_LOST_PLACE, &c);
	dyads = ch_dyads(&out->arena, r, &n);
	for (uint32_t i = 0; i < n; i++) {
		ch_out_printf(out, "%llu", (unsigned long long)ch_dyad_number(e->id, i));
		ch_out_put(out, ch_iso(&out->arena, coded.when.first));
		side(out, dyads[i].source, coded.when.first);
		ch_out_put(out, coded.cameo->name);
		ch_out_put(out, coded.cameo->code);
		ch_out_printf(out, "%.1f", coded.cameo->goldstein);
		side(out, dyads[i].target, coded.when.first);
		ch_out_put(out, r->page->story.len ? r->page->story : r->page->id);
		ch_out_printf(out, "%llu", (unsigned long long)r->sentence_number + 1);
		ch_out_put(out, r->page->outlet);
		ch_out_nulls(out, 3);
		ch_out_put(out, c.name);
		ch_out_nulls(out, 2);
		if (!ch_out_end(out))
			return false;
	}
	return true;
}

const struct ch_format ch_to_icews = {
	.name = "icews", .summary = "ICEWS, tabs, with a header", .columns = columns, .n_columns = sizeof columns / sizeof *columns,
	.between = '\t', .header = true, .null = "", .cameo = true, .event = icews,
};

/* ---- POLECAT ---- */

#define SIDE(primary, side, who) \
	{ side " Name", "text", who, "" }, \
	{ side " Country", "code", "his country", "ISO 3166-1 alpha-3" }, \
	{ side " COW", "code", "the same on that day", "number of the Correlates of War" }, \
	{ primary, "code", "his sector", "PLOVER's: GOV MIL …" }, \
	{ side " Sectors", "list", "the same, as a list", "between them ;" }, \
	{ side " Title", "text", "his office", "" }, \
	{ side " Name Raw", "text", "as Name", "" }, \
	{ "Wikipedia " side " ID", "code", "always None", "" }

static const struct ch_column polecat_columns[] = {
	{ "Event ID", "text", "id of the event, - and the pair", "" },
	{ "Event Date", "date", "when", "YYYY-MM-DD" },
	{ "Event Type", "code", "type of PLOVER 0.8", "AGREE CONSULT …" },
	{ "Event Mode", "code", "its mode", "those that PLOVER has" },
	{ "Event Intensity", "number", "PLOVER's score of both", "-10 to 10" },
	{ "Quad Code", "code", "kind of event", "VERBAL COOPERATION, MATERIAL COOPERATION, VERBAL CONFLICT, MATERIAL CONFLICT" },
	{ "Contexts", "list", "PLOVER's contexts", "between them ;" },
	SIDE("Primary Actor Sector", "Actor", "who acts"), SIDE("Primary Recipient Sector", "Recipient", "whom it is done to"),
	{ "Placename", "text", "the country's name", "English" },
	{ "City", "text", "always None", "" },
	{ "District", "text", "always None", "" },
	{ "Province", "text", "always None", "" },
	{ "Country", "code", "where", "ISO 3166-1 alpha-3" },
	{ "Latitude", "number", "always None", "" },
	{ "Longitude", "number", "always None", "" },
	{ "GeoNames ID", "number", "always None", "" },
	{ "Raw Placename", "text", "always None", "" },
	{ "Feature Type", "code", "kind of place, of GeoNames", "PCLI" },
	{ "Source", "text", "outlet of the first report", "" },
	{ "Publication Date", "date", "of the first report", "YYYY-MM-DD" },
	{ "Story People", "list", "always None", "" },
	{ "Story Organizations", "list", "always None", "" },
	{ "Story Locations", "list", "always None", "" },
	{ "Language", "code", "of the first report", "en, …" },
	{ "Version", "text", "of the program", "" },
};

static void polecat_side(struct ch_out *out, const struct ch_party *p, ch_day day)
{
	struct ch_country_code c;

	if (!p) {
		ch_out_nulls(out, 8);
		return;
	}
	if (ch_country_codes(out, p->code, day, CH_LOST_COUNTRY, &c) && !c.cow.len)
		ch_out_lost(out, CH_LOST_COW);
	ch_out_put(out, ch_party_text(p));
	ch_out_put(out, c.code);
	ch_out_put(out, c.cow);
	ch_out_put(out, p->sector);
	ch_out_put(out, p->sector);
	ch_out_put(out, p->office);
	ch_out_put(out, ch_party_text(p));
	ch_out_nulls(out, 1);
}

static bool polecat(struct ch_out *out, const struct ch_event_record *e)
{
	static const char *const quads[] = { "", "VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT" };
	const struct ch_report *r = &e->reports[0];
	struct ch_str contexts = ch_context_names(&out->arena, ch_event_contexts(e, NULL));
	struct ch_country_code c;
	struct ch_coded coded;
	const struct ch_dyad *dyads;
	char *list = ch_arena_z(&out->arena, contexts);
	uint32_t n;

	for (char *p = list; *p; p++)
		*p = *p == ' ' ? ';' : *p;
	if (!ch_code_event(out, e, &coded))
		return true;
	(void)ch_country_codes(out, e->place, coded.when.first, CH_LOST_PLACE, &c);
	dyads = ch_dyads(&out->arena, r, &n);
	for (uint32_t i = 0; i < n; i++) {
		ch_out_put(out, ch_arena_printf(&out->arena, "%.*s-%u", CH_STR_ARG(e->id), (unsigned)i));
		ch_out_put(out, ch_iso(&out->arena, coded.when.first));
		ch_out_put(out, coded.type);
		ch_out_put(out, coded.mode);
		ch_out_printf(out, "%.1f", coded.scale);
		ch_out_put(out, ch_str_z(quads[ch_event_quad(ch_event_parse(coded.type))]));
		ch_out_put(out, ch_str_z(list));
		polecat_side(out, dyads[i].source, coded.when.first);
		polecat_side(out, dyads[i].target, coded.when.first);
		ch_out_put(out, c.name);
		ch_out_nulls(out, 3);
		ch_out_put(out, c.code);
		ch_out_nulls(out, 4);
		ch_out_put(out, c.code.len ? CH_STR("PCLI") : CH_STR(""));
		ch_out_put(out, r->page->outlet);
		ch_out_put(out, r->page->published);
		ch_out_nulls(out, 3);
		ch_out_put(out, r->page->lang);
		ch_out_put(out, r->page->program_version);
		if (!ch_out_end(out))
			return false;
	}
	return true;
}

const struct ch_format ch_to_polecat = {
	.name = "polecat", .summary = "POLECAT, tabs, with a header", .columns = polecat_columns,
	.n_columns = sizeof polecat_columns / sizeof *polecat_columns, .between = '\t', .header = true,
	.null = "None", .plover = true, .event = polecat,
};
