/* test/tidy/tidy.c -- what a reader would have to watch for by eye, watched by a test. `tidy ROOT` prints a line for each
 * finding, "file:line: what: cure", then "N passed, N failed" (files); status 1 if there was any.
 *
 * Over C files it looks at the text without comments, strings and character constants:
 *   include     a folder of src/ includes the folders before it, and itself; a *_priv.h only its own folder; cli/ and
 *               include/chancery.h take no other header of ours than chancery.h
 *   call        nothing of `banned` is called in src/
 *   variable    nothing at file scope of src/, and no static inside a function, can be written to
 *   length      no file beyond LINES_MAX lines
 *   listed      each .c file under src/ and test/ is named in its folder's meson.build
 * Over every text file of ours: no white space at the end of a line, no CR, a newline at the end of the file, no mark of
 * work left undone. Pages and corpora are other people's bytes by design and are left out. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <ctype.h>
#include <dirent.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define LINES_MAX 850
#define PATH_BYTES 1024

/* In the order the data runs; a folder may use those before it. */
static const char *const folders[] = { "base", "doc", "page", "text", "syntax", "when", "who", "event", "said", "petrarch", "input", "watch", "run", "merge",
				       "store", "export", "serve", "work", "cli" };
#define FOLDERS (sizeof(folders) / sizeof(*folders))

/* Two stages that stand side by side: said/ runs before event/ and neither needs the other's tables. */
static const char *const apart[][2] = { { "said", "event" }, { "event", "said" } };

static const struct {
	const char *name, *cure;
} banned[] = {
	{ "strcpy", "carry a struct ch_str, or ch_arena_str" },
	{ "strncpy", "carry a struct ch_str, or ch_arena_str" },
	{ "strcat", "use ch_arena_printf" },
	{ "strncat", "use ch_arena_printf" },
	{ "sprintf", "use snprintf or ch_arena_printf" },
	{ "vsprintf", "use vsnprintf or ch_arena_printf" },
	{ "gets", "use getline" },
	{ "atoi", "use ch_str_uint" },
	{ "atol", "use ch_str_uint" },
	{ "atof", "use strtod and look at its end pointer" },
	{ "strtok", "use ch_str_cut" },
	{ "strtok_r", "use ch_str_cut" },
	{ "localtime", "days are ch_day; no record hangs on the machine's time zone" },
	{ "localtime_r", "days are ch_day; no record hangs on the machine's time zone" },
	{ "mktime", "use ch_day_of; no record hangs on the machine's time zone" },
	{ "gmtime", "use gmtime_r" },
	{ "ctime", "use ch_day_print" },
	{ "asctime", "use ch_day_print" },
	{ "setlocale", "leave the C locale alone: records must not hang on it" },
	{ "alloca", "use the arena" },
	{ "rand", "results must be the same each time; seed a generator of your own" },
	{ "random", "results must be the same each time; seed a generator of your own" },
	{ "system", "use posix_spawn with an argument list" },
	{ "popen", "use posix_spawn with an argument list" },
};

struct tidy {
	const char *root;
	unsigned files, bad_files;
	bool bad;   /* of the file at hand */
};

__attribute__((format(printf, 4, 5)))
static void finding(struct tidy *t, const char *path, unsigned line, const char *fmt, ...)
{
	va_list ap;

	t->bad = true;
	if (line)
		printf("%s:%u: ", path, line);
	else
		printf("%s: ", path);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
}

/* The whole file with a NUL behind it; NULL where it cannot be read. */
static char *slurp(const char *root, const char *path, size_t *len)
{
	char full[2 * PATH_BYTES];
	FILE *f;
	char *text = NULL;
	long size;

	snprintf(full, sizeof(full), "%s/%s", root, path);
	f = fopen(full, "rb");
	if (!f)
		return NULL;
	if (!fseek(f, 0, SEEK_END) && (size = ftell(f)) >= 0 && !fseek(f, 0, SEEK_SET)) {
		text = malloc((size_t)size + 1);
		if (text) {
			*len = fread(text, 1, (size_t)size, f);
			text[*len] = '\0';
		}
	}
	fclose(f);
	return text;
}

static bool ends(const char *s, const char *tail)
{
	size_t n = strlen(s), m = strlen(tail);

	return n >= m && !strcmp(s + n - m, tail);
}

static bool starts(const char *s, const char *head)
{
	return !strncmp(s, head, strlen(head));
}

