/* page/license.c -- what a page says of its reuse: "Use of materials is allowed only with a hyperlink to …". A line of the page
 * outweighs what machines are told, and a line that allows with a credit one that forbids: such lines forbid what goes
 * without. The patterns are in lexicon/page/terms.txt. */
#include "page/page_priv.h"

enum { LINE_BYTES = 700, KEPT_BYTES = 400, FOOT_LINES = 100 };

static bool holds(struct ch_str low, struct ch_str alternatives)
{
	struct ch_str one;

	while (ch_str_cut(&alternatives, ',', &one)) {
		struct ch_str what = ch_str_trim(one);

		for (size_t at = 0; (at = ch_str_find(low, what, at)) != CH_STR_NONE; at++) {
			char before = at ? low.ptr[at - 1] : ' ';

			if (before < 'a' || before > 'z' || (unsigned char)what.ptr[0] >= 0x80)
				return true;
		}
	}
	return false;
}

/* Of all patterns; ASCII letters of s in lower case. */
static unsigned terms_of(const struct page *p, struct ch_str s)
{
	uint32_t n;
	const struct page_terms *list = page_terms_list(p->lex, &n);
	char low[LINE_BYTES];
	unsigned is = 0;

	if (s.len > sizeof low)
		return 0;
	for (size_t i = 0; i < s.len; i++)
		low[i] = s.ptr[i] >= 'A' && s.ptr[i] <= 'Z' ? (char)(s.ptr[i] + 32) : s.ptr[i];
	for (uint32_t i = 0; i < n; i++) {
		bool all = true;

		for (uint32_t k = 0; k < list[i].n && all; k++)
			all = holds((struct ch_str){ low, s.len }, list[i].groups[k]);
		is |= all ? list[i].is : 0;
	}
	return is & PAGE_TERMS_NOT ? 0 : is;
}

void page_license(struct page *p, struct ch_str told)
{
	struct ch_meta *m = &p->doc->meta;
	unsigned best = 0;

	for (uint32_t i = 0; i < p->lines.n; i++) {
		struct ch_str s = page_line_str(p, i);
		unsigned is;

		/* Inside the article the terms are those of a treaty or of somebody else; and they stand at the foot of a page. */
		if ((p->lines.v[i].body && i + 1 < p->past) || (i + 1 < p->past && i + FOOT_LINES < p->lines.n))
			continue;
		is = s.len >= 20 ? terms_of(p, s) : 0;
		if (!is || (best & (PAGE_TERMS_CREDIT | PAGE_TERMS_FREE)) || (best && !(is & (PAGE_TERMS_CREDIT | PAGE_TERMS_FREE))))
			continue;
		best = is;
		m->license = ch_str_sub(s, 0, KEPT_BYTES);
		while (m->license.len < s.len && m->license.len && ((unsigned char)s.ptr[m->license.len] & 0xC0) == 0x80)
			m->license.len--;
	}
	if (!best && told.len && (ch_str_istarts(told, CH_STR("http")) || ch_str_find_byte(told, ' ', 0) != CH_STR_NONE)) {
		m->license = ch_str_sub(told, 0, KEPT_BYTES);
		best = terms_of(p, m->license);
	}
	m->license_forbids = best == PAGE_TERMS_FORBID;
}
