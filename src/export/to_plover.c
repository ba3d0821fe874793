/* export/to_plover.c -- PLOVER 0.8 as JSON lines, by its manual; and our own records as JSON lines. */
#include "export/out.h"

/* The manual's word for a status that is not "actual". A cooperative act to come has no mode, it is AGREE. */
static const char *auxiliary(struct ch_str status)
{
	return ch_str_eqz(status, "planned") ? "future" : ch_str_eqz(status, "denied") ? "negated" : ch_str_eqz(status, "hypothetical") ?
	       "hypothetical" : ch_str_eqz(status, "historical") ? "historical" : NULL;
}

static json_t *entities(json_t *own)
{
	static const char *const unknown[] = { "religion", "ethnicity", "gender", "age" };
	json_t *entity;
	size_t i;

	json_array_foreach(own, i, entity)
		for (size_t k = 0; k < sizeof unknown / sizeof *unknown; k++)
			ch_json_set(entity, unknown[k], json_null());
	return json_incref(own);
}

static json_t *place(struct ch_out *out, const struct ch_event_record *e, ch_day day)
{
	static const char *const unknown[] = { "extracted_place", "geonameid", "lat", "lon", "city", "district", "province", "resolution" };
	json_t *o = ch_json_object();
	struct ch_country_code c;

	for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
		ch_json_set(o, unknown[i], json_null());
	(void)ch_country_codes(out, e->place, day, CH_LOST_PLACE, &c);
	ch_json_set(o, "resolved_place", ch_json_or_null(c.name));
	ch_json_set(o, "country", ch_json_or_null(c.name));
	ch_json_set(o, "country_code", ch_json_or_null(e->place));
	ch_json_set(o, "feature_class", e->place.len ? ch_json_str(CH_STR("A")) : json_null());   /* GeoNames: a political entity */
	ch_json_set(o, "feature_code", e->place.len ? ch_json_str(CH_STR("PCLI")) : json_null());
	return o;
}

static json_t *cite_info(const struct ch_page_info *p)
{
	json_t *o = ch_json_object();

	ch_json_set(o, "corpus", json_null());
	ch_json_set(o, "citation", ch_json_str(p->id));
	ch_json_set(o, "url", ch_json_or_null(p->url));
	ch_json_set(o, "title", ch_json_or_null(p->title));
	ch_json_set(o, "language", ch_json_or_null(p->lang));
	ch_json_set(o, "publication", ch_json_or_null(p->outlet));
	ch_json_set(o, "license", ch_json_or_null(p->license));
	ch_json_set(o, "copyright", json_null());
	ch_json_set(o, "coder", ch_json_str(CH_STR("chancery")));
	ch_json_set(o, "codebook", ch_json_str(CH_STR("PLOVER 0.8")));
	ch_json_set(o, "version", ch_json_str(p->program_version));
	return o;
}

static json_t *text_info(const struct ch_report *r)
{
	json_t *o = ch_json_object();

	ch_json_set(o, "sequence", json_integer(r->sentence_number));
	ch_json_set(o, "start", json_integer(r->sentence.raw.start));
	ch_json_set(o, "end", json_integer(r->sentence.raw.end));
	ch_json_set(o, "text_story", ch_json_or_null(r->page->story));
	return o;
}

/* From our own object: entities as they are; what PLOVER has other names or rules for is changed. */
static bool plover(struct ch_out *out, const struct ch_event_record *e)
{
	const struct ch_report *r = &e->reports[0];
	json_t *own = ch_json_event(e, CH_OFFSETS_RAW, true), *o = ch_json_object(), *modes = ch_json_array();
	int quad = ch_event_quad(ch_event_parse(e->type));
	bool as_agree = (quad == 1 || quad == 2) && ch_str_eqz(e->status, "planned");
	struct ch_str type = as_agree ? CH_STR("AGREE") : e->type;
	bool known = ch_plover_mode(&out->codes, type, e->mode);
	const char *aux = as_agree ? NULL : auxiliary(e->status);
	struct ch_when when;

	if (known)
		ch_json_push(modes, ch_json_str(e->mode));
	else if (e->mode.len && !as_agree)
		ch_out_lost(out, CH_LOST_MODE);
	if (aux)
		ch_json_push(modes, json_string(aux));
	ch_json_set(o, "id", ch_json_str(e->id));
	ch_json_set(o, "has_event", json_true());
	if (ch_when_of(e->date, &when)) {
		ch_json_set(o, "date", ch_json_str(ch_iso(&out->arena, when.first)));
		ch_json_set(o, "enddate", when.last > when.first ? ch_json_str(ch_iso(&out->arena, when.last)) : json_null());
	} else {
		ch_out_lost(out, CH_LOST_NULL_DATE);
		ch_json_set(o, "date", json_null());
		ch_json_set(o, "enddate", json_null());
	}
	ch_json_set(o, "time", json_null());
	ch_json_set(o, "endtime", json_null());
	ch_json_set(o, "actor", entities(json_object_get(own, "actor")));
	ch_json_set(o, "recipient", entities(json_object_get(own, "recipient")));
	ch_json_set(o, "event", ch_json_str(type));
	ch_json_set(o, "mode", modes);
	ch_json_set(o, "context", json_incref(json_object_get(own, "context")));
	ch_json_set(o, "quad_code", json_integer(ch_event_quad(ch_event_parse(type))));
	ch_json_set(o, "event_scale", as_agree ? json_real(ch_event_scale(CH_EV_AGREE, NULL)) :
		    json_incref(json_object_get(own, "event_scale")));
	ch_json_set(o, "event_loc", place(out, e, when.first));
	ch_json_set(o, "event_text", ch_json_or_null(r->trigger_text));
	ch_json_set(o, "text", ch_json_or_null(r->sentence_text));
	ch_json_set(o, "text_info", text_info(r));
	ch_json_set(o, "cite_info", cite_info(r->page));
	ch_json_set(o, "link", json_null());
	ch_json_set(o, "coder", ch_json_str(CH_STR("chancery")));
	ch_json_set(o, "coded_date", json_null());
	ch_json_set(o, "coded_time", json_null());
	ch_json_set(o, "comment", json_null());
	/* Ours. The act itself, where PLOVER has another name for it or none. */
	ch_json_set(o, "act", as_agree ? ch_json_str(e->type) : json_null());
	ch_json_set(o, "own_mode", known ? json_null() : ch_json_or_null(e->mode));
	ch_json_set(o, "own_date", ch_json_or_null(e->date));
	ch_json_set(o, "status", ch_json_str(e->status));
	ch_json_set(o, "cameo", ch_json_or_null(r->cameo));
	ch_json_set(o, "confidence", json_incref(json_object_get(own, "confidence")));
	ch_json_set(o, "frame", ch_json_or_null(r->frame));
	ch_json_set(o, "evidence", json_incref(json_object_get(own, "evidence")));
	ch_json_set(o, "reports", json_incref(json_object_get(own, "reports")));
	json_decref(own);
	return ch_out_json(out, o);
}

const struct ch_format ch_to_plover = {
	.name = "plover", .summary = "PLOVER 0.8, JSON lines", .sentences = true, .event = plover,
};

static bool jsonl(struct ch_out *out, const struct ch_event_record *e)
{
	return ch_out_json(out, ch_json_event(e, CH_OFFSETS_RAW, true));
}

const struct ch_format ch_to_jsonl = {
	.name = "jsonl", .summary = "our own events, JSON lines", .sentences = true, .event = jsonl,
};
