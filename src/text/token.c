/* text/token.c -- cuts a block into words, left to right; what stands between two blanks is a chunk. Each rule looks at
 * most a bounded number of bytes beyond what it takes, so a block costs time linear in its length. */
#include "text/text_priv.h"
#include "base/utf8.h"

enum {
	EMAIL_LOCAL_MAX = 64, /* RFC 5321, 4.5.3.1.1 */
	PEEK_WORD_MAX = 24,   /* a word that begins a sentence is no longer */
	CUTS_MAX = 3,         /* "I'd've": a word and as many clitics less one */
};

struct scan {
	struct ch_doc *doc;
	struct ch_str text; /* up to the end of the block; offsets are those of doc->text */
	size_t chunk, chunk_end;
	bool has_at;                        /* an @ stands in the chunk */
	uint32_t open_curly, open_straight; /* single quotation marks that wait for their partner */
};

/* The code point at `at`, 0 behind the end (a NUL in the text reads as U+0001); *len may be NULL. */
static uint32_t peek(const struct scan *s, size_t at, uint32_t *len)
{
	uint32_t n = 0, cp = at < s->text.len ? ch_utf8_at(s->text, at, &n) : 0;

	if (len)
		*len = n;
	return n && !cp ? 1 : cp;
}

static bool in_set(char c, const char *set)
{
	return c && strchr(set, c);
}

static bool is_alnum(uint32_t cp)
{
	return cp && (ch_is_letter(cp) || ch_is_digit(cp));
}

