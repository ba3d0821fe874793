/* page/head.c -- title, publication date, byline and dateline, from the lines around the body.
 *
 * Only lines near the article are asked: between title and body, a few above the title, a few below the body. A menu's
 * "today", a sidebar's dates and the year of a copyright line are of other things. */
#include "page/page_priv.h"
#include "base/utf8.h"

enum {
	TITLE_LINES = 40,          /* above the body: how far up a repeated title is looked for */
	TITLE_NEAR = 12,           /* how far up an unrepeated one is */
	TITLE_CLOSE = 5,           /* and how near it must be where the top of the page would do as well */
	BYLINE_BYTES = 90,
	STANDFIRST_LINES = 3,      /* of the body may stand above a byline */
	FAR_LINES = 60, BELOW_LINES = 20,
};

/* ---- dateline ---- */

static void drop_first(struct page *p, const char *reason)
{
	p->lines.v[p->first].reason = reason;
	p->lines.v[p->first].body = false;
	while (p->first < p->past && !p->lines.v[p->first].body)
		p->first++;
}

static bool is_byline(const struct page *p, struct ch_str s);

static void read_dateline(struct page *p)
{
	struct page_date date;

	/* Lines at the head of the run that are not the article's first sentence. */
	for (int n = 0; n < 4 && p->first < p->past; n++) {
		struct ch_str s = page_line_str(p, p->first);
		struct page_dateline d = page_dateline_read(p->lex, s);

		if (d.end >= s.len) {
			p->dateline = d;
			drop_first(p, "dateline");
		} else if (d.end) {
			p->dateline = d;
			p->cut = d.end;
			while (p->cut < s.len && s.ptr[p->cut] == ' ')
				p->cut++;
			return;
		} else if (is_byline(p, s)) {
			(void)page_names_read(p, s, PAGE_TRUST_TEXT, &p->byline, &p->byline_agency);
			drop_first(p, "byline");
		} else if (p->lines.v[p->first].kind == PAGE_SHORT && page_is_date_line(p, s, &date)) {
			drop_first(p, "date");
		} else {
			break;
		}
	}
	/* The dateline on a line of its own above the body. */
	for (uint32_t i = p->first; i-- > 0 && i + 6 > p->first;) {
		struct ch_str s = page_line_str(p, i);
		struct page_dateline d = page_dateline_read(p->lex, s);

		if (p->dateline.end)
			break;
		if (d.end >= s.len && (d.place.len || d.agency.len)) {
			p->dateline = d;
			p->lines.v[i].reason = "dateline";
		}
	}
}

/* ---- title ---- */

static bool is_breadcrumb(struct ch_str s)
{
	return ch_str_find(s, CH_STR("\xe2\x80\xba"), 0) != CH_STR_NONE || ch_str_find(s, CH_STR("\xc2\xbb"), 0) != CH_STR_NONE ||
	       ch_str_find(s, CH_STR(" > "), 0) != CH_STR_NONE || ch_str_find(s, CH_STR(" / "), 0) != CH_STR_NONE;
}

static bool may_be_title(const struct page *p, uint32_t i)
{
	const struct page_line *l = &p->lines.v[i];
	struct ch_str s = page_line_str(p, i);
	struct page_date date;

	return !l->reason && l->words >= 2 && s.len >= 10 && s.len <= 300 && !is_breadcrumb(s) && !is_byline(p, s) &&
	       !page_is_date_line(p, s, &date) && !(l->kind == PAGE_SENTENCE && l->breaks);
}

static void set_title(struct page *p, uint32_t line, uint32_t near, uint32_t start, uint32_t end)
{
	p->title = line;
	p->title_near = near;
	p->title_start = start;
	p->title_end = end;
	p->lines.v[line].reason = NULL;
}

/* The part of "Title | Site - Section" before its last separators, as long as enough words stay. */
static uint32_t title_part(struct ch_str s)
{
	static const char *const marks[] = { " | ", " - ", " \xe2\x80\x93 ", " \xe2\x80\x94 ", " \xc2\xb7 ", " \xc2\xbb ", " :: ", " \xe2\x80\xa2 " };
	size_t cut = s.len;

	for (size_t at = s.len; at-- > 0;) {
		for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
			struct ch_str m = ch_str_z(marks[i]);

			if (ch_str_starts(ch_str_sub(s, at, s.len), m) && at >= 15 && s.len - at < 60)
				cut = at;
		}
		if (s.len - at > 60)
			break;
	}
	return (uint32_t)cut;
}

