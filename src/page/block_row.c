/* page/block_row.c -- the features of a line, from what block.c saw and summed up. */
#include "page/block.h"

enum { NEAR = 3, WIDE = 8, FAR = 40 };

#define NAME(id, name, against) name,
#define AGAINST(id, name, against) against,
static const char *const names[] = {
	PAGE_FEATURES_OWN(NAME) PAGE_FEATURES_ELEMENT(NAME) PAGE_FEATURES_ORDER(NAME) PAGE_FEATURES_CONTEXT(NAME)
};
static const char *const againsts[] = {
	PAGE_FEATURES_OWN(AGAINST) PAGE_FEATURES_ELEMENT(AGAINST) PAGE_FEATURES_ORDER(AGAINST) PAGE_FEATURES_CONTEXT(AGAINST)
};

const char *page_feature_name(uint32_t feature)
{
	return names[feature];
}

const char *page_feature_against(uint32_t feature)
{
	return againsts[feature];
}

static int16_t cap(uint64_t n, uint32_t max)
{
	return (int16_t)(n > max ? max : n);
}

static int16_t share(uint64_t part, uint64_t whole)
{
	return cap(whole ? part * 100 / whole : 0, 100);
}

/* Four times the logarithm to base two, with straight lines between powers; 0 to 7 as they are. */
static int16_t size_of(uint64_t n)
{
	int16_t log = 0;

	if (!n)
		return 0;
	while (n >= 8) {
		n >>= 1;
		log++;
	}
	return (int16_t)(4 * log + (int16_t)n);
}

/* Of tags, what counts here: paragraphs, wrappers, items, cells, headings, quotations. */
static int16_t tag_class(uint8_t tag)
{
	switch (tag) {
	case PAGE_TAG_P: return 1;
	case PAGE_TAG_DIV: return 2;
	case PAGE_TAG_SECTION: case PAGE_TAG_ARTICLE: case PAGE_TAG_MAIN: return 3;
	case PAGE_TAG_BLOCKQUOTE: case PAGE_TAG_PRE: return 4;
	case PAGE_TAG_H1: case PAGE_TAG_H2: case PAGE_TAG_H3: case PAGE_TAG_H4: case PAGE_TAG_H5: case PAGE_TAG_H6: return 5;
	case PAGE_TAG_TD: case PAGE_TAG_TH: case PAGE_TAG_TR: case PAGE_TAG_TABLE: return 6;
	case PAGE_TAG_DD: case PAGE_TAG_DT: return 7;
	case PAGE_TAG_LI: return 8;
	case PAGE_TAG_UL: case PAGE_TAG_OL: return 9;
	case PAGE_TAG_BODY: case PAGE_TAG_HTML: return 10;
	default: return 11;
	}
}

static void own_features(const struct page_blocks *b, uint32_t i, int16_t *row)
{
	const struct page_line *l = &b->p->lines.v[i];
	const struct page_block *k = &b->line[i];
	static const int16_t kinds[] = { [PAGE_SHORT] = 0, [PAGE_ITEM] = 1, [PAGE_BRIEF] = 2, [PAGE_SENTENCE] = 3 };
	uint32_t bytes = l->end - l->start;

	row[PAGE_F_BYTES] = cap(bytes, 3000);
	row[PAGE_F_WORDS] = cap(k->words, 500);
	row[PAGE_F_KIND] = kinds[l->kind];
	row[PAGE_F_LINKS] = k->links;
	row[PAGE_F_STOPS] = (int16_t)k->stops;
	row[PAGE_F_COMMAS] = (int16_t)k->commas;
	row[PAGE_F_ENDS] = k->ends;
	row[PAGE_F_BEGINS] = k->begins;
	row[PAGE_F_DIGITS] = k->digits;
	row[PAGE_F_UPPERS] = k->uppers;
	row[PAGE_F_WORD_BYTES] = cap(bytes * 10ull / (k->words ? k->words : 1u), 300);
	row[PAGE_F_HEADING] = l->heading;
	row[PAGE_F_ITEM] = l->item;
	row[PAGE_F_QUOTE] = l->quote;
	row[PAGE_F_DATE] = k->date;
	row[PAGE_F_NAME] = k->name;
	row[PAGE_F_SAID] = l->wall ? 2 : l->said != NULL;
	row[PAGE_F_REPEATS] = k->repeats;
	row[PAGE_F_LD] = k->ld;
	row[PAGE_F_DESCRIBED] = k->described;
	row[PAGE_F_TITLED] = k->titled;
}

static void sum_features(const struct page_blocks *b, const struct page_sum *s, int16_t *row)
{
	row[0] = size_of(s->lines);
	row[1] = share(s->prose, b->prose);
	row[2] = share(s->links, s->bytes);
	row[3] = cap(s->lines ? s->bytes / s->lines : 0, 600);
}

