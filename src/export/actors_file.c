/* export/actors_file.c -- see the header; and chancery_actors_add. */
#include "export/actors_file.h"
#include "base/limits.h"
#include "chancery.h"
#include "run/input.h"
#include "who/atoms.h"
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define NONE UINT32_MAX

bool ch_actors_file_check(const char *path, struct ch_str text, struct ch_gazetteer **g, struct ch_err *err)
{
	struct ch_actor_list own = { .path = path, .text = text };
	struct ch_gazetteer *checked;

	if (text.len > CH_PAGE_BYTES_MAX)
		return ch_fail(err, "%s: is too long for a file of actors (over %zu MB)", path, CH_PAGE_BYTES_MAX >> 20);
	if (!ch_gazetteer_open_with(&own, &checked, err))
		return false;
	if (g)
		*g = checked;
	else
		ch_gazetteer_close(checked);
	return true;
}

bool ch_actors_file_read(struct ch_arena *arena, const char *path, struct ch_str *text, struct ch_gazetteer **g,
			 struct ch_err *err)
{
	bool cut = false;

	*text = CH_STR("");
	if (access(path, F_OK) == 0) {
		if (!ch_input_read(arena, path, text, &cut, err))
			return ch_err_in(err, "%s", path);
		if (cut)
			return ch_fail(err, "%s: is too long for a file of actors (over %zu MB)", path, CH_PAGE_BYTES_MAX >> 20);
	}
	return !g || ch_actors_file_check(path, *text, g, err);
}

size_t ch_actors_file_source(struct ch_str text, size_t from)
{
	struct ch_str rest = ch_str_sub(text, from, text.len), line;

	while (ch_str_cut(&rest, '\n', &line))
		if (ch_str_starts(line, CH_STR("source ")))
			return (size_t)(line.ptr - text.ptr);
	return text.len;
}

struct ch_str ch_actors_file_insert(struct ch_arena *arena, struct ch_str text, struct ch_str block, bool own, uint32_t *line)
{
	size_t at = own ? ch_actors_file_source(text, 0) : text.len;
	struct ch_str before, after = ch_str_sub(text, at, text.len), whole;
	const char *gap;

	/* comments right above a source belong to it */
	while (at < text.len && at > 1) {
		size_t start = at - 1;

		while (start && text.ptr[start - 1] != '\n')
			start--;
		if (text.ptr[start] != '#')
			break;
		at = start;
		after = ch_str_sub(text, at, text.len);
	}
	before = ch_str_sub(text, 0, at);
	gap = before.len && before.ptr[before.len - 1] != '\n' ? "\n" : "";
	whole = ch_arena_printf(arena, "%.*s%s%.*s%.*s", CH_STR_ARG(before), gap, CH_STR_ARG(block), CH_STR_ARG(after));
	*line = 1 + (*gap != '\0');
	for (size_t i = 0; i < before.len; i++)
		*line += before.ptr[i] == '\n';
	return whole;
}

bool ch_actors_file_keyword(struct ch_str name)
{
	static const char *const words[] = { "state", "org", "entity", "office", "institution", "source" };
	size_t end = ch_str_find_byte(name, ' ', 0);
	struct ch_str first = ch_str_sub(name, 0, end == CH_STR_NONE ? name.len : end);

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (ch_str_eqz(first, words[i]))
			return true;
	return false;
}

