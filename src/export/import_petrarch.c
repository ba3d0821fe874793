/* export/import_petrarch.c -- actor and agent dictionaries of TABARI and PETRARCH.
 *
 *     NAME_ [CODE] # comment             one line; "_" a blank, a last "_" the end of a word
 *     +SYNONYM_                          another name of the entry above
 *         [CODE 030701-040331]           a code for these days; [CODE >081201], [CODE <911226]
 *     WORD {PLURAL} [~ROLE]              an agent: a common noun; !MARK! stands for any of !MARK! = A, B, C
 *
 * An entry with a dated code is a person in office; else it is another name of a state (a code of a country alone), a
 * body of it (with a role of government), or an organisation. Sources: the heads of the dictionaries themselves; CAMEO
 * manual 1.1b3, chapter 3; codes: lexicon/actors/codes.txt. */
#include "export/import_priv.h"
#include "base/utf8.h"
#include "export/actors_file.h"
#include "petrarch/line.h"
#include "who/atoms.h"
#include <stdlib.h>

#define NONE UINT32_MAX

enum { SYNONYMS_MAX = 5000, AGENT_WORDS_MAX = 100, CODES_MAX = 150, NAMES_BYTES = 3000, PARTS_MAX = 8 };

struct dated_code {
	struct ch_petrarch_code c;
	uint32_t line;
};

struct entry {
	struct ch_str head, plural;
	uint32_t line;
	CH_VEC(struct ch_str) synonyms;
	CH_VEC(struct dated_code) codes;
};

struct reader {
	struct ch_import *x;
	struct entry e;
	struct ch_petrarch_marks marks;
};

/* What a code says. */
struct meaning {
	struct ch_str country;   /* of the gazetteer; "XXX" where it has none of ours */
	struct ch_str group;     /* IGO NGO MNC IMG ISM; empty */
	struct ch_str org;       /* key of an organisation of the gazetteer; empty */
	struct ch_str sector;
};

/* ---- names ---- */

/* "UN", "NATO": a word that is written in capitals in our lists. */
static bool is_acronym(struct ch_import *x, struct ch_str word)
{
	const struct ch_gz_slot *slot;
	struct ch_atom a;
	uint32_t at = 0;

	if (word.len > 6 || !ch_atom_next(&x->arena, word, &at, &a))
		return false;
	slot = ch_gz_find(x->g, ch_atom_join(CH_ATOM_SEED, a.hash));
	for (uint32_t k = 0; slot && k < slot->n; k++)
		if (x->g->entries[slot->first + k].flags & CH_GZ_ACRONYM)
			return true;
	return false;
}

static bool is_small(struct ch_str word)
{
	static const char *const small[] = { "of", "the", "and", "for", "in", "on", "de", "la", "du", "des", "del", "y", "et", "to" };

	for (size_t k = 0; k < sizeof small / sizeof *small; k++)
		if (ch_str_ieq(word, ch_str_z(small[k])))
			return true;
	return false;
}

/* One word in capitals: its first letter stays, and each behind a hyphen, a dot, "O'". */
static void word_in_case(char *out, struct ch_str word)
{
	bool start = true;

	for (size_t i = 0; i < word.len; i++) {
		char c = word.ptr[i];

		if (!start && c >= 'A' && c <= 'Z')
			out[i] = (char)(c | 0x20);
		start = c == '-' || c == '.' || (c == '\'' && i + 2 < word.len);
	}
}

/* "AL-ASSAD" -> "Al-Assad"; words of grammar inside a name are small; names that hold a small letter are left. */
static struct ch_str in_case(struct ch_import *x, struct ch_str name, bool acronym)
{
	char *out = ch_arena_z(&x->arena, name);
	struct ch_str rest = name, word;
	bool one_word = ch_str_find_byte(name, ' ', 0) == CH_STR_NONE;

