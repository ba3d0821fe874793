/* page/author.c -- names out of bylines ("By Jane Roe and John Doe, Reuters Staff | 5 May 2018"), whoever wrote them:
 * a line of the page, an element that says it holds the author, or what the page tells machines. Words around the
 * names are in lexicon/page/bylines.txt; no language is asked for. */
#include "page/page_priv.h"
#include "base/utf8.h"

enum { FIELD_BYTES = 300, LINE_BYTES = 140, NAME_BYTES = 60, NAME_WORDS = 6, PHRASE_WORDS = 4 };

static size_t word_end(struct ch_str s, size_t at)
{
	while (at < s.len && s.ptr[at] != ' ')
		at++;
	return at;
}

static struct ch_str strip(struct ch_str s)
{
	static const char *const marks[] = { " ", ",", ";", ":", "-", "*", "|", "/", "\"", "\xe2\x80\x93", "\xe2\x80\x94", "\xe2\x80\xa2",
					     "\xc2\xb7", "\xe2\x80\x9c", "\xe2\x80\x9d", "\xe2\x80\x9e", "~", "+", "_", ">", "<" };
	bool more = true;

	while (more && s.len) {
		more = false;
		for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
			struct ch_str m = ch_str_z(marks[i]);

			if (ch_str_starts(s, m)) {
				s = ch_str_sub(s, m.len, s.len);
				more = true;
			}
			if (ch_str_ends(s, m)) {
				s = ch_str_sub(s, 0, s.len - m.len);
				more = true;
			}
		}
		/* "Jane Roe." but "R. R.", "John Doe Jr." */
		if (s.len > 3 && s.ptr[s.len - 1] == '.' && s.ptr[s.len - 3] != ' ' && s.ptr[s.len - 3] != '.' && !ch_str_ends(s, CH_STR("r."))) {
			s.len--;
			more = true;
		}
	}
	return s;
}

/* What page_byline_word says of the longest phrase that opens s, and its bytes. */
static unsigned opening(const struct ch_page_lexicon *lex, struct ch_str s, size_t *len)
{
	unsigned is = 0;
	size_t at = 0;

	for (int n = 0; n < PHRASE_WORDS && at < s.len; n++) {
		size_t end = word_end(s, at), bare = end;
		unsigned here;

		while (bare > at && strchr(":,", s.ptr[bare - 1]))
			bare--;
		here = page_byline_word(lex, ch_str_sub(s, 0, bare));
		if (here) {
			is = here;
			*len = end;
		}
		if (bare < end)
			break;
		at = end + 1;
	}
	return is;
}

/* Takes "By", "Written by:", "Text: Von" off. */
static bool take_head(const struct ch_page_lexicon *lex, struct ch_str *s)
{
	bool had = false;
	size_t len = 0;

	/* "ByJane Roe": two elements without a blank between. */
	for (len = 2; len <= 3 && s->len > len + 1; len++)
		if (s->ptr[len] >= 'A' && s->ptr[len] <= 'Z' && s->ptr[len - 1] >= 'a' && s->ptr[len + 1] >= 'a' &&
		    page_byline_word(lex, ch_str_sub(*s, 0, len)) & PAGE_BYLINE_WEAK) {
			*s = ch_str_sub(*s, len, s->len);
			return true;
		}

	for (int n = 0; n < 3; n++) {
		if (!(opening(lex, *s, &len) & (PAGE_BYLINE_HEAD | PAGE_BYLINE_WEAK)))
			break;
		*s = strip(ch_str_sub(*s, len, s->len));
		had = true;
	}
	return had;
}

/* ---- one name ---- */

static struct ch_str host_of(struct ch_str url)
{
	size_t at = ch_str_find(url, CH_STR("://"), 0);
	struct ch_str host = at == CH_STR_NONE ? (struct ch_str){ 0 } : ch_str_sub(url, at + 3, url.len);

	at = ch_str_find_byte(host, '/', 0);
	host = ch_str_sub(host, 0, at == CH_STR_NONE ? host.len : at);
	return ch_str_istarts(host, CH_STR("www.")) ? ch_str_sub(host, 4, host.len) : host;
}