static bool word_byte(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* ---- every text file ---- */

static void look_at_text(struct tidy *t, const char *path, const char *text, size_t len)
{
	/* put together here so that this file does not find itself */
	static const char *const marks[] = { "TO" "DO", "FIX" "ME", "HA" "CK" };
	bool prose = ends(path, ".md") || ends(path, ".txt");
	unsigned line = 1;

	if (len && text[len - 1] != '\n')
		finding(t, path, 0, "no newline at the end of the file: add one");
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '\r')
			finding(t, path, line, "carriage return: save with plain newlines");
		if (text[i] == '\n') {
			if (i && (text[i - 1] == ' ' || text[i - 1] == '\t'))
				finding(t, path, line, "white space at the end of the line: delete it");
			line++;
		}
		if (prose || (i && word_byte(text[i - 1])))
			continue;
		for (size_t m = 0; m < sizeof(marks) / sizeof(*marks); m++) {
			size_t n = strlen(marks[m]);

			if (!strncmp(text + i, marks[m], n) && !word_byte(text[i + n]))
				finding(t, path, line, "%s: do it, or write NEEDSWORK: with what must be decided", marks[m]);
		}
	}
}

/* ---- C ---- */

/* Blanks comments, strings and character constants out, newlines kept; the quotation marks of strings stay. Include
 * lines keep their strings. */
static void strip(char *c)
{
	bool include = false;

	for (size_t i = 0; c[i]; i++) {
		if (c[i] == '\n')
			include = false;
		if (c[i] == '#') {
			size_t j = i + 1;

			while (c[j] == ' ' || c[j] == '\t')
				j++;
			include = starts(c + j, "include");
		}
		if (c[i] == '/' && c[i + 1] == '*') {
			for (; c[i] && !(c[i] == '*' && c[i + 1] == '/'); i++)
				if (c[i] != '\n') {
					if (c[i] == '/' && c[i + 1] == '*')
						c[i++] = ' ';
					c[i] = ' ';
				}
			if (!c[i])
				return;
			c[i] = c[i + 1] = ' ';
			i++;
		} else if (c[i] == '/' && c[i + 1] == '/') {
			while (c[i] && c[i] != '\n')
				c[i++] = ' ';
			i--;
		} else if ((c[i] == '"' || c[i] == '\'') && !include) {
			char mark = c[i++];

			for (; c[i] && c[i] != mark && c[i] != '\n'; i++) {
				if (c[i] == '\\' && c[i + 1] && c[i + 1] != '\n')
					c[i++] = ' ';
				c[i] = ' ';
			}
			if (!c[i])
				return;
		}
	}
}

static int folder_index(const char *name, size_t len)
{
	for (size_t i = 0; i < FOLDERS; i++)
		if (strlen(folders[i]) == len && !strncmp(folders[i], name, len))
			return (int)i;
	return -1;
}

static bool kept_apart(int from, int to)
{
	for (size_t i = 0; i < sizeof(apart) / sizeof(*apart); i++)
		if (!strcmp(folders[from], apart[i][0]) && !strcmp(folders[to], apart[i][1]))
			return true;
	return false;
}

static void look_at_include(struct tidy *t, const char *path, unsigned line, const char *name, size_t len)
{
	const char *slash = memchr(name, '/', len);
	const char *home = starts(path, "src/") ? path + 4 : NULL;
	int from = home ? folder_index(home, strcspn(home, "/")) : -1, to;
	char beside[2 * PATH_BYTES];
	struct stat st;

	if (starts(path, "include/")) {
		finding(t, path, line, "the public header includes \"%.*s\": it must stand alone", (int)len, name);
		return;
	}
	if (from < 0)
		return;   /* tests and tools may look into any room */
	if (from == (int)FOLDERS - 1) {
		if (slash && folder_index(name, (size_t)(slash - name)) != from)
			finding(t, path, line, "cli/ includes \"%.*s\": of ours it takes chancery.h only; add what is missing there",
				(int)len, name);
		return;
	}
	if (!slash) {
		if (len == 10 && !strncmp(name, "chancery.h", len))
			return;
		snprintf(beside, sizeof(beside), "%s/src/%s/%.*s", t->root, folders[from], (int)len, name);
		if (stat(beside, &st))
			return;   /* written by the build */
		finding(t, path, line, "\"%.*s\" names no folder: write \"%s/%.*s\"", (int)len, name, folders[from], (int)len, name);
		return;
	}
	to = folder_index(name, (size_t)(slash - name));
	if (to < 0)
		return;   /* a library's header in quotation marks, or a generated table */
	if (to > from || kept_apart(from, to))
		finding(t, path, line, "%s/ includes \"%.*s\": data runs the other way; move what is shared up to doc/ or base/",
			folders[from], (int)len, name);
	if (to != from && len > 7 && !strncmp(name + len - 7, "_priv.h", 7))
		finding(t, path, line, "\"%.*s\" is %s/'s own: use or widen its public header", (int)len, name, folders[to]);
}

