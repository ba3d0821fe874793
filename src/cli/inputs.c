/* cli/inputs.c -- where inputs come from: pages of files and containers, lines and pieces of files; the engine. */
#include "cli.h"
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

/* ---- pages ---- */

bool pages_open(struct call *call, char **args, int n_args)
{
	struct chancery_error error;

	if (chancery_inputs_open((const char *const *)args, (size_t)n_args, call->value[OPT_MAP], &call->pages, &error))
		return true;
	usage_error(call, "%s", error.text);
	return false;
}

bool next_page(void *ctx, struct chancery_item *item)
{
	return chancery_inputs_next(((struct call *)ctx)->pages, item);
}

static bool is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
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
