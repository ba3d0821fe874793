/* syntax/kernel_body.h -- every kernel but the matrix product, in vectors of 16 floats that the compiler maps to what the
 * instruction set has. Included once by each kernel_*.c, which defines CH_TARGET (a function attribute) first.
 *
 * Vectors never pass through a call by value: that would make the calling convention depend on the instruction set. */
#include "syntax/kernel.h"
#include <string.h>

typedef float v16f __attribute__((vector_size(64), aligned(4), may_alias));
typedef int32_t v16i __attribute__((vector_size(64), aligned(4), may_alias));
typedef uint8_t v16b __attribute__((vector_size(16), aligned(1), may_alias));
typedef int8_t v16s __attribute__((vector_size(16), aligned(1), may_alias));

#define CH_INLINE CH_TARGET static inline __attribute__((always_inline))
/* In front of a short loop of constant length: unrolled before gcc decides what lives in registers. clang does so by itself,
 * and worse when told to. */
#if defined(__clang__)
#define UNROLL
#else
#define UNROLL _Pragma("GCC unroll 8")
#endif
#define LOAD(p) (*(const v16f *)(p))
#define STORE(p, x) (*(v16f *)(p) = (x))
#define SPLAT(c) ((v16f){ 0 } + (c))

/* Where the mask is set a, else b. */
#define PICK(mask, a, b) ((v16f)(((v16i)(a) & (mask)) | ((v16i)(b) & ~(mask))))

/* Folds 16 lanes in halves: 0+8 … 7+15, then 0+4 …: the one order of summing everywhere. */
CH_INLINE float fold_sum(const v16f *x)
{
	float t[16];
	memcpy(t, x, sizeof t);
	for (int h = 8; h; h /= 2)
		for (int i = 0; i < h; i++)
			t[i] += t[i + h];
	return t[0];
}

CH_INLINE float fold_max(const v16f *x)
{
	float t[16];
	memcpy(t, x, sizeof t);
	for (int h = 8; h; h /= 2)
		for (int i = 0; i < h; i++)
			t[i] = t[i] > t[i + h] ? t[i] : t[i + h];
	return t[0];
}

/* e^x to about 1e-7, x cut to ±87: 2^k times a polynomial on [-ln2/2, ln2/2] (coefficients as in Cephes expf). */
CH_INLINE void exp16(v16f *px)
{
	v16f x = *px;
	x = PICK(x > 87.0f, SPLAT(87.0f), x);
	x = PICK(x < -87.0f, SPLAT(-87.0f), x);
	v16f k = x * 1.44269504f + 12582912.0f;      /* 1.5 * 2^23: rounds to a whole number, held in the low bits */
	v16i e = (v16i)k - 0x4B400000;
	k = k - 12582912.0f;
	v16f r = x - k * 0.693359375f;
	r = r - k * -2.12194440e-4f;
	v16f p = r * 1.9875691500e-4f + 1.3981999507e-3f;
	p = p * r + 8.3334519073e-3f;
	p = p * r + 4.1665795894e-2f;
	p = p * r + 1.6666665459e-1f;
	p = p * r + 5.0000001201e-1f;
	p = p * (r * r) + r + 1.0f;
	*px = p * (v16f)((e + 127) << 23);
}

CH_INLINE void sigmoid16(v16f *px)
{
	v16f x = -*px;
	exp16(&x);
	*px = 1.0f / (1.0f + x);
}

CH_TARGET static void quantise(const float *x, uint32_t rows, uint32_t k, uint8_t *q, float *scale)
{
	for (uint32_t r = 0; r < rows; r++, x += k, q += k) {
		v16f top = { 0 };
		for (uint32_t i = 0; i < k; i += CH_LANES) {
			v16f a = (v16f)((v16i)LOAD(x + i) & 0x7FFFFFFF);
			top = PICK(a > top, a, top);
		}
		float m = fold_max(&top);
		float inv = m > 0 ? 127.0f / m : 0;
		scale[r] = m / 127.0f;
		for (uint32_t i = 0; i < k; i += CH_LANES) {
			v16i u = (v16i)(LOAD(x + i) * inv + 12582912.0f) - (0x4B400000 - 128);
			*(v16b *)(q + i) = __builtin_convertvector(u, v16b);
		}
	}
}

CH_TARGET static void norm(const float *x, const float *gain, uint32_t rows, uint32_t d, float *out)
{
	for (uint32_t r = 0; r < rows; r++, x += d, out += d) {
		v16f sum = { 0 };
		for (uint32_t i = 0; i < d; i += CH_LANES)
			sum = sum + LOAD(x + i) * LOAD(x + i);
		float s = 1.0f / __builtin_sqrtf(fold_sum(&sum) / (float)d + 1e-5f);
		for (uint32_t i = 0; i < d; i += CH_LANES)
			STORE(out + i, LOAD(x + i) * s * LOAD(gain + i));
	}
}

