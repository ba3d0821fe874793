/* said/beyond.c -- what is laid to somebody by no clause of reported speech: thoughts, wills, biddings, stands, topics.
 *
 *   X vowed to stay, X urged Y to leave      intent    an infinitive
 *   X knows who wrote it, X is sure that C   thought   a clause or a question
 *   the claim that C, X explained why C      claim     speech, but by a noun, as a question, denied or only heard
 *   X criticised the plan, X spoke of peace  topic     a noun alone
 *
 * These go into a layer of their own, so that a list of statements stays one of what was said. The kinds are those of
 * PolNeAR's attribution that are neither quotation nor reported clause (Newell, Margolin and Ruths 2018, "An Attribution
 * Relations Corpus for Political News"). Works on trees alone; looks at a token's children only, so linear. */
#include "said/said_priv.h"

struct seeker {
	struct ch_said_work *w;
	bool *told; /* a flag a token: part of a statement already, content, cue or source */
};

static void mark(struct seeker *k, struct ch_span span)
{
	const struct ch_doc *doc = k->w->doc;

	for (uint32_t i = ch_doc_token_from(doc, span.start); i < doc->tokens.n && ch_said_token(k->w, i)->span.start < span.end;
	     i++)
		k->told[i] = true;
}

static uint32_t sections(const struct seeker *k, uint32_t i)
{
	return ch_cues_beyond(k->w->cues, ch_said_token(k->w, i)->lemma);
}

/* Somebody rather than something: a name, a person's pronoun, a noun for people or papers, or any mention. */
static bool somebody(const struct seeker *k, uint32_t i)
{
	const struct ch_token *t = ch_said_token(k->w, i);
	uint32_t last;

	if (ch_said_no_one(k->w, i))
		return false;
	if (t->upos == CH_UPOS_PROPN || t->mention != CH_NONE)
		return true;
	if (t->upos == CH_UPOS_PRON)
		return !(ch_said_is(k->w, i, "it") || ch_said_is(k->w, i, "this") || ch_said_is(k->w, i, "that") ||
			 ch_said_is(k->w, i, "which") || ch_said_is(k->w, i, "what") || ch_said_is(k->w, i, "there") ||
			 ch_said_is(k->w, i, "these") || ch_said_is(k->w, i, "those"));
	return (sections(k, i) & CH_BEYOND_PEOPLE) || (ch_said_cue(k->w, i, &last) & (CH_CUE_PAPER | CH_CUE_MEDIA | CH_CUE_EXPERT));
}

static bool has_to(const struct ch_said_work *w, uint32_t verb)
{
	return ch_said_is(w, ch_said_child(w, verb, (const uint8_t[]){CH_DEP_MARK, CH_DEP_ROOT}), "to");
}

static bool preposition(const struct ch_said_work *w, uint32_t noun, const char *const *words, size_t n)
{
	uint32_t c = ch_said_child(w, noun, (const uint8_t[]){CH_DEP_CASE, CH_DEP_MARK, CH_DEP_ROOT});

	for (size_t i = 0; c != CH_NONE && i < n; i++)
		if (ch_said_is(w, c, words[i]))
			return true;
	return false;
}

/* What a word governs, as far as it can be what is said, thought or wanted. */
struct complement {
	uint32_t first, past;
	enum ch_statement_kind kind;
};

static void take(const struct ch_said_work *w, uint32_t child, uint32_t behind, struct complement *c)
{
	uint32_t a, b;

	ch_doc_subtree(w->doc, child, &a, &b);
	if (a <= behind)
		a = behind + 1;
	if (a >= b)
		return;
	c->first = a < c->first ? a : c->first;
	c->past = b > c->past ? b : c->past;
}

static bool is_wh(const struct ch_said_work *w, uint32_t i)
{
	uint8_t x = ch_said_token(w, i)->xpos;

	return x == CH_XPOS_WP || x == CH_XPOS_WRB || x == CH_XPOS_WDT;
}

static const char *const about[] = {"of", "about", "on", "for", "against", "over", "upon", "concerning", "regarding"};
static const char *const toward[] = {"to", "with", "in", "at", "from"};

#define N(a) (sizeof (a) / sizeof *(a))

static bool verb_governs(const struct seeker *k, uint32_t verb, uint32_t last, uint32_t hit, uint32_t bits,
			 struct complement *c)
{
	const struct ch_said_work *w = k->w;
	uint32_t clause = CH_NONE, infinitive = CH_NONE, gerund = CH_NONE, object = CH_NONE, topic = CH_NONE;

