/* who/compile.c -- which list is which, and what all of them need: strings, names, days. See compile.h.
 *
 * The user's file is read three times: its states, organisations and offices behind the built-in ones, to which they may
 * add; its people before all other people, so that they win; and those that it took over from a source behind all others. */
#include "who/compile_priv.h"
#include <stdarg.h>
#include <stdio.h>

/* Names are sorted by this among those of one form: the user's stand before all others. */
#define OWN_FIRST 0x80000000u

void gz_slip(struct gz_build *b, const char *fmt, ...)
{
	char line[400];
	va_list ap;
	int n;

	if (++b->n_slips > SLIPS_MAX)
		return;
	n = snprintf(line, sizeof line, "%s:%u: ", b->path, b->line);
	if (n < 0 || n >= (int)sizeof line)
		n = 0;
	va_start(ap, fmt);
	vsnprintf(line + n, sizeof line - (size_t)n, fmt, ap);
	va_end(ap);
	for (const char *p = line; *p; p++)
		*CH_PUSH(b->arena, &b->slips) = *p;
	*CH_PUSH(b->arena, &b->slips) = '\n';
}

uint32_t gz_here(const struct gz_build *b)
{
	return b->list << CH_GZ_LINE_BITS | (b->line & ((1u << CH_GZ_LINE_BITS) - 1));
}

uint32_t gz_wikidata(struct ch_str id)
{
	uint32_t n = 0;

	if (ch_str_starts(id, CH_STR("wikidata:")))
		id = ch_str_sub(id, 9, id.len);
	return id.len > 1 && id.ptr[0] == 'Q' && ch_str_uint(ch_str_sub(id, 1, id.len), &n) ? n : 0;
}

void gz_read_ids(struct gz_build *b, struct ch_str list, uint32_t entity)
{
	struct ch_gz_entity *e = &b->entities.v[entity];
	struct ch_str id;

	while (ch_str_cut(&list, ' ', &id)) {
		uint32_t wikidata = gz_wikidata(id);

		if (!id.len)
			continue;
		if (wikidata && !e->wikidata)
			e->wikidata = wikidata;
		else if (!wikidata && ch_str_find_byte(id, ':', 1) == CH_STR_NONE)
			gz_slip(b, "'%.*s' is no id; e.g. Q42 of Wikidata, or 'ftm:abc'", CH_STR_ARG(id));
		else if (!wikidata && !e->foreign)
			e->foreign = gz_string(b, id);
	}
}

uint32_t gz_string(struct gz_build *b, struct ch_str s)
{
	bool added;
	uint32_t *at = ch_map_put(&b->string_map, ch_arena_str(b->arena, s), b->strings.n, &added);

	if (added) {
		for (size_t i = 0; i < s.len; i++)
			*CH_PUSH(b->arena, &b->strings) = s.ptr[i];
		*CH_PUSH(b->arena, &b->strings) = '\0';
	}
	return *at;
}

uint32_t gz_add_entity(struct gz_build *b, enum ch_gz_kind kind, struct ch_str name)
{
	uint32_t n = b->entities.n, s = gz_string(b, name);

	*CH_PUSH(b->arena, &b->entities) =
		(struct ch_gz_entity){.name = s, .parent = NONE, .kind = (uint8_t)kind, .source = gz_here(b)};
	*CH_PUSH(b->arena, &b->named) = false;
	*CH_PUSH(b->arena, &b->first_term) = NONE;
	*CH_PUSH(b->arena, &b->last_term) = NONE;
	*CH_PUSH(b->arena, &b->term_count) = 0;
	return n;
}

