/* The portable kernels: any processor, and the yardstick for the others. */
#define CH_TARGET
#define CH_WIDTH 4
#include "syntax/kernel_body.h"

static void product(const uint8_t *q, const float *scale, uint32_t rows, const struct ch_matrix *m, float *out)
{
	for (uint32_t r = 0; r < rows; r++, q += m->k, out += m->n) {
		const int8_t *w = m->w;
		for (uint32_t n = 0; n < m->n; n += 16) {
			int32_t acc[16] = { 0 };
			for (uint32_t k = 0; k < m->k; k += 4, w += 64)
				for (uint32_t i = 0; i < 16; i++)
					for (uint32_t j = 0; j < 4; j++)
						acc[i] += q[k + j] * w[4 * i + j];
			for (uint32_t i = 0; i < 16; i++)
				out[n + i] = (float)(acc[i] - 128 * m->sum[n + i]) * (scale[r] * m->scale[n + i]) + m->bias[n + i];
		}
	}
}

CH_KERNELS(ch_kernels_scalar, "scalar");
