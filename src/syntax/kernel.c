#include "syntax/kernel.h"
#include <stddef.h>
#include <string.h>

static bool has(const char *name)
{
	if (strcmp(name, "scalar") == 0)
		return true;
#if defined(__x86_64__)
	if (strcmp(name, "avx2") == 0)
		return __builtin_cpu_supports("avx2");
	if (strcmp(name, "vnni") == 0)
		return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
		       __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
		       __builtin_cpu_supports("avx512vnni");
#endif
	return false;
}

const struct ch_kernels *ch_kernels_find(const char *name)
{
	static const struct ch_kernels *const all[] = {   /* best first */
#if defined(__x86_64__)
		&ch_kernels_vnni,
		&ch_kernels_avx2,
#endif
		&ch_kernels_scalar,
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if ((!name || strcmp(all[i]->name, name) == 0) && has(all[i]->name))
			return all[i];
	return NULL;
}
