/* syntax/kernel_body.h -- every kernel but the matrix product, in vectors that the compiler maps to what the instruction set has.
 * Included once by each kernel_*.c, which defines CH_TARGET (a function attribute) and CH_WIDTH (floats in a register: 4, 8
 * or 16) first.
 *
 * Sums over a row are kept in 16 lanes whatever the width, in CH_PARTS registers: hence the same bits everywhere. Vectors
 * never pass through a call by value: that would make the calling convention depend on the instruction set. */
#include "syntax/kernel.h"
#include <string.h>

typedef float vf __attribute__((vector_size(4 * CH_WIDTH), aligned(4), may_alias));
typedef int32_t vi __attribute__((vector_size(4 * CH_WIDTH), aligned(4), may_alias));
typedef uint8_t vb __attribute__((vector_size(CH_WIDTH), aligned(1), may_alias));

/* For tables of 4 bits, which come by eights whatever the width. */
typedef float v8f __attribute__((vector_size(32), aligned(4), may_alias));
typedef int32_t v8i __attribute__((vector_size(32), aligned(4), may_alias));
typedef uint8_t v8b __attribute__((vector_size(8), aligned(1), may_alias));

#define CH_PARTS (CH_LANES / CH_WIDTH)
#define BLOCK 32               /* sums that are kept at a time where each is of its own: enough to hide the latency of an addition */

#define CH_INLINE CH_TARGET static inline __attribute__((always_inline))
/* In front of a short loop of constant length: unrolled before gcc decides what lives in registers. clang does so by itself,
 * and worse when told to. */
#if defined(__clang__)
#define UNROLL
#else
#define UNROLL _Pragma("GCC unroll 16")
#endif
#define LOAD(p) (*(const vf *)(p))
#define STORE(p, x) (*(vf *)(p) = (x))
#define SPLAT(c) ((vf){ 0 } + (c))

/* Where the mask is set a, else b. */
#define PICK(mask, a, b) ((vf)(((vi)(a) & (mask)) | ((vi)(b) & ~(mask))))

/* Folds 16 lanes in halves: 0+8 … 7+15, then 0+4 …: the one order of summing everywhere. */
CH_INLINE float fold_sum(const vf x[CH_PARTS])
{
	float t[16];
	UNROLL for (uint32_t p = 0; p < CH_PARTS; p++)
		STORE(t + p * CH_WIDTH, x[p]);
	for (int h = 8; h; h /= 2)
		for (int i = 0; i < h; i++)
			t[i] += t[i + h];
	return t[0];
}

CH_INLINE float fold_max(const vf x[CH_PARTS])
{
	float t[16];
	UNROLL for (uint32_t p = 0; p < CH_PARTS; p++)
		STORE(t + p * CH_WIDTH, x[p]);
	for (int h = 8; h; h /= 2)
		for (int i = 0; i < h; i++)
			t[i] = t[i] > t[i + h] ? t[i] : t[i + h];
	return t[0];
}

/* e^x to about 1e-7, x cut to ±87: 2^k times a polynomial on [-ln2/2, ln2/2] (coefficients as in Cephes expf). */
CH_INLINE void vexp(vf *px)
{
	vf x = *px;
	x = PICK(x > 87.0f, SPLAT(87.0f), x);
	x = PICK(x < -87.0f, SPLAT(-87.0f), x);
	vf k = x * 1.44269504f + 12582912.0f;      /* 1.5 * 2^23: rounds to a whole number, held in the low bits */
	vi e = (vi)k - 0x4B400000;
	k = k - 12582912.0f;
	vf r = x - k * 0.693359375f;
	r = r - k * -2.12194440e-4f;
	vf p = r * 1.9875691500e-4f + 1.3981999507e-3f;
	p = p * r + 8.3334519073e-3f;
	p = p * r + 4.1665795894e-2f;
	p = p * r + 1.6666665459e-1f;
	p = p * r + 5.0000001201e-1f;
	p = p * (r * r) + r + 1.0f;
	*px = p * (vf)((e + 127) << 23);
}

CH_INLINE void vsigmoid(vf *px)
{
	vf x = -*px;
	vexp(&x);
	*px = 1.0f / (1.0f + x);
}

