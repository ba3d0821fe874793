/* event/mark.c -- words by which somebody keeps his distance from what he names.
 *
 *   the so-called Republic of Syldavia, the breakaway region       an adjective before it
 *   the Whitmore regime, the junta in Strelsau, a puppet of        a noun that says it of a government
 *   the "president" of Syldavia                                    quotation marks that quote nobody */
#include "event/gather.h"
#include "event/mark_words.h" /* made at build time from lexicon/registers/marks.txt */

#define SENSE(token, section) ch_gather_sense(doc, &mark_words, token, MARK_WORDS_##section)

enum { QUOTED_WORDS_MAX = 6, ABOUT_WORDS_MAX = 10 };

static bool is_quote(const struct ch_doc *doc, uint32_t i)
{
	static const char *const marks[] = { "\"", "\xE2\x80\x9C", "\xE2\x80\x9D", "\xC2\xAB", "\xC2\xBB", "\xE2\x80\x98", "\xE2\x80\x99", "'", "``", "''", "\xE2\x80\x9E" };

	for (size_t k = 0; k < sizeof marks / sizeof *marks && i < doc->tokens.n; k++)
		if (ch_str_eqz(ch_token_str(doc, i), marks[k]))
			return true;
	return false;
}

/* ' is an apostrophe, and in code a quotation mark; no one opens a quotation with ’. */
static bool opens(const struct ch_doc *doc, uint32_t i)
{
	struct ch_str form = ch_token_str(doc, i);

	return is_quote(doc, i) && !ch_str_eqz(form, "'") && !ch_str_eqz(form, "\xE2\x80\x99") && !ch_str_eqz(form, "''") &&
	       !ch_str_eqz(form, "\xC2\xBB");
}

/* Are the words of public life: somebody who acts, a place, an office, a vote, an institution? "so-called streaming wars" own nothing. */
static bool is_public(const struct ch_doc *doc, uint32_t first, uint32_t past)
{
	for (uint32_t i = first; i < past; i++) {
		uint32_t m = ch_reg_tok(doc, i)->mention, above = ch_reg_tok(doc, i)->head;

		/* of nouns the one that the phrase is of: not the vote in "a no-vote fee" */
		if (m == CH_NONE && above != CH_NONE && above >= first && above < past)
			continue;
		if (SENSE(i, SCARE) || SENSE(i, RULED) || SENSE(i, PUBLIC) ||
		    (m != CH_NONE && (doc->mentions.v[m].actor_n || doc->mentions.v[m].place.len)))
			return true;
	}
	return false;
}

/* Who speaks: the speaker of the statement around it, else the outlet. */
static struct ch_str who_marks(const struct ch_doc *doc, uint32_t token)
{
	uint32_t s = ch_gather_statement(doc, ch_reg_tok(doc, token)->span.start);

	/* "self-declared" declares nothing. */
	if (s != CH_NONE && doc->statements.v[s].cue.end > ch_reg_tok(doc, token)->span.start &&
	    doc->statements.v[s].cue.start < ch_reg_tok(doc, token)->span.end + 16)
		return doc->meta.outlet;
	return s != CH_NONE && doc->statements.v[s].speaker.len ? doc->statements.v[s].speaker : doc->meta.outlet;
}

/* The mention that the words from `first` on up to `past` hold: the last one headed there. */
static uint32_t mention_in(const struct ch_doc *doc, uint32_t first, uint32_t past)
{
	uint32_t found = CH_NONE;

	for (uint32_t i = first; i < past; i++)
		if (ch_reg_tok(doc, i)->mention != CH_NONE)
			found = ch_reg_tok(doc, i)->mention;
	return found;
}

/* The words without the marks among them. */
static struct ch_str without_quotes(struct ch_doc *doc, uint32_t first, uint32_t past)
{
	uint32_t k = first;
	struct ch_str a, b;

	while (k < past && !is_quote(doc, k))
		k++;
	a = ch_reg_text(doc, first, k);
	while (k < past && is_quote(doc, k))
		k++;
	if (k >= past)
		return a;
	b = ch_reg_text(doc, k, past);
	return a.len ? ch_arena_printf(doc->arena, "%.*s %.*s", CH_STR_ARG(a), CH_STR_ARG(b)) : b;
}

