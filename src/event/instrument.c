/* event/instrument.c -- treaties, declarations, communiqués: named or described in the body, once a page.
 *
 * A noun of the lexicon is an instrument where it has a name in capitals, a subject matter ("on transit", "between A
 * and B") or a verb that makes one ("signed", "adopted"). A bare "the treaty" is the one told of before and adds what
 * its sentence knows. A number of them is a tally, and what was never signed is none. */
#include "base/utf8.h"
#include "event/instrument.h"
#include "event/setting.h"

enum {
	TITLE_WORDS_MAX = 32,
	TERMS_WORDS_MAX = 40, /* of what it provides for */
};

static bool capital(const struct ch_doc *doc, uint32_t i)
{
	struct ch_str s = ch_token_str(doc, i);
	uint32_t len;

	return s.len && ch_is_upper(ch_utf8_at(s, 0, &len));
}

/* "the 1974 Agreement": which it is, not how many. */
static bool is_year(struct ch_str s)
{
	if (s.len != 4 || (s.ptr[0] != '1' && s.ptr[0] != '2'))
		return false;
	for (size_t i = 1; i < 4; i++)
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return false;
	return true;
}

/* "Resolution 242": its number, behind the noun. */
static bool is_numbered(const struct ch_doc *doc, uint32_t noun)
{
	return noun + 1 < doc->sentences.v[ch_reg_tok(doc, noun)->sentence].past && capital(doc, noun) &&
	       ch_reg_tok(doc, noun + 1)->upos == CH_UPOS_NUM;
}

static bool refused(const struct ch_doc *doc, uint32_t noun)
{
	for (uint32_t c = ch_reg_tok(doc, noun)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling)
		if ((ch_deprel_is(ch_reg_tok(doc, c)->deprel, CH_DEP_NUMMOD) && c < noun &&
		     !is_year(ch_token_str(doc, c))) ||
		    ch_reg_is(doc, c, "no") ||
		    ch_reg_is(doc, c, "any") || ch_reg_is(doc, c, "each") || ch_reg_is(doc, c, "every") ||
		    ch_reg_is(doc, c, "other"))
			return true;
	/* One of a counted list: "90 agreements, declarations and other documents". */
	if (ch_deprel_is(ch_reg_tok(doc, noun)->deprel, CH_DEP_CONJ) && ch_reg_tok(doc, noun)->head != CH_NONE &&
	    ch_reg_tok(doc, noun)->head < noun && ch_tree_child(doc, noun, CH_DEP_DET) == CH_NONE) {
		uint32_t number = ch_tree_child(doc, ch_reg_tok(doc, noun)->head, CH_DEP_NUMMOD);

		return number != CH_NONE && number < noun && !is_year(ch_token_str(doc, number)) &&
		       ch_reg_tok(doc, noun)->xpos != CH_XPOS_NN && ch_reg_tok(doc, noun)->xpos != CH_XPOS_NNP;
	}
	/* The same list where the parser did not see one: a counted sibling before it. */
	if (ch_reg_tok(doc, noun)->head != CH_NONE && ch_reg_tok(doc, noun)->xpos == CH_XPOS_NNS && noun > 2)
		for (uint32_t c = ch_reg_tok(doc, ch_reg_tok(doc, noun)->head)->first_child; c != CH_NONE && c < noun;
		     c = ch_reg_tok(doc, c)->next_sibling)
			if (ch_reg_tok(doc, c)->deprel == ch_reg_tok(doc, noun)->deprel &&
			    ch_tree_child(doc, c, CH_DEP_NUMMOD) != CH_NONE)
				return true;
	return false;
}

/* "a declaration of war" */
static bool no_paper(const struct ch_doc *doc, uint32_t noun)
{
	return noun + 2 < doc->sentences.v[ch_reg_tok(doc, noun)->sentence].past && ch_reg_is(doc, noun + 1, "of") &&
	       ch_reg_sense(doc, noun + 2, REGISTER_WORDS_NO_PAPER) && !capital(doc, noun + 2);
}

