/* export/stories.c -- stories, their chains of copies, and what the store covers, as JSON. */
#include "export/cursor.h"
#include "export/query.h"
#include "export/voices.h"
#include "merge/alter.h"
#include <stdlib.h>

/* ---- a list of stories ---- */

static void put_voices(json_t *o, const struct ch_story *story, struct ch_arena *arena)
{
	const struct ch_page_info **pages = CH_NEW_N(arena, const struct ch_page_info *, story->n_pages);
	json_t *voices;

	for (uint32_t i = 0; i < story->n_pages; i++)
		pages[i] = &story->pages[i].info;
	voices = ch_json_voices(pages, story->n_pages);
	json_object_update(o, voices);
	json_decref(voices);
}

/* Whom the story comes from: the last of those whom its first page credits, else the first page's outlet. */
static struct ch_str origin_of(const struct ch_story *story)
{
	const struct ch_page_info *first = &story->pages[0].info;
	struct ch_str origin = first->outlet, rest = { 0 }, name;

	while (ch_next_credit(first, &rest, &name))
		origin = name;
	return origin;
}

static json_t *credits_of(const struct ch_page_info *page)
{
	json_t *list = ch_json_array();
	struct ch_str rest = { 0 }, name;

	while (ch_next_credit(page, &rest, &name))
		ch_json_push(list, ch_json_str(name));
	return list;
}

static json_t *story_head(const struct ch_story *story)
{
	const struct ch_page_info *first = &story->pages[0].info, *last = first;
	struct ch_arena arena = { 0 };
	json_t *o = ch_json_object();

	for (uint32_t i = 0; i < story->n_pages; i++)
		if (story->pages[i].info.published.len)
			last = &story->pages[i].info;
	ch_json_set(o, "id", ch_json_str(story->id));
	ch_json_set(o, "title", ch_json_or_null(first->title));
	ch_json_set(o, "first_publisher", ch_json_or_null(first->outlet));
	ch_json_set(o, "origin", ch_json_or_null(origin_of(story)));
	put_voices(o, story, &arena);
	ch_json_set(o, "last_seen", ch_json_or_null(last->published));
	ch_arena_free(&arena);
	return o;
}

struct listing {
	chancery_row_fn *row;
	void *ctx;
	struct ch_arena arena, kept;
	struct ch_map wanted;          /* stories whose events fit; empty map: all */
	bool only;
	uint64_t left;                 /* of the limit; UINT64_MAX: none */
};

static bool give_story(void *ctx, const struct ch_story *story)
{
	struct listing *l = ctx;
	struct ch_str line;
	bool go;

	if (!story->n_pages || (l->only && !ch_map_get(&l->wanted, story->id)))
		return true;
	if (!l->left--)
		return false;
	line = ch_json_line(&l->arena, story_head(story));
	go = l->row(l->ctx, line.ptr, line.len);
	ch_arena_reset(&l->arena);
	return go;
}

static bool want_stories(void *ctx, const struct ch_event_record *e)
{
	struct listing *l = ctx;

	for (uint32_t i = 0; i < e->n_reports; i++) {
		struct ch_str story = e->reports[i].page->story;

		if (story.len && !ch_map_get(&l->wanted, story))
			ch_map_put(&l->wanted, ch_arena_str(&l->kept, story), 0, NULL);
	}
	return true;
}

bool chancery_stories(struct chancery_store *store, const struct chancery_query *given, unsigned long long pages_min,
		      chancery_row_fn *row, void *ctx, struct chancery_error *error)
{
	struct ch_paged paged;
	struct listing l = { .row = ch_paged_row, .ctx = &paged };
	struct ch_arena arena = { 0 };
	struct ch_err *err = (struct ch_err *)error;
	struct ch_store *s = (struct ch_store *)store;
	struct ch_query q = { 0 }, of;
	bool ok = ch_asked("stories", given, err) && ch_query_of(given, &arena, &q, err) && ch_paged_begin(&paged, "stories", given, row, ctx, &q, err);

	ch_map_init(&l.wanted, &l.kept);
	l.left = q.limit ? q.limit : UINT64_MAX;
	if (ok && (q.who.len || q.with.len || q.type.len || q.mode.len || q.status.len || q.place.len || q.context.len)) {
		of = (struct ch_query){ .who = q.who, .with = q.with, .type = q.type, .mode = q.mode, .status = q.status, .place = q.place,
					 .context = q.context };
		l.only = true;
		ok = ch_store_events(s, &of, want_stories, &l, err);
	}
	of = (struct ch_query){ .since = q.since, .until = q.until, .about = q.about, .page = q.page, .newest = q.newest, .after = q.after, .at = q.at };
	ok = ok && ch_store_stories(s, &of, pages_min, give_story, &l, err);
	ch_arena_free(&l.arena);
	ch_arena_free(&l.kept);
	ch_arena_free(&arena);
	return ok;
}

