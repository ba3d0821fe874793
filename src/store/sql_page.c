/* store/sql_page.c -- what is known of a page; its sentences and blocks. */
#include "store/sql.h"

void ch_sq_page(struct ch_sq *q, const struct ch_page_info *p)
{
	ch_sq_text(q, p->url);
	ch_sq_text(q, p->title);
	ch_sq_text(q, p->author);
	ch_sq_text(q, p->outlet);
	ch_sq_text(q, p->agency);
	ch_sq_text(q, p->section);
	ch_sq_text(q, p->lang);
	ch_sq_text(q, p->dateline_place);
	ch_sq_text(q, p->published);
	ch_sq_text(q, p->published_basis);
	ch_sq_int(q, p->article);
	ch_sq_text_always(q, p->program_version);
	ch_sq_text_always(q, p->lexicon_version);
	ch_sq_text_always(q, p->model_version);
	ch_sq_text(q, p->modified);
	ch_sq_text(q, p->chain);
	ch_sq_text(q, p->license);
	ch_sq_int(q, p->license_forbids);
}

struct ch_evidence ch_sq_get_span(struct ch_sq *q)
{
	struct ch_evidence e;

	e.text.start = (uint32_t)ch_sq_get_int(q);
	e.text.end = (uint32_t)ch_sq_get_int(q);
	e.raw.start = (uint32_t)ch_sq_get_int(q);
	e.raw.end = (uint32_t)ch_sq_get_int(q);
	return e;
}

bool ch_sql_sentences(void *p, struct ch_str page, bool (*fn)(void *, const struct ch_stored_sentence *), void *ctx,
			 struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(p, "SELECT s.number, s.block, s.start, s.end, s.raw_start, s.raw_end, s.text FROM sentences s"
				    " JOIN pages g ON g.n = s.page WHERE g.id = ? AND s.number >= 0 ORDER BY s.number", true);
	struct ch_arena a = { 0 };
	bool ok;

	ch_sq_text(&q, page);
	while (ch_sq_step(&q)) {
		struct ch_stored_sentence s = { .number = (uint32_t)ch_sq_get_int(&q) };

		s.block = (uint32_t)ch_sq_get_int(&q);
		s.span = ch_sq_get_span(&q);
		s.text = ch_sq_get_text(&q, &a);
		if (!fn(ctx, &s))
			break;
		ch_arena_reset(&a);
	}
	ok = ch_sq_end(&q, err);
	ch_arena_free(&a);
	return ok;
}

bool ch_sql_blocks(void *p, struct ch_str page, bool (*fn)(void *, const struct ch_stored_block *), void *ctx, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(p, "SELECT b.kind, b.reason, b.text, b.raw_start, b.raw_end FROM blocks b"
				    " JOIN pages g ON g.n = b.page WHERE g.id = ? ORDER BY b.raw_start, b.number", true);
	struct ch_arena a = { 0 };
	bool ok;

	ch_sq_text(&q, page);
	while (ch_sq_step(&q)) {
		struct ch_stored_block b = { .kind = ch_sq_get_text(&q, &a) };

		b.reason = ch_sq_get_text(&q, &a);
		b.text = ch_sq_get_text(&q, &a);
		b.raw.start = (uint32_t)ch_sq_get_int(&q);
		b.raw.end = (uint32_t)ch_sq_get_int(&q);
		if (!fn(ctx, &b))
			break;
		ch_arena_reset(&a);
	}
	ok = ch_sq_end(&q, err);
	ch_arena_free(&a);
	return ok;
}