/* "President of X" -> "president-of-x", after a prefix. */
uint32_t gz_slug(struct gz_build *b, const char *prefix, struct ch_str s)
{
	char out[256];
	size_t n = (size_t)snprintf(out, sizeof out, "%s", prefix);
	uint32_t at = 0;
	struct ch_atom a;
	bool first = true;

	while (ch_atom_next(b->arena, s, &at, &a)) {
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
	return gz_string(b, ch_str_n(out, n));
}

uint32_t gz_cut_atoms(struct gz_build *b, struct ch_str s, struct ch_atom *atoms, uint32_t max)
{
	uint32_t at = 0, n = 0;

	while (n < max && ch_atom_next(b->arena, s, &at, &atoms[n]))
		n++;
	return n;
}

void gz_add_name(struct gz_build *b, struct ch_str form, uint32_t entity, enum ch_gz_role role, unsigned flags)
{
	struct ch_atom atoms[ATOMS_MAX];
	uint32_t n = gz_cut_atoms(b, form, atoms, ATOMS_MAX);
	struct ch_gz_entry e = {.entity = entity, .role = (uint8_t)role, .flags = (uint8_t)flags};
	uint64_t h = CH_ATOM_SEED;
	bool upper = true;

	if (!n || form.len > FORM_MAX) {
		gz_slip(b, n ? "'%.*s' is over 200 bytes long; a name would do" : "'%.*s' holds no letter; a name would do",
			CH_STR_ARG(form));
		return;
	}
	for (uint32_t i = 0; i < n; i++) {
		if (i < 16 && atoms[i].shape & CH_ATOM_CAPITAL)
			e.capitals = (uint16_t)(e.capitals | 1u << i);
		upper &= (atoms[i].shape & (CH_ATOM_UPPER | CH_ATOM_DIGIT)) != 0;
		if (i)
			*CH_PUSH(b->arena, &b->prefixes) = h;
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
	*CH_PUSH(b->arena, &b->names) = (struct gz_name){h, e, b->names.n + (b->own ? 0 : OWN_FIRST)};
}

/* Each name of a list "A; B; C". */
void gz_add_names(struct gz_build *b, struct ch_str list, uint32_t entity, enum ch_gz_role role)
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
		gz_add_name(b, piece, entity, role, flags);
	}
}

struct ch_str gz_field(struct ch_str *rest, char sep)
{
	struct ch_str f = {0};

	if (!ch_str_cut(rest, sep, &f))
		return (struct ch_str){"", 0};
	return ch_str_trim(f);
}

struct ch_str gz_key(struct gz_build *b, const uint64_t *n, uint32_t n_n)
{
	char *key = ch_arena_alloc(b->arena, n_n * sizeof *n);

	memcpy(key, n, n_n * sizeof *n);
	return ch_str_n(key, n_n * sizeof *n);
}

struct ch_str gz_folded(struct gz_build *b, struct ch_str s)
{
	struct ch_atom atoms[ATOMS_MAX];
	uint32_t n = gz_cut_atoms(b, s, atoms, ATOMS_MAX);
	uint64_t h = CH_ATOM_SEED;

	for (uint32_t i = 0; i < n; i++)
		h = ch_atom_join(h, atoms[i].hash);
	return gz_key(b, (const uint64_t[]){h}, 1);
}

/* ---- reading a list ---- */

static void read_lines(struct gz_build *b, struct ch_str text, void (*each)(struct gz_build *, struct ch_str))
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

static void read_blocks(struct gz_build *b, struct ch_str text)
{
	struct ch_str line;
	uint32_t e = NONE;

	b->line = 0;
	while (ch_str_cut(&text, '\n', &line)) {
		b->line++;
		if (!ch_str_trim(line).len || line.ptr[0] == '#')
			continue;
		if (line.ptr[0] == '\t')
			gz_block_line(b, e, line);
		else
			e = gz_begin_block(b, ch_str_trim(line));
	}
}

static void doubtful_line(struct gz_build *b, struct ch_str line)
{
	struct ch_str word;

	while (ch_str_cut(&line, ' ', &word))
		if (word.len)
			ch_map_put(&b->doubtful, word, 1, NULL);
}

static void given_line(struct gz_build *b, struct ch_str line)
{
	struct ch_str word, rest = line, key = gz_field(&rest, ' ');
	uint32_t e;

	if (!ch_str_eqz(key, "female")) {
		gz_slip(b, "'%.*s' is no key; female is", CH_STR_ARG(key));
		return;
	}
	e = gz_add_entity(b, CH_GZ_WORD, CH_STR("female"));
	while (ch_str_cut(&rest, ' ', &word))
		if (word.len)
			gz_add_name(b, word, e, CH_GZ_FEMALE, 0);
}

