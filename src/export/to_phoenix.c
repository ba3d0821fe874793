/* export/to_phoenix.c -- Phoenix (26 columns) and PETRARCH's own output, as phoenix_pipeline and petrarch2 write them. Tabs, no header. */
#include "event/context.h"
#include "export/out.h"

#define ACTOR(side, who) \
	{ side "ActorFull", "code", "CAMEO code of " who, "general to specific" }, \
	{ side "ActorEntity", "code", "its country, kind or organisation", "CAMEO, 3 letters" }, \
	{ side "ActorRole", "code", "its role", "GOV MIL …" }, \
	{ side "Other", "code", "what its code has beside these", "3 letters each, between them ;" }

static const struct ch_column columns[] = {
	{ "EventID", "text", "number of event and pair, _ and version of the program", "id_version" },
	{ "Date", "date", "when", "YYYYMMDD" },
	{ "Year", "date", "when", "YYYY" },
	{ "Month", "date", "when", "1 to 12" },
	{ "Day", "date", "when", "1 to 31" },
	ACTOR("Source", "who acts"), ACTOR("Target", "whom it is done to"),
	{ "EventCode", "code", "CAMEO", "3 or 4 digits" },
	{ "RootCode", "code", "its first two digits", "03 to 20" },
	{ "QuadClass", "code", "kind of event, as Phoenix counts", "0 neutral, 1 verbal cooperation, 2 material cooperation, 3 verbal conflict (16 too), "
	  "4 material conflict" },
	{ "Goldstein", "number", "score of the code", "-10 to 10" },
	{ "Issues", "list", "contexts, with how many reports have each", "ISSUE,n;…" },
	{ "Lat", "number", "always empty", "" },
	{ "Lon", "number", "always empty", "" },
	{ "PlaceName", "text", "the country's name", "English" },
	{ "StateName", "text", "always empty", "" },
	{ "CountryName", "code", "the country", "ISO 3166-1 alpha-3" },
	{ "SentenceIDs", "list", "page, _ and sentence", "between them ;" },
	{ "URLs", "list", "of the pages", "between them ;" },
	{ "Sources", "list", "outlets", "between them ;" },
};

static struct ch_str issues(struct ch_out *out, const struct ch_event_record *e)
{
	uint32_t n[CH_CONTEXT_N] = { 0 };
	uint64_t set = ch_event_contexts(e, n);
	CH_VEC(char) v = { 0 };

	for (unsigned i = 0; i < CH_CONTEXT_N; i++) {
		struct ch_str one = ch_arena_printf(&out->arena, "%s%s,%u", v.n ? ";" : "", ch_context_name(i), (unsigned)n[i]);

		for (size_t k = 0; (set >> i & 1) && k < one.len; k++)
			*CH_PUSH(&out->arena, &v) = one.ptr[k] >= 'a' && one.ptr[k] <= 'z' ? (char)(one.ptr[k] - 32) : one.ptr[k];
	}
	return ch_str_n(v.v, v.n);
}

static struct ch_str sentence_id(struct ch_arena *arena, const struct ch_report *r)
{
	return ch_arena_printf(arena, "%.*s_%llu", CH_STR_ARG(r->page->id), (unsigned long long)r->sentence_number + 1);
}

static struct ch_str sentence_ids(struct ch_out *out, const struct ch_event_record *e)
{
	CH_VEC(char) v = { 0 };

	for (uint32_t i = 0; i < e->n_reports; i++) {
		struct ch_str id = sentence_id(&out->arena, &e->reports[i]);

		if (i)
			*CH_PUSH(&out->arena, &v) = ';';
		for (size_t k = 0; k < id.len; k++)
			*CH_PUSH(&out->arena, &v) = id.ptr[k];
	}
	return ch_str_n(v.v, v.n);
}

static void actor(struct ch_out *out, struct ch_cameo_actor a)
{
	struct ch_str inner = ch_str_sub(a.whole, 3, a.whole.len - a.role.len);

	ch_out_put(out, a.whole);
	ch_out_put(out, a.kind.len ? a.kind : a.country);
	ch_out_put(out, a.role);
	if (!a.kind.len || !inner.len)
		ch_out_nulls(out, 1);
	else
		ch_out_put(out, inner.len <= 3 ? inner : ch_arena_printf(&out->arena, "%.3s;%.*s", inner.ptr, (int)inner.len - 3, inner.ptr + 3));
}

