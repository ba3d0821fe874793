/* export/unknown.c -- see the header. */
#include "export/unknown.h"
#include "event/frames.h"
#include "event/tree.h"
#include "export/json.h"
#include "said/cues.h"
#include "who/who.h"

enum { CHILDREN_MAX = 24 }; /* of one word looked at */

static const struct ch_token *tok(const struct ch_doc *doc, uint32_t t)
{
	return &doc->tokens.v[t];
}

/* The party that a word stands for; empty where it stands for none. */
static struct ch_str party_of(const struct ch_doc *doc, uint32_t token)
{
	uint32_t at = token == CH_NONE ? CH_NONE : ch_who_at(doc, token);
	const struct ch_mention *m = at == CH_NONE ? NULL : &doc->mentions.v[at];

	if (!m || !m->actor_n || m->place_only || (m->head != token && m->head != CH_NONE))
		return CH_STR("");
	return doc->actors.v[doc->mention_actors.v[m->actor_first]].party;
}

static struct ch_str sentence_of(const struct ch_doc *doc, uint32_t token)
{
	return ch_doc_str(doc, doc->sentences.v[tok(doc, token)->sentence].span);
}

static bool in_class(const struct ch_frames *frames, const char *name, struct ch_str lemma)
{
	const struct ch_map *class = ch_frames_class(frames, name);

	return class && ch_map_get(class, lemma);
}

/* A word that has its work elsewhere: in a frame, as a light verb, as a word of status, as a cue of speech. */
static bool has_work(const struct ch_engine *engine, const struct ch_token *t, struct ch_str form)
{
	static const char *const classes[] = {"LIGHT",
					      "STATUS_PLANNING",
					      "STATUS_HOPING",
					      "STATUS_DENYING",
					      "STATUS_CALLING",
					      "STATUS_DISCUSSING",
					      "STATUS_ANNOUNCING",
					      "STATUS_FACTIVE",
					      "INSTRUMENT",
					      "AGENTS"};

	if (ch_frames_of(engine->frames, t->upos, t->lemma) ||
	    ch_cues_find(engine->cues, form, CH_STR(""), NULL) & (CH_CUE_BESIDE_MARKS | CH_CUE_OVER_CLAUSE))
		return true;
	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
		if (in_class(engine->frames, classes[i], t->lemma))
			return true;
	return false;
}

/* The other party that hangs on the word, and by what. */
static struct ch_str other_side(const struct ch_doc *doc, uint32_t word, struct ch_str one, struct ch_str *path)
{
	uint32_t object = ch_tree_is_verb(doc, word) ? ch_tree_object(doc, word) : CH_NONE, n = 0;
	struct ch_str party = party_of(doc, object);

	*path = CH_STR("obj");
	if (party.len && !ch_str_eq(party, one))
		return party;
	for (uint32_t c = tok(doc, word)->first_child; c != CH_NONE && n < CHILDREN_MAX;
	     c = tok(doc, c)->next_sibling, n++) {
		struct ch_str prep = ch_tree_case(doc, c);

		party = party_of(doc, c);
		if (prep.len && party.len && !ch_str_eq(party, one)) {
			*path = prep;
			return party;
		}
	}
	return CH_STR("");
}

/* Whose doing the word tells of. */
static struct ch_str first_side(const struct ch_doc *doc, uint32_t word)
{
	uint32_t n = 0;

	if (ch_tree_is_verb(doc, word))
		return party_of(doc, ch_tree_subject(doc, word));
	for (uint32_t c = tok(doc, word)->first_child; c != CH_NONE && n < CHILDREN_MAX;
	     c = tok(doc, c)->next_sibling, n++)
		if (ch_deprel_is(tok(doc, c)->deprel, CH_DEP_NMOD) &&
		    (tok(doc, c)->deprel == CH_DEP_NMOD_POSS || ch_tree_has_case(doc, c, CH_STR("of"))))
			return party_of(doc, c);
	return CH_STR("");
}

static json_t *phrases(const struct ch_engine *engine, const struct ch_doc *doc)
{
	json_t *list = ch_json_array();

	for (uint32_t t = 0; t < doc->tokens.n; t++) {
		const struct ch_token *k = tok(doc, t);
		bool verb = k->upos == CH_UPOS_VERB;
		struct ch_str one, other, path;
		json_t *o;

		if ((!verb && k->upos != CH_UPOS_NOUN) || k->mention != CH_NONE || k->lemma.len < 3)
			continue;
		if (has_work(engine, k, ch_token_str(doc, t)))
			continue;
		one = first_side(doc, t);
		other = one.len ? other_side(doc, t, one, &path) : CH_STR("");
		if (!other.len)
			continue;
		o = ch_json_object();
		ch_json_set(o, "word", ch_json_str(k->lemma));
		ch_json_set(o, "pos", ch_json_str(verb ? CH_STR("verb") : CH_STR("noun")));
		ch_json_set(o, "path", ch_json_str(path));
		ch_json_set(o, "source", ch_json_str(one));
		ch_json_set(o, "target", ch_json_str(other));
		ch_json_set(o, "sentence", ch_json_str(sentence_of(doc, t)));
		ch_json_push(list, o);
	}
	return list;
}

static json_t *names(const struct ch_doc *doc)
{
	json_t *list = ch_json_array();

	for (uint32_t i = 0; i < doc->names.n; i++) {
		const struct ch_name *n = &doc->names.v[i];
		bool known = false;
		json_t *o;

		if ((n->kind != CH_NAME_PER && n->kind != CH_NAME_ORG) || n->past - n->first < 2)
			continue;
		/* the mention may be longer, and another word its head: "Chancellor Helmut Schmidt" */
		for (uint32_t t = n->first; t < n->past && !known; t++) {
			uint32_t at = ch_who_at(doc, t);
			const struct ch_mention *m = at == CH_NONE ? NULL : &doc->mentions.v[at];

			for (uint32_t k = 0; m && k < m->actor_n; k++)
				known = known || doc->actors.v[doc->mention_actors.v[m->actor_first + k]].party.len;
		}
		if (known)
			continue;
		o = ch_json_object();
		ch_json_set(o, "name",
			    ch_json_str(ch_str_sub(doc->text, tok(doc, n->first)->span.start,
						   tok(doc, n->past - 1)->span.end)));
		ch_json_set(o, "kind", ch_json_str(n->kind == CH_NAME_PER ? CH_STR("person") : CH_STR("organisation")));
		ch_json_set(o, "sentence", ch_json_str(sentence_of(doc, n->first)));
		ch_json_push(list, o);
	}
	return list;
}

json_t *ch_json_unknown(const struct ch_engine *engine, const struct ch_doc *doc)
{
	json_t *o = ch_json_object();

	ch_json_set(o, "phrases", phrases(engine, doc));
	ch_json_set(o, "names", names(doc));
	return o;
}
