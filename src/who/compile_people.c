/* who/compile_people.c -- people and their terms of office, from all tables: one person each, however spelt. */
#include "who/compile_priv.h"

/* ---- people ---- */

/* The class of the longest form that `office` begins with, and whether that is all of it. */
static uint32_t class_of(struct gz_build *b, struct ch_str office, bool state, bool *whole)
{
	struct ch_atom atoms[ATOMS_MAX];
	uint32_t n = gz_cut_atoms(b, office, atoms, ATOMS_MAX);

	for (uint32_t len = n; len; len--) {
		struct ch_str part = ch_str_sub(office, 0, atoms[len - 1].end),
			      rest = ch_str_sub(office, atoms[len - 1].end, office.len);
		uint32_t *hit = ch_map_get(&b->office_forms, gz_folded(b, part));

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
		/* "Secretary-General of UNCTAD" is not the United Nations' */
		if (!state && b->entities.v[*hit].flags & CH_GZ_HOLDER && ch_str_starts(rest, CH_STR(" of ")))
			return NONE;
		return *hit;
	}
	return NONE;
}

bool gz_read_day(struct gz_build *b, struct ch_str s, bool last, int32_t open, int32_t *day)
{
	uint32_t y = 0, m = 0, d = 0;

	*day = open;
	if (!s.len)
		return true;
	if (!ch_str_uint(ch_str_sub(s, 0, 4), &y) || (s.len > 4 && !ch_str_uint(ch_str_sub(s, 5, 7), &m)) ||
	    (s.len > 7 && !ch_str_uint(ch_str_sub(s, 8, 10), &d)) || (s.len != 4 && s.len != 7 && s.len != 10)) {
		gz_slip(b, "'%.*s' is no date; e.g. 1998, 1998-04, 1998-04-09", CH_STR_ARG(s));
		return false;
	}
	if (!m)
		m = last ? 12 : 1;
	if (!d)
		d = last && m <= 12 ? (uint32_t)ch_month_days((int)y, (int)m) : 1;
	*day = ch_day_of((int)y, (int)m, (int)d);
	if (*day == CH_NO_DAY)
		gz_slip(b, "'%.*s' is no day of the calendar", CH_STR_ARG(s));
	return *day != CH_NO_DAY;
}

static bool has_body(const struct gz_build *b, uint32_t person, uint32_t body)
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

/* Names whose words stand as son and father: their order tells who. */
static bool ordered(struct gz_build *b, const struct ch_atom *atoms, uint32_t n)
{
	static const char *const all[] = {"bin", "ibn", "ben", "bint", "al", "el", "ould", "oglu"};
	struct ch_atom a;

	for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
		gz_cut_atoms(b, ch_str_z(all[k]), &a, 1);
		for (uint32_t i = 0; i < n; i++)
			if (atoms[i].hash == a.hash)
				return true;
	}
	return false;
}

/* The same for a name in any order of its words: tables differ on which comes first, "Issoufou Mahamadou"; but Hamad bin
 * Khalifa is not Khalifa bin Hamad. */
static struct ch_str person_key(struct gz_build *b, struct ch_str name, uint32_t body)
{
	struct ch_atom atoms[ATOMS_MAX];
	uint32_t n = gz_cut_atoms(b, name, atoms, ATOMS_MAX);
	uint64_t sum = 0, product = 1, join = 0;

	for (uint32_t i = 0; i < n; i++) {
		sum += atoms[i].hash;
		product *= atoms[i].hash | 1;
		join = ch_atom_join(join, atoms[i].hash);
	}
	return gz_key(b, (const uint64_t[]){sum, ordered(b, atoms, n) ? join : product, body}, 3);
}

/* "Vladimir Vladimirovich Putin" -> "Vladimir Putin"; empty where there are not three words. */
static struct ch_str short_form(struct gz_build *b, struct ch_str name)
{
	size_t first = ch_str_find_byte(name, ' ', 0), last = first, at;

	if (first == CH_STR_NONE)
		return (struct ch_str){"", 0};
	while ((at = ch_str_find_byte(name, ' ', last + 1)) != CH_STR_NONE)
		last = at;
	if (last == first)
		return (struct ch_str){"", 0};
	return ch_arena_printf(b->arena, "%.*s %.*s", (int)first, name.ptr, (int)(name.len - last - 1),
			       name.ptr + last + 1);
}

