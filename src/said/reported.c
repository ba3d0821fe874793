/* said/reported.c -- clauses that somebody is reported to have said.
 *
 *   X noted that CLAUSE             the clause hangs from the verb (ccomp)
 *   CLAUSE, X told AGENCY.          the verb stands behind or amid what it governs (parataxis, or ccomp again)
 *   As X noted, CLAUSE              the verb hangs from the clause, with "as"
 *   it was reported that CLAUSE     nobody says it
 *
 * What nouns and "according to" report is found in attributed.c.
 * What stands inside quotation marks is left alone: it is no evidence of who quotes it. */
#include "base/utf8.h"
#include "said/said_priv.h"

bool ch_said_punct(const struct ch_said_work *w, uint32_t i)
{
	struct ch_str form = ch_said_form(w, i);
	uint32_t len;

	return form.len && ch_is_punct(ch_utf8_at(form, 0, &len)) &&
	       !ch_is_letter(ch_utf8_before(form, form.len, &len)) &&
	       !ch_is_digit(ch_utf8_before(form, form.len, &len));
}

static bool closes_mark(const struct ch_said_work *w, uint32_t i, const struct ch_said_tokens *t)
{
	uint32_t len, cp = ch_utf8_at(ch_said_form(w, i), 0, &len);

	/* A mark or bracket at the end belongs to the clause where its other half does. */
	if (cp == ')' || cp == ']') {
		for (uint32_t k = i; k-- > t->first;)
			if (ch_said_is(w, k, "(") || ch_said_is(w, k, "["))
				return true;
		return false;
	}
	if (!ch_is_quote(cp))
		return false;
	for (uint32_t lo = 0, hi = w->quotations.q.n; lo < hi;) {
		uint32_t mid = lo + (hi - lo) / 2;
		const struct ch_quotation *q = &w->quotations.q.v[mid];

		if (q->marks.end == ch_said_token(w, i)->span.end)
			return q->marks.start >= ch_said_token(w, t->first)->span.start;
		if (q->marks.end < ch_said_token(w, i)->span.end)
			lo = mid + 1;
		else
			hi = mid;
	}
	return false;
}

/* The clause without what only joins it: "that", a comma, the full stop. False where nothing is left. */
static bool trim(const struct ch_said_work *w, struct ch_said_tokens *t)
{
	while (t->past > t->first && ch_said_punct(w, t->past - 1) && !closes_mark(w, t->past - 1, t))
		t->past--;
	while (t->first < t->past) {
		uint32_t i = t->first;
		uint32_t len, cp = ch_utf8_at(ch_said_form(w, i), 0, &len);
		/* Before a verb it is a pronoun, whatever the tree says of the clause behind. */
		bool joins = ch_said_is(w, i, "that") &&
			     (ch_said_token(w, i)->deprel == CH_DEP_MARK ||
			      (ch_said_token(w, i)->xpos == CH_XPOS_WDT && i + 1 < t->past &&
			       !ch_said_finite(w, i + 1, i + 2)));

		if (!joins && !(ch_said_punct(w, i) && !ch_is_quote(cp) && cp != '(' && cp != '$' && cp != 0x20AC &&
				cp != 0xA3 && cp != '['))
			break;
		t->first++;
	}
	return t->past >= t->first + 2;
}

static struct ch_span span_of(const struct ch_said_work *w, struct ch_said_tokens t)
{
	return (struct ch_span){ch_said_token(w, t.first)->span.start, ch_said_token(w, t.past - 1)->span.end};
}

/* The greater part of it stands between quotation marks that are speech already. */
static bool quoted_already(const struct ch_said_work *w, struct ch_said_tokens t)
{
	uint32_t n = 0, words = 0;

	for (uint32_t i = t.first; i < t.past; i++) {
		if (ch_said_punct(w, i))
			continue;
		words++;
		n += w->quoted[i] != 0;
	}
	/* A weak quotation inside a longer clause yields to it (said.c); it does not stop it. */
	return words == 0 || 4 * n > 3 * words;
}

void ch_said_report(struct ch_said_work *w, struct ch_said_tokens content, struct ch_span cue, uint32_t subject,
		    struct ch_span source, uint32_t sentence, enum ch_link link)
{
	if (!trim(w, &content) || quoted_already(w, content))
		return;
	*CH_PUSH(w->doc->arena, &w->found) = (struct ch_utterance){
		.content = span_of(w, content),
		.cue = cue,
		.source = source,
		.subject = subject,
		.sentence = sentence,
		.link = link,
	};
}

