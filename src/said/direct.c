/* said/direct.c -- which quotations are speech, and the words around them that say whose.
 *
 *   … the head of state stated: “A.”        before: the verb stands between the sentence's start and the mark
 *   “A,” the President said. “B.”           behind: joined by the comma; B is a piece of the same attribution
 *   … under the motto “Peace for All”       a name: no speech
 *   … a “very fruitful” meeting             a word or two of somebody's: no speech unless a verb of saying governs it
 */
#include "base/utf8.h"
#include "said/said_priv.h"

/* Tokens that are searched for the verb on either side: a speaker with his offices seldom takes more. */
#define REACH_MAX 40
/* Words that a quotation inside a clause must have to be speech of its own. */
#define PARTIAL_WORDS_MIN 6
/* The same behind "as": condemned it as “a breach of all our treaties”. */
#define JUDGEMENT_WORDS_MIN 4

/* What stands between one pair of marks, as counted once. */
struct content {
	const struct ch_quotation *q;
	uint32_t first, past;     /* tokens between the marks */
	uint32_t open, behind;    /* first token at the opening mark or behind it; first behind the closing mark */
	uint32_t words, capitals; /* words with a letter; those of four letters or more that begin with a capital */
	uint32_t long_words;
	bool verb;            /* a finite verb, or no tree to tell */
	bool sentences;       /* more than one sentence, or more than one paragraph */
	bool upper;           /* begins with a capital, a digit or a mark */
	uint32_t last_cp;     /* its last character */
	bool begins_sentence; /* the opening mark begins a sentence or a paragraph */
};

struct attribution {
	uint32_t verb, verb_last; /* CH_NONE: by a colon alone */
	uint32_t subject;
	uint32_t colon; /* that colon; else CH_NONE */
};

static bool is_finite(const struct ch_token *t)
{
	return t->xpos == CH_XPOS_VBD || t->xpos == CH_XPOS_VBZ || t->xpos == CH_XPOS_VBP || t->xpos == CH_XPOS_MD ||
	       (t->upos == CH_UPOS_VERB && t->xpos == CH_XPOS_VB);
}

static struct content look(const struct ch_said_work *w, const struct ch_quotation *q)
{
	const struct ch_doc *doc = w->doc;
	struct content c = {.q = q};
	uint32_t len, sentence = CH_NONE, before;

	c.first = ch_doc_token_from(doc, q->content.start);
	c.past = ch_doc_token_from(doc, q->content.end);
	c.open = ch_doc_token_from(doc, q->marks.start);
	c.behind = ch_doc_token_from(doc, q->marks.end);
	c.sentences = q->block_first != q->block_last;
	for (uint32_t i = c.first; i < c.past; i++) {
		const struct ch_token *t = ch_said_token(w, i);
		struct ch_str form = ch_said_form(w, i);
		uint32_t cp = form.len ? ch_utf8_at(form, 0, &len) : 0;

		if (!ch_is_letter(cp) && !ch_is_digit(cp))
			continue;
		/* A sentence begins where words follow its bound; a mark or a full stop left alone is none. */
		if (sentence != CH_NONE && t->sentence != sentence)
			c.sentences = true;
		sentence = t->sentence;
		c.words++;
		if (form.len >= 4) {
			c.long_words++;
			c.capitals += ch_is_upper(cp);
		}
		if (!ch_said_has_tree(w, t->sentence) ? c.words >= PARTIAL_WORDS_MIN : is_finite(t))
			c.verb = true;
	}
	{
		uint32_t cp = ch_utf8_at(doc->text, q->content.start, &len);

		c.upper = ch_is_upper(cp) || ch_is_digit(cp) || ch_is_punct(cp);
		c.last_cp = ch_utf8_before(doc->text, q->content.end, &len);
	}
	before = c.open;
	c.begins_sentence =
		q->marks.start == doc->blocks.v[q->block_first].span.start || before == 0 ||
		(before < doc->tokens.n && doc->sentences.v[ch_said_token(w, before)->sentence].first == before);
	return c;
}

static bool ends_clause(uint32_t cp)
{
	return cp == ',' || cp == '?' || cp == '!' || cp == 0x2026 || cp == ';' || ch_is_dash(cp);
}

static bool stops(uint32_t cp)
{
	return cp == '.' || cp == '?' || cp == '!' || cp == 0x2026;
}

static bool is_comma(const struct ch_said_work *w, uint32_t i)
{
	return ch_said_is(w, i, ",") || ch_said_is(w, i, "-") || ch_said_is(w, i, "–") || ch_said_is(w, i, "—") ||
	       ch_said_is(w, i, "--");
}