static void add_surname(struct gz_build *b, struct ch_str surname, uint32_t person, uint8_t flags)
{
	struct ch_atom atoms[ATOMS_MAX];
	uint32_t n = gz_cut_atoms(b, surname, atoms, ATOMS_MAX);
	uint64_t h = CH_ATOM_SURNAME_SEED;

	for (uint32_t i = 0; i < n; i++)
		h = ch_atom_join(h, atoms[i].hash);
	if (n)
		*CH_PUSH(b->arena, &b->surnames) =
			(struct gz_name){h, {.entity = person, .role = CH_GZ_NAME, .flags = flags}, b->surnames.n};
}

/* Surnames with a particle are also used without it, and the other way about: "al-Assad", "Assad". */
static void add_surnames(struct gz_build *b, struct ch_str surname, uint32_t person)
{
	static const char *const particles[] = {"al-", "al ", "el-", "el ", "de ", "van ", "von ", "bin ",
						"Al-", "El-", "Al ", "De ", "Le ", "Di ",  "dos ", "da "};

	add_surname(b, surname, person, 0);
	for (size_t i = 0; i < sizeof particles / sizeof *particles; i++)
		if (ch_str_starts(surname, ch_str_z(particles[i])) && i != 12 && i != 13)
			add_surname(b, ch_str_sub(surname, strlen(particles[i]), surname.len), person,
				    CH_GZ_DERIVED);
}

/* What the first line of a person says. */
struct head {
	struct ch_str name, surname, ids, others; /* others: "; "-parted other spellings */
	bool woman;
};

/* Cuts what stands from `open` to `close` off *s, with what follows; empty where there is none. False after a slip. */
static bool cut_marked(struct gz_build *b, struct ch_str *s, const char *open, char close, struct ch_str *inner)
{
	size_t at = ch_str_find(*s, ch_str_z(open), 0), end;

	*inner = CH_STR("");
	if (at == CH_STR_NONE)
		return true;
	end = ch_str_find_byte(*s, close, at);
	if (end == CH_STR_NONE) {
		gz_slip(b, "'%.*s': a bracket is not closed", CH_STR_ARG(*s));
		return false;
	}
	*inner = ch_str_sub(*s, at + strlen(open), end);
	*s = ch_str_sub(*s, 0, at);
	return true;
}

static struct ch_str last_word(struct ch_str name)
{
	size_t last = 0, at;

	for (size_t from = 0; (at = ch_str_find_byte(name, ' ', from)) != CH_STR_NONE; from = last)
		last = at + 1;
	return ch_str_sub(name, last, name.len);
}

/* "Name [surname] (f) {ids}; other spelling" */
static bool read_head(struct gz_build *b, struct ch_str line, struct head *h)
{
	struct ch_str name = gz_field(&line, ';');
	size_t open;

	*h = (struct head){.others = line};
	if (line.len > HEAD_MAX) {
		gz_slip(b, "'%.*s' has over 4000 bytes of spellings; fewer would do", CH_STR_ARG(name));
		return false;
	}
	if (!cut_marked(b, &name, " {", '}', &h->ids))
		return false;
	if ((open = ch_str_find(name, CH_STR(" (f)"), 0)) != CH_STR_NONE) {
		h->woman = true;
		name = ch_str_sub(name, 0, open);
	}
	if (!cut_marked(b, &name, " [", ']', &h->surname))
		return false;
	h->name = name = ch_str_trim(name);
	if (name.len > FORM_MAX) {
		gz_slip(b, "'%.*s' is over 200 bytes long; a name would do", CH_STR_ARG(name));
		return false;
	}
	if (!h->surname.len) {
		h->surname = last_word(name);
		if (ch_str_eqz(h->surname, "Jr.") || ch_str_eqz(h->surname, "III"))
			gz_slip(b, "'%.*s': give the surname in brackets", CH_STR_ARG(name));
	}
	return true;
}

/* A spelling without the marks behind it. */
static struct ch_str bare(struct ch_str piece)
{
	size_t open;

