/* tool/who_compile.c -- who_compile OUT FILE...: makes the gazetteer (src/who/table.h) of the lists in lexicon/actors/.
 *
 * A list is known by its file name; the form of each is told at its head. Lists are read in the order given: the first to name a
 * person, a state or an organisation decides how it is shown. A slip ends the build: file, line, what stood there, what would do. */
#include "base/arena.h"
#include "base/day.h"
#include "base/map.h"
#include "who/atoms.h"
#include "who/table.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define NONE UINT32_MAX

struct name {
	uint64_t hash;
	struct ch_gz_entry entry;
	uint32_t order;
};

struct build {
	struct ch_arena arena;
	const char *path;
	uint32_t line;
	uint32_t rank;                    /* of the people's table being read */
	CH_VEC(struct ch_gz_entity) entities;
	CH_VEC(struct ch_gz_term) terms;
	CH_VEC(uint32_t) term_next;       /* the person's next term */
	CH_VEC(uint32_t) first_term, last_term;   /* by entity */
	CH_VEC(struct name) names, surnames;
	CH_VEC(uint64_t) prefixes;
	CH_VEC(char) strings;
	struct ch_map string_map, by_id, people, given;
	struct ch_map classes;            /* office class -> number */
	struct ch_map office_forms;       /* folded form -> class */
	struct ch_map doubtful;
	struct ch_map famous, ids;        /* full name -> person of leaders.txt; id -> entity */
	uint32_t errors;
};

static void slip(struct build *b, const char *fmt, ...) CH_PRINTF(2, 3);
static void slip(struct build *b, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "%s:%u: ", b->path, b->line);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	b->errors++;
}

static uint32_t string_of(struct build *b, struct ch_str s)
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

static uint32_t add_entity(struct build *b, enum ch_gz_kind kind, struct ch_str name)
{
	uint32_t n = b->entities.n, s = string_of(b, name);

	*CH_PUSH(&b->arena, &b->entities) = (struct ch_gz_entity){ .name = s, .parent = NONE, .kind = (uint8_t)kind };
	*CH_PUSH(&b->arena, &b->first_term) = NONE;
	*CH_PUSH(&b->arena, &b->last_term) = NONE;
	return n;
}

/* "President of X" -> "president-of-x", after a prefix. */
static uint32_t slug(struct build *b, const char *prefix, struct ch_str s)
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

static uint32_t cut_atoms(struct build *b, struct ch_str s, struct ch_atom *atoms, uint32_t max)
{
	uint32_t at = 0, n = 0;

	while (n < max && ch_atom_next(&b->arena, s, &at, &atoms[n]))
		n++;
	return n;
}

#define ATOMS_MAX 24

static void add_name(struct build *b, struct ch_str form, uint32_t entity, enum ch_gz_role role, unsigned flags)
{
	struct ch_atom atoms[ATOMS_MAX];
	uint32_t n = cut_atoms(b, form, atoms, ATOMS_MAX);
	struct ch_gz_entry e = { .entity = entity, .role = (uint8_t)role, .flags = (uint8_t)flags };
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
				low[k++] = (char)(form.ptr[i] >= 'A' && form.ptr[i] <= 'Z' ? form.ptr[i] | 0x20 : form.ptr[i]);
		if (role <= CH_GZ_CITY && ch_map_get(&b->doubtful, ch_str_n(low, k)))
			e.flags |= CH_GZ_DOUBTFUL;
	}
	*CH_PUSH(&b->arena, &b->names) = (struct name){ h, e, b->names.n };
}

/* Each name of a list "A; B; C". */
static void add_names(struct build *b, struct ch_str list, uint32_t entity, enum ch_gz_role role)
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

static struct ch_str field(struct ch_str *rest, char sep)
{
	struct ch_str f = { 0 };

	if (!ch_str_cut(rest, sep, &f))
		return (struct ch_str){ "", 0 };
	return ch_str_trim(f);
}

static struct ch_str first_of(struct ch_str list)
{
	return field(&list, ';');
}

/* ---- states and organisations ---- */

static bool good_sector(struct ch_str s)
{
	static const char *const all = " GOV MIL LEG JUD COP SPY PTY OPP REB PRM UAF UNK BUS CVL EDU ELI JRN LAB MED REF REL SOC CRM AGR PRE NGO ";
	char padded[8];

	if (!s.len)
		return true;
	if (s.len != 3)
		return false;
	snprintf(padded, sizeof padded, " %.*s ", CH_STR_ARG(s));
	return strstr(all, padded) != NULL;
}

static uint32_t find_or_add(struct build *b, struct ch_str id, enum ch_gz_kind kind, bool *added)
{
	uint32_t *at = ch_map_get(&b->by_id, id);

	/* "NAM" is Namibia and a movement: the state keeps the bare key */
	if (at && kind == CH_GZ_ORG && b->entities.v[*at].kind == CH_GZ_STATE)
		at = ch_map_put(&b->by_id, ch_arena_printf(&b->arena, "org:%.*s", CH_STR_ARG(id)), b->entities.n, added);
	else
		at = ch_map_put(&b->by_id, ch_arena_str(&b->arena, id), b->entities.n, added);
	if (*added) {
		uint32_t e = add_entity(b, kind, id);

		b->entities.v[e].party = string_of(b, id);
		return e;
	}
	return *at;
}