/* "known as the Shusha Declaration": the name that follows makes the noun before it another word for it. */
static bool known_as(const struct ch_doc *doc, uint32_t noun)
{
	const struct ch_sentence *s = &doc->sentences.v[ch_reg_tok(doc, noun)->sentence];
	uint32_t past = noun + TITLE_WORDS_MAX < s->past ? noun + TITLE_WORDS_MAX : s->past;

	for (uint32_t i = noun + 1; i + 1 < past; i++) {
		if (ch_reg_tok(doc, i)->upos == CH_UPOS_VERB && !ch_reg_is(doc, i, "known") &&
		    !ch_reg_is(doc, i, "called"))
			return false;
		if (ch_reg_is(doc, i, "so") && ch_reg_is(doc, i + 1, "-"))
			return false; /* "the so-called …" is another thing */
		if (ch_reg_is(doc, i, "called") && (ch_reg_is(doc, i + 1, "for") || ch_reg_is(doc, i + 1, "on")))
			return false;
		if ((ch_reg_is(doc, i, "known") && ch_reg_is(doc, i + 1, "as")) ||
		    (ch_reg_is(doc, i, "called") && !ch_reg_is(doc, i - 1, "-")))
			return true;
	}
	return false;
}

static bool to_come(const struct ch_doc *doc, uint32_t verb)
{
	for (uint32_t c = ch_reg_tok(doc, verb)->first_child; c != CH_NONE && c < verb;
	     c = ch_reg_tok(doc, c)->next_sibling)
		if (ch_reg_sense(doc, c, REGISTER_WORDS_MODAL) ||
		    (ch_reg_tok(doc, c)->deprel == CH_DEP_MARK && ch_reg_is(doc, c, "to")))
			return true;
	return false;
}

/* Is the noun one of what it hangs from: "and a treaty", "among them a treaty", "including a treaty"? */
static bool belongs(const struct ch_doc *doc, uint32_t noun)
{
	uint8_t rel = ch_reg_tok(doc, noun)->deprel;

	return ch_deprel_is(rel, CH_DEP_CONJ) || rel == CH_DEP_APPOS || rel == CH_DEP_PARATAXIS || rel == CH_DEP_DEP ||
	       (ch_deprel_is(rel, CH_DEP_NMOD) &&
		(ch_tree_has_case(doc, noun, CH_STR("including")) || ch_tree_has_case(doc, noun, CH_STR("include")) ||
		 ch_tree_has_case(doc, noun, CH_STR("among")) || ch_tree_has_case(doc, noun, CH_STR("like"))));
}

static bool into_force(const struct ch_doc *doc, uint32_t verb)
{
	for (uint32_t c = ch_reg_tok(doc, verb)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling)
		if (ch_reg_is(doc, c, "force") || ch_reg_is(doc, c, "effect"))
			return true;
	return false;
}

