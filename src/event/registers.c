/* event/registers.c -- runs the registers, and what they share. */
#include "event/registers_priv.h"
#include "base/utf8.h"
#include "event/gather.h"
#include "event/setting.h"

bool ch_reg_body(const struct ch_doc *doc, uint32_t sentence)
{
	const struct ch_sentence *s = &doc->sentences.v[sentence];

	return s->root != CH_NONE && doc->blocks.v[s->block].kind != CH_BLOCK_TITLE;
}

bool ch_reg_is(const struct ch_doc *doc, uint32_t token, const char *form)
{
	return token < doc->tokens.n && ch_str_ieq(ch_token_str(doc, token), ch_str_z(form));
}

const struct ch_word_sense *ch_reg_sense(const struct ch_doc *doc, uint32_t token, unsigned section)
{
	const struct ch_word_sense *s =
		ch_word_sense(&register_words, ch_words_find(&register_words, ch_reg_tok(doc, token)->lemma), section);

	return s ? s
		 : ch_word_sense(&register_words, ch_words_find(&register_words, ch_token_str(doc, token)), section);
}

/* Forms with one blank between, whatever the page has; the last word also by its lemma ("prime ministers"). */
static const struct ch_word_sense *run_sense(const struct ch_doc *doc, uint32_t first, uint32_t past, unsigned section)
{
	char buf[CH_WORD_BYTES_MAX + 1];
	const struct ch_word_sense *sense;
	size_t len = 0, stem = 0;

	for (uint32_t i = first; i < past; i++) {
		struct ch_str form = ch_token_str(doc, i);
		bool hyphen = ch_str_eqz(form, "-");

		if (len + form.len + 1 > CH_WORD_BYTES_MAX)
			return NULL;
		if (i > first && !hyphen && buf[len - 1] != '-')
			buf[len++] = ' ';
		stem = len;
		memcpy(buf + len, form.ptr, form.len);
		len += form.len;
	}
	sense = ch_word_sense(&register_words, ch_words_find(&register_words, ch_str_n(buf, len)), section);
	if (!sense) {
		struct ch_str lemma = ch_reg_tok(doc, past - 1)->lemma;

		if (stem + lemma.len > CH_WORD_BYTES_MAX)
			return NULL;
		if (lemma.len)
			memcpy(buf + stem, lemma.ptr, lemma.len);
		sense = ch_word_sense(&register_words, ch_words_find(&register_words, ch_str_n(buf, stem + lemma.len)),
				      section);
	}
	return sense;
}

struct ch_str ch_reg_value(struct ch_doc *doc, const struct ch_word_sense *sense)
{
	struct ch_str s = ch_str_z(sense->value);
	char *copy;

	if (ch_str_find_byte(s, '_', 0) == CH_STR_NONE)
		return s;
	copy = ch_arena_z(doc->arena, s);
	for (size_t i = 0; i < s.len; i++)
		if (copy[i] == '_')
			copy[i] = ' ';
	return ch_str_n(copy, s.len);
}

const struct ch_word_sense *ch_reg_run(const struct ch_doc *doc, uint32_t first, unsigned section, uint32_t *n)
{
	uint32_t past = doc->sentences.v[ch_reg_tok(doc, first)->sentence].past;

	for (*n = 3; *n >= 1; --*n) {
		const struct ch_word_sense *s = first + *n <= past ? run_sense(doc, first, first + *n, section) : NULL;

		if (s)
			return s;
	}
	return NULL;
}

const struct ch_word_sense *ch_reg_run_before(const struct ch_doc *doc, uint32_t past, unsigned section, uint32_t *n)
{
	uint32_t first;

	if (past == 0)
		return NULL;
	first = doc->sentences.v[ch_reg_tok(doc, past - 1)->sentence].first;
	for (*n = 3; *n >= 1; --*n) {
		const struct ch_word_sense *s = past >= first + *n ? run_sense(doc, past - *n, past, section) : NULL;

		if (s)
			return s;
	}
	return NULL;
}

/* ---- who ---- */

void ch_reg_add_mention(const struct ch_doc *doc, uint32_t mention, struct ch_reg_actors *set)
{
	const struct ch_mention *m = &doc->mentions.v[mention];

	for (uint32_t k = 0; k < m->actor_n && set->n < CH_REG_WHO_MAX; k++) {
		uint32_t actor = doc->mention_actors.v[m->actor_first + k];
		bool there = false;

		for (uint32_t i = 0; i < set->n; i++)
			there |=
				ch_str_eq(ch_reg_party(&doc->actors.v[set->v[i]]), ch_reg_party(&doc->actors.v[actor]));
		if (!there)
			set->v[set->n++] = actor;
	}
}

