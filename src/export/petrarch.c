#include "export/petrarch.h"
#include "chancery.h"
#include "export/json.h"
#include <stdio.h>
#include <stdlib.h>

/* A struct chancery_petrarch is a struct ch_petrarch, with its line about itself. */
struct petrarch {
	struct ch_petrarch dict;
	struct ch_str about;
};

bool chancery_petrarch_open(const char *folder, struct chancery_petrarch **petrarch, struct chancery_error *error)
{
	struct petrarch *p = calloc(1, sizeof *p);
	const struct ch_petrarch_counts *n;

	if (!p)
		ch_die_memory(sizeof *p);
	if (!ch_petrarch_open(&p->dict, folder, (struct ch_err *)error)) {
		chancery_petrarch_close((struct chancery_petrarch *)p);
		return false;
	}
	n = &p->dict.counts;
	p->about = ch_arena_printf(&p->dict.arena, "%s: %u dictionaries: %u verbs (%u forms), %u patterns, %u synonym sets, %u actors (%u "
				   "names), %u agents, %u discards; %u entries or lines not taken", folder, n->files, n->verbs, n->forms,
				   n->patterns, n->synsets, n->actors, n->names, n->agents, n->discards, n->lost);
	*petrarch = (struct chancery_petrarch *)p;
	return true;
}

void chancery_petrarch_close(struct chancery_petrarch *petrarch)
{
	struct petrarch *p = (struct petrarch *)petrarch;

	if (p)
		ch_petrarch_free(&p->dict);
	free(p);
}

const char *chancery_petrarch_about(const struct chancery_petrarch *petrarch)
{
	return ((const struct petrarch *)petrarch)->about.ptr;
}

bool chancery_petrarch_warnings(const struct chancery_petrarch *petrarch, chancery_row_fn *row, void *ctx)
{
	const struct ch_petrarch *d = &((const struct petrarch *)petrarch)->dict;
	bool go = true;

	for (uint32_t i = 0; go && i < d->warnings.n; i++)
		go = row(ctx, d->warnings.v[i].text.ptr, d->warnings.v[i].text.len);
	return go;
}

/* ---- options ---- */

static bool read_number(json_t *value, uint32_t *out)
{
	if (json_is_integer(value) && json_integer_value(value) >= 0 && json_integer_value(value) <= 1000) {
		*out = (uint32_t)json_integer_value(value);
		return true;
	}
	return json_is_string(value) && ch_str_uint(ch_str_z(json_string_value(value)), out);
}

static bool read_bool(json_t *value, bool *out)
{
	struct ch_str s = json_is_string(value) ? ch_str_z(json_string_value(value)) : CH_STR("");

	*out = json_is_true(value) || ch_str_ieq(s, CH_STR("true"));
	return json_is_boolean(value) || *out || ch_str_ieq(s, CH_STR("false"));
}

static bool read_config(json_t *config, struct ch_petrarch_options *o, struct ch_err *err)
{
	const struct {
		const char *name;
		uint32_t *to;
	} numbers[] = { { "new_actor_length", &o->new_actor_length }, { "comma_min", &o->comma_min }, { "comma_max", &o->comma_max },
			{ "comma_bmin", &o->comma_bmin }, { "comma_bmax", &o->comma_bmax }, { "comma_emin", &o->comma_emin },
			{ "comma_emax", &o->comma_emax } };
	const char *key;
	json_t *value;

	json_object_foreach(config, key, value) {
		size_t i = 0;

		while (i < sizeof numbers / sizeof *numbers && strcmp(key, numbers[i].name) != 0)
			i++;
		if (i < sizeof numbers / sizeof *numbers ? !read_number(value, numbers[i].to) :
		    strcmp(key, "require_dyad") != 0 || !read_bool(value, &o->require_dyad))
			return ch_fail(err, "config: '%.60s' is no option of PETRARCH's that is known here, or its value is none (require_dyad, "
				       "new_actor_length, comma_min, comma_max, comma_bmin, comma_bmax, comma_emin, comma_emax)", key);
	}
	return true;
}

bool ch_petrarch_config(struct ch_str line, struct ch_petrarch_options *options, struct ch_err *err)
{
	json_t *o = json_loadb(line.ptr ? line.ptr : "", line.len, JSON_ALLOW_NUL, NULL), *config = json_object_get(o, "config");
	bool ok;

	*options = ch_petrarch_defaults;
	ok = !config || json_is_null(config) || (json_is_object(config) ? read_config(config, options, err) :
						 ch_fail(err, "config: an object of options is wanted"));
	json_decref(o);
	return ok;
}

/* ---- events ---- */

static json_t *span(struct ch_span s)
{
	json_t *pair = ch_json_array();

	ch_json_push(pair, json_integer(s.start));
	ch_json_push(pair, json_integer(s.end));
	return pair;
}

static json_t *side(struct ch_str code)
{
	json_t *list = ch_json_array();

	ch_json_push(list, ch_json_str(code));
	return list;
}

static json_t *event(const struct ch_petrarch *dict, const struct ch_doc *doc, const struct ch_petrarch_event *e)
{
	struct ch_span sentence = doc->sentences.v[e->sentence].span;
	json_t *o = ch_json_object();
	char rule[512];

	snprintf(rule, sizeof rule, "%.*s:%u", CH_STR_ARG(dict->files.v[e->file]), e->line);
	ch_json_set(o, "source", side(e->source));
	ch_json_set(o, "target", side(e->target));
	ch_json_set(o, "cameo", ch_json_str(e->cameo));
	ch_json_set(o, "sentence", span(sentence));
	ch_json_set(o, "trigger", span(e->verb));
	ch_json_set(o, "event_text", ch_json_str(ch_doc_str(doc, e->verb)));
	ch_json_set(o, "text", ch_json_str(ch_doc_str(doc, sentence)));
	ch_json_set(o, "rule", ch_json_str(ch_str_z(rule)));
	return o;
}

json_t *ch_json_petrarch(const struct ch_petrarch *dict, const struct ch_doc *doc, const struct ch_petrarch_options *options)
{
	json_t *o = ch_json_object(), *list = ch_json_array();
	struct ch_petrarch_events events;

	ch_petrarch_code(dict, doc, options, doc->arena, &events);
	ch_json_set(o, "id", json_null());
	for (uint32_t i = 0; i < events.v.n; i++)
		ch_json_push(list, event(dict, doc, &events.v.v[i]));
	ch_json_set(o, "events", list);
	ch_json_set(o, "sentences_discarded", json_integer(events.sentences_discarded));
	ch_json_set(o, "story_discarded", ch_json_or_null(events.discarded));
	return o;
}