/* "Jane Roe", "Jane M. Roe"; not "The Record", "USA RECORD", "Jane Roe Bakes Cakes". */
static bool looks_personal(struct ch_str name)
{
	uint32_t words = 1;
	bool lower = false;

	for (size_t i = 0; i < name.len; i++) {
		words += name.ptr[i] == ' ';
		lower = lower || (name.ptr[i] >= 'a' && name.ptr[i] <= 'z');
	}
	return lower && words <= 3 && (words == 2 || ch_str_find_byte(name, '.', 0) != CH_STR_NONE) && page_is_name(name) &&
	       !ch_str_starts(name, CH_STR("The "));
}

/* "roe.example": a blank-free word with a dot inside and letters behind it. */
static bool is_domain(struct ch_str s)
{
	size_t dot = s.len;

	while (dot && s.ptr[dot - 1] != '.')
		dot--;
	return dot > 3 && s.len - dot >= 2 && s.len - dot <= 4 && ch_str_find_byte(s, ' ', 0) == CH_STR_NONE;
}

/* The site's own name: as it calls itself, or as its address does. */
static bool is_site(const struct page *p, struct ch_str name)
{
	const struct ch_meta *m = &p->doc->meta;
	struct ch_str host = host_of(m->url), top;
	size_t dot;

	if (looks_personal(name))        /* many a site is called after who writes it */
		return false;
	if (m->outlet.len && (page_same_words(name, m->outlet) || page_find_words(name, m->outlet) == 0))
		return true;
	if (host.len && page_same_words(name, host))
		return true;
	while ((dot = ch_str_find_byte(host, '.', 0)) != CH_STR_NONE) {
		if (dot > 3 && page_same_words(name, ch_str_sub(host, 0, dot)))
			return true;
		host = ch_str_sub(host, dot + 1, host.len);
	}
	top = p->lines.n ? page_line_str(p, 0) : (struct ch_str){ 0 };
	return top.len > name.len + 3 && ch_str_ends(top, name) && top.ptr[top.len - name.len - 1] == ' ' &&
	       p->lines.v[0].reason && strcmp(p->lines.v[0].reason, "page title") == 0 && strchr("|-\x93\x94\xb7\xab\xbb:", top.ptr[top.len - name.len - 2]);
}

static bool is_org(const struct ch_page_lexicon *lex, struct ch_str name)
{
	for (size_t at = 0; at < name.len; at = word_end(name, at) + 1)
		if (page_byline_word(lex, strip(ch_str_sub(name, at, word_end(name, at)))) & PAGE_BYLINE_ORG)
			return true;
	return false;
}

static bool has_role(const struct ch_page_lexicon *lex, struct ch_str name, enum page_trust trust)
{
	for (size_t at = 0; at < name.len; at = word_end(name, at) + 1) {
		unsigned is = page_byline_word(lex, strip(ch_str_sub(name, at, word_end(name, at))));

		if (is & PAGE_BYLINE_ROLE || (is & PAGE_BYLINE_HOUSE && trust != PAGE_TRUST_MARKED))
			return true;
	}
	return false;
}

static bool is_name(const struct page *p, struct ch_str s, enum page_trust trust, bool later)
{
	uint32_t words = 1, digits = 0, letters = 0, len;
	unsigned is = page_byline_word(p->lex, s);

	if (is & PAGE_BYLINE_HOUSE && trust == PAGE_TRUST_MARKED)
		return true;
	if (s.len < 2 || s.len > NAME_BYTES || ch_str_find(s, CH_STR("://"), 0) != CH_STR_NONE || ch_str_find(s, CH_STR("www."), 0) != CH_STR_NONE ||
	    ch_str_find_byte(s, '@', 0) != CH_STR_NONE || is & (PAGE_BYLINE_NOBODY | PAGE_BYLINE_LABEL | PAGE_BYLINE_CUT))
		return false;
	for (size_t i = 0; i < s.len; i += len) {
		uint32_t cp = ch_utf8_at(s, i, &len);

		words += cp == ' ';
		digits += ch_is_digit(cp);
		letters += ch_is_letter(cp);
		if (cp == '{' || cp == '<' || cp == '=' || cp == '!' || cp == '?' || cp == '#' || cp == '%' || cp == '$' || cp == 0x2026)
			return false;
	}
	if (letters < 2 || ch_is_digit(ch_utf8_at(s, 0, &len)) || digits > letters || (digits && letters < 3 * digits && words > 1) || words > NAME_WORDS || has_role(p->lex, s, trust))
		return false;
	if (page_byline_word(p->lex, ch_str_sub(s, 0, word_end(s, 0))) & (PAGE_BYLINE_LABEL | PAGE_BYLINE_CUT) || page_month(p->lex, s) ||
	    page_weekday(p->lex, s))
		return false;
	if (is_org(p->lex, s) || is_site(p, s) || is_domain(s))
		return false;
	return (trust == PAGE_TRUST_MARKED && !later) || (trust == PAGE_TRUST_TOLD && !later && words == 1 && s.len >= 3) || page_is_name(s);
}

