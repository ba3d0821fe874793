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

/* Where words are frequent, sentences are read for those alone that are as good as the last one shown. */
#define HITS "WITH h(n, score) AS MATERIALIZED (SELECT f.rowid, bm25(sentences_fts) FROM sentences_fts f WHERE sentences_fts MATCH ?1)"
#define CHOSEN \
	", k(n, score) AS MATERIALIZED (SELECT h.n, h.score FROM h CROSS JOIN sentences s ON s.n = h.n CROSS JOIN pages g ON g.n = s.page" \
	"  WHERE (?5 = '' OR g.published >= ?5) AND (?6 = '' OR g.published <= ?6) AND (?7 = '' OR g.outlet = ?7))"
#define BEST(h) \
	" SELECT s.number, s.text, " CH_PAGE_COLS " FROM " h " h CROSS JOIN sentences s ON s.n = h.n CROSS JOIN pages g ON g.n = s.page" \
	" WHERE h.score <= coalesce((SELECT score FROM " h " ORDER BY score LIMIT 1 OFFSET ?4 - 1), 0)" \
	" ORDER BY h.score, g.id, s.number LIMIT ?2 OFFSET ?3"

bool ch_sql_search(void *p, struct ch_str words, const struct ch_search_in *in, uint64_t limit, ch_hit_fn *fn, void *ctx, struct ch_err *err)
{
	const int64_t most = limit && limit < INT32_MAX ? (int64_t)limit : INT32_MAX, skip = in->skip < INT32_MAX ? (int64_t)in->skip : INT32_MAX;
	const bool among = in->since.len || in->until.len || in->outlet.len;
	struct ch_arena a = { 0 }, row = { 0 };
	struct ch_str match = ch_fts_query(&a, words);
	struct ch_sq q;
	bool ok;

	if (!match.len) {
		ch_arena_free(&a);
		return ch_fail(err, "a word to search for is wanted");
	}
	q = ch_sq_open(p, among ? HITS CHOSEN BEST("k") : HITS BEST("h"), true);
	ch_sq_text(&q, match);
	ch_sq_int(&q, most);
	ch_sq_int(&q, skip);
	ch_sq_int(&q, most + skip);
	if (among) {
		ch_sq_text_always(&q, in->since);
		ch_sq_text_always(&q, in->until);
		ch_sq_text_always(&q, in->outlet);
	}
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
