#include "store/store_priv.h"
#include <stdlib.h>

struct ch_store {
	const struct ch_store_verbs *verbs;
	void *db;
	char *where;
};

bool ch_store_open(const char *where, bool create, struct ch_store **store, struct ch_err *err)
{
	static const struct ch_store_verbs *const all[] = { &ch_postgres_verbs, &ch_sqlite_verbs };
	const struct ch_store_verbs *verbs = NULL;
	void *db;

	for (size_t i = 0; i < sizeof all / sizeof *all && !verbs; i++)
		if (ch_str_starts(ch_str_z(where), ch_str_z(all[i]->scheme)))
			verbs = all[i];
	if (verbs == &ch_sqlite_verbs && strstr(where, "://"))
		return ch_fail(err, "%s: no such kind of store; it is the path of an SQLite file, or postgresql://[USER@]HOST/DATABASE", where);
	if (!verbs->open(where, create, &db, err))
		return false;
	*store = ch_xrealloc(NULL, sizeof **store);
	**store = (struct ch_store){ verbs, db, strdup(where) };
	if (!(*store)->where)
		ch_die_memory(strlen(where));
	return true;
}

bool ch_store_reopen(struct ch_store *s, struct ch_err *err)
{
	void *db;

	if (!s->verbs->open(s->where, false, &db, err))
		return false;
	s->verbs->close(s->db);
	s->db = db;
	return true;
}

void ch_store_close(struct ch_store *s)
{
	if (!s)
		return;
	s->verbs->close(s->db);
	free(s->where);
	free(s);
}

bool ch_store_revision(struct ch_store *s, uint64_t *revision, struct ch_err *err)
{
	return s->verbs->revision(s->db, revision, err);
}

bool ch_store_limit(struct ch_store *s, bool read_only, unsigned ms, struct ch_err *err)
{
	return s->verbs->limit(s->db, read_only, ms, err);
}

enum ch_store_trouble ch_store_trouble(struct ch_store *s)
{
	return s->verbs->trouble(s->db);
}

bool ch_store_begin(struct ch_store *s, struct ch_err *err)
{
	return s->verbs->begin(s->db, err);
}

bool ch_store_commit(struct ch_store *s, struct ch_err *err)
{
	return s->verbs->commit(s->db, err);
}

void ch_store_rollback(struct ch_store *s)
{
	s->verbs->rollback(s->db);
}

bool ch_store_has_page(struct ch_store *s, struct ch_str id, bool *has, struct ch_err *err)
{
	return s->verbs->has_page(s->db, id, has, err);
}

bool ch_store_put(struct ch_store *s, const struct ch_page_record *page, struct ch_err *err)
{
	return s->verbs->put(s->db, page, err);
}

bool ch_store_events(struct ch_store *s, const struct ch_query *q, ch_event_fn *fn, void *ctx, struct ch_err *err)
{
	return s->verbs->events(s->db, q, fn, ctx, err);
}

bool ch_store_suggest(struct ch_store *s, struct ch_str words, uint32_t limit, bool (*fn)(void *, bool, struct ch_str, struct ch_str), void *ctx,
		      struct ch_err *err)
{
	return s->verbs->suggest(s->db, words, limit, fn, ctx, err);
}

bool ch_store_watch_put(struct ch_store *s, const struct ch_watch_list *w, struct ch_err *err)
{
	return s->verbs->watch_put(s->db, w, err);
}

bool ch_store_watch_drop(struct ch_store *s, struct ch_str name, struct ch_err *err)
{
	return s->verbs->watch_drop(s->db, name, err);
}

bool ch_store_watch_each(struct ch_store *s, bool (*fn)(void *ctx, const struct ch_watch_list *w), void *ctx, struct ch_err *err)
{
	return s->verbs->watch_each(s->db, fn, ctx, err);
}

bool ch_store_organisation(struct ch_store *s, struct ch_str code, struct ch_str name, struct ch_str with, uint64_t *events, uint64_t *conflict, struct ch_err *err)
{
	return s->verbs->organisation(s->db, code, name, with, events, conflict, err);
}

bool ch_store_totals(struct ch_store *s, struct ch_arena *arena, struct ch_totals *totals, struct ch_err *err)
{
	return s->verbs->totals(s->db, arena, totals, err);
}

