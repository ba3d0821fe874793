#include "store/party.h"
#include "store/id.h"
#include "who/gazetteer.h"

static struct ch_str text_of(struct ch_arena *arena, const struct ch_gazetteer *g, uint32_t at)
{
	return ch_arena_str(arena, ch_gz_str(g, at));
}

bool ch_party_known(struct ch_arena *arena, struct ch_str code, struct ch_party *out)
{
	struct ch_gazetteer *g = NULL;
	struct ch_err err;
	bool found = false;

	*out = (struct ch_party){ 0 };
	if (!code.len || !ch_gazetteer_open(&g, &err))
		return false;
	for (uint32_t i = 0; i < g->people_first && !found; i++) {
		const struct ch_gz_entity *e = &g->entities[i];

		found = (e->kind == CH_GZ_STATE || e->kind == CH_GZ_ORG) && ch_str_eq(ch_gz_str(g, e->party), code);
		if (found)
			*out = (struct ch_party){ .kind = e->kind == CH_GZ_STATE ? CH_ACTOR_STATE : CH_ACTOR_ORG, .party = text_of(arena, g, e->party),
						  .name = text_of(arena, g, e->name), .code = text_of(arena, g, e->code),
						  .org = text_of(arena, g, e->org), .gazetteer_id = text_of(arena, g, e->id) };
	}
	ch_gazetteer_close(g);
	if (found)
		out->id = ch_party_id(arena, out, CH_STR(""));
	return found;
}

struct ch_party ch_party_by_hand(struct ch_arena *arena, struct ch_str code, struct ch_str name)
{
	struct ch_party p = { .kind = name.len ? CH_ACTOR_PERSON : CH_ACTOR_GROUP, .party = code, .name = name.len ? name : code, .code = code };

	p.id = ch_party_id(arena, &p, CH_STR("by hand"));
	return p;
}

void ch_party_cut(struct ch_str text, struct ch_str *code, struct ch_str *name)
{
	size_t colon = ch_str_find_byte(text, ':', 0);

	*code = ch_str_trim(colon == CH_STR_NONE ? text : ch_str_sub(text, 0, colon));
	*name = colon == CH_STR_NONE ? CH_STR("") : ch_str_trim(ch_str_sub(text, colon + 1, text.len));
}
