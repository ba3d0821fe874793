/* store/sql_story.c -- which pages are copies of each other.
 *
 * Stories are the connected components of the relation ch_likeness over signatures. Which pairs are looked at follows from
 * their keys alone, and a union is the same whichever came first: so is the final grouping, for any order of adding and any
 * number of threads. A component is kept as a number in each of its signatures; uniting renumbers the smaller one, which
 * happens to a signature at most log2(n) times.
 *
 * The one exception are bounds that a hostile or degenerate collection would meet: of a key's signatures the first KEY_MAX are
 * looked at, of those that a page shares keys with the LIKELY_MAX with the most, of windows, for an undated page, a
 * hundred years. All are far from what true copies need. */
#include "store/sql.h"
#include "store/id.h"
#include <stdlib.h>

enum { KEY_MAX = 512, LIKELY_MAX = 256, WINDOWS_MAX = 1200 };

struct likely {
	int64_t signature;
	uint32_t keys;
};

struct likely_list {
	struct ch_arena *arena;
	CH_VEC(struct likely) v;
};

/* Statements that look at so many places each. */
enum { PLACES = 16 };
#define PLACE(k) "SELECT signature FROM (SELECT signature FROM signature_keys WHERE window = ? AND key = ? ORDER BY signature LIMIT 512) AS p" #k
_Static_assert(KEY_MAX == 512, "as the statement has it");

struct place {
	int32_t window;
	uint32_t key;
};

struct places {
	CH_VEC(struct place) v;
};

static bool look_up(struct ch_sql *db, const struct place *at, uint32_t n, int64_t self, struct likely_list *list, struct ch_err *err)
{
#define AND " UNION ALL "
	struct ch_sq q = ch_sq_open(db, PLACE(0) AND PLACE(1) AND PLACE(2) AND PLACE(3) AND PLACE(4) AND PLACE(5) AND PLACE(6) AND PLACE(7) AND
				    PLACE(8) AND PLACE(9) AND PLACE(10) AND PLACE(11) AND PLACE(12) AND PLACE(13) AND PLACE(14) AND PLACE(15), true);
#undef AND

	for (uint32_t i = 0; i < PLACES; i++) {
		ch_sq_int(&q, i < n ? at[i].window : 0);
		ch_sq_int(&q, i < n ? at[i].key : 0);   /* no signature has the key 0 */
	}
	while (ch_sq_step(&q)) {
		int64_t one = ch_sq_get_int(&q);

		if (one != self)
			*CH_PUSH(list->arena, &list->v) = (struct likely){ one, 1 };
	}
	return ch_sq_end(&q, err);
}

static int by_signature(const void *a, const void *b)
{
	const struct likely *x = a, *y = b;

	return (x->signature > y->signature) - (x->signature < y->signature);
}

static int by_keys(const void *a, const void *b)
{
	const struct likely *x = a, *y = b;

	return x->keys != y->keys ? (x->keys < y->keys) - (x->keys > y->keys) : by_signature(a, b);
}

/* Windows that the store has keys at, but those without a time. */
static bool get_windows(struct ch_sql *db, int32_t *windows, uint32_t *n, struct ch_err *err)
{
	int32_t last = CH_WINDOW_UNDATED;
	bool more = true;

	for (*n = 0; more && *n < WINDOWS_MAX;) {
		struct ch_sq q = ch_sq_open(db, "SELECT window FROM signature_keys WHERE window > ? ORDER BY window LIMIT 1", true);

		ch_sq_int(&q, last);
		more = ch_sq_step(&q);
		if (more)
			windows[(*n)++] = last = (int32_t)ch_sq_get_int(&q);
		if (!ch_sq_end(&q, err))
			return false;
	}
	return true;
}

/* Whichever of two pages comes first, the other finds it. */
static bool look_around(struct ch_sql *db, const struct ch_signature *sig, int64_t self, struct likely_list *list,
			struct ch_err *err)
{
	bool dated = sig->day != CH_NO_DAY;
	int32_t windows[WINDOWS_MAX];
	struct places at = { { 0 } };
	uint32_t n_windows = 0;