static bool is_mark(const struct ch_said_work *w, uint32_t i)
{
	struct ch_str form = ch_said_form(w, i);
	uint32_t len;

	/* The 's of a genitive begins with one, and is none. */
	return form.len && ch_said_token(w, i)->xpos != CH_XPOS_POS && ch_is_quote(ch_utf8_at(form, 0, &len));
}

/* ---- the attribution behind ---- */

/* Where the words behind the closing mark can still belong to it: the end of their sentence, or the next quotation. */
static uint32_t zone_end(const struct ch_said_work *w, const struct content *c, uint32_t next_open)
{
	const struct ch_doc *doc = w->doc;
	uint32_t past;

	if (c->behind >= doc->tokens.n ||
	    doc->sentences.v[ch_said_token(w, c->behind)->sentence].block != c->q->block_last)
		return c->behind;
	past = doc->sentences.v[ch_said_token(w, c->behind)->sentence].past;
	if (past > next_open)
		past = next_open;
	if (past > c->behind + REACH_MAX)
		past = c->behind + REACH_MAX;
	return past;
}

/* “We agree.” The President said. -- a sentence that holds an attribution and nothing else. */
static bool nothing_but(const struct ch_said_work *w, uint32_t verb_last, uint32_t past)
{
	uint32_t words = 0;

	for (uint32_t i = verb_last + 1; i < past; i++) {
		if (ch_said_is(w, i, "that") || ch_said_is(w, i, ":"))
			return false;
		words++;
	}
	return words <= 3;
}

/* “…,” the website notes. -- taggers take a verb of that shape for a noun; at the end of the zone it is the verb. */
static bool ends_zone_as_verb(const struct ch_said_work *w, uint32_t i, uint32_t first, uint32_t past, uint32_t *last)
{
	struct ch_str stop = i + 1 < past ? ch_said_form(w, i + 1) : CH_STR(".");

	return i > first && (ch_said_cue(w, i, last) & CH_CUE_SAY) && ch_said_token(w, i)->xpos == CH_XPOS_NNS &&
	       (ch_str_eqz(stop, ".") || ch_str_eqz(stop, ":"));
}

/* “…,” the spokesman, N. N., said. -- the noun before the comma, or the one it is apposed to. */
static uint32_t apposed(const struct ch_said_work *w, uint32_t first, uint32_t comma)
{
	uint32_t noun = ch_said_noun_before(w, first, comma);

	for (int n = 0; noun != CH_NONE && n < 3; n++) {
		const struct ch_token *t = ch_said_token(w, noun);

		if ((t->deprel != CH_DEP_APPOS && t->deprel != CH_DEP_FLAT) || t->head == CH_NONE || t->head < first)
			break;
		noun = t->head;
	}
	return noun;
}

static bool find_behind(const struct ch_said_work *w, const struct content *c, uint32_t next_open,
			struct attribution *a)
{
	const struct ch_doc *doc = w->doc;
	uint32_t past = zone_end(w, c, next_open), first = c->behind, len;
	bool joined = ends_clause(c->last_cp), lower;

	while (first < past && is_comma(w, first)) {
		first++;
		joined = true;
	}
	if (first >= past)
		return false;
	lower = ch_is_lower(ch_utf8_at(doc->text, ch_said_token(w, first)->span.start, &len));
	for (uint32_t i = first; i < past; i++) {
		uint32_t last, subject = CH_NONE;

		if (ch_said_is(w, i, ";") || ch_said_is(w, i, ":") || is_mark(w, i))
			break;
		if (!(ch_said_verb(w, i, &last) & CH_CUE_BESIDE_MARKS) && !ends_zone_as_verb(w, i, first, past, &last))
			continue;
		if (ch_said_token(w, i)->deprel == CH_DEP_ACL_RELCL &&
		    ch_said_has_tree(w, ch_said_token(w, i)->sentence))
			continue;
		if (i > first)
			subject = ch_said_subject(w, i);
		if (subject == CH_NONE || subject < first || subject >= past)
			subject = i > first ? ch_said_noun_before(w, first, i) : CH_NONE;
		if (subject == CH_NONE && i > first + 1 && ch_said_is(w, i - 1, ","))
			subject = apposed(w, first, i - 1);
		/* said the minister; but nobody "told the minister" in that order. */
		if (subject == CH_NONE && i <= first + 2 &&
		    (ch_said_verb(w, i, &last) & (CH_CUE_TELL | CH_CUE_SAY)) != CH_CUE_TELL) {
			/* The tree may have the subject further on than the words show. */
			uint32_t s = ch_said_subject(w, i);

			subject = s != CH_NONE && s > i && s < past ? s : ch_said_noun_behind(w, last + 1, past);
		}
		if (subject == CH_NONE)
			continue;
		if (!joined && !nothing_but(w, subject > last ? subject : last, past))
			return false;
		if (!joined && !lower && i == first)
			return false;
		*a = (struct attribution){i, last, subject, CH_NONE};
		return true;
	}
	return false;
}