static bool phoenix(struct ch_out *out, const struct ch_event_record *e)
{
	const struct ch_report *r = &e->reports[0];
	struct ch_country_code c;
	struct ch_coded coded;
	const struct ch_dyad *dyads;
	struct ch_date d;
	uint32_t n;

	if (!ch_code_event(out, e, &coded))
		return true;
	d = ch_date_of(coded.when.first);
	(void)ch_country_codes(out, e->place, coded.when.first, CH_LOST_PLACE, &c);
	dyads = ch_dyads(&out->arena, r, &n);
	for (uint32_t i = 0; i < n; i++) {
		ch_out_put(out, ch_arena_printf(&out->arena, "%llu_%.*s", (unsigned long long)ch_dyad_number(e->id, i),
						CH_STR_ARG(r->page->program_version)));
		ch_out_put(out, ch_ymd(&out->arena, coded.when.first));
		ch_out_printf(out, "%d", d.year);
		ch_out_printf(out, "%d", d.month);
		ch_out_printf(out, "%d", d.day);
		actor(out, ch_cameo_actor(out, dyads[i].source));
		actor(out, ch_cameo_actor(out, dyads[i].target));
		ch_out_put(out, coded.cameo->code);
		ch_out_put(out, ch_str_sub(coded.cameo->code, 0, 2));
		ch_out_printf(out, "%d", ch_quad_phoenix(coded.cameo->code));
		ch_out_printf(out, "%.1f", coded.cameo->goldstein);
		ch_out_put(out, issues(out, e));
		ch_out_nulls(out, 2);
		ch_out_put(out, c.name);
		ch_out_nulls(out, 1);
		ch_out_put(out, c.code);
		ch_out_put(out, sentence_ids(out, e));
		ch_out_put(out, ch_joined_reports(&out->arena, e, ch_report_url, ";", NULL));
		ch_out_put(out, ch_joined_reports(&out->arena, e, ch_report_outlet, ";", NULL));
		if (!ch_out_end(out))
			return false;
	}
	return true;
}

const struct ch_format ch_to_phoenix = {
	.name = "phoenix", .summary = "Phoenix, tabs, no header", .columns = columns, .n_columns = sizeof columns / sizeof *columns,
	.between = '\t', .null = "", .cameo = true, .event = phoenix,
};

/* ---- PETRARCH ---- */

static const struct ch_column petrarch_columns[] = {
	{ "Date", "date", "when", "YYYYMMDD" },
	{ "Source", "code", "CAMEO code of who acts", "---: none" },
	{ "Target", "code", "CAMEO code of whom it is done to", "---: none" },
	{ "EventCode", "code", "CAMEO", "3 or 4 digits" },
	{ "Issues", "list", "contexts, with how many reports have each", "ISSUE,n;…" },
	{ "IDs", "list", "page, _ and sentence", "between them ;" },
	{ "URL", "text", "of the first report", "" },
	{ "StorySource", "text", "its outlet", "" },
	{ "SourceText", "text", "the source as it is called", "" },
	{ "TargetText", "text", "the target as it is called", "" },
	{ "EventText", "text", "the words that told the event", "" },
	{ "SourceRoot", "text", "the source's party", "ISO 3166-1 alpha-3, an organisation's id, or a name" },
	{ "TargetRoot", "text", "the target's party", "likewise" },
};

static bool petrarch(struct ch_out *out, const struct ch_event_record *e)
{
	const struct ch_report *r = &e->reports[0];
	struct ch_coded coded;
	const struct ch_dyad *dyads;
	uint32_t n;

	if (!ch_code_event(out, e, &coded))
		return true;
	dyads = ch_dyads(&out->arena, r, &n);
	for (uint32_t i = 0; i < n; i++) {
		const struct ch_party *const sides[] = { dyads[i].source, dyads[i].target };

		ch_out_put(out, ch_ymd(&out->arena, coded.when.first));
		for (int k = 0; k < 2; k++) {
			struct ch_str code = ch_cameo_actor(out, sides[k]).whole;

			ch_out_put(out, code.len ? code : CH_STR("---"));
		}
		ch_out_put(out, coded.cameo->code);
		ch_out_put(out, issues(out, e));
		ch_out_put(out, sentence_ids(out, e));
		ch_out_put(out, r->page->url);
		ch_out_put(out, r->page->outlet);
		for (int k = 0; k < 2; k++)
			ch_out_put(out, sides[k] ? ch_party_text(sides[k]) : CH_STR(""));
		ch_out_put(out, r->trigger_text);
		for (int k = 0; k < 2; k++)
			ch_out_put(out, sides[k] ? sides[k]->party : CH_STR(""));
		if (!ch_out_end(out))
			return false;
	}
	return true;
}

const struct ch_format ch_to_petrarch = {
	.name = "petrarch", .summary = "PETRARCH's output, tabs, no header", .columns = petrarch_columns,
	.n_columns = sizeof petrarch_columns / sizeof *petrarch_columns, .between = '\t', .null = "", .cameo = true, .event = petrarch,
};
