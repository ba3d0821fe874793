/* tool/who_compile.c -- who_compile OUT FILE...: makes the gazetteer (src/who/table.h) of the lists in lexicon/actors/.
 *
 * A list is known by its file name; the form of each is told at its head. Lists are read in the order given: the first
 * to name a person, a state or an organisation decides how it is shown. A slip ends the build: file, line, what stood
 * there, what would do. */
#include "who_compile.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void slip(struct build *b, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "%s:%u: ", b->path, b->line);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	b->errors++;
}

uint32_t string_of(struct build *b, struct ch_str s)
{
	bool added;
	uint32_t *at = ch_map_put(&b->string_map, ch_arena_str(&b->arena, s), b->strings.n, &added);

	if (added) {
		for (size_t i = 0; i < s.len; i++)
			*CH_PUSH(&b->arena, &b->strings) = s.ptr[i];
		*CH_PUSH(&b->arena, &b->strings) = '\0';
	}
	return *at;
}

uint32_t add_entity(struct build *b, enum ch_gz_kind kind, struct ch_str name)
{
	uint32_t n = b->entities.n, s = string_of(b, name);

	*CH_PUSH(&b->arena, &b->entities) = (struct ch_gz_entity){.name = s, .parent = NONE, .kind = (uint8_t)kind};
	*CH_PUSH(&b->arena, &b->named) = false;
	*CH_PUSH(&b->arena, &b->first_term) = NONE;
	*CH_PUSH(&b->arena, &b->last_term) = NONE;
	return n;
}

/* "President of X" -> "president-of-x", after a prefix. */
uint32_t slug(struct build *b, const char *prefix, struct ch_str s)
{
	char out[256];
	size_t n = (size_t)snprintf(out, sizeof out, "%s", prefix);
	uint32_t at = 0;
	struct ch_atom a;
	bool first = true;

	while (ch_atom_next(&b->arena, s, &at, &a)) {
		struct ch_str piece = ch_str_sub(s, a.start, a.end);

		if (!first && n + 1 < sizeof out)
			out[n++] = '-';
		first = false;
		for (size_t i = 0; i < piece.len && n + 1 < sizeof out; i++) {
			char c = piece.ptr[i];

			if (c >= 'A' && c <= 'Z')
				c = (char)(c | 0x20);
			if (c != '.')
				out[n++] = c;
		}
	}
	return string_of(b, ch_str_n(out, n));
}

uint32_t cut_atoms(struct build *b, struct ch_str s, struct ch_atom *atoms, uint32_t max)
{
	uint32_t at = 0, n = 0;

	while (n < max && ch_atom_next(&b->arena, s, &at, &atoms[n]))
		n++;
	return n;
}

void add_name(struct build *b, struct ch_str form, uint32_t entity, enum ch_gz_role role, unsigned flags)
{
	struct ch_atom atoms[ATOMS_MAX];
	uint32_t n = cut_atoms(b, form, atoms, ATOMS_MAX);
	struct ch_gz_entry e = {.entity = entity, .role = (uint8_t)role, .flags = (uint8_t)flags};
	uint64_t h = CH_ATOM_SEED;
	bool upper = true;

	if (!n) {
		slip(b, "'%.*s' holds no letter; a name would do", CH_STR_ARG(form));
		return;
	}
	for (uint32_t i = 0; i < n; i++) {
		if (i < 16 && atoms[i].shape & CH_ATOM_CAPITAL)
			e.capitals = (uint16_t)(e.capitals | 1u << i);
		upper &= (atoms[i].shape & (CH_ATOM_UPPER | CH_ATOM_DIGIT)) != 0;
		if (i)
			*CH_PUSH(&b->arena, &b->prefixes) = h;
		h = ch_atom_join(h, atoms[i].hash);
	}
	if (upper && form.len <= 8 && (n <= 2 || form.ptr[1] == '.'))
		e.flags |= CH_GZ_ALL_UPPER | CH_GZ_ACRONYM;
	if (n == 1) {
		char low[64];
		size_t k = 0;

		for (size_t i = 0; i < form.len && k < sizeof low; i++)
			if (form.ptr[i] != '.')
				low[k++] = (char)(form.ptr[i] >= 'A' && form.ptr[i] <= 'Z' ? form.ptr[i] | 0x20
											   : form.ptr[i]);
		if (role <= CH_GZ_CITY && ch_map_get(&b->doubtful, ch_str_n(low, k)))
			e.flags |= CH_GZ_DOUBTFUL;
	}
	*CH_PUSH(&b->arena, &b->names) = (struct name){h, e, b->names.n};
}

/* Each name of a list "A; B; C". */
void add_names(struct build *b, struct ch_str list, uint32_t entity, enum ch_gz_role role)
{
	struct ch_str piece;

	while (ch_str_cut(&list, ';', &piece)) {
		unsigned flags = 0;

		piece = ch_str_trim(piece);
		if (!piece.len)
			continue;
		if (piece.ptr[piece.len - 1] == '*') {
			flags = CH_GZ_STARRED;
			piece.len--;
		}
		add_name(b, piece, entity, role, flags);
	}
}