static void add_parts(struct build *b, struct ch_str list, uint32_t parent, struct ch_str sector, bool seat)
{
	struct ch_str piece;

	while (ch_str_cut(&list, ';', &piece)) {
		uint32_t e, slugged;
		char id[300];
		bool added;

		piece = ch_str_trim(piece);
		if (!piece.len)
			continue;
		snprintf(id, sizeof id, "%s:", b->strings.v + b->entities.v[parent].id);
		slugged = slug(b, id, piece);
		e = *ch_map_put(&b->ids, ch_arena_str(&b->arena, ch_str_z(b->strings.v + slugged)), b->entities.n, &added);
		if (!added) {   /* "NATO-Russia Council", "NATO Russia Council" */
			add_name(b, piece, e, seat ? CH_GZ_SEAT : CH_GZ_NAME, 0);
			continue;
		}
		add_entity(b, CH_GZ_ORG, piece);
		b->entities.v[e].party = b->entities.v[parent].party;
		b->entities.v[e].code = b->entities.v[parent].code;
		b->entities.v[e].org = b->entities.v[parent].org;
		b->entities.v[e].sector = sector.len ? string_of(b, sector) : b->entities.v[parent].sector;
		b->entities.v[e].parent = parent;
		b->entities.v[e].id = slugged;
		snprintf(id, sizeof id, "%s/%.*s", b->strings.v + b->entities.v[parent].party, CH_STR_ARG(piece));
		ch_map_put(&b->by_id, ch_arena_str(&b->arena, ch_str_z(id)), e, NULL);
		add_name(b, piece, e, seat ? CH_GZ_SEAT : CH_GZ_NAME, 0);
	}
}

static uint32_t begin_block(struct build *b, struct ch_str line)
{
	struct ch_str rest = line, word = field(&rest, ' '), id, code, sector;
	bool added;
	uint32_t e;
	char prefix[64];

	rest = ch_str_trim(rest);
	if (ch_str_eqz(word, "state")) {
		if (rest.len != 3) {
			slip(b, "'%.*s' is no code of three letters; e.g. 'state FRA'", CH_STR_ARG(rest));
			return NONE;
		}
		e = find_or_add(b, rest, CH_GZ_STATE, &added);
		if (added) {
			b->entities.v[e].id = slug(b, "state:", rest);
			b->entities.v[e].code = b->entities.v[e].party;
			b->entities.v[e].name = 0;
		}
		return e;
	}
	if (!ch_str_eqz(word, "org") && !ch_str_eqz(word, "entity")) {
		slip(b, "'%.*s' begins no block; 'state CODE', 'org PARTY = CODE' or 'entity NAME = CODE SECTOR' would do", CH_STR_ARG(word));
		return NONE;
	}
	id = field(&rest, '=');
	rest = ch_str_trim(rest);
	code = field(&rest, ' ');
	sector = ch_str_trim(rest);
	if (!id.len || code.len != 3 || !good_sector(sector)) {
		slip(b, "'%.*s' is no head of a block; e.g. 'org FARC = COL REB'", CH_STR_ARG(line));
		return NONE;
	}
	e = find_or_add(b, id, ch_str_eqz(word, "org") ? CH_GZ_ORG : CH_GZ_STATE, &added);
	if (!added) {
		slip(b, "'%.*s' is there already; add to the block above", CH_STR_ARG(id));
		return e;
	}
	snprintf(prefix, sizeof prefix, "%s:", ch_str_eqz(word, "org") ? "org" : "entity");
	b->entities.v[e].id = slug(b, prefix, id);
	b->entities.v[e].code = ch_str_eqz(code, "XXX") ? 0 : string_of(b, code);
	b->entities.v[e].sector = string_of(b, sector);
	if (ch_str_eqz(word, "entity"))
		b->entities.v[e].flags = CH_GZ_UNRECOGNISED;
	else if (ch_str_eqz(code, "IGO") || ch_str_eqz(code, "NGO") || ch_str_eqz(code, "MNC") || ch_str_eqz(code, "IMG") || ch_str_eqz(code, "ISM"))
		b->entities.v[e].org = string_of(b, id);
	{
		/* a sub-state body, a party, a company is coded by its country; armed groups by their name */
		bool armed = ch_str_eqz(sector, "REB") || ch_str_eqz(sector, "UAF") || ch_str_eqz(sector, "PRE");
		uint32_t *home = ch_map_get(&b->by_id, code);
		size_t paren = ch_str_find(id, CH_STR(" ("), 0);

		if (home) {
			b->entities.v[e].parent = *home;
			if (ch_str_eqz(word, "org") && !armed)
				b->entities.v[e].party = b->entities.v[*home].party;
		}
		if (paren != CH_STR_NONE && b->entities.v[e].party != b->entities.v[e].code)
			b->entities.v[e].party = string_of(b, ch_str_sub(id, 0, paren));
	}
	return e;
}

