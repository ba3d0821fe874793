/* said/insertion.c -- an editor's words inside a quotation; see told.h.
 *
 * Quotations are read as text: brackets do not nest, and none is longer than INSERTION_MAX bytes. A letter in square brackets that begins
 * a word ("[T]he") is a capital that was changed, and stays part of the word. */
#include "base/utf8.h"
#include "said/insertion_words.h"
#include "said/told.h"
#include "text/words.h"

enum { INSERTION_MAX = 160 };

static bool listed(struct ch_str words, unsigned section)
{
	return ch_word_sense(&insertion_words, ch_words_find(&insertion_words, words), section) != NULL;
}

/* The last of the words behind a dash, a comma or a semicolon; all of them where there is none. */
static struct ch_str behind_dash(struct ch_str s, bool *dashed)
{
	size_t at = s.len;

	*dashed = false;
	while (at) {
		uint32_t len, cp = ch_utf8_before(s, at, &len);

		if (cp == '-' || cp == 0x2013 || cp == 0x2014 || cp == ',' || cp == ';') {
			*dashed = true;
			return ch_str_trim(ch_str_sub(s, at, s.len));
		}
		at -= len;
	}
	return s;
}

static struct ch_str without_stop(struct ch_str s)
{
	s = ch_str_trim(s);
	while (s.len && (s.ptr[s.len - 1] == '.' || s.ptr[s.len - 1] == '!'))
		s.len--;
	return s;
}

/* "the Movement – red.", "Ed.: the Movement", "sic" */
static bool is_signed(struct ch_str inner)
{
	struct ch_str s = without_stop(inner), last;
	size_t colon = ch_str_find_byte(s, ':', 0);
	bool dashed;

	if (listed(s, INSERTION_WORDS_ALONE) || listed(s, INSERTION_WORDS_SIGNATURE))
		return true;
	if (colon != CH_STR_NONE && listed(without_stop(ch_str_sub(s, 0, colon)), INSERTION_WORDS_SIGNATURE))
		return true;
	last = behind_dash(s, &dashed);
	return dashed && listed(last, INSERTION_WORDS_SIGNATURE);
}

/* "his (the king's)": what a pronoun means, told behind it. */
static bool is_gloss(const struct ch_said_work *w, uint32_t open, struct ch_str inner)
{
	static const char *const pronouns[] = { "he", "she", "it", "they", "him", "her", "them", "his", "its", "their", "there", "this", "these",
						"those", "that" };
	uint32_t at = ch_doc_token_from(w->doc, open), len;
	bool name = false;

	if (!at || ch_said_token(w, at - 1)->span.end + 2 < open)
		return false;
	for (size_t i = 0; i < inner.len; i += len) {
		uint32_t cp = ch_utf8_at(inner, i, &len);

		name = name || (ch_is_upper(cp) && (!i || inner.ptr[i - 1] == ' '));
	}
	for (size_t i = 0; name && i < sizeof pronouns / sizeof *pronouns; i++)
		if (ch_said_is(w, at - 1, pronouns[i]))
			return true;
	return false;
}

static void look(struct ch_said_work *w, struct ch_statement *s)
{
	struct ch_doc *doc = w->doc;
	struct ch_str text = ch_doc_str(doc, s->content);

	for (size_t i = 0; i < text.len; i++) {
		bool square = text.ptr[i] == '[';
		struct ch_str inner;
		size_t end;

		if (!square && text.ptr[i] != '(')
			continue;
		end = ch_str_find_byte(ch_str_sub(text, 0, i + INSERTION_MAX), square ? ']' : ')', i + 1);
		if (end == CH_STR_NONE)
			continue;
		inner = ch_str_trim(ch_str_sub(text, i + 1, end));
		if (inner.len && (square || is_signed(inner) || is_gloss(w, s->content.start + (uint32_t)i, inner))) {
			*CH_PUSH(doc->arena, &doc->insertions) = (struct ch_span){ s->content.start + (uint32_t)i, s->content.start + (uint32_t)end + 1 };
			s->insertion_n++;
		}
		i = end;
	}
}

void ch_said_insertions(struct ch_said_work *w)
{
	struct ch_doc *doc = w->doc;
	uint32_t covered = 0;   /* what was looked at: a quotation inside another is not read twice */

	for (uint32_t i = 0; i < doc->statements.n; i++) {
		struct ch_statement *s = &doc->statements.v[i];

		s->insertion_first = doc->insertions.n;
		if (!s->direct)
			continue;
		if (s->content.end > covered) {
			look(w, s);
			covered = s->content.end;
			continue;
		}
		/* Nested: the run of those of the outer one that lie in it. */
		s->insertion_first = 0;
		while (s->insertion_first < doc->insertions.n && doc->insertions.v[s->insertion_first].start < s->content.start)
			s->insertion_first++;
		while (s->insertion_first + s->insertion_n < doc->insertions.n &&
		       doc->insertions.v[s->insertion_first + s->insertion_n].end <= s->content.end)
			s->insertion_n++;
	}
}
