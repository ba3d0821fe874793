/* text/text.c -- groups the words of a block into sentences. A sentence ends at a stop, a question or exclamation mark,
 * an ellipsis or an abbreviation, with the marks that close behind it, where what follows may begin another. */
#include "text/text_priv.h"
#include "base/utf8.h"

enum end_kind { NO_END, STOP, QUESTION, ELLIPSIS, ABBREVIATION };

enum { SPEECH_REACH = 4 }; /* words behind a quotation in which "… the minister asked" shows itself */

static uint32_t first_cp(const struct ch_doc *doc, uint32_t token)
{
	uint32_t len;

	return ch_utf8_at(doc->text, doc->tokens.v[token].span.start, &len);
}

static bool listed(const struct ch_doc *doc, uint32_t token, unsigned section)
{
	return ch_words_cased(&text_words, ch_token_str(doc, token), section) != NULL;
}

static enum end_kind end_kind(const struct ch_doc *doc, uint32_t token)
{
	struct ch_str s = ch_token_str(doc, token);
	unsigned char last = (unsigned char)s.ptr[s.len - 1];

	switch (last) {
	case '.':
		if (s.len == 1)
			return STOP;
		return s.ptr[0] == '.' ? ELLIPSIS : ABBREVIATION;
	case '!':
	case '?':
		return QUESTION;
	case 0xA6:
		return ch_str_eqz(s, "…") ? ELLIPSIS : NO_END;
	default:
		return NO_END;
	}
}

/* Does the token close something that the sentence opened? It stands right behind the word before. */
static bool closes(const struct ch_doc *doc, uint32_t token)
{
	uint32_t cp = first_cp(doc, token);
	struct ch_str s = ch_token_str(doc, token);

	if (cp == ')' || cp == ']' || cp == 0x201D || cp == 0x2019 || cp == 0xBB)
		return s.len <= 3 || ch_str_eqz(s, "’’");
	return s.len <= 2 && (cp == '"' || cp == '\'' || cp == '*');
}

static bool opens(uint32_t cp)
{
	return cp == '"' || cp == '\'' || cp == '(' || cp == '[' || cp == '`' || cp == 0x201C || cp == 0x2018 ||
	       cp == 0x201E || cp == 0xAB || cp == '*';
}

/* '"Why now?" Lord Carrington asked': a verb of speech within reach, before any mark. */
static bool speech_follows(const struct ch_doc *doc, uint32_t token, uint32_t past)
{
	for (uint32_t i = token; i < past && i < token + SPEECH_REACH; i++) {
		if (listed(doc, i, TEXT_WORDS_SPEECH))
			return true;
		if (ch_is_punct(first_cp(doc, i)))
			return false;
	}
	return false;
}

/* May a sentence that ends with `kind` stop before `next`? quoted: a quotation mark closed behind the end. */
static bool may_end(const struct ch_doc *doc, uint32_t last, uint32_t next, uint32_t past, enum end_kind kind,
		    bool quoted)
{
	uint32_t start = next, cp;
	bool spaced = doc->tokens.v[next - 1].space_after;

	while (start + 1 < past && opens(first_cp(doc, start)))
		start++;
	cp = first_cp(doc, start);
	if (!spaced) /* a blank is missing: "peace.He said", but not "Yahoo!Inc" */
		return kind != ABBREVIATION && kind != ELLIPSIS && (ch_is_upper(cp) || start > next) &&
		       (kind == STOP || quoted || start > next) && first_cp(doc, next) != '(';
	if (kind == ABBREVIATION) {
		if (listed(doc, last, TEXT_WORDS_TITLE) || listed(doc, last, TEXT_WORDS_NUMBER))
			return false;
		if (!quoted && last + 1 == next && start == next)
			return listed(doc, start, TEXT_WORDS_STARTER);
		return ch_is_upper(cp);
	}
	if (ch_is_lower(cp))
		return !quoted && kind != ELLIPSIS && start == next && first_cp(doc, next - 1) != ')' && kind == STOP;
	if (ch_is_letter(cp)) {
		if (kind == QUESTION && quoted)
			return !speech_follows(doc, start, past);
		return true;
	}
	if (ch_is_digit(cp))
		return kind != ELLIPSIS;
	/* A dash, comma or the like goes on with the sentence; an opening mark was looked behind above. */
	return start > next || cp > 0x2100 || cp == '@' || cp == '#' || cp == '$' || cp == 0x2022;
}

static void add_sentence(struct ch_doc *doc, uint32_t block, uint32_t first, uint32_t past)
{
	uint32_t index = doc->sentences.n;
	struct ch_span span = {doc->tokens.v[first].span.start, doc->tokens.v[past - 1].span.end};

	for (uint32_t i = first; i < past; i++)
		doc->tokens.v[i].sentence = index;
	*CH_PUSH(doc->arena, &doc->sentences) = (struct ch_sentence){span, first, past, block, CH_NONE};
}

static bool is_quote_mark(uint32_t cp)
{
	return cp != ')' && cp != ']' && cp != '*';
}

/* A note's number behind the stop ("… in 1805.[6]", "… [6]") goes with the sentence before it. */
static uint32_t behind_note(const struct ch_doc *doc, uint32_t next, uint32_t past)
{
	while (next + 2 < past && ch_str_eqz(ch_token_str(doc, next), "[") && ch_is_digit(first_cp(doc, next + 1)) &&
	       ch_str_eqz(ch_token_str(doc, next + 2), "]"))
		next += 3;
	return next;
}

static void group(struct ch_doc *doc, uint32_t block, uint32_t first)
{
	uint32_t past = doc->tokens.n, begin = first;

	for (uint32_t i = first; i < past; i++) {
		enum end_kind kind = end_kind(doc, i);
		uint32_t next = i + 1;
		bool quoted = false;

		if (i - begin + 1 >= CH_SENTENCE_TOKENS_MAX) {
			add_sentence(doc, block, begin, i + 1);
			begin = i + 1;
			continue;
		}
		if (kind == NO_END)
			continue;
		while (next < past && next - begin < CH_SENTENCE_TOKENS_MAX && !doc->tokens.v[next - 1].space_after &&
		       closes(doc, next)) {
			quoted |= is_quote_mark(first_cp(doc, next));
			next++;
		}
		next = behind_note(doc, next, past);
		if (kind == STOP && i == begin + 1 && ch_is_digit(first_cp(doc, begin)))
			continue; /* "1. The first point" */
		if (next < past && may_end(doc, i, next, past, kind, quoted)) {
			add_sentence(doc, block, begin, next);
			begin = next;
		}
		i = next - 1;
	}
	if (begin < past)
		add_sentence(doc, block, begin, past);
}

bool ch_text(const struct ch_engine *engine, struct ch_doc *doc, struct ch_err *err)
{
	(void)engine; /* the word lists are constant tables */
	(void)err;
	for (uint32_t i = 0; i < doc->blocks.n; i++) {
		uint32_t first = doc->tokens.n;

		ch_text_tokens(doc, doc->blocks.v[i].span);
		group(doc, i, first);
	}
	return true;
}
