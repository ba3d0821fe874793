/* petrarch/folder.c -- what the files of a folder are, and which of them are read. */
#include "petrarch/dict_priv.h"
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { FILE_BYTES_MAX = 64 << 20, FILES_MAX = 1000, LINES_LOOKED_AT = 4000, DISCARD_WORDS_MAX = 7 };

/* ---- what a file is ---- */

struct looks {
	uint32_t lines, heads, coded_heads, patterns, groups, verbs, names, agents, issues, marked, capitals, short_lines, odd;
};

/* "[USAGOV]", "[HOB <950601]", "[ELR/GAL]", "[+++]": a code as actors have it. */
static bool is_code(struct ch_str s)
{
	struct ch_petrarch_code c;

	if (!ch_petrarch_read_code(s, &c) || !c.code.len || c.code.len > 60)
		return false;
	for (size_t i = 0; i < c.code.len; i++) {
		char b = c.code.ptr[i];

		if (!((b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || memchr("~/+#-*:?", b, 8)))
			return false;
	}
	return true;
}

static bool is_capitals(struct ch_str line)
{
	bool letter = false;

	for (size_t i = 0; i < line.len; i++) {
		if (line.ptr[i] >= 'a' && line.ptr[i] <= 'z')
			return false;
		letter = letter || (line.ptr[i] >= 'A' && line.ptr[i] <= 'Z');
	}
	return letter;
}

static uint32_t word_count(struct ch_str line)
{
	uint32_t n = 0;

	for (size_t i = 0; i < line.len; i++)
		n += line.ptr[i] > ' ' && (!i || line.ptr[i - 1] <= ' ');
	return n;
}

static void look_at(struct looks *l, struct ch_str line)
{
	size_t open = ch_str_find_byte(line, '[', 0), close = open == CH_STR_NONE ? open : ch_str_find_byte(line, ']', open);
	struct ch_str code = close == CH_STR_NONE ? CH_STR("") : ch_str_sub(line, open + 1, close);

	l->lines++;
	if (ch_str_starts(line, CH_STR("<ISSUE")))
		l->issues++;
	else if (ch_str_starts(line, CH_STR("---"))) {
		l->heads++;
		l->coded_heads += code.len && is_code(code);
	} else if (line.ptr[0] == '-' && ch_str_find_byte(line, '*', 0) != CH_STR_NONE && is_code(code)) {
		l->patterns++;
		l->groups += ch_str_find_byte(line, '(', 0) != CH_STR_NONE || ch_str_find_byte(line, '{', 0) != CH_STR_NONE;
	} else if (line.ptr[0] == '&' || line.ptr[0] == '~' || line.ptr[0] == '-')
		l->verbs++;
	else if (open != CH_STR_NONE && is_code(code) && ch_str_find_byte(line, '"', 0) == CH_STR_NONE) {
		l->names++;
		l->agents += ch_str_find_byte(code, '~', 0) != CH_STR_NONE;
	} else if (open != CH_STR_NONE || line.ptr[0] == '{' || line.ptr[0] == '<')
		l->odd++;
	else if (word_count(line) <= DISCARD_WORDS_MAX) {
		l->short_lines++;
		l->marked += line.ptr[0] == '+';
		l->capitals += is_capitals(line);
	} else
		l->odd++;
}

enum ch_petrarch_kind ch_petrarch_guess(struct ch_str text)
{
	struct looks l = { 0 };
	struct ch_str line;
	bool markup = false;

	if (memchr(text.ptr ? text.ptr : "", '\0', text.len))
		return CH_PETRARCH_NO_DICTIONARY;
	while (l.lines < LINES_LOOKED_AT && ch_str_cut(&text, '\n', &line)) {
		line = ch_petrarch_uncomment(line, &markup);
		if (line.len && line.ptr[0] != '!')
			look_at(&l, line);
	}
	if (l.odd * 4 > l.lines || !l.lines)
		return CH_PETRARCH_NO_DICTIONARY;
	if (l.issues)
		return CH_PETRARCH_ISSUES;
	if (l.patterns)
		return l.groups * 5 > l.patterns ? CH_PETRARCH_VERBS_2 : CH_PETRARCH_VERBS;
	if (l.coded_heads * 2 > l.heads)
		return CH_PETRARCH_VERBS;
	if (l.names && l.names >= l.odd)
		return l.agents * 2 > l.names ? CH_PETRARCH_AGENTS : CH_PETRARCH_ACTORS;
	/* words alone, most of them in capitals or marked */
	if (l.short_lines && !l.odd && (l.marked + l.capitals) * 2 >= l.short_lines)
		return CH_PETRARCH_DISCARDS;
	return CH_PETRARCH_NO_DICTIONARY;
}

/* ---- files ---- */

static void warn(struct ch_petrarch *d, struct ch_str name, const char *what)
{
	*CH_PUSH(&d->arena, &d->warnings) = (struct ch_petrarch_warning){ ch_arena_printf(&d->arena, "%.*s: %s", CH_STR_ARG(name), what) };
}

/* The file's bytes, NUL behind; NULL: *why. */
static char *slurp(struct ch_arena *arena, const char *path, size_t *size, const char **why)
{
	struct stat st;
	FILE *f;
	char *bytes;

	*why = "is no file";
	if (stat(path, &st) != 0 || !S_ISREG(st.st_mode))
		return NULL;
	*why = "is over 64 MB";
	if (st.st_size > FILE_BYTES_MAX)
		return NULL;
	f = fopen(path, "rb");
	*why = "cannot be opened";
	if (!f)
		return NULL;
	bytes = ch_arena_alloc(arena, (size_t)st.st_size + 1);
	*size = fread(bytes, 1, (size_t)st.st_size, f);
	*why = "cannot be read";
	return fclose(f) == 0 ? bytes : NULL;
}

struct found {
	struct ch_str name, text;
	enum ch_petrarch_kind kind;
};

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int visible(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

/* The files of the folder in the order of their names. */
static bool look_into(struct ch_petrarch *d, const char *folder, struct found *found, uint32_t *n, struct ch_err *err)
{
	struct dirent **list;
	int entries = scandir(folder, &list, visible, by_name);

	*n = 0;
	if (entries < 0)
		return ch_fail(err, "%s: %s; --petrarch wants a folder of dictionaries", folder, strerror(errno));
	for (int i = 0; i < entries; i++) {
		struct ch_str path = ch_arena_printf(&d->arena, "%s/%s", folder, list[i]->d_name);
		const char *why = "";
		size_t size = 0;
		char *bytes = *n < FILES_MAX ? slurp(&d->arena, path.ptr, &size, &why) : NULL;

		free(list[i]);
		if (!bytes) {
			warn(d, path, *why ? why : "is one file too many");
			continue;
		}
		found[*n] = (struct found){ path, ch_str_n(bytes, size), ch_petrarch_guess(ch_str_n(bytes, size)) };
		if (found[*n].kind == CH_PETRARCH_NO_DICTIONARY)
			warn(d, path, "is no dictionary of verbs, actors, agents or discards; passed over");
		else if (found[*n].kind == CH_PETRARCH_ISSUES)
			warn(d, path, "is a dictionary of issues, which are not coded; passed over");
		else
			++*n;
	}
	free(list);
	return true;
}

bool ch_petrarch_open(struct ch_petrarch *d, const char *folder, struct ch_err *err)
{
	struct found *found;
	bool one = false, two = false;
	uint32_t n;

	ch_petrarch_init(d);
	found = CH_NEW_N(&d->arena, struct found, FILES_MAX);
	if (!look_into(d, folder, found, &n, err))
		return false;
	for (uint32_t i = 0; i < n; i++) {
		one = one || found[i].kind == CH_PETRARCH_VERBS;
		two = two || found[i].kind == CH_PETRARCH_VERBS_2;
	}
	if (!one && !two)
		return ch_fail(err, "%s: holds no verb dictionary (lines as '- * PEACE [057]'); nothing could be coded", folder);
	/* verbs first: they tell whether words are stems */
	for (uint32_t pass = 0; pass < 2; pass++)
		for (uint32_t i = 0; i < n; i++) {
			bool verbs = found[i].kind == CH_PETRARCH_VERBS || found[i].kind == CH_PETRARCH_VERBS_2;

			if (verbs != (pass == 0))
				continue;
			if (one && found[i].kind == CH_PETRARCH_VERBS_2)
				warn(d, found[i].name, "is a verb dictionary of PETRARCH 2 beside one of PETRARCH 1 or TABARI; passed over");
			else
				ch_petrarch_read(d, found[i].kind, found[i].name, found[i].text);
		}
	ch_petrarch_finish(d);
	return true;
}
