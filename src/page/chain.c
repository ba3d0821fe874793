/* page/chain.c -- whom a report was taken over from: the agency that it credits, and the chain, nearest first. Credits stand in
 * the dateline, the byline, the first paragraphs ("told Reuters", "reported the Baku-based Day.az"), the last ones, and
 * the lines right below ("Source: Example Herald"). The words for it are in lexicon/page/credits.txt. */
#include "page/page_priv.h"
#include "base/utf8.h"

enum { CREDIT_PARAGRAPHS = 4, LAST_PARAGRAPHS = 2, BELOW_LINES = 3, LINE_BYTES = 2000, SHORT_BYTES = 160, PHRASE_WORDS = 7, NAME_WORDS = 5 };

static bool is_letter(char c)
{
	return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static size_t word_end(struct ch_str s, size_t at)
{
	while (at < s.len && s.ptr[at] != ' ')
		at++;
	return at;
}

/* ---- phrases ---- */

/* What the phrases that end s say, "the Baku-based" behind them aside. */
static unsigned said_before(const struct ch_page_lexicon *lex, struct ch_str s)
{
	size_t at;
	unsigned is = 0;

	s = ch_str_trim(s);
	if (ch_str_ends(s, CH_STR("-based"))) {
		while (s.len && s.ptr[s.len - 1] != ' ')
			s.len--;
		s = ch_str_trim(s);
	}
	at = s.len;
	for (int n = 0; n < PHRASE_WORDS && at; n++) {
		at--;
		while (at && s.ptr[at - 1] != ' ')
			at--;
		is |= page_credit_word(lex, ch_str_sub(s, at, s.len));
	}
	return is;
}

/* The phrase of a kind that begins at `at`: its end, or 0. */
static size_t phrase_at(const struct ch_page_lexicon *lex, struct ch_str s, size_t at, unsigned kind)
{
	size_t end = at, found = 0;

	for (int n = 0; n < PHRASE_WORDS && end < s.len; n++) {
		size_t bare;

		end = word_end(s, end + (n > 0));
		for (bare = end; bare > at && strchr(":,.;", s.ptr[bare - 1]);)
			bare--;
		if (page_credit_word(lex, ch_str_sub(s, at, bare)) & kind)
			found = bare;
		if (bare < end)
			break;
	}
	return found;
}

static bool is_credited(const struct ch_page_lexicon *lex, struct ch_str s, size_t start, size_t end)
{
	struct ch_str tail = ch_str_trim(ch_str_sub(s, end, s.len));

	if (start && s.ptr[start - 1] == '(' && end < s.len && s.ptr[end] == ')')
		return true;
	return said_before(lex, ch_str_sub(s, 0, start)) & PAGE_CREDIT_BEFORE || phrase_at(lex, tail, 0, PAGE_CREDIT_BEHIND);
}

/* ---- names ---- */

/* "Day.az", "News.Az": a name with a domain in it, where no list knows it. */
size_t page_site_name(struct ch_str s, size_t at)
{
	size_t i = at, dot = 0;

	while (i < s.len && (is_letter(s.ptr[i]) || (s.ptr[i] >= '0' && s.ptr[i] <= '9') || s.ptr[i] == '-' ||
	       (s.ptr[i] == '.' && i > at && i + 1 < s.len && is_letter(s.ptr[i + 1])))) {
		if (s.ptr[i] == '.')
			dot = i;
		i++;
	}
	return dot && i - dot <= 5 && i - dot >= 3 && dot - at >= 2 && (s.ptr[at] < 'a' || s.ptr[at] > 'z') ? i - at : 0;
}

static bool next_name(const struct page *p, struct ch_str s, size_t *at, size_t *end, struct ch_str *usual)
{
	for (; *at < s.len; (*at)++) {
		char c = s.ptr[*at], before = *at ? s.ptr[*at - 1] : ' ';
		bool sign = (unsigned char)before >= 0x80 && *at >= 3 && (unsigned char)s.ptr[*at - 3] == 0xE2;   /* a dash, a quote */
		size_t len;

		if (is_letter(before) || before == '.' || before == '-' || before == '@' || ((before & 0x80) && !sign))
			continue;
		if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80) || c == 'd'))
			continue;
		*usual = page_name_at(p->lex, s, *at, end);
		if (usual->len)
			return true;
		len = page_site_name(s, *at);
		if (len) {
			*end = *at + len;
			*usual = ch_str_sub(s, *at, *end);
			return true;
		}
	}
	return false;
}

/* A name that no list knows: words with capitals, up to a sign that ends them. */
static struct ch_str proper_name(struct ch_str s)
{
	size_t at = 0, end = 0;
	uint32_t len;