static void enter(const struct ch_gather *g, struct ch_mark m, uint32_t first, uint32_t past, uint32_t about, uint32_t about_past)
{
	struct ch_doc *doc = g->doc;

	while (about < about_past && (ch_reg_tok(doc, about)->upos == CH_UPOS_DET || is_quote(doc, about)))
		about++;
	while (about_past > about && (is_quote(doc, about_past - 1) || ch_reg_tok(doc, about_past - 1)->upos == CH_UPOS_PUNCT ||
				      ch_reg_tok(doc, about_past - 1)->upos == CH_UPOS_PART))
		about_past--;
	if (about >= about_past)
		return;
	m.about = without_quotes(doc, about, about_past);
	/* The bare word ("the junta") says nothing of whose it is. */
	m.on = about_past == about + 1 && (SENSE(about, JUNTA) || SENSE(about, RULED)) ? CH_NONE : mention_in(doc, about, about_past);
	if (m.on != CH_NONE && doc->mentions.v[m.on].actor_n)
		m.party = doc->actors.v[doc->mention_actors.v[doc->mentions.v[m.on].actor_first]].party;
	else if (m.on != CH_NONE)
		m.party = doc->mentions.v[m.on].place;
	m.who = m.who.len ? m.who : who_marks(doc, first);
	m.mention = ch_reg_span(doc, first < about ? first : about, past > about_past ? past : about_past);
	if (doc->marks.n && m.mention.start < doc->marks.v[doc->marks.n - 1].mention.end)
		return;   /* "the so-called 'regime'": one mark */
	*CH_PUSH(doc->arena, &doc->marks) = m;
}

/* Behind an adjective: what is in quotation marks, or the rest of the noun's phrase: a name whole, of other words up to a preposition. */
static uint32_t phrase_past(const struct ch_doc *doc, uint32_t from)
{
	uint32_t past = doc->sentences.v[ch_reg_tok(doc, from)->sentence].past, head = from, a, b, i;

	if (is_quote(doc, from)) {
		for (i = from + 1; i < past && i < from + 1 + ABOUT_WORDS_MAX; i++)
			if (is_quote(doc, i))
				return i + 1;
		return from + 1;
	}
	/* the noun of the phrase: up from the first word as long as the way leads on to the right */
	for (int n = 0; n < CH_CLIMB_MAX && ch_reg_tok(doc, head)->head != CH_NONE && ch_reg_tok(doc, head)->head > head &&
			(ch_deprel_is(ch_reg_tok(doc, head)->deprel, CH_DEP_AMOD) || ch_deprel_is(ch_reg_tok(doc, head)->deprel, CH_DEP_COMPOUND) ||
			 ch_deprel_is(ch_reg_tok(doc, head)->deprel, CH_DEP_NMOD)); n++)
		head = ch_reg_tok(doc, head)->head;
	ch_reg_phrase(doc, head, &a, &b);
	for (i = head + 1; i < b; i++) {
		if (ch_reg_tok(doc, i)->upos == CH_UPOS_ADP) {
			/* "Republic of Somaliland", "authorities of Abkhazia": a name in capitals goes on */
			if (!ch_gather_capital(doc, head) || !ch_reg_is(doc, i, "of"))
				break;
		} else if (ch_reg_tok(doc, i)->upos == CH_UPOS_VERB || ch_reg_tok(doc, i)->upos == CH_UPOS_SCONJ || ch_reg_in_time(doc, i)) {
			break;
		}
	}
	b = i > head ? i : head + 1;
	return b > from + ABOUT_WORDS_MAX ? head + 1 : b;
}

