/* event/view.c -- of whom a statement speaks, and how; see view.h. */
#include "event/view.h"
#include "event/context.h"
#include "event/stance_words.h"
#include "event/tree.h"
#include "text/words.h"

enum {
	THINGS_MAX = 48,    /* parties and instruments of one statement; no more are told apart */
	NESTED_MAX = 8,     /* statements within statements; deeper ones, which no page has, get no topics */
	WORDS_MAX = 6,      /* that are kept to tell a stance */
	BELOW_MAX = 256,    /* tokens of a phrase that are looked through */
	CHILDREN_MAX = 32,
};

#define SENSE(name) (1ull << STANCE_WORDS_##name)

const char *ch_stance_name(enum ch_stance stance)
{
	static const char *const names[] = { "neutral", "supports", "opposes" };

	return names[stance];
}

/* Somebody or something that the statement names. */
struct thing {
	struct ch_view view;
	uint32_t actor;              /* CH_NONE: an instrument, or what a position is about */
	uint32_t first, past;        /* tokens, of an instrument */
	uint32_t good, bad, words;
};

struct reader {
	struct ch_doc *doc;
	const struct ch_statement *s;
	uint32_t statement;
	struct ch_str side;          /* the speaker's party; empty */
	struct thing things[THINGS_MAX];
	uint32_t n;
	uint32_t *inner;             /* by token: 1 + the innermost statement around it */
	uint32_t *instrument;        /* by token: 1 + the instrument named there */
};

static const struct ch_token *tok(const struct reader *r, uint32_t i)
{
	return &r->doc->tokens.v[i];
}

static uint64_t senses(const struct reader *r, uint32_t i)
{
	const struct ch_word *w = ch_words_find(&stance_words, tok(r, i)->lemma);

	return w ? w->sections : 0;
}

static bool mine(const struct reader *r, uint32_t token)
{
	return r->inner[token] == r->statement + 1;
}

static bool in_insertion(const struct reader *r, uint32_t at)
{
	for (uint32_t i = r->s->insertion_first; i < r->s->insertion_first + r->s->insertion_n; i++)
		if (r->doc->insertions.v[i].start <= at && at < r->doc->insertions.v[i].end)
			return true;
	return false;
}

static struct thing *add(struct reader *r, struct ch_view view, uint32_t actor)
{
	if (r->n == THINGS_MAX)
		return NULL;
	r->things[r->n] = (struct thing){ .view = view, .actor = actor };
	return &r->things[r->n++];
}

static struct thing *of_actor(struct reader *r, uint32_t actor)
{
	const struct ch_actor *a = &r->doc->actors.v[actor];

	for (uint32_t i = 0; i < r->n; i++)
		if (r->things[i].actor == actor || (r->things[i].actor != CH_NONE && ch_str_eq(r->things[i].view.about, a->name) &&
						    ch_str_eq(r->things[i].view.party, a->party)))
			return &r->things[i];
	return NULL;
}

/* ---- whom it names ---- */

static void name_actors(struct reader *r, const struct ch_mention *m)
{
	const struct ch_doc *doc = r->doc;

	for (uint32_t k = 0; k < m->actor_n; k++) {
		uint32_t actor = doc->mention_actors.v[m->actor_first + k];
		const struct ch_actor *a = &doc->actors.v[actor];

		if (a->party.len && actor != r->s->actor && !of_actor(r, actor))
			add(r, (struct ch_view){ .about = a->name, .party = a->party, .span = m->span }, actor);
	}
}

static void name_all(struct reader *r)
{
	const struct ch_doc *doc = r->doc;
	uint32_t first = ch_doc_token_from(doc, r->s->content.start);

	for (uint32_t i = first; i < doc->tokens.n && tok(r, i)->span.end <= r->s->content.end; i++) {
		uint32_t m = tok(r, i)->mention, in = r->instrument[i];

		if (!mine(r, i) || in_insertion(r, tok(r, i)->span.start))
			continue;
		if (m != CH_NONE)
			name_actors(r, &doc->mentions.v[m]);
		if (in && ch_doc_token_from(doc, doc->instruments.v[in - 1].mention.start) == i) {
			const struct ch_instrument *x = &doc->instruments.v[in - 1];
			struct thing *t = add(r, (struct ch_view){ .about = x->title, .span = x->mention }, CH_NONE);

			if (t) {
				t->first = i;
				t->past = ch_doc_token_from(doc, x->mention.end);
			}
		}
	}
}

