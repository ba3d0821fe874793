/* said/syntax.c -- reading a clause: subjects, passives, noun phrases; with the tree, or by the words alone. */
#include "base/utf8.h"
#include "said/said_priv.h"

#define CLIMB_MAX 5 /* verbs joined to verbs: beyond this the parse is wrong, not the sentence long */

bool ch_said_is(const struct ch_said_work *w, uint32_t i, const char *form)
{
	return i < w->doc->tokens.n && ch_str_ieq(ch_said_form(w, i), ch_str_z(form));
}

bool ch_said_is_time(const struct ch_said_work *w, uint32_t i)
{
	const struct ch_doc *doc = w->doc;
	uint32_t lo = 0, hi = doc->times.n, at = ch_said_token(w, i)->span.start;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (doc->times.v[mid].span.end <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < doc->times.n && doc->times.v[lo].span.start <= at;
}

bool ch_said_has_tree(const struct ch_said_work *w, uint32_t sentence)
{
	return w->doc->sentences.v[sentence].root != CH_NONE;
}

uint32_t ch_said_cue(const struct ch_said_work *w, uint32_t i, uint32_t *last)
{
	uint32_t past = w->doc->sentences.v[ch_said_token(w, i)->sentence].past, words, at = i + 1, hit;

	hit = ch_cues_find(w->cues, ch_said_form(w, i), at < past ? ch_said_form(w, at) : CH_STR(""), &words);
	/* "made it clear that" is "made clear" with its object in between. */
	if (words == 1 && at + 1 < past && ch_said_is(w, at, "it")) {
		uint32_t apart = ch_cues_find(w->cues, ch_said_form(w, i), ch_said_form(w, at + 1), &words);

		if (words == 2) {
			hit = apart;
			at++;
		}
	}
	*last = words == 2 ? at : i;
	return hit;
}

uint32_t ch_said_verb(const struct ch_said_work *w, uint32_t i, uint32_t *last)
{
	const struct ch_token *t = ch_said_token(w, i);
	uint32_t hit =
		ch_said_cue(w, i, last) & (CH_CUE_BESIDE_MARKS | CH_CUE_OVER_CLAUSE | CH_CUE_CREDIT | CH_CUE_RESTATE);

	if (!(hit & (CH_CUE_BESIDE_MARKS | CH_CUE_OVER_CLAUSE)))
		return 0;
	if (!ch_said_has_tree(w, t->sentence))
		return hit;
	return t->upos == CH_UPOS_VERB ? hit : 0;
}

uint32_t ch_said_child(const struct ch_said_work *w, uint32_t head, const uint8_t *rels)
{
	for (uint32_t c = ch_said_token(w, head)->first_child; c != CH_NONE; c = ch_said_token(w, c)->next_sibling)
		for (const uint8_t *r = rels; *r != CH_DEP_ROOT; r++)
			if (ch_said_token(w, c)->deprel == *r)
				return c;
	return CH_NONE;
}

static bool is_relative(const struct ch_said_work *w, uint32_t i)
{
	return ch_said_is(w, i, "who") || ch_said_is(w, i, "which") || ch_said_is(w, i, "that");
}

/* The subject nearest to its verb: parsers give two where a name follows an office in commas. */
static uint32_t own_subject(const struct ch_said_work *w, uint32_t verb)
{
	uint32_t found = CH_NONE;

	for (uint32_t c = ch_said_token(w, verb)->first_child; c != CH_NONE; c = ch_said_token(w, c)->next_sibling) {
		uint8_t rel = ch_said_token(w, c)->deprel;

		if (rel != CH_DEP_NSUBJ && rel != CH_DEP_NSUBJ_PASS && rel != CH_DEP_NSUBJ_OUTER)
			continue;
		if (c < verb || found == CH_NONE)
			found = c;
	}
	/* "Ms. Larsen, the envoy, described …": between commas a subject looks like an address. */
	for (uint32_t c = found == CH_NONE ? ch_said_token(w, verb)->first_child : CH_NONE; c != CH_NONE && c < verb;
	     c = ch_said_token(w, c)->next_sibling)
		if (ch_said_token(w, c)->deprel == CH_DEP_VOCATIVE || ch_said_token(w, c)->deprel == CH_DEP_DISLOCATED)
			found = c;
	return found;
}

uint32_t ch_said_subject(const struct ch_said_work *w, uint32_t verb)
{
	uint32_t at = verb;

	if (!ch_said_has_tree(w, ch_said_token(w, verb)->sentence))
		return CH_NONE;
	for (int i = 0; i < CLIMB_MAX && at != CH_NONE; i++) {
		const struct ch_token *t = ch_said_token(w, at);
		uint32_t s = own_subject(w, at);

		if (s != CH_NONE) {
			if (is_relative(w, s) && (t->deprel == CH_DEP_ACL_RELCL || t->deprel == CH_DEP_ACL) &&
			    t->head != CH_NONE)
				return t->head;
			return s;
		}
		switch (t->deprel) {
		case CH_DEP_ACL:
		case CH_DEP_ACL_RELCL:
			return t->head;
		case CH_DEP_CONJ:
		case CH_DEP_XCOMP:
		case CH_DEP_ADVCL:
		case CH_DEP_PARATAXIS:
		case CH_DEP_DEP:
			at = t->head;
			break;
		default:
			return CH_NONE;
		}
	}
	return CH_NONE;
}

uint32_t ch_said_agent(const struct ch_said_work *w, uint32_t verb)
{
	static const uint8_t cases[] = {CH_DEP_CASE, CH_DEP_ROOT};

	for (uint32_t c = ch_said_token(w, verb)->first_child; c != CH_NONE; c = ch_said_token(w, c)->next_sibling) {
		const struct ch_token *t = ch_said_token(w, c);

		if (t->deprel == CH_DEP_OBL_AGENT)
			return c;
		if (t->deprel == CH_DEP_OBL && ch_said_is(w, ch_said_child(w, c, cases), "by"))
			return c;
	}
	return CH_NONE;
}

bool ch_said_passive(const struct ch_said_work *w, uint32_t verb)
{
	static const uint8_t sure[] = {CH_DEP_AUX_PASS, CH_DEP_ROOT};
	static const uint8_t rels[] = {CH_DEP_NSUBJ_PASS, CH_DEP_CSUBJ_PASS, CH_DEP_ROOT};

	if (!ch_said_has_tree(w, ch_said_token(w, verb)->sentence))
		return false;
	/* A finite verb with no auxiliary is active, whatever its subject was taken for. */
	return ch_said_child(w, verb, sure) != CH_NONE ||
	       (ch_said_token(w, verb)->xpos == CH_XPOS_VBN && ch_said_child(w, verb, rels) != CH_NONE);
}

bool ch_said_negated(const struct ch_said_work *w, uint32_t verb)
{
	for (uint32_t c = ch_said_token(w, verb)->first_child; c != CH_NONE; c = ch_said_token(w, c)->next_sibling)
		if (ch_said_is(w, c, "not") || ch_said_is(w, c, "n't") || ch_said_is(w, c, "n’t") ||
		    ch_said_is(w, c, "never"))
			return true;
	return false;
}

bool ch_said_clause(const struct ch_said_work *w, uint32_t head)
{
	static const uint8_t rels[] = {CH_DEP_NSUBJ,      CH_DEP_NSUBJ_PASS, CH_DEP_NSUBJ_OUTER, CH_DEP_CSUBJ,
				       CH_DEP_CSUBJ_PASS, CH_DEP_EXPL,       CH_DEP_ROOT};

	return ch_said_child(w, head, rels) != CH_NONE;
}

bool ch_said_above(const struct ch_said_work *w, uint32_t head, uint32_t token)
{
	const struct ch_sentence *s = &w->doc->sentences.v[ch_said_token(w, token)->sentence];

	for (uint32_t n = s->past - s->first; n && token != CH_NONE; n--, token = ch_said_token(w, token)->head)
		if (token == head)
			return true;
	return false;
}

/* A child that belongs to the name of the thing, not to what is told of it. */
static bool names_it(const struct ch_token *t)
{
	switch (t->deprel) {
	case CH_DEP_ACL_RELCL:
	case CH_DEP_PARATAXIS:
	case CH_DEP_PUNCT:
	case CH_DEP_CCOMP:
	case CH_DEP_ADVCL:
	case CH_DEP_ADVMOD:
	case CH_DEP_DEP:
		return false;
	default:
		return true;
	}
}

struct ch_span ch_said_phrase(const struct ch_said_work *w, uint32_t head, struct ch_span keep_out)
{
	uint32_t first = head, past = head + 1;
	struct ch_span span;

	if (ch_said_has_tree(w, ch_said_token(w, head)->sentence)) {
		for (uint32_t c = ch_said_token(w, head)->first_child; c != CH_NONE;
		     c = ch_said_token(w, c)->next_sibling) {
			const struct ch_token *t = ch_said_token(w, c);
			uint32_t a, b;

			if (!names_it(t) || t->deprel == CH_DEP_CASE || t->deprel == CH_DEP_CC ||
			    t->deprel == CH_DEP_MARK)
				continue;
			ch_doc_subtree(w->doc, c, &a, &b);
			if (w->doc->tokens.v[a].span.start < keep_out.end &&
			    keep_out.start < w->doc->tokens.v[b - 1].span.end)
				continue;
			first = a < first ? a : first;
			past = b > past ? b : past;
		}
	} else {
		uint32_t s = w->doc->sentences.v[ch_said_token(w, head)->sentence].first;

		/* The last noun is at the end of its phrase: back over what can stand in one. */
		while (first > s && ch_said_noun_before(w, first - 1, first) != CH_NONE)
			first--;
		if (first > s && (ch_said_is(w, first - 1, "the") || ch_said_is(w, first - 1, "a") ||
				  ch_said_is(w, first - 1, "an")))
			first--;
	}
	while (past > head + 1 && w->doc->tokens.v[past - 1].upos == CH_UPOS_PUNCT &&
	       ch_said_has_tree(w, ch_said_token(w, head)->sentence))
		past--;
	span = (struct ch_span){w->doc->tokens.v[first].span.start, w->doc->tokens.v[past - 1].span.end};
	return span;
}

/* ---- by the words alone ---- */

/* "Baku-based" is one word to a reader; " - " is a pause. */
bool ch_said_hyphen(const struct ch_said_work *w, uint32_t i)
{
	return ch_said_is(w, i, "-") && i > 0 && !ch_said_token(w, i)->space_after &&
	       !ch_said_token(w, i - 1)->space_after;
}

static bool stops_phrase(const struct ch_said_work *w, uint32_t i)
{
	static const char *const stops[] = {",",     ";",    ":",     ".",      "-",     "–",      "—",    "that",
					    "which", "who",  "and",   "but",    "as",    "on",     "in",   "at",
					    "to",    "with", "after", "before", "while", "during", "when", "if"};

	if (ch_said_hyphen(w, i))
		return false;
	for (size_t k = 0; k < sizeof stops / sizeof *stops; k++)
		if (ch_said_is(w, i, stops[k]))
			return true;
	return false;
}

static bool is_pronoun(const struct ch_said_work *w, uint32_t i)
{
	return ch_said_is(w, i, "he") || ch_said_is(w, i, "she") || ch_said_is(w, i, "they");
}

/* Could this word end a noun phrase that names a speaker? */
static bool is_noun(const struct ch_said_work *w, uint32_t i)
{
	const struct ch_token *t = ch_said_token(w, i);
	uint32_t len, last;
	struct ch_str form = ch_said_form(w, i);
	uint32_t cp = form.len ? ch_utf8_at(form, 0, &len) : 0;

	if (is_pronoun(w, i))
		return true;
	if (ch_said_has_tree(w, t->sentence))
		return t->upos == CH_UPOS_NOUN || t->upos == CH_UPOS_PROPN || t->upos == CH_UPOS_PRON;
	if (!ch_is_letter(cp) || stops_phrase(w, i))
		return false;
	return ch_is_upper(cp) || !(ch_said_cue(w, i, &last) & CH_CUE_BESIDE_MARKS);
}

uint32_t ch_said_noun_before(const struct ch_said_work *w, uint32_t first, uint32_t past)
{
	for (uint32_t i = past; i-- > first;) {
		if (is_noun(w, i))
			return i;
		/* An adverb or an auxiliary may stand between: "the minister also said", "the minister has said". */
		if (past - i > 3 || stops_phrase(w, i))
			break;
	}
	return CH_NONE;
}

uint32_t ch_said_noun_behind(const struct ch_said_work *w, uint32_t first, uint32_t past)
{
	uint32_t noun = CH_NONE;

	for (uint32_t i = first; i < past; i++) {
		if (stops_phrase(w, i))
			break;
		if (is_noun(w, i))
			noun = i;
		if (is_pronoun(w, i))
			break;
	}
	return noun;
}