bool ch_store_counts(struct ch_store *s, const struct ch_query *q, enum ch_count_by by, ch_count_fn *fn, void *ctx, struct ch_err *err)
{
	return s->verbs->counts(s->db, q, by, fn, ctx, err);
}

bool ch_store_rows(struct ch_store *s, enum ch_register_id reg, const struct ch_query *q, ch_row_fn *fn, void *ctx,
		   struct ch_err *err)
{
	return s->verbs->rows(s->db, reg, q, fn, ctx, err);
}

bool ch_store_pages(struct ch_store *s, const struct ch_query *q, ch_page_fn *fn, void *ctx, struct ch_err *err)
{
	return s->verbs->pages(s->db, q, fn, ctx, err);
}

bool ch_store_news(struct ch_store *s, unsigned what, const struct ch_query *q, uint64_t *after, struct ch_arena *arena, struct ch_new_record *news, uint32_t max,
		   uint32_t *n, struct ch_err *err)
{
	return s->verbs->news(s->db, what, q, after, arena, news, max, n, err);
}

bool ch_store_search(struct ch_store *s, struct ch_str words, uint64_t limit, ch_hit_fn *fn, void *ctx, struct ch_err *err)
{
	return ch_store_search_in(s, words, &(struct ch_search_in){ .skip = 0 }, limit, fn, ctx, err);
}

bool ch_store_search_in(struct ch_store *s, struct ch_str words, const struct ch_search_in *in, uint64_t limit, ch_hit_fn *fn, void *ctx,
			struct ch_err *err)
{
	return s->verbs->search(s->db, words, in, limit, fn, ctx, err);
}

bool ch_store_sentences(struct ch_store *s, struct ch_str page, bool (*fn)(void *, const struct ch_stored_sentence *), void *ctx,
			struct ch_err *err)
{
	return s->verbs->sentences(s->db, page, fn, ctx, err);
}

bool ch_store_blocks(struct ch_store *s, struct ch_str page, bool (*fn)(void *, const struct ch_stored_block *), void *ctx,
		     struct ch_err *err)
{
	return s->verbs->blocks(s->db, page, fn, ctx, err);
}

bool ch_store_find(struct ch_store *s, struct ch_arena *arena, struct ch_str prefix, struct ch_str *kind, struct ch_str *full,
		   struct ch_err *err)
{
	return s->verbs->find(s->db, arena, prefix, kind, full, err);
}

bool ch_store_resolve(struct ch_store *s, struct ch_arena *arena, struct ch_str name, struct ch_str *party,
		      struct ch_str *person, struct ch_err *err)
{
	return s->verbs->resolve(s->db, arena, name, party, person, err);
}

bool ch_store_stories(struct ch_store *s, const struct ch_query *q, uint64_t pages_min, ch_story_fn *fn, void *ctx, struct ch_err *err)
{
	return s->verbs->stories(s->db, q, pages_min, fn, ctx, err);
}

bool ch_store_words(struct ch_store *s, struct ch_str page, struct ch_arena *arena, struct ch_words *words, struct ch_err *err)
{
	return s->verbs->words(s->db, page, arena, words, err);
}

bool ch_store_raw(struct ch_store *s, struct ch_str page, struct ch_arena *arena, struct ch_str *raw, struct ch_err *err)
{
	return s->verbs->raw(s->db, page, arena, raw, err);
}

bool ch_store_coverage(struct ch_store *s, enum ch_coverage_by by, const struct ch_query *q, ch_coverage_fn *fn, void *ctx,
		       struct ch_err *err)
{
	return s->verbs->coverage(s->db, by, q, fn, ctx, err);
}

bool ch_store_days_of(struct ch_store *s, const struct ch_query *q, struct ch_str party, int side, bool *is, void (*fn)(void *ctx, struct ch_str day),
		      void *ctx, struct ch_err *err)
{
	return s->verbs->days_of(s->db, q, party, side, is, fn, ctx, err);
}

bool ch_store_refused(struct ch_store *s, const struct ch_query *q, bool (*fn)(void *, const struct ch_refused *), void *ctx,
		      struct ch_err *err)
{
	return s->verbs->refused(s->db, q, fn, ctx, err);
}