static void adjective(const struct ch_gather *g, uint32_t i, const struct ch_word_sense *s, uint32_t n)
{
	struct ch_doc *doc = g->doc;
	uint32_t sentence = ch_reg_tok(doc, i)->sentence, past = doc->sentences.v[sentence].past, about = i + n, end, of, head;
	struct ch_mark m = { .mark = ch_gather_value(doc, s) };

	if (about >= past || (ch_reg_tok(doc, about)->upos == CH_UPOS_PUNCT && !is_quote(doc, about)))
		return;
	end = phrase_past(doc, about);
	/* "the self-declared 'interim' government": up to the noun */
	if (is_quote(doc, about) && end > about + 2 && end < past && ch_reg_tok(doc, end - 2)->head >= end && ch_reg_tok(doc, end - 2)->head < end + 3 &&
	    (ch_deprel_is(ch_reg_tok(doc, end - 2)->deprel, CH_DEP_AMOD) || ch_deprel_is(ch_reg_tok(doc, end - 2)->deprel, CH_DEP_COMPOUND)))
		end = ch_reg_tok(doc, end - 2)->head + 1;
	/* "NAME, a self-proclaimed state": it is said of the name. */
	head = end - 1;
	if (ch_reg_tok(doc, head)->deprel == CH_DEP_APPOS && ch_reg_tok(doc, head)->head < i && mention_in(doc, about, end) == CH_NONE) {
		uint32_t a, b;

		ch_reg_phrase(doc, ch_reg_tok(doc, head)->head, &a, &b);
		enter(g, m, a, end, a, b < i ? b : ch_reg_tok(doc, head)->head + 1);
		return;
	}
	/* "the de facto authorities of Abkhazia", "the breakaway region of Transnistria": said of the place */
	of = ch_gather_prep(doc, head, "of");
	of = of != CH_NONE ? of : ch_gather_prep(doc, head, "in");
	/* however the parser hung it */
	if (of == CH_NONE && head + 2 < past && ch_reg_is(doc, head + 1, "of") && ch_reg_tok(doc, head + 2)->mention != CH_NONE)
		of = head + 2;
	if (!is_quote(doc, about) && !ch_gather_capital(doc, head) && of != CH_NONE && ch_reg_tok(doc, of)->mention != CH_NONE &&
	    ch_gather_capital(doc, of) && strcmp(s->value, "so-called") != 0) {
		const struct ch_mention *on = &doc->mentions.v[ch_reg_tok(doc, of)->mention];

		enter(g, m, i, on->past, on->first, on->past);
		return;
	}
	if (is_public(doc, about, end))
		enter(g, m, i, end, about, end);
}

/* "occupied Crimea": only of a place by its name. */
static void place_mark(const struct ch_gather *g, uint32_t i)
{
	struct ch_doc *doc = g->doc;
	uint32_t noun = ch_reg_tok(doc, i)->head, m;

	if (noun == CH_NONE || noun < i || noun > i + 3 || !ch_deprel_is(ch_reg_tok(doc, i)->deprel, CH_DEP_AMOD))
		return;
	m = mention_in(doc, i + 1, noun + 1);
	if (m == CH_NONE || !doc->mentions.v[m].place.len || doc->mentions.v[m].kind != CH_MENTION_NAME)
		return;
	enter(g, (struct ch_mark){ .mark = ch_gather_value(doc, SENSE(i, PLACE_MARK)) }, i, doc->mentions.v[m].past, doc->mentions.v[m].first,
	      doc->mentions.v[m].past);
}

/* An organisation of states or of citizens: it has rules, no regime. A movement may have one. */
static bool is_org(const struct ch_doc *doc, uint32_t m)
{
	const struct ch_actor *a;

	if (!doc->mentions.v[m].actor_n)
		return false;
	a = &doc->actors.v[doc->mention_actors.v[doc->mentions.v[m].actor_first]];
	return a->kind == CH_ACTOR_ORG && (ch_str_eqz(a->code, "IGO") || ch_str_eqz(a->code, "NGO") || ch_str_eqz(a->code, "MNC"));
}