/* ---- one story ---- */

/* Earlier pages whose text a copy is held against, to find the one that it is nearest to. */
enum { SOURCES_MAX = 32 };

struct telling_of {
	struct ch_store *store;
	struct ch_err *err;
	struct ch_arena arena;         /* words of the first pages */
	struct ch_words sources[SOURCES_MAX];
	json_t *story;
	uint32_t n;
	bool ok;
};

static json_t *texts(const struct ch_str *v, uint32_t n)
{
	json_t *list = ch_json_array();

	for (uint32_t i = 0; i < n; i++)
		ch_json_push(list, ch_json_str(v[i]));
	return list;
}

static json_t *share(double x)
{
	return json_real((double)(int)(x * 100 + 0.5) / 100);
}

/* What the page that stands at `from` says and this one does not, and the other way round. */
static void put_altered(json_t *o, const struct ch_alteration *alt)
{
	ch_json_set(o, "kept", share(alt->kept));
	ch_json_set(o, "own", share(alt->own));
	ch_json_set(o, "numbers_lost", texts(alt->numbers_lost, alt->n_numbers_lost));
	ch_json_set(o, "numbers_new", texts(alt->numbers_new, alt->n_numbers_new));
	ch_json_set(o, "quotes_lost", texts(alt->quotes_lost, alt->n_quotes_lost));
	ch_json_set(o, "quotes_new", texts(alt->quotes_new, alt->n_quotes_new));
}

/* The page that it was taken from: of those before it the one of the outlet that it credits, else the one whose text it kept most
 * of, the earliest of several. */
static uint32_t source_of(struct telling_of *t, struct ch_arena *arena, const struct ch_story *story, uint32_t at,
			  const struct ch_words *words, bool *credited)
{
	uint32_t n = at < SOURCES_MAX ? at : SOURCES_MAX, best = 0, most = 0;

	*credited = false;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t common = ch_hashes_common(&t->sources[i].shingles, &words->shingles);

		if (ch_credits(arena, &story->pages[at].info, story->pages[i].info.outlet)) {
			*credited = true;
			return i;
		}
		if (common > most) {
			most = common;
			best = i;
		}
	}
	return best;
}

static json_t *link_of(struct telling_of *t, const struct ch_story *story, uint32_t at)
{
	const struct ch_story_page *page = &story->pages[at];
	ch_day first = ch_day_parse(story->pages[0].info.published), day = ch_day_parse(page->info.published);
	json_t *o = ch_json_object();
	struct ch_arena arena = { 0 };
	struct ch_words own, *words = at < SOURCES_MAX ? &t->sources[at] : &own;
	struct ch_alteration alt;
	bool credited;
	uint32_t from;

	ch_json_set(o, "page", ch_json_page(&page->info));
	ch_json_set(o, "copy", ch_json_or_null(page->copy));
	ch_json_set(o, "days_late", first == CH_NO_DAY || day == CH_NO_DAY ? json_null() : json_integer(day - first));
	ch_json_set(o, "credits", credits_of(&page->info));
	if (t->ok)
		t->ok = ch_store_words(t->store, page->info.id, at < SOURCES_MAX ? &t->arena : &arena, words, t->err);
	if (t->ok && at) {
		from = source_of(t, &arena, story, at, words, &credited);
		ch_alteration_of(&alt, &arena, &t->sources[from], words);
		ch_json_set(o, "from", ch_json_str(story->pages[from].info.id));
		ch_json_set(o, "from_outlet", ch_json_or_null(story->pages[from].info.outlet));
		ch_json_set(o, "from_basis", ch_json_str(credited ? CH_STR("credit") : CH_STR("text")));
		put_altered(o, &alt);
	} else {
		ch_json_set(o, "from", json_null());
	}
	ch_arena_free(&arena);
	return o;
}

static bool tell(void *ctx, const struct ch_story *story)
{
	struct telling_of *t = ctx;
	json_t *chain;

	if (t->n++)
		return false;
	t->story = story_head(story);
	chain = ch_json_array();
	for (uint32_t i = 0; i < story->n_pages; i++)
		ch_json_push(chain, link_of(t, story, i));
	ch_json_set(t->story, "chain", chain);
	return true;
}