	if ((open = ch_str_find(piece, CH_STR(" ["), 0)) != CH_STR_NONE ||
	    (open = ch_str_find(piece, CH_STR(" (f)"), 0)) != CH_STR_NONE ||
	    (open = ch_str_find(piece, CH_STR(" {"), 0)) != CH_STR_NONE)
		piece = ch_str_sub(piece, 0, open);
	return ch_str_trim(piece);
}

/* In the user's file: the same first name with the same body; a second block adds to the first. In leaders.txt: nobody
 * of that list, only whom the user's file has: by either's first name, since two of a house may share a short form. */
static uint32_t find_own(struct gz_build *b, const struct person_lines *p, struct ch_str name, uint32_t body)
{
	struct ch_str piece, list = p->head;
	const uint32_t *hit = ch_map_get(b->own ? &b->own_main : &b->people, person_key(b, name, body));

	if (b->own)
		return hit ? *hit : NONE;
	if (hit && b->first_term.v[*hit] != NONE && b->terms.v[b->first_term.v[*hit]].own)
		return *hit;
	while (ch_str_cut(&list, ';', &piece))
		if ((hit = ch_map_get(&b->own_main, person_key(b, bare(piece), body))))
			return *hit;
	return NONE;
}

/* Of a name without the words between the first and the last. */
static struct ch_str brief_key(struct gz_build *b, struct ch_str brief, uint32_t body)
{
	return ch_arena_printf(b->arena, "brief|%.*s", CH_STR_ARG(person_key(b, brief, body)));
}

/* Whoever has this name with this body in a list before, however the tables spell the middle; NONE. */
static uint32_t find_person(struct gz_build *b, const struct person_lines *p, struct ch_str name, struct ch_str brief,
			    uint32_t body)
{
	struct ch_str piece, list = p->head;

	if (b->own || b->rank == RANK_LEADERS)
		return find_own(b, p, name, body);
	while (ch_str_cut(&list, ';', &piece)) {
		const uint32_t *hit = ch_map_get(&b->people, person_key(b, bare(piece), body));

		/* without the words between: "Vladimir Vladimirovich Putin", but Le Hong Anh is not Le Duc Anh */
		if (!hit && brief.len)
			hit = ch_map_get(&b->people, person_key(b, brief, body));
		if (!hit && !short_form(b, name).len)
			hit = ch_map_get(&b->people, brief_key(b, name, body));
		if (hit && has_body(b, *hit, body))
			return *hit;
	}
	return NONE;
}

/* False after a slip. */
static bool give_id(struct gz_build *b, uint32_t person, struct ch_str name, struct ch_str body)
{
	uint32_t id = gz_slug(b, "person:", name);
	bool added;

	ch_map_put(&b->ids, ch_arena_str(b->arena, ch_str_z(b->strings.v + id)), person, &added);
	for (uint32_t k = 0; !added; k++) { /* namesakes: told apart by the body, then by a number */
		struct ch_str longer;

		if (k == NAMESAKES_MAX) {
			gz_slip(b, "over %d are called '%.*s'; one would do", NAMESAKES_MAX, CH_STR_ARG(name));
			return false;
		}
		longer = k ? ch_arena_printf(b->arena, "%.*s %.*s %u", CH_STR_ARG(name), CH_STR_ARG(body), k)
			   : ch_arena_printf(b->arena, "%.*s %.*s", CH_STR_ARG(name), CH_STR_ARG(body));
		id = gz_slug(b, "person:", longer);
		ch_map_put(&b->ids, ch_arena_str(b->arena, ch_str_z(b->strings.v + id)), person, &added);
	}
	b->entities.v[person].id = id;
	return true;
}