	for (size_t i = 0; i < name.len; i++)
		if (name.ptr[i] >= 'a' && name.ptr[i] <= 'z')
			return name;
	if (name.len <= 3 || (one_word && (acronym || ch_str_find_byte(name, '.', 0) != CH_STR_NONE)))
		return name;
	while (ch_str_cut(&rest, ' ', &word)) {
		size_t at = (size_t)(word.ptr - name.ptr);

		if (is_small(word) && at)
			out[at] = (char)(out[at] | 0x20);
		if (is_small(word) || one_word || !is_acronym(x, word))
			word_in_case(out + at, word);
	}
	return ch_str_n(out, name.len);
}

/* The names of an entry, and the one to show: the first, of a person the first that begins with no title. */
struct names {
	CH_VEC(struct ch_str) v;
	struct ch_str first;
};

static bool is_titled(struct ch_import *x, struct ch_str name)
{
	return ch_import_find(x, ch_str_sub(name, 0, ch_str_find_byte(name, ' ', 0)), 1u << CH_GZ_OFFICE) != NONE;
}

/* "UN Secretary-General Ban Ki-Moon" ends with "Ban Ki-Moon". */
static bool ends_with_words(struct ch_str long_name, struct ch_str name)
{
	return long_name.len > name.len + 1 && ch_str_ends(long_name, name) && long_name.ptr[long_name.len - name.len - 1] == ' ';
}

static void add_name(struct reader *r, struct names *names, struct ch_str raw, bool acronyms, bool person)
{
	struct ch_import *x = r->x;
	struct ch_str name = ch_import_name(x, raw);

	if (!name.len) {
		ch_import_lost(x, raw, "no usable name");
		return;
	}
	name = in_case(x, name, acronyms && name.len <= 6);
	if (person && r->e.synonyms.n && ch_str_find_byte(name, ' ', 0) == CH_STR_NONE) {
		/* a surname alone would be found in every text; what a full name ends with is known from it */
		if (!names->first.len || !ch_str_ends(names->first, name))
			ch_import_lost(x, raw, "a single word as another name of a person");
		return;
	}
	*CH_PUSH(&x->arena, &names->v) = name;
	if (!names->first.len || (person && ((is_titled(x, names->first) && !is_titled(x, name)) || ends_with_words(names->first, name))))
		names->first = name;
}

static void read_names(struct reader *r, struct names *names, bool acronyms, bool person)
{
	*names = (struct names){ .first = CH_STR("") };
	for (uint32_t i = 0; i <= r->e.synonyms.n; i++) {
		struct ch_str rest = i ? r->e.synonyms.v[i - 1] : r->e.head, raw;

		while (ch_str_cut(&rest, '+', &raw))   /* two that ran together: "ARMY_+_FRONT" */
			if (ch_str_trim(raw).len)
				add_name(r, names, raw, acronyms, person);
	}
	r->x->names += names->v.n;
}

/* A name, adjective or place of a state or an organisation of our lists. */
static bool is_known(struct ch_import *x, struct ch_str name)
{
	const struct ch_gz_slot *slot;
	uint64_t h = CH_ATOM_SEED;
	struct ch_atom a;
	uint32_t at = 0;

	while (ch_atom_next(&x->arena, name, &at, &a))
		h = ch_atom_join(h, a.hash);
	slot = ch_gz_find(x->g, h);
	for (uint32_t k = 0; slot && k < slot->n; k++)
		if (x->g->entities[x->g->entries[slot->first + k].entity].kind <= CH_GZ_ORG)
			return true;
	return false;
}

/* A line with a key for each so many names; those that our lists have for a state or an organisation are left out. Where
 * nothing is left, the head of the block stands alone, which does no harm. */
static void put_names(struct reader *r, const struct names *names, const char *key, bool all)
{
	struct ch_import *x = r->x;
	size_t n = 0;

	for (uint32_t i = 0; i < names->v.n; i++) {
		struct ch_str name = names->v.v[i];

		if (!all && is_known(x, name))
			continue;
		ch_import_put(x, "%s%s%.*s", !n ? "\t" : n > NAMES_BYTES ? "\n\t" : "; ", !n || n > NAMES_BYTES ? key : "",
			      CH_STR_ARG(name));
		n = (n > NAMES_BYTES ? 0 : n) + name.len + 2;
	}
	if (n)
		ch_import_put(x, "\n");
}

