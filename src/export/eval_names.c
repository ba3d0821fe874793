/* export/eval_names.c -- when two names are the same: codes with and without sectors, organisations, persons with and without titles. */
#include "export/eval.h"
#include "base/utf8.h"

/* Lower case, no accents, one blank for all that is neither letter of a-z nor digit. */
static struct ch_str fold(struct ch_arena *a, struct ch_str s)
{
	struct ch_str f = ch_utf8_fold(a, s);
	char *out = CH_NEW_N(a, char, f.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < f.len; i++) {
		char c = f.ptr[i];

		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			out[n++] = c;
		else if (n && out[n - 1] != ' ')
			out[n++] = ' ';
	}
	return ch_str_trim(ch_str_n(out, n));
}

bool ch_eval_has(const struct ch_eval_set *s, struct ch_str key)
{
	for (uint32_t i = 0; i < s->v.n; i++)
		if (ch_str_eq(s->v.v[i], key))
			return true;
	return false;
}

void ch_eval_put(struct ch_arena *a, struct ch_eval_set *s, struct ch_str key)
{
	if (key.len && !ch_eval_has(s, key))
		*CH_PUSH(a, &s->v) = key;
}

uint32_t ch_eval_common(const struct ch_eval_set *a, const struct ch_eval_set *b)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < a->v.n; i++)
		n += ch_eval_has(b, a->v.v[i]);
	return n;
}

bool ch_eval_same_set(const struct ch_eval_set *a, const struct ch_eval_set *b)
{
	return a->v.n == b->v.n && ch_eval_common(a, b) == a->v.n;
}

bool ch_eval_in_list(struct ch_str s, const char *list)
{
	struct ch_str rest = ch_str_z(list), one;

	while (ch_str_cut(&rest, ' ', &one))
		if (ch_str_eq(one, s))
			return true;
	return false;
}

struct ch_str ch_eval_text(const json_t *o, const char *key)
{
	const json_t *v = json_is_object(o) ? json_object_get(o, key) : o;

	return json_is_string(v) ? ch_str_n(json_string_value(v), json_string_length(v)) : CH_STR("");
}

static const char generic_codes[] = "IGO NGO ISM IMG MNC UNO EUR UNK";
static const char sectors[] = "GOV MIL LEG JUD COP SPY PTY OPP REB PRM UAF UNK BUS CVL EDU ELI JRN LAB MED REF REL SOC CRM AGR PRE INS SEP";
static const char by_name[] = "REB UAF PRM PRE INS SEP";   /* armed or unrecognised: known by name, not by country */

static struct ch_str alias(struct ch_str s)
{
	static const char *const pairs[][2] = { { "UNO", "UN" }, { "EUR", "EU" }, { "IGOUNO", "UN" }, { "IGOEUR", "EU" },
						{ "KOS", "Kosovo" }, { "XKX", "Kosovo" } };

	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		if (ch_str_eqz(s, pairs[i][0]))
			return ch_str_z(pairs[i][1]);
	return s;
}

/* AZEGOV is AZE; UNESCO stays. */
static struct ch_str without_sectors(struct ch_str s)
{
	if (s.len < 6 || s.len > 15 || s.len % 3)
		return s;
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] < 'A' || s.ptr[i] > 'Z')
			return s;
	for (size_t i = 3; i < s.len; i += 3)
		if (!ch_eval_in_list(ch_str_sub(s, i, i + 3), sectors))
			return s;
	return ch_eval_in_list(ch_str_sub(s, 0, 3), generic_codes) ? s : ch_str_sub(s, 0, 3);
}

static struct ch_str entity_key(const json_t *e)
{
	struct ch_str code = ch_eval_text(e, "code"), ident = ch_eval_text(e, "identifier_id"), name;
	const json_t *sector = json_object_get(e, "sector"), *one;
	bool named = false;
	size_t i;

	if (json_is_string(sector))
		named = ch_eval_in_list(ch_eval_text(sector, ""), by_name);
	json_array_foreach(sector, i, one)
		named = named || ch_eval_in_list(ch_eval_text(one, ""), by_name);
	for (size_t at = 3; at + 3 <= code.len; at += 3)
		named = named || ch_eval_in_list(ch_str_sub(code, at, at + 3), by_name);
	name = ident.len ? ident : ch_eval_text(e, "identifier_text");
	name = name.len ? name : ch_eval_text(e, "entity_text");
	if (!code.len || named)
		return name.len ? name : code;
	if (ch_eval_in_list(ch_str_sub(code, 0, 3), generic_codes) && code.len >= 3)
		return ident.len ? ident : code.len == 3 && ch_str_eq(alias(code), code) && name.len ? name : code;
	return code;
}

struct ch_str ch_eval_party(struct ch_arena *a, const json_t *x)
{
	struct ch_str key = json_is_object(x) ? entity_key(x) : ch_eval_text(x, "");

	return fold(a, without_sectors(alias(ch_str_trim(key))));
}

void ch_eval_parties(struct ch_arena *a, struct ch_eval_set *to, const json_t *v)
{
	const json_t *one;
	size_t i;

	if (json_is_array(v))
		json_array_foreach(v, i, one)
			ch_eval_put(a, to, ch_eval_party(a, one));
	else if (v && !json_is_null(v))
		ch_eval_put(a, to, ch_eval_party(a, v));
}

static void words(struct ch_arena *a, struct ch_eval_set *to, struct ch_str s, const char *without)
{
	struct ch_str rest = fold(a, s), one;

	while (ch_str_cut(&rest, ' ', &one))
		if (!ch_eval_in_list(one, without))
			ch_eval_put(a, to, one);
}

static const char small_words[] = "the of on and a an in for to between";

bool ch_eval_alike(struct ch_arena *a, struct ch_str x, struct ch_str y, double least)
{
	struct ch_eval_set s = { 0 }, t = { 0 };

	words(a, &s, x, small_words);
	words(a, &t, y, small_words);
	return s.v.n && t.v.n && 2.0 * ch_eval_common(&s, &t) / (s.v.n + t.v.n) >= least;
}

bool ch_eval_same_person(struct ch_arena *a, struct ch_str x, struct ch_str y)
{
	static const char drop[] = "the of on and a an in for to between president minister prime foreign mr mrs ms dr head state";
	struct ch_eval_set s = { 0 }, t = { 0 };
	uint32_t n;

	words(a, &s, x, drop);
	words(a, &t, y, drop);
	if (!s.v.n)
		words(a, &s, x, small_words);
	if (!t.v.n)
		words(a, &t, y, small_words);
	n = ch_eval_common(&s, &t);
	return n && (n == s.v.n || n == t.v.n || 2 * n >= s.v.n + t.v.n - n);
}
