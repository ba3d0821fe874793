/* Every instruction set that this machine has gives the same bits as the portable kernels. */
#include "syntax/kernel.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <setjmp.h>
#include <cmocka.h>

static uint32_t next(uint64_t *s)
{
	*s = *s * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*s >> 33);
}

static float unit(uint64_t *s)
{
	return (float)((int32_t)(next(s) % 20001) - 10000) / 2500.0f;
}

static float *floats(uint64_t *s, size_t n)
{
	float *x = malloc(n * sizeof *x);
	for (size_t i = 0; i < n; i++)
		x[i] = unit(s);
	return x;
}

struct fixture {
	float *a, *b, *c;      /* inputs */
	float *out, *tmp;      /* results (written), work space */
	struct ch_matrix m;
	int8_t *w;
	uint8_t *q;
	float *scale;
};

#define ROWS 23
#define D 64
#define H 32
#define OUT_MAX (ROWS * 256)

static void run(const struct ch_kernels *k, const struct fixture *f, int which, float *out)
{
	for (size_t i = 0; i < OUT_MAX; i++)
		out[i] = f->c[i];
	switch (which) {
	case 0:
		k->quantise(f->a, ROWS, D, f->q, f->scale);
		k->product(f->q, f->scale, ROWS, &f->m, out);
		break;
	case 1: k->norm(f->a, f->b, ROWS, D, out); break;
	case 2: k->add(out, f->b, ROWS * D); break;
	case 3: k->relu(out, ROWS * D); break;
	case 4: k->gate(f->a, ROWS, D, out); break;
	case 5: k->scan(f->a, ROWS, H, out); break;
	case 6: k->attend(f->a, ROWS, D, 2, f->b, 5, out, f->tmp); break;
	case 7: k->attend(f->a, ROWS - 8, D, 4, f->b, 5, out, f->tmp); break;
	case 8: k->dots(f->a, ROWS, f->b, ROWS + 1, D, out, f->tmp); break;
	case 9: k->dots(f->a, ROWS, f->b, 2 * ROWS, D, out, f->tmp); break;
	default: {
		struct ch_table4 t = { (const uint8_t *)f->w, f->m.scale, 4, 58 };
		k->add_row(&t, 3, out);
	}
	}
}

static void test_all_sets_agree(void **state)
{
	(void)state;
	uint64_t seed = 11;
	struct fixture f = {
		.a = floats(&seed, ROWS * 512), .b = floats(&seed, ROWS * 512), .c = floats(&seed, OUT_MAX),
		.tmp = malloc(sizeof(float) * 1 << 16), .w = malloc(80 * D), .q = malloc(ROWS * D), .scale = malloc(sizeof(float) * ROWS),
	};
	static int32_t sum[80];
	for (uint32_t n = 0; n < 80; n++)
		for (uint32_t k = 0; k < D; k++) {
			int8_t w = (int8_t)((int32_t)(next(&seed) % 255) - 127);
			f.w[(n / 16) * 16 * D + k / 4 * 64 + n % 16 * 4 + k % 4] = w;
			sum[n] += w;
		}
	f.m = (struct ch_matrix){ f.w, f.a + 100, f.b + 100, sum, 80, D };
	float *want = malloc(sizeof(float) * OUT_MAX), *got = malloc(sizeof(float) * OUT_MAX);
	static const char *const sets[] = { "avx2", "vnni" };
	for (int which = 0; which < 11; which++) {
		run(&ch_kernels_scalar, &f, which, want);
		for (int i = 0; i < 2; i++) {
			const struct ch_kernels *k = ch_kernels_find(sets[i]);
			if (!k)
				continue;
			run(k, &f, which, got);
			assert_memory_equal(want, got, sizeof(float) * OUT_MAX);
		}
	}
	free(f.a), free(f.b), free(f.c), free(f.tmp), free(f.w), free(f.q), free(f.scale), free(want), free(got);
}

/* The product is what it says: against plain sums in double. */
static void test_product_is_right(void **state)
{
	(void)state;
	uint64_t seed = 5;
	float *x = floats(&seed, 3 * 32), ones[16], zeros[16] = { 0 }, scale[3], out[3 * 16];
	int8_t packed[16 * 32];
	int32_t sum[16] = { 0 }, plain[16][32];
	uint8_t q[3 * 32];
	for (uint32_t n = 0; n < 16; n++) {
		ones[n] = 1;
		for (uint32_t k = 0; k < 32; k++) {
			plain[n][k] = (int32_t)(next(&seed) % 255) - 127;
			packed[k / 4 * 64 + n * 4 + k % 4] = (int8_t)plain[n][k];
			sum[n] += plain[n][k];
		}
	}
	struct ch_matrix m = { packed, ones, zeros, sum, 16, 32 };
	ch_kernels_scalar.quantise(x, 3, 32, q, scale);
	ch_kernels_scalar.product(q, scale, 3, &m, out);
	for (uint32_t r = 0; r < 3; r++)
		for (uint32_t n = 0; n < 16; n++) {
			double want = 0;
			for (uint32_t k = 0; k < 32; k++)
				want += (double)x[r * 32 + k] * plain[n][k];
			assert_true(want - out[r * 16 + n] < 25 && out[r * 16 + n] - want < 25);   /* of about ±3000 */
		}
	free(x);
}

/* The numbers of a table come out where quant.py put them. */
static void test_table_of_four_bits(void **state)
{
	(void)state;
	uint8_t w[2][10];
	float scale[2] = { 1, 0.5f }, out[20];
	for (uint32_t r = 0; r < 2; r++)                       /* column c of row r: (c + r) % 16 - 8 */
		for (uint32_t j = 0; j < 10; j++) {
			uint32_t low = j < 8 ? j : 16 + j - 8, high = j < 8 ? low + 8 : low + 2;
			w[r][j] = (uint8_t)((((low + r) % 16) ^ 8) | ((((high + r) % 16) ^ 8) << 4));
		}
	struct ch_table4 t = { w[0], scale, 2, 20 };
	for (uint32_t r = 0; r < 2; r++) {
		for (uint32_t c = 0; c < 20; c++)
			out[c] = 100;
		ch_kernels_scalar.add_row(&t, r, out);
		for (uint32_t c = 0; c < 20; c++)
			assert_true(out[c] == 100 + ((float)((c + r) % 16) - 8) * scale[r]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_sets_agree),
		cmocka_unit_test(test_product_is_right),
		cmocka_unit_test(test_table_of_four_bits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
