/* said/occasion.c -- to whom, on what occasion, where and through whom something was said; see told.h.
 *
 *   told reporters in Geneva                          the verb's object, and what hangs from the verb
 *   said in an interview with the Gazette             a noun of an occasion, and what hangs from the noun
 *   Speaking at the congress in Verona, he said       a participle beside the verb
 *   The letter to the king says                       the verb's subject
 *   The queen addressed parliament. … she said.       a sentence before, of the same speaker: the occasion is carried
 *
 * Words are those of lexicon/said/occasions.txt. Phrases are looked at to a fixed depth, so that time is linear. */
#include "said/occasion_words.h"
#include "said/told.h"
#include "text/words.h"

enum {
	CARRY_BLOCKS = 2,        /* paragraphs over which an occasion holds */
	DEPTH_MAX = 4,           /* nouns that hang from each other: "an interview with N. N. of the Gazette" */
	OCCASION_BYTES_MAX = 240,
	CHILDREN_MAX = 64,
};

#define SENSE(name) (1ull << OCCASION_WORDS_##name)

/* What one clause tells. */
struct setting {
	struct ch_span keep_out;     /* the content: none of the setting */
	struct ch_span occasion;
	struct ch_str addressee, party, place, outlet;
};

static uint64_t senses(const struct ch_said_work *w, uint32_t i)
{
	const struct ch_token *t = ch_said_token(w, i);
	const struct ch_word *word = ch_words_find(&occasion_words, t->lemma), *form = ch_words_find(&occasion_words, ch_said_form(w, i));

	return (word ? word->sections : 0) | (form ? form->sections : 0);
}

static bool is_platform(const struct ch_said_work *w, uint32_t i)
{
	return ch_words_cased(&occasion_words, ch_said_form(w, i), OCCASION_WORDS_PLATFORM) != NULL;
}

static bool kept_out(const struct ch_said_work *w, const struct setting *s, uint32_t i)
{
	return ch_said_token(w, i)->span.start < s->keep_out.end && s->keep_out.start < ch_said_token(w, i)->span.end;
}

static uint32_t case_of(const struct ch_said_work *w, uint32_t i)
{
	static const uint8_t rels[] = { CH_DEP_CASE, CH_DEP_ROOT };

	return ch_said_child(w, i, rels);
}

static bool is_oblique(uint8_t rel)
{
	return rel == CH_DEP_OBL || rel == CH_DEP_OBL_AGENT || rel == CH_DEP_NMOD || rel == CH_DEP_OBL_UNMARKED || rel == CH_DEP_NMOD_UNMARKED;
}

static bool in_time(const struct ch_doc *doc, uint32_t token)
{
	uint32_t lo = 0, hi = doc->times.n;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (doc->times.v[mid].past <= token)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < doc->times.n && doc->times.v[lo].first <= token;
}

static const struct ch_mention *mention_at(const struct ch_said_work *w, uint32_t i)
{
	uint32_t m = ch_said_token(w, i)->mention;

	return m == CH_NONE ? NULL : &w->doc->mentions.v[m];
}

static const struct ch_actor *actor_at(const struct ch_said_work *w, uint32_t i)
{
	const struct ch_mention *m = mention_at(w, i);

	return m && m->actor_n ? &w->doc->actors.v[w->doc->mention_actors.v[m->actor_first]] : NULL;
}

/* On one line, with one blank for each run of white space. */
static struct ch_str one_line(struct ch_doc *doc, struct ch_span span)
{
	struct ch_str s = ch_doc_str(doc, span);
	char *out;
	size_t n = 0;

	if (s.len > OCCASION_BYTES_MAX) {
		s.len = OCCASION_BYTES_MAX;
		while (s.len && ((unsigned char)s.ptr[s.len - 1] & 0x80 || s.ptr[s.len - 1] != ' '))
			s.len--;
	}
	s = ch_str_trim(s);
	out = CH_NEW_N(doc->arena, char, s.len + 1);
	for (size_t i = 0; i < s.len; i++) {
		bool blank = s.ptr[i] == ' ' || s.ptr[i] == '\n' || s.ptr[i] == '\t' || s.ptr[i] == '\r';

		if (!blank || out[n - 1] != ' ')
			out[n++] = blank ? ' ' : s.ptr[i];
	}
	return ch_str_n(out, n);
}

