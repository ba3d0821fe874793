/* AVX-512 with VNNI: four products and their sum in one instruction, without saturation. */
#if defined(__x86_64__)
#define CH_TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")))
#define CH_WIDTH 16
#include "syntax/kernel_body.h"
#include <immintrin.h>

/* acc += four products a lane; asm, since gcc 12 copies the sums about with the intrinsic, at half the speed. */
#define DOT4(acc, u8, s8) __asm__("vpdpbusd %2, %1, %0" : "+v"(acc) : "v"(u8), "v"(s8))

/* R rows (up to 6) times C times 16 outputs (C up to 4): 24 of the 32 registers are sums. The loops must be
 * unrolled early, or gcc keeps the sums in memory: hence UNROLL. */
CH_INLINE void tile(uint32_t R, uint32_t C, const uint8_t *q, const float *scale, const struct ch_matrix *m, uint32_t n,
		    float *out)
{
	__m512i acc[6][4];
	UNROLL for (uint32_t r = 0; r < R; r++)
		UNROLL for (uint32_t c = 0; c < C; c++)
			acc[r][c] = _mm512_setzero_si512();
	const int8_t *w = m->w + (size_t)n * m->k;
	size_t step = (size_t)16 * m->k;
	for (uint32_t k = 0; k < m->k; k += 4, w += 64) {
		__m512i b[4];
		UNROLL for (uint32_t c = 0; c < C; c++)
			b[c] = _mm512_loadu_si512(w + c * step);
		UNROLL for (uint32_t r = 0; r < R; r++) {
			int32_t four;
			memcpy(&four, q + (size_t)r * m->k + k, 4);
			__m512i a = _mm512_set1_epi32(four);
			UNROLL for (uint32_t c = 0; c < C; c++)
				DOT4(acc[r][c], a, b[c]);
		}
	}
	UNROLL for (uint32_t r = 0; r < R; r++)
		UNROLL for (uint32_t c = 0; c < C; c++) {
			uint32_t at = n + 16 * c;
			__m512i z = _mm512_slli_epi32(_mm512_loadu_si512(m->sum + at), 7);
			__m512 f = _mm512_cvtepi32_ps(_mm512_sub_epi32(acc[r][c], z));
			f = _mm512_mul_ps(f, _mm512_mul_ps(_mm512_set1_ps(scale[r]), _mm512_loadu_ps(m->scale + at)));
			_mm512_storeu_ps(out + (size_t)r * m->n + at, _mm512_add_ps(f, _mm512_loadu_ps(m->bias + at)));
		}
}

CH_INLINE void columns(uint32_t C, const uint8_t *q, const float *scale, uint32_t rows, const struct ch_matrix *m, uint32_t n,
		       float *out)
{
	uint32_t r = 0;
	for (; r + 6 <= rows; r += 6)
		tile(6, C, q + (size_t)r * m->k, scale + r, m, n, out + (size_t)r * m->n);
	for (; r + 2 <= rows; r += 2)
		tile(2, C, q + (size_t)r * m->k, scale + r, m, n, out + (size_t)r * m->n);
	if (r < rows)
		tile(1, C, q + (size_t)r * m->k, scale + r, m, n, out + (size_t)r * m->n);
}

CH_TARGET static void product(const uint8_t *q, const float *scale, uint32_t rows, const struct ch_matrix *m, float *out)
{
	uint32_t n = 0;
	for (; n + 64 <= m->n; n += 64)
		columns(4, q, scale, rows, m, n, out);
	for (; n < m->n; n += 16)
		columns(1, q, scale, rows, m, n, out);
}

CH_KERNELS(ch_kernels_vnni, "vnni");
#else
typedef int ch_kernel_vnni_is_empty;
#endif