/* The alike tables say lines, share, links, mean in that order too: PAGE_FEATURES_ELEMENT lists them so. */
static void element_features(const struct page_blocks *b, uint32_t i, int16_t *row)
{
	uint32_t node = b->p->lines.v[i].node, at, parent;
	const struct page_branch *k;

	if (node == CH_NONE) {
		memset(row + PAGE_F_TAG, 0, (PAGE_F_PATH_MEAN - PAGE_F_TAG + 1) * sizeof *row);
		return;
	}
	k = &b->node[node];
	parent = b->html->nodes.v[node].parent;
	row[PAGE_F_TAG] = tag_class(b->html->nodes.v[node].tag);
	row[PAGE_F_PARENT] = parent == CH_NONE ? 0 : tag_class(b->html->nodes.v[parent].tag);
	row[PAGE_F_DEPTH] = cap(k->depth, 60);
	row[PAGE_F_LIST] = k->list;
	row[PAGE_F_TABLE] = k->table;
	row[PAGE_F_HEADER] = k->header;
	row[PAGE_F_FIGURE] = k->figure;
	row[PAGE_F_IN_ARTICLE] = k->in_article;
	row[PAGE_F_IN_NAMED] = k->in_named;
	row[PAGE_F_ARTICLES] = cap(b->articles, 20);
	for (unsigned h = 0; h < PAGE_HINTS_N; h++)
		row[PAGE_F_HINT_COMMENTS + h] = k->hints[h];
	at = node;
	for (unsigned c = 0; c < 3; c++) {
		sum_features(b, &b->node[at].sum, row + PAGE_F_C1_LINES + 4 * c);
		if (b->node[at].wider != CH_NONE)
			at = b->node[at].wider;
	}
	row[PAGE_F_HOME_UP] = cap(k->up, 20);
	for (at = node; b->node[at].up; at = b->html->nodes.v[at].parent)
		if (b->html->nodes.v[at].parent == CH_NONE)
			break;
	row[PAGE_F_HOME_DOWN] = b->home == CH_NONE ? 20 : cap((uint32_t)(b->node[b->home].depth > b->node[at].depth ?
		b->node[b->home].depth - b->node[at].depth : 0), 20);
	at = parent == CH_NONE || row[PAGE_F_TAG] == 2 || row[PAGE_F_TAG] == 3 ? node : parent;
	row[PAGE_F_HOME_SHARE] = share(b->node[at].own_prose, b->prose);
	sum_features(b, &b->look[b->html->nodes.v[node].look & b->mask], row + PAGE_F_LOOK_LINES);
	sum_features(b, &b->path[k->path & b->mask], row + PAGE_F_PATH_LINES);
}

static void neighbour(const struct page_blocks *b, uint32_t i, bool there, int16_t *row)
{
	const struct page_line *l;
	static const int16_t kinds[] = { [PAGE_SHORT] = 0, [PAGE_ITEM] = 1, [PAGE_BRIEF] = 2, [PAGE_SENTENCE] = 3 };

	memset(row, 0, 4 * sizeof *row);
	if (!there)
		return;
	l = &b->p->lines.v[i];
	row[0] = cap(l->end - l->start, 1000);
	row[1] = kinds[l->kind];
	row[2] = b->line[i].links;
	row[3] = l->heading;
}

static uint64_t prose_between(const struct page_blocks *b, uint32_t from, uint32_t past)
{
	return (past < b->p->lines.n ? b->line[past].prose_before : b->prose) - b->line[from].prose_before;
}

static void order_features(const struct page_blocks *b, uint32_t i, int16_t *row)
{
	uint32_t n = b->p->lines.n, from = i > NEAR ? i - NEAR : 0, past = i + NEAR + 1 < n ? i + NEAR + 1 : n, walls = 0, steps;
	uint64_t links = 0, bytes = 0;

	row[PAGE_F_ABOVE] = share(b->line[i].prose_before, b->prose);
	row[PAGE_F_AT] = share(i, n);
	row[PAGE_F_RUN] = i < b->run_first || i >= b->run_past ? 0 : 1 + b->line[i].run;
	row[PAGE_F_RUN_BEFORE] = i < b->run_first ? cap(b->run_first - i, FAR) : 0;
	row[PAGE_F_RUN_BEHIND] = i >= b->run_past ? cap(i - b->run_past + 1, FAR) : 0;
	neighbour(b, i - 1, i > 0, row + PAGE_F_PREV_BYTES);
	neighbour(b, i + 1, i + 1 < n, row + PAGE_F_NEXT_BYTES);
	row[PAGE_F_PREV2_BYTES] = i > 1 ? cap(b->p->lines.v[i - 2].end - b->p->lines.v[i - 2].start, 1000) : 0;
	row[PAGE_F_NEXT2_BYTES] = i + 2 < n ? cap(b->p->lines.v[i + 2].end - b->p->lines.v[i + 2].start, 1000) : 0;
	row[PAGE_F_NEAR_PROSE] = cap(prose_between(b, from, past), 3000);
	row[PAGE_F_WIDE_PROSE] = cap(prose_between(b, i > WIDE ? i - WIDE : 0, i + WIDE + 1 < n ? i + WIDE + 1 : n), 6000);
	for (uint32_t k = from; k < past; k++) {
		links += b->p->lines.v[k].link_bytes;
		bytes += b->p->lines.v[k].end - b->p->lines.v[k].start;
	}
	row[PAGE_F_NEAR_LINKS] = share(links, bytes);
	for (steps = 1; steps <= i && steps < FAR && !b->line[i - steps].prose;)
		steps++;
	row[PAGE_F_SINCE_PROSE] = (int16_t)(steps > i ? FAR : steps);
	for (steps = 1; i + steps < n && steps < FAR && !b->line[i + steps].prose;)
		steps++;
	row[PAGE_F_UNTIL_PROSE] = (int16_t)(i + steps >= n ? FAR : steps);
	row[PAGE_F_SINCE_TITLE] = b->title == CH_NONE ? -100 : (int16_t)(i < b->title ? -cap(b->title - i, 30) : cap(i - b->title, 100));
	row[PAGE_F_SINCE_WALL] = FAR;
	for (steps = 0; steps <= i && steps < FAR; steps++)
		if (b->p->lines.v[i - steps].wall) {
			if (!walls)
				row[PAGE_F_SINCE_WALL] = (int16_t)steps;
			walls++;
		}
	row[PAGE_F_WALLS] = (int16_t)walls;
	row[PAGE_F_PAGE_PROSE] = size_of(b->prose);
	row[PAGE_F_PAGE_LINES] = size_of(n);
	row[PAGE_F_PAGE_SHARE] = share(b->prose, b->bytes);
}

