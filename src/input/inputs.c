#include "input/inputs.h"
#include "base/limits.h"
#include "input/archive.h"
#include "input/warc.h"
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

/* Layers of packing around one file, and containers in containers: more is a bomb, or a mistake. Folders are not counted. */
enum { LAYERS_MAX = 3, CONTAINERS_MAX = 4, SNIFF = 512 };

enum level_kind { LEVEL_LIST, LEVEL_WARC, LEVEL_JSON, LEVEL_ARCHIVE };

struct level {
	struct level *up;
	enum level_kind kind;
	char *name;                               /* for messages, and the front of names of what is in it */
	struct ch_stream streams[1 + LAYERS_MAX]; /* the file, and what is unpacked of the one before */
	unsigned n_streams, containers;
	struct {
		char **v;
		size_t n, at;
		bool given;                       /* the command line's: "-" is standard input, links to folders are followed */
	} list;
	struct ch_warc warc;
	struct ch_jsonl json;
	struct ch_archive *archive;
};

struct ch_inputs {
	struct ch_field_map map;
	char *map_spec;
	struct level *top;
	struct level *first;   /* bytes that were given, not looked at yet; else NULL */
	struct ch_passed passed;
};

static struct level *level_new(struct level *up, char *name)
{
	struct level *l = ch_xrealloc(NULL, sizeof *l);

	*l = (struct level){ .up = up, .name = name, .containers = up ? up->containers : 0 };
	return l;
}

static void level_free(struct level *l)
{
	if (l->kind == LEVEL_WARC)
		ch_warc_free(&l->warc);
	if (l->kind == LEVEL_JSON)
		ch_jsonl_free(&l->json);
	ch_archive_close(l->archive);
	while (l->n_streams)
		ch_stream_close(&l->streams[--l->n_streams]);
	for (size_t i = l->list.at; i < l->list.n; i++)
		free(l->list.v[i]);
	free(l->list.v);
	free(l->name);
	free(l);
}

static void pop(struct ch_inputs *in)
{
	struct level *l = in->top;

	in->top = l->up;
	if (l->kind == LEVEL_WARC)
		in->passed.others += l->warc.passed.others;
	level_free(l);
}

static bool give_error(struct ch_input *input, const char *name, const char *error)
{
	*input = (struct ch_input){ .name = ch_input_copy(ch_str_z(name)), .error = ch_input_copy(ch_str_z(error)) };
	return true;
}

/* ---- folders ---- */

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *join(const char *dir, const char *name)
{
	size_t n = strlen(dir), m = strlen(name), slash = n && dir[n - 1] != '/';
	char *path = ch_xrealloc(NULL, n + slash + m + 1);

	memcpy(path, dir, n);
	if (slash)
		path[n] = '/';
	memcpy(path + n + slash, name, m + 1);
	return path;
}

static bool open_folder(struct ch_inputs *in, const char *path, struct ch_err *err)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	struct level *l;
	size_t cap = 0;

	if (!dir)
		return ch_fail(err, "cannot open folder: %s", strerror(errno));
	l = in->top = level_new(in->top, ch_input_copy(ch_str_z(path)));
	l->kind = LEVEL_LIST;
	while ((entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		if (l->list.n == cap) {
			cap = cap ? cap * 2 : 64;
			l->list.v = ch_xrealloc(l->list.v, cap * sizeof *l->list.v);
		}
		l->list.v[l->list.n++] = join(path, entry->d_name);
	}
	closedir(dir);
	if (l->list.n)
		qsort(l->list.v, l->list.n, sizeof *l->list.v, by_name);
	return true;
}

/* ---- what a stream holds ---- */

static bool starts(struct ch_str s, const char *bytes, size_t n)
{
	return ch_str_starts(s, ch_str_n(bytes, n));
}

