/* AVX2. maddubs adds pairs of products in 16 bits and saturates, so the sign of the input goes to the weight: |x| and |w| are at
 * most 127, and 2 * 127 * 127 fits. */
#if defined(__x86_64__)
#define CH_TARGET __attribute__((target("avx2")))
#define CH_WIDTH 8
#include "syntax/kernel_body.h"
#include <immintrin.h>

/* R rows (up to 4) times 16 outputs: 8 of the 16 registers are sums; unrolled early, as in kernel_vnni.c. */
CH_INLINE void tile(uint32_t R, const uint8_t *q, const float *scale, const struct ch_matrix *m, uint32_t n, float *out)
{
	__m256i acc[4][2];
	UNROLL for (uint32_t r = 0; r < R; r++)
		UNROLL for (int i = 0; i < 2; i++)
			acc[r][i] = _mm256_setzero_si256();
	const __m256i ones = _mm256_set1_epi16(1), half = _mm256_set1_epi8(-128);
	const int8_t *w = m->w + (size_t)n * m->k;
	for (uint32_t k = 0; k < m->k; k += 4, w += 64) {
		__m256i b[2];
		UNROLL for (int i = 0; i < 2; i++)
			b[i] = _mm256_loadu_si256((const __m256i *)(const void *)(w + 32 * i));
		UNROLL for (uint32_t r = 0; r < R; r++) {
			int32_t four;
			memcpy(&four, q + (size_t)r * m->k + k, 4);
			__m256i a = _mm256_xor_si256(_mm256_set1_epi32(four), half);   /* u - 128, for u is never 0 */
			__m256i size = _mm256_abs_epi8(a);
			UNROLL for (int i = 0; i < 2; i++) {
				__m256i pairs = _mm256_maddubs_epi16(size, _mm256_sign_epi8(b[i], a));
				acc[r][i] = _mm256_add_epi32(acc[r][i], _mm256_madd_epi16(pairs, ones));
			}
		}
	}
	UNROLL for (uint32_t r = 0; r < R; r++)
		UNROLL for (uint32_t i = 0; i < 2; i++) {
			uint32_t at = n + 8 * i;
			__m256 f = _mm256_cvtepi32_ps(acc[r][i]);
			f = _mm256_mul_ps(f, _mm256_mul_ps(_mm256_set1_ps(scale[r]), _mm256_loadu_ps(m->scale + at)));
			_mm256_storeu_ps(out + (size_t)r * m->n + at, _mm256_add_ps(f, _mm256_loadu_ps(m->bias + at)));
		}
}

CH_TARGET static void product(const uint8_t *q, const float *scale, uint32_t rows, const struct ch_matrix *m, float *out)
{
	for (uint32_t n = 0; n < m->n; n += 16) {
		uint32_t r = 0;
		for (; r + 4 <= rows; r += 4)
			tile(4, q + (size_t)r * m->k, scale + r, m, n, out + (size_t)r * m->n);
		for (; r < rows; r++)
			tile(1, q + (size_t)r * m->k, scale + r, m, n, out + (size_t)r * m->n);
	}
}

CH_KERNELS(ch_kernels_avx2, "avx2");
#else
typedef int ch_kernel_avx2_is_empty;
#endif