/* The verb or noun of signing that has this noun for its object, followed up a chain of "of". */
static void find_signing(const struct ch_doc *doc, struct ch_paper *f)
{
	uint32_t head = ch_reg_tok(doc, f->noun)->head, top = f->noun;
	const struct ch_word_sense *s;

	for (uint32_t c = ch_reg_tok(doc, f->noun)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling) {
		uint8_t rel = ch_reg_tok(doc, c)->deprel;

		if ((rel == CH_DEP_ACL || rel == CH_DEP_ACL_RELCL) &&
		    (s = ch_reg_sense(doc, c, REGISTER_WORDS_SIGNING)) != NULL) {
			f->verb = c;
			f->status = to_come(doc, c) ? "planned" : ch_reg_negated(doc, c) ? NULL : s->value;
			return;
		}
	}
	if (head == CH_NONE)
		return;
	/* "a document, known as the Shusha Declaration, was signed": what befell the document befell the declaration.
	 */
	if ((ch_reg_is(doc, head, "known") || ch_reg_is(doc, head, "called")) &&
	    ch_reg_tok(doc, head)->head != CH_NONE) {
		uint32_t carrier = ch_reg_tok(doc, head)->head;

		if (ch_reg_tok(doc, carrier)->upos == CH_UPOS_NOUN && ch_reg_tok(doc, carrier)->head != CH_NONE) {
			head = ch_reg_tok(doc, carrier)->head;
			if ((s = ch_reg_sense(doc, head, REGISTER_WORDS_SIGNING)) != NULL &&
			    ch_reg_tok(doc, head)->upos == CH_UPOS_VERB) {
				f->verb = head;
				f->status = to_come(doc, head) ? "planned" : s->value;
			}
			return;
		}
	}
	/* "22 agreements were signed, among them | a treaty": what befell the list befell what is of it. */
	for (int n = 0; n < 4 && belongs(doc, top) && ch_reg_tok(doc, head)->head != CH_NONE &&
			ch_reg_tok(doc, head)->upos != CH_UPOS_VERB;
	     n++) {
		top = head;
		head = ch_reg_tok(doc, head)->head;
	}
	/* "replaced the armistice with a treaty" */
	if (ch_tree_has_case(doc, f->noun, CH_STR("with")) &&
	    (ch_tree_lemma_is(doc, head, "replace") ||
	     (ch_reg_tok(doc, head)->head != CH_NONE && ch_tree_lemma_is(doc, ch_reg_tok(doc, head)->head, "replace")))) {
		f->verb = ch_tree_lemma_is(doc, head, "replace") ? head : ch_reg_tok(doc, head)->head;
		f->status = "planned";
		return;
	}
	/* "the convention entered into force", "the pact has expired" */
	if ((s = ch_reg_sense(doc, head, REGISTER_WORDS_TAKING_EFFECT)) != NULL &&
	    ch_deprel_is(ch_reg_tok(doc, f->noun)->deprel, CH_DEP_NSUBJ)) {
		if (!ch_str_eqz(ch_str_z(s->value), "in_force") || into_force(doc, head)) {
			f->verb = head;
			f->status = to_come(doc, head) ? "planned" : ch_reg_negated(doc, head) ? NULL : s->value;
		}
		return;
	}
	/* "withdrew from the treaty" */
	if ((s = ch_reg_sense(doc, head, REGISTER_WORDS_LEAVING)) != NULL &&
	    (ch_deprel_is(ch_reg_tok(doc, f->noun)->deprel, CH_DEP_OBJ) ||
	     ch_deprel_is(ch_reg_tok(doc, f->noun)->deprel, CH_DEP_NSUBJ) ||
	     ch_tree_has_case(doc, f->noun, CH_STR("from")) || ch_tree_has_case(doc, f->noun, CH_STR("of")))) {
		f->verb = head;
		f->status = s->value;
		if (to_come(doc, head) || ch_reg_negated(doc, head))
			f->status = "in force";
		return;
	}
	if (ch_reg_sense(doc, head, REGISTER_WORDS_PENDING)) {
		f->verb = ch_reg_tok(doc, head)->upos == CH_UPOS_VERB ? head : CH_NONE;
		f->status = "planned";
		return;
	}
	if (ch_reg_tok(doc, head)->upos == CH_UPOS_VERB &&
	    (s = ch_reg_sense(doc, head, REGISTER_WORDS_SIGNING)) != NULL && ch_tree_object(doc, head) != CH_NONE &&
	    (ch_tree_object(doc, head) == f->noun || ch_tree_object(doc, head) == top ||
	     ch_tree_object(doc, head) == ch_reg_tok(doc, f->noun)->head ||
	     ch_reg_tok(doc, top)->deprel == CH_DEP_PARATAXIS)) {
		f->verb = head;
		f->status = to_come(doc, head) ? "planned" : s->value;
	} else if ((s = ch_reg_sense(doc, head, REGISTER_WORDS_SIGNING_NOUN)) != NULL &&
		   ch_reg_tok(doc, head)->upos == CH_UPOS_NOUN) {
		uint32_t above = ch_reg_tok(doc, head)->head;

		f->verb = head;
		f->status = above != CH_NONE && ch_reg_sense(doc, above, REGISTER_WORDS_MODAL) ? "planned" : s->value;
	}
}

/* "72 hours", "five years": how long it holds, where "of 1 June" tells which it is. */
static bool is_lasting(const struct ch_doc *doc, uint32_t i)
{
	static const char *const units[] = {"hour", "day", "week", "month", "year"};

	for (size_t k = 0; k < sizeof units / sizeof *units && ch_reg_tok(doc, i)->upos == CH_UPOS_NUM; k++)
		if (ch_tree_lemma_is(doc, i + 1, units[k]))
			return true;
	return false;
}

/* Parsers often hang the "on transit" of "sign an agreement on transit" from the verb. */
static void reach_matter(const struct ch_doc *doc, struct ch_paper *f)
{
	static const char *const preps[] = {"on", "concerning", "regarding", "between", "for"};
	uint32_t head, a, b;
	bool matter = false;

	if (f->past != f->noun + 1 || f->past >= doc->sentences.v[ch_reg_tok(doc, f->noun)->sentence].past)
		return;
	for (size_t k = 0; k < sizeof preps / sizeof *preps; k++)
		matter |= ch_reg_is(doc, f->past, preps[k]);
	head = ch_reg_tok(doc, f->past)->head;
	if (!matter || head == CH_NONE || head <= f->past || ch_reg_in_time(doc, head) ||
	    !ch_deprel_is(ch_reg_tok(doc, f->past)->deprel, CH_DEP_CASE))
		return;
	ch_reg_phrase(doc, head, &a, &b);
	if (a == f->past + 1)
		f->past = b;
}