/* ---- codes ---- */

/* The state that a code of three letters means; empty. */
static struct ch_str country_of(struct ch_import *x, struct ch_str code)
{
	struct ch_str other = ch_import_code(x, "country", code), id;

	if (other.len)
		code = other;
	id = ch_utf8_lower(&x->arena, ch_arena_printf(&x->arena, "state:%.*s", CH_STR_ARG(code)));
	return ch_str_eqz(code, "XXX") || ch_gz_by_id(x->g, id) != NONE ? code : CH_STR("");
}

static bool is_group(struct ch_str code)
{
	return ch_str_eqz(code, "IGO") || ch_str_eqz(code, "NGO") || ch_str_eqz(code, "NGM") || ch_str_eqz(code, "MNC") ||
	       ch_str_eqz(code, "IMG") || ch_str_eqz(code, "ISM");
}

/* The first role of the parts that is a sector here; a religion counts last. */
static struct ch_str sector_of(const struct ch_import *x, const struct ch_str *part, uint32_t n)
{
	struct ch_str sector = CH_STR("");

	for (uint32_t i = 0; i < n && !sector.len; i++)
		sector = ch_import_code(x, "sector", part[i]);
	for (uint32_t i = 0; i < n && !sector.len; i++)
		if (ch_map_get(&x->codes, ch_str_n((char[]){ 'f', 'a', 'i', 't', 'h', ' ', part[i].ptr[0], part[i].ptr[1],
							     part[i].ptr[2] }, 9)))
			sector = CH_STR("REL");
	return sector;
}

/* The code in threes; false where it is none that could be carried, and *why. */
static bool read_code(struct ch_import *x, struct ch_str code, struct meaning *m, const char **why)
{
	struct ch_str part[PARTS_MAX];
	uint32_t n = 0;

	*m = (struct meaning){ .country = CH_STR(""), .group = CH_STR(""), .org = CH_STR(""), .sector = CH_STR("") };
	*why = "no code of three letters";
	for (size_t i = 0; i < code.len; i++)
		if (code.ptr[i] < 'A' || code.ptr[i] > 'Z')
			return false;
	for (size_t i = 0; i + 3 <= code.len && n < PARTS_MAX; i += 3)
		part[n++] = ch_str_sub(code, i, i + 3);
	if (!n)
		return false;
	m->sector = sector_of(x, part + 1, n - 1);
	if (is_group(part[0])) {
		m->group = ch_str_eqz(part[0], "NGM") ? CH_STR("NGO") : part[0];
		for (uint32_t i = n - 1; i && !m->org.len; i--)   /* IGOUNODEVWBK: the last says most */
			m->org = ch_import_code(x, "org", part[i]);
		if (ch_str_eqz(m->group, "MNC"))
			m->sector = CH_STR("BUS");
		return true;
	}
	m->org = ch_import_code(x, "org", part[0]);
	if (m->org.len) {
		m->group = CH_STR("IGO");
		return true;
	}
	m->country = country_of(x, part[0]);
	if (!m->country.len)
		m->country = m->sector.len ? CH_STR("XXX") : CH_STR("");   /* "EAFREB": rebels of East Africa */
	*why = "a code of no state, organisation or role that is known here";
	return m->country.len > 0;
}

/* ---- what an entry becomes ---- */

/* The office of a sector, and once in a file the words for it where we have none of that sector. */
static struct ch_str office_of(struct ch_import *x, struct ch_str sector)
{
	struct ch_str office = ch_import_code(x, "office", sector.len ? sector : CH_STR("GOV"));
	uint32_t e;
	bool added;

