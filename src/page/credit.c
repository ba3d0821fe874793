/* page/credit.c -- who published the page. */
#include "page/page_priv.h"
#include "base/utf8.h"

enum { OUTLET_BYTES = 48 };

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
		if (page_site_name(s, 0) == s.len && s.len)
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

/* "Example Herald™", "Example Herald 2019", "© Example Herald": signs and years around a name are not its own. */
static struct ch_str bare_name(struct ch_str s)
{
	static const char *const signs[] = { "\xe2\x84\xa2", "\xc2\xae", "\xc2\xa9", "(r)", "(c)", "(tm)", "|", "-", ":", ",", " ", "\xe2\x80\x93", "\xe2\x80\x94" };
	bool more = true;
	size_t tail;

	while (more && s.len) {
		more = false;
		for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
			struct ch_str sign = ch_str_z(signs[i]);

			if (s.len >= sign.len && ch_str_ieq(ch_str_sub(s, s.len - sign.len, s.len), sign)) {
				s.len -= sign.len;
				more = true;
			}
			if (ch_str_istarts(s, sign)) {
				s = ch_str_sub(s, sign.len, s.len);
				more = true;
			}
		}
		for (tail = s.len; tail && s.ptr[tail - 1] >= '0' && s.ptr[tail - 1] <= '9';)
			tail--;
		if (s.len - tail == 4 && tail > 2 && s.ptr[tail - 1] == ' ' && (ch_str_starts(ch_str_sub(s, tail, s.len), CH_STR("19")) ||
		    ch_str_starts(ch_str_sub(s, tail, s.len), CH_STR("20")))) {
			s.len = tail;
			more = true;
		}
	}
	return s;
}

/* What stands behind the headline in "Headline | Example Herald", as told; the name itself where there is no headline in it. */
static struct ch_str behind_title(struct ch_str s)
{
	static const char *const marks[] = { " | ", " - ", " \xe2\x80\x93 ", " \xe2\x80\x94 ", " :: ", " \xc2\xbb " };
	size_t best = 0;

	for (size_t at = 0; at < s.len; at++)
		for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
			if (ch_str_starts(ch_str_sub(s, at, s.len), ch_str_z(marks[i])))
				best = at + strlen(marks[i]);
	return best ? ch_str_sub(s, best, s.len) : (struct ch_str){ 0 };
}

/* The site's name as the browser's title bar has it, behind the headline that the page prints. */
static struct ch_str of_title(const struct page *p)
{
	struct ch_str top = p->lines.n ? page_line_str(p, 0) : (struct ch_str){ 0 }, title = p->doc->meta.title, name;

	if (!title.len || title.len + 5 > top.len || page_find_words(top, title) != 0 || top.len > 400)
		return (struct ch_str){ 0 };
	name = behind_title(top);
	return name.len >= 3 && name.len <= OUTLET_BYTES && name.len + title.len < top.len ? name : (struct ch_str){ 0 };
}

static void find_outlet(struct page *p)
{
	struct ch_meta *m = &p->doc->meta;

	if (!m->outlet.len && p->past > p->first)
		m->outlet = of_signature(p);
	if (!m->outlet.len)
		m->outlet = of_header(p);
	if (!m->outlet.len)
		m->outlet = of_title(p);
	for (uint32_t i = 0; i < p->lines.n && !m->outlet.len; i++) {
		struct ch_str s = page_line_str(p, i);

		if (!p->lines.v[i].body && s.len <= 200 && (memchr(s.ptr, '(', s.len) || memmem(s.ptr, s.len, "\xc2\xa9", 2) ||
		     memmem(s.ptr, s.len, "opyright", 8)))
			m->outlet = of_copyright(s);
	}
	m->outlet = bare_name(m->outlet);
	if (m->outlet.len > 24 && m->title.len > 8 && page_find_words(m->outlet, m->title) == 0)
		m->outlet = bare_name(behind_title(m->outlet));
	if (m->outlet.len)
		m->outlet = usual_name(p, m->outlet);
}

void page_credit(struct page *p)
{
	find_outlet(p);
	if (p->past > p->first)
		page_chain(p);
}