/* Is all from the preposition to `past` a seat of government or a building: a place to sign in, no matter to sign on? */
static bool ends_in_place(const struct ch_doc *doc, uint32_t prep, uint32_t past)
{
	uint32_t at = prep + 1;
	const struct ch_mention *m;

	while (at < past && (ch_reg_tok(doc, at)->upos == CH_UPOS_DET || ch_reg_tok(doc, at)->mention == CH_NONE))
		at++;
	if (at == past || at > prep + 3)
		return false;
	m = &doc->mentions.v[ch_reg_tok(doc, at)->mention];
	if (m->past != past)
		return false;
	return ch_reg_is(doc, prep, "at") || ch_sides_is_town(doc, m);
}

/* "the Agreement | and its Protocol", "a declaration | and a memorandum": the second has an entry of its own. */
static void part_second(const struct ch_doc *doc, struct ch_paper *f)
{
	for (uint32_t i = f->noun + 1; i + 1 < f->past; i++) {
		bool own = false;

		if (!ch_reg_is(doc, i, "and") && !ch_reg_is(doc, i, ","))
			continue;
		for (uint32_t k = i + 1; k < f->past && k < i + 12 && !own; k++)
			own = ch_reg_sense(doc, k, REGISTER_WORDS_INSTRUMENT) && ch_reg_tok(doc, k)->head != CH_NONE &&
			      ch_deprel_is(ch_reg_tok(doc, k)->deprel, CH_DEP_CONJ);
		if (own && (ch_reg_is(doc, i, ",") || ch_reg_tok(doc, i + 1)->upos == CH_UPOS_DET ||
			    ch_reg_tok(doc, i + 1)->deprel == CH_DEP_NMOD_POSS || !capital(doc, i + 1) ||
			    ch_reg_is(doc, i + 1, "its") || ch_reg_is(doc, i + 1, "their"))) {
			f->past = i;
			return;
		}
	}
}

static void look(const struct ch_doc *doc, struct ch_paper *f)
{
	const struct ch_sentence *s = &doc->sentences.v[ch_reg_tok(doc, f->noun)->sentence];
	uint32_t caps = 0;

	ch_reg_phrase(doc, f->noun, &f->first, &f->past);
	/* A participle that tells how it came about is no part of the title. */
	for (uint32_t c = ch_reg_tok(doc, f->noun)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling)
		if (c > f->noun && ch_reg_tok(doc, c)->deprel == CH_DEP_ACL &&
		    (ch_tree_child(doc, c, CH_DEP_MARK) == CH_NONE ||
		     ch_reg_tok(doc, ch_tree_child(doc, c, CH_DEP_MARK))->upos != CH_UPOS_ADP)) {
			uint32_t a, b;

			ch_doc_subtree(doc, c, &a, &b);
			if (a > f->noun && a < f->past)
				f->past = a;
		}
	/* "protested against the agreement in the village of V", "a truce of 72 hours": where and how long are no part
	 * of a title that has no name. */
	if (!capital(doc, f->noun))
		for (uint32_t i = f->noun + 1; i < f->past && i < f->noun + 2; i++)
			if (((ch_reg_is(doc, i, "in") || ch_reg_is(doc, i, "at") || ch_reg_is(doc, i, "near")) &&
			     ch_reg_is(doc, i + 1, "the")) ||
			    (ch_reg_is(doc, i, "of") && i + 2 < f->past && is_lasting(doc, i + 1)))
				f->past = i;
	reach_matter(doc, f);
	part_second(doc, f);
	for (uint32_t i = f->noun + 1; i < f->past; i++)
		if (ch_reg_is(doc, i, "as") || ch_reg_is(doc, i, "during") || ch_reg_is(doc, i, "despite"))
			f->past = i;
	/* "replace the Armistice Agreement | with a treaty": with what, not with whom. */
	for (uint32_t i = f->noun + 1; i < f->past && capital(doc, f->noun); i++)
		if (ch_reg_is(doc, i, "with") && ch_reg_tok(doc, i)->head != CH_NONE && ch_reg_tok(doc, i)->head > i &&
		    ch_reg_tok(doc, ch_reg_tok(doc, i)->head)->mention == CH_NONE && !capital(doc, ch_reg_tok(doc, i)->head)) {
			f->past = i;
			break;
		}
	/* "a treaty on transit | in Strelsau": where it was signed. */
	for (uint32_t i = f->noun + 1; i < f->past; i++)
		if ((ch_reg_is(doc, i, "in") || ch_reg_is(doc, i, "at")) && ends_in_place(doc, i, f->past)) {
			f->past = i;
			break;
		}
	if (is_numbered(doc, f->noun) && f->past < f->noun + 2)
		f->past = f->noun + 2;
	if (f->past > f->noun + TITLE_WORDS_MAX)
		f->past = f->noun + 1;
	/* "among them an agreement": the article begins it. */
	for (uint32_t i = f->noun; i-- > f->first + 1;)
		if (ch_reg_tok(doc, i)->upos == CH_UPOS_DET && !capital(doc, i)) {
			f->first = i;
			break;
		}
	while (f->first < f->noun) {
		const struct ch_token *t = ch_reg_tok(doc, f->first);

		f->definite |= ch_reg_is(doc, f->first, "the") || ch_reg_is(doc, f->first, "this") ||
			       ch_reg_is(doc, f->first, "that");
		if (!ch_deprel_is(t->deprel, CH_DEP_DET) && t->upos != CH_UPOS_ADP && t->upos != CH_UPOS_PUNCT &&
		    t->upos != CH_UPOS_DET && !(t->deprel == CH_DEP_NMOD_POSS && t->upos == CH_UPOS_PRON))
			break;
		f->first++;
	}
	for (uint32_t i = f->first; i < f->noun; i++)
		caps += (capital(doc, i) && i > s->first) || is_year(ch_token_str(doc, i)); /* "the 1931 Protocol" */
	/* "Shusha Declaration", "Convention on the Law of the Sea": a capital that no sentence asks for. */
	f->named = capital(doc, f->noun) && f->noun > s->first && (caps > 0 || f->past > f->noun + 1);
	f->described = f->past > f->noun + 1;
	for (uint32_t i = f->first; i < f->noun; i++)
		f->described |= ch_reg_sense(doc, i, REGISTER_WORDS_JOINT) != NULL ||
				(f->strong && ch_reg_tok(doc, i)->deprel == CH_DEP_COMPOUND);
	find_signing(doc, f);
}