	if (!dated && !get_windows(db, windows, &n_windows, err))
		return false;
	for (uint32_t i = 0; i < CH_KEYS; i++) {
		bool timed = i >= CH_KEYS_ANY_TIME, shingles = i < CH_KEYS_SHINGLES;
		int32_t window = ch_key_window(sig, i);
		uint32_t key = sig->keys[i];

		if (!key)
			continue;
		*CH_PUSH(list->arena, &at.v) = (struct place){ window, key };
		if (timed && dated) {
			*CH_PUSH(list->arena, &at.v) = (struct place){ window - 1, key };
			*CH_PUSH(list->arena, &at.v) = (struct place){ window + 1, key };
		}
		if (timed && dated && shingles)
			*CH_PUSH(list->arena, &at.v) = (struct place){ CH_WINDOW_UNDATED, key };
		for (uint32_t w = 0; timed && shingles && w < n_windows; w++)
			*CH_PUSH(list->arena, &at.v) = (struct place){ windows[w], key };
	}
	for (uint32_t i = 0; i < at.v.n; i += PLACES)
		if (!look_up(db, at.v.v + i, at.v.n - i < PLACES ? at.v.n - i : PLACES, self, list, err))
			return false;
	return true;
}

static bool find_likely(struct ch_sql *db, const struct ch_signature *sig, int64_t self, struct likely_list *list,
			struct ch_err *err)
{
	uint32_t n = 0;

	if (!look_around(db, sig, self, list, err))
		return false;
	if (list->v.n)
		qsort(list->v.v, list->v.n, sizeof *list->v.v, by_signature);
	for (uint32_t i = 0; i < list->v.n; i++) {
		if (n && list->v.v[n - 1].signature == list->v.v[i].signature)
			list->v.v[n - 1].keys++;
		else
			list->v.v[n++] = list->v.v[i];
	}
	if (n > LIKELY_MAX) {
		qsort(list->v.v, n, sizeof *list->v.v, by_keys);
		n = LIKELY_MAX;
	}
	list->v.n = n;
	return true;
}

/* ---- stories ---- */

static bool story_size(struct ch_sql *db, int64_t story, int64_t *size, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT size FROM stories WHERE n = ?", true);

	ch_sq_int(&q, story);
	*size = ch_sq_step(&q) ? ch_sq_get_int(&q) : 0;
	return ch_sq_end(&q, err);
}

/* sql takes one number, or two. */
static bool do_with(struct ch_sql *db, const char *sql, int64_t a, const int64_t *b, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, sql, true);

	ch_sq_int(&q, a);
	if (b)
		ch_sq_int(&q, *b);
	ch_sq_step(&q);
	return ch_sq_end(&q, err);
}

static bool touch(struct ch_sql *db, int64_t story, struct ch_err *err)
{
	return do_with(db, "UPDATE stories SET changed = 1, id = NULL WHERE n = ?", story, NULL, err);
}

#define GROW "UPDATE stories SET changed = CASE WHEN changed = 1 THEN 1 ELSE 2 END, id = NULL WHERE n "

/* What it had of its own is as it was; unless more happened to it, only what the new pages tell is thought of (ch_sql_versions_settle). */
static bool grow(struct ch_sql *db, int64_t story, struct ch_err *err)
{
	return do_with(db, GROW "= ?", story, NULL, err);
}

/* Stories to which pages came whose words they had. Told of late: whatever else happened to one since has the last word anyway. */
static bool grow_all(struct ch_sql *db, struct ch_err *err)
{
	uint32_t n = ch_numbers_set(db->grown.v, db->grown.n);

	db->grown.n = 0;
	for (uint32_t from = 0; from < n; from += ch_sql_many(db)) {
		struct ch_sq q = ch_sq_open(db, GROW "IN (SELECT story FROM signatures WHERE n IN " CH_SQL_IN ")", true);

		ch_sq_many(&q, db->grown.v + from, ch_sql_piece(db, n, from));
		ch_sq_step(&q);
		if (!ch_sq_end(&q, err))
			return false;
	}
	return true;
}