/* ID names a story, or one of its pages. */
bool chancery_story(struct chancery_store *store, const char *id, char **json, struct chancery_error *error)
{
	struct telling_of t = { .store = (struct ch_store *)store, .err = (struct ch_err *)error, .ok = true };
	struct ch_query q = { .id = ch_str_z(id) };
	bool ok;

	if (!q.id.len)
		return ch_fail(t.err, "the id of a story is wanted, or of a page");
	ok = ch_store_stories(t.store, &q, 0, tell, &t, t.err) && t.ok;
	if (ok && !t.n) {
		q = (struct ch_query){ .page = ch_str_z(id) };
		ok = ch_store_stories(t.store, &q, 0, tell, &t, t.err) && t.ok;
	}
	if (ok && t.n != 1)
		ok = ch_fail(t.err, t.n ? "more than one story begins with '%s': give more of it" : "no story '%s' in the store", id);
	ch_arena_free(&t.arena);
	return ch_json_give(t.story, ok, json);
}

/* ---- coverage ---- */

static bool add_row(void *ctx, const struct ch_coverage *c)
{
	json_t *o = ch_json_object();

	ch_json_set(o, "key", ch_json_or_null(c->key));
	ch_json_set(o, "pages", json_integer((json_int_t)c->pages));
	ch_json_set(o, "articles", json_integer((json_int_t)c->articles));
	ch_json_set(o, "stories", json_integer((json_int_t)c->stories));
	ch_json_set(o, "coded", json_integer((json_int_t)c->coded));
	ch_json_set(o, "events", json_integer((json_int_t)c->events));
	ch_json_set(o, "first", ch_json_or_null(c->first));
	ch_json_set(o, "last", ch_json_or_null(c->last));
	ch_json_set(o, "undated", json_integer((json_int_t)c->undated));
	ch_json_set(o, "cut", json_integer((json_int_t)c->cut));
	ch_json_push(ctx, o);
	return true;
}

static bool add_refused(void *ctx, const struct ch_refused *r)
{
	json_t *o = ch_json_object();

	ch_json_set(o, "reason", ch_json_or_null(r->reason));
	ch_json_set(o, "pages", json_integer((json_int_t)r->pages));
	ch_json_push(ctx, o);
	return true;
}

static json_int_t sum_of(const json_t *rows, const char *field)
{
	json_int_t sum = 0;
	const json_t *row;
	size_t i;

	json_array_foreach(rows, i, row)
		sum += json_integer_value(json_object_get(row, field));
	return sum;
}

static bool add_version(void *ctx, const struct ch_coded_by *c)
{
	json_t *o = ch_json_object();

	ch_json_set(o, "program_version", ch_json_or_null(c->program));
	ch_json_set(o, "lexicon_version", ch_json_or_null(c->lexicon));
	ch_json_set(o, "model_version", ch_json_or_null(c->model));
	ch_json_set(o, "pages", json_integer((json_int_t)c->pages));
	ch_json_set(o, "reports", json_integer((json_int_t)c->events));
	ch_json_push(ctx, o);
	return true;
}

bool chancery_coverage(struct chancery_store *store, const char *by, const struct chancery_query *given, char **json,
		       struct chancery_error *error)
{
	static const char *const names[] = { "outlet", "month", "lang" };
	struct ch_err *err = (struct ch_err *)error;
	struct ch_arena arena = { 0 };
	json_t *o = ch_json_object(), *rows = ch_json_array(), *refused = ch_json_array();
	struct ch_query q;
	unsigned which = 0;
	bool ok = ch_asked("coverage", given, err) && ch_query_of(given, &arena, &q, err);

	if (ok && strcmp(by, "version") == 0) {
		ok = ch_store_coded_by((struct ch_store *)store, &q, add_version, rows, err);
		ch_json_set(o, "by", ch_json_str(ch_str_z(by)));
		ch_json_set(o, "pages", json_integer(sum_of(rows, "pages")));
		ch_json_set(o, "rows", rows);
		json_decref(refused);
		ch_arena_free(&arena);
		return ch_json_give(o, ok, json);
	}
	while (ok && which < 3 && strcmp(by, names[which]) != 0)
		which++;
	if (ok && which == 3)
		ok = ch_fail(err, "--by wants outlet, month, lang or version, not '%s'", by);
	ok = ok && ch_store_coverage((struct ch_store *)store, (enum ch_coverage_by)which, &q, add_row, rows, err) &&
	     ch_store_refused((struct ch_store *)store, &q, add_refused, refused, err);
	ch_json_set(o, "by", ch_json_str(ch_str_z(by)));
	ch_json_set(o, "pages", json_integer(sum_of(rows, "pages")));
	ch_json_set(o, "articles", json_integer(sum_of(rows, "articles")));
	ch_json_set(o, "rows", rows);
	ch_json_set(o, "refused", refused);
	ch_arena_free(&arena);
	return ch_json_give(o, ok, json);
}