static void block_line(struct build *b, uint32_t e, struct ch_str line)
{
	struct ch_str rest = ch_str_trim(line), key = field(&rest, ' '), sector;

	rest = ch_str_trim(rest);
	if (e == NONE) {
		slip(b, "'%.*s' stands in no block", CH_STR_ARG(line));
	} else if (ch_str_eqz(key, "name")) {
		if (!b->entities.v[e].from)   /* 1: named; years are not kept */
			b->entities.v[e].name = string_of(b, first_of(rest));
		b->entities.v[e].from = 1;
		add_names(b, rest, e, CH_GZ_NAME);
	} else if (ch_str_eqz(key, "adj")) {
		add_names(b, rest, e, CH_GZ_ADJ);
	} else if (ch_str_eqz(key, "people")) {
		add_names(b, rest, e, CH_GZ_PEOPLE);
	} else if (ch_str_eqz(key, "capital")) {
		add_names(b, rest, e, CH_GZ_CAPITAL);
	} else if (ch_str_eqz(key, "city")) {
		add_names(b, rest, e, CH_GZ_CITY);
	} else if (ch_str_eqz(key, "body")) {
		add_parts(b, rest, e, (struct ch_str){ "", 0 }, false);
	} else if (ch_str_eqz(key, "seat")) {
		sector = field(&rest, ' ');
		if (!good_sector(sector) || !sector.len)
			slip(b, "'%.*s' is no sector; e.g. 'seat GOV Kremlin'", CH_STR_ARG(sector));
		else
			add_parts(b, rest, e, sector, true);
	} else if (ch_str_eqz(key, "leader")) {
		if (!ch_str_eqz(rest, "cos") && !ch_str_eqz(rest, "hog"))
			slip(b, "'%.*s': 'leader cos' or 'leader hog' would do", CH_STR_ARG(rest));
		if (ch_str_eqz(rest, "hog"))
			b->entities.v[e].flags |= CH_GZ_LED_BY_HOG;
	} else if (ch_str_eqz(key, "party")) {
		b->entities.v[e].party = string_of(b, rest);
	} else if (!ch_str_eqz(key, "years")) {
		slip(b, "'%.*s' is no key; name adj people capital seat city body leader party years are", CH_STR_ARG(key));
	}
}

/* ---- offices, institutions, words ---- */

static struct ch_str folded(struct build *b, struct ch_str s)
{
	struct ch_atom atoms[ATOMS_MAX];
	uint32_t n = cut_atoms(b, s, atoms, ATOMS_MAX);
	uint64_t h = CH_ATOM_SEED;

	for (uint32_t i = 0; i < n; i++)
		h = ch_atom_join(h, atoms[i].hash);
	return ch_arena_printf(&b->arena, "%016llx", (unsigned long long)h);
}

static unsigned flags_of(struct build *b, struct ch_str list)
{
	static const struct { const char *word; unsigned flag; } all[] = {
		{ "cos", CH_GZ_COS }, { "hog", CH_GZ_HOG }, { "leader", CH_GZ_LEADER }, { "holder", CH_GZ_HOLDER }, { "m", CH_GZ_MALE },
		{ "f", CH_GZ_WOMAN }, { "given", CH_GZ_GIVEN }, { "civil", CH_GZ_CIVIL }, { "is-cos", CH_GZ_IS_COS },
		{ "is-hog", CH_GZ_IS_HOG }, { "bare", CH_GZ_BARE }, { "loose", CH_GZ_LOOSE },
	};
	struct ch_str word;
	unsigned flags = 0;

	while (ch_str_cut(&list, ' ', &word)) {
		size_t i = 0;

		if (!(word = ch_str_trim(word)).len)
			continue;
		for (; i < sizeof all / sizeof *all && !ch_str_eqz(word, all[i].word); i++)
			;
		if (i == sizeof all / sizeof *all)
			slip(b, "'%.*s' is no flag", CH_STR_ARG(word));
		else
			flags |= all[i].flag;
	}
	return flags;
}

static void office_line(struct build *b, struct ch_str line)
{
	struct ch_str rest = line, class = field(&rest, '|'), shown = field(&rest, '|'), sector = field(&rest, '|');
	struct ch_str one = field(&rest, '|'), many = field(&rest, '|'), flags = field(&rest, '|'), piece, list;
	bool added;
	uint32_t cls, e;

	if (!shown.len || !good_sector(sector) || !one.len) {
		slip(b, "six fields would do: class | Office | SECTOR | forms | plural forms | flags");
		return;
	}
	cls = *ch_map_put(&b->classes, ch_arena_str(&b->arena, class), b->classes.n + 1, &added);
	if (!added || cls >= CH_GZ_CLASS_COS) {
		slip(b, "the class '%.*s' is there already, or there are over 250", CH_STR_ARG(class));
		return;
	}
	e = add_entity(b, CH_GZ_OFFICE, shown);
	b->entities.v[e].sector = string_of(b, sector);
	b->entities.v[e].flags = (uint16_t)flags_of(b, flags);
	b->entities.v[e].cls = (uint8_t)cls;
	b->entities.v[e].id = slug(b, "office:", class);
	add_names(b, one, e, CH_GZ_OFFICE_ONE);
	add_names(b, many, e, CH_GZ_OFFICE_MANY);
	for (list = one; ch_str_cut(&list, ';', &piece);) {
		piece = ch_str_trim(piece);
		if (piece.len && piece.ptr[piece.len - 1] == '*')
			piece.len--;
		if (piece.len)
			ch_map_put(&b->office_forms, folded(b, piece), e, NULL);
	}
}

