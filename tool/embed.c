/* tool/embed.c -- embed NAME OUT.c FILE..., or embed NAME OUT.c --tree DIR DEPFILE: writes a C file with
 * `size_t NAME(struct ch_embedded *files, size_t max)`, which fills at most max entries and returns how many there are.
 * The bytes come in by the assembler's .incbin, since compilers take minutes over arrays of megabytes; a checksum in a
 * comment makes the C file change, and so be compiled anew, whenever a file does. --tree: all files below DIR, whose paths begin with "/"
 * there; DEPFILE tells the build which they were. */
#define _GNU_SOURCE
#include <dirent.h>
#include <stdbool.h>
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

struct files {
	char *v[1024];
	int n;
};

static void add(struct files *files, char *path)
{
	if (files->n == (int)(sizeof files->v / sizeof *files->v)) {
		fprintf(stderr, "embed: more than %d files: raise struct files\n", files->n);
		exit(1);
	}
	files->v[files->n++] = path;
}

static void below(const char *dir, struct files *files)
{
	struct dirent **entries;
	int n = scandir(dir, &entries, NULL, alphasort);

	if (n < 0) {
		fprintf(stderr, "embed: cannot read '%s'\n", dir);
		exit(1);
	}
	for (int i = 0; i < n; i++) {
		char path[4096];

		snprintf(path, sizeof path, "%s/%s", dir, entries[i]->d_name);
		if (entries[i]->d_name[0] != '.' && entries[i]->d_type == DT_DIR)
			below(path, files);
		else if (entries[i]->d_name[0] != '.')
			add(files, strdup(path));
		free(entries[i]);
	}
	free(entries);
}

/* A line for make: out depends on the files, and on their folder. */
static void write_dependencies(const char *path, const char *out, const char *dir, const struct files *files)
{
	FILE *f = fopen(path, "w");

	if (!f) {
		fprintf(stderr, "embed: cannot write '%s'\n", path);
		exit(1);
	}
	fprintf(f, "%s: %s", out, dir);
	for (int i = 0; i < files->n; i++)
		fprintf(f, " %s", files->v[i]);
	fputc('\n', f);
	fclose(f);
}

int main(int argc, char **argv)
{
	const bool tree = argc == 6 && strcmp(argv[3], "--tree") == 0;
	const size_t root = tree ? strlen(argv[4]) : 0;
	struct files files = { .n = 0 };
	FILE *out;

	if (argc < 4) {
		fputs("usage: embed NAME OUT.c FILE... | embed NAME OUT.c --tree DIR DEPFILE\n", stderr);
		return 2;
	}
	if (tree) {
		below(argv[4], &files);
		write_dependencies(argv[5], argv[2], argv[4], &files);
	}
	for (int i = 3; !tree && i < argc; i++)
		add(&files, argv[i]);
	out = fopen(argv[2], "w");
	if (!out) {
		fprintf(stderr, "embed: cannot write '%s'\n", argv[2]);
		return 1;
	}
	fprintf(out, "/* written by tool/embed.c */\n#include \"base/embed.h\"\n\n");
	for (int i = 0; i < files.n; i++) {
		char *full = realpath(files.v[i], NULL);

		fprintf(out, "/* %016llx */\n__asm__(\".pushsection .rodata\\n.balign 16\\n\"\n", (unsigned long long)sum_of(files.v[i]));
		fprintf(out, "\t\"%s_start_%d: .incbin \\\"%s\\\"\\n\"\n", argv[1], i, full ? full : files.v[i]);
		fprintf(out, "\t\"%s_end_%d: .byte 0\\n\"\n\t\".popsection\\n\");\n", argv[1], i);
		fprintf(out, "extern const char %s_start_%d[], %s_end_%d[];\n\n", argv[1], i, argv[1], i);
		free(full);
	}
	fprintf(out, "size_t %s(struct ch_embedded *files, size_t max);\nsize_t %s(struct ch_embedded *files, size_t max)\n{\n", argv[1],
		argv[1]);
	for (int i = 0; i < files.n; i++)
		fprintf(out,
			"\tif (max > %d)\n\t\tfiles[%d] = (struct ch_embedded){ \"%s\", { %s_start_%d, (size_t)(%s_end_%d - %s_start_%d) } };\n",
			i, i, tree ? files.v[i] + root : shown(files.v[i]), argv[1], i, argv[1], i, argv[1], i);
	fprintf(out, "\treturn %d;\n}\n", files.n);
	for (int i = 0; tree && i < files.n; i++)
		free(files.v[i]);
	if (fclose(out)) {
		fprintf(stderr, "embed: cannot write '%s'\n", argv[2]);
		return 1;
	}
	return 0;
}
