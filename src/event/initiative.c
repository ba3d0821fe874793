/* event/initiative.c -- initiatives, platforms and organisations founded, and their anniversaries.
 *
 *   launched the Belt and Road Initiative; the Group was created in 1991 by       a verb
 *   the launch of the Dialogue; the Platform, founded by                          a noun, a participle
 *   the 30th anniversary of diplomatic relations; 70 years since                  the year is reckoned back from the one of the feast */
#include "event/gather.h"
#include "event/initiative_words.h" /* made at build time from lexicon/registers/initiatives.txt */

#define SENSE(token, section) ch_gather_sense(doc, &initiative_words, token, INITIATIVE_WORDS_##section)

enum { NAME_WORDS_MAX = 10, CHAIN_MAX = 4, TOLD_BACK = 64 };

struct name {
	uint32_t first, past;
	const struct ch_word_sense *kind;
};

/* "C5+1", "Asia", "Three": what stands in a name. */
static bool name_word(const struct ch_doc *doc, uint32_t i)
{
	return ch_gather_capital(doc, i) || ch_reg_tok(doc, i)->upos == CH_UPOS_NUM || ch_reg_is(doc, i, "-") || ch_reg_is(doc, i, "+") ||
	       (ch_reg_is(doc, i, "and") && i + 1 < doc->tokens.n && ch_gather_capital(doc, i + 1));
}

/* The name that ends in this noun of a platform, or goes on behind it ("Alliance for Multilateralism"): at least two words, a capital. */
static bool named(const struct ch_doc *doc, uint32_t noun, struct name *n)
{
	const struct ch_sentence *s = &doc->sentences.v[ch_reg_tok(doc, noun)->sentence];
	uint32_t caps = 0, m;
	bool behind = false;

	n->kind = SENSE(noun, PLATFORM);
	n->first = noun;
	n->past = noun + 1;
	while (n->first > s->first && noun - n->first < NAME_WORDS_MAX && name_word(doc, n->first - 1) && !ch_reg_in_time(doc, n->first - 1))
		n->first--;
	while (n->first < noun && (!ch_gather_capital(doc, n->first) || ch_reg_tok(doc, n->first)->upos == CH_UPOS_DET))
		n->first++;
	for (uint32_t i = n->first; i < noun; i++) {
		caps += ch_gather_capital(doc, i);
		if (SENSE(i, DOMESTIC))
			return false;
	}
	/* "Council of Europe", "Union for the Mediterranean" */
	if (ch_gather_capital(doc, noun)) {
		uint32_t i = noun + 1;

		if (i < s->past && (ch_reg_is(doc, i, "of") || ch_reg_is(doc, i, "for") || ch_reg_is(doc, i, "on"))) {
			i++;
			while (i < s->past && ch_reg_tok(doc, i)->upos == CH_UPOS_DET)
				i++;
			while (i < s->past && i < noun + NAME_WORDS_MAX && name_word(doc, i) && !ch_reg_in_time(doc, i)) {
				n->past = ++i;
				behind = true;
			}
		}
	}
	/* Names that the lists know are taken whole. */
	m = ch_reg_tok(doc, noun)->mention;
	if (m != CH_NONE && doc->mentions.v[m].kind == CH_MENTION_NAME && doc->mentions.v[m].actor_n == 1 && ch_gather_body(doc, noun) == noun) {
		n->first = doc->mentions.v[m].first;
		n->past = doc->mentions.v[m].past;
		while (n->first < noun && ch_reg_tok(doc, n->first)->upos == CH_UPOS_DET)
			n->first++;
		return true;
	}
	/* A country's own: "the French Council", "the Union of Syldavia". */
	for (uint32_t i = n->first; i < n->past; i++) {
		m = ch_reg_tok(doc, i)->mention;
		if (m != CH_NONE && i < noun && ch_reg_tok(doc, i)->upos == CH_UPOS_ADJ && doc->mentions.v[m].possessive && caps == 1)
			return false;
	}
	return n->kind && (caps || behind) && n->past > n->first + 1 && (caps || ch_gather_capital(doc, noun));
}

static void enter(const struct ch_gather *g, struct ch_initiative in, const struct ch_reg_actors *who, uint32_t first, uint32_t past)
{
	struct ch_doc *doc = g->doc;

	if (first >= past || !in.name.len)
		return;
	for (uint32_t i = doc->initiatives.n > TOLD_BACK ? doc->initiatives.n - TOLD_BACK : 0; i < doc->initiatives.n; i++) {
		struct ch_initiative *old = &doc->initiatives.v[i];
		uint32_t n = 0;

		for (uint32_t k = 0; k < old->founder.n; k++)
			n += ch_gather_has(doc, who, ch_reg_party(&doc->actors.v[doc->event_actors.v[old->founder.first + k]]));
		if (!ch_str_ieq(old->name, in.name) || (n < old->founder.n && n < who->n))
			continue;
		old->founded = old->founded.len ? old->founded : in.founded;
		old->anniversary = old->anniversary ? old->anniversary : in.anniversary;
		old->founder = old->founder.n || !who->n ? old->founder : ch_gather_keep(doc, who);
		return;
	}
	in.mention = ch_reg_span(doc, first, past);
	if (doc->initiatives.n && in.mention.start < doc->initiatives.v[doc->initiatives.n - 1].mention.start)
		return;
	in.founder = ch_gather_keep(doc, who);
	*CH_PUSH(doc->arena, &doc->initiatives) = in;
}