	*c = (struct complement){.first = UINT32_MAX};
	for (uint32_t i = ch_said_token(w, verb)->first_child; i != CH_NONE; i = ch_said_token(w, i)->next_sibling) {
		const struct ch_token *t = ch_said_token(w, i);

		if (i < last)
			continue;
		switch (t->deprel) {
		case CH_DEP_CCOMP:
			clause = clause == CH_NONE ? i : clause;
			break;
		case CH_DEP_XCOMP:
		case CH_DEP_ADVCL:
			if (has_to(w, i) && infinitive == CH_NONE && (t->deprel == CH_DEP_XCOMP || (bits & CH_BEYOND_BID)))
				infinitive = i;
			else if (t->deprel == CH_DEP_XCOMP && gerund == CH_NONE)
				gerund = i;
			else if (t->deprel == CH_DEP_ADVCL && topic == CH_NONE && (bits & CH_BEYOND_ABOUT) &&
				 preposition(w, i, about, N(about)))
				topic = i;
			break;
		case CH_DEP_OBJ:
			object = object == CH_NONE ? i : object;
			break;
		case CH_DEP_OBL:
			if (topic == CH_NONE && !ch_said_is_time(w, i) &&
			    (((bits & CH_BEYOND_ABOUT) && preposition(w, i, about, N(about))) ||
			     ((bits & CH_BEYOND_TOWARD) && preposition(w, i, toward, N(toward)))))
				topic = i;
			break;
		default:
			break;
		}
	}
	if (clause != CH_NONE && ((hit & CH_CUE_OVER_CLAUSE) || bits)) {
		take(w, clause, last, c);
		c->kind = (hit & (CH_CUE_SAY | CH_CUE_TELL | CH_CUE_ASK)) ? CH_CLAIM
			  : (bits & CH_BEYOND_WANT)                      ? CH_INTENT
									 : CH_THOUGHT;
	} else if (infinitive != CH_NONE && ((bits & (CH_BEYOND_WANT | CH_BEYOND_BID | CH_BEYOND_KNOW)) ||
					     (hit & CH_CUE_OVER_CLAUSE))) {
		if (object != CH_NONE && !(bits & CH_BEYOND_BID))
			take(w, object, last, c);
		take(w, infinitive, last, c);
		c->kind = (bits & (CH_BEYOND_WANT | CH_BEYOND_BID)) ? CH_INTENT : CH_THOUGHT;
	} else if (topic != CH_NONE) {
		if (object != CH_NONE && object < topic && (bits & CH_BEYOND_JUDGE))
			take(w, object, last, c);
		take(w, topic, last, c);
		c->kind = CH_TOPIC;
	} else if (object != CH_NONE && (bits & (CH_BEYOND_JUDGE | CH_BEYOND_TELL))) {
		take(w, object, last, c);
		if (gerund != CH_NONE && (bits & CH_BEYOND_JUDGE))
			take(w, gerund, last, c);
		for (uint32_t i = ch_said_token(w, object)->next_sibling; i != CH_NONE && (bits & CH_BEYOND_JUDGE);
		     i = ch_said_token(w, i)->next_sibling)
			if (ch_said_token(w, i)->deprel == CH_DEP_OBL && !ch_said_is_time(w, i))
				take(w, i, last, c);
		c->kind = CH_TOPIC;
	} else if (object != CH_NONE && (bits & CH_BEYOND_KNOW) && is_wh(w, object)) {
		take(w, object, last, c);
		c->kind = CH_THOUGHT;
	} else if (gerund != CH_NONE && (bits & (CH_BEYOND_WANT | CH_BEYOND_TELL | CH_BEYOND_JUDGE))) {
		take(w, gerund, last, c);
		c->kind = CH_INTENT;
	}
	return c->first < c->past;
}

static bool adjective_governs(const struct ch_said_work *w, uint32_t word, struct complement *c)
{
	*c = (struct complement){.first = UINT32_MAX, .kind = CH_THOUGHT};
	for (uint32_t i = ch_said_token(w, word)->first_child; i != CH_NONE; i = ch_said_token(w, i)->next_sibling) {
		uint8_t rel = ch_said_token(w, i)->deprel;

		if (i < word)
			continue;
		if (rel == CH_DEP_CCOMP || rel == CH_DEP_XCOMP || ((rel == CH_DEP_OBL || rel == CH_DEP_ADVCL) && !ch_said_is_time(w, i) &&
		    (has_to(w, i) || ch_said_clause(w, i) || preposition(w, i, about, N(about)) || preposition(w, i, toward, N(toward))))) {
			take(w, i, word, c);
			break;
		}
	}
	return c->first < c->past;
}

static bool noun_governs(const struct ch_said_work *w, uint32_t noun, struct complement *c)
{
	*c = (struct complement){.first = UINT32_MAX, .kind = CH_CLAIM};
	for (uint32_t i = ch_said_token(w, noun)->first_child; i != CH_NONE; i = ch_said_token(w, i)->next_sibling) {
		uint8_t rel = ch_said_token(w, i)->deprel;

		if (i < noun)
			continue;
		if (rel == CH_DEP_CCOMP || (rel == CH_DEP_ACL && (has_to(w, i) || ch_said_is(w, ch_said_child(w, i,
		    (const uint8_t[]){CH_DEP_MARK, CH_DEP_ROOT}), "that")))) {
			take(w, i, noun, c);
			break;
		}
	}
	return c->first < c->past;
}