/* ---- how ---- */

static void count(struct reader *r, struct thing *t, struct ch_str word, bool good)
{
	*(good ? &t->good : &t->bad) += 1;
	if (t->words++ < WORDS_MAX)
		t->view.words = ch_arena_printf(r->doc->arena, "%.*s%s%.*s", CH_STR_ARG(t->view.words), t->view.words.len ? ", " : "", CH_STR_ARG(word));
}

static bool evaluate(struct reader *r, struct thing *t, uint32_t word, bool good, bool not)
{
	struct ch_str form = ch_token_str(r->doc, word);

	if (t)
		count(r, t, not ? ch_arena_printf(r->doc->arena, "not %.*s", CH_STR_ARG(form)) : form, good);
	return t != NULL;
}

static struct thing *thing_at(struct reader *r, uint32_t token)
{
	const struct ch_doc *doc = r->doc;
	uint32_t m = tok(r, token)->mention;

	if (r->instrument[token])
		for (uint32_t i = 0; i < r->n; i++)
			if (r->things[i].actor == CH_NONE && r->things[i].first <= token && token < r->things[i].past)
				return &r->things[i];
	if (m == CH_NONE || !doc->mentions.v[m].actor_n)
		return NULL;
	return of_actor(r, doc->mention_actors.v[doc->mentions.v[m].actor_first]);
}

/* The first thing in the phrase at `head`, not past a clause of its own. */
static struct thing *thing_below(struct reader *r, uint32_t head)
{
	struct thing *t = thing_at(r, head);
	uint32_t first, past;

	if (t)
		return t;
	ch_doc_subtree(r->doc, head, &first, &past);
	for (uint32_t i = first; i < past && i < first + BELOW_MAX && !t; i++)
		if (tok(r, i)->deprel != CH_DEP_ACL_RELCL && (i == head || tok(r, i)->head == head || (tok(r, i)->head != CH_NONE && tok(r, tok(r, i)->head)->head == head)))
			t = thing_at(r, i);
	return t;
}

static bool first_person(const struct reader *r, uint32_t i)
{
	struct ch_str s = ch_token_str(r->doc, i);

	return ch_str_ieq(s, CH_STR("i")) || ch_str_ieq(s, CH_STR("we")) || ch_str_ieq(s, CH_STR("our")) || ch_str_ieq(s, CH_STR("us"));
}

/* Is what the subject does the speaker's own doing? Nobody at all: it is. */
static bool is_speaker(const struct reader *r, uint32_t subject)
{
	const struct ch_doc *doc = r->doc;
	uint32_t m;

	if (subject == CH_NONE || first_person(r, subject))
		return true;
	m = tok(r, subject)->mention;
	if (m == CH_NONE || !doc->mentions.v[m].actor_n)
		return tok(r, subject)->upos == CH_UPOS_PRON && doc->mentions.n && !r->s->direct && m == CH_NONE;
	for (uint32_t k = 0; k < doc->mentions.v[m].actor_n; k++) {
		uint32_t a = doc->mention_actors.v[doc->mentions.v[m].actor_first + k];

		if (a == r->s->actor || (r->side.len && ch_str_eq(doc->actors.v[a].party, r->side)))
			return true;
	}
	return false;
}

static bool negated(const struct reader *r, uint32_t head)
{
	uint32_t n = 0;

	for (uint32_t c = tok(r, head)->first_child; c != CH_NONE && n < CHILDREN_MAX; c = tok(r, c)->next_sibling, n++)
		if (ch_tree_lemma_is(r->doc, c, "not") || ch_tree_lemma_is(r->doc, c, "never") || ch_tree_lemma_is(r->doc, c, "no"))
			return true;
	return false;
}

static bool is_oblique(uint8_t rel)
{
	return ch_deprel_is(rel, CH_DEP_OBL) || rel == CH_DEP_NMOD;
}

