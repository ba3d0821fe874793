/* page/flat_title.c -- which line of flat text is the article's headline.
 *
 * The lines above the body are weighed against each other by a linear model (a conditional logit, McFadden 1974; model/
 * flat-title.inc, from train/flat.py): what is seen of each line (flat.h), how near the body it stands, and how far it
 * agrees with the first line, where a flattened page keeps its <title>. */
#include "page/flat.h"

enum { UNIT = 32, TOP_SITE_BYTES = 60, TOP_TITLE_BYTES = 15, TITLE_BYTES_MIN = 4, TITLE_BYTES_MAX = 300, FAR = 60, INSIDE = 3 };

static const int16_t weights[] = {
#include "../../model/flat-title.inc"
};
_Static_assert(sizeof weights / sizeof *weights == PAGE_FLAT_TITLE_ROW, "model/flat-title.inc fits the rows: train/flat.py");

static const char *const marks[] = { " | ", " - ", " \xe2\x80\x93 ", " \xe2\x80\x94 ", " \xc2\xb7 ", " \xc2\xbb ", " \xe2\x80\xba ",
				     " :: ", " \xe2\x80\xa2 ", " > ", " / " };

static bool mark_at(struct ch_str s, size_t at)
{
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (ch_str_starts(ch_str_sub(s, at, s.len), ch_str_z(marks[i])))
			return true;
	return false;
}

static uint32_t marks_in(struct ch_str s)
{
	uint32_t n = 0;

	for (size_t at = 0; at < s.len; at++)
		n += s.ptr[at] == ' ' && mark_at(s, at);
	return n;
}

/* Of the first line, "Title | Site - Section", what stands before the first of its last marks; of others all. */
struct ch_str page_flat_title_str(const struct page *p, uint32_t line)
{
	struct ch_str s = page_line_str(p, line);
	size_t cut = s.len;

	if (!line)
		for (size_t at = s.len; at-- > TOP_TITLE_BYTES && s.len - at < TOP_SITE_BYTES;)
			if (s.ptr[at] == ' ' && mark_at(s, at))
				cut = at;
	return ch_str_sub(s, 0, cut);
}

uint32_t page_flat_title_first(const struct page *p)
{
	return p->first > FAR ? p->first - FAR : 0;
}

uint32_t page_flat_title_past(const struct page *p)
{
	uint32_t i = p->first;

	while (i < p->first + INSIDE && i + 1 < p->past && p->lines.v[i].kind == PAGE_SHORT)
		i++;
	return i;
}

bool page_flat_title_row(const struct page *p, const struct page_flat *f, uint32_t line, uint8_t row[PAGE_FLAT_TITLE_ROW])
{
	struct ch_str s = page_line_str(p, line), top = page_line_str(p, 0);
	const struct page_line *l = &p->lines.v[line];
	size_t held = line && s.len >= TITLE_BYTES_MIN ? page_find_words(top, s) : CH_STR_NONE;
	uint32_t away = line < p->first ? p->first - line : 0;
	uint8_t *x = row + PAGE_FLAT_ROW;

	if (s.len < TITLE_BYTES_MIN || s.len > TITLE_BYTES_MAX || !l->words || l->wall || (l->kind == PAGE_SENTENCE && l->breaks > 1))
		return false;
	page_flat_row(f, line, row);
	memset(x, 0, PAGE_FLAT_TITLE_ROW - PAGE_FLAT_ROW);
	x[0] = line ? 0 : UNIT;
	x[1] = line && page_same_words(top, s) ? UNIT : 0;
	x[2] = held == 0 ? UNIT : 0;
	x[3] = held != CH_STR_NONE ? UNIT : 0;
	x[4] = held != CH_STR_NONE && s.len * 2 > top.len ? UNIT : 0;
	x[5] = away <= 1 ? UNIT : 0;
	x[6] = away <= 3 ? UNIT : 0;
	x[7] = away <= 6 ? UNIT : 0;
	x[8] = away <= 12 ? UNIT : 0;
	x[9] = (uint8_t)(away < UINT8_MAX ? away : UINT8_MAX);
	x[10] = marks_in(s) ? UNIT : 0;
	x[11] = f->v[line].cue[CUE_WORDS] < 6 ? UNIT : 0;       /* one word */
	x[12] = s.len > 120 ? UNIT : 0;
	x[13] = f->v[line].cue[CUE_TITLE] == UNIT && line ? UNIT : 0;
	return true;
}

/* A word or two that are the page's whole first line: the site's name, where anything else may be the title. */
static bool names_site(const struct page *p, uint32_t line)
{
	return p->lines.v[line].words <= 2 && page_same_words(page_line_str(p, 0), page_line_str(p, line));
}

void page_flat_title(struct page *p, const struct page_flat *f)
{
	uint32_t best = CH_NONE, first = page_flat_title_first(p);
	int32_t most = INT32_MIN;
	uint8_t row[PAGE_FLAT_TITLE_ROW];
	struct ch_str top;

	for (uint32_t i = page_flat_title_past(p); i-- > 0;) {
		int32_t sum = 0;

		if (i && i < first)
			i = 0;
		if ((best != CH_NONE && names_site(p, i)) || !page_flat_title_row(p, f, i, row))
			continue;
		for (uint32_t n = 0; n < PAGE_FLAT_TITLE_ROW; n++)
			sum += row[n] * weights[n];
		if (sum > most) {
			most = sum;
			best = i;
		}
	}
	if (best == CH_NONE)
		return;
	if (best >= p->first) {
		for (uint32_t i = p->first; i <= best; i++)
			p->lines.v[i].body = false;
		p->first = best + 1;
	}
	top = page_line_str(p, 0);
	p->title_near = best;
	p->title = page_same_words(top, page_line_str(p, best)) ? 0 : best;
	p->title_start = p->lines.v[p->title].start;
	p->title_end = best ? p->lines.v[p->title].end : p->title_start + (uint32_t)page_flat_title_str(p, 0).len;
	p->lines.v[p->title].reason = NULL;
}
