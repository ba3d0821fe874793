/* event/relation.c -- on what terms states are, and what becomes of them.
 *
 *   established diplomatic relations, severed ties with, raised their relations to a strategic partnership     a verb
 *   the restoration of diplomatic relations between                                                           a noun
 *   are strategic partners, is an ally of; the strategic partnership between                                   so it is
 *
 * Relations "develop" every day: entered is a level that has a name, or a change that plain relations have ("downgraded"). */
#include "event/gather.h"
#include "event/relation_words.h" /* made at build time from lexicon/registers/relations.txt */

#define SENSE(token, section) ch_gather_sense(doc, &relation_words, token, RELATION_WORDS_##section)

enum { LEVEL_WORDS_MAX = 6, CHAIN_MAX = 3, TOLD_BACK = 64 };

/* As written, not the lemma: "allied", not "ally". */
static struct ch_str lower(struct ch_doc *doc, uint32_t token)
{
	struct ch_str form = ch_token_str(doc, token);
	char *copy = ch_arena_z(doc->arena, form);

	for (size_t i = 0; i < form.len; i++)
		copy[i] = copy[i] >= 'A' && copy[i] <= 'Z' ? (char)(copy[i] + 32) : copy[i];
	return ch_str_n(copy, form.len);
}

/* The level that a noun names, with its adjectives: "comprehensive strategic partnership"; plain is set for mere "relations". Empty: none. */
static struct ch_str level_of(struct ch_doc *doc, uint32_t noun, bool *plain, uint32_t *first)
{
	const struct ch_word_sense *s = SENSE(noun, BOND), *head = s;
	struct ch_str level = CH_STR("");
	unsigned section = RELATION_WORDS_KIND;
	uint32_t n = 0;

	*plain = false;
	*first = noun;
	if (!s && (s = SENSE(noun, ALLIANCE)) != NULL)
		return ch_gather_value(doc, s);
	if (!s && ((s = SENSE(noun, PARTNERSHIP)) != NULL || (s = SENSE(noun, PARTNER)) != NULL))
		section = RELATION_WORDS_GRADE;
	if (!s && (s = SENSE(noun, ALLY)) != NULL)
		return ch_gather_value(doc, s);
	if (!s)
		return level;
	for (uint32_t i = noun; i-- > doc->sentences.v[ch_reg_tok(doc, noun)->sentence].first && noun - i <= LEVEL_WORDS_MAX;) {
		const struct ch_token *t = ch_reg_tok(doc, i);

		if (ch_gather_sense(doc, &relation_words, i, section)) {
			*first = i;
			n++;
		} else if (t->upos != CH_UPOS_ADJ && t->upos != CH_UPOS_PUNCT && t->upos != CH_UPOS_CCONJ && t->upos != CH_UPOS_ADV &&
			   t->deprel != CH_DEP_COMPOUND) {
			break;
		}
	}
	level = CH_STR("");
	for (uint32_t i = *first; n && i < noun; i++) {
		const struct ch_word_sense *w = ch_gather_sense(doc, &relation_words, i, section);

		if (w)
			level = ch_arena_printf(doc->arena, "%.*s%s%.*s", CH_STR_ARG(level), level.len ? " " : "",
						CH_STR_ARG(lower(doc, i)));
	}
	if (head && !level.len) {
		*plain = true;
		return CH_STR("relations");
	}
	return level.len ? ch_arena_printf(doc->arena, "%.*s %s", CH_STR_ARG(level), s->value) : level;
}

/* The sides that the noun's own phrase names: "between", "with", "of", "Ruritanian-Syldavian", "its". */
static void sides_of(const struct ch_doc *doc, uint32_t noun, struct ch_reg_actors *set)
{
	static const char *const preps[] = { "between", "among", "with", "of", "to" };

	for (uint32_t c = ch_reg_tok(doc, noun)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling) {
		uint8_t rel = ch_reg_tok(doc, c)->deprel;

		if (ch_deprel_is(rel, CH_DEP_NMOD_POSS) || (c < noun && (ch_deprel_is(rel, CH_DEP_AMOD) || ch_deprel_is(rel, CH_DEP_COMPOUND))))
			ch_gather_add_states(doc, c, set);
		else if (ch_deprel_is(rel, CH_DEP_NMOD))
			for (size_t k = 0; k < sizeof preps / sizeof *preps; k++)
				if (ch_tree_has_case(doc, c, ch_str_z(preps[k])))
					ch_gather_add_states(doc, c, set);
	}
}

static void sides_of_verb(const struct ch_doc *doc, uint32_t verb, struct ch_reg_actors *set)
{
	static const char *const preps[] = { "with", "between", "by" };

	ch_gather_add_states(doc, ch_tree_subject(doc, verb), set);
	for (uint32_t c = ch_reg_tok(doc, verb)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling)
		for (size_t k = 0; k < sizeof preps / sizeof *preps && ch_deprel_is(ch_reg_tok(doc, c)->deprel, CH_DEP_OBL); k++)
			if (ch_tree_has_case(doc, c, ch_str_z(preps[k])))
				ch_gather_add_states(doc, c, set);
}

