/* tool/wordtable.c -- wordtable NAME SECTIONS OUT.c OUT.h FILE...: turns word lists of lexicon/ into a hash table in C.
 *
 * A list is plain text: `#` begins a comment, `[section]` says what the words below are, words stand between blanks,
 * and `word=value` gives one a value. A word may stand in several sections. SECTIONS, between commas, are all that the
 * program knows; a section outside them is a slip, and so is a word listed twice in one section. A bar in a word
 * ("can|not") is taken out, and where it stood is the value. "_" in a word stands for a blank.
 *
 * OUT.h gets `enum { NAME_<SECTION>, … }`, OUT.c `const struct ch_words NAME` (base: text/words.h). Keys are lower
 * case; a word written with a capital is marked so. The hash is FNV-1a as in base/str.c. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORD_BYTES = 64, VALUE_BYTES = 64, WORDS_MAX = 8192, SECTIONS_MAX = 64 };

struct word {
	char key[WORD_BYTES], value[VALUE_BYTES];
	int section, upper, line;
	const char *path;
};

static struct word words[WORDS_MAX];
static int words_n;
static char *sections[SECTIONS_MAX];
static int sections_n;

static int slip(const char *path, int line, const char *what, const char *word, const char *cure)
{
	fprintf(stderr, "%s:%d: %s '%s'; %s\n", path, line, what, word, cure);
	return 0;
}

static int add(const char *path, int line, int section, char *text)
{
	struct word *w = &words[words_n];
	char *eq = strchr(text + 1, '='), *bar;
	size_t n;

	if (words_n == WORDS_MAX)
		return slip(path, line, "no room for", text, "raise WORDS_MAX in tool/wordtable.c");
	if (eq)
		*eq++ = 0;
	bar = strchr(text, '|');
	if (bar && eq)
		return slip(path, line, "a bar and a value in", text, "give one of the two");
	if (strlen(text) >= WORD_BYTES || (eq && strlen(eq) >= VALUE_BYTES))
		return slip(path, line, "too long:", text, "63 bytes are the most");
	*w = (struct word){.section = section, .line = line, .path = path};
	if (eq)
		strcpy(w->value, eq);
	if (bar)
		snprintf(w->value, sizeof w->value, "%d", (int)(bar - text));
	w->upper = isupper((unsigned char)text[0]) != 0;
	n = 0;
	for (char *p = text; *p; p++)
		if (p != bar)
			w->key[n++] = (char)(*p == '_' ? ' ' : tolower((unsigned char)*p));
	if (strpbrk(w->key, "\"\\") || strpbrk(w->value, "\"\\"))
		return slip(path, line, "a quotation mark or backslash in", text, "neither can stand in a word");
	for (int i = 0; i < words_n; i++)
		if (words[i].section == section && !strcmp(words[i].key, w->key) && words[i].upper == w->upper &&
		    (words[i].line != line || words[i].path != path))
			return slip(path, line, "a second entry for", text, "delete one of the two");
	words_n++;
	return 1;
}

static int read_list(const char *path)
{
	FILE *f = fopen(path, "r");
	char line[4096];
	int number = 0, section = -1, good = 1;

	if (!f) {
		fprintf(stderr, "wordtable: cannot open '%s'\n", path);
		return 0;
	}
	while (fgets(line, sizeof line, f)) {
		char *hash = line[0] == '#' ? line : strstr(line, " #"), *save = NULL;

		number++;
		if (hash)
			*hash = 0;
		for (char *p = strtok_r(line, " \t\r\n", &save); p; p = strtok_r(NULL, " \t\r\n", &save)) {
			size_t n = strlen(p);

			if (p[0] == '[' && p[n - 1] == ']') {
				p[n - 1] = 0;
				section = -1;
				for (int i = 0; i < sections_n; i++)
					if (!strcmp(sections[i], p + 1))
						section = i;
				if (section < 0)
					good = slip(path, number, "unknown section", p + 1,
						    "its folder's meson.build lists those there are");
			} else if (section < 0) {
				good = slip(path, number, "word before any section:", p,
					    "put a line like [title] above it");
			} else {
				good &= add(path, number, section, p);
			}
		}
	}
	fclose(f);
	return good;
}

static int by_key(const void *a, const void *b)
{
	const struct word *x = a, *y = b;
	int c = strcmp(x->key, y->key);

	return c ? c : x->section - y->section;
}

static uint64_t hash_of(const char *s)
{
	uint64_t h = 0xcbf29ce484222325u;

	while (*s)
		h = (h ^ (unsigned char)*s++) * 0x100000001b3u;
	return h;
}

static void write_table(FILE *c, const char *name, const char *header)
{
	unsigned cap = 16, keys = 0;
	int *slots;

	qsort(words, (size_t)words_n, sizeof *words, by_key);
	for (int i = 0; i < words_n; i++)
		keys += !i || strcmp(words[i].key, words[i - 1].key);
	while (cap < keys * 3)
		cap *= 2;
	slots = malloc(cap * sizeof *slots);
	if (!slots)
		exit(1);
	for (unsigned i = 0; i < cap; i++)
		slots[i] = -1;
	for (int i = 0; i < words_n; i++) {
		uint64_t h = hash_of(words[i].key);

		if (i && !strcmp(words[i].key, words[i - 1].key))
			continue;
		while (slots[h & (cap - 1)] >= 0)
			h++;
		slots[h & (cap - 1)] = i;
	}
	fprintf(c,
		"/* written by tool/wordtable.c from lexicon/ */\n#include \"%s\"\n\nstatic const struct ch_word_sense "
		"senses[] = {\n",
		header);
	for (int i = 0; i < words_n; i++) {
		char *end;
		long number = strtol(words[i].value, &end, 10);

		fprintf(c, "\t{ \"%s\", %ld, %d, %d },\n", words[i].value, *end ? 0 : number, words[i].section,
			words[i].upper);
	}
	fprintf(c, "};\n\nstatic const struct ch_word slots[] = {\n");
	for (unsigned i = 0; i < cap; i++) {
		int n = 0;
		unsigned long long kinds = 0;

		if (slots[i] < 0) {
			fprintf(c, "\t{ 0 },\n");
			continue;
		}
		while (slots[i] + n < words_n && !strcmp(words[slots[i]].key, words[slots[i] + n].key))
			kinds |= 1ull << words[slots[i] + n++].section;
		fprintf(c, "\t{ \"%s\", %zu, %d, %d, 0x%llxu },\n", words[slots[i]].key, strlen(words[slots[i]].key),
			slots[i], n, kinds);
	}
	fprintf(c, "};\n\nconst struct ch_words %s = { slots, senses, %uu };\n", name, cap - 1);
	free(slots);
}