static bool write_all(int fd, struct ch_str text)
{
	while (text.len) {
		ssize_t n = write(fd, text.ptr, text.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		text = ch_str_sub(text, (size_t)n, text.len);
	}
	return fsync(fd) == 0;
}

bool ch_actors_file_write(const char *path, struct ch_str text, struct ch_err *err)
{
	char real[PATH_MAX], beside[PATH_MAX + 16];
	struct stat st;
	mode_t mode = 0644;
	int fd, why;
	bool ok;

	if (realpath(path, real)) {
		path = real;
		if (stat(path, &st) == 0)
			mode = st.st_mode & 07777;
	}
	snprintf(beside, sizeof beside, "%s.XXXXXX", path);
	fd = mkstemp(beside);
	if (fd < 0)
		return ch_fail(err, "%s: cannot write beside it: %s", path, strerror(errno));
	ok = write_all(fd, text) && fchmod(fd, mode) == 0;
	why = errno;
	if (close(fd) != 0 && ok) {
		ok = false;
		why = errno;
	}
	if (ok && rename(beside, path) != 0) {
		ok = false;
		why = errno;
	}
	if (!ok) {
		unlink(beside);
		return ch_fail(err, "%s: cannot write: %s", path, strerror(why));
	}
	return true;
}

static struct ch_str diff_of(struct ch_arena *arena, const char *path, bool fresh, struct ch_str block, uint32_t line)
{
	CH_VEC(char) lines = { 0 };
	uint32_t n = 0;

	for (size_t i = 0; i < block.len; i++) {
		if (!i || block.ptr[i - 1] == '\n') {
			*CH_PUSH(arena, &lines) = '+';
			n++;
		}
		*CH_PUSH(arena, &lines) = block.ptr[i];
	}
	return ch_arena_printf(arena, "--- %s\n+++ %s\n@@ -%u,0 +%u,%u @@\n%.*s", fresh ? "/dev/null" : path, path, line - 1, line, n,
			       (int)lines.n, lines.v ? lines.v : "");
}

bool chancery_actors_put(const char *file, const char *entries, bool write, char **diff, struct chancery_error *error)
{
	struct ch_err *err = (struct ch_err *)error;
	struct ch_arena arena = { 0 };
	struct ch_str was, text;
	uint32_t line = 0;
	bool fresh = access(file, F_OK) != 0, ok = ch_actors_file_read(&arena, file, &was, NULL, err);

	*diff = NULL;
	if (ok) {
		text = ch_actors_file_insert(&arena, was, ch_str_z(entries), true, &line);
		ok = ch_actors_file_check(file, text, NULL, err) && (!write || ch_actors_file_write(file, text, err));
	}
	if (ok) {
		*diff = strdup(diff_of(&arena, file, fresh, ch_str_z(entries), line).ptr);
		if (!*diff)
			ch_die_memory(1);
	}
	ch_arena_free(&arena);
	return ok;
}

/* ---- one actor more ---- */

/* What would be read as something else than the words of one field. */
static bool plain(const char *what, const char *text, const char *not, struct ch_err *err)
{
	for (const char *p = text; *p; p++)
		if ((unsigned char)*p < 0x20 || strchr(not, *p))
			return ch_fail(err, "%s '%s' may not hold '%c'", what, text, (unsigned char)*p < 0x20 ? ' ' : *p);
	return true;
}

static const char *or_empty(const char *s)
{
	return s ? s : "";
}

static bool entry_of(struct ch_arena *arena, const struct chancery_new_actor *a, struct ch_str *entry, struct ch_err *err)
{
	const char *id = or_empty(a->id);
	struct ch_str name = ch_str_trim(ch_str_z(or_empty(a->name))), first = name;
	size_t semicolon = ch_str_find_byte(name, ';', 0);

	if (!name.len || !a->of || !*a->of || !a->office || !*a->office)
		return ch_fail(err, "a name, a state or organisation and an office are wanted");
	if (!plain("a name", a->name, "|{}", err) || !plain("a body", a->of, "|", err) || !plain("an office", a->office, "|", err) ||
	    !plain("a date", or_empty(a->from), "|", err) || !plain("a date", or_empty(a->to), "|", err) ||
	    !plain("an id", id, "{};|", err))
		return false;
	if (name.ptr[0] == '#' || ch_actors_file_keyword(name))
		return ch_fail(err, "'%s': a name may not begin so; a capital would do", a->name);
	if (semicolon != CH_STR_NONE)
		first = ch_str_trim(ch_str_sub(name, 0, semicolon));
	name = semicolon == CH_STR_NONE ? CH_STR("") : ch_str_sub(name, semicolon, name.len);
	*entry = ch_arena_printf(arena, "%.*s%s%s%s%.*s\n\t%s | %s | %s | %s", CH_STR_ARG(first), *id ? " {" : "", id, *id ? "}" : "",
				 CH_STR_ARG(name), a->of, a->office, or_empty(a->from), or_empty(a->to));
	while (entry->len && (entry->ptr[entry->len - 1] == ' ' || entry->ptr[entry->len - 1] == '|'))
		entry->len--;
	*entry = ch_arena_printf(arena, "%.*s\n", CH_STR_ARG(*entry));
	return true;
}

/* The term that stands in this line of the user's file; NULL. */
static const struct ch_gz_term *term_at(const struct ch_gazetteer *g, uint32_t line)
{
	for (uint32_t i = 0; i < g->head->term_n; i++)
		if (g->terms[i].source >> CH_GZ_LINE_BITS == g->own_list &&
		    (g->terms[i].source & ((1u << CH_GZ_LINE_BITS) - 1)) == line)
			return &g->terms[i];
	return NULL;
}

/* The same office of the same name in the same body on the same days, in the gazetteer as it was; NULL. */
static const struct ch_gz_term *known(const struct ch_gazetteer *was, const struct ch_gazetteer *g, const struct ch_gz_term *t,
				      struct ch_arena *arena)
{
	struct ch_str name = ch_gz_str(g, g->entities[t->person].name), body = ch_gz_str(g, g->entities[t->body].id);
	const struct ch_gz_slot *slot;
	uint64_t h = CH_ATOM_SEED;
	struct ch_atom a;
	uint32_t at = 0;

	while (ch_atom_next(arena, name, &at, &a))
		h = ch_atom_join(h, a.hash);
	slot = ch_gz_find(was, h);
	for (uint32_t k = 0; slot && k < slot->n; k++) {
		const struct ch_gz_entity *e = &was->entities[was->entries[slot->first + k].entity];

		for (uint32_t i = e->term_first; e->kind == CH_GZ_PERSON && i < e->term_first + e->term_n; i++) {
			const struct ch_gz_term *o = &was->terms[i];
			bool office = (t->cls && o->cls == t->cls) || ch_str_ieq(ch_gz_str(was, o->office), ch_gz_str(g, t->office));

			if (office && o->from == t->from && o->to == t->to &&
			    ch_str_eq(ch_gz_str(was, was->entities[o->body].id), body))
				return o;
		}
	}
	return NULL;
}

bool chancery_actors_add(const char *file, const struct chancery_new_actor *actor, struct chancery_error *error)
{
	struct ch_err *err = (struct ch_err *)error;
	struct ch_arena arena = { 0 };
	struct ch_gazetteer *was = NULL, *g = NULL;
	const struct ch_gz_term *t, *o;
	struct ch_str text, entry;
	uint32_t line = 0;
	bool ok = entry_of(&arena, actor, &entry, err) && ch_actors_file_read(&arena, file, &text, &was, err);

	if (ok) {
		text = ch_actors_file_insert(&arena, text, entry, true, &line);
		ok = ch_actors_file_check(file, text, &g, err);
	}
	if (ok && (t = term_at(g, line + 1)) && (o = known(was, g, t, &arena))) {
		uint32_t there;
		struct ch_str list = ch_gz_source(was, o->source, &there);

		ok = ch_fail(err, "'%s' is there already with this office: %.*s:%u", actor->name, CH_STR_ARG(list), there);
	}
	ok = ok && ch_actors_file_write(file, text, err);
	ch_gazetteer_close(was);
	ch_gazetteer_close(g);
	ch_arena_free(&arena);
	return ok;
}