	ch_map_put(&x->offices, ch_arena_str(&x->arena, sector), 1, &added);
	if (!added || !sector.len || !office.len)
		return office;
	e = ch_import_find(x, office, 1u << CH_GZ_OFFICE);
	if (e == NONE || !ch_str_eq(ch_gz_str(x->g, x->g->entities[e].sector), sector))
		ch_import_put(x, "office cameo-%.*s | %.*s | %.*s | %.*s | |\n", CH_STR_ARG(ch_utf8_lower(&x->arena, sector)),
			      CH_STR_ARG(office), CH_STR_ARG(sector), CH_STR_ARG(ch_utf8_lower(&x->arena, office)));
	return office;
}

/* One term of a person, its text into the lines; false where it cannot stand. An elite of no country says nothing. */
static bool put_term(struct reader *r, const struct ch_petrarch_code *c, struct ch_str *lines)
{
	struct ch_import *x = r->x;
	struct meaning m;
	const char *why;
	struct ch_str body, office;
	char from[16] = "", to[16] = "";

	if (!read_code(x, c->code, &m, &why))
		return false;
	body = m.country.len && !ch_str_eqz(m.country, "XXX") ? m.country : m.org;
	if (!body.len)
		return false;
	if (!c->dated && lines->len && ch_str_eqz(m.sector, "ELI"))
		return true;   /* "[FRAELI]" behind dated offices: what he is at other times */
	office = office_of(x, m.sector);
	if (c->from != INT32_MIN)
		ch_day_print(c->from, from);
	if (c->to != INT32_MAX)
		ch_day_print(c->to, to);
	*lines = ch_arena_printf(&x->arena, "%.*s\t%.*s | %.*s | %s%s%s\n", CH_STR_ARG(*lines), CH_STR_ARG(body), CH_STR_ARG(office),
				 from, *to ? " | " : "", to);
	x->terms++;
	return true;
}

/* The name used alone, in brackets, where it is not the last word: "John Smith Jr [Smith]". */
static struct ch_str surname_of(struct ch_import *x, struct ch_str name)
{
	static const char *const after[] = { "Jr", "Jr.", "Sr", "Sr.", "II", "Ii", "III", "Iii", "IV" };
	struct ch_str rest = name, word, last = CH_STR(""), before = CH_STR("");

	while (ch_str_cut(&rest, ' ', &word)) {
		before = last;
		last = word;
	}
	for (size_t i = 0; i < sizeof after / sizeof *after; i++)
		if (ch_str_eqz(last, after[i]) && before.len)
			return ch_arena_printf(&x->arena, " [%.*s]", (int)(before.len - ch_str_ends(before, CH_STR(","))), before.ptr);
	return CH_STR("");
}

static void end_person(struct reader *r)
{
	struct ch_import *x = r->x;
	struct ch_str lines = CH_STR("");
	struct names names;
	size_t bytes = 0;

	for (uint32_t i = 0; i < r->e.codes.n; i++) {
		const struct ch_petrarch_code *c = &r->e.codes.v[i].c;

		x->line = r->e.codes.v[i].line;
		if (!put_term(r, c, &lines) && !(ch_str_eqz(c->code, "ELI") && lines.len))
			ch_import_lost(x, ch_arena_printf(&x->arena, "%.*s [%.*s]", CH_STR_ARG(r->e.head), CH_STR_ARG(c->code)),
				       "a person's code of no state or organisation that is known here");
	}
	x->line = r->e.line;
	read_names(r, &names, false, true);
	if (!lines.len || !names.first.len || ch_actors_file_keyword(names.first)) {
		ch_import_lost(x, r->e.head, "a person with no code that could be carried");
		return;
	}
	ch_import_put(x, "%.*s%.*s", CH_STR_ARG(names.first), CH_STR_ARG(surname_of(x, names.first)));
	for (uint32_t i = 0; i < names.v.n; i++) {
		bytes += names.v.v[i].len;
		if (bytes > NAMES_BYTES)
			ch_import_lost(x, names.v.v[i], "more spellings than a person may have");
		else if (!ch_str_eq(names.v.v[i], names.first))
			ch_import_put(x, "; %.*s", CH_STR_ARG(names.v.v[i]));
	}
	ch_import_put(x, "\n%.*s", CH_STR_ARG(lines));
	x->people++;
}