/* Takes packing off the level's last stream, layer by layer; *packed: something other than one layer of gzip was. */
static bool unpack(struct level *l, bool *packed, struct ch_err *err)
{
	*packed = false;
	for (;;) {
		struct ch_stream *s = &l->streams[l->n_streams - 1];
		struct ch_str first = ch_stream_look(s, SNIFF);
		bool gzip = starts(first, "\x1f\x8b\x08", 3);

		if (!gzip && !starts(first, "BZh", 3) && !starts(first, "\xFD" "7zXZ", 5) && !starts(first, "\x28\xB5\x2F\xFD", 4))
			return true;
		if (l->n_streams > LAYERS_MAX)
			return ch_fail(err, "is packed more than %d times over", LAYERS_MAX);
		*packed = *packed || !gzip || l->n_streams > 1;
		if (gzip)
			ch_stream_gzip(s + 1, s);
		else if (!ch_stream_filter(s + 1, s, err))
			return false;
		l->n_streams++;
	}
}

/* One page: all of the stream, as far as a page may go. */
static bool give_page(struct level *l, struct ch_input *input)
{
	struct ch_stream *s = &l->streams[l->n_streams - 1];
	struct ch_str bytes = ch_stream_look(s, CH_PAGE_BYTES_MAX + 1);

	if ((s->failed || s->gap) && !bytes.len)
		return give_error(input, l->name, s->err.text);
	*input = (struct ch_input){ .name = ch_input_copy(ch_str_z(l->name)), .bytes = ch_input_copy(bytes), .size = bytes.len };
	return true;
}

/* The level's stream is open: becomes a container on the stack (false), or gives its one page or error at once (true; freed). */
static bool settle(struct ch_inputs *in, struct level *l, bool file, struct ch_input *input)
{
	struct ch_stream *s;
	struct ch_str first;
	struct ch_err err;
	bool packed, gives = true;

	if (!unpack(l, &packed, &err)) {
		give_error(input, l->name, err.text);
		goto out;
	}
	s = &l->streams[l->n_streams - 1];
	first = ch_stream_look(s, SNIFF);
	if (ch_warc_is(first)) {
		l->kind = LEVEL_WARC;
		ch_warc_init(&l->warc, s, l->name);
	} else if (ch_archive_is(first)) {
		if (!ch_archive_open(&l->archive, s, &err)) {
			give_error(input, l->name, err.text);
			goto out;
		}
		l->kind = LEVEL_ARCHIVE;
	} else if (ch_jsonl_is(first)) {
		l->kind = LEVEL_JSON;
		ch_jsonl_init(&l->json, s, &in->map, l->name);
	} else if (file && !packed && !s->failed) {
		*input = (struct ch_input){ .name = ch_input_copy(ch_str_z(l->name)) };   /* read by the thread that works on it */
		goto out;
	} else {
		give_page(l, input);
		goto out;
	}
	gives = false;
	if (++l->containers > CONTAINERS_MAX) {
		gives = give_error(input, l->name, "containers are put into one another more than four deep");
		goto out;
	}
	l->up = in->top;
	in->top = l;
	return false;
out:
	level_free(l);
	return gives;
}

/* A path of a list: a folder goes on the stack (false), a file is opened. */
static bool open_path(struct ch_inputs *in, char *path, bool given, struct ch_input *input)
{
	bool from_stdin = given && strcmp(path, "-") == 0;
	struct level *l;
	struct ch_err err;
	struct stat st = { 0 };

	if (!from_stdin && stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
		bool ok = true;

		/* Links to folders above would lead round in circles. */
		if (given || lstat(path, &st) != 0 || !S_ISLNK(st.st_mode))
			ok = open_folder(in, path, &err);
		if (!ok)
			give_error(input, path, err.text);
		free(path);
		return !ok;
	}
	l = level_new(in->top, path);
	l->kind = LEVEL_LIST;
	if (!ch_stream_file(&l->streams[0], path, &err)) {
		give_error(input, path, err.text);
		level_free(l);
		return true;
	}
	l->n_streams = 1;
	return settle(in, l, !from_stdin && S_ISREG(st.st_mode), input);
}