/* Words of four letters and more that both titles have, of those in the shorter. */
static bool shares(struct ch_str a, struct ch_str b, uint32_t *of)
{
	struct ch_str rest = a, word;
	uint32_t n = 0;

	*of = 0;
	while (ch_str_cut(&rest, ' ', &word)) {
		struct ch_str other, in = b;

		if (word.len < 4)
			continue;
		++*of;
		while (ch_str_cut(&in, ' ', &other))
			if (ch_str_ieq(word, other)) {
				n++;
				break;
			}
	}
	return n > 0 && 2 * n > *of;
}

/* Is one title the other with words left off its end ("Partnership Priorities Document", "… document with the Union")?
 * Only where what is left holds a name: "the Joint Declaration" may be any. */
static bool begins_so(struct ch_str a, struct ch_str b)
{
	struct ch_str shorter = a.len < b.len ? a : b, longer = a.len < b.len ? b : a, rest = shorter, word;
	uint32_t names = 0;

	if (!ch_str_istarts(longer, shorter) || (longer.len > shorter.len && longer.ptr[shorter.len] != ' '))
		return false;
	while (ch_str_cut(&rest, ' ', &word)) {
		const struct ch_word *w = ch_words_find(&register_words, word);
		uint32_t len;

		names += word.len && ch_is_upper(ch_utf8_at(word, 0, &len)) &&
			 !ch_word_sense(&register_words, w, REGISTER_WORDS_JOINT) &&
			 !ch_word_sense(&register_words, w, REGISTER_WORDS_INSTRUMENT) &&
			 !ch_word_sense(&register_words, w, REGISTER_WORDS_NAMED);
	}
	return names > 0;
}

static bool same_sides(const struct ch_doc *doc, const struct ch_instrument *old, const struct ch_reg_actors *set)
{
	if (set->n < 2 || old->party_n != set->n)
		return false;
	for (uint32_t i = 0; i < set->n; i++) {
		bool there = false;

		for (uint32_t k = 0; k < old->party_n; k++)
			there |= ch_str_eq(ch_reg_party(&doc->actors.v[set->v[i]]),
					   ch_reg_party(&doc->actors.v[doc->event_actors.v[old->party_first + k]]));
		if (!there)
			return false;
	}
	return true;
}

