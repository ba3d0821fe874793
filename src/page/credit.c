/* page/credit.c -- who published the page, whom it credits, and whether it is English. */
#include "page/page_priv.h"
#include "base/map.h"
#include "base/utf8.h"

enum { CREDIT_PARAGRAPHS = 4, OUTLET_BYTES = 48, LANG_WORDS = 600 };

/* ---- agency ---- */

static bool ends_with_word(struct ch_str s, const char *word)
{
	struct ch_str w = ch_str_z(word);

	return s.len >= w.len && ch_str_ieq(ch_str_sub(s, s.len - w.len, s.len), w) &&
	       (s.len == w.len || (s.ptr[s.len - w.len - 1] | 32) < 'a' || (s.ptr[s.len - w.len - 1] | 32) > 'z');
}

/* What stands before or behind a name says that the report is owed to it. */
static bool is_credited(struct ch_str s, size_t start, size_t end)
{
	static const char *const before[] = { "told", "told the", "according to", "according to the", "reported by", "reports by", "said in an interview with",
					      "quoted by", "cited by", "as reported by", "citing", "quoting", "in an interview with", "with reference to",
					      "reported the", "with reference to the", "interview to", "informed", "informs", "by", "reference to", "reported to",
					      "in a comment to", "an exclusive interview with", "spoke to", "speaking to", "via", "from", "said to",
					      "in an interview to", "statement to", "correspondent of" };
	static const char *const behind[] = { "reports", "reported", "informs", "informed", "presents", "writes", "said in a report",
					      "has learned", "has learnt", "learned", "cites", "quotes", "says", "said", "notes", "quoted",
					      "correspondent", "news agency", "news site", "news website" };
	struct ch_str head = ch_str_trim(ch_str_sub(s, 0, start)), tail = ch_str_trim(ch_str_sub(s, end, s.len));

	if (start && s.ptr[start - 1] == '(' && end < s.len && s.ptr[end] == ')')
		return true;
	for (size_t i = 0; i < sizeof before / sizeof *before; i++)
		if (ends_with_word(head, before[i]) && strcmp(before[i], "by") != 0 && strcmp(before[i], "from") != 0)
			return true;
	for (size_t i = 0; i < sizeof behind / sizeof *behind; i++) {
		struct ch_str w = ch_str_z(behind[i]);

		if (ch_str_istarts(tail, w) && (tail.len == w.len || (tail.ptr[w.len] | 32) < 'a' || (tail.ptr[w.len] | 32) > 'z'))
			return true;
	}
	return false;
}

/* "Day.az", "News.Az": a name with a domain in it, where no list knows it. */
static size_t site_name_len(struct ch_str s, size_t at)
{
	size_t i = at, dot = 0;

	while (i < s.len && (((s.ptr[i] | 32) >= 'a' && (s.ptr[i] | 32) <= 'z') || (s.ptr[i] >= '0' && s.ptr[i] <= '9') || s.ptr[i] == '-' ||
	       (s.ptr[i] == '.' && i > at && i + 1 < s.len && (s.ptr[i + 1] | 32) >= 'a' && (s.ptr[i + 1] | 32) <= 'z'))) {
		if (s.ptr[i] == '.')
			dot = i;
		i++;
	}
	return dot && i - dot <= 5 && i - dot >= 3 && dot - at >= 2 && (s.ptr[at] < 'a' || s.ptr[at] > 'z') ? i - at : 0;
}