static void enter(const struct ch_gather *g, struct ch_relation r, const struct ch_reg_actors *set, uint32_t word, uint32_t first, uint32_t past)
{
	struct ch_doc *doc = g->doc;

	if (set->n < 2 || first >= past)
		return;
	for (uint32_t i = 0; i < set->n; i++) {
		const struct ch_actor *a = &doc->actors.v[set->v[i]];

		if (a->kind == CH_ACTOR_GROUP || !a->code.len)
			return;
	}
	if (word != CH_NONE)
		r.since = ch_reg_date(doc, word);
	/* "since 2001" is a time that lasts: when it began is what is asked. */
	if (!r.change.len && ch_str_find_byte(r.since, '/', 0) != CH_STR_NONE)
		r.since = ch_str_sub(r.since, 0, ch_str_find_byte(r.since, '/', 0));
	/* What two are, two may be told to be again: each page has it once. */
	for (uint32_t i = doc->relations.n > TOLD_BACK ? doc->relations.n - TOLD_BACK : 0; i < doc->relations.n; i++) {
		const struct ch_relation *old = &doc->relations.v[i];
		uint32_t n = 0;

		for (uint32_t k = 0; k < old->party.n; k++)
			n += ch_gather_has(doc, set, ch_reg_party(&doc->actors.v[doc->event_actors.v[old->party.first + k]]));
		if (n == set->n && n == old->party.n && ch_str_eq(old->level, r.level) && (ch_str_eq(old->change, r.change) || !r.change.len))
			return;
	}
	r.mention = ch_reg_span(doc, first, past);
	if (doc->relations.n && r.mention.start < doc->relations.v[doc->relations.n - 1].mention.start)
		return;
	r.party = ch_gather_keep(doc, set);
	*CH_PUSH(doc->arena, &doc->relations) = r;
}

static bool plain_change(struct ch_str change)
{
	return ch_word_sense(&relation_words, ch_words_find(&relation_words, change), RELATION_WORDS_PLAIN) != NULL;
}

/* "to a strategic partnership", "to the level of strategic partnership" */
static uint32_t raised_to(const struct ch_doc *doc, uint32_t verb)
{
	for (uint32_t c = ch_reg_tok(doc, verb)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling) {
		uint32_t at = c;

		if (!ch_deprel_is(ch_reg_tok(doc, c)->deprel, CH_DEP_OBL) && c != ch_tree_object(doc, verb))
			continue;
		if (c != ch_tree_object(doc, verb) && !ch_tree_has_case(doc, c, CH_STR("to")) && !ch_tree_has_case(doc, c, CH_STR("into")))
			continue;
		if (SENSE(c, LEVEL))
			at = ch_gather_prep(doc, c, "of");
		if (at != CH_NONE && at != ch_tree_object(doc, verb) && (SENSE(at, PARTNERSHIP) || SENSE(at, ALLIANCE) || SENSE(at, BOND)))
			return at;
	}
	return CH_NONE;
}

/* The noun that the change befalls: relations or partnership as object; else none. */
static uint32_t befallen(const struct ch_doc *doc, uint32_t verb)
{
	uint32_t object = ch_tree_object(doc, verb);

	/* "broke off relations": the particle may take the object along */
	if (object == CH_NONE)
		return CH_NONE;
	return SENSE(object, BOND) || SENSE(object, PARTNERSHIP) || SENSE(object, ALLIANCE) ? object : CH_NONE;
}

static void by_verb(const struct ch_gather *g, uint32_t verb)
{
	struct ch_doc *doc = g->doc;
	const struct ch_word_sense *s = SENSE(verb, CHANGE);
	uint32_t noun = befallen(doc, verb), to, first, past, a, b;
	struct ch_relation r = { 0 };
	struct ch_reg_actors set = { .n = 0 };
	bool plain, to_plain;

	if (s && noun != CH_NONE) {
		r.change = ch_gather_value(doc, s);
		r.level = level_of(doc, noun, &plain, &first);
		to = ch_str_eqz(r.change, "upgraded") || ch_str_eqz(r.change, "downgraded") ? raised_to(doc, verb) : CH_NONE;
		if (to != CH_NONE) {
			struct ch_str level = level_of(doc, to, &to_plain, &a);

			if (level.len && !to_plain) {
				r.level = level;
				plain = false;
			}
		}
		if (!r.level.len || (plain && !plain_change(r.change)))
			return;
		sides_of(doc, noun, &set);
		/* "The parties normalised relations between A and B": whoever did it, the relations say whose they are. */
		if (set.n < 2)
			sides_of_verb(doc, verb, &set);
	} else if (SENSE(verb, REACHING)) {
		uint32_t subject = ch_tree_subject(doc, verb), object = ch_tree_object(doc, verb);

		if (subject == CH_NONE || !SENSE(subject, BOND) || object == CH_NONE)
			return;
		to = SENSE(object, LEVEL) ? ch_gather_prep(doc, object, "of") : object;
		if (to == CH_NONE)
			return;
		r.level = level_of(doc, to, &plain, &first);
		r.change = CH_STR("upgraded");
		if (!r.level.len || plain)
			return;
		noun = to;
		sides_of(doc, subject, &set);
	} else if (SENSE(verb, HAVING) && noun != CH_NONE) {
		r.level = level_of(doc, noun, &plain, &first);
		if (!r.level.len || plain)
			return;
		sides_of(doc, noun, &set);
		if (set.n < 2)
			sides_of_verb(doc, verb, &set);
		r.status = ch_reg_negated(doc, noun) ? CH_DENIED : CH_ACTUAL;
	} else {
		return;
	}
	if (r.status != CH_DENIED)
		r.status = ch_gather_status(g, verb);
	if (ch_tree_child(doc, noun, CH_DEP_DET) != CH_NONE && ch_tree_lemma_is(doc, ch_tree_child(doc, noun, CH_DEP_DET), "no"))
		r.status = CH_DENIED;
	ch_reg_phrase(doc, noun, &a, &b);
	first = verb < a ? verb : a;
	past = b > verb + 1 ? b : verb + 1;
	enter(g, r, &set, verb, first, past);
}

