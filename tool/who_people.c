/* tool/who_people.c -- people and their terms of office, from all tables: one person each, however spelt. */
#include "who_compile.h"

/* ---- people ---- */

/* The class of the longest form that `office` begins with, and whether that is all of it. */
static uint32_t class_of(struct build *b, struct ch_str office, bool state, bool *whole)
{
	struct ch_atom atoms[ATOMS_MAX];
	uint32_t n = cut_atoms(b, office, atoms, ATOMS_MAX);

	for (uint32_t len = n; len; len--) {
		struct ch_str part = ch_str_sub(office, 0, atoms[len - 1].end),
			      rest = ch_str_sub(office, atoms[len - 1].end, office.len);
		uint32_t *hit = ch_map_get(&b->office_forms, folded(b, part));

		if (!hit)
			continue;
		*whole = len == n;
		/* "Prime Minister's Private Secretary", "President of the National Bank" are no chiefs */
		if (rest.len && rest.ptr[0] != ' ')
			return NONE;
		if (len < n && state && b->entities.v[*hit].flags & (CH_GZ_IS_COS | CH_GZ_IS_HOG) &&
		    !ch_str_starts(rest, CH_STR(" of the Republic")) &&
		    !ch_str_starts(rest, CH_STR(" of the Confederation")) &&
		    !ch_str_starts(rest, CH_STR(" of the Swiss Confederation")))
			return NONE;
		return *hit;
	}
	return NONE;
}

bool read_day(struct build *b, struct ch_str s, bool last, int32_t open, int32_t *day)
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

/* The same for a name in any order of its words: tables differ on which comes first, "Issoufou Mahamadou". */
static struct ch_str person_key(struct build *b, struct ch_str name, uint32_t body)
{
	struct ch_atom atoms[ATOMS_MAX];
	uint32_t n = cut_atoms(b, name, atoms, ATOMS_MAX);
	uint64_t sum = 0, product = 1;

	for (uint32_t i = 0; i < n; i++) {
		sum += atoms[i].hash;
		product *= atoms[i].hash | 1;
	}
	return ch_arena_printf(&b->arena, "%016llx%016llx|%u", (unsigned long long)sum, (unsigned long long)product, body);
}

/* "Vladimir Vladimirovich Putin" -> "Vladimir Putin"; empty where there are not three words. */
static struct ch_str short_form(struct build *b, struct ch_str name)
{
	size_t first = ch_str_find_byte(name, ' ', 0), last = first, at;

	if (first == CH_STR_NONE)
		return (struct ch_str){"", 0};
	while ((at = ch_str_find_byte(name, ' ', last + 1)) != CH_STR_NONE)
		last = at;
	if (last == first)
		return (struct ch_str){"", 0};
	return ch_arena_printf(&b->arena, "%.*s %.*s", (int)first, name.ptr, (int)(name.len - last - 1),
			       name.ptr + last + 1);
}

static void add_surname(struct build *b, struct ch_str surname, uint32_t person)
{
	struct ch_atom atoms[ATOMS_MAX];
	uint32_t n = cut_atoms(b, surname, atoms, ATOMS_MAX);
	uint64_t h = CH_ATOM_SURNAME_SEED;

	for (uint32_t i = 0; i < n; i++)
		h = ch_atom_join(h, atoms[i].hash);
	if (n)
		*CH_PUSH(&b->arena, &b->surnames) =
			(struct name){h, {.entity = person, .role = CH_GZ_NAME}, b->surnames.n};
}

/* Surnames with a particle are also used without it, and the other way about: "al-Assad", "Assad". */
static void add_surnames(struct build *b, struct ch_str surname, uint32_t person)
{
	static const char *const particles[] = {"al-", "al ", "el-", "el ", "de ", "van ", "von ", "bin ",
						"Al-", "El-", "Al ", "De ", "Le ", "Di ",  "dos ", "da "};

	add_surname(b, surname, person);
	for (size_t i = 0; i < sizeof particles / sizeof *particles; i++)
		if (ch_str_starts(surname, ch_str_z(particles[i])) && i != 12 && i != 13)
			add_surname(b, ch_str_sub(surname, strlen(particles[i]), surname.len), person);
}

static void end_person(struct build *b, struct person_lines *p)
{
	struct ch_str rest = p->head, name = field(&rest, ';'), surname = {0}, piece, list, brief;
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

			if ((open = ch_str_find(piece, CH_STR(" ["), 0)) != CH_STR_NONE ||
			    (open = ch_str_find(piece, CH_STR(" (f)"), 0)) != CH_STR_NONE)
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
		ch_map_put(&b->ids, ch_arena_str(&b->arena, ch_str_z(b->strings.v + b->entities.v[person].id)), person,
			   &added);
		for (uint32_t k = 0; !added; k++) { /* namesakes: told apart by the body, then by a number */
			struct ch_str body = ch_str_z(b->strings.v + b->entities.v[bodies[0]].party), longer;

			longer = k ? ch_arena_printf(&b->arena, "%.*s %.*s %u", CH_STR_ARG(name), CH_STR_ARG(body), k)
				   : ch_arena_printf(&b->arena, "%.*s %.*s", CH_STR_ARG(name), CH_STR_ARG(body));
			b->entities.v[person].id = slug(b, "person:", longer);
			ch_map_put(&b->ids, ch_arena_str(&b->arena, ch_str_z(b->strings.v + b->entities.v[person].id)),
				   person, &added);
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

			if ((open = ch_str_find(piece, CH_STR(" ["), 0)) != CH_STR_NONE) {
				size_t close = ch_str_find_byte(piece, ']', open);

				if (close == CH_STR_NONE)
					slip(b, "'%.*s': a bracket is not closed", CH_STR_ARG(piece));
				else
					add_surname(b, ch_str_sub(piece, open + 2, close), person);
				piece = ch_str_sub(piece, 0, open);
			} else if ((open = ch_str_find(piece, CH_STR(" (f)"), 0)) != CH_STR_NONE) {
				piece = ch_str_sub(piece, 0, open);
			}
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
		struct ch_str t = p->terms.v[i], office, role = {0}, title;
		struct ch_gz_term term = {.person = person, .body = bodies[i], .rank = (uint8_t)b->rank};
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
		if (!read_day(b, field(&t, '|'), false, INT32_MIN, &term.from) ||
		    !read_day(b, field(&t, '|'), true, INT32_MAX, &term.to))
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
		if (ch_str_find(role.len ? role : title, CH_STR("Government"), 0) != CH_STR_NONE &&
		    (role.len || ch_str_starts(title, CH_STR("Head of"))))
			term.flags |= CH_GZ_HOG;
		term.office = whole && b->entities.v[e].kind == CH_GZ_OFFICE && e != NONE && !role.len &&
					      ch_str_starts(title, CH_STR("Minister of Foreign"))
				      ? string_of(b, CH_STR("Foreign Minister"))
				      : string_of(b, title);
		for (uint32_t k = b->first_term.v[person]; k != NONE && !dup; k = b->term_next.v[k]) {
			struct ch_gz_term *o = &b->terms.v[k];

			/* a later table's term in the same office, overlapping: known better already */
			dup = o->body == term.body && (o->cls == term.cls || (o->flags & term.flags)) &&
			      o->rank < term.rank && (term.from == INT32_MIN || o->to >= term.from) &&
			      o->from <= term.to;
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

void read_people(struct build *b, struct ch_str text)
{
	struct person_lines p = {0};
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
		p = (struct person_lines){.head = ch_str_trim(line), .line = b->line};
	}
	if (p.head.len)
		end_person(b, &p);
}