/* Other spellings of a person; fresh: no list before has him. */
static void add_spellings(struct gz_build *b, const struct head *h, uint32_t person, bool fresh, const uint32_t *bodies,
			  uint32_t n_bodies)
{
	bool derived = b->rank != RANK_LEADERS && !fresh;
	struct ch_str rest = h->others, piece;

	while (ch_str_cut(&rest, ';', &piece)) {
		struct ch_str alone;
		size_t at = 0, k;
		uint32_t words = 1;

		if (!(piece = ch_str_trim(piece)).len)
			continue;
		if (!cut_marked(b, &piece, " [", ']', &alone))
			continue;
		if (alone.len)
			add_surname(b, alone, person, 0);
		piece = bare(piece);
		gz_add_name(b, piece, person, CH_GZ_NAME, derived ? CH_GZ_DERIVED : 0);
		for (uint32_t i = 0; i < n_bodies; i++)
			ch_map_put(&b->people, person_key(b, piece, bodies[i]), person, NULL);
		/* other spellings of the surname: "Zelenskyy" */
		while ((k = ch_str_find_byte(piece, ' ', at)) != CH_STR_NONE)
			at = k + 1, words++;
		if (fresh && words == 2 && ch_str_find_byte(h->surname, ' ', 0) == CH_STR_NONE &&
		    ch_str_ends(h->name, h->surname))
			add_surnames(b, ch_str_sub(piece, at, piece.len), person);
	}
}

/* What office a term is of: its class, whether it makes a chief of state or of government, how it is shown. */
static void set_office(struct gz_build *b, struct ch_gz_term *term, struct ch_str office)
{
	struct ch_str title = gz_field(&office, '='), role = ch_str_trim(office), said = role.len ? role : title;
	bool whole = false;
	uint32_t e = class_of(b, title, b->entities.v[term->body].kind == CH_GZ_STATE, &whole);

	if (e != NONE) {
		term->cls = b->entities.v[e].cls;
		if (whole && !role.len && b->entities.v[e].flags & CH_GZ_IS_COS)
			term->flags |= CH_GZ_COS;
		if (whole && !role.len && b->entities.v[e].flags & CH_GZ_IS_HOG)
			term->flags |= CH_GZ_HOG;
	}
	if (ch_str_find(said, CH_STR("Head of State"), 0) != CH_STR_NONE)
		term->flags |= CH_GZ_COS;
	if (ch_str_find(said, CH_STR("Government"), 0) != CH_STR_NONE &&
	    (role.len || ch_str_starts(title, CH_STR("Head of"))))
		term->flags |= CH_GZ_HOG;
	term->office = whole && e != NONE && !role.len && ch_str_starts(title, CH_STR("Minister of Foreign"))
			       ? gz_string(b, CH_STR("Foreign Minister"))
			       : gz_string(b, title);
}

/* A list read before knows this term better, or the user's file has it: the same office, overlapping. */
static bool known_term(struct gz_build *b, const struct ch_gz_term *term)
{
	for (uint32_t k = b->first_term.v[term->person]; k != NONE; k = b->term_next.v[k]) {
		struct ch_gz_term *o = &b->terms.v[k];

		if (o->body != term->body || (o->cls != term->cls && !(o->flags & term->flags)) ||
		    (o->rank >= term->rank && (!o->own || term->own)) ||
		    (term->from != INT32_MIN && o->to < term->from) || o->from > term->to)
			continue;
		o->flags |= o->from <= term->from && term->cls == o->cls ? term->flags : 0;
		return true;
	}
	return false;
}

/* "BODY | Office | from | to" of a person. */
static void add_term(struct gz_build *b, uint32_t person, uint32_t body, struct ch_str line)
{
	struct ch_gz_term term = {.person = person, .body = body, .rank = (uint8_t)b->rank, .own = b->own, .source = gz_here(b)};
	struct ch_str office;

	gz_field(&line, '|');
	office = gz_field(&line, '|');
	if (!office.len || office.ptr[0] == '=') {
		gz_slip(b, "a term without an office; e.g. 'FRA | President | 1995-05-17 | 2007-05-16'");
		return;
	}
	if (!gz_read_day(b, gz_field(&line, '|'), false, INT32_MIN, &term.from) ||
	    !gz_read_day(b, gz_field(&line, '|'), true, INT32_MAX, &term.to))
		return;
	if (term.from > term.to) {
		gz_slip(b, "the term ends before it begins");
		return;
	}
	set_office(b, &term, office);
	if (known_term(b, &term))
		return;
	if (++b->term_count.v[person] > TERMS_MAX) {
		gz_slip(b, "over %d terms of one person; fewer would do", TERMS_MAX);
		return;
	}
	if (b->last_term.v[person] == NONE)
		b->first_term.v[person] = b->terms.n;
	else
		b->term_next.v[b->last_term.v[person]] = b->terms.n;
	b->last_term.v[person] = b->terms.n;
	*CH_PUSH(b->arena, &b->terms) = term;
	*CH_PUSH(b->arena, &b->term_next) = NONE;
}

