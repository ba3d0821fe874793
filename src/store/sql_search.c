/* store/sql_search.c -- full text: a person's words as a query of FTS5, and the sentences that have them. */
#include "store/sql.h"

static bool has_word(struct ch_str s, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++) {
		unsigned char c = (unsigned char)s.ptr[i];

		if (c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
			return true;
	}
	return false;
}

bool ch_search_has_word(struct ch_str words)
{
	return has_word(words, 0, words.len);
}

struct ch_str ch_fts_query(struct ch_arena *arena, struct ch_str words)
{
	CH_VEC(char) out = { 0 };
	size_t at = 0;

	while (at < words.len) {
		size_t start, end;
		bool star = false, quoted = words.ptr[at] == '"';

		if (!quoted && (unsigned char)words.ptr[at] <= ' ') {
			at++;
			continue;
		}
		start = at += quoted;
		while (at < words.len && (quoted ? words.ptr[at] != '"' : (unsigned char)words.ptr[at] > ' '))
			at++;
		end = at;
		at += quoted && at < words.len;
		if (!quoted && end > start && words.ptr[end - 1] == '*') {
			star = true;
			end--;
		}
		if (!has_word(words, start, end))
			continue;
		if (out.n)
			*CH_PUSH(arena, &out) = ' ';
		*CH_PUSH(arena, &out) = '"';
		for (size_t i = start; i < end; i++)
			*CH_PUSH(arena, &out) = words.ptr[i] == '"' || !words.ptr[i] ? ' ' : words.ptr[i];
		*CH_PUSH(arena, &out) = '"';
		if (star)
			*CH_PUSH(arena, &out) = '*';
	}
	return ch_str_n(out.v, out.n);
}

static struct ch_str neighbour(struct ch_sql *db, struct ch_arena *a, struct ch_str page, int64_t number)
{
	struct ch_sq q = ch_sq_open(db, "SELECT s.text FROM sentences s JOIN pages g ON g.n = s.page WHERE g.id = ? AND s.number = ?",
				    true);
	struct ch_str text = { 0 };

	ch_sq_text(&q, page);
	ch_sq_int(&q, number);
	if (ch_sq_step(&q))
		text = ch_sq_get_text(&q, a);
	return ch_sq_end(&q, NULL) ? text : CH_STR("");
}

/* Sentences are ranked so many at a time, those that came last first: of a frequent word all would have to be weighed in order to show a few. Where
 * words are not that frequent, it is all of them. */
enum { RANKED = 2048 };
#define SCORES "WITH h(n, score) AS MATERIALIZED (SELECT f.rowid, bm25(sentences_fts) FROM sentences_fts f"
#define LAST " ORDER BY f.rowid DESC LIMIT ?4 OFFSET ?5)"
#define HITS SCORES " WHERE sentences_fts MATCH ?1" LAST
#define AMONG \
	SCORES " CROSS JOIN sentences s ON s.n = f.rowid CROSS JOIN pages g ON g.n = s.page WHERE sentences_fts MATCH ?1" \
	" AND (?6 = '' OR g.published >= ?6) AND (?7 = '' OR g.published <= ?7) AND (?8 = '' OR g.outlet = ?8)" LAST
/* Those alone are read that are as good as the last one shown. */
#define BEST \
	" SELECT s.number, s.text, " CH_PAGE_COLS " FROM h CROSS JOIN sentences s ON s.n = h.n CROSS JOIN pages g ON g.n = s.page" \
	" WHERE h.score <= coalesce((SELECT score FROM h ORDER BY score LIMIT 1 OFFSET ?2 + ?3 - 1), 0)" \
	" ORDER BY h.score, g.id, s.number LIMIT ?2 OFFSET ?3"

struct searching {
	struct ch_sql *db;
	const struct ch_search_in *in;
	struct ch_str match;
	ch_hit_fn *fn;
	void *ctx;
};

/* Of those ranked together the ones behind `skip` of them, at most `most`; *n: how many were given. */
static bool give_ranked(const struct searching *s, int64_t from, int64_t skip, int64_t most, int64_t *n, bool *go, struct ch_err *err)
{
	const bool among = s->in->since.len || s->in->until.len || s->in->outlet.len;
	struct ch_sq q = ch_sq_open(s->db, among ? AMONG BEST : HITS BEST, true);
	struct ch_arena row = { 0 };
	bool ok;

	ch_sq_text(&q, s->match);
	ch_sq_int(&q, most);
	ch_sq_int(&q, skip);
	ch_sq_int(&q, RANKED);
	ch_sq_int(&q, from);
	if (among) {
		ch_sq_text_always(&q, s->in->since);
		ch_sq_text_always(&q, s->in->until);
		ch_sq_text_always(&q, s->in->outlet);
	}
	for (*n = 0; *go && ch_sq_step(&q); ++*n) {
		struct ch_page_info page;
		struct ch_hit hit = { .page = &page };
		int64_t number = ch_sq_get_int(&q);

		hit.number = number < 0 ? CH_NONE : (uint32_t)number;
		hit.text = ch_sq_get_text(&q, &row);
		ch_sq_get_page(&q, &row, &page);
		if (number >= 0) {
			hit.before = neighbour(s->db, &row, page.id, number - 1);
			hit.after = neighbour(s->db, &row, page.id, number + 1);
		}
		*go = s->fn(s->ctx, &hit);
		ch_arena_reset(&row);
	}
	ok = ch_sq_end(&q, err);
	ch_arena_free(&row);
	return ok;
}

bool ch_sql_search(void *p, struct ch_str words, const struct ch_search_in *in, uint64_t limit, ch_hit_fn *fn, void *ctx, struct ch_err *err)
{
	int64_t left = limit && limit < INT32_MAX ? (int64_t)limit : INT32_MAX, at = in->skip < INT32_MAX ? (int64_t)in->skip : INT32_MAX, n;
	struct searching s = { p, in, { 0 }, fn, ctx };
	struct ch_arena a = { 0 };
	bool ok = true, go = true;

	s.match = ch_fts_query(&a, words);
	if (!s.match.len)
		ok = ch_fail(err, "a word to search for is wanted");
	while (ok && go && left) {
		const int64_t skip = at % RANKED, most = left < RANKED - skip ? left : RANKED - skip;

		ok = give_ranked(&s, at - skip, skip, most, &n, &go, err);
		if (n < most)
			break;
		left -= n;
		at += n;
	}
	ch_arena_free(&a);
	return ok;
}