/* *fresh: mine has the page that is being put and no other. */
static bool unite(struct ch_sql *db, int64_t *mine, bool *fresh, int64_t other, struct ch_err *err)
{
	int64_t from = other, to = *mine, n_from, n_to, size;
	bool grown = false;

	if (other == *mine)
		return true;
	if (!story_size(db, from, &n_from, err) || !story_size(db, to, &n_to, err))
		return false;
	if (n_from > n_to) {
		from = *mine;
		to = other;
	}
	size = n_from + n_to;
	grown = *fresh && to == other;
	*fresh = false;
	*mine = to;
	return do_with(db, "UPDATE signatures SET story = ? WHERE story = ?", to, &from, err) &&
	       do_with(db, "UPDATE event_links SET story = ?1 WHERE story = ?2 AND event NOT IN"
		     " (SELECT event FROM event_links WHERE story = ?1)", to, &from, err) &&
	       do_with(db, "DELETE FROM event_links WHERE story = ?", from, NULL, err) &&
	       do_with(db, "DELETE FROM stories WHERE n = ?", from, NULL, err) &&
	       do_with(db, "UPDATE stories SET size = ? WHERE n = ?", size, &to, err) && (grown ? grow(db, to, err) : touch(db, to, err));
}

/* The same words on other days. */
static bool unite_exact(struct ch_sql *db, const struct ch_signature *sig, int64_t *story, bool *fresh, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT story FROM signatures WHERE exact = ? AND day <> ? LIMIT 1", true);
	int64_t other = 0;

	/* one is enough: those that were there are one story already */
	ch_sq_int(&q, (int64_t)sig->exact);
	ch_sq_int(&q, sig->day);
	if (ch_sq_step(&q))
		other = ch_sq_get_int(&q);
	return ch_sq_end(&q, err) && (!other || unite(db, story, fresh, other, err));
}

/* Of CH_SQL_MANY signatures at most. One that is alike brings its whole story. */
static bool unite_some(struct ch_sql *db, const struct ch_signature *sig, const struct likely *likely, uint32_t n, struct ch_arena *arena,
		       int64_t *story, bool *fresh, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT story, exact, day, bytes FROM signatures WHERE n IN " CH_SQL_IN " ORDER BY n", true);
	int64_t numbers[CH_SQL_MANY], stories[CH_SQL_MANY];
	uint32_t n_stories = 0;
	bool ok;

	for (uint32_t i = 0; i < n; i++)
		numbers[i] = likely[i].signature;
	ch_sq_many(&q, numbers, n);
	while (ch_sq_step(&q)) {
		int64_t in = ch_sq_get_int(&q);
		bool known = in == *story;
		struct ch_signature other;
		uint64_t exact;
		ch_day day;

		for (uint32_t i = 0; i < n_stories; i++)
			known = known || stories[i] == in;
		if (known)
			continue;
		exact = (uint64_t)ch_sq_get_int(&q);
		day = (ch_day)ch_sq_get_int(&q);
		ch_signature_unpack(&other, arena, ch_sq_lent_blob(&q));
		other.exact = exact;
		other.day = day;
		if (ch_likeness(sig, &other).copy != CH_COPY_NONE)
			stories[n_stories++] = in;
	}
	ok = ch_sq_end(&q, err);
	for (uint32_t i = 0; ok && i < n_stories; i++)
		ok = unite(db, story, fresh, stories[i], err);
	return ok;
}

static bool unite_alike(struct ch_sql *db, const struct ch_signature *sig, const struct likely_list *list, int64_t *story, bool *fresh,
			struct ch_err *err)
{
	for (uint32_t from = 0; from < list->v.n; from += CH_SQL_MANY)
		if (!unite_some(db, sig, list->v.v + from, list->v.n - from < CH_SQL_MANY ? list->v.n - from : CH_SQL_MANY, list->arena, story, fresh,
				err))
			return false;
	return true;
}

static bool put_keys(struct ch_sql *db, int64_t n, const struct ch_signature *sig, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "INSERT OR IGNORE INTO signature_keys(window, key, signature) VALUES(?,?,?)", true);

	for (uint32_t i = 0; i < CH_KEYS; i++) {
		if (!sig->keys[i])
			continue;
		ch_sq_again(&q);
		ch_sq_int(&q, ch_key_window(sig, i));
		ch_sq_int(&q, sig->keys[i]);
		ch_sq_int(&q, n);
		ch_sq_step(&q);
	}
	return ch_sq_end(&q, err);
}

