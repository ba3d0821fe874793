/* AVX2. maddubs would be one instruction less but saturates at 16 bits: weights and inputs are widened instead. */
#if defined(__x86_64__)
#define CH_TARGET __attribute__((target("avx2")))
#include "syntax/kernel_body.h"
#include <immintrin.h>

/* R rows (up to 2) times 16 outputs, which fills the 16 registers; unrolled early, as in kernel_vnni.c. acc[r][i]: pairs of partial sums of outputs 4 i … 4 i + 3. */
CH_INLINE void tile(uint32_t R, const uint8_t *q, const float *scale, const struct ch_matrix *m, uint32_t n, float *out)
{
	__m256i acc[2][4];
	UNROLL for (uint32_t r = 0; r < R; r++)
		UNROLL for (int i = 0; i < 4; i++)
			acc[r][i] = _mm256_setzero_si256();
	const int8_t *w = m->w + (size_t)n * m->k;
	for (uint32_t k = 0; k < m->k; k += 4, w += 64) {
		__m256i b[4];
		UNROLL for (int i = 0; i < 4; i++)
			b[i] = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(const void *)(w + 16 * i)));
		UNROLL for (uint32_t r = 0; r < R; r++) {
			int32_t four;
			memcpy(&four, q + (size_t)r * m->k + k, 4);
			__m256i a = _mm256_broadcastq_epi64(_mm_cvtepu8_epi16(_mm_cvtsi32_si128(four)));
			UNROLL for (int i = 0; i < 4; i++)
				acc[r][i] = _mm256_add_epi32(acc[r][i], _mm256_madd_epi16(a, b[i]));
		}
	}
	UNROLL for (uint32_t r = 0; r < R; r++)
		UNROLL for (uint32_t i = 0; i < 2; i++) {
			/* hadd works within halves: 0 1 4 5 | 2 3 6 7 */
			__m256i s = _mm256_hadd_epi32(acc[r][2 * i], acc[r][2 * i + 1]);
			s = _mm256_permute4x64_epi64(s, 0xD8);
			uint32_t at = n + 8 * i;
			__m256i z = _mm256_slli_epi32(_mm256_loadu_si256((const __m256i *)(const void *)(m->sum + at)), 7);
			__m256 f = _mm256_cvtepi32_ps(_mm256_sub_epi32(s, z));
			f = _mm256_mul_ps(f, _mm256_mul_ps(_mm256_set1_ps(scale[r]), _mm256_loadu_ps(m->scale + at)));
			_mm256_storeu_ps(out + (size_t)r * m->n + at, _mm256_add_ps(f, _mm256_loadu_ps(m->bias + at)));
		}
}

CH_TARGET static void product(const uint8_t *q, const float *scale, uint32_t rows, const struct ch_matrix *m, float *out)
{
	for (uint32_t n = 0; n < m->n; n += 16) {
		uint32_t r = 0;
		for (; r + 2 <= rows; r += 2)
			tile(2, q + (size_t)r * m->k, scale + r, m, n, out + (size_t)r * m->n);
		for (; r < rows; r++)
			tile(1, q + (size_t)r * m->k, scale + r, m, n, out + (size_t)r * m->n);
	}
}

CH_KERNELS(ch_kernels_avx2, "avx2");
#else
typedef int ch_kernel_avx2_is_empty;
#endif