/* The words of the phrase at `head`: up to the content or a comma behind the noun, whatever the parser hung below it. */
static struct ch_span phrase_of(const struct ch_said_work *w, uint32_t head, const struct setting *s)
{
	const struct ch_doc *doc = w->doc;
	struct ch_span span = ch_said_phrase(w, head, s->keep_out);
	uint32_t past = ch_doc_token_from(doc, span.end), n = 0;

	for (uint32_t c = ch_said_token(w, head)->first_child; c != CH_NONE && n < CHILDREN_MAX; c = ch_said_token(w, c)->next_sibling, n++) {
		uint32_t a, b;

		if (c < head || !is_oblique(ch_said_token(w, c)->deprel))
			continue;
		ch_doc_subtree(doc, c, &a, &b);
		if (a == past && b > past && ch_said_token(w, a)->span.start < s->keep_out.start) {
			for (past = a; past < b && ch_said_token(w, past)->span.end <= s->keep_out.start && !ch_said_is(w, past, "that"); past++)
				continue;
		}
	}
	for (uint32_t i = head + 1; i < past; i++)
		if (ch_said_is(w, i, ",") || (w->quoted[i] && !w->quoted[head] && ch_str_find(ch_doc_str(doc, span), CH_STR("\xE2\x80\x9D"), 0) == CH_STR_NONE) || ch_said_is(w, i, "that") || ch_said_is(w, i, "which") || ch_said_is(w, i, "where") || ch_said_is(w, i, "who"))
			past = i;
	while (past > head + 1 && ch_said_punct(w, past - 1) && !ch_said_is(w, past - 1, ")"))
		past--;
	span.end = ch_said_token(w, past - 1)->span.end;
	return span;
}

static struct ch_str phrase_text(const struct ch_said_work *w, uint32_t head, const struct setting *s)
{
	struct ch_span span = phrase_of(w, head, s);
	struct ch_str text;

	text = one_line(w->doc, span);
	for (size_t i = 0; i < 3; i++) {
		static const char *const articles[] = { "the ", "a ", "an " };

		if (ch_str_istarts(text, ch_str_z(articles[i])))
			return ch_str_sub(text, strlen(articles[i]), text.len);
	}
	return text;
}

/* ---- to whom, through whom ---- */

/* A paper, a station: who writes for it hands on what he is told. */
static bool is_outlet(const struct ch_said_work *w, uint32_t i)
{
	const struct ch_actor *a = actor_at(w, i);
	uint32_t last;

	if (senses(w, i) & SENSE(AUDIENCE))
		return false;
	if (a)
		return ch_str_eqz(a->sector, "JRN") && a->kind == CH_ACTOR_ORG;
	return ch_said_token(w, i)->upos == CH_UPOS_NOUN && (ch_said_cue(w, i, &last) & CH_CUE_MEDIA) != 0;
}

/* A name that is nobody's the page knows: a paper that no list has, where only a paper can stand. */
static bool is_other_name(const struct ch_said_work *w, uint32_t i)
{
	const struct ch_mention *m = mention_at(w, i);

	return ch_said_token(w, i)->upos == CH_UPOS_PROPN && !(m && (m->actor_n || m->place.len));
}

static bool is_person_name(const struct ch_said_work *w, uint32_t i)
{
	const struct ch_doc *doc = w->doc;
	uint32_t lo = 0, hi = doc->names.n;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (doc->names.v[mid].past <= i)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < doc->names.n && doc->names.v[lo].first <= i && doc->names.v[lo].kind == CH_NAME_PER;
}

static struct ch_str name_at(const struct ch_said_work *w, uint32_t i, const struct setting *s)
{
	const struct ch_actor *a = actor_at(w, i);

	return a ? a->name : phrase_text(w, i, s);
}

static struct ch_str audience_text(const struct ch_said_work *w, uint32_t i)
{
	uint32_t first = i;

	while (first > w->doc->sentences.v[ch_said_token(w, i)->sentence].first && ch_said_token(w, first - 1)->head == i &&
	       (ch_said_token(w, first - 1)->deprel == CH_DEP_AMOD || ch_said_token(w, first - 1)->deprel == CH_DEP_COMPOUND))
		first--;
	return one_line(w->doc, (struct ch_span){ ch_said_token(w, first)->span.start, ch_said_token(w, i)->span.end });
}