/* A mention of a person, a state or a place before the noun or behind "of" or "in": whose regime it is. any: or any name in capitals. */
static bool whose(const struct ch_doc *doc, uint32_t noun, bool any, uint32_t *first, uint32_t *past)
{
	static const char *const preps[] = { "of", "in" };
	uint32_t before = CH_NONE, c;

	for (c = ch_reg_tok(doc, noun)->first_child; c != CH_NONE && c < noun; c = ch_reg_tok(doc, c)->next_sibling) {
		uint8_t rel = ch_reg_tok(doc, c)->deprel;

		if (!ch_deprel_is(rel, CH_DEP_COMPOUND) && !ch_deprel_is(rel, CH_DEP_AMOD) && !ch_deprel_is(rel, CH_DEP_NMOD))
			continue;
		if (SENSE(c, TECHNICAL))
			return false;
		if (ch_gather_capital(doc, c) && c > doc->sentences.v[ch_reg_tok(doc, noun)->sentence].first)
			before = c;
	}
	if (before != CH_NONE) {
		uint32_t m = ch_reg_tok(doc, before)->mention;

		if (m != CH_NONE && is_org(doc, m))
			return false;
		*first = before;
		*past = before + 1;
		if (m != CH_NONE && doc->mentions.v[m].kind == CH_MENTION_NAME && doc->mentions.v[m].past <= noun) {
			*first = doc->mentions.v[m].first;
			*past = doc->mentions.v[m].past;
		}
		while (*first > 0 && ch_reg_tok(doc, *first - 1)->head == before && ch_gather_capital(doc, *first - 1))
			--*first;
		return true;
	}
	for (size_t k = 0; k < sizeof preps / sizeof *preps; k++) {
		uint32_t of = ch_gather_prep(doc, noun, preps[k]), m = of == CH_NONE ? CH_NONE : ch_reg_tok(doc, of)->mention;

		if (any && of != CH_NONE && ch_gather_capital(doc, of)) {
			ch_reg_phrase(doc, of, first, past);
			while (*first < of && ch_reg_tok(doc, *first)->upos == CH_UPOS_ADP)
				++*first;
			return true;
		}
		if (m == CH_NONE || doc->mentions.v[m].place_only || doc->mentions.v[m].kind != CH_MENTION_NAME ||
		    is_org(doc, m))
			continue;
		*first = doc->mentions.v[m].first;
		*past = doc->mentions.v[m].past;
		return true;
	}
	return false;
}

static void regime(const struct ch_gather *g, uint32_t noun, const struct ch_word_sense *s, bool always)
{
	struct ch_doc *doc = g->doc;
	uint32_t first, past;

	if (ch_gather_capital(doc, noun) || ch_reg_tok(doc, noun)->deprel == CH_DEP_COMPOUND)
		return;
	if (!whose(doc, noun, false, &first, &past)) {
		if (!always)
			return;
		first = noun;
		past = noun + 1;
	}
	enter(g, (struct ch_mark){ .mark = ch_gather_value(doc, s) }, noun < first ? noun : first, noun + 1 > past ? noun + 1 : past, first, past);
}

/* "the puppet government of Manchukuo"; "called N. N. a puppet of" */
static void puppet(const struct ch_gather *g, uint32_t i)
{
	struct ch_doc *doc = g->doc;
	uint32_t head = ch_reg_tok(doc, i)->head, first, past;
	struct ch_mark m = { .mark = CH_STR("puppet") };

	if (head == CH_NONE)
		return;
	if (head > i && head <= i + 3 && SENSE(head, RULED)) {
		if (!whose(doc, head, true, &first, &past)) {
			first = head;
			past = head + 1;
		}
		enter(g, m, i, past > head + 1 ? past : head + 1, first, past);
		return;
	}
	if (ch_gather_prep(doc, i, "of") == CH_NONE || !ch_tree_is_verb(doc, head) || !SENSE(head, NAMING))
		return;
	/* who is called so, and by whom */
	head = ch_reg_tok(doc, i)->head;
	for (uint32_t c = ch_reg_tok(doc, head)->first_child; c != CH_NONE && c < i; c = ch_reg_tok(doc, c)->next_sibling) {
		uint32_t subject = ch_tree_subject(doc, head), on = ch_reg_tok(doc, c)->mention;

		if (c < head || on == CH_NONE)
			continue;
		if (subject != CH_NONE && ch_reg_tok(doc, subject)->mention != CH_NONE)
			m.who = ch_doc_str(doc, doc->mentions.v[ch_reg_tok(doc, subject)->mention].span);
		enter(g, m, doc->mentions.v[on].first, i + 1, doc->mentions.v[on].first, doc->mentions.v[on].past);
		return;
	}
}

/* "pseudo-republic of Crimea" */
static void pseudo(const struct ch_gather *g, uint32_t i)
{
	struct ch_doc *doc = g->doc;
	uint32_t noun = i + 2, first, past;

	if (noun >= doc->sentences.v[ch_reg_tok(doc, i)->sentence].past || !ch_reg_is(doc, i + 1, "-"))
		return;
	if (!whose(doc, noun, true, &first, &past)) {
		first = noun;
		past = noun + 1;
	}
	enter(g, (struct ch_mark){ .mark = CH_STR("pseudo") }, i, past > noun + 1 ? past : noun + 1, first, past);
}

