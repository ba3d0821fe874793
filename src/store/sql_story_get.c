/* store/sql_story_get.c -- stories and coverage out of the tables. */
#include "store/sql_filter.h"
#include <stdio.h>

/* ---- stories ---- */

/* Earlier pages that one is held against, to say what kind of copy it is, where it is like the first not at all. */
enum { EARLIER_MAX = 32 };

struct telling {
	struct ch_signature *signature;
	int64_t number;
};

static enum ch_copy copy_of(const struct telling *t, uint32_t i)
{
	enum ch_copy copy = ch_likeness(t[0].signature, t[i].signature).copy;

	for (uint32_t back = 1; copy == CH_COPY_NONE && back < i && back <= EARLIER_MAX; back++)
		copy = ch_likeness(t[i - back].signature, t[i].signature).copy;
	return copy;
}

static bool get_pages(struct ch_sql *db, struct ch_arena *a, int64_t n, struct ch_story *story, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db,
		"SELECT x.n, x.exact, x.day, x.bytes, " CH_PAGE_COLS " FROM signatures x JOIN copies y ON y.signature = x.n"
		" JOIN pages g ON g.n = y.page WHERE x.story = ? ORDER BY g.published IS NULL, g.published, g.id", true);
	CH_VEC(struct ch_story_page) pages = { 0 };
	CH_VEC(struct telling) told = { 0 };

	ch_sq_int(&q, n);
	while (ch_sq_step(&q)) {
		struct ch_story_page *page = CH_PUSH(a, &pages);
		struct telling *t = CH_PUSH(a, &told);
		uint64_t exact;
		ch_day day;

		t->number = ch_sq_get_int(&q);
		t->signature = CH_NEW(a, struct ch_signature);
		exact = (uint64_t)ch_sq_get_int(&q);
		day = (ch_day)ch_sq_get_int(&q);
		ch_signature_unpack(t->signature, a, ch_sq_lent_blob(&q));
		t->signature->exact = exact;
		t->signature->day = day;
		ch_sq_get_page(&q, a, &page->info);
		page->copy = pages.n > 1 ? ch_str_z(ch_copy_name(copy_of(told.v, told.n - 1))) : CH_STR("");
	}
	story->pages = pages.v;
	story->n_pages = pages.n;
	return ch_sq_end(&q, err);
}

#define STORIES_ASKED \
	" WHERE (?1 = '' OR (t.id >= ?1 AND t.id < ?1 || 'g')) AND (?2 = '' OR f.published >= ?2)" \
	" AND (?3 = '' OR f.published <= ?3) AND (?4 = '' OR ch_named(f.title, ?4))" \
	" AND (?5 = '' OR t.n IN (SELECT s.story FROM pages g JOIN copies c ON c.page = g.n JOIN signatures s ON s.n = c.signature" \
	" WHERE (g.id >= ?5 AND g.id < ?5 || 'g') OR g.path = ?5))" \
	" AND (?6 < 2 OR (SELECT count(*) FROM signatures s JOIN copies c ON c.signature = s.n WHERE s.story = t.n) >= ?6)"

/* A statement for the stories that are asked for. Where most fit, they come out of the index of their first pages' days, and behind them those that have
 * none; else they are found and put into that order. */
static struct ch_str stories_sql(struct ch_arena *a, const struct ch_query *q, uint64_t pages_min)
{
	static const char few[] = "SELECT t.n, t.id FROM stories t JOIN pages f ON f.n = t.first" STORIES_ASKED;
	static const char by_day[] = "SELECT n, id FROM (SELECT t.n, t.id, f.published FROM pages f INDEXED BY pages_published CROSS JOIN stories t ON t.first = f.n"
				     STORIES_ASKED;
	const struct ch_cursor *c = &q->after;
	const char sign = q->newest ? '<' : '>', *const order = q->newest ? "DESC" : "ASC";
	const bool undated = c->set && *c->day == '~';
	struct ch_str dated_after = { 0 }, undated_after = { 0 };

	if (undated) {
		dated_after = CH_STR(" AND FALSE");
		undated_after = ch_arena_printf(a, " AND t.id > '%s'", c->id);
	} else if (c->set) {
		dated_after = ch_arena_printf(a, " AND f.published %c= '%s' AND (f.published %c '%s' OR t.id > '%s')", sign, c->day, sign, c->day, c->id);
	}
	if (q->id.len || q->page.len || pages_min > 1)
		return ch_arena_printf(a, "%s AND (%s) ORDER BY f.published IS NULL, f.published %s, t.id LIMIT ?7", few,
				       !c->set ? "TRUE" : ch_arena_printf(a, "(f.published IS NOT NULL%.*s) OR (f.published IS NULL%.*s)", CH_STR_ARG(dated_after),
									  CH_STR_ARG(undated_after)).ptr, order);
	return ch_arena_printf(a, "%s AND f.published IS NOT NULL%.*s ORDER BY f.published %s, t.id LIMIT ?7) AS dated UNION ALL %s AND f.published IS NULL%.*s"
			       " ORDER BY t.id LIMIT ?7) AS undated LIMIT ?7" CH_SQL_IN_ORDER, by_day, CH_STR_ARG(dated_after), order, by_day, CH_STR_ARG(undated_after));
}