static bool next_name(const struct page *p, struct ch_str s, size_t *at, size_t *end, struct ch_str *usual)
{
	for (; *at < s.len; (*at)++) {
		char c = s.ptr[*at];
		size_t len;

		if (*at && (((s.ptr[*at - 1] | 32) >= 'a' && (s.ptr[*at - 1] | 32) <= 'z') || s.ptr[*at - 1] == '.' || (s.ptr[*at - 1] & 0x80) ||
			    s.ptr[*at - 1] == '-' || s.ptr[*at - 1] == '/' || s.ptr[*at - 1] == '@'))
			if (s.ptr[*at - 1] != '/' && !((unsigned char)s.ptr[*at - 1] >= 0x80 && *at >= 3 && (unsigned char)s.ptr[*at - 3] == 0xE2))
				continue;
		if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80) || c == 'd'))
			continue;
		*usual = page_name_at(p->lex, s, *at, end);
		if (usual->len)
			return true;
		len = site_name_len(s, *at);
		if (len) {
			*end = *at + len;
			*usual = ch_str_sub(s, *at, *end);
			return true;
		}
	}
	return false;
}

static void find_agency(struct page *p)
{
	struct ch_meta *m = &p->doc->meta;
	int seen = 0;

	if (p->dateline.agency.len) {
		m->agency = p->dateline.agency;
		return;
	}
	for (uint32_t i = p->first; i < p->past && seen < CREDIT_PARAGRAPHS; i++) {
		struct ch_str s = page_line_str(p, i), usual;
		size_t end;

		if (!p->lines.v[i].body)
			continue;
		seen++;
		s = ch_str_sub(s, 0, 2000);
		for (size_t at = i == p->first ? p->cut : 0; next_name(p, s, &at, &end, &usual); at = end) {
			/* An agency that publishes its own report is credited all the same; another outlet only names itself. */
			if (!is_credited(s, at, end) || (ch_str_ieq(usual, m->outlet) && !page_is_agency(p->lex, usual)))
				continue;
			m->agency = usual;
			return;
		}
	}
}

/* ---- outlet ---- */

/* "Caliber.az © 2025", "© 2025 Example News. All rights reserved", "Copyright 2012-2025 Example": the name beside the year. */
static struct ch_str of_copyright(struct ch_str s)
{
	static const char *const marks[] = { "\xc2\xa9", "(c)", "copyright" };
	size_t mark = CH_STR_NONE, mark_end = 0, from, to;
	struct ch_str name;

	for (size_t i = 0; i < s.len && mark == CH_STR_NONE; i++)
		for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
			if (ch_str_istarts(ch_str_sub(s, i, s.len), ch_str_z(marks[k]))) {
				mark = i;
				mark_end = i + strlen(marks[k]);
				break;
			}
	if (mark == CH_STR_NONE)
		return (struct ch_str){ 0 };
	from = mark_end;
	for (bool more = true; more;) {
		more = false;
		while (from < s.len && strchr(" 0123456789-,.|:", s.ptr[from]))
			from++;
		for (size_t k = 0; k < sizeof marks / sizeof *marks && !more; k++)
			if (ch_str_istarts(ch_str_sub(s, from, s.len), ch_str_z(marks[k]))) {
				from += strlen(marks[k]);
				more = true;
			}
		if (ch_str_starts(ch_str_sub(s, from, s.len), CH_STR("\xe2\x80\x93")) || ch_str_istarts(ch_str_sub(s, from, s.len), CH_STR("by "))) {
			from += 3;
			more = true;
		}
	}
	for (to = from; to < s.len && to - from < OUTLET_BYTES + 1; to++)
		if (strchr("|,;(", s.ptr[to]) || (s.ptr[to] == '.' && (to + 1 >= s.len || s.ptr[to + 1] == ' ')) ||
		    ch_str_istarts(ch_str_sub(s, to, s.len), CH_STR(" all rights")) || ch_str_starts(ch_str_sub(s, to, s.len), CH_STR(" - ")))
			break;
	name = ch_str_trim(ch_str_sub(s, from, to));
	if (!name.len)
		name = ch_str_trim(ch_str_sub(s, 0, mark));
	return name.len >= 2 && name.len <= OUTLET_BYTES && !ch_str_istarts(name, CH_STR("all rights")) ? name : (struct ch_str){ 0 };
}

