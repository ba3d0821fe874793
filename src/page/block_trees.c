/* page/block_trees.c -- the trees of lexicon/page/weights.txt: read, and asked.
 *
 * A tree is a run of nodes in preorder; a node's left child follows it. Every node holds the log odds of what came its way in
 * training, inner ones too, so that each step down has a feature to answer for it (Saabas 2014): the feature whose steps add up to
 * the most against a line is the reason given. */
#include "page/block.h"
#include "base/map.h"

enum { SETS = 2, DEPTH_MAX = 32, LEAF = -1 };

struct node {
	int16_t feature, threshold, value;      /* LEAF, or left where the feature is threshold or less */
	uint16_t right;
};

struct page_trees {
	struct ch_arena *arena;
	struct ch_map names;
	CH_VEC(struct node) nodes;
	CH_VEC(uint32_t) roots[SETS];
	int base[SETS];          /* log odds to begin with */
	int price;
	unsigned set;            /* to which trees are added */
};

struct page_trees *page_trees_new(struct ch_arena *arena)
{
	struct page_trees *t = CH_NEW(arena, struct page_trees);

	t->arena = arena;
	ch_map_init(&t->names, arena);
	for (uint32_t i = 0; i < PAGE_F_N; i++)
		ch_map_put(&t->names, ch_str_z(page_feature_name(i)), i, NULL);
	return t;
}

static bool number(struct ch_str s, int16_t *out)
{
	bool minus = s.len && s.ptr[0] == '-';
	uint32_t n;

	if (!ch_str_uint(ch_str_sub(s, minus, s.len), &n) || n > INT16_MAX)
		return false;
	*out = (int16_t)(minus ? -(int)n : (int)n);
	return true;
}

/* "bytes:35:-12", a question and the odds before it is asked; or "57", a leaf. */
static bool read_node(const struct page_trees *t, struct ch_str word, struct node *node)
{
	struct ch_str name, threshold;
	const uint32_t *feature;

	*node = (struct node){ .feature = LEAF };
	if (ch_str_find_byte(word, ':', 0) == CH_STR_NONE)
		return number(word, &node->value);
	if (!ch_str_cut(&word, ':', &name) || !ch_str_cut(&word, ':', &threshold))
		return false;
	feature = ch_map_get(&t->names, name);
	if (!feature || (!t->set && *feature >= PAGE_F_FIRST_N))
		return false;
	node->feature = (int16_t)*feature;
	return number(threshold, &node->threshold) && number(word, &node->value);
}

static bool read_tree(struct page_trees *t, struct ch_str line)
{
	uint32_t open[DEPTH_MAX], depth = 0, root = t->nodes.n;     /* inner nodes whose right child is still to come */
	bool done = false;
	struct ch_str word;

	while (ch_str_cut(&line, ' ', &word)) {
		struct node node;

		if (!word.len)
			continue;
		if (done || depth == DEPTH_MAX || t->nodes.n - root > UINT16_MAX / 2 || !read_node(t, word, &node))
			return false;
		*CH_PUSH(t->arena, &t->nodes) = node;
		if (node.feature != LEAF) {
			open[depth++] = t->nodes.n - 1;
		} else if (depth) {
			depth--;
			t->nodes.v[open[depth]].right = (uint16_t)(t->nodes.n - open[depth]);
		} else {
			done = true;
		}
	}
	*CH_PUSH(t->arena, &t->roots[t->set]) = root;
	return done;
}

bool page_trees_add(struct page_trees *t, struct ch_str line)
{
	struct ch_str word;
	int16_t n;

	if (!ch_str_cut(&line, ' ', &word))
		return false;
	if (ch_str_eqz(word, "tree"))
		return read_tree(t, line);
	if (!number(line, &n))
		return false;
	if (ch_str_eqz(word, "set") && (n == 1 || n == 2))
		t->set = (unsigned)n - 1;
	else if (ch_str_eqz(word, "base"))
		t->base[t->set] = n;
	else if (ch_str_eqz(word, "switch") && n >= 0)
		t->price = n;
	else
		return false;
	return true;
}

int page_trees_odds(const struct page_trees *t, unsigned set, const int16_t row[PAGE_F_N], uint32_t *against)
{
	int odds = t->base[set], blame[PAGE_F_N], worst = 0;

	if (against)
		memset(blame, 0, sizeof blame);
	for (uint32_t i = 0; i < t->roots[set].n; i++) {
		const struct node *n = &t->nodes.v[t->roots[set].v[i]];

		while (n->feature != LEAF) {
			const struct node *down = row[n->feature] <= n->threshold ? n + 1 : n + n->right;

			if (against)
				blame[n->feature] += down->value - n->value;
			n = down;
		}
		odds += n->value;
	}
	if (against) {
		*against = CH_NONE;
		for (uint32_t i = 0; i < PAGE_F_N; i++)
			if (blame[i] < worst) {
				worst = blame[i];
				*against = i;
			}
	}
	return odds;
}

int page_trees_switch(const struct page_trees *t)
{
	return t->price;
}

/* The logistic function of odds / 256, by the half unit. */
uint8_t page_odds_percent(int odds)
{
	static const uint8_t percent[] = { 1, 1, 2, 3, 5, 8, 12, 18, 27, 38, 50, 62, 73, 82, 88, 92, 95, 97, 98, 99, 99 };
	int at;

	odds = odds > PAGE_ODDS_MAX - 1 ? PAGE_ODDS_MAX - 1 : odds < -PAGE_ODDS_MAX ? -PAGE_ODDS_MAX : odds;
	at = (odds + PAGE_ODDS_MAX) / 128;
	return (uint8_t)(percent[at] + (percent[at + 1] - percent[at]) * ((odds + PAGE_ODDS_MAX) % 128) / 128);
}
