/* store/sql_names.c -- whose name is meant. */
#include "store/sql.h"
#include "base/utf8.h"

enum { HOPS_MAX = 8 };

static bool one_text(struct ch_sql *db, struct ch_arena *arena, const char *sql, struct ch_str param, struct ch_str *a,
		     struct ch_str *b, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, sql, true);

	ch_sq_text_always(&q, param);
	*a = *b = CH_STR("");
	if (ch_sq_step(&q)) {
		*a = ch_sq_get_text(&q, arena);
		*b = ch_sq_get_text(&q, arena);
	}
	return ch_sq_end(&q, err);
}

/* Names that a person said mean the same, followed to their end; a ring of them ends as well. */
bool ch_sql_meant(struct ch_sql *db, struct ch_arena *arena, struct ch_str *name, struct ch_err *err)
{
	bool more = name->len > 0;

	for (int i = 0; more && i < HOPS_MAX; i++) {
		struct ch_sq q = ch_sq_open(db, "SELECT value FROM reviews WHERE record = ? AND kind = 'actors' AND verdict = 'same-actor'"
					    " AND undone = 0 ORDER BY n DESC LIMIT 1", true);

		ch_sq_text(&q, *name);
		more = ch_sq_step(&q);
		if (more)
			*name = ch_sq_get_text(&q, arena);
		if (!ch_sq_end(&q, err))
			return false;
	}
	return true;
}

bool ch_sql_said_names(struct ch_sql *db, struct ch_arena *arena, struct ch_said_names *names, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT record, value FROM reviews WHERE kind = 'actors' AND verdict = 'same-actor' AND undone = 0 ORDER BY n",
				    true);

	*names = (struct ch_said_names){ 0 };
	ch_map_init(&names->to, arena);
	while (ch_sq_step(&q)) {
		const struct ch_str name = ch_sq_get_text(&q, arena);

		*ch_map_put(&names->to, name, 0, NULL) = names->meant.n;   /* the last word counts */
		*CH_PUSH(arena, &names->meant) = ch_sq_get_text(&q, arena);
	}
	return ch_sq_end(&q, err);
}

void ch_said_meant(const struct ch_said_names *names, struct ch_str *name)
{
	for (int i = 0; names->meant.n && name->len && i < HOPS_MAX; i++) {
		const uint32_t *at = ch_map_get(&names->to, *name);

		if (!at)
			return;
		*name = names->meant.v[*at];
	}
}

bool ch_sql_same_names(struct ch_sql *db, struct ch_arena *arena, struct ch_str name, struct ch_str *same, uint32_t max, uint32_t *n, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT k.name FROM " CH_SAME_NAMES " k", true);

	*n = 0;
	for (int i = 0; i < 3; i++)
		ch_sq_text(&q, name);
	while (*n < max && ch_sq_step(&q))
		same[(*n)++] = ch_sq_get_text(&q, arena);
	return ch_sq_end(&q, err);
}

/* A person said that the name does not mean this one. */
static bool is_other(struct ch_sql *db, struct ch_str name, struct ch_str who, bool *other, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT 1 FROM reviews WHERE record = ? AND kind = 'actors' AND verdict = 'other-actor' AND undone = 0"
				    " AND value = ?", true);

	ch_sq_text_always(&q, name);
	ch_sq_text_always(&q, who);
	*other = ch_sq_step(&q);
	return ch_sq_end(&q, err);
}

/* The first that the statement finds and that the name may mean. */
static bool first_meant(struct ch_sql *db, struct ch_arena *arena, const char *sql, struct ch_str param, struct ch_str name,
			struct ch_str *party, struct ch_str *person, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, sql, true);
	bool ok = true, other = true;

	ch_sq_text_always(&q, param);
	while (ok && other && ch_sq_step(&q)) {
		*party = ch_sq_get_text(&q, arena);
		*person = ch_sq_get_text(&q, arena);
		ok = is_other(db, name, person->len ? *person : *party, &other, err);
	}
	if (other)
		*party = *person = CH_STR("");
	return ch_sq_end(&q, err) && ok;
}

/* The same of a name that means one only, as nearly all do: nobody need count how much is told of it. *one: it does. */
static bool meant_alone(struct ch_sql *db, struct ch_arena *arena, struct ch_str folded, struct ch_str name, struct ch_str *party, struct ch_str *person,
			bool *one, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT DISTINCT CASE WHEN a.kind = 0 THEN '' ELSE a.party END, CASE WHEN a.kind = 0 THEN a.name ELSE '' END"
				    " FROM actor_names s JOIN actors a ON a.n = s.actor WHERE s.folded = ? LIMIT 2", true);
	struct ch_str of = { 0 }, who = { 0 };
	bool other = true;
	uint32_t n = 0;

	ch_sq_text_always(&q, folded);
	for (; ch_sq_step(&q); n++) {
		of = ch_sq_get_text(&q, arena);
		who = ch_sq_get_text(&q, arena);
	}
	*one = n == 1;
	if (!ch_sq_end(&q, err) || (*one && !is_other(db, name, who.len ? who : of, &other, err)))
		return false;
	if (!other) {
		*party = of;
		*person = who;
	}
	return true;
}

/* First the party itself, in any case of letters; then a name that pages use, most used first; then part of a name. People
 * answer with their full name, all others with their party. */