/* A name of a state, a body of one, or an organisation. */
static void end_body(struct reader *r, const struct meaning *m)
{
	struct ch_import *x = r->x;
	bool state = m->country.len && !ch_str_eqz(m->country, "XXX"), acts;
	struct names names;
	struct ch_str key;
	uint32_t e;

	read_names(r, &names, !state || m->sector.len, false);
	if (!names.first.len)
		return;
	acts = ch_str_eqz(m->sector, "GOV") || ch_str_eqz(m->sector, "MIL") || ch_str_eqz(m->sector, "LEG") ||
	       ch_str_eqz(m->sector, "JUD") || ch_str_eqz(m->sector, "SPY") || ch_str_eqz(m->sector, "COP");
	if (state && !m->sector.len) {
		ch_import_put(x, "state %.*s\n", CH_STR_ARG(m->country));
		put_names(r, &names, "name ", false);
		return;
	}
	if (state && acts) {
		ch_import_put(x, "state %.*s\n", CH_STR_ARG(m->country));
		put_names(r, &names, ch_arena_printf(&x->arena, "seat %.*s ", CH_STR_ARG(m->sector)).ptr, false);
		return;
	}
	e = ch_import_find(x, names.first, 1u << CH_GZ_ORG);
	key = e == NONE || x->g->entities[e].flags & CH_GZ_PART ? CH_STR("") : ch_gz_str(x->g, x->g->entities[e].org);
	if (key.len) {   /* one that we have: more names for it */
		ch_import_put(x, "org %.*s\n", CH_STR_ARG(key));
		put_names(r, &names, "name ", false);
		x->known++;
		return;
	}
	if (m->org.len) {   /* a part of it, or another name */
		ch_import_put(x, "org %.*s = %.*s\n", CH_STR_ARG(m->org), CH_STR_ARG(m->group));
		put_names(r, &names, "body ", false);
		return;
	}
	x->organisations++;
	ch_import_put(x, "org %.*s = %.*s %.*s\n", CH_STR_ARG(names.first), CH_STR_ARG(m->group.len ? m->group : m->country),
		      CH_STR_ARG(m->sector));
	put_names(r, &names, "name ", true);
}

/* ---- agents ---- */

static bool is_plural(struct ch_str word)
{
	size_t end = ch_str_find_byte(word, ' ', 0);   /* "MINISTERS OF JUSTICE": the first word tells */
	struct ch_str first = ch_str_sub(word, 0, end == CH_STR_NONE ? word.len : end);

	return ch_str_ends(first, CH_STR("s")) || ch_str_ends(first, CH_STR("men"));
}

static struct ch_str plural_of(struct ch_import *x, struct ch_str word)
{
	char last = word.len ? word.ptr[word.len - 1] : 's';
	char before = word.len > 1 ? word.ptr[word.len - 2] : 'a';

	if (last == 's')
		return CH_STR("");
	if (last == 'x' || last == 'h')
		return ch_arena_printf(&x->arena, "%.*ses", CH_STR_ARG(word));
	if (last == 'y' && !strchr("aeiou", before))
		return ch_arena_printf(&x->arena, "%.*sies", (int)word.len - 1, word.ptr);
	return ch_arena_printf(&x->arena, "%.*ss", CH_STR_ARG(word));
}

static struct ch_str joined(struct ch_import *x, struct ch_str list, struct ch_str word)
{
	if (!word.len)
		return list;
	return list.len ? ch_arena_printf(&x->arena, "%.*s; %.*s", CH_STR_ARG(list), CH_STR_ARG(word)) : word;
}

struct agent_words {
	struct ch_str one, many;           /* of an institution */
	struct ch_str minister, ministers; /* of the office */
	uint32_t n;
	bool taken, known;
};