static const uint8_t expletives[] = {CH_DEP_EXPL, CH_DEP_ROOT};

bool ch_said_first_person(const struct ch_said_work *w, uint32_t i)
{
	return ch_said_is(w, i, "i") || ch_said_is(w, i, "we") || ch_said_is(w, i, "you") || ch_said_is(w, i, "one");
}

bool ch_said_no_one(const struct ch_said_work *w, uint32_t i)
{
	return ch_said_is(w, i, "nobody") || ch_said_is(w, i, "nothing") || ch_said_is(w, i, "none") ||
	       ch_said_is(w, i, "neither") || ch_said_is(w, i, "no") || ch_said_is(w, i, "little");
}

/* "should be noted", "can be said", "to stress": no report that somebody did. */
bool ch_said_unreal(const struct ch_said_work *w, uint32_t verb)
{
	bool passive = ch_said_passive(w, verb) || ch_said_child(w, verb, expletives) != CH_NONE;

	for (uint32_t c = ch_said_token(w, verb)->first_child; c != CH_NONE; c = ch_said_token(w, c)->next_sibling) {
		const struct ch_token *t = ch_said_token(w, c);

		if (t->xpos == CH_XPOS_MD &&
		    (passive || ch_said_is(w, c, "must") || ch_said_is(w, c, "should") || ch_said_is(w, c, "can") ||
		     ch_said_is(w, c, "could") || ch_said_is(w, c, "may") || ch_said_is(w, c, "might")))
			return true;
		/* "went on to say" did say; "wants to say" did not. */
		if (t->deprel == CH_DEP_MARK && ch_said_is(w, c, "to")) {
			uint32_t head = ch_said_token(w, verb)->head;

			return head == CH_NONE || !(ch_said_is(w, head, "went") || ch_said_is(w, head, "continued") ||
						    ch_said_is(w, head, "goes") || ch_said_is(w, head, "continues"));
		}
	}
	return false;
}

/* The verb and the "that" beside it. */
static struct ch_span cue_of(const struct ch_said_work *w, uint32_t verb, uint32_t last)
{
	uint32_t past = w->doc->sentences.v[ch_said_token(w, verb)->sentence].past;

	if (last + 1 < past && ch_said_is(w, last + 1, "that") && ch_said_token(w, last + 1)->upos != CH_UPOS_DET)
		last++;
	return (struct ch_span){ch_said_token(w, verb)->span.start, ch_said_token(w, last)->span.end};
}

/* Who says it where the verb is passive: an agent, the speaker of the sentence before, or nobody. */
static enum ch_link passive_link(const struct ch_said_work *w, uint32_t verb, uint32_t hit, uint32_t *subject)
{
	*subject = ch_said_agent(w, verb);
	if (*subject != CH_NONE)
		return CH_LINK_OWN;
	return hit & CH_CUE_RESTATE ? CH_LINK_CARRIED : CH_LINK_NOBODY;
}

/* ---- CLAUSE hangs from the verb ---- */

/* Does the subject speak? Papers "show"; minds "believe"; nobody reports what "we must say" or "it shows". */
bool ch_said_may_speak(const struct ch_said_work *w, uint32_t hit, uint32_t subject)
{
	uint32_t last;

	if (subject == CH_NONE)
		return true;
	if (ch_said_first_person(w, subject) || ch_said_no_one(w, subject))
		return false;
	if (hit & (CH_CUE_SAY | CH_CUE_TELL | CH_CUE_ASK))
		return !ch_said_is(w, subject, "it") && !ch_said_is(w, subject, "this") &&
		       !ch_said_is(w, subject, "that") && !ch_said_is(w, subject, "fact") &&
		       !ch_said_is(w, subject, "what");
	if (hit & CH_CUE_FIND)
		return ch_said_cue(w, subject, &last) & CH_CUE_PAPER;
	return ch_said_token(w, subject)->upos == CH_UPOS_PROPN || ch_said_token(w, subject)->mention != CH_NONE ||
	       ch_said_token(w, subject)->upos == CH_UPOS_PRON || ch_said_token(w, subject)->upos == CH_UPOS_NOUN;
}

static bool asks(const struct ch_said_work *w, uint32_t clause)
{
	static const uint8_t marks[] = {CH_DEP_MARK, CH_DEP_ROOT};
	uint32_t m = ch_said_child(w, clause, marks);

	return ch_said_is(w, m, "whether") || ch_said_is(w, m, "if");
}

/* "…, adding that CLAUSE": the one who adds is the one who said what stands before, whatever clause the parser hung
 * the participle from; and what is added is no part of that. */