/* "we condemn X", "we thank X", "oppose to X", "our support for X": whom the feeling is for. */
static struct thing *object_of(struct reader *r, uint32_t word, bool verb)
{
	static const char *const preps[] = { "with", "for", "to", "of", "by", "towards", "toward", "against" };
	uint32_t object = verb ? ch_tree_object(r->doc, word) : CH_NONE, n = 0;
	struct thing *t = object == CH_NONE ? NULL : thing_below(r, object);

	for (uint32_t c = tok(r, word)->first_child; c != CH_NONE && n < CHILDREN_MAX && !t; c = tok(r, c)->next_sibling, n++)
		for (size_t i = 0; i < sizeof preps / sizeof *preps && is_oblique(tok(r, c)->deprel) && !t; i++)
			if (ch_tree_has_case(r->doc, c, ch_str_z(preps[i])))
				t = thing_below(r, c);
	return t;
}

/* "X attacked us", "X's aggression", "the aggression of X": who did it. */
static struct thing *doer_of(struct reader *r, uint32_t word, bool verb)
{
	uint32_t subject = verb ? ch_tree_subject(r->doc, word) : CH_NONE, n = 0;
	struct thing *t = subject == CH_NONE ? NULL : thing_at(r, subject);

	for (uint32_t c = tok(r, word)->first_child; c != CH_NONE && n < CHILDREN_MAX && !t && !verb; c = tok(r, c)->next_sibling, n++) {
		uint8_t rel = tok(r, c)->deprel;

		if (rel == CH_DEP_NMOD_POSS || rel == CH_DEP_AMOD || rel == CH_DEP_COMPOUND)
			t = thing_at(r, c);
		else if (is_oblique(rel) && (ch_tree_has_case(r->doc, c, CH_STR("by")) || ch_tree_has_case(r->doc, c, CH_STR("of")) ||
					     ch_tree_has_case(r->doc, c, CH_STR("from"))))
			t = thing_at(r, c);
	}
	/* What his own side did is told, not judged. */
	return t && r->side.len && ch_str_eq(t->view.party, r->side) ? NULL : t;
}

/* Whom a word for the noun tells of: the noun itself; with `deeds` whose it is ("X's policy", "the policy of X"); of relations, with whom.
 * "Sanctions on X" tell nothing of X. */
static struct thing *thing_of_noun(struct reader *r, uint32_t noun, bool deeds)
{
	bool relation = (senses(r, noun) & SENSE(RELATIONS)) != 0;
	struct thing *t = thing_at(r, noun);
	uint32_t n = 0;

	for (uint32_t c = tok(r, noun)->first_child; c != CH_NONE && n < CHILDREN_MAX && !t; c = tok(r, c)->next_sibling, n++) {
		uint8_t rel = tok(r, c)->deprel;

		if (rel == CH_DEP_NMOD_POSS || rel == CH_DEP_AMOD || rel == CH_DEP_COMPOUND)
			t = deeds || relation ? thing_at(r, c) : NULL;
		else if (is_oblique(rel) && ((deeds && (ch_tree_has_case(r->doc, c, CH_STR("of")) || ch_tree_has_case(r->doc, c, CH_STR("by")))) ||
					     (relation && (ch_tree_has_case(r->doc, c, CH_STR("with")) || ch_tree_has_case(r->doc, c, CH_STR("between"))))))
			t = thing_at(r, c);
	}
	return t;
}

static bool is_neuter(const struct reader *r, uint32_t i)
{
	return ch_tree_lemma_is(r->doc, i, "it") || ch_tree_lemma_is(r->doc, i, "this") || ch_tree_lemma_is(r->doc, i, "that");
}

/* "brotherly X", "X is an enemy", "our friend X", "relations with X are good": of whom or what it is said. */
static struct thing *bearer_of(struct reader *r, uint32_t word, bool good)
{
	uint32_t head = tok(r, word)->head, subject = CH_NONE, n = 0;
	uint8_t rel = tok(r, word)->deprel;
	struct thing *t = NULL;