/* A person whom no list before has. False after a slip. */
static bool new_person(struct gz_build *b, const struct head *h, struct ch_str brief, uint32_t body, uint32_t *person)
{
	*person = gz_add_entity(b, CH_GZ_PERSON, h->name);
	if (!give_id(b, *person, h->name, ch_str_z(b->strings.v + b->entities.v[body].party)))
		return false;
	if (b->rank == RANK_LEADERS && !b->own)
		ch_map_put(&b->famous, gz_folded(b, h->name), *person, NULL);
	gz_add_names(b, h->name, *person, CH_GZ_NAME);
	add_surnames(b, h->surname, *person);
	if (brief.len && b->names.n)
		gz_add_name(b, brief, *person, CH_GZ_NAME, CH_GZ_DERIVED);
	return true;
}

static void end_person(struct gz_build *b, struct person_lines *p)
{
	struct head h;
	struct ch_str brief;
	uint32_t person = NONE, *bodies = CH_NEW_N(b->arena, uint32_t, p->terms.n + 1);
	bool fresh, by_body;

	b->line = p->line;
	if (!read_head(b, p->head, &h))
		return;
	if (!p->terms.n || p->terms.n > TERMS_MAX) {
		gz_slip(b, p->terms.n ? "'%.*s' has over 200 terms; fewer would do" :
				      "'%.*s' has no term of office; a line behind it 'FRA | President | 1995-05-17 | 2007-05-16', "
				      "with a tab before it, would do", CH_STR_ARG(h.name));
		return;
	}
	for (uint32_t i = 0; i < p->terms.n; i++) {
		struct ch_str t = p->terms.v[i], body = gz_field(&t, '|');
		const uint32_t *hit = ch_map_get(&b->by_id, body);

		b->line = p->term_lines.v[i];
		if (!hit) {
			gz_slip(b, "'%.*s' is no state or organisation of the lists; e.g. FRA, UN", CH_STR_ARG(body));
			return;
		}
		bodies[i] = *hit;
	}
	b->line = p->line;
	brief = short_form(b, h.name);
	for (uint32_t i = 0; i < p->terms.n && person == NONE; i++)
		person = find_person(b, p, h.name, brief, bodies[i]);
	by_body = person != NONE;
	if (!by_body && b->rank != RANK_LEADERS) {
		const uint32_t *hit = ch_map_get(&b->famous, gz_folded(b, h.name));
		struct ch_str ids = h.ids;
		uint32_t wikidata = gz_wikidata(gz_field(&ids, ' '));

		if (hit && (!wikidata || !b->entities.v[*hit].wikidata || b->entities.v[*hit].wikidata == wikidata))
			person = *hit;
	}
	fresh = person == NONE;
	if (fresh && !new_person(b, &h, brief, bodies[0], &person))
		return;
	if (fresh || by_body)
		gz_read_ids(b, h.ids, person);
	if (h.woman)
		b->entities.v[person].flags |= CH_GZ_WOMAN;
	if (b->rank == RANK_LEADERS)
		b->entities.v[person].flags |= CH_GZ_FAMOUS;
	add_spellings(b, &h, person, fresh, bodies, p->terms.n);
	if (!fresh)
		gz_add_name(b, h.name, person, CH_GZ_NAME, b->rank != RANK_LEADERS ? CH_GZ_DERIVED : 0);
	for (uint32_t i = 0; i < p->terms.n; i++) {
		uint32_t n = b->terms.n;

		b->line = p->term_lines.v[i];
		add_term(b, person, bodies[i], p->terms.v[i]);
		if (b->terms.n == n)
			continue;
		ch_map_put(&b->people, person_key(b, h.name, bodies[i]), person, NULL);
		if (b->own)
			ch_map_put(&b->own_main, person_key(b, h.name, bodies[i]), person, NULL);
		else if (brief.len)
			ch_map_put(&b->people, brief_key(b, brief, bodies[i]), person, NULL);
	}
}