static uint32_t participle_subject(struct ch_said_work *w, uint32_t verb)
{
	const struct ch_sentence *s = &w->doc->sentences.v[ch_said_token(w, verb)->sentence];

	if (verb == s->first || !ch_said_is(w, verb - 1, ",") || ch_said_token(w, verb)->xpos != CH_XPOS_VBG)
		return CH_NONE;
	for (uint32_t at = ch_said_token(w, verb)->head, n = s->past - s->first; n && at != CH_NONE;
	     n--, at = ch_said_token(w, at)->head) {
		uint32_t last, subject;

		if (at < verb && (ch_said_verb(w, at, &last) & (CH_CUE_SAY | CH_CUE_TELL | CH_CUE_ASK))) {
			subject = ch_said_subject(w, at);
			if (subject == CH_NONE || ch_said_passive(w, at))
				continue;
			*CH_PUSH(w->doc->arena, &w->tails) =
				(struct ch_span){ch_said_token(w, verb - 1)->span.start, s->span.end};
			return subject;
		}
	}
	return CH_NONE;
}

static bool has_semicolon(const struct ch_said_work *w, uint32_t first, uint32_t past)
{
	for (uint32_t i = first; i < past; i++)
		if (ch_said_is(w, i, ";"))
			return true;
	return false;
}

static bool from_verb(struct ch_said_work *w, uint32_t verb, uint32_t last, uint32_t hit)
{
	static const uint8_t clauses[] = {CH_DEP_CCOMP, CH_DEP_CSUBJ_PASS, CH_DEP_ROOT};
	uint32_t clause = ch_said_child(w, verb, clauses), subject, expl = ch_said_child(w, verb, expletives);
	uint32_t sentence = ch_said_token(w, verb)->sentence;
	enum ch_link link = CH_LINK_OWN;
	struct ch_span cue = cue_of(w, verb, last);
	struct ch_said_tokens content;

	/* "A happened, and B announced that C": the clause before the verb is not what B announced. Nor does a
	 * statement reach back over a semicolon. */
	if (clause != CH_NONE && clause < verb && expl == CH_NONE) {
		if (ch_said_behind_that(w, last) != CH_NONE)
			clause = ch_said_behind_that(w, last);
		else if (has_semicolon(w, clause, verb))
			return false;
	}
	if (clause == CH_NONE && expl != CH_NONE) {
		static const uint8_t outer[] = {CH_DEP_CSUBJ, CH_DEP_ADVCL, CH_DEP_ROOT};

		clause = ch_said_child(w, verb, outer);
		if (clause != CH_NONE && clause < verb)
			clause = CH_NONE;
	}
	if (clause == CH_NONE)
		clause = ch_said_behind_that(w, last);
	if (clause == CH_NONE && (hit & (CH_CUE_SAY | CH_CUE_TELL)))
		clause = ch_said_behind_time(w, last);
	if (clause == CH_NONE && (hit & CH_CUE_TELL))
		clause = ch_said_behind_addressee(w, verb);
	if (clause == CH_NONE) {
		/* "The minister said: the road is open." */
		static const uint8_t loose[] = {CH_DEP_PARATAXIS, CH_DEP_ROOT};

		clause = ch_said_child(w, verb, loose);
		if ((clause == CH_NONE || clause < last) && (hit & CH_CUE_SAY))
			clause = ch_said_right_behind(w, verb, last);
		if (clause == CH_NONE || clause < last || !(hit & (CH_CUE_SAY | CH_CUE_TELL)))
			return false;
	}
	if (!ch_said_clause(w, clause) || w->quoted[verb])
		return false;
	if (asks(w, clause) && !(hit & CH_CUE_ASK))
		return false;
	if (ch_said_negated(w, verb) || ch_said_unreal(w, verb))
		return false;
	/* "Asked whether he would resign, Toman said …": he was asked. */
	if (expl == CH_NONE && ch_said_token(w, verb)->deprel != CH_DEP_ROOT &&
	    ((ch_said_token(w, verb)->deprel == CH_DEP_ADVCL && ch_said_token(w, verb)->xpos == CH_XPOS_VBN) ||
	     verb == w->doc->sentences.v[sentence].first) && ch_said_token(w, verb)->xpos != CH_XPOS_VBG)
		return false;
	subject = participle_subject(w, verb);
	if (subject == CH_NONE)
		subject = ch_said_subject(w, verb);
	if (ch_said_passive(w, verb)) {
		bool it = expl != CH_NONE || subject == CH_NONE || ch_said_is(w, subject, "it") ||
			  ch_said_above(w, clause, subject);

		if (!it)
			return false; /* "the minister was told that": he heard it */
		link = passive_link(w, verb, hit, &subject);
		if (expl == CH_NONE)
			expl = ch_said_child(w, verb, (const uint8_t[]){CH_DEP_NSUBJ_PASS, CH_DEP_NSUBJ, CH_DEP_ROOT});
		if (expl != CH_NONE && expl < verb && ch_said_is(w, expl, "it"))
			cue.start = ch_said_token(w, expl)->span.start;
	} else if (!ch_said_may_speak(w, hit, subject)) {
		return false;
	} else if (subject == CH_NONE) {
		if (ch_said_token(w, verb)->deprel == CH_DEP_AMOD)
			return false;
		link = CH_LINK_NOBODY;
	}
	content = ch_said_clause_beside(w, clause, verb, last);
	/* "warns that any ship found inside will be stopped", where the parser took "found" for the clause. */
	if (last + 2 < content.first && ch_said_is(w, last + 1, "that") &&
	    ch_said_token(w, last + 1)->upos == CH_UPOS_SCONJ && content.first < last + 1 + CH_SAID_TAIL_MAX)
		content.first = last + 1;
	/* What stands between the verb and its "that" is not said but tells when or to whom. */
	for (uint32_t i = last + 1; i < clause && i < content.past; i++)
		if (ch_said_is(w, i, "that") && ch_said_token(w, i)->deprel == CH_DEP_MARK &&
		    ch_said_token(w, i)->head == clause && content.first < i)
			content.first = i;
	if (clause > verb)
		ch_said_cut_deed(w, verb, clause, &content);
	ch_said_add_more(w, &content);
	ch_said_report(w, content, cue, subject, (struct ch_span){0, 0}, sentence, link);
	return true;
}