CH_TARGET static void add_row(const struct ch_table8 *t, uint32_t row, float *out)
{
	const int8_t *w = t->w + (size_t)row * t->cols;
	float s = t->scale[row];
	uint32_t i = 0;
	for (; i + CH_LANES <= t->cols; i += CH_LANES)
		STORE(out + i, LOAD(out + i) + __builtin_convertvector(*(const v16s *)(w + i), v16f) * s);
	for (; i < t->cols; i++)
		out[i] += (float)w[i] * s;
}

CH_TARGET static void add(float *x, const float *y, uint32_t n)
{
	for (uint32_t i = 0; i < n; i += CH_LANES)
		STORE(x + i, LOAD(x + i) + LOAD(y + i));
}

CH_TARGET static void relu(float *x, uint32_t n)
{
	for (uint32_t i = 0; i < n; i += CH_LANES) {
		v16f a = LOAD(x + i);
		STORE(x + i, (v16f)((v16i)a & (a > 0.0f)));
	}
}

CH_TARGET static void gate(const float *ab, uint32_t rows, uint32_t d, float *x)
{
	for (uint32_t r = 0; r < rows; r++, ab += 2 * d, x += d)
		for (uint32_t i = 0; i < d; i += CH_LANES) {
			v16f b = LOAD(ab + d + i);
			sigmoid16(&b);
			STORE(x + i, LOAD(x + i) + LOAD(ab + i) * b);
		}
}

/* c = f c + (1 - f) z; out = c * sigmoid(o), f and o through sigmoids (Lei et al. 2018). */
CH_TARGET static void scan(const float *zfo, uint32_t rows, uint32_t h, float *out)
{
	for (uint32_t i = 0; i < 2 * h; i += CH_LANES) {
		v16f c = { 0 };
		for (uint32_t k = 0; k < rows; k++) {
			uint32_t t = i < h ? k : rows - 1 - k;
			const float *p = zfo + (size_t)t * 6 * h + i;
			v16f f = LOAD(p + 2 * h), o = LOAD(p + 4 * h);
			sigmoid16(&f);
			sigmoid16(&o);
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

/* out (up) = a (k) times tmp (k, up). */
CH_INLINE void row_dots(const float *a, const float *tmp, uint32_t k, uint32_t up, float *out)
{
	uint32_t j = 0;
	for (; j + 2 * CH_LANES <= up; j += 2 * CH_LANES) {
		v16f s = { 0 }, s2 = { 0 };
		for (uint32_t i = 0; i < k; i++) {
			s = s + LOAD(tmp + (size_t)i * up + j) * a[i];
			s2 = s2 + LOAD(tmp + (size_t)i * up + j + CH_LANES) * a[i];
		}
		STORE(out + j, s);
		STORE(out + j + CH_LANES, s2);
	}
	for (; j < up; j += CH_LANES) {
		v16f s = { 0 };
		for (uint32_t i = 0; i < k; i++)
			s = s + LOAD(tmp + (size_t)i * up + j) * a[i];
		STORE(out + j, s);
	}
}

CH_TARGET static void attend(const float *qkv, uint32_t rows, uint32_t d, uint32_t heads, const float *bias,
			     uint32_t reach, float *out, float *tmp)
{
	uint32_t up = ch_lanes_up(rows), w = d / heads;
	float *p = tmp + (size_t)w * up;
	for (uint32_t h = 0; h < heads; h++, bias += 2 * reach + 1) {
		transpose(qkv + d + h * w, rows, w, (size_t)3 * d, up, tmp);
		for (uint32_t i = 0; i < rows; i++) {
			row_dots(qkv + (size_t)i * 3 * d + h * w, tmp, w, up, p);
			float top = -1e30f;
			for (uint32_t j = 0; j < rows; j++) {
				uint32_t far = j > i ? j - i : i - j;
				if (far > reach)
					far = reach;
				p[j] += bias[j > i ? reach + far : reach - far];
				top = p[j] > top ? p[j] : top;
			}
			v16f sum = { 0 };
			for (uint32_t j = 0; j < up; j += CH_LANES) {
				v16f e = LOAD(p + j) - top;
				exp16(&e);
				STORE(p + j, e);
			}
			for (uint32_t j = rows; j < up; j++)
				p[j] = 0;
			for (uint32_t j = 0; j < up; j += CH_LANES)
				sum = sum + LOAD(p + j);
			float inv = 1.0f / fold_sum(&sum);
			for (uint32_t c = 0; c < w; c += CH_LANES) {
				const float *v = qkv + 2 * d + h * w + c;
				v16f s = { 0 };
				for (uint32_t j = 0; j < rows; j++)
					s = s + LOAD(v + (size_t)j * 3 * d) * p[j];
				STORE(out + (size_t)i * d + h * w + c, s * inv);
			}
		}
	}
}

CH_TARGET static void dots(const float *a, uint32_t rows, const float *b, uint32_t cols, uint32_t k, float *out, float *tmp)
{
	uint32_t up = ch_lanes_up(cols);
	transpose(b, cols, k, k, up, tmp);
	for (uint32_t i = 0; i < rows; i++)
		row_dots(a + (size_t)i * k, tmp, k, up, out + (size_t)i * up);
}

#define CH_KERNELS(which, label) \
	const struct ch_kernels which = { label, quantise, product, norm, add_row, add, relu, gate, scan, attend, dots }