static bool acts(const struct ch_doc *doc, uint32_t head)
{
	return ch_reg_tok(doc, head)->mention != CH_NONE || !ch_gather_capital(doc, head);
}

/* Who founded it: states and their men, organisations; not the thing itself. */
static void founders(const struct ch_doc *doc, uint32_t verb, const struct name *n, struct ch_reg_actors *who)
{
	struct ch_reg_actors all = { .n = 0 };
	uint32_t subject = ch_tree_subject(doc, verb), by = ch_gather_prep(doc, verb, "by");

	/* "founded by the Strelsau Treaty": a name that is nobody's founds nothing, whatever it is called after. */
	if (subject != CH_NONE && (subject < n->first || subject >= n->past) && acts(doc, subject))
		ch_gather_add(doc, subject, &all);
	if (!all.n && by != CH_NONE && acts(doc, by))
		ch_gather_add(doc, by, &all);
	for (uint32_t i = 0; i < all.n; i++)
		if (doc->actors.v[all.v[i]].kind != CH_ACTOR_GROUP)
			who->v[who->n++] = all.v[i];
}

static bool set_up(const struct ch_doc *doc, uint32_t verb)
{
	uint32_t up = ch_tree_child(doc, verb, CH_DEP_COMPOUND_PRT);

	return !ch_tree_lemma_is(doc, verb, "set") || (up != CH_NONE && ch_reg_is(doc, up, "up"));
}

static void by_verb(const struct ch_gather *g, uint32_t verb)
{
	struct ch_doc *doc = g->doc;
	uint32_t object = ch_tree_object(doc, verb), noun, first, past, above = ch_reg_tok(doc, verb)->head;
	struct ch_initiative in = { 0 };
	struct ch_reg_actors who = { .n = 0 };
	struct name n;

	if (object == CH_NONE || !set_up(doc, verb))
		return;
	noun = object;
	if (!named(doc, noun, &n))
		return;
	founders(doc, verb, &n, &who);
	in.name = ch_reg_text(doc, n.first, n.past);
	in.kind = n.kind ? ch_gather_value(doc, n.kind) : CH_STR("organisation");
	/* What firms launch too is entered where a state or an organisation of states founds it. */
	if (!who.n && SENSE(noun, COMMON) && ch_gather_body(doc, noun) != noun)
		return;
	in.founded = ch_reg_date(doc, verb);
	in.status = ch_gather_status(g, verb);
	if (above != CH_NONE && SENSE(above, PROPOSING) && in.status == CH_ACTUAL)
		in.status = CH_HYPOTHETICAL;
	first = verb < n.first ? verb : n.first;
	past = verb + 1 > n.past ? verb + 1 : n.past;
	enter(g, in, &who, first, past);
}

static void by_noun(const struct ch_gather *g, uint32_t word)
{
	struct ch_doc *doc = g->doc;
	uint32_t noun = ch_gather_prep(doc, word, "of"), clause, at = ch_reg_tok(doc, word)->head, t;
	struct ch_initiative in = { 0 };
	struct ch_reg_actors who = { .n = 0 };
	struct name n;

	if (noun == CH_NONE || !named(doc, noun, &n) || (at != CH_NONE && (SENSE(at, ANNIVERSARY) || SENSE(at, YEARS))))
		return;
	clause = ch_tree_clause(doc, word);
	/* "announced the launch of": whoever announces founds. */
	if (clause != CH_NONE && clause != word && ch_tree_object(doc, clause) == word)
		founders(doc, clause, &n, &who);
	if (!who.n && SENSE(noun, COMMON) && ch_gather_body(doc, noun) != noun)
		return;
	in.name = ch_reg_text(doc, n.first, n.past);
	in.kind = n.kind ? ch_gather_value(doc, n.kind) : CH_STR("organisation");
	t = ch_setting_time(doc, word);
	in.founded = t == CH_NONE ? CH_STR("") : doc->times.v[t].date;
	if (clause != CH_NONE && ch_tree_object(doc, clause) == word && t != CH_NONE && doc->times.v[t].first > clause)
		in.founded = CH_STR("");   /* the day of the announcement */
	in.status = ch_gather_status(g, word);
	enter(g, in, &who, word, n.past);
}

/* How many years the anniversary is: "30th", "tenth", "50 years", "two decades". */
static uint32_t years_of(const struct ch_doc *doc, uint32_t noun)
{
	const struct ch_word_sense *decade = SENSE(noun, DECADE);

	for (uint32_t c = ch_reg_tok(doc, noun)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling) {
		uint32_t n = c < noun ? ch_gather_number(doc, &initiative_words, INITIATIVE_WORDS_COUNT, c) : 0;

		if (n)
			return decade ? n * (uint32_t)decade->number : n;
	}
	return 0;
}

