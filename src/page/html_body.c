/* page/html_body.c -- which lines of an HTML page are the article.
 *
 * What elements say of themselves (a tag, a class, an id: lexicon/page/hints.txt) is laid over the lines first; a hint
 * that would throw away most of the page's prose is a wrapper's name and is not believed. Then the article is sought as
 * in flat text (body.c), inside the smallest element that calls itself the article and holds most of the prose left.
 * Last, paragraphs on either side that stand in the very element where the body's paragraphs stand come along. */
#include "page/html.h"

enum { MOSTLY_LINK = 70, HOME_SHARE = 55 };   /* per cent */

static bool is_prose(const struct page_line *l)
{
	return l->kind == PAGE_SENTENCE && !l->reason && l->link_bytes * 2 < l->end - l->start;
}

/* Prose of each element, descendants included; the sum of all. */
static uint32_t sum_prose(struct page *p, struct page_html *html)
{
	uint32_t total = 0;

	for (uint32_t i = 0; i < html->nodes.n; i++)
		html->nodes.v[i].prose = 0;
	for (uint32_t i = 0; i < p->lines.n; i++) {
		const struct page_line *l = &p->lines.v[i];

		if (!is_prose(l))
			continue;
		total += l->end - l->start;
		if (l->node != CH_NONE)
			html->nodes.v[l->node].prose += l->end - l->start;
	}
	for (uint32_t i = html->nodes.n; i-- > 0;)
		if (html->nodes.v[i].parent != CH_NONE)
			html->nodes.v[html->nodes.v[i].parent].prose += html->nodes.v[i].prose;
	return total;
}

/* How much of the page's prose each hint would throw away, all elements so named together. */
static uint32_t *weigh_hints(struct page *p, const struct page_html *html)
{
	enum { NESTED_MAX = 12 };
	uint32_t *against = CH_NEW_N(p->arena, uint32_t, page_html_hints_n(p));

	for (uint32_t i = 0; i < html->nodes.n; i++) {
		const struct page_node *n = &html->nodes.v[i];
		uint32_t up = n->parent, steps = 0;

		if (!n->own)
			continue;
		while (up != CH_NONE && steps < NESTED_MAX && html->nodes.v[up].hint != n->hint) {
			up = html->nodes.v[up].parent;
			steps++;
		}
		if (up == CH_NONE || steps == NESTED_MAX)
			against[n->hint] += n->prose;
	}
	return against;
}

static void spread_hints(struct page *p, struct page_html *html, uint32_t total, bool names)
{
	const uint32_t *against = weigh_hints(p, html);
	uint32_t names_n = page_hints_n(p->lex);

	for (uint32_t i = 0; i < html->nodes.n; i++) {
		struct page_node *n = &html->nodes.v[i];

		n->reason = n->parent == CH_NONE ? NULL : html->nodes.v[n->parent].reason;
		if (!n->reason && n->own && (names || n->hint > names_n) && (uint64_t)against[n->hint] * 100 <= (uint64_t)total * n->strength)
			n->reason = n->own;
	}
	for (uint32_t i = 0; i < p->lines.n; i++) {
		struct page_line *l = &p->lines.v[i];
		uint32_t len = l->end - l->start;

		if (l->reason)
			continue;
		if (l->node != CH_NONE && html->nodes.v[l->node].reason)
			l->reason = html->nodes.v[l->node].reason;
		else if ((uint64_t)l->link_bytes * 100 > (uint64_t)len * MOSTLY_LINK && !l->heading)
			l->reason = "link";
	}
}

/* What the page hands to machines as the article's body (JSON-LD) is its article, whatever the element is called. The
 * search is bounded: it is a check, and pages that need more of it can do without. */
static void trust_json_ld(struct page *p, const struct page_html *html)
{
	enum { BODY_BYTES_MAX = 64 << 10, LINES_MAX = 2000, HEAD_BYTES = 48 };
	struct ch_str body = ch_str_sub(html->ld_body, 0, BODY_BYTES_MAX);
	uint32_t asked = 0;

	for (uint32_t i = 0; i < p->lines.n && asked < LINES_MAX; i++) {
		struct page_line *l = &p->lines.v[i];
		struct ch_str head = ch_str_sub(page_line_str(p, i), 0, HEAD_BYTES);

		if (!l->reason || l->said || l->kind != PAGE_SENTENCE || strcmp(l->reason, "hidden") == 0)
			continue;
		asked++;
		if (ch_str_find(body, head, 0) != CH_STR_NONE)
			l->reason = NULL;
	}
}

