/* export/to_gdelt.c -- GDELT 2.0: events (61 columns) and mentions (16), as its codebook of 2015 has them. No header. */
#include "export/out.h"
#include <stdio.h>

#define ACTOR(n, who) \
	{ "Actor" n "Code", "code", "CAMEO code of " who, "general to specific, up to 15 letters" }, \
	{ "Actor" n "Name", "text", "name of " who, "capitals" }, \
	{ "Actor" n "CountryCode", "code", "its country", "CAMEO, 3 letters" }, \
	{ "Actor" n "KnownGroupCode", "code", "its organisation", "CAMEO: UNO, EEC, NAT, …" }, \
	{ "Actor" n "EthnicCode", "code", "always empty", "" }, \
	{ "Actor" n "Religion1Code", "code", "always empty", "" }, \
	{ "Actor" n "Religion2Code", "code", "always empty", "" }, \
	{ "Actor" n "Type1Code", "code", "its role, or its kind", "GOV MIL … IGO NGO MNC" }, \
	{ "Actor" n "Type2Code", "code", "its role, if Type1 is a kind", "" }, \
	{ "Actor" n "Type3Code", "code", "always empty", "" }

#define GEO(what, known) \
	{ what "Geo_Type", "code", "how exact the place is", "0 none, 1 country" }, \
	{ what "Geo_Fullname", "text", known, "English" }, \
	{ what "Geo_CountryCode", "code", known, "FIPS 10-4" }, \
	{ what "Geo_ADM1Code", "code", known, "FIPS 10-4, of a country the same" }, \
	{ what "Geo_ADM2Code", "code", "always empty", "" }, \
	{ what "Geo_Lat", "number", "always empty", "" }, \
	{ what "Geo_Long", "number", "always empty", "" }, \
	{ what "Geo_FeatureID", "code", known, "FIPS 10-4" }

static const struct ch_column columns[] = {
	{ "GlobalEventID", "number", "the event and the pair, from our id", "below 2^63" },
	{ "Day", "date", "when", "YYYYMMDD" },
	{ "MonthYear", "date", "when", "YYYYMM" },
	{ "Year", "date", "when", "YYYY" },
	{ "FractionDate", "number", "when: year + (30 a month + day) / 365", "" },
	ACTOR("1", "the source"), ACTOR("2", "the target"),
	{ "IsRootEvent", "flag", "a page tells it in its first sentence", "0 1" },
	{ "EventCode", "code", "CAMEO", "3 or 4 digits" },
	{ "EventBaseCode", "code", "its first three digits", "" },
	{ "EventRootCode", "code", "its first two digits", "03 to 20" },
	{ "QuadClass", "code", "kind of event", "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict" },
	{ "GoldsteinScale", "number", "score of the code", "-10 to 10" },
	{ "NumMentions", "number", "reports", "" },
	{ "NumSources", "number", "outlets", "at least 1" },
	{ "NumArticles", "number", "pages", "" },
	{ "AvgTone", "number", "always empty: tone is not measured", "" },
	GEO("Actor1", "always empty"), GEO("Actor2", "always empty"), GEO("Action", "the country"),
	{ "DATEADDED", "date", "publication of the first report", "YYYYMMDD000000" },
	{ "SOURCEURL", "text", "of the first report", "" },
};

static void actor(struct ch_out *out, struct ch_cameo_actor a)
{
	bool org = a.kind.len > 0;

	ch_out_put(out, a.whole);
	ch_out_put(out, a.name);
	ch_out_put(out, a.country);
	ch_out_put(out, a.group);
	ch_out_nulls(out, 3);
	ch_out_put(out, org ? a.kind : a.role);
	ch_out_put(out, org ? a.role : CH_STR(""));
	ch_out_nulls(out, 1);
}

static void geo(struct ch_out *out, const struct ch_country_code *c)
{
	bool known = c && c->fips.len;

	ch_out_printf(out, "%d", known);
	ch_out_put(out, known ? c->name : CH_STR(""));
	ch_out_put(out, known ? c->fips : CH_STR(""));
	ch_out_put(out, known ? c->fips : CH_STR(""));
	ch_out_nulls(out, 3);
	ch_out_put(out, known ? c->fips : CH_STR(""));
}

static bool leads(const struct ch_event_record *e)
{
	for (uint32_t i = 0; i < e->n_reports; i++)
		if (e->reports[i].sentence_number <= 1)   /* 0 is the title, where there is one */
			return true;
	return false;
}

static void put_day(struct ch_out *out, ch_day day)
{
	struct ch_date d = ch_date_of(day);

	ch_out_put(out, ch_ymd(&out->arena, day));
	ch_out_printf(out, "%04d%02d", d.year, d.month);
	ch_out_printf(out, "%04d", d.year);
	ch_out_printf(out, "%.4f", d.year + ((d.month - 1) * 30 + d.day) / 365.0);
}

static struct ch_str midnight(struct ch_out *out, struct ch_str iso)
{
	ch_day day = ch_day_parse(iso);

	return day == CH_NO_DAY ? CH_STR("") : ch_arena_printf(&out->arena, "%.*s000000", CH_STR_ARG(ch_ymd(&out->arena, day)));
}