/* The instrument that the page told of before under other words, or NULL. */
static struct ch_instrument *told_before(struct ch_doc *doc, const struct ch_paper *f, struct ch_str title,
					 struct ch_str kind)
{
	for (uint32_t n = 0, i = doc->instruments.n; i-- > 0 && n < 64; n++) {
		struct ch_instrument *old = &doc->instruments.v[i];
		uint32_t of;

		if (ch_str_ieq(old->title, title) || begins_so(old->title, title))
			return old;
		/* "the declaration between the two" after it was told what on. */
		if (!f->named && ch_str_eq(old->kind, kind) && same_sides(doc, old, &f->parties))
			return old;
		/* "the Convention" after "the Convention on the legal status of the Caspian Sea" */
		if (f->definite && !f->named && f->past == f->noun + 1 && ch_str_eq(old->kind, kind))
			return old;
		/* Told again with a word changed: "the statement on allied cooperation", "the declaration of allied
		 * relations". */
		if (!f->named && f->definite &&
		    (shares(title, old->title, &of) || (shares(old->title, title, &of) && of > 2)))
			return old;
	}
	return NULL;
}

static struct ch_str display(struct ch_doc *doc, struct ch_str title)
{
	char *copy;

	if (!title.len || title.ptr[0] < 'a' || title.ptr[0] > 'z')
		return title;
	copy = ch_arena_z(doc->arena, title);
	copy[0] = (char)(copy[0] - 32);
	return ch_str_n(copy, title.len);
}

/* Tokens [first, past) without marks and small words at their ends, cut to what a table holds. */
static struct ch_str clause_text(struct ch_doc *doc, uint32_t first, uint32_t past)
{
	if (past > first + TERMS_WORDS_MAX)
		past = first + TERMS_WORDS_MAX;
	while (first < past && (ch_reg_tok(doc, first)->upos == CH_UPOS_PUNCT || ch_reg_tok(doc, first)->upos == CH_UPOS_CCONJ))
		first++;
	while (past > first && (ch_reg_tok(doc, past - 1)->upos == CH_UPOS_PUNCT || ch_reg_tok(doc, past - 1)->upos == CH_UPOS_CCONJ))
		past--;
	return ch_reg_text(doc, first, past);
}

/* The words behind the pronoun of a relative clause: "which | commits both", "under which | a court would sit". */
static struct ch_str relative_text(struct ch_doc *doc, uint32_t clause)
{
	uint32_t a, b;

	ch_doc_subtree(doc, clause, &a, &b);
	for (uint32_t i = a; i < b && i < a + 4; i++)
		if (ch_reg_is(doc, i, "which") || ch_reg_is(doc, i, "that") || ch_reg_is(doc, i, "whereby"))
			return clause_text(doc, i + 1, b);
	return clause_text(doc, a, b);
}

/* What the sentence says that it provides for: "… under which X would withdraw", "the treaty commits both to …", "Under the accord X
 * will …". Empty where it says nothing. */
static struct ch_str terms(struct ch_doc *doc, const struct ch_paper *f)
{
	uint32_t head = ch_reg_tok(doc, f->noun)->head, a, b;

	for (uint32_t c = ch_reg_tok(doc, f->noun)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling) {
		const struct ch_token *t = ch_reg_tok(doc, c);

		if (c < f->noun || ch_reg_sense(doc, c, REGISTER_WORDS_SIGNING) || ch_reg_sense(doc, c, REGISTER_WORDS_LEAVING) ||
		    ch_reg_sense(doc, c, REGISTER_WORDS_TAKING_EFFECT))
			continue;
		if (t->deprel == CH_DEP_ACL_RELCL)
			return relative_text(doc, c);
		if (t->deprel == CH_DEP_ACL && t->xpos == CH_XPOS_VBG) {
			ch_doc_subtree(doc, c, &a, &b);
			return clause_text(doc, ch_reg_tok(doc, a)->upos == CH_UPOS_ADP ? a + 1 : a, b);
		}
	}
	if (head == CH_NONE || ch_reg_tok(doc, head)->upos != CH_UPOS_VERB)
		return CH_STR("");
	if (ch_deprel_is(ch_reg_tok(doc, f->noun)->deprel, CH_DEP_NSUBJ) && !ch_tree_passive(doc, head) &&
	    ch_reg_sense(doc, head, REGISTER_WORDS_PROVIDING) && head > f->noun) {
		ch_doc_subtree(doc, head, &a, &b);
		return clause_text(doc, head, b);
	}
	if (ch_tree_has_case(doc, f->noun, CH_STR("under")) && head > f->noun) {
		ch_doc_subtree(doc, f->noun, &a, &b);
		a = b;
		ch_doc_subtree(doc, head, &head, &b);
		return a < b ? clause_text(doc, a, b) : CH_STR("");
	}
	return CH_STR("");
}

