#include "export/codes.h"

size_t ch_lexicon_export(struct ch_embedded *files, size_t max);

enum { FILES = 5, FIELDS_MAX = 9 };

/* A line of a table: the first n fields are words, the last is the rest of the line. */
struct reader {
	struct ch_codes *codes;
	struct ch_str field[FIELDS_MAX];
	const char *path;
	uint32_t line;
	struct ch_err *err;
};

static bool slip(struct reader *r, const char *wanted)
{
	return ch_fail(r->err, "%s:%u: '%.*s' cannot be read: %s", r->path, (unsigned)r->line, CH_STR_ARG(r->field[0]), wanted);
}

/* Cuts a line into n fields; "-" is an empty one. False where there are fewer. */
static bool cut(struct reader *r, struct ch_str line, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		size_t end = i + 1 < n ? ch_str_find_byte(line, ' ', 0) : line.len;

		if (!line.len)
			return false;
		if (end == CH_STR_NONE)
			end = line.len;
		r->field[i] = ch_str_sub(line, 0, end);
		line = ch_str_trim(ch_str_sub(line, end, line.len));
		if (ch_str_eqz(r->field[i], "-"))
			r->field[i] = CH_STR("");
	}
	return true;
}

/* "-2", "7.4". */
static bool number(struct ch_str s, double *out)
{
	bool minus = s.len && s.ptr[0] == '-';
	struct ch_str whole = ch_str_sub(s, minus, s.len), tenth = CH_STR("");
	size_t dot = ch_str_find_byte(whole, '.', 0);
	uint32_t a, b = 0;

	if (dot != CH_STR_NONE) {
		tenth = ch_str_sub(whole, dot + 1, whole.len);
		whole = ch_str_sub(whole, 0, dot);
	}
	if (!ch_str_uint(whole, &a) || (dot != CH_STR_NONE && (tenth.len != 1 || !ch_str_uint(tenth, &b))))
		return false;
	*out = (minus ? -1 : 1) * (a + b / 10.0);
	return true;
}

static bool day(struct ch_str s, ch_day *out)
{
	*out = s.len ? ch_day_parse(s) : CH_NO_DAY;
	return !s.len || *out != CH_NO_DAY;
}

static bool country(struct reader *r)
{
	struct ch_codes *t = r->codes;
	struct ch_country_code c = { .code = r->field[0], .iso2 = r->field[1], .fips = r->field[2], .cameo = r->field[3], .cow = r->field[4],
				     .cow_name = r->field[5], .name = r->field[8] };
	bool added;
	uint32_t first;

	if (!day(r->field[6], &c.from) || !day(r->field[7], &c.to))
		return slip(r, "FROM and TO are days (1990-10-03) or -");
	if (c.code.len != 3)
		return slip(r, "a state's code has three letters");
	first = *ch_map_put(&t->by_country, c.code, t->countries.n, &added);
	for (uint32_t i = first; i < t->countries.n; i++)
		if (!ch_str_eq(t->countries.v[i].code, c.code))
			return slip(r, "lines of one state stand together");
	*CH_PUSH(&t->arena, &t->countries) = c;
	return true;
}

static bool cameo(struct reader *r)
{
	struct ch_codes *t = r->codes;
	struct ch_cameo_code c = { .code = r->field[0], .planned = r->field[2], .name = r->field[3] };
	bool added;

	if (!number(r->field[1], &c.goldstein))
		return slip(r, "a score is like -7.4");
	ch_map_put(&t->by_cameo, c.code, t->cameo.n, &added);
	*CH_PUSH(&t->arena, &t->cameo) = c;
	return added || slip(r, "each code stands once");
}

static bool organisation(struct reader *r)
{
	struct ch_codes *t = r->codes;
	bool added;

	ch_map_put(&t->by_org, r->field[2], t->orgs.n, &added);
	*CH_PUSH(&t->arena, &t->orgs) = (struct ch_org_code){ .cameo = r->field[0], .group = r->field[1], .id = r->field[2] };
	return added || slip(r, "each organisation stands once");
}

static bool sector(struct reader *r)
{
	struct ch_codes *t = r->codes;
	bool added;

	ch_map_put(&t->by_sector, r->field[0], t->sectors.n, &added);
	*CH_PUSH(&t->arena, &t->sectors) = (struct ch_sector_code){ r->field[0], r->field[1], r->field[2] };
	return added || slip(r, "each sector stands once");
}

static bool plover(struct reader *r)
{
	struct ch_codes *t = r->codes;
	bool added;

	ch_map_put(&t->by_type, r->field[0], t->plover.n, &added);
	*CH_PUSH(&t->arena, &t->plover) = (struct ch_plover_code){ r->field[0], r->field[1], r->field[2] };
	return added || slip(r, "each type stands once");
}

static const struct {
	const char *name;
	uint32_t fields;
	bool open_end;     /* the last field may be missing */
	bool (*read)(struct reader *r);
	const char *form;
} tables[FILES] = {
	{ "countries.txt", 9, false, country, "wanted: CODE ISO2 FIPS CAMEO COW COW FROM TO NAME" },
	{ "cameo.txt", 4, false, cameo, "wanted: CODE GOLDSTEIN PLANNED NAME" },
	{ "organisations.txt", 3, false, organisation, "wanted: CAMEO GROUP ID" },
	{ "sectors.txt", 3, false, sector, "wanted: SECTOR CAMEO ICEWS" },
	{ "plover.txt", 3, true, plover, "wanted: TYPE CAMEO MODE..." },
};

