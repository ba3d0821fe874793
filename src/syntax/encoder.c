#include "syntax/encoder.h"

static uint32_t max_u32(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

static float *float_rows(struct ch_arena *a, uint32_t rows, uint32_t cols)
{
	return CH_NEW_N(a, float, (size_t)rows * cols);
}

void ch_scratch_init(struct ch_scratch *s, const struct ch_model *m, struct ch_arena *a, uint32_t rows)
{
	uint32_t up = ch_lanes_up(rows + 1);
	uint32_t in = m->glove_dim + m->emb_dim;
	uint32_t mid = max_u32(max_u32(m->d, 2 * m->h), max_u32(in, m->rel_dim));
	uint32_t wide = max_u32(max_u32(3 * m->d, 6 * m->h), max_u32(2 * m->arc_dim, m->relout.n));
	s->rows = rows;
	s->x = float_rows(a, rows, m->d);
	s->wide = float_rows(a, rows, wide);
	s->mid = float_rows(a, rows, mid);
	s->q = CH_NEW_N(a, uint8_t, (size_t)rows * max_u32(3 * m->d, max_u32(mid, m->arc_dim)));
	s->scale = float_rows(a, rows, 1);
	s->tmp = float_rows(a, up, max_u32(m->d / m->heads + 1, m->arc_dim));
	s->tags = float_rows(a, rows, m->tags.n);
	s->dep = float_rows(a, rows, m->arc_dim);
	s->head = float_rows(a, rows + 1, 2 * m->arc_dim);
	s->rel = float_rows(a, rows, 2 * m->rel_dim);
	s->arcs = float_rows(a, rows, up);
}

/* out = x m' + bias, x in floats. */
static void product(const struct ch_model *m, struct ch_scratch *s, const float *x, uint32_t rows, const struct ch_matrix *w,
		    float *out)
{
	m->k->quantise(x, rows, w->k, s->q, s->scale);
	m->k->product(s->q, s->scale, rows, w, out);
}

static void embed(const struct ch_model *m, struct ch_scratch *s, const struct ch_features *f, uint32_t rows)
{
	uint32_t cols = m->glove_dim + m->emb_dim;
	memset(s->mid, 0, sizeof(float) * rows * cols);
	for (uint32_t r = 0; r < rows; r++) {
		float *e = s->mid + (size_t)r * cols;
		if (f[r].glove != CH_NONE)
			m->k->add_row(&m->glove, f[r].glove, e);
		for (uint32_t i = 0; i < CH_SLOTS; i++)
			if (f[r].slot[i] != CH_NONE)
				m->k->add_row(&m->emb, f[r].slot[i], e + m->glove_dim);
	}
	m->k->norm(s->mid, m->in_norm, rows, cols, s->mid);
	product(m, s, s->mid, rows, &m->in, s->x);
}

/* Rows before, at and after each word side by side (R, 3 d); zeros beyond the sentence. */
static void windows(const float *h, const uint32_t *first, uint32_t n, uint32_t d, float *out)
{
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t r = first[i]; r < first[i + 1]; r++)
			for (uint32_t k = 0; k < 3; k++, out += d) {
				bool inside = r + k > first[i] && r + k <= first[i + 1];
				if (inside)
					memcpy(out, h + (size_t)(r + k - 1) * d, sizeof(float) * d);
				else
					memset(out, 0, sizeof(float) * d);
			}
}