/* Its matter as the title has it: "on cooperation in tourism". */
static struct ch_str matter(struct ch_doc *doc, const struct ch_paper *f)
{
	static const char *const preps[] = {"on", "concerning", "regarding", "about", "for"};

	for (uint32_t i = f->noun + 1; i + 1 < f->past; i++)
		for (size_t k = 0; k < sizeof preps / sizeof *preps; k++)
			if (ch_reg_is(doc, i, preps[k]))
				return clause_text(doc, i + 1, f->past);
	return CH_STR("");
}

/* Enters it, with what the tokens of f tell. */
static void add_instrument(struct ch_doc *doc, struct ch_instrument *in, const struct ch_paper *f)
{
	uint32_t at = f->verb != CH_NONE ? f->verb : f->noun;

	in->party_first = doc->event_actors.n;
	in->party_n = f->parties.n;
	for (uint32_t k = 0; k < f->parties.n; k++)
		*CH_PUSH(doc->arena, &doc->event_actors) = f->parties.v[k];
	in->date = ch_reg_date(doc, at);
	in->place = ch_setting_place(doc, at);
	in->mention = ch_reg_span(doc, f->first, f->past);
	in->provides = f->provides.len ? f->provides : matter(doc, f);
	*CH_PUSH(doc->arena, &doc->instruments) = *in;
}

static void one_noun(struct ch_doc *doc, uint32_t i, const struct ch_told *told)
{
	const struct ch_token *t = ch_reg_tok(doc, i);
	struct ch_paper f = {.noun = i, .verb = CH_NONE};
	struct ch_instrument in = {0}, *old;
	struct ch_str title;
	uint32_t n;

	if (t->upos != CH_UPOS_NOUN && t->upos != CH_UPOS_PROPN)
		return;
	/* "plan of action" hangs from its first word, "road map" from its last. */
	f.kind = ch_reg_run_before(doc, i + 1, REGISTER_WORDS_INSTRUMENT, &n);
	if (f.kind && n == 3 && ch_reg_is(doc, i - 1, "of"))
		return;
	if (!f.kind || n == 1) {
		const struct ch_word_sense *longer = ch_reg_run(doc, i, REGISTER_WORDS_INSTRUMENT, &n);

		f.kind = longer && (n == 3 || !f.kind) && (n != 2) ? longer : f.kind;
	}
	f.strong = f.kind != NULL;
	if (!f.kind)
		f.kind = ch_reg_sense(doc, i, REGISTER_WORDS_NAMED);
	/* The last word of a compound is its head: in "the treaty talks" nothing is signed. */
	if (!f.kind || (t->deprel == CH_DEP_COMPOUND && !(is_numbered(doc, i) && t->head == i + 1)) || (t->deprel == CH_DEP_FLAT && !capital(doc, i)) ||
	    refused(doc, i) || known_as(doc, i) || no_paper(doc, i))
		return;
	look(doc, &f);
	if (f.verb != CH_NONE && ((ch_reg_negated(doc, f.verb) && !ch_reg_sense(doc, f.verb, REGISTER_WORDS_LEAVING)) || !f.status))
		return;
	/* "denied that they had signed a treaty" */
	if (f.verb != CH_NONE && ch_reg_tok(doc, f.verb)->deprel == CH_DEP_CCOMP && ch_reg_tok(doc, f.verb)->head != CH_NONE &&
	    ch_reg_sense(doc, ch_reg_tok(doc, f.verb)->head, REGISTER_WORDS_DOUBTING))
		return;
	title = ch_reg_text(doc, f.first, f.past);
	ch_sides_add(doc, told, &f);
	f.provides = terms(doc, &f);
	in.kind = ch_reg_value(doc, f.kind);
	old = told_before(doc, &f, title, in.kind);
	if (old && title.len > old->title.len + 8 && !ch_str_istarts(title, ch_str_sub(old->title, 1, 6)) &&
	    f.parties.n > old->party_n) {
		/* Told again in full: that is the clearer entry, and it takes the place at the end that its mention
		 * asks for. */
		uint32_t at = (uint32_t)(old - doc->instruments.v);

		memmove(old, old + 1, (doc->instruments.n - at - 1) * sizeof *old);
		doc->instruments.n--;
		old = NULL;
	}
	if (old) {
		/* It adds what its sentence knows. */
		if (!old->provides.len)
			old->provides = f.provides;
		if (f.verb != CH_NONE) {
			if (!old->date.len)
				old->date = ch_reg_date(doc, f.verb);
			if (!old->place.len)
				old->place = ch_setting_place(doc, f.verb);
		}
		if (old->party_n < 2 && f.parties.n > old->party_n) {
			old->party_first = doc->event_actors.n;
			old->party_n = f.parties.n;
			for (uint32_t k = 0; k < f.parties.n; k++)
				*CH_PUSH(doc->arena, &doc->event_actors) = f.parties.v[k];
		}
		return;
	}
	if (f.strong ? !(f.named || (f.verb != CH_NONE && (f.described || f.parties.n >= 2)) ||
			 (f.described && (f.parties.n || t->xpos != CH_XPOS_NNS)))
		     : !((f.named && capital(doc, f.first) && t->xpos != CH_XPOS_NNS && t->xpos != CH_XPOS_NNPS) ||
			 (f.verb != CH_NONE && f.described &&
			  (f.parties.n >= 2 || ch_reg_sense(doc, f.verb, REGISTER_WORDS_SIGNING)))))
		return;
	in.title = display(doc, title);
	in.status = f.status ? f.status
		    : ch_str_eqz(in.kind, "resolution") || ch_str_eqz(in.kind, "statement") ||
				    ch_str_eqz(in.kind, "communique")
			    ? "adopted"
			    : "signed";
	if (ch_str_eqz(ch_str_z(in.status), "in_force"))
		in.status = "in force";
	add_instrument(doc, &in, &f);
}