static bool event(struct ch_out *out, const struct ch_event_record *e)
{
	const struct ch_report *r = &e->reports[0];
	uint32_t n, outlets, pages;
	struct ch_country_code c;
	struct ch_coded coded;
	const struct ch_dyad *dyads;

	if (!ch_code_event(out, e, &coded))
		return true;
	if (ch_country_codes(out, e->place, coded.when.first, CH_LOST_PLACE, &c) && !c.fips.len)
		ch_out_lost(out, CH_LOST_PLACE);
	(void)ch_joined_reports(&out->arena, e, ch_report_outlet, ";", &outlets);
	(void)ch_joined_reports(&out->arena, e, ch_report_page, ";", &pages);
	dyads = ch_dyads(&out->arena, r, &n);
	for (uint32_t i = 0; i < n; i++) {
		struct ch_str code = coded.cameo->code;

		ch_out_printf(out, "%llu", (unsigned long long)ch_dyad_number(e->id, i));
		put_day(out, coded.when.first);
		actor(out, ch_cameo_actor(out, dyads[i].source));
		actor(out, ch_cameo_actor(out, dyads[i].target));
		ch_out_printf(out, "%d", leads(e));
		ch_out_put(out, code);
		ch_out_put(out, ch_str_sub(code, 0, 3));
		ch_out_put(out, ch_str_sub(code, 0, 2));
		ch_out_printf(out, "%d", ch_quad_gdelt(code));
		ch_out_printf(out, "%.1f", coded.cameo->goldstein);
		ch_out_printf(out, "%u", (unsigned)e->n_reports);
		ch_out_printf(out, "%u", (unsigned)(outlets ? outlets : 1));
		ch_out_printf(out, "%u", (unsigned)pages);
		ch_out_nulls(out, 1);
		geo(out, NULL);
		geo(out, NULL);
		geo(out, &c);
		ch_out_put(out, midnight(out, r->page->published));
		ch_out_put(out, r->page->url);
		if (!ch_out_end(out))
			return false;
	}
	return true;
}

const struct ch_format ch_to_gdelt = {
	.name = "gdelt", .summary = "GDELT 2.0 events, tabs, no header", .columns = columns, .n_columns = sizeof columns / sizeof *columns,
	.between = '\t', .null = "", .cameo = true, .event = event,
};

/* ---- mentions ---- */

static const struct ch_column mention_columns[] = {
	{ "GlobalEventID", "number", "the event and the pair, as in events", "below 2^63" },
	{ "EventTimeDate", "date", "when the event was", "YYYYMMDD000000" },
	{ "MentionTimeDate", "date", "when the page was published", "YYYYMMDD000000" },
	{ "MentionType", "code", "where it was found", "1 web, 2 citation only: a page without an address" },
	{ "MentionSourceName", "text", "the outlet", "" },
	{ "MentionIdentifier", "text", "the page's address, else its id", "" },
	{ "SentenceID", "number", "the sentence", "from 1" },
	{ "Actor1CharOffset", "number", "always -1: not kept", "" },
	{ "Actor2CharOffset", "number", "always -1: not kept", "" },
	{ "ActionCharOffset", "number", "the trigger", "bytes of the article, from 0" },
	{ "InRawText", "flag", "both names stand in the sentence itself", "0 1" },
	{ "Confidence", "number", "how likely it is right", "10 to 100, in tens" },
	{ "MentionDocLen", "number", "always empty", "" },
	{ "MentionDocTone", "number", "always empty: tone is not measured", "" },
	{ "MentionDocTranslationInfo", "text", "always empty: nothing is translated", "" },
	{ "Extras", "text", "always empty", "" },
};

static bool stands(struct ch_str text, const struct ch_party *p)
{
	return !p || ch_str_find(text, ch_party_text(p), 0) != CH_STR_NONE;
}

static bool mentions(struct ch_out *out, const struct ch_event_record *e)
{
	struct ch_coded coded;
	uint32_t n;
	const struct ch_dyad *dyads;

	if (!ch_code_event(out, e, &coded))
		return true;
	dyads = ch_dyads(&out->arena, &e->reports[0], &n);
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t k = 0; k < e->n_reports; k++) {
			const struct ch_report *r = &e->reports[k];
			int tens = (int)(r->confidence * 10 + 0.5);

			ch_out_printf(out, "%llu", (unsigned long long)ch_dyad_number(e->id, i));
			ch_out_put(out, ch_arena_printf(&out->arena, "%.*s000000", CH_STR_ARG(ch_ymd(&out->arena, coded.when.first))));
			ch_out_put(out, midnight(out, r->page->published));
			ch_out_put(out, r->page->url.len ? CH_STR("1") : CH_STR("2"));
			ch_out_put(out, r->page->outlet);
			ch_out_put(out, r->page->url.len ? r->page->url : r->page->id);
			ch_out_printf(out, "%llu", (unsigned long long)r->sentence_number + 1);
			ch_out_put(out, CH_STR("-1"));
			ch_out_put(out, CH_STR("-1"));
			ch_out_printf(out, "%u", (unsigned)r->trigger.text.start);
			ch_out_printf(out, "%d", stands(r->sentence_text, dyads[i].source) && stands(r->sentence_text, dyads[i].target));
			ch_out_printf(out, "%d", 10 * (tens < 1 ? 1 : tens > 10 ? 10 : tens));
			ch_out_nulls(out, 4);
			if (!ch_out_end(out))
				return false;
		}
	return true;
}

const struct ch_format ch_to_gdelt_mentions = {
	.name = "gdelt-mentions", .summary = "GDELT 2.0 mentions, tabs, no header", .columns = mention_columns,
	.n_columns = sizeof mention_columns / sizeof *mention_columns, .between = '\t', .null = "", .event = mentions,
};
