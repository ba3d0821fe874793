/* event/instrument.c -- treaties, declarations, communiqués: named or described in the body, once a page.
 *
 * A noun of the lexicon is an instrument where it has a name in capitals, a subject matter ("on transit", "between A
 * and B") or a verb that makes one ("signed", "adopted"). A bare "the treaty" is the one told of before and adds what
 * its sentence knows. A number of them is a tally, and what was never signed is none. */
#include "base/utf8.h"
#include "event/registers_priv.h"
#include "event/setting.h"

enum { TITLE_WORDS_MAX = 32 };

struct found {
	uint32_t noun, first, past; /* tokens of the title, determiner left out */
	const struct ch_word_sense *kind;
	bool strong; /* an instrument by its noun alone */
	bool named, described, definite;
	uint32_t verb; /* of signing, or CH_NONE */
	const char *status;
	struct ch_reg_actors parties;
};

static bool capital(const struct ch_doc *doc, uint32_t i)
{
	struct ch_str s = ch_token_str(doc, i);
	uint32_t len;

	return s.len && ch_is_upper(ch_utf8_at(s, 0, &len));
}

static bool refused(const struct ch_doc *doc, uint32_t noun)
{
	for (uint32_t c = ch_reg_tok(doc, noun)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling)
		if (ch_deprel_is(ch_reg_tok(doc, c)->deprel, CH_DEP_NUMMOD) || ch_reg_is(doc, c, "no") ||
		    ch_reg_is(doc, c, "any") || ch_reg_is(doc, c, "each") || ch_reg_is(doc, c, "every") ||
		    ch_reg_is(doc, c, "other"))
			return true;
	/* One of a counted list: "90 agreements, declarations and other documents". */
	if (ch_deprel_is(ch_reg_tok(doc, noun)->deprel, CH_DEP_CONJ) && ch_reg_tok(doc, noun)->head != CH_NONE)
		return ch_tree_child(doc, ch_reg_tok(doc, noun)->head, CH_DEP_NUMMOD) != CH_NONE;
	return false;
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

/* The verb or noun of signing that has this noun for its object, followed up a chain of "of". */
static void find_signing(const struct ch_doc *doc, struct found *f)
{
	uint32_t head = ch_reg_tok(doc, f->noun)->head;
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
	if (ch_deprel_is(ch_reg_tok(doc, f->noun)->deprel, CH_DEP_CONJ) && ch_reg_tok(doc, head)->head != CH_NONE &&
	    ch_reg_tok(doc, head)->upos == CH_UPOS_NOUN)
		head = ch_reg_tok(doc, head)->head;
	if (ch_reg_tok(doc, head)->upos == CH_UPOS_VERB &&
	    (s = ch_reg_sense(doc, head, REGISTER_WORDS_SIGNING)) != NULL && ch_tree_object(doc, head) != CH_NONE &&
	    (ch_tree_object(doc, head) == f->noun || ch_tree_object(doc, head) == ch_reg_tok(doc, f->noun)->head)) {
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

static void look(const struct ch_doc *doc, struct found *f)
{
	const struct ch_sentence *s = &doc->sentences.v[ch_reg_tok(doc, f->noun)->sentence];
	uint32_t caps = 0;

	ch_reg_phrase(doc, f->noun, &f->first, &f->past);
	/* A participle that tells how it came about is no part of the title. */
	for (uint32_t c = ch_reg_tok(doc, f->noun)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling)
		if (c > f->noun && ch_reg_tok(doc, c)->deprel == CH_DEP_ACL &&
		    (ch_reg_tok(doc, c)->xpos != CH_XPOS_VBG || ch_tree_child(doc, c, CH_DEP_MARK) == CH_NONE)) {
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
	if (f->past > f->noun + TITLE_WORDS_MAX)
		f->past = f->noun + 1;
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
		caps += capital(doc, i) && i > s->first;
	/* "Shusha Declaration", "Convention on the Law of the Sea": a capital that no sentence asks for. */
	f->named = capital(doc, f->noun) && f->noun > s->first && (caps > 0 || f->past > f->noun + 1);
	f->described = f->past > f->noun + 1;
	for (uint32_t i = f->first; i < f->noun; i++)
		f->described |= ch_reg_sense(doc, i, REGISTER_WORDS_JOINT) != NULL;
	find_signing(doc, f);
}

/* Actors with a party: a company's or an unknown person's signature binds no side. */
static void add_parties(const struct ch_doc *doc, uint32_t mention, struct ch_reg_actors *set)
{
	const struct ch_mention *m = &doc->mentions.v[mention];

	/* "in Brussels" is where, not who. */
	if (m->place.len && m->first > 0 && (ch_reg_is(doc, m->first - 1, "in") || ch_reg_is(doc, m->first - 1, "at")))
		return;
	for (uint32_t k = 0; k < m->actor_n; k++)
		if (!doc->actors.v[doc->mention_actors.v[m->actor_first + k]].party.len)
			return;
	ch_reg_add_mention(doc, mention, set);
}

/* The parties of a phrase; with `deep`, of all mentions in it ("the heads of state of the littoral states"). */
static void add_below(const struct ch_doc *doc, uint32_t head, bool deep, struct ch_reg_actors *set)
{
	uint32_t a = head, b = head + 1;

	if (deep)
		ch_doc_subtree(doc, head, &a, &b);
	for (uint32_t i = a; i < b; i++)
		if (ch_reg_tok(doc, i)->mention != CH_NONE)
			add_parties(doc, ch_reg_tok(doc, i)->mention, set);
}

/* A seat of government named by its town, as the stage before knew it. */
static bool is_town(const struct ch_doc *doc, const struct ch_mention *m)
{
	struct ch_str text = ch_doc_str(doc, m->span);

	return m->place.len && m->actor_n == 1 && m->kind == CH_MENTION_NAME && m->basis &&
	       !ch_str_ieq(text, doc->actors.v[doc->mention_actors.v[m->actor_first]].name) &&
	       ch_str_eqz(ch_str_z(m->basis), "capital or seat");
}

static void add_sides(const struct ch_doc *doc, struct found *f)
{
	uint32_t a, b, subject;

	ch_doc_subtree(doc, f->noun, &a, &b);
	for (uint32_t i = f->first < a ? f->first : a; i < f->past; i++) {
		uint32_t m = ch_reg_tok(doc, i)->mention;

		/* The town in "Strelsau Declaration" is where it was signed; "Ruritania Treaty" names a side. */
		if (m != CH_NONE && !doc->mentions.v[m].place_only &&
		    !(f->named && i < f->noun && is_town(doc, &doc->mentions.v[m])))
			add_parties(doc, m, &f->parties);
	}
	if (f->verb == CH_NONE || f->parties.n >= 2)
		return;
	subject = ch_tree_subject(doc, f->verb);
	/* "commits both countries to conclude a treaty": the object of what binds them. */
	if (ch_reg_tok(doc, f->verb)->head != CH_NONE &&
	    ch_reg_sense(doc, ch_reg_tok(doc, f->verb)->head, REGISTER_WORDS_BINDING)) {
		uint32_t bound = ch_tree_child(doc, ch_reg_tok(doc, f->verb)->head, CH_DEP_OBJ);

		if (bound != CH_NONE)
			subject = bound;
	}
	if (subject != CH_NONE && subject != f->noun)
		add_below(doc, subject, true, &f->parties);
	for (uint32_t c = ch_reg_tok(doc, f->verb)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling) {
		static const char *const preps[] = {"with", "between", "by", "among"};

		for (size_t k = 0; k < sizeof preps / sizeof *preps; k++)
			if ((ch_deprel_is(ch_reg_tok(doc, c)->deprel, CH_DEP_OBL) ||
			     ch_deprel_is(ch_reg_tok(doc, c)->deprel, CH_DEP_NMOD)) &&
			    ch_tree_has_case(doc, c, ch_str_z(preps[k])))
				add_below(doc, c, k != 0, &f->parties);
	}
	/* "adopted at the summit of the Alliance": nobody else is named, so it is the gathering's. */
	if (f->parties.n)
		return;
	ch_doc_subtree(doc, f->verb, &a, &b);
	for (uint32_t i = a; i < b; i++) {
		uint32_t m = ch_reg_tok(doc, i)->mention;

		if (m != CH_NONE && doc->mentions.v[m].actor_n &&
		    doc->actors.v[doc->mention_actors.v[doc->mentions.v[m].actor_first]].kind == CH_ACTOR_ORG)
			ch_reg_add_mention(doc, m, &f->parties);
	}
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
static struct ch_instrument *told_before(struct ch_doc *doc, const struct found *f, struct ch_str title,
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
		if (f->definite && f->past == f->noun + 1 && f->first == f->noun && ch_str_eq(old->kind, kind))
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

static void one_noun(struct ch_doc *doc, uint32_t i)
{
	const struct ch_token *t = ch_reg_tok(doc, i);
	struct found f = {.noun = i, .verb = CH_NONE};
	struct ch_instrument in = {0}, *old;
	struct ch_str title;
	uint32_t n;

	if (t->upos != CH_UPOS_NOUN && t->upos != CH_UPOS_PROPN)
		return;
	f.kind = ch_reg_run_before(doc, i + 1, REGISTER_WORDS_INSTRUMENT, &n);
	f.strong = f.kind != NULL;
	if (!f.kind)
		f.kind = ch_reg_sense(doc, i, REGISTER_WORDS_NAMED);
	/* The last word of a compound is its head: in "the treaty talks" nothing is signed. */
	if (!f.kind || t->deprel == CH_DEP_COMPOUND || (t->deprel == CH_DEP_FLAT && !capital(doc, i)) ||
	    refused(doc, i) || known_as(doc, i))
		return;
	look(doc, &f);
	if (f.verb != CH_NONE && (ch_reg_negated(doc, f.verb) || !f.status))
		return;
	title = ch_reg_text(doc, f.first, f.past);
	add_sides(doc, &f);
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
		     : !((f.named && capital(doc, f.first)) ||
			 (f.verb != CH_NONE && f.described &&
			  (f.parties.n >= 2 || ch_reg_sense(doc, f.verb, REGISTER_WORDS_SIGNING)))))
		return;
	in.title = display(doc, title);
	in.party_first = doc->event_actors.n;
	in.party_n = f.parties.n;
	for (uint32_t k = 0; k < f.parties.n; k++)
		*CH_PUSH(doc->arena, &doc->event_actors) = f.parties.v[k];
	in.date = ch_reg_date(doc, f.verb != CH_NONE ? f.verb : i);
	in.place = ch_setting_place(doc, f.verb != CH_NONE ? f.verb : i);
	in.status = f.status ? f.status
		    : ch_str_eqz(in.kind, "resolution") || ch_str_eqz(in.kind, "statement") ||
				    ch_str_eqz(in.kind, "communique")
			    ? "adopted"
			    : "signed";
	if (ch_str_eqz(ch_str_z(in.status), "in_force"))
		in.status = "in force";
	in.mention = ch_reg_span(doc, f.first, f.past);
	*CH_PUSH(doc->arena, &doc->instruments) = in;
}

void ch_instrument_find(struct ch_doc *doc)
{
	for (uint32_t k = 0; k < doc->sentences.n; k++)
		if (ch_reg_body(doc, k))
			for (uint32_t i = doc->sentences.v[k].first; i < doc->sentences.v[k].past; i++) {
				uint32_t n = doc->instruments.n;

				one_noun(doc, i);
				/* Order is by mention: a title that reaches back over the one before it is that one's.
				 */
				if (n && doc->instruments.n > n &&
				    doc->instruments.v[n].mention.start < doc->instruments.v[n - 1].mention.end)
					doc->instruments.n = n;
			}
}
