/* store/sql_recode.c -- pages read anew: what was read in them before goes, with all that followed from it, and what is read now comes
 * in its place, in one transaction. The page's row number, bytes and path stay, and so do decisions (sql_review.c). What is then in
 * the store is what it would be had the page been read so at first.
 *
 * Pages to be read are rows of `recoding`, taken off in the transaction in which the page is replaced: killed at any moment, the next
 * recode goes on with those that are left. */
#include "store/sql_review.h"
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

static bool do_page(struct ch_sql *db, const char *sql, int64_t page, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, sql, false);

	ch_sq_int(&q, page);
	ch_sq_step(&q);
	return ch_sq_end(&q, err);
}

/* ---- out ---- */

static bool take_out_statements(struct ch_sql *db, int64_t page, struct ch_arena *arena, struct ch_err *err)
{
	struct ch_sql_list statements = { .arena = arena };

	if (!do_page(db, "UPDATE statements SET verdict = 1 WHERE page = ?", page, err) ||
	    !ch_sql_list_int(db, "SELECT n FROM statements WHERE page = ? ORDER BY n", page, &statements, err))
		return false;
	for (uint32_t i = 0; i < statements.v.n; i++)
		if (!ch_sql_saying_again(db, statements.v.v[i], err))
			return false;
	return do_page(db, "INSERT INTO statements_fts(statements_fts, rowid, said) SELECT 'delete', n, coalesce(said, '') FROM statements"
		       " WHERE page = ?", page, err) &&
	       do_page(db, "DELETE FROM statement_notes WHERE statement IN (SELECT n FROM statements WHERE page = ?)", page, err) &&
	       do_page(db, "DELETE FROM statements WHERE page = ?", page, err);
}

static bool take_out_rows(struct ch_sql *db, int64_t page, struct ch_err *err)
{
	if (!do_page(db, "DELETE FROM instrument_parties WHERE instrument IN (SELECT n FROM instruments WHERE page = ?)", page, err))
		return false;
	for (unsigned reg = 0; reg < CH_REG_N; reg++) {
		const char *table = ch_register_of((enum ch_register_id)reg)->table;
		char sql[160];

		if (reg == CH_REG_QUOTES)
			continue;
		snprintf(sql, sizeof sql, "DELETE FROM row_parties WHERE register = '%s' AND row IN (SELECT n FROM %s WHERE page = ?)", table, table);
		if (!do_page(db, sql, page, err))
			return false;
		snprintf(sql, sizeof sql, "DELETE FROM %s WHERE page = ?", table);
		if (!do_page(db, sql, page, err))
			return false;
	}
	return true;
}

static bool take_out_reports(struct ch_sql *db, int64_t page, struct ch_arena *arena, struct ch_err *err)
{
	struct ch_sql_list events = { .arena = arena };

	if (!ch_sql_list_int(db, "SELECT DISTINCT event FROM reports WHERE page = ?", page, &events, err) ||
	    !do_page(db, "DELETE FROM report_parties WHERE report IN (SELECT n FROM reports WHERE page = ?)", page, err) ||
	    !do_page(db, "DELETE FROM reports WHERE page = ?", page, err))
		return false;
	for (uint32_t i = 0; i < events.v.n; i++)
		if (!ch_sql_touch_event(db, events.v.v[i], err))
			return false;
	return true;
}

static bool take_out(struct ch_sql *db, int64_t page, struct ch_arena *arena, struct ch_err *err)
{
	return take_out_statements(db, page, arena, err) && take_out_rows(db, page, err) && take_out_reports(db, page, arena, err) &&
	       do_page(db, "INSERT INTO sentences_fts(sentences_fts, rowid, text) SELECT 'delete', n, text FROM sentences WHERE page = ?", page,
		       err) &&
	       do_page(db, "DELETE FROM sentences WHERE page = ?", page, err) && do_page(db, "DELETE FROM blocks WHERE page = ?", page, err);
}

/* ---- in ---- */