static void look_at_calls(struct tidy *t, const char *path, const char *c)
{
	unsigned line = 1;

	for (size_t i = 0; c[i]; i++) {
		size_t n = 0, j;

		line += c[i] == '\n';
		if (!word_byte(c[i]) || (i && (word_byte(c[i - 1]) || c[i - 1] == '.' || c[i - 1] == '>')))
			continue;
		while (word_byte(c[i + n]))
			n++;
		for (j = i + n; c[j] == ' ' || c[j] == '\t'; j++)
			;
		if (c[j] != '(')
			continue;
		for (size_t b = 0; b < sizeof(banned) / sizeof(*banned); b++)
			if (strlen(banned[b].name) == n && !strncmp(banned[b].name, c + i, n))
				finding(t, path, line, "%s(): %s", banned[b].name, banned[b].cure);
	}
}

static bool has_word(const char *s, size_t len, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; i + n <= len; i++)
		if (!strncmp(s + i, word, n) && !(i && word_byte(s[i - 1])) && !(i + n < len && word_byte(s[i + n])))
			return true;
	return false;
}

/* A declaration up to its "=", ";" or body. A variable can be written to unless const stands behind its last "*", or
 * anywhere where it has none. */
static bool mutable_variable(const char *s, size_t len, bool inside)
{
	static const char *const others[] = { "typedef", "extern", "_Static_assert", "static_assert", "__asm__", "asm", "goto", "return" };
	size_t star = 0, end = len, words = 0;

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (has_word(s, len, others[i]))
			return false;
	if (inside && !has_word(s, len, "static"))
		return false;
	for (size_t i = 0; i < len; i++) {
		if (s[i] == '(')
			return false;   /* a function, an attribute or a macro at work */
		if (s[i] == '[' && end == len)
			end = i;
		if (s[i] == '*')
			star = i;
		if (word_byte(s[i]) && (!i || !word_byte(s[i - 1])))
			words++;
	}
	if (words < 2)
		return false;
	/* "struct x;", "enum y;" declare no object */
	if (words == 2 && (has_word(s, len, "struct") || has_word(s, len, "enum") || has_word(s, len, "union")))
		return false;
	return !has_word(s + star, end - star, "const");
}

static const char shared_cure[] = "a variable that all threads share: make it const, or pass it in a struct";

/* Walks declarations at file scope, and statements that begin with static below it. Preprocessor lines are passed over. */
static void look_at_variables(struct tidy *t, const char *path, const char *c)
{
	unsigned line = 1, depth = 0, from_line = 1;
	size_t from = 0, body = 0, past = 0;   /* "from … { body } past" of a struct, union or enum at file scope */
	bool fresh = true, initialiser = false, aggregate = false;

	for (size_t i = 0; c[i]; i++) {
		if (c[i] == '#') {
			while (c[i] && !(c[i] == '\n' && c[i - 1] != '\\')) {
				line += c[i] == '\n';
				i++;
			}
			if (!c[i])
				return;
			line++;
			continue;
		}
		line += c[i] == '\n';
		if (fresh && !isspace((unsigned char)c[i])) {
			from = i;
			from_line = line;
			fresh = initialiser = aggregate = false;
		}
		if ((c[i] == '=' || c[i] == ';') && !initialiser && !fresh && (depth == 0 || (starts(c + from, "static") && !aggregate))) {
			bool found;

			if (aggregate && depth == 0)
				found = past + strspn(c + past, " \t\n") < i && !has_word(c + from, body - from, "const") &&
					!has_word(c + from, body - from, "typedef");
			else
				found = mutable_variable(c + from, i - from, depth > 0);
			if (found)
				finding(t, path, from_line, "%s", shared_cure);
		}
		if (c[i] == '=') {
			initialiser = true;
		} else if (c[i] == '{') {
			if (!initialiser) {
				if (depth == 0) {
					body = i;
					aggregate = !memchr(c + from, '(', i - from);
				}
				fresh = depth > 0 || !aggregate;
			}
			depth++;
		} else if (c[i] == '}') {
			depth -= depth > 0;
			past = i + 1;
			if (!initialiser)
				fresh = !(depth == 0 && aggregate);
		} else if (c[i] == ';' && !(aggregate && depth > 0)) {
			fresh = true;
			initialiser = false;
		}
	}
}

/* Is the file named, in quotes, in the meson.build beside it, or in one of a folder above? */
static bool listed(const struct tidy *t, const char *path)
{
	char dir[PATH_BYTES], build[PATH_BYTES + 16];
	const char *name = strrchr(path, '/');

	snprintf(dir, sizeof(dir), "%s", path);
	while (name) {
		char quoted[PATH_BYTES];
		size_t len;
		char *text, *cut = strrchr(dir, '/');
		bool hit;

		if (!cut)
			return false;
		*cut = '\0';
		snprintf(build, sizeof(build), "%s/meson.build", dir);
		text = slurp(t->root, build, &len);
		if (!text)
			continue;
		/* 'date.c', 'sub/date.c', or a bare 'date' from which the build makes the name */
		snprintf(quoted, sizeof(quoted), "%s'", path + strlen(dir) + 1);
		hit = strstr(text, quoted) != NULL;
		if (!hit) {
			const char *bare = starts(name, "/fuzz_") ? name + 6 : name + 1;

			snprintf(quoted, sizeof(quoted), "'%.*s'", (int)strcspn(bare, "."), bare);
			hit = strstr(text, quoted) != NULL;
		}
		free(text);
		if (hit)
			return true;
	}
	return false;
}