/* ---- the verb hangs from CLAUSE ---- */

static bool has_mark(const struct ch_said_work *w, uint32_t verb, const char *form)
{
	for (uint32_t c = ch_said_token(w, verb)->first_child; c != CH_NONE; c = ch_said_token(w, c)->next_sibling) {
		uint8_t rel = ch_said_token(w, c)->deprel;

		if (c < verb && (rel == CH_DEP_MARK || rel == CH_DEP_ADVMOD || rel == CH_DEP_CASE) &&
		    ch_said_is(w, c, form))
			return true;
	}
	return false;
}

/* "The king packed, officials said, and stayed only later.": what is joined by "and" behind the attribution is told by
 * the page, if what stands before it is a clause already. */
static bool goes_on_alone(const struct ch_said_work *w, uint32_t first, uint32_t out_first, uint32_t out_past,
			  uint32_t past)
{
	while (out_past < past && ch_said_punct(w, out_past))
		out_past++;
	return out_past < past && ch_said_token(w, out_past)->upos == CH_UPOS_CCONJ &&
	       ch_said_finite(w, first, out_first) && ch_said_finite(w, out_past, past);
}

/* "The tax will go, officials said, ending a long dispute.": a participle behind a whole clause is the page's. */
static bool trails(const struct ch_said_work *w, uint32_t first, uint32_t out_first, uint32_t out_past, uint32_t past)
{
	while (out_past < past && ch_said_punct(w, out_past))
		out_past++;
	return out_past < past && ch_said_token(w, out_past)->xpos == CH_XPOS_VBG &&
	       ch_said_finite(w, first, out_first) && !ch_said_finite(w, out_past, past);
}

/* What is left of the host clause beside the piece [out.first, out.past) that is taken out of it: the part behind,
 * where the piece opens the sentence; the part before, where it closes it; else both, in one span. */
struct ch_said_tokens ch_said_host_without(const struct ch_said_work *w, uint32_t host, struct ch_said_tokens out)
{
	const struct ch_sentence *s = &w->doc->sentences.v[ch_said_token(w, host)->sentence];
	struct ch_said_tokens t;
	uint32_t before = 0, behind = 0;

	ch_doc_subtree(w->doc, host, &t.first, &t.past);
	if (t.past > s->past)
		t.past = s->past;
	for (uint32_t i = t.first; i < out.first; i++)
		before += !ch_said_punct(w, i);
	for (uint32_t i = out.past; i < t.past; i++)
		behind += !ch_said_punct(w, i);
	if (behind && before <= 2)
		t.first = out.past;
	else if (!behind || goes_on_alone(w, t.first, out.first, out.past, t.past) ||
		 trails(w, t.first, out.first, out.past, t.past))
		t.past = out.first;
	return t;
}