static bool is_quote(const struct ch_doc *doc, uint32_t i)
{
	struct ch_str s = ch_token_str(doc, i);

	return ch_str_eqz(s, "\"") || ch_str_eqz(s, "\xe2\x80\x9c") || ch_str_eqz(s, "\xe2\x80\x9d") || ch_str_eqz(s, "``") ||
	       ch_str_eqz(s, "''");
}

/* `signed the "Brasilia Presidential Act"`: a title between marks that has no word for what it is. */
static void quoted_title(struct ch_doc *doc, uint32_t i, const struct ch_told *told)
{
	uint32_t past = doc->sentences.v[ch_reg_tok(doc, i)->sentence].past, end = i + 1, head = CH_NONE;
	struct ch_paper f = {.verb = CH_NONE, .named = true};
	struct ch_instrument in = {.kind = CH_STR("document"), .status = "signed"};

	if (!is_quote(doc, i) || i + 3 >= past || !capital(doc, i + 1))
		return;
	while (end < past && end < i + 16 && !is_quote(doc, end)) {
		if (ch_reg_sense(doc, end, REGISTER_WORDS_INSTRUMENT) || ch_reg_tok(doc, end)->upos == CH_UPOS_AUX)
			return; /* found by its noun; or words that somebody said */
		if (ch_reg_tok(doc, end)->head <= i || ch_reg_tok(doc, end)->head == CH_NONE)
			head = end;
		end++;
	}
	if (end >= past || !is_quote(doc, end) || end < i + 3 || head == CH_NONE || !capital(doc, end - 1) ||
	    !ch_deprel_is(ch_reg_tok(doc, head)->deprel, CH_DEP_OBJ) ||
	    !(ch_tree_lemma_is(doc, ch_reg_tok(doc, head)->head, "sign") ||
	      ch_tree_lemma_is(doc, ch_reg_tok(doc, head)->head, "conclude") ||
	      ch_tree_lemma_is(doc, ch_reg_tok(doc, head)->head, "initial")))
		return;
	f.noun = head;
	f.first = i + 1;
	f.past = end;
	f.verb = ch_reg_tok(doc, head)->head;
	if (ch_reg_negated(doc, f.verb))
		return;
	in.status = f.status = to_come(doc, f.verb) ? "planned" : "signed";
	in.title = ch_reg_text(doc, f.first, f.past);
	ch_sides_add(doc, told, &f);
	add_instrument(doc, &in, &f);
}

void ch_instrument_find(struct ch_doc *doc)
{
	const struct ch_told told = ch_sides_told(doc);

	for (uint32_t k = 0; k < doc->sentences.n; k++)
		if (ch_reg_body(doc, k))
			for (uint32_t i = doc->sentences.v[k].first; i < doc->sentences.v[k].past; i++) {
				uint32_t n = doc->instruments.n;

				one_noun(doc, i, &told);
				quoted_title(doc, i, &told);
				/* Order is by mention: a title that reaches back over the one before it is that one's.
				 */
				if (n && doc->instruments.n > n &&
				    doc->instruments.v[n].mention.start < doc->instruments.v[n - 1].mention.end)
					doc->instruments.n = n;
			}
}