	if (rel == CH_DEP_AMOD && head != CH_NONE) {
		t = thing_of_noun(r, head, !good);   /* "X's reckless policy" is X's; "his good offices" praise nobody */
		if (!t && tok(r, head)->upos == CH_UPOS_NOUN)
			subject = ch_tree_child(r->doc, head, CH_DEP_NSUBJ);
	} else {
		subject = ch_tree_child(r->doc, word, CH_DEP_NSUBJ);
	}
	/* "It is an unjust peace": whatever "it" may mean. */
	if (!t && subject != CH_NONE && !(tok(r, subject)->upos == CH_UPOS_PRON && is_neuter(r, subject)))
		t = thing_of_noun(r, subject, true);
	for (uint32_t c = tok(r, word)->first_child; c != CH_NONE && n < CHILDREN_MAX && !t && tok(r, word)->upos == CH_UPOS_NOUN; c = tok(r, c)->next_sibling, n++)
		if (tok(r, c)->deprel == CH_DEP_APPOS || tok(r, c)->deprel == CH_DEP_FLAT || tok(r, c)->deprel == CH_DEP_COMPOUND || tok(r, c)->deprel == CH_DEP_AMOD)
			t = thing_at(r, c);
	if (!t && head != CH_NONE && (rel == CH_DEP_APPOS || rel == CH_DEP_NMOD_DESC || rel == CH_DEP_COMPOUND))
		t = thing_at(r, head);
	return t;
}

/* A negated word turns or says nothing. */
static void weigh(struct reader *r, uint32_t word)
{
	uint64_t hit = senses(r, word);
	bool verb = ch_tree_is_verb(r->doc, word), not;
	uint8_t upos = tok(r, word)->upos;

	/* A word of a name ("Criminal Court") judges nobody. A capital behind an opening mark begins the sentence. */
	if (word > r->doc->sentences.v[tok(r, word)->sentence].first + 1 && r->doc->text.ptr[tok(r, word)->span.start] >= 'A' &&
	    r->doc->text.ptr[tok(r, word)->span.start] <= 'Z')
		return;
	if (!hit || (upos != CH_UPOS_VERB && upos != CH_UPOS_NOUN && upos != CH_UPOS_ADJ))
		return;
	/* "with respect to", "with thanks" */
	if (upos == CH_UPOS_NOUN && ch_tree_has_case(r->doc, word, CH_STR("with")))
		return;
	not = negated(r, word) || (tok(r, word)->deprel == CH_DEP_AMOD && negated(r, tok(r, word)->head));
	if ((hit & (SENSE(SUPPORTS) | SENSE(OPPOSES))) && upos != CH_UPOS_ADJ && (!verb || is_speaker(r, ch_tree_subject(r->doc, word)))) {
		struct thing *t = object_of(r, word, verb);

		/* Not to condemn is no praise. */
		if (t && (!not || (hit & SENSE(SUPPORTS)))) {
			evaluate(r, t, word, ((hit & SENSE(SUPPORTS)) != 0) != not, not);
			return;
		}
	}
	if ((hit & (SENSE(CREDITS) | SENSE(BLAMES))) && upos != CH_UPOS_ADJ && !not && evaluate(r, doer_of(r, word, verb), word, !(hit & SENSE(BLAMES)), false))
		return;
	if ((hit & (SENSE(GOOD) | SENSE(BAD))) && !verb)
		evaluate(r, bearer_of(r, word, (hit & SENSE(GOOD)) != 0), word, ((hit & SENSE(GOOD)) != 0) != not, not);
}

/* ---- events and positions that it tells ---- */

static bool has_party(const struct reader *r, uint32_t first, uint32_t n, struct ch_str party)
{
	for (uint32_t i = 0; i < n && party.len; i++)
		if (ch_str_eq(r->doc->actors.v[r->doc->event_actors.v[first + i]].party, party))
			return true;
	return false;
}

static void each_actor(struct reader *r, uint32_t first, uint32_t n, const struct ch_event *e, bool good)
{
	for (uint32_t i = 0; i < n; i++) {
		uint32_t actor = r->doc->event_actors.v[first + i];
		const struct ch_actor *a = &r->doc->actors.v[actor];
		struct thing *t = of_actor(r, actor);

		if (!t && a->party.len && !ch_str_eq(a->party, r->side))
			t = add(r, (struct ch_view){ .about = a->name, .party = a->party, .span = e->trigger }, actor);
		if (t && !ch_str_eq(a->party, r->side) && !t->words)
			count(r, t, ch_doc_str(r->doc, e->trigger), good);
	}
}