static bool update_page(struct ch_sql *db, int64_t page, const struct ch_page_info *p, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db,
		"UPDATE pages SET url = coalesce(?, url), title = ?, author = ?, outlet = ?, agency = ?, section = ?, lang = ?, dateline_place = ?,"
		" published = ?, published_basis = ?, article = ?, program_version = ?, lexicon_version = ?, model_version = ?, modified = ?,"
		" chain = ?, license = ?, license_forbids = ? WHERE n = ?", true);

	ch_sq_page(&q, p);
	ch_sq_int(&q, page);
	ch_sq_step(&q);
	return ch_sq_end(&q, err);
}

/* The page stays in its story where its words and day are the same. */
static bool settle_story(struct ch_sql *db, int64_t page, const struct ch_page_record *p, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT s.story FROM copies c JOIN signatures s ON s.n = c.signature WHERE c.page = ? AND s.exact = ?"
				    " AND s.day = ?", true);
	int64_t story = 0;

	ch_sq_int(&q, page);
	ch_sq_int(&q, p->signature ? (int64_t)p->signature->exact : 0);
	ch_sq_int(&q, p->signature ? p->signature->day : 0);
	if (p->signature && ch_sq_step(&q))
		story = ch_sq_get_int(&q);
	if (!ch_sq_end(&q, err))
		return false;
	if (story)
		return do_page(db, "UPDATE stories SET changed = 1, id = NULL WHERE n = ?", story, err);
	return ch_sql_story_leave(db, page, err) && ch_sql_story_put(db, page, p->signature, p->doc->arena, err);
}

static bool replace(struct ch_sql *db, int64_t page, const struct ch_page_record *p, struct ch_err *err)
{
	struct ch_arena *arena = p->doc->arena;
	struct ch_sql_list actors = { .arena = arena };

	ch_sql_memo_clear(db);
	return ch_sql_list_int(db, "SELECT DISTINCT p.actor FROM reports r JOIN report_parties p ON p.report = r.n WHERE r.page = ?", page, &actors, err) &&
	       take_out(db, page, arena, err) && update_page(db, page, &p->info, err) && ch_sql_put_records(db, page, p, err) &&
	       settle_story(db, page, p, err) && ch_sql_drop_actors(db, actors.v.v, actors.v.n, err) &&
	       do_page(db, "DELETE FROM recoding WHERE page = ?", page, err);
}

bool ch_sql_replace(void *p, const struct ch_page_record *page, struct ch_err *err)
{
	struct ch_sql *db = p;
	struct ch_sq q = ch_sq_open(db, "SELECT n FROM pages WHERE id = ?", true);
	int64_t n;

	ch_sq_text(&q, page->info.id);
	n = ch_sq_step(&q) ? ch_sq_get_int(&q) : 0;
	if (!ch_sq_end(&q, err))
		return false;
	if (!db->in_transaction || !n)
		return ch_fail(err, "%s: a page that is there is replaced between begin and commit", db->path);
	return replace(db, n, page, err);
}

/* ---- which ---- */

bool ch_sql_recode_begin(void *p, const struct ch_stamp *older, struct ch_str page, uint64_t *left, bool *resumed, struct ch_err *err)
{
	struct ch_sql *db = p;
	struct ch_sq q = ch_sq_open(db, "SELECT count(*) FROM recoding", true);

	*left = ch_sq_step(&q) ? (uint64_t)ch_sq_get_int(&q) : 0;
	if (!ch_sq_end(&q, err))
		return false;
	*resumed = *left > 0;
	if (*resumed)
		return true;
	q = ch_sq_open(db, "INSERT INTO recoding SELECT n FROM pages WHERE (?1 = '' OR path = ?1 OR (id >= ?1 AND id < ?1 || 'g'))"
		       " AND (?2 = '' OR program_version <> ?3 OR lexicon_version <> ?4 OR model_version <> ?5)", true);
	ch_sq_text_always(&q, page);
	ch_sq_text_always(&q, older ? CH_STR("older") : CH_STR(""));
	ch_sq_text_always(&q, ch_str_z(older ? older->program : ""));
	ch_sq_text_always(&q, ch_str_z(older ? older->lexicon : ""));
	ch_sq_text_always(&q, ch_str_z(older ? older->model : ""));
	ch_sq_step(&q);
	if (!ch_sq_end(&q, err))
		return false;
	q = ch_sq_open(db, "SELECT count(*) FROM recoding", true);
	*left = ch_sq_step(&q) ? (uint64_t)ch_sq_get_int(&q) : 0;
	return ch_sq_end(&q, err) && ch_sql_review_ready(db, err);
}