static void institution_line(struct build *b, struct ch_str line)
{
	struct ch_str rest = line, sector = field(&rest, '|'), shown = field(&rest, '|'), one = field(&rest, '|');
	struct ch_str many = field(&rest, '|'), flags = field(&rest, '|');
	uint32_t e;

	if (!sector.len || !good_sector(sector) || !one.len) {
		slip(b, "five fields would do: SECTOR | Name | forms | plural forms | flags");
		return;
	}
	e = add_entity(b, CH_GZ_INSTITUTION, shown);
	b->entities.v[e].sector = string_of(b, sector);
	b->entities.v[e].flags = (uint16_t)flags_of(b, flags);
	b->entities.v[e].id = slug(b, "institution:", shown);
	add_names(b, one, e, CH_GZ_INST_ONE);
	add_names(b, many, e, CH_GZ_INST_MANY);
}

static void region_line(struct build *b, struct ch_str line)
{
	static const struct { const char *key; enum ch_gz_role role; } all[] = {
		{ "modifier", CH_GZ_MODIFIER }, { "noun", CH_GZ_GROUP_NOUN }, { "group", CH_GZ_GROUP }, { "place", CH_GZ_REGION },
	};
	struct ch_str rest = line, key = field(&rest, ' '), piece;

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		if (!ch_str_eqz(key, all[i].key))
			continue;
		while (ch_str_cut(&rest, ';', &piece)) {
			uint32_t e;

			if (!(piece = ch_str_trim(piece)).len)
				continue;
			e = add_entity(b, CH_GZ_WORD, piece);
			add_name(b, piece, e, all[i].role, 0);
		}
		return;
	}
	slip(b, "'%.*s' is no key; modifier noun group place are", CH_STR_ARG(key));
}

/* ---- people ---- */

/* The class of the longest form that `office` begins with, and whether that is all of it. */
static uint32_t class_of(struct build *b, struct ch_str office, bool state, bool *whole)
{
	struct ch_atom atoms[ATOMS_MAX];
	uint32_t n = cut_atoms(b, office, atoms, ATOMS_MAX);

	for (uint32_t len = n; len; len--) {
		struct ch_str part = ch_str_sub(office, 0, atoms[len - 1].end), rest = ch_str_sub(office, atoms[len - 1].end, office.len);
		uint32_t *hit = ch_map_get(&b->office_forms, folded(b, part));

		if (!hit)
			continue;
		*whole = len == n;
		/* "Prime Minister's Private Secretary", "President of the National Bank" are no chiefs */
		if (rest.len && rest.ptr[0] != ' ')
			return NONE;
		if (len < n && state && b->entities.v[*hit].flags & (CH_GZ_IS_COS | CH_GZ_IS_HOG) && !ch_str_starts(rest, CH_STR(" of the Republic")) &&
		    !ch_str_starts(rest, CH_STR(" of the Confederation")) && !ch_str_starts(rest, CH_STR(" of the Swiss Confederation")))
			return NONE;
		return *hit;
	}
	return NONE;
}

/* First (or last) day of "1998", "1998-04", "1998-04-09"; `open` where empty. */
static bool read_day(struct build *b, struct ch_str s, bool last, int32_t open, int32_t *day)
{
	uint32_t y = 0, m = 0, d = 0;

	*day = open;
	if (!s.len)
		return true;
	if (!ch_str_uint(ch_str_sub(s, 0, 4), &y) || (s.len > 4 && !ch_str_uint(ch_str_sub(s, 5, 7), &m)) ||
	    (s.len > 7 && !ch_str_uint(ch_str_sub(s, 8, 10), &d)) || (s.len != 4 && s.len != 7 && s.len != 10)) {
		slip(b, "'%.*s' is no date; e.g. 1998, 1998-04, 1998-04-09", CH_STR_ARG(s));
		return false;
	}
	if (!m)
		m = last ? 12 : 1;
	if (!d)
		d = last && m <= 12 ? (uint32_t)ch_month_days((int)y, (int)m) : 1;
	*day = ch_day_of((int)y, (int)m, (int)d);
	if (*day == CH_NO_DAY)
		slip(b, "'%.*s' is no day of the calendar", CH_STR_ARG(s));
	return *day != CH_NO_DAY;
}

static bool has_body(const struct build *b, uint32_t person, uint32_t body)
{
	for (uint32_t t = b->first_term.v[person]; t != NONE; t = b->term_next.v[t])
		if (b->terms.v[t].body == body)
			return true;
	return false;
}

struct person_lines {
	struct ch_str head;
	uint32_t line;
	CH_VEC(struct ch_str) terms;
	CH_VEC(uint32_t) term_lines;
};

static struct ch_str person_key(struct build *b, struct ch_str name, uint32_t body)
{
	return ch_arena_printf(&b->arena, "%.*s|%u", CH_STR_ARG(folded(b, name)), body);
}

/* "Vladimir Vladimirovich Putin" -> "Vladimir Putin"; empty where there are not three words. */
static struct ch_str short_form(struct build *b, struct ch_str name)
{
	size_t first = ch_str_find_byte(name, ' ', 0), last = first, at;