static void by_event(struct reader *r, const struct ch_event *e)
{
	bool for_it = e->type == CH_EV_SUPPORT || e->type == CH_EV_AID || e->type == CH_EV_CONCEDE;
	bool against = e->type == CH_EV_ACCUSE || e->type == CH_EV_REJECT || e->type == CH_EV_THREATEN || e->type == CH_EV_PROTEST;
	bool force = e->type == CH_EV_ASSAULT || e->type == CH_EV_COERCE || e->type == CH_EV_THREATEN || e->type == CH_EV_SANCTION;

	if (e->status == CH_DENIED || e->status == CH_HYPOTHETICAL || !r->side.len)
		return;
	if ((for_it || against) && has_party(r, e->source_first, e->source_n, r->side))
		each_actor(r, e->target_first, e->target_n, e, for_it);
	else if (force && has_party(r, e->target_first, e->target_n, r->side))
		each_actor(r, e->source_first, e->source_n, e, false);
}

/* In either case of letters. */
static bool holds_words(struct ch_str s, struct ch_str words)
{
	for (size_t i = 0; words.len && i + words.len <= s.len && i < BELOW_MAX; i++)
		if (ch_str_istarts(ch_str_sub(s, i, s.len), words))
			return true;
	return false;
}

static void by_position(struct reader *r, const struct ch_position *p)
{
	bool good = ch_str_starts(p->stance, CH_STR("support")) || ch_str_starts(p->stance, CH_STR("recognis"));
	bool bad = ch_str_starts(p->stance, CH_STR("oppos")) || ch_str_starts(p->stance, CH_STR("condemn")) ||
		   ch_str_starts(p->stance, CH_STR("does not")) || ch_str_starts(p->stance, CH_STR("withdraws"));
	struct thing *t = NULL;

	if (!(ch_str_eq(p->who, r->side) || ch_str_eq(p->who, r->s->speaker)) || !p->about.len)
		return;
	for (uint32_t i = 0; i < r->n && !t; i++)
		if (ch_str_eq(r->things[i].view.party, p->about) || holds_words(p->about, r->things[i].view.about) ||
		    holds_words(p->about, ch_doc_str(r->doc, r->things[i].view.span)))
			t = &r->things[i];
	if (!t)
		t = add(r, (struct ch_view){ .about = p->about, .span = p->mention }, CH_NONE);
	if (t && !t->words && (good || bad))
		count(r, t, p->stance, good);
}

/* ---- statements ---- */

static struct ch_str side_of(const struct ch_doc *doc, const struct ch_statement *s)
{
	return s->actor != CH_NONE && doc->actors.v[s->actor].party.len ? doc->actors.v[s->actor].party : s->country;
}

static void put(struct reader *r, struct ch_topic *topic)
{
	topic->view_first = r->doc->views.n;
	for (uint32_t i = 0; i < r->n; i++) {
		struct thing *t = &r->things[i];

		/* That somebody speaks of his own side is no news. */
		if (!t->words && r->side.len && ch_str_eq(t->view.party, r->side))
			continue;
		t->view.stance = t->good > t->bad ? CH_STANCE_SUPPORTS : t->bad > t->good ? CH_STANCE_OPPOSES : CH_STANCE_NEUTRAL;
		*CH_PUSH(r->doc->arena, &r->doc->views) = t->view;
	}
	topic->view_n = r->doc->views.n - topic->view_first;
}

/* "He condemned the attack …": the verb that reports it, and what it is used on. */
static void by_cue(struct reader *r)
{
	const struct ch_doc *doc = r->doc;

	for (uint32_t i = ch_doc_token_from(doc, r->s->cue.start); i < doc->tokens.n && tok(r, i)->span.end <= r->s->cue.end; i++) {
		uint64_t hit = senses(r, i);
		uint32_t object = ch_tree_is_verb(doc, i) && (hit & (SENSE(SUPPORTS) | SENSE(OPPOSES))) ? ch_tree_object(doc, i) : CH_NONE, m;

		if (object == CH_NONE || negated(r, i))
			continue;
		m = tok(r, object)->mention;
		if (m != CH_NONE)
			name_actors(r, &doc->mentions.v[m]);
		evaluate(r, thing_at(r, object), i, (hit & SENSE(SUPPORTS)) != 0, false);
	}
}

