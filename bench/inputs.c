/* bench/inputs.c PATH… -- reads all pages of the paths, by input/ alone, and says how many there were and of how many bytes. */
#include "input/inputs.h"
#include <stdio.h>

int main(int argc, char **argv)
{
	unsigned long long pages = 0, bytes = 0, errors = 0;
	struct ch_inputs *inputs;
	struct ch_input in;
	struct ch_err err;

	if (argc < 2 || !ch_inputs_open(&inputs, (const char *const *)(argv + 1), (size_t)argc - 1, NULL, &err)) {
		fprintf(stderr, "usage: inputs PATH…\n");
		return 2;
	}
	while (ch_inputs_next(inputs, &in)) {
		pages += !in.error;
		errors += in.error != NULL;
		bytes += in.size;
		ch_input_free(&in);
	}
	printf("%llu pages, %llu bytes, %llu errors, %llu records passed over\n", pages, bytes, errors,
	       (unsigned long long)ch_inputs_passed(inputs).others);
	ch_inputs_close(inputs);
	return errors != 0;
}
