/* said/refer.c -- whom the first persons in a quotation mean; see told.h. */
#include "said/told.h"

enum person { NO_PERSON, ONE, MANY };

static enum person person_of(const struct ch_said_work *w, uint32_t i)
{
	static const char *const one[] = { "I", "me", "my", "mine", "myself" }, *const many[] = { "we", "us", "our", "ours", "ourselves" };
	const struct ch_token *t = ch_said_token(w, i);
	struct ch_str s = ch_said_form(w, i);

	/* "US" and a numeral "I" are none. */
	if (t->span.end - t->span.start > 9 || ch_str_eqz(s, "US") ||
	    (ch_said_has_tree(w, t->sentence) && t->upos != CH_UPOS_PRON && t->upos != CH_UPOS_DET))
		return NO_PERSON;
	for (size_t k = 0; k < sizeof one / sizeof *one; k++)
		if (k ? ch_str_ieq(s, ch_str_z(one[k])) : ch_str_eqz(s, one[k]))
			return ONE;
	for (size_t k = 0; k < sizeof many / sizeof *many; k++)
		if (ch_str_ieq(s, ch_str_z(many[k])))
			return MANY;
	return NO_PERSON;
}

/* Who "we" are. */
struct side {
	uint32_t actor;
	struct ch_str name, party;
};

static struct side side_of(const struct ch_doc *doc, const struct ch_statement *s)
{
	const struct ch_actor *a = s->actor == CH_NONE ? NULL : &doc->actors.v[s->actor];
	struct side side = { .actor = CH_NONE, .party = s->country };

	if (a && a->kind != CH_ACTOR_PERSON)
		return (struct side){ s->actor, a->name, a->party };
	if (a && a->party.len)
		side.party = a->party;
	for (uint32_t i = 0; side.party.len && side.actor == CH_NONE && i < doc->actors.n; i++)
		if (doc->actors.v[i].kind != CH_ACTOR_PERSON && ch_str_eq(doc->actors.v[i].party, side.party) && !doc->actors.v[i].sector.len)
			side.actor = i;
	side.name = side.actor == CH_NONE ? side.party : doc->actors.v[side.actor].name;
	return side;
}

static bool in_insertion(const struct ch_doc *doc, const struct ch_statement *s, uint32_t at)
{
	for (uint32_t i = s->insertion_first; i < s->insertion_first + s->insertion_n; i++)
		if (doc->insertions.v[i].start <= at && at < doc->insertions.v[i].end)
			return true;
	return false;
}

static void look(struct ch_said_work *w, uint32_t statement)
{
	struct ch_doc *doc = w->doc;
	struct ch_statement *s = &doc->statements.v[statement];
	uint32_t inner = statement + 1;   /* the next statement that may lie in this one */
	struct side side = { .actor = CH_NONE };
	bool known = false;

	s->refer_first = doc->refers.n;
	if (!s->speaker.len)
		return;
	for (uint32_t i = ch_doc_token_from(doc, s->content.start); i < doc->tokens.n && ch_said_token(w, i)->span.end <= s->content.end; i++) {
		struct ch_span at = ch_said_token(w, i)->span;
		enum person person;

		if (inner < doc->statements.n && at.start >= doc->statements.v[inner].content.start) {
			/* Passed over whole, with all that lies in it. */
			if (doc->statements.v[inner].content.end <= s->content.end && at.start < doc->statements.v[inner].content.end) {
				i = ch_doc_token_from(doc, doc->statements.v[inner].content.end);
				i -= i > 0;
				continue;
			}
			for (inner++; inner < doc->statements.n && doc->statements.v[inner].content.end <= at.start;)
				inner++;
			i--;
			continue;
		}
		person = person_of(w, i);
		/* What is reported in the page's words has no first person of the speaker's. */
		if (person == NO_PERSON || !(s->direct || w->quoted[i]) || in_insertion(doc, s, at.start))
			continue;
		if (person == MANY && !known) {
			side = side_of(doc, s);
			known = true;
		}
		if (person == MANY && !side.name.len)
			continue;
		*CH_PUSH(doc->arena, &doc->refers) = person == ONE ?
			(struct ch_refer){ at, s->actor, s->speaker, s->actor == CH_NONE ? s->country : doc->actors.v[s->actor].party, "speaker" } :
			(struct ch_refer){ at, side.actor, side.name, side.party, "speaker's side" };
		s->refer_n++;
	}
}

void ch_said_refers(struct ch_said_work *w)
{
	for (uint32_t i = 0; i < w->doc->statements.n; i++)
		look(w, i);
}
