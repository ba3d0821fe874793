/* syntax/kernel.h -- the arithmetic of the encoder, once for each instruction set; all give the same bits.
 *
 * Integers are exact. Floats are added in one fixed order everywhere: element by element, and sums over a row in 16 lanes
 * that are then folded in halves. Nothing of libm is called; exp is ours. -ffp-contract=off keeps the compiler honest.
 *
 * Weights are packed for a product that takes 4 inputs of 16 outputs at a time:
 *
 *     w[n/16][k/4][16][4]:   n 0: k 0 1 2 3 | n 1: k 0 1 2 3 | … | n 15: k 0 1 2 3 || n 0: k 4 5 6 7 | …
 *
 * Inputs are quantised a row at a time: u = round(x * 127 / max|x|) + 128, so sum(x w) is
 * (sum(u w) - 128 sum(w)) * scale of the row * scale of the output. */
#ifndef CH_SYNTAX_KERNEL_H
#define CH_SYNTAX_KERNEL_H
#include <stdbool.h>
#include <stdint.h>

#define CH_LANES 16

struct ch_matrix {
	const int8_t *w;       /* packed (n, k) */
	const float *scale;    /* (n) */
	const float *bias;     /* (n) */
	const int32_t *sum;    /* (n) */
	uint32_t n, k;         /* n a multiple of 16, k of 4 */
};

/* Rows of whole numbers from -8 to 7 with a scale each. A byte holds two: of each 16 columns the first eight lie in the low four
 * bits of 8 bytes, the others in the high ones; the last block may have fewer columns, an even number, cut in half alike. */
struct ch_table4 {
	const uint8_t *w;      /* (rows, cols / 2) */
	const float *scale;    /* (rows) */
	uint32_t rows, cols;
};

/* Float arrays are padded to whole lanes; d, h, k are multiples of 16. */
struct ch_kernels {
	const char *name;
	/* q (rows, k) and the scale of each row, from x (rows, k). */
	void (*quantise)(const float *x, uint32_t rows, uint32_t k, uint8_t *q, float *scale);
	/* out (rows, m->n) = x m' + bias, x as quantised. */
	void (*product)(const uint8_t *q, const float *scale, uint32_t rows, const struct ch_matrix *m, float *out);
	/* out = x / root mean square of its row, times gain (d). x and out may be the same. */
	void (*norm)(const float *x, const float *gain, uint32_t rows, uint32_t d, float *out);
	/* out (cols) += one row of the table. */
	void (*add_row)(const struct ch_table4 *t, uint32_t row, float *out);
	/* x += y, n floats. */
	void (*add)(float *x, const float *y, uint32_t n);
	/* x = max(x, 0), n floats. */
	void (*relu)(float *x, uint32_t n);
	/* x (rows, d) += a * sigmoid(b); ab (rows, 2 d). */
	void (*gate)(const float *ab, uint32_t rows, uint32_t d, float *x);
	/* One sentence of the two-way recurrence: zfo (rows, 6 h) -> out (rows, 2 h), left-to-right units first. */
	void (*scan)(const float *zfo, uint32_t rows, uint32_t h, float *out);
	/* One sentence of self-attention: qkv (rows, 3 d), bias (heads, 2 reach + 1) by distance -> out (rows, d).
	 * tmp: (d / heads + 1) * (rows rounded up to lanes) floats. */
	void (*attend)(const float *qkv, uint32_t rows, uint32_t d, uint32_t heads, const float *bias, uint32_t reach,
		       float *out, float *tmp);
	/* out (rows, cols rounded up to lanes) = a (rows, k) times b (cols, k) transposed, in floats.
	 * tmp: k * (cols rounded up to lanes) floats. */
	void (*dots)(const float *a, uint32_t rows, const float *b, uint32_t cols, uint32_t k, float *out, float *tmp);
};

static inline uint32_t ch_lanes_up(uint32_t n)
{
	return (n + CH_LANES - 1) / CH_LANES * CH_LANES;
}

extern const struct ch_kernels ch_kernels_scalar;
#if defined(__x86_64__)
extern const struct ch_kernels ch_kernels_avx2;
extern const struct ch_kernels ch_kernels_vnni;
#endif

/* The set of that name, or the best one for NULL; NULL where this processor (or build) lacks it. */
const struct ch_kernels *ch_kernels_find(const char *name);
#endif