/* What the anniversary is of: "of", "since". */
static uint32_t of_what(const struct ch_doc *doc, uint32_t noun)
{
	uint32_t of = ch_gather_prep(doc, noun, "of");

	of = of != CH_NONE ? of : ch_gather_prep(doc, noun, "since");
	if (of == CH_NONE) {
		/* "will mark 30 years since the establishment": hung on the verb */
		uint32_t verb = ch_tree_clause(doc, noun);

		of = verb == CH_NONE || verb == noun ? CH_NONE : ch_gather_prep(doc, verb, "since");
	}
	return of;
}

static void anniversary(const struct ch_gather *g, uint32_t noun)
{
	struct ch_doc *doc = g->doc;
	uint32_t n = years_of(doc, noun), of = of_what(doc, noun), verb = ch_tree_clause(doc, noun), at = of, first, past;
	bool years = SENSE(noun, ANNIVERSARY) == NULL;
	struct ch_initiative in = { 0 };
	struct ch_reg_actors who = { .n = 0 };
	struct name name = { noun, noun + 1, NULL };
	int year, subject_year;

	if (n < 1 || n > 500 || verb == CH_NONE)
		return;
	/* Years pass all the time: they are an anniversary where somebody keeps it. */
	if (years && (verb == noun || !SENSE(verb, CELEBRATING)))
		return;
	for (int k = 0; at != CH_NONE && k < CHAIN_MAX && SENSE(at, FOUNDING_NOUN); k++)
		at = ch_gather_prep(doc, at, "of");
	ch_doc_subtree(doc, noun, &first, &past);
	if (at != CH_NONE && SENSE(at, RELATIONS)) {
		uint32_t a, b, adj = ch_tree_child(doc, at, CH_DEP_AMOD);

		if (adj == CH_NONE || !SENSE(adj, DIPLOMATIC))
			return;
		in.name = in.kind = CH_STR("diplomatic relations");
		ch_doc_subtree(doc, at, &a, &b);
		for (uint32_t i = a; i < b; i++)
			if (ch_reg_tok(doc, i)->mention != CH_NONE && i != at)
				ch_gather_add_states(doc, i, &who);
		if (who.n < 2 && verb != noun)
			ch_gather_add_states(doc, ch_tree_subject(doc, verb), &who);
		if (who.n < 2)
			return;
		past = b > past ? b : past;
	} else if (at != CH_NONE && named(doc, at, &name)) {
		in.name = ch_reg_text(doc, name.first, name.past);
		in.kind = name.kind ? ch_gather_value(doc, name.kind) : CH_STR("organisation");
		past = name.past > past ? name.past : past;
	} else if (at == CH_NONE || ch_gather_body(doc, at) == at) {
		/* "NATO celebrated its 70th anniversary"; "the anniversary of the UN" */
		uint32_t body = at != CH_NONE ? at : verb == noun ? CH_NONE : ch_tree_subject(doc, verb);

		if (body == CH_NONE || ch_gather_body(doc, body) != body)
			return;
		in.name = ch_doc_str(doc, doc->mentions.v[ch_reg_tok(doc, body)->mention].span);
		if (ch_str_istarts(in.name, CH_STR("the ")))
			in.name = ch_str_sub(in.name, 4, in.name.len);
		in.kind = SENSE(body, PLATFORM) ? ch_gather_value(doc, SENSE(body, PLATFORM)) : CH_STR("organisation");
	} else {
		return;
	}
	year = ch_gather_now(doc, verb != noun ? verb : noun);
	/* "The year 2022 will mark" */
	subject_year = verb != noun && ch_tree_subject(doc, verb) != CH_NONE ? ch_gather_year(ch_reg_date(doc, ch_tree_subject(doc, verb))) : 0;
	year = subject_year ? subject_year : year;
	if (year > (int)n)
		in.founded = ch_arena_printf(doc->arena, "%04d", year - (int)n);
	in.anniversary = n;
	while (past > first + 1 && ch_reg_tok(doc, past - 1)->upos == CH_UPOS_PUNCT)
		past--;
	enter(g, in, &who, first, past);
}

static void one_word(const struct ch_gather *g, uint32_t i)
{
	const struct ch_doc *doc = g->doc;
	const struct ch_token *t = ch_reg_tok(doc, i);

	if (t->upos == CH_UPOS_VERB && SENSE(i, FOUNDING))
		by_verb(g, i);
	else if (t->upos != CH_UPOS_NOUN && t->upos != CH_UPOS_PROPN)
		return;
	else if (SENSE(i, ANNIVERSARY) || SENSE(i, YEARS) || SENSE(i, DECADE))
		anniversary(g, i);
	else if (SENSE(i, FOUNDING_NOUN))
		by_noun(g, i);
}

void ch_initiative_find(const struct ch_gather *g)
{
	const struct ch_doc *doc = g->doc;

	for (uint32_t k = 0; k < doc->sentences.n; k++)
		for (uint32_t i = doc->sentences.v[k].first; ch_reg_body(doc, k) && i < doc->sentences.v[k].past; i++)
			one_word(g, i);
}
