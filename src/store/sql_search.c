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

bool ch_sql_search(void *p, struct ch_str words, uint64_t limit, ch_hit_fn *fn, void *ctx, struct ch_err *err)
{
	struct ch_arena a = { 0 }, row = { 0 };
	struct ch_str match = ch_fts_query(&a, words);
	struct ch_sq q;
	bool ok;

	if (!match.len) {
		ch_arena_free(&a);
		return ch_fail(err, "a word to search for is wanted");
	}
	/* Where words are frequent, sentences are read for those alone that are as good as the last one shown. */
	q = ch_sq_open(p, "WITH h(n, score) AS MATERIALIZED (SELECT f.rowid, bm25(sentences_fts) FROM sentences_fts f WHERE sentences_fts MATCH ?1)"
		       " SELECT s.number, s.text, " CH_PAGE_COLS " FROM h CROSS JOIN sentences s ON s.n = h.n CROSS JOIN pages g ON g.n = s.page"
		       " WHERE h.score <= coalesce((SELECT score FROM h ORDER BY score LIMIT 1 OFFSET ?2 - 1), 0) ORDER BY h.score, g.id, s.number LIMIT ?2", true);
	ch_sq_text(&q, match);
	ch_sq_int(&q, limit && limit < INT64_MAX ? (int64_t)limit : INT64_MAX);
	while (ch_sq_step(&q)) {
		struct ch_page_info page;
		struct ch_hit hit = { .page = &page };
		int64_t number = ch_sq_get_int(&q);

		hit.number = number < 0 ? CH_NONE : (uint32_t)number;
		hit.text = ch_sq_get_text(&q, &row);
		ch_sq_get_page(&q, &row, &page);
		if (number >= 0) {
			hit.before = neighbour(p, &row, page.id, number - 1);
			hit.after = neighbour(p, &row, page.id, number + 1);
		}
		if (!fn(ctx, &hit))
			break;
		ch_arena_reset(&row);
	}
	ok = ch_sq_end(&q, err);
	ch_arena_free(&row);
	ch_arena_free(&a);
	return ok;
}