struct ch_str field(struct ch_str *rest, char sep)
{
	struct ch_str f = {0};

	if (!ch_str_cut(rest, sep, &f))
		return (struct ch_str){"", 0};
	return ch_str_trim(f);
}

struct ch_str folded(struct build *b, struct ch_str s)
{
	struct ch_atom atoms[ATOMS_MAX];
	uint32_t n = cut_atoms(b, s, atoms, ATOMS_MAX);
	uint64_t h = CH_ATOM_SEED;

	for (uint32_t i = 0; i < n; i++)
		h = ch_atom_join(h, atoms[i].hash);
	return ch_arena_printf(&b->arena, "%016llx", (unsigned long long)h);
}

/* ---- reading a file ---- */

static void read_lines(struct build *b, struct ch_str text, void (*each)(struct build *, struct ch_str))
{
	struct ch_str line;

	b->line = 0;
	while (ch_str_cut(&text, '\n', &line)) {
		b->line++;
		line = ch_str_trim(line);
		if (line.len && line.ptr[0] != '#')
			each(b, line);
	}
}

static void read_blocks(struct build *b, struct ch_str text)
{
	struct ch_str line;
	uint32_t e = NONE;

	b->line = 0;
	while (ch_str_cut(&text, '\n', &line)) {
		b->line++;
		if (!ch_str_trim(line).len || line.ptr[0] == '#')
			continue;
		if (line.ptr[0] == '\t')
			block_line(b, e, line);
		else
			e = begin_block(b, ch_str_trim(line));
	}
}

static void doubtful_line(struct build *b, struct ch_str line)
{
	struct ch_str word;

	while (ch_str_cut(&line, ' ', &word))
		if (word.len)
			ch_map_put(&b->doubtful, word, 1, NULL);
}

static void given_line(struct build *b, struct ch_str line)
{
	struct ch_str word, rest = line, key = field(&rest, ' ');
	uint32_t e;

	if (!ch_str_eqz(key, "female")) {
		slip(b, "'%.*s' is no key; female is", CH_STR_ARG(key));
		return;
	}
	e = add_entity(b, CH_GZ_WORD, CH_STR("female"));
	while (ch_str_cut(&rest, ' ', &word))
		if (word.len)
			add_name(b, word, e, CH_GZ_FEMALE, 0);
}

static bool read_file(struct build *b, const char *path)
{
	static const struct {
		const char *part;
		void (*lines)(struct build *, struct ch_str);
		void (*whole)(struct build *, struct ch_str);
	} all[] = {
		{"doubtful", doubtful_line, NULL}, {"given-names", given_line, NULL},
		{"offices", office_line, NULL},    {"institutions", institution_line, NULL},
		{"regions", region_line, NULL},    {"states", NULL, read_blocks},
		{"countries", NULL, read_blocks},  {"organisations", NULL, read_blocks},
		{"leaders", NULL, read_people},    {"people-", NULL, read_people},
	};
	const char *base = strrchr(path, '/');
	const char *shown = strstr(path, "lexicon/");
	FILE *f = fopen(path, "rb");
	CH_VEC(char) text = {0};
	int c;

	if (!f) {
		fprintf(stderr, "who_compile: cannot open '%s'\n", path);
		return false;
	}
	while ((c = getc(f)) != EOF)
		*CH_PUSH(&b->arena, &text) = (char)c;
	fclose(f);
	base = base ? base + 1 : path;
	b->path = shown ? shown : path;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (!strncmp(base, all[i].part, strlen(all[i].part))) {
			if (all[i].lines)
				read_lines(b, ch_str_n(text.v, text.n), all[i].lines);
			else
				all[i].whole(b, ch_str_n(text.v, text.n));
			return true;
		}
	fprintf(stderr, "who_compile: '%s' is no list of the gazetteer\n", path);
	return false;
}

int main(int argc, char **argv)
{
	struct build b = {0};

	if (argc < 3) {
		fputs("usage: who_compile OUT FILE...\n", stderr);
		return 2;
	}
	ch_map_init(&b.string_map, &b.arena);
	ch_map_init(&b.by_id, &b.arena);
	ch_map_init(&b.people, &b.arena);
	ch_map_init(&b.classes, &b.arena);
	ch_map_init(&b.office_forms, &b.arena);
	ch_map_init(&b.doubtful, &b.arena);
	ch_map_init(&b.famous, &b.arena);
	ch_map_init(&b.ids, &b.arena);
	string_of(&b, CH_STR(""));
	for (int i = 2; i < argc; i++) {
		if (!read_file(&b, argv[i]))
			return 1;
		if (strstr(argv[i], "leaders") || strstr(argv[i], "people-"))
			b.rank++;
	}
	if (b.errors) {
		fprintf(stderr, "who_compile: %u slips, no table written\n", b.errors);
		return 1;
	}
	return write_table(&b, argv[1]) ? 0 : 1;
}
