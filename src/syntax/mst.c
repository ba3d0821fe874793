#include "syntax/mst.h"

struct ch_mst {
	double *w;                 /* (nodes, nodes): w[i][j] score of j as head of i, between living nodes */
	uint32_t *from, *to;       /* (nodes, nodes): the arc of words (to <- from) behind w[i][j] */
	uint32_t *best;            /* (nodes) head chosen for a living node */
	uint32_t *parent;          /* (2 nodes) the contracted node that a node went into, or itself */
	uint32_t *slot;            /* (nodes) the node that stands in each row now */
	uint32_t *mark;            /* (nodes) */
	uint32_t *cycle_arc_to, *cycle_arc_from;   /* (2 nodes) the arc that a node entered its cycle by */
	bool *alive;
	bool *done;                /* (2 nodes) */
	uint32_t cap;
};

struct ch_mst *ch_mst_new(struct ch_arena *a, uint32_t n)
{
	struct ch_mst *m = CH_NEW(a, struct ch_mst);
	size_t k = (size_t)n + 1;
	m->w = CH_NEW_N(a, double, k * k);
	m->from = CH_NEW_N(a, uint32_t, k * k);
	m->to = CH_NEW_N(a, uint32_t, k * k);
	m->best = CH_NEW_N(a, uint32_t, k);
	m->parent = CH_NEW_N(a, uint32_t, 2 * k);
	m->slot = CH_NEW_N(a, uint32_t, k);
	m->mark = CH_NEW_N(a, uint32_t, k);
	m->cycle_arc_to = CH_NEW_N(a, uint32_t, 2 * k);
	m->cycle_arc_from = CH_NEW_N(a, uint32_t, 2 * k);
	m->alive = CH_NEW_N(a, bool, k);
	m->done = CH_NEW_N(a, bool, 2 * k);
	m->cap = n;
	return m;
}

/* True if the heads make a tree with one root. mark: n + 1 numbers. */
static bool is_tree(const uint32_t *head, uint32_t n, uint32_t *mark)
{
	uint32_t roots = 0;
	for (uint32_t i = 0; i < n; i++) {
		mark[i + 1] = 0;
		roots += head[i] == 0;
	}
	if (roots != 1)
		return false;
	mark[0] = n + 1;
	for (uint32_t i = 1; i <= n; i++) {
		uint32_t j = i;
		while (!mark[j]) {
			mark[j] = i;
			j = head[j - 1];
		}
		if (mark[j] == i)
			return false;
		/* what this walk marked leads to the root: marks of earlier walks are fine for later ones */
	}
	return true;
}

/* Chooses the best head of every living node; returns a node on a cycle, or 0. */
static uint32_t choose(struct ch_mst *m, uint32_t k)
{
	for (uint32_t i = 1; i < k; i++) {
		if (!m->alive[i])
			continue;
		uint32_t b = 0;
		for (uint32_t j = 1; j < k; j++)
			if (m->alive[j] && j != i && m->w[(size_t)i * k + j] > m->w[(size_t)i * k + b])
				b = j;
		m->best[i] = b;
	}
	for (uint32_t i = 0; i < k; i++)
		m->mark[i] = 0;
	m->mark[0] = k;
	for (uint32_t i = 1; i < k; i++) {
		uint32_t j = i;
		if (!m->alive[i])
			continue;
		while (!m->mark[j]) {
			m->mark[j] = i;
			j = m->best[j];
		}
		if (m->mark[j] == i)
			return j;
	}
	return 0;
}