bool ch_sql_stories(void *p, const struct ch_query *q, uint64_t pages_min, ch_story_fn *fn, void *ctx, struct ch_err *err)
{
	struct ch_sql *db = p;
	struct ch_arena row = { 0 }, arena = { 0 };
	bool ok = true, go = true;
	struct ch_sq s = ch_sq_open(db, stories_sql(&arena, q, pages_min).ptr, false);

	ch_sq_text_always(&s, q->id);
	ch_sq_text_always(&s, q->since);
	ch_sq_text_always(&s, q->until);
	ch_sq_text_always(&s, q->about);
	ch_sq_text_always(&s, q->page);
	ch_sq_int(&s, pages_min > INT64_MAX ? INT64_MAX : (int64_t)pages_min);
	ch_sq_int(&s, q->limit && q->limit < INT64_MAX ? (int64_t)q->limit : INT64_MAX);
	while (ok && go && ch_sq_step(&s)) {
		struct ch_story story = { 0 };
		int64_t n = ch_sq_get_int(&s);

		story.id = ch_sq_get_text(&s, &row);
		ok = get_pages(db, &row, n, &story, err);
		ch_cursor_tell(q, story.n_pages ? story.pages[0].info.published : CH_STR(""), 0, story.id);
		go = ok && fn(ctx, &story);
		ch_arena_reset(&row);
	}
	ok = ch_sq_end(&s, err) && ok;
	ch_arena_free(&row);
	ch_arena_free(&arena);
	return ok;
}

bool ch_sql_words(void *p, struct ch_str page, struct ch_arena *arena, struct ch_words *words, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(p, "SELECT n FROM pages WHERE id = ?", true);
	int64_t n;

	ch_sq_text(&q, page);
	n = ch_sq_step(&q) ? ch_sq_get_int(&q) : 0;
	return ch_sq_end(&q, err) && ch_sql_page_words(p, n, arena, words, err);
}

/* ---- coverage ---- */

static const char *const key_sql[] = {
	[CH_BY_OUTLET] = "coalesce(outlet, '')", [CH_BY_MONTH] = "coalesce(substr(published, 1, 7), '')", [CH_BY_LANG] = "coalesce(lang, '')",
};

bool ch_sql_coverage(void *p, enum ch_coverage_by by, const struct ch_query *q, ch_coverage_fn *fn, void *ctx, struct ch_err *err)
{
	struct ch_arena row = { 0 };
	char sql[1400];
	struct ch_sq s;
	bool ok;

	/* Stories and events are counted once a key: what two outlets tell counts for both. */
	snprintf(sql, sizeof sql,
		 "WITH chosen AS (SELECT n, %s AS key, published, article, cut FROM pages"
		 "  WHERE (?1 = '' OR published >= ?1) AND (?2 = '' OR published <= ?2)),"
		 " told AS (SELECT g.key, count(DISTINCT coalesce(k.head, r.event)) AS events, count(DISTINCT g.n) AS coded FROM chosen g"
		 "  JOIN reports r ON r.page = g.n LEFT JOIN event_groups k ON k.event = r.event GROUP BY 1)"
		 " SELECT g.key, min(g.published), max(g.published), count(*), sum(g.article), count(*) - count(g.published), sum(g.cut),"
		 "  count(DISTINCT s.story), coalesce(told.coded, 0), coalesce(told.events, 0)"
		 " FROM chosen g LEFT JOIN copies c ON c.page = g.n LEFT JOIN signatures s ON s.n = c.signature"
		 " LEFT JOIN told ON told.key = g.key GROUP BY 1, told.coded, told.events ORDER BY %s", key_sql[by], by == CH_BY_MONTH ? "g.key = '', g.key" : "4 DESC, 1");
	s = ch_sq_open(p, sql, false);
	ch_sq_text_always(&s, q->since);
	ch_sq_text_always(&s, q->until);
	while (ch_sq_step(&s)) {
		struct ch_coverage c = { 0 };

		c.key = ch_sq_get_text(&s, &row);
		c.first = ch_sq_get_text(&s, &row);
		c.last = ch_sq_get_text(&s, &row);
		c.pages = (uint64_t)ch_sq_get_int(&s);
		c.articles = (uint64_t)ch_sq_get_int(&s);
		c.undated = (uint64_t)ch_sq_get_int(&s);
		c.cut = (uint64_t)ch_sq_get_int(&s);
		c.stories = (uint64_t)ch_sq_get_int(&s);
		c.coded = (uint64_t)ch_sq_get_int(&s);
		c.events = (uint64_t)ch_sq_get_int(&s);
		if (!fn(ctx, &c))
			break;
		ch_arena_reset(&row);
	}
	ok = ch_sq_end(&s, err);
	ch_arena_free(&row);
	return ok;
}

bool ch_sql_refused(void *p, const struct ch_query *q, bool (*fn)(void *, const struct ch_refused *), void *ctx, struct ch_err *err)
{
	/* A page without an article goes by the reason of most of its bytes. */
	struct ch_sq s = ch_sq_open(p,
		"SELECT reason, count(*) FROM (SELECT g.n, (SELECT b.reason FROM blocks b WHERE b.page = g.n AND b.kind = 'rejected'"
		" GROUP BY b.reason ORDER BY sum(b.raw_end - b.raw_start) DESC, b.reason LIMIT 1) AS reason FROM pages g WHERE g.article = 0"
		" AND (?1 = '' OR g.published >= ?1) AND (?2 = '' OR g.published <= ?2)) AS refused"
		" GROUP BY 1 ORDER BY 2 DESC, 1 NULLS FIRST", true);
	struct ch_arena row = { 0 };
	bool ok;

	ch_sq_text_always(&s, q->since);
	ch_sq_text_always(&s, q->until);
	while (ch_sq_step(&s)) {
		struct ch_refused r = { .reason = ch_sq_get_text(&s, &row) };

		r.pages = (uint64_t)ch_sq_get_int(&s);
		if (!fn(ctx, &r))
			break;
		ch_arena_reset(&row);
	}
	ok = ch_sq_end(&s, err);
	ch_arena_free(&row);
	return ok;
}