	if (first == CH_STR_NONE)
		return (struct ch_str){ "", 0 };
	while ((at = ch_str_find_byte(name, ' ', last + 1)) != CH_STR_NONE)
		last = at;
	if (last == first)
		return (struct ch_str){ "", 0 };
	return ch_arena_printf(&b->arena, "%.*s %.*s", (int)first, name.ptr, (int)(name.len - last - 1), name.ptr + last + 1);
}

static void add_surname(struct build *b, struct ch_str surname, uint32_t person)
{
	struct ch_atom atoms[ATOMS_MAX];
	uint32_t n = cut_atoms(b, surname, atoms, ATOMS_MAX);
	uint64_t h = CH_ATOM_SURNAME_SEED;

	for (uint32_t i = 0; i < n; i++)
		h = ch_atom_join(h, atoms[i].hash);
	if (n)
		*CH_PUSH(&b->arena, &b->surnames) = (struct name){ h, { .entity = person, .role = CH_GZ_NAME }, b->surnames.n };
}

/* Surnames with a particle are also used without it, and the other way about: "al-Assad", "Assad". */
static void add_surnames(struct build *b, struct ch_str surname, uint32_t person)
{
	static const char *const particles[] = { "al-", "al ", "el-", "el ", "de ", "van ", "von ", "bin ", "Al-", "El-", "Al ", "De ", "Le ", "Di ", "dos ",
						 "da " };

	add_surname(b, surname, person);
	for (size_t i = 0; i < sizeof particles / sizeof *particles; i++)
		if (ch_str_starts(surname, ch_str_z(particles[i])) && i != 12 && i != 13)
			add_surname(b, ch_str_sub(surname, strlen(particles[i]), surname.len), person);
}

