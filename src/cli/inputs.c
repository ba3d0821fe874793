/* cli/inputs.c -- where inputs come from: paths and folders, lines and pieces of files; the engine. */
#include "cli.h"
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void *need(void *p)
{
	if (!p) {
		fputs("chancery: out of memory\n", stderr);
		exit(EXIT_SOME_FAILED);
	}
	return p;
}

struct chancery *open_engine(const struct call *call)
{
	struct chancery *engine = NULL;
	struct chancery_error error;
	bool given;
	char *actors = own_path(call, OPT_ACTORS, &given);
	bool with_actors = given || access(actors, F_OK) == 0;
	char *frames = own_path(call, OPT_FRAMES, &given);
	bool with_frames = given || access(frames, F_OK) == 0;
	struct chancery_own own = { .actors = with_actors ? actors : NULL, .frames = with_frames ? frames : NULL };

	if (!chancery_open_with(call->value[OPT_MODEL], &own, &engine, &error))
		say_error("%s", error.text);
	free(actors);
	free(frames);
	return engine;
}

bool get_threads(const struct call *call, unsigned *threads)
{
	unsigned long long n = 0;

	if (!number_option(call, OPT_JOBS, 256, &n))
		return false;
	*threads = (unsigned)n;
	return true;
}

/* ---- paths ---- */