/* "The establishment of diplomatic relations between A and B took place in 1985." */
static void by_noun(const struct ch_gather *g, uint32_t noun)
{
	struct ch_doc *doc = g->doc;
	const struct ch_word_sense *s = SENSE(noun, CHANGE_NOUN);
	uint32_t of = ch_gather_prep(doc, noun, "of"), first, a, b, at;
	struct ch_relation r = { 0 };
	struct ch_reg_actors set = { .n = 0 };
	bool plain;

	if (of == CH_NONE)
		return;
	r.level = level_of(doc, of, &plain, &first);
	r.change = ch_gather_value(doc, s);
	if (!r.level.len || (plain && !plain_change(r.change)))
		return;
	sides_of(doc, of, &set);
	if (set.n < 2)
		sides_of(doc, noun, &set);
	/* The anniversary of it is dated otherwise: event/initiative.c. */
	at = ch_reg_tok(doc, noun)->head;
	for (int n = 0; at != CH_NONE && n < CHAIN_MAX; n++, at = ch_reg_tok(doc, at)->head)
		if (ch_tree_lemma_is(doc, at, "anniversary") || ch_tree_lemma_is(doc, at, "year"))
			return;
	r.status = ch_gather_status(g, noun);
	ch_reg_phrase(doc, of, &a, &b);
	enter(g, r, &set, noun, noun < a ? noun : a, b > noun + 1 ? b : noun + 1);
}

/* "A and B are strategic partners", "A is an ally of B"; "the strategic partnership between A and B". */
static void as_it_is(const struct ch_gather *g, uint32_t noun)
{
	struct ch_doc *doc = g->doc;
	struct ch_relation r = { 0 };
	struct ch_reg_actors set = { .n = 0 };
	uint32_t first, a, b, be = ch_reg_tok(doc, noun)->head;
	bool plain, person = SENSE(noun, PARTNER) || SENSE(noun, ALLY), predicate;

	r.level = level_of(doc, noun, &plain, &first);
	if (!r.level.len || plain)
		return;
	predicate = ch_tree_child(doc, noun, CH_DEP_COP) != CH_NONE ||
		    (ch_reg_tok(doc, noun)->deprel == CH_DEP_XCOMP && be != CH_NONE && SENSE(be, BEING));
	if (person && !predicate)
		return;
	if (be != CH_NONE && ch_tree_is_verb(doc, be) && SENSE(be, CHANGE) && befallen(doc, be) == noun)
		return;   /* told when the verb's turn comes */
	sides_of(doc, noun, &set);
	if (predicate)
		ch_gather_add_states(doc, ch_tree_subject(doc, ch_tree_child(doc, noun, CH_DEP_COP) != CH_NONE ? noun : be), &set);
	r.status = ch_gather_status(g, noun);
	ch_reg_phrase(doc, noun, &a, &b);
	/* In "they discussed the strategic partnership on Monday" the day is not the partnership's. */
	enter(g, r, &set, predicate ? noun : CH_NONE, a < first ? a : first, b);
}

static void one_word(const struct ch_gather *g, uint32_t i)
{
	const struct ch_doc *doc = g->doc;
	const struct ch_token *t = ch_reg_tok(doc, i);

	if (t->upos == CH_UPOS_VERB && (SENSE(i, CHANGE) || SENSE(i, REACHING) || SENSE(i, HAVING)))
		by_verb(g, i);
	else if (t->upos == CH_UPOS_NOUN && SENSE(i, CHANGE_NOUN))
		by_noun(g, i);
	else if (t->upos == CH_UPOS_NOUN || t->upos == CH_UPOS_PROPN)
		as_it_is(g, i);
}

void ch_relation_find(const struct ch_gather *g)
{
	const struct ch_doc *doc = g->doc;

	for (uint32_t k = 0; k < doc->sentences.n; k++)
		for (uint32_t i = doc->sentences.v[k].first; ch_reg_body(doc, k) && i < doc->sentences.v[k].past; i++)
			one_word(g, i);
}