static void end_person(struct build *b, struct person_lines *p)
{
	struct ch_str rest = p->head, name = field(&rest, ';'), surname = { 0 }, piece, list, brief;
	uint32_t person = NONE, bodies[64], n_bodies = 0;
	size_t open;
	bool woman = false, fresh;

	b->line = p->line;
	if ((open = ch_str_find(name, CH_STR(" (f)"), 0)) != CH_STR_NONE) {
		woman = true;
		name = ch_str_sub(name, 0, open);
	}
	if ((open = ch_str_find(name, CH_STR(" ["), 0)) != CH_STR_NONE) {
		size_t close = ch_str_find_byte(name, ']', open);

		if (close == CH_STR_NONE) {
			slip(b, "'%.*s': a bracket is not closed", CH_STR_ARG(name));
			return;
		}
		surname = ch_str_sub(name, open + 2, close);
		name = ch_str_sub(name, 0, open);
	}
	name = ch_str_trim(name);
	if (!surname.len) {
		size_t last = 0, at;

		for (size_t from = 0; (at = ch_str_find_byte(name, ' ', from)) != CH_STR_NONE; from = last)
			last = at + 1;
		surname = ch_str_sub(name, last, name.len);
		if (ch_str_eqz(surname, "Jr.") || ch_str_eqz(surname, "III"))
			slip(b, "'%.*s': give the surname in brackets", CH_STR_ARG(name));
	}
	if (!p->terms.n)
		slip(b, "'%.*s' has no term of office", CH_STR_ARG(name));
	for (uint32_t i = 0; i < p->terms.n && n_bodies < 64; i++) {
		struct ch_str t = p->terms.v[i], body = field(&t, '|');
		uint32_t *hit = ch_map_get(&b->by_id, body);

		b->line = p->term_lines.v[i];
		if (!hit) {
			slip(b, "'%.*s' is no state or organisation of the lists", CH_STR_ARG(body));
			return;
		}
		bodies[n_bodies++] = *hit;
	}
	brief = short_form(b, name);
	/* the same name with the same body is the same person, however the tables spell the middle */
	for (uint32_t i = 0; i < n_bodies && person == NONE && b->rank; i++)
		for (list = p->head; person == NONE && ch_str_cut(&list, ';', &piece);) {
			uint32_t *hit;

			if ((open = ch_str_find(piece, CH_STR(" ["), 0)) != CH_STR_NONE || (open = ch_str_find(piece, CH_STR(" (f)"), 0)) != CH_STR_NONE)
				piece = ch_str_sub(piece, 0, open);
			hit = ch_map_get(&b->people, person_key(b, ch_str_trim(piece), bodies[i]));
			if (!hit && brief.len)
				hit = ch_map_get(&b->people, person_key(b, brief, bodies[i]));
			if (hit && has_body(b, *hit, bodies[i]))
				person = *hit;
		}
	if (b->rank && person == NONE && ch_map_get(&b->famous, folded(b, name)))
		person = *ch_map_get(&b->famous, folded(b, name));
	fresh = person == NONE;
	if (fresh) {
		bool added;

		person = add_entity(b, CH_GZ_PERSON, name);
		b->entities.v[person].id = slug(b, "person:", name);
		ch_map_put(&b->ids, ch_arena_str(&b->arena, ch_str_z(b->strings.v + b->entities.v[person].id)), person, &added);
		for (uint32_t k = 0; !added; k++) {   /* namesakes: told apart by the body, then by a number */
			struct ch_str body = ch_str_z(b->strings.v + b->entities.v[bodies[0]].party), longer;

			longer = k ? ch_arena_printf(&b->arena, "%.*s %.*s %u", CH_STR_ARG(name), CH_STR_ARG(body), k)
				   : ch_arena_printf(&b->arena, "%.*s %.*s", CH_STR_ARG(name), CH_STR_ARG(body));
			b->entities.v[person].id = slug(b, "person:", longer);
			ch_map_put(&b->ids, ch_arena_str(&b->arena, ch_str_z(b->strings.v + b->entities.v[person].id)), person, &added);
		}
		if (!b->rank)
			ch_map_put(&b->famous, folded(b, name), person, NULL);
		add_names(b, name, person, CH_GZ_NAME);
		add_surnames(b, surname, person);
		if (brief.len && b->names.n)
			add_name(b, brief, person, CH_GZ_NAME, CH_GZ_DERIVED);
	}
	if (woman)
		b->entities.v[person].flags |= CH_GZ_WOMAN;
	if (!b->rank)
		b->entities.v[person].flags |= CH_GZ_FAMOUS;
	for (; ch_str_cut(&rest, ';', &piece);)
		if ((piece = ch_str_trim(piece)).len) {
			bool derived = b->rank && !fresh;

			if ((open = ch_str_find(piece, CH_STR(" ["), 0)) != CH_STR_NONE || (open = ch_str_find(piece, CH_STR(" (f)"), 0)) != CH_STR_NONE)
				piece = ch_str_sub(piece, 0, open);
			add_name(b, piece, person, CH_GZ_NAME, derived ? CH_GZ_DERIVED : 0);
			for (uint32_t i = 0; i < n_bodies; i++)
				ch_map_put(&b->people, person_key(b, piece, bodies[i]), person, NULL);
			if (fresh && ch_str_find_byte(piece, ' ', 0) != CH_STR_NONE) {
				/* other spellings of the surname: "Zelenskyy" */
				size_t at = 0, k;
				uint32_t words = 1;

				while ((k = ch_str_find_byte(piece, ' ', at)) != CH_STR_NONE)
					at = k + 1, words++;
				if (words == 2 && ch_str_find_byte(surname, ' ', 0) == CH_STR_NONE &&
				    ch_str_ends(name, surname))
					add_surnames(b, ch_str_sub(piece, at, piece.len), person);
			}
		}
	if (!fresh)
		add_name(b, name, person, CH_GZ_NAME, CH_GZ_DERIVED);
	for (uint32_t i = 0; i < p->terms.n && i < 64; i++) {
		struct ch_str t = p->terms.v[i], office, role = { 0 }, title;
		struct ch_gz_term term = { .person = person, .body = bodies[i], .rank = (uint8_t)b->rank };
		uint32_t e;
		bool whole = false, dup = false;

		b->line = p->term_lines.v[i];
		field(&t, '|');
		office = field(&t, '|');
		title = field(&office, '=');
		role = ch_str_trim(office);
		if (!title.len) {
			slip(b, "a term without an office; e.g. 'FRA | President | 1995-05-17 | 2007-05-16'");
			continue;
		}
		if (!read_day(b, field(&t, '|'), false, INT32_MIN, &term.from) || !read_day(b, field(&t, '|'), true, INT32_MAX, &term.to))
			continue;
		if (term.from > term.to) {
			slip(b, "the term ends before it begins");
			continue;
		}
		e = class_of(b, title, b->entities.v[term.body].kind == CH_GZ_STATE, &whole);
		if (e != NONE) {
			term.cls = b->entities.v[e].cls;
			if (whole && !role.len && b->entities.v[e].flags & CH_GZ_IS_COS)
				term.flags |= CH_GZ_COS;
			if (whole && !role.len && b->entities.v[e].flags & CH_GZ_IS_HOG)
				term.flags |= CH_GZ_HOG;
		}
		if (ch_str_find(role.len ? role : title, CH_STR("Head of State"), 0) != CH_STR_NONE)
			term.flags |= CH_GZ_COS;
		if (ch_str_find(role.len ? role : title, CH_STR("Government"), 0) != CH_STR_NONE && (role.len || ch_str_starts(title, CH_STR("Head of"))))
			term.flags |= CH_GZ_HOG;
		term.office = whole && b->entities.v[e].kind == CH_GZ_OFFICE && e != NONE && !role.len && ch_str_starts(title, CH_STR("Minister of Foreign"))
				      ? string_of(b, CH_STR("Foreign Minister"))
				      : string_of(b, title);
		for (uint32_t k = b->first_term.v[person]; k != NONE && !dup; k = b->term_next.v[k]) {
			struct ch_gz_term *o = &b->terms.v[k];

			/* a later table's term in the same office, overlapping: known better already */
			dup = o->body == term.body && (o->cls == term.cls || (o->flags & term.flags)) && o->rank < term.rank &&
			      (term.from == INT32_MIN || o->to >= term.from) && o->from <= term.to;
			if (dup)
				o->flags |= o->from <= term.from && term.cls == o->cls ? term.flags : 0;
		}
		if (dup)
			continue;
		if (b->last_term.v[person] == NONE)
			b->first_term.v[person] = b->terms.n;
		else
			b->term_next.v[b->last_term.v[person]] = b->terms.n;
		b->last_term.v[person] = b->terms.n;
		*CH_PUSH(&b->arena, &b->terms) = term;
		*CH_PUSH(&b->arena, &b->term_next) = NONE;
		ch_map_put(&b->people, person_key(b, name, term.body), person, NULL);
		if (brief.len)
			ch_map_put(&b->people, person_key(b, brief, term.body), person, NULL);
	}
}