static bool unpack(struct ch_sql *db, struct ch_arena *arena, struct ch_str codec, struct ch_str bytes, uint64_t size, struct ch_str *raw,
		   struct ch_err *err)
{
	uLongf n = (uLongf)size;
	unsigned char *out;

	if (ch_str_eqz(codec, "none")) {
		*raw = ch_arena_str(arena, bytes);
		return true;
	}
	out = ch_arena_alloc(arena, size + 1);
	if (!ch_str_eqz(codec, "zlib") || uncompress(out, &n, (const unsigned char *)bytes.ptr, (uLong)bytes.len) != Z_OK || n != size)
		return ch_fail(err, "%s: the bytes of a page are damaged", db->path);
	*raw = ch_str_n((const char *)out, size);
	return true;
}

bool ch_sql_recode_next(void *p, struct ch_str after, struct ch_arena *arena, struct ch_stored_page *page, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(p, "SELECT g.id, g.path, g.url, g.told, g.published, g.published_basis, g.raw_size, r.codec, r.bytes FROM pages g"
				    " JOIN page_raw r ON r.page = g.n WHERE g.id > ? AND EXISTS (SELECT 1 FROM recoding c WHERE c.page = g.n)"
				    " ORDER BY g.id LIMIT 1", true);
	bool ok = true;

	*page = (struct ch_stored_page){ 0 };
	ch_sq_text_always(&q, after);
	if (ch_sq_step(&q)) {
		struct ch_str codec;
		uint64_t size;

		page->id = ch_sq_get_text(&q, arena);
		page->path = ch_sq_get_text(&q, arena);
		page->url = ch_sq_get_text(&q, arena);
		page->told = ch_sq_get_text(&q, arena);
		page->published = ch_sq_get_text(&q, arena);
		page->published_basis = ch_sq_get_text(&q, arena);
		size = (uint64_t)ch_sq_get_int(&q);
		codec = ch_sq_get_text(&q, arena);
		ok = unpack(p, arena, codec, ch_sq_lent_blob(&q), size, &page->raw, err);
	}
	return ch_sq_end(&q, err) && ok;
}

bool ch_sql_raw(void *p, struct ch_str page, struct ch_arena *arena, struct ch_str *raw, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(p, "SELECT g.raw_size, r.codec, r.bytes FROM pages g JOIN page_raw r ON r.page = g.n WHERE g.id = ?", true);
	bool there, ok = true;

	ch_sq_text(&q, page);
	there = ch_sq_step(&q);
	if (there) {
		uint64_t size = (uint64_t)ch_sq_get_int(&q);
		struct ch_str codec = ch_sq_get_text(&q, arena);

		ok = unpack(p, arena, codec, ch_sq_lent_blob(&q), size, raw, err);
	}
	if (!ch_sq_end(&q, err))
		return false;
	return there ? ok : ch_fail(err, "no page '%.*s' in the store", CH_STR_ARG(page));
}

bool ch_sql_recode_end(void *p, struct ch_err *err)
{
	return ch_sql_exec(p, "DELETE FROM recoding", err);
}

bool ch_sql_coded_by(void *p, const struct ch_query *query, bool (*fn)(void *ctx, const struct ch_coded_by *row), void *ctx, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(p,
		"SELECT program_version, lexicon_version, model_version, count(*), sum((SELECT count(*) FROM reports r WHERE r.page = g.n))"
		" FROM pages g WHERE (?1 = '' OR published >= ?1) AND (?2 = '' OR published <= ?2) GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2, 3", true);
	struct ch_arena arena = { 0 };
	bool ok;

	ch_sq_text_always(&q, query->since);
	ch_sq_text_always(&q, query->until);
	while (ch_sq_step(&q)) {
		struct ch_coded_by row = { .program = ch_sq_get_text(&q, &arena) };

		row.lexicon = ch_sq_get_text(&q, &arena);
		row.model = ch_sq_get_text(&q, &arena);
		row.pages = (uint64_t)ch_sq_get_int(&q);
		row.events = (uint64_t)ch_sq_get_int(&q);
		if (!fn(ctx, &row))
			break;
	}
	ok = ch_sq_end(&q, err);
	ch_arena_free(&arena);
	return ok;
}