/* Makes one node of the cycle through c, in c's row; the others die. fresh: its number in parent[]. */
static void contract(struct ch_mst *m, uint32_t k, uint32_t c, uint32_t fresh)
{
	double *w = m->w;
	uint32_t i = c;
	do {                                               /* remember how each node is entered within the cycle */
		size_t at = (size_t)i * k + m->best[i];
		uint32_t node = m->slot[i];
		m->cycle_arc_to[node] = m->to[at];
		m->cycle_arc_from[node] = m->from[at];
		m->parent[node] = fresh;
		m->mark[i] = UINT32_MAX;
		i = m->best[i];
	} while (i != c);
	double own_c = w[(size_t)c * k + m->best[c]];
	for (uint32_t j = 0; j < k; j++) {                 /* arcs into the cycle: gain over the arc they replace */
		if (!m->alive[j] || m->mark[j] == UINT32_MAX)
			continue;
		size_t to_c = (size_t)c * k + j;
		w[to_c] -= own_c;
		for (i = m->best[c]; i != c; i = m->best[i]) {
			size_t at = (size_t)i * k + j;
			double gain = w[at] - w[(size_t)i * k + m->best[i]];
			if (gain > w[to_c]) {
				w[to_c] = gain;
				m->from[to_c] = m->from[at];
				m->to[to_c] = m->to[at];
			}
		}
	}
	for (uint32_t j = 1; j < k; j++) {                 /* arcs out of it */
		if (!m->alive[j] || m->mark[j] == UINT32_MAX)
			continue;
		size_t from_c = (size_t)j * k + c;
		for (i = m->best[c]; i != c; i = m->best[i]) {
			size_t at = (size_t)j * k + i;
			if (w[at] > w[from_c]) {
				w[from_c] = w[at];
				m->from[from_c] = m->from[at];
				m->to[from_c] = m->to[at];
			}
		}
	}
	for (i = m->best[c]; i != c; i = m->best[i])
		m->alive[i] = false;
	m->slot[c] = fresh;
}

void ch_mst(struct ch_mst *m, const float *score, uint32_t n, uint32_t stride, uint32_t *head)
{
	for (uint32_t i = 0; i < n; i++) {
		const float *s = score + (size_t)i * stride;
		uint32_t b = 0;
		for (uint32_t j = 1; j <= n; j++)
			if (j != i + 1 && (s[j] > s[b]))
				b = j;
		head[i] = b;
	}
	if (is_tree(head, n, m->mark))
		return;

	uint32_t k = n + 1;
	for (uint32_t i = 1; i < k; i++)
		for (uint32_t j = 0; j < k; j++) {
			double x = score[(size_t)(i - 1) * stride + j];
			if (!(x > -1e6))                   /* a damaged model may give NaN: any tree will do, but a tree */
				x = -1e6;
			if (x > 1e6)
				x = 1e6;
			size_t at = (size_t)i * k + j;
			m->w[at] = j ? x : x - 1e10;
			m->from[at] = j;
			m->to[at] = i;
		}
	for (uint32_t i = 0; i < k; i++) {
		m->alive[i] = true;
		m->slot[i] = i;
	}
	for (uint32_t i = 0; i < 2 * k; i++) {
		m->parent[i] = i;
		m->done[i] = false;
	}
	uint32_t nodes = k, c;
	while ((c = choose(m, k)) != 0)
		contract(m, k, c, nodes++);

	for (uint32_t i = 0; i < n; i++)
		head[i] = 0;
	/* Open the contracted nodes from the last on: the arc that enters a node decides which of its parts keeps its
	 * own arc of the cycle. An arc (to <- from) enters every node that `to` is part of. */
	for (uint32_t i = 1; i < k; i++)
		if (m->alive[i]) {
			size_t at = (size_t)i * k + m->best[i];
			m->cycle_arc_to[m->slot[i]] = m->to[at];
			m->cycle_arc_from[m->slot[i]] = m->from[at];
		}
	for (uint32_t node = nodes; node-- > 1;) {
		if (m->done[node])
			continue;
		uint32_t to = m->cycle_arc_to[node], from = m->cycle_arc_from[node];
		head[to - 1] = from;
		/* this arc replaces the inner one of every node on the way from `to` up to `node` */
		for (uint32_t part = to; part != node; part = m->parent[part])
			m->done[part] = true;
		m->done[node] = true;
	}
}