void ch_encode(const struct ch_model *m, struct ch_scratch *s, const struct ch_features *f, const uint32_t *first, uint32_t n)
{
	uint32_t rows = first[n], d = m->d;
	embed(m, s, f, rows);
	for (uint32_t l = 0; l < m->layer_n; l++) {
		const struct ch_layer *y = &m->layer[l];
		m->k->norm(s->x, y->norm, rows, d, s->mid);
		if (y->type == CH_CONV) {
			windows(s->mid, first, n, d, s->wide);
			product(m, s, s->wide, rows, &y->in, s->wide);   /* quantised before it is written over */
			m->k->gate(s->wide, rows, d, s->x);
			continue;
		}
		product(m, s, s->mid, rows, &y->in, s->wide);
		for (uint32_t i = 0; i < n; i++) {
			uint32_t at = first[i], len = first[i + 1] - first[i];
			if (y->type == CH_SCAN)
				m->k->scan(s->wide + (size_t)at * 6 * m->h, len, m->h, s->mid + (size_t)at * 2 * m->h);
			else
				m->k->attend(s->wide + (size_t)at * 3 * d, len, d, m->heads, y->dist, m->reach,
					     s->mid + (size_t)at * d, s->tmp);
		}
		product(m, s, s->mid, rows, &y->out, s->wide);
		m->k->add(s->x, s->wide, rows * d);
	}
	m->k->norm(s->x, m->norm, rows, d, s->x);
}

void ch_heads(const struct ch_model *m, struct ch_scratch *s, uint32_t rows)
{
	uint32_t arc = m->arc_dim;
	m->k->quantise(s->x, rows, m->d, s->q, s->scale);
	m->k->product(s->q, s->scale, rows, &m->tags, s->tags);
	m->k->product(s->q, s->scale, rows, &m->rel, s->rel);
	m->k->product(s->q, s->scale, rows, &m->arc, s->wide);
	m->k->relu(s->wide, rows * 2 * arc);
	/* s->head stays (R + 1, 2 arc) with the dependents beside: row 0 is filled by ch_arcs */
	memcpy(s->head, s->wide, sizeof(float) * rows * 2 * arc);
	for (uint32_t r = 0; r < rows; r++)
		memcpy(s->mid + (size_t)r * arc, s->wide + (size_t)r * 2 * arc, sizeof(float) * arc);
	product(m, s, s->mid, rows, &m->bil, s->dep);
}

uint32_t ch_arcs(const struct ch_model *m, struct ch_scratch *s, uint32_t first, uint32_t past)
{
	uint32_t arc = m->arc_dim, n = past - first, stride = ch_lanes_up(n + 1);
	float *heads = s->wide;        /* (n + 1, arc) */
	memcpy(heads, m->root, sizeof(float) * arc);
	for (uint32_t j = 0; j < n; j++)
		memcpy(heads + (size_t)(j + 1) * arc, s->head + (size_t)(first + j) * 2 * arc + arc, sizeof(float) * arc);
	m->k->dots(s->dep + (size_t)first * arc, n, heads, n + 1, arc, s->arcs, s->tmp);
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t j = 0; j < n; j++) {
			uint32_t far = j > i ? j - i : i - j;
			if (far > m->reach)
				far = m->reach;
			s->arcs[(size_t)i * stride + j + 1] += m->dist[j > i ? m->reach + far : m->reach - far];
		}
	return stride;
}

void ch_relations(const struct ch_model *m, struct ch_scratch *s, uint32_t first, uint32_t past, const uint32_t *head,
		  uint8_t *rel)
{
	uint32_t w = m->rel_dim, n = past - first;
	for (uint32_t i = 0; i < n; i++) {
		float *z = s->mid + (size_t)i * w;
		const float *at = head[i] ? s->rel + (size_t)(first + head[i] - 1) * 2 * w + w : m->relroot;
		memcpy(z, s->rel + (size_t)(first + i) * 2 * w, sizeof(float) * w);
		m->k->add(z, at, w);
	}
	m->k->relu(s->mid, n * w);
	product(m, s, s->mid, n, &m->relout, s->wide);
	for (uint32_t i = 0; i < n; i++)
		rel[i] = (uint8_t)ch_argmax(s->wide + (size_t)i * m->relout.n, m->dep_n);
}

uint32_t ch_argmax(const float *x, uint32_t n)
{
	uint32_t best = 0;
	for (uint32_t i = 1; i < n; i++)
		if (x[i] > x[best])
			best = i;
	return best;
}