static void find_title(struct page *p)
{
	uint32_t low = p->first > TITLE_LINES ? p->first - TITLE_LINES : 0;
	struct ch_str top = page_line_str(p, 0);
	uint32_t part;

	/* Printed twice: in the page's own title (the first line of a flattened page) or a breadcrumb, and over the body. */
	for (uint32_t i = p->first; i-- > low;) {
		struct ch_str s = page_line_str(p, i);

		if (!i || !may_be_title(p, i) || s.len < 15)
			continue;
		if (page_find_words(top, s) == 0 && top.len) {
			bool same = page_same_words(top, s);

			set_title(p, same ? 0 : i, i, p->lines.v[same ? 0 : i].start, p->lines.v[same ? 0 : i].end);
			return;
		}
	}
	for (uint32_t i = p->first; i-- > low;) {
		struct ch_str s = page_line_str(p, i);

		if (!may_be_title(p, i) || s.len < 20 || p->lines.v[i].words < 4 || p->lines.v[i].kind == PAGE_ITEM)
			continue;
		for (uint32_t k = i; k-- > low;) {
			struct ch_str above = page_line_str(p, k);
			bool crumb = is_breadcrumb(above) && ch_str_ends(above, s);

			if (crumb || page_same_words(above, s)) {
				set_title(p, crumb ? i : k, i, p->lines.v[crumb ? i : k].start, p->lines.v[crumb ? i : k].end);
				return;
			}
		}
	}
	if (p->site_title.len || !p->first)
		return;
	/* "Title | Site" on top is a page's title; else the nearest line above the body; else what stands on top. */
	part = title_part(top);
	if (may_be_title(p, 0) && p->lines.v[0].words >= 4 && part < top.len) {
		set_title(p, 0, 0, p->lines.v[0].start, p->lines.v[0].start + part);
		return;
	}
	for (uint32_t i = p->first; i-- > 0 && i + TITLE_NEAR >= p->first;) {
		const struct page_line *l = &p->lines.v[i];

		if (l->wall)
			break;
		if (may_be_title(p, i) && l->words >= 3 && l->end - l->start >= 15 && l->kind != PAGE_ITEM) {
			if (i + TITLE_CLOSE < p->first && p->lines.v[0].words >= 6 && may_be_title(p, 0))
				break;
			set_title(p, i, i, l->start, l->end);
			return;
		}
	}
	if (may_be_title(p, 0) && p->lines.v[0].words >= 4)
		set_title(p, 0, 0, p->lines.v[0].start, p->lines.v[0].start + part);
}

/* ---- byline ---- */

static bool is_byline(const struct page *p, struct ch_str s)
{
	struct page_names names = { .n = 0 };
	struct ch_str agency = { 0 };

	return s.len <= BYLINE_BYTES && (page_names_read(p, s, PAGE_TRUST_TEXT, &names, &agency) || agency.len);
}

static bool beside_date(const struct page *p, uint32_t i)
{
	struct page_date date;

	return (i && page_is_date_line(p, page_line_str(p, i - 1), &date)) ||
	       (i + 1 < p->lines.n && page_is_date_line(p, page_line_str(p, i + 1), &date));
}

/* A name on a line of its own: beside a date, or below one that says nothing but "By". */
static bool is_name_line(const struct page *p, uint32_t i)
{
	const struct page_line *l = &p->lines.v[i];
	struct ch_str s = page_line_str(p, i);

	return page_is_name(s) && l->words <= 4 && s.len <= 40 && ((!l->reason && l->words <= 3 && beside_date(p, i)) || (i && page_is_byline_head(p, page_line_str(p, i - 1))));
}

static void take_byline(struct page *p, uint32_t i)
{
	p->lines.v[i].reason = "byline";
	p->lines.v[i].body = false;
}

/* Far from the article a byline counts if it is the only one: teasers have theirs. */
static void find_only_byline(struct page *p)
{
	uint32_t from = p->first > FAR_LINES ? p->first - FAR_LINES : 0, past = p->past + BELOW_LINES, found = CH_NONE;
	struct page_names names = { .n = 0 };
	struct ch_str agency = { 0 };

	for (uint32_t i = from; i < p->lines.n && i < past; i++) {
		if ((i >= p->first && i < p->past) || !is_byline(p, page_line_str(p, i)))
			continue;
		if (page_names_read(p, page_line_str(p, i), PAGE_TRUST_TEXT, &names, &agency) && found != CH_NONE)
			return;
		found = i;
	}
	if (found == CH_NONE)
		return;
	p->byline = names;
	p->byline_agency = agency;
	take_byline(p, found);
}

static void find_bylines(struct page *p)
{
	uint32_t from = p->title != CH_NONE && p->title_near + 2 * TITLE_NEAR > p->first ? p->title_near + 1 : p->first > 6 ? p->first - 6 : 0;

	for (uint32_t i = from; i < p->lines.n && i < p->past + 3; i++) {
		bool above = i < p->first, near_end = (i + 3 >= p->past || i < p->first + STANDFIRST_LINES) && !above;
		struct ch_str s = page_line_str(p, i);

		if (p->lines.v[i].wall && !above)
			break;
		if (!above && !near_end)
			continue;
		if (is_byline(p, s)) {
			(void)page_names_read(p, s, PAGE_TRUST_TEXT, &p->byline, &p->byline_agency);
			take_byline(p, i);
		} else if ((above || (i < p->first + STANDFIRST_LINES && p->lines.v[i].kind != PAGE_SENTENCE)) && !p->byline.n && page_byline_line(p, s, &p->byline, &p->byline_agency) &&
			   !p->lines.v[i].reason && above) {
			take_byline(p, i);
		}
	}
	for (uint32_t i = from; i < p->first && !p->byline.n; i++)
		if (is_name_line(p, i)) {
			(void)page_names_read(p, page_line_str(p, i), PAGE_TRUST_MARKED, &p->byline, &p->byline_agency);
			take_byline(p, i);
		}
	if (!p->byline.n && !p->byline_agency.len)
		find_only_byline(p);
	while (p->past > p->first && !p->lines.v[p->past - 1].body)
		p->past--;
}

void page_head(struct page *p)
{
	struct ch_meta *m = &p->doc->meta;

	read_dateline(p);
	if (p->first >= p->past)
		return;
	if (p->title == CH_NONE)
		find_title(p);
	find_bylines(p);
	page_find_printed_date(p);
	m->dateline_place = p->dateline.place;
	if (p->title != CH_NONE)
		m->title = (struct ch_str){ p->flow.v + p->title_start, p->title_end - p->title_start };
	else if (p->site_title.len)
		m->title = ch_str_sub(p->site_title, 0, title_part(p->site_title));
	for (uint32_t i = p->title == CH_NONE ? p->first : p->title + 1; i < p->first; i++)
		if (p->title != CH_NONE && !p->lines.v[i].reason && page_same_words(page_line_str(p, i), m->title))
			p->lines.v[i].reason = "title again";
}