int main(int argc, char **argv)
{
	FILE *c, *h;
	const char *header;
	int good = 1;

	if (argc < 6) {
		fputs("usage: wordtable NAME SECTIONS OUT.c OUT.h FILE...\n", stderr);
		return 2;
	}
	for (char *save = NULL, *p = strtok_r(argv[2], ",", &save); p && sections_n < SECTIONS_MAX;
	     p = strtok_r(NULL, ",", &save))
		sections[sections_n++] = p;
	for (int i = 5; i < argc; i++)
		good &= read_list(argv[i]);
	if (!good)
		return 1;
	c = fopen(argv[3], "w");
	h = fopen(argv[4], "w");
	if (!c || !h) {
		fprintf(stderr, "wordtable: cannot write '%s'\n", c ? argv[4] : argv[3]);
		return 1;
	}
	fprintf(h,
		"/* written by tool/wordtable.c from lexicon/ */\n#pragma once\n#include \"text/words.h\"\n\nenum {\n");
	for (int i = 0; i < sections_n; i++) {
		fputc('\t', h);
		for (const char *p = argv[1]; *p; p++)
			fputc(toupper((unsigned char)*p), h);
		fputc('_', h);
		for (const char *p = sections[i]; *p; p++)
			fputc(toupper((unsigned char)*p), h);
		fputs(",\n", h);
	}
	fprintf(h, "};\n\nextern const struct ch_words %s;\n", argv[1]);
	header = strrchr(argv[4], '/') ? strrchr(argv[4], '/') + 1 : argv[4];
	write_table(c, argv[1], header);
	return fclose(c) | fclose(h) ? 1 : 0;
}
