/* who/compile_lists.c -- states and organisations (blocks), offices, institutions, words of regions (lines). */
#include "who/compile_priv.h"
#include <stdio.h>

/* ---- states and organisations ---- */

static struct ch_str first_of(struct ch_str list)
{
	return gz_field(&list, ';');
}

static bool good_sector(struct ch_str s)
{
	static const char *const all = " GOV MIL LEG JUD COP SPY PTY OPP REB PRM UAF UNK BUS CVL EDU ELI JRN LAB MED "
				       "REF REL SOC CRM AGR PRE NGO ";
	char padded[8];

	if (!s.len)
		return true;
	if (s.len != 3)
		return false;
	snprintf(padded, sizeof padded, " %.*s ", CH_STR_ARG(s));
	return strstr(all, padded) != NULL;
}

static uint32_t find_or_add(struct gz_build *b, struct ch_str id, enum ch_gz_kind kind, bool *added)
{
	uint32_t *at = ch_map_get(&b->by_id, id);

	/* "NAM" is Namibia and a movement: the state keeps the bare key */
	if (at && kind == CH_GZ_ORG && b->entities.v[*at].kind == CH_GZ_STATE)
		at = ch_map_put(&b->by_id, ch_arena_printf(b->arena, "org:%.*s", CH_STR_ARG(id)), b->entities.n,
				added);
	else
		at = ch_map_put(&b->by_id, ch_arena_str(b->arena, id), b->entities.n, added);
	if (*added) {
		uint32_t e = gz_add_entity(b, kind, id);

		b->entities.v[e].party = gz_string(b, id);
		return e;
	}
	return *at;
}

static void add_parts(struct gz_build *b, struct ch_str list, uint32_t parent, struct ch_str sector, bool seat)
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
		slugged = gz_slug(b, id, piece);
		e = *ch_map_put(&b->ids, ch_arena_str(b->arena, ch_str_z(b->strings.v + slugged)), b->entities.n,
				&added);
		if (!added) { /* "NATO-Russia Council", "NATO Russia Council" */
			gz_add_name(b, piece, e, seat ? CH_GZ_SEAT : CH_GZ_NAME, 0);
			continue;
		}
		gz_add_entity(b, CH_GZ_ORG, piece);
		b->entities.v[e].party = b->entities.v[parent].party;
		b->entities.v[e].code = b->entities.v[parent].code;
		b->entities.v[e].org = b->entities.v[parent].org;
		b->entities.v[e].sector = sector.len ? gz_string(b, sector) : b->entities.v[parent].sector;
		b->entities.v[e].parent = parent;
		b->entities.v[e].flags |= CH_GZ_PART;
		b->entities.v[e].id = slugged;
		snprintf(id, sizeof id, "%s/%.*s", b->strings.v + b->entities.v[parent].party, CH_STR_ARG(piece));
		ch_map_put(&b->by_id, ch_arena_str(b->arena, ch_str_z(id)), e, NULL);
		gz_add_name(b, piece, e, seat ? CH_GZ_SEAT : CH_GZ_NAME, 0);
	}
}

uint32_t gz_begin_block(struct gz_build *b, struct ch_str line)
{
	struct ch_str rest = line, word = gz_field(&rest, ' '), id, code, sector;
	bool added;
	uint32_t e;
	char prefix[64];

	rest = ch_str_trim(rest);
	if (ch_str_eqz(word, "state")) {
		if (rest.len != 3) {
			gz_slip(b, "'%.*s' is no code of three letters; e.g. 'state FRA'", CH_STR_ARG(rest));
			return NONE;
		}
		e = find_or_add(b, rest, CH_GZ_STATE, &added);
		if (added) {
			b->entities.v[e].id = gz_slug(b, "state:", rest);
			b->entities.v[e].code = b->entities.v[e].party;
			b->entities.v[e].name = 0;
		}
		return e;
	}
	if (!ch_str_eqz(word, "org") && !ch_str_eqz(word, "entity")) {
		gz_slip(b,
		     "'%.*s' begins no block; 'state CODE', 'org PARTY = CODE' or 'entity NAME = CODE SECTOR' would do",
		     CH_STR_ARG(word));
		return NONE;
	}
	id = gz_field(&rest, '=');
	rest = ch_str_trim(rest);
	code = gz_field(&rest, ' ');
	sector = ch_str_trim(rest);
	if (b->own_file && id.len && !code.len) { /* "org UN" adds to what is there */
		const uint32_t *at = ch_map_get(&b->by_id, ch_arena_printf(b->arena, "org:%.*s", CH_STR_ARG(id)));

		at = at ? at : ch_map_get(&b->by_id, id);
		if (at)
			return *at;
	}
	if (!id.len || id.len > FORM_MAX || code.len != 3 || !good_sector(sector)) {
		gz_slip(b, "'%.*s' is no head of a block; e.g. 'org FARC = COL REB'", CH_STR_ARG(line));
		return NONE;
	}
	e = find_or_add(b, id, ch_str_eqz(word, "org") ? CH_GZ_ORG : CH_GZ_STATE, &added);
	if (!added && b->own_file)
		return e;
	if (!added) {
		gz_slip(b, "'%.*s' is there already; add to the block above", CH_STR_ARG(id));
		return e;
	}
	snprintf(prefix, sizeof prefix, "%s:", ch_str_eqz(word, "org") ? "org" : "entity");
	b->entities.v[e].id = gz_slug(b, prefix, id);
	b->entities.v[e].code = ch_str_eqz(code, "XXX") ? 0 : gz_string(b, code);
	b->entities.v[e].sector = gz_string(b, sector);
	if (ch_str_eqz(word, "entity"))
		b->entities.v[e].flags = CH_GZ_UNRECOGNISED;
	else if (ch_str_eqz(code, "IGO") || ch_str_eqz(code, "NGO") || ch_str_eqz(code, "MNC") ||
		 ch_str_eqz(code, "IMG") || ch_str_eqz(code, "ISM"))
		b->entities.v[e].org = gz_string(b, id);
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
			b->entities.v[e].party = gz_string(b, ch_str_sub(id, 0, paren));
	}
	return e;
}