/* codes.txt is for imports (export/import.c); it is packed with the lists. */
static void no_line(struct gz_build *b, struct ch_str line)
{
	(void)b;
	(void)line;
}

struct form {
	const char *part; /* how the names of such files begin */
	void (*lines)(struct gz_build *, struct ch_str);
	void (*whole)(struct gz_build *, struct ch_str);
	uint32_t rank;
};

/* What a list is by its file name; NULL for none. The longer beginnings stand first. */
static const struct form *form_of(const char *path)
{
	static const struct form all[] = {
		{"doubtful", doubtful_line, NULL, 0},
		{"given-names", given_line, NULL, 0},
		{"offices", gz_office_line, NULL, 0},
		{"institutions", gz_institution_line, NULL, 0},
		{"regions", gz_region_line, NULL, 0},
		{"states", NULL, read_blocks, 0},
		{"countries", NULL, read_blocks, 0},
		{"organisations", NULL, read_blocks, 0},
		{"members", NULL, gz_read_members, 0},
		{"leaders-past", NULL, gz_read_people, RANK_PAST},
		{"leaders", NULL, gz_read_people, RANK_LEADERS},
		{"people-wikidata", NULL, gz_read_people, RANK_WIKIDATA},
		{"people-", NULL, gz_read_people, RANK_CIA},
		{"codes", no_line, NULL, 0},
	};
	const char *base = strrchr(path, '/');

	base = base ? base + 1 : path;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (!strncmp(base, all[i].part, strlen(all[i].part)))
			return &all[i];
	return NULL;
}

static void begin_list(struct gz_build *b, const struct ch_actor_list *list, uint32_t number)
{
	b->path = list->path;
	b->list = number;
	b->line = 0;
	b->own_file = b->own = list->own;
}

static void read_list(struct gz_build *b, const struct ch_actor_list *list, uint32_t number, bool people)
{
	const struct form *form = form_of(list->path);

	begin_list(b, list, number);
	if (!form) {
		if (!people)
			gz_slip(b, "is no list of the gazetteer");
		return;
	}
	if (people != (form->whole == gz_read_people))
		return;
	b->rank = form->rank;
	if (form->lines)
		read_lines(b, list->text, form->lines);
	else
		form->whole(b, list->text);
}

bool ch_gazetteer_compile(struct ch_arena *arena, const struct ch_actor_list *lists, uint32_t n, struct ch_str *table,
			  struct ch_str *slips)
{
	struct gz_build build = {.arena = arena}, *b = &build;
	struct ch_map *const maps[] = {&b->string_map, &b->by_id,    &b->people, &b->own_main, &b->classes,
				       &b->office_forms, &b->doubtful, &b->famous, &b->ids, &b->member_orgs};
	uint32_t own = NONE;

	for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
		ch_map_init(maps[i], arena);
	gz_string(b, CH_STR(""));
	for (uint32_t i = 0; i < n; i++) {
		*CH_PUSH(arena, &b->lists) = gz_string(b, ch_str_z(lists[i].path));
		if (lists[i].own)
			own = i;
		else
			read_list(b, &lists[i], i, false);
	}
	if (own != NONE) {
		begin_list(b, &lists[own], own);
		gz_read_own_blocks(b, lists[own].text);
		begin_list(b, &lists[own], own);
		b->rank = RANK_LEADERS;
		gz_read_own_people(b, lists[own].text, false);
	}
	for (uint32_t i = 0; i < n; i++)
		if (i != own)
			read_list(b, &lists[i], i, true);
	if (own != NONE) {
		begin_list(b, &lists[own], own);
		b->own = false;
		b->rank = RANK_SOURCE;
		gz_read_own_people(b, lists[own].text, true);
	}
	gz_order_members(b);
	if (b->n_slips) {
		*slips = ch_str_n(b->slips.v, b->slips.n);
		return false;
	}
	*table = gz_write_table(b);
	return true;
}