/* One spelling of an agent, into the words of the institution or of the office. */
static void add_agent(struct reader *r, struct ch_str raw, bool marked, struct agent_words *w)
{
	struct ch_import *x = r->x;
	struct ch_str word = ch_utf8_lower(&x->arena, ch_import_name(x, raw));
	bool minister = ch_str_starts(word, CH_STR("minister of ")), ministers = ch_str_starts(word, CH_STR("ministers of "));

	if (!word.len)
		return;
	w->taken = true;
	if (++w->n > AGENT_WORDS_MAX) {
		ch_import_lost(x, raw, "more spellings than an agent may have");
		return;
	}
	if (ch_import_find(x, word, 1u << CH_GZ_OFFICE | 1u << CH_GZ_INSTITUTION | 1u << CH_GZ_WORD | 1u << CH_GZ_STATE) != NONE) {
		w->known = true;
		return;
	}
	x->words++;
	if (minister || ministers)
		*(minister ? &w->minister : &w->ministers) = joined(x, minister ? w->minister : w->ministers, word);
	else if (marked && is_plural(word))
		w->many = joined(x, w->many, word);
	else
		w->one = joined(x, w->one, word);
	if (marked || minister || ministers)
		return;
	if (!r->e.plural.ptr)
		w->many = joined(x, w->many, plural_of(x, word));
	else if (ch_import_name(x, r->e.plural).len)
		w->many = joined(x, w->many, ch_utf8_lower(&x->arena, ch_import_name(x, r->e.plural)));
}

static void end_agent(struct reader *r)
{
	struct ch_import *x = r->x;
	struct ch_str code = r->e.codes.v[0].c.code, part[PARTS_MAX], sector;
	struct agent_words w = { CH_STR(""), CH_STR(""), CH_STR(""), CH_STR(""), 0, false, false };
	uint32_t n = 0;

	for (size_t i = 0; i < code.len && n < PARTS_MAX;) {
		if (code.ptr[i] == '~' || i + 3 > code.len) {
			i++;
			continue;
		}
		part[n++] = ch_str_sub(code, i, i + 3);
		i += 3;
	}
	sector = sector_of(x, part, n);
	if (!sector.len) {
		ch_import_lost(x, ch_arena_printf(&x->arena, "%.*s [%.*s]", CH_STR_ARG(r->e.head), CH_STR_ARG(code)),
			       "an agent whose role is no sector here");
		return;
	}
	for (uint32_t s = 0; s <= r->e.synonyms.n; s++) {
		struct ch_str raw = s ? r->e.synonyms.v[s - 1] : r->e.head, word;

		for (uint32_t turn = 0; turn < 16 && ch_petrarch_expand(&r->marks, &x->arena, raw, turn, &word); turn++)
			add_agent(r, word, ch_str_find_byte(raw, '!', 0) != CH_STR_NONE, &w);
	}
	if (!w.taken)
		ch_import_lost(x, r->e.head, "no usable name");
	else if (w.known)
		x->known++;
	if (w.minister.len || w.ministers.len)
		ch_import_put(x, "office minister | Minister | GOV | %.*s | %.*s |\n", CH_STR_ARG(w.minister.len ? w.minister : w.ministers),
			      CH_STR_ARG(w.ministers));
	if (w.one.len || w.many.len) {
		struct ch_str form = w.one.len ? w.one : w.many, list = form, shown = { 0 };
		char *z;

		ch_str_cut(&list, ';', &shown);
		z = ch_arena_z(&x->arena, shown);
		if (*z >= 'a' && *z <= 'z')
			*z = (char)(*z & ~0x20);
		ch_import_put(x, "institution %.*s | %s | %.*s | %.*s | loose\n", CH_STR_ARG(sector), z, CH_STR_ARG(form),
			      CH_STR_ARG(w.many));
	}
}

/* ---- reading ---- */