CH_TARGET static void quantise(const float *x, uint32_t rows, uint32_t k, uint8_t *q, float *scale)
{
	for (uint32_t r = 0; r < rows; r++, x += k, q += k) {
		vf top[CH_PARTS] = { { 0 } };
		for (uint32_t i = 0; i < k; i += CH_LANES)
			UNROLL for (uint32_t p = 0; p < CH_PARTS; p++) {
				vf a = (vf)((vi)LOAD(x + i + p * CH_WIDTH) & 0x7FFFFFFF);
				top[p] = PICK(a > top[p], a, top[p]);
			}
		float m = fold_max(top);
		float inv = m > 0 ? 127.0f / m : 0;
		scale[r] = m / 127.0f;
		for (uint32_t i = 0; i < k; i += CH_WIDTH) {
			vi u = (vi)(LOAD(x + i) * inv + 12582912.0f) - (0x4B400000 - 128);
			*(vb *)(q + i) = __builtin_convertvector(u, vb);
		}
	}
}

CH_TARGET static void norm(const float *x, const float *gain, uint32_t rows, uint32_t d, float *out)
{
	for (uint32_t r = 0; r < rows; r++, x += d, out += d) {
		vf sum[CH_PARTS] = { { 0 } };
		for (uint32_t i = 0; i < d; i += CH_LANES)
			UNROLL for (uint32_t p = 0; p < CH_PARTS; p++)
				sum[p] = sum[p] + LOAD(x + i + p * CH_WIDTH) * LOAD(x + i + p * CH_WIDTH);
		float s = 1.0f / __builtin_sqrtf(fold_sum(sum) / (float)d + 1e-5f);
		for (uint32_t i = 0; i < d; i += CH_WIDTH)
			STORE(out + i, LOAD(x + i) * s * LOAD(gain + i));
	}
}

/* The four low bits as a signed number. */
CH_INLINE int32_t nibble(uint32_t bits)
{
	return (int32_t)((bits & 15) ^ 8) - 8;
}

CH_TARGET static void add_row(const struct ch_table4 *t, uint32_t row, float *out)
{
	const uint8_t *w = t->w + (size_t)row * (t->cols / 2);
	float s = t->scale[row];
	uint32_t i = 0;
	for (; i + 16 <= t->cols; i += 16, w += 8) {
		v8i b = __builtin_convertvector(*(const v8b *)w, v8i);
		v8i low = ((b & 15) ^ 8) - 8, high = ((b >> 4) ^ 8) - 8;
		*(v8f *)(out + i) += __builtin_convertvector(low, v8f) * s;
		*(v8f *)(out + i + 8) += __builtin_convertvector(high, v8f) * s;
	}
	uint32_t half = (t->cols - i) / 2;
	for (uint32_t j = 0; j < half; j++) {
		out[i + j] += (float)nibble(w[j]) * s;
		out[i + half + j] += (float)nibble((uint32_t)w[j] >> 4) * s;
	}
}

CH_TARGET static void add(float *x, const float *y, uint32_t n)
{
	for (uint32_t i = 0; i < n; i += CH_WIDTH)
		STORE(x + i, LOAD(x + i) + LOAD(y + i));
}

CH_TARGET static void relu(float *x, uint32_t n)
{
	for (uint32_t i = 0; i < n; i += CH_WIDTH) {
		vf a = LOAD(x + i);
		STORE(x + i, (vf)((vi)a & (a > 0.0f)));
	}
}

CH_TARGET static void gate(const float *ab, uint32_t rows, uint32_t d, float *x)
{
	for (uint32_t r = 0; r < rows; r++, ab += 2 * d, x += d)
		for (uint32_t i = 0; i < d; i += CH_WIDTH) {
			vf b = LOAD(ab + d + i);
			vsigmoid(&b);
			STORE(x + i, LOAD(x + i) + LOAD(ab + i) * b);
		}
}

/* c = f c + (1 - f) z; out = c * sigmoid(o), f and o through sigmoids (Lei et al. 2018). */
CH_TARGET static void scan(const float *zfo, uint32_t rows, uint32_t h, float *out)
{
	for (uint32_t i = 0; i < 2 * h; i += CH_WIDTH) {
		vf c = { 0 };
		for (uint32_t k = 0; k < rows; k++) {
			uint32_t t = i < h ? k : rows - 1 - k;
			const float *p = zfo + (size_t)t * 6 * h + i;
			vf f = LOAD(p + 2 * h), o = LOAD(p + 4 * h);
			vsigmoid(&f);
			vsigmoid(&o);
			c = f * c + (1.0f - f) * LOAD(p);
			STORE(out + (size_t)t * 2 * h + i, c * o);
		}
	}
}