static bool as_he_said(struct ch_said_work *w, uint32_t verb, uint32_t last, uint32_t hit)
{
	uint32_t host = ch_said_token(w, verb)->head, subject;
	struct ch_said_tokens piece;
	enum ch_link link = CH_LINK_OWN;

	if (ch_said_token(w, verb)->deprel != CH_DEP_ADVCL || host == CH_NONE || !has_mark(w, verb, "as") ||
	    w->quoted[verb])
		return false;
	if (!((hit & (CH_CUE_SAY | CH_CUE_TELL | CH_CUE_THINK)) || ch_said_is(w, last, "it")) ||
	    ch_said_negated(w, verb) || !ch_said_clause(w, host))
		return false;
	ch_doc_subtree(w->doc, verb, &piece.first, &piece.past);
	if (host > piece.first && host < piece.past)
		return false;
	subject = ch_said_child(w, verb, (const uint8_t[]){CH_DEP_NSUBJ, CH_DEP_ROOT});
	if (subject == CH_NONE) {
		if (!ch_said_passive(w, verb) && ch_said_token(w, verb)->xpos != CH_XPOS_VBN)
			return false;
		/* "as agreed", "as already noted": no report unless somebody is named. */
		subject = ch_said_agent(w, verb);
		if (subject == CH_NONE)
			return false;
	} else if (ch_said_first_person(w, subject)) {
		return false;
	}
	ch_said_report(w, ch_said_host_without(w, host, piece), cue_of(w, verb, last), subject, (struct ch_span){0, 0},
		       ch_said_token(w, verb)->sentence, link);
	return true;
}

/* "CLAUSE, AGENCY reports." is the page telling where it has its text from, unless it is about the agency. */
static bool is_credit(const struct ch_said_work *w, uint32_t verb, uint32_t subject, uint32_t hit)
{
	struct ch_str name, outlet = w->doc->meta.outlet;
	uint32_t len;

	if (subject == CH_NONE)
		return false;
	name = ch_said_form(w, subject);
	if (outlet.len && ch_str_ieq(name, outlet))
		return true;
	/* One name in capitals and the bare verb: whoever has more to tell of the source names it in full. */
	return (hit & CH_CUE_CREDIT) && ch_said_token(w, verb)->xpos != CH_XPOS_VBD && subject + 1 == verb &&
	       ch_is_upper(ch_utf8_at(name, 0, &len)) && subject > 0 && ch_said_is(w, subject - 1, ",");
}

bool ch_said_finite(const struct ch_said_work *w, uint32_t first, uint32_t past)
{
	for (uint32_t i = first; i < past; i++) {
		uint8_t x = ch_said_token(w, i)->xpos;

		if (x == CH_XPOS_VBD || x == CH_XPOS_VBZ || x == CH_XPOS_VBP || x == CH_XPOS_MD)
			return true;
	}
	return false;
}

static bool relative_ends_at(const struct ch_said_work *w, uint32_t noun, uint32_t comma)
{
	uint32_t c = ch_said_child(w, noun, (const uint8_t[]){CH_DEP_ACL_RELCL, CH_DEP_ROOT}), a, b;

	if (c == CH_NONE)
		return false;
	ch_doc_subtree(w->doc, c, &a, &b);
	return b == comma || b == comma + 1;
}

/* The comma that parts a clause from an attribution behind it: "…, political scientist Azer Garayev told Trend." or
 * "…, reported the news site." CH_NONE where the verb does not close its sentence so. *subject is the last noun. */