static void push(struct paths *paths, char *path)
{
	if (paths->n == paths->cap) {
		paths->cap = paths->cap ? paths->cap * 2 : 64;
		paths->v = need(realloc(paths->v, paths->cap * sizeof *paths->v));
	}
	paths->v[paths->n++] = path;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static char *join(const char *dir, const char *name)
{
	size_t n = strlen(dir), need_slash = n && dir[n - 1] != '/';
	size_t size = n + need_slash + strlen(name) + 1;
	char *path = need(malloc(size));

	snprintf(path, size, "%s%s%s", dir, need_slash ? "/" : "", name);
	return path;
}

/* The names in a folder, as whole paths at the end of `to`, sorted. */
static void list_folder(struct paths *paths, struct paths *to, const char *folder)
{
	DIR *dir = opendir(folder);
	size_t first = to->n;
	struct dirent *entry;

	if (!dir) {
		say_error("%s: cannot open folder: %s", folder, strerror(errno));
		paths->failed = true;
		return;
	}
	while ((entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			push(to, join(folder, entry->d_name));
	closedir(dir);
	if (to->n > first)
		qsort(to->v + first, to->n - first, sizeof *to->v, by_name);
}

/* A stack of names, the next on top; a folder is replaced by what is in it. Links to folders above would lead round in
 * circles: no deeper than PATH_MAX lets (opendir fails with ELOOP or ENAMETOOLONG) -- so links to folders are not followed. */
static void open_up(struct paths *paths, char *path)
{
	struct paths stack = { 0 };

	push(&stack, path);
	while (stack.n) {
		char *top = stack.v[--stack.n];
		struct stat st;
		size_t first = stack.n;

		if (!is_folder(top)) {
			push(paths, top);
			continue;
		}
		if (top != path && lstat(top, &st) == 0 && S_ISLNK(st.st_mode)) {
			free(top);
			continue;
		}
		list_folder(paths, &stack, top);
		for (size_t a = first, b = stack.n; a + 1 < b; a++) {   /* last on top: turn round */
			char *t = stack.v[a];

			stack.v[a] = stack.v[--b];
			stack.v[b] = t;
		}
		free(top);
	}
	free(stack.v);
}

void paths_open(struct paths *paths, char **args, int n_args)
{
	*paths = (struct paths){ 0 };
	for (int i = 0; i < n_args; i++)
		open_up(paths, need(strdup(args[i])));
}

void paths_free(struct paths *paths)
{
	for (size_t i = paths->at; i < paths->n; i++)
		free(paths->v[i]);
	free(paths->v);
	*paths = (struct paths){ 0 };
}

bool next_path(void *ctx, struct chancery_item *item)
{
	struct paths *paths = &((struct call *)ctx)->paths;

	if (paths->at == paths->n)
		return false;
	*item = (struct chancery_item){ .name = paths->v[paths->at++] };
	return true;
}

/* ---- lines and pieces ---- */

/* A line beyond this is refused without being held in memory (64 MB, as base/limits.h has it); a piece of several lines ends at the
 * first good place behind PIECE bytes, so that threads have something to share. */
enum { LINE_MAX_BYTES = 64 << 20, PIECE = 32 << 10, PIECE_MAX = 256 << 10 };

void pieces_open(struct pieces *pieces, char **files, int n_files)
{
	*pieces = (struct pieces){ .files = files, .n_files = n_files ? n_files : 1 };
	if (!n_files)
		pieces->files = NULL;
}

void pieces_free(struct pieces *pieces)
{
	if (pieces->f && pieces->f != stdin)
		fclose(pieces->f);
	free(pieces->buf);
}

static const char *file_name(const struct pieces *p)
{
	return p->files ? p->files[p->at_file] : "-";
}

/* Opens the next file that can be opened; false at the end. */
static bool open_next(struct pieces *p)
{
	for (; p->at_file < p->n_files; p->at_file++) {
		const char *name = file_name(p);

		p->line = 0;
		p->f = strcmp(name, "-") == 0 ? stdin : is_folder(name) ? NULL : fopen(name, "r");
		if (p->f)
			return true;
		say_error("%s: %s", name, is_folder(name) ? "is a folder" : strerror(errno));
		p->failed = true;
	}
	return false;
}

static void close_file(struct pieces *p)
{
	if (ferror(p->f)) {
		say_error("%s: cannot read: %s", file_name(p), strerror(errno));
		p->failed = true;
	}
	if (p->f != stdin)
		fclose(p->f);
	p->f = NULL;
	p->at_file++;
}

static void put_byte(struct pieces *p, int c)
{
	if (p->n == p->cap) {
		p->cap = p->cap ? p->cap * 2 : 4096;
		p->buf = need(realloc(p->buf, p->cap));
	}
	p->buf[p->n++] = (char)c;
}

/* Appends the next line to buf, without its newline; false at the end of the file. *too_long: it was, and is not there. */
static bool read_line(struct pieces *p, bool *too_long)
{
	size_t start = p->n;
	int c;

	*too_long = false;
	for (c = getc_unlocked(p->f); c != EOF && c != '\n'; c = getc_unlocked(p->f)) {
		if (p->n - start >= LINE_MAX_BYTES)
			*too_long = true;
		else
			put_byte(p, c);
	}
	if (c == EOF && p->n == start)
		return false;
	p->line++;
	if (*too_long)
		p->n = start;
	return true;
}

static void give(struct pieces *p, struct chancery_item *item, unsigned long long line)
{
	const char *name = file_name(p);
	size_t room = strlen(name) + 32;

	item->name = need(malloc(room));
	if (p->cut == BY_LINE)
		snprintf(item->name, room, "%s: line %llu", strcmp(name, "-") == 0 ? "standard input" : name, line);
	else
		snprintf(item->name, room, "%s", name);
	put_byte(p, '\0');
	item->bytes = p->buf;
	item->size = p->n - 1;
	p->buf = NULL;
	p->n = p->cap = 0;
}

static bool is_blank(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] != ' ' && s[i] != '\t' && s[i] != '\r')
			return false;
	return true;
}

bool next_piece(void *ctx, struct chancery_item *item)
{
	struct pieces *p = &((struct call *)ctx)->pieces;

	for (;;) {
		size_t start = p->n;
		bool too_long, more;

		if (!p->f && !open_next(p))
			return false;
		more = read_line(p, &too_long);
		if (too_long) {
			say_error("%s: line %llu: over %d MB, refused", file_name(p), p->line, LINE_MAX_BYTES >> 20);
			p->failed = true;
			continue;
		}
		if (p->cut == BY_LINE) {
			if (more && !is_blank(p->buf + start, p->n - start)) {
				give(p, item, p->line);
				return true;
			}
			p->n = 0;
			if (!more)
				close_file(p);
			continue;
		}
		if (more) {
			bool blank = is_blank(p->buf + start, p->n - start);

			put_byte(p, '\n');
			if (p->n < PIECE || (p->cut == BY_BLANK_LINE && !blank && p->n < PIECE_MAX))
				continue;
		}
		if (p->n) {
			give(p, item, p->line);
			if (!more)
				close_file(p);
			return true;
		}
		close_file(p);
	}
}
