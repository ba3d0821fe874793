/* tool/embed.c -- embed NAME OUT.c FILE...: writes a C file with
 * `size_t NAME(struct ch_embedded *files, size_t max)`, which fills at most max entries and returns how many there are.
 * The bytes come in by the assembler's .incbin, since compilers take minutes over arrays of megabytes; a checksum in a
 * comment makes the C file change, and so be compiled anew, whenever a file does. */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t sum_of(const char *path)
{
	FILE *f = fopen(path, "rb");
	uint64_t h = 0xcbf29ce484222325u;
	int c;

	if (!f) {
		fprintf(stderr, "embed: cannot open '%s'\n", path);
		exit(1);
	}
	while ((c = getc(f)) != EOF)
		h = (h ^ (unsigned)c) * 0x100000001b3u;
	fclose(f);
	return h;
}

/* "lexicon/…" of a longer path, for messages; else the path. */
static const char *shown(const char *path)
{
	const char *hit = strstr(path, "lexicon/");

	return hit ? hit : path;
}

int main(int argc, char **argv)
{
	FILE *out;

	if (argc < 4) {
		fputs("usage: embed NAME OUT.c FILE...\n", stderr);
		return 2;
	}
	out = fopen(argv[2], "w");
	if (!out) {
		fprintf(stderr, "embed: cannot write '%s'\n", argv[2]);
		return 1;
	}
	fprintf(out, "/* written by tool/embed.c */\n#include \"base/embed.h\"\n\n");
	for (int i = 3; i < argc; i++) {
		char *full = realpath(argv[i], NULL);

		fprintf(out, "/* %016llx */\n__asm__(\".pushsection .rodata\\n.balign 16\\n\"\n", (unsigned long long)sum_of(argv[i]));
		fprintf(out, "\t\"%s_start_%d: .incbin \\\"%s\\\"\\n\"\n", argv[1], i, full ? full : argv[i]);
		fprintf(out, "\t\"%s_end_%d: .byte 0\\n\"\n\t\".popsection\\n\");\n", argv[1], i);
		fprintf(out, "extern const char %s_start_%d[], %s_end_%d[];\n\n", argv[1], i, argv[1], i);
		free(full);
	}
	fprintf(out, "size_t %s(struct ch_embedded *files, size_t max);\nsize_t %s(struct ch_embedded *files, size_t max)\n{\n", argv[1],
		argv[1]);
	for (int i = 3; i < argc; i++)
		fprintf(out,
			"\tif (max > %d)\n\t\tfiles[%d] = (struct ch_embedded){ \"%s\", { %s_start_%d, (size_t)(%s_end_%d - %s_start_%d) } };\n",
			i - 3, i - 3, shown(argv[i]), argv[1], i, argv[1], i, argv[1], i);
	fprintf(out, "\treturn %d;\n}\n", argc - 3);
	if (fclose(out)) {
		fprintf(stderr, "embed: cannot write '%s'\n", argv[2]);
		return 1;
	}
	return 0;
}