static uint32_t tail_comma(const struct ch_said_work *w, uint32_t verb, uint32_t last, uint32_t *subject)
{
	const struct ch_sentence *s = &w->doc->sentences.v[ch_said_token(w, verb)->sentence];
	uint32_t comma = CH_NONE, past = s->past;

	while (past > last + 1 && ch_said_punct(w, past - 1))
		past--;
	if (past > last + 1 + CH_SAID_TAIL_MAX)
		return CH_NONE;
	for (uint32_t i = last + 1; i < past; i++)
		if (ch_said_is(w, i, "that") || (ch_said_punct(w, i) && !ch_said_hyphen(w, i)))
			return CH_NONE;
	if (verb > s->first &&
	    (ch_said_is(w, verb - 1, ",") || ch_said_is(w, verb - 1, "-") || ch_said_is(w, verb - 1, "–"))) {
		/* "N. N., who was there on Monday, said the road was open": what is said stands behind. */
		if (ch_said_finite(w, last + 1, past))
			return CH_NONE;
		/* "…, N. N., a professor there, told the paper." -- the comma closes an apposition, the name is further
		 * left. */
		uint32_t own = ch_said_subject(w, verb);

		/* "France, which had asked for his release, deplored his death.": nothing closes here. */
		if (own != CH_NONE && own < verb && relative_ends_at(w, own, verb - 1))
			return CH_NONE;
		if (own != CH_NONE && own < verb && !ch_said_finite(w, own, verb)) {
			*subject = own;
			for (uint32_t i = own; i-- > s->first;)
				if (ch_said_is(w, i, ","))
					return i;
			return CH_NONE;
		}
		/* "…, reported the news site." -- but nobody "told the paper" in that order. */
		if (ch_said_cue(w, verb, &past) & CH_CUE_TELL)
			return CH_NONE;
		past = s->past;
		while (past > last + 1 && ch_said_punct(w, past - 1))
			past--;
		*subject = ch_said_noun_behind(w, last + 1, past);
		return *subject == CH_NONE ? CH_NONE : verb - 1;
	}
	*subject = ch_said_noun_before(w, s->first, verb);
	if (*subject == CH_NONE || ch_said_finite(w, last + 1, past))
		return CH_NONE;
	/* "diplomats in Washington cautioned": the tree knows which noun it is, if no comma parts the two. */
	for (uint32_t own = ch_said_subject(w, verb), i = *subject; own != CH_NONE && own >= s->first && i > own;)
		if (ch_said_is(w, --i, ","))
			break;
		else if (i == own)
			*subject = own;
	/* Back over the noun phrase; one comma pair inside it is an apposition ("Ali Aliyev, the minister, said"). */
	for (uint32_t i = *subject; i-- > s->first;) {
		if (ch_said_is(w, i, ",")) {
			comma = i;
			break;
		}
		if (ch_said_finite(w, i, i + 1) || ch_said_is(w, i, "that") || ch_said_is(w, i, "when") ||
		    ch_said_is(w, i, "if"))
			return CH_NONE;
	}
	return comma;
}

static bool begins_subordinate(const struct ch_said_work *w, uint32_t i)
{
	static const char *const words[] = {"when",    "while", "after", "before", "if",    "although", "though",
					    "because", "since", "as",    "once",   "until", "whereas",  "unless"};

	for (size_t k = 0; k < sizeof words / sizeof *words; k++)
		if (ch_said_is(w, i, words[k]))
			return true;
	return false;
}

/* Is there a clause before the comma that does not modify the verb? In "When he came, …" there is none. */
static bool own_clause(const struct ch_said_work *w, uint32_t verb, uint32_t comma)
{
	const struct ch_sentence *s = &w->doc->sentences.v[ch_said_token(w, verb)->sentence];

	for (uint32_t i = s->first; i < comma; i++) {
		uint32_t at = i, n = s->past - s->first;
		uint8_t rel = CH_DEP_ROOT;

		if (!ch_said_clause(w, i))
			continue;
		while (at != CH_NONE && at != verb && n--) {
			rel = ch_said_token(w, at)->deprel;
			at = ch_said_token(w, at)->head;
		}
		/* What has a copula is no oblique ("His party was behind him, he added."). */
		if (at != verb || (rel != CH_DEP_ADVCL && rel != CH_DEP_OBL && rel != CH_DEP_CONJ) ||
		    (rel == CH_DEP_OBL && ch_said_token(w, i)->head == verb &&
		     ch_said_child(w, i, (const uint8_t[]){CH_DEP_COP, CH_DEP_ROOT}) != CH_NONE))
			return true;
	}
	return false;
}

/* "If they attack, we will answer, X predicted.": a comma parts the clause from the one it leads to. */
static bool main_clause_behind(const struct ch_said_work *w, struct ch_said_tokens t)
{
	for (uint32_t i = t.first; i < t.past; i++)
		if (ch_said_is(w, i, ","))
			return ch_said_finite(w, t.first, i) && ch_said_finite(w, i, t.past);
	return false;
}