/* b (cols, stride) -> tmp (k, up), zeros behind the last column. */
CH_INLINE void transpose(const float *b, uint32_t cols, uint32_t k, size_t stride, uint32_t up, float *tmp)
{
	for (uint32_t i = 0; i < k; i++) {
		for (uint32_t j = 0; j < cols; j++)
			tmp[(size_t)i * up + j] = b[j * stride + i];
		for (uint32_t j = cols; j < up; j++)
			tmp[(size_t)i * up + j] = 0;
	}
}

/* out[0, n) = sum over i < k of a[i] * rows[i * stride, … + n), times `scale`; n is BLOCK or CH_LANES. */
CH_INLINE void weighted(uint32_t n, const float *a, const float *rows, uint32_t k, size_t stride, float scale, float *out)
{
	vf s[BLOCK / CH_WIDTH];
	UNROLL for (uint32_t p = 0; p < n / CH_WIDTH; p++)
		s[p] = (vf){ 0 };
	for (uint32_t i = 0; i < k; i++, rows += stride)
		UNROLL for (uint32_t p = 0; p < n / CH_WIDTH; p++)
			s[p] = s[p] + LOAD(rows + p * CH_WIDTH) * a[i];
	UNROLL for (uint32_t p = 0; p < n / CH_WIDTH; p++)
		STORE(out + p * CH_WIDTH, s[p] * scale);
}

/* The same for any n that is a multiple of CH_LANES. */
CH_INLINE void weighted_rows(const float *a, const float *rows, uint32_t k, size_t stride, uint32_t n, float scale, float *out)
{
	uint32_t j = 0;
	for (; j + BLOCK <= n; j += BLOCK)
		weighted(BLOCK, a, rows + j, k, stride, scale, out + j);
	if (j < n)
		weighted(CH_LANES, a, rows + j, k, stride, scale, out + j);
}

CH_TARGET static void attend(const float *qkv, uint32_t rows, uint32_t d, uint32_t heads, const float *bias,
			     uint32_t reach, float *out, float *tmp)
{
	uint32_t up = ch_lanes_up(rows), w = d / heads;
	float *p = tmp + (size_t)w * up;
	for (uint32_t h = 0; h < heads; h++, bias += 2 * reach + 1) {
		transpose(qkv + d + h * w, rows, w, (size_t)3 * d, up, tmp);
		for (uint32_t i = 0; i < rows; i++) {
			weighted_rows(qkv + (size_t)i * 3 * d + h * w, tmp, w, up, up, 1.0f, p);
			float top = -1e30f;
			for (uint32_t j = 0; j < rows; j++) {
				uint32_t far = j > i ? j - i : i - j;
				if (far > reach)
					far = reach;
				p[j] += bias[j > i ? reach + far : reach - far];
				top = p[j] > top ? p[j] : top;
			}
			for (uint32_t j = 0; j < up; j += CH_WIDTH) {
				vf e = LOAD(p + j) - top;
				vexp(&e);
				STORE(p + j, e);
			}
			for (uint32_t j = rows; j < up; j++)
				p[j] = 0;
			vf sum[CH_PARTS] = { { 0 } };
			for (uint32_t j = 0; j < up; j += CH_LANES)
				UNROLL for (uint32_t c = 0; c < CH_PARTS; c++)
					sum[c] = sum[c] + LOAD(p + j + c * CH_WIDTH);
			weighted_rows(p, qkv + 2 * d + h * w, rows, (size_t)3 * d, w, 1.0f / fold_sum(sum), out + (size_t)i * d + h * w);
		}
	}
}

CH_TARGET static void dots(const float *a, uint32_t rows, const float *b, uint32_t cols, uint32_t k, float *out, float *tmp)
{
	uint32_t up = ch_lanes_up(cols);
	transpose(b, cols, k, k, up, tmp);
	for (uint32_t i = 0; i < rows; i++)
		weighted_rows(a + (size_t)i * k, tmp, k, up, up, 1.0f, out + (size_t)i * up);
}

#define CH_KERNELS(which, label) \
	const struct ch_kernels which = { label, quantise, product, norm, add_row, add, relu, gate, scan, attend, dots }