static void add_addressee(const struct ch_said_work *w, struct setting *s, uint32_t i)
{
	const struct ch_actor *a = actor_at(w, i);
	struct ch_str name;

	if (kept_out(w, s, i) || s->addressee.len > OCCASION_BYTES_MAX)
		return;
	/* Reporters, parliament: as the page has it, without where they are. */
	name = (senses(w, i) & SENSE(AUDIENCE)) && ch_said_token(w, i)->upos == CH_UPOS_NOUN ? audience_text(w, i) : name_at(w, i, s);
	if (!name.len)
		return;
	s->addressee = s->addressee.len ? ch_arena_printf(w->doc->arena, "%.*s, %.*s", CH_STR_ARG(s->addressee), CH_STR_ARG(name)) : name;
	if (a && !s->party.len && !ch_str_eqz(a->sector, "JRN"))
		s->party = a->party;
}

/* The one spoken to at `i` and those joined to him. `only`: a word that tells nothing of who listens is none ("said to a degree"). */
static void take_addressee(const struct ch_said_work *w, struct setting *s, uint32_t i, bool only)
{
	/* "told us": the page's own outlet, which is no news. */
	if (s->addressee.len || s->outlet.len || kept_out(w, s, i) || in_time(w->doc, i) || ch_said_is(w, i, "us") || ch_said_is(w, i, "me"))
		return;
	/* Whom nobody knows and who is no person is a paper, if he is told something. */
	if (is_outlet(w, i) || (!only && is_other_name(w, i) && !is_person_name(w, i))) {
		s->outlet = name_at(w, i, s);
		return;
	}
	if (only && !actor_at(w, i) && !(senses(w, i) & SENSE(AUDIENCE)) && !is_person_name(w, i))
		return;
	add_addressee(w, s, i);
	for (uint32_t c = ch_said_token(w, i)->first_child; c != CH_NONE; c = ch_said_token(w, c)->next_sibling)
		if (ch_said_token(w, c)->deprel == CH_DEP_CONJ && (actor_at(w, c) || (senses(w, c) & SENSE(AUDIENCE))))
			add_addressee(w, s, c);
}

/* "with N. N.", "with the Gazette", "to CNN's N. N.": the other side of an interview. */
static void take_interviewer(const struct ch_said_work *w, struct setting *s, uint32_t i)
{
	const struct ch_actor *a = actor_at(w, i);

	if (is_outlet(w, i) || (is_other_name(w, i) && !is_person_name(w, i))) {
		if (!s->outlet.len && !kept_out(w, s, i))
			s->outlet = name_at(w, i, s);
		return;
	}
	if (a || is_person_name(w, i) || (senses(w, i) & SENSE(AUDIENCE)))
		take_addressee(w, s, i, false);
	for (uint32_t c = ch_said_token(w, i)->first_child; c != CH_NONE && !s->outlet.len; c = ch_said_token(w, c)->next_sibling)
		if (is_outlet(w, c) && !kept_out(w, s, c))
			s->outlet = name_at(w, c, s);
}

/* ---- where ---- */

static bool is_where(const struct ch_said_work *w, uint32_t prep)
{
	return prep != CH_NONE && (senses(w, prep) & SENSE(WHERE)) != 0;
}

static void take_place(const struct ch_said_work *w, struct setting *s, uint32_t i, uint32_t prep)
{
	const struct ch_mention *m = mention_at(w, i);

	if (!s->place.len && m && m->place.len && (ch_said_is(w, prep, "in") || ch_said_is(w, prep, "at") || ch_said_is(w, prep, "from")))
		s->place = m->place;
}

/* ---- the occasion ---- */

