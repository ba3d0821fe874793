/* page/body.c -- which lines of flat text are the article.
 *
 * Each line is worth something: prose its length, a label less than nothing, and a line that says it is a menu, a
 * counter or a share bar a little less again. The article is the run of lines with the greatest sum (Kadane's
 * algorithm, linear): a heading or a stray "Share" between paragraphs is bridged, a sidebar of thirty headlines is
 * not. A wall ("Related posts", "Leave a comment") is not bridged by anything short of an article of its own size. */
#include "page/page_priv.h"
#include "base/utf8.h"

enum {
	WORTH_MAX = 600,          /* of one line: a page-long line is no proof of ten paragraphs */
	WORTH_BRIEF = 20,
	COST_ITEM = 15, COST_SHORT = 40, COST_REJECTED = 25, COST_WALL = 500, COST_LEGAL = 120,
	BODY_BYTES_MIN = 100,     /* a run worth less is no article */
	HEADLINES_MIN = 4,        /* so many labels in a row inside the body are a list of something else */
};

static int worth(const struct page_line *l, uint32_t len)
{
	if (l->wall)
		return -COST_WALL;
	if (l->reason)
		return l->kind == PAGE_SENTENCE ? -COST_LEGAL : -COST_REJECTED;
	switch ((enum page_line_kind)l->kind) {
	case PAGE_SENTENCE:
		return len > WORTH_MAX ? WORTH_MAX : (int)len;
	case PAGE_BRIEF:
		return l->words >= 3 ? WORTH_BRIEF : -COST_ITEM;
	case PAGE_ITEM:
		return l->words >= 4 ? -COST_ITEM : -COST_SHORT;
	case PAGE_SHORT:
		break;
	}
	return -COST_SHORT;
}

static bool is_label(const struct page_line *l)
{
	return l->kind == PAGE_SHORT && !l->reason && !l->item;
}

/* Inside the run: what is said to be no article goes, and so do lists of headlines. */
static void choose(struct page *p)
{
	for (uint32_t i = p->first; i < p->past; i++) {
		struct page_line *l = &p->lines.v[i];
		uint32_t labels = 0;
		struct page_date date;

		if (is_label(l))
			while (i + labels < p->past && is_label(&p->lines.v[i + labels]))
				labels++;
		if (labels >= HEADLINES_MIN) {
			for (uint32_t k = i; k < i + labels; k++)
				p->lines.v[k].reason = "headlines of other articles";
			i += labels - 1;
			continue;
		}
		if (!l->reason && l->kind == PAGE_SHORT && page_is_date_line(p, page_line_str(p, i), &date))
			l->reason = "date";
		if (!l->reason && l->kind == PAGE_SHORT && !l->words)
			l->reason = "counter";
		l->body = !l->reason;
	}
}

void page_body_run(struct page *p, uint32_t from, uint32_t past)
{
	long sum = 0, best = 0;
	uint32_t start = from;

	p->first = p->past = 0;
	for (uint32_t i = from; i < past; i++) {
		const struct page_line *l = &p->lines.v[i];

		sum += worth(l, l->end - l->start);
		if (sum <= 0) {
			sum = 0;
			start = i + 1;
		} else if (sum > best) {
			best = sum;
			p->first = start;
			p->past = i + 1;
		}
	}
	if (best < BODY_BYTES_MIN) {
		p->first = p->past = 0;
		return;
	}
	choose(p);
}
