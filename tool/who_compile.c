/* tool/who_compile.c -- who_compile TABLE LISTS FILE...: makes the gazetteer (src/who/table.h) of the lists in
 * lexicon/actors/, and packs the lists, so that the program can compile them anew with a user's file of actors.
 *
 * LISTS is the unpacked size (4 bytes, of this machine), then a zlib stream: for each list a line "path size" and its
 * bytes. A slip ends the build: file, line, what stood there, what would do. */
#include "who/compile.h"
#include "who/table.h"
#include <stdio.h>
#include <zlib.h>

static bool read_file(struct ch_arena *arena, const char *path, struct ch_str *text)
{
	FILE *f = fopen(path, "rb");
	CH_VEC(char) all = {0};
	int c;

	if (!f)
		return false;
	while ((c = getc_unlocked(f)) != EOF)
		*CH_PUSH(arena, &all) = (char)c;
	fclose(f);
	*text = ch_str_n(all.v, all.n);
	return true;
}

static bool write_file(const char *path, const void *head, size_t head_size, struct ch_str bytes)
{
	FILE *f = fopen(path, "wb");
	bool ok = f && (!head_size || fwrite(head, 1, head_size, f) == head_size) && fwrite(bytes.ptr, 1, bytes.len, f) == bytes.len;

	if (f && fclose(f))
		ok = false;
	if (!ok)
		fprintf(stderr, "who_compile: cannot write '%s'\n", path);
	return ok;
}

static bool pack(struct ch_arena *arena, const char *path, const struct ch_actor_list *lists, uint32_t n)
{
	CH_VEC(char) all = {0};
	uLongf size;
	char *packed;

	for (uint32_t i = 0; i < n; i++) {
		struct ch_str head = ch_arena_printf(arena, "%s %zu\n", lists[i].path, lists[i].text.len);

		for (size_t k = 0; k < head.len; k++)
			*CH_PUSH(arena, &all) = head.ptr[k];
		for (size_t k = 0; k < lists[i].text.len; k++)
			*CH_PUSH(arena, &all) = lists[i].text.ptr[k];
	}
	size = compressBound(all.n);
	packed = ch_arena_alloc(arena, size);
	if (compress2((unsigned char *)packed, &size, (const unsigned char *)all.v, all.n, 9) != Z_OK) {
		fputs("who_compile: cannot pack the lists\n", stderr);
		return false;
	}
	return write_file(path, &all.n, sizeof all.n, ch_str_n(packed, size));
}

int main(int argc, char **argv)
{
	struct ch_arena arena = {0};
	struct ch_actor_list lists[CH_GZ_LISTS_MAX];
	struct ch_str table, slips;
	uint32_t n = 0;
	bool ok;

	if (argc < 4 || argc - 3 >= CH_GZ_LISTS_MAX) {
		fprintf(stderr, "usage: who_compile TABLE LISTS FILE... (at most %d)\n", CH_GZ_LISTS_MAX - 1);
		return 2;
	}
	for (int i = 3; i < argc; i++) {
		const char *shown = strstr(argv[i], "lexicon/");

		lists[n] = (struct ch_actor_list){.path = shown ? shown : argv[i]};
		if (!read_file(&arena, argv[i], &lists[n++].text)) {
			fprintf(stderr, "who_compile: cannot open '%s'\n", argv[i]);
			return 1;
		}
	}
	ok = ch_gazetteer_compile(&arena, lists, n, &table, &slips);
	if (!ok)
		fprintf(stderr, "%.*swho_compile: slips, no table written\n", CH_STR_ARG(slips));
	ok = ok && write_file(argv[1], NULL, 0, table) && pack(&arena, argv[2], lists, n);
	ch_arena_free(&arena);
	return ok ? 0 : 1;
}