bool ch_store_agenda(struct ch_store *s, const struct ch_query *q, const struct ch_agenda_ask *ask, struct ch_arena *arena,
		     struct ch_agenda_set *out, struct ch_err *err)
{
	return s->verbs->agenda(s->db, q, ask, arena, out, err);
}

bool ch_store_telling(struct ch_store *s, struct ch_str event, struct ch_str report, struct ch_arena *arena, struct ch_telling *out, struct ch_err *err)
{
	return s->verbs->telling(s->db, event, report, arena, out, err);
}

bool ch_store_told_later(struct ch_store *s, struct ch_str party, struct ch_str words, struct ch_str after,
			 bool (*fn)(void *ctx, const struct ch_later *later), void *ctx, struct ch_err *err)
{
	return s->verbs->told_later(s->db, party, words, after, fn, ctx, err);
}

bool ch_store_newest(struct ch_store *s, struct ch_arena *arena, struct ch_str *day, struct ch_err *err)
{
	return s->verbs->newest(s->db, arena, day, err);
}

bool ch_store_dump(struct ch_store *s, bool (*line)(void *, struct ch_str), void *ctx, struct ch_err *err)
{
	return s->verbs->dump(s->db, line, ctx, err);
}

bool ch_store_check(struct ch_store *s, ch_broken_fn *fn, void *ctx, struct ch_err *err)
{
	return s->verbs->check(s->db, fn, ctx, err);
}

bool ch_store_vacuum(struct ch_store *s, struct ch_err *err)
{
	return s->verbs->vacuum(s->db, err);
}

bool ch_store_backup(struct ch_store *s, const char *to, struct ch_err *err)
{
	return s->verbs->backup(s->db, to, err);
}

bool ch_store_copy(struct ch_store *from, struct ch_store *to, struct ch_err *err)
{
	return ch_copy(from->verbs, from->db, to->verbs, to->db, err);
}

/* Decisions and reading anew came after the other verbs: a back end may be without. */
static bool without(bool verb, struct ch_err *err)
{
	return !verb && !ch_fail(err, "this kind of store keeps no decisions yet; an SQLite file does");
}

bool ch_store_decide(struct ch_store *s, const struct ch_decision *d, struct ch_str other, struct ch_arena *arena, struct ch_str *now,
		     struct ch_err *err)
{
	return !without(s->verbs->decide != NULL, err) && s->verbs->decide(s->db, d, other, arena, now, err);
}

bool ch_store_undo(struct ch_store *s, struct ch_str kind, struct ch_str id, struct ch_arena *arena, struct ch_str *now,
		   struct ch_err *err)
{
	return !without(s->verbs->undo != NULL, err) && s->verbs->undo(s->db, kind, id, arena, now, err);
}

bool ch_store_decisions(struct ch_store *s, bool (*fn)(void *, const struct ch_decision *), void *ctx, struct ch_err *err)
{
	return !without(s->verbs->decisions != NULL, err) && s->verbs->decisions(s->db, fn, ctx, err);
}

bool ch_store_replace(struct ch_store *s, const struct ch_page_record *page, struct ch_err *err)
{
	return !without(s->verbs->replace != NULL, err) && s->verbs->replace(s->db, page, err);
}

bool ch_store_recode_begin(struct ch_store *s, const struct ch_stamp *older, struct ch_str page, uint64_t *left, bool *resumed,
			   struct ch_err *err)
{
	return !without(s->verbs->recode_begin != NULL, err) && s->verbs->recode_begin(s->db, older, page, left, resumed, err);
}

bool ch_store_recode_next(struct ch_store *s, struct ch_str after, struct ch_arena *arena, struct ch_stored_page *page,
			  struct ch_err *err)
{
	return !without(s->verbs->recode_next != NULL, err) && s->verbs->recode_next(s->db, after, arena, page, err);
}

bool ch_store_coded_by(struct ch_store *s, const struct ch_query *q, bool (*fn)(void *, const struct ch_coded_by *), void *ctx,
		       struct ch_err *err)
{
	return !without(s->verbs->coded_by != NULL, err) && s->verbs->coded_by(s->db, q, fn, ctx, err);
}

bool ch_store_recode_end(struct ch_store *s, struct ch_err *err)
{
	return !without(s->verbs->recode_end != NULL, err) && s->verbs->recode_end(s->db, err);
}