static bool read_file(struct ch_codes *codes, const struct ch_embedded *file, struct ch_err *err)
{
	struct reader r = { .codes = codes, .path = file->path, .err = err };
	struct ch_str rest = file->text, line;
	size_t t = 0;

	while (t < FILES && !ch_str_ends(ch_str_z(file->path), ch_str_z(tables[t].name)))
		t++;
	if (t == FILES)
		return ch_fail(err, "%s: is no table of codes", file->path);
	while (ch_str_cut(&rest, '\n', &line)) {
		r.line++;
		line = ch_str_trim(line);
		if (!line.len || line.ptr[0] == '#')
			continue;
		memset(r.field, 0, sizeof r.field);
		if (!cut(&r, line, tables[t].fields) && !(tables[t].open_end && cut(&r, line, tables[t].fields - 1)))
			return slip(&r, tables[t].form);
		if (!tables[t].read(&r))
			return false;
	}
	return true;
}

bool ch_codes_parse(struct ch_codes *codes, const struct ch_embedded *files, size_t n, struct ch_err *err)
{
	struct ch_map *const maps[] = { &codes->by_country, &codes->by_cameo, &codes->by_org, &codes->by_sector, &codes->by_type };

	*codes = (struct ch_codes){ 0 };
	for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
		ch_map_init(maps[i], &codes->arena);
	for (size_t i = 0; i < n; i++)
		if (!read_file(codes, &files[i], err))
			return false;
	for (uint32_t i = 0; i < codes->cameo.n; i++)
		if (codes->cameo.v[i].planned.len && !ch_cameo_of(codes, codes->cameo.v[i].planned))
			return ch_fail(err, "cameo.txt: %.*s is planned as %.*s, which has no line", CH_STR_ARG(codes->cameo.v[i].code),
				       CH_STR_ARG(codes->cameo.v[i].planned));
	for (uint32_t i = 0; i < codes->plover.n; i++)
		if (!ch_cameo_of(codes, codes->plover.v[i].cameo))
			return ch_fail(err, "plover.txt: %.*s has the code %.*s, which has no line in cameo.txt",
				       CH_STR_ARG(codes->plover.v[i].type), CH_STR_ARG(codes->plover.v[i].cameo));
	return true;
}

bool ch_codes_open(struct ch_codes *codes, struct ch_err *err)
{
	struct ch_embedded files[FILES];

	return ch_codes_parse(codes, files, ch_lexicon_export(files, FILES), err);
}

void ch_codes_close(struct ch_codes *codes)
{
	ch_arena_free(&codes->arena);
}

bool ch_country_on(const struct ch_codes *codes, struct ch_str code, ch_day on, struct ch_country_code *out)
{
	const uint32_t *first = ch_map_get(&codes->by_country, code);

	if (!first)
		return false;
	for (uint32_t i = *first; i < codes->countries.n && ch_str_eq(codes->countries.v[i].code, code); i++) {
		const struct ch_country_code *c = &codes->countries.v[i];

		*out = *c;
		if (on != CH_NO_DAY && (c->from == CH_NO_DAY || c->from <= on) && (c->to == CH_NO_DAY || on <= c->to))
			return true;
	}
	if (on != CH_NO_DAY)
		out->fips = out->cow = out->cow_name = CH_STR("");
	return true;
}

const struct ch_cameo_code *ch_cameo_of(const struct ch_codes *codes, struct ch_str code)
{
	const uint32_t *i = ch_map_get(&codes->by_cameo, code);

	return i ? &codes->cameo.v[*i] : NULL;
}

const struct ch_org_code *ch_org_of(const struct ch_codes *codes, struct ch_str id)
{
	const uint32_t *i = ch_map_get(&codes->by_org, id);

	return i ? &codes->orgs.v[*i] : NULL;
}

const struct ch_sector_code *ch_sector_of(const struct ch_codes *codes, struct ch_str name)
{
	const uint32_t *i = ch_map_get(&codes->by_sector, name);

	return i ? &codes->sectors.v[*i] : NULL;
}

const struct ch_plover_code *ch_plover_of(const struct ch_codes *codes, struct ch_str type)
{
	const uint32_t *i = ch_map_get(&codes->by_type, type);

	return i ? &codes->plover.v[*i] : NULL;
}

bool ch_plover_mode(const struct ch_codes *codes, struct ch_str type, struct ch_str mode)
{
	const struct ch_plover_code *p = ch_plover_of(codes, type);
	struct ch_str rest = p ? p->modes : CH_STR(""), one;

	while (ch_str_cut(&rest, ' ', &one))
		if (one.len && ch_str_eq(one, mode))
			return true;
	return false;
}

static uint32_t root(struct ch_str code)
{
	uint32_t n = 0;

	return code.len >= 2 && ch_str_uint(ch_str_sub(code, 0, 2), &n) ? n : 0;
}

int ch_quad_gdelt(struct ch_str code)
{
	uint32_t r = root(code);

	return r < 1 || r > 20 ? 0 : r <= 5 ? 1 : r <= 8 ? 2 : r <= 13 ? 3 : 4;
}

/* 16, reduced relations, counts as words here. */
int ch_quad_phoenix(struct ch_str code)
{
	uint32_t r = root(code);

	return r < 3 || r > 20 ? 0 : r <= 5 ? 1 : r <= 8 ? 2 : r <= 13 || r == 16 ? 3 : 4;
}