static void read_people(struct build *b, struct ch_str text)
{
	struct person_lines p = { 0 };
	struct ch_str line;

	b->line = 0;
	while (ch_str_cut(&text, '\n', &line)) {
		b->line++;
		if (line.len && line.ptr[0] == '#')
			continue;
		if (!ch_str_trim(line).len)
			continue;
		if (line.ptr[0] == '\t') {
			*CH_PUSH(&b->arena, &p.terms) = ch_str_trim(line);
			*CH_PUSH(&b->arena, &p.term_lines) = b->line;
			continue;
		}
		if (p.head.len) {
			uint32_t here = b->line;

			end_person(b, &p);
			b->line = here;
		}
		p = (struct person_lines){ .head = ch_str_trim(line), .line = b->line };
	}
	if (p.head.len)
		end_person(b, &p);
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
	static const struct { const char *part; void (*lines)(struct build *, struct ch_str); void (*whole)(struct build *, struct ch_str); } all[] = {
		{ "doubtful", doubtful_line, NULL }, { "given-names", given_line, NULL }, { "offices", office_line, NULL },
		{ "institutions", institution_line, NULL }, { "regions", region_line, NULL }, { "states", NULL, read_blocks },
		{ "countries", NULL, read_blocks }, { "organisations", NULL, read_blocks }, { "leaders", NULL, read_people },
		{ "people-", NULL, read_people },
	};
	const char *base = strrchr(path, '/');
	const char *shown = strstr(path, "lexicon/");
	FILE *f = fopen(path, "rb");
	CH_VEC(char) text = { 0 };
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

/* ---- writing ---- */

static int by_hash(const void *x, const void *y)
{
	const struct name *a = x, *b = y;

	return a->hash != b->hash ? (a->hash < b->hash ? -1 : 1) : a->order < b->order ? -1 : 1;
}

static int by_number(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

	return a < b ? -1 : a > b;
}

static struct ch_gz_slot *slot_of(struct ch_gz_slot *slots, uint32_t n, uint64_t hash)
{
	uint32_t i = (uint32_t)hash & (n - 1);

	while (slots[i].used && slots[i].hash != hash)
		i = (i + 1) & (n - 1);
	return &slots[i];
}

static struct ch_gz_slot *make_slots(struct build *b, struct name *names, uint32_t n, const uint64_t *prefixes, uint32_t n_prefixes,
				     uint32_t *slot_n, struct ch_gz_entry *entries, uint32_t *entry_n)
{
	struct ch_gz_slot *slots;

	*slot_n = 1024;
	while (*slot_n * 3 < 4 * (n + n_prefixes))
		*slot_n *= 2;
	slots = CH_NEW_N(&b->arena, struct ch_gz_slot, *slot_n);
	qsort(names, n, sizeof *names, by_hash);
	*entry_n = 0;
	for (uint32_t i = 0; i < n; i++) {
		struct ch_gz_slot *s = slot_of(slots, *slot_n, names[i].hash);
		bool twice = false;

		if (!s->used) {
			*s = (struct ch_gz_slot){ .hash = names[i].hash, .first = *entry_n, .used = 1 };
		}
		for (uint32_t k = s->first; k < *entry_n && !twice; k++)
			if (entries[k].entity == names[i].entry.entity && entries[k].role == names[i].entry.role) {
				/* "ECOWAS; Ecowas": whatever either allows */
				twice = true;
				entries[k].capitals &= names[i].entry.capitals;
				entries[k].flags &= (uint8_t)(names[i].entry.flags | ~(CH_GZ_ALL_UPPER | CH_GZ_STARRED));
			}
		if (twice || s->n >= 400)
			continue;
		s->n++;
		entries[(*entry_n)++] = names[i].entry;
	}
	for (uint32_t i = 0; i < n_prefixes; i++) {
		struct ch_gz_slot *s = slot_of(slots, *slot_n, prefixes[i]);

		if (!s->used)
			*s = (struct ch_gz_slot){ .hash = prefixes[i] };
		s->used = 3;
	}
	return slots;
}

static const struct ch_gz_term *sort_terms;

static int by_class(const void *x, const void *y)
{
	const struct ch_gz_body_term *a = x, *b = y;
	const struct ch_gz_term *s = &sort_terms[a->term], *t = &sort_terms[b->term];

	if (a->cls != b->cls)
		return a->cls < b->cls ? -1 : 1;
	if (s->from != t->from)
		return s->from < t->from ? -1 : 1;
	return a->term < b->term ? -1 : a->term > b->term;
}

static bool put(FILE *f, const void *p, size_t n, size_t size)
{
	return fwrite(p, size, n, f) == n;
}

static bool write_table(struct build *b, const char *path)
{
	struct ch_gz_header h = { .magic = CH_GZ_MAGIC };
	struct ch_gz_entry *entries = CH_NEW_N(&b->arena, struct ch_gz_entry, b->names.n + 1);
	struct ch_gz_entry *sur_entries = CH_NEW_N(&b->arena, struct ch_gz_entry, b->surnames.n + 1);
	struct ch_gz_slot *slots, *sur_slots;
	struct ch_gz_term *terms = CH_NEW_N(&b->arena, struct ch_gz_term, b->terms.n + 1);
	CH_VEC(struct ch_gz_body_term) by_body = { 0 };
	uint32_t *body_n = CH_NEW_N(&b->arena, uint32_t, b->entities.n + 1);
	uint32_t *body_first = CH_NEW_N(&b->arena, uint32_t, b->entities.n + 1);
	uint32_t at = 0, distinct = 0;
	FILE *f;
	bool done;

	for (uint32_t e = 0; e < b->entities.n; e++) {
		struct ch_gz_entity *x = &b->entities.v[e];

		x->from = x->to = 0;
		if (x->kind == CH_GZ_STATE && !x->name)
			x->name = x->party;
		if (x->kind != CH_GZ_PERSON)
			continue;
		x->term_first = at;
		for (uint32_t t = b->first_term.v[e]; t != NONE; t = b->term_next.v[t]) {
			const struct ch_gz_term *o = &b->terms.v[t];

			body_n[o->body] += 1u + (o->flags & CH_GZ_COS ? 1u : 0u) + (o->flags & CH_GZ_HOG ? 1u : 0u);
			terms[at++] = *o;
		}
		x->term_n = at - x->term_first;
	}
	for (uint32_t e = 0, sum = 0; e < b->entities.n; e++) {
		body_first[e] = sum;
		sum += body_n[e];
		by_body.n = sum;
	}
	by_body.v = CH_NEW_N(&b->arena, struct ch_gz_body_term, by_body.n + 1);
	memset(body_n, 0, sizeof *body_n * b->entities.n);
	for (uint32_t t = 0; t < at; t++) {
		uint32_t body = terms[t].body;

		by_body.v[body_first[body] + body_n[body]++] = (struct ch_gz_body_term){ t, terms[t].cls };
		if (terms[t].flags & CH_GZ_COS)
			by_body.v[body_first[body] + body_n[body]++] = (struct ch_gz_body_term){ t, CH_GZ_CLASS_COS };
		if (terms[t].flags & CH_GZ_HOG)
			by_body.v[body_first[body] + body_n[body]++] = (struct ch_gz_body_term){ t, CH_GZ_CLASS_HOG };
	}
	sort_terms = terms;
	for (uint32_t e = 0; e < b->entities.n; e++)
		if (b->entities.v[e].kind != CH_GZ_PERSON) {
			b->entities.v[e].term_first = body_first[e];
			b->entities.v[e].term_n = body_n[e];
			qsort(by_body.v + body_first[e], body_n[e], sizeof *by_body.v, by_class);
		}
	qsort(b->prefixes.v, b->prefixes.n, sizeof *b->prefixes.v, by_number);
	for (uint32_t i = 0, n = b->prefixes.n; i < n; i++)
		if (!i || b->prefixes.v[i] != b->prefixes.v[distinct - 1])
			b->prefixes.v[distinct++] = b->prefixes.v[i];
	b->prefixes.n = distinct;
	slots = make_slots(b, b->names.v, b->names.n, b->prefixes.v, b->prefixes.n, &h.slot_n, entries, &h.entry_n);
	sur_slots = make_slots(b, b->surnames.v, b->surnames.n, NULL, 0, &h.sur_slot_n, sur_entries, &h.sur_entry_n);
	h.entity_n = b->entities.n;
	h.term_n = at;
	h.by_body_n = by_body.n;
	h.string_size = b->strings.n;
	h.size = (uint32_t)(sizeof h + h.slot_n * sizeof *slots + h.sur_slot_n * sizeof *slots + h.entity_n * sizeof *b->entities.v +
			    h.term_n * sizeof *terms + h.by_body_n * sizeof *by_body.v + h.entry_n * sizeof *entries +
			    h.sur_entry_n * sizeof *entries + h.string_size);
	f = fopen(path, "wb");
	if (!f) {
		fprintf(stderr, "who_compile: cannot write '%s'\n", path);
		return false;
	}
	done = put(f, &h, 1, sizeof h) && put(f, slots, h.slot_n, sizeof *slots) && put(f, sur_slots, h.sur_slot_n, sizeof *slots) &&
	       put(f, b->entities.v, h.entity_n, sizeof *b->entities.v) && put(f, terms, h.term_n, sizeof *terms) &&
	       put(f, by_body.v, h.by_body_n, sizeof *by_body.v) && put(f, entries, h.entry_n, sizeof *entries) &&
	       put(f, sur_entries, h.sur_entry_n, sizeof *entries) && put(f, b->strings.v, h.string_size, 1);
	if (fclose(f) || !done) {
		fprintf(stderr, "who_compile: cannot write '%s'\n", path);
		return false;
	}
	return true;
}

int main(int argc, char **argv)
{
	struct build b = { 0 };

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
		if (strstr(argv[i], "leaders.txt") || strstr(argv[i], "people-"))
			b.rank++;
	}
	if (b.errors) {
		fprintf(stderr, "who_compile: %u slips, no table written\n", b.errors);
		return 1;
	}
	return write_table(&b, argv[1]) ? 0 : 1;
}