bool page_names_add(struct page_names *out, struct ch_str s)
{
	for (uint32_t i = 0; i < out->n; i++)
		if (page_same_words(out->v[i], s))
			return false;
	if (out->n >= PAGE_NAMES_MAX)
		return false;
	out->v[out->n++] = s;
	return true;
}

/* "Reuters", "Reuters Staff", "dpa": whose report it is, and nobody's name. */
static bool take_agency(const struct page *p, struct ch_str s, struct ch_str *agency)
{
	size_t end;
	struct ch_str usual = page_name_at(p->lex, s, 0, &end), rest = strip(ch_str_sub(s, end, s.len));

	bool sure = end && ch_str_find_byte(ch_str_sub(s, 0, end), ' ', 0) != CH_STR_NONE;   /* nobody's given name */

	if (!usual.len || (rest.len && !sure && !(page_byline_word(p->lex, rest) & (PAGE_BYLINE_HOUSE | PAGE_BYLINE_ROLE))))
		return false;
	if (agency && !agency->len && page_is_agency(p->lex, usual))
		*agency = usual;
	return true;
}

/* ---- a byline ---- */

/* Where the names of a field end: before a date, a bracket, or a word behind which none follow. */
static size_t names_end(const struct page *p, struct ch_str s)
{
	struct page_date date;
	size_t end = s.len;

	if (page_date_find(p->lex, s, 0, &date) && date.start < end)
		end = date.start;
	for (size_t at = 0; at < end; at = word_end(s, at) + 1) {
		struct ch_str word = ch_str_sub(s, at, word_end(s, at)), bare = strip(word);
		uint32_t len;

		if (word.ptr && word.len && (word.ptr[0] == '(' || word.ptr[0] == '[' || word.ptr[0] == '@' || ch_str_istarts(word, CH_STR("http"))))
			return at;
		if (at && bare.len && page_byline_word(p->lex, bare) & PAGE_BYLINE_CUT && ch_is_lower(ch_utf8_at(bare, 0, &len)))
			return at;
		if (at && word.len == 1 && (word.ptr[0] == '-' || word.ptr[0] == '>'))
			return at;
	}
	return end;
}

/* The next name's end and where what follows it begins: at a comma, slash, semicolon or "and". */
static size_t next_part(const struct page *p, struct ch_str s, size_t *past)
{
	for (size_t at = 0; at < s.len; at++) {
		if (strchr(",;/&", s.ptr[at])) {
			*past = at + 1;
			return at;
		}
		if (s.ptr[at] == ' ') {
			size_t end = word_end(s, at + 1);

			if (page_byline_word(p->lex, ch_str_sub(s, at + 1, end)) & PAGE_BYLINE_AND) {
				*past = end;
				return at;
			}
		}
	}
	*past = s.len;
	return s.len;
}

static bool read_field(const struct page *p, struct ch_str s, enum page_trust trust, bool headed, struct page_names *out,
		       struct ch_str *agency)
{
	bool added = false, later = false;

	s = strip(s);
	headed = take_head(p->lex, &s) || headed;
	if (trust == PAGE_TRUST_TEXT && !headed)
		return false;
	s = strip(ch_str_sub(s, 0, names_end(p, s)));
	for (int n = 0; s.len && n < PAGE_NAMES_MAX * 2; n++) {
		size_t past, end = next_part(p, s, &past);
		struct ch_str part = strip(ch_str_sub(s, 0, end));
		bool firm = ch_str_starts(ch_str_trim(ch_str_sub(s, end, s.len)), CH_STR("&"));

		s = ch_str_sub(s, past, s.len);
		(void)take_head(p->lex, &part);
		while (part.len > 6 && part.ptr[part.len - 1] >= '0' && part.ptr[part.len - 1] <= '9' && ch_str_find_byte(part, ' ', 0) != CH_STR_NONE)
			part.len--;                /* "Jane Roe1", of a footnote */
		if (part.len && take_agency(p, part, agency)) {
			if (firm)
				return added;      /* "Bloomberg Tax & Accounting" */
			continue;
		}
		if (!part.len)
			continue;
		if (is_name(p, part, trust, later))
			added = page_names_add(out, part) || added;
		else if (!later && trust == PAGE_TRUST_TEXT)
			return false;      /* "By far the largest, John Doe said" */
		later = true;
	}
	return added;
}