	if (ch_str_istarts(s, CH_STR("the ")) && !ch_is_upper(ch_utf8_at(s, 0, &len)))
		s = ch_str_sub(s, 4, s.len);
	for (int n = 0; n < NAME_WORDS && at < s.len; n++) {
		size_t stop = word_end(s, at), bare = stop;
		bool small = n && (ch_str_eqz(ch_str_sub(s, at, stop), "of") || ch_str_eqz(ch_str_sub(s, at, stop), "and"));

		if (!small && !ch_is_upper(ch_utf8_at(s, at, &len)) && !ch_is_digit(ch_utf8_at(s, at, &len)))
			break;
		while (bare > at && strchr(",.;:)|!", s.ptr[bare - 1]))
			bare--;
		if (!small)
			end = bare;
		if (bare < stop)
			break;
		at = stop + 1;
	}
	return ch_str_sub(s, 0, end);
}

static void add(struct page *p, struct page_names *chain, struct ch_str name)
{
	struct ch_str first = ch_str_sub(name, 0, word_end(name, 0));

	if (page_month(p->lex, first) || page_weekday(p->lex, first))
		return;            /* "first published on November 19" */
	if (name.len >= 2 && name.len <= 60 && !page_same_words(name, p->doc->meta.outlet))
		(void)page_names_add(chain, name);
}

/* The name behind a phrase: known, a site, or proper; empty where none follows. */
static struct ch_str name_behind(const struct page *p, struct ch_str s)
{
	size_t end, at = 0;
	struct ch_str usual;

	while (at < s.len && strchr(" :\"'", s.ptr[at]))
		at++;
	s = ch_str_sub(s, at, s.len);
	if (ch_str_istarts(s, CH_STR("the "))) {
		usual = page_name_at(p->lex, s, 4, &end);
		if (usual.len)
			return usual;
	}
	usual = page_name_at(p->lex, s, 0, &end);
	if (usual.len)
		return usual;
	end = page_site_name(s, 0);
	return end ? ch_str_sub(s, 0, end) : proper_name(s);
}

/* ---- lines ---- */

/* "Source: X", "first published by X", "via local media", "reported the Baku-based X": names that need not be known. */
static void read_sources(struct page *p, struct ch_str s, bool around, struct page_names *chain)
{
	for (size_t at = 0; at < s.len; at = word_end(s, at) + 1) {
		size_t end = phrase_at(p->lex, s, at, PAGE_CREDIT_SOURCE), stop;
		bool label = end && end < s.len && s.ptr[end] == ':', single = end && ch_str_find_byte(ch_str_sub(s, at, end), ' ', 0) == CH_STR_NONE;

		if (end && (!single || (around && !at && s.len < SHORT_BYTES && (label || page_name_at(p->lex, s, end + 1, &stop).len)))) {
			add(p, chain, name_behind(p, ch_str_sub(s, end, s.len)));
			at = end;
			continue;
		}
		end = phrase_at(p->lex, s, at, PAGE_CREDIT_MEDIA);
		if (end && at && said_before(p->lex, ch_str_sub(s, 0, at)) & PAGE_CREDIT_BEFORE) {
			add(p, chain, ch_str_sub(s, at, end));
			continue;
		}
		stop = word_end(s, at);
		if (ch_str_ends(ch_str_sub(s, at, stop), CH_STR("-based")) && said_before(p->lex, ch_str_sub(s, 0, stop)) & PAGE_CREDIT_BEFORE)
			add(p, chain, name_behind(p, ch_str_sub(s, stop, s.len)));
	}
}

static void read_credits(struct page *p, struct ch_str s, size_t from, struct page_names *chain)
{
	struct ch_meta *m = &p->doc->meta;
	struct ch_str usual;
	size_t end;

	for (size_t at = from; next_name(p, s, &at, &end, &usual); at = end) {
		/* An agency that publishes its own report is credited all the same; another outlet only names itself. */
		if (!is_credited(p->lex, s, at, end) || (ch_str_ieq(usual, m->outlet) && !page_is_agency(p->lex, usual)))
			continue;
		if (!m->agency.len)
			m->agency = usual;
		add(p, chain, usual);
	}
}

void page_chain(struct page *p)
{
	struct ch_meta *m = &p->doc->meta;
	struct page_names chain = { .n = 0 };
	uint32_t seen = 0, bodies = 0, lines = p->past + BELOW_LINES < p->lines.n ? p->past + BELOW_LINES : p->lines.n;

	m->agency = p->dateline.agency.len ? p->dateline.agency : p->byline_agency;
	add(p, &chain, p->dateline.agency);
	add(p, &chain, p->byline_agency);
	for (uint32_t i = p->first; i < p->past; i++)
		bodies += p->lines.v[i].body;
	for (uint32_t i = p->title == CH_NONE || p->title_near > p->first ? p->first : p->title_near + 1; i < lines; i++) {
		struct ch_str s = ch_str_sub(page_line_str(p, i), 0, LINE_BYTES);
		bool body = p->lines.v[i].body;

		if (p->lines.v[i].wall)
			break;
		seen += body;
		if (body && seen > CREDIT_PARAGRAPHS && seen + LAST_PARAGRAPHS <= bodies)
			continue;
		if (body || s.len < SHORT_BYTES)
			read_sources(p, s, !body || seen == bodies, &chain);
		if (body && seen <= CREDIT_PARAGRAPHS)
			read_credits(p, s, i == p->first ? p->cut : 0, &chain);
	}
	m->chain = page_names_join(p, &chain);
}
