/* page/html_body.c -- which lines of an HTML page are the article: block.h says how they are weighed; here the odds become a
 * decision, and every line that is left out gets its reason. */
#include "page/block.h"

enum {
	BELIEVED = 40,      /* per cent of the page's prose outside an element, for its name to be given as a reason */
	BELIEVED_WELL = 60,
	SECOND_LOOK = 256,  /* what the lines of a page that seems to hold no article are given when it is looked at again */
	MOSTLY_LINK = 70,   /* per cent of a line's bytes */
	FEW_LINES = 24,     /* of a page: too few for shares and places on it to say much */
	FEW_LINES_ODDS = 64,
};

/* A page of few lines has nothing to compare with: there, names decide about prose. */
static int odds_by_name(const struct page_blocks *b, uint32_t i, int odds)
{
	uint32_t node = b->p->lines.v[i].node, belief = node == CH_NONE ? 0 : page_blocks_belief(b, node);

	if (!belief && odds < FEW_LINES_ODDS)
		return FEW_LINES_ODDS;
	return belief >= BELIEVED_WELL && odds > -FEW_LINES_ODDS ? -FEW_LINES_ODDS : odds;
}

static void weigh(struct page_blocks *b, const struct page_trees *trees)
{
	struct page *p = b->p;
	int16_t row[PAGE_F_N], *odds = CH_NEW_N(p->arena, int16_t, p->lines.n + 1);

	for (uint32_t i = 0; i < p->lines.n; i++) {
		page_blocks_row(b, i, row);
		page_blocks_set_odds(b, i, page_trees_odds(trees, 0, row, NULL));
	}
	page_blocks_spread(b);
	for (uint32_t i = 0; i < p->lines.n; i++) {
		int o;

		page_blocks_row(b, i, row);
		page_blocks_context(b, i, row);
		o = page_trees_odds(trees, 1, row, &b->line[i].against);
		if (b->line[i].against == PAGE_F_ODDS)
			(void)page_trees_odds(trees, 0, row, &b->line[i].against);
		if (p->lines.n <= FEW_LINES && b->line[i].prose && !b->line[i].date)
			o = odds_by_name(b, i, o);
		odds[i] = (int16_t)(o > PAGE_ODDS_MAX ? PAGE_ODDS_MAX : o < -PAGE_ODDS_MAX ? -PAGE_ODDS_MAX : o);
	}
	for (uint32_t i = 0; i < p->lines.n; i++)
		b->line[i].odds = odds[i];
}

static bool is_copyright(const struct page_blocks *b, uint32_t i)
{
	return ch_str_starts(page_line_str(b->p, i), CH_STR("\xc2\xa9")) && !b->line[i].prose;
}

/* Whatever their odds, captions stand apart, and so do a line of copyright and a link that says of itself that it leads elsewhere. */
static bool may_be_body(const struct page_blocks *b, uint32_t i)
{
	const struct page_line *l = &b->p->lines.v[i];

	if (l->said && (strcmp(l->said, "page title") == 0 || b->line[i].links > MOSTLY_LINK))
		return false;
	if (is_copyright(b, i))
		return false;
	return l->node == CH_NONE || !b->node[l->node].figure;
}

/* The likeliest sequence of in and out: the Viterbi algorithm, where a change costs `price`; each line has `bonus` beside its odds. */
static void decide(struct page_blocks *b, int price, int bonus)
{
	enum { CAME_IN = 1, WENT_OUT = 2 };
	struct page *p = b->p;
	uint8_t *back = CH_NEW_N(p->arena, uint8_t, p->lines.n + 1);
	int64_t inside = 0, outside = 0;
	bool in;

	for (uint32_t i = 0; i < p->lines.n; i++) {
		int64_t come = outside - price, go = inside - price;

		back[i] = (uint8_t)((come > inside ? CAME_IN : 0) | (go > outside ? WENT_OUT : 0));
		if (outside > go)
			go = outside;
		inside = (come > inside ? come : inside) + b->line[i].odds + bonus;
		outside = go;
	}
	in = inside > outside;
	p->first = p->past = 0;
	for (uint32_t i = p->lines.n; i-- > 0;) {
		struct page_line *l = &p->lines.v[i];

		l->body = in && may_be_body(b, i);
		if (l->body) {
			p->past = p->past ? p->past : i + 1;
			p->first = i;
		}
		if (back[i] & (in ? CAME_IN : WENT_OUT))
			in = !in;
	}
}

/* The headline over the body is the title's (page_html_title), whatever its odds. */
static void behead(struct page_blocks *b)
{
	struct page *p = b->p;

	while (p->first < p->past && p->lines.v[p->first].heading &&
	       (p->lines.v[p->first].heading == 1 || b->line[p->first].titled)) {
		p->lines.v[p->first].body = false;
		do
			p->first++;
		while (p->first < p->past && !p->lines.v[p->first].body);
	}
}

/* What the names of the elements around a line say: node->reason is handed down. */
static void name_reasons(struct page_blocks *b, struct page_html *html)
{
	for (uint32_t i = 0; i < html->nodes.n; i++) {
		struct page_node *n = &html->nodes.v[i];

		n->reason = n->parent == CH_NONE ? NULL : html->nodes.v[n->parent].reason;
		if (!n->reason && n->own && page_blocks_belief(b, i) >= BELIEVED)
			n->reason = n->own;
	}
}

void page_html_body(struct page *p, struct page_html *html)
{
	const struct page_trees *trees = page_lexicon_trees(p->lex);
	struct page_blocks *b = CH_NEW(p->arena, struct page_blocks);

	page_blocks_look(b, p, html);
	weigh(b, trees);
	decide(b, page_trees_switch(trees), 0);
	if (p->first == p->past)
		decide(b, page_trees_switch(trees), SECOND_LOOK);
	behead(b);
	name_reasons(b, html);
	for (uint32_t i = 0; i < p->lines.n; i++) {
		struct page_line *l = &p->lines.v[i];

		l->reason = l->body ? NULL : l->said ? l->said : l->node == CH_NONE ? NULL : html->nodes.v[l->node].reason;
		if (!l->body && !l->reason && b->line[i].links > MOSTLY_LINK && !l->heading)
			l->reason = "link";
		if (!l->body && !l->reason && is_copyright(b, i))
			l->reason = "copyright";
	}
	html->blocks = b;
}

void page_html_reasons(struct page *p, const struct page_html *html)
{
	for (uint32_t i = 0; i < p->lines.n; i++) {
		struct page_line *l = &p->lines.v[i];
		uint32_t against = html->blocks->line[i].against;

		if (!l->body && !l->reason && against != CH_NONE && i != p->title)
			l->reason = page_feature_against(against);
	}
}

void page_html_odds(const struct page *p, const struct page_html *html)
{
	struct ch_doc *doc = p->doc;
	uint32_t line = 0;

	for (uint32_t i = 0; i < doc->rejected.n; i++) {
		struct ch_rejected *r = &doc->rejected.v[i];
		uint32_t at = (uint32_t)(r->text.ptr - p->flow.v);

		while (line + 1 < p->lines.n && p->lines.v[line].end <= at)
			line++;
		r->percent = page_odds_percent(html->blocks->line[line].odds);
	}
	line = 0;
	for (uint32_t i = 0; i < doc->blocks.n; i++) {
		if (doc->blocks.v[i].kind == CH_BLOCK_TITLE)
			continue;
		while (line + 1 < p->lines.n && !p->lines.v[line].body)
			line++;
		doc->blocks.v[i].percent = page_odds_percent(html->blocks->line[line++].odds);
	}
}