/* Whose the noun is: "his claim", "the ministry's claim", "the claim by the ministry", "X made the claim". */
static uint32_t owner(const struct seeker *k, uint32_t noun)
{
	const struct ch_said_work *w = k->w;
	const struct ch_token *t = ch_said_token(w, noun);
	uint32_t head = t->head, who;
	static const char *const by[] = {"by", "from"};

	for (uint32_t i = t->first_child; i != CH_NONE; i = ch_said_token(w, i)->next_sibling) {
		if (ch_said_token(w, i)->deprel == CH_DEP_NMOD_POSS && somebody(k, i))
			return i;
		if (ch_said_token(w, i)->deprel == CH_DEP_NMOD && preposition(w, i, by, N(by)) && somebody(k, i))
			return i;
	}
	if (head != CH_NONE && t->deprel == CH_DEP_OBJ && ch_said_token(w, head)->upos == CH_UPOS_VERB) {
		who = ch_said_subject(w, head);
		if (who != CH_NONE && who < noun && somebody(k, who) && !ch_said_passive(w, head))
			return who;
	}
	return CH_NONE;
}

static void add(struct seeker *k, const struct complement *c, uint32_t first, uint32_t last, uint32_t subject)
{
	struct ch_said_work *w = k->w;
	uint32_t a = c->first, b = c->past;
	struct ch_utterance u;

	while (b > a && ch_said_punct(w, b - 1))
		b--;
	while (a < b && (ch_said_punct(w, a) || (ch_said_is(w, a, "that") && ch_said_token(w, a)->deprel == CH_DEP_MARK)))
		a++;
	if (a >= b)
		return;
	for (uint32_t i = a; i < b; i++)
		if (k->told[i]) {
			b = i;
			break;
		}
	while (b > a && ch_said_punct(w, b - 1))
		b--;
	if (a >= b)
		return;
	u = (struct ch_utterance){
		.content = {ch_said_token(w, a)->span.start, ch_said_token(w, b - 1)->span.end},
		.cue = {ch_said_token(w, first)->span.start, ch_said_token(w, last)->span.end},
		.subject = subject,
		.sentence = ch_said_token(w, first)->sentence,
		.link = subject == CH_NONE ? CH_LINK_NOBODY : CH_LINK_OWN,
		.kind = (uint8_t)c->kind,
	};
	*CH_PUSH(w->doc->arena, &w->beyond) = u;
	mark(k, u.content);
}

static void at_verb(struct seeker *k, uint32_t i)
{
	struct ch_said_work *w = k->w;
	uint32_t last, hit = ch_said_cue(w, i, &last), bits = sections(k, i), subject;
	bool passive = ch_said_passive(w, i);
	struct complement c;

	/* "Asked whether he would resign, Toman laughed.": he heard it. */
	passive |= ch_said_token(w, i)->xpos != CH_XPOS_VBG && ch_said_token(w, i)->deprel == CH_DEP_ADVCL &&
		   ch_said_child(w, i, (const uint8_t[]){CH_DEP_NSUBJ, CH_DEP_MARK, CH_DEP_AUX, CH_DEP_ROOT}) == CH_NONE;

	if (last > i)
		hit = ch_cues_find(w->cues, ch_said_form(w, i), CH_STR(""), NULL);
	last = i;
	if (!verb_governs(k, i, last, hit, bits, &c))
		return;
	subject = passive ? ch_said_agent(w, i) : ch_said_subject(w, i);
	if (!passive && (subject == CH_NONE || !somebody(k, subject)))
		return;
	if (subject != CH_NONE && subject >= c.first && subject < c.past)
		return;
	add(k, &c, i, last, subject);
}

void ch_beyond_find(struct ch_said_work *w)
{
	const struct ch_doc *doc = w->doc;
	struct seeker k = {.w = w, .told = CH_NEW_N(doc->arena, bool, doc->tokens.n)};

	for (uint32_t i = 0; i < w->found.n; i++) {
		mark(&k, w->found.v[i].content);
		mark(&k, w->found.v[i].cue);
	}
	for (uint32_t i = 0; i < doc->tokens.n; i++) {
		const struct ch_token *t = ch_said_token(w, i);
		struct complement c;
		uint32_t bits;

		if (k.told[i] || w->quoted[i] || !ch_said_has_tree(w, t->sentence) ||
		    doc->blocks.v[doc->sentences.v[t->sentence].block].kind == CH_BLOCK_TITLE)
			continue;
		bits = sections(&k, i);
		if (t->xpos == CH_XPOS_VBN) /* "is convinced that" is looked for as it stands */
			bits |= ch_cues_beyond(w->cues, ch_said_form(w, i)) & CH_BEYOND_MINDED;
		if ((t->upos == CH_UPOS_ADJ || t->upos == CH_UPOS_VERB) && (bits & CH_BEYOND_MINDED)) {
			uint32_t subject = ch_said_subject(w, i);

			if (subject != CH_NONE && somebody(&k, subject) && adjective_governs(w, i, &c)) {
				add(&k, &c, i, i, subject);
				continue;
			}
		}
		if (t->upos == CH_UPOS_VERB)
			at_verb(&k, i);
		else if (t->upos == CH_UPOS_NOUN && (bits & CH_BEYOND_HOLDING) && noun_governs(w, i, &c))
			add(&k, &c, i, i, owner(&k, i));
	}
}