bool page_names_read(const struct page *p, struct ch_str s, enum page_trust trust, struct page_names *out, struct ch_str *agency)
{
	static const char *const parts[] = { "|", "\xe2\x80\xa2", "\xc2\xb7", "\xe2\x80\x94", "\xe2\x80\x93", " - ", "\n" };
	bool headed = false;

	if (s.len > FIELD_BYTES) {
		s.len = FIELD_BYTES;
		while (((unsigned char)s.ptr[s.len] & 0xC0) == 0x80)
			s.len--;
	}
	while (s.len) {
		size_t cut = s.len, past = s.len;
		struct ch_str field;

		for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
			size_t at = ch_str_find(s, ch_str_z(parts[i]), 0);

			if (at < cut) {
				cut = at;
				past = at + strlen(parts[i]);
			}
		}
		field = strip(ch_str_sub(s, 0, cut));
		s = ch_str_sub(s, past, s.len);
		if (read_field(p, field, trust, headed, out, agency))
			return true;
		headed = take_head(p->lex, &field) && !field.len;
	}
	return false;
}

bool page_is_byline_head(const struct page *p, struct ch_str s)
{
	s = strip(s);
	return s.len && s.len < PAGE_PHRASE_BYTES && take_head(p->lex, &s) && !s.len;
}

/* "PM IST" has none. */
static bool has_small(struct ch_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((s.ptr[i] >= 'a' && s.ptr[i] <= 'z') || (unsigned char)s.ptr[i] >= 0x80)
			return true;
	return false;
}

bool page_byline_line(const struct page *p, struct ch_str s, struct page_names *out, struct ch_str *agency)
{
	struct page_date date;
	struct ch_str rest;
	bool dated;
	uint32_t len;

	if (s.len > LINE_BYTES)
		return false;
	dated = page_date_find(p->lex, s, 0, &date) && date.year;
	for (size_t at = 0; at < s.len; at = word_end(s, at) + 1) {
		unsigned is = page_byline_word(p->lex, strip(ch_str_sub(s, at, word_end(s, at))));

		rest = strip(ch_str_sub(s, word_end(s, at), s.len));
		if (is & PAGE_BYLINE_WEAK && rest.len && ch_is_upper(ch_utf8_at(rest, 0, &len)) &&
		    (dated || page_date_label(p->lex, ch_str_sub(s, 0, at)) == PAGE_PUBLISHED))
			return page_names_read(p, rest, PAGE_TRUST_MARKED, out, agency);
	}
	if (!dated)
		return false;
	rest = strip(ch_str_sub(s, 0, date.start));
	if (page_is_name(rest) && has_small(rest) && is_name(p, rest, PAGE_TRUST_TEXT, false))
		return page_names_add(out, rest);
	/* behind the time of the day */
	for (len = date.end; len < s.len && strchr(" ,:-|/.0123456789", s.ptr[len]);)
		len++;
	rest = strip(ch_str_sub(s, len, s.len));
	rest = strip(ch_str_sub(rest, 0, ch_str_find_byte(rest, '|', 0) == CH_STR_NONE ? rest.len : ch_str_find_byte(rest, '|', 0)));
	return len > date.end && page_is_name(rest) && has_small(rest) && is_name(p, rest, PAGE_TRUST_TEXT, false) && page_names_add(out, rest);
}

struct ch_str page_names_join(struct page *p, const struct page_names *names)
{
	struct ch_str s = { 0 };

	for (uint32_t i = 0; i < names->n; i++)
		s = s.len ? ch_arena_printf(p->arena, "%.*s; %.*s", CH_STR_ARG(s), CH_STR_ARG(names->v[i])) : names->v[i];
	return s;
}