/* What hangs from the noun of an occasion tells to whom, through whom and where; to a fixed depth. */
static void look_below(const struct ch_said_work *w, struct setting *s, uint32_t noun, uint64_t kind, int depth)
{
	uint32_t n = 0;

	for (uint32_t c = ch_said_token(w, noun)->first_child; c != CH_NONE && n < CHILDREN_MAX; c = ch_said_token(w, c)->next_sibling, n++) {
		const struct ch_token *t = ch_said_token(w, c);
		uint32_t prep = case_of(w, c);

		if (kept_out(w, s, c))
			continue;
		if ((kind & SENSE(INTERVIEW)) && (t->deprel == CH_DEP_COMPOUND || t->deprel == CH_DEP_NMOD_POSS || t->deprel == CH_DEP_AMOD)) {
			if (is_outlet(w, c) && !s->outlet.len)
				s->outlet = name_at(w, c, s);
		} else if ((t->deprel == CH_DEP_ACL || t->deprel == CH_DEP_ACL_RELCL) && depth && (senses(w, c) & (SENSE(SAID) | SENSE(SPEAKING)))) {
			look_below(w, s, c, kind, 0);   /* "a letter sent to the king" */
		} else if (is_oblique(t->deprel) && prep != CH_NONE) {
			if ((kind & SENSE(INTERVIEW)) && (ch_said_is(w, prep, "with") || ch_said_is(w, prep, "to") || ch_said_is(w, prep, "for")))
				take_interviewer(w, s, c);
			else if ((kind & (SENSE(LETTER) | SENSE(SPEECH))) && (ch_said_is(w, prep, "to") || ch_said_is(w, prep, "before")))
				take_addressee(w, s, c, true);
			take_place(w, s, c, prep);
			if (depth && t->upos != CH_UPOS_VERB)
				look_below(w, s, c, senses(w, c) & (SENSE(INTERVIEW) | SENSE(LETTER) | SENSE(SPEECH)), depth - 1);
		}
	}
}

static bool take_occasion(const struct ch_said_work *w, struct setting *s, uint32_t noun, bool any)
{
	const struct ch_token *t = ch_said_token(w, noun);
	uint64_t kind = senses(w, noun) & (SENSE(SPEECH) | SENSE(INTERVIEW) | SENSE(LETTER) | SENSE(GATHERING));

	if (kept_out(w, s, noun) || in_time(w->doc, noun) || (t->upos != CH_UPOS_NOUN && t->upos != CH_UPOS_PROPN) || (!kind && !any))
		return false;
	if (s->occasion.end > s->occasion.start)
		return false;
	s->occasion = phrase_of(w, noun, s);
	look_below(w, s, noun, kind, DEPTH_MAX);
	return true;
}

/* "on the sidelines", "at a meeting", "in a letter"; "on the economy" is none, nor is "at night". */
static bool fits_occasion(const struct ch_said_work *w, uint32_t noun, uint32_t prep)
{
	uint64_t kind = senses(w, noun);

	if (ch_said_is(w, prep, "on") && !ch_said_is(w, noun, "sidelines") && !ch_said_is(w, noun, "margins") && !is_platform(w, noun))
		return (kind & SENSE(GATHERING)) && (ch_said_is(w, noun, "visit") || ch_said_is(w, noun, "trip") || ch_said_is(w, noun, "tour"));
	return is_where(w, prep);
}

/* All that hangs from a verb: its object where it is told to somebody, its obliques. `open`: the verb opens a setting, and "at X" is one
 * whatever X is. */