/* One line of a list of people: the end of the one before, or more of this one. */
static void people_line(struct gz_build *b, struct person_lines *p, struct ch_str line)
{
	uint32_t here = b->line;

	if (line.len && line.ptr[0] == '\t') {
		if (!p->head.len)
			gz_slip(b, "'%.*s' stands behind no name", CH_STR_ARG(ch_str_trim(line)));
		*CH_PUSH(b->arena, &p->terms) = ch_str_trim(line);
		*CH_PUSH(b->arena, &p->term_lines) = b->line;
		return;
	}
	if (p->head.len)
		end_person(b, p);
	b->line = here;
	*p = (struct person_lines){.head = ch_str_trim(line), .line = here};
}

void gz_read_people(struct gz_build *b, struct ch_str text)
{
	struct person_lines p = {0};
	struct ch_str line;

	b->line = 0;
	while (ch_str_cut(&text, '\n', &line)) {
		b->line++;
		if (ch_str_trim(line).len && line.ptr[0] != '#')
			people_line(b, &p, line);
	}
	if (p.head.len)
		end_person(b, &p);
}

/* ---- the user's file ---- */

enum own_part { OWN_PERSON, OWN_BLOCK, OWN_OFFICE, OWN_INSTITUTION, OWN_SOURCE };

/* What a line that begins at the margin begins; *rest is what follows the word that says so. */
static enum own_part part_of(struct ch_str line, struct ch_str *rest)
{
	struct ch_str word;

	*rest = ch_str_trim(line);
	word = gz_field(rest, ' ');
	*rest = ch_str_trim(*rest);
	return ch_str_eqz(word, "state") || ch_str_eqz(word, "org") || ch_str_eqz(word, "entity") ? OWN_BLOCK :
	       ch_str_eqz(word, "office")                                                           ? OWN_OFFICE :
	       ch_str_eqz(word, "institution")                                                      ? OWN_INSTITUTION :
	       ch_str_eqz(word, "source")                                                           ? OWN_SOURCE :
												      OWN_PERSON;
}

static bool content(struct ch_str line)
{
	return ch_str_trim(line).len && line.ptr[0] != '#';
}

void gz_read_own_blocks(struct gz_build *b, struct ch_str text)
{
	enum own_part part = OWN_SOURCE;
	uint32_t block = NONE;
	struct ch_str line, rest;

	for (b->line = 1; ch_str_cut(&text, '\n', &line); b->line++) {
		if (!content(line))
			continue;
		if (line.ptr[0] == '\t') {
			if (part == OWN_BLOCK && block != NONE)
				gz_block_line(b, block, line);
			else if (part != OWN_PERSON && part != OWN_BLOCK)
				gz_slip(b, "'%.*s' stands behind no name and no state or organisation", CH_STR_ARG(ch_str_trim(line)));
			continue;
		}
		part = part_of(line, &rest);
		if (part == OWN_BLOCK)
			block = gz_begin_block(b, ch_str_trim(line));
		else if (part == OWN_OFFICE)
			gz_office_line(b, rest);
		else if (part == OWN_INSTITUTION)
			gz_institution_line(b, rest);
		else if (part == OWN_SOURCE)
			b->own = false;
	}
}

void gz_read_own_people(struct gz_build *b, struct ch_str text, bool sourced)
{
	struct person_lines p = {0};
	bool in_source = false, person = false;
	struct ch_str line, rest;

	for (b->line = 1; ch_str_cut(&text, '\n', &line); b->line++) {
		enum own_part part;

		if (!content(line))
			continue;
		if (line.ptr[0] == '\t') {
			if (person && in_source == sourced)
				people_line(b, &p, line);
			continue;
		}
		part = part_of(line, &rest);
		in_source = in_source || part == OWN_SOURCE;
		person = part == OWN_PERSON;
		if (person && in_source == sourced)
			people_line(b, &p, line);
	}
	if (p.head.len)
		end_person(b, &p);
}