bool ch_sql_resolve(void *p, struct ch_arena *arena, struct ch_str name, struct ch_str *party, struct ch_str *person,
		       struct ch_err *err)
{
#define WHO "CASE WHEN a.kind = 0 THEN '' ELSE a.party END AS p, CASE WHEN a.kind = 0 THEN a.name ELSE '' END AS w"
	static const char *const by_name[] = {
		/* of one alone nobody has to count how often he is used */
		"SELECT min(p), min(w) FROM (SELECT DISTINCT " WHO " FROM actor_names s JOIN actors a ON a.n = s.actor WHERE s.folded = ? LIMIT 2) AS k"
		" HAVING count(*) = 1",
		"SELECT " WHO " FROM actor_names s JOIN actors a ON a.n = s.actor LEFT JOIN report_parties r ON r.actor = a.n"
		" WHERE s.folded = ? GROUP BY 1, 2 ORDER BY count(*) DESC, 1, 2 LIMIT 9",
		"SELECT " WHO " FROM actors a LEFT JOIN report_parties r ON r.actor = a.n"
		" WHERE a.name" CH_NAMES("actors", "name") " GROUP BY 1, 2 ORDER BY count(*) DESC, 1, 2 LIMIT 9",
		"SELECT '', speaker FROM statements WHERE speaker" CH_NAMES("statements", "speaker") " GROUP BY 2 ORDER BY count(*) DESC, 2 LIMIT 9",
		"SELECT '', who FROM roles WHERE who" CH_NAMES("roles", "who") " GROUP BY 2 ORDER BY count(*) DESC, 2 LIMIT 9",
	};
#undef WHO
	struct ch_sql *db = p;

	if (!ch_sql_meant(db, arena, &name, err))
		return false;
	if (!one_text(db, arena, "SELECT party, '' FROM event_parties WHERE party = ? LIMIT 1", name, party, person, err))
		return false;
	if (!party->len && !one_text(db, arena, "SELECT party, '' FROM event_parties WHERE party = upper(?) LIMIT 1", name, party,
				     person, err))
		return false;
	for (size_t i = 0; i < sizeof by_name / sizeof *by_name && !party->len && !person->len; i++) {
		struct ch_str folded = i > 1 ? name : ch_str_trim(ch_utf8_fold(arena, name));

		bool one = false;

		if (!i && !meant_alone(db, arena, folded, name, party, person, &one, err))
			return false;
		if (!one && !first_meant(db, arena, by_name[i], folded, name, party, person, err))
			return false;
	}
	if (!ch_sql_meant(db, arena, person, err))
		return false;
	/* Whom a person said that a name means is known by that: a party where the name is one's. */
	if (!party->len && !person->len &&
	    !one_text(db, arena, "SELECT CASE WHEN a.n IS NULL THEN '' ELSE v.value END, CASE WHEN a.n IS NULL THEN v.value ELSE '' END FROM reviews v"
		      " LEFT JOIN actors a ON a.party = v.record WHERE " CH_SAID_SAME("v") " AND v.value = ? ORDER BY 1 DESC LIMIT 1",
		      name, party, person, err))
		return false;
	/* A code that no event has may stand in a register or be a country of which nothing is known yet. */
	if (!party->len && !person->len && name.len == 3)
		*party = ch_arena_str(arena, name);
	return true;
}

/* ---- names that begin so ---- */

bool ch_sql_suggest(void *db, struct ch_str words, uint32_t limit, bool (*fn)(void *, bool, struct ch_str, struct ch_str), void *ctx, struct ch_err *err)
{
	/* A beginning that thousands share is looked into no further than this. */
	static const char people[] =
		"SELECT a.name, '', count(*) FROM (SELECT actor FROM actor_names WHERE folded >= ? AND folded < ? ORDER BY folded LIMIT 2000) s"
		" JOIN actors a ON a.n = s.actor WHERE a.kind = 0 AND a.name IS NOT NULL GROUP BY a.name ORDER BY 3 DESC, 1 LIMIT ?";
	static const char instruments[] =
		"SELECT title, min(id), count(*) FROM instruments WHERE (title LIKE ?1 ESCAPE '!' OR title LIKE '% ' || ?1 ESCAPE '!') AND verdict <> 1 GROUP BY title ORDER BY 3 DESC, 1 LIMIT ?2";
	struct ch_arena arena = { 0 };
	const struct ch_str folded = ch_str_trim(ch_utf8_fold(&arena, words));
	bool ok = true, go = folded.len > 0 && folded.len < 200;

	for (int i = 0; i < 2 && ok && go; i++) {
		struct ch_sq q = ch_sq_open(db, i ? instruments : people, true);

		if (!i) {
			ch_sq_text_always(&q, folded);
			ch_sq_text_always(&q, ch_arena_printf(&arena, "%.*s\xf4\x8f\xbf\xbf", CH_STR_ARG(folded)));
		} else {
			const struct ch_str given = ch_str_trim(words);
			struct ch_str like = CH_STR("");

			for (size_t k = 0; k < given.len; k++)
				like = ch_arena_printf(&arena, "%.*s%s%c", CH_STR_ARG(like), strchr("%_!", given.ptr[k]) ? "!" : "", given.ptr[k]);
			like = ch_arena_printf(&arena, "%.*s%%", CH_STR_ARG(like));
			ch_sq_text_always(&q, like);
		}
		ch_sq_int(&q, limit);
		while (go && ch_sq_step(&q)) {
			struct ch_str name = ch_sq_get_text(&q, &arena), id = ch_sq_get_text(&q, &arena);

			go = fn(ctx, !i, name, id);
		}
		ok = ch_sq_end(&q, err);
	}
	ch_arena_free(&arena);
	return ok;
}