static void look_at_verb(const struct ch_said_work *w, struct setting *s, uint32_t verb, bool open)
{
	uint64_t kind = senses(w, verb);
	uint32_t n = 0;

	for (uint32_t c = ch_said_token(w, verb)->first_child; c != CH_NONE && n < CHILDREN_MAX; c = ch_said_token(w, c)->next_sibling, n++) {
		const struct ch_token *t = ch_said_token(w, c);
		const struct ch_mention *m = mention_at(w, c);
		uint32_t prep = case_of(w, c);

		if (kept_out(w, s, c))
			continue;
		if ((t->deprel == CH_DEP_OBJ || t->deprel == CH_DEP_IOBJ) && prep == CH_NONE) {
			/* "addressing the congress" is an occasion as well as those who hear it; "delivered a speech" an occasion. */
			bool paper = (senses(w, c) & (SENSE(SPEECH) | SENSE(LETTER))) && !actor_at(w, c);

			if (open && (senses(w, c) & (SENSE(GATHERING) | SENSE(SPEECH))) && !(senses(w, c) & SENSE(INTERVIEW)))
				take_occasion(w, s, c, false);
			else if (ch_str_ieq(ch_said_token(w, verb)->lemma, CH_STR("address")) && actor_at(w, c) &&
				 actor_at(w, c)->kind != CH_ACTOR_PERSON && ch_said_token(w, c)->upos == CH_UPOS_PROPN)
				take_occasion(w, s, c, true);
			if (!paper && !(open && (senses(w, c) & SENSE(GATHERING)) && !actor_at(w, c)) && ((kind & SENSE(TOLD)) || t->deprel == CH_DEP_IOBJ))
				take_addressee(w, s, c, false);
			continue;
		}
		if (!is_oblique(t->deprel) || prep == CH_NONE)
			continue;
		if (ch_said_is(w, prep, "to") && (kind & SENSE(SAID))) {
			take_addressee(w, s, c, true);
			if (open && (senses(w, c) & SENSE(GATHERING)))
				take_occasion(w, s, c, false);
			continue;
		}
		if (open && ch_said_is(w, prep, "with"))
			take_interviewer(w, s, c);
		if (open && ch_said_is(w, prep, "by") && ch_str_ieq(ch_said_token(w, verb)->lemma, CH_STR("ask"))) {
			take_addressee(w, s, c, true);
			look_below(w, s, c, 0, 1);
			continue;
		}
		if (is_platform(w, c) && !s->outlet.len) {
			s->outlet = ch_said_form(w, c);
			continue;
		}
		take_place(w, s, c, prep);
		if (fits_occasion(w, c, prep))
			take_occasion(w, s, c, open && ch_said_is(w, prep, "at") && !(m && m->place.len && !m->actor_n));
	}
}

static bool is_participle(uint8_t rel)
{
	return rel == CH_DEP_ADVCL || rel == CH_DEP_ACL || rel == CH_DEP_XCOMP || rel == CH_DEP_PARATAXIS || rel == CH_DEP_CONJ || rel == CH_DEP_CSUBJ;
}

/* The setting that the clause of `verb` tells. */
static void look_at_clause(const struct ch_said_work *w, struct setting *s, uint32_t verb)
{
	uint32_t subject = ch_said_subject(w, verb), n = 0, head = ch_said_token(w, verb)->head;

	look_at_verb(w, s, verb, (senses(w, verb) & SENSE(SPEAKING)) != 0);
	for (uint32_t c = ch_said_token(w, verb)->first_child; c != CH_NONE && n < CHILDREN_MAX; c = ch_said_token(w, c)->next_sibling, n++)
		if (is_participle(ch_said_token(w, c)->deprel) && (senses(w, c) & SENSE(SPEAKING)) && !kept_out(w, s, c))
			look_at_verb(w, s, c, true);
	/* "spoke to reporters and said", "Speaking in Rome, he said …": joined from above. */
	if (head != CH_NONE && is_participle(ch_said_token(w, verb)->deprel) && (senses(w, head) & SENSE(SPEAKING)) && !kept_out(w, s, head))
		look_at_verb(w, s, head, true);
	/* "the letter to the king says" */
	if (subject != CH_NONE && (senses(w, subject) & (SENSE(LETTER) | SENSE(SPEECH))) && !actor_at(w, subject) && !kept_out(w, s, subject))
		look_below(w, s, subject, senses(w, subject), 1);
}

/* ---- statements ---- */

static uint32_t cue_verb(const struct ch_said_work *w, const struct ch_statement *s)
{
	for (uint32_t i = ch_doc_token_from(w->doc, s->cue.start); i < w->doc->tokens.n && ch_said_token(w, i)->span.end <= s->cue.end; i++)
		if (ch_said_token(w, i)->upos == CH_UPOS_VERB && ch_said_has_tree(w, ch_said_token(w, i)->sentence))
			return i;
	return CH_NONE;
}

/* An occasion that a sentence told of somebody. */
struct told {
	uint32_t actor, block;
	struct ch_str occasion, place, outlet;
};

