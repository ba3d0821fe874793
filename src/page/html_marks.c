/* page/html_author.c -- the author as elements hold it: rel="author", itemprop="author", a link to the author's page, or a
 * class that says "byline". Marks stand everywhere on a page, over teasers and comments too; those nearest to the
 * headline are the article's. */
#include "page/html.h"

enum { CANDIDATES_MAX = 256, MARK_BYTES = 240, MARK_LINES = 4, NEAR_LINES = 6, BELOW_LINES = 12 };

struct candidate {
	uint32_t start, end, line;
	int tier;
	bool sure;
	struct page_names names;
};

/* The line that holds byte `at` of flow, or begins next. */
static uint32_t line_at(const struct page *p, uint32_t at)
{
	uint32_t lo = 0, hi = p->lines.n;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (p->lines.v[mid].end <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* The more, the nearer to where articles print their authors; 0: nowhere near. */
static int tier_of(const struct page *p, uint32_t line)
{
	uint32_t title = p->title != CH_NONE && p->title_near <= p->first ? p->title_near : p->first > 10 ? p->first - 10 : 0;

	if (line >= p->past)
		return line < p->past + BELOW_LINES ? 7 : 2;
	if (line >= p->first)
		return line < p->first + 3 ? 9 : line + 3 >= p->past ? 7 : 4;
	if (line >= title)
		return line > title + 20 ? 8 : 10;
	return line + 8 >= title ? 8 : 3;
}

/* Text of [start, end), a line of the page a line. */
static struct ch_str text_of(const struct page *p, uint32_t start, uint32_t end, uint32_t line)
{
	struct ch_str s = { 0 };
	uint32_t past = line + MARK_LINES;

	for (; line < p->lines.n && line < past && p->lines.v[line].start < end; line++) {
		uint32_t a = p->lines.v[line].start > start ? p->lines.v[line].start : start;
		uint32_t b = p->lines.v[line].end < end ? p->lines.v[line].end : end;

		if (b <= a)
			continue;
		s = s.len ? ch_arena_printf(p->arena, "%.*s\n%.*s", CH_STR_ARG(s), (int)(b - a), p->flow.v + a)
			  : (struct ch_str){ p->flow.v + a, b - a };
	}
	return s;
}

static bool of_other_things(const struct page *p, const struct page_html *html, const struct page_mark *m)
{
	const struct page_node *n = m->aside == CH_NONE ? NULL : &html->nodes.v[m->aside];

	return n && !(n->first_line <= p->first && n->past_line > p->first);
}

static bool read_mark(struct page *p, const struct page_html *html, const struct page_mark *m, struct candidate *c)
{
	struct ch_str s;

	if (!(m->is & PAGE_MARK_AUTHOR) || (m->is & PAGE_MARK_OTHER && !(m->is & PAGE_MARK_NAME)) ||
	    m->end - m->start > MARK_BYTES || m->end <= m->start)
		return false;
	*c = (struct candidate){ .start = m->start, .end = m->end, .line = line_at(p, m->start), .sure = m->is & PAGE_MARK_SURE };
	if (c->line >= p->lines.n || (p->title != CH_NONE && m->start <= p->title_start && m->end >= p->title_end))
		return false;
	c->tier = tier_of(p, c->line);
	if (!(c->sure && c->tier == 10) && of_other_things(p, html, m))
		return false;
	s = text_of(p, m->start, m->end, c->line);
	return page_names_read(p, s, PAGE_TRUST_MARKED, &c->names, &p->byline_agency);
}

int page_html_authors(struct page *p, const struct page_html *html, struct page_names *names)
{
	struct candidate *v = CH_NEW_N(p->arena, struct candidate, CANDIDATES_MAX), *best = NULL;
	uint32_t n = 0;

	names->n = 0;
	for (uint32_t i = 0; i < html->marks.n && n < CANDIDATES_MAX; i++) {
		if (!read_mark(p, html, &html->marks.v[i], &v[n]))
			continue;
		/* What stands inside another says it more closely, unless that one holds more names. */
		if (n && v[n - 1].end >= v[n].end && v[n - 1].names.n <= 1)
			v[n - 1] = v[n];
		else if (!(n && v[n - 1].end >= v[n].end))
			n++;
	}
	for (uint32_t i = 0; i < n; i++)
		if (!best || v[i].tier > best->tier || (v[i].tier == best->tier && v[i].sure && !best->sure && v[i].line < best->line + NEAR_LINES))
			best = &v[i];
	if (!best)
		return 0;
	for (uint32_t i = 0; i < n; i++) {
		bool near = v[i].tier == best->tier && v[i].line + NEAR_LINES > best->line && v[i].line < best->line + NEAR_LINES;

		if (near && (v[i].sure || !best->sure))
			for (uint32_t k = 0; k < v[i].names.n; k++)
				(void)page_names_add(names, v[i].names.v[k]);
	}
	if (best->tier >= 7)
		return best->tier;
	/* Far from the article: only if the page names nobody else. */
	for (uint32_t i = 0; i < n; i++)
		if (v[i].names.n != 1 || !page_same_words(v[i].names.v[0], names->v[0]) || !best->sure || best->tier < 3)
			names->n = 0;
	return best->tier;
}

void page_html_marked_date(struct page *p, const struct page_html *html, struct page_told_dates *told)
{
	int best = 15, best_modified = 0;
	ch_day modified = CH_NO_DAY;

	for (uint32_t i = 0; i < html->marks.n; i++) {
		const struct page_mark *m = &html->marks.v[i];
		uint32_t line = line_at(p, m->start);
		enum page_date_word is;
		struct page_date date = { .year = 0 };
		struct ch_str s;
		int score;

		if (!(m->is & (PAGE_MARK_DATE | PAGE_MARK_PUBLISHED | PAGE_MARK_MODIFIED)) || of_other_things(p, html, m) || line >= p->lines.n ||
		    m->end - m->start > 100)
			continue;
		s = text_of(p, m->start, m->end, line);
		is = m->is & PAGE_MARK_PUBLISHED ? PAGE_PUBLISHED : m->is & PAGE_MARK_MODIFIED ? PAGE_MODIFIED : page_date_label(p->lex, s);
		score = tier_of(p, line) * 2 + (is == PAGE_PUBLISHED ? 2 : is == PAGE_MODIFIED ? -1 : 1);
		if ((score <= best && is != PAGE_MODIFIED && told->elsewhere.year) || ((!page_date_find(p->lex, s, 0, &date) || !date.year) && !page_date_find(p->lex, ch_str_sub(m->value, 0, 40), 0, &date)) ||
		    page_date_day(&date) == CH_NO_DAY)
			continue;
		if (!told->elsewhere.year && is != PAGE_MODIFIED)
			told->elsewhere = date;
		if (is == PAGE_MODIFIED && told->modified == CH_NO_DAY && score > 15 && score > best_modified) {
			best_modified = score;
			modified = page_date_day(&date);
		}
		if (score <= best)
			continue;
		best = score;
		told->marked = date;
		told->marked_is = is;
	}
	if (modified != CH_NO_DAY)
		told->modified = modified;
}