void page_blocks_row(const struct page_blocks *b, uint32_t line, int16_t row[PAGE_F_N])
{
	own_features(b, line, row);
	element_features(b, line, row);
	order_features(b, line, row);
}

/* ---- context ---- */

static int16_t odds_at(const struct page_blocks *b, uint32_t i, bool there)
{
	return there ? b->line[i].odds : (int16_t)-PAGE_ODDS_MAX;
}

static int16_t mean_odds(const struct page_sum *s)
{
	return (int16_t)(s->lines ? s->odds / (int64_t)s->lines : 0);
}

/* Mean odds of the lines from i - reach to i + reach but i itself, each by the root of its length. */
static int16_t odds_around(const struct page_blocks *b, uint32_t i, uint32_t reach)
{
	uint32_t past = i + reach + 1 < b->p->lines.n ? i + reach + 1 : b->p->lines.n;
	int64_t sum = 0, weights = 0;

	for (uint32_t k = i > reach ? i - reach : 0; k < past; k++) {
		int64_t weight = 1 + size_of(b->p->lines.v[k].end - b->p->lines.v[k].start);

		if (k == i)
			continue;
		sum += weight * b->line[k].odds;
		weights += weight;
	}
	return (int16_t)(weights ? sum / weights : 0);
}

void page_blocks_context(const struct page_blocks *b, uint32_t i, int16_t row[PAGE_F_N])
{
	uint32_t n = b->p->lines.n, node = b->p->lines.v[i].node, steps, own = b->p->lines.v[i].end - b->p->lines.v[i].start;

	row[PAGE_F_ODDS] = b->line[i].odds;
	row[PAGE_F_ODDS_PREV] = odds_at(b, i - 1, i > 0);
	row[PAGE_F_ODDS_PREV2] = odds_at(b, i - 2, i > 1);
	row[PAGE_F_ODDS_NEXT] = odds_at(b, i + 1, i + 1 < n);
	row[PAGE_F_ODDS_NEXT2] = odds_at(b, i + 2, i + 2 < n);
	row[PAGE_F_ODDS_NEAR] = odds_around(b, i, NEAR);
	row[PAGE_F_ODDS_WIDE] = odds_around(b, i, WIDE);
	memset(row + PAGE_F_ODDS_C1, 0, (PAGE_F_ODDS_PATH - PAGE_F_ODDS_C1 + 1) * sizeof *row);
	if (node != CH_NONE) {
		uint32_t at = node;

		for (unsigned c = 0; c < 3; c++) {
			row[PAGE_F_ODDS_C1 + c] = mean_odds(&b->node[at].sum);
			if (b->node[at].wider != CH_NONE)
				at = b->node[at].wider;
		}
		row[PAGE_F_ODDS_LOOK] = mean_odds(&b->look[b->html->nodes.v[node].look & b->mask]);
		row[PAGE_F_ODDS_PATH] = mean_odds(&b->path[b->node[node].path & b->mask]);
	}
	own = b->line[i].odds >= 0 ? own : 0;
	row[PAGE_F_GOOD_ABOVE] = share(b->line[i].good_before, b->good - own);
	row[PAGE_F_GOOD_BELOW] = share(b->good - b->line[i].good_before - own, b->good - own);
	for (steps = 1; steps <= i && steps < FAR && b->line[i - steps].odds < 0;)
		steps++;
	row[PAGE_F_SINCE_GOOD] = (int16_t)(steps > i ? FAR : steps);
	for (steps = 1; i + steps < n && steps < FAR && b->line[i + steps].odds < 0;)
		steps++;
	row[PAGE_F_UNTIL_GOOD] = (int16_t)(i + steps >= n ? FAR : steps);
	row[PAGE_F_GOOD_PAGE] = size_of(b->good - own);
}