/* Sentences that are no attribution but tell of a speech: by the verb at their root. */
static void narrated(const struct ch_said_work *w, uint32_t sentence, struct told *t)
{
	uint32_t root = w->doc->sentences.v[sentence].root, subject, m;
	struct setting s = { .keep_out = { 0, 0 } };

	if (root == CH_NONE || ch_said_token(w, root)->upos != CH_UPOS_VERB || w->quoted[root])
		return;
	subject = ch_said_subject(w, root);
	m = subject == CH_NONE ? CH_NONE : ch_said_token(w, subject)->mention;
	if (m == CH_NONE || w->doc->mentions.v[m].actor_n != 1)
		return;
	look_at_clause(w, &s, root);
	/* Only a speech is sure to be where he goes on. */
	if (s.occasion.end <= s.occasion.start)
		return;
	*t = (struct told){ w->doc->mention_actors.v[w->doc->mentions.v[m].actor_first], w->doc->sentences.v[sentence].block,
			    one_line(w->doc, s.occasion), s.place, s.outlet };
}

static uint32_t block_at(const struct ch_doc *doc, uint32_t offset, uint32_t otherwise)
{
	uint32_t s = ch_doc_sentence_at(doc, offset);

	return s == CH_NONE ? otherwise : doc->sentences.v[s].block;
}

static bool same_speaker(const struct ch_statement *a, const struct ch_statement *b)
{
	return a->speaker.len && (a->actor != CH_NONE ? a->actor == b->actor : ch_str_eq(a->speaker, b->speaker));
}

static void own_setting(const struct ch_said_work *w, struct ch_statement *st)
{
	struct setting s = { .keep_out = st->content };
	uint32_t verb = cue_verb(w, st);

	if (verb == CH_NONE)
		return;
	look_at_clause(w, &s, verb);
	st->addressee = s.addressee;
	st->addressee_party = s.party;
	st->place = s.place;
	st->outlet = s.outlet;
	if (s.occasion.end > s.occasion.start) {
		st->occasion = one_line(w->doc, s.occasion);
		st->occasion_basis = "said";
	}
}

/* A piece of a quotation without a cue of its own is said in the same breath as the piece before it. */
static bool same_breath(const struct ch_statement *a, const struct ch_statement *b)
{
	return same_speaker(a, b) && (b->cue.end == b->cue.start || b->cue.start == a->cue.start);
}

/* Nothing is told of where this one was said: who turns to somebody else or to a paper may have left the room. */
static bool unset(const struct ch_statement *s)
{
	return !s->occasion.len && !s->addressee.len && !s->place.len && !s->outlet.len;
}

static void carry(struct ch_statement *to, struct ch_str occasion, struct ch_str place, struct ch_str outlet)
{
	to->occasion = occasion;
	to->occasion_basis = "carried";
	if (!to->place.len)
		to->place = place;
	if (!to->outlet.len)
		to->outlet = outlet;
}

void ch_said_occasions(struct ch_said_work *w)
{
	struct ch_doc *doc = w->doc;
	const struct ch_statement *before = NULL;   /* the last that was no part of another */
	struct told told = { .actor = CH_NONE };
	uint32_t sentence = 0, before_block = 0, outer_end = 0;

	for (uint32_t i = 0; i < doc->statements.n; i++) {
		struct ch_statement *s = &doc->statements.v[i];
		uint32_t block = block_at(doc, s->content.start, before_block), until = ch_doc_sentence_at(doc, s->content.start);

		for (; until != CH_NONE && sentence <= until; sentence++)
			narrated(w, sentence, &told);
		own_setting(w, s);
		if (before && same_breath(before, s) && block <= before_block + CARRY_BLOCKS) {
			if (!s->addressee.len) {
				s->addressee = before->addressee;
				s->addressee_party = before->addressee_party;
			}
			if (!s->occasion.len && before->occasion.len)
				carry(s, before->occasion, before->place, before->outlet);
		} else if (before && unset(s) && same_speaker(before, s) && before->occasion.len && block <= before_block + CARRY_BLOCKS) {
			carry(s, before->occasion, before->place, before->outlet);
		}
		if (unset(s) && told.actor != CH_NONE && told.actor == s->actor && block <= told.block + CARRY_BLOCKS)
			carry(s, told.occasion, told.place, told.outlet);
		/* Who speaks in between ends it. */
		if (told.actor != CH_NONE && s->speaker.len && s->actor != told.actor && s->content.start >= outer_end)
			told.actor = CH_NONE;
		if (s->content.start >= outer_end) {
			before = s;
			before_block = block_at(doc, s->content.end - 1, block);
			outer_end = s->content.end;
		}
	}
}