static bool is_proper(struct ch_str s)
{
	uint32_t len;

	return s.len >= 3 && s.len <= OUTLET_BYTES && ch_is_upper(ch_utf8_at(s, 0, &len));
}

/* The first line of the page, where the page says it again further down and it is no menu's word: the site's own name. */
static struct ch_str of_header(const struct page *p)
{
	for (uint32_t i = 0; i < p->lines.n && i < 4; i++) {
		struct ch_str s = page_line_str(p, i), usual;
		size_t end;
		uint32_t again = 0;

		if (i == p->title || i >= p->first)
			break;
		usual = page_name_at(p->lex, s, 0, &end);
		if (usual.len && end == s.len)
			return usual;
		if (p->lines.v[i].reason || !is_proper(s) || p->lines.v[i].kind != PAGE_SHORT || p->lines.v[i].words > 5 ||
		    p->lines.v[i].words < 1 || page_same_words(s, p->doc->meta.title))
			continue;
		for (uint32_t k = i + 1; k < p->lines.n; k++)
			again += ch_str_eq(page_line_str(p, k), s);
		if (again && p->lines.v[i].words >= 2)
			return s;
	}
	return (struct ch_str){ 0 };
}

/* Behind the body: a line that is an outlet's name and nothing else, or "<Name> reports". */
static struct ch_str of_signature(const struct page *p)
{
	for (uint32_t i = p->past; i < p->lines.n && i < p->past + 4; i++) {
		struct ch_str s = page_line_str(p, i), usual;
		size_t end;

		if (p->lines.v[i].wall)
			break;
		usual = page_name_at(p->lex, s, 0, &end);
		if (usual.len && end == s.len)
			return usual;
		if (site_name_len(s, 0) == s.len && s.len)
			return s;
	}
	return (struct ch_str){ 0 };
}

static struct ch_str usual_name(const struct page *p, struct ch_str s)
{
	size_t end;
	struct ch_str usual = page_name_at(p->lex, s, 0, &end);

	return usual.len && end == s.len ? usual : s;
}

static void find_outlet(struct page *p)
{
	struct ch_meta *m = &p->doc->meta;

	if (!m->outlet.len && p->past > p->first)
		m->outlet = of_signature(p);
	if (!m->outlet.len)
		m->outlet = of_header(p);
	for (uint32_t i = 0; i < p->lines.n && !m->outlet.len; i++) {
		struct ch_str s = page_line_str(p, i);

		if (!p->lines.v[i].body && s.len <= 200 && (memchr(s.ptr, '(', s.len) || memmem(s.ptr, s.len, "\xc2\xa9", 2) ||
		     memmem(s.ptr, s.len, "opyright", 8)))
			m->outlet = of_copyright(s);
	}
	if (m->outlet.len)
		m->outlet = usual_name(p, m->outlet);
}

/* ---- language ---- */

/* Share of the commonest English words: over a tenth in English prose of any kind, next to none elsewhere. */
static bool is_english(const struct page *p)
{
	static const char *const common[] = { "the", "of", "and", "to", "in", "that", "is", "for", "on", "with", "was", "by", "at", "as", "has", "from", "it" };
	uint32_t words = 0, hits = 0;

	for (uint32_t i = p->first; i < p->past && words < LANG_WORDS; i++) {
		struct ch_str rest = page_line_str(p, i), word;

		if (!p->lines.v[i].body)
			continue;
		while (words < LANG_WORDS && ch_str_cut(&rest, ' ', &word)) {
			words++;
			for (size_t k = 0; k < sizeof common / sizeof *common; k++)
				hits += ch_str_ieq(word, ch_str_z(common[k]));
		}
	}
	return words && hits * 9 > words;
}

void page_credit(struct page *p)
{
	find_outlet(p);
	if (p->past > p->first) {
		find_agency(p);
		if (!p->doc->meta.lang.len && is_english(p))
			p->doc->meta.lang = CH_STR("en");
	}
}
