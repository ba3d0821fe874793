/* test/fuzz/driver.c -- runs a fuzz target over its corpus as a plain test, without libFuzzer: every input as it is, and cut
 * off at up to CUTS places, since a parser that trusts the next byte fails there first. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CUTS 48

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The bytes are copied to a piece of their own each time, so that a sanitizer sees a read past the end. */
static void run(const uint8_t *data, size_t size)
{
	uint8_t *copy = malloc(size ? size : 1);

	if (!copy)
		exit(2);
	memcpy(copy, data, size);
	LLVMFuzzerTestOneInput(copy, size);
	free(copy);
}

static int run_file(const char *path)
{
	static uint8_t data[1 << 20];
	FILE *f = fopen(path, "rb");
	size_t size, step;

	if (!f)
		return 0;
	size = fread(data, 1, sizeof(data), f);
	fclose(f);
	run(data, size);
	step = size / CUTS + 1;
	for (size_t cut = 0; cut < size; cut += step)
		run(data, cut);
	return 1;
}

int main(int argc, char **argv)
{
	struct dirent **names;
	int count, inputs = 0;

	if (argc != 2) {
		fprintf(stderr, "usage: %s CORPUS\n", argv[0]);
		return 2;
	}
	count = scandir(argv[1], &names, NULL, alphasort);
	for (int i = 0; i < count; i++) {
		char path[4096];

		snprintf(path, sizeof(path), "%s/%s", argv[1], names[i]->d_name);
		if (names[i]->d_name[0] != '.')
			inputs += run_file(path);
		free(names[i]);
	}
	if (count >= 0)
		free(names);
	printf("%d inputs of '%s'\n", inputs, argv[1]);
	return inputs == 0;   /* an empty corpus tests nothing */
}