bool ch_reg_first_person(const struct ch_doc *doc, uint32_t token)
{
	static const char *const words[] = {"we", "i", "us", "our", "my", "me"};

	for (size_t k = 0; k < sizeof words / sizeof *words; k++)
		if (ch_reg_is(doc, token, words[k]))
			return true;
	return false;
}

void ch_reg_add_speaker(const struct ch_doc *doc, uint32_t token, struct ch_reg_actors *set)
{
	uint32_t at = ch_reg_tok(doc, token)->span.start, lo = 0, hi = doc->statements.n;

	/* Statements nest or keep apart, so the innermost one that holds the word is the last that begins before it and
	 * has not ended. */
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (doc->statements.v[mid].content.start <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (int n = 0; lo-- > 0 && n < CH_CLIMB_MAX; n++) {
		const struct ch_statement *s = &doc->statements.v[lo];

		if (s->content.end <= at)
			continue;
		if (s->actor != CH_NONE && set->n < CH_REG_WHO_MAX)
			set->v[set->n++] = s->actor;
		return;
	}
}

void ch_reg_add_phrase(const struct ch_doc *doc, uint32_t head, bool deep, struct ch_reg_actors *set)
{
	uint32_t first, past, m = ch_reg_tok(doc, head)->mention, before = set->n;

	if (m != CH_NONE)
		ch_reg_add_mention(doc, m, set);
	if (set->n == before && ch_reg_first_person(doc, head))
		ch_reg_add_speaker(doc, head, set);
	/* "Ruritania and Syldavia": each name is a mention of its own. */
	for (uint32_t c = ch_reg_tok(doc, head)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling)
		if (ch_deprel_is(ch_reg_tok(doc, c)->deprel, CH_DEP_CONJ) && ch_reg_tok(doc, c)->mention != CH_NONE)
			ch_reg_add_mention(doc, ch_reg_tok(doc, c)->mention, set);
	if (set->n > before || !deep)
		return;
	ch_doc_subtree(doc, head, &first, &past);
	for (uint32_t i = first; i < past && set->n < CH_REG_WHO_MAX; i++) {
		m = ch_reg_tok(doc, i)->mention;
		if (m != CH_NONE && !doc->mentions.v[m].place_only)
			ch_reg_add_mention(doc, m, set);
		else if (m == CH_NONE && ch_reg_first_person(doc, i))
			ch_reg_add_speaker(doc, i, set);
	}
}

struct ch_str ch_reg_party(const struct ch_actor *a)
{
	return a->party.len ? a->party : a->name;
}

struct ch_str ch_reg_parties(struct ch_doc *doc, const struct ch_reg_actors *set)
{
	struct ch_str names[CH_REG_WHO_MAX], out = {0};
	uint32_t n = 0;

	for (uint32_t i = 0; i < set->n; i++) {
		struct ch_str p = ch_reg_party(&doc->actors.v[set->v[i]]);
		uint32_t at = n;

		while (at > 0 && ch_str_cmp(p, names[at - 1]) < 0) {
			names[at] = names[at - 1];
			at--;
		}
		names[at] = p;
		n++;
	}
	for (uint32_t i = 0; i < n; i++)
		if (!i || !ch_str_eq(names[i], names[i - 1]))
			out = out.len ? ch_arena_printf(doc->arena, "%.*s, %.*s", CH_STR_ARG(out), CH_STR_ARG(names[i]))
				      : names[i];
	return out;
}

/* ---- phrases ---- */

static bool tells_more(const struct ch_token *t)
{
	return t->deprel == CH_DEP_ACL_RELCL || t->deprel == CH_DEP_PARATAXIS || t->deprel == CH_DEP_PUNCT ||
	       t->deprel == CH_DEP_CC || ch_deprel_is(t->deprel, CH_DEP_ADVCL) ||
	       ch_deprel_is(t->deprel, CH_DEP_CASE) || t->deprel == CH_DEP_MARK ||
	       ch_deprel_is(t->deprel, CH_DEP_NSUBJ) || t->deprel == CH_DEP_COP ||
	       ch_deprel_is(t->deprel, CH_DEP_AUX) || t->deprel == CH_DEP_CCOMP || t->deprel == CH_DEP_LIST ||
	       t->deprel == CH_DEP_APPOS || ch_deprel_is(t->deprel, CH_DEP_OBL);
}

void ch_reg_phrase(const struct ch_doc *doc, uint32_t head, uint32_t *first, uint32_t *past)
{
	*first = head;
	*past = head + 1;
	for (uint32_t c = ch_reg_tok(doc, head)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling) {
		uint32_t a, b;

		if (tells_more(ch_reg_tok(doc, c)))
			continue;
		ch_doc_subtree(doc, c, &a, &b);
		*first = a < *first ? a : *first;
		*past = b > *past ? b : *past;
	}
	for (uint32_t i = head + 1; i < *past; i++)
		if (ch_reg_is(doc, i, ",") && ch_reg_tok(doc, head)->upos != CH_UPOS_VERB &&
		    !(i + 1 < *past && ch_deprel_is(ch_reg_tok(doc, i)->deprel, CH_DEP_PUNCT) &&
		      ch_reg_tok(doc, i)->head != CH_NONE &&
		      ch_deprel_is(ch_reg_tok(doc, ch_reg_tok(doc, i)->head)->deprel, CH_DEP_CONJ))) {
			*past = i;
			break;
		}
	while (*past > head + 1 && ch_reg_tok(doc, *past - 1)->upos == CH_UPOS_PUNCT)
		--*past;
	while (*first < head && ch_reg_tok(doc, *first)->upos == CH_UPOS_PUNCT)
		++*first;
}

struct ch_span ch_reg_span(const struct ch_doc *doc, uint32_t first, uint32_t past)
{
	return (struct ch_span){ch_reg_tok(doc, first)->span.start, ch_reg_tok(doc, past - 1)->span.end};
}

struct ch_str ch_reg_text(struct ch_doc *doc, uint32_t first, uint32_t past)
{
	struct ch_str s;
	char *out;
	size_t n = 0;

	if (first >= past)
		return CH_STR("");
	s = ch_doc_str(doc, ch_reg_span(doc, first, past));
	out = ch_arena_alloc(doc->arena, s.len + 1);
	for (size_t i = 0; i < s.len; i++) {
		char ch = s.ptr[i] == '\n' || s.ptr[i] == '\t' || s.ptr[i] == '\r' ? ' ' : s.ptr[i];

		if (ch != ' ' || !n || out[n - 1] != ' ')
			out[n++] = ch;
	}
	return ch_str_n(out, n);
}

struct ch_str ch_reg_date(const struct ch_doc *doc, uint32_t token)
{
	uint32_t t = ch_setting_time(doc, token);

	return t == CH_NONE ? CH_STR("") : doc->times.v[t].date;
}

bool ch_reg_negated(const struct ch_doc *doc, uint32_t token)
{
	for (uint32_t c = ch_reg_tok(doc, token)->first_child; c != CH_NONE; c = ch_reg_tok(doc, c)->next_sibling)
		if (ch_tree_lemma_is(doc, c, "not") || ch_tree_lemma_is(doc, c, "never") ||
		    ch_tree_lemma_is(doc, c, "no"))
			return true;
	return false;
}

bool ch_reg_in_time(const struct ch_doc *doc, uint32_t token)
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

bool ch_registers(const struct ch_engine *engine, struct ch_doc *doc, struct ch_err *err)
{
	(void)err;
	ch_role_find(doc);
	ch_tally_find(doc);
	ch_instrument_find(doc);
	ch_pledge_find(doc);
	ch_position_find(doc);
	if (engine)   /* its frames have the words of status */
		ch_gather(engine, doc);
	return true;
}

static bool in_body(const struct ch_doc *doc, struct ch_span span, uint32_t *before)
{
	uint32_t s = ch_doc_sentence_at(doc, span.start);
	bool good = span.start < span.end && span.end <= doc->text.len && span.start >= *before && s != CH_NONE &&
		    ch_reg_body(doc, s);

	*before = span.start;
	return good;
}

const char *ch_registers_check(const struct ch_doc *doc)
{
	uint32_t before = 0;

	for (uint32_t i = 0; i < doc->roles.n; i++)
		if (!in_body(doc, doc->roles.v[i].mention, &before))
			return "registers: a role's mention is empty, out of order or outside the body";
		else if (!doc->roles.v[i].role.len || !doc->roles.v[i].who.len)
			return "registers: a role without a holder or an office";
	before = 0;
	for (uint32_t i = 0; i < doc->tallies.n; i++)
		if (!in_body(doc, doc->tallies.v[i].mention, &before))
			return "registers: a tally's mention is empty, out of order or outside the body";
		else if (!(doc->tallies.v[i].count >= 2))
			return "registers: a tally counts less than two";
	before = 0;
	for (uint32_t i = 0; i < doc->instruments.n; i++)
		if (!in_body(doc, doc->instruments.v[i].mention, &before))
			return "registers: an instrument's mention is empty, out of order or outside the body";
		else if (doc->instruments.v[i].party_first + doc->instruments.v[i].party_n > doc->event_actors.n)
			return "registers: an instrument's parties are out of range";
	before = 0;
	for (uint32_t i = 0; i < doc->pledges.n; i++)
		if (!in_body(doc, doc->pledges.v[i].mention, &before))
			return "registers: a pledge's mention is empty, out of order or outside the body";
	before = 0;
	for (uint32_t i = 0; i < doc->positions.n; i++)
		if (!in_body(doc, doc->positions.v[i].mention, &before))
			return "registers: a position's mention is empty, out of order or outside the body";
	return NULL;
}