/* ---- the attribution before ---- */

/* The verb that introduces the mark: the last of the zone, since what comes nearer governs. */
static bool find_before(const struct ch_said_work *w, const struct content *c, uint32_t from, bool *colon,
			struct attribution *a)
{
	const struct ch_doc *doc = w->doc;
	uint32_t past = c->open, first, between = 0;
	uint32_t limit;

	*colon = false;
	if (past == 0)
		return false;
	/* A quotation that begins its paragraph may be introduced by the one before it, with a colon. */
	if (c->begins_sentence) {
		uint32_t b = doc->sentences.v[ch_said_token(w, past - 1)->sentence].block;

		if (!ch_said_is(w, past - 1, ":") || b + 1 < c->q->block_first || past <= from)
			return false;
	}
	first = doc->sentences.v[ch_said_token(w, past - 1)->sentence].first;
	if (first < from)
		first = from;
	limit = past > first + REACH_MAX ? past - REACH_MAX : first;
	if (past <= first)
		return false;
	*colon = ch_said_is(w, past - 1, ":");
	for (uint32_t i = past; i-- > limit;) {
		uint32_t last, hit = ch_said_verb(w, i, &last), subject;

		if (last >= past)
			last = i;
		if (!(hit & (*colon ? CH_CUE_BESIDE_MARKS | CH_CUE_OVER_CLAUSE : CH_CUE_BESIDE_MARKS))) {
			const struct ch_token *t = ch_said_token(w, i);

			/* Another verb nearer to the mark: what it governs is no speech, unless a colon says so. */
			if (!*colon && ch_said_has_tree(w, t->sentence) && is_finite(t) && t->upos == CH_UPOS_VERB)
				return false;
			between++;
			continue;
		}
		subject = ch_said_subject(w, i);
		if (subject == CH_NONE || subject >= past)
			subject = ch_said_noun_before(w, limit, i);
		if (subject == CH_NONE && ch_said_has_tree(w, ch_said_token(w, i)->sentence))
			subject = ch_said_subject(w, i);
		if (ch_said_token(w, i)->deprel == CH_DEP_ACL_RELCL && *colon && between > 6)
			continue;
		*a = (struct attribution){i, last, subject, CH_NONE};
		return true;
	}
	if (*colon) {
		/* "Peskov: “…”", "He made this point at the summit: “…”" */
		uint32_t root = doc->sentences.v[ch_said_token(w, past - 1)->sentence].root, subject = CH_NONE;

		if (root != CH_NONE && root >= first && root < past)
			subject = ch_said_subject(w, root);
		if (subject == CH_NONE)
			subject = ch_said_noun_before(w, limit, past - 1);
		*a = (struct attribution){CH_NONE, CH_NONE, subject, past - 1};
		return true;
	}
	return false;
}

/* ---- speech or not ---- */

/* headlined “…”, the so-called “…”, under the motto “…” -- and names by their capitals. */
static bool is_name(const struct ch_said_work *w, const struct content *c)
{
	uint32_t i = c->open, last;

	if (c->sentences || c->words > 25)
		return false;
	if (i > 0 && !c->begins_sentence) {
		i--;
		/* Two words make one entry ("known as" is looked for by its verb). */
		if ((ch_said_is(w, i, "as") || ch_said_is(w, i, "the")) && i > 0)
			i--;
		if (ch_said_cue(w, i, &last) & CH_CUE_TITLED)
			return !ends_clause(c->last_cp) || c->words <= 3;
		if (ch_said_is(w, i, "called") && ch_said_is(w, i - 1, "so"))
			return true;
		if (i > 1 && ch_said_is(w, i - 1, "-") && ch_said_is(w, i, "called"))
			return true;
	}
	return c->long_words >= 1 && c->capitals == c->long_words && c->words >= 2 && c->words <= 15 &&
	       !stops(c->last_cp) && c->last_cp != ',';
}

static struct ch_span cue_span(const struct ch_said_work *w, const struct attribution *a)
{
	if (a->verb == CH_NONE)
		return ch_said_token(w, a->colon)->span;
	/* "made it clear": two words with a third between are one span all the same. */
	return (struct ch_span){ch_said_token(w, a->verb)->span.start, ch_said_token(w, a->verb_last)->span.end};
}

