/* Any model file whose head is right: it is refused, or it gives trees that keep their promises. The checksum is made to fit, so
 * that what lies behind it is reached; every instruction set that there is has its turn. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>
#include "doc/conllu.h"
#include "syntax/model.h"
#include "syntax/syntax.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define HEAD 32                /* bytes of the file's head: syntax/model.h */

static const char words[] =
	"1\tThe\t_\t_\t_\t_\t_\t_\t_\t_\n2\tpresident\t_\t_\t_\t_\t_\t_\t_\t_\n3\tmet\t_\t_\t_\t_\t_\t_\t_\t_\n"
	"4\tÇavuşoğlu\t_\t_\t_\t_\t_\t_\t_\t_\n5\tin\t_\t_\t_\t_\t_\t_\t_\t_\n6\tKYIV\t_\t_\t_\t_\t_\t_\t_\t_\n"
	"7\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n1\tpeace\t_\t_\t_\t_\t_\t_\t_\t_\n\n";

static void put(uint8_t *p, uint64_t x, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		p[i] = (uint8_t)(x >> 8 * i);
}

static void parse(const struct ch_model *model)
{
	struct ch_arena arena = { 0 };
	struct ch_engine engine = { .model = model };
	struct ch_doc doc;
	struct ch_err err;
	const char *broken;

	if (!ch_conllu_read(&doc, &arena, ch_str_n(words, sizeof words - 1), &err) || !ch_syntax(&engine, &doc, &err)) {
		fprintf(stderr, "%s\n", err.text);
		abort();
	}
	broken = ch_syntax_check(&doc);
	if (broken) {
		fprintf(stderr, "%s\n", broken);
		abort();
	}
	ch_arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const sets[] = { "scalar", "avx2", "vnni" };
	uint8_t *file;
	char path[64];
	int fd;

	if (size < HEAD)
		return 0;
	file = malloc(size);
	if (!file)
		return 0;
	memcpy(file, data, size);
	memcpy(file, "CHSYNTAX", 8);
	put(file + 8, 2, 4);
	put(file + 16, size, 8);
	put(file + 24, crc32_z(0, file + HEAD, size - HEAD), 4);
	fd = memfd_create("model", 0);
	if (fd < 0 || write(fd, file, size) != (ssize_t)size)
		abort();
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
		struct ch_model *model = NULL;
		struct ch_err err;

		setenv("CHANCERY_ISA", sets[i], 1);
		if (ch_model_open(path, &model, &err))
			parse(model);
		ch_model_close(model);
	}
	close(fd);
	free(file);
	return 0;
}