/* "RUS | 1922-12-30 | 1991-12-25 | places" */
static void holds(struct gz_build *b, uint32_t e, struct ch_str rest)
{
	struct ch_str code = gz_field(&rest, '|'), from = gz_field(&rest, '|'), to = gz_field(&rest, '|'), what;
	struct ch_gz_hold h = {.holder = e};
	bool added;

	what = ch_str_trim(rest);
	if (code.len != 3 || (what.len && !ch_str_eqz(what, "places"))) {
		gz_slip(b, "'holds CODE | from | to' would do, with '| places' where the name stays its own");
		return;
	}
	h.state = find_or_add(b, code, CH_GZ_STATE, &added);
	if (added) { /* its own block follows */
		b->entities.v[h.state].id = gz_slug(b, "state:", code);
		b->entities.v[h.state].code = b->entities.v[h.state].party;
		b->entities.v[h.state].name = 0;
	}
	h.places = what.len != 0;
	if (gz_read_day(b, from, false, INT32_MIN, &h.from) && gz_read_day(b, to, true, INT32_MAX, &h.to))
		*CH_PUSH(b->arena, &b->holds) = h;
}

void gz_block_line(struct gz_build *b, uint32_t e, struct ch_str line)
{
	struct ch_str rest = ch_str_trim(line), key = gz_field(&rest, ' '), sector;

	rest = ch_str_trim(rest);
	if (e == NONE) {
		gz_slip(b, "'%.*s' stands in no block", CH_STR_ARG(line));
	} else if (ch_str_eqz(key, "name")) {
		if (!b->named.v[e])
			b->entities.v[e].name = gz_string(b, first_of(rest));
		b->named.v[e] = true;
		gz_add_names(b, rest, e, CH_GZ_NAME);
	} else if (ch_str_eqz(key, "adj")) {
		gz_add_names(b, rest, e, CH_GZ_ADJ);
	} else if (ch_str_eqz(key, "people")) {
		gz_add_names(b, rest, e, CH_GZ_PEOPLE);
	} else if (ch_str_eqz(key, "capital")) {
		gz_add_names(b, rest, e, CH_GZ_CAPITAL);
	} else if (ch_str_eqz(key, "city")) {
		gz_add_names(b, rest, e, CH_GZ_CITY);
	} else if (ch_str_eqz(key, "body")) {
		add_parts(b, rest, e, (struct ch_str){"", 0}, false);
	} else if (ch_str_eqz(key, "seat")) {
		sector = gz_field(&rest, ' ');
		if (!good_sector(sector) || !sector.len)
			gz_slip(b, "'%.*s' is no sector; e.g. 'seat GOV Kremlin'", CH_STR_ARG(sector));
		else
			add_parts(b, rest, e, sector, true);
	} else if (ch_str_eqz(key, "leader")) {
		if (!ch_str_eqz(rest, "cos") && !ch_str_eqz(rest, "hog"))
			gz_slip(b, "'%.*s': 'leader cos' or 'leader hog' would do", CH_STR_ARG(rest));
		if (ch_str_eqz(rest, "hog"))
			b->entities.v[e].flags |= CH_GZ_LED_BY_HOG;
	} else if (ch_str_eqz(key, "id")) {
		gz_read_ids(b, rest, e);
	} else if (ch_str_eqz(key, "party")) {
		b->entities.v[e].party = gz_string(b, rest);
	} else if (ch_str_eqz(key, "years")) {
		struct ch_str from = gz_field(&rest, ' ');

		if (gz_read_day(b, from, false, INT32_MIN, &b->entities.v[e].from))
			gz_read_day(b, ch_str_trim(rest), true, INT32_MAX, &b->entities.v[e].to);
	} else if (ch_str_eqz(key, "holds")) {
		holds(b, e, rest);
	} else {
		gz_slip(b, "'%.*s' is no key; name adj people capital seat city body leader party years holds id are",
		     CH_STR_ARG(key));
	}
}