static void add(struct ch_said_work *w, const struct content *c, const struct attribution *a, enum ch_link link,
		bool weak)
{
	struct ch_utterance u = {.content = c->q->content,
				 .subject = CH_NONE,
				 .link = link,
				 .direct = true,
				 .weak = weak,
				 .sentence = ch_said_token(w, c->first)->sentence};

	if (a && link == CH_LINK_OWN) {
		u.cue = cue_span(w, a);
		u.subject = a->subject;
		if (a->verb != CH_NONE)
			u.sentence = ch_said_token(w, a->verb)->sentence;
		if (a->subject == CH_NONE)
			u.link = CH_LINK_CARRIED;
	}
	*CH_PUSH(w->doc->arena, &w->found) = u;
	for (uint32_t i = c->first; i < c->past; i++)
		w->quoted[i] = (uint32_t)(c->q - w->quotations.q.v) + 1;
}

/* Do only the words of the last attribution lie between that piece and this one? “A,” he said. “B.” */
static bool is_next_piece(const struct ch_said_work *w, const struct content *c, const struct content *before,
			  const struct attribution *a)
{
	uint32_t past;

	if (a->verb == CH_NONE || before->q->block_last != c->q->block_first)
		return false;
	past = a->subject != CH_NONE && a->subject > a->verb_last ? a->subject : a->verb_last;
	/* "… said at the meeting in Vienna on Tuesday." */
	return c->open >= past && c->open - past <= 16 &&
	       ch_said_token(w, c->open - 1)->sentence == ch_said_token(w, a->verb)->sentence;
}

void ch_direct_find(struct ch_said_work *w)
{
	struct content before = {0};
	struct attribution last = {CH_NONE, CH_NONE, CH_NONE, CH_NONE};
	bool any = false, last_behind = false;

	for (uint32_t i = 0; i < w->quotations.q.n; i++) {
		const struct ch_quotation *q = &w->quotations.q.v[i];
		struct content c = look(w, q);
		uint32_t next = i + 1 < w->quotations.q.n ? ch_doc_token_from(w->doc, q[1].marks.start) : CH_NONE;
		struct attribution a;
		bool behind, colon = false, front, whole, enough, again;

		if (c.first >= c.past || !c.words || is_name(w, &c))
			continue;
		behind = find_behind(w, &c, next, &a);
		front = !behind && find_before(w, &c, any ? before.behind : 0, &colon, &a);
		whole = c.upper && (c.begins_sentence || stops(c.last_cp)) && (stops(c.last_cp) || c.last_cp == ',');
		enough = c.words >= PARTIAL_WORDS_MIN && c.verb;
		if (!q->closed && !(front && (colon || a.verb != CH_NONE)))
			continue; /* no closing mark, nothing that announces speech */
		/* ‘A,’ said N. N. ‘B.’ -- marks that spoke a moment ago speak again. */
		again = q->single && any && last_behind && before.q->single && whole && c.begins_sentence && enough &&
			before.q->block_last == q->block_first;
		if (q->single && !behind && !colon && !again && !(front && enough))
			continue;
		if (behind && (ends_clause(c.last_cp) || enough || whole || is_comma(w, c.behind))) {
			/* A word or two in the middle of a clause that goes on ("a “new stage” in relations, he said")
			 * are part of it. */
			bool inside = !c.begins_sentence && !c.upper && c.words < PARTIAL_WORDS_MIN;

			if (inside)
				continue;
			add(w, &c, &a, CH_LINK_OWN, !c.begins_sentence && !c.upper && !ends_clause(c.last_cp));
		} else if (front && (colon || whole || c.sentences)) {
			if (c.words < 2 && !stops(c.last_cp))
				continue;
			add(w, &c, &a, CH_LINK_OWN, !colon && !c.sentences && !c.upper);
		} else if (front && (enough || (c.words >= JUDGEMENT_WORDS_MIN && a.verb != CH_NONE &&
						ch_said_is(w, c.open - 1, "as")))) {
			add(w, &c, &a, CH_LINK_OWN, true);
		} else if (any && last_behind && is_next_piece(w, &c, &before, &last) &&
			   (c.upper || c.verb || (c.words >= 2 && is_comma(w, c.open - 1)))) {
			add(w, &c, NULL, CH_LINK_PIECE, false);
		} else if (c.sentences || (whole && c.begins_sentence && enough)) {
			add(w, &c, NULL, CH_LINK_CARRIED, false);
		} else {
			continue;
		}
		/* A third piece has the attribution of the first. */
		if (w->found.v[w->found.n - 1].link == CH_LINK_OWN) {
			last = a;
			last_behind = behind;
		} else if (w->found.v[w->found.n - 1].link != CH_LINK_PIECE) {
			last_behind = false;
		}
		before = c;
		any = true;
	}
}