static bool closing(struct ch_said_work *w, uint32_t verb, uint32_t last, uint32_t hit)
{
	const struct ch_sentence *s = &w->doc->sentences.v[ch_said_token(w, verb)->sentence];
	uint32_t subject, comma, root;
	struct ch_said_tokens content;

	if (!(hit & (CH_CUE_SAY | CH_CUE_TELL | CH_CUE_THINK | CH_CUE_CREDIT)) || w->quoted[verb])
		return false;
	comma = tail_comma(w, verb, last, &subject);
	if (comma == CH_NONE || comma <= s->first + 1)
		return false;
	content = (struct ch_said_tokens){s->first, comma};
	if (!ch_said_finite(w, content.first, content.past))
		return false;
	/* The words before the comma must be a clause of their own: "When he came, Macron told reporters" is none. */
	root = ch_said_token(w, verb)->head;
	if (begins_subordinate(w, content.first) && !main_clause_behind(w, content) &&
	    !(root != CH_NONE && root < comma && ch_said_token(w, root)->deprel == CH_DEP_ROOT))
		return false;
	if (!own_clause(w, verb, comma))
		return false;
	/* "came, met Macron and told him" is one thing after another; a comma alone before the verb joins no verbs. */
	if ((ch_said_token(w, verb)->deprel == CH_DEP_CONJ &&
	     (comma + 1 != verb || ch_said_child(w, verb, (const uint8_t[]){CH_DEP_CC, CH_DEP_ROOT}) != CH_NONE)) ||
	    ch_said_token(w, verb)->deprel == CH_DEP_ACL_RELCL ||
	    (ch_said_token(w, verb)->deprel == CH_DEP_ACL && ch_said_token(w, verb)->xpos == CH_XPOS_VBN) ||
	    ch_said_first_person(w, subject) || ch_said_no_one(w, subject))
		return false;
	if (ch_said_passive(w, verb))
		return false;
	*CH_PUSH(w->doc->arena, &w->tails) = (struct ch_span){ch_said_token(w, comma)->span.start, s->span.end};
	if (is_credit(w, verb, subject, hit))
		return true; /* taken, and nothing told */
	ch_said_report(w, content,
		       (struct ch_span){ch_said_token(w, verb)->span.start, ch_said_token(w, last)->span.end}, subject,
		       (struct ch_span){0, 0}, ch_said_token(w, verb)->sentence, CH_LINK_OWN);
	return true;
}

/* "The deal, he said, is dead." */
static bool amid(struct ch_said_work *w, uint32_t verb, uint32_t last, uint32_t hit)
{
	uint32_t host = ch_said_token(w, verb)->head, subject;
	struct ch_said_tokens piece;

	if (ch_said_token(w, verb)->deprel != CH_DEP_PARATAXIS || host == CH_NONE || w->quoted[verb] ||
	    !(hit & (CH_CUE_SAY | CH_CUE_TELL | CH_CUE_THINK)))
		return false;
	subject = ch_said_child(w, verb, (const uint8_t[]){CH_DEP_NSUBJ, CH_DEP_ROOT});
	if (subject == CH_NONE || ch_said_first_person(w, subject) || !ch_said_clause(w, host) ||
	    ch_said_passive(w, verb))
		return false;
	ch_doc_subtree(w->doc, verb, &piece.first, &piece.past);
	if (host >= piece.first && host < piece.past)
		return false;
	if (host > piece.past || (host < verb && has_semicolon(w, host, verb)))
		return false;
	if (is_credit(w, verb, subject, hit))
		return true;
	ch_said_report(w, ch_said_host_without(w, host, piece),
		       (struct ch_span){ch_said_token(w, verb)->span.start, ch_said_token(w, last)->span.end}, subject,
		       (struct ch_span){0, 0}, ch_said_token(w, verb)->sentence, CH_LINK_OWN);
	return true;
}

/* The same by its commas, where the parser took the verb for the head: "The talks, the minister said, were open." */
static bool between_commas(struct ch_said_work *w, uint32_t verb, uint32_t last, uint32_t hit)
{
	const struct ch_sentence *s = &w->doc->sentences.v[ch_said_token(w, verb)->sentence];
	uint32_t subject = ch_said_subject(w, verb), comma, past;
	uint8_t xpos = ch_said_token(w, verb)->xpos;

	if (!(hit & (CH_CUE_SAY | CH_CUE_THINK)) || w->quoted[verb] || last + 2 >= s->past ||
	    !ch_said_is(w, last + 1, ",") || (xpos != CH_XPOS_VBD && xpos != CH_XPOS_VBZ && xpos != CH_XPOS_VBP))
		return false;
	if (ch_said_token(w, verb)->deprel == CH_DEP_CONJ || ch_said_token(w, verb)->deprel == CH_DEP_ACL_RELCL ||
	    ch_said_passive(w, verb))
		return false;
	if (subject == CH_NONE || subject > verb || ch_said_first_person(w, subject) || has_mark(w, verb, "as"))
		return false;
	for (comma = subject; comma > s->first && !ch_said_is(w, comma - 1, ",");) {
		comma--;
		if (subject - comma > CH_SAID_TAIL_MAX || ch_said_finite(w, comma, comma + 1))
			return false;
	}
	if (comma <= s->first + 1 || !ch_said_finite(w, last + 2, s->past))
		return false;
	for (uint32_t i = comma; i < subject; i++)
		if (ch_said_punct(w, i) || w->quoted[i])
			return false;
	past = goes_on_alone(w, s->first, comma, last + 1, s->past) || trails(w, s->first, comma, last + 1, s->past)
		       ? comma
		       : s->past;
	ch_said_report(w, (struct ch_said_tokens){s->first, past},
		       (struct ch_span){ch_said_token(w, verb)->span.start, ch_said_token(w, last)->span.end}, subject,
		       (struct ch_span){0, 0}, ch_said_token(w, verb)->sentence, CH_LINK_OWN);
	return true;
}