static bool new_signature(struct ch_sql *db, const struct ch_signature *sig, struct ch_arena *arena, int64_t *n,
			  struct ch_err *err)
{
	struct likely_list list = { .arena = arena };
	struct ch_str bytes = ch_signature_pack(sig, arena);
	bool fresh = true;
	int64_t story;
	struct ch_sq q;

	if (!ch_sql_next(db, CH_COUNTED_STORIES, &story, err) || !ch_sql_next(db, CH_COUNTED_SIGNATURES, n, err) ||
	    !do_with(db, "INSERT INTO stories(n, size, changed) VALUES(?, 1, 1)", story, NULL, err))
		return false;
	q = ch_sq_open(db, "INSERT INTO signatures(n, exact, day, story, bytes) VALUES(?,?,?,?,?)", true);
	ch_sq_int(&q, *n);
	ch_sq_int(&q, (int64_t)sig->exact);
	ch_sq_int(&q, sig->day);
	ch_sq_int(&q, story);
	ch_sq_blob(&q, bytes.ptr, bytes.len);
	ch_sq_step(&q);
	if (!ch_sq_end(&q, err))
		return false;
	return unite_exact(db, sig, &story, &fresh, err) && find_likely(db, sig, *n, &list, err) && put_keys(db, *n, sig, err) &&
	       unite_alike(db, sig, &list, &story, &fresh, err);
}

bool ch_sql_story_put(struct ch_sql *db, int64_t page, const struct ch_signature *sig, struct ch_arena *arena,
			 struct ch_err *err)
{
	struct ch_str key;
	struct ch_sq q;
	int64_t n;

	if (!sig)
		return true;
	key = ch_arena_printf(arena, "signature %lld %lld", (long long)sig->exact, (long long)sig->day);
	n = ch_sql_known(db, key);
	if (!n) {
		q = ch_sq_open(db, "SELECT n FROM signatures WHERE exact = ? AND day = ?" CH_SQL_BEFORE, true);
		ch_sq_int(&q, (int64_t)sig->exact);
		ch_sq_int(&q, sig->day);
		n = ch_sq_step(&q) ? ch_sq_get_int(&q) : 0;
		if (!ch_sq_end(&q, err))
			return false;
	}
	if (n)
		*CH_PUSH(&db->fresh_arena, &db->grown) = n;
	else if (!new_signature(db, sig, arena, &n, err))
		return false;
	ch_sql_know(db, key, n);
	return do_with(db, "INSERT INTO copies(page, signature) VALUES(?,?)", page, &n, err);
}

/* ---- before the commit ---- */

struct renamed {
	int64_t story, first, pages;
	bool grown;
	struct ch_str id;
};

/* A story goes by its first page: the one published earliest, of those of a day the one with the smallest id. */
static bool name_stories(struct ch_sql *db, struct renamed *stories, uint32_t n, struct ch_arena *arena, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db,
		"SELECT story, n, id, pages FROM (SELECT s.story AS story, p.n AS n, p.id AS id, count(*) OVER (PARTITION BY s.story) AS pages,"
		" row_number() OVER (PARTITION BY s.story ORDER BY p.published IS NULL, p.published, p.id) AS place FROM signatures s"
		" JOIN copies c ON c.signature = s.n JOIN pages p ON p.n = c.page WHERE s.story IN " CH_SQL_IN ") AS x WHERE place = 1", true);
	int64_t numbers[CH_SQL_MANY];

	for (uint32_t i = 0; i < n; i++)
		numbers[i] = stories[i].story;
	ch_sq_many(&q, numbers, n);
	while (ch_sq_step(&q)) {
		int64_t story = ch_sq_get_int(&q), first = ch_sq_get_int(&q);
		struct ch_str id = ch_sq_lent_text(&q);

		for (uint32_t i = 0; i < n; i++) {
			struct ch_ider ider;

			if (stories[i].story != story)
				continue;
			stories[i].first = first;
			ch_ider_init(&ider, "story");
			ch_ider_add(&ider, id);
			stories[i].id = ch_ider_id(&ider, arena);
			stories[i].pages = ch_sq_get_int(&q);
			break;
		}
	}
	if (!ch_sq_end(&q, err))
		return false;
	for (uint32_t i = 0; i < n; i++) {
		q = ch_sq_open(db, "UPDATE stories SET changed = 0, id = ?, first = ? WHERE n = ?", true);
		ch_sq_text(&q, stories[i].id);
		ch_sq_int(&q, stories[i].first);
		ch_sq_int(&q, stories[i].story);
		ch_sq_step(&q);
		if (!ch_sq_end(&q, err))
			return false;
	}
	return true;
}