static bool next_member(struct ch_inputs *in, struct ch_input *input, bool *over)
{
	struct level *a = in->top, *l;
	struct ch_stream member;
	const char *name;
	struct ch_err err;

	*over = false;
	switch (ch_archive_next(a->archive, &name, &member, &err)) {
	case CH_ARCHIVE_END:
		*over = true;
		return false;
	case CH_ARCHIVE_BROKEN:
		return give_error(input, a->name, err.text);
	case CH_ARCHIVE_MEMBER:
		break;
	}
	l = level_new(a, join(a->name, name));
	l->kind = LEVEL_LIST;
	l->streams[0] = member;
	l->n_streams = 1;
	return settle(in, l, false, input);
}

bool ch_inputs_next(struct ch_inputs *in, struct ch_input *input)
{
	if (in->first) {
		struct level *l = in->first;

		in->first = NULL;
		if (settle(in, l, false, input))
			return true;
	}
	while (in->top) {
		struct level *l = in->top;
		bool over = false, got = false;

		switch (l->kind) {
		case LEVEL_LIST:
			over = l->list.at == l->list.n;
			if (!over) {
				char *path = l->list.v[l->list.at++];

				got = open_path(in, path, l->list.given, input);
			}
			break;
		case LEVEL_WARC:
			got = ch_warc_next(&l->warc, input);
			over = !got;
			break;
		case LEVEL_JSON:
			got = ch_jsonl_next(&l->json, input);
			over = !got;
			break;
		case LEVEL_ARCHIVE:
			got = next_member(in, input, &over);
			break;
		}
		if (got)
			return true;
		if (over)
			pop(in);
	}
	return false;
}

/* ---- beginning and end ---- */

bool ch_inputs_open(struct ch_inputs **inputs, const char *const *paths, size_t n, const char *map, struct ch_err *err)
{
	struct ch_inputs *in = ch_xrealloc(NULL, sizeof *in);
	struct level *l;

	*in = (struct ch_inputs){ .map_spec = ch_input_copy(ch_str_z(map ? map : "")) };
	if (!ch_field_map_read(&in->map, ch_str_z(in->map_spec), err)) {
		ch_inputs_close(in);
		return false;
	}
	l = in->top = level_new(NULL, ch_input_copy(CH_STR("")));
	l->kind = LEVEL_LIST;
	l->list.given = true;
	l->list.v = ch_xrealloc(NULL, (n + 1) * sizeof *l->list.v);
	for (; l->list.n < n; l->list.n++)
		l->list.v[l->list.n] = ch_input_copy(ch_str_z(paths[l->list.n]));
	*inputs = in;
	return true;
}

void ch_inputs_of_bytes(struct ch_inputs **inputs, const char *name, struct ch_str bytes)
{
	struct ch_inputs *in = ch_xrealloc(NULL, sizeof *in);
	struct level *l = level_new(NULL, ch_input_copy(ch_str_z(name)));

	l->kind = LEVEL_LIST;
	ch_stream_memory(&l->streams[0], bytes);
	l->n_streams = 1;
	*in = (struct ch_inputs){ .map_spec = ch_input_copy(CH_STR("")), .first = l };
	*inputs = in;
}

void ch_inputs_close(struct ch_inputs *in)
{
	if (!in)
		return;
	while (in->top)
		pop(in);
	if (in->first)
		level_free(in->first);
	free(in->map_spec);
	free(in);
}

/* From the outermost list inwards: each level is a part of one entry of the level above. */
double ch_inputs_share(const struct ch_inputs *in)
{
	double share = -1;

	for (const struct level *l = in->top; l; l = l->up) {
		if (l->kind == LEVEL_LIST && l->list.n) {
			double inside = share < 0 ? (l == in->top ? 1 : 0) : share;

			share = ((double)l->list.at - 1 + inside) / (double)l->list.n;
			if (share < 0)
				share = 0;
		} else if (l->kind != LEVEL_LIST && (!l->up || l->up->kind == LEVEL_LIST)) {
			share = ch_stream_share(&l->streams[0]);
		}
	}
	return in->top ? share : 1;
}

struct ch_passed ch_inputs_passed(const struct ch_inputs *in)
{
	struct ch_passed passed = in->passed;

	for (const struct level *l = in->top; l; l = l->up)
		if (l->kind == LEVEL_WARC)
			passed.others += l->warc.passed.others;
	return passed;
}