static void end_entry(struct reader *r)
{
	struct ch_import *x = r->x;
	uint32_t here = x->line;
	bool dated = false, state = false;
	struct meaning m, one;
	const char *why;

	if (!r->e.head.len)
		return;
	x->line = r->e.line;
	for (uint32_t i = 0; i < r->e.codes.n; i++) {
		dated = dated || r->e.codes.v[i].c.dated;
		state = state || (r->e.codes.v[i].c.code.len == 3 && read_code(x, r->e.codes.v[i].c.code, &one, &why) && one.country.len);
	}
	if (state)   /* "[ARMUNR 900823-911221] [ARM >911221]": a state, whatever else it was */
		end_body(r, &one);
	else if (!r->e.codes.n)
		ch_import_lost(x, r->e.head, "a name without a code");
	else if (ch_str_find_byte(r->e.codes.v[0].c.code, '~', 0) != CH_STR_NONE)
		end_agent(r);
	else if (!read_code(x, r->e.codes.v[0].c.code, &m, &why) && !dated)
		ch_import_lost(x, ch_arena_printf(&x->arena, "%.*s [%.*s]", CH_STR_ARG(r->e.head), CH_STR_ARG(r->e.codes.v[0].c.code)), why);
	else if (dated)
		end_person(r);
	else
		end_body(r, &m);
	x->line = here;
	r->e = (struct entry){ 0 };
}

/* The codes in brackets of a line, from `at` on. */
static void read_codes(struct reader *r, struct ch_str line, size_t at)
{
	struct ch_import *x = r->x;

	while ((at = ch_str_find_byte(line, '[', at)) != CH_STR_NONE) {
		size_t end = ch_str_find_byte(line, ']', at);
		struct dated_code c = { .line = x->line };

		if (end == CH_STR_NONE) {
			ch_import_lost(x, line, "a bracket that is not closed");
			return;
		}
		if (!ch_petrarch_read_code(ch_str_sub(line, at + 1, end), &c.c))
			ch_import_lost(x, line, "days that are none (030804-031104, >031031 would do)");
		else if (r->e.codes.n >= CODES_MAX)
			ch_import_lost(x, line, "more codes than a person may have terms");
		else
			*CH_PUSH(&x->arena, &r->e.codes) = c;
		at = end + 1;
	}
}

static void read_line(struct reader *r, struct ch_str line)
{
	struct ch_import *x = r->x;
	size_t open = ch_str_find_byte(line, '[', 0), brace, close;

	if (ch_petrarch_mark(&r->marks, &x->arena, line))
		return;
	if (line.ptr[0] == '+' || open == 0) {
		if (!r->e.head.len)
			ch_import_lost(x, line, "stands behind no name");
		else if (open == 0)
			read_codes(r, line, 0);
		else if (r->e.synonyms.n >= SYNONYMS_MAX)
			ch_import_lost(x, line, "more spellings than a name may have");
		else
			*CH_PUSH(&x->arena, &r->e.synonyms) = ch_str_sub(line, 1, open == CH_STR_NONE ? line.len : open);
		if (line.ptr[0] == '+' && open != CH_STR_NONE)
			read_codes(r, line, open);
		return;
	}
	end_entry(r);
	r->e.head = ch_str_trim(ch_str_sub(line, 0, open == CH_STR_NONE ? line.len : open));
	r->e.line = x->line;
	brace = ch_str_find_byte(r->e.head, '{', 0);
	close = brace == CH_STR_NONE ? brace : ch_str_find_byte(r->e.head, '}', brace);
	if (close != CH_STR_NONE) {
		r->e.plural = ch_str_trim(ch_str_sub(r->e.head, brace + 1, close));
		r->e.head = ch_str_trim(ch_str_sub(r->e.head, 0, brace));
	}
	if (open != CH_STR_NONE)
		read_codes(r, line, open);
}

void ch_import_petrarch(struct ch_import *x, struct ch_str text)
{
	struct reader r = { .x = x };
	struct ch_str line;
	bool markup = false;

	ch_petrarch_marks_init(&r.marks, &x->arena);
	for (x->line = 1; ch_str_cut(&text, '\n', &line); x->line++) {
		line = ch_petrarch_uncomment(line, &markup);
		if (!line.len)
			continue;
		x->lines++;
		read_line(&r, line);
	}
	end_entry(&r);
}