bool ch_sql_stories_settle(struct ch_sql *db, struct ch_err *err)
{
	struct ch_arena arena = { 0 };
	struct renamed stories[CH_SQL_MANY];
	uint32_t n;
	bool ok = grow_all(db, err);

	if (!ok)
		return false;
	do {
		int64_t told[CH_SQL_MANY];
		bool grown[CH_SQL_MANY];
		uint32_t n_told = 0;
		struct ch_sq q = ch_sq_open(db, "SELECT n, changed FROM stories WHERE changed LIMIT ?", true);

		n = 0;
		ch_sq_int(&q, CH_SQL_MANY);
		while (ch_sq_step(&q)) {
			stories[n] = (struct renamed){ .story = ch_sq_get_int(&q) };
			stories[n++].grown = ch_sq_get_int(&q) == 2;
		}
		ok = ch_sq_end(&q, err) && name_stories(db, stories, n, &arena, err);
		for (uint32_t i = 0; ok && i < n; i++) {
			if (stories[i].pages < 2)
				continue;
			told[n_told] = stories[i].story;
			grown[n_told++] = stories[i].grown;
		}
		ok = ok && (!n_told || ch_sql_versions_settle(db, told, grown, n_told, &arena, err));
		ch_arena_reset(&arena);
	} while (ok && n);
	ch_arena_free(&arena);
	return ok;
}

/* ---- stores that had none ---- */

bool ch_sql_page_words(struct ch_sql *db, int64_t page, struct ch_arena *arena, struct ch_words *words, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db,
		"SELECT s.block, s.text FROM sentences s LEFT JOIN blocks b ON b.page = s.page AND b.number = s.block"
		" WHERE s.page = ? AND s.number >= 0 AND coalesce(b.kind, '') <> 'title' ORDER BY s.number", true);
	struct {
		CH_VEC(char) text;
		CH_VEC(size_t) starts;
	} blocks = { 0 };
	struct ch_str *pieces;
	int64_t last = -1;

	/* A block's sentences together are the block, but for white space: words are the same. */
	ch_sq_int(&q, page);
	while (ch_sq_step(&q)) {
		int64_t block = ch_sq_get_int(&q);
		struct ch_str text = ch_sq_get_text(&q, arena);

		if (!blocks.starts.n || block != last)
			*CH_PUSH(arena, &blocks.starts) = blocks.text.n;
		for (size_t i = 0; i < text.len; i++)
			*CH_PUSH(arena, &blocks.text) = text.ptr[i];
		*CH_PUSH(arena, &blocks.text) = ' ';
		last = block;
	}
	pieces = CH_NEW_N(arena, struct ch_str, blocks.starts.n);
	for (uint32_t i = 0; i < blocks.starts.n; i++)
		pieces[i] = ch_str_sub(ch_str_n(blocks.text.v, blocks.text.n), blocks.starts.v[i],
				       i + 1 < blocks.starts.n ? blocks.starts.v[i + 1] : blocks.text.n);
	ch_words_read(words, arena, pieces, blocks.starts.n);
	return ch_sq_end(&q, err);
}