/* ---- offices, institutions, words ---- */

static unsigned flags_of(struct gz_build *b, struct ch_str list)
{
	static const struct {
		const char *word;
		unsigned flag;
	} all[] = {
		{"cos", CH_GZ_COS},       {"hog", CH_GZ_HOG},       {"leader", CH_GZ_LEADER}, {"holder", CH_GZ_HOLDER},
		{"m", CH_GZ_MALE},        {"f", CH_GZ_WOMAN},       {"given", CH_GZ_GIVEN},   {"civil", CH_GZ_CIVIL},
		{"is-cos", CH_GZ_IS_COS}, {"is-hog", CH_GZ_IS_HOG}, {"bare", CH_GZ_BARE},     {"loose", CH_GZ_LOOSE},
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
			gz_slip(b, "'%.*s' is no flag", CH_STR_ARG(word));
		else
			flags |= all[i].flag;
	}
	return flags;
}

void gz_office_line(struct gz_build *b, struct ch_str line)
{
	struct ch_str rest = line, class = gz_field(&rest, '|'), shown = gz_field(&rest, '|'), sector = gz_field(&rest, '|');
	struct ch_str one = gz_field(&rest, '|'), many = gz_field(&rest, '|'), flags = gz_field(&rest, '|'), piece, list;
	bool added;
	uint32_t cls, e;

	if (!shown.len || !good_sector(sector) || !one.len) {
		gz_slip(b, "six fields would do: class | Office | SECTOR | forms | plural forms | flags");
		return;
	}
	e = *ch_map_put(&b->classes, ch_arena_str(b->arena, class), b->entities.n, &added);
	cls = b->classes.n;
	if ((!added && !b->own_file) || cls >= CH_GZ_CLASS_COS) {
		gz_slip(b, "the class '%.*s' is there already, or there are over 250", CH_STR_ARG(class));
		return;
	}
	if (added) { /* else the user's file gives an office more words */
		gz_add_entity(b, CH_GZ_OFFICE, shown);
		b->entities.v[e].sector = gz_string(b, sector);
		b->entities.v[e].flags = (uint16_t)flags_of(b, flags);
		b->entities.v[e].cls = (uint8_t)cls;
		b->entities.v[e].id = gz_slug(b, "office:", class);
	}
	gz_add_names(b, one, e, CH_GZ_OFFICE_ONE);
	gz_add_names(b, many, e, CH_GZ_OFFICE_MANY);
	for (list = one; ch_str_cut(&list, ';', &piece);) {
		piece = ch_str_trim(piece);
		if (piece.len && piece.ptr[piece.len - 1] == '*')
			piece.len--;
		if (piece.len)
			ch_map_put(&b->office_forms, gz_folded(b, piece), e, NULL);
	}
}

void gz_institution_line(struct gz_build *b, struct ch_str line)
{
	struct ch_str rest = line, sector = gz_field(&rest, '|'), shown = gz_field(&rest, '|'), one = gz_field(&rest, '|');
	struct ch_str many = gz_field(&rest, '|'), flags = gz_field(&rest, '|');
	uint32_t e;

	if (!sector.len || !good_sector(sector) || !one.len) {
		gz_slip(b, "five fields would do: SECTOR | Name | forms | plural forms | flags");
		return;
	}
	e = gz_add_entity(b, CH_GZ_INSTITUTION, shown);
	b->entities.v[e].sector = gz_string(b, sector);
	b->entities.v[e].flags = (uint16_t)flags_of(b, flags);
	b->entities.v[e].id = gz_slug(b, "institution:", shown);
	gz_add_names(b, one, e, CH_GZ_INST_ONE);
	gz_add_names(b, many, e, CH_GZ_INST_MANY);
}

void gz_region_line(struct gz_build *b, struct ch_str line)
{
	static const struct {
		const char *key;
		enum ch_gz_role role;
	} all[] = {
		{"modifier", CH_GZ_MODIFIER},
		{"noun", CH_GZ_GROUP_NOUN},
		{"group", CH_GZ_GROUP},
		{"place", CH_GZ_REGION},
		{"nobody", CH_GZ_NOBODY},
		{"namesake", CH_GZ_NAMESAKE},
	};
	struct ch_str rest = line, key = gz_field(&rest, ' '), piece;

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		if (!ch_str_eqz(key, all[i].key))
			continue;
		while (ch_str_cut(&rest, ';', &piece)) {
			uint32_t e;

			if (!(piece = ch_str_trim(piece)).len)
				continue;
			e = gz_add_entity(b, CH_GZ_WORD, piece);
			gz_add_name(b, piece, e, all[i].role, 0);
		}
		return;
	}
	gz_slip(b, "'%.*s' is no key; modifier noun group place nobody namesake are", CH_STR_ARG(key));
}