/* ---- no tree: X VERB that CLAUSE ---- */

static void by_words(struct ch_said_work *w, uint32_t verb, uint32_t last, uint32_t hit)
{
	const struct ch_sentence *s = &w->doc->sentences.v[ch_said_token(w, verb)->sentence];
	uint32_t subject, that = last + 1;

	if ((hit & CH_CUE_TELL) && that + 1 < s->past && !ch_said_is(w, that, "that"))
		that++;
	if (!(hit & CH_CUE_OVER_CLAUSE) || !ch_said_is(w, that, "that") || that + 3 > s->past || w->quoted[verb])
		return;
	subject = ch_said_noun_before(w, s->first, verb);
	if (subject == CH_NONE || ch_said_first_person(w, subject) || ch_said_is(w, subject, "it"))
		return;
	ch_said_report(w, (struct ch_said_tokens){that + 1, s->past}, cue_of(w, verb, last), subject,
		       (struct ch_span){0, 0}, ch_said_token(w, verb)->sentence, CH_LINK_OWN);
}

static void in_sentence(struct ch_said_work *w, uint32_t sentence)
{
	const struct ch_sentence *s = &w->doc->sentences.v[sentence];

	ch_said_by_label(w, sentence);
	for (uint32_t i = s->first; i < s->past; i++) {
		uint32_t last, hit, before = w->found.n;

		if (w->quoted[i])
			continue;
		if (ch_said_is(w, i, "according")) {
			ch_said_according_to(w, i);
			continue;
		}
		hit = ch_said_verb(w, i, &last);
		/* "…, the news agency reports." */
		if (!hit && s->root != CH_NONE && i > s->first + 2 && i + 2 >= s->past &&
		    ch_said_token(w, i)->xpos == CH_XPOS_NNS && (ch_said_cue(w, i - 1, &last) & CH_CUE_MEDIA))
			hit = ch_said_cue(w, i, &last) & CH_CUE_SAY;
		if (!hit && s->root != CH_NONE && i > s->first + 2 && ch_said_token(w, i - 1)->upos == CH_UPOS_PROPN &&
		    ch_said_is(w, i - 2, ","))
			hit = ch_said_cue(w, i, &last) &
			      CH_CUE_CREDIT; /* ", AGENCY reports": taggers take it for a noun */
		if (hit && s->root == CH_NONE) {
			by_words(w, i, last, hit);
		} else if (hit) {
			if (!closing(w, i, last, hit) && !between_commas(w, i, last, hit) &&
			    !as_he_said(w, i, last, hit) && !((hit & CH_CUE_OVER_CLAUSE) && from_verb(w, i, last, hit)))
				amid(w, i, last, hit);
			if ((hit & CH_CUE_THINK) && !(hit & (CH_CUE_SAY | CH_CUE_TELL | CH_CUE_ASK | CH_CUE_FIND)))
				for (; before < w->found.n; before++)
					w->found.v[before].kind = CH_THOUGHT;
		} else if (s->root != CH_NONE && (ch_said_cue(w, i, &last) & CH_CUE_ATTITUDE) &&
			   ch_said_token(w, i)->upos == CH_UPOS_NOUN) {
			if (!ch_said_from_noun(w, i))
				ch_said_in_view(w, i);
		} else if (s->root != CH_NONE && ch_said_is(w, i, "words")) {
			ch_said_in_view(w, i);
		}
	}
}

void ch_reported_find(struct ch_said_work *w)
{
	const struct ch_doc *doc = w->doc;

	for (uint32_t i = 0; i < doc->sentences.n; i++)
		if (doc->blocks.v[doc->sentences.v[i].block].kind != CH_BLOCK_TITLE)
			in_sentence(w, i);
}