static bool is_ascii_alnum(char c)
{
	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

static bool is_digit(uint32_t cp)
{
	return cp >= '0' && cp <= '9';
}

static bool is_apostrophe(uint32_t cp)
{
	return cp == '\'' || cp == 0x2019 || cp == '`' || cp == 0xB4 || cp == 0x2BC || cp == 0x2018;
}

static bool is_hyphen(uint32_t cp)
{
	return cp == '-' || cp == 0x2010 || cp == 0x2011;
}

static bool is_currency(uint32_t cp)
{
	return cp == '$' || (cp >= 0xA2 && cp <= 0xA5) || (cp >= 0x20A0 && cp <= 0x20CF);
}

static struct ch_str piece(const struct scan *s, size_t start, size_t end)
{
	return ch_str_sub(s->text, start, end);
}

static bool listed(const struct scan *s, size_t start, size_t end, unsigned section)
{
	return ch_words_cased(&text_words, piece(s, start, end), section) != NULL;
}

static void emit(struct scan *s, size_t start, size_t end, uint8_t mwt)
{
	struct ch_token t = {.span = {(uint32_t)start, (uint32_t)end},
			     .mwt = mwt,
			     .head = CH_NONE,
			     .first_child = CH_NONE,
			     .next_sibling = CH_NONE,
			     .mention = CH_NONE,
			     .sentence = CH_NONE};

	*CH_PUSH(s->doc->arena, &s->doc->tokens) = t;
}

/* ---- whole words: cuts at apostrophes and in contractions ---- */

/* Where the last clitic of [start, end) begins; end where there is none. */
static size_t clitic_start(const struct scan *s, size_t start, size_t end)
{
	size_t at = end;
	uint32_t len, cp = 0;

	for (int i = 0; i < 3 && at > start; i++) {
		cp = ch_utf8_before(s->text, at, &len);
		at -= len;
		if (is_apostrophe(cp))
			break;
	}
	if (at == start || !is_apostrophe(cp))
		return end;
	ch_utf8_at(s->text, at, &len);
	if (at + len == end)
		return at; /* "states'" */
	if (listed(s, at + len, end, TEXT_WORDS_CLITIC)) {
		bool digits = true; /* "1990's" is one word */

		for (size_t i = start; i < at && digits; i++)
			digits = is_digit((unsigned char)s->text.ptr[i]);
		return digits ? end : at;
	}
	if (at + len + 1 == end && (s->text.ptr[end - 1] | 32) == 't' && at > start + 1 &&
	    (s->text.ptr[at - 1] | 32) == 'n')
		return at - 1;
	return end;
}

static void emit_word(struct scan *s, size_t start, size_t end)
{
	const struct ch_word_sense *cut = NULL;
	size_t cuts[CUTS_MAX + 1], n = 0;

	if (end - start <= 12)
		cut = ch_words_cased(&text_words, piece(s, start, end), TEXT_WORDS_CONTRACTION);
	if (cut) {
		emit(s, start, start + (size_t)cut->number, 2);
		emit(s, start + (size_t)cut->number, end, 0);
		return;
	}
	cuts[n++] = end;
	while (n < CUTS_MAX) {
		size_t at = clitic_start(s, start, cuts[n - 1]);

		if (at == cuts[n - 1])
			break;
		cuts[n++] = at;
	}
	emit(s, start, cuts[n - 1], n > 1 ? (uint8_t)n : 0);
	while (--n)
		emit(s, cuts[n], cuts[n - 1], 0);
}

/* ---- web ---- */

static bool trails(uint32_t cp)
{
	return cp < 0x80 ? in_set((char)cp, ".,;:!?'\"])}>*`") : ch_is_quote(cp) || cp == 0x2026;
}

/* A web address from start to the end of the chunk, less the punctuation behind it. */
static size_t url_end(const struct scan *s, size_t start)
{
	size_t end = s->chunk_end;
	bool paren = ch_str_find_byte(piece(s, start, end), '(', 0) != CH_STR_NONE;
	uint32_t len;

	while (end > start) {
		uint32_t cp = ch_utf8_before(s->text, end, &len);

		if (!trails(cp) || (cp == ')' && paren))
			break;
		end -= len;
	}
	return end;
}

static size_t match_url(const struct scan *s, size_t at)
{
	static const char *const heads[] = {"http://", "https://", "ftp://", "www."};
	struct ch_str rest = piece(s, at, s->chunk_end);

	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		if (rest.len > strlen(heads[i]) + 1 && ch_str_istarts(rest, ch_str_z(heads[i])))
			return url_end(s, at);
	return at;
}

static size_t match_email(const struct scan *s, size_t at)
{
	size_t i = at, dot = 0, end;

	if (!s->has_at)
		return at;
	while (i < s->chunk_end && i - at < EMAIL_LOCAL_MAX &&
	       (is_ascii_alnum(s->text.ptr[i]) || in_set(s->text.ptr[i], "._%+-")))
		i++;
	if (i == at || i >= s->chunk_end || s->text.ptr[i] != '@')
		return at;
	end = ++i;
	for (; i < s->chunk_end && (is_ascii_alnum(s->text.ptr[i]) || s->text.ptr[i] == '-' || s->text.ptr[i] == '.');
	     i++) {
		if (s->text.ptr[i] == '.')
			dot = i;
		else
			end = i + 1;
	}
	return dot && dot < end ? end : at;
}

/* ---- numbers ---- */

static size_t digits_end(const struct scan *s, size_t at)
{
	while (is_digit(peek(s, at, NULL)))
		at++;
	return at;
}

/* "713-853-3989", "646-8420", "2018-08-12", "11-20-2000": groups that are no range; else `at`. */
static size_t match_dashed(const struct scan *s, size_t at)
{
	size_t i = at, groups = 0, len[5] = {0};

	for (;;) {
		size_t end = digits_end(s, i);

		if (end == i || end - i > 4 || groups == 5)
			return at;
		len[groups++] = end - i;
		i = end;
		if (peek(s, i, NULL) != '-')
			break;
		i++;
	}
	if (is_alnum(peek(s, i, NULL)))
		return at;
	if (groups == 3 && ((len[0] == 4 && len[1] == 2 && len[2] == 2) || (len[0] <= 2 && len[1] <= 2 && len[2] == 4)))
		return i;
	if (groups > 1 && len[groups - 1] == 4 && len[groups - 2] == 3)
		return i;
	return at;
}

static size_t scan_number(const struct scan *s, size_t at)
{
	size_t i = match_dashed(s, at), letters;
	uint32_t slashes = 0, cp, len;

	if (i > at)
		return i;
	i = at;
	if (s->text.ptr[i] == '+')
		i++;
	if (s->text.ptr[i] == '.')
		i++;
	i = digits_end(s, i);
	for (;;) {
		size_t run;

		cp = peek(s, i, NULL);
		if (cp != '.' && cp != ',' && cp != ':' && cp != '/')
			break;
		run = digits_end(s, i + 1);
		if (run == i + 1 || (cp == ',' && run - i != 4)) /* "1,000", but "13,14" is two */
			break;
		/* "9/11", "1/2", "11/28/2000" are one word; "2001/02" is two years */
		if (cp == '/' && (run - i > 3 || (!slashes && i - at > 2)) && !(slashes == 1 && run - i == 5))
			break;
		slashes += cp == '/';
		i = run;
	}
	letters = i;
	while (is_alnum(cp = peek(s, letters, &len)) ||
	       (is_apostrophe(cp) && letters == i && (peek(s, letters + len, NULL) | 32) == 's'))
		letters += len;
	if (letters == i || listed(s, i, letters, TEXT_WORDS_UNIT))
		return i;
	return letters;
}

/* ---- words ---- */

/* The word at `at`, as far as letters go; at most PEEK_WORD_MAX bytes. */
static size_t letters_end(const struct scan *s, size_t at)
{
	size_t i = at;
	uint32_t len, cp;

	while (i - at < PEEK_WORD_MAX && (cp = peek(s, i, &len)) && ch_is_letter(cp))
		i += len;
	return i;
}

/* An abbreviation with its stop, whatever follows ("Nov.28", "No.5"). */
static bool listed_stop(const struct scan *s, size_t start, size_t end)
{
	const struct ch_word *w = ch_words_find(&text_words, piece(s, start, end));

	return w && (w->sections & (UINT64_C(1) << TEXT_WORDS_TITLE | UINT64_C(1) << TEXT_WORDS_ENDING |
				    UINT64_C(1) << TEXT_WORDS_NUMBER));
}

/* A stop inside a chunk, between `start` and a letter or digit: does the word go on behind it ("U.S", "Day.az")? */
static bool stop_inside(const struct scan *s, size_t start, size_t segment, size_t stop)
{
	uint32_t next = peek(s, stop + 1, NULL), first = peek(s, start, NULL), len;

	peek(s, segment, &len);
	if (segment + len == stop)
		return true; /* "U.S", "e.g" */
	if (ch_is_digit(next))
		return ch_is_upper(first) && !listed_stop(s, start, stop + 1);
	if (ch_is_upper(next)) {
		size_t end = letters_end(s, stop + 1);

		if (end - stop == 2)
			return peek(s, end, NULL) == '.' && stop - segment <= 3; /* "Ph.D." */
		if (listed(s, stop + 1, end, TEXT_WORDS_STARTER))
			return false;
		return ch_is_upper(first) && end - stop <= 4 && stop - segment > 3; /* "Caliber.Az" */
	}
	return !listed(s, start, stop + 1, TEXT_WORDS_TITLE);
}

/* Does the stop at `stop`, behind the word and before no letter, belong to the word? */
static bool takes_stop(const struct scan *s, size_t start, size_t segment, size_t stop)
{
	size_t next = stop + 1;
	uint32_t cp, len, first = peek(s, start, NULL), last;

	cp = peek(s, segment, &len);
	if (segment > start && segment + len == stop && ch_is_letter(cp))
		return true; /* "U.S." */
	if (peek(s, next, NULL) == '.')
		return false;
	if (listed(s, start, next, TEXT_WORDS_TITLE) || listed(s, start, next, TEXT_WORDS_ENDING))
		return true;
	while ((cp = peek(s, next, &len)) && ch_is_space(cp))
		next += len;
	if (listed(s, start, stop + 1, TEXT_WORDS_NUMBER) &&
	    (ch_is_digit(cp) || (ch_is_upper(first) && cp < 0x80 && in_set((char)cp, "IVXLC"))))
		return true;
	/* An initial: one capital, a name to follow. "I." and "A." may be words of a sentence that ends there. */
	peek(s, start, &len);
	if (start + len != stop || !ch_is_upper(first) || next == stop + 1 || !ch_is_upper(cp))
		return false;
	last = peek(s, letters_end(s, next), NULL);
	if (last != '.' && listed(s, next, letters_end(s, next), TEXT_WORDS_STARTER))
		return false;
	return first != 'I' || s->doc->tokens.n == 0 || last == '.';
}

/* Does a hyphen behind the part [part, hyphen) stay inside the word? */
static bool keeps_hyphen(const struct scan *s, size_t part, size_t hyphen, uint32_t next)
{
	return is_alnum(next) && listed(s, part, hyphen, TEXT_WORDS_PREFIX); /* "mid-2004" too */
}

static size_t scan_word(struct scan *s, size_t start)
{
	size_t i = start, part = start, segment = start;
	bool domain = false;
	uint32_t len, cp, last = 0;

	while ((cp = peek(s, i, &len))) {
		uint32_t next, next_len;

		if (is_alnum(cp) || cp == '_') {
			last = cp;
			i += len;
			continue;
		}
		next = peek(s, i + len, &next_len);
		if (is_apostrophe(cp)) {
			if (ch_is_letter(next)) {
				/* A back-quote inside a word is someone's apostrophe only before a clitic
				 * ("Azerbaijan`s"). */
				if ((cp == '`' || cp == 0xB4) &&
				    !listed(s, i + len, letters_end(s, i + len), TEXT_WORDS_CLITIC))
					break;
				i += len;
				continue;
			}
			if ((last == 's' || last == 'S') && cp != '`' && cp != 0x2018 && !is_digit(next) &&
			    !(cp == 0x2019 ? s->open_curly : s->open_straight) && next != '\'')
				i += len;
			break;
		}
		if (cp == '.') {
			if (is_alnum(next) ? stop_inside(s, start, segment, i) : false) {
				domain |= ch_is_lower(next) && i - segment > 1;
				i++;
				segment = i;
				continue;
			}
			if (is_alnum(next) ? listed_stop(s, start, i + 1) : takes_stop(s, start, segment, i))
				i++;
			/* "U.S.'s": the clitic belongs to the abbreviation. */
			if (i > segment && s->text.ptr[i - 1] == '.' && is_apostrophe(peek(s, i, &len)) &&
			    (peek(s, i + len, NULL) | 32) == 's' && !is_alnum(peek(s, i + len + 1, NULL)))
				i += len + 1;
			break;
		}
		if (is_hyphen(cp) && keeps_hyphen(s, part, i, next)) {
			i += len;
			part = segment = i;
			continue;
		}
		/* "AT&T", "R&D" */
		if (cp == '&' && ch_is_upper(last) && ch_is_upper(next) && i - start <= 3) {
			i++;
			continue;
		}
		if (cp == '/' && domain && is_alnum(next))
			return url_end(s, start) > i ? url_end(s, start) : i;
		/* "A/RES/70/1", "S/2015/1" */
		if (cp == '/' && i - part == 1 && part == start && ch_is_upper(last) &&
		    (ch_is_digit(next) || ch_is_upper(next)) && is_alnum(peek(s, i + 1 + next_len, NULL))) {
			while ((cp = peek(s, i, &len)) &&
			       (is_alnum(cp) || cp == '/' || (cp == '.' && is_alnum(peek(s, i + 1, NULL)))))
				i += len;
			break;
		}
		/* "US$" */
		if (is_currency(cp) && i - start <= 3 && ch_is_upper(last))
			i += len;
		break;
	}
	return i;
}

/* ---- punctuation ---- */

static size_t run_end(const struct scan *s, size_t at, const char *set)
{
	while (at < s->text.len && in_set(s->text.ptr[at], set))
		at++;
	return at;
}

/* ":)" and its kin, where nothing follows in the chunk. */
static size_t match_smiley(const struct scan *s, size_t at)
{
	size_t i = at + 1;

	if (s->chunk_end - at > 3 || s->chunk_end - at < 2)
		return at;
	if (s->text.ptr[i] == '-')
		i++;
	if (i + 1 == s->chunk_end && in_set(s->text.ptr[i], ")(DPp/|"))
		return i + 1;
	return at;
}

static size_t scan_apostrophe(struct scan *s, size_t at, uint32_t cp, uint32_t len)
{
	size_t end = letters_end(s, at + len);
	uint32_t *open = cp == '\'' ? &s->open_straight : &s->open_curly;
	bool left = at == s->chunk, doubled = peek(s, at + len, NULL) == cp;

	if (doubled)
		return at + 2 * (size_t)len;
	if (cp != 0x2018 && end > at + len &&
	    (listed(s, at, end, TEXT_WORDS_CLIPPED) || (!left && listed(s, at + len, end, TEXT_WORDS_CLITIC))))
		return end;
	/* "'90s" */
	if (is_digit(peek(s, at + len, NULL)) && digits_end(s, at + len) == at + len + 2 && left) {
		end = at + len + 2;
		return (peek(s, end, NULL) | 32) == 's' ? end + 1 : end;
	}
	if (cp == 0x2018 || (cp == '\'' && left && end > at + len))
		++*open;
	else if (*open)
		--*open;
	return at + len;
}

static size_t scan_punct(struct scan *s, size_t at)
{
	uint32_t len, cp = peek(s, at, &len), next = peek(s, at + len, NULL), mark;
	size_t i;

	switch (cp) {
	case '.':
		if (is_digit(next) && at == s->chunk)
			return scan_number(s, at);
		return run_end(s, at, ".");
	case '!':
	case '?':
		return run_end(s, at, "!?");
	case '-':
		return run_end(s, at, "-");
	case '+':
		return is_digit(next) && at == s->chunk ? scan_number(s, at) : run_end(s, at, "+");
	case '\'':
	case '`':
	case 0x2018:
	case 0x2019:
		return scan_apostrophe(s, at, cp, len);
	case '@':
	case '#':
		if (at == s->chunk && ch_is_letter(next)) {
			for (i = at + 1; (cp = peek(s, i, &len)) && (is_alnum(cp) || cp == '_'); i += len)
				;
			return i;
		}
		return run_end(s, at, cp == '@' ? "@" : "#");
	case ':':
	case ';':
		i = match_smiley(s, at);
		return i > at ? i : at + 1;
	case '*':
		return run_end(s, at, "*");
	case '=':
		return run_end(s, at, "=");
	case '~':
		return run_end(s, at, "~");
	case '_':
		return run_end(s, at, "_");
	case '<':
		return run_end(s, at, "<");
	case '>':
		return run_end(s, at, ">");
	case '|':
		return run_end(s, at, "|");
	default:
		break;
	}
	/* Marks, variation selectors and joined pictures stay on their symbol. */
	i = at + len;
	while (cp >= 0x80 && (mark = peek(s, i, &len)) >= 0x80 &&
	       ((mark >= 0xFE00 && mark <= 0xFE0F) || mark == 0x200D || (mark >= 0x1F3FB && mark <= 0x1F3FF))) {
		i += len;
		if (mark == 0x200D && peek(s, i, &len) >= 0x2000)
			i += len;
	}
	return i;
}

/* ---- chunks ---- */

static void scan_chunk(struct scan *s)
{
	size_t at = s->chunk;
	uint32_t first = s->doc->tokens.n;

	while (at < s->chunk_end) {
		uint32_t cp = peek(s, at, NULL);
		size_t end = at;

		if (is_alnum(cp)) {
			end = match_url(s, at);
			if (end == at)
				end = match_email(s, at);
			if (end == at && is_digit(cp))
				end = scan_number(s, at);
			if (end == at) {
				end = scan_word(s, at);
				emit_word(s, at, end);
				at = end;
				continue;
			}
		} else {
			end = scan_punct(s, at);
		}
		emit(s, at, end, 0);
		at = end;
	}
	if (s->doc->tokens.n > first)
		s->doc->tokens.v[s->doc->tokens.n - 1].space_after = true;
}

void ch_text_tokens(struct ch_doc *doc, struct ch_span block)
{
	struct scan s = {.doc = doc, .text = ch_str_sub(doc->text, 0, block.end)};
	size_t at = block.start;
	uint32_t len, cp;

	for (;;) {
		while ((cp = peek(&s, at, &len)) && ch_is_space(cp))
			at += len;
		if (at >= s.text.len)
			return;
		s.chunk = at;
		s.has_at = false;
		while (at < s.text.len && !ch_is_space(cp = peek(&s, at, &len))) {
			s.has_at |= cp == '@';
			at += len;
		}
		s.chunk_end = at;
		scan_chunk(&s);
	}
}