static bool put_again(struct ch_sql *db, int64_t page, ch_day day, struct ch_arena *arena, struct ch_err *err)
{
	struct ch_signature sig;
	struct ch_words words;

	if (!ch_sql_page_words(db, page, arena, &words, err))
		return false;
	if (words.n < CH_WORDS_EXACT)
		return true;
	ch_signature_make(&sig, arena, &words, day);
	return ch_sql_story_put(db, page, &sig, arena, err);
}

bool ch_sql_stories_make(struct ch_sql *db, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT n, published FROM pages WHERE article <> 0 ORDER BY n", false);
	struct ch_arena arena = { 0 };
	bool ok = true;

	while (ok && ch_sq_step(&q)) {
		int64_t page = ch_sq_get_int(&q);
		ch_day day = ch_day_parse(ch_sq_get_text(&q, &arena));

		ok = put_again(db, page, day, &arena, err);
		ch_arena_reset(&arena);
	}
	ok = ch_sq_end(&q, err) && ok && ch_sql_stories_settle(db, err);
	ch_arena_free(&arena);
	return ok;
}

/* ---- a page that leaves ---- */

struct member {
	int64_t page;
	ch_day day;
};

static bool make_story_again(struct ch_sql *db, int64_t story, struct ch_err *err)
{
	static const char *const gone[] = {
		"DELETE FROM copies WHERE signature IN (SELECT n FROM signatures WHERE story = ?)",
		"DELETE FROM signature_keys WHERE signature IN (SELECT n FROM signatures WHERE story = ?)",
		"DELETE FROM signatures WHERE story = ?", "DELETE FROM stories WHERE n = ?",
	};
	struct ch_sq q = ch_sq_open(db, "SELECT c.page, p.published FROM signatures s JOIN copies c ON c.signature = s.n JOIN pages p ON p.n = c.page"
				    " WHERE s.story = ? ORDER BY c.page", true);
	struct ch_arena list = { 0 }, arena = { 0 };
	CH_VEC(struct member) pages = { 0 };
	bool ok;

	ch_sq_int(&q, story);
	while (ch_sq_step(&q)) {
		struct member m = { .page = ch_sq_get_int(&q) };

		m.day = ch_day_parse(ch_sq_get_text(&q, &list));
		*CH_PUSH(&list, &pages) = m;
	}
	ok = ch_sq_end(&q, err);
	for (size_t i = 0; ok && i < sizeof gone / sizeof *gone; i++)
		ok = do_with(db, gone[i], story, NULL, err);
	ch_sql_memo_clear(db);
	for (uint32_t i = 0; ok && i < pages.n; i++) {
		ok = put_again(db, pages.v[i].page, pages.v[i].day, &arena, err);
		ch_arena_reset(&arena);
	}
	ch_arena_free(&arena);
	ch_arena_free(&list);
	return ok;
}

bool ch_sql_story_leave(struct ch_sql *db, int64_t page, struct ch_err *err)
{
	struct ch_sq q = ch_sq_open(db, "SELECT s.n, s.story, (SELECT count(*) FROM copies o WHERE o.signature = s.n) FROM copies c"
				    " JOIN signatures s ON s.n = c.signature WHERE c.page = ?", true);
	int64_t story = 0, pages = 0;

	ch_sq_int(&q, page);
	if (ch_sq_step(&q)) {
		ch_sq_get_int(&q);
		story = ch_sq_get_int(&q);
		pages = ch_sq_get_int(&q);
	}
	if (!ch_sq_end(&q, err))
		return false;
	if (!story)
		return true;
	/* What the story said of its events is said anew, by however many pages it then has. */
	q = ch_sq_open(db, "SELECT event, head FROM event_links WHERE story = ?", true);
	ch_sq_int(&q, story);
	while (ch_sq_step(&q)) {
		*CH_PUSH(&db->fresh_arena, &db->touched) = ch_sq_get_int(&q);
		*CH_PUSH(&db->fresh_arena, &db->touched) = ch_sq_get_int(&q);
	}
	if (!ch_sq_end(&q, err) || !do_with(db, "DELETE FROM event_links WHERE story = ?", story, NULL, err) ||
	    !do_with(db, "DELETE FROM copies WHERE page = ?", page, NULL, err))
		return false;
	return pages > 1 ? touch(db, story, err) : make_story_again(db, story, err);
}