/* The innermost statement around each token, how deep each statement lies, instruments by token. */
static void lay_out(struct reader *r, uint8_t *depths)
{
	const struct ch_doc *doc = r->doc;
	uint32_t *open = CH_NEW_N(doc->arena, uint32_t, doc->statements.n), depth = 0, next = 0;

	for (uint32_t i = 0; i < doc->tokens.n; i++) {
		while (next < doc->statements.n && doc->statements.v[next].content.start <= doc->tokens.v[i].span.start) {
			while (depth && doc->statements.v[open[depth - 1]].content.end <= doc->statements.v[next].content.start)
				depth--;
			depths[next] = depth > NESTED_MAX ? NESTED_MAX + 1 : (uint8_t)depth;
			open[depth++] = next++;
		}
		while (depth && doc->statements.v[open[depth - 1]].content.end <= doc->tokens.v[i].span.start)
			depth--;
		r->inner[i] = depth ? open[depth - 1] + 1 : 0;
	}
	for (uint32_t k = 0; k < doc->instruments.n; k++)
		for (uint32_t i = ch_doc_token_from(doc, doc->instruments.v[k].mention.start);
		     i < doc->tokens.n && doc->tokens.v[i].span.end <= doc->instruments.v[k].mention.end; i++)
			r->instrument[i] = k + 1;
}

static void one_statement(const struct ch_engine *engine, struct reader *r, uint32_t i, uint32_t *event, uint32_t *position)
{
	struct ch_doc *doc = r->doc;
	const struct ch_statement *s = &doc->statements.v[i];
	uint32_t first = ch_doc_token_from(doc, s->content.start), past = ch_doc_token_from(doc, s->content.end);

	r->s = s;
	r->statement = i;
	r->side = side_of(doc, s);
	r->n = 0;
	name_all(r);
	for (uint32_t t = first; t < past; t++)
		if (mine(r, t) && doc->sentences.v[tok(r, t)->sentence].root != CH_NONE && !in_insertion(r, tok(r, t)->span.start))
			weigh(r, t);
	by_cue(r);
	/* Events and positions stand in order: those before the content are behind us. */
	while (*event < doc->events.n && doc->events.v[*event].trigger.start < s->content.start)
		++*event;
	for (uint32_t e = *event; e < doc->events.n && doc->events.v[e].trigger.end <= s->content.end; e++)
		if (doc->events.v[e].claimed_by == i)
			by_event(r, &doc->events.v[e]);
	while (*position < doc->positions.n && doc->positions.v[*position].mention.start < s->content.start)
		++*position;
	for (uint32_t p = *position; p < doc->positions.n && doc->positions.v[p].mention.end <= s->content.end; p++)
		if (r->inner[ch_doc_token_from(doc, doc->positions.v[p].mention.start)] == i + 1)
			by_position(r, &doc->positions.v[p]);
	put(r, &doc->topics.v[i]);
	doc->topics.v[i].contexts = ch_context_of(engine, doc, first, past);
}

bool ch_topics(const struct ch_engine *engine, struct ch_doc *doc, struct ch_err *err)
{
	struct reader r = { .doc = doc };
	uint32_t event = 0, position = 0;
	uint8_t *depths;

	(void)err;
	if (!doc->statements.n)
		return true;
	depths = CH_NEW_N(doc->arena, uint8_t, doc->statements.n);
	r.inner = CH_NEW_N(doc->arena, uint32_t, doc->tokens.n + 1);
	r.instrument = CH_NEW_N(doc->arena, uint32_t, doc->tokens.n + 1);
	lay_out(&r, depths);
	for (uint32_t i = 0; i < doc->statements.n; i++) {
		*CH_PUSH(doc->arena, &doc->topics) = (struct ch_topic){ .view_first = doc->views.n };
		if (depths[i] <= NESTED_MAX)
			one_statement(engine, &r, i, &event, &position);
	}
	return true;
}