static void look_at_c(struct tidy *t, const char *path, char *text)
{
	unsigned line = 1;

	if (ends(path, ".c") && (starts(path, "src/") || starts(path, "test/")) && !listed(t, path))
		finding(t, path, 0, "no meson.build names this file: list it, or delete it");
	strip(text);
	for (size_t i = 0; text[i]; i++) {
		if (text[i] == '#') {
			const char *p = text + i + 1;

			p += strspn(p, " \t");
			if (starts(p, "include")) {
				p += 7;
				p += strspn(p, " \t");
				if (*p == '"')
					look_at_include(t, path, line, p + 1, strcspn(p + 1, "\"\n"));
			}
		}
		line += text[i] == '\n';
	}
	if (line - 1 > LINES_MAX)
		finding(t, path, 0, "%u lines: split it at the joints of its subject (%d at most)", line - 1, LINES_MAX);
	if (starts(path, "src/")) {
		look_at_calls(t, path, text);
		look_at_variables(t, path, text);
	}
}

/* ---- the walk ---- */

static bool skipped(const char *path, const char *name)
{
	static const char *const paths[] = { "demo/pages", "test/golden", "test/fuzz/corpus", "test/tidy/slips", "train/out", "train/cache",
					     "model" };

	if (name[0] == '.' || !strcmp(name, "__pycache__") || !strcmp(name, "node_modules"))
		return true;
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++)
		if (!strcmp(path, paths[i]))
			return true;
	return false;
}

static bool is_text(const char *name)
{
	static const char *const tails[] = { ".c", ".h", ".inc", ".md", ".sh", ".py", ".build", ".txt", ".1", ".awk", ".tsv", ".dict" };

	for (size_t i = 0; i < sizeof(tails) / sizeof(*tails); i++)
		if (ends(name, tails[i]))
			return true;
	return !strcmp(name, "Makefile") || !strcmp(name, "NOTICE");
}

static void look_at_file(struct tidy *t, const char *path, const char *name)
{
	size_t len = 0;
	char *text;

	if (!is_text(name))
		return;
	t->bad = false;
	text = slurp(t->root, path, &len);
	if (!text)
		return;
	look_at_text(t, path, text, len);
	if (ends(name, ".c") || ends(name, ".h"))
		look_at_c(t, path, text);
	free(text);
	t->files++;
	t->bad_files += t->bad;
}

/* Folders still to be read stand in a list, so that depth costs no stack. */
static void walk(struct tidy *t, const char *top)
{
	char **todo = malloc(sizeof(*todo));
	size_t n = 1, cap = 1;

	if (!todo || !(todo[0] = strdup(top)))
		exit(2);
	while (n) {
		char *dir = todo[--n], full[4 * PATH_BYTES], path[2 * PATH_BYTES];
		struct dirent **names;
		int count;

		snprintf(full, sizeof(full), "%s/%s", t->root, dir);
		count = scandir(full, &names, NULL, alphasort);
		for (int i = 0; i < count; i++) {
			struct stat st;

			snprintf(path, sizeof(path), "%s/%s", dir, names[i]->d_name);
			snprintf(full, sizeof(full), "%s/%s", t->root, path);
			if (!skipped(path, names[i]->d_name) && !lstat(full, &st)) {
				if (S_ISDIR(st.st_mode)) {
					if (n == cap && !(todo = realloc(todo, (cap *= 2) * sizeof(*todo))))
						exit(2);
					todo[n++] = strdup(path);
				} else if (S_ISREG(st.st_mode)) {
					look_at_file(t, path, names[i]->d_name);
				}
			}
			free(names[i]);
		}
		if (count >= 0)
			free(names);
		free(dir);
	}
	free(todo);
}

int main(int argc, char **argv)
{
	static const char *const tops[] = { "include", "src", "tool", "tools", "test", "bench", "docs", "changes", "train", "lexicon" };
	static const char *const files[] = { "Makefile", "NOTICE", "README.md", "CONTRIBUTING.md", "meson.build" };
	struct tidy t = { .root = argc > 1 ? argv[1] : "." };

	for (size_t i = 0; i < sizeof(tops) / sizeof(*tops); i++)
		walk(&t, tops[i]);
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		look_at_file(&t, files[i], files[i]);
	printf("%u passed, %u failed\n", t.files - t.bad_files, t.bad_files);
	return t.bad_files > 0;
}
