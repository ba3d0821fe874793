/* export/actors.c -- see the header. */
#include "export/actors.h"
#include "export/json.h"

static json_t *actor(const struct ch_actor *a)
{
	static const char *const kinds[] = { "person", "state", "organisation", "group" };
	json_t *o = ch_json_object();

	ch_json_set(o, "kind", ch_json_str(ch_str_z(kinds[a->kind])));
	ch_json_set(o, "name", ch_json_or_null(a->name));
	ch_json_set(o, "party", ch_json_or_null(a->party));
	ch_json_set(o, "code", ch_json_or_null(a->code));
	ch_json_set(o, "org", ch_json_or_null(a->org));
	ch_json_set(o, "sector", ch_json_or_null(a->sector));
	ch_json_set(o, "office", ch_json_or_null(a->office));
	ch_json_set(o, "id", ch_json_or_null(a->id));
	return o;
}

json_t *ch_json_asked(const struct ch_engine *engine, const struct ch_doc *doc)
{
	static const char *const kinds[] = { "name", "nominal", "pronoun" };
	json_t *all = ch_json_object(), *list = ch_json_array();
	char day[16];

	(void)engine;
	ch_json_set(all, "date", ch_json_or_null(ch_str_z(ch_day_print(doc->meta.published, day))));
	ch_json_set(all, "text", ch_json_str(doc->text));
	for (uint32_t i = 0; i < doc->mentions.n; i++) {
		const struct ch_mention *m = &doc->mentions.v[i];
		json_t *o = ch_json_object(), *actors = ch_json_array();

		ch_json_set(o, "start", json_integer(m->span.start));
		ch_json_set(o, "end", json_integer(m->span.end));
		ch_json_set(o, "text", ch_json_str(ch_doc_str(doc, m->span)));
		ch_json_set(o, "kind", ch_json_str(ch_str_z(kinds[m->kind])));
		ch_json_set(o, "place", ch_json_or_null(m->place));
		ch_json_set(o, "confidence", json_real((double)(int)((double)m->confidence * 100 + 0.5) / 100));
		ch_json_set(o, "basis", ch_json_or_null(ch_str_z(m->basis)));
		for (uint32_t k = 0; k < m->actor_n; k++)
			ch_json_push(actors, actor(&doc->actors.v[doc->mention_actors.v[m->actor_first + k]]));
		ch_json_set(o, "actors", actors);
		ch_json_push(list, o);
	}
	ch_json_set(all, "mentions", list);
	return all;
}