/* Marks that quote nobody: few words, headed by an office, a vote, an institution, after no word of naming, outside what somebody says. */
static void scare(const struct ch_gather *g, uint32_t i)
{
	struct ch_doc *doc = g->doc;
	const struct ch_sentence *s = &doc->sentences.v[ch_reg_tok(doc, i)->sentence];
	uint32_t past = i + 1, head = CH_NONE, st, k;

	while (past < s->past && past <= i + QUOTED_WORDS_MAX + 1 && !is_quote(doc, past))
		past++;
	if (past >= s->past || past > i + QUOTED_WORDS_MAX + 1 || past == i + 1)
		return;
	for (k = i + 1; k < past; k++) {
		if (ch_tree_is_verb(doc, k) || ch_reg_tok(doc, k)->upos == CH_UPOS_AUX)
			return;   /* somebody says it */
		if (ch_reg_tok(doc, k)->upos == CH_UPOS_ADP && head == CH_NONE)
			return;   /* "a signal to governments" */
		if (SENSE(k, SCARE) && (ch_reg_tok(doc, k)->upos == CH_UPOS_NOUN || ch_reg_tok(doc, k)->upos == CH_UPOS_PROPN))
			head = k;
	}
	/* the head of what is quoted: not "governments" in "a signal to governments" */
	if (head == CH_NONE || (ch_reg_tok(doc, head)->head > i && ch_reg_tok(doc, head)->head < past))
		return;
	st = ch_gather_statement(doc, ch_reg_tok(doc, i + 1)->span.start);
	if (st != CH_NONE && doc->statements.v[st].direct && doc->statements.v[st].content.start >= ch_reg_tok(doc, i)->span.start)
		return;   /* the marks are of a quotation */
	/* "the newspaper 'Republic'", "called 'president'", "the 'Republic' club" */
	k = i > s->first && (ch_reg_is(doc, i - 1, "as") || ch_reg_is(doc, i - 1, ",")) ? i - 1 : i;
	if (k > s->first && SENSE(k - 1, NAMING))
		return;
	if (past + 1 < s->past && (SENSE(past + 1, NAMING) || is_quote(doc, past + 1)))
		return;
	if (ch_reg_tok(doc, head)->head != CH_NONE && !ch_deprel_is(ch_reg_tok(doc, head)->deprel, CH_DEP_OBJ) &&
	    SENSE(ch_reg_tok(doc, head)->head, NAMING))
		return;
	enter(g, (struct ch_mark){ .mark = CH_STR("scare quotes") }, i, past + 1, i + 1, past);
}

static void one_word(const struct ch_gather *g, uint32_t i)
{
	struct ch_doc *doc = g->doc;
	const struct ch_word_sense *s;
	uint32_t n;

	if (is_quote(doc, i)) {
		if (opens(doc, i))
			scare(g, i);
		return;
	}
	s = ch_gather_run(doc, &mark_words, i, MARK_WORDS_MARK, &n);
	if (s) {
		adjective(g, i, s, n);
		return;
	}
	if (SENSE(i, PLACE_MARK)) {
		place_mark(g, i);
		return;
	}
	if (ch_reg_is(doc, i, "pseudo")) {
		pseudo(g, i);
		return;
	}
	if (ch_reg_tok(doc, i)->upos != CH_UPOS_NOUN && ch_reg_tok(doc, i)->upos != CH_UPOS_PROPN)
		return;
	if ((s = SENSE(i, REGIME)) != NULL)
		regime(g, i, s, false);
	else if ((s = SENSE(i, JUNTA)) != NULL)
		regime(g, i, s, true);
	else if (SENSE(i, PUPPET))
		puppet(g, i);
}

void ch_mark_find(const struct ch_gather *g)
{
	const struct ch_doc *doc = g->doc;

	for (uint32_t k = 0; k < doc->sentences.n; k++)
		for (uint32_t i = doc->sentences.v[k].first; ch_reg_body(doc, k) && i < doc->sentences.v[k].past; i++)
			one_word(g, i);
}