/* The smallest element that says it holds the article and holds most of the prose; CH_NONE. */
static uint32_t find_container(const struct page_html *html, uint32_t total)
{
	uint32_t best = CH_NONE, lines = UINT32_MAX;

	for (uint32_t i = 0; i < html->nodes.n; i++) {
		const struct page_node *n = &html->nodes.v[i];

		if (!n->article || n->reason || (uint64_t)n->prose * 100 < (uint64_t)total * HOME_SHARE ||
		    n->past_line - n->first_line > lines)
			continue;
		best = i;
		lines = n->past_line - n->first_line;
	}
	return best;
}

static uint32_t home_of(const struct page_html *html, const struct page_line *l)
{
	const struct page_node *n;

	if (l->node == CH_NONE)
		return CH_NONE;
	n = &html->nodes.v[l->node];
	return n->tag == PAGE_TAG_DIV || n->tag == PAGE_TAG_ARTICLE || n->tag == PAGE_TAG_SECTION || n->parent == CH_NONE ? l->node : n->parent;
}

/* The element in which most of the body stands, its paragraphs being its children. */
static uint32_t find_home(struct page *p, struct page_html *html)
{
	uint32_t best = CH_NONE, most = 0;

	for (uint32_t i = 0; i < html->nodes.n; i++)
		html->nodes.v[i].prose = 0;
	for (uint32_t i = p->first; i < p->past; i++) {
		const struct page_line *l = &p->lines.v[i];
		uint32_t home = home_of(html, l);

		if (!l->body || home == CH_NONE)
			continue;
		html->nodes.v[home].prose += l->end - l->start;
		if (html->nodes.v[home].prose > most) {
			most = html->nodes.v[home].prose;
			best = home;
		}
	}
	return best;
}

static bool joins(const struct page *p, const struct page_html *html, uint32_t line, uint32_t home, bool before)
{
	const struct page_line *l = &p->lines.v[line];
	struct page_date date;
	uint8_t tag;

	if (l->reason || l->node == CH_NONE || home_of(html, l) != home)
		return false;
	tag = html->nodes.v[l->node].tag;
	if (page_is_date_line(p, page_line_str(p, line), &date))
		return false;
	if (l->kind == PAGE_SENTENCE)
		return true;
	if (l->kind == PAGE_SHORT)
		return !before && tag == PAGE_TAG_P && l->words >= 4;
	return tag == PAGE_TAG_P && l->words >= 3;
}

/* A few lines in between that do not join are no end; more than that are. */
static void extend(struct page *p, struct page_html *html)
{
	enum { SKIP_MAX = 6 };
	uint32_t home = find_home(p, html), skipped;
	const struct page_node *n;

	if (home == CH_NONE)
		return;
	n = &html->nodes.v[home];
	skipped = 0;
	for (uint32_t i = p->past; i < n->past_line && skipped < SKIP_MAX && !p->lines.v[i].wall; i++) {
		if (joins(p, html, i, home, false)) {
			p->lines.v[i].body = true;
			p->past = i + 1;
			skipped = 0;
		} else {
			skipped++;
		}
	}
	skipped = 0;
	for (uint32_t i = p->first; i-- > n->first_line && skipped < SKIP_MAX;) {
		if (p->lines.v[i].heading == 1)
			break;
		if (joins(p, html, i, home, true)) {
			p->lines.v[i].body = true;
			p->first = i;
			skipped = 0;
		} else {
			skipped++;
		}
	}
}

static void choose(struct page *p, struct page_html *html, bool names)
{
	uint32_t container, total;

	for (uint32_t i = 0; i < p->lines.n; i++) {
		p->lines.v[i].reason = p->lines.v[i].said;
		p->lines.v[i].body = false;
	}
	p->first = p->past = 0;
	spread_hints(p, html, sum_prose(p, html), names);
	if (html->ld_body.len > 200)
		trust_json_ld(p, html);
	total = sum_prose(p, html);
	container = find_container(html, total);
	if (container != CH_NONE)
		page_body_run(p, html->nodes.v[container].first_line, html->nodes.v[container].past_line);
	if (p->first == p->past)
		page_body_run(p, 0, p->lines.n);
	if (p->first < p->past)
		extend(p, html);
}

static uint32_t body_bytes(const struct page *p)
{
	uint32_t n = 0;

	for (uint32_t i = p->first; i < p->past; i++)
		n += p->lines.v[i].body ? p->lines.v[i].end - p->lines.v[i].start : 0;
	return n;
}

void page_html_body(struct page *p, struct page_html *html)
{
	uint32_t all = sum_prose(p, html), with_names, without;

	choose(p, html, true);
	with_names = body_bytes(p);
	if ((uint64_t)with_names * 4 > all)
		return;
	/* Little is left of a page full of prose: its names mean other things than they say. */
	choose(p, html, false);
	without = body_bytes(p);
	if (without < 2 * with_names)
		choose(p, html, true);
}
